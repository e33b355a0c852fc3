/* period.c - the calendar of people for reports, in the policy's zone. */
#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "policy/policy_parts.h"

bool policy_period(const struct policy *policy, const char *name, int64_t at, int64_t *since_r, int64_t *until_r)
{
	return zone_period(policy->timezone, name, at, since_r, until_r);
}

int64_t policy_moment(const struct policy *policy, const char *text, int64_t now_at)
{
	int year, month, day, end = 0;

	if (text != NULL && sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && end == 10 && text[end] == '\0') return zone_day(policy->timezone, year, month, day);
	return clock_parse_since(text, now_at);
}

int policy_hour(const struct policy *policy, int64_t at)
{
	struct zone_time t = { .hour = 0 };

	return zone_time(policy->timezone, at, &t) ? t.hour : 0;
}

const char *policy_zone(const struct policy *policy)
{
	return policy->timezone;
}

int policy_offset(const struct policy *policy, int64_t at)
{
	struct zone_time wall;

	return zone_time(policy->timezone, at, &wall) ? wall.offset_min * 60 : 0;
}
