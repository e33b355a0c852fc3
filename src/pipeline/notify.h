/* notify.h - whether, where and by which way a customer hears of an event after the acknowledgement. Writes the duty; the outbox sends it.
 *
 * Nobody hears of an event twice: the duty's event name is unique in its ticket. Nobody is written to whom the decision list kept from being
 * acknowledged; marks and limits are those of acknowledgements, and `notices.per_day` stands before them.
 *
 *   way      who                                                    when
 *   mail     the address the newest message came from               the channel is a mailbox and the first message was allowed an answer
 *   chat     the conversation of the newest message                 the channel can answer and its window is open
 *   mail     another verified mail address of the customer          otherwise; the history says so
 */
#ifndef PIPELINE_NOTIFY_H
#define PIPELINE_NOTIFY_H

#include "pipeline/pipeline.h"
#include "policy/templates.h"

struct store_progress;
struct notify {
	int64_t ticket_id;
	enum template_event event;
	int64_t nth;                            /* makes it unique: the ticket's move, or the date that is told */
	const char *note;                       /* words of the staff, less than STORE_NOTE_MAX bytes; NULL: none */
	int64_t at;
};
/* notify() - p: of that ticket. What is withheld stands in the history with its reason, as "notice.withheld". Thread: the store thread. */
enum ik_rc notify(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct notify *n, struct ik_error *err);

/* notify_was_allowed() - the decision list let the first message through: what held its acknowledgement back, if anything, was a limit of the moment. */
bool notify_was_allowed(const char *ack_reason);
/* What the ticket's history says of a text that took the other way. */
#define NOTIFY_REROUTED "the way it came by is closed; sent to the verified mail address"
/* notify_find_mail() - that other way of a customer: the address and what marks and limits know it by. */
enum ik_rc notify_find_mail(struct store_tx *tx, const struct pipeline_setup *setup, int64_t contact_id, char address_r[256], char folded_r[ACK_ADDRESS_MAX], bool *found_r,
                            struct ik_error *err);
/* notify_reroute() - a text that its sender has taken and cannot send, because the chat has closed meanwhile, goes that other way; or stays as it is. */
enum ik_rc notify_reroute(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_duty *duty, int64_t now_at, bool *is_rerouted_r, struct ik_error *err);

#endif
