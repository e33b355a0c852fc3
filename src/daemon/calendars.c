#include "daemon/calendars.h"

#include "base/log.h"
#include "policy/calendar.h"

void calendars_warn(const struct policy *policy, int64_t now_at)
{
	const struct calendar *const *list;
	const size_t count = policy_calendars(policy, &list);
	char until[CALENDAR_DATE_SIZE];

	for (size_t i = 0; i < count; i++) {
		const int64_t left = calendar_days_left(list[i], now_at);

		if (left >= CALENDAR_WARN_DAYS) continue;
		calendar_date_text(list[i]->until, until);
		if (left < 0) log_line(IK_LOG_ERROR, "calendar", "%s ended on %s: holidays are not known any more and deadlines count them as working days; "
		                       "add the new year to it and reload", list[i]->name, until);
		else log_line(IK_LOG_WARNING, "calendar", "%s ends on %s, in %lld days; add the new year to it and reload", list[i]->name, until, (long long)left);
	}
}

json_t *calendars_status(const struct policy *policy, int64_t now_at)
{
	const struct calendar *const *list;
	const size_t count = policy_calendars(policy, &list);
	json_t *rows = json_array();
	char until[CALENDAR_DATE_SIZE];

	for (size_t i = 0; i < count; i++)
		(void)json_array_append_new(rows, json_pack("{s:s, s:s, s:I}", "name", list[i]->name, "known_until", calendar_date_text(list[i]->until, until),
		                                            "days_left", (json_int_t)calendar_days_left(list[i], now_at)));
	return rows;
}
