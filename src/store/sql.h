/* sql.h - the thin layer over SQLite: connections with their pragmas read back, prepared statements kept by the address of their
 * text, and one place where a result code becomes what the caller does next.
 *
 * Statement texts are literals: the address is the key of the statement cache. A statement is not started again while its rows
 * are being read. Thread: one at a time per struct sql. */
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sqlite3.h>
#include <intaked/error.h>
#include "base/mem.h"

#define SQL_SLOTS 256
#define SQL_BUSY_MS 5000                /* how long a foreign lock is waited for before IK_RETRY */

struct sql_slot { const char *text; sqlite3_stmt *stmt; };
struct sql { sqlite3 *db; struct sql_slot slot[SQL_SLOTS]; };

enum sql_kind { SQL_KIND_NULL, SQL_KIND_INT, SQL_KIND_TEXT, SQL_KIND_BLOB };
struct sql_value { enum sql_kind kind; int64_t number; const void *data; size_t len; };

#define SQL_INT(x)  ((struct sql_value){ .kind = SQL_KIND_INT, .number = (x) })
#define SQL_TEXT(x) ((struct sql_value){ .kind = SQL_KIND_TEXT, .data = (x) })                  /* NULL: null */
#define SQL_BLOB(p, n) ((struct sql_value){ .kind = SQL_KIND_BLOB, .data = (p), .len = (n) })   /* NULL: null */
#define SQL_NULL ((struct sql_value){ .kind = SQL_KIND_NULL })
/* SQL_ARGS() - the values of a statement in order, as two arguments. */
#define SQL_ARGS(...) (const struct sql_value[]){ __VA_ARGS__ }, COUNT_OF(((const struct sql_value[]){ __VA_ARGS__ }))
#define SQL_NO_ARGS NULL, 0

/* sql_open_writer() - the connection that writes and checkpoints; sql_open_filler() - the same for a file that is filled again when a power cut
 * takes its last rows; sql_open_reader() - one that can do neither. page_cache in bytes. All read their pragmas back and answer IK_CONFIG when one did not take. */
enum ik_rc sql_open_writer(struct sql *sql, const char *path, int64_t page_cache, struct ik_error *err);
enum ik_rc sql_open_filler(struct sql *sql, const char *path, int64_t page_cache, struct ik_error *err);
enum ik_rc sql_open_reader(struct sql *sql, const char *path, int64_t page_cache, struct ik_error *err);
/* sql_abandon() - the next sql_close() must not touch the file: for a store that cannot be trusted any more. */
void sql_abandon(struct sql *sql);
void sql_close(struct sql *sql);

/* sql_set() - sets a pragma and reads it back; IK_CONFIG when it reads otherwise. */
enum ik_rc sql_set(struct sql *sql, const char *pragma, const char *value, struct ik_error *err);
/* sql_script() - statements without values. */
enum ik_rc sql_script(struct sql *sql, const char *text, struct ik_error *err);
/* sql_run() - one statement to its end. IK_REJECT: a constraint said no and nothing changed. */
enum ik_rc sql_run(struct sql *sql, const char *text, const struct sql_value *values, size_t count, struct ik_error *err);
/* sql_number() - the first column of the first row, which must be a number; fallback without a row or for null. */
enum ik_rc sql_number(struct sql *sql, const char *text, const struct sql_value *values, size_t count, int64_t fallback,
                      int64_t *number_r, struct ik_error *err);

/* Rows: sql_query(), then sql_next() while it is true, then sql_end() always. */
struct sql_rows { struct sql *sql; sqlite3_stmt *stmt; int step; };
enum ik_rc sql_query(struct sql *sql, const char *text, const struct sql_value *values, size_t count, struct sql_rows *rows_r, struct ik_error *err);
bool sql_next(struct sql_rows *rows);
enum ik_rc sql_end(struct sql_rows *rows, struct ik_error *err);
int64_t sql_int_at(const struct sql_rows *rows, int column);
const char *sql_text_at(const struct sql_rows *rows, int column);       /* NULL for null; until the next step */
/* sql_copy_at() - a text into a field of fixed size, cut at its end; "" for null. */
void sql_copy_at(const struct sql_rows *rows, int column, char *text_r, size_t size);

/* sql_fail() - what the last failure of this connection asks of the caller. */
enum ik_rc sql_fail(struct sql *sql, const char *what, struct ik_error *err);

#endif
