/* similar.c - the engine: what it is made of, and what it remembers of a message and its ticket. */
#include "pipeline/similar_parts.h"

#include "base/mem.h"
#include "pipeline/similar_opinion.h"

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
