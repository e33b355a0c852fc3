/* timers.c - sleeps, looks with a reader of its own whether a timer is due, and only then asks the store thread.
 *
 * The look is one index row every few seconds, so that a clock that was set, or a timer that was just added, needs no further signal. */
#include "pipeline/timers.h"

#include <pthread.h>
#include <time.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "pipeline/progress.h"
#include "store/progress.h"

#define LOOK_S 2
#define MEASURE_EVERY 30                /* looks between two measurements of how long answers take */

struct timers {
	const struct pipeline_setup *setup;
	pthread_t thread;
	pthread_mutex_t lock;           /* of is_ending */
	pthread_cond_t ends;
	bool is_ending;
	struct store_reader *reader;    /* of the thread */
	int64_t looks;
};

static bool sleep_s(struct timers *t, int seconds)
{
	struct timespec until;
	bool is_ending;
	int rc = 0;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += seconds;
	(void)pthread_mutex_lock(&t->lock);
	while (!t->is_ending && rc == 0) rc = pthread_cond_timedwait(&t->ends, &t->lock, &until);
	is_ending = t->is_ending;
	(void)pthread_mutex_unlock(&t->lock);
	return !is_ending;
}

struct due_job { const struct pipeline_setup *setup; bool more; };

static enum ik_rc run_due(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct due_job *job = arg;

	return progress_due(tx, job->setup, clock_wall(), &job->more, err);
}

/* true: there may be more at once. */
static bool look(struct timers *t)
{
	struct due_job job = { .setup = t->setup };
	struct ik_error err = { "" };
	int64_t due_at = 0;
	enum ik_rc rc = IK_OK;

	if (t->reader == NULL) rc = store_reader_open(t->setup->store, &t->reader, &err);
	if (rc == IK_OK) rc = read_next_timer(t->reader, &due_at, &err);
	if (rc == IK_OK && due_at != 0 && due_at <= clock_wall()) rc = store_call(t->setup->store, run_due, &job, &err);
	if (rc == IK_OK && t->setup->promise != NULL && t->looks++ % MEASURE_EVERY == 0) rc = promise_measure(t->setup->promise, t->reader, clock_wall(), &err);
	if (rc != IK_OK) log_line(IK_LOG_ERROR, "timers", "%s", err.text);
	return rc == IK_OK && job.more;
}

static void *run(void *arg)
{
	struct timers *t = arg;

	(void)pthread_setname_np(pthread_self(), "timers");
	do {
		while (look(t)) continue;
	} while (sleep_s(t, LOOK_S));
	store_reader_close(&t->reader);
	return NULL;
}

enum ik_rc timers_new(const struct pipeline_setup *setup, struct timers **timers_r, struct ik_error *err)
{
	struct timers *t = mem_new(sizeof(*t));
	pthread_condattr_t attributes;

	t->setup = setup;
	(void)pthread_mutex_init(&t->lock, NULL);
	(void)pthread_condattr_init(&attributes);
	(void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&t->ends, &attributes);
	(void)pthread_condattr_destroy(&attributes);
	errno = pthread_create(&t->thread, NULL, run, t);
	if (errno != 0) {
		const enum ik_rc rc = ik_fail_errno(err, "start the thread of timers");

		(void)pthread_cond_destroy(&t->ends);
		(void)pthread_mutex_destroy(&t->lock);
		mem_free(&t);
		return rc;
	}
	*timers_r = t;
	return IK_OK;
}

void timers_free(struct timers **timers)
{
	struct timers *t = *timers;

	if (t == NULL) return;
	(void)pthread_mutex_lock(&t->lock);
	t->is_ending = true;
	(void)pthread_cond_signal(&t->ends);
	(void)pthread_mutex_unlock(&t->lock);
	(void)pthread_join(t->thread, NULL);
	(void)pthread_cond_destroy(&t->ends);
	(void)pthread_mutex_destroy(&t->lock);
	mem_free(timers);
}
