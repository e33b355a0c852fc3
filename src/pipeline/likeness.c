/* likeness.c - see likeness.h: opening, the look beside the store thread, the check on it. */
#include "pipeline/likeness_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "pipeline/similar_store.h"
#include "text/hash.h"

#define DAY_S INT64_C(86400)
#define CATCH_UP_MS 2000                /* at start and stop */
#define LATE_LOOKS 8                    /* comparisons on the store thread */

#define OPT(kind, field, ...) IK_OPTION(kind, struct likeness_conf, field, __VA_ARGS__)
const struct ik_option likeness_options[] = {
	OPT(BOOL,     enabled, .def = "yes", .help = "Compare each message with earlier ones: repeats are added to their ticket, like ones of other customers linked."),
	OPT(DURATION, duplicate_window, .def = "30d", .min = 60, .max = 60 * DAY_S, .help = "How long the same words of the same customer are taken for a repeat; with the same number or day, as long as followup_window."),
	OPT(DURATION, followup_window,  .def = "60d", .min = 60, .max = 60 * DAY_S, .help = "How long after the last word in a ticket its number or subject continues it."),
	OPT(DURATION, related_window,   .def = "14d", .min = 60, .max = 60 * DAY_S, .help = "How long like messages of other customers are linked."),
	OPT(DURATION, chat_window,      .def = "30m", .min = 0,  .max = DAY_S, .help = "Silence after which a line in a chat begins a new matter."),
	OPT(COUNT,    incident_customers, .def = "5", .min = 2, .max = 100000,
	    .help = "Verified customers who tell of like things within the window and so make an incident; of unverified ones it takes twice as many, machines do not count."),
	OPT(DURATION, incident_window,  .def = "24h", .min = 60, .max = 30 * DAY_S, .help = "The window of an incident; without a new ticket for that long it is closed."),
	OPT(COUNT,    rise_percent,     .def = "30", .min = 1, .max = 100000, .help = "Rise in percent of a category's tickets over the period before that makes an incident."),
	OPT(COUNT,    rise_least,       .def = "20", .min = 1, .max = 1000000000, .help = "Customers a rising category must have in the period."),
	OPT(DURATION, rise_window,      .def = "24h", .min = 60, .max = 30 * DAY_S, .help = "The period that is compared with the one before it."),
	IK_OPTION_END
};

const struct likeness_conf *likeness_conf(const struct likeness *l)
{
	return l->conf;
}

/* ---- whose customer is joined with another: few are, and the store need not be asked for the rest --------------------------------------------------- */

static uint32_t joined_bit(const char *type, const char *handle)
{
	return hash_mix(hash_text(handle, strlen(handle)), hash_text(type, strlen(type))) % JOINED_BITS;
}

void likeness_note_joined(struct likeness *l, const char *type, const char *handle)
{
	const uint32_t bit = joined_bit(type, handle);

	(void)atomic_fetch_or(&l->joined[bit / 32], 1u << bit % 32);
}

static void note_joined(void *arg, const char *type, const char *handle)
{
	if (type != NULL && handle != NULL) likeness_note_joined(arg, type, handle);
}

static bool may_be_joined(struct likeness *l, const char *type, const char *handle)
{
	const uint32_t bit = joined_bit(type, handle);

	return (atomic_load(&l->joined[bit / 32]) >> bit % 32 & 1) != 0;
}

/* ---- life ---------------------------------------------------------------------------------------------------------------------------------------- */

enum ik_rc likeness_new(const struct likeness_conf *conf, const struct alarm_conf *alarms, struct store *store, const char *dir, struct likeness **likeness_r,
                        struct ik_error *err)
{
	struct likeness *l = mem_new(sizeof(*l));
	struct similar_conf windows = similar_defaults;
	enum ik_rc rc;

	l->conf = conf;
	l->alarms = alarms;
	l->store = store;
	l->dir = mem_text(dir);
	l->tail = similar_tail_new();
	(void)pthread_mutex_init(&l->pool_lock, NULL);
	(void)pthread_mutex_init(&l->lock, NULL);
	(void)pthread_cond_init(&l->wake, NULL);
	windows.duplicate_s = conf->duplicate_window;
	windows.followup_s = conf->followup_window;
	windows.related_s = conf->related_window;
	windows.chat_s = conf->chat_window;
	rc = similar_new(&windows, &l->engine, err);
	if (rc == IK_OK) rc = store_reader_open(store, &l->rows, err);
	if (rc != IK_OK) {
		likeness_free(&l);
		return rc;
	}
	if (read_joined_handles(l->rows, note_joined, l, err) != IK_OK) {
		likeness_free(&l);
		return IK_RETRY;
	}
	filler_catch_up(l, CATCH_UP_MS);
	errno = pthread_create(&l->thread, NULL, filler_main, l);
	l->has_thread = errno == 0;
	if (!l->has_thread) log_line(IK_LOG_ERROR, "similar", "no thread could be started; repeats are recognised only as far as the index goes");
	*likeness_r = l;
	return IK_OK;
}

static void looker_free(struct looker **looker)
{
	similar_file_close(&(*looker)->file);
	store_reader_close(&(*looker)->rows);
	mem_free(looker);
}

void likeness_free(struct likeness **likeness)
{
	struct likeness *l = *likeness;

	if (l == NULL) return;
	(void)pthread_mutex_lock(&l->lock);
	l->must_stop = true;
	(void)pthread_cond_signal(&l->wake);
	(void)pthread_mutex_unlock(&l->lock);
	if (l->has_thread) (void)pthread_join(l->thread, NULL);
	if (l->file != NULL) filler_catch_up(l, CATCH_UP_MS);
	while (l->idle != NULL) {
		struct looker *next = l->idle->next;

		looker_free(&l->idle);
		l->idle = next;
	}
	similar_file_close(&l->file);
	store_reader_close(&l->rows);
	similar_tail_free(&l->tail);
	similar_free(&l->engine);
	(void)pthread_mutex_destroy(&l->pool_lock);
	(void)pthread_mutex_destroy(&l->lock);
	(void)pthread_cond_destroy(&l->wake);
	mem_free(&l->dir);
	mem_free(likeness);
}

void likeness_stats(struct likeness *l, struct likeness_stats *stats_r)
{
	const int64_t filled = atomic_load(&l->filled_upto), newest = atomic_load(&l->newest);

	*stats_r = (struct likeness_stats){ .incidents_open = atomic_load(&l->incidents_open), .filled_upto = filled, .behind = newest > filled ? newest - filled : 0, .tail = (int64_t)similar_tail_count(l->tail),
	                                    .looked = atomic_load(&l->looked), .failed = atomic_load(&l->failed) };
}

/* ---- the look --------------------------------------------------------------------------------------------------------------------------------------- */

static void complain(struct likeness *l, const struct ik_error *err)
{
	(void)atomic_fetch_add(&l->failed, 1);
	if (!atomic_exchange(&l->was_told, true)) log_line(IK_LOG_WARNING, "similar", "messages are not compared for now: %s", err->text);
}

/* Connections of an older file are of no use. */
static struct looker *take_looker(struct likeness *l, struct ik_error *err)
{
	const int64_t generation = atomic_load(&l->generation);
	struct looker *looker;

	(void)pthread_mutex_lock(&l->pool_lock);
	looker = l->idle;
	if (looker != NULL) l->idle = looker->next;
	(void)pthread_mutex_unlock(&l->pool_lock);
	if (looker != NULL && looker->generation == generation) return looker;
	if (looker != NULL) looker_free(&looker);
	looker = mem_new(sizeof(*looker));
	looker->generation = generation;
	if (store_reader_open(l->store, &looker->rows, err) == IK_OK && similar_file_open(l->dir, false, &looker->file, err) == IK_OK) return looker;
	looker_free(&looker);
	return NULL;
}

static void return_looker(struct likeness *l, struct looker *looker)
{
	(void)pthread_mutex_lock(&l->pool_lock);
	looker->next = l->idle;
	l->idle = looker;
	(void)pthread_mutex_unlock(&l->pool_lock);
}

static void add_alias(void *arg, const char *type, const char *value)
{
	struct similar_query *q = arg;
	char key[LIKENESS_KEY_MAX];

	if (q->alias_count >= SIMILAR_ALIASES_MAX) return;
	likeness_key(type, value, key);
	q->aliases[q->alias_count++] = similar_sender(key);
}

/* The tail is pinned before the file is read: what leaves the tail afterwards stands in the file's snapshot or behind the pin. */
static enum ik_rc look(struct likeness *l, struct looker *looker, struct likeness_case *c, struct ik_error *err)
{
	const struct similar_index file = similar_store_index(looker->file);
	struct similar_tail_view view = { .tail = l->tail, .below = &file };
	const struct similar_index both = similar_tail_index(&view);
	enum ik_rc rc = similar_file_look(looker->file, err);

	if (rc == IK_OK) rc = similar_decide(l->engine, &both, c->query, &c->early, err);
	if (rc == IK_OK && c->early.ticket_id != 0 && both.load_ticket(both.self, c->early.ticket_id, &c->seed, NULL) != IK_OK) c->seed.id = 0;
	similar_file_rollback(looker->file);
	return rc;
}

struct likeness_case *likeness_look(struct likeness *l, const struct similar_message *m, const char *type, const char *handle)
{
	struct likeness_case *c = mem_new(sizeof(*c));
	struct ik_error err = { "" };
	struct looker *looker;
	struct likeness_stats stats;

	c->query = similar_read(l->engine, m);
	c->early = (struct similar_verdict){ .verdict = VERDICT_NEW, .rule = "not-compared" };
	c->pin = mem_new(sizeof(*c->pin));
	similar_tail_pin(l->tail, c->pin);
	(void)atomic_fetch_add(&l->looked, 1);
	likeness_stats(l, &stats);
	c->behind = stats.behind > stats.tail ? stats.behind - stats.tail : 0;
	looker = take_looker(l, &err);
	if (looker == NULL) {
		complain(l, &err);
		return c;
	}
	if (handle[0] != '\0' && may_be_joined(l, type, handle)) (void)read_other_handles(looker->rows, type, handle, add_alias, c->query, NULL);
	if (look(l, looker, c, &err) == IK_OK) {
		atomic_store(&l->was_told, false);
		return_looker(l, looker);
	} else {
		complain(l, &err);
		looker_free(&looker);
	}
	return c;
}

/* ---- on the store thread -------------------------------------------------------------------------------------------------------------------------- */

const struct similar_verdict *likeness_check(struct likeness *l, struct likeness_case *c, uint64_t batch)
{
	struct similar_tail_view view = { .tail = l->tail, .after = c->pin->seen };
	const struct similar_index late = similar_tail_index(&view);

	similar_tail_begin(l->tail, batch);
	if (c->is_added) similar_tail_settle(l->tail, c->query->print.message_id, false);        /* of a run that was rolled back */
	c->is_added = false;
	c->query->print.message_id = INT64_MAX;
	c->late = (struct similar_verdict){ .verdict = VERDICT_NEW, .rule = "nothing-since" };
	if (!similar_tail_is_behind(l->tail, c->pin)) return &c->early;
	if (similar_decide_among(l->engine, &late, c->query, LATE_LOOKS, &c->late, NULL) != IK_OK) c->late = (struct similar_verdict){ .verdict = VERDICT_NEW, .rule = "not-compared" };
	return similar_better(&c->early, &c->late);
}

void likeness_add(struct likeness *l, struct likeness_case *c, int64_t message_id, int64_t ticket_id, uint64_t batch)
{
	c->query->print.message_id = message_id;
	c->query->print.ticket_id = ticket_id;
	similar_tail_add(l->tail, c->query, c->seed.id == ticket_id ? &c->seed : NULL, batch);
	c->is_added = true;
}

void likeness_done(struct likeness *l, struct likeness_case **c, bool is_stored)
{
	struct likeness_case *one = *c;

	if (one == NULL) return;
	if (one->is_added) similar_tail_settle(l->tail, one->query->print.message_id, is_stored);
	if (one->is_added && is_stored) {
		atomic_store(&l->newest, one->query->print.message_id);
		(void)pthread_mutex_lock(&l->lock);
		if (!l->has_news) (void)pthread_cond_signal(&l->wake);
		l->has_news = true;
		(void)pthread_mutex_unlock(&l->lock);
	}
	similar_tail_unpin(l->tail, one->pin);
	free(one->pin);
	free(one->query);
	free(one->early_text);
	mem_free(c);
}
