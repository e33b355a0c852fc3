#include "daemon/host.h"

#include <poll.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "daemon/turns.h"
#include "net/http_client.h"
#include "net/oauth2.h"
#include "net/url.h"

static struct host_core *core_of(const struct ik_host *host)
{
	return host->core;
}

static void *host_alloc(size_t size)
{
	return mem_new(size);
}

static void host_free(void *memory)
{
	free(memory);
}

__attribute__((format(printf, 3, 4)))
static void host_log(const struct ik_host *host, enum ik_level level, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_vline(level, host->instance, fmt, ap);
	va_end(ap);
}

static int64_t host_now(const struct ik_host *host)
{
	(void)host;
	return clock_wall();
}

static bool host_stopping(const struct ik_host *host)
{
	return atomic_load(&core_of(host)->is_stopping);
}

static int host_stop_fd(const struct ik_host *host)
{
	return core_of(host)->stop_fd;
}

static bool host_sleep_ms(const struct ik_host *host, int64_t ms)
{
	struct pollfd stop = { .fd = core_of(host)->stop_fd, .events = POLLIN };
	const int64_t until_ms = clock_mono_ms() + ms;

	while (!host_stopping(host)) {
		const int64_t left_ms = until_ms - clock_mono_ms();

		if (left_ms <= 0) return true;
		if (poll(&stop, 1, left_ms > 60000 ? 60000 : (int)left_ms) > 0) return !host_stopping(host);    /* woken */
	}
	return false;
}

/* ---- intake ----------------------------------------------------------------------------------------------------------- */

/* A semaphore, since whoever waits on a condition must take and give the lock once more. */
struct waiter { sem_t done; enum ik_rc rc; struct ik_error err; };

static void accept_done(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err)
{
	struct waiter *w = arg;

	(void)receipt;
	w->rc = rc;
	if (err != NULL) w->err = *err;
	(void)sem_post(&w->done);
}

static enum ik_rc host_accept(const struct ik_host *host, const struct ik_message *m, struct ik_error *err)
{
	struct waiter w = { .rc = IK_RETRY };
	enum ik_rc rc;

	(void)sem_init(&w.done, 0, 0);
	rc = pipeline_offer(core_of(host)->lane, m, false, true, accept_done, &w, err);
	if (rc != IK_OK) return rc;
	while (sem_wait(&w.done) != 0) continue;
	if (err != NULL) *err = w.err;
	return w.rc;
}

static enum ik_rc host_offer(const struct ik_host *host, const struct ik_message *m, ik_done_fn done, void *arg, struct ik_error *err)
{
	return pipeline_offer(core_of(host)->lane, m, true, true, done, arg, err);
}

static enum ik_rc host_settle(const struct ik_host *host, struct ik_error *err)
{
	return pipeline_settle(core_of(host)->lane, err);
}

static enum ik_rc host_set_aside(const struct ik_host *host, const char *source_id, const void *raw, size_t size, const char *why, struct ik_error *err)
{
	return pipeline_set_aside(core_of(host)->lane, source_id, raw, size, why, err);
}

static void host_refuse(const struct ik_host *host, const char *reason, const char *detail)
{
	pipeline_refuse(core_of(host)->lane, reason, detail);
}

/* ---- store -------------------------------------------------------------------------------------------------------------- */

/* The instance's reader, opened at first use; the lock is held until release_reader(). */
static enum ik_rc take_reader(struct host_core *core, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	pthread_mutex_lock(&core->lock);
	if (core->reader == NULL) rc = store_reader_open(core->store, &core->reader, err);
	if (rc != IK_OK) pthread_mutex_unlock(&core->lock);
	return rc;
}

static void give_reader(struct host_core *core)
{
	pthread_mutex_unlock(&core->lock);
}

static enum ik_rc host_knows(const struct ik_host *host, const char *source_id, bool *known_r, struct ik_error *err)
{
	struct host_core *core = core_of(host);
	char key[PIPELINE_KEY_SIZE];
	enum ik_rc rc = take_reader(core, err);

	if (rc != IK_OK) return rc;
	pipeline_key(source_id, key);
	rc = read_known(core->reader, host->instance, key, clock_wall(), known_r, err);
	give_reader(core);
	return rc;
}

static enum ik_rc host_knows_all(const struct ik_host *host, const char *const *source_ids, size_t count, bool *known_r, struct ik_error *err)
{
	struct host_core *core = core_of(host);
	char (*keys)[PIPELINE_KEY_SIZE] = mem_grow(NULL, count + 1, sizeof(*keys));
	const char **list = mem_new((count + 1) * sizeof(*list));
	enum ik_rc rc = take_reader(core, err);

	if (rc == IK_OK) {
		for (size_t i = 0; i < count; i++) {
			pipeline_key(source_ids[i], keys[i]);
			list[i] = keys[i];
		}
		rc = read_known_all(core->reader, host->instance, list, count, clock_wall(), known_r, err);
		give_reader(core);
	}
	free(list);
	free(keys);
	return rc;
}

static enum ik_rc host_cursor_get(const struct ik_host *host, const char *name, char *value_r, size_t size, struct ik_error *err)
{
	struct host_core *core = core_of(host);
	enum ik_rc rc = take_reader(core, err);

	if (rc != IK_OK) return rc;
	rc = read_cursor(core->reader, host->instance, name, value_r, size, err);
	give_reader(core);
	return rc;
}

static enum ik_rc host_recent(const struct ik_host *host, const char *client, int64_t *count_r, struct ik_error *err)
{
	struct host_core *core = core_of(host);
	char key[PIPELINE_CLIENT_KEY_SIZE];
	enum ik_rc rc;

	*count_r = 0;
	pipeline_client_key(core->store, host->instance, client, key);
	if (key[0] == '\0') return IK_OK;
	rc = take_reader(core, err);
	if (rc != IK_OK) return rc;
	rc = read_budget(core->reader, key, IK_CLIENT_WINDOW_S, clock_wall(), count_r, err);
	give_reader(core);
	return rc;
}

struct cursor_put { const char *channel, *name, *value; };

static enum ik_rc run_cursor_put(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct cursor_put *put = arg;

	return store_put_cursor(tx, put->channel, put->name, put->value, err);
}

static enum ik_rc host_cursor_put(const struct ik_host *host, const char *name, const char *value, struct ik_error *err)
{
	struct cursor_put put = { .channel = host->instance, .name = name, .value = value };

	return store_call(core_of(host)->store, run_cursor_put, &put, err);
}

static enum ik_rc host_original(const struct ik_host *host, int64_t message_id, size_t max, void **raw_r, size_t *size_r, struct ik_error *err)
{
	struct host_core *core = core_of(host);
	enum ik_rc rc = take_reader(core, err);

	if (rc != IK_OK) return rc;
	rc = read_original(core->reader, message_id, max, raw_r, size_r, err);
	give_reader(core);
	return rc;
}

/* ---- net ------------------------------------------------------------------------------------------------------------------ */

static bool is_stopping(void *arg)
{
	const struct host_core *core = arg;

	return atomic_load(&core->is_stopping);
}

static struct http_client *take_client(struct host_core *core)
{
	struct http_client *client = NULL;

	pthread_mutex_lock(&core->lock);
	for (size_t i = 0; client == NULL && i < HOST_CLIENTS_MAX; i++) {
		client = core->clients[i];
		core->clients[i] = NULL;
	}
	pthread_mutex_unlock(&core->lock);
	return client != NULL ? client : http_client_new(is_stopping, core, NULL);
}

static void give_client(struct host_core *core, struct http_client *client)
{
	pthread_mutex_lock(&core->lock);
	for (size_t i = 0; client != NULL && i < HOST_CLIENTS_MAX; i++) {
		if (core->clients[i] != NULL) continue;
		core->clients[i] = client;
		client = NULL;
	}
	pthread_mutex_unlock(&core->lock);
	http_client_free(&client);
}

static enum ik_rc host_http(const struct ik_host *host, const struct ik_http_call *call, struct ik_http_reply *reply_r, struct ik_error *err)
{
	struct host_core *core = core_of(host);
	struct http_client *client = take_client(core);
	const enum ik_rc rc = http_client_call(client, call, reply_r, err);

	give_client(core, client);
	return rc;
}

/* takes url */
static char *add_query(char *url, const char *name, const char *value)
{
	char *longer = url_with_query(url, name, value);

	free(url);
	return longer;
}

/* The URL of one page: the operator's, with the cursor of the last one and the limit. */
static enum ik_rc page_url(const struct ik_host *host, const struct ik_get *get, char **url_r, struct ik_error *err)
{
	char cursor[512] = "", limit[24], *url;
	enum ik_rc rc = IK_OK;

	if (get->cursor_param != NULL) rc = host_cursor_get(host, get->cursor_param, cursor, sizeof(cursor), err);
	if (rc != IK_OK) return rc;
	url = mem_text(get->url);
	if (cursor[0] != '\0') url = add_query(url, get->cursor_param, cursor);
	if (get->limit > 0) {
		(void)snprintf(limit, sizeof(limit), "%lld", (long long)get->limit);
		url = add_query(url, get->limit_param != NULL ? get->limit_param : "limit", limit);
	}
	*url_r = url;
	return IK_OK;
}

static enum ik_rc host_get_json(const struct ik_host *host, const struct ik_get *get, json_t **json_r, struct ik_error *err)
{
	struct ik_http_reply reply = { 0 };
	char *url = NULL;
	enum ik_rc rc = page_url(host, get, &url, err);

	if (rc == IK_OK) rc = host_http(host, &(struct ik_http_call){ .url = url, .bearer = get->bearer, .timeout_ms = get->timeout_ms }, &reply, err);
	if (rc == IK_OK && reply.status != 200)
		rc = ik_fail(reply.status == 401 || reply.status == 403 ? IK_CONFIG : IK_RETRY, err, "the server answered %d", reply.status);
	if (rc == IK_OK) rc = json_parse(reply.body, reply.body_len, json_r, err);
	free(reply.body);
	free(url);
	return rc;
}

static enum ik_rc host_access_token(const struct ik_host *host, const struct ik_oauth2 *client, const char *refused, char **token_r, struct ik_error *err)
{
	return oauth2_token(core_of(host)->oauth2, client, refused, token_r, err);
}

static bool is_to_stop(const void *core)
{
	return atomic_load(&((const struct host_core *)core)->is_stopping);
}

static enum ik_rc host_login_begin(const struct ik_host *host, const char *server, int64_t wait_ms, struct ik_error *err)
{
	struct host_core *core = core_of(host);
	int64_t running = 0;

	if (core->logins == NULL || turns_take(core->logins, server, wait_ms, is_to_stop, core, &running)) return IK_OK;
	return ik_fail(IK_RETRY, err, "login: waited for a turn at %s: %lld other mailboxes are logging in there and none is through (core.logins_per_server)", server, (long long)running);
}

static void host_login_end(const struct ik_host *host, const char *server)
{
	struct host_core *core = core_of(host);

	if (core->logins != NULL) turns_give(core->logins, server);
}

static enum ik_rc host_mail(const struct ik_host *host, const char *from, const char *to, const void *message, size_t size, const char *key,
                            bool *uncertain_r, struct ik_error *err)
{
	struct host_core *core = core_of(host);

	if (core->outbox == NULL) return ik_fail(IK_RETRY, err, "the outbox is not running yet");
	return outbox_send_mail(core->outbox, from, to, message, size, key, uncertain_r, err);
}

/* ---- life ----------------------------------------------------------------------------------------------------------------- */

enum ik_rc host_init(struct host_core *core, const char *instance, struct store *store, struct pipeline_lane *lane, struct ik_error *err)
{
	core->table = (struct ik_host){
		.size = sizeof(struct ik_host), .instance = instance, .core = core, .alloc = host_alloc, .free = host_free, .log = host_log,
		.now = host_now, .stopping = host_stopping, .stop_fd = host_stop_fd, .sleep_ms = host_sleep_ms, .accept = host_accept,
		.offer = host_offer, .settle = host_settle, .set_aside = host_set_aside, .refuse = host_refuse, .knows = host_knows,
		.cursor_get = host_cursor_get, .cursor_put = host_cursor_put, .http = host_http, .get_json = host_get_json, .mail = host_mail,
		.original = host_original, .access_token = host_access_token, .recent = host_recent,
		.login_begin = host_login_begin, .login_end = host_login_end, .knows_all = host_knows_all,
	};
	core->store = store;
	core->lane = lane;
	(void)pthread_mutex_init(&core->lock, NULL);
	core->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return core->stop_fd < 0 ? ik_fail_errno(err, "make a stop signal for %s", instance) : IK_OK;
}

void host_stop(struct host_core *core)
{
	atomic_store(&core->is_stopping, true);
	host_wake(core);
}

void host_wake(struct host_core *core)
{
	const uint64_t one = 1;

	if (core->stop_fd >= 0 && write(core->stop_fd, &one, sizeof(one)) < 0) log_line(IK_LOG_WARNING, core->table.instance, "stop signal: %m");
}

void host_awake(struct host_core *core)
{
	uint64_t count;

	if (core->stop_fd >= 0 && read(core->stop_fd, &count, sizeof(count)) < 0 && errno != EAGAIN) log_line(IK_LOG_WARNING, core->table.instance, "stop signal: %m");
	if (atomic_load(&core->is_stopping)) host_wake(core);   /* it came in between */
}

void host_rest(struct host_core *core)
{
	pthread_mutex_lock(&core->lock);
	store_reader_close(&core->reader);
	pthread_mutex_unlock(&core->lock);
}

void host_release(struct host_core *core)
{
	for (size_t i = 0; i < HOST_CLIENTS_MAX; i++) http_client_free(&core->clients[i]);
	oauth2_free(&core->oauth2);
	store_reader_close(&core->reader);
	fd_close(&core->stop_fd);
	(void)pthread_mutex_destroy(&core->lock);
}
