/* reader.c - read connections, and the short questions: known keys, cursors, originals, search. */
#include "store/reader.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "store/schema.h"
#include "store/search.h"

#define READER_CACHE 4194304
#define SEARCH_SCAN 20000               /* newest messages looked through for words too short for the index */

enum ik_rc store_reader_open(struct store *store, struct store_reader **reader_r, struct ik_error *err)
{
	struct store_reader *r = mem_new(sizeof(*r));
	char *path = mem_format("%s/%s", store->conf->dir, SCHEMA_FILE);
	enum ik_rc rc = sql_open_reader(&r->sql, path, READER_CACHE, err);

	free(path);
	if (rc != IK_OK) {
		free(r);
		return rc;
	}
	r->store = store;
	hash_open(&r->mac, store->secret);
	*reader_r = r;
	return IK_OK;
}

void store_reader_close(struct store_reader **reader)
{
	if (*reader == NULL) return;
	sql_close(&(*reader)->sql);
	mac_release(&(*reader)->mac);
	mem_free(reader);
}

enum ik_rc read_begin(struct store_reader *r, struct ik_error *err)
{
	return sql_run(&r->sql, "BEGIN", SQL_NO_ARGS, err);
}

void read_end(struct store_reader *r)
{
	if (!sqlite3_get_autocommit(r->sql.db)) (void)sql_run(&r->sql, "ROLLBACK", SQL_NO_ARGS, NULL);
}

int64_t read_name(const char *const *names, const char *name)
{
	for (int64_t i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0) return i;
	return -1;
}

enum ik_rc read_ticket_id(struct store_reader *r, const char *number_or_code, int64_t *ticket_id_r, struct ik_error *err)
{
	enum ik_rc rc = read_begin(r, err);

	if (rc == IK_OK) rc = ticket_find(&r->sql, &r->mac, number_or_code, ticket_id_r, err);
	read_end(r);
	return rc;
}

enum ik_rc read_known(struct store_reader *r, const char *account, const char *key, int64_t now_at, bool *known_r, struct ik_error *err)
{
	return key_is_known(&r->sql, &r->mac, account, key, now_at, known_r, err);
}

/* One look into the store for all: most of what a look costs is to begin and to end it. */
enum ik_rc read_known_all(struct store_reader *r, const char *account, const char *const *keys, size_t count, int64_t now_at, bool *known_r, struct ik_error *err)
{
	enum ik_rc rc = read_begin(r, err);

	for (size_t i = 0; rc == IK_OK && i < count; i++) rc = key_is_known(&r->sql, &r->mac, account, keys[i], now_at, &known_r[i], err);
	read_end(r);
	return rc;
}

enum ik_rc read_cursor(struct store_reader *r, const char *channel, const char *name, char *value_r, size_t size, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT value FROM cursor WHERE channel = ? AND name = ?", SQL_ARGS(SQL_TEXT(channel), SQL_TEXT(name)), &rows, err);

	if (rc != IK_OK) return rc;
	(void)snprintf(value_r, size, "%s", "");
	if (sql_next(&rows)) {
		const char *value = sql_text_at(&rows, 0);

		if (value != NULL && strlen(value) >= size) rc = ik_fail(IK_REJECT, err, "store: cursor %s of %s has %zu bytes", name, channel, strlen(value));
		else sql_copy_at(&rows, 0, value_r, size);
	}
	return rc == IK_OK ? sql_end(&rows, err) : (sql_end(&rows, NULL), rc);
}

enum ik_rc read_budget(struct store_reader *r, const char *name, int64_t window_s, int64_t now_at, int64_t *used_r, struct ik_error *err)
{
	const int64_t ends_at = (now_at / window_s + 1) * window_s;

	return sql_number(&r->sql, "SELECT used FROM budget WHERE ends_at = ? AND window = ? AND name = ?",
	                  SQL_ARGS(SQL_INT(ends_at), SQL_INT(window_s), SQL_TEXT(name)), 0, used_r, err);
}

/* ---- originals ---- */

static enum ik_rc original_of_file(struct store_reader *r, const unsigned char digest[STORE_DIGEST_SIZE], size_t size, struct buf *raw, struct ik_error *err)
{
	char *path = blob_path(r->store->conf->dir, digest);
	enum ik_rc rc = file_read(path, raw, err);

	if (rc == IK_OK && raw->len != size) rc = ik_fail(IK_REJECT, err, "store: %s has %zu bytes instead of %zu", path, raw->len, size);
	free(path);
	return rc;
}

/* Bytes on disk are believed when their digest is right. */
static enum ik_rc check_digest(const struct buf *raw, const unsigned char digest[STORE_DIGEST_SIZE], int64_t message_id, struct ik_error *err)
{
	const struct bytes piece = { raw->data, raw->len };
	unsigned char found[SHA256_SIZE];

	sha256(&piece, 1, found);
	if (memcmp(found, digest, sizeof(found)) == 0) return IK_OK;
	return ik_fail(IK_REJECT, err, "store: the original of message %lld is damaged", (long long)message_id);
}

enum ik_rc read_blob_row(struct store_reader *r, const struct sql_rows *rows, int64_t message_id, struct buf *raw, struct ik_error *err)
{
	const int64_t size = sql_int_at(rows, 0);
	const void *kept = sqlite3_column_blob(rows->stmt, 1), *data;
	unsigned char digest[STORE_DIGEST_SIZE];
	enum ik_rc rc = IK_OK;

	if (kept == NULL || sqlite3_column_bytes(rows->stmt, 1) != STORE_DIGEST_SIZE)
		return ik_fail(IK_REJECT, err, "store: the original of message %lld has no digest", (long long)message_id);
	memcpy(digest, kept, sizeof(digest));
	if (size < 0 || (uint64_t)size > raw->max)
		return ik_fail(IK_REJECT, err, "store: the original of message %lld has %lld bytes, more than %zu", (long long)message_id, (long long)size, raw->max);
	data = sqlite3_column_blob(rows->stmt, 2);
	if (data != NULL) (void)buf_add(raw, data, (size_t)sqlite3_column_bytes(rows->stmt, 2));
	else if (size > 0) rc = original_of_file(r, digest, (size_t)size, raw, err);
	return rc == IK_OK ? check_digest(raw, digest, message_id, err) : rc;
}

enum ik_rc read_original(struct store_reader *r, int64_t message_id, size_t max, void **raw_r, size_t *size_r, struct ik_error *err)
{
	struct buf raw = BUF_INIT(max);
	struct sql_rows rows;
	enum ik_rc end, rc = sql_query(&r->sql, "SELECT size, digest, data FROM original WHERE message_id = ?", SQL_ARGS(SQL_INT(message_id)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) rc = read_blob_row(r, &rows, message_id, &raw, err);
	else if (rows.step == SQLITE_DONE) rc = ik_fail(IK_REJECT, err, "store: message %lld has no original", (long long)message_id);
	end = sql_end(&rows, rc == IK_OK ? err : NULL);
	if (rc == IK_OK) rc = end;
	if (rc == IK_OK) {
		*size_r = raw.len;
		*raw_r = buf_take(&raw);
	}
	buf_release(&raw);
	return rc;
}

/* ---- search ---- */

static size_t characters(const char *words)
{
	const size_t len = strlen(words);
	size_t at = 0, n = 0;

	for (; at < len; n++) (void)utf8_next(words, len, &at);
	return n;
}

/* Adds a ticket unless it is there: several of its messages may match. */
static void add_ticket(int64_t *ids, size_t *count, int64_t id)
{
	for (size_t i = 0; i < *count; i++)
		if (ids[i] == id) return;
	ids[(*count)++] = id;
}

static enum ik_rc search_rows(struct store_reader *r, const char *words, size_t limit, int64_t *ids_r, size_t *count_r, struct ik_error *err)
{
	char *pattern = search_pattern(words);
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc rc = sql_query(&r->sql, "SELECT ticket_id FROM message WHERE id > (SELECT coalesce(max(id), 0) FROM message) - ?2"
	                          " AND (text LIKE ?1 ESCAPE '\\' OR subject LIKE ?1 ESCAPE '\\') ORDER BY id DESC",
	                          SQL_ARGS(SQL_TEXT(pattern), SQL_INT(SEARCH_SCAN)), &rows, err);

	while (rc == IK_OK && n < limit && sql_next(&rows)) add_ticket(ids_r, &n, sql_int_at(&rows, 0));
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc == IK_OK) *count_r = n;
	free(pattern);
	return rc;
}

static enum ik_rc ticket_of_message(struct store_reader *r, int64_t message_id, int64_t *ids, size_t *count, struct ik_error *err)
{
	int64_t ticket_id = 0;
	enum ik_rc rc = sql_number(&r->sql, "SELECT ticket_id FROM message WHERE id = ?", SQL_ARGS(SQL_INT(message_id)), 0, &ticket_id, err);

	if (rc == IK_OK && ticket_id != 0) add_ticket(ids, count, ticket_id);
	return rc;
}

static enum ik_rc search_index(struct store_reader *r, struct sql *index, const char *words, size_t limit, int64_t *ids_r, size_t *count_r, struct ik_error *err)
{
	char *phrase = search_phrase(words);
	struct sql_rows rows;
	size_t n = 0;
	enum ik_rc end, rc = sql_query(index, "SELECT rowid FROM body WHERE body MATCH ? ORDER BY rowid DESC", SQL_ARGS(SQL_TEXT(phrase)), &rows, err);

	while (rc == IK_OK && n < limit && sql_next(&rows)) rc = ticket_of_message(r, sql_int_at(&rows, 0), ids_r, &n, err);
	end = sql_end(&rows, rc == IK_OK ? err : NULL);
	if (rc == IK_OK) rc = end;
	if (rc == IK_OK) *count_r = n;
	free(phrase);
	return rc;
}

enum ik_rc read_search(struct store_reader *r, const char *words, size_t limit, int64_t *ids_r, size_t *count_r, struct ik_error *err)
{
	struct sql index;
	enum ik_rc rc;

	if (characters(words) < SEARCH_SHORTEST || search_file_open(r->store->conf->dir, &index, err) != IK_OK)
		return search_rows(r, words, limit, ids_r, count_r, err);
	rc = search_index(r, &index, words, limit, ids_r, count_r, err);
	sql_close(&index);
	return rc == IK_OK ? rc : search_rows(r, words, limit, ids_r, count_r, err);   /* an index that is being made anew */
}
