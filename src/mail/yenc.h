/* yenc.h - files that news programs put into the text itself as yEnc, between "=ybegin" and "=yend". Hostile bytes; linear. Thread: any.
 * Source: yEncode draft 1.3. */
#ifndef MAIL_YENC_H
#define MAIL_YENC_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

/* From start (the =ybegin line) to end (behind the =yend line); its name and its coded lines lie between. */
struct yenc_file { size_t start, end; const char *name; size_t name_len; const char *lines; size_t lines_len; };

/* yenc_find() - the next file at or behind from, in bytes as they came, before any charset; false when there is none. One whose end is cut off
 * reaches to the end of the text, when its first line is as long as it says. */
bool yenc_find(const char *text, size_t len, size_t from, struct yenc_file *file_r);
/* yenc_decode() - appends the file's bytes. */
void yenc_decode(struct buf *out, const struct yenc_file *file);

#endif
