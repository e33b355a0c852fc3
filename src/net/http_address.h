/* http_address.h - addresses of clients and listeners: which connection comes from whom, and whom to believe about it.
 * IPv4 is kept as ::ffff:a.b.c.d, so that one form serves both. Thread: any. */
#ifndef NET_HTTP_ADDRESS_H
#define NET_HTTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <intaked/error.h>
#include <intaked/option.h>

#define HTTP_ADDRESS_TEXT 64            /* "unix", or any IPv4 or IPv6 address */

struct http_address { unsigned char bytes[16]; bool is_unix; };
struct http_net { struct http_address base; unsigned bits; };

/* http_address_of() - of a socket address; anything but IPv4 and IPv6 is a Unix socket. */
void http_address_of(const struct sockaddr *from, struct http_address *address_r);
/* http_address_parse() - "192.0.2.1", "2001:db8::1", with "[...]" or a port behind it as proxies write it; not NUL-terminated. */
bool http_address_parse(const char *text, size_t len, struct http_address *address_r);
/* http_address_text() - HTTP_ADDRESS_TEXT bytes into text_r; returns text_r. */
char *http_address_text(const struct http_address *address, char *text_r);
/* http_address_client() - what counts as one client: an IPv4 address, an IPv6 /64. */
void http_address_client(const struct http_address *address, unsigned char key_r[16]);
/* http_net_parse() - "10.0.0.0/8", "::1", "unix". */
enum ik_rc http_net_parse(const char *text, struct http_net *net_r, struct ik_error *err);
bool http_net_has(const struct http_net *nets, size_t count, const struct http_address *address);
/* http_forwarded() - the client behind trusted proxies: the right-most hop of the X-Forwarded-For list that is not trusted itself.
 * A hop that is no address ends the walk. peer is the trusted proxy that spoke to us. */
void http_forwarded(const char *list, const struct http_net *nets, size_t count, const struct http_address *peer, struct http_address *client_r);

/* http_listen() - a bound, listening, non-blocking socket for "127.0.0.1:8080", "[::1]:8080", "unix:/path". A Unix socket that nobody
 * answers is replaced. IK_CONFIG: no such address; IK_RETRY: in use. */
enum ik_rc http_listen(const char *where, int *fd_r, struct ik_error *err);

#endif
