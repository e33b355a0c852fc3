/* similar_figures.c - the figures by name: shares of words, numbers that agree or differ, times, phrases. A figure's place in the row is its place here. */
#include "pipeline/similar_figures.h"

#include "base/mem.h"

#define WEIGHT(w) ((double)(w) / FEATURE_ONE)
#define OWN(p, value) ((p)->is_same_person ? (double)(value) : 0)
#define TONE(p, tone) OWN(p, ((p)->query->tones & (tone)) != 0)
#define RATIO(part, whole) ((double)(part) / ((double)(whole) + 1))

/* name, value; m: the match, q and o: the prints of the new and the old message, p: the pair. */
#define FIGURES(ROW) \
	ROW("likeness", m->likeness) ROW("own_likeness", m->own_likeness) ROW("cover", m->cover) ROW("own_cover", m->own_cover) ROW("back_cover", m->back_cover) \
	ROW("shared_own", WEIGHT(m->shared_own)) ROW("site", WEIGHT(m->site)) ROW("what", WEIGHT(m->what)) ROW("what_cover", m->what_cover) \
	ROW("incident", WEIGHT(m->incident)) ROW("incident_likeness", m->incident_likeness) ROW("incident_cover", m->incident_cover) \
	ROW("same_number", m->same_number) ROW("same_account", m->same_account) ROW("same_person_number", m->same_person_number) ROW("named_number", m->named_number) \
	ROW("other_number", m->other_number) ROW("other_account", m->other_account) ROW("other_phone", m->other_phone) ROW("other_amount", m->other_amount) \
	ROW("other_date", m->other_date) ROW("other_time", m->other_time) ROW("other_count", m->other_count) ROW("other_batch", m->other_batch) \
	ROW("other_thing", m->other_thing) ROW("other_place", m->other_place) ROW("other_site", m->other_site) ROW("other_weekday", m->other_weekday) \
	ROW("same_trip", m->same_trip) ROW("same_batch", m->same_batch) ROW("both_have_numbers", m->both_have_numbers) ROW("new_fact", m->new_fact) ROW("new_number", m->new_number) \
	ROW("known_subject", m->known_subject) ROW("agreeing", m->agreeing) ROW("agreeing_days", m->agreeing_days) ROW("agreeing_counts", m->agreeing_counts) \
	ROW("other_language", m->other_language) ROW("codes", WEIGHT(m->codes)) ROW("new_codes", WEIGHT(m->new_codes)) ROW("events", m->events) ROW("same_time", m->same_time) ROW("own_days", m->own_days) \
	ROW("same_thing", m->same_thing) ROW("other_news", m->other_news) \
	ROW("is_public_number", p->is_public_number) ROW("names_old_handle", p->names_old_handle) ROW("is_named_by_old", p->is_named_by_old) ROW("age", p->age_s) \
	ROW("silent", OWN(p, p->silent_s)) ROW("matters", OWN(p, p->matters)) ROW("is_of_other_thing", OWN(p, p->is_of_other_thing)) ROW("is_latest", p->is_latest) ROW("is_likest", p->is_likest) ROW("ticket_cover", p->ticket_cover) \
	ROW("is_opener", OWN(p, p->ticket->first_message == o->message_id)) \
	ROW("novel", OWN(p, WEIGHT(novel))) ROW("novel_share", OWN(p, RATIO(novel, q->own))) ROW("aligned", p->is_same_person ? similar_aligned(p->query, o) : 0) \
	ROW("own", WEIGHT(q->own)) ROW("old_own", WEIGHT(o->own)) ROW("own_ratio", RATIO(q->own, o->own)) ROW("length", q->length) ROW("old_length", o->length) \
	ROW("is_reply", q->is_reply) ROW("is_chat", q->is_chat) ROW("old_is_chat", o->is_chat) ROW("is_forward", q->is_forward) ROW("is_form", q->is_form) ROW("old_is_form", o->is_form) \
	ROW("has_subject_words", q->has_subject_words) ROW("old_has_subject_words", o->has_subject_words) ROW("same_subject", q->subject != 0 && q->subject == o->subject) \
	ROW("same_channel", q->channel == o->channel) ROW("idents", q->ident_count) ROW("old_idents", o->ident_count) \
	ROW("rarest", WEIGHT(rare.first)) ROW("second_rarest", WEIGHT(rare.second)) ROW("rare_squares", rare.squares) \
	ROW("sites", rare.sites) ROW("old_sites", rare.old_sites) ROW("things", rare.things) ROW("old_things", rare.old_things) \
	ROW("tells_of_old_day", m->tells_of_old_day) ROW("stands_apart", p->query->stands_apart) ROW("that", TONE(p, TONE_THAT)) ROW("outcome", TONE(p, TONE_OUTCOME)) ROW("you_did", TONE(p, TONE_YOU_DID)) \
	ROW("expert", TONE(p, TONE_EXPERT)) ROW("paid", TONE(p, TONE_PAID)) ROW("sent", TONE(p, TONE_SENT)) ROW("thanks", TONE(p, TONE_THANKS)) ROW("passed", TONE(p, TONE_PASSED)) \
	ROW("wants", TONE(p, TONE_WANTS)) ROW("entry", TONE(p, TONE_ENTRY))

static const char *const names[] = {
#define ROW(name, value) name,
	FIGURES(ROW)
#undef ROW
};

static const struct { unsigned mark; const char *name, *old_name; } marks[] = {
	{ MARK_CHASE, "chase", "old_chase" }, { MARK_ADDS, "adds", "old_adds" }, { MARK_OTHER, "other", "old_other" }, { MARK_SOLVED, "solved", "old_solved" },
	{ MARK_DENIES, "denies", "old_denies" }, { MARK_HAN, "han", "old_han" }, { MARK_AGAIN, "again", "old_again" }, { MARK_REFERS, "refers", "old_refers" },
	{ MARK_MANY, "many", "old_many" }, { MARK_STEP, "step", "old_step" }, { MARK_BEGINS, "begins", "old_begins" }, { MARK_ASKS, "asks", "old_asks" },
	{ MARK_WAITS, "waits", "old_waits" }, { MARK_TODAY, "today", "old_today" }, { MARK_CORRECTS, "corrects", "old_corrects" }, { MARK_TURNS, "turns", "old_turns" },
	{ MARK_PRAISE, "praise", "old_praise" }, { MARK_ENCLOSES, "encloses", "old_encloses" }, { MARK_CANCELS, "cancels", "old_cancels" },
	{ MARK_CONTENT, "content", "old_content" }, { MARK_SELF, "self", "old_self" },
};

_Static_assert(COUNT_OF(names) + 2 * COUNT_OF(marks) <= SIMILAR_FIGURES_MAX, "room for all figures");

const char *similar_figure_name(size_t which)
{
	if (which < COUNT_OF(names)) return names[which];
	which -= COUNT_OF(names);
	if (which >= 2 * COUNT_OF(marks)) return NULL;
	return which % 2 == 0 ? marks[which / 2].name : marks[which / 2].old_name;
}

/* Of the words that both have and not every complaint: the two that weigh most, and all of them, where one rare word counts more than several usual ones;
 * and how many names of places and things each has. */
struct rare { unsigned first, second, things, old_things; double squares, sites, old_sites; };

static void note_shared(struct rare *r, const struct feature *f)
{
	if ((f->flags & FEATURE_COMMON) != 0) return;
	if (f->weight > r->first) { r->second = r->first; r->first = f->weight; }
	else if (f->weight > r->second) r->second = f->weight;
	r->squares += WEIGHT(f->weight) * WEIGHT(f->weight);
}

static double named_in(const struct similar_print *print, unsigned *things)
{
	double sites = 0;

	for (size_t i = 0; i < print->feature_count; i++) {
		if ((print->features[i].flags & FEATURE_SITE) != 0) sites += WEIGHT(print->features[i].weight);
		*things += (print->features[i].flags & FEATURE_THING) != 0;
	}
	return sites;
}

static struct rare rare_of(const struct similar_print *q, const struct similar_print *o)
{
	struct rare r = { 0 };

	r.sites = named_in(q, &r.things);
	r.old_sites = named_in(o, &r.old_things);
	for (size_t i = 0, k = 0; i < q->feature_count && k < o->feature_count;) {
		if (q->features[i].hash < o->features[k].hash) i++;
		else if (q->features[i].hash > o->features[k].hash) k++;
		else {
			note_shared(&r, &q->features[i++]);
			k++;
		}
	}
	return r;
}

size_t similar_figures(const struct similar_pair *p, float figures_r[SIMILAR_FIGURES_MAX])
{
	const struct similar_match *m = &p->match;
	const struct similar_print *q = &p->query->print, *o = p->old;
	const struct rare rare = rare_of(q, o);
	const uint32_t novel = p->is_same_person ? similar_novel(p->query, o) : 0;
	size_t n = 0;

#define ROW(name, value) figures_r[n++] = (float)(value);
	FIGURES(ROW)
#undef ROW
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		figures_r[n++] = (q->marks & marks[i].mark) != 0 ? 1 : 0;
		figures_r[n++] = (o->marks & marks[i].mark) != 0 ? 1 : 0;
	}
	return n;
}
