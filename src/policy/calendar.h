/* calendar.h - working time: when people are at work, and the moment at which a number of working seconds has passed.
 *
 * A second counts when the wall clock of the calendar's zone shows a working time of that day. So an hour that the clocks skip is not there to be
 * worked, and one they show twice counts twice if it is a working hour. The arithmetic is pure: it reads the calendar and nothing else; the zone's
 * changes are in the calendar since it was loaded. For all moments and n, m > 0: adding n and then m is adding n + m, and a later start never
 * ends earlier. A calendar is const once it is loaded; threads share it. */
#ifndef POLICY_CALENDAR_H
#define POLICY_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>
#include "base/buf.h"

#define CALENDAR_SPANS_MAX 6            /* intervals of one day */
#define CALENDAR_DAYS_MAX 4000          /* days that differ from their weekday */
#define CALENDAR_ROWS_MAX 40            /* of one walk */
#define CALENDAR_WARN_DAYS 60           /* before a calendar ends */

struct calendar_span { uint16_t from, until; };         /* minutes since midnight on the wall; until at most 1440 */
struct calendar_hours { uint16_t count; struct calendar_span span[CALENDAR_SPANS_MAX]; };       /* in order, apart from each other */

enum calendar_kind {
	CALENDAR_CLOSED,                /* a holiday */
	CALENDAR_STATUTORY,             /* a holiday by law, known before the days around it are: it may lie outside the known days */
	CALENDAR_WORKDAY,               /* worked like the first working day of the week, whatever weekday it is (调休) */
	CALENDAR_HOURS,                 /* hours of its own, such as half a day */
};
struct calendar_day { int32_t date; uint16_t kind, level; const char *name; struct calendar_hours hours; };     /* level: of the file that says so */
struct calendar_shift { int64_t at; int32_t offset; };  /* from this moment on the zone is offset seconds east of UTC */

/* Dates are days since 1970-01-01. */
struct calendar {
	char *name, *zone;
	int32_t from, until;                    /* days that are known, both included; outside, only the week and statutory days count */
	struct calendar_hours week[7];          /* 0 = Sunday; at least an hour in all */
	struct calendar_day *days;              /* by date, each once */
	size_t day_count;
	struct calendar_shift *shifts;          /* by time, the first at INT64_MIN */
	size_t shift_count;
	char **texts;                           /* the names of days */
	size_t text_count;
};

/* ---- the arithmetic ------------------------------------------------------------------------------------------------------- */

enum calendar_why {
	CALENDAR_WHY_ALWAYS,            /* round the clock */
	CALENDAR_WHY_WORKING, CALENDAR_WHY_WORKDAY, CALENDAR_WHY_HOURS,                         /* these count */
	CALENDAR_WHY_BREAK, CALENDAR_WHY_OUTSIDE, CALENDAR_WHY_DAY_OFF, CALENDAR_WHY_HOLIDAY,   /* these do not */
	CALENDAR_WHY_MORE,              /* the rest of a walk that is too long to be told */
};
/* One stretch of a walk: counted is the part of its seconds that counts. name belongs to the calendar, NULL when there is none. */
struct calendar_row { int64_t from, until, counted; enum calendar_why why; const char *name; bool is_known; };
struct calendar_walk { size_t count; struct calendar_row row[CALENDAR_ROWS_MAX]; };

/* calendar_add() - the first moment at which seconds of working time have passed since at; at itself for 0.
 * walk_r may be NULL; else it gets every stretch between the two, without a hole, their counted parts adding up to seconds. */
int64_t calendar_add(const struct calendar *cal, int64_t at, int64_t seconds, struct calendar_walk *walk_r);
/* calendar_between() - working seconds from one moment to a later one; 0 when it is not later. */
int64_t calendar_between(const struct calendar *cal, int64_t from, int64_t until);
/* calendar_days_left() - whole days from the day of at to the last known one; less than 0 when it has passed. */
int64_t calendar_days_left(const struct calendar *cal, int64_t at);
/* calendar_end_text() - "ends on 2026-12-31, in 38 days: ...": that it has ended, or ends within CALENDAR_WARN_DAYS, what is missing then and what to
 * do; false, and "", while it lasts longer. */
#define CALENDAR_END_TEXT 400
bool calendar_end_text(const struct calendar *cal, int64_t now_at, char text_r[CALENDAR_END_TEXT]);
/* calendar_offset() - seconds that the zone is east of UTC at a moment. */
int32_t calendar_offset(const struct calendar *cal, int64_t at);
/* calendar_why_text() - "holiday: 国庆节" into b. calendar_write_rows() - a JSON array of {from, until, counted, why}. cal may be NULL. */
void calendar_why_text(const struct calendar *cal, const struct calendar_row *row, struct buf *b);
void calendar_write_rows(const struct calendar *cal, const struct calendar_row *rows, size_t count, struct buf *b);

/* calendar_date() - days since 1970, false when there is no such date. calendar_date_text() - "2026-10-01". */
bool calendar_date(int year, int month, int day, int32_t *date_r);
#define CALENDAR_DATE_SIZE 32
char *calendar_date_text(int32_t date, char text_r[CALENDAR_DATE_SIZE]);

/* ---- files: see docs/calendars.md --------------------------------------------------------------------------------------------- */

/* calendar_load() - folder/NAME.cal with what it includes; IK_CONFIG names file and line. */
enum ik_rc calendar_load(const char *folder, const char *name, struct calendar **cal_r, struct ik_error *err);
/* calendar_parse() - the same from memory; folder: where included calendars are, NULL: nothing may be included. */
enum ik_rc calendar_parse(const char *name, const char *text, size_t len, const char *folder, struct calendar **cal_r, struct ik_error *err);
void calendar_free(struct calendar **cal);
/* calendar_name_check() - whether a text can name a calendar: lower-case letters, digits, "-", "_". */
bool calendar_name_check(const char *name);
/* calendar_read_date() - "2026-10-01" at text into date_r; the byte behind it, NULL when there is no date. */
const char *calendar_read_date(const char *text, int32_t *date_r);

/* What an .ics file becomes: the head of the new calendar, and which events are worked days. */
struct calendar_import {
	const char *title;              /* for the comment on top */
	const char *zone, *week;        /* "Asia/Shanghai", "Mon-Fri 09:00-18:00" */
	int32_t from, until;            /* occurrences outside are left out */
	const char *workday;            /* an event with this text in its summary is a working day; NULL: the usual marks (补班, (班), workday) */
};
/* calendar_import() - the text of a calendar file from iCalendar bytes; what could not be used is counted.
 * Recurrence rules, added and left-out dates are followed; an event with a time of day is no day off. */
enum ik_rc calendar_import(const char *ics, size_t len, const struct calendar_import *how, struct buf *out, size_t *skipped_r, struct ik_error *err);

#endif
