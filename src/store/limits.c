/* limits.c - cursors, ledger counts, persisted limits and marked addresses. */
#include "store/inside.h"

#include <stdio.h>

enum ik_rc store_put_cursor(struct store_tx *tx, const char *channel, const char *name, const char *value, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT INTO cursor(channel, name, value) VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = ?3",
	               SQL_ARGS(SQL_TEXT(channel), SQL_TEXT(name), SQL_TEXT(value)), err);
}

enum ik_rc store_count(struct store_tx *tx, const char *channel, int64_t now_at, enum store_count what, const char *reason, struct ik_error *err)
{
	tx->told_at = now_at;
	return tally_ledger(&tx->tally, &tx->sql, channel, now_at / DAY_S, what, reason != NULL ? reason : "", err);
}

/* One statement: what is used up is left as it is, and so nothing was changed. */
enum ik_rc store_use_budget(struct store_tx *tx, const char *key, int64_t window_s, int64_t limit, int64_t now_at, bool *ok_r, struct ik_error *err)
{
	const int64_t ends_at = (now_at / window_s + 1) * window_s;
	bool ok = limit > 0;
	enum ik_rc rc = IK_OK;

	tx->told_at = now_at;
	if (ok) {
		rc = sql_run(&tx->sql, "INSERT INTO budget(ends_at, window, name, used) VALUES(?, ?, ?, 1) ON CONFLICT DO UPDATE SET used = used + 1 WHERE used < ?",
		             SQL_ARGS(SQL_INT(ends_at), SQL_INT(window_s), SQL_TEXT(key), SQL_INT(limit)), err);
		ok = sqlite3_changes(tx->sql.db) > 0;
	}
	if (rc == IK_OK) *ok_r = ok;
	return rc;
}

enum ik_rc store_used_budget(struct store_tx *tx, const char *key, int64_t window_s, int64_t now_at, int64_t *used_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT used FROM budget WHERE ends_at = ? AND window = ? AND name = ?",
	                  SQL_ARGS(SQL_INT((now_at / window_s + 1) * window_s), SQL_INT(window_s), SQL_TEXT(key)), 0, used_r, err);
}

enum ik_rc store_mark_address(struct store_tx *tx, const char *address, const char *mark, const char *evidence, int64_t until, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT INTO address_mark(address, mark, evidence, until) VALUES(?1, ?2, ?3, ?4)"
	               " ON CONFLICT DO UPDATE SET mark = ?2, evidence = ?3, until = ?4",
	               SQL_ARGS(SQL_TEXT(address), SQL_TEXT(mark), SQL_TEXT(evidence), SQL_INT(until)), err);
}

enum ik_rc store_address_mark(struct store_tx *tx, const char *address, int64_t now_at, char *mark_r, size_t size, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT mark FROM address_mark WHERE address = ? AND until > ?",
	                          SQL_ARGS(SQL_TEXT(address), SQL_INT(now_at)), &rows, err);

	if (rc != IK_OK) return rc;
	(void)snprintf(mark_r, size, "%s", "");
	if (sql_next(&rows)) sql_copy_at(&rows, 0, mark_r, size);
	return sql_end(&rows, err);
}
