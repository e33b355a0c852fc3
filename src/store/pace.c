/* pace.c - one row a span; rows of spans without mail do not exist and count as 0. */
#include "store/pace.h"

#include "store/inside.h"

#define SPANS 1008                      /* of seven days */

enum ik_rc store_count_pace(struct store_tx *tx, int64_t at, int64_t sent, int64_t bounced, struct ik_error *err)
{
	const int64_t span = at / PACE_SPAN_S;
	int64_t known = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT count(*) FROM pace WHERE span = ?", SQL_ARGS(SQL_INT(span)), 0, &known, err);

	if (rc == IK_OK && known == 0) rc = sql_run(&tx->sql, "DELETE FROM pace WHERE span < ?", SQL_ARGS(SQL_INT(span - SPANS)), err);
	if (rc != IK_OK) return rc;
	return sql_run(&tx->sql, "INSERT INTO pace(span, sent, bounced) VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET sent = sent + ?2, bounced = bounced + ?3",
	               SQL_ARGS(SQL_INT(span), SQL_INT(sent), SQL_INT(bounced)), err);
}

/* The middle of SPANS numbers of which only those above 0 are stored. */
static enum ik_rc median(struct store_tx *tx, int64_t span, int64_t *usual_r, struct ik_error *err)
{
	int64_t rows = 0, place;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT count(*) FROM pace WHERE span < ?1 AND span >= ?1 - ?2 AND sent > 0", SQL_ARGS(SQL_INT(span), SQL_INT(SPANS)), 0, &rows, err);

	place = SPANS / 2 - (SPANS - rows);
	*usual_r = 0;
	if (rc != IK_OK || place < 0) return rc;
	return sql_number(&tx->sql, "SELECT sent FROM pace WHERE span < ?1 AND span >= ?1 - ?2 AND sent > 0 ORDER BY sent LIMIT 1 OFFSET ?3",
	                  SQL_ARGS(SQL_INT(span), SQL_INT(SPANS), SQL_INT(place)), 0, usual_r, err);
}

enum ik_rc store_get_pace(struct store_tx *tx, int64_t at, struct store_pace *pace_r, struct ik_error *err)
{
	const int64_t span = at / PACE_SPAN_S, left = PACE_SPAN_S - at % PACE_SPAN_S;
	struct store_pace pace = { .recent = 0 };
	int64_t now = 0, before = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT sent FROM pace WHERE span = ?", SQL_ARGS(SQL_INT(span)), 0, &now, err);

	if (rc == IK_OK) rc = sql_number(&tx->sql, "SELECT sent FROM pace WHERE span = ?", SQL_ARGS(SQL_INT(span - 1)), 0, &before, err);
	if (rc == IK_OK) rc = median(tx, span, &pace.usual, err);
	if (rc == IK_OK) rc = sql_number(&tx->sql, "SELECT sum(sent) FROM pace WHERE span > ?", SQL_ARGS(SQL_INT(span - 6)), 0, &pace.hour_sent, err);
	if (rc == IK_OK) rc = sql_number(&tx->sql, "SELECT sum(bounced) FROM pace WHERE span > ?", SQL_ARGS(SQL_INT(span - 6)), 0, &pace.hour_bounced, err);
	pace.recent = now + before * left / PACE_SPAN_S;
	if (rc == IK_OK) *pace_r = pace;
	return rc;
}
