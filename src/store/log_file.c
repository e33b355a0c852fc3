/* log_file.c - a VFS of SQLite that differs from the default one, its parent, in files opened with SQLITE_OPEN_WAL, and there in writing alone.
 * Interface: https://sqlite.org/c3ref/io_methods.html, read 2026-11.
 *
 * Invariant: bytes[0 .. len) belong at places at .. at + len of the file, and everything written before is with the parent already.
 * A write that fails later than SQLite asked for it fails the sync that needed it, and so the same transaction. */
#include "store/log_file.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

#define NAME "intaked-log"
#define GATHER_BYTES (128 * 1024)

/* What SQLite holds as an open file; the parent's own stands behind it. */
struct log_file {
	sqlite3_file base;
	sqlite3_file *parent;
	char *bytes;
	int len;
	sqlite3_int64 at;
};
#define PARENT_OFFSET ((sizeof(struct log_file) + 15) / 16 * 16)

static struct log_file *log_of(sqlite3_file *file)
{
	return (struct log_file *)file;
}

/* What does not go out is dropped: its transaction is over, and the next one writes in the same places. */
static int flush(struct log_file *f)
{
	const int len = f->len;

	f->len = 0;
	return len == 0 ? SQLITE_OK : f->parent->pMethods->xWrite(f->parent, f->bytes, len, f->at);
}

static int log_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 at)
{
	struct log_file *f = log_of(file);
	int rc = SQLITE_OK;

	if (at != f->at + f->len || len > GATHER_BYTES - f->len) rc = flush(f);
	if (rc != SQLITE_OK) return rc;
	if (len > GATHER_BYTES) return f->parent->pMethods->xWrite(f->parent, data, len, at);
	if (f->len == 0) f->at = at;
	memcpy(f->bytes + f->len, data, (size_t)len);
	f->len += len;
	return SQLITE_OK;
}

static int log_sync(sqlite3_file *file, int flags)
{
	struct log_file *f = log_of(file);
	const int rc = flush(f);

	return rc == SQLITE_OK ? f->parent->pMethods->xSync(f->parent, flags) : rc;
}

static int log_read(sqlite3_file *file, void *data, int len, sqlite3_int64 at)
{
	struct log_file *f = log_of(file);
	const int rc = flush(f);

	return rc == SQLITE_OK ? f->parent->pMethods->xRead(f->parent, data, len, at) : rc;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct log_file *f = log_of(file);
	const int rc = flush(f);

	return rc == SQLITE_OK ? f->parent->pMethods->xTruncate(f->parent, size) : rc;
}

static int log_size(sqlite3_file *file, sqlite3_int64 *size_r)
{
	struct log_file *f = log_of(file);
	const int rc = flush(f);

	return rc == SQLITE_OK ? f->parent->pMethods->xFileSize(f->parent, size_r) : rc;
}

static int log_close(sqlite3_file *file)
{
	struct log_file *f = log_of(file);
	const int rc = flush(f), closed = f->parent->pMethods->xClose(f->parent);

	mem_free(&f->bytes);
	return rc == SQLITE_OK ? closed : rc;
}

/* ---- the parent's alone ---- */

static int log_lock(sqlite3_file *file, int level)
{
	return log_of(file)->parent->pMethods->xLock(log_of(file)->parent, level);
}

static int log_unlock(sqlite3_file *file, int level)
{
	return log_of(file)->parent->pMethods->xUnlock(log_of(file)->parent, level);
}

static int log_is_reserved(sqlite3_file *file, int *is_reserved_r)
{
	return log_of(file)->parent->pMethods->xCheckReservedLock(log_of(file)->parent, is_reserved_r);
}

static int log_control(sqlite3_file *file, int operation, void *arg)
{
	return log_of(file)->parent->pMethods->xFileControl(log_of(file)->parent, operation, arg);
}

static int log_sector_size(sqlite3_file *file)
{
	return log_of(file)->parent->pMethods->xSectorSize(log_of(file)->parent);
}

static int log_device(sqlite3_file *file)
{
	return log_of(file)->parent->pMethods->xDeviceCharacteristics(log_of(file)->parent);
}

static const sqlite3_io_methods log_methods = {
	.iVersion = 1, .xClose = log_close, .xRead = log_read, .xWrite = log_write, .xTruncate = log_truncate, .xSync = log_sync, .xFileSize = log_size,
	.xLock = log_lock, .xUnlock = log_unlock, .xCheckReservedLock = log_is_reserved, .xFileControl = log_control,
	.xSectorSize = log_sector_size, .xDeviceCharacteristics = log_device,
};

static int log_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_r)
{
	sqlite3_vfs *parent = sqlite3_vfs_find(NULL);
	struct log_file *f = log_of(file);
	int rc;

	assert(parent != NULL && vfs->szOsFile >= (int)PARENT_OFFSET + parent->szOsFile);
	if ((flags & SQLITE_OPEN_WAL) == 0) return parent->xOpen(parent, name, file, flags, flags_r);
	*f = (struct log_file){ .parent = (sqlite3_file *)((char *)file + PARENT_OFFSET) };
	f->parent->pMethods = NULL;
	rc = parent->xOpen(parent, name, f->parent, flags, flags_r);
	if (rc != SQLITE_OK && f->parent->pMethods != NULL) (void)f->parent->pMethods->xClose(f->parent);
	if (rc != SQLITE_OK) return rc;
	f->bytes = mem_grow(NULL, GATHER_BYTES, 1);
	f->base.pMethods = &log_methods;
	return SQLITE_OK;
}

const char *log_file_vfs(void)
{
	const sqlite3_vfs *parent = sqlite3_vfs_find(NULL);
	sqlite3_vfs *own;

	if (parent == NULL || sqlite3_vfs_find(NAME) != NULL) return parent != NULL ? NAME : NULL;
	own = mem_new(sizeof(*own));
	*own = *parent;
	own->pNext = NULL;
	own->zName = NAME;
	own->szOsFile += (int)PARENT_OFFSET;
	own->xOpen = log_open;
	return sqlite3_vfs_register(own, 0) == SQLITE_OK ? NAME : NULL;
}
