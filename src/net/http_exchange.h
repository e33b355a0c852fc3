/* http_exchange.h - one connection and the request it carries at the moment; inside of the HTTP server.
 *
 *   HEAD --begin--> BODY --run--> TURN --answer--> HEAD (next request of the connection)
 *
 *   HEAD   nothing but the target was read
 *   BODY   head checked, route known, body arriving
 *   TURN   a handler has it: either on the server's thread, or kept and the connection suspended
 *
 * Who answers and who suspends may meet: `turn` settles it. The server's thread moves RUNNING to ASLEEP only after the connection
 * is suspended; the answering thread moves either to READY and wakes the connection exactly when it found ASLEEP. */
#ifndef NET_HTTP_EXCHANGE_H
#define NET_HTTP_EXCHANGE_H

#include <microhttpd.h>
#include "base/buf.h"
#include "net/http_check.h"
#include "net/http_conns.h"
#include "net/http_form.h"
#include "net/http_layout.h"
#include "net/http_server.h"

struct http_memory;             /* a piece of exchange memory */

enum http_step { STEP_HEAD, STEP_BODY, STEP_TURN };
enum http_turn { TURN_RUNNING, TURN_ASLEEP, TURN_READY };

struct http_exchange {
	struct http_conn conn;
	struct http_server *server;
	struct MHD_Connection *connection;
	char peer[HTTP_ADDRESS_TEXT], forwarded[HTTP_ADDRESS_TEXT];

	enum http_step step;
	bool is_later;                  /* not the first request of its connection */
	const char *target_fault;       /* of the raw target; NULL: clean */
	const char *path;               /* decoded; the library's */
	const struct http_route *route;
	struct ik_request request;
	struct http_head head;
	struct http_form *form;
	struct buf body;
	int64_t body_seen, body_max;    /* bytes */
	int refusal;                    /* status found while the body arrived, 0: none */
	const char *refusal_why;
	struct http_memory *memory;

	_Atomic int turn;
	bool is_kept;                   /* counted in server->kept */
	http_then_fn then;
	void *then_arg;
	struct MHD_Response *response;
	int status;
};

/* What the exchange needs of the server it belongs to. */
struct http_server {
	struct http_setup setup;
	struct http_net *trusted;
	size_t trusted_count;
	struct http_conns *conns;
	struct http_listener *listeners;
	size_t listener_count;
	_Atomic int64_t requests, refused, kept;        /* kept: exchanges that wait for an answer */
	_Atomic bool is_draining;
	bool is_settled;
	bool knows_layout;
};

struct http_exchange *exchange_new(struct http_server *server, struct MHD_Connection *connection);
void exchange_free(struct http_exchange **x);
/* The library's callbacks, in the order of a request. */
void exchange_target(struct http_exchange *x, const char *raw);
enum MHD_Result exchange_step(struct http_exchange *x, const char *path, const char *method, const char *version, const char *data, size_t *len);
void exchange_reset(struct http_exchange *x);

#endif
