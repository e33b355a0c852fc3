#include "pipeline/replay.h"

#include <stdio.h>
#include <string.h>
#include "base/json.h"
#include "base/mem.h"

bool replay_is_mail(const json_t *opening)
{
	return json_text(json_object_get(json_object_get(opening, "decisions"), "identity"), "authenticated_by") != NULL;
}

static const char *old_reason(const json_t *opening)
{
	const char *reason = json_text(json_object_get(json_object_get(opening, "decisions"), "ack"), "reason");

	return reason != NULL ? reason : "";
}

/* What the channel had handed over. */
static void fill(struct ticket *t, const json_t *opening, void *raw, size_t raw_size)
{
	const json_t *identity = json_object_get(json_object_get(opening, "decisions"), "identity");
	const char *reason = old_reason(opening);

	t->form = replay_is_mail(opening) ? IK_FORM_MAIL : IK_FORM_PLAIN;
	t->raw = raw;
	t->raw_size = (int64_t)raw_size;
	t->recipient = mem_text(json_text(opening, "recipient"));
	t->sender_verified = json_is_true(json_object_get(identity, "verified"));
	t->is_history = strcmp(reason, "history") == 0;
	t->is_reply_to_ack = strcmp(reason, "reply-to-ack") == 0;
	if (t->form == IK_FORM_MAIL) {
		if (strcmp(reason, "null-sender") == 0) t->envelope_from = mem_text("");
		return;
	}
	t->is_automatic_author = strcmp(reason, "vendor") == 0;
	t->sender_type = mem_text(json_text(identity, "type"));
	t->sender = mem_text(json_text(opening, "sender"));
	t->draft.subject = mem_text(json_text(opening, "subject") != NULL ? json_text(opening, "subject") : "");
	t->draft.text = mem_text(json_text(opening, "text") != NULL ? json_text(opening, "text") : "");
	t->draft.reply_text = mem_text(json_text(opening, "reply_text"));
}

/* Reasons that the steps here find by themselves; the others are counts and marks of the store. */
static bool is_found_here(const char *reason)
{
	static const char *const others[] = { "channel-off", "disabled", "unreadable", "in-response", "no-way-back" };

	for (const struct ack_rule *rule = ack_rules; rule->step != 0; rule++)
		if (rule->step < 19 && strcmp(rule->reason, reason) == 0) return true;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (strcmp(others[i], reason) == 0) return true;
	return false;
}

/* Where bounces of a mail by LMTP would go is not kept: nothing but an authentication that vouches now lifts what was found then. */
static bool stays_unaligned(const struct ticket *t, const char *before)
{
	return strcmp(before, "unaligned") == 0 && t->recipient != NULL && t->authentication.is != AUTHENTICATION_PASS;
}

/* For the same reason it is not known whether a group of ours was the envelope's sender: what was allowed stays so. */
static bool may_be_vouched(const struct ticket *t, const char *withheld)
{
	return withheld != NULL && strcmp(withheld, "unaligned") == 0 && t->recipient != NULL && t->is_list_proved;
}

static const char *ack_reason(const struct pipeline_setup *setup, const struct ticket *t, const char *before)
{
	const bool is_response = t->account->ack == IK_ACK_RESPONSE || t->account->ack == IK_ACK_RECEIPT;
	const char *withheld;

	if (t->account->ack == IK_ACK_NONE) return "no-way-back";
	if (is_response && t->unreadable == NULL && strcmp(before, "unreadable") != 0) return "in-response";
	if (strcmp(before, "duplicate") == 0) return before;
	withheld = ack_withheld(setup, t);
	if (may_be_vouched(t, withheld)) withheld = NULL;
	if ((withheld == NULL || strcmp(withheld, "disabled") == 0) && stays_unaligned(t, before)) return before;
	if (withheld != NULL) return withheld;
	return before[0] == '\0' || is_found_here(before) ? "allowed" : before;
}

enum ik_rc replay(const struct pipeline_setup *setup, const struct pipeline_account *account, const json_t *opening, void *raw, size_t raw_size,
                  struct ticket **ticket_r, struct ik_error *err)
{
	struct ticket *t = ticket_new(account, json_int(opening, "received_at", 0));
	enum ik_rc rc;

	fill(t, opening, raw, raw_size);
	rc = normalise(setup, t, err);
	if (rc == IK_OK) {
		if (t->form == IK_FORM_MAIL && t->recipient != NULL) mem_free(&t->draft.return_path);   /* the envelope's counted, not the header's */
		route(setup, t);
		classify(setup->policy, t);
		schedule(setup, t);
		assign(setup->policy, t);
		t->ack_reason = ack_reason(setup, t, old_reason(opening));
		*ticket_r = t;
	} else {
		ticket_release(&t);
	}
	return rc;
}
