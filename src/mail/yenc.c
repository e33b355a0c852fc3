/* yenc.c - see yenc.h. Each byte stands for itself less 42; what cannot stand in a line has '=' in front and 64 more. */
#include "mail/yenc.h"

#include <stdlib.h>
#include <string.h>
#include "mail/file_line.h"

#define LINE_MAX_BYTES 1000             /* of the head; longer lines of data are known all the same */

/* The number behind " line=" or " size=", 0 when there is none. */
static size_t number_of(const char *line, size_t len, const char *key)
{
	const char *at = memmem(line, len, key, strlen(key));
	size_t number = 0;

	if (at == NULL) return 0;
	for (at += strlen(key); at < line + len && *at >= '0' && *at <= '9' && number < 100000000; at++) number = number * 10 + (size_t)(*at - '0');
	return number;
}

/* "=ybegin part=1 line=128 size=123456 name=photo.jpg": where the name is; *width_r is the length of its lines. */
static bool is_begin(const char *line, size_t len, struct yenc_file *file, size_t *width_r)
{
	const char *name;

	len = file_line_trimmed(line, len);
	if (len < 8 || len > LINE_MAX_BYTES || memcmp(line, "=ybegin ", 8) != 0) return false;
	name = memmem(line, len, " name=", 6);
	*width_r = number_of(line, len, " line=");
	if (name == NULL || *width_r == 0 || memmem(line, len, " size=", 6) == NULL) return false;
	file->name = name + 6;
	file->name_len = (size_t)(line + len - file->name);
	if (file->name_len > FILE_NAME_MAX) file->name_len = FILE_NAME_MAX;
	return true;
}

static bool starts(const char *text, size_t len, const char *word)
{
	return len >= strlen(word) && memcmp(text, word, strlen(word)) == 0;
}

/* From the line behind the begin line. *is_endless: no end line is left in the text, which is looked for once. */
static bool take_lines(const char *text, size_t len, size_t at, size_t width, bool *is_endless, struct yenc_file *file)
{
	const char *end = NULL;

	if (starts(text + at, len - at, "=ypart ")) at += file_line_len(text + at, len - at) + 1;
	if (at >= len) return false;
	file->lines = text + at;
	if (!*is_endless) end = starts(text + at, len - at, "=yend ") ? text + at : memmem(text + at, len - at, "\n=yend ", 7);
	*is_endless = end == NULL;
	if (end == NULL) {
		const size_t first = file_line_trimmed(text + at, file_line_len(text + at, len - at));

		file->lines_len = len - at;
		file->end = len;
		return first == width || first == width + 1;
	}
	file->lines_len = (size_t)(end - file->lines);
	file->end = (size_t)(end - text) + (*end == '\n');
	file->end += file_line_len(text + file->end, len - file->end);
	file->end += file->end < len;
	return true;
}

bool yenc_find(const char *text, size_t len, size_t from, struct yenc_file *file_r)
{
	bool is_endless = false;

	while (from < len) {
		const size_t line = file_line_len(text + from, len - from), next = from + line + 1;
		struct yenc_file file = { .start = from };
		const char *at;
		size_t width;

		if (is_begin(text + from, line, &file, &width) && next < len && take_lines(text, len, next, width, &is_endless, &file)) { *file_r = file; return true; }
		at = next < len ? memmem(text + next - 1, len - next + 1, "\n=ybegin ", 9) : NULL;
		if (at == NULL) return false;
		from = (size_t)(at - text) + 1;
	}
	return false;
}

void yenc_decode(struct buf *out, const struct yenc_file *file)
{
	char *const room = buf_reserve(out, file->lines_len + 1);
	size_t len = 0;
	unsigned escape = 0;

	if (room == NULL) return;
	for (size_t i = 0; i < file->lines_len; i++) {
		const unsigned char c = (unsigned char)file->lines[i];

		if (c == '\r' || c == '\n') continue;
		if (c == '=' && escape == 0) { escape = 64; continue; }
		room[len++] = (char)(unsigned char)(c - 42u - escape);
		escape = 0;
	}
	out->len += len;
	out->data[out->len] = '\0';
}
