/* allow_ack.c - whether this message is acknowledged: gathers the facts, asks the decision list, then the persisted limits. */
#include "pipeline/ticket.h"

#include <string.h>
#include <strings.h>
#include "pipeline/fuse.h"
#include "pipeline/notify.h"
#include "pipeline/quiet.h"
#include "pipeline/same_words.h"
#include "policy/ack_decision.h"

/* Our mailbox is named in To or Cc: one that is known as ours, or the one this mail was delivered to. The envelope alone says nothing here:
 * every copy of a mailing is addressed to us there. */
static bool is_addressed_to_us(const struct pipeline_setup *setup, const struct ticket *t)
{
	const struct draft *d = &t->draft;
	char folded[TICKET_HANDLE_MAX];

	if (setup->own_count == 0 || t->account->catch_all) return true;
	for (size_t i = 0; i < d->to_count; i++) {
		if (d->to[i].address == NULL || !ack_fold_address(d->to[i].address, folded, sizeof(folded))) continue;
		if (strcmp(folded, t->mailbox) == 0) return true;
		for (size_t k = 0; k < setup->own_count; k++)
			if (strcmp(folded, setup->own_addresses[k]) == 0) return true;
	}
	return false;
}

static bool is_trusted_forwarder(const struct ack_conf *conf, const char *path)
{
	for (size_t i = 0; i < conf->trusted_forwarders.count; i++) {
		const char *one = conf->trusted_forwarders.item[i];

		if (strcasecmp(one[0] == '@' ? strchr(path, '@') : path, one) == 0) return true;
	}
	return false;
}

static const char *envelope_of(const struct ticket *t)
{
	const char *path = t->envelope_from != NULL ? t->envelope_from : t->draft.return_path;

	return path != NULL && strchr(path, '@') != NULL ? path : NULL;
}

/* A list of ours put itself into From. Anybody can claim that of a mail, and put in who is to have written it: the border server has to show that it came
 * through the list, an operator has to say that the list checks who writes to it, and all that it keeps of the writer has to agree. */
static bool is_vouched_by_list(const struct pipeline_setup *setup, const struct ticket *t)
{
	const char *path = envelope_of(t);

	return t->is_list_proved && t->draft.is_writer_sure && path != NULL && is_trusted_forwarder(setup->ack, path);
}

/* Where bounces would go and who is said to have written are strangers to each other, and nobody vouches for it. */
static bool is_unaligned(const struct pipeline_setup *setup, const struct ticket *t)
{
	const char *path = envelope_of(t);

	if (t->draft.header_from != NULL) return !is_vouched_by_list(setup, t);
	if (t->authentication.is == AUTHENTICATION_PASS || path == NULL || t->draft.from.address == NULL) return false;
	return !is_trusted_forwarder(setup->ack, path) && !authentication_is_related(path, t->draft.from.address);
}

/* What is asked in a chat is answered there, even where the answer to a request is the acknowledgement. */
static bool goes_by_chat(const struct ticket *t)
{
	return t->account->ack == IK_ACK_REPLY || (t->account->can_reply && (t->verdict == VERDICT_QUERY || t->verdict == VERDICT_RATING));
}

const char *ack_withheld(const struct pipeline_setup *setup, const struct ticket *t)
{
	const bool is_mail = t->account->ack == IK_ACK_MAIL;
	const bool has_null_sender = t->envelope_from != NULL && (t->envelope_from[0] == '\0' || strcmp(t->envelope_from, "<>") == 0);
	const bool is_linked_copy = t->is_copy && t->related_ticket != 0;
	const struct ack_facts facts = {
		.no_ack_reason = has_null_sender ? "null-sender" : t->draft.no_ack_reason,
		.is_mail = is_mail,
		.is_reply_to_ack = t->is_reply_to_ack,
		.is_followup = t->verdict == VERDICT_FOLLOWUP,
		.address = is_mail ? t->draft.from.address : t->handle,
		.own = setup->own_addresses,
		.own_count = setup->own_count,
		.is_automatic_author = t->is_automatic_author,
		.is_to_us = !is_mail || is_addressed_to_us(setup, t),
		.is_verified = is_mail || t->sender_verified,
		.is_auth_fail = t->authentication.is == AUTHENTICATION_FAIL,
		.is_unaligned = is_unaligned(setup, t),
	};

	const char *why;

	if (t->unreadable != NULL) return "unreadable";
	if (is_linked_copy || (t->verdict == VERDICT_DUPLICATE && (t->likeness_says == NULL || t->has_duplicate_ack))) return "duplicate";
	if (!t->account->acknowledge) return "channel-off";
	if (t->is_history) return "history";
	if (t->entry != NULL && !t->entry->acknowledge) return t->entry->is_import ? "history" : "operator";
	why = ack_decide(setup->ack, &facts);
	if (why == NULL && goes_by_chat(t) && t->reply_until != 0 && t->reply_until <= t->received_at) why = "window-closed";
	return why;
}

/* Which text says it: what the customer has to know first comes first. */
static enum ik_rc choose_words(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	const char *brand = t->brand != NULL ? t->brand : t->account->brand;
	const bool is_known = t->verdict == VERDICT_FOLLOWUP || t->verdict == VERDICT_DUPLICATE;
	int64_t sent = 0;
	enum ik_rc rc = IK_OK;

	if (setup->notices != NULL && setup->notices->under_load > 0) rc = store_used_budget(tx, ACK_LIMIT_GLOBAL, 3600, t->received_at, &sent, err);
	if (rc != IK_OK) return rc;
	t->ack_event = EVENT_RECEIVED;
	t->opens_at = policy_working_moment(setup->policy, brand, t->class.severity, t->received_at);
	if (is_known) t->ack_event = EVENT_DUPLICATE;
	else if (t->related_ticket != 0 && strcmp(t->related_kind, "mass") == 0) t->ack_event = EVENT_MASS_INCIDENT;
	else if (t->opens_at != t->received_at) t->ack_event = EVENT_OUT_OF_HOURS;
	else if (setup->notices != NULL && setup->notices->under_load > 0 && sent >= setup->notices->under_load) t->ack_event = EVENT_UNDER_LOAD;
	return IK_OK;
}

/* The chat was closed before the message came: a verified mail address of the customer is open, if there is one. */
static enum ik_rc find_other_way(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, const char **withheld_r, char folded_r[ACK_ADDRESS_MAX],
                                 struct ik_error *err)
{
	bool found = false;
	enum ik_rc rc = t->account->ack == IK_ACK_REPLY ? notify_find_mail(tx, setup, t->contact_id, t->rerouted_to, folded_r, &found, err) : IK_OK;

	if (rc == IK_OK && found) *withheld_r = NULL;
	return rc;
}

enum ik_rc allow_ack(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	const bool is_response = (t->account->ack == IK_ACK_RESPONSE || t->account->ack == IK_ACK_RECEIPT) && !goes_by_chat(t);
	char folded[ACK_ADDRESS_MAX];
	const char *withheld, *who = ack_fold_address(t->handle, folded, sizeof(folded)) ? folded : t->handle;
	enum ik_rc rc = IK_OK;

	t->rerouted_to[0] = '\0';
	if (t->account->ack == IK_ACK_NONE) {
		t->ack = ACK_NONE;
		t->ack_reason = "no-way-back";
		return IK_OK;
	}
	if (is_response && t->unreadable == NULL) {
		t->ack = ACK_SENT;
		t->ack_reason = "in-response";
		return choose_words(tx, setup, t, err);
	}
	rc = fuse_watch(tx, setup->ack, who, t->words, t->received_at, err);
	withheld = ack_withheld(setup, t);
	if (rc == IK_OK && withheld != NULL && strcmp(withheld, "window-closed") == 0) rc = find_other_way(tx, setup, t, &withheld, folded, err);
	if (rc == IK_OK && withheld == NULL && t->account->ack == IK_ACK_MAIL) rc = same_words_ask(tx, who, t->words, t->received_at, &withheld, err);
	if (rc == IK_OK && withheld == NULL) rc = quiet_ask(tx, setup, t->rerouted_to[0] != '\0' ? folded : who, t->received_at, &withheld, err);
	t->ack = withheld != NULL ? ACK_WITHHELD : ACK_PENDING;
	t->ack_reason = withheld != NULL ? withheld : "allowed";
	return rc == IK_OK ? choose_words(tx, setup, t, err) : rc;
}
