/* lock.c - one daemon per state directory. The lock belongs to the open file, so that it also holds against another path to the
 * same directory and goes with the last process that has the file open. */
#include "store/inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "base/file.h"

#define LOCK_TRIES 10                   /* a killed predecessor's processes need a moment to be gone */
#define LOCK_PAUSE_NS 50000000

static bool try_lock(int fd)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	return fcntl(fd, F_OFD_SETLK, &whole) == 0;
}

static enum ik_rc name_holder(int fd, const char *dir, struct ik_error *err)
{
	char pid[24] = "";
	const ssize_t got = pread(fd, pid, sizeof(pid) - 1, 0);

	if (got > 0) pid[got] = '\0';
	return ik_fail(IK_CONFIG, err, "store: %s is in use by the process with PID %ld; one daemon per state directory", dir, strtol(pid, NULL, 10));
}

static enum ik_rc write_pid(int fd, struct ik_error *err)
{
	char pid[24];
	const int len = snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());

	if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)len, 0) != len) return ik_fail_errno(err, "store: write the PID into the lock file");
	return IK_OK;
}

enum ik_rc lock_take(const char *dir, int *fd_r, struct ik_error *err)
{
	const struct timespec pause = { .tv_nsec = LOCK_PAUSE_NS };
	char *path = mem_format("%s/lock", dir);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	bool has = false;
	enum ik_rc rc = fd < 0 ? ik_fail_errno(err, "store: open %s", path) : IK_OK;

	for (int n = 0; rc == IK_OK && !has && n < LOCK_TRIES; n++) {
		has = try_lock(fd);
		if (!has) (void)nanosleep(&pause, NULL);
	}
	if (rc == IK_OK && !has) rc = name_holder(fd, dir, err);
	if (rc == IK_OK) rc = write_pid(fd, err);
	if (rc == IK_OK) *fd_r = fd;
	else fd_close(&fd);
	free(path);
	return rc;
}
