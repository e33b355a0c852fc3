/* test_policy.c - deadlines, months in the zone, the words of acknowledgements. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/codec.h"
#include "base/clock.h"
#include "base/mem.h"
#include "policy/notice.h"
#include "policy/policy.h"

static struct policy *policy_in(const char *zone, const char *language)
{
	char rules[512];
	struct policy_conf conf = { .timezone = mem_text(zone), .default_language = mem_text(language) };
	struct policy *policy = NULL;
	struct ik_error err = { 0 };

	(void)snprintf(rules, sizeof(rules), "%s", test_data("../../conf/rules"));
	conf.rules = rules;
	CHECK_INT(policy_new(&conf, &policy, &err), IK_OK);
	CHECK_STR(err.text, "");
	free(conf.timezone);
	free(conf.default_language);
	return policy;
}

TEST(policy_schedule_keeps_the_default_deadlines)
{
	static const struct { const char *row; enum severity severity; int64_t first, start; } rows[] = {
		{ "urgent", SEVERITY_URGENT, 3600, 3600 }, { "high", SEVERITY_HIGH, 86400, 86400 },
		{ "normal", SEVERITY_NORMAL, 86400, 2 * 86400 }, { "low", SEVERITY_LOW, 86400, 3 * 86400 },
	};
	struct policy *p = policy_in("UTC", NULL);

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct schedule s;

		test_row(rows[i].row);
		policy_schedule(p, NULL, rows[i].severity, 1000, &s);
		CHECK_INT(s.first_response_due, 1000 + rows[i].first);
		CHECK_INT(s.handling_due, 1000 + rows[i].start);
		CHECK_STR(severity_names[rows[i].severity], rows[i].row);
	}
	policy_free(&p);
	CHECK(p == NULL);
	policy_free(&p);
}

TEST(policy_schedule_takes_configured_deadlines)
{
	char rules[512];
	struct policy_conf conf = { .timezone = (char[]){ "UTC" }, .rules = rules, .urgent = { .first_response = 600, .start = 1200 } };
	struct policy *p = NULL;
	struct schedule s;
	struct ik_error err = { 0 };

	(void)snprintf(rules, sizeof(rules), "%s", test_data("../../conf/rules"));
	CHECK_INT(policy_new(&conf, &p, &err), IK_OK);
	policy_schedule(p, NULL, SEVERITY_URGENT, 0, &s);
	CHECK_INT(s.first_response_due, 600);
	CHECK_INT(s.handling_due, 1200);
	policy_free(&p);
}

TEST(policy_month_turns_at_midnight_of_the_zone)
{
	static const struct { const char *row, *zone, *at; int64_t month; } rows[] = {
		{ "UTC, last second",        "UTC",              "2026-10-31T23:59:59Z", 202610 },
		{ "UTC, first second",       "UTC",              "2026-11-01T00:00:00Z", 202611 },
		{ "Shanghai is eight ahead", "Asia/Shanghai",    "2026-10-31T16:00:00Z", 202611 },
		{ "Shanghai, a second less", "Asia/Shanghai",    "2026-10-31T15:59:59Z", 202610 },
		{ "New York, summer time",   "America/New_York", "2026-11-01T03:59:59Z", 202610 },
		{ "New York, new month",     "America/New_York", "2026-11-01T04:00:00Z", 202611 },
		{ "half hours",              "Asia/Kolkata",     "2026-12-31T18:30:00Z", 202701 },
		{ "leap year",               "UTC",              "2028-02-29T12:00:00Z", 202802 },
		{ "turn of the year",        "Pacific/Auckland", "2026-12-31T11:00:00Z", 202701 },
		{ "before the table",        "UTC",              "1999-12-31T00:00:00Z", 200001 },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct policy *p;

		test_row(rows[i].row);
		p = policy_in(rows[i].zone, NULL);
		CHECK_INT(policy_month(p, clock_parse_rfc3339(rows[i].at)), rows[i].month);
		policy_free(&p);
	}
}

TEST(policy_new_names_what_is_wrong)
{
	const struct { const char *row; struct policy_conf conf; const char *word; } rows[] = {
		{ "zone", { .timezone = (char[]){ "Mars/Olympus" } }, "Mars/Olympus" },
		{ "zone with a line end", { .timezone = (char[]){ "UTC\n" } }, "time zone" },
		{ "language", { .timezone = (char[]){ "UTC" }, .default_language = (char[]){ "tlh" } }, "\"tlh\" is not known" },
		{ "folder", { .timezone = (char[]){ "UTC" }, .rules = (char[]){ "/nonexistent/rules" } }, "/nonexistent/rules" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct policy *p = NULL;
		struct ik_error err = { 0 };

		test_row(rows[i].row);
		CHECK_INT(policy_new(&rows[i].conf, &p, &err), IK_CONFIG);
		CHECK(p == NULL);
		CHECK(strstr(err.text, rows[i].word) != NULL);
	}
}

TEST(code_is_shown_in_four_groups)
{
	static const struct { const char *code, *shown; } rows[] = {
		{ "7Q4M2XK9ABCDEFGH", "7Q4M-2XK9-ABCD-EFGH" }, { "7Q4M-2XK9-ABCD-EFGH", "7Q4M-2XK9-ABCD-EFGH" }, { "", "" }, { "7Q4M2", "7Q4M-2" },
		{ "7Q4M2XK9ABCDEFGHTOOLONG", "7Q4M-2XK9-ABCD-EFGH" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char shown[20];

		test_row(rows[i].code);
		CHECK_STR(code_shown(rows[i].code, shown), rows[i].shown);
	}
}

TEST(the_language_of_a_notice_is_the_customers_as_far_as_there_are_texts)
{
	static const struct { const char *hint, *language; } rows[] = {
		{ "zh", "zh-Hans" }, { "zh-Hant-TW", "zh-Hant" }, { "zh-HK", "zh-Hant" }, { "zh_MO", "zh-Hant" }, { "zh-Hans-HK", "zh-Hans" }, { "ZH_cn", "zh-Hans" }, { "en-GB", "en" }, { "fr", "en" }, { "zhx", "en" },
		{ "", "zh-Hans" }, { NULL, "zh-Hans" }, { "und", "zh-Hans" },
	};
	struct policy *p = policy_in("UTC", "zh-Hans");

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		test_row(rows[i].hint != NULL ? rows[i].hint : "none");
		CHECK_STR(policy_notice_language(p, rows[i].hint), rows[i].language);
	}
	policy_free(&p);
}

/* What each text must hold; "!" in front: must not. 2026-11-23T06:30:59Z. */
TEST(policy_ack_text_says_code_time_and_how_to_ask)
{
	static const struct { const char *row, *language, *zone, *url, *words[6]; } rows[] = {
		{ "Chinese, zone of the policy", "zh-Hans", NULL, NULL, { "7Q4M-2XK9-ABCD-EFGH", "2026年11月23日（星期一）14:30（北京时间，UTC+8）", "追踪码", "抱歉", "!http" } },
		{ "Chinese, other zone", "zh", "America/New_York", NULL, { "2026年11月23日（星期一）01:30（纽约时间，UTC-5）" } },
		{ "English", "en", NULL, "https://help.example.org/status", { "7Q4M-2XK9-ABCD-EFGH", "Monday, 23 November 2026, 14:30 (Beijing time, UTC+8)", "https://help.example.org/status", "sorry" } },
		{ "half hours", "en", "Asia/Kolkata", NULL, { "12:00 (Kolkata time, UTC+5:30)" } },
		{ "negative half hours", "en", "America/St_Johns", NULL, { "03:00 (St Johns time, UTC-3:30)" } },
		{ "unknown zone falls back", "en", "Nowhere/None", NULL, { "14:30 (Beijing time, UTC+8)", "!Nowhere" } },
		{ "hostile zone falls back", "en", "Asia/%n%s\r\nX: y", NULL, { "14:30 (Beijing time, UTC+8)", "!X: y" } },
	};
	struct policy *p = policy_in("Asia/Shanghai", "en");

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *subject = NULL, *text = NULL;

		test_row(rows[i].row);
		policy_ack_text(p, rows[i].language, "7Q4M2XK9ABCDEFGH", clock_parse_rfc3339("2026-11-23T06:30:59Z"), rows[i].zone, rows[i].url, &subject, &text);
		for (size_t w = 0; w < COUNT_OF(rows[i].words) && rows[i].words[w] != NULL; w++) {
			const char *word = rows[i].words[w];

			if (word[0] == '!') CHECK(strstr(text, word + 1) == NULL);
			else if (strstr(text, word) == NULL) CHECK_STR(text, word);
		}
		CHECK(strstr(subject, "7Q4M-2XK9-ABCD-EFGH") != NULL && strchr(subject, '\n') == NULL);
		CHECK(strlen(text) < 2048);
		free(subject);
		free(text);
		policy_ack_text(p, rows[i].language, "7Q4M2XK9ABCDEFGH", 0, rows[i].zone, rows[i].url, NULL, &text);
		CHECK(strstr(text, "7Q4M-2XK9-ABCD-EFGH") != NULL && strstr(text, "Hello") == NULL);
		free(text);
	}
	policy_free(&p);
}
