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

static bool take_one(const char **at, const char *any)
{
	if (**at == '\0' || strchr(any, **at) == NULL) return false;
	(*at)++;
	return true;
}

/* Exactly so many digits. */
static bool take_number(const char **at, int digits, int *number_r)
{
	int n = 0;

	for (; digits > 0; digits--, (*at)++) {
		if (**at < '0' || **at > '9') return false;
		n = n * 10 + (**at - '0');
	}
	*number_r = n;
	return true;
}

/* "2026-11-23", a day that there is. */
static bool take_date(const char **at, int64_t *days_r)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year, month, day;

	if (!take_number(at, 4, &year) || !take_one(at, "-") || !take_number(at, 2, &month) || !take_one(at, "-") || !take_number(at, 2, &day)) return false;
	if (month < 1 || month > 12) return false;
	if (day < 1 || day > lengths[month - 1] + (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))) return false;
	*days_r = days_of_date(year, month, day);
	return true;
}

/* "10:00:00.25"; a leap second counts, parts of a second do not. */
static bool take_time(const char **at, int *seconds_r)
{
	int hour, minute, second;

	if (!take_number(at, 2, &hour) || !take_one(at, ":") || !take_number(at, 2, &minute) || !take_one(at, ":") || !take_number(at, 2, &second)) return false;
	if (hour > 23 || minute > 59 || second > 60) return false;
	if (take_one(at, ".")) {
		if (!take_one(at, "0123456789")) return false;
		*at += strspn(*at, "0123456789");
	}
	*seconds_r = hour * 3600 + minute * 60 + second;
	return true;
}

/* "Z" or "+08:00": seconds ahead of UTC. */
static bool take_zone(const char **at, int *ahead_r)
{
	const bool is_behind = **at == '-';
	int hours, minutes;

	*ahead_r = 0;
	if (take_one(at, "Zz")) return true;
	if (!take_one(at, "+-") || !take_number(at, 2, &hours) || !take_one(at, ":") || !take_number(at, 2, &minutes) || hours > 23 || minutes > 59) return false;
	*ahead_r = (hours * 3600 + minutes * 60) * (is_behind ? -1 : 1);
	return true;
}

int64_t clock_parse_rfc3339(const char *text)
{
	int64_t days;
	int seconds, ahead;

	if (!take_date(&text, &days) || !take_one(&text, "Tt ") || !take_time(&text, &seconds) || !take_zone(&text, &ahead) || *text != '\0') return -1;
	return days * 86400 + seconds - ahead;
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
