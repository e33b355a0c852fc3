/* similar_tail.h - what was stored last and may not be in the index file yet: prints in memory, in the order they were stored.
 *
 *   added (provisional) --settle(stored)--> kept --dropped once the file has it and nobody under way may miss it
 *          |---settle(not stored), or a new batch begins without it--> gone
 *
 * A message under way remembers with similar_tail_pin() how much of the tail its verdict has seen; the store thread looks only at what came
 * behind. What somebody under way may still have to look at is not dropped, unless the tail is full: then the oldest go, and the worst is that
 * a repeat is not seen. Threads: any; the lock is held for one look-up at a time. */
#ifndef PIPELINE_SIMILAR_TAIL_H
#define PIPELINE_SIMILAR_TAIL_H

#include "pipeline/similar.h"

#define SIMILAR_TAIL_MAX 4096           /* messages */

struct similar_tail;
struct similar_tail *similar_tail_new(void);
void similar_tail_free(struct similar_tail **tail);

/* The place in the tail that a message under way has seen; lives in the caller's memory until it is taken off. */
struct similar_pin { uint64_t seen; struct similar_pin *before, *behind; bool is_set; };
void similar_tail_pin(struct similar_tail *tail, struct similar_pin *pin);
void similar_tail_unpin(struct similar_tail *tail, struct similar_pin *pin);

/* similar_tail_add() - provisionally, in this batch of the store; seed (may be NULL) is what was known of the ticket before.
 * similar_tail_begin() - drops what is provisional from another batch: it was rolled back. similar_tail_settle() - what became of it. */
void similar_tail_add(struct similar_tail *tail, const struct similar_query *query, const struct similar_ticket *seed, uint64_t batch);
/* similar_tail_is_behind() - whether something was added since the pin. */
bool similar_tail_is_behind(struct similar_tail *tail, const struct similar_pin *pin);
void similar_tail_begin(struct similar_tail *tail, uint64_t batch);
void similar_tail_settle(struct similar_tail *tail, int64_t message_id, bool is_stored);
/* similar_tail_drop() - what is in the file up to this message. similar_tail_move() - the message is in another ticket now. */
void similar_tail_drop(struct similar_tail *tail, int64_t upto_message);
void similar_tail_move(struct similar_tail *tail, int64_t message_id, int64_t ticket_id);
/* similar_tail_print() - a copy; false when it is not in the tail. */
bool similar_tail_print(struct similar_tail *tail, int64_t message_id, struct similar_print *print_r);
size_t similar_tail_count(struct similar_tail *tail);

/* The tail behind a place as an index to decide on; below (may be NULL) is asked too and adds what is older. */
struct similar_tail_view { struct similar_tail *tail; const struct similar_index *below; uint64_t after; };
struct similar_index similar_tail_index(struct similar_tail_view *view);

#endif
