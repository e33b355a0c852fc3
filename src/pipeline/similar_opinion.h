/* similar_opinion.h - a learned second opinion beside the rules: how likely is it that two messages tell of one matter?
 *
 * Forests of small decision trees over the figures of a pair, one forest a question, trained by `make model` from the labelled streams in
 * conf/models/streams; they are part of the program and can be read: conf/models/likeness.trees. Rules decide what must never be (another order's number,
 * another customer); within that the opinion finds what no rule has words for, and holds back rules that it doubts. Thread: any may ask. */
#ifndef PIPELINE_SIMILAR_OPINION_H
#define PIPELINE_SIMILAR_OPINION_H

#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>

struct similar_pair;

enum similar_question {
	SIMILAR_ASKS_MATTER,            /* of one writer's messages: is it the same matter? */
	SIMILAR_ASKS_REPEAT,            /* ... and does the new one only repeat it? */
	SIMILAR_ASKS_INCIDENT,          /* of two customers' messages that no guard keeps apart: is it one incident? */
	SIMILAR_QUESTIONS
};
extern const char *const similar_questions[SIMILAR_QUESTIONS];  /* "matter" .. */

struct similar_opinion;
/* similar_opinion_new() - the built-in forests. similar_opinion_read() - others, as `xgboost` dumps them as text, each behind a line "# question". */
enum ik_rc similar_opinion_new(struct similar_opinion **opinion_r, struct ik_error *err);
enum ik_rc similar_opinion_read(const char *text, size_t len, struct similar_opinion **opinion_r, struct ik_error *err);
void similar_opinion_free(struct similar_opinion **opinion);

/* similar_opinion_ask() - from 0 to 1; 0.5 without trees. */
double similar_opinion_ask(const struct similar_opinion *opinion, enum similar_question question, const struct similar_pair *pair);

/* similar_opinion_watch() - watch hears of every question that is asked from now on, with the figures it is asked about; for training. */
typedef void similar_watcher(void *arg, enum similar_question question, const struct similar_pair *pair, const float *figures, size_t count);
void similar_opinion_watch(struct similar_opinion *opinion, similar_watcher *watch, void *arg);

#endif
