/* deduplicate.c - the same message again: handed over twice by its source (natural key), or the same mail by another way
 * (Message-ID and content). Nothing is ever dropped: a known key with other content is a new message, flagged. */
#include "pipeline/ticket.h"

#include <stdio.h>
#include "base/codec.h"

/* A restored message has a digest of zeros: its content is not known as the source gives it, and counts as the same. */
static bool same_content(const struct ticket *t, const unsigned char digest[STORE_DIGEST_SIZE])
{
	static const unsigned char any[STORE_DIGEST_SIZE];

	return memcmp(digest, any, STORE_DIGEST_SIZE) == 0 || memcmp(digest, t->content_digest, STORE_DIGEST_SIZE) == 0;
}

/* Known to the store; mail of our own is filed without a message. */
static bool is_filed(int64_t message_id, const unsigned char digest[STORE_DIGEST_SIZE])
{
	static const unsigned char none[STORE_DIGEST_SIZE];

	return message_id != 0 || memcmp(digest, none, sizeof(none)) != 0;
}

/* The key under which content that reuses a known key is filed: the key and the content. */
static void key_with_content(struct ticket *t)
{
	char hex[SHA256_HEX_SIZE];

	(void)snprintf(t->key + t->key_len, sizeof(t->key) - t->key_len, "#sha256:%.32s", hex_encode(t->content_digest, SHA256_SIZE, hex));
}

static enum ik_rc find_by_key(struct store_tx *tx, struct ticket *t, struct ik_error *err)
{
	unsigned char digest[STORE_DIGEST_SIZE];
	enum ik_rc rc = store_find_key(tx, t->account->name, t->key, t->received_at, &t->known_message, &t->known_ticket, digest, err);

	if (rc != IK_OK || !is_filed(t->known_message, digest)) return rc;
	if (!same_content(t, digest) && t->is_single_use) {
		t->is_other_content = true;     /* whoever sent it still has it, and is told */
	} else if (!same_content(t, digest)) {
		t->is_key_reused = true;
		key_with_content(t);
		rc = store_find_key(tx, t->account->name, t->key, t->received_at, &t->known_message, &t->known_ticket, digest, err);
		if (rc != IK_OK || !is_filed(t->known_message, digest)) return rc;
	}
	t->verdict = VERDICT_REPEAT;
	t->verdict_rule = "natural-key";
	return IK_OK;
}

/* A mailbox is an account; with a policy that keeps copies apart also each recipient of an account that has several. */
static bool is_same_mailbox(const struct ticket *t, enum thread_copies policy, const char *account, const char *recipient)
{
	if (strcmp(account, t->account->name) != 0) return false;
	return policy == COPIES_ONE_TICKET || strcmp(recipient, t->recipient != NULL ? t->recipient : "") == 0;
}

void mailbox_mail_id(const struct ticket *t, char mail_id_r[TICKET_MAILBOX_ID_MAX])
{
	(void)snprintf(mail_id_r, TICKET_MAILBOX_ID_MAX, "in %s %s\n%s", t->account->name, t->recipient != NULL ? t->recipient : "", t->mail_id);
}

/* A copy that this mailbox has had before is a repeat like any other. */
static enum ik_rc find_earlier_copy(struct store_tx *tx, struct ticket *t, struct ik_error *err)
{
	char mail_id[TICKET_MAILBOX_ID_MAX];
	unsigned char digest[STORE_DIGEST_SIZE];
	int64_t message = 0, ticket = 0;
	enum ik_rc rc;

	mailbox_mail_id(t, mail_id);
	rc = store_find_message_id(tx, mail_id, t->mail_at, &message, &ticket, digest, err);
	if (rc != IK_OK || message == 0 || !same_content(t, digest)) return rc;
	t->known_message = message;
	t->known_ticket = ticket;
	t->verdict = VERDICT_REPEAT;
	return IK_OK;
}

/* The copy in a second mailbox, by policy. What answers another mail belongs where that one is: only new mail is kept apart. */
static void place_copy(struct ticket *t, enum thread_copies policy, int64_t message, int64_t ticket)
{
	const bool is_answer = t->draft.in_reply_to != NULL || t->draft.reference_count > 0;

	if (policy == COPIES_ONE_TICKET || is_answer) {
		t->known_message = message;
		t->known_ticket = ticket;
		t->verdict = VERDICT_DUPLICATE;
	} else if (policy == COPIES_LINKED) {
		t->verdict = VERDICT_RELATED;
		t->related_ticket = ticket;
		t->related_kind = "duplicate_of";
	}
}

/* The same mail in the same mailbox is a redelivery (a renumbered folder, a resent queue file); in another one it is one matter in two
 * mailboxes. */
static enum ik_rc find_by_mail_id(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	const enum thread_copies policy = setup->thread != NULL ? (enum thread_copies)setup->thread->two_mailboxes : COPIES_ONE_TICKET;
	unsigned char digest[STORE_DIGEST_SIZE];
	char account[64] = "", recipient[TICKET_HANDLE_MAX] = "";
	int64_t message = 0, ticket = 0;
	enum ik_rc rc = store_find_message_id(tx, t->mail_id, t->mail_at, &message, &ticket, digest, err);

	if (rc != IK_OK || message == 0) return rc;
	if (!same_content(t, digest)) {
		t->is_key_reused = true;
		t->verdict_rule = "message-id-reused";
		return IK_OK;
	}
	rc = store_message_channel(tx, message, account, sizeof(account), recipient, sizeof(recipient), err);
	if (rc != IK_OK) return rc;
	t->verdict_rule = "message-id";
	if (is_same_mailbox(t, policy, account, recipient)) {
		t->known_message = message;
		t->known_ticket = ticket;
		t->verdict = VERDICT_REPEAT;
		return IK_OK;
	}
	t->is_copy = true;
	rc = find_earlier_copy(tx, t, err);
	if (rc == IK_OK && t->verdict == VERDICT_NEW) place_copy(t, policy, message, ticket);
	return rc;
}

enum ik_rc deduplicate(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc;

	t->verdict = VERDICT_NEW;
	t->verdict_rule = "no-match";
	t->known_ticket = t->known_message = 0;
	t->related_ticket = 0;
	t->related_kind = NULL;
	t->is_key_reused = t->is_copy = t->is_other_content = false;
	t->key[t->key_len] = '\0';
	rc = find_by_key(tx, t, err);
	if (rc == IK_OK && t->verdict == VERDICT_NEW && t->mail_id[0] != '\0') rc = find_by_mail_id(tx, setup, t, err);
	return rc;
}
