/* similar_judge_others.c - the verdict on messages of two persons, or of one by another name: the same on another channel, or one incident that both
 * tell of. */
#include "pipeline/similar_judge_parts.h"
#include "pipeline/similar_days.h"


#define LIKE_OTHER_CHANNEL 0.42         /* with a number of the matter; */
#define LIKE_WITH_FACTS 0.30            /* ... when amounts or days agree as well */
#define LIKE_UNNAMED 0.55               /* with a number that neither says what it is: it may be a batch, unless several amounts or days agree */
#define LIKE_OTHER_PERSON 0.50          /* with an account or telephone only; */
#define LIKE_SHORTENED 0.28             /* ... when the new one only leaves words out */
#define COVER_SHORTENED 0.65
/* Of one incident: what the complaints share besides any complaint's words, as weight, as share of both, as share of the shorter. */
#define INCIDENT (7 * ONE / 2)
#define INCIDENT_LIKE 0.25
#define INCIDENT_COVER 0.46
#define INCIDENT_LEAST 0.18
#define INCIDENT_SHORT (2 * ONE)        /* of texts that say little more than it */
#define INCIDENT_SHORT_LIKE 0.30
#define INCIDENT_SOON_S 21600           /* told by two customers within so few hours */
#define INCIDENT_SOON_LIKE 0.20
#define INCIDENT_SOON_COVER 0.35        /* ... at one place */
#define WHAT_COVER 0.3                  /* of what happened, when they name one place; */
#define WHAT_COVER_OUTAGE 0.22          /* ... when both tell of what befalls many */
#define WHAT_COVER_SAME_TIME 0.15       /* ... and of one time of the day */
#define WHAT_COVER_LITTLE 0.45          /* ... when it is told in few words */
#define LATE_S INT64_C(345600)          /* days later, with no day, batch or place in common and nothing that befalls many: */
#define INCIDENT_LATE_LIKE 0.42
#define COPIED (2 * ONE)                /* enough when nearly all words are the same */
#define COPIED_LIKE 0.60
/* The same when each names numbers, amounts or days of its own. */
#define INCIDENT_BOUND (4 * ONE)
#define INCIDENT_BOUND_LIKE 0.50
#define INCIDENT_BOUND_SOON_LIKE 0.28   /* of one thing, on one day, told within hours: each has lost a sum of his own */

/* How like the words must be, by what else says that it is one matter of one person. */
static bool is_like_enough(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool has_person = m->same_person_number || p->names_old_handle || p->is_named_by_old;

	if (m->same_number) return m->likeness >= (m->named_number ? (m->agreeing > 0 ? LIKE_WITH_FACTS : LIKE_OTHER_CHANNEL) : m->agreeing > 1 ? LIKE_OTHER_CHANNEL : LIKE_UNNAMED);
	if (m->same_account && m->agreeing > 0 && m->cover >= COVER_SHORTENED) return m->likeness >= LIKE_SHORTENED;
	return has_person && (m->likeness >= LIKE_OTHER_PERSON || (m->cover >= COVERED && m->likeness >= LIKE_OTHER_CHANNEL));
}

static struct similar_finding judge_other_channel(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (p->query->print.channel == p->old->channel || p->is_public_number || !is_like_enough(p)) return nothing;
	if (m->other_number || m->other_phone || m->other_news || differs_in_facts(m) || p->age_s > p->conf->duplicate_s) return nothing;
	if (similar_novel(p->query, p->old) >= 2 * NOVEL) return nothing;
	return found(VERDICT_DUPLICATE, 78, "same-number-other-channel");
}

/* Both tell of what befalls many; whoever has cancelled something himself does not. */
static bool tells_of_many(const struct similar_pair *p)
{
	const unsigned marks = p->query->print.marks, old = p->old->marks;

	return (marks & old & MARK_MANY) != 0 && ((marks | old) & MARK_CANCELS) == 0;
}

/* Something is in common that is more than like words: a day, a batch, a place, or what befalls many. */
static bool is_about_both(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	return m->agreeing_days > 0 || m->same_batch || m->site > 0 || tells_of_many(p);
}

/* "At eight last night": one event, whatever each has lost by it. */
static bool is_of_one_moment(const struct similar_pair *p)
{
	return p->match.same_time && (p->match.agreeing_days > 0 || (p->query->print.marks & p->old->marks & MARK_TODAY) != 0);
}

/* With numbers, sums or days of their own they tell of one thing only when the day or batch is the same, when it was at one place today, or when it
 * is of a kind that befalls many: a depot loses one parcel after the other. */
static bool binds_both(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool is_there_today = m->site > 0 && (p->query->print.marks & p->old->marks & MARK_TODAY) != 0;

	const bool is_one_thing_today = m->same_thing && p->age_s <= INCIDENT_SOON_S && (p->query->print.marks & p->old->marks & MARK_TODAY) != 0;

	return m->agreeing_days > 0 || m->same_batch || is_there_today || is_one_thing_today || tells_of_many(p) || is_of_one_moment(p);
}

#define TRANSLATED_S 172800             /* told in two languages within so long; */
#define TRANSLATED (3 * ONE)            /* ... with so much in common that is the same in both */

/* Names, codes and days are the same in every language and say that it is one event; words of the lexicon say what happened. */
static bool is_told_in_another_language(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (!m->other_language || p->age_s > TRANSLATED_S || m->incident < TRANSLATED) return false;
	if (m->agreeing == 0 && m->codes < ONE / 2 && m->site < ONE && !m->same_time) return false;
	return (m->events > 0 && m->events + m->same_thing >= 2) || m->codes >= 3 * ONE / 2;
}

/* The product's name is all that they share, and the message has a number of its own. */
static bool shares_only_names(const struct similar_match *m)
{
	return m->new_number && m->what < m->incident / 3 && !m->same_batch && m->agreeing_days == 0 && m->site == 0;
}

static bool is_incident(const struct similar_pair *p, bool is_bound)
{
	const struct similar_match *m = &p->match;
	const bool is_soon = p->age_s <= INCIDENT_SOON_S, says_today = (p->query->print.marks & p->old->marks & MARK_TODAY) != 0;

	if (m->same_batch && !m->same_trip && m->other_language) return true;   /* whose words cannot be compared */
	if (m->other_language && is_told_in_another_language(p)) return true;
	if (shares_only_names(m)) return false;
	if (m->same_trip && m->shared_own < 3 * ONE / 2) return false;  /* a train has room for many troubles */
	if (p->query->print.length < SHORT_LENGTH && m->incident_likeness >= COPIED_LIKE && !is_about_both(p)) return false;   /* "cannot reset password" */
	if (p->age_s > LATE_S && !is_about_both(p) && m->incident_likeness < INCIDENT_LATE_LIKE) return false;
	if (m->site > 0 && m->what_cover < (is_soon || m->what >= INCIDENT_SHORT ? WHAT_COVER : WHAT_COVER_LITTLE)) return false;       /* the same place, and another matter */
	if (!is_bound && m->incident >= COPIED && m->likeness >= COPIED_LIKE && p->query->print.length >= SHORT_LENGTH) return true;
	if (m->what < ONE / 2) return false;
	if (is_bound && !binds_both(p)) return false;
	if (is_bound && m->same_thing && m->incident >= INCIDENT_SHORT && m->incident_cover >= COVERED) return true;
	if (is_bound && is_soon && (m->agreeing_days > 0 || says_today) && m->same_thing && m->incident >= INCIDENT_BOUND && m->incident_likeness >= INCIDENT_BOUND_SOON_LIKE && m->incident_cover >= INCIDENT_COVER) return true;
	if (is_bound) return m->incident >= INCIDENT_BOUND && m->incident_likeness >= INCIDENT_BOUND_LIKE;
	if (m->incident >= INCIDENT_SHORT && m->incident_likeness >= INCIDENT_SHORT_LIKE && m->incident_cover >= INCIDENT_COVER) return true;
	if (is_soon && m->incident >= INCIDENT_SHORT && m->incident_likeness >= INCIDENT_SOON_LIKE && m->incident_cover >= (m->site > 0 || says_today || (m->agreeing_days > 0 && !m->other_language) || m->codes >= 2 * ONE ? INCIDENT_SOON_COVER : INCIDENT_COVER)) return true;
	return m->incident >= INCIDENT && (m->incident_likeness >= INCIDENT_LIKE || (m->incident_cover >= INCIDENT_COVER && m->incident_likeness >= INCIDENT_LEAST));
}

/* Two customers who filled in one form about their own orders are no incident, unless a batch or a flight says so. */
static bool is_same_form(const struct similar_pair *p)
{
	return p->query->print.is_form && p->old->is_form && p->match.both_have_numbers && !p->match.same_batch;
}

/* An outage at one place, or a cancelled flight on one day, within hours: who tells of it tells of the same, whatever else he says. */
static bool befalls_both(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (!tells_of_many(p) || m->what < ONE / 2) return false;
	if (m->same_batch) return m->agreeing_days > 0;
	return m->site >= ONE && p->age_s <= INCIDENT_SOON_S && m->incident >= INCIDENT_SHORT && m->what_cover >= (m->same_time ? WHAT_COVER_SAME_TIME : WHAT_COVER_OUTAGE);
}

/* An order or account of his own, and amounts or days of his own: a case like the other, with nothing that happened to both. */
static bool is_case_by_case(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool has_own_number = (m->both_have_numbers && !m->same_number) || m->other_account;

	if (((tells_of_many(p) && m->agreeing_days > 0) || is_of_one_moment(p)) && !m->own_days) return false;
	if (has_own_number && (m->own_days || ((p->query->print.marks & p->old->marks) & MARK_CANCELS) != 0) && !m->same_batch) return true;
	if (has_own_number && m->other_amount && m->agreeing < 2 && !m->same_batch) return true;
	return (has_own_number && m->other_date && m->agreeing_days == 0 && !m->same_batch) || (m->other_amount && m->other_date);
}

/* The day and most of what is told in common: a train to the concert is no other thing. */
static bool happened_to_both(const struct similar_match *m)
{
	return (m->agreeing > 0 || m->site > 0) && !m->both_have_numbers && m->what >= INCIDENT && m->incident_cover >= INCIDENT_COVER;
}

/* One names days, the other says "today": no day is near. */
static bool names_other_days(const struct similar_print *a, const struct similar_print *b)
{
	bool has_days = false;

	if ((b->marks & MARK_TODAY) == 0) return false;
	for (size_t i = 0; i < b->ident_count; i++)
		if (b->idents[i].kind == IDENT_DATE) return false;
	for (size_t i = 0; i < a->ident_count; i++) {
		if (a->idents[i].kind != IDENT_DATE || a->idents[i].value % 32 == 0) continue;  /* a month's bill may come today */
		if (similar_days_between(similar_day_of_year(a->idents[i].value), similar_day_told(b->received_at)) < SIMILAR_DAYS_APART) return false;
		has_days |= !similar_is_to_come(similar_day_of_year(a->idents[i].value), a->received_at);
	}
	return has_days;
}

/* "This morning" said on two days, or on one of them with the name of another. */
static bool was_on_another_day(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;
	const bool are_of_now = (q->marks & p->old->marks & MARK_TODAY) != 0 && p->age_s < OTHER_DAY_S;         /* then other days are those of the purchases */

	if (p->match.agreeing_days > 0) return false;
	if (p->match.same_trip && p->match.other_date) return true;     /* another departure */
	if ((q->marks & p->old->marks & MARK_TODAY) != 0 && p->age_s >= OTHER_DAY_S) return true;
	return names_other_days(q, p->old) || names_other_days(p->old, q) || (!are_of_now && similar_name_days_far_apart(q, p->old, false));
}

/* A few words happen to be the same: "the kettle leaks". In a language whose words cannot be compared, names alone say nothing: it takes a word of
 * trouble, with a day, sum, time or batch. */
static bool may_be_incident(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (p->query->print.length < SHORT_LENGTH && !is_about_both(p)) return false;
	if (m->site > 0 && m->what < ONE) return false;         /* the place is all that they share */
	return !m->other_language || (m->events > 0 && (m->agreeing > 0 || m->same_time || m->same_batch));
}

/* Thresholds of the learned opinion, chosen on streams held out, see docs/likeness.md. */
#define DOUBTED_INCIDENT 0.35
#define SURE_INCIDENT 0.75
#define INCIDENT_LEAST_ASKED (3 * ONE / 2)      /* less in common is not worth a question: most of what one shared word led to */

#define RANK_LEARNED_INCIDENT 19

static struct similar_finding weigh_incident(const struct similar_pair *p, bool is_told, bool is_bound)
{
	double sure;

	if (!is_told && (p->match.incident < INCIDENT_LEAST_ASKED || !may_be_incident(p))) return nothing;
	sure = similar_opinion_ask(p->opinion, SIMILAR_ASKS_INCIDENT, p);
	if (sure < (!is_told ? SURE_INCIDENT : p->match.other_language ? 0 : DOUBTED_INCIDENT)) return with(nothing, sure);     /* rules for other languages ask for codes and sums */
	if (!is_told) return with(found(VERDICT_RELATED, RANK_LEARNED_INCIDENT, "told-like-one-incident"), sure);
	return with(found(VERDICT_RELATED, 20, is_bound ? "like-words-other-person-own-numbers" : "like-words-other-person"), sure);
}

static struct similar_finding judge_related(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool has_own_number = m->both_have_numbers && !m->same_number && m->agreeing == 0;  /* with a day in common it happened to both */
	const bool is_bound = (has_own_number || m->other_amount || m->other_date || m->other_weekday || m->other_account) && !m->same_batch;

	const bool is_elsewhere = (m->other_thing && !happened_to_both(m) && !befalls_both(p)) || m->other_place || (m->other_site && !m->other_language) || m->other_batch;
	const unsigned asks = p->query->print.marks & MARK_ASKS, old_asks = p->old->marks & MARK_ASKS;
	const bool only_asks = m->site == 0 && ((asks != old_asks && !tells_of_many(p)) || ((asks | old_asks) != 0 && m->agreeing == 0));
	const bool is_one_event = (m->agreeing_days > 0 || m->same_batch) && m->incident_cover >= NEARLY_SAME;  /* told in other clauses */
	const bool one_is_over = ((p->query->print.marks ^ p->old->marks) & (MARK_SOLVED | MARK_CONTENT | MARK_PRAISE)) != 0;        /* thanks for the money, praise of the crew, beside a complaint about it */

	if (p->age_s > p->conf->related_s || (m->other_news && !is_one_event) || is_elsewhere || only_asks || one_is_over || is_same_form(p) || is_case_by_case(p) || was_on_another_day(p)) return nothing;
	return weigh_incident(p, befalls_both(p) || is_incident(p, is_bound), is_bound);
}

struct similar_finding similar_judge_others(const struct similar_pair *p)
{
	const struct similar_finding f = judge_other_channel(p);

	return f.rank != 0 ? f : judge_related(p);
}
