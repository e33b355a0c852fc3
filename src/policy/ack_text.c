/* ack_text.c - the words of an acknowledgement: thanks, tracking code, the time by which a first answer comes, how to ask for progress.
 * No byte of the sender is in it, and nothing is promised beyond the deadline. The time is cut to the minute, so never later than due. */
#include "policy/policy_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "base/buf.h"
#include "base/mem.h"

#define TEXT_MAX 4096
#define TIME_MAX 160

/* Zones whose time has a name that people use; others show their city (English) or their IANA name (Chinese). */
static const struct { const char *zone, *zh, *en; } zone_names[] = {
	{ "Asia/Shanghai", "北京时间", "Beijing time" }, { "Asia/Chongqing", "北京时间", "Beijing time" }, { "PRC", "北京时间", "Beijing time" },
	{ "Asia/Hong_Kong", "香港时间", "Hong Kong time" }, { "Asia/Taipei", "台北时间", "Taipei time" }, { "Asia/Macau", "澳门时间", "Macau time" },
	{ "Asia/Singapore", "新加坡时间", "Singapore time" }, { "Asia/Tokyo", "东京时间", "Tokyo time" }, { "Asia/Seoul", "首尔时间", "Seoul time" },
	{ "Europe/London", "伦敦时间", "London time" }, { "America/New_York", "纽约时间", "New York time" },
	{ "America/Los_Angeles", "洛杉矶时间", "Los Angeles time" }, { "Australia/Sydney", "悉尼时间", "Sydney time" },
	{ "Europe/Paris", "巴黎时间", "Paris time" }, { "Europe/Berlin", "柏林时间", "Berlin time" },
	{ "UTC", "协调世界时", "Coordinated Universal Time" }, { "Etc/UTC", "协调世界时", "Coordinated Universal Time" },
};
static const char *const weekdays_zh[] = { "星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六" };
static const char *const weekdays_en[] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };
static const char *const months_en[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	"November", "December" };

static const char ack_zh[] =
	"您好：\n\n"
	"您的来信我们已经收到并登记。给您带来的不便，我们很抱歉，也谢谢您告诉我们。\n\n"
	"追踪码：%s\n"
	"我们会在 %s 之前给您第一次答复。\n\n"
	"%s"
	"如果还有补充，请在来信中写上追踪码，我们会放在一起处理。\n\n"
	"这是一封自动确认，之后会由工作人员跟进。\n";
static const char ack_en[] =
	"Hello,\n\n"
	"We have received your message and put it on record. We are sorry for the trouble, and thank you for telling us.\n\n"
	"Tracking code: %s\n"
	"You will have a first answer from us by %s.\n\n"
	"%s"
	"If you want to add something, please give the tracking code, and we will keep everything together.\n\n"
	"This confirmation was sent automatically; a member of our staff will take it from here.\n";

static bool is_zh(const char *language)
{
	return strncasecmp(language, "zh", 2) == 0 && !isalpha((unsigned char)language[2]);
}

const char *policy_ack_language(const struct policy *policy, const char *hint)
{
	if (hint == NULL || hint[0] == '\0' || strncasecmp(hint, "und", 3) == 0) return policy->language;
	return is_zh(hint) ? "zh-Hans" : "en";
}

char *policy_code_shown(const char *code, char *shown_r)
{
	size_t n = 0;

	for (size_t i = 0; code[i] != '\0' && n < 19; i++) {
		if (code[i] == '-') continue;
		if (n % 5 == 4) shown_r[n++] = '-';
		shown_r[n++] = code[i];
	}
	shown_r[n] = '\0';
	return shown_r;
}

/* "UTC+8", "UTC-3:30" */
static void offset_text(int offset_min, char text_r[16])
{
	const int size = offset_min < 0 ? -offset_min : offset_min, hours = (size / 60) % 100, minutes = size % 60;

	if (offset_min == 0) (void)snprintf(text_r, 16, "UTC");
	else if (minutes == 0) (void)snprintf(text_r, 16, "UTC%c%d", offset_min < 0 ? '-' : '+', hours);
	else (void)snprintf(text_r, 16, "UTC%c%d:%02d", offset_min < 0 ? '-' : '+', hours, minutes);
}

static void zone_text(const char *zone, bool zh, char text_r[80])
{
	const char *city = strrchr(zone, '/');

	for (size_t i = 0; i < COUNT_OF(zone_names); i++)
		if (strcmp(zone_names[i].zone, zone) == 0) {
			(void)snprintf(text_r, 80, "%s", zh ? zone_names[i].zh : zone_names[i].en);
			return;
		}
	(void)snprintf(text_r, 80, zh || city == NULL ? "%s" : "%s time", zh || city == NULL ? zone : city + 1);
	for (char *c = text_r; !zh && *c != '\0'; c++)
		if (*c == '_') *c = ' ';
}

static void due_text(const char *zone, int64_t due_at, bool zh, char text_r[TIME_MAX])
{
	struct zone_time t = { 0 };
	char offset[16], name[80];

	if (!zone_time(zone, due_at, &t)) {
		zone = "UTC";
		(void)zone_time(zone, due_at, &t);
	}
	offset_text(t.offset_min, offset);
	zone_text(zone, zh, name);
	if (zh) (void)snprintf(text_r, TIME_MAX, "%d年%d月%d日（%s）%02d:%02d（%s，%s）", t.year, t.month, t.day, weekdays_zh[t.weekday], t.hour, t.minute,
	                       name, offset);
	else (void)snprintf(text_r, TIME_MAX, "%s, %d %s %d, %02d:%02d (%s, %s)", weekdays_en[t.weekday], t.day, months_en[t.month - 1], t.year, t.hour,
	                    t.minute, name, offset);
}

/* The paragraph on asking for progress. */
static void progress_text(struct buf *b, bool zh, const char *url)
{
	if (url != NULL) (void)buf_format(b, zh ? "想了解进度，请打开 %s （需要时输入追踪码）。\n" : "To see how it is going, open %s and enter the tracking code if asked.\n", url);
	else (void)buf_text(b, zh ? "想了解进度，联系我们时请告诉我们追踪码。\n" : "To ask how it is going, contact us and give the tracking code.\n");
}

void policy_ack_text(const struct policy *policy, const char *language, const char *code, int64_t due_at, const char *zone,
                     const char *status_url, char **subject_r, char **text_r)
{
	const bool zh = is_zh(policy_ack_language(policy, language));
	struct buf text = BUF_INIT(TEXT_MAX), progress = BUF_INIT(TEXT_MAX / 2);
	char shown[20], due[TIME_MAX];

	(void)policy_code_shown(code, shown);
	due_text(zone_check(zone) ? zone : policy->timezone, due_at, zh, due);
	progress_text(&progress, zh, status_url);
	if (progress.is_full) progress_text(&progress, zh, NULL);       /* an absurdly long address is left out */
	if (zh) (void)buf_format(&text, ack_zh, shown, due, buf_str(&progress));
	else (void)buf_format(&text, ack_en, shown, due, buf_str(&progress));
	if (subject_r != NULL) *subject_r = mem_format(zh ? "我们已收到您的来信（追踪码 %s）" : "We have received your message (tracking code %s)", shown);
	*text_r = buf_take(&text);
	buf_release(&progress);
}
