/* test_outbox_sink_webhook.c - what the webhook sink posts, and what each answer means. */
#include "sinks/webhook.c"
#include "sink_host.h"

static char secret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", url[] = "https://desk.example.org/in";

static const struct { const char *row; int status; bool was_sent; int64_t wish; enum ik_rc rc; int64_t wish_r; bool uncertain, is_large; } answers[] = {
	{ "200",              200, true,  -1, IK_OK,     -1, false, false },
	{ "204",              204, true,  -1, IK_OK,     -1, false, false },
	{ "redirect",         302, true,  -1, IK_REJECT, -1, false, false },
	{ "bad request",      400, true,  -1, IK_REJECT, -1, false, false },
	{ "bad secret",       401, true,  -1, IK_CONFIG, -1, false, false },
	{ "conflict",         409, true,  -1, IK_REJECT, -1, false, false },
	{ "gone",             410, true,  -1, IK_CONFIG, -1, false, false },
	{ "unprocessable",    422, true,  -1, IK_REJECT, -1, false, false },
	{ "time-out there",   408, true,  -1, IK_RETRY,  -1, false, false },
	{ "too early",        425, true,  -1, IK_RETRY,  -1, false, false },
	{ "too many",         429, true,  30, IK_RETRY,  30, false, false },
	{ "server error",     500, true,  -1, IK_RETRY,  -1, false, false },
	{ "unavailable",      503, true,   7, IK_RETRY,   7, false, false },
	{ "never sent",       0,   false, -1, IK_RETRY,  -1, false, false },
	{ "no answer",        0,   true,  -1, IK_RETRY,  -1, true, false },
	{ "a long 200",       200, true,  -1, IK_OK,     -1, false, true },
	{ "a long 503",       503, true,  11, IK_RETRY,  11, false, true },
	{ "a long 404",       404, true,  -1, IK_CONFIG, -1, false, true },
	{ "a long 400",       400, true,  -1, IK_REJECT, -1, false, true },
};
TEST(each_answer_says_what_to_do_next)
{
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		struct sink_script s = { .status = answers[i].status, .was_sent = answers[i].was_sent, .retry_after_s = answers[i].wish, .is_large = answers[i].is_large };
		const struct ik_host host = sink_host(&s);
		const struct webhook_conf conf = { .url = url, .secret = secret, .timeout = 60 };
		struct ik_error err = { 0 };
		json_t *ticket = a_ticket();
		struct ik_delivery d = a_delivery(ticket, 11);
		void *sink = NULL;

		test_row(answers[i].row);
		CHECK_INT(webhook_open(&host, &conf, &sink, &err), IK_OK);
		webhook_deliver(sink, &d, 1);
		CHECK_INT(d.rc, answers[i].rc);
		CHECK_INT(d.retry_after_s, answers[i].wish_r);
		CHECK_INT(d.uncertain, answers[i].uncertain);
		CHECK_INT(s.calls, 1);
		webhook_close(sink);
		json_decref(ticket);
		script_release(&s);
	}
}

/* The value of a header in what was sent; until the next call. */
static const char *header(const struct sink_script *s, const char *name)
{
	static char value[256];
	const char *at = strstr(s->headers, name);

	if (at == NULL) return NULL;
	at += strlen(name) + 2;
	(void)snprintf(value, sizeof(value), "%.*s", (int)strcspn(at, "\n"), at);
	return value;
}

TEST(a_receiver_can_check_every_attempt_and_knows_a_repeat_by_its_id)
{
	struct sink_script s = { .status = 500, .retry_after_s = -1 };
	const struct ik_host host = sink_host(&s);
	const struct webhook_conf conf = { .url = url, .secret = secret, .timeout = 60 };
	json_t *ticket = a_ticket(), *body = NULL;
	unsigned char key[64];
	size_t key_len;
	void *sink = NULL;

	CHECK_INT(signature_standard_key(secret, key, &key_len, NULL), IK_OK);
	CHECK_INT(webhook_open(&host, &conf, &sink, NULL), IK_OK);
	for (int attempt = 1; attempt < 3; attempt++) {
		struct ik_delivery d = a_delivery(ticket, 11);
		char signature[256], at[64];

		d.attempt = attempt;
		webhook_deliver(sink, &d, 1);
		CHECK_STR(header(&s, "webhook-id"), d.key);
		(void)snprintf(at, sizeof(at), "%s", header(&s, "webhook-timestamp"));
		(void)snprintf(signature, sizeof(signature), "%s", header(&s, "webhook-signature"));
		CHECK_INT(signature_standard_check(key, key_len, d.key, at, signature, s.body, strlen(s.body), SINK_NOW, NULL), IK_OK);
		s.body[3] ^= 1;
		CHECK_INT(signature_standard_check(key, key_len, d.key, at, signature, s.body, strlen(s.body), SINK_NOW, NULL), IK_REJECT);
		s.body[3] ^= 1;
	}
	CHECK_INT(json_parse(s.body, strlen(s.body), &body, NULL), IK_OK);
	CHECK_STR(json_text(body, "type"), "ticket.created");
	CHECK_STR(json_text(json_path(body, "data"), "number"), "202611-007");
	CHECK(clock_parse_rfc3339(json_text(body, "timestamp")) == SINK_NOW);
	json_decref(body);
	webhook_close(sink);
	json_decref(ticket);
	script_release(&s);
}

TEST(a_secret_that_is_none_is_told_at_start)
{
	char bad[] = "hunter2";
	struct sink_script s = { 0 };
	const struct ik_host host = sink_host(&s);
	const struct webhook_conf conf = { .url = url, .secret = bad, .timeout = 60 };
	struct ik_error err = { 0 };
	void *sink = NULL;

	CHECK_INT(webhook_open(&host, &conf, &sink, &err), IK_CONFIG);
	CHECK(strstr(err.text, "hunter2") == NULL);
}
