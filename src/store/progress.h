/* progress.h - a ticket after its intake: what is known of it when its state moves, its dates, its timers, and the names helpdesks have for it.
 * Functions with a transaction run on the store thread, as in store.h; times are seconds since 1970 UTC, 0 means "not yet". */
#ifndef STORE_PROGRESS_H
#define STORE_PROGRESS_H

#include "store/store.h"

/* What a move of the state, a notice or a timer asks of a ticket. Texts are "" when there is none. */
struct store_progress {
	enum store_state state;
	int64_t moves;                          /* how often the state was changed */
	int64_t received_at, first_response_due, promised_at;   /* promised_at: the date the customer was told last */
	int64_t first_response_at, started_at, resolved_at;
	int64_t contact_id;
	char number[STORE_NUMBER_SIZE], code[STORE_CODE_SIZE], language[36], brand[64], severity[16], ack_reason[32];
	/* of the newest message the customer wrote; so is ack_reason where that was merged into the ticket */
	int64_t message_id, message_at, reply_until, replies_left;      /* reply_until 0: no window; replies_left -1: no limit */
	char channel[64], sender[320], conversation[256], authenticated[16];
};
/* store_get_progress() - IK_REJECT: there is no such ticket. */
enum ik_rc store_get_progress(struct store_tx *tx, int64_t ticket_id, struct store_progress *progress_r, struct ik_error *err);

/* store_set_date() - keeps the first date unless it is cleared with 0. store_set_promise() - the date the customer is told from now on, and in words. */
enum store_date { DATE_FIRST_RESPONSE, DATE_STARTED, DATE_RESOLVED };
enum ik_rc store_set_date(struct store_tx *tx, int64_t ticket_id, enum store_date which, int64_t at, struct ik_error *err);
enum ik_rc store_set_promise(struct store_tx *tx, int64_t ticket_id, int64_t at, const char *text, struct ik_error *err);

/* Timers: nothing cancels one. Whoever is called when it is due looks whether it still has a reason. One ticket may have several of a kind.
 * store_take_timers() - removes and returns up to max that are due, oldest first. read_next_timer() - when the next one is due, 0: none. */
enum timer_kind { TIMER_DELAYED = 1, TIMER_SURVEY, TIMER_CLOSE, TIMER_DEADLINE };
struct store_timer { int64_t due_at, ticket_id; enum timer_kind kind; };
enum ik_rc store_add_timer(struct store_tx *tx, const struct store_timer *timer, struct ik_error *err);
enum ik_rc store_take_timers(struct store_tx *tx, int64_t now_at, size_t max, struct store_timer *timers_r, size_t *count_r, struct ik_error *err);
enum ik_rc read_next_timer(struct store_reader *r, int64_t *due_at_r, struct ik_error *err);

/* read_answered() - first answers since then, newest first; due_at: what the customer was told first. read_unanswered() - tickets that came since then and
 * wait for a first answer by the staff, among the newest. */
struct read_answered { int64_t received_at, answered_at, due_at; char severity[8], brand[64]; };
enum ik_rc read_answered(struct store_reader *r, int64_t since_at, size_t max, struct read_answered *answers_r, size_t *count_r, struct ik_error *err);
enum ik_rc read_unanswered(struct store_reader *r, int64_t since_at, int64_t *count_r, struct ik_error *err);

/* store_find_remote() - the ticket a sink's deliveries got this id for, 0: none. Two tickets with one id: the later one. */
enum ik_rc store_find_remote(struct store_tx *tx, const char *sink, const char *remote_id, int64_t *ticket_id_r, struct ik_error *err);
/* store_has_delivery() - whether a delivery of this ticket was made, or is owed, to this sink. */
enum ik_rc store_has_delivery(struct store_tx *tx, const char *sink, int64_t ticket_id, bool *has_r, struct ik_error *err);
/* store_find_handle() - a verified handle of this type that the contact has; "" when there is none. */
enum ik_rc store_find_handle(struct store_tx *tx, int64_t contact_id, const char *type, char *value_r, size_t size, struct ik_error *err);
/* store_set_ack() - the decision about the acknowledgement, made anew. */
enum ik_rc store_set_ack(struct store_tx *tx, int64_t ticket_id, enum store_ack ack, const char *reason, struct ik_error *err);
/* store_renew_reply() - the customer wrote there again: the newest message of the ticket can be answered as long and as often as that one; left -1: no limit. */
enum ik_rc store_renew_reply(struct store_tx *tx, int64_t ticket_id, const char *channel, int64_t until, int64_t left, struct ik_error *err);
/* store_use_reply() - one reply of the message's window is used. store_count_history() - entries of one event. */
enum ik_rc store_use_reply(struct store_tx *tx, int64_t message_id, struct ik_error *err);
enum ik_rc store_count_history(struct store_tx *tx, int64_t ticket_id, const char *event, int64_t *count_r, struct ik_error *err);
/* store_count_open_texts() - acknowledgements and notices of the duty's ticket, older than it, that are not over yet. */
enum ik_rc store_count_open_texts(struct store_tx *tx, const struct store_duty *duty, int64_t *count_r, struct ik_error *err);
/* store_newest_ticket() - of a customer, among the newest thousands of all; 0: none. */
enum ik_rc store_newest_ticket(struct store_tx *tx, int64_t contact_id, int64_t *ticket_id_r, struct ik_error *err);
/* store_duty_ticket() - the ticket of a duty, 0: there is no such duty. */
enum ik_rc store_duty_ticket(struct store_tx *tx, int64_t duty_id, int64_t *ticket_id_r, struct ik_error *err);

#endif
