/* event.c - see event.h. Folded lines are joined while they are read; what stands in an alarm or a time zone inside is not the event's. */
#include "text/event.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define LINE_MAX_BYTES 65536
#define LINES_MAX 5000
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

enum { SUMMARY, START, END, PLACE, DESCRIPTION, COMMENT, PROPERTIES };
static const char *const names[PROPERTIES] = { "SUMMARY", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION", "COMMENT" };

/* A property: its value, and the time zone and kind its parameters name. */
struct event { struct buf values[PROPERTIES], zone, method; size_t depth; bool is_in, is_read; };

/* One content line from *at, unfolded; false at the end. */
static bool next_line(const char *ics, size_t len, size_t *at, struct buf *line)
{
	buf_clear(line);
	if (*at >= len) return false;
	do {
		const char *end = memchr(ics + *at, '\n', len - *at);
		const size_t stop = end != NULL ? (size_t)(end - ics) : len;

		(void)buf_add(line, ics + *at, stop - *at);
		*at = stop < len ? stop + 1 : len;
	} while (*at < len && (ics[*at] == ' ' || ics[*at] == '\t') && ++*at > 0);
	return true;
}

void event_unfold(struct buf *ics)
{
	size_t to = 0;

	for (size_t at = 0; at < ics->len; at++) {
		const size_t end = ics->data[at] == '\r' && at + 1 < ics->len ? at + 1 : at;

		if (ics->data[end] == '\n' && end + 1 < ics->len && (ics->data[end + 1] == ' ' || ics->data[end + 1] == '\t')) at = end + 1;
		else ics->data[to++] = ics->data[at];
	}
	ics->len = to;
	if (ics->data != NULL) ics->data[to] = '\0';
}

/* Where the value begins: behind the first colon that stands in no quoted parameter; NULL without one. */
static const char *value_of(const char *line)
{
	bool is_quoted = false;

	for (; *line != '\0'; line++) {
		if (*line == '"') is_quoted = !is_quoted;
		else if (*line == ':' && !is_quoted) return line + 1;
	}
	return NULL;
}

static bool is_named(const char *line, const char *name)
{
	const size_t len = strlen(name);

	return strncasecmp(line, name, len) == 0 && (line[len] == ':' || line[len] == ';');
}

static void take_text(struct buf *out, const char *value)
{
	for (; *value != '\0'; value++) {
		if (*value != '\\' || value[1] == '\0') (void)buf_char(out, *value);
		else if (*++value == 'n' || *value == 'N') (void)buf_char(out, '\n');
		else (void)buf_char(out, *value);
	}
}

static void take_zone(struct buf *zone, const char *line, const char *value)
{
	const char *at = strcasestr(line, ";TZID=");

	if (at == NULL || at > value || zone->len > 0) return;
	at += strlen(";TZID=");
	if (*at == '"') (void)buf_add(zone, at + 1, strcspn(at + 1, "\""));
	else (void)buf_add(zone, at, strcspn(at, ";:"));
}

static void take_property(struct event *e, const char *line)
{
	const char *value = value_of(line);

	for (size_t i = 0; value != NULL && i < PROPERTIES; i++) {
		if (!is_named(line, names[i]) || e->values[i].len > 0) continue;
		take_text(&e->values[i], value);
		if (i == START) take_zone(&e->zone, line, value);
	}
}

static bool is_component(const char *line, const char *edge)
{
	return strcasecmp(line, edge) == 0;
}

static void take_line(struct event *e, const char *line)
{
	if (!e->is_in) {
		if (is_named(line, "METHOD") && value_of(line) != NULL) (void)buf_add(&e->method, value_of(line), strspn(value_of(line), LETTERS));
		e->is_in = is_component(line, "BEGIN:VEVENT") || is_component(line, "BEGIN:VTODO");
	} else if (strncasecmp(line, "BEGIN:", 6) == 0) {
		e->depth++;
	} else if (strncasecmp(line, "END:", 4) == 0) {
		if (e->depth == 0) e->is_read = true;
		else e->depth--;
	} else if (e->depth == 0) {
		take_property(e, line);
	}
}

/* ---- time ---- */

static bool has_digits(const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!isdigit((unsigned char)text[i])) return false;
	return true;
}

static bool is_date(const char *value)
{
	return has_digits(value, 8) && (value[8] == '\0' || value[8] == 'T');
}

static void add_date(struct buf *out, const char *value)
{
	(void)buf_format(out, "%.4s-%.2s-%.2s", value, value + 4, value + 6);
}

static void add_clock(struct buf *out, const char *value)
{
	if (value[8] == 'T' && has_digits(value + 9, 4)) (void)buf_format(out, "%.2s:%.2s", value + 9, value + 11);
}

/* The last day of an event of whole days: its end names the day after. */
static void last_day(const char *end, char day_r[16])
{
	struct tm tm = { 0 };
	time_t at;

	(void)snprintf(day_r, 16, "%.8s", end);
	if (sscanf(day_r, "%4d%2d%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday) != 3) return;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	tm.tm_hour = 12;
	at = timegm(&tm) - 86400;
	if (gmtime_r(&at, &tm) != NULL) (void)strftime(day_r, 16, "%Y%m%d", &tm);
}

static void add_end(struct buf *out, const char *start, const char *end)
{
	const bool has_clock = end[8] == 'T';
	char day[16];

	last_day(end, day);
	if (!has_clock && strcmp(day, start) > 0) {
		(void)buf_text(out, " - ");
		add_date(out, day);
	}
	if (!has_clock) return;
	(void)buf_text(out, " - ");
	if (strncmp(start, end, 8) != 0) {
		add_date(out, end);
		(void)buf_char(out, ' ');
	}
	add_clock(out, end);
}

/* "2026-05-13 16:00 - 17:00 (Asia/Shanghai)" */
static void add_time(struct buf *out, const struct event *e)
{
	const char *start = buf_str(&e->values[START]), *end = buf_str(&e->values[END]);

	if (!is_date(start)) return;
	if (out->len > 0) (void)buf_char(out, '\n');
	add_date(out, start);
	if (start[8] == 'T') (void)buf_char(out, ' ');
	add_clock(out, start);
	if (is_date(end) && (end[8] == 'T') == (start[8] == 'T')) add_end(out, start, end);
	if (start[8] == 'T' && start[strlen(start) - 1] == 'Z') (void)buf_text(out, " UTC");
	else if (e->zone.len > 0) (void)buf_format(out, " (%s)", buf_str(&e->zone));
}

/* ---- the whole ---- */

static void add_value(struct buf *out, const struct buf *value)
{
	if (value->len == 0) return;
	if (out->len > 0) (void)buf_char(out, '\n');
	(void)buf_add(out, value->data, value->len);
}

/* An invitation needs no word; that it is called off, or an answer, does. */
static void add_event(struct buf *out, const struct event *e)
{
	const char *method = buf_str(&e->method);
	struct buf text = BUF_INIT(out->max);

	if (method[0] != '\0' && strcasecmp(method, "REQUEST") != 0 && strcasecmp(method, "PUBLISH") != 0) (void)buf_format(&text, "[%s] ", method);
	if (e->values[SUMMARY].len > 0) (void)buf_add(&text, e->values[SUMMARY].data, e->values[SUMMARY].len);
	add_time(&text, e);
	add_value(&text, &e->values[PLACE]);
	if (e->values[DESCRIPTION].len > 0) (void)buf_char(&text, '\n');
	add_value(&text, &e->values[DESCRIPTION]);
	add_value(&text, &e->values[COMMENT]);
	(void)buf_add(out, buf_str(&text), text.len);
	buf_release(&text);
}

bool event_to_text(struct buf *out, const char *ics, size_t len)
{
	struct buf line = BUF_INIT(LINE_MAX_BYTES);
	struct event e = { .zone = BUF_INIT(100), .method = BUF_INIT(20) };
	bool says = false;

	for (size_t i = 0; i < PROPERTIES; i++) e.values[i] = (struct buf)BUF_INIT(LINE_MAX_BYTES);
	for (size_t at = 0, lines = 0; !e.is_read && lines < LINES_MAX && next_line(ics, len, &at, &line); lines++) take_line(&e, buf_str(&line));
	says = e.is_in && (e.values[SUMMARY].len > 0 || e.values[PLACE].len > 0 || e.values[DESCRIPTION].len > 0 || e.values[COMMENT].len > 0);
	if (says) add_event(out, &e);
	for (size_t i = 0; i < PROPERTIES; i++) buf_release(&e.values[i]);
	buf_release(&e.zone);
	buf_release(&e.method);
	buf_release(&line);
	return says;
}
