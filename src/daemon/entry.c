#include "daemon/entry.h"

#include <stdio.h>
#include <string.h>

struct pipeline_account entry_account(const struct pipeline_account *base, const char *name, const char *brand, bool by_mail)
{
	struct pipeline_account account = { .name = name, .type = "operator", .brand = brand };

	if (base != NULL) account = *base;
	account.ack = by_mail ? IK_ACK_MAIL : IK_ACK_NONE;
	account.acknowledge = true;
	account.catch_all = true;
	return account;
}

enum ik_rc entry_know_words(const struct policy *policy, struct pipeline_entry *says, struct ik_error *err)
{
	const char *category = says->category, *sentiment = says->sentiment;

	if (category != NULL) says->category = policy_category(policy, category);
	if (sentiment != NULL) says->sentiment = policy_sentiment(sentiment);
	if (category != NULL && says->category == NULL) return ik_fail(IK_REJECT, err, "the rules know no category '%.40s'", category);
	if (sentiment != NULL && says->sentiment == NULL)
		return ik_fail(IK_REJECT, err, "'%.40s' is no sentiment; expected angry, negative, neutral or positive", sentiment);
	return IK_OK;
}

static void on_done(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *why)
{
	struct entry *e = arg;

	e->rc = rc;
	if (why != NULL) e->why = *why;
	if (receipt == NULL) return;
	e->rc = IK_OK;
	e->ticket_id = receipt->ticket_id;
	e->is_repeat = receipt->is_repeat;
	e->is_other_content = receipt->is_other_content;
	(void)snprintf(e->number, sizeof(e->number), "%s", receipt->number);
	(void)snprintf(e->code, sizeof(e->code), "%s", receipt->code);
}

enum ik_rc entry_take(struct pipeline *pipeline, const struct policy *policy, const struct pipeline_account *account, struct entry *entries, size_t count,
                      struct ik_error *err)
{
	struct pipeline_lane *lane = pipeline_lane_new(pipeline, account);
	enum ik_rc rc = IK_OK, settled;

	for (size_t i = 0; rc == IK_OK && i < count; i++) {
		struct entry *e = &entries[i];

		e->rc = entry_know_words(policy, &e->says, &e->why);
		if (e->rc == IK_OK) rc = pipeline_enter(lane, &e->message, &e->says, on_done, e, err);
		if (rc != IK_OK) e->rc = rc;
	}
	settled = pipeline_settle(lane, rc == IK_OK ? err : NULL);
	pipeline_lane_free(&lane);
	return rc == IK_OK ? settled : rc;
}
