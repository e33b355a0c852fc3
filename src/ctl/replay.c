/* replay.c - `intakectl replay --config NEW`: what another configuration would have decided about the messages of the last days.
 *
 * The daemon only hands out what is stored, page by page; NEW is read and the decisions are made here, mails in sandboxed workers, with the
 * rights of whoever asks. Nothing is written, nothing is sent. */
#include "ctl/replay.h"
#include "ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "ctl/setup.h"
#include "daemon/accounts.h"

#define TABLE_ROWS_MAX 2000             /* what somebody may still read; --json gives all */
#define DEFAULT_SINCE "7d"

/* What is asked of, made of NEW; and what came of it so far. */
struct replay {
	const struct ctl *ctl;
	struct setup setup;
	struct policy *policy;
	struct worker_pool *workers;
	struct worker_conf worker_conf;         /* borrowed by the pool */
	struct own_addresses own;
	struct pipeline_setup pipeline;
	struct pipeline_account *accounts;
	json_t *rows;                   /* of the table */
	json_t *counts, *left_out;      /* by what differs; by why a ticket was not replayed */
	size_t tickets, differ, rows_cut;
	bool has_terminal;
};

/* ---- the other configuration ------------------------------------------------------------------------------------------------- */

static void make_pipeline(struct replay *r)
{
	const struct config *config = r->setup.config;

	own_addresses_collect(config, &r->own);
	r->accounts = mem_new((config->channel_count + 1) * sizeof(*r->accounts));
	for (size_t i = 0; i < config->channel_count; i++) r->accounts[i] = account_of_channel(&config->channels[i], config->core.brand);
	r->pipeline = (struct pipeline_setup){
		.workers = r->workers, .policy = r->policy, .ack = &config->ack, .brands = &config->core.brands,
		.own_addresses = (const char *const *)r->own.list, .own_count = r->own.count,
	};
}

/* Every problem of the file, with its line, before the first message is asked for. */
static int load_new(struct replay *r, const char *path)
{
	struct ctl as_new = *r->ctl;
	struct ik_error err = { "" };

	as_new.config = path;
	if (setup_load(&as_new, &r->setup) != EX_OK || config_check(r->setup.config, false, stderr) > 0) return EX_DATAERR;
	if (setup_policy_new(&r->setup, &r->policy, &err) != IK_OK) return ctl_complain(EX_DATAERR, "%s", err.text);
	r->worker_conf = r->setup.config->worker;
	r->worker_conf.processes = 1;
	if (worker_pool_new(&r->worker_conf, &r->workers, &err) != IK_OK) return ctl_complain(EX_OSERR, "%s", err.text);
	make_pipeline(r);
	return EX_OK;
}

static const struct pipeline_account *account_find(const struct replay *r, const char *name)
{
	for (size_t i = 0; name != NULL && i < r->setup.config->channel_count; i++)
		if (strcmp(r->accounts[i].name, name) == 0) return &r->accounts[i];
	return NULL;
}

/* ---- one ticket ------------------------------------------------------------------------------------------------------------------ */

static void count(json_t *counts, const char *what)
{
	(void)json_object_set_new(counts, what, json_integer(json_int(counts, what, 0) + 1));
}

/* A row of the table for every difference, as long as somebody may read it. */
static void add_rows(struct replay *r, const char *number, json_t *changes)
{
	json_t *row;
	size_t i;

	json_array_foreach(changes, i, row) {
		if (json_array_size(r->rows) >= TABLE_ROWS_MAX) {
			r->rows_cut++;
			continue;
		}
		json_set_text(row, "number", i == 0 ? number : "");
		(void)json_array_append(r->rows, row);
	}
}

static void report(struct replay *r, const json_t *opening, json_t *changes)
{
	const char *number = json_text(opening, "number");
	json_t *row, *line;
	size_t i;

	if (json_array_size(changes) == 0) return;
	r->differ++;
	json_array_foreach(changes, i, row) count(r->counts, json_text(row, "what"));
	if (!r->ctl->as_json) {
		add_rows(r, number, changes);
		return;
	}
	line = json_pack("{s:O}", "changes", changes);
	json_set_text(line, "number", number);
	json_set_text(line, "channel", json_text(opening, "channel"));
	json_set_time(line, "received_at", json_int(opening, "received_at", 0));
	(void)json_dumpf(line, stdout, JSON_COMPACT);
	(void)putchar('\n');
	json_decref(line);
}

/* Bytes from malloc; NULL: there are none. */
static void *original_of(const json_t *opening, size_t *size_r)
{
	const char *text = json_text(opening, "original");
	const size_t len = text != NULL ? strlen(text) : 0;
	unsigned char *raw;
	long size;

	if (text == NULL) return NULL;
	raw = mem_new(len + 1);
	size = base64_decode(text, len, raw, len + 1);
	if (size < 0) mem_free(&raw);
	else *size_r = (size_t)size;
	return raw;
}

/* An import without its chain of decisions, or a message that an operator gave a ticket of its own. */
static bool is_made_by_hand(json_t *decisions)
{
	json_t *rule = json_path(decisions, "verdict.rule");

	return !json_is_object(json_path(decisions, "class")) || (json_is_string(rule) && strcmp(json_string_value(rule), "split-by-operator") == 0);
}

static int replay_one(struct replay *r, const json_t *opening)
{
	const struct pipeline_account *account = account_find(r, json_text(opening, "channel"));
	struct ticket *t = NULL;
	struct ik_error err = { "" };
	void *raw = NULL;
	size_t size = 0;
	json_t *changes;

	if (is_made_by_hand(json_object_get(opening, "decisions"))) count(r->left_out, "made by hand");
	else if (account == NULL) count(r->left_out, "channel is not in the other configuration");
	else if (replay_is_mail(opening) && (raw = original_of(opening, &size)) == NULL) count(r->left_out, "original is gone or too large");
	else if (replay(&r->pipeline, account, opening, raw, size, &t, &err) != IK_OK) return ctl_complain(EX_TEMPFAIL, "%s", err.text);
	if (t == NULL) return EX_OK;
	r->tickets++;
	changes = replay_compare(opening, t);
	report(r, opening, changes);
	json_decref(changes);
	ticket_release(&t);
	return EX_OK;
}

/* ---- all of them ------------------------------------------------------------------------------------------------------------------- */

static void show_progress(const struct replay *r, int64_t at)
{
	char text[CLOCK_RFC3339_SIZE];

	if (r->has_terminal && at > 0) (void)fprintf(stderr, "\r%zu tickets, back to %.16s, %zu differ \033[K", r->tickets, clock_rfc3339(at, text), r->differ);
}

static int replay_page(struct replay *r, const json_t *rows, size_t *left)
{
	json_t *opening;
	size_t i;
	int status = EX_OK;

	json_array_foreach(rows, i, opening) {
		if (status != EX_OK || *left == 0) break;
		status = replay_one(r, opening);
		--*left;
		show_progress(r, json_int(opening, "received_at", 0));
	}
	return status;
}

static int replay_all(struct replay *r, json_t *asked, size_t limit)
{
	json_t *page = NULL;
	size_t left = limit > 0 ? limit : SIZE_MAX;
	int64_t next_id;
	int status;

	do {
		status = ctl_ask(r->ctl, "openings", asked, NULL, NULL, &page);
		if (status == EX_OK) status = replay_page(r, json_object_get(page, "rows"), &left);
		next_id = json_int(page, "next_id", 0);
		(void)json_object_set_new(asked, "before_id", json_integer(next_id));
		json_decref(page);
		page = NULL;
	} while (status == EX_OK && next_id > 0 && left > 0);
	if (r->has_terminal) (void)fputs("\r\033[K", stderr);
	return status;
}

/* ---- what it says ------------------------------------------------------------------------------------------------------------------ */

static const struct ctl_column columns[] = {
	{ .heading = "NUMBER", .path = "number" }, { .heading = "WHAT", .path = "what" }, { .heading = "BEFORE", .path = "before" },
	{ .heading = "AFTER", .path = "after" }, { .heading = "RULE", .path = "rule", .is_long = true }, { .heading = NULL },
};

static void print_summary(const struct replay *r)
{
	json_t *value;
	const char *key;
	const char *sign = ": ";

	if (json_array_size(r->rows) > 0) {
		ctl_print_table(r->ctl, columns, r->rows, NULL);
		(void)putchar('\n');
	}
	if (r->rows_cut > 0) (void)printf("%zu more differences; --json gives all\n", r->rows_cut);
	(void)printf("%zu tickets, %zu differ", r->tickets, r->differ);
	json_object_foreach(r->counts, key, value) {
		(void)printf("%s%s %lld", sign, key, (long long)json_integer_value(value));
		sign = ", ";
	}
	(void)putchar('\n');
	json_object_foreach(r->left_out, key, value) (void)printf("left out: %lld, %s\n", (long long)json_integer_value(value), key);
	(void)puts("Not decided anew: repeats, threads, likeness and limits, which need the store; what a channel does before it hands a message over.");
}

static void print_summary_line(const struct replay *r)
{
	json_t *line = json_pack("{s:{s:I, s:I, s:O, s:O, s:[s,s,s,s]}}", "summary", "tickets", (json_int_t)r->tickets, "differ", (json_int_t)r->differ,
	                         "what", r->counts, "left_out", r->left_out, "not_replayed", "repeats", "threads", "likeness", "limits");

	(void)json_dumpf(line, stdout, JSON_COMPACT);
	(void)putchar('\n');
	json_decref(line);
}

static void replay_release(struct replay *r)
{
	worker_pool_free(&r->workers);
	policy_free(&r->policy);
	own_addresses_release(&r->own);
	mem_free(&r->accounts);
	setup_release(&r->setup);
	json_decref(r->rows);
	json_decref(r->counts);
	json_decref(r->left_out);
}

/* The daemon's socket: of the configuration named before the command, or of the usual one, else of NEW itself. */
static struct ctl asking(const struct ctl *ctl, const char *path)
{
	struct ctl asks = *ctl;

	if (asks.config == NULL && access(CONFIG_FILE, R_OK) != 0) asks.config = path;
	return asks;
}

static int run_replay(const struct ctl *ctl, json_t *args)
{
	const char *path = json_text(args, "config") != NULL ? json_text(args, "config") : ctl->config;
	const char *since = json_text(args, "since") != NULL ? json_text(args, "since") : DEFAULT_SINCE;
	const int64_t since_at = clock_parse_since(since, clock_wall());
	const struct ctl asks = asking(ctl, path);
	struct replay r = { .ctl = &asks, .rows = json_array(), .counts = json_object(), .left_out = json_object(), .has_terminal = isatty(STDERR_FILENO) };
	json_t *asked = json_pack("{s:I}", "since_at", (json_int_t)since_at);
	int status;

	if (json_text(args, "channel") != NULL) json_set_text(asked, "channel", json_text(args, "channel"));
	if (path == NULL) status = ctl_complain(EX_USAGE, "which configuration? For example: replay --config new.yaml --since 7d");
	else if (since_at <= 0) status = ctl_complain(EX_USAGE, "--since: expected a day (2026-11-22), a time (2026-11-22T08:00:00Z) or an age (24h, 7d)");
	else status = load_new(&r, path);
	if (status == EX_OK) status = replay_all(&r, asked, (size_t)json_int(args, "limit", 0));
	if (status == EX_OK && ctl->as_json) print_summary_line(&r);
	else if (status == EX_OK) print_summary(&r);
	json_decref(asked);
	replay_release(&r);
	return status;
}

static const struct argp_option replay_options[] = {
	{ "config", 'c', "NEW", 0, "The other configuration; one named before the command is that of the daemon", 0 },
	{ "since", 260, "WHEN", 0, "Tickets received at or after a day (2026-11-22), a time (2026-11-22T08:00:00Z) or an age (24h, 7d); without it 7d", 0 },
	{ "channel", 256, "NAME", 0, "Only tickets of this channel", 0 },
	{ "limit", 'n', "N", 0, "At most the newest N tickets; without it all", 0 },
	{ 0 }
};

const struct ctl_command ctl_replay_commands[] = {
	{ .name = "replay", .args = "", .options = replay_options, .run = run_replay,
	  .summary = "Tell what another configuration would have decided",
	  .doc = "Runs the stored messages that opened tickets through the configuration NEW and prints which decisions differ from those that were made: "
	         "brand, category, severity, sentiment, language, routing, deadlines, acknowledgement, and what was read of a mail. Nothing is written and "
	         "nothing is sent. Repeats, threads, likeness and limits need the store and stay as they were. NEW is read by intakectl, with the rights of "
	         "whoever runs it. With --json one line for each ticket that differs, then one with the summary. Exit status 65: NEW has errors.\n\n"
	         "Examples:\n  intakectl replay --config new.yaml --since 7d\n  intakectl --json replay --config new.yaml --channel support | jq -c .changes" },
	{ .name = NULL },
};
