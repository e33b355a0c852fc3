/* listen.h - listening sockets: bound here or handed over by systemd, and kept open over a reload, so that no client is refused.
 * Thread: main. */
#ifndef DAEMON_LISTEN_H
#define DAEMON_LISTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <intaked/error.h>
#include <intaked/option.h>

#define LISTEN_MAX 16

struct listen_set {
	const char *name;
	int fds[LISTEN_MAX];
	char *addresses[LISTEN_MAX];    /* NULL: handed over by systemd */
	size_t count;
	bool is_activated;              /* systemd's sockets: what the configuration names is not used */
};

/* listen_open() - binds every address ("127.0.0.1:8080", "[::1]:8080", "unix:/path"), or takes the sockets that systemd passed under
 * this name. An address that is open already stays open. Not IK_OK: the set is what it was. */
enum ik_rc listen_open(struct listen_set *set, const char *name, const struct ik_list *addresses, struct ik_error *err);
/* listen_check() - whether an address can be listened on at all; is_inside: and is reached from this machine alone. Opens nothing. */
enum ik_rc listen_check(const char *address, bool is_inside, struct ik_error *err);
/* listen_copies() - duplicates for a server that closes what it is given. */
enum ik_rc listen_copies(const struct listen_set *set, int fds_r[LISTEN_MAX], struct ik_error *err);
void listen_close(struct listen_set *set);

#endif
