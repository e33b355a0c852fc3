/* class.c - see class.h. */
#include "store/class.h"

#include <string.h>
#include "base/json.h"
#include "store/code.h"
#include "store/inside.h"
#include "store/reader.h"

/* ---- the class of a ticket ---------------------------------------------------------------------------------------------- */

static const char class_text[] =
	"SELECT t.category, t.severity, t.sentiment, t.department, t.product, t.state, t.received_at, t.first_response_due, t.handling_due,"
	" t.first_response_at, t.number, t.brand, t.channel,"
	" (SELECT id FROM message WHERE ticket_id = t.id AND is_outbound = 0 ORDER BY id LIMIT 1),"
	" (SELECT value FROM handle WHERE contact_id = t.contact_id ORDER BY verified DESC LIMIT 1),"
	" (SELECT i.customers FROM incident_ticket m JOIN incident i ON i.id = m.incident_id WHERE m.ticket_id = t.id),"
	" json_extract(t.decisions, '$.routing.persons'), json_extract(t.decisions, '$.routing.followers'), json_extract(t.decisions, '$.routing.public'),"
	" t.language FROM ticket t WHERE t.id = ?";

static void copy_class(const struct sql_rows *rows, int column, struct store_class *is)
{
	sql_copy_at(rows, column, is->category, sizeof(is->category));
	sql_copy_at(rows, column + 1, is->severity, sizeof(is->severity));
	sql_copy_at(rows, column + 2, is->sentiment, sizeof(is->sentiment));
	sql_copy_at(rows, column + 3, is->department, sizeof(is->department));
	sql_copy_at(rows, column + 4, is->product, sizeof(is->product));
}

enum ik_rc store_get_class(struct store_tx *tx, int64_t ticket_id, struct store_classed *class_r, struct ik_error *err)
{
	struct store_classed c = { .state = STATE_RECEIVED };
	struct sql_rows rows;
	bool found;
	enum ik_rc rc = sql_query(&tx->sql, class_text, SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	found = sql_next(&rows);
	if (found) {
		copy_class(&rows, 0, &c.is);
		c.state = (enum store_state)sql_int_at(&rows, 5);
		c.received_at = sql_int_at(&rows, 6);
		c.first_response_due = sql_int_at(&rows, 7);
		c.handling_due = sql_int_at(&rows, 8);
		c.first_response_at = sql_int_at(&rows, 9);
		number_text(sql_int_at(&rows, 10), c.number);
		sql_copy_at(&rows, 11, c.brand, sizeof(c.brand));
		sql_copy_at(&rows, 12, c.channel, sizeof(c.channel));
		c.message_id = sql_int_at(&rows, 13);
		sql_copy_at(&rows, 14, c.handle, sizeof(c.handle));
		c.persons = sql_int_at(&rows, 16);
		c.followers = sql_int_at(&rows, 17);
		c.is_public = sql_int_at(&rows, 18) != 0;
		sql_copy_at(&rows, 19, c.language, sizeof(c.language));
		c.customers = sql_int_at(&rows, 15) > 1 ? sql_int_at(&rows, 15) : 1;
	}
	rc = sql_end(&rows, err);
	if (rc == IK_OK && !found) rc = ik_fail(IK_REJECT, err, "there is no such ticket");
	if (rc == IK_OK) *class_r = c;
	return rc;
}

enum ik_rc store_set_priority(struct store_tx *tx, int64_t ticket_id, const struct store_place *p, struct ik_error *err)
{
	return sql_run(&tx->sql, "UPDATE ticket SET decisions = json_set(decisions, '$.routing.priority', ?, '$.routing.reach', ?, '$.routing.why', ?, '$.routing.persons', ?,"
	               " '$.routing.followers', ?, '$.routing.public', json(?)) WHERE id = ? AND json_type(decisions, '$.routing') = 'object'",
	               SQL_ARGS(SQL_INT(p->place), SQL_INT(p->reach), SQL_TEXT(p->why), SQL_INT(p->persons), SQL_INT(p->followers), SQL_TEXT(p->is_public ? "true" : "false"),
	                        SQL_INT(ticket_id)), err);
}

static struct sql_value text_or_null(const char *text)
{
	return text[0] != '\0' ? SQL_TEXT(text) : SQL_NULL;
}

static struct sql_value time_or_null(int64_t at)
{
	return at != 0 ? SQL_INT(at) : SQL_NULL;
}

enum ik_rc store_set_class(struct store_tx *tx, int64_t ticket_id, const struct store_class *is, const struct store_dates *dates, struct ik_error *err)
{
	const int64_t tell_at = dates->likely_due != 0 ? dates->likely_due : dates->first_response_due;
	enum ik_rc rc = sql_run(&tx->sql, "UPDATE ticket SET category = coalesce(?1, category), severity = coalesce(?2, severity), sentiment = coalesce(?3, sentiment),"
	                        " department = coalesce(?4, department), product = coalesce(?5, product),"
	                        " first_response_due = coalesce(?6, first_response_due), handling_due = coalesce(?7, handling_due),"
	                        " promise_text = CASE WHEN ?6 IS NULL OR coalesce(promised_at, first_response_due) <= ?11 THEN promise_text ELSE ?8 END,"
	                        " promised_at = CASE WHEN ?6 IS NULL OR promised_at <= ?11 THEN promised_at WHEN ?11 = ?6 THEN NULL"
	                        " ELSE min(?11, coalesce(promised_at, first_response_due, ?11)) END,"
	                        " decisions = CASE WHEN ?10 IS NULL THEN decisions ELSE json_set(coalesce(decisions, '{}'), '$.deadline_now', json(?10)) END WHERE id = ?9",
	                        SQL_ARGS(text_or_null(is->category), text_or_null(is->severity), text_or_null(is->sentiment), text_or_null(is->department),
	                                 text_or_null(is->product), time_or_null(dates->first_response_due), time_or_null(dates->handling_due),
	                                 text_or_null(dates->promise_text), SQL_INT(ticket_id), text_or_null(dates->deadline), SQL_INT(tell_at)), err);

	if (rc != IK_OK || is->category[0] == '\0') return rc;
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO ticket_part(part, channel, category) SELECT id >> 10, channel, category FROM ticket WHERE id = ?",
	               SQL_ARGS(SQL_INT(ticket_id)), err);
}

enum ik_rc store_name_wanted(struct store_tx *tx, int64_t ticket_id, const char *wanted, struct ik_error *err)
{
	return sql_run(&tx->sql, "UPDATE ticket SET wanted = ? WHERE id = ? AND wanted IS NULL", SQL_ARGS(SQL_TEXT(wanted), SQL_INT(ticket_id)), err);
}

/* ---- corrections ----------------------------------------------------------------------------------------------------------- */

static const char standing_text[] =
	"SELECT category, severity, sentiment, department, product, id FROM correction WHERE ticket_id = ? AND revoked_at IS NULL ORDER BY id DESC LIMIT 1";

static bool is_same(const struct store_class *a, const struct store_class *b)
{
	return strcmp(a->category, b->category) == 0 && strcmp(a->severity, b->severity) == 0 && strcmp(a->sentiment, b->sentiment) == 0 &&
	       strcmp(a->department, b->department) == 0 && strcmp(a->product, b->product) == 0;
}

static enum ik_rc newest(struct store_tx *tx, int64_t ticket_id, struct store_class *says_r, int64_t *id_r, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, standing_text, SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	*id_r = 0;
	if (sql_next(&rows)) {
		copy_class(&rows, 0, says_r);
		*id_r = sql_int_at(&rows, 5);
	}
	return sql_end(&rows, err);
}

static enum ik_rc insert_correction(struct store_tx *tx, const struct store_correction *c, struct ik_error *err)
{
	const struct store_class *s = &c->says, *w = &c->was;

	return sql_run(&tx->sql, "INSERT INTO correction(ticket_id, at, actor, category, severity, sentiment, department, product,"
	               " was_category, was_severity, was_sentiment, was_department, was_product) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(c->ticket_id), SQL_INT(c->at), SQL_TEXT(c->actor), text_or_null(s->category), text_or_null(s->severity), text_or_null(s->sentiment),
	                        text_or_null(s->department), text_or_null(s->product), text_or_null(w->category), text_or_null(w->severity), text_or_null(w->sentiment),
	                        text_or_null(w->department), text_or_null(w->product)), err);
}

enum ik_rc store_add_correction(struct store_tx *tx, const struct store_correction *c, bool *is_new_r, struct ik_error *err)
{
	struct store_class standing = { .category = "" };
	int64_t count = 0, id = 0;
	enum ik_rc rc = newest(tx, c->ticket_id, &standing, &id, err);

	if (rc != IK_OK) return rc;
	*is_new_r = id == 0 || !is_same(&standing, &c->says);
	if (!*is_new_r) return IK_OK;
	rc = sql_number(&tx->sql, "SELECT count(*) FROM correction WHERE ticket_id = ?", SQL_ARGS(SQL_INT(c->ticket_id)), 0, &count, err);
	if (rc == IK_OK && count >= CORRECTIONS_MAX) return ik_fail(IK_REJECT, err, "the ticket was corrected %d times, more is not kept", CORRECTIONS_MAX);
	return rc == IK_OK ? insert_correction(tx, c, err) : rc;
}

static void lay_over(char *word, size_t size, const char *other)
{
	if (other[0] == '\0') return;
	(void)snprintf(word, size, "%s", other);
}

enum ik_rc store_corrected(struct store_tx *tx, int64_t ticket_id, struct store_class *says_r, size_t *count_r, struct ik_error *err)
{
	struct store_class all = { .category = "" }, one;
	struct sql_rows rows;
	size_t count = 0;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT category, severity, sentiment, department, product FROM correction WHERE ticket_id = ? AND revoked_at IS NULL ORDER BY id",
	                          SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	if (rc != IK_OK) return rc;
	for (; sql_next(&rows); count++) {
		copy_class(&rows, 0, &one);
		lay_over(all.category, sizeof(all.category), one.category);
		lay_over(all.severity, sizeof(all.severity), one.severity);
		lay_over(all.sentiment, sizeof(all.sentiment), one.sentiment);
		lay_over(all.department, sizeof(all.department), one.department);
		lay_over(all.product, sizeof(all.product), one.product);
	}
	rc = sql_end(&rows, err);
	if (rc != IK_OK) return rc;
	*says_r = all;
	*count_r = count;
	return IK_OK;
}

enum ik_rc store_revoke_correction(struct store_tx *tx, int64_t ticket_id, int64_t at, struct store_class *was_r, struct ik_error *err)
{
	struct store_class says, was = { .category = "" };
	struct sql_rows rows;
	int64_t id = 0;
	enum ik_rc rc = newest(tx, ticket_id, &says, &id, err);

	if (rc == IK_OK && id == 0) return ik_fail(IK_REJECT, err, "the ticket has no correction that stands");
	if (rc == IK_OK) rc = sql_query(&tx->sql, "SELECT was_category, was_severity, was_sentiment, was_department, was_product FROM correction WHERE id = ?",
	                                SQL_ARGS(SQL_INT(id)), &rows, err);
	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) copy_class(&rows, 0, &was);
	rc = sql_end(&rows, err);
	if (rc == IK_OK && says.product[0] != '\0') rc = sql_run(&tx->sql, "UPDATE ticket SET product = NULL WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), err);
	if (rc == IK_OK && says.department[0] != '\0') rc = sql_run(&tx->sql, "UPDATE ticket SET department = NULL WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), err);
	if (rc == IK_OK) rc = sql_run(&tx->sql, "UPDATE correction SET revoked_at = ? WHERE id = ?", SQL_ARGS(SQL_INT(at), SQL_INT(id)), err);
	if (rc == IK_OK) *was_r = was;
	return rc;
}

/* ---- for learning ------------------------------------------------------------------------------------------------------------ */

/* What came into the ticket by itself: without what was merged into it, with what was merged or split away since. */
#define OWN_MESSAGES \
	"SELECT o.id FROM message o WHERE o.ticket_id = c.ticket_id AND o.is_outbound = 0 AND NOT EXISTS" \
	" (SELECT 1 FROM moved v WHERE v.message_id = o.id AND v.to_ticket = c.ticket_id)" \
	" UNION ALL SELECT v.message_id FROM moved v WHERE v.from_ticket = c.ticket_id AND NOT EXISTS" \
	" (SELECT 1 FROM moved w WHERE w.message_id = v.message_id AND w.to_ticket = c.ticket_id AND w.id < v.id)"

/* Of each word the newest correction that stands; the text is looked at as the classifier does. */
static const char corrections_text[] =
	"SELECT c.ticket_id, t.number, max(c.at), c.actor,"
	" (SELECT category FROM correction x WHERE x.ticket_id = c.ticket_id AND x.revoked_at IS NULL AND x.category IS NOT NULL ORDER BY x.id DESC LIMIT 1),"
	" (SELECT severity FROM correction x WHERE x.ticket_id = c.ticket_id AND x.revoked_at IS NULL AND x.severity IS NOT NULL ORDER BY x.id DESC LIMIT 1),"
	" (SELECT sentiment FROM correction x WHERE x.ticket_id = c.ticket_id AND x.revoked_at IS NULL AND x.sentiment IS NOT NULL ORDER BY x.id DESC LIMIT 1),"
	" (SELECT product FROM correction x WHERE x.ticket_id = c.ticket_id AND x.revoked_at IS NULL AND x.product IS NOT NULL ORDER BY x.id DESC LIMIT 1),"
	" (SELECT department FROM correction x WHERE x.ticket_id = c.ticket_id AND x.revoked_at IS NULL AND x.department IS NOT NULL ORDER BY x.id DESC LIMIT 1),"
	" m.subject, coalesce(m.reply_text, m.text)"
	" FROM correction c JOIN ticket t ON t.id = c.ticket_id"
	" JOIN message m ON m.id = coalesce((SELECT min(id) FROM (" OWN_MESSAGES ")), (SELECT min(id) FROM message WHERE ticket_id = c.ticket_id AND is_outbound = 0))"
	" WHERE c.revoked_at IS NULL AND c.ticket_id > ? GROUP BY c.ticket_id ORDER BY c.ticket_id LIMIT ?";

static json_t *correction_row(const struct sql_rows *rows)
{
	static const char *const keys[] = { "actor", "category", "severity", "sentiment", "product", "department", "subject", "text" };
	json_t *row = json_object();
	char number[STORE_NUMBER_SIZE];

	json_set_text(row, "number", number_text(sql_int_at(rows, 1), number));
	json_set_time(row, "at", sql_int_at(rows, 2));
	for (size_t i = 0; i < COUNT_OF(keys); i++) json_set_text(row, keys[i], sql_text_at(rows, (int)i + 3));
	return row;
}

enum ik_rc read_corrections(struct store_reader *r, int64_t after_id, size_t limit, int64_t *next_id_r, json_t **array_r, struct ik_error *err)
{
	json_t *array = json_array();
	struct sql_rows rows;
	int64_t last = 0;
	enum ik_rc rc = sql_query(&r->sql, corrections_text, SQL_ARGS(SQL_INT(after_id), SQL_INT((int64_t)limit)), &rows, err);

	if (rc == IK_OK) {
		while (sql_next(&rows)) {
			(void)json_array_append_new(array, correction_row(&rows));
			last = sql_int_at(&rows, 0);
		}
		rc = sql_end(&rows, err);
	}
	if (rc != IK_OK) {
		json_decref(array);
		return rc;
	}
	*next_id_r = json_array_size(array) == limit ? last : 0;
	*array_r = array;
	return IK_OK;
}
