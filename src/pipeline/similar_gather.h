/* similar_gather.h - which earlier messages are worth a look.
 *
 * At most SIMILAR_KEYS_MAX look-ups of at most 64 ids each, whatever the index holds. */
#ifndef PIPELINE_SIMILAR_GATHER_H
#define PIPELINE_SIMILAR_GATHER_H

#include "pipeline/similar.h"

#define EVIDENCE 100                    /* hits of a key that is evidence in itself */

struct candidate { int64_t id; uint32_t hits; };
struct chosen { struct candidate list[SIMILAR_VERIFY_MAX]; size_t count; };

struct gathering;
/* similar_gathering_new() - empty; free with free(). */
struct gathering *similar_gathering_new(void);
/* similar_gather() - under the keys that tell a repeat by themselves, or under all others. */
enum ik_rc similar_gather(const struct similar_conf *conf, const struct similar_index *index, const struct similar_query *query, bool repeats, struct gathering *g, struct ik_error *err);
/* similar_choose_first() - as they were found, while the gathering goes on. most: up to SIMILAR_VERIFY_MAX. */
void similar_choose_first(const struct gathering *g, size_t most, struct chosen *chosen_r);
/* similar_choose() - best first. Ends the gathering: its places hold no more. */
void similar_choose(struct gathering *g, size_t most, struct chosen *chosen_r);
/* similar_load_chosen() - prints: room for as many as were chosen. The list keeps step with them: it loses what has gone meanwhile, and what is too old
 * for all but a repeat, as an index may give older ones than it was asked for. */
enum ik_rc similar_load_chosen(const struct similar_conf *conf, const struct similar_index *index, const struct similar_query *query, struct chosen *g, struct similar_print *prints,
                               size_t *count_r, struct ik_error *err);

#endif
