/* ack_text.c - the words of an acknowledgement by mail: the template of the event "received".
 * No byte of the sender is in it, and nothing is promised beyond the deadline. */
#include "policy/policy_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "policy/due_text.h"
#include "policy/notice.h"

static bool is_zh(const char *language)
{
	return strncasecmp(language, "zh", 2) == 0 && !isalpha((unsigned char)language[2]);
}

const char *policy_ack_language(const struct policy *policy, const char *hint)
{
	if (hint == NULL || hint[0] == '\0' || strncasecmp(hint, "und", 3) == 0) return policy->language;
	return is_zh(hint) ? "zh-Hans" : "en";
}

char *policy_code_shown(const char *code, char *shown_r)
{
	size_t n = 0;

	for (size_t i = 0; code[i] != '\0' && n < 19; i++) {
		if (code[i] == '-') continue;
		if (n % 5 == 4) shown_r[n++] = '-';
		shown_r[n++] = code[i];
	}
	shown_r[n] = '\0';
	return shown_r;
}

/* Templates are tried when they are loaded, so this is not expected; a customer still gets the code. */
static void bare_text(const char *code, int64_t due_at, struct notice_text *text_r)
{
	char shown[20], due[DUE_TEXT_MAX];

	due_text("", "UTC", due_at, due);
	text_r->subject = mem_format("%s", policy_code_shown(code, shown));
	text_r->text = mem_format("%s\n%s\n", shown, due);
}

void policy_event_text(const struct policy *policy, enum template_event event, const char *language, const char *code, int64_t due_at, const char *zone,
                       const char *status_url, char **subject_r, char **text_r)
{
	const struct notice notice = { .event = event, .kind = subject_r != NULL ? KIND_MAIL : KIND_CHAT, .language = language, .code = code, .due_at = due_at, .zone = zone,
	                               .status_url = status_url };
	struct notice_text text = { .subject = NULL };

	if (policy_notice(policy, &notice, &text, NULL) != IK_OK) bare_text(code, due_at, &text);
	if (subject_r != NULL) *subject_r = text.subject;
	else mem_free(&text.subject);
	*text_r = text.text;
}

void policy_ack_text(const struct policy *policy, const char *language, const char *code, int64_t due_at, const char *zone,
                     const char *status_url, char **subject_r, char **text_r)
{
	policy_event_text(policy, EVENT_RECEIVED, language, code, due_at, zone, status_url, subject_r, text_r);
}
