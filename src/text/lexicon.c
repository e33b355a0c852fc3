/* lexicon.c - the rows of lexicon_words.c as one open hash table, and the stem of Latin words. */
#include "text/lexicon.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "text/hash.h"
#include "text/sounds.h"
#include "text/stop_words.h"

#define SLOTS 16384u                    /* a power of two, a few times the number of words */

struct slot { uint32_t hash; struct word word; };
struct near { uint32_t key; uint16_t len; const char *text; struct word word; };
struct phrase { const char *text; uint32_t mark; bool is_state; uint16_t len, first, middle, last; };   /* first and so on: pairs of its bytes */
struct phrases { struct phrase *list; size_t count; };
struct lexicon { struct slot slots[SLOTS]; struct near near[SLOTS]; struct sounds sounds; struct phrases marks, tones; };

/* ---- stems: light, so that "refunded", "refunds" and "refund" meet ---------------------------------------------------------------------- */

static bool ends(const char *word, size_t len, const char *end)
{
	const size_t n = strlen(end);

	return len > n && memcmp(word + len - n, end, n) == 0;
}

static bool has_vowel(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr("aeiouy", word[i]) != NULL) return true;
	return false;
}

static size_t undouble(const char *word, size_t len)
{
	return len > 3 && word[len - 1] == word[len - 2] && strchr("lsz", word[len - 1]) == NULL ? len - 1 : len;
}

size_t lexicon_stem(char *word, size_t len)
{
	if (len < 4 || isdigit((unsigned char)word[0])) return len;
	if (ends(word, len, "'s")) len -= 2;
	if (ends(word, len, "sses")) len -= 2;
	else if (ends(word, len, "ies") && len > 4) { word[len - 3] = 'y'; len -= 2; }
	else if (ends(word, len, "s") && !ends(word, len, "ss") && !ends(word, len, "us") && !ends(word, len, "is")) len -= 1;
	if (ends(word, len, "ing") && len > 5 && has_vowel(word, len - 3)) len = undouble(word, len - 3);
	else if (ends(word, len, "ied") && len > 4) { word[len - 3] = 'y'; len -= 2; }
	else if (ends(word, len, "ed") && len > 4 && has_vowel(word, len - 2)) len = undouble(word, len - 2);
	if (len > 4 && word[len - 1] == 'e') len--;
	return len;
}

/* ---- the table ----------------------------------------------------------------------------------------------------------------------- */

static struct slot *slot_of(const struct lexicon *lexicon, uint32_t hash)
{
	size_t at = hash & (SLOTS - 1);

	while (lexicon->slots[at].hash != 0 && lexicon->slots[at].hash != hash) at = (at + 1) & (SLOTS - 1);
	return (struct slot *)(uintptr_t)&lexicon->slots[at];
}

static uint32_t hash_of_word(const char *text, size_t len)
{
	char word[64];

	if (len >= sizeof(word) || (unsigned char)text[0] >= 0x80) return hash_text(text, len);
	memcpy(word, text, len);
	word[len] = '\0';
	return hash_text(word, lexicon_stem(word, len));
}

/* ---- slips ----------------------------------------------------------------------------------------------------------------------------- */

#define NEAR_LEN 5                      /* letters; shorter words have too many neighbours */
#define NEAR_NAME_LEN 6                 /* ... of things and places, which set two matters apart: "print" is no "paint" */
#define NEAR_MAX 24

uint32_t lexicon_skeleton(const char *word, size_t len)
{
	unsigned char counts[27] = { 0 };

	counts[26] = (unsigned char)(len > 0 ? word[0] : 0);
	for (size_t i = 0; i < len; i++)
		if (word[i] >= 'a' && word[i] <= 'z' && strchr("aeiouy", word[i]) == NULL) counts[word[i] - 'a'] = 1;
	return hash_text(counts, sizeof(counts));
}

/* Whether one swap, insertion, deletion or replacement makes one of the other. */
static bool is_one_slip(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t head = 0, tail = 0;
	const size_t shorter = a_len < b_len ? a_len : b_len, longer = a_len + b_len - shorter;

	if (longer - shorter > 1) return false;
	while (head < shorter && a[head] == b[head]) head++;
	while (tail < shorter - head && a[a_len - 1 - tail] == b[b_len - 1 - tail]) tail++;
	if (longer - head - tail <= 1) return true;
	return a_len == b_len && a_len - head - tail == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}

/* One slip leaves the first or the last three letters as they were. */
static uint32_t near_key(const char *word, size_t len, bool is_tail)
{
	return hash_mix(hash_text(is_tail ? word + len - 3 : word, 3), is_tail);
}

static void put_near(struct lexicon *lexicon, uint32_t key, const char *text, size_t len, const struct word *word)
{
	size_t at = key & (SLOTS - 1);

	while (lexicon->near[at].text != NULL) at = (at + 1) & (SLOTS - 1);
	lexicon->near[at] = (struct near){ key, (uint16_t)len, text, *word };
}

#define HAN_BYTES 3u
#define SOUNDING_MIN (2 * HAN_BYTES)    /* a single character sounds like too many others */
#define SOUNDING_MAX (6 * HAN_BYTES)

/* Of two characters or more, all of them Han; 0: not so. */
static uint32_t sounding_key(const struct lexicon *lexicon, const char *text, size_t len)
{
	uint32_t sounds[SOUNDING_MAX / HAN_BYTES];

	if (len < SOUNDING_MIN || len > SOUNDING_MAX || len % HAN_BYTES != 0) return 0;
	for (size_t i = 0; i < len / HAN_BYTES; i++)
		if ((sounds[i] = sounds_of(&lexicon->sounds, text + HAN_BYTES * i)) == 0) return 0;
	return hash_text(sounds, len / HAN_BYTES * sizeof(sounds[0]));
}

#define SHORT_LEN 3                     /* letters of the shortest word of grammar that is known with two of them swapped: "teh" */

/* The same for all orders of the letters. */
static uint32_t short_key(const char *word, size_t len)
{
	uint32_t letters = 0, sum = 0;

	for (size_t i = 0; i < len; i++) {
		letters |= 1u << ((unsigned char)word[i] & 31);
		sum += (unsigned char)word[i];
	}
	return hash_mix(letters, sum);
}

static void add_near(struct lexicon *lexicon, const char *text, size_t len, const struct word *word)
{
	const uint32_t sounding = sounding_key(lexicon, text, len);

	if (sounding != 0) put_near(lexicon, sounding, text, len, word);
	if (word->class == WORD_STOP && len >= SHORT_LEN && len < NEAR_LEN && text[0] >= 'a' && text[0] <= 'z') put_near(lexicon, short_key(text, len), text, len, word);
	if (len < NEAR_LEN || len > NEAR_MAX || text[0] < 'a' || text[0] > 'z') return;
	for (int is_tail = 0; is_tail < 2; is_tail++) put_near(lexicon, near_key(text, len, is_tail != 0), text, len, word);
}

/* One character at least is right, and none of the others is one that stands between any two words. */
static bool is_wrong_pick(const char *text, const char *known, size_t len)
{
	static const char grammar[] = "的了是在有不也都还我你他这那就到一个时很和给被把";
	bool has_right = false;

	for (size_t i = 0; i < len; i += HAN_BYTES) {
		char one[HAN_BYTES + 1] = "";

		memcpy(one, text + i, HAN_BYTES);
		if (memcmp(one, known + i, HAN_BYTES) == 0) has_right = true;
		else if (strstr(grammar, one) != NULL) return false;
	}
	return has_right;
}

bool lexicon_find_sounding(const struct lexicon *lexicon, const char *word, size_t len, struct word *word_r)
{
	const uint32_t key = sounding_key(lexicon, word, len);

	for (size_t at = key & (SLOTS - 1); key != 0 && lexicon->near[at].text != NULL; at = (at + 1) & (SLOTS - 1)) {
		const struct near *n = &lexicon->near[at];

		if (n->key != key || n->len != len || !is_wrong_pick(word, n->text, len)) continue;
		*word_r = n->word;
		return true;
	}
	return false;
}

uint32_t lexicon_sound(const struct lexicon *lexicon, const char *character)
{
	return sounds_of(&lexicon->sounds, character);
}

static bool names(const struct word *word)
{
	return word->class == WORD_THING || word->class == WORD_PLACE;
}

static bool find_swapped(const struct lexicon *lexicon, const char *word, size_t len, struct word *word_r)
{
	const uint32_t key = short_key(word, len);

	for (size_t at = key & (SLOTS - 1); lexicon->near[at].text != NULL; at = (at + 1) & (SLOTS - 1)) {
		const struct near *n = &lexicon->near[at];

		if (n->key != key || n->len != len || n->word.class != WORD_STOP || !is_one_slip(word, len, n->text, n->len)) continue;
		*word_r = n->word;
		return true;
	}
	return false;
}

bool lexicon_find_near(const struct lexicon *lexicon, const char *word, size_t len, struct word *word_r)
{
	if (len >= SHORT_LEN && len < NEAR_LEN) return find_swapped(lexicon, word, len, word_r);
	if (len < NEAR_LEN || len > NEAR_MAX) return false;
	for (int is_tail = 0; is_tail < 2; is_tail++) {
		const uint32_t key = near_key(word, len, is_tail != 0);

		for (size_t at = key & (SLOTS - 1); lexicon->near[at].text != NULL; at = (at + 1) & (SLOTS - 1)) {
			const struct near *n = &lexicon->near[at];

			if (n->key != key || (len < NEAR_NAME_LEN && names(&n->word)) || !is_one_slip(word, len, n->text, n->len)) continue;
			*word_r = n->word;
			return true;
		}
	}
	return false;
}

static void add_row(struct lexicon *lexicon, const struct lexicon_row *row, bool may_slip)
{
	uint32_t first = 0;

	for (const char *at = row->words; *at != '\0';) {
		const size_t len = strcspn(at, " ");

		if (len > 0) {
			const uint32_t hash = hash_of_word(at, len);
			struct slot *slot = slot_of(lexicon, hash);
			const bool is_first = first == 0;

			if (is_first) first = slot->hash != 0 ? slot->word.id : hash;
			if (slot->hash == 0) *slot = (struct slot){ hash, { row->is_same ? first : hash, row->class, 0 } };
			if (may_slip || is_first) add_near(lexicon, at, len, &slot->word);
		}
		at += len + (at[len] == ' ');
	}
}

/* What any letter in another language says; a word that English has as well keeps what it means there. */
static void add_common(struct lexicon *lexicon, const char *words)
{
	for (const char *at = words; *at != '\0';) {
		const size_t len = strcspn(at, " ");
		const uint32_t hash = len > 1 ? hash_of_word(at, len) : 0;
		struct slot *slot = len > 1 ? slot_of(lexicon, hash) : NULL;

		if (slot != NULL && slot->hash == 0) *slot = (struct slot){ hash, { hash, WORD_GENERIC, 0 } };
		at += len + (at[len] == ' ');
	}
}

bool lexicon_find(const struct lexicon *lexicon, const char *word, size_t len, struct word *word_r)
{
	const struct slot *slot;

	if (len == 0 || len > LEXICON_WORD_MAX) return false;
	slot = slot_of(lexicon, hash_of_word(word, len));
	if (slot->hash == 0) return false;
	*word_r = slot->word;
	return true;
}

/* ---- phrases -------------------------------------------------------------------------------------------------------------------------- */

/* "Not yet resolved", "has it been resolved?": said of the same state, it means the opposite or nothing. */
static bool is_turned_round(const char *text, const char *at, const char *end, const char *stop)
{
	static const char *const before[] = { "没", "未", "不", "never", "not ", "n't", "否", "等", "when ", "until ", "unless ", "if ", "nothing ", "no ", "none ", "nobody ", "neither ", "before " };
	static const char *const after[] = { "吗", "没", "么", "再" };
	const char *from = at;

	while (from > text && at - from < 24 && strchr("\n|,", from[-1]) == NULL) from--;
	for (size_t i = 0; i < COUNT_OF(before); i++)
		if (memmem(from, (size_t)(at - from), before[i], strlen(before[i])) != NULL) return true;
	for (size_t i = 0; i < COUNT_OF(after); i++)
		if ((size_t)(stop - end) >= strlen(after[i]) && memcmp(end, after[i], strlen(after[i])) == 0) return true;
	return false;
}

/* Latin phrases begin and end where words do. */
static bool holds(const char *text, size_t len, const char *phrase, size_t n, bool is_state)
{
	const char *at = text;

	while ((at = memmem(at, len - (size_t)(at - text), phrase, n)) != NULL) {
		const bool latin = (unsigned char)phrase[0] < 0x80;

		if ((!latin || ((at == text || !isalpha((unsigned char)at[-1])) && (at + n >= text + len || !isalpha((unsigned char)at[n]))))
		    && !(is_state && is_turned_round(text, at, at + n, text + len))) return true;
		at++;
	}
	return false;
}

/* The pairs of bytes that a text has: most phrases have one that it has not, and need no search. */
#define PAIRS 65536
struct pairs { uint8_t bits[PAIRS / 8]; };

static unsigned pair_at(const char *text)
{
	return (unsigned)(unsigned char)text[0] << 8 | (unsigned char)text[1];
}

static void note_pairs(struct pairs *pairs, const char *text, size_t len)
{
	memset(pairs, 0, sizeof(*pairs));
	for (size_t i = 0; i + 1 < len; i++) pairs->bits[pair_at(text + i) / 8] |= (uint8_t)(1u << pair_at(text + i) % 8);
}

static bool may_hold(const struct pairs *pairs, const char *phrase, size_t n)
{
	const unsigned first = pair_at(phrase), last = pair_at(phrase + n - 2), middle = pair_at(phrase + n / 2 - 1);

	return (pairs->bits[first / 8] >> first % 8 & 1) != 0 && (pairs->bits[last / 8] >> last % 8 & 1) != 0 && (pairs->bits[middle / 8] >> middle % 8 & 1) != 0;
}

static bool has_phrase(const struct lexicon_phrase *row, const struct pairs *pairs, const char *text, size_t len)
{
	for (const char *at = row->phrases; *at != '\0';) {
		const size_t n = strcspn(at, "|");

		if (n > 1 && n <= len && may_hold(pairs, at, n) && holds(text, len, at, n, row->mark == MARK_SOLVED)) return true;
		at += n + (at[n] == '|');
	}
	return false;
}

static bool has_pair(const struct pairs *pairs, unsigned pair)
{
	return (pairs->bits[pair / 8] >> pair % 8 & 1) != 0;
}

/* Every phrase with its pairs, once, so that most of them cost a look at a bit. */
static void add_phrases(struct phrases *phrases, const struct lexicon_phrase *row, bool is_state)
{
	for (const char *at = row->phrases; *at != '\0';) {
		const size_t n = strcspn(at, "|");

		if (n > 1) {
			phrases->list = mem_grow(phrases->list, phrases->count + 1, sizeof(phrases->list[0]));
			phrases->list[phrases->count++] = (struct phrase){ .text = at, .len = (uint16_t)n, .mark = row->mark, .is_state = is_state, .first = (uint16_t)pair_at(at),
			                                                            .middle = (uint16_t)pair_at(at + n / 2 - 1), .last = (uint16_t)pair_at(at + n - 2) };
		}
		at += n + (at[n] == '|');
	}
}

bool lexicon_has_mark(unsigned mark, const char *text, size_t len)
{
	struct pairs pairs;

	note_pairs(&pairs, text, len);
	for (const struct lexicon_phrase *row = lexicon_phrases; row->phrases != NULL; row++)
		if (row->mark == mark && has_phrase(row, &pairs, text, len)) return true;
	return false;
}

static unsigned found_in(const struct phrases *phrases, const char *text, size_t len)
{
	struct pairs pairs;
	unsigned marks = 0;

	note_pairs(&pairs, text, len);
	for (const struct phrase *p = phrases->list, *end = p + phrases->count; p < end; p++) {
		if (!has_pair(&pairs, p->first) || !has_pair(&pairs, p->last) || !has_pair(&pairs, p->middle) || (marks & p->mark) != 0 || p->len > len) continue;
		if (holds(text, len, p->text, p->len, p->is_state)) marks |= p->mark;
	}
	return marks;
}

unsigned lexicon_marks(const struct lexicon *lexicon, const char *text, size_t len)
{
	return found_in(&lexicon->marks, text, len);
}

unsigned lexicon_tones_of(const struct lexicon *lexicon, const char *text, size_t len)
{
	return found_in(&lexicon->tones, text, len);
}

/* ---- life ------------------------------------------------------------------------------------------------------------------------------ */

struct lexicon *lexicon_new(void)
{
	struct lexicon *lexicon = mem_new(sizeof(*lexicon));

	sounds_read(&lexicon->sounds);
	for (const struct lexicon_row *row = lexicon_rows; row->words != NULL; row++) add_row(lexicon, row, true);
	for (const struct lexicon_row *row = lexicon_foreign; row->words != NULL; row++) add_row(lexicon, row, false);
	for (size_t i = 0; i < STOP_WORD_LANGUAGES; i++)
		if (strcmp(stop_words[i].code, "de") == 0 || strcmp(stop_words[i].code, "fr") == 0) add_common(lexicon, stop_words[i].words);
	for (const struct lexicon_phrase *row = lexicon_phrases; row->phrases != NULL; row++) add_phrases(&lexicon->marks, row, row->mark == MARK_SOLVED);
	for (const struct lexicon_phrase *row = lexicon_tones; row->phrases != NULL; row++) add_phrases(&lexicon->tones, row, false);
	return lexicon;
}

void lexicon_free(struct lexicon **lexicon)
{
	if (*lexicon != NULL) {
		free((*lexicon)->marks.list);
		free((*lexicon)->tones.list);
	}
	mem_free(lexicon);
}
