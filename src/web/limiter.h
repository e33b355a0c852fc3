/* limiter.h - how often one client may do something in a minute, in memory that no number of clients makes larger.
 *
 * Two rows of counters under secret hashes; a client's count is the lower of its two. Nothing is evicted, so nobody can push
 * another's count out; strangers who meet in both rows only make the limit stricter. IPv6 counts by /64. Thread: any. */
#ifndef WEB_LIMITER_H
#define WEB_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

struct limiter;
struct limiter *limiter_new(int64_t per_minute);
void limiter_free(struct limiter **limiter);
/* limiter_allows() - counts one and tells whether it is within the limit. peer is the textual address of the request. */
bool limiter_allows(struct limiter *limiter, const char *peer, int64_t now_at);

#endif
