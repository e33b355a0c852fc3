/* identify.c - who wrote, and to which ticket of theirs it belongs. A mail joins a ticket only when it proves that it answers
 * something of that ticket and its sender has written in it before; otherwise it becomes a ticket of its own, linked. */
#include "pipeline/ticket.h"

#include <ctype.h>
#include "base/mem.h"

/* A claim on a ticket: how it was made, and whether it answers one of our acknowledgements. */
struct claim { int64_t ticket; const char *rule; bool is_ack; };

static bool is_own_mark(const struct marks *marks, const char *id, struct claim *claim_r)
{
	enum mark_kind kind;
	int64_t ticket;

	if (id == NULL || !marks_read_message_id(marks, id, &kind, &ticket)) return false;
	*claim_r = (struct claim){ .ticket = ticket, .rule = "own-message-id", .is_ack = kind == MARK_ACK };
	return true;
}

static bool claim_by_mark(const struct marks *marks, const struct draft *d, struct claim *claim_r)
{
	if (d->is_bounce && is_own_mark(marks, d->bounce_message_id, claim_r)) return true;
	if (is_own_mark(marks, d->in_reply_to, claim_r)) return true;
	for (size_t i = d->reference_count; i-- > 0;)
		if (is_own_mark(marks, d->references[i], claim_r)) return true;
	return false;
}

static enum ik_rc claim_by_reference(struct store_tx *tx, const struct ticket *t, struct claim *claim_r, struct ik_error *err)
{
	const struct draft *d = &t->draft;
	unsigned char digest[STORE_DIGEST_SIZE];
	int64_t message = 0;
	enum ik_rc rc = IK_OK;

	claim_r->rule = "reference";
	if (d->in_reply_to != NULL) rc = store_find_message_id(tx, d->in_reply_to, t->received_at, &message, &claim_r->ticket, digest, err);
	for (size_t i = d->reference_count; rc == IK_OK && claim_r->ticket == 0 && i-- > 0;)
		rc = store_find_message_id(tx, d->references[i], t->received_at, &message, &claim_r->ticket, digest, err);
	return rc;
}

/* The length of a word made of letters, digits and dashes at text. */
static size_t word_len(const char *text)
{
	size_t len = 0;

	while (isalnum((unsigned char)text[len]) || text[len] == '-') len++;
	return len;
}

/* A tracking code or number as a word of the subject. */
static enum ik_rc claim_by_subject(struct store_tx *tx, const char *subject, struct claim *claim_r, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	claim_r->rule = "subject";
	for (const char *at = subject; rc == IK_OK && claim_r->ticket == 0 && *at != '\0';) {
		const size_t len = word_len(at);
		char word[24];

		if (len >= 10 && len < sizeof(word)) {
			memcpy(word, at, len);
			word[len] = '\0';
			rc = store_find_ticket(tx, word, &claim_r->ticket, err);
		}
		at += len > 0 ? len : 1;
	}
	return rc;
}

static enum ik_rc find_claim(struct store_tx *tx, const struct marks *marks, const struct ticket *t, struct claim *claim_r, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	*claim_r = (struct claim){ 0 };
	if (t->form != IK_FORM_MAIL || t->unreadable != NULL || claim_by_mark(marks, &t->draft, claim_r)) return IK_OK;
	rc = claim_by_reference(tx, t, claim_r, err);
	if (rc == IK_OK && claim_r->ticket == 0) rc = claim_by_subject(tx, t->draft.subject, claim_r, err);
	return rc;
}

static enum ik_rc settle_claim(struct store_tx *tx, const struct claim *claim, struct ticket *t, struct ik_error *err)
{
	bool may_write = false;
	enum ik_rc rc = IK_OK;

	if (claim->ticket == 0) return IK_OK;
	if (t->contact_id != 0) rc = store_is_participant(tx, claim->ticket, t->contact_id, &may_write, err);
	if (rc != IK_OK) return rc;
	t->is_reply_to_ack = claim->is_ack;
	if (may_write || (claim->is_ack && t->draft.is_bounce)) {        /* a bounce of our own mail: the MAC proves where it belongs */
		t->verdict = VERDICT_FOLLOWUP;
		t->verdict_rule = claim->rule;
		t->known_ticket = claim->ticket;
	} else {
		t->claimed_ticket = claim->ticket;
		t->verdict_rule = "claimed-thread";
	}
	return IK_OK;
}

enum ik_rc identify(struct store_tx *tx, const struct marks *marks, struct ticket *t, struct ik_error *err)
{
	struct claim claim;
	enum ik_rc rc = IK_OK;

	t->contact_id = t->claimed_ticket = 0;
	t->is_reply_to_ack = false;
	if (t->verdict == VERDICT_REPEAT) return IK_OK;
	if (is_own_mark(marks, t->draft.message_id, &claim) || is_own_mark(marks, t->draft.loop_mark, &claim)) {
		t->verdict = VERDICT_SELF;
		t->verdict_rule = "own-mark";
		return IK_OK;
	}
	if (t->handle[0] != '\0')
		rc = store_contact(tx, t->handle_type, t->handle, t->sender_name, t->ack_language, t->sender_verified, t->received_at, &t->contact_id, err);
	if (rc == IK_OK && t->verdict == VERDICT_NEW) rc = find_claim(tx, marks, t, &claim, err);
	else claim = (struct claim){ 0 };
	return rc == IK_OK ? settle_claim(tx, &claim, t, err) : rc;
}
