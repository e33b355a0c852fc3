/* date.c - the Date of a mail as seconds since 1970. Nearly all are written as the standard wants them and are read here; the others are mended as far as
 * mailers are known to go beside it and given to GMime. Source: RFC 5322 3.3, 4.3. */
#include "mail/header.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <gmime/gmime.h>
#include "base/buf.h"
#include "base/clock.h"

#define LOOK_MAX 200                    /* bytes */
#define YEAR_LEAST 1970
#define YEAR_MOST 2099                  /* others are GMime's to judge */

/* ---- as the standard wants it ---- */

/* What is left to read; nothing once a read has failed. */
struct cursor { const char *at, *end; bool is_failed; };

static void fail(struct cursor *c)
{
	c->at = c->end;
	c->is_failed = true;
}

static void take_char(struct cursor *c, char wanted)
{
	if (c->at < c->end && *c->at == wanted) c->at++;
	else fail(c);
}

/* A number of least to most digits. */
static int take_number(struct cursor *c, int least, int most)
{
	int number = 0, digits = 0;

	for (; digits < most && c->at < c->end && *c->at >= '0' && *c->at <= '9'; digits++) number = number * 10 + *c->at++ - '0';
	if (digits < least) fail(c);
	return number;
}

/* One of the names of three letters; which. */
static int take_name(struct cursor *c, const char *names)
{
	for (int i = 0; c->end - c->at >= 3 && names[3 * i] != '\0'; i++)
		if (memcmp(c->at, names + 3 * i, 3) == 0) {
			c->at += 3;
			return i;
		}
	fail(c);
	return 0;
}

/* Seconds that "+0130" is ahead of UTC. */
static int64_t take_zone(struct cursor *c)
{
	const bool is_behind = c->at < c->end && *c->at == '-';
	int zone;

	take_char(c, is_behind ? '-' : '+');
	zone = take_number(c, 4, 4);
	if (zone % 100 > 59 || zone > 1400) fail(c);
	return (is_behind ? -60 : 60) * (int64_t)(zone / 100 * 60 + zone % 100);
}

/* Nothing but white space and a comment. */
static void take_end(struct cursor *c)
{
	while (c->at < c->end && *c->at == ' ') c->at++;
	if (c->at < c->end && *c->at == '(') {
		for (c->at++; c->at < c->end && isalpha((unsigned char)*c->at); c->at++) continue;
		take_char(c, ')');
	}
	while (c->at < c->end && isspace((unsigned char)*c->at)) c->at++;
	if (c->at != c->end) fail(c);
}

static bool is_leap_year(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* month: 0 to 11. */
static int64_t days_before(int year, int month, int day)
{
	static const int16_t before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	const int past = year - 1;

	return (int64_t)past * 365 + past / 4 - past / 100 + past / 400 - 719162 + before[month] + (month > 1 && is_leap_year(year)) + day - 1;
}

static int days_of(int year, int month)
{
	static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month] + (month == 1 && is_leap_year(year));
}

/* "Mon, 23 Nov 2026 01:31:16 +0100 (CET)"; false when it is written otherwise, which says nothing about it. */
static bool read_standard(const char *raw, size_t len, int64_t *at_r)
{
	struct cursor c = { .at = raw, .end = raw + len };
	int day, month, year, hour, minute, second;
	int64_t ahead_s;

	while (c.at < c.end && isspace((unsigned char)*c.at)) c.at++;
	if (c.at < c.end && isalpha((unsigned char)*c.at)) {
		(void)take_name(&c, "MonTueWedThuFriSatSun");
		take_char(&c, ',');
		take_char(&c, ' ');
	}
	day = take_number(&c, 1, 2);
	take_char(&c, ' ');
	month = take_name(&c, "JanFebMarAprMayJunJulAugSepOctNovDec");
	take_char(&c, ' ');
	year = take_number(&c, 4, 4);
	take_char(&c, ' ');
	hour = take_number(&c, 2, 2);
	take_char(&c, ':');
	minute = take_number(&c, 2, 2);
	take_char(&c, ':');
	second = take_number(&c, 2, 2);
	take_char(&c, ' ');
	ahead_s = take_zone(&c);
	take_end(&c);
	if (c.is_failed || year < YEAR_LEAST || year > YEAR_MOST || day < 1 || day > days_of(year, month) || hour > 23 || minute > 59 || second > 59) return false;
	*at_r = days_before(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - ahead_s;
	return true;
}

/* ---- as it comes ---- */

static bool is_digit(char c)
{
	return isdigit((unsigned char)c) != 0;
}

/* The zone at text as "+hhmm", when it is written "+hh:mm", "GMT+hhmm", "UTC+h": how many bytes of text that takes, 0 when it is no such zone. */
static size_t odd_zone(const char *text, char zone_r[8])
{
	const size_t name = strncasecmp(text, "GMT", 3) == 0 || strncasecmp(text, "UTC", 3) == 0 ? 3 : 0;
	const char *at = text + name;
	size_t hours;

	if (*at != '+' && *at != '-') return 0;
	hours = strspn(++at, "0123456789");
	if (hours == 0 || hours == 3 || hours > 4) return 0;
	if (hours <= 2 && at[hours] == ':' && is_digit(at[hours + 1]) && is_digit(at[hours + 2]) && !is_digit(at[hours + 3])) {
		(void)snprintf(zone_r, 8, "%c%s%.*s%.2s", text[name], hours == 1 ? "0" : "", (int)hours, at, at + hours + 1);
		return name + 1 + hours + 3;
	}
	if (name == 0) return 0;
	(void)snprintf(zone_r, 8, "%c%s%.*s%s", text[name], hours == 1 ? "0" : "", (int)hours, at, hours <= 2 ? "00" : "");
	return name + 1 + hours;
}

static bool ends_in_digit(const struct buf *out)
{
	return out->len > 0 && is_digit(out->data[out->len - 1]);
}

/* "10:00:00+0200" behind a date with spaces: the zone wants one as well. */
static bool is_glued_zone(const struct buf *out, const char *line)
{
	return (*line == '+' || *line == '-') && is_digit(line[1]) && ends_in_digit(out) && memchr(out->data, ':', out->len) != NULL && memchr(out->data, ' ', out->len) != NULL;
}

/* "2025 10.00.00": the first dot of a time, or the second behind the colon that was put for it. */
static bool is_dotted_time(const struct buf *out, const char *line)
{
	const size_t len = out->len;

	if (line[0] != '.' || !is_digit(line[1]) || !is_digit(line[2]) || is_digit(line[3]) || len < 8 || !ends_in_digit(out)) return false;
	if (out->data[len - 3] == ':') return is_digit(out->data[len - 2]);
	return out->data[len - 3] == ' ' && is_digit(out->data[len - 2]) && is_digit(out->data[len - 4]) && is_digit(out->data[len - 5]) && is_digit(out->data[len - 7]);
}

/* Brings what mailers write beside the standard into its form; comments go. True when the second is a leap second, now written 59. */
static bool mend_date(struct buf *out, const char *line)
{
	bool is_leap = false;
	size_t depth = 0;

	for (size_t len; *line != '\0'; line += len) {
		char zone[8];

		len = 1;
		if (*line == '(') depth++;
		if (depth > 0) { depth -= *line == ')'; continue; }
		if (out->len > 0 && out->data[out->len - 1] == ' ' && (len = odd_zone(line, zone)) > 0) { buf_text(out, zone); continue; }
		len = 1;
		if (is_glued_zone(out, line)) {
			buf_char(out, ' ');
			len = 0;
		} else if (is_dotted_time(out, line)) {
			buf_char(out, ':');
		} else if (strncmp(line, ":60", 3) == 0 && !is_digit(line[3])) {
			is_leap = true;
			buf_text(out, ":59");
			len = 3;
		} else {
			buf_char(out, *line);
		}
	}
	while (out->len > 0 && strchr(" .;,", out->data[out->len - 1]) != NULL) out->data[--out->len] = '\0';
	return is_leap;
}

static int64_t read_mended(const char *raw, size_t len)
{
	struct buf folded = BUF_INIT(256), line = BUF_INIT(512);
	GDateTime *date;
	bool is_leap;
	int64_t at = 0;

	header_unfold(&folded, raw, len);
	is_leap = mend_date(&line, buf_str(&folded));
	date = g_mime_utils_header_decode_date(buf_str(&line));
	if (date != NULL) {
		at = g_date_time_to_unix(date);
		g_date_time_unref(date);
	} else {
		at = clock_parse_rfc3339(buf_str(&line));
	}
	at += is_leap && at > 0;
	buf_release(&folded);
	buf_release(&line);
	return at;
}

int64_t header_date(const char *raw, size_t len)
{
	const size_t look = len < LOOK_MAX ? len : LOOK_MAX;
	int64_t at;

	if (!read_standard(raw, look, &at)) at = read_mended(raw, look);
	return at > 0 && at < 253402300800 ? at : 0;
}
