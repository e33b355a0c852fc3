/* word_text.c - see word_text.h.
 *
 * Of each word the four bytes that text and other words hold least often are its anchor. A pass over a text hashes every four bytes of it and looks closer
 * where an anchor has that hash; words of two and three bytes go by their first two. The index is built at first use and const from then on. */
#include "mail/word_text.h"

#include <assert.h>
#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

#define ANCHOR 4
#define HASH_BITS 16                    /* of the map of anchors; 4 % of it is set */
#define SLOT_BITS 12
#define SLOTS (1u << SLOT_BITS)
#define SHARED_MAX 20                   /* an anchor of so many words is as bad as any */
#define SHARED_WEIGHT 4

/* A word of a list; anchor: its bytes from before on. */
struct entry { const char *word; uint32_t anchor; uint8_t before, len, list; };

static struct {
	uint64_t anchors[(1u << HASH_BITS) / 64], pairs[(1u << 16) / 64];       /* what is not set begins nothing */
	uint16_t slots[SLOTS + 1];      /* the entries of slot s are slots[s] to slots[s + 1] */
	uint32_t *anchors_of;           /* of the entries, side by side: most looks end here */
	struct entry *entries;
	size_t count;
} words_index;
static pthread_once_t is_built = PTHREAD_ONCE_INIT;

static uint32_t four_at(const char *at)
{
	uint32_t four;

	memcpy(&four, at, sizeof(four));
	return four;
}

static uint32_t pair_at(const char *at)
{
	uint16_t pair;

	memcpy(&pair, at, sizeof(pair));
	return pair;
}

static uint32_t hash_of(uint32_t four)
{
	return four * 2654435761u >> (32 - HASH_BITS);
}

static uint32_t slot_of(uint32_t anchor)
{
	return hash_of(anchor) >> (HASH_BITS - SLOT_BITS);
}

static bool is_set(const uint64_t *map, uint32_t bit)
{
	return (map[bit / 64] >> bit % 64 & 1) != 0;
}

static void set(uint64_t *map, uint32_t bit)
{
	map[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* ---- building ---- */

/* Rough, and of Latin letters only: bytes of other scripts are as good as any rare letter. */
static int rareness(char c)
{
	static const char by_frequency[] = " etaoinsrhldcumfpgwybvkxjqz";
	const char *at = c != '\0' ? strchr(by_frequency, c) : NULL;

	return at != NULL ? (int)(at - by_frequency) : (int)sizeof(by_frequency);
}

/* counts: by hash, how many words hold these bytes. */
static int worth(const char *four, const uint16_t *counts)
{
	const int rare = rareness(four[0]) + rareness(four[1]) + rareness(four[2]) + rareness(four[3]), shared = counts[hash_of(four_at(four))];

	return rare - (shared < SHARED_MAX ? shared : SHARED_MAX) * SHARED_WEIGHT;
}

static struct entry entry_of(const char *word, uint8_t list, const uint16_t *counts)
{
	struct entry e = { .list = list, .len = (uint8_t)strlen(word), .word = word };

	assert(strlen(word) >= 2 && strlen(word) <= UINT8_MAX);
	for (uint8_t at = 1; at + ANCHOR <= e.len; at++)
		if (worth(word + at, counts) > worth(word + e.before, counts)) e.before = at;
	e.anchor = e.len >= ANCHOR ? four_at(word + e.before) : pair_at(word);
	return e;
}

/* Sorts the entries by slot, counting first. */
static void place(const struct entry *all)
{
	uint16_t next[SLOTS + 1];

	for (size_t i = 0; i < words_index.count; i++) words_index.slots[slot_of(all[i].anchor) + 1]++;
	for (size_t s = 0; s < SLOTS; s++) words_index.slots[s + 1] = (uint16_t)(words_index.slots[s + 1] + words_index.slots[s]);
	memcpy(next, words_index.slots, sizeof(next));
	for (size_t i = 0; i < words_index.count; i++) {
		const uint16_t at = next[slot_of(all[i].anchor)]++;

		words_index.entries[at] = all[i];
		words_index.anchors_of[at] = all[i].anchor;
		if (all[i].len >= ANCHOR) set(words_index.anchors, hash_of(all[i].anchor));
		else set(words_index.pairs, all[i].anchor);
	}
}

static void count_fours(const char *word, uint16_t *counts)
{
	const size_t len = strlen(word);

	for (size_t at = 0; at + ANCHOR <= len; at++) counts[hash_of(four_at(word + at))]++;
}

static void build(void)
{
	uint16_t *counts = mem_new((1u << HASH_BITS) * sizeof(*counts));
	struct entry *all;
	size_t count = 0;

	for (size_t l = 0; l < WORD_LISTS_SOUGHT; l++) {
		count += word_lists[l]->count;
		for (size_t i = 0; i < word_lists[l]->count; i++) count_fours(word_lists[l]->list[i], counts);
	}
	all = mem_new(count * sizeof(*all));
	assert(count <= UINT16_MAX);
	words_index.entries = mem_new(count * sizeof(*all));
	words_index.anchors_of = mem_new(count * sizeof(*words_index.anchors_of));
	for (size_t l = 0; l < WORD_LISTS_SOUGHT; l++)
		for (size_t i = 0; i < word_lists[l]->count; i++) all[words_index.count++] = entry_of(word_lists[l]->list[i], (uint8_t)l, counts);
	place(all);
	free(all);
	free(counts);
}

/* ---- looking ---- */

static bool is_word_char(unsigned char c)
{
	return isalnum(c) || c == '\'' || c >= 0x80;
}

/* "我们", "我司", "我市", "私ども": a firm speaks, not a person. */
static bool is_of_a_firm(const char *after)
{
	static const char *const tails[] = { "们", "們", "司", "行", "方", "部", "校", "院", "局", "市", "店", "台", "处", "處", "公司", "中心", "ども", "たち" };

	for (size_t i = 0; i < COUNT_OF(tails); i++)
		if (strncmp(after, tails[i], strlen(tails[i])) == 0) return true;
	return false;
}

/* What makes "tôi", I, "we". */
static const char we_vietnamese[] = "chúng ";

/* The word at start is no part of another; words of scripts without spaces may stand anywhere. */
static bool is_on_its_own(const struct word_text *t, size_t start, size_t len)
{
	const char *at = t->text + start;

	if ((unsigned char)at[0] >= 0xE3) return !is_of_a_firm(at + len);       /* kana, ideographs, hangul */
	if (start >= sizeof(we_vietnamese) - 1 && memcmp(at - (sizeof(we_vietnamese) - 1), we_vietnamese, sizeof(we_vietnamese) - 1) == 0) return false;
	return (start == 0 || !is_word_char((unsigned char)at[-1])) && !is_word_char((unsigned char)at[len]);
}

/* The anchor of e is at place at. */
static inline void look_closer(struct word_text *t, const struct entry *e, size_t at)
{
	const size_t start = at - e->before, end = start + e->len;
	const bool asks_person = e->list == WORDS_FIRST_PERSON && !t->is_in_first_person;
	uint32_t *first = &t->ends[e->list];

	if (at < e->before || end > t->len || (*first != 0 && *first <= end && !asks_person)) return;
	if (memcmp(t->text + start, e->word, e->len) != 0) return;
	if (*first == 0 || *first > end) *first = (uint32_t)end;
	if (asks_person) t->is_in_first_person = is_on_its_own(t, start, e->len);
}

/* is_short: anchor is a pair. */
static void look_up(struct word_text *t, size_t at, uint32_t anchor, bool is_short)
{
	const uint32_t slot = slot_of(anchor);

	for (uint32_t i = words_index.slots[slot]; i < words_index.slots[slot + 1]; i++)
		if (words_index.anchors_of[i] == anchor && (words_index.entries[i].len < ANCHOR) == is_short) look_closer(t, &words_index.entries[i], at);
}

static inline void look_at_pair(struct word_text *t, size_t at)
{
	const uint32_t pair = pair_at(t->text + at);

	if (is_set(words_index.pairs, pair)) look_up(t, at, pair, true);
}

void word_text_init(struct word_text *t, const char *text, size_t len)
{
	(void)pthread_once(&is_built, build);
	*t = (struct word_text){ .text = text, .len = len };
}

/* Finds all words whose anchors begin before upto, and thereby those that end there. */
static void look_up_to(struct word_text *t, size_t upto)
{
	const size_t fours = t->len < ANCHOR ? 0 : t->len - ANCHOR + 1, end = fours < upto ? fours : upto;
	size_t at = t->at;

	for (; at < end; at++) {
		const uint32_t four = four_at(t->text + at);

		if (is_set(words_index.anchors, hash_of(four))) look_up(t, at, four, false);
		look_at_pair(t, at);
	}
	for (; at >= fours && at < upto && at + 2 <= t->len; at++) look_at_pair(t, at);
	t->at = at > t->at ? at : t->at;
}

bool words_among(const struct words *words, struct word_text *t)
{
	assert(words->id < WORD_LISTS_SOUGHT);
	if (t->ends[words->id] == 0) look_up_to(t, t->len);
	return t->ends[words->id] != 0;
}

bool words_near_start(const struct words *words, struct word_text *t, size_t within)
{
	assert(words->id < WORD_LISTS_SOUGHT);
	look_up_to(t, within);
	return t->ends[words->id] != 0 && t->ends[words->id] <= within;
}

bool words_of_first_person(struct word_text *t)
{
	if (!t->is_in_first_person) look_up_to(t, t->len);
	return t->is_in_first_person;
}

bool words_in(const struct words *words, const char *text)
{
	struct word_text t;

	word_text_init(&t, text, strlen(text));
	return words_among(words, &t);
}
