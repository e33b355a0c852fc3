/* similar_index.c - see similar_index.h. */
#include "store/similar_index.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "store/erase.h"
#include "store/sql.h"

#define SIMILAR_VERSION 4
#define WRITER_CACHE 16777216
#define READER_CACHE 8388608
#define PERIOD_S (30 * INT64_C(86400))

struct similar_file { struct sql sql; };

static const char tables[] =
	"BEGIN IMMEDIATE;"
	"CREATE TABLE ring(id INTEGER PRIMARY KEY, ids BLOB NOT NULL) STRICT;"
	/* ids grow with time, so that a period is a range of them; touched last in `period` */
	"CREATE TABLE message_print(id INTEGER PRIMARY KEY, period INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;"
	"CREATE TABLE ticket_print(id INTEGER PRIMARY KEY, period INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;"
	"CREATE TABLE progress(id INTEGER PRIMARY KEY CHECK(id = 1), message INTEGER NOT NULL, move INTEGER NOT NULL, sketch BLOB) STRICT;"
	"INSERT INTO progress(id, message, move) VALUES(1, 0, 0);"
	"PRAGMA user_version=4;"
	"COMMIT";

static int64_t period_of(int64_t at)
{
	return at / PERIOD_S;
}

static enum ik_rc create_tables(struct sql *sql, bool may_write, struct ik_error *err)
{
	int64_t version = 0;
	enum ik_rc rc = sql_number(sql, "PRAGMA user_version", SQL_NO_ARGS, 0, &version, err);

	if (rc != IK_OK || version == SIMILAR_VERSION) return rc;
	if (version != 0) return ik_fail(IK_FATAL, err, "store: %s has version %lld, this program makes %d: it is filled anew", SIMILAR_FILE, (long long)version, SIMILAR_VERSION);
	return may_write ? sql_script(sql, tables, err) : ik_fail(IK_RETRY, err, "store: %s is not there yet", SIMILAR_FILE);
}

enum ik_rc similar_file_open(const char *dir, bool may_write, struct similar_file **file_r, struct ik_error *err)
{
	struct similar_file *file = mem_new(sizeof(*file));
	char *path = mem_format("%s/%s", dir, SIMILAR_FILE);
	enum ik_rc rc = may_write ? file_make_private(path, err) : IK_OK;

	if (rc == IK_OK) rc = may_write ? sql_open_filler(&file->sql, path, WRITER_CACHE, err) : sql_open_reader(&file->sql, path, READER_CACHE, err);
	if (rc == IK_OK && may_write) rc = sql_set(&file->sql, "wal_autocheckpoint", "4000", err);
	if (rc == IK_OK) rc = create_tables(&file->sql, may_write, err);
	if (rc == IK_OK) *file_r = file;
	else similar_file_close(&file);
	free(path);
	return rc;
}

void similar_file_close(struct similar_file **file)
{
	if (*file == NULL) return;
	sql_close(&(*file)->sql);
	mem_free(file);
}

enum ik_rc similar_file_begin(struct similar_file *file, struct ik_error *err)
{
	return sql_script(&file->sql, "BEGIN IMMEDIATE", err);
}

enum ik_rc similar_file_look(struct similar_file *file, struct ik_error *err)
{
	return sql_run(&file->sql, "BEGIN", SQL_NO_ARGS, err);
}

enum ik_rc similar_file_commit(struct similar_file *file, struct ik_error *err)
{
	return sql_script(&file->sql, "COMMIT", err);
}

void similar_file_rollback(struct similar_file *file)
{
	if (!sqlite3_get_autocommit(file->sql.db)) (void)sql_run(&file->sql, "ROLLBACK", SQL_NO_ARGS, NULL);
}

void similar_file_delete(const char *dir)
{
	static const char *const suffixes[] = { "", "-wal", "-shm" };

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char *path = mem_format("%s/%s%s", dir, SIMILAR_FILE, suffixes[i]);

		(void)unlink(path);
		free(path);
	}
}

/* ---- erasing ------------------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc forget_all(struct sql *sql, const struct erase_plan *plan, struct ik_error *err)
{
	enum ik_rc rc = sql_script(sql, "PRAGMA secure_delete=ON; BEGIN IMMEDIATE", err);

	for (size_t i = 0; rc == IK_OK && i < plan->message_count; i++)
		rc = sql_run(sql, "DELETE FROM message_print WHERE id = ?", SQL_ARGS(SQL_INT(plan->messages[i])), err);
	for (size_t i = 0; rc == IK_OK && i < plan->ticket_count; i++)
		if (plan->tickets[i].is_whole) rc = sql_run(sql, "DELETE FROM ticket_print WHERE id = ?", SQL_ARGS(SQL_INT(plan->tickets[i].id)), err);
	return rc == IK_OK ? sql_script(sql, "COMMIT", err) : rc;
}

enum ik_rc similar_file_forget(const char *dir, const struct erase_plan *plan, struct ik_error *err)
{
	struct similar_file *file = NULL;
	char *path = mem_format("%s/%s", dir, SIMILAR_FILE);
	enum ik_rc rc = IK_OK;

	if (access(path, F_OK) != 0) goto out;
	rc = similar_file_open(dir, true, &file, err);
	if (rc == IK_OK) rc = forget_all(&file->sql, plan, err);
	if (rc == IK_OK) (void)sqlite3_wal_checkpoint_v2(file->sql.db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	similar_file_close(&file);
	if (rc != IK_FATAL) goto out;
	similar_file_delete(dir);       /* of another version, or damaged: nobody reads it, and who files makes it anew */
	rc = access(path, F_OK) != 0 ? IK_OK : ik_fail(IK_RETRY, err, "%s cannot be used and cannot be removed", SIMILAR_FILE);
out:
	free(path);
	return rc;
}

/* ---- progress ------------------------------------------------------------------------------------------------------------------------------------ */

enum ik_rc similar_file_progress(struct similar_file *file, int64_t *message_r, int64_t *move_r, void *sketch_r, size_t sketch_size, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&file->sql, "SELECT message, move, sketch FROM progress", SQL_NO_ARGS, &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) {
		const void *bytes = sqlite3_column_blob(rows.stmt, 2);

		*message_r = sql_int_at(&rows, 0);
		*move_r = sql_int_at(&rows, 1);
		if (bytes != NULL && (size_t)sqlite3_column_bytes(rows.stmt, 2) == sketch_size) memcpy(sketch_r, bytes, sketch_size);
	}
	return sql_end(&rows, err);
}

enum ik_rc similar_file_advance(struct similar_file *file, int64_t message, int64_t move, struct ik_error *err)
{
	return sql_run(&file->sql, "UPDATE progress SET message = ?, move = ?", SQL_ARGS(SQL_INT(message), SQL_INT(move)), err);
}

enum ik_rc similar_file_keep_sketch(struct similar_file *file, const void *sketch, size_t size, struct ik_error *err)
{
	return sql_run(&file->sql, "UPDATE progress SET sketch = ?", SQL_ARGS(SQL_BLOB(sketch, size)), err);
}

/* ---- rings: ids as bytes of this machine, oldest first -------------------------------------------------------------------------------------- */

#define KEY_BITS 52

static int64_t first_of_period(int64_t period)
{
	return (int64_t)((uint64_t)period << KEY_BITS);
}

static int64_t ring_id(int64_t period, int kind, uint64_t key)
{
	key = (key ^ key >> 29) + (uint64_t)(kind + 1) * UINT64_C(0x9E3779B97F4A7C15);
	key = (key ^ key >> 32) * UINT64_C(0xD6E8FEB86659FD93);
	return first_of_period(period) | (int64_t)(key >> (64 - KEY_BITS));
}

static enum ik_rc read_ring(struct similar_file *file, int64_t id, int64_t ids_r[SIMILAR_RING_MAX], size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&file->sql, "SELECT ids FROM ring WHERE id = ?", SQL_ARGS(SQL_INT(id)), &rows, err);

	if (rc != IK_OK) return rc;
	*count_r = 0;
	if (sql_next(&rows)) {
		const void *bytes = sqlite3_column_blob(rows.stmt, 0);
		const size_t len = (size_t)sqlite3_column_bytes(rows.stmt, 0);

		if (bytes != NULL && len <= SIMILAR_RING_MAX * sizeof(int64_t)) {
			memcpy(ids_r, bytes, len);
			*count_r = len / sizeof(int64_t);
		}
	}
	return sql_end(&rows, err);
}

enum ik_rc similar_file_find(struct similar_file *file, int kind, uint64_t key, int64_t since_at, int64_t now_at, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err)
{
	size_t n = 0;

	for (int64_t period = period_of(now_at); period >= period_of(since_at) && n < max; period--) {
		int64_t ids[SIMILAR_RING_MAX];
		size_t count = 0;
		enum ik_rc rc = read_ring(file, ring_id(period, kind, key), ids, &count, err);

		if (rc != IK_OK) return rc;
		while (count > 0 && n < max) ids_r[n++] = ids[--count];
	}
	*count_r = n;
	return IK_OK;
}

enum ik_rc similar_file_add(struct similar_file *file, int kind, uint64_t key, int64_t at, int64_t id, size_t keep, struct ik_error *err)
{
	if (keep > SIMILAR_RING_MAX) keep = SIMILAR_RING_MAX;
	return sql_run(&file->sql, "INSERT INTO ring(id, ids) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET ids = cast(CASE WHEN length(ids) < ?3 THEN ids ELSE substr(ids, 9) END || ?2 AS BLOB)",
	               SQL_ARGS(SQL_INT(ring_id(period_of(at), kind, key)), SQL_BLOB(&id, sizeof(id)), SQL_INT((int64_t)(keep * sizeof(id)))), err);
}

/* ---- what is kept ------------------------------------------------------------------------------------------------------------------------------ */

enum ik_rc similar_file_get(struct similar_file *file, enum similar_what what, int64_t id, void *bytes_r, size_t room, size_t *len_r, struct ik_error *err)
{
	struct sql_rows rows;
	bool is_there = false;
	enum ik_rc rc = what == SIMILAR_OF_MESSAGE ? sql_query(&file->sql, "SELECT bytes FROM message_print WHERE id = ?", SQL_ARGS(SQL_INT(id)), &rows, err)
	                                           : sql_query(&file->sql, "SELECT bytes FROM ticket_print WHERE id = ?", SQL_ARGS(SQL_INT(id)), &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows)) {
		const void *bytes = sqlite3_column_blob(rows.stmt, 0);
		const size_t len = (size_t)sqlite3_column_bytes(rows.stmt, 0);

		is_there = bytes != NULL && len <= room;
		if (is_there) { memcpy(bytes_r, bytes, len); *len_r = len; }
	}
	rc = sql_end(&rows, err);
	if (rc == IK_OK && !is_there) return ik_fail(IK_REJECT, err, "store: nothing is kept of %lld for comparing", (long long)id);
	return rc;
}

enum ik_rc similar_file_put(struct similar_file *file, enum similar_what what, int64_t id, int64_t at, const void *bytes, size_t len, struct ik_error *err)
{
	if (what == SIMILAR_OF_MESSAGE)
		return sql_run(&file->sql, "INSERT INTO message_print(id, period, bytes) VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET period = ?2, bytes = ?3",
		               SQL_ARGS(SQL_INT(id), SQL_INT(period_of(at)), SQL_BLOB(bytes, len)), err);
	return sql_run(&file->sql, "INSERT INTO ticket_print(id, period, bytes) VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET period = ?2, bytes = ?3",
	               SQL_ARGS(SQL_INT(id), SQL_INT(period_of(at)), SQL_BLOB(bytes, len)), err);
}

enum ik_rc similar_file_expire(struct similar_file *file, int64_t now_at, int64_t keep_s, struct ik_error *err)
{
	const int64_t first = period_of(now_at - keep_s);
	enum ik_rc rc = sql_run(&file->sql, "DELETE FROM ring WHERE id < ?", SQL_ARGS(SQL_INT(first_of_period(first))), err);

	/* ids grow with time: from the smallest up to the first that is kept */
	if (rc == IK_OK)
		rc = sql_run(&file->sql, "DELETE FROM message_print WHERE id < coalesce((SELECT id FROM message_print WHERE period >= ?1 ORDER BY id LIMIT 1), 9223372036854775807)",
		             SQL_ARGS(SQL_INT(first)), err);
	if (rc == IK_OK) rc = sql_run(&file->sql, "DELETE FROM ticket_print WHERE period < ?", SQL_ARGS(SQL_INT(first)), err);
	return rc;
}
