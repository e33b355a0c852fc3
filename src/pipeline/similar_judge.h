/* similar_judge.h - the verdict on one pair of messages. */
#ifndef PIPELINE_SIMILAR_JUDGE_H
#define PIPELINE_SIMILAR_JUDGE_H

#include "pipeline/similar_opinion.h"
#include "pipeline/similar_parts.h"

struct similar_pair {
	const struct similar_conf *conf;
	const struct similar_opinion *opinion;
	const struct similar_query *query;
	const struct similar_print *old;
	const struct similar_ticket *ticket;
	struct similar_match match;
	bool is_same_person;            /* by handle */
	bool is_of_other_thing;         /* another message of the ticket names a thing, and not this one's */
	bool is_set_apart;              /* the message says to have nothing to do with what some message of the ticket tells of */
	bool is_told_of_other_days;     /* some message of the ticket has nearly its words, and is about other days, a week and more ago */
	bool is_public_number;          /* the number they share is named by several persons */
	bool names_old_handle;          /* the message names the address or telephone that the old one came from; */
	bool is_named_by_old;           /* ... the old one the address or telephone that the message comes from */
	size_t matters;                 /* tickets that its writer has open to it, of those that were looked at */
	/* Of the writer's own tickets that were looked at: */
	bool is_latest, is_likest;      /* the one with the last word, the one with the most words in common */
	double ticket_cover;            /* of the message's own words, what any message of the ticket has */
	int64_t age_s, silent_s;        /* since the old message, since the last word in its ticket */
};

/* rank: the higher one holds; 0 with VERDICT_NEW. sure: what the learned opinion says of it, from 0 to 1; below 0: it was not asked. */
struct similar_finding { enum verdict verdict; int rank; const char *rule; double sure; };

void similar_pair_times(struct similar_pair *p);
struct similar_finding similar_judge(const struct similar_pair *p);

#endif
