/* file_line.h - the lines of files that stand in the text of a mail (uuencode, yEnc). Thread: any. */
#ifndef MAIL_FILE_LINE_H
#define MAIL_FILE_LINE_H

#include <stddef.h>
#include <string.h>

#define FILE_NAME_MAX 200               /* bytes of a file's name in its first line */

/* file_line_len() - of the line that text begins with, without its end. */
static inline size_t file_line_len(const char *text, size_t len)
{
	const char *end = memchr(text, '\n', len);

	return end != NULL ? (size_t)(end - text) : len;
}

/* file_line_trimmed() - its length without a CR at its end. */
static inline size_t file_line_trimmed(const char *line, size_t len)
{
	return len > 0 && line[len - 1] == '\r' ? len - 1 : len;
}

#endif
