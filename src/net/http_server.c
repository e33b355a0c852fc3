/* http_server.c - listeners and their life; the way of a request is in http_exchange.c. */
#include "net/http_server.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "net/http_exchange.h"

#define MEMORY_PER_CONNECTION 20480     /* bytes: bounds the head of a request */
#define KEPT_WAIT_MS 10000
#define ACCEPTED_MS 20                  /* a connection accepted just before the listener was closed is in the table by then */

/* The library's own strictness: renamed in 1.0, where it also covers what http_layout.c looks for in 0.9.75. */
#if MHD_VERSION >= 0x01000000
#define STRICTNESS MHD_OPTION_CLIENT_DISCIPLINE_LVL
#else
#define STRICTNESS MHD_OPTION_STRICT_FOR_CLIENT
#endif

struct http_listener { struct MHD_Daemon *daemon; int fd; const char *where; };        /* where: NULL for a given socket */

/* ---- the library's callbacks ---------------------------------------------------------------------------------------------- */

static struct http_exchange *exchange_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info != NULL ? info->socket_context : NULL;
}

static enum MHD_Result on_accept(void *arg, const struct sockaddr *from, socklen_t len)
{
	struct http_server *server = arg;

	(void)len;
	if (http_conns_admit(server->conns, from)) return MHD_YES;
	atomic_fetch_add(&server->refused, 1);
	return MHD_NO;
}

static void on_connection(void *arg, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode what)
{
	struct http_exchange *x = *context;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = exchange_new(arg, connection);
	} else {
		exchange_free(&x);
		*context = NULL;
	}
}

static void *on_target(void *arg, const char *raw, struct MHD_Connection *connection)
{
	struct http_exchange *x = exchange_of(connection);

	(void)arg;
	exchange_target(x, raw);
	return x;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
                                  const char *data, size_t *len, void **context)
{
	(void)arg; (void)connection;
	return exchange_step(*context, path, method, version, data, len);
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode how)
{
	(void)arg; (void)connection; (void)how;
	if (*context != NULL) exchange_reset(*context);
}

__attribute__((format(printf, 2, 0)))
static void on_log(void *arg, const char *fmt, va_list ap)
{
	const struct http_server *server = arg;

	log_vline(IK_LOG_DEBUG, server->setup.name, fmt, ap);
}

/* ---- life ------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc listener_start(struct http_server *server, struct http_listener *l, struct ik_error *err)
{
	const struct http_conf *conf = server->setup.conf;
	const unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	const unsigned threads = (unsigned)conf->threads;
	const unsigned connections = ((unsigned)conf->connections + 8) * (threads > 1 ? threads : 1);  /* the table is the limit, not the library */
	const struct MHD_OptionItem pool[] = {
		{ threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)threads, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};

	l->daemon = MHD_start_daemon(flags, 0, on_accept, server, on_request, server,
		MHD_OPTION_EXTERNAL_LOGGER, on_log, server,
		MHD_OPTION_LISTEN_SOCKET, l->fd,
		MHD_OPTION_CONNECTION_LIMIT, connections,
		MHD_OPTION_CONNECTION_TIMEOUT, 0u,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_PER_CONNECTION,
		STRICTNESS, 1,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, server,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
		MHD_OPTION_ARRAY, pool,
		MHD_OPTION_END);
	if (l->daemon == NULL) return ik_fail(IK_CONFIG, err, "start the HTTP listener %s on %s", server->setup.name, l->where != NULL ? l->where : "a given socket");
	return IK_OK;
}

static enum ik_rc trusted_read(struct http_server *server, struct ik_error *err)
{
	const struct ik_list *list = &server->setup.conf->trusted_proxies;
	enum ik_rc rc = IK_OK;

	server->trusted = mem_new(sizeof(*server->trusted) * (list->count + 1));
	for (size_t i = 0; rc == IK_OK && i < list->count; i++) {
		rc = http_net_parse(list->item[i], &server->trusted[i], err);
		if (rc == IK_OK) server->trusted_count++;
	}
	return rc;
}

/* The sockets: given ones, else those of the configuration. */
static enum ik_rc listeners_open(struct http_server *server, struct ik_error *err)
{
	const struct http_setup *setup = &server->setup;
	const size_t count = setup->fd_count > 0 ? setup->fd_count : setup->conf->listen.count;
	enum ik_rc rc = IK_OK;

	server->listeners = mem_new(sizeof(*server->listeners) * (count + 1));
	for (size_t i = 0; rc == IK_OK && i < count; i++) {
		struct http_listener *l = &server->listeners[i];

		*l = (struct http_listener){ .fd = setup->fd_count > 0 ? setup->fds[i] : -1, .where = setup->fd_count > 0 ? NULL : setup->conf->listen.item[i] };
		if (l->where != NULL) rc = http_listen(l->where, &l->fd, err);
		server->listener_count++;
	}
	return rc;
}

enum ik_rc http_server_new(const struct http_setup *setup, struct http_server **server_r, struct ik_error *err)
{
	struct http_server *server = mem_new(sizeof(*server));
	enum ik_rc rc;

	server->setup = *setup;
	server->knows_layout = http_layout_is_known();
	rc = listeners_open(server, err);
	if (rc == IK_OK) rc = trusted_read(server, err);
	if (rc == IK_OK) {
		const struct http_conns_setup limits = { .connections = setup->conf->connections, .per_client = setup->conf->connections_per_ip,
		                                         .trusted = server->trusted, .trusted_count = server->trusted_count };

		server->conns = http_conns_new(&limits);
	}
	for (size_t i = 0; rc == IK_OK && i < server->listener_count; i++) rc = listener_start(server, &server->listeners[i], err);
	if (rc == IK_OK) *server_r = server;
	else http_server_free(&server);
	return rc;
}

void http_server_drain(struct http_server *server)
{
	if (atomic_exchange(&server->is_draining, true)) return;
	for (size_t i = 0; i < server->listener_count; i++)
		if (server->listeners[i].daemon != NULL) (void)MHD_quiesce_daemon(server->listeners[i].daemon);
	http_conns_end_idle(server->conns);
}

static bool wait_for_kept(struct http_server *server)
{
	const int64_t until_ms = clock_mono_ms() + KEPT_WAIT_MS;
	const struct timespec moment = { .tv_nsec = 10000000 };

	while (atomic_load(&server->kept) > 0 && clock_mono_ms() < until_ms) (void)nanosleep(&moment, NULL);
	return atomic_load(&server->kept) == 0;
}

void http_server_settle(struct http_server *server)
{
	const int64_t begin_ms = clock_mono_ms();
	const struct timespec moment = { .tv_nsec = 5000000 };

	if (server->is_settled) return;
	server->is_settled = true;
	while (clock_mono_ms() < begin_ms + 2 * HTTP_CONNS_FRESH_MS) {
		if (http_conns_count(server->conns) == 0 && clock_mono_ms() >= begin_ms + ACCEPTED_MS) return;
		(void)nanosleep(&moment, NULL);
	}
}

static void listener_end(struct http_listener *l)
{
	if (l->daemon != NULL) MHD_stop_daemon(l->daemon);
	if (l->fd < 0) return;
	fd_close(&l->fd);
	if (l->where != NULL && strncmp(l->where, "unix:", 5) == 0) (void)unlink(l->where + 5);
}

void http_server_free(struct http_server **server)
{
	struct http_server *s = *server;

	if (s == NULL) return;
	*server = NULL;
	if (s->conns != NULL) {
		http_server_drain(s);
		http_server_settle(s);
	}
	if (!wait_for_kept(s)) {        /* stopping the library under a sleeping connection would end the process */
		log_line(IK_LOG_ERROR, s->setup.name, "%lld requests were never answered", (long long)atomic_load(&s->kept));
		return;
	}
	for (size_t i = 0; i < s->listener_count; i++) listener_end(&s->listeners[i]);
	http_conns_free(&s->conns);
	free(s->listeners);
	free(s->trusted);
	free(s);
}

void http_server_stats(struct http_server *server, struct http_stats *stats_r)
{
	*stats_r = (struct http_stats){ .requests = atomic_load(&server->requests), .refused = atomic_load(&server->refused),
	                                .connections = http_conns_count(server->conns) };
}
