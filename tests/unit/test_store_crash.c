/* test_store_crash.c - what was told OK is there afterwards: killed at any instant, disk full, failing sync, torn log; and a store
 * that is in use, too new, or somebody else's is left alone. */
#include "test.h"
#include "store_fixture.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "store/schema.h"

/* ---- killed while it works ---- */

enum { IN_FLIGHT = 32, CYCLES = 15 };
struct flight { struct store *store; struct store_job job; struct taken t; char key[24]; int pipe; };
struct report { int64_t serial; char number[STORE_NUMBER_SIZE]; };

static enum ik_rc take_flight(struct store_tx *tx, void *arg, struct ik_error *err)
{
	return take(tx, &((struct flight *)arg)->t, err);
}

static void reported(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	struct flight *f = arg;
	struct report r = { .serial = strtoll(f->key, NULL, 10) };

	memcpy(r.number, f->t.ticket.number, sizeof(r.number));
	if (rc != IK_OK) (void)fprintf(stderr, "child: %s\n", err->text);
	if (rc != IK_OK || write(f->pipe, &r, sizeof(r)) != (ssize_t)sizeof(r)) _exit(1);
	(void)snprintf(f->key, sizeof(f->key), "%lld", (long long)(r.serial + IN_FLIGHT));
	f->t = a_message(f->key);
	store_submit(f->store, &f->job);
}

static _Noreturn void work_until_killed(const struct store_conf *conf, int64_t first, int pipe)
{
	struct store *store = opened(conf);
	struct flight *f = mem_new(IN_FLIGHT * sizeof(*f));

	for (int i = 0; i < IN_FLIGHT; i++) {
		f[i] = (struct flight){ .store = store, .pipe = pipe };
		f[i].job = (struct store_job){ .run = take_flight, .done = reported, .arg = &f[i], .is_intake = true };
		(void)snprintf(f[i].key, sizeof(f[i].key), "%lld", (long long)(first + i));
		f[i].t = a_message(f[i].key);
		store_submit(store, &f[i].job);
	}
	for (;;) (void)pause();
}

static size_t collect(int from, struct report *reports, size_t room)
{
	size_t bytes = 0;
	ssize_t got;

	while (bytes < room * sizeof(*reports) && (got = read(from, (char *)reports + bytes, room * sizeof(*reports) - bytes)) > 0) bytes += (size_t)got;
	return bytes / sizeof(*reports);
}

static void check_reports(struct store *store, const struct report *reports, size_t count)
{
	struct store_reader *r = reading(store);
	char key[24];
	bool known = false;
	int64_t id = 0;

	for (size_t i = 0; i < count; i++) {
		(void)snprintf(key, sizeof(key), "%lld", (long long)reports[i].serial);
		CHECK_INT(read_known(r, "web", key, NOW, &known, NULL), IK_OK);
		CHECK(known);
		CHECK_INT(read_ticket_id(r, reports[i].number, &id, NULL), IK_OK);
		CHECK(id > 0);
	}
	store_reader_close(&r);
}

/* Numbers without gaps, and everything there as often as everything else. */
static void check_whole(struct store *store)
{
	struct store_reader *r = reading(store);
	json_t *counts = counts_json(store), *ledger = NULL;
	const int64_t tickets = at_path(counts, "tickets");
	char number[32];
	int64_t id = 0;

	CHECK_INT(read_ledger(r, &ledger, NULL), IK_OK);
	if (tickets > 0) {
		CHECK_INT(at_path(ledger, "[0].accepted"), tickets);
		(void)snprintf(number, sizeof(number), "202511-%03lld", (long long)tickets);
		CHECK_INT(read_ticket_id(r, number, &id, NULL), IK_OK);
		CHECK_INT(id, tickets);
	}
	CHECK_INT(at_path(counts, "messages"), tickets);
	CHECK_INT(at_path(counts, "deliveries.pending"), tickets);
	json_decref(counts);
	json_decref(ledger);
	store_reader_close(&r);
}

static int waiting_in(int pipe)
{
	int bytes = 0;

	CHECK_INT(ioctl(pipe, FIONREAD, &bytes), 0);
	return bytes;
}

TEST(what_was_told_ok_survives_kill_9)
{
	struct store_conf conf = small_store(test_dir());
	struct report *reports = mem_new(200000 * sizeof(*reports));
	size_t known = 0;

	conf.checkpoint_pages = 1000;
	for (int cycle = 0; cycle < CYCLES; cycle++) {
		int ends[2], status = 0;
		pid_t child;
		struct store *store;

		CHECK_INT(pipe(ends), 0);
		child = fork();
		if (child == 0) work_until_killed(&conf, cycle * INT64_C(1000000), ends[1]);
		(void)close(ends[1]);
		(void)usleep((unsigned)(3000 + cycle * 9000));
		if (cycle == CYCLES - 1) CHECK_SOON(waiting_in(ends[0]) > 100 * (int)sizeof(*reports));
		(void)kill(child, SIGKILL);
		(void)waitpid(child, &status, 0);
		CHECK(WIFSIGNALED(status));
		known += collect(ends[0], reports + known, 200000 - known);
		(void)close(ends[0]);
		store = opened(&conf);
		check_whole(store);
		if (cycle == CYCLES - 1) check_reports(store, reports, known);
		store_close(&store);
	}
	CHECK(known > 100);
	free(reports);
}

/* ---- a disk that fails: a layer over SQLite's own file system ---- */

enum fault { FAULT_NONE, FAULT_FULL, FAULT_WRITE, FAULT_SYNC };
static atomic_int fault, writes;                /* SQLite's callbacks have nowhere else to find them */
static const sqlite3_io_methods *real_methods[4];        /* SQLite has several tables: the log is opened without locks */
static sqlite3_io_methods faulty_methods[4];
static sqlite3_vfs faulty_vfs;
static sqlite3_vfs *real_vfs;

static int faulty_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 at)
{
	if (atomic_load(&fault) == FAULT_FULL) return SQLITE_FULL;
	if (atomic_load(&fault) == FAULT_WRITE) return SQLITE_IOERR_WRITE;
	atomic_fetch_add(&writes, 1);
	return real_methods[0]->xWrite(file, data, len, at);
}

static int faulty_sync(sqlite3_file *file, int flags)
{
	return atomic_load(&fault) == FAULT_SYNC ? SQLITE_IOERR_FSYNC : real_methods[0]->xSync(file, flags);
}

static int faulty_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *flags_r)
{
	const int code = real_vfs->xOpen(real_vfs, name, file, flags, flags_r);

	(void)vfs;
	if (code != SQLITE_OK || file->pMethods == NULL) return code;
	for (size_t i = 0; i < COUNT_OF(faulty_methods); i++) {
		if (real_methods[i] == NULL) {
			real_methods[i] = file->pMethods;
			faulty_methods[i] = *file->pMethods;
			faulty_methods[i].xWrite = faulty_write;
			faulty_methods[i].xSync = faulty_sync;
		}
		if (file->pMethods == real_methods[i]) {
			file->pMethods = &faulty_methods[i];
			break;
		}
	}
	return code;
}

static void faulty_begin(void)
{
	real_vfs = sqlite3_vfs_find(NULL);
	faulty_vfs = *real_vfs;
	faulty_vfs.zName = "faulty";
	faulty_vfs.xOpen = faulty_open;
	faulty_vfs.pNext = NULL;
	atomic_store(&fault, FAULT_NONE);
	(void)sqlite3_vfs_register(&faulty_vfs, 1);
}

static void faulty_end(void)
{
	atomic_store(&fault, FAULT_NONE);
	(void)sqlite3_vfs_unregister(&faulty_vfs);
	(void)sqlite3_vfs_register(real_vfs, 1);
}

static void note_fatal(void *arg, const struct ik_error *err)
{
	(void)err;
	atomic_fetch_add((atomic_int *)arg, 1);
}

static struct store *opened_noting(const struct store_conf *conf, atomic_int *fatal)
{
	struct store *store = NULL;

	CHECK_INT(store_open(conf, note_fatal, fatal, &store, NULL), IK_OK);
	return store;
}

TEST(a_full_disk_is_try_later_and_over_by_itself)
{
	const struct store_conf conf = small_store(test_dir());
	struct taken a = a_message("a"), b = a_message("b");
	atomic_int fatal = 0;
	struct store *store;

	faulty_begin();
	store = opened_noting(&conf, &fatal);
	CHECK_INT(store_call(store, take, &a, NULL), IK_OK);
	atomic_store(&fault, FAULT_FULL);
	CHECK_INT(store_call(store, take, &b, NULL), IK_RETRY);
	CHECK_INT(store_call(store, take, &b, NULL), IK_RETRY);
	atomic_store(&fault, FAULT_NONE);
	CHECK_INT(store_call(store, take, &b, NULL), IK_OK);
	CHECK(!b.is_known);
	CHECK_STR(b.ticket.number, "202511-002");
	CHECK_INT(fatal, 0);
	check_whole(store);
	store_close(&store);
	faulty_end();
}

static enum ik_rc add_twenty(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct store_message m = { .ticket_id = 1, .channel = "web", .received_at = NOW, .text = arg };
	enum ik_rc rc = IK_OK;

	for (int i = 0; rc == IK_OK && i < 20; i++) rc = store_add_message(tx, &m, err);
	return rc;
}

/* SQLite asks for two writes a page; 60 pages and more lie behind each other in the log. */
TEST(the_pages_of_a_commit_reach_the_log_in_few_writes)
{
	const struct store_conf conf = small_store(test_dir());
	struct taken a = a_message("a");
	char *text = mem_new(12001);
	atomic_int fatal = 0;
	struct store *store;

	memset(text, 'x', 12000);
	faulty_begin();
	store = opened_noting(&conf, &fatal);
	CHECK_INT(store_call(store, take, &a, NULL), IK_OK);
	atomic_store(&writes, 0);
	CHECK_INT(store_call(store, add_twenty, text, NULL), IK_OK);
	CHECK(atomic_load(&writes) >= 2 && atomic_load(&writes) <= 6);
	store_close(&store);
	faulty_end();
	free(text);
}

/* Writes until SQLite gives the whole transaction up, and takes no notice. */
static enum ik_rc careless(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct store_message m = { .ticket_id = 1, .channel = "web", .received_at = NOW, .text = arg };
	enum ik_rc rc = IK_OK;

	atomic_store(&fault, FAULT_FULL);
	for (int i = 0; rc == IK_OK && i < 1000; i++) rc = store_add_message(tx, &m, err);
	atomic_store(&fault, FAULT_NONE);
	return rc == IK_OK ? ik_fail(IK_REJECT, err, "the disk was not full") : IK_OK;
}

TEST(a_transaction_that_sqlite_gave_up_is_nobodys_success)
{
	struct store_conf conf = small_store(test_dir());
	struct taken a = a_message("a");
	char *text = mem_new(60001);
	atomic_int fatal = 0;
	struct ik_error err = { "" };
	struct store *store;

	memset(text, 'x', 60000);
	conf.page_cache = 1048576;
	faulty_begin();
	store = opened_noting(&conf, &fatal);
	CHECK_INT(store_call(store, careless, text, &err), IK_RETRY);
	CHECK_INT(store_call(store, take, &a, NULL), IK_OK);
	CHECK_STR(a.ticket.number, "202511-001");
	CHECK_INT(fatal, 0);
	check_whole(store);
	store_close(&store);
	faulty_end();
	free(text);
}

static const struct { const char *row; enum fault fault; } breaks[] = { { "write", FAULT_WRITE }, { "sync", FAULT_SYNC } };
TEST(after_a_failed_write_or_sync_nobody_is_told_ok)
{
	for (size_t i = 0; i < COUNT_OF(breaks); i++) {
		const struct store_conf conf = small_store(test_dir());
		struct taken a = a_message("a"), b = a_message("b"), c = a_message("c");
		atomic_int fatal = 0;
		struct store *store;

		test_row(breaks[i].row);
		faulty_begin();
		store = opened_noting(&conf, &fatal);
		CHECK_INT(store_call(store, take, &a, NULL), IK_OK);
		atomic_store(&fault, (int)breaks[i].fault);
		CHECK_INT(store_call(store, take, &b, NULL), IK_FATAL);
		atomic_store(&fault, FAULT_NONE);               /* the trap: the next sync would succeed */
		CHECK_INT(store_call(store, take, &c, NULL), IK_FATAL);
		CHECK_INT(fatal, 1);
		CHECK(!store_has_room(store));
		store_close(&store);
		faulty_end();
		store = opened(&conf);                          /* b may be there or not; a is, c is not */
		CHECK_INT(store_call(store, take, &a, NULL), IK_OK);
		CHECK(a.is_known);
		CHECK_INT(store_call(store, take, &c, NULL), IK_OK);
		CHECK(!c.is_known);
		store_close(&store);
	}
}

/* ---- no room ---- */

struct floor_job { struct store_job job; struct taken t; atomic_int rc; };

static enum ik_rc floor_run(struct store_tx *tx, void *arg, struct ik_error *err)
{
	return take(tx, &((struct floor_job *)arg)->t, err);
}

static void floor_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	(void)err;
	atomic_store(&((struct floor_job *)arg)->rc, (int)rc);
}

TEST(below_the_floor_only_intake_is_refused)
{
	struct store_conf conf = small_store(test_dir());
	struct floor_job intake = { .t = a_message("a"), .rc = -1 };
	struct taken t = a_message("b");
	struct store *store;

	conf.free_space = INT64_C(1) << 60;
	store = opened(&conf);
	CHECK(!store_has_room(store));
	intake.job = (struct store_job){ .run = floor_run, .done = floor_done, .arg = &intake, .is_intake = true };
	store_submit(store, &intake.job);
	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	CHECK_INT(atomic_load(&intake.rc), IK_RETRY);
	store_close(&store);
}

/* In a tmpfs of a few megabytes that is really full. */
static void fill_and_recover(const char *dir)
{
	struct store_conf conf = small_store(dir);
	char *ballast = mem_format("%s/ballast", dir), *key;
	struct store *store;
	int rc = IK_OK, fd;
	char *block = mem_new(65536);

	store = opened(&conf);
	fd = open(ballast, O_CREAT | O_WRONLY, 0600);
	while (write(fd, block, 65536) > 0) continue;
	for (int i = 0; rc == IK_OK && i < 5000; i++) {
		struct taken t = a_message(key = mem_format("%d", i));

		rc = (int)store_call(store, take, &t, NULL);
		free(key);
	}
	CHECK_INT(rc, IK_RETRY);
	(void)close(fd);
	CHECK_INT(unlink(ballast), 0);
	for (int i = 0; i < 3; i++) {
		struct taken t = a_message(key = mem_format("after %d", i));

		CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
		free(key);
	}
	check_whole(store);
	store_close(&store);
	free(ballast);
	free(block);
}

TEST(a_full_tmpfs_refuses_and_recovers)
{
	const char *dir = test_dir();
	int status = 0;
	const pid_t child = fork();

	if (child == 0) {
		if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || mount("tmpfs", dir, "tmpfs", 0, "size=6m") != 0) _exit(77);
		fill_and_recover(dir);
		_exit(0);
	}
	CHECK_INT(waitpid(child, &status, 0), child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77) print_message("[   SKIP   ] needs the right to mount a tmpfs\n");
	else CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* ---- torn log ---- */

static void copy_file(const char *from, const char *to, off_t size)
{
	char *data = mem_new((size_t)size);
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CHECK(in >= 0 && out >= 0 && read(in, data, (size_t)size) == size && write(out, data, (size_t)size) == size);
	(void)close(in);
	(void)close(out);
	free(data);
}

/* A file of a store in another folder; size: -1 for all of it. */
static void copy_named(const char *from, const char *to, const char *name, off_t size)
{
	char *a = mem_format("%s/%s", from, name), *b = mem_format("%s/%s", to, name);
	struct stat st;

	CHECK_INT(stat(a, &st), 0);
	copy_file(a, b, size < 0 ? st.st_size : size);
	free(a);
	free(b);
}

#define LOG_NAME "intaked.db-wal"

static void flip_a_bit(const char *dir, off_t at)
{
	char *path = mem_format("%s/%s", dir, LOG_NAME), c;
	int fd = open(path, O_RDWR);

	CHECK(pread(fd, &c, 1, at) == 1);
	c ^= 1;
	CHECK(pwrite(fd, &c, 1, at) == 1);
	(void)close(fd);
	free(path);
}

static int64_t tickets_after_tear(const char *from, off_t keep, bool flips)
{
	struct store_conf conf;
	char *dir = mem_format("%s/torn", from);
	struct store *store;
	json_t *counts;
	int64_t tickets;

	(void)mkdir(dir, 0700);
	copy_named(from, dir, "intaked.db", -1);
	copy_named(from, dir, "secret.key", -1);
	copy_named(from, dir, LOG_NAME, keep);
	if (flips) flip_a_bit(dir, keep - 100);
	conf = small_store(dir);
	store = opened(&conf);
	counts = counts_json(store);
	tickets = at_path(counts, "tickets");
	if (tickets > 0) check_whole(store);
	json_decref(counts);
	store_close(&store);
	free(dir);
	return tickets < 0 ? 0 : tickets;
}

/* The files as they were behind the fifth message: an open store that has nothing to do writes its log back after some seconds. */
static off_t take_five(const char *dir, const char *frozen)
{
	const struct store_conf conf = small_store(dir);
	struct store *store = opened(&conf);
	char *wal = mem_format("%s/%s", frozen, LOG_NAME);
	struct stat st;

	for (int i = 0; i < 5; i++) {
		char key[8];
		struct taken t = a_message(key);

		(void)snprintf(key, sizeof(key), "%d", i);
		CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	}
	CHECK_INT(mkdir(frozen, 0700), 0);
	copy_named(dir, frozen, "intaked.db", -1);
	copy_named(dir, frozen, "secret.key", -1);
	copy_named(dir, frozen, LOG_NAME, -1);
	CHECK_INT(stat(wal, &st), 0);
	free(wal);
	store_close(&store);
	return st.st_size;
}

TEST(a_torn_log_loses_whole_transactions_from_its_end_only)
{
	const char *dir = test_dir();
	char *frozen = mem_format("%s/frozen", dir);
	const off_t size = take_five(dir, frozen);
	int64_t last = 5;

	CHECK_INT(tickets_after_tear(frozen, size, false), 5);
	CHECK_INT(tickets_after_tear(frozen, size, true), 4);
	for (off_t keep = size - 1; keep > 4096; keep -= keep > size - 4096 ? 511 : 9973) {
		const int64_t now = tickets_after_tear(frozen, keep, false);

		CHECK(now <= last && now < 5);
		last = now;
	}
	free(frozen);
}

/* ---- in use, too new, somebody else's ---- */

static void check_refused(const struct store_conf *conf, const char *word)
{
	struct store *store = NULL;
	struct ik_error err = { "" };

	CHECK_INT(store_open(conf, NULL, NULL, &store, &err), IK_CONFIG);
	if (strstr(err.text, word) == NULL) print_error("said: %s\n", err.text);
	CHECK(strstr(err.text, word) != NULL);
}

TEST(a_second_daemon_is_told_the_pid_of_the_first)
{
	const char *dir = test_dir();
	const struct store_conf conf = small_store(dir);
	char *other_way = mem_format("%s/blobs/..", dir), word[32];
	struct store_conf same = small_store(other_way);
	int ready[2], status = 0;
	char byte;
	pid_t child;
	struct store *store;

	CHECK_INT(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		store = opened(&conf);
		if (write(ready[1], "x", 1) != 1) _exit(1);
		for (;;) (void)pause();
	}
	CHECK_INT(read(ready[0], &byte, 1), 1);
	(void)snprintf(word, sizeof(word), "PID %ld;", (long)child);
	check_refused(&conf, word);
	check_refused(&same, word);
	(void)kill(child, SIGKILL);
	(void)waitpid(child, &status, 0);
	store = opened(&conf);                  /* the file is left, the lock is not */
	store_close(&store);
	(void)close(ready[0]);
	(void)close(ready[1]);
	free(other_way);
}

static void change(const char *dir, const char *sql)
{
	char *path = mem_format("%s/intaked.db", dir);
	sqlite3 *db = NULL;

	CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
	CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	(void)sqlite3_close(db);
	free(path);
}

static const struct { const char *row, *sql, *word; bool was_store; } foreign[] = {
	{ "newer schema",        "PRAGMA user_version=99",                            "newer", true },
	{ "another program's",   "CREATE TABLE songs(title TEXT)",                    "something else", false },
	{ "marked as another's", "PRAGMA application_id=4711; PRAGMA user_version=1", "something else", false },
};
TEST(a_store_that_is_newer_or_foreign_is_refused)
{
	for (size_t i = 0; i < COUNT_OF(foreign); i++) {
		const char *dir = test_dir();
		const struct store_conf conf = small_store(dir);

		test_row(foreign[i].row);
		if (foreign[i].was_store) {
			struct store *store = opened(&conf);

			store_close(&store);
		}
		change(dir, foreign[i].sql);
		if (!foreign[i].was_store) {
			char *secret = mem_format("%s/secret.key", dir);
			FILE *f = fopen(secret, "w");

			(void)fputs("0123456789abcdef0123456789abcdef", f);
			(void)fclose(f);
			free(secret);
		}
		check_refused(&conf, foreign[i].word);
	}
}

/* ---- upgrades ---- */

static const struct schema_step good[] = { { "CREATE TABLE a(x)" }, { "CREATE TABLE b(x); INSERT INTO b VALUES(1)" }, { "CREATE TABLE c(x)" } };
static const struct schema_step bad[] = { { "CREATE TABLE a(x)" }, { "CREATE TABLE b(x); INSERT INTO b VALUES(1)" }, { "CREATE TABLE d(x); INSERT INTO nowhere VALUES(1)" } };

static int64_t number_of(struct sql *sql, const char *text)
{
	int64_t number = -1;

	(void)sql_number(sql, text, SQL_NO_ARGS, -1, &number, NULL);
	return number;
}

TEST(an_upgrade_keeps_a_copy_and_a_failed_step_leaves_no_trace)
{
	const char *dir = test_dir();
	char *path = mem_format("%s/intaked.db", dir), *copy = mem_format("%s/before-upgrade-from-1.db", dir);
	struct sql sql, old;

	CHECK_INT(sql_open_writer(&sql, path, 1048576, NULL), IK_OK);
	CHECK_INT(schema_upgrade(&sql, dir, good, 1, NULL), IK_OK);
	CHECK(access(copy, F_OK) != 0);                         /* nothing was there before */
	CHECK(schema_upgrade(&sql, dir, bad, 3, NULL) != IK_OK);
	CHECK_INT(number_of(&sql, "PRAGMA user_version"), 2);
	CHECK_INT(number_of(&sql, "SELECT count(*) FROM sqlite_schema WHERE name = 'd'"), 0);
	CHECK_INT(number_of(&sql, "SELECT x FROM b"), 1);
	CHECK_INT(schema_upgrade(&sql, dir, good, 3, NULL), IK_OK);
	CHECK_INT(number_of(&sql, "PRAGMA user_version"), 3);
	CHECK_INT(schema_upgrade(&sql, dir, good, 3, NULL), IK_OK);
	CHECK_INT(schema_upgrade(&sql, dir, good, 2, NULL), IK_CONFIG);
	sql_close(&sql);
	CHECK_INT(sql_open_writer(&old, copy, 1048576, NULL), IK_OK);
	CHECK_INT(number_of(&old, "PRAGMA user_version"), 1);
	CHECK_INT(number_of(&old, "SELECT count(*) FROM sqlite_schema"), 1);
	sql_close(&old);
	free(path);
	free(copy);
}

static const struct { const char *row, *pragma; int64_t value; } writer_pragmas[] = {
	{ "synchronous is FULL", "PRAGMA synchronous", 2 }, { "page size", "PRAGMA page_size", 4096 }, { "no memory map", "PRAGMA mmap_size", 0 },
	{ "no automatic checkpoint", "PRAGMA wal_autocheckpoint", 0 }, { "temporary data in memory", "PRAGMA temp_store", 2 },
	{ "cache", "PRAGMA cache_size", -4096 }, { "no foreign keys", "PRAGMA foreign_keys", 0 },
};
TEST(the_writing_connection_is_durable)
{
	const char *dir = test_dir();
	struct sql sql;

	CHECK_INT(schema_open(&sql, dir, 4194304, NULL), IK_OK);
	for (size_t i = 0; i < COUNT_OF(writer_pragmas); i++) {
		test_row(writer_pragmas[i].row);
		CHECK_INT(number_of(&sql, writer_pragmas[i].pragma), writer_pragmas[i].value);
	}
	CHECK_INT(sql_set(&sql, "synchronous", "9", NULL), IK_CONFIG);          /* what does not take is noticed */
	sql_close(&sql);
}

TEST(a_reader_can_neither_write_nor_checkpoint)
{
	const char *dir = test_dir();
	const struct store_conf conf = small_store(dir);
	struct store *store = opened(&conf);
	char *path = mem_format("%s/intaked.db", dir);
	struct taken t = a_message("a");
	struct sql sql;
	int written = -1;

	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	CHECK_INT(sql_open_reader(&sql, path, 1048576, NULL), IK_OK);
	CHECK(sql_script(&sql, "DELETE FROM ticket", NULL) != IK_OK);
	(void)sqlite3_wal_checkpoint_v2(sql.db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, &written);
	CHECK(written <= 0);
	sql_close(&sql);
	store_close(&store);
	free(path);
}

TEST(a_reader_that_closes_last_leaves_the_log_alone)
{
	const char *dir = test_dir();
	char *path = mem_format("%s/intaked.db", dir), *wal = mem_format("%s/intaked.db-wal", dir);
	struct sql writer, reader;
	struct stat st;

	CHECK_INT(schema_open(&writer, dir, 1048576, NULL), IK_OK);
	CHECK_INT(sql_open_reader(&reader, path, 1048576, NULL), IK_OK);
	CHECK_INT(number_of(&reader, "SELECT count(*) FROM ticket"), 0);
	sql_abandon(&writer);
	sql_close(&writer);
	sql_close(&reader);
	CHECK(stat(wal, &st) == 0 && st.st_size > 0);
	free(path);
	free(wal);
}

/* ---- somebody else holds the database ---- */

TEST(a_foreign_lock_is_waited_for_and_then_try_later)
{
	const char *dir = test_dir();
	const struct store_conf conf = small_store(dir);
	struct store *store = opened(&conf);
	char *path = mem_format("%s/intaked.db", dir);
	struct taken t = a_message("a");
	sqlite3 *db = NULL;

	CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	CHECK_INT(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	CHECK_INT(store_call(store, take, &t, NULL), IK_RETRY);
	CHECK_INT(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	(void)sqlite3_close(db);
	store_close(&store);
	free(path);
}
