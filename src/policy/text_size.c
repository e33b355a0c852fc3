/* text_size.c - counts a text in bytes, characters, UTF-16 units and segments of a short message. */
#include "policy/text_size.h"

#include <stdint.h>
#include "base/mem.h"
#include "base/utf8.h"

/* What the default alphabet holds beyond ASCII. */
static const uint16_t gsm_more[] = {
	0xa1, 0xa3, 0xa4, 0xa5, 0xa7, 0xbf, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xd1, 0xd6, 0xd8, 0xdc, 0xdf, 0xe0, 0xe4, 0xe5, 0xe6, 0xe8, 0xe9, 0xec,
	0xf1, 0xf2, 0xf6, 0xf8, 0xf9, 0xfc, 0x393, 0x394, 0x398, 0x39b, 0x39e, 0x3a0, 0x3a3, 0x3a6, 0x3a8, 0x3a9,
};

/* Units of a character in the default alphabet: 1, 2 through the extension table, 0 when it has none. */
static unsigned gsm_units(int32_t c)
{
	switch (c) {
	case '^': case '{': case '}': case '\\': case '[': case '~': case ']': case '|': case 0x20ac: case '\f': return 2;
	case '`': return 0;
	case '\n': case '\r': return 1;
	default: break;
	}
	if (c >= ' ' && c < 0x7f) return 1;
	for (size_t i = 0; i < COUNT_OF(gsm_more); i++)
		if (gsm_more[i] == c) return 1;
	return 0;
}

/* Fills segments of `room` units, pairs kept together. */
static size_t segments_of(const char *text, size_t len, bool is_gsm7, size_t room)
{
	size_t segments = 1, used = 0;

	for (size_t at = 0; at < len; ) {
		const int32_t c = utf8_next(text, len, &at);
		const size_t units = is_gsm7 ? gsm_units(c) : c > 0xffff ? 2 : 1;

		if (used + units > room) {
			segments++;
			used = 0;
		}
		used += units;
	}
	return segments;
}

struct text_size text_size(const char *text, size_t len)
{
	struct text_size s = { .bytes = len, .is_gsm7 = true };
	size_t gsm = 0, units, one, many;

	for (size_t at = 0; at < len; ) {
		const int32_t c = utf8_next(text, len, &at);
		const unsigned n = gsm_units(c);

		s.characters++;
		s.utf16 += c > 0xffff ? 2 : 1;
		gsm += n;
		if (n == 0) s.is_gsm7 = false;
	}
	units = s.is_gsm7 ? gsm : s.utf16;
	one = s.is_gsm7 ? 160 : 70;
	many = s.is_gsm7 ? 153 : 67;
	s.segments = units == 0 ? 0 : units <= one ? 1 : segments_of(text, len, s.is_gsm7, many);
	return s;
}

enum ik_rc text_fits(const char *text, size_t len, const struct text_limit *limit, struct ik_error *err)
{
	const struct text_size s = text_size(text, len);
	const struct { const char *what; size_t is, may; } rows[] = {
		{ "bytes", s.bytes, limit->bytes }, { "characters", s.characters, limit->characters }, { "UTF-16 units", s.utf16, limit->utf16 },
		{ s.is_gsm7 ? "segments of a short message in GSM-7" : "segments of a short message in UCS-2", s.segments, limit->segments },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].may > 0 && rows[i].is > rows[i].may)
			return ik_fail(IK_REJECT, err, "the text takes %zu %s, at most %zu are allowed", rows[i].is, rows[i].what, rows[i].may);
	return IK_OK;
}
