/* webhook.c - takes messages that other programs post as signed JSON to /in/INSTANCE.
 *
 * The signature is checked over the raw bytes before anything parses them; without a secret the channel does not start.
 * Schemes: Standard Webhooks 1.0.0, and HMAC-SHA256 of the body as hex in a header.
 * Threads: request() runs on several at once; what they share is the pool of MACs, whose slots are exchanged atomically. */
#include <stdatomic.h>
#include <stdlib.h>
#include <strings.h>
#include <intaked/channel.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/codec.h"
#include "base/handle.h"
#include "base/json.h"
#include "base/mem.h"
#include "net/signature.h"

#define BODY_MAX 1048576
#define MACS 16
#define MILLISECONDS_FROM 100000000000LL        /* a number this large (year 5138 in seconds) counts milliseconds */

enum scheme { SCHEME_STANDARD, SCHEME_HEX };
static const char *const schemes[] = { "standard-webhooks", "hmac-sha256", NULL };
static const char *const url_schemes[] = { "https", "http", NULL };

#define REPLY_MAX 65536                         /* bytes of the answer to a text we sent, which nobody reads */

/* What is looked for, and where unless map says otherwise. */
enum fact { EXTERNAL_ID, SUBJECT, TEXT, SENDER, SENDER_TYPE, SENDER_NAME, LANGUAGE, ORDER_NUMBER, SENT_AT, CONVERSATION, FOLLOWERS, REPLY_UNTIL, REPLIES, VERIFIED, MAIL, FACTS };
static const char *const fact_names[FACTS + 1] = { "external_id", "subject", "text", "sender", "sender_type", "sender_name", "language", "order_number", "sent_at", "conversation",
                                                   "followers", "reply_until", "replies", "verified", "mail", NULL };
static const char *const fact_paths[FACTS] = {
	[EXTERNAL_ID] = "id", [SUBJECT] = "subject", [TEXT] = "text", [SENDER] = "from", [SENDER_TYPE] = "sender_type", [SENDER_NAME] = "name", [LANGUAGE] = "language",
	[ORDER_NUMBER] = "order_number", [SENT_AT] = "sent_at", [CONVERSATION] = "conversation", [FOLLOWERS] = "followers", [REPLY_UNTIL] = "reply_until",
	[REPLIES] = "replies", [VERIFIED] = "", [MAIL] = "",           /* the last two only when the operator says where: they vouch for the sender */
};

struct webhook_conf { int scheme; char *secret, *header, *prefix; struct ik_map map; char *reply_url; int64_t timeout; bool insecure; };
#define OPT(kind, field, ...) IK_OPTION(kind, struct webhook_conf, field, __VA_ARGS__)
static const struct ik_option webhook_options[] = {
	OPT(ENUM,   scheme, .def = "standard-webhooks", .choices = schemes, .help = "How requests are signed."),
	OPT(SECRET, secret, .flags = IK_REQUIRED, .help = "Signing secret: whsec_BASE64 for standard-webhooks, any text for hmac-sha256."),
	OPT(STRING, header, .def = "X-Signature-256", .help = "Header that holds the hexadecimal signature (hmac-sha256)."),
	OPT(STRING, prefix, .def = "sha256=", .help = "What stands before the digits in that header (hmac-sha256)."),
	OPT(MAP,    map,    .choices = fact_names, .help = "Where each fact stands in the JSON: a dotted path such as data.order.id, or =text for a constant. external_id, when it is named and there, goes before webhook-id."),
	OPT(URL,    reply_url, .flags = IK_PRIVATE, .choices = url_schemes,
	    .help = "Where texts for customers are posted, signed like what comes in: notices and answers in a chat; none: nothing goes back but the answer to a request."),
	OPT(BOOL,   insecure, .def = "no", .help = "Allow an http: reply_url that is not on this machine: those texts then cross the network in clear text."),
	OPT(DURATION, timeout, .def = "20s", .min = 1, .max = 300, .help = "How long that may take."),
	IK_OPTION_END
};

struct webhook {
	const struct ik_host *host;
	const struct webhook_conf *conf;
	const char *paths[FACTS];
	bool has_own_id;                /* map says where the id of an event stands */
	unsigned char key[64];
	size_t key_len;
	struct mac *_Atomic macs[MACS];
};

/* ---- the pool of MACs: one is taken out for each check, so that no two threads share it ------------------------------------ */

static struct mac *mac_take(struct webhook *w)
{
	struct mac *mac = NULL;

	for (size_t i = 0; i < MACS && mac == NULL; i++) mac = atomic_exchange(&w->macs[i], NULL);
	if (mac != NULL) return mac;
	mac = w->host->alloc(sizeof(*mac));
	if (w->conf->scheme == SCHEME_STANDARD) mac_init(mac, w->key, w->key_len);
	else mac_init(mac, w->conf->secret, strlen(w->conf->secret));
	return mac;
}

static void mac_drop(const struct webhook *w, struct mac *mac)
{
	if (mac == NULL) return;
	mac_release(mac);
	w->host->free(mac);
}

static void mac_return(struct webhook *w, struct mac *mac)
{
	for (size_t i = 0; i < MACS && mac != NULL; i++) {
		struct mac *none = NULL;

		if (atomic_compare_exchange_strong(&w->macs[i], &none, mac)) mac = NULL;
	}
	mac_drop(w, mac);
}

/* ---- open and close ----------------------------------------------------------------------------------------------------------- */

static enum ik_rc read_map(struct webhook *w, struct ik_error *err)
{
	for (size_t f = 0; f < FACTS; f++) w->paths[f] = fact_paths[f];
	for (size_t i = 0; i < w->conf->map.count; i++) {
		size_t f = 0;

		while (f < FACTS && strcmp(fact_names[f], w->conf->map.pair[i].key) != 0) f++;
		if (f == FACTS) return ik_fail(IK_CONFIG, err, "map: \"%s\" is no fact that is looked for", w->conf->map.pair[i].key);
		w->paths[f] = w->conf->map.pair[i].value;
		if (f == EXTERNAL_ID) w->has_own_id = true;
	}
	return IK_OK;
}

static enum ik_rc read_secret(struct webhook *w, struct ik_error *err)
{
	if (w->conf->secret == NULL || w->conf->secret[0] == '\0') return ik_fail(IK_CONFIG, err, "secret is missing: unsigned requests are never taken");
	if (w->conf->scheme == SCHEME_STANDARD) return signature_standard_key(w->conf->secret, w->key, &w->key_len, err);
	return IK_OK;
}

static enum ik_rc webhook_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct webhook *w = host->alloc(sizeof(*w));
	enum ik_rc rc;

	w->host = host;
	w->conf = conf;
	rc = read_secret(w, err);
	if (rc == IK_OK) rc = read_map(w, err);
	if (rc == IK_OK) *state_r = w;
	else host->free(w);
	return rc;
}

static void webhook_close(void *state)
{
	struct webhook *w = state;

	for (size_t i = 0; i < MACS; i++) mac_drop(w, atomic_load(&w->macs[i]));
	w->host->free(w);
}

/* ---- one request ---------------------------------------------------------------------------------------------------------------- */

/* A refusal: the status, {"error":shown} as body, detail for the ledger's log line. Nothing of the request is in the body. */
static enum ik_rc refuse(const struct webhook *w, struct ik_answer *answer, int status, const char *reason, const char *shown, const char *detail)
{
	const size_t size = strlen(shown) + 16;
	char *body = answer->alloc(answer, size);

	(void)snprintf(body, size, "{\"error\":\"%s\"}\n", shown);
	w->host->refuse(w->host, reason, detail);
	answer->status = status;
	answer->body = body;
	answer->body_len = strlen(body);
	return IK_OK;
}

static enum ik_rc check_signature(struct webhook *w, const struct ik_request *request, struct ik_error *err)
{
	struct mac *mac = mac_take(w);
	enum ik_rc rc;

	if (w->conf->scheme == SCHEME_STANDARD)
		rc = signature_standard_check_mac(mac, request->header(request, "webhook-id"), request->header(request, "webhook-timestamp"),
		                                  request->header(request, "webhook-signature"), request->body, request->body_len, w->host->now(w->host), err);
	else
		rc = signature_hex_check_mac(mac, w->conf->prefix, request->header(request, w->conf->header), request->body, request->body_len, err);
	mac_return(w, mac);
	return rc;
}

/* application/json or anything/...+json, with or without parameters. */
static bool is_json(const char *type)
{
	size_t len;

	if (type == NULL) return false;
	len = strcspn(type, "; \t");
	if (len == 16 && strncasecmp(type, "application/json", 16) == 0) return true;
	return len > 5 && strncasecmp(type + len - 5, "+json", 5) == 0;
}

/* The shortest digits that read back as the same number. */
static const char *text_of_real(struct ik_answer *answer, double value)
{
	char *text = answer->alloc(answer, 32);

	for (int digits = 15; digits <= 17; digits++) {
		(void)snprintf(text, 32, "%.*g", digits, value);
		if (strtod(text, NULL) <= value && strtod(text, NULL) >= value) break;
	}
	return text;
}

/* The text of a fact: constant, string, number or truth value; NULL when there is none, and for objects and lists. */
static const char *fact_text(const struct webhook *w, struct ik_answer *answer, enum fact fact)
{
	const char *path = w->paths[fact];
	const json_t *value;
	char *text;

	if (path[0] == '=') return path + 1;
	value = path[0] != '\0' ? json_path(answer->keep, path) : NULL;
	if (json_is_string(value)) return json_string_value(value);
	if (json_is_boolean(value)) return json_is_true(value) ? "true" : "false";
	if (json_is_real(value)) return text_of_real(answer, json_real_value(value));
	if (!json_is_integer(value)) return NULL;
	text = answer->alloc(answer, 24);
	(void)snprintf(text, 24, "%lld", (long long)json_integer_value(value));
	return text;
}

static int64_t fact_time(const struct webhook *w, struct ik_answer *answer, enum fact fact)
{
	const char *text = fact_text(w, answer, fact);
	char *end;
	long long number;
	int64_t at;

	if (text == NULL) return 0;
	errno = 0;
	number = strtoll(text, &end, 10);
	if (end != text && *end == '\0' && errno == 0 && number > 0) return number >= MILLISECONDS_FROM ? number / 1000 : number;
	at = clock_parse_rfc3339(text);
	return at > 0 ? at : 0;
}

static const char *or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

/* What makes an event the same one again: the id that the operator points at, else that of the scheme, else the usual one. */
static const char *event_id(const struct webhook *w, const struct ik_request *request, struct ik_answer *answer)
{
	const char *id = or_null(fact_text(w, answer, EXTERNAL_ID));

	return w->conf->scheme == SCHEME_STANDARD && (id == NULL || !w->has_own_id) ? request->header(request, "webhook-id") : id;
}

/* A whole number that is not negative; 0 for anything else. */
static int64_t fact_count(const struct webhook *w, struct ik_answer *answer, enum fact fact)
{
	const char *text = fact_text(w, answer, fact);
	char *end;
	long long number;

	if (text == NULL) return 0;
	errno = 0;
	number = strtoll(text, &end, 10);
	return end != text && *end == '\0' && errno == 0 && number > 0 ? number : 0;
}

static void make_message(const struct webhook *w, const struct ik_request *request, struct ik_answer *answer)
{
	struct ik_message *m = answer->alloc(answer, sizeof(*m));
	const char *type = or_null(fact_text(w, answer, SENDER_TYPE)), *verified = fact_text(w, answer, VERIFIED);

	*m = (struct ik_message){
		.form = IK_FORM_PLAIN, .raw_fd = -1, .raw = request->body, .raw_size = (int64_t)request->body_len,
		.source_id = event_id(w, request, answer),
		.subject = fact_text(w, answer, SUBJECT), .text = fact_text(w, answer, TEXT), .sender = or_null(fact_text(w, answer, SENDER)),
		.sender_name = or_null(fact_text(w, answer, SENDER_NAME)), .language = or_null(fact_text(w, answer, LANGUAGE)),
		.order_number = or_null(fact_text(w, answer, ORDER_NUMBER)), .conversation = or_null(fact_text(w, answer, CONVERSATION)),
		.sent_at = fact_time(w, answer, SENT_AT), .reply_until = fact_time(w, answer, REPLY_UNTIL), .replies = fact_count(w, answer, REPLIES),
		.followers = fact_count(w, answer, FOLLOWERS),
		.sender_verified = verified != NULL && strcmp(verified, "true") == 0, .mail = or_null(fact_text(w, answer, MAIL)),
	};
	if (m->sender != NULL) m->sender_type = type != NULL ? type : handle_kind(m->sender);
	answer->messages = m;
	answer->message_count = 1;
}

static enum ik_rc missing_text(const struct webhook *w, struct ik_answer *answer)
{
	char shown[192];

	(void)snprintf(shown, sizeof(shown), "no text at '%s'", w->paths[TEXT]);
	for (char *at = shown; *at != '\0'; at++)
		if (*at == '"' || *at == '\\' || (unsigned char)*at < 0x20) *at = '?';
	return refuse(w, answer, 400, "unreadable", shown, shown);
}

/* What the bytes are taken for once their sender is known. */
static enum ik_rc take_body(const struct webhook *w, const struct ik_request *request, struct ik_answer *answer)
{
	struct ik_error why = { .text = "not an object" };
	const char *text, *type = request->header(request, "content-type");

	if (!is_json(type)) return refuse(w, answer, 415, "content-type", "the body has to be application/json", type != NULL ? type : "none");
	if (json_parse(request->body, request->body_len, &answer->keep, &why) != IK_OK || !json_is_object(answer->keep))
		return refuse(w, answer, 400, "unreadable", "the body is no JSON object", why.text);
	text = fact_text(w, answer, TEXT);
	if (text == NULL || text[strspn(text, " \t\r\n")] == '\0') return missing_text(w, answer);
	make_message(w, request, answer);
	return IK_OK;
}

static enum ik_rc webhook_request(void *state, const struct ik_request *request, struct ik_answer *answer, struct ik_error *err)
{
	struct webhook *w = state;
	struct ik_error why = { "" };

	(void)err;
	if (strcmp(request->method, "POST") != 0) return refuse(w, answer, 405, "method", "only POST is taken", request->method);
	if (request->body_len > BODY_MAX) return refuse(w, answer, 413, "too-large", "more than 1 MiB", "body");
	if (check_signature(w, request, &why) != IK_OK) return refuse(w, answer, 401, "bad-signature", "the signature was not accepted", why.text);
	return take_body(w, request, answer);
}

/* What is found is told whole, also when the body is refused for want of a text. */
static enum ik_rc webhook_map(void *state, const struct ik_request *request, struct ik_answer *answer, json_t **fields_r, struct ik_error *err)
{
	struct webhook *w = state;

	(void)err;
	if (request->body_len > BODY_MAX) return refuse(w, answer, 413, "too-large", "more than 1 MiB", "body");
	(void)take_body(w, request, answer);
	if (!json_is_object(answer->keep)) return IK_OK;
	*fields_r = json_array();
	for (enum fact f = 0; f < FACTS; f++) {
		if (w->paths[f][0] == '\0') continue;          /* looked for only where the operator says */
		json_t *field = json_pack("{s:s, s:s, s:b}", "field", fact_names[f], "path", w->paths[f], "needed", f == TEXT);

		json_set_text(field, "value", fact_text(w, answer, f));
		(void)json_array_append_new(*fields_r, field);
	}
	return IK_OK;
}

/* ---- texts for customers: one POST each, under a key that stays the same -------------------------------------------------------- */

static bool webhook_replies(const void *conf)
{
	return ((const struct webhook_conf *)conf)->reply_url != NULL;
}

/* Signed as the scheme says for what comes in. headers_r: freed by the caller; NULL-terminated. */
static void sign(struct webhook *w, const char *id, const struct buf *body, char *headers_r[4])
{
	const int64_t now_at = w->host->now(w->host);
	char text[SIGNATURE_TEXT_MAX];

	headers_r[0] = mem_format("webhook-id: %s", id);
	headers_r[1] = mem_format("webhook-timestamp: %lld", (long long)now_at);
	if (w->conf->scheme == SCHEME_STANDARD) {
		signature_standard_make(w->key, w->key_len, id, now_at, buf_str(body), body->len, text);
		headers_r[2] = mem_format("webhook-signature: %s", text);
	} else {
		unsigned char mac[SHA256_SIZE];
		char hex[SHA256_HEX_SIZE];

		mac_once(w->conf->secret, strlen(w->conf->secret), &(struct bytes){ buf_str(body), body->len }, 1, mac);
		headers_r[2] = mem_format("%s: %s%s", w->conf->header, w->conf->prefix, hex_encode(mac, sizeof(mac), hex));
	}
	headers_r[3] = NULL;
}

/* 409 and 410 say that the conversation is closed; what was read of no answer is not known to have failed. */
static enum ik_rc judge(int status, struct ik_reply_result *result_r, struct ik_error *err)
{
	if (status >= 200 && status < 300) return IK_OK;
	result_r->is_closed = status == 409 || status == 410;
	if (status == 408 || status == 425 || status == 429 || status >= 500) return ik_fail(IK_RETRY, err, "reply_url answered %d", status);
	if (status == 401 || status == 403 || status == 404) return ik_fail(IK_CONFIG, err, "reply_url answered %d: address or secret is not right there", status);
	return ik_fail(IK_REJECT, err, "reply_url refused the text with %d", status);
}

static enum ik_rc webhook_reply(void *state, const struct ik_reply *reply, struct ik_reply_result *result_r, struct ik_error *err)
{
	struct webhook *w = state;
	json_t *said = json_pack("{s:s, s:{s:s?, s:s?, s:s?, s:s}}", "type", "reply", "data", "conversation", reply->conversation, "sender", reply->sender, "to", reply->source_id,
	                         "text", reply->text);
	struct ik_http_reply answer = { .retry_after_s = -1 };
	struct buf body = BUF_INIT(REPLY_MAX);
	char *headers[4];
	enum ik_rc rc;

	if (!json_print(&body, said)) (void)buf_text(&body, "{}");
	sign(w, reply->key, &body, headers);
	rc = w->host->http(w->host, &(struct ik_http_call){
		.method = "POST", .url = w->conf->reply_url, .content_type = "application/json", .body = buf_str(&body), .body_len = body.len,
		.headers = (const char *const *)headers, .timeout_ms = w->conf->timeout * 1000, .reply_max = REPLY_MAX }, &answer, err);
	result_r->retry_after_s = answer.retry_after_s;
	if (rc == IK_RETRY) result_r->uncertain = answer.was_sent;
	if (rc == IK_OK || (rc == IK_REJECT && answer.status != 0)) rc = judge(answer.status, result_r, err);
	for (size_t i = 0; i < 3; i++) free(headers[i]);
	w->host->free(answer.body);
	buf_release(&body);
	json_decref(said);
	return rc;
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "webhook", .summary = "Signed JSON over HTTP from other programs",
	.options = webhook_options, .conf_size = sizeof(struct webhook_conf), .ack = IK_ACK_RECEIPT, .mount = "in",
	.reply = webhook_reply, .replies = webhook_replies,
	.open = webhook_open, .request = webhook_request, .close = webhook_close, .map = webhook_map,
};
