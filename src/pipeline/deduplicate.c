/* deduplicate.c - the same message again: handed over twice by its source (natural key), or the same mail by another way
 * (Message-ID and content). Nothing is ever dropped: a known key with other content is a new message, flagged. */
#include "pipeline/ticket.h"

#include <stdio.h>
#include "base/codec.h"

static bool same_content(const struct ticket *t, const unsigned char digest[STORE_DIGEST_SIZE])
{
	return memcmp(digest, t->content_digest, STORE_DIGEST_SIZE) == 0;
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

	if (rc != IK_OK || t->known_message == 0) return rc;
	if (!same_content(t, digest)) {
		t->is_key_reused = true;
		key_with_content(t);
		rc = store_find_key(tx, t->account->name, t->key, t->received_at, &t->known_message, &t->known_ticket, digest, err);
		if (rc != IK_OK || t->known_message == 0) return rc;
	}
	t->verdict = VERDICT_REPEAT;
	t->verdict_rule = "natural-key";
	return IK_OK;
}

/* The same mail in the same account is a redelivery (a renumbered folder, a resent queue file); in another account it is one
 * matter in two mailboxes: the message joins the ticket. */
static enum ik_rc find_by_mail_id(struct store_tx *tx, struct ticket *t, struct ik_error *err)
{
	unsigned char digest[STORE_DIGEST_SIZE];
	char account[64] = "";
	int64_t message = 0, ticket = 0;
	enum ik_rc rc = store_find_message_id(tx, t->mail_id, t->mail_at, &message, &ticket, digest, err);

	if (rc != IK_OK || message == 0) return rc;
	if (!same_content(t, digest)) {
		t->is_key_reused = true;
		t->verdict_rule = "message-id-reused";
		return IK_OK;
	}
	rc = store_message_channel(tx, message, account, sizeof(account), err);
	if (rc != IK_OK) return rc;
	t->known_message = message;
	t->known_ticket = ticket;
	t->verdict = strcmp(account, t->account->name) == 0 ? VERDICT_REPEAT : VERDICT_DUPLICATE;
	t->verdict_rule = "message-id";
	return IK_OK;
}

enum ik_rc deduplicate(struct store_tx *tx, struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc;

	t->verdict = VERDICT_NEW;
	t->verdict_rule = "no-match";
	t->known_ticket = t->known_message = 0;
	t->is_key_reused = false;
	t->key[t->key_len] = '\0';
	rc = find_by_key(tx, t, err);
	if (rc == IK_OK && t->verdict == VERDICT_NEW && t->mail_id[0] != '\0') rc = find_by_mail_id(tx, t, err);
	return rc;
}
