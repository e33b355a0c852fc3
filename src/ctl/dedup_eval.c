/* dedup_eval.c - `intakectl dedup-eval FILE.jsonl`: the verdicts of the engine on a stream of messages, without a daemon, from an empty
 * index, in the order of the file.
 *
 * A line in: {"id", "channel", "sender", "received_at", "subject", "text", "external_id"}; a line out: {"id", "verdict", "of"}, where of is the
 * id of the message that opened the ticket. With --explain also rule, evidence and figures. */
#include "ctl/dedup_eval.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "ctl/ctl.h"
#include "ctl/lines.h"
#include "pipeline/similar.h"

#define LINE_MAX_BYTES (16 << 20)

struct eval {
	struct similar *similar;
	struct similar_index *index;
	json_t **ids;                   /* of the messages so far, by number - 1 */
	size_t count, room;
	bool explain;
	FILE *out;
};

/* Channels on which people write in lines and not in letters. Everything that has a form, an envelope or a clerk is not one of them. */
static bool is_chat_channel(const char *channel)
{
	static const char *const letters[] = { "mail", "form", "web", "letter", "fax", "post", "store", "review", "survey", "phone", "call", "hotline", "api", "lmtp", "imap", "pop",
	                                       "portal", "邮", "郵", "表单", "表單", "官网", "官網", "电话", "電話", "热线", "熱線", "信" };
	static const char *const lines[] = { "chat", "wechat", "weixin", "whatsapp", "webchat", "hook", "微信", "短信", "簡訊", "sms" };

	for (size_t i = 0; i < COUNT_OF(lines); i++)
		if (strcasestr(channel, lines[i]) != NULL) return true;
	for (size_t i = 0; i < COUNT_OF(letters); i++)
		if (strcasestr(channel, letters[i]) != NULL) return false;
	return true;
}

#define NUMBER_SIZE 24

/* A text, or a whole number as its digits, which stand in number then; NULL otherwise. */
static const char *name_of(const json_t *in, const char *key, char *number)
{
	const json_t *value = json_object_get(in, key);

	if (!json_is_integer(value)) return json_text(in, key);
	(void)snprintf(number, NUMBER_SIZE, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return number;
}

/* A name, or the address or id in an object; NULL otherwise. */
static const char *handle_of(const json_t *in, char *number)
{
	const json_t *sender = json_object_get(in, "sender");

	if (!json_is_object(sender)) return name_of(in, "sender", number);
	return json_text(sender, "address") != NULL ? json_text(sender, "address") : name_of(sender, "id", number);
}

static int64_t time_of(const json_t *in)
{
	const char *text = json_text(in, "received_at");

	return text != NULL ? clock_parse_rfc3339(text) : json_int(in, "received_at", -1);
}

static void keep_id(struct eval *e, const json_t *in)
{
	json_t *id = json_object_get(in, "id");

	if (e->count == e->room) {
		e->room = e->room > 0 ? 2 * e->room : 256;
		e->ids = mem_grow(e->ids, e->room, sizeof(json_t *));
	}
	e->ids[e->count++] = id != NULL ? json_incref(id) : json_null();
}

static bool print_answer(struct eval *e, const struct similar_verdict *v, int64_t of)
{
	json_t *out = json_object();
	struct buf line = BUF_INIT(LINE_MAX_BYTES);
	bool ok;

	(void)json_object_set(out, "id", e->ids[e->count - 1]);
	json_set_text(out, "verdict", verdict_names[v->verdict]);
	(void)json_object_set(out, "of", of > 0 ? e->ids[of - 1] : json_null());
	if (e->explain) {
		json_set_text(out, "rule", v->rule);
		json_set_text(out, "evidence", v->evidence);
		(void)json_object_set(out, "compared_with", v->message_id > 0 ? e->ids[v->message_id - 1] : json_null());
	}
	ok = json_print(&line, out) && fprintf(e->out, "%s\n", buf_str(&line)) >= 0;
	buf_release(&line);
	json_decref(out);
	return ok;
}

struct similar_query *ctl_dedup_read(const struct similar *similar, const json_t *in, int64_t id)
{
	const char *channel = json_text(in, "channel"), *text = json_text(in, "text");
	char sender[NUMBER_SIZE], external_id[NUMBER_SIZE];
	struct similar_message m = { .id = id, .channel = channel != NULL ? channel : "", .sender = handle_of(in, sender), .external_id = name_of(in, "external_id", external_id),
	                             .subject = json_text(in, "subject"), .text = text != NULL ? text : "", .received_at = time_of(in) };

	m.is_chat = is_chat_channel(m.channel) && (m.subject == NULL || m.subject[0] == '\0');
	return similar_read(similar, &m);
}

/* The ticket of a message has the number of the message that opened it. */
static int judge_line(struct eval *e, const json_t *in, struct ik_error *err)
{
	const int64_t id = (int64_t)e->count;
	struct similar_query *query = ctl_dedup_read(e->similar, in, id);
	struct similar_verdict verdict;
	enum ik_rc rc;
	bool ok = false;

	rc = similar_decide(e->similar, e->index, query, &verdict, err);
	if (rc == IK_OK) {
		const bool joins = verdict.verdict == VERDICT_DUPLICATE || verdict.verdict == VERDICT_FOLLOWUP;

		query->print.ticket_id = joins ? verdict.ticket_id : id;
		rc = similar_remember(e->similar, e->index, &query->print, err);
	}
	if (rc == IK_OK) ok = print_answer(e, &verdict, verdict.ticket_id);
	free(query);
	if (rc != IK_OK) return EX_SOFTWARE;
	return ok ? EX_OK : EX_IOERR;
}

static int answer_line(void *arg, const json_t *in, struct ik_error *err)
{
	struct eval *e = arg;

	if (time_of(in) < 0) {
		(void)ik_fail(IK_REJECT, err, "received_at: expected a time as 2026-05-04T10:00:00Z");
		return EX_DATAERR;
	}
	keep_id(e, in);
	return judge_line(e, in, err);
}

int ctl_dedup_eval(const char *file, bool explain, FILE *out)
{
	struct eval e = { .explain = explain, .out = out };
	struct ik_error err = { "" };
	int status;

	if (similar_new(NULL, &e.similar, &err) != IK_OK) return ctl_complain(EX_SOFTWARE, "%s", err.text);
	e.index = similar_memory_new();
	status = lines_answer(file, answer_line, &e);
	for (size_t i = 0; i < e.count; i++) json_decref(e.ids[i]);
	free(e.ids);
	similar_memory_free(&e.index);
	similar_free(&e.similar);
	return status;
}

static int run_dedup_eval(const struct ctl *ctl, json_t *args)
{
	(void)ctl;
	return ctl_dedup_eval(json_text(args, "file"), json_is_true(json_object_get(args, "explain")), stdout);
}

static const struct argp_option dedup_eval_options[] = { { "explain", 256, NULL, 0, "Add the rule and the figures behind each verdict", 0 }, { 0 } };

const struct ctl_command ctl_dedup_eval_commands[] = {
	{ .name = "dedup-eval", .args = "FILE.jsonl|-", .positional = "file", .least = 1, .most = 1, .options = dedup_eval_options, .run = run_dedup_eval,
	  .summary = "Judge a stream of messages: new, duplicate, followup or related",
	  .doc = "Works without a daemon, from an empty index. One JSON object a line in: id, channel, sender, received_at, subject, text and external_id;\n"
	         "one a line out: id, verdict and of, the message that opened the ticket it belongs or is linked to.\n"
	         "A line that cannot be read is told with its number; the others are answered and the exit status is 65.\n\n"
	         "Example:\n  intakectl dedup-eval --explain stream.jsonl | jq -r 'select(.verdict != \"new\")'" },
	{ .name = NULL },
};
