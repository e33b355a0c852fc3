/* alarm.c - what an operator has to know at once. The same alarm within its quiet time is counted on the one that stands, and told to nobody. */
#include "store/reader.h"

#include "base/clock.h"
#include "base/json.h"
#include "store/code.h"

#define ALARMS_MAX 1000

/* The alarm of this kind and key that was told within quiet_s; 0: none. */
static enum ik_rc standing_alarm(struct store_tx *tx, const struct store_alarm *alarm, int64_t quiet_s, int64_t *id_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT id FROM alarm WHERE kind = ? AND key = ? AND raised_at > ? ORDER BY id DESC LIMIT 1",
	                  SQL_ARGS(SQL_TEXT(alarm->kind), SQL_TEXT(alarm->key), SQL_INT(alarm->raised_at - quiet_s)), 0, id_r, err);
}

enum ik_rc store_raise_alarm(struct store_tx *tx, const struct store_alarm *alarm, int64_t quiet_s, int64_t *id_r, struct ik_error *err)
{
	int64_t standing = 0;
	enum ik_rc rc = standing_alarm(tx, alarm, quiet_s, &standing, err);

	if (rc != IK_OK) return rc;
	if (standing != 0) {
		rc = sql_run(&tx->sql, "UPDATE alarm SET count = count + 1, last_at = max(last_at, ?2), evidence = CASE WHEN ticket_id IS ?4 THEN coalesce(?3, evidence) ELSE evidence END"
		             " WHERE id = ?1",
		             SQL_ARGS(SQL_INT(standing), SQL_INT(alarm->raised_at), SQL_TEXT(alarm->evidence), SQL_INT(alarm->ticket_id)), err);
		if (rc == IK_OK) *id_r = 0;
		return rc;
	}
	rc = sql_run(&tx->sql, "INSERT INTO alarm(kind, key, text, text_zh, remedy, evidence, ticket_id, raised_at, last_at, count)"
	             " VALUES(?1, ?2, ?3, ?7, ?8, ?4, ?5, ?6, ?6, 1)",
	             SQL_ARGS(SQL_TEXT(alarm->kind), SQL_TEXT(alarm->key), SQL_TEXT(alarm->text), SQL_TEXT(alarm->evidence),
	                      SQL_INT(alarm->ticket_id), SQL_INT(alarm->raised_at), SQL_TEXT(alarm->text_zh), SQL_TEXT(alarm->remedy)), err);
	if (rc == IK_OK) *id_r = sqlite3_last_insert_rowid(tx->sql.db);
	return rc;
}

/* ---- readers ---- */

#define ALARM_COLUMNS "SELECT a.id, a.kind, a.key, a.text, a.evidence, t.number, a.raised_at, a.last_at, a.count, a.text_zh, a.remedy FROM alarm a LEFT JOIN ticket t ON t.id = a.ticket_id"

static json_t *alarm_of(const struct sql_rows *rows)
{
	char number[STORE_NUMBER_SIZE];
	const char *evidence = sql_text_at(rows, 4);
	json_t *alarm = json_pack("{s:I}", "id", (json_int_t)sql_int_at(rows, 0));

	json_set_text(alarm, "kind", sql_text_at(rows, 1));
	json_set_text(alarm, "key", sql_text_at(rows, 2));
	json_set_text(alarm, "text", sql_text_at(rows, 3));
	json_set_text(alarm, "text_zh", sql_text_at(rows, 9));
	json_set_text(alarm, "remedy", sql_text_at(rows, 10));
	(void)json_object_set_new(alarm, "evidence", evidence != NULL ? json_loads(evidence, 0, NULL) : json_null());
	json_set_text(alarm, "number", sql_int_at(rows, 5) != 0 ? number_text(sql_int_at(rows, 5), number) : NULL);
	json_set_time(alarm, "raised_at", sql_int_at(rows, 6));
	json_set_time(alarm, "last_at", sql_int_at(rows, 7));
	(void)json_object_set_new(alarm, "count", json_integer((json_int_t)sql_int_at(rows, 8)));
	return alarm;
}

enum ik_rc read_alarm(struct store_reader *r, int64_t id, json_t **alarm_r, struct ik_error *err)
{
	struct sql_rows rows;
	json_t *alarm = NULL;
	enum ik_rc rc = sql_query(&r->sql, ALARM_COLUMNS " WHERE a.id = ?", SQL_ARGS(SQL_INT(id)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) alarm = alarm_of(&rows);
	rc = sql_end(&rows, err);
	if (rc == IK_OK && alarm == NULL) rc = ik_fail(IK_REJECT, err, "there is no alarm %lld", (long long)id);
	if (rc == IK_OK) *alarm_r = alarm;
	else json_decref(alarm);
	return rc;
}

enum ik_rc read_alarms(struct store_reader *r, size_t limit, json_t **array_r, struct ik_error *err)
{
	struct sql_rows rows;
	json_t *array = json_array();
	const int64_t most = limit == 0 || limit > ALARMS_MAX ? ALARMS_MAX : (int64_t)limit;
	enum ik_rc rc = sql_query(&r->sql, ALARM_COLUMNS " ORDER BY a.id DESC LIMIT ?", SQL_ARGS(SQL_INT(most)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) (void)json_array_append_new(array, alarm_of(&rows));
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc == IK_OK) *array_r = array;
	else json_decref(array);
	return rc;
}
