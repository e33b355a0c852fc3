/* telegram.c - messages to a Telegram bot, by long polling; acknowledgements as replies in the same chat.
 *
 * A call of getUpdates with offset N makes Telegram forget every update below N. So the offset is last + 1 only after everything up to
 * there is stored; it is kept as the cursor "offset" with a check value, because a wrong one would lose messages: an unreadable
 * cursor is left out, Telegram then begins at the oldest it has, and the keys (UPDATE_ID/MESSAGE_ID) tell what is stored already.
 * Ids have up to 64 bits and are never floating point. The token stands in every URL: no URL and no text that
 * might hold it goes into a log or an error.
 *
 * Source: core.telegram.org/bots/api, getUpdates, sendMessage, getFile; limits: 4096 UTF-16 units a message, 20 MB a file.
 * Thread: open, poll, test and close run on this instance's worker; reply() runs beside it and only reads what open() made. */
#include <intaked/channel.h>

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "base/buf.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "net/mailbox_curl.h"

struct telegram_conf {
	char *token, *server;
	struct ik_list allow_chats;
	int64_t timeout, max_size;
	bool attachments, insecure;
};

static const char *const schemes[] = { "https", "http", NULL };

#define OPT(kind, field, ...) IK_OPTION(kind, struct telegram_conf, field, __VA_ARGS__)
static const struct ik_option telegram_options[] = {
	OPT(SECRET,   token,       .flags = IK_REQUIRED, .help = "Token of the bot."),
	OPT(URL,      server,      .flags = IK_PRIVATE, .def = "https://api.telegram.org", .choices = schemes, .help = "Bot API server."),
	OPT(LIST,     allow_chats, .help = "Ids of the chats that are listened to; all when empty."),
	OPT(DURATION, timeout,     .def = "25s", .min = 0, .max = 50, .help = "How long one call waits for messages; 0s asks once a poll."),
	OPT(BOOL,     attachments, .def = "yes", .help = "Fetch photos and files; otherwise only their names stand in the text."),
	OPT(SIZE,     max_size,    .def = "20M", .min = 1, .max = 20971520, .help = "Largest file that is fetched."),
	OPT(BOOL,     insecure,    .def = "no", .help = "Allow an http: server that is not on this machine."),
	IK_OPTION_END
};

#define BATCH_MAX 100
#define TEXT_UNITS_MAX 4096
#define ANSWER_MAX ((size_t)8 << 20)
#define ROUND_S 900             /* a poll returns at least this often, so that the core sees that it is well */
#define FILE_TRIES 3

struct telegram {
	const struct ik_host *host;
	const struct telegram_conf *conf;
	char *base;                     /* server without a slash at its end */
	struct tries tries;             /* of files, by update id */
};

/* ---- calls ---- */

/* Whatever a text may have caught of the token is blotted out. */
static void blot(const struct telegram *tg, struct ik_error *err)
{
	const size_t len = strlen(tg->conf->token);

	for (char *at = err->text; (at = strstr(at, tg->conf->token)) != NULL; ) memset(at, '*', len);
}

struct answer { int status; bool was_sent; int64_t retry_after_s; json_t *json; };

static void answer_release(struct answer *a)
{
	json_decref(a->json);
	*a = (struct answer){ 0 };
}

/* The reason a refused call gives: text of the server, kept short by the error's own size. */
static const char *description(const struct answer *a)
{
	const char *text = a->json != NULL ? json_text(a->json, "description") : NULL;

	return text != NULL ? text : "no description";
}

/* Calls one method. IK_OK: an answer of any status; json is NULL when it was none that can be read. */
static enum ik_rc call(const struct telegram *tg, const char *method, json_t *arguments, int64_t timeout_s, struct answer *answer_r, struct ik_error *err)
{
	char *url = mem_format("%s/bot%s/%s", tg->base, tg->conf->token, method);
	char *body = json_dumps(arguments, JSON_COMPACT);
	const struct ik_http_call http = { .method = "POST", .url = url, .content_type = "application/json", .body = body,
	                                   .body_len = body != NULL ? strlen(body) : 0, .timeout_ms = timeout_s * 1000, .reply_max = ANSWER_MAX };
	struct ik_http_reply reply = { 0 };
	enum ik_rc rc = tg->host->http(tg->host, &http, &reply, err);
	json_t *parameters;

	*answer_r = (struct answer){ .status = reply.status, .was_sent = reply.was_sent, .retry_after_s = -1 };
	if (rc == IK_OK) {
		answer_r->retry_after_s = reply.retry_after_s;
		(void)json_parse(reply.body, reply.body_len, &answer_r->json, NULL);
		parameters = json_object_get(answer_r->json, "parameters");
		answer_r->retry_after_s = json_int(parameters, "retry_after", answer_r->retry_after_s);
		tg->host->free(reply.body);
	} else if (err != NULL) {
		blot(tg, err);
	}
	free(url);
	free(body);
	json_decref(arguments);
	return rc;
}

/* What the caller does next after a refusal that any method can get. */
static enum ik_rc refused(const struct telegram *tg, const struct answer *a, const char *method, struct ik_error *err)
{
	enum ik_rc rc = IK_RETRY;

	if (a->status == 401 || a->status == 404) rc = ik_fail(IK_CONFIG, err, "%s: the server does not know this bot token (%d)", method, a->status);
	else if (a->status == 409)
		rc = ik_fail(IK_CONFIG, err, "%s: another program takes the updates of this bot, or a webhook is set for it: %s", method, description(a));
	else if (a->status == 200) rc = ik_fail(IK_RETRY, err, "%s: the answer cannot be read", method);
	else rc = ik_fail(IK_RETRY, err, "%s: status %d: %s", method, a->status, description(a));
	if (err != NULL) blot(tg, err);
	return rc;
}

static json_t *result_of(const struct answer *a)
{
	return a->status == 200 && json_is_true(json_object_get(a->json, "ok")) ? json_object_get(a->json, "result") : NULL;
}

/* ---- files ---- */

/* One kind of content besides text. */
static const struct { const char *key; bool is_file; } kinds[] = {
	{ "photo", true }, { "document", true }, { "audio", true }, { "video", true }, { "voice", true }, { "video_note", true }, { "sticker", false },
	{ "location", false }, { "contact", false }, { "venue", false }, { "poll", false }, { "dice", false }, { "story", false }, { "game", false },
};

struct media { const char *kind; const json_t *item; bool is_file; };

/* photo is a list of sizes, the largest last; "animation" comes with a document beside it. */
static bool media_find(const json_t *message, struct media *media_r)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		const json_t *item = json_object_get(message, kinds[i].key);

		if (json_is_array(item)) item = json_array_get(item, json_array_size(item) - 1);
		if (!json_is_object(item)) continue;
		*media_r = (struct media){ .kind = kinds[i].key, .item = item, .is_file = kinds[i].is_file };
		return true;
	}
	return false;
}

/* A path of the server's, put into a URL: plain characters only, no way up. */
static bool is_file_path(const char *path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./";

	return path != NULL && path[0] != '\0' && path[0] != '/' && strlen(path) < 512 && strspn(path, plain) == strlen(path) && strstr(path, "..") == NULL;
}

static enum ik_rc file_get(const struct telegram *tg, const char *path, struct ik_http_reply *reply_r, struct ik_error *err)
{
	char *url = mem_format("%s/file/bot%s/%s", tg->base, tg->conf->token, path);
	const struct ik_http_call http = { .url = url, .timeout_ms = 120000, .reply_max = (size_t)tg->conf->max_size };
	enum ik_rc rc = tg->host->http(tg->host, &http, reply_r, err);

	free(url);
	if (rc == IK_OK && reply_r->status != 200) {
		tg->host->free(reply_r->body);
		reply_r->body = NULL;
		rc = ik_fail(reply_r->status == 429 || reply_r->status >= 500 ? IK_RETRY : IK_REJECT, err, "file: status %d", reply_r->status);
	}
	if (rc != IK_OK && err != NULL) blot(tg, err);
	return rc;
}

/* IK_REJECT: this file cannot be had; IK_RETRY: perhaps later. Free reply_r->body with host->free. */
static enum ik_rc file_fetch(const struct telegram *tg, const json_t *item, struct ik_http_reply *reply_r, struct ik_error *err)
{
	const char *id = json_text(item, "file_id"), *path;
	struct answer a = { 0 };
	enum ik_rc rc;

	if (id == NULL) return ik_fail(IK_REJECT, err, "no file_id");
	if (json_int(item, "file_size", 0) > tg->conf->max_size) return ik_fail(IK_REJECT, err, "too large");
	rc = call(tg, "getFile", json_pack("{s:s}", "file_id", id), 30, &a, err);
	if (rc == IK_OK && result_of(&a) == NULL) {
		rc = refused(tg, &a, "getFile", err);
		if (a.status == 400 || a.status == 404) rc = IK_REJECT;
	}
	path = rc == IK_OK ? json_text(result_of(&a), "file_path") : NULL;
	if (rc == IK_OK && !is_file_path(path)) rc = ik_fail(IK_REJECT, err, "getFile: no usable path");
	if (rc == IK_OK) rc = file_get(tg, path, reply_r, err);
	answer_release(&a);
	return rc;
}

/* ---- one update ---- */

struct update {
	int64_t id, message_id;
	const json_t *message;
	struct media media;
	struct buf text;
	char key[48], chat[24], sender[24];
	char *raw, *name;
	struct ik_http_reply file;
	struct ik_part part;
	atomic_int answer;              /* enum ik_rc by done(), -1 before */
};

static void update_release(const struct telegram *tg, struct update *u)
{
	buf_release(&u->text);
	free(u->raw);
	free(u->name);
	tg->host->free(u->file.body);
}

static bool is_listed(const struct ik_list *list, const char *chat)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->item[i], chat) == 0) return true;
	return list->count == 0;
}

/* Why an update is no message of a customer; NULL when it is one. *is_refusal: it counts as refused input. */
static const char *why_skipped(const struct telegram *tg, struct update *u, bool *is_refusal)
{
	const json_t *from = json_object_get(u->message, "from"), *chat = json_object_get(u->message, "chat");
	const int64_t sender = json_int(from, "id", 0), chat_id = json_int(chat, "id", 0);

	*is_refusal = false;
	if (u->message == NULL) return "no message";
	if (sender == 0 || chat_id == 0) return "no sender";
	if (json_is_true(json_object_get(from, "is_bot")) || json_object_get(u->message, "via_bot") != NULL) return "a bot wrote it";
	if (json_text(u->message, "text") == NULL && !media_find(u->message, &u->media)) return "service message";
	(void)snprintf(u->sender, sizeof(u->sender), "%" PRId64, sender);
	(void)snprintf(u->chat, sizeof(u->chat), "%" PRId64, chat_id);
	*is_refusal = !is_listed(&tg->conf->allow_chats, u->chat);
	return *is_refusal ? "chat not allowed" : NULL;
}

static void add_note(struct update *u, const char *remark)
{
	const json_t *item = u->media.item;
	const char *name = json_text(item, "file_name"), *phone = json_text(item, "phone_number"), *emoji = json_text(item, "emoji");

	if (u->text.len > 0) buf_char(&u->text, '\n');
	buf_format(&u->text, "[%s", u->media.kind);
	if (name != NULL) buf_format(&u->text, " %.200s", name);
	if (json_text(item, "first_name") != NULL) buf_format(&u->text, " %.100s", json_text(item, "first_name"));
	if (phone != NULL) buf_format(&u->text, " %.40s", phone);
	if (emoji != NULL) buf_format(&u->text, " %.16s", emoji);
	if (json_object_get(item, "latitude") != NULL)
		buf_format(&u->text, " %.6f, %.6f", json_number_value(json_object_get(item, "latitude")), json_number_value(json_object_get(item, "longitude")));
	buf_format(&u->text, "%s%s]", remark[0] != '\0' ? ": " : "", remark);
}

/* Fetches the file when there is one. Only IK_RETRY stops the update: after some tries it goes on without its file. */
static enum ik_rc add_media(struct telegram *tg, struct update *u, struct ik_error *err)
{
	const char *name = json_text(u->media.item, "file_name"), *type = json_text(u->media.item, "mime_type");
	struct ik_error why = { 0 };
	enum ik_rc rc;

	if (u->media.item == NULL) return IK_OK;
	if (!u->media.is_file || !tg->conf->attachments) {
		add_note(u, "");
		return IK_OK;
	}
	rc = file_fetch(tg, u->media.item, &u->file, &why);
	if (tg->host->stopping(tg->host)) return ik_fail(IK_RETRY, err, "stopped");
	if (rc == IK_RETRY) {
		const int64_t tried = tries_add(&tg->tries, (uint64_t)u->id);

		if (tried > 0 && tried < FILE_TRIES) return ik_fail(IK_RETRY, err, "%s", why.text);
	}
	tries_forget(&tg->tries, (uint64_t)u->id);
	add_note(u, rc == IK_OK ? "" : "not fetched");
	if (rc != IK_OK) {
		tg->host->log(tg->host, IK_LOG_WARNING, "file of update %" PRId64 " left out: %s", u->id, why.text);
		return IK_OK;
	}
	u->part = (struct ik_part){ .name = name != NULL ? name : u->media.kind, .content_type = type != NULL ? type : strcmp(u->media.kind, "photo") == 0 ? "image/jpeg" : "application/octet-stream",
	                            .data = u->file.body, .fd = -1, .size = (int64_t)u->file.body_len };
	return IK_OK;
}

static char *full_name(const json_t *from)
{
	const char *first = json_text(from, "first_name"), *last = json_text(from, "last_name");

	return mem_format("%s%s%s", first != NULL ? first : "", last != NULL ? " " : "", last != NULL ? last : "");
}

static void on_done(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err)
{
	struct update *u = arg;

	(void)receipt; (void)err;
	atomic_store(&u->answer, (int)rc);
}

static enum ik_rc update_offer(struct telegram *tg, struct update *u, const char *cursor, struct ik_error *err)
{
	const json_t *from = json_object_get(u->message, "from");
	const char *text = json_text(u->message, "text"), *caption = json_text(u->message, "caption");
	struct ik_message m = { .form = IK_FORM_PLAIN, .source_id = u->key, .conversation = u->chat, .sender_type = "telegram", .sender = u->sender,
	                        .sender_verified = true, .language = json_text(from, "language_code"), .raw_fd = -1,
	                        .cursor_name = cursor != NULL ? "offset" : NULL, .cursor_value = cursor };
	enum ik_rc rc;

	buf_text(&u->text, text != NULL ? text : caption != NULL ? caption : "");
	rc = add_media(tg, u, err);
	if (rc != IK_OK) return rc;
	u->name = full_name(from);
	m.sender_name = u->name[0] != '\0' ? u->name : NULL;
	m.text = buf_str(&u->text);
	m.sent_at = json_int(u->message, "edit_date", json_int(u->message, "date", 0));
	m.raw = u->raw;
	m.raw_size = (int64_t)strlen(u->raw);
	m.parts = &u->part;
	m.part_count = u->part.data != NULL ? 1 : 0;
	rc = tg->host->offer(tg->host, &m, on_done, u, err);
	if (rc != IK_REJECT) return rc;
	atomic_store(&u->answer, IK_REJECT);
	return IK_OK;
}

/* ---- offset ---- */

static void offset_text(int64_t offset, char text_r[48])
{
	char digits[24], hex[SHA256_HEX_SIZE];
	unsigned char digest[SHA256_SIZE];
	const struct bytes piece = { digits, (size_t)snprintf(digits, sizeof(digits), "%" PRId64, offset) };

	sha256(&piece, 1, digest);
	(void)snprintf(text_r, 48, "%s/%.8s", digits, hex_encode(digest, sizeof(digest), hex));
}

/* 0: from the oldest update that Telegram has. */
static enum ik_rc offset_load(const struct telegram *tg, int64_t *offset_r, struct ik_error *err)
{
	char text[64] = "", check[48];
	enum ik_rc rc = tg->host->cursor_get(tg->host, "offset", text, sizeof(text), err);

	*offset_r = 0;
	if (rc != IK_OK || text[0] == '\0') return rc;
	errno = 0;
	*offset_r = strtoll(text, NULL, 10);
	offset_text(*offset_r, check);
	if (errno == 0 && *offset_r > 0 && strcmp(text, check) == 0) return IK_OK;
	*offset_r = 0;
	tg->host->log(tg->host, IK_LOG_WARNING, "the stored offset is unreadable, starting at the oldest update the server has");
	return IK_OK;
}

static enum ik_rc offset_put(const struct telegram *tg, int64_t offset, struct ik_error *err)
{
	char text[48];

	offset_text(offset, text);
	return tg->host->cursor_put(tg->host, "offset", text, err);
}

/* ---- one batch ---- */

struct batch {
	struct update update[BATCH_MAX];
	size_t count;                   /* looked at */
	size_t skipped;
	bool has_cursor;                /* the offset went with the only message */
};

static enum ik_rc set_aside(const struct telegram *tg, struct update *u, const char *why, struct ik_error *err)
{
	const enum ik_rc rc = tg->host->set_aside(tg->host, u->key[0] != '\0' ? u->key : NULL, u->raw, strlen(u->raw), why, err);

	if (rc == IK_OK || rc == IK_REJECT) atomic_store(&u->answer, IK_OK);
	return rc == IK_REJECT ? IK_OK : rc;
}

/* Hands one update over, or passes it by. */
static enum ik_rc update_take(struct telegram *tg, struct batch *b, const json_t *item, bool is_only, struct ik_error *err)
{
	struct update *u = &b->update[b->count];
	const char *why;
	char cursor[48];
	bool is_refusal;

	*u = (struct update){ .id = json_int(item, "update_id", 0), .answer = -1 };
	buf_init(&u->text, 64 * 1024);
	u->raw = json_dumps(item, JSON_COMPACT);
	if (u->raw == NULL) u->raw = mem_text("{}");
	u->message = json_object_get(item, "message");
	if (u->message == NULL) u->message = json_object_get(item, "edited_message");
	u->message_id = json_int(u->message, "message_id", 0);
	b->count++;
	if (u->id <= 0) return set_aside(tg, u, "update without an update_id", err);
	(void)snprintf(u->key, sizeof(u->key), "%" PRId64 "/%" PRId64, u->id, u->message_id);
	why = why_skipped(tg, u, &is_refusal);
	if (why != NULL) {
		if (is_refusal) tg->host->refuse(tg->host, why, u->chat);
		else tg->host->log(tg->host, IK_LOG_DEBUG, "update %" PRId64 " passed by: %s", u->id, why);
		atomic_store(&u->answer, IK_OK);
		return IK_OK;
	}
	offset_text(u->id + 1, cursor);
	b->has_cursor = is_only;
	return update_offer(tg, u, is_only ? cursor : NULL, err);
}

/* The offset that everything before is stored for: one behind the largest id of the first updates that are dealt with. */
static int64_t safe_offset(struct batch *b)
{
	int64_t offset = 0;

	for (size_t i = 0; i < b->count; i++) {
		const int answer = atomic_load(&b->update[i].answer);

		if (answer != IK_OK && answer != IK_REJECT) break;
		if (b->update[i].id >= offset) offset = b->update[i].id + 1;
		if (answer == IK_REJECT) b->has_cursor = false;
	}
	return offset;
}

static enum ik_rc batch_take(struct telegram *tg, const json_t *updates, int64_t *offset, struct ik_error *err)
{
	struct batch *b = mem_new(sizeof(*b));
	const size_t count = json_array_size(updates) < BATCH_MAX ? json_array_size(updates) : BATCH_MAX;
	struct ik_error later = { 0 };
	enum ik_rc rc = IK_OK, settled;
	int64_t safe;

	for (size_t i = 0; rc == IK_OK && i < count; i++) rc = update_take(tg, b, json_array_get(updates, i), count == 1, err);
	settled = tg->host->settle(tg->host, rc == IK_OK ? err : &later);
	if (rc == IK_OK) rc = settled;
	safe = safe_offset(b);
	if (safe > 0) {
		const enum ik_rc put = b->has_cursor && rc == IK_OK ? IK_OK : offset_put(tg, safe, &later);

		if (put == IK_OK) *offset = safe;
		else if (rc == IK_OK) rc = ik_fail(put, err, "%s", later.text);
	}
	for (size_t i = 0; i < b->count; i++) update_release(tg, &b->update[i]);
	free(b);
	return rc;
}

/* ---- polling ---- */

static enum ik_rc wait_as_told(const struct telegram *tg, int64_t retry_after_s)
{
	const int64_t wait_s = retry_after_s < 1 ? 1 : retry_after_s > 3600 ? 3600 : retry_after_s;

	tg->host->log(tg->host, IK_LOG_NOTICE, "too many requests: waiting %" PRId64 " s", wait_s);
	(void)tg->host->sleep_ms(tg->host, wait_s * 1000);
	return IK_OK;
}

/* One getUpdates and what it brought; *count_r updates. */
static enum ik_rc round_once(struct telegram *tg, int64_t *offset, size_t *count_r, struct ik_error *err)
{
	const int64_t timeout_s = tg->conf->timeout;
	json_t *arguments = json_pack("{s:i, s:I, s:[s, s]}", "limit", BATCH_MAX, "timeout", (json_int_t)timeout_s, "allowed_updates", "message", "edited_message");
	struct answer a = { 0 };
	enum ik_rc rc;

	*count_r = 0;
	if (*offset > 0) (void)json_object_set_new(arguments, "offset", json_integer((json_int_t)*offset));
	rc = call(tg, "getUpdates", arguments, timeout_s + 15, &a, err);
	if (rc == IK_OK && a.status == 429) {
		rc = wait_as_told(tg, a.retry_after_s);
	} else if (rc == IK_OK && !json_is_array(result_of(&a))) {
		rc = refused(tg, &a, "getUpdates", err);
	} else if (rc == IK_OK) {
		*count_r = json_array_size(result_of(&a));
		if (*count_r > 0) rc = batch_take(tg, result_of(&a), offset, err);
	}
	answer_release(&a);
	return rc;
}

static enum ik_rc telegram_poll(void *state, struct ik_error *err)
{
	struct telegram *tg = state;
	const int64_t until = tg->host->now(tg->host) + ROUND_S;
	int64_t offset = 0, before;
	size_t count = 1;
	enum ik_rc rc = offset_load(tg, &offset, err);

	do {
		before = offset;
		if (rc == IK_OK) rc = round_once(tg, &offset, &count, err);
		if (rc == IK_OK && count > 0 && offset == before) rc = ik_fail(IK_RETRY, err, "getUpdates: the same updates again");
	} while (rc == IK_OK && !tg->host->stopping(tg->host) && (count > 0 || tg->conf->timeout > 0) && tg->host->now(tg->host) < until);
	return tg->host->stopping(tg->host) ? IK_OK : rc;
}

/* ---- reply ---- */

/* At most TEXT_UNITS_MAX UTF-16 units; what is longer ends in an ellipsis. Free with free(). */
static char *fit(const char *text)
{
	const size_t len = strlen(text);
	size_t units = 0, cut = 0;

	for (size_t at = 0; at < len; ) {
		const int32_t c = utf8_next(text, len, &at);

		units += c >= 0x10000 ? 2 : 1;
		if (units <= TEXT_UNITS_MAX - 1) cut = at;
	}
	return units <= TEXT_UNITS_MAX ? mem_text(text) : mem_format("%.*s\xe2\x80\xa6", (int)cut, text);
}

static bool number_of(const char *text, int64_t *n_r)
{
	char *end = NULL;

	if (text == NULL || text[0] == '\0') return false;
	errno = 0;
	*n_r = strtoll(text, &end, 10);
	return errno == 0 && *end == '\0' && *n_r != 0;
}

static json_t *message_of(const struct ik_reply *reply, int64_t chat)
{
	const char *slash = reply->source_id != NULL ? strchr(reply->source_id, '/') : NULL;
	char *text = fit(reply->text);
	json_t *message = json_pack("{s:I, s:s, s:{s:b}}", "chat_id", (json_int_t)chat, "text", text, "link_preview_options", "is_disabled", 1);
	int64_t id = 0;

	free(text);
	if (slash != NULL && number_of(slash + 1, &id))
		(void)json_object_set_new(message, "reply_parameters", json_pack("{s:I, s:b}", "message_id", (json_int_t)id, "allow_sending_without_reply", 1));
	return message;
}

/* What the answer to sendMessage means. Whatever leaves it open whether the message went out is uncertain. */
static enum ik_rc judge(const struct telegram *tg, const struct answer *a, struct ik_reply_result *result_r, struct ik_error *err)
{
	if (result_of(a) != NULL) return IK_OK;
	if (a->status == 429) {
		result_r->retry_after_s = a->retry_after_s;
		return ik_fail(IK_RETRY, err, "sendMessage: too many requests");
	}
	if (a->status == 403) return ik_fail(IK_REJECT, err, "sendMessage: the customer does not take messages from this bot: %s", description(a));
	if (a->status == 400) return ik_fail(IK_REJECT, err, "sendMessage: %s", description(a));
	result_r->uncertain = a->status == 200 || a->status >= 500;
	return refused(tg, a, "sendMessage", err);
}

static enum ik_rc telegram_reply(void *state, const struct ik_reply *reply, struct ik_reply_result *result_r, struct ik_error *err)
{
	const struct telegram *tg = state;
	int64_t chat = 0, moved_to = 0;
	enum ik_rc rc = IK_RETRY;

	*result_r = (struct ik_reply_result){ .retry_after_s = -1 };
	if (!number_of(reply->conversation, &chat)) return ik_fail(IK_REJECT, err, "sendMessage: no chat to answer in");
	for (int try = 0; try < 2; try++) {
		struct answer a = { 0 };
		json_t *message = message_of(reply, chat);

		if (message == NULL) return ik_fail(IK_REJECT, err, "sendMessage: the text is not UTF-8");
		rc = call(tg, "sendMessage", message, 30, &a, err);
		if (rc != IK_OK) result_r->uncertain = a.was_sent;
		moved_to = json_int(json_object_get(a.json, "parameters"), "migrate_to_chat_id", 0);
		if (rc == IK_OK) rc = judge(tg, &a, result_r, err);
		if (a.status != 400) moved_to = 0;
		answer_release(&a);
		if (moved_to == 0) break;
		chat = moved_to;                /* the group became a supergroup: same people, another id */
	}
	if (err != NULL) blot(tg, err);
	return rc;
}

/* ---- the channel ---- */

static enum ik_rc ask(const struct telegram *tg, const char *method, struct answer *a, struct ik_error *err)
{
	const enum ik_rc rc = call(tg, method, json_object(), 20, a, err);

	if (rc != IK_OK || json_is_object(result_of(a))) return rc;
	return refused(tg, a, method, err);
}

static enum ik_rc telegram_test(void *state, struct ik_error *err)
{
	struct answer a = { 0 };
	enum ik_rc rc = ask(state, "getMe", &a, err);
	const char *url;

	answer_release(&a);
	if (rc == IK_OK) rc = ask(state, "getWebhookInfo", &a, err);
	url = rc == IK_OK ? json_text(result_of(&a), "url") : NULL;
	if (url != NULL && url[0] != '\0') rc = ik_fail(IK_CONFIG, err, "webhook: one is set for this bot, polling gets nothing until it is deleted");
	answer_release(&a);
	return rc;
}

static void telegram_close(void *state)
{
	struct telegram *tg = state;

	free(tg->base);
	tg->host->free(tg);
}

/* DIGITS:LETTERS; it goes into URLs as it is. */
static bool is_token(const char *token)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const size_t digits = strspn(token, "0123456789");

	return digits > 0 && token[digits] == ':' && token[digits + 1] != '\0' && strspn(token + digits + 1, plain) == strlen(token + digits + 1) &&
	       strlen(token) < 256;
}

static enum ik_rc check_conf(const struct telegram_conf *c, struct ik_error *err)
{
	int64_t chat;
	enum ik_rc rc = mailbox_check_text("server", c->server, 500, err);

	if (rc == IK_OK && !is_token(c->token)) rc = ik_fail(IK_CONFIG, err, "token: expected DIGITS:LETTERS as the BotFather gives it");
	if (rc == IK_OK && strpbrk(c->server, "?#@ ") != NULL) rc = ik_fail(IK_CONFIG, err, "server: expected scheme://host[:port][/path]");
	for (size_t i = 0; rc == IK_OK && i < c->allow_chats.count; i++)
		if (!number_of(c->allow_chats.item[i], &chat)) rc = ik_fail(IK_CONFIG, err, "allow_chats: \"%.40s\" is no chat id", c->allow_chats.item[i]);
	return rc;
}

static enum ik_rc telegram_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	const struct telegram_conf *c = conf;
	struct telegram *tg;
	size_t len;
	enum ik_rc rc = check_conf(c, err);

	if (rc != IK_OK) return rc;
	tg = host->alloc(sizeof(*tg));
	*tg = (struct telegram){ .host = host, .conf = c };
	len = strlen(c->server);
	while (len > 0 && c->server[len - 1] == '/') len--;
	tg->base = mem_copy(c->server, len);
	*state_r = tg;
	return IK_OK;
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "telegram", .summary = "Messages to a Telegram bot",
	.options = telegram_options, .conf_size = sizeof(struct telegram_conf), .ack = IK_ACK_REPLY,
	.open = telegram_open, .poll = telegram_poll, .reply = telegram_reply, .test = telegram_test, .close = telegram_close,
	.words = { .utf16 = 4096 },
};
