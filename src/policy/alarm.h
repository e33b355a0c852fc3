/* alarm.h - one mechanism for everything an operator has to know at once: which kinds there are, who is told, how often.
 *
 * An alarm is stored in the transaction that found the reason, together with one delivery duty for each sink of alarms.to, so that it is
 * told at least once whatever happens next. The same kind about the same thing (key) within alarms.repeat is counted, not told again.
 * Thread: alarm_raise() runs on the store thread, inside a job. */
#ifndef POLICY_ALARM_H
#define POLICY_ALARM_H

#include <stdint.h>
#include <jansson.h>
#include <intaked/option.h>
#include "store/store.h"

enum alarm_kind {
	ALARM_URGENT, ALARM_ANGER, ALARM_MASS, ALARM_DEADLINE, ALARM_DISSATISFIED, ALARM_LEDGER, ALARM_CHANNEL, ALARM_TOKEN, ALARM_DISK, ALARM_BREAKER,
	ALARM_CALENDAR, ALARM_KINDS
};
/* word: in the configuration and in the alarm; what, remedy: for people, English and Chinese. */
struct alarm_word { const char *word, *what, *what_zh, *remedy; };
extern const struct alarm_word alarm_words[ALARM_KINDS];
extern const char *const alarm_kind_words[];    /* ends with NULL */

struct alarm_conf {
	struct ik_list to;              /* sinks that are told */
	struct ik_list off;             /* kinds that are not raised */
	int64_t repeat;                 /* s: the same alarm is told again at most this often */
	int64_t channel_down;           /* s: how long a channel may be down before it is told */
	int64_t deadline_before;        /* s before a first answer is due; 0: never */
	int64_t old_after;              /* s: older mail of more than this age raises none; 0: it does at any age */
};
extern const struct ik_option alarm_options[];

#define ALARM_EVENT "alarm.raised"

/* alarm_raise() - key: what it is about, bounded text without a customer's words; ticket_id 0: about no ticket. evidence: JSON object, borrowed, may be NULL.
 * conf NULL: kept in the store, told to nobody. */
enum ik_rc alarm_raise(struct store_tx *tx, const struct alarm_conf *conf, enum alarm_kind kind, const char *key, int64_t ticket_id,
                       const json_t *evidence, int64_t now_at, struct ik_error *err);

#endif
