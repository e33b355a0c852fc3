/* similar_tell.c - what a verdict tells of its reason: the figures, the differences that were seen, the nearest messages. */
#include "pipeline/similar_tell.h"

#include <stdio.h>
#include <string.h>
#include "base/mem.h"

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

void similar_show(struct similar_verdict *v, const struct similar_pair *p, const struct similar_finding *f)
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

void similar_note_related(struct similar_verdict *v, int64_t ticket_id)
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

void similar_tell(struct similar_verdict *v, const struct similar_pair *p, const struct similar_finding *f)
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

void similar_tell_nearest(struct similar_verdict *v, const struct similar_pair *p, const struct similar_finding *f, size_t count)
{
	char figures[sizeof(v->evidence)];

	similar_tell(v, p, f);
	(void)snprintf(figures, sizeof(figures), "%s", v->evidence);
	(void)snprintf(v->evidence, sizeof(v->evidence), "nearest of %zu: %.220s", count, figures);
	v->ticket_id = 0;
}
