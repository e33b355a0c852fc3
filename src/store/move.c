/* move.c - what operators put right: a message into a ticket of its own, two tickets into one. The table `moved` remembers every message that
 * changed its ticket, so that threads, keys and the index of likeness follow. */
#include "store/inside.h"
#include "store/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "store/code.h"
#include "store/progress.h"

static enum ik_rc number_of(struct store_tx *tx, int64_t ticket_id, char number_r[STORE_NUMBER_SIZE], struct ik_error *err)
{
	int64_t number = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT number FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), 0, &number, err);

	if (rc == IK_OK && number == 0) return ik_fail(IK_REJECT, err, "there is no such ticket");
	if (rc == IK_OK) number_text(number, number_r);
	return rc;
}

static enum ik_rc note_move(struct store_tx *tx, const struct store_move *move, int64_t message_id, int64_t from, int64_t to, const char *kind, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT INTO moved(at, actor, message_id, from_ticket, to_ticket, kind) VALUES(?, ?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(move->at), SQL_TEXT(move->actor), SQL_INT(message_id), SQL_INT(from), SQL_INT(to), SQL_TEXT(kind)), err);
}

/* Of what happens to a ticket those hear that have it. */
static enum ik_rc tell_sinks(struct store_tx *tx, const struct store_move *move, int64_t ticket_id, int64_t message_id, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < move->sink_count; i++) {
		struct store_duty duty = { .kind = DUTY_DELIVER, .ticket_id = ticket_id, .message_id = message_id, .state = DUTY_PENDING, .created_at = move->at,
		                           .event = "ticket.updated" };
		bool has = false;

		(void)snprintf(duty.target, sizeof(duty.target), "sink:%s", move->sinks[i]);
		rc = store_is_meant_for(tx, ticket_id, duty.target, &has, err);
		if (rc == IK_OK && has) rc = store_add_duty(tx, &duty, err);
	}
	return rc;
}

static enum ik_rc tell(struct store_tx *tx, const struct store_move *move, int64_t ticket_id, const char *event, const char *format, int64_t message_id,
                       const char *number, struct ik_error *err)
{
	char detail[128];

	(void)snprintf(detail, sizeof(detail), "message %lld %s %s", (long long)message_id, format, number);
	return store_add_history(tx, ticket_id, move->at, event, move->actor, detail, err);
}

/* ---- split ---------------------------------------------------------------------------------------------------------------------------------- */

static const char parting_text[] =
	"SELECT t.brand, t.channel, t.channel_type, m.channel, t.language, m.subject, coalesce(m.reply_text, m.text), m.language, t.subject,"
	" (SELECT value FROM handle WHERE contact_id = m.contact_id ORDER BY verified DESC LIMIT 1), m.contact_id, m.received_at,"
	" (SELECT count(*) FROM message WHERE ticket_id = t.id AND is_outbound = 0),"
	" CASE WHEN m.auto_reason IS NULL THEN (SELECT o.ack_reason FROM ticket o WHERE o.contact_id = m.contact_id AND o.channel = m.channel AND o.id ="
	" coalesce((SELECT v.from_ticket FROM moved v WHERE v.message_id = m.id AND v.kind = 'merge' ORDER BY v.id LIMIT 1), t.id)) ELSE 'auto-submitted' END"
	" FROM ticket t JOIN message m ON m.ticket_id = t.id WHERE t.id = ? AND m.id = ? AND m.is_outbound = 0";

enum ik_rc store_get_parting(struct store_tx *tx, const struct store_move *move, struct store_parting *p_r, struct ik_error *err)
{
	struct store_parting p = { .brand = NULL };
	struct sql_rows rows;
	bool found;
	int64_t count = 0;
	enum ik_rc rc = sql_query(&tx->sql, parting_text, SQL_ARGS(SQL_INT(move->ticket_id), SQL_INT(move->message_id)), &rows, err);

	if (rc != IK_OK) return rc;
	found = sql_next(&rows);
	if (found) {
		p = (struct store_parting){
			.brand = mem_text(sql_text_at(&rows, 0)), .ticket_channel = mem_text(sql_text_at(&rows, 1)), .channel_type = mem_text(sql_text_at(&rows, 2)),
			.channel = mem_text(sql_text_at(&rows, 3)), .language = mem_text(sql_text_at(&rows, 4)), .subject = mem_text(sql_text_at(&rows, 5)),
			.text = mem_text(sql_text_at(&rows, 6)), .text_language = mem_text(sql_text_at(&rows, 7)), .ticket_subject = mem_text(sql_text_at(&rows, 8)),
			.handle = mem_text(sql_text_at(&rows, 9)), .ack_reason = mem_text(sql_text_at(&rows, 13)), .contact_id = sql_int_at(&rows, 10), .received_at = sql_int_at(&rows, 11),
		};
		count = sql_int_at(&rows, 12);
	}
	rc = sql_end(&rows, err);
	if (rc == IK_OK && !found) rc = ik_fail(IK_REJECT, err, "the ticket has no message %lld of the customer's; `show` lists their ids", (long long)move->message_id);
	if (rc == IK_OK && count < 2) rc = ik_fail(IK_REJECT, err, "the ticket has no second message: there is nothing to split");
	if (rc == IK_OK) *p_r = p;
	else store_parting_release(&p);
	return rc;
}

void store_parting_release(struct store_parting *p)
{
	char *const texts[] = { p->brand, p->ticket_channel, p->channel_type, p->channel, p->language, p->subject, p->ticket_subject, p->text, p->text_language, p->handle,
	                        p->ack_reason };

	for (size_t i = 0; i < COUNT_OF(texts); i++) free(texts[i]);
	*p = (struct store_parting){ .brand = NULL };
}

/* What was counted as told again was not, when a person says that it is another matter. */
static enum ik_rc uncount_repeat(struct store_tx *tx, const struct store_move *move, struct ik_error *err)
{
	return sql_run(&tx->sql, "UPDATE ticket SET repeats = repeats - 1 WHERE id = ?1 AND repeats > 0 AND EXISTS (SELECT 1 FROM message WHERE id = ?2 AND"
	               " json_extract(marks, '$.likeness.decided') = 1 AND"
	               " 'duplicate' IN (json_extract(marks, '$.likeness.snapshot.verdict'), coalesce(json_extract(marks, '$.likeness.since.verdict'), '')))",
	               SQL_ARGS(SQL_INT(move->ticket_id), SQL_INT(move->message_id)), err);
}

/* A new ticket goes to the sinks that the caller chose for it. */
static enum ik_rc give_to_sinks(struct store_tx *tx, const struct store_move *move, int64_t ticket_id, const char *const *sinks, size_t count, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < count; i++) {
		struct store_duty duty = { .kind = DUTY_DELIVER, .ticket_id = ticket_id, .message_id = move->message_id, .state = DUTY_PENDING, .created_at = move->at,
		                           .event = "ticket.created" };

		(void)snprintf(duty.target, sizeof(duty.target), "sink:%s", sinks[i]);
		rc = store_add_duty(tx, &duty, err);
	}
	return rc;
}

enum ik_rc store_split(struct store_tx *tx, const struct store_move *move, struct store_ticket *t, const char *const *sinks, size_t sink_count, struct ik_error *err)
{
	char number[STORE_NUMBER_SIZE] = "";
	enum ik_rc rc = number_of(tx, move->ticket_id, number, err);

	if (rc == IK_OK) rc = store_add_ticket(tx, t, err);
	if (rc == IK_OK) rc = uncount_repeat(tx, move, err);
	if (rc == IK_OK) rc = sql_run(&tx->sql, "UPDATE message SET ticket_id = ? WHERE id = ?", SQL_ARGS(SQL_INT(t->id), SQL_INT(move->message_id)), err);
	if (rc == IK_OK) rc = note_move(tx, move, move->message_id, move->ticket_id, t->id, "split", err);
	if (rc == IK_OK) rc = store_link(tx, move->ticket_id, t->id, "related", err);
	if (rc == IK_OK) rc = store_link(tx, t->id, move->ticket_id, "related", err);
	if (rc == IK_OK) rc = tell(tx, move, move->ticket_id, "split", "went to", move->message_id, t->number, err);
	if (rc == IK_OK) rc = tell(tx, move, t->id, "split", "came from", move->message_id, number, err);
	if (rc == IK_OK) rc = give_to_sinks(tx, move, t->id, sinks, sink_count, err);
	return rc == IK_OK ? tell_sinks(tx, move, move->ticket_id, move->message_id, err) : rc;
}

enum ik_rc store_split_more(struct store_tx *tx, const struct store_move *move, int64_t to_ticket, struct ik_error *err)
{
	char from[STORE_NUMBER_SIZE] = "", to[STORE_NUMBER_SIZE] = "";
	enum ik_rc rc = number_of(tx, move->ticket_id, from, err);

	if (rc == IK_OK) rc = number_of(tx, to_ticket, to, err);
	if (rc == IK_OK) rc = uncount_repeat(tx, move, err);
	if (rc == IK_OK) rc = sql_run(&tx->sql, "UPDATE message SET ticket_id = ? WHERE id = ?", SQL_ARGS(SQL_INT(to_ticket), SQL_INT(move->message_id)), err);
	if (rc == IK_OK) rc = note_move(tx, move, move->message_id, move->ticket_id, to_ticket, "split", err);
	if (rc == IK_OK) rc = tell(tx, move, move->ticket_id, "split", "went to", move->message_id, to, err);
	if (rc == IK_OK) rc = tell(tx, move, to_ticket, "split", "came from", move->message_id, from, err);
	return rc == IK_OK ? tell_sinks(tx, move, to_ticket, move->message_id, err) : rc;
}

enum ik_rc store_messages_of(struct store_tx *tx, int64_t ticket_id, int64_t contact_id, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT id FROM message WHERE ticket_id = ? AND contact_id = ? AND is_outbound = 0 ORDER BY id LIMIT ?",
	                          SQL_ARGS(SQL_INT(ticket_id), SQL_INT(contact_id), SQL_INT((int64_t)max)), &rows, err);

	if (rc != IK_OK) return rc;
	while (n < max && sql_next(&rows)) ids_r[n++] = sql_int_at(&rows, 0);
	*count_r = n;
	return sql_end(&rows, err);
}

/* ---- merge ---------------------------------------------------------------------------------------------------------------------------------- */

/* Where the message is now that opened a merged ticket: merges on top of merges, back again, and splits out of them need no other look. Messages that an
 * earlier merge had put into it did not open it, and a ticket that has messages again is itself, whatever became of the first. */
static enum ik_rc follow(struct sql *sql, int64_t ticket_id, int64_t *current_r, struct ik_error *err)
{
	return sql_number(sql, "SELECT m.ticket_id FROM moved v JOIN message m ON m.id = v.message_id WHERE v.from_ticket = ?1 AND v.kind = 'merge'"
	                  " AND NOT EXISTS (SELECT 1 FROM message x WHERE x.ticket_id = ?1 AND x.is_outbound = 0)"
	                  " ORDER BY EXISTS (SELECT 1 FROM moved w WHERE w.message_id = v.message_id AND w.to_ticket = ?1 AND w.kind = 'merge' AND w.id < v.id),"
	                  " v.message_id LIMIT 1", SQL_ARGS(SQL_INT(ticket_id)), ticket_id, current_r, err);
}

/* However many there are: what stayed behind would be in a closed ticket that nobody looks at. */
static enum ik_rc move_all(struct store_tx *tx, const struct store_move *move, struct ik_error *err)
{
	enum ik_rc rc = sql_run(&tx->sql, "INSERT INTO moved(at, actor, message_id, from_ticket, to_ticket, kind) SELECT ?1, ?2, id, ?3, ?4, 'merge' FROM message"
	                        " WHERE ticket_id = ?3 ORDER BY id",
	                        SQL_ARGS(SQL_INT(move->at), SQL_TEXT(move->actor), SQL_INT(move->other_id), SQL_INT(move->ticket_id)), err);

	return rc != IK_OK ? rc : sql_run(&tx->sql, "UPDATE message SET ticket_id = ?1 WHERE ticket_id = ?2", SQL_ARGS(SQL_INT(move->ticket_id), SQL_INT(move->other_id)), err);
}

/* Whoever writes in a ticket is told of it: two persons are put together only on purpose. */
static enum ik_rc check_customers(struct store_tx *tx, const struct store_move *move, struct ik_error *err)
{
	int64_t a = 0, b = 0;
	bool is_person = true;
	enum ik_rc rc = store_customer_of(tx, move->ticket_id, &a, err);

	if (rc == IK_OK) rc = store_customer_of(tx, move->other_id, &b, err);
	if (rc == IK_OK && a != 0 && b != 0) rc = store_is_person(tx, a, b, &is_person, err);
	if (rc == IK_OK && !is_person && !move->any_customer)
		return ik_fail(IK_REJECT, err, "the tickets are of two customers, who would then see each other's matter; add --any-customer when they are one person");
	return rc;
}

enum ik_rc store_refuse_merged(struct store_tx *tx, int64_t ticket_id, struct ik_error *err)
{
	char number[STORE_NUMBER_SIZE] = "", is_in[STORE_NUMBER_SIZE] = "";
	int64_t current = 0;
	enum ik_rc rc = follow(&tx->sql, ticket_id, &current, err);

	if (rc != IK_OK || current == ticket_id) return rc;
	rc = number_of(tx, ticket_id, number, err);
	if (rc == IK_OK) rc = number_of(tx, current, is_in, err);
	return rc == IK_OK ? ik_fail(IK_REJECT, err, "%s was merged into %s: name that one", number, is_in) : rc;
}

/* A ticket that was merged takes nothing in, unless it is the other way round that it should have been: then it lives again, and the other one closes. */
static enum ik_rc check_target(struct store_tx *tx, const struct store_move *move, bool *is_back_r, struct ik_error *err)
{
	int64_t current = 0;
	enum ik_rc rc = follow(&tx->sql, move->ticket_id, &current, err);

	*is_back_r = current != move->ticket_id && current == move->other_id;
	return rc == IK_OK && !*is_back_r ? store_refuse_merged(tx, move->ticket_id, err) : rc;
}

static enum ik_rc unlink_back(struct store_tx *tx, const struct store_move *move, struct ik_error *err)
{
	return sql_run(&tx->sql, "DELETE FROM link WHERE from_ticket = ?1 AND kind = 'duplicate_of' AND to_ticket IN"
	               " (SELECT to_ticket FROM moved WHERE from_ticket = ?1 AND kind = 'merge')", SQL_ARGS(SQL_INT(move->ticket_id)), err);
}

static enum ik_rc state_of(struct store_tx *tx, int64_t ticket_id, int64_t *state_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT state FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), STATE_RECEIVED, state_r, err);
}

/* An open matter stays open in whatever it is merged into, or nobody would see it any more. */
static enum ik_rc stay_open(struct store_tx *tx, const struct store_move *move, struct ik_error *err)
{
	int64_t of_into = STATE_RECEIVED, of_other = STATE_RECEIVED;
	enum ik_rc rc = state_of(tx, move->ticket_id, &of_into, err);

	if (rc == IK_OK) rc = state_of(tx, move->other_id, &of_other, err);
	if (rc != IK_OK || of_into < STATE_RESOLVED || of_other >= STATE_RESOLVED) return rc;
	rc = store_set_date(tx, move->ticket_id, DATE_RESOLVED, 0, err);
	return rc == IK_OK ? store_set_state(tx, move->ticket_id, (enum store_state)of_other, move->at, move->actor, err) : rc;
}

enum ik_rc store_merge(struct store_tx *tx, const struct store_move *move, struct ik_error *err)
{
	bool is_back = false;
	char into[STORE_NUMBER_SIZE] = "", from[STORE_NUMBER_SIZE] = "";
	int64_t first = 0, repeats = 0;
	enum ik_rc rc = number_of(tx, move->ticket_id, into, err);

	if (rc == IK_OK) rc = number_of(tx, move->other_id, from, err);
	if (rc == IK_OK && move->ticket_id == move->other_id) rc = ik_fail(IK_REJECT, err, "a ticket is not merged with itself");
	if (rc == IK_OK) rc = check_target(tx, move, &is_back, err);
	if (rc == IK_OK) rc = check_customers(tx, move, err);
	if (rc != IK_OK) return rc;
	rc = sql_number(&tx->sql, "SELECT min(id) FROM message WHERE ticket_id = ?", SQL_ARGS(SQL_INT(move->other_id)), 0, &first, err);
	if (rc == IK_OK && first == 0) rc = ik_fail(IK_REJECT, err, "%s has no messages: it was merged before", from);
	if (rc == IK_OK) rc = move_all(tx, move, err);
	if (rc == IK_OK && is_back) rc = unlink_back(tx, move, err);
	if (rc == IK_OK) rc = stay_open(tx, move, err);
	if (rc == IK_OK) rc = store_link(tx, move->other_id, move->ticket_id, "duplicate_of", err);
	if (rc == IK_OK) rc = store_link(tx, move->ticket_id, move->other_id, "related", err);
	if (rc == IK_OK) rc = store_add_history(tx, move->ticket_id, move->at, "merge", move->actor, from, err);
	if (rc == IK_OK) rc = store_add_history(tx, move->other_id, move->at, "merged", move->actor, into, err);
	if (rc == IK_OK) rc = store_count_repeat(tx, move->ticket_id, &repeats, err);
	if (rc == IK_OK) rc = store_set_state(tx, move->other_id, STATE_CLOSED, move->at, move->actor, err);
	if (rc == IK_OK) rc = tell_sinks(tx, move, move->ticket_id, first, err);
	if (rc == IK_OK) rc = tell_sinks(tx, move, move->other_id, first, err);
	return rc;
}

enum ik_rc store_current_ticket(struct store_tx *tx, int64_t ticket_id, int64_t *current_r, struct ik_error *err)
{
	return follow(&tx->sql, ticket_id, current_r, err);
}

enum ik_rc read_current_ticket(struct store_reader *r, int64_t ticket_id, int64_t *current_r, struct ik_error *err)
{
	return follow(&r->sql, ticket_id, current_r, err);
}
