/* read_opening.c - the message that opened each ticket, with what was decided about it then: what a replay decides anew. */
#include "store/reader.h"

#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/mem.h"
#include "store/code.h"

/* A ticket whose messages were merged into another one has none: it is left out of the answer. */
static const char opening_text[] =
	"SELECT m.id, t.number, t.channel, t.brand, t.received_at, t.language, t.decisions, m.subject, m.text, m.reply_text, m.sender, m.recipient, m.language,"
	" m.sender_name"
	" FROM ticket t JOIN message m ON m.ticket_id = t.id AND m.is_outbound = 0 AND m.received_at = t.received_at AND m.channel = t.channel"
	" WHERE t.id = ? ORDER BY m.id LIMIT 1";

static const struct { const char *key; int column; } opening_texts[] = {
	{ "channel", 2 }, { "brand", 3 }, { "answer_language", 5 }, { "subject", 7 }, { "text", 8 }, { "reply_text", 9 }, { "sender", 10 },
	{ "recipient", 11 }, { "language", 12 }, { "sender_name", 13 },
};

static json_t *opening_row(const struct sql_rows *rows)
{
	json_t *row = json_object(), *decisions = NULL;
	const char *text = sql_text_at(rows, 6);
	char number[STORE_NUMBER_SIZE];

	(void)json_object_set_new(row, "message", json_integer(sql_int_at(rows, 0)));
	json_set_text(row, "number", number_text(sql_int_at(rows, 1), number));
	(void)json_object_set_new(row, "received_at", json_integer(sql_int_at(rows, 4)));
	for (size_t i = 0; i < COUNT_OF(opening_texts); i++) json_set_text(row, opening_texts[i].key, sql_text_at(rows, opening_texts[i].column));
	if (text != NULL) (void)json_parse(text, strlen(text), &decisions, NULL);
	(void)json_object_set_new(row, "decisions", decisions != NULL ? decisions : json_null());
	return row;
}

static enum ik_rc add_opening(struct store_reader *r, int64_t ticket_id, json_t *array, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, opening_text, SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) {
		json_t *row = opening_row(&rows);

		(void)json_object_set_new(row, "id", json_integer(ticket_id));
		(void)json_array_append_new(array, row);
	}
	return sql_end(&rows, err);
}

enum ik_rc read_openings(struct store_reader *r, const struct read_filter *filter, int64_t *next_id_r, json_t **array_r, struct ik_error *err)
{
	const size_t limit = filter->limit;
	int64_t *ids = mem_grow(NULL, limit, sizeof(*ids));
	json_t *array = json_array();
	size_t n = 0;
	enum ik_rc rc = read_begin(r, err);

	if (rc == IK_OK) rc = read_ticket_ids(r, filter, ids, limit, &n, err);
	for (size_t i = 0; rc == IK_OK && i < n; i++) rc = add_opening(r, ids[i], array, err);
	read_end(r);
	if (rc == IK_OK) {
		*array_r = array;
		*next_id_r = n == limit ? ids[n - 1] : 0;
	} else {
		json_decref(array);
	}
	free(ids);
	return rc;
}

enum ik_rc read_opening(struct store_reader *r, int64_t ticket_id, json_t **row_r, struct ik_error *err)
{
	json_t *array = json_array();
	enum ik_rc rc = add_opening(r, ticket_id, array, err);

	if (rc == IK_OK && json_array_size(array) == 0) rc = ik_fail(IK_REJECT, err, "the ticket has no message that opened it");
	if (rc == IK_OK) *row_r = json_incref(json_array_get(array, 0));
	json_decref(array);
	return rc;
}
