/* person.c - customers who are one person by evidence: joined both ways, revocable, and once revoked never joined again by evidence. */
#include "store/inside.h"
#include "store/reader.h"

static enum ik_rc join_one(struct store_tx *tx, int64_t contact_id, int64_t other_id, const char *evidence, int64_t ticket_id, int64_t at, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO person(contact_id, other_id, at, evidence, ticket_id) VALUES(?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(contact_id), SQL_INT(other_id), SQL_INT(at), SQL_TEXT(evidence), SQL_INT(ticket_id)), err);
}

enum ik_rc store_join_persons(struct store_tx *tx, int64_t contact_id, int64_t other_id, const char *evidence, int64_t ticket_id, int64_t at, struct ik_error *err)
{
	enum ik_rc rc;

	if (contact_id == 0 || other_id == 0 || contact_id == other_id) return IK_OK;
	rc = join_one(tx, contact_id, other_id, evidence, ticket_id, at, err);
	return rc == IK_OK ? join_one(tx, other_id, contact_id, evidence, ticket_id, at, err) : rc;
}

enum ik_rc store_vouch_handle(struct store_tx *tx, int64_t contact_id, const char *type, const char *value, int64_t now_at, struct ik_error *err)
{
	int64_t other_id = 0;
	enum ik_rc rc = contact_find(&tx->sql, &tx->mac, type, value, &other_id, err);

	if (rc == IK_OK && other_id == 0) rc = store_add_handle(tx, contact_id, type, value, true, err);
	else if (rc == IK_OK && other_id != contact_id) rc = store_join_persons(tx, contact_id, other_id, "named by the channel, which vouches for it", 0, now_at, err);
	return rc != IK_OK ? rc : sql_run(&tx->sql, "INSERT INTO handle(contact_id, type, value, verified) VALUES(?, ?, ?, 1) ON CONFLICT DO UPDATE SET verified = 1 WHERE verified = 0",
	                                  SQL_ARGS(SQL_INT(contact_id), SQL_TEXT(type), SQL_TEXT(value)), err);
}

enum ik_rc store_part_persons(struct store_tx *tx, int64_t contact_id, int64_t other_id, int64_t at, struct ik_error *err)
{
	bool is_person = false;
	enum ik_rc rc = store_is_person(tx, contact_id, other_id, &is_person, err);

	if (rc == IK_OK && (!is_person || contact_id == other_id)) return ik_fail(IK_REJECT, err, "these two are not joined");
	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "UPDATE person SET revoked_at = ?3 WHERE (contact_id = ?1 AND other_id = ?2) OR (contact_id = ?2 AND other_id = ?1)",
		             SQL_ARGS(SQL_INT(contact_id), SQL_INT(other_id), SQL_INT(at)), err);
	return rc;
}

enum ik_rc store_is_person(struct store_tx *tx, int64_t contact_id, int64_t other_id, bool *is_r, struct ik_error *err)
{
	int64_t found = 0;
	enum ik_rc rc = IK_OK;

	if (contact_id != other_id)
		rc = sql_number(&tx->sql, "SELECT 1 FROM person WHERE contact_id = ? AND other_id = ? AND revoked_at IS NULL",
		                SQL_ARGS(SQL_INT(contact_id), SQL_INT(other_id)), 0, &found, err);
	if (rc == IK_OK) *is_r = contact_id == other_id || found != 0;
	return rc;
}

enum ik_rc store_is_parted(struct store_tx *tx, int64_t contact_id, int64_t other_id, bool *is_r, struct ik_error *err)
{
	int64_t found = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT 1 FROM person WHERE contact_id = ? AND other_id = ? AND revoked_at IS NOT NULL",
	                           SQL_ARGS(SQL_INT(contact_id), SQL_INT(other_id)), 0, &found, err);

	if (rc == IK_OK) *is_r = found != 0;
	return rc;
}

enum ik_rc store_joined_contact(struct store_tx *tx, int64_t contact_id, const char *handle, int64_t *other_id_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT p.other_id FROM person p JOIN handle h ON h.contact_id = p.other_id WHERE p.contact_id = ? AND p.revoked_at IS NULL AND h.value = ?",
	                  SQL_ARGS(SQL_INT(contact_id), SQL_TEXT(handle)), 0, other_id_r, err);
}

static enum ik_rc tell_handles(enum ik_rc rc, struct sql_rows *rows, void (*each)(void *arg, const char *type, const char *value), void *arg, struct ik_error *err)
{
	while (rc == IK_OK && sql_next(rows)) each(arg, sql_text_at(rows, 0), sql_text_at(rows, 1));
	return rc == IK_OK ? sql_end(rows, err) : rc;
}

enum ik_rc read_other_handles(struct store_reader *r, const char *type, const char *value, void (*each)(void *arg, const char *type, const char *value), void *arg, struct ik_error *err)
{
	struct sql_rows rows;
	int64_t contact_id = 0;
	enum ik_rc rc = contact_find(&r->sql, &r->mac, type, value, &contact_id, err);

	if (rc != IK_OK || contact_id == 0) return rc;
	rc = sql_query(&r->sql, "SELECT h.type, h.value FROM person p JOIN handle h ON h.contact_id = p.other_id WHERE p.contact_id = ? AND p.revoked_at IS NULL LIMIT 8",
	               SQL_ARGS(SQL_INT(contact_id)), &rows, err);
	return tell_handles(rc, &rows, each, arg, err);
}

enum ik_rc read_joined_handles(struct store_reader *r, void (*each)(void *arg, const char *type, const char *value), void *arg, struct ik_error *err)
{
	struct sql_rows rows;
	const enum ik_rc rc = sql_query(&r->sql, "SELECT h.type, h.value FROM person p JOIN handle h ON h.contact_id = p.contact_id", SQL_NO_ARGS, &rows, err);

	return tell_handles(rc, &rows, each, arg, err);
}

enum ik_rc store_each_handle(struct store_tx *tx, int64_t contact_id, void (*each)(void *arg, const char *type, const char *value), void *arg, struct ik_error *err)
{
	struct sql_rows rows;
	const enum ik_rc rc = sql_query(&tx->sql, "SELECT type, value FROM handle WHERE contact_id = ?", SQL_ARGS(SQL_INT(contact_id)), &rows, err);

	return tell_handles(rc, &rows, each, arg, err);
}

enum ik_rc store_is_joined_participant(struct store_tx *tx, int64_t ticket_id, int64_t contact_id, bool *is_r, struct ik_error *err)
{
	int64_t found = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT 1 FROM person p WHERE p.contact_id = ?1 AND p.revoked_at IS NULL AND EXISTS"
	                           " (SELECT 1 FROM message m WHERE m.ticket_id = ?2 AND m.contact_id = p.other_id AND m.is_outbound = 0) LIMIT 1",
	                           SQL_ARGS(SQL_INT(contact_id), SQL_INT(ticket_id)), 0, &found, err);

	if (rc == IK_OK) *is_r = found != 0;
	return rc;
}

enum ik_rc store_each_writer(struct store_tx *tx, int64_t ticket_id, void (*each)(void *arg, const char *type, const char *value), void *arg, struct ik_error *err)
{
	struct sql_rows rows;
	const enum ik_rc rc = sql_query(&tx->sql, "SELECT type, value FROM handle WHERE contact_id IN (SELECT contact_id FROM message WHERE ticket_id = ? AND is_outbound = 0) LIMIT 64",
	                                SQL_ARGS(SQL_INT(ticket_id)), &rows, err);

	return tell_handles(rc, &rows, each, arg, err);
}

enum ik_rc store_is_alone(struct store_tx *tx, int64_t ticket_id, int64_t contact_id, bool *is_r, struct ik_error *err)
{
	int64_t others = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT NOT EXISTS (SELECT 1 FROM message WHERE ticket_id = ?1 AND contact_id = ?2 AND is_outbound = 0) OR EXISTS"
	                           " (SELECT 1 FROM message WHERE ticket_id = ?1 AND contact_id IS NOT ?2 AND is_outbound = 0)",
	                           SQL_ARGS(SQL_INT(ticket_id), SQL_INT(contact_id)), 1, &others, err);

	if (rc == IK_OK) *is_r = others == 0;
	return rc;
}

enum ik_rc store_give_ticket(struct store_tx *tx, int64_t ticket_id, int64_t from_contact, int64_t to_contact, struct ik_error *err)
{
	enum ik_rc rc = sql_run(&tx->sql, "UPDATE ticket SET contact_id = ? WHERE id = ?", SQL_ARGS(SQL_INT(to_contact), SQL_INT(ticket_id)), err);

	return rc != IK_OK ? rc : sql_run(&tx->sql, "UPDATE contact SET tickets = max(0, tickets + CASE id WHEN ?1 THEN 1 ELSE -1 END) WHERE id IN (?1, ?2)",
	                                  SQL_ARGS(SQL_INT(to_contact), SQL_INT(from_contact)), err);
}
