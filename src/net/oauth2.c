/* oauth2.c - see oauth2.h. The lock is held during the request: that makes it the only one. */
#include "net/oauth2.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/codec.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "net/url.h"

#define TEXT_MAX 16384                  /* a token of either kind, bytes */
#define REPLY_MAX (64u << 10)
#define TIMEOUT_MS 30000
#define LIFE_S 3600                     /* where the platform does not tell */
#define LIFE_MAX_S (30 * 86400)
#define AGAIN_S 60                      /* between early renewals that fail while the old token is still good */

struct oauth2 {
	const struct ik_host *host;
	char *dir;
	pthread_mutex_t lock;           /* of all that follows but the atomics */
	char *access, *refresh;         /* refresh: the platform's latest, NULL when the configured one holds */
	char account[SHA256_HEX_SIZE];  /* digest of what refresh belongs to; "" before the file was looked for */
	bool is_unsaved;                /* refresh is not on disk yet */
	int64_t renew_at;
	_Atomic int64_t expires_at;
	atomic_bool is_failing;
};

struct oauth2 *oauth2_new(const struct ik_host *host, const char *dir)
{
	struct oauth2 *o = mem_new(sizeof(*o));

	o->host = host;
	o->dir = mem_text(dir);
	(void)pthread_mutex_init(&o->lock, NULL);
	return o;
}

void oauth2_free(struct oauth2 **oauth2)
{
	struct oauth2 *o = *oauth2;

	if (o == NULL) return;
	mem_wipe_text(&o->access);
	mem_wipe_text(&o->refresh);
	(void)pthread_mutex_destroy(&o->lock);
	free(o->dir);
	mem_free(oauth2);
}

/* ---- what is configured ---- */

static enum ik_rc check_url(const char *url, struct ik_error *err)
{
	CURLU *parts = curl_url();
	char *user = NULL;
	enum ik_rc rc = IK_OK;

	if (parts == NULL || curl_url_set(parts, CURLUPART_URL, url, 0) != CURLUE_OK) rc = ik_fail(IK_CONFIG, err, "token_url: is not a URL");
	else if (curl_url_get(parts, CURLUPART_USER, &user, 0) == CURLUE_OK) rc = ik_fail(IK_CONFIG, err, "token_url: a user name does not belong there");
	else if (!url_is_private(url)) rc = ik_fail(IK_CONFIG, err, "token_url: expected https, secrets are sent there");
	curl_free(user);
	curl_url_cleanup(parts);
	return rc;
}

/* Visible ASCII, and spaces where they separate scopes. */
static bool is_plain(const char *text, bool has_spaces)
{
	const size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
		if (text[i] < (has_spaces ? 0x20 : 0x21) || text[i] > 0x7e) return false;
	return len > 0 && len <= TEXT_MAX;
}

enum ik_rc oauth2_check(const struct ik_oauth2 *c, struct ik_error *err)
{
	const struct { const char *name, *text; bool has_spaces; } texts[] = {
		{ "client_id", c->client_id, false }, { "client_secret", c->client_secret, true },
		{ "refresh_token", c->refresh_token, false }, { "scope", c->scope, true },
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (texts[i].text == NULL) continue;
		if (c->token_url == NULL) return ik_fail(IK_CONFIG, err, "%s needs token_url", texts[i].name);
		if (!is_plain(texts[i].text, texts[i].has_spaces)) return ik_fail(IK_CONFIG, err, "%s: is empty, too long or holds other than visible ASCII", texts[i].name);
	}
	if (c->token_url == NULL) return IK_OK;
	if (c->client_id == NULL) return ik_fail(IK_CONFIG, err, "token_url needs client_id");
	if (c->refresh_token == NULL && c->client_secret == NULL)
		return ik_fail(IK_CONFIG, err, "token_url needs refresh_token (for a mailbox whose owner signed in) or client_secret (for an application of its own)");
	return check_url(c->token_url, err);
}

/* "https://host:port": all of the URL that is said. */
static int shown_len(const char *url)
{
	const char *authority = strstr(url, "://");

	return (int)(authority != NULL ? (size_t)(authority + 3 - url) + strcspn(authority + 3, "/?#") : 0);
}

/* ---- the refresh token on disk ---- */

static void account_of(const struct ik_oauth2 *c, char account_r[SHA256_HEX_SIZE])
{
	const struct bytes pieces[] = { { c->token_url, strlen(c->token_url) + 1 }, { c->client_id, strlen(c->client_id) + 1 },
	                                { c->refresh_token, strlen(c->refresh_token) + 1 } };
	unsigned char digest[SHA256_SIZE];

	sha256(pieces, COUNT_OF(pieces), digest);
	(void)hex_encode(digest, sizeof(digest), account_r);
}

static enum ik_rc make_dir(const struct oauth2 *o, struct ik_error *err)
{
	char *parent = mem_text(o->dir), *slash = strrchr(parent, '/');
	enum ik_rc rc = access(o->dir, F_OK) == 0 ? IK_OK : dir_make(o->dir, err);

	if (slash != NULL && slash > parent) *slash = '\0';
	if (rc == IK_OK && slash != NULL) rc = dir_sync(parent, err);
	free(parent);
	return rc;
}

static enum ik_rc save(struct oauth2 *o, struct ik_error *err)
{
	json_t *value = json_pack("{s:s, s:s}", "account", o->account, "refresh_token", o->refresh);
	struct buf text = BUF_INIT(2 * TEXT_MAX);
	struct ik_error why = { "" };
	enum ik_rc rc = json_print(&text, value) && buf_char(&text, '\n') ? IK_OK : ik_fail(IK_RETRY, &why, "too long");

	if (rc == IK_OK) rc = make_dir(o, &why);
	if (rc == IK_OK) rc = file_write_durable(o->dir, o->host->instance, buf_str(&text), text.len, &why);
	o->is_unsaved = rc != IK_OK;
	json_decref(value);
	if (text.data != NULL) explicit_bzero(text.data, text.len);
	buf_release(&text);
	if (rc == IK_OK) atomic_store(&o->is_failing, false);
	return rc == IK_OK ? IK_OK : ik_fail(rc, err, "token: the new refresh token cannot be stored: %s", why.text);
}

/* What the platform gave instead of the configured token, in an earlier run. */
static void adopt(struct oauth2 *o, const char *text, size_t len)
{
	json_t *value = NULL;
	const char *account, *refresh;

	if (json_parse(text, len, &value, NULL) != IK_OK || (account = json_text(value, "account")) == NULL || (refresh = json_text(value, "refresh_token")) == NULL ||
	    !is_plain(refresh, false))
		o->host->log(o->host, IK_LOG_WARNING, "token: %s/%s is unreadable, the configured refresh token is used", o->dir, o->host->instance);
	else if (strcmp(account, o->account) == 0)
		o->refresh = mem_text(refresh);
	else
		o->host->log(o->host, IK_LOG_NOTICE, "token: another refresh_token was configured, the stored one is left aside");
	json_decref(value);
}

static enum ik_rc load(struct oauth2 *o, const struct ik_oauth2 *c, struct ik_error *err)
{
	struct buf text = BUF_INIT(2 * TEXT_MAX);
	char *path;
	enum ik_rc rc = IK_OK;

	if (c->refresh_token == NULL || o->account[0] != '\0') return IK_OK;
	path = mem_format("%s/%s", o->dir, o->host->instance);
	account_of(c, o->account);
	if (access(path, F_OK) == 0) rc = file_read_secret(path, &text, err);
	if (rc == IK_OK && text.len > 0) adopt(o, buf_str(&text), text.len);
	if (rc != IK_OK) o->account[0] = '\0';
	if (text.data != NULL) explicit_bzero(text.data, text.len);
	buf_release(&text);
	free(path);
	return rc;
}

/* ---- what a platform refuses, in words ---- */

static const struct { const char *word; enum ik_rc rc; const char *advice; } refusals[] = {
	{ "invalid_grant",           IK_CONFIG, "the refresh token was revoked or has expired; sign in again and configure the new one" },
	{ "invalid_client",          IK_CONFIG, "client_id or client_secret is wrong or has expired" },
	{ "unauthorized_client",     IK_CONFIG, "this client is not allowed here: check its permissions and the consent given to it" },
	{ "invalid_scope",           IK_CONFIG, "scope is wrong or was not granted" },
	{ "unsupported_grant_type",  IK_CONFIG, "the address in token_url does not know this kind of client" },
	{ "access_denied",           IK_CONFIG, "an administrator of the platform forbids it" },
	{ "consent_required",        IK_CONFIG, "nobody has consented to these permissions yet" },
	{ "interaction_required",    IK_CONFIG, "the owner of the mailbox has to sign in again" },
	{ "invalid_resource",        IK_CONFIG, "scope names something that does not exist there" },
	{ "invalid_request",         IK_CONFIG, "the platform misses something: check token_url, client_id and scope" },
	{ "temporarily_unavailable", IK_RETRY,  "the platform asks to come later" },
	{ "server_error",            IK_RETRY,  "the platform failed" },
};

/* Microsoft Entra tells more in a number, "AADSTS7000222: ..." */
static const struct { int64_t number; const char *advice; } numbers[] = {
	{ 7000215, "client_secret is wrong (its value is wanted, not its id)" },
	{ 7000222, "client_secret has expired; make a new one" },
	{ 700016,  "client_id does not exist in this tenant" },
	{ 90002,   "the tenant in token_url does not exist" },
	{ 65001,   "nobody has consented to these permissions yet" },
	{ 70011,   "scope is wrong" },
	{ 50076,   "the owner of the mailbox has to sign in again, with a second factor" },
	{ 50173,   "the refresh token was revoked, often by a new password; sign in again and configure the new one" },
	{ 70008,   "the refresh token has expired; sign in again and configure the new one" },
	{ 700082,  "the refresh token was not used for too long; sign in again and configure the new one" },
};

static int64_t entra_number(const char *description)
{
	const char *at = description != NULL ? strstr(description, "AADSTS") : NULL;
	int64_t number = 0;

	if (at == NULL) return 0;
	for (at += 6; *at >= '0' && *at <= '9' && number < 100000000; at++) number = number * 10 + (*at - '0');
	return number;
}

static enum ik_rc refuse(const struct ik_oauth2 *c, int status, json_t *answer, struct ik_error *err)
{
	const char *word = json_text(answer, "error"), *advice = "the answer is none of OAuth 2; check token_url", *known = "no error word";
	const int64_t number = entra_number(json_text(answer, "error_description"));
	char entra[32] = "";
	enum ik_rc rc = status >= 500 || status == 429 || status == 408 ? IK_RETRY : IK_CONFIG;

	if (rc == IK_RETRY) advice = "tried again later";
	else if (word != NULL) advice = "see the platform's own log of sign-ins";
	if (word != NULL) known = "an error word of its own";
	for (size_t i = 0; word != NULL && i < COUNT_OF(refusals); i++) {
		if (strcmp(word, refusals[i].word) != 0) continue;
		known = refusals[i].word;
		if (rc == IK_RETRY) break;
		rc = refusals[i].rc;
		advice = refusals[i].advice;
		if (i == 0 && c->refresh_token == NULL) advice = "the platform does not accept this client";
	}
	for (size_t i = 0; rc == IK_CONFIG && i < COUNT_OF(numbers); i++)
		if (numbers[i].number == number) advice = numbers[i].advice;
	if (number > 0) (void)snprintf(entra, sizeof(entra), ", AADSTS%lld", (long long)number);
	return ik_fail(rc, err, "token: %.*s answered %d with %s%s: %s", shown_len(c->token_url), c->token_url, status, known, entra, advice);
}

/* ---- one request ---- */

static void add_field(struct buf *body, const char *name, const char *value)
{
	char *escaped = value != NULL ? curl_easy_escape(NULL, value, 0) : NULL;

	if (value == NULL) return;
	if (escaped == NULL) abort();
	buf_format(body, "%s%s=%s", body->len > 0 ? "&" : "", name, escaped);
	explicit_bzero(escaped, strlen(escaped));
	curl_free(escaped);
}

static void make_body(const struct oauth2 *o, const struct ik_oauth2 *c, struct buf *body)
{
	const bool has_refresh = c->refresh_token != NULL;

	add_field(body, "grant_type", has_refresh ? "refresh_token" : "client_credentials");
	if (has_refresh) add_field(body, "refresh_token", o->refresh != NULL ? o->refresh : c->refresh_token);
	add_field(body, "client_id", c->client_id);
	add_field(body, "client_secret", c->client_secret);
	add_field(body, "scope", c->scope);
}

/* A number, which some platforms write as a text. */
static int64_t life_of(json_t *answer)
{
	const char *text = json_text(answer, "expires_in");
	int64_t life = json_int(answer, "expires_in", -1);

	if (text != NULL && text[0] >= '0' && text[0] <= '9' && strlen(text) < 10) life = strtoll(text, NULL, 10);
	return life < 0 ? LIFE_S : life > LIFE_MAX_S ? LIFE_MAX_S : life;
}

static enum ik_rc take_answer(struct oauth2 *o, const struct ik_oauth2 *c, json_t *answer, int64_t now_at, struct ik_error *err)
{
	const char *access = json_text(answer, "access_token"), *type = json_text(answer, "token_type"), *refresh = json_text(answer, "refresh_token");
	const char *held = o->refresh != NULL ? o->refresh : c->refresh_token;
	const int64_t life_s = life_of(answer);

	if (access == NULL || !is_plain(access, false) || (type != NULL && strcasecmp(type, "Bearer") != 0))
		return ik_fail(IK_CONFIG, err, "token: %.*s gave no bearer token; check token_url", shown_len(c->token_url), c->token_url);
	mem_wipe_text(&o->access);
	o->access = mem_text(access);
	o->renew_at = now_at + life_s * 8 / 10;
	atomic_store(&o->expires_at, now_at + life_s);
	if (held == NULL || refresh == NULL || !is_plain(refresh, false) || strcmp(refresh, held) == 0) return IK_OK;
	mem_wipe_text(&o->refresh);
	o->refresh = mem_text(refresh);
	return save(o, err);
}

static enum ik_rc request(struct oauth2 *o, const struct ik_oauth2 *c, int64_t now_at, struct ik_error *err)
{
	static const char *const headers[] = { "Accept: application/json", NULL };
	struct buf body = BUF_INIT(16 * TEXT_MAX);
	struct ik_http_reply reply = { .status = 0 };
	struct ik_error why = { "" };
	json_t *answer = NULL;
	enum ik_rc rc;

	make_body(o, c, &body);
	rc = o->host->http(o->host, &(struct ik_http_call){ .method = "POST", .url = c->token_url, .content_type = "application/x-www-form-urlencoded",
		.body = buf_str(&body), .body_len = body.len, .headers = headers, .timeout_ms = TIMEOUT_MS, .reply_max = REPLY_MAX }, &reply, &why);
	if (rc != IK_OK) rc = ik_fail(rc == IK_REJECT ? IK_CONFIG : rc, err, "token: %s", why.text);
	else {
		(void)json_parse(reply.body, reply.body_len, &answer, NULL);
		rc = reply.status == 200 ? take_answer(o, c, answer, now_at, err) : refuse(c, reply.status, answer, err);
		explicit_bzero(reply.body, reply.body_len);
	}
	json_decref(answer);
	if (reply.body != NULL) o->host->free(reply.body);
	if (body.data != NULL) explicit_bzero(body.data, body.len);
	buf_release(&body);
	return rc;
}

/* ---- tokens ---- */

/* A new token. Where that fails while the old one is good, the old one serves a little longer, and the log tells until when. */
static enum ik_rc renew(struct oauth2 *o, const struct ik_oauth2 *c, bool is_refused, struct ik_error *err)
{
	const int64_t now_at = o->host->now(o->host), expires_at = atomic_load(&o->expires_at);
	const bool was_failing = atomic_load(&o->is_failing);
	struct ik_error why = { "" };
	const enum ik_rc rc = request(o, c, now_at, &why);

	atomic_store(&o->is_failing, rc != IK_OK);
	if (rc == IK_OK || is_refused || o->is_unsaved || o->access == NULL || now_at >= expires_at) {
		if (rc != IK_OK) (void)ik_fail(rc, err, "%s", why.text);
		return rc;
	}
	o->renew_at = now_at + AGAIN_S;
	o->host->log(o->host, was_failing ? IK_LOG_INFO : IK_LOG_WARNING, "the access token cannot be renewed and serves %lld more minutes: %s",
	             (long long)(expires_at - now_at) / 60, why.text);
	return IK_OK;
}

enum ik_rc oauth2_token(struct oauth2 *o, const struct ik_oauth2 *c, const char *refused, char **token_r, struct ik_error *err)
{
	enum ik_rc rc = oauth2_check(c, err);
	bool is_refused;

	if (rc == IK_OK && c->token_url == NULL) rc = ik_fail(IK_CONFIG, err, "token_url is missing");
	if (rc != IK_OK) return rc;
	pthread_mutex_lock(&o->lock);
	is_refused = refused != NULL && o->access != NULL && strcmp(refused, o->access) == 0;   /* else somebody else renewed it meanwhile */
	rc = load(o, c, err);
	if (rc == IK_OK && o->is_unsaved) rc = save(o, err);
	if (rc == IK_OK && (o->access == NULL || is_refused || o->host->now(o->host) >= o->renew_at)) rc = renew(o, c, is_refused, err);
	if (rc == IK_OK) *token_r = mem_text(o->access);
	pthread_mutex_unlock(&o->lock);
	return rc;
}

int64_t oauth2_expires_at(const struct oauth2 *o)
{
	return o != NULL ? atomic_load(&o->expires_at) : 0;
}

bool oauth2_is_failing(const struct oauth2 *o)
{
	return o != NULL && atomic_load(&o->is_failing);
}
