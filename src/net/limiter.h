/* limiter.h - how often one client may do something within a window of time, in memory that no number of clients makes larger.
 *
 * Two rows of counters under secret hashes; a client's count is the lower of its two. Nothing is evicted, so nobody can push
 * another's count out; strangers who meet in both rows only make the limit stricter. IPv6 counts by /64. Thread: any. */
#ifndef NET_LIMITER_H
#define NET_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

struct limiter;
/* limiter_new() - limit: times per window of window_s seconds, which begin at whole multiples of it. */
struct limiter *limiter_new(int64_t limit, int64_t window_s);
void limiter_free(struct limiter **limiter);
/* limiter_allows() - counts one and tells whether it is within the limit. peer is the textual address of the request. */
bool limiter_allows(struct limiter *limiter, const char *peer, int64_t now_at);

#endif
