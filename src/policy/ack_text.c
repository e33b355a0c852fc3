/* ack_text.c - the words of an acknowledgement by mail: the template of the event "received".
 * No byte of the sender is in it, and nothing is promised beyond the deadline. */
#include "policy/policy_parts.h"

#include <string.h>
#include "base/codec.h"
#include "base/mem.h"
#include "policy/due_text.h"
#include "policy/notice.h"

/* Templates are tried when they are loaded, so this is not expected; a customer still gets the code. */
static void bare_text(const char *code, int64_t due_at, struct notice_text *text_r)
{
	char shown[CODE_SHOWN_SIZE], due[DUE_TEXT_MAX];

	due_text("", "UTC", due_at, due);
	text_r->subject = mem_format("%s", code_shown(code, shown));
	text_r->text = mem_format("%s\n%s\n", shown, due);
}

void policy_ack_notice(const struct policy *policy, const struct notice *notice, struct notice_text *text_r)
{
	if (policy_notice(policy, notice, text_r, NULL) != IK_OK) bare_text(notice->code, notice->due_at, text_r);
}

void policy_ack_text(const struct policy *policy, const char *language, const char *code, int64_t due_at, const char *zone,
                     const char *status_url, char **subject_r, char **text_r)
{
	const struct notice notice = { .event = EVENT_RECEIVED, .kind = subject_r != NULL ? KIND_MAIL : KIND_CHAT, .language = language, .code = code, .due_at = due_at, .zone = zone,
	                               .status_url = status_url };
	struct notice_text text = { .subject = NULL };

	policy_ack_notice(policy, &notice, &text);
	if (subject_r != NULL) *subject_r = text.subject;
	else mem_free(&text.subject);
	*text_r = text.text;
}
