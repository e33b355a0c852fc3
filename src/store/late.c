#include "store/late.h"

#define LATE_S 3600                     /* s of disorder that whoever halves allows for */

/* first, last: ids; before_at: the time of the row before it, newer than any of its own. */
struct run { int64_t first, last, before_at; };

static enum ik_rc last_run(struct sql *sql, enum store_late kind, int64_t upto, struct run *run_r, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(sql, "SELECT first_id, last_id, before_at FROM late WHERE kind = ? AND first_id <= ? ORDER BY first_id DESC LIMIT 1",
	                          SQL_ARGS(SQL_INT((int64_t)kind), SQL_INT(upto)), &rows, err);

	*run_r = (struct run){ .first = 0 };
	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) *run_r = (struct run){ sql_int_at(&rows, 0), sql_int_at(&rows, 1), sql_int_at(&rows, 2) };
	return sql_end(&rows, err);
}

static enum ik_rc time_of(struct sql *sql, enum store_late kind, int64_t id, int64_t fallback, int64_t *at_r, struct ik_error *err)
{
	if (kind == LATE_MESSAGE)
		return sql_number(sql, "SELECT received_at FROM message WHERE id >= ? ORDER BY id LIMIT 1", SQL_ARGS(SQL_INT(id)), fallback, at_r, err);
	return sql_number(sql, "SELECT received_at FROM ticket WHERE id >= ? ORDER BY id LIMIT 1", SQL_ARGS(SQL_INT(id)), fallback, at_r, err);
}

enum ik_rc store_note_late(struct store_tx *tx, enum store_late kind, int64_t id, int64_t at, struct ik_error *err)
{
	struct run run;
	enum ik_rc rc = last_run(&tx->sql, kind, id, &run, err);
	const bool goes_on = run.first != 0 && run.last == id - 1;
	int64_t before_at = run.before_at;

	if (rc == IK_OK && !goes_on && id > 1) rc = time_of(&tx->sql, kind, id - 1, at, &before_at, err);
	if (rc != IK_OK || id <= 1 || at >= before_at - LATE_S) return rc;
	if (goes_on)
		return sql_run(&tx->sql, "UPDATE late SET last_id = ?3 WHERE kind = ?1 AND first_id = ?2",
		               SQL_ARGS(SQL_INT((int64_t)kind), SQL_INT(run.first), SQL_INT(id)), err);
	return sql_run(&tx->sql, "INSERT INTO late(kind, first_id, last_id, before_at) VALUES(?1, ?2, ?2, ?3)",
	               SQL_ARGS(SQL_INT((int64_t)kind), SQL_INT(id), SQL_INT(before_at)), err);
}

/* The first ordinary id at or behind one. */
static enum ik_rc pass_over(struct sql *sql, enum store_late kind, int64_t id, int64_t *id_r, struct ik_error *err)
{
	struct run run;
	enum ik_rc rc = last_run(sql, kind, id, &run, err);

	*id_r = run.last >= id ? run.last + 1 : id;
	return rc;
}

enum ik_rc late_since(struct sql *sql, enum store_late kind, int64_t since_at, int64_t upto, int64_t *id_r, struct ik_error *err)
{
	int64_t low = 1, high = upto;
	enum ik_rc rc = IK_OK;

	while (rc == IK_OK && low < high) {
		const int64_t middle = low + (high - low) / 2;
		int64_t probe = middle, at = INT64_MAX;

		rc = pass_over(sql, kind, middle, &probe, err);
		if (rc == IK_OK && probe < high) rc = time_of(sql, kind, probe, INT64_MAX, &at, err);
		if (rc == IK_OK && at < since_at) low = probe + 1;
		else high = middle;
	}
	if (rc == IK_OK) *id_r = low;           /* a run is older than the row before it: what is new enough in it stands behind */
	return rc;
}
