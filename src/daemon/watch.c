#include "daemon/watch.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"

#define LOOK_S 5
#define LEDGER_EVERY 60                 /* looks between two readings of the ledger */
#define DAY_LOOKS (86400 / LOOK_S)
#define CALENDAR_QUIET_S (7 * 86400)    /* s between two alarms about one calendar that soon ends; within the last week a day */
#define COUNT_EVERY 12                  /* looks between two counts of what goes on: each is a write */
#define SECRET_S (14 * 86400)   /* before the day a client secret ends */
#define TOKEN_S 86400                   /* s before a token ends that cannot be renewed */

struct watch {
	struct watch_setup setup;
	pthread_t thread;
	pthread_mutex_t lock;           /* of must_stop */
	pthread_cond_t wake;
	bool must_stop;
	int64_t looks;
};

/* One alarm, found outside the store and raised in it. takes evidence */
struct found { const struct watch *watch; enum alarm_kind kind; const char *key; json_t *evidence; int64_t now_at; };

static enum ik_rc raise_found(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct found *f = arg;

	return alarm_raise(tx, f->watch->setup.alarms, f->kind, f->key, 0, f->evidence, f->now_at, err);
}

static void raise(const struct watch *w, enum alarm_kind kind, const char *key, json_t *evidence)
{
	struct found f = { .watch = w, .kind = kind, .key = key, .evidence = evidence, .now_at = clock_wall() };
	struct ik_error err = { "" };

	if (store_call(w->setup.store, raise_found, &f, &err) != IK_OK) log_line(IK_LOG_ERROR, "alarms", "%s of %s is not kept: %s", alarm_words[kind].word, key, err.text);
	json_decref(evidence);
}

/* Told again after quiet_s instead of alarms.repeat. */
static void raise_seldom(const struct watch *w, enum alarm_kind kind, const char *key, json_t *evidence, int64_t quiet_s)
{
	struct alarm_conf conf = *w->setup.alarms;
	struct watch seldom = { .setup = w->setup };

	conf.repeat = quiet_s;
	seldom.setup.alarms = &conf;
	raise(&seldom, kind, key, evidence);
}

/* ---- what is looked at ---- */

/* At once when it has just become true, since_s seconds ago; from then on now and then. */
static bool is_time(const struct watch *w, int64_t since_s)
{
	return since_s >= 0 && (since_s < 2 * LOOK_S || w->looks % COUNT_EVERY == 0);
}

static void look_at_trouble(const struct watch *w, const char *name, const json_t *row, const char *since, int64_t now_at)
{
	const int64_t since_at = since != NULL ? clock_parse_rfc3339(since) : 0;

	if (since_at <= 0 || !is_time(w, now_at - since_at - w->setup.alarms->channel_down)) return;
	raise(w, ALARM_CHANNEL, name, json_pack("{s:s?, s:s, s:s?}", "state", json_text(row, "state"), "since", since, "error", json_text(row, "last_error")));
}

/* What sends acknowledgements and answers; sinks have a row of their own among the channels. */
static void look_at_queue(const struct watch *w, const json_t *row, int64_t now_at)
{
	const char *target = json_text(row, "target");

	if (target != NULL && strncmp(target, "sink:", 5) != 0) look_at_trouble(w, target, row, json_text(row, "since"), now_at);
}

static void look_at_instance(const struct watch *w, const json_t *instance, int64_t now_at)
{
	const char *name = json_text(instance, "name"), *expires = json_text(instance, "token_expires");
	const char *secret = json_text(instance, "secret_expires");
	const int64_t expires_at = expires != NULL ? clock_parse_rfc3339(expires) : 0;

	if (name == NULL) return;
	look_at_trouble(w, name, instance, json_text(instance, "down_since"), now_at);
	if (expires_at > 0 && json_is_true(json_object_get(instance, "token_failing")) && is_time(w, TOKEN_S - (expires_at - now_at)))
		raise(w, ALARM_TOKEN, name, json_pack("{s:s, s:s?}", "expires", expires, "error", json_text(instance, "last_error")));
	if (secret != NULL && is_time(w, SECRET_S - (clock_parse_rfc3339(secret) - now_at)))
		raise(w, ALARM_TOKEN, name, json_pack("{s:s}", "secret_expires", secret));
}

/* Told at twice the floors, so that there is time to make room before messages have to wait at their sources. */
static void look_at_disk(const struct watch *w)
{
	const struct store_conf *conf = w->setup.store_conf;
	struct statvfs fs;
	int64_t bytes, inodes;

	if (w->looks % COUNT_EVERY != 0 || statvfs(conf->dir, &fs) != 0) return;
	bytes = (int64_t)(fs.f_bavail * fs.f_frsize);
	inodes = fs.f_files > 0 ? (int64_t)fs.f_favail : INT64_MAX;     /* file systems without a table of inodes count none */
	if (bytes >= 2 * conf->free_space && inodes >= 2 * conf->free_inodes) return;
	raise(w, ALARM_DISK, "state directory", json_pack("{s:I, s:I, s:I}", "free_bytes", (json_int_t)bytes, "floor_bytes", (json_int_t)conf->free_space,
	                                                  "free_inodes", (json_int_t)inodes));
}

/* Of a day that is over nothing may be pending. */
static void look_at_ledger(const struct watch *w, int64_t now_at)
{
	struct store_reader *reader = NULL;
	struct ik_error err = { "" };
	char today[CLOCK_RFC3339_SIZE];
	json_t *rows = NULL, *row;
	size_t i;

	clock_rfc3339(now_at - 3600, today);            /* midnight is given an hour */
	if (store_reader_open(w->setup.store, &reader, &err) == IK_OK) (void)read_ledger(reader, &rows, &err);
	store_reader_close(&reader);
	json_array_foreach(rows, i, row) {
		const char *day = json_text(row, "day"), *channel = json_text(row, "channel");
		const int64_t open = json_int(row, "offered", 0) - json_int(row, "accepted", 0) - json_int(row, "repeated", 0) - json_int(row, "refused", 0);

		if (day == NULL || channel == NULL || open == 0 || strncmp(day, today, 10) >= 0) continue;
		raise(w, ALARM_LEDGER, channel, json_pack("{s:s, s:I}", "day", day, "unaccounted", (json_int_t)open));
	}
	json_decref(rows);
}

/* Once a day, and when the daemon starts. */
static void look_at_calendar(const struct watch *w, const json_t *calendar)
{
	const char *name = json_text(calendar, "name"), *warning = json_text(calendar, "warning");
	const int64_t left = json_int(calendar, "days_left", 0);

	if (name == NULL || warning == NULL) return;
	raise_seldom(w, ALARM_CALENDAR, name, json_pack("{s:s, s:I, s:s}", "known_until", json_text(calendar, "known_until"), "days_left", (json_int_t)left, "why", warning),
	             left > 7 ? CALENDAR_QUIET_S : 86400 - 60);
}

static void look(struct watch *w)
{
	json_t *status = w->setup.status(w->setup.arg), *instance;
	const int64_t now_at = clock_wall();
	size_t i;

	json_array_foreach(json_object_get(status, "channels"), i, instance) look_at_instance(w, instance, now_at);
	json_array_foreach(json_object_get(status, "resting"), i, instance) look_at_queue(w, instance, now_at);
	if (w->looks % DAY_LOOKS == 0)
		json_array_foreach(json_object_get(status, "calendars"), i, instance) look_at_calendar(w, instance);
	look_at_disk(w);
	if (w->setup.release != NULL) w->setup.release(w->setup.release_arg);
	if (w->looks++ % LEDGER_EVERY == 0) look_at_ledger(w, now_at);
	json_decref(status);
}

/* ---- life ---- */

/* false when it has to stop. */
static bool sleep_on(struct watch *w)
{
	struct timespec until;
	bool goes_on;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += LOOK_S;
	pthread_mutex_lock(&w->lock);
	while (!w->must_stop && pthread_cond_timedwait(&w->wake, &w->lock, &until) == 0) continue;
	goes_on = !w->must_stop;
	pthread_mutex_unlock(&w->lock);
	return goes_on;
}

static void *watch_main(void *arg)
{
	struct watch *w = arg;

	while (sleep_on(w)) look(w);
	return NULL;
}

enum ik_rc watch_new(const struct watch_setup *setup, struct watch **watch_r, struct ik_error *err)
{
	struct watch *w = mem_new(sizeof(*w));
	pthread_condattr_t attr;

	w->setup = *setup;
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->wake, &attr);
	pthread_condattr_destroy(&attr);
	errno = pthread_create(&w->thread, NULL, watch_main, w);
	if (errno == 0) {
		*watch_r = w;
		return IK_OK;
	}
	free(w);
	return ik_fail_errno(err, "start the watch thread");
}

void watch_free(struct watch **watch)
{
	struct watch *w = *watch;

	if (w == NULL) return;
	pthread_mutex_lock(&w->lock);
	w->must_stop = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	mem_free(watch);
}
