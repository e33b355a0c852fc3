/* resemble.c - what follows from likeness: a repeat or a continuation joins its ticket, like messages of other customers are linked and may
 * become an incident.
 *
 * Words alone never put a message into a ticket: that takes a handle that wrote in it, or the number of the matter and a mark of the person on
 * another channel. Everybody else gets a ticket of his own, at most linked. Mail threads are stronger evidence and decide first. */
#include "pipeline/ticket.h"

#include <stdio.h>
#include "base/json.h"
#include "pipeline/likeness.h"
#include "policy/alarm.h"

#define VERDICT_TEXT_MAX 4096
#define NEAREST_LIKE 0.2                /* a candidate that no rule held for is told of when it is so like; the nearest is in the evidence anyway */

static void write_candidate(const struct similar_candidate *c, struct buf *b)
{
	buf_format(b, "{\"ticket\":%lld,\"message\":%lld,\"verdict\":", (long long)c->ticket_id, (long long)c->message_id);
	json_quote(b, verdict_names[c->verdict]);
	buf_text(b, ",\"rule\":");
	json_quote(b, c->rule);
	buf_format(b, ",\"rank\":%d,\"likeness\":%.2f,\"cover\":%.2f,\"incident\":%.1f,\"same_person\":%s,\"guards\":", c->rank, c->likeness, c->cover, c->incident,
	           c->is_same_person ? "true" : "false");
	json_quote(b, c->guards);
	buf_char(b, '}');
}

static void write_verdict(const struct similar_verdict *v, struct buf *b)
{
	buf_text(b, "{\"verdict\":");
	json_quote(b, verdict_names[v->verdict]);
	buf_text(b, ",\"rule\":");
	json_quote(b, v->rule);
	buf_text(b, ",\"evidence\":");
	json_quote(b, v->evidence);
	buf_format(b, ",\"looked_at\":%zu,\"candidates\":[", v->looked_at);
	for (size_t i = 0, told = 0; i < v->shown_count; i++) {
		if (v->shown[i].rank == 0 && v->shown[i].likeness < NEAREST_LIKE) continue;
		if (told++ > 0) buf_char(b, ',');
		write_candidate(&v->shown[i], b);
	}
	buf_text(b, "]}");
}

/* ---- beside the store thread ------------------------------------------------------------------------------------------------------------------ */

void resemble(const struct pipeline_setup *setup, struct ticket *t)
{
	struct likeness_row row = {
		.received_at = t->received_at, .channel = t->account->name, .external_id = t->source_id, .sender_type = t->handle_type, .sender = t->sender,
		.conversation = t->conversation, .subject = t->draft.subject, .text = t->draft.text,
		.reply_text = t->draft.cut_rule != NULL || t->draft.text == NULL ? t->draft.reply_text : NULL,
		.is_automatic = t->draft.is_automatic || t->draft.is_bounce || t->is_automatic_author, .is_forged = t->authentication.is == AUTHENTICATION_FAIL,
	};
	struct buf text = BUF_INIT(VERDICT_TEXT_MAX);
	struct similar_message m;

	if (setup->likeness == NULL || t->unreadable != NULL || !likeness_message(&row, &m)) return;
	t->likeness = likeness_look(setup->likeness, &m, t->handle_type, t->handle);
	write_verdict(&t->likeness->early, &text);
	t->likeness->early_text = buf_take(&text);
}

/* ---- on the store thread ------------------------------------------------------------------------------------------------------------------------ */

static void link_to(struct ticket *t, const struct similar_verdict *v, int64_t ticket_id, const char *rule)
{
	t->verdict = VERDICT_RELATED;
	t->verdict_rule = rule;
	t->related_ticket = ticket_id;
	t->related_kind = "related";
	t->likeness_says = v;
}

/* The repeat is acknowledged in its own words, once a ticket. */
static enum ik_rc join(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, const struct similar_verdict *v, int64_t ticket_id, struct ik_error *err)
{
	struct store_standing standing;
	bool exists = false, is_parted = false;
	int64_t customer = 0;
	enum ik_rc rc = store_get_standing(tx, ticket_id, &exists, &standing, err);

	if (rc == IK_OK && exists) rc = store_customer_of(tx, ticket_id, &customer, err);
	if (rc == IK_OK && exists) rc = store_is_parted(tx, t->contact_id, customer, &is_parted, err);
	if (rc != IK_OK || !exists || customer == 0) return rc;         /* of nobody any more: whoever was erased begins anew */
	if (thread_is_past_reopening(setup->thread, &standing, t->received_at)) {
		link_to(t, v, ticket_id, "closed");
		return IK_OK;
	}
	if (is_parted) {
		link_to(t, v, ticket_id, "parted");
		return IK_OK;
	}
	t->verdict = v->verdict;
	t->verdict_rule = v->rule;
	t->known_ticket = ticket_id;
	t->known_message = v->message_id;
	t->likeness_says = v;
	t->reopens = standing.state == STATE_CLOSED || standing.state == STATE_RESOLVED;
	t->joined_contact = customer;
	return store_has_ack(tx, ticket_id, "duplicate", &t->has_duplicate_ack, err);
}

struct writer { const struct ticket *t; bool is; };

static void compare_writer(void *arg, const char *type, const char *value)
{
	struct writer *w = arg;

	w->is |= likeness_is_handle(w->t->handle_type, w->t->handle, type, value);
}

/* The index knows handles by a hash: who joins a ticket must be one of those who write in it, by the store's own word. */
static enum ik_rc is_writer(struct store_tx *tx, const struct ticket *t, int64_t ticket_id, bool *is_r, struct ik_error *err)
{
	struct writer w = { .t = t };
	enum ik_rc rc = t->contact_id != 0 ? store_is_participant(tx, ticket_id, t->contact_id, &w.is, err) : IK_OK;

	if (rc == IK_OK && !w.is && t->contact_id != 0) rc = store_is_joined_participant(tx, ticket_id, t->contact_id, &w.is, err);
	if (rc == IK_OK && !w.is) rc = store_each_writer(tx, ticket_id, compare_writer, &w, err);
	*is_r = w.is;
	return rc;
}

enum ik_rc heed_likeness(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	const struct similar_verdict *v;
	int64_t ticket_id = 0;
	bool is_person;
	enum ik_rc rc;

	t->likeness_says = NULL;
	t->joined_contact = 0;
	t->has_duplicate_ack = false;
	if (t->likeness == NULL) return IK_OK;
	v = likeness_check(setup->likeness, t->likeness, store_tx_batch(tx));
	if (t->verdict != VERDICT_NEW || v->verdict == VERDICT_NEW) return IK_OK;
	rc = store_ticket_of(tx, v->message_id, &ticket_id, err);       /* where it is now: an operator may have moved it */
	if (rc != IK_OK || ticket_id == 0) return rc;
	if (v->verdict == VERDICT_RELATED) {
		link_to(t, v, ticket_id, v->rule);
		return IK_OK;
	}
	is_person = v->is_same_person;
	if (is_person) rc = is_writer(tx, t, ticket_id, &is_person, err);
	if (rc != IK_OK) return rc;
	if (t->is_key_reused || !(is_person || (v->verdict == VERDICT_DUPLICATE && v->has_personal_proof))) {
		link_to(t, v, ticket_id, t->is_key_reused ? "key-reused" : "no-proof-of-person");
		return IK_OK;
	}
	return join(tx, setup, t, v, ticket_id, err);
}

/* Customers whose messages were put together are one person, and why. */
static void note_joined(void *arg, const char *type, const char *value)
{
	likeness_note_joined(arg, type, value);
}

enum ik_rc join_customers(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, struct ik_error *err)
{
	const struct similar_verdict *v = t->likeness_says;
	char evidence[96];
	enum ik_rc rc;

	if (v == NULL || t->joined_contact == 0 || t->contact_id == 0 || t->joined_contact == t->contact_id) return IK_OK;
	(void)snprintf(evidence, sizeof(evidence), "%s, likeness %.2f", v->is_same_person ? "the same handle" : "number of the matter and mark of the person", v->likeness);
	rc = store_join_persons(tx, t->contact_id, t->joined_contact, evidence, t->ticket_id, t->received_at, err);
	if (rc == IK_OK) rc = store_each_handle(tx, t->contact_id, note_joined, setup->likeness, err);
	return rc == IK_OK ? store_each_handle(tx, t->joined_contact, note_joined, setup->likeness, err) : rc;
}

static size_t add_like(const struct similar_verdict *v, int64_t own, int64_t *like, size_t count)
{
	for (size_t i = 0; i < v->related_count && count < SIMILAR_RELATED_MAX; i++) {
		bool has = v->related[i] == own;

		for (size_t k = 0; k < count; k++) has |= like[k] == v->related[i];
		if (!has) like[count++] = v->related[i];
	}
	return count;
}

static enum ik_rc tell_incident(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, struct ik_error *err)
{
	const struct incident_found *i = &t->incident;
	char key[32];
	json_t *evidence = json_pack("{s:I, s:I, s:I, s:s, s:s, s:s*}", "incident", (json_int_t)i->id, "customers", (json_int_t)i->customers, "tickets", (json_int_t)i->tickets,
	                             "category", t->class.category, "likeness", t->likeness_says->evidence,
	                             "batch", t->likeness_says->batch[0] != '\0' ? t->likeness_says->batch : NULL);
	enum ik_rc rc;

	(void)snprintf(key, sizeof(key), "incident %lld", (long long)i->id);
	rc = alarm_raise(tx, setup->alarms, ALARM_MASS, key, i->first_ticket, evidence, t->received_at, err);
	json_decref(evidence);
	return rc;
}

enum ik_rc join_incident(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	const struct similar_verdict *v = t->likeness_says;
	const struct likeness_conf *conf;
	int64_t like[SIMILAR_RELATED_MAX];
	size_t count;
	enum ik_rc rc;

	t->incident = (struct incident_found){ .id = 0 };
	if (v == NULL || t->verdict != VERDICT_RELATED || t->is_history || is_of_old(setup, t)) return IK_OK;       /* what is over is no incident of today */
	conf = likeness_conf(setup->likeness);
	count = add_like(&t->likeness->late, t->ticket_id, like, 0);
	count = add_like(&t->likeness->early, t->ticket_id, like, count);
	if (count == 0) return IK_OK;
	rc = incident_join(tx, &(struct incident_member){
		.ticket_id = t->ticket_id, .contact_id = t->contact_id, .at = t->received_at, .is_machine = t->draft.is_automatic || t->is_automatic_author,
		.is_verified = t->sender_verified || t->authentication.is == AUTHENTICATION_PASS, .like = like, .like_count = count, .window_s = conf->incident_window,
		.threshold = 2 * conf->incident_customers, .category = t->class.category, .evidence = v->evidence,
	}, &t->incident, err);
	return rc == IK_OK && t->incident.has_opened ? tell_incident(tx, setup, t, err) : rc;
}

/* ---- for explain --------------------------------------------------------------------------------------------------------------------------------- */

void resemble_write(const struct ticket *t, struct buf *b)
{
	const struct likeness_case *c = t->likeness;

	if (c == NULL) {
		buf_text(b, "null");
		return;
	}
	buf_text(b, "{\"snapshot\":");
	buf_text(b, c->early_text);
	if (c->late.rank > 0 || (c->late.shown_count > 0 && c->late.shown[0].likeness >= NEAREST_LIKE)) {
		buf_text(b, ",\"since\":");
		write_verdict(&c->late, b);
	}
	buf_format(b, ",\"not_filed_yet\":%lld,\"decided\":%s}", (long long)c->behind, t->likeness_says != NULL ? "true" : "false");
}
