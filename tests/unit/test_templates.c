/* test_templates.c - the texts customers get: the right one is found, it fits its channel, says what it must and nothing a sender wrote; and a bad
 * template is refused when it is loaded, with its place. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "base/clock.h"
#include "base/json.h"
#include "policy/channel_escape.h"
#include "policy/due_text.h"
#include "policy/notice.h"
#include "policy/template_sample.h"
#include "policy/templates.h"

#define CODE "7Q4M-2XK9-ABCD-EFGH"

static struct templates *shipped(const char *own)
{
	struct templates *t = NULL;
	struct ik_error err = { "" };
	char folder[512];

	(void)snprintf(folder, sizeof(folder), "%s", test_data("../../conf/templates"));
	(void)templates_load(folder, own, NULL, &t, &err);
	CHECK_STR(err.text, "");
	return t;
}

static void put(const char *dir, const char *path, const char *text)
{
	char *whole = mem_format("%s/%s", dir, path);
	FILE *file;

	for (char *slash = whole + strlen(dir) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		(void)mkdir(whole, 0700);
		*slash = '/';
	}
	file = fopen(whole, "we");
	CHECK(file != NULL);
	(void)fputs(text, file);
	(void)fclose(file);
	free(whole);
}

static char *text_of(const struct templates *t, const struct template_ask *ask, bool is_full, char **subject_r)
{
	json_t *facts = template_sample(ask->event, templates_language(t, ask), is_full);
	struct ik_error err = { "" };
	char *text = NULL;

	CHECK_INT(templates_render(t, ask, facts, NULL, subject_r, &text, &err), IK_OK);
	json_decref(facts);
	return text;
}

/* ---- the shipped texts ------------------------------------------------------------------------------------------------------------ */

/* Words of blame, of promises nobody can keep, and of the trade. */
static const char *const never[] = { "your fault", "you failed", "you should have", "as soon as possible", "immediately", "guarantee", "definitely", "ticket", "SLA",
	"compensat", "refund", "escalat", "{{", "}}", "马上", "立即", "保证", "一定会", "您的错", "赔偿", "退款", "工单", "升级", "馬上", "立即", "保證", "一定會", "賠償", "退款", "工單" };

static void check_shipped(const struct templates *t, const struct template_ask *ask, bool is_full)
{
	char *subject = NULL, *text = text_of(t, ask, is_full, &subject);
	char *row = mem_format("%s %s %s%s", template_event_names[ask->event], template_kind_names[ask->kind], ask->language, is_full ? "" : " bare");

	test_row(row);
	CHECK_STR(templates_language(t, ask), ask->language);
	CHECK((subject != NULL) == (ask->kind == KIND_MAIL));
	if (ask->event != EVENT_VERIFICATION) CHECK(strstr(text, CODE) != NULL);
	else CHECK(strstr(text, CODE) == NULL && strstr(text, "/verify/") != NULL);
	for (size_t i = 0; i < COUNT_OF(never); i++)
		if (strstr(text, never[i]) != NULL || (subject != NULL && strstr(subject, never[i]) != NULL)) CHECK_STR(never[i], "not in the text");
	CHECK(strstr(text, "\n\n\n") == NULL && strstr(text, "  ") == NULL && strstr(text, "。。") == NULL && strstr(text, "..") == NULL);
	if (ask->kind == KIND_SMS && strcmp(ask->language, "en") == 0) CHECK(text_size(text, strlen(text)).is_gsm7);
	if (ask->kind == KIND_SMS) CHECK(strchr(text, '\n') == NULL);
	free(row);
	free(subject);
	free(text);
}

TEST(every_shipped_text_is_there_and_keeps_the_rules)
{
	static const char *const languages[] = { "en", "zh-Hans", "zh-Hant" };
	struct templates *t = shipped(NULL);

	for (unsigned event = 0; event < EVENT_COUNT; event++)
		for (unsigned kind = 0; kind < KIND_COUNT; kind++)
			for (size_t l = 0; l < COUNT_OF(languages); l++) {
				const struct template_ask ask = { (enum template_event)event, (enum template_kind)kind, languages[l], NULL };

				check_shipped(t, &ask, true);
				check_shipped(t, &ask, false);
			}
	templates_free(&t);
	CHECK(t == NULL);
	templates_free(&t);
}

/* Characters that only the other script writes. */
TEST(shipped_chinese_is_not_mixed)
{
	static const char *const only_hans[] = { "们", "给", "迹", "码", "请", "处", "谢", "时", "间", "您说说", "这", "为" };
	static const char *const only_hant[] = { "們", "給", "碼", "請", "處", "謝", "時", "間", "這", "為" };
	struct templates *t = shipped(NULL);

	for (unsigned event = 0; event < EVENT_COUNT; event++)
		for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
			const struct template_ask hans = { (enum template_event)event, (enum template_kind)kind, "zh-Hans", NULL };
			const struct template_ask hant = { (enum template_event)event, (enum template_kind)kind, "zh-Hant", NULL };
			char *subject = NULL, *text;

			test_row(template_event_names[event]);
			text = text_of(t, &hans, true, &subject);
			for (size_t i = 0; i < COUNT_OF(only_hant); i++) CHECK(strstr(text, only_hant[i]) == NULL && (subject == NULL || strstr(subject, only_hant[i]) == NULL));
			mem_free(&subject);
			free(text);
			text = text_of(t, &hant, true, &subject);
			for (size_t i = 0; i < COUNT_OF(only_hans); i++) CHECK(strstr(text, only_hans[i]) == NULL && (subject == NULL || strstr(subject, only_hans[i]) == NULL));
			mem_free(&subject);
			free(text);
		}
	templates_free(&t);
}

/* ---- finding --------------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *hint, *language; } matches[] = {
	{ "en", "en" }, { "en-GB", "en" }, { "zh", "zh-Hans" }, { "zh-CN", "zh-Hans" }, { "zh-SG", "zh-Hans" }, { "zh_cn", "zh-Hans" }, { "zh-Hans-HK", "zh-Hans" },
	{ "zh-Hant", "zh-Hant" }, { "zh-hant-tw", "zh-Hant" }, { "zh-TW", "zh-Hant" }, { "zh_HK", "zh-Hant" }, { "zh-MO", "zh-Hant" }, { "zh-Hant-HK", "zh-Hant" },
	{ "fr", "en" }, { "zhx", "en" }, { "", "en" }, { NULL, "en" }, { "../../etc", "en" }, { "x-very-long-tag-that-goes-on-and-on-and-on-and-on", "en" },
};
TEST(templates_match_the_best_language)
{
	struct templates *t = shipped(NULL);

	for (size_t i = 0; i < COUNT_OF(matches); i++) {
		test_row(matches[i].hint != NULL ? matches[i].hint : "none");
		CHECK_STR(templates_match(t, matches[i].hint), matches[i].language);
	}
	templates_free(&t);
}

static const struct { const char *row, *language, *brand; enum template_kind kind; const char *want, *answers; } finds[] = {
	{ "own over shipped", "en", NULL, KIND_CHAT, "own en " CODE, "en" },
	{ "own part in it", "en", NULL, KIND_SMS, "part en " CODE, "en" },
	{ "brand over own", "en", "acme", KIND_CHAT, "acme en " CODE, "en" },
	{ "brand without this kind", "en", "acme", KIND_SMS, "part acme " CODE, "en" },
	{ "unknown brand", "en", "other", KIND_CHAT, "own en " CODE, "en" },
	{ "language before brand", "zh-Hans", "acme", KIND_CHAT, NULL, "zh-Hans" },
	{ "Traditional falls back to Simplified", "zh-Hant-HK", "bare", KIND_CHAT, NULL, "zh-Hant" },
	{ "a language of one's own", "fr-CA", NULL, KIND_CHAT, "fr " CODE, "fr" },
	{ "a region of its own", "pt-BR", NULL, KIND_CHAT, "pt-BR " CODE, "pt-BR" },
	{ "falls back to English for what is not there", "fr", NULL, KIND_SMS, "part en " CODE, "en" },
};
TEST(templates_are_found_by_language_then_brand_then_owner)
{
	const char *dir = test_dir();
	struct templates *t;

	put(dir, "en/received.txt", "# mine\n\n=== chat ===\nown en {{code}}{{#x}}{{/x}}{{due_short}}\n");
	put(dir, "en/received.txt", "# mine\n\n=== chat ===\nown en {{code}} {{due}}\n=== sms ===\n{{> mine}}\n{{due_short}}\n");
	put(dir, "en/parts.txt", "=== mine ===\npart en {{code}}\n");
	put(dir, "fr/received.txt", "=== chat ===\r\nfr {{code}} {{due}}\r\n");
	put(dir, "pt-BR/received.txt", "=== chat ===\npt-BR {{code}} {{due}}");
	put(dir, "brands/acme/en/received.txt", "=== chat ===\nacme en {{code}} {{due}}\n");
	put(dir, "brands/acme/en/parts.txt", "=== mine ===\npart acme {{code}}\n");
	put(dir, "README", "no template");
	put(dir, "en/received.txt~", "no template either");
	test_row("load");
	{
		char *fixed = mem_format("%s", dir);

		t = shipped(fixed);
		free(fixed);
	}
	for (size_t i = 0; i < COUNT_OF(finds); i++) {
		const struct template_ask ask = { EVENT_RECEIVED, finds[i].kind, finds[i].language, finds[i].brand };
		char *text = text_of(t, &ask, false, NULL);

		test_row(finds[i].row);
		CHECK_STR(templates_language(t, &ask), finds[i].answers);
		if (finds[i].want != NULL && strncmp(text, finds[i].want, strlen(finds[i].want)) != 0) CHECK_STR(text, finds[i].want);
		free(text);
	}
	templates_free(&t);
}

/* ---- refusing ---------------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *row, *path, *text, *word; } bad[] = {
	{ "unclosed section", "en/received.txt", "=== chat ===\nab\n{{code}} {{#due}}\n", "en/received.txt:3:10: the section \"due\" is never closed" },
	{ "columns behind a subject", "en/received.txt", "=== mail ===\nSubject: x {{code\n\nb {{due}}{{code}}\n", "en/received.txt:2:3: this tag is not closed" },
	{ "unknown name", "en/received.txt", "# c\n=== chat ===\n{{code}} {{due}}\n {{subject}}\n", "en/received.txt:4:2: received has no \"subject\"" },
	{ "sender's words", "en/received.txt", "=== chat ===\n{{code}} {{due}} {{sender}}\n", ":2:18: received has no \"sender\"" },
	{ "a name of another event", "en/received.txt", "=== chat ===\n{{code}} {{due}} {{survey_url}}\n", ":2:18: received has no \"survey_url\"" },
	{ "unknown name in a subject", "en/received.txt", "=== mail ===\nSubject: {{who}}\n\n{{code}} {{due}}\n", "received has no \"who\"" },
	{ "no code", "en/received.txt", "=== chat ===\nby {{due}}\n", "en/received.txt:1:1: {{code}} is missing" },
	{ "code only asked for", "en/received.txt", "=== chat ===\n{{#code}}x{{/code}} {{due}}\n", "{{code}} is missing" },
	{ "no time", "en/received.txt", "=== chat ===\n{{code}}\n", "{{due}} is missing" },
	{ "verification tells no code", "en/verification.txt", "=== mail ===\nSubject: s\n\n{{verify_url}} {{code}}\n", "verification has no \"code\"" },
	{ "no subject", "en/received.txt", "=== mail ===\n{{code}} {{due}}\n", "en/received.txt:2:1: a mail begins with \"Subject: \"" },
	{ "no text behind the subject", "en/received.txt", "=== mail ===\nSubject: x\n\n", "this mail has no text" },
	{ "nothing below", "en/received.txt", "=== mail ===\n=== chat ===\n{{code}} {{due}}\n", "en/received.txt:1:1: nothing stands under this heading" },
	{ "unknown kind", "en/received.txt", "=== fax ===\n{{code}} {{due}}\n", "en/received.txt:1:5: \"fax\" is no kind" },
	{ "kind twice", "en/received.txt", "=== chat ===\n{{code}} {{due}}\n=== chat ===\n{{code}} {{due}}\n", "en/received.txt:3:5: this heading stands here twice" },
	{ "text before a heading", "en/received.txt", "\nhello\n", "en/received.txt:2:1: a heading" },
	{ "empty file", "en/received.txt", "", "en/received.txt:1:1: no template" },
	{ "unknown event", "en/recieved.txt", "=== chat ===\n{{code}} {{due}}\n", "en/recieved.txt:1:1: \"recieved\" is no event" },
	{ "unknown part", "en/received.txt", "=== chat ===\n{{code}} {{due}}\n{{> prog}}\n", "en/received.txt:3:1: there is no part \"prog\"" },
	{ "part with an unknown name", "en/parts.txt", "=== progress ===\n{{nope}}\n", "en/parts.txt:2:1: " },
	{ "name of a part", "en/parts.txt", "=== Pro gress ===\nx\n", "is no name of a part" },
	{ "parts in a ring", "en/parts.txt", "=== progress ===\n{{> progress}}\n", "partials inside each other" },
	{ "raw in a page", "en/received.txt", "=== page ===\n{{{code}}} {{due}}\n", "en/received.txt:2:1: a page writes every value escaped" },
	{ "too long for a short message", "en/received.txt", "=== sms ===\n{{code}} {{due}} 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
	  "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\n",
	  "segments of a short message in UCS-2, at most 3" },
	{ "bad bytes", "en/received.txt", "=== chat ===\n{{code}} {{due}} \xff\n", "not valid UTF-8" },
	{ "no language", "french!/received.txt", "=== chat ===\n{{code}} {{due}}\n", "named after a language" },
	{ "brand's folder", "brands/a b/en/received.txt", "=== chat ===\n{{code}} {{due}}\n", "a brand's name" },
	{ "brand's template", "brands/acme/en/received.txt", "=== chat ===\n{{code}}\n", "brands/acme/en/received.txt:1:1: {{due}} is missing" },
};
TEST(bad_templates_are_refused_with_their_place)
{
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		char *dir = mem_text(test_dir()), folder[512];
		struct templates *t = NULL;
		struct ik_error err = { "" };

		test_row(bad[i].row);
		put(dir, bad[i].path, bad[i].text);
		(void)snprintf(folder, sizeof(folder), "%s", test_data("../../conf/templates"));
		CHECK_INT(templates_load(folder, dir, NULL, &t, &err), IK_CONFIG);
		CHECK(t == NULL);
		if (strstr(err.text, bad[i].word) == NULL) CHECK_STR(err.text, bad[i].word);
		free(dir);
	}
}

TEST(a_folder_without_english_is_refused)
{
	char *dir = mem_text(test_dir());
	struct templates *t = NULL;
	struct ik_error err = { "" };

	put(dir, "zh-Hans/received.txt", "=== chat ===\n{{code}} {{due}}\n");
	CHECK_INT(templates_load(dir, NULL, NULL, &t, &err), IK_CONFIG);
	CHECK(strstr(err.text, "en/received.txt:1:1: \"=== mail ===\" is missing") != NULL);
	CHECK_INT(templates_load("/nonexistent/templates", NULL, NULL, &t, &err), IK_CONFIG);
	CHECK(strstr(err.text, "/nonexistent/templates") != NULL);
	free(dir);
}

/* ---- lengths and escapes -------------------------------------------------------------------------------------------------------------------- */

static char *filled(const char *piece, size_t times)
{
	const size_t len = strlen(piece);
	char *all = mem_new(len * times + 1);

	for (size_t i = 0; i < times; i++) memcpy(all + i * len, piece, len);
	return all;
}

static const struct { const char *row, *piece; size_t times, characters, utf16, segments; bool is_gsm7; } sizes[] = {
	{ "empty", "", 1, 0, 0, 0, true }, { "one", "a", 160, 160, 160, 1, true }, { "two", "a", 161, 161, 161, 2, true },
	{ "two full", "a", 306, 306, 306, 2, true }, { "three", "a", 307, 307, 307, 3, true },
	{ "signs of two units", "{", 80, 80, 80, 1, true }, { "and one more", "{", 81, 81, 81, 2, true },
	{ "a pair is not split: 76 to a segment", "{", 152, 152, 152, 2, true }, { "so 153 take three", "{", 153, 153, 153, 3, true },
	{ "euro", "€", 1, 1, 1, 1, true }, { "umlauts", "äöüß", 40, 160, 160, 1, true }, { "c with cedilla is not there", "ç", 70, 70, 70, 1, false },
	{ "backtick is not there", "`", 71, 71, 71, 2, false }, { "Chinese", "码", 70, 70, 70, 1, false }, { "Chinese, two", "码", 71, 71, 71, 2, false },
	{ "Chinese, two full", "码", 134, 134, 134, 2, false }, { "Chinese, three", "码", 135, 135, 135, 3, false },
	{ "outside the basic plane", "😀", 35, 35, 70, 1, false }, { "a surrogate pair is not split: 33 to a segment", "😀", 66, 66, 132, 2, false },
	{ "so 67 take three", "😀", 67, 67, 134, 3, false },
};
TEST(text_size_counts_like_the_channels)
{
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		char *text = filled(sizes[i].piece, sizes[i].times);
		const struct text_size s = text_size(text, strlen(text));

		test_row(sizes[i].row);
		CHECK_INT(s.characters, sizes[i].characters);
		CHECK_INT(s.utf16, sizes[i].utf16);
		CHECK_INT(s.segments, sizes[i].segments);
		CHECK_INT(s.is_gsm7, sizes[i].is_gsm7);
		CHECK_INT(s.bytes, strlen(text));
		free(text);
	}
}

static const struct { const char *row; enum channel_escape kind; const char *text, *want; } escapes[] = {
	{ "none", ESCAPE_NONE, "a<b>@c_*", "a<b>@c_*" }, { "HTML", ESCAPE_HTML, "<a href='x'>&\"", "&lt;a href=&#39;x&#39;&gt;&amp;&quot;" },
	{ "Telegram", ESCAPE_TELEGRAM, "1. [a](b) _x_ *y* 7Q4M-2XK9! \\", "1\\. \\[a\\]\\(b\\) \\_x\\_ \\*y\\* 7Q4M\\-2XK9\\! \\\\" },
	{ "Telegram, Chinese", ESCAPE_TELEGRAM, "追踪码：7Q4M", "追踪码：7Q4M" }, { "Slack", ESCAPE_SLACK, "<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;" },
	{ "mentions", ESCAPE_MENTIONS, "@all a@b", "@\xe2\x80\x8b" "all a@\xe2\x80\x8b" "b" },
};
TEST(channel_escape_leaves_no_markup_and_calls_nobody)
{
	for (size_t i = 0; i < COUNT_OF(escapes); i++) {
		struct buf b = BUF_INIT(1000);

		test_row(escapes[i].row);
		channel_escape(escapes[i].kind, &b, escapes[i].text, strlen(escapes[i].text));
		CHECK_STR(buf_str(&b), escapes[i].want);
		buf_release(&b);
	}
}

static const struct { const char *row; int64_t seconds; const char *en, *zh, *hant; } waits[] = {
	{ "one second", 1, "about 10 minutes", "约 10 分钟", "約 10 分鐘" }, { "25 min", 1500, "about 30 minutes", "约 30 分钟", "約 30 分鐘" },
	{ "an hour and a half", 5400, "about 90 minutes", "约 90 分钟", "約 90 分鐘" }, { "over that", 5401, "about 2 hours", "约 2 小时", "約 2 小時" },
	{ "two days", 172800, "about 48 hours", "约 48 小时", "約 48 小時" }, { "more", 172801, "about 3 days", "约 3 天", "約 3 天" },
};
TEST(wait_text_rounds_up)
{
	for (size_t i = 0; i < COUNT_OF(waits); i++) {
		char text[DUE_TEXT_MAX];

		test_row(waits[i].row);
		wait_text("en", waits[i].seconds, text);
		CHECK_STR(text, waits[i].en);
		wait_text("zh-Hans", waits[i].seconds, text);
		CHECK_STR(text, waits[i].zh);
		wait_text("zh-Hant", waits[i].seconds, text);
		CHECK_STR(text, waits[i].hant);
	}
}

/* ---- notices -------------------------------------------------------------------------------------------------------------------------------- */

static struct policy *policy_of(char *language)
{
	char rules[512];
	struct policy_conf conf = { .timezone = (char[]){ "Asia/Taipei" }, .default_language = language, .rules = rules };
	struct policy *policy = NULL;
	struct ik_error err = { "" };

	(void)snprintf(rules, sizeof(rules), "%s", test_data("../../conf/rules"));
	(void)policy_new(&conf, &policy, &err);
	CHECK_STR(err.text, "");
	return policy;
}

#define URL "https://help.example.org/s/" CODE
/* 2026-11-23T06:30:59Z. "!" in front of a word: must not be there. */
static const struct { const char *row; struct notice notice; enum template_kind kind; const char *words[5]; } notices[] = {
	{ "Traditional, zone of the policy", { .event = EVENT_RECEIVED, .kind = KIND_MAIL, .language = "zh-Hant-TW" }, KIND_MAIL,
	  { CODE, "2026年11月23日（星期一）14:30（台北時間，UTC+8）", "查詢代碼", "抱歉", "!http" } },
	{ "short message", { .event = EVENT_RECEIVED, .kind = KIND_SMS, .language = "zh-CN", .zone = "Asia/Shanghai", .status_url = URL }, KIND_SMS,
	  { CODE, "北京时间11月23日14:30", URL } },
	{ "default language", { .event = EVENT_RECEIVED, .kind = KIND_CHAT }, KIND_CHAT, { CODE, "追踪码" } },
	{ "language nobody wrote", { .event = EVENT_RECEIVED, .kind = KIND_CHAT, .language = "sw" }, KIND_CHAT, { CODE, "Monday, 23 November 2026, 14:30 (Taipei time, UTC+8)" } },
	{ "chat too narrow gets the short words", { .event = EVENT_DELAYED, .kind = KIND_CHAT, .language = "en", .limit = &(struct text_limit){ .characters = 140 } }, KIND_SMS,
	  { CODE, "23 Nov 14:30 (UTC+8)" } },
	{ "the address goes when it does not fit", { .event = EVENT_RECEIVED, .kind = KIND_CHAT, .language = "en", .status_url = URL,
	  .limit = &(struct text_limit){ .characters = 320 } }, KIND_CHAT, { CODE, "!http" } },
	{ "wait", { .event = EVENT_UNDER_LOAD, .kind = KIND_CHAT, .language = "en", .wait_s = 7200 }, KIND_CHAT, { CODE, "about 2 hours" } },
	{ "question of the staff, cleaned", { .event = EVENT_MORE_INFORMATION, .kind = KIND_PAGE, .language = "en", .question = "Which <b>order</b>\xe2\x80\xae?" }, KIND_PAGE,
	  { CODE, "Which &lt;b&gt;order&lt;/b&gt;?" } },
	{ "signed", { .event = EVENT_DELAYED, .kind = KIND_MAIL, .language = "zh-Hans", .brand_name = "示例商店" }, KIND_MAIL, { CODE, "\n\n示例商店\n", "抱歉" } },
	{ "verification tells no code", { .event = EVENT_VERIFICATION, .kind = KIND_MAIL, .language = "en", .verify_url = "https://x.example/v/abc" }, KIND_MAIL,
	  { "https://x.example/v/abc", "!7Q4M" } },
};
TEST(policy_notice_says_the_facts)
{
	struct policy *p = policy_of((char[]){ "zh-Hans" });

	for (size_t i = 0; i < COUNT_OF(notices); i++) {
		struct notice n = notices[i].notice;
		struct notice_text text = { .subject = NULL };
		struct ik_error err = { "" };

		n.code = "7Q4M2XK9ABCDEFGH";
		n.due_at = clock_parse_rfc3339("2026-11-23T06:30:59Z");
		test_row(notices[i].row);
		(void)policy_notice(p, &n, &text, &err);
		CHECK_STR(err.text, "");
		CHECK_INT(text.kind, notices[i].kind);
		for (size_t w = 0; w < COUNT_OF(notices[i].words) && notices[i].words[w] != NULL; w++) {
			const char *word = notices[i].words[w];

			if (word[0] == '!') CHECK(strstr(text.text, word + 1) == NULL);
			else if (strstr(text.text, word) == NULL) CHECK_STR(text.text, word);
		}
		notice_release(&text);
	}
	policy_free(&p);
}

TEST(policy_ack_text_leaves_an_absurd_address_out)
{
	struct policy *p = policy_of((char[]){ "en" });
	char *url = filled("https://example.org/", 500), *text = NULL, *subject = NULL;

	policy_ack_text(p, "en", "7Q4M2XK9ABCDEFGH", 1795415400, NULL, url, &subject, &text);
	CHECK(strstr(text, CODE) != NULL && strstr(text, "http") == NULL && strstr(text, "contact us and give") != NULL);
	free(url);
	free(text);
	free(subject);
	policy_free(&p);
}
