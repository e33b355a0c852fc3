/* keys.c - natural keys and Message-IDs: what makes a message count once, whatever is killed, cut or repeated.
 *
 * Keys stand under a keyed hash, so that no sender can choose where in the index they fall or make two of them meet. */
#include "store/inside.h"

#include <stdio.h>
#include <string.h>
#include "base/random.h"

void hash_open(struct mac *mac, const unsigned char secret[STORE_DIGEST_SIZE])
{
	static const char purpose[] = "hashes in indexes";
	const struct bytes piece = { purpose, sizeof(purpose) };
	unsigned char key[SHA256_SIZE];

	mac_once(secret, STORE_DIGEST_SIZE, &piece, 1, key);
	mac_init(mac, key, sizeof(key));
	explicit_bzero(key, sizeof(key));
}

void hash_of(struct mac *mac, const char *label, const char *a, const char *b, unsigned char hash_r[KEY_HASH_SIZE])
{
	const struct bytes pieces[] = { { label, strlen(label) + 1 }, { a, strlen(a) + 1 }, { b, strlen(b) } };
	unsigned char whole[SHA256_SIZE];

	mac_of(mac, pieces, COUNT_OF(pieces), whole);
	memcpy(hash_r, whole, KEY_HASH_SIZE);
}

int64_t hash_number(struct mac *mac, const char *label, const char *a, const char *b)
{
	unsigned char hash[KEY_HASH_SIZE];

	hash_of(mac, label, a, b, hash);
	return hash_as_number(hash);
}

int64_t hash_as_number(const unsigned char hash[KEY_HASH_SIZE])
{
	uint64_t number;

	memcpy(&number, hash, sizeof(number));
	number >>= 2;                                   /* room for the steps after a collision */
	return (int64_t)(number > 0 ? number : 1);
}

void tx_random(struct store_tx *tx, void *bytes_r, size_t len)
{
	if (tx->random_left < len) {
		random_bytes(tx->random, sizeof(tx->random));
		tx->random_left = sizeof(tx->random);
	}
	tx->random_left -= len;
	memcpy(bytes_r, tx->random + tx->random_left, len);
	explicit_bzero(tx->random + tx->random_left, len);
}

static int64_t period_of(int64_t now_at)
{
	return now_at / KEY_PERIOD_S;
}

/* The periods to look in: this one, the one before, and near the end of one also the next, for a clock that was set back. */
static enum ik_rc find_hash(struct sql *sql, const char *text, const unsigned char hash[KEY_HASH_SIZE], int64_t now_at,
                            int64_t *message_id_r, int64_t *ticket_id_r, unsigned char digest_r[STORE_DIGEST_SIZE], struct ik_error *err)
{
	const int64_t period = period_of(now_at);
	struct sql_rows rows;
	enum ik_rc rc = sql_query(sql, text, SQL_ARGS(SQL_INT(period - 1), SQL_INT(period), SQL_INT(period_of(now_at + DAY_S)),
	                          SQL_BLOB(hash, KEY_HASH_SIZE)), &rows, err);

	if (rc != IK_OK) return rc;
	*message_id_r = *ticket_id_r = 0;
	memset(digest_r, 0, STORE_DIGEST_SIZE);
	while (sql_next(&rows)) {
		const void *digest = sqlite3_column_blob(rows.stmt, 2);
		const int size = sqlite3_column_bytes(rows.stmt, 2);

		*message_id_r = sql_int_at(&rows, 0);
		*ticket_id_r = sql_int_at(&rows, 1);
		if (digest != NULL && size == STORE_DIGEST_SIZE) memcpy(digest_r, digest, STORE_DIGEST_SIZE);
	}
	rc = sql_end(&rows, err);
	if (rc != IK_OK || *message_id_r == 0) return rc;
	return sql_number(sql, "SELECT ticket_id FROM message WHERE id = ?", SQL_ARGS(SQL_INT(*message_id_r)), *ticket_id_r, ticket_id_r, err);     /* an operator may have moved it */
}

enum ik_rc key_find(struct sql *sql, struct mac *mac, const char *account, const char *key, int64_t now_at,
                    int64_t *message_id_r, int64_t *ticket_id_r, unsigned char digest_r[STORE_DIGEST_SIZE], struct ik_error *err)
{
	unsigned char hash[KEY_HASH_SIZE];

	hash_of(mac, "natural", account, key, hash);
	return find_hash(sql, "SELECT message_id, ticket_id, digest FROM natural_key WHERE period IN (?1, ?2, ?3) AND hash = ?4",
	                 hash, now_at, message_id_r, ticket_id_r, digest_r, err);
}

enum ik_rc key_is_known(struct sql *sql, struct mac *mac, const char *account, const char *key, int64_t now_at, bool *known_r, struct ik_error *err)
{
	unsigned char hash[KEY_HASH_SIZE];
	int64_t oldest = 0, found = 0;
	enum ik_rc rc = sql_number(sql, "SELECT min(period) FROM natural_key", SQL_NO_ARGS, period_of(now_at), &oldest, err);

	hash_of(mac, "natural", account, key, hash);
	for (int64_t period = period_of(now_at + DAY_S); rc == IK_OK && found == 0 && period >= oldest; period--)
		rc = sql_number(sql, "SELECT 1 FROM natural_key WHERE period = ? AND hash = ?",
		                SQL_ARGS(SQL_INT(period), SQL_BLOB(hash, KEY_HASH_SIZE)), 0, &found, err);
	if (rc == IK_OK) *known_r = found != 0;
	return rc;
}

enum ik_rc store_find_key(struct store_tx *tx, const char *account, const char *key, int64_t now_at,
                          int64_t *message_id_r, int64_t *ticket_id_r, unsigned char digest_r[STORE_DIGEST_SIZE], struct ik_error *err)
{
	return key_find(&tx->sql, &tx->mac, account, key, now_at, message_id_r, ticket_id_r, digest_r, err);
}

enum ik_rc store_add_key(struct store_tx *tx, const char *account, const char *key, int64_t now_at, int64_t message_id, int64_t ticket_id,
                         const unsigned char digest[STORE_DIGEST_SIZE], struct ik_error *err)
{
	unsigned char hash[KEY_HASH_SIZE];

	hash_of(&tx->mac, "natural", account, key, hash);
	return sql_run(&tx->sql, "INSERT INTO natural_key(period, hash, message_id, ticket_id, digest) VALUES(?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(period_of(now_at)), SQL_BLOB(hash, sizeof(hash)), SQL_INT(message_id), SQL_INT(ticket_id),
	                        SQL_BLOB(digest, STORE_DIGEST_SIZE)), err);
}

enum ik_rc store_find_message_id(struct store_tx *tx, const char *message_id, int64_t now_at,
                                 int64_t *message_r, int64_t *ticket_id_r, unsigned char digest_r[STORE_DIGEST_SIZE], struct ik_error *err)
{
	unsigned char hash[KEY_HASH_SIZE];

	hash_of(&tx->mac, "mail", "", message_id, hash);
	return find_hash(&tx->sql, "SELECT message_id, ticket_id, digest FROM mail_key WHERE period IN (?1, ?2, ?3) AND hash = ?4",
	                 hash, now_at, message_r, ticket_id_r, digest_r, err);
}

enum ik_rc store_add_message_id(struct store_tx *tx, const char *message_id, int64_t now_at, int64_t message, int64_t ticket_id,
                                const unsigned char digest[STORE_DIGEST_SIZE], struct ik_error *err)
{
	unsigned char hash[KEY_HASH_SIZE];

	hash_of(&tx->mac, "mail", "", message_id, hash);
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO mail_key(period, hash, message_id, ticket_id, digest) VALUES(?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(period_of(now_at)), SQL_BLOB(hash, sizeof(hash)), SQL_INT(message), SQL_INT(ticket_id),
	                        SQL_BLOB(digest, STORE_DIGEST_SIZE)), err);
}

/* ---- references ----------------------------------------------------------------------------------------------------------- */

#define THREAD_PERIODS 13               /* how far back an answer finds what it answers: a year */

/* References are filed by contact, so that nobody can take an id before the one whose mail it names. */
static void hash_of_reference(struct mac *mac, int64_t contact_id, const char *message_id, unsigned char hash_r[KEY_HASH_SIZE])
{
	char contact[24];

	(void)snprintf(contact, sizeof(contact), "%lld", (long long)contact_id);
	hash_of(mac, "reference", contact, message_id, hash_r);
}

static enum ik_rc find_mail_key(struct store_tx *tx, int64_t period, const unsigned char hash[KEY_HASH_SIZE], int64_t *ticket_id_r, struct ik_error *err)
{
	return sql_number(&tx->sql, "SELECT ticket_id FROM mail_key WHERE period = ? AND hash = ?", SQL_ARGS(SQL_INT(period), SQL_BLOB(hash, KEY_HASH_SIZE)),
	                  0, ticket_id_r, err);
}

enum ik_rc store_find_reference(struct store_tx *tx, int64_t contact_id, const char *message_id, int64_t now_at, int64_t *ticket_id_r, bool *own_r,
                                struct ik_error *err)
{
	const int64_t last = period_of(now_at + DAY_S);
	unsigned char own[KEY_HASH_SIZE], any[KEY_HASH_SIZE];
	int64_t oldest = 0, by_own = 0, by_any = 0;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT min(period) FROM mail_key", SQL_NO_ARGS, last + 1, &oldest, err);

	if (oldest <= last - THREAD_PERIODS) oldest = last - THREAD_PERIODS + 1;
	hash_of_reference(&tx->mac, contact_id, message_id, own);
	hash_of(&tx->mac, "mail", "", message_id, any);
	for (int64_t period = last; rc == IK_OK && by_own == 0 && period >= oldest; period--) {
		if (contact_id != 0) rc = find_mail_key(tx, period, own, &by_own, err);
		if (rc == IK_OK && by_any == 0) rc = find_mail_key(tx, period, any, &by_any, err);
	}
	if (rc != IK_OK) return rc;
	*own_r = by_own != 0;
	*ticket_id_r = by_own != 0 ? by_own : by_any;
	return IK_OK;
}

enum ik_rc store_add_reference(struct store_tx *tx, int64_t contact_id, const char *message_id, int64_t now_at, int64_t message, int64_t ticket_id,
                               struct ik_error *err)
{
	static const unsigned char none[STORE_DIGEST_SIZE] = { 0 };
	unsigned char hash[KEY_HASH_SIZE];

	hash_of_reference(&tx->mac, contact_id, message_id, hash);
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO mail_key(period, hash, message_id, ticket_id, digest) VALUES(?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(period_of(now_at)), SQL_BLOB(hash, sizeof(hash)), SQL_INT(message), SQL_INT(ticket_id),
	                        SQL_BLOB(none, sizeof(none))), err);
}
