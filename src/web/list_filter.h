/* list_filter.h - whether a list of tickets is asked for by words that mean something. A slip would look like an answer: nothing, or everything.
 *
 * A state or severity is one of ours. A category or channel is one that is configured, or that some ticket has: rules and channels come and go,
 * tickets stay. */
#ifndef WEB_LIST_FILTER_H
#define WEB_LIST_FILTER_H

#include <stdbool.h>
#include <jansson.h>
#include "store/store.h"

/* Names that are configured, as an array of texts; a new reference. Thread: any. */
struct list_names { json_t *(*categories)(void *arg); json_t *(*channels)(void *arg); void *arg; };

/* list_filter_check() - IK_REJECT names the filter, the value and what there is: "severity: there is no \"bogus\"; there are urgent, high, ...".
 * names: its functions may be NULL, then tickets alone say what there is. */
enum ik_rc list_filter_check(struct store_reader *r, const struct read_filter *filter, const struct list_names *names, struct ik_error *err);
/* list_filter_words() - the categories, or channels, that can be asked for; a new reference. */
enum ik_rc list_filter_words(struct store_reader *r, bool categories, const struct list_names *names, json_t **words_r, struct ik_error *err);

#endif
