/* restore.h - tickets in the one format back into rows: what export wrote, or another store of ours. The store thread, in its transaction. */
#ifndef STORE_RESTORE_H
#define STORE_RESTORE_H

#include "store/store.h"

/* store_restore() - a ticket with its number, code, messages, customer, history and deliveries, as it is. One that is here already (by its code, or by
 * a message with the same channel and external id) stays as it is: *was_here_r. A number that another ticket has here gives it a new one of `month`,
 * which the history tells. Nothing is owed to anybody: what was pending there is uncertain here. Links are not made: only who has all tickets knows which
 * number is which here. IK_REJECT, nothing changed: it is no such ticket. */
struct store_restored { int64_t ticket_id; char number[STORE_NUMBER_SIZE]; bool was_here; };
enum ik_rc store_restore(struct store_tx *tx, const json_t *ticket, int64_t month, int64_t now_at, const char *actor, struct store_restored *restored_r, struct ik_error *err);
/* restore_check() - IK_REJECT with the reason when it is no ticket that could be restored. Asks no store. */
enum ik_rc restore_check(const json_t *ticket, struct ik_error *err);

#endif
