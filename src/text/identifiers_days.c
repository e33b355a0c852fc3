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
	id->tail = (uint32_t)day;
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
	{ "enero", 1 }, { "febrero", 2 }, { "marzo", 3 }, { "abril", 4 }, { "mayo", 5 }, { "junio", 6 }, { "julio", 7 }, { "agosto", 8 }, { "septiembre", 9 }, { "octubre", 10 }, { "noviembre", 11 }, { "diciembre", 12 },
	{ "gennaio", 1 }, { "febbraio", 2 }, { "aprile", 4 }, { "maggio", 5 }, { "giugno", 6 }, { "luglio", 7 }, { "settembre", 9 }, { "ottobre", 10 }, { "dicembre", 12 },
	{ "janeiro", 1 }, { "fevereiro", 2 }, { "março", 3 }, { "maio", 5 }, { "junho", 6 }, { "julho", 7 }, { "setembro", 9 }, { "outubro", 10 }, { "novembro", 11 }, { "dezembro", 12 },
	{ "januari", 1 }, { "februari", 2 }, { "maart", 3 }, { "augustus", 8 },
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
	if (starts_with(r->text + at, r->len - at, "of ") || starts_with(r->text + at, r->len - at, "de ")) at += 3;
	month = month_named(r->text + at, r->len - at, &word);
	if (month == 0 || (has_point && (word < 4 && !starts_with(r->text + at, r->len - at, "mai")))) return false;      /* "... of 5. May I ask" */
	at += word;
	r->end = skip_year(r->text, r->len, at);
	return ident_put_date(id, r, month, day);
}

/* ---- a day without its month ----------------------------------------------------------------------------------------------------------------- */

static bool starts_with_one(const char *text, size_t len, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (starts_with(text, len, words[i])) return true;
	return false;
}

static bool ends_with_one(const char *text, size_t len, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ends_with(text, len, words[i])) return true;
	return false;
}

/* "17号下午", "我17号在": houses, seats, lines and exits are numbered so as well. */
static bool is_han_day(const struct run *r, size_t at)
{
	static const char *const places[] = { "路", "街", "道", "弄", "巷", "村", "里", "区", "段", "第", "园", "苑", "栋", "座", "幢", "楼", "室", "位", "房", "门", "线", "桌", "台", "窗", "柜", "机", "床", "厅", "尾", "单", "车", "牌",
	                                      "码", "色", "型", "店", "院", "班", "组", "队", "箱", "坑", "港", "口", "站", "仓", "号", "编", "年", "月" };
	static const char *const behind[] = { "晚", "早", "上午", "下午", "中午", "凌晨", "半夜", "当天", "那天", "那晚", "之前", "之后", "以前", "以后", "前", "后", "到", "至", "在", "从", "给你", "就", "才", "已经", "还没", "开始", "起", "我", "你们", "他", "她",
	                                      "客服", "下单", "下的单", "买的", "买了", "在你", "订的", "订了", "付的", "付款", "付了", "退的", "退货", "退款", "退房", "入住", "交的", "交了", "出发", "出票", "到期", "断网", "断的", "停水", "停电", "停气", "停的", "来电", "报修", "报的", "报案",
	                                      "送到", "送来", "签收", "上门", "扣款", "扣了", "扣的", "装的", "安装", "维修", "修的", "到货", "办的", "办理", "申请", "提交", "打的", "打了", "打电话", "住院", "出院", "做的", "做了", "拍的", "去的", "去了", "坐的", "收到", "收的", "发货", "发的", "寄出", "寄的",
	                                      "的票", "的航班", "的车票", "的机票", "的高铁", "的火车", "的课", "的订单", "那次", "那笔", "那单" };
	static const char *const hours[] = { "晚", "早", "上午", "下午", "中午", "凌晨", "当天", "夜", "に", "の朝", "の夜", "の夕方", "の午", "から", "まで" };
	const char *text = r->text + at + 3;
	const size_t len = at + 3 <= r->len ? r->len - at - 3 : 0;

	if (ends_with_one(r->text, r->start, places, COUNT_OF(places))) return false;
	if (starts_with(r->text + at, r->len - at, "日")) return starts_with_one(text, len, hours, COUNT_OF(hours));
	return starts_with(r->text + at, r->len - at, "号") && (len == 0 || strchr(" \n|,.:", text[0]) != NULL || starts_with_one(text, len, behind, COUNT_OF(behind)));
}

/* "on the 17th, ...", "am 17. war": not a floor, a coach or a birthday. */
static bool is_latin_day(const struct run *r, size_t at)
{
	static const char *const before[] = { "on the ", "since the ", "until the ", "by the ", "from the ", "of the " };
	static const char *const german[] = { "am ", "seit dem ", "vom ", "bis zum ", "zum " };
	static const char *const behind[] = { " and ", " at ", " but ", " i ", " we ", " my ", " it ", " in ", " when ", " with ", " for ", " to ", " you ", " your ", " he ", " she ", " they ", " then ", " was ", " of this", " of last" };
	const char *text = r->text + at;
	const size_t len = r->len - at;
	const bool is_ordinal = isalpha((unsigned char)r->text[at - 1]);

	if (!is_ordinal) return len > 1 && text[0] == '.' && text[1] == ' ' && ends_with_one(r->text, r->start, german, COUNT_OF(german));
	return ends_with_one(r->text, r->start, before, COUNT_OF(before)) && (len == 0 || strchr("\n|,.:", text[0]) != NULL || starts_with_one(text, len, behind, COUNT_OF(behind)));
}

static bool take_day_alone(struct run *r, struct ident *id)
{
	long day = 0;
	const size_t number = number_at(r->text, r->len, r->start, &day), at = skip_ordinal(r->text, r->len, number);
	const bool is_han = is_han_day(r, number);
	char text[16];

	if (day < 1 || day > 31 || !(is_han || is_latin_day(r, at))) return false;
	r->end = is_han ? number + 3 : at;
	(void)snprintf(text, sizeof(text), "%02ld", day);
	ident_put(id, r, IDENT_DATE, (uint32_t)day, text);
	id->tail = (uint32_t)day;
	id->is_tail = true;
	return true;
}

bool ident_take_date(struct run *r, struct ident *id, enum ident_kind label)
{
	return take_han_date(r, id) || take_day_first(r, id) || (label == IDENT_KINDS && (take_digit_date(r, id) || take_day_alone(r, id)));
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
