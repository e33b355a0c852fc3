/* similar_decide.c - one decision: candidates are gathered, set beside the message and judged; the best verdict holds.
 *
 * The work of one decision is bounded by constants: at most SIMILAR_KEYS_MAX look-ups of at most 64 ids, and SIMILAR_VERIFY_MAX comparisons. */
#include "pipeline/similar_beside.h"
#include "pipeline/similar_tell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/mem.h"

#define CERTAIN_RANK 90                 /* of what needs no look at other messages: redelivery, the same words */

struct decision { struct similar_finding best; struct similar_pair pair; };

#define A_WORD (3 * FEATURE_ONE / 8)    /* weight of a short one */
#define INFERRED 50                     /* ranks of rules that a number does not back */
#define MUCH_SURER 0.3                  /* ... so much, against another rule's word */
#define SURER 0.15                      /* by so much the learned opinion thinks one of two matters likelier */

/* Of two matters that it may go on with: the one of which it has a word, else the latest. */
static bool is_likelier_meant(const struct similar_pair *a, const struct similar_pair *b)
{
	if (a->match.shared_own >= b->match.shared_own + A_WORD) return true;
	if (b->match.shared_own >= a->match.shared_own + A_WORD) return false;
	return a->silent_s < b->silent_s;
}

static bool is_better(const struct decision *d, const struct similar_finding *f, const struct similar_pair *p)
{
	const bool are_inferred = f->rank > 0 && f->rank <= INFERRED && d->best.rank > 0 && d->best.rank <= INFERRED && f->verdict == VERDICT_FOLLOWUP && d->best.verdict == VERDICT_FOLLOWUP;

	if (are_inferred && fabs(f->sure - d->best.sure) >= MUCH_SURER) return f->sure > d->best.sure;
	if (f->rank != d->best.rank) return f->rank > d->best.rank;
	if (f->rank == 0) return false;
	if (f->verdict == VERDICT_RELATED) return p->old->received_at < d->pair.old->received_at;      /* who told of it first */
	if (f->rank <= INFERRED && fabs(f->sure - d->best.sure) >= SURER) return f->sure > d->best.sure;
	if (f->rank <= INFERRED && f->verdict == VERDICT_FOLLOWUP) return is_likelier_meant(p, &d->pair);
	return p->match.likeness > d->pair.match.likeness;
}

static void judge_all(const struct beside *all, size_t count, struct similar_verdict *verdict_r)
{
	struct decision d = { .best = { .verdict = VERDICT_NEW, .rule = "no-match" } };
	double nearest = 0;

	for (size_t i = 0; i < count; i++) {
		const struct similar_pair *p = &all[i].pair;
		const struct similar_finding f = similar_judge(p);

		similar_show(verdict_r, p, &f);
		if (f.verdict == VERDICT_RELATED) similar_note_related(verdict_r, p->ticket->id);
		if (d.best.rank == 0 && f.rank == 0 && p->match.incident >= nearest) {
			nearest = p->match.incident;
			similar_tell_nearest(verdict_r, p, &f, count);
		}
		if (!is_better(&d, &f, p)) continue;
		d = (struct decision){ f, *p };
		similar_tell(verdict_r, p, &f);
		verdict_r->rank = f.rank;
	}
}

static enum ik_rc decide_by(const struct similar *similar, const struct similar_index *index, const struct similar_query *query, struct chosen *chosen,
                            struct similar_verdict *verdict_r, struct ik_error *err)
{
	struct similar_print *prints = NULL;
	struct beside *all = NULL;
	size_t count = 0;
	enum ik_rc rc = IK_OK;

	*verdict_r = (struct similar_verdict){ .verdict = VERDICT_NEW, .rule = "no-match", .looked_at = chosen->count };
	(void)snprintf(verdict_r->evidence, sizeof(verdict_r->evidence), "%zu earlier messages looked at", chosen->count);
	if (chosen->count == 0) return IK_OK;
	prints = mem_grow(NULL, chosen->count, sizeof(*prints));
	rc = similar_load_chosen(&similar->conf, index, query, chosen, prints, &count, err);
	all = mem_grow(NULL, count + 1, sizeof(*all));
	if (rc == IK_OK) rc = similar_set_beside(similar, index, query, chosen, prints, count, all, &count, err);
	if (rc == IK_OK) judge_all(all, count, verdict_r);
	free(all);
	free(prints);
	return rc;
}

static bool is_certain(const struct similar_verdict *v)
{
	return v->verdict == VERDICT_DUPLICATE && v->is_same_person && v->rank >= CERTAIN_RANK;
}

/* The commonest repeat is told by its delivery key or its very words, and nothing that like words lead to could change that. */
enum ik_rc similar_decide_among(const struct similar *similar, const struct similar_index *index, const struct similar_query *query, size_t most,
                                struct similar_verdict *verdict_r, struct ik_error *err)
{
	struct gathering *g = similar_gathering_new();
	struct chosen chosen = { .count = 0 };
	enum ik_rc rc = similar_gather(&similar->conf, index, query, true, g, err);

	if (most > SIMILAR_VERIFY_MAX) most = SIMILAR_VERIFY_MAX;
	*verdict_r = (struct similar_verdict){ .verdict = VERDICT_NEW };
	if (rc == IK_OK) similar_choose_first(g, most, &chosen);
	if (rc == IK_OK && chosen.count > 0) rc = decide_by(similar, index, query, &chosen, verdict_r, err);
	if (rc == IK_OK && !is_certain(verdict_r)) {
		rc = similar_gather(&similar->conf, index, query, false, g, err);
		if (rc == IK_OK) {
			similar_choose(g, most, &chosen);
			rc = decide_by(similar, index, query, &chosen, verdict_r, err);
		}
	}
	free(g);
	return rc;
}

enum ik_rc similar_decide(const struct similar *similar, const struct similar_index *index, const struct similar_query *query,
                          struct similar_verdict *verdict_r, struct ik_error *err)
{
	return similar_decide_among(similar, index, query, SIMILAR_VERIFY_MAX, verdict_r, err);
}

const struct similar_verdict *similar_better(const struct similar_verdict *a, const struct similar_verdict *b)
{
	if (a->rank != b->rank) return a->rank > b->rank ? a : b;
	return b->likeness > a->likeness ? b : a;
}
