/* quiet.h - whether one more mail or chat line may go to somebody now: marked addresses, the breaker (step 20), then the persisted limits (step 19), for
 * acknowledgements and notices alike. Asked last, so that what is withheld anyway uses up nothing. Thread: the store thread. */
#ifndef PIPELINE_QUIET_H
#define PIPELINE_QUIET_H

#include <stdint.h>
#include "pipeline/pipeline.h"
#include "store/store.h"

/* quiet_ask() - who: a folded address or a chat handle. withheld_r: static reason code, NULL when it may go; it has then used the limits. */
enum ik_rc quiet_ask(struct store_tx *tx, const struct pipeline_setup *setup, const char *who, int64_t at, const char **withheld_r, struct ik_error *err);

#endif
