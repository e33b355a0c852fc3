/* utf8.h - checks and cuts of UTF-8 bytes; whatever needs character properties is in text/. Thread: any. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

/* utf8_next() - the code point at *at (< len), advancing *at past it; -1 for a bad byte, which is one byte long.
 * Overlong forms, surrogates and values above U+10FFFF are bad (Unicode 15, table 3-7). */
int32_t utf8_next(const char *text, size_t len, size_t *at);
bool utf8_valid(const char *text, size_t len);
/* utf8_ascii() - how many bytes at the beginning are ASCII. */
size_t utf8_ascii(const char *text, size_t len);
/* utf8_cut() - the largest length <= max that does not split a character of valid UTF-8. */
size_t utf8_cut(const char *text, size_t len, size_t max);
/* utf8_put() - append one code point. */
bool utf8_put(struct buf *b, uint32_t c);
/* utf8_clean() - append text with bad bytes as U+FFFD, CRLF, CR and Unicode's line ends as LF, NUL and other controls but TAB and LF left out.
 * One U+FFFD stands for all bytes of a character that is cut off (Unicode 15, 3.9). Returns whether anything was replaced by it. is_line: line ends and TAB become one space as well (subjects, names). */
bool utf8_clean(struct buf *b, const char *text, size_t len, bool is_line);

/* utf8_han() - how many bytes from the start are characters of U+4000 to U+9FFF, nearly all of them ideographs: valid, without case or other forms. */
static inline size_t utf8_han(const char *text, size_t len)
{
	size_t at = 0;

	while (len - at >= 3 && (unsigned char)((unsigned char)text[at] - 0xE4) <= 5 && ((unsigned char)text[at + 1] & 0xC0) == 0x80 && ((unsigned char)text[at + 2] & 0xC0) == 0x80) at += 3;
	return at;
}

#endif
