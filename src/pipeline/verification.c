/* verification.c - asking whether a typed address is the writer's, and what follows from a yes. See verification.h. */
#include "pipeline/verification.h"

#include <stdio.h>
#include "pipeline/quiet.h"
#include "pipeline/ticket.h"

#define ASK_AGAIN_S 86400
#define HOUR_S 3600
#define RECEIPTS_MAX 3                  /* sent at one confirmation: the others were somebody else's tries, or are seen by their codes */

bool verification_read(const struct marks *marks, const char *token, int64_t now_at, int64_t *id_r)
{
	int64_t asked_at;

	if (!marks_read_verification(marks, token, id_r, &asked_at)) return false;
	return now_at >= asked_at && now_at - asked_at <= MARKS_VERIFICATION_VALID_S;
}

static enum ik_rc add_mail(struct store_tx *tx, enum duty_kind kind, const char *event, const char *address, int64_t ticket_id, int64_t message_id,
                           int64_t at, struct ik_error *err)
{
	struct store_duty duty = { .kind = kind, .ticket_id = ticket_id, .message_id = message_id, .created_at = at, .target = "ack:mail" };

	(void)snprintf(duty.event, sizeof(duty.event), "%s", event);
	(void)snprintf(duty.address, sizeof(duty.address), "%s", address);
	return store_add_duty(tx, &duty, err);
}

/* ---- asking ---------------------------------------------------------------------------------------------------------------- */

/* The steps of the decision list that look at the address itself; nobody vouches for it, which is what is asked. */
static const char *is_unfit(const struct pipeline_setup *setup, const char *folded)
{
	return ack_decide(setup->ack, &(struct ack_facts){ .is_mail = true, .address = folded, .own = setup->own_addresses, .own_count = setup->own_count,
	                                                   .is_to_us = true, .is_verified = true });
}

/* Mails that the forms of one client have caused in this hour: nobody has a hundred addresses. */
static enum ik_rc ask_client(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, const char **withheld_r, struct ik_error *err)
{
	char key[PIPELINE_CLIENT_KEY_SIZE];
	bool ok = true;
	enum ik_rc rc;

	if (t->client == NULL) return IK_OK;            /* a program that vouches for nobody sends for many */
	pipeline_client_key(setup->store, "verification", t->client, key);
	if (key[0] == '\0') return IK_OK;
	rc = store_use_budget(tx, key, HOUR_S, setup->ack->verify_per_client, t->received_at, &ok, err);
	if (rc == IK_OK && !ok) *withheld_r = "limit-client-hour";
	return rc;
}

static enum ik_rc ask_limits(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, const char *folded, const char **withheld_r,
                             struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	*withheld_r = is_unfit(setup, folded);
	if (*withheld_r == NULL) rc = ask_client(tx, setup, t, withheld_r, err);
	if (rc == IK_OK && *withheld_r == NULL) rc = quiet_ask(tx, setup, folded, t->received_at, withheld_r, err);
	return rc;
}

static enum ik_rc ask(struct store_tx *tx, const struct ticket *t, const char *folded, int64_t message_id, struct ik_error *err)
{
	int64_t id = 0;
	enum ik_rc rc = store_ask_verification(tx, folded, t->handle, t->received_at, &id, err);

	if (rc == IK_OK) rc = store_await_verification(tx, id, t->ticket_id, message_id, err);
	return rc == IK_OK ? add_mail(tx, DUTY_NOTICE, "verification", t->handle, t->ticket_id, message_id, t->received_at, err) : rc;
}

bool verification_is_on(const struct pipeline_setup *setup, const struct ticket *t)
{
	const bool is_answered = t->account->ack == IK_ACK_RESPONSE || t->account->ack == IK_ACK_RECEIPT;

	return is_answered && t->account->acknowledge && !t->sender_verified && !t->is_history && !t->is_automatic_author && t->entry == NULL &&
	       (t->verdict != VERDICT_QUERY && t->verdict != VERDICT_RATING) && t->unreadable == NULL && strcmp(t->handle_type, "email") == 0
	       && setup->ack->verify && setup->ack->enabled && setup->ack->from != NULL && setup->public_url != NULL;
}

/* What is withheld stands in the history with its reason, but for a mail that went out a moment ago: that is no news. */
enum ik_rc ask_verification(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, int64_t message_id, struct ik_error *err)
{
	struct store_verification v;
	char folded[ACK_ADDRESS_MAX];
	const char *withheld = NULL;
	enum ik_rc rc;

	if (t->known_ticket != 0 || !verification_is_on(setup, t) || !ack_fold_address(t->handle, folded, sizeof(folded))) return IK_OK;
	rc = store_find_verification(tx, folded, &v, err);
	if (rc != IK_OK) return rc;
	if (v.id != 0 && v.verified_at == 0 && t->received_at - v.asked_at < ASK_AGAIN_S) return store_await_verification(tx, v.id, t->ticket_id, message_id, err);
	rc = ask_limits(tx, setup, t, folded, &withheld, err);
	if (rc != IK_OK) return rc;
	if (withheld != NULL) return store_add_history(tx, t->ticket_id, t->received_at, "receipt.withheld", "intaked", withheld, err);
	return v.verified_at != 0 ? add_mail(tx, DUTY_ACK, "received", t->handle, t->ticket_id, message_id, t->received_at, err) : ask(tx, t, folded, message_id, err);
}

/* ---- the answer -------------------------------------------------------------------------------------------------------------- */

static enum ik_rc send_receipt(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_awaiting *a, const char *handle, int64_t now_at,
                               struct ik_error *err)
{
	char folded[ACK_ADDRESS_MAX];
	const char *withheld = NULL;
	enum ik_rc rc = quiet_ask(tx, setup, ack_fold_address(handle, folded, sizeof(folded)) ? folded : handle, now_at, &withheld, err);

	if (rc == IK_OK && withheld != NULL) return store_add_history(tx, a->ticket_id, now_at, "receipt.withheld", "intaked", withheld, err);
	if (rc == IK_OK) rc = add_mail(tx, DUTY_ACK, "received", handle, a->ticket_id, a->message_id, now_at, err);
	return rc == IK_OK ? store_add_history(tx, a->ticket_id, now_at, "verified", "customer", "the address was confirmed by its link", err) : rc;
}

enum ik_rc verification_confirm(struct store_tx *tx, const struct pipeline_setup *setup, int64_t id, int64_t now_at, bool *good_r, struct ik_error *err)
{
	struct store_awaiting waiting[RECEIPTS_MAX];
	char handle[TICKET_HANDLE_MAX];
	int64_t contact_id;
	size_t count = 0;
	enum ik_rc rc = store_verify(tx, id, now_at, handle, sizeof(handle), err);

	if (rc != IK_OK) return rc;
	*good_r = handle[0] != '\0';
	if (!*good_r) return IK_OK;
	rc = store_contact(tx, "email", handle, NULL, NULL, true, now_at, &contact_id, err);
	if (rc == IK_OK) rc = store_take_awaiting(tx, id, RECEIPTS_MAX, waiting, &count, err);
	for (size_t i = 0; rc == IK_OK && i < count; i++) rc = send_receipt(tx, setup, &waiting[i], handle, now_at, err);
	return rc;
}
