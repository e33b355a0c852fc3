/* guess.c - scores each reading of unlabelled bytes: common characters of the language count for it, rare ones and errors against.
 * Statistical detectors need twenty bytes and more; two Chinese characters must do here, since subjects are short. */
#include "text/guess.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include "base/mem.h"
#include "base/utf8.h"

#define SAMPLE_MAX 4096

/* The most frequent characters of ordinary text and of complaints, both scripts. Order does not matter. */
static const char common_han[] =
	"的一是不了在人有我他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军"
	"二无同么经法当起与好看学进种将还分此心前面又定见只主没公从请问您退款货物订单单号收快递客服质量问题投诉电话产品换维修已未钱元办理回复谢谢您好商品"
	"这個們來說國時後會對過發當與學進種將還經無兩長問題訂單號貨運費換維護電話產品質處理覆謝請貴點開關東車門見讓給錢買賣"
	"日本語年月様件御返品注文商届連絡願致申訳確認対応";
/* The most frequent syllables of Korean. */
static const char common_hangul[] = "이다의가을를에는은고하지한로서도기사시해어리자대인정수있했습니까요안녕주문배송환불상품제과입문의";

struct reading { const char *name; };
static const struct reading readings[] = {
	{ "gb18030" }, { "Big5-HKSCS" }, { "ibm-943_P15A-2003" }, { "euc-jp" }, { "windows-949" }, { "windows-1251" }, { "KOI8-U" }, { "windows-1252" },
};

/* The lists as sets. Built at first use, const from then on. */
#define HAN_FIRST 0x4E00
#define HAN_LAST 0x9FFF
#define HANGUL_FIRST 0xAC00
#define HANGUL_LAST 0xD7A3

static bool is_common_han[HAN_LAST - HAN_FIRST + 1], is_common_hangul[HANGUL_LAST - HANGUL_FIRST + 1];
static pthread_once_t are_sets_built = PTHREAD_ONCE_INIT;

static void build_set(bool *set, int32_t first, const char *list, size_t size)
{
	for (size_t at = 0; at < size;) set[utf8_next(list, size, &at) - first] = true;
}

static void build_sets(void)
{
	build_set(is_common_han, HAN_FIRST, common_han, sizeof(common_han) - 1);
	build_set(is_common_hangul, HANGUL_FIRST, common_hangul, sizeof(common_hangul) - 1);
}

static double weigh_latin(UChar c, UChar before, UChar after)
{
	if (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7) {
		const bool is_upper = c < 0xDF;
		const bool is_beside = (before < 0x80 && u_isalpha(before)) || (after < 0x80 && u_isalpha(after));
		const bool is_odd = is_upper && before < 0x80 && u_islower(before);    /* "fÜr" */

		return is_odd ? -1.0 : is_beside ? 2.0 : 0.2;
	}
	if (c == 0x2018 || c == 0x2026 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2013 || c == 0x2014 || c == 0x20AC || c == 0xA0 || c == 0xA9 || c == 0xAE || c == 0xB0) return 1.5;
	return c < 0x100 || c == 0x152 || c == 0x153 || c == 0x160 || c == 0x161 ? -0.3 : -1.0;
}

static bool is_ascii_letter(UChar c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static double weigh_cyrillic(UChar c, UChar before, UChar after)
{
	if (is_ascii_letter(before) || is_ascii_letter(after)) return -1.5;     /* no word mixes the two scripts */
	if (c < 0x410 || c > 0x44F) return -0.5;
	if (c >= 0x430) return 0.8;
	return before >= 0x430 && before <= 0x44F ? -1.5 : 0.4;         /* a capital within a word: the other Cyrillic charset */
}

/* "Odst?pienie": what stands between small letters is a letter of the word. */
static bool is_within_word(UChar before, UChar after)
{
	return before >= 'a' && before <= 'z' && after >= 'a' && after <= 'z';
}

/* What one character of a reading says for it, per byte that it took. Kana are a language's in Japanese charsets only; others have them as signs. */
static double weigh(UChar c, UChar before, UChar after, bool is_japanese)
{
	if (c == 0xFFFD || c == 0x1A) return -6.0;
	if (c < 0x80) return 0.0;
	if (c >= 0x3040 && c <= 0x30FF) return is_japanese ? 1.8 : 0.6;
	if (c >= HAN_FIRST && c <= HAN_LAST) return is_common_han[c - HAN_FIRST] ? 3.0 : is_within_word(before, after) ? -1.0 : 0.3;
	if (c >= HANGUL_FIRST && c <= HANGUL_LAST) return is_common_hangul[c - HANGUL_FIRST] ? 2.6 : is_within_word(before, after) ? -1.0 : 0.1;
	if ((c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF5F)) return 1.0;
	if (c >= 0xFF61 && c <= 0xFF9F) return -1.0;                    /* half-width katakana: any bytes read as Shift_JIS */
	if (c >= 0xE000 && c <= 0xF8FF) return -4.0;
	if (c >= 0x80 && c < 0xA0) return -3.0;
	if (c >= 0x400 && c < 0x500) return weigh_cyrillic(c, before, after);
	if (c < 0x2200) return weigh_latin(c, before, after);
	if (c >= 0x2500 && c <= 0x257F) return -1.5;                    /* box drawing: any bytes read as KOI8-R */
	return -0.6;
}

/* What readings differ in: the beginning of the bytes without the inside of long runs of ASCII, which weighs nothing. What stays of a run
 * is more than a character of several bytes can reach into, and the neighbour of the character behind it. */
#define RUN_HEAD 6
#define RUN_TAIL 2

struct sample { char bytes[SAMPLE_MAX]; size_t len, high; };

/* Every reading takes it for itself: not so the backslash, the tilde and control characters. */
static bool is_same_everywhere(char c)
{
	return (c >= ' ' && c <= '}' && c != '\\') || c == '\n' || c == '\r' || c == '\t';
}

static void sample_init(struct sample *s, const char *bytes, size_t len)
{
	const size_t end = len < SAMPLE_MAX ? len : SAMPLE_MAX - 8;

	s->len = s->high = 0;
	for (size_t at = 0; at < end;) {
		const size_t start = at;

		while (at < end && is_same_everywhere(bytes[at])) at++;
		if (at - start > RUN_HEAD + RUN_TAIL) {
			memcpy(s->bytes + s->len, bytes + start, RUN_HEAD);
			memcpy(s->bytes + s->len + RUN_HEAD, bytes + at - RUN_TAIL, RUN_TAIL);
			s->len += RUN_HEAD + RUN_TAIL;
		} else {
			memcpy(s->bytes + s->len, bytes + start, at - start);
			s->len += at - start;
		}
		for (; at < end && !is_same_everywhere(bytes[at]); at++) {
			s->high += (unsigned char)bytes[at] >= 0x80;
			s->bytes[s->len++] = bytes[at];
		}
	}
}

#define NAME_BYTES 8

static double score(const char *name, const struct sample *s)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *converter = ucnv_open(name, &status);
	const bool is_japanese = strcmp(name, "euc-jp") == 0 || strcmp(name, "ibm-943_P15A-2003") == 0;
	UChar text[SAMPLE_MAX];
	double sum = 0;
	int32_t count;

	(void)pthread_once(&are_sets_built, build_sets);
	if (U_FAILURE(status)) return -1e9;
	count = ucnv_toUChars(converter, text, (int32_t)COUNT_OF(text), s->bytes, (int32_t)s->len, &status);
	ucnv_close(converter);
	if (U_FAILURE(status) || count > (int32_t)COUNT_OF(text)) return -1e9;
	for (int32_t i = 0; i < count; i++)
		if (text[i] >= 0x80 || text[i] == 0x1A) sum += weigh(text[i], i > 0 ? text[i - 1] : ' ', i + 1 < count ? text[i + 1] : ' ', is_japanese);
	return sum;
}

bool guess_fits(const char *bytes, size_t len, const char *name)
{
	struct sample s;

	double points;

	sample_init(&s, bytes, len);
	points = score(name, &s);
	return points >= 0.4 * (double)s.high || (s.high <= NAME_BYTES && points > 0);         /* 0.8 a character of two bytes; a name of rare ones weighs little in any charset */
}

#define THAI_LETTERS 8
#define THAI_SURE_LETTERS 12            /* from here on one byte in fifty may be wrong */
#define THAI_WEAK 0.5                   /* points a byte: any other reading that is a language has more */

/* Letters, vowels in front of a letter, marks above or below one, signs. Source: TIS 620-2533. */
enum thai { THAI_NONE, THAI_LETTER, THAI_LEADING, THAI_MARK, THAI_SIGN };

static enum thai thai_kind(unsigned char c)
{
	if (c >= 0xA1 && c <= 0xCE) return THAI_LETTER;
	if (c >= 0xE0 && c <= 0xE4) return THAI_LEADING;
	if (c == 0xD1 || (c >= 0xD4 && c <= 0xDA) || (c >= 0xE7 && c <= 0xEE)) return THAI_MARK;
	return c == 0xA0 || (c >= 0xCF && c <= 0xDA) || (c >= 0xDF && c <= 0xFB) ? THAI_SIGN : THAI_NONE;
}

/* A mark stands on a letter or another mark, a leading vowel in front of a letter: bytes of other charsets keep to it by chance only for a word. */
static bool is_thai(const struct sample *s)
{
	size_t letters = 0, around = 0, wrong = 0;
	enum thai before = THAI_NONE;

	for (size_t i = 0; i < s->len; i++) {
		const unsigned char c = (unsigned char)s->bytes[i];
		const enum thai kind = c < 0x80 ? THAI_NONE : thai_kind(c);

		wrong += (c >= 0x80 && kind == THAI_NONE) || (kind == THAI_MARK && before != THAI_LETTER && before != THAI_MARK) || (before == THAI_LEADING && kind != THAI_LETTER);
		letters += kind == THAI_LETTER;
		around += kind == THAI_MARK || kind == THAI_LEADING || c == 0xD2 || c == 0xD0;
		before = kind;
	}
	if (letters < THAI_SURE_LETTERS) return letters >= THAI_LETTERS && wrong == 0 && around * 2 >= letters;
	return wrong * 50 <= s->high && around * 4 >= letters;
}

#define LABEL_SHARE 0.3                 /* points a byte by which another reading must be more likely than that of the label: rare characters are no proof */

/* name: a reading that is to be preferred, or NULL. */
static const char *best_reading(const struct sample *s, const char *name)
{
	const char *best = name != NULL ? name : "windows-1252";
	double best_score = name != NULL ? score(name, s) + 2.0 + LABEL_SHARE * (double)s->high : -1e8;

	for (size_t i = 0; i < COUNT_OF(readings); i++) {
		const double points = score(readings[i].name, s);

		if (points > best_score) { best = readings[i].name; best_score = points; }
	}
	if (name == NULL && best_score < THAI_WEAK * (double)s->high && is_thai(s)) return "windows-874";
	return best;
}

/* ---- single bytes that no frequency of characters tells apart: the library's tables of letter groups of their languages ---- */

#define DENSE 3                         /* of so many bytes beside bytes beyond ASCII one is: no language of Latin-1 has so many */
#define DETECTED_LEAST 30               /* of 100, measured: texts of a line or two reach it */
#define DETECTED_LEAD 8                 /* before the next one of a single byte */
#define LATIN_LETTERS 3                 /* beyond ASCII: fewer decide nothing */
#define OTHER_LETTERS 12                /* of another script: short words of one are by chance words of the next */

/* Romanian is left out: French and Catalan lines are taken for it. */
static const struct { const char *detected, *languages, *converter; size_t letters; } alphabets[] = {
	{ "ISO-8859-2", "pl cs hu", "ISO-8859-2", LATIN_LETTERS }, { "windows-1250", "pl cs hu", "windows-1250", LATIN_LETTERS },
	{ "ISO-8859-9", "tr", "windows-1254", LATIN_LETTERS }, { "windows-1254", "tr", "windows-1254", LATIN_LETTERS },
	{ "ISO-8859-5", "ru", "ISO-8859-5", OTHER_LETTERS }, { "windows-1251", "ru", "windows-1251", OTHER_LETTERS }, { "KOI8-R", "ru", "KOI8-U", OTHER_LETTERS },
	{ "ISO-8859-7", "el", "ISO-8859-7", OTHER_LETTERS }, { "windows-1253", "el", "windows-1253", OTHER_LETTERS },
	{ "ISO-8859-8", "he", "windows-1255", OTHER_LETTERS }, { "ISO-8859-8-I", "he", "windows-1255", OTHER_LETTERS }, { "windows-1255", "he", "windows-1255", OTHER_LETTERS },
	{ "ISO-8859-6", "ar", "ISO-8859-6", OTHER_LETTERS }, { "windows-1256", "ar", "windows-1256", OTHER_LETTERS },
};

static bool is_single_byte(const char *detected)
{
	return strncmp(detected, "ISO-8859", 8) == 0 || strncmp(detected, "windows-", 8) == 0 || strncmp(detected, "KOI8", 4) == 0;
}

static bool is_ahead(const UCharsetMatch **matches, int32_t count, UErrorCode *status)
{
	const int32_t best = ucsdet_getConfidence(matches[0], status);
	int32_t next = 0;

	for (int32_t i = 1; i < count && next == 0; i++)
		if (is_single_byte(ucsdet_getName(matches[i], status))) next = ucsdet_getConfidence(matches[i], status);
	return U_SUCCESS(*status) && best >= DETECTED_LEAST && best - next >= DETECTED_LEAD;
}

/* No byte of it is without a meaning. */
static bool reads_whole(const char *name, const char *bytes, size_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *converter = ucnv_open(name, &status);
	UChar text[SAMPLE_MAX];
	int32_t count = 0;
	bool is_whole = U_SUCCESS(status);

	if (is_whole) count = ucnv_toUChars(converter, text, (int32_t)COUNT_OF(text), bytes, (int32_t)len, &status);
	is_whole = is_whole && U_SUCCESS(status);
	for (int32_t i = 0; i < count && i < (int32_t)COUNT_OF(text) && is_whole; i++) is_whole = text[i] != 0xFFFD;
	ucnv_close(converter);
	return is_whole;
}

/* The alphabet that the first match stands for, NULL when it is not sure. */
static const char *sure_alphabet(const UCharsetMatch **matches, int32_t count, size_t letters)
{
	UErrorCode status = U_ZERO_ERROR;

	if (count < 1 || !is_ahead(matches, count, &status)) return NULL;
	for (size_t i = 0; i < COUNT_OF(alphabets); i++)
		if (strcmp(ucsdet_getName(matches[0], &status), alphabets[i].detected) == 0 && letters >= alphabets[i].letters
		    && strstr(alphabets[i].languages, ucsdet_getLanguage(matches[0], &status)) != NULL) return alphabets[i].converter;
	return NULL;
}

/* The letters of Polish that the two charsets of Central Europe have in different places: which of them it is written in. */
static const char *polish_charset(const char *bytes, size_t len)
{
	static const unsigned char windows[] = { 0xB9, 0x9C, 0x9F, 0xA5, 0x8C, 0x8F }, iso[] = { 0xB1, 0xB6, 0xBC, 0xA1, 0xA6, 0xAC };
	size_t in_windows = 0, in_iso = 0;

	for (size_t i = 0; i < len; i++)
		for (size_t k = 0; k < COUNT_OF(iso); k++) {
			in_windows += (unsigned char)bytes[i] == windows[k];
			in_iso += (unsigned char)bytes[i] == iso[k];
		}
	return in_windows > in_iso ? "windows-1250" : "ISO-8859-2";
}

#define LETTERS_FROM 0xC0               /* below stand the marks of quotation and signs of western charsets, and few letters of any */
#define HIGH_SHARE 50                   /* Polish has one byte beyond ASCII in eighteen */

/* How many of the bytes are beyond ASCII; 0 when they are no letters: a few marks of quotation, say. */
static size_t count_letters(const char *bytes, size_t len)
{
	size_t high = 0, letters = 0;

	for (size_t at = utf8_ascii(bytes, len); at < len; at += utf8_ascii(bytes + at, len - at))
		for (; at < len && (unsigned char)bytes[at] >= 0x80; at++) {
			high++;
			letters += (unsigned char)bytes[at] >= LETTERS_FROM;
		}
	return letters >= LATIN_LETTERS || high * HIGH_SHARE >= len ? high : 0;
}

/* The library's tables are of letter groups, which the words of another script in between would thin out. */
static void blank_ascii(char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)bytes[i] < 0x80) bytes[i] = ' ';
}

/* Asks the library, which takes millions of steps, where there are letters to ask about. */
static const char *detect_alphabet(const char *bytes, size_t look)
{
	const size_t letters = count_letters(bytes, look);
	UErrorCode status = U_ZERO_ERROR;
	const UCharsetMatch **matches;
	UCharsetDetector *detector;
	const char *name = NULL;
	int32_t count = 0;

	if (letters < LATIN_LETTERS) return NULL;
	detector = ucsdet_open(&status);
	if (U_FAILURE(status)) return NULL;
	ucsdet_setText(detector, bytes, (int32_t)look, &status);
	matches = ucsdet_detectAll(detector, &count, &status);
	if (U_SUCCESS(status)) name = sure_alphabet(matches, count, letters);
	if (name != NULL && strcmp(ucsdet_getLanguage(matches[0], &status), "pl") == 0) name = polish_charset(bytes, look);
	ucsdet_close(detector);
	return name != NULL && reads_whole(name, bytes, look) ? name : NULL;
}

static const char *alphabet_of(const char *bytes, size_t len)
{
	const size_t look = len < SAMPLE_MAX ? len : SAMPLE_MAX;
	const char *name = detect_alphabet(bytes, look);
	struct sample s;

	if (name != NULL) return name;
	sample_init(&s, bytes, len);
	if (s.high * DENSE < s.len) return NULL;
	blank_ascii(s.bytes, s.len);
	return detect_alphabet(s.bytes, s.len);
}

/* A sign of Latin-1 in the middle of a word is a letter of Polish; the accents of Czech and its neighbours are none of it. */
static bool is_polish(const char *bytes, size_t len)
{
	size_t inside = 0;

	for (size_t i = 1; i + 1 < len && i < SAMPLE_MAX; i++) {
		const unsigned char c = (unsigned char)bytes[i], before = (unsigned char)bytes[i - 1], after = (unsigned char)bytes[i + 1];

		if (c == 0xE1 || c == 0xE8 || c == 0xEC || c == 0xED || c == 0xF8 || c == 0xFD || c == 0xBE || c == 0x9E) return false;
		if (c == 0xB1 || c == 0xB3 || c == 0xB6 || c == 0xB9 || c == 0xBC || c == 0xBF || c == 0x9C || c == 0x9F)
			inside += (is_ascii_letter(before) || before >= LETTERS_FROM) && (is_ascii_letter(after) || after >= LETTERS_FROM);
	}
	return inside > 0;
}

#define TURKISH_LEAST 1
#define TURKISH_DOTLESS 3               /* fewer, and nothing else of Turkish: Czech has the same byte */
#define TURKISH_LABELLED 6              /* against a label of Latin-1 */

/* The letters that Turkish has in the places of Icelandic ones, and none of the accents that Icelandic, Czech and Faroese have beside them. */
static bool is_turkish(const char *bytes, size_t len, size_t least)
{
	size_t own = 0, dotless = 0, accents = 0;

	for (size_t i = 0; i < len && i < SAMPLE_MAX; i++) {
		const unsigned char c = (unsigned char)bytes[i];

		dotless += c == 0xFD;
		own += c == 0xFD || c == 0xFE || c == 0xF0 || c == 0xDD || c == 0xDE || c == 0xD0;
		accents += c == 0xE1 || c == 0xE9 || c == 0xED || c == 0xF3 || c == 0xFA || c == 0xE6 || c == 0xC1 || c == 0xC9 || c == 0xCD || c == 0xD3 || c == 0xDA || c == 0xC6;
	}
	if (own < least || accents > 0) return false;
	return least == TURKISH_LEAST ? own > dotless || dotless >= TURKISH_DOTLESS : dotless * 2 >= least;
}

static bool is_of_one_byte(const char *name)
{
	return strcmp(name, "windows-1252") == 0 || strcmp(name, "KOI8-U") == 0 || strcmp(name, "windows-1251") == 0;
}

const char *guess_charset(const char *bytes, size_t len)
{
	const char *name = guess_charset_or(bytes, len, NULL), *alphabet = is_of_one_byte(name) ? alphabet_of(bytes, len) : NULL;

	if (alphabet != NULL || strcmp(name, "windows-1252") != 0) return alphabet != NULL ? alphabet : name;
	if (is_polish(bytes, len)) return polish_charset(bytes, len < SAMPLE_MAX ? len : SAMPLE_MAX);
	return is_turkish(bytes, len, TURKISH_LEAST) ? "windows-1254" : name;
}

const char *guess_charset_or(const char *bytes, size_t len, const char *name)
{
	struct sample s;

	sample_init(&s, bytes, len);
	return best_reading(&s, name);
}

#define FOREIGN_RUN 4                   /* letters and signs in a row that all are no ASCII */
#define FOREIGN_LEAST 8

/* Words without a letter of ASCII: no language that Latin-1 was made for has them. */
static bool has_foreign_words(const char *bytes, size_t len)
{
	size_t high = 0, foreign = 0;

	for (size_t at = 0; at < len && at < SAMPLE_MAX; at++) {
		const size_t start = at;

		while (at < len && (unsigned char)bytes[at] > 0xA0) at++;
		high += at - start;
		if (at - start >= FOREIGN_RUN) foreign += at - start;
	}
	return high >= FOREIGN_LEAST && foreign * 2 > high;
}

const char *guess_over_latin(const char *bytes, size_t len)
{
	struct sample s;
	const char *best;
	double latin;

	if (has_foreign_words(bytes, len)) return guess_charset(bytes, len);
	if (is_turkish(bytes, len, TURKISH_LABELLED)) return "windows-1254";
	sample_init(&s, bytes, len);
	latin = score("windows-1252", &s);
	if (latin >= 0 && s.high * DENSE < s.len) return "windows-1252";
	best = best_reading(&s, NULL);
	if (latin >= 0 && score(best, &s) < (double)s.high) return "windows-1252";
	if (is_of_one_byte(best)) return "windows-1252";
	return score(best, &s) > latin + 6.0 ? best : "windows-1252";
}

#define KANA_LEAST 2

/* The rows of kana are the same in GB 2312 and in EUC-JP; what stands beside them is common in one of the two. */
bool guess_is_japanese(const char *bytes, size_t len)
{
	struct sample s;
	size_t kana = 0;

	sample_init(&s, bytes, len);
	for (size_t i = 0; i + 1 < s.len; i++) {
		const unsigned char lead = (unsigned char)s.bytes[i], trail = (unsigned char)s.bytes[i + 1];

		if (lead < 0x80) continue;
		kana += (lead == 0xA4 || lead == 0xA5) && trail >= 0xA1;
		i++;
	}
	return kana >= KANA_LEAST && score("euc-jp", &s) > score("gb18030", &s) + 1.5;
}

bool guess_is_damaged_utf8(const char *bytes, size_t len)
{
	size_t good = 0, bad = 0;

	for (size_t at = 0; at < len;) {
		if ((unsigned char)bytes[at] < 0x80) { at++; continue; }
		const size_t start = at;

		if (utf8_next(bytes, len, &at) < 0) bad++;
		else good += at - start;
	}
	return good > 0 && good >= 4 * bad;
}
