/* read_answer.c - what the outbox asks besides whole tickets: the few facts of an acknowledgement, and what a delivery has to wait for. */
#include "store/reader.h"

#include <stdlib.h>
#include <string.h>
#include "base/json.h"

/* In-Reply-To is the message itself; of its own references the oldest and the newest ones stay. */
static void take_references(struct read_answer *answer, const char *marks)
{
	json_t *noted = NULL, *list, *one;
	size_t i, count;

	if (marks == NULL || json_parse(marks, strlen(marks), &noted, NULL) != IK_OK) return;
	list = json_object_get(noted, "references");
	count = json_array_size(list);
	json_array_foreach(list, i, one) {
		if (count > ANSWER_REFERENCES_MAX && i > 0 && i <= count - ANSWER_REFERENCES_MAX) continue;
		if (json_is_string(one)) answer->references[answer->reference_count++] = mem_text(json_string_value(one));
	}
	json_decref(noted);
}

static void take_row(const struct sql_rows *rows, struct read_answer *answer)
{
	sql_copy_at(rows, 0, answer->code, sizeof(answer->code));
	sql_copy_at(rows, 1, answer->language, sizeof(answer->language));
	answer->first_response_due = sql_int_at(rows, 2);
	answer->message_id = mem_text(sql_text_at(rows, 3));
	answer->source_id = mem_text(sql_text_at(rows, 4));
	answer->sender = mem_text(sql_text_at(rows, 5));
	answer->conversation = mem_text(sql_text_at(rows, 6));
	answer->received_at = sql_int_at(rows, 8);
	answer->due_at = sql_int_at(rows, 9);
	sql_copy_at(rows, 10, answer->brand, sizeof(answer->brand));
	sql_copy_at(rows, 11, answer->severity, sizeof(answer->severity));
	answer->state = (enum store_state)sql_int_at(rows, 12);
	answer->reply_until = sql_int_at(rows, 13);
	sql_copy_at(rows, 14, answer->incident_category, sizeof(answer->incident_category));
	take_references(answer, sql_text_at(rows, 7));
}

enum ik_rc read_answer(struct store_reader *r, int64_t ticket_id, int64_t message_id, struct read_answer *answer_r, struct ik_error *err)
{
	struct read_answer answer = { .reference_count = 0 };
	struct sql_rows rows;
	bool found;
	enum ik_rc rc = sql_query(&r->sql, "SELECT t.code, coalesce(t.language, m.language), t.first_response_due, m.message_id, m.external_id, m.sender,"
	                          " m.conversation, m.marks, t.received_at, coalesce(t.promised_at, t.first_response_due), t.brand, t.severity, t.state, m.reply_until,"
	                          " (SELECT i.category FROM incident_ticket n JOIN incident i ON i.id = n.incident_id WHERE n.ticket_id = t.id)"
	                          " FROM ticket t LEFT JOIN message m ON m.id = ?2 AND m.ticket_id = t.id WHERE t.id = ?1",
	                          SQL_ARGS(SQL_INT(ticket_id), SQL_INT(message_id)), &rows, err);

	if (rc != IK_OK) return rc;
	found = sql_next(&rows);
	if (found) take_row(&rows, &answer);
	rc = sql_end(&rows, err);
	if (rc == IK_OK && !found) rc = ik_fail(IK_REJECT, err, "store: no ticket has the id %lld", (long long)ticket_id);
	if (rc == IK_OK) *answer_r = answer;
	else read_answer_release(&answer);
	return rc;
}

void read_answer_release(struct read_answer *answer)
{
	mem_free(&answer->message_id);
	mem_free(&answer->source_id);
	mem_free(&answer->sender);
	mem_free(&answer->conversation);
	for (size_t i = 0; i < answer->reference_count; i++) mem_free(&answer->references[i]);
	answer->reference_count = 0;
}

enum ik_rc store_duty_waits_for(struct store_tx *tx, const struct store_duty *duty, int64_t now_at, int64_t *at_r, struct ik_error *err)
{
	int64_t at = 0;
	enum ik_rc rc = duty->ticket_id == 0 ? IK_OK : sql_number(&tx->sql, "SELECT max(next_at) FROM duty WHERE ticket_id = ? AND once IS NULL AND id < ? AND target = ? AND state = 0",
	                           SQL_ARGS(SQL_INT(duty->ticket_id), SQL_INT(duty->id), SQL_TEXT(duty->target)), 0, &at, err);

	if (rc == IK_OK) *at_r = at > now_at ? at : 0;
	return rc;
}
