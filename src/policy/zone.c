/* zone.c - time zones through ICU: the process-wide TZ of the C library cannot serve several zones in several threads. */
#include "policy/policy_parts.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>
#include "base/mem.h"

#define ZONE_MAX 64

static bool zone_name(const char *zone, UChar name_r[ZONE_MAX])
{
	UErrorCode status = U_ZERO_ERROR;
	UChar canonical[ZONE_MAX];
	UBool is_system = false;

	if (zone == NULL || zone[0] == '\0' || strlen(zone) >= ZONE_MAX) return false;
	for (const char *c = zone; *c != '\0'; c++)
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7f) return false;
	u_charsToUChars(zone, name_r, (int32_t)strlen(zone) + 1);
	(void)ucal_getCanonicalTimeZoneID(name_r, -1, canonical, ZONE_MAX, &is_system, &status);
	return U_SUCCESS(status) && is_system;
}

bool zone_check(const char *zone)
{
	UChar name[ZONE_MAX];

	return zone_name(zone, name);
}

static UCalendar *zone_open(const char *zone)
{
	UChar name[ZONE_MAX];
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *cal;

	if (!zone_name(zone, name)) return NULL;
	cal = ucal_open(name, -1, "en", UCAL_GREGORIAN, &status);
	return U_SUCCESS(status) ? cal : NULL;
}

enum ik_rc zone_months(const char *zone, int64_t months_r[MONTHS_COUNT], struct ik_error *err)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *cal = zone_open(zone);

	if (cal == NULL) return ik_fail(IK_CONFIG, err, "time zone \"%s\" is not known; use an IANA name such as Asia/Shanghai or Europe/Berlin", zone);
	for (int i = 0; i < MONTHS_COUNT; i++) {
		ucal_clear(cal);
		ucal_setDateTime(cal, MONTHS_FIRST_YEAR + i / 12, i % 12, 1, 0, 0, 0, &status);
		months_r[i] = (int64_t)(ucal_getMillis(cal, &status) / 1000);
	}
	ucal_close(cal);
	return U_SUCCESS(status) ? IK_OK : ik_fail(IK_CONFIG, err, "time zone \"%s\": %s", zone, u_errorName(status));
}

bool zone_time(const char *zone, int64_t at, struct zone_time *t_r)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *cal = zone_open(zone);

	if (cal == NULL) return false;
	ucal_setMillis(cal, (double)at * 1000.0, &status);
	*t_r = (struct zone_time){
		.year = ucal_get(cal, UCAL_YEAR, &status),
		.month = ucal_get(cal, UCAL_MONTH, &status) + 1,
		.day = ucal_get(cal, UCAL_DATE, &status),
		.weekday = ucal_get(cal, UCAL_DAY_OF_WEEK, &status) - 1,
		.hour = ucal_get(cal, UCAL_HOUR_OF_DAY, &status),
		.minute = ucal_get(cal, UCAL_MINUTE, &status),
		.offset_min = (ucal_get(cal, UCAL_ZONE_OFFSET, &status) + ucal_get(cal, UCAL_DST_OFFSET, &status)) / 60000,
	};
	ucal_close(cal);
	return U_SUCCESS(status);
}

/* ---- periods of the calendar -------------------------------------------------------------------------------------------------- */

static const struct { const char *name; UCalendarDateFields field; int count; } periods[] = {
	{ "day", UCAL_DATE, 1 }, { "week", UCAL_DATE, 7 }, { "month", UCAL_MONTH, 1 }, { "quarter", UCAL_MONTH, 3 }, { "year", UCAL_YEAR, 1 },
};

static void begin_period(UCalendar *cal, const char *name, UErrorCode *status)
{
	static const UCalendarDateFields smaller[] = { UCAL_HOUR_OF_DAY, UCAL_MINUTE, UCAL_SECOND, UCAL_MILLISECOND };
	const int weekday = ucal_get(cal, UCAL_DAY_OF_WEEK, status), month = ucal_get(cal, UCAL_MONTH, status);

	for (size_t i = 0; i < COUNT_OF(smaller); i++) ucal_set(cal, smaller[i], 0);
	if (strcmp(name, "day") == 0) return;
	if (strcmp(name, "week") == 0) {
		ucal_add(cal, UCAL_DATE, -((weekday + 5) % 7), status);         /* Sunday is 1 */
		return;
	}
	ucal_set(cal, UCAL_DATE, 1);
	if (strcmp(name, "quarter") == 0) ucal_set(cal, UCAL_MONTH, month - month % 3);
	if (strcmp(name, "year") == 0) ucal_set(cal, UCAL_MONTH, UCAL_JANUARY);
}

bool zone_period(const char *zone, const char *name, int64_t at, int64_t *since_r, int64_t *until_r)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *cal;
	size_t p = 0;

	while (p < COUNT_OF(periods) && strcmp(periods[p].name, name) != 0) p++;
	cal = p < COUNT_OF(periods) ? zone_open(zone) : NULL;
	if (cal == NULL) return false;
	ucal_setMillis(cal, (double)at * 1000.0, &status);
	begin_period(cal, name, &status);
	*since_r = (int64_t)(ucal_getMillis(cal, &status) / 1000);
	ucal_add(cal, periods[p].field, periods[p].count, &status);
	*until_r = (int64_t)(ucal_getMillis(cal, &status) / 1000);
	ucal_close(cal);
	return U_SUCCESS(status);
}

int64_t zone_day(const char *zone, int year, int month, int day)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *cal = zone_open(zone);
	int64_t at;

	if (cal == NULL) return -1;
	ucal_clear(cal);
	ucal_setAttribute(cal, UCAL_LENIENT, 0);
	ucal_setDateTime(cal, year, month - 1, day, 0, 0, 0, &status);
	at = (int64_t)(ucal_getMillis(cal, &status) / 1000);
	ucal_close(cal);
	return U_SUCCESS(status) ? at : -1;
}

/* ---- the changes of a zone's clock ------------------------------------------------------------------------------------------ */

#define SHIFTS_FROM 0                   /* 1970 */
#define SHIFTS_UNTIL 4102444800         /* 2100; later, the last one lasts */
#define SHIFTS_MAX 1024

static int32_t offset_now(UCalendar *cal, UErrorCode *status)
{
	return (ucal_get(cal, UCAL_ZONE_OFFSET, status) + ucal_get(cal, UCAL_DST_OFFSET, status)) / 1000;
}

enum ik_rc zone_shifts(const char *zone, struct calendar_shift **shifts_r, size_t *count_r, struct ik_error *err)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *cal = zone_open(zone);
	struct calendar_shift *shifts;
	UDate at = (double)SHIFTS_FROM;
	size_t count = 0;

	if (cal == NULL) return ik_fail(IK_CONFIG, err, "time zone \"%s\" is not known", zone);
	shifts = mem_new(SHIFTS_MAX * sizeof(*shifts));
	ucal_setMillis(cal, at, &status);
	shifts[count++] = (struct calendar_shift){ INT64_MIN, offset_now(cal, &status) };
	while (count < SHIFTS_MAX && ucal_getTimeZoneTransitionDate(cal, UCAL_TZ_TRANSITION_NEXT, &at, &status) && at < SHIFTS_UNTIL * 1000.0) {
		int32_t offset;

		ucal_setMillis(cal, at, &status);
		offset = offset_now(cal, &status);
		if (offset != shifts[count - 1].offset) shifts[count++] = (struct calendar_shift){ (int64_t)(at / 1000.0), offset };
	}
	ucal_close(cal);
	*shifts_r = mem_grow(shifts, count, sizeof(*shifts));
	*count_r = count;
	return U_SUCCESS(status) ? IK_OK : ik_fail(IK_CONFIG, err, "time zone \"%s\": %s", zone, u_errorName(status));
}
