/* pace.h - how many acknowledgements and notices go out, and how many come back, in spans of ten minutes over the last seven days. Kept in the
 * store, so that a restart forgets nothing. Thread: the store thread. */
#ifndef STORE_PACE_H
#define STORE_PACE_H

#include "store/store.h"

#define PACE_SPAN_S 600

struct store_pace {
	int64_t recent;                 /* sent in the last ten minutes: this span, and of the one before the part that still counts */
	int64_t usual;                  /* the median of the spans of seven days, those in which nothing was sent included */
	int64_t hour_sent, hour_bounced;
};
enum ik_rc store_count_pace(struct store_tx *tx, int64_t at, int64_t sent, int64_t bounced, struct ik_error *err);
enum ik_rc store_get_pace(struct store_tx *tx, int64_t at, struct store_pace *pace_r, struct ik_error *err);

#endif
