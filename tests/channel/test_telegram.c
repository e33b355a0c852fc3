/* test_telegram.c - telegram.so on scripted answers of the Bot API. */
#include "fake_host.h"

#include <stdio.h>
#include "../unit/test.h"

#define TOKEN "123:s3cr3tTOKEN"
#define FROM "\"from\":{\"id\":7000000001,\"is_bot\":false,\"first_name\":\"Ana\",\"last_name\":\"X\",\"language_code\":\"pt\"}"
#define CHAT "\"chat\":{\"id\":-1009007199254740993,\"type\":\"private\"}"
#define TEXT(update, id, text) "{\"update_id\":" update ",\"message\":{\"message_id\":" id "," FROM "," CHAT ",\"date\":1767225600,\"text\":\"" text "\"}}"
#define OK(list) "{\"ok\":true,\"result\":[" list "]}"

static struct fake *bot(void)
{
	struct fake *f = fake_new("telegram");

	fake_set(f, "token", TOKEN);
	fake_set(f, "server", "http://127.0.0.1:9/");
	fake_set(f, "timeout", "0s");
	return f;
}

static void answer(struct fake *f, const char *url, int status, const char *body)
{
	fake_http(f, &(struct fake_http){ .url = url, .status = status, .body = body });
}

static void done(struct fake **f)
{
	CHECK_STR(fake_problem(*f), "");
	CHECK(!fake_logged(*f, "s3cr3t"));
	CHECK(strstr(fake_error(*f), "s3cr3t") == NULL);
	fake_free(f);
}

static const char *body_of(struct fake *f, size_t call)
{
	return fake_call(f, call)->body;
}

TEST(telegram_asks_behind_what_is_stored)
{
	struct fake *f = bot();

	answer(f, "/bot" TOKEN "/getUpdates", 200, OK(TEXT("900000001", "11", "hello") "," TEXT("900000002", "12", "again")));
	answer(f, "/getUpdates", 200, OK(TEXT("900000003", "13", "third")));
	answer(f, "/getUpdates", 200, OK(""));
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_poll(f), IK_OK);
	CHECK_INT(fake_count(f), 3);
	CHECK_STR(fake_message(f, 0)->source_id, "900000001/11");
	CHECK_STR(fake_message(f, 0)->text, "hello");
	CHECK_STR(fake_message(f, 0)->sender, "7000000001");
	CHECK_STR(fake_message(f, 0)->sender_name, "Ana X");
	CHECK_STR(fake_message(f, 0)->conversation, "-1009007199254740993");   /* beyond 2^53 */
	CHECK_STR(fake_message(f, 0)->language, "pt");
	CHECK(fake_message(f, 0)->sender_verified);
	CHECK_INT(fake_message(f, 0)->sent_at, 1767225600);
	CHECK_STR(fake_message(f, 1)->text, "again");
	CHECK_STR(fake_message(f, 2)->cursor_name, "offset");                   /* alone in its batch: one commit */
	CHECK(strstr(body_of(f, 0), "\"offset\"") == NULL);
	CHECK(strstr(body_of(f, 1), "\"offset\":900000003") != NULL);
	CHECK(strstr(body_of(f, 2), "\"offset\":900000004") != NULL);
	CHECK(strncmp(fake_cursor(f, "offset"), "900000004/", 10) == 0);
	answer(f, "/getUpdates", 200, OK(""));
	CHECK_INT(fake_poll(f), IK_OK);
	CHECK(strstr(body_of(f, 3), "\"offset\":900000004") != NULL);
	done(&f);
}

TEST(telegram_confirms_nothing_that_was_not_stored)
{
	struct fake *f = bot();

	answer(f, "/getUpdates", 200, OK(TEXT("5", "1", "a") "," TEXT("6", "2", "b") "," TEXT("7", "3", "c")));
	fake_answer(f, IK_OK, NULL);
	fake_answer(f, IK_RETRY, "disk full");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_poll(f), IK_RETRY);
	CHECK(strncmp(fake_cursor(f, "offset"), "6/", 2) == 0);
	answer(f, "/getUpdates", 200, OK(TEXT("6", "2", "b") "," TEXT("7", "3", "c")));
	answer(f, "/getUpdates", 200, OK(""));
	CHECK_INT(fake_poll(f), IK_OK);
	CHECK(strstr(body_of(f, 1), "\"offset\":6,") != NULL || strstr(body_of(f, 1), "\"offset\":6}") != NULL);
	CHECK(strncmp(fake_cursor(f, "offset"), "8/", 2) == 0);
	done(&f);
}

static const struct { const char *row, *update; size_t messages, refused; } passed[] = {
	{ "a bot",               "{\"update_id\":5,\"message\":{\"message_id\":1,\"from\":{\"id\":3,\"is_bot\":true},\"chat\":{\"id\":4},\"text\":\"x\"}}", 0, 0 },
	{ "by way of a bot",     "{\"update_id\":5,\"message\":{\"message_id\":1,\"via_bot\":{\"id\":9},\"from\":{\"id\":3},\"chat\":{\"id\":4},\"text\":\"x\"}}", 0, 0 },
	{ "service message",     "{\"update_id\":5,\"message\":{\"message_id\":1,\"from\":{\"id\":3},\"chat\":{\"id\":4},\"new_chat_members\":[{\"id\":8}]}}", 0, 0 },
	{ "channel post",        "{\"update_id\":5,\"channel_post\":{\"message_id\":1,\"chat\":{\"id\":4},\"text\":\"x\"}}", 0, 0 },
	{ "no sender",           "{\"update_id\":5,\"message\":{\"message_id\":1,\"chat\":{\"id\":4},\"text\":\"x\"}}", 0, 0 },
	{ "something new",       "{\"update_id\":5,\"message_reaction\":{}}", 0, 0 },
	{ "ids are texts",       "{\"update_id\":5,\"message\":{\"message_id\":\"1\",\"from\":{\"id\":\"3\"},\"chat\":{\"id\":4.5},\"text\":7}}", 0, 0 },
	{ "chat not allowed",    "{\"update_id\":5,\"message\":{\"message_id\":1,\"from\":{\"id\":3},\"chat\":{\"id\":5},\"text\":\"x\"}}", 0, 1 },
	{ "allowed",             "{\"update_id\":5,\"message\":{\"message_id\":1,\"from\":{\"id\":3},\"chat\":{\"id\":4},\"text\":\"x\"}}", 1, 0 },
	{ "edited",              "{\"update_id\":5,\"edited_message\":{\"message_id\":1,\"edit_date\":9,\"from\":{\"id\":3},\"chat\":{\"id\":4},\"text\":\"x\"}}", 1, 0 },
	{ "a sticker",           "{\"update_id\":5,\"message\":{\"message_id\":1,\"from\":{\"id\":3},\"chat\":{\"id\":4},\"sticker\":{\"emoji\":\"!\"}}}", 1, 0 },
	{ "no update_id",        "{\"message\":{}},{\"update_id\":5}", 1, 0 },
};
TEST(telegram_moves_on_over_what_is_no_message)
{
	for (size_t i = 0; i < COUNT_OF(passed); i++) {
		struct fake *f = bot();
		char body[600];

		test_row(passed[i].row);
		(void)snprintf(body, sizeof(body), OK("%s"), passed[i].update);
		answer(f, "/getUpdates", 200, body);
		answer(f, "/getUpdates", 200, OK(""));
		fake_set(f, "allow_chats", "4");
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_poll(f), IK_OK);
		CHECK_INT(fake_count(f), passed[i].messages);
		CHECK_INT(fake_refused(f), passed[i].refused);
		CHECK(strncmp(fake_cursor(f, "offset"), "6/", 2) == 0);
		done(&f);
	}
}

static const struct { const char *row; int status; const char *body; enum ik_rc rc; const char *says; int64_t slept_s; } refusals[] = {
	{ "a second poller",    409, "{\"ok\":false,\"error_code\":409,\"description\":\"Conflict: terminated by other getUpdates\"}", IK_CONFIG, "Conflict", 0 },
	{ "wrong token",        401, "{\"ok\":false,\"description\":\"Unauthorized\"}",     IK_CONFIG, "token",   0 },
	{ "no such bot",        404, "{\"ok\":false,\"description\":\"Not Found\"}",        IK_CONFIG, "token",   0 },
	{ "too many requests",  429, "{\"ok\":false,\"parameters\":{\"retry_after\":7}}",   IK_OK,     "",        7 },
	{ "far too many",       429, "{\"ok\":false,\"parameters\":{\"retry_after\":99999999}}", IK_OK, "",       3600 },
	{ "server is ill",      502, "<html>bad gateway</html>",                            IK_RETRY,  "502",     0 },
	{ "no JSON",            200, "hello",                                               IK_RETRY,  "read",    0 },
	{ "not ok",             200, "{\"ok\":false,\"result\":[]}",                        IK_RETRY,  "read",    0 },
	{ "result is no list",  200, "{\"ok\":true,\"result\":{}}",                         IK_RETRY,  "read",    0 },
	{ "token in the text",  500, "{\"ok\":false,\"description\":\"no " TOKEN " here\"}", IK_RETRY, "no ****", 0 },
};
TEST(telegram_keeps_the_offset_when_nothing_came)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		struct fake *f = bot();

		test_row(refusals[i].row);
		answer(f, "/getUpdates", refusals[i].status, refusals[i].body);
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_poll(f), refusals[i].rc);
		CHECK(strstr(fake_error(f), refusals[i].says) != NULL);
		CHECK_INT(fake_slept_ms(f), refusals[i].slept_s * 1000);
		CHECK_STR(fake_cursor(f, "offset"), "");
		done(&f);
	}
}

static const struct { const char *row, *cursor; bool is_used; } cursors[] = {
	{ "as written",        NULL,              true },
	{ "a flipped digit",   "910000002/",      false },
	{ "no check value",    "900000002",       false },
	{ "set to the most",   "9223372036854775807", false },
	{ "rubbish",           "banana",          false },
};
TEST(telegram_does_not_trust_a_damaged_offset)
{
	for (size_t i = 0; i < COUNT_OF(cursors); i++) {
		struct fake *f = bot();
		char good[64], text[128];

		test_row(cursors[i].row);
		answer(f, "/getUpdates", 200, OK(TEXT("900000001", "11", "hello")));
		answer(f, "/getUpdates", 200, OK(""));
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_poll(f), IK_OK);
		(void)snprintf(good, sizeof(good), "%s", fake_cursor(f, "offset"));
		if (cursors[i].cursor != NULL) {
			(void)snprintf(text, sizeof(text), "%s%s", cursors[i].cursor, strchr(cursors[i].cursor, '/') != NULL ? strchr(good, '/') + 1 : "");
			fake_set_cursor(f, "offset", text);
		}
		answer(f, "/getUpdates", 200, OK(""));
		CHECK_INT(fake_poll(f), IK_OK);
		CHECK((strstr(body_of(f, 2), "\"offset\":900000002") != NULL) == cursors[i].is_used);
		CHECK((strstr(body_of(f, 2), "offset") != NULL) == cursors[i].is_used);
		CHECK(fake_logged(f, "unreadable") == !cursors[i].is_used);
		done(&f);
	}
}

#define DOCUMENT "{\"update_id\":5,\"message\":{\"message_id\":1," FROM "," CHAT ",\"caption\":\"look\",\"document\":" \
	"{\"file_id\":\"F1\",\"file_name\":\"bill.pdf\",\"mime_type\":\"application/pdf\",\"file_size\":%d}}}"
static const struct { const char *row; int size; const char *path; int status; size_t parts; const char *text; } files[] = {
	{ "fetched",          3,        "documents/file_0.pdf", 200, 1, "look\n[document bill.pdf]" },
	{ "too large",        99999999, NULL,                   0,   0, "look\n[document bill.pdf: not fetched]" },
	{ "path goes up",     3,        "../../etc/passwd",     0,   0, "look\n[document bill.pdf: not fetched]" },
	{ "path with query",  3,        "a?b",                  0,   0, "look\n[document bill.pdf: not fetched]" },
	{ "gone",             3,        "documents/x.pdf",      404, 0, "look\n[document bill.pdf: not fetched]" },
};
TEST(telegram_fetches_files)
{
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct fake *f = bot();
		char body[600], path[200];

		test_row(files[i].row);
		(void)snprintf(body, sizeof(body), OK(DOCUMENT), files[i].size);
		answer(f, "/getUpdates", 200, body);
		if (files[i].path != NULL) {
			(void)snprintf(path, sizeof(path), "{\"ok\":true,\"result\":{\"file_path\":\"%s\"}}", files[i].path);
			answer(f, "/getFile", 200, path);
		}
		if (files[i].status != 0) answer(f, "/file/bot" TOKEN "/documents/", files[i].status, "PDF");
		answer(f, "/getUpdates", 200, OK(""));
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_poll(f), IK_OK);
		CHECK_STR(fake_message(f, 0)->text, files[i].text);
		CHECK_INT(fake_message(f, 0)->part_count, files[i].parts);
		if (files[i].parts > 0) {
			CHECK_STR(fake_message(f, 0)->parts[0].name, "bill.pdf");
			CHECK_STR(fake_message(f, 0)->parts[0].content_type, "application/pdf");
			CHECK_STR(fake_message(f, 0)->parts[0].data, "PDF");
		}
		done(&f);
	}
}

TEST(telegram_goes_on_without_a_file_that_never_comes)
{
	struct fake *f = bot();
	char body[600];

	(void)snprintf(body, sizeof(body), OK(DOCUMENT), 3);
	CHECK_INT(fake_open(f), IK_OK);
	for (int i = 0; i < 3; i++) {
		answer(f, "/getUpdates", 200, body);
		answer(f, "/getFile", 500, "{}");
		if (i == 2) answer(f, "/getUpdates", 200, OK(""));
		CHECK_INT(fake_poll(f), i < 2 ? IK_RETRY : IK_OK);
	}
	CHECK_INT(fake_count(f), 1);
	CHECK_STR(fake_message(f, 0)->text, "look\n[document bill.pdf: not fetched]");
	done(&f);
}

static enum ik_rc reply(struct fake *f, const char *text, struct ik_reply_result *result_r, struct ik_error *err)
{
	const struct ik_reply r = { .ticket_id = 1, .conversation = "-1009007199254740993", .sender = "7", .source_id = "5/77", .text = text, .key = "k" };

	return fake_channel(f)->reply(fake_state(f), &r, result_r, err);
}

static const struct { const char *row; enum ik_rc http; bool was_sent; int status; const char *body; enum ik_rc rc; bool uncertain; int64_t retry_after_s; } replies[] = {
	{ "sent",                 IK_OK,    true,  200, "{\"ok\":true,\"result\":{\"message_id\":9}}", IK_OK, false, -1 },
	{ "blocked",              IK_OK,    true,  403, "{\"ok\":false,\"description\":\"Forbidden: bot was blocked by the user\"}", IK_REJECT, false, -1 },
	{ "chat not found",       IK_OK,    true,  400, "{\"ok\":false,\"description\":\"Bad Request: chat not found\"}", IK_REJECT, false, -1 },
	{ "too many",             IK_OK,    true,  429, "{\"ok\":false,\"parameters\":{\"retry_after\":7}}", IK_RETRY, false, 7 },
	{ "server is ill",        IK_OK,    true,  502, "oops", IK_RETRY, true, -1 },
	{ "answer unreadable",    IK_OK,    true,  200, "oops", IK_RETRY, true, -1 },
	{ "no answer after send", IK_RETRY, true,  0,   NULL,   IK_RETRY, true, -1 },
	{ "never sent",           IK_RETRY, false, 0,   NULL,   IK_RETRY, false, -1 },
	{ "token withdrawn",      IK_OK,    true,  401, "{\"ok\":false}", IK_CONFIG, false, -1 },
};
TEST(telegram_reply_is_never_sent_twice_in_doubt)
{
	for (size_t i = 0; i < COUNT_OF(replies); i++) {
		struct fake *f = bot();
		struct ik_reply_result result;
		struct ik_error err = { 0 };

		test_row(replies[i].row);
		fake_http(f, &(struct fake_http){ .url = "/sendMessage", .rc = replies[i].http, .was_sent = replies[i].was_sent, .status = replies[i].status, .body = replies[i].body });
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(reply(f, "received", &result, &err), replies[i].rc);
		CHECK_INT(result.uncertain, replies[i].uncertain);
		CHECK_INT(result.retry_after_s, replies[i].retry_after_s);
		CHECK(strstr(err.text, "s3cr3t") == NULL);
		CHECK(strstr(body_of(f, 0), "\"chat_id\":-1009007199254740993") != NULL);
		CHECK(strstr(body_of(f, 0), "\"message_id\":77") != NULL);
		CHECK(strstr(body_of(f, 0), "parse_mode") == NULL);
		done(&f);
	}
}

TEST(telegram_reply_follows_a_group_that_became_a_supergroup)
{
	struct fake *f = bot();
	struct ik_reply_result result;
	struct ik_error err = { 0 };

	answer(f, "/sendMessage", 400, "{\"ok\":false,\"description\":\"upgraded\",\"parameters\":{\"migrate_to_chat_id\":-100123}}");
	answer(f, "/sendMessage", 200, "{\"ok\":true,\"result\":{}}");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(reply(f, "received", &result, &err), IK_OK);
	CHECK(strstr(body_of(f, 1), "\"chat_id\":-100123,") != NULL);
	done(&f);
}

TEST(telegram_reply_fits_into_4096_utf16_units)
{
	struct fake *f = bot();
	struct ik_reply_result result;
	struct ik_error err = { 0 };
	char *text = mem_new(4 * 3000 + 1);
	json_t *body;

	for (size_t i = 0; i < 3000; i++) memcpy(text + 4 * i, "\xf0\x9f\x98\x80", 4);        /* two units each */
	answer(f, "/sendMessage", 200, "{\"ok\":true,\"result\":{}}");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(reply(f, text, &result, &err), IK_OK);
	body = json_loads(body_of(f, 0), 0, NULL);
	CHECK_INT(strlen(json_string_value(json_object_get(body, "text"))), 2047 * 4 + 3);      /* 4094 units and the ellipsis */
	json_decref(body);
	free(text);
	done(&f);
}

TEST(telegram_doctor_names_the_step)
{
	struct fake *f = bot();

	CHECK_INT(fake_open(f), IK_OK);
	answer(f, "/getMe", 401, "{\"ok\":false}");
	CHECK_INT(fake_test(f), IK_CONFIG);
	CHECK(strstr(fake_error(f), "getMe") != NULL);
	answer(f, "/getMe", 200, "{\"ok\":true,\"result\":{\"id\":1}}");
	answer(f, "/getWebhookInfo", 200, "{\"ok\":true,\"result\":{\"url\":\"https://example.net/hook\"}}");
	CHECK_INT(fake_test(f), IK_CONFIG);
	CHECK(strstr(fake_error(f), "webhook") != NULL);
	done(&f);
}

static const struct { const char *row, *key, *value; } refused[] = {
	{ "path in the token",         "token",       "123:abc/../x" },
	{ "no token",                  "token",       "abc" },
	{ "query in the server",       "server",      "https://api.example.net/?a" },
	{ "name instead of a chat id", "allow_chats", "@support" },
};
TEST(telegram_refuses_configuration_that_cannot_be_right)
{
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct fake *f = bot();

		test_row(refused[i].row);
		fake_set(f, refused[i].key, refused[i].value);
		CHECK_INT(fake_open(f), IK_CONFIG);
		fake_free(&f);
	}
}
