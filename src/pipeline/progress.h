/* progress.h - moves a ticket from state to state: the one place where a ticket's state changes after its intake. The moves there are, and who
 * may make them, stand in policy/ticket_state.h; what the customer hears of it in notify.h. Thread: the store thread. */
#ifndef PIPELINE_PROGRESS_H
#define PIPELINE_PROGRESS_H

#include "pipeline/pipeline.h"
#include "policy/ticket_state.h"

struct progress_move {
	int64_t ticket_id;
	enum store_state to;
	enum ticket_who who;
	const char *actor;                      /* for the history: "operator", "sink:desk", "customer" */
	const char *note;                       /* for the staff; NULL: none */
	const char *tell;                       /* public words: the question of waiting_customer, else an answer; NULL: none */
	int64_t at;
};
/* progress_move() - IK_REJECT, with nothing changed, when there is no such ticket or no such move. Where the ticket stands already nothing
 * moves; note and tell are taken all the same. */
enum ik_rc progress_move(struct store_tx *tx, const struct pipeline_setup *setup, const struct progress_move *m, struct ik_error *err);

/* progress_begin() - the timer of a new ticket: before its promise passes unanswered. */
enum ik_rc progress_begin(struct store_tx *tx, const struct pipeline_setup *setup, int64_t ticket_id, int64_t received_at, int64_t due_at, struct ik_error *err);

/* progress_due() - what the timers that are due ask for, up to a bounded number; more_r: there may be more. Restarts and jumps of the clock only
 * make a timer late or early: each looks at its ticket before it does anything. */
enum ik_rc progress_due(struct store_tx *tx, const struct pipeline_setup *setup, int64_t now_at, bool *more_r, struct ik_error *err);

#endif
