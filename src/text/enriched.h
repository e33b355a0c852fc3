/* enriched.h - text/enriched (RFC 1896) and its forerunner text/richtext (RFC 1341) as plain text: what the tags mean is left out, what stands
 * between them stays, excerpts are quoted with ">". Linear; the caller's buffer bounds the result. Thread: any. */
#ifndef TEXT_ENRICHED_H
#define TEXT_ENRICHED_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

/* enriched_to_text() - appends; text is UTF-8 with LF. */
void enriched_to_text(struct buf *out, const char *text, size_t len, bool is_richtext);

#endif
