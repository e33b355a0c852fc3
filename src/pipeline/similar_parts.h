/* similar_parts.h - what the files of the similarity engine share. */
#ifndef PIPELINE_SIMILAR_PARTS_H
#define PIPELINE_SIMILAR_PARTS_H

#include "mail/reply.h"
#include "pipeline/similar.h"
#include "pipeline/similar_sketch.h"
#include "text/lexicon.h"

struct similar {
	struct similar_conf conf;
	struct lexicon *lexicon;
	struct reply_rules *reply_rules;
	struct similar_opinion *opinion;
	struct similar_sketch sketch;
};

/* similar_text.c: the message's own words, in canonical form, with the range that is neither greeting nor signature. */
struct similar_body {
	struct buf text;                /* canonical */
	size_t start, end;
	bool is_forward;
};
void similar_body(const struct similar *similar, const struct similar_message *m, struct similar_body *body);

/* similar_compare.c */
struct similar_match {
	double likeness, own_likeness;  /* all features; without what every complaint says */
	double cover, own_cover;        /* of the new message by the old one */
	double back_cover;              /* of the old one by the new */
	uint32_t shared_own;            /* weight of shared features that are not common, FEATURE_ONE = 1 */
	double site;                    /* what of shared_own names a street, an estate, a station */
	double what, what_cover;        /* of incident what is neither a place nor a thing: what happened; as share of the shorter text's */
	double incident, incident_likeness, incident_cover;     /* own words and what an incident is known by; cover: of the shorter text */
	bool same_number, same_account, same_person_number;   /* a number of a matter; of a person */
	bool tells_of_old_day;          /* names the day on which the old message came, which is not today's */
	bool named_number;              /* one of them says what the shared number is */
	bool other_number;              /* both name numbers of one kind and share none; */
	bool other_named;               /* ... and both say of which kind they are */
	bool other_account, other_phone;/* the same for accounts and telephones */
	bool other_amount, other_date, other_time, other_count, other_batch, other_thing, other_place, other_site, other_weekday;
	bool same_trip;                 /* the same flight or train */
	bool same_batch;                /* ... or batch; */
	uint32_t batch;                 /* ... which */
	bool both_have_numbers;
	bool new_fact;                  /* a number, amount, day that the old one does not name */
	bool new_number;                /* a number of a matter or account, batch or flight that neither old message nor ticket names */
	bool known_subject;             /* half of what the new subject names stands in the old message */
	unsigned agreeing, agreeing_days, agreeing_counts;      /* amounts and days that both name; days; counts */
	bool other_language;            /* the one has Han characters or words of a language that the other has not */
	uint32_t codes;                 /* of shared_own what is a code; */
	uint32_t new_codes;             /* weight of codes that only the new message has */
	unsigned events;                /* ... words of the lexicon that say what happened */
	bool same_time;                 /* both name one time of the day */
	bool own_days;                  /* each names a day that the other does not */
	bool same_thing;                /* both name one kind of product */
	bool other_news;                /* a state denied in one and affirmed in the other */
	uint32_t number;                /* the shared value */
};
void similar_compare(const struct similar_query *query, const struct similar_print *old, const struct similar_ticket *ticket, struct similar_match *match_r);
/* similar_thing() - whether the old one names the same kind of thing, another one, or one of both none. */
enum similar_thing { SIMILAR_NO_THING, SIMILAR_SAME_THING, SIMILAR_OTHER_THING };
enum similar_thing similar_thing(const struct similar_query *query, const struct similar_print *old);
/* similar_novel() - weight of what stands in sentences that the old one does not know. */
uint32_t similar_novel(const struct similar_query *query, const struct similar_print *old);
/* similar_known() - weight of the message's own words that one of these has. */
uint32_t similar_known(const struct similar_query *query, const struct similar_print *const *olds, size_t count);
/* similar_aligned() - share of the message's own words that the old one has, where slips of the finger do not count. */
double similar_aligned(const struct similar_query *query, const struct similar_print *old);

#endif
