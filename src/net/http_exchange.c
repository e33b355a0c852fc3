/* http_exchange.c - the way of one request: check, route, body, handler, answer. */
#include "net/http_exchange.h"

#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "net/page.h"

#define BODY_KEPT 65536                 /* a larger buffer is not kept for the next request */
#define MEMORY_PIECE 2048
#define FORWARDED_MAX 4096
#define RETRY_AFTER_S 5
#define REFUSAL_MAX 4096
#define OVERRUN_MAX 1048576             /* bytes read and dropped behind a limit before the connection is cut */
#define OVERRUN_TIMES 4                 /* of a browser's form: as often its limit, since browsers look for the answer behind what they send */

struct http_memory { struct http_memory *next; size_t used, room; max_align_t data[]; };

/* Sent with every answer unless it brings its own of the same name. */
static const struct { const char *name, *value; } standing[] = {
	{ "Cache-Control", "no-store" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "X-Robots-Tag", "noindex" },
	{ "X-Frame-Options", "DENY" },
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'" },
};

/* ---- memory and life ------------------------------------------------------------------------------------------------- */

static struct http_memory *memory_new(size_t room, struct http_memory *next)
{
	struct http_memory *m = mem_new(sizeof(*m) + room);

	m->room = room;
	m->next = next;
	return m;
}

void *http_exchange_memory(struct http_exchange *x, size_t size)
{
	const size_t need = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	struct http_memory *m = x->memory;
	char *at;

	if (m == NULL || m->room - m->used < need)
		m = x->memory = memory_new(need > MEMORY_PIECE ? need : MEMORY_PIECE, m);
	at = (char *)m->data + m->used;
	m->used += need;
	return at;
}

/* One small piece stays for the connection's next request. */
static void memory_reset(struct http_exchange *x, bool keep_one)
{
	while (x->memory != NULL && (!keep_one || x->memory->next != NULL || x->memory->room > MEMORY_PIECE)) {
		struct http_memory *m = x->memory;

		x->memory = m->next;
		free(m);
	}
	if (x->memory == NULL) return;
	memset(x->memory->data, 0, x->memory->used);
	x->memory->used = 0;
}

static void set_deadline(struct http_exchange *x, int64_t seconds)
{
	atomic_store_explicit(&x->conn.deadline_ms, seconds > 0 ? clock_mono_ms() + seconds * 1000 : 0, memory_order_relaxed);
}

struct http_exchange *exchange_new(struct http_server *server, struct MHD_Connection *connection)
{
	struct http_exchange *x = mem_new(sizeof(*x));
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	x->server = server;
	x->connection = connection;
	x->conn.fd = info != NULL ? info->connect_fd : -1;
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);         /* version 1.0 answers in the same memory */
	http_address_of(info != NULL ? info->client_addr : NULL, &x->conn.address);
	(void)http_address_text(&x->conn.address, x->peer);
	buf_init(&x->body, 0);
	set_deadline(x, server->setup.conf->header_timeout);
	atomic_store(&x->conn.idle_since_ms, clock_mono_ms());
	http_conns_add(server->conns, &x->conn);
	return x;
}

/* A client that goes away while it waits is noticed after the answer only; then no further step comes, only the end. */
static void set_kept(struct http_exchange *x, bool is_kept)
{
	if (x->is_kept != is_kept) atomic_fetch_add(&x->server->kept, is_kept ? 1 : -1);
	x->is_kept = is_kept;
}

void exchange_free(struct http_exchange **x)
{
	if (*x == NULL) return;
	set_kept(*x, false);
	http_conns_remove((*x)->server->conns, &(*x)->conn);
	http_form_free(&(*x)->form);
	if ((*x)->response != NULL) MHD_destroy_response((*x)->response);
	buf_release(&(*x)->body);
	memory_reset(*x, false);
	mem_free(x);
}

/* The client left while its request was kept: whoever was going to answer still has to end what it began. */
static void end_kept(struct http_exchange *x)
{
	while (x->then != NULL) {
		const http_then_fn then = x->then;

		x->then = NULL;
		atomic_store(&x->turn, TURN_RUNNING);
		then(x->then_arg, x, &x->request);
	}
}

void exchange_reset(struct http_exchange *x)
{
	end_kept(x);
	set_kept(x, false);
	http_form_free(&x->form);
	if (x->response != NULL) MHD_destroy_response(x->response);
	x->response = NULL;
	if (x->body.room > BODY_KEPT) buf_release(&x->body);
	buf_clear(&x->body);
	memory_reset(x, true);
	x->step = STEP_HEAD;
	x->is_later = true;
	x->route = NULL;
	x->then = NULL;
	x->refusal = 0;
	x->body_seen = 0;
	set_deadline(x, x->server->setup.conf->idle_timeout);
	atomic_store_explicit(&x->conn.idle_since_ms, clock_mono_ms(), memory_order_relaxed);
}

/* ---- what handlers see ------------------------------------------------------------------------------------------------ */

const char *http_path(const struct http_exchange *x)
{
	return x->path;
}

static const char *request_header(const struct ik_request *request, const char *name)
{
	const struct http_exchange *x = request->core;

	return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

static const char *request_query(const struct ik_request *request, const char *name)
{
	const struct http_exchange *x = request->core;
	const char *value = MHD_lookup_connection_value(x->connection, MHD_GET_ARGUMENT_KIND, name);

	return value != NULL && utf8_valid(value, strlen(value)) ? value : NULL;
}

static enum MHD_Result add_forwarded(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct buf *list = arg;

	(void)kind;
	if (strcasecmp(name, "x-forwarded-for") != 0 || value == NULL) return MHD_YES;
	if (list->len > 0) (void)buf_char(list, ',');
	(void)buf_text(list, value);
	return MHD_YES;
}

/* The client's address: of the connection, or what a trusted proxy says. */
static const char *request_peer(struct http_exchange *x)
{
	struct buf list = BUF_INIT(FORWARDED_MAX);
	struct http_address client;

	if (!x->conn.is_trusted) return x->peer;
	(void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND, add_forwarded, &list);
	http_forwarded(list.is_full ? "" : buf_str(&list), x->server->trusted, x->server->trusted_count, &x->conn.address, &client);
	buf_release(&list);
	return http_address_text(&client, x->forwarded);
}

/* ---- answers ------------------------------------------------------------------------------------------------------------ */

static bool brings_own(const struct http_response *response, const char *name)
{
	const size_t len = strlen(name);

	for (const char *const *h = response->headers; h != NULL && *h != NULL; h++)
		if (strncasecmp(*h, name, len) == 0 && (*h)[len] == ':') return true;
	return false;
}

static void add_line(struct MHD_Response *made, const char *line)
{
	const char *colon = strchr(line, ':');
	char name[64];

	if (colon == NULL || (size_t)(colon - line) >= sizeof(name)) return;
	memcpy(name, line, (size_t)(colon - line));
	name[colon - line] = '\0';
	(void)MHD_add_response_header(made, name, colon + 1 + strspn(colon + 1, " "));
}

static void add_headers(struct MHD_Response *made, const struct http_response *response)
{
	char number[24];

	for (size_t i = 0; i < COUNT_OF(standing); i++)
		if (response->headers == NULL || !brings_own(response, standing[i].name))
			(void)MHD_add_response_header(made, standing[i].name, standing[i].value);
	if (response->content_type != NULL) (void)MHD_add_response_header(made, MHD_HTTP_HEADER_CONTENT_TYPE, response->content_type);
	if (response->location != NULL) (void)MHD_add_response_header(made, MHD_HTTP_HEADER_LOCATION, response->location);
	for (const char *const *h = response->headers; h != NULL && *h != NULL; h++) add_line(made, *h);
	if (response->retry_after_s <= 0) return;
	(void)snprintf(number, sizeof(number), "%lld", (long long)response->retry_after_s);
	(void)MHD_add_response_header(made, MHD_HTTP_HEADER_RETRY_AFTER, number);
}

static void make_response(struct http_exchange *x, const struct http_response *response)
{
	union { const void *in; void *out; } body = { .in = response->body_len > 0 ? response->body : "" };

	x->response = MHD_create_response_from_buffer(response->body_len, body.out, MHD_RESPMEM_MUST_COPY);
	if (x->response == NULL) abort();
	x->status = response->status;
	add_headers(x->response, response);
	if (atomic_load_explicit(&x->server->is_draining, memory_order_relaxed)) (void)MHD_add_response_header(x->response, "Connection", "close");
}

static void wake(struct http_exchange *x)
{
	if (atomic_exchange(&x->turn, TURN_READY) == TURN_ASLEEP) MHD_resume_connection(x->connection);
}

void http_answer(struct http_exchange *x, const struct http_response *response)
{
	make_response(x, response);
	wake(x);
}

void http_continue(struct http_exchange *x, http_then_fn then, void *arg)
{
	x->then = then;
	x->then_arg = arg;
	wake(x);
}

static enum MHD_Result send_response(struct http_exchange *x)
{
	enum MHD_Result sent;

	set_deadline(x, x->server->setup.conf->write_timeout);
	sent = MHD_queue_response(x->connection, (unsigned)x->status, x->response);
	MHD_destroy_response(x->response);
	x->response = NULL;
	return sent;
}

/* The words for people whose form the server did not read to its end. Browsers keep what was typed on the page before. */
static const struct { int status; const char *said[PAGE_LANGUAGES]; } refusals[] = {
	{ 413, PAGE_WORDS("What you sent is too large. Nothing is lost: go back in your browser, your text is still there; choose fewer or smaller files and send it again.",
	         "您提交的内容过大。内容没有丢失：请用浏览器返回上一页，文字仍在，减少或压缩附件后再提交。",
	         "您送出的內容過大。內容沒有遺失：請用瀏覽器返回上一頁，文字仍在，減少或壓縮附件後再送出。") },
	{ 503, PAGE_WORDS("There is no room for files at the moment. Nothing is lost: go back in your browser, your text is still there; send it without files or a little later.",
	         "暂时无法接收附件。内容没有丢失：请用浏览器返回上一页，文字仍在，请不带附件提交，或稍后再试。",
	         "暫時無法接收附件。內容沒有遺失：請用瀏覽器返回上一頁，文字仍在，請不帶附件送出，或稍後再試。") },
	{ 0, PAGE_WORDS("The form could not be read. Please go back in your browser and send it again.",
	         "无法读取表单。请用浏览器返回上一页，再提交一次。",
	         "無法讀取表單。請用瀏覽器返回上一頁，再送出一次。") },
};
static const char *const refusal_titles[PAGE_LANGUAGES] = PAGE_WORDS("This could not be sent", "提交未成功", "未能送出");

static void write_refusal(struct http_exchange *x, int status, struct buf *b)
{
	const enum page_language language = page_language(NULL, MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "accept-language"),
	                                                  x->server->setup.language);
	size_t i = 0;

	while (refusals[i].status != 0 && refusals[i].status != status) i++;
	page_begin(b, language, refusal_titles[language], "card", NULL);
	page_format(b, "<p class=\"alert\" role=\"alert\">%s</p>\n", refusals[i].said[language]);
	page_end(b);
}

/* Turned away by the server itself: counted, and the connection ends, because what follows on it cannot be trusted or was not read. */
static enum MHD_Result refuse(struct http_exchange *x, int status, const char *why)
{
	const struct http_setup *setup = &x->server->setup;
	static const char *const closing[] = { "Connection: close", NULL };
	const bool is_page = x->route != NULL && x->route->is_page;
	struct buf body = BUF_INIT(REFUSAL_MAX);
	struct http_response response = { .status = status, .content_type = is_page ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
	                                  .headers = closing, .retry_after_s = status == 503 || status == 429 ? RETRY_AFTER_S : 0 };

	if (is_page) write_refusal(x, status, &body);
	else (void)buf_format(&body, "%s\n", why);
	response.body = buf_str(&body);
	response.body_len = body.len;
	atomic_fetch_add(&x->server->refused, 1);
	if (setup->refused != NULL)
		setup->refused(setup->refused_arg, x->route == NULL ? "" : x->route->is_private ? x->route->prefix : x->path, status, why);
	make_response(x, &response);
	buf_release(&body);
	return send_response(x);
}

static enum MHD_Result answer_plainly(struct http_exchange *x, int status, const char *text, const char *allow)
{
	const char *const headers[] = { allow, NULL };
	const struct http_response response = { .status = status, .content_type = "text/plain; charset=utf-8", .body = text, .body_len = strlen(text),
	                                        .headers = allow != NULL ? headers : NULL };

	make_response(x, &response);
	return send_response(x);
}

/* ---- head --------------------------------------------------------------------------------------------------------------- */

void exchange_target(struct http_exchange *x, const char *raw)
{
	x->target_fault = http_check_target(raw);
	if (x->is_later) set_deadline(x, x->server->setup.conf->header_timeout);        /* the first one's time runs since the connect */
}

static bool is_below(const struct http_route *route, const char *path)
{
	const size_t len = strlen(route->prefix);

	if (len > 1 && route->prefix[len - 1] == '/') return strncmp(path, route->prefix, len) == 0;
	return strcmp(path, route->prefix) == 0;
}

static const struct http_route *find_route(const struct http_server *server, const char *path, const char *method)
{
	for (size_t i = 0; i < server->setup.route_count; i++) {
		const struct http_route *route = &server->setup.routes[i];

		if (is_below(route, path) && (method == NULL || strcmp(route->method, method) == 0)) return route;
	}
	return NULL;
}

/* "Allow: GET, HEAD, POST" for what the path has. */
static enum MHD_Result answer_no_method(struct http_exchange *x)
{
	const bool get = find_route(x->server, x->path, "GET") != NULL, post = find_route(x->server, x->path, "POST") != NULL;

	return answer_plainly(x, 405, "method not allowed\n", get && post ? "Allow: GET, HEAD, POST" : get ? "Allow: GET, HEAD" : "Allow: POST");
}

struct look { struct http_head *head; struct http_layout layout; };

static enum MHD_Result add_field(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value, size_t value_len)
{
	struct look *look = arg;

	(void)kind;
	http_check_field(look->head, name, name_len, value != NULL ? value : "", value != NULL ? value_len : 0);
	http_layout_add(&look->layout, name, name_len, value, value != NULL ? value_len : 0);
	return MHD_YES;
}

static int check(struct http_exchange *x, const char *method, const char *version, const char **why_r)
{
	const union MHD_ConnectionInfo *size = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	struct look look = { .head = &x->head };

	http_head_init(&x->head);
	http_layout_init(&look.layout, method, x->path, version, size != NULL ? size->header_size : 0);
	(void)MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, add_field, &look);
	if (x->head.fault == NULL && x->server->knows_layout && !http_layout_end(&look.layout)) x->head.fault = "the lines of the head are malformed";
	if (x->head.fault == NULL) x->head.fault = x->target_fault;
	if (x->head.fault == NULL) x->head.fault = http_check_path(x->path);
	return http_check_head(&x->head, method, version, why_r);
}

/* What is read of a body at most, behind its limit only to be dropped. */
static int64_t body_end(const struct http_exchange *x)
{
	return x->route->is_page ? OVERRUN_TIMES * x->body_max : x->body_max + OVERRUN_MAX;
}

static void refuse_later(struct http_exchange *x, int status, const char *why)
{
	x->refusal = status;
	x->refusal_why = why;
}

/* What may come as a body: nothing with GET, else the route's or the listener's limit. */
static enum MHD_Result expect_body(struct http_exchange *x, bool is_get)
{
	const struct http_conf *conf = x->server->setup.conf;

	x->body_max = is_get ? 0 : x->route->body_max > 0 ? (int64_t)x->route->body_max : conf->max_body;
	x->body.max = x->body_max > 0 ? (size_t)x->body_max : 1;
	if (x->head.content_length > x->body_max && (!x->route->is_page || x->head.content_length > body_end(x))) return refuse(x, 413, "body too large");
	if (x->head.content_length > x->body_max) refuse_later(x, 413, "body too large");
	if (!is_get && x->route->wants_fields) {
		x->form = http_form_new(x->connection, x->server->setup.spool, x->server->setup.spool_arg);
		if (x->form == NULL) return refuse(x, 415, "the body has to be a form");
	}
	x->step = STEP_BODY;
	if (x->head.codings > 0 || x->head.content_length > 0) set_deadline(x, conf->body_timeout);
	return MHD_YES;
}

static enum MHD_Result begin(struct http_exchange *x, const char *path, const char *method, const char *version)
{
	const bool is_get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	const char *why;
	int status;

	atomic_fetch_add_explicit(&x->server->requests, 1, memory_order_relaxed);
	atomic_store_explicit(&x->conn.idle_since_ms, 0, memory_order_relaxed);
	x->path = path;
	status = check(x, method, version, &why);
	if (status == 400) return refuse(x, status, why);
	x->route = find_route(x->server, path, NULL);
	if (status != 0) return refuse(x, status, why);
	if (x->route == NULL) return answer_plainly(x, 404, "not found\n", NULL);
	x->route = find_route(x->server, path, is_get ? "GET" : method);
	if (x->route == NULL) return answer_no_method(x);
	status = x->route->admit != NULL ? x->route->admit(x->route->arg) : 0;
	if (status != 0) return refuse(x, status, "nothing can be taken at the moment");
	x->request = (struct ik_request){ .method = is_get ? "GET" : x->route->method, .rest = "", .peer = request_peer(x),
	                                  .header = request_header, .query = request_query, .core = x, .language = x->server->setup.language };
	return expect_body(x, is_get);
}

/* ---- body ---------------------------------------------------------------------------------------------------------------- */

/* A body that is refused under way is read on and dropped, so that the client sees the answer; up to a limit. */
static enum MHD_Result take_piece(struct http_exchange *x, const char *data, size_t len)
{
	x->body_seen += (int64_t)len;
	if (x->refusal == 0 && x->body_seen > x->body_max) {
		refuse_later(x, 413, "body too large");
	} else if (x->refusal == 0 && x->form != NULL) {
		x->refusal = http_form_add(x->form, data, len);
		x->refusal_why = http_form_why(x->form);
	} else if (x->refusal == 0) {
		(void)buf_add(&x->body, data, len);
	}
	return x->body_seen > body_end(x) ? MHD_NO : MHD_YES;
}

/* ---- turn ---------------------------------------------------------------------------------------------------------------- */

/* Sends what is ready, or puts the connection to sleep until somebody answers. */
static enum MHD_Result settle(struct http_exchange *x)
{
	int running = TURN_RUNNING;

	while (atomic_load(&x->turn) == TURN_READY && x->then != NULL) {
		const http_then_fn then = x->then;

		x->then = NULL;
		atomic_store(&x->turn, TURN_RUNNING);
		then(x->then_arg, x, &x->request);
	}
	if (atomic_load(&x->turn) == TURN_READY) return send_response(x);
	set_kept(x, true);
	MHD_suspend_connection(x->connection);
	if (!atomic_compare_exchange_strong(&x->turn, &running, TURN_ASLEEP)) MHD_resume_connection(x->connection);
	return MHD_YES;
}

static enum MHD_Result run(struct http_exchange *x)
{
	set_deadline(x, 0);
	if (x->form != NULL && x->refusal == 0) {
		x->refusal = http_form_end(x->form, &x->request.fields, &x->request.field_count);
		x->refusal_why = http_form_why(x->form);
	}
	if (x->refusal != 0) return refuse(x, x->refusal, x->refusal_why);
	if (x->form == NULL) {
		x->request.body = buf_str(&x->body);
		x->request.body_len = x->body.len;
	}
	x->step = STEP_TURN;
	atomic_store(&x->turn, TURN_RUNNING);
	x->route->handle(x->route->arg, x, &x->request);
	return settle(x);
}

enum MHD_Result exchange_step(struct http_exchange *x, const char *path, const char *method, const char *version, const char *data, size_t *len)
{
	enum MHD_Result result;

	if (x->step == STEP_HEAD) return begin(x, path, method, version);
	if (x->step == STEP_TURN) {
		set_kept(x, false);
		return settle(x);
	}
	if (*len == 0) return run(x);
	result = take_piece(x, data, *len);
	*len = 0;
	return result;
}
