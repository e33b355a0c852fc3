/* uuencode.h - files that old mailers put into the text itself, between "begin 644 name" and "end". Hostile bytes; linear. Thread: any.
 * Source: POSIX uuencode, historical algorithm. */
#ifndef MAIL_UUENCODE_H
#define MAIL_UUENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

/* Where a file stands in a text: from start (the begin line) to end (behind the end line); its name and its coded lines lie between. */
struct uu_file { size_t start, end; const char *name; size_t name_len; const char *lines; size_t lines_len; };

/* uu_find() - the next whole file at or behind from; false when there is none. A begin line without coded lines and an end line is text. */
bool uu_find(const char *text, size_t len, size_t from, struct uu_file *file_r);
/* uu_decode() - appends the file's bytes. */
void uu_decode(struct buf *out, const struct uu_file *file);

#endif
