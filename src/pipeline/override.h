/* override.h - an operator's word against the decision list: one acknowledgement all the same, counted apart and limited by ack.override_day. What a
 * machine sent is never answered, whoever says so. Thread: the store thread. */
#ifndef PIPELINE_OVERRIDE_H
#define PIPELINE_OVERRIDE_H

#include "pipeline/pipeline.h"

/* override_ack() - IK_REJECT, with nothing changed: there was no decision against it, it is one that stands, there is no way to the customer, or the
 * day's number is used up. */
enum ik_rc override_ack(struct store_tx *tx, const struct pipeline_setup *setup, int64_t ticket_id, int64_t at, struct ik_error *err);

#endif
