/* notice.c - turns the facts of a ticket into the texts templates know by name, and renders. When it is too long, the address of the status page goes
 * first, then a chat gets the words of a short message. */
#include "policy/notice.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "policy/due_text.h"
#include "policy/policy_parts.h"
#include "store/store.h"

#define STAFF_TEXT_MAX (STORE_NOTE_MAX - 1)     /* bytes of what the staff says */

const char *policy_notice_language(const struct policy *policy, const char *hint)
{
	if (hint == NULL || hint[0] == '\0' || strncasecmp(hint, "und", 3) == 0) hint = policy->language;
	return templates_match(policy->templates, hint);
}

static void set_time(json_t *facts, const char *name, int64_t at, const char *language, const char *zone,
                     void (*write)(const char *, const char *, int64_t, char[DUE_TEXT_MAX]))
{
	char text[DUE_TEXT_MAX];

	if (at == 0) return;
	write(language, zone, at, text);
	json_set_text(facts, name, text);
}

static void set_text(json_t *facts, const char *name, const char *text)
{
	if (text != NULL && text[0] != '\0') json_set_text(facts, name, text);
}

static void set_staff_text(json_t *facts, const char *name, const char *text)
{
	if (text != NULL && strlen(text) <= STAFF_TEXT_MAX) set_text(facts, name, text);
}

/* A state in words; in a language without words of its own, in English. */
static const char *state_words(enum store_state state, const char *language)
{
	static const char *const words[][3] = {
		[STATE_RECEIVED] = { "received; nobody has taken it up yet", "已收到，等待处理", "已收到，等待處理" },
		[STATE_FORWARDED] = { "with the colleagues in charge", "已转交负责同事", "已轉交負責同仁" },
		[STATE_IN_PROGRESS] = { "in progress", "处理中", "處理中" },
		[STATE_WAITING_CUSTOMER] = { "waiting for your answer", "等待您的回复", "等待您的回覆" },
		[STATE_RESOLVED] = { "resolved", "已处理完毕", "已處理完畢" },
		[STATE_CLOSED] = { "closed", "已结束", "已結束" },
	};

	return words[state][strncmp(language, "zh", 2) != 0 ? 0 : strncmp(language, "zh-Hant", 7) == 0 ? 2 : 1];
}

static json_t *facts_of(const struct notice *n, const char *language, const char *zone)
{
	json_t *facts = json_object();
	char text[DUE_TEXT_MAX];

	if (n->code != NULL) set_text(facts, "code", code_shown(n->code, text));
	set_time(facts, "due", n->due_at, language, zone, due_text);
	set_time(facts, "due_short", n->due_at, language, zone, due_text_short);
	set_time(facts, "opens", n->opens_at, language, zone, due_text_short);
	set_time(facts, "valid_until", n->valid_until, language, zone, due_text_short);
	if (n->wait_s > 0) {
		wait_text(language, n->wait_s, text);
		json_set_text(facts, "wait", text);
	}
	set_text(facts, "brand", n->brand_name);
	set_text(facts, "status_url", n->status_url);
	set_text(facts, "survey_url", n->survey_url);
	set_text(facts, "verify_url", n->verify_url);
	set_text(facts, "incident", vocabulary_incident(n->incident_category, language));
	set_staff_text(facts, "question", n->question);
	set_staff_text(facts, "reply", n->reply);
	if (n->state > 0) set_text(facts, "state", state_words((enum store_state)(n->state - 1), language));
	return facts;
}

static enum ik_rc render(const struct policy *policy, const struct notice *n, const struct template_ask *ask, struct notice_text *text_r, struct ik_error *err)
{
	const char *language = templates_language(policy->templates, ask);
	json_t *facts = facts_of(n, language, zone_check(n->zone) ? n->zone : policy->timezone);
	enum ik_rc rc = templates_render(policy->templates, ask, facts, n->limit, &text_r->subject, &text_r->text, err);

	if (rc == IK_REJECT && n->status_url != NULL) {
		(void)json_object_del(facts, "status_url");
		rc = templates_render(policy->templates, ask, facts, n->limit, &text_r->subject, &text_r->text, err);
	}
	text_r->language = language;
	text_r->kind = ask->kind;
	json_decref(facts);
	return rc;
}

enum ik_rc policy_notice(const struct policy *policy, const struct notice *n, struct notice_text *text_r, struct ik_error *err)
{
	struct template_ask ask = { .event = n->event, .kind = n->kind, .language = policy_notice_language(policy, n->language), .brand = n->brand };
	struct notice_text text = { .subject = NULL };
	struct ik_error why = { "" };           /* of a wording that did not fit; told only when none did */
	enum ik_rc rc = render(policy, n, &ask, &text, &why);

	if (rc == IK_REJECT && n->kind == KIND_CHAT) {
		ask.kind = KIND_SMS;
		rc = render(policy, n, &ask, &text, &why);
	}
	if (rc != IK_OK) return ik_fail(rc, err, "%s", why.text);
	*text_r = text;
	return IK_OK;
}

void notice_release(struct notice_text *text)
{
	mem_free(&text->subject);
	mem_free(&text->text);
}
