/* unix_socket.h - listening on a path: what a program left behind is replaced, what somebody serves or what is no socket is not. Thread: any. */
#ifndef NET_UNIX_SOCKET_H
#define NET_UNIX_SOCKET_H

#include <sys/types.h>
#include <intaked/error.h>

/* unix_socket_check() - whether the path can be that of a socket. */
enum ik_rc unix_socket_check(const char *path, struct ik_error *err);
/* unix_socket_listen() - fd_r is non-blocking and not inherited; the file has the mode from its first moment on. IK_CONFIG: the path is too long
 * or relative, something that is no socket has it, or another program listens there. */
enum ik_rc unix_socket_listen(const char *path, mode_t mode, int backlog, int *fd_r, struct ik_error *err);

#endif
