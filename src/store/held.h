/* held.h - callbacks of helpdesks that name a ticket by an id no delivery has got yet: the answer with that id is still under way. Kept for a day, the
 * newest HELD_MAX of them; beyond that the oldest goes. */
#ifndef STORE_HELD_H
#define STORE_HELD_H

#include "store/store.h"

#define HELD_MAX 500
#define HELD_BODY_MAX 32768             /* bytes of one body */
#define HELD_FOR_S 86400

struct held_callback { int64_t id, at; char sink[64], event[256]; char *body; };        /* body: freed by the caller */
/* held_keep() - *kept_r: false when no delivery to the sink is under way, so that there is nothing to wait for. Again under the same event: once. */
enum ik_rc held_keep(struct store_tx *tx, const char *sink, const char *event, const char *remote_id, const char *body, int64_t at, bool *kept_r, struct ik_error *err);
/* held_take() - removes and returns up to max whose id a delivery has by now, oldest first; forgets those that waited for too long. *left_r: how many wait on. */
enum ik_rc held_take(struct store_tx *tx, int64_t now_at, size_t max, struct held_callback *list_r, size_t *count_r, int64_t *left_r, struct ik_error *err);
#endif
