/* survey.c - one row an answer, one a conversation in which a question stands. See survey.h. */
#include "store/survey.h"

#include "base/json.h"
#include "store/inside.h"
#include "store/reader.h"

static struct sql_value dimension(int64_t level)
{
	return level != 0 ? SQL_INT(level) : SQL_NULL;
}

enum ik_rc store_add_survey(struct store_tx *tx, const struct store_survey *s, bool *added_r, struct ik_error *err)
{
	int64_t answered = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT 1 FROM survey WHERE ticket_id = ? AND round = ?", SQL_ARGS(SQL_INT(s->ticket_id), SQL_INT(s->sent_at)), 0, &answered, err);

	*added_r = answered == 0;
	if (rc != IK_OK || answered != 0) return rc;
	return sql_run(&tx->sql, "INSERT INTO survey(ticket_id, round, at, level, speed, attitude, solution, thoroughness, way) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(s->ticket_id), SQL_INT(s->sent_at), SQL_INT(s->at), SQL_INT(s->level), dimension(s->speed), dimension(s->attitude),
	                        dimension(s->solution), dimension(s->thoroughness), SQL_TEXT(s->way)), err);
}

/* ---- questions in chats ------------------------------------------------------------------------------------------------- */

enum ik_rc store_ask_question(struct store_tx *tx, const char *channel, const char *conversation, int64_t ticket_id, int64_t sent_at, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT OR REPLACE INTO question(channel, conversation, ticket_id, sent_at) VALUES(?, ?, ?, ?)",
	               SQL_ARGS(SQL_TEXT(channel), SQL_TEXT(conversation), SQL_INT(ticket_id), SQL_INT(sent_at)), err);
}

enum ik_rc store_find_question(struct store_tx *tx, const char *channel, const char *conversation, struct store_question *question_r, struct ik_error *err)
{
	struct store_question q = { .ticket_id = 0 };
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT q.ticket_id, q.sent_at, t.state FROM question q JOIN ticket t ON t.id = q.ticket_id WHERE q.channel = ? AND q.conversation = ?"
	                          " AND NOT EXISTS(SELECT 1 FROM survey s WHERE s.ticket_id = q.ticket_id AND s.round = q.sent_at)",
	                          SQL_ARGS(SQL_TEXT(channel), SQL_TEXT(conversation)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) q = (struct store_question){ sql_int_at(&rows, 0), sql_int_at(&rows, 1), (enum store_state)sql_int_at(&rows, 2) };
	rc = sql_end(&rows, err);
	if (rc == IK_OK) *question_r = q;
	return rc;
}

enum ik_rc store_close_question(struct store_tx *tx, const char *channel, const char *conversation, struct ik_error *err)
{
	return sql_run(&tx->sql, "DELETE FROM question WHERE channel = ? AND conversation = ?", SQL_ARGS(SQL_TEXT(channel), SQL_TEXT(conversation)), err);
}

enum ik_rc store_forget_questions(struct store_tx *tx, int64_t ticket_id, struct ik_error *err)
{
	return sql_run(&tx->sql, "DELETE FROM question WHERE ticket_id = ?", SQL_ARGS(SQL_INT(ticket_id)), err);
}

/* ---- reports ---------------------------------------------------------------------------------------------------------------- */

#define SATISFACTION(name) \
	"SELECT " name ", count(*), sum(s.level >= 4), sum(s.level = 3), sum(s.level <= 2), avg(s.level), avg(s.speed), avg(s.attitude), avg(s.solution)," \
	" avg(s.thoroughness) FROM survey s JOIN ticket t ON t.id = s.ticket_id WHERE s.at >= ? AND s.at < ? GROUP BY 1 ORDER BY 1"

static json_t *satisfaction_row(const struct sql_rows *rows)
{
	static const char *const counts[] = { "answers", "satisfied", "neither", "dissatisfied" }, *const means[] = { "level", "speed", "attitude", "solution", "thoroughness" };
	json_t *row = json_object();

	json_set_text(row, "name", sql_text_at(rows, 0));
	for (int i = 0; i < 4; i++) (void)json_object_set_new(row, counts[i], json_integer((json_int_t)sql_int_at(rows, 1 + i)));
	for (int i = 0; i < 5; i++) {
		const bool is_known = sqlite3_column_type(rows->stmt, 5 + i) != SQLITE_NULL;

		(void)json_object_set_new(row, means[i], is_known ? json_real(sqlite3_column_double(rows->stmt, 5 + i)) : json_null());
	}
	return row;
}

enum ik_rc read_satisfaction(struct store_reader *r, int64_t since_at, int64_t until_at, enum satisfaction_by by, json_t **array_r, struct ik_error *err)
{
	static const char *const texts[] = { [SATISFACTION_ALL] = SATISFACTION("NULL"), [SATISFACTION_BY_CHANNEL] = SATISFACTION("t.channel"),
	                                     [SATISFACTION_BY_CATEGORY] = SATISFACTION("t.category") };
	json_t *array = json_array();
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, texts[by], SQL_ARGS(SQL_INT(since_at), SQL_INT(until_at)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) (void)json_array_append_new(array, satisfaction_row(&rows));
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc == IK_OK) *array_r = array;
	else json_decref(array);
	return rc;
}
