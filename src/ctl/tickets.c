/* tickets.c - list, show and explain: what came in, and why it was treated as it was. */
#include "ctl/ctl.h"

#include <sysexits.h>
#include <string.h>
#include "base/json.h"

#define ROWS_SHOWN 50           /* of a table when no --limit is given; JSON gives all */

static const struct ctl_column list_columns[] = {
	{ .heading = "NUMBER", .path = "number" }, { .heading = "RECEIVED", .path = "received_at" }, { .heading = "CHANNEL", .path = "channel.name" },
	{ .heading = "SEVERITY", .path = "severity" }, { .heading = "CATEGORY", .path = "category" }, { .heading = "STATE", .path = "state" },
	{ .heading = "ACK", .path = "ack.state" }, { .heading = "DUE", .path = "first_response_due" },
	{ .heading = "CUSTOMER", .path = "customer.handles[0].value|customer.name" }, { .heading = "SUBJECT", .path = "subject", .is_long = true },
	{ .heading = NULL },
};

/* Rows as they come: printed at once as JSON, gathered for a table. */
struct listing { bool as_json; json_t *rows; size_t count; };

static void take_rows(struct listing *l, const json_t *rows)
{
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row) {
		if (!l->as_json) {
			(void)json_array_append(l->rows, row);
			continue;
		}
		(void)fputs(l->count++ > 0 ? ",\n" : "[", stdout);
		(void)json_dumpf(row, stdout, JSON_COMPACT);
	}
}

static void take_progress(void *arg, json_t *value)
{
	take_rows(arg, json_object_get(value, "rows"));
}

static int run_list(const struct ctl *ctl, json_t *args)
{
	struct listing l = { .as_json = ctl->as_json, .rows = json_array() };
	const bool is_bounded = json_object_get(args, "limit") != NULL || ctl->as_json;
	json_t *rest = NULL;
	int status;

	if (!is_bounded) (void)json_object_set_new(args, "limit", json_integer(ROWS_SHOWN));
	status = ctl_ask(ctl, "list", args, take_progress, &l, &rest);
	if (status == EX_OK) take_rows(&l, rest);
	if (status == EX_OK && ctl->as_json) (void)fputs(l.count > 0 ? "]\n" : "[]\n", stdout);
	if (status == EX_OK && !ctl->as_json) ctl_print_table(ctl, list_columns, l.rows, "no tickets");
	if (!is_bounded && json_array_size(l.rows) == ROWS_SHOWN) (void)fprintf(stderr, "the newest %d; --limit N shows more\n", ROWS_SHOWN);
	json_decref(rest);
	json_decref(l.rows);
	return status;
}

static void print_messages(const struct ctl *ctl, const json_t *messages)
{
	json_t *message;
	size_t i;

	json_array_foreach(messages, i, message) {
		(void)printf("\nmessage %zu:\n", i + 1);
		ctl_print_value(ctl, message, 2);
	}
}

static int run_show(const struct ctl *ctl, json_t *args)
{
	static const char *const lists[] = { "deliveries", "links", "surveys", "history" };
	json_t *ticket = NULL, *part;
	int status = ctl_ask(ctl, "show", args, NULL, NULL, &ticket);

	if (status == EX_OK && ctl->as_json) ctl_print_json(ticket);
	if (status == EX_OK && !ctl->as_json) {
		json_t *head = json_copy(ticket);

		(void)json_object_del(head, "messages");
		for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) (void)json_object_del(head, lists[i]);
		ctl_print_value(ctl, head, 0);
		print_messages(ctl, json_object_get(ticket, "messages"));
		for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
			part = json_object_get(ticket, lists[i]);
			if (json_array_size(part) == 0) continue;
			(void)printf("\n%s:\n", lists[i]);
			ctl_print_value(ctl, part, 0);
		}
		json_decref(head);
	}
	json_decref(ticket);
	return status;
}

static int run_explain(const struct ctl *ctl, json_t *args)
{
	json_t *found = NULL, *item;
	const char *key;
	const char *ticket = json_text(args, "ticket");
	int status;

	if (ticket != NULL && json_text(args, "text") != NULL) return ctl_complain(EX_USAGE, "either a ticket or --text, not both");
	if (json_text(args, "text") != NULL || (ticket != NULL && strcmp(ticket, "-") == 0)) return ctl_explain_text(ctl, args);
	if (ticket == NULL) return ctl_complain(EX_USAGE, "say which ticket, or give a text with --text");
	if (json_object_size(args) > 1) return ctl_complain(EX_USAGE, "--subject, --brand, --channel and --from go with --text or -, not with a ticket");
	status = ctl_ask(ctl, "explain", args, NULL, NULL, &found);
	if (status == EX_OK && ctl->as_json) ctl_print_json(found);
	if (status == EX_OK && !ctl->as_json) {
		json_object_foreach(found, key, item) {
			if (json_is_null(item) || (json_is_array(item) && json_array_size(item) == 0)) continue;
			if (!json_is_string(item)) (void)printf("\n%s:\n", key);
			if (json_is_string(item)) (void)printf("%s: %s\n", key, json_string_value(item));
			else ctl_print_value(ctl, item, json_is_array(item) ? 0 : 2);
		}
	}
	json_decref(found);
	return status;
}

static const struct argp_option list_options[] = {
	{ "channel", 256, "NAME", 0, "Only tickets of this channel", 0 },
	{ "state", 257, "STATE", 0, "received, forwarded, in_progress, waiting_customer, resolved or closed", 0 },
	{ "category", 258, "NAME", 0, "Only tickets of this category", 0 },
	{ "severity", 259, "NAME", 0, "urgent, high, normal or low", 0 },
	{ "since", 260, "WHEN", 0, "Received at or after a day (2026-11-22), a time (2026-11-22T08:00:00Z) or an age (24h, 7d)", 0 },
	{ "search", 261, "WORDS", 0, "Only tickets whose text holds these words", 0 },
	{ "limit", 'n', "N", 0, "At most N tickets (0: all); without it 50 in a table, all with --json", 0 },
	{ 0 }
};

static int run_correct(const struct ctl *ctl, json_t *args)
{
	json_t *found = NULL;
	int status;

	if (json_object_size(args) < 2) return ctl_complain(EX_USAGE, "what is another? Give --category, --severity, --sentiment, --department or --product; or --revoke");
	if (json_object_get(args, "revoke") != NULL && json_object_size(args) > 2) return ctl_complain(EX_USAGE, "--revoke stands alone");
	status = ctl_ask(ctl, "correct", args, NULL, NULL, &found);
	if (status == EX_OK && ctl->as_json) ctl_print_json(found);
	else if (status == EX_OK) (void)puts(json_is_true(json_object_get(found, "changed")) ? "done" : "it was corrected like that before");
	json_decref(found);
	return status;
}

static const struct argp_option correct_options[] = {
	{ "category", 256, "NAME", 0, "What it is about", 0 },
	{ "severity", 257, "NAME", 0, "urgent, high, normal or low", 0 },
	{ "sentiment", 258, "NAME", 0, "angry, negative, neutral or positive", 0 },
	{ "department", 259, "NAME", 0, "Whose it is", 0 },
	{ "product", 260, "NAME", 0, "Which product", 0 },
	{ "revoke", 261, NULL, 0, "Take the newest correction back", 0 },
	{ 0 }
};

static const struct argp_option explain_options[] = {
	{ "text", 't', "TEXT", 0, "Explain this text instead of a ticket; needs no daemon", 0 },
	{ "subject", 'S', "TEXT", 0, "Subject of that text", 0 },
	{ "brand", 'b', "NAME", 0, "Brand it is about", 0 },
	{ "channel", 'C', "NAME", 0, "Channel it came by", 0 },
	{ "from", 'f', "HANDLE", 0, "Who wrote it", 0 },
	{ 0 }
};

const struct ctl_command ctl_ticket_commands[] = {
	{ .name = "list", .summary = "List tickets, newest first", .options = list_options, .run = run_list,
	  .doc = "Examples:\n  intakectl list --severity urgent --since 24h\n  intakectl list --search \"printer fire\" -n 10\n"
	         "  intakectl list --json | jq -r '.[] | [.number, .subject] | @tsv'" },
	{ .name = "show", .args = "TICKET", .positional = "ticket", .least = 1, .most = 1, .summary = "Show one ticket with its messages", .run = run_show,
	  .doc = "TICKET is a number or a tracking code; dashes and case do not matter in a code.\n\nExamples:\n  intakectl show 202611-001\n"
	         "  intakectl show --json 7Q4M-2XK9-0000-0000" },
	{ .name = "explain", .args = "[TICKET|-]", .positional = "ticket", .least = 0, .most = 1, .options = explain_options, .run = run_explain,
	  .summary = "Tell why a ticket was treated as it was, or how a text would be",
	  .doc = "Prints identity, duplicate, thread, category, severity, deadline and acknowledgement decision, each with its rule and evidence.\n"
	         "Of messages that joined the ticket later it tells under messages what threading and likeness said of each.\n\n"
	         "With --text or - (standard input) it tells how that text would be decided, without a daemon.\n\n"
	         "Examples:\n  intakectl explain 202611-001\n  intakectl explain --text \"The parcel never came.\"" },
	{ .name = "correct", .args = "TICKET", .positional = "ticket", .least = 1, .most = 1, .options = correct_options, .run = run_correct,
	  .summary = "Say what a ticket is really about",
	  .doc = "The ticket changes at once and the sinks that have it are told; deadlines only come earlier. `intakectl learn --tickets` learns from it.\n\n"
	         "Examples:\n  intakectl correct 202611-001 --category billing --severity high\n  intakectl correct 202611-001 --revoke" },
	{ .name = NULL },
};
