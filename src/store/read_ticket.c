/* read_ticket.c - a ticket in the one ticket format, put together from its rows. Every key is there; null where nothing is known. */
#include "store/reader.h"

#include <string.h>
#include "base/json.h"
#include "store/code.h"

#define FORMAT_VERSION 1
#define MESSAGES_MAX 1000               /* the newest of a ticket */

static void set_new(json_t *object, const char *key, json_t *value)
{
	(void)json_object_set_new(object, key, value != NULL ? value : json_null());
}

static void set_column(json_t *object, const char *key, const struct sql_rows *rows, int column)
{
	json_set_text(object, key, sql_text_at(rows, column));
}

static void set_time(json_t *object, const char *key, const struct sql_rows *rows, int column)
{
	json_set_time(object, key, sql_int_at(rows, column));
}

static const char *name_at(const char *const *names, int64_t index)
{
	for (int64_t i = 0; names[i] != NULL; i++)
		if (i == index) return names[i];
	return NULL;
}

/* JSON that the pipeline wrote; NULL when there is none. */
static json_t *parsed(const char *text)
{
	json_t *value = NULL;

	if (text == NULL || json_parse(text, strlen(text), &value, NULL) != IK_OK) return NULL;
	return value;
}

/* One array from one query whose only value is an id; row() makes an element. */
static enum ik_rc read_array(struct store_reader *r, const char *text, int64_t id, json_t *(*row)(const struct sql_rows *), json_t *array, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, text, SQL_ARGS(SQL_INT(id)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) (void)json_array_append_new(array, row(&rows));
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

/* ---- elements ---- */

static json_t *handle_row(const struct sql_rows *rows)
{
	json_t *handle = json_object();

	set_column(handle, "type", rows, 0);
	set_column(handle, "value", rows, 1);
	set_new(handle, "verified", json_boolean(sql_int_at(rows, 2) != 0));
	if (sql_text_at(rows, 3) != NULL) set_column(handle, "joined_by", rows, 3);
	return handle;
}

static json_t *link_row(const struct sql_rows *rows)
{
	json_t *link = json_object();
	char number[STORE_NUMBER_SIZE];

	set_column(link, "kind", rows, 0);
	json_set_text(link, "number", number_text(sql_int_at(rows, 1), number));
	return link;
}

static json_t *history_row(const struct sql_rows *rows)
{
	json_t *line = json_object();

	set_time(line, "at", rows, 0);
	set_column(line, "event", rows, 1);
	set_column(line, "actor", rows, 2);
	set_column(line, "detail", rows, 3);
	return line;
}

static json_t *delivery_row(const struct sql_rows *rows)
{
	json_t *delivery = json_object();
	const char *target = sql_text_at(rows, 0);

	json_set_text(delivery, "sink", target != NULL && strncmp(target, "sink:", 5) == 0 ? target + 5 : target);
	json_set_text(delivery, "state", name_at(duty_state_names, sql_int_at(rows, 1)));
	set_column(delivery, "remote_id", rows, 2);
	set_new(delivery, "attempts", json_integer(sql_int_at(rows, 3)));
	set_column(delivery, "last_error", rows, 4);
	return delivery;
}

static json_t *survey_row(const struct sql_rows *rows)
{
	static const char *const levels[] = { "level", "speed", "attitude", "solution", "thoroughness" };
	json_t *survey = json_object();

	set_time(survey, "asked_at", rows, 0);
	set_time(survey, "at", rows, 1);
	set_column(survey, "way", rows, 2);
	for (int i = 0; i < 5; i++) set_new(survey, levels[i], sql_int_at(rows, 3 + i) != 0 ? json_integer(sql_int_at(rows, 3 + i)) : json_null());
	return survey;
}

/* What the pipeline noted of attachments, cut down to the keys of the format. */
static json_t *attachments_of(const char *text, int64_t message_id)
{
	static const char *const keys[] = { "name", "content_type", "size", "sha256" };
	json_t *noted = parsed(text), *out = json_array(), *one;
	size_t i;

	json_array_foreach(noted, i, one) {
		json_t *attachment = json_object();
		json_t *id = json_object_get(one, "id");

		set_new(attachment, "id", id != NULL ? json_incref(id) : json_sprintf("%lld-%zu", (long long)message_id, i));
		for (size_t k = 0; k < COUNT_OF(keys); k++) set_new(attachment, keys[k], json_incref(json_object_get(one, keys[k])));
		(void)json_array_append_new(out, attachment);
	}
	json_decref(noted);
	return out;
}

/* How, until when and how often it can be answered; null where there is no limit. */
static json_t *reply_of(const struct sql_rows *rows, int first)
{
	json_t *reply = json_object();

	json_set_text(reply, "method", name_at(store_reply_names, sql_int_at(rows, first)));
	set_time(reply, "until", rows, first + 1);
	set_new(reply, "left", sqlite3_column_type(rows->stmt, first + 2) == SQLITE_INTEGER ? json_integer(sql_int_at(rows, first + 2)) : json_null());
	return reply;
}

static json_t *message_row(const struct sql_rows *rows)
{
	json_t *message = json_object();

	set_new(message, "id", json_integer(sql_int_at(rows, 0)));
	json_set_text(message, "direction", sql_int_at(rows, 1) != 0 ? "out" : "in");
	set_column(message, "channel", rows, 2);
	set_column(message, "external_id", rows, 3);
	set_time(message, "received_at", rows, 4);
	set_time(message, "sent_at", rows, 5);
	set_column(message, "sender", rows, 6);
	set_column(message, "text", rows, 7);
	set_column(message, "reply_text", rows, 8);
	set_new(message, "attachments", attachments_of(sql_text_at(rows, 9), sql_int_at(rows, 0)));
	set_column(message, "authenticated", rows, 10);
	set_column(message, "auto_reason", rows, 11);
	set_new(message, "reply", sql_int_at(rows, 1) != 0 ? json_null() : reply_of(rows, 12));
	return message;
}

/* ---- the ticket's own row ---- */

static json_t *promise_of(const struct sql_rows *rows, int due, int text, json_t *chain)
{
	json_t *promise = json_object();
	json_t *walk = chain != NULL ? json_path(chain, "deadline_now.walk") : NULL;        /* of a date that came earlier since */

	if (walk == NULL && chain != NULL) walk = json_path(chain, "deadline.walk");
	set_time(promise, "due", rows, due);
	set_column(promise, "text", rows, text);
	set_new(promise, "walk", json_is_array(walk) ? json_incref(walk) : json_array());
	return promise;
}

static json_t *ack_of(const struct sql_rows *rows, int state, int reason, int at)
{
	json_t *ack = json_object();

	json_set_text(ack, "state", name_at(store_ack_names, sql_int_at(rows, state)));
	set_column(ack, "reason", rows, reason);
	set_time(ack, "at", rows, at);
	return ack;
}

static json_t *channel_of(const struct sql_rows *rows, int name, int type)
{
	json_t *channel = json_object();

	set_column(channel, "name", rows, name);
	set_column(channel, "type", rows, type);
	return channel;
}

/* Its place in the queue, 1 (first) to 4; null for a ticket that was not decided, such as one that was imported. */
static json_t *priority_of(json_t *chain)
{
	json_t *place = chain != NULL ? json_path(chain, "routing.priority") : NULL;

	return json_is_integer(place) ? json_incref(place) : json_null();
}

static json_t *customer_of(const struct sql_rows *rows, int first)
{
	json_t *customer = json_object();
	const bool is_known = sqlite3_column_type(rows->stmt, first) == SQLITE_INTEGER;

	set_new(customer, "id", is_known ? json_integer(sql_int_at(rows, first)) : json_null());
	set_column(customer, "name", rows, first + 1);
	set_column(customer, "language", rows, first + 2);
	set_column(customer, "tier", rows, first + 3);
	set_new(customer, "handles", json_array());
	return customer;
}

static const char ticket_text[] =
	"SELECT t.number, t.code, t.state, t.ack, t.ack_reason, t.ack_at, t.received_at, t.first_response_due, t.handling_due,"        /* 0-8 */
	" t.brand, t.channel, t.channel_type, t.subject, t.category, t.severity, t.sentiment, t.department, t.product,"               /* 9-17 */
	" t.order_number, t.wanted, t.promise_text, t.decisions, t.contact_id, c.name, c.language, c.tier,"                           /* 18-25 */
	" coalesce(t.promised_at, t.first_response_due), t.repeats, t.earlier"                                                        /* 26-28 */
	" FROM ticket t LEFT JOIN contact c ON c.id = t.contact_id WHERE t.id = ?";

static const struct { const char *key; int column; } ticket_texts[] = {
	{ "brand", 9 }, { "subject", 12 }, { "category", 13 }, { "severity", 14 }, { "sentiment", 15 }, { "department", 16 }, { "product", 17 },
	{ "order_number", 18 }, { "wanted", 19 },
};

static json_t *ticket_row(const struct sql_rows *rows)
{
	json_t *t = json_object(), *chain = parsed(sql_text_at(rows, 21));
	char number[STORE_NUMBER_SIZE], shown[CODE_SHOWN_SIZE], code[STORE_CODE_SIZE];

	sql_copy_at(rows, 1, code, sizeof(code));
	set_new(t, "version", json_integer(FORMAT_VERSION));
	json_set_text(t, "number", number_text(sql_int_at(rows, 0), number));
	json_set_text(t, "code", code_shown(code, shown));
	json_set_text(t, "state", name_at(store_state_names, sql_int_at(rows, 2)));
	for (size_t i = 0; i < COUNT_OF(ticket_texts); i++) set_column(t, ticket_texts[i].key, rows, ticket_texts[i].column);
	set_new(t, "channel", channel_of(rows, 10, 11));
	set_new(t, "customer", customer_of(rows, 22));
	set_time(t, "received_at", rows, 6);
	set_time(t, "first_response_due", rows, 7);
	set_time(t, "handling_due", rows, 8);
	set_new(t, "promise", promise_of(rows, 26, 20, chain));
	set_new(t, "priority", priority_of(chain));
	set_new(t, "ack", ack_of(rows, 3, 4, 5));
	set_new(t, "repeat", json_pack("{s:I, s:I}", "case", (json_int_t)sql_int_at(rows, 27), "customer", (json_int_t)sql_int_at(rows, 28)));
	json_decref(chain);
	return t;
}

static enum ik_rc read_row(struct store_reader *r, int64_t ticket_id, json_t **ticket_r, struct ik_error *err)
{
	struct sql_rows rows;
	json_t *ticket = NULL;
	enum ik_rc rc = sql_query(&r->sql, ticket_text, SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) ticket = ticket_row(&rows);
	rc = sql_end(&rows, err);
	if (rc == IK_OK && ticket == NULL) rc = ik_fail(IK_REJECT, err, "store: no ticket has the id %lld", (long long)ticket_id);
	if (rc == IK_OK) *ticket_r = ticket;
	else json_decref(ticket);
	return rc;
}

/* ---- the parts around it ---- */

enum ik_rc read_links(struct store_reader *r, int64_t ticket_id, json_t **array_r, struct ik_error *err)
{
	json_t *links = json_array();
	enum ik_rc rc = read_array(r, "SELECT l.kind, t.number FROM link l JOIN ticket t ON t.id = l.to_ticket WHERE l.from_ticket = ?",
	                           ticket_id, link_row, links, err);

	if (rc == IK_OK) *array_r = links;
	else json_decref(links);
	return rc;
}

/* The first line is not stored: it is what the ticket's own row says. */
enum ik_rc read_history(struct store_reader *r, int64_t ticket_id, json_t **array_r, struct ik_error *err)
{
	json_t *history = json_array();
	enum ik_rc rc = read_array(r, "SELECT received_at, 'received', channel, NULL FROM ticket WHERE id = ?", ticket_id, history_row, history, err);

	if (rc == IK_OK)
		rc = read_array(r, "SELECT at, event, actor, detail FROM history WHERE ticket_id = ? ORDER BY place", ticket_id, history_row, history, err);
	if (rc == IK_OK) *array_r = history;
	else json_decref(history);
	return rc;
}

static enum ik_rc read_messages(struct store_reader *r, int64_t ticket_id, json_t *messages, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT * FROM (SELECT id, is_outbound, channel, external_id, received_at, sent_at, sender, text, reply_text,"
	                          " attachments, authenticated, auto_reason, reply, reply_until, replies_left FROM message WHERE ticket_id = ? ORDER BY id DESC LIMIT ?) ORDER BY id",
	                          SQL_ARGS(SQL_INT(ticket_id), SQL_INT(MESSAGES_MAX)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) (void)json_array_append_new(messages, message_row(&rows));
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

static enum ik_rc add_parts(struct store_reader *r, int64_t ticket_id, bool with_messages, json_t *t, struct ik_error *err)
{
	json_t *customer = json_object_get(t, "customer"), *links = NULL, *history = NULL, *deliveries = json_array(), *surveys = json_array();
	enum ik_rc rc = read_array(r, "SELECT type, value, verified, NULL FROM handle WHERE contact_id = ?1 UNION ALL"
	                           " SELECT h.type, h.value, h.verified, p.evidence FROM person p JOIN handle h ON h.contact_id = p.other_id"
	                           " WHERE p.contact_id = ?1 AND p.revoked_at IS NULL", json_int(customer, "id", 0), handle_row,
	                           json_object_get(customer, "handles"), err);

	set_new(t, "deliveries", deliveries);
	set_new(t, "surveys", surveys);
	if (with_messages) {
		json_t *messages = json_array();

		set_new(t, "messages", messages);
		if (rc == IK_OK) rc = read_messages(r, ticket_id, messages, err);
	}
	if (rc == IK_OK)
		rc = read_array(r, "SELECT target, state, remote_id, attempts, last_error FROM duty WHERE ticket_id = ? AND kind = 1 ORDER BY id",
		                ticket_id, delivery_row, deliveries, err);
	if (rc == IK_OK)
		rc = read_array(r, "SELECT round, at, way, level, speed, attitude, solution, thoroughness FROM survey WHERE ticket_id = ? ORDER BY round",
		                ticket_id, survey_row, surveys, err);
	if (rc == IK_OK) rc = read_links(r, ticket_id, &links, err);
	if (rc == IK_OK) rc = read_history(r, ticket_id, &history, err);
	set_new(t, "links", links);
	set_new(t, "history", history);
	return rc;
}

enum ik_rc read_whole(struct store_reader *r, int64_t ticket_id, bool with_messages, json_t **ticket_r, struct ik_error *err)
{
	json_t *ticket = NULL;
	enum ik_rc rc = read_row(r, ticket_id, &ticket, err);

	if (rc == IK_OK) rc = add_parts(r, ticket_id, with_messages, ticket, err);
	if (rc == IK_OK) *ticket_r = ticket;
	else json_decref(ticket);
	return rc;
}

enum ik_rc read_ticket(struct store_reader *r, int64_t ticket_id, json_t **ticket_r, struct ik_error *err)
{
	enum ik_rc rc = read_begin(r, err);

	if (rc == IK_OK) rc = read_whole(r, ticket_id, true, ticket_r, err);
	read_end(r);
	return rc;
}
