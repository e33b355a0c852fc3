/* writer.c - the store thread: takes what waits, runs it in one transaction, commits once, tells everyone.
 *
 * While one commit is under way the next batch gathers; one that is still small then waits half a millisecond for more, when the last one was
 * larger, and nobody waits who comes alone. Jobs that can wait do so for each other until one comes that cannot. A batch is optimistic: its jobs share one transaction.
 * A job that fails without having changed anything just gets its answer. One that fails after a change spoils the transaction: it
 * is rolled back and the batch runs again with a savepoint around each job, so that the bad one costs only itself.
 *
 * The same connection checkpoints, and no other does: when the log has grown past checkpoint_pages, and in idle times. */
#include "store/inside.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/log.h"
#include "store/send_journal.h"

#define IDLE_MS 1000                    /* between two looks at an idle log */
#define IDLE_PAGES 1000                 /* a log this long is written back as soon as there is time */
#define IDLE_LOOKS 10                   /* and any log after so many idle looks */
#define HOUSEKEEPING_MS 3600000
#define SLICE_PAUSE_MS 50               /* between two slices of deleting */
#define GATHER_US 500                   /* a small batch waits for those of the last one */
#define GATHER_MIN 8                    /* jobs of the last batch from which on it does */
#define GATHER_MAX 64                   /* jobs beyond which a larger batch saves little */
#define PATIENCE_US 20000               /* for jobs that can wait: a commit costs what three or four mails do */

/* ---- one transaction ---- */

static int log_grew(void *arg, sqlite3 *db, const char *name, int pages)
{
	struct writer *w = arg;

	(void)db; (void)name;
	w->wal_pages = pages;
	return SQLITE_OK;
}

/* SQLite ends a transaction by itself when a page can neither be kept nor written. */
static bool is_lost(const struct store_tx *tx)
{
	return sqlite3_get_autocommit(tx->sql.db) != 0;
}

static void roll_back(struct store_tx *tx)
{
	if (!is_lost(tx)) (void)sqlite3_exec(tx->sql.db, "ROLLBACK", NULL, NULL, NULL);
	tally_forget(&tx->tally);
	tx->has_new_duties = tx->has_new_messages = false;
}

static enum ik_rc commit_all(struct store_tx *tx, struct ik_error *err)
{
	enum ik_rc rc = tally_flush(&tx->tally, &tx->sql, err);

	if (rc == IK_OK) rc = sql_run(&tx->sql, "COMMIT", SQL_NO_ARGS, err);
	if (rc != IK_OK) roll_back(tx);
	return rc;
}

/* Grows with every change, in the database or in memory. */
static uint64_t changes_of(const struct store_tx *tx)
{
	return (uint64_t)sqlite3_total_changes64(tx->sql.db) + tx->tally.changes;
}

static enum ik_rc run_job(struct store *store, struct store_job *job, struct ik_error *err)
{
	if (job->is_intake && !store_has_room(store)) return ik_fail(IK_RETRY, err, "store: too little free space to take anything new");
	err->text[0] = '\0';
	return job->run(&store->writer.tx, job->arg, err);
}

enum course { COURSE_DONE, COURSE_SPOILED, COURSE_LOST };

/* All jobs in one transaction, left open. SPOILED: one failed after a change; LOST: SQLite gave the transaction up. */
static enum course run_together(struct store *store, struct store_job *jobs, struct ik_error *lost_r)
{
	struct store_tx *tx = &store->writer.tx;
	struct outcome *o = store->writer.outcome;

	for (struct store_job *job = jobs; job != NULL; job = job->next, o++) {
		const uint64_t before = changes_of(tx);

		o->rc = run_job(store, job, &o->err);
		if (o->rc == IK_FATAL || is_lost(tx)) {
			*lost_r = o->err;
			return COURSE_LOST;
		}
		if (o->rc == IK_OK) continue;
		if (changes_of(tx) != before) return COURSE_SPOILED;
	}
	return COURSE_DONE;
}

static enum ik_rc run_guarded(struct store *store, struct store_job *job, struct outcome *o)
{
	struct store_tx *tx = &store->writer.tx;
	const bool had_duties = tx->has_new_duties, had_messages = tx->has_new_messages;
	struct ik_error err = { "" };
	enum ik_rc rc = sql_run(&tx->sql, "SAVEPOINT job", SQL_NO_ARGS, &err);

	if (rc == IK_OK) {
		rc = o->rc = run_job(store, job, &o->err);
		if (rc == IK_OK && !is_lost(tx)) rc = o->rc = tally_flush(&tx->tally, &tx->sql, &o->err);
		if (rc == IK_FATAL || is_lost(tx)) return IK_FATAL;
		if (rc != IK_OK) {
			tally_forget(&tx->tally);
			tx->has_new_duties = had_duties;
			tx->has_new_messages = had_messages;
			rc = sql_run(&tx->sql, "ROLLBACK TO job", SQL_NO_ARGS, &err);
		}
		if (rc == IK_OK) rc = sql_run(&tx->sql, "RELEASE job", SQL_NO_ARGS, &err);
	}
	if (rc == IK_OK) return IK_OK;
	*o = (struct outcome){ .rc = rc, .err = err };
	return IK_FATAL;
}

/* Each job inside a savepoint. Not IK_OK: the transaction is lost, with the reason in lost_r. */
static enum course run_each(struct store *store, struct store_job *jobs, struct ik_error *lost_r)
{
	struct outcome *o = store->writer.outcome;

	for (struct store_job *job = jobs; job != NULL; job = job->next, o++) {
		if (run_guarded(store, job, o) == IK_OK) continue;
		*lost_r = o->err;
		return COURSE_LOST;
	}
	return COURSE_DONE;
}

/* Every job of the batch gets this answer. */
static void answer_all(struct store *store, const struct store_job *jobs, enum ik_rc rc, const struct ik_error *err)
{
	struct outcome *o = store->writer.outcome;

	for (; jobs != NULL; jobs = jobs->next, o++) *o = (struct outcome){ .rc = rc, .err = *err };
}

/* Which code the loss of a transaction has: what the failed statement said, IK_RETRY when SQLite merely gave up for want of room. */
static enum ik_rc rc_of_loss(const struct store *store, const struct store_job *jobs)
{
	const struct outcome *o = store->writer.outcome;

	for (; jobs != NULL; jobs = jobs->next, o++)
		if (o->rc == IK_FATAL) return IK_FATAL;
	return IK_RETRY;
}

static void run_batch(struct store *store, struct store_job *jobs)
{
	struct store_tx *tx = &store->writer.tx;
	struct ik_error err = { "" };
	enum course course;
	enum ik_rc rc = sql_run(&tx->sql, "BEGIN IMMEDIATE", SQL_NO_ARGS, &err);

	tx->batch++;
	if (rc == IK_OK) {
		answer_all(store, jobs, IK_OK, &err);
		course = run_together(store, jobs, &err);
		if (course == COURSE_SPOILED) {
			roll_back(tx);
			answer_all(store, jobs, IK_OK, &err);
			rc = sql_run(&tx->sql, "BEGIN IMMEDIATE", SQL_NO_ARGS, &err);
			tx->batch++;
			if (rc == IK_OK) course = run_each(store, jobs, &err);
		}
		if (rc == IK_OK && course == COURSE_LOST) rc = rc_of_loss(store, jobs);
		if (rc == IK_OK) rc = commit_all(tx, &err);
	}
	if (rc == IK_OK) return;
	roll_back(tx);
	if (rc == IK_REJECT) rc = IK_FATAL;             /* totals that break a constraint: the tables are not what they were */
	answer_all(store, jobs, rc, &err);
	if (rc == IK_FATAL) store_break(store, &err);
}

static void tell_waiters(struct store *store, struct store_job *jobs)
{
	const struct outcome *o = store->writer.outcome;

	while (jobs != NULL) {
		struct store_job *next = jobs->next;    /* done() may free the job */

		jobs->done(jobs->arg, o->rc, &o->err);
		jobs = next;
		o++;
	}
}

static void tell_watchers(struct store *store)
{
	struct store_tx *tx = &store->writer.tx;

	if (tx->has_new_messages) search_wake(store->search);
	if (tx->has_new_duties) {
		(void)pthread_mutex_lock(&store->watch_lock);
		if (store->watch != NULL) store->watch(store->watch_arg);
		(void)pthread_mutex_unlock(&store->watch_lock);
	}
	tx->has_new_duties = tx->has_new_messages = false;
}

/* ---- checkpoints and other work of idle times ---- */

static void checkpoint(struct store *store, int mode)
{
	struct writer *w = &store->writer;
	struct ik_error err = { "" };
	int in_log = 0, written = 0, code;

	(void)sqlite3_busy_timeout(w->tx.sql.db, 0);    /* readers are not waited for; the next time does it */
	code = sqlite3_wal_checkpoint_v2(w->tx.sql.db, NULL, mode, &in_log, &written);
	(void)sqlite3_busy_timeout(w->tx.sql.db, SQL_BUSY_MS);
	if (code == SQLITE_OK && mode == SQLITE_CHECKPOINT_TRUNCATE) w->wal_pages = 0;
	w->checkpoint_at = code == SQLITE_OK && written == in_log ? (int)store->conf->checkpoint_pages
	                                                          : w->wal_pages + (int)store->conf->checkpoint_pages / 4 + 1;
	if (code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED) return;
	if (sql_fail(&w->tx.sql, "checkpoint", &err) == IK_FATAL) store_break(store, &err);
	else log_line(IK_LOG_WARNING, "store", "%s", err.text);
}

struct house { const struct store_conf *conf; bool has_more; };

static enum ik_rc clean_up(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct house *house = arg;

	return retention_slice(tx, house->conf, &house->has_more, err);
}

static void nothing_to_tell(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	(void)arg; (void)rc; (void)err;
}

/* A slice now and then while there is something to delete, else once an hour. */
static void keep_house(struct store *store)
{
	struct house house = { .conf = store->conf };
	struct store_job job = { .run = clean_up, .done = nothing_to_tell, .arg = &house };

	if (store->writer.tx.told_at == 0 || clock_mono_ms() < store->writer.house_at_ms) return;
	run_batch(store, &job);
	store->writer.house_at_ms = clock_mono_ms() + (house.has_more ? SLICE_PAUSE_MS : HOUSEKEEPING_MS);
}

static void work_idle(struct store *store, int looks)
{
	struct writer *w = &store->writer;

	if (atomic_load(&store->is_broken)) return;
	keep_house(store);
	if (w->wal_pages >= IDLE_PAGES || (w->wal_pages > 0 && looks >= IDLE_LOOKS)) checkpoint(store, SQLITE_CHECKPOINT_TRUNCATE);
}

/* ---- the thread ---- */

/* Until so many jobs wait, at most wait_us microseconds (0: for ever). The lock is held. */
static void sleep_until(struct writer *w, size_t jobs, int64_t wait_us)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += wait_us % 1000000 * 1000;
	until.tv_sec += wait_us / 1000000 + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	w->wake_at = jobs;
	if (wait_us > 0) (void)pthread_cond_timedwait(&w->wake, &w->lock, &until);
	else (void)pthread_cond_wait(&w->wake, &w->lock);
	w->wake_at = 0;
}

/* Who was answered by the last commit is likely to be back with the next message: a batch that began small waits a moment for them, since a
 * commit costs much the same for few as for many. Whoever comes alone never waits. The lock is held. */
static void gather(struct writer *w, int64_t max)
{
	const size_t most = max < GATHER_MAX ? (size_t)max : GATHER_MAX, more = w->last_size + w->last_size / 4, wanted = more < most ? more : most;

	if (w->urgent == 0 && w->depth < most && !w->must_stop) {
		w->wakes_for_urgent = true;
		sleep_until(w, most, PATIENCE_US);
		w->wakes_for_urgent = false;
	}
	if (w->urgent > 0 && w->depth < wanted && w->last_size >= GATHER_MIN && !w->must_stop) sleep_until(w, wanted, GATHER_US);
}

/* The jobs that wait, at most a batch of them; NULL after an idle moment, or at the end. Sleeps without a time limit once there is
 * nothing to write back. */
static struct store_job *take_jobs(struct writer *w, int64_t max)
{
	struct store_job *jobs, **end;
	int64_t room = max;

	(void)pthread_mutex_lock(&w->lock);
	if (w->first == NULL && !w->must_stop) sleep_until(w, 1, w->wal_pages > 0 ? IDLE_MS * 1000 : 0);
	if (w->first != NULL) gather(w, max);
	jobs = w->first;
	for (end = &jobs; room > 0 && *end != NULL; room--, w->depth--) {
		if (!(*end)->can_wait) w->urgent--;
		end = &(*end)->next;
	}
	w->last_size = (size_t)(max - room);
	w->first = *end;
	*end = NULL;
	if (w->first == NULL) w->last = &w->first;
	(void)pthread_mutex_unlock(&w->lock);
	return jobs;
}

static void serve(struct store *store, struct store_job *jobs)
{
	struct writer *w = &store->writer;

	if (atomic_load(&store->is_broken)) {
		const struct ik_error err = { "store: cannot be trusted after an earlier failure" };

		answer_all(store, jobs, IK_FATAL, &err);
	} else {
		run_batch(store, jobs);
	}
	tell_waiters(store, jobs);
	tell_watchers(store);
	if (!atomic_load(&store->is_broken)) keep_house(store);        /* a busy store has no idle times */
	if (!atomic_load(&store->is_broken) && atomic_load(&store->wants_truncate)) {
		checkpoint(store, SQLITE_CHECKPOINT_TRUNCATE);
		if (w->wal_pages == 0) atomic_store(&store->wants_truncate, false);
	}
	if (!atomic_load(&store->is_broken) && w->wal_pages >= w->checkpoint_at) checkpoint(store, SQLITE_CHECKPOINT_PASSIVE);
}

static bool is_over(struct writer *w)
{
	bool over;

	(void)pthread_mutex_lock(&w->lock);
	over = w->must_stop && w->first == NULL;
	(void)pthread_mutex_unlock(&w->lock);
	return over;
}

static void *writer_main(void *arg)
{
	struct store *store = arg;
	int looks = 0;

	store_background("store", 0);
	while (!is_over(&store->writer)) {
		struct store_job *jobs = take_jobs(&store->writer, store->conf->batch);

		if (jobs != NULL) {
			serve(store, jobs);
			looks = 0;
		} else {
			work_idle(store, looks);
			looks = store->writer.wal_pages > 0 ? looks + 1 : 0;
		}
	}
	if (!atomic_load(&store->is_broken)) checkpoint(store, SQLITE_CHECKPOINT_TRUNCATE);
	if (atomic_load(&store->is_broken)) sql_abandon(&store->writer.tx.sql);
	return NULL;
}

enum ik_rc writer_start(struct store *store, struct ik_error *err)
{
	struct writer *w = &store->writer;
	pthread_condattr_t attributes;
	int number;

	w->last = &w->first;
	w->checkpoint_at = (int)store->conf->checkpoint_pages;
	w->house_at_ms = clock_mono_ms();
	w->outcome = mem_grow(NULL, (size_t)store->conf->batch, sizeof(*w->outcome));
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_condattr_init(&attributes);
	(void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&w->wake, &attributes);
	(void)pthread_condattr_destroy(&attributes);
	(void)sqlite3_wal_hook(w->tx.sql.db, log_grew, w);
	number = pthread_create(&w->thread, NULL, writer_main, store);
	w->is_running = number == 0;
	errno = number;
	return number == 0 ? IK_OK : ik_fail_errno(err, "store: start a thread");
}

void writer_stop(struct store *store)
{
	struct writer *w = &store->writer;

	if (!w->is_running) return;
	(void)pthread_mutex_lock(&w->lock);
	w->must_stop = true;
	(void)pthread_cond_signal(&w->wake);
	(void)pthread_mutex_unlock(&w->lock);
	(void)pthread_join(w->thread, NULL);
	(void)pthread_cond_destroy(&w->wake);
	(void)pthread_mutex_destroy(&w->lock);
	free(w->outcome);
	w->is_running = false;
}

/* ---- for everybody ---- */

void store_submit(struct store *store, struct store_job *job)
{
	struct writer *w = &store->writer;
	bool must_wake;

	job->next = NULL;
	(void)pthread_mutex_lock(&w->lock);
	*w->last = job;
	w->last = &job->next;
	w->depth++;
	if (!job->can_wait) w->urgent++;
	must_wake = w->wake_at > 0 && (w->depth >= w->wake_at || (w->wakes_for_urgent && !job->can_wait));
	if (must_wake) w->wake_at = 0;
	if (must_wake) (void)pthread_cond_signal(&w->wake);
	(void)pthread_mutex_unlock(&w->lock);
}

uint64_t store_tx_batch(const struct store_tx *tx)
{
	return tx->batch;
}

size_t store_queue_depth(struct store *store)
{
	size_t depth;

	(void)pthread_mutex_lock(&store->writer.lock);
	depth = store->writer.depth;
	(void)pthread_mutex_unlock(&store->writer.lock);
	return depth;
}

void store_watch(struct store *store, void (*fn)(void *arg), void *arg)
{
	(void)pthread_mutex_lock(&store->watch_lock);
	store->watch = fn;
	store->watch_arg = arg;
	(void)pthread_mutex_unlock(&store->watch_lock);
}

struct call { pthread_mutex_t lock; pthread_cond_t wake; enum ik_rc (*run)(struct store_tx *, void *, struct ik_error *); void *arg;
              bool is_done; enum ik_rc rc; struct ik_error err; };

static enum ik_rc call_run(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct call *call = arg;

	return call->run(tx, call->arg, err);
}

static void call_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	struct call *call = arg;

	(void)pthread_mutex_lock(&call->lock);
	call->rc = rc;
	call->err = *err;
	call->is_done = true;
	(void)pthread_cond_signal(&call->wake);
	(void)pthread_mutex_unlock(&call->lock);
}

enum ik_rc store_call(struct store *store, enum ik_rc (*run)(struct store_tx *, void *, struct ik_error *), void *arg, struct ik_error *err)
{
	struct call call = { .run = run, .arg = arg };
	struct store_job job = { .run = call_run, .done = call_done, .arg = &call };

	(void)pthread_mutex_init(&call.lock, NULL);
	(void)pthread_cond_init(&call.wake, NULL);
	store_submit(store, &job);
	(void)pthread_mutex_lock(&call.lock);
	while (!call.is_done) (void)pthread_cond_wait(&call.wake, &call.lock);
	(void)pthread_mutex_unlock(&call.lock);
	(void)pthread_cond_destroy(&call.wake);
	(void)pthread_mutex_destroy(&call.lock);
	if (err != NULL) *err = call.err;
	return call.rc;
}
