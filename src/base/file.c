#include "base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/mem.h"
#include "base/random.h"

#define FILE_PATH_MAX 4096

void fd_close(int *fd)
{
	const int saved = errno;

	if (*fd >= 0) (void)close(*fd);
	*fd = -1;
	errno = saved;
}

void fd_keep_standard(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0) (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);      /* the lowest free number is fd */
}

enum ik_rc fd_write_all(int fd, const void *data, size_t len, const char *what, struct ik_error *err)
{
	const char *at = data;

	while (len > 0) {
		const ssize_t put = write(fd, at, len);

		if (put < 0 && errno == EINTR) continue;
		if (put < 0) return ik_fail_errno(err, "write %s", what);
		at += put;
		len -= (size_t)put;
	}
	return IK_OK;
}

enum ik_rc fd_read_all(int fd, struct buf *into, const char *what, struct ik_error *err)
{
	char piece[16384];

	for (;;) {
		const ssize_t got = read(fd, piece, sizeof(piece));

		if (got < 0 && errno == EINTR) continue;
		if (got < 0) return ik_fail_errno(err, "read %s", what);
		if (got == 0) return IK_OK;
		if (!buf_add(into, piece, (size_t)got)) return buf_check(into, what, err);
	}
}

/* Without waiting: a pipe would keep whoever opens it until somebody writes. */
static enum ik_rc open_plain(const char *path, const char *what, int *fd_r, struct stat *st_r, struct ik_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	enum ik_rc rc = IK_OK;

	if (fd < 0) return ik_fail_errno(err, "open %s%s", what, path);
	if (fstat(fd, st_r) != 0) rc = ik_fail_errno(err, "look at %s%s", what, path);
	else if (!S_ISREG(st_r->st_mode)) rc = ik_fail(IK_CONFIG, err, "%s%s is not a plain file", what, path);
	if (rc == IK_OK) *fd_r = fd;
	else fd_close(&fd);
	return rc;
}

enum ik_rc file_read(const char *path, struct buf *into, struct ik_error *err)
{
	struct stat st;
	int fd = -1;
	enum ik_rc rc = open_plain(path, "", &fd, &st, err);

	if (rc != IK_OK) return rc;
	rc = fd_read_all(fd, into, path, err);
	fd_close(&fd);
	return rc;
}

static bool is_systemd_credential(const char *path)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");

	return dir != NULL && dir[0] == '/' && strncmp(path, dir, strlen(dir)) == 0 && path[strlen(dir)] == '/';
}

static enum ik_rc judge_secret(const char *path, const struct stat *st, struct ik_error *err)
{
	if (!S_ISREG(st->st_mode)) return ik_fail(IK_CONFIG, err, "secret %s is not a plain file", path);
	if ((st->st_mode & 077) != 0 && !is_systemd_credential(path))
		return ik_fail(IK_CONFIG, err, "secret %s can be read by others; run: chmod 600 %s", path, path);
	return IK_OK;
}

enum ik_rc file_check_secret(const char *path, struct ik_error *err)
{
	struct stat st;
	enum ik_rc rc;

	if (stat(path, &st) != 0) return ik_fail_errno(err, "look at secret %s", path);
	rc = judge_secret(path, &st, err);
	if (rc == IK_OK && st.st_size == 0) rc = ik_fail(IK_CONFIG, err, "the secret in %s is empty; write the secret into that file", path);
	if (rc == IK_OK && access(path, R_OK) != 0) rc = ik_fail_errno(err, "open secret %s", path);
	return rc;
}

enum ik_rc file_read_secret(const char *path, struct buf *into, struct ik_error *err)
{
	struct stat st;
	int fd = -1;
	enum ik_rc rc = open_plain(path, "secret ", &fd, &st, err);

	if (rc == IK_OK) rc = judge_secret(path, &st, err);
	if (rc == IK_OK) rc = fd_read_all(fd, into, path, err);
	while (into->len > 0 && (into->data[into->len - 1] == '\n' || into->data[into->len - 1] == '\r')) into->data[--into->len] = '\0';
	fd_close(&fd);
	return rc;
}

enum ik_rc file_make_private(const char *path, struct ik_error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno != EEXIST) return ik_fail_errno(err, "create %s", path);
	if (fd < 0 && chmod(path, 0600) != 0) return ik_fail_errno(err, "set the mode of %s", path);       /* not opened: closing it would drop SQLite's locks */
	fd_close(&fd);
	return IK_OK;
}

enum ik_rc dir_sync(const char *path, struct ik_error *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum ik_rc rc = IK_OK;

	if (fd < 0) return ik_fail_errno(err, "open folder %s", path);
	if (fsync(fd) != 0) rc = ik_fail_errno(err, "fsync folder %s", path);
	fd_close(&fd);
	return rc;
}

enum ik_rc dir_make(const char *path, struct ik_error *err)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST) return IK_OK;
	return ik_fail_errno(err, "create folder %s", path);
}

enum ik_rc file_write_durable(const char *dir, const char *name, const void *data, size_t len, struct ik_error *err)
{
	struct buf path = BUF_INIT(FILE_PATH_MAX), temporary = BUF_INIT(FILE_PATH_MAX);
	uint64_t salt;
	int fd = -1;
	enum ik_rc rc;

	random_bytes(&salt, sizeof(salt));
	buf_format(&path, "%s/%s", dir, name);
	buf_format(&temporary, "%s/.%s.%016llx", dir, name, (unsigned long long)salt);
	rc = buf_check(&temporary, "path", err);
	if (rc != IK_OK) goto out;
	fd = open(buf_str(&temporary), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		rc = ik_fail_errno(err, "create %s", buf_str(&temporary));
		goto out;
	}
	rc = fd_write_all(fd, data, len, buf_str(&temporary), err);
	if (rc == IK_OK && fsync(fd) != 0) rc = ik_fail_errno(err, "fsync %s", buf_str(&temporary));
	if (rc == IK_OK && rename(buf_str(&temporary), buf_str(&path)) != 0) rc = ik_fail_errno(err, "rename to %s", buf_str(&path));
	if (rc == IK_OK) rc = dir_sync(dir, err);
	else (void)unlink(buf_str(&temporary));
out:
	fd_close(&fd);
	buf_release(&path);
	buf_release(&temporary);
	return rc;
}
