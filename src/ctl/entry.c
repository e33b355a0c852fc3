/* entry.c - `intakectl add`: a message that a person took by telephone, letter or at the counter. */
#include "ctl/ctl.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"

#define TEXT_MAX (3u * 1024 * 1024)

static const struct { const char *ending, *type; } types[] = {
	{ ".pdf", "application/pdf" }, { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" }, { ".png", "image/png" }, { ".txt", "text/plain" }, { ".tif", "image/tiff" },
	{ ".wav", "audio/wav" }, { ".mp3", "audio/mpeg" },
};

static const char *type_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot != NULL && i < COUNT_OF(types); i++)
		if (strcasecmp(dot, types[i].ending) == 0) return types[i].type;
	return "application/octet-stream";
}

/* Opened with the rights of who runs the command; the daemon gets the open file. */
static int open_file(const char *path, int *fd_r, json_t *list)
{
	const char *name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
	struct stat st;
	json_t *row;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0) return ctl_complain(EX_NOINPUT, "open %s: %s", path, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		fd_close(&fd);
		return ctl_complain(EX_NOINPUT, "%s is no plain file", path);
	}
	*fd_r = fd;
	row = json_object();
	json_set_text(row, "name", name);
	json_set_text(row, "content_type", type_of(name));
	(void)json_array_append_new(list, row);
	return EX_OK;
}

static int open_files(json_t *args, int *files, size_t *count)
{
	const json_t *paths = json_object_get(args, "attach");
	json_t *list = json_array(), *path;
	size_t i;
	int status = EX_OK;

	if (json_array_size(paths) > CTL_FILES_MAX) status = ctl_complain(EX_USAGE, "at most %d attachments go with one message", CTL_FILES_MAX);
	json_array_foreach(paths, i, path) {
		if (status == EX_OK) status = open_file(json_string_value(path), &files[*count], list);
		if (status == EX_OK) (*count)++;
	}
	(void)json_object_set_new(args, "attachments", list);
	(void)json_object_del(args, "attach");
	return status;
}

/* Without --text the text is what standard input has; a terminal is asked for it. */
static int read_text(json_t *args, bool has_files)
{
	struct buf text = BUF_INIT(TEXT_MAX);
	struct ik_error err = { "" };
	json_t *value;
	enum ik_rc rc;

	if (json_text(args, "text") != NULL || (has_files && isatty(STDIN_FILENO))) return EX_OK;
	if (isatty(STDIN_FILENO)) (void)fputs("The message, then Ctrl-D:\n", stderr);
	rc = fd_read_all(STDIN_FILENO, &text, "standard input", &err);
	value = json_stringn(buf_str(&text), text.len);
	buf_release(&text);
	if (rc != IK_OK) return ctl_complain(rc == IK_REJECT ? EX_DATAERR : EX_NOINPUT, "%s", err.text);
	if (value == NULL) return ctl_complain(EX_DATAERR, "the text is not valid UTF-8; convert it: iconv -t UTF-8");
	(void)json_object_set_new(args, "text", value);
	return EX_OK;
}

static void print_added(const json_t *result)
{
	const json_t *ticket = json_object_get(result, "ticket"), *ack = json_object_get(ticket, "ack");
	const char *reason = json_text(ack, "reason");

	(void)printf("number:   %s\ncode:     %s\ncategory: %s\nseverity: %s\npromise:  %s\nreceipt:  %s%s%s%s\n", json_text(result, "number"), json_text(result, "code"),
	             json_text(ticket, "category") != NULL ? json_text(ticket, "category") : "-", json_text(ticket, "severity") != NULL ? json_text(ticket, "severity") : "-",
	             json_text(json_object_get(ticket, "promise"), "due") != NULL ? json_text(json_object_get(ticket, "promise"), "due") : "-", json_text(ack, "state"),
	             reason != NULL ? " (" : "", reason != NULL ? reason : "", reason != NULL ? ")" : "");
	if (json_is_true(json_object_get(result, "other_content"))) (void)puts("this --id was used before, with other words: nothing was stored");
	else if (json_is_true(json_object_get(result, "repeat"))) (void)puts("this --id was here before: it is the same ticket");
	else if (json_array_size(json_object_get(ticket, "messages")) > 1) (void)puts("it was added to a ticket that was there");
}

static int run_add(const struct ctl *ctl, json_t *args)
{
	int files[CTL_FILES_MAX];
	size_t count = 0;
	json_t *result = NULL;
	int status = open_files(args, files, &count);

	if (status == EX_OK) status = read_text(args, count > 0);
	if (status == EX_OK) status = ctl_send(ctl, &(struct ctl_request){ .command = "add", .args = args, .files = files, .file_count = count }, &result);
	if (status == EX_OK && ctl->as_json) ctl_print_json(result);
	else if (status == EX_OK) print_added(result);
	for (size_t i = 0; i < count; i++) fd_close(&files[i]);
	json_decref(result);
	return status;
}

static const struct argp_option add_options[] = {
	{ "channel", 256, "NAME", 0, "How it came: phone, letter, counter, or a channel that is configured", 0 },
	{ "from", 257, "TYPE:VALUE", 0, "Who wrote or called: email:ann@example.net, phone:+861012345678", 0 },
	{ "name", 258, "NAME", 0, "Name of that person", 0 },
	{ "subject", 's' + 256, "TEXT", 0, "A line about it", 0 },
	{ "text", 259, "TEXT", 0, "The message; without it standard input is read", 0 },
	{ "attach", 260, "FILE...", 0, "A file that belongs to it, such as the scanned letter; may be given several times", 0 },
	{ "received-at", 261, "WHEN", 0, "When it came: a day, a time (2026-11-22T08:00:00Z) or an age (2h); the promise counts from then. Without it now", 0 },
	{ "category", 262, "WORD", 0, "Instead of what the rules say", 0 },
	{ "severity", 263, "WORD", 0, "urgent, high, normal or low, instead of what the rules say", 0 },
	{ "sentiment", 264, "WORD", 0, "angry, negative, neutral or positive, instead of what the rules say", 0 },
	{ "brand", 265, "NAME", 0, "Brand it is for", 0 },
	{ "department", 266, "NAME", 0, "Instead of what the routes say", 0 },
	{ "product", 267, "TEXT", 0, "Product it is about", 0 },
	{ "order-number", 268, "TEXT", 0, "Number of the order", 0 },
	{ "wanted", 269, "TEXT", 0, "What the customer wants to be done", 0 },
	{ "language", 270, "TAG", 0, "Language the customer is answered in: zh-Hans, zh-Hant, en", 0 },
	{ "ack", 271, "yes|no", 0, "Whether a receipt goes to the mail address of --from; without it no", 0 },
	{ "id", 272, "TEXT", 0, "A number of your own for it: the same one again is no second ticket", 0 },
	{ 0 }
};

const struct ctl_command ctl_entry_commands[] = {
	{ .name = "add", .args = "", .options = add_options, .run = run_add, .summary = "Enter a message taken by telephone, letter or at the counter",
	  .doc = "It goes the way of every message: it is compared with what is there, classified, promised a date and given a number and a tracking code, "
	         "which are printed. The history names who entered it. What options say goes before what the rules say.\n\n"
	         "Examples:\n  intakectl add --channel phone --from phone:+861012345678 --name Li --text \"The lamp flickers.\" --order-number 4711\n"
	         "  intakectl add --channel letter --from email:ann@example.net --received-at 2026-11-20 --attach scan.pdf --ack yes < letter.txt" },
	{ .name = NULL },
};
