/* state.c - status, ledger, outbox, quarantine, retry, doctor and reload: how the gateway itself is doing. */
#include "ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/json.h"

#define ROWS_SHOWN 100

static int run_status(const struct ctl *ctl, json_t *args)
{
	json_t *found = NULL, *item;
	const char *key;
	const int status = ctl_ask(ctl, "status", args, NULL, NULL, &found);

	if (status == EX_OK && ctl->as_json) ctl_print_json(found);
	if (status == EX_OK && !ctl->as_json) {
		json_t *plain = json_copy(found);

		json_object_foreach(found, key, item)
			if (json_is_array(item)) (void)json_object_del(plain, key);
		ctl_print_value(ctl, plain, 0);
		json_object_foreach(found, key, item) {
			if (!json_is_array(item) || json_array_size(item) == 0) continue;
			(void)printf("\n%s:\n", key);
			ctl_print_value(ctl, item, 0);
		}
		json_decref(plain);
	}
	json_decref(found);
	return status;
}

/* A list that is one table. */
static int run_rows(const struct ctl *ctl, const char *command, json_t *args, const struct ctl_column *columns, const char *none)
{
	json_t *rows = NULL;
	int status;

	if (!ctl->as_json && json_object_get(args, "limit") == NULL) (void)json_object_set_new(args, "limit", json_integer(ROWS_SHOWN));
	status = ctl_ask(ctl, command, args, NULL, NULL, &rows);
	if (status == EX_OK && ctl->as_json) ctl_print_json(rows);
	if (status == EX_OK && !ctl->as_json) ctl_print_table(ctl, columns, rows, none);
	json_decref(rows);
	return status;
}

static const struct ctl_column ledger_columns[] = {
	{ .heading = "DAY", .path = "day" }, { .heading = "CHANNEL", .path = "channel" },
	{ .heading = "OFFERED", .path = "offered", .is_number = true }, { .heading = "ACCEPTED", .path = "accepted", .is_number = true },
	{ .heading = "REPEATED", .path = "repeated", .is_number = true }, { .heading = "REFUSED", .path = "refused", .is_number = true },
	{ .heading = "PENDING", .path = "pending", .is_number = true }, { .heading = "REASONS", .path = "reasons", .is_long = true }, { .heading = NULL },
};

static int run_ledger(const struct ctl *ctl, json_t *args)
{
	return run_rows(ctl, "ledger", args, ledger_columns, "nothing was offered yet");
}

static const struct ctl_column outbox_columns[] = {
	{ .heading = "ID", .path = "id", .is_number = true }, { .heading = "TICKET", .path = "number" }, { .heading = "KIND", .path = "kind" },
	{ .heading = "TARGET", .path = "target" }, { .heading = "STATE", .path = "state" }, { .heading = "TRIES", .path = "attempts", .is_number = true },
	{ .heading = "NEXT", .path = "next_at" }, { .heading = "ADDRESS", .path = "address" }, { .heading = "ERROR", .path = "last_error", .is_long = true },
	{ .heading = NULL },
};

static int run_drop(const struct ctl *ctl, json_t *args)
{
	json_t *result = NULL;
	const int status = ctl_ask(ctl, "drop", args, NULL, NULL, &result);

	if (status == EX_OK && ctl->as_json) ctl_print_json(result);
	else if (status == EX_OK && json_is_true(json_object_get(result, "done"))) (void)printf("%lld given up\n", (long long)json_int(result, "dropped", 0));
	else if (status == EX_OK)
		(void)printf("%lld wait for %s; the same command with --yes gives them up, which cannot be taken back\n", (long long)json_int(result, "waiting", 0), json_text(result, "target"));
	json_decref(result);
	return status;
}

static int run_outbox(const struct ctl *ctl, json_t *args)
{
	const char *what = json_text(args, "what");

	if (what == NULL) return run_rows(ctl, "outbox", args, outbox_columns, "nothing to send and nothing sent");
	return strcmp(what, "drop") == 0 ? run_drop(ctl, args) : ctl_complain(EX_USAGE, "outbox %s: the one thing to do is `outbox drop`; without it the entries are listed", what);
}

static const struct ctl_column quarantine_columns[] = {
	{ .heading = "ID", .path = "id", .is_number = true }, { .heading = "AT", .path = "at" }, { .heading = "CHANNEL", .path = "channel" },
	{ .heading = "BYTES", .path = "size", .is_number = true }, { .heading = "TICKET", .path = "number" },
	{ .heading = "REASON", .path = "reason", .is_long = true }, { .heading = NULL },
};

static int run_quarantine(const struct ctl *ctl, json_t *args)
{
	return run_rows(ctl, "quarantine", args, quarantine_columns, "nothing is set aside");
}

static const struct ctl_column alarm_columns[] = {
	{ .heading = "ID", .path = "id", .is_number = true }, { .heading = "RAISED", .path = "raised_at" }, { .heading = "KIND", .path = "kind" },
	{ .heading = "ABOUT", .path = "key" }, { .heading = "TICKET", .path = "number" }, { .heading = "TIMES", .path = "count", .is_number = true },
	{ .heading = "WHAT", .path = "text", .is_long = true }, { .heading = NULL },
};

static int run_alarms(const struct ctl *ctl, json_t *args)
{
	return run_rows(ctl, "alarms", args, alarm_columns, "no alarm was raised");
}

static const struct ctl_column retry_columns[] = {
	{ .heading = "ID", .path = "id", .is_number = true }, { .heading = "QUEUED", .path = "ok" }, { .heading = "REASON", .path = "error" }, { .heading = NULL },
};

static int run_retry(const struct ctl *ctl, json_t *args)
{
	json_t *rows = NULL, *row;
	size_t i;
	int status = ctl_ask(ctl, "retry", args, NULL, NULL, &rows);

	if (status == EX_OK && ctl->as_json) ctl_print_json(rows);
	if (status == EX_OK && !ctl->as_json) ctl_print_table(ctl, retry_columns, rows, NULL);
	json_array_foreach(rows, i, row)
		if (!json_is_true(json_object_get(row, "ok"))) status = EX_DATAERR;
	json_decref(rows);
	return status;
}

static const char *finding_mark(const struct ctl *ctl, bool is_ok, bool is_warning)
{
	if (!is_ok) return ctl->has_colours ? "\033[31mFAIL\033[m " : "FAIL ";
	if (is_warning) return ctl->has_colours ? "\033[33mwarn\033[m " : "warn ";
	return ctl->has_colours ? "\033[32mok  \033[m " : "ok   ";
}

/* One finding as soon as it is known. */
static void print_finding(void *arg, json_t *finding)
{
	const bool is_ok = json_is_true(json_object_get(finding, "ok"));
	static const char *const keys[] = { "check", "detail", "remedy" };
	const struct ctl *ctl = arg;

	if (ctl->as_json) return;
	(void)fputs(finding_mark(ctl, is_ok, json_is_true(json_object_get(finding, "warning"))), stdout);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *text = json_text(finding, keys[i]);
		char *clean;

		if (text == NULL || text[0] == '\0' || (i == 2 && is_ok)) continue;
		clean = ctl_clean(text, false);
		(void)printf("%s%s", i == 0 ? "" : i == 1 ? ": " : "\n     -> ", clean);
		free(clean);
	}
	(void)putchar('\n');
	(void)fflush(stdout);
}

static int run_doctor(const struct ctl *ctl, json_t *args)
{
	json_t *findings = NULL, *finding;
	size_t i;
	struct ctl told = *ctl;
	int status = ctl_ask(ctl, "doctor", args, print_finding, &told, &findings);

	if (status == EX_OK && ctl->as_json) ctl_print_json(findings);
	json_array_foreach(findings, i, finding)
		if (!json_is_true(json_object_get(finding, "ok"))) status = EX_UNAVAILABLE;
	json_decref(findings);
	return status;
}

static void print_backfill(void *arg, json_t *progress)
{
	const struct ctl *ctl = arg;

	if (!ctl->as_json && isatty(STDERR_FILENO))
		(void)fprintf(stderr, "\r%lld of %lld seen, %lld new", (long long)json_int(progress, "seen", 0), (long long)json_int(progress, "found", 0),
		              (long long)json_int(progress, "taken", 0));
}

static int run_backfill(const struct ctl *ctl, json_t *args)
{
	json_t *result = NULL;
	struct ctl told = *ctl;
	const int status = ctl_ask(ctl, "backfill", args, print_backfill, &told, &result);

	if (!ctl->as_json && isatty(STDERR_FILENO)) (void)fputc('\n', stderr);
	if (status == EX_OK && ctl->as_json) ctl_print_json(result);
	else if (status == EX_OK)
		(void)printf("%lld mails of that time, %lld of them new here\n", (long long)json_int(result, "found", 0), (long long)json_int(result, "taken", 0));
	json_decref(result);
	return status;
}

static int run_set_state(const struct ctl *ctl, json_t *args)
{
	json_t *result = NULL;
	const int status = ctl_ask(ctl, "set-state", args, NULL, NULL, &result);

	if (status == EX_OK && !ctl->as_json) (void)puts("done");
	json_decref(result);
	return status;
}

static int run_acknowledge(const struct ctl *ctl, json_t *args)
{
	json_t *result = NULL;
	const int status = ctl_ask(ctl, "acknowledge", args, NULL, NULL, &result);

	if (status == EX_OK && !ctl->as_json) (void)puts("it will be sent");
	json_decref(result);
	return status;
}

/* A problem of the new configuration, with its file and line. */
static void take_problem(void *arg, json_t *value)
{
	const char *problem = json_text(value, "problem");
	char *clean = problem != NULL ? ctl_clean(problem, false) : NULL;

	if (clean != NULL) (void)fprintf(stderr, "%s\n", clean);
	(void)json_array_append(arg, json_object_get(value, "problem"));
	free(clean);
}

static int run_reload(const struct ctl *ctl, json_t *args)
{
	json_t *result = NULL, *problems = json_array(), *told;
	const int status = ctl_ask(ctl, "reload", args, take_problem, problems, &result);

	if (ctl->as_json) {
		told = json_pack("{s:b, s:O}", "ok", status == EX_OK, "problems", problems);
		ctl_print_json(told);
		json_decref(told);
	} else if (status == EX_OK) {
		(void)puts("the new configuration is in force");
	}
	json_decref(problems);
	json_decref(result);
	return status;
}

static const struct argp_option outbox_options[] = {
	{ "state", 256, "STATE", 0, "pending, sending, committing, sent, failed, uncertain or withheld", 0 },
	{ "limit", 'n', "N", 0, "At most N entries", 0 },
	{ "sink", 257, "NAME", 0, "drop: of this sink, which is no longer configured", 0 },
	{ "channel", 258, "NAME", 0, "drop: answers through this channel, which is no longer configured", 0 },
	{ "yes", 'y', NULL, 0, "drop: do it; without it only how many there are is told", 0 },
	{ 0 }
};
static const struct argp_option limit_options[] = { { "limit", 'n', "N", 0, "At most N entries", 0 }, { 0 } };
static const struct argp_option retry_options[] = {
	{ "uncertain", 256, NULL, 0, "Also send again what may have been sent already", 0 },
	{ 0 }
};

static const struct argp_option set_state_options[] = {
	{ "note", 256, "TEXT", 0, "For the staff: stands in the ticket's history", 0 },
	{ "tell", 257, "TEXT", 0, "For the customer: the question of waiting_customer, else an answer (passed on with notices.agent_replies)", 0 },
	{ 0 }
};

static const struct argp_option backfill_options[] = {
	{ "since", 'S', "DAY", 0, "First day (2026-10-01) or age (30d)", 0 },
	{ "acknowledge", 'a', NULL, 0, "Acknowledge them as new mail is", 0 },
	{ 0 }
};

const struct ctl_command ctl_state_commands[] = {
	{ .name = "status", .summary = "Show the state of the daemon, its channels and its totals", .run = run_status, .doc = "Example:\n  intakectl status --json | jq .counts" },
	{ .name = "ledger", .summary = "Show per channel and day what was offered, accepted and refused", .run = run_ledger,
	  .doc = "offered = accepted + repeated + refused + pending holds for every line. repeated: offered again by the source and stored before; it got the same answer. pending other than 0 in a past day means that the gateway lost count: please report it." },
	{ .name = "outbox", .args = "[drop]", .positional = "what", .most = 1, .summary = "List acknowledgements and deliveries, or drop some",
	  .options = outbox_options, .run = run_outbox,
	  .doc = "What waits for a sink or channel that was removed from the configuration is kept, in case it comes back; `outbox drop` gives it up for good. The "
	         "tickets' histories tell who did.\n\nExamples:\n  intakectl outbox drop --sink old-desk\n  intakectl outbox drop --sink old-desk --yes\n  intakectl outbox --state failed\n  intakectl outbox --state uncertain --json" },
	{ .name = "quarantine", .summary = "List input that could not be read", .options = limit_options, .run = run_quarantine },
	{ .name = "alarms", .summary = "List what operators had to know at once", .options = limit_options, .run = run_alarms,
	  .doc = "Newest first, with --json the evidence as well. TIMES counts how often the same came up within alarms.repeat; it was told once." },
	{ .name = "retry", .args = "ID...", .positional = "ids", .least = 1, .most = 10000, .summary = "Send failed outbox entries again",
	  .options = retry_options, .run = run_retry,
	  .doc = "ID is the number that `intakectl outbox` shows. What may have been sent already (uncertain) is sent again only with --uncertain: the "
	         "customer may get it twice.\n\nExamples:\n  intakectl retry 17 18\n  intakectl outbox --state failed --json | jq '.[].id' | xargs intakectl retry" },
	{ .name = "doctor", .args = "[CHANNEL]", .positional = "channel", .most = 1, .summary = "Test channels, sinks and relay; takes in and passes on nothing",
	  .run = run_doctor, .doc = "Every finding that fails names its remedy; the exit status is then 69. A webhook sink posts one signed event of the type intaked.test.\n\nExamples:\n  intakectl doctor\n  intakectl doctor support-mail" },
	{ .name = "backfill", .args = "CHANNEL", .positional = "channel", .least = 1, .most = 1, .summary = "Take in mail that was there before the channel",
	  .options = backfill_options, .run = run_backfill,
	  .doc = "Mails of an IMAP folder that came since that day and lie behind what the channel took by itself become tickets; those that are here already "
	         "are passed over, so an interrupted run is simply started again. New mail goes on meanwhile. Nobody is sent an acknowledgement unless "
	         "--acknowledge is given.\n\nExamples:\n  intakectl backfill support-mail --since 2026-10-01\n  intakectl backfill support-mail --since 30d" },
	{ .name = "set-state", .args = "TICKET STATE", .positional = "what", .least = 2, .most = 2, .summary = "Move a ticket to another state",
	  .options = set_state_options, .run = run_set_state,
	  .doc = "STATE is received, forwarded, in_progress, waiting_customer, resolved or closed. The customer hears of it as the section notices says.\n\n"
	         "Examples:\n  intakectl set-state 202611-001 in_progress --note \"with Li\"\n"
	         "  intakectl set-state 202611-001 waiting_customer --tell \"What is the number of your order?\"" },
	{ .name = "acknowledge", .args = "TICKET", .positional = "ticket", .least = 1, .most = 1, .summary = "Send an acknowledgement that was withheld",
	  .run = run_acknowledge, .doc = "For a ticket whose acknowledgement a limit or a doubt held back (explain tells which). What machines sent is never answered.\n\n"
	                                 "Example:\n  intakectl acknowledge 202611-001" },
	{ .name = "reload", .summary = "Have the daemon read its configuration again", .run = run_reload,
	  .doc = "Waits until the new configuration is in force. One with errors changes nothing: every problem is told with its file and line, and the exit status "
	         "is 78.\n\nExample:\n  sudoedit /etc/intaked/intaked.yaml && intakectl reload" },
	{ .name = NULL },
};
