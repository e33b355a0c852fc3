#include "base/utf8.h"

#include <string.h>
#include "base/ascii.h"

#define RUN_MAX 1536                    /* bytes added at once, so much of a text may be missing where a buffer is full */

int32_t utf8_next(const char *text, size_t len, size_t *at)
{
	const unsigned char *in = (const unsigned char *)text + *at;
	const size_t left = len - *at;
	const unsigned char first = in[0];
	size_t more;
	uint32_t c;
	unsigned char low = 0x80, high = 0xBF;

	if (first < 0x80) { (*at)++; return first; }
	if (first >= 0xC2 && first <= 0xDF) { more = 1; c = first & 0x1F; }
	else if (first >= 0xE0 && first <= 0xEF) { more = 2; c = first & 0x0F; if (first == 0xE0) low = 0xA0; if (first == 0xED) high = 0x9F; }
	else if (first >= 0xF0 && first <= 0xF4) { more = 3; c = first & 0x07; if (first == 0xF0) low = 0x90; if (first == 0xF4) high = 0x8F; }
	else { (*at)++; return -1; }
	for (size_t i = 1; i <= more; i++) {
		if (i >= left || in[i] < low || in[i] > high) { (*at)++; return -1; }
		c = c << 6 | (in[i] & 0x3F);
		low = 0x80;
		high = 0xBF;
	}
	*at += more + 1;
	return (int32_t)c;
}

size_t utf8_ascii(const char *text, size_t len)
{
	size_t at = 0;

	for (uint64_t eight; at + sizeof(eight) <= len; at += sizeof(eight)) {
		memcpy(&eight, text + at, sizeof(eight));
		if ((eight & UINT64_C(0x8080808080808080)) != 0) break;
	}
	while (at < len && (unsigned char)text[at] < 0x80) at++;
	return at;
}

bool utf8_valid(const char *text, size_t len)
{
	for (size_t at = utf8_ascii(text, len); at < len; at += utf8_ascii(text + at, len - at)) {
		const size_t han = utf8_han(text + at, len - at);

		at += han;
		if (han == 0 && utf8_next(text, len, &at) < 0) return false;
	}
	return true;
}

size_t utf8_cut(const char *text, size_t len, size_t max)
{
	if (len <= max) return len;
	while (max > 0 && ((unsigned char)text[max] & 0xC0) == 0x80) max--;
	return max;
}

bool utf8_put(struct buf *b, uint32_t c)
{
	char out[4];

	if (c < 0x80) { out[0] = (char)c; return buf_add(b, out, 1); }
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return buf_add(b, out, 2);
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return buf_add(b, out, 3);
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return buf_add(b, out, 4);
}

/* How many bytes belong together of a character that is cut off, whose first is at in: one U+FFFD stands for all of them. */
static size_t broken_len(const unsigned char *in, size_t left)
{
	const size_t more = in[0] >= 0xF0 && in[0] <= 0xF4 ? 2 : in[0] >= 0xE0 && in[0] <= 0xEF ? 1 : 0;
	const unsigned char low = in[0] == 0xE0 ? 0xA0 : in[0] == 0xF0 ? 0x90 : 0x80, high = in[0] == 0xED ? 0x9F : in[0] == 0xF4 ? 0x8F : 0xBF;
	size_t len = 1;

	if (more == 0 || left < 2 || in[1] < low || in[1] > high) return 1;
	while (len <= more && len < left && in[len] >= 0x80 && in[len] <= 0xBF) len++;
	return len;
}

/* What a control character becomes: 0 nothing, else the byte to write. */
static char control_as(unsigned char c, bool is_line)
{
	if (c == '\n' || c == '\t') return is_line ? ' ' : (char)c;
	if (c == '\r') return is_line ? ' ' : '\n';
	return 0;
}

bool utf8_clean(struct buf *b, const char *text, size_t len, bool is_line)
{
	bool was_bad = false;

	for (size_t at = 0; at < len;) {
		const size_t start = at;
		const unsigned char c = (unsigned char)text[at];

		if (c < 0x20 || c == 0x7F) {
			const char as = control_as(c, is_line);

			at++;
			if (c == '\r' && at < len && text[at] == '\n') at++;
			if (as != 0) buf_char(b, as);
			continue;
		}
		if (c < 0x80) {
			at += is_line || b->max - b->len < len - at ? ascii_printable(text + at, len - at) : ascii_printable_lines(text + at, len - at);
			buf_add(b, text + start, at - start);
			continue;
		}
		const size_t han = utf8_han(text + at, len - at < RUN_MAX ? len - at : RUN_MAX);

		if (han > 0) {
			buf_add(b, text + at, han);
			at += han;
			continue;
		}
		const int32_t point = utf8_next(text, len, &at);

		if (point < 0) {
			was_bad = true;
			utf8_put(b, 0xFFFD);
			at = start + broken_len((const unsigned char *)text + start, len - start);
		}
		else if (point == 0x85 || point == 0x2028 || point == 0x2029) buf_char(b, is_line ? ' ' : '\n');      /* Unicode's own line ends */
		else if (point >= 0xA0) buf_add(b, text + start, at - start);
	}
	return was_bad;
}
