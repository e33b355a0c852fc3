/* named.c - what the customer wants, which product it is about, who is to look after it: the name that the rules speak loudest for; and what made him angry. */
#include "policy/reading.h"

#include <stdio.h>
#include <string.h>
#include "base/utf8.h"

#define LEAST 1.0                       /* a score below it names nothing */

/* The scores of a name added up, and the strongest match for it. */
static double score_of(const struct reading *s, enum rule_kind kind, unsigned name, const struct hit **strongest_r)
{
	double score = 0;

	*strongest_r = NULL;
	for (size_t i = 0; i < s->hit_count; i++) {
		const struct hit *h = &s->hits[i];
		const struct rule *rule = &s->r->rules[h->rule];

		if (rule->kind != kind || rule->target != name || h->score == 0) continue;
		score += h->score;
		if (*strongest_r == NULL || h->score > (*strongest_r)->score) *strongest_r = h;
	}
	return score;
}

static void write_words(const struct reading *s, const struct hit *h, struct named *named_r)
{
	const size_t from = s->origin[h->start], to = s->origin[h->end] > from ? s->origin[h->end] : from;
	const size_t len = utf8_cut(s->source + from, to - from, sizeof(named_r->evidence) - 1);

	(void)snprintf(named_r->rule, sizeof(named_r->rule), "%s", s->r->rules[h->rule].id);
	(void)snprintf(named_r->evidence, sizeof(named_r->evidence), "%.*s", (int)len, s->source + from);
	for (char *at = named_r->evidence; *at != '\0'; at++)
		if (*at == '\n' || *at == '\r' || *at == '\t') *at = ' ';
}

void named_find(const struct reading *s, enum rule_kind kind, struct named *named_r)
{
	double most = 0;

	*named_r = (struct named){ .name = NULL };
	for (size_t i = 0; i < s->hit_count; i++) {
		const struct rule *rule = &s->r->rules[s->hits[i].rule];
		const struct hit *strongest;
		double score;

		if (rule->kind != kind || s->hits[i].score == 0) continue;      /* of a rule only its first matches count: few are looked at */
		score = score_of(s, kind, rule->target, &strongest);
		if (strongest == NULL || score < LEAST || score <= most) continue;
		most = score;
		named_r->name = s->r->names[rule->target];
		write_words(s, strongest, named_r);
	}
}

void named_anger(const struct reading *s, struct named *named_r)
{
	const struct hit *strongest;

	(void)score_of(s, RULE_SENTIMENT, SENTIMENT_ANGRY, &strongest);
	*named_r = (struct named){ .name = sentiment_names[SENTIMENT_ANGRY] };
	if (strongest != NULL) write_words(s, strongest, named_r);
	else (void)snprintf(named_r->rule, sizeof(named_r->rule), s->sums.shout > 0 ? "shouting" : "model");
}
