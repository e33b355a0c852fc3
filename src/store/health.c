/* health.c - whether the store may still be used: it can be trusted until the disk fails, and takes what is new while there is room. */
#include "store/inside.h"

#include <stdlib.h>
#include <sys/statvfs.h>
#include "base/clock.h"
#include "base/log.h"
#include "store/send_journal.h"

#define ROOM_LOOK_MS 1000

void store_break(struct store *store, const struct ik_error *err)
{
	if (atomic_exchange(&store->is_broken, true)) return;
	send_journals_void(store->conf->dir);           /* pages a sick disk drops would read as "never begun" */
	log_line(IK_LOG_ERROR, "store", "cannot be trusted any more: %s", err->text);
	if (store->on_fatal == NULL) abort();
	store->on_fatal(store->on_fatal_arg, err);
}

static bool look_at_room(const struct store_conf *conf)
{
	struct statvfs st;

	if (statvfs(conf->dir, &st) != 0) return false;
	if ((int64_t)st.f_bavail * (int64_t)st.f_frsize < conf->free_space) return false;
	return st.f_files == 0 || (int64_t)st.f_favail >= conf->free_inodes;    /* f_files 0: a file system without inodes to count */
}

bool store_has_room(struct store *store)
{
	const int64_t now_ms = clock_mono_ms();
	int_least64_t looked_ms = atomic_load(&store->room_checked_ms);

	if (looked_ms == 0 || now_ms - looked_ms >= ROOM_LOOK_MS)
		if (atomic_compare_exchange_strong(&store->room_checked_ms, &looked_ms, now_ms))      /* one looks, the others go by the last look */
			atomic_store(&store->has_room, look_at_room(store->conf));
	return atomic_load(&store->has_room) && !atomic_load(&store->is_broken);
}
