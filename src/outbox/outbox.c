/* outbox.c - repeats acknowledge() and deliver() until each duty is done: the threads, their sleep, start and stop.
 *
 * A queue's thread takes what is due, serves it, writes the verdicts, and sleeps until it is woken or the next duty is due. While it sleeps
 * nothing of it runs. What a stop finds under way ends within the grace; what it cannot end is killed and stays what it durably is. */
#include "outbox/outbox_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"
#include "outbox/maildir.h"
#include "pipeline/progress.h"
#include "store/progress.h"
#include "store/send_journal.h"

#define MAIL_QUEUES 2                   /* one stalls or starts while the other sends */
#define MAIL_TAKE 500
#define REPLY_TAKE 16
#define SINK_TAKE 256
#define PACE_MS 20                      /* between two takes of a queue that found little: lets a batch gather */
#define REST_FIRST_S 5                  /* after trouble with the peer as a whole */
#define REST_CONFIG_S 60                /* after trouble only an operator can mend */
#define REST_MAX_S 3600
#define REST_RETRY_MAX_S 300
#define STORE_REST_MS 1000

/* ---- sleep and wake -------------------------------------------------------------------------------------------------- */

bool outbox_is_stopping(struct outbox *o)
{
	bool is_stopping;

	(void)pthread_mutex_lock(&o->lock);
	is_stopping = o->is_stopping;
	(void)pthread_mutex_unlock(&o->lock);
	return is_stopping;
}

/* Sleeps ms milliseconds (-1: for ever) or until stopped; a wake ends it too when may_wake. false: stopping. */
static bool queue_sleep(struct queue *q, int64_t ms, bool may_wake)
{
	struct outbox *o = q->outbox;
	struct timespec until;
	bool is_stopping;
	int rc = 0;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += (ms % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	(void)pthread_mutex_lock(&o->lock);
	while (!o->is_stopping && !(may_wake && q->is_woken) && rc != ETIMEDOUT)
		rc = ms < 0 ? pthread_cond_wait(&o->changed, &o->lock) : pthread_cond_timedwait(&o->changed, &o->lock, &until);
	if (may_wake) q->is_woken = false;
	is_stopping = o->is_stopping;
	(void)pthread_mutex_unlock(&o->lock);
	return !is_stopping;
}

static void set_busy(struct queue *q, bool is_busy)
{
	(void)pthread_mutex_lock(&q->outbox->lock);
	q->is_busy = is_busy;
	(void)pthread_mutex_unlock(&q->outbox->lock);
}

/* Marks a queue as woken; false: it was so already and nobody has to be told. Under the lock. */
static bool mark_woken(struct queue *q)
{
	const bool is_news = q != NULL && !q->is_woken;

	if (is_news) q->is_woken = true;
	return is_news;
}

/* Of queues with the same target only one idle one is woken. Under the lock. */
static bool wake_target(struct outbox *o, const char *target)
{
	struct queue *busy = NULL;

	for (size_t i = 0; i < o->queue_count; i++) {
		struct queue *q = &o->queues[i];

		if (strcmp(q->target, target) != 0) continue;
		if (!q->is_busy) return mark_woken(q);
		if (busy == NULL) busy = q;
	}
	return mark_woken(busy);
}

/* Called after every commit: threads that know already are left asleep. */
void outbox_wake(struct outbox *o)
{
	bool is_news = false;

	(void)pthread_mutex_lock(&o->lock);
	for (size_t i = 0; i < o->queue_count; i++)
		if (i == 0 || strcmp(o->queues[i].target, o->queues[i - 1].target) != 0) is_news |= wake_target(o, o->queues[i].target);
	if (is_news) (void)pthread_cond_broadcast(&o->changed);
	(void)pthread_mutex_unlock(&o->lock);
}

/* A full batch was taken, so there is more: a second thread of the same queue may begin with it. */
static void wake_sibling(struct queue *q)
{
	(void)pthread_mutex_lock(&q->outbox->lock);
	if (wake_target(q->outbox, q->target)) (void)pthread_cond_broadcast(&q->outbox->changed);
	(void)pthread_mutex_unlock(&q->outbox->lock);
}

/* ---- the store ------------------------------------------------------------------------------------------------------------ */

struct take { struct queue *q; int64_t now_at; size_t count; int64_t next_at; };

/* A delivery behind an earlier one of its ticket that waits for another try waits as long: the order of a ticket is kept. */
static enum ik_rc keep_order(struct store_tx *tx, struct take *t, size_t *count, struct ik_error *err)
{
	size_t kept = 0;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < *count && rc == IK_OK; i++) {
		const struct store_duty *d = &t->q->duties[i];
		int64_t at = 0;

		rc = store_duty_waits_for(tx, d, t->now_at, &at, err);
		if (rc == IK_OK && at == 0) t->q->duties[kept++] = *d;
		else if (rc == IK_OK) rc = store_finish_duty(tx, d->id, DUTY_PENDING, t->now_at, at, d->last_error, NULL, err);
	}
	*count = kept;
	return rc;
}

/* A notice behind an earlier text of its ticket that another thread has in hand, or that waits, waits as well: nobody hears of the end first. What
 * is in this very batch goes in its order. */
static enum ik_rc keep_story(struct store_tx *tx, struct take *t, size_t *count, struct ik_error *err)
{
	size_t kept = 0;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < *count && rc == IK_OK; i++) {
		const struct store_duty *d = &t->q->duties[i];
		int64_t open = 0, here = 0;

		if (d->kind == DUTY_NOTICE) rc = store_count_open_texts(tx, d, &open, err);
		for (size_t k = 0; k < kept && open > 0; k++)
			if (t->q->duties[k].ticket_id == d->ticket_id) here++;
		if (rc == IK_OK && open <= here) t->q->duties[kept++] = *d;
		else if (rc == IK_OK) rc = store_finish_duty(tx, d->id, DUTY_PENDING, t->now_at, t->now_at + 1, d->last_error, NULL, err);
	}
	*count = kept;
	return rc;
}

static enum ik_rc run_take(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct take *t = arg;
	size_t count = 0;
	enum ik_rc rc = store_take_duties(tx, t->q->target, t->now_at, t->q->take_now, t->q->duties, &count, err);

	if (rc == IK_OK) rc = t->q->sink != NULL ? keep_order(tx, t, &count, err) : keep_story(tx, t, &count, err);
	t->count = count;
	t->next_at = 0;
	if (rc == IK_OK && count == 0) rc = store_next_due(tx, t->q->target, &t->next_at, err);
	return rc;
}

enum ik_rc verdicts_write(struct store_tx *tx, const struct verdict *verdicts, size_t count, struct ik_error *err)
{
	const int64_t now_at = clock_wall();
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < count && (rc == IK_OK || rc == IK_REJECT); i++) {
		const struct verdict *v = &verdicts[i];

		rc = v->commits ? store_commit_duties(tx, &v->id, 1, err) : IK_OK;
		if (rc == IK_OK)
			rc = store_finish_duty(tx, v->id, v->state, now_at, v->next_at, v->error[0] != '\0' ? v->error : NULL,
			                       v->remote_id[0] != '\0' ? v->remote_id : NULL, err);
	}
	return rc == IK_REJECT ? IK_OK : rc;    /* one that has changed meanwhile (an operator, an erased ticket) does not hold up the others */
}

struct finish { const struct queue *q; const struct verdict *verdicts; size_t count; };

/* A receiver that gave a ticket a name of its own has it: from now on it is forwarded, unless it has gone further already. */
static enum ik_rc forward(struct store_tx *tx, const struct queue *q, int64_t duty_id, struct ik_error *err)
{
	struct progress_move m = { .to = STATE_FORWARDED, .who = WHO_INTAKED, .actor = q->target, .at = clock_wall() };
	enum ik_rc rc = store_duty_ticket(tx, duty_id, &m.ticket_id, err);

	if (rc == IK_OK && m.ticket_id != 0) rc = progress_move(tx, q->outbox->setup.progress, &m, err);
	return rc == IK_REJECT ? IK_OK : rc;
}

static enum ik_rc run_finish(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct finish *f = arg;

	enum ik_rc rc = verdicts_write(tx, f->verdicts, f->count, err);

	for (size_t i = 0; rc == IK_OK && f->q->sink != NULL && f->q->outbox->setup.progress != NULL && i < f->count; i++)
		if (f->verdicts[i].state == DUTY_SENT && f->verdicts[i].remote_id[0] != '\0') rc = forward(tx, f->q, f->verdicts[i].id, err);
	return rc;
}

enum ik_rc queue_finish(struct queue *q, const struct verdict *verdicts, size_t count)
{
	struct finish f = { q, verdicts, count };
	struct ik_error err = { 0 };
	enum ik_rc rc;

	if (count == 0) return IK_OK;
	do {
		rc = store_call(q->outbox->setup.store, run_finish, &f, &err);
		if (rc != IK_OK) log_line(IK_LOG_ERROR, q->target, "results of %zu duties cannot be written: %s", count, err.text);
	} while (rc == IK_RETRY && queue_sleep(q, STORE_REST_MS, false));
	if (rc == IK_OK) verdicts_count(q->outbox, verdicts, count);
	return rc;
}

struct commit { const int64_t *ids; size_t count; };

static enum ik_rc run_commit(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct commit *c = arg;

	return store_commit_duties(tx, c->ids, c->count, err);
}

enum ik_rc queue_commit(struct queue *q, const int64_t *ids, size_t count, struct ik_error *err)
{
	struct commit c = { ids, count };

	return store_call(q->outbox->setup.store, run_commit, &c, err);
}

/* ---- verdicts --------------------------------------------------------------------------------------------------------------- */

struct verdict verdict_of(const struct store_duty *duty, enum duty_state state, const char *error)
{
	struct verdict v = { .id = duty->id, .state = state };

	(void)snprintf(v.error, sizeof(v.error), "%s", error != NULL ? error : "");
	return v;
}

struct verdict verdict_retry(const struct queue *q, const struct store_duty *duty, int64_t wish_s, const char *error)
{
	const int64_t now_at = clock_wall();
	struct verdict v = verdict_of(duty, DUTY_PENDING, error);

	if (backoff_is_over(&q->backoff, duty->created_at, now_at)) v.state = DUTY_FAILED;
	else v.next_at = now_at + backoff_delay_s(&q->backoff, duty->attempts, wish_s, random_below(1000000));
	return v;
}

struct verdict verdict_untouched(const struct store_duty *duty)
{
	struct verdict v = verdict_of(duty, DUTY_PENDING, duty->last_error);

	v.next_at = clock_wall();
	return v;
}

void verdicts_count(struct outbox *o, const struct verdict *verdicts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (verdicts[i].state == DUTY_SENT) atomic_fetch_add(&o->sent, 1);
		else if (verdicts[i].state == DUTY_FAILED) atomic_fetch_add(&o->failed, 1);
		else if (verdicts[i].state == DUTY_UNCERTAIN) atomic_fetch_add(&o->uncertain, 1);
		else if (verdicts[i].error[0] != '\0') atomic_fetch_add(&o->retried, 1);
	}
}

void queue_log_verdict(const struct queue *q, const struct store_duty *duty, const struct verdict *v)
{
	if (v->state == DUTY_FAILED)
		log_line(IK_LOG_WARNING, q->target, "duty %lld of ticket %lld failed for good: %s", (long long)duty->id, (long long)duty->ticket_id, v->error);
	else if (v->state == DUTY_UNCERTAIN)
		log_line(IK_LOG_WARNING, q->target, "duty %lld of ticket %lld may or may not have arrived, it is not sent again: %s", (long long)duty->id,
		         (long long)duty->ticket_id, v->error);
	else if (v->state == DUTY_PENDING && v->error[0] != '\0')
		log_line(IK_LOG_INFO, q->target, "duty %lld of ticket %lld: attempt %lld: %s", (long long)duty->id, (long long)duty->ticket_id,
		         (long long)duty->attempts, v->error);
}

/* ---- a queue's thread ---------------------------------------------------------------------------------------------------------- */

/* The first of several queues with one target speaks for all of them. */
static bool speaks(const struct queue *q)
{
	return q == q->outbox->queues || strcmp(q[-1].target, q->target) != 0;
}

/* For status; err NULL: it works again. */
static void show_rest(struct queue *q, const struct ik_error *err, bool is_config, int64_t rest_ms)
{
	const int64_t now_at = clock_wall();

	(void)pthread_mutex_lock(&q->outbox->lock);
	if (err != NULL && q->rest_until_at == 0) q->rest_since_at = now_at;
	q->rest_until_at = err != NULL ? now_at + (rest_ms + 999) / 1000 : 0;
	q->is_parked = is_config;
	if (err != NULL) q->rest_reason = *err;
	(void)pthread_mutex_unlock(&q->outbox->lock);
}

void queue_note_tries(struct queue *q, const char *why)
{
	(void)pthread_mutex_lock(&q->outbox->lock);
	if (why == NULL) q->failing_since_at = 0;
	else if (q->failing_since_at == 0) q->failing_since_at = clock_wall();
	if (why != NULL) (void)snprintf(q->failing_reason.text, sizeof(q->failing_reason.text), "%s", why);
	(void)pthread_mutex_unlock(&q->outbox->lock);
}

static json_t *resting_row(const struct queue *q)
{
	const bool rests = q->rest_until_at != 0;
	json_t *row = json_pack("{s:s, s:s}", "target", q->target, "state", rests && q->is_parked ? "parked" : "paused");

	json_set_time(row, "since", q->failing_since_at != 0 && (!rests || q->failing_since_at < q->rest_since_at) ? q->failing_since_at : q->rest_since_at);
	json_set_text(row, "last_error", rests ? q->rest_reason.text : q->failing_reason.text);
	json_set_time(row, "next_try", q->rest_until_at);
	return row;
}

static bool is_in_trouble(const struct queue *q)
{
	return q->rest_until_at != 0 || q->failing_since_at != 0;
}

json_t *outbox_resting(struct outbox *o)
{
	json_t *rows = json_array();

	(void)pthread_mutex_lock(&o->lock);
	for (size_t i = 0; i < o->queue_count; i++) {
		const struct queue *q = &o->queues[i];

		if (!is_in_trouble(q) || (i > 0 && is_in_trouble(&q[-1]) && strcmp(q[-1].target, q->target) == 0)) continue;
		(void)json_array_append_new(rows, resting_row(q));
	}
	(void)pthread_mutex_unlock(&o->lock);
	return rows;
}

/* After trouble with the whole queue: a rest that grows, told once. Returns false when stopping. */
static bool rest(struct queue *q, enum ik_rc rc, const struct ik_error *err)
{
	const bool is_config = rc == IK_CONFIG;
	const int64_t first = is_config ? REST_CONFIG_S : REST_FIRST_S, most = is_config ? REST_MAX_S : REST_RETRY_MAX_S;
	int64_t rest_ms;

	if (q->rest_s == 0 && speaks(q)) log_line(is_config ? IK_LOG_ERROR : IK_LOG_WARNING, q->target, "%s: %s", is_config ? "parked, an operator must act" : "resting", err->text);
	q->rest_s = q->rest_s == 0 ? first : q->rest_s * 2 < most ? q->rest_s * 2 : most;
	if (q->rest_s < first) q->rest_s = first;
	rest_ms = q->rest_s * 500 + (int64_t)random_below((uint64_t)q->rest_s * 500 + 1);
	show_rest(q, err, is_config, rest_ms);
	return queue_sleep(q, rest_ms, false);
}

static bool serve_taken(struct queue *q, size_t count)
{
	const bool is_full = count == q->take_now;
	struct ik_error err = { 0 };
	enum ik_rc rc;

	set_busy(q, true);
	if (is_full) wake_sibling(q);
	rc = q->serve(q, q->duties, count, &err);
	set_busy(q, false);
	if (rc != IK_OK) return rest(q, rc, &err);
	if (q->rest_s != 0 && speaks(q)) log_line(IK_LOG_NOTICE, q->target, "working again");
	if (q->rest_s != 0) show_rest(q, NULL, false, 0);
	q->rest_s = 0;
	if (outbox_is_stopping(q->outbox)) return false;
	return is_full || queue_sleep(q, PACE_MS, false);
}

/* How long nothing is due; -1: until woken. The wall clock may be set, so a known date is looked at again after a minute. */
static int64_t idle_ms(int64_t next_at)
{
	const int64_t wait_s = next_at - clock_wall();

	if (next_at == 0) return -1;
	return wait_s < 1 ? 1000 : (wait_s < 60 ? wait_s : 60) * 1000;
}

static void queue_loop(struct queue *q)
{
	bool goes_on = true;

	while (goes_on) {
		struct take t = { .q = q, .now_at = clock_wall() };
		struct ik_error err = { 0 };
		enum ik_rc rc;

		if (q->duties == NULL) q->duties = mem_grow(NULL, q->take_max, sizeof(*q->duties));
		rc = store_call(q->outbox->setup.store, run_take, &t, &err);
		if (rc != IK_OK) {
			log_line(IK_LOG_ERROR, q->target, "duties cannot be taken: %s", err.text);
			goes_on = queue_sleep(q, rc == IK_FATAL ? -1 : STORE_REST_MS, false);
		} else if (t.count > 0) {
			goes_on = serve_taken(q, t.count);
		} else {
			mem_free(&q->duties);           /* most of a megabyte: an idle queue holds nothing */
			goes_on = queue_sleep(q, PACE_MS, false) && queue_sleep(q, idle_ms(t.next_at), true);
		}
	}
}

static enum ik_rc run_recovery(struct store_tx *tx, void *arg, struct ik_error *err)
{
	(void)arg;
	return store_recover_duties(tx, clock_wall(), err);
}

/* One thread recovers, the others wait for it: nobody takes a duty before, or it would be taken from them. Under the lock: false, it is done. */
static bool must_recover(struct outbox *o)
{
	while (o->recovery == RECOVERY_UNDER_WAY && !o->is_stopping) (void)pthread_cond_wait(&o->changed, &o->lock);
	if (o->recovery != RECOVERY_DUE) return false;
	o->recovery = RECOVERY_UNDER_WAY;
	return true;
}

/* What an outbox before this one left in flight, because the store could not take its verdicts. */
static void recover(struct queue *q)
{
	struct outbox *o = q->outbox;
	struct ik_error err = { 0 };
	enum ik_rc rc = IK_OK;
	bool is_mine;

	(void)pthread_mutex_lock(&o->lock);
	is_mine = must_recover(o);
	(void)pthread_mutex_unlock(&o->lock);
	if (!is_mine) return;
	do {
		rc = store_call(o->setup.store, run_recovery, NULL, &err);
		if (rc != IK_OK) log_line(IK_LOG_ERROR, q->target, "duties cannot be recovered: %s", err.text);
	} while (rc != IK_OK && queue_sleep(q, rc == IK_RETRY ? STORE_REST_MS : -1, false));
	if (rc == IK_OK) send_journals_remove(o->setup.state_dir);
	(void)pthread_mutex_lock(&o->lock);
	o->recovery = RECOVERY_DONE;
	(void)pthread_cond_broadcast(&o->changed);
	(void)pthread_mutex_unlock(&o->lock);
}

/* Until the plugin is there. false: stopping. */
static bool await_open(struct queue *q)
{
	struct outbox *o = q->outbox;
	bool goes_on;

	(void)pthread_mutex_lock(&o->lock);
	while (q->is_closed && !o->is_stopping) (void)pthread_cond_wait(&o->changed, &o->lock);
	goes_on = !o->is_stopping;
	(void)pthread_mutex_unlock(&o->lock);
	return goes_on;
}

static void *queue_main(void *arg)
{
	struct queue *q = arg;
	struct ik_error err = { 0 };

	(void)pthread_setname_np(pthread_self(), "outbox");
	while (store_reader_open(q->outbox->setup.store, &q->reader, &err) != IK_OK) {
		log_line(IK_LOG_ERROR, q->target, "store cannot be read: %s", err.text);
		if (!queue_sleep(q, STORE_REST_MS, false)) break;
	}
	recover(q);
	if (q->reader != NULL && await_open(q)) queue_loop(q);
	store_reader_close(&q->reader);
	(void)pthread_mutex_lock(&q->outbox->lock);
	q->outbox->running--;
	(void)pthread_cond_broadcast(&q->outbox->changed);
	(void)pthread_mutex_unlock(&q->outbox->lock);
	return NULL;
}

/* ---- life -------------------------------------------------------------------------------------------------------------------------- */

bool outbox_enter_session(struct outbox *o, struct live_session *live)
{
	bool may_begin;

	(void)pthread_mutex_lock(&o->lock);
	may_begin = !o->is_stopping && !(live->is_test && o->cuts_tests);
	if (may_begin) {
		live->next = o->live;
		o->live = live;
	}
	(void)pthread_mutex_unlock(&o->lock);
	return may_begin;
}

void outbox_leave_session(struct outbox *o, struct live_session *live)
{
	(void)pthread_mutex_lock(&o->lock);
	for (struct live_session **at = &o->live; *at != NULL; at = &(*at)->next)
		if (*at == live) {
			*at = live->next;
			break;
		}
	(void)pthread_mutex_unlock(&o->lock);
}

static struct queue *add_queue(struct outbox *o, queue_serve serve, size_t take_max, const char *kind, const char *name)
{
	struct queue *q = &o->queues[o->queue_count++];

	*q = (struct queue){ .outbox = o, .serve = serve, .take_max = take_max < 1 ? 1 : take_max < OUTBOX_TAKE_MAX ? take_max : OUTBOX_TAKE_MAX };
	(void)snprintf(q->target, sizeof(q->target), "%s:%s", kind, name);
	q->take_now = q->take_max;
	return q;
}

static void add_queues(struct outbox *o)
{
	const struct outbox_setup *s = &o->setup;

	o->queues = mem_new((MAIL_QUEUES + s->channel_count + s->sink_count) * sizeof(*o->queues));
	for (int i = 0; i < MAIL_QUEUES; i++) (void)add_queue(o, queue_serve_mail, s->smtp->batch > 0 ? (size_t)s->smtp->batch : MAIL_TAKE, "ack", "mail");
	for (size_t i = 0; i < s->channel_count; i++) {
		struct queue *q;

		if (s->channels[i].plugin->reply == NULL) continue;
		q = add_queue(o, queue_serve_reply, REPLY_TAKE, "ack", s->channels[i].name);
		q->channel = &s->channels[i];
		q->state = s->channels[i].state;
		q->is_closed = s->channels[i].is_closed;
	}
	for (size_t i = 0; i < s->sink_count; i++) {
		const struct ik_sink_common *common = s->sinks[i].common;
		struct queue *q = add_queue(o, queue_serve_sink, s->sinks[i].plugin->batch_max < SINK_TAKE ? s->sinks[i].plugin->batch_max : SINK_TAKE, "sink", s->sinks[i].name);

		q->sink = &s->sinks[i];
		q->state = s->sinks[i].state;
		q->is_closed = s->sinks[i].is_closed;
		if (common != NULL) q->backoff = (struct backoff){ common->retry_first, common->retry_max, common->give_up };
	}
}

/* The Maildir is made at start, so that a wrong path is told then. */
static enum ik_rc prepare_mail(struct outbox *o, struct ik_error *err)
{
	const struct outbox_setup *s = &o->setup;
	struct smtp_task task;

	if (s->smtp->server != NULL) return smtp_task_of(s->smtp, &task, err);
	o->maildir = s->smtp->maildir != NULL ? mem_text(s->smtp->maildir) : mem_format("%s/maildir", s->state_dir);
	return maildir_make(o->maildir, err);
}

static enum ik_rc start_threads(struct outbox *o, struct ik_error *err)
{
	for (size_t i = 0; i < o->queue_count; i++) {
		int rc;

		(void)pthread_mutex_lock(&o->lock);
		o->running++;
		(void)pthread_mutex_unlock(&o->lock);
		rc = pthread_create(&o->queues[i].thread, NULL, queue_main, &o->queues[i]);
		if (rc != 0) {
			o->running--;
			return ik_fail(IK_RETRY, err, "outbox thread for %s: errno %d", o->queues[i].target, rc);
		}
		o->queues[i].has_thread = true;
	}
	return IK_OK;
}

enum ik_rc outbox_new(const struct outbox_setup *setup, struct outbox **outbox_r, struct ik_error *err)
{
	struct outbox *o = mem_new(sizeof(*o));
	pthread_condattr_t attributes;
	enum ik_rc rc;

	o->setup = *setup;
	relay_init(&o->relay, setup->smtp, setup->token, setup->token_arg);
	(void)pthread_mutex_init(&o->lock, NULL);
	(void)pthread_condattr_init(&attributes);
	(void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&o->changed, &attributes);
	(void)pthread_condattr_destroy(&attributes);
	rc = prepare_mail(o, err);
	if (rc == IK_OK) {
		add_queues(o);
		rc = start_threads(o, err);
	}
	if (rc == IK_OK) *outbox_r = o;
	else outbox_free(&o, 0);
	return rc;
}

static void open_queue(struct outbox *o, const char *kind, const char *name, void *state)
{
	char target[sizeof(o->queues->target)];

	(void)snprintf(target, sizeof(target), "%s:%s", kind, name);
	(void)pthread_mutex_lock(&o->lock);
	for (size_t i = 0; i < o->queue_count; i++) {
		if (!o->queues[i].is_closed || strcmp(o->queues[i].target, target) != 0) continue;
		o->queues[i].state = state;
		o->queues[i].is_closed = false;
	}
	(void)pthread_cond_broadcast(&o->changed);
	(void)pthread_mutex_unlock(&o->lock);
}

void outbox_open_channel(struct outbox *outbox, const char *name, void *state)
{
	open_queue(outbox, "ack", name, state);
}

void outbox_open_sink(struct outbox *outbox, const char *name, void *state)
{
	open_queue(outbox, "sink", name, state);
}

bool outbox_serves(const struct outbox *o, const char *target)
{
	for (size_t i = 0; i < o->queue_count; i++)
		if (strcmp(o->queues[i].target, target) == 0) return true;
	return false;
}

/* Waits until every thread has ended or the time is over. Under the lock. */
static void await_threads(struct outbox *o, int64_t grace_ms)
{
	struct timespec until;
	int rc = 0;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += grace_ms / 1000;
	while (o->running > 0 && rc != ETIMEDOUT) rc = pthread_cond_timedwait(&o->changed, &o->lock, &until);
}

static void stop_threads(struct outbox *o, int64_t grace_ms)
{
	bool is_late;

	(void)pthread_mutex_lock(&o->lock);
	o->is_stopping = true;
	for (struct live_session *l = o->live; l != NULL; l = l->next) smtp_session_stop(l->session);
	(void)pthread_cond_broadcast(&o->changed);
	await_threads(o, grace_ms);
	for (struct live_session *l = o->live; l != NULL; l = l->next) smtp_session_kill(l->session);
	is_late = o->running > 0;
	if (is_late) log_line(IK_LOG_WARNING, "outbox", "%zu queues are still busy after %lld ms", o->running, (long long)grace_ms);
	(void)pthread_mutex_unlock(&o->lock);
	if (is_late && o->setup.cut != NULL) o->setup.cut(o->setup.cut_arg);
	for (size_t i = 0; i < o->queue_count; i++)
		if (o->queues[i].has_thread) (void)pthread_join(o->queues[i].thread, NULL);
}

void outbox_free(struct outbox **outbox, int64_t grace_ms)
{
	struct outbox *o = *outbox;

	if (o == NULL) return;
	stop_threads(o, grace_ms);
	for (size_t i = 0; i < o->queue_count; i++) free(o->queues[i].duties);
	free(o->queues);
	free(o->maildir);
	relay_release(&o->relay);
	(void)pthread_cond_destroy(&o->changed);
	(void)pthread_mutex_destroy(&o->lock);
	mem_free(outbox);
}

void outbox_cut_tests(struct outbox *o)
{
	(void)pthread_mutex_lock(&o->lock);
	o->cuts_tests = true;
	for (struct live_session *l = o->live; l != NULL; l = l->next)
		if (l->is_test) smtp_session_kill(l->session);
	(void)pthread_mutex_unlock(&o->lock);
}

void outbox_stats(struct outbox *o, struct outbox_stats *stats_r)
{
	*stats_r = (struct outbox_stats){ .sent = atomic_load(&o->sent), .failed = atomic_load(&o->failed), .uncertain = atomic_load(&o->uncertain),
	                                  .retried = atomic_load(&o->retried) };
}
