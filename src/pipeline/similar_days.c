/* similar_days.c - days of the year that messages name. */
#include "pipeline/similar_days.h"

#include <stdlib.h>
#include <time.h>

#define YEAR_DAYS 372
#define FAR_DAYS 7

int similar_day_of_year(uint32_t date)
{
	return (int)(date / 32 * 31 + date % 32);
}

int similar_days_between(int a, int b)
{
	const int d = abs(a - b);

	return d < YEAR_DAYS - d ? d : YEAR_DAYS - d;
}

int similar_day_told(int64_t at)
{
	const time_t when = (time_t)at;
	struct tm day;

	return gmtime_r(&when, &day) == NULL ? 0 : (day.tm_mon + 1) * 31 + day.tm_mday;
}

#define STEP_S 43200                    /* zones */

bool similar_is_day_within(uint32_t date, int64_t from, int64_t to)
{
	for (int64_t at = from; at <= to; at += STEP_S) {
		const time_t when = (time_t)at;
		struct tm day;

		if (gmtime_r(&when, &day) != NULL && date == (uint32_t)((day.tm_mon + 1) * 32 + day.tm_mday)) return true;
	}
	return false;
}

bool similar_is_to_come(int day, int64_t told_at)
{
	const int ahead = (day - similar_day_told(told_at) + YEAR_DAYS) % YEAR_DAYS;

	return ahead > SIMILAR_DAYS_APART && ahead < YEAR_DAYS / 2;
}

static bool is_day(const struct similar_ident *id, int64_t told_at, bool without_today)
{
	const int day = similar_day_of_year(id->value);

	return id->kind == IDENT_DATE && id->value % 32 != 0 && !similar_is_to_come(day, told_at) && !(without_today && similar_days_between(day, similar_day_told(told_at)) <= 1);
}

bool similar_name_days_far_apart(const struct similar_print *a, const struct similar_print *b, bool without_today)
{
	bool have_days = false;

	for (size_t i = 0; i < a->ident_count; i++)
		for (size_t k = 0; k < b->ident_count; k++) {
			if (!is_day(&a->idents[i], a->received_at, without_today) || !is_day(&b->idents[k], b->received_at, without_today)) continue;
			if (similar_days_between(similar_day_of_year(a->idents[i].value), similar_day_of_year(b->idents[k].value)) < FAR_DAYS) return false;
			have_days = true;
		}
	return have_days;
}
