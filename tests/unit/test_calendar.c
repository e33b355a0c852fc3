/* test_calendar.c - working time: rows worked out by hand, a whole Chinese year, and properties over random calendars, zones and moments. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "policy/calendar.h"
#include "policy/policy_parts.h"

static struct calendar *calendar_of(const char *text)
{
	struct calendar *cal = NULL;
	struct ik_error err = { 0 };

	CHECK_INT(calendar_parse("test", text, strlen(text), NULL, &cal, &err), IK_OK);
	CHECK_STR(err.text, "");
	return cal;
}

static struct calendar *shipped(const char *name)
{
	struct calendar *cal = NULL;
	struct ik_error err = { 0 };

	CHECK_INT(calendar_load(test_data("../../conf/calendars"), name, &cal, &err), IK_OK);
	CHECK_STR(err.text, "");
	return cal;
}

/* ---- rows --------------------------------------------------------------------------------------------------------------------- */

#define SHANGHAI "zone Asia/Shanghai\nknown 2025-01-01..2026-12-31\n"
#define OFFICE SHANGHAI "week Mon-Fri 09:00-12:00 13:00-18:00\n"
#define BERLIN "zone Europe/Berlin\nknown 2025-01-01..2028-12-31\n"
#define NEW_YORK "zone America/New_York\nknown 2025-01-01..2026-12-31\nweek Mon-Sun 00:00-24:00\n"
#define H 3600

static const struct { const char *row, *calendar, *at; int64_t seconds; const char *due; } adds[] = {
	{ "nothing to add, even at night",     OFFICE, "2026-11-21T03:00:00+08:00", 0,          "2026-11-21T03:00:00+08:00" },
	{ "within one morning",                OFFICE, "2026-11-23T09:30:00+08:00", 2 * H,      "2026-11-23T11:30:00+08:00" },
	{ "ends with the morning, not after",  OFFICE, "2026-11-23T09:00:00+08:00", 3 * H,      "2026-11-23T12:00:00+08:00" },
	{ "over the break",                    OFFICE, "2026-11-23T11:00:00+08:00", 2 * H,      "2026-11-23T14:00:00+08:00" },
	{ "starts in the break",               OFFICE, "2026-11-23T12:20:00+08:00", 1 * H,      "2026-11-23T14:00:00+08:00" },
	{ "before opening",                    OFFICE, "2026-11-23T02:00:00+08:00", 1 * H,      "2026-11-23T10:00:00+08:00" },
	{ "after closing",                     OFFICE, "2026-11-23T18:00:00+08:00", 1,          "2026-11-24T09:00:01+08:00" },
	{ "Friday evening to Monday",          OFFICE, "2026-11-20T17:00:00+08:00", 2 * H,      "2026-11-23T10:00:00+08:00" },
	{ "weekend",                           OFFICE, "2026-11-21T10:00:00+08:00", 8 * H,      "2026-11-23T18:00:00+08:00" },
	{ "three working days",                OFFICE, "2026-11-20T09:00:00+08:00", 24 * H,     "2026-11-24T18:00:00+08:00" },
	{ "holiday",                           OFFICE "closed 2026-11-24 x\n", "2026-11-23T17:00:00+08:00", 2 * H, "2026-11-25T10:00:00+08:00" },
	{ "holidays in a row",                 OFFICE "closed 2026-11-24..2026-11-27\n", "2026-11-23T17:00:00+08:00", 2 * H, "2026-11-30T10:00:00+08:00" },
	{ "moved working Saturday",            OFFICE "workday 2026-11-21\n", "2026-11-20T17:00:00+08:00", 5 * H, "2026-11-21T14:00:00+08:00" },
	{ "half day",                          OFFICE "hours 2026-11-24 09:00-12:00 half\n", "2026-11-23T17:00:00+08:00", 5 * H, "2026-11-25T10:00:00+08:00" },
	{ "hours of its own on a Saturday",    OFFICE "hours 2026-11-21 10:00-11:00 14:00-15:00\n", "2026-11-20T17:30:00+08:00", 2 * H, "2026-11-21T14:30:00+08:00" },
	{ "short Saturdays",                   SHANGHAI "week Mon-Fri 09:00-18:00\nweek Sat 09:00-12:00\n", "2026-11-20T17:00:00+08:00", 5 * H, "2026-11-23T10:00:00+08:00" },
	{ "moved Saturday is a whole day",     SHANGHAI "week Mon-Fri 09:00-18:00\nweek Sat 09:00-12:00\nworkday 2026-11-21\n", "2026-11-20T17:00:00+08:00", 5 * H, "2026-11-21T13:00:00+08:00" },
	{ "round the week",                    NEW_YORK, "2026-11-20T17:00:00-05:00", 100 * H,  "2026-11-24T21:00:00-05:00" },
	{ "one zone asks, another works",      OFFICE, "2026-11-22T20:30:00-05:00", 1 * H,      "2026-11-23T10:30:00+08:00" },
	{ "past the end: weekdays only",       OFFICE "closed 2026-12-31\n", "2026-12-31T10:00:00+08:00", 9 * H, "2027-01-04T10:00:00+08:00" },
	{ "before the start: weekdays only",   OFFICE, "2024-10-04T17:00:00+08:00", 2 * H,      "2024-10-07T10:00:00+08:00" },
	{ "past the end: by law closed",       OFFICE "statutory 2027-01-01 x\nstatutory 2027-01-05\n", "2026-12-31T17:00:00+08:00", 10 * H, "2027-01-06T10:00:00+08:00" },
	{ "leap day",                          "zone UTC\nknown 2028-01-01..2028-12-31\nweek Mon-Fri 09:00-17:00\n", "2028-02-28T16:00:00Z", 2 * H, "2028-02-29T10:00:00Z" },
	{ "leap day as a holiday",             "zone UTC\nknown 2028-01-01..2028-12-31\nweek Mon-Fri 09:00-17:00\nclosed 2028-02-29\n", "2028-02-28T16:00:00Z", 2 * H, "2028-03-01T10:00:00Z" },
	{ "no leap day in 2100",               "zone UTC\nknown 2100-01-01..2100-12-31\nweek Mon-Sun 09:00-17:00\n", "2100-02-28T16:00:00Z", 2 * H, "2100-03-01T10:00:00Z" },
	/* Berlin: 29 March 2026 02:00 -> 03:00, 25 October 2026 03:00 -> 02:00, both Sundays. */
	{ "spring: the night is an hour short", BERLIN "week Mon-Sun 00:00-24:00\n", "2026-03-29T00:00:00+01:00", 23 * H, "2026-03-30T00:00:00+02:00" },
	{ "autumn: it is an hour long",        BERLIN "week Mon-Sun 00:00-24:00\n", "2026-10-25T00:00:00+02:00", 25 * H, "2026-10-26T00:00:00+01:00" },
	{ "opening inside the gap",            BERLIN "week Mon-Sun 02:30-04:00\n", "2026-03-29T00:00:00+01:00", 1,      "2026-03-29T03:00:01+02:00" },
	{ "closing inside the gap",            BERLIN "week Mon-Sun 01:00-02:30\n", "2026-03-29T00:00:00+01:00", H + 1,  "2026-03-30T01:00:01+02:00" },
	{ "hours wholly inside the gap",       BERLIN "week Mon-Sun 02:10-02:50\n", "2026-03-28T12:00:00+01:00", 1,      "2026-03-30T02:10:01+02:00" },
	{ "an hour shown twice is worked twice", BERLIN "week Mon-Sun 02:00-03:00\n", "2026-10-25T00:00:00+02:00", 2 * H, "2026-10-25T03:00:00+01:00" },
	{ "closing inside the overlap",        BERLIN "week Mon-Sun 01:30-02:30\n", "2026-10-25T00:00:00+02:00", H + 1,  "2026-10-25T02:00:01+01:00" },
	{ "start in the second pass",          BERLIN "week Mon-Sun 02:00-03:00\n", "2026-10-25T02:30:00+01:00", 1800,   "2026-10-25T03:00:00+01:00" },
	{ "office hours over the change",      BERLIN "week Mon-Fri 09:00-17:00\n", "2026-03-27T16:00:00+01:00", 2 * H,  "2026-03-30T10:00:00+02:00" },
	/* Samoa left out 30 December 2011; Cairo changes at midnight; Lord Howe by half an hour. */
	{ "a day that never was",              "zone Pacific/Apia\nknown 2011-01-01..2011-12-31\nweek Mon-Sun 09:00-17:00\n", "2011-12-29T16:00:00-10:00", 2 * H, "2011-12-31T10:00:00+14:00" },
	{ "change at midnight",                "zone Africa/Cairo\nknown 2024-01-01..2024-12-31\nweek Mon-Sun 00:00-24:00\n", "2024-04-25T23:00:00+02:00", 2 * H, "2024-04-26T02:00:00+03:00" },
	{ "change by half an hour",            "zone Australia/Lord_Howe\nknown 2026-01-01..2026-12-31\nweek Mon-Sun 00:00-24:00\n", "2026-04-04T00:00:00+11:00", 48 * H, "2026-04-05T23:30:00+10:30" },
};

TEST(times_that_there_are_not_are_refused)
{
	static const struct { const char *text; bool is_time; } rows[] = {
		{ "2026-02-28T10:00:00Z", true }, { "2024-02-29T10:00:00Z", true }, { "2000-02-29T00:00:00+14:00", true }, { "2026-12-31T23:59:60-12:00", true },
		{ "2026-02-29T10:00:00Z", false }, { "2100-02-29T10:00:00Z", false }, { "2026-04-31T10:00:00Z", false }, { "2026-13-01T10:00:00Z", false },
		{ "2026-02-20T24:00:00Z", false }, { "2026-02-20T10:00:00+24:00", false }, { "2026-02-20T10:00:00+09:60", false }, { "2026-02-20T10:00:00+-1:00", false },
		{ "-026-02-20T10:00:00Z", false }, { "2026-02-20T10:00:00", false }, { "", false },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		test_row(rows[i].text);
		CHECK((clock_parse_rfc3339(rows[i].text) >= 0) == rows[i].is_time);
	}
}

TEST(calendar_add_finds_the_moment)
{
	for (size_t i = 0; i < COUNT_OF(adds); i++) {
		struct calendar *cal;
		const int64_t at = clock_parse_rfc3339(adds[i].at);
		char got[CLOCK_RFC3339_SIZE], want[CLOCK_RFC3339_SIZE];
		int64_t due;

		test_row(adds[i].row);
		cal = calendar_of(adds[i].calendar);
		due = calendar_add(cal, at, adds[i].seconds, NULL);
		CHECK_STR(clock_rfc3339(due, got), clock_rfc3339(clock_parse_rfc3339(adds[i].due), want));
		CHECK_INT(calendar_between(cal, at, due), adds[i].seconds);
		calendar_free(&cal);
	}
}

/* ---- the walk ------------------------------------------------------------------------------------------------------------------- */

TEST(calendar_walk_says_why)
{
	static const struct { const char *until; int64_t counted; const char *why; } steps[] = {
		{ "2026-02-13T18:00:00+08:00", H, "working hours" },
		{ "2026-02-14T09:00:00+08:00", 0, "outside working hours" },
		{ "2026-02-14T12:00:00+08:00", 3 * H, "moved working day: 春节调休" },
		{ "2026-02-14T13:00:00+08:00", 0, "break" },
		{ "2026-02-14T18:00:00+08:00", 5 * H, "moved working day: 春节调休" },
		{ "2026-02-15T00:00:00+08:00", 0, "outside working hours" },
		{ "2026-02-24T00:00:00+08:00", 0, "holiday: 春节" },
		{ "2026-02-24T09:00:00+08:00", 0, "outside working hours" },
		{ "2026-02-24T10:00:00+08:00", H, "working hours" },
	};
	struct calendar *cal = shipped("china");
	struct calendar_walk walk;
	int64_t at = clock_parse_rfc3339("2026-02-13T17:00:00+08:00");

	CHECK_INT(calendar_add(cal, at, 10 * H, &walk), clock_parse_rfc3339("2026-02-24T10:00:00+08:00"));
	CHECK_INT(walk.count, COUNT_OF(steps));
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		struct buf why = BUF_INIT(256);

		test_row(steps[i].until);
		calendar_why_text(cal, &walk.row[i], &why);
		CHECK_INT(walk.row[i].from, at);
		at = clock_parse_rfc3339(steps[i].until);
		CHECK_INT(walk.row[i].until, at);
		CHECK_INT(walk.row[i].counted, steps[i].counted);
		CHECK_STR(buf_str(&why), steps[i].why);
		buf_release(&why);
	}
	calendar_free(&cal);
}

TEST(calendar_walk_says_when_holidays_are_not_known)
{
	struct calendar *cal = shipped("china");
	struct calendar_walk walk;
	struct buf text = BUF_INIT(65536);

	CHECK_INT(calendar_add(cal, clock_parse_rfc3339("2026-12-31T17:00:00+08:00"), 2 * H, &walk), clock_parse_rfc3339("2027-01-04T10:00:00+08:00"));
	calendar_write_rows(cal, walk.row, walk.count, &text);
	CHECK(walk.row[0].is_known);
	CHECK(!walk.row[walk.count - 1].is_known);
	CHECK(strstr(buf_str(&text), "\"counted\":3600,\"why\":\"working hours\"}") != NULL);
	CHECK(strstr(buf_str(&text), "\"why\":\"holiday: 元旦\"}") != NULL);      /* by law, whatever the notice says */
	CHECK(strstr(buf_str(&text), "weekdays only: the calendar \\\"china\\\" knows the days from 2025-01-01 to 2026-12-31") != NULL);
	buf_release(&text);
	calendar_free(&cal);
}

TEST(calendar_walk_is_bounded_and_adds_up)
{
	struct calendar *cal = calendar_of(OFFICE);
	struct calendar_walk walk;
	const int64_t at = clock_parse_rfc3339("2025-03-03T08:00:00+08:00"), due = calendar_add(cal, at, 90 * 86400, &walk);
	int64_t counted = 0;

	CHECK_INT(walk.count, CALENDAR_ROWS_MAX);
	for (size_t i = 0; i < walk.count; i++) counted += walk.row[i].counted;
	CHECK_INT(counted, 90 * 86400);
	CHECK_INT(walk.row[walk.count - 1].until, due);
	CHECK_INT(walk.row[walk.count - 1].why, CALENDAR_WHY_MORE);
	calendar_free(&cal);
}

/* ---- a Chinese year ---------------------------------------------------------------------------------------------------------------- */

TEST(calendar_of_china_agrees_with_the_published_days)
{
	struct calendar *cal = shipped("china");
	struct buf text = BUF_INIT(1 << 20);
	struct ik_error err = { 0 };
	size_t days = 0, worked = 0;
	char *rest, *line;

	CHECK_INT(file_read(test_data("calendar/china-days.txt"), &text, &err), IK_OK);
	rest = text.data;
	while ((line = strsep(&rest, "\n")) != NULL) {
		char moment[64];
		int64_t midnight, got;

		if (line[0] == '#' || line[0] == '\0') continue;
		test_row(line);
		(void)snprintf(moment, sizeof(moment), "%.10sT00:00:00+08:00", line);
		midnight = clock_parse_rfc3339(moment);
		got = calendar_between(cal, midnight, midnight + 86400);
		CHECK_INT(got, line[11] == 'W' ? 8 * H : 0);
		days++;
		worked += got > 0;
	}
	CHECK_INT(days, 730);
	CHECK_INT(worked, 248 + 248);   /* 365 - 104 or so weekend days - holidays + moved days, as published */
	buf_release(&text);
	calendar_free(&cal);
}

TEST(calendar_of_germany_knows_its_movable_days)
{
	static const char *const off[] = { "2025-04-18", "2025-04-21", "2025-05-29", "2025-06-09", "2026-04-03", "2026-05-14", "2027-03-26", "2027-05-17", "2027-01-01" };
	static const char *const on[] = { "2025-04-17", "2025-06-19", "2026-04-07", "2026-12-24", "2027-12-31" };
	struct calendar *cal = shipped("germany");
	char moment[64];

	for (size_t i = 0; i < COUNT_OF(off) + COUNT_OF(on); i++) {
		const char *day = i < COUNT_OF(off) ? off[i] : on[i - COUNT_OF(off)];
		int64_t noon;

		test_row(day);
		(void)snprintf(moment, sizeof(moment), "%sT10:00:00+01:00", day);
		noon = clock_parse_rfc3339(moment);
		CHECK_INT(calendar_between(cal, noon - 3 * H, noon + 8 * H), i < COUNT_OF(off) ? 0 : 7 * H);
	}
	calendar_free(&cal);
}

TEST(calendar_days_left_counts_to_the_last_known_day)
{
	static const struct { const char *at; int64_t left; } rows[] = {
		{ "2026-12-31T23:59:59+08:00", 0 }, { "2027-01-01T00:00:00+08:00", -1 }, { "2026-11-01T12:00:00+08:00", 60 }, { "2026-11-02T00:00:00+08:00", 59 },
	};
	struct calendar *cal = shipped("china");

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		test_row(rows[i].at);
		CHECK_INT(calendar_days_left(cal, clock_parse_rfc3339(rows[i].at)), rows[i].left);
	}
	calendar_free(&cal);
}

TEST(calendar_dates_are_the_days_of_the_calendar)
{
	int32_t date = 0;
	char text[CALENDAR_DATE_SIZE], again[CALENDAR_DATE_SIZE];

	for (int32_t day = 0; day < 2932897; day += 1 + day % 97) {
		CHECK(calendar_read_date(calendar_date_text(day, text), &date) != NULL);
		CHECK_INT(date, day);
		(void)clock_rfc3339((int64_t)day * 86400, again);
		again[10] = '\0';
		CHECK_STR(text, again);
	}
	CHECK(!calendar_date(2026, 2, 29, &date));
	CHECK(!calendar_date(2100, 2, 29, &date));
	CHECK(calendar_date(2000, 2, 29, &date));
	CHECK(!calendar_date(1969, 12, 31, &date));
	CHECK(calendar_read_date("2026-13-01", &date) == NULL);
	CHECK(calendar_read_date("2026-1-01x", &date) == NULL);
}

/* ---- properties over random calendars ------------------------------------------------------------------------------------------------ */

#define CALENDARS 200
#define MOMENTS 50                      /* of each: 10,000 cases */
#define FIRST_AT 1262304000             /* 2010 */
#define LAST_AT 2051222400              /* 2035 */

static const char *const zones[] = { "UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia",
	"America/Sao_Paulo", "Africa/Casablanca", "America/St_Johns", "Pacific/Auckland", "Africa/Cairo", "Pacific/Chatham", "Asia/Tehran", "Europe/Dublin" };

static uint64_t next_random(uint64_t *seed)     /* xorshift, so that every run is the same */
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static int64_t random_in(uint64_t *seed, int64_t least, int64_t most)
{
	return least + (int64_t)(next_random(seed) % (uint64_t)(most - least + 1));
}

/* What the test itself knows of a random calendar: minutes of the day that are worked, per weekday and per exception. */
struct known { const char *zone; bool week[7][1440]; int32_t from, until, dates[32]; bool days[32][1440]; size_t day_count; };

/* Hours of a day as text, and into minutes_r. */
static void random_hours(uint64_t *seed, struct buf *text, bool minutes_r[1440])
{
	int minute = (int)random_in(seed, 0, 700);

	memset(minutes_r, 0, 1440 * sizeof(bool));
	for (int64_t n = random_in(seed, 1, 3); n > 0 && minute < 1430; n--) {
		int until = minute + (int)random_in(seed, 5, 500);

		if (until > 1440) until = 1440;
		buf_format(text, " %02d:%02d-%02d:%02d", minute / 60, minute % 60, until / 60, until % 60);
		for (int m = minute; m < until; m++) minutes_r[m] = true;
		minute = until + (int)random_in(seed, 1, 120);
	}
}

static void random_week(uint64_t *seed, struct buf *text, struct known *k)
{
	static const char *const names[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };

	for (size_t d = 0; d < 7; d++) {
		if (d != 3 && random_in(seed, 0, 2) == 0) continue;     /* Wednesday is always worked, at least an hour */
		buf_format(text, "week %s", names[d]);
		if (d == 3) buf_text(text, " 10:00-11:00");
		if (d == 3) for (int m = 600; m < 660; m++) k->week[3][m] = true;
		else random_hours(seed, text, k->week[d]);
		buf_text(text, "\n");
	}
}

static const bool *usual(const struct known *k)
{
	for (size_t i = 1; i <= 7; i++)
		for (size_t m = 0; m < 1440; m++)
			if (k->week[i % 7][m]) return k->week[i % 7];
	return k->week[3];
}

static void random_days(uint64_t *seed, struct buf *text, struct known *k)
{
	for (int32_t date = k->from; k->day_count < COUNT_OF(k->dates); k->day_count++) {
		bool *minutes = k->days[k->day_count];
		char day[CALENDAR_DATE_SIZE];

		date += (int32_t)random_in(seed, 1, 200);
		if (date > k->until) return;
		k->dates[k->day_count] = date;
		(void)calendar_date_text(date, day);
		switch (random_in(seed, 0, 2)) {
		case 0: buf_format(text, "closed %s", day); break;
		case 1: buf_format(text, "workday %s", day); memcpy(minutes, usual(k), 1440 * sizeof(bool)); break;
		default: buf_format(text, "hours %s", day); random_hours(seed, text, minutes); break;
		}
		buf_text(text, "\n");
	}
}

static struct calendar *random_calendar(uint64_t *seed, struct known *k)
{
	struct buf text = BUF_INIT(65536);
	struct calendar *cal;
	char from[CALENDAR_DATE_SIZE], until[CALENDAR_DATE_SIZE];

	memset(k, 0, sizeof(*k));
	k->zone = zones[random_in(seed, 0, COUNT_OF(zones) - 1)];
	k->from = (int32_t)random_in(seed, FIRST_AT / 86400, LAST_AT / 86400 - 1000);
	k->until = k->from + (int32_t)random_in(seed, 300, 3000);
	buf_format(&text, "zone %s\nknown %s..%s\n", k->zone, calendar_date_text(k->from, from), calendar_date_text(k->until, until));
	random_week(seed, &text, k);
	random_days(seed, &text, k);
	test_row(buf_str(&text));
	cal = calendar_of(buf_str(&text));
	buf_release(&text);
	return cal;
}

/* Whether a second is worked, by ICU's wall clock and the test's own table. */
static bool is_worked(const struct known *k, int64_t at)
{
	struct zone_time wall;
	int32_t date = 0;
	const bool *minutes;

	CHECK(zone_time(k->zone, at, &wall));
	CHECK(calendar_date(wall.year, wall.month, wall.day, &date));
	minutes = k->week[wall.weekday];
	for (size_t i = 0; i < k->day_count; i++)
		if (k->dates[i] == date) minutes = k->days[i];
	return minutes[wall.hour * 60 + wall.minute];
}

static void check_walk(const struct calendar_walk *walk, int64_t at, int64_t seconds, int64_t due)
{
	for (size_t i = 0; i < walk->count; i++) {
		const struct calendar_row *row = &walk->row[i];
		const int64_t length = row->until - row->from;

		CHECK_INT(row->from, at);
		CHECK(length > 0);
		CHECK(row->why == CALENDAR_WHY_MORE || row->counted == 0 || row->counted == length);
		at = row->until;
		seconds -= row->counted;
	}
	CHECK_INT(at, due);
	CHECK_INT(seconds, 0);
}

static void check_moment(const struct calendar *cal, const struct known *k, uint64_t *seed)
{
	const int64_t at = random_in(seed, FIRST_AT, LAST_AT), later = at + random_in(seed, 1, 20 * 86400);
	const int64_t a = random_in(seed, 1, 60 * H), b = random_in(seed, 1, 60 * H);
	struct calendar_walk walk;
	const int64_t due = calendar_add(cal, at, a, &walk), both = calendar_add(cal, at, a + b, NULL);

	check_walk(&walk, at, a, due);
	CHECK_INT(calendar_add(cal, due, b, NULL), both);               /* additive */
	CHECK(due < both);
	CHECK(due <= calendar_add(cal, later, a, NULL));                /* monotone */
	CHECK_INT(calendar_between(cal, at, due), a);                   /* one undoes the other */
	CHECK_INT(calendar_between(cal, at, due) + calendar_between(cal, due, both), a + b);
	CHECK(is_worked(k, due - 1));                                   /* the last second is a working one */
	for (int i = 0; i < 2; i++) {
		const int64_t some = random_in(seed, at, due);

		CHECK_INT(calendar_between(cal, some, some + 1), is_worked(k, some));
	}
	/* around the next change of the clock */
	for (size_t i = 1; i < cal->shift_count; i++) {
		if (cal->shifts[i].at < at) continue;
		for (int64_t d = -1; d <= 0; d++)
			CHECK_INT(calendar_between(cal, cal->shifts[i].at + d, cal->shifts[i].at + d + 1), is_worked(k, cal->shifts[i].at + d));
		return;
	}
}

TEST(calendar_add_is_additive_monotone_and_safe_at_clock_changes)
{
	uint64_t seed = 0x9e3779b97f4a7c15u;
	struct known *k = mem_new(sizeof(*k));

	for (int c = 0; c < CALENDARS; c++) {
		struct calendar *cal = random_calendar(&seed, k);

		for (int m = 0; m < MOMENTS; m++) check_moment(cal, k, &seed);
		calendar_free(&cal);
	}
	free(k);
}

/* ---- files ------------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *row, *text, *word; } refusals[] = {
	{ "no zone",              "known 2026-01-01..2026-12-31\nweek Mon 09:00-17:00\n", "zone" },
	{ "no known days",        "zone UTC\nweek Mon 09:00-17:00\n", "known" },
	{ "no working time",      "zone UTC\nknown 2026-01-01..2026-12-31\n", "no working time" },
	{ "too little of it",     "zone UTC\nknown 2026-01-01..2026-12-31\nweek Mon 09:00-09:59\n", "no working time" },
	{ "unknown zone",         "zone Mars/Olympus\n", "line 1" },
	{ "hostile zone",         "zone %n%s\n", "IANA" },
	{ "unknown word",         "zone UTC\nholiday 2026-01-01\n", "line 2" },
	{ "no such date",         OFFICE "closed 2026-02-30\n", "2026-02-30" },
	{ "backwards range",      OFFICE "closed 2026-02-03..2026-02-01\n", "line 4" },
	{ "endless range",        OFFICE "closed 2025-01-01..2026-12-31\n", "more days" },
	{ "same day twice",       OFFICE "closed 2026-02-03\nworkday 2026-02-03\n", "line 5" },
	{ "outside known days",   OFFICE "closed 2027-02-03\n", "outside the known days" },
	{ "by law and not, in one file", OFFICE "statutory 2027-01-01\nstatutory 2027-01-01\n", "line 5" },
	{ "backwards hours",      SHANGHAI "week Mon 17:00-09:00\n", "22:00-24:00" },
	{ "overlapping hours",    SHANGHAI "week Mon 09:00-12:00 11:00-13:00\n", "in order" },
	{ "no such hour",         SHANGHAI "week Mon 09:00-24:01\n", "expected hours" },
	{ "too many intervals",   SHANGHAI "week Mon 00:00-01:00 02:00-03:00 04:00-05:00 06:00-07:00 08:00-09:00 10:00-11:00 12:00-13:00\n", "too many" },
	{ "no hours",             SHANGHAI "week Mon\n", "expected hours" },
	{ "closed with hours",    SHANGHAI "week Mon closed 09:00-12:00\n", "no hours" },
	{ "no such weekday",      SHANGHAI "week Mo-Fr 09:00-12:00\n", "Mon-Fri" },
	{ "half day without hours", OFFICE "hours 2026-02-14 half\n", "expected hours" },
	{ "control character",    SHANGHAI "week Mon 09:00-12:00\a\n", "control" },
	{ "bad UTF-8",            OFFICE "closed 2026-02-14 \xff\n", "UTF-8" },
	{ "include from memory",  "include china\n", "include" },
	{ "late include",         "zone UTC\ninclude china\n", "before everything" },
	{ "empty",                "", "zone" },
};

TEST(calendar_files_are_refused_with_their_line)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		struct calendar *cal = NULL;
		struct ik_error err = { 0 };

		test_row(refusals[i].row);
		CHECK_INT(calendar_parse("test", refusals[i].text, strlen(refusals[i].text), NULL, &cal, &err), IK_CONFIG);
		CHECK(cal == NULL);
		CHECK(strstr(err.text, refusals[i].word) != NULL);
	}
}

static void put(const char *dir, const char *name, const char *text)
{
	struct ik_error err = { 0 };

	CHECK_INT(file_write_durable(dir, name, text, strlen(text), &err), IK_OK);
}

TEST(calendar_include_takes_holidays_and_keeps_own_hours)
{
	const char *dir = test_dir();
	struct calendar *cal = NULL;
	struct ik_error err = { 0 };

	put(dir, "land.cal", OFFICE "closed 2026-11-23 feast\nclosed 2026-11-24 feast\n");
	put(dir, "acme.cal", "# ours\r\ninclude land\r\nweek Mon-Fri 10:00-16:00\r\nhours 2026-11-24 10:00-11:00 open for two\r\n");
	put(dir, "self.cal", "include self\n");
	CHECK_INT(calendar_load(dir, "acme", &cal, &err), IK_OK);
	CHECK_STR(err.text, "");
	CHECK_INT(calendar_add(cal, clock_parse_rfc3339("2026-11-20T15:00:00+08:00"), 3 * H, NULL), clock_parse_rfc3339("2026-11-25T11:00:00+08:00"));
	calendar_free(&cal);
	CHECK_INT(calendar_load(dir, "self", &cal, &err), IK_CONFIG);
	CHECK(strstr(err.text, "too deeply") != NULL);
	CHECK_INT(calendar_load(dir, "../etc/passwd", &cal, &err), IK_CONFIG);
	CHECK_INT(calendar_load(dir, "nowhere", &cal, &err), IK_CONFIG);
	CHECK(strstr(err.text, "nowhere.cal") != NULL);
}

/* ---- .ics ------------------------------------------------------------------------------------------------------------------------------ */

#define ICS(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n" events "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n" lines "END:VEVENT\r\n"
#define DAY(date) "DTSTART;VALUE=DATE:" date "\r\n"

static const struct { const char *row, *ics, *lines; size_t skipped; } imports[] = {
	{ "one day",              ICS(EVENT(DAY("20261003") "SUMMARY:Unity\r\n")), "closed  2026-10-03 Unity\n", 0 },
	{ "end is the day after", ICS(EVENT(DAY("20261001") "DTEND;VALUE=DATE:20261008\r\nSUMMARY:国庆节\r\n")), "closed  2026-10-01..2026-10-07 国庆节\n", 0 },
	{ "duration",             ICS(EVENT(DAY("20261001") "DURATION:P1W\r\nSUMMARY:x\r\n")), "closed  2026-10-01..2026-10-07 x\n", 0 },
	{ "every year",           ICS(EVENT(DAY("20001225") "RRULE:FREQ=YEARLY\r\nSUMMARY:Xmas\r\n")), "closed  2026-12-25 Xmas\nclosed  2027-12-25 Xmas\n", 0 },
	{ "fourth Thursday",      ICS(EVENT(DAY("20201126") "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\nSUMMARY:Thanks\r\n")),
	                          "closed  2026-11-26 Thanks\nclosed  2027-11-25 Thanks\n", 0 },
	{ "counted",              ICS(EVENT(DAY("20260105") "RRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:M\r\n")), "closed  2026-01-05 M\nclosed  2026-01-12 M\nclosed  2026-01-19 M\n", 0 },
	{ "left-out date",        ICS(EVENT(DAY("20260105") "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;VALUE=DATE:20260112\r\nSUMMARY:M\r\n")),
	                          "closed  2026-01-05 M\nclosed  2026-01-19 M\n", 0 },
	{ "added date",           ICS(EVENT(DAY("20260105") "RDATE;VALUE=DATE:20260107\r\nSUMMARY:M\r\n")), "closed  2026-01-05 M\nclosed  2026-01-07 M\n", 0 },
	{ "left out and added",   ICS(EVENT(DAY("20260105") "EXDATE;VALUE=DATE:20260112\r\nRDATE;VALUE=DATE:20260107\r\nRDATE;VALUE=DATE:20260112\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:M\r\n")),
	                          "closed  2026-01-05 M\nclosed  2026-01-07 M\nclosed  2026-01-19 M\n", 0 },
	{ "leap day",             ICS(EVENT(DAY("20240229") "RRULE:FREQ=YEARLY\r\nSUMMARY:L\r\n")), "", 0 },
	{ "moved working day",    ICS(EVENT(DAY("20261010") "SUMMARY:国庆节(班)\r\n") EVENT(DAY("20260214") "SUMMARY:春节补班\r\n")),
	                          "workday 2026-02-14 春节补班\nworkday 2026-10-10 国庆节(班)\n", 0 },
	{ "worked wins",          ICS(EVENT(DAY("20261010") "SUMMARY:off\r\n") EVENT(DAY("20261010") "SUMMARY:Workday\r\n")), "workday 2026-10-10 Workday\n", 0 },
	{ "twice the same day",   ICS(EVENT(DAY("20261006") "SUMMARY:中秋\r\n") EVENT(DAY("20261006") "SUMMARY:国庆节\r\n")), "closed  2026-10-06 中秋\n", 0 },
	{ "called off",           ICS(EVENT(DAY("20261006") "STATUS:CANCELLED\r\nSUMMARY:x\r\n")), "", 1 },
	{ "a meeting",            ICS(EVENT("DTSTART:20261006T090000Z\r\nSUMMARY:x\r\n")), "", 1 },
	{ "no start",             ICS(EVENT("SUMMARY:x\r\n")), "", 1 },
	{ "lines in the title",   ICS(EVENT(DAY("20261006") "SUMMARY:a\\nclosed 2026-01-01 b\r\n")), "closed  2026-10-06 a closed 2026-01-01 b\n", 0 },
	{ "far too long",         ICS(EVENT(DAY("20260101") "DTEND;VALUE=DATE:20270101\r\nSUMMARY:x\r\n")), "", 1 },
	{ "every day for ever",   ICS(EVENT(DAY("19000101") "RRULE:FREQ=DAILY\r\nSUMMARY:x\r\n")), "", 1 },
	{ "never",                ICS(EVENT(DAY("20260101") "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\nSUMMARY:x\r\n")), "closed  2026-01-01 x\n", 1 },
	{ "outside the dates",    ICS(EVENT(DAY("20251231") "SUMMARY:x\r\n") EVENT(DAY("20280101") "SUMMARY:x\r\n")), "", 0 },
};

TEST(calendar_import_follows_the_rules_of_events)
{
	struct calendar_import how = { .title = "x.ics", .zone = "Asia/Shanghai", .week = "Mon-Fri 09:00-18:00" };

	CHECK(calendar_date(2026, 1, 1, &how.from) && calendar_date(2027, 12, 31, &how.until));
	for (size_t i = 0; i < COUNT_OF(imports); i++) {
		struct buf out = BUF_INIT(1 << 20);
		struct ik_error err = { 0 };
		struct calendar *cal = NULL;
		size_t skipped = 99;
		const char *body;

		test_row(imports[i].row);
		CHECK_INT(calendar_import(imports[i].ics, strlen(imports[i].ics), &how, &out, &skipped, &err), IK_OK);
		body = strstr(buf_str(&out), "\n\n");
		CHECK_STR(body != NULL ? body + 2 : "", imports[i].lines);
		CHECK_INT(skipped, imports[i].skipped);
		CHECK_INT(calendar_parse("import", buf_str(&out), out.len, NULL, &cal, &err), IK_OK);
		calendar_free(&cal);
		buf_release(&out);
	}
}

TEST(calendar_import_refuses_what_is_no_calendar)
{
	static const char *const rows[] = { "", "hello", "BEGIN:VEVENT\r\nEND:VEVENT\r\n", "{\"a\":1}" };
	const struct calendar_import how = { .title = "x.ics", .zone = "UTC", .week = "Mon 09:00-18:00", .until = 30000 };

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf out = BUF_INIT(1 << 20);
		struct ik_error err = { 0 };
		size_t skipped;

		test_row(rows[i]);
		CHECK_INT(calendar_import(rows[i], strlen(rows[i]), &how, &out, &skipped, &err), IK_REJECT);
		CHECK(strstr(err.text, "x.ics") != NULL);
		buf_release(&out);
	}
}

/* ---- in the policy --------------------------------------------------------------------------------------------------------------------- */

static struct policy *policy_of(struct policy_conf *conf)
{
	char zone[] = "UTC";
	struct policy *p = NULL;
	struct ik_error err = { 0 };
	char rules[512], calendars[512];

	(void)snprintf(rules, sizeof(rules), "%s", test_data("../../conf/rules"));
	(void)snprintf(calendars, sizeof(calendars), "%s", test_data("../../conf/calendars"));
	conf->timezone = zone;
	conf->rules = rules;
	conf->calendars = calendars;
	CHECK_INT(policy_new(conf, &p, &err), IK_OK);
	CHECK_STR(err.text, "");
	conf->timezone = NULL;
	conf->rules = conf->calendars = NULL;
	return p;
}

TEST(policy_schedule_takes_working_time_by_severity_and_brand)
{
	struct ik_pair pairs[] = {
		{ (char[]){ "acme" }, (char[]){ "germany" } }, { (char[]){ "acme.high" }, (char[]){ "round-the-clock" } }, { (char[]){ "b.c.normal" }, (char[]){ "germany" } } };
	static const struct { const char *row, *brand; enum severity severity; const char *due, *calendar; } rows[] = {
		{ "urgent is round the clock",      NULL,    SEVERITY_URGENT, "2026-10-01T03:00:00Z", NULL },
		{ "high in China",                  NULL,    SEVERITY_HIGH,   "2026-10-08T03:00:00Z", "china" },
		{ "normal in Germany by severity",  "other", SEVERITY_NORMAL, "2026-10-01T09:00:00Z", "germany" },
		{ "a brand of its own",             "acme",  SEVERITY_NORMAL, "2026-10-01T09:00:00Z", "germany" },
		{ "a severity of the brand",        "acme",  SEVERITY_HIGH,   "2026-10-01T04:00:00Z", NULL },
		{ "urgent stays what it is",        "acme",  SEVERITY_URGENT, "2026-10-01T03:00:00Z", NULL },
		{ "a brand with a dot",             "b.c",   SEVERITY_NORMAL, "2026-10-01T09:00:00Z", "germany" },
		{ "a brand like another's start",   "acm",   SEVERITY_HIGH,   "2026-10-08T03:00:00Z", "china" },
	};
	struct policy_conf conf = { .calendar = (char[]){ "china" }, .urgent = { .first_response = 3600 },
		.high = { .first_response = 7200, .clock = POLICY_WORKING_TIME },
		.normal = { .first_response = 7200, .clock = POLICY_WORKING_TIME, .calendar = (char[]){ "germany" } }, .brand_calendars = { pairs, COUNT_OF(pairs) } };
	struct policy *p = policy_of(&conf);
	const struct calendar *const *used;

	CHECK_INT(policy_calendars(p, &used), 2);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct schedule s;
		char due[CLOCK_RFC3339_SIZE];

		test_row(rows[i].row);
		policy_schedule(p, rows[i].brand, rows[i].severity, clock_parse_rfc3339("2026-10-01T02:00:00Z"), &s);
		CHECK_STR(clock_rfc3339(s.first_response_due, due), rows[i].due);
		CHECK_STR(s.calendar != NULL ? s.calendar->name : "none", rows[i].calendar != NULL ? rows[i].calendar : "none");
		schedule_release(&s);
		CHECK(s.walks == NULL);
	}
	policy_free(&p);
}

TEST(schedule_write_is_json_with_the_walk)
{
	struct policy_conf conf = { .calendar = (char[]){ "china" }, .high = { .first_response = 7200, .start = 10800, .clock = POLICY_WORKING_TIME } };
	struct policy *p = policy_of(&conf);
	static const struct { enum severity severity; const char *calendar; size_t steps, handling_steps; } rows[] = {
		{ SEVERITY_HIGH, "china", 3, 3 }, { SEVERITY_LOW, "round-the-clock", 1, 0 } };

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf text = BUF_INIT(65536);
		struct schedule s;
		json_t *value = NULL;

		policy_schedule(p, NULL, rows[i].severity, clock_parse_rfc3339("2026-10-01T02:00:00Z"), &s);
		buf_text(&text, "{");
		schedule_write(&s, &text);
		buf_text(&text, "}");
		CHECK_INT(json_parse(buf_str(&text), text.len, &value, NULL), IK_OK);
		CHECK_STR(json_text(value, "calendar"), rows[i].calendar);
		CHECK_INT(json_array_size(json_object_get(value, "walk")), rows[i].steps);
		CHECK_INT(json_array_size(json_object_get(value, "handling_walk")), rows[i].handling_steps);
		json_decref(value);
		buf_release(&text);
		schedule_release(&s);
	}
	policy_free(&p);
}

TEST(policy_new_wants_a_calendar_for_working_time)
{
	const struct { const char *row; struct policy_conf conf; const char *word; } rows[] = {
		{ "none named", { .high = { .clock = POLICY_WORKING_TIME } }, "policy.high.clock" },
		{ "no such file", { .calendar = (char[]){ "atlantis" }, .low = { .clock = POLICY_WORKING_TIME } }, "atlantis" },
		{ "no name", { .calendar = (char[]){ "../china" }, .low = { .clock = POLICY_WORKING_TIME } }, "../china" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct policy_conf conf = rows[i].conf;
		struct policy *p = NULL;
		struct ik_error err = { 0 };
		char rules[512];

		test_row(rows[i].row);
		(void)snprintf(rules, sizeof(rules), "%s", test_data("../../conf/rules"));
		conf.rules = rules;
		conf.timezone = (char[]){ "UTC" };
		CHECK_INT(policy_new(&conf, &p, &err), IK_CONFIG);
		CHECK(p == NULL);
		CHECK(strstr(err.text, rows[i].word) != NULL);
	}
}
