/* held.c - see held.h. */
#include "store/held.h"

#include <stdio.h>
#include "base/mem.h"
#include "store/inside.h"

/* Whether a delivery may still bring the id: not over, or nobody knows how it ended. */
static enum ik_rc is_under_way(struct store_tx *tx, const char *sink, bool *is_r, struct ik_error *err)
{
	char target[64];
	int64_t found = 0;
	enum ik_rc rc;

	(void)snprintf(target, sizeof(target), "sink:%s", sink);
	rc = sql_number(&tx->sql, "SELECT 1 FROM duty WHERE state <= 2 AND state IN (0, 1, 2) AND target = ? LIMIT 1", SQL_ARGS(SQL_TEXT(target)), 0, &found, err);
	if (rc == IK_OK) *is_r = found != 0;
	return rc;
}

enum ik_rc held_keep(struct store_tx *tx, const char *sink, const char *event, const char *remote_id, const char *body, int64_t at, bool *kept_r, struct ik_error *err)
{
	enum ik_rc rc = is_under_way(tx, sink, kept_r, err);

	if (rc != IK_OK || !*kept_r) return rc;
	rc = sql_run(&tx->sql, "INSERT OR IGNORE INTO held_callback(sink, event, remote_id, at, body) VALUES(?, ?, ?, ?, ?)",
	             SQL_ARGS(SQL_TEXT(sink), SQL_TEXT(event), SQL_TEXT(remote_id), SQL_INT(at), SQL_TEXT(body)), err);
	return rc == IK_OK ? sql_run(&tx->sql, "DELETE FROM held_callback WHERE id <= (SELECT id FROM held_callback ORDER BY id DESC LIMIT 1 OFFSET ?)",
	                             SQL_ARGS(SQL_INT(HELD_MAX)), err) : rc;
}

enum ik_rc held_take(struct store_tx *tx, int64_t now_at, size_t max, struct held_callback *list_r, size_t *count_r, int64_t *left_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_run(&tx->sql, "DELETE FROM held_callback WHERE at < ?", SQL_ARGS(SQL_INT(now_at - HELD_FOR_S)), err);

	if (rc == IK_OK)
		rc = sql_query(&tx->sql, "SELECT id, at, sink, event, body FROM held_callback h WHERE EXISTS(SELECT 1 FROM duty WHERE remote_id IS NOT NULL AND remote_id = h.remote_id"
		               " AND target = 'sink:' || h.sink) ORDER BY id LIMIT ?", SQL_ARGS(SQL_INT((int64_t)max)), &rows, err);
	if (rc != IK_OK) return rc;
	while (n < max && sql_next(&rows)) {
		struct held_callback *h = &list_r[n++];

		*h = (struct held_callback){ .id = sql_int_at(&rows, 0), .at = sql_int_at(&rows, 1), .body = mem_text(sql_text_at(&rows, 4)) };
		sql_copy_at(&rows, 2, h->sink, sizeof(h->sink));
		sql_copy_at(&rows, 3, h->event, sizeof(h->event));
	}
	*count_r = n;
	rc = sql_end(&rows, err);
	for (size_t i = 0; rc == IK_OK && i < n; i++) rc = sql_run(&tx->sql, "DELETE FROM held_callback WHERE id = ?", SQL_ARGS(SQL_INT(list_r[i].id)), err);
	return rc == IK_OK ? sql_number(&tx->sql, "SELECT count(*) FROM held_callback", SQL_NO_ARGS, 0, left_r, err) : rc;
}
