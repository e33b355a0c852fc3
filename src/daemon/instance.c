#include "daemon/instance.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"
#include "daemon/accounts.h"
#include "daemon/host.h"
#include "net/oauth2.h"

#define RETRY_FIRST_MS 1000
#define RETRY_MAX_MS 300000
#define PARKED_MS 60000
#define SHORT_OF_SPACE_MS 5000
#define STACK_BYTES (1024 * 1024)       /* of an instance's thread: there may be hundreds */

enum instance_state { INSTANCE_STARTING, INSTANCE_RUNNING, INSTANCE_WAITING, INSTANCE_PAUSED, INSTANCE_PARKED, INSTANCE_STOPPED };
static const char *const state_names[] = { "starting", "running", "waiting", "paused", "parked", "stopped" };

struct instance {
	struct host_core host;
	const struct channel_conf *channel;     /* or */
	const struct sink_conf *sink;
	struct pipeline_account account;
	void *plugin_state;
	atomic_bool is_open;                    /* plugin_state is valid */
	bool has_thread;
	pthread_t thread;
	int64_t failures;                       /* in a row; own thread only, after instance_start() */
	int64_t first_try_ms;                   /* of a late open: how long to wait for it */
	void (*opened)(void *arg, struct instance *in);
	void *opened_arg;

	pthread_mutex_t lock;                   /* of what status shows */
	enum instance_state state;
	int64_t since_at, last_ok_at, next_try_at;      /* next_try_at: while paused or parked */
	int64_t down_since_at;          /* the first failure since it last worked; 0: it works */
	char last_error[512];
	bool wants_backfill, is_backfill_over;
	struct ik_backfill backfill;
	struct ik_backfill_progress progress;
	enum ik_rc backfill_rc;
	struct ik_error backfill_err;
};

/* Of a polled channel a try is no success yet. */
static bool is_polled(const struct instance *in)
{
	return in->channel != NULL && in->channel->plugin->poll != NULL;
}

static void instance_enter(struct instance *in, enum instance_state state, const char *why)
{
	pthread_mutex_lock(&in->lock);
	if (in->state != state) {
		log_line(state == INSTANCE_PARKED ? IK_LOG_ERROR : state == INSTANCE_PAUSED ? IK_LOG_WARNING : IK_LOG_DEBUG, in->host.table.instance,
		         "%s%s%s", state_names[state], why != NULL ? ": " : "", why != NULL ? why : "");
		in->state = state;
		in->since_at = clock_wall();
	}
	if (why != NULL) (void)snprintf(in->last_error, sizeof(in->last_error), "%s", why);
	if (state == INSTANCE_WAITING) in->last_ok_at = clock_wall();
	if ((state == INSTANCE_PAUSED || state == INSTANCE_PARKED) && in->down_since_at == 0) in->down_since_at = clock_wall();
	if (state == INSTANCE_WAITING || (state == INSTANCE_RUNNING && !is_polled(in))) in->down_since_at = 0;
	pthread_mutex_unlock(&in->lock);
}

/* ---- life --------------------------------------------------------------------------------------------------------------- */

/* How long to wait after a failure: doubling, with up to a quarter of jitter. */
static int64_t retry_delay_ms(const struct instance *in, enum ik_rc rc)
{
	const int64_t steps = in->failures < 10 ? in->failures : 10;
	int64_t ms = (rc == IK_CONFIG ? PARKED_MS : RETRY_FIRST_MS) << (steps > 0 ? steps - 1 : 0);

	if (ms > (rc == IK_CONFIG ? 10 * RETRY_MAX_MS : RETRY_MAX_MS)) ms = rc == IK_CONFIG ? 10 * RETRY_MAX_MS : RETRY_MAX_MS;
	if (!store_has_room(in->host.store)) ms = SHORT_OF_SPACE_MS;
	return ms + (int64_t)random_below((uint64_t)ms / 4 + 1);
}

/* Paused or parked after a failure; returns how long. */
static int64_t instance_put_off(struct instance *in, enum ik_rc rc, const struct ik_error *err)
{
	int64_t delay_ms;

	in->failures++;
	delay_ms = retry_delay_ms(in, rc);
	instance_enter(in, rc == IK_CONFIG ? INSTANCE_PARKED : INSTANCE_PAUSED, err->text);
	pthread_mutex_lock(&in->lock);
	in->next_try_at = clock_wall() + (delay_ms + 999) / 1000;
	pthread_mutex_unlock(&in->lock);
	return delay_ms;
}

static enum ik_rc open_plugin(struct instance *in, struct ik_error *err)
{
	enum ik_rc rc;

	if (in->channel != NULL) rc = in->channel->plugin->open(&in->host.table, in->channel->conf, &in->plugin_state, err);
	else rc = in->sink->plugin->open(&in->host.table, in->sink->conf, &in->plugin_state, err);
	in->is_open = rc == IK_OK;
	if (rc == IK_OK) instance_enter(in, INSTANCE_RUNNING, NULL);
	return rc;
}

static void open_first(struct instance *in)
{
	struct ik_error err = { "" };
	const enum ik_rc rc = open_plugin(in, &err);

	if (rc != IK_OK) in->first_try_ms = instance_put_off(in, rc, &err);
}

static struct instance *instance_new(const struct instance_setup *setup, const char *name)
{
	struct instance *in = mem_new(sizeof(*in));
	struct ik_error err = { "" };

	(void)pthread_mutex_init(&in->lock, NULL);
	in->since_at = clock_wall();
	in->opened = setup->opened;
	in->opened_arg = setup->arg;
	if (host_init(&in->host, name, setup->store, NULL, &err) != IK_OK) log_line(IK_LOG_ERROR, name, "%s", err.text);
	in->host.oauth2 = oauth2_new(&in->host.table, setup->token_dir);
	in->host.logins = setup->logins;
	return in;
}

struct instance *instance_new_channel(const struct instance_setup *setup, const struct channel_conf *conf)
{
	struct instance *in = instance_new(setup, conf->name);

	in->channel = conf;
	in->account = account_of_channel(conf, setup->default_brand);
	in->host.lane = pipeline_lane_new(setup->pipeline, &in->account);
	open_first(in);
	return in;
}

struct instance *instance_new_sink(const struct instance_setup *setup, const struct sink_conf *conf)
{
	struct instance *in = instance_new(setup, conf->name);

	in->sink = conf;
	open_first(in);
	return in;
}

void instance_set_outbox(struct instance *in, struct outbox *outbox)
{
	in->host.outbox = outbox;
}

void instance_stop(struct instance *in)
{
	host_stop(&in->host);
}

void instance_join(struct instance *in)
{
	if (in->has_thread) (void)pthread_join(in->thread, NULL);
	in->has_thread = false;
}

void instance_free(struct instance **instance)
{
	struct instance *in = *instance;

	if (in == NULL) return;
	pipeline_lane_free(&in->host.lane);
	if (in->is_open && in->channel != NULL && in->channel->plugin->close != NULL) in->channel->plugin->close(in->plugin_state);
	if (in->is_open && in->sink != NULL && in->sink->plugin->close != NULL) in->sink->plugin->close(in->plugin_state);
	host_release(&in->host);
	(void)pthread_mutex_destroy(&in->lock);
	mem_free(instance);
}

/* ---- the thread of a pull channel, and of what opens late ------------------------------------------------------------------------------------------ */

static enum ik_rc work_once(struct instance *in, struct ik_error *err)
{
	const struct ik_channel *plugin = in->channel->plugin;

	/* Who fetches, waits; who is written to, stays there and says "later" to each message. */
	if (plugin->run == NULL && !store_has_room(in->host.store)) return ik_fail(IK_RETRY, err, "the state directory is short of space; nothing is fetched");
	instance_enter(in, INSTANCE_RUNNING, NULL);
	return plugin->run != NULL ? plugin->run(in->plugin_state, err) : plugin->poll(in->plugin_state, err);
}

static int64_t settle_outcome(struct instance *in, enum ik_rc rc, const struct ik_error *err)
{
	if (rc != IK_OK) return instance_put_off(in, rc, err);
	in->failures = 0;
	instance_enter(in, INSTANCE_WAITING, NULL);
	return in->channel->common.interval * 1000;
}

/* The next part of older mail, if somebody asked for it; whether there is more. What failed is told to whoever asked, who may ask again. */
static bool backfill_part(struct instance *in)
{
	struct ik_backfill_progress progress = { 0 };
	struct ik_backfill want;
	struct ik_error err = { "" };
	bool is_wanted;
	enum ik_rc rc;

	pthread_mutex_lock(&in->lock);
	is_wanted = in->wants_backfill;
	want = in->backfill;
	pthread_mutex_unlock(&in->lock);
	if (!is_wanted) return false;
	rc = in->channel->plugin->backfill(in->plugin_state, &want, &progress, &err);
	pthread_mutex_lock(&in->lock);
	in->progress = progress;
	in->backfill_rc = rc;
	in->backfill_err = err;
	in->is_backfill_over = rc != IK_OK || progress.is_done;
	if (in->is_backfill_over) in->wants_backfill = false;
	is_wanted = in->wants_backfill;
	pthread_mutex_unlock(&in->lock);
	return is_wanted;
}

/* false: told to stop. */
static bool pause_work(struct instance *in, enum ik_rc rc, int64_t delay_ms)
{
	const struct ik_host *host = &in->host.table;

	if (backfill_part(in)) return !host->stopping(host);
	host_rest(&in->host);
	if (rc == IK_OK && in->channel->plugin->wait != NULL) in->channel->plugin->wait(in->plugin_state, delay_ms);
	else (void)host->sleep_ms(host, delay_ms);
	host_awake(&in->host);
	return !host->stopping(host);
}

static void work(struct instance *in)
{
	const struct ik_host *host = &in->host.table;
	enum ik_rc rc;
	int64_t delay_ms;

	do {
		struct ik_error err = { "" };

		rc = work_once(in, &err);
		if (host->stopping(host)) break;
		delay_ms = settle_outcome(in, rc, &err);
	} while (pause_work(in, rc, delay_ms));
	(void)pipeline_settle(in->host.lane, NULL);
}

/* Until the plugin can be opened. false: told to stop before. */
static bool open_late(struct instance *in)
{
	const struct ik_host *host = &in->host.table;
	int64_t delay_ms = in->first_try_ms;

	while (host->sleep_ms(host, delay_ms)) {
		struct ik_error err = { "" };
		const enum ik_rc rc = open_plugin(in, &err);

		if (rc == IK_OK) {
			log_line(IK_LOG_NOTICE, host->instance, "could be opened after %lld failures", (long long)in->failures);
			in->failures = 0;
			in->opened(in->opened_arg, in);
			return true;
		}
		delay_ms = instance_put_off(in, rc, &err);
	}
	return false;
}

static bool is_pull(const struct instance *in)
{
	return in->channel != NULL && (in->channel->plugin->poll != NULL || in->channel->plugin->run != NULL);
}

static void *run_thread(void *arg)
{
	struct instance *in = arg;
	char name[16];
	bool is_open;

	(void)snprintf(name, sizeof(name), "%s", in->host.table.instance);
	(void)pthread_setname_np(pthread_self(), name);
	is_open = in->is_open || open_late(in);
	if (is_open && is_pull(in)) work(in);
	if (is_pull(in) || !is_open) instance_enter(in, INSTANCE_STOPPED, NULL);
	return NULL;
}

enum ik_rc instance_start(struct instance *in, struct ik_error *err)
{
	pthread_attr_t attributes;

	if (in->is_open && !is_pull(in)) return IK_OK;
	(void)pthread_attr_init(&attributes);
	(void)pthread_attr_setstacksize(&attributes, STACK_BYTES);
	errno = pthread_create(&in->thread, &attributes, run_thread, in);
	(void)pthread_attr_destroy(&attributes);
	if (errno != 0) return ik_fail_errno(err, "start the thread of %s", in->host.table.instance);
	in->has_thread = true;
	return IK_OK;
}

/* ---- what others ask --------------------------------------------------------------------------------------------------------- */

/* What a channel was configured with under this name; NULL when it has no such option. */
static const char *option_text(const struct channel_conf *channel, const char *name)
{
	for (const struct ik_option *o = channel->plugin->options; o != NULL && o->name != NULL; o++) {
		if (strcmp(o->name, name) != 0 || (o->kind != IK_KIND_STRING && o->kind != IK_KIND_URL && o->kind != IK_KIND_SECRET)) continue;
		return *(char *const *)(const void *)((const char *)channel->conf + o->offset);
	}
	return NULL;
}

enum ik_rc instance_token(struct instance *in, const char *refused, char **token_r, struct ik_error *err)
{
	const struct channel_conf *c = in->channel;
	struct ik_oauth2 client;

	if (c == NULL || option_text(c, "token_url") == NULL)
		return ik_fail(IK_CONFIG, err, "smtp.token_of: %s is no channel with a token_url", in->host.table.instance);
	client = (struct ik_oauth2){ .token_url = option_text(c, "token_url"), .client_id = option_text(c, "client_id"), .client_secret = option_text(c, "client_secret"),
	                             .refresh_token = option_text(c, "refresh_token"), .scope = option_text(c, "scope") };
	return oauth2_token(in->host.oauth2, &client, refused, token_r, err);
}

enum ik_rc instance_backfill(struct instance *in, const struct ik_backfill *want, struct ik_backfill_progress *progress_r, bool *is_over_r, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	if (in->channel == NULL || in->channel->plugin->backfill == NULL) return ik_fail(IK_REJECT, err, "%s holds no older mail that could be taken in", in->host.table.instance);
	pthread_mutex_lock(&in->lock);
	*is_over_r = in->is_backfill_over;
	*progress_r = in->progress;
	if (in->is_backfill_over) {
		rc = in->backfill_rc;
		if (rc != IK_OK) (void)ik_fail(rc, err, "%s", in->backfill_err.text);
		in->is_backfill_over = false;
	} else if (!in->wants_backfill) {
		in->backfill = *want;
		in->progress = (struct ik_backfill_progress){ 0 };
		in->wants_backfill = true;
		host_wake(&in->host);
	} else if (in->backfill.since_at != want->since_at || in->backfill.acknowledge != want->acknowledge) {
		rc = ik_fail(IK_REJECT, err, "another backfill of %s is under way", in->host.table.instance);
	}
	pthread_mutex_unlock(&in->lock);
	return rc;
}

void instance_backfill_end(struct instance *in)
{
	pthread_mutex_lock(&in->lock);
	in->wants_backfill = in->is_backfill_over = false;
	pthread_mutex_unlock(&in->lock);
}

const char *instance_name(const struct instance *in)
{
	return in->host.table.instance;
}

bool instance_is_open(const struct instance *in)
{
	return in->is_open;
}

void *instance_state(const struct instance *in)
{
	return in->plugin_state;
}

struct pipeline_lane *instance_lane(const struct instance *in)
{
	return in->host.lane;
}

const struct pipeline_account *instance_account(const struct instance *in)
{
	return in->channel != NULL ? &in->account : NULL;
}

const struct channel_conf *instance_channel(const struct instance *in)
{
	return in->channel;
}

const struct sink_conf *instance_sink(const struct instance *in)
{
	return in->sink;
}

static void add_counts(struct instance *in, json_t *status)
{
	struct pipeline_stats s;

	if (in->host.lane == NULL) return;
	pipeline_lane_stats(in->host.lane, &s);
	(void)json_object_update_new(status, json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "offered", (json_int_t)(s.offered + s.pending),
		"accepted", (json_int_t)s.accepted, "repeated", (json_int_t)s.repeated, "refused", (json_int_t)s.refused,
		"quarantined", (json_int_t)s.quarantined, "pending", (json_int_t)s.pending));
	(void)json_object_set_new(status, "decisions", pipeline_lane_decisions(in->host.lane));
}

json_t *instance_status(struct instance *in)
{
	json_t *status = json_pack("{s:s, s:s, s:s}", "name", in->host.table.instance, "kind", in->channel != NULL ? "channel" : "sink",
	                           "plugin", in->channel != NULL ? in->channel->plugin->name : in->sink->plugin->name);

	pthread_mutex_lock(&in->lock);
	json_set_text(status, "state", state_names[in->state]);
	json_set_time(status, "since", in->since_at);
	json_set_time(status, "last_ok", in->last_ok_at);
	json_set_time(status, "down_since", in->down_since_at);
	json_set_text(status, "last_error", in->last_error[0] != '\0' ? in->last_error : NULL);
	json_set_time(status, "next_try", in->state == INSTANCE_PAUSED || in->state == INSTANCE_PARKED ? in->next_try_at : 0);
	pthread_mutex_unlock(&in->lock);
	if (oauth2_expires_at(in->host.oauth2) > 0) {
		json_set_time(status, "token_expires", oauth2_expires_at(in->host.oauth2));
		(void)json_object_set_new(status, "token_failing", json_boolean(oauth2_is_failing(in->host.oauth2)));
	}
	if (in->channel != NULL && option_text(in->channel, "secret_expires") != NULL)
		(void)json_object_set_new(status, "secret_expires", json_sprintf("%sT00:00:00Z", option_text(in->channel, "secret_expires")));
	add_counts(in, status);
	return status;
}

/* A pull channel's state belongs to its own thread: it is tried with a second one, that is, a second session. */
static enum ik_rc test_second(struct instance *in, struct ik_error *err)
{
	const struct ik_channel *plugin = in->channel->plugin;
	void *state = NULL;
	enum ik_rc rc = plugin->open(&in->host.table, in->channel->conf, &state, err);

	if (rc != IK_OK) return rc;
	rc = plugin->test(state, err);
	if (plugin->close != NULL) plugin->close(state);
	return rc;
}

enum ik_rc instance_test(struct instance *in, struct ik_error *err)
{
	if (in->channel != NULL && in->channel->plugin->test != NULL && in->channel->plugin->poll != NULL) return test_second(in, err);
	if (!in->is_open) {
		pthread_mutex_lock(&in->lock);
		(void)ik_fail(IK_CONFIG, err, "%s", in->last_error);
		pthread_mutex_unlock(&in->lock);
		return IK_CONFIG;
	}
	if (in->channel != NULL && in->channel->plugin->test != NULL) return in->channel->plugin->test(in->plugin_state, err);
	if (in->sink != NULL && in->sink->plugin->test != NULL) return in->sink->plugin->test(in->plugin_state, err);
	return IK_OK;
}
