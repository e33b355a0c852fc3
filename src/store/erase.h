/* erase.h - what a person asked us to forget: their tickets keep number, code of another kind, dates, class and state, and nothing that says who it was
 * or what they wrote. Deleted bytes are overwritten in the database and its log is emptied; files are removed; indexes are made anew.
 *
 * What is under way is finished first, so that erasing goes in small steps: each ticket in a transaction of its own, and again from the start when it
 * was interrupted. */
#ifndef STORE_ERASE_H
#define STORE_ERASE_H

#include "store/store.h"

/* Whom or what. handles: as stored and folded forms of the same address, NULL-terminated; ticket 0: everything of the person. */
struct erase_ask { const char *type, *const *handles; int64_t ticket_id; };

struct erase_ticket { int64_t id; bool is_whole; };     /* not whole: somebody else's, in which the person wrote */
struct erase_plan {
	struct erase_ticket *tickets;
	size_t ticket_count;
	int64_t *contacts;
	size_t contact_count;
	int64_t *messages;              /* whose texts go */
	size_t message_count;
	const char *const *handles;     /* borrowed from the ask */
	json_t *report;                 /* {tickets: [number], parts_of: [number], messages, originals, files, quarantined, handles, copies: [{sink, number,
	                                 * remote_id, state}], backups: [path]} */
};
/* read_erase_plan() - any thread; release it with erase_plan_release(). An empty plan: nothing is kept. */
enum ik_rc read_erase_plan(struct store_reader *r, const struct erase_ask *ask, struct erase_plan *plan_r, struct ik_error *err);
void erase_plan_release(struct erase_plan *plan);
/* store_erase() - any thread but the store's; waits. IK_RETRY: something of it is just being sent, or it could not be finished: the same again goes on.
 * *is_clean_r: false when a reader kept the log from being emptied; the store empties it when it is idle. */
enum ik_rc store_erase(struct store *store, const struct erase_plan *plan, const char *actor, int64_t now_at, bool *is_clean_r, struct ik_error *err);

#endif
