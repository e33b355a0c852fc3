/* read_behind.c - what whoever keeps something beside the store asks: messages and corrections since the last look, and what rises. */
#include "store/reader.h"

#include <string.h>
#include "store/late.h"

enum ik_rc read_messages_behind(struct store_reader *r, int64_t after_id, size_t limit, bool (*each)(void *arg, const struct read_message *m), void *arg,
                                size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	bool goes_on = true;
	size_t n = 0;
	enum ik_rc rc = sql_query(&r->sql, "SELECT id, ticket_id, received_at, is_outbound, auto_reason IS NOT NULL, authenticated, channel, external_id, sender, conversation,"
	                          " subject, text, reply_text, (SELECT type FROM handle h WHERE h.contact_id = message.contact_id LIMIT 1) FROM message WHERE id > ? ORDER BY id LIMIT ?", SQL_ARGS(SQL_INT(after_id), SQL_INT((int64_t)limit)), &rows, err);

	while (rc == IK_OK && goes_on && sql_next(&rows)) {
		const char *authenticated = sql_text_at(&rows, 5);
		const struct read_message m = {
			.id = sql_int_at(&rows, 0), .ticket_id = sql_int_at(&rows, 1), .received_at = sql_int_at(&rows, 2), .is_outbound = sql_int_at(&rows, 3) != 0,
			.is_automatic = sql_int_at(&rows, 4) != 0, .is_forged = authenticated != NULL && strcmp(authenticated, "fail") == 0,
			.channel = sql_text_at(&rows, 6), .external_id = sql_text_at(&rows, 7), .sender_type = sql_text_at(&rows, 13), .sender = sql_text_at(&rows, 8), .conversation = sql_text_at(&rows, 9),
			.subject = sql_text_at(&rows, 10), .text = sql_text_at(&rows, 11), .reply_text = sql_text_at(&rows, 12),
		};

		goes_on = each(arg, &m);
		n++;
	}
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc == IK_OK) *count_r = n;
	return rc;
}

enum ik_rc read_last_message(struct store_reader *r, int64_t *id_r, struct ik_error *err)
{
	return sql_number(&r->sql, "SELECT max(id) FROM message", SQL_NO_ARGS, 0, id_r, err);
}

enum ik_rc read_message_since(struct store_reader *r, int64_t since_at, int64_t *id_r, struct ik_error *err)
{
	int64_t high = 0;
	enum ik_rc rc = read_last_message(r, &high, err);

	return rc == IK_OK ? late_since(&r->sql, LATE_MESSAGE, since_at, high + 1, id_r, err) : rc;
}

enum ik_rc read_moves_behind(struct store_reader *r, int64_t after_id, struct read_move *moves_r, size_t max, size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&r->sql, "SELECT id, message_id, from_ticket, to_ticket FROM moved WHERE id > ? ORDER BY id LIMIT ?",
	                          SQL_ARGS(SQL_INT(after_id), SQL_INT((int64_t)max)), &rows, err);

	if (rc != IK_OK) return rc;
	for (; n < max && sql_next(&rows); n++)
		moves_r[n] = (struct read_move){ .id = sql_int_at(&rows, 0), .message_id = sql_int_at(&rows, 1), .from_ticket = sql_int_at(&rows, 2), .to_ticket = sql_int_at(&rows, 3) };
	*count_r = n;
	return sql_end(&rows, err);
}

enum ik_rc read_message_ids(struct store_reader *r, int64_t ticket_id, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&r->sql, "SELECT id FROM message WHERE ticket_id = ? ORDER BY id DESC LIMIT ?", SQL_ARGS(SQL_INT(ticket_id), SQL_INT((int64_t)max)), &rows, err);

	if (rc != IK_OK) return rc;
	while (n < max && sql_next(&rows)) ids_r[n++] = sql_int_at(&rows, 0);
	*count_r = n;
	return sql_end(&rows, err);
}

/* The first ticket about that time; a few more are looked at for those stored out of order. */
#define RISE_SLACK 256

static enum ik_rc ticket_since(struct store_reader *r, int64_t since_at, int64_t *id_r, struct ik_error *err)
{
	int64_t low = 1, high = 0;
	enum ik_rc rc = sql_number(&r->sql, "SELECT max(id) + 1 FROM ticket", SQL_NO_ARGS, 1, &high, err);

	if (rc == IK_OK) rc = late_since(&r->sql, LATE_TICKET, since_at, high, &low, err);
	if (rc == IK_OK) *id_r = low > RISE_SLACK ? low - RISE_SLACK : 1;
	return rc;
}

enum ik_rc read_rise_tickets(struct store_reader *r, const char *category, int64_t now_at, int64_t window_s, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	int64_t from = 1, last = 0;
	size_t n = 0;
	enum ik_rc rc = ticket_since(r, now_at - window_s, &from, err);

	if (rc == IK_OK)
		rc = sql_number(&r->sql, "SELECT max(m.ticket_id) FROM incident i JOIN incident_ticket m ON m.incident_id = i.id WHERE i.state = 1 AND i.kind = 'category' AND i.category = ?",
		                SQL_ARGS(SQL_TEXT(category)), 0, &last, err);
	if (rc == IK_OK)
		rc = sql_query(&r->sql, "SELECT id FROM ticket WHERE id >= ?1 AND received_at > ?2 AND category = ?3 AND " TICKET_COUNTS
		               " AND id NOT IN (SELECT ticket_id FROM incident_ticket WHERE ticket_id >= ?1) ORDER BY id LIMIT ?4",
		               SQL_ARGS(SQL_INT(last >= from ? last + 1 : from), SQL_INT(now_at - window_s), SQL_TEXT(category), SQL_INT((int64_t)max)), &rows, err);
	if (rc != IK_OK) return rc;
	while (n < max && sql_next(&rows)) ids_r[n++] = sql_int_at(&rows, 0);
	*count_r = n;
	return sql_end(&rows, err);
}

/* Joined customers are one. */
#define PERSON "coalesce((SELECT min(p.other_id, p.contact_id) FROM person p WHERE p.contact_id = ticket.contact_id AND p.revoked_at IS NULL ORDER BY p.other_id LIMIT 1), contact_id)"

enum ik_rc read_rises(struct store_reader *r, int64_t now_at, int64_t window_s, void (*each)(void *arg, const struct read_rise *rise), void *arg, struct ik_error *err)
{
	struct sql_rows rows;
	int64_t from = 1, oldest_at = now_at;
	enum ik_rc rc = read_begin(r, err);

	if (rc == IK_OK) rc = ticket_since(r, now_at - 2 * window_s, &from, err);
	if (rc == IK_OK) rc = sql_number(&r->sql, "SELECT received_at FROM ticket ORDER BY id LIMIT 1", SQL_NO_ARGS, now_at, &oldest_at, err);
	if (rc == IK_OK)
		rc = sql_query(&r->sql, "SELECT category, count(DISTINCT CASE WHEN received_at > ?3 THEN id END), count(DISTINCT CASE WHEN received_at > ?3 THEN " PERSON " END),"
		               " count(DISTINCT CASE WHEN received_at <= ?3 THEN id END) FROM ticket WHERE id >= ?1 AND received_at > ?2 AND received_at <= ?4 AND category IS NOT NULL AND " TICKET_COUNTS
		               " GROUP BY category", SQL_ARGS(SQL_INT(from), SQL_INT(now_at - 2 * window_s), SQL_INT(now_at - window_s), SQL_INT(now_at)), &rows, err);
	if (rc == IK_OK) {
		while (sql_next(&rows)) {
			const struct read_rise rise = { .category = sql_text_at(&rows, 0), .tickets = sql_int_at(&rows, 1), .customers = sql_int_at(&rows, 2), .tickets_before = sql_int_at(&rows, 3), .has_before = oldest_at <= now_at - 2 * window_s };

			each(arg, &rise);
		}
		rc = sql_end(&rows, err);
	}
	read_end(r);
	return rc;
}
