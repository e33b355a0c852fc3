/* advice.h - the question to an adviser, a language model behind an OpenAI-compatible chat endpoint, and what counts as its answer.
 *
 * The answer is a stranger's word twice over: the model's, and through it the customer's, who may have written it orders. So it chooses among words
 * that are ours and nothing else: one JSON object with exactly the keys that were asked for. Pure functions of policy and text. */
#ifndef POLICY_ADVICE_H
#define POLICY_ADVICE_H

#include <stdbool.h>
#include <intaked/error.h>
#include "base/buf.h"
#include "policy/policy.h"

#define ADVICE_TEXT_MAX 6000            /* bytes of a message that are sent */
#define ADVICE_REPLY_MAX (64 * 1024)    /* bytes of the endpoint's answer */
#define ADVICE_CONTENT_MAX 1024         /* bytes of the model's words in it */

struct advice_ask { bool category, severity, sentiment; };
/* Words of the policy; NULL: not asked for. */
struct advice { const char *category, *severity, *sentiment; };

/* advice_request() - the JSON of one request; subject (may be NULL) and text are masked by the caller where they should be. False when b is full. */
bool advice_request(const struct policy *policy, const struct advice_ask *ask, const char *model, bool json_mode, const char *subject, const char *text, struct buf *b);
/* advice_read() - IK_REJECT with the reason: not an answer. */
enum ik_rc advice_read(const struct policy *policy, const struct advice_ask *ask, const char *reply, size_t len, struct advice *advice_r, struct ik_error *err);

#endif
