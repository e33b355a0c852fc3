/* breaker.h - step 20 of the decision list: when far more goes out than usual, or too much of it comes back, nothing more goes out for a while. An
 * operator is alarmed, tickets go on. The state is in the store: a restart does not close the breaker. Thread: the store thread. */
#ifndef PIPELINE_BREAKER_H
#define PIPELINE_BREAKER_H

#include "pipeline/pipeline.h"
#include "store/store.h"

/* breaker_is_open() - nothing may go out now. breaker_count() - one more goes out; breaker_bounced() - one came back. Both may open it. */
enum ik_rc breaker_is_open(struct store_tx *tx, const struct pipeline_setup *setup, int64_t at, bool *is_open_r, struct ik_error *err);
enum ik_rc breaker_count(struct store_tx *tx, const struct pipeline_setup *setup, int64_t at, struct ik_error *err);
enum ik_rc breaker_bounced(struct store_tx *tx, const struct pipeline_setup *setup, int64_t at, struct ik_error *err);

#endif
