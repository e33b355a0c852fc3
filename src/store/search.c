/* search.c - fills search.db (FTS5, trigram) with a thread of the lowest priority.
 *
 * `progress` holds the last message that is in the index and is written in the same transaction, so that the work resumes there
 * after a crash. A file that is damaged, of another version, or ahead of the database (which was restored from a backup) is
 * deleted and filled again. Its connection is the only one that writes and checkpoints that file. */
#include "store/search.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "store/reader.h"
#include "store/schema.h"

#define SEARCH_VERSION 1
#define SEARCH_BATCH 64                 /* messages per transaction */
#define SEARCH_PAUSE_MS 10000           /* after a failure */
#define SEARCH_RUSH 500                 /* messages a second above which intake has the machine to itself */
#define SEARCH_BURST 50                 /* the same for the first SEARCH_BURST_LOOKS looks since the index was up to date */
#define SEARCH_BURST_LOOKS 50
#define SEARCH_YIELD_MS 100             /* between two looks whether the rush is over */
#define SEARCH_YIELDS 20                /* looks after which a batch is done all the same */
#define SEARCH_REBUILDS 3               /* in one run of the daemon */

struct search {
	struct store *store;
	pthread_t thread;
	pthread_mutex_t lock;           /* guards the next two */
	pthread_cond_t wake;
	bool has_news, must_stop;

	struct sql rows, index;         /* the thread's own */
	int64_t last;                   /* message that is in the index */
	int64_t seen, seen_ms;          /* newest message at the last look for a rush, and its time */
	int waits;                      /* for calm, since the index was up to date */
	int rebuilds;
	atomic_int_least64_t erasures;  /* any thread reads it: how many erasures the file on the disk knows of; -1: there is no file yet */
};

static char *path_in(const char *dir, const char *name, const char *suffix)
{
	return mem_format("%s/%s%s", dir, name, suffix);
}

static enum ik_rc create_tables(struct sql *index, int64_t erasures, struct ik_error *err)
{
	char version[128];
	int64_t found = 0;
	enum ik_rc rc = sql_number(index, "PRAGMA user_version", SQL_NO_ARGS, 0, &found, err);

	if (rc != IK_OK || found == SEARCH_VERSION) return rc;
	if (found != 0) return ik_fail(IK_FATAL, err, "search: the index has version %lld", (long long)found);
	(void)snprintf(version, sizeof(version), "PRAGMA user_version=%d; PRAGMA application_id=%lld", SEARCH_VERSION, (long long)erasures);
	rc = sql_script(index, "BEGIN IMMEDIATE;"
	                "CREATE VIRTUAL TABLE body USING fts5(subject, text, content='', columnsize=0, tokenize='trigram');"
	                "CREATE TABLE progress(id INTEGER PRIMARY KEY CHECK(id = 1), last INTEGER NOT NULL) STRICT;"
	                "INSERT INTO progress VALUES(1, 0)", err);
	if (rc == IK_OK) rc = sql_script(index, version, err);
	return rc == IK_OK ? sql_script(index, "COMMIT", err) : rc;
}

/* An index that is older than the last erasure holds what was erased: it is made anew as a whole, since what is deleted from it stays readable for long. */
static enum ik_rc check_erasures(struct search *s, int64_t *erasures_r, struct ik_error *err)
{
	int64_t kept = 0, version = 0;
	enum ik_rc rc = sql_number(&s->rows, "SELECT count FROM total WHERE id = ?", SQL_ARGS(SQL_INT(TOTAL_ERASURES)), 0, erasures_r, err);

	if (rc == IK_OK) rc = sql_number(&s->index, "PRAGMA user_version", SQL_NO_ARGS, 0, &version, err);
	if (rc == IK_OK) rc = sql_number(&s->index, "PRAGMA application_id", SQL_NO_ARGS, 0, &kept, err);
	if (rc != IK_OK || version == 0 || kept == *erasures_r) return rc;
	s->rebuilds = 0;
	return ik_fail(IK_FATAL, err, "search: something was erased; the index is made anew");
}

static enum ik_rc open_index(struct search *s, struct ik_error *err)
{
	char *path = path_in(s->store->conf->dir, SEARCH_FILE, "");
	int64_t newest = 0, erasures = 0;
	enum ik_rc rc = file_make_private(path, err);

	if (rc == IK_OK) rc = sql_open_filler(&s->index, path, SEARCH_CACHE, err);
	if (rc == IK_OK) rc = sql_set(&s->index, "wal_autocheckpoint", "1000", err);
	if (rc == IK_OK) rc = check_erasures(s, &erasures, err);
	if (rc == IK_OK) rc = create_tables(&s->index, erasures, err);
	if (rc == IK_OK) atomic_store(&s->erasures, erasures);
	if (rc == IK_OK) rc = sql_number(&s->index, "SELECT last FROM progress", SQL_NO_ARGS, -1, &s->last, err);
	if (rc == IK_OK) rc = sql_number(&s->rows, "SELECT max(id) FROM message", SQL_NO_ARGS, 0, &newest, err);
	if (rc == IK_OK && (s->last < 0 || s->last > newest)) rc = ik_fail(IK_FATAL, err, "search: the index does not belong to this database");
	if (rc != IK_OK && s->index.db != NULL) sql_close(&s->index);
	free(path);
	return rc;
}

static void delete_files(const struct search *s)
{
	static const char *const suffixes[] = { "", "-wal", "-shm" };

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char *path = path_in(s->store->conf->dir, SEARCH_FILE, suffixes[i]);

		(void)unlink(path);
		free(path);
	}
}

static void delete_index(struct search *s)
{
	delete_files(s);
	atomic_store(&s->erasures, -1);
}

static enum ik_rc add_rows(struct search *s, size_t *count_r, struct ik_error *err)
{
	struct sql_rows rows;
	int64_t last = s->last;
	size_t n = 0;
	enum ik_rc end, rc = sql_query(&s->rows, "SELECT id, subject, text FROM message WHERE id > ? ORDER BY id LIMIT ?",
	                               SQL_ARGS(SQL_INT(s->last), SQL_INT(SEARCH_BATCH)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) {
		last = sql_int_at(&rows, 0);
		rc = sql_run(&s->index, "INSERT INTO body(rowid, subject, text) VALUES(?, ?, ?)",
		             SQL_ARGS(SQL_INT(last), SQL_TEXT(sql_text_at(&rows, 1)), SQL_TEXT(sql_text_at(&rows, 2))), err);
		n++;
	}
	end = sql_end(&rows, rc == IK_OK ? err : NULL);
	if (rc == IK_OK) rc = end;
	if (rc == IK_OK && n > 0) rc = sql_run(&s->index, "UPDATE progress SET last = ?", SQL_ARGS(SQL_INT(last)), err);
	if (rc == IK_OK) *count_r = n;
	return rc;
}

/* One transaction. count_r: messages added. */
static enum ik_rc fill(struct search *s, size_t *count_r, struct ik_error *err)
{
	int64_t erasures = 0;
	enum ik_rc rc = check_erasures(s, &erasures, err);

	if (rc == IK_OK) rc = sql_run(&s->index, "BEGIN IMMEDIATE", SQL_NO_ARGS, err);
	if (rc != IK_OK) return rc;
	rc = add_rows(s, count_r, err);
	if (rc == IK_OK) rc = sql_run(&s->index, "COMMIT", SQL_NO_ARGS, err);
	if (rc != IK_OK && !sqlite3_get_autocommit(s->index.db)) (void)sqlite3_exec(s->index.db, "ROLLBACK", NULL, NULL, NULL);
	if (rc == IK_OK) rc = sql_number(&s->index, "SELECT last FROM progress", SQL_NO_ARGS, -1, &s->last, err);
	return rc;
}

/* Until there is news, or for pause_ms when that is more than 0. False: stop. */
static bool wait_for_news(struct search *s, int pause_ms)
{
	struct timespec until;
	bool go_on;
	int code = 0;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += pause_ms % 1000 * 1000000l;
	until.tv_sec += pause_ms / 1000 + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	(void)pthread_mutex_lock(&s->lock);
	while (!s->must_stop && code == 0 && (pause_ms > 0 || !s->has_news))
		code = pause_ms > 0 ? pthread_cond_timedwait(&s->wake, &s->lock, &until) : pthread_cond_wait(&s->wake, &s->lock);
	s->has_news = false;
	go_on = !s->must_stop;
	(void)pthread_mutex_unlock(&s->lock);
	return go_on;
}

static bool is_stopping(struct search *s)
{
	bool stopping;

	(void)pthread_mutex_lock(&s->lock);
	stopping = s->must_stop;
	(void)pthread_mutex_unlock(&s->lock);
	return stopping;
}

/* Whether messages came faster since the last look than the index should stand beside. A burst, such as a mailbox read for the first time, is
 * soon over; what goes on slower than SEARCH_RUSH is indexed beside. */
static bool is_rush(struct search *s)
{
	const int64_t most = s->waits < SEARCH_BURST_LOOKS ? SEARCH_BURST : SEARCH_RUSH;
	const int64_t now_ms = clock_mono_ms(), before = s->seen, before_ms = s->seen_ms;

	if (sql_number(&s->rows, "SELECT max(id) FROM message", SQL_NO_ARGS, 0, &s->seen, NULL) != IK_OK) return false;
	s->seen_ms = now_ms;
	return (s->seen - before) * 1000 > most * (now_ms - before_ms + 1);
}

/* Indexing a message costs several times what storing it does: it waits while many come, but never for good. False: stop. */
static bool wait_for_calm(struct search *s)
{
	for (int looks = 0; (looks < SEARCH_YIELDS || s->waits < SEARCH_BURST_LOOKS) && is_rush(s); looks++, s->waits++)
		if (!wait_for_news(s, SEARCH_YIELD_MS)) return false;
	return true;
}

/* Fills until stopped or until something fails. */
static enum ik_rc fill_for_good(struct search *s, struct ik_error *err)
{
	size_t n = 0;

	while (!is_stopping(s) && wait_for_calm(s)) {
		enum ik_rc rc = store_has_room(s->store) ? fill(s, &n, err) : ik_fail(IK_RETRY, err, "search: too little free space");

		if (rc != IK_OK) return rc;
		if (n < SEARCH_BATCH) s->waits = 0;
		if (n < SEARCH_BATCH && !wait_for_news(s, 0)) break;
	}
	return IK_OK;
}

static void run(struct search *s)
{
	struct ik_error err = { "" };
	int pause_ms;

	do {
		enum ik_rc rc = open_index(s, &err);
		const bool is_open = rc == IK_OK;

		pause_ms = SEARCH_PAUSE_MS;
		if (is_open) {
			rc = fill_for_good(s, &err);
			sql_close(&s->index);
		}
		if (rc == IK_OK) return;
		log_line(IK_LOG_WARNING, "search", "%s", err.text);
		if (rc == IK_RETRY) continue;
		if (++s->rebuilds > SEARCH_REBUILDS) {
			log_line(IK_LOG_ERROR, "search", "the full-text index failed %d times and stays as it is until the next start", s->rebuilds);
			return;
		}
		delete_index(s);
		if (!is_open && s->rebuilds == 1) pause_ms = 1;         /* found unusable at the start: nothing to wait for */
	} while (wait_for_news(s, pause_ms));
}

static void *search_main(void *arg)
{
	struct search *s = arg;
	struct ik_error err = { "" };
	char *path = path_in(s->store->conf->dir, SCHEMA_FILE, "");

	store_background("search", 19);
	if (sql_open_reader(&s->rows, path, SEARCH_CACHE, &err) == IK_OK) {
		run(s);
		sql_close(&s->rows);
	} else {
		log_line(IK_LOG_ERROR, "search", "%s", err.text);
	}
	free(path);
	return NULL;
}

bool search_is_anew(struct store *store)
{
	int64_t erasures = 0, known;
	struct store_reader *r = NULL;
	bool is_anew;

	if (store->search == NULL) {
		const struct search unused = { .store = store };

		delete_files(&unused);
		return true;
	}
	known = atomic_load(&store->search->erasures);
	if (store_reader_open(store, &r, NULL) != IK_OK) return false;
	is_anew = sql_number(&r->sql, "SELECT count FROM total WHERE id = ?", SQL_ARGS(SQL_INT(TOTAL_ERASURES)), 0, &erasures, NULL) == IK_OK && (known < 0 || known == erasures);
	store_reader_close(&r);
	if (!is_anew) search_wake(store->search);
	return is_anew;
}

struct search *search_start(struct store *store)
{
	struct search *s = mem_new(sizeof(*s));

	s->store = store;
	(void)pthread_mutex_init(&s->lock, NULL);
	(void)pthread_cond_init(&s->wake, NULL);
	if (pthread_create(&s->thread, NULL, search_main, s) == 0) return s;
	log_line(IK_LOG_ERROR, "search", "no thread could be started; the full-text index stays as it is");
	free(s);
	return NULL;
}

void search_wake(struct search *s)
{
	if (s == NULL) return;
	(void)pthread_mutex_lock(&s->lock);
	if (!s->has_news) (void)pthread_cond_signal(&s->wake);
	s->has_news = true;
	(void)pthread_mutex_unlock(&s->lock);
}

void search_stop(struct search **search)
{
	struct search *s = *search;

	if (s == NULL) return;
	(void)pthread_mutex_lock(&s->lock);
	s->must_stop = true;
	(void)pthread_cond_signal(&s->wake);
	(void)pthread_mutex_unlock(&s->lock);
	(void)pthread_join(s->thread, NULL);
	(void)pthread_cond_destroy(&s->wake);
	(void)pthread_mutex_destroy(&s->lock);
	mem_free(search);
}
