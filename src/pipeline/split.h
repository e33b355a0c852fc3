/* split.h - a message that an operator gives a ticket of its own is decided as if it had opened one: class, department, sinks, deadlines and promise are what
 * its own words say. Thread: the store thread. */
#ifndef PIPELINE_SPLIT_H
#define PIPELINE_SPLIT_H

#include "pipeline/pipeline.h"

/* split_more() - a further message of the same ticket goes to the one that was split off, which becomes as grave as it is. */
enum ik_rc split_more(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_move *move, int64_t ticket_id, struct ik_error *err);
/* split() - store_split() with all that; its date is watched while it lies ahead. Nobody is acknowledged again. */
enum ik_rc split(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_move *move, int64_t *ticket_id_r, struct ik_error *err);

#endif
