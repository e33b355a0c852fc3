/* calendar_file.c - reads a calendar file: one statement a line, words separated by spaces, "#" starts a comment line.
 *   include NAME                              everything another calendar says; only before all else
 *   zone    Asia/Shanghai
 *   known   2025-01-01..2026-12-31            the days whose holidays are in this file
 *   week    Mon-Fri 09:00-12:00 13:00-18:00   or Sat,Sun closed
 *   closed  2026-10-01..2026-10-07 国庆节      a holiday
 *   statutory 2027-01-01 元旦                 a holiday by law, which may lie outside the known days
 *   workday 2026-10-10 国庆节                  worked like the first working day of the week (调休)
 *   hours   2026-02-14 09:00-12:00 除夕        hours of its own
 * What a file says itself replaces what it includes; the same day twice in one file is an error. */
#include "policy/calendar.h"

#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "policy/policy_parts.h"

#define FILE_MAX (1 << 20)
#define LINE_MAX_BYTES 512
#define NAME_MAX_BYTES 64               /* of a day */
#define RANGE_MAX 400                   /* days one line may name */
#define INCLUDE_MAX 3                   /* calendars inside each other */
#define DAY_MINUTES 1440
#define WEEK_MIN 60                     /* minutes of work a week holds at least, so that every deadline comes */

struct reading {
	struct calendar *cal;
	const char *folder;
	const char *name;               /* of the file being read */
	size_t line;
	uint16_t level;                 /* how deeply the file is included, counted from the innermost: the higher one wins */
	size_t day_room, text_room;
	bool has_statement;
};

static enum ik_rc bad(const struct reading *r, struct ik_error *err, const char *what, const char *found)
{
	return ik_fail(IK_CONFIG, err, "calendar %s, line %zu: %s; found \"%.60s\"", r->name, r->line, what, found);
}

/* ---- words -------------------------------------------------------------------------------------------------------------------- */

/* The next word, cut off in place; "" at the end of the line. */
static char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t");
	size_t len = strcspn(word, " \t");

	*rest = word + len;
	if (**rest != '\0') *(*rest)++ = '\0';
	return word;
}

/* digits decimal digits at text; -1 when they are none. */
static int digits_at(const char *text, size_t digits)
{
	int value = 0;

	for (size_t i = 0; i < digits; i++) {
		if (text[i] < '0' || text[i] > '9') return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

const char *calendar_read_date(const char *text, int32_t *date_r)
{
	int year, month, day;

	if (strlen(text) < 10 || text[4] != '-' || text[7] != '-') return NULL;
	year = digits_at(text, 4);
	month = digits_at(text + 5, 2);
	day = digits_at(text + 8, 2);
	return calendar_date(year, month, day, date_r) ? text + 10 : NULL;
}

/* "2026-10-01" or "2026-10-01..2026-10-07" */
static bool read_dates(const char *text, int32_t *from_r, int32_t *until_r)
{
	const char *end = calendar_read_date(text, from_r);

	*until_r = *from_r;
	if (end != NULL && strncmp(end, "..", 2) == 0) end = calendar_read_date(end + 2, until_r);
	return end != NULL && *end == '\0' && *from_r <= *until_r;
}

/* "09:00" at text; -1 when it is no time of day. 24:00 is the end of the day. */
static int read_minute(const char *text)
{
	int hour = -1, minute = -1;

	if (strnlen(text, 5) == 5 && text[2] == ':') hour = digits_at(text, 2), minute = digits_at(text + 3, 2);
	if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > DAY_MINUTES) return -1;
	return hour * 60 + minute;
}

/* Whether a word at text is meant as an interval, right or wrong. */
static bool looks_like_span(const char *text)
{
	return strnlen(text, 6) == 6 && digits_at(text, 2) >= 0 && text[2] == ':' && text[5] == '-';
}

static enum ik_rc add_span(const struct reading *r, const char *word, struct calendar_hours *h, struct ik_error *err)
{
	const bool is_span = looks_like_span(word) && strlen(word) == 11;
	const int from = is_span ? read_minute(word) : -1, until = is_span ? read_minute(word + 6) : -1;

	if (from < 0 || until < 0) return bad(r, err, "expected hours such as 09:00-12:00", word);
	if (from >= until) return bad(r, err, "the end comes before the start; work past midnight is 22:00-24:00 and 00:00-06:00 of the next day", word);
	if (h->count > 0 && from < h->span[h->count - 1].until) return bad(r, err, "intervals of a day stand in order and apart", word);
	if (h->count == CALENDAR_SPANS_MAX) return bad(r, err, "too many intervals in a day", word);
	/* 09:00-12:00 12:00-15:00 is one stretch: nobody has a break in it. */
	if (h->count > 0 && from == h->span[h->count - 1].until) h->span[h->count - 1].until = (uint16_t)until;
	else h->span[h->count++] = (struct calendar_span){ (uint16_t)from, (uint16_t)until };
	return IK_OK;
}

/* ---- statements ------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc read_zone(struct reading *r, char *rest, struct ik_error *err)
{
	const char *zone = next_word(&rest);

	if (!zone_check(zone)) return bad(r, err, "expected an IANA time zone such as Asia/Shanghai", zone);
	free(r->cal->zone);
	r->cal->zone = mem_text(zone);
	return *next_word(&rest) == '\0' ? IK_OK : bad(r, err, "expected one time zone", zone);
}

static enum ik_rc read_known(struct reading *r, char *rest, struct ik_error *err)
{
	const char *dates = next_word(&rest);
	int32_t from = 0, until = 0;

	if (!read_dates(dates, &from, &until)) return bad(r, err, "expected two dates such as 2026-01-01..2026-12-31", dates);
	r->cal->from = from;
	r->cal->until = until;
	return IK_OK;
}

static int weekday(const char *text)
{
	static const char *const names[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };

	for (int i = 0; i < 7; i++)
		if (strncmp(text, names[i], 3) == 0) return i;
	return -1;
}

/* "Mon-Fri,Sun" as bits; 0 when it is none. */
static unsigned weekdays_of(const char *text)
{
	unsigned days = 0;

	for (;;) {
		const int first = weekday(text);
		int last = first;

		if (first >= 0 && text[3] == '-') text += 4, last = weekday(text);
		if (first < 0 || last < 0) return 0;
		for (int d = first; d != last; d = (d + 1) % 7) days |= 1u << d;
		days |= 1u << last;
		if (text[3] == '\0') return days;
		if (text[3] != ',') return 0;
		text += 4;
	}
}

static enum ik_rc read_week(struct reading *r, char *rest, struct ik_error *err)
{
	const char *word = next_word(&rest);
	const unsigned days = weekdays_of(word);
	struct calendar_hours hours = { 0 };
	enum ik_rc rc = IK_OK;

	if (days == 0) return bad(r, err, "expected days such as Mon-Fri or Sat,Sun", word);
	word = next_word(&rest);
	if (strcmp(word, "closed") == 0) {
		word = next_word(&rest);
		if (*word != '\0') return bad(r, err, "a closed day has no hours", word);
	} else if (*word == '\0') {
		return bad(r, err, "expected hours such as 09:00-12:00, or closed", word);
	}
	for (; rc == IK_OK && *word != '\0'; word = next_word(&rest)) rc = add_span(r, word, &hours, err);
	for (size_t i = 0; rc == IK_OK && i < 7; i++)
		if ((days & 1u << i) != 0) r->cal->week[i] = hours;
	return rc;
}

/* Keeps the name of a day; NULL for none. */
static const char *keep_name(struct reading *r, char *text)
{
	struct calendar *cal = r->cal;
	size_t len = strlen(text);

	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t')) len--;
	if (len == 0) return NULL;
	if (cal->text_count == r->text_room) {
		r->text_room = r->text_room == 0 ? 16 : 2 * r->text_room;
		cal->texts = mem_grow(cal->texts, r->text_room, sizeof(*cal->texts));
	}
	return cal->texts[cal->text_count++] = mem_copy(text, utf8_cut(text, len, NAME_MAX_BYTES));
}

/* Where a date is or belongs. */
static size_t day_place(const struct calendar *cal, int32_t date)
{
	size_t i = cal->day_count;

	while (i > 0 && cal->days[i - 1].date >= date) i--;
	return i;
}

static enum ik_rc put_day(struct reading *r, const struct calendar_day *day, struct ik_error *err)
{
	struct calendar *cal = r->cal;
	const size_t place = day_place(cal, day->date);
	char text[CALENDAR_DATE_SIZE];

	if (place < cal->day_count && cal->days[place].date == day->date) {
		if (cal->days[place].level == day->level) return bad(r, err, "this day is in the file already", calendar_date_text(day->date, text));
		cal->days[place] = *day;
		return IK_OK;
	}
	if (cal->day_count == CALENDAR_DAYS_MAX) return bad(r, err, "too many days", calendar_date_text(day->date, text));
	if (cal->day_count == r->day_room) {
		r->day_room = r->day_room == 0 ? 64 : 2 * r->day_room;
		cal->days = mem_grow(cal->days, r->day_room, sizeof(*cal->days));
	}
	memmove(&cal->days[place + 1], &cal->days[place], (cal->day_count - place) * sizeof(*cal->days));
	cal->days[place] = *day;
	cal->day_count++;
	return IK_OK;
}

/* One interval or more; *rest is then at what follows them. */
static enum ik_rc read_spans(const struct reading *r, char **rest, struct calendar_hours *hours, struct ik_error *err)
{
	enum ik_rc rc = add_span(r, next_word(rest), hours, err);

	while (rc == IK_OK && looks_like_span(*rest += strspn(*rest, " \t"))) rc = add_span(r, next_word(rest), hours, err);
	return rc;
}

static enum ik_rc read_day(struct reading *r, enum calendar_kind kind, char *rest, struct ik_error *err)
{
	const char *dates = next_word(&rest);
	struct calendar_day day = { .kind = (uint16_t)kind, .level = r->level };
	int32_t from = 0, until = 0;
	enum ik_rc rc = IK_OK;

	if (!read_dates(dates, &from, &until)) return bad(r, err, "expected a date such as 2026-10-01 or 2026-10-01..2026-10-07", dates);
	if (until - from >= RANGE_MAX) return bad(r, err, "more days than a year has", dates);
	if (kind == CALENDAR_HOURS) rc = read_spans(r, &rest, &day.hours, err);
	if (rc == IK_OK) day.name = keep_name(r, rest + strspn(rest, " \t"));
	for (day.date = from; rc == IK_OK && day.date <= until; day.date++) rc = put_day(r, &day, err);
	return rc;
}

static enum ik_rc read_file(struct reading *r, const char *name, struct ik_error *err);

/* The included file is read as one level further in; the line and level of this one come back afterwards. */
static enum ik_rc read_include(struct reading *r, char *rest, struct ik_error *err)
{
	const struct reading outer = *r;
	char *name = next_word(&rest);
	enum ik_rc rc;

	if (r->has_statement) return bad(r, err, "include stands before everything else", name);
	if (r->folder == NULL || r->level == 0) return bad(r, err, "calendars include each other too deeply", name);
	if (!calendar_name_check(name)) return bad(r, err, "expected the name of a calendar", name);
	r->level--;
	rc = read_file(r, name, err);
	r->name = outer.name;
	r->line = outer.line;
	r->level = outer.level;
	r->has_statement = false;
	return rc;
}

static enum ik_rc read_line(struct reading *r, char *rest, struct ik_error *err)
{
	const char *word = next_word(&rest);
	enum ik_rc rc;

	if (*word == '\0' || *word == '#') return IK_OK;
	if (strcmp(word, "include") == 0) return read_include(r, rest, err);
	r->has_statement = true;
	if (strcmp(word, "zone") == 0) rc = read_zone(r, rest, err);
	else if (strcmp(word, "known") == 0) rc = read_known(r, rest, err);
	else if (strcmp(word, "week") == 0) rc = read_week(r, rest, err);
	else if (strcmp(word, "closed") == 0) rc = read_day(r, CALENDAR_CLOSED, rest, err);
	else if (strcmp(word, "statutory") == 0) rc = read_day(r, CALENDAR_STATUTORY, rest, err);
	else if (strcmp(word, "workday") == 0) rc = read_day(r, CALENDAR_WORKDAY, rest, err);
	else if (strcmp(word, "hours") == 0) rc = read_day(r, CALENDAR_HOURS, rest, err);
	else rc = bad(r, err, "expected include, zone, known, week, closed, statutory, workday or hours", word);
	return rc;
}

/* ---- files ---------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc read_text(struct reading *r, const char *text, size_t len, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	r->line = 0;
	r->has_statement = false;
	while (rc == IK_OK && len > 0) {
		const char *end = memchr(text, '\n', len);
		const size_t line = end != NULL ? (size_t)(end - text) : len, step = line + (end != NULL ? 1 : 0);
		char copy[LINE_MAX_BYTES + 1];

		r->line++;
		if (line > LINE_MAX_BYTES) return bad(r, err, "the line is too long", "");
		if (memchr(text, '\0', line) != NULL || !utf8_valid(text, line)) return bad(r, err, "expected UTF-8 text", "");
		memcpy(copy, text, line);
		copy[line > 0 && copy[line - 1] == '\r' ? line - 1 : line] = '\0';
		for (char *c = copy; *c != '\0'; c++)
			if ((unsigned char)*c < ' ' && *c != '\t') return bad(r, err, "a control character", "");
		rc = read_line(r, copy, err);
		text += step;
		len -= step;
	}
	return rc;
}

static enum ik_rc read_file(struct reading *r, const char *name, struct ik_error *err)
{
	struct buf text = BUF_INIT(FILE_MAX);
	char *path = mem_format("%s/%s.cal", r->folder, name);
	enum ik_rc rc = file_read(path, &text, err);

	r->name = name;
	if (rc == IK_OK) rc = read_text(r, buf_str(&text), text.len, err);
	else rc = IK_CONFIG;            /* whatever kept it from being read, an operator must act */
	buf_release(&text);
	free(path);
	return rc;
}

/* What must be there once all lines were read; then the zone's clock is looked up. */
static enum ik_rc complete(struct calendar *cal, struct ik_error *err)
{
	int minutes = 0;

	for (size_t d = 0; d < 7; d++)
		for (size_t i = 0; i < cal->week[d].count; i++) minutes += cal->week[d].span[i].until - cal->week[d].span[i].from;
	if (cal->zone == NULL) return ik_fail(IK_CONFIG, err, "calendar %s: the line \"zone Asia/Shanghai\" or another zone is missing", cal->name);
	if (cal->until < cal->from) return ik_fail(IK_CONFIG, err, "calendar %s: the line \"known 2026-01-01..2026-12-31\" is missing", cal->name);
	if (minutes < WEEK_MIN) return ik_fail(IK_CONFIG, err, "calendar %s: its weeks hold no working time; write week Mon-Fri 09:00-18:00", cal->name);
	for (size_t i = 0; i < cal->day_count; i++) {
		char date[CALENDAR_DATE_SIZE];

		if (cal->days[i].kind != CALENDAR_STATUTORY && (cal->days[i].date < cal->from || cal->days[i].date > cal->until))
			return ik_fail(IK_CONFIG, err, "calendar %s: %s is outside the known days", cal->name, calendar_date_text(cal->days[i].date, date));
	}
	return zone_shifts(cal->zone, &cal->shifts, &cal->shift_count, err);
}

static enum ik_rc read_whole(const char *name, const char *text, size_t len, const char *folder, struct calendar **cal_r, struct ik_error *err)
{
	struct calendar *cal = mem_new(sizeof(*cal));
	struct reading r = { .cal = cal, .folder = folder, .name = name, .level = INCLUDE_MAX };
	enum ik_rc rc;

	cal->name = mem_text(name);
	cal->until = -1;
	rc = text != NULL ? read_text(&r, text, len, err) : read_file(&r, name, err);
	if (rc == IK_OK) rc = complete(cal, err);
	if (rc == IK_OK) *cal_r = cal;
	else calendar_free(&cal);
	return rc;
}

enum ik_rc calendar_parse(const char *name, const char *text, size_t len, const char *folder, struct calendar **cal_r, struct ik_error *err)
{
	return len > FILE_MAX ? ik_fail(IK_CONFIG, err, "calendar %s: larger than a calendar can be", name) : read_whole(name, text, len, folder, cal_r, err);
}

enum ik_rc calendar_load(const char *folder, const char *name, struct calendar **cal_r, struct ik_error *err)
{
	if (!calendar_name_check(name))
		return ik_fail(IK_CONFIG, err, "\"%.60s\" cannot name a calendar; use lower-case letters, digits, - and _", name);
	return read_whole(name, NULL, 0, folder, cal_r, err);
}

bool calendar_name_check(const char *name)
{
	const size_t len = strlen(name);

	return len > 0 && len <= 40 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == len;
}

void calendar_free(struct calendar **cal)
{
	struct calendar *c = *cal;

	if (c == NULL) return;
	for (size_t i = 0; i < c->text_count; i++) free(c->texts[i]);
	free(c->texts);
	free(c->days);
	free(c->shifts);
	free(c->zone);
	free(c->name);
	mem_free(cal);
}
