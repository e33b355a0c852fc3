/* similar_tell.h - what a verdict tells of its reason. */
#ifndef PIPELINE_SIMILAR_TELL_H
#define PIPELINE_SIMILAR_TELL_H

#include "pipeline/similar_judge.h"

/* similar_show() - one that was compared, among the SIMILAR_SHOWN best. */
void similar_show(struct similar_verdict *v, const struct similar_pair *p, const struct similar_finding *f);
/* similar_note_related() - a ticket of one incident, once. */
void similar_note_related(struct similar_verdict *v, int64_t ticket_id);
/* similar_tell() - the verdict that holds so far. */
void similar_tell(struct similar_verdict *v, const struct similar_pair *p, const struct similar_finding *f);
/* similar_tell_nearest() - why it is new: the nearest of the count that were looked at, and what stood against it. */
void similar_tell_nearest(struct similar_verdict *v, const struct similar_pair *p, const struct similar_finding *f, size_t count);

#endif
