/* contact.c - customers and the handles they write from. */
#include "store/inside.h"

#include <string.h>

#define CONTACT_STEPS 8                 /* handles whose hashes meet stand one behind the other */

struct found { int64_t contact_id; bool is_verified, has_name, has_language; };

/* Whether the contact really has this handle; the index holds only its hash. */
static enum ik_rc confirm(struct store_tx *tx, int64_t contact_id, const char *type, const char *value, struct found *found_r, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT h.verified, c.name IS NOT NULL, c.language IS NOT NULL FROM handle h JOIN contact c"
	                          " ON c.id = h.contact_id WHERE h.contact_id = ? AND h.type = ? AND h.value = ?",
	                          SQL_ARGS(SQL_INT(contact_id), SQL_TEXT(type), SQL_TEXT(value)), &rows, err);

	if (rc != IK_OK) return rc;
	found_r->contact_id = 0;
	if (sql_next(&rows))
		*found_r = (struct found){ .contact_id = contact_id, .is_verified = sql_int_at(&rows, 0) != 0,
		                           .has_name = sql_int_at(&rows, 1) != 0, .has_language = sql_int_at(&rows, 2) != 0 };
	return sql_end(&rows, err);
}

/* The contact, or 0 and the hash under which a new one is to be filed. */
static enum ik_rc find(struct store_tx *tx, const char *type, const char *value, int64_t *hash_r, struct found *found_r, struct ik_error *err)
{
	const int64_t hash = hash_number(&tx->mac, "handle", type, value);

	for (int64_t step = 0; step < CONTACT_STEPS; step++) {
		int64_t contact_id = 0;
		enum ik_rc rc = sql_number(&tx->sql, "SELECT contact_id FROM handle_key WHERE hash = ?", SQL_ARGS(SQL_INT(hash + step)),
		                           0, &contact_id, err);

		if (rc == IK_OK && contact_id != 0) rc = confirm(tx, contact_id, type, value, found_r, err);
		if (rc != IK_OK) return rc;
		*hash_r = hash + step;
		if (contact_id == 0 || found_r->contact_id != 0) return IK_OK;
	}
	return ik_fail(IK_REJECT, err, "store: too many handles of type %s under one hash", type);
}

static enum ik_rc add(struct store_tx *tx, int64_t hash, const char *type, const char *value, const char *name, const char *language,
                      bool verified, int64_t now_at, int64_t *contact_id_r, struct ik_error *err)
{
	int64_t id;
	enum ik_rc rc = sql_run(&tx->sql, "INSERT INTO contact(created_at, name, language) VALUES(?, ?, ?)",
	                        SQL_ARGS(SQL_INT(now_at), SQL_TEXT(name), SQL_TEXT(language)), err);

	if (rc != IK_OK) return rc;
	id = sqlite3_last_insert_rowid(tx->sql.db);
	rc = sql_run(&tx->sql, "INSERT INTO handle(contact_id, type, value, verified) VALUES(?, ?, ?, ?)",
	             SQL_ARGS(SQL_INT(id), SQL_TEXT(type), SQL_TEXT(value), SQL_INT(verified)), err);
	if (rc == IK_OK) rc = sql_run(&tx->sql, "INSERT INTO handle_key(hash, contact_id) VALUES(?, ?)", SQL_ARGS(SQL_INT(hash), SQL_INT(id)), err);
	if (rc == IK_OK) *contact_id_r = id;
	return rc;
}

/* What a later message adds; a known contact costs no write otherwise. */
static enum ik_rc learn(struct store_tx *tx, const struct found *found, const char *type, const char *value, const char *name,
                        const char *language, bool verified, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	if ((name != NULL && !found->has_name) || (language != NULL && !found->has_language))
		rc = sql_run(&tx->sql, "UPDATE contact SET name = coalesce(name, ?2), language = coalesce(language, ?3) WHERE id = ?1",
		             SQL_ARGS(SQL_INT(found->contact_id), SQL_TEXT(name), SQL_TEXT(language)), err);
	if (rc == IK_OK && verified && !found->is_verified)
		rc = sql_run(&tx->sql, "UPDATE handle SET verified = 1 WHERE contact_id = ? AND type = ? AND value = ?",
		             SQL_ARGS(SQL_INT(found->contact_id), SQL_TEXT(type), SQL_TEXT(value)), err);
	return rc;
}

enum ik_rc store_contact(struct store_tx *tx, const char *type, const char *value, const char *name, const char *language, bool verified,
                         int64_t now_at, int64_t *contact_id_r, struct ik_error *err)
{
	struct found found = { 0 };
	int64_t hash = 0;
	enum ik_rc rc = find(tx, type, value, &hash, &found, err);

	if (rc != IK_OK) return rc;
	if (found.contact_id == 0) return add(tx, hash, type, value, name, language, verified, now_at, contact_id_r, err);
	rc = learn(tx, &found, type, value, name, language, verified, err);
	if (rc == IK_OK) *contact_id_r = found.contact_id;
	return rc;
}

enum ik_rc store_is_participant(struct store_tx *tx, int64_t ticket_id, int64_t contact_id, bool *is_r, struct ik_error *err)
{
	int64_t found = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT 1 FROM message WHERE ticket_id = ? AND contact_id = ? AND is_outbound = 0 LIMIT 1",
	                           SQL_ARGS(SQL_INT(ticket_id), SQL_INT(contact_id)), 0, &found, err);

	if (rc == IK_OK) *is_r = found != 0;
	return rc;
}
