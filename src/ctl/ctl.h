/* ctl.h - what the files of intakectl share: one row per command, the talk with the daemon, and the output.
 *
 * A command's options and arguments become one JSON object (option --limit 5 -> "limit": 5); commands that only ask the daemon pass it on as it is. */
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include <argp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <jansson.h>
#include <intaked/error.h>

struct ctl {
	const char *config, *socket;    /* as given, NULL when not */
	bool as_json;
	bool has_colours;
};

struct ctl_command {
	const char *name, *args, *summary;      /* args: "TICKET", for the usage line */
	const char *doc;                        /* what --help of the command says besides, with examples */
	const struct argp_option *options;      /* argument name "N": a whole number; none: yes or no; "TEXT...": a text, any number of times; else a text */
	const char *positional;                 /* key of the positional arguments; an array when most is not 1 */
	size_t least, most;                     /* how many positional arguments; most 0: none */
	int (*run)(const struct ctl *ctl, json_t *args);        /* the exit status (sysexits) */
};

/* Each group of commands in a file of its own; the tables end with name NULL. */
extern const struct ctl_command ctl_ticket_commands[], ctl_state_commands[], ctl_config_commands[], ctl_normalize_commands[], ctl_classify_commands[],
       ctl_template_commands[], ctl_dedup_eval_commands[], ctl_sla_commands[], ctl_learn_commands[], ctl_likeness_commands[],
       ctl_replay_commands[], ctl_map_commands[], ctl_entry_commands[], ctl_export_commands[], ctl_import_commands[], ctl_report_commands[], ctl_erase_commands[];

/* ctl_complain() - "intakectl: ..." on standard error; returns status. */
int ctl_complain(int status, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* ctl_config_file() - the configuration file that commands without a daemon use. */
const char *ctl_config_file(const struct ctl *ctl);

/* ctl_explain_text() - how a text would be decided (args: text or standard input, subject, brand, channel, from); the exit status. */
int ctl_explain_text(const struct ctl *ctl, json_t *args);
/* ctl_ask() - one request to the daemon. progress (may be NULL) gets every progress value (borrowed). EX_OK and result_r (a new reference), or the
 * status to exit with after the reason was printed; 75 when no daemon answers. */
int ctl_ask(const struct ctl *ctl, const char *command, json_t *args, void (*progress)(void *arg, json_t *value), void *progress_arg, json_t **result_r);

/* ctl_send() - likewise, with open plain files that go along (borrowed). */
#define CTL_FILES_MAX 32
#define CTL_REQUEST_MAX (4 * 1024 * 1024)       /* bytes of a request */
struct ctl_request {
	const char *command;
	json_t *args;
	const int *files;
	size_t file_count;
	void (*progress)(void *arg, json_t *value);
	bool (*each)(void *arg, json_t *value);         /* instead of it: false ends the talk with EX_IOERR, the reason told by the callee */
	void *progress_arg;
};
int ctl_send(const struct ctl *ctl, const struct ctl_request *asked, json_t **result_r);

/* ---- output: everything a stranger may have written passes ctl_print_clean() ------------------------------------------------------------- */

/* ctl_clean() - printable text: controls, and characters that turn or hide text, as \u{N}, bad bytes as \xNN; to be freed.
 * keep_lines: LF stays. (Not \xNN for all: the table library escapes a backslash before x once more.) */
char *ctl_clean(const char *text, bool keep_lines);
/* ctl_print_json() - indented, with a line end. */
void ctl_print_json(const json_t *value);
/* ctl_print_value() - an object for people: "key: value" lines, tables for lists of objects, blocks for texts of several lines. */
void ctl_print_value(const struct ctl *ctl, const json_t *value, int indent);

/* One column: its heading and the path of its value ("channel.name"); several paths joined by | take the first that is there. */
struct ctl_column { const char *heading, *path; bool is_number, is_long; };
/* ctl_print_table() - rows (objects) as a table; columns end with heading NULL. none: said when there is no row. */
void ctl_print_table(const struct ctl *ctl, const struct ctl_column *columns, const json_t *rows, const char *none);

#endif
