/* test_oauth2.c - access tokens against a platform that answers what the row says. */
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "net/oauth2.h"

#define SECRET "client-secret-51"
#define FIRST "refresh-first-77"

struct platform {
	struct ik_host host;
	int64_t now_at;
	int status;
	const char *body;               /* "%d" in it: number of the request */
	enum ik_rc rc;
	_Atomic int requests;
	char sent[2048], log[4096];
	bool is_slow;
};

static void *do_alloc(size_t size) { return mem_new(size); }
static void do_free(void *memory) { free(memory); }
static int64_t do_now(const struct ik_host *host) { return ((struct platform *)host->core)->now_at; }

__attribute__((format(printf, 3, 4)))
static void do_log(const struct ik_host *host, enum ik_level level, const char *fmt, ...)
{
	struct platform *p = host->core;
	va_list ap;

	(void)level;
	va_start(ap, fmt);
	(void)vsnprintf(p->log + strlen(p->log), sizeof(p->log) - strlen(p->log), fmt, ap);
	va_end(ap);
}

static enum ik_rc do_http(const struct ik_host *host, const struct ik_http_call *call, struct ik_http_reply *reply_r, struct ik_error *err)
{
	struct platform *p = host->core;
	const int n = ++p->requests;
	const char *at = strstr(p->body, "%d");

	(void)snprintf(p->sent, sizeof(p->sent), "%s %s %.*s", call->method, call->content_type, (int)call->body_len, (const char *)call->body);
	if (p->is_slow) (void)usleep(20000);
	*reply_r = (struct ik_http_reply){ .status = p->status, .retry_after_s = -1 };
	if (p->rc != IK_OK) return ik_fail(p->rc, err, "https://id.example.org: no answer");
	reply_r->body = at == NULL ? mem_text(p->body) : mem_format("%.*s%d%s", (int)(at - p->body), p->body, n, at + 2);
	reply_r->body_len = strlen(reply_r->body);
	return IK_OK;
}

static void platform_init(struct platform *p, const char *body)
{
	*p = (struct platform){ .now_at = 1795365000, .status = 200, .body = body };
	p->host = (struct ik_host){ .size = sizeof(p->host), .instance = "box", .core = p, .alloc = do_alloc, .free = do_free, .log = do_log,
	                            .now = do_now, .http = do_http };
}

static const struct ik_oauth2 owner = { .token_url = "https://id.example.org/t/token?x=1", .client_id = "id&1", .client_secret = SECRET,
                                        .refresh_token = FIRST, .scope = "mail offline" };
static const struct ik_oauth2 application = { .token_url = "https://id.example.org/token", .client_id = "app", .client_secret = SECRET };

static char *folder(void)
{
	return mem_format("%s/tokens", test_dir());
}

/* The token, or "" and the error's text. */
static enum ik_rc ask(struct oauth2 *o, const struct ik_oauth2 *c, const char *refused, char token_r[64], struct ik_error *err)
{
	char *token = NULL;
	const enum ik_rc rc = oauth2_token(o, c, refused, &token, err);

	(void)snprintf(token_r, 64, "%s", token != NULL ? token : "");
	free(token);
	return rc;
}

TEST(oauth2_keeps_a_token_until_80_percent_of_its_life)
{
	static const struct { const char *row; int64_t later_s; const char *refused, *token; } rows[] = {
		{ "first",                        0, NULL,  "t1" },
		{ "again",                        0, NULL,  "t1" },
		{ "79 %",                        79, NULL,  "t1" },
		{ "80 %",                         1, NULL,  "t2" },
		{ "refused",                      1, "t2",  "t3" },
		{ "an older one was refused",     1, "t2",  "t3" },
	};
	struct platform p;
	char *dir = folder(), token[64];
	struct oauth2 *o;
	struct ik_error err = { "" };

	platform_init(&p, "{\"access_token\": \"t%d\", \"token_type\": \"bearer\", \"expires_in\": \"100\"}");
	o = oauth2_new(&p.host, dir);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		test_row(rows[i].row);
		p.now_at += rows[i].later_s;
		CHECK_INT(ask(o, &application, rows[i].refused, token, &err), IK_OK);
		CHECK_STR(token, rows[i].token);
	}
	CHECK_STR(p.sent, "POST application/x-www-form-urlencoded grant_type=client_credentials&client_id=app&client_secret=" SECRET);
	CHECK_INT(oauth2_expires_at(o), p.now_at - 2 + 1 + 100);
	CHECK(access(dir, F_OK) != 0);
	oauth2_free(&o);
	free(dir);
}

TEST(oauth2_stores_a_renewed_refresh_token_before_it_is_used)
{
	struct platform p;
	char *dir = folder(), *path = mem_format("%s/box", dir), token[64];
	struct oauth2 *o;
	struct ik_oauth2 other = owner;
	struct ik_error err = { "" };
	struct stat st;

	platform_init(&p, "{\"access_token\": \"t%d\", \"expires_in\": 100, \"refresh_token\": \"next%d\"}");
	p.body = "{\"refresh_token\": \"next%d\", \"access_token\": \"t\", \"expires_in\": 100}";
	o = oauth2_new(&p.host, dir);
	CHECK_INT(ask(o, &owner, NULL, token, &err), IK_OK);
	CHECK_STR(p.sent, "POST application/x-www-form-urlencoded grant_type=refresh_token&refresh_token=" FIRST "&client_id=id%261&client_secret=" SECRET
	          "&scope=mail%20offline");
	CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
	oauth2_free(&o);

	test_row("after a restart");
	o = oauth2_new(&p.host, dir);
	CHECK_INT(ask(o, &owner, NULL, token, &err), IK_OK);
	CHECK(strstr(p.sent, "refresh_token=next1&") != NULL);
	oauth2_free(&o);

	test_row("another one is configured");
	other.refresh_token = "refresh-other";
	o = oauth2_new(&p.host, dir);
	CHECK_INT(ask(o, &other, NULL, token, &err), IK_OK);
	CHECK(strstr(p.sent, "refresh_token=refresh-other&") != NULL);
	oauth2_free(&o);

	test_row("others may read the file");
	CHECK(chmod(path, 0644) == 0);
	o = oauth2_new(&p.host, dir);
	CHECK_INT(ask(o, &other, NULL, token, &err), IK_CONFIG);
	CHECK(strstr(err.text, path) != NULL);
	oauth2_free(&o);
	free(path);
	free(dir);
}

TEST(oauth2_gives_no_token_whose_refresh_token_could_not_be_stored)
{
	struct platform p;
	char *parent = mem_format("%s/missing", test_dir()), *dir = mem_format("%s/tokens", parent), token[64];
	struct oauth2 *o;
	struct ik_error err = { "" };

	platform_init(&p, "{\"refresh_token\": \"next%d\", \"access_token\": \"t\", \"expires_in\": 100}");
	o = oauth2_new(&p.host, dir);
	CHECK(ask(o, &owner, NULL, token, &err) != IK_OK);
	CHECK_STR(token, "");
	CHECK(strstr(err.text, "cannot be stored") != NULL);
	CHECK(ask(o, &owner, NULL, token, &err) != IK_OK);
	CHECK_INT(mkdir(parent, 0700), 0);
	CHECK_INT(ask(o, &owner, NULL, token, &err), IK_OK);
	CHECK_INT(p.requests, 1);
	CHECK(!oauth2_is_failing(o));
	oauth2_free(&o);
	free(parent);
	free(dir);
}

/* Nothing of what the platform says beside its code word is repeated: it may be a secret given back. */
static const struct { const char *row; int status; const char *body; enum ik_rc rc; const char *says; } refusals[] = {
	{ "revoked",          400, "{\"error\": \"invalid_grant\", \"error_description\": \"" FIRST "\"}", IK_CONFIG, "invalid_grant: the refresh token was revoked" },
	{ "Entra",            401, "{\"error\": \"invalid_client\", \"error_description\": \"AADSTS7000222: The provided " SECRET "\"}", IK_CONFIG,
	                           "AADSTS7000222: client_secret has expired" },
	{ "secret as a word", 400, "{\"error\": \"" SECRET "\"}", IK_CONFIG, "an error word of its own" },
	{ "scope",            400, "{\"error\": \"invalid_scope\"}", IK_CONFIG, "scope is wrong" },
	{ "busy word",        400, "{\"error\": \"temporarily_unavailable\"}", IK_RETRY, "later" },
	{ "busy",             503, "{\"error\": \"invalid_grant\"}", IK_RETRY, "answered 503" },
	{ "too many",         429, "slow down", IK_RETRY, "answered 429" },
	{ "a page",           404, "<html>" SECRET "</html>", IK_CONFIG, "check token_url" },
	{ "a redirect",       302, "", IK_CONFIG, "check token_url" },
	{ "no token",         200, "{\"expires_in\": 3600}", IK_CONFIG, "no bearer token" },
	{ "another kind",     200, "{\"access_token\": \"t\", \"token_type\": \"mac\"}", IK_CONFIG, "no bearer token" },
	{ "line break",       200, "{\"access_token\": \"t\\r\\nx\"}", IK_CONFIG, "no bearer token" },
	{ "not JSON",         200, "access_token=t", IK_CONFIG, "no bearer token" },
	{ "an array",         400, "[\"error\"]", IK_CONFIG, "check token_url" },
	{ "numbers",          400, "{\"error\": 7, \"error_description\": 8}", IK_CONFIG, "check token_url" },
};
TEST(oauth2_says_what_the_operator_has_to_do_and_no_secret)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		struct platform p;
		char *dir = folder(), token[64];
		struct oauth2 *o;
		struct ik_error err = { "" };

		test_row(refusals[i].row);
		platform_init(&p, refusals[i].body);
		p.status = refusals[i].status;
		o = oauth2_new(&p.host, dir);
		CHECK_INT(ask(o, &owner, NULL, token, &err), refusals[i].rc);
		if (strstr(err.text, refusals[i].says) == NULL) CHECK_STR(err.text, refusals[i].says);
		CHECK(strncmp(err.text, "token: https://id.example.org ", 30) == 0);
		CHECK(strstr(err.text, SECRET) == NULL && strstr(err.text, FIRST) == NULL && strstr(p.log, SECRET) == NULL);
		oauth2_free(&o);
		free(dir);
	}
}

TEST(oauth2_lets_a_good_token_serve_on_when_it_cannot_be_renewed_early)
{
	struct platform p;
	char *dir = folder(), token[64];
	struct oauth2 *o;
	struct ik_error err = { "" };

	platform_init(&p, "{\"access_token\": \"t%d\", \"expires_in\": 1000}");
	o = oauth2_new(&p.host, dir);
	CHECK_INT(ask(o, &application, NULL, token, &err), IK_OK);
	p.now_at += 850;
	p.rc = IK_RETRY;
	CHECK_INT(ask(o, &application, NULL, token, &err), IK_OK);
	CHECK_INT(ask(o, &application, NULL, token, &err), IK_OK);
	CHECK_STR(token, "t1");
	CHECK_INT(p.requests, 2);
	CHECK(oauth2_is_failing(o) && strstr(p.log, "cannot be renewed and serves 2 more minutes: token: https://id.example.org: no answer") != NULL);
	test_row("refused meanwhile");
	CHECK_INT(ask(o, &application, "t1", token, &err), IK_RETRY);
	test_row("over");
	p.now_at += 150;
	CHECK_INT(ask(o, &application, NULL, token, &err), IK_RETRY);
	p.rc = IK_OK;
	CHECK_INT(ask(o, &application, NULL, token, &err), IK_OK);
	CHECK(!oauth2_is_failing(o));
	oauth2_free(&o);
	free(dir);
}

static void *ask_thread(void *arg)
{
	char token[64];

	CHECK_INT(ask(arg, &application, NULL, token, NULL), IK_OK);
	CHECK_STR(token, "t1");
	return NULL;
}

TEST(oauth2_asks_once_for_many_callers)
{
	struct platform p;
	char *dir = folder();
	pthread_t threads[8];
	struct oauth2 *o;

	platform_init(&p, "{\"access_token\": \"t%d\", \"expires_in\": 1000}");
	p.is_slow = true;
	o = oauth2_new(&p.host, dir);
	for (size_t i = 0; i < COUNT_OF(threads); i++) CHECK(pthread_create(&threads[i], NULL, ask_thread, o) == 0);
	for (size_t i = 0; i < COUNT_OF(threads); i++) (void)pthread_join(threads[i], NULL);
	CHECK_INT(p.requests, 1);
	oauth2_free(&o);
	free(dir);
}

static const struct { const char *row; struct ik_oauth2 client; const char *says; } clients[] = {
	{ "nothing",        { 0 },                                                                         NULL },
	{ "owner",          { .token_url = "https://a.example/t", .client_id = "i", .refresh_token = "r" }, NULL },
	{ "here",           { .token_url = "http://127.0.0.1:8080/t", .client_id = "i", .client_secret = "s" }, NULL },
	{ "plain http",     { .token_url = "http://a.example/t", .client_id = "i", .client_secret = "s" }, "token_url: expected https" },
	{ "looks local",    { .token_url = "http://localhost.a.example/t", .client_id = "i", .client_secret = "s" }, "token_url: expected https" },
	{ "a user in it",   { .token_url = "https://u:p@a.example/t", .client_id = "i", .client_secret = "s" }, "token_url: a user name" },
	{ "no id",          { .token_url = "https://a.example/t", .client_secret = "s" },                  "token_url needs client_id" },
	{ "no secret",      { .token_url = "https://a.example/t", .client_id = "i" },                      "token_url needs refresh_token" },
	{ "no address",     { .client_id = "i" },                                                          "client_id needs token_url" },
	{ "control",        { .token_url = "https://a.example/t", .client_id = "i", .refresh_token = "a\nb" }, "refresh_token: is empty" },
};
TEST(oauth2_checks_its_options_without_asking_anybody)
{
	for (size_t i = 0; i < COUNT_OF(clients); i++) {
		struct ik_error err = { "" };

		test_row(clients[i].row);
		CHECK_INT(oauth2_check(&clients[i].client, &err), clients[i].says != NULL ? IK_CONFIG : IK_OK);
		CHECK(strncmp(err.text, clients[i].says != NULL ? clients[i].says : "", clients[i].says != NULL ? strlen(clients[i].says) : 0) == 0);
	}
}
