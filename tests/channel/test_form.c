/* test_form.c - the form page in its languages, its checks, its token, the trap, and the receipt. */
#include "../unit/test.h"
#include "fake_host.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "net/proof.h"

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
	{ "Taiwan",                 NULL, "zh-TW,zh;q=0.9,en-US;q=0.8", "<html lang=\"zh-Hant\">" },
	{ "Hong Kong",              NULL, "en;q=0.5, zh-HK", "<html lang=\"zh-Hant\">" },
	{ "Macao",                  NULL, "zh-MO", "<html lang=\"zh-Hant\">" },
	{ "Traditional by script",  NULL, "zh-Hant-CN", "<html lang=\"zh-Hant\">" },
	{ "Simplified in Taiwan",   NULL, "zh-Hans-TW", "<html lang=\"zh-Hans\">" },
	{ "Singapore",              NULL, "zh-SG", "<html lang=\"zh-Hans\">" },
	{ "Traditional last",       NULL, "zh-CN;q=0.9, zh-TW;q=0.1", "<html lang=\"zh-Hans\">" },
	{ "asked for Traditional",  "zh-Hant", "zh-CN", "<html lang=\"zh-Hant\">" },
	{ "asked as locales are written", "zh_TW", NULL, "<html lang=\"zh-Hant\">" },
	{ "no Chinese at all",      "zhx-TW", "en", "<html lang=\"en\">" },
	{ "neither",                NULL, "fr, de;q=0.5", "<html lang=\"en\">" },
	{ "nonsense",               "<script>", "q=;;,,;q=9", "<html lang=\"en\">" },
	{ "a button to the other",  "en", NULL, "form=\"form\" formnovalidate name=\"switch\" value=\"zh\" lang=\"zh-Hans\"" },
	{ "a button back",          "zh", NULL, "name=\"switch\" value=\"en\"" },
	{ "a button to the third",  "en", NULL, "name=\"switch\" value=\"zh-Hant\" lang=\"zh-Hant\">繁體中文</button>" },
	{ "a button across",        "zh-TW", NULL, "name=\"switch\" value=\"zh\" lang=\"zh-Hans\">简体中文</button>" },
	{ "either direction",       "en", NULL, "<textarea rows=\"9\" dir=\"auto\"" },
	{ "limits are told before", "en", NULL, "Files at most: 10 \xc2\xb7 each up to 10 MiB" },
	{ "no script at all",       "en", NULL, "enctype=\"multipart/form-data\"" },
};

static const struct { const char *row, *key, *other, *lang, *heading; } titles[] = {
	{ "its own",                  "title.zh-Hant", "title.zh", "zh-TW", "<h1>one</h1>" },
	{ "the other script's",       "title.zh-Hant", "title.zh", "zh", "<h1>two</h1>" },
	{ "a place named as the key", "title.zh-HK",   "title.zh", "zh-Hant", "<h1>one</h1>" },
	{ "one for both scripts",     "title.zh",      "title.fr", "zh-Hant", "<h1>one</h1>" },
	{ "none for English",         "title.zh",      "title.fr", "en", "<h1>How can we help?</h1>" },
};
TEST(the_heading_is_the_brands_in_the_script_it_has)
{
	for (size_t i = 0; i < COUNT_OF(titles); i++) {
		struct fake *f = fake_new("form");
		struct fake_response response;

		test_row(titles[i].row);
		fake_set(f, titles[i].key, "one");
		fake_set(f, titles[i].other, "two");
		CHECK_INT(fake_open(f), IK_OK);
		response = get(f, titles[i].lang, NULL);
		CHECK(strstr(response.body, titles[i].heading) != NULL);
		free(response.body);
		fake_free(&f);
	}
}

TEST(the_page_speaks_its_languages)
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
#define EMOJI10 "\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80"
#define EMOJI100 EMOJI10 EMOJI10 EMOJI10 EMOJI10 EMOJI10 EMOJI10 EMOJI10 EMOJI10 EMOJI10 EMOJI10
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
	{ "right to left",        "\xd8\xb4\xd9\x83\xd9\x88\xd9\x89 \xe2\x80\xae", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", GOOD, "en", 200, "id=\"number\"" },
	{ "200 emoji",            EMOJI100 EMOJI100, "t", GOOD, "en", 200, "id=\"number\"" },
	{ "201 emoji",            EMOJI100 EMOJI100 "x", "t", GOOD, "en", 422, "\x9f\x98\x80x\">" },
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

TEST(a_filled_trap_stores_nothing_and_says_how_to_get_out)
{
	struct fake *f = started();
	char token[80];
	struct sent s = { "s", "t", GOOD, "", "", "http://spam.example", token, "en" };
	struct fake_response response;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	response = send_with(f, &s, NULL, 0);
	CHECK_INT(response.status, 422);
	CHECK(strstr(response.body, "received") == NULL);               /* nothing was */
	CHECK(strstr(response.body, "has to stay empty") != NULL && strstr(response.body, "class=\"away\"") == NULL);
	CHECK_INT(fake_count(f), 0);
	CHECK_INT(fake_refused(f), 1);
	CHECK(strncmp(fake_refusal(f, 0), "honeypot", 8) == 0);
	free(response.body);
	s.trap = "";                                                    /* a browser had filled it in: its owner clears it */
	response = send_with(f, &s, NULL, 0);
	CHECK_INT(response.status, 200);
	CHECK_INT(fake_count(f), 1);
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

/* ---- nothing that was typed is lost, and nothing is sent twice by accident ------------------------------------------------------------ */

TEST(a_used_form_with_other_words_says_so_and_files_nothing)
{
	struct fake *f = started();
	char token[80], next[80];
	struct sent s = { "a", "first words", GOOD, "", "", "", token, "en" };
	struct fake_response response;
	const char *at;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	response = send_with(f, &s, NULL, 0);
	free(response.body);
	s.text = "second <words>";
	response = send_with(f, &s, NULL, 0);
	CHECK_INT(response.status, 409);
	CHECK(strstr(response.body, "You have sent this form already") != NULL);
	CHECK(strstr(response.body, "<strong>202611-001</strong>") != NULL);
	CHECK(strstr(response.body, "7Q4M") == NULL);                   /* the number is enough */
	CHECK(strstr(response.body, "second &lt;words&gt;</textarea>") != NULL);
	CHECK(fake_message(f, 1)->is_other_content);
	at = strstr(response.body, "name=\"token\" value=\"");
	(void)snprintf(next, sizeof(next), "%.66s", at + 20);
	CHECK(strcmp(next, token) != 0);
	free(response.body);
	s.token = next;                                                 /* sent at once, on purpose: a message of its own */
	response = send_with(f, &s, NULL, 0);
	CHECK_INT(response.status, 200);
	CHECK(!fake_message(f, 2)->is_repeat);
	free(response.body);
	fake_free(&f);
}

TEST(the_other_language_comes_with_what_was_typed)
{
	struct fake *f = started();
	char token[80];
	struct ik_field fields[] = { { "subject", "typed", 5, NULL, NULL, -1, 0 }, { "token", token, 66, NULL, NULL, -1, 0 }, { "lang", "en", 2, NULL, NULL, -1, 0 },
	                             { "switch", "zh", 2, NULL, NULL, -1, 0 } };
	const struct fake_request request = { .fields = fields, .field_count = 4 };
	struct fake_response response;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	CHECK_INT(fake_request(f, &request, &response), IK_OK);
	CHECK_INT(response.status, 200);
	CHECK(strstr(response.body, "<html lang=\"zh-Hans\">") != NULL && strstr(response.body, "value=\"typed\"") != NULL);
	CHECK(strstr(response.body, token) != NULL && strstr(response.body, "class=\"alert\"") == NULL);
	CHECK_INT(fake_count(f), 0);
	free(response.body);
	fake_free(&f);
}

TEST(half_a_megabyte_comes_back_whole)
{
	struct fake *f = started();
	char token[80], *text = calloc(1, 500001);
	struct sent s = { "s", text, GOOD, "", "", "", token, "en" };
	struct fake_response response;

	memset(text, '"', 499999);
	text[499999] = 'Z';
	open_form(f, token);
	fake_set_now(f, NOW + 10);
	response = send_with(f, &s, NULL, 0);
	CHECK_INT(response.status, 422);
	CHECK(strstr(response.body, "&quot;Z</textarea>") != NULL && strstr(response.body, "</html>") != NULL);
	free(response.body);
	free(text);
	fake_free(&f);
}

/* ---- brakes -------------------------------------------------------------------------------------------------------------------------------- */

static struct fake_response send_from(struct fake *f, const char *peer, const char *token, const char *work)
{
	struct ik_field fields[] = { { "subject", "kept subject", 12, NULL, NULL, -1, 0 }, { "text", "t", 1, NULL, NULL, -1, 0 }, { "contact", GOOD, strlen(GOOD), NULL, NULL, -1, 0 },
	                             { "token", token, 66, NULL, NULL, -1, 0 }, { "lang", "en", 2, NULL, NULL, -1, 0 }, { "work", work, strlen(work), NULL, NULL, -1, 0 } };
	const struct fake_request request = { .fields = fields, .field_count = 6, .peer = peer };
	struct fake_response response;

	CHECK_INT(fake_request(f, &request, &response), IK_OK);
	return response;
}

static const struct { const char *row, *first, *second; int status; } neighbours[] = {
	{ "the same address",   "192.0.2.7", "192.0.2.7", 429 },
	{ "another one",        "192.0.2.7", "192.0.2.8", 200 },
	{ "the same /64",       "2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", 429 },
	{ "another /64",        "2001:db8:1:2::1", "2001:db8:1:3::1", 200 },
	{ "IPv4 in IPv6",       "192.0.2.7", "::ffff:192.0.2.7", 429 },
	{ "behind a socket",    "unix", "unix", 200 },
};

TEST(one_client_sends_so_many_and_is_told_when_to_come_back)
{
	for (size_t i = 0; i < COUNT_OF(neighbours); i++) {
		struct fake *f = fake_new("form");
		struct fake_response response;
		char token[80];

		test_row(neighbours[i].row);
		fake_set_now(f, NOW);
		fake_set(f, "client_limit", "2");
		CHECK_INT(fake_open(f), IK_OK);
		for (int n = 0; n < 3; n++) {
			fake_set_now(f, NOW);
			open_form(f, token);
			fake_set_now(f, NOW + 10);
			response = send_from(f, n < 2 ? neighbours[i].first : neighbours[i].second, token, "");
			CHECK_INT(response.status, n < 2 ? 200 : neighbours[i].status);
			if (response.status == 429) {
				CHECK_INT(response.retry_after_s, 600 - (NOW + 10) % 600);
				CHECK(strstr(response.body, "value=\"kept subject\"") != NULL && strstr(response.body, token) != NULL);
				CHECK(strncmp(fake_refusal(f, 0), "client-limit", 12) == 0);
			}
			free(response.body);
		}
		CHECK_STR(fake_message(f, 0)->client, neighbours[i].first);
		fake_free(&f);
	}
}

TEST(what_the_store_remembers_of_a_client_counts_after_a_restart)
{
	struct fake *f = fake_new("form");
	struct fake_response response;
	char token[80];

	fake_set_now(f, NOW);
	fake_set(f, "client_limit", "5");
	CHECK_INT(fake_open(f), IK_OK);
	open_form(f, token);
	fake_set_now(f, NOW + 10);
	fake_set_recent(f, 5);
	response = send_from(f, "192.0.2.1", token, "");
	CHECK_INT(response.status, 429);
	free(response.body);
	fake_set_recent(f, 4);
	response = send_from(f, "192.0.2.1", token, "");
	CHECK_INT(response.status, 200);
	free(response.body);
	fake_free(&f);
}

static char *solve(const char *token, int bits, char answer_r[24])
{
	long n = 0;

	do (void)snprintf(answer_r, 24, "%ld", n++);
	while (!proof_holds(token, answer_r, bits));
	return answer_r;
}

TEST(a_proof_of_work_or_patience)
{
	struct fake *f = fake_new("form");
	struct fake_response response;
	char token[80], answer[24], wrong[24];

	fake_set_now(f, NOW);
	fake_set(f, "proof_of_work", "10");
	CHECK_INT(fake_open(f), IK_OK);
	open_form(f, token);
	(void)solve(token, 10, answer);
	(void)snprintf(wrong, sizeof(wrong), "%ld", strtol(answer, NULL, 10) + 1);
	while (proof_holds(token, wrong, 10)) (void)snprintf(wrong, sizeof(wrong), "%ld", strtol(wrong, NULL, 10) + 1);
	fake_set_now(f, NOW + 10);
	response = send_from(f, "192.0.2.1", token, wrong);
	CHECK_INT(response.status, 422);
	CHECK(strstr(response.body, "<strong>50</strong>") != NULL && strstr(response.body, "value=\"kept subject\"") != NULL);
	CHECK(strstr(response.body, "/form/test/work.js") != NULL && strstr(response.headers, "script-src 'self'") != NULL);
	free(response.body);
	response = send_from(f, "192.0.2.1", token, "-1");
	CHECK_INT(response.status, 422);
	free(response.body);
	CHECK_INT(fake_count(f), 0);
	response = send_from(f, "192.0.2.1", token, answer);
	CHECK_INT(response.status, 200);
	free(response.body);
	fake_set_now(f, NOW + 20);
	open_form(f, token);
	fake_set_now(f, NOW + 80);                                      /* no script: the minute is over */
	response = send_from(f, "192.0.2.1", token, "");
	CHECK_INT(response.status, 200);
	free(response.body);
	fake_free(&f);
}

/* ---- look, frames -------------------------------------------------------------------------------------------------------------------------- */

static const char *temporary(const char *name, const char *data, size_t size)
{
	static char path[256];
	FILE *out;

	(void)snprintf(path, sizeof(path), "%s/%s", test_dir(), name);
	out = fopen(path, "wb");
	CHECK(out != NULL && fwrite(data, 1, size, out) == size);
	(void)fclose(out);
	return path;
}

static char big[70000] = "\x89PNG\r\n\x1a\n";
static const struct { const char *row, *key, *value; enum ik_rc rc; const char *why; } looks[] = {
	{ "a colour",             "colour", "#1a6b4f", IK_OK, "" },
	{ "a short one",          "colour", "#fc0", IK_OK, "" },
	{ "no colour",            "colour", "red; } body { display: none", IK_CONFIG, "#1a6b4f" },
	{ "a site",               "embed_on", "https://shop.example", IK_OK, "" },
	{ "a site with a path",   "embed_on", "https://shop.example/x", IK_CONFIG, "scheme and host alone" },
	{ "a policy of its own",  "embed_on", "https://a.example; script-src *", IK_CONFIG, "scheme and host alone" },
	{ "any site",             "embed_on", "*", IK_CONFIG, "scheme and host alone" },
	{ "no such picture",      "logo", "/nowhere/logo.png", IK_CONFIG, "/nowhere/logo.png" },
};

TEST(a_brand_is_checked_when_it_is_loaded)
{
	for (size_t i = 0; i < COUNT_OF(looks); i++) {
		struct fake *f = fake_new("form");

		test_row(looks[i].row);
		fake_set(f, looks[i].key, looks[i].value);
		CHECK_INT(fake_open(f), looks[i].rc);
		CHECK(strstr(fake_error(f), looks[i].why) != NULL);
		fake_free(&f);
	}
}

static const struct { const char *row, *data; size_t size; enum ik_rc rc; const char *why, *type; } logos[] = {
	{ "PNG",      "\x89PNG\r\n\x1a\n....", 12, IK_OK, "", "image/png" },
	{ "JPEG",     "\xff\xd8\xff\xe0", 4, IK_OK, "", "image/jpeg" },
	{ "script",   "<svg onload=alert(1)>", 21, IK_CONFIG, "no PNG, JPEG, GIF or WebP", NULL },
	{ "too large",big, sizeof(big), IK_CONFIG, "larger than 64 KiB", NULL },
};

TEST(a_logo_is_a_small_picture)
{
	for (size_t i = 0; i < COUNT_OF(logos); i++) {
		struct fake *f = fake_new("form");
		const struct fake_request request = { .method = "GET", .rest = "/logo" };
		struct fake_response response;

		test_row(logos[i].row);
		fake_set(f, "logo", temporary("logo", logos[i].data, logos[i].size));
		CHECK_INT(fake_open(f), logos[i].rc);
		CHECK(strstr(fake_error(f), logos[i].why) != NULL);
		if (logos[i].rc == IK_OK) {
			CHECK_INT(fake_request(f, &request, &response), IK_OK);
			CHECK_STR(response.content_type, logos[i].type);
			CHECK_INT(response.body_len, logos[i].size);
			free(response.body);
		}
		fake_free(&f);
	}
}

TEST(a_form_in_a_frame_says_on_which_sites)
{
	struct fake *f = fake_new("form");
	struct fake_response response;

	fake_set_now(f, NOW);
	fake_set(f, "embed_on", "https://shop.example");
	fake_set(f, "embed_on", "https://www.shop.example:8443");
	CHECK_INT(fake_open(f), IK_OK);
	response = get(f, "en", NULL);
	CHECK(strstr(response.headers, "frame-ancestors https://shop.example https://www.shop.example:8443\n") != NULL);
	CHECK(strstr(response.headers, "script-src") == NULL && strstr(response.body, "<script") == NULL);
	free(response.body);
	fake_free(&f);
}

TEST(the_receipt_has_the_way_to_the_status_page_as_a_picture)
{
	struct fake *f = started();
	char token[80];
	struct sent s = { "s", "t", GOOD, "", "", "", token, "zh" };
	struct fake_response response;

	open_form(f, token);
	fake_set_now(f, NOW + 10);
	response = send_with(f, &s, NULL, 0);
	CHECK(strstr(response.body, "<svg ") != NULL && strstr(response.body, "role=\"img\"") != NULL);
	CHECK(strstr(response.body, "https://help.example/s/7Q4M2XK900000001") != NULL);
	free(response.body);
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
	files[0].size = 11 * 1048576;
	response = send_with(f, &s, files, 1);
	CHECK_INT(response.status, 422);
	CHECK(strstr(response.body, "This file is too large: <bdi>a.PDF</bdi>") != NULL && strstr(response.body, "choose the files again") != NULL);
	free(response.body);
	files[0].size = 1;
	response = send_with(f, &s, files, 1);
	CHECK_INT(response.status, 200);
	free(response.body);
	for (size_t i = 0; i < 3; i++) (void)close(files[i].fd);
	fake_free(&f);
}
