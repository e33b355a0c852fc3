/* store.c - opening and closing: the lock, the secret, the database, what a crash left, the threads. */
#include "store/inside.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "base/random.h"
#include "store/schema.h"
#include "store/send_journal.h"

#define SECRET_FILE "secret.key"

#define OPT(kind, field, ...) IK_OPTION(kind, struct store_conf, field, __VA_ARGS__)
const struct ik_option store_options[] = {
	OPT(PATH,  dir,              .def = "/var/lib/intaked", .flags = IK_RESTART, .help = "State directory; one daemon at a time."),
	OPT(SIZE,  page_cache,       .def = "64M", .min = 1048576, .max = 17179869184, .flags = IK_RESTART, .help = "Memory for pages of the database."),
	OPT(COUNT, batch,            .def = "256", .min = 1, .max = 4096, .flags = IK_RESTART, .help = "Messages stored by one commit at most."),
	OPT(COUNT, checkpoint_pages, .def = "4000", .min = 1000, .max = 1000000, .flags = IK_RESTART, .help = "Pages of 4 KiB in the write-ahead log after which it is written back."),
	OPT(SIZE,  free_space,       .def = "256M", .min = 0, .max = 1099511627776, .flags = IK_RESTART, .help = "Free space below which nothing new is taken."),
	OPT(COUNT, free_inodes,      .def = "1000", .min = 0, .max = 1000000000, .flags = IK_RESTART, .help = "Free inodes below which nothing new is taken."),
	OPT(DURATION, keys_kept,     .def = "3650d", .min = 34560000, .max = 3153600000, .flags = IK_RESTART, .help = "How long a message is known again; longer than any source keeps what it handed over."),
	OPT(DURATION, quarantine_kept, .def = "180d", .min = 86400, .max = 3153600000, .flags = IK_RESTART, .help = "How long what could not be read stays in quarantine."),
	OPT(DURATION, sweep_every,   .def = "6h", .min = 60, .max = 2592000, .flags = IK_RESTART, .help = "Time between two looks for files that interrupted messages left."),
	OPT(BOOL,  search,           .def = "yes", .flags = IK_RESTART, .help = "Fill the full-text index in the background."),
	IK_OPTION_END
};

static enum ik_rc load_secret(struct store *store, struct ik_error *err)
{
	char *path = mem_format("%s/%s", store->conf->dir, SECRET_FILE);
	struct buf content = BUF_INIT(STORE_DIGEST_SIZE + 1);
	struct stat st;
	enum ik_rc rc = IK_OK;

	if (stat(path, &st) != 0 && errno == ENOENT) {
		random_bytes(store->secret, sizeof(store->secret));
		rc = file_write_durable(store->conf->dir, SECRET_FILE, store->secret, sizeof(store->secret), err);
	} else {
		rc = file_read(path, &content, err);
		if (rc == IK_REJECT || (rc == IK_OK && content.len != STORE_DIGEST_SIZE))
			rc = ik_fail(IK_CONFIG, err, "store: %s does not hold %d bytes; restore it from a backup of this store", path, STORE_DIGEST_SIZE);
		if (rc == IK_OK) memcpy(store->secret, content.data, STORE_DIGEST_SIZE);
		if (content.len > 0) explicit_bzero(content.data, content.len);
	}
	buf_release(&content);
	free(path);
	return rc;
}

/* A new secret beside an old database would let every known message in again. */
static enum ik_rc check_secret(struct store *store, struct ik_error *err)
{
	char *database = mem_format("%s/%s", store->conf->dir, SCHEMA_FILE), *secret = mem_format("%s/%s", store->conf->dir, SECRET_FILE);
	struct stat st;
	enum ik_rc rc = IK_OK;

	if (stat(database, &st) == 0 && st.st_size > 0 && stat(secret, &st) != 0 && errno == ENOENT)
		rc = ik_fail(IK_CONFIG, err, "store: %s is missing beside a store that was made with it; restore it from the backup", secret);
	free(database);
	free(secret);
	return rc;
}

static enum ik_rc recover(struct store *store, struct ik_error *err)
{
	struct store_tx *tx = &store->writer.tx;
	enum ik_rc rc = sql_script(&tx->sql, "BEGIN IMMEDIATE", err);

	if (rc == IK_OK) rc = store_recover_duties(tx, clock_wall(), err);
	if (rc == IK_OK) rc = tally_flush(&tx->tally, &tx->sql, err);
	if (rc == IK_OK) rc = sql_script(&tx->sql, "COMMIT", err);
	if (rc == IK_OK) send_journals_remove(store->conf->dir);
	tx->has_new_duties = false;
	return rc;
}

enum ik_rc store_open(const struct store_conf *conf, void (*on_fatal)(void *arg, const struct ik_error *err), void *arg,
                      struct store **store_r, struct ik_error *err)
{
	struct store *store = mem_new(sizeof(*store));
	enum ik_rc rc;

	store->conf = conf;
	store->writer.tx.dir = conf->dir;
	store->on_fatal = on_fatal;
	store->on_fatal_arg = arg;
	store->lock_fd = -1;
	store->opened_at = clock_wall();
	(void)pthread_mutex_init(&store->blob_lock, NULL);
	(void)pthread_mutex_init(&store->watch_lock, NULL);
	rc = dir_make(conf->dir, err);
	if (rc == IK_OK) rc = lock_take(conf->dir, &store->lock_fd, err);
	if (rc == IK_OK) rc = check_secret(store, err);
	if (rc == IK_OK) rc = load_secret(store, err);
	if (rc == IK_OK) rc = blob_folders(conf->dir, err);
	if (rc == IK_OK) rc = schema_open(&store->writer.tx.sql, conf->dir, conf->page_cache, err);
	if (rc == IK_OK) {
		hash_open(&store->writer.tx.mac, store->secret);
		rc = recover(store, err);
	}
	(void)store_has_room(store);
	if (rc == IK_OK) rc = writer_start(store, err);
	if (rc == IK_OK) {
		sweep_start(store);
		if (conf->search) store->search = search_start(store);
		*store_r = store;
	} else {
		store_close(&store);
	}
	return rc;
}

void store_close(struct store **store)
{
	struct store *s = *store;

	if (s == NULL) return;
	atomic_store(&s->must_stop, true);
	writer_stop(s);
	search_stop(&s->search);
	sweep_stop(s);
	tally_forget(&s->writer.tx.tally);
	sql_close(&s->writer.tx.sql);
	if (s->writer.tx.mac.context != NULL) mac_release(&s->writer.tx.mac);
	fd_close(&s->lock_fd);
	(void)pthread_mutex_destroy(&s->blob_lock);
	(void)pthread_mutex_destroy(&s->watch_lock);
	explicit_bzero(s->secret, sizeof(s->secret));
	mem_free(store);
}

const unsigned char *store_secret(const struct store *store)
{
	return store->secret;
}
