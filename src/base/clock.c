#include "base/clock.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t clock_wall_us(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t clock_wall(void)
{
	return clock_wall_us() / 1000000;
}

int64_t clock_mono_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_BOOTTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

char *clock_rfc3339(int64_t at, char *text_r)
{
	const time_t t = (time_t)at;
	struct tm tm = { 0 };

	if (gmtime_r(&t, &tm) == NULL || strftime(text_r, CLOCK_RFC3339_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0) text_r[0] = '\0';
	return text_r;
}

/* Days since 1970-01-01 of a proleptic Gregorian date (H. Hinnant's civil calendar arithmetic). */
static int64_t days_of_date(int64_t year, int month, int day)
{
	const int64_t y = month <= 2 ? year - 1 : year;
	const int64_t era = (y >= 0 ? y : y - 399) / 400;
	const int64_t yoe = y - era * 400;
	const int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && is_leap ? 29 : days[month - 1];
}

int64_t clock_parse_rfc3339(const char *text)
{
	int year, month, day, hour, minute, second, used = 0, zone_h = 0, zone_m = 0;
	int64_t at;

	if (sscanf(text, "%4d-%2d-%2d%*1[Tt ]%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute, &second, &used) != 6 || used == 0) return -1;
	if (year < 0 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) || hour > 23 || minute > 59 || second > 60 ||
	    hour < 0 || minute < 0 || second < 0) return -1;
	text += used;
	if (*text == '.') text += 1 + strspn(text + 1, "0123456789");
	at = days_of_date(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
	if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0) return at;
	if ((*text != '+' && *text != '-') || sscanf(text + 1, "%2d:%2d%n", &zone_h, &zone_m, &used) != 2 || text[1 + used] != '\0') return -1;
	if (zone_h < 0 || zone_h > 23 || zone_m < 0 || zone_m > 59) return -1;
	return *text == '+' ? at - zone_h * 3600 - zone_m * 60 : at + zone_h * 3600 + zone_m * 60;
}

int64_t clock_parse_since(const char *text, int64_t now_at)
{
	static const struct { char letter; int64_t seconds; } units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	char day[CLOCK_RFC3339_SIZE];
	char *end;
	long long n;

	if (text == NULL) return 0;
	if (strlen(text) == 10 && snprintf(day, sizeof(day), "%sT00:00:00Z", text) == 20) return clock_parse_rfc3339(day);
	n = strtoll(text, &end, 10);
	for (size_t i = 0; n > 0 && n < 100000 && i < sizeof(units) / sizeof(units[0]); i++)
		if (end[0] == units[i].letter && end[1] == '\0') return now_at - n * units[i].seconds;
	return clock_parse_rfc3339(text);
}
