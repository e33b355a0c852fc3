/* normalize.c - reads mails as the daemon would and prints what it understood: one JSON line per input, no daemon needed.
 *
 * The bytes are touched in the same sandboxed workers. A mail that cannot be read still gives its line, with "error"; the exit status tells
 * only whether the inputs themselves could be had. */
#include "ctl/ctl.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/file.h"
#include "base/json.h"
#include "daemon/config.h"
#include "mail/own_list.h"
#include "worker/worker.h"

#define INPUT_MAX (64u * 1024 * 1024)           /* of standard input; what a mail may be at most is the worker's to say */

static json_t *address_json(const struct draft_address *a)
{
	json_t *value;

	if (a->address == NULL) return json_null();
	value = json_object();
	json_set_text(value, "address", a->address);
	json_set_text(value, "name", a->name);
	return value;
}

static json_t *parts_json(const struct draft *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->part_count; i++) {
		json_t *part = json_object();

		json_set_text(part, "name", d->parts[i].name);
		json_set_text(part, "content_type", d->parts[i].content_type);
		(void)json_object_set_new(part, "size", json_integer(d->parts[i].size));
		(void)json_array_append_new(list, part);
	}
	return list;
}

/* The members in the order people read them. */
static json_t *draft_json(const struct draft *d)
{
	json_t *line = json_object(), *references = json_array(), *to = json_array();

	for (size_t i = 0; i < d->reference_count; i++) (void)json_array_append_new(references, json_string(d->references[i]));
	for (size_t i = 0; i < d->to_count; i++)
		if (!d->to[i].is_cc) (void)json_array_append_new(to, address_json(&d->to[i]));
	json_set_text(line, "message_id", d->message_id);
	json_set_text(line, "in_reply_to", d->in_reply_to);
	(void)json_object_set_new(line, "references", references);
	(void)json_object_set_new(line, "from", address_json(&d->from));
	(void)json_object_set_new(line, "to", to);
	json_set_text(line, "subject", d->subject != NULL ? d->subject : "");
	json_set_time(line, "date", d->sent_at);
	json_set_text(line, "text", d->text != NULL ? d->text : "");
	json_set_text(line, "reply_text", d->reply_text != NULL ? d->reply_text : "");
	(void)json_object_set_new(line, "attachments", parts_json(d));
	(void)json_object_set_new(line, "auto_submitted", json_boolean(d->is_automatic));
	json_set_text(line, "auto_reason", d->auto_reason[0] != '\0' ? d->auto_reason : NULL);
	(void)json_object_set_new(line, "bounce", json_boolean(d->is_bounce));
	json_set_text(line, "language", d->language != NULL && d->language[0] != '\0' ? d->language : NULL);
	return line;
}

static void add_explanation(json_t *line, const struct draft *d)
{
	json_set_text(line, "cut_rule", d->cut_rule);
	json_set_text(line, "list", d->list);
	(void)json_object_set_new(line, "cut_start", json_integer(d->cut_start));
	(void)json_object_set_new(line, "cut_end", json_integer(d->cut_end));
	json_set_text(line, "auto_evidence", d->auto_evidence);
	json_set_text(line, "no_ack_reason", d->no_ack_reason[0] != '\0' ? d->no_ack_reason : NULL);
	json_set_text(line, "bounce_recipient", d->bounce_recipient);
	json_set_text(line, "bounce_status", d->bounce_status);
	json_set_text(line, "bounce_message_id", d->bounce_message_id);
	(void)json_object_set_new(line, "has_replaced_bytes", json_boolean(d->has_replaced_bytes));
	(void)json_object_set_new(line, "is_cut", json_boolean(d->is_cut));
}

/* The input as bytes in memory (pipes) or as an open file. EX_OK, or the status with the reason in err. */
static int input_open(const char *name, struct buf *memory, struct mail_source *source_r, struct ik_error *err)
{
	const bool is_stdin = strcmp(name, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct stat st;
	enum ik_rc rc;

	if (fd < 0) return ik_fail_errno(err, "open %s", name) == IK_OK ? EX_OK : EX_NOINPUT;
	if (!is_stdin && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		*source_r = (struct mail_source){ .fd = fd, .size = (size_t)st.st_size };
		return EX_OK;
	}
	rc = fd_read_all(fd, memory, name, err);
	if (!is_stdin) (void)close(fd);
	if (rc == IK_REJECT) return EX_DATAERR;
	if (rc != IK_OK) return EX_NOINPUT;
	*source_r = (struct mail_source){ .data = buf_str(memory), .size = memory->len, .fd = -1 };
	return EX_OK;
}

/* takes line */
static void print_line(json_t *line)
{
	(void)json_dumpf(line, stdout, JSON_COMPACT);
	(void)putchar('\n');
	json_decref(line);
}

/* As the daemon does with its own addresses. */
static void undo_own_list(struct draft *d, const char *own_list)
{
	if (own_list != NULL && d->list != NULL && own_list_is(d->list, own_list)) own_list_take(d);
}

static int normalize_one(struct worker_pool *pool, const char *name, const char *own_list, bool with_explanation)
{
	struct buf memory = BUF_INIT(INPUT_MAX);
	struct mail_source source = { .fd = -1 };
	struct draft d;
	struct ik_error err = { "" };
	enum ik_rc rc = IK_REJECT;
	json_t *line;
	int status = input_open(name, &memory, &source, &err);

	draft_init(&d);
	if (status == EX_OK) rc = worker_read_mail(pool, &source, &d, &err);
	if (rc == IK_OK) undo_own_list(&d, own_list);
	line = draft_json(&d);
	if (rc != IK_OK) json_set_text(line, "error", err.text);
	else if (with_explanation) add_explanation(line, &d);
	print_line(line);
	if (status == EX_NOINPUT) (void)ctl_complain(EX_NOINPUT, "%s", err.text);
	if (status == EX_OK && rc != IK_OK && rc != IK_REJECT) status = ctl_complain(EX_TEMPFAIL, "%s: %s", name, err.text);
	draft_release(&d);
	fd_close(&source.fd);
	buf_release(&memory);
	return status == EX_DATAERR ? EX_OK : status;
}

static int run_normalize(const struct ctl *ctl, json_t *args)
{
	const char *channel = json_text(args, "channel");
	const bool with_explanation = json_is_true(json_object_get(args, "explain"));
	struct worker_conf conf = { 0 };
	struct worker_pool *pool = NULL;
	struct ik_error err = { "" };
	json_t *name;
	size_t i;
	int status = EX_OK;

	(void)ctl;
	if (channel == NULL || strcmp(channel, "email") != 0) return ctl_complain(EX_USAGE, "normalize: --channel email is the one kind there is");
	config_fill_defaults(worker_options, &conf);
	conf.processes = 1;
	if (worker_pool_new(&conf, &pool, &err) != IK_OK) return ctl_complain(EX_OSERR, "%s", err.text);
	json_array_foreach(json_object_get(args, "files"), i, name) {
		const int one = normalize_one(pool, json_string_value(name), json_text(args, "list"), with_explanation);

		if (one != EX_OK) status = one;
	}
	worker_pool_free(&pool);
	return status;
}

static const struct argp_option normalize_options[] = {
	{ "channel", 256, "KIND", 0, "Kind of input: email", 0 },
	{ "explain", 257, NULL, 0, "Add which rule cut the quoted reply, and where, which words told automatic mail where no rule did, and what a bounce is about", 0 },
	{ "list", 258, "ADDRESS", 0, "A list or group of ours that the mails may have come through, as the daemon takes each of its own addresses to be", 0 },
	{ 0 }
};

const struct ctl_command ctl_normalize_commands[] = {
	{ .name = "normalize", .args = "FILE...|-", .positional = "files", .least = 1, .most = (size_t)-1, .options = normalize_options, .run = run_normalize,
	  .summary = "Print what is understood of mails, one JSON line each",
	  .doc = "Works without a daemon; - is standard input. The exit status is 0 even for a mail that cannot be read: its line says so in \"error\".\n\n"
	         "Examples:\n  intakectl normalize --channel email message.eml\n  intakectl normalize --channel email --explain - < reply.eml | jq .reply_text" },
	{ .name = NULL },
};
