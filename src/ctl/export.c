/* export.c - `intakectl export`: tickets as JSON lines or as a table for spreadsheets, one after the other as the daemon gives them. */
#include "ctl/ctl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/codec.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "ctl/csv.h"

struct export {
	FILE *out;
	const char *folder;             /* for files; NULL: none */
	bool as_csv, has_terminal;
	size_t tickets;
	int status;                     /* of what went wrong on this side */
};

static const struct { const char *heading, *path; } cells[] = {
	{ "number", "number" }, { "code", "code" }, { "state", "state" }, { "channel", "channel.name" }, { "brand", "brand" }, { "name", "customer.name" },
	{ "from", "customer.handles[0].value" }, { "subject", "subject" }, { "category", "category" }, { "severity", "severity" }, { "sentiment", "sentiment" },
	{ "department", "department" }, { "product", "product" }, { "order_number", "order_number" }, { "wanted", "wanted" }, { "received_at", "received_at" },
	{ "first_response_due", "first_response_due" }, { "handling_due", "handling_due" }, { "promised", "promise.due" }, { "receipt", "ack.state" }, { "text", "messages[0].text" },
	{ "external_id", "messages[0].external_id" },
};

static void print_row(FILE *out, json_t *ticket)
{
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		const char *text = json_string_value(json_path(ticket, cells[i].path));

		csv_cell(out, text != NULL ? text : "", i == 0);
	}
	csv_end_row(out);
}

/* "202611-001/12-original": parts of a name that only the daemon makes; checked all the same before it becomes a path. */
static bool is_file_name(const char *name)
{
	const char *slash = strchr(name, '/');

	return slash != NULL && slash != name && slash[1] != '\0' && name[strspn(name, "0123456789-")] == '/' &&
	       slash[1 + strspn(slash + 1, "0123456789-abcdefghijklmnopqrstuvwxyz")] == '\0';
}

static int write_bytes(const char *path, const void *data, size_t size)
{
	struct ik_error err = { "" };
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	enum ik_rc rc = fd >= 0 ? fd_write_all(fd, data, size, path, &err) : ik_fail_errno(&err, "create %s", path);

	fd_close(&fd);
	return rc == IK_OK ? EX_OK : ctl_complain(EX_CANTCREAT, "%s", err.text);
}

static int write_file(const struct export *x, const json_t *file)
{
	const char *name = json_text(file, "name"), *data = json_text(file, "data");
	const size_t len = data != NULL ? strlen(data) : 0;
	unsigned char *bytes = mem_new(len + 1);
	const long size = data != NULL ? base64_decode(data, len, bytes, len + 1) : -1;
	char *path = mem_format("%s/%s", x->folder, name != NULL ? name : "");
	int status = EX_OK;

	if (name == NULL || !is_file_name(name) || size < 0) {
		status = ctl_complain(EX_PROTOCOL, "the daemon sent a file that cannot be used");
	} else {
		char *slash = strrchr(path, '/');

		*slash = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST) status = ctl_complain(EX_CANTCREAT, "create %s: %s", path, strerror(errno));
		*slash = '/';
		if (status == EX_OK) status = write_bytes(path, bytes, (size_t)size);
	}
	free(path);
	free(bytes);
	return status;
}

static bool take_part(void *arg, json_t *value)
{
	struct export *x = arg;
	json_t *ticket = json_object_get(value, "ticket"), *file = json_object_get(value, "file");

	if (x->status == EX_OK && file != NULL && x->folder != NULL) x->status = write_file(x, file);
	if (x->status != EX_OK || ticket == NULL) return x->status == EX_OK;
	if (x->as_csv) {
		print_row(x->out, ticket);
	} else {
		(void)json_dumpf(ticket, x->out, JSON_COMPACT);
		(void)putc('\n', x->out);
	}
	if (ferror(x->out)) x->status = ctl_complain(EX_IOERR, "the output could not be written: %s", strerror(errno));
	x->tickets++;
	if (x->has_terminal && x->tickets % 100 == 0) (void)fprintf(stderr, "\r%zu tickets", x->tickets);
	return x->status == EX_OK;
}

static int open_out(struct export *x, const char *path)
{
	int fd;

	x->out = stdout;
	if (x->folder != NULL && mkdir(x->folder, 0700) != 0 && errno != EEXIST) return ctl_complain(EX_CANTCREAT, "create %s: %s", x->folder, strerror(errno));
	if (path == NULL) return EX_OK;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	x->out = fd >= 0 ? fdopen(fd, "w") : NULL;
	return x->out != NULL ? EX_OK : ctl_complain(EX_CANTCREAT, "create %s: %s", path, strerror(errno));
}

static int tell_end(const struct export *x, const json_t *result)
{
	const json_t *left_out = json_object_get(result, "left_out");
	json_t *line;
	size_t i;

	json_array_foreach(left_out, i, line) (void)ctl_complain(EX_OK, "left out: %s", json_string_value(line));
	if (x->has_terminal) (void)fprintf(stderr, "\r%zu tickets, %lld files\n", x->tickets, (long long)json_int(result, "files", 0));
	return json_array_size(left_out) > 0 ? EX_DATAERR : EX_OK;
}

static int run_export(const struct ctl *ctl, json_t *args)
{
	struct export x = { .folder = json_text(args, "files"), .as_csv = json_is_true(json_object_get(args, "csv")), .has_terminal = isatty(STDERR_FILENO) };
	const char *path = json_text(args, "output");
	json_t *result = NULL;
	int status = open_out(&x, path);

	if (status != EX_OK) return status;
	if (x.folder != NULL) (void)json_object_set_new(args, "with_files", json_true());
	if (json_is_true(json_object_get(args, "bom"))) (void)fputs("\xef\xbb\xbf", x.out);
	for (size_t i = 0; x.as_csv && i < COUNT_OF(cells); i++) csv_cell(x.out, cells[i].heading, i == 0);
	if (x.as_csv) csv_end_row(x.out);
	status = ctl_send(ctl, &(struct ctl_request){ .command = "export", .args = args, .each = take_part, .progress_arg = &x }, &result);
	if (status == EX_OK) status = tell_end(&x, result);
	else if (x.status != EX_OK) status = x.status;
	else if (x.tickets > 0) (void)ctl_complain(status, "the export is incomplete: %zu tickets were written", x.tickets);
	if (path != NULL && fclose(x.out) != 0) status = ctl_complain(EX_IOERR, "%s could not be written: %s", path, strerror(errno));
	json_decref(result);
	return status;
}

static const struct argp_option export_options[] = {
	{ "since", 'S', "WHEN", 0, "Received at or after a day (2026-11-22), a time (2026-11-22T08:00:00Z) or an age (24h, 7d)", 0 },
	{ "until", 'U', "WHEN", 0, "Received before that", 0 },
	{ "channel", 256, "NAME", 0, "Only tickets of this channel", 0 },
	{ "state", 257, "STATE", 0, "Only tickets in this state", 0 },
	{ "category", 258, "WORD", 0, "Only tickets of this category", 0 },
	{ "output", 'o', "FILE", 0, "Instead of standard output; made with mode 0600", 0 },
	{ "files", 259, "FOLDER", 0, "Originals and attachments as well, as FOLDER/NUMBER/MESSAGE-original and MESSAGE-0, -1 ...", 0 },
	{ "csv", 260, NULL, 0, "A table with a row of headings, one row a ticket, for spreadsheets", 0 },
	{ "bom", 261, NULL, 0, "Begin with a byte order mark: some spreadsheets take the file for UTF-8 only then", 0 },
	{ 0 }
};

const struct ctl_command ctl_export_commands[] = {
	{ .name = "export", .args = "", .options = export_options, .run = run_export, .summary = "Write tickets with their messages as JSON lines or CSV",
	  .doc = "One line a ticket in the ticket format, oldest first, all as they stood at one moment; intake goes on meanwhile. `intakectl import` reads it. In "
	         "a table a cell that begins with = + - @ gets an apostrophe, so that no spreadsheet takes what a stranger wrote for a formula. The output "
	         "holds personal data.\n\n"
	         "Examples:\n  intakectl export --since 2026-11-01 --until 2026-12-01 -o november.jsonl\n  intakectl export --csv --bom -o tickets.csv\n"
	         "  intakectl export --files originals -o all.jsonl" },
	{ .name = NULL },
};
