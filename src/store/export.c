/* export.c - every ticket of a filter in the one format, oldest first and in one snapshot; and what hangs on its messages as bytes. */
#include "store/late.h"
#include "store/reader.h"

#include <stdlib.h>
#include "base/json.h"

#define EXPORT_IDS 256                  /* looked up at once */

static enum ik_rc next_ids(struct store_reader *r, const struct export_filter *f, int64_t state, int64_t after_id, int64_t ids_r[EXPORT_IDS], size_t *count_r,
                           struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&r->sql, "SELECT id FROM ticket WHERE id > ?1 AND received_at >= ?2 AND (?3 = 0 OR received_at < ?3) AND (?4 < 0 OR state = ?4)"
	                          " AND (?5 IS NULL OR channel = ?5) AND (?6 IS NULL OR category = ?6) ORDER BY id LIMIT ?7",
	                          SQL_ARGS(SQL_INT(after_id), SQL_INT(f->since_at), SQL_INT(f->until_at), SQL_INT(state), SQL_TEXT(f->channel), SQL_TEXT(f->category),
	                                   SQL_INT(EXPORT_IDS)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) ids_r[n++] = sql_int_at(&rows, 0);
	*count_r = n;
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

static enum ik_rc first_id(struct store_reader *r, int64_t since_at, int64_t *after_r, struct ik_error *err)
{
	int64_t high = 0, low = 1;
	enum ik_rc rc = sql_number(&r->sql, "SELECT max(id) + 1 FROM ticket", SQL_NO_ARGS, 1, &high, err);

	if (rc == IK_OK && since_at > 0) rc = late_since(&r->sql, LATE_TICKET, since_at, high, &low, err);
	*after_r = since_at > 0 && low > SINCE_SLACK ? low - SINCE_SLACK : 0;
	return rc;
}

enum ik_rc read_export(struct store_reader *r, const struct export_filter *f, bool (*each)(void *arg, json_t *ticket), void *arg, struct ik_error *err)
{
	const int64_t state = f->state != NULL ? read_name(store_state_names, f->state) : -1;
	int64_t ids[EXPORT_IDS], after_id = 0;
	size_t count = EXPORT_IDS;
	bool goes_on = true;
	enum ik_rc rc;

	if (f->state != NULL && state < 0) return ik_fail(IK_REJECT, err, "no ticket state is called \"%.40s\"", f->state);
	rc = read_begin(r, err);
	if (rc == IK_OK) rc = first_id(r, f->since_at, &after_id, err);
	while (rc == IK_OK && goes_on && count == EXPORT_IDS) {
		rc = next_ids(r, f, state, after_id, ids, &count, err);
		for (size_t i = 0; rc == IK_OK && goes_on && i < count; i++) {
			json_t *ticket = NULL;

			rc = read_whole(r, ids[i], true, &ticket, err);
			if (rc == IK_OK) goes_on = each(arg, ticket);
			after_id = ids[i];
		}
	}
	read_end(r);
	return rc == IK_OK && !goes_on ? ik_fail(IK_RETRY, err, "the export was ended before its end") : rc;
}

enum ik_rc read_uploads(struct store_reader *r, int64_t message_id, size_t max, bool (*each)(void *arg, int64_t place, const void *data, size_t size), void *arg, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc end, rc = sql_query(&r->sql, "SELECT size, digest, data, place FROM upload WHERE message_id = ? ORDER BY place", SQL_ARGS(SQL_INT(message_id)), &rows, err);

	if (rc != IK_OK) return rc;
	while (rc == IK_OK && sql_next(&rows)) {
		struct buf bytes = BUF_INIT(max);

		rc = read_blob_row(r, &rows, message_id, &bytes, err);
		if (rc == IK_OK && !each(arg, sql_int_at(&rows, 3), buf_str(&bytes), bytes.len)) rc = ik_fail(IK_RETRY, err, "the export was ended before its end");
		buf_release(&bytes);
	}
	end = sql_end(&rows, rc == IK_OK ? err : NULL);
	return rc == IK_OK ? end : rc;
}

enum ik_rc read_has_original(struct store_reader *r, int64_t message_id, bool *has_r, struct ik_error *err)
{
	int64_t found = 0;
	enum ik_rc rc = sql_number(&r->sql, "SELECT 1 FROM original WHERE message_id = ?", SQL_ARGS(SQL_INT(message_id)), 0, &found, err);

	*has_r = found != 0;
	return rc;
}
