/* adviser.h - a second opinion on what the gateway was not sure of: a language model behind an OpenAI-compatible chat endpoint.
 *
 * It is asked after the ticket is committed and acknowledged, by threads of its own, so that nothing waits for it: slow, wrong or silent, it costs
 * nobody anything but the advice. What its answer may do stands in reclassify.h, what counts as an answer in policy/advice.h.
 *
 *   waiting --take--> asked --answer--> stands in the ticket's history, used or not
 *      ^                |
 *      +--- no answer --+   put back once; the second time the history says so
 *
 *   waiting   in memory, ids alone, at most ADVISER_WAITING_MAX; a stop or reload forgets them: the ticket stands as it was decided
 *   asked     at most `parallel` at once
 *
 * After ADVISER_FAILURES failures in a row nobody is asked for a while, doubling up to half an hour; then one alone is tried. A Retry-After of the
 * endpoint is kept to. Each question counts against the day's number before it is sent, in the store. */
#ifndef PIPELINE_ADVISER_H
#define PIPELINE_ADVISER_H

#include <jansson.h>
#include <intaked/option.h>
#include "pipeline/pipeline.h"

#define ADVISER_WAITING_MAX 1000
#define ADVISER_FAILURES 5

struct adviser_conf {
	char *url, *token, *model;      /* url NULL: nobody is asked */
	int64_t timeout, parallel, per_day, below;      /* s; -; -; percent of certainty */
	struct ik_list sets;            /* category, severity, sentiment; none: all of them */
	bool mask, json_mode;
};
extern const struct ik_option adviser_options[];
extern const char *const adviser_words[];       /* what sets may hold; ends with NULL */

struct adviser;
struct ticket;
/* adviser_new() - setup and conf are borrowed until adviser_free(), which cuts short what is asked. */
enum ik_rc adviser_new(const struct adviser_conf *conf, const struct pipeline_setup *setup, struct adviser **adviser_r, struct ik_error *err);
void adviser_free(struct adviser **adviser);
/* adviser_hear() - a committed ticket; asks about it when it is new, of a person and uncertain. Any thread, never blocks. adviser may be NULL. */
void adviser_hear(struct adviser *adviser, const struct ticket *t);
/* adviser_status() - {model, waiting, asked, used, unused, failed, skipped, resting}; a new reference. */
json_t *adviser_status(struct adviser *adviser);

#endif
