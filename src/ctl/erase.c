/* erase.c - `intakectl erase`: what is kept about a person or of a ticket, shown first and taken away with --yes. */
#include "ctl/ctl.h"

#include <stdlib.h>
#include <sysexits.h>
#include "base/json.h"

static const struct ctl_column copy_columns[] = {
	{ .heading = "SINK", .path = "sink" }, { .heading = "NUMBER", .path = "number" }, { .heading = "REMOTE ID", .path = "remote_id" }, { .heading = "STATE", .path = "state" },
	{ .heading = NULL },
};

static void print_list(const char *what, const json_t *list)
{
	json_t *item;
	size_t i;

	if (json_array_size(list) == 0) return;
	(void)printf("%s:", what);
	json_array_foreach(list, i, item) {
		char *clean = ctl_clean(json_string_value(item), false);

		(void)printf(" %s", clean);
		free(clean);
	}
	(void)putchar('\n');
}

static void print_plan(const struct ctl *ctl, const json_t *plan)
{
	const bool is_done = json_is_true(json_object_get(plan, "done"));

	print_list("tickets", json_object_get(plan, "tickets"));
	print_list("messages of this person in tickets of others", json_object_get(plan, "parts_of"));
	(void)printf("%s %lld messages, %lld originals, %lld attachments, %lld in quarantine, %lld handles\n", is_done ? "erased:" : "would be erased:",
	             (long long)json_int(plan, "messages", 0), (long long)json_int(plan, "originals", 0), (long long)json_int(plan, "files", 0),
	             (long long)json_int(plan, "quarantined", 0), (long long)json_int(plan, "handles", 0));
	if (json_array_size(json_object_get(plan, "copies")) > 0) {
		(void)puts("\nThese have a copy and have to be told:");
		ctl_print_table(ctl, copy_columns, json_object_get(plan, "copies"), NULL);
	}
	print_list("\nCopies of the store from before an upgrade still hold it; delete them", json_object_get(plan, "backups"));
	if (!is_done) (void)puts("\nNothing was changed. The same command with --yes does it; it cannot be taken back.");
	else if (!json_is_true(json_object_get(plan, "clean"))) (void)puts("\nSomebody is reading the store: its log and index are emptied as soon as that is over; run the same command again to be sure.");
}

static int run_erase(const struct ctl *ctl, json_t *args)
{
	json_t *plan = NULL;
	int status = ctl_ask(ctl, "erase", args, NULL, NULL, &plan);

	if (status == EX_OK && ctl->as_json) ctl_print_json(plan);
	else if (status == EX_OK) print_plan(ctl, plan);
	if (status == EX_OK && !json_is_true(json_object_get(plan, "clean"))) status = EX_TEMPFAIL;
	json_decref(plan);
	return status;
}

static const struct argp_option erase_options[] = {
	{ "person", 'p', "TYPE:VALUE", 0, "Everything of whoever has this handle: email:ann@example.net, phone:+861012345678, telegram:4711", 0 },
	{ "yes", 'y', NULL, 0, "Do it; without it only what would go is told", 0 },
	{ 0 }
};

const struct ctl_command ctl_erase_commands[] = {
	{ .name = "erase", .args = "[TICKET]", .positional = "ticket", .most = 1, .options = erase_options, .run = run_erase,
	  .summary = "Erase what is kept about a person or of a ticket",
	  .doc = "Texts, senders, attachments, originals, quarantined copies, handles, limits and marks of the address, search and likeness go for good: their bytes are "
	         "overwritten in the database and its log is emptied. The ticket stays with number, class, dates and state, for statistics; its tracking code "
	         "opens nothing any more, and its history tells who erased it and when. Nothing of it is sent any more. Helpdesks that have a copy are listed: "
	         "they have to be told. The full-text index is made anew, so that searches find less for a while.\n\n"
	         "Examples:\n  intakectl erase --person email:ann@example.net\n  intakectl erase --person email:ann@example.net --yes\n  intakectl erase 202611-001 --yes" },
	{ .name = NULL },
};
