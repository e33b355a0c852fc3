/* test_form.c - the form page in both languages, its checks, its token, the trap, and the receipt. */
#include "../unit/test.h"
#include "fake_host.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define NOW 1800000000

static struct fake *started(void)
{
	struct fake *f = fake_new("form");

	fake_set_now(f, NOW);
	CHECK_INT(fake_open(f), IK_OK);
	return f;
}

static struct fake_response get(struct fake *f, const char *lang, const char *accept)
{
	const struct fake_pair query[] = { { lang != NULL ? "lang" : "x", lang != NULL ? lang : "" }, { NULL, NULL } };
	const struct fake_pair headers[] = { { "Accept-Language", accept != NULL ? accept : "" }, { NULL, NULL } };
	const struct fake_request request = { .method = "GET", .query = query, .headers = headers };
	struct fake_response response;

	CHECK_INT(fake_request(f, &request, &response), IK_OK);
	return response;
}

/* The token of a freshly opened form. */
static void open_form(struct fake *f, char token_r[80])
{
	struct fake_response response = get(f, "en", NULL);
	const char *at = strstr(response.body, "name=\"token\" value=\"");

	CHECK_INT(response.status, 200);
	CHECK(at != NULL);
	(void)snprintf(token_r, 80, "%.66s", at + 20);
	free(response.body);
}

struct sent { const char *subject, *text, *contact, *name, *order, *trap, *token, *lang; };
static struct fake_response send_with(struct fake *f, const struct sent *s, const struct ik_field *files, size_t file_count)
{
	struct ik_field fields[24] = {
		{ "subject", s->subject, 0, NULL, NULL, -1, 0 }, { "text", s->text, 0, NULL, NULL, -1, 0 }, { "contact", s->contact, 0, NULL, NULL, -1, 0 },
		{ "name", s->name, 0, NULL, NULL, -1, 0 }, { "order_number", s->order, 0, NULL, NULL, -1, 0 }, { "fax_extension", s->trap, 0, NULL, NULL, -1, 0 },
		{ "token", s->token, 0, NULL, NULL, -1, 0 }, { "lang", s->lang, 0, NULL, NULL, -1, 0 },
	};
	struct fake_request request = { .fields = fields, .field_count = 8 + file_count };
	struct fake_response response;

	for (size_t i = 0; i < 8; i++) {
		if (fields[i].value == NULL) fields[i].value = "";
		fields[i].value_len = strlen(fields[i].value);
	}
	for (size_t i = 0; i < file_count; i++) fields[8 + i] = files[i];
	CHECK_INT(fake_request(f, &request, &response), IK_OK);
	return response;
}

static const struct { const char *row, *lang, *accept, *part; } pages[] = {
	{ "asked for Chinese",      "zh", "en", "<html lang=\"zh-Hans\">" },
	{ "asked for English",      "en", "zh-CN", "<html lang=\"en\">" },
	{ "browser speaks Chinese", NULL, "zh-CN,zh;q=0.9,en;q=0.8", "<html lang=\"zh-Hans\">" },
	{ "browser prefers English",NULL, "zh;q=0.3, en-GB;q=0.7", "<html lang=\"en\">" },
	{ "Traditional as well",    NULL, "zh-TW", "<html lang=\"zh-Hans\">" },
	{ "neither",                NULL, "fr, de;q=0.5", "<html lang=\"en\">" },
	{ "nonsense",               "<script>", "q=;;,,;q=9", "<html lang=\"en\">" },
	{ "link to the other",      "en", NULL, "href=\"?lang=zh\"" },
	{ "link back",              "zh", NULL, "href=\"?lang=en\"" },
	{ "no script at all",       "en", NULL, "enctype=\"multipart/form-data\"" },
};

TEST(the_page_speaks_both_languages)
{
	struct fake *f = started();

	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		struct fake_response response = get(f, pages[i].lang, pages[i].accept);

		test_row(pages[i].row);
		CHECK_INT(response.status, 200);
		CHECK_STR(response.content_type, "text/html; charset=utf-8");
		CHECK(strstr(response.body, pages[i].part) != NULL);
		CHECK(strstr(response.body, "<script") == NULL);
		CHECK(strstr(response.body, "://") == NULL);
		free(response.body);
	}
	fake_free(&f);
}

TEST(a_form_becomes_a_message_and_a_receipt)
{
	struct fake *f = started();
	char token[80];
	struct sent s = { "Broken <b>", "It broke.\r\nTwice.", " ann@example.org ", "Ann", "A-7", "", token, "en" };
	struct fake_response response;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	response = send_with(f, &s, NULL, 0);
	CHECK_INT(response.status, 200);
	CHECK_INT(fake_count(f), 1);
	CHECK_STR(fake_message(f, 0)->source_id, token);
	CHECK_STR(fake_message(f, 0)->subject, "Broken <b>");
	CHECK_STR(fake_message(f, 0)->text, "It broke.\nTwice.");
	CHECK_STR(fake_message(f, 0)->sender, "ann@example.org");
	CHECK_STR(fake_message(f, 0)->sender_type, "email");
	CHECK_STR(fake_message(f, 0)->sender_name, "Ann");
	CHECK_STR(fake_message(f, 0)->order_number, "A-7");
	CHECK_STR(fake_message(f, 0)->language, "en");
	CHECK(!fake_message(f, 0)->sender_verified);
	CHECK(strstr(fake_message(f, 0)->raw, "\"subject\":\"Broken <b>\"") != NULL);
	CHECK(strstr(response.body, "id=\"number\"") != NULL && strstr(response.body, "id=\"code\"") != NULL);
	CHECK(strstr(response.body, "href=\"/s/") != NULL);
	free(response.body);
	CHECK_INT(fake_problems(f), 0);
	fake_free(&f);
}

TEST(sent_twice_is_one_ticket)
{
	struct fake *f = started();
	char token[80];
	struct sent s = { "a", "b", "a@example.org", "", "", "", token, "en" };
	struct fake_response first, second;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	first = send_with(f, &s, NULL, 0);
	second = send_with(f, &s, NULL, 0);
	CHECK_INT(second.status, 200);
	CHECK(fake_message(f, 1)->is_repeat);
	CHECK_STR(second.body, first.body);
	CHECK_STR(fake_message(f, 1)->raw, fake_message(f, 0)->raw);
	free(first.body);
	free(second.body);
	fake_free(&f);
}

#define LONG10 "xxxxxxxxxx"
#define LONG100 LONG10 LONG10 LONG10 LONG10 LONG10 LONG10 LONG10 LONG10 LONG10 LONG10
#define ZH50 "\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0" \
             "\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0" \
             "\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0" \
             "\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0" \
             "\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0"
#define GOOD "a@example.org"
static const struct { const char *row, *subject, *text, *contact, *lang; int status; const char *part; } entries[] = {
	{ "all good",             "s", "t", GOOD, "en", 200, "id=\"number\"" },
	{ "phone",                "s", "t", "+86 138-0000-0000", "en", 200, "id=\"number\"" },
	{ "no subject",           " ", "t", GOOD, "en", 422, "id=\"subject-problem\">Please give a subject." },
	{ "no subject, Chinese",  "", "t", GOOD, "zh", 422, "id=\"subject-problem\">\xe8\xaf\xb7\xe5\xa1\xab\xe5\x86\x99\xe4\xb8\xbb\xe9\xa2\x98" },
	{ "no text",              "s", "\r\n \t", GOOD, "en", 422, "id=\"text-problem\"" },
	{ "no contact",           "s", "t", "", "en", 422, "id=\"contact-problem\">Please say" },
	{ "contact is nothing",   "s", "t", "call me", "en", 422, "id=\"contact-problem\">This is no" },
	{ "two addresses",        "s", "t", "a@b.example,c@d.example", "en", 422, "id=\"contact-problem\"" },
	{ "header in an address", "s", "t", "a@b.example\r\nBcc: x@y.example", "en", 422, "id=\"contact-problem\"" },
	{ "typed text is kept",   "", "<b>\"kept\" & safe", GOOD, "en", 422, "&lt;b&gt;&quot;kept&quot; &amp; safe</textarea>" },
	{ "200 characters",       ZH50 ZH50 ZH50 ZH50, "t", GOOD, "en", 200, "id=\"number\"" },
	{ "201 characters",       LONG100 LONG100 "x", "t", GOOD, "en", 422, "id=\"subject-problem\">At most" },
	{ "attribute is closed",  "\"><script>", "", GOOD, "en", 422, "value=\"&quot;&gt;&lt;script&gt;\"" },
};

TEST(what_is_wrong_is_told_at_its_field_and_nothing_is_lost)
{
	for (size_t i = 0; i < COUNT_OF(entries); i++) {
		struct fake *f = started();
		char token[80];
		struct sent s = { entries[i].subject, entries[i].text, entries[i].contact, "", "", "", token, entries[i].lang };
		struct fake_response response;

		test_row(entries[i].row);
		open_form(f, token);
		fake_set_now(f, NOW + 10);
		response = send_with(f, &s, NULL, 0);
		CHECK_INT(response.status, entries[i].status);
		CHECK(strstr(response.body, entries[i].part) != NULL);
		CHECK(strstr(response.body, "<script>") == NULL);
		CHECK_INT(fake_count(f), entries[i].status == 200 ? 1 : 0);
		if (entries[i].status == 422) CHECK(strstr(response.body, token) != NULL);      /* the second try is the same message */
		free(response.body);
		fake_free(&f);
	}
}

static const struct { const char *row; int after_s, status; const char *part; } tokens[] = {
	{ "in time",           3, 200, "id=\"number\"" },
	{ "too fast",          2, 422, "very quick" },
	{ "a day later",       86400, 200, "id=\"number\"" },
	{ "older than a day",  86401, 422, "open for too long" },
	{ "from the future",  -10, 422, "open for too long" },
};

TEST(a_form_is_good_from_three_seconds_to_a_day)
{
	for (size_t i = 0; i < COUNT_OF(tokens); i++) {
		struct fake *f = started();
		char token[80];
		struct sent s = { "s", "t", GOOD, "", "", "", token, "en" };
		struct fake_response response;

		test_row(tokens[i].row);
		open_form(f, token);
		fake_set_now(f, NOW + tokens[i].after_s);
		response = send_with(f, &s, NULL, 0);
		CHECK_INT(response.status, tokens[i].status);
		CHECK(strstr(response.body, tokens[i].part) != NULL);
		free(response.body);
		fake_free(&f);
	}
}

TEST(a_forged_token_is_refused_wherever_it_was_changed)
{
	struct fake *f = started();
	char token[80], bent[80];
	struct sent s = { "s", "t", GOOD, "", "", "", bent, "en" };
	struct fake_response response;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	for (size_t i = 0; i < strlen(token); i++) {
		memcpy(bent, token, sizeof(bent));
		bent[i] = bent[i] == '0' ? '1' : '0';
		test_row(bent);
		response = send_with(f, &s, NULL, 0);
		CHECK_INT(response.status, 422);
		free(response.body);
	}
	s.token = "";
	response = send_with(f, &s, NULL, 0);
	CHECK_INT(response.status, 422);
	free(response.body);
	CHECK_INT(fake_count(f), 0);
	fake_free(&f);
}

TEST(a_token_outlives_a_restart)
{
	struct fake *f = started(), *again = fake_new("form");
	char token[80];
	struct sent s = { "s", "t", GOOD, "", "", "", token, "en" };
	struct fake_response response;

	open_form(f, token);
	fake_set_cursor(again, "token-key", fake_cursor(f, "token-key"));
	fake_set_now(again, NOW + 10);
	CHECK_INT(fake_open(again), IK_OK);
	response = send_with(again, &s, NULL, 0);
	CHECK_INT(response.status, 200);
	free(response.body);
	fake_free(&f);
	fake_free(&again);
}

TEST(a_robot_is_thanked_and_not_stored)
{
	struct fake *f = started();
	char token[80];
	struct sent s = { "s", "t", GOOD, "", "", "http://spam.example", token, "en" };
	struct fake_response response;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	response = send_with(f, &s, NULL, 0);
	CHECK_INT(response.status, 200);
	CHECK(strstr(response.body, "We have received your message") != NULL);
	CHECK_INT(fake_count(f), 0);
	CHECK_INT(fake_refused(f), 1);
	CHECK(strncmp(fake_refusal(f, 0), "honeypot", 8) == 0);
	free(response.body);
	fake_free(&f);
}

TEST(a_busy_store_gives_the_page_back_with_what_was_typed)
{
	struct fake *f = started();
	char token[80];
	struct sent s = { "my subject", "my text", GOOD, "", "", "", token, "en" };
	struct fake_response response;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	fake_answer(f, IK_RETRY, "no space");
	response = send_with(f, &s, NULL, 0);
	CHECK_INT(response.status, 503);
	CHECK_INT(response.retry_after_s, 5);
	CHECK(strstr(response.body, "value=\"my subject\"") != NULL);
	CHECK(strstr(response.body, token) != NULL);
	free(response.body);
	fake_free(&f);
}

static struct ik_field upload(const char *name, const char *data)
{
	const int fd = memfd_create("upload", MFD_CLOEXEC);
	const ssize_t put = write(fd, data, strlen(data));

	return (struct ik_field){ .name = "files", .value = "", .filename = name, .content_type = "text/plain", .fd = fd, .size = put };
}

TEST(attachments_come_along)
{
	struct fake *f = started();
	char token[80];
	struct sent s = { "s", "t", GOOD, "", "", "", token, "en" };
	struct ik_field files[3] = { upload("../../etc/passwd", "one"), { "files", "", 0, "", "", -1, 0 }, upload("b.txt", "two!") };
	struct fake_response response;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	response = send_with(f, &s, files, 3);
	CHECK_INT(response.status, 200);
	CHECK_INT(fake_message(f, 0)->part_count, 2);
	CHECK_STR(fake_message(f, 0)->parts[0].name, "../../etc/passwd");
	CHECK_INT(fake_message(f, 0)->parts[1].size, 4);
	CHECK(strstr(fake_message(f, 0)->raw, "\"sha256\":\"7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\"") != NULL);
	free(response.body);
	(void)close(files[0].fd);
	(void)close(files[2].fd);
	fake_free(&f);
}

TEST(attachments_are_bounded)
{
	struct fake *f = fake_new("form");
	char token[80];
	struct sent s = { "s", "t", GOOD, "", "", "", token, "en" };
	struct ik_field files[3] = { upload("a.PDF", "1"), upload("b.exe", "2"), upload("c.pdf", "3") };
	struct fake_response response;

	fake_set_now(f, NOW);
	fake_set(f, "types", ".pdf");
	fake_set(f, "files", "2");
	CHECK_INT(fake_open(f), IK_OK);
	open_form(f, token);
	fake_set_now(f, NOW + 10);
	response = send_with(f, &s, files, 2);
	CHECK_INT(response.status, 422);
	CHECK(strstr(response.body, "cannot be attached") != NULL);
	free(response.body);
	response = send_with(f, &s, files, 3);
	CHECK(strstr(response.body, "Too many files") != NULL);
	free(response.body);
	response = send_with(f, &s, files, 1);
	CHECK_INT(response.status, 200);
	free(response.body);
	for (size_t i = 0; i < 3; i++) (void)close(files[i].fd);
	fake_free(&f);
}
