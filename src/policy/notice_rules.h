/* notice_rules.h - which events a customer hears of after the acknowledgement, how often, and when: the section `notices`. */
#ifndef POLICY_NOTICE_RULES_H
#define POLICY_NOTICE_RULES_H

#include <stdbool.h>
#include <stdint.h>
#include <intaked/option.h>
#include "policy/templates.h"

enum notice_delayed { DELAYED_NO, DELAYED_YES, DELAYED_AUTO };
struct notice_conf {
	bool enabled;
	bool forwarded, in_progress, more_information, resolved, agent_replies;
	int delayed;                            /* enum notice_delayed */
	int64_t delayed_lead, delayed_most;     /* s before the date; how often one ticket may be put off */
	int64_t per_day;                        /* to one customer */
	bool survey;
	int64_t survey_after, close_after;      /* s after resolution */
	int64_t under_load;                     /* acknowledgements an hour from which customers are told to expect a wait; 0: never */
};
extern const struct ik_option notice_options[];

/* notice_wanted() - whether the policy tells customers of an event. "delayed" and "survey" have timers of their own, which ask for themselves. */
bool notice_wanted(const struct notice_conf *conf, enum template_event event);
/* notice_event_named() - EVENT_COUNT when no event is called that way; what stands behind a dot ("resolved.3") does not count. */
enum template_event notice_event_named(const char *name);
/* notice_lead() - how long before `due` a delay is told, for a promise made at `made_at`: the setting, a quarter of the time for short ones. */
int64_t notice_lead(const struct notice_conf *conf, int64_t made_at, int64_t due_at);

#endif
