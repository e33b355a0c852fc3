/* classify.c - what the message is about and how urgent it is, by when it is answered: the policy applied to a ticket. */
#include "pipeline/ticket.h"

#include "base/mem.h"

void classify(const struct policy *policy, struct ticket *t)
{
	const char *hint = t->language_hint != NULL ? t->language_hint : t->draft.language;

	policy_classify(policy, t->draft.subject, t->draft.reply_text, t->draft.language, &t->class);
	if (t->order_number == NULL && t->class.order_number[0] != '\0') t->order_number = mem_text(t->class.order_number);
	t->ack_language = policy_ack_language(policy, hint != NULL ? hint : t->class.language);
}

void schedule(const struct policy *policy, struct ticket *t)
{
	const char *brand = t->brand != NULL ? t->brand : t->account->brand;

	schedule_release(&t->schedule);
	policy_schedule(policy, brand, t->class.severity, t->received_at, &t->schedule);
}
