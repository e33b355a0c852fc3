/* features.c - cuts a canonical text into clauses, words and runs of Han characters, and weighs what it finds.
 *
 * Han runs are read with the longest known word first; what the lexicon does not know gives pairs of neighbouring characters. Latin
 * words give themselves, their consonants, and the three-letter pieces of the word: a slip of the finger costs a part of the word, not
 * all of it. Order does not count. Whether a state (received, refunded) is denied is read by clause. */
#include "text/features.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "text/hash.h"

#define WEIGHT_STOP 6
#define WEIGHT_COMMON 48
#define WEIGHT_STATE 128
#define WEIGHT_WORD 128                 /* of a Latin word; */
#define WEIGHT_SKELETON 128             /* ... its consonants */
#define WEIGHT_PIECES 128               /* ... and all its pieces */
#define WEIGHT_KNOWN 320                /* two Han characters that are known */
#define WEIGHT_THING 512
#define HAN_WORD_CHARS 6
#define WORD_NAMES 2                    /* of a Latin word's features those that tell it from others: itself and its consonants, not its pieces */

struct reader {
	const struct lexicon *lexicon;
	struct features *out;
	struct feature raw[FEATURE_PLACES_MAX];
	size_t raw_count;
	size_t clause_start;            /* first entry of this clause in raw */
	bool is_not, is_wish;           /* of this clause */
	size_t left_at;                 /* raw_count when the states of this clause were last looked through */
	unsigned negations;             /* so far */
	uint8_t sentence, word;
	bool has_words;                 /* in this sentence */
	size_t word_start;              /* first entry of the last Latin word in raw; */
	size_t name_start, name_end;    /* ... entries of the last one that nobody knows */
	size_t run_start, run_end;      /* the same of the last run of Han characters that nobody knows */
};

static void add(struct reader *r, uint32_t hash, unsigned weight, unsigned flags)
{
	struct features *f = r->out;

	if (r->raw_count >= FEATURE_PLACES_MAX) return;
	r->raw[r->raw_count++] = (struct feature){ hash, (uint16_t)weight, (uint16_t)flags };
	f->places[f->place_count++] = (struct feature_place){ hash, (uint16_t)((flags & FEATURE_COMMON) != 0 ? 0 : weight), r->sentence, r->word };
	r->has_words = true;
}

uint32_t feature_negation(unsigned nth)
{
	return hash_mix(hash_text("not", 3), nth);
}

/* The word does not matter, but how many there are. */
static void add_negation(struct reader *r)
{
	if (r->negations < FEATURE_NEGATIONS_MAX) add(r, feature_negation(r->negations++), WEIGHT_STOP, FEATURE_COMMON);
	r->is_not = true;
}

#define IS_STATE 0x8000u                /* while a clause is read: whether it is denied is known at its end */

static void add_word(struct reader *r, const struct word *w)
{
	r->word++;
	switch (w->class) {
	case WORD_NOT: add_negation(r); break;
	case WORD_WISH: r->is_wish = true; break;
	case WORD_STOP: add(r, w->id, WEIGHT_STOP, FEATURE_COMMON); break;
	case WORD_GENERIC: add(r, w->id, WEIGHT_COMMON, FEATURE_COMMON); break;
	case WORD_STATE: add(r, w->id, WEIGHT_STATE, FEATURE_COMMON | IS_STATE); break;
	case WORD_THING: add(r, w->id, WEIGHT_THING, FEATURE_THING); break;
	case WORD_PLACE: add(r, w->id, WEIGHT_THING, FEATURE_PLACE); break;
	case WORD_WEEKDAY: add(r, w->id, WEIGHT_COMMON, FEATURE_WEEKDAY | FEATURE_COMMON); break;
	case WORD_KNOWN: add(r, w->id, WEIGHT_KNOWN, FEATURE_EVENT); break;
	case WORD_UNKNOWN: case WORD_CLASSES: default: add(r, w->id, WEIGHT_KNOWN, 0); break;
	}
}

static void end_clause(struct reader *r)
{
	for (size_t i = r->clause_start; i < r->raw_count; i++) {
		struct feature *f = &r->raw[i];

		if ((f->flags & IS_STATE) == 0) continue;
		f->flags = (uint16_t)(f->flags & ~IS_STATE);
		if (r->is_not) f->flags |= FEATURE_NOT;
		else if (!r->is_wish) f->flags |= FEATURE_YES;
	}
	r->out->denies |= r->is_not;
	r->clause_start = r->raw_count;
	r->is_not = r->is_wish = false;
}

static void end_sentence(struct reader *r)
{
	end_clause(r);
	if (r->has_words && r->sentence + 1 < FEATURE_SENTENCES_MAX) r->sentence++;
	r->has_words = false;
}

/* ---- Latin words ------------------------------------------------------------------------------------------------------------------- */

static void add_pieces(struct reader *r, const char *word, size_t len)
{
	char padded[40];
	const size_t n = len > sizeof(padded) - 2 ? sizeof(padded) - 2 : len, count = n;

	padded[0] = '^';
	memcpy(padded + 1, word, n);
	padded[n + 1] = '$';
	for (size_t i = 0; i < count; i++) add(r, hash_mix(hash_text(padded + i, 3), 3), (unsigned)(WEIGHT_PIECES / count), 0);
}

static bool is_ordinal(const char *word, size_t len)
{
	static const char *const ends[] = { "st", "nd", "rd", "th" };

	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (len > 2 && isdigit((unsigned char)word[len - 3]) && memcmp(word + len - 2, ends[i], 2) == 0) return true;
	return false;
}

/* Letters and digits together are a model: as telling as the name of a thing. */
static void add_unknown(struct reader *r, char *word, size_t len)
{
	const bool is_model = isdigit((unsigned char)word[0]) || isdigit((unsigned char)word[len - 1]);

	if (len == 1) return;
	if (!is_model) len = lexicon_stem(word, len);
	if (is_model && isdigit((unsigned char)word[0]) && isdigit((unsigned char)word[len - 1]) && len < 3) add(r, hash_text(word, len), WEIGHT_COMMON, FEATURE_COMMON);
	else if (is_model) add(r, hash_text(word, len), WEIGHT_KNOWN, is_ordinal(word, len) ? 0 : FEATURE_CODE);
	else if (len < 4) add(r, hash_text(word, len), WEIGHT_WORD, 0);
	else {
		r->name_start = r->raw_count;
		add(r, hash_text(word, len), WEIGHT_WORD, FEATURE_WHOLE);
		add(r, hash_mix(lexicon_skeleton(word, len), 1), WEIGHT_SKELETON, 0);
		add_pieces(r, word, len);
		r->name_end = r->raw_count;
	}
}

/* What is denied behind one of these is something else: "was cancelled with no notice". What is asked for may go on. */
static void part_clause(struct reader *r, const char *word)
{
	static const char *const parts[] = { "and", "but", "with", "without", "because", "although", "whether", "no" };
	const bool is_wish = r->is_wish, follows_state = r->raw_count > r->clause_start && (r->raw[r->raw_count - 1].flags & IS_STATE) != 0;

	if (follows_state && strcmp(word, "no") == 0) return;          /* "received no answer" */

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		if (word[0] != parts[i][0] || strcmp(word, parts[i]) != 0) continue;
		end_clause(r);
		r->is_wish = is_wish;
		return;
	}
}

/* What stands right before a thing says which it is, not what happened to it; a number may stand between: "fjell 3 tent". */
static void note_model(struct reader *r)
{
	if (r->word_start >= r->raw_count || (r->raw[r->word_start].flags & FEATURE_THING) == 0 || r->name_end != r->word_start || r->name_start < r->clause_start) return;
	for (size_t i = r->name_start; i < r->name_end; i++) r->raw[i].flags |= FEATURE_MODEL;
}

/* "lindenallee", "gartenstrasse": a name of its own. */
static bool is_german_street(const char *word)
{
	static const char *const ends[] = { "strasse", "straße", "allee", "platz", "gasse", "weg", "damm", "ufer", "viertel", "siedlung", "brücke" };
	const size_t len = strlen(word);

	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (len > strlen(ends[i]) + 3 && strcmp(word + len - strlen(ends[i]), ends[i]) == 0) return true;
	return false;
}

/* "elm street car park": the word in front is a part of the name. */
static void note_site(struct reader *r, const char *word, size_t before)
{
	static const char *const sites[] = { "street", "road", "avenue", "lane", "square", "station", "branch", "terminal", "airport", "hall", "park", "mall", "plaza", "tower", "estate", "campus", "walk", "crescent", "terrace", "quay", "ridge", "heights", "village", "bridge", "stadium", "arena", "wharf", "valley", "grove" };
	bool is_site = false;

	for (size_t i = 0; i < COUNT_OF(sites) && !is_site; i++) is_site = word[0] == sites[i][0] && strcmp(word, sites[i]) == 0;
	for (size_t i = before < r->clause_start ? r->clause_start : before; is_site && i < r->raw_count; i++)
		if ((r->raw[i].flags & FEATURE_COMMON) == 0) r->raw[i].flags |= i < r->word_start && i < before + WORD_NAMES && (r->raw[i].flags & FEATURE_THING) == 0 ? FEATURE_SITE | FEATURE_SITE_NAME : FEATURE_SITE;
	if (!is_site && is_german_street(word))
		for (size_t i = r->word_start; i < r->raw_count; i++) r->raw[i].flags |= i < r->word_start + WORD_NAMES ? FEATURE_SITE | FEATURE_SITE_NAME : FEATURE_SITE;
}

/* "l'alarme", "qu'une": how much stands before the word itself. */
static size_t elision_len(const char *text, size_t len)
{
	if (len > 2 && text[1] == '\'' && strchr("ldjnsc", text[0]) != NULL && text[2] != ' ') return 2;
	return len > 3 && memcmp(text, "qu'", 3) == 0 ? 3 : 0;
}

static size_t read_latin(struct reader *r, const char *text, size_t len, size_t at)
{
	at += elision_len(text + at, len - at);
	const size_t start = at, before = r->word_start;
	char word[64];
	struct word known;
	size_t n;

	while (at < len && (isalnum((unsigned char)text[at]) || ((unsigned char)text[at] >= 0xc3 && (unsigned char)text[at] < 0xe0)
	                    || ((unsigned char)text[at] & 0xc0) == 0x80 || (text[at] == '\'' && at > start && at + 1 < len && isalpha((unsigned char)text[at + 1])))) at++;
	n = at - start;
	if (n == 0) return start + 1;
	r->out->length += 2;
	if (n >= sizeof(word)) n = sizeof(word) - 1;
	memcpy(word, text + start, n);
	word[n] = '\0';
	part_clause(r, word);
	r->word++;
	r->word_start = r->raw_count;
	if (lexicon_find(r->lexicon, word, n, &known) || lexicon_find_near(r->lexicon, word, n, &known)) add_word(r, &known);
	else add_unknown(r, word, n);
	word[n] = '\0';
	note_model(r);
	note_site(r, word, before);
	return at;
}

/* ---- runs of Han characters (and all else beyond Latin) ----------------------------------------------------------------------------------- */

static size_t char_len(const char *text)
{
	const unsigned char c = (unsigned char)text[0];

	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static bool is_wide(const char *text)
{
	return (unsigned char)text[0] >= 0xe0;
}

/* The longest known word at the start of text; 0 when there is none. */
static size_t known_at(const struct reader *r, const char *text, size_t len, struct word *word_r)
{
	size_t ends_at[HAN_WORD_CHARS], count = 0, at = 0;

	while (count < HAN_WORD_CHARS && at < len && is_wide(text + at)) {
		at += char_len(text + at);
		if (at > len) break;
		ends_at[count++] = at;
	}
	for (size_t i = count; i-- > 0;)
		if (lexicon_find(r->lexicon, text, ends_at[i], word_r)) return ends_at[i];
	for (size_t i = count; i-- > 1;)
		if (lexicon_find_sounding(r->lexicon, text, ends_at[i], word_r)) return ends_at[i];
	return 0;
}

/* How far the name of a place goes from the start of the run, and how far what sets it apart; 0: it has none. */
static size_t site_len(const char *text, size_t len, size_t *name_r)
{
	static const char *const sites[] = { "小学", "中学", "大学", "幼儿园", "街道", "社区", "小区", "花园", "广场", "大厦", "大道", "路", "街", "苑", "村", "镇", "校区", "园区", "分院", "车站", "站", "店", "大桥", "隧道", "体育场", "体育馆", "公园", "乐园", "景区" };
	size_t end = 0;

	for (size_t i = 0; i < COUNT_OF(sites); i++) {
		const char *at = memmem(text, len, sites[i], strlen(sites[i]));

		if (at == NULL || (at == text && strlen(sites[i]) == 3) || (size_t)(at - text) + strlen(sites[i]) <= end) continue;
		end = (size_t)(at - text) + strlen(sites[i]);
		*name_r = (size_t)(at - text);
	}
	return end;
}

/* The name stands in front of a known word: "xingfu" of "xingfu li xiaoqu". */
static void note_site_before(struct reader *r)
{
	for (size_t i = r->raw_count, looked = 0; i-- > r->clause_start && looked < 2; looked++) {
		if ((r->raw[i].flags & (FEATURE_COMMON | FEATURE_THING)) != 0) continue;
		r->raw[i].flags |= FEATURE_SITE | FEATURE_SITE_NAME;
		return;
	}
}

/* As it is typed: a wrong pick among characters of one syllable changes nothing. */
static uint32_t sound_hash(const struct reader *r, const char *text, size_t first, size_t second)
{
	const uint32_t sounds[2] = { lexicon_sound(r->lexicon, text), second > 0 ? lexicon_sound(r->lexicon, text + first) : 0 };

	if (sounds[0] == 0 || (second > 0 && sounds[1] == 0)) return hash_text(text, first + second);
	return hash_text(sounds, sizeof(sounds));
}

static bool is_hiragana(const char *text)
{
	return memcmp(text, "\xe3\x81", 2) == 0 || (memcmp(text, "\xe3\x82", 2) == 0 && (unsigned char)text[2] < 0xa0);
}

/* Japanese grammar is written in it, and the same endings stand in any two texts. */
static bool is_grammar(const char *text, size_t first)
{
	return is_hiragana(text) && is_hiragana(text + first);
}

/* Characters between two known words: pairs; a single one for itself. */
static void add_unknown_run(struct reader *r, const char *text, size_t len)
{
	const size_t first = len > 0 ? char_len(text) : 0;
	size_t name = 0;
	const size_t site = site_len(text, len, &name);

	if (len == 0) return;
	r->word++;
	if (first >= len) {
		add(r, sound_hash(r, text, len, 0), FEATURE_ONE / 2, 0);
		return;
	}
	if (site > 0 && name == 0 && r->raw_count > r->clause_start) note_site_before(r);
	r->run_start = r->raw_count;
	for (size_t at = 0; at < len;) {
		const size_t a = char_len(text + at), b = at + a < len ? char_len(text + at + a) : 0;

		if (b == 0) break;
		r->word++;
		if (is_grammar(text + at, a)) add(r, hash_text(text + at, a + b), WEIGHT_COMMON, FEATURE_COMMON);
		else add(r, sound_hash(r, text + at, a, b), FEATURE_ONE, at + a + b <= name ? FEATURE_SITE | FEATURE_SITE_NAME : at + a + b <= site ? FEATURE_SITE : 0);
		at += a;
	}
	r->run_end = r->raw_count;
}

#define BRAND_PAIRS 3                   /* of the name in front of a thing: four characters */

/* A maker's name in front of the thing at text[at], with number and kind between, as milk powder has it. What stands right in front of a thing may be
 * anything. */
static void note_brand(struct reader *r, const char *text, size_t at)
{
	static const char *const kinds[] = { "段", "款", "代", "号", "型", "寸" };
	bool is_kind = false;
	const size_t thing = r->raw_count - 1;

	if (r->raw_count == 0 || (r->raw[thing].flags & FEATURE_THING) == 0 || r->run_end <= r->run_start || r->run_start < r->clause_start || thing - r->run_end != 1) return;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) is_kind |= at > 3 && isalnum((unsigned char)text[at - 4]) && memcmp(text + at - 3, kinds[i], 3) == 0;
	for (size_t i = !is_kind ? r->run_end : r->run_end - r->run_start > BRAND_PAIRS ? r->run_end - BRAND_PAIRS : r->run_start; i < r->run_end; i++) r->raw[i].flags |= FEATURE_MODEL;
}

/* In Chinese a "not" stands before what it denies. A state further ahead in the clause, with words of another matter between, is not meant:
 * "got a text that the premium is not paid". */
static void leave_states_behind(struct reader *r)
{
	size_t told = r->raw_count;

	if (r->left_at == told) return;         /* "not not not ..." */
	r->left_at = told;
	while (told > r->clause_start && (r->raw[told - 1].flags & FEATURE_COMMON) != 0) told--;
	for (size_t i = r->clause_start; i < told; i++) {
		if ((r->raw[i].flags & IS_STATE) == 0) continue;
		r->raw[i].flags = (uint16_t)(r->raw[i].flags & ~IS_STATE);
		if (!r->is_not && !r->is_wish) r->raw[i].flags |= FEATURE_YES;
		else if (r->is_not) r->raw[i].flags |= FEATURE_NOT;
	}
}

static size_t read_wide(struct reader *r, const char *text, size_t len, size_t at)
{
	const size_t start = at;
	size_t run = at;

	while (at < len && is_wide(text + at)) {
		struct word w;
		const size_t n = known_at(r, text + at, len - at, &w);

		if (n == 0) {
			at += char_len(text + at);
			continue;
		}
		add_unknown_run(r, text + run, at - run);
		if (w.class == WORD_NOT) leave_states_behind(r);
		add_word(r, &w);
		note_brand(r, text, at);
		at += n;
		run = at;
	}
	if (at > len) at = len;
	r->out->length += (at - start) / 3;
	add_unknown_run(r, text + run, at - run);
	return at;
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------------------- */

static int by_hash(const void *a, const void *b)
{
	const struct feature *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Each hash once, with the flags of all its places. */
static void gather(struct reader *r)
{
	struct features *f = r->out;
	size_t n = 0;

	qsort(r->raw, r->raw_count, sizeof(r->raw[0]), by_hash);
	for (size_t i = 0; i < r->raw_count; i++) {
		if (n > 0 && r->raw[n - 1].hash == r->raw[i].hash) r->raw[n - 1].flags |= r->raw[i].flags;
		else r->raw[n++] = r->raw[i];
	}
	f->count = n < FEATURES_MAX ? n : FEATURES_MAX;
	memcpy(f->all, r->raw, f->count * sizeof(f->all[0]));
	for (size_t i = 0; i < f->count; i++)
		if ((f->all[i].flags & FEATURE_COMMON) == 0) f->own += f->all[i].weight;
}

#define VERSION_MAX 16

/* "5.8.0" at the start of text; 0: it is none. */
static size_t version_len(const char *text, size_t len)
{
	size_t at = 0, points = 0;

	while (at < len && at < VERSION_MAX && (isdigit((unsigned char)text[at]) || (text[at] == '.' && at + 1 < len && isdigit((unsigned char)text[at + 1])))) points += text[at++] == '.';
	return points >= 2 && isdigit((unsigned char)text[0]) ? at : 0;
}

static size_t read_version(struct reader *r, const char *text, size_t len, size_t at)
{
	const size_t n = version_len(text + at, len - at);

	if (n == 0) return at;
	r->word++;
	add(r, hash_text(text + at, n), WEIGHT_KNOWN, FEATURE_CODE);
	return at + n;
}

static void read_sign(struct reader *r, const char *text, size_t len, size_t at)
{
	const char c = text[at];

	if (c == '\n' || c == '|' || (c == '.' && (at + 1 >= len || !isdigit((unsigned char)text[at + 1])))) end_sentence(r);
	else if (c == ',' || c == ':' || c == '(' || c == ')') end_clause(r);
}

/* "48 jars": what is counted is a word like any other; a number beside it is none. */
static bool is_unit(const struct ident *id, const char *text, size_t at)
{
	return id->kind == IDENT_QUANTITY && isalpha((unsigned char)text[at]);
}

void features_find(const struct lexicon *lexicon, const char *text, size_t len, const struct ident *idents, size_t ident_count, struct features *f_r)
{
	struct reader *r = mem_new(sizeof(*r));
	size_t next = 0;

	*r = (struct reader){ .lexicon = lexicon, .out = f_r };
	f_r->count = f_r->place_count = f_r->sentence_count = f_r->length = 0;
	f_r->own = 0;
	f_r->denies = false;
	for (size_t at = 0; at < len;) {
		while (next < ident_count && idents[next].end <= at) next++;
		if (next < ident_count && at >= idents[next].start && !is_unit(&idents[next], text, at)) at++;
		else if (is_wide(text + at)) {
			const size_t stop = next < ident_count && idents[next].start > at ? idents[next].start : len;

			at = read_wide(r, text, stop < len ? stop : len, at);
		} else if (isalnum((unsigned char)text[at]) || (unsigned char)text[at] >= 0x80) {
			const size_t stop = next < ident_count && idents[next].start > at ? idents[next].start : len;

			const size_t behind = read_version(r, text, stop < len ? stop : len, at);

			at = behind > at ? behind : read_latin(r, text, stop < len ? stop : len, at);
		} else {
			read_sign(r, text, len, at);
			at++;
		}
	}
	end_sentence(r);
	f_r->sentence_count = (size_t)r->sentence + 1;
	gather(r);
	free(r);
}
