/* similar_gather.c - which earlier messages are worth a look: under what the new one is filed, the best first. */
#include "pipeline/similar_gather.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

#define CANDIDATE_SLOTS 2048            /* a power of two above all that the look-ups can give */
#define RING_MAX 64
#define KEPT_S INT64_C(7776000)         /* 90 days */
#define ONE_WORD_MAX 8
#define EVENT_WORDS 6                   /* so many shared words is an odd sum, or a day with a thing, worth */
#define REPEAT 1000

struct gathering {
	uint16_t places[CANDIDATE_SLOTS];       /* of ids in list, + 1; 0: free */
	struct candidate list[CANDIDATE_SLOTS / 2];
	size_t count;
};

struct gathering *similar_gathering_new(void)
{
	struct gathering *g = mem_grow(NULL, 1, sizeof(*g));    /* the list is filled as far as it is read */

	memset(g->places, 0, sizeof(g->places));
	g->count = 0;
	return g;
}

/* A key that is evidence in itself goes before any number of shared words. */
static uint32_t worth(enum similar_key kind)
{
	switch (kind) {
	case SIMILAR_DELIVERY: case SIMILAR_EXACT: return REPEAT;
	case SIMILAR_SENDER: case SIMILAR_NUMBER: return EVIDENCE;
	case SIMILAR_EVENT: return EVENT_WORDS;
	case SIMILAR_FEATURE: case SIMILAR_BAND: case SIMILAR_KEYS: default: return 1;
	}
}

static void note(struct gathering *g, int64_t id, uint32_t hits)
{
	size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 40) & (CANDIDATE_SLOTS - 1);

	while (g->places[at] != 0 && g->list[g->places[at] - 1].id != id) at = (at + 1) & (CANDIDATE_SLOTS - 1);
	if (g->places[at] == 0) {
		if (g->count >= COUNT_OF(g->list)) return;
		g->list[g->count++] = (struct candidate){ .id = id };
		g->places[at] = (uint16_t)g->count;
	}
	g->list[g->places[at] - 1].hits += hits;
}

static int best_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->hits != y->hits) return x->hits < y->hits ? 1 : -1;
	return (x->id < y->id) - (x->id > y->id);
}

/* What the message is filed under, and the other handles of its writer. */
static size_t look_up_keys(const struct similar_query *query, struct similar_filing keys_r[SIMILAR_KEYS_MAX])
{
	size_t count = query->key_count;

	memcpy(keys_r, query->keys, count * sizeof(keys_r[0]));
	for (size_t i = 0; i < query->alias_count && count < SIMILAR_KEYS_MAX; i++)
		if (query->aliases[i] != 0) keys_r[count++] = (struct similar_filing){ SIMILAR_SENDER, query->aliases[i] };
	return count;
}

/* Keys of words lead to other customers' messages only: the writer's own, and those with the number, have keys of their own. */
static int64_t reach_of(const struct similar_conf *conf, enum similar_key kind)
{
	switch (kind) {
	case SIMILAR_DELIVERY: return conf->redelivery_s < KEPT_S ? conf->redelivery_s : KEPT_S;
	case SIMILAR_EXACT: return conf->duplicate_s > conf->related_s ? conf->duplicate_s : conf->related_s;
	case SIMILAR_FEATURE: case SIMILAR_BAND: case SIMILAR_EVENT: return conf->related_s;
	case SIMILAR_SENDER: case SIMILAR_NUMBER: case SIMILAR_KEYS: default: return conf->followup_s > conf->duplicate_s ? conf->followup_s : conf->duplicate_s;
	}
}

/* Best first. Of those that only one word led to, the newest few will do: what is like enough to count shares more of its rarest words. */
void similar_choose(struct gathering *g, size_t most, struct chosen *chosen_r)
{
	size_t count = 0;

	qsort(g->list, g->count, sizeof(g->list[0]), best_first);
	while (count < g->count && g->list[count].hits > 1) count++;
	count = count + ONE_WORD_MAX < g->count ? count + ONE_WORD_MAX : g->count;
	chosen_r->count = count < most ? count : most;
	memcpy(chosen_r->list, g->list, chosen_r->count * sizeof(g->list[0]));
}

void similar_choose_first(const struct gathering *g, size_t most, struct chosen *chosen_r)
{
	chosen_r->count = g->count < most ? g->count : most;
	memcpy(chosen_r->list, g->list, chosen_r->count * sizeof(g->list[0]));
}

static bool tells_repeat(enum similar_key kind)
{
	return kind == SIMILAR_DELIVERY || kind == SIMILAR_EXACT;
}

enum ik_rc similar_gather(const struct similar_conf *conf, const struct similar_index *index, const struct similar_query *query, bool repeats, struct gathering *g, struct ik_error *err)
{
	const struct similar_print *print = &query->print;
	struct similar_filing keys[SIMILAR_KEYS_MAX];
	const size_t key_count = look_up_keys(query, keys);

	for (size_t i = 0; i < key_count; i++) {
		int64_t ids[RING_MAX];
		size_t count = 0;
		enum ik_rc rc;

		if (tells_repeat(keys[i].kind) != repeats) continue;
		rc = index->find(index->self, keys[i].kind, keys[i].key, print->received_at - reach_of(conf, keys[i].kind), print->received_at, ids, similar_key_keeps[keys[i].kind], &count, err);
		if (rc != IK_OK) return rc;
		for (size_t k = 0; k < count; k++)
			if (ids[k] != print->message_id) note(g, ids[k], worth(keys[i].kind));
	}
	return IK_OK;
}

enum ik_rc similar_load_chosen(const struct similar_conf *conf, const struct similar_index *index, const struct similar_query *query, struct chosen *g, struct similar_print *prints,
                               size_t *count_r, struct ik_error *err)
{
	const int64_t since_at = query->print.received_at - reach_of(conf, SIMILAR_SENDER);
	size_t n = 0;

	for (size_t i = 0; i < g->count; i++) {
		const enum ik_rc rc = index->load(index->self, g->list[i].id, &prints[n], err);

		if (rc != IK_OK && rc != IK_REJECT) return rc;
		if (rc == IK_OK && (prints[n].received_at >= since_at || g->list[i].hits >= REPEAT)) g->list[n++] = g->list[i];         /* IK_REJECT: gone meanwhile */
	}
	*count_r = n;
	return IK_OK;
}
