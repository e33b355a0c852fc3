/* similar_compare.c - two messages side by side: how much of their words they share, and what their numbers, days and states say. */
#include "pipeline/similar_days.h"
#include "pipeline/similar_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "text/hash.h"

/* ---- words -------------------------------------------------------------------------------------------------------------------------------- */

struct sums { double a, b, shared, own_a, own_b, own_shared, site, named, named_a, named_b, codes, new_codes; unsigned events, agree, denied, affirmed, flags_a, flags_b; };

static bool is_common(const struct feature *f)
{
	return (f->flags & FEATURE_COMMON) != 0;
}

/* Names where it was or what it is about, not what happened. */
static bool is_name(const struct feature *f)
{
	return (f->flags & (FEATURE_SITE | FEATURE_THING | FEATURE_PLACE | FEATURE_MODEL)) != 0;
}

static void share(struct sums *s, const struct feature *a, const struct feature *b)
{
	const unsigned state = FEATURE_NOT | FEATURE_YES, x = a->flags & state, y = b->flags & state;

	s->shared += a->weight;
	if (!is_common(a)) s->own_shared += a->weight;
	if ((a->flags & FEATURE_SITE) != 0) s->site += a->weight;
	if ((a->flags & FEATURE_CODE) != 0) s->codes += a->weight;
	s->events += (a->flags & FEATURE_EVENT) != 0;
	if (is_name(a)) s->named += a->weight;
	if (x == y && x != 0) s->agree++;
	if ((x ^ y) != state || x == 0 || y == 0) return;
	if (x == FEATURE_NOT) s->denied++;
	else s->affirmed++;
}

static struct sums sum_up(const struct similar_print *a, const struct similar_print *b)
{
	struct sums s = { 0 };
	size_t i = 0, k = 0;

	while (i < a->feature_count || k < b->feature_count) {
		const struct feature *x = i < a->feature_count ? &a->features[i] : NULL, *y = k < b->feature_count ? &b->features[k] : NULL;
		const bool both = x != NULL && y != NULL && x->hash == y->hash, left = both || y == NULL || (x != NULL && x->hash < y->hash);

		if (left) {
			s.a += x->weight;
			if (!is_common(x)) s.own_a += x->weight;
			if (is_name(x)) s.named_a += x->weight;
			if (!both && (x->flags & FEATURE_CODE) != 0) s.new_codes += x->weight;
			s.flags_a |= x->flags;
			i++;
		}
		if (both || !left) {
			const unsigned w = both ? x->weight : y->weight;

			s.b += w;
			if (!is_common(y)) s.own_b += w;
			if (is_name(y)) s.named_b += w;
			s.flags_b |= y->flags;
			k++;
		}
		if (both) share(&s, x, y);
	}
	return s;
}

static double ratio(double part, double whole)
{
	return whole > 0 ? part / whole : 0;
}

static bool has_feature(const struct similar_print *p, uint32_t hash)
{
	size_t low = 0, high = p->feature_count;

	while (low < high) {
		const size_t mid = (low + high) / 2;

		if (p->features[mid].hash < hash) low = mid + 1;
		else high = mid;
	}
	return low < p->feature_count && p->features[low].hash == hash;
}

#define KNOWN_SENTENCE 0.4              /* a sentence of which so much is known says nothing new */

#define KNOWN_WORD 0.18                 /* its consonants, or more than half of its pieces: what a slip of the finger leaves */

struct aligned { uint32_t all, known; };

/* The word that begins at place i; *next_r: behind it. One of which enough is known is known. */
static struct aligned align_word(const struct similar_query *q, const struct similar_print *old, size_t i, size_t *next_r)
{
	struct aligned word = { 0 };
	const size_t start = i;

	do {
		word.all += q->places[i].weight;
		if (has_feature(old, q->places[i].hash)) word.known += q->places[i].weight;
		i++;
	} while (i < q->place_count && q->places[i].word == q->places[start].word && q->places[i].sentence == q->places[start].sentence);
	if (i - start > 1 && word.known >= KNOWN_WORD * word.all) word.known = word.all;
	*next_r = i;
	return word;
}

static uint32_t novel_weight(const struct similar_query *q, const struct similar_print *old)
{
	uint32_t novel = 0;

	for (size_t i = 0; i < q->place_count;) {
		const uint8_t number = q->places[i].sentence;
		struct aligned sentence = { 0 };

		while (i < q->place_count && q->places[i].sentence == number) {
			const struct aligned word = align_word(q, old, i, &i);

			sentence.all += word.all;
			sentence.known += word.known;
		}
		if (sentence.known < KNOWN_SENTENCE * sentence.all) novel += sentence.all - sentence.known;
	}
	return novel;
}

/* Share of its own words that the old one has, typed well or badly. */
static double aligned_share(const struct similar_query *q, const struct similar_print *old)
{
	struct aligned whole = { 0 };

	for (size_t i = 0; i < q->place_count;) {
		const struct aligned word = align_word(q, old, i, &i);

		whole.all += word.all;
		whole.known += word.known;
	}
	return ratio(whole.known, whole.all);
}

static bool is_in_subject(const struct similar_query *q, uint32_t hash)
{
	for (size_t i = 0; i < q->subject_word_count; i++)
		if (q->subject_words[i] == hash) return true;
	return false;
}

/* Of two that name things of this class: no one in common. What stands in the subject of both is none that sets them apart. */
static bool names_others(const struct similar_query *q, const struct similar_print *b, unsigned flag)
{
	const struct similar_print *a = &q->print;
	const bool is_same_subject = a->subject != 0 && a->subject == b->subject;
	bool in_a = false;

	for (size_t i = 0; i < a->feature_count; i++) {
		if ((a->features[i].flags & flag) == 0) continue;
		if (has_feature(b, a->features[i].hash)) return false;
		in_a |= !is_same_subject || !is_in_subject(q, a->features[i].hash);
	}
	return in_a;
}

/* ---- numbers --------------------------------------------------------------------------------------------------------------------------------- */

/* A month stands for all of its days. */
static bool same_month(const struct similar_ident *a, const struct similar_ident *b)
{
	return a->kind == IDENT_DATE && b->kind == IDENT_DATE && a->value / 32 == b->value / 32 && (a->value % 32 == 0 || b->value % 32 == 0);
}

/* Of a day without its month the month is only guessed: it may be the one before or behind. */
static bool may_be_that_month(const struct similar_ident *a, const struct similar_ident *b)
{
	const uint32_t apart = (a->value / 32 + 12 - b->value / 32) % 12;

	return apart <= 1 || apart == 11;
}

static bool same_value(const struct similar_ident *a, const struct similar_ident *b)
{
	if (same_month(a, b)) return true;
	if (a->value == b->value) return true;
	if (a->kind == IDENT_DATE && b->kind == IDENT_DATE && !may_be_that_month(a, b)) return false;
	return (a->is_tail || b->is_tail) && a->tail != 0 && a->tail == b->tail;
}

/* What one text calls an order another gives as a policy's, an account's or without a name. */
static bool is_named_number(uint8_t kind)
{
	return ident_is_matter((enum ident_kind)kind) || kind == IDENT_ACCOUNT;
}

static bool is_batch(uint8_t kind)
{
	return kind == IDENT_BATCH || kind == IDENT_TRIP;
}

/* "bus 9": another one is another matter, but the same is no event. */
static bool is_line(const struct similar_ident *id)
{
	return id->kind == IDENT_TRIP && id->is_tail;
}

static bool same_family(uint8_t a, uint8_t b)
{
	return a == b || (is_named_number(a) && is_named_number(b)) || (a == IDENT_NUMBER && is_batch(b)) || (is_batch(a) && b == IDENT_NUMBER);
}

static const struct similar_ident *find_value(const struct similar_ident *list, size_t count, const struct similar_ident *wanted)
{
	for (size_t i = 0; i < count; i++)
		if (same_family(list[i].kind, wanted->kind) && same_value(&list[i], wanted)) return &list[i];
	return NULL;
}

/* Whether two lists name numbers of one kind and share none. A number without a name counts as an order's. */
static bool differ_in(const struct similar_print *a, const struct similar_ident *list, size_t count, uint8_t kind)
{
	bool in_a = false, in_list = false;

	for (size_t i = 0; i < a->ident_count; i++) {
		if (a->idents[i].kind != kind && !(kind == IDENT_ORDER && a->idents[i].kind == IDENT_NUMBER)) continue;
		in_a = true;
		if (find_value(list, count, &a->idents[i]) != NULL) return false;
	}
	for (size_t i = 0; i < count; i++) in_list |= list[i].kind == kind || (kind == IDENT_ORDER && list[i].kind == IDENT_NUMBER);
	return in_a && in_list;
}

/* The same where each says what its number is. */
static bool differ_by_name(const struct similar_print *a, const struct similar_ident *list, size_t count, uint8_t kind)
{
	bool in_a = false, in_list = false;

	for (size_t i = 0; i < a->ident_count; i++) in_a |= a->idents[i].kind == kind;
	for (size_t i = 0; i < count; i++) in_list |= list[i].kind == kind;
	return in_a && in_list && differ_in(a, list, count, kind);
}

/* Both count things of this unit, and no count is the same. */
static bool differ_in_unit(const struct similar_print *a, const struct similar_print *b, uint32_t unit)
{
	bool in_b = false;

	for (size_t k = 0; k < b->ident_count; k++) {
		if (b->idents[k].kind != IDENT_QUANTITY || b->idents[k].tail != unit) continue;
		in_b = true;
		for (size_t i = 0; i < a->ident_count; i++)
			if (a->idents[i].kind == IDENT_QUANTITY && a->idents[i].value == b->idents[k].value) return false;
	}
	return in_b;
}

static bool differ_in_counts(const struct similar_print *a, const struct similar_print *b)
{
	for (size_t i = 0; i < a->ident_count; i++)
		if (a->idents[i].kind == IDENT_QUANTITY && differ_in_unit(a, b, a->idents[i].tail)) return true;
	return false;
}

static bool has_number(const struct similar_print *p, uint32_t number)
{
	char text[16];

	return has_feature(p, hash_text(text, (size_t)snprintf(text, sizeof(text), "%u", number)));
}

/* The sum stands in that text without a currency: "42 euros" beside "my flat rate is 42". */
static bool stands_bare(const struct similar_ident *sum, const struct similar_print *in)
{
	const uint32_t cents = sum->value % 100;

	return sum->kind == IDENT_AMOUNT && sum->value >= 1000 && has_number(in, sum->value / 100) && (cents == 0 || (cents >= 10 && has_number(in, cents)));
}

static bool has_bare_sum(const struct similar_print *a, const struct similar_print *b)
{
	for (size_t i = 0; i < a->ident_count; i++)
		if (stands_bare(&a->idents[i], b)) return true;
	return false;
}

static bool is_fact(uint8_t kind)
{
	return ident_is_matter((enum ident_kind)kind) || kind == IDENT_AMOUNT || kind == IDENT_DATE || kind == IDENT_BATCH || kind == IDENT_TRIP;
}

/* What several customers of one incident name alike: batch, flight, day. Counted as words of their own. */
static uint32_t shared_facts(const struct similar_print *a, const struct similar_print *b)
{
	uint32_t weight = 0;

	for (size_t i = 0; i < a->ident_count; i++) {
		const struct similar_ident *found = find_value(b->idents, b->ident_count, &a->idents[i]);

		if (found == NULL || is_line(&a->idents[i])) continue;
		if (is_batch(a->idents[i].kind) || is_batch(found->kind)) weight += 4 * FEATURE_ONE;
		else if (a->idents[i].kind == IDENT_DATE || a->idents[i].kind == IDENT_AMOUNT || a->idents[i].kind == IDENT_QUANTITY || a->idents[i].kind == IDENT_TIME) weight += FEATURE_ONE;
	}
	return weight;
}

/* Of these the days: when it was, not what happened. */
static unsigned shared_days(const struct similar_print *a, const struct similar_print *b)
{
	unsigned days = 0;

	for (size_t i = 0; i < a->ident_count; i++) days += a->idents[i].kind == IDENT_DATE && find_value(b->idents, b->ident_count, &a->idents[i]) != NULL;
	return days;
}

static void count_agreeing(const struct similar_print *a, const struct similar_print *b, struct similar_match *m)
{
	for (size_t i = 0; i < a->ident_count; i++) {
		const uint8_t kind = a->idents[i].kind;

		if ((kind != IDENT_DATE && kind != IDENT_AMOUNT && kind != IDENT_QUANTITY) || find_value(b->idents, b->ident_count, &a->idents[i]) == NULL) continue;
		if (kind == IDENT_QUANTITY) m->agreeing_counts++;
		else m->agreeing++;
		m->agreeing_days += kind == IDENT_DATE;
	}
}

static bool has_own_day(const struct similar_print *a, const struct similar_print *b)
{
	for (size_t i = 0; i < a->ident_count; i++)
		if (a->idents[i].kind == IDENT_DATE && find_value(b->idents, b->ident_count, &a->idents[i]) == NULL) return true;
	return false;
}

static bool shares_time(const struct similar_print *a, const struct similar_print *b)
{
	for (size_t i = 0; i < a->ident_count; i++)
		if (a->idents[i].kind == IDENT_TIME && find_value(b->idents, b->ident_count, &a->idents[i]) != NULL) return true;
	return false;
}

#define HALF_DAY_S 43200                /* zones */

/* The day on which the old message told of "today" or "last night". */
static bool is_day_of_telling(const struct similar_ident *id, const struct similar_print *old)
{
	return id->kind == IDENT_DATE && (old->marks & MARK_TODAY) != 0 && similar_is_day_within(id->value, old->received_at - 2 * HALF_DAY_S, old->received_at + HALF_DAY_S);
}

/* "On 7 April" beside what was told as of today on 7 April. */
static bool tells_of_that_day(const struct similar_print *a, const struct similar_print *b)
{
	if (llabs(a->received_at - b->received_at) > 4 * HALF_DAY_S) return false;
	for (size_t i = 0; i < a->ident_count; i++)
		if (is_day_of_telling(&a->idents[i], b)) return true;
	return false;
}

/* "What I reported on 8 September": a day of its own, on which the old message came. */
static bool tells_of_old_day(const struct similar_print *a, const struct similar_print *old)
{
	for (size_t i = 0; i < a->ident_count && a->received_at - old->received_at > 2 * HALF_DAY_S; i++)
		if (a->idents[i].kind == IDENT_DATE && similar_is_day_within(a->idents[i].value, old->received_at - HALF_DAY_S, old->received_at + HALF_DAY_S)) return true;
	return false;
}

static bool names_same(const struct similar_print *a, const struct similar_print *b, unsigned flag)
{
	for (size_t i = 0; i < a->feature_count; i++)
		if ((a->features[i].flags & flag) != 0 && has_feature(b, a->features[i].hash)) return true;
	return false;
}

static bool knows_subject(const struct similar_query *q, const struct similar_print *old)
{
	size_t known = 0;

	for (size_t i = 0; i < q->subject_word_count; i++) known += has_feature(old, q->subject_words[i]);
	return q->subject_word_count > 0 && 2 * known >= q->subject_word_count;
}

#define YEAR (12 * 31)                  /* days, of months of 31 */

/* "On the 14th", when that is over: whoever wrote "yesterday" or "the fourteenth" before may have said as much. A day to come is when somebody is to come. */
static bool is_day_told(const struct similar_ident *id, int64_t told_at)
{
	const time_t when = (time_t)told_at;
	struct tm told;
	int ahead;

	if (id->kind != IDENT_DATE || !id->is_tail || gmtime_r(&when, &told) == NULL) return false;
	ahead = ((int)(id->value / 32) * 31 + (int)(id->value % 32) - (told.tm_mon + 1) * 31 - told.tm_mday + YEAR) % YEAR;
	return ahead <= 1 || ahead > YEAR / 2;  /* today, in whatever zone */
}

static void compare_numbers(const struct similar_print *a, const struct similar_print *old, const struct similar_ticket *ticket, struct similar_match *m)
{
	bool old_has_numbers = ticket->number_count > 0, has_numbers = false;

	for (size_t i = 0; i < a->ident_count; i++) {
		const struct similar_ident *id = &a->idents[i];
		const enum ident_kind kind = (enum ident_kind)id->kind;
		const struct similar_ident *in_old = find_value(old->idents, old->ident_count, id);
		const struct similar_ident *in_ticket = in_old != NULL ? in_old : find_value(ticket->numbers, ticket->number_count, id);
		const bool are_batches = in_ticket != NULL && (is_batch(id->kind) || is_batch(in_ticket->kind));

		has_numbers |= ident_is_matter(kind);
		if (in_ticket && ident_is_matter(kind) && !are_batches) {
			m->same_number = true;
			m->number = id->value;
			m->named_number |= kind != IDENT_NUMBER || in_ticket->kind != IDENT_NUMBER;
		}
		if (in_old && ident_is_person(kind)) { m->same_person_number = true; if (m->number == 0) m->number = id->value; }
		m->same_account |= in_old && kind == IDENT_ACCOUNT;
		if (in_old && are_batches && !is_line(id)) { m->same_batch = true; m->same_trip |= kind == IDENT_TRIP; m->batch = id->value; }
		if (!in_ticket && is_fact(id->kind) && !stands_bare(id, old) && !is_day_told(id, a->received_at) && !is_day_of_telling(id, old)) m->new_fact = true;
		if (!in_ticket && id->kind <= IDENT_TRIP && kind != IDENT_PHONE && kind != IDENT_MAIL) m->new_number = true;
	}
	m->both_have_numbers = has_numbers && old_has_numbers;
	for (uint8_t kind = IDENT_ORDER; kind <= IDENT_SERIAL && !m->same_number; kind++)
		m->other_number |= differ_in(a, ticket->numbers, ticket->number_count, kind) || differ_in(a, old->idents, old->ident_count, kind);
	for (uint8_t kind = IDENT_ORDER; kind <= IDENT_SERIAL && m->other_number; kind++) m->other_named |= differ_by_name(a, ticket->numbers, ticket->number_count, kind);
	m->other_account = differ_in(a, old->idents, old->ident_count, IDENT_ACCOUNT) || differ_in(a, old->idents, old->ident_count, IDENT_PLATE);
	m->other_phone = differ_in(a, old->idents, old->ident_count, IDENT_PHONE);
	m->other_amount = differ_in(a, old->idents, old->ident_count, IDENT_AMOUNT) && !has_bare_sum(a, old) && !has_bare_sum(old, a);
	m->other_date = differ_in(a, old->idents, old->ident_count, IDENT_DATE);
	m->other_time = differ_in(a, old->idents, old->ident_count, IDENT_TIME);
	m->other_batch = differ_in(a, old->idents, old->ident_count, IDENT_BATCH) || differ_in(a, old->idents, old->ident_count, IDENT_TRIP);
	m->other_count = differ_in_counts(a, old);
}

enum similar_thing similar_thing(const struct similar_query *query, const struct similar_print *old)
{
	bool has_thing = false;

	for (size_t i = 0; i < old->feature_count && !has_thing; i++) has_thing = (old->features[i].flags & FEATURE_THING) != 0;
	if (!has_thing) return SIMILAR_NO_THING;
	if (names_same(&query->print, old, FEATURE_THING)) return SIMILAR_SAME_THING;
	return names_others(query, old, FEATURE_THING) ? SIMILAR_OTHER_THING : SIMILAR_NO_THING;
}

static unsigned negations(const struct similar_print *p)
{
	unsigned n = 0;

	while (n < FEATURE_NEGATIONS_MAX && has_feature(p, feature_negation(n))) n++;
	return n;
}

#define SAME_WORDS 0.8
#define SAME_WORDS_SOLVED 0.9

/* A state is denied in one and affirmed in the other, or only one tells of an end. In the same words with as many denials it says nothing else:
 * there a "not" stands in another clause ("failed on the way to work", "on the way to work it failed"), or a phrase has been parted. Two that
 * have changed their places do say something else. */
static bool tells_other_news(const struct similar_print *a, const struct similar_print *b, const struct sums *s, double likeness)
{
	const bool has_turned = s->denied + s->affirmed > s->agree, one_is_over = ((a->marks ^ b->marks) & MARK_SOLVED) != 0;

	if (!has_turned && !one_is_over) return false;
	if (negations(a) != negations(b) || (has_turned && s->denied > 0 && s->affirmed > 0)) return true;
	return likeness < (one_is_over ? SAME_WORDS_SOLVED : SAME_WORDS);
}

void similar_compare(const struct similar_query *query, const struct similar_print *old, const struct similar_ticket *ticket, struct similar_match *match_r)
{
	const struct similar_print *a = &query->print;
	const struct sums s = sum_up(a, old);
	const bool is_that_day = tells_of_that_day(a, old) || tells_of_that_day(old, a);
	const double days = FEATURE_ONE * (shared_days(a, old) + is_that_day), facts = shared_facts(a, old) + (is_that_day ? FEATURE_ONE : 0);
	const unsigned both = s.flags_a & s.flags_b;

	*match_r = (struct similar_match){
		.likeness = ratio(s.shared, s.a + s.b - s.shared), .own_likeness = ratio(s.own_shared, s.own_a + s.own_b - s.own_shared),
		.cover = ratio(s.shared, s.a), .own_cover = ratio(s.own_shared, s.own_a), .back_cover = ratio(s.shared, s.b),
		.shared_own = (uint32_t)s.own_shared, .site = s.site, .codes = (uint32_t)s.codes, .new_codes = (uint32_t)s.new_codes, .events = s.events,
		.what = s.own_shared - s.named + facts, .what_cover = ratio(s.own_shared - s.named + facts - days, fmin(s.own_a - s.named_a, s.own_b - s.named_b) + facts - days),
		.incident = s.own_shared + facts, .incident_likeness = ratio(s.own_shared + facts, s.own_a + s.own_b - s.own_shared + facts),
		.incident_cover = ratio(s.own_shared + facts, fmin(s.own_a, s.own_b) + facts),
	};
	if (a->exact != 0 && a->exact == old->exact) match_r->likeness = match_r->own_likeness = match_r->cover = match_r->own_cover = match_r->back_cover = 1;
	match_r->other_news = tells_other_news(a, old, &s, match_r->likeness);
	match_r->other_thing = (both & FEATURE_THING) != 0 && names_others(query, old, FEATURE_THING);
	match_r->other_place = (both & FEATURE_PLACE) != 0 && names_others(query, old, FEATURE_PLACE);
	match_r->other_site = (both & FEATURE_SITE_NAME) != 0 && names_others(query, old, FEATURE_SITE_NAME);
	match_r->same_thing = (s.flags_a & FEATURE_THING) != 0 && names_same(a, old, FEATURE_THING);
	match_r->known_subject = knows_subject(query, old);
	count_agreeing(a, old, match_r);
	match_r->same_time = shares_time(a, old);
	match_r->tells_of_old_day = tells_of_old_day(a, old);
	match_r->agreeing += is_that_day;
	match_r->agreeing_days += is_that_day;
	match_r->own_days = has_own_day(a, old) && has_own_day(old, a);
	match_r->other_language = ((a->marks ^ old->marks) & MARKS_LANGUAGE) != 0 && a->length > 0 && old->length > 0;
	match_r->other_weekday = (both & FEATURE_WEEKDAY) != 0 && names_others(query, old, FEATURE_WEEKDAY);
	compare_numbers(a, old, ticket, match_r);
}

/* Asked for only where the verdict depends on it: it walks over all places. */
uint32_t similar_novel(const struct similar_query *query, const struct similar_print *old)
{
	return novel_weight(query, old);
}

uint32_t similar_known(const struct similar_query *query, const struct similar_print *const *olds, size_t count)
{
	uint32_t known = 0;

	for (size_t i = 0; i < query->print.feature_count; i++) {
		const struct feature *f = &query->print.features[i];
		bool is_known = is_common(f);

		for (size_t k = 0; k < count && !is_known; k++) {
			is_known = has_feature(olds[k], f->hash);
			known += is_known ? f->weight : 0;
		}
	}
	return known;
}

double similar_aligned(const struct similar_query *query, const struct similar_print *old)
{
	return aligned_share(query, old);
}
