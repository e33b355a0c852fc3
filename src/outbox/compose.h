/* compose.h - the acknowledgement as a mail, made from clean facts only: no byte a sender wrote gets into it except checked
 * Message-IDs and the checked address it goes to. Source: RFC 3834 sections 3.1 and 5, RFC 5322. Thread: any. */
#ifndef OUTBOX_COMPOSE_H
#define OUTBOX_COMPOSE_H

#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>
#include "base/buf.h"

#define COMPOSE_ACK_MAX 4096            /* bytes: the whole mail */

struct compose_ack {
	const char *from, *from_name;   /* the operator's; from_name may be NULL */
	const char *to;                 /* bare address */
	const char *reply_to;           /* bare address, NULL: from */
	const char *subject, *text;     /* ours, UTF-8 */
	const char *language;           /* "zh-Hans", "zh-Hant" or "en" */
	const char *message_id;         /* ours, without <> */
	const char *in_reply_to;        /* of the mail that is answered, may be NULL */
	const char *const *references;  /* of that mail, oldest first */
	size_t reference_count;
	int64_t date;
};

/* compose_ack() - IK_REJECT when a part of it is not allowed in a mail or it is larger than COMPOSE_ACK_MAX; never sent then.
 * What comes out still passes mime_check() before it goes anywhere, like every mail. */
enum ik_rc compose_ack(const struct compose_ack *ack, struct buf *message_r, struct ik_error *err);

#endif
