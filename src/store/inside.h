/* inside.h - what the files of this folder share and nobody else sees: the store, its writer thread, an open transaction.
 *
 * Threads: a field belongs to the store thread unless its comment says otherwise. */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>
#include "base/codec.h"
#include "store/sql.h"
#include "store/store.h"
#include "store/tally.h"

#define KEY_PERIOD_S (30 * INT64_C(86400))
#define KEY_HASH_SIZE 16
#define DAY_S INT64_C(86400)

struct store_tx {
	const char *dir;                        /* state directory */
	struct sql sql;
	struct mac mac;                         /* keyed for all hashes that stand in indexes */
	struct tally tally;
	unsigned char random[512];              /* drawn ahead; random_left bytes at the end are unused */
	size_t random_left;
	bool has_new_duties, has_new_messages;  /* since the last commit */
	int64_t told_at;                        /* the callers' clock: when a limit was asked or a message counted last; 0: never */
	uint64_t batch;                         /* counts transactions that were begun */
};

struct outcome { enum ik_rc rc; struct ik_error err; };

struct writer {
	pthread_t thread;
	bool is_running;
	pthread_mutex_t lock;                   /* guards the next six lines */
	pthread_cond_t wake;
	struct store_job *first, **last;
	size_t depth, urgent;                   /* jobs that wait; those of them that should not */
	size_t wake_at;                         /* jobs at which the sleeping thread wants to be woken; 0: it does not sleep */
	bool wakes_for_urgent;                  /* it also wants to be by the first one that cannot wait */
	bool must_stop;

	struct store_tx tx;
	struct outcome *outcome;                /* conf->batch entries */
	size_t last_size;                       /* jobs of the last batch */
	int wal_pages;                          /* in the log since it was last started anew */
	int checkpoint_at;                      /* WAL pages */
	int64_t house_at_ms;                    /* next housekeeping */
};

struct search;

struct store {
	const struct store_conf *conf;
	void (*on_fatal)(void *arg, const struct ik_error *err);
	void *on_fatal_arg;
	atomic_bool is_broken;                  /* any thread: nothing is told OK any more */
	int lock_fd;
	unsigned char secret[STORE_DIGEST_SIZE];        /* const after open */
	struct writer writer;

	pthread_mutex_t watch_lock;             /* guards the next two */
	void (*watch)(void *arg);
	void *watch_arg;

	atomic_int_least64_t room_checked_ms;   /* any thread */
	atomic_bool has_room;
	atomic_bool wants_truncate;             /* any thread sets it: empty the log behind the next batch; cleared when that is done */

	pthread_mutex_t blob_lock;              /* any thread: a file is either taken into use or swept, never both */
	int64_t opened_at;                      /* seconds; files older than this may be leftovers */
	pthread_t sweeper;
	bool has_sweeper;
	pthread_mutex_t sweep_lock;             /* of its sleep */
	pthread_cond_t sweep_wake;
	atomic_bool must_stop;                  /* background threads */
	struct search *search;                  /* NULL: switched off */
};

/* writer.c */
enum ik_rc writer_start(struct store *store, struct ik_error *err);
void writer_stop(struct store *store);
/* health.c: store_break() - the store cannot be trusted: on_fatal once, from then on nothing is told OK. */
void store_break(struct store *store, const struct ik_error *err);

/* lock.c: IK_CONFIG with the PID of whoever has it. */
enum ik_rc lock_take(const char *dir, int *fd_r, struct ik_error *err);

/* blob.c */
enum ik_rc blob_folders(const char *dir, struct ik_error *err);
char *blob_path(const char *dir, const unsigned char digest[STORE_DIGEST_SIZE]);
/* blob_note() - the row that keeps a blob's file from being swept; nothing to do for small ones. */
enum ik_rc blob_note(struct store_tx *tx, const struct store_blob *blob, struct ik_error *err);
/* retention.c: one slice of deleting what was kept long enough. *more_r: there may be more. */
enum ik_rc retention_slice(struct store_tx *tx, const struct store_conf *conf, bool *more_r, struct ik_error *err);
/* sweep.c */
void sweep_start(struct store *store);
void sweep_stop(struct store *store);

/* Shared by jobs and readers. */
void hash_open(struct mac *mac, const unsigned char secret[STORE_DIGEST_SIZE]);
/* hash_of() - of a label and two texts; bytes_r KEY_HASH_SIZE. hash_number() - the same as a number > 0 for integer keys. */
void hash_of(struct mac *mac, const char *label, const char *a, const char *b, unsigned char hash_r[KEY_HASH_SIZE]);
int64_t hash_number(struct mac *mac, const char *label, const char *a, const char *b);
int64_t hash_as_number(const unsigned char hash[KEY_HASH_SIZE]);
/* key_is_known() - in any period, the oldest included: for sources that keep what they handed over. */
enum ik_rc key_is_known(struct sql *sql, struct mac *mac, const char *account, const char *key, int64_t now_at, bool *known_r, struct ik_error *err);
/* key_find() - in the periods around now_at; ids are 0 when there is none. */
enum ik_rc key_find(struct sql *sql, struct mac *mac, const char *account, const char *key, int64_t now_at,
                    int64_t *message_id_r, int64_t *ticket_id_r, unsigned char digest_r[STORE_DIGEST_SIZE], struct ik_error *err);
/* ticket_find() - by number or code. */
enum ik_rc ticket_find(struct sql *sql, struct mac *mac, const char *number_or_code, int64_t *ticket_id_r, struct ik_error *err);
/* contact_find() - the customer who has this handle; 0: nobody. */
enum ik_rc contact_find(struct sql *sql, struct mac *mac, const char *type, const char *value, int64_t *contact_id_r, struct ik_error *err);
/* For erase.c. store_drop_handle(), store_new_code() - in ticket.c and contact.c; the address and the old tracking code lead nowhere any more. */
enum ik_rc store_drop_handle(struct store_tx *tx, int64_t contact_id, const char *type, const char *value, struct ik_error *err);
enum ik_rc store_new_code(struct store_tx *tx, int64_t ticket_id, struct ik_error *err);
/* tx_random() - len (<= 32) unpredictable bytes. */
void tx_random(struct store_tx *tx, void *bytes_r, size_t len);

/* search.c */
struct search *search_start(struct store *store);
void search_wake(struct search *search);                /* store thread, after a commit; search may be NULL */
void search_stop(struct search **search);
/* search_is_anew() - the index on the disk has nothing that was erased. */
bool search_is_anew(struct store *store);
#define SEARCH_FILE "search.db"

/* Tickets that tell of something that happens now: of a known customer, no answer of a machine, and no older mail that was taken in later. */
#define TICKET_COUNTS "contact_id IS NOT NULL AND coalesce(ack_reason, '') NOT IN ('null-sender', 'auto-submitted', 'report', 'list', 'precedence', 'vendor', 'model', 'history')" \
	" AND NOT EXISTS (SELECT 1 FROM history h WHERE h.ticket_id = ticket.id AND h.event = 'backfilled')"

#endif
