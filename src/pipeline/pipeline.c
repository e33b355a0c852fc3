/* pipeline.c - the journey of one message, in order; each step has a file of its own.
 *
 *   prepare   receive, normalise, route, classify, schedule, resemble: run on the channel's or a pipeline thread, without the store or on a snapshot
 *   decide    deduplicate, identify, find_thread, heed_likeness, allow_ack, commit: on the store thread, many messages to one transaction
 *   answer    after the commit: the channel learns what became of its message
 *
 * Invariant: done() is called exactly once for every accepted offer, after the commit or when it is certain that there will be none.
 * A lane commits in the order of its offers, and once one offer fails with IK_RETRY every later one fails too until the source has
 * settled: so a cursor never passes a message that is not stored. */
#include "pipeline/pipeline.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "base/mem.h"
#include "pipeline/adviser.h"
#include "pipeline/likeness.h"
#include "pipeline/ticket.h"
#include "pipeline/verification.h"
#include "policy/notice.h"

#define LANE_OFFERS_MAX 256             /* messages of one source under way */
#define LANE_BYTES_MAX (64ll * 1024 * 1024)
#define DECISIONS_MAX 48                /* reason codes of acknowledgement decisions */
#define REASONS_MAX 16                  /* kinds of refusal remembered between two ledger writes */

struct offer {
	struct offer *next_work, *next_in_lane;
	struct pipeline_lane *lane;
	struct ticket *ticket;
	struct store_job job;
	ik_done_fn done;
	void *arg;
	int64_t bytes;
	bool is_ordered, is_prepared;
	enum ik_rc prepared;            /* how prepare ended */
	uint64_t turn;                  /* of an ordered offer in its lane */
	struct ik_error why;
};

struct refusal { char reason[32]; int64_t count; };

struct pipeline_lane {
	struct pipeline *pipeline;
	const struct pipeline_account *account;
	pthread_mutex_t lock;           /* of everything below */
	pthread_cond_t changed;
	struct offer *head, **tail;     /* ordered offers not yet handed to the store */
	int64_t under_way, bytes;
	uint64_t next_turn;
	enum ik_rc failed;              /* first failure since the last settle */
	struct ik_error why;
	struct refusal refusals[REASONS_MAX];
	bool is_counting;               /* a ledger job is under way */
	struct store_job count_job;
	struct refusal counting[REASONS_MAX];
	struct pipeline_stats stats;
	struct refusal decisions[DECISIONS_MAX];        /* about acknowledgements */
	/* store thread only */
	bool is_broken;
	uint64_t broken_turn;
};

struct pipeline {
	struct pipeline_setup setup;
	pthread_mutex_t lock;           /* of the work list */
	pthread_cond_t more;
	struct offer *work, **work_tail;
	bool is_ending;
	pthread_t *threads;
	size_t thread_count;
};

/* ---- the journey ------------------------------------------------------------------------------------------------------ */

static enum ik_rc prepare(const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc = receive_original(setup->store, t, err);

	if (rc == IK_REJECT) rc = IK_RETRY;                             /* fewer bytes than announced: it stays at its source */
	if (rc == IK_OK) rc = normalise(setup, t, err); /* hostile bytes are touched in the sandboxed worker only */
	if (rc != IK_OK) return rc;
	route(setup, t);
	classify(setup->policy, t);
	schedule(setup, t);
	assign(setup->policy, t);
	if (t->entry == NULL || !t->entry->is_import) resemble(setup, t);       /* the heavy part of likeness, on a snapshot */
	return IK_OK;
}

/* Answered by itself: no message of a ticket, no original. */
static bool opens_nothing(const struct ticket *t)
{
	return t->verdict == VERDICT_QUERY || t->verdict == VERDICT_RATING;
}

static enum ik_rc decide(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc = store_count(tx, t->account->name, t->received_at, COUNT_OFFERED, NULL, err);

	if (rc == IK_OK) rc = deduplicate(tx, setup, t, err);           /* links a repeat to its ticket, never drops it */
	if (rc == IK_OK) rc = identify(tx, setup->marks, t, err);
	if (rc == IK_OK) rc = find_thread(tx, setup, t, err);           /* nobody writes into a ticket of somebody else */
	if (rc == IK_OK) rc = find_rating(tx, t, err);                  /* the answer to a survey, and "status" alone, open nothing */
	if (rc == IK_OK) rc = find_query(tx, setup, t, err);
	if (rc == IK_OK && !opens_nothing(t)) rc = heed_likeness(tx, setup, t, err);    /* ... checked on what was stored since */
	if (rc == IK_OK && t->verdict != VERDICT_REPEAT && t->verdict != VERDICT_SELF) rc = allow_ack(tx, setup, t, err);
	if (rc == IK_OK) rc = commit(tx, setup, t, err);                /* till here the source has it; from here we do */
	return rc;
}

/* ---- on the store thread ------------------------------------------------------------------------------------------------ */

static void break_lane(struct pipeline_lane *lane, const struct offer *o)
{
	if (!o->is_ordered || (lane->is_broken && lane->broken_turn <= o->turn)) return;
	lane->is_broken = true;
	lane->broken_turn = o->turn;
}

/* What the store will not file as it is becomes an unreadable message when the batch is run again: by then something was counted, so that
 * a refusal always rolls back. */
static enum ik_rc file_offer(struct store_tx *tx, struct offer *o, struct ik_error *err)
{
	const struct pipeline_setup *setup = &o->lane->pipeline->setup;
	enum ik_rc rc;

	if (o->prepared != IK_OK) return ik_fail(o->prepared, err, "%s", o->why.text);
	if (!store_has_room(setup->store)) return ik_fail(IK_RETRY, err, "the state directory is short of space");
	rc = decide(tx, setup, o->ticket, err);
	if (rc == IK_REJECT && o->ticket->unreadable == NULL) make_unreadable(o->ticket, err->text);
	return rc;
}

/* May run twice, when a batch is rolled back: the lane's break is taken back by the run that now succeeds. */
static enum ik_rc run_offer(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct offer *o = arg;
	struct pipeline_lane *lane = o->lane;
	enum ik_rc rc;

	if (o->is_ordered && lane->is_broken && lane->broken_turn < o->turn)
		return ik_fail(IK_RETRY, err, "an earlier message of this source was not stored");
	rc = file_offer(tx, o, err);
	if (rc != IK_OK) break_lane(lane, o);
	else if (o->is_ordered && lane->is_broken && lane->broken_turn == o->turn) lane->is_broken = false;
	return rc;
}

/* What no row is left for is counted in the last one. */
static void count_reason(struct refusal *rows, size_t count, const char *reason)
{
	size_t i = 0;

	while (i + 1 < count && rows[i].count > 0 && strcmp(rows[i].reason, reason) != 0) i++;
	if (rows[i].count == 0) (void)snprintf(rows[i].reason, sizeof(rows[i].reason), "%s", reason);
	rows[i].count++;
}

static void count_outcome(struct pipeline_lane *lane, const struct offer *o, enum ik_rc rc)
{
	const struct ticket *t = o->ticket;

	if (rc != IK_OK) return;
	lane->stats.offered++;
	if (t->verdict == VERDICT_REPEAT) lane->stats.repeated++;
	else if (t->verdict == VERDICT_SELF || opens_nothing(t)) lane->stats.refused++;
	else lane->stats.accepted++;
	if (t->unreadable != NULL) lane->stats.quarantined++;
	if (t->verdict != VERDICT_REPEAT && t->verdict != VERDICT_SELF && t->ack_reason != NULL) count_reason(lane->decisions, DECISIONS_MAX, t->ack_reason);
}

static void end_offer(struct offer *o, enum ik_rc rc, const struct ik_error *why)
{
	struct pipeline_lane *lane = o->lane;

	pthread_mutex_lock(&lane->lock);
	count_outcome(lane, o, rc);
	if (rc != IK_OK && o->is_ordered && lane->failed == IK_OK) {
		lane->failed = rc;
		lane->why = *why;
	}
	lane->under_way--;
	lane->bytes -= o->bytes;
	pthread_cond_broadcast(&lane->changed);
	pthread_mutex_unlock(&lane->lock);
	ticket_release(&o->ticket);
	free(o);
}

static void answer(struct offer *o, enum ik_rc rc, const struct ik_error *why)
{
	const struct ticket *t = o->ticket;
	const struct pipeline_setup *setup = &o->lane->pipeline->setup;
	char code[24] = "", *url = NULL;
	struct notice_text words = { .subject = NULL };
	struct ik_receipt receipt = { .ticket_id = t->ticket_id, .number = t->receipt.number, .code = code_shown(t->receipt.code, code),
	                              .language = t->receipt.language, .first_response_due = t->receipt.first_response_due,
	                              .is_repeat = t->verdict == VERDICT_REPEAT, .is_other_content = t->is_other_content, .asks_address = verification_is_on(setup, t) };
	const bool is_self = t->verdict == VERDICT_SELF || (t->verdict == VERDICT_REPEAT && t->known_ticket == 0);
	const bool is_set_aside = rc == IK_OK && (t->unreadable != NULL || is_self);
	/* Whoever types somebody's address and words into a form does not learn the code of that somebody's ticket. */
	const bool is_kept_back = t->is_added && t->account->ack == IK_ACK_RESPONSE && !t->sender_verified;

	if (is_kept_back) code[0] = '\0';
	else if (rc == IK_OK && t->account->ack == IK_ACK_RESPONSE && t->receipt.number[0] != '\0' && !opens_nothing(t)) {
		url = policy_status_url(setup->public_url, t->receipt.code);
		policy_ack_notice(setup->policy, &(struct notice){
			.event = t->ack_event, .kind = KIND_CHAT, .language = t->receipt.language, .brand = t->brand != NULL ? t->brand : t->account->brand,
			.code = t->receipt.code, .due_at = t->receipt.first_response_due, .status_url = url,
			.wait_s = t->receipt.first_response_due - t->received_at, .opens_at = t->opens_at,
			.incident_category = t->incident.id != 0 ? t->class.category : NULL }, &words);
		receipt.text = words.text;
		receipt.status_url = url;
	}
	if (o->done != NULL) o->done(o->arg, is_set_aside ? IK_REJECT : rc, rc == IK_OK && t->receipt.number[0] != '\0' ? &receipt : NULL, why);
	notice_release(&words);
	free(url);
}

/* The tail learns what became of the message; what became an incident with it is told once, now that it is durable. */
static void settle_likeness(struct offer *o, enum ik_rc rc)
{
	const struct pipeline_setup *setup = &o->lane->pipeline->setup;
	struct ticket *t = o->ticket;

	if (rc == IK_OK && t->incident.has_opened)
		log_line(IK_LOG_WARNING, "incident", "incident %lld: %lld customers tell of like things, see intakectl incidents", (long long)t->incident.id,
		         (long long)t->incident.customers);
	t->likeness_says = NULL;
	likeness_done(setup->likeness, &t->likeness, rc == IK_OK);
}

/* IK_REJECT would tell the source to forget a message that is nowhere. A commit that failed breaks the lane here: the runs had succeeded. */
static void offer_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	struct offer *o = arg;
	const struct ik_error why = err != NULL ? *err : (struct ik_error){ "" };

	if (rc == IK_REJECT) rc = IK_RETRY;
	if (rc != IK_OK) break_lane(o->lane, o);
	settle_likeness(o, rc);
	answer(o, rc, &why);
	if (rc == IK_OK) adviser_hear(o->lane->pipeline->setup.adviser, o->ticket);
	end_offer(o, rc, &why);
}

/* ---- lanes ---------------------------------------------------------------------------------------------------------------- */

struct pipeline_lane *pipeline_lane_new(struct pipeline *pipeline, const struct pipeline_account *account)
{
	struct pipeline_lane *lane = mem_new(sizeof(*lane));

	lane->pipeline = pipeline;
	lane->account = account;
	lane->tail = &lane->head;
	(void)pthread_mutex_init(&lane->lock, NULL);
	(void)pthread_cond_init(&lane->changed, NULL);
	return lane;
}

void pipeline_lane_free(struct pipeline_lane **lane)
{
	if (*lane == NULL) return;
	pthread_mutex_lock(&(*lane)->lock);
	while ((*lane)->under_way > 0 || (*lane)->is_counting) pthread_cond_wait(&(*lane)->changed, &(*lane)->lock);
	pthread_mutex_unlock(&(*lane)->lock);
	(void)pthread_mutex_destroy(&(*lane)->lock);
	(void)pthread_cond_destroy(&(*lane)->changed);
	mem_free(lane);
}

/* Ordered offers go to the store in their order, as far as they are prepared. The lock is held. */
static void submit_ready(struct pipeline_lane *lane)
{
	while (lane->head != NULL && lane->head->is_prepared) {
		struct offer *o = lane->head;

		lane->head = o->next_in_lane;
		if (lane->head == NULL) lane->tail = &lane->head;
		o->job.can_wait = lane->head != NULL;
		store_submit(lane->pipeline->setup.store, &o->job);
	}
}

static void prepare_offer(struct offer *o)
{
	struct pipeline_lane *lane = o->lane;

	o->prepared = prepare(&lane->pipeline->setup, o->ticket, &o->why);
	if (!o->is_ordered) {
		store_submit(lane->pipeline->setup.store, &o->job);
		return;
	}
	pthread_mutex_lock(&lane->lock);
	o->is_prepared = true;
	submit_ready(lane);
	pthread_mutex_unlock(&lane->lock);
}

/* A place in the lane; waits for one when it may. */
static enum ik_rc enter_lane(struct pipeline_lane *lane, struct offer *o, bool may_block, struct ik_error *err)
{
	const int64_t most = may_block ? LANE_OFFERS_MAX : 16 * LANE_OFFERS_MAX;

	pthread_mutex_lock(&lane->lock);
	while (lane->under_way >= most || (lane->bytes + o->bytes > LANE_BYTES_MAX && lane->under_way > 0)) {
		if (!may_block) {
			pthread_mutex_unlock(&lane->lock);
			return ik_fail(IK_RETRY, err, "%lld messages are under way already", (long long)most);
		}
		pthread_cond_wait(&lane->changed, &lane->lock);
	}
	lane->under_way++;
	lane->bytes += o->bytes;
	o->turn = lane->next_turn++;
	if (o->is_ordered) {
		*lane->tail = o;
		lane->tail = &o->next_in_lane;
	}
	pthread_mutex_unlock(&lane->lock);
	return IK_OK;
}

static void queue_work(struct pipeline *pl, struct offer *o)
{
	pthread_mutex_lock(&pl->lock);
	*pl->work_tail = o;
	pl->work_tail = &o->next_work;
	pthread_cond_signal(&pl->more);
	pthread_mutex_unlock(&pl->lock);
}

static struct offer *offer_new(struct pipeline_lane *lane, bool is_ordered, ik_done_fn done, void *arg)
{
	struct offer *o = mem_new(sizeof(*o));

	o->lane = lane;
	o->ticket = ticket_new(lane->account, clock_wall());
	o->done = done;
	o->arg = arg;
	o->is_ordered = is_ordered;
	o->job = (struct store_job){ .run = run_offer, .done = offer_done, .arg = o };
	return o;
}

static enum ik_rc send_offer(struct offer *o, bool may_block, struct ik_error *err)
{
	enum ik_rc rc = enter_lane(o->lane, o, may_block, err);

	if (rc != IK_OK) {
		ticket_release(&o->ticket);
		free(o);
		return rc;
	}
	if (o->is_ordered) queue_work(o->lane->pipeline, o);
	else prepare_offer(o);
	return IK_OK;
}

static enum ik_rc offer(struct offer *o, const struct ik_message *m, bool may_block, struct ik_error *err)
{
	struct pipeline_lane *lane = o->lane;
	enum ik_rc rc;

	o->bytes = m->raw_size;
	rc = receive(lane->pipeline->setup.store, m, o->ticket, err);
	if (rc == IK_REJECT) {
		o->ticket->unreadable = mem_text(err != NULL ? err->text : "refused");
	} else if (rc != IK_OK) {
		ticket_release(&o->ticket);
		free(o);
		return rc;
	}
	return send_offer(o, may_block, err);
}

enum ik_rc pipeline_offer(struct pipeline_lane *lane, const struct ik_message *m, bool is_ordered, bool may_block,
                          ik_done_fn done, void *arg, struct ik_error *err)
{
	if (!store_has_room(lane->pipeline->setup.store)) return ik_fail(IK_RETRY, err, "the state directory is short of space");
	return offer(offer_new(lane, is_ordered, done, arg), m, may_block, err);
}

enum ik_rc pipeline_enter(struct pipeline_lane *lane, const struct ik_message *m, const struct pipeline_entry *entry, ik_done_fn done, void *arg,
                          struct ik_error *err)
{
	struct offer *o;

	if (!store_has_room(lane->pipeline->setup.store)) return ik_fail(IK_RETRY, err, "the state directory is short of space");
	o = offer_new(lane, true, done, arg);
	o->ticket->entry = entry;
	if (entry->received_at != 0) o->ticket->received_at = entry->received_at;
	return offer(o, m, true, err);
}

enum ik_rc pipeline_set_aside(struct pipeline_lane *lane, const char *source_id, const void *raw, size_t size, const char *why, struct ik_error *err)
{
	const struct ik_message m = { .source_id = source_id, .raw = raw, .raw_fd = -1, .raw_size = (int64_t)size };
	struct offer *o = offer_new(lane, true, NULL, NULL);
	enum ik_rc rc;

	o->bytes = m.raw_size;
	rc = receive(lane->pipeline->setup.store, &m, o->ticket, err);
	mem_free(&o->ticket->unreadable);
	o->ticket->unreadable = mem_text(why);
	if (rc == IK_OK || rc == IK_REJECT) {
		rc = send_offer(o, true, err);
	} else {
		ticket_release(&o->ticket);
		free(o);
	}
	return rc == IK_OK ? pipeline_settle(lane, err) : rc;
}

/* Makes the lane whole again on the store thread, where its break is kept. */
static enum ik_rc mend_lane(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct pipeline_lane *lane = arg;

	(void)tx;
	(void)err;
	lane->is_broken = false;
	return IK_OK;
}

enum ik_rc pipeline_settle(struct pipeline_lane *lane, struct ik_error *err)
{
	enum ik_rc rc;

	pthread_mutex_lock(&lane->lock);
	while (lane->under_way > 0) pthread_cond_wait(&lane->changed, &lane->lock);
	rc = lane->failed;
	if (rc != IK_OK && err != NULL) *err = lane->why;
	lane->failed = IK_OK;
	pthread_mutex_unlock(&lane->lock);
	if (rc != IK_OK) (void)store_call(lane->pipeline->setup.store, mend_lane, lane, NULL);
	return rc;
}

json_t *pipeline_lane_decisions(struct pipeline_lane *lane)
{
	json_t *counts = json_object();

	pthread_mutex_lock(&lane->lock);
	for (size_t i = 0; i < DECISIONS_MAX && lane->decisions[i].count > 0; i++)
		(void)json_object_set_new(counts, lane->decisions[i].reason, json_integer((json_int_t)lane->decisions[i].count));
	pthread_mutex_unlock(&lane->lock);
	return counts;
}

void pipeline_lane_stats(struct pipeline_lane *lane, struct pipeline_stats *stats_r)
{
	pthread_mutex_lock(&lane->lock);
	*stats_r = lane->stats;
	stats_r->pending = lane->under_way;
	pthread_mutex_unlock(&lane->lock);
}

/* ---- refusals: counted now, written with the next commit ------------------------------------------------------------------ */

static enum ik_rc run_count(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct pipeline_lane *lane = arg;
	const int64_t now_at = clock_wall();
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < REASONS_MAX; i++) {
		for (int64_t n = 0; rc == IK_OK && n < lane->counting[i].count; n++) {
			rc = store_count(tx, lane->account->name, now_at, COUNT_OFFERED, NULL, err);
			if (rc == IK_OK) rc = store_count(tx, lane->account->name, now_at, COUNT_REFUSED, lane->counting[i].reason, err);
		}
	}
	return rc;
}

static void start_count(struct pipeline_lane *lane);

static void count_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	struct pipeline_lane *lane = arg;

	if (rc != IK_OK) log_line(IK_LOG_WARNING, lane->account->name, "refusals were not counted: %s", err != NULL ? err->text : "");
	pthread_mutex_lock(&lane->lock);
	lane->is_counting = false;
	start_count(lane);
	pthread_cond_broadcast(&lane->changed);
	pthread_mutex_unlock(&lane->lock);
}

/* The lock is held. One ledger job per lane at a time; what comes meanwhile waits in refusals. */
static void start_count(struct pipeline_lane *lane)
{
	if (lane->is_counting || lane->refusals[0].count == 0) return;
	memcpy(lane->counting, lane->refusals, sizeof(lane->counting));
	memset(lane->refusals, 0, sizeof(lane->refusals));
	lane->is_counting = true;
	lane->count_job = (struct store_job){ .run = run_count, .done = count_done, .arg = lane };
	store_submit(lane->pipeline->setup.store, &lane->count_job);
}

void pipeline_refuse(struct pipeline_lane *lane, const char *reason, const char *detail)
{
	log_line(IK_LOG_NOTICE, lane->account->name, "refused (%s): %s", reason, detail != NULL ? detail : "");
	pthread_mutex_lock(&lane->lock);
	count_reason(lane->refusals, REASONS_MAX, reason);
	lane->stats.offered++;
	lane->stats.refused++;
	start_count(lane);
	pthread_mutex_unlock(&lane->lock);
}

/* ---- threads -------------------------------------------------------------------------------------------------------------- */

static struct offer *take_work(struct pipeline *pl)
{
	struct offer *o;

	pthread_mutex_lock(&pl->lock);
	while (pl->work == NULL && !pl->is_ending) pthread_cond_wait(&pl->more, &pl->lock);
	o = pl->work;
	if (o != NULL) pl->work = o->next_work;
	if (pl->work == NULL) pl->work_tail = &pl->work;
	pthread_mutex_unlock(&pl->lock);
	return o;
}

static void *run_thread(void *arg)
{
	struct pipeline *pl = arg;
	struct offer *o;

	(void)pthread_setname_np(pthread_self(), "pipeline");
	while ((o = take_work(pl)) != NULL) prepare_offer(o);
	return NULL;
}

enum ik_rc pipeline_new(const struct pipeline_setup *setup, struct pipeline **pipeline_r, struct ik_error *err)
{
	struct pipeline *pl = mem_new(sizeof(*pl));

	pl->setup = *setup;
	pl->work_tail = &pl->work;
	(void)pthread_mutex_init(&pl->lock, NULL);
	(void)pthread_cond_init(&pl->more, NULL);
	pl->threads = mem_new((size_t)setup->threads * sizeof(*pl->threads));
	for (int64_t i = 0; i < setup->threads; i++) {
		errno = pthread_create(&pl->threads[i], NULL, run_thread, pl);
		if (errno != 0) {
			const enum ik_rc rc = ik_fail_errno(err, "start a pipeline thread");

			pipeline_free(&pl);
			return rc;
		}
		pl->thread_count++;
	}
	*pipeline_r = pl;
	return IK_OK;
}

void pipeline_free(struct pipeline **pipeline)
{
	struct pipeline *pl = *pipeline;

	if (pl == NULL) return;
	pthread_mutex_lock(&pl->lock);
	pl->is_ending = true;
	pthread_cond_broadcast(&pl->more);
	pthread_mutex_unlock(&pl->lock);
	for (size_t i = 0; i < pl->thread_count; i++) (void)pthread_join(pl->threads[i], NULL);
	(void)pthread_mutex_destroy(&pl->lock);
	(void)pthread_cond_destroy(&pl->more);
	mem_free(&pl->threads);
	mem_free(pipeline);
}
