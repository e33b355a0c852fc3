/* identifiers_counts.c - counts with their unit, and whatever is written in Han characters or words instead of digits: "三百元", "七点半", "three weeks". */
#include "text/identifiers_parts.h"

#include <stdio.h>
#include "base/mem.h"
#include "text/hash.h"

bool ident_take_quantity(struct run *r, struct ident *id)
{
	static const struct { const char *word, *unit; } units[] = {
		{ "个工作日", "day" }, { "工作日", "day" }, { "天", "day" }, { "日", "day" }, { "周", "week" }, { "星期", "week" }, { "个星期", "week" }, { "个礼拜", "week" }, { "礼拜", "week" },
		{ "个月", "month" }, { "小时", "hour" }, { "个小时", "hour" }, { "分钟", "minute" }, { "年", "year" }, { "次", "time" }, { "箱", "box" }, { "盒", "box" }, { "瓶", "bottle" },
		{ "件", "piece" }, { "个", "piece" }, { "台", "piece" }, { "双", "pair" }, { "袋", "bag" }, { "包", "bag" }, { "罐", "tin" }, { "斤", "jin" }, { "楼", "floor" }, { "层", "floor" },
		{ "栋", "house" }, { "号楼", "house" }, { "单元", "unit" }, { "室", "room" }, { "房", "room" }, { "路", "line" },
		{ "days", "day" }, { "day", "day" }, { "weeks", "week" }, { "week", "week" }, { "months", "month" }, { "month", "month" }, { "hours", "hour" }, { "hour", "hour" },
		{ "minutes", "minute" }, { "years", "year" }, { "year", "year" }, { "times", "time" }, { "pairs", "pair" }, { "boxes", "box" }, { "bottles", "bottle" }, { "pieces", "piece" },
		{ "kwh", "kwh" }, { "度电", "kwh" }, { "gb", "gb" }, { "mb", "mb" }, { "mbps", "mbps" }, { "kg", "kg" }, { "公斤", "kg" }, { "km", "km" }, { "公里", "km" }, { "cm", "cm" }, { "厘米", "cm" }, { "mm", "mm" }, { "ml", "ml" }, { "吨", "ton" }, { "平米", "sqm" },
	};
	size_t gap = r->end;
	char text[32];

	if (r->letters > 0 || r->digits > 4) return false;
	while (gap < r->len && (r->text[gap] == ' ' || r->text[gap] == '-')) gap++;
	for (size_t best = COUNT_OF(units), i = 0; i <= COUNT_OF(units); i++) {
		if (i < COUNT_OF(units)) {
			const size_t n = strlen(units[i].word);

			if (!starts_with(r->text + gap, r->len - gap, units[i].word)) continue;
			if (isalpha((unsigned char)units[i].word[0]) && gap + n < r->len && is_word_byte(r->text[gap + n])) continue;
			if (best == COUNT_OF(units) || n > strlen(units[best].word)) best = i;
		} else if (best < COUNT_OF(units)) {
			(void)snprintf(text, sizeof(text), "%.20s %.10s", r->plain, units[best].unit);
			r->end = gap + strlen(units[best].word);
			ident_put(id, r, IDENT_QUANTITY, hash_text(text, strlen(text)), text);
			id->tail = hash_text(units[best].unit, strlen(units[best].unit));       /* the unit: only like is compared with like */
			return true;
		}
	}
	return false;
}

static int han_digit(const char *text)
{
	static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

	for (int i = 0; i < (int)COUNT_OF(digits); i++)
		if (memcmp(text, digits[i], 3) == 0) return i;
	return memcmp(text, "两", 3) == 0 ? 2 : memcmp(text, "〇", 3) == 0 ? 0 : -1;
}

static long han_unit(const char *text)
{
	return memcmp(text, "十", 3) == 0 ? 10 : memcmp(text, "百", 3) == 0 ? 100 : memcmp(text, "千", 3) == 0 ? 1000 : memcmp(text, "万", 3) == 0 ? 10000 : 0;
}

/* Its end; where it starts when there is none, or when it is only about so much: "六七十". */
static size_t han_number(const char *text, size_t len, size_t at, long *value_r)
{
	const size_t start = at;
	long total = 0, part = 0, digit = -1;
	bool is_row = false;            /* of digits */

	for (; at + 3 <= len && at < start + 30; at += 3) {
		const int d = han_digit(text + at);
		const long unit = d < 0 ? han_unit(text + at) : 0;

		if (d < 0 && unit == 0) break;
		if (d < 0 && is_row) return start;
		if (d >= 0) {
			is_row = digit > 0 && d == digit + 1;
			digit = d;
			continue;
		}
		if (unit == 10000) { total = (part + (digit > 0 ? digit : 0)) * 10000; part = 0; }
		else part += (digit > 0 ? digit : 1) * unit;
		digit = -1;
	}
	*value_r = total + part + (digit > 0 ? digit : 0);
	return at;
}

/* "七点半", "晚上八点"; "一点" without either may be "a little". */
static bool take_han_time(const char *text, size_t len, size_t start, size_t end, long hour, struct ident *id)
{
	static const char *const parts[] = { "早上", "上午", "中午", "下午", "晚上", "凌晨", "今晚", "今早", "昨晚", "傍晚", "当晚", "明早", "明晚", "夜里", "深夜", "半夜", "午夜", "清晨", "今晨", "晚", "早" };
	const size_t point = end + 3, left = point < len ? len - point : 0;
	struct run r = { .text = text, .len = len, .start = start, .end = point };
	bool has_part = false;
	const bool is_half = left > 0 && starts_with(text + point, left, "半");
	char shown[16];

	if (hour > 24 || !starts_with(text + end, len - end, "点")) return false;
	for (size_t i = 0; i < COUNT_OF(parts); i++) has_part |= ends_with(text, start, parts[i]) && (hour > 1 || strlen(parts[i]) > 3);     /* "晚一点": a little later */
	if (!is_half && (!has_part || starts_with(text + point, left, "多"))) return false;
	if (is_half) r.end += 3;
	(void)snprintf(shown, sizeof(shown), "%02ld:%02d", hour % 24, is_half ? 30 : 0);
	ident_put(id, &r, IDENT_TIME, (uint32_t)(hour % 24 * 60 + (is_half ? 30 : 0)), shown);
	return true;
}

/* Two digits that follow each other: "六七". */
static bool is_row_at(const char *text, size_t at)
{
	const int digit = han_digit(text + at);

	return digit > 0 && han_digit(text + at + 3) == digit + 1;
}

/* The "七十" of "六七十", or its "十". */
static bool is_rest_of_row(const char *text, size_t len, size_t start)
{
	if (start + 3 <= len && han_unit(text + start) > 0) return start >= 6 && is_row_at(text, start - 6);
	return start >= 3 && start + 6 <= len && han_unit(text + start + 3) > 0 && is_row_at(text, start - 3);
}

bool ident_take_han_number(const char *text, size_t len, size_t start, struct ident *id)
{
	long value = 0, day = 0;
	size_t end = han_number(text, len, start, &value), n;
	struct run r = { .text = text, .len = len, .start = start, .end = end };

	if (end == start || value <= 0 || is_rest_of_row(text, len, start)) return false;
	if (starts_with(text + end, len - end, "月") && value <= 12) {
		n = han_number(text, len, end + 3, &day);
		if (day >= 1 && day <= 31 && (starts_with(text + n, len - n, "日") || starts_with(text + n, len - n, "号"))) {
			r.end = n + 3;
			return ident_put_date(id, &r, value, day);
		}
	}
	n = ident_money_after(text + end, len - end);
	if (n > 0 && value < 40000000) {
		char shown[32];

		r.end = end + n;
		(void)snprintf(shown, sizeof(shown), "%ld.00", value);
		ident_put(id, &r, IDENT_AMOUNT, (uint32_t)value * 100, shown);
		return true;
	}
	if (take_han_time(text, len, start, end, value, id)) return true;
	if (value > 9999) return false;
	r.plain_len = (size_t)snprintf(r.plain, sizeof(r.plain), "%ld", value);
	r.digits = r.plain_len;
	return ident_take_quantity(&r, id);
}

bool ident_take_word_number(const struct run *word, struct ident *id)
{
	static const char *const words[] = { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve" };
	struct run r = *word;

	for (size_t i = 1; i < COUNT_OF(words); i++) {
		if (strcmp(r.plain, words[i]) != 0) continue;
		r.plain_len = (size_t)snprintf(r.plain, sizeof(r.plain), "%zu", i);
		r.digits = r.plain_len;
		r.letters = 0;
		return ident_take_quantity(&r, id);
	}
	return false;
}
