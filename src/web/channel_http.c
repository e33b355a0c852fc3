/* channel_http.c - mounts, and the life of one request through a channel. */
#include "web/channel_http.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "base/log.h"
#include "base/mem.h"

#define IN_BODY_MAX 1048576
#define MESSAGES_MAX 100                /* of one request */
#define RETRY_AFTER_S 5
#define JSON_TYPE "application/json"
#define TEXT_TYPE "text/plain; charset=utf-8"

struct mount { struct mount *next; struct channel_mount m; char *name; size_t users; bool is_leaving; };

struct channel_http {
	bool (*has_room)(void *arg);
	void *arg;
	pthread_mutex_t lock;           /* mounts and their users */
	pthread_cond_t left;
	struct mount *mounts;           /* in the order they were added */
	bool is_closing;                /* one was removed: whoever comes now is to come again */
};

/* What became of one message; the texts are copies. */
struct slot { struct pending *pending; enum ik_rc rc; bool has_receipt; struct ik_receipt receipt; char number[32], code[40], language[16]; char *text, *status_url; };

/* One request under way; lives in the memory of its exchange. left: messages without an answer, and one for the loop that offers. */
struct pending {
	struct channel_http *http;
	struct mount *mount;
	struct http_exchange *exchange;
	struct ik_request request;
	struct ik_answer answer;
	struct slot *slots;
	_Atomic size_t left;
};

/* ---- mounts ---------------------------------------------------------------------------------------------------------------- */

struct channel_http *channel_http_new(bool (*has_room)(void *arg), void *arg)
{
	struct channel_http *http = mem_new(sizeof(*http));

	http->has_room = has_room;
	http->arg = arg;
	pthread_mutex_init(&http->lock, NULL);
	pthread_cond_init(&http->left, NULL);
	return http;
}

void channel_http_free(struct channel_http **http)
{
	if (*http == NULL) return;
	while ((*http)->mounts != NULL) {
		char *name = mem_text((*http)->mounts->name);

		channel_http_remove(*http, name);
		free(name);
	}
	pthread_cond_destroy(&(*http)->left);
	pthread_mutex_destroy(&(*http)->lock);
	mem_free(http);
}

static struct mount **find(struct channel_http *http, const char *name)
{
	struct mount **at = &http->mounts;

	while (*at != NULL && strcmp((*at)->name, name) != 0) at = &(*at)->next;
	return at;
}

void channel_http_add(struct channel_http *http, const struct channel_mount *given)
{
	struct mount **at;

	pthread_mutex_lock(&http->lock);
	at = find(http, given->name);
	if (*at == NULL) {
		*at = mem_new(sizeof(**at));
		(*at)->m = *given;
		(*at)->name = mem_text(given->name);
	}
	pthread_mutex_unlock(&http->lock);
}

void channel_http_open(struct channel_http *http, const char *name, void *state)
{
	struct mount *mount;

	pthread_mutex_lock(&http->lock);
	mount = *find(http, name);
	if (mount != NULL && mount->m.is_closed) {
		mount->m.state = state;
		mount->m.is_closed = false;
	}
	pthread_mutex_unlock(&http->lock);
}

void channel_http_remove(struct channel_http *http, const char *name)
{
	struct mount **at, *mount;

	pthread_mutex_lock(&http->lock);
	mount = *find(http, name);
	if (mount != NULL) {
		http->is_closing = mount->is_leaving = true;
		while (mount->users > 0) pthread_cond_wait(&http->left, &http->lock);
		at = find(http, name);
		*at = mount->next;
		free(mount->name);
		free(mount);
	}
	pthread_mutex_unlock(&http->lock);
}

/* The mount that a name (len bytes; 0: the first) stands for, with a user more; NULL when there is none. *is_closed_r: it is there but cannot be used. */
static struct mount *mount_take(struct channel_http *http, const char *where, const char *name, size_t len, bool *is_closed_r)
{
	struct mount *m;

	pthread_mutex_lock(&http->lock);
	for (m = http->mounts; m != NULL; m = m->next)
		if (!m->is_leaving && strcmp(m->m.plugin->mount, where) == 0 && (len == 0 || (strlen(m->name) == len && memcmp(m->name, name, len) == 0))) break;
	*is_closed_r = m != NULL && m->m.is_closed;
	if (*is_closed_r) m = NULL;
	if (m != NULL) m->users++;
	pthread_mutex_unlock(&http->lock);
	return m;
}

static void mount_return(struct channel_http *http, struct mount *mount)
{
	pthread_mutex_lock(&http->lock);
	if (--mount->users == 0) pthread_cond_broadcast(&http->left);
	pthread_mutex_unlock(&http->lock);
}

/* ---- answers ------------------------------------------------------------------------------------------------------------------ */

static void *answer_memory(struct ik_answer *answer, size_t size)
{
	return http_exchange_memory(answer->core, size);
}

static void set_body(struct ik_answer *answer, int status, const char *type, const char *body)
{
	answer->status = status;
	answer->content_type = type;
	answer->body = body;
	answer->body_len = strlen(body);
	if (status == 503) answer->retry_after_s = RETRY_AFTER_S;
}

/* Sends what stands in the answer and ends the request. */
static void respond(struct pending *p)
{
	static const char *const post[] = { "Allow: POST", NULL }, *const get[] = { "Allow: GET, HEAD", NULL };
	const struct ik_answer *a = &p->answer;
	const bool is_get = strcmp(p->request.method, "GET") == 0;
	const struct http_response response = {
		.status = a->status != 0 ? a->status : 500, .content_type = a->content_type != NULL ? a->content_type : JSON_TYPE,
		.body = a->body, .body_len = a->body_len, .retry_after_s = a->retry_after_s, .location = a->location,
		.headers = a->headers != NULL ? a->headers : a->status != 405 ? NULL : is_get ? post : get,
	};
	struct channel_http *http = p->http;
	struct mount *mount = p->mount;
	struct http_exchange *exchange = p->exchange;

	json_decref(p->answer.keep);
	for (size_t i = 0; i < p->answer.message_count; i++) {
		free(p->slots[i].text);
		free(p->slots[i].status_url);
	}
	mount_return(http, mount);
	http_answer(exchange, &response);       /* p may be gone after this */
}

/* What the messages of a request came to, as one: a receipt for each, or the worst that happened. */
static enum ik_rc outcome(const struct pending *p)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < p->answer.message_count; i++) {
		const struct slot *s = &p->slots[i];

		if (s->has_receipt) continue;
		if (s->rc != IK_REJECT) return IK_RETRY;
		rc = IK_REJECT;
	}
	return rc;
}

static void default_answer(struct pending *p, enum ik_rc rc)
{
	char *body;

	if (rc == IK_RETRY) {
		set_body(&p->answer, 503, JSON_TYPE, "{\"error\":\"nothing can be stored at the moment\"}\n");
	} else if (rc == IK_REJECT) {
		set_body(&p->answer, 400, JSON_TYPE, "{\"error\":\"the message could not be read\"}\n");
	} else {
		body = http_exchange_memory(p->exchange, 128);
		(void)snprintf(body, 128, "{\"number\":\"%s\",\"code\":\"%s\"}\n", p->slots[0].number, p->slots[0].code);
		set_body(&p->answer, 202, JSON_TYPE, body);
	}
}

static void finish(void *arg, struct http_exchange *exchange, const struct ik_request *request)
{
	struct pending *p = arg;
	const size_t count = p->answer.message_count;
	const struct ik_channel *plugin = p->mount->m.plugin;
	const enum ik_rc rc = outcome(p);

	(void)request;
	if (plugin->answered != NULL) {
		struct ik_receipt *receipts = http_exchange_memory(exchange, sizeof(*receipts) * count);

		for (size_t i = 0; i < count; i++) receipts[i] = p->slots[i].receipt;
		plugin->answered(p->mount->m.state, &p->request, rc, rc == IK_OK ? receipts : NULL, count, &p->answer);
	} else {
		default_answer(p, rc);
	}
	respond(p);
}

/* ---- requests ------------------------------------------------------------------------------------------------------------------- */

static void one_less(struct pending *p)
{
	if (atomic_fetch_sub(&p->left, 1) == 1) http_continue(p->exchange, finish, p);
}

/* On a thread of the core: copies and wakes, no more. */
static void on_done(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err)
{
	struct slot *s = arg;

	(void)err;
	s->rc = rc;
	if (receipt != NULL && receipt->number != NULL && receipt->code != NULL && (rc == IK_OK || rc == IK_REJECT)) {
		(void)snprintf(s->number, sizeof(s->number), "%s", receipt->number);
		(void)snprintf(s->code, sizeof(s->code), "%s", receipt->code);
		(void)snprintf(s->language, sizeof(s->language), "%s", receipt->language != NULL ? receipt->language : "");
		s->receipt = *receipt;
		s->receipt.number = s->number;
		s->receipt.code = s->code;
		s->receipt.language = s->language;
		if (s->pending->mount->m.plugin->answered != NULL) {
			s->text = mem_text(receipt->text);
			s->status_url = mem_text(receipt->status_url);
		}
		s->receipt.text = s->text;
		s->receipt.status_url = s->status_url;
		s->has_receipt = true;
	}
	one_less(s->pending);
}

static void offer_all(struct pending *p)
{
	const struct channel_mount *m = &p->mount->m;
	struct ik_error err = { .text = "" };
	const size_t count = p->answer.message_count;
	enum ik_rc rc = IK_OK;

	p->slots = http_exchange_memory(p->exchange, sizeof(*p->slots) * count);
	atomic_store(&p->left, count + 1);
	for (size_t i = 0; i < count; i++) {
		p->slots[i].pending = p;
		if (rc == IK_OK) rc = m->offer(m->arg, &p->answer.messages[i], on_done, &p->slots[i], &err);
		if (rc == IK_OK) continue;
		p->slots[i].rc = rc;            /* the rest is not offered: the source sends all of them again */
		one_less(p);
	}
	one_less(p);
}

static void request_failed(struct pending *p, enum ik_rc rc, const struct ik_error *err)
{
	log_line(IK_LOG_WARNING, p->mount->name, "request: %s", err->text);
	p->answer.message_count = 0;
	if (rc == IK_REJECT) set_body(&p->answer, 400, JSON_TYPE, "{\"error\":\"the request could not be read\"}\n");
	else set_body(&p->answer, 503, JSON_TYPE, "{\"error\":\"try again later\"}\n");
	respond(p);
}

static void run(struct channel_http *http, struct mount *mount, struct http_exchange *exchange, const struct ik_request *request, const char *rest)
{
	struct pending *p = http_exchange_memory(exchange, sizeof(*p));
	struct ik_error err = { .text = "" };
	enum ik_rc rc;

	p->http = http;
	p->mount = mount;
	p->exchange = exchange;
	p->request = *request;
	p->request.rest = rest;
	p->answer.alloc = answer_memory;
	p->answer.core = exchange;
	rc = mount->m.plugin->request(mount->m.state, &p->request, &p->answer, &err);
	if (rc == IK_OK && p->answer.message_count > MESSAGES_MAX) rc = ik_fail(IK_REJECT, &err, "more than %d messages in one request", MESSAGES_MAX);
	if (rc != IK_OK) request_failed(p, rc, &err);
	else if (p->answer.message_count > 0) offer_all(p);
	else respond(p);
}

/* The source comes again, a person too. */
static void answer_later(struct http_exchange *exchange, const char *where)
{
	static const char json[] = "{\"error\":\"try again later\"}\n";
	static const char words[] = "表单暂时无法使用，请稍后再试。\n"
	                            "表單暫時無法使用，請稍後再試。\n"
	                            "This form cannot be used at the moment; please try again later.\n";
	const bool is_form = strcmp(where, "form") == 0;
	const char *body = is_form ? words : json;

	http_answer(exchange, &(struct http_response){ .status = 503, .content_type = is_form ? TEXT_TYPE : JSON_TYPE, .body = body, .body_len = strlen(body),
	                                               .retry_after_s = RETRY_AFTER_S });
}

static void not_found(struct channel_http *http, const char *where, struct http_exchange *exchange)
{
	bool is_closing;

	pthread_mutex_lock(&http->lock);
	is_closing = http->is_closing;
	pthread_mutex_unlock(&http->lock);
	if (is_closing) answer_later(exchange, where);
	else http_answer(exchange, &(struct http_response){ .status = 404, .content_type = TEXT_TYPE, .body = "not found\n", .body_len = 10 });
}

/* name: len bytes; 0: the first mount. rest: of the path. */
static void serve(struct channel_http *http, const char *where, const char *name, size_t len, struct http_exchange *exchange,
                  const struct ik_request *request, const char *rest)
{
	bool is_closed = false;
	struct mount *mount = mount_take(http, where, name, len, &is_closed);

	if (mount != NULL) run(http, mount, exchange, request, rest);
	else if (is_closed) answer_later(exchange, where);
	else not_found(http, where, exchange);
}

static void handle(struct channel_http *http, const char *where, struct http_exchange *exchange, const struct ik_request *request)
{
	const char *name = http_path(exchange) + strlen(where) + 2;     /* behind "/WHERE/" */
	const size_t len = strcspn(name, "/");

	if (len == 0) not_found(http, where, exchange);
	else serve(http, where, name, len, exchange, request, name + len);
}

static void on_in(void *arg, struct http_exchange *exchange, const struct ik_request *request)
{
	handle(arg, "in", exchange, request);
}

static void on_form(void *arg, struct http_exchange *exchange, const struct ik_request *request)
{
	handle(arg, "form", exchange, request);
}

static void on_root(void *arg, struct http_exchange *exchange, const struct ik_request *request)
{
	serve(arg, "form", "", 0, exchange, request, "");
}

static int admit(void *arg)
{
	const struct channel_http *http = arg;

	return http->has_room == NULL || http->has_room(http->arg) ? 0 : 503;
}

void channel_http_routes(struct channel_http *http, struct http_route routes_r[CHANNEL_HTTP_ROUTES])
{
	const struct http_route routes[CHANNEL_HTTP_ROUTES] = {
		{ .method = "POST", .prefix = "/in/", .body_max = IN_BODY_MAX, .handle = on_in, .arg = http, .admit = admit },
		{ .method = "GET", .prefix = "/in/", .handle = on_in, .arg = http },
		{ .method = "POST", .prefix = "/form/", .wants_fields = true, .is_page = true, .handle = on_form, .arg = http },
		{ .method = "GET", .prefix = "/form/", .handle = on_form, .arg = http },
		{ .method = "GET", .prefix = "/", .handle = on_root, .arg = http },
	};

	memcpy(routes_r, routes, sizeof(routes));
}
