/* model_features.c - a text as the learned classifier sees it: pieces of words, hashed, and what the rules saw. */
#include "policy/model.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "policy/reading.h"
#include "text/hash.h"

#define LOOKED_MAX 6000                 /* bytes of the folded text */
#define TOKEN_MAX 40                    /* bytes of a word that count */
#define WORDS_SEEN 256
#define SEEN_PLACES (2 * MODEL_FEATURES_MAX)    /* a power of two */

struct gather {
	const struct reading *reading;
	struct model_feature *list;
	size_t count;
	uint32_t seen[SEEN_PLACES];             /* buckets in the list, each at its own place or behind it; 0: free */
	unsigned char denied[LOOKED_MAX];       /* bytes that a negation took back */
	uint32_t words[WORDS_SEEN];             /* hashes of words whose insides are in the list, each at its own place */
};

/* ---- pieces ------------------------------------------------------------------------------------------------------------ */

/* False when it was there already. There are more places than buckets in a list, and MODEL_RULE_BUCKETS come before the first. */
static bool is_first(struct gather *g, uint32_t bucket)
{
	size_t at = bucket % SEEN_PLACES;

	while (g->seen[at] != 0 && g->seen[at] != bucket) at = (at + 1) % SEEN_PLACES;
	if (g->seen[at] == bucket) return false;
	g->seen[at] = bucket;
	return true;
}

/* kind keeps pieces of different sorts apart that read alike. */
static void add_hash(struct gather *g, uint32_t kind, uint32_t hash, size_t start, size_t end)
{
	const uint32_t bucket = MODEL_RULE_BUCKETS + hash_mix(kind, hash) % (MODEL_BUCKETS - MODEL_RULE_BUCKETS);

	if (g->count == MODEL_FEATURES_MAX || !is_first(g, bucket)) return;
	g->list[g->count++] = (struct model_feature){ .bucket = bucket, .start = (uint16_t)start, .end = (uint16_t)end, .value = 1 };
}

static void add_piece(struct gather *g, uint32_t kind, size_t start, size_t end)
{
	add_hash(g, kind, hash_text(g->reading->text + start, end - start), start, end);
}

enum { KIND_CHARACTERS = 1, KIND_WORD, KIND_STEM, KIND_PAIR, KIND_TRIPLE, KIND_INSIDE, KIND_MARK, KIND_TRAIT, KIND_TRAITS };

/* A run of characters that stand without blanks: every one, two and three of them. */
static size_t add_characters(struct gather *g, size_t at, size_t end)
{
	const char *text = g->reading->text;
	size_t starts[3] = { 0, 0, 0 }, have = 0;

	while (at < end && (unsigned char)text[at] >= 0xe3 && !g->denied[at]) {
		size_t next = at + 1;

		while (next < end && ((unsigned char)text[next] & 0xc0) == 0x80) next++;
		if (next - at == 3 && (unsigned char)text[at] == 0xe3 && (unsigned char)text[at + 1] == 0x80) break;    /* punctuation */
		if (have == 3) {
			starts[0] = starts[1];
			starts[1] = starts[2];
			have = 2;
		}
		starts[have++] = at;
		for (size_t i = 0; i < have; i++) add_piece(g, KIND_CHARACTERS, starts[i], next);
		at = next;
	}
	return at;
}

static inline bool is_letter(unsigned char c)
{
	return (unsigned)((c | 0x20) - 'a') < 26;
}

static inline bool is_word_byte(const char *text, size_t at, size_t end)
{
	const unsigned char c = (unsigned char)text[at];

	if (c >= 0x80) return c < 0xe3;         /* accented and other alphabets: two bytes, or their second */
	return is_letter(c) || (unsigned)(c - '0') < 10 || (c == '\'' && at + 1 < end && is_letter((unsigned char)text[at + 1]));
}

/* Four letters at a time with the word's edges, which finds a word again under another ending. */
static void add_insides(struct gather *g, size_t start, size_t end)
{
	char word[1 + TOKEN_MAX + 1] = "_";
	const size_t len = end - start;

	if (len < 5 || len > TOKEN_MAX) return;
	memcpy(word + 1, g->reading->text + start, len);
	word[len + 1] = '_';
	for (size_t i = 0; i + 4 <= len + 2; i++) add_hash(g, KIND_INSIDE, hash_four(word + i), start, end);
}

/* A word that comes again has nothing new inside. */
static bool is_known(struct gather *g, uint32_t hash)
{
	uint32_t *place = &g->words[hash % WORDS_SEEN];
	const bool known = *place == hash;

	*place = hash;
	return known;
}

struct words { uint32_t last, before; size_t last_start, before_start; };

static void add_word(struct gather *g, struct words *w, size_t start, size_t end)
{
	const char *text = g->reading->text;
	const bool is_number = isdigit((unsigned char)text[start]) != 0;
	const uint32_t hash = is_number ? hash_text("#", 1) : hash_text(text + start, end - start);

	add_hash(g, KIND_WORD, hash, start, end);
	if (!is_number && !is_known(g, hash)) {
		if (end - start > 6) add_hash(g, KIND_STEM, hash_text(text + start, 5), start, end);
		add_insides(g, start, end);
	}
	if (w->last != 0) add_hash(g, KIND_PAIR, hash_mix(w->last, hash), w->last_start, end);
	if (w->before != 0) add_hash(g, KIND_TRIPLE, hash_mix(hash_mix(w->before, w->last), hash), w->before_start, end);
	w->before = w->last;
	w->before_start = w->last_start;
	w->last = hash;
	w->last_start = start;
}

static void add_pieces(struct gather *g)
{
	const char *text = g->reading->text;
	const size_t len = g->reading->len < LOOKED_MAX ? g->reading->len : LOOKED_MAX;
	struct words words = { .last = 0 };

	for (size_t at = 0; at < len; ) {
		size_t end = at;

		if (g->denied[at]) {
			at++;
			words = (struct words){ .last = 0 };
			continue;
		}
		if ((unsigned char)text[at] >= 0xe3) end = add_characters(g, at, len);
		while (end == at && end < len && is_word_byte(text, end, len) && !g->denied[end]) {
			size_t stop = end;

			while (stop < len && stop - at < TOKEN_MAX && is_word_byte(text, stop, len)) stop++;
			add_word(g, &words, at, stop);
			end = stop;
		}
		if (end > at) {
			at = end;
			continue;
		}
		if (text[at] == '!' || text[at] == '?') add_piece(g, KIND_MARK, at, at + 1);
		if (text[at] != ' ') words = (struct words){ .last = 0 };
		at += 1;
	}
}

/* What a negation took back is not evidence of the matter: "nobody was hurt". */
static void mark_denied(struct gather *g)
{
	for (size_t i = 0; i < g->reading->hit_count; i++) {
		const struct hit *h = &g->reading->hits[i];

		if (!h->is_denied) continue;
		for (size_t at = h->start; at < h->end && at < LOOKED_MAX; at++) g->denied[at] = 1;
	}
}

/* ---- what the rules saw --------------------------------------------------------------------------------------------------- */

static void add_sum(struct gather *g, uint32_t *bucket, double value)
{
	const uint32_t at = (*bucket)++;

	if (value > 0 && at < MODEL_RULE_BUCKETS && g->count < MODEL_FEATURES_MAX)
		g->list[g->count++] = (struct model_feature){ .bucket = at, .value = (float)value };
}

/* A sum as a share of what decides, beyond which more says little. */
static double share(double sum)
{
	return sum <= 0 ? 0 : sum < 3 ? sum / 3 : 1 + (sum < 9 ? (sum - 3) / 12 : 0.5);
}

static void add_sums(struct gather *g)
{
	const struct sums *sums = &g->reading->sums;
	const bool is_han = g->reading->is_han;
	double most = 0;
	uint32_t bucket = 0;
	size_t best = CATEGORIES_MAX;

	for (size_t i = 0; i < 8; i++) {
		add_sum(g, &bucket, share(sums->problem[i]));
		add_sum(g, &bucket, share(sums->topic[i]));
		if (sums->problem[i] + sums->topic[i] > most) {
			most = sums->problem[i] + sums->topic[i];
			best = i;
		}
	}
	for (size_t i = 0; i < 8; i++) add_sum(g, &bucket, best == i ? 1 : 0);
	for (size_t i = 0; i < SEVERITY_COUNT; i++) add_sum(g, &bucket, share(sums->severity[i]));
	for (size_t i = 0; i < SENTIMENT_COUNT; i++) add_sum(g, &bucket, share(sums->sentiment[i]));
	for (size_t i = 0; i < FORM_COUNT; i++) add_sum(g, &bucket, share(sums->form[i]));
	add_sum(g, &bucket, share(sums->problems));
	add_sum(g, &bucket, sums->question_marks > 0 ? 0.5 : 0);
	add_sum(g, &bucket, sums->question_marks > 0 && sums->problems < 1 ? 0.5 : 0);
	add_sum(g, &bucket, sums->shout / 3);
	add_sum(g, &bucket, best == CATEGORIES_MAX ? 1 : 0);
	add_sum(g, &bucket, is_han ? 0.5 : 0);
	add_sum(g, &bucket, is_han ? 0 : 0.5);
	add_sum(g, &bucket, 1);                 /* of every text: what is likely where nothing else is known */
	add_sum(g, &bucket, g->reading->len < 60 ? 0.5 : 0);
	add_sum(g, &bucket, g->reading->len > 400 ? 0.5 : 0);
}

#define PAIRED_MAX 40                   /* where a long text touches more fields, two of them together say nothing */

/* Fields of words, and two of them together: "money" beside "not yet" is the same matter in any words and any language. */
static void add_traits(struct gather *g)
{
	const struct reading *s = g->reading;
	uint32_t hashes[TRAITS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < s->r->trait_count; i++)
		if (s->traits[i]) hashes[count++] = hash_text(s->r->traits[i], strlen(s->r->traits[i]));
	for (size_t i = 0; i < count; i++) {
		add_hash(g, KIND_TRAIT, hashes[i], 0, 0);
		for (size_t k = 0; k < i && count <= PAIRED_MAX; k++) add_hash(g, KIND_TRAITS, hash_mix(hashes[k], hashes[i]), 0, 0);
	}
}

#define PIECES_MISSING 12.0             /* as many as a text has besides that say nothing: a line of two words is sure of nothing */

/* All alike, so that the length of the text does not matter. */
static void weigh_all(struct model_feature *features, size_t count, double norm)
{
	const float value = (float)(norm / sqrt((double)count + PIECES_MISSING));

	for (size_t i = 0; i < count; i++) features[i].value = value;
}

size_t model_features(const struct reading *reading, struct model_feature *features_r)
{
	struct gather g = { .reading = reading, .list = features_r };
	size_t sums, traits;

	add_sums(&g);
	sums = g.count;
	add_traits(&g);
	traits = g.count;
	mark_denied(&g);
	add_pieces(&g);
	weigh_all(features_r + sums, traits - sums, 1.5);
	weigh_all(features_r + traits, g.count - traits, 4);
	return g.count;
}
