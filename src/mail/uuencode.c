/* uuencode.c - see uuencode.h. A line tells in its first character how many bytes it holds; spaces cut off at its end count as zeros. */
#include "mail/uuencode.h"

#include <string.h>
#include "mail/file_line.h"

/* "begin 644 name": where the name is. */
static bool is_begin(const char *line, size_t len, struct uu_file *file)
{
	size_t at = 6, digits = 0;

	len = file_line_trimmed(line, len);
	if (len < 11 || memcmp(line, "begin ", 6) != 0) return false;
	while (at + digits < len && line[at + digits] >= '0' && line[at + digits] <= '7') digits++;
	at += digits;
	if (digits < 3 || digits > 4 || at + 1 >= len || line[at] != ' ' || len - at - 1 > FILE_NAME_MAX) return false;
	file->name = line + at + 1;
	file->name_len = len - at - 1;
	return true;
}

static unsigned value_of(const char *line, size_t len, size_t at)
{
	return at < len ? ((unsigned char)line[at] - 32u) & 63u : 0;
}

/* A coded line: bytes it holds, 0 for the last one, -1 when it is none. */
static int coded_bytes(const char *line, size_t len)
{
	unsigned bytes;

	len = file_line_trimmed(line, len);
	if (len == 0) return 0;
	bytes = value_of(line, len, 0);
	if (len > 1 + (bytes + 2) / 3 * 4 + 2) return -1;       /* some add a checksum character */
	for (size_t i = 0; i < len; i++)
		if (line[i] < 32 || line[i] > 96) return -1;
	return (int)bytes;
}

/* From the line behind the begin line: the coded lines and the end line. */
static bool take_lines(const char *text, size_t len, size_t at, struct uu_file *file)
{
	const size_t from = at;
	int bytes = 1;

	while (at < len && bytes > 0) {
		const size_t line = file_line_len(text + at, len - at);

		bytes = coded_bytes(text + at, line);
		if (bytes < 0) return false;
		if (bytes > 0 || line > 0) file->lines_len = at - from;
		at += line + (at + line < len);
	}
	if (bytes != 0 || at + 3 > len || memcmp(text + at, "end", 3) != 0 || file_line_trimmed(text + at, file_line_len(text + at, len - at)) != 3) return false;
	file->lines = text + from;
	file->end = at + file_line_len(text + at, len - at);
	file->end += file->end < len;
	return file->lines_len > 0;
}

bool uu_find(const char *text, size_t len, size_t from, struct uu_file *file_r)
{
	while (from < len) {
		const size_t line = file_line_len(text + from, len - from), next = from + line + 1;
		struct uu_file file = { .start = from };

		if (is_begin(text + from, line, &file) && next < len && take_lines(text, len, next, &file)) { *file_r = file; return true; }
		const char *at = next < len ? memmem(text + next - 1, len - next + 1, "\nbegin ", 7) : NULL;

		if (at == NULL) return false;
		from = (size_t)(at - text) + 1;
	}
	return false;
}

static void decode_line(struct buf *out, const char *line, size_t len, unsigned bytes)
{
	for (size_t at = 1; bytes > 0; at += 4) {
		const unsigned a = value_of(line, len, at), b = value_of(line, len, at + 1), c = value_of(line, len, at + 2), d = value_of(line, len, at + 3);
		const char group[3] = { (char)(a << 2 | b >> 4), (char)(b << 4 | c >> 2), (char)(c << 6 | d) };
		const unsigned take = bytes < 3 ? bytes : 3;

		buf_add(out, group, take);
		bytes -= take;
	}
}

void uu_decode(struct buf *out, const struct uu_file *file)
{
	for (size_t at = 0; at < file->lines_len;) {
		const size_t line = file_line_len(file->lines + at, file->lines_len - at), len = file_line_trimmed(file->lines + at, line);

		if (len > 0) decode_line(out, file->lines + at, len, value_of(file->lines + at, len, 0));
		at += line + 1;
	}
}
