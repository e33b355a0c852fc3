/* reading.h - what the rules see in one text: every match that counts, what was taken back, and the sums of weights.
 *
 * Made for one text by reading_new(), read by whoever decides, freed as a whole; places are bytes of the folded text. For the files of this
 * folder only. The first FOLD_SOURCE_MAX bytes are looked at: a complaint says early what it is about, and the time stays bounded. */
#ifndef POLICY_READING_H
#define POLICY_READING_H

#include "policy/policy_parts.h"

#define HITS_MAX 1024
#define NEGATORS_MAX 256
#define VETOES_MAX 128
#define DEGREES_MAX 64


struct hit { uint32_t rule; uint16_t start, end, clause; double score; bool is_denied; };    /* score 0: taken back; is_denied: a negation stands before it */
struct part { uint16_t start, end, sentence; };
struct negation { uint16_t start, end, reach; bool is_plain; };    /* reach: characters it works ahead */
struct degree_word { uint16_t start, end; double factor; };
struct veto { uint32_t rule; uint16_t clause; };

struct sums {
	double problem[CATEGORIES_MAX], topic[CATEGORIES_MAX], severity[SEVERITY_COUNT], sentiment[SENTIMENT_COUNT], form[FORM_COUNT];
	double problems;                /* of all categories */
	size_t question_marks;
	double shout;                   /* exclamation marks, capitals */
};

struct reading {
	const struct rules *r;
	const struct policy_source *from;       /* borrowed for the making; NULL: not known */
	char *source, *text;            /* as written; folded */
	uint16_t *origin;               /* from text to source */
	size_t source_len, subject_len, len;
	bool is_han;                    /* written without blanks, mostly */
	size_t looked;                  /* bytes of text whose sentence and clause ends are counted */
	uint16_t sentence, clause;
	struct part *parts;             /* CHAIN_PARTS_MAX for each chain: what was seen of it so far, where has_part says so */
	uint64_t *has_part;             /* a bit for each of them, apart: most are asked about and were not seen */
	unsigned char *counts;          /* per rule, for diminishing returns */
	bool *is_doubted;               /* per rule: there is a veto */
	bool *is_done;                  /* per rule of a field of words: the field is touched */
	uint16_t *covered;              /* per rule: up to where its last match that counted reached */
	size_t hit_count, negator_count, veto_count, degree_count;
	char order_number[64];
	pcre2_match_data *match;        /* of all expressions; NULL before the first */
	bool *has_given_up;             /* per rule: its expression ran into the limits; NULL while none did */
	bool traits[TRAITS_MAX];
	struct sums sums;
	struct hit hits[HITS_MAX];
	struct negation negators[NEGATORS_MAX];
	struct veto vetoes[VETOES_MAX];
	struct degree_word degrees[DEGREES_MAX];
};

/* reading_new() - subject, text and from are borrowed for the call; only from may be NULL: rules that ask where a text comes from say nothing then. */
struct reading *reading_new(const struct rules *r, const struct policy_source *from, const char *subject, const char *text);
void reading_free(struct reading **reading);

/* ---- named.c ------------------------------------------------------------------------------------------------------- */
/* named_find() - the name that the rules of a kind (RULE_WANTED, RULE_PRODUCT, RULE_DEPARTMENT) speak loudest for, with the loudest of them and its words. */
void named_find(const struct reading *s, enum rule_kind kind, struct named *named_r);
/* named_anger() - why a text is angry: the rule that speaks loudest, or "shouting", or "model"; and words. */
void named_anger(const struct reading *s, struct named *named_r);

#endif
