/* rules.h - the rule files, compiled: what to look for, what it says, and how much it weighs.
 *
 * A rule file is a TSV with a comment on its columns at the top of each shipped one. The words of all rules go into one automaton; a match
 * hands back a payload that leads to its rule. Const after rules_load(), but for the counts of given_up, which any thread adds to; freed as a whole. */
#ifndef POLICY_RULES_H
#define POLICY_RULES_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <pcre2.h>
#include <stdatomic.h>
#include <intaked/error.h>
#include "policy/automaton.h"
#include "policy/fold.h"

enum rule_kind {
	RULE_CATEGORY,          /* something is wrong, and it is of this category */
	RULE_TOPIC,             /* the matter is of this category; by itself nothing is wrong */
	RULE_SEVERITY, RULE_SENTIMENT,
	RULE_FORM,              /* what kind of writing it is: enum form */
	RULE_NEGATION,          /* words that negate, and words that only look so: enum negator */
	RULE_DEGREE,            /* a word that makes the word of temper behind it count more or less: enum degree */
	RULE_ORDER,             /* what an order number stands behind */
	RULE_WANTED, RULE_PRODUCT, RULE_DEPARTMENT,     /* a name of the operator's: what the customer wants, what it is about, who is to look after it */
	RULE_TRAIT,             /* words of one field, in any language: says nothing by itself, the learned model builds on it */
};
enum form { FORM_QUESTION, FORM_SUGGESTION, FORM_STAFF, FORM_OFFER, FORM_COUNT };
enum degree { DEGREE_MORE, DEGREE_LESS };
enum negator { NEGATOR_NOT, NEGATOR_PLAIN };
enum sentiment { SENTIMENT_ANGRY, SENTIMENT_NEGATIVE, SENTIMENT_NEUTRAL, SENTIMENT_POSITIVE, SENTIMENT_COUNT };
enum rule_negation { NEGATION_DROP, NEGATION_KEEP, NEGATION_FLIP };
extern const char *const sentiment_names[];

struct rule {
	char *id;
	const char *file;               /* of the folder, with its path */
	unsigned line;
	enum rule_kind kind;
	enum rule_negation negation;    /* what a negation in front does to a match */
	unsigned target;                /* category, severity, sentiment, form, negator or name */
	double weight;
	pcre2_code *after;              /* must match right behind the words; NULL: nothing more is asked */
	char *channels, *brands;        /* "a,b": speaks of texts from there alone; NULL: from anywhere */
	pcre2_code *anywhere;           /* instead of words: searched for in the whole text */
};

/* An alternative of several parts with gaps between: rule, index of its last part, bytes that may lie behind each part. */
#define CHAIN_PARTS_MAX 4
struct chain { uint32_t rule, last; unsigned char reach[CHAIN_PARTS_MAX - 1]; };

#define CATEGORIES_MAX 32
#define TRAITS_MAX 128
#define NAMES_MAX 4096
struct rules {
	struct fold *fold;
	struct automaton *words;
	struct rule *rules;
	size_t count, room;
	struct chain *chain;
	size_t chains;
	char *categories[CATEGORIES_MAX];       /* the default set, then what rule files add */
	size_t category_count;
	char *traits[TRAITS_MAX];
	size_t trait_count;
	char **names;                           /* of RULE_WANTED, RULE_PRODUCT and RULE_DEPARTMENT, together */
	size_t name_count;
	pcre2_match_context *limits;
	char **files;                           /* that rules come from */
	size_t file_count;
	_Atomic uint64_t *given_up;              /* per rule: texts on which its expression ran into the limits, since it was loaded */
};

/* A payload of the automaton. */
enum word_role { WORD_HIT, WORD_PART, WORD_VETO };
#define WORD_INDEX_BITS 26
#define WORD_PART_OF(p) ((p) >> 28 & 3u)
#define WORD_ROLE_OF(p) ((enum word_role)((p) >> 30))
#define WORD_INDEX_OF(p) ((p) & ((1u << WORD_INDEX_BITS) - 1))

/* rules_load() - every classify-*.tsv of the folder in byte order. IK_CONFIG names file and line of what is wrong. */
enum ik_rc rules_load(const char *folder, struct rules **rules_r, struct ik_error *err);
void rules_free(struct rules **rules);

/* ---- pattern.c ------------------------------------------------------------------------------------------------------- */
/* pattern_add() - puts the alternatives of a pattern into the automaton: "a|b{c|d|}e|f ... g". A vertical bar separates alternatives,
 * braces hold a choice inside one, " .. " allows a short gap, " ... " a wide one inside one sentence. A word of Latin letters or digits must stand alone unless
 * a "*" takes its place on that side; a "*" before a blank stands for the usual endings (s, es, d, ed, ing, e, none). */
enum ik_rc pattern_add(struct rules *r, const char *pattern, enum word_role role, uint32_t rule, struct ik_error *err);

#endif
