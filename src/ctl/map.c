/* map.c - `intakectl map test CHANNEL PAYLOAD`: what a channel would make of a payload, without a daemon: the plugin is opened on a host that stores
 * nothing. Threads: one. */
#include "ctl/ctl.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "ctl/setup.h"
#include "daemon/config_suggest.h"

#define PAYLOAD_MAX (16u * 1024 * 1024)

/* ---- the host: enough of it to open a channel that takes requests -------------------------------------------------------------- */

struct trial { const json_t *headers; char refused[512]; };

static void *trial_alloc(size_t size) { return mem_new(size); }
static void trial_free(void *memory) { free(memory); }
static int64_t trial_now(const struct ik_host *host) { (void)host; return clock_wall(); }
static bool trial_stopping(const struct ik_host *host) { (void)host; return false; }

static void __attribute__((format(printf, 3, 4))) trial_log(const struct ik_host *host, enum ik_level level, const char *fmt, ...)
{
	va_list ap;

	(void)host;
	if (level > IK_LOG_WARNING) return;
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
}

static void trial_refuse(const struct ik_host *host, const char *reason, const char *detail)
{
	struct trial *trial = host->core;

	(void)snprintf(trial->refused, sizeof(trial->refused), "%s: %s", reason, detail);
}

/* ---- the request and its answer ---------------------------------------------------------------------------------------------------- */

struct pieces { struct ik_answer answer; void **piece; size_t count; };

static void *pieces_alloc(struct ik_answer *answer, size_t size)
{
	struct pieces *p = answer->core;
	void *memory = mem_new(size);

	p->piece = mem_grow(p->piece, p->count + 1, sizeof(*p->piece));
	p->piece[p->count++] = memory;
	return memory;
}

static void pieces_release(struct pieces *p)
{
	for (size_t i = 0; i < p->count; i++) free(p->piece[i]);
	free(p->piece);
	json_decref(p->answer.keep);
}

/* The value of a "Name: value" line. */
static const char *header_value(const json_t *headers, const char *name)
{
	const size_t len = strlen(name);
	json_t *line;
	size_t i;

	json_array_foreach(headers, i, line) {
		const char *text = json_string_value(line);

		if (strncasecmp(text, name, len) == 0 && text[len] == ':') return text + len + 1 + strspn(text + len + 1, " \t");
	}
	return NULL;
}

static const char *header_of(const struct ik_request *request, const char *name)
{
	const struct trial *trial = request->core;
	const char *value = header_value(trial->headers, name);

	return value == NULL && strcasecmp(name, "content-type") == 0 ? "application/json" : value;
}

static const char *query_of(const struct ik_request *request, const char *name)
{
	(void)request;
	(void)name;
	return NULL;
}

/* ---- what it says -------------------------------------------------------------------------------------------------------------------- */

static json_t *message_json(const struct ik_message *m)
{
	const struct { const char *key, *value; } texts[] = {
		{ "external_id", m->source_id }, { "subject", m->subject }, { "text", m->text }, { "sender_type", m->sender_type }, { "sender", m->sender },
		{ "sender_name", m->sender_name }, { "conversation", m->conversation }, { "language", m->language }, { "order_number", m->order_number },
	};
	json_t *message = json_object();

	for (size_t i = 0; i < COUNT_OF(texts); i++) json_set_text(message, texts[i].key, texts[i].value);
	json_set_time(message, "sent_at", m->sent_at);
	return message;
}

/* Fields that are looked for and not there. */
static json_t *missing_of(const json_t *fields)
{
	json_t *missing = json_array(), *field;
	size_t i;

	json_array_foreach(fields, i, field)
		if (json_is_null(json_object_get(field, "value"))) (void)json_array_append(missing, json_object_get(field, "field"));
	return missing;
}

static json_t *result_of(const struct channel_conf *channel, const struct ik_answer *answer, const struct trial *trial, json_t *fields, bool has_signature)
{
	json_t *result = json_pack("{s:s, s:s, s:b}", "channel", channel->name, "plugin", channel->plugin->name, "taken", answer->message_count > 0), *messages = json_array();

	for (size_t i = 0; i < answer->message_count; i++) (void)json_array_append_new(messages, message_json(&answer->messages[i]));
	(void)json_object_set_new(result, "status", json_integer(answer->message_count > 0 ? 202 : answer->status));
	json_set_text(result, "refused", answer->message_count > 0 ? NULL : trial->refused);
	json_set_text(result, "signature", has_signature ? "checked" : "not checked");
	(void)json_object_set_new(result, "missing", missing_of(fields));
	(void)json_object_set(result, "fields", fields);
	(void)json_object_set_new(result, "messages", messages);
	return result;
}

static const struct ctl_column field_columns[] = {
	{ .heading = "FIELD", .path = "field" }, { .heading = "PATH", .path = "path" }, { .heading = "NEEDED", .path = "needed" },
	{ .heading = "VALUE", .path = "value", .is_long = true }, { .heading = NULL },
};

static void print_result(const struct ctl *ctl, const json_t *result)
{
	const bool is_taken = json_is_true(json_object_get(result, "taken"));
	char *refused = ctl_clean(json_text(result, "refused") != NULL ? json_text(result, "refused") : "", false);

	if (ctl->as_json) {
		ctl_print_json(result);
	} else {
		ctl_print_table(ctl, field_columns, json_object_get(result, "fields"), NULL);
		if (is_taken) (void)printf("would be taken; the signature was %s\n", json_text(result, "signature"));
		else (void)printf("would be refused with %lld (%s)\n", (long long)json_int(result, "status", 0), refused);
	}
	free(refused);
}

/* ---- which channel -------------------------------------------------------------------------------------------------------------------- */

static int channel_find(const struct ctl *ctl, const struct config *config, const char *name, const struct channel_conf **channel_r)
{
	struct suggestion near = { .wanted = name };
	const char *best;

	for (size_t i = 0; config != NULL && i < config->channel_count; i++) {
		if (strcmp(config->channels[i].name, name) == 0) *channel_r = &config->channels[i];
		suggest_name(&near, config->channels[i].name);
	}
	best = suggest_best(&near);
	if (*channel_r == NULL)
		return ctl_complain(EX_USAGE, "%s has no channel called '%s'%s%s%s", ctl_config_file(ctl), name, best != NULL ? "; did you mean '" : "",
		                    best != NULL ? best : "", best != NULL ? "'?" : "");
	if ((*channel_r)->plugin->map == NULL || (*channel_r)->plugin->request == NULL)
		return ctl_complain(EX_USAGE, "channel %s (%s) maps no payloads: it reads what it gets by its own rules; for mails see `intakectl normalize`", name,
		                    (*channel_r)->plugin->name);
	return EX_OK;
}

static int payload_read(const char *path, struct buf *payload)
{
	struct ik_error err = { "" };
	enum ik_rc rc = strcmp(path, "-") == 0 ? fd_read_all(STDIN_FILENO, payload, "standard input", &err) : file_read(path, payload, &err);

	if (rc == IK_OK) return EX_OK;
	return ctl_complain(rc == IK_REJECT ? EX_DATAERR : EX_NOINPUT, "%s", err.text);
}

/* Given headers are checked as the daemon would, so that a wrong secret shows; first the mapping, which tells its fields either way. */
static int try_payload(const struct ctl *ctl, const struct channel_conf *channel, const struct buf *payload, const json_t *headers)
{
	struct trial trial = { .headers = headers };
	const struct ik_host host = { .size = sizeof(host), .instance = channel->name, .core = &trial, .alloc = trial_alloc, .free = trial_free, .log = trial_log,
	                              .now = trial_now, .stopping = trial_stopping, .refuse = trial_refuse };
	const struct ik_request request = { .method = "POST", .rest = "", .peer = "127.0.0.1", .body = buf_str(payload), .body_len = payload->len,
	                                    .header = header_of, .query = query_of, .core = &trial };
	struct pieces mapped = { .answer = { .alloc = pieces_alloc, .core = &mapped } }, asked = { .answer = { .alloc = pieces_alloc, .core = &asked } };
	const bool has_signature = json_array_size(headers) > 0;
	struct ik_error err = { "" };
	void *state = NULL;
	json_t *fields = NULL, *result;
	int status;

	if (channel->plugin->open(&host, channel->conf, &state, &err) != IK_OK) return ctl_complain(EX_CONFIG, "channel %s: %s", channel->name, err.text);
	if (channel->plugin->map(state, &request, &mapped.answer, &fields, &err) != IK_OK) status = ctl_complain(EX_DATAERR, "channel %s: %s", channel->name, err.text);
	else if (has_signature && channel->plugin->request(state, &request, &asked.answer, &err) != IK_OK) status = ctl_complain(EX_DATAERR, "channel %s: %s", channel->name, err.text);
	else {
		result = result_of(channel, has_signature ? &asked.answer : &mapped.answer, &trial, fields, has_signature);
		print_result(ctl, result);
		status = json_is_true(json_object_get(result, "taken")) ? EX_OK : EX_DATAERR;
		json_decref(result);
	}
	json_decref(fields);
	pieces_release(&mapped);
	pieces_release(&asked);
	channel->plugin->close(state);
	return status;
}

static int run_map(const struct ctl *ctl, json_t *args)
{
	const json_t *words = json_object_get(args, "what"), *headers = json_object_get(args, "header");
	const char *what = json_string_value(json_array_get(words, 0)), *name = json_string_value(json_array_get(words, 1)),
	           *path = json_string_value(json_array_get(words, 2));
	const struct channel_conf *channel = NULL;
	struct setup setup = { 0 };
	struct buf payload = BUF_INIT(PAYLOAD_MAX);
	json_t *line;
	size_t i;
	int status = EX_OK;

	if (strcmp(what, "test") != 0) return ctl_complain(EX_USAGE, "map %s: the one thing to do is `map test CHANNEL PAYLOAD`", what);
	json_array_foreach(headers, i, line)
		if (strchr(json_string_value(line), ':') == NULL) return ctl_complain(EX_USAGE, "--header %s: expected \"Name: value\"", json_string_value(line));
	status = setup_load(ctl, &setup);
	if (status == EX_OK) status = channel_find(ctl, setup.config, name, &channel);
	if (status == EX_OK) status = payload_read(path, &payload);
	if (status == EX_OK) status = try_payload(ctl, channel, &payload, headers);
	buf_release(&payload);
	setup_release(&setup);
	return status;
}

static const struct argp_option map_options[] = {
	{ "header", 'H', "TEXT...", 0, "A header of the request, \"Name: value\"; with any of them the signature is checked as well", 0 },
	{ 0 }
};

const struct ctl_command ctl_map_commands[] = {
	{ .name = "map", .args = "test CHANNEL PAYLOAD|-", .positional = "what", .least = 3, .most = 3, .options = map_options, .run = run_map,
	  .summary = "Tell what a channel would make of a payload; stores nothing",
	  .doc = "Works without a daemon, on the file of --config: reads the payload from a file or standard input (-), looks up every field where the "
	         "channel's map says, and tells what is missing and whether it would be refused. Without --header the signature is not looked at. Exit status "
	         "0: it would be taken, 65: refused.\n\n"
	         "Examples:\n  intakectl map test shop payload.json\n  curl -s https://shop.example/last-event | intakectl map test shop -\n"
	         "  intakectl map test shop payload.json -H 'X-Signature-256: sha256=0123...'" },
	{ .name = NULL },
};
