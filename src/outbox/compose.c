/* compose.c - the acknowledgement as a mail. See compose.h. */
#include "outbox/compose.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/mime_write.h"

/* The thread so far: the answered mail's references and the mail itself at the end (RFC 5322 section 3.6.4). */
static enum ik_rc put_thread(struct buf *b, const struct compose_ack *ack, struct ik_error *err)
{
	const char **ids = mem_new((ack->reference_count + 1) * sizeof(*ids));
	size_t count = 0;
	enum ik_rc rc;

	for (size_t i = 0; i < ack->reference_count; i++)
		if (ack->in_reply_to == NULL || strcmp(ack->references[i], ack->in_reply_to) != 0) ids[count++] = ack->references[i];
	if (ack->in_reply_to != NULL) ids[count++] = ack->in_reply_to;
	rc = mime_header_ids(b, "In-Reply-To", &ack->in_reply_to, ack->in_reply_to != NULL ? 1 : 0, err);
	if (rc == IK_OK) rc = mime_header_ids(b, "References", ids, count, err);
	free(ids);
	return rc;
}

static enum ik_rc put_identity(struct buf *b, const struct compose_ack *ack, struct ik_error *err)
{
	if (!mime_id_ok(ack->message_id)) return ik_fail(IK_REJECT, err, "own Message-ID is malformed");
	if (mime_header_ids(b, "Message-ID", &ack->message_id, 1, err) != IK_OK) return IK_REJECT;
	/* The same proof under a name that no relay rewrites: mail that carries it never opens a ticket. */
	return mime_header_ids(b, "X-Intaked-Loop", &ack->message_id, 1, err);
}

static enum ik_rc put_headers(struct buf *b, const struct compose_ack *ack, struct ik_error *err)
{
	static const struct { const char *name, *value; } fixed[] = {
		{ "Auto-Submitted", "auto-replied" },
		{ "X-Auto-Response-Suppress", "All" },
		{ "Precedence", "auto_reply" },
		{ "MIME-Version", "1.0" },
	};
	enum ik_rc rc = mime_header_date(b, ack->date, err);

	if (rc == IK_OK) rc = mime_header_mailbox(b, "From", ack->from_name, ack->from, err);
	if (rc == IK_OK && ack->reply_to != NULL) rc = mime_header_mailbox(b, "Reply-To", NULL, ack->reply_to, err);
	if (rc == IK_OK) rc = mime_header_mailbox(b, "To", NULL, ack->to, err);
	if (rc == IK_OK) rc = mime_header_text(b, "Subject", ack->subject, err);
	if (rc == IK_OK) rc = put_identity(b, ack, err);
	if (rc == IK_OK) rc = put_thread(b, ack, err);
	for (size_t i = 0; i < COUNT_OF(fixed) && rc == IK_OK; i++) rc = mime_header(b, fixed[i].name, fixed[i].value, err);
	if (rc == IK_OK) rc = mime_header(b, "Content-Language", ack->language, err);
	return rc;
}

/* Room for the thread's ids is kept by giving up all references but the answered mail itself when they do not fit. */
static enum ik_rc compose(const struct compose_ack *ack, struct buf *b, struct ik_error *err)
{
	enum ik_rc rc = put_headers(b, ack, err);

	if (rc == IK_OK) mime_plain_text(b, ack->text);
	return rc == IK_OK ? buf_check(b, "acknowledgement", err) : rc;
}

enum ik_rc compose_ack(const struct compose_ack *ack, struct buf *message_r, struct ik_error *err)
{
	struct compose_ack shorter = *ack;
	struct buf b = BUF_INIT(COMPOSE_ACK_MAX);
	enum ik_rc rc = compose(ack, &b, err);

	if (rc != IK_OK && b.is_full && ack->reference_count > 0) {
		shorter.reference_count = 0;
		buf_clear(&b);
		rc = compose(&shorter, &b, err);
	}
	if (rc == IK_OK && !buf_add(message_r, b.data, b.len)) rc = buf_check(message_r, "acknowledgement", err);
	buf_release(&b);
	return rc;
}
