/* read_list.c - lists for people and other programs: tickets, outbox, quarantine, ledger, totals, and why a ticket is as it is. */
#include "store/reader.h"

#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/json.h"
#include "store/code.h"
#include "store/late.h"

#define LIST_MAX 1000

static void set_new(json_t *object, const char *key, json_t *value)
{
	(void)json_object_set_new(object, key, value);
}

static size_t bounded(size_t limit)
{
	return limit == 0 || limit > LIST_MAX ? LIST_MAX : limit;
}

/* ---- tickets ---- */

/* The first id whose ticket is not older than since_at, with room for small disorder. */
static enum ik_rc id_since(struct store_reader *r, int64_t since_at, int64_t *id_r, struct ik_error *err)
{
	int64_t low = 1, high = 0;
	enum ik_rc rc = sql_number(&r->sql, "SELECT max(id) + 1 FROM ticket", SQL_NO_ARGS, 1, &high, err);

	if (rc == IK_OK) rc = late_since(&r->sql, LATE_TICKET, since_at, high, &low, err);
	if (rc == IK_OK) *id_r = low > SINCE_SLACK ? low - SINCE_SLACK : 1;
	return rc;
}

#define LIST_WHERE " WHERE id BETWEEN ?1 AND ?2 AND (?3 < 0 OR state = ?3) AND received_at >= ?4 AND (?5 IS NULL OR channel = ?5)" \
	" AND (?6 IS NULL OR category = ?6) AND (?7 IS NULL OR severity = ?7)"
#define LIST_END " ORDER BY id DESC LIMIT ?8"

/* Rare values have an index; common ones are found soon on the way down. */
static const char *list_text(const struct read_filter *f, int64_t state)
{
	if (state > STATE_RECEIVED)
		return "SELECT id FROM ticket INDEXED BY ticket_state" LIST_WHERE " AND state = ?3 AND state > 0" LIST_END;
	if (f->severity != NULL && (strcmp(f->severity, "urgent") == 0 || strcmp(f->severity, "high") == 0))
		return "SELECT id FROM ticket INDEXED BY ticket_severity" LIST_WHERE " AND severity = ?7 AND severity IN ('urgent', 'high')" LIST_END;
	return "SELECT id FROM ticket" LIST_WHERE LIST_END;
}

/* Ids from low to high (both included) that pass the filter, newest first, behind those already in ids. */
static enum ik_rc filter_ids(struct store_reader *r, const struct read_filter *f, int64_t state, int64_t low, int64_t high, size_t limit,
                             int64_t *ids, size_t *count, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, list_text(f, state),
	                          SQL_ARGS(SQL_INT(low), SQL_INT(high), SQL_INT(state), SQL_INT(f->since_at), SQL_TEXT(f->channel),
	                                   SQL_TEXT(f->category), SQL_TEXT(f->severity), SQL_INT((int64_t)(limit - *count))), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) ids[(*count)++] = sql_int_at(&rows, 0);
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

#define PARTS_AT_ONCE 256

/* By the index of what is asked for: what is nowhere costs no look at the parts. */
static const char *parts_text(const struct read_filter *f)
{
	if (f->category == NULL)
		return "SELECT DISTINCT part FROM ticket_part INDEXED BY ticket_part_channel WHERE part BETWEEN ?1 AND ?2 AND channel = ?3 AND ?4 IS NULL ORDER BY part DESC LIMIT ?5";
	if (f->channel == NULL)
		return "SELECT DISTINCT part FROM ticket_part INDEXED BY ticket_part_category WHERE part BETWEEN ?1 AND ?2 AND ?3 IS NULL AND category = ?4 ORDER BY part DESC LIMIT ?5";
	return "SELECT part FROM ticket_part INDEXED BY ticket_part_both WHERE part BETWEEN ?1 AND ?2 AND channel = ?3 AND category = ?4 ORDER BY part DESC LIMIT ?5";
}

/* The newest parts between low and high (both included) that have a ticket of this channel and category. */
static enum ik_rc read_parts(struct store_reader *r, const struct read_filter *f, int64_t low, int64_t high, int64_t parts_r[PARTS_AT_ONCE], size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&r->sql, parts_text(f),
	                          SQL_ARGS(SQL_INT(low), SQL_INT(high), SQL_TEXT(f->channel), SQL_TEXT(f->category), SQL_INT(PARTS_AT_ONCE)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) parts_r[n++] = sql_int_at(&rows, 0);
	*count_r = n;
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

/* Looks only where there is something of the channel and category: a list of what hardly occurs reads few tickets and not all. */
static enum ik_rc filter_parts(struct store_reader *r, const struct read_filter *f, int64_t state, int64_t low, int64_t high, size_t limit,
                               int64_t *ids, size_t *count, struct ik_error *err)
{
	int64_t parts[PARTS_AT_ONCE], top = high >> PART_SHIFT;
	size_t n = PARTS_AT_ONCE;
	enum ik_rc rc = IK_OK;

	while (rc == IK_OK && n == PARTS_AT_ONCE && *count < limit) {
		rc = read_parts(r, f, low >> PART_SHIFT, top, parts, &n, err);
		for (size_t i = 0; rc == IK_OK && i < n && *count < limit; i++) {
			const int64_t first = parts[i] << PART_SHIFT, last = first + (INT64_C(1) << PART_SHIFT) - 1;

			rc = filter_ids(r, f, state, first > low ? first : low, last < high ? last : high, limit, ids, count, err);
		}
		if (n > 0) top = parts[n - 1] - 1;
	}
	return rc;
}

/* How many tickets are in a state: nobody looks for more than there are. */
static enum ik_rc bound_by_total(struct store_reader *r, int64_t state, size_t *limit, struct ik_error *err)
{
	int64_t total = 0;
	enum ik_rc rc = sql_number(&r->sql, "SELECT count FROM total WHERE id = ?", SQL_ARGS(SQL_INT(TOTAL_STATE + state)), 0, &total, err);

	if (rc == IK_OK && total < (int64_t)*limit) *limit = total > 0 ? (size_t)total : 0;
	return rc;
}

static enum ik_rc filter_found(struct store_reader *r, const struct read_filter *f, int64_t state, int64_t low, int64_t high, size_t limit,
                               int64_t *ids, size_t *count, struct ik_error *err)
{
	int64_t *found = mem_grow(NULL, LIST_MAX, sizeof(*found));
	size_t n = 0;
	enum ik_rc rc = read_search(r, f->search, LIST_MAX, found, &n, err);

	for (size_t i = 0; rc == IK_OK && i < n && *count < limit; i++)
		if (found[i] >= low && found[i] <= high) rc = filter_ids(r, f, state, found[i], found[i], limit, ids, count, err);
	free(found);
	return rc;
}

enum ik_rc read_ticket_ids(struct store_reader *r, const struct read_filter *f, int64_t *ids, size_t limit, size_t *count, struct ik_error *err)
{
	const int64_t state = f->state != NULL ? read_name(store_state_names, f->state) : -1;
	const int64_t high = f->before_id > 0 ? f->before_id - 1 : INT64_MAX;
	int64_t low = 1;
	enum ik_rc rc = f->since_at > 0 ? id_since(r, f->since_at, &low, err) : IK_OK;

	if (rc != IK_OK) return rc;
	if (f->state != NULL && state < 0) return ik_fail(IK_REJECT, err, "no ticket state is called \"%.40s\"", f->state);
	if (state >= 0) rc = bound_by_total(r, state, &limit, err);
	if (rc != IK_OK || limit == 0) return rc;
	if (f->search != NULL && f->search[0] != '\0') return filter_found(r, f, state, low, high, limit, ids, count, err);
	if (state <= STATE_RECEIVED && (f->channel != NULL || f->category != NULL)) return filter_parts(r, f, state, low, high, limit, ids, count, err);
	return filter_ids(r, f, state, low, high, limit, ids, count, err);
}

/* From one word to the next, a step for each: DISTINCT would read every row. */
#define WORDS_OF(column) "WITH RECURSIVE words(word) AS (SELECT min(" column ") FROM ticket_part WHERE " column " > ''" \
	" UNION ALL SELECT (SELECT min(" column ") FROM ticket_part WHERE " column " > word) FROM words WHERE word IS NOT NULL) SELECT word FROM words WHERE word IS NOT NULL"

enum ik_rc read_filter_words(struct store_reader *r, bool categories, json_t **array_r, struct ik_error *err)
{
	json_t *array = json_array();
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, categories ? WORDS_OF("category") : WORDS_OF("channel"), SQL_NO_ARGS, &rows, err);

	while (rc == IK_OK && sql_next(&rows)) (void)json_array_append_new(array, json_string(sql_text_at(&rows, 0)));
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc == IK_OK) *array_r = array;
	else json_decref(array);
	return rc;
}

enum ik_rc read_list(struct store_reader *r, const struct read_filter *filter, json_t **array_r, struct ik_error *err)
{
	const size_t limit = bounded(filter->limit);
	int64_t *ids = mem_grow(NULL, limit, sizeof(*ids));
	json_t *array = json_array();
	size_t n = 0;
	enum ik_rc rc = read_begin(r, err);

	if (rc == IK_OK) rc = read_ticket_ids(r, filter, ids, limit, &n, err);
	for (size_t i = 0; rc == IK_OK && i < n; i++) {
		json_t *ticket = NULL;

		rc = read_whole(r, ids[i], filter->with_messages, &ticket, err);
		if (rc == IK_OK) set_new(ticket, "id", json_integer(ids[i]));
		if (rc == IK_OK) (void)json_array_append_new(array, ticket);
	}
	read_end(r);
	if (rc == IK_OK) *array_r = array;
	else json_decref(array);
	free(ids);
	return rc;
}

/* ---- outbox ---- */

#define DUTY_COLUMNS "d.id, t.number, d.kind, d.target, d.event, d.state, d.attempts, d.next_at, d.created_at, d.address, d.last_error, d.remote_id" \
	" FROM duty d LEFT JOIN ticket t ON t.id = d.ticket_id"

static const char *const kind_names[] = { "ack", "deliver", "notice" };

static json_t *duty_row(const struct sql_rows *rows)
{
	json_t *duty = json_object();
	char number[STORE_NUMBER_SIZE];

	set_new(duty, "id", json_integer(sql_int_at(rows, 0)));
	json_set_text(duty, "number", sql_int_at(rows, 1) != 0 ? number_text(sql_int_at(rows, 1), number) : NULL);      /* none: an alarm */
	json_set_text(duty, "kind", kind_names[(size_t)sql_int_at(rows, 2) % COUNT_OF(kind_names)]);
	json_set_text(duty, "target", sql_text_at(rows, 3));
	json_set_text(duty, "event", sql_text_at(rows, 4));
	json_set_text(duty, "state", duty_state_names[sql_int_at(rows, 5) % TALLY_DUTY_STATES]);
	set_new(duty, "attempts", json_integer(sql_int_at(rows, 6)));
	json_set_time(duty, "next_at", sql_int_at(rows, 7));
	json_set_time(duty, "created_at", sql_int_at(rows, 8));
	json_set_text(duty, "address", sql_text_at(rows, 9));
	json_set_text(duty, "last_error", sql_text_at(rows, 10));
	json_set_text(duty, "remote_id", sql_text_at(rows, 11));
	return duty;
}

static enum ik_rc collect(struct sql_rows *rows, enum ik_rc rc, json_t *(*row)(const struct sql_rows *), json_t **array_r, struct ik_error *err)
{
	json_t *array = json_array();

	while (rc == IK_OK && sql_next(rows)) (void)json_array_append_new(array, row(rows));
	if (rc == IK_OK) rc = sql_end(rows, err);
	if (rc == IK_OK) *array_r = array;
	else json_decref(array);
	return rc;
}

enum ik_rc read_outbox(struct store_reader *r, const char *state, size_t limit, json_t **array_r, struct ik_error *err)
{
	const int64_t wanted = state != NULL ? read_name(duty_state_names, state) : -1;
	const int64_t most = (int64_t)bounded(limit);
	struct sql_rows rows;
	enum ik_rc rc;

	if (state != NULL && wanted < 0) return ik_fail(IK_REJECT, err, "no duty state is called \"%.40s\"", state);
	if (wanted < 0)
		rc = sql_query(&r->sql, "SELECT " DUTY_COLUMNS " ORDER BY d.id DESC LIMIT ?", SQL_ARGS(SQL_INT(most)), &rows, err);
	else if (wanted <= DUTY_COMMITTING)
		rc = sql_query(&r->sql, "SELECT " DUTY_COLUMNS " WHERE d.state <= 2 AND d.state = ? ORDER BY d.target, d.next_at LIMIT ?",
		               SQL_ARGS(SQL_INT(wanted), SQL_INT(most)), &rows, err);
	else if (wanted >= DUTY_FAILED)
		rc = sql_query(&r->sql, "SELECT " DUTY_COLUMNS " WHERE d.state >= 4 AND d.state = ? ORDER BY d.id DESC LIMIT ?",
		               SQL_ARGS(SQL_INT(wanted), SQL_INT(most)), &rows, err);
	else
		rc = sql_query(&r->sql, "SELECT " DUTY_COLUMNS " WHERE d.state = ? ORDER BY d.id DESC LIMIT ?",
		               SQL_ARGS(SQL_INT(wanted), SQL_INT(most)), &rows, err);
	return collect(&rows, rc, duty_row, array_r, err);
}

static json_t *waiting_row(const struct sql_rows *rows)
{
	json_t *row = json_object();
	char target[64] = "";

	sql_copy_at(rows, 0, target, sizeof(target));
	json_set_text(row, "target", target);
	set_new(row, "waiting", json_integer((json_int_t)sql_int_at(rows, 1)));
	json_set_time(row, "oldest_at", sql_int_at(rows, 2));
	return row;
}

enum ik_rc read_waiting(struct store_reader *r, json_t **array_r, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT target, count(*), min(created_at) FROM duty WHERE state <= 2 GROUP BY target", SQL_NO_ARGS, &rows, err);

	return collect(&rows, rc, waiting_row, array_r, err);
}

#define EXPLAINED_MAX 200               /* newest messages of a ticket whose way into it is told */

/* How a message came into its ticket: what threading and likeness said of it, as far as they were asked. */
static json_t *joining_row(const struct sql_rows *rows)
{
	const char *text = sql_text_at(rows, 3);
	json_t *row = json_object(), *marks = NULL;

	if (text != NULL) (void)json_parse(text, strlen(text), &marks, NULL);
	set_new(row, "id", json_integer(sql_int_at(rows, 0)));
	json_set_time(row, "received_at", sql_int_at(rows, 1));
	json_set_text(row, "channel", sql_text_at(rows, 2));
	(void)json_object_set(row, "thread", json_object_get(marks, "thread") != NULL ? json_object_get(marks, "thread") : json_null());
	(void)json_object_set(row, "likeness", json_object_get(marks, "likeness") != NULL ? json_object_get(marks, "likeness") : json_null());
	(void)json_object_set(row, "class", json_object_get(marks, "class") != NULL ? json_object_get(marks, "class") : json_null());
	json_decref(marks);
	return row;
}

/* The one that opened the ticket stands under decisions. */
static enum ik_rc read_joinings(struct store_reader *r, int64_t ticket_id, json_t **array_r, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT id, received_at, channel, marks FROM message WHERE ticket_id = ?1 AND is_outbound = 0 AND id > (SELECT min(id) FROM message WHERE ticket_id = ?1)"
	                          " ORDER BY id DESC LIMIT ?2", SQL_ARGS(SQL_INT(ticket_id), SQL_INT(EXPLAINED_MAX)), &rows, err);

	return collect(&rows, rc, joining_row, array_r, err);
}

enum ik_rc read_decisions(struct store_reader *r, int64_t ticket_id, json_t **object_r, struct ik_error *err)
{
	json_t *object = json_object(), *part = NULL;
	struct sql_rows rows;
	bool found = false;
	enum ik_rc rc = read_begin(r, err);

	if (rc == IK_OK) rc = sql_query(&r->sql, "SELECT number, decisions FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), &rows, err);
	if (rc == IK_OK) {
		char number[STORE_NUMBER_SIZE];

		found = sql_next(&rows);
		if (found && sql_text_at(&rows, 1) != NULL) (void)json_parse(sql_text_at(&rows, 1), strlen(sql_text_at(&rows, 1)), &part, NULL);
		if (found) json_set_text(object, "number", number_text(sql_int_at(&rows, 0), number));
		set_new(object, "decisions", part != NULL ? part : json_null());
		rc = sql_end(&rows, err);
	}
	if (rc == IK_OK && !found) rc = ik_fail(IK_REJECT, err, "store: no ticket has the id %lld", (long long)ticket_id);
	if (rc == IK_OK) rc = read_joinings(r, ticket_id, &part, err);
	if (rc == IK_OK) set_new(object, "messages", part);
	if (rc == IK_OK) rc = read_links(r, ticket_id, &part, err);
	if (rc == IK_OK) set_new(object, "links", part);
	if (rc == IK_OK) rc = sql_query(&r->sql, "SELECT " DUTY_COLUMNS " WHERE d.ticket_id = ? ORDER BY d.id", SQL_ARGS(SQL_INT(ticket_id)), &rows, err);
	if (rc == IK_OK) rc = collect(&rows, rc, duty_row, &part, err);
	if (rc == IK_OK) set_new(object, "duties", part);
	if (rc == IK_OK) rc = read_history(r, ticket_id, &part, err);
	if (rc == IK_OK) set_new(object, "history", part);
	read_end(r);
	if (rc == IK_OK) *object_r = object;
	else json_decref(object);
	return rc;
}

/* ---- quarantine, ledger, totals ---- */

static json_t *quarantine_row(const struct sql_rows *rows)
{
	json_t *one = json_object();
	const int64_t number = sql_int_at(rows, 5);
	char text[STORE_NUMBER_SIZE];

	set_new(one, "id", json_integer(sql_int_at(rows, 0)));
	json_set_text(one, "channel", sql_text_at(rows, 1));
	json_set_text(one, "reason", sql_text_at(rows, 2));
	json_set_time(one, "at", sql_int_at(rows, 3));
	set_new(one, "size", json_integer(sql_int_at(rows, 4)));
	json_set_text(one, "number", number != 0 ? number_text(number, text) : NULL);
	return one;
}

enum ik_rc read_quarantine(struct store_reader *r, size_t limit, json_t **array_r, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT q.id, q.channel, q.reason, q.at, q.size, t.number FROM quarantine q"
	                          " LEFT JOIN ticket t ON t.id = q.ticket_id ORDER BY q.id DESC LIMIT ?",
	                          SQL_ARGS(SQL_INT((int64_t)bounded(limit))), &rows, err);

	return collect(&rows, rc, quarantine_row, array_r, err);
}

static const char *const count_names[] = { "offered", "accepted", "repeated", "refused" };

static json_t *ledger_day(const char *channel, const char *day)
{
	json_t *line = json_object();

	json_set_text(line, "channel", channel);
	json_set_text(line, "day", day);
	for (size_t i = 0; i < COUNT_OF(count_names); i++) set_new(line, count_names[i], json_integer(0));
	set_new(line, "reasons", json_object());
	return line;
}

static void ledger_add(json_t *line, int64_t what, const char *reason, int64_t count)
{
	const char *name = count_names[(size_t)what % COUNT_OF(count_names)];

	set_new(line, name, json_integer(json_int(line, name, 0) + count));
	if (what == COUNT_REFUSED) set_new(json_object_get(line, "reasons"), reason, json_integer(count));
}

enum ik_rc read_ledger(struct store_reader *r, json_t **array_r, struct ik_error *err)
{
	json_t *array = json_array(), *line = NULL;
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT day, channel, what, reason, count FROM ledger ORDER BY day DESC, channel LIMIT 100000", SQL_NO_ARGS, &rows, err);

	while (rc == IK_OK && sql_next(&rows)) {
		const char *channel = sql_text_at(&rows, 1), *reason = sql_text_at(&rows, 3);
		char day[CLOCK_RFC3339_SIZE];

		clock_rfc3339(sql_int_at(&rows, 0) * DAY_S, day);
		day[10] = '\0';
		if (line == NULL || strcmp(json_text(line, "day"), day) != 0 || strcmp(json_text(line, "channel"), channel) != 0) {
			line = ledger_day(channel, day);
			(void)json_array_append_new(array, line);
		}
		ledger_add(line, sql_int_at(&rows, 2), reason != NULL ? reason : "", sql_int_at(&rows, 4));
	}
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc == IK_OK) *array_r = array;
	else json_decref(array);
	return rc;
}

static json_t *named_totals(const int64_t *totals, int first, const char *const *names)
{
	json_t *object = json_object();

	for (int i = 0; names[i] != NULL; i++) set_new(object, names[i], json_integer(totals[first + i]));
	return object;
}

enum ik_rc read_counts(struct store_reader *r, json_t **object_r, struct ik_error *err)
{
	int64_t totals[TOTAL_COUNT] = { 0 };
	struct sql_rows rows;
	json_t *object;
	enum ik_rc rc = sql_query(&r->sql, "SELECT id, count FROM total", SQL_NO_ARGS, &rows, err);

	while (rc == IK_OK && sql_next(&rows)) {
		const int64_t id = sql_int_at(&rows, 0);

		if (id >= 0 && id < TOTAL_COUNT) totals[id] = sql_int_at(&rows, 1);
	}
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc != IK_OK) return rc;
	object = json_object();
	set_new(object, "tickets", json_integer(totals[TOTAL_TICKETS]));
	set_new(object, "messages", json_integer(totals[TOTAL_MESSAGES]));
	set_new(object, "quarantined", json_integer(totals[TOTAL_QUARANTINED]));
	set_new(object, "states", named_totals(totals, TOTAL_STATE, store_state_names));
	set_new(object, "acknowledgements", named_totals(totals, TOTAL_DUTY, duty_state_names));
	set_new(object, "deliveries", named_totals(totals, TOTAL_DUTY + TALLY_DUTY_STATES, duty_state_names));
	set_new(object, "notices", named_totals(totals, TOTAL_DUTY + 2 * TALLY_DUTY_STATES, duty_state_names));
	*object_r = object;
	return IK_OK;
}
