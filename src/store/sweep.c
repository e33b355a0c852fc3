/* sweep.c - removes what crashes left below blobs/: files older than this start by an hour that no row refers to. Spool files have
 * no names and need no sweeping.
 *
 * Thread: one of its own, once after the start, at the lowest priority, for at most SWEEP_MAX_MS. What is left then is found by
 * the next start; folders are visited in another order each time. */
#include "store/inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "store/schema.h"

#define SWEEP_MAX_MS 60000
#define SWEEP_AGE_S 3600                /* before this start, in case the clock is set back while it is new */
#define SWEEP_CACHE 1048576

struct sweep { struct store *store; struct sql sql; int64_t until_ms; int64_t removed; };

static bool is_leftover(const struct sweep *w, const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_mtime < w->store->opened_at - SWEEP_AGE_S;
}

/* Whether a row refers to it; a name that is no digest is a temporary one, and yes when in doubt. */
static bool is_wanted(struct sweep *w, const char *name)
{
	unsigned char digest[STORE_DIGEST_SIZE];
	int64_t found = 0;

	if (hex_decode(name, strlen(name), digest, sizeof(digest)) != STORE_DIGEST_SIZE) return name[0] != '.';
	if (sql_number(&w->sql, "SELECT 1 FROM blob_file WHERE digest = ?", SQL_ARGS(SQL_BLOB(digest, sizeof(digest))), 0, &found, NULL) != IK_OK)
		return true;
	return found != 0;
}

static void sweep_file(struct sweep *w, const char *folder, const char *name)
{
	char *path = mem_format("%s/%s", folder, name);

	(void)pthread_mutex_lock(&w->store->blob_lock);
	if (is_leftover(w, path) && !is_wanted(w, name) && unlink(path) == 0) w->removed++;
	(void)pthread_mutex_unlock(&w->store->blob_lock);
	free(path);
}

static bool has_time(struct sweep *w)
{
	return !atomic_load(&w->store->must_stop) && clock_mono_ms() < w->until_ms;
}

static void sweep_folder(struct sweep *w, const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	if (dir == NULL) return;
	while (has_time(w) && (entry = readdir(dir)) != NULL)
		if (entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN) sweep_file(w, folder, entry->d_name);
	(void)closedir(dir);
}

static void sweep_all(struct sweep *w)
{
	const unsigned first = (unsigned)random_below(256);
	char *top = mem_format("%s/blobs", w->store->conf->dir);

	sweep_folder(w, top);
	for (unsigned n = 0; n < 256 && has_time(w); n++) {
		char *folder = mem_format("%s/%02x", top, (first + n) % 256);

		sweep_folder(w, folder);
		free(folder);
	}
	free(top);
}

static void *sweep_main(void *arg)
{
	struct sweep w = { .store = arg, .until_ms = clock_mono_ms() + SWEEP_MAX_MS };
	struct ik_error err = { "" };
	char *path = mem_format("%s/%s", w.store->conf->dir, SCHEMA_FILE);

	thread_begin("sweep", 19);
	if (sql_open_reader(&w.sql, path, SWEEP_CACHE, &err) == IK_OK) {
		sweep_all(&w);
		sql_close(&w.sql);
	} else {
		log_line(IK_LOG_WARNING, "store", "leftovers below blobs/ are not looked for: %s", err.text);
	}
	if (w.removed > 0) log_line(IK_LOG_INFO, "store", "removed %lld leftover files below blobs/", (long long)w.removed);
	free(path);
	return NULL;
}

void sweep_start(struct store *store)
{
	store->has_sweeper = pthread_create(&store->sweeper, NULL, sweep_main, store) == 0;
}

void sweep_stop(struct store *store)
{
	if (store->has_sweeper) (void)pthread_join(store->sweeper, NULL);
	store->has_sweeper = false;
}
