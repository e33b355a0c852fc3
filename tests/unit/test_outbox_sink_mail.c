/* test_outbox_sink_mail.c - the mail a helpdesk gets: threaded, the same at every attempt, and no header of the customer's making. */
#include "sinks/mail.c"
#include "sink_host.h"

#include "base/utf8.h"

static char to[] = "helpdesk@example.com", from[] = "gateway@example.org";

struct desk { struct sink_script script; struct ik_host host; struct mail_conf conf; void *state; };

static void desk_open(struct desk *d)
{
	d->host = sink_host(&d->script);
	d->conf = (struct mail_conf){ .to = to, .from = from, .attach_original = true, .size_max = 1024 * 1024 };
	CHECK_INT(mail_open(&d->host, &d->conf, &d->state, NULL), IK_OK);
}

static void desk_close(struct desk *d)
{
	mail_close(d->state);
	script_release(&d->script);
}

/* Delivers and returns the mail; borrowed. */
static const char *delivered(struct desk *d, const json_t *ticket, int64_t message_id, enum ik_rc want)
{
	struct ik_delivery one = a_delivery(ticket, message_id);

	mail_deliver(d->state, &one, 1);
	CHECK_INT(one.rc, want);
	if (d->script.mail == NULL) return "";
	CHECK_INT(mime_check(d->script.mail, d->script.mail_size, NULL), IK_OK);
	return d->script.mail;
}

TEST(follow_ups_are_threaded_to_the_first_mail_and_repeats_are_the_same)
{
	struct desk d = { 0 };
	json_t *ticket = a_ticket();
	char *first;

	desk_open(&d);
	first = mem_text(delivered(&d, ticket, 11, IK_OK));
	CHECK(strstr(first, "\r\nMessage-ID: <202611-007.11@example.org>\r\n") != NULL);
	CHECK(strstr(first, "In-Reply-To") == NULL);
	CHECK(strstr(first, "\r\nSubject: [202611-007] Kettle\r\n") != NULL);
	CHECK(strstr(first, "\r\nFrom: \"Li Wei\" <gateway@example.org>\r\n") != NULL);
	CHECK(strstr(first, "\r\nReply-To: li@example.net\r\n") != NULL);
	CHECK(strstr(first, "The kettle leaks.") != NULL);
	CHECK(strstr(first, "\r\n.\r\n") == NULL);
	CHECK_STR(delivered(&d, ticket, 11, IK_OK), first);
	CHECK(strstr(delivered(&d, ticket, 12, IK_OK), "\r\nIn-Reply-To: <202611-007.11@example.org>\r\n") != NULL);
	CHECK(strstr(d.script.mail, "\r\nMessage-ID: <202611-007.12@example.org>\r\n") != NULL);
	CHECK(strstr(d.script.mail, "The kettle") == NULL);
	free(first);
	json_decref(ticket);
	desk_close(&d);
}

static const struct { const char *row, *value; } evil[] = {
	{ "CR LF", "x\r\nBcc: spy@evil.test\r\n\r\nbody" }, { "LF", "x\nBcc: spy@evil.test" }, { "CR", "x\rBcc: spy@evil.test" },
	{ "U+2028", "x\xe2\x80\xa8" "Bcc: spy@evil.test" }, { "U+0085", "x\xc2\x85" "Bcc: spy@evil.test" },
	{ "encoded word", "=?utf-8?B?DQpCY2M6IHNweUBldmlsLnRlc3Q=?=" }, { "address in the name", "a\" <spy@evil.test>, \"b" },
	{ "comment", "(x) spy@evil.test" }, { "long", "llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll" },
	{ "override", "\xe2\x80\xaeolleh" }, { "emoji and Chinese", "😡 退款 退款" },
};
TEST(no_text_of_a_customer_makes_a_header)
{
	for (size_t i = 0; i < COUNT_OF(evil); i++) {
		struct desk d = { 0 };
		json_t *ticket = a_ticket();
		const char *mail, *end;

		test_row(evil[i].row);
		json_object_set_new(ticket, "subject", json_string(evil[i].value));
		json_object_set_new(json_object_get(ticket, "customer"), "name", json_string(evil[i].value));
		desk_open(&d);
		mail = delivered(&d, ticket, 11, IK_OK);
		end = strstr(mail, "\r\n\r\n");
		CHECK(end != NULL);
		for (const char *line = mail; line < end; line = strstr(line, "\r\n") + 2) CHECK(strncasecmp(line, "Bcc", 3) != 0 && strcspn(line, "\r") <= 78);
		CHECK_STR(d.script.to, to);
		json_decref(ticket);
		desk_close(&d);
	}
}

TEST(a_reply_address_that_is_none_is_left_out)
{
	struct desk d = { 0 };
	json_t *ticket = a_ticket();

	json_object_set_new(json_path(ticket, "customer.handles[0]"), "value", json_string("li@example.net\r\nBcc: x@y.z"));
	desk_open(&d);
	CHECK(strstr(delivered(&d, ticket, 11, IK_OK), "Reply-To") == NULL);
	json_decref(ticket);
	desk_close(&d);
}

#define RAW(s) s, sizeof(s) - 1
static const struct { const char *row, *raw; size_t size; const char *type; } originals[] = {
	{ "clean mail",  RAW("From: li@example.net\r\n\r\nhello\r\n"),     "message/rfc822" },
	{ "8-bit mail",  RAW("From: li@example.net\r\n\r\nh\xe9llo\r\n"),  "application/octet-stream" },
	{ "bare LF",     RAW("From: li@example.net\n\nhello\n.\n"),        "application/octet-stream" },
	{ "NUL",         RAW("From: x\r\n\r\na\0b\r\n"),                   "application/octet-stream" },
	{ "ends in the middle", RAW("From: x\r\n\r\na"),                   "application/octet-stream" },
};
TEST(the_original_is_attached_whatever_it_is)
{
	for (size_t i = 0; i < COUNT_OF(originals); i++) {
		struct desk d = { .script = { .original = originals[i].raw, .original_size = originals[i].size } };
		json_t *ticket = a_ticket();

		test_row(originals[i].row);
		desk_open(&d);
		CHECK(strstr(delivered(&d, ticket, 11, IK_OK), originals[i].type) != NULL);
		json_decref(ticket);
		desk_close(&d);
	}
}

TEST(an_original_that_is_too_large_is_named_and_left_out)
{
	char *large = mem_new(2 * 1024 * 1024);
	struct desk d = { .script = { .original = large, .original_size = 2 * 1024 * 1024 } };
	json_t *ticket = a_ticket();

	desk_open(&d);
	CHECK(strstr(delivered(&d, ticket, 11, IK_OK), "too large") != NULL);
	CHECK(d.script.mail_size < 10000);
	json_decref(ticket);
	desk_close(&d);
	free(large);
}

TEST(what_the_relay_says_is_passed_on)
{
	struct desk d = { .script = { .mail_rc = IK_RETRY, .mail_uncertain = true } };
	json_t *ticket = a_ticket();
	struct ik_delivery one = a_delivery(ticket, 11);

	desk_open(&d);
	mail_deliver(d.state, &one, 1);
	CHECK_INT(one.rc, IK_RETRY);
	CHECK(one.uncertain);
	CHECK_STR(d.script.key, one.key);
	json_decref(ticket);
	desk_close(&d);
}
