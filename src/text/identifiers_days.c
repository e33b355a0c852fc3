/* identifiers_days.c - days and times of the day that are written with digits or with the name of a month. */
#include "text/identifiers_parts.h"

#include <stdio.h>
#include "base/mem.h"

bool ident_put_date(struct ident *id, const struct run *r, long month, long day)
{
	char text[16];

	if (month < 1 || month > 12 || day < 1 || day > 31) return false;
	(void)snprintf(text, sizeof(text), "%02ld-%02ld", month, day);
	ident_put(id, r, IDENT_DATE, (uint32_t)(month * 32 + day), text);
	return true;
}

/* "August's bill", "8月账单": the month that something is for; day 0. */
static bool put_month(struct ident *id, const struct run *r, long month)
{
	char text[16];

	if (month < 1 || month > 12) return false;
	(void)snprintf(text, sizeof(text), "%02ld", month);
	ident_put(id, r, IDENT_DATE, (uint32_t)(month * 32), text);
	return true;
}

/* What is paid or told by the month stands behind it. */
static bool is_for_month(const char *text, size_t len)
{
	static const char *const words[] = { "账单", "话费", "电费", "水费", "燃气费", "煤气费", "房租", "租金", "月租", "会费", "物业费", "保费", "工资", "账期", "对账", "费用", "月结", "bill", "invoice", "rent", "statement", "fee", "payment", "instalment",
	                                     "installment", "premium", "salary", "rechnung", "abrechnung", "miete", "facture" };
	size_t at = 0;

	if (starts_with(text, len, "份")) at += 3;
	if (starts_with(text + at, len - at, "的")) at += 3;
	if (starts_with(text + at, len - at, "'s")) at += 2;
	while (at < len && text[at] == ' ') at++;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (starts_with(text + at, len - at, words[i])) return true;
	return false;
}

static size_t number_at(const char *text, size_t len, size_t at, long *value_r)
{
	const size_t start = at;
	long value = 0;

	while (at < len && at < start + 6 && isdigit((unsigned char)text[at])) value = value * 10 + (text[at++] - '0');
	if (at > start) *value_r = value;
	return at;
}

/* "2026年5月4日", "5月4号": from the first number on. */
static bool take_han_date(struct run *r, struct ident *id)
{
	long first = 0, month = 0, day = 0;
	size_t at = number_at(r->text, r->len, r->start, &first);

	if (starts_with(r->text + at, r->len - at, "年")) at = number_at(r->text, r->len, at + 3, &month);
	else month = first;
	if (!starts_with(r->text + at, r->len - at, "月")) return false;
	at += 3;
	if (is_for_month(r->text + at, r->len - at) || (month != first && !(at < r->len && isdigit((unsigned char)r->text[at])))) {       /* "2025年9月" */
		r->end = at;
		return put_month(id, r, month);
	}
	if (starts_with(r->text + at, r->len - at, "份")) return false;
	at = number_at(r->text, r->len, at, &day);
	if (day == 0) return false;
	if (starts_with(r->text + at, r->len - at, "日") || starts_with(r->text + at, r->len - at, "号")) at += 3;
	r->end = at;
	return ident_put_date(id, r, month, day);
}

/* "2026-05-04", "2026/5/4", "4.5.2026", "5/4/2026"; without a year only with a slash. Where both readings are possible the day stands second. */
static bool take_digit_date(struct run *r, struct ident *id)
{
	long n[3] = { 0 };
	size_t at = r->start, count = 0;
	char mark = '\0';

	while (count < 3 && at < r->end) {
		const size_t next = number_at(r->text, r->end, at, &n[count]);

		if (next == at) return false;
		count++;
		at = next;
		if (at < r->end && count < 3) {
			if (strchr("-/.", r->text[at]) == NULL || (mark != '\0' && r->text[at] != mark)) break;
			mark = r->text[at++];
		}
	}
	if (at < r->end && !(r->text[at] == '-' || isalpha((unsigned char)r->text[at]))) return false;
	if (count == 3 && n[0] >= 1990 && n[0] <= 2100) { r->end = at; return ident_put_date(id, r, n[1], n[2]); }
	if (count == 3 && ((n[2] >= 1990 && n[2] <= 2100) || (n[2] >= 10 && n[2] < 60 && mark != '-'))) {
		r->end = at;
		if (mark == '.' || n[0] > 12) return ident_put_date(id, r, n[1], n[0]);
		return ident_put_date(id, r, n[0], n[1]);
	}
	if (count == 2 && mark == '/' && at == r->end && n[0] <= 12 && n[1] <= 31) return ident_put_date(id, r, n[0], n[1]);
	return false;
}

struct month { const char *name; long number; };

/* In the languages that are read; the first of each English pair is the short form. */
static const struct month months[] = {
	{ "jan", 1 }, { "january", 1 }, { "feb", 2 }, { "february", 2 }, { "mar", 3 }, { "march", 3 }, { "apr", 4 }, { "april", 4 }, { "may", 5 }, { "jun", 6 }, { "june", 6 }, { "jul", 7 }, { "july", 7 },
	{ "aug", 8 }, { "august", 8 }, { "sep", 9 }, { "sept", 9 }, { "september", 9 }, { "oct", 10 }, { "october", 10 }, { "nov", 11 }, { "november", 11 }, { "dec", 12 }, { "december", 12 },
	{ "januar", 1 }, { "februar", 2 }, { "märz", 3 }, { "mai", 5 }, { "juni", 6 }, { "juli", 7 }, { "oktober", 10 }, { "dezember", 12 },
	{ "janvier", 1 }, { "février", 2 }, { "fevrier", 2 }, { "mars", 3 }, { "avril", 4 }, { "juin", 6 }, { "juillet", 7 }, { "août", 8 }, { "septembre", 9 }, { "octobre", 10 }, { "novembre", 11 }, { "décembre", 12 },
};
#define MISTYPED_MONTH 6                /* letters; a shorter name has neighbours that are words */

/* Two letters swapped, or one left out. */
static bool is_mistyped(const char *text, size_t len, const char *name)
{
	const size_t n = strlen(name);
	size_t head = 0;

	if (n < MISTYPED_MONTH || (len != n && len + 1 != n)) return false;
	while (head < len && text[head] == name[head]) head++;
	if (len + 1 == n) return memcmp(text + head, name + head + 1, len - head) == 0;
	return head + 1 < n && text[head] == name[head + 1] && text[head + 1] == name[head] && memcmp(text + head + 2, name + head + 2, n - head - 2) == 0;
}

/* The month that the word at the start of text names, with the word's length; 0: none. */
static long month_named(const char *text, size_t len, size_t *len_r)
{
	size_t n = 0;

	while (n < len && (isalpha((unsigned char)text[n]) || ((unsigned char)text[n] & 0xe0) == 0xc0 || (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80))) n++;
	*len_r = n;
	for (size_t i = 0; i < COUNT_OF(months) && n >= 3; i++)
		if ((n == strlen(months[i].name) && memcmp(text, months[i].name, n) == 0) || is_mistyped(text, n, months[i].name)) return months[i].number;
	return 0;
}

static size_t skip_ordinal(const char *text, size_t len, size_t at)
{
	if (at + 2 <= len && (memcmp(text + at, "st", 2) == 0 || memcmp(text + at, "nd", 2) == 0 || memcmp(text + at, "rd", 2) == 0 || memcmp(text + at, "th", 2) == 0)) at += 2;
	return at;
}

static size_t skip_year(const char *text, size_t len, size_t at)
{
	long year = 0;
	size_t next = at;

	while (next < len && strchr(" ,.", text[next]) != NULL) next++;
	next = number_at(text, len, next, &year);
	return year >= 1990 && year <= 2100 ? next : at;
}

/* "october 2026", "month: october", "october's bill". */
static bool take_month_alone(struct run *r, struct ident *id, long month, size_t word)
{
	const size_t at = r->start + word, behind = skip_year(r->text, r->len, at);
	size_t before = r->start;

	while (before > 0 && strchr(" :", r->text[before - 1]) != NULL) before--;
	if (behind == at && !ends_with(r->text, before, "month") && !is_for_month(r->text + at, r->len - at)) return false;
	r->end = behind;
	return put_month(id, r, month);
}

bool ident_take_month_first(struct run *r, struct ident *id)
{
	size_t word = 0, at = r->start;
	const long month = month_named(r->text + r->start, r->len - r->start, &word);
	long day = 0;

	if (month == 0) return false;
	at += word;
	while (at < r->len && strchr(" .-", r->text[at]) != NULL) at++;
	at = number_at(r->text, r->len, at, &day);
	if (day < 1 || day > 31) return take_month_alone(r, id, month, word);
	at = skip_ordinal(r->text, r->len, at);
	if (at < r->len && is_word_byte(r->text[at])) return false;
	r->end = skip_year(r->text, r->len, at);
	return ident_put_date(id, r, month, day);
}

/* "4 May 2026", "the 4th of May": r is the day. */
static bool take_day_first(struct run *r, struct ident *id)
{
	long day = 0, month;
	size_t word = 0, at = skip_ordinal(r->text, r->len, number_at(r->text, r->len, r->start, &day));
	const bool has_point = at < r->len && r->text[at] == '.';

	if (day < 1 || day > 31) return false;
	at += has_point;
	while (at < r->len && strchr(" -", r->text[at]) != NULL) at++;
	if (starts_with(r->text + at, r->len - at, "of ")) at += 3;
	month = month_named(r->text + at, r->len - at, &word);
	if (month == 0 || (has_point && (word < 4 && !starts_with(r->text + at, r->len - at, "mai")))) return false;      /* "... of 5. May I ask" */
	at += word;
	r->end = skip_year(r->text, r->len, at);
	return ident_put_date(id, r, month, day);
}

bool ident_take_date(struct run *r, struct ident *id, enum ident_kind label)
{
	return take_han_date(r, id) || take_day_first(r, id) || (label == IDENT_KINDS && take_digit_date(r, id));
}

bool ident_take_time(struct run *r, struct ident *id)
{
	long hour = 0, minute = 0;
	size_t at = number_at(r->text, r->len, r->start, &hour);
	char text[16];
	bool is_time = false;

	if (hour > 24) return false;
	if (at < r->end && r->text[at] == ':') {
		at = number_at(r->text, r->len, at + 1, &minute);
		is_time = minute < 60 && at - r->start >= 4;
		if (is_time && at < r->end && r->text[at] == ':') { long s; at = number_at(r->text, r->len, at + 1, &s); }
	}
	while (at < r->len && r->text[at] == ' ' && !is_time) at++;
	if (starts_with(r->text + at, r->len - at, "点") && !starts_with(r->text + at, r->len - at, "点多")) {
		at += 3;
		is_time = true;
		if (starts_with(r->text + at, r->len - at, "半")) { at += 3; minute = 30; }
	}
	if ((starts_with(r->text + at, r->len - at, "am") || starts_with(r->text + at, r->len - at, "pm")) && !(at + 2 < r->len && is_word_byte(r->text[at + 2]))) {
		if (r->text[at] == 'p' && hour < 12) hour += 12;
		at += 2;
		is_time = true;
	}
	if (!is_time || at < r->start + 1) return false;
	if (r->end < at || r->text[r->start] != '0') r->end = at > r->end ? at : r->end;
	(void)snprintf(text, sizeof(text), "%02ld:%02ld", hour % 24, minute);
	ident_put(id, r, IDENT_TIME, (uint32_t)(hour % 24 * 60 + minute), text);
	return true;
}
