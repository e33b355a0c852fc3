#include "daemon/listen.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netdb.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "net/unix_socket.h"

#define BACKLOG 1024

/* "host:port" or "[v6]:port" into its two parts. */
static bool split_address(const char *address, char host[256], char port[16])
{
	const char *colon = strrchr(address, ':');
	size_t len;

	if (colon == NULL || colon == address || strlen(colon + 1) >= 16) return false;
	len = (size_t)(colon - address);
	if (address[0] == '[' && address[len - 1] == ']') {
		address++;
		len -= 2;
	}
	if (len >= 256) return false;
	memcpy(host, address, len);
	host[len] = '\0';
	(void)snprintf(port, 16, "%s", colon + 1);
	return true;
}

/* The C library would take the port modulo 65536. */
static bool is_port(const char *port)
{
	const size_t digits = strspn(port, "0123456789");
	const long number = digits > 0 && digits <= 5 ? strtol(port, NULL, 10) : 0;

	return port[digits] == '\0' && number >= 1 && number <= 65535;
}

static enum ik_rc resolve(const char *address, struct addrinfo **info_r, struct ik_error *err)
{
	const struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM };
	char host[256], port[16];

	if (split_address(address, host, port) && is_port(port) && getaddrinfo(host, port, &hints, info_r) == 0) return IK_OK;
	return ik_fail(IK_CONFIG, err, "\"%.200s\" is no address to listen on; write 127.0.0.1:8080, [::1]:8080 or unix:/path", address);
}

static bool is_loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET6) return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
	return ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == 127;
}

enum ik_rc listen_check(const char *address, bool is_inside, struct ik_error *err)
{
	struct addrinfo *info = NULL;
	enum ik_rc rc;

	if (strncmp(address, "unix:", 5) == 0) return unix_socket_check(address + 5, err);
	rc = resolve(address, &info, err);
	if (rc == IK_OK && is_inside && !is_loopback(info->ai_addr))
		rc = ik_fail(IK_CONFIG, err, "\"%.200s\" can be reached from other machines; write an address of this one such as 127.0.0.1:8081, or unix:/path, and put a proxy with TLS"
		                             " in front of it", address);
	if (info != NULL) freeaddrinfo(info);
	return rc;
}

static enum ik_rc bind_tcp(const char *address, int *fd_r, struct ik_error *err)
{
	struct addrinfo *info = NULL;
	const int on = 1;
	int fd;

	if (resolve(address, &info, err) != IK_OK) return IK_CONFIG;
	fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0) (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (fd >= 0 && info->ai_family == AF_INET6) (void)setsockopt(fd, IPPROTO_IPV6, 26 /* IPV6_V6ONLY */, &on, sizeof(on));
	if (fd < 0 || bind(fd, info->ai_addr, info->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
		(void)ik_fail_errno(err, "listen on %s", address);
		fd_close(&fd);
		freeaddrinfo(info);
		return IK_CONFIG;
	}
	freeaddrinfo(info);
	*fd_r = fd;
	return IK_OK;
}

/* Sockets of systemd whose FileDescriptorName is name. */
static void take_activated(struct listen_set *set, const char *name)
{
	char **names = NULL;
	const int count = sd_listen_fds_with_names(0, &names);

	for (int i = 0; i < count; i++) {
		if (strcmp(names[i], name) == 0 && set->count < LISTEN_MAX) {
			(void)fcntl(SD_LISTEN_FDS_START + i, F_SETFL, O_NONBLOCK);
			set->fds[set->count++] = SD_LISTEN_FDS_START + i;
		}
		free(names[i]);
	}
	free(names);
	set->is_activated = set->count > 0;
}

static enum ik_rc bind_address(const char *address, int *fd_r, struct ik_error *err)
{
	return strncmp(address, "unix:", 5) == 0 ? unix_socket_listen(address + 5, 0660, BACKLOG, fd_r, err) : bind_tcp(address, fd_r, err);
}

/* Index of an address in a set, set->count when it is not in it. */
static size_t place_of(const struct listen_set *set, const char *address)
{
	size_t i = 0;

	while (i < set->count && strcmp(set->addresses[i], address) != 0) i++;
	return i;
}

/* Binds what the old set has not; what it has is borrowed from it until all went well. */
static enum ik_rc open_new(const struct listen_set *old, const struct ik_list *addresses, struct listen_set *set, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < addresses->count; i++) {
		const char *address = addresses->item[i];
		const size_t at = place_of(old, address);

		if (place_of(set, address) < set->count) continue;      /* named twice */
		if (set->count == LISTEN_MAX) return ik_fail(IK_CONFIG, err, "more than %d addresses to listen on", LISTEN_MAX);
		if (at < old->count) set->fds[set->count] = old->fds[at];
		else rc = bind_address(address, &set->fds[set->count], err);
		if (rc == IK_OK) set->addresses[set->count++] = mem_text(address);
	}
	return rc;
}

/* Closes the sockets of one set that the other has not. */
static void close_others(struct listen_set *set, const struct listen_set *kept)
{
	for (size_t i = 0; i < set->count; i++) {
		if (place_of(kept, set->addresses[i]) == kept->count) fd_close(&set->fds[i]);
		free(set->addresses[i]);
	}
}

enum ik_rc listen_open(struct listen_set *set, const char *name, const struct ik_list *addresses, struct ik_error *err)
{
	struct listen_set fresh = { .name = name };
	enum ik_rc rc;

	if (set->name == NULL) take_activated(set, name);
	set->name = name;
	if (set->is_activated) return IK_OK;
	rc = open_new(set, addresses, &fresh, err);
	if (rc != IK_OK) {
		close_others(&fresh, set);
		return rc;
	}
	close_others(set, &fresh);
	*set = fresh;
	return IK_OK;
}

enum ik_rc listen_copies(const struct listen_set *set, int fds_r[LISTEN_MAX], struct ik_error *err)
{
	for (size_t i = 0; i < set->count; i++) {
		fds_r[i] = fcntl(set->fds[i], F_DUPFD_CLOEXEC, 3);
		if (fds_r[i] >= 0) continue;
		while (i-- > 0) fd_close(&fds_r[i]);
		return ik_fail_errno(err, "keep the sockets of %s", set->name);
	}
	return IK_OK;
}

void listen_close(struct listen_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		fd_close(&set->fds[i]);
		free(set->addresses[i]);
	}
	*set = (struct listen_set){ .name = NULL };
}
