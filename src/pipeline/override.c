/* override.c - the acknowledgement that was withheld, sent on an operator's word. See override.h. */
#include "pipeline/override.h"

#include <stdio.h>
#include <string.h>
#include "store/progress.h"

#define DAY_S 86400

/* A person wrote, and what held the answer back was a doubt or a limit. */
static bool may_be_overridden(const char *reason)
{
	static const char *const reasons[] = { "not-addressed", "unaligned", "unverified", "breaker", "channel-off", "disabled", "address-bounced",
	                                       "address-machine", "suppress", "split", NULL };

	for (const char *const *r = reasons; *r != NULL; r++)
		if (strcmp(*r, reason) == 0) return true;
	return strncmp(reason, "limit-", 6) == 0;
}

static enum ik_rc make_duty(const struct pipeline_setup *setup, const struct store_progress *p, int64_t ticket_id, int64_t at, struct store_duty *duty_r,
                            struct ik_error *err)
{
	const struct pipeline_account *account = setup->account != NULL ? setup->account(setup->account_arg, p->channel) : NULL;
	struct store_duty duty = { .kind = DUTY_ACK, .event = "received", .ticket_id = ticket_id, .message_id = p->message_id, .created_at = at };
	char folded[ACK_ADDRESS_MAX];

	if (account != NULL && account->ack == IK_ACK_MAIL && ack_fold_address(p->sender, folded, sizeof(folded)) && strlen(p->sender) < sizeof(duty.address)) {
		(void)snprintf(duty.target, sizeof(duty.target), "ack:mail");
		(void)snprintf(duty.address, sizeof(duty.address), "%s", p->sender);
	} else if (account != NULL && account->can_reply && p->conversation[0] != '\0') {
		(void)snprintf(duty.target, sizeof(duty.target), "ack:%.59s", p->channel);
		(void)snprintf(duty.address, sizeof(duty.address), "%s", p->conversation);
	} else {
		return ik_fail(IK_REJECT, err, "there is no way back to who wrote ticket %s", p->number);
	}
	*duty_r = duty;
	return IK_OK;
}

enum ik_rc override_ack(struct store_tx *tx, const struct pipeline_setup *setup, int64_t ticket_id, int64_t at, struct ik_error *err)
{
	struct store_progress p;
	struct store_duty duty;
	bool ok = false;
	int64_t used = 0;
	enum ik_rc rc = store_get_progress(tx, ticket_id, &p, err);

	if (rc == IK_OK && !may_be_overridden(p.ack_reason))
		rc = ik_fail(IK_REJECT, err, "the decision on ticket %s is \"%s\": nothing to override", p.number, p.ack_reason);
	if (rc == IK_OK) rc = make_duty(setup, &p, ticket_id, at, &duty, err);
	if (rc == IK_OK) rc = store_used_budget(tx, "override", DAY_S, at, &used, err);
	if (rc == IK_OK && used >= setup->ack->override_day)
		rc = ik_fail(IK_REJECT, err, "%lld acknowledgements were sent by override today, more are not allowed (ack.override_day)", (long long)used);
	if (rc == IK_OK) rc = store_use_budget(tx, "override", DAY_S, setup->ack->override_day, at, &ok, err);
	if (rc == IK_OK) rc = store_add_duty(tx, &duty, err);
	if (rc == IK_OK) rc = store_set_ack(tx, ticket_id, ACK_PENDING, "override", err);
	return rc == IK_OK ? store_add_history(tx, ticket_id, at, "override", "operator", p.ack_reason, err) : rc;
}
