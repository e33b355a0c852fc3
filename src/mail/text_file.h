/* text_file.h - the files within a text, whichever way they were put into it: uuencode, yEnc. Hostile bytes; linear. Thread: any. */
#ifndef MAIL_TEXT_FILE_H
#define MAIL_TEXT_FILE_H

#include "mail/uuencode.h"
#include "mail/yenc.h"

struct text_file { bool is_yenc; struct uu_file uu; struct yenc_file yenc; };
/* A walk over the files of a text: starts as { .text = ..., .len = ... }. */
struct text_files { const char *text; size_t len, at; bool is_begun, has_uu, has_yenc; struct uu_file uu; struct yenc_file yenc; };

/* text_files_next() - in the order they stand; false behind the last. */
bool text_files_next(struct text_files *files, struct text_file *file_r);
/* text_file_decode() - appends the bytes. text_file_name() - as it stands. text_file_room() - bytes it may have. */
void text_file_decode(struct buf *out, const struct text_file *file);
const char *text_file_name(const struct text_file *file, size_t *len_r);
size_t text_file_room(const struct text_file *file);
/* text_files_cut() - takes every file out of text; true when there was one. */
bool text_files_cut(struct buf *text);

#endif
