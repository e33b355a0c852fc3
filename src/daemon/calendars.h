/* calendars.h - the calendars in use come to their end: told in log, status and metrics while there is time. Thread: any. */
#ifndef DAEMON_CALENDARS_H
#define DAEMON_CALENDARS_H

#include <jansson.h>
#include "policy/policy.h"

/* calendars_warn() - one line of the log for each calendar in use that ends within CALENDAR_WARN_DAYS or has ended. */
void calendars_warn(const struct policy *policy, int64_t now_at);
/* calendars_status() - array of {name, known_until, days_left, warning}, the last one only where there is one; a new reference. */
json_t *calendars_status(const struct policy *policy, int64_t now_at);

#endif
