/* canonical.c - text_fold() with the punctuation that structure needs.
 *
 * text_fold() drops everything but letters and digits. The punctuation to be kept travels through it as syllables of a script whose
 * characters fold to themselves (Yi, from U+A000), one for each sign, and is put back afterwards; such syllables in the text itself
 * become gaps. So the rules of folding stay in one place. */
#include "text/canonical.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/text.h"

#define STAND_IN 0xA000u                /* + place in signs[] */
#define STAND_IN_LAST 0xA4CFu

static const char *const signs[] = { " ", "\n", "|", ".", ",", ":", "-", "/", "#", "@", "+", "*", "%", "'", "_", "(", ")", "$", "¥", "€", "£" };
enum { GAP, LINE, SENTENCE };

/* Other writings of the signs; full-width forms come first as their ASCII twins. */
static const struct { uint16_t from; const char *sign; } writings[] = {
	{ 0x3002, "|" }, { '!', "|" }, { '?', "|" }, { ';', "|" }, { 0x2026, "|" }, { 0xff61, "|" }, { 0x3001, "," }, { 0x2019, "'" }, { 0x2018, "'" },
	{ 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" }, { 0x2212, "-" }, { 0xa5, "¥" }, { 0xffe5, "¥" }, { 0x20ac, "€" }, { 0xa3, "£" },
	{ 0xffe1, "£" }, { '[', "(" }, { ']', ")" }, { 0x3010, "(" }, { 0x3011, ")" }, { 0x2236, ":" }, { 0x2044, "/" }, { 0x2e31, "." }, { 0x2116, "#" },
	{ 0x2028, "\n" }, { 0x2029, "\n" }, { 0x85, "\n" }, { 0x0d, "\n" },
};

/* Characters that Simplified texts keep as words of their own, so that the transliterator leaves them alone. */
static const struct { uint16_t from, to; } variants[] = {
	{ u'著', u'着' }, { u'妳', u'你' }, { u'您', u'你' }, { u'裏', u'里' }, { u'裡', u'里' }, { u'佈', u'布' }, { u'週', u'周' }, { u'牠', u'它' }, { u'乾', u'干' },
	{ u'噁', u'恶' }, { u'嚐', u'尝' }, { u'瞭', u'了' }, { u'徵', u'征' }, { u'遊', u'游' }, { u'啟', u'启' }, { u'傢', u'家' }, { u'倆', u'俩' }, { u'賬', u'账' },
	{ u'帳', u'账' }, { u'帐', u'账' }, { u'餵', u'喂' }, { u'號', u'号' }, { u'後', u'后' }, { u'麼', u'么' }, { u'麽', u'么' }, { u'嗎', u'吗' }, { u'塊', u'块' }, { u'線', u'线' },
	{ u'台', u'台' }, { u'臺', u'台' }, { u'於', u'于' }, { u'佔', u'占' }, { u'姦', u'奸' }, { u'託', u'托' }, { u'錶', u'表' }, { u'鬆', u'松' }, { u'鐘', u'钟' }, { u'鍾', u'钟' },
	{ u'迴', u'回' }, { u'併', u'并' }, { u'拚', u'拼' }, { u'份', u'份' }, { u'甚', u'什' }, { u'圆', u'元' }, { u'圓', u'元' }, { u'得', u'的' }, { u'地', u'地' }, { u'她', u'他' },
	{ u'它', u'它' }, { u'复', u'复' }, { u'復', u'复' }, { u'複', u'复' }, { u'覆', u'复' }, { u'係', u'系' }, { u'嘢', u'嘢' }, { u'滙', u'汇' }, { u'唸', u'念' }, { u'喫', u'吃' },
};

static bool is_letter(int32_t c)
{
	return (U_MASK((uint32_t)u_charType((UChar32)c)) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

static bool is_invisible(int32_t c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2064) || c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f);
}

static bool is_han(int32_t c)
{
	return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x323af) || (c >= 0xf900 && c <= 0xfaff);
}

static size_t sign_of(int32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e) c -= 0xff01 - '!';
	for (size_t i = 0; i < COUNT_OF(writings); i++)
		if (writings[i].from == c)
			for (size_t s = 0; s < COUNT_OF(signs); s++)
				if (strcmp(signs[s], writings[i].sign) == 0) return s;
	for (size_t s = 0; c < 0x80 && s < COUNT_OF(signs); s++)
		if (signs[s][0] == (char)c && signs[s][1] == '\0') return s;
	return GAP;
}

/* ---- sounds in brackets ---------------------------------------------------------------------------------------------------- */

#define SYLLABLE_MAX 6

/* The plain letter of a letter with a tone mark; other characters stay. */
static int32_t toneless(int32_t c)
{
	static const char *const rows[] = { "aāáǎàɑ", "eēéěèê", "iīíǐì", "oōóǒò", "uūúǔùüǖǘǚǜ", "nńňǹ", "mḿ" };

	for (size_t r = 0; c >= 0x80 && r < COUNT_OF(rows); r++)
		for (size_t at = 1, len = strlen(rows[r]); at < len;)
			if (utf8_next(rows[r], len, &at) == c) return rows[r][0];
	return c;
}

/* Whether it is built as a syllable of Mandarin: initial and final. Words such as "app" are not. */
static bool is_syllable(const char *letters)
{
	static const char *const initials[] = { "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w", "" };
	static const char *const finals[] = { "a", "o", "e", "i", "u", "v", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "ue", "ve", "er", "an", "en", "in", "un", "vn", "ang", "eng",
	                                      "ing", "ong", "ia", "iao", "ian", "iang", "iong", "ua", "uo", "uai", "uan", "uang" };

	for (size_t i = 0; i < COUNT_OF(initials); i++) {
		const size_t len = strlen(initials[i]);

		if (strncmp(letters, initials[i], len) != 0) continue;
		for (size_t f = 0; f < COUNT_OF(finals); f++)
			if (strcmp(letters + len, finals[f]) == 0) return true;
	}
	return false;
}

static bool is_bracket(int32_t c, bool opens)
{
	return opens ? c == '(' || c == 0xff08 || c == '[' : c == ')' || c == 0xff09 || c == ']';
}

/* The end of "(wù)" at *at, where a Han character stands in front; at itself when it is something else. */
static size_t skip_sound(const char *text, size_t len, size_t at)
{
	const size_t start = at;
	char letters[SYLLABLE_MAX + 1] = "";
	size_t count = 0;
	int32_t c = utf8_next(text, len, &at);

	if (!is_bracket(c, true)) return start;
	while (at < len) {
		c = utf8_next(text, len, &at);
		if (is_bracket(c, false)) return count > 0 && is_syllable(letters) ? at : start;
		if (c == ' ' || (c >= 0x300 && c <= 0x36f) || (c >= '1' && c <= '5' && count > 0)) continue;
		c = toneless(c);
		if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
		if (c < 'a' || c > 'z' || count >= SYLLABLE_MAX) return start;
		letters[count++] = (char)c;
		letters[count] = '\0';
	}
	return start;
}

/* ---- the two passes -------------------------------------------------------------------------------------------------------------- */

static void put_stand_ins(struct buf *wide, const char *text, size_t len)
{
	bool after_han = false;

	for (size_t at = 0; at < len;) {
		int32_t c;

		if (after_han) at = skip_sound(text, len, at);
		if (at >= len) break;
		c = utf8_next(text, len, &at);
		if (c >= 0 && is_invisible(c)) continue;
		after_han = is_han(c);
		if (c < 0 || (c >= (int32_t)STAND_IN && c <= (int32_t)STAND_IN_LAST) || !is_letter(c)) utf8_put(wide, STAND_IN + (uint32_t)(c < 0 ? GAP : sign_of(c)));
		else utf8_put(wide, (uint32_t)c);
	}
}

static uint32_t variant_of(int32_t c)
{
	for (size_t i = 0; c >= 0x4e00 && i < COUNT_OF(variants); i++)
		if (variants[i].from == c) return variants[i].to;
	return (uint32_t)c;
}

static void put_signs(struct buf *out, const char *folded, size_t len)
{
	for (size_t at = 0; at < len;) {
		const int32_t c = utf8_next(folded, len, &at);
		const size_t sign = (size_t)c - STAND_IN;
		const char last = out->len > 0 ? out->data[out->len - 1] : '\n';

		if (c < (int32_t)STAND_IN || sign >= COUNT_OF(signs)) {
			if (c < 0x80) buf_char(out, (char)c);
			else utf8_put(out, variant_of(c));
		} else if (!(sign == GAP && (last == ' ' || last == '\n'))) {
			buf_text(out, signs[sign]);
		}
	}
}

bool canonical_text(struct buf *out, const char *text, size_t len)
{
	struct buf wide = BUF_INIT(CANONICAL_MAX), folded = BUF_INIT(CANONICAL_MAX);
	bool ok;

	if (len > CANONICAL_SOURCE_MAX) len = utf8_cut(text, len, CANONICAL_SOURCE_MAX);
	put_stand_ins(&wide, text, len);
	ok = text_fold(&folded, buf_str(&wide), wide.len);
	put_signs(out, buf_str(&folded), folded.len);
	buf_release(&wide);
	buf_release(&folded);
	return ok && !out->is_full;
}

bool canonical_is_html(const char *text, size_t len)
{
	static const char *const tags[] = { "html", "body", "p", "br", "div", "span", "table", "tr", "td", "b", "i", "u", "strong", "em", "a", "ul", "ol", "li", "font", "h1",
	                                    "h2", "h3", "hr", "blockquote", "pre", "style", "head", "meta", "img", "!doctype" };
	static const char *const entities[] = { "&nbsp;", "&amp;", "&lt;", "&gt;", "&quot;", "&#" };

	for (size_t at = 0; at + 2 < len; at++) {
		size_t word = at + 1;

		for (size_t e = 0; text[at] == '&' && e < COUNT_OF(entities); e++)
			if (strncmp(text + at, entities[e], strlen(entities[e])) == 0) return true;
		if (text[at] != '<') continue;
		if (text[word] == '/') word++;
		for (size_t t = 0; t < COUNT_OF(tags); t++) {
			const size_t n = strlen(tags[t]);

			if (word + n < len && strncasecmp(text + word, tags[t], n) == 0 && strchr(" />\t\r\n", text[word + n]) != NULL) return true;
		}
	}
	return false;
}
