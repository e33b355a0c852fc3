/* main.c - the command line of intakectl: finds the command, turns its options into one JSON object, runs it. */
#include "ctl/ctl.h"
#include "ctl/manual.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "daemon/config.h"
#include "daemon/config_suggest.h"
#include "worker/worker.h"

IK_EXPORT const char *argp_program_version; /* exported, or the C library would not find it */
const char *argp_program_version = "intakectl " INTAKED_VERSION;

static const struct ctl_command *const groups[] = { ctl_ticket_commands, ctl_state_commands, ctl_likeness_commands, ctl_normalize_commands, ctl_classify_commands, ctl_learn_commands,
                                                   ctl_dedup_eval_commands, ctl_sla_commands, ctl_config_commands, ctl_template_commands, ctl_replay_commands, ctl_map_commands, ctl_entry_commands, ctl_import_commands, ctl_export_commands, ctl_report_commands, ctl_erase_commands };

static const struct argp_option common_options[] = {
	{ "config", 'c', "FILE", 0, "Configuration of the daemon, which names its socket (default " CONFIG_FILE ")", 0 },
	{ "socket", 's', "PATH", 0, "Control socket of the daemon", 0 },
	{ "json", 'j', NULL, 0, "Print JSON instead of text and tables", 0 },
	{ 0 }
};

static error_t parse_common(int key, char *arg, struct argp_state *state)
{
	struct ctl *ctl = state->input;

	switch (key) {
	case 'c': ctl->config = arg; return 0;
	case 's': ctl->socket = arg; return 0;
	case 'j': ctl->as_json = true; return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}
static const struct argp common_argp = { .options = common_options, .parser = parse_common };

const char *ctl_config_file(const struct ctl *ctl)
{
	return ctl->config != NULL ? ctl->config : CONFIG_FILE;
}

/* ---- the options of one command -------------------------------------------------------------------------------------------- */

struct parsing { struct ctl *ctl; const struct ctl_command *command; json_t *args; size_t count; };

static const struct argp_option *option_find(const struct argp_option *options, int key)
{
	for (; options != NULL && options->name != NULL; options++)
		if (options->key == key) return options;
	return NULL;
}

static json_t *number_of(struct argp_state *state, const char *what, const char *text)
{
	char *end;
	long long n;

	errno = 0;
	n = strtoll(text, &end, 10);
	if (errno != 0 || *end != '\0' || end == text || n < 0) argp_error(state, "%s: found \"%s\", expected a whole number", what, text);
	return json_integer(n);
}

static void take_option(struct parsing *p, const struct argp_option *option, const char *arg, struct argp_state *state)
{
	json_t *value;

	if (option->arg == NULL) value = json_true();
	else if (strcmp(option->arg, "N") == 0) value = number_of(state, option->name, arg);
	else value = json_string(arg);
	if (value == NULL) argp_error(state, "--%s: the text is not valid UTF-8", option->name);
	if (option->arg == NULL || strstr(option->arg, "...") == NULL) {
		(void)json_object_set_new(p->args, option->name, value);
		return;
	}
	if (json_object_get(p->args, option->name) == NULL) (void)json_object_set_new(p->args, option->name, json_array());
	(void)json_array_append_new(json_object_get(p->args, option->name), value);
}

static void take_positional(struct parsing *p, const char *arg, struct argp_state *state)
{
	const struct ctl_command *c = p->command;
	json_t *value;

	if (p->count++ >= c->most) argp_error(state, "unexpected argument \"%s\"", arg);
	value = strcmp(c->args, "ID...") == 0 ? number_of(state, "ID", arg) : json_stringn_nocheck(arg, strlen(arg));
	if (c->most == 1) {
		(void)json_object_set_new(p->args, c->positional, value);
		return;
	}
	if (json_object_get(p->args, c->positional) == NULL) (void)json_object_set_new(p->args, c->positional, json_array());
	(void)json_array_append_new(json_object_get(p->args, c->positional), value);
}

static error_t parse_command(int key, char *arg, struct argp_state *state)
{
	struct parsing *p = state->input;
	const struct argp_option *option = option_find(p->command->options, key);

	if (option != NULL) {
		take_option(p, option, arg, state);
		return 0;
	}
	switch (key) {
	case ARGP_KEY_INIT: state->child_inputs[0] = p->ctl; return 0;
	case ARGP_KEY_ARG: take_positional(p, arg, state); return 0;
	case ARGP_KEY_END:
		if (p->count < p->command->least) argp_error(state, "%s is missing", p->command->args);
		return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

static int run_command(struct ctl *ctl, const struct ctl_command *command, int argc, char **argv)
{
	const struct argp_child children[] = { { &common_argp, 0, "Everywhere:", 10 }, { 0 } };
	struct parsing p = { .ctl = ctl, .command = command, .args = json_object() };
	char *doc = mem_format("%s.%s%s", command->summary, command->doc != NULL ? "\v" : "", command->doc != NULL ? command->doc : "");
	const struct argp argp = { .options = command->options, .parser = parse_command, .args_doc = command->args, .doc = doc, .children = children };
	int status;

	argv[0] = mem_format("intakectl %s", command->name);
	(void)argp_parse(&argp, argc, argv, 0, NULL, &p);
	status = command->run(ctl, p.args);
	json_decref(p.args);
	mem_free(&argv[0]);
	free(doc);
	return status;
}

/* ---- which command --------------------------------------------------------------------------------------------------------------- */

static const struct ctl_command *command_find(const char *name, struct suggestion *near)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		for (const struct ctl_command *c = groups[i]; c->name != NULL; c++) {
			if (strcmp(c->name, name) == 0) return c;
			suggest_name(near, c->name);
		}
	return NULL;
}

/* The list of commands behind the options of --help. */
static char *help_filter(int key, const char *text, void *input)
{
	char *help = NULL;
	size_t len = 0;
	FILE *out;

	(void)input;
	if (key != ARGP_KEY_HELP_POST_DOC) return (char *)(uintptr_t)text;
	out = open_memstream(&help, &len);
	if (out == NULL) return NULL;
	(void)fputs("Commands (intakectl COMMAND --help tells more):\n", out);
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		for (const struct ctl_command *c = groups[i]; c->name != NULL; c++) (void)fprintf(out, "  %-11s %s\n", c->name, c->summary);
	(void)fputs("\nExamples:\n"
	            "  intakectl status\n"
	            "  intakectl list --severity urgent --since 24h\n"
	            "  intakectl explain 202611-001\n"
	            "  intakectl --json list | jq -r '.[].number'\n"
	            "  intakectl normalize --channel email message.eml\n"
	            "  intakectl add --channel phone --from phone:5550100 --text \"It leaks.\"\n"
	            "  intakectl export --since 2026-11-01 -o november.jsonl\n"
	            "  intakectl report --period week --back 1\n\n"
	            "Exit status: 0 done, 64 wrong usage, 65 unknown ticket or entry,\n"
	            "75 the daemon cannot be reached, 77 not allowed, 78 wrong configuration", out);
	(void)fclose(out);
	return help;
}

#define KEY_MANUAL 256
static const struct argp_option top_options[] = { { "manual", KEY_MANUAL, NULL, OPTION_HIDDEN, "Print the manual page intakectl.1", 0 }, { 0 } };

struct top { struct ctl *ctl; const struct ctl_command *command; int at; };

static error_t parse_top(int key, char *arg, struct argp_state *state)
{
	struct top *top = state->input;
	struct suggestion near = { .wanted = arg != NULL ? arg : "" };

	switch (key) {
	case ARGP_KEY_INIT: state->child_inputs[0] = top->ctl; return 0;
	case KEY_MANUAL:
		manual_print(groups, COUNT_OF(groups), common_options, stdout);
		exit(fflush(stdout) == 0 ? EX_OK : EX_IOERR);
	case ARGP_KEY_ARG:
		top->command = command_find(arg, &near);
		if (top->command == NULL && suggest_best(&near) != NULL) argp_error(state, "unknown command \"%s\"; did you mean \"%s\"?", arg, suggest_best(&near));
		if (top->command == NULL) argp_error(state, "unknown command \"%s\"", arg);
		top->at = state->next - 1;
		state->next = state->argc;
		return 0;
	case ARGP_KEY_NO_ARGS: argp_error(state, "which command?"); return EINVAL;
	default: return ARGP_ERR_UNKNOWN;
	}
}

/* Tickets are UTF-8 whatever the terminal's locale says; without this, Chinese would come out as escapes. */
static void choose_locale(void)
{
	(void)setlocale(LC_ALL, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) (void)setlocale(LC_CTYPE, "C.UTF-8");
}

int main(int argc, char **argv)
{
	static const struct argp_child children[] = { { &common_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = { .options = top_options, .parser = parse_top, .args_doc = "COMMAND [ARGUMENT...]", .children = children, .help_filter = help_filter,
	                                  .doc = "Asks and steers a running intaked; some commands work without it.\v " };
	struct ctl ctl = { .has_colours = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL };
	struct top top = { .ctl = &ctl };
	int status;

	fd_keep_standard();
	worker_main(argc, argv);
	choose_locale();
	(void)argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &top);
	status = run_command(&ctl, top.command, argc - top.at, argv + top.at);
	if (fflush(stdout) != 0 || ferror(stdout)) return ctl_complain(EX_IOERR, "the output could not be written");
	return status;
}
