/* calendar.c - the arithmetic of working time. A walk goes from piece to piece: a piece is a stretch in which one thing is true, all of it
 * working or none, and it ends at the next opening, closing, midnight or change of the zone's clock, whichever comes first. */
#include "policy/calendar.h"

#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"

#define DAY_S 86400

/* ---- dates -------------------------------------------------------------------------------------------------------------------- */

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/* Days from 1970-01-01 to the first of January; years from 1 on. */
static int32_t year_start(int year)
{
	const int before = year - 1;

	return before * 365 + before / 4 - before / 100 + before / 400 - 719162;
}

bool calendar_date(int year, int month, int day, int32_t *date_r)
{
	int32_t date;

	if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_days(year, month)) return false;
	date = year_start(year) + day - 1;
	for (int m = 1; m < month; m++) date += month_days(year, m);
	*date_r = date;
	return true;
}

char *calendar_date_text(int32_t date, char text_r[CALENDAR_DATE_SIZE])
{
	int year = 1970 + date / 366, month = 1;

	if (date < 0 || date >= year_start(10000)) {
		(void)snprintf(text_r, CALENDAR_DATE_SIZE, "%s", date < 0 ? "1970-01-01" : "9999-12-31");
		return text_r;
	}
	while (year_start(year + 1) <= date) year++;
	date -= year_start(year);
	for (; date >= month_days(year, month); month++) date -= month_days(year, month);
	(void)snprintf(text_r, CALENDAR_DATE_SIZE, "%04d-%02d-%02d", year, month, (int)date + 1);
	return text_r;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

/* 0 = Sunday; 1970-01-01 was a Thursday. */
static size_t weekday_of(int64_t date)
{
	const int64_t day = (date + 4) % 7;

	return (size_t)(day < 0 ? day + 7 : day);
}

/* ---- what a day is like -------------------------------------------------------------------------------------------------------- */

static const struct calendar_hours no_hours;

/* One day of the calendar: its hours, and what its worked and its other stretches are called. */
struct plan { const struct calendar_hours *hours; enum calendar_why open, shut; const char *name; bool is_known; };

static const struct calendar_day *day_find(const struct calendar *cal, int64_t date)
{
	size_t low = 0, high = cal->day_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (cal->days[middle].date < date) low = middle + 1;
		else high = middle;
	}
	return low < cal->day_count && cal->days[low].date == date ? &cal->days[low] : NULL;
}

/* The hours of a moved working day: those of the first weekday, from Monday on, that has any. */
static const struct calendar_hours *usual_hours(const struct calendar *cal)
{
	for (size_t i = 1; i <= 7; i++)
		if (cal->week[i % 7].count > 0) return &cal->week[i % 7];
	return &no_hours;
}

static struct plan plan_of(const struct calendar *cal, int64_t date)
{
	const bool is_known = date >= cal->from && date <= cal->until;
	const struct calendar_day *day = day_find(cal, date);
	const struct calendar_hours *hours = &cal->week[weekday_of(date)];

	if (day == NULL)
		return (struct plan){ hours, CALENDAR_WHY_WORKING, hours->count > 0 ? CALENDAR_WHY_OUTSIDE : CALENDAR_WHY_DAY_OFF, NULL, is_known };
	if (day->kind == CALENDAR_CLOSED || day->kind == CALENDAR_STATUTORY) return (struct plan){ &no_hours, CALENDAR_WHY_WORKING, CALENDAR_WHY_HOLIDAY, day->name, true };
	if (day->kind == CALENDAR_HOURS) return (struct plan){ &day->hours, CALENDAR_WHY_HOURS, CALENDAR_WHY_OUTSIDE, day->name, true };
	return (struct plan){ usual_hours(cal), CALENDAR_WHY_WORKDAY, CALENDAR_WHY_OUTSIDE, day->name, true };
}

/* ---- pieces ---------------------------------------------------------------------------------------------------------------------- */

struct piece { int64_t until; enum calendar_why why; const char *name; bool counts, is_known; };

/* Index of the last shift at or before a moment. */
static size_t shift_at(const struct calendar *cal, int64_t at)
{
	size_t low = 0, high = cal->shift_count - 1;

	while (low < high) {
		const size_t middle = low + (high - low + 1) / 2;

		if (cal->shifts[middle].at <= at) low = middle;
		else high = middle - 1;
	}
	return low;
}

int32_t calendar_offset(const struct calendar *cal, int64_t at)
{
	return cal->shifts[shift_at(cal, at)].offset;
}

/* The stretch of one day's plan that second (of the wall's day) is in; end_r is the second at which it ends. */
static struct piece piece_of(const struct plan *plan, int64_t second, int64_t *end_r)
{
	const struct calendar_hours *h = plan->hours;
	uint16_t i = 0;

	while (i < h->count && second >= h->span[i].until * 60) i++;
	*end_r = i == h->count ? DAY_S : h->span[i].from * 60;
	if (i < h->count && second >= h->span[i].from * 60) {
		*end_r = h->span[i].until * 60;
		return (struct piece){ .why = plan->open, .name = plan->name, .counts = true, .is_known = plan->is_known };
	}
	if (i > 0 && i < h->count) return (struct piece){ .why = CALENDAR_WHY_BREAK, .is_known = plan->is_known };
	return (struct piece){ .why = plan->shut, .name = plan->shut == CALENDAR_WHY_HOLIDAY ? plan->name : NULL, .is_known = plan->is_known };
}

static struct piece piece_at(const struct calendar *cal, int64_t at)
{
	const size_t shift = shift_at(cal, at);
	const int64_t local = at + cal->shifts[shift].offset, date = floor_div(local, DAY_S);
	const struct plan plan = plan_of(cal, date);
	int64_t end;
	struct piece piece = piece_of(&plan, local - date * DAY_S, &end);

	piece.until = date * DAY_S + end - cal->shifts[shift].offset;
	if (shift + 1 < cal->shift_count && cal->shifts[shift + 1].at < piece.until) piece.until = cal->shifts[shift + 1].at;
	return piece;
}

/* ---- walks -------------------------------------------------------------------------------------------------------------------------- */

static bool is_same(const struct calendar_row *row, const struct piece *piece)
{
	return row->why == piece->why && row->name == piece->name && row->is_known == piece->is_known;
}

static void walk_add(struct calendar_walk *walk, int64_t from, int64_t until, const struct piece *piece)
{
	struct calendar_row *last = walk->count > 0 ? &walk->row[walk->count - 1] : NULL;
	const int64_t counted = piece->counts ? until - from : 0;

	if (last != NULL && (is_same(last, piece) || walk->count == CALENDAR_ROWS_MAX)) {
		if (!is_same(last, piece)) last->why = CALENDAR_WHY_MORE, last->name = NULL;
		last->is_known &= piece->is_known;
		last->until = until;
		last->counted += counted;
		return;
	}
	walk->row[walk->count++] = (struct calendar_row){ from, until, counted, piece->why, piece->name, piece->is_known };
}

int64_t calendar_add(const struct calendar *cal, int64_t at, int64_t seconds, struct calendar_walk *walk_r)
{
	if (walk_r != NULL) walk_r->count = 0;
	while (seconds > 0) {
		struct piece piece = piece_at(cal, at);

		if (piece.counts && piece.until - at > seconds) piece.until = at + seconds;
		if (piece.counts) seconds -= piece.until - at;
		if (walk_r != NULL) walk_add(walk_r, at, piece.until, &piece);
		at = piece.until;
	}
	return at;
}

int64_t calendar_between(const struct calendar *cal, int64_t from, int64_t until)
{
	int64_t counted = 0;

	while (from < until) {
		const struct piece piece = piece_at(cal, from);
		const int64_t end = piece.until < until ? piece.until : until;

		if (piece.counts) counted += end - from;
		from = end;
	}
	return counted;
}

int64_t calendar_days_left(const struct calendar *cal, int64_t at)
{
	return cal->until - floor_div(at + calendar_offset(cal, at), DAY_S);
}

/* Whether a holiday by law of the time after the known days is in it. */
static bool knows_statutory(const struct calendar *cal)
{
	return cal->day_count > 0 && cal->days[cal->day_count - 1].date > cal->until;
}

bool calendar_end_text(const struct calendar *cal, int64_t now_at, char text_r[CALENDAR_END_TEXT])
{
	const int64_t left = calendar_days_left(cal, now_at);
	char until[CALENDAR_DATE_SIZE], when[48] = "";

	text_r[0] = '\0';
	if (left >= CALENDAR_WARN_DAYS) return false;
	if (left >= 0) (void)snprintf(when, sizeof(when), ", in %lld days", (long long)left);
	(void)snprintf(text_r, CALENDAR_END_TEXT, "%s on %s%s: of the time after that it knows %s. Add the days as soon as they are published: "
	               "calendars.md, \"When a calendar ends\"", left < 0 ? "ended" : "ends", calendar_date_text(cal->until, until), when,
	               knows_statutory(cal) ? "weekends and statutory holidays, but no moved days" : "weekends, but no holidays");
	return true;
}

/* ---- in words -------------------------------------------------------------------------------------------------------------------------- */

void calendar_why_text(const struct calendar *cal, const struct calendar_row *row, struct buf *b)
{
	static const char *const words[] = {
		[CALENDAR_WHY_ALWAYS] = "round the clock", [CALENDAR_WHY_WORKING] = "working hours", [CALENDAR_WHY_WORKDAY] = "moved working day",
		[CALENDAR_WHY_HOURS] = "hours of this day", [CALENDAR_WHY_BREAK] = "break", [CALENDAR_WHY_OUTSIDE] = "outside working hours",
		[CALENDAR_WHY_DAY_OFF] = "no working day of the week", [CALENDAR_WHY_HOLIDAY] = "holiday",
		[CALENDAR_WHY_MORE] = "working hours and times off, summed up",
	};
	char from[CALENDAR_DATE_SIZE], until[CALENDAR_DATE_SIZE];

	buf_text(b, words[row->why]);
	if (row->name != NULL) buf_format(b, ": %s", row->name);
	if (!row->is_known && cal != NULL)
		buf_format(b, "; weekdays only: the calendar \"%s\" knows the days from %s to %s", cal->name, calendar_date_text(cal->from, from),
		           calendar_date_text(cal->until, until));
}

static void write_row(const struct calendar *cal, const struct calendar_row *row, struct buf *b)
{
	char from[CLOCK_RFC3339_SIZE], until[CLOCK_RFC3339_SIZE];
	struct buf why = BUF_INIT(512);

	calendar_why_text(cal, row, &why);
	buf_format(b, "{\"from\":\"%s\",\"until\":\"%s\",\"counted\":%lld,\"why\":", clock_rfc3339(row->from, from), clock_rfc3339(row->until, until),
	           (long long)row->counted);
	json_quote(b, buf_str(&why));
	buf_text(b, "}");
	buf_release(&why);
}

void calendar_write_rows(const struct calendar *cal, const struct calendar_row *rows, size_t count, struct buf *b)
{
	buf_text(b, "[");
	for (size_t i = 0; i < count; i++) {
		if (i > 0) buf_text(b, ",");
		write_row(cal, &rows[i], b);
	}
	buf_text(b, "]");
}
