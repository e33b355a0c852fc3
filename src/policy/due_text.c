/* due_text.c - the wording of times: the zone named as its people name it, and its distance from UTC for everybody else. */
#include "policy/due_text.h"

#include <stdio.h>
#include <string.h>
#include "base/mem.h"
#include "policy/policy_parts.h"

enum words { WORDS_HANS, WORDS_HANT, WORDS_EN, WORDS_NONE };

/* Zones whose time has a name that people use; others show their city (English) or their IANA name (Chinese). */
static const struct { const char *zone, *words[3]; } zone_names[] = {
	{ "Asia/Shanghai", { "北京时间", "北京時間", "Beijing time" } }, { "Asia/Chongqing", { "北京时间", "北京時間", "Beijing time" } },
	{ "PRC", { "北京时间", "北京時間", "Beijing time" } }, { "Asia/Hong_Kong", { "香港时间", "香港時間", "Hong Kong time" } },
	{ "Asia/Taipei", { "台北时间", "台北時間", "Taipei time" } }, { "Asia/Macau", { "澳门时间", "澳門時間", "Macau time" } },
	{ "Asia/Singapore", { "新加坡时间", "新加坡時間", "Singapore time" } }, { "Asia/Tokyo", { "东京时间", "東京時間", "Tokyo time" } },
	{ "Asia/Seoul", { "首尔时间", "首爾時間", "Seoul time" } }, { "Europe/London", { "伦敦时间", "倫敦時間", "London time" } },
	{ "America/New_York", { "纽约时间", "紐約時間", "New York time" } }, { "America/Los_Angeles", { "洛杉矶时间", "洛杉磯時間", "Los Angeles time" } },
	{ "Australia/Sydney", { "悉尼时间", "雪梨時間", "Sydney time" } }, { "Europe/Paris", { "巴黎时间", "巴黎時間", "Paris time" } },
	{ "Europe/Berlin", { "柏林时间", "柏林時間", "Berlin time" } },
	{ "UTC", { "协调世界时", "世界協調時間", "Coordinated Universal Time" } }, { "Etc/UTC", { "协调世界时", "世界協調時間", "Coordinated Universal Time" } },
};
static const char *const weekdays_zh[] = { "星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六" };
static const char *const weekdays_en[] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };
static const char *const months_en[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	"November", "December" };

static enum words words_of(const char *language)
{
	if (strncmp(language, "zh-Hant", 7) == 0) return WORDS_HANT;
	if (strncmp(language, "zh", 2) == 0 && (language[2] == '\0' || language[2] == '-')) return WORDS_HANS;
	return strncmp(language, "en", 2) == 0 && (language[2] == '\0' || language[2] == '-') ? WORDS_EN : WORDS_NONE;
}

/* "UTC+8", "UTC-3:30" */
static void offset_text(int offset_min, char text_r[16])
{
	const int size = offset_min < 0 ? -offset_min : offset_min, hours = (size / 60) % 100, minutes = size % 60;

	if (offset_min == 0) (void)snprintf(text_r, 16, "UTC");
	else if (minutes == 0) (void)snprintf(text_r, 16, "UTC%c%d", offset_min < 0 ? '-' : '+', hours);
	else (void)snprintf(text_r, 16, "UTC%c%d:%02d", offset_min < 0 ? '-' : '+', hours, minutes);
}

static const char *zone_name(const char *zone, enum words words)
{
	for (size_t i = 0; words != WORDS_NONE && i < COUNT_OF(zone_names); i++)
		if (strcmp(zone_names[i].zone, zone) == 0) return zone_names[i].words[words];
	return NULL;
}

static void zone_text(const char *zone, enum words words, char text_r[80])
{
	const char *city = strrchr(zone, '/'), *known = zone_name(zone, words);

	if (known != NULL) {
		(void)snprintf(text_r, 80, "%s", known);
		return;
	}
	(void)snprintf(text_r, 80, words != WORDS_EN || city == NULL ? "%s" : "%s time", words != WORDS_EN || city == NULL ? zone : city + 1);
	for (char *c = text_r; words == WORDS_EN && *c != '\0'; c++)
		if (*c == '_') *c = ' ';
}

static const char *wall_clock(const char *zone, int64_t at, struct zone_time *t_r, char offset_r[16])
{
	*t_r = (struct zone_time){ .month = 1 };
	if (!zone_time(zone, at, t_r)) {
		zone = "UTC";
		(void)zone_time(zone, at, t_r);
	}
	offset_text(t_r->offset_min, offset_r);
	return zone;
}

void due_text(const char *language, const char *zone, int64_t at, char text_r[DUE_TEXT_MAX])
{
	const enum words words = words_of(language);
	struct zone_time t;
	char offset[16], name[80];

	zone_text(wall_clock(zone, at, &t, offset), words, name);
	switch (words) {
	case WORDS_HANS: case WORDS_HANT:
		(void)snprintf(text_r, DUE_TEXT_MAX, "%d年%d月%d日（%s）%02d:%02d（%s，%s）", t.year, t.month, t.day, weekdays_zh[t.weekday], t.hour, t.minute, name, offset);
		return;
	case WORDS_EN:
		(void)snprintf(text_r, DUE_TEXT_MAX, "%s, %d %s %d, %02d:%02d (%s, %s)", weekdays_en[t.weekday], t.day, months_en[t.month - 1], t.year, t.hour, t.minute,
		               name, offset);
		return;
	case WORDS_NONE: default:
		(void)snprintf(text_r, DUE_TEXT_MAX, "%d-%02d-%02d %02d:%02d (%s)", t.year, t.month, t.day, t.hour, t.minute, offset);
	}
}

void due_text_short(const char *language, const char *zone, int64_t at, char text_r[DUE_TEXT_MAX])
{
	const enum words words = words_of(language);
	struct zone_time t;
	char offset[16];
	const char *known = zone_name(wall_clock(zone, at, &t, offset), words);

	if (words == WORDS_EN) (void)snprintf(text_r, DUE_TEXT_MAX, "%d %.3s %02d:%02d (%s)", t.day, months_en[t.month - 1], t.hour, t.minute, offset);
	else if (words == WORDS_NONE) (void)snprintf(text_r, DUE_TEXT_MAX, "%02d-%02d %02d:%02d (%s)", t.month, t.day, t.hour, t.minute, offset);
	else if (known != NULL) (void)snprintf(text_r, DUE_TEXT_MAX, "%s%d月%d日%02d:%02d", known, t.month, t.day, t.hour, t.minute);
	else (void)snprintf(text_r, DUE_TEXT_MAX, "%d月%d日%02d:%02d（%s）", t.month, t.day, t.hour, t.minute, offset);
}

void wait_text(const char *language, int64_t seconds, char text_r[DUE_TEXT_MAX])
{
	static const struct { int64_t size, up_to; const char *word[4], *plural; } units[] = {
		{ 600, 5400, { "分钟", "分鐘", "minute", "min" }, "minutes" }, { 3600, 2 * 86400, { "小时", "小時", "hour", "h" }, "hours" },
		{ 86400, INT64_MAX, { "天", "天", "day", "d" }, "days" },
	};
	const enum words words = words_of(language);
	size_t u = 0;
	long long n;

	if (seconds < 1) seconds = 1;
	while (seconds > units[u].up_to) u++;
	n = (seconds - 1) / units[u].size + 1;
	if (u == 0) n *= 10;
	if (words == WORDS_EN) (void)snprintf(text_r, DUE_TEXT_MAX, "about %lld %s", n, n == 1 ? units[u].word[words] : units[u].plural);
	else if (words == WORDS_NONE) (void)snprintf(text_r, DUE_TEXT_MAX, "%lld %s", n, units[u].word[words]);
	else (void)snprintf(text_r, DUE_TEXT_MAX, words == WORDS_HANT ? "約 %lld %s" : "约 %lld %s", n, units[u].word[words]);
}
