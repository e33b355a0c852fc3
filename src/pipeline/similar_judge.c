/* similar_judge.c - the verdict on one pair of messages. Who wrote them decides which rules are asked.
 *
 * What leads the rules: a wrong merge hides a complaint and may show one customer's words to another, a missed one costs a second look. So
 * likeness of words alone never merges: it takes the same person, or the same number of one matter on another channel; and every
 * difference of a number, amount, day, thing or place in otherwise equal words speaks for a second matter. */
#include "pipeline/similar_judge_parts.h"

static bool is_redelivery(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;

	return q->delivery != 0 && q->delivery == p->old->delivery && q->sender == p->old->sender && p->age_s <= p->conf->redelivery_s
	       && (q->exact == p->old->exact || (p->match.likeness >= NEARLY_SAME && !p->match.other_number && !differs_in_facts(&p->match) && !p->match.other_news));
}

struct similar_finding similar_judge(const struct similar_pair *p)
{
	if (is_redelivery(p)) return found(VERDICT_DUPLICATE, 100, "redelivery");
	return p->is_same_person ? similar_judge_own(p) : similar_judge_others(p);
}

static int64_t apart(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

void similar_pair_times(struct similar_pair *p)
{
	p->age_s = apart(p->query->print.received_at, p->old->received_at);
	p->silent_s = apart(p->query->print.received_at, p->ticket->last_at);
}
