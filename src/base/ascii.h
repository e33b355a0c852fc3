/* ascii.h - runs of ASCII, sixteen bytes at a time by the compiler's vectors. Thread: any. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ASCII_STEP 16
typedef uint8_t ascii_bytes __attribute__((vector_size(ASCII_STEP)));

static inline ascii_bytes ascii_load(const char *at)
{
	ascii_bytes v;

	memcpy(&v, at, sizeof(v));
	return v;
}

static inline void ascii_store(char *at, ascii_bytes v)
{
	memcpy(at, &v, sizeof(v));
}

/* ascii_any() - one of the bytes is not 0. */
static inline bool ascii_any(ascii_bytes v)
{
	uint64_t halves[2];

	memcpy(halves, &v, sizeof(halves));
	return (halves[0] | halves[1]) != 0;
}

/* ascii_first() - which byte is the first that is not 0; one of them is. */
static inline size_t ascii_first(ascii_bytes v)
{
	for (size_t i = 0; i < ASCII_STEP; i += 8) {
		uint64_t half;

		memcpy(&half, (const char *)&v + i, sizeof(half));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		half = __builtin_bswap64(half);
#endif
		if (half != 0) return i + (size_t)__builtin_ctzll(half) / 8;
	}
	return ASCII_STEP;
}

/* ascii_find() - where piece begins in text, or NULL; quicker than memmem() in texts of a line. piece_len: 1 or more. */
static inline const char *ascii_find(const char *text, size_t len, const char *piece, size_t piece_len)
{
	const uint8_t first = (uint8_t)piece[0], last = (uint8_t)piece[piece_len - 1];
	const char *at = text, *const end = text + len;

	while ((size_t)(end - at) >= piece_len - 1 + ASCII_STEP) {
		ascii_bytes hits = (ascii_bytes)(ascii_load(at) == first) & (ascii_bytes)(ascii_load(at + piece_len - 1) == last);

		while (ascii_any(hits)) {
			const size_t hit = ascii_first(hits);

			if (memcmp(at + hit, piece, piece_len) == 0) return at + hit;
			hits[hit] = 0;
		}
		at += ASCII_STEP;
	}
	for (; (size_t)(end - at) >= piece_len; at++)
		if ((uint8_t)*at == first && (uint8_t)at[piece_len - 1] == last && memcmp(at, piece, piece_len) == 0) return at;
	return NULL;
}

/* ascii_lower() - capitals as small letters, everything else as it is. */
static inline ascii_bytes ascii_lower(ascii_bytes v)
{
	return v | (((ascii_bytes)(v >= 'A') & (ascii_bytes)(v <= 'Z')) & 0x20);
}

/* ascii_printable() - how many bytes from the start are neither control characters nor more than ASCII. */
static inline size_t ascii_printable(const char *text, size_t len)
{
	size_t at = 0;

	for (; at + ASCII_STEP <= len; at += ASCII_STEP) {
		const ascii_bytes v = ascii_load(text + at), is_other = (ascii_bytes)(v < ' ') | (ascii_bytes)(v > '~');

		if (ascii_any(is_other)) return at + ascii_first(is_other);
	}
	while (at < len && (unsigned char)text[at] >= ' ' && (unsigned char)text[at] <= '~') at++;
	return at;
}

/* ascii_printable_lines() - the same with TAB and LF. */
static inline size_t ascii_printable_lines(const char *text, size_t len)
{
	size_t at = 0;

	for (; at + ASCII_STEP <= len; at += ASCII_STEP) {
		const ascii_bytes v = ascii_load(text + at);
		const ascii_bytes is_other = ((ascii_bytes)(v < ' ') & (ascii_bytes)(v != '\n') & (ascii_bytes)(v != '\t')) | (ascii_bytes)(v > '~');

		if (ascii_any(is_other)) return at + ascii_first(is_other);
	}
	while (at < len && (((unsigned char)text[at] >= ' ' && (unsigned char)text[at] <= '~') || text[at] == '\n' || text[at] == '\t')) at++;
	return at;
}

/* ascii_has_controls() - one of the bytes is a control character; TAB and LF are none in a text of several lines. */
static inline bool ascii_has_controls(const char *text, size_t len, bool is_multi_line)
{
	const uint8_t tab = is_multi_line ? '\t' : 0x7f, line_feed = is_multi_line ? '\n' : 0x7f;
	ascii_bytes found = { 0 };
	size_t at = 0;

	for (; at + ASCII_STEP <= len; at += ASCII_STEP) {
		const ascii_bytes v = ascii_load(text + at);

		found |= ((ascii_bytes)(v < ' ') & (ascii_bytes)(v != tab) & (ascii_bytes)(v != line_feed)) | (ascii_bytes)(v == 0x7f);
	}
	for (; at < len; at++) {
		const uint8_t c = (uint8_t)text[at];

		found[0] |= (uint8_t)((c < ' ' && c != tab && c != line_feed) || c == 0x7f);
	}
	return ascii_any(found);
}

/* ascii_letters() - how many of the bytes are letters of ASCII. */
static inline size_t ascii_letters(const char *text, size_t len)
{
	size_t at = 0, count = 0;

	while (at + ASCII_STEP <= len) {
		ascii_bytes counts = { 0 };

		for (int step = 0; step < UINT8_MAX && at + ASCII_STEP <= len; step++, at += ASCII_STEP) {
			const ascii_bytes v = ascii_load(text + at) | 0x20;

			counts -= (ascii_bytes)(v >= 'a') & (ascii_bytes)(v <= 'z');            /* true is 255, which is -1 */
		}
		for (int i = 0; i < ASCII_STEP; i++) count += counts[i];
	}
	for (; at < len; at++) count += (uint8_t)((text[at] | 0x20) - 'a') < 26;
	return count;
}

#endif
