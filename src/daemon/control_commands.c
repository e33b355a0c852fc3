/* control_commands.c - status, list, show, explain, ledger, outbox, quarantine, alarms, retry, doctor, reload, config: arguments in, JSON out.
 *
 * Each call opens a reader of its own, so that no state is shared between clients. Lists of tickets are sent page by page as
 * {"progress": {"rows": [...]}}, the last page as the result: any number of tickets needs the memory of one page. */
#include "daemon/control_commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "daemon/control.h"
#include "daemon/control_correct.h"
#include "daemon/control_entry.h"
#include "daemon/control_erase.h"
#include "daemon/control_export.h"
#include "daemon/control_filter.h"
#include "daemon/control_import.h"
#include "daemon/control_likeness.h"
#include "daemon/control_replay.h"
#include "daemon/control_report.h"

#define PAGE 500
#define ROWS_MAX 1000000
#define RETRY_MAX 10000
#define BACKFILL_LOOK_MS 300
#define UNCERTAIN_PAGE 1000             /* what read_outbox() gives at most */
#define DROP_SLICE 500                  /* duties given up in one transaction */

struct control {
	struct control_setup setup;
	struct control_server *server;
};

/* ---- arguments -------------------------------------------------------------------------------------------------------------- */

static size_t limit_of(const json_t *args, size_t fallback)
{
	const int64_t limit = json_int(args, "limit", (int64_t)fallback);

	return limit > 0 && limit < ROWS_MAX ? (size_t)limit : ROWS_MAX;
}

static enum ik_rc usage(struct control_call *call, struct ik_error *err, const char *text)
{
	call->code = EX_USAGE;
	return ik_fail(IK_REJECT, err, "%s", text);
}

static enum ik_rc not_available(struct control_call *call, struct ik_error *err)
{
	call->code = EX_UNAVAILABLE;
	return ik_fail(IK_REJECT, err, "this daemon does not offer that command");
}

/* The ticket that args name. */
static enum ik_rc ticket_of(struct store_reader *r, struct control_call *call, int64_t *ticket_id_r, struct ik_error *err)
{
	const char *name = json_text(call->args, "ticket");
	enum ik_rc rc;

	if (name == NULL) return usage(call, err, "which ticket? Give its number (202611-001) or tracking code");
	rc = read_ticket_id(r, name, ticket_id_r, err);
	if (rc == IK_OK && *ticket_id_r == 0) rc = ik_fail(IK_REJECT, err, "there is no ticket with the number or code '%.64s'", name);
	return rc;
}

/* ---- commands of the store ------------------------------------------------------------------------------------------------------ */

static enum ik_rc run_status(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;
	struct store_reader *r = NULL;
	json_t *counts = NULL;
	enum ik_rc rc = store_reader_open(setup->store, &r, err);

	if (rc == IK_OK) rc = read_counts(r, &counts, err);
	if (rc == IK_OK) {
		call->result = setup->status != NULL ? setup->status(setup->arg) : json_object();
		(void)json_object_set_new(call->result, "counts", counts);
	}
	store_reader_close(&r);
	return rc;
}

/* Ends a list: how many rows are still wanted, and where the next page starts. */
struct paging { size_t left; int64_t before_id; };

static enum ik_rc next_page(struct store_reader *r, struct read_filter *filter, struct paging *page, json_t **rows_r, struct ik_error *err)
{
	json_t *row;
	size_t i;
	enum ik_rc rc;

	filter->limit = page->left < PAGE ? page->left : PAGE;
	filter->before_id = page->before_id;
	rc = read_list(r, filter, rows_r, err);
	if (rc != IK_OK) return rc;
	page->left = json_array_size(*rows_r) < filter->limit ? 0 : page->left - filter->limit;
	json_array_foreach(*rows_r, i, row) {
		page->before_id = json_int(row, "id", 0);
		(void)json_object_del(row, "id");       /* the store's own, no part of the ticket format */
	}
	return IK_OK;
}

static bool is_word(const char *const *words, const char *word)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], word) == 0) return true;
	return false;
}

static enum ik_rc run_list(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;
	const json_t *args = call->args;
	struct read_filter filter = {
		.channel = json_text(args, "channel"), .state = json_text(args, "state"), .category = json_text(args, "category"),
		.severity = json_text(args, "severity"), .search = json_text(args, "search"),
		.since_at = clock_parse_since(json_text(args, "since"), clock_wall()),
	};
	struct paging page = { .left = limit_of(args, 0) };
	struct store_reader *r = NULL;
	json_t *rows = NULL;
	enum ik_rc rc;

	if (filter.since_at < 0) return usage(call, err, "--since: expected a day (2026-11-22), a time (2026-11-22T08:00:00Z) or an age (24h, 7d)");
	rc = store_reader_open(setup->store, &r, err);
	if (rc == IK_OK) rc = control_filter_check(setup, r, &filter, call, err);
	while (rc == IK_OK && page.left > 0) {
		if (rows != NULL && !call->progress(call, json_pack("{s:o}", "rows", rows))) rc = ik_fail(IK_RETRY, err, "the client has gone");
		rows = NULL;
		if (rc == IK_OK) rc = next_page(r, &filter, &page, &rows, err);
	}
	if (rc == IK_OK) call->result = rows;
	else json_decref(rows);
	store_reader_close(&r);
	return rc;
}

static enum ik_rc run_show(void *arg, struct control_call *call, struct ik_error *err)
{
	struct store_reader *r = NULL;
	int64_t ticket_id = 0;
	enum ik_rc rc = store_reader_open(((struct control *)arg)->setup.store, &r, err);

	if (rc == IK_OK) rc = ticket_of(r, call, &ticket_id, err);
	if (rc == IK_OK) rc = read_ticket(r, ticket_id, &call->result, err);
	store_reader_close(&r);
	return rc;
}

static enum ik_rc run_explain(void *arg, struct control_call *call, struct ik_error *err)
{
	struct store_reader *r = NULL;
	int64_t ticket_id = 0;
	enum ik_rc rc = store_reader_open(((struct control *)arg)->setup.store, &r, err);

	if (rc == IK_OK) rc = ticket_of(r, call, &ticket_id, err);
	if (rc == IK_OK) rc = read_decisions(r, ticket_id, &call->result, err);
	store_reader_close(&r);
	return rc;
}

/* What the ledger must never show: offered and neither taken nor refused. Anything but 0 in a closed day is an alarm. */
static void add_pending(json_t *rows)
{
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row) {
		const int64_t settled = json_int(row, "accepted", 0) + json_int(row, "repeated", 0) + json_int(row, "refused", 0);

		(void)json_object_set_new(row, "pending", json_integer(json_int(row, "offered", 0) - settled));
	}
}

static enum ik_rc run_ledger(void *arg, struct control_call *call, struct ik_error *err)
{
	struct store_reader *r = NULL;
	enum ik_rc rc = store_reader_open(((struct control *)arg)->setup.store, &r, err);

	if (rc == IK_OK) rc = read_ledger(r, &call->result, err);
	if (rc == IK_OK) add_pending(call->result);
	store_reader_close(&r);
	return rc;
}

static enum ik_rc run_outbox(void *arg, struct control_call *call, struct ik_error *err)
{
	const char *state = json_text(call->args, "state");
	struct store_reader *r = NULL;
	enum ik_rc rc;

	if (state != NULL && !is_word(duty_state_names, state))
		return usage(call, err, "--state: expected one of pending, sending, committing, sent, failed, uncertain, withheld");
	rc = store_reader_open(((struct control *)arg)->setup.store, &r, err);
	if (rc == IK_OK) rc = read_outbox(r, state, limit_of(call->args, 0), &call->result, err);
	store_reader_close(&r);
	return rc;
}

static enum ik_rc run_quarantine(void *arg, struct control_call *call, struct ik_error *err)
{
	struct store_reader *r = NULL;
	enum ik_rc rc = store_reader_open(((struct control *)arg)->setup.store, &r, err);

	if (rc == IK_OK) rc = read_quarantine(r, limit_of(call->args, 0), &call->result, err);
	store_reader_close(&r);
	return rc;
}

static enum ik_rc run_alarms(void *arg, struct control_call *call, struct ik_error *err)
{
	struct store_reader *r = NULL;
	enum ik_rc rc = store_reader_open(((struct control *)arg)->setup.store, &r, err);

	if (rc == IK_OK) rc = read_alarms(r, limit_of(call->args, 0), &call->result, err);
	store_reader_close(&r);
	return rc;
}

/* ---- retry ------------------------------------------------------------------------------------------------------------------------ */

struct retry { int64_t id, now_at; };

static enum ik_rc retry_one(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct retry *retry = arg;

	return store_retry_duty(tx, retry->id, retry->now_at, err);
}

static bool has_id(const json_t *rows, int64_t id)
{
	for (size_t i = 0; i < json_array_size(rows); i++)
		if (json_int(json_array_get(rows, i), "id", 0) == id) return true;
	return false;
}

/* The duties that may have gone out already: only an operator who says so in as many words sends them again. */
static enum ik_rc uncertain_rows(struct store *store, json_t **rows_r, struct ik_error *err)
{
	struct store_reader *r = NULL;
	enum ik_rc rc = store_reader_open(store, &r, err);

	if (rc == IK_OK) rc = read_outbox(r, duty_state_names[DUTY_UNCERTAIN], UNCERTAIN_PAGE, rows_r, err);
	store_reader_close(&r);
	return rc;
}

/* A full page may not be all of them: then every entry counts as one that may have been sent. */
static bool may_be_uncertain(const json_t *uncertain, int64_t id)
{
	return json_array_size(uncertain) >= UNCERTAIN_PAGE || has_id(uncertain, id);
}

/* One line of the answer: {"id", "ok", "error"}. */
static json_t *retry_result(struct store *store, int64_t id, const json_t *uncertain, bool may_repeat, int64_t now_at)
{
	struct retry retry = { .id = id, .now_at = now_at };
	struct ik_error err = { "" };
	enum ik_rc rc;
	json_t *line = json_pack("{s:I}", "id", (json_int_t)id);

	if (!may_repeat && may_be_uncertain(uncertain, id)) rc = ik_fail(IK_REJECT, &err, "it may have been sent already; add --uncertain to send it again all the same");
	else rc = store_call(store, retry_one, &retry, &err);
	(void)json_object_set_new(line, "ok", json_boolean(rc == IK_OK));
	json_set_text(line, "error", rc == IK_OK ? NULL : err.text);
	return line;
}

static enum ik_rc run_retry(void *arg, struct control_call *call, struct ik_error *err)
{
	struct store *store = ((struct control *)arg)->setup.store;
	const json_t *ids = json_object_get(call->args, "ids");
	json_t *uncertain = NULL;
	enum ik_rc rc;

	if (json_array_size(ids) == 0 || json_array_size(ids) > RETRY_MAX) return usage(call, err, "which entries? Give their ids as `outbox` lists them");
	for (size_t i = 0; i < json_array_size(ids); i++)
		if (!json_is_integer(json_array_get(ids, i))) return usage(call, err, "an id is a whole number, as `outbox` lists it");
	rc = uncertain_rows(store, &uncertain, err);
	if (rc != IK_OK) return rc;
	call->result = json_array();
	for (size_t i = 0; i < json_array_size(ids); i++)
		(void)json_array_append_new(call->result, retry_result(store, (int64_t)json_integer_value(json_array_get(ids, i)), uncertain,
		                                                       json_is_true(json_object_get(call->args, "uncertain")), clock_wall()));
	json_decref(uncertain);
	return IK_OK;
}

/* ---- set-state --------------------------------------------------------------------------------------------------------------------- */

struct set_state { const struct control_setup *setup; const char *name; struct progress_move move; };

static enum ik_rc set_state(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct set_state *s = arg;
	enum ik_rc rc = store_find_ticket(tx, s->name, &s->move.ticket_id, err);

	if (rc == IK_OK && s->move.ticket_id == 0) return ik_fail(IK_REJECT, err, "there is no ticket with the number or code '%.64s'", s->name);
	return rc == IK_OK ? s->setup->move(s->setup->arg, tx, &s->move, err) : rc;
}

static enum ik_rc run_set_state(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;
	struct set_state s = { .setup = setup };

	if (setup->move == NULL) return not_available(call, err);
	s.name = json_string_value(json_array_get(json_object_get(call->args, "what"), 0));
	if (s.name == NULL) return usage(call, err, "which ticket? Give its number (202611-001) or tracking code, and the state");
	if (!ticket_state_named(json_string_value(json_array_get(json_object_get(call->args, "what"), 1)), &s.move.to))
		return usage(call, err, "expected one of the states received, forwarded, in_progress, waiting_customer, resolved, closed");
	s.move.who = WHO_OPERATOR;
	s.move.actor = "operator";
	s.move.note = json_text(call->args, "note");
	s.move.tell = json_text(call->args, "tell");
	s.move.at = clock_wall();
	if (s.move.tell != NULL && strlen(s.move.tell) >= STORE_NOTE_MAX) return usage(call, err, "--tell: a customer is told less than 1024 bytes");
	return store_call(setup->store, set_state, &s, err);
}

struct override { const struct control_setup *setup; const char *name; int64_t at; };

static enum ik_rc override(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct override *o = arg;
	int64_t ticket_id = 0;
	enum ik_rc rc = store_find_ticket(tx, o->name, &ticket_id, err);

	if (rc == IK_OK && ticket_id == 0) return ik_fail(IK_REJECT, err, "there is no ticket with the number or code '%.64s'", o->name);
	return rc == IK_OK ? o->setup->override_ack(o->setup->arg, tx, ticket_id, o->at, err) : rc;
}

static enum ik_rc run_acknowledge(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;
	struct override o = { .setup = setup, .name = json_text(call->args, "ticket"), .at = clock_wall() };

	if (setup->override_ack == NULL) return not_available(call, err);
	if (o.name == NULL) return usage(call, err, "which ticket? Give its number (202611-001) or tracking code");
	return store_call(setup->store, override, &o, err);
}

/* ---- commands of the supervisor -------------------------------------------------------------------------------------------------------- */

static bool report_finding(void *arg, json_t *finding)
{
	struct control_call *call = arg;

	(void)json_array_append(call->result, finding);
	return call->progress(call, finding);
}

static enum ik_rc run_doctor(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;

	if (setup->doctor == NULL) return not_available(call, err);
	call->result = json_array();
	return setup->doctor(setup->arg, json_text(call->args, "channel"), report_finding, call, err);
}

static json_t *backfill_json(const struct ik_backfill_progress *p)
{
	return json_pack("{s:I, s:I, s:I}", "found", (json_int_t)p->found, "seen", (json_int_t)p->seen, "taken", (json_int_t)p->taken);
}

/* Lasts until it is over; asks again and again how far it is, and sees a client that has gone. */
static enum ik_rc run_backfill(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;
	const char *name = json_text(call->args, "channel"), *since = json_text(call->args, "since");
	const int64_t since_at = since != NULL && setup->moment != NULL ? setup->moment(setup->arg, since, clock_wall()) : 0;     /* a day is one of the configured zone */
	const struct ik_backfill want = { .since_at = since_at, .acknowledge = json_is_true(json_object_get(call->args, "acknowledge")) };
	struct ik_backfill_progress progress = { 0 };
	struct timespec pause = { .tv_nsec = BACKFILL_LOOK_MS * 1000000L };
	bool is_over = false;
	enum ik_rc rc;

	if (setup->backfill == NULL) return not_available(call, err);
	if (name == NULL || want.since_at <= 0) return usage(call, err, "which channel, and since when? For example: backfill support --since 2026-10-01");
	rc = setup->backfill(setup->arg, name, &want, &progress, &is_over, err);
	while (rc == IK_OK && !is_over) {
		if (!call->progress(call, backfill_json(&progress))) {
			(void)setup->backfill(setup->arg, name, NULL, &progress, &is_over, NULL);
			return ik_fail(IK_RETRY, err, "interrupted; the same command goes on where this one stopped");
		}
		(void)nanosleep(&pause, NULL);
		rc = setup->backfill(setup->arg, name, &want, &progress, &is_over, err);
	}
	if (rc == IK_OK) call->result = backfill_json(&progress);
	return rc;
}

static enum ik_rc run_reload(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;
	char *problems = NULL, *rest, *line;
	enum ik_rc rc;

	if (setup->reload == NULL) return not_available(call, err);
	rc = setup->reload(setup->arg, &problems, err);
	rest = problems;
	while (rest != NULL && (line = strsep(&rest, "\n")) != NULL) {
		json_t *problem = json_object();

		json_set_text(problem, "problem", line);
		if (line[0] != '\0') (void)call->progress(call, json_incref(problem));
		json_decref(problem);
	}
	free(problems);
	return rc;
}

/* ---- duties that nobody works off ------------------------------------------------------------------------------------------------------- */

struct drop { const char *target, *actor; int64_t now_at, count; };

static enum ik_rc drop_some(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct drop *drop = arg;

	return store_drop_duties(tx, drop->target, drop->actor, drop->now_at, DROP_SLICE, &drop->count, err);
}

static enum ik_rc count_waiting(struct store *store, const char *target, int64_t *count_r, struct ik_error *err)
{
	struct store_reader *r = NULL;
	json_t *rows = NULL, *row;
	size_t i;
	enum ik_rc rc = store_reader_open(store, &r, err);

	if (rc == IK_OK) rc = read_waiting(r, &rows, err);
	store_reader_close(&r);
	*count_r = 0;
	json_array_foreach(rows, i, row)
		if (strcmp(json_text(row, "target"), target) == 0) *count_r = json_int(row, "waiting", 0);
	json_decref(rows);
	return rc;
}

/* Only of a queue that nobody serves: what is sent just now is never taken away from its sender. */
static enum ik_rc run_drop(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;
	const char *sink = json_text(call->args, "sink"), *channel = json_text(call->args, "channel"), *name = sink != NULL ? sink : channel;
	const bool is_meant = json_is_true(json_object_get(call->args, "yes"));
	char target[64], actor[CONTROL_NAME_SIZE];
	struct drop drop = { .target = target, .actor = actor, .now_at = clock_wall(), .count = 1 };
	int64_t waiting = 0, dropped = 0;
	enum ik_rc rc;

	if (setup->serves == NULL) return not_available(call, err);
	if ((sink == NULL) == (channel == NULL) || strlen(name) > 48) return usage(call, err, "whose entries? Give --sink NAME or --channel NAME");
	(void)snprintf(target, sizeof(target), "%s:%s", sink != NULL ? "sink" : "ack", name);
	if (setup->serves(setup->arg, target))
		return usage(call, err, "it is at work and takes its entries itself; take it out of the configuration or switch it off, then reload");
	control_operator(call, actor);
	rc = count_waiting(setup->store, target, &waiting, err);
	while (rc == IK_OK && is_meant && drop.count > 0) {
		rc = store_call(setup->store, drop_some, &drop, err);
		if (rc == IK_OK) dropped += drop.count;
	}
	if (rc == IK_OK) call->result = json_pack("{s:s, s:I, s:I, s:b}", "target", target, "waiting", (json_int_t)waiting, "dropped", (json_int_t)dropped, "done", (int)is_meant);
	return rc;
}

static enum ik_rc run_config(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;
	char *text;

	if (setup->configuration == NULL) return not_available(call, err);
	text = setup->configuration(setup->arg);
	call->result = json_string(text);
	free(text);
	return IK_OK;
}

/* ---- likeness --------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc run_split(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;

	return setup->correct != NULL ? control_split(setup, call, err) : not_available(call, err);
}

static enum ik_rc run_merge(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;

	return setup->correct != NULL ? control_merge(setup, call, err) : not_available(call, err);
}

static enum ik_rc run_part(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;

	return setup->correct != NULL ? control_part(setup, call, err) : not_available(call, err);
}

static enum ik_rc run_incidents(void *arg, struct control_call *call, struct ik_error *err)
{
	return control_incidents(&((struct control *)arg)->setup, call, err);
}

static enum ik_rc run_openings(void *arg, struct control_call *call, struct ik_error *err)
{
	return control_openings(&((struct control *)arg)->setup, call, err);
}

static enum ik_rc run_add(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;

	return setup->enter != NULL ? control_add(setup, call, err) : not_available(call, err);
}

static enum ik_rc run_correct(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;

	return setup->reclassify != NULL ? control_correct_class(setup, call, err) : not_available(call, err);
}

static enum ik_rc run_corrections(void *arg, struct control_call *call, struct ik_error *err)
{
	return control_corrections(&((struct control *)arg)->setup, call, err);
}

static enum ik_rc run_export(void *arg, struct control_call *call, struct ik_error *err)
{
	return control_export(&((struct control *)arg)->setup, call, err);
}

static enum ik_rc run_report(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;

	return setup->period != NULL ? control_report(setup, call, err) : not_available(call, err);
}

static enum ik_rc run_erase(void *arg, struct control_call *call, struct ik_error *err)
{
	return control_erase(&((struct control *)arg)->setup, call, err);
}

static enum ik_rc run_import(void *arg, struct control_call *call, struct ik_error *err)
{
	const struct control_setup *setup = &((struct control *)arg)->setup;

	return setup->enter != NULL ? control_import(setup, call, err) : not_available(call, err);
}

static const struct control_command commands[] = {
	{ "status", run_status }, { "list", run_list }, { "show", run_show }, { "explain", run_explain }, { "ledger", run_ledger },
	{ "outbox", run_outbox }, { "quarantine", run_quarantine }, { "retry", run_retry }, { "set-state", run_set_state },
	{ "acknowledge", run_acknowledge }, { "doctor", run_doctor },
	{ "backfill", run_backfill }, { "reload", run_reload }, { "drop", run_drop }, { "config", run_config }, { "alarms", run_alarms }, { "split", run_split },
	{ "merge", run_merge }, { "part", run_part }, { "incidents", run_incidents }, { "openings", run_openings },
	{ "add", run_add }, { "export", run_export }, { "import", run_import }, { "report", run_report }, { "erase", run_erase },
	{ "correct", run_correct }, { "corrections", run_corrections }, { NULL, NULL },
};

enum ik_rc control_new(const struct control_setup *setup, struct control **control_r, struct ik_error *err)
{
	struct control *c = mem_new(sizeof(*c));
	const struct control_server_setup server = { .socket = setup->socket, .group = setup->group, .fd = setup->fd, .commands = commands, .arg = c };
	enum ik_rc rc;

	c->setup = *setup;
	rc = control_server_new(&server, &c->server, err);
	if (rc == IK_OK) *control_r = c;
	else free(c);
	return rc;
}

void control_free(struct control **control)
{
	if (*control == NULL) return;
	control_server_free(&(*control)->server);
	mem_free(control);
}
