/* http_address.c - parsing, comparing and binding of addresses. */
#include "net/http_address.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/file.h"

#define LISTEN_BACKLOG 1024
#define SOCKET_MODE 0660                /* of a Unix socket: owner and group */

static const unsigned char v4_prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

static void address_of_v4(const void *four, struct http_address *address_r)
{
	*address_r = (struct http_address){ .is_unix = false };
	memcpy(address_r->bytes, v4_prefix, sizeof(v4_prefix));
	memcpy(address_r->bytes + 12, four, 4);
}

void http_address_of(const struct sockaddr *from, struct http_address *address_r)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (from != NULL && from->sa_family == AF_INET) {
		memcpy(&v4, from, sizeof(v4));
		address_of_v4(&v4.sin_addr, address_r);
	} else if (from != NULL && from->sa_family == AF_INET6) {
		memcpy(&v6, from, sizeof(v6));
		*address_r = (struct http_address){ .is_unix = false };
		memcpy(address_r->bytes, &v6.sin6_addr, 16);
	} else {
		*address_r = (struct http_address){ .is_unix = true };
	}
}

/* The address itself inside "[v6]:port", "v4:port" or the bare forms. */
static void address_trim(const char **text, size_t *len)
{
	const char *end, *colon;

	if (*len > 0 && **text == '[' && (end = memchr(*text, ']', *len)) != NULL) {
		*len = (size_t)(end - *text) - 1;
		(*text)++;
		return;
	}
	colon = memchr(*text, ':', *len);
	if (colon != NULL && memchr(colon + 1, ':', *len - (size_t)(colon + 1 - *text)) == NULL) *len = (size_t)(colon - *text);
}

bool http_address_parse(const char *text, size_t len, struct http_address *address_r)
{
	char plain[INET6_ADDRSTRLEN];
	unsigned char bytes[16];

	address_trim(&text, &len);
	if (len == 0 || len >= sizeof(plain)) return false;
	memcpy(plain, text, len);
	plain[len] = '\0';
	if (inet_pton(AF_INET, plain, bytes) == 1) {
		address_of_v4(bytes, address_r);
		return true;
	}
	if (inet_pton(AF_INET6, plain, bytes) != 1) return false;
	*address_r = (struct http_address){ .is_unix = false };
	memcpy(address_r->bytes, bytes, sizeof(bytes));
	return true;
}

char *http_address_text(const struct http_address *address, char *text_r)
{
	const bool v4 = memcmp(address->bytes, v4_prefix, sizeof(v4_prefix)) == 0;

	(void)snprintf(text_r, HTTP_ADDRESS_TEXT, "unix");
	if (!address->is_unix)
		(void)inet_ntop(v4 ? AF_INET : AF_INET6, address->bytes + (v4 ? 12 : 0), text_r, HTTP_ADDRESS_TEXT);
	return text_r;
}

void http_address_client(const struct http_address *address, unsigned char key_r[16])
{
	memcpy(key_r, address->bytes, 16);
	if (memcmp(address->bytes, v4_prefix, sizeof(v4_prefix)) != 0) memset(key_r + 8, 0, 8);
}

enum ik_rc http_net_parse(const char *text, struct http_net *net_r, struct ik_error *err)
{
	const char *slash = strchr(text, '/');
	const size_t len = slash != NULL ? (size_t)(slash - text) : strlen(text);
	struct http_net net = { .bits = 128 };
	bool v4;

	if (strcmp(text, "unix") == 0) {
		*net_r = (struct http_net){ .base.is_unix = true };
		return IK_OK;
	}
	if (!http_address_parse(text, len, &net.base)) return ik_fail(IK_CONFIG, err, "\"%s\" is no address, network or \"unix\"", text);
	v4 = memcmp(net.base.bytes, v4_prefix, sizeof(v4_prefix)) == 0;
	if (slash != NULL) {
		char *end;
		const unsigned long bits = strtoul(slash + 1, &end, 10);

		if (end == slash + 1 || *end != '\0' || bits > (v4 ? 32 : 128)) return ik_fail(IK_CONFIG, err, "\"%s\" has no valid prefix length", text);
		net.bits = (unsigned)bits + (v4 ? 96 : 0);
	}
	*net_r = net;
	return IK_OK;
}

static bool net_has(const struct http_net *net, const struct http_address *address)
{
	const unsigned whole = net->bits / 8, rest = net->bits % 8;

	if (net->base.is_unix || address->is_unix) return net->base.is_unix && address->is_unix;
	if (memcmp(net->base.bytes, address->bytes, whole) != 0) return false;
	return rest == 0 || ((net->base.bytes[whole] ^ address->bytes[whole]) >> (8 - rest)) == 0;
}

bool http_net_has(const struct http_net *nets, size_t count, const struct http_address *address)
{
	for (size_t i = 0; i < count; i++)
		if (net_has(&nets[i], address)) return true;
	return false;
}

void http_forwarded(const char *list, const struct http_net *nets, size_t count, const struct http_address *peer, struct http_address *client_r)
{
	size_t end = strlen(list);

	*client_r = *peer;
	while (end > 0 && http_net_has(nets, count, client_r)) {
		struct http_address hop;
		size_t start = end, stop = end;

		while (start > 0 && list[start - 1] != ',') start--;
		end = start > 0 ? start - 1 : 0;
		while (start < stop && (list[start] == ' ' || list[start] == '\t')) start++;
		while (stop > start && (list[stop - 1] == ' ' || list[stop - 1] == '\t')) stop--;
		if (!http_address_parse(list + start, stop - start, &hop)) return;
		*client_r = hop;
	}
}

static enum ik_rc bind_and_listen(int fd, const struct sockaddr *address, socklen_t len, const char *where, struct ik_error *err)
{
	if (bind(fd, address, len) != 0 || listen(fd, LISTEN_BACKLOG) != 0) {
		const bool in_use = errno == EADDRINUSE;

		(void)ik_fail_errno(err, "listen on %s", where);
		return in_use ? IK_RETRY : IK_CONFIG;
	}
	return IK_OK;
}

/* A socket file that a dead process left behind; a living one answers the connect. */
static void remove_stale(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct stat st;

	if (fd >= 0 && lstat(address->sun_path, &st) == 0 && S_ISSOCK(st.st_mode)
	    && connect(fd, (const struct sockaddr *)address, sizeof(*address)) != 0 && errno == ECONNREFUSED)
		(void)unlink(address->sun_path);
	fd_close(&fd);
}

static enum ik_rc listen_unix(const char *path, int *fd_r, struct ik_error *err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const size_t len = strlen(path);
	enum ik_rc rc;
	int fd;

	if (len == 0 || len >= sizeof(address.sun_path)) return ik_fail(IK_CONFIG, err, "the path of Unix socket \"%s\" is empty or too long", path);
	memcpy(address.sun_path, path, len);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0) return ik_fail_errno(err, "make a Unix socket");
	remove_stale(&address);
	rc = bind_and_listen(fd, (const struct sockaddr *)&address, sizeof(address), path, err);
	if (rc == IK_OK && chmod(path, SOCKET_MODE) != 0) rc = ik_fail_errno(err, "chmod %s", path);
	if (rc == IK_OK) *fd_r = fd;
	else fd_close(&fd);
	return rc;
}

static enum ik_rc listen_found(const struct addrinfo *found, const char *where, int *fd_r, struct ik_error *err)
{
	const int on = 1;
	int fd = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	enum ik_rc rc;

	if (fd < 0) return ik_fail_errno(err, "make a socket for %s", where);
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (found->ai_family == AF_INET6) (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
	rc = bind_and_listen(fd, found->ai_addr, found->ai_addrlen, where, err);
	if (rc == IK_OK) *fd_r = fd;
	else fd_close(&fd);
	return rc;
}

enum ik_rc http_listen(const char *where, int *fd_r, struct ik_error *err)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	const char *colon = strrchr(where, ':');
	struct addrinfo *found = NULL;
	char host[256];
	size_t len;
	enum ik_rc rc;

	if (strncmp(where, "unix:", 5) == 0) return listen_unix(where + 5, fd_r, err);
	len = colon != NULL ? (size_t)(colon - where) : 0;
	if (colon == NULL || colon[1] == '\0' || len >= sizeof(host)) return ik_fail(IK_CONFIG, err, "\"%s\" is no host:port, [IPv6]:port or unix:/path", where);
	if (len >= 2 && where[0] == '[' && where[len - 1] == ']') {
		where++;
		len -= 2;
	}
	memcpy(host, where, len);
	host[len] = '\0';
	if (getaddrinfo(len > 0 && strcmp(host, "*") != 0 ? host : NULL, colon + 1, &hints, &found) != 0 || found == NULL)
		return ik_fail(IK_CONFIG, err, "\"%s\" is no address to listen on", where);
	rc = listen_found(found, where, fd_r, err);
	freeaddrinfo(found);
	return rc;
}
