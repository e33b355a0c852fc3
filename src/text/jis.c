/* jis.c - the arithmetic between the 7-bit JIS shifts and Shift_JIS. Source: JIS X 0208 annex 1, RFC 1468, and JIS X 0201 for katakana. */
#include "text/jis.h"

#include <stdbool.h>
#include <string.h>

enum shift { SHIFT_ASCII, SHIFT_KANJI, SHIFT_KATAKANA };

/* The shift an escape sequence at *at selects, advancing past it; current when it is none. */
static enum shift escape(const char *bytes, size_t len, size_t *at, enum shift current, bool *is_escape_r)
{
	const char *in = bytes + *at;
	const size_t left = len - *at;

	*is_escape_r = true;
	if (left >= 4 && memcmp(in, "\x1B$(", 3) == 0) { *at += 4; return SHIFT_KANJI; }
	if (left >= 3 && in[1] == '$' && (in[2] == 'B' || in[2] == '@')) { *at += 3; return SHIFT_KANJI; }
	if (left >= 3 && in[1] == '(' && in[2] == 'I') { *at += 3; return SHIFT_KATAKANA; }
	if (left >= 3 && in[1] == '(') { *at += 3; return SHIFT_ASCII; }
	*is_escape_r = false;
	return current;
}

static void put_kanji(struct buf *out, unsigned char row, unsigned char cell)
{
	const unsigned char lead = (unsigned char)((row - 0x21) / 2 + (row < 0x5F ? 0x81 : 0xC1));
	unsigned char trail;

	if (row % 2 == 1) trail = (unsigned char)(cell + (cell < 0x60 ? 0x1F : 0x20));
	else trail = (unsigned char)(cell + 0x7E);
	buf_char(out, (char)lead);
	buf_char(out, (char)trail);
}

void jis_to_shift_jis(struct buf *out, const char *bytes, size_t len)
{
	enum shift shift = SHIFT_ASCII;

	for (size_t at = 0; at < len;) {
		const unsigned char c = (unsigned char)bytes[at];
		const unsigned char next = at + 1 < len ? (unsigned char)bytes[at + 1] : 0;
		bool is_escape = false;

		if (c == 0x1B) shift = escape(bytes, len, &at, shift, &is_escape);
		if (is_escape) continue;
		if (c == '\n') shift = SHIFT_ASCII;                     /* a shift never lasts longer than its line */
		if (shift == SHIFT_KANJI && c >= 0x21 && c <= 0x7E && next >= 0x21 && next <= 0x7E) {
			put_kanji(out, c, next);
			at += 2;
			continue;
		}
		buf_char(out, (char)(shift == SHIFT_KATAKANA && c >= 0x21 && c <= 0x5F ? c | 0x80 : c));
		at++;
	}
}
