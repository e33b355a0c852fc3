/* classify.c - what the message is about and how urgent it is, by when it is answered, and by whom: the policy applied to a ticket. */
#include "pipeline/ticket.h"

#include <stdio.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "policy/notice.h"
#include "text/text.h"

#define SCRIPT_BYTES 4096               /* of the text that are looked at for its script */

/* Chinese is one language with two scripts: the customer is answered in the one he writes. Of Traditional text every third character or so has
 * another Simplified form, of Simplified text hardly one in a hundred. */
static bool is_traditional(const char *text)
{
	size_t other = 0, all = 0, len = text != NULL ? strnlen(text, SCRIPT_BYTES) : 0;

	for (size_t at = 0; at < len; ) {
		const int32_t c = utf8_next(text, len, &at);

		if (c < 0x4e00 || c > 0x9fff) continue;
		all++;
		if (text_simplify((uint32_t)c) != (uint32_t)c) other++;
	}
	return other * 12 > all;
}

/* What somebody says who has read it goes before what the rules say. */
static void heed_operator(const struct pipeline_entry *entry, struct classification *c)
{
	if (entry->category == NULL && entry->sentiment == NULL && entry->severity < 0) return;
	if (entry->category != NULL) c->category = entry->category;
	if (entry->sentiment != NULL) {
		c->sentiment = entry->sentiment;
		c->mood.name = NULL;
	}
	if (entry->severity >= 0) c->severity = (enum severity)entry->severity;
	(void)snprintf(c->rule, sizeof(c->rule), "operator");
	(void)snprintf(c->evidence, sizeof(c->evidence), "%s", entry->actor);
}

void classify(const struct policy *policy, struct ticket *t)
{
	const struct policy_source from = { .channel = t->account->name, .brand = t->brand != NULL ? t->brand : t->account->brand };
	const char *hint = t->language_hint != NULL ? t->language_hint : t->draft.language;

	policy_classify_from(policy, &from, t->draft.subject, t->draft.reply_text, t->draft.language, &t->class);
	if (t->entry != NULL) heed_operator(t->entry, &t->class);
	if (t->order_number == NULL && t->class.order_number[0] != '\0') t->order_number = mem_text(t->class.order_number);
	if (hint == NULL || hint[0] == '\0') hint = t->class.language;
	if (strcmp(hint, "zh") == 0 && is_traditional(t->draft.reply_text)) hint = "zh-Hant";
	t->ack_language = policy_notice_language(policy, hint);
}

void schedule(const struct pipeline_setup *setup, struct ticket *t)
{
	const char *brand = t->brand != NULL ? t->brand : t->account->brand;

	schedule_release(&t->schedule);
	t->counts_from = t->is_history && t->mail_at != 0 && t->mail_at < t->received_at ? t->mail_at : t->received_at;
	policy_schedule(setup->policy, brand, t->class.severity, t->counts_from, &t->schedule);
	t->likely_due = t->is_history ? 0 : promise_due(setup->promise, brand, t->class.severity, t->received_at, t->schedule.first_response_due);
	due_text(t->ack_language, policy_zone(setup->policy), t->likely_due != 0 ? t->likely_due : t->schedule.first_response_due, t->promise_words);
}

void assign(const struct policy *policy, struct ticket *t)
{
	const struct assign_input in = { .category = t->class.category, .severity = severity_names[t->class.severity], .brand = t->brand != NULL ? t->brand : t->account->brand,
	                                 .channel = t->account->name, .handle = t->handle,
	                                 .reach = t->incident.customers > 1 ? t->incident.customers : 1, .persons = t->class.persons, .is_public = t->class.is_public,
	                                 .followers = t->followers };

	policy_assign(policy, &in, &t->assignment);
	if (t->class.department.name != NULL) t->assignment.department = t->class.department.name;
	if (t->entry != NULL && t->entry->department != NULL) t->assignment.department = t->entry->department;
}
