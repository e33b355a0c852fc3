/* imap_pass.h - one look at one folder: what is new goes to the core in batches, the cursor with it, and then what comes after is done.
 *
 * A message is known by FOLDER/UIDVALIDITY/UID; flags are never asked whether it was taken. The cursor UIDVALIDITY/UID is stored with the
 * message it covers and never passes one that is not safely stored: behind a message that cannot be fetched it stands still, and those
 * further on are told apart by their keys. What is to be moved, deleted or flagged is so only after the commit, and only by UID; a second
 * cursor remembers how far that has come.
 * Thread: one at a time; done() of an entry is called from the core's threads. */
#ifndef NET_IMAP_PASS_H
#define NET_IMAP_PASS_H

#include <intaked/channel.h>
#include "net/imap_box.h"

enum imap_after { IMAP_AFTER_KEEP, IMAP_AFTER_MOVE, IMAP_AFTER_DELETE, IMAP_AFTER_FLAG };

struct imap_pass_conf {
	const char *recipient;          /* of mails that do not tell; may be NULL */
	const char *user;               /* for texts */
	const char *flag;               /* an atom */
	char *move_to;                  /* quoted; NULL without AFTER_MOVE */
	enum imap_after after;
	bool starts_new;                /* the first look takes nothing, what is there already is left to a backfill */
	int64_t batch, max_size, tries;
	int64_t old_after;              /* s: what had come so long before the first look is taken in as older mail; 0: nothing is */
};

/* A folder that is looked at again and again. */
struct imap_source {
	const struct ik_host *host;
	const struct imap_pass_conf *conf;
	struct imap_box *box;
	struct imap_folder folder;
	char *cursor_name, *acted_name, *start_name;
	int64_t started_at;             /* of the first look; 0: not asked yet, -1: not known */
	struct tries tries;
	bool was_polled;                /* the first look asks for keys, since a stop may have left the cursor behind them */
	struct imap_back { uint32_t *uid; size_t count, room, next; uint32_t uidvalidity; int64_t since_at, taken, early; } back;      /* a backfill under way; early: named by the day, but of before */
};

/* imap_source_init() - name: UTF-8; the rest is borrowed. */
void imap_source_init(struct imap_source *s, const struct ik_host *host, const struct imap_pass_conf *conf, struct imap_box *box, const char *name);
void imap_source_release(struct imap_source *s);
/* imap_source_poll() - taken_r: how many mails were handed over. IK_OK also when it was told to stop. */
enum ik_rc imap_source_poll(struct imap_source *s, size_t *taken_r, struct ik_error *err);

/* imap_source_backfill() - the next batch of what came since then and lies behind the cursor; *found_r, *seen_r, *taken_r: of the whole
 * folder, so far. *is_done_r: there is no more. What is stored already is passed over. */
enum ik_rc imap_source_backfill(struct imap_source *s, const struct ik_backfill *want, struct ik_backfill_progress *progress_r, struct ik_error *err);
/* imap_source_backfill_end() - forgets it. */
void imap_source_backfill_end(struct imap_source *s);

#endif
