/* import.c - `intakectl import`: tickets and messages from a file, some at a time; what is here already stays as it is, so an interrupted import is
 * simply started again. */
#include "ctl/ctl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/json.h"
#include "base/mem.h"
#include "ctl/csv.h"

#define RECORD_MAX (3u * 1024 * 1024)
#define BATCH_ITEMS 200
#define BATCH_BYTES (512u * 1024)       /* a batch is sent once it has so much */

struct import {
	const struct ctl *ctl;
	json_t *asked;                  /* options for the daemon */
	json_t *items;                  /* the batch */
	json_t *links;                  /* that wait for tickets further down */
	json_t *numbers;                /* number in the file: number here */
	const char *name;
	size_t bytes, added, known, refused, differ;
	bool has_terminal, is_dry, has_renamed;
};

/* ---- what became of a line ------------------------------------------------------------------------------------------------------ */

static void complain_line(struct import *im, long line, const char *why)
{
	char *clean = ctl_clean(why, false);

	im->refused++;
	if (im->has_terminal) (void)fputs("\r\033[K", stderr);
	(void)fprintf(stderr, "%s:%ld: %s\n", im->name, line, clean);
	free(clean);
}

static const json_t *record_of(const struct import *im, int64_t line)
{
	json_t *item;
	size_t i;

	json_array_foreach(im->items, i, item)
		if (json_int(item, "line", 0) == line) return json_object_get(item, "record");
	return NULL;
}

/* A ticket may have another number here, and links may name tickets further down: they are made at the end. */
static void note_links(struct import *im, const json_t *outcome)
{
	const json_t *record = record_of(im, json_int(outcome, "line", 0));
	const char *number = json_text(outcome, "number"), *was = json_text(record, "number");
	json_t *link;
	size_t i;

	if (number == NULL || number[0] == '\0' || was == NULL) return;
	json_set_text(im->numbers, was, number);
	if (strcmp(was, number) != 0) im->has_renamed = true;
	json_array_foreach(json_object_get(record, "links"), i, link) {
		json_t *row = json_is_object(link) ? json_copy(link) : NULL;

		if (row == NULL) continue;
		json_set_text(row, "from", number);
		(void)json_array_append_new(im->links, row);
	}
}

static void take_outcome(struct import *im, const json_t *outcome)
{
	const char *result = json_text(outcome, "result");

	if (strcmp(result, "added") == 0) im->added++;
	else if (strcmp(result, "known") == 0) im->known++;
	else if (strcmp(result, "differs") == 0) im->differ++;
	else complain_line(im, (long)json_int(outcome, "line", 0), json_text(outcome, "error") != NULL ? json_text(outcome, "error") : "refused");
	note_links(im, outcome);
}

static int send_batch(struct import *im)
{
	json_t *result = NULL, *outcome;
	size_t i;
	int status;

	if (json_array_size(im->items) == 0) return EX_OK;
	(void)json_object_set(im->asked, "items", im->items);
	status = ctl_send(im->ctl, &(struct ctl_request){ .command = "import", .args = im->asked }, &result);
	json_array_foreach(result, i, outcome) take_outcome(im, outcome);
	json_decref(result);
	(void)json_array_clear(im->items);
	im->bytes = 0;
	if (im->has_terminal) (void)fprintf(stderr, "\r%zu new, %zu known, %zu refused", im->added, im->known, im->refused);
	return status;
}

/* takes record */
static int add_record(struct import *im, long line, json_t *record, size_t size)
{
	(void)json_array_append_new(im->items, json_pack("{s:I, s:o}", "line", (json_int_t)line, "record", record));
	im->bytes += size;
	return json_array_size(im->items) >= BATCH_ITEMS || im->bytes >= BATCH_BYTES ? send_batch(im) : EX_OK;
}

static int send_links(struct import *im)
{
	json_t *asked = json_object(), *some = json_array(), *link, *result = NULL;
	size_t i;
	int status = EX_OK;

	json_array_foreach(im->links, i, link) {
		const char *there = json_text(link, "number"), *here = there != NULL ? json_text(im->numbers, there) : NULL;

		if (here != NULL) json_set_text(link, "number", here);
		if (here != NULL || !im->has_renamed) (void)json_array_append(some, link);      /* a number that is not in the file may be another ticket's here */
		if (i + 1 < json_array_size(im->links) && json_array_size(some) < 1000) continue;
		(void)json_object_set(asked, "links", some);
		if (status == EX_OK) status = ctl_send(im->ctl, &(struct ctl_request){ .command = "import", .args = asked }, &result);
		json_decref(result);
		result = NULL;
		(void)json_array_clear(some);
	}
	json_decref(asked);
	json_decref(some);
	return status;
}

/* ---- JSON lines ------------------------------------------------------------------------------------------------------------------------ */

static int read_lines(struct import *im, FILE *in)
{
	char *text = NULL;
	size_t room = 0;
	ssize_t len;
	long line = 0;
	int status = EX_OK;

	while (status == EX_OK && (len = getline(&text, &room, in)) > 0) {
		struct ik_error why = { "" };
		json_t *record = NULL;

		line++;
		if (text[strspn(text, " \t\r\n")] == '\0' && strlen(text) == (size_t)len) continue;
		if ((size_t)len > RECORD_MAX) complain_line(im, line, "longer than 3 MiB");
		else if (json_parse(text, (size_t)len, &record, &why) != IK_OK) complain_line(im, line, why.text);
		else status = add_record(im, line, record, (size_t)len);
	}
	free(text);
	return status;
}

/* ---- CSV ---------------------------------------------------------------------------------------------------------------------------------- */

/* Headings that mean something; the others of an exported table are worked out anew and passed over. */
static const char *const headings[] = {
	"external_id", "channel", "from", "name", "language", "subject", "text", "category", "severity", "sentiment", "department", "product", "order_number", "wanted", "brand",
	"received_at", "state", "number", "code", "first_response_due", "handling_due", "promised", "receipt",
};
#define HEADINGS_READ 17

static int read_headings(const struct import *im, const struct csv_reader *csv, size_t *columns_r)
{
	for (size_t c = 0; c < csv->count; c++) {
		size_t h = 0;

		while (h < COUNT_OF(headings) && strcasecmp(headings[h], csv_at(csv, c)) != 0) h++;
		if (h == COUNT_OF(headings)) {
			char *clean = ctl_clean(csv_at(csv, c), false);

			(void)ctl_complain(EX_DATAERR, "%s:1: the heading '%s' says nothing; known are external_id, channel, from, name, language, subject, text, category, severity, "
			                   "sentiment, department, product, order_number, wanted, brand, received_at, state", im->name, clean);
			free(clean);
			return EX_DATAERR;
		}
		columns_r[c] = h;
	}
	return EX_OK;
}

/* An apostrophe before a sign that begins formulas is the export's. */
static const char *cell_text(const char *cell)
{
	return cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@\t\r", cell[1]) != NULL ? cell + 1 : cell;
}

/* NULL: a cell is no UTF-8. The number of an exported row names it when nothing else does. */
static json_t *row_record(const struct csv_reader *csv, const size_t *columns, size_t count)
{
	json_t *record = json_object();
	const char *number = NULL;

	for (size_t c = 0; c < count; c++) {
		const char *text = cell_text(csv_at(csv, c));

		if (strcmp(headings[columns[c]], "number") == 0) number = text;
		if (columns[c] >= HEADINGS_READ || text[0] == '\0') continue;
		if (json_object_set_new(record, headings[columns[c]], json_string(text)) != 0) {
			json_decref(record);
			return NULL;
		}
	}
	if (number != NULL && number[0] != '\0' && json_text(record, "external_id") == NULL) json_set_text(record, "external_id", number);
	return record;
}

static int read_table(struct import *im, FILE *in)
{
	struct csv_reader csv;
	size_t columns[CSV_CELLS_MAX], count = 0;
	long line;
	int status = EX_OK;

	csv_open(&csv, in, RECORD_MAX);
	if (!csv_next(&csv, &line)) status = ctl_complain(EX_DATAERR, "%s: there is no row of headings", im->name);
	else if (csv.problem != NULL) status = ctl_complain(EX_DATAERR, "%s:1: %s", im->name, csv.problem);
	else status = read_headings(im, &csv, columns);
	count = csv.count;
	while (status == EX_OK && csv_next(&csv, &line)) {
		json_t *record = csv.problem == NULL && csv.count <= count ? row_record(&csv, columns, count) : NULL;

		if (record != NULL) status = add_record(im, line, record, csv.text.len);
		else complain_line(im, line, csv.problem != NULL ? csv.problem : csv.count > count ? "more cells than headings" : "not valid UTF-8; convert it: iconv -t UTF-8");
	}
	csv_close(&csv);
	return status;
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------------------------ */

static void tell_end(const struct import *im, int status)
{
	if (im->has_terminal) (void)fputs("\r\033[K", stderr);
	if (im->ctl->as_json) {
		json_t *result = json_pack("{s:I, s:I, s:I, s:I, s:b}", "added", (json_int_t)im->added, "known", (json_int_t)im->known, "differ", (json_int_t)im->differ, "refused",
		                           (json_int_t)im->refused, "dry_run", (int)im->is_dry);

		ctl_print_json(result);
		json_decref(result);
	} else {
		(void)printf("%zu %s, %zu here already, %zu refused\n", im->added, im->is_dry ? "would be new" : "new", im->known + im->differ, im->refused);
		if (im->differ > 0) (void)printf("%zu of those here already have other words in the file; they were left as they are\n", im->differ);
	}
	if (status != EX_OK) (void)ctl_complain(status, "the import stopped before its end; the same command goes on where this one stopped");
}

static bool is_csv(const json_t *args, const char *path)
{
	const char *dot = strrchr(path, '.');

	return json_is_true(json_object_get(args, "csv")) || (dot != NULL && strcasecmp(dot, ".csv") == 0);
}

static int run_import(const struct ctl *ctl, json_t *args)
{
	const char *path = json_text(args, "file");
	const bool is_stdin = strcmp(path, "-") == 0;
	struct import im = { .ctl = ctl, .asked = args, .items = json_array(), .links = json_array(), .numbers = json_object(), .name = is_stdin ? "(standard input)" : path,
	                     .has_terminal = isatty(STDERR_FILENO) && !ctl->as_json, .is_dry = json_is_true(json_object_get(args, "dry-run")) };
	FILE *in = is_stdin ? stdin : fopen(path, "re");
	int status;

	if (in == NULL) {
		status = ctl_complain(EX_NOINPUT, "open %s: %s", path, strerror(errno));
	} else {
		status = is_csv(args, path) ? read_table(&im, in) : read_lines(&im, in);
		if (status == EX_OK && ferror(in)) status = ctl_complain(EX_IOERR, "read %s: %s", path, strerror(errno));
		if (status == EX_OK) status = send_batch(&im);
		if (status == EX_OK) status = send_links(&im);
		tell_end(&im, status);
	}
	if (in != NULL && !is_stdin) (void)fclose(in);
	json_decref(im.items);
	json_decref(im.links);
	json_decref(im.numbers);
	return status == EX_OK && im.refused > 0 ? EX_DATAERR : status;
}

static const struct argp_option import_options[] = {
	{ "channel", 256, "NAME", 0, "Channel of records that name none; without it \"import\"", 0 },
	{ "csv", 257, NULL, 0, "A table with a row of headings, whatever the file is called", 0 },
	{ "dry-run", 'n', NULL, 0, "Look at every record and store nothing", 0 },
	{ "acknowledge", 'a', NULL, 0, "Send receipts by mail as for new messages", 0 },
	{ "deliver", 'd', NULL, 0, "Give them to the sinks as well", 0 },
	{ 0 }
};

const struct ctl_command ctl_import_commands[] = {
	{ .name = "import", .args = "FILE|-", .positional = "file", .least = 1, .most = 1, .options = import_options, .run = run_import,
	  .summary = "Take in tickets or messages from a file",
	  .doc = "FILE has one JSON object a line in the ticket format, or is a table (.csv, --csv) with headings such as external_id, channel, from, name, subject, "
	         "text, category, received_at. A ticket that export wrote is kept as it is, with number, code, history and messages. Any other record is a "
	         "message that is classified, promised and numbered; what it says itself goes before the rules. A record whose external_id is here already, or "
	         "that is the same line again, is no second ticket: after an interruption the same command goes on. Nobody is sent anything unless "
	         "--acknowledge or --deliver is given. Records that cannot be used are told as FILE:LINE with the reason, and the others go on; the exit "
	         "status is then 65.\n\n"
	         "Examples:\n  intakectl import --dry-run old.csv\n  intakectl import --channel old-desk old.csv\n  intakectl import november.jsonl" },
	{ .name = NULL },
};
