/* fold.c - the table behind fold_text(), made once from ICU: a transliterator takes 57 ms to open and is far too slow per message. */
#include "policy/fold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/text.h"

#define BMP 0x10000
#define STEP 16                         /* bytes looked at together */
#define HAN_FIRST 0x3400
#define HAN_LAST 0x9fff

struct fold { uint16_t map[BMP]; };     /* 0: left out */

/* Variants that ICU leaves alone because they are words of their own in Simplified texts as well. */
static const struct { uint16_t from, to; } variants[] = {
	{ u'著', u'着' }, { u'妳', u'你' }, { u'裏', u'里' }, { u'裡', u'里' }, { u'佈', u'布' }, { u'週', u'周' }, { u'牠', u'它' },
	{ u'祂', u'它' }, { u'乾', u'干' }, { u'甦', u'苏' }, { u'噁', u'恶' }, { u'嚐', u'尝' }, { u'瞭', u'了' }, { u'徵', u'征' }, { u'遊', u'游' },
	{ u'係', u'系' }, { u'啟', u'启' }, { u'傢', u'家' }, { u'倆', u'俩' }, { u'賬', u'账' }, { u'帳', u'账' }, { u'餵', u'喂' },
	{ 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201c, '"' }, { 0x201d, '"' }, { 0x3002, 0x3002 }, { 0xff0e, '.' }, { 0x00a0, ' ' },
};

static void map_compatibility(struct fold *f, const UNormalizer2 *norm)
{
	for (uint32_t c = 1; c < BMP; c++) {
		UErrorCode status = U_ZERO_ERROR;
		const UChar from = (UChar)c;
		UChar to[4];
		int32_t len;

		f->map[c] = (uint16_t)c;
		if (c >= 0xac00 && c <= 0xf8ff) continue;       /* whole syllables of Hangul, which stay; what is no character, or nobody's */
		if (unorm2_getDecomposition(norm, (UChar32)c, to, (int32_t)COUNT_OF(to), &status) < 0) continue;        /* most: a fraction of what is below */
		status = U_ZERO_ERROR;
		len = unorm2_normalize(norm, &from, 1, to, 4, &status);
		if (U_SUCCESS(status) && len == 1) f->map[c] = to[0];
		else if (U_SUCCESS(status) && len == 0) f->map[c] = 0;
	}
}

static void map_rest(struct fold *f)
{
	for (uint32_t c = HAN_FIRST; c <= HAN_LAST; c++) f->map[c] = (uint16_t)text_simplify(c);
	for (size_t i = 0; i < COUNT_OF(variants); i++) f->map[variants[i].from] = variants[i].to;
	for (uint32_t c = 0xf900; c < 0xfb00; c++) f->map[c] = f->map[f->map[c]];        /* compatibility forms of traditional characters */
	for (uint32_t c = 0; c < 0x20; c++) f->map[c] = c == '\t' ? ' ' : 0;
	f->map['\n'] = '\n';
	f->map[0x2028] = f->map[0x2029] = f->map[0x85] = '\n';
}

enum ik_rc fold_new(struct fold **fold_r, struct ik_error *err)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *norm = unorm2_getNFKCCasefoldInstance(&status);
	struct fold *f;

	if (U_FAILURE(status)) return ik_fail(IK_CONFIG, err, "open ICU's folding data: %s", u_errorName(status));
	if (text_simplify(0x570B) != 0x56FD) return ik_fail(IK_CONFIG, err, "ICU's table of Traditional characters is missing");
	f = mem_new(sizeof(*f));
	map_compatibility(f, norm);
	map_rest(f);
	*fold_r = f;
	return IK_OK;
}

void fold_free(struct fold **fold)
{
	mem_free(fold);
}

static size_t put(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < BMP) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* What becomes of the code point at *at; 0 when nothing. */
static uint32_t folded_at(const struct fold *f, const char *text, size_t len, size_t *at)
{
	const unsigned char c = (unsigned char)text[*at];
	int32_t wide;

	if (c < 0x80) {
		(*at)++;
		return f->map[c];
	}
	wide = utf8_next(text, len, at);
	if (wide < 0) return ' ';
	return wide < BMP ? f->map[wide] : (uint32_t)wide;
}

/* Blanks and line ends count once, blanks not at the begin of a line. */
static inline bool is_dropped(char c, char last)
{
	return (c == ' ' && (last == ' ' || last == '\n')) || (c == '\n' && last == '\n');
}

/* STEP bytes of ASCII of which none is dropped, so that only capitals change; false: there is something else among them. */
static bool fold_plain(const char *text, char last, char *out_r)
{
	char before[STEP], step[STEP];
	unsigned char others = 0;

	memcpy(step, text, STEP);
	before[0] = last;
	memcpy(before + 1, text, STEP - 1);
	for (size_t i = 0; i < STEP; i++) {
		const unsigned char c = (unsigned char)step[i], b = (unsigned char)before[i], is_blank = c == ' ', is_end = c == '\n', follows_end = b == '\n', follows_blank = b == ' ';

		others |= (unsigned char)((((unsigned char)(c - 0x20) >= 0x5f) & !is_end) | (is_blank & (follows_blank | follows_end)) | (is_end & follows_end));
	}
	if (others != 0) return false;
	for (size_t i = 0; i < STEP; i++) step[i] = (char)(step[i] + (((unsigned char)((unsigned char)step[i] - 'A') < 26) << 5));
	memcpy(out_r, step, STEP);
	return true;
}

size_t fold_text(const struct fold *f, const char *text, size_t len, char *out_r, uint16_t *origin_r)
{
	size_t at = 0, n = 0, next = 0;                         /* next: where a whole step is tried again */

	while (at < len) {
		if (at >= next && at + STEP <= len) {
			if (fold_plain(text + at, n > 0 ? out_r[n - 1] : '\n', out_r + n)) {
				for (size_t i = 0; origin_r != NULL && i < STEP; i++) origin_r[n + i] = (uint16_t)(at + i);
				at += STEP;
				n += STEP;
				continue;
			}
			next = at + STEP;
		}

		const size_t from = at;
		const uint32_t c = folded_at(f, text, len, &at);
		const char last = n > 0 ? out_r[n - 1] : '\n';
		size_t size;

		if (c == 0 || (c < 0x80 && is_dropped((char)c, last))) continue;
		size = put(out_r + n, c);
		for (size_t i = 0; origin_r != NULL && i < size; i++) origin_r[n + i] = (uint16_t)from;
		n += size;
	}
	out_r[n] = '\0';
	if (origin_r != NULL) origin_r[n] = (uint16_t)len;
	return n;
}
