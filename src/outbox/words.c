/* words.c - gathers the facts of a notice from a duty and its ticket. See words.h. */
#include "outbox/words.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "pipeline/pipeline.h"
#include "policy/channel_escape.h"
#include "policy/notice_rules.h"

static enum severity severity_of(const char *name)
{
	for (size_t i = 0; severity_names[i] != NULL; i++)
		if (strcmp(severity_names[i], name) == 0) return (enum severity)i;
	return SEVERITY_NORMAL;
}

/* "received.17" and "delayed.1795415400" are said by the templates "received" and "delayed", unless the duty names another. */
static enum template_event event_of(const struct store_duty *duty)
{
	const enum template_event event = notice_event_named(duty->template[0] != '\0' ? duty->template : duty->event);

	return event != EVENT_COUNT ? event : EVENT_RECEIVED;
}

/* When the date still lies ahead; a resolved ticket has none to wait for. */
static int64_t due_of(const struct outbox_setup *setup, const struct read_answer *a, enum template_event event)
{
	if (event == EVENT_UNDER_LOAD && setup->progress != NULL && promise_tells_target(setup->progress->promise)) return a->first_response_due;
	if (event == EVENT_STATUS && (a->state == STATE_RESOLVED || a->state == STATE_CLOSED || a->state == STATE_WAITING_CUSTOMER)) return 0;
	return a->due_at;
}

static char *verify_link(const struct outbox_setup *setup, const struct store_verification *asked)
{
	char mark[MARKS_TEXT_MAX];

	marks_verification(setup->marks, asked->id, asked->asked_at, mark);
	return policy_verify_url(setup->public_url, mark);
}

static char *survey_link(const struct outbox_setup *setup, const struct store_duty *duty)
{
	char mark[MARKS_TEXT_MAX];

	marks_survey(setup->marks, duty->ticket_id, duty->created_at, mark);
	return policy_survey_url(setup->public_url, mark);
}

enum ik_rc duty_words(const struct outbox_setup *setup, const struct store_duty *duty, const struct read_answer *a, const struct words_wanted *wanted,
                      struct notice_text *text_r, struct ik_error *err)
{
	const enum template_event event = event_of(duty);
	char *status_url = policy_status_url(setup->public_url, a->code);
	char *verify_url = wanted->asked != NULL ? verify_link(setup, wanted->asked) : NULL;
	char *survey_url = event == EVENT_SURVEY ? survey_link(setup, duty) : NULL;
	struct notice n = {
		.event = event, .survey_url = survey_url, .kind = wanted->kind, .language = a->language, .brand = a->brand, .brand_name = setup->ack->from_name, .code = a->code,
		.due_at = due_of(setup, a, event), .status_url = status_url, .state = (int)a->state + 1, .wait_s = a->due_at - a->received_at,
		.question = event == EVENT_MORE_INFORMATION && duty->note[0] != '\0' ? duty->note : NULL, .reply = duty->note, .incident_category = a->incident_category, .limit = wanted->limit,
		.verify_url = verify_url, .valid_until = wanted->asked != NULL ? wanted->asked->asked_at + MARKS_VERIFICATION_VALID_S : 0,
	};
	enum ik_rc rc;

	if (event == EVENT_OUT_OF_HOURS) n.opens_at = policy_working_moment(setup->policy, a->brand, severity_of(a->severity), a->received_at);
	rc = policy_notice(setup->policy, &n, text_r, err);
	free(status_url);
	free(verify_url);
	free(survey_url);
	return rc;
}

static enum channel_escape escape_of(enum ik_markup markup)
{
	switch (markup) {
	case IK_MARKUP_HTML: return ESCAPE_HTML;
	case IK_MARKUP_TELEGRAM: return ESCAPE_TELEGRAM;
	case IK_MARKUP_SLACK: return ESCAPE_SLACK;
	case IK_MARKUP_MENTIONS: return ESCAPE_MENTIONS;
	case IK_MARKUP_NONE: default: return ESCAPE_NONE;
	}
}

enum ik_rc duty_chat_words(const struct outbox_setup *setup, const struct store_duty *duty, const struct read_answer *answer, const struct ik_words *words,
                           struct notice_text *text_r, struct ik_error *err)
{
	const struct text_limit limit = { .bytes = (size_t)words->bytes, .characters = (size_t)words->characters, .utf16 = (size_t)words->utf16,
	                                  .segments = (size_t)words->segments };
	const struct words_wanted wanted = { .kind = words->segments > 0 ? KIND_SMS : KIND_CHAT, .limit = &limit };
	enum ik_rc rc = duty_words(setup, duty, answer, &wanted, text_r, err);
	struct buf escaped = BUF_INIT(64 * 1024);

	if (rc != IK_OK || words->markup == IK_MARKUP_NONE) return rc;
	channel_escape(escape_of(words->markup), &escaped, text_r->text, strlen(text_r->text));
	mem_free(&text_r->text);
	text_r->text = buf_take(&escaped);
	return IK_OK;
}
