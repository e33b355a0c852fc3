/* sink_host.h - the few host functions that sinks use, scripted. Included by one test file each. */
#ifndef TESTS_UNIT_SINK_HOST_H
#define TESTS_UNIT_SINK_HOST_H

#include <intaked/sink.h>
#include <stdlib.h>
#include "base/json.h"
#include "test.h"

#define SINK_NOW 1795365698             /* 2026-11-22 */

/* What the next calls answer, and what the last ones were asked. */
struct sink_script {
	int status;                     /* 0: no answer */
	bool was_sent;
	bool is_large;                  /* the body is over the bound */
	int64_t retry_after_s;
	enum ik_rc mail_rc;
	bool mail_uncertain;
	const char *original;           /* NULL: none */
	size_t original_size;
	int calls;
	char *body, *headers, *url, *mail, *from, *to, *key;
	size_t mail_size;
};

__attribute__((unused)) static void keep(char **at, const char *text, size_t len)
{
	free(*at);
	*at = mem_copy(text, len);
}

__attribute__((unused)) static void script_release(struct sink_script *s)
{
	char **all[] = { &s->body, &s->headers, &s->url, &s->mail, &s->from, &s->to, &s->key };

	for (size_t i = 0; i < COUNT_OF(all); i++) mem_free(all[i]);
}

static int64_t sink_now(const struct ik_host *host) { (void)host; return SINK_NOW; }
static void sink_log(const struct ik_host *host, enum ik_level level, const char *fmt, ...) { (void)host; (void)level; (void)fmt; }

static enum ik_rc sink_http(const struct ik_host *host, const struct ik_http_call *call, struct ik_http_reply *reply_r, struct ik_error *err)
{
	struct sink_script *s = host->core;
	struct buf headers = BUF_INIT(10000);

	s->calls++;
	for (const char *const *h = call->headers; h != NULL && *h != NULL; h++) buf_format(&headers, "%s\n", *h);
	keep(&s->headers, buf_str(&headers), headers.len);
	keep(&s->body, call->body, call->body_len);
	keep(&s->url, call->url, strlen(call->url));
	buf_release(&headers);
	*reply_r = (struct ik_http_reply){ .status = s->status, .was_sent = s->was_sent, .retry_after_s = s->retry_after_s, .body = s->is_large ? NULL : mem_text("") };
	if (s->is_large) return ik_fail(IK_REJECT, err, "the reply is larger than allowed");
	return s->status != 0 ? IK_OK : ik_fail(IK_RETRY, err, "no answer");
}

static enum ik_rc sink_mail(const struct ik_host *host, const char *from, const char *to, const void *message, size_t size, const char *key,
                            bool *uncertain_r, struct ik_error *err)
{
	struct sink_script *s = host->core;

	s->calls++;
	keep(&s->mail, message, size);
	s->mail_size = size;
	keep(&s->from, from, strlen(from));
	keep(&s->to, to, strlen(to));
	keep(&s->key, key, strlen(key));
	*uncertain_r = s->mail_uncertain;
	return s->mail_rc == IK_OK ? IK_OK : ik_fail(s->mail_rc, err, "scripted");
}

static enum ik_rc sink_original(const struct ik_host *host, int64_t message_id, size_t max, void **raw_r, size_t *size_r, struct ik_error *err)
{
	struct sink_script *s = host->core;

	(void)message_id;
	if (s->original == NULL || s->original_size > max) return ik_fail(IK_REJECT, err, "none");
	*raw_r = mem_copy(s->original, s->original_size);
	*size_r = s->original_size;
	return IK_OK;
}

static void *sink_alloc(size_t size) { return mem_new(size); }
static void sink_free(void *memory) { free(memory); }

__attribute__((unused)) static struct ik_host sink_host(struct sink_script *script)
{
	return (struct ik_host){ .size = sizeof(struct ik_host), .instance = "desk", .core = script, .alloc = sink_alloc, .free = sink_free, .log = sink_log,
	                         .now = sink_now, .http = sink_http, .mail = sink_mail, .original = sink_original };
}

/* A ticket with two messages of the customer, 11 and 12. */
__attribute__((unused)) static json_t *a_ticket(void)
{
	static const char text[] =
		"{\"number\":\"202611-007\",\"code\":\"7Q4M2XK97Q4M2XK9\",\"subject\":\"Kettle\",\"severity\":\"normal\",\"category\":\"product_quality\","
		"\"channel\":{\"name\":\"support\",\"type\":\"lmtp\"},\"customer\":{\"id\":1,\"name\":\"Li Wei\",\"handles\":[{\"type\":\"email\",\"value\":\"li@example.net\",\"verified\":false}]},"
		"\"received_at\":\"2026-11-22T16:21:38Z\",\"messages\":["
		"{\"id\":11,\"direction\":\"in\",\"text\":\"The kettle leaks.\\n.\\nFrom the start.\",\"attachments\":[]},"
		"{\"id\":12,\"direction\":\"in\",\"text\":\"\xe8\xbf\x98\xe5\x9c\xa8\xe6\xbc\x8f\",\"attachments\":[]}]}";
	json_t *ticket = NULL;

	CHECK_INT(json_parse(text, sizeof(text) - 1, &ticket, NULL), IK_OK);
	return ticket;
}

__attribute__((unused)) static struct ik_delivery a_delivery(const json_t *ticket, int64_t message_id)
{
	return (struct ik_delivery){ .key = "0123456789abcdef", .event = message_id == 12 ? "ticket.updated" : "ticket.created", .ticket = ticket, .attempt = 1,
	                             .rc = IK_RETRY, .retry_after_s = -1, .message_id = message_id };
}

#endif
