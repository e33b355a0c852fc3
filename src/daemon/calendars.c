#include "daemon/calendars.h"

#include "base/log.h"
#include "policy/calendar.h"

void calendars_warn(const struct policy *policy, int64_t now_at)
{
	const struct calendar *const *list;
	const size_t count = policy_calendars(policy, &list);
	char text[CALENDAR_END_TEXT];

	for (size_t i = 0; i < count; i++)
		if (calendar_end_text(list[i], now_at, text)) log_line(calendar_days_left(list[i], now_at) < 0 ? IK_LOG_ERROR : IK_LOG_WARNING, "calendar", "%s %s", list[i]->name, text);
}

json_t *calendars_status(const struct policy *policy, int64_t now_at)
{
	const struct calendar *const *list;
	const size_t count = policy_calendars(policy, &list);
	json_t *rows = json_array();
	char until[CALENDAR_DATE_SIZE], text[CALENDAR_END_TEXT];

	for (size_t i = 0; i < count; i++) {
		json_t *row = json_pack("{s:s, s:s, s:I}", "name", list[i]->name, "known_until", calendar_date_text(list[i]->until, until),
		                        "days_left", (json_int_t)calendar_days_left(list[i], now_at));

		if (calendar_end_text(list[i], now_at, text)) (void)json_object_set_new(row, "warning", json_string(text));
		(void)json_array_append_new(rows, row);
	}
	return rows;
}
