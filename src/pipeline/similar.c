/* similar.c - the engine: gathers candidates from the index, best first, lets each be judged, and keeps what it learned.
 *
 * The work of one decision is bounded by constants: at most SIMILAR_KEYS_MAX look-ups of at most 64 ids, and SIMILAR_VERIFY_MAX comparisons. */
#include "pipeline/similar_judge.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

#define DAY_S INT64_C(86400)

const struct similar_conf similar_defaults = { .redelivery_s = 180 * DAY_S, .duplicate_s = 30 * DAY_S, .followup_s = 60 * DAY_S, .related_s = 14 * DAY_S,
                                               .chat_s = 1800, .moment_s = 600 };

enum ik_rc similar_new(const struct similar_conf *conf, struct similar **similar_r, struct ik_error *err)
{
	struct similar *s = mem_new(sizeof(*s));
	enum ik_rc rc = reply_rules_new(NULL, 0, &s->reply_rules, err);

	if (rc == IK_OK) rc = similar_opinion_new(&s->opinion, err);
	s->conf = conf != NULL ? *conf : similar_defaults;
	s->lexicon = lexicon_new();
	if (rc != IK_OK) similar_free(&s);
	else *similar_r = s;
	return rc;
}

void similar_free(struct similar **similar)
{
	if (*similar == NULL) return;
	reply_rules_free(&(*similar)->reply_rules);
	similar_opinion_free(&(*similar)->opinion);
	lexicon_free(&(*similar)->lexicon);
	mem_free(similar);
}

void *similar_sketch(struct similar *similar, size_t *size_r)
{
	*size_r = sizeof(similar->sketch);
	return &similar->sketch;
}

/* ---- candidates ----------------------------------------------------------------------------------------------------------------------------- */

#define CANDIDATE_SLOTS 2048            /* a power of two above all that the look-ups can give */
#define RING_MAX 64
#define KEPT_S (90 * DAY_S)
#define ONE_WORD_MAX 8
#define EVENT_WORDS 6                   /* so many shared words is an odd sum, or a day with a thing, worth */
#define REPEAT 1000
#define EVIDENCE 100                    /* hits of a key that is evidence in itself */

struct candidate { int64_t id; uint32_t hits; };
struct gathering {
	uint16_t places[CANDIDATE_SLOTS];       /* of ids in list, + 1; 0: free */
	struct candidate list[CANDIDATE_SLOTS / 2];
	size_t count;
};

static struct gathering *gathering_new(void)
{
	struct gathering *g = mem_grow(NULL, 1, sizeof(*g));    /* the list is filled as far as it is read */

	memset(g->places, 0, sizeof(g->places));
	g->count = 0;
	return g;
}

/* A key that is evidence in itself goes before any number of shared words. */
static uint32_t worth(enum similar_key kind)
{
	switch (kind) {
	case SIMILAR_DELIVERY: case SIMILAR_EXACT: return REPEAT;
	case SIMILAR_SENDER: case SIMILAR_NUMBER: return EVIDENCE;
	case SIMILAR_EVENT: return EVENT_WORDS;
	case SIMILAR_FEATURE: case SIMILAR_BAND: case SIMILAR_KEYS: default: return 1;
	}
}

static void note(struct gathering *g, int64_t id, uint32_t hits)
{
	size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 40) & (CANDIDATE_SLOTS - 1);

	while (g->places[at] != 0 && g->list[g->places[at] - 1].id != id) at = (at + 1) & (CANDIDATE_SLOTS - 1);
	if (g->places[at] == 0) {
		if (g->count >= COUNT_OF(g->list)) return;
		g->list[g->count++] = (struct candidate){ .id = id };
		g->places[at] = (uint16_t)g->count;
	}
	g->list[g->places[at] - 1].hits += hits;
}

static int best_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->hits != y->hits) return x->hits < y->hits ? 1 : -1;
	return (x->id < y->id) - (x->id > y->id);
}

/* What the message is filed under, and the other handles of its writer. */
static size_t look_up_keys(const struct similar_query *query, struct similar_filing keys_r[SIMILAR_KEYS_MAX])
{
	size_t count = query->key_count;

	memcpy(keys_r, query->keys, count * sizeof(keys_r[0]));
	for (size_t i = 0; i < query->alias_count && count < SIMILAR_KEYS_MAX; i++)
		if (query->aliases[i] != 0) keys_r[count++] = (struct similar_filing){ SIMILAR_SENDER, query->aliases[i] };
	return count;
}

/* Keys of words lead to other customers' messages only: the writer's own, and those with the number, have keys of their own. */
static int64_t reach_of(const struct similar_conf *conf, enum similar_key kind)
{
	switch (kind) {
	case SIMILAR_DELIVERY: return conf->redelivery_s < KEPT_S ? conf->redelivery_s : KEPT_S;
	case SIMILAR_EXACT: return conf->duplicate_s > conf->related_s ? conf->duplicate_s : conf->related_s;
	case SIMILAR_FEATURE: case SIMILAR_BAND: case SIMILAR_EVENT: return conf->related_s;
	case SIMILAR_SENDER: case SIMILAR_NUMBER: case SIMILAR_KEYS: default: return conf->followup_s > conf->duplicate_s ? conf->followup_s : conf->duplicate_s;
	}
}

struct chosen { struct candidate list[SIMILAR_VERIFY_MAX]; size_t count; };

/* Best first. Of those that only one word led to, the newest few will do: what is like enough to count shares more of its rarest words.
 * Ends the gathering: its places hold no more. */
static void choose(struct gathering *g, size_t most, struct chosen *chosen_r)
{
	size_t count = 0;

	qsort(g->list, g->count, sizeof(g->list[0]), best_first);
	while (count < g->count && g->list[count].hits > 1) count++;
	count = count + ONE_WORD_MAX < g->count ? count + ONE_WORD_MAX : g->count;
	chosen_r->count = count < most ? count : most;
	memcpy(chosen_r->list, g->list, chosen_r->count * sizeof(g->list[0]));
}

/* As they were found, while the gathering goes on. */
static void choose_first(const struct gathering *g, size_t most, struct chosen *chosen_r)
{
	chosen_r->count = g->count < most ? g->count : most;
	memcpy(chosen_r->list, g->list, chosen_r->count * sizeof(g->list[0]));
}

static bool tells_repeat(enum similar_key kind)
{
	return kind == SIMILAR_DELIVERY || kind == SIMILAR_EXACT;
}

/* Under the keys that tell a repeat by themselves, or under all others. */
static enum ik_rc gather(const struct similar_conf *conf, const struct similar_index *index, const struct similar_query *query, bool repeats, struct gathering *g, struct ik_error *err)
{
	const struct similar_print *print = &query->print;
	struct similar_filing keys[SIMILAR_KEYS_MAX];
	const size_t key_count = look_up_keys(query, keys);

	for (size_t i = 0; i < key_count; i++) {
		int64_t ids[RING_MAX];
		size_t count = 0;
		enum ik_rc rc;

		if (tells_repeat(keys[i].kind) != repeats) continue;
		rc = index->find(index->self, keys[i].kind, keys[i].key, print->received_at - reach_of(conf, keys[i].kind), print->received_at, ids, similar_key_keeps[keys[i].kind], &count, err);
		if (rc != IK_OK) return rc;
		for (size_t k = 0; k < count; k++)
			if (ids[k] != print->message_id) note(g, ids[k], worth(keys[i].kind));
	}
	return IK_OK;
}

/* ---- numbers that several persons name: a hotline, a notice, a parcel's station ---------------------------------------------------------------- */

#define PUBLIC_SENDERS 3

struct public { uint32_t value, senders[PUBLIC_SENDERS]; size_t count; };
struct publics { struct public numbers[SIMILAR_IDENTS_MAX]; size_t count; };

static void note_namer(struct publics *publics, uint32_t value, uint32_t sender)
{
	struct public *p = publics->numbers, *end = p + publics->count;

	while (p < end && p->value != value) p++;
	if (p == end) {
		if (publics->count >= SIMILAR_IDENTS_MAX) return;
		*p = (struct public){ .value = value };
		publics->count++;
	}
	for (size_t i = 0; i < p->count; i++)
		if (p->senders[i] == sender) return;
	if (p->count < PUBLIC_SENDERS) p->senders[p->count++] = sender;
}

static void note_namers(struct publics *publics, const struct similar_print *query, const struct similar_print *old)
{
	for (size_t i = 0; i < query->ident_count; i++)
		for (size_t k = 0; k < old->ident_count; k++)
			if (query->idents[i].value == old->idents[k].value && (ident_is_matter((enum ident_kind)query->idents[i].kind) || ident_is_person((enum ident_kind)query->idents[i].kind)))
				note_namer(publics, query->idents[i].value, old->sender);
}

static bool is_public(const struct publics *publics, uint32_t value)
{
	for (size_t i = 0; i < publics->count; i++)
		if (publics->numbers[i].value == value) return publics->numbers[i].count >= PUBLIC_SENDERS;
	return false;
}

/* ---- deciding ------------------------------------------------------------------------------------------------------------------------------------- */

static bool wrote_in(uint32_t sender, const struct similar_print *old, const struct similar_ticket *ticket)
{
	if (sender == 0) return false;
	if (sender == old->sender) return true;
	for (size_t i = 0; i < ticket->sender_count; i++)
		if (ticket->senders[i] == sender) return true;
	return false;
}

static bool is_same_person(const struct similar_query *query, const struct similar_print *old, const struct similar_ticket *ticket)
{
	bool is_same = wrote_in(query->print.sender, old, ticket);

	for (size_t i = 0; i < query->alias_count && !is_same; i++) is_same = wrote_in(query->aliases[i], old, ticket);
	return is_same;
}

static bool names_handle(const struct similar_print *p, uint32_t sender)
{
	for (size_t i = 0; i < p->ident_count && sender != 0; i++)
		if (p->idents[i].value == sender && ident_is_person((enum ident_kind)p->idents[i].kind)) return true;
	return false;
}

/* The differences that stand against taking two messages for one. */
static void tell_guards(const struct similar_match *m, char *text_r, size_t size)
{
	const struct { bool is; const char *name; } guards[] = {
		{ m->other_number, "other number" }, { m->other_account, "other account" }, { m->other_phone, "other phone" }, { m->other_amount, "other amount" },
		{ m->other_date, "other day" }, { m->other_batch, "other batch" }, { m->other_thing, "other thing" }, { m->other_place, "other place" },
		{ m->other_site, "other site" }, { m->other_weekday, "other weekday" }, { m->other_news, "other news" },
	};
	size_t at = 0;

	text_r[0] = '\0';
	for (size_t i = 0; i < COUNT_OF(guards); i++) {
		const int n = guards[i].is && at < size ? snprintf(text_r + at, size - at, "%s%s", at > 0 ? ", " : "", guards[i].name) : 0;

		if (n > 0) at += (size_t)n;
	}
}

static bool goes_before(const struct similar_candidate *a, const struct similar_candidate *b)
{
	return a->rank != b->rank ? a->rank > b->rank : a->likeness > b->likeness;
}

static void show(struct similar_verdict *v, const struct similar_pair *p, const struct similar_finding *f)
{
	struct similar_candidate c = { .message_id = p->old->message_id, .ticket_id = p->ticket->id, .verdict = f->verdict, .rule = f->rule, .rank = f->rank,
	                               .likeness = p->match.likeness, .cover = p->match.cover, .incident = p->match.incident / FEATURE_ONE, .is_same_person = p->is_same_person };
	size_t at = v->shown_count;

	while (at > 0 && goes_before(&c, &v->shown[at - 1])) at--;
	if (at >= SIMILAR_SHOWN) return;
	if (v->shown_count < SIMILAR_SHOWN) v->shown_count++;
	memmove(&v->shown[at + 1], &v->shown[at], (v->shown_count - at - 1) * sizeof(v->shown[0]));
	tell_guards(&p->match, c.guards, sizeof(c.guards));
	v->shown[at] = c;
}

static void note_related(struct similar_verdict *v, int64_t ticket_id)
{
	for (size_t i = 0; i < v->related_count; i++)
		if (v->related[i] == ticket_id) return;
	if (v->related_count < SIMILAR_RELATED_MAX) v->related[v->related_count++] = ticket_id;
}

/* As the new message writes it. */
static const char *batch_of(const struct similar_pair *p)
{
	for (size_t i = 0; i < p->query->batch_count; i++)
		if (p->match.same_batch && p->query->batches[i].value == p->match.batch) return p->query->batches[i].text;
	return "";
}

static void tell(struct similar_verdict *v, const struct similar_pair *p, const struct similar_finding *f)
{
	const struct similar_match *m = &p->match;
	char opinion[24] = "";

	if (f->sure >= 0) (void)snprintf(opinion, sizeof(opinion), "; opinion %.2f", f->sure);
	v->verdict = f->verdict;
	v->ticket_id = p->ticket->id;
	v->message_id = p->old->message_id;
	v->rule = f->rule;
	v->likeness = m->likeness;
	v->cover = m->cover;
	v->is_same_person = p->is_same_person;
	v->has_personal_proof = p->names_old_handle;
	(void)snprintf(v->batch, sizeof(v->batch), "%s", batch_of(p));
	(void)snprintf(v->evidence, sizeof(v->evidence), "%s; likeness %.2f, own %.2f, covered %.2f, incident %.1f/%.2f/%.2f; %lld s apart%s%s%s%s%s%s%s%s%s%s",
	               p->is_same_person ? "same person" : "another person", m->likeness, m->own_likeness, m->cover, m->incident / FEATURE_ONE, m->incident_likeness,
	               m->incident_cover, (long long)p->age_s, opinion, v->batch[0] != '\0' ? "; same batch " : "", v->batch,
	               m->same_number ? "; same number" : m->same_person_number ? "; same account or phone" : "", m->other_number ? "; other number" : "",
	               m->other_amount ? "; other amount" : "", m->other_date ? "; other day" : "", m->other_thing ? "; other thing" : "",
	               m->other_place ? "; other place" : "", m->other_news ? "; other news" : "");
}

/* Why it is new: the nearest of what was looked at, and what stood against it. */
static void tell_nearest(struct similar_verdict *v, const struct similar_pair *p, const struct similar_finding *f, size_t count)
{
	char figures[sizeof(v->evidence)];

	tell(v, p, f);
	(void)snprintf(figures, sizeof(figures), "%s", v->evidence);
	(void)snprintf(v->evidence, sizeof(v->evidence), "nearest of %zu: %.220s", count, figures);
	v->ticket_id = 0;
}

#define CERTAIN_RANK 90                 /* of what needs no look at other messages: redelivery, the same words */

struct decision { struct similar_finding best; struct similar_pair pair; };

#define A_WORD (3 * FEATURE_ONE / 8)    /* weight of a short one */
#define SURER 0.15                      /* by so much the learned opinion thinks one of two matters likelier */

/* Of two matters that it may go on with: the one of which it has a word, else the latest. */
static bool is_likelier_meant(const struct similar_pair *a, const struct similar_pair *b)
{
	if (a->match.shared_own >= b->match.shared_own + A_WORD) return true;
	if (b->match.shared_own >= a->match.shared_own + A_WORD) return false;
	return a->silent_s < b->silent_s;
}

static bool is_better(const struct decision *d, const struct similar_finding *f, const struct similar_pair *p)
{
	if (f->rank != d->best.rank) return f->rank > d->best.rank;
	if (f->rank == 0) return false;
	if (f->verdict == VERDICT_RELATED) return p->old->received_at < d->pair.old->received_at;      /* who told of it first */
	if (f->rank <= 50 && fabs(f->sure - d->best.sure) >= SURER) return f->sure > d->best.sure;
	if (f->rank <= 50 && f->verdict == VERDICT_FOLLOWUP) return is_likelier_meant(p, &d->pair);
	return p->match.likeness > d->pair.match.likeness;
}

/* The list keeps step with the prints. An index may give older ones than it was asked for; only a repeat may be as old as that. */
static enum ik_rc load_all(const struct similar_conf *conf, const struct similar_index *index, const struct similar_query *query, struct chosen *g, struct similar_print *prints,
                           size_t *count_r, struct ik_error *err)
{
	const int64_t since_at = query->print.received_at - reach_of(conf, SIMILAR_SENDER);
	size_t n = 0;

	for (size_t i = 0; i < g->count; i++) {
		const enum ik_rc rc = index->load(index->self, g->list[i].id, &prints[n], err);

		if (rc != IK_OK && rc != IK_REJECT) return rc;
		if (rc == IK_OK && (prints[n].received_at >= since_at || g->list[i].hits >= REPEAT)) g->list[n++] = g->list[i];         /* IK_REJECT: gone meanwhile */
	}
	*count_r = n;
	return IK_OK;
}

/* The rest of a ticket matters only where writer or number led to it; of a message with like words the message itself will do. */
static enum ik_rc ticket_of(const struct similar_index *index, const struct similar_print *print, bool is_evidence, struct similar_ticket *ticket, struct ik_error *err)
{
	if (is_evidence) return index->load_ticket(index->self, print->ticket_id, ticket, err);
	*ticket = (struct similar_ticket){ .id = print->ticket_id, .first_message = print->message_id };
	similar_join(ticket, print);
	return IK_OK;
}

/* Writer or number led to this message, or to another one of its ticket. */
static bool has_evidence(const struct chosen *g, const struct similar_print *prints, size_t count, size_t which)
{
	for (size_t i = 0; i < count && g->list[i].hits >= EVIDENCE; i++)      /* they stand first */
		if (prints[i].ticket_id == prints[which].ticket_id) return true;
	return false;
}

/* Tickets in which the writer himself wrote. */
static size_t count_matters(const struct similar_query *query, const struct similar_print *prints, size_t count)
{
	size_t matters = 0;

	for (size_t i = 0; i < count; i++) {
		bool is_known = query->print.sender == 0 || prints[i].sender != query->print.sender;

		for (size_t k = 0; k < i && !is_known; k++) is_known = prints[k].sender == query->print.sender && prints[k].ticket_id == prints[i].ticket_id;
		matters += !is_known;
	}
	return matters;
}

/* A line that names no thing itself may stand in a ticket about another one than the message is about. */
static bool is_of_other_thing(const struct chosen *g, const struct similar_query *query, const struct similar_print *prints, size_t count, int64_t ticket_id)
{
	bool is_other = false;

	for (size_t i = 0; i < count && g->list[i].hits >= EVIDENCE; i++) {
		const enum similar_thing thing = prints[i].ticket_id == ticket_id ? similar_thing(query, &prints[i]) : SIMILAR_NO_THING;

		if (thing == SIMILAR_SAME_THING) return false;
		is_other |= thing == SIMILAR_OTHER_THING;
	}
	return is_other;
}

/* One earlier message beside the new one, and what is known of its ticket. */
struct beside { struct similar_pair pair; struct similar_ticket ticket; };

/* How the writer's own tickets stand to each other. */
static void rank_tickets(struct beside *all, size_t count)
{
	uint32_t most = 0;
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < count; i++) {
		if (!all[i].pair.is_same_person) continue;
		if (all[i].pair.match.shared_own > most) most = all[i].pair.match.shared_own;
		if (all[i].pair.silent_s < least) least = all[i].pair.silent_s;
	}
	for (size_t i = 0; i < count; i++) {
		struct similar_pair *p = &all[i].pair;

		p->is_latest = p->is_same_person && p->silent_s == least;
		for (size_t k = 0; k < count && p->is_same_person && most > 0; k++) p->is_likest |= all[k].ticket.id == p->ticket->id && all[k].pair.match.shared_own == most && all[k].pair.is_same_person;
	}
}

/* Once a ticket: its messages that were looked at before have it. */
static double cover_of_ticket(const struct beside *all, size_t count, size_t which)
{
	const struct similar_query *query = all[which].pair.query;
	const struct similar_print *olds[SIMILAR_VERIFY_MAX];
	size_t n = 0;

	for (size_t i = 0; i < which; i++)
		if (all[i].ticket.id == all[which].ticket.id && all[i].pair.is_same_person) return all[i].pair.ticket_cover;

	for (size_t i = 0; i < count && n < COUNT_OF(olds); i++)
		if (all[i].ticket.id == all[which].ticket.id) olds[n++] = all[i].pair.old;
	return query->print.own > 0 ? (double)similar_known(query, olds, n) / query->print.own : 0;
}

/* A day that no message of the ticket names, beside days that some do: the same words once more, without a day, stand there for the same day. */
static bool is_of_other_day(const struct beside *all, size_t count, int64_t ticket_id)
{
	bool is_other = false;

	for (size_t i = 0; i < count; i++) {
		if (all[i].ticket.id != ticket_id) continue;
		if (all[i].pair.match.agreeing_days > 0) return false;
		is_other |= all[i].pair.match.other_date;
	}
	return is_other;
}

static void put_beside(const struct similar *similar, const struct similar_query *query, const struct similar_print *old, struct beside *b)
{
	b->pair = (struct similar_pair){ .conf = &similar->conf, .opinion = similar->opinion, .query = query, .old = old, .ticket = &b->ticket };
	similar_compare(query, old, &b->ticket, &b->pair.match);
	similar_pair_times(&b->pair);
	b->pair.is_same_person = is_same_person(query, old, &b->ticket);
	b->pair.names_old_handle = names_handle(&query->print, old->sender);
	b->pair.is_named_by_old = names_handle(old, query->print.sender);
}

/* What is found before any verdict, as verdicts on one ask for how the others stand. all: count items; fewer when a ticket has gone meanwhile. */
static enum ik_rc set_beside(const struct similar *similar, const struct similar_index *index, const struct similar_query *query, const struct chosen *g,
                             const struct similar_print *prints, size_t count, struct beside *all, size_t *count_r, struct ik_error *err)
{
	struct publics publics = { .count = 0 };
	const size_t matters = count_matters(query, prints, count);
	size_t n = 0;

	for (size_t i = 0; i < count; i++) note_namers(&publics, &query->print, &prints[i]);
	for (size_t i = 0; i < count; i++) {
		const enum ik_rc rc = ticket_of(index, &prints[i], has_evidence(g, prints, count, i), &all[n].ticket, err);

		if (rc == IK_REJECT) continue;
		if (rc != IK_OK) return rc;
		put_beside(similar, query, &prints[i], &all[n]);
		all[n].pair.matters = matters;
		all[n].pair.is_of_other_thing = all[n].pair.is_same_person && is_of_other_thing(g, query, prints, count, all[n].ticket.id);
		all[n].pair.is_public_number = is_public(&publics, all[n].pair.match.number);
		n++;
	}
	rank_tickets(all, n);
	for (size_t i = 0; i < n; i++) {
		if (!all[i].pair.is_same_person) continue;
		all[i].pair.ticket_cover = cover_of_ticket(all, n, i);
		all[i].pair.match.other_date |= is_of_other_day(all, n, all[i].ticket.id);
	}
	*count_r = n;
	return IK_OK;
}

static void judge_all(const struct beside *all, size_t count, struct similar_verdict *verdict_r)
{
	struct decision d = { .best = { .verdict = VERDICT_NEW, .rule = "no-match" } };
	double nearest = 0;

	for (size_t i = 0; i < count; i++) {
		const struct similar_pair *p = &all[i].pair;
		const struct similar_finding f = similar_judge(p);

		show(verdict_r, p, &f);
		if (f.verdict == VERDICT_RELATED) note_related(verdict_r, p->ticket->id);
		if (d.best.rank == 0 && f.rank == 0 && p->match.incident >= nearest) {
			nearest = p->match.incident;
			tell_nearest(verdict_r, p, &f, count);
		}
		if (!is_better(&d, &f, p)) continue;
		d = (struct decision){ f, *p };
		tell(verdict_r, p, &f);
		verdict_r->rank = f.rank;
	}
}

static enum ik_rc decide_by(const struct similar *similar, const struct similar_index *index, const struct similar_query *query, struct chosen *chosen,
                            struct similar_verdict *verdict_r, struct ik_error *err)
{
	struct similar_print *prints = NULL;
	struct beside *all = NULL;
	size_t count = 0;
	enum ik_rc rc = IK_OK;

	*verdict_r = (struct similar_verdict){ .verdict = VERDICT_NEW, .rule = "no-match", .looked_at = chosen->count };
	(void)snprintf(verdict_r->evidence, sizeof(verdict_r->evidence), "%zu earlier messages looked at", chosen->count);
	if (chosen->count == 0) return IK_OK;
	prints = mem_grow(NULL, chosen->count, sizeof(*prints));
	rc = load_all(&similar->conf, index, query, chosen, prints, &count, err);
	all = mem_grow(NULL, count + 1, sizeof(*all));
	if (rc == IK_OK) rc = set_beside(similar, index, query, chosen, prints, count, all, &count, err);
	if (rc == IK_OK) judge_all(all, count, verdict_r);
	free(all);
	free(prints);
	return rc;
}

static bool is_certain(const struct similar_verdict *v)
{
	return v->verdict == VERDICT_DUPLICATE && v->is_same_person && v->rank >= CERTAIN_RANK;
}

/* The commonest repeat is told by its delivery key or its very words, and nothing that like words lead to could change that. */
enum ik_rc similar_decide_among(const struct similar *similar, const struct similar_index *index, const struct similar_query *query, size_t most,
                                struct similar_verdict *verdict_r, struct ik_error *err)
{
	struct gathering *g = gathering_new();
	struct chosen chosen = { .count = 0 };
	enum ik_rc rc = gather(&similar->conf, index, query, true, g, err);

	if (most > SIMILAR_VERIFY_MAX) most = SIMILAR_VERIFY_MAX;
	*verdict_r = (struct similar_verdict){ .verdict = VERDICT_NEW };
	if (rc == IK_OK && g->count > 0) {
		choose_first(g, most, &chosen);
		rc = decide_by(similar, index, query, &chosen, verdict_r, err);
	}
	if (rc == IK_OK && !is_certain(verdict_r)) {
		rc = gather(&similar->conf, index, query, false, g, err);
		if (rc == IK_OK) {
			choose(g, most, &chosen);
			rc = decide_by(similar, index, query, &chosen, verdict_r, err);
		}
	}
	free(g);
	return rc;
}

enum ik_rc similar_decide(const struct similar *similar, const struct similar_index *index, const struct similar_query *query,
                          struct similar_verdict *verdict_r, struct ik_error *err)
{
	return similar_decide_among(similar, index, query, SIMILAR_VERIFY_MAX, verdict_r, err);
}

const struct similar_verdict *similar_better(const struct similar_verdict *a, const struct similar_verdict *b)
{
	if (a->rank != b->rank) return a->rank > b->rank ? a : b;
	return b->likeness > a->likeness ? b : a;
}

/* ---- remembering ------------------------------------------------------------------------------------------------------------------------------------ */

void similar_join(struct similar_ticket *t, const struct similar_print *p)
{
	bool is_known = p->sender == 0;

	if (p->received_at > t->last_at) t->last_at = p->received_at;
	for (size_t i = 0; i < t->sender_count; i++) is_known |= t->senders[i] == p->sender;
	if (!is_known && t->sender_count < SIMILAR_TICKET_SENDERS) t->senders[t->sender_count++] = p->sender;
	for (size_t i = 0; i < p->ident_count; i++) {
		bool has = !ident_is_matter((enum ident_kind)p->idents[i].kind);

		for (size_t k = 0; k < t->number_count && !has; k++) has = t->numbers[k].value == p->idents[i].value;
		if (!has && t->number_count < SIMILAR_TICKET_NUMBERS) t->numbers[t->number_count++] = p->idents[i];
	}
}

enum ik_rc similar_remember(struct similar *similar, const struct similar_index *index, const struct similar_print *print, struct ik_error *err)
{
	struct similar_ticket ticket = { 0 };
	enum ik_rc rc = index->load_ticket(index->self, print->ticket_id, &ticket, err);
	const bool is_first = rc == IK_REJECT;

	if (rc != IK_OK && !is_first) return rc;
	if (is_first) ticket = (struct similar_ticket){ .id = print->ticket_id, .first_message = print->message_id, .last_at = print->received_at };
	similar_join(&ticket, print);
	rc = index->save(index->self, print, &ticket, err);
	if (rc != IK_OK || !is_first) return rc;        /* repeats say nothing about how rare words are */
	sketch_message(&similar->sketch);
	for (size_t i = 0; i < print->feature_count; i++) sketch_add(&similar->sketch, print->features[i].hash);
	return IK_OK;
}
