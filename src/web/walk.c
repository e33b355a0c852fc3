/* walk.c - the stretches that the calendar walked through, each as "from - until: why, how much of it counts". */
#include "web/walk.h"

#include <string.h>
#include "base/json.h"
#include "base/mem.h"

#define DAY_CHARS 10                    /* of "2026-11-22 10:00" */

enum word { W_TITLE, W_COUNTS, W_NOT, W_HOUR, W_MINUTE, W_UNKNOWN, WORDS };
static const char *const words[WORDS][PAGE_LANGUAGES] = {
	[W_TITLE] = PAGE_WORDS("How this time was worked out", "这个时间是怎么算出来的", "這個時間是怎麼算出來的"),
	[W_COUNTS] = PAGE_WORDS(", counts ", "，计 ", "，計 "),
	[W_NOT] = PAGE_WORDS(", does not count", "，不计时", "，不計時"),
	[W_HOUR] = PAGE_WORDS(" h", " 小时", " 小時"),
	[W_MINUTE] = PAGE_WORDS(" min", " 分钟", " 分鐘"),
	[W_UNKNOWN] = PAGE_WORDS("The public holidays of this time are not published yet; if one falls into it, the answer comes that much later.",
	                         "这段时间的节假日安排尚未公布；若遇节假日，回复时间相应顺延。",
	                         "這段時間的假日安排尚未公布；若遇假日，回覆時間將相應順延。"),
};

/* As policy/calendar.c writes them; behind ": " the name of a holiday may follow. */
static const struct { const char *why, *shown[PAGE_LANGUAGES]; } reasons[] = {
	{ "round the clock", PAGE_WORDS("round the clock", "全天计时", "全天計時") },
	{ "working hours and times off, summed up", PAGE_WORDS("working hours and times off, summed up", "工作时间与休息时间合计", "工作時間與休息時間合計") },
	{ "working hours", PAGE_WORDS("working hours", "工作时间", "工作時間") },
	{ "moved working day", PAGE_WORDS("moved working day", "调休上班日", "補行上班日") },
	{ "hours of this day", PAGE_WORDS("hours of this day", "当日工作时间", "當日工作時間") },
	{ "break", PAGE_WORDS("break", "休息", "休息") },
	{ "outside working hours", PAGE_WORDS("outside working hours", "非工作时间", "非工作時間") },
	{ "no working day of the week", PAGE_WORDS("no working day of the week", "每周休息日", "每週休息日") },
	{ "holiday", PAGE_WORDS("holiday", "节假日", "假日") },
};

static void add_reason(struct buf *b, const char *why, enum page_language language)
{
	const size_t len = strcspn(why, ":;");
	const char *shown = NULL;

	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		if (strlen(reasons[i].why) == len && memcmp(reasons[i].why, why, len) == 0) shown = reasons[i].shown[language];
	page_text(b, shown != NULL ? shown : "");
	if (why[len] == ':') {
		char name[64];

		(void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(why + len + 1, ";"), why + len + 1);
		page_format(b, " (<bdi>%s</bdi>)", name + strspn(name, " "));
	}
}

static void add_length(struct buf *b, int64_t seconds, enum page_language language)
{
	const long long minutes = (seconds + 30) / 60;

	(void)buf_text(b, words[W_COUNTS][language]);
	if (minutes >= 60) (void)buf_format(b, "%lld%s", minutes / 60, words[W_HOUR][language]);
	if (minutes >= 60 && minutes % 60 != 0) (void)buf_char(b, ' ');
	if (minutes % 60 != 0 || minutes < 60) (void)buf_format(b, "%lld%s", minutes % 60, words[W_MINUTE][language]);
}

static void add_stretch(struct buf *b, const struct web *web, const json_t *row, enum page_language language)
{
	char from[WEB_WHEN_SIZE], until[WEB_WHEN_SIZE];
	const char *why = json_text(row, "why"), *end;
	const int64_t counted = json_int(row, "counted", 0);

	(void)web_when_short(web, json_text(row, "from"), from);
	end = web_when_short(web, json_text(row, "until"), until);
	if (strncmp(from, until, DAY_CHARS) == 0 && strlen(until) > DAY_CHARS) end = until + DAY_CHARS + 1;
	page_format(b, "<li>%s – %s: ", from, end);
	add_reason(b, why != NULL ? why : "", language);
	if (counted > 0) add_length(b, counted, language);
	else (void)buf_text(b, words[W_NOT][language]);
	(void)buf_text(b, "</li>\n");
}

/* Whether the calendar knew all these days; see calendar_why_text(). */
static bool is_known(const json_t *walk)
{
	const json_t *row;
	size_t i;

	json_array_foreach(walk, i, row) {
		const char *why = json_text(row, "why");

		if (why != NULL && strstr(why, "; weekdays only") != NULL) return false;
	}
	return true;
}

void walk_write(struct buf *b, const struct web *web, const json_t *walk, enum page_language language)
{
	const json_t *row;
	size_t i;

	if (json_array_size(walk) == 0) return;
	page_format(b, "<details class=\"walk\"><summary>%s</summary>\n<ul>\n", words[W_TITLE][language]);
	json_array_foreach(walk, i, row) add_stretch(b, web, row, language);
	(void)buf_text(b, "</ul></details>\n");
	if (!is_known(walk)) page_format(b, "<p class=\"hint\">%s</p>\n", words[W_UNKNOWN][language]);
}
