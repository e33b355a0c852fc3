/* calendar_ics.c - makes a calendar file of an .ics file (RFC 5545) as calendars and HR programs export them. Bytes are read by libical; what is
 * taken from an event is its days and its summary. The rule of an event is followed here, occurrence by occurrence and with an end. */
#include "policy/calendar.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <libical/ical.h>
#include "base/mem.h"
#include "base/utf8.h"

#define ICS_MAX (4 << 20)
#define OCCURRENCES_MAX 20000           /* of all events together, those outside the wanted dates as well */
#define EVENT_DAYS_MAX 60               /* longer than any holiday */
#define LEFT_OUT_MAX 1000               /* EXDATEs of one event */
#define NAME_MAX_BYTES 64

struct entry { int32_t date; bool is_workday; char *name; };
struct import {
	const struct calendar_import *how;
	struct entry *entries;          /* by date, each once */
	size_t count, room, skipped;
	size_t occurrences;
};

/* ---- days ------------------------------------------------------------------------------------------------------------------------- */

static bool date_of(struct icaltimetype t, int32_t *date_r)
{
	return !icaltime_is_null_time(t) && calendar_date(t.year, t.month, t.day, date_r);
}

/* The first event of a day names it; a day that is worked wins over a day off. */
static void add_day(struct import *im, int32_t date, bool is_workday, const char *name)
{
	size_t i = im->count;

	if (date < im->how->from || date > im->how->until) return;
	while (i > 0 && im->entries[i - 1].date >= date) i--;
	if (i < im->count && im->entries[i].date == date) {
		if (im->entries[i].is_workday || !is_workday) return;
		free(im->entries[i].name);
		im->entries[i] = (struct entry){ date, true, mem_text(name) };
		return;
	}
	if (im->count == CALENDAR_DAYS_MAX) {
		im->skipped++;
		return;
	}
	if (im->count == im->room) {
		im->room = im->room == 0 ? 64 : 2 * im->room;
		im->entries = mem_grow(im->entries, im->room, sizeof(*im->entries));
	}
	memmove(&im->entries[i + 1], &im->entries[i], (im->count - i) * sizeof(*im->entries));
	im->entries[i] = (struct entry){ date, is_workday, mem_text(name) };
	im->count++;
}

/* ---- events ----------------------------------------------------------------------------------------------------------------------- */

struct event { struct icaltimetype start; int days; bool is_workday; char *name; int32_t *left_out; size_t left_out_count; };

static bool says_workday(const struct calendar_import *how, const char *summary)
{
	static const char *const usual[] = { "补班", "(班)", "（班）", "调休上班", "workday", "working day" };

	if (how->workday != NULL) return strcasestr(summary, how->workday) != NULL;
	for (size_t i = 0; i < COUNT_OF(usual); i++)
		if (strcasestr(summary, usual[i]) != NULL) return true;
	return false;
}

static char *name_of(const char *summary)
{
	struct buf b = BUF_INIT(4096);
	size_t len;

	(void)utf8_clean(&b, summary, strnlen(summary, 1024), true);
	len = utf8_cut(buf_str(&b), b.len, NAME_MAX_BYTES);
	if (b.len > len) b.data[len] = '\0';
	return buf_take(&b);
}

/* Days of an event: DTEND is the first day that is free again, DURATION counts from the start; neither: one day. */
static int days_of(icalcomponent *c, int32_t first)
{
	int32_t end;
	icalproperty *duration = icalcomponent_get_first_property(c, ICAL_DURATION_PROPERTY);

	if (icalcomponent_get_first_property(c, ICAL_DTEND_PROPERTY) != NULL && date_of(icalcomponent_get_dtend(c), &end)) return end > first ? end - first : 1;
	if (duration != NULL) {
		const struct icaldurationtype d = icalproperty_get_duration(duration);
		const unsigned days = d.weeks > EVENT_DAYS_MAX ? EVENT_DAYS_MAX + 1 : d.weeks * 7 + d.days;

		return days > 0 && d.is_neg == 0 ? (int)days : 1;
	}
	return 1;
}

/* Whether an event is a day off or a worked day at all: a whole day that was not called off. */
static bool event_read(const struct import *im, icalcomponent *c, struct event *e_r)
{
	const char *summary = icalcomponent_get_summary(c);
	const icalproperty *status = icalcomponent_get_first_property(c, ICAL_STATUS_PROPERTY);
	const struct icaltimetype start = icalcomponent_get_dtstart(c);
	int32_t first;

	if (status != NULL && icalproperty_get_status(status) == ICAL_STATUS_CANCELLED) return false;
	if (!start.is_date || !date_of(start, &first)) return false;
	*e_r = (struct event){ .start = start, .days = days_of(c, first) };
	if (e_r->days > EVENT_DAYS_MAX) return false;
	if (summary == NULL) summary = "";
	e_r->is_workday = says_workday(im->how, summary);
	e_r->name = name_of(summary);
	return true;
}

/* The dates of EXDATE, read before everything else: a component has one place for going through its properties, so such loops never nest. */
static void read_left_out(icalcomponent *c, struct event *e)
{
	int32_t date;

	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_EXDATE_PROPERTY); p != NULL; p = icalcomponent_get_next_property(c, ICAL_EXDATE_PROPERTY)) {
		if (e->left_out_count >= LEFT_OUT_MAX || !date_of(icalproperty_get_exdate(p), &date)) continue;
		e->left_out = mem_grow(e->left_out, e->left_out_count + 1, sizeof(*e->left_out));
		e->left_out[e->left_out_count++] = date;
	}
}

static bool is_left_out(const struct event *e, int32_t date)
{
	for (size_t i = 0; i < e->left_out_count; i++)
		if (e->left_out[i] == date) return true;
	return false;
}

static void add_occurrence(struct import *im, const struct event *e, struct icaltimetype at)
{
	int32_t date;

	if (!date_of(at, &date) || is_left_out(e, date)) return;
	for (int d = 0; d < e->days; d++) add_day(im, date + d, e->is_workday, e->name);
}

static void follow_rule(struct import *im, const struct event *e, icalproperty *rule)
{
	icalrecur_iterator *it = icalrecur_iterator_new(icalproperty_get_rrule(rule), e->start);
	struct icaltimetype at;
	int32_t date;

	if (it == NULL) {
		im->skipped++;
		return;
	}
	for (at = icalrecur_iterator_next(it); date_of(at, &date) && date <= im->how->until; at = icalrecur_iterator_next(it)) {
		if (im->occurrences++ >= OCCURRENCES_MAX) {
			im->skipped++;
			break;
		}
		add_occurrence(im, e, at);
	}
	icalrecur_iterator_free(it);
}

static void take_event(struct import *im, icalcomponent *c)
{
	struct event e = { 0 };

	if (!event_read(im, c, &e)) {
		im->skipped++;
		return;
	}
	read_left_out(c, &e);
	add_occurrence(im, &e, e.start);
	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_RDATE_PROPERTY); p != NULL; p = icalcomponent_get_next_property(c, ICAL_RDATE_PROPERTY))
		add_occurrence(im, &e, icalproperty_get_rdate(p).time);
	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_RRULE_PROPERTY); p != NULL; p = icalcomponent_get_next_property(c, ICAL_RRULE_PROPERTY))
		follow_rule(im, &e, p);
	free(e.left_out);
	free(e.name);
}

/* ---- output ----------------------------------------------------------------------------------------------------------------------- */

/* Days in a row with the same name are one line. */
static void write_entries(const struct import *im, struct buf *out)
{
	for (size_t i = 0, next; i < im->count; i = next) {
		const struct entry *e = &im->entries[i];
		char from[CALENDAR_DATE_SIZE], until[CALENDAR_DATE_SIZE];

		for (next = i + 1; next < im->count && im->entries[next].date == e->date + (int32_t)(next - i) && im->entries[next].is_workday == e->is_workday &&
		                   strcmp(im->entries[next].name, e->name) == 0; next++) {}
		buf_format(out, "%s %s", e->is_workday ? "workday" : "closed ", calendar_date_text(e->date, from));
		if (next - i > 1) buf_format(out, "..%s", calendar_date_text(im->entries[next - 1].date, until));
		buf_format(out, "%s%s\n", e->name[0] != '\0' ? " " : "", e->name);
	}
}

static void write_file(const struct import *im, struct buf *out)
{
	char from[CALENDAR_DATE_SIZE], until[CALENDAR_DATE_SIZE];

	buf_format(out, "# Made from %s: %zu days.\nzone    %s\nknown   %s..%s\nweek    %s\n\n", im->how->title, im->count, im->how->zone,
	           calendar_date_text(im->how->from, from), calendar_date_text(im->how->until, until), im->how->week);
	write_entries(im, out);
}

enum ik_rc calendar_import(const char *ics, size_t len, const struct calendar_import *how, struct buf *out, size_t *skipped_r, struct ik_error *err)
{
	struct import im = { .how = how };
	icalcomponent *all;

	if (len > ICS_MAX || memchr(ics, '\0', len) != NULL) return ik_fail(IK_REJECT, err, "%s: too large, or no text", how->title);
	all = icalparser_parse_string(ics);
	if (all == NULL || icalcomponent_isa(all) != ICAL_VCALENDAR_COMPONENT) {
		if (all != NULL) icalcomponent_free(all);
		return ik_fail(IK_REJECT, err, "%s: no iCalendar file", how->title);
	}
	for (icalcomponent *c = icalcomponent_get_first_component(all, ICAL_VEVENT_COMPONENT); c != NULL;
	     c = icalcomponent_get_next_component(all, ICAL_VEVENT_COMPONENT))
		take_event(&im, c);
	write_file(&im, out);
	for (size_t i = 0; i < im.count; i++) free(im.entries[i].name);
	free(im.entries);
	icalcomponent_free(all);
	*skipped_r = im.skipped;
	return buf_check(out, "calendar", err);
}
