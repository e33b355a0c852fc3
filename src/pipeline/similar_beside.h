/* similar_beside.h - the new message beside each earlier one that was chosen. */
#ifndef PIPELINE_SIMILAR_BESIDE_H
#define PIPELINE_SIMILAR_BESIDE_H

#include "pipeline/similar_gather.h"
#include "pipeline/similar_judge.h"

/* One earlier message beside the new one, and what is known of its ticket. */
struct beside { struct similar_pair pair; struct similar_ticket ticket; };

/* similar_set_beside() - what is found before any verdict, as verdicts on one ask for how the others stand. all: room for count items; fewer when a ticket
 * has gone meanwhile. */
enum ik_rc similar_set_beside(const struct similar *similar, const struct similar_index *index, const struct similar_query *query, const struct chosen *g,
                              const struct similar_print *prints, size_t count, struct beside *all, size_t *count_r, struct ik_error *err);

#endif
