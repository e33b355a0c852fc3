/* report.c - `intakectl report`: a period in figures beside the one before it, as tables on a terminal, CSV, a page or JSON.
 *
 * The daemon's figures become a list of tables {title, head[], rows[{heading: cell}]} first; every output prints those. */
#include "ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/json.h"
#include "base/mem.h"
#include "ctl/csv.h"
#include "ctl/report_words.h"

/* ---- cells ---------------------------------------------------------------------------------------------------------------------- */

static json_t *text_cell(char *text)
{
	json_t *cell = json_string(text);

	free(text);
	return cell;
}

static json_t *share_cell(double part, double whole)
{
	return whole > 0 ? text_cell(mem_format("%.1f %%", 100 * part / whole)) : json_string("-");
}

static json_t *change_cell(double now, double before)
{
	return before > 0 ? text_cell(mem_format("%+.0f %%", 100 * (now - before) / before)) : json_string(now > 0 ? "new" : "-");
}

/* Seconds as people say them. */
static json_t *span_cell(const json_t *seconds)
{
	const double s = json_number_value(seconds);

	if (!json_is_number(seconds)) return json_string("-");
	if (s < 120) return text_cell(mem_format("%.0f s", s));
	if (s < 7200) return text_cell(mem_format("%.0f min", s / 60));
	return s < 172800 ? text_cell(mem_format("%.1f h", s / 3600)) : text_cell(mem_format("%.1f d", s / 86400));
}

static json_t *rate_cell(const json_t *rate)
{
	return json_is_number(rate) ? text_cell(mem_format("%.1f %%", 100 * json_number_value(rate))) : json_string("-");
}

static json_t *mean_cell(const json_t *mean)
{
	return json_is_number(mean) ? text_cell(mem_format("%.2f", json_number_value(mean))) : json_string("-");
}

static json_t *number_at(const json_t *report, const char *path)
{
	const json_t *value = json_path((json_t *)(uintptr_t)report, path);

	return json_integer(json_integer_value(value));
}

/* ---- tables ---------------------------------------------------------------------------------------------------------------------- */

/* head: headings joined by |. */
static json_t *table_new(json_t *tables, const char *title, const char *head)
{
	json_t *table = json_pack("{s:s, s:[], s:[]}", "title", title, "head", "rows");

	while (*head != '\0') {
		const size_t len = strcspn(head, "|");

		(void)json_array_append_new(json_object_get(table, "head"), json_stringn(head, len));
		head += len + (head[len] == '|');
	}
	(void)json_array_append_new(tables, table);
	return table;
}

/* cells: as many as there are headings; takes them. */
static void add_row(json_t *table, json_t *const *cells)
{
	const json_t *head = json_object_get(table, "head");
	json_t *row = json_object();

	for (size_t i = 0; i < json_array_size(head); i++) (void)json_object_set_new(row, json_string_value(json_array_get(head, i)), cells[i]);
	(void)json_array_append_new(json_object_get(table, "rows"), row);
}

static void compare_row(json_t *table, const char *what, const json_t *report, const char *path, json_t *(*cell)(const json_t *value), bool has_change)
{
	json_t *const now = json_path((json_t *)(uintptr_t)report, path), *const before = json_path(json_object_get(report, "before"), path);

	add_row(table, (json_t *[]){ json_string(what), cell(now), cell(before), has_change ? change_cell(json_number_value(now), json_number_value(before)) : json_string("") });
}

static json_t *count_cell(const json_t *count)
{
	return json_integer(json_integer_value(count));
}

static void add_overview(json_t *tables, const json_t *report)
{
	static const struct { const char *what, *path; json_t *(*cell)(const json_t *); bool has_change; } rows[] = {
		{ "tickets", "tickets.total", count_cell, true },
		{ "of customers who had one before", "tickets.of_returning_customers", count_cell, true },
		{ "matters told again", "tickets.with_repeats", count_cell, true },
		{ "messages that joined a ticket as repeats", "duplicates.joined", count_cell, true },
		{ "messages that continued a ticket", "duplicates.continued", count_cell, true },
		{ "given again by their source", "duplicates.given_again_by_source", count_cell, true },
		{ "mass incidents", "incidents.opened", count_cell, true },
		{ "tickets of mass incidents", "incidents.tickets", count_cell, true },
		{ "first answers in time", "first_response.kept_rate", rate_cell, false },
		{ "median time to the first answer", "first_response.seconds.p50", span_cell, true },
		{ "90 % are answered within", "first_response.seconds.p90", span_cell, true },
		{ "99 % are answered within", "first_response.seconds.p99", span_cell, true },
		{ "resolved", "resolution.resolved", count_cell, true },
		{ "mean time to the solution", "resolution.seconds.mean", span_cell, true },
		{ "answers to the survey", "satisfaction.all[0].answers", count_cell, true },
		{ "satisfaction, mean of 1 to 5", "satisfaction.all[0].level", mean_cell, true },
	};
	json_t *table = table_new(tables, "Overview", "WHAT|NOW|BEFORE|CHANGE");

	for (size_t i = 0; i < COUNT_OF(rows); i++) compare_row(table, rows[i].what, report, rows[i].path, rows[i].cell, rows[i].has_change);
}

struct count { const char *name; json_int_t now, before; };

static int by_size(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	return x->now != y->now ? (x->now < y->now) - (x->now > y->now) : strcmp(x->name, y->name);
}

/* Names of both periods, the most frequent first. */
static void add_counts(json_t *tables, const char *title, const json_t *report, const char *path)
{
	json_t *now = json_path((json_t *)(uintptr_t)report, path), *before = json_path(json_object_get(report, "before"), path), *value;
	struct count *counts = mem_new((json_object_size(now) + json_object_size(before) + 1) * sizeof(*counts));
	double total = 0;
	size_t n = 0;
	const char *name;
	json_t *table = table_new(tables, title, "NAME|TICKETS|SHARE|BEFORE|CHANGE");

	json_object_foreach(now, name, value) {
		counts[n++] = (struct count){ name, json_integer_value(value), json_int(before, name, 0) };
		total += (double)json_integer_value(value);
	}
	json_object_foreach(before, name, value)
		if (json_object_get(now, name) == NULL) counts[n++] = (struct count){ name, 0, json_integer_value(value) };
	if (n > 1) qsort(counts, n, sizeof(*counts), by_size);
	for (size_t i = 0; i < n; i++)
		add_row(table, (json_t *[]){ json_string(counts[i].name[0] != '\0' ? counts[i].name : "(none)"), json_integer(counts[i].now), share_cell((double)counts[i].now, total),
		                             json_integer(counts[i].before), change_cell((double)counts[i].now, (double)counts[i].before) });
	free(counts);
}

static void add_responses(json_t *tables, const json_t *report)
{
	static const char *const severities[] = { "urgent", "high", "normal", "low" };
	json_t *table = table_new(tables, "First answer by severity", "SEVERITY|IN TIME|LATE|OVERDUE|WAITING|RATE|MEDIAN|90 %");

	for (size_t i = 0; i < COUNT_OF(severities); i++) {
		const json_t *one = json_object_get(json_path((json_t *)(uintptr_t)report, "first_response.by_severity"), severities[i]);

		add_row(table, (json_t *[]){ json_string(severities[i]), number_at(one, "kept"), number_at(one, "late"), number_at(one, "overdue"), number_at(one, "waiting"),
		                             rate_cell(json_object_get(one, "kept_rate")), span_cell(json_path((json_t *)(uintptr_t)one, "seconds.p50")),
		                             span_cell(json_path((json_t *)(uintptr_t)one, "seconds.p90")) });
	}
}

static void add_satisfaction(json_t *tables, const json_t *report, const char *title, const char *path)
{
	json_t *table = table_new(tables, title, "NAME|ANSWERS|SATISFIED|NEITHER|DISSATISFIED|LEVEL|SPEED|ATTITUDE|SOLUTION|THOROUGHNESS"), *row;
	size_t i;

	json_array_foreach(json_path((json_t *)(uintptr_t)report, path), i, row)
		add_row(table, (json_t *[]){ json_string(json_text(row, "name") != NULL ? json_text(row, "name") : "all"), number_at(row, "answers"), number_at(row, "satisfied"),
		                             number_at(row, "neither"), number_at(row, "dissatisfied"), mean_cell(json_object_get(row, "level")), mean_cell(json_object_get(row, "speed")),
		                             mean_cell(json_object_get(row, "attitude")), mean_cell(json_object_get(row, "solution")), mean_cell(json_object_get(row, "thoroughness")) });
}

static void add_hours(json_t *tables, const json_t *report)
{
	json_t *table = table_new(tables, "By hour of the day", "HOUR|TICKETS"), *value;
	size_t i;

	json_array_foreach(json_path((json_t *)(uintptr_t)report, "tickets.by_hour"), i, value)
		if (json_integer_value(value) > 0) add_row(table, (json_t *[]){ text_cell(mem_format("%02zu-%02zu", i, i + 1)), json_incref(value) });
}

static void add_ledger(json_t *tables, const json_t *report)
{
	json_t *table = table_new(tables, "Ledger (whole days, UTC): offered = accepted + repeated + refused + pending", "CHANNEL|OFFERED|ACCEPTED|REPEATED|REFUSED|PENDING"), *row;
	size_t i;

	json_array_foreach(json_object_get(report, "ledger"), i, row)
		add_row(table, (json_t *[]){ json_incref(json_object_get(row, "channel")), number_at(row, "offered"), number_at(row, "accepted"), number_at(row, "repeated"),
		                             number_at(row, "refused"), number_at(row, "pending") });
}

static json_t *tables_of(const json_t *report)
{
	static const struct { const char *title, *path; } counts[] = {
		{ "By channel", "tickets.by.channel" }, { "By category", "tickets.by.category" }, { "By severity", "tickets.by.severity" }, { "By sentiment", "tickets.by.sentiment" },
		{ "By brand", "tickets.by.brand" }, { "By department", "tickets.by.department" }, { "By state", "tickets.by.state" },
		{ "Receipts", "acknowledgements.by_state" }, { "Receipts: why, or why not", "acknowledgements.by_reason" }, { "Alarms", "alarms" },
	};
	json_t *tables = json_array();

	add_overview(tables, report);
	for (size_t i = 0; i < COUNT_OF(counts); i++) add_counts(tables, counts[i].title, report, counts[i].path);
	add_responses(tables, report);
	add_satisfaction(tables, report, "Satisfaction", "satisfaction.all");
	add_satisfaction(tables, report, "Satisfaction by channel", "satisfaction.by_channel");
	add_satisfaction(tables, report, "Satisfaction by category", "satisfaction.by_category");
	add_hours(tables, report);
	add_ledger(tables, report);
	return tables;
}

static char *heading_of(const json_t *report, bool is_chinese)
{
	const json_t *p = json_object_get(report, "period");
	const char *name = strcmp(json_text(p, "name"), "span") == 0 ? "" : json_text(p, "name"), *gap = *name != '\0' ? " " : "";

	if (is_chinese) return mem_format("%s%s%s 至 %s，时区 %s", report_word(name), gap, json_text(p, "since"), json_text(p, "until"), json_text(p, "zone"));
	return mem_format("%s%s%s to %s, days of %s", name, gap, json_text(p, "since"), json_text(p, "until"), json_text(p, "zone"));
}

/* ---- outputs ------------------------------------------------------------------------------------------------------------------------- */

static void print_text(const struct ctl *ctl, const json_t *tables)
{
	json_t *table, *name;
	size_t i, c;

	json_array_foreach(tables, i, table) {
		struct ctl_column columns[12] = { { .heading = NULL } };

		if (json_array_size(json_object_get(table, "rows")) == 0) continue;
		json_array_foreach(json_object_get(table, "head"), c, name)
			if (c < COUNT_OF(columns) - 1) columns[c] = (struct ctl_column){ .heading = json_string_value(name), .path = json_string_value(name), .is_number = c > 0 };
		(void)printf("\n%s\n", json_text(table, "title"));
		ctl_print_table(ctl, columns, json_object_get(table, "rows"), NULL);
	}
}

static char *cell_text(const json_t *cell)
{
	return json_is_integer(cell) ? mem_format("%lld", (long long)json_integer_value(cell)) : ctl_clean(json_is_string(cell) ? json_string_value(cell) : "", false);
}

/* One table after the other, the title before each row, so that a spreadsheet can filter by it. */
static void print_csv(const json_t *tables, const char *first_heading)
{
	json_t *table, *row, *name;
	size_t i, k, c;

	json_array_foreach(tables, i, table) {
		csv_cell(stdout, first_heading, true);
		json_array_foreach(json_object_get(table, "head"), c, name) csv_cell(stdout, json_string_value(name), false);
		csv_end_row(stdout);
		json_array_foreach(json_object_get(table, "rows"), k, row) {
			csv_cell(stdout, json_text(table, "title"), true);
			json_array_foreach(json_object_get(table, "head"), c, name) {
				char *text = cell_text(json_object_get(row, json_string_value(name)));

				csv_cell(stdout, text, false);
				free(text);
			}
			csv_end_row(stdout);
		}
	}
}

static void print_escaped(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '<') (void)fputs("&lt;", stdout);
		else if (*text == '>') (void)fputs("&gt;", stdout);
		else if (*text == '&') (void)fputs("&amp;", stdout);
		else (void)putchar(*text);
	}
}

static void print_html_row(const json_t *table, const json_t *row)
{
	json_t *name;
	size_t c;

	(void)fputs("<tr>", stdout);
	json_array_foreach(json_object_get(table, "head"), c, name) {
		char *text = row != NULL ? cell_text(json_object_get(row, json_string_value(name))) : mem_text(json_string_value(name));

		(void)fputs(row == NULL ? "<th scope=\"col\">" : c == 0 ? "<th scope=\"row\">" : "<td>", stdout);
		print_escaped(text);
		(void)fputs(row == NULL || c == 0 ? "</th>" : "</td>", stdout);
		free(text);
	}
	(void)fputs("</tr>\n", stdout);
}

static void print_html(const json_t *tables, const char *heading, bool is_chinese)
{
	const char *title = is_chinese ? report_word("Intake report") : "Intake report";
	json_t *table, *row;
	size_t i, k;

	(void)printf("<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title>\n", is_chinese ? "zh-Hans" : "en", title);
	(void)fputs("<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:0 0 2rem}"
	            "th,td{padding:.2rem .8rem;border-bottom:1px solid #999;text-align:right}th:first-child{text-align:left}caption{text-align:left;font-weight:bold}</style>"
	            "</head><body>\n", stdout);
	(void)printf("<h1>%s</h1>\n<p>", title);
	print_escaped(heading);
	(void)fputs("</p>\n", stdout);
	json_array_foreach(tables, i, table) {
		if (json_array_size(json_object_get(table, "rows")) == 0) continue;
		(void)fputs("<table><caption>", stdout);
		print_escaped(json_text(table, "title"));
		(void)fputs("</caption>\n", stdout);
		print_html_row(table, NULL);
		json_array_foreach(json_object_get(table, "rows"), k, row) print_html_row(table, row);
		(void)fputs("</table>\n", stdout);
	}
	(void)fputs("</body></html>\n", stdout);
}

static void print_report(const struct ctl *ctl, const json_t *args, const json_t *report)
{
	const bool is_chinese = report_is_chinese(json_text(args, "language"));
	json_t *english = tables_of(report), *tables = is_chinese ? report_translate(english) : json_incref(english);
	char *heading = heading_of(report, is_chinese);

	if (json_is_true(json_object_get(args, "html"))) {
		print_html(tables, heading, is_chinese);
	} else if (json_is_true(json_object_get(args, "csv"))) {
		if (json_is_true(json_object_get(args, "bom"))) (void)fputs("\xef\xbb\xbf", stdout);
		print_csv(tables, is_chinese ? report_word("TABLE") : "TABLE");
	} else {
		(void)puts(heading);
		print_text(ctl, tables);
	}
	free(heading);
	json_decref(tables);
	json_decref(english);
}

static int run_report(const struct ctl *ctl, json_t *args)
{
	json_t *report = NULL;
	const int status = ctl_ask(ctl, "report", args, NULL, NULL, &report);

	if (status == EX_OK && ctl->as_json) ctl_print_json(report);
	else if (status == EX_OK) print_report(ctl, args, report);
	json_decref(report);
	return status;
}

static const struct argp_option report_options[] = {
	{ "period", 'p', "WORD", 0, "day, week (from Monday), month, quarter or year; without it month", 0 },
	{ "back", 'b', "N", 0, "So many periods ago; without it the one under way, up to now", 0 },
	{ "since", 'S', "WHEN", 0, "Instead of a period: from a day (2026-11-22), a time or an age (7d)", 0 },
	{ "until", 'U', "WHEN", 0, "Up to then, which is out; without it up to now", 0 },
	{ "html", 256, NULL, 0, "As a page to print or send", 0 },
	{ "csv", 257, NULL, 0, "As rows for a spreadsheet", 0 },
	{ "bom", 258, NULL, 0, "Begin the rows with a byte order mark: some spreadsheets take them for UTF-8 only then", 0 },
	{ "language", 'l', "TAG", 0, "zh: headings and names in Chinese; without it English", 0 },
	{ 0 }
};

const struct ctl_command ctl_report_commands[] = {
	{ .name = "report", .args = "", .options = report_options, .run = run_report, .summary = "Tell a day, week, month, quarter or year in figures",
	  .doc = "Tickets by channel, category, severity, sentiment, brand, department, state and hour; first answers kept in time and how long they took; repeats, "
	         "duplicates and mass incidents; satisfaction by dimension; receipts with the reasons of those withheld; alarms; the ledger. Beside it the same of "
	         "the period before, as far as this one has come. Days are those of policy.timezone. It holds no personal data. Whether answers were in time is "
	         "known only when a helpdesk tells of them (sinks with callback_secret); until then the rate is -.\n\n"
	         "Examples:\n  intakectl report\n  intakectl report --period week --back 1\n  intakectl report --since 2026-10-01 --until 2026-11-01 --html --language zh > october.html\n"
	         "  intakectl --json report | jq .first_response.kept_rate" },
	{ .name = NULL },
};
