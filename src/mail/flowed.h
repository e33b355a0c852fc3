/* flowed.h - format=flowed text put together again. Source: RFC 3676 section 4. Thread: any. */
#ifndef MAIL_FLOWED_H
#define MAIL_FLOWED_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

/* flowed_join() - text is UTF-8 with LF. is_delsp: the space that marks a soft line end is not part of the text. */
void flowed_join(struct buf *out, const char *text, size_t len, bool is_delsp);

#endif
