/* template_sample.c - sample facts. The code is no real one: its check character is wrong on purpose. */
#include "policy/template_sample.h"

#include <string.h>
#include "base/json.h"
#include "policy/due_text.h"
#include "policy/vocabulary.h"

#define SAMPLE_CODE "7Q4M-2XK9-ABCD-EFGH"
#define SAMPLE_AT 1795415400            /* 2026-11-23T06:30:00Z: a Monday, and long in English */
#define SAMPLE_SITE "https://service.example.com"

static void set_times(json_t *facts, const char *language, bool is_full)
{
	char text[DUE_TEXT_MAX];

	due_text(language, "Asia/Shanghai", SAMPLE_AT, text);
	json_set_text(facts, "due", text);
	due_text_short(language, "Asia/Shanghai", SAMPLE_AT, text);
	json_set_text(facts, "due_short", text);
	if (!is_full) return;
	due_text_short(language, "Asia/Shanghai", SAMPLE_AT - 5 * 3600, text);
	json_set_text(facts, "opens", text);
	due_text_short(language, "Asia/Shanghai", SAMPLE_AT + 86400, text);
	json_set_text(facts, "valid_until", text);
	wait_text(language, 6 * 3600, text);
	json_set_text(facts, "wait", text);
}

json_t *template_sample(enum template_event event, const char *language, bool is_full)
{
	const bool zh = strncmp(language, "zh", 2) == 0, hant = strncmp(language, "zh-Hant", 7) == 0;
	json_t *facts = json_object();

	set_times(facts, language, is_full);
	if (event != EVENT_VERIFICATION) json_set_text(facts, "code", SAMPLE_CODE);
	if (event == EVENT_SURVEY || (is_full && event == EVENT_RESOLVED)) json_set_text(facts, "survey_url", SAMPLE_SITE "/v/" SAMPLE_CODE);
	if (event == EVENT_VERIFICATION) json_set_text(facts, "verify_url", SAMPLE_SITE "/verify/3mQx7vT9pLr2KdWfHs8YbA");
	if (event == EVENT_REPLY)
		json_set_text(facts, "reply", zh ? hant ? "您好，新的零件已於今天上午寄出。" : "您好，新的配件已于今天上午寄出。" : "The new part was sent this morning.");
	if (event == EVENT_STATUS) json_set_text(facts, "state", zh ? hant ? "等待您的回覆" : "等待您的回复" : "with the colleagues in charge");
	if (!is_full) return facts;
	json_set_text(facts, "status_url", SAMPLE_SITE "/s/" SAMPLE_CODE);
	json_set_text(facts, "brand", zh ? hant ? "範例商店" : "示例商店" : "Example Store");
	json_set_text(facts, "incident", vocabulary_incident("billing", language));
	json_set_text(facts, "question", zh ? hant ? "請問您的訂單編號是多少？" : "请问您的订单号是多少？" : "What is the number of your order?");
	return facts;
}
