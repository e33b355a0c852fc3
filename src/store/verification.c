/* verification.c - addresses that anybody could have typed: asked when, proved when, and the tickets that wait for the proof. */
#include "store/inside.h"
#include "store/reader.h"

static enum ik_rc find(struct sql *sql, const char *address, struct store_verification *v_r, struct ik_error *err)
{
	struct store_verification v = { .id = 0 };
	struct sql_rows rows;
	enum ik_rc rc = sql_query(sql, "SELECT id, asked_at, verified_at FROM verification WHERE address = ?", SQL_ARGS(SQL_TEXT(address)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) v = (struct store_verification){ sql_int_at(&rows, 0), sql_int_at(&rows, 1), sql_int_at(&rows, 2) };
	rc = sql_end(&rows, err);
	if (rc == IK_OK) *v_r = v;
	return rc;
}

enum ik_rc store_find_verification(struct store_tx *tx, const char *address, struct store_verification *v_r, struct ik_error *err)
{
	return find(&tx->sql, address, v_r, err);
}

enum ik_rc read_verification(struct store_reader *r, const char *address, struct store_verification *v_r, struct ik_error *err)
{
	return find(&r->sql, address, v_r, err);
}

enum ik_rc store_ask_verification(struct store_tx *tx, const char *address, const char *handle, int64_t now_at, int64_t *id_r, struct ik_error *err)
{
	/* an id that grows with time: the link of an address that was deleted never names another one */
	enum ik_rc rc = sql_run(&tx->sql, "INSERT INTO verification(id, address, handle, asked_at) VALUES(max(coalesce((SELECT max(id) FROM verification), 0) + 1, ?3 << 20), ?1, ?2, ?3)"
	                        " ON CONFLICT(address) DO UPDATE SET handle = ?2, asked_at = ?3",
	                        SQL_ARGS(SQL_TEXT(address), SQL_TEXT(handle), SQL_INT(now_at)), err);

	return rc == IK_OK ? sql_number(&tx->sql, "SELECT id FROM verification WHERE address = ?", SQL_ARGS(SQL_TEXT(address)), 0, id_r, err) : rc;
}

enum ik_rc store_await_verification(struct store_tx *tx, int64_t id, int64_t ticket_id, int64_t message_id, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO awaiting(verification_id, ticket_id, message_id) VALUES(?, ?, ?)",
	               SQL_ARGS(SQL_INT(id), SQL_INT(ticket_id), SQL_INT(message_id)), err);
}

enum ik_rc store_verify(struct store_tx *tx, int64_t id, int64_t now_at, char *handle_r, size_t size, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_run(&tx->sql, "UPDATE verification SET verified_at = ?2 WHERE id = ?1 AND verified_at IS NULL", SQL_ARGS(SQL_INT(id), SQL_INT(now_at)), err);

	if (rc == IK_OK) rc = sql_query(&tx->sql, "SELECT handle FROM verification WHERE id = ?", SQL_ARGS(SQL_INT(id)), &rows, err);
	if (rc != IK_OK) return rc;
	handle_r[0] = '\0';
	if (sql_next(&rows)) sql_copy_at(&rows, 0, handle_r, size);
	return sql_end(&rows, err);
}

enum ik_rc store_take_awaiting(struct store_tx *tx, int64_t id, size_t max, struct store_awaiting *list_r, size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	size_t count = 0;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT ticket_id, message_id FROM awaiting WHERE verification_id = ? ORDER BY ticket_id DESC LIMIT ?",
	                          SQL_ARGS(SQL_INT(id), SQL_INT((int64_t)max)), &rows, err);

	if (rc != IK_OK) return rc;
	while (count < max && sql_next(&rows)) list_r[count++] = (struct store_awaiting){ sql_int_at(&rows, 0), sql_int_at(&rows, 1) };
	rc = sql_end(&rows, err);
	if (rc == IK_OK) rc = sql_run(&tx->sql, "DELETE FROM awaiting WHERE verification_id = ?", SQL_ARGS(SQL_INT(id)), err);
	if (rc == IK_OK) *count_r = count;
	return rc;
}

enum ik_rc store_forget_verification(struct store_tx *tx, const char *address, struct ik_error *err)
{
	enum ik_rc rc = sql_run(&tx->sql, "DELETE FROM awaiting WHERE verification_id IN (SELECT id FROM verification WHERE address = ?)", SQL_ARGS(SQL_TEXT(address)), err);

	return rc == IK_OK ? sql_run(&tx->sql, "DELETE FROM verification WHERE address = ?", SQL_ARGS(SQL_TEXT(address)), err) : rc;
}

/* Few addresses wait at any time, and each for few tickets: the table is read once. */
enum ik_rc store_forget_awaiting(struct store_tx *tx, int64_t ticket_id, struct ik_error *err)
{
	return sql_run(&tx->sql, "DELETE FROM awaiting WHERE ticket_id = ?", SQL_ARGS(SQL_INT(ticket_id)), err);
}
