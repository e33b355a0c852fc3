/* language.c - which language a text is in: by its script, and among languages of one script by a vote of their commonest words.
 * Statistical detectors call short Chinese texts English; script shares are right from the first character. */
#include "text/text.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>
#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/stop_words.h"

#define LOOK_AT_MAX 4096        /* bytes */
#define WORDS_MAX 300           /* that vote */
#define GROUP_WORDS_MAX 8       /* longer texts have common words */
#define VIETNAMESE_SHORT 24     /* bytes; in a text so short one letter is enough, in a longer one it may be a name */

struct scripts { int han, kana, hangul, latin, cyrillic, arabic, hebrew, thai, greek, devanagari, other; };

/* utf8_next() without a call for ASCII: most texts are looked at three times here. */
static inline int32_t next_point(const char *text, size_t len, size_t *at)
{
	const unsigned char c = (unsigned char)text[*at];

	if (c >= 0x80) return utf8_next(text, len, at);
	(*at)++;
	return c;
}

static inline bool is_ascii_letter(int32_t c)
{
	return (uint32_t)((c | 32) - 'a') < 26;
}

/* Letters among the ASCII from *at on, which is moved behind it. */
static int count_latin(const char *text, size_t len, size_t *at)
{
	const size_t run = utf8_ascii(text + *at, len - *at), start = *at;

	*at += run;
	return (int)ascii_letters(text + start, run);
}

/* Ideographs of U+5000 to U+9FFF from *at on, which is moved behind them. */
static int count_han(const char *text, size_t len, size_t *at)
{
	int count = 0;

	for (; *at < len && (unsigned char)text[*at] >= 0xE5 && utf8_han(text + *at, len - *at < 3 ? len - *at : 3) == 3; *at += 3) count++;
	return count;
}

static void count_scripts(const char *text, size_t len, struct scripts *s)
{
	for (size_t at = 0; at < len;) {
		UErrorCode status = U_ZERO_ERROR;

		s->latin += count_latin(text, len, &at);
		s->han += count_han(text, len, &at);
		if (at == len) break;
		switch ((int)uscript_getScript(utf8_next(text, len, &at), &status)) {
		case USCRIPT_HAN: s->han++; break;
		case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: s->kana++; break;
		case USCRIPT_HANGUL: s->hangul++; break;
		case USCRIPT_LATIN: s->latin++; break;
		case USCRIPT_CYRILLIC: s->cyrillic++; break;
		case USCRIPT_ARABIC: s->arabic++; break;
		case USCRIPT_HEBREW: s->hebrew++; break;
		case USCRIPT_THAI: s->thai++; break;
		case USCRIPT_GREEK: s->greek++; break;
		case USCRIPT_DEVANAGARI: s->devanagari++; break;
		case USCRIPT_COMMON: case USCRIPT_INHERITED: break;
		default: s->other++;
		}
	}
}

/* A language that its script tells; "" when the words have to. A Han character says about as much as four Latin letters. */
static const char *by_script(const struct scripts *s)
{
	const int east = s->han + s->kana + s->hangul;

	if (east > 0 && 4 * east >= s->latin) {
		if (s->hangul > s->han + s->kana || (s->hangul > 0 && s->hangul * 3 > s->han && s->kana <= s->hangul)) return "ko";
		if (s->kana > 0 && s->kana * 8 >= s->han) return "ja";
		return s->han > 0 ? "zh" : "ja";
	}
	if (s->cyrillic > 0 && 2 * s->cyrillic >= s->latin) return "cyrillic";
	if (s->arabic > 0 && 2 * s->arabic >= s->latin) return "ar";
	if (s->hebrew > 0 && 2 * s->hebrew >= s->latin) return "he";
	if (s->thai > 0 && 2 * s->thai >= s->latin) return "th";
	if (s->greek > 0 && 2 * s->greek >= s->latin) return "el";
	if (s->devanagari > 0 && 2 * s->devanagari >= s->latin) return "hi";
	return "";
}

/* Words that touch these are addresses, numbers and names of files. */
static bool joins_address(int32_t c)
{
	return c == '@' || c == '/' || c == '_' || c == '=' || (c >= '0' && c <= '9');
}

static bool is_letter(int32_t c)
{
	return c < 0x80 ? is_ascii_letter(c) : u_isalpha(c);
}

/* Moves to the first letter behind *at and takes it; 0 at the end. before_r: what stands in front of it. */
static int32_t first_letter(const char *text, size_t len, size_t *at, int32_t *before_r)
{
	*before_r = ' ';
	while (*at < len) {
		const int32_t c = next_point(text, len, at);

		if (is_letter(c)) return c;
		*before_r = c;
	}
	return 0;
}

/* c ends a word and what stands at at follows it: both belong to an address or a number. */
static bool goes_on(int32_t c, const char *text, size_t len, size_t at)
{
	return joins_address(c) || ((c == '.' || c == ':') && at < len && (joins_address(text[at]) || u_isalpha(text[at])));
}

/* A word in lower case, with NUL to its eighth byte at least. Pieces of addresses and words of more than 31 bytes have the size 0. */
#define WORD_MAX 27                     /* bytes; a letter more may begin below */
struct word { char text[WORD_MAX + 4 + 1]; size_t size; bool is_long, is_ascii; };

/* The letter that is not ASCII. */
static void add_letter(struct word *w, int32_t c)
{
	w->is_ascii = false;
	if (w->size >= WORD_MAX) w->is_long = true;
	else U8_APPEND_UNSAFE((uint8_t *)w->text, w->size, (uint32_t)u_tolower(c));
}

/* The letters of ASCII from text[at] on; returns where they end. */
static size_t add_ascii(struct word *w, const char *text, size_t len, size_t at)
{
	for (; at < len && is_ascii_letter(text[at]); at++) {
		if (w->size < WORD_MAX) w->text[w->size++] = (char)(text[at] | 32);
		else w->is_long = true;
	}
	return at;
}

/* Eight bytes as a number, the first of them lowest. */
static inline uint64_t eight_at(const char *at)
{
	uint64_t eight;

	memcpy(&eight, at, sizeof(eight));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	eight = __builtin_bswap64(eight);
#endif
	return eight;
}

/* Takes a word of up to seven letters of ASCII, as most are, without a step for each. Eight bytes stand at at. Returns its size; 8: it may be longer. */
static inline size_t short_word(struct word *w, const char *at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80, bytes = eight_at(at), lower = (bytes | ones * 0x20) & ~high;
	const uint64_t others = ~((lower + ones * (0x80 - 'a')) & ~(lower + ones * (0x7F - 'z')) & ~bytes) & high;
	const size_t size = others != 0 ? (size_t)__builtin_ctzll(others) / 8 : 8;
	uint64_t word;

	if (size == 8) return 8;
	word = lower & ((UINT64_C(1) << 8 * size) - 1);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	memcpy(w->text, &word, sizeof(word));
	w->size = size;
	return size;
}

/* The rest of a word whose letters so far end at *at, c being the last or an ASCII one still to be taken. */
static void finish_word(const char *text, size_t len, size_t *at, int32_t c, struct word *w)
{
	for (;;) {
		size_t start;

		if (c >= 0x80) add_letter(w, c);
		*at = start = add_ascii(w, text, len, *at);
		if (start == len) return;
		c = next_point(text, len, at);
		if (is_letter(c)) continue;
		w->is_long |= goes_on(c, text, len, *at);
		*at = start;
		return;
	}
}

/* The next word; false at the end. */
static inline bool next_word(const char *text, size_t len, size_t *at, struct word *w)
{
	int32_t before, c = first_letter(text, len, at, &before);

	memset(w->text, 0, sizeof(uint64_t));
	w->size = 0;
	w->is_long = joins_address(before) || before == '.';
	w->is_ascii = true;
	if (c == 0) return false;
	if (c < 0x80) --*at;
	if (c < 0x80 && len - *at > 8) {
		const size_t size = short_word(w, text + *at);
		const unsigned char next = (unsigned char)text[*at + size];

		if (size < 8 && next < 0x80) {
			*at += size;
			if (next != ' ') w->is_long |= goes_on(next, text, len, *at + 1);
			if (w->is_long) w->size = 0;
			return true;
		}
		w->size = 0;
	}
	finish_word(text, len, at, c, w);
	if (w->is_long) w->size = 0;
	w->text[w->size] = '\0';
	return true;
}

/* All stop words by their first eight bytes, with the languages that have them. Built once from const lists, const from then on. Most looks end at the mark
 * of the place, so that only those tables need to be near which are asked about words that are there. */
#define TABLE_BITS 12
#define TABLE_SIZE (1u << TABLE_BITS)
#define KEY_BYTES sizeof(uint64_t)

static uint16_t table_marks[TABLE_SIZE];                /* some bits of the key's hash; 0: a free place */
static uint64_t table_keys[TABLE_SIZE];
static uint32_t table_languages[TABLE_SIZE];
static struct { const char *text; size_t len; } table_words[TABLE_SIZE];        /* asked of longer words only */
static pthread_once_t is_built = PTHREAD_ONCE_INIT;     /* not call_once: ThreadSanitizer does not know that one */

static inline bool is_in_slot(size_t slot, uint64_t key, const char *word, size_t size)
{
	if (table_keys[slot] != key) return false;
	return size < KEY_BYTES || (table_words[slot].len == size && memcmp(table_words[slot].text + KEY_BYTES, word + KEY_BYTES, size - KEY_BYTES) == 0);
}

static inline uint64_t hash_of(uint64_t key)
{
	return key * UINT64_C(0x9E3779B97F4A7C15);
}

static inline uint16_t mark_of(uint64_t hash)
{
	return (uint16_t)(hash >> 32 | 1);
}

/* word: with NUL to its eighth byte at least. */
static inline size_t slot_of(const char *word, size_t size)
{
	const uint64_t key = eight_at(word), hash = hash_of(key);
	size_t slot = (size_t)(hash >> (64 - TABLE_BITS));

	while (table_marks[slot] != 0 && !(table_marks[slot] == mark_of(hash) && is_in_slot(slot, key, word, size))) slot = (slot + 1) % TABLE_SIZE;  /* the table is never full */
	return slot;
}

static inline uint32_t languages_of(const struct word *w)
{
	const size_t slot = slot_of(w->text, w->size);

	return table_marks[slot] != 0 ? table_languages[slot] : 0;
}

static void add_stop_word(const char *text, size_t len, uint32_t language)
{
	char padded[64] = "";
	size_t slot;

	assert(len < sizeof(padded));
	memcpy(padded, text, len);
	slot = slot_of(padded, len);
	table_keys[slot] = eight_at(padded);
	table_marks[slot] = mark_of(hash_of(table_keys[slot]));
	table_words[slot].text = text;
	table_words[slot].len = len;
	table_languages[slot] |= 1u << language;
}

static void build_table(void)
{
	for (uint32_t i = 0; i < STOP_WORD_LANGUAGES; i++)
		for (const char *at = stop_words[i].words; *at != '\0';) {
			const size_t len = strcspn(at, " ");

			if (len > 0) add_stop_word(at, len, i);
			at += len + (at[len] == ' ');
		}
}

/* Letters that few languages of a script use. A word that holds one counts as half a common word of each. */
static const struct { const char *letters, *languages; } rare_letters[] = {
	{ "ñ¿¡", "es" }, { "ãõ", "pt" }, { "ß", "de" }, { "äö", "de sv fi" }, { "ü", "de tr hu" }, { "å", "sv da no" }, { "øæ", "da no" }, { "łżźśńąę", "pl" }, { "ć", "pl" }, { "řěů", "cs" }, { "šžč", "cs" },
	{ "ďť", "cs" }, { "ýí", "cs" }, { "țșăţ", "ro" }, { "î", "ro fr" }, { "â", "ro fr pt tr" }, { "őű", "hu" }, { "ğşı", "tr" }, { "ç", "fr pt tr ca" }, { "êëœ", "fr" }, { "è", "fr it" }, { "à", "fr it pt" },
	{ "іїєґ", "uk" }, { "ыэё", "ru" },
	{ "ù", "fr it" }, { "ò", "it" }, { "ì", "it" }, { "ó", "es pt hu pl" }, { "áíú", "es pt hu cs" }, { "é", "fr es pt hu" },
};

/* Whether it is one of them. */
static bool vote_by_letter(int32_t c, double votes[STOP_WORD_LANGUAGES])
{
	for (size_t i = 0; i < COUNT_OF(rare_letters); i++) {
		const size_t len = strlen(rare_letters[i].letters);

		for (size_t at = 0; at < len;) {
			if (utf8_next(rare_letters[i].letters, len, &at) != c) continue;
			for (size_t k = 0; k < STOP_WORD_LANGUAGES; k++)
				if (strstr(rare_letters[i].languages, stop_words[k].code) != NULL) votes[k] += 0.5;
			return true;
		}
	}
	return false;
}

/* One vote a word: by its first letter that few languages use. */
static void vote_by_letters(const struct word *word, double votes[STOP_WORD_LANGUAGES])
{
	for (size_t at = 0; !word->is_ascii && at < word->size;) {
		const int32_t c = next_point(word->text, word->size, &at);

		if (c >= 0x80 && vote_by_letter(c, votes)) return;
	}
}

/* Groups of letters that tell the languages of very short texts apart; where a common word was seen they only break ties. */
static const struct { const char *group, *languages; } letter_groups[] = {
	{ "th", "en" }, { "sh", "en" }, { "wh", "en" }, { "gh", "en" }, { "ing", "en" }, { "ow", "en" }, { "oo", "en nl" }, { "sch", "de nl" }, { "tz", "de" }, { "pf", "de" }, { "ung", "de" }, { "ei", "de" }, { "ij", "nl" }, { "oe", "nl" },
	{ "eer", "nl" }, { "aa", "nl fi" }, { "uu", "nl fi" }, { "eau", "fr" }, { "eux", "fr" }, { "oi", "fr" }, { "ille", "fr" }, { "qu", "fr es" }, { "nh", "pt" }, { "lh", "pt" }, { "ão", "pt" }, { "ção", "pt" }, { "ción", "es" }, { "ll", "es" },
	{ "ue", "es" }, { "gli", "it" }, { "zz", "it" }, { "tt", "it" }, { "zione", "it" }, { "cch", "it" }, { "cz", "pl" }, { "sz", "pl hu" }, { "rz", "pl" }, { "gy", "hu" }, { "ää", "fi" }, { "öö", "fi" }, { "yy", "fi" }, { "kk", "fi" }, { "ii", "fi" },
	{ "mek", "tr" }, { "yor", "tr" }, { "lar", "tr" }, { "ler", "tr" }, { "ng", "id" }, { "skj", "no" }, { "sj", "no sv" },
};

static void vote_by_groups(const char *word, double votes[STOP_WORD_LANGUAGES])
{
	bool holds[256] = { false };

	for (const char *at = word; *at != '\0'; at++) holds[(unsigned char)*at] = true;
	for (size_t i = 0; i < COUNT_OF(letter_groups); i++) {
		const char *group = letter_groups[i].group;

		if (!holds[(unsigned char)group[0]] || !holds[(unsigned char)group[1]] || strstr(word, group) == NULL) continue;
		for (size_t k = 0; k < STOP_WORD_LANGUAGES; k++)
			if (strstr(letter_groups[i].languages, stop_words[k].code) != NULL) votes[k] += 0.5;
	}
}

/* Danish and Norwegian are as likely one as the other where no word tells them apart. */
static bool is_either(size_t best, const double votes[STOP_WORD_LANGUAGES])
{
	return strcmp(stop_words[best].code, "da") == 0 && strcmp(stop_words[best + 1].code, "no") == 0 && votes[best + 1] == votes[best];
}

/* The first words, of which a text that ends with them is judged by its letters as well. */
struct first_words { struct word words[GROUP_WORDS_MAX]; bool is_common[GROUP_WORDS_MAX]; size_t count; };

static void vote_by_first(const struct first_words *first, double votes[STOP_WORD_LANGUAGES])
{
	double groups[STOP_WORD_LANGUAGES] = { 0 };
	bool has_common = false;

	for (size_t i = 0; i < first->count; i++) {
		has_common |= first->is_common[i];
		if (first->is_common[i]) vote_by_letters(&first->words[i], groups);
		vote_by_groups(first->words[i].text, groups);
	}
	for (size_t i = 0; i < STOP_WORD_LANGUAGES; i++) votes[i] += has_common ? groups[i] / 8 : groups[i];
}

static void vote_by_word(const struct word *word, uint32_t languages, bool is_cyrillic, double votes[STOP_WORD_LANGUAGES])
{
	if (languages == 0) vote_by_letters(word, votes);
	for (uint32_t left = languages; left != 0; left &= left - 1) {
		const int i = __builtin_ctz(left);

		if (stop_words[i].is_cyrillic == is_cyrillic) votes[i] += word->size > 2 ? 1.0 : 0.6;
	}
}

static void vote(const char *text, size_t len, bool is_cyrillic, char language_r[8])
{
	double votes[STOP_WORD_LANGUAGES] = { 0 };
	struct first_words first = { .count = 0 };
	size_t at = 0, words = 0, best = 0;
	struct word word;

	(void)pthread_once(&is_built, build_table);
	while (words < WORDS_MAX && next_word(text, len, &at, &word)) {
		if (word.size == 0) continue;
		const uint32_t languages = languages_of(&word);

		words++;
		vote_by_word(&word, languages, is_cyrillic, votes);
		if (first.count == GROUP_WORDS_MAX) continue;
		first.is_common[first.count] = languages != 0;
		first.words[first.count++] = word;
	}
	if (words <= GROUP_WORDS_MAX) vote_by_first(&first, votes);
	for (size_t i = 1; i < STOP_WORD_LANGUAGES; i++)
		if (votes[i] > votes[best]) best = i;           /* at a tie the earlier row, which is the more widespread language */
	if (is_either(best, votes)) return;
	if (votes[best] >= 0.5 && (votes[best] * 12 >= (double)words || words <= 6)) memcpy(language_r, stop_words[best].code, 3);
	else if (is_cyrillic) memcpy(language_r, "ru", 3);
}

/* Vietnamese is told by letters that no other language has. */
static bool has_vietnamese_letters(const char *text, size_t len)
{
	int seen = 0;

	for (size_t at = utf8_ascii(text, len); at < len; at += utf8_ascii(text + at, len - at)) {
		const int32_t c = utf8_next(text, len, &at);

		if (c == 0x1A1 || c == 0x1B0 || c == 0x111 || (c >= 0x1EA0 && c <= 0x1EF9)) seen++;
	}
	return seen >= 2 && (size_t)seen * 40 >= len / 2;
}

void text_language(const char *text, size_t len, char language_r[8])
{
	const size_t look = utf8_cut(text, len, LOOK_AT_MAX);
	struct scripts scripts = { 0 };
	const char *code;

	language_r[0] = '\0';
	count_scripts(text, look, &scripts);
	code = by_script(&scripts);
	if (code[0] != '\0' && code[2] == '\0') { memcpy(language_r, code, 3); return; }
	if (code[0] == '\0' && has_vietnamese_letters(text, look)) { memcpy(language_r, "vi", 3); return; }
	if (code[0] != '\0' || scripts.latin >= 3) vote(text, look, code[0] != '\0', language_r);
}
