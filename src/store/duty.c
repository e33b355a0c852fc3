/* duty.c - the outbox: acknowledgements and deliveries that are owed. The states and their arrows are drawn in store.h. */
#include "store/inside.h"

#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "store/send_journal.h"

const char *const duty_state_names[] = { "pending", "sending", "committing", "sent", "failed", "uncertain", "withheld", NULL };
static const char *const event_names[] = { "ack", "delivery", "notice" };         /* in the history */
static const char *const kind_names[] = { "acknowledgement", "delivery", "notice" };

static void count_move(struct store_tx *tx, enum duty_kind kind, enum duty_state from, enum duty_state to)
{
	tally_total(&tx->tally, TOTAL_DUTY + (int)kind * TALLY_DUTY_STATES + (int)from, -1);
	tally_total(&tx->tally, TOTAL_DUTY + (int)kind * TALLY_DUTY_STATES + (int)to, 1);
	tx->has_new_duties = true;
}

static struct sql_value text_or_null(const char *text)
{
	return text[0] != '\0' ? SQL_TEXT(text) : SQL_NULL;
}

static enum duty_kind kind_of(int64_t kind)
{
	return kind == DUTY_ACK || kind == DUTY_NOTICE ? (enum duty_kind)kind : DUTY_DELIVER;
}

enum ik_rc store_add_duty(struct store_tx *tx, struct store_duty *duty, struct ik_error *err)
{
	unsigned char random[16];
	char key[2 * sizeof(random) + 1];
	enum ik_rc rc;

	if (duty->state != DUTY_PENDING && duty->state != DUTY_WITHHELD)
		return ik_fail(IK_REJECT, err, "store: a duty begins as pending or withheld, not %s", duty_state_names[duty->state]);
	if (duty->created_at == 0) duty->created_at = clock_wall();
	tx_random(tx, random, sizeof(random));
	hex_encode(random, sizeof(random), key);
	rc = sql_run(&tx->sql, "INSERT INTO duty(ticket_id, message_id, kind, state, attempts, next_at, created_at, once, target, event, key, address, template, note)"
	             " VALUES(?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	             SQL_ARGS(SQL_INT(duty->ticket_id), SQL_INT(duty->message_id), SQL_INT((int64_t)duty->kind), SQL_INT((int64_t)duty->state),
	                      SQL_INT(duty->next_at), SQL_INT(duty->created_at), duty->kind != DUTY_DELIVER ? SQL_INT(1) : SQL_NULL,
	                      SQL_TEXT(duty->target), SQL_TEXT(duty->event), SQL_TEXT(key), SQL_TEXT(duty->address),
	                      text_or_null(duty->template), text_or_null(duty->note)), err);
	if (rc != IK_OK) return rc;
	duty->id = sqlite3_last_insert_rowid(tx->sql.db);
	(void)snprintf(duty->key, sizeof(duty->key), "%s", key);
	tally_total(&tx->tally, TOTAL_DUTY + (int)duty->kind * TALLY_DUTY_STATES + (int)duty->state, 1);
	tx->has_new_duties |= duty->state == DUTY_PENDING;
	return IK_OK;
}

static void read_duty(const struct sql_rows *rows, struct store_duty *duty_r)
{
	*duty_r = (struct store_duty){
		.id = sql_int_at(rows, 0), .ticket_id = sql_int_at(rows, 1), .message_id = sql_int_at(rows, 2),
		.kind = kind_of(sql_int_at(rows, 3)), .state = DUTY_SENDING,
		.attempts = sql_int_at(rows, 4) + 1, .next_at = sql_int_at(rows, 5), .created_at = sql_int_at(rows, 6),
	};
	sql_copy_at(rows, 7, duty_r->target, sizeof(duty_r->target));
	sql_copy_at(rows, 8, duty_r->event, sizeof(duty_r->event));
	sql_copy_at(rows, 9, duty_r->key, sizeof(duty_r->key));
	sql_copy_at(rows, 10, duty_r->address, sizeof(duty_r->address));
	sql_copy_at(rows, 11, duty_r->last_error, sizeof(duty_r->last_error));
	sql_copy_at(rows, 12, duty_r->remote_id, sizeof(duty_r->remote_id));
	sql_copy_at(rows, 13, duty_r->template, sizeof(duty_r->template));
	sql_copy_at(rows, 14, duty_r->note, sizeof(duty_r->note));
}

enum ik_rc store_take_duties(struct store_tx *tx, const char *target, int64_t now_at, size_t max, struct store_duty *duties_r, size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT id, ticket_id, message_id, kind, attempts, next_at, created_at, target, event, key, address,"
	                          " last_error, remote_id, template, note FROM duty WHERE state <= 2 AND state = 0 AND target = ? AND next_at <= ?"
	                          " ORDER BY next_at, id LIMIT ?",
	                          SQL_ARGS(SQL_TEXT(target), SQL_INT(now_at), SQL_INT((int64_t)max)), &rows, err);

	if (rc != IK_OK) return rc;
	while (n < max && sql_next(&rows)) read_duty(&rows, &duties_r[n++]);
	rc = sql_end(&rows, err);
	for (size_t i = 0; rc == IK_OK && i < n; i++) {
		rc = sql_run(&tx->sql, "UPDATE duty SET state = 1, attempts = attempts + 1 WHERE id = ?", SQL_ARGS(SQL_INT(duties_r[i].id)), err);
		count_move(tx, duties_r[i].kind, DUTY_PENDING, DUTY_SENDING);
	}
	if (rc == IK_OK) *count_r = n;
	return rc;
}

struct standing { int64_t ticket_id, attempts; enum duty_kind kind; enum duty_state state; char target[64]; };

static enum ik_rc standing_of(struct store_tx *tx, int64_t id, struct standing *standing_r, struct ik_error *err)
{
	struct sql_rows rows;
	bool found;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT ticket_id, kind, state, target, attempts FROM duty WHERE id = ?", SQL_ARGS(SQL_INT(id)), &rows, err);

	if (rc != IK_OK) return rc;
	found = sql_next(&rows);
	if (found) {
		*standing_r = (struct standing){ .ticket_id = sql_int_at(&rows, 0), .kind = kind_of(sql_int_at(&rows, 1)),
		                                 .state = (enum duty_state)sql_int_at(&rows, 2), .attempts = sql_int_at(&rows, 4) };
		sql_copy_at(&rows, 3, standing_r->target, sizeof(standing_r->target));
	}
	rc = sql_end(&rows, err);
	return rc == IK_OK && !found ? ik_fail(IK_REJECT, err, "store: no duty has the id %lld", (long long)id) : rc;
}

static enum ik_rc no_arrow(int64_t id, enum duty_kind kind, enum duty_state from, enum duty_state to, struct ik_error *err)
{
	return ik_fail(IK_REJECT, err, "store: %s %lld is %s and cannot become %s", kind_names[kind], (long long)id, duty_state_names[from], duty_state_names[to]);
}

/* Whether an id stands earlier in the list: named twice. */
static bool is_named_before(const int64_t *ids, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (ids[i] == ids[at]) return true;
	return false;
}

/* No duty was changed: why not. A duty that this very call has marked already is none of the caller's mistakes. */
static enum ik_rc why_not_committed(struct store_tx *tx, const int64_t *ids, size_t at, struct ik_error *err)
{
	struct standing s;
	enum ik_rc rc = standing_of(tx, ids[at], &s, err);

	if (rc != IK_OK || (s.state == DUTY_COMMITTING && is_named_before(ids, at))) return rc;
	return no_arrow(ids[at], s.kind, s.state, DUTY_COMMITTING, err);
}

enum ik_rc store_commit_duties(struct store_tx *tx, const int64_t *ids, size_t count, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < count; i++) {
		int64_t kind = -1;

		rc = sql_number(&tx->sql, "UPDATE duty SET state = 2 WHERE id = ? AND state = 1 RETURNING kind", SQL_ARGS(SQL_INT(ids[i])), -1, &kind, err);
		if (rc == IK_OK && kind >= 0) count_move(tx, kind_of(kind), DUTY_SENDING, DUTY_COMMITTING);
		else if (rc == IK_OK) rc = why_not_committed(tx, ids, i, err);
	}
	return rc;
}

static bool is_ending(enum duty_state state)
{
	return state == DUTY_PENDING || state == DUTY_SENT || state == DUTY_FAILED || state == DUTY_UNCERTAIN;
}

/* An acknowledgement or notice is only sent through committing, so that a crash can never send it twice; a delivery has a constant key
 * that its receiver knows again. */
static bool may_finish(enum duty_kind kind, enum duty_state from, enum duty_state to)
{
	if (!is_ending(to)) return false;
	if (from == DUTY_COMMITTING) return true;
	return from == DUTY_SENDING && (kind == DUTY_DELIVER || to == DUTY_PENDING || to == DUTY_FAILED);
}

static enum store_ack ack_of(enum duty_state state)
{
	switch (state) {
	case DUTY_SENT: return ACK_SENT;
	case DUTY_FAILED: return ACK_FAILED;
	case DUTY_UNCERTAIN: return ACK_UNCERTAIN;
	case DUTY_WITHHELD: return ACK_WITHHELD;
	case DUTY_PENDING: case DUTY_SENDING: case DUTY_COMMITTING: default: return ACK_PENDING;
	}
}

/* What the ticket shows of it: the acknowledgement's state, and a line of history for everything final or out of the ordinary. */
static enum ik_rc tell_ticket(struct store_tx *tx, const struct standing *s, enum duty_state state, int64_t now_at, const char *actor,
                              const char *detail, struct ik_error *err)
{
	char event[32];
	enum ik_rc rc = IK_OK;

	if (s->ticket_id == 0) return IK_OK;            /* an alarm about no ticket */
	if (s->kind == DUTY_ACK)
		rc = sql_run(&tx->sql, "UPDATE ticket SET ack = ?2, ack_at = ?3 WHERE id = ?1",
		             SQL_ARGS(SQL_INT(s->ticket_id), SQL_INT((int64_t)ack_of(state)), SQL_INT(now_at)), err);
	(void)snprintf(event, sizeof(event), "%s.%s", event_names[s->kind], duty_state_names[state]);
	return rc == IK_OK ? store_add_history(tx, s->ticket_id, now_at, event, actor, detail, err) : rc;
}

struct ending { enum duty_state state; int64_t next_at; const char *error, *remote_id; };

/* The ordinary case in one statement: from committing every end is drawn. *was_r: there was such a duty. */
static enum ik_rc finish_committed(struct store_tx *tx, int64_t id, const struct ending *e, struct standing *s, bool *was_r, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, "UPDATE duty SET state = ?2, next_at = CASE ?2 WHEN 0 THEN ?3 ELSE next_at END, last_error = ?4,"
	                          " remote_id = coalesce(?5, remote_id) WHERE id = ?1 AND state = 2 RETURNING ticket_id, kind, target",
	                          SQL_ARGS(SQL_INT(id), SQL_INT((int64_t)e->state), SQL_INT(e->next_at), SQL_TEXT(e->error), SQL_TEXT(e->remote_id)), &rows, err);

	if (rc != IK_OK) return rc;
	*was_r = sql_next(&rows);
	if (*was_r) {
		*s = (struct standing){ .ticket_id = sql_int_at(&rows, 0), .kind = kind_of(sql_int_at(&rows, 1)), .state = DUTY_COMMITTING };
		sql_copy_at(&rows, 2, s->target, sizeof(s->target));
	}
	return sql_end(&rows, err);
}

static enum ik_rc finish_other(struct store_tx *tx, int64_t id, const struct ending *e, struct standing *s, struct ik_error *err)
{
	enum ik_rc rc = standing_of(tx, id, s, err);

	if (rc != IK_OK) return rc;
	if (!may_finish(s->kind, s->state, e->state)) return no_arrow(id, s->kind, s->state, e->state, err);
	return sql_run(&tx->sql, "UPDATE duty SET state = ?2, next_at = CASE ?2 WHEN 0 THEN ?3 ELSE next_at END, last_error = ?4,"
	               " remote_id = coalesce(?5, remote_id) WHERE id = ?1",
	               SQL_ARGS(SQL_INT(id), SQL_INT((int64_t)e->state), SQL_INT(e->next_at), SQL_TEXT(e->error), SQL_TEXT(e->remote_id)), err);
}

enum ik_rc store_finish_duty(struct store_tx *tx, int64_t id, enum duty_state state, int64_t now_at, int64_t next_at,
                             const char *error, const char *remote_id, struct ik_error *err)
{
	const struct ending e = { state, next_at, error, remote_id != NULL && remote_id[0] != '\0' ? remote_id : NULL };
	struct standing s = { .ticket_id = 0 };
	bool was_committing = false;
	enum ik_rc rc = is_ending(state) ? finish_committed(tx, id, &e, &s, &was_committing, err) : IK_OK;

	if (rc == IK_OK && !was_committing) rc = finish_other(tx, id, &e, &s, err);
	if (rc == IK_OK && state != DUTY_PENDING) rc = tell_ticket(tx, &s, state, now_at, s.target, error, err);
	if (rc == IK_OK) count_move(tx, s.kind, s.state, state);
	return rc;
}

enum ik_rc store_reroute_duty(struct store_tx *tx, int64_t id, const char *target, const char *address, int64_t now_at, const char *why, struct ik_error *err)
{
	enum ik_rc rc = store_finish_duty(tx, id, DUTY_PENDING, now_at, now_at, why, NULL, err);

	return rc == IK_OK ? sql_run(&tx->sql, "UPDATE duty SET target = ?2, address = ?3 WHERE id = ?1", SQL_ARGS(SQL_INT(id), SQL_TEXT(target), SQL_TEXT(address)), err) : rc;
}

/* Back to pending, with the reason in the history. */
static enum ik_rc reopen(struct store_tx *tx, int64_t id, const struct standing *s, int64_t now_at, const char *actor, const char *why, struct ik_error *err)
{
	enum ik_rc rc = sql_run(&tx->sql, "UPDATE duty SET state = 0, next_at = ?2 WHERE id = ?1", SQL_ARGS(SQL_INT(id), SQL_INT(now_at)), err);

	if (rc == IK_OK) rc = tell_ticket(tx, s, DUTY_PENDING, now_at, actor, why, err);
	if (rc == IK_OK) count_move(tx, s->kind, s->state, DUTY_PENDING);
	return rc;
}

enum ik_rc store_retry_duty(struct store_tx *tx, int64_t id, int64_t now_at, struct ik_error *err)
{
	struct standing s;
	enum ik_rc rc = standing_of(tx, id, &s, err);

	if (rc != IK_OK) return rc;
	if (s.state != DUTY_FAILED && s.state != DUTY_UNCERTAIN) return no_arrow(id, s.kind, s.state, DUTY_PENDING, err);
	return reopen(tx, id, &s, now_at, "operator", "sent again on an operator's word", err);
}

enum ik_rc store_next_due(struct store_tx *tx, const char *target, int64_t *at_r, struct ik_error *err)
{
	struct sql_rows rows;
	int64_t at = 0;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT next_at FROM duty WHERE state <= 2 AND state = 0 AND target = ? ORDER BY next_at LIMIT 1",
	                          SQL_ARGS(SQL_TEXT(target)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) at = sql_int_at(&rows, 0) > 0 ? sql_int_at(&rows, 0) : 1;      /* 0 in a row means "now" */
	rc = sql_end(&rows, err);
	if (rc == IK_OK) *at_r = at;
	return rc;
}

enum ik_rc store_is_meant_for(struct store_tx *tx, int64_t ticket_id, const char *target, bool *has_r, struct ik_error *err)
{
	struct sql_rows rows;
	int64_t all = 0, its = 0;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT count(*), count(*) FILTER (WHERE target = ?) FROM duty WHERE ticket_id = ? AND target LIKE 'sink:%'",
	                          SQL_ARGS(SQL_TEXT(target), SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) {
		all = sql_int_at(&rows, 0);
		its = sql_int_at(&rows, 1);
	}
	rc = sql_end(&rows, err);
	if (rc == IK_OK) *has_r = all == 0 || its > 0;
	return rc;
}

enum ik_rc store_ack_address(struct store_tx *tx, int64_t ticket_id, char *address_r, size_t size, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT address FROM duty WHERE ticket_id = ? AND once = 1 ORDER BY id DESC LIMIT 1",
	                          SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	address_r[0] = '\0';
	if (sql_next(&rows)) sql_copy_at(&rows, 0, address_r, size);
	return sql_end(&rows, err);
}

/* The first duty that was left in flight, or 0: they are taken one by one, each changes the index they are found by. */
static enum ik_rc first_in_flight(struct store_tx *tx, int64_t *id_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT id FROM duty WHERE state <= 2 AND state IN (1, 2) LIMIT 1", SQL_NO_ARGS, 0, id_r, err);
}

/* What a kill left of a duty that was marked committing. */
static enum duty_state fate_of(const struct send_note *note, char *why_r, size_t size)
{
	static const struct { enum duty_state state; const char *why; } fates[] = {
		[SEND_UNTOUCHED] = { DUTY_PENDING, "the sending was interrupted before this one went out" },
		[SEND_DOT] = { DUTY_UNCERTAIN, "the sending was interrupted before the relay's answer was there" },
		[SEND_TAKEN] = { DUTY_SENT, NULL },
		[SEND_REFUSED] = { DUTY_FAILED, "the relay refused it" },
		[SEND_AGAIN] = { DUTY_PENDING, "the relay did not take it yet" },
		[SEND_UNKNOWN] = { DUTY_UNCERTAIN, "it is not known whether the relay took it" },
	};
	const bool is_known = note != NULL && note->mark < COUNT_OF(fates);
	const char *why = is_known ? fates[note->mark].why : "the sending was interrupted before it was known whether this arrived";

	(void)snprintf(why_r, size, "%s", why != NULL ? why : "");
	if (is_known && note->code != 0 && why != NULL) (void)snprintf(why_r + strlen(why_r), size - strlen(why_r), " (%u)", note->code);
	return is_known ? fates[note->mark].state : DUTY_UNCERTAIN;
}

static enum ik_rc end_interrupted(struct store_tx *tx, int64_t id, const struct standing *s, const struct send_notes *notes, int64_t now_at, struct ik_error *err)
{
	char why[96];
	const enum duty_state state = fate_of(send_notes_find(notes, id, s->attempts), why, sizeof(why));
	const char *said = why[0] != '\0' ? why : NULL;
	enum ik_rc rc;

	if (state == DUTY_PENDING) return reopen(tx, id, s, now_at, "recovery", why, err);
	rc = sql_run(&tx->sql, "UPDATE duty SET state = ?2, last_error = ?3 WHERE id = ?1", SQL_ARGS(SQL_INT(id), SQL_INT((int64_t)state), SQL_TEXT(said)), err);
	if (rc == IK_OK) rc = tell_ticket(tx, s, state, now_at, "recovery", said, err);
	if (rc == IK_OK) count_move(tx, s->kind, s->state, state);
	return rc;
}

static enum ik_rc recover_with(struct store_tx *tx, const struct send_notes *notes, int64_t now_at, struct ik_error *err)
{
	int64_t id = 0;
	enum ik_rc rc = first_in_flight(tx, &id, err);

	while (rc == IK_OK && id != 0) {
		struct standing s;

		rc = standing_of(tx, id, &s, err);
		if (rc != IK_OK) break;
		if (s.state == DUTY_SENDING) rc = reopen(tx, id, &s, now_at, "recovery", "the sending was interrupted before anything was sent", err);
		else rc = end_interrupted(tx, id, &s, notes, now_at, err);
		if (rc == IK_OK) rc = first_in_flight(tx, &id, err);
	}
	return rc;
}

enum ik_rc store_recover_duties(struct store_tx *tx, int64_t now_at, struct ik_error *err)
{
	struct send_notes notes;
	enum ik_rc rc;

	send_notes_read(tx->dir, &notes);
	rc = recover_with(tx, &notes, now_at, err);
	send_notes_release(&notes);
	return rc;
}

/* ---- given up ------------------------------------------------------------------------------------------------------------------- */

struct given_up { int64_t id, ticket_id, kind; };

static enum ik_rc give_up(struct store_tx *tx, const struct given_up *d, const char *target, const char *actor, int64_t now_at, struct ik_error *err)
{
	enum ik_rc rc = sql_run(&tx->sql, "UPDATE duty SET state = 6, last_error = 'given up' WHERE id = ?", SQL_ARGS(SQL_INT(d->id)), err);

	tally_total(&tx->tally, TOTAL_DUTY + (int)d->kind * TALLY_DUTY_STATES + DUTY_PENDING, -1);
	tally_total(&tx->tally, TOTAL_DUTY + (int)d->kind * TALLY_DUTY_STATES + DUTY_WITHHELD, 1);
	if (rc == IK_OK && d->kind == DUTY_ACK)
		rc = sql_run(&tx->sql, "UPDATE ticket SET ack = 4, ack_reason = 'given-up' WHERE id = ? AND ack = 1", SQL_ARGS(SQL_INT(d->ticket_id)), err);
	return rc == IK_OK && d->ticket_id != 0 ? store_add_history(tx, d->ticket_id, now_at, "duty.dropped", actor, target, err) : rc;
}

enum ik_rc store_drop_duties(struct store_tx *tx, const char *target, const char *actor, int64_t now_at, size_t max, int64_t *count_r, struct ik_error *err)
{
	struct given_up *list = mem_new(max * sizeof(*list));
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT id, ticket_id, kind FROM duty WHERE state <= 2 AND state = 0 AND target = ? LIMIT ?",
	                          SQL_ARGS(SQL_TEXT(target), SQL_INT((int64_t)max)), &rows, err);

	while (rc == IK_OK && n < max && sql_next(&rows)) list[n++] = (struct given_up){ sql_int_at(&rows, 0), sql_int_at(&rows, 1), sql_int_at(&rows, 2) };
	if (rc == IK_OK) rc = sql_end(&rows, err);
	for (size_t i = 0; rc == IK_OK && i < n; i++) rc = give_up(tx, &list[i], target, actor, now_at, err);
	free(list);
	*count_r = (int64_t)n;
	return rc;
}
