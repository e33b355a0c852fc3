/* reclassify.h - another class for a ticket after its intake, with all that follows: dates, department, alarms, and word to the sinks that have it.
 *
 * Who says so decides what it may do. A person's word holds: it is kept as a correction, and can be taken back. An adviser's word adds to what the
 * gateway decided itself and never takes away: no severity goes down, no category leaves safety, no anger is calmed, and nothing is touched
 * that a person has corrected. Dates only ever come earlier: a customer was told the old one. Thread: the store thread. */
#ifndef PIPELINE_RECLASSIFY_H
#define PIPELINE_RECLASSIFY_H

#include "pipeline/pipeline.h"
#include "store/class.h"

struct reclass {
	int64_t ticket_id, at;
	const char *actor;              /* for the history: "operator", "sink:desk", "adviser" */
	struct store_class says;        /* words of ours; "" says nothing. Others are IK_REJECT */
};
/* reclassify_correct() - a person's word. *changed_r: false when the ticket stands like that already. */
enum ik_rc reclassify_correct(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, bool *changed_r, struct ik_error *err);
/* reclassify_revoke() - takes the newest correction back; says is not read. IK_REJECT: there is none. */
enum ik_rc reclassify_revoke(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, struct ik_error *err);
/* reclassify_advise() - used_r: what of it holds now and did not before; "" the rest. Writes no history of its own. */
enum ik_rc reclassify_advise(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, struct store_class *used_r, struct ik_error *err);
/* reclassify_raise() - what a later message of the ticket is: the ticket becomes as urgent as the gravest of its messages, a matter of safety when one is, of
 * what it is about when nothing was told before, and
 * angry when one is; never less, and not where a person has corrected it. Dates count from `from`, when that message came. Alarm and word to the sinks are the
 * message's own. */
enum ik_rc reclassify_raise(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, int64_t from, struct ik_error *err);
/* reclassify_move() - split() of split.h, or split_more() when *ticket_id_r is one that was split off, or store_merge() with what follows: a ticket becomes as grave as the one that is merged into it. */
enum ik_rc reclassify_move(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_move *move, int64_t *ticket_id_r, struct ik_error *err);
/* reclassify_reach() - a later message of the ticket tells of more persons or followers than the ones before, or of going public: its place goes up
 * with them, never down. */
struct reach { int64_t ticket_id, at, persons, followers; bool is_public; };
enum ik_rc reclassify_reach(struct store_tx *tx, const struct pipeline_setup *setup, const struct reach *more, struct ik_error *err);
/* reclassify_words() - "category=logistics severity=high": what a class says, for people; "nothing" when it says nothing. Returns text_r. */
#define RECLASS_TEXT 512
const char *reclassify_words(const struct store_class *says, char text_r[RECLASS_TEXT]);

#endif
