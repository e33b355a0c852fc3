/* contact.c - customers and the handles they write from. */
#include "store/inside.h"

#include <string.h>

#define CONTACT_STEPS 8                 /* handles whose hashes meet stand one behind the other */

/* handle_key.mark: 32 further bits of the keyed hash above these flags. Together with the key that makes 94 bits, so that two handles
 * taken for one are not to be expected in any store, and a known customer costs one look-up. */
enum { KNOWS_VERIFIED = 1, KNOWS_NAME = 2, KNOWS_LANGUAGE = 4, FLAG_BITS = 3, FLAGS = 7 };

struct handle_hash { int64_t key, check; };
struct found { int64_t key, contact_id, flags; };       /* contact_id 0: none, to be filed under key */

static struct handle_hash handle_hash(struct mac *mac, const char *type, const char *value)
{
	unsigned char hash[KEY_HASH_SIZE];
	struct handle_hash h;
	uint32_t check;

	hash_of(mac, "handle", type, value, hash);
	h.key = hash_as_number(hash);
	memcpy(&check, hash + sizeof(h.key), sizeof(check));
	h.check = check;
	return h;
}

static enum ik_rc find(struct sql *sql, const struct handle_hash *hash, struct found *found_r, struct ik_error *err)
{
	for (int64_t step = 0; step < CONTACT_STEPS; step++) {
		int64_t contact_id = 0, mark = 0;
		struct sql_rows rows;
		enum ik_rc rc = sql_query(sql, "SELECT contact_id, mark FROM handle_key WHERE hash = ?", SQL_ARGS(SQL_INT(hash->key + step)), &rows, err);

		if (rc != IK_OK) return rc;
		if (sql_next(&rows)) {
			contact_id = sql_int_at(&rows, 0);
			mark = sql_int_at(&rows, 1);
		}
		rc = sql_end(&rows, err);
		if (rc != IK_OK) return rc;
		*found_r = (struct found){ .key = hash->key + step, .contact_id = contact_id, .flags = mark & FLAGS };
		if (contact_id == 0 || mark >> FLAG_BITS == hash->check) return IK_OK;
	}
	return ik_fail(IK_REJECT, err, "store: too many handles under one hash");
}

enum ik_rc contact_find(struct sql *sql, struct mac *mac, const char *type, const char *value, int64_t *contact_id_r, struct ik_error *err)
{
	const struct handle_hash hash = handle_hash(mac, type, value);
	struct found found;
	enum ik_rc rc = find(sql, &hash, &found, err);

	if (rc == IK_OK) *contact_id_r = found.contact_id;
	return rc;
}

static int64_t flags_of(const char *name, const char *language, bool verified)
{
	return (verified ? KNOWS_VERIFIED : 0) | (name != NULL ? KNOWS_NAME : 0) | (language != NULL ? KNOWS_LANGUAGE : 0);
}

struct handle { const char *type, *value, *name, *language; bool verified; };

static enum ik_rc add(struct store_tx *tx, const struct found *found, int64_t check, const struct handle *h, int64_t now_at,
                      int64_t *contact_id_r, struct ik_error *err)
{
	const int64_t mark = check << FLAG_BITS | flags_of(h->name, h->language, h->verified);
	int64_t id;
	enum ik_rc rc = sql_run(&tx->sql, "INSERT INTO contact(created_at, name, language) VALUES(?, ?, ?)",
	                        SQL_ARGS(SQL_INT(now_at), SQL_TEXT(h->name), SQL_TEXT(h->language)), err);

	if (rc != IK_OK) return rc;
	id = sqlite3_last_insert_rowid(tx->sql.db);
	rc = sql_run(&tx->sql, "INSERT INTO handle(contact_id, type, value, verified) VALUES(?, ?, ?, ?)",
	             SQL_ARGS(SQL_INT(id), SQL_TEXT(h->type), SQL_TEXT(h->value), SQL_INT(h->verified)), err);
	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "INSERT INTO handle_key(hash, contact_id, mark) VALUES(?, ?, ?)",
		             SQL_ARGS(SQL_INT(found->key), SQL_INT(id), SQL_INT(mark)), err);
	if (rc == IK_OK) *contact_id_r = id;
	return rc;
}

/* What a later message adds; a customer of whom nothing new is learnt costs no write. */
static enum ik_rc learn(struct store_tx *tx, const struct found *found, const struct handle *h, struct ik_error *err)
{
	const int64_t news = flags_of(h->name, h->language, h->verified) & ~found->flags;
	enum ik_rc rc = IK_OK;

	if (news == 0) return IK_OK;
	if (news & (KNOWS_NAME | KNOWS_LANGUAGE))
		rc = sql_run(&tx->sql, "UPDATE contact SET name = coalesce(name, ?2), language = coalesce(language, ?3) WHERE id = ?1",
		             SQL_ARGS(SQL_INT(found->contact_id), SQL_TEXT(h->name), SQL_TEXT(h->language)), err);
	if (rc == IK_OK && news & KNOWS_VERIFIED)
		rc = sql_run(&tx->sql, "UPDATE handle SET verified = 1 WHERE contact_id = ? AND type = ? AND value = ?",
		             SQL_ARGS(SQL_INT(found->contact_id), SQL_TEXT(h->type), SQL_TEXT(h->value)), err);
	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "UPDATE handle_key SET mark = mark | ?2 WHERE hash = ?1", SQL_ARGS(SQL_INT(found->key), SQL_INT(news)), err);
	return rc;
}

enum ik_rc store_contact(struct store_tx *tx, const char *type, const char *value, const char *name, const char *language, bool verified,
                         int64_t now_at, int64_t *contact_id_r, struct ik_error *err)
{
	const struct handle handle = { type, value, name, language, verified };
	const struct handle_hash hash = handle_hash(&tx->mac, type, value);
	struct found found;
	enum ik_rc rc = find(&tx->sql, &hash, &found, err);

	if (rc != IK_OK) return rc;
	if (found.contact_id == 0) return add(tx, &found, hash.check, &handle, now_at, contact_id_r, err);
	rc = learn(tx, &found, &handle, err);
	if (rc == IK_OK) *contact_id_r = found.contact_id;
	return rc;
}

/* Another handle behind it under the same hash is not to be expected in any store. */
enum ik_rc store_drop_handle(struct store_tx *tx, int64_t contact_id, const char *type, const char *value, struct ik_error *err)
{
	const struct handle_hash hash = handle_hash(&tx->mac, type, value);
	enum ik_rc rc = sql_run(&tx->sql, "DELETE FROM handle_key WHERE hash BETWEEN ?1 AND ?2 AND contact_id = ?3",
	                        SQL_ARGS(SQL_INT(hash.key), SQL_INT(hash.key + CONTACT_STEPS - 1), SQL_INT(contact_id)), err);

	if (rc != IK_OK) return rc;
	return sql_run(&tx->sql, "DELETE FROM handle WHERE contact_id = ? AND type = ? AND value = ?", SQL_ARGS(SQL_INT(contact_id), SQL_TEXT(type), SQL_TEXT(value)), err);
}

enum ik_rc store_add_handle(struct store_tx *tx, int64_t contact_id, const char *type, const char *value, bool verified, struct ik_error *err)
{
	const struct handle_hash hash = handle_hash(&tx->mac, type, value);
	struct found found;
	enum ik_rc rc = find(&tx->sql, &hash, &found, err);

	if (rc != IK_OK || found.contact_id != 0) return rc;
	rc = sql_run(&tx->sql, "INSERT OR IGNORE INTO handle(contact_id, type, value, verified) VALUES(?, ?, ?, ?)",
	             SQL_ARGS(SQL_INT(contact_id), SQL_TEXT(type), SQL_TEXT(value), SQL_INT(verified)), err);
	if (rc != IK_OK) return rc;
	return sql_run(&tx->sql, "INSERT INTO handle_key(hash, contact_id, mark) VALUES(?, ?, ?)",
	               SQL_ARGS(SQL_INT(found.key), SQL_INT(contact_id), SQL_INT(hash.check << FLAG_BITS | (verified ? KNOWS_VERIFIED : 0))), err);
}

enum ik_rc store_set_tier(struct store_tx *tx, int64_t contact_id, const char *tier, struct ik_error *err)
{
	return sql_run(&tx->sql, "UPDATE contact SET tier = ?2 WHERE id = ?1 AND tier IS NOT ?2", SQL_ARGS(SQL_INT(contact_id), SQL_TEXT(tier)), err);
}

enum ik_rc store_is_participant(struct store_tx *tx, int64_t ticket_id, int64_t contact_id, bool *is_r, struct ik_error *err)
{
	int64_t found = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT 1 FROM message WHERE ticket_id = ? AND contact_id = ? AND is_outbound = 0 LIMIT 1",
	                           SQL_ARGS(SQL_INT(ticket_id), SQL_INT(contact_id)), 0, &found, err);

	if (rc == IK_OK) *is_r = found != 0;
	return rc;
}
