/* test_worker.c - whatever one mail does to its parser, the daemon goes on: the pool, its protocol and its sandbox.
 * The workers are this same test program, started again by the pool. */
#include "worker/worker.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "test.h"
#include "worker/frame.h"

static const struct worker_conf conf = { .processes = 2, .memory = 256 << 20, .timeout = 60, .messages = 1000, .lifetime = 3600 };

/* The other lives of this program: a worker, and a parent that gets killed while one of its workers is caught in a mail. */
static void be_a_parent(void)
{
	static const char mail[] = "Subject: bad\r\nX-Test-Crash: hang\r\n\r\nx\r\n";
	const struct mail_source source = { .data = mail, .size = sizeof(mail) - 1, .fd = -1 };
	struct worker_pool *pool = NULL;
	struct draft d;
	struct ik_error err = { "" };

	if (worker_pool_new(&conf, &pool, &err) != IK_OK) _exit(1);
	(void)!write(STDOUT_FILENO, "ready\n", 6);
	(void)worker_read_mail(pool, &source, &d, &err);
	_exit(0);
}

__attribute__((constructor)) static void other_lives(int argc, char **argv)
{
	worker_main(argc, argv);
	if (argc == 2 && strcmp(argv[1], "--parent") == 0) be_a_parent();
}

static struct worker_pool *new_pool(const struct worker_conf *c)
{
	struct worker_pool *pool = NULL;
	struct ik_error err = { "" };

	(void)setenv("INTAKED_TEST_FAULTS", "1", 1);
	test_check_int(worker_pool_new(c, &pool, &err), IK_OK, err.text, __FILE__, __LINE__);
	return pool;
}

static enum ik_rc read_text(struct worker_pool *pool, const char *mail, char *subject_r, size_t size, struct ik_error *err)
{
	const struct mail_source source = { .data = mail, .size = strlen(mail), .fd = -1 };
	struct draft d;
	const enum ik_rc rc = worker_read_mail(pool, &source, &d, err);

	if (rc != IK_OK) return rc;
	(void)snprintf(subject_r, size, "%s", d.subject);
	draft_release(&d);
	return rc;
}

#define GOOD "Subject: good\r\nFrom: a@b.example\r\n\r\nhello\r\n"

static void check_good(struct worker_pool *pool)
{
	struct ik_error err = { "" };
	char subject[64] = "";

	CHECK_INT(read_text(pool, GOOD, subject, sizeof(subject), &err), IK_OK);
	CHECK_STR(subject, "good");
}

/* A mail of this size in a file, read-write, as a channel would spool it. */
static int mail_file(size_t size)
{
	static const char head[] = "Subject: big\r\nFrom: a@b.example\r\n\r\n";
	char line[78];
	int fd = memfd_create("spool", MFD_CLOEXEC);

	CHECK(fd >= 0);
	memset(line, 'x', sizeof(line));
	memcpy(line + 76, "\r\n", 2);
	CHECK(write(fd, head, strlen(head)) == (ssize_t)strlen(head));
	for (size_t at = strlen(head); at < size; at += sizeof(line)) CHECK(write(fd, line, sizeof(line)) == (ssize_t)sizeof(line));
	CHECK(ftruncate(fd, (off_t)size) == 0);
	return fd;
}

static const struct { const char *row; size_t size; bool as_fd; } sizes[] = {
	{ "small, in memory",       100,             false },
	{ "small, in a file",       100,             true },
	{ "just inline",            256 * 1024,      false },
	{ "just inline, in a file", 256 * 1024,      true },
	{ "just too large",         256 * 1024 + 1,  false },
	{ "large, in a file",       5 << 20,         true },
	{ "large, in memory",       5 << 20,         false },
};

TEST(a_mail_of_any_size_reaches_the_worker_whole)
{
	struct worker_pool *pool = new_pool(&conf);

	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		int fd = mail_file(sizes[i].size);
		void *data = mmap(NULL, sizes[i].size, PROT_READ, MAP_PRIVATE, fd, 0);
		const struct mail_source source = { .data = sizes[i].as_fd ? NULL : data, .fd = sizes[i].as_fd ? fd : -1, .size = sizes[i].size };
		struct draft d;
		struct ik_error err = { "" };

		test_row(sizes[i].row);
		CHECK(data != MAP_FAILED);
		CHECK_INT(lseek(fd, 7, SEEK_SET), 7);           /* a position that must not matter */
		CHECK_INT(worker_read_mail(pool, &source, &d, &err), IK_OK);
		CHECK_STR(d.subject, "big");
		draft_release(&d);
		(void)munmap(data, sizes[i].size);
		fd_close(&fd);
	}
	worker_pool_free(&pool);
}

TEST(the_sandbox_leaves_no_files_no_network_and_no_processes)
{
	struct worker_pool *pool = new_pool(&conf);
	struct buf line = BUF_INIT(1024);
	struct ik_error err = { "" };

	CHECK_INT(worker_probe(pool, &line, &err), IK_OK);
	test_row(buf_str(&line));
	CHECK(strstr(buf_str(&line), "open EACCES") != NULL);
	CHECK(strstr(buf_str(&line), "socket EPERM") != NULL);
	CHECK(strstr(buf_str(&line), "fork EPERM") != NULL);
	CHECK(strstr(buf_str(&line), "seccomp 2") != NULL);
	buf_release(&line);
	worker_pool_free(&pool);
}

/* "退款" or the nearest thing in the charset; whatever needs a converter or a table is here.
 * An empty text: only that both readings agree. */
static const struct { const char *charset, *base64, *text; } charsets[] = {
	{ "utf-8",        "6YCA5qy+",         "退款" },
	{ "gb2312",       "zcu/7g==",         "退款" },
	{ "gbk",          "zcu/7g==",         "退款" },
	{ "gb18030",      "zcu/7oExuTY=",     "退款\u0840" },
	{ "big5",         "sGi02g==",         "退款" },
	{ "big5-hkscs",   "sGi02g==",         "退款" },
	{ "hz-gb-2312",   "fntNSz9ufn0=",     "退款" },
	{ "iso-2022-cn",  "GyQpQQ5NSz9uDw==", "" },
	{ "shift_jis",    "keOV1A==",         "代返" },
	{ "iso-2022-jp",  "GyRCQmVKVhsoQg==", "代返" },
	{ "euc-jp",       "wuXK1g==",         "代返" },
	{ "euc-kr",       "yK+60g==",         "환불" },
	{ "koi8-r",       "98/a19LB1A==",     "Возврат" },
	{ "windows-1251", "wu7n4vDg8g==",     "Возврат" },
	{ "iso-8859-1",   "cmVtYm91cnPp",     "remboursé" },
	{ "windows-1252", "gCAxMA==",         "€ 10" },
	{ "iso-8859-15",  "pCAxMA==",         "€ 10" },
	{ "windows-874",  "pNe5",             "คืน" },
	{ "utf-16le",     "AJA+aw==",         "退款" },
	{ "no-such-charset", "YWJj",          "abc" },
};

TEST(the_sandbox_changes_nothing_about_what_is_read)
{
	struct worker_pool *pool = new_pool(&conf);

	mail_start();
	for (size_t i = 0; i < COUNT_OF(charsets); i++) {
		char mail[512];
		struct draft inside, outside;
		struct ik_error err = { "" };

		test_row(charsets[i].charset);
		(void)snprintf(mail, sizeof(mail), "From: a@b.example\r\nSubject: =?%s?B?%s?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=%s\r\n"
			"Content-Transfer-Encoding: base64\r\n\r\n%s\r\n", charsets[i].charset, charsets[i].base64, charsets[i].charset, charsets[i].base64);
		const struct mail_source source = { .data = mail, .size = strlen(mail), .fd = -1 };

		CHECK_INT(worker_read_mail(pool, &source, &inside, &err), IK_OK);
		draft_init(&outside);
		CHECK_INT(mail_read(&source, &outside, &err), IK_OK);
		CHECK_STR(inside.subject, outside.subject);
		CHECK_STR(inside.text, outside.text);
		CHECK_STR(inside.language, outside.language);
		CHECK(strstr(inside.text, charsets[i].text) != NULL);
		draft_release(&inside);
		draft_release(&outside);
	}
	worker_pool_free(&pool);
}

static const struct { const char *kind; enum ik_rc rc; const char *says; int64_t died, timed_out, timeout_s; } faults[] = {
	{ "segv",         IK_REJECT, "could not be read: worker died twice (signal 11)", 2, 0, 60 },
	{ "segv-once",    IK_OK,     "", 1, 0, 60 },
	{ "exit",         IK_REJECT, "could not be read: worker died twice (exit status 3)", 2, 0, 60 },
	{ "exit-once",    IK_OK,     "", 1, 0, 60 },
	{ "memory",       IK_REJECT, "could not be read: worker died twice (signal 6)", 2, 0, 60 },
	{ "exec",         IK_REJECT, "could not be read: worker died twice (signal 31)", 2, 0, 60 },
	{ "garbage",      IK_REJECT, "could not be read: worker died twice (nonsense for an answer)", 2, 0, 60 },
	{ "garbage-once", IK_OK,     "", 1, 0, 60 },
	{ "hang-once",    IK_OK,     "", 0, 1, 4 },
	{ "spin",         IK_REJECT, "could not be read: worker died twice (no answer within 2 s)", 0, 2, 2 },
};

TEST(a_mail_that_kills_its_worker_is_tried_twice_and_costs_nobody_else)
{
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct worker_conf c = conf;
		struct worker_pool *pool;
		struct worker_stats stats;
		struct ik_error err = { "" };
		char mail[128], subject[64] = "";

		test_row(faults[i].kind);
		c.timeout = faults[i].timeout_s;
		pool = new_pool(&c);
		(void)snprintf(mail, sizeof(mail), "Subject: bad\r\nX-Test-Crash: %s\r\n\r\nx\r\n", faults[i].kind);
		CHECK_INT(read_text(pool, mail, subject, sizeof(subject), &err), faults[i].rc);
		CHECK_STR(err.text, faults[i].says);
		worker_pool_stats(pool, &stats);
		CHECK_INT(stats.died, faults[i].died);
		CHECK_INT(stats.timed_out, faults[i].timed_out);
		CHECK_INT(stats.busy, 0);
		check_good(pool);
		check_good(pool);
		check_good(pool);
		worker_pool_free(&pool);
	}
}

TEST(without_the_switch_the_fault_header_is_a_header)
{
	struct worker_pool *pool = NULL;
	struct ik_error err = { "" };
	char subject[64] = "";

	(void)unsetenv("INTAKED_TEST_FAULTS");
	CHECK_INT(worker_pool_new(&conf, &pool, &err), IK_OK);
	CHECK_INT(read_text(pool, "Subject: calm\r\nX-Test-Crash: segv\r\n\r\nx\r\n", subject, sizeof(subject), &err), IK_OK);
	CHECK_STR(subject, "calm");
	worker_pool_free(&pool);
}

struct load { struct worker_pool *pool; const char *mail; enum ik_rc want; int count, wrong; _Atomic bool is_over; pthread_t thread; };

static void *load_main(void *arg)
{
	struct load *l = arg;

	for (int i = 0; i < l->count; i++) {
		struct ik_error err = { "" };
		char subject[64] = "";

		if (read_text(l->pool, l->mail, subject, sizeof(subject), &err) != l->want) l->wrong++;
	}
	l->is_over = true;
	return NULL;
}

/* The processes whose parent is this one, in pids_r; returns how many. */
static size_t children_of(pid_t parent, pid_t *pids_r, size_t max)
{
	DIR *d = opendir("/proc");
	const struct dirent *e;
	size_t n = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		char path[300], line[512] = "";
		int ppid = 0, fd;
		char state = 0;

		(void)snprintf(path, sizeof(path), "/proc/%s/stat", e->d_name);
		fd = e->d_name[0] >= '0' && e->d_name[0] <= '9' ? open(path, O_RDONLY | O_CLOEXEC) : -1;
		if (fd < 0 || read(fd, line, sizeof(line) - 1) <= 0 || strrchr(line, ')') == NULL || sscanf(strrchr(line, ')') + 1, " %c %d", &state, &ppid) != 2) ppid = 0;
		fd_close(&fd);
		if (ppid == (int)parent && state != 'Z' && n < max) pids_r[n++] = (pid_t)strtol(e->d_name, NULL, 10);
	}
	if (d != NULL) (void)closedir(d);
	return n;
}

/* Kills all workers, and those that take their places, until the mail that hangs has had its two tries. */
static void end_hanging(const struct load *l)
{
	for (int pause_ms = 300; pause_ms < PATIENCE_MS && !l->is_over; pause_ms *= 2) {
		const int64_t until_ms = clock_mono_ms() + pause_ms;
		pid_t pids[8];

		for (size_t i = children_of(getpid(), pids, 8); i > 0; i--) (void)kill(pids[i - 1], SIGKILL);
		while (!l->is_over && test_waits(until_ms)) ;
	}
	CHECK(l->is_over);
}

TEST(others_go_on_while_one_worker_hangs)
{
	struct worker_pool *pool = new_pool(&conf);
	struct load loads[5] = { { .mail = "Subject: bad\r\nX-Test-Crash: hang\r\n\r\nx\r\n", .want = IK_REJECT, .count = 1 } };

	for (size_t i = 0; i < COUNT_OF(loads); i++) {
		if (i > 0) loads[i] = (struct load){ .mail = GOOD, .want = IK_OK, .count = 100 };
		loads[i].pool = pool;
		CHECK_INT(pthread_create(&loads[i].thread, NULL, load_main, &loads[i]), 0);
	}
	for (size_t i = 1; i < COUNT_OF(loads); i++) CHECK_INT(pthread_join(loads[i].thread, NULL), 0);
	CHECK(!loads[0].is_over);                               /* it takes 2 x 60 s, or less when its workers are killed */
	end_hanging(&loads[0]);
	CHECK_INT(pthread_join(loads[0].thread, NULL), 0);
	for (size_t i = 0; i < COUNT_OF(loads); i++) CHECK_INT(loads[i].wrong, 0);
	worker_pool_free(&pool);
}

TEST(workers_are_replaced_after_their_share)
{
	static const struct worker_conf few = { .processes = 1, .memory = 256 << 20, .timeout = 60, .messages = 3, .lifetime = 3600 };
	struct worker_pool *pool = new_pool(&few);
	struct worker_stats stats;
	struct ik_error err = { "" };
	char subject[64];

	for (int i = 0; i < 10; i++) check_good(pool);
	worker_pool_stats(pool, &stats);
	CHECK_INT(stats.served, 10);
	CHECK_INT(stats.replaced, 3);
	CHECK_INT(stats.died, 0);
	CHECK_INT(read_text(pool, "Subject: bad\r\nX-Test-Crash: segv-once\r\n\r\nx\r\n", subject, sizeof(subject), &err), IK_OK);
	check_good(pool);                                       /* the place of the dead one is everybody's again */
	worker_pool_free(&pool);
}

static size_t count_entries(const char *path)
{
	DIR *d = opendir(path);
	size_t n = 0;

	CHECK(d != NULL);
	while (readdir(d) != NULL) n++;
	(void)closedir(d);
	return n;
}

TEST(no_descriptor_and_no_child_is_left_behind)
{
	const size_t before = count_entries("/proc/self/fd");
	struct worker_pool *pool = new_pool(&conf);
	struct ik_error err = { "" };
	char subject[64];
	int fd = mail_file(1 << 20), status;
	struct mail_source source = { .fd = fd, .size = 1 << 20 };
	struct draft d;

	(void)read_text(pool, "Subject: bad\r\nX-Test-Crash: segv\r\n\r\nx\r\n", subject, sizeof(subject), &err);
	CHECK_INT(worker_read_mail(pool, &source, &d, &err), IK_OK);
	draft_release(&d);
	fd_close(&fd);
	worker_pool_free(&pool);
	CHECK_INT(count_entries("/proc/self/fd"), before);
	CHECK_INT(waitpid(-1, &status, WNOHANG), -1);
	CHECK_INT(errno, ECHILD);
}

static int64_t died_in(struct worker_pool *pool)
{
	struct worker_stats stats;

	worker_pool_stats(pool, &stats);
	return stats.died;
}

TEST(a_worker_that_is_killed_while_idle_is_replaced_at_once)
{
	struct worker_pool *pool = new_pool(&conf);
	struct worker_stats stats = { 0 };
	pid_t before[8], after[8];

	check_good(pool);
	CHECK_SOON(children_of(getpid(), before, 8) == 2);
	(void)poll(NULL, 0, 300);                               /* both are ready by now */
	CHECK_INT(kill(before[0], SIGKILL), 0);
	CHECK_SOON(died_in(pool) == 1);
	CHECK_SOON(children_of(getpid(), after, 8) == 2);
	for (int i = 0; i < 4; i++) check_good(pool);
	worker_pool_stats(pool, &stats);
	CHECK_INT(stats.died, 1);
	worker_pool_free(&pool);
}

/* Times that a thread gave up its CPU to wait, by its status file. */
static long waits_of(const char *path)
{
	struct buf text = BUF_INIT(16384);
	const char *at = file_read(path, &text, NULL) == IK_OK ? strstr(buf_str(&text), "\nvoluntary_ctxt_switches:") : NULL;
	const long waits = at != NULL ? strtol(at + 25, NULL, 10) : 0;

	buf_release(&text);
	return waits;
}

/* Of all threads of this process but the calling one, and of its children. */
static long wake_ups(void)
{
	DIR *d = opendir("/proc/self/task");
	const struct dirent *e;
	pid_t children[8];
	char path[300];
	long total = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		(void)snprintf(path, sizeof(path), "/proc/self/task/%s/status", e->d_name);
		if (e->d_name[0] != '.' && strtol(e->d_name, NULL, 10) != (long)getpid()) total += waits_of(path);
	}
	if (d != NULL) (void)closedir(d);
	for (size_t i = children_of(getpid(), children, 8); i > 0; i--) {
		(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)children[i - 1]);
		total += waits_of(path);
	}
	return total;
}

TEST(an_idle_pool_sleeps)
{
#if defined(__SANITIZE_THREAD__)
	const long few = 100;                                   /* its run-time has a thread that ticks in every process */
#else
	const long few = 0;
#endif
	struct worker_pool *pool = new_pool(&conf);
	int tries = 5;
	long before;

	check_good(pool);
	(void)poll(NULL, 0, 700);
	do {                                                    /* a worker may come late on a busy machine; who ticks never rests for a second */
		CHECK(tries-- > 0);
		before = wake_ups();
		(void)poll(NULL, 0, 1000);
	} while (wake_ups() - before > few);
	worker_pool_free(&pool);
}

static bool is_alive(pid_t pid)
{
	char path[64], exe[64];

	(void)snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
	return readlink(path, exe, sizeof(exe)) > 0;
}

TEST(workers_die_with_their_parent)
{
	char name[] = "test_worker", word[] = "--parent", line[16];
	char *const argv[] = { name, word, NULL };
	posix_spawn_file_actions_t files;
	pid_t parent, children[8];
	int ends[2], status;

	(void)setenv("INTAKED_TEST_FAULTS", "1", 1);
	CHECK_INT(pipe2(ends, O_CLOEXEC), 0);
	CHECK_INT(posix_spawn_file_actions_init(&files), 0);
	CHECK_INT(posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO), 0);
	CHECK_INT(posix_spawn(&parent, "/proc/self/exe", &files, NULL, argv, environ), 0);
	(void)posix_spawn_file_actions_destroy(&files);
	fd_close(&ends[1]);
	CHECK(read(ends[0], line, sizeof(line)) > 0);
	fd_close(&ends[0]);
	CHECK_SOON(children_of(parent, children, 8) == 2);
	(void)poll(NULL, 0, 300);                               /* one is caught in the mail by now */
	CHECK_INT(kill(parent, SIGKILL), 0);
	CHECK_INT(waitpid(parent, &status, 0), parent);
	CHECK_SOON(!is_alive(children[0]) && !is_alive(children[1]));
}

TEST(a_pool_that_cannot_start_says_so)
{
	static const struct worker_conf tiny = { .processes = 1, .memory = 1 << 20, .timeout = 1, .messages = 10, .lifetime = 60 };
	struct worker_pool *pool = NULL;
	struct ik_error err = { "" };
	const enum ik_rc rc = worker_pool_new(&tiny, &pool, &err);

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	CHECK_INT(rc, IK_OK);                                   /* no limit on address space in these builds */
#else
	CHECK(rc == IK_CONFIG || rc == IK_OK);
#endif
	if (rc == IK_OK) worker_pool_free(&pool);
	else CHECK(strstr(err.text, "parse worker does not start") != NULL);
}

TEST(a_part_is_extracted_in_a_worker)
{
	static const char mail[] = "Subject: part\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
		"--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b--\r\n";
	const struct mail_source source = { .data = mail, .size = sizeof(mail) - 1, .fd = -1 };
	struct worker_pool *pool = new_pool(&conf);
	struct buf bytes = BUF_INIT(1024), small = BUF_INIT(3);
	struct ik_error err = { "" };
	struct draft d;

	CHECK_INT(worker_read_mail(pool, &source, &d, &err), IK_OK);
	CHECK_INT(d.part_count, 1);
	CHECK_INT(worker_extract(pool, &source, d.parts[0].path, &bytes, &err), IK_OK);
	CHECK_INT(worker_extract(pool, &source, d.parts[0].path, &small, &err), IK_REJECT);
	CHECK_STR(buf_str(&bytes), "hello");
	draft_release(&d);
	buf_release(&bytes);
	buf_release(&small);
	worker_pool_free(&pool);
}

/* ---- the protocol alone ---- */

static const struct { const char *row, *head; size_t len, more; enum frame_end end; } heads[] = {
	{ "a reply without data",    "IKWF\x05\0\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\0\0\0\0\0", 24, 0, FRAME_DONE },
	{ "wrong magic",             "IKWG\x05\0\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\0\0\0\0\0", 24, 0, FRAME_GARBAGE },
	{ "unknown kind",            "IKWF\x09\0\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\0\0\0\0\0", 24, 0, FRAME_GARBAGE },
	{ "text too long",           "IKWF\x05\0\0\0" "\x01\x04\0\0" "\0\0\0\0" "\0\0\0\0\0\0\0\0", 24, 0, FRAME_GARBAGE },
	{ "data too long",           "IKWF\x05\0\0\0" "\0\0\0\0" "\x01\x01\0\0" "\0\0\0\0\0\0\0\0", 24, 0, FRAME_GARBAGE },
	{ "4 GiB of data announced", "IKWF\x05\0\0\0" "\0\0\0\0" "\xFF\xFF\xFF\xFF" "\0\0\0\0\0\0\0\0", 24, 0, FRAME_GARBAGE },
	{ "data just as announced",  "IKWF\x05\0\0\0" "\0\0\0\0" "\0\x01\0\0" "\0\0\0\0\0\0\0\0", 24, 256, FRAME_DONE },
	{ "more than announced",     "IKWF\x05\0\0\0" "\0\0\0\0" "\0\x01\0\0" "\0\0\0\0\0\0\0\0", 24, 257, FRAME_GARBAGE },
	{ "less, then silence",      "IKWF\x05\0\0\0" "\0\0\0\0" "\0\x01\0\0" "\0\0\0\0\0\0\0\0", 24, 255, FRAME_LATE },
	{ "half a head",             "IKWF\x05\0\0\0", 8, 0, FRAME_LATE },
};

TEST(a_frame_is_exactly_what_its_head_says)
{
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		char filler[512];
		struct buf bytes = BUF_INIT(1 << 20);
		struct frame f;
		int ends[2];

		test_row(heads[i].row);
		memset(filler, 'x', sizeof(filler));
		CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
		CHECK(write(ends[0], heads[i].head, heads[i].len) == (ssize_t)heads[i].len);
		CHECK(heads[i].more == 0 || write(ends[0], filler, heads[i].more) == (ssize_t)heads[i].more);
		CHECK_INT(frame_receive(ends[1], &f, 256, &bytes, NULL, clock_mono_ms() + (heads[i].end == FRAME_LATE ? 50 : PATIENCE_MS)), heads[i].end);
		fd_close(&ends[0]);
		fd_close(&ends[1]);
		buf_release(&bytes);
	}
}

TEST(a_descriptor_nobody_asked_for_is_not_taken)
{
	const struct frame f = { .kind = FRAME_REPLY };
	const size_t before = count_entries("/proc/self/fd");
	struct buf bytes = BUF_INIT(1 << 20);
	struct frame got;
	int ends[2], file = open("/dev/null", O_RDONLY | O_CLOEXEC);

	CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
	CHECK_INT(frame_send(ends[0], &f, NULL, NULL, NULL, file, -1), FRAME_DONE);
	CHECK_INT(frame_receive(ends[1], &got, 0, &bytes, NULL, clock_mono_ms() + PATIENCE_MS), FRAME_DONE);
	fd_close(&file);
	fd_close(&ends[0]);
	fd_close(&ends[1]);
	CHECK_INT(count_entries("/proc/self/fd"), before);
	buf_release(&bytes);
}
