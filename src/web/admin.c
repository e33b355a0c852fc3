/* admin.c - who may enter the admin listener: Host among the known names, then the token or a session made from it.
 *
 * A session is "TIME-MAC" in a cookie that scripts cannot read and other sites do not send; it ends after twelve hours, with the
 * token, and with the store it was made by. */
#include <stdlib.h>
#include <strings.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/mem.h"
#include "web/web_inside.h"

#define SESSION_S 43200
#define SESSION_NAME "intaked_admin="
#define SESSION_SIZE (16 + 1 + 2 * SHA256_SIZE + 1)

/* ---- Host and origin -------------------------------------------------------------------------------------------------------- */

/* Whether "name", "name:port" or "[address]:port" names us. */
static bool is_own_name(const struct web *web, const char *host)
{
	static const char *const always[] = { "localhost", "127.0.0.1", "[::1]" };
	size_t len = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");

	if (len > strlen(host)) return false;
	if (host[len] != '\0' && (host[len] != ':' || host[len + 1 + strspn(host + len + 1, "0123456789")] != '\0')) return false;
	for (size_t i = 0; i < COUNT_OF(always); i++)
		if (strlen(always[i]) == len && strncasecmp(host, always[i], len) == 0) return true;
	for (size_t i = 0; i < web->setup.host_count; i++)
		if (strlen(web->setup.hosts[i]) == len && strncasecmp(host, web->setup.hosts[i], len) == 0) return true;
	return false;
}

static bool is_from_here(const struct web *web, const struct ik_request *request)
{
	const char *host = request->header(request, "host"), *origin = request->header(request, "origin"), *site = request->header(request, "sec-fetch-site");
	const char *name;

	if (host == NULL || !is_own_name(web, host)) return false;
	if (strcmp(request->method, "GET") == 0) return true;
	if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0) return false;
	if (origin == NULL || (strcmp(origin, "null") == 0 && site != NULL)) return true;       /* our Referrer-Policy makes browsers hide the origin */
	name = strstr(origin, "://");
	return name != NULL && strcasecmp(name + 3, host) == 0;
}

/* ---- token and session --------------------------------------------------------------------------------------------------------- */

/* Compared by digest, so that neither length nor bytes show in the time it takes. */
static bool same_text(const char *a, const char *b)
{
	const struct bytes one = { a, strlen(a) }, two = { b, strlen(b) };
	unsigned char da[SHA256_SIZE], db[SHA256_SIZE];

	sha256(&one, 1, da);
	sha256(&two, 1, db);
	return same_bytes(da, db, sizeof(da));
}

static bool has_token(const struct web *web)
{
	return web->setup.token != NULL && web->setup.token[0] != '\0';
}

static void session_make(const struct web *web, int64_t at, char session_r[SESSION_SIZE])
{
	const struct bytes piece = { session_r, 16 };
	unsigned char mac[SHA256_SIZE];

	(void)snprintf(session_r, 18, "%016llx-", (unsigned long long)at);
	mac_once(web->session_key, sizeof(web->session_key), &piece, 1, mac);
	(void)hex_encode(mac, sizeof(mac), session_r + 17);
}

static bool session_is_good(const struct web *web, const char *session, int64_t now_at)
{
	char wanted[SESSION_SIZE], at_text[17];
	int64_t at;

	if (strlen(session) < SESSION_SIZE - 1) return false;
	memcpy(at_text, session, 16);
	at_text[16] = '\0';
	at = (int64_t)strtoull(at_text, NULL, 16);
	session_make(web, at, wanted);
	return same_bytes(session, wanted, SESSION_SIZE - 1) && now_at >= at && now_at - at <= SESSION_S;
}

static bool has_session(const struct web *web, const struct ik_request *request)
{
	const char *cookies = request->header(request, "cookie");

	while (cookies != NULL && *cookies != '\0') {
		cookies += strspn(cookies, "; ");
		if (strncmp(cookies, SESSION_NAME, strlen(SESSION_NAME)) == 0 && session_is_good(web, cookies + strlen(SESSION_NAME), clock_wall())) return true;
		cookies += strcspn(cookies, ";");
	}
	return false;
}

static bool has_bearer(const struct web *web, const struct ik_request *request)
{
	const char *given = request->header(request, "authorization");

	return given != NULL && strncasecmp(given, "Bearer ", 7) == 0 && same_text(given + 7, web->setup.token);
}

static void ask_for_token(struct http_exchange *x, bool is_page)
{
	static const char *const challenge[] = { "WWW-Authenticate: Bearer", NULL };

	static const char body[] = "{\"error\":\"a token is needed\"}\n";

	if (is_page) http_answer(x, &(struct http_response){ .status = 303, .location = "/login" });
	else http_answer(x, &(struct http_response){ .status = 401, .content_type = WEB_JSON, .body = body, .body_len = sizeof(body) - 1, .headers = challenge });
}

bool web_may_enter(struct web *web, struct http_exchange *x, const struct ik_request *request, bool is_page)
{
	if (!is_from_here(web, request)) {
		web_plain(x, 403, "unknown host name or foreign origin\n");
		return false;
	}
	if (web->setup.is_open && !has_token(web)) return true;
	if (!has_token(web)) {
		web_plain(x, 403, "no admin token is configured\n");
		return false;
	}
	if (has_bearer(web, request) || has_session(web, request)) return true;
	ask_for_token(x, is_page);
	return false;
}

/* ---- login ------------------------------------------------------------------------------------------------------------------------ */

static void show_login(struct http_exchange *x, int status, const char *problem)
{
	struct buf b = BUF_INIT(WEB_PAGE_MAX);

	page_begin(&b, PAGE_EN, "Sign in", "card", NULL);
	if (problem != NULL) page_format(&b, "<p class=\"alert\" role=\"alert\">%s</p>\n", problem);
	(void)buf_text(&b, "<form method=\"post\" action=\"/login\">\n<div class=\"field\"><label for=\"token\">Admin token</label>\n"
	                   "<input type=\"password\" id=\"token\" name=\"token\" autocomplete=\"current-password\" required></div>\n"
	                   "<button type=\"submit\">Sign in</button>\n</form>\n");
	page_end(&b);
	web_send(x, status, WEB_HTML, &b);
}

void web_login_get(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	if (is_from_here(arg, request)) show_login(x, 200, NULL);
	else web_plain(x, 403, "unknown host name or foreign origin\n");
}

static void enter(const struct web *web, struct http_exchange *x)
{
	char session[SESSION_SIZE], cookie[256];
	const char *const headers[] = { cookie, NULL };

	session_make(web, clock_wall(), session);
	(void)snprintf(cookie, sizeof(cookie), "Set-Cookie: " SESSION_NAME "%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d", session, SESSION_S);
	http_answer(x, &(struct http_response){ .status = 303, .location = "/", .headers = headers });
}

void web_login_post(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct web *web = arg;
	const char *token = "";

	for (size_t i = 0; i < request->field_count; i++)
		if (strcmp(request->fields[i].name, "token") == 0) token = request->fields[i].value;
	if (!is_from_here(web, request)) web_plain(x, 403, "unknown host name or foreign origin\n");
	else if (!limiter_allows(web->logins, request->peer, clock_wall())) show_login(x, 429, "Too many attempts. Please wait a minute.");
	else if (has_token(web) && same_text(token, web->setup.token)) enter(web, x);
	else show_login(x, 403, "This is not the token.");
}

void web_logout(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	static const char *const gone[] = { "Set-Cookie: " SESSION_NAME "; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", NULL };

	if (!is_from_here(arg, request)) web_plain(x, 403, "unknown host name or foreign origin\n");
	else http_answer(x, &(struct http_response){ .status = 303, .location = "/login", .headers = gone });
}
