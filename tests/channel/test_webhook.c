/* test_webhook.c - only signed JSON becomes a message, its facts come from where the map says, refusals are counted. */
#include "../unit/test.h"
#include "fake_host.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/codec.h"
#include "net/signature.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define NOW 1614265330
#define KEY "a long enough key"

static struct fake *standard(void)
{
	struct fake *f = fake_new("webhook");

	fake_set(f, "secret", SECRET);
	fake_set_now(f, NOW);
	return f;
}

static struct fake *hex(void)
{
	struct fake *f = fake_new("webhook");

	fake_set(f, "scheme", "hmac-sha256");
	fake_set(f, "secret", KEY);
	fake_set_now(f, NOW);
	return f;
}

static void sign_hex(const char *body, char header_r[80])
{
	const struct bytes piece = { body, strlen(body) };
	unsigned char mac[SHA256_SIZE];

	mac_once(KEY, strlen(KEY), &piece, 1, mac);
	memcpy(header_r, "sha256=", 8);
	(void)hex_encode(mac, sizeof(mac), header_r + 7);
}

/* Posts a body that is signed rightly in the hex scheme. */
static struct fake_response post(struct fake *f, const char *body, const char *type)
{
	char signature[80];
	const struct fake_pair headers[] = { { "X-Signature-256", signature }, { "Content-Type", type }, { NULL, NULL } };
	const struct fake_request request = { .body = body, .headers = headers };
	struct fake_response response;

	sign_hex(body, signature);
	CHECK_INT(fake_request(f, &request, &response), IK_OK);
	return response;
}

static const struct { const char *row, *scheme, *secret; enum ik_rc rc; } opens[] = {
	{ "standard",           "standard-webhooks", SECRET, IK_OK },
	{ "hex",                "hmac-sha256", "x", IK_OK },
	{ "no secret",          "standard-webhooks", NULL, IK_CONFIG },
	{ "no secret, hex",     "hmac-sha256", NULL, IK_CONFIG },
	{ "empty secret",       "hmac-sha256", "", IK_CONFIG },
	{ "short standard key", "standard-webhooks", "whsec_AAAA", IK_CONFIG },
	{ "unknown scheme",     "none", SECRET, IK_CONFIG },
};

TEST(without_a_secret_it_does_not_start)
{
	for (size_t i = 0; i < COUNT_OF(opens); i++) {
		struct fake *f = fake_new("webhook");

		test_row(opens[i].row);
		fake_set(f, "scheme", opens[i].scheme);
		if (opens[i].secret != NULL) fake_set(f, "secret", opens[i].secret);
		CHECK_INT(fake_open(f), opens[i].rc);
		fake_free(&f);
	}
}

TEST(an_unknown_fact_in_the_map_is_an_error)
{
	struct fake *f = hex();

	fake_set(f, "map.subjekt", "x");
	CHECK_INT(fake_open(f), IK_CONFIG);
	CHECK(strstr(fake_error(f), "subjekt") != NULL);
	fake_free(&f);
}

TEST(a_standard_webhook_becomes_a_message)
{
	static const char body[] = "{\"id\":\"e1\",\"subject\":\"S\",\"text\":\"hello\",\"from\":\"a@example.org\"}";
	struct fake *f = standard();
	unsigned char key[64];
	size_t len = 0;
	char signature[SIGNATURE_TEXT_MAX];
	const struct fake_pair headers[] = { { "Webhook-Id", "msg_1" }, { "webhook-timestamp", "1614265330" }, { "webhook-signature", signature },
	                                     { "content-type", "application/json; charset=utf-8" }, { NULL, NULL } };
	const struct fake_request request = { .body = body, .headers = headers };
	struct fake_response response;

	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(signature_standard_key(SECRET, key, &len, NULL), IK_OK);
	signature_standard_make(key, len, "msg_1", NOW, body, strlen(body), signature);
	CHECK_INT(fake_request(f, &request, &response), IK_OK);
	CHECK_INT(response.status, 202);
	CHECK_INT(fake_count(f), 1);
	CHECK_STR(fake_message(f, 0)->source_id, "msg_1");
	CHECK_STR(fake_message(f, 0)->text, "hello");
	CHECK_STR(fake_message(f, 0)->sender_type, "email");
	CHECK_INT(fake_message(f, 0)->raw_size, strlen(body));
	CHECK_STR(fake_message(f, 0)->raw, body);
	CHECK(!fake_message(f, 0)->sender_verified);
	free(response.body);
	fake_set_now(f, NOW + 301);                             /* the same later: stale */
	CHECK_INT(fake_request(f, &request, &response), IK_OK);
	CHECK_INT(response.status, 401);
	CHECK_INT(fake_count(f), 1);
	free(response.body);
	CHECK_INT(fake_problems(f), 0);
	fake_free(&f);
}

static const struct { const char *row, *method, *type, *body; int status; const char *part, *reason; bool is_forged; } refusals[] = {
	{ "forged",             "POST", "application/json", "{\"text\":\"x\"}", 401, "signature", "bad-signature", true },
	{ "forged, no JSON",    "POST", "application/json", "{{{", 401, "signature", "bad-signature", true },
	{ "GET",                "GET",  "application/json", "", 405, "POST", "method", false },
	{ "no JSON",            "POST", "application/json", "{\"text\":", 400, "JSON", "unreadable", false },
	{ "a list",             "POST", "application/json", "[1]", 400, "JSON", "unreadable", false },
	{ "doubled key",        "POST", "application/json", "{\"text\":\"a\",\"text\":\"b\"}", 400, "JSON", "unreadable", false },
	{ "NUL in a text",      "POST", "application/json", "{\"text\":\"a\\u0000b\"}", 400, "JSON", "unreadable", false },
	{ "number too large",   "POST", "application/json", "{\"text\":\"a\",\"order_number\":99999999999999999999}", 400, "JSON", "unreadable", false },
	{ "bad UTF-8",          "POST", "application/json", "{\"text\":\"\xff\"}", 400, "JSON", "unreadable", false },
	{ "empty body",         "POST", "application/json", "", 400, "JSON", "unreadable", false },
	{ "no text",            "POST", "application/json", "{\"id\":\"1\"}", 400, "no text at 'text'", "unreadable", false },
	{ "blank text",         "POST", "application/json", "{\"text\":\" \\n \"}", 400, "no text at 'text'", "unreadable", false },
	{ "text is an object",  "POST", "application/json", "{\"text\":{\"a\":1}}", 400, "no text at 'text'", "unreadable", false },
	{ "form type",          "POST", "application/x-www-form-urlencoded", "a=b", 415, "application/json", "content-type", false },
	{ "no type",            "POST", NULL, "{\"text\":\"x\"}", 415, "application/json", "content-type", false },
};

TEST(what_cannot_be_taken_is_refused_and_counted)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		struct fake *f = hex();
		char signature[80];
		const struct fake_pair headers[] = { { "X-Signature-256", signature }, { refusals[i].type != NULL ? "Content-Type" : "X-None", refusals[i].type != NULL ? refusals[i].type : "" }, { NULL, NULL } };
		const struct fake_request request = { .method = refusals[i].method, .body = refusals[i].body, .headers = headers };
		struct fake_response response;

		test_row(refusals[i].row);
		CHECK_INT(fake_open(f), IK_OK);
		sign_hex(refusals[i].body, signature);
		if (refusals[i].is_forged) signature[20] = signature[20] == '0' ? '1' : '0';
		CHECK_INT(fake_request(f, &request, &response), IK_OK);
		CHECK_INT(response.status, refusals[i].status);
		CHECK(response.body != NULL && strstr(response.body, refusals[i].part) != NULL);
		CHECK_INT(fake_count(f), 0);
		CHECK_INT(fake_refused(f), 1);
		CHECK(strncmp(fake_refusal(f, 0), refusals[i].reason, strlen(refusals[i].reason)) == 0);
		free(response.body);
		fake_free(&f);
	}
}

TEST(more_than_a_mebibyte_is_refused_unread)
{
	const size_t size = 1048577;
	struct fake *f = hex();
	char *body = mem_new(size + 1);
	struct fake_response response;

	memset(body, '[', size);
	CHECK_INT(fake_open(f), IK_OK);
	response = post(f, body, "application/json");
	CHECK_INT(response.status, 413);
	free(response.body);
	free(body);
	fake_free(&f);
}

/* One fact each, by its path in the map, as the message shows it. */
static const struct { const char *row, *key, *path, *body, *want; } maps[] = {
	{ "dotted path",     "order_number", "data.order.id",  "{\"text\":\"x\",\"data\":{\"order\":{\"id\":\"A-1\"}}}", "A-1" },
	{ "list index",      "order_number", "items[1].no",    "{\"text\":\"x\",\"items\":[{\"no\":\"1\"},{\"no\":\"2\"}]}", "2" },
	{ "constant",        "order_number", "=fixed",         "{\"text\":\"x\"}", "fixed" },
	{ "whole number",    "order_number", "order_number",   "{\"text\":\"x\",\"order_number\":9223372036854775807}", "9223372036854775807" },
	{ "negative number", "order_number", "order_number",   "{\"text\":\"x\",\"order_number\":-7}", "-7" },
	{ "fraction",        "order_number", "order_number",   "{\"text\":\"x\",\"order_number\":0.1}", "0.1" },
	{ "truth value",     "order_number", "order_number",   "{\"text\":\"x\",\"order_number\":true}", "true" },
	{ "null",            "order_number", "order_number",   "{\"text\":\"x\",\"order_number\":null}", NULL },
	{ "absent",          "order_number", "a.b.c",          "{\"text\":\"x\",\"a\":3}", NULL },
	{ "other text",      "text",         "message.body",   "{\"message\":{\"body\":\"\xe4\xbd\xa0\xe5\xa5\xbd\"}}", "\xe4\xbd\xa0\xe5\xa5\xbd" },
	{ "numeric id",      "external_id",  "event",          "{\"text\":\"x\",\"event\":12345678901}", "12345678901" },
	{ "no id",           "external_id",  "event",          "{\"text\":\"x\"}", NULL },
	{ "sender",          "sender",       "user.mail",      "{\"text\":\"x\",\"user\":{\"mail\":\"b@example.org\"}}", "b@example.org" },
	{ "conversation",    "conversation", "chat",           "{\"text\":\"x\",\"chat\":5}", "5" },
};

static const char *fact(const struct fake_message *m, const char *key)
{
	if (strcmp(key, "order_number") == 0) return m->order_number;
	if (strcmp(key, "text") == 0) return m->text;
	if (strcmp(key, "external_id") == 0) return m->source_id;
	return strcmp(key, "sender") == 0 ? m->sender : m->conversation;
}

TEST(facts_come_from_where_the_map_says)
{
	for (size_t i = 0; i < COUNT_OF(maps); i++) {
		struct fake *f = hex();
		char key[64];
		struct fake_response response;

		test_row(maps[i].row);
		(void)snprintf(key, sizeof(key), "map.%s", maps[i].key);
		fake_set(f, key, maps[i].path);
		CHECK_INT(fake_open(f), IK_OK);
		response = post(f, maps[i].body, "application/vnd.example+json");
		CHECK_INT(response.status, 202);
		CHECK_STR(fact(fake_message(f, 0), maps[i].key), maps[i].want);
		free(response.body);
		CHECK_INT(fake_problems(f), 0);
		fake_free(&f);
	}
}

static const struct { const char *row, *body; int64_t at; const char *type; } details[] = {
	{ "RFC 3339 time",  "{\"text\":\"x\",\"sent_at\":\"2021-02-25T15:02:10Z\",\"from\":\"+86 138 0000 0000\"}", NOW, "phone" },
	{ "seconds",        "{\"text\":\"x\",\"sent_at\":1614265330,\"from\":\"user-7\"}", NOW, "other" },
	{ "milliseconds",   "{\"text\":\"x\",\"sent_at\":1614265330123,\"from\":\"a@b.example\"}", NOW, "email" },
	{ "nonsense",       "{\"text\":\"x\",\"sent_at\":\"yesterday\"}", 0, NULL },
	{ "given type",     "{\"text\":\"x\",\"from\":\"7\",\"sender_type\":\"shop\"}", 0, "shop" },
};

TEST(times_and_handles_are_understood)
{
	for (size_t i = 0; i < COUNT_OF(details); i++) {
		struct fake *f = hex();
		struct fake_response response;

		test_row(details[i].row);
		CHECK_INT(fake_open(f), IK_OK);
		response = post(f, details[i].body, "application/json");
		CHECK_INT(response.status, 202);
		CHECK_INT(fake_message(f, 0)->sent_at, details[i].at);
		CHECK_STR(fake_message(f, 0)->sender_type, details[i].type);
		free(response.body);
		fake_free(&f);
	}
}

/* The id that makes an event the same again, where both the headers and the body may have one. */
static const struct { const char *row, *path, *body, *want; } ids[] = {
	{ "of the scheme",                          NULL,    "{\"id\":\"e1\",\"text\":\"hello\"}", "msg_1" },
	{ "of the body, where the operator says so", "id",    "{\"id\":\"e1\",\"text\":\"hello\"}", "e1" },
	{ "of the scheme, where the body has none",  "id",    "{\"text\":\"hello\"}", "msg_1" },
	{ "of the scheme, where it is empty",        "id",    "{\"id\":\"\",\"text\":\"hello\"}", "msg_1" },
};

TEST(an_event_is_known_by_the_id_that_the_map_names)
{
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		struct fake *f = standard();
		unsigned char key[64];
		size_t len = 0;
		char signature[SIGNATURE_TEXT_MAX];
		const struct fake_pair headers[] = { { "webhook-id", "msg_1" }, { "webhook-timestamp", "1614265330" }, { "webhook-signature", signature },
		                                     { "content-type", "application/json" }, { NULL, NULL } };
		const struct fake_request request = { .body = ids[i].body, .headers = headers };
		struct fake_response response;

		test_row(ids[i].row);
		if (ids[i].path != NULL) fake_set(f, "map.external_id", ids[i].path);
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(signature_standard_key(SECRET, key, &len, NULL), IK_OK);
		signature_standard_make(key, len, "msg_1", NOW, ids[i].body, strlen(ids[i].body), signature);
		CHECK_INT(fake_request(f, &request, &response), IK_OK);
		CHECK_STR(fake_message(f, 0)->source_id, ids[i].want);
		free(response.body);
		fake_free(&f);
	}
}
