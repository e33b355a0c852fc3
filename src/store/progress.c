/* progress.c - dates, timers and foreign names of tickets. See progress.h. */
#include "store/progress.h"

#include <stdio.h>
#include "store/code.h"
#include "store/inside.h"
#include "store/reader.h"

/* Whether its writer may be told anything was decided in the ticket that the message opened or was split off to, not where it was merged into. */
static const char progress_text[] =
	"SELECT t.state, (SELECT count(*) FROM history WHERE ticket_id = t.id AND event = 'state'), t.received_at, t.first_response_due, t.promised_at,"  /* 0-4 */
	" t.first_response_at, t.started_at, t.resolved_at, t.contact_id, t.number, t.code, coalesce(t.language, c.language), t.brand, t.severity,"       /* 5-13 */
	" coalesce((SELECT o.ack_reason FROM moved v JOIN ticket o ON o.id = v.from_ticket WHERE v.message_id = m.id AND v.kind = 'merge'"
	" AND NOT EXISTS (SELECT 1 FROM moved w WHERE w.message_id = m.id AND w.to_ticket = t.id AND w.kind = 'split') ORDER BY v.id LIMIT 1), t.ack_reason),"
	" m.id, m.received_at, m.channel, m.sender, m.conversation, m.authenticated, t.channel, m.reply_until, m.replies_left"               /* 14-23 */
	" FROM ticket t LEFT JOIN contact c ON c.id = t.contact_id"
	" LEFT JOIN message m ON m.id = (SELECT max(id) FROM message WHERE ticket_id = t.id AND is_outbound = 0 AND auto_reason IS NULL) WHERE t.id = ?";

static void take_progress(const struct sql_rows *rows, struct store_progress *p)
{
	*p = (struct store_progress){
		.state = (enum store_state)sql_int_at(rows, 0), .moves = sql_int_at(rows, 1), .received_at = sql_int_at(rows, 2),
		.first_response_due = sql_int_at(rows, 3), .promised_at = sql_int_at(rows, 4), .first_response_at = sql_int_at(rows, 5),
		.started_at = sql_int_at(rows, 6), .resolved_at = sql_int_at(rows, 7), .contact_id = sql_int_at(rows, 8),
		.message_id = sql_int_at(rows, 15), .message_at = sql_int_at(rows, 16), .reply_until = sql_int_at(rows, 22),
		.replies_left = sql_text_at(rows, 23) != NULL ? sql_int_at(rows, 23) : -1,
	};
	number_text(sql_int_at(rows, 9), p->number);
	sql_copy_at(rows, 10, p->code, sizeof(p->code));
	sql_copy_at(rows, 11, p->language, sizeof(p->language));
	sql_copy_at(rows, 12, p->brand, sizeof(p->brand));
	sql_copy_at(rows, 13, p->severity, sizeof(p->severity));
	sql_copy_at(rows, 14, p->ack_reason, sizeof(p->ack_reason));
	sql_copy_at(rows, sql_text_at(rows, 17) != NULL ? 17 : 21, p->channel, sizeof(p->channel));
	sql_copy_at(rows, 18, p->sender, sizeof(p->sender));
	sql_copy_at(rows, 19, p->conversation, sizeof(p->conversation));
	sql_copy_at(rows, 20, p->authenticated, sizeof(p->authenticated));
}

enum ik_rc store_get_progress(struct store_tx *tx, int64_t ticket_id, struct store_progress *progress_r, struct ik_error *err)
{
	struct sql_rows rows;
	bool found;
	enum ik_rc rc = sql_query(&tx->sql, progress_text, SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	found = sql_next(&rows);
	if (found) take_progress(&rows, progress_r);
	rc = sql_end(&rows, err);
	return rc == IK_OK && !found ? ik_fail(IK_REJECT, err, "store: no ticket has the id %lld", (long long)ticket_id) : rc;
}

enum ik_rc store_set_date(struct store_tx *tx, int64_t ticket_id, enum store_date which, int64_t at, struct ik_error *err)
{
	static const char *const texts[] = {
		[DATE_FIRST_RESPONSE] = "UPDATE ticket SET first_response_at = CASE WHEN ?2 = 0 THEN NULL ELSE coalesce(first_response_at, ?2) END WHERE id = ?1",
		[DATE_STARTED] = "UPDATE ticket SET started_at = CASE WHEN ?2 = 0 THEN NULL ELSE coalesce(started_at, ?2) END WHERE id = ?1",
		[DATE_RESOLVED] = "UPDATE ticket SET resolved_at = CASE WHEN ?2 = 0 THEN NULL ELSE coalesce(resolved_at, ?2) END WHERE id = ?1",
	};

	return sql_run(&tx->sql, texts[which], SQL_ARGS(SQL_INT(ticket_id), SQL_INT(at)), err);
}

enum ik_rc store_set_promise(struct store_tx *tx, int64_t ticket_id, int64_t at, const char *text, struct ik_error *err)
{
	return sql_run(&tx->sql, "UPDATE ticket SET promised_at = ?2, promise_text = ?3 WHERE id = ?1", SQL_ARGS(SQL_INT(ticket_id), SQL_INT(at), SQL_TEXT(text)), err);
}

/* ---- timers ------------------------------------------------------------------------------------------------------------ */

enum ik_rc store_add_timer(struct store_tx *tx, const struct store_timer *timer, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO timer(due_at, ticket_id, kind) VALUES(?, ?, ?)",
	               SQL_ARGS(SQL_INT(timer->due_at), SQL_INT(timer->ticket_id), SQL_INT((int64_t)timer->kind)), err);
}

enum ik_rc store_take_timers(struct store_tx *tx, int64_t now_at, size_t max, struct store_timer *timers_r, size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT due_at, ticket_id, kind FROM timer WHERE due_at <= ? ORDER BY due_at, ticket_id LIMIT ?",
	                          SQL_ARGS(SQL_INT(now_at), SQL_INT((int64_t)max)), &rows, err);

	if (rc != IK_OK) return rc;
	while (n < max && sql_next(&rows))
		timers_r[n++] = (struct store_timer){ sql_int_at(&rows, 0), sql_int_at(&rows, 1), (enum timer_kind)sql_int_at(&rows, 2) };
	rc = sql_end(&rows, err);
	for (size_t i = 0; rc == IK_OK && i < n; i++)
		rc = sql_run(&tx->sql, "DELETE FROM timer WHERE due_at = ? AND ticket_id = ? AND kind = ?",
		             SQL_ARGS(SQL_INT(timers_r[i].due_at), SQL_INT(timers_r[i].ticket_id), SQL_INT((int64_t)timers_r[i].kind)), err);
	if (rc == IK_OK) *count_r = n;
	return rc;
}

enum ik_rc read_next_timer(struct store_reader *r, int64_t *due_at_r, struct ik_error *err)
{
	return sql_number(&r->sql, "SELECT due_at FROM timer ORDER BY due_at LIMIT 1", SQL_NO_ARGS, 0, due_at_r, err);
}

/* ---- how long answers take ------------------------------------------------------------------------------------------------ */

enum ik_rc read_answered(struct store_reader *r, int64_t since_at, size_t max, struct read_answered *answers_r, size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&r->sql, "SELECT received_at, first_response_at, CASE WHEN promised_at IS NULL THEN first_response_due"
	                          " ELSE coalesce(unixepoch(json_extract(decisions, '$.deadline.likely')), first_response_due) END, severity, brand FROM ticket"
	                          " WHERE first_response_at IS NOT NULL AND first_response_at >= ? ORDER BY first_response_at DESC LIMIT ?",
	                          SQL_ARGS(SQL_INT(since_at), SQL_INT((int64_t)max)), &rows, err);

	if (rc != IK_OK) return rc;
	while (n < max && sql_next(&rows)) {
		struct read_answered *a = &answers_r[n++];

		*a = (struct read_answered){ .received_at = sql_int_at(&rows, 0), .answered_at = sql_int_at(&rows, 1), .due_at = sql_int_at(&rows, 2) };
		sql_copy_at(&rows, 3, a->severity, sizeof(a->severity));
		sql_copy_at(&rows, 4, a->brand, sizeof(a->brand));
	}
	rc = sql_end(&rows, err);
	if (rc == IK_OK) *count_r = n;
	return rc;
}

#define QUEUE_LOOKED 20000              /* newest tickets among which those that wait are counted */

/* What machines wrote, older mail whose date had passed when it came, and what nobody has answered for so long are not in anybody's queue. */
enum ik_rc read_unanswered(struct store_reader *r, int64_t since_at, int64_t *count_r, struct ik_error *err)
{
	return sql_number(&r->sql, "SELECT count(*) FROM (SELECT id, state, received_at, first_response_due, first_response_at FROM ticket ORDER BY id DESC LIMIT ?) t"
	                  " WHERE t.state IN (?, ?) AND t.first_response_at IS NULL AND t.received_at >= ? AND t.first_response_due > t.received_at"
	                  " AND (SELECT m.auto_reason FROM message m WHERE m.ticket_id = t.id ORDER BY m.id LIMIT 1) IS NULL",
	                  SQL_ARGS(SQL_INT(QUEUE_LOOKED), SQL_INT((int)STATE_RECEIVED), SQL_INT((int)STATE_FORWARDED), SQL_INT(since_at)), 0, count_r, err);
}

/* ---- foreign names --------------------------------------------------------------------------------------------------------- */

enum ik_rc store_find_remote(struct store_tx *tx, const char *sink, const char *remote_id, int64_t *ticket_id_r, struct ik_error *err)
{
	char target[64];

	(void)snprintf(target, sizeof(target), "sink:%s", sink);
	return sql_number(&tx->sql, "SELECT max(ticket_id) FROM duty WHERE remote_id IS NOT NULL AND remote_id = ? AND target = ?",
	                  SQL_ARGS(SQL_TEXT(remote_id), SQL_TEXT(target)), 0, ticket_id_r, err);
}

enum ik_rc store_has_delivery(struct store_tx *tx, const char *sink, int64_t ticket_id, bool *has_r, struct ik_error *err)
{
	char target[64];
	int64_t found = 0;
	enum ik_rc rc;

	(void)snprintf(target, sizeof(target), "sink:%s", sink);
	rc = sql_number(&tx->sql, "SELECT 1 FROM duty WHERE ticket_id = ? AND target = ? LIMIT 1", SQL_ARGS(SQL_INT(ticket_id), SQL_TEXT(target)), 0, &found, err);
	if (rc == IK_OK) *has_r = found != 0;
	return rc;
}

enum ik_rc store_find_handle(struct store_tx *tx, int64_t contact_id, const char *type, char *value_r, size_t size, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT value FROM handle WHERE contact_id = ? AND type = ? AND verified = 1 LIMIT 1",
	                          SQL_ARGS(SQL_INT(contact_id), SQL_TEXT(type)), &rows, err);

	if (rc != IK_OK) return rc;
	value_r[0] = '\0';
	if (sql_next(&rows)) sql_copy_at(&rows, 0, value_r, size);
	return sql_end(&rows, err);
}

enum ik_rc store_duty_ticket(struct store_tx *tx, int64_t duty_id, int64_t *ticket_id_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT ticket_id FROM duty WHERE id = ?", SQL_ARGS(SQL_INT(duty_id)), 0, ticket_id_r, err);
}

enum ik_rc store_renew_reply(struct store_tx *tx, int64_t ticket_id, const char *channel, int64_t until, int64_t left, struct ik_error *err)
{
	return sql_run(&tx->sql, "UPDATE message SET reply_until = ?3, replies_left = ?4 WHERE id = (SELECT max(id) FROM message WHERE ticket_id = ?1 AND is_outbound = 0"
	               " AND auto_reason IS NULL) AND channel = ?2",
	               SQL_ARGS(SQL_INT(ticket_id), SQL_TEXT(channel), until != 0 ? SQL_INT(until) : SQL_NULL, left >= 0 ? SQL_INT(left) : SQL_NULL), err);
}

enum ik_rc store_use_reply(struct store_tx *tx, int64_t message_id, struct ik_error *err)
{
	return sql_run(&tx->sql, "UPDATE message SET replies_left = replies_left - 1 WHERE id = ? AND replies_left > 0", SQL_ARGS(SQL_INT(message_id)), err);
}

enum ik_rc store_count_history(struct store_tx *tx, int64_t ticket_id, const char *event, int64_t *count_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT count(*) FROM history WHERE ticket_id = ? AND event = ?", SQL_ARGS(SQL_INT(ticket_id), SQL_TEXT(event)), 0,
	                  count_r, err);
}

enum ik_rc store_set_ack(struct store_tx *tx, int64_t ticket_id, enum store_ack ack, const char *reason, struct ik_error *err)
{
	return sql_run(&tx->sql, "UPDATE ticket SET ack = ?2, ack_reason = ?3 WHERE id = ?1",
	               SQL_ARGS(SQL_INT(ticket_id), SQL_INT((int64_t)ack), SQL_TEXT(reason)), err);
}

enum ik_rc store_count_open_texts(struct store_tx *tx, const struct store_duty *duty, int64_t *count_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT count(*) FROM duty WHERE ticket_id = ? AND once = 1 AND id < ? AND state <= 2",
	                  SQL_ARGS(SQL_INT(duty->ticket_id), SQL_INT(duty->id)), 0, count_r, err);
}

/* No index leads from customers to tickets, since every intake would pay for it: the look back is bounded. */
enum ik_rc store_newest_ticket(struct store_tx *tx, int64_t contact_id, int64_t *ticket_id_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT max(id) FROM (SELECT id, contact_id FROM ticket ORDER BY id DESC LIMIT 5000) WHERE contact_id = ?",
	                  SQL_ARGS(SQL_INT(contact_id)), 0, ticket_id_r, err);
}
