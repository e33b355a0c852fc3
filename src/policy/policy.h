/* policy.h - the decisions that need no store: what a message is about, how urgent, by when, and whether it may be acknowledged.
 *
 * A struct policy is made from configuration and rule files, is const afterwards and shared by all threads; a reload makes a new one. */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <jansson.h>
#include <intaked/error.h>
#include <intaked/option.h>
#include "policy/templates.h"
#include "policy/vocabulary.h"


enum policy_clock { POLICY_ROUND_THE_CLOCK, POLICY_WORKING_TIME };
struct policy_deadline {
	int64_t first_response, start;          /* s */
	int clock;                              /* enum policy_clock: which seconds count */
	char *calendar;                         /* for working time; NULL: the policy's */
};
struct policy_conf {
	char *timezone;                         /* IANA name: months of numbers, default zone of times told to customers */
	char *rules;                            /* folder of rule files; NULL: the shipped ones */
	bool rules_only;                        /* no learned model */
	char *model;                            /* model file; NULL: `learned` when it is there, else the shipped one */
	int64_t model_certainty;                /* percent from which the model decides; 0: the default */
	char *routes;                           /* route file; NULL: the shipped one */
	char *tiers;                            /* CSV of customers; NULL: none */
	char *learned;                          /* no option: where intakectl learn leaves its model; NULL: nowhere */
	char *templates;                        /* folder of templates laid over the shipped ones; NULL: none */
	struct policy_deadline urgent, high, normal, low;
	char *default_language;                 /* "zh-Hans", "zh-Hant" or "en" */
	char *calendars;                        /* folder of calendar files; NULL: the shipped ones */
	char *calendar;                         /* of working time, unless brand or severity name another */
	struct ik_map brand_calendars;          /* "BRAND" or "BRAND.SEVERITY" -> calendar */
};
extern const struct ik_option policy_options[];

struct buf;
struct policy;
enum ik_rc policy_new(const struct policy_conf *conf, struct policy **policy_r, struct ik_error *err);
/* policy_new_or_key() - likewise; when it fails, key_r is the option that did ("timezone"), unless several can have. */
enum ik_rc policy_new_or_key(const struct policy_conf *conf, struct policy **policy_r, const char **key_r, struct ik_error *err);
void policy_free(struct policy **policy);

/* Where a text comes from, for rules that ask. */
struct policy_source { const char *channel, *brand; };  /* the channel's name in the configuration; NULL or "": none */

/* ---- classify ------------------------------------------------------------------------------------------------------- */
#define NAMED_MAX 64                    /* bytes of a name, its end counted */
struct named { const char *name; char rule[48], evidence[80]; };        /* name: lives as long as the policy, NULL: none; with the rule and the words it saw */
struct classification {
	const char *category;           /* of the default set; lives as long as the policy */
	enum severity severity;
	const char *sentiment;
	char language[8];               /* "zh", "en", ... or "" */
	int64_t persons;                /* concerned, as the text says; 0: it does not */
	bool is_public;                 /* it names press or social media as the next step */
	char order_number[64];          /* found in the text, "" when none */
	char rule[112], evidence[160];  /* the rule that decided, and the words it saw (UTF-8) */
	bool is_learned;                /* the model made it another decision than the rules alone would */
	double certainty;               /* of the model in the category, 0..1; 0 without a model */
	char pieces[120];               /* of the folded text, that spoke loudest for it */
	struct named wanted, product, department;       /* by rules alone */
	struct named mood;              /* what made it angry; its name NULL when it is not */
	bool is_raised;                 /* high anger made it as urgent as it is */
	char given_up[160];              /* rules whose expression ran into the limits on this text, and which say nothing of it; "" */
};
/* policy_classify() - a text from nowhere in particular: rules for a channel or brand say nothing of it. policy_classify_from() - from may be NULL. */
void policy_classify(const struct policy *policy, const char *subject, const char *text, const char *language_hint, struct classification *c_r);
void policy_classify_from(const struct policy *policy, const struct policy_source *from, const char *subject, const char *text, const char *language_hint,
                          struct classification *c_r);
/* classification_write() - "category":...,"severity":...: the members of an object without its braces, with rules and words; names, and rules that gave up, only where there are some. */
void classification_write(const struct classification *c, struct buf *b);

/* A rule whose expression ran into the limits: on how many texts since it was loaded. policy_given_up() - each of them; its texts are borrowed. */
struct policy_given_up { const char *rule, *file; unsigned line; uint64_t texts; };
void policy_given_up(const struct policy *policy, void (*each)(void *arg, const struct policy_given_up *rule), void *arg);

/* policy_category(), policy_severity(), policy_sentiment() - the word itself as the policy has it, NULL when it is none of its words.
 * policy_categories() - all of them. */
const char *policy_category(const struct policy *policy, const char *word);
const char *policy_severity(const char *word);
const char *policy_sentiment(const char *word);
size_t policy_categories(const struct policy *policy, const char *const **list_r);

/* ---- schedule -------------------------------------------------------------------------------------------------------- */
struct calendar;
struct calendar_walk;
struct schedule {
	int64_t received_at, first_response_due, handling_due;
	const struct calendar *calendar;        /* lives as long as the policy; NULL: round the clock */
	struct calendar_walk *walks;            /* [2]: to the first response, to the start of handling; NULL: round the clock */
};
/* policy_schedule() - when the first answer and the start of handling are due; brand may be NULL. Empty s_r with schedule_release(). */
void policy_schedule(const struct policy *policy, const char *brand, enum severity severity, int64_t received_at, struct schedule *s_r);
void schedule_release(struct schedule *s);
/* schedule_write() - "calendar":NAME,"walk":[...] and, in working time, "handling_walk":[...]: the members of an object without its braces. */
void schedule_write(const struct schedule *s, struct buf *b);
/* policy_calendars() - the calendars that this policy uses. */
size_t policy_calendars(const struct policy *policy, const struct calendar *const **list_r);
/* policy_elapsed() - how much of the time between two moments counts towards this deadline: working seconds, or all of them.
 * policy_after() - the moment when so many of them have passed. brand may be NULL or "". */
int64_t policy_elapsed(const struct policy *policy, const char *brand, enum severity severity, int64_t from, int64_t until);
int64_t policy_after(const struct policy *policy, const char *brand, enum severity severity, int64_t at, int64_t seconds);
/* policy_working_moment() - at itself, or the next moment of working time when the calendar says that nobody works then; brand may be "" or NULL. */
int64_t policy_working_moment(const struct policy *policy, const char *brand, enum severity severity, int64_t at);
/* policy_offset() - seconds that the policy's zone is east of UTC at a moment. */
int policy_offset(const struct policy *policy, int64_t at);
/* policy_month() - 202611: the month of the number, in the policy's zone. */
int64_t policy_month(const struct policy *policy, int64_t at);
/* The policy's zone for reports. policy_period() - the day, week, month, quarter or year that a time falls in, its end out; false: no such word.
 * policy_moment() - a day as it begins there, else as clock_parse_since(). policy_hour() - 0 ... 23. */
bool policy_period(const struct policy *policy, const char *name, int64_t at, int64_t *since_r, int64_t *until_r);
int64_t policy_moment(const struct policy *policy, const char *text, int64_t now_at);
int policy_hour(const struct policy *policy, int64_t at);
const char *policy_zone(const struct policy *policy);

/* ---- acknowledgement texts ---------------------------------------------------------------------------------------------- */
/* policy_ack_text() - plain text with tracking code and due time in the customer's zone (NULL: the policy's); no byte of the sender in it.
 * subject_r NULL: without greeting and signature, for a page or a conversation. Both are to be freed. status_url: NULL when there is no public URL. */
void policy_ack_text(const struct policy *policy, const char *language, const char *code, int64_t due_at, const char *zone,
                     const char *status_url, char **subject_r, char **text_r);
/* policy_status_url() - the status page of a code below the public URL; NULL without one; to be freed. */
char *policy_status_url(const char *public_url, const char *code);
/* policy_survey_url() - the page behind a survey's link; the same. */
char *policy_survey_url(const char *public_url, const char *token);
/* policy_verify_url() - the page behind a verification mail's link; the same. */
char *policy_verify_url(const char *public_url, const char *token);

#endif
