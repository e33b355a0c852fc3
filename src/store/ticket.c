/* ticket.c - rows of tickets: numbers, tracking codes, state, links, history. */
#include "store/inside.h"

#include <string.h>
#include "store/code.h"

#define CODE_PART_SHIFT 14              /* tickets of one part of code_key */
#define CODE_TRIES 8
#define NO_CODE "0000000000000000"      /* looked up for what is no code, so that a wrong one takes the same time whatever is wrong with it */

const char *const store_state_names[] = { "received", "forwarded", "in_progress", "waiting_customer", "resolved", "closed", NULL };
const char *const store_ack_names[] = { "none", "pending", "sent", "uncertain", "withheld", "failed", NULL };

static struct sql_value int_or_null(int64_t number)
{
	return number != 0 ? SQL_INT(number) : SQL_NULL;
}

/* 75 random bits meet an earlier code less than once in 10^9 stores of ten million tickets; inside its part the index makes sure. */
static enum ik_rc file_code(struct store_tx *tx, struct store_ticket *t, struct ik_error *err)
{
	enum ik_rc rc = IK_REJECT;

	for (int attempt = 0; rc == IK_REJECT && attempt < CODE_TRIES; attempt++) {
		unsigned char random[CODE_RANDOM];

		tx_random(tx, random, sizeof(random));
		code_make(random, t->code);
		rc = sql_run(&tx->sql, "INSERT INTO code_key(part, hash, ticket_id) VALUES(?, ?, ?)",
		             SQL_ARGS(SQL_INT(t->id >> CODE_PART_SHIFT), SQL_INT(hash_number(&tx->mac, "code", "", t->code)), SQL_INT(t->id)), err);
	}
	return rc == IK_REJECT ? ik_fail(IK_FATAL, err, "store: no free tracking code in %d tries: the random source repeats itself", CODE_TRIES) : rc;
}

static enum ik_rc file_known_code(struct store_tx *tx, const struct store_ticket *t, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT INTO code_key(part, hash, ticket_id) VALUES(?, ?, ?)",
	               SQL_ARGS(SQL_INT(t->id >> CODE_PART_SHIFT), SQL_INT(hash_number(&tx->mac, "code", "", t->code)), SQL_INT(t->id)), err);
}

static enum ik_rc insert_ticket(struct store_tx *tx, const struct store_ticket *t, int64_t number, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT INTO ticket(id, number, state, ack, ack_reason, ack_at, received_at, first_response_due, handling_due,"
	               " contact_id, code, brand, channel, channel_type, subject, category, severity, sentiment, department, product,"
	               " order_number, wanted, language, promise_text, decisions, earlier)"
	               " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(t->id), SQL_INT(number), SQL_INT(STATE_RECEIVED), SQL_INT((int64_t)t->ack), SQL_TEXT(t->ack_reason),
	                        int_or_null(t->ack_at), SQL_INT(t->received_at), int_or_null(t->first_response_due), int_or_null(t->handling_due),
	                        int_or_null(t->contact_id), SQL_TEXT(t->code), SQL_TEXT(t->brand), SQL_TEXT(t->channel),
	                        SQL_TEXT(t->channel_type), SQL_TEXT(t->subject), SQL_TEXT(t->category), SQL_TEXT(t->severity),
	                        SQL_TEXT(t->sentiment), SQL_TEXT(t->department), SQL_TEXT(t->product), SQL_TEXT(t->order_number),
	                        SQL_TEXT(t->wanted), SQL_TEXT(t->language), SQL_TEXT(t->promise_text), SQL_TEXT(t->decisions), SQL_INT(t->earlier)), err);
}

static enum ik_rc next_number(struct store_tx *tx, struct store_ticket *t, struct ik_error *err)
{
	int64_t sequence = 0;
	enum ik_rc rc;

	if (t->month < 100001 || t->month > 999912) return ik_fail(IK_REJECT, err, "store: %lld is no month", (long long)t->month);
	rc = tally_sequence(&tx->tally, &tx->sql, t->month, &sequence, err);
	if (rc != IK_OK) return rc;
	if (sequence >= NUMBER_FACTOR) return ik_fail(IK_RETRY, err, "store: month %lld has no numbers left", (long long)t->month);
	number_text(t->month * NUMBER_FACTOR + sequence, t->number);
	return IK_OK;
}

/* The old code opens nothing any more. */
enum ik_rc store_new_code(struct store_tx *tx, int64_t ticket_id, struct ik_error *err)
{
	struct store_ticket t = { .id = ticket_id };
	char old[STORE_CODE_SIZE] = "";
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT code FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) sql_copy_at(&rows, 0, old, sizeof(old));
	rc = sql_end(&rows, err);
	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "DELETE FROM code_key WHERE part = ? AND hash = ?", SQL_ARGS(SQL_INT(ticket_id >> CODE_PART_SHIFT), SQL_INT(hash_number(&tx->mac, "code", "", old))), err);
	if (rc == IK_OK) rc = file_code(tx, &t, err);
	return rc == IK_OK ? sql_run(&tx->sql, "UPDATE ticket SET code = ? WHERE id = ?", SQL_ARGS(SQL_TEXT(t.code), SQL_INT(ticket_id)), err) : rc;
}

/* The rows of a ticket that has its number; code "": a new one. */
static enum ik_rc add_rows(struct store_tx *tx, struct store_ticket *t, struct ik_error *err)
{
	int64_t last = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT max(id) FROM ticket", SQL_NO_ARGS, 0, &last, err);

	if (rc != IK_OK) return rc;
	t->id = last + 1;
	rc = t->code[0] != '\0' ? file_known_code(tx, t, err) : file_code(tx, t, err);
	t->earlier = 0;
	if (rc == IK_OK && t->contact_id != 0)
		rc = sql_number(&tx->sql, "UPDATE contact SET tickets = tickets + 1 WHERE id = ?1 RETURNING tickets - 1 + (SELECT coalesce(sum(o.tickets), 0) FROM person p"
		                " JOIN contact o ON o.id = p.other_id WHERE p.contact_id = ?1 AND p.revoked_at IS NULL)", SQL_ARGS(SQL_INT(t->contact_id)), 0, &t->earlier, err);
	if (rc == IK_OK) rc = insert_ticket(tx, t, number_parse(t->number), err);
	if (rc == IK_OK) rc = tally_part(&tx->tally, &tx->sql, t->id, t->channel, t->category != NULL ? t->category : "", err);
	if (rc != IK_OK) return rc;
	tally_total(&tx->tally, TOTAL_TICKETS, 1);
	tally_total(&tx->tally, TOTAL_STATE + STATE_RECEIVED, 1);
	return IK_OK;
}

enum ik_rc store_add_ticket(struct store_tx *tx, struct store_ticket *t, struct ik_error *err)
{
	enum ik_rc rc = next_number(tx, t, err);

	t->code[0] = '\0';
	return rc == IK_OK ? add_rows(tx, t, err) : rc;
}

enum ik_rc store_put_ticket(struct store_tx *tx, struct store_ticket *t, struct ik_error *err)
{
	const int64_t number = number_parse(t->number);
	int64_t taken = 1;
	enum ik_rc rc = IK_OK;

	if (number != 0) rc = sql_number(&tx->sql, "SELECT count(*) FROM ticket WHERE number = ?", SQL_ARGS(SQL_INT(number)), 0, &taken, err);
	if (rc == IK_OK && taken == 0) rc = tally_raise_sequence(&tx->tally, &tx->sql, number / NUMBER_FACTOR, number % NUMBER_FACTOR, err);
	else if (rc == IK_OK) rc = next_number(tx, t, err);
	return rc == IK_OK ? add_rows(tx, t, err) : rc;
}

/* Whether the ticket's code is this one, in a time that does not tell how much of it was right. */
static enum ik_rc has_code(struct sql *sql, int64_t ticket_id, const char *code, bool *has_r, struct ik_error *err)
{
	struct sql_rows rows;
	char kept[STORE_CODE_SIZE] = "";
	enum ik_rc rc = sql_query(sql, "SELECT code FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) sql_copy_at(&rows, 0, kept, sizeof(kept));
	*has_r = same_bytes(kept, code, sizeof(kept));
	return sql_end(&rows, err);
}

/* Every part is asked and one ticket is read, found or not: an unknown code takes the same work as a known one. */
static enum ik_rc find_code(struct sql *sql, struct mac *mac, const char *code, int64_t *ticket_id_r, struct ik_error *err)
{
	const int64_t hash = hash_number(mac, "code", "", code);
	int64_t last = 0, found = 0;
	bool is_same = false;
	enum ik_rc rc = sql_number(sql, "SELECT max(id) FROM ticket", SQL_NO_ARGS, 0, &last, err);

	for (int64_t part = 0; rc == IK_OK && part <= last >> CODE_PART_SHIFT; part++) {
		int64_t id = 0;

		rc = sql_number(sql, "SELECT ticket_id FROM code_key WHERE part = ? AND hash = ?", SQL_ARGS(SQL_INT(part), SQL_INT(hash)), 0, &id, err);
		if (id != 0) found = id;
	}
	if (rc == IK_OK) rc = has_code(sql, found != 0 ? found : last, code, &is_same, err);
	if (rc == IK_OK) *ticket_id_r = found != 0 && is_same ? found : 0;
	return rc;
}

enum ik_rc ticket_find(struct sql *sql, struct mac *mac, const char *number_or_code, int64_t *ticket_id_r, struct ik_error *err)
{
	const int64_t number = number_parse(number_or_code);
	char code[STORE_CODE_SIZE];

	if (number != 0) return sql_number(sql, "SELECT id FROM ticket WHERE number = ?", SQL_ARGS(SQL_INT(number)), 0, ticket_id_r, err);
	return find_code(sql, mac, store_code_canonical(number_or_code, code) ? code : NO_CODE, ticket_id_r, err);
}

enum ik_rc store_find_ticket(struct store_tx *tx, const char *number_or_code, int64_t *ticket_id_r, struct ik_error *err)
{
	return ticket_find(&tx->sql, &tx->mac, number_or_code, ticket_id_r, err);
}

enum ik_rc store_get_receipt(struct store_tx *tx, int64_t ticket_id, struct store_receipt *receipt_r, struct ik_error *err)
{
	struct store_receipt receipt = { .first_response_due = 0 };
	struct sql_rows rows;
	bool found;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT t.number, t.code, t.first_response_due, coalesce(t.language, c.language), t.promise_text"
	                          " FROM ticket t LEFT JOIN contact c ON c.id = t.contact_id WHERE t.id = ?",
	                          SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	found = sql_next(&rows);
	if (found) {
		number_text(sql_int_at(&rows, 0), receipt.number);
		sql_copy_at(&rows, 1, receipt.code, sizeof(receipt.code));
		receipt.first_response_due = sql_int_at(&rows, 2);
		sql_copy_at(&rows, 3, receipt.language, sizeof(receipt.language));
		receipt.promise_text = mem_text(sql_text_at(&rows, 4));
	}
	rc = sql_end(&rows, err);
	if (rc == IK_OK && !found) rc = ik_fail(IK_REJECT, err, "store: no ticket has the id %lld", (long long)ticket_id);
	if (rc == IK_OK) *receipt_r = receipt;
	else free(receipt.promise_text);
	return rc;
}

enum ik_rc store_get_standing(struct store_tx *tx, int64_t ticket_id, bool *found_r, struct store_standing *standing_r, struct ik_error *err)
{
	struct store_standing standing = { .state = STATE_RECEIVED };
	struct sql_rows rows;
	bool found;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT state, substr(subject, 1, 120), (SELECT max(at) FROM history WHERE ticket_id = ticket.id AND event = 'state')"
	                          " FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	found = sql_next(&rows);
	if (found) {
		standing.state = (enum store_state)sql_int_at(&rows, 0);
		sql_copy_at(&rows, 1, standing.subject, sizeof(standing.subject));
		standing.state_at = sql_int_at(&rows, 2);
	}
	rc = sql_end(&rows, err);
	if (rc != IK_OK) return rc;
	*found_r = found;
	if (found) *standing_r = standing;
	return IK_OK;
}

enum ik_rc store_link(struct store_tx *tx, int64_t from_ticket, int64_t to_ticket, const char *kind, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO link(from_ticket, to_ticket, kind) VALUES(?, ?, ?)",
	               SQL_ARGS(SQL_INT(from_ticket), SQL_INT(to_ticket), SQL_TEXT(kind)), err);
}

enum ik_rc store_add_history(struct store_tx *tx, int64_t ticket_id, int64_t at, const char *event, const char *actor, const char *detail, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT INTO history(ticket_id, place, at, event, actor, detail)"
	               " VALUES(?1, coalesce((SELECT max(place) FROM history WHERE ticket_id = ?1), 0) + 1, ?2, ?3, ?4, ?5)",
	               SQL_ARGS(SQL_INT(ticket_id), SQL_INT(at), SQL_TEXT(event), SQL_TEXT(actor), SQL_TEXT(detail)), err);
}

enum ik_rc store_ticket_of(struct store_tx *tx, int64_t message_id, int64_t *ticket_id_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT ticket_id FROM message WHERE id = ?", SQL_ARGS(SQL_INT(message_id)), 0, ticket_id_r, err);
}

enum ik_rc store_is_added(struct store_tx *tx, int64_t ticket_id, int64_t message_id, bool *is_r, struct ik_error *err)
{
	int64_t first = message_id;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT min(id) FROM message WHERE ticket_id = ?", SQL_ARGS(SQL_INT(ticket_id)), message_id, &first, err);

	if (rc == IK_OK) *is_r = first < message_id;
	return rc;
}

enum ik_rc store_customer_of(struct store_tx *tx, int64_t ticket_id, int64_t *contact_id_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT contact_id FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), 0, contact_id_r, err);
}

enum ik_rc store_count_repeat(struct store_tx *tx, int64_t ticket_id, int64_t *repeats_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "UPDATE ticket SET repeats = repeats + 1 WHERE id = ? RETURNING repeats", SQL_ARGS(SQL_INT(ticket_id)), 0, repeats_r, err);
}

enum ik_rc store_has_ack(struct store_tx *tx, int64_t ticket_id, const char *event, bool *has_r, struct ik_error *err)
{
	int64_t found = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT 1 FROM duty WHERE ticket_id = ? AND event = ? AND once = 1", SQL_ARGS(SQL_INT(ticket_id), SQL_TEXT(event)), 0, &found, err);

	if (rc == IK_OK) *has_r = found != 0;
	return rc;
}

enum ik_rc store_set_state(struct store_tx *tx, int64_t ticket_id, enum store_state state, int64_t at, const char *actor, struct ik_error *err)
{
	int64_t old = -1;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT state FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), -1, &old, err);

	if (rc != IK_OK) return rc;
	if (old < 0 || old >= TALLY_STATES) return ik_fail(IK_REJECT, err, "store: no ticket has the id %lld", (long long)ticket_id);
	if (old == (int64_t)state) return IK_OK;
	rc = sql_run(&tx->sql, "UPDATE ticket SET state = ?2 WHERE id = ?1", SQL_ARGS(SQL_INT(ticket_id), SQL_INT((int64_t)state)), err);
	if (rc == IK_OK) rc = store_add_history(tx, ticket_id, at, "state", actor, store_state_names[state], err);
	if (rc != IK_OK) return rc;
	tally_total(&tx->tally, TOTAL_STATE + (int)old, -1);
	tally_total(&tx->tally, TOTAL_STATE + (int)state, 1);
	return IK_OK;
}
