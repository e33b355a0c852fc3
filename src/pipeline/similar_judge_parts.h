/* similar_judge_parts.h - what the files similar_judge*.c share, and only they: measures of likeness, and how a rule says what it found. */
#ifndef PIPELINE_SIMILAR_JUDGE_PARTS_H
#define PIPELINE_SIMILAR_JUDGE_PARTS_H

#include "pipeline/similar_judge.h"

#define ONE FEATURE_ONE
#define OTHER_DAY_S INT64_C(259200)
#define SHORT_LENGTH 12                 /* of a text that is too short to be told from another: four words, a dozen characters */
#define NOVEL (2 * ONE)                 /* own words in unknown sentences that make a new fact */
#define COVERED 0.90
#define NEARLY_SAME 0.80

static const struct similar_finding nothing = { .verdict = VERDICT_NEW, .rank = 0, .rule = "no-match", .sure = -1 };

static inline struct similar_finding found(enum verdict verdict, int rank, const char *rule)
{
	return (struct similar_finding){ .verdict = verdict, .rank = rank, .rule = rule, .sure = -1 };
}

static inline struct similar_finding with(struct similar_finding f, double sure)
{
	f.sure = sure;
	return f;
}

/* A difference that makes two matters out of like words when no number says that they are one. */
static inline bool differs_in_facts(const struct similar_match *m)
{
	return m->other_amount || m->other_date || m->other_thing || m->other_place || m->other_batch || m->other_account || m->other_weekday;
}

/* similar_judge_own.c */
struct similar_finding similar_judge_own(const struct similar_pair *p);

/* similar_judge_others.c */
struct similar_finding similar_judge_others(const struct similar_pair *p);

#endif
