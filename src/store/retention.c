/* retention.c - what is kept for a time only: spent limits, keys of messages, quarantine. Deleted in slices of about a millisecond, each a
 * transaction of its own between batches, so that no message waits for it.
 *
 * Time is the callers' clock, as far as they told it. A clock that runs a year ahead of the last period anything was filed in deletes no keys:
 * deleting too late costs room, deleting too early lets a known message in again. */
#include "store/inside.h"

#include <string.h>

#define SLICE 200                       /* rows of keys and limits */
#define SLICE_QUARANTINE 2              /* rows that may hold STORE_INLINE_MAX bytes each: half a millisecond a row */
#define SLICE_VERIFICATIONS 20          /* each may have a row of every ticket that waits */
#define VERIFICATION_KEPT_S (4 * DAY_S) /* a day longer than the link works */
#define QUESTION_KEPT_S (31 * DAY_S)
#define SILENCE_PERIODS 13              /* 30 days each */

/* Ends above every text and every hash of 16 bytes, for "all that is left". */
#define BEYOND "x'ffffffffffffffffffffffffffffffffff'"

static enum ik_rc drop_budgets(struct store_tx *tx, int64_t before, bool *more_r, struct ik_error *err)
{
	struct sql_rows rows;
	int64_t ends_at = 0, window = 0;
	bool found;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT ends_at, window FROM budget WHERE ends_at < ? ORDER BY ends_at, window LIMIT 1", SQL_ARGS(SQL_INT(before)), &rows, err);

	if (rc != IK_OK) return rc;
	found = sql_next(&rows);
	if (found) {
		ends_at = sql_int_at(&rows, 0);
		window = sql_int_at(&rows, 1);
	}
	rc = sql_end(&rows, err);
	if (rc != IK_OK || !found) return rc;
	*more_r = true;
	return sql_run(&tx->sql, "DELETE FROM budget WHERE ends_at = ?1 AND window = ?2 AND name <="
	               " coalesce((SELECT name FROM budget WHERE ends_at = ?1 AND window = ?2 ORDER BY name LIMIT 1 OFFSET ?3), " BEYOND ")",
	               SQL_ARGS(SQL_INT(ends_at), SQL_INT(window), SQL_INT(SLICE)), err);
}

struct key_table { const char *oldest, *last_before, *drop; };

static const struct key_table key_tables[] = {
	{ "SELECT min(period) FROM natural_key", "SELECT max(period) FROM natural_key WHERE period < ?",
	  "DELETE FROM natural_key WHERE period = ?1 AND hash <= coalesce((SELECT hash FROM natural_key WHERE period = ?1 ORDER BY hash LIMIT 1 OFFSET ?2), " BEYOND ")" },
	{ "SELECT min(period) FROM mail_key", "SELECT max(period) FROM mail_key WHERE period < ?",
	  "DELETE FROM mail_key WHERE period = ?1 AND hash <= coalesce((SELECT hash FROM mail_key WHERE period = ?1 ORDER BY hash LIMIT 1 OFFSET ?2), " BEYOND ")" },
};

static enum ik_rc drop_keys(struct store_tx *tx, const struct key_table *t, int64_t kept_s, bool *more_r, struct ik_error *err)
{
	const int64_t now = tx->told_at / KEY_PERIOD_S, cutoff = (tx->told_at - kept_s) / KEY_PERIOD_S;
	int64_t oldest = 0, last = 0;
	enum ik_rc rc = sql_number(&tx->sql, t->oldest, SQL_NO_ARGS, now, &oldest, err);

	if (rc != IK_OK || kept_s <= 0 || oldest >= cutoff) return rc;
	rc = sql_number(&tx->sql, t->last_before, SQL_ARGS(SQL_INT(now)), 0, &last, err);
	if (rc != IK_OK || last < now - SILENCE_PERIODS) return rc;
	*more_r = true;
	return sql_run(&tx->sql, t->drop, SQL_ARGS(SQL_INT(oldest), SQL_INT(SLICE)), err);
}

/* The file of a blob that no row needs any more loses the row that keeps it from being swept. */
static enum ik_rc forget_file(struct store_tx *tx, const unsigned char digest[STORE_DIGEST_SIZE], struct ik_error *err)
{
	return sql_run(&tx->sql, "DELETE FROM blob_file WHERE digest = ?1"
	               " AND NOT EXISTS(SELECT 1 FROM original WHERE data IS NULL AND digest = ?1)"
	               " AND NOT EXISTS(SELECT 1 FROM upload WHERE data IS NULL AND digest = ?1)"
	               " AND NOT EXISTS(SELECT 1 FROM quarantine WHERE data IS NULL AND digest = ?1)",
	               SQL_ARGS(SQL_BLOB(digest, STORE_DIGEST_SIZE)), err);
}

struct old { int64_t id; bool is_file; unsigned char digest[STORE_DIGEST_SIZE]; };

static enum ik_rc read_old(struct store_tx *tx, int64_t before, struct old old_r[SLICE_QUARANTINE], size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT id, data IS NULL, digest, at FROM quarantine ORDER BY id LIMIT ?", SQL_ARGS(SQL_INT(SLICE_QUARANTINE)), &rows, err);

	if (rc != IK_OK) return rc;
	while (n < SLICE_QUARANTINE && sql_next(&rows) && sql_int_at(&rows, 3) < before) {
		const void *digest = sqlite3_column_blob(rows.stmt, 2);

		old_r[n] = (struct old){ .id = sql_int_at(&rows, 0), .is_file = sql_int_at(&rows, 1) != 0 };
		if (digest != NULL && sqlite3_column_bytes(rows.stmt, 2) == STORE_DIGEST_SIZE) memcpy(old_r[n].digest, digest, STORE_DIGEST_SIZE);
		n++;
	}
	*count_r = n;
	return sql_end(&rows, err);
}

static enum ik_rc drop_quarantine(struct store_tx *tx, int64_t kept_s, bool *more_r, struct ik_error *err)
{
	struct old old[SLICE_QUARANTINE];
	size_t n = 0;
	enum ik_rc rc = kept_s > 0 ? read_old(tx, tx->told_at - kept_s, old, &n, err) : IK_OK;

	for (size_t i = 0; rc == IK_OK && i < n; i++) {
		rc = sql_run(&tx->sql, "DELETE FROM quarantine WHERE id = ?", SQL_ARGS(SQL_INT(old[i].id)), err);
		if (rc == IK_OK && old[i].is_file) rc = forget_file(tx, old[i].digest, err);
		if (rc == IK_OK) tally_total(&tx->tally, TOTAL_QUARANTINED, -1);
	}
	if (n > 0) *more_r = true;
	return rc;
}

/* Nobody answers a survey any more after a month, whatever the window for answers is. */
static enum ik_rc drop_questions(struct store_tx *tx, bool *more_r, struct ik_error *err)
{
	enum ik_rc rc = sql_run(&tx->sql, "DELETE FROM question WHERE sent_at IN (SELECT sent_at FROM question WHERE sent_at < ? ORDER BY sent_at LIMIT ?)",
	                        SQL_ARGS(SQL_INT(tx->told_at - QUESTION_KEPT_S), SQL_INT(SLICE)), err);

	if (rc == IK_OK && sqlite3_changes(tx->sql.db) > 0) *more_r = true;
	return rc;
}

/* An address nobody proved within the life of its link; what waited for the proof is seen by its code all the same. */
static enum ik_rc drop_verifications(struct store_tx *tx, bool *more_r, struct ik_error *err)
{
	const int64_t before = tx->told_at - VERIFICATION_KEPT_S;
	enum ik_rc rc = sql_run(&tx->sql, "DELETE FROM awaiting WHERE verification_id IN (SELECT id FROM verification WHERE verified_at IS NULL AND asked_at < ?1 ORDER BY asked_at LIMIT ?2)",
	                        SQL_ARGS(SQL_INT(before), SQL_INT(SLICE_VERIFICATIONS)), err);

	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "DELETE FROM verification WHERE id IN (SELECT id FROM verification WHERE verified_at IS NULL AND asked_at < ?1 ORDER BY asked_at LIMIT ?2)",
		             SQL_ARGS(SQL_INT(before), SQL_INT(SLICE_VERIFICATIONS)), err);
	if (rc == IK_OK && sqlite3_changes(tx->sql.db) > 0) *more_r = true;
	return rc;
}

enum ik_rc retention_slice(struct store_tx *tx, const struct store_conf *conf, bool *more_r, struct ik_error *err)
{
	const int64_t before = tx->told_at - DAY_S;
	enum ik_rc rc = sql_run(&tx->sql, "DELETE FROM address_mark WHERE until < ?", SQL_ARGS(SQL_INT(before)), err);

	*more_r = false;
	if (rc == IK_OK) rc = drop_budgets(tx, before, more_r, err);
	if (rc == IK_OK) rc = drop_questions(tx, more_r, err);
	if (rc == IK_OK) rc = drop_verifications(tx, more_r, err);
	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(key_tables); i++) rc = drop_keys(tx, &key_tables[i], conf->keys_kept, more_r, err);
	return rc == IK_OK ? drop_quarantine(tx, conf->quarantine_kept, more_r, err) : rc;
}
