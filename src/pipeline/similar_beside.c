/* similar_beside.c - sets each chosen message beside the new one: how they compare, who wrote them, how the ticket stands to the writer's others. */
#include "pipeline/similar_beside.h"

#include "base/mem.h"
#include "pipeline/similar_days.h"

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

/* ---- one beside the other, and beside the rest --------------------------------------------------------------------------------------------- */

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

static bool names_apart(const struct similar_query *query, const struct similar_print *old)
{
	for (size_t i = 0; i < query->apart_count; i++)
		for (size_t k = 0; k < old->feature_count; k++)
			if (old->features[k].hash == query->apart_from[i]) return true;
	return false;
}

/* Nothing to do with the deposit, of which the ticket is; with the weather it has nothing to do either. */
static bool is_set_apart(const struct beside *all, size_t count, int64_t ticket_id)
{
	bool is_apart = false;

	for (size_t i = 0; i < count && !is_apart; i++) is_apart = all[i].ticket.id == ticket_id && names_apart(all[i].pair.query, all[i].pair.old);
	return is_apart;
}

#define SAME_WORDS 0.80
#define NEXT_S INT64_C(604800)          /* after which the same is told of other days: the next month's bill */

static bool is_told_of_other_days(const struct beside *all, size_t count, int64_t ticket_id)
{
	for (size_t i = 0; i < count; i++) {
		const struct similar_pair *p = &all[i].pair;

		if (all[i].ticket.id == ticket_id && p->match.other_date && p->match.likeness >= SAME_WORDS && p->age_s > NEXT_S
		    && similar_name_days_far_apart(&p->query->print, p->old, p->match.same_number)) return true;
	}
	return false;
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

enum ik_rc similar_set_beside(const struct similar *similar, const struct similar_index *index, const struct similar_query *query, const struct chosen *g,
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
		all[i].pair.is_set_apart = is_set_apart(all, n, all[i].ticket.id);
		all[i].pair.is_told_of_other_days = is_told_of_other_days(all, n, all[i].ticket.id);
	}
	*count_r = n;
	return IK_OK;
}
