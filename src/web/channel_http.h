/* channel_http.h - the way from an HTTP request to a push channel and back: /in/INSTANCE and /form/INSTANCE.
 *
 * A request is given to the channel's request(); the messages it makes are offered without blocking; when all of them are committed,
 * the answer is made by answered() or is 202 {"number","code"}. Threads: request() and answered() run on the server's threads;
 * the callbacks of the commit only copy the receipt and wake the connection. */
#ifndef WEB_CHANNEL_HTTP_H
#define WEB_CHANNEL_HTTP_H

#include <stdbool.h>
#include <intaked/channel.h>
#include "net/http_server.h"

#define CHANNEL_HTTP_ROUTES 5

/* One running instance of a channel that has request(). */
struct channel_mount {
	const char *name;                       /* the instance; copied */
	const struct ik_channel *plugin;        /* borrowed, with state, until channel_http_remove() */
	void *state;
	/* Queues one message and must not block. Not IK_OK: done is not called. */
	enum ik_rc (*offer)(void *arg, const struct ik_message *message, ik_done_fn done, void *done_arg, struct ik_error *err);
	void *arg;
	bool is_closed;                         /* state is not known before channel_http_open(); until then every request gets 503 with Retry-After */
};

struct channel_http;
/* channel_http_new() - has_room is asked before a body is read (503 when false); may be NULL. */
struct channel_http *channel_http_new(bool (*has_room)(void *arg), void *arg);
void channel_http_free(struct channel_http **http);
/* channel_http_add() - a second one of the same name replaces nothing and is ignored. channel_http_remove() - waits until no request of
 * the instance is under way: the pipeline has to go on answering meanwhile. */
void channel_http_add(struct channel_http *http, const struct channel_mount *mount);
void channel_http_open(struct channel_http *http, const char *name, void *state);
void channel_http_remove(struct channel_http *http, const char *name);
/* channel_http_routes() - CHANNEL_HTTP_ROUTES routes for the public listener; "/" shows the form that was added first. Channels mounted
 * at "in" get raw bodies of at most 1 MiB, those at "form" decoded fields up to the listener's max_body; these are read also when there is no room, so that the form can give back what was typed. */
void channel_http_routes(struct channel_http *http, struct http_route routes_r[CHANNEL_HTTP_ROUTES]);

#endif
