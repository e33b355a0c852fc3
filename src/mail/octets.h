/* octets.h - a mail whose bytes are no lines of ASCII with LF: whole in UTF-16 as an export writes it, lines that end in CR or in CR CR LF.
 * Linear; the result is no longer than three halves of the mail. Thread: any. */
#ifndef MAIL_OCTETS_H
#define MAIL_OCTETS_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

/* octets_room() - bytes that octets_mend() may need for this mail; 0: it is as it should be. */
size_t octets_room(const char *data, size_t size);
/* octets_mend() - appends the mail as it should be; out is empty. */
void octets_mend(struct buf *out, const char *data, size_t size);

#endif
