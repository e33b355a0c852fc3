/* blob.c - large originals and uploads: files below blobs/, named by their SHA-256, on disk before the row that needs them.
 *
 * A file is made under a temporary name, synced, renamed and its folder synced. One that is there already is taken into use by
 * touching it under blob_lock, so that the sweeper of leftovers keeps its hands off. */
#include "store/inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/random.h"

#define PIECE 65536

static bool is_there(const char *path, int64_t size)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == size;
}

enum ik_rc blob_folders(const char *dir, struct ik_error *err)
{
	static const char *const names[] = { "blobs", "spool", "sending" };
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(names); i++) {
		char *path = mem_format("%s/%s", dir, names[i]);

		rc = dir_make(path, err);
		free(path);
	}
	return rc == IK_OK ? dir_sync(dir, err) : rc;
}

/* The folder a blob's file goes to: made when the first one comes, its name on disk before anybody uses it. */
static enum ik_rc folder_ready(struct store *store, const char *path, struct ik_error *err)
{
	char *folder = mem_copy(path, (size_t)(strrchr(path, '/') - path)), *top = mem_format("%s/blobs", store->conf->dir);
	enum ik_rc rc = IK_OK;

	(void)pthread_mutex_lock(&store->blob_lock);
	if (access(folder, F_OK) != 0) {
		rc = dir_make(folder, err);
		if (rc == IK_OK) rc = dir_sync(top, err);
	}
	(void)pthread_mutex_unlock(&store->blob_lock);
	free(top);
	free(folder);
	return rc;
}

char *blob_path(const char *dir, const unsigned char digest[STORE_DIGEST_SIZE])
{
	char hex[SHA256_HEX_SIZE];

	hex_encode(digest, STORE_DIGEST_SIZE, hex);
	return mem_format("%s/blobs/%.2s/%s", dir, hex, hex);
}

enum ik_rc blob_note(struct store_tx *tx, const struct store_blob *blob, struct ik_error *err)
{
	if (blob->data != NULL || blob->size == 0) return IK_OK;
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO blob_file(digest, size) VALUES(?, ?)",
	               SQL_ARGS(SQL_BLOB(blob->digest, STORE_DIGEST_SIZE), SQL_INT(blob->size)), err);
}

/* Takes an existing file of this content into use. */
static bool reuse(struct store *store, const char *path, int64_t size)
{
	bool is_reused;

	(void)pthread_mutex_lock(&store->blob_lock);
	is_reused = is_there(path, size) && utimensat(AT_FDCWD, path, NULL, 0) == 0;
	(void)pthread_mutex_unlock(&store->blob_lock);
	return is_reused;
}

static enum ik_rc sync_folder_of(const char *path, struct ik_error *err)
{
	char *folder = mem_copy(path, (size_t)(strrchr(path, '/') - path));
	enum ik_rc rc = dir_sync(folder, err);

	free(folder);
	return rc;
}

/* A failed sync of a blob says as much about the disk as one of the database. */
static enum ik_rc judged(struct store *store, enum ik_rc rc, const struct ik_error *err)
{
	if (rc == IK_FATAL) store_break(store, err);
	return rc;
}

static enum ik_rc write_file(struct store *store, const void *data, size_t size, const unsigned char digest[STORE_DIGEST_SIZE], struct ik_error *err)
{
	char *path = blob_path(store->conf->dir, digest);
	char *name = strrchr(path, '/');
	enum ik_rc rc = folder_ready(store, path, err);

	if (rc == IK_OK && reuse(store, path, (int64_t)size)) {
		rc = sync_folder_of(path, err);
	} else if (rc == IK_OK) {
		*name = '\0';
		rc = file_write_durable(path, name + 1, data, size, err);
	}
	free(path);
	return rc;
}

enum ik_rc store_blob_prepare(struct store *store, const void *data, size_t size, struct store_blob *blob_r, struct ik_error *err)
{
	const struct bytes piece = { data, size };
	struct store_blob blob = { .size = (int64_t)size };
	struct ik_error own = { "" };
	enum ik_rc rc = IK_OK;

	sha256(&piece, 1, blob.digest);
	if (size <= STORE_INLINE_MAX) blob.data = size > 0 ? data : "";
	else rc = write_file(store, data, size, blob.digest, &own);
	if (rc == IK_OK) *blob_r = blob;
	else if (err != NULL) *err = own;
	return judged(store, rc, &own);
}

/* Copies size bytes from offset 0 of a descriptor to another one (-1: nowhere) and takes their digest. */
static enum ik_rc copy_and_digest(int from, int to, int64_t size, unsigned char digest_r[STORE_DIGEST_SIZE], struct ik_error *err)
{
	char *piece = mem_new(PIECE);
	struct sha256 running;
	enum ik_rc rc = IK_OK;
	int64_t at = 0;

	sha256_init(&running);
	while (rc == IK_OK && at < size) {
		const ssize_t got = pread(from, piece, (size_t)(size - at < PIECE ? size - at : PIECE), (off_t)at);

		if (got < 0 && errno == EINTR) continue;
		if (got < 0) rc = ik_fail_errno(err, "store: read an upload");
		else if (got == 0) rc = ik_fail(IK_REJECT, err, "store: an upload ends after %lld of %lld bytes", (long long)at, (long long)size);
		if (rc != IK_OK) break;
		sha256_add(&running, piece, (size_t)got);
		if (to >= 0) rc = fd_write_all(to, piece, (size_t)got, "blob", err);
		at += got;
	}
	sha256_end(&running, digest_r);
	free(piece);
	return rc;
}

/* Under a temporary name first, since the digest is only known at the end. */
static enum ik_rc stream_file(struct store *store, int from, int64_t size, unsigned char digest_r[STORE_DIGEST_SIZE], struct ik_error *err)
{
	uint64_t salt;
	char *temporary, *path = NULL;
	int fd;
	enum ik_rc rc;

	random_bytes(&salt, sizeof(salt));
	temporary = mem_format("%s/blobs/.%016llx", store->conf->dir, (unsigned long long)salt);
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	rc = fd < 0 ? ik_fail_errno(err, "store: create %s", temporary) : copy_and_digest(from, fd, size, digest_r, err);
	if (rc == IK_OK) path = blob_path(store->conf->dir, digest_r);
	if (rc == IK_OK) rc = folder_ready(store, path, err);
	if (rc == IK_OK && !reuse(store, path, size)) {
		if (fsync(fd) != 0) rc = ik_fail_errno(err, "store: fsync %s", temporary);
		else if (rename(temporary, path) != 0) rc = ik_fail_errno(err, "store: rename %s", temporary);
	}
	if (rc == IK_OK) rc = sync_folder_of(path, err);
	if (fd >= 0) (void)unlink(temporary);           /* gone already when it was renamed */
	fd_close(&fd);
	free(path);
	free(temporary);
	return rc;
}

static enum ik_rc read_small(int fd, int64_t size, struct store_blob *blob, void **owned_r, struct ik_error *err)
{
	unsigned char *data = mem_new((size_t)size + 1);
	const struct bytes piece = { data, (size_t)size };
	int64_t at = 0;

	while (at < size) {
		const ssize_t got = pread(fd, data + at, (size_t)(size - at), (off_t)at);

		if (got < 0 && errno == EINTR) continue;
		if (got <= 0) {
			free(data);
			return got < 0 ? ik_fail_errno(err, "store: read an upload") : ik_fail(IK_REJECT, err, "store: an upload is shorter than it said");
		}
		at += got;
	}
	sha256(&piece, 1, blob->digest);
	blob->data = data;
	*owned_r = data;
	return IK_OK;
}

enum ik_rc store_blob_prepare_fd(struct store *store, int fd, int64_t size, struct store_blob *blob_r, void **owned_r, struct ik_error *err)
{
	struct store_blob blob = { .size = size };
	struct ik_error own = { "" };
	enum ik_rc rc;

	*owned_r = NULL;
	if (size < 0) return ik_fail(IK_REJECT, err, "store: an upload of %lld bytes", (long long)size);
	rc = size <= STORE_INLINE_MAX ? read_small(fd, size, &blob, owned_r, &own) : stream_file(store, fd, size, blob.digest, &own);
	if (rc == IK_OK) *blob_r = blob;
	else if (err != NULL) *err = own;
	return judged(store, rc, &own);
}

int store_spool(struct store *store, struct ik_error *err)
{
	char *folder = mem_format("%s/spool", store->conf->dir), *named = NULL;
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {               /* a file system without unnamed files */
		named = mem_format("%s/XXXXXX", folder);
		fd = mkostemp(named, O_CLOEXEC);
		if (fd >= 0) (void)unlink(named);
	}
	if (fd < 0) (void)ik_fail_errno(err, "store: open a spool file in %s", folder);
	free(named);
	free(folder);
	return fd;
}
