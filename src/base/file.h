/* file.h - files and descriptors: whole reads with a maximum, writes that reach the disk. Thread: any. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <intaked/error.h>
#include "base/buf.h"

/* fd_close() - closes unless -1 and sets it to -1; errno is kept. */
void fd_close(int *fd);
/* fd_keep_standard() - a program started without standard input, output or error gets ones that fail: the next file opened would get the number of a
 * missing one, and a log line written to standard error would end in it. */
void fd_keep_standard(void);
/* fd_write_all() - the whole of data, over short writes and EINTR. */
enum ik_rc fd_write_all(int fd, const void *data, size_t len, const char *what, struct ik_error *err);
/* fd_read_all() - appends until the end of file; IK_REJECT when more than the buffer's maximum comes. */
enum ik_rc fd_read_all(int fd, struct buf *into, const char *what, struct ik_error *err);
/* file_read() - a plain file; a folder, pipe or device is IK_CONFIG and never waited for. */
enum ik_rc file_read(const char *path, struct buf *into, struct ik_error *err);
/* file_read_secret() - as file_read(), but refuses a file that group or others can read, naming the chmod that mends it;
 * trailing line ends are cut off. Files below $CREDENTIALS_DIRECTORY are systemd's and not checked. */
enum ik_rc file_read_secret(const char *path, struct buf *into, struct ik_error *err);
/* file_check_secret() - whether file_read_secret() would read something, without opening the file: for who must not know the secret. */
enum ik_rc file_check_secret(const char *path, struct ik_error *err);
/* file_write_durable() - dir/name with mode 0600: written to a temporary name, fsynced, renamed, folder fsynced.
 * An existing file is replaced as a whole. */
enum ik_rc file_write_durable(const char *dir, const char *name, const void *data, size_t len, struct ik_error *err);
/* file_make_private() - an empty file of mode 0600 unless there is one, which gets that mode: SQLite gives it to its other files. */
enum ik_rc file_make_private(const char *path, struct ik_error *err);
/* dir_sync() - fsync of a folder, so that the names in it survive a power cut. */
enum ik_rc dir_sync(const char *path, struct ik_error *err);
/* dir_make() - creates it (mode 0700) unless it is there; parents must exist. */
enum ik_rc dir_make(const char *path, struct ik_error *err);

#endif
