#include "store/restore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/json.h"
#include "store/code.h"
#include "store/inside.h"
#include "store/reader.h"
#include "store/survey.h"

#define TEXTS_MAX 1000                  /* messages, handles, rows of history of one ticket */

static int64_t time_at(const json_t *object, const char *key)
{
	const char *text = json_text(object, key);
	const int64_t at = text != NULL ? clock_parse_rfc3339(text) : 0;

	return at > 0 ? at : 0;
}

static const char *channel_name(const json_t *ticket)
{
	const char *name = json_text(json_object_get(ticket, "channel"), "name");

	return name != NULL ? name : json_text(ticket, "channel");
}

/* ---- may it be -------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc check_word(const char *const *names, const char *word, const char *what, struct ik_error *err)
{
	if (word == NULL || read_name(names, word) >= 0) return IK_OK;
	return ik_fail(IK_REJECT, err, "%s: '%.40s' is none", what, word);
}

static enum ik_rc check_lists(const json_t *ticket, struct ik_error *err)
{
	static const char *const lists[] = { "messages", "history", "deliveries", "links" };
	json_t *message;
	size_t i;

	for (i = 0; i < COUNT_OF(lists); i++) {
		const json_t *list = json_object_get(ticket, lists[i]);

		if (list != NULL && !json_is_array(list)) return ik_fail(IK_REJECT, err, "%s is no list", lists[i]);
		if (json_array_size(list) > TEXTS_MAX) return ik_fail(IK_REJECT, err, "%s: more than %d", lists[i], TEXTS_MAX);
	}
	json_array_foreach(json_object_get(ticket, "messages"), i, message)
		if (!json_is_object(message) || time_at(message, "received_at") == 0) return ik_fail(IK_REJECT, err, "messages: number %zu has no received_at", i + 1);
	return IK_OK;
}

enum ik_rc restore_check(const json_t *ticket, struct ik_error *err)
{
	const char *number = json_text(ticket, "number"), *code = json_text(ticket, "code"), *channel = channel_name(ticket);
	enum ik_rc rc = IK_OK;

	if (number != NULL && number_parse(number) == 0) return ik_fail(IK_REJECT, err, "number: '%.40s' is none of ours (202611-001)", number);
	if (code != NULL && !store_code_valid(code)) return ik_fail(IK_REJECT, err, "code: '%.40s' is no tracking code", code);
	if (channel == NULL || channel[0] == '\0') return ik_fail(IK_REJECT, err, "channel: there is none");
	if (time_at(ticket, "received_at") == 0) return ik_fail(IK_REJECT, err, "received_at: there is none, or it is no time (2026-11-22T08:00:00Z)");
	rc = check_word(store_state_names, json_text(ticket, "state"), "state", err);
	if (rc == IK_OK) rc = check_word(store_ack_names, json_text(json_object_get(ticket, "ack"), "state"), "ack.state", err);
	return rc == IK_OK ? check_lists(ticket, err) : rc;
}

/* ---- is it here ----------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc find_here(struct store_tx *tx, const json_t *ticket, int64_t now_at, int64_t *ticket_id_r, struct ik_error *err)
{
	const char *code = json_text(ticket, "code");
	json_t *message;
	size_t i;
	bool known = false;
	enum ik_rc rc = IK_OK;

	*ticket_id_r = 0;
	if (code != NULL) rc = store_find_ticket(tx, code, ticket_id_r, err);
	json_array_foreach(json_object_get(ticket, "messages"), i, message) {
		const char *channel = json_text(message, "channel"), *id = json_text(message, "external_id");
		unsigned char digest[STORE_DIGEST_SIZE];
		int64_t message_id = 0;

		if (rc != IK_OK || *ticket_id_r != 0 || channel == NULL || id == NULL) continue;
		rc = key_is_known(&tx->sql, &tx->mac, channel, id, now_at, &known, err);
		if (rc == IK_OK && known) rc = store_find_key(tx, channel, id, time_at(message, "received_at"), &message_id, ticket_id_r, digest, err);
	}
	return rc;
}

/* ---- who wrote ------------------------------------------------------------------------------------------------------------------------ */

static enum ik_rc restore_handle(struct store_tx *tx, const json_t *customer, const json_t *handle, int64_t at, int64_t *contact_id, struct ik_error *err)
{
	const char *type = json_text(handle, "type"), *value = json_text(handle, "value"), *joined_by = json_text(handle, "joined_by");
	const bool is_verified = json_is_true(json_object_get(handle, "verified"));
	int64_t other = 0;
	enum ik_rc rc;

	if (type == NULL || value == NULL) return ik_fail(IK_REJECT, err, "customer: a handle without type or value");
	if (*contact_id == 0) return store_contact(tx, type, value, json_text(customer, "name"), json_text(customer, "language"), is_verified, at, contact_id, err);
	if (joined_by == NULL) return store_add_handle(tx, *contact_id, type, value, is_verified, err);
	rc = store_contact(tx, type, value, NULL, NULL, is_verified, at, &other, err);
	return rc == IK_OK ? store_join_persons(tx, *contact_id, other, joined_by, 0, at, err) : rc;
}

static enum ik_rc restore_customer(struct store_tx *tx, const json_t *ticket, int64_t at, int64_t *contact_id_r, struct ik_error *err)
{
	const json_t *customer = json_object_get(ticket, "customer");
	json_t *handle;
	size_t i;
	enum ik_rc rc = IK_OK;

	*contact_id_r = 0;
	json_array_foreach(json_object_get(customer, "handles"), i, handle)
		if (rc == IK_OK && i < TEXTS_MAX) rc = restore_handle(tx, customer, handle, at, contact_id_r, err);
	if (rc == IK_OK && *contact_id_r != 0 && json_text(customer, "tier") != NULL) rc = store_set_tier(tx, *contact_id_r, json_text(customer, "tier"), err);
	return rc;
}

/* ---- the ticket ------------------------------------------------------------------------------------------------------------------------- */

/* What the format shows of the decisions: the walk to the promise, and the place in the queue. */
static char *decisions_of(const json_t *ticket)
{
	const json_t *walk = json_object_get(json_object_get(ticket, "promise"), "walk");
	json_t *decisions = json_pack("{s:{}, s:{}, s:b}", "deadline", "routing", "restored", 1);
	char *text;

	if (json_is_array(walk)) (void)json_object_set(json_object_get(decisions, "deadline"), "walk", (json_t *)(uintptr_t)walk);
	if (json_is_integer(json_object_get(ticket, "priority"))) (void)json_object_set(json_object_get(decisions, "routing"), "priority", json_object_get(ticket, "priority"));
	text = json_dumps(decisions, JSON_COMPACT);

	json_decref(decisions);
	return text;
}

static enum store_ack ack_of(const json_t *ticket)
{
	const char *word = json_text(json_object_get(ticket, "ack"), "state");
	const enum store_ack ack = word != NULL ? (enum store_ack)read_name(store_ack_names, word) : ACK_NONE;

	return ack == ACK_PENDING ? ACK_UNCERTAIN : ack;
}

static enum ik_rc set_rest(struct store_tx *tx, const json_t *ticket, int64_t id, struct ik_error *err)
{
	const json_t *repeat = json_object_get(ticket, "repeat");
	const int64_t due = time_at(ticket, "first_response_due"), promised = time_at(json_object_get(ticket, "promise"), "due");
	const char *word = json_text(ticket, "state");
	const int64_t state = word != NULL ? read_name(store_state_names, word) : STATE_RECEIVED, ack_at = time_at(json_object_get(ticket, "ack"), "at");

	tally_total(&tx->tally, TOTAL_STATE + STATE_RECEIVED, -1);
	tally_total(&tx->tally, TOTAL_STATE + (int)state, 1);
	return sql_run(&tx->sql, "UPDATE ticket SET state = ?2, ack_at = ?3, promised_at = ?4, repeats = ?5, earlier = ?6 WHERE id = ?1",
	               SQL_ARGS(SQL_INT(id), SQL_INT(state), ack_at != 0 ? SQL_INT(ack_at) : SQL_NULL, promised != 0 && promised != due ? SQL_INT(promised) : SQL_NULL,
	                        SQL_INT(json_int(repeat, "case", 0)), SQL_INT(json_int(repeat, "customer", 0))), err);
}

static enum ik_rc restore_row(struct store_tx *tx, const json_t *ticket, int64_t month, int64_t contact_id, struct store_ticket *row, struct ik_error *err)
{
	const char *type = json_text(json_object_get(ticket, "channel"), "type"), *number = json_text(ticket, "number"), *code = json_text(ticket, "code");
	char *decisions = decisions_of(ticket);
	enum ik_rc rc;

	*row = (struct store_ticket){
		.month = month, .brand = json_text(ticket, "brand"), .channel = channel_name(ticket), .channel_type = type != NULL ? type : "import", .contact_id = contact_id,
		.subject = json_text(ticket, "subject"), .category = json_text(ticket, "category"), .severity = json_text(ticket, "severity"),
		.sentiment = json_text(ticket, "sentiment"), .department = json_text(ticket, "department"), .product = json_text(ticket, "product"),
		.order_number = json_text(ticket, "order_number"), .wanted = json_text(ticket, "wanted"), .language = json_text(json_object_get(ticket, "customer"), "language"),
		.received_at = time_at(ticket, "received_at"), .first_response_due = time_at(ticket, "first_response_due"), .handling_due = time_at(ticket, "handling_due"),
		.promise_text = json_text(json_object_get(ticket, "promise"), "text"), .decisions = decisions, .ack = ack_of(ticket),
		.ack_reason = json_text(json_object_get(ticket, "ack"), "reason"),
	};
	if (number != NULL) (void)snprintf(row->number, sizeof(row->number), "%s", number);
	if (code != NULL) (void)store_code_canonical(code, row->code);
	rc = store_put_ticket(tx, row, err);
	if (rc == IK_OK) rc = set_rest(tx, ticket, row->id, err);
	if (rc == IK_OK) rc = store_note_late(tx, LATE_TICKET, row->id, row->received_at, err);
	free(decisions);
	return rc;
}

/* ---- what hangs on it ------------------------------------------------------------------------------------------------------------------- */

/* The content is not known as its source would give it: a digest of zeros says that whatever comes under the key is the same message. */
static enum ik_rc restore_key(struct store_tx *tx, const struct store_message *m, struct ik_error *err)
{
	static const unsigned char any[STORE_DIGEST_SIZE];
	bool known = false;
	enum ik_rc rc;

	if (m->external_id == NULL || m->is_outbound) return IK_OK;
	rc = key_is_known(&tx->sql, &tx->mac, m->channel, m->external_id, m->received_at, &known, err);
	return rc == IK_OK && !known ? store_add_key(tx, m->channel, m->external_id, m->received_at, m->id, m->ticket_id, any, err) : rc;
}

/* How it may be answered, until when and how often. */
static void read_reply(const json_t *message, struct store_message *m)
{
	const json_t *reply = json_object_get(message, "reply"), *left = json_object_get(reply, "left");
	const char *word = json_text(reply, "method");
	const int64_t method = word != NULL ? read_name(store_reply_names, word) : -1;

	if (method > 0) m->reply = (enum store_reply)method;
	m->reply_until = time_at(reply, "until");
	if (json_is_integer(left)) m->replies_left = json_integer_value(left) > 0 ? json_integer_value(left) : -1;
}

static enum ik_rc restore_message(struct store_tx *tx, const json_t *message, const struct store_ticket *row, struct ik_error *err)
{
	const char *direction = json_text(message, "direction"), *channel = json_text(message, "channel");
	char *attachments = json_array_size(json_object_get(message, "attachments")) > 0 ? json_dumps(json_object_get(message, "attachments"), JSON_COMPACT) : NULL;
	struct store_message m = {
		.ticket_id = row->id, .is_outbound = direction != NULL && strcmp(direction, "out") == 0, .channel = channel != NULL ? channel : row->channel,
		.external_id = json_text(message, "external_id"), .sender = json_text(message, "sender"), .received_at = time_at(message, "received_at"),
		.sent_at = time_at(message, "sent_at"), .subject = row->subject, .text = json_text(message, "text"), .reply_text = json_text(message, "reply_text"),
		.auto_reason = json_text(message, "auto_reason"), .authenticated = json_text(message, "authenticated"), .attachments = attachments,
	};
	enum ik_rc rc;

	if (!m.is_outbound) m.contact_id = row->contact_id;
	read_reply(message, &m);
	rc = store_add_message(tx, &m, err);
	if (rc == IK_OK) rc = restore_key(tx, &m, err);
	if (rc == IK_OK) rc = store_note_late(tx, LATE_MESSAGE, m.id, m.received_at, err);
	free(attachments);
	return rc;
}

static enum ik_rc restore_delivery(struct store_tx *tx, const json_t *delivery, const struct store_ticket *row, struct ik_error *err)
{
	const char *sink = json_text(delivery, "sink"), *word = json_text(delivery, "state");
	const int64_t told = word != NULL ? read_name(duty_state_names, word) : -1, state = told < DUTY_SENT ? DUTY_UNCERTAIN : told;
	char target[64], key[64];

	if (sink == NULL) return IK_OK;
	(void)snprintf(target, sizeof(target), "sink:%s", sink);
	(void)snprintf(key, sizeof(key), "restored-%lld-%s", (long long)row->id, row->number);
	tally_total(&tx->tally, TOTAL_DUTY + DUTY_DELIVER * TALLY_DUTY_STATES + (int)state, 1);
	return sql_run(&tx->sql, "INSERT INTO duty(ticket_id, kind, state, attempts, next_at, created_at, target, event, key, last_error, remote_id)"
	               " VALUES(?, 1, ?, ?, 0, ?, ?, 'ticket.created', ?, ?, ?)",
	               SQL_ARGS(SQL_INT(row->id), SQL_INT(state), SQL_INT(json_int(delivery, "attempts", 0)), SQL_INT(row->received_at), SQL_TEXT(target), SQL_TEXT(key),
	                        SQL_TEXT(json_text(delivery, "last_error")), SQL_TEXT(json_text(delivery, "remote_id"))), err);
}

/* The first line of a history is the ticket's own row. */
static bool is_arrival(size_t place, const json_t *line)
{
	const char *event = json_text(line, "event");

	return place == 0 && event != NULL && strcmp(event, "received") == 0 && json_text(line, "detail") == NULL;
}

static enum ik_rc restore_history(struct store_tx *tx, const json_t *ticket, int64_t ticket_id, struct ik_error *err)
{
	json_t *line;
	size_t i;
	enum ik_rc rc = IK_OK;

	json_array_foreach(json_object_get(ticket, "history"), i, line) {
		if (rc != IK_OK || is_arrival(i, line) || json_text(line, "event") == NULL) continue;
		rc = store_add_history(tx, ticket_id, time_at(line, "at"), json_text(line, "event"), json_text(line, "actor"), json_text(line, "detail"), err);
	}
	return rc;
}

static enum ik_rc restore_survey(struct store_tx *tx, const json_t *survey, int64_t ticket_id, struct ik_error *err)
{
	const char *way = json_text(survey, "way");
	const int64_t level = json_int(survey, "level", 0);
	bool added = false;

	if (level < 1 || level > 5 || time_at(survey, "at") == 0) return IK_OK;
	return store_add_survey(tx, &(struct store_survey){ .ticket_id = ticket_id, .sent_at = time_at(survey, "asked_at"), .at = time_at(survey, "at"), .level = level,
	                                                    .speed = json_int(survey, "speed", 0), .attitude = json_int(survey, "attitude", 0),
	                                                    .solution = json_int(survey, "solution", 0), .thoroughness = json_int(survey, "thoroughness", 0),
	                                                    .way = way != NULL ? way : "link" }, &added, err);
}

static enum ik_rc restore_parts(struct store_tx *tx, const json_t *ticket, const struct store_ticket *row, struct ik_error *err)
{
	json_t *one;
	size_t i;
	enum ik_rc rc = IK_OK;

	json_array_foreach(json_object_get(ticket, "messages"), i, one)
		if (rc == IK_OK) rc = restore_message(tx, one, row, err);
	json_array_foreach(json_object_get(ticket, "deliveries"), i, one)
		if (rc == IK_OK) rc = restore_delivery(tx, one, row, err);
	json_array_foreach(json_object_get(ticket, "surveys"), i, one)
		if (rc == IK_OK && i < TEXTS_MAX) rc = restore_survey(tx, one, row->id, err);
	return rc == IK_OK ? restore_history(tx, ticket, row->id, err) : rc;
}

static enum ik_rc restore_new(struct store_tx *tx, const json_t *ticket, int64_t month, int64_t now_at, const char *actor, struct store_restored *done, struct ik_error *err)
{
	const char *number = json_text(ticket, "number");
	struct store_ticket row = { .id = 0 };
	int64_t contact_id = 0;
	enum ik_rc rc = restore_customer(tx, ticket, time_at(ticket, "received_at"), &contact_id, err);

	if (rc == IK_OK) rc = restore_row(tx, ticket, month, contact_id, &row, err);
	if (rc == IK_OK) rc = restore_parts(tx, ticket, &row, err);
	if (rc == IK_OK) rc = store_add_history(tx, row.id, now_at, "imported", actor, number != NULL && strcmp(number, row.number) != 0 ? number : NULL, err);
	done->ticket_id = row.id;
	memcpy(done->number, row.number, sizeof(done->number));
	return rc;
}

static enum ik_rc number_of(struct store_tx *tx, struct store_restored *done, struct ik_error *err)
{
	struct store_receipt receipt = { .promise_text = NULL };
	enum ik_rc rc = store_get_receipt(tx, done->ticket_id, &receipt, err);

	if (rc == IK_OK) memcpy(done->number, receipt.number, sizeof(done->number));
	free(receipt.promise_text);
	return rc;
}

enum ik_rc store_restore(struct store_tx *tx, const json_t *ticket, int64_t month, int64_t now_at, const char *actor, struct store_restored *restored_r, struct ik_error *err)
{
	struct store_restored done = { .ticket_id = 0 };
	enum ik_rc rc = restore_check(ticket, err);

	if (rc == IK_OK) rc = find_here(tx, ticket, now_at, &done.ticket_id, err);
	done.was_here = done.ticket_id != 0;
	if (rc == IK_OK && done.was_here) rc = number_of(tx, &done, err);
	else if (rc == IK_OK) rc = restore_new(tx, ticket, month, now_at, actor, &done, err);
	if (rc == IK_OK) *restored_r = done;
	return rc;
}
