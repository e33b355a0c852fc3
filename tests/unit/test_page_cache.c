/* test_page_cache.c - no page is parked under a number beyond the end of the database. */
#include "test.h"

#include <sqlite3.h>
#include <stdlib.h>
#include "store/sql.h"

/* Below ours: SQLite's own, with a note of what it is told. Set before the library runs. */
static sqlite3_pcache_methods2 lowest;
static unsigned highest, moves;

static void note_rekey(sqlite3_pcache *cache, sqlite3_pcache_page *page, unsigned from, unsigned to)
{
	moves++;
	if (to > highest) highest = to;
	if (from > highest) highest = from;
	lowest.xRekey(cache, page, from, to);
}

TEST(pages_are_not_parked_beyond_the_end)
{
	sqlite3_pcache_methods2 noting;
	struct sql sql;
	char *path = mem_format("%s/a.db", test_dir());
	int64_t pages = 0, rows = 0, sound = 0;

	CHECK_INT(sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &lowest), SQLITE_OK);
	noting = lowest;
	noting.xRekey = note_rekey;
	CHECK_INT(sqlite3_config(SQLITE_CONFIG_PCACHE2, &noting), SQLITE_OK);
	CHECK_INT(sql_open_writer(&sql, path, 1 << 20, NULL), IK_OK);
	CHECK_INT(sql_script(&sql, "CREATE TABLE t(a INTEGER PRIMARY KEY, b BLOB); CREATE INDEX tb ON t(b)", NULL), IK_OK);
	for (int64_t i = 1; i <= 60; i++) {
		CHECK_INT(sql_run(&sql, "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
		                  " INSERT INTO t(a, b) SELECT (i * ?1 * 7919) % 1000003, randomblob(150) FROM n WHERE TRUE ON CONFLICT DO NOTHING",
		                  SQL_ARGS(SQL_INT(i)), NULL), IK_OK);
		CHECK_INT(sql_run(&sql, "DELETE FROM t WHERE a % 17 = ?", SQL_ARGS(SQL_INT(i % 17)), NULL), IK_OK);
	}
	CHECK_INT(sql_number(&sql, "PRAGMA page_count", SQL_NO_ARGS, 0, &pages, NULL), IK_OK);
	CHECK_INT(sql_number(&sql, "SELECT count(*) FROM t", SQL_NO_ARGS, 0, &rows, NULL), IK_OK);
	CHECK_INT(sql_number(&sql, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'", SQL_NO_ARGS, 0, &sound, NULL), IK_OK);
	CHECK(moves > 0);
	CHECK(highest <= pages);
	CHECK(rows > 100);
	CHECK_INT(sound, 1);
	sql_close(&sql);
	free(path);
}
