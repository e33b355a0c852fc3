/* report_words.c - what `intakectl report` says, in Chinese. Reasons of receipts and kinds of alarms keep the names under which the guides explain them. */
#include "ctl/report_words.h"

#include <string.h>
#include <strings.h>
#include "base/json.h"
#include "base/mem.h"

static const struct { const char *english, *chinese; } words[] = {
	/* the page */
	{ "Intake report", "受理报表" }, { "day", "日报" }, { "week", "周报" }, { "month", "月报" }, { "quarter", "季报" }, { "year", "年报" },
	/* titles */
	{ "Overview", "概览" }, { "By channel", "按渠道" }, { "By category", "按类别" }, { "By severity", "按紧急程度" }, { "By sentiment", "按情绪" }, { "By brand", "按品牌" },
	{ "By department", "按部门" }, { "By state", "按状态" }, { "Receipts", "回执" }, { "Receipts: why, or why not", "回执：发送或不发送的原因" }, { "Alarms", "告警" },
	{ "First answer by severity", "首次答复（按紧急程度）" }, { "Satisfaction", "满意度" }, { "Satisfaction by channel", "满意度（按渠道）" },
	{ "Satisfaction by category", "满意度（按类别）" }, { "By hour of the day", "按时段" },
	{ "Ledger (whole days, UTC): offered = accepted + repeated + refused + pending", "台账（UTC 整日）：送达 = 受理 + 重复 + 拒收 + 处理中" },
	/* headings */
	{ "TABLE", "表" }, { "WHAT", "项目" }, { "NOW", "本期" }, { "BEFORE", "上期" }, { "CHANGE", "变化" }, { "NAME", "名称" }, { "TICKETS", "工单数" }, { "SHARE", "占比" },
	{ "SEVERITY", "紧急程度" }, { "IN TIME", "按时" }, { "LATE", "超时" }, { "OVERDUE", "逾期未答" }, { "WAITING", "等待中" }, { "RATE", "按时率" }, { "MEDIAN", "中位数" },
	{ "ANSWERS", "答卷数" }, { "SATISFIED", "满意" }, { "NEITHER", "一般" }, { "DISSATISFIED", "不满意" }, { "LEVEL", "总体" }, { "SPEED", "速度" }, { "ATTITUDE", "态度" },
	{ "SOLUTION", "结果" }, { "THOROUGHNESS", "细致" }, { "HOUR", "时段" }, { "CHANNEL", "渠道" }, { "OFFERED", "送达" }, { "ACCEPTED", "受理" }, { "REPEATED", "重复" },
	{ "REFUSED", "拒收" }, { "PENDING", "处理中" },
	/* rows of the overview */
	{ "tickets", "工单" }, { "of customers who had one before", "其中曾来过的客户" }, { "matters told again", "被再次反映的事项" },
	{ "messages that joined a ticket as repeats", "作为重复并入工单的消息" }, { "messages that continued a ticket", "作为后续并入工单的消息" },
	{ "given again by their source", "来源重复投递" }, { "mass incidents", "群体事件" }, { "tickets of mass incidents", "群体事件的工单" },
	{ "first answers in time", "首次答复按时率" }, { "median time to the first answer", "首次答复用时（中位数）" }, { "90 % are answered within", "90 % 在此时间内得到答复" },
	{ "99 % are answered within", "99 % 在此时间内得到答复" }, { "resolved", "已解决" }, { "mean time to the solution", "平均解决用时" },
	{ "answers to the survey", "满意度答卷" }, { "satisfaction, mean of 1 to 5", "满意度均分（1 至 5）" },
	/* names */
	{ "safety", "安全" }, { "product_quality", "产品质量" }, { "service_attitude", "服务态度" }, { "logistics", "物流" }, { "after_sales", "售后" }, { "billing", "费用" },
	{ "information", "信息" }, { "other", "其他" }, { "urgent", "紧急" }, { "high", "高" }, { "normal", "一般" }, { "low", "低" }, { "angry", "愤怒" },
	{ "negative", "不满" }, { "neutral", "平和" }, { "positive", "肯定" }, { "received", "已受理" }, { "forwarded", "已转交" }, { "in_progress", "处理中" },
	{ "waiting_customer", "等待客户" }, { "closed", "已关闭" }, { "all", "全部" }, { "(none)", "（无）" }, { "new", "新增" },
};

bool report_is_chinese(const char *tag)
{
	return tag != NULL && strncasecmp(tag, "zh", 2) == 0 && (tag[2] == '\0' || tag[2] == '-' || tag[2] == '_');
}

const char *report_word(const char *english)
{
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(words[i].english, english) == 0) return words[i].chinese;
	return english;
}

static json_t *translated(const json_t *cell)
{
	return json_is_string(cell) ? json_string(report_word(json_string_value(cell))) : json_incref((json_t *)(uintptr_t)cell);
}

/* Only the first column and what says "new" are ours. */
static json_t *translate_row(const json_t *head, const json_t *row, bool has_names)
{
	json_t *name, *out = json_object();
	size_t i;

	json_array_foreach(head, i, name) {
		json_t *cell = json_object_get(row, json_string_value(name));
		const bool is_ours = (i == 0 && has_names) || strcmp(json_string_value(name), "CHANGE") == 0;

		(void)json_object_set_new(out, report_word(json_string_value(name)), is_ours ? translated(cell) : json_incref(cell));
	}
	return out;
}

/* Brands, departments and channels are named by the operator. */
static bool has_names_of_ours(const char *title)
{
	static const char *const theirs[] = { "By channel", "By brand", "By department", "Satisfaction by channel" };

	for (size_t i = 0; i < COUNT_OF(theirs); i++)
		if (strcmp(theirs[i], title) == 0) return false;
	return true;
}

json_t *report_translate(const json_t *tables)
{
	json_t *out = json_array(), *table, *item;
	size_t i, k;

	json_array_foreach((json_t *)(uintptr_t)tables, i, table) {
		const char *title = json_text(table, "title");
		const json_t *head = json_object_get(table, "head");
		json_t *rows = json_array(), *names = json_array();

		json_array_foreach(head, k, item) (void)json_array_append_new(names, translated(item));
		json_array_foreach(json_object_get(table, "rows"), k, item) (void)json_array_append_new(rows, translate_row(head, item, has_names_of_ours(title)));
		(void)json_array_append_new(out, json_pack("{s:s, s:o, s:o}", "title", report_word(title), "head", names, "rows", rows));
	}
	return out;
}
