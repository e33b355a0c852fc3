/* maildir.c - outgoing mail into a local Maildir. See maildir.h. */
#include "outbox/maildir.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

#define PATH_SIZE 4096

enum ik_rc maildir_make(const char *path, struct ik_error *err)
{
	static const char *const parts[] = { "tmp", "new", "cur" };
	enum ik_rc rc = dir_make(path, err);

	for (size_t i = 0; i < COUNT_OF(parts) && rc == IK_OK; i++) {
		char *part = mem_format("%s/%s", path, parts[i]);

		rc = dir_make(part, err);
		free(part);
	}
	return rc;
}

static enum ik_rc name_of(const char *key, char *name_r, size_t size, struct ik_error *err)
{
	if (*key == '\0' || strlen(key) > 128) return ik_fail(IK_REJECT, err, "no key to name the mail by");
	for (const char *p = key; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && *p != '-' && *p != '_') return ik_fail(IK_REJECT, err, "key has a character that no file name gets");
	(void)snprintf(name_r, size, "%s.intaked", key);
	return IK_OK;
}

/* Readers move files to cur and add flags behind a colon. */
static bool was_read(const char *path, const char *name)
{
	const size_t len = strlen(name);
	char *cur = mem_format("%s/cur", path);
	DIR *dir = opendir(cur);
	const struct dirent *e;
	bool found = false;

	while (!found && dir != NULL && (e = readdir(dir)) != NULL)
		found = strncmp(e->d_name, name, len) == 0 && (e->d_name[len] == ':' || e->d_name[len] == '\0');
	if (dir != NULL) closedir(dir);
	free(cur);
	return found;
}

/* Maildir files are in the machine's own form: LF. */
static void local_form(struct buf *b, const char *message, size_t size)
{
	for (size_t i = 0; i < size; ) {
		const char *cr = memchr(message + i, '\r', size - i);
		const size_t upto = cr != NULL ? (size_t)(cr - message) : size;

		buf_add(b, message + i, upto - i);
		i = cr != NULL ? upto + 1 : size;
	}
}

static enum ik_rc write_file(const char *file, const void *message, size_t size, struct ik_error *err)
{
	struct buf text = BUF_INIT(size + 1);
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	enum ik_rc rc;

	if (fd < 0) return ik_fail_errno(err, "create %s", file);
	local_form(&text, message, size);
	rc = fd_write_all(fd, buf_str(&text), text.len, file, err);
	if (rc == IK_OK && fsync(fd) != 0) rc = ik_fail_errno(err, "fsync %s", file);
	fd_close(&fd);
	buf_release(&text);
	return rc;
}

enum ik_rc maildir_write(const char *path, const char *key, const void *message, size_t size, bool may_be_there, struct ik_error *err)
{
	char name[160], temporary[PATH_SIZE], final[PATH_SIZE];
	enum ik_rc rc = name_of(key, name, sizeof(name), err);

	if (rc != IK_OK) return rc;
	if ((size_t)snprintf(temporary, sizeof(temporary), "%s/tmp/%s", path, name) >= sizeof(temporary) ||
	    (size_t)snprintf(final, sizeof(final), "%s/new/%s", path, name) >= sizeof(final))
		return ik_fail(IK_CONFIG, err, "Maildir %s: the path is too long", path);
	if (may_be_there && was_read(path, name)) return IK_OK;
	rc = write_file(temporary, message, size, err);
	/* link() never replaces: a name that is there was sent by an earlier attempt. */
	if (rc == IK_OK && link(temporary, final) != 0 && errno != EEXIST) rc = ik_fail_errno(err, "name %s", final);
	(void)unlink(temporary);
	return rc;
}

enum ik_rc maildir_sync(const char *path, struct ik_error *err)
{
	char *folder = mem_format("%s/new", path);
	enum ik_rc rc = dir_sync(folder, err);

	free(folder);
	return rc;
}
