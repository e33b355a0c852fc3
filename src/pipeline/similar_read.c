/* similar_read.c - a message as numbers: what it names, what it is made of, who wrote it. And the bytes of that for the index. */
#include "pipeline/similar_clauses.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xxhash.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/canonical.h"
#include "text/hash.h"

#define FOUND_MAX 96
#define SUBJECT_MAX 1024

/* ---- who ----------------------------------------------------------------------------------------------------------------------------------- */

static bool is_nobody(const char *handle)
{
	static const char *const nobody[] = { "", "anonymous", "unknown", "none", "null", "n/a", "-", "guest", "匿名", "匿名用户", "未知", "游客" };

	for (size_t i = 0; i < COUNT_OF(nobody); i++)
		if (strcmp(handle, nobody[i]) == 0) return true;
	return false;
}

/* The address out of "Name <address>"; telephone numbers without country code and gaps; so that one person is one hash on all channels. */
static uint32_t fold_sender(const char *sender, struct buf *folded, struct ident *phone_r)
{
	struct ident id[2];
	const char *open = strrchr(sender, '<');
	size_t n;

	phone_r->kind = IDENT_MAIL;
	if (open != NULL && strchr(open, '@') != NULL) sender = open + 1;
	(void)canonical_text(folded, sender, strnlen(sender, 320));
	while (folded->len > 0 && strchr(" \n|)", folded->data[folded->len - 1]) != NULL) folded->data[--folded->len] = '\0';
	if (is_nobody(buf_str(folded))) return 0;
	n = identifiers_find(buf_str(folded), folded->len, id, COUNT_OF(id));
	if (n != 1 || id[0].kind != IDENT_PHONE || folded->len > 20) return hash_text(buf_str(folded), folded->len);
	*phone_r = id[0];
	return id[0].value;
}

uint32_t similar_sender(const char *sender)
{
	struct buf folded = BUF_INIT(CANONICAL_MAX);
	struct ident phone;
	const uint32_t hash = sender != NULL ? fold_sender(sender, &folded, &phone) : 0;

	buf_release(&folded);
	return hash;
}

bool similar_is_sender(const char *a, const char *b)
{
	struct buf one = BUF_INIT(CANONICAL_MAX), other = BUF_INIT(CANONICAL_MAX);
	struct ident phone, other_phone;
	const uint32_t hash = fold_sender(a, &one, &phone);
	bool is = hash != 0 && hash == fold_sender(b, &other, &other_phone) && phone.kind == other_phone.kind;

	if (is) is = strcmp(phone.kind == IDENT_PHONE ? phone.text : buf_str(&one), phone.kind == IDENT_PHONE ? other_phone.text : buf_str(&other)) == 0;
	buf_release(&one);
	buf_release(&other);
	return is;
}

static uint64_t delivery_hash(const char *channel, const char *external_id)
{
	if (external_id == NULL || external_id[0] == '\0') return 0;
	return (XXH3_64bits_withSeed(external_id, strlen(external_id), XXH3_64bits(channel, strlen(channel)))) | 1;
}

/* ---- what it names --------------------------------------------------------------------------------------------------------------------------- */

#define PAST_DAYS 15                    /* "on the 28th" told on the 2nd was last month, told on the 20th it is to come */

/* "On the 17th": of the month that makes it nearest to when it was told; months of 31 days are near enough. */
static uint32_t dated(uint32_t value, int64_t received_at)
{
	const time_t when = (time_t)received_at;
	struct tm told;
	int day, past, month;

	if (value == 0 || value >= 32 || gmtime_r(&when, &told) == NULL) return value;
	day = (int)value;
	past = (told.tm_mday - day + 31) % 31;
	month = told.tm_mon - (day > told.tm_mday) + (past > PAST_DAYS);
	return (uint32_t)((month + 12) % 12 + 1) * 32 + value;
}

static void keep_ident(struct similar_print *p, const struct ident *found)
{
	struct ident dated_one = *found;
	const struct ident *id = &dated_one;

	if (id->kind == IDENT_DATE) dated_one.value = dated(id->value, p->received_at);
	for (size_t i = 0; i < p->ident_count; i++)
		if (p->idents[i].value == id->value && p->idents[i].kind == (uint8_t)id->kind) return;
	if (p->ident_count < SIMILAR_IDENTS_MAX)
		p->idents[p->ident_count++] = (struct similar_ident){ .value = id->value, .tail = id->tail, .kind = (uint8_t)id->kind, .is_tail = id->is_tail };
}

/* Outside the message's own words (greeting, signature) only numbers of a matter or a person are meant. */
static void keep_idents(struct similar_print *p, const struct ident *found, size_t count, size_t start, size_t end)
{
	for (size_t i = 0; i < count; i++) {
		const bool is_inside = found[i].start >= start && found[i].end <= end;

		if (found[i].kind >= IDENT_KINDS) continue;
		if (is_inside || ident_is_matter(found[i].kind) || ident_is_person(found[i].kind)) keep_ident(p, &found[i]);
	}
}

static void keep_batches(struct similar_query *q, const char *text, const struct ident *found, size_t count)
{
	for (size_t i = 0; i < count && q->batch_count < SIMILAR_BATCHES_MAX; i++) {
		const size_t len = (size_t)(found[i].end - found[i].start);
		char *out = q->batches[q->batch_count].text;

		if ((found[i].kind != IDENT_BATCH && found[i].kind != IDENT_TRIP) || len >= SIMILAR_BATCH_TEXT) continue;
		for (size_t k = 0; k < len; k++) out[k] = (char)toupper((unsigned char)text[found[i].start + k]);
		q->batches[q->batch_count++].value = found[i].value;
	}
}

/* ---- what it is made of ------------------------------------------------------------------------------------------------------------------------ */

static void weigh(const struct similar *similar, const struct features *f, struct similar_query *q)
{
	struct similar_print *p = &q->print;
	uint64_t own = 0;

	p->feature_count = (uint16_t)f->count;
	for (size_t i = 0; i < f->count; i++) {
		struct feature one = f->all[i];
		const unsigned weight = (unsigned)((double)one.weight * sketch_rarity(&similar->sketch, one.hash));

		one.weight = (uint16_t)(weight > 0 ? weight : 1);
		p->features[i] = one;
		if ((one.flags & FEATURE_COMMON) == 0) own += one.weight;
	}
	p->own = (uint32_t)own;
	p->length = (uint16_t)(f->length < UINT16_MAX ? f->length : UINT16_MAX);
	q->place_count = f->place_count;
	q->sentence_count = f->sentence_count;
	memcpy(q->places, f->places, f->place_count * sizeof(f->places[0]));
}

/* Letters and digits only. */
static uint64_t exact_hash(const char *text, size_t len)
{
	char *letters;
	size_t n = 0;
	uint64_t hash;

	if (len == 0) return 0;
	letters = mem_new(len);
	for (size_t i = 0; i < len; i++)
		if (strchr(" \n|,.", text[i]) == NULL) letters[n++] = text[i];
	hash = n > 0 ? XXH3_64bits(letters, n) | 1 : 0;
	free(letters);
	return hash;
}

#define SUBJECT_WORD (FEATURE_ONE / 2)  /* weight of a whole word; its pieces have less */

static void keep_subject_words(const struct features *f, struct similar_query *q)
{
	for (size_t i = 0; i < f->count && q->subject_word_count < SIMILAR_SUBJECT_MAX; i++)
		if ((f->all[i].flags & FEATURE_COMMON) == 0 && f->all[i].weight >= SUBJECT_WORD) q->subject_words[q->subject_word_count++] = f->all[i].hash;
}

/* The subject without its prefixes: a name of the thread, and words that may stand for the text's when there are few. */
static void read_subject(const struct similar *similar, const char *subject, struct similar_query *q, struct buf *folded)
{
	const char *rest = subject;
	struct features *f;
	enum reply_prefix prefix;

	if (subject == NULL || subject[0] == '\0') return;
	for (int n = 0; n < 6 && (prefix = reply_prefix(rest, &rest)) != REPLY_NO_PREFIX; n++) {
		if (prefix == REPLY_IS_REPLY) q->print.is_reply = true;
		else q->print.is_forward = true;
	}
	(void)canonical_text(folded, rest, strnlen(rest, SUBJECT_MAX));
	if (folded->len == 0) return;
	q->print.subject = hash_text(buf_str(folded), folded->len);
	f = mem_new(sizeof(*f));
	features_find(similar->lexicon, buf_str(folded), folded->len, NULL, 0, f);
	q->print.has_subject_words = 2 * f->own >= FEATURE_ONE;
	keep_subject_words(f, q);
	free(f);
}

static bool is_mostly_han(const char *text, size_t len)
{
	size_t han = 0, latin = 0;

	for (size_t i = 0; i < len; i++) {
		han += (unsigned char)text[i] >= 0xe3;
		latin += text[i] >= 'a' && text[i] <= 'z';
	}
	return 4 * han > latin;                 /* a Latin word has about four letters where Chinese has one or two characters */
}

#define FEW_WORDS (6 * FEATURE_ONE)
#define SUBJECT_MARKS (MARK_ADDS | MARK_CHASE | MARK_CORRECTS | MARK_PRAISE | MARK_CONTENT | MARK_MANY | MARK_SOLVED)    /* what a subject says for the text */

#define BEGUN_MAX 48                    /* bytes of the beginning, where it says whose matter it is */
#define MARKED_MAX 2000                 /* bytes at the start that are looked through for phrases */

static void read_marks(const struct similar *similar, const struct similar_body *body, const struct buf *subject, struct similar_print *p)
{
	const char *own = buf_str(&body->text) + body->start;
	const size_t len = body->end - body->start;

	p->marks = lexicon_marks(similar->lexicon, buf_str(&body->text), body->text.len < MARKED_MAX ? body->text.len : MARKED_MAX);
	if ((p->marks & MARKS_RELATIVE) != 0) p->marks = (p->marks & ~(unsigned)MARKS_RELATIVE) | (lexicon_marks(similar->lexicon, own, len < BEGUN_MAX ? utf8_cut(own, len, BEGUN_MAX) : len) & MARKS_RELATIVE);
	if (!p->is_reply) p->marks |= lexicon_marks(similar->lexicon, buf_str(subject), subject->len) & SUBJECT_MARKS;
	if (!similar_encloses(own, len)) p->marks &= ~(unsigned)MARK_ENCLOSES;
	if ((p->marks & MARK_TURNS) != 0 && !similar_turns(own, len)) p->marks &= ~(unsigned)MARK_TURNS;
	if (similar_begins(own, len)) p->marks |= MARK_BEGINS;
	if (similar_only_asks(own, len, (p->marks & MARK_ASKS) != 0)) p->marks |= MARK_ASKS;
	else p->marks &= ~(unsigned)MARK_ASKS;
}

#define APART_WORD 48                   /* weight of a word that every complaint has; pieces of words have less */
#define SHORT_WORD 4
#define APART_TEXT 240                  /* bytes of what it says to have nothing to do with */

/* "la presión": an article is no word of the matter in any language. */
static void blank_short_words(char *text, size_t len)
{
	for (size_t at = 0, n; at < len; at += n + (n == 0)) {
		for (n = 0; at + n < len && isalpha((unsigned char)text[at + n]); n++) {}
		if (n < SHORT_WORD && (at + n >= len || (unsigned char)text[at + n] < 0x80)) memset(text + at, ' ', n);
	}
}

static void read_apart(const struct similar *similar, char *text, size_t len, struct similar_query *q)
{
	struct buf named = BUF_INIT(APART_TEXT);

	q->stands_apart = similar_blank_apart(text, len, &named);
	if (named.len > 0) {
		struct features *f = mem_new(sizeof(*f));

		blank_short_words(named.data, named.len);
		features_find(similar->lexicon, buf_str(&named), named.len, NULL, 0, f);
		for (size_t i = 0; i < f->count && q->apart_count < SIMILAR_APART_MAX; i++)
			if (f->all[i].weight >= APART_WORD) q->apart_from[q->apart_count++] = f->all[i].hash;
		free(f);
	}
	buf_release(&named);
}

static void read_words(const struct similar *similar, struct similar_body *body, const struct buf *subject, struct similar_query *q)
{
	struct features *f = mem_new(sizeof(*f));
	struct ident found[FOUND_MAX];
	char *text = body->text.data;
	size_t count = body->text.len > 0 ? identifiers_find(text, body->text.len, found, FOUND_MAX) : 0, first = 0;

	keep_idents(&q->print, found, count, body->start, body->end);
	keep_batches(q, text, found, count);
	q->print.exact = exact_hash(buf_str(&body->text) + body->start, body->end - body->start);
	read_marks(similar, body, subject, &q->print);
	q->tones = lexicon_tones_of(similar->lexicon, text + body->start, body->end - body->start < MARKED_MAX ? body->end - body->start : MARKED_MAX);
	q->tells_the_next = similar_tells_the_next(text + body->start, body->end - body->start);
	while (first < count && found[first].start < body->start) first++;
	for (size_t i = first; i < count; i++) {
		found[i].start = (uint16_t)(found[i].start - body->start);
		found[i].end = (uint16_t)(found[i].end - body->start);
	}
	if (body->end > body->start) {
		q->print.is_form = similar_blank_forms(text + body->start, body->end - body->start);
		read_apart(similar, text + body->start, body->end - body->start, q);
		similar_blank_called(text + body->start, body->end - body->start);
		similar_blank_mentions(text + body->start, body->end - body->start);
		if ((q->print.marks & (MARK_AGAIN | MARK_CHASE)) != 0) similar_blank_cover(text + body->start, body->end - body->start);
		features_find(similar->lexicon, text + body->start, body->end - body->start, found + first, count - first, f);
	}
	count = identifiers_find(buf_str(subject), subject->len, found, FOUND_MAX);
	for (size_t i = 0; i < count; i++)
		if (found[i].kind < IDENT_KINDS && (ident_is_matter(found[i].kind) || ident_is_person(found[i].kind))) keep_ident(&q->print, &found[i]);
	if (f->own < FEW_WORDS && subject->len > 0 && !q->print.is_reply) {
		struct buf both = BUF_INIT(CANONICAL_MAX);
		char *copy;

		(void)buf_add(&both, buf_str(subject), subject->len);
		(void)buf_char(&both, '\n');
		(void)buf_add(&both, buf_str(&body->text) + body->start, body->end - body->start);
		count = identifiers_find(buf_str(&both), both.len, found, FOUND_MAX);
		copy = buf_take(&both);
		features_find(similar->lexicon, copy, strlen(copy), found, count, f);
		free(copy);
	}
	weigh(similar, f, q);
	if (f->denies) q->print.marks |= MARK_DENIES;
	if (is_mostly_han(buf_str(&body->text) + body->start, body->end - body->start)) q->print.marks |= MARK_HAN;
	free(f);
}

static void read_quoted(const char *text, struct similar_query *q)
{
	struct buf folded = BUF_INIT(CANONICAL_MAX);
	struct ident found[FOUND_MAX];
	size_t count;

	(void)canonical_text(&folded, text, strlen(text));
	count = identifiers_find(buf_str(&folded), folded.len, found, FOUND_MAX);
	for (size_t i = 0; i < count && q->quoted_count < SIMILAR_QUOTED_MAX; i++)
		if (found[i].kind < IDENT_KINDS && ident_is_matter(found[i].kind)) q->quoted[q->quoted_count++] = found[i].value;
	buf_release(&folded);
}

struct similar_query *similar_read(const struct similar *similar, const struct similar_message *m)
{
	struct similar_query *q = mem_new(sizeof(*q) + FEATURE_PLACES_MAX * sizeof(q->places[0]));
	struct similar_body body;
	struct buf subject = BUF_INIT(CANONICAL_MAX);

	q->print.message_id = m->id;
	q->print.received_at = m->received_at;
	q->print.sender = similar_sender(m->sender);
	q->print.channel = hash_text(m->channel, strlen(m->channel));
	q->print.delivery = delivery_hash(m->channel, m->external_id);
	q->print.is_chat = m->is_chat;
	similar_body(similar, m, &body);
	read_subject(similar, m->subject, q, &subject);
	q->print.is_forward |= body.is_forward;
	read_words(similar, &body, &subject, q);
	if (q->print.is_reply) read_quoted(m->text, q);
	q->key_count = similar_keys_asked(&q->print, q->keys);
	buf_release(&body.text);
	buf_release(&subject);
	return mem_grow(q, sizeof(*q) + q->place_count * sizeof(q->places[0]), 1);      /* most texts are short */
}

/* ---- where it is filed ------------------------------------------------------------------------------------------------------------------------- */

const size_t similar_key_keeps[SIMILAR_KEYS] = { [SIMILAR_DELIVERY] = 4, [SIMILAR_EXACT] = 8, [SIMILAR_SENDER] = 32, [SIMILAR_NUMBER] = 8,
                                                 [SIMILAR_FEATURE] = 64, [SIMILAR_BAND] = 32, [SIMILAR_EVENT] = 16 };
#define BAND_ROWS 3
#define NUMBERS_FILED 6

static size_t put_key(struct similar_filing *keys, size_t count, enum similar_key kind, uint64_t key)
{
	if (key != 0 && count < SIMILAR_KEYS_MAX) keys[count++] = (struct similar_filing){ kind, key };
	return count;
}

/* A Latin word as it stands leads to it with the weight of its pieces; a code or the name of a place, whatever the language. */
static unsigned key_weight(const struct feature *f)
{
	if ((f->flags & (FEATURE_CODE | FEATURE_SITE_NAME)) != 0) return ((f->flags & FEATURE_WHOLE) != 0 ? 4u : 2u) * f->weight;
	return (f->flags & FEATURE_WHOLE) != 0 ? 3u * f->weight : f->weight;
}

/* The heaviest features that not every complaint has. */
static size_t put_heaviest(const struct similar_print *p, struct similar_filing *keys, size_t count, size_t most)
{
	size_t best[SIMILAR_RARE], n = 0;

	for (size_t i = 0; i < p->feature_count; i++) {
		size_t at = n;

		if ((p->features[i].flags & FEATURE_COMMON) != 0) continue;
		while (at > 0 && key_weight(&p->features[best[at - 1]]) < key_weight(&p->features[i])) at--;
		if (at >= most) continue;
		if (n < most) n++;
		memmove(best + at + 1, best + at, (n - at - 1) * sizeof(best[0]));
		best[at] = i;
	}
	for (size_t i = 0; i < n; i++) count = put_key(keys, count, SIMILAR_FEATURE, p->features[best[i]].hash);
	return count;
}

static uint64_t scramble(uint64_t x)
{
	x ^= x >> 30;
	x *= UINT64_C(0xBF58476D1CE4E5B9);
	x ^= x >> 27;
	x *= UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

/* MinHash in bands: texts with a third of their features in common meet in one of them with more than even odds. */
static size_t put_bands(const struct similar_print *p, struct similar_filing *keys, size_t count)
{
	if (p->own < 4 * FEATURE_ONE) return count;
	for (uint64_t band = 0; band < SIMILAR_BANDS; band++) {
		uint64_t key = band + 1;

		for (uint64_t row = 0; row < BAND_ROWS; row++) {
			const uint64_t seed = (band * BAND_ROWS + row + 1) * UINT64_C(0x9E3779B97F4A7C15);
			uint64_t least = UINT64_MAX;

			for (size_t i = 0; i < p->feature_count; i++) {
				const uint64_t h = scramble(seed ^ p->features[i].hash);

				if ((p->features[i].flags & FEATURE_COMMON) == 0 && h < least) least = h;
			}
			key = scramble(key ^ least);
		}
		count = put_key(keys, count, SIMILAR_BAND, key);
	}
	return count;
}

#define AMOUNTS_FILED 2

/* An odd sum leads to others who name it, in whatever language; round ones are too many. */
static size_t put_amounts(const struct similar_print *p, struct similar_filing *keys, size_t count)
{
	size_t amounts = 0;

	for (size_t i = 0; i < p->ident_count && amounts < AMOUNTS_FILED; i++) {
		if (p->idents[i].kind != IDENT_AMOUNT || p->idents[i].value % 100 == 0) continue;
		count = put_key(keys, count, SIMILAR_EVENT, hash_mix(p->idents[i].value, IDENT_AMOUNT));
		amounts++;
	}
	return count;
}

#define DAYS_FILED 2

static uint32_t first_thing(const struct similar_print *p)
{
	for (size_t i = 0; i < p->feature_count; i++)
		if ((p->features[i].flags & FEATURE_THING) != 0) return p->features[i].hash;
	return 0;
}

/* A day with the kind of thing it is about leads to others who tell of it, in whatever language. */
static size_t put_days(const struct similar_print *p, struct similar_filing *keys, size_t count)
{
	const uint32_t thing = first_thing(p);
	size_t days = 0;

	for (size_t i = 0; i < p->ident_count && thing != 0 && days < DAYS_FILED; i++) {
		if (p->idents[i].kind != IDENT_DATE) continue;
		count = put_key(keys, count, SIMILAR_EVENT, hash_mix(thing, p->idents[i].value));
		days++;
	}
	return count;
}

static size_t keys_of(const struct similar_print *p, size_t rare, struct similar_filing keys_r[SIMILAR_KEYS_MAX])
{
	size_t count = 0, numbers = 0;

	count = put_key(keys_r, count, SIMILAR_DELIVERY, p->delivery);
	count = put_key(keys_r, count, SIMILAR_EXACT, p->exact);
	count = put_key(keys_r, count, SIMILAR_SENDER, p->sender);
	for (size_t i = 0; i < p->ident_count && numbers < NUMBERS_FILED; i++) {
		const enum ident_kind kind = (enum ident_kind)p->idents[i].kind;

		if (!ident_is_matter(kind) && !ident_is_person(kind) && kind != IDENT_BATCH && kind != IDENT_TRIP) continue;
		count = put_key(keys_r, count, SIMILAR_NUMBER, p->idents[i].value);
		numbers++;
	}
	count = put_heaviest(p, keys_r, count, rare);
	count = put_amounts(p, keys_r, count);
	count = put_days(p, keys_r, count);
	return put_bands(p, keys_r, count);
}

size_t similar_keys(const struct similar_print *print, struct similar_filing keys_r[SIMILAR_KEYS_MAX])
{
	return keys_of(print, SIMILAR_RARE_FILED, keys_r);
}

size_t similar_keys_asked(const struct similar_print *print, struct similar_filing keys_r[SIMILAR_KEYS_MAX])
{
	return keys_of(print, SIMILAR_RARE, keys_r);
}

/* ---- as bytes --------------------------------------------------------------------------------------------------------------------------------------- */

#define HEAD offsetof(struct similar_print, idents)

size_t similar_pack(const struct similar_print *print, unsigned char *bytes_r)
{
	const size_t idents = print->ident_count * sizeof(print->idents[0]), features = print->feature_count * sizeof(print->features[0]);

	memcpy(bytes_r, print, HEAD);
	memcpy(bytes_r + HEAD, print->idents, idents);
	memcpy(bytes_r + HEAD + idents, print->features, features);
	return HEAD + idents + features;
}

bool similar_unpack(const unsigned char *bytes, size_t len, struct similar_print *print_r)
{
	size_t idents, features;

	if (len < HEAD) return false;
	memcpy(print_r, bytes, HEAD);
	if (print_r->ident_count > SIMILAR_IDENTS_MAX || print_r->feature_count > FEATURES_MAX) return false;
	idents = print_r->ident_count * sizeof(print_r->idents[0]);
	features = print_r->feature_count * sizeof(print_r->features[0]);
	if (len != HEAD + idents + features) return false;
	memcpy(print_r->idents, bytes + HEAD, idents);
	memcpy(print_r->features, bytes + HEAD + idents, features);
	return true;
}
