/* verification.h - an address typed into a form may be anybody's: it gets one mail that asks, and nothing else before the answer is yes.
 *
 *   asked      one mail in 24 hours and address, whatever is sent in; by the decision list, marks and limits of acknowledgements, and
 *              ack.verify_per_client mails an hour for what one client sends
 *   confirmed  by the button behind the link, within MARKS_VERIFICATION_VALID_S: the receipts of the newest tickets that waited go out, the
 *              customer's handle is verified, and later forms with this address get their receipt by mail within the limits
 * Thread: the store thread, but for verification_read(). */
#ifndef PIPELINE_VERIFICATION_H
#define PIPELINE_VERIFICATION_H

#include "pipeline/pipeline.h"

/* verification_is_on() - whether a message like this has its address asked or, once confirmed, told by mail: what the receipt may say of it. */
struct ticket;
bool verification_is_on(const struct pipeline_setup *setup, const struct ticket *t);
/* verification_read() - the id in a link's token; false: not ours, or too old. Needs no store: opening a link changes nothing. */
bool verification_read(const struct marks *marks, const char *token, int64_t now_at, int64_t *id_r);
/* verification_confirm() - the address is its reader's. Again and again is the same as once. *good_r: false when there is no such id. */
enum ik_rc verification_confirm(struct store_tx *tx, const struct pipeline_setup *setup, int64_t id, int64_t now_at, bool *good_r, struct ik_error *err);

#endif
