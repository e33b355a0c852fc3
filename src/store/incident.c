/* incident.c - what many customers tell at once, as one thing to look at. The states are drawn in store.h.
 *
 *   watched --incident_join(), weight reached--> open --incident_end()--> closed
 *              incident_rise() ----------------> open
 *
 * A watched one holds one ticket of each customer within the window, so that its rows are fewer than the threshold; who tells it twice, a
 * machine or nobody weighs nothing. Its figures are counted anew at each join. An open one only grows. */
#include "store/inside.h"

#include <stdio.h>
#include "store/reader.h"
#include "base/json.h"
#include "store/code.h"

const char *const incident_state_names[] = { "watched", "open", "closed", NULL };

/* ---- which one ------------------------------------------------------------------------------------------------------------------------------ */

struct standing { int64_t id, first_ticket, customers, weight, tickets; enum incident_state state; };

/* The incident of a ticket that still goes on; id 0: none. */
static enum ik_rc incident_of(struct store_tx *tx, int64_t ticket_id, int64_t since_at, struct standing *s_r, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT i.id, i.state, i.first_ticket, i.customers, i.weight, i.tickets FROM incident_ticket m JOIN incident i ON i.id = m.incident_id"
	                          " WHERE m.ticket_id = ? AND i.state < 2 AND i.last_at >= ?", SQL_ARGS(SQL_INT(ticket_id), SQL_INT(since_at)), &rows, err);

	*s_r = (struct standing){ .id = 0 };
	if (rc != IK_OK) return rc;
	if (sql_next(&rows))
		*s_r = (struct standing){ .id = sql_int_at(&rows, 0), .state = (enum incident_state)sql_int_at(&rows, 1), .first_ticket = sql_int_at(&rows, 2),
		                          .customers = sql_int_at(&rows, 3), .weight = sql_int_at(&rows, 4), .tickets = sql_int_at(&rows, 5) };
	return sql_end(&rows, err);
}

/* Two that are watched turn out to be one. */
static enum ik_rc absorb(struct store_tx *tx, int64_t into, int64_t other, struct ik_error *err)
{
	enum ik_rc rc = sql_run(&tx->sql, "UPDATE incident_ticket SET incident_id = ? WHERE incident_id = ?", SQL_ARGS(SQL_INT(into), SQL_INT(other)), err);

	return rc == IK_OK ? sql_run(&tx->sql, "DELETE FROM incident WHERE id = ?", SQL_ARGS(SQL_INT(other)), err) : rc;
}

/* The best of those that the like tickets are in: an open one, else the oldest; the other watched ones become part of it. */
static enum ik_rc choose(struct store_tx *tx, const struct incident_member *m, struct standing *best_r, struct ik_error *err)
{
	struct standing best = { .id = 0 }, one;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < m->like_count; i++) {
		rc = incident_of(tx, m->like[i], m->at - m->window_s, &one, err);
		if (rc != IK_OK || one.id == 0 || one.id == best.id) continue;
		if (best.id == 0) best = one;
		else if (best.state == INCIDENT_WATCHED && (one.state == INCIDENT_OPEN || one.id < best.id)) {
			rc = absorb(tx, one.id, best.id, err);
			best = one;
		} else if (one.state == INCIDENT_WATCHED) rc = absorb(tx, best.id, one.id, err);
	}
	if (rc == IK_OK) *best_r = best;
	return rc;
}

/* ---- joining -------------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc add_row(struct store_tx *tx, int64_t incident_id, int64_t ticket_id, int64_t contact_id, int64_t weight, int64_t at, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO incident_ticket(ticket_id, incident_id, contact_id, weight, at) VALUES(?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(ticket_id), SQL_INT(incident_id), contact_id != 0 ? SQL_INT(contact_id) : SQL_NULL, SQL_INT(weight), SQL_INT(at)), err);
}

/* Whether a ticket may be the first of an incident: it came now, and from a person. */
static enum ik_rc counts(struct store_tx *tx, int64_t ticket_id, bool *is_r, struct ik_error *err)
{
	int64_t found = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT 1 FROM ticket WHERE id = ? AND " TICKET_COUNTS, SQL_ARGS(SQL_INT(ticket_id)), 0, &found, err);

	*is_r = found != 0;
	return rc;
}

/* A new one, with the ticket that this one is like. What is known of that ticket's customer is in its rows. */
static enum ik_rc begin(struct store_tx *tx, const struct incident_member *m, struct standing *s_r, struct ik_error *err)
{
	int64_t contact_id = 0, verified = 0, at = m->at;
	bool may = false;
	enum ik_rc rc = counts(tx, m->like[0], &may, err);

	if (rc == IK_OK && !may) return IK_OK;
	if (rc == IK_OK) rc = store_customer_of(tx, m->like[0], &contact_id, err);
	if (rc == IK_OK) rc = sql_number(&tx->sql, "SELECT max(verified) FROM handle WHERE contact_id = ?", SQL_ARGS(SQL_INT(contact_id)), 0, &verified, err);
	if (rc == IK_OK) rc = sql_number(&tx->sql, "SELECT received_at FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(m->like[0])), m->at, &at, err);
	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "INSERT INTO incident(kind, state, began_at, last_at, first_ticket, category, customers, weight, tickets) VALUES('like', 0, ?, ?, ?, ?, 0, 0, 0)",
		             SQL_ARGS(SQL_INT(at), SQL_INT(m->at), SQL_INT(m->like[0]), SQL_TEXT(m->category)), err);
	if (rc != IK_OK) return rc;
	*s_r = (struct standing){ .id = sqlite3_last_insert_rowid(tx->sql.db), .first_ticket = m->like[0] };
	return add_row(tx, s_r->id, m->like[0], contact_id, verified != 0 ? 2 : 1, at, err);
}

/* He himself, or whoever he is joined with. */
static enum ik_rc is_member(struct store_tx *tx, int64_t incident_id, int64_t contact_id, bool *is_r, struct ik_error *err)
{
	int64_t found = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT 1 FROM incident_ticket WHERE incident_id = ?1 AND (contact_id = ?2 OR contact_id IN"
	                           " (SELECT other_id FROM person WHERE contact_id = ?2 AND revoked_at IS NULL)) LIMIT 1",
	                           SQL_ARGS(SQL_INT(incident_id), SQL_INT(contact_id)), 0, &found, err);

	if (rc == IK_OK) *is_r = found != 0;
	return rc;
}

/* The figures of a watched one: what is out of the window goes. */
static enum ik_rc count_anew(struct store_tx *tx, const struct incident_member *m, struct standing *s, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_run(&tx->sql, "DELETE FROM incident_ticket WHERE incident_id = ? AND at < ?", SQL_ARGS(SQL_INT(s->id), SQL_INT(m->at - m->window_s)), err);

	if (rc == IK_OK)
		rc = sql_query(&tx->sql, "SELECT count(DISTINCT contact_id), coalesce(sum(weight), 0), count(*), min(ticket_id) FROM incident_ticket WHERE incident_id = ?",
		               SQL_ARGS(SQL_INT(s->id)), &rows, err);
	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) {
		s->customers = sql_int_at(&rows, 0);
		s->weight = sql_int_at(&rows, 1);
		s->tickets = sql_int_at(&rows, 2);
		s->first_ticket = sql_int_at(&rows, 3);
	}
	return sql_end(&rows, err);
}

static enum ik_rc write_standing(struct store_tx *tx, const struct incident_member *m, const struct standing *s, struct ik_error *err)
{
	return sql_run(&tx->sql, "UPDATE incident SET state = ?2, last_at = max(last_at, ?3), first_ticket = ?4, customers = ?5, weight = ?6, tickets = ?7 WHERE id = ?1",
	               SQL_ARGS(SQL_INT(s->id), SQL_INT((int64_t)s->state), SQL_INT(m->at), SQL_INT(s->first_ticket), SQL_INT(s->customers), SQL_INT(s->weight),
	                        SQL_INT(s->tickets)), err);
}

/* Every ticket but the first gets a link to it; the first has as many as the incident had when it was opened. */
static enum ik_rc link_members(struct store_tx *tx, const struct standing *s, struct ik_error *err)
{
	enum ik_rc rc = sql_run(&tx->sql, "INSERT OR IGNORE INTO link(from_ticket, to_ticket, kind) SELECT ticket_id, ?2, 'mass' FROM incident_ticket WHERE incident_id = ?1 AND ticket_id <> ?2",
	                        SQL_ARGS(SQL_INT(s->id), SQL_INT(s->first_ticket)), err);

	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "INSERT OR IGNORE INTO link(from_ticket, to_ticket, kind) SELECT ?2, ticket_id, 'mass' FROM incident_ticket WHERE incident_id = ?1 AND ticket_id <> ?2",
		             SQL_ARGS(SQL_INT(s->id), SQL_INT(s->first_ticket)), err);
	return rc;
}

static enum ik_rc open_one(struct store_tx *tx, const struct incident_member *m, struct standing *s, struct ik_error *err)
{
	char detail[96];
	enum ik_rc rc = link_members(tx, s, err);

	s->state = INCIDENT_OPEN;
	(void)snprintf(detail, sizeof(detail), "incident %lld opened: %lld customers", (long long)s->id, (long long)s->customers);
	if (rc == IK_OK) rc = store_add_history(tx, s->first_ticket, m->at, "incident", "intaked", detail, err);
	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "UPDATE incident SET opened_at = ?2, evidence = ?3 WHERE id = ?1", SQL_ARGS(SQL_INT(s->id), SQL_INT(m->at), SQL_TEXT(m->evidence)), err);
	return rc;
}

static enum ik_rc join_watched(struct store_tx *tx, const struct incident_member *m, int64_t weight, struct standing *s, bool *has_opened_r, struct ik_error *err)
{
	enum ik_rc rc = add_row(tx, s->id, m->ticket_id, m->contact_id, weight, m->at, err);

	if (rc == IK_OK) rc = count_anew(tx, m, s, err);
	if (rc == IK_OK && s->weight >= m->threshold && s->customers >= 2) {
		rc = open_one(tx, m, s, err);
		*has_opened_r = rc == IK_OK;
	}
	return rc == IK_OK ? write_standing(tx, m, s, err) : rc;
}

static enum ik_rc join_open(struct store_tx *tx, const struct incident_member *m, int64_t weight, struct standing *s, struct ik_error *err)
{
	char detail[48];
	enum ik_rc rc = add_row(tx, s->id, m->ticket_id, m->contact_id, weight, m->at, err);

	s->customers += weight > 0;
	s->weight += weight;
	s->tickets++;
	(void)snprintf(detail, sizeof(detail), "incident %lld", (long long)s->id);
	if (rc == IK_OK) rc = store_link(tx, m->ticket_id, s->first_ticket, "mass", err);
	if (rc == IK_OK) rc = store_add_history(tx, m->ticket_id, m->at, "incident", "intaked", detail, err);
	return rc == IK_OK ? write_standing(tx, m, s, err) : rc;
}

enum ik_rc incident_join(struct store_tx *tx, const struct incident_member *m, struct incident_found *found_r, struct ik_error *err)
{
	struct standing s = { .id = 0 };
	bool is_known = false, has_opened = false;
	int64_t weight;
	enum ik_rc rc = choose(tx, m, &s, err);

	*found_r = (struct incident_found){ .id = 0 };
	if (rc == IK_OK && s.id == 0 && m->like_count > 0 && !m->is_machine && m->contact_id != 0) rc = begin(tx, m, &s, err);
	if (rc != IK_OK || s.id == 0) return rc;
	if (m->contact_id != 0) rc = is_member(tx, s.id, m->contact_id, &is_known, err);
	weight = is_known || m->is_machine || m->contact_id == 0 ? 0 : m->is_verified ? 2 : 1;
	if (rc == IK_OK && s.state == INCIDENT_OPEN) rc = join_open(tx, m, weight, &s, err);
	else if (rc == IK_OK && weight > 0) rc = join_watched(tx, m, weight, &s, &has_opened, err);
	if (rc == IK_OK)
		*found_r = (struct incident_found){ .id = s.id, .state = s.state, .customers = s.customers, .tickets = s.tickets, .first_ticket = s.first_ticket, .has_opened = has_opened };
	return rc;
}

/* ---- a category that rises ------------------------------------------------------------------------------------------------------------------ */

static enum ik_rc set_first(struct store_tx *tx, int64_t id, const struct incident_rise *rise, int64_t *first_r, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	if (rise->id_count > 0)
		rc = sql_run(&tx->sql, "UPDATE incident SET first_ticket = coalesce(first_ticket, ?2) WHERE id = ?1", SQL_ARGS(SQL_INT(id), SQL_INT(rise->ids[0])), err);
	return rc == IK_OK ? sql_number(&tx->sql, "SELECT first_ticket FROM incident WHERE id = ?", SQL_ARGS(SQL_INT(id)), 0, first_r, err) : rc;
}

/* One by one, as they would have come had the incident been open. */
static enum ik_rc take_ticket(struct store_tx *tx, int64_t id, int64_t ticket_id, int64_t first, int64_t at, struct ik_error *err)
{
	const int64_t before = sqlite3_total_changes64(tx->sql.db);
	char detail[48];
	enum ik_rc rc = sql_run(&tx->sql, "INSERT OR IGNORE INTO incident_ticket(ticket_id, incident_id, contact_id, weight, at) SELECT id, ?2, contact_id, 2, received_at FROM ticket WHERE id = ?1",
	                        SQL_ARGS(SQL_INT(ticket_id), SQL_INT(id)), err);

	if (rc != IK_OK || sqlite3_total_changes64(tx->sql.db) == before) return rc;
	(void)snprintf(detail, sizeof(detail), "incident %lld", (long long)id);
	if (ticket_id != first) rc = store_link(tx, ticket_id, first, "mass", err);
	return rc == IK_OK ? store_add_history(tx, ticket_id, at, "incident", "intaked", detail, err) : rc;
}

static enum ik_rc take_tickets(struct store_tx *tx, const struct incident_rise *rise, struct incident_found *found, struct ik_error *err)
{
	enum ik_rc rc = set_first(tx, found->id, rise, &found->first_ticket, err);

	for (size_t i = 0; rc == IK_OK && i < rise->id_count; i++) rc = take_ticket(tx, found->id, rise->ids[i], found->first_ticket, rise->at, err);
	return rc;
}

enum ik_rc incident_rise(struct store_tx *tx, const struct incident_rise *rise, struct incident_found *found_r, struct ik_error *err)
{
	int64_t id = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT id FROM incident WHERE state = 1 AND kind = 'category' AND category = ?", SQL_ARGS(SQL_TEXT(rise->category)), 0, &id, err);

	if (rc != IK_OK) return rc;
	*found_r = (struct incident_found){ .id = id, .state = INCIDENT_OPEN, .customers = rise->customers, .tickets = rise->tickets, .has_opened = id == 0 };
	if (id != 0) {
		rc = sql_run(&tx->sql, "UPDATE incident SET last_at = ?2, customers = max(customers, ?3), tickets = max(tickets, ?4) WHERE id = ?1",
		             SQL_ARGS(SQL_INT(id), SQL_INT(rise->at), SQL_INT(rise->customers), SQL_INT(rise->tickets)), err);
		return rc == IK_OK ? take_tickets(tx, rise, found_r, err) : rc;
	}
	rc = sql_run(&tx->sql, "INSERT INTO incident(kind, state, began_at, last_at, opened_at, category, customers, weight, tickets, evidence)"
	             " VALUES('category', 1, ?1, ?1, ?1, ?2, ?3, ?3, ?4, ?5)",
	             SQL_ARGS(SQL_INT(rise->at), SQL_TEXT(rise->category), SQL_INT(rise->customers), SQL_INT(rise->tickets), SQL_TEXT(rise->evidence)), err);
	if (rc != IK_OK) return rc;
	found_r->id = sqlite3_last_insert_rowid(tx->sql.db);
	return take_tickets(tx, rise, found_r, err);
}

enum ik_rc incident_end(struct store_tx *tx, int64_t id, int64_t before_at, int64_t now_at, int64_t *closed_r, struct ik_error *err)
{
	const int64_t before = sqlite3_total_changes64(tx->sql.db);
	enum ik_rc rc;

	if (id != 0) rc = sql_run(&tx->sql, "UPDATE incident SET state = 2, closed_at = ?2 WHERE id = ?1 AND state = 1", SQL_ARGS(SQL_INT(id), SQL_INT(now_at)), err);
	else rc = sql_run(&tx->sql, "UPDATE incident SET state = 2, closed_at = ?2 WHERE state = 1 AND last_at < ?1", SQL_ARGS(SQL_INT(before_at), SQL_INT(now_at)), err);
	if (rc == IK_OK) *closed_r = sqlite3_total_changes64(tx->sql.db) - before;
	return rc;
}

/* ---- reading --------------------------------------------------------------------------------------------------------------------------------- */

static json_t *incident_row(const struct sql_rows *rows)
{
	json_t *one = json_object();
	const int64_t number = sql_int_at(rows, 7);
	char text[STORE_NUMBER_SIZE];

	(void)json_object_set_new(one, "id", json_integer(sql_int_at(rows, 0)));
	json_set_text(one, "kind", sql_text_at(rows, 1));
	json_set_text(one, "state", incident_state_names[sql_int_at(rows, 2) % 3]);
	json_set_time(one, "began_at", sql_int_at(rows, 3));
	json_set_time(one, "last_at", sql_int_at(rows, 4));
	json_set_time(one, "opened_at", sql_int_at(rows, 5));
	json_set_time(one, "closed_at", sql_int_at(rows, 6));
	json_set_text(one, "number", number != 0 ? number_text(number, text) : NULL);
	json_set_text(one, "category", sql_text_at(rows, 8));
	(void)json_object_set_new(one, "customers", json_integer(sql_int_at(rows, 9)));
	(void)json_object_set_new(one, "tickets", json_integer(sql_int_at(rows, 10)));
	json_set_text(one, "evidence", sql_text_at(rows, 11));
	return one;
}

enum ik_rc read_incidents(struct store_reader *r, bool with_watched, size_t limit, json_t **array_r, struct ik_error *err)
{
	json_t *array = json_array();
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT i.id, i.kind, i.state, i.began_at, i.last_at, i.opened_at, i.closed_at, t.number, i.category, i.customers, i.tickets, i.evidence"
	                          " FROM incident i LEFT JOIN ticket t ON t.id = i.first_ticket WHERE i.state >= ? ORDER BY i.id DESC LIMIT ?",
	                          SQL_ARGS(SQL_INT(with_watched ? 0 : 1), SQL_INT((int64_t)(limit > 0 && limit < 1000 ? limit : 1000))), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) (void)json_array_append_new(array, incident_row(&rows));
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc == IK_OK) *array_r = array;
	else json_decref(array);
	return rc;
}

enum ik_rc read_open_incidents(struct store_reader *r, int64_t *count_r, struct ik_error *err)
{
	return sql_number(&r->sql, "SELECT count(*) FROM incident WHERE state = 1", SQL_NO_ARGS, 0, count_r, err);
}

enum ik_rc read_incident_tickets(struct store_reader *r, int64_t id, size_t limit, json_t **array_r, struct ik_error *err)
{
	json_t *array = json_array();
	struct sql_rows rows;
	char text[STORE_NUMBER_SIZE];
	enum ik_rc rc = sql_query(&r->sql, "SELECT t.number FROM incident_ticket m JOIN ticket t ON t.id = m.ticket_id WHERE m.incident_id = ? ORDER BY m.ticket_id LIMIT ?",
	                          SQL_ARGS(SQL_INT(id), SQL_INT((int64_t)(limit > 0 && limit < 10000 ? limit : 10000))), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) (void)json_array_append_new(array, json_string(number_text(sql_int_at(&rows, 0), text)));
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc == IK_OK) *array_r = array;
	else json_decref(array);
	return rc;
}
