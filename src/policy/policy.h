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

enum severity { SEVERITY_URGENT, SEVERITY_HIGH, SEVERITY_NORMAL, SEVERITY_LOW };
extern const char *const severity_names[];

struct policy_deadline { int64_t first_response, start; };      /* s */
struct policy_conf {
	char *timezone;                         /* IANA name: months of numbers, default zone of times told to customers */
	char *rules;                            /* folder of rule files; NULL: the shipped ones */
	struct policy_deadline urgent, high, normal, low;
	char *default_language;                 /* "zh-Hans" or "en" */
};
extern const struct ik_option policy_options[];

struct policy;
enum ik_rc policy_new(const struct policy_conf *conf, struct policy **policy_r, struct ik_error *err);
void policy_free(struct policy **policy);

/* ---- classify ------------------------------------------------------------------------------------------------------- */
struct classification {
	const char *category;           /* of the default set; lives as long as the policy */
	enum severity severity;
	const char *sentiment;
	char language[8];               /* "zh", "en", ... or "" */
	char order_number[64];          /* found in the text, "" when none */
	char rule[96], evidence[160];   /* the rule that decided, and the words it saw (UTF-8) */
};
void policy_classify(const struct policy *policy, const char *subject, const char *text, const char *language_hint, struct classification *c_r);

/* ---- schedule -------------------------------------------------------------------------------------------------------- */
struct schedule { int64_t first_response_due, handling_due; };
void policy_schedule(const struct policy *policy, enum severity severity, int64_t received_at, struct schedule *s_r);
/* policy_month() - 202611: the month of the number, in the policy's zone. */
int64_t policy_month(const struct policy *policy, int64_t at);

/* ---- acknowledgement texts ---------------------------------------------------------------------------------------------- */
/* policy_ack_language() - "zh-Hans" or "en", from a BCP 47 hint or the text's language. */
const char *policy_ack_language(const struct policy *policy, const char *hint);
/* policy_ack_text() - plain text with tracking code and due time in the customer's zone (NULL: the policy's); no byte of the sender in it.
 * subject_r may be NULL. Both are to be freed. status_url: NULL when there is no public URL. */
void policy_ack_text(const struct policy *policy, const char *language, const char *code, int64_t due_at, const char *zone,
                     const char *status_url, char **subject_r, char **text_r);
/* policy_status_url() - the status page of a code below the public URL; NULL without one; to be freed. */
char *policy_status_url(const char *public_url, const char *code);
/* policy_code_shown() - "7Q4M2XK9..." in four groups of four. shown_r: 20 bytes. */
char *policy_code_shown(const char *code, char *shown_r);

#endif
