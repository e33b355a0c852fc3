/* sql.c - see sql.h. */
#include "store/sql.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "store/log_file.h"
#include "store/page_cache.h"

/* A write that found no room changes nothing for good; a failed fsync may have dropped pages, whatever errno says. */
static bool is_for_want_of_room(sqlite3 *db, int code)
{
	const int number = sqlite3_system_errno(db);

	if (code == SQLITE_IOERR_SHMSIZE) return true;
	if (code != SQLITE_IOERR_WRITE && code != SQLITE_IOERR_TRUNCATE) return false;
	return number == ENOSPC || number == EDQUOT || number == EROFS;
}

static enum ik_rc rc_of_code(sqlite3 *db, int code)
{
	switch (code & 0xFF) {
	case SQLITE_OK: case SQLITE_ROW: case SQLITE_DONE: return IK_OK;
	case SQLITE_BUSY: case SQLITE_LOCKED: case SQLITE_FULL: case SQLITE_NOMEM: case SQLITE_INTERRUPT: case SQLITE_READONLY: return IK_RETRY;
	case SQLITE_CONSTRAINT: case SQLITE_TOOBIG: return IK_REJECT;
	case SQLITE_CANTOPEN: case SQLITE_PERM: case SQLITE_AUTH: return IK_CONFIG;
	case SQLITE_IOERR: return is_for_want_of_room(db, code) ? IK_RETRY : IK_FATAL;
	default: return IK_FATAL;
	}
}

enum ik_rc sql_fail(struct sql *sql, const char *what, struct ik_error *err)
{
	const int code = sqlite3_extended_errcode(sql->db), number = sqlite3_system_errno(sql->db);
	char why[96] = "";

	return ik_fail(rc_of_code(sql->db, code), err, "store: %.160s: %s (SQLite %d)%s%s", what, sqlite3_errmsg(sql->db), code,
	               number != 0 ? ": " : "", number != 0 ? strerror_r(number, why, sizeof(why)) : "");
}

enum ik_rc sql_script(struct sql *sql, const char *text, struct ik_error *err)
{
	if (sqlite3_exec(sql->db, text, NULL, NULL, NULL) != SQLITE_OK) return sql_fail(sql, text, err);
	return IK_OK;
}

enum ik_rc sql_set(struct sql *sql, const char *pragma, const char *value, struct ik_error *err)
{
	char text[128], got[64] = "";
	sqlite3_stmt *stmt = NULL;

	(void)snprintf(text, sizeof(text), "PRAGMA %s=%s", pragma, value);
	if (sqlite3_exec(sql->db, text, NULL, NULL, NULL) != SQLITE_OK) return sql_fail(sql, text, err);
	(void)snprintf(text, sizeof(text), "PRAGMA %s", pragma);
	if (sqlite3_prepare_v2(sql->db, text, -1, &stmt, NULL) != SQLITE_OK) return sql_fail(sql, text, err);
	if (sqlite3_step(stmt) == SQLITE_ROW) (void)snprintf(got, sizeof(got), "%s", (const char *)sqlite3_column_text(stmt, 0));
	(void)sqlite3_finalize(stmt);
	if (strcmp(got, value) != 0)
		return ik_fail(IK_CONFIG, err, "store: the database's %s is \"%s\" where \"%s\" is needed", pragma, got, value);
	return IK_OK;
}

static enum ik_rc open_connection(struct sql *sql, const char *path, int flags, bool gathers, int64_t page_cache, struct ik_error *err)
{
	const char *vfs;
	char cache[32];

	memset(sql, 0, sizeof(*sql));
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);       /* no lock at every allocation; refused once the library runs, then it is set */
	page_cache_install();
	vfs = gathers ? log_file_vfs() : NULL;
	if (sqlite3_open_v2(path, &sql->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs) != SQLITE_OK) {
		const enum ik_rc rc = ik_fail(IK_CONFIG, err, "store: open %s: %s", path, sql->db != NULL ? sqlite3_errmsg(sql->db) : "out of memory");

		sql_close(sql);
		return rc;
	}
	(void)sqlite3_busy_timeout(sql->db, SQL_BUSY_MS);
	(void)sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(sql->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	(void)snprintf(cache, sizeof(cache), "-%lld", (long long)(page_cache / 1024));
	return sql_set(sql, "cache_size", cache, err);
}

struct pragma { const char *name, *value; };

static enum ik_rc set_all(struct sql *sql, const struct pragma *pragmas, size_t count, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < count; i++) rc = sql_set(sql, pragmas[i].name, pragmas[i].value, err);
	return rc;
}

static enum ik_rc open_writing(struct sql *sql, const char *path, const char *synchronous, bool gathers, int64_t page_cache, struct ik_error *err)
{
	const struct pragma pragmas[] = {
		{ "synchronous", synchronous }, { "page_size", "4096" }, { "journal_mode", "wal" }, { "foreign_keys", "0" }, { "mmap_size", "0" },
		{ "wal_autocheckpoint", "0" }, { "temp_store", "2" }
	};
	enum ik_rc rc = open_connection(sql, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, gathers, page_cache, err);

	if (rc == IK_OK) rc = set_all(sql, pragmas, COUNT_OF(pragmas), err);
	if (rc == IK_OK) rc = sql_script(sql, "PRAGMA secure_delete=FAST", err);       /* deleted cells are zeroed, without extra pages */
	if (rc != IK_OK) sql_close(sql);
	return rc;
}

enum ik_rc sql_open_writer(struct sql *sql, const char *path, int64_t page_cache, struct ik_error *err)
{
	return open_writing(sql, path, "2", true, page_cache, err);
}

enum ik_rc sql_open_filler(struct sql *sql, const char *path, int64_t page_cache, struct ik_error *err)
{
	return open_writing(sql, path, "1", false, page_cache, err);
}

enum ik_rc sql_open_reader(struct sql *sql, const char *path, int64_t page_cache, struct ik_error *err)
{
	static const struct pragma pragmas[] = {
		{ "query_only", "1" }, { "mmap_size", "0" }, { "wal_autocheckpoint", "0" }, { "temp_store", "2" },
	};
	enum ik_rc rc = open_connection(sql, path, SQLITE_OPEN_READONLY, false, page_cache, err);

	if (rc == IK_OK) sql_abandon(sql);
	if (rc == IK_OK) rc = set_all(sql, pragmas, COUNT_OF(pragmas), err);
	if (rc != IK_OK) sql_close(sql);
	return rc;
}

void sql_abandon(struct sql *sql)
{
	(void)sqlite3_db_config(sql->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

void sql_close(struct sql *sql)
{
	for (size_t i = 0; i < SQL_SLOTS; i++) (void)sqlite3_finalize(sql->slot[i].stmt);
	if (sql->db != NULL) (void)sqlite3_close(sql->db);
	memset(sql, 0, sizeof(*sql));
}

/* The slot of a text; empty when it was never prepared. There are far fewer statements than slots. */
static struct sql_slot *slot_of(struct sql *sql, const char *text)
{
	size_t at = (size_t)(((uint64_t)(uintptr_t)text * 0x9E3779B97F4A7C15u) >> 56) % SQL_SLOTS;

	for (size_t i = 0; i < SQL_SLOTS; i++, at = (at + 1) % SQL_SLOTS)
		if (sql->slot[at].text == text || sql->slot[at].text == NULL) return &sql->slot[at];
	assert(!"statement cache is full");
	abort();
}

static sqlite3_stmt *prepared(struct sql *sql, const char *text)
{
	struct sql_slot *slot = slot_of(sql, text);

	if (slot->text != NULL) return slot->stmt;
	if (sqlite3_prepare_v3(sql->db, text, -1, SQLITE_PREPARE_PERSISTENT, &slot->stmt, NULL) != SQLITE_OK) return NULL;
	slot->text = text;
	return slot->stmt;
}

static void bind_value(sqlite3_stmt *stmt, int at, const struct sql_value *v)
{
	switch (v->kind) {
	case SQL_KIND_INT: (void)sqlite3_bind_int64(stmt, at, v->number); break;
	case SQL_KIND_TEXT: (void)sqlite3_bind_text(stmt, at, v->data, -1, SQLITE_STATIC); break;
	case SQL_KIND_BLOB: (void)sqlite3_bind_blob64(stmt, at, v->data, v->len, SQLITE_STATIC); break;
	case SQL_KIND_NULL: (void)sqlite3_bind_null(stmt, at); break;
	}
}

enum ik_rc sql_query(struct sql *sql, const char *text, const struct sql_value *values, size_t count, struct sql_rows *rows_r, struct ik_error *err)
{
	sqlite3_stmt *stmt = prepared(sql, text);

	*rows_r = (struct sql_rows){ .sql = sql, .step = SQLITE_DONE };
	if (stmt == NULL) return sql_fail(sql, text, err);
	assert(!sqlite3_stmt_busy(stmt) && (size_t)sqlite3_bind_parameter_count(stmt) == count);
	for (size_t i = 0; i < count; i++) bind_value(stmt, (int)i + 1, &values[i]);
	rows_r->stmt = stmt;
	rows_r->step = SQLITE_ROW;
	return IK_OK;
}

bool sql_next(struct sql_rows *rows)
{
	if (rows->step == SQLITE_ROW) rows->step = sqlite3_step(rows->stmt);
	return rows->step == SQLITE_ROW;
}

enum ik_rc sql_end(struct sql_rows *rows, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	if (rows->stmt == NULL) return IK_OK;
	if (rows->step != SQLITE_ROW && rows->step != SQLITE_DONE) rc = sql_fail(rows->sql, sqlite3_sql(rows->stmt), err);
	(void)sqlite3_reset(rows->stmt);
	rows->stmt = NULL;
	return rc;
}

int64_t sql_int_at(const struct sql_rows *rows, int column)
{
	return sqlite3_column_int64(rows->stmt, column);
}

const char *sql_text_at(const struct sql_rows *rows, int column)
{
	return (const char *)sqlite3_column_text(rows->stmt, column);
}

void sql_copy_at(const struct sql_rows *rows, int column, char *text_r, size_t size)
{
	const char *text = sql_text_at(rows, column);

	(void)snprintf(text_r, size, "%s", text != NULL ? text : "");
}

enum ik_rc sql_run(struct sql *sql, const char *text, const struct sql_value *values, size_t count, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(sql, text, values, count, &rows, err);

	while (sql_next(&rows)) continue;
	return rc != IK_OK ? rc : sql_end(&rows, err);
}

enum ik_rc sql_number(struct sql *sql, const char *text, const struct sql_value *values, size_t count, int64_t fallback,
                      int64_t *number_r, struct ik_error *err)
{
	struct sql_rows rows;
	int64_t number = fallback;
	enum ik_rc rc = sql_query(sql, text, values, count, &rows, err);

	if (rc != IK_OK) return rc;
	if (sql_next(&rows) && sqlite3_column_type(rows.stmt, 0) == SQLITE_INTEGER) number = sql_int_at(&rows, 0);
	rc = sql_end(&rows, err);
	if (rc == IK_OK) *number_r = number;
	return rc;
}
