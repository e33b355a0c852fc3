/* likeness.c - split, merge, part and incidents: what likeness put together wrongly or not at all, and what many tell at once. */
#include "ctl/ctl.h"

#include <sysexits.h>
#include "base/json.h"

static const struct ctl_column incident_columns[] = {
	{ .heading = "ID", .path = "id", .is_number = true }, { .heading = "STATE", .path = "state" }, { .heading = "KIND", .path = "kind" },
	{ .heading = "BEGAN", .path = "began_at" }, { .heading = "LAST", .path = "last_at" }, { .heading = "FIRST TICKET", .path = "number" },
	{ .heading = "CATEGORY", .path = "category" }, { .heading = "CUSTOMERS", .path = "customers", .is_number = true },
	{ .heading = "TICKETS", .path = "tickets", .is_number = true }, { .heading = "EVIDENCE", .path = "evidence", .is_long = true }, { .heading = NULL },
};

static int run_incidents(const struct ctl *ctl, json_t *args)
{
	json_t *found = NULL;
	const int status = ctl_ask(ctl, "incidents", args, NULL, NULL, &found);

	if (status == EX_OK && ctl->as_json) ctl_print_json(found);
	else if (status == EX_OK && json_is_array(found)) ctl_print_table(ctl, incident_columns, found, "no incident");
	else if (status == EX_OK) ctl_print_value(ctl, found, 0);
	json_decref(found);
	return status;
}

static int run_split(const struct ctl *ctl, json_t *args)
{
	json_t *found = NULL;
	const int status = ctl_ask(ctl, "split", args, NULL, NULL, &found);

	if (status == EX_OK && ctl->as_json) ctl_print_json(found);
	else if (status == EX_OK) (void)printf("%s\n", json_text(found, "number"));
	json_decref(found);
	return status;
}

static int run_plain(const struct ctl *ctl, const char *command, json_t *args)
{
	json_t *found = NULL;
	const int status = ctl_ask(ctl, command, args, NULL, NULL, &found);

	json_decref(found);
	return status;
}

static int run_merge(const struct ctl *ctl, json_t *args) { return run_plain(ctl, "merge", args); }

/* Says where the messages of the other one are now, if he had any there. */
static int run_part(const struct ctl *ctl, json_t *args)
{
	json_t *found = NULL;
	const int status = ctl_ask(ctl, "part", args, NULL, NULL, &found);
	const char *number = json_text(found, "number");

	if (status == EX_OK && ctl->as_json) ctl_print_json(found);
	else if (status == EX_OK && number != NULL) (void)printf("%s\n", number);
	json_decref(found);
	return status;
}

static const struct argp_option incident_options[] = {
	{ "watched", 256, NULL, 0, "Also what is not enough for an incident yet", 0 }, { "close", 257, NULL, 0, "Close the incident: it is over", 0 }, { 0 }
};
static const struct argp_option merge_options[] = { { "any-customer", 256, NULL, 0, "Also tickets of two customers, who then see one matter", 0 }, { 0 } };

const struct ctl_command ctl_likeness_commands[] = {
	{ .name = "split", .args = "TICKET MESSAGE...", .positional = "what", .least = 2, .most = 1001, .summary = "Give messages a ticket of their own", .run = run_split,
	  .doc = "MESSAGE is the id that `show` lists; several (up to 100) go to one new ticket. For more, split again and merge the new tickets. It has its own number and code, both are linked, and later messages follow. "
	         "Prints the number.\n\n"
	         "Examples:\n  intakectl split 202611-007 4711\n  intakectl split 202611-007 4711 4713 4720" },
	{ .name = "merge", .args = "TICKET OTHER", .positional = "what", .least = 2, .most = 2, .summary = "Put the messages of OTHER into TICKET", .options = merge_options,
	  .run = run_merge, .doc = "OTHER is closed and points to TICKET; answers to it and repeats go there from now on. Merged the wrong way round? Merge TICKET into OTHER: OTHER lives again. "
	         "To undo a merge, split the messages of OTHER off.\n\n"
	         "Example:\n  intakectl merge 202611-007 202611-009" },
	{ .name = "part", .args = "TICKET HANDLE", .positional = "what", .least = 2, .most = 2, .summary = "Say that a joined handle is somebody else's", .run = run_part,
	  .doc = "HANDLE is one that `show` lists with joined_by. The two customers are apart from now on, whatever evidence comes; what HANDLE wrote in TICKET "
	         "gets a ticket of its own, whose number is printed. However many messages that are, they go a hundred at a time, and mail is taken in meanwhile.\n\n"
	         "Example:\n  intakectl part 202611-007 li@home.example" },
	{ .name = "incidents", .args = "[ID]", .positional = "incident", .most = 1, .summary = "List what many customers tell at once", .options = incident_options,
	  .run = run_incidents, .doc = "With an ID also the numbers of its tickets.\n\nExamples:\n  intakectl incidents\n  intakectl incidents 3 --close" },
	{ .name = NULL },
};
