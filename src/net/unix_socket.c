#include "net/unix_socket.h"

#include <stdbool.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/file.h"

static bool is_served(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	const bool is = fd < 0 || connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0 || errno == EAGAIN;     /* EAGAIN: its queue is full */

	fd_close(&fd);
	return is;
}

static enum ik_rc clear_stale(const struct sockaddr_un *address, struct ik_error *err)
{
	const char *path = address->sun_path;
	struct stat st;

	if (lstat(path, &st) != 0) return errno == ENOENT ? IK_OK : ik_fail_errno(err, "look at %s", path);
	if (!S_ISSOCK(st.st_mode)) return ik_fail(IK_CONFIG, err, "%s exists and is no socket; remove it or name another path", path);
	if (is_served(address)) return ik_fail(IK_CONFIG, err, "another program listens on %s", path);
	return unlink(path) == 0 || errno == ENOENT ? IK_OK : ik_fail_errno(err, "remove old socket %s", path);
}

enum ik_rc unix_socket_check(const char *path, struct ik_error *err)
{
	const size_t most = sizeof(((struct sockaddr_un *)0)->sun_path) - 1;

	if (path[0] == '/' && strlen(path) <= most) return IK_OK;
	return ik_fail(IK_CONFIG, err, "%.200s: the path of a socket is absolute and has at most %zu bytes", path, most);
}

enum ik_rc unix_socket_listen(const char *path, mode_t mode, int backlog, int *fd_r, struct ik_error *err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	enum ik_rc rc = unix_socket_check(path, err);
	int fd;

	if (rc != IK_OK) return rc;
	memcpy(address.sun_path, path, strlen(path) + 1);
	rc = clear_stale(&address, err);
	if (rc != IK_OK) return rc;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) return ik_fail_errno(err, "make a socket");
	(void)fchmod(fd, 0600);         /* Linux takes the mode of the file from it: it is never open to others for a moment */
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) != 0 || chmod(path, mode) != 0 || listen(fd, backlog) != 0) {
		rc = ik_fail_errno(err, "listen on %s", path);
		fd_close(&fd);
		return rc;
	}
	*fd_r = fd;
	return IK_OK;
}
