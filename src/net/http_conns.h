/* http_conns.h - the open connections of one listener: how many, from whom, and until when each may stay.
 *
 * Deadlines are absolute: a byte now and then does not move them. One thread cuts the sockets whose time is over; it sleeps without
 * a timer while no connection is open. A cut is a shutdown(2): the server's own threads then see the end and clean up.
 * Threads: the table is locked; a connection's deadline is atomic and set by whichever thread serves it. */
#ifndef NET_HTTP_CONNS_H
#define NET_HTTP_CONNS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include "net/http_address.h"

struct http_conn {
	struct http_conn *next, **link;         /* chain of its bucket */
	int fd;
	struct http_address address;
	unsigned char client[16];
	bool is_trusted;
	_Atomic int64_t deadline_ms;            /* on the monotonic clock; 0: none */
	_Atomic int64_t idle_since_ms;          /* since when it has had no complete request; 0: one is being served */
};

struct http_conns;

struct http_conns_setup {
	int64_t connections, per_client;
	const struct http_net *trusted;         /* borrowed until free */
	size_t trusted_count;
};
struct http_conns *http_conns_new(const struct http_conns_setup *setup);
void http_conns_free(struct http_conns **conns);
/* http_conns_admit() - whether a new connection from here may come in. When the table is full, the longest idle one is cut for it. */
bool http_conns_admit(struct http_conns *conns, const struct sockaddr *from);
/* http_conns_add() - conn->fd and conn->address are set; http_conns_remove() - before the descriptor is closed. */
void http_conns_add(struct http_conns *conns, struct http_conn *conn);
void http_conns_remove(struct http_conns *conns, struct http_conn *conn);
/* http_conns_end_idle() - ends all that wait for a next request; one that came within the last HTTP_CONNS_FRESH_MS has as long again to ask. */
#define HTTP_CONNS_FRESH_MS 500
void http_conns_end_idle(struct http_conns *conns);
int64_t http_conns_count(struct http_conns *conns);

#endif
