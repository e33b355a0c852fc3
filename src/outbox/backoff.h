/* backoff.h - when a duty that failed for now is tried again. */
#ifndef OUTBOX_BACKOFF_H
#define OUTBOX_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

#define BACKOFF_FIRST_S 5
#define BACKOFF_MAX_S 3600
#define BACKOFF_GIVE_UP_S (7 * 86400)
#define BACKOFF_WISH_MAX_S 3600         /* of a peer's Retry-After */

struct backoff { int64_t first_s, max_s, give_up_s; };  /* 0: the figure above */

/* backoff_delay_s() - first, doubling, up to max; between half and the whole of it by chance (0 .. 999999). wish_s: the peer's Retry-After,
 * -1 without one; it is a lower limit, at most an hour. Never below 1. */
int64_t backoff_delay_s(const struct backoff *b, int64_t attempts, int64_t wish_s, uint64_t chance);
bool backoff_is_over(const struct backoff *b, int64_t created_at, int64_t now_at);

#endif
