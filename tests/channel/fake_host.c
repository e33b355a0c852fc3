/* fake_host.c - see fake_host.h. One lock guards everything below struct fake; the committer thread answers in order of arrival. */
#include "fake_host.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>
#include "../unit/test.h"
#include "base/buf.h"
#include "base/codec.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"

#define LOG_MAX (4u << 20)

struct setting { char *key, *value; };
struct script { enum ik_rc rc; char *text; };
struct row { struct fake_http http; char *method, *url, *body; bool used; };

/* One handed-over message on its way to its answer. */
struct waiting {
	struct fake_message *m;
	ik_done_fn done;
	void *arg;
	bool *finished;                 /* accept() and set_aside() wait for this */
	struct ik_error *err;
	struct waiting *next;
};

struct fake {
	struct ik_host host;
	const struct ik_channel *channel;
	void *object, *conf, *state;
	struct ik_error err;
	bool is_open, is_started;
	enum ik_rc run_rc;
	int stop_fd;
	pthread_t owner, runner, committer;
	pthread_key_t guest;            /* set in each thread of the plugin's own */
	pthread_mutex_t lock;
	pthread_cond_t changed;

	bool has_stopped, is_ending, hold, has_run;
	int guests;                     /* how many of them have not ended */
	int64_t now_at, slept_ms, recent;
	struct setting *settings, *cursors;
	size_t setting_count, cursor_count;
	char **known;
	size_t known_count;
	struct script *scripts;
	size_t script_count, script_next;
	struct row *rows;
	size_t row_count;
	struct waiting *first, **last;
	size_t waiting_count;
	struct fake_message **messages;
	size_t message_count;
	bool is_strict, has_no_token;
	enum ik_rc settle_rc;
	struct ik_error settle_err;
	struct fake_call **calls;
	size_t call_count;
	char **refusals;
	size_t refusal_count;
	struct buf log;
	size_t problem_count;
	char problem[256];
	void **garbage;                 /* option texts, freed at the end */
	size_t garbage_count;
};

#define ADD(array, count, ...) do { (array) = mem_grow((array), (count) + 1, sizeof(*(array))); (array)[(count)++] = (__VA_ARGS__); } while (0)

static struct fake *of(const struct ik_host *host)
{
	return host->core;
}

static void problem(struct fake *f, const char *what, const char *detail)
{
	if (f->problem_count++ == 0) (void)snprintf(f->problem, sizeof(f->problem), "%s: %s", what, detail);
}

/* ---- messages ---- */

static char *checked(struct fake *f, const char *text)
{
	if (text != NULL && !utf8_valid(text, strlen(text))) problem(f, "text is not UTF-8", "message field");
	return mem_text(text);
}

static char *read_fd(struct fake *f, int fd, int64_t size)
{
	char *data = mem_new((size_t)size + 1);

	if (pread(fd, data, (size_t)size, 0) != (ssize_t)size) problem(f, "descriptor is shorter than its size", "raw or part");
	return data;
}

static void copy_parts(struct fake *f, struct fake_message *c, const struct ik_message *m)
{
	c->parts = mem_new(sizeof(*c->parts) * m->part_count);
	for (size_t i = 0; i < m->part_count; i++) {
		const struct ik_part *p = &m->parts[i];

		c->parts[i] = (struct fake_part){ .name = checked(f, p->name), .content_type = checked(f, p->content_type), .size = (size_t)p->size };
		c->parts[i].data = p->data != NULL || p->fd < 0 ? mem_copy(p->data, (size_t)p->size) : read_fd(f, p->fd, p->size);
	}
	c->part_count = m->part_count;
}

static struct fake_message *copy_message(struct fake *f, const struct ik_message *m)
{
	struct fake_message *c = mem_new(sizeof(*c));

	*c = (struct fake_message){ .form = m->form, .source_id = checked(f, m->source_id), .recipient = checked(f, m->recipient),
		.envelope_from = checked(f, m->envelope_from), .conversation = checked(f, m->conversation), .sender_type = checked(f, m->sender_type),
		.sender = checked(f, m->sender), .sender_name = checked(f, m->sender_name), .language = checked(f, m->language),
		.brand = checked(f, m->brand), .subject = checked(f, m->subject), .text = checked(f, m->text),
		.order_number = checked(f, m->order_number), .cursor_name = checked(f, m->cursor_name), .cursor_value = checked(f, m->cursor_value),
		.client = checked(f, m->client), .sender_verified = m->sender_verified, .is_single_use = m->is_single_use, .is_automatic = m->is_automatic, .sent_at = m->sent_at, .raw_size = (size_t)m->raw_size };
	c->was_fd = m->raw == NULL && m->raw_fd >= 0 && m->raw_size > 0;
	c->raw = c->was_fd ? read_fd(f, m->raw_fd, m->raw_size) : mem_copy(m->raw, m->raw != NULL ? (size_t)m->raw_size : 0);
	if (m->form == IK_FORM_PLAIN && m->text == NULL && m->part_count == 0) problem(f, "plain message without text", m->source_id != NULL ? m->source_id : "");
	if (m->form == IK_FORM_MAIL && m->raw_size == 0) problem(f, "mail without bytes", "");
	copy_parts(f, c, m);
	return c;
}

static void free_message(struct fake_message *m)
{
	char *const texts[] = { m->source_id, m->recipient, m->envelope_from, m->conversation, m->sender_type, m->sender, m->sender_name,
		m->language, m->brand, m->subject, m->text, m->order_number, m->cursor_name, m->cursor_value, m->client, m->raw, m->set_aside };

	for (size_t i = 0; i < COUNT_OF(texts); i++) free(texts[i]);
	for (size_t i = 0; i < m->part_count; i++) {
		free(m->parts[i].name);
		free(m->parts[i].content_type);
		free(m->parts[i].data);
	}
	free(m->parts);
	free(m);
}

/* The natural key as the store would see it. */
static char *key_of(const struct fake_message *m)
{
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	const char *to = m->recipient != NULL ? m->recipient : "";
	const struct bytes pieces[] = { { to, strlen(to) + 1 }, { m->raw, m->raw_size } };

	if (m->source_id != NULL) return mem_text(m->source_id);
	sha256(pieces, COUNT_OF(pieces), digest);
	return mem_text(hex_encode(digest, sizeof(digest), hex));
}

static size_t known_index(const struct fake *f, const char *key)
{
	size_t i = 0;

	while (i < f->known_count && strcmp(f->known[i], key) != 0) i++;
	return i;
}

static void put_cursor(struct fake *f, const char *name, const char *value)
{
	for (size_t i = 0; i < f->cursor_count; i++) {
		if (strcmp(f->cursors[i].key, name) != 0) continue;
		free(f->cursors[i].value);
		f->cursors[i].value = mem_text(value);
		return;
	}
	ADD(f->cursors, f->cursor_count, (struct setting){ mem_text(name), mem_text(value) });
}

/* The same source id came with other bytes before. */
static bool is_other_content(const struct fake *f, const struct fake_message *m)
{
	for (size_t i = 0; i < f->message_count; i++)
		if (m->source_id != NULL && f->messages[i]->source_id != NULL && strcmp(f->messages[i]->source_id, m->source_id) == 0
		    && f->messages[i]->rc == IK_OK && !f->messages[i]->is_other_content)
			return f->messages[i]->raw_size != m->raw_size || memcmp(f->messages[i]->raw, m->raw, m->raw_size) != 0;
	return false;
}

static void fill_receipt(struct ik_receipt *r, size_t index, char number[32], char code[64], bool is_repeat)
{
	(void)snprintf(number, 32, "202611-%03zu", index + 1);
	(void)snprintf(code, 64, "7Q4M-2XK9-0000-%04zu", index + 1);
	*r = (struct ik_receipt){ .ticket_id = (int64_t)index + 1, .number = number, .code = code, .language = "en",
		.text = "We have received your message.", .first_response_due = 1795365000 + 86400, .is_repeat = is_repeat, .status_url = "https://help.example/s/7Q4M2XK900000001" };
}

/* Commits one message and answers it. The lock is held, but not during done(): who hears the answer finds the message. */
static void commit(struct fake *f, struct waiting *w)
{
	const bool is_broken = f->is_strict && w->done != NULL && f->settle_rc != IK_OK;
	const struct script *s = !is_broken && f->script_next < f->script_count ? &f->scripts[f->script_next++] : NULL;
	struct fake_message *m = w->m;
	struct ik_error err = { "" };
	struct ik_receipt receipt;
	char number[32], code[64], *key = key_of(m);
	const size_t index = known_index(f, key);

	m->rc = is_broken ? IK_RETRY : s != NULL ? s->rc : IK_OK;
	m->is_repeat = index < f->known_count;
	if (m->rc != IK_OK) (void)ik_fail(m->rc, &err, "%s", s != NULL && s->text != NULL ? s->text : "scripted");
	if (m->rc == IK_OK && !m->is_repeat) ADD(f->known, f->known_count, mem_text(key));
	if ((m->rc == IK_OK || m->rc == IK_REJECT) && m->cursor_name != NULL) put_cursor(f, m->cursor_name, m->cursor_value != NULL ? m->cursor_value : "");
	if (m->rc != IK_OK && m->rc != IK_REJECT && f->settle_rc == IK_OK) { f->settle_rc = m->rc; f->settle_err = err; }
	m->is_other_content = m->is_single_use && is_other_content(f, m);
	fill_receipt(&receipt, index, number, code, m->is_repeat);
	receipt.is_other_content = m->is_other_content;
	if (w->err != NULL) *w->err = err;
	ADD(f->messages, f->message_count, m);
	pthread_mutex_unlock(&f->lock);
	if (w->done != NULL) w->done(w->arg, m->rc, m->rc == IK_OK ? &receipt : NULL, &err);
	pthread_mutex_lock(&f->lock);
	f->waiting_count--;
	if (w->finished != NULL) *w->finished = true;
	pthread_cond_broadcast(&f->changed);
	free(key);
	free(w);
}

static void *committer_main(void *arg)
{
	struct fake *f = arg;

	pthread_mutex_lock(&f->lock);
	for (;;) {
		while ((f->first == NULL || f->hold) && !f->is_ending) pthread_cond_wait(&f->changed, &f->lock);
		if (f->first == NULL) break;
		struct waiting *w = f->first;

		f->first = w->next;
		if (f->first == NULL) f->last = &f->first;
		commit(f, w);
	}
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

static void queue(struct fake *f, struct fake_message *m, ik_done_fn done, void *arg, bool *finished, struct ik_error *err)
{
	struct waiting *w = mem_new(sizeof(*w));

	*w = (struct waiting){ .m = m, .done = done, .arg = arg, .finished = finished, .err = err };
	*f->last = w;
	f->last = &w->next;
	f->waiting_count++;
	pthread_cond_broadcast(&f->changed);
}

static enum ik_rc queue_and_wait(struct fake *f, struct fake_message *m, struct ik_error *err)
{
	bool finished = false;

	queue(f, m, NULL, NULL, &finished, err);
	while (!finished) pthread_cond_wait(&f->changed, &f->lock);
	return m->rc;
}

/* ---- the host table ---- */

static void *host_alloc(size_t size)
{
	return mem_new(size);
}

static void host_free(void *memory)
{
	free(memory);
}

static void host_log(const struct ik_host *host, enum ik_level level, const char *fmt, ...)
{
	struct fake *f = of(host);
	char line[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	pthread_mutex_lock(&f->lock);
	buf_format(&f->log, "<%d>%s\n", (int)level, line);
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
}

static int64_t host_now(const struct ik_host *host)
{
	struct fake *f = of(host);
	int64_t now_at;

	pthread_mutex_lock(&f->lock);
	now_at = f->now_at;
	pthread_mutex_unlock(&f->lock);
	return now_at;
}

static bool host_stopping(const struct ik_host *host)
{
	struct fake *f = of(host);
	bool has_stopped;

	pthread_mutex_lock(&f->lock);
	has_stopped = f->has_stopped;
	pthread_mutex_unlock(&f->lock);
	return has_stopped;
}

/* The end of a thread that asked for the stop: one that is late, so that who does not wait for it is seen. */
static void guest_leaves(void *arg)
{
	struct fake *f = arg;

	(void)poll(NULL, 0, 20);
	pthread_mutex_lock(&f->lock);
	f->guests--;
	pthread_mutex_unlock(&f->lock);
}

static void note_guest(struct fake *f)
{
	if (pthread_equal(pthread_self(), f->owner) || pthread_getspecific(f->guest) != NULL) return;
	(void)pthread_setspecific(f->guest, f);
	pthread_mutex_lock(&f->lock);
	f->guests++;
	pthread_mutex_unlock(&f->lock);
}

static int host_stop_fd(const struct ik_host *host)
{
	note_guest(of(host));
	return of(host)->stop_fd;
}

static bool host_sleep_ms(const struct ik_host *host, int64_t ms)
{
	struct fake *f = of(host);
	struct pollfd stop = { .fd = f->stop_fd, .events = POLLIN };

	pthread_mutex_lock(&f->lock);
	f->slept_ms += ms;
	pthread_mutex_unlock(&f->lock);
	return poll(&stop, 1, 2) == 0;
}

static enum ik_rc host_accept(const struct ik_host *host, const struct ik_message *m, struct ik_error *err)
{
	struct fake *f = of(host);
	enum ik_rc rc;

	pthread_mutex_lock(&f->lock);
	rc = queue_and_wait(f, copy_message(f, m), err);
	if (f->settle_rc != IK_OK && rc == f->settle_rc) f->settle_rc = IK_OK;
	pthread_mutex_unlock(&f->lock);
	return rc;
}

static enum ik_rc host_offer(const struct ik_host *host, const struct ik_message *m, ik_done_fn done, void *arg, struct ik_error *err)
{
	struct fake *f = of(host);

	(void)err;
	pthread_mutex_lock(&f->lock);
	queue(f, copy_message(f, m), done, arg, NULL, NULL);
	pthread_mutex_unlock(&f->lock);
	return IK_OK;
}

static enum ik_rc host_settle(const struct ik_host *host, struct ik_error *err)
{
	struct fake *f = of(host);
	enum ik_rc rc;

	pthread_mutex_lock(&f->lock);
	while (f->waiting_count > 0) pthread_cond_wait(&f->changed, &f->lock);
	rc = f->settle_rc;
	if (rc != IK_OK && err != NULL) *err = f->settle_err;
	f->settle_rc = IK_OK;
	pthread_mutex_unlock(&f->lock);
	return rc;
}

static enum ik_rc host_set_aside(const struct ik_host *host, const char *source_id, const void *raw, size_t size, const char *why, struct ik_error *err)
{
	struct fake *f = of(host);
	struct fake_message *m = mem_new(sizeof(*m));
	enum ik_rc rc;

	pthread_mutex_lock(&f->lock);
	*m = (struct fake_message){ .source_id = checked(f, source_id), .raw = mem_copy(raw, size), .raw_size = size, .set_aside = checked(f, why) };
	if (why == NULL || why[0] == '\0') problem(f, "set aside without a reason", "");
	rc = queue_and_wait(f, m, err);
	pthread_mutex_unlock(&f->lock);
	return rc;
}

static void host_refuse(const struct ik_host *host, const char *reason, const char *detail)
{
	struct fake *f = of(host);

	pthread_mutex_lock(&f->lock);
	ADD(f->refusals, f->refusal_count, mem_format("%s: %s", reason, detail != NULL ? detail : ""));
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
}

static enum ik_rc host_knows(const struct ik_host *host, const char *source_id, bool *known_r, struct ik_error *err)
{
	struct fake *f = of(host);

	(void)err;
	pthread_mutex_lock(&f->lock);
	*known_r = known_index(f, source_id) < f->known_count;
	pthread_mutex_unlock(&f->lock);
	return IK_OK;
}

static enum ik_rc host_knows_all(const struct ik_host *host, const char *const *source_ids, size_t count, bool *known_r, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < count; i++) rc = host_knows(host, source_ids[i], &known_r[i], err);
	return rc;
}

static const char *find_cursor(const struct fake *f, const char *name)
{
	for (size_t i = 0; i < f->cursor_count; i++)
		if (strcmp(f->cursors[i].key, name) == 0) return f->cursors[i].value;
	return "";
}

static enum ik_rc host_recent(const struct ik_host *host, const char *client, int64_t *count_r, struct ik_error *err)
{
	(void)client; (void)err;
	*count_r = ((struct fake *)host->core)->recent;
	return IK_OK;
}

void fake_set_recent(struct fake *f, int64_t count)
{
	f->recent = count;
}

static enum ik_rc host_cursor_get(const struct ik_host *host, const char *name, char *value_r, size_t size, struct ik_error *err)
{
	struct fake *f = of(host);

	(void)err;
	pthread_mutex_lock(&f->lock);
	(void)snprintf(value_r, size, "%s", find_cursor(f, name));
	pthread_mutex_unlock(&f->lock);
	return IK_OK;
}

static enum ik_rc host_cursor_put(const struct ik_host *host, const char *name, const char *value, struct ik_error *err)
{
	struct fake *f = of(host);

	(void)err;
	pthread_mutex_lock(&f->lock);
	put_cursor(f, name, value);
	pthread_mutex_unlock(&f->lock);
	return IK_OK;
}

/* ---- HTTP ---- */

static struct row *take_row(struct fake *f, const char *method, const char *url)
{
	for (size_t i = 0; i < f->row_count; i++) {
		struct row *r = &f->rows[i];

		if (r->used || (r->url != NULL && strstr(url, r->url) == NULL) || (r->method != NULL && strcmp(r->method, method) != 0)) continue;
		r->used = !r->http.repeat;
		return r;
	}
	return NULL;
}

static void record_call(struct fake *f, const char *method, const struct ik_http_call *call)
{
	struct fake_call *c = mem_new(sizeof(*c));
	struct buf headers = BUF_INIT(65536);

	for (size_t i = 0; call->headers != NULL && call->headers[i] != NULL; i++) buf_format(&headers, "%s%s", i > 0 ? "\n" : "", call->headers[i]);
	*c = (struct fake_call){ .method = mem_text(method), .url = mem_text(call->url), .bearer = mem_text(call->bearer),
		.content_type = mem_text(call->content_type), .body = mem_copy(call->body, call->body_len), .body_len = call->body_len, .headers = buf_take(&headers) };
	ADD(f->calls, f->call_count, c);
}

static enum ik_rc host_http(const struct ik_host *host, const struct ik_http_call *call, struct ik_http_reply *reply_r, struct ik_error *err)
{
	struct fake *f = of(host);
	const char *method = call->method != NULL ? call->method : "GET";
	struct row *r;
	enum ik_rc rc;

	*reply_r = (struct ik_http_reply){ .retry_after_s = -1 };
	pthread_mutex_lock(&f->lock);
	record_call(f, method, call);
	r = take_row(f, method, call->url);
	if (r == NULL) {
		problem(f, "HTTP call without a row", call->url);
		rc = ik_fail(IK_RETRY, err, "no scripted answer for %s %s", method, call->url);
	} else if (r->http.rc != IK_OK) {
		reply_r->was_sent = r->http.was_sent;
		rc = ik_fail(r->http.rc, err, "scripted: no answer");
	} else {
		*reply_r = (struct ik_http_reply){ .status = r->http.status, .was_sent = true, .retry_after_s = r->http.retry_after_s > 0 ? r->http.retry_after_s : -1,
			.body = mem_text(r->body != NULL ? r->body : ""), .body_len = r->body != NULL ? strlen(r->body) : 0 };
		rc = IK_OK;
	}
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	return rc;
}

static enum ik_rc host_get_json(const struct ik_host *host, const struct ik_get *get, json_t **json_r, struct ik_error *err)
{
	struct ik_http_reply reply;
	struct buf url = BUF_INIT(65536);
	char cursor[1024] = "";
	const char *glue = strchr(get->url, '?') != NULL ? "&" : "?";
	enum ik_rc rc;

	buf_text(&url, get->url);
	if (get->cursor_param != NULL) (void)host_cursor_get(host, get->cursor_param, cursor, sizeof(cursor), err);
	if (cursor[0] != '\0') { buf_format(&url, "%s%s=%s", glue, get->cursor_param, cursor); glue = "&"; }
	if (get->limit > 0) buf_format(&url, "%s%s=%lld", glue, get->limit_param != NULL ? get->limit_param : "limit", (long long)get->limit);
	const struct ik_http_call call = { .url = buf_str(&url), .bearer = get->bearer, .timeout_ms = get->timeout_ms };

	rc = host_http(host, &call, &reply, err);
	if (rc == IK_OK && reply.status != 200) rc = ik_fail(IK_RETRY, err, "status %d", reply.status);
	if (rc == IK_OK) rc = json_parse(reply.body, reply.body_len, json_r, err);
	free(reply.body);
	buf_release(&url);
	return rc;
}

/* The first token of any account, and another one where that was refused; none where the test says so. */
static enum ik_rc host_access_token(const struct ik_host *host, const struct ik_oauth2 *client, const char *refused, char **token_r, struct ik_error *err)
{
	(void)client;
	if (of(host)->has_no_token) return ik_fail(IK_RETRY, err, "scripted: no token");
	*token_r = mem_text(refused == NULL ? "token-1" : "token-2");
	return IK_OK;
}

static const struct ik_host host_table = {
	.size = sizeof(struct ik_host), .instance = "test", .alloc = host_alloc, .free = host_free, .log = host_log, .now = host_now,
	.stopping = host_stopping, .stop_fd = host_stop_fd, .sleep_ms = host_sleep_ms, .accept = host_accept, .offer = host_offer,
	.settle = host_settle, .set_aside = host_set_aside, .refuse = host_refuse, .knows = host_knows, .knows_all = host_knows_all, .cursor_get = host_cursor_get, .recent = host_recent,
	.cursor_put = host_cursor_put, .http = host_http, .get_json = host_get_json, .access_token = host_access_token,
};

/* ---- options ---- */

static char *keep_text(struct fake *f, const char *text)
{
	char *copy = mem_text(text);

	ADD(f->garbage, f->garbage_count, (void *)copy);
	return copy;
}

/* The arrays of lists and maps grow; they are rebuilt whole each time, so that the old one may simply wait for the end. */
static void add_item(struct fake *f, struct ik_list *list, const char *value)
{
	char **items = mem_new(sizeof(*items) * (list->count + 1));

	if (list->count > 0) memcpy(items, list->item, sizeof(*items) * list->count);
	items[list->count] = keep_text(f, value);
	*list = (struct ik_list){ items, list->count + 1 };
	ADD(f->garbage, f->garbage_count, (void *)items);
}

static void add_default_items(struct fake *f, struct ik_list *list, const char *def)
{
	char *copy = keep_text(f, def[0] == '[' ? def + 1 : def), *save = NULL;

	if (def[0] != '[') { add_item(f, list, def); return; }
	for (char *item = strtok_r(copy, ",]", &save); item != NULL; item = strtok_r(NULL, ",]", &save)) {
		item += strspn(item, " \"");
		item[strcspn(item, "\"")] = '\0';
		if (*item != '\0') add_item(f, list, item);
	}
}

static void add_pair(struct fake *f, struct ik_map *map, const char *key, const char *value)
{
	struct ik_pair *pairs = mem_new(sizeof(*pairs) * (map->count + 1));

	if (map->count > 0) memcpy(pairs, map->pair, sizeof(*pairs) * map->count);
	pairs[map->count] = (struct ik_pair){ keep_text(f, key), keep_text(f, value) };
	*map = (struct ik_map){ pairs, map->count + 1 };
	ADD(f->garbage, f->garbage_count, (void *)pairs);
}

static bool parse_number(const struct ik_option *o, const char *value, int64_t *number_r)
{
	static const struct { char unit; int64_t seconds, bytes; } units[] = {
		{ 's', 1, 0 }, { 'm', 60, 0 }, { 'h', 3600, 0 }, { 'd', 86400, 0 }, { 'K', 0, 1024 }, { 'M', 0, 1 << 20 }, { 'G', 0, 1 << 30 } };
	char *end;
	int64_t n = strtoll(value, &end, 10);

	if (end == value) return false;
	for (size_t i = 0; *end != '\0' && i < COUNT_OF(units); i++) {
		const int64_t by = o->kind == IK_KIND_DURATION ? units[i].seconds : o->kind == IK_KIND_SIZE ? units[i].bytes : 0;

		if (*end == units[i].unit && end[1] == '\0' && by > 0) { n *= by; end++; break; }
	}
	if (*end != '\0' || ((o->min != 0 || o->max != 0) && (n < o->min || n > o->max))) return false;
	*number_r = n;
	return true;
}

static bool set_enum(const struct ik_option *o, int *field, const char *value)
{
	for (int i = 0; o->choices[i] != NULL; i++)
		if (strcmp(o->choices[i], value) == 0) { *field = i; return true; }
	return false;
}

static bool set_value(struct fake *f, const struct ik_option *o, char *base, const char *rest, const char *value)
{
	void *field = base + o->offset;

	switch (o->kind) {
	case IK_KIND_COUNT: case IK_KIND_DURATION: case IK_KIND_SIZE: return parse_number(o, value, field);
	case IK_KIND_BOOL: *(bool *)field = strcmp(value, "yes") == 0; return true;
	case IK_KIND_ENUM: return set_enum(o, field, value);
	case IK_KIND_LIST: add_item(f, field, value); return true;
	case IK_KIND_MAP: add_pair(f, field, rest, value); return true;
	case IK_KIND_STRING: case IK_KIND_URL: case IK_KIND_PATH: case IK_KIND_ADDRESS: case IK_KIND_SECRET: case IK_KIND_SECRET_PATH:
		*(char **)field = keep_text(f, value);
		return true;
	case IK_KIND_END: case IK_KIND_SECTION: default: return false;
	}
}

static void set_default(struct fake *f, const struct ik_option *o, char *base)
{
	if (o->def == NULL) return;
	if (o->kind == IK_KIND_LIST) add_default_items(f, (struct ik_list *)(void *)(base + o->offset), o->def);
	else if (!set_value(f, o, base, "", o->def)) problem(f, "bad default", o->name);
}

static bool has_setting(const struct fake *f, const char *prefix, const char *name)
{
	const size_t len = strlen(prefix), name_len = strlen(name);

	for (size_t i = 0; i < f->setting_count; i++) {
		const char *key = f->settings[i].key;

		if (strncmp(key, prefix, len) == 0 && strncmp(key + len, name, name_len) == 0 && (key[len + name_len] == '\0' || key[len + name_len] == '.')) return true;
	}
	return false;
}

/* Fills one table's struct: the settings that are there, else the defaults. prefix is "" or "section.". */
static bool fill_options(struct fake *f, const struct ik_option *options, char *base, const char *prefix)
{
	for (const struct ik_option *o = options; o != NULL && o->name != NULL; o++) {
		const size_t len = strlen(prefix), name_len = strlen(o->name);

		if (o->kind == IK_KIND_SECTION) {
			char *deeper = mem_format("%s%s.", prefix, o->name);
			const bool ok = fill_options(f, o->section, base + o->offset, deeper);

			free(deeper);
			if (!ok) return false;
			continue;
		}
		if (!has_setting(f, prefix, o->name)) {
			if ((o->flags & IK_REQUIRED) != 0) { (void)ik_fail(IK_CONFIG, &f->err, "%s%s is missing", prefix, o->name); return false; }
			set_default(f, o, base);
			continue;
		}
		for (size_t i = 0; i < f->setting_count; i++) {
			const char *key = f->settings[i].key;

			if (strncmp(key, prefix, len) != 0 || strncmp(key + len, o->name, name_len) != 0) continue;
			key += len + name_len;
			if (*key != '\0' && (*key != '.' || o->kind != IK_KIND_MAP)) continue;
			if (set_value(f, o, base, *key == '.' ? key + 1 : key, f->settings[i].value)) continue;
			(void)ik_fail(IK_CONFIG, &f->err, "%s%s: bad value %s", prefix, o->name, f->settings[i].value);
			return false;
		}
	}
	return true;
}

/* ---- the life of a fake ---- */

static void load(struct fake *f, const char *plugin)
{
	const char *build = getenv("TEST_BUILD");
	char *path = mem_format("%s/channels/%s.so", build != NULL ? build : "build", plugin), *real = realpath(path, NULL);

	f->object = dlopen(real != NULL ? real : path, RTLD_NOW | RTLD_LOCAL);
	if (f->object != NULL) f->channel = dlsym(f->object, "intaked_channel");
	if (f->channel == NULL) {
		(void)fprintf(stderr, "cannot load %s: %s\n", path, dlerror());
		abort();
	}
	if (f->channel->abi != IK_CHANNEL_ABI || f->channel->size != sizeof(struct ik_channel) || strcmp(f->channel->name, plugin) != 0)
		problem(f, "descriptor is wrong", plugin);
	free(real);
	free(path);
}

struct fake *fake_new(const char *plugin)
{
	struct fake *f = mem_new(sizeof(*f));

	f->host = host_table;
	f->host.core = f;
	f->stop_fd = eventfd(0, EFD_CLOEXEC);
	f->owner = pthread_self();
	if (pthread_key_create(&f->guest, guest_leaves) != 0) abort();
	f->now_at = 1795365000;
	f->last = &f->first;
	buf_init(&f->log, LOG_MAX);
	(void)pthread_mutex_init(&f->lock, NULL);
	(void)pthread_cond_init(&f->changed, NULL);
	load(f, plugin);
	if (f->stop_fd < 0 || pthread_create(&f->committer, NULL, committer_main, f) != 0) abort();
	return f;
}

static void free_pairs(struct setting *s, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(s[i].key);
		free(s[i].value);
	}
	free(s);
}

static void free_texts(char **texts, size_t count)
{
	for (size_t i = 0; i < count; i++) free(texts[i]);
	free(texts);
}

static void free_http(struct fake *f)
{
	for (size_t i = 0; i < f->row_count; i++) {
		free(f->rows[i].method);
		free(f->rows[i].url);
		free(f->rows[i].body);
	}
	for (size_t i = 0; i < f->call_count; i++) {
		char *const texts[] = { f->calls[i]->method, f->calls[i]->url, f->calls[i]->bearer, f->calls[i]->content_type, f->calls[i]->body, f->calls[i]->headers };

		for (size_t t = 0; t < COUNT_OF(texts); t++) free(texts[t]);
		free(f->calls[i]);
	}
	free(f->rows);
	free(f->calls);
}

void fake_free(struct fake **fp)
{
	struct fake *f = *fp;

	if (f == NULL) return;
	fake_hold(f, false);
	if (f->is_started) (void)fake_stop(f);
	if (f->is_open && f->channel->close != NULL) f->channel->close(f->state);
	pthread_mutex_lock(&f->lock);
	f->is_ending = true;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	(void)pthread_join(f->committer, NULL);
	(void)pthread_key_delete(f->guest);
	for (size_t i = 0; i < f->message_count; i++) free_message(f->messages[i]);
	for (size_t i = 0; i < f->script_count; i++) free(f->scripts[i].text);
	for (size_t i = 0; i < f->garbage_count; i++) free(f->garbage[i]);
	free_pairs(f->settings, f->setting_count);
	free_pairs(f->cursors, f->cursor_count);
	free_texts(f->known, f->known_count);
	free_texts(f->refusals, f->refusal_count);
	free_http(f);
	free(f->messages);
	free(f->scripts);
	free(f->garbage);
	free(f->conf);
	buf_release(&f->log);
	fd_close(&f->stop_fd);
	(void)pthread_cond_destroy(&f->changed);
	(void)pthread_mutex_destroy(&f->lock);
	/* The object stays loaded: sanitizers want its symbols when they report at exit. */
	free(f);
	*fp = NULL;
}

const struct ik_channel *fake_channel(struct fake *f) { return f->channel; }
const struct ik_host *fake_table(struct fake *f) { return &f->host; }
void *fake_state(struct fake *f) { return f->state; }
const char *fake_error(struct fake *f) { return f->err.text; }

void fake_set(struct fake *f, const char *key, const char *value)
{
	ADD(f->settings, f->setting_count, (struct setting){ mem_text(key), mem_text(value) });
}

enum ik_rc fake_open(struct fake *f)
{
	enum ik_rc rc;

	f->err.text[0] = '\0';
	free(f->conf);
	f->conf = mem_new(f->channel->conf_size);
	if (!fill_options(f, f->channel->options, f->conf, "")) return IK_CONFIG;
	rc = f->channel->open(&f->host, f->conf, &f->state, &f->err);
	f->is_open = rc == IK_OK;
	return rc;
}

enum ik_rc fake_poll(struct fake *f)
{
	f->err.text[0] = '\0';
	return f->channel->poll(f->state, &f->err);
}

enum ik_rc fake_test(struct fake *f)
{
	f->err.text[0] = '\0';
	return f->channel->test(f->state, &f->err);
}

static void *runner_main(void *arg)
{
	struct fake *f = arg;
	const enum ik_rc rc = f->channel->run(f->state, &f->err);

	pthread_mutex_lock(&f->lock);
	f->run_rc = rc;
	f->has_run = true;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

void fake_start(struct fake *f)
{
	f->err.text[0] = '\0';
	f->has_run = false;
	f->is_started = true;
	if (pthread_create(&f->runner, NULL, runner_main, f) != 0) abort();
}

void fake_ask_stop(struct fake *f)
{
	const uint64_t one = 1;

	pthread_mutex_lock(&f->lock);
	f->has_stopped = true;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	if (write(f->stop_fd, &one, sizeof(one)) != (ssize_t)sizeof(one)) abort();
}

enum ik_rc fake_stop(struct fake *f)
{
	uint64_t count;

	fake_ask_stop(f);
	(void)pthread_join(f->runner, NULL);
	if (f->guests > 0) problem(f, "run() returned before its threads", "");
	f->is_started = false;
	f->has_stopped = false;                 /* so that it can be started again */
	if (read(f->stop_fd, &count, sizeof(count)) != (ssize_t)sizeof(count)) abort();
	return f->run_rc;
}

bool fake_is_running(struct fake *f)
{
	bool running;

	pthread_mutex_lock(&f->lock);
	running = f->is_started && !f->has_run;
	pthread_mutex_unlock(&f->lock);
	return running;
}

/* ---- requests ---- */

struct asked { const struct fake_request *request; void **memory; size_t count; struct ik_receipt *receipts; enum ik_rc rc; size_t answered; pthread_mutex_t lock; };

static const char *find_pair(const struct fake_pair *p, const char *name, bool fold)
{
	for (; p != NULL && p->name != NULL; p++)
		if ((fold ? strcasecmp(p->name, name) : strcmp(p->name, name)) == 0) return p->value;
	return NULL;
}

static const char *request_header(const struct ik_request *r, const char *name)
{
	return find_pair(((const struct asked *)r->core)->request->headers, name, true);
}

static const char *request_query(const struct ik_request *r, const char *name)
{
	return find_pair(((const struct asked *)r->core)->request->query, name, false);
}

static void *answer_alloc(struct ik_answer *answer, size_t size)
{
	struct asked *a = answer->core;
	void *memory = mem_new(size);

	ADD(a->memory, a->count, memory);
	return memory;
}

static void copy_receipt(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err)
{
	struct asked *a = arg;

	(void)err;
	pthread_mutex_lock(&a->lock);
	if (rc == IK_OK) {
		struct ik_receipt *r = &a->receipts[a->answered];

		*r = *receipt;
		r->number = mem_text(receipt->number);
		r->code = mem_text(receipt->code);
		ADD(a->memory, a->count, (void *)(uintptr_t)r->number);
		ADD(a->memory, a->count, (void *)(uintptr_t)r->code);
	} else if (a->rc == IK_OK || a->rc == IK_REJECT) {
		a->rc = rc;
	}
	a->answered++;
	pthread_mutex_unlock(&a->lock);
}

/* The core's own answer after the commit, for channels without answered(). */
static void default_answer(struct asked *a, struct ik_answer *answer)
{
	char *body;

	if (a->rc == IK_OK) body = mem_format("{\"number\":\"%s\",\"code\":\"%s\"}", a->receipts[0].number, a->receipts[0].code);
	else body = mem_text("{}");
	ADD(a->memory, a->count, (void *)body);
	answer->status = a->rc == IK_OK || a->rc == IK_REJECT ? 202 : 503;
	answer->body = body;
	answer->body_len = strlen(body);
	if (a->rc == IK_RETRY) answer->retry_after_s = 30;
}

static void store_answer(struct fake *f, struct asked *a, const struct ik_request *request, struct ik_answer *answer)
{
	struct ik_error err = { "" };

	a->receipts = mem_new(sizeof(*a->receipts) * answer->message_count);
	for (size_t i = 0; i < answer->message_count; i++) (void)host_offer(&f->host, &answer->messages[i], copy_receipt, a, &err);
	(void)host_settle(&f->host, &err);
	if (f->channel->answered != NULL) f->channel->answered(f->state, request, a->rc, a->rc == IK_OK ? a->receipts : NULL, answer->message_count, answer);
	if (f->channel->answered == NULL || answer->status == 0) default_answer(a, answer);
}

enum ik_rc fake_request(struct fake *f, const struct fake_request *given, struct fake_response *response_r)
{
	struct asked a = { .request = given, .lock = PTHREAD_MUTEX_INITIALIZER };
	const struct ik_request request = { .method = given->method != NULL ? given->method : "POST", .rest = given->rest != NULL ? given->rest : "",
		.peer = given->peer != NULL ? given->peer : "192.0.2.1", .body = given->fields == NULL ? given->body : NULL,
		.body_len = given->body_len > 0 || given->body == NULL ? given->body_len : strlen(given->body), .fields = given->fields,
		.field_count = given->field_count, .header = request_header, .query = request_query, .core = &a };
	struct ik_answer answer = { .alloc = answer_alloc, .core = &a };

	f->err.text[0] = '\0';
	*response_r = (struct fake_response){ .rc = f->channel->request(f->state, &request, &answer, &f->err) };
	if (response_r->rc == IK_OK && answer.message_count > 0) store_answer(f, &a, &request, &answer);
	response_r->status = answer.status;
	response_r->retry_after_s = answer.retry_after_s;
	(void)snprintf(response_r->content_type, sizeof(response_r->content_type), "%s", answer.content_type != NULL ? answer.content_type : "application/json");
	(void)snprintf(response_r->location, sizeof(response_r->location), "%s", answer.location != NULL ? answer.location : "");
	for (const char *const *h = answer.headers; h != NULL && *h != NULL; h++) {
		const size_t len = strlen(response_r->headers);

		(void)snprintf(response_r->headers + len, sizeof(response_r->headers) - len, "%s\n", *h);
	}
	response_r->body = mem_copy(answer.body, answer.body != NULL ? answer.body_len : 0);
	response_r->body_len = answer.body != NULL ? answer.body_len : 0;
	json_decref(answer.keep);
	for (size_t i = 0; i < a.count; i++) free(a.memory[i]);
	free(a.memory);
	free(a.receipts);
	return response_r->rc;
}

/* ---- what tests say and ask ---- */

void fake_no_token(struct fake *f)
{
	f->has_no_token = true;
}

void fake_strict(struct fake *f)
{
	f->is_strict = true;
}

void fake_answer(struct fake *f, enum ik_rc rc, const char *text)
{
	pthread_mutex_lock(&f->lock);
	ADD(f->scripts, f->script_count, (struct script){ rc, mem_text(text) });
	pthread_mutex_unlock(&f->lock);
}

void fake_hold(struct fake *f, bool hold)
{
	pthread_mutex_lock(&f->lock);
	f->hold = hold;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
}

void fake_http(struct fake *f, const struct fake_http *http)
{
	pthread_mutex_lock(&f->lock);
	ADD(f->rows, f->row_count, (struct row){ .http = *http, .method = mem_text(http->method), .url = mem_text(http->url), .body = mem_text(http->body) });
	pthread_mutex_unlock(&f->lock);
}

void fake_set_cursor(struct fake *f, const char *name, const char *value)
{
	(void)host_cursor_put(&f->host, name, value, NULL);
}

const char *fake_cursor(struct fake *f, const char *name)
{
	const char *value;

	pthread_mutex_lock(&f->lock);
	value = find_cursor(f, name);
	pthread_mutex_unlock(&f->lock);
	return value;
}

void fake_set_known(struct fake *f, const char *source_id)
{
	pthread_mutex_lock(&f->lock);
	ADD(f->known, f->known_count, mem_text(source_id));
	pthread_mutex_unlock(&f->lock);
}

void fake_set_now(struct fake *f, int64_t now_at)
{
	pthread_mutex_lock(&f->lock);
	f->now_at = now_at;
	pthread_mutex_unlock(&f->lock);
}

static size_t locked_size(struct fake *f, const size_t *value)
{
	size_t copy;

	pthread_mutex_lock(&f->lock);
	copy = *value;
	pthread_mutex_unlock(&f->lock);
	return copy;
}

size_t fake_count(struct fake *f) { return locked_size(f, &f->message_count); }
size_t fake_waiting(struct fake *f) { return locked_size(f, &f->waiting_count); }
size_t fake_call_count(struct fake *f) { return locked_size(f, &f->call_count); }
size_t fake_refused(struct fake *f) { return locked_size(f, &f->refusal_count); }
size_t fake_problems(struct fake *f) { return locked_size(f, &f->problem_count); }
const char *fake_problem(struct fake *f) { return f->problem; }

static bool wait_for(struct fake *f, const size_t *value, size_t n)
{
	struct timespec until;
	bool enough;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += PATIENCE_MS / 1000;
	pthread_mutex_lock(&f->lock);
	while (*value < n && pthread_cond_timedwait(&f->changed, &f->lock, &until) == 0) ;
	enough = *value >= n;
	pthread_mutex_unlock(&f->lock);
	return enough;
}

bool fake_wait(struct fake *f, size_t n) { return wait_for(f, &f->message_count, n); }
bool fake_wait_waiting(struct fake *f, size_t n) { return wait_for(f, &f->waiting_count, n); }

static void *at(struct fake *f, void *array, const size_t *count, size_t i)
{
	void *item, **items;

	pthread_mutex_lock(&f->lock);
	if (i >= *count) {
		(void)fprintf(stderr, "fake host: item %zu asked for, there are %zu\n", i, *count);
		abort();
	}
	memcpy(&items, array, sizeof(items));   /* whatever they point to */
	item = items[i];
	pthread_mutex_unlock(&f->lock);
	return item;
}

const struct fake_message *fake_message(struct fake *f, size_t i) { return at(f, &f->messages, &f->message_count, i); }
const struct fake_call *fake_call(struct fake *f, size_t i) { return at(f, &f->calls, &f->call_count, i); }
const char *fake_refusal(struct fake *f, size_t i) { return at(f, &f->refusals, &f->refusal_count, i); }

bool fake_logged(struct fake *f, const char *part)
{
	bool found;

	pthread_mutex_lock(&f->lock);
	found = strstr(buf_str(&f->log), part) != NULL;
	pthread_mutex_unlock(&f->lock);
	return found;
}

size_t fake_log_lines(struct fake *f)
{
	size_t lines = 0;

	pthread_mutex_lock(&f->lock);
	for (const char *at = buf_str(&f->log); (at = strchr(at, '\n')) != NULL; at++) lines++;
	pthread_mutex_unlock(&f->lock);
	return lines;
}

int64_t fake_slept_ms(struct fake *f)
{
	int64_t ms;

	pthread_mutex_lock(&f->lock);
	ms = f->slept_ms;
	pthread_mutex_unlock(&f->lock);
	return ms;
}
