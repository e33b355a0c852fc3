/* promise.h - what a customer is told about the first answer: the target of the policy, or how long it takes of late when that is longer.
 *
 * Measured are first answers that staff gave (by a helpdesk's callback or an operator's set-state) within promise.window: the time within which
 * nine of ten came, in the clock of the severity's deadline - working seconds or all of them - and, for all but urgent matters, how long
 * the tickets that wait now would take at that rate. Fewer than promise.least answers say nothing: then the target is told.
 * Threads: promise_measure() on the thread of timers, the rest on any. */
#ifndef PIPELINE_PROMISE_H
#define PIPELINE_PROMISE_H

#include <stdbool.h>
#include <stdint.h>
#include <jansson.h>
#include <intaked/option.h>
#include "policy/policy.h"
#include "store/store.h"

enum promise_tell { PROMISE_TARGET, PROMISE_MEASURED, PROMISE_BOTH };
struct promise_conf {
	int tell;                       /* enum promise_tell */
	int64_t window;                 /* s */
	int64_t least;                  /* answers */
};
extern const struct ik_option promise_options[];

struct promise;
struct promise *promise_new(const struct promise_conf *conf, const struct policy *policy);     /* both borrowed */
void promise_free(struct promise **promise);

/* promise_measure() - reads the answers of the window; every minute is often enough. */
enum ik_rc promise_measure(struct promise *promise, struct store_reader *reader, int64_t now_at, struct ik_error *err);
/* promise_due() - when a message that came at received_at is likely to be answered, if that is later than its target and the customer is to
 * hear of it; 0 otherwise. promise may be NULL. */
int64_t promise_due(struct promise *promise, const char *brand, enum severity severity, int64_t received_at, int64_t target_at);
/* promise_tells_target() - the target is told beside the measured time. promise may be NULL: true. */
bool promise_tells_target(const struct promise *promise);
/* promise_status() - {tell, urgent{answers, kept, nine_of_ten_s, waiting_s}, ...}; kept: share of answers in time, null without any. */
json_t *promise_status(struct promise *promise);

#endif
