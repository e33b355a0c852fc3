/* http_client.h - outgoing HTTP of plugins and sinks over libcurl: TLS verified, no redirects, bounded reply, ends early on stop.
 * One struct http_client keeps one connection per peer; it belongs to one thread at a time. */
#ifndef NET_HTTP_CLIENT_H
#define NET_HTTP_CLIENT_H

#include <stdbool.h>
#include <intaked/host.h>

struct http_client;

/* http_client_new() - is_stopping is asked during transfers (once a second at the latest); may be NULL. ca_file: NULL for the system's. */
struct http_client *http_client_new(bool (*is_stopping)(void *arg), void *arg, const char *ca_file);
void http_client_free(struct http_client **client);
/* http_client_call() - as ik_host.http; reply_r->body is to be freed with free(). The URL's path is left out of error texts (it may hold a token). */
enum ik_rc http_client_call(struct http_client *client, const struct ik_http_call *call, struct ik_http_reply *reply_r, struct ik_error *err);
/* http_retry_after() - seconds from a Retry-After value (seconds or HTTP date), capped at 3600, -1 when absent or senseless. */
int64_t http_retry_after(const char *value, int64_t now_at);

#endif
