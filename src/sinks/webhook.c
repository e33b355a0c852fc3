/* webhook.c - delivers each ticket event as a signed HTTP POST. At least once, webhook-id the same at every attempt, so that a receiver
 * that remembers ids sees every event once.
 * Wire format: Standard Webhooks 1.0.0, https://www.standardwebhooks.com
 * Thread: all functions run on this instance's own outbox thread; nothing in this file is shared. */
#include <intaked/sink.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "net/signature.h"

#define BODY_MAX (32u * 1024 * 1024)
#define REPLY_MAX 65536

struct webhook_conf { char *url, *secret, *remote_id; int64_t timeout; bool insecure; };
#define OPT(kind, field, ...) IK_OPTION(kind, struct webhook_conf, field, __VA_ARGS__)
static const char *const schemes[] = { "https", "http", NULL };
static const struct ik_option webhook_options[] = {
	OPT(URL,      url,     .flags = IK_REQUIRED | IK_PRIVATE, .choices = schemes, .help = "Where events are posted: https, or http on this machine."),
	OPT(SECRET,   secret,  .flags = IK_REQUIRED, .help = "Key of the signature, whsec_ and base64 of 24 to 64 bytes."),
	OPT(DURATION, timeout, .def = "20s", .min = 1, .max = 120, .help = "Longest wait for an answer."),
	OPT(STRING,   remote_id, .help = "Where the answer's JSON has the receiver's own id of the ticket, as a path: id, ticket.id; with it states can come back."),
	OPT(BOOL,     insecure, .def = "no", .help = "Allow an http: url that is not on this machine: every ticket then crosses the network in clear text."),
	IK_OPTION_END
};

struct webhook { const struct ik_host *host; const struct webhook_conf *conf; unsigned char key[64]; size_t key_len; };

static enum ik_rc webhook_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct webhook *w = mem_new(sizeof(*w));
	enum ik_rc rc;

	*w = (struct webhook){ .host = host, .conf = conf };
	rc = signature_standard_key(w->conf->secret, w->key, &w->key_len, err);
	if (rc == IK_OK) *state_r = w;
	else free(w);
	return rc;
}

static void webhook_close(void *state)
{
	struct webhook *w = state;

	explicit_bzero(w, sizeof(*w));
	free(w);
}

static enum ik_rc print_body(const char *event, int64_t now_at, const json_t *ticket, struct buf *b, struct ik_error *err)
{
	char at[CLOCK_RFC3339_SIZE];
	json_t *body = json_pack("{s:s, s:s, s:O}", "type", event, "timestamp", clock_rfc3339(now_at, at), "data", ticket);
	enum ik_rc rc = body != NULL && json_print(b, body) ? IK_OK : ik_fail(IK_REJECT, err, "the event does not fit into %u bytes of JSON", BODY_MAX);

	json_decref(body);
	return rc;
}

/* One POST. reply_r->body is freed by the caller. */
static enum ik_rc post(const struct webhook *w, const char *id, const struct buf *body, struct ik_http_reply *reply_r, struct ik_error *err)
{
	const int64_t now_at = w->host->now(w->host);
	char signature[SIGNATURE_TEXT_MAX];
	char *headers[4] = { NULL };
	enum ik_rc rc;

	signature_standard_make(w->key, w->key_len, id, now_at, buf_str(body), body->len, signature);
	headers[0] = mem_format("webhook-id: %s", id);
	headers[1] = mem_format("webhook-timestamp: %lld", (long long)now_at);
	headers[2] = mem_format("webhook-signature: %s", signature);
	rc = w->host->http(w->host, &(struct ik_http_call){
		.method = "POST", .url = w->conf->url, .content_type = "application/json", .body = buf_str(body), .body_len = body->len,
		.headers = (const char *const *)headers, .timeout_ms = w->conf->timeout * 1000, .reply_max = REPLY_MAX }, reply_r, err);
	for (int i = 0; i < 3; i++) free(headers[i]);
	return rc;
}

/* What the answer asks for. Redirects are not followed: a receiver that moved has to be told to us. */
static enum ik_rc judge(const struct ik_http_reply *reply, struct ik_error *err)
{
	const int status = reply->status;

	if (status >= 200 && status < 300) return IK_OK;
	switch (status) {
	case 408: case 425: case 429: return ik_fail(IK_RETRY, err, "the receiver answered %d", status);
	case 401: case 403: case 404: return ik_fail(IK_CONFIG, err, "the receiver answered %d: address or secret is not right there", status);
	case 410: return ik_fail(IK_CONFIG, err, "the receiver answered 410: it wants no more events");
	default: break;
	}
	if (status >= 500) return ik_fail(IK_RETRY, err, "the receiver answered %d", status);
	return ik_fail(IK_REJECT, err, "the receiver refused the event with %d", status);
}

/* The status decides alone: a body of any size, even one that was not read to its end, changes nothing. */
static bool has_answer(enum ik_rc rc, const struct ik_http_reply *reply)
{
	return rc == IK_OK || (rc == IK_REJECT && reply->status != 0);
}

/* What the receiver calls the ticket; an answer that does not say so is no failure. */
static void read_remote_id(const struct webhook *w, const struct ik_http_reply *reply, struct ik_delivery *d)
{
	const json_t *id;
	json_t *answer = NULL;

	if (w->conf->remote_id == NULL || reply->body == NULL || json_parse(reply->body, reply->body_len, &answer, NULL) != IK_OK) return;
	id = json_path(answer, w->conf->remote_id);
	if (json_is_integer(id)) (void)snprintf(d->new_remote_id, sizeof(d->new_remote_id), "%lld", (long long)json_integer_value(id));
	else if (json_is_string(id) && json_string_length(id) < sizeof(d->new_remote_id))
		(void)snprintf(d->new_remote_id, sizeof(d->new_remote_id), "%s", json_string_value(id));
	json_decref(answer);
}

static void deliver_one(const struct webhook *w, struct ik_delivery *d)
{
	struct buf body = BUF_INIT(BODY_MAX);
	struct ik_http_reply reply = { .retry_after_s = -1 };

	d->rc = print_body(d->event, w->host->now(w->host), d->ticket, &body, &d->err);
	if (d->rc == IK_OK) d->rc = post(w, d->key, &body, &reply, &d->err);
	if (has_answer(d->rc, &reply)) d->rc = judge(&reply, &d->err);
	else if (d->rc == IK_RETRY) d->uncertain = reply.was_sent;
	if (d->rc == IK_OK) read_remote_id(w, &reply, d);
	d->retry_after_s = reply.retry_after_s;
	w->host->free(reply.body);
	buf_release(&body);
}

static void webhook_deliver(void *state, struct ik_delivery *deliveries, size_t count)
{
	for (size_t i = 0; i < count; i++) deliver_one(state, &deliveries[i]);
}

/* An event type of its own, so that a receiver may ignore it. */
static enum ik_rc webhook_test(void *state, struct ik_error *err)
{
	const struct webhook *w = state;
	json_t *nothing = json_object();
	struct buf body = BUF_INIT(4096);
	struct ik_http_reply reply = { .retry_after_s = -1 };
	enum ik_rc rc = print_body("intaked.test", w->host->now(w->host), nothing, &body, err);

	if (rc == IK_OK) rc = post(w, "intaked-test", &body, &reply, err);
	if (has_answer(rc, &reply)) rc = judge(&reply, err);
	w->host->free(reply.body);
	buf_release(&body);
	json_decref(nothing);
	return rc;
}

IK_EXPORT const struct ik_sink intaked_sink = {
	.abi = IK_SINK_ABI, .size = sizeof(intaked_sink), .name = "webhook", .summary = "Signed HTTP POST of every ticket event (Standard Webhooks)",
	.options = webhook_options, .conf_size = sizeof(struct webhook_conf), .batch_max = 1,
	.open = webhook_open, .deliver = webhook_deliver, .test = webhook_test, .close = webhook_close,
};
