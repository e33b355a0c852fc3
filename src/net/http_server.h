/* http_server.h - the HTTP/1.1 listener: strict requests, absolute deadlines, bounded bodies, answers that can wait for a commit.
 *
 * libmicrohttpd in poll mode with a pool of threads (its epoll mode stalls). Every request passes the strict check first: exactly one
 * Host, at most one Content-Length, never together with Transfer-Encoding, only token characters in names, no control bytes;
 * else 400 and the connection closes. Content-Encoding is answered 415. Deadlines are absolute: headers, body, write.
 * Form bodies (multipart/form-data, urlencoded) are decoded as they come and uploads spooled to unnamed files.
 *
 * What the library under it settles before this server sees it: chunk sizes that end in a bare LF, chunk extensions, empty lines before
 * a request; and its own refusals (no Host, a line without colon, a head that is too large) come without our headers and count. One
 * server alone reads all of this unambiguously; in front of it the documented set-up is a reverse proxy, which writes requests anew. */
#ifndef NET_HTTP_SERVER_H
#define NET_HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/channel.h>
#include <intaked/option.h>

struct http_conf {
	struct ik_list listen;          /* "127.0.0.1:8080", "[::1]:8080", "unix:/path" */
	char *public_url;               /* as customers see it, without trailing slash */
	int64_t max_body;               /* bytes, uploads included */
	int64_t threads;
	int64_t connections, connections_per_ip;
	int64_t header_timeout, body_timeout, write_timeout, idle_timeout;      /* s */
	int64_t lookups;                /* pages behind codes and links, per client and minute */
	struct ik_list trusted_proxies; /* addresses whose X-Forwarded-For is believed */
};
extern const struct ik_option http_options[];

struct http_server;
struct http_exchange;           /* one request and its response; belongs to the server */

/* A handler sees the whole request (struct ik_request of channel.h; it and its texts live until the answer is sent) and either answers
 * at once with http_answer(), or keeps the exchange and answers later from any thread, exactly once. HEAD comes as GET. */
struct http_route {
	const char *method;             /* "GET" (also serves HEAD), "POST" */
	const char *prefix;             /* "/healthz" and "/" exact, or "/in/" for everything below */
	bool wants_fields;              /* decode form bodies */
	size_t body_max;                /* bytes; 0: conf.max_body */
	void (*handle)(void *arg, struct http_exchange *exchange, const struct ik_request *request);
	void *arg;
	/* Asked before the body is read: 0, or the status to refuse with (429 and 503 get Retry-After: 5). May be NULL. */
	int (*admit)(void *arg);
	bool is_page;                   /* people see the answer: what the server itself refuses is told as a page in their language */
	bool is_private;                /* the path holds a secret: refused() is told the prefix only */
};

struct http_response {
	int status;
	const char *content_type;       /* "text/html; charset=utf-8" */
	const void *body;               /* copied */
	size_t body_len;
	int64_t retry_after_s;          /* > 0 */
	const char *location;
	const char *const *headers;     /* further "Name: value" lines, NULL-terminated; may be NULL. One of a standing header replaces it */
};

/* http_server_new() - binds conf->listen, or takes the descriptors given (socket activation; fd_count > 0): they are the server's from
 * then on, also after a failure. spool makes an unnamed file for uploads. Secure headers (nosniff, no-referrer, noindex, CSP, no-store)
 * are added to every response. name is for the log: "http", "admin". */
struct http_setup {
	const struct http_conf *conf;
	const char *name;
	const char *language;                   /* of pages when the visitor's browser names none of ours; NULL: English */
	const int *fds;
	size_t fd_count;
	const struct http_route *routes;        /* borrowed until free */
	size_t route_count;
	int (*spool)(void *arg, struct ik_error *err);
	void *spool_arg;
	/* refused is called for requests the server itself turned away: a ledger entry. May be NULL. */
	void (*refused)(void *arg, const char *path, int status, const char *reason);
	void *refused_arg;
};
enum ik_rc http_server_new(const struct http_setup *setup, struct http_server **server_r, struct ik_error *err);
/* http_server_drain() - stops accepting and keeping connections; running exchanges go on. http_server_settle() - after it: waits until
 * those that had come are answered, at most a second; what answers them has to live until then. http_server_free() - waits up to 10 s
 * for kept exchanges, ends the rest and releases: whoever holds exchanges answers them before. */
void http_server_drain(struct http_server *server);
void http_server_settle(struct http_server *server);
void http_server_free(struct http_server **server);
void http_answer(struct http_exchange *exchange, const struct http_response *response);
/* http_continue() - instead of http_answer(), once per kept turn: then() is called on a thread of the server and answers or keeps again.
 * For threads that must not spend their time on making responses. */
typedef void (*http_then_fn)(void *arg, struct http_exchange *exchange, const struct ik_request *request);
void http_continue(struct http_exchange *exchange, http_then_fn then, void *arg);
/* http_path() - the path of the request as decoded text, without query. http_exchange_memory() - zeroed, lives until the answer is sent;
 * one thread at a time. */
const char *http_path(const struct http_exchange *exchange);
void *http_exchange_memory(struct http_exchange *exchange, size_t size);

struct http_stats { int64_t requests, refused, connections; };
void http_server_stats(struct http_server *server, struct http_stats *stats_r);

#endif
