/* test.h - the few words that tests are written in, on top of cmocka. A test is named after the promise it checks; cases are
 * rows; a failure prints the row. TEST() registers itself; main() comes from test_main.c. */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <string.h>
#include "base/clock.h"
#include "base/mem.h"

struct test_entry { const char *name; void (*run)(void **state); struct test_entry *next; };
void test_add(struct test_entry *entry);
/* test_row() - names the row that is being checked; shown when a check fails. */
void test_row(const char *name);
/* test_dir() - a fresh empty folder for this test, removed at exit. */
const char *test_dir(void);
/* How long a test waits for what has to come: far above any moment a busy machine takes from it, far below what a test waits for that never comes.
 * Who waits for it goes on as soon as it is there. A limit that proves something ("does not wait for the peer") is this one as well: what
 * it must not wait for lasts longer. */
#define PATIENCE_MS 30000
/* test_waits() - a moment's sleep; false once clock_mono_ms() is behind until_ms. */
bool test_waits(int64_t until_ms);
/* test_data() - path of a file under tests/data. */
const char *test_data(const char *name);
void test_check_int(long long got, long long want, const char *what, const char *file, int line);
void test_check_str(const char *got, const char *want, const char *what, const char *file, int line);
void test_check(bool ok, const char *what, const char *file, int line);

#define TEST(n) \
	static void n(void **state); \
	__attribute__((constructor)) static void add_##n(void) { static struct test_entry e = { #n, n, NULL }; test_add(&e); } \
	static void n(__attribute__((unused)) void **state)
#define CHECK(condition) test_check((condition), #condition, __FILE__, __LINE__)
/* CHECK_SOON() - the condition holds now or becomes true. */
#define CHECK_SOON(condition) do { \
		const int64_t until_ms_ = clock_mono_ms() + PATIENCE_MS; \
		bool holds_ = (condition); \
		while (!holds_ && test_waits(until_ms_)) holds_ = (condition); \
		test_check(holds_, #condition, __FILE__, __LINE__); \
	} while (0)
#define CHECK_INT(got, want) test_check_int((long long)(got), (long long)(want), #got, __FILE__, __LINE__)
#define CHECK_STR(got, want) test_check_str((got), (want), #got, __FILE__, __LINE__)

#endif
