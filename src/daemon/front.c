#include "daemon/front.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/place.h"
#include "daemon/known_names.h"
#include "net/http_server.h"
#include "pipeline/survey.h"
#include "pipeline/verification.h"
#include "web/back.h"
#include "web/channel_http.h"
#include "web/web.h"

struct front {
	struct front_setup setup;
	struct channel_http *channels;
	struct web *web;
	struct back *back;
	struct http_server *http, *admin;
	struct http_route routes[CHANNEL_HTTP_ROUTES + 1 + WEB_ROUTES_MAX], admin_routes[WEB_ROUTES_MAX];
	char *style_path;
};

/* ---- what the pages and channels ask ----------------------------------------------------------------------------------------- */

static bool has_room(void *arg)
{
	return store_has_room(arg);
}

static int make_spool(void *arg, struct ik_error *err)
{
	if (!store_has_room(arg)) {
		(void)ik_fail(IK_RETRY, err, "the state directory is short of space");
		return -1;
	}
	return store_spool(arg, err);
}

static enum ik_rc offer(void *arg, const struct ik_message *message, ik_done_fn done, void *done_arg, struct ik_error *err)
{
	return pipeline_offer(arg, message, false, false, done, done_arg, err);
}

static bool is_healthy(void *arg, char *reason_r, size_t size)
{
	const struct front *f = arg;

	if (store_has_room(f->setup.store)) return true;
	(void)snprintf(reason_r, size, "short of space");
	return false;
}

struct confirmation { const struct pipeline_setup *setup; int64_t id; bool good; };

static enum ik_rc run_confirmation(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct confirmation *c = arg;

	return verification_confirm(tx, c->setup, c->id, clock_wall(), &c->good, err);
}

static enum ik_rc verify(void *arg, const char *token, bool confirm, bool *good_r, struct ik_error *err)
{
	const struct front *f = arg;
	struct confirmation c = { .setup = f->setup.progress };
	enum ik_rc rc = IK_OK;

	c.good = verification_read(f->setup.progress->marks, token, clock_wall(), &c.id);
	if (c.good && confirm) rc = store_call(f->setup.store, run_confirmation, &c, err);
	if (rc == IK_OK) *good_r = c.good;
	return rc;
}

struct take_survey { const struct pipeline_setup *setup; int64_t ticket_id, sent_at; const struct survey_answer *answer; bool taken; };

static enum ik_rc run_survey(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct take_survey *s = arg;

	return survey_take(tx, s->setup, s->ticket_id, s->sent_at, s->answer, "link", clock_wall(), &s->taken, err);
}

static enum ik_rc survey(void *arg, const char *token, const struct survey_answer *answer, int64_t *ticket_r, struct ik_error *err)
{
	const struct front *f = arg;
	struct take_survey s = { .setup = f->setup.progress, .answer = answer, .taken = true };
	const bool is_ours = survey_read(f->setup.progress->marks, token, clock_wall(), &s.ticket_id, &s.sent_at);
	enum ik_rc rc = is_ours && answer != NULL ? store_call(f->setup.store, run_survey, &s, err) : IK_OK;

	if (rc == IK_OK) *ticket_r = is_ours && s.taken ? s.ticket_id : 0;
	return rc;
}

/* A request that the server itself turned away counts for the channel it was meant for. */
static void on_refused(void *arg, const char *path, int status, const char *reason)
{
	const struct front *f = arg;
	char detail[64];

	if (status == 503) return;              /* not refused: the source keeps it and comes again */
	for (size_t i = 0; i < f->setup.instance_count; i++) {
		const struct channel_conf *channel = instance_channel(f->setup.instances[i]);
		char mount[64];
		size_t len;

		if (channel == NULL || channel->plugin->mount == NULL) continue;
		len = (size_t)snprintf(mount, sizeof(mount), "/%s/%s", channel->plugin->mount, channel->name);
		if (strncmp(path, mount, len) != 0 || (path[len] != '\0' && path[len] != '/')) continue;
		(void)snprintf(detail, sizeof(detail), "answered %d", status);
		pipeline_refuse(instance_lane(f->setup.instances[i]), reason, detail);
		return;
	}
	log_line(IK_LOG_INFO, "http", "refused with %d: %s", status, reason);
}

/* ---- metrics ------------------------------------------------------------------------------------------------------------------- */

struct rows { void (*row)(void *sink, const struct web_metric *metric); void *sink; };

static void one(const struct rows *r, const char *name, const char *type, const char *help, const char *labels, double value)
{
	r->row(r->sink, &(struct web_metric){ .name = name, .type = type, .help = help, .labels = labels, .value = value });
}

/* A counter of every channel, row by row, so that rows of one name stand together. */
static void per_channel(const struct rows *r, const json_t *channels, const char *key, const char *name, const char *type, const char *help)
{
	json_t *channel;
	size_t i;

	json_array_foreach(channels, i, channel) {
		struct buf labels = BUF_INIT(512);

		if (json_object_get(channel, key) == NULL) continue;
		web_label(&labels, "channel", json_text(channel, "name"));
		one(r, name, type, help, buf_str(&labels), (double)json_int(channel, key, 0));
		buf_release(&labels);
	}
}

/* Acknowledgement decisions by reason code. */
static void decisions(const struct rows *r, const json_t *channels)
{
	json_t *channel, *count;
	const char *reason;
	size_t i;

	json_array_foreach(channels, i, channel) {
		json_object_foreach(json_object_get(channel, "decisions"), reason, count) {
			struct buf labels = BUF_INIT(512);

			web_label(&labels, "channel", json_text(channel, "name"));
			web_label(&labels, "reason", reason);
			one(r, "intaked_acknowledgement_decisions_total", "counter", "Decisions about acknowledgements by reason code", buf_str(&labels),
			    (double)json_integer_value(count));
			buf_release(&labels);
		}
	}
}

static void is_up(const struct rows *r, const json_t *channels)
{
	json_t *channel;
	size_t i;

	json_array_foreach(channels, i, channel) {
		struct buf labels = BUF_INIT(512);
		const char *state = json_text(channel, "state");

		web_label(&labels, "channel", json_text(channel, "name"));
		one(r, "intaked_channel_up", "gauge", "1 while the channel or sink works, 0 while it is paused or parked", buf_str(&labels),
		    state != NULL && strcmp(state, "paused") != 0 && strcmp(state, "parked") != 0 ? 1 : 0);
		buf_release(&labels);
	}
}

/* When access tokens of OAuth 2 accounts end, and whether renewing works. */
static void tokens(const struct rows *r, const json_t *channels)
{
	json_t *channel;
	size_t i;

	for (int failing = 0; failing < 2; failing++)
		json_array_foreach(channels, i, channel) {
			struct buf labels = BUF_INIT(512);
			const char *expires = json_text(channel, "token_expires");

			if (expires == NULL) continue;
			web_label(&labels, "channel", json_text(channel, "name"));
			if (failing) one(r, "intaked_token_failing", "gauge", "1 while the access token cannot be renewed", buf_str(&labels),
			                 json_is_true(json_object_get(channel, "token_failing")) ? 1 : 0);
			else one(r, "intaked_token_expires_seconds", "gauge", "When the access token ends, in seconds since 1970", buf_str(&labels),
			         (double)clock_parse_rfc3339(expires));
			buf_release(&labels);
		}
}

/* When the secrets behind them end, where an operator noted the day. */
static void secrets(const struct rows *r, const json_t *channels)
{
	json_t *channel;
	size_t i;

	json_array_foreach(channels, i, channel) {
		struct buf labels = BUF_INIT(512);
		const char *expires = json_text(channel, "secret_expires");

		if (expires == NULL) continue;
		web_label(&labels, "channel", json_text(channel, "name"));
		one(r, "intaked_secret_expires_seconds", "gauge", "When the client secret or refresh token ends, in seconds since 1970", buf_str(&labels),
		    (double)clock_parse_rfc3339(expires));
		buf_release(&labels);
	}
}

static void calendars(const struct rows *r, const json_t *list)
{
	json_t *calendar;
	size_t i;

	json_array_foreach(list, i, calendar) {
		struct buf labels = BUF_INIT(512);

		web_label(&labels, "calendar", json_text(calendar, "name"));
		one(r, "intaked_calendar_days_left", "gauge", "Days until the last one whose holidays the calendar knows; below 0 once it has ended", buf_str(&labels),
		    (double)json_int(calendar, "days_left", 0));
		buf_release(&labels);
	}
}

static void rules_given_up(const struct rows *r, const json_t *list)
{
	json_t *rule;
	size_t i;

	json_array_foreach(list, i, rule) {
		struct buf labels = BUF_INIT(512);

		web_label(&labels, "rule", json_text(rule, "rule"));
		one(r, "intaked_rule_given_up_total", "counter", "Texts on which a rule's regular expression was given up, since the rules were loaded", buf_str(&labels),
		    (double)json_int(rule, "texts", 0));
		buf_release(&labels);
	}
}

/* How promises are kept, by severity; nothing for those without answers. */
static void promises(const struct rows *r, json_t *promise)
{
	for (size_t s = 0; severity_names[s] != NULL; s++) {
		const json_t *one_of = json_object_get(promise, severity_names[s]), *kept = json_object_get(one_of, "kept");
		struct buf labels = BUF_INIT(128);

		web_label(&labels, "severity", severity_names[s]);
		if (json_is_real(kept)) one(r, "intaked_promise_kept_ratio", "gauge", "Share of first answers in the window that came by their target", buf_str(&labels), json_real_value(kept));
		buf_release(&labels);
	}
	for (size_t s = 0; severity_names[s] != NULL; s++) {
		const json_t *one_of = json_object_get(promise, severity_names[s]);
		struct buf labels = BUF_INIT(128);

		web_label(&labels, "severity", severity_names[s]);
		if (json_int(one_of, "answers", 0) > 0)
			one(r, "intaked_first_response_seconds", "gauge", "Time within which nine of ten first answers came, in the clock of their deadline", buf_str(&labels),
			    (double)json_int(one_of, "nine_of_ten_s", 0));
		buf_release(&labels);
	}
}

static void of_object(const struct rows *r, const json_t *object, const char *key, const char *name, const char *type, const char *help)
{
	one(r, name, type, help, "", (double)json_int(object, key, 0));
}

static void metrics(void *arg, void (*row)(void *sink, const struct web_metric *metric), void *sink)
{
	const struct front *f = arg;
	const struct rows r = { row, sink };
	json_t *status = f->setup.status(f->setup.arg);
	const json_t *channels = json_object_get(status, "channels"), *out = json_object_get(status, "outbox"), *work = json_object_get(status, "workers"),
	             *similar = json_object_get(status, "similar"), *adviser = json_object_get(status, "adviser");

	is_up(&r, channels);
	per_channel(&r, channels, "offered", "intaked_messages_offered_total", "counter", "Messages that sources handed over since the start");
	per_channel(&r, channels, "accepted", "intaked_messages_accepted_total", "counter", "Messages stored since the start");
	per_channel(&r, channels, "repeated", "intaked_messages_repeated_total", "counter", "Messages the source had handed over before");
	per_channel(&r, channels, "refused", "intaked_messages_refused_total", "counter", "Inputs refused outright");
	per_channel(&r, channels, "quarantined", "intaked_messages_quarantined_total", "counter", "Messages that could not be read and are kept");
	decisions(&r, channels);
	tokens(&r, channels);
	secrets(&r, channels);
	per_channel(&r, channels, "pending", "intaked_messages_pending", "gauge", "Messages on their way to the store");
	calendars(&r, json_object_get(status, "calendars"));
	rules_given_up(&r, json_object_get(status, "rules_given_up"));
	promises(&r, json_object_get(status, "promise"));
	of_object(&r, out, "sent", "intaked_outbox_sent_total", "counter", "Acknowledgements and deliveries done since the start");
	of_object(&r, out, "failed", "intaked_outbox_failed_total", "counter", "Acknowledgements and deliveries given up");
	of_object(&r, out, "uncertain", "intaked_outbox_uncertain_total", "counter", "Sends whose outcome cannot be known");
	of_object(&r, out, "retried", "intaked_outbox_retried_total", "counter", "Sends put off to be tried again");
	of_object(&r, work, "served", "intaked_worker_served_total", "counter", "Messages read by the parse workers");
	of_object(&r, work, "died", "intaked_worker_died_total", "counter", "Parse workers that died");
	of_object(&r, work, "timed_out", "intaked_worker_timed_out_total", "counter", "Parse workers that overran their time");
	of_object(&r, similar, "incidents_open", "intaked_incidents_open", "gauge", "Incidents that go on: what many customers tell at once");
	of_object(&r, similar, "behind", "intaked_similar_behind", "gauge", "Messages that the index of likeness has not filed yet");
	of_object(&r, similar, "failed", "intaked_similar_failed_total", "counter", "Messages that could not be compared");
	if (adviser != NULL) {
		of_object(&r, adviser, "asked", "intaked_adviser_asked_total", "counter", "Questions sent to the adviser");
		of_object(&r, adviser, "used", "intaked_adviser_used_total", "counter", "Answers of the adviser that changed a ticket");
		of_object(&r, adviser, "unused", "intaked_adviser_unused_total", "counter", "Answers of the adviser that changed nothing");
		of_object(&r, adviser, "failed", "intaked_adviser_failed_total", "counter", "Tickets for which the adviser gave no answer");
		of_object(&r, adviser, "skipped", "intaked_adviser_skipped_total", "counter", "Tickets not asked about: the day's number was used up, or too many waited");
		of_object(&r, adviser, "waiting", "intaked_adviser_waiting", "gauge", "Tickets waiting for the adviser");
		one(&r, "intaked_adviser_resting", "gauge", "1 while the adviser is not asked after failures", "", json_is_true(json_object_get(adviser, "resting")) ? 1 : 0);
	}
	of_object(&r, status, "queue", "intaked_store_queue", "gauge", "Jobs waiting for the store thread");
	of_object(&r, status, "log_dropped", "intaked_log_dropped_total", "counter", "Log lines dropped because nobody read them");
	one(&r, "intaked_store_has_room", "gauge", "1 while there is room for new messages", "", json_is_true(json_object_get(status, "has_room")) ? 1 : 0);
	json_decref(status);
}

static json_t *categories(void *arg)
{
	const struct front *f = arg;

	return known_categories(f->setup.policy);
}

static json_t *channels(void *arg)
{
	const struct front *f = arg;

	return known_channels(f->setup.config);
}

/* ---- life ------------------------------------------------------------------------------------------------------------------------ */

static void mount_channels(struct front *f)
{
	for (size_t i = 0; i < f->setup.instance_count; i++) {
		struct instance *in = f->setup.instances[i];
		const struct channel_conf *channel = instance_channel(in);

		if (channel == NULL || channel->plugin->request == NULL) continue;
		channel_http_add(f->channels, &(struct channel_mount){ .name = channel->name, .plugin = channel->plugin, .state = instance_state(in),
		                                                       .offer = offer, .arg = instance_lane(in), .is_closed = !instance_is_open(in) });
	}
}

void front_open(struct front *f, struct instance *in)
{
	channel_http_open(f->channels, instance_name(in), instance_state(in));
}

static enum ik_rc make_back(struct front *f, struct ik_error *err)
{
	const struct config *config = f->setup.config;
	struct back_sink *sinks = mem_new((config->sink_count + 1) * sizeof(*sinks));
	size_t count = 0;
	enum ik_rc rc;

	for (size_t i = 0; i < config->sink_count; i++)
		if (config->sinks[i].common.enabled) sinks[count++] = (struct back_sink){ config->sinks[i].name, &config->sinks[i].common };
	rc = back_new(f->setup.progress, sinks, count, &f->back, err);
	free(sinks);
	return rc;
}

static enum ik_rc start_server(struct front *f, const char *name, const struct http_conf *conf, const struct listen_set *sockets,
                               const struct http_route *routes, size_t count, struct http_server **server_r, struct ik_error *err)
{
	int fds[LISTEN_MAX];
	enum ik_rc rc;

	if (sockets->count == 0) return IK_OK;
	rc = listen_copies(sockets, fds, err);
	if (rc != IK_OK) return rc;
	return http_server_new(&(struct http_setup){
		.conf = conf, .name = name, .language = f->setup.config->core.language, .fds = fds, .fd_count = sockets->count, .routes = routes, .route_count = count,
		.spool = make_spool, .spool_arg = f->setup.store, .refused = on_refused, .refused_arg = f,
	}, server_r, err);
}

enum ik_rc front_new(const struct front_setup *setup, struct front **front_r, struct ik_error *err)
{
	struct front *f = mem_new(sizeof(*f));
	size_t count;
	enum ik_rc rc;

	f->setup = *setup;
	f->style_path = place_data("www/style.css");
	rc = web_new(&(struct web_setup){
		.store = setup->store, .timezone = setup->config->policy.timezone, .style_path = f->style_path, .token = setup->config->admin.token,
		.lookups_per_minute = setup->config->http.lookups, .verify = verify, .survey = survey, .healthy = is_healthy, .metrics = metrics, .categories = categories, .channels = channels, .arg = f,
	}, &f->web, err);
	if (rc == IK_OK) rc = make_back(f, err);
	if (rc == IK_OK) {
		f->channels = channel_http_new(has_room, setup->store);
		mount_channels(f);
		channel_http_routes(f->channels, f->routes);
		f->routes[CHANNEL_HTTP_ROUTES] = back_route(f->back);
		count = CHANNEL_HTTP_ROUTES + 1 + web_public_routes(f->web, f->routes + CHANNEL_HTTP_ROUTES + 1);
		rc = start_server(f, "http", &setup->config->http, setup->http, f->routes, count, &f->http, err);
	}
	if (rc == IK_OK)
		rc = start_server(f, "admin", &setup->config->http, setup->admin, f->admin_routes, web_admin_routes(f->web, f->admin_routes), &f->admin, err);
	if (rc == IK_OK) *front_r = f;
	else front_free(&f);
	return rc;
}

void front_drain(struct front *f)
{
	if (f == NULL) return;
	if (f->http != NULL) http_server_drain(f->http);
	if (f->admin != NULL) http_server_drain(f->admin);
	if (f->http != NULL) http_server_settle(f->http);
	if (f->admin != NULL) http_server_settle(f->admin);
}

void front_free(struct front **front)
{
	struct front *f = *front;

	if (f == NULL) return;
	for (size_t i = 0; f->channels != NULL && i < f->setup.instance_count; i++) channel_http_remove(f->channels, instance_name(f->setup.instances[i]));
	http_server_free(&f->http);
	http_server_free(&f->admin);
	channel_http_free(&f->channels);
	back_free(&f->back);
	web_free(&f->web);
	mem_free(&f->style_path);
	mem_free(front);
}

json_t *front_status(struct front *f)
{
	struct http_stats s = { 0 };

	if (f->http != NULL) http_server_stats(f->http, &s);
	return json_pack("{s:I, s:I, s:I, s:I}", "requests", (json_int_t)s.requests, "refused", (json_int_t)s.refused, "connections", (json_int_t)s.connections,
	                 "callbacks_held", (json_int_t)back_held(f->back));
}

void front_release(struct front *f)
{
	if (f != NULL) back_release(f->back);
}
