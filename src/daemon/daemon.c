#include "daemon/daemon.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "daemon/accounts.h"
#include "daemon/calendars.h"
#include "daemon/control_commands.h"
#include "daemon/entry.h"
#include "daemon/front.h"
#include "daemon/instance.h"
#include "daemon/known_names.h"
#include "daemon/listen.h"
#include "daemon/rule_trouble.h"
#include "daemon/stranded.h"
#include "daemon/turns.h"
#include "daemon/watch.h"
#include "outbox/outbox.h"
#include "pipeline/adviser.h"
#include "pipeline/likeness.h"
#include "pipeline/override.h"
#include "pipeline/pipeline.h"
#include "pipeline/progress.h"
#include "pipeline/timers.h"
#include "worker/worker.h"

#define STOP_GRACE_MS 5000              /* for what the outbox has under way; SIGTERM is answered within 10 s */
#define TEST_GRACE_S 1                  /* for a doctor's test under way, then it is cut short */
#define PIPELINE_THREADS 2

/* What hangs on one configuration; made anew at a reload. */
struct service {
	struct config *config;
	struct policy *policy;
	struct marks marks;
	struct worker_pool *workers;
	struct pipeline_setup setup;            /* also of what moves tickets later */
	struct likeness *likeness;              /* NULL: switched off */
	struct adviser *adviser;                /* NULL: none is configured */
	struct pipeline *pipeline;
	struct timers *timers;
	struct promise *promise;
	struct instance **instances;            /* channels, then sinks */
	size_t instance_count;
	char **sink_names;                      /* borrowed from config */
	struct own_addresses own;
	struct outbox_channel *replies;
	struct outbox_sink *sinks;
	struct outbox *outbox;
	struct front *front;
	pthread_mutex_t lock;                   /* of is_ending: what opens late is told to outbox and front as long as they are there */
	bool is_ending;
	struct watch *watch;
};

struct daemon {
	struct plugins *plugins;
	struct config *first;                   /* what the store was opened with; lives as long as the store */
	struct daemon_hooks hooks;
	struct store *store;
	struct turns *logins;
	struct listen_set http, admin;
	pthread_rwlock_t lock;                  /* of service: other threads read it for status and doctor */
	struct service *service;
	struct control *control;
	int64_t started_at;
};

/* ---- start -------------------------------------------------------------------------------------------------------------------- */

static const struct pipeline_account *account_of(void *arg, const char *name)
{
	const struct service *s = arg;

	for (size_t i = 0; i < s->instance_count; i++) {
		const struct pipeline_account *account = instance_account(s->instances[i]);

		if (account != NULL && strcmp(account->name, name) == 0) return account;
	}
	return NULL;
}

static bool hears_states(const struct service *s)
{
	for (size_t i = 0; i < s->config->sink_count; i++)
		if (s->config->sinks[i].common.enabled && s->config->sinks[i].common.callback_secret != NULL) return true;
	return false;
}

static enum ik_rc start_pipeline(struct daemon *d, struct service *s, struct ik_error *err)
{
	const char *host = s->config->core.hostname;
	char machine[128] = "localhost";
	size_t sinks = 0;
	enum ik_rc rc;

	if (host == NULL && gethostname(machine, sizeof(machine) - 1) == 0) host = machine;
	marks_init(&s->marks, store_secret(d->store), host != NULL ? host : machine);
	own_addresses_collect(s->config, &s->own);
	s->sink_names = mem_new((s->config->sink_count + 1) * sizeof(*s->sink_names));
	for (size_t i = 0; i < s->config->sink_count; i++)
		if (s->config->sinks[i].common.enabled && s->config->sinks[i].common.tickets) s->sink_names[sinks++] = s->config->sinks[i].name;
	rc = config_take_policy(s->config, &s->policy, err);
	if (rc == IK_OK) rc = worker_pool_new(&s->config->worker, &s->workers, err);
	if (rc == IK_OK && s->config->similar.enabled) rc = likeness_new(&s->config->similar, &s->config->alarms, d->store, s->config->store.dir, &s->likeness, err);
	if (rc != IK_OK) return rc;
	s->promise = promise_new(&s->config->promise, s->policy);
	s->setup = (struct pipeline_setup){
		.store = d->store, .workers = s->workers, .policy = s->policy, .ack = &s->config->ack, .marks = &s->marks,
		.public_url = s->config->http.public_url, .own_addresses = (const char *const *)s->own.list, .own_count = s->own.count,
		.alarms = &s->config->alarms, .brands = &s->config->core.brands, .thread = &s->config->threads, .likeness = s->likeness, .promise = s->promise,
		.sinks = (const char *const *)s->sink_names, .sink_count = sinks, .threads = PIPELINE_THREADS,
		.notices = &s->config->notices, .hears_states = hears_states(s), .account = account_of, .account_arg = s,
	};
	if (s->config->adviser.url != NULL) rc = adviser_new(&s->config->adviser, &s->setup, &s->adviser, err);
	if (rc != IK_OK) return rc;
	s->setup.adviser = s->adviser;
	return pipeline_new(&s->setup, &s->pipeline, err);
}

/* On the thread of an instance that could not be opened at first. */
static void on_opened(void *arg, struct instance *in)
{
	struct service *s = arg;
	const struct channel_conf *channel = instance_channel(in);

	pthread_mutex_lock(&s->lock);
	if (!s->is_ending) {
		if (channel == NULL) outbox_open_sink(s->outbox, instance_name(in), instance_state(in));
		else if (channel->plugin->reply != NULL) outbox_open_channel(s->outbox, instance_name(in), instance_state(in));
		if (channel != NULL && channel->plugin->request != NULL) front_open(s->front, in);
	}
	pthread_mutex_unlock(&s->lock);
}

static void open_instances(struct daemon *d, struct service *s)
{
	char *token_dir = mem_format("%s/tokens", s->config->store.dir);
	const struct instance_setup setup = { .store = d->store, .pipeline = s->pipeline, .default_brand = s->config->core.brand, .token_dir = token_dir,
	                                       .logins = d->logins, .opened = on_opened, .arg = s };

	s->instances = mem_new((s->config->channel_count + s->config->sink_count + 1) * sizeof(struct instance *));
	for (size_t i = 0; i < s->config->channel_count; i++)
		if (s->config->channels[i].common.enabled) s->instances[s->instance_count++] = instance_new_channel(&setup, &s->config->channels[i]);
	for (size_t i = 0; i < s->config->sink_count; i++)
		if (s->config->sinks[i].common.enabled) s->instances[s->instance_count++] = instance_new_sink(&setup, &s->config->sinks[i]);
	free(token_dir);
}

static void stop_instances(void *arg)
{
	const struct service *s = arg;

	for (size_t i = 0; i < s->instance_count; i++) instance_stop(s->instances[i]);
}

/* The account of the channel that smtp.token_of names. */
static enum ik_rc relay_token(void *arg, const char *refused, char **token_r, struct ik_error *err)
{
	struct service *s = arg;

	for (size_t i = 0; i < s->instance_count; i++)
		if (strcmp(instance_name(s->instances[i]), s->config->smtp.token_of) == 0) return instance_token(s->instances[i], refused, token_r, err);
	return ik_fail(IK_CONFIG, err, "smtp.token_of: there is no channel called %s, or it is switched off", s->config->smtp.token_of);
}

static enum ik_rc start_outbox(struct daemon *d, struct service *s, struct ik_error *err)
{
	size_t replies = 0, sinks = 0;
	enum ik_rc rc;

	s->replies = mem_new((s->instance_count + 1) * sizeof(*s->replies));
	s->sinks = mem_new((s->instance_count + 1) * sizeof(*s->sinks));
	for (size_t i = 0; i < s->instance_count; i++) {
		const struct channel_conf *channel = instance_channel(s->instances[i]);
		const struct sink_conf *sink = instance_sink(s->instances[i]);
		const bool is_closed = !instance_is_open(s->instances[i]);

		if (channel != NULL && channel->plugin->reply != NULL)
			s->replies[replies++] = (struct outbox_channel){ .name = channel->name, .plugin = channel->plugin, .state = instance_state(s->instances[i]),
			                                                 .is_closed = is_closed };
		if (sink != NULL)
			s->sinks[sinks++] = (struct outbox_sink){ .name = sink->name, .plugin = sink->plugin, .state = instance_state(s->instances[i]), .common = &sink->common,
			                                            .is_closed = is_closed };
	}
	rc = outbox_new(&(struct outbox_setup){
		.store = d->store, .smtp = &s->config->smtp, .ack = &s->config->ack, .policy = s->policy, .marks = &s->marks,
		.progress = &s->setup, .public_url = s->config->http.public_url, .state_dir = s->config->store.dir, .channels = s->replies, .channel_count = replies,
		.sinks = s->sinks, .sink_count = sinks, .token = relay_token, .token_arg = s, .cut = stop_instances, .cut_arg = s,
	}, &s->outbox, err);
	for (size_t i = 0; rc == IK_OK && i < s->instance_count; i++) instance_set_outbox(s->instances[i], s->outbox);
	return rc;
}

/* ---- what the front asks ---------------------------------------------------------------------------------------------------------- */

/* A sink that is open and whose queue rests does not work: its receiver refuses or cannot be reached. */
static json_t *status_with_rest(const struct instance *in, json_t *status, const json_t *resting)
{
	static const char *const keys[] = { "state", "since", "last_error", "next_try" };
	const json_t *row;
	size_t i;

	json_array_foreach(resting, i, row) {
		const char *target = json_text(row, "target");

		if (instance_sink(in) == NULL || !instance_is_open(in) || strncmp(target, "sink:", 5) != 0 || strcmp(target + 5, instance_name(in)) != 0) continue;
		for (size_t k = 0; k < COUNT_OF(keys); k++) (void)json_object_set(status, keys[k], json_object_get(row, keys[k]));
		(void)json_object_set(status, "down_since", json_object_get(row, "since"));
	}
	return status;
}

static json_t *instances_status(const struct service *s, const json_t *resting)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->instance_count; i++)
		(void)json_array_append_new(list, status_with_rest(s->instances[i], instance_status(s->instances[i]), resting));
	return list;
}

static json_t *likeness_status(struct likeness *likeness)
{
	struct likeness_stats stats;

	likeness_stats(likeness, &stats);
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "incidents_open", (json_int_t)stats.incidents_open, "filed_upto", (json_int_t)stats.filled_upto, "behind", (json_int_t)stats.behind, "tail", (json_int_t)stats.tail,
	                 "compared", (json_int_t)stats.looked, "failed", (json_int_t)stats.failed);
}

static json_t *status_of(struct daemon *d, const struct service *s)
{
	struct outbox_stats out = { 0 };
	struct worker_stats work = { 0 };
	json_t *resting;
	json_t *status = json_pack("{s:s, s:I, s:b}", "version", INTAKED_VERSION, "pid", (json_int_t)getpid(), "has_room", (int)store_has_room(d->store));

	json_set_time(status, "started_at", d->started_at);
	(void)json_object_set_new(status, "queue", json_integer((json_int_t)store_queue_depth(d->store)));
	(void)json_object_set_new(status, "log_dropped", json_integer((json_int_t)log_dropped()));
	if (s == NULL) return status;
	resting = s->outbox != NULL ? outbox_resting(s->outbox) : json_array();
	if (s->outbox != NULL) outbox_stats(s->outbox, &out);
	if (s->workers != NULL) worker_pool_stats(s->workers, &work);
	if (s->promise != NULL) (void)json_object_set_new(status, "promise", promise_status(s->promise));
	(void)json_object_set_new(status, "channels", instances_status(s, resting));
	(void)json_object_set_new(status, "resting", resting);
	(void)json_object_set_new(status, "outbox", json_pack("{s:I, s:I, s:I, s:I}", "sent", (json_int_t)out.sent, "failed", (json_int_t)out.failed,
	                                                      "uncertain", (json_int_t)out.uncertain, "retried", (json_int_t)out.retried));
	(void)json_object_set_new(status, "workers", json_pack("{s:I, s:I, s:I, s:I, s:I}", "busy", (json_int_t)work.busy, "served", (json_int_t)work.served,
	                                                       "died", (json_int_t)work.died, "timed_out", (json_int_t)work.timed_out,
	                                                       "replaced", (json_int_t)work.replaced));
	if (s->likeness != NULL) (void)json_object_set_new(status, "similar", likeness_status(s->likeness));
	if (s->adviser != NULL) (void)json_object_set_new(status, "adviser", adviser_status(s->adviser));
	if (s->front != NULL) (void)json_object_set_new(status, "http", front_status(s->front));
	if (s->policy != NULL) (void)json_object_set_new(status, "calendars", calendars_status(s->policy, clock_wall()));
	if (s->policy != NULL) (void)json_object_set_new(status, "rules_given_up", rule_trouble_status(s->policy));
	return status;
}

json_t *daemon_status(struct daemon *d)
{
	json_t *status;

	pthread_rwlock_rdlock(&d->lock);
	status = status_of(d, d->service);
	pthread_rwlock_unlock(&d->lock);
	return status;
}

static void release_callbacks(void *arg)
{
	front_release(((struct service *)arg)->front);
}

static json_t *front_asks_status(void *arg)
{
	return daemon_status(arg);
}

static enum ik_rc start_front(struct daemon *d, struct service *s, struct ik_error *err)
{
	enum ik_rc rc = listen_open(&d->http, "http", &s->config->http.listen, err);

	if (rc == IK_OK) rc = listen_open(&d->admin, "admin", &s->config->admin.listen, err);
	if (rc != IK_OK) return rc;
	return front_new(&(struct front_setup){
		.config = s->config, .store = d->store, .policy = s->policy, .progress = &s->setup, .instances = s->instances, .instance_count = s->instance_count,
		.http = &d->http, .admin = &d->admin, .status = front_asks_status, .arg = d,
	}, &s->front, err);
}

/* ---- stop: backwards, so that nothing is cut off that was taken -------------------------------------------------------------------- */

static void service_free(struct service **service)
{
	struct service *s = *service;

	if (s == NULL) return;
	pthread_mutex_lock(&s->lock);
	s->is_ending = true;
	pthread_mutex_unlock(&s->lock);
	watch_free(&s->watch);
	front_drain(s->front);
	outbox_free(&s->outbox, STOP_GRACE_MS);         /* before its channels are stopped: an acknowledgement cut off is one nobody knows of */
	stop_instances(s);
	for (size_t i = 0; i < s->instance_count; i++) instance_join(s->instances[i]);
	front_free(&s->front);
	timers_free(&s->timers);
	for (size_t i = 0; i < s->instance_count; i++) instance_free(&s->instances[i]);
	pipeline_free(&s->pipeline);
	adviser_free(&s->adviser);
	likeness_free(&s->likeness);
	worker_pool_free(&s->workers);
	promise_free(&s->promise);
	policy_free(&s->policy);
	own_addresses_release(&s->own);
	mem_free(&s->instances);
	mem_free(&s->sink_names);
	mem_free(&s->replies);
	mem_free(&s->sinks);
	(void)pthread_mutex_destroy(&s->lock);
	mem_free(service);
}

/* The first configuration lives as long as the store that was opened with it. */
static void drop_config(const struct daemon *d, struct config *config)
{
	if (config != d->first) config_free(&config);
}

/* Called on the store thread after commits: the outbox of the service in force has work. */
static void on_duties(void *arg)
{
	struct daemon *d = arg;

	if (pthread_rwlock_tryrdlock(&d->lock) != 0) return;     /* stopping or reloading: the new outbox looks for itself */
	if (d->service != NULL && d->service->outbox != NULL) outbox_wake(d->service->outbox);
	pthread_rwlock_unlock(&d->lock);
}

static enum ik_rc service_new(struct daemon *d, struct config *config, struct service **service_r, struct ik_error *err)
{
	struct service *s = mem_new(sizeof(*s));
	enum ik_rc rc;

	s->config = config;
	(void)pthread_mutex_init(&s->lock, NULL);
	rc = start_pipeline(d, s, err);
	if (rc == IK_OK) {
		open_instances(d, s);
		rc = start_outbox(d, s, err);
	}
	if (rc == IK_OK) rc = timers_new(&s->setup, &s->timers, err);
	if (rc == IK_OK) rc = start_front(d, s, err);
	for (size_t i = 0; rc == IK_OK && i < s->instance_count; i++) rc = instance_start(s->instances[i], err);      /* last: they report to the others */
	if (rc == IK_OK) rc = watch_new(&(struct watch_setup){ .store = d->store, .store_conf = &s->config->store, .alarms = &s->config->alarms,
	                                                       .status = front_asks_status, .arg = d, .release = release_callbacks, .release_arg = s }, &s->watch, err);
	if (rc == IK_OK) *service_r = s;
	else service_free(&s);
	return rc;
}

/* ---- control socket ------------------------------------------------------------------------------------------------------------------ */

static json_t *control_status(void *arg)
{
	return daemon_status(arg);
}

static enum ik_rc control_reload(void *arg, char **problems_r, struct ik_error *err)
{
	const struct daemon *d = arg;

	return d->hooks.reload(d->hooks.arg, problems_r, err);
}

static bool control_serves(void *arg, const char *target)
{
	struct daemon *d = arg;
	bool serves;

	pthread_rwlock_rdlock(&d->lock);
	serves = d->service == NULL || outbox_serves(d->service->outbox, target);
	pthread_rwlock_unlock(&d->lock);
	return serves;
}

static char *control_configuration(void *arg)
{
	struct daemon *d = arg;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (out == NULL) return mem_text("");
	pthread_rwlock_rdlock(&d->lock);
	if (d->service != NULL) config_print(d->service->config, out);
	pthread_rwlock_unlock(&d->lock);
	(void)fclose(out);
	return text;
}

typedef bool (*report_fn)(void *arg, json_t *finding);

static bool report_finding(report_fn report, void *arg, const char *check, enum ik_rc rc, const struct ik_error *err)
{
	json_t *finding = json_pack("{s:s, s:b}", "check", check, "ok", rc == IK_OK);

	json_set_text(finding, "detail", rc == IK_OK ? "works" : err->text);
	json_set_text(finding, "remedy", rc == IK_CONFIG ? "mend the configuration of this part, then reload" : NULL);
	return report(arg, finding);
}

static enum ik_rc test_instances(const struct service *s, const char *name, report_fn report, void *report_arg, struct ik_error *err)
{
	bool was_found = name == NULL;

	for (size_t i = 0; i < s->instance_count; i++) {
		struct ik_error why = { "" };
		enum ik_rc rc;

		if (name != NULL && strcmp(name, instance_name(s->instances[i])) != 0) continue;
		was_found = true;
		rc = instance_test(s->instances[i], &why);
		if (!report_finding(report, report_arg, instance_name(s->instances[i]), rc, &why)) return IK_OK;
	}
	return was_found ? IK_OK : ik_fail(IK_REJECT, err, "there is no channel or sink called %s", name);
}

/* One that soon ends works; it is told all the same, as a warning. */
static void test_calendars(struct daemon *d, report_fn report, void *report_arg)
{
	json_t *rows = calendars_status(d->service->policy, clock_wall()), *row;
	size_t i;

	json_array_foreach(rows, i, row) {
		char *name = mem_format("calendar %s", json_text(row, "name"));
		const char *warning = json_text(row, "warning");
		json_t *finding = json_pack("{s:s, s:b}", "check", name, "ok", json_int(row, "days_left", 0) >= 0);

		json_set_text(finding, "detail", warning != NULL ? warning : "works");
		if (warning != NULL) (void)json_object_set_new(finding, "warning", json_true());
		(void)report(report_arg, finding);
		free(name);
	}
	json_decref(rows);
}

/* A warning: the rest of the rules works, and so does intake. */
static void test_rules(struct daemon *d, report_fn report, void *report_arg)
{
	json_t *rows = rule_trouble_status(d->service->policy), *row;
	size_t i;

	json_array_foreach(rows, i, row) {
		char *check = mem_format("rule %s", json_text(row, "rule"));
		char *detail = mem_format("%s: its regular expression was given up on %lld texts since it was loaded, and says nothing of them; make it simpler, above all no repetition within a repetition",
		                          json_text(row, "place"), (long long)json_int(row, "texts", 0));
		json_t *finding = json_pack("{s:s, s:b, s:b}", "check", check, "ok", 1, "warning", 1);

		json_set_text(finding, "detail", detail);
		(void)report(report_arg, finding);
		free(check);
		free(detail);
	}
	json_decref(rows);
}

static void test_outbox(struct daemon *d, report_fn report, void *report_arg)
{
	struct ik_error why = { "" };
	json_t *rows = NULL, *row;
	size_t i;

	if (stranded_find(d->store, d->service->outbox, &rows, &why) != IK_OK) (void)report_finding(report, report_arg, "outbox", IK_RETRY, &why);
	json_array_foreach(rows, i, row) {
		stranded_text(row, &why);
		(void)report_finding(report, report_arg, "outbox", IK_CONFIG, &why);
	}
	json_decref(rows);
}

static enum ik_rc control_doctor(void *arg, const char *name, report_fn report, void *report_arg, struct ik_error *err)
{
	struct daemon *d = arg;
	struct ik_error why = { "" };
	enum ik_rc rc = IK_OK;

	pthread_rwlock_rdlock(&d->lock);
	if (d->service == NULL) {
		rc = ik_fail(IK_RETRY, err, "the daemon is reloading");
	} else {
		if (name == NULL) {
			const bool has_room = store_has_room(d->store);

			(void)ik_fail(IK_OK, &why, "below the floors of store.free_space or store.free_inodes: make room on the state directory's file system");
			(void)report_finding(report, report_arg, "store space", has_room ? IK_OK : IK_RETRY, &why);
			(void)report_finding(report, report_arg, "mail relay", outbox_test_relay(d->service->outbox, &why), &why);
			test_calendars(d, report, report_arg);
			test_rules(d, report, report_arg);
			test_outbox(d, report, report_arg);
		}
		rc = test_instances(d->service, name, report, report_arg, err);
	}
	pthread_rwlock_unlock(&d->lock);
	return rc;
}

/* While the daemon reloads it is not over; the instance that comes after is asked anew, and passes over what is stored. */
static enum ik_rc control_backfill(void *arg, const char *name, const struct ik_backfill *want, struct ik_backfill_progress *progress_r, bool *is_over_r,
                                   struct ik_error *err)
{
	struct daemon *d = arg;
	enum ik_rc rc = IK_OK;

	pthread_rwlock_rdlock(&d->lock);
	if (d->service != NULL) rc = ik_fail(IK_REJECT, err, "there is no channel called %s", name);
	for (size_t i = 0; d->service != NULL && i < d->service->instance_count; i++) {
		struct instance *in = d->service->instances[i];

		if (strcmp(name, instance_name(in)) != 0) continue;
		rc = IK_OK;
		if (want != NULL) rc = instance_backfill(in, want, progress_r, is_over_r, err);
		else instance_backfill_end(in);
	}
	pthread_rwlock_unlock(&d->lock);
	return rc;
}

/* The rules and texts of the configuration in force. */
static enum ik_rc control_move(void *arg, struct store_tx *tx, const struct progress_move *move, struct ik_error *err)
{
	struct daemon *d = arg;
	enum ik_rc rc;

	pthread_rwlock_rdlock(&d->lock);
	rc = d->service != NULL ? progress_move(tx, &d->service->setup, move, err) : ik_fail(IK_RETRY, err, "the daemon is reloading");
	pthread_rwlock_unlock(&d->lock);
	return rc;
}

static enum ik_rc control_override(void *arg, struct store_tx *tx, int64_t ticket_id, int64_t at, struct ik_error *err)
{
	struct daemon *d = arg;
	enum ik_rc rc;

	pthread_rwlock_rdlock(&d->lock);
	rc = d->service != NULL ? override_ack(tx, &d->service->setup, ticket_id, at, err) : ik_fail(IK_RETRY, err, "the daemon is reloading");
	pthread_rwlock_unlock(&d->lock);
	return rc;
}

static enum ik_rc control_reclassify(void *arg, struct store_tx *tx, const struct reclass *r, bool revoke, bool *changed_r, struct ik_error *err)
{
	struct daemon *d = arg;
	enum ik_rc rc;

	pthread_rwlock_rdlock(&d->lock);
	*changed_r = revoke;
	if (d->service == NULL) rc = ik_fail(IK_RETRY, err, "the daemon is reloading");
	else if (revoke) rc = reclassify_revoke(tx, &d->service->setup, r, err);
	else rc = reclassify_correct(tx, &d->service->setup, r, changed_r, err);
	pthread_rwlock_unlock(&d->lock);
	return rc;
}

/* A reload waits for the lock: the names of the sinks are the configuration's. */
static enum ik_rc control_correct(void *arg, struct store_tx *tx, struct store_move *move, int64_t *ticket_id_r, struct ik_error *err)
{
	struct daemon *d = arg;
	enum ik_rc rc = IK_OK;

	pthread_rwlock_rdlock(&d->lock);
	if (d->service != NULL) {
		move->sinks = d->service->setup.sinks;
		move->sink_count = d->service->setup.sink_count;
		move->month = policy_month(d->service->policy, move->at);
		rc = reclassify_move(tx, &d->service->setup, move, ticket_id_r, err);
	} else {
		rc = ik_fail(IK_RETRY, err, "the daemon is reloading");
	}
	pthread_rwlock_unlock(&d->lock);
	return rc;
}

static enum ik_rc control_enter(void *arg, const char *channel, bool by_mail, struct entry *entries, size_t count, struct ik_error *err)
{
	struct daemon *d = arg;
	enum ik_rc rc;

	pthread_rwlock_rdlock(&d->lock);
	if (d->service != NULL) {
		const struct pipeline_account account = entry_account(account_of(d->service, channel), channel, d->service->config->core.brand, by_mail);

		rc = entry_take(d->service->pipeline, d->service->policy, &account, entries, count, err);
	} else {
		rc = ik_fail(IK_RETRY, err, "the daemon is reloading");
	}
	pthread_rwlock_unlock(&d->lock);
	return rc;
}

static enum ik_rc control_words(void *arg, struct pipeline_entry *says, struct ik_error *err)
{
	struct daemon *d = arg;
	enum ik_rc rc;

	pthread_rwlock_rdlock(&d->lock);
	rc = d->service != NULL ? entry_know_words(d->service->policy, says, err) : ik_fail(IK_RETRY, err, "the daemon is reloading");
	pthread_rwlock_unlock(&d->lock);
	return rc;
}

static int64_t control_month(void *arg, int64_t at)
{
	struct daemon *d = arg;
	int64_t month = 0;

	pthread_rwlock_rdlock(&d->lock);
	if (d->service != NULL) month = policy_month(d->service->policy, at);
	pthread_rwlock_unlock(&d->lock);
	return month;
}

static bool control_period(void *arg, const char *name, int64_t at, int64_t *since_r, int64_t *until_r)
{
	struct daemon *d = arg;
	bool is_one;

	pthread_rwlock_rdlock(&d->lock);
	is_one = d->service != NULL && policy_period(d->service->policy, name, at, since_r, until_r);
	pthread_rwlock_unlock(&d->lock);
	return is_one;
}

static int64_t control_moment(void *arg, const char *text, int64_t now_at)
{
	struct daemon *d = arg;
	int64_t at = -1;

	pthread_rwlock_rdlock(&d->lock);
	if (d->service != NULL) at = policy_moment(d->service->policy, text, now_at);
	pthread_rwlock_unlock(&d->lock);
	return at;
}

static int control_hour(void *arg, int64_t at)
{
	struct daemon *d = arg;
	int hour = 0;

	pthread_rwlock_rdlock(&d->lock);
	if (d->service != NULL) hour = policy_hour(d->service->policy, at);
	pthread_rwlock_unlock(&d->lock);
	return hour;
}

static char *control_zone(void *arg)
{
	struct daemon *d = arg;
	char *zone;

	pthread_rwlock_rdlock(&d->lock);
	zone = mem_text(d->service != NULL ? policy_zone(d->service->policy) : "");
	pthread_rwlock_unlock(&d->lock);
	return zone;
}

static json_t *control_categories(void *arg)
{
	struct daemon *d = arg;
	json_t *names;

	pthread_rwlock_rdlock(&d->lock);
	names = d->service != NULL ? known_categories(d->service->policy) : json_array();
	pthread_rwlock_unlock(&d->lock);
	return names;
}

static json_t *control_channels(void *arg)
{
	struct daemon *d = arg;
	json_t *names;

	pthread_rwlock_rdlock(&d->lock);
	names = d->service != NULL ? known_channels(d->service->config) : json_array();
	pthread_rwlock_unlock(&d->lock);
	return names;
}

static enum ik_rc start_control(struct daemon *d, const struct config *config, struct ik_error *err)
{
	return control_new(&(struct control_setup){
		.socket = config->control.socket, .group = config->control.group, .fd = -1, .store = d->store, .arg = d, .status = control_status,
		.doctor = control_doctor, .backfill = control_backfill, .reload = control_reload, .serves = control_serves, .move = control_move, .override_ack = control_override,
		.correct = control_correct, .reclassify = control_reclassify, .configuration = control_configuration,
		.enter = control_enter, .check_words = control_words, .month = control_month, .period = control_period, .moment = control_moment, .hour = control_hour,
		.zone = control_zone, .categories = control_categories, .channels = control_channels,
	}, &d->control, err);
}

/* From here on the store's wake-ups reach the outbox; what was committed before it looks for itself. */
static void enter_service(struct daemon *d, struct service *s)
{
	pthread_rwlock_wrlock(&d->lock);
	d->service = s;
	pthread_rwlock_unlock(&d->lock);
	outbox_wake(s->outbox);
	calendars_warn(s->policy, clock_wall());
	stranded_warn(d->store, s->outbox);
}

/* ---- life ------------------------------------------------------------------------------------------------------------------------------ */

enum ik_rc daemon_new(struct config *config, struct plugins *plugins, const struct daemon_hooks *hooks, struct daemon **daemon_r, struct ik_error *err)
{
	struct daemon *d = mem_new(sizeof(*d));
	struct service *s = NULL;
	enum ik_rc rc;

	d->plugins = plugins;
	d->first = config;
	d->hooks = *hooks;
	d->started_at = clock_wall();
	(void)pthread_rwlock_init(&d->lock, NULL);
	d->logins = turns_new(config->core.logins_per_server);
	rc = store_open(&config->store, hooks->on_fatal, hooks->arg, &d->store, err);
	if (rc == IK_OK) store_watch(d->store, on_duties, d);
	if (rc == IK_OK) rc = service_new(d, config, &s, err);
	if (rc == IK_OK) enter_service(d, s);
	if (rc == IK_OK) rc = start_control(d, config, err);
	if (rc == IK_OK) *daemon_r = d;
	else daemon_free(&d);
	return rc;
}

/* A doctor's test may hold the lock for as long as a dead server is waited for. */
static void lock_out_readers(struct daemon *d)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += TEST_GRACE_S;
	if (pthread_rwlock_timedwrlock(&d->lock, &until) == 0) return;
	if (d->service != NULL) stop_instances(d->service);
	if (d->service != NULL) outbox_cut_tests(d->service->outbox);
	pthread_rwlock_wrlock(&d->lock);
}

/* The configuration it ran with, NULL when nothing did. */
static struct config *end_service(struct daemon *d)
{
	struct config *config;
	struct service *s;

	lock_out_readers(d);
	s = d->service;
	d->service = NULL;
	pthread_rwlock_unlock(&d->lock);
	config = s != NULL ? s->config : NULL;
	service_free(&s);
	return config;
}

void daemon_free(struct daemon **daemon)
{
	struct daemon *d = *daemon;

	if (d == NULL) return;
	drop_config(d, end_service(d));         /* first: a client may be waiting for a test that only this ends */
	control_free(&d->control);
	store_close(&d->store);
	turns_free(&d->logins);
	config_free(&d->first);
	listen_close(&d->http);
	listen_close(&d->admin);
	(void)pthread_rwlock_destroy(&d->lock);
	mem_free(daemon);
}

enum ik_rc daemon_reload(struct daemon *d, struct config *config, struct ik_error *err)
{
	struct config *old = end_service(d);
	struct service *s = NULL;
	struct ik_error why = { "" };
	enum ik_rc rc;

	if (d->hooks.is_ending(d->hooks.arg)) {                 /* what was ended need not be started for a moment */
		drop_config(d, old);
		drop_config(d, config);
		return ik_fail(IK_RETRY, err, "a stop was asked for meanwhile");
	}
	rc = service_new(d, config, &s, err);
	drop_config(d, rc == IK_OK ? old : config);
	if (rc != IK_OK && service_new(d, old, &s, &why) != IK_OK) {
		drop_config(d, old);
		return ik_fail(IK_FATAL, err, "%s", why.text);
	}
	enter_service(d, s);
	return rc;
}

void daemon_look_ahead(struct daemon *d)
{
	if (d->service == NULL) return;
	calendars_warn(d->service->policy, clock_wall());
	stranded_warn(d->store, d->service->outbox);
}

struct store *daemon_store(struct daemon *d)
{
	return d->store;
}

const struct config *daemon_config(const struct daemon *d)
{
	return d->service->config;
}
