#include "store/report.h"

#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "store/late.h"
#include "store/reader.h"
#include "store/survey.h"

#define NAMES_MAX 200                   /* different channels, brands, ... that are told apart */
#define SEVERITIES 4
#define ALL SEVERITIES                  /* behind the severities: of all of them */

static const char *const severities[SEVERITIES + 1] = { "urgent", "high", "normal", "low", NULL };

struct numbers { int64_t *list; size_t count; };
struct answers { int64_t kept, late, overdue, waiting; struct numbers seconds; };

struct report {
	const struct report_ask *ask;
	json_t *channel, *category, *severity, *sentiment, *brand, *state, *department, *ack_state, *ack_reason;
	int64_t total, hours[24], repeats, repeated, returning;
	struct answers answers[SEVERITIES + 1];
	struct numbers resolved;
};

/* ---- adding up ---------------------------------------------------------------------------------------------------------------- */

static void count_name(json_t *counts, const char *name)
{
	if (name == NULL) name = "";
	if (json_object_get(counts, name) == NULL && json_object_size(counts) >= NAMES_MAX) name = "(others)";
	(void)json_object_set_new(counts, name, json_integer(json_int(counts, name, 0) + 1));
}

static void add_number(struct numbers *n, int64_t value)
{
	if ((n->count & (n->count - 1)) == 0) n->list = mem_grow(n->list, n->count == 0 ? 16 : 2 * n->count + 16, sizeof(*n->list));
	n->list[n->count++] = value;
}

static void count_answer(struct answers *a, int64_t received_at, int64_t answered_at, int64_t due_at, int64_t now_at)
{
	if (answered_at != 0) add_number(&a->seconds, answered_at - received_at);
	if (due_at == 0) return;
	if (answered_at != 0 && answered_at <= due_at) a->kept++;
	else if (answered_at != 0) a->late++;
	else if (due_at < now_at) a->overdue++;
	else a->waiting++;
}

static void count_ticket(struct report *p, const struct sql_rows *rows)
{
	const int64_t received_at = sql_int_at(rows, 0), answered_at = sql_int_at(rows, 8), due_at = sql_int_at(rows, 9), resolved_at = sql_int_at(rows, 10);
	const char *severity = sql_text_at(rows, 3);
	const bool is_elsewhere = sql_int_at(rows, 15) != 0 && answered_at == 0;        /* merged: it is answered where it is now */

	p->total++;
	p->hours[p->ask->hour(p->ask->arg, received_at) % 24]++;
	count_name(p->channel, sql_text_at(rows, 1));
	count_name(p->category, sql_text_at(rows, 2));
	count_name(p->severity, severity);
	count_name(p->sentiment, sql_text_at(rows, 4));
	count_name(p->brand, sql_text_at(rows, 5));
	count_name(p->department, sql_text_at(rows, 6));
	count_name(p->state, store_state_names[sql_int_at(rows, 7) % TALLY_STATES]);
	for (int i = 0; i < SEVERITIES && !is_elsewhere; i++)
		if (severity != NULL && strcmp(severity, severities[i]) == 0) count_answer(&p->answers[i], received_at, answered_at, due_at, p->ask->now_at);
	if (!is_elsewhere) count_answer(&p->answers[ALL], received_at, answered_at, due_at, p->ask->now_at);
	if (resolved_at != 0) add_number(&p->resolved, resolved_at - received_at);
	count_name(p->ack_state, store_ack_names[sql_int_at(rows, 11) % (ACK_FAILED + 1)]);
	count_name(p->ack_reason, sql_text_at(rows, 12));
	p->repeats += sql_int_at(rows, 13);
	p->repeated += sql_int_at(rows, 13) > 0;
	p->returning += sql_int_at(rows, 14) > 0;
}

static enum ik_rc count_tickets(struct store_reader *r, struct report *p, struct ik_error *err)
{
	struct sql_rows rows;
	int64_t high = 0, low = 1;
	enum ik_rc rc = sql_number(&r->sql, "SELECT max(id) + 1 FROM ticket", SQL_NO_ARGS, 1, &high, err);

	if (rc == IK_OK) rc = late_since(&r->sql, LATE_TICKET, p->ask->since_at, high, &low, err);
	if (rc == IK_OK)
		rc = sql_query(&r->sql, "SELECT received_at, channel, category, severity, sentiment, brand, department, state, first_response_at, first_response_due, resolved_at,"
		               " ack, ack_reason, repeats, earlier, EXISTS (SELECT 1 FROM moved v WHERE v.from_ticket = ticket.id AND v.kind = 'merge') AND NOT EXISTS"
		               " (SELECT 1 FROM message m WHERE m.ticket_id = ticket.id) FROM ticket WHERE id >= ? AND received_at >= ? AND received_at < ?",
		               SQL_ARGS(SQL_INT(low > SINCE_SLACK ? low - SINCE_SLACK : 1), SQL_INT(p->ask->since_at), SQL_INT(p->ask->until_at)), &rows, err);
	while (rc == IK_OK && sql_next(&rows)) count_ticket(p, &rows);
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

/* ---- what it says --------------------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The value that this share of them do not pass. */
static json_t *quantile(const struct numbers *sorted, int percent)
{
	if (sorted->count == 0) return json_null();
	return json_integer(sorted->list[(sorted->count * (size_t)percent + 99) / 100 - 1]);
}

static json_t *seconds_json(struct numbers *n)
{
	double sum = 0;

	if (n->count > 1) qsort(n->list, n->count, sizeof(*n->list), by_size);
	for (size_t i = 0; i < n->count; i++) sum += (double)n->list[i];
	return json_pack("{s:o, s:o, s:o, s:o}", "mean", n->count > 0 ? json_integer((json_int_t)(sum / (double)n->count)) : json_null(), "p50", quantile(n, 50), "p90",
	                 quantile(n, 90), "p99", quantile(n, 99));
}

/* Without any answer nobody tells the gateway of answers, and a rate would say nothing. */
static json_t *answers_json(struct answers *a, bool is_told)
{
	const int64_t over = a->kept + a->late + a->overdue;

	return json_pack("{s:I, s:I, s:I, s:I, s:o, s:o}", "kept", (json_int_t)a->kept, "late", (json_int_t)a->late, "overdue", (json_int_t)a->overdue, "waiting",
	                 (json_int_t)a->waiting, "kept_rate", is_told && over > 0 ? json_real((double)a->kept / (double)over) : json_null(), "seconds", seconds_json(&a->seconds));
}

static json_t *responses_json(struct report *p)
{
	const bool is_told = p->answers[ALL].seconds.count > 0;
	json_t *all = answers_json(&p->answers[ALL], is_told), *each = json_object();

	for (int i = 0; i < SEVERITIES; i++) (void)json_object_set_new(each, severities[i], answers_json(&p->answers[i], is_told));
	(void)json_object_set_new(all, "by_severity", each);
	return all;
}

static json_t *tickets_json(const struct report *p)
{
	json_t *hours = json_array();

	for (int h = 0; h < 24; h++) (void)json_array_append_new(hours, json_integer(p->hours[h]));
	return json_pack("{s:I, s:I, s:I, s:I, s:o, s:{s:O, s:O, s:O, s:O, s:O, s:O, s:O}}", "total", (json_int_t)p->total, "told_again", (json_int_t)p->repeats, "with_repeats",
	                 (json_int_t)p->repeated, "of_returning_customers", (json_int_t)p->returning, "by_hour", hours, "by", "channel", p->channel, "category", p->category,
	                 "severity", p->severity, "sentiment", p->sentiment, "brand", p->brand, "department", p->department, "state", p->state);
}

/* ---- what is counted elsewhere ------------------------------------------------------------------------------------------------------ */

static enum ik_rc count_rows(struct store_reader *r, const char *text, const struct report_ask *ask, json_t *counts, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, text, SQL_ARGS(SQL_INT(ask->since_at), SQL_INT(ask->until_at)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) {
		const char *name = sql_text_at(&rows, 0);

		if (json_object_size(counts) < NAMES_MAX) (void)json_object_set_new(counts, name != NULL ? name : "", json_integer(sql_int_at(&rows, 1)));
	}
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

/* Messages that joined a ticket that was there, instead of one of their own. */
static enum ik_rc add_duplicates(struct store_reader *r, const struct report_ask *ask, json_t *report, struct ik_error *err)
{
	json_t *joined = json_object();
	enum ik_rc rc = count_rows(r, "SELECT h.event, count(*) FROM history h WHERE h.event IN ('duplicate', 'followup') AND h.at >= ? AND h.at < ? GROUP BY 1", ask, joined, err);

	if (rc == IK_OK) rc = count_rows(r, "SELECT 'given_again_by_source', sum(count) FROM ledger WHERE what = 2 AND day >= ? / 86400 AND day < (? + 86399) / 86400", ask, joined, err);
	(void)json_object_set_new(report, "duplicates",
	                          json_pack("{s:I, s:I, s:I}", "joined", (json_int_t)json_int(joined, "duplicate", 0), "continued", (json_int_t)json_int(joined, "followup", 0),
	                                    "given_again_by_source", (json_int_t)json_int(joined, "given_again_by_source", 0)));
	json_decref(joined);
	return rc;
}

static enum ik_rc add_incidents(struct store_reader *r, const struct report_ask *ask, json_t *report, struct ik_error *err)
{
	json_t *opened = json_object(), *tickets = json_object();
	enum ik_rc rc = count_rows(r, "SELECT 'n', count(*) FROM incident WHERE opened_at >= ? AND opened_at < ?", ask, opened, err);

	if (rc == IK_OK) rc = count_rows(r, "SELECT 'n', sum(tickets) FROM incident WHERE opened_at >= ? AND opened_at < ?", ask, tickets, err);
	(void)json_object_set_new(report, "incidents", json_pack("{s:I, s:I}", "opened", (json_int_t)json_int(opened, "n", 0), "tickets", (json_int_t)json_int(tickets, "n", 0)));
	json_decref(opened);
	json_decref(tickets);
	return rc;
}

static enum ik_rc add_satisfaction(struct store_reader *r, const struct report_ask *ask, json_t *report, struct ik_error *err)
{
	static const char *const names[] = { [SATISFACTION_ALL] = "all", [SATISFACTION_BY_CHANNEL] = "by_channel", [SATISFACTION_BY_CATEGORY] = "by_category" };
	json_t *all = json_object();
	enum ik_rc rc = IK_OK;

	for (int by = SATISFACTION_ALL; rc == IK_OK && by <= SATISFACTION_BY_CATEGORY; by++) {
		json_t *rows = NULL;

		rc = read_satisfaction(r, ask->since_at, ask->until_at, (enum satisfaction_by)by, &rows, err);
		if (rc == IK_OK) (void)json_object_set_new(all, names[by], rows);
	}
	(void)json_object_set_new(report, "satisfaction", all);
	return rc;
}

/* Days of the ledger are days in UTC: those that the period touches. */
static enum ik_rc add_ledger(struct store_reader *r, const struct report_ask *ask, json_t *report, struct ik_error *err)
{
	json_t *array = json_array();
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT channel, sum(iif(what = 0, count, 0)), sum(iif(what = 1, count, 0)), sum(iif(what = 2, count, 0)), sum(iif(what = 3, count, 0))"
	                          " FROM ledger WHERE day >= ? AND day < ? GROUP BY channel ORDER BY channel LIMIT 1000",
	                          SQL_ARGS(SQL_INT(ask->since_at / DAY_S), SQL_INT((ask->until_at + DAY_S - 1) / DAY_S)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) {
		const int64_t offered = sql_int_at(&rows, 1), accepted = sql_int_at(&rows, 2), repeated = sql_int_at(&rows, 3), refused = sql_int_at(&rows, 4);
		json_t *line = json_pack("{s:I, s:I, s:I, s:I, s:I}", "offered", (json_int_t)offered, "accepted", (json_int_t)accepted, "repeated", (json_int_t)repeated, "refused",
		                         (json_int_t)refused, "pending", (json_int_t)(offered - accepted - repeated - refused));

		json_set_text(line, "channel", sql_text_at(&rows, 0));
		(void)json_array_append_new(array, line);
	}
	(void)json_object_set_new(report, "ledger", array);
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

static enum ik_rc add_others(struct store_reader *r, const struct report_ask *ask, json_t *report, struct ik_error *err)
{
	json_t *alarms = json_object();
	enum ik_rc rc = count_rows(r, "SELECT kind, count(*) FROM alarm WHERE raised_at >= ? AND raised_at < ? GROUP BY 1", ask, alarms, err);

	(void)json_object_set_new(report, "alarms", alarms);
	if (rc == IK_OK) rc = add_duplicates(r, ask, report, err);
	if (rc == IK_OK) rc = add_incidents(r, ask, report, err);
	if (rc == IK_OK) rc = add_satisfaction(r, ask, report, err);
	return rc == IK_OK ? add_ledger(r, ask, report, err) : rc;
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------------------- */

static void report_release(struct report *p)
{
	json_t *const counts[] = { p->channel, p->category, p->severity, p->sentiment, p->brand, p->state, p->department, p->ack_state, p->ack_reason };

	for (size_t i = 0; i < COUNT_OF(counts); i++) json_decref(counts[i]);
	for (int i = 0; i <= SEVERITIES; i++) free(p->answers[i].seconds.list);
	free(p->resolved.list);
}

enum ik_rc read_report(struct store_reader *r, const struct report_ask *ask, json_t **report_r, struct ik_error *err)
{
	struct report p = { .ask = ask, .channel = json_object(), .category = json_object(), .severity = json_object(), .sentiment = json_object(), .brand = json_object(),
	                    .state = json_object(), .department = json_object(), .ack_state = json_object(), .ack_reason = json_object() };
	json_t *report = json_object();
	enum ik_rc rc = read_begin(r, err);

	if (rc == IK_OK) rc = count_tickets(r, &p, err);
	if (rc == IK_OK) rc = add_others(r, ask, report, err);
	read_end(r);
	if (rc == IK_OK) {
		(void)json_object_set_new(report, "tickets", tickets_json(&p));
		(void)json_object_set_new(report, "first_response", responses_json(&p));
		(void)json_object_set_new(report, "resolution", json_pack("{s:I, s:o}", "resolved", (json_int_t)p.resolved.count, "seconds", seconds_json(&p.resolved)));
		(void)json_object_set_new(report, "acknowledgements", json_pack("{s:O, s:O}", "by_state", p.ack_state, "by_reason", p.ack_reason));
		*report_r = report;
	} else {
		json_decref(report);
	}
	report_release(&p);
	return rc;
}
