/* identify.c - who wrote: a customer, known by the handle, or we ourselves, known by a mark that only we can make. */
#include "pipeline/ticket.h"

static bool is_own_mark(const struct marks *marks, const char *id)
{
	enum mark_kind kind;
	int64_t value;

	return marks_read_message_id(marks, id, &kind, &value);
}

enum ik_rc identify(struct store_tx *tx, const struct marks *marks, struct ticket *t, struct ik_error *err)
{
	char folded[ACK_ADDRESS_MAX];
	enum ik_rc rc;

	t->contact_id = 0;
	if (t->verdict == VERDICT_REPEAT) return IK_OK;
	if (is_own_mark(marks, t->draft.message_id) || is_own_mark(marks, t->draft.loop_mark)) {
		t->verdict = VERDICT_SELF;
		t->verdict_rule = "own-mark";
		return IK_OK;
	}
	if (t->handle[0] == '\0') return IK_OK;
	rc = store_contact(tx, t->handle_type, t->handle, t->sender_name, t->ack_language, t->sender_verified, t->received_at, &t->contact_id, err);
	if (rc == IK_OK && t->mail != NULL && t->sender_verified && ack_fold_address(t->mail, folded, sizeof(folded)))
		rc = store_vouch_handle(tx, t->contact_id, "email", folded, t->received_at, err);
	return rc;
}
