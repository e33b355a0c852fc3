/* web.c - life, readers, answers, the stylesheet, health, and the table of routes. */
#include "web/web.h"

#include <stdlib.h>
#include "base/codec.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "web/web_inside.h"

#define STYLE_MAX 262144
#define LOOKUPS_PER_MINUTE 30
#define LOGINS_PER_MINUTE 10
#define MINUTE_S 60
#define LOGIN_BODY_MAX 4096

/* ---- readers ------------------------------------------------------------------------------------------------------------------ */

enum ik_rc web_reader(struct web *web, struct store_reader **reader_r, struct ik_error *err)
{
	bool must_open;

	pthread_mutex_lock(&web->lock);
	while (web->free_count == 0 && web->open_count == WEB_READERS) pthread_cond_wait(&web->returned, &web->lock);
	must_open = web->free_count == 0;
	if (must_open) web->open_count++;
	else *reader_r = web->free_readers[--web->free_count];
	pthread_mutex_unlock(&web->lock);
	if (must_open && store_reader_open(web->setup.store, reader_r, err) != IK_OK) {
		pthread_mutex_lock(&web->lock);
		web->open_count--;
		pthread_cond_signal(&web->returned);
		pthread_mutex_unlock(&web->lock);
		return IK_RETRY;
	}
	return IK_OK;
}

void web_reader_return(struct web *web, struct store_reader *reader)
{
	pthread_mutex_lock(&web->lock);
	web->free_readers[web->free_count++] = reader;
	pthread_cond_signal(&web->returned);
	pthread_mutex_unlock(&web->lock);
}

/* ---- answers ------------------------------------------------------------------------------------------------------------------- */

void web_send(struct http_exchange *x, int status, const char *type, struct buf *body)
{
	http_answer(x, &(struct http_response){ .status = status, .content_type = type, .body = buf_str(body), .body_len = body->len });
	buf_release(body);
}

void web_plain(struct http_exchange *x, int status, const char *text)
{
	http_answer(x, &(struct http_response){ .status = status, .content_type = WEB_TEXT, .body = text, .body_len = strlen(text),
	                                        .retry_after_s = status == 503 || status == 429 ? 60 : 0 });
}

void web_json(struct http_exchange *x, int status, json_t *value)
{
	struct buf body = BUF_INIT(WEB_PAGE_MAX);

	(void)json_print(&body, value);
	(void)buf_char(&body, '\n');
	json_decref(value);
	if (body.is_full) web_plain(x, 500, "the answer is too large\n");
	else web_send(x, status, WEB_JSON, &body);
	buf_release(&body);
}

void web_sorry(struct http_exchange *x, const struct ik_error *err)
{
	log_line(IK_LOG_WARNING, "web", "%s", err->text);
	web_plain(x, 503, "not available at the moment\n");
}

/* ---- small pages ------------------------------------------------------------------------------------------------------------------ */

static void style_get(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	const struct web *web = arg;
	const char *known = request->header(request, "if-none-match"), *tag = web->style_tag + strlen("ETag: ");
	const bool same = known != NULL && strcmp(known, tag) == 0;
	const char *const headers[] = { web->style_tag, "Cache-Control: public, max-age=300", NULL };

	http_answer(x, &(struct http_response){ .status = same ? 304 : 200, .content_type = same ? NULL : "text/css; charset=utf-8",
	                                        .body = buf_str(&web->style), .body_len = same ? 0 : web->style.len, .headers = headers });
}

static void health_get(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	const struct web *web = arg;
	char reason[256] = "", text[264];

	(void)request;
	if (web->setup.healthy == NULL || web->setup.healthy(web->setup.arg, reason, sizeof(reason))) {
		web_plain(x, 200, "ok\n");
		return;
	}
	(void)snprintf(text, sizeof(text), "%s\n", reason);
	web_plain(x, 503, text);
}

/* ---- life -------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc style_read(struct web *web, struct ik_error *err)
{
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	struct bytes piece;
	enum ik_rc rc = file_read(web->setup.style_path, &web->style, err);

	if (rc != IK_OK) return rc;
	piece = (struct bytes){ buf_str(&web->style), web->style.len };
	sha256(&piece, 1, digest);
	(void)snprintf(web->style_tag, sizeof(web->style_tag), "ETag: \"%.32s\"", hex_encode(digest, sizeof(digest), hex));
	return IK_OK;
}

/* Sessions end with the store they belong to and with the token: both are in the key. */
static void session_key(struct web *web)
{
	const char *token = web->setup.token != NULL ? web->setup.token : "";
	const struct bytes pieces[] = { { "admin session", 13 }, { token, strlen(token) } };

	mac_once(store_secret(web->setup.store), 32, pieces, 2, web->session_key);
}

enum ik_rc web_new(const struct web_setup *setup, struct web **web_r, struct ik_error *err)
{
	struct web *web = mem_new(sizeof(*web));
	enum ik_rc rc;

	web->setup = *setup;
	pthread_mutex_init(&web->lock, NULL);
	pthread_cond_init(&web->returned, NULL);
	buf_init(&web->style, STYLE_MAX);
	web->lookups = limiter_new(setup->lookups_per_minute > 0 ? setup->lookups_per_minute : LOOKUPS_PER_MINUTE, MINUTE_S);
	web->logins = limiter_new(LOGINS_PER_MINUTE, MINUTE_S);
	session_key(web);
	rc = style_read(web, err);
	if (rc == IK_OK) *web_r = web;
	else web_free(&web);
	return rc;
}

void web_free(struct web **web)
{
	if (*web == NULL) return;
	while ((*web)->free_count > 0) store_reader_close(&(*web)->free_readers[--(*web)->free_count]);
	limiter_free(&(*web)->lookups);
	limiter_free(&(*web)->logins);
	buf_release(&(*web)->style);
	pthread_cond_destroy(&(*web)->returned);
	pthread_mutex_destroy(&(*web)->lock);
	mem_free(web);
}

size_t web_public_routes(struct web *web, struct http_route routes_r[WEB_ROUTES_MAX])
{
	const struct http_route routes[] = {
		{ .method = "GET",  .prefix = "/status", .handle = web_status_get, .arg = web },
		{ .method = "POST", .prefix = "/status", .handle = web_status_post, .arg = web, .wants_fields = true, .is_page = true, .body_max = LOGIN_BODY_MAX },
		{ .method = "GET",  .prefix = "/s/", .handle = web_status_code, .arg = web, .is_private = true },
		{ .method = "GET",  .prefix = "/survey/", .handle = web_survey_get, .arg = web, .is_private = true },
		{ .method = "POST", .prefix = "/survey", .handle = web_survey_post, .arg = web, .wants_fields = true, .body_max = LOGIN_BODY_MAX },
		{ .method = "GET",  .prefix = "/verify/", .handle = web_verify_get, .arg = web, .is_private = true },
		{ .method = "POST", .prefix = "/verify", .handle = web_verify_post, .arg = web, .wants_fields = true, .is_page = true, .body_max = LOGIN_BODY_MAX },
		{ .method = "GET",  .prefix = "/style.css", .handle = style_get, .arg = web },
		{ .method = "GET",  .prefix = "/healthz", .handle = health_get, .arg = web },
	};

	memcpy(routes_r, routes, sizeof(routes));
	return COUNT_OF(routes);
}

size_t web_admin_routes(struct web *web, struct http_route routes_r[WEB_ROUTES_MAX])
{
	const struct http_route routes[] = {
		{ .method = "GET",  .prefix = "/", .handle = web_list_page, .arg = web },
		{ .method = "GET",  .prefix = "/ticket/", .handle = web_ticket_page, .arg = web },
		{ .method = "GET",  .prefix = "/login", .handle = web_login_get, .arg = web },
		{ .method = "POST", .prefix = "/login", .handle = web_login_post, .arg = web, .wants_fields = true, .body_max = LOGIN_BODY_MAX },
		{ .method = "POST", .prefix = "/logout", .handle = web_logout, .arg = web, .wants_fields = true, .body_max = LOGIN_BODY_MAX },
		{ .method = "GET",  .prefix = "/api/v1/tickets", .handle = web_api_list, .arg = web },
		{ .method = "GET",  .prefix = "/api/v1/tickets/", .handle = web_api_ticket, .arg = web },
		{ .method = "GET",  .prefix = "/incidents", .handle = web_incidents_page, .arg = web },
		{ .method = "GET",  .prefix = "/api/v1/incidents", .handle = web_api_incidents, .arg = web },
		{ .method = "GET",  .prefix = "/api/v1/ledger", .handle = web_api_ledger, .arg = web },
		{ .method = "GET",  .prefix = "/metrics", .handle = web_metrics_get, .arg = web },
		{ .method = "GET",  .prefix = "/style.css", .handle = style_get, .arg = web },
		{ .method = "GET",  .prefix = "/healthz", .handle = health_get, .arg = web },
	};

	memcpy(routes_r, routes, sizeof(routes));
	return COUNT_OF(routes);
}
