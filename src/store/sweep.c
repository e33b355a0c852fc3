/* sweep.c - removes what crashes and interrupted messages left below blobs/: files that no row refers to. Spool files have no names and need no
 * sweeping.
 *
 * A file may belong to a message that is just being stored. It does not when it is older than this start by an hour, or when an earlier
 * look found the very same file as unwanted and untouched as this one: hours by the clock that nobody sets.
 *
 * Thread: one of its own at the lowest priority, after the start and then every sweep_every seconds, each time for at most SWEEP_MAX_MS. What is
 * left then is found by the next look; folders are visited in another order each time. */
#include "store/inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "store/schema.h"

#define SWEEP_MAX_MS 60000
#define SWEEP_AGE_S 3600                /* before this start, in case the clock is set back while it is new */
#define SWEEP_CACHE 1048576
#define SEEN_MAX 4096                   /* unwanted files remembered from one look to the next */

struct seen { dev_t dev; ino_t inode; struct timespec touched_at; };
struct seen_list { struct seen *file; size_t count; };

struct sweep { struct store *store; struct sql sql; int64_t until_ms; int64_t removed; struct seen_list before, now; };

static bool is_in(const struct seen_list *list, const struct stat *st)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct seen *s = &list->file[i];

		if (s->inode == st->st_ino && s->dev == st->st_dev && s->touched_at.tv_sec == st->st_mtim.tv_sec && s->touched_at.tv_nsec == st->st_mtim.tv_nsec) return true;
	}
	return false;
}

static void remember(struct seen_list *list, const struct stat *st)
{
	if (list->count == SEEN_MAX) return;
	if (list->file == NULL) list->file = mem_grow(NULL, SEEN_MAX, sizeof(*list->file));
	list->file[list->count++] = (struct seen){ st->st_dev, st->st_ino, st->st_mtim };
}

/* Of a file that is not wanted. */
static bool is_leftover(struct sweep *w, const struct stat *st)
{
	if (st->st_mtime < w->store->opened_at - SWEEP_AGE_S || is_in(&w->before, st)) return true;
	remember(&w->now, st);
	return false;
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
	struct stat st;

	(void)pthread_mutex_lock(&w->store->blob_lock);
	if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && !is_wanted(w, name) && is_leftover(w, &st) && unlink(path) == 0) w->removed++;
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

static void look(struct sweep *w)
{
	struct ik_error err = { "" };
	char *path = mem_format("%s/%s", w->store->conf->dir, SCHEMA_FILE);

	w->until_ms = clock_mono_ms() + SWEEP_MAX_MS;
	w->removed = 0;
	if (sql_open_reader(&w->sql, path, SWEEP_CACHE, &err) == IK_OK) {
		sweep_all(w);
		sql_close(&w->sql);
	} else {
		log_line(IK_LOG_WARNING, "store", "leftovers below blobs/ are not looked for: %s", err.text);
	}
	if (w->removed > 0) log_line(IK_LOG_INFO, "store", "removed %lld leftover files below blobs/", (long long)w->removed);
	free(path);
	free(w->before.file);
	w->before = w->now;
	w->now = (struct seen_list){ .file = NULL };
}

/* false: stop. */
static bool wait_for_next(struct store *store)
{
	struct timespec until;
	int code = 0;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += store->conf->sweep_every;
	(void)pthread_mutex_lock(&store->sweep_lock);
	while (!atomic_load(&store->must_stop) && code == 0) code = pthread_cond_timedwait(&store->sweep_wake, &store->sweep_lock, &until);
	(void)pthread_mutex_unlock(&store->sweep_lock);
	return !atomic_load(&store->must_stop);
}

static void *sweep_main(void *arg)
{
	struct sweep w = { .store = arg };

	store_background("sweep", 19);
	do look(&w);
	while (w.store->conf->sweep_every > 0 && wait_for_next(w.store));
	free(w.before.file);
	return NULL;
}

void sweep_start(struct store *store)
{
	pthread_condattr_t attributes;

	(void)pthread_mutex_init(&store->sweep_lock, NULL);
	(void)pthread_condattr_init(&attributes);
	(void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&store->sweep_wake, &attributes);
	(void)pthread_condattr_destroy(&attributes);
	store->has_sweeper = pthread_create(&store->sweeper, NULL, sweep_main, store) == 0;
}

void sweep_stop(struct store *store)
{
	if (!store->has_sweeper) return;
	(void)pthread_mutex_lock(&store->sweep_lock);           /* must_stop is set: not between its look and its sleep */
	(void)pthread_cond_signal(&store->sweep_wake);
	(void)pthread_mutex_unlock(&store->sweep_lock);
	(void)pthread_join(store->sweeper, NULL);
	(void)pthread_cond_destroy(&store->sweep_wake);
	(void)pthread_mutex_destroy(&store->sweep_lock);
	store->has_sweeper = false;
}
