/* store.h - the durable truth: tickets, messages, originals, natural keys, cursors, outbox, history, ledger.
 *
 * One thread (the store thread) owns the only connection that writes and checkpoints. Everything that changes the store is a
 * job run on that thread inside a transaction it shares with whatever else was waiting: jobs are taken, run, committed
 * once with synchronous=FULL, then every job's done() is called. Readers have connections of their own that can do neither.
 *
 * Failure: IK_RETRY (no space, below the floors, busy) rolls the batch back and is told to the jobs concerned; IK_FATAL
 * (I/O error, fsync error, corruption) is never retried: the store calls on_fatal and the process ends with status 74.
 *
 * SQL lives in src/store only. Texts are UTF-8; times are seconds since 1970 UTC; ids are rowids, > 0. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <jansson.h>
#include <intaked/error.h>
#include <intaked/option.h>

#define STORE_DIGEST_SIZE 32
#define STORE_CODE_SIZE 17              /* 16 symbols of Crockford base-32 without dashes, and NUL */
#define STORE_NUMBER_SIZE 24            /* "202611-001" and NUL */
#define STORE_NOTE_MAX 1024             /* of a notice, with NUL */
/* Originals up to here live in the database, larger ones in files. A file costs two syncs of its own where a row shares the commit's; what the mail
 * channels keep in memory and the parse workers get in one frame ends at the same size. */
#define STORE_INLINE_MAX (256u * 1024)

struct store;                           /* the writing side; shared by all threads */
struct store_tx;                        /* one open transaction; only inside a job, only on the store thread */
struct store_reader;                    /* a read-only connection; one thread at a time */

struct store_conf {
	char *dir;                      /* state directory, mode 0700, one daemon at a time */
	int64_t page_cache;             /* bytes */
	int64_t batch;                  /* jobs per transaction at most */
	int64_t checkpoint_pages;       /* WAL pages after which the writer checkpoints */
	int64_t free_space;             /* bytes below which nothing new is taken */
	int64_t free_inodes;
	int64_t keys_kept, quarantine_kept;     /* s; 0: for ever */
	int64_t sweep_every;            /* s between two looks for leftover files; 0: only at the start */
	bool search;                    /* fill the full-text index in the background */
};
extern const struct ik_option store_options[];

/* ---- life ------------------------------------------------------------------------------------------------------- */

/* store_open() - locks the directory (a second daemon gets IK_CONFIG naming the first one's PID), opens or creates the
 * database, runs missing schema steps, reads the pragmas back, turns duties left in flight by a crash into what they are
 * (sending -> pending, committing -> uncertain), starts the thread. A newer schema is IK_CONFIG. conf is borrowed until close.
 * on_fatal is called once, on any thread, when the store cannot be trusted; NULL: abort(). */
enum ik_rc store_open(const struct store_conf *conf, void (*on_fatal)(void *arg, const struct ik_error *err), void *arg,
                      struct store **store_r, struct ik_error *err);
/* store_close() - runs what is queued, checkpoints, releases. */
void store_close(struct store **store);
/* store_has_room() - false below the floors: take nothing new. Cheap (checked in the background once a second). */
bool store_has_room(struct store *store);
/* store_secret() - 32 bytes made once per store, from which keys of MACs are derived. Borrowed. */
const unsigned char *store_secret(const struct store *store);

/* ---- jobs ------------------------------------------------------------------------------------------------------- */

struct store_job {
	struct store_job *next;                                                 /* the store's own */
	enum ik_rc (*run)(struct store_tx *tx, void *arg, struct ik_error *err);/* may run twice: after a batch was rolled back */
	void (*done)(void *arg, enum ik_rc rc, const struct ik_error *err);     /* after the commit, on the store thread: be brief */
	void *arg;
	bool is_intake;                 /* refused with IK_RETRY below the floors */
	bool can_wait;                  /* nobody is answered by its commit, and more of its source follows at once: at most 20 ms */
};

/* store_submit() - queues a job; the memory is the caller's until done() was called. A run() that returns IK_REJECT or
 * IK_RETRY must have changed nothing, or its batch is rolled back and every other job is run again. */
void store_submit(struct store *store, struct store_job *job);
/* store_call() - submits and waits for the commit. */
enum ik_rc store_call(struct store *store, enum ik_rc (*run)(struct store_tx *, void *, struct ik_error *), void *arg, struct ik_error *err);
/* store_tx_batch() - a number that every transaction begun has of its own: what a job keeps in memory under another one was rolled back, unless
 * its done() has been told otherwise. */
uint64_t store_tx_batch(const struct store_tx *tx);
/* store_watch() - fn is called on the store thread after every commit that added or freed duties: wake whoever sends. */
void store_watch(struct store *store, void (*fn)(void *arg), void *arg);
/* store_queue_depth() - jobs waiting, for metrics. */
size_t store_queue_depth(struct store *store);
/* store_background() - the first words of a thread of the store or behind it: its name, no signals, less of the machine (0 ... 19). */
void store_background(const char *name, int niceness);

/* ---- large originals: before the job, on the caller's thread -------------------------------------------------------- */

/* A blob: bytes known by their SHA-256. Up to STORE_INLINE_MAX bytes are borrowed until the job is done; larger ones are
 * written to a file and fsynced by store_blob_prepare(), whose name is the digest, so that equal content is kept once. */
struct store_blob {
	unsigned char digest[STORE_DIGEST_SIZE];
	int64_t size;                   /* bytes */
	const void *data;               /* NULL when it is in a file */
};
enum ik_rc store_blob_prepare(struct store *store, const void *data, size_t size, struct store_blob *blob_r, struct ik_error *err);
/* store_blob_prepare_fd() - streams from offset 0 of fd, never whole in memory when large. Small content is read into memory that
 * *owned_r gets (free it after the job). */
enum ik_rc store_blob_prepare_fd(struct store *store, int fd, int64_t size, struct store_blob *blob_r, void **owned_r, struct ik_error *err);
/* store_spool() - an open unnamed file below the state directory for input of unknown size; -1 and err on failure. */
int store_spool(struct store *store, struct ik_error *err);

/* ---- rows that intake writes ------------------------------------------------------------------------------------------ */

enum store_state { STATE_RECEIVED, STATE_FORWARDED, STATE_IN_PROGRESS, STATE_WAITING_CUSTOMER, STATE_RESOLVED, STATE_CLOSED };
enum store_ack { ACK_NONE, ACK_PENDING, ACK_SENT, ACK_UNCERTAIN, ACK_WITHHELD, ACK_FAILED };
extern const char *const store_state_names[];   /* as in the ticket format, NULL-terminated */
extern const char *const store_ack_names[];

/* store_code_valid() - whether the text reads as a tracking code and its check symbol fits; asks no store. store_code_canonical() - the
 * 16 symbols in upper case: dashes and spaces left out, i and l as 1, o as 0; false when it is none. code_shown() of base/codec.h adds dashes. */
bool store_code_valid(const char *text);
bool store_code_canonical(const char *text, char code_r[STORE_CODE_SIZE]);

/* store_add_ticket() fills id, number and code; everything else is the caller's and borrowed. NULL texts are stored as null. */
struct store_ticket {
	int64_t id;
	char number[STORE_NUMBER_SIZE];
	char code[STORE_CODE_SIZE];
	int64_t month;                  /* 202611: the period the number counts in, in the configured zone */
	const char *brand, *channel, *channel_type;
	int64_t contact_id;             /* 0: unknown customer */
	const char *subject, *category, *severity, *sentiment, *department, *product, *order_number, *wanted, *language;
	int64_t received_at, first_response_due, handling_due;
	const char *promise_text;       /* as told to the customer */
	const char *decisions;          /* JSON: the chain of decisions with rule and evidence, for explain */
	enum store_ack ack;
	const char *ack_reason;         /* reason code, e.g. "auto-submitted" */
	int64_t ack_at;                 /* 0: not answered yet */
	int64_t earlier;                /* filled: tickets this customer had before */
};

/* How a message can be answered later: by mail to its sender, through its channel, or no more once its request was answered. */
enum store_reply { REPLY_NONE, REPLY_MAIL, REPLY_CHAT, REPLY_RESPONSE };
extern const char *const store_reply_names[];
struct store_message {
	int64_t id;                     /* filled by store_add_message() */
	int64_t ticket_id;
	bool is_outbound;
	const char *channel, *external_id, *sender, *sender_name, *conversation;
	const char *recipient;
	enum store_reply reply;
	int64_t reply_until, replies_left;      /* until when, and how often, the platform lets us answer; 0: no limit known, replies_left -1: none left */
	int64_t contact_id;
	int64_t received_at, sent_at;
	const char *subject, *text, *reply_text, *language;
	const char *auto_reason;        /* why it counts as automatic, NULL for a person */
	const char *authenticated;      /* "pass", "fail", "none" */
	const char *message_id;         /* of the mail, without <> */
	const char *marks;              /* JSON object of further facts (in_reply_to, references, flags, reply ability) */
	const char *attachments;        /* JSON array as in the ticket format, with "part" = where to find it */
	const struct store_blob *original;      /* NULL: none */
	const struct store_blob *files;         /* blobs of uploads, by their order in attachments; may be NULL */
	size_t file_count;
};

/* store_find_key() - the message stored under a natural key of this account, or 0. digest_r: of its content.
 * Keys are looked for in the current and the previous period; account and key are hashed together. A key that stands in the current period already is IK_REJECT. */
enum ik_rc store_find_key(struct store_tx *tx, const char *account, const char *key, int64_t now_at,
                          int64_t *message_id_r, int64_t *ticket_id_r, unsigned char digest_r[STORE_DIGEST_SIZE], struct ik_error *err);
enum ik_rc store_add_key(struct store_tx *tx, const char *account, const char *key, int64_t now_at, int64_t message_id, int64_t ticket_id,
                         const unsigned char digest[STORE_DIGEST_SIZE], struct ik_error *err);
/* store_find_message_id(), store_add_message_id() - RFC 5322 Message-IDs (without <>), with the digest of the content, by recipient account.
 * The first message to file an id keeps it; filing it again within the same period changes nothing. */
enum ik_rc store_find_message_id(struct store_tx *tx, const char *message_id, int64_t now_at,
                                 int64_t *message_r, int64_t *ticket_id_r, unsigned char digest_r[STORE_DIGEST_SIZE], struct ik_error *err);
enum ik_rc store_add_message_id(struct store_tx *tx, const char *message_id, int64_t now_at, int64_t message, int64_t ticket_id,
                                const unsigned char digest[STORE_DIGEST_SIZE], struct ik_error *err);

/* store_find_reference() - the ticket of the mail that this id names, for threads: as filed with store_add_reference() by this contact, or
 * else as a Message-ID by anybody; 0 when unknown. Looks back over a year, newest first. *own_r: filed by the contact.
 * store_add_reference() - files an id of this contact's mails that no mail of ours has: ancestors we never saw, ids that somebody else took. */
enum ik_rc store_find_reference(struct store_tx *tx, int64_t contact_id, const char *message_id, int64_t now_at, int64_t *ticket_id_r, bool *own_r,
                                struct ik_error *err);
enum ik_rc store_add_reference(struct store_tx *tx, int64_t contact_id, const char *message_id, int64_t now_at, int64_t message, int64_t ticket_id,
                               struct ik_error *err);

/* store_message_channel() - the name of the channel a message came by, and its recipient there; "" when there is no such message. */
enum ik_rc store_message_channel(struct store_tx *tx, int64_t message_id, char *channel_r, size_t size, char *recipient_r, size_t recipient_size,
                                 struct ik_error *err);

/* store_contact() - the customer who has this handle, created when new. type and value are folded by the caller. */
enum ik_rc store_contact(struct store_tx *tx, const char *type, const char *value, const char *name, const char *language, bool verified,
                         int64_t now_at, int64_t *contact_id_r, struct ik_error *err);
/* store_add_handle() - a further handle of a customer; one that somebody has stays theirs. */
enum ik_rc store_add_handle(struct store_tx *tx, int64_t contact_id, const char *type, const char *value, bool verified, struct ik_error *err);
/* store_vouch_handle() - another verified handle of the customer, named by whoever vouches for them. One that is a customer already makes the two one person. */
enum ik_rc store_vouch_handle(struct store_tx *tx, int64_t contact_id, const char *type, const char *value, int64_t now_at, struct ik_error *err);
/* store_set_tier() - what kind of customer it is, as the list of the operator says. */
enum ik_rc store_set_tier(struct store_tx *tx, int64_t contact_id, const char *tier, struct ik_error *err);
/* store_is_participant() - whether the contact has written in this ticket. */
enum ik_rc store_is_participant(struct store_tx *tx, int64_t ticket_id, int64_t contact_id, bool *is_r, struct ik_error *err);
/* store_is_joined_participant() - whether somebody who is joined with the contact has. store_each_writer() - the handles of those who have, once each, 64 at most. */
enum ik_rc store_is_joined_participant(struct store_tx *tx, int64_t ticket_id, int64_t contact_id, bool *is_r, struct ik_error *err);
enum ik_rc store_each_writer(struct store_tx *tx, int64_t ticket_id, void (*each)(void *arg, const char *type, const char *value), void *arg, struct ik_error *err);
/* store_find_ticket() - id of a ticket by number ("202611-001") or tracking code (dashes and case do not matter); 0 when unknown. */
enum ik_rc store_find_ticket(struct store_tx *tx, const char *number_or_code, int64_t *ticket_id_r, struct ik_error *err);

/* store_add_ticket() - takes the next number of t->month and a code that no ticket has; both are final with the commit. */
enum ik_rc store_add_ticket(struct store_tx *tx, struct store_ticket *t, struct ik_error *err);
/* store_put_ticket() - likewise, with the number and code that t has, when both are free here; a number that is taken is replaced by a new one. */
enum ik_rc store_put_ticket(struct store_tx *tx, struct store_ticket *t, struct ik_error *err);
/* store_note_late() - what was entered or imported after it came: to be called for it, once it has its id, so that whoever looks for a time finds
 * it all the same. */
enum store_late { LATE_TICKET, LATE_MESSAGE };
enum ik_rc store_note_late(struct store_tx *tx, enum store_late kind, int64_t id, int64_t at, struct ik_error *err);
/* store_get_receipt() - number, code, due time, contact language and promise of an existing ticket; texts are copied (free promise with free). */
struct store_receipt { char number[STORE_NUMBER_SIZE]; char code[STORE_CODE_SIZE]; int64_t first_response_due; char language[16]; char *promise_text; };
enum ik_rc store_get_receipt(struct store_tx *tx, int64_t ticket_id, struct store_receipt *receipt_r, struct ik_error *err);
enum ik_rc store_add_message(struct store_tx *tx, struct store_message *m, struct ik_error *err);
/* store_get_standing() - what threading asks of a ticket: its state and since when it has it (0: since it came), its subject (cut).
 * *found_r: false when there is no such ticket. */
struct store_standing { enum store_state state; int64_t state_at; char subject[512]; };
enum ik_rc store_get_standing(struct store_tx *tx, int64_t ticket_id, bool *found_r, struct store_standing *standing_r, struct ik_error *err);
/* store_link() - kind: "duplicate_of", "related", "mass", "claimed". */
enum ik_rc store_link(struct store_tx *tx, int64_t from_ticket, int64_t to_ticket, const char *kind, struct ik_error *err);
enum ik_rc store_add_history(struct store_tx *tx, int64_t ticket_id, int64_t at, const char *event, const char *actor, const char *detail, struct ik_error *err);
enum ik_rc store_set_state(struct store_tx *tx, int64_t ticket_id, enum store_state state, int64_t at, const char *actor, struct ik_error *err);

/* store_quarantine() - input that could not be read: kept whole. ticket_id of the minimal ticket, 0 without one ("self" mail). */
enum ik_rc store_quarantine(struct store_tx *tx, const char *channel, const char *reason, const struct store_blob *raw, int64_t now_at,
                            int64_t ticket_id, struct ik_error *err);

enum ik_rc store_put_cursor(struct store_tx *tx, const char *channel, const char *name, const char *value, struct ik_error *err);

/* store_count() - ledger: offered = accepted + refused + pending per channel and day. refused carries the reason. Added up in memory
 * and written once per batch. */
enum store_count { COUNT_OFFERED, COUNT_ACCEPTED, COUNT_REPEATED, COUNT_REFUSED };
enum ik_rc store_count(struct store_tx *tx, const char *channel, int64_t now_at, enum store_count what, const char *reason, struct ik_error *err);

/* store_use_budget() - a persisted limit: takes one from `key` when fewer than `limit` were taken in the window of window_s seconds that
 * now_at falls in; *ok_r tells. Same transaction as the duty it allows. */
enum ik_rc store_use_budget(struct store_tx *tx, const char *key, int64_t window_s, int64_t limit, int64_t now_at, bool *ok_r, struct ik_error *err);
/* Addresses that anybody could have typed, folded by the caller. store_find_verification() - id 0: never asked; verified_at 0: not proved.
 * store_ask_verification() - a mail that asks for the proof goes to the handle now, which is the address as it was typed. store_await_verification() - the ticket's receipt waits for it.
 * store_verify() - proved; handle_r: where the mail went, "" when there is none. store_take_awaiting() - the newest tickets that waited, max at most;
 * none waits any longer. */
struct store_verification { int64_t id, asked_at, verified_at; };
struct store_awaiting { int64_t ticket_id, message_id; };
enum ik_rc store_find_verification(struct store_tx *tx, const char *address, struct store_verification *v_r, struct ik_error *err);
enum ik_rc store_ask_verification(struct store_tx *tx, const char *address, const char *handle, int64_t now_at, int64_t *id_r, struct ik_error *err);
enum ik_rc store_await_verification(struct store_tx *tx, int64_t id, int64_t ticket_id, int64_t message_id, struct ik_error *err);
enum ik_rc store_verify(struct store_tx *tx, int64_t id, int64_t now_at, char *handle_r, size_t size, struct ik_error *err);
/* store_forget_verification() - an address as it is compared, proved or not, with all that waits for it: nothing is left of it here. A mail that asks and
 * was not sent yet is given up. store_forget_awaiting() - what waits for a ticket. Both for who erases a person or a ticket; idempotent. */
enum ik_rc store_forget_verification(struct store_tx *tx, const char *address, struct ik_error *err);
enum ik_rc store_forget_awaiting(struct store_tx *tx, int64_t ticket_id, struct ik_error *err);
enum ik_rc store_take_awaiting(struct store_tx *tx, int64_t id, size_t max, struct store_awaiting *list_r, size_t *count_r, struct ik_error *err);
/* store_used_budget() - how many were taken in that window; asks only. */
enum ik_rc store_used_budget(struct store_tx *tx, const char *key, int64_t window_s, int64_t now_at, int64_t *used_r, struct ik_error *err);
/* store_mark_address(), store_address_mark() - addresses that bounce or are machines: no acknowledgement goes there until `until`. */
enum ik_rc store_mark_address(struct store_tx *tx, const char *address, const char *mark, const char *evidence, int64_t until, struct ik_error *err);
enum ik_rc store_address_mark(struct store_tx *tx, const char *address, int64_t now_at, char *mark_r, size_t size, struct ik_error *err);

/* store_raise_alarm() - tells an operator: the alarm of the same kind and key that was raised within quiet_s is counted up and *id_r is 0;
 * otherwise it is a new one with its id, which the caller gives to those who have to be told. evidence: a JSON object or NULL; the newest of the ticket that
 * raised it stays, since it goes when that ticket is erased. */
struct store_alarm { const char *kind, *key, *text, *text_zh, *remedy, *evidence; int64_t ticket_id, raised_at; };
enum ik_rc store_raise_alarm(struct store_tx *tx, const struct store_alarm *alarm, int64_t quiet_s, int64_t *id_r, struct ik_error *err);

/* ---- outbox ------------------------------------------------------------------------------------------------------------
 *
 *   pending --take--> sending --commit--> committing --finish--> sent | failed | uncertain
 *      ^                 |                    |
 *      +---- finish (retry) ----<-------------+          withheld: decided at intake, never sent
 *
 *   pending     due at next_at; nothing is under way
 *   sending     taken by a sender; nothing irrevocable has happened: a crash here means pending
 *   committing  durable before the first byte that cannot be taken back: a crash here means uncertain
 *   sent, failed (dead letter), uncertain (never sent again unless an operator says so): final
 *
 * From sending, a deliver duty may also finish as sent, failed or uncertain, since its receiver knows the key again, and an
 * acknowledgement as failed, when it was given up before anything was said. An acknowledgement becomes sent or uncertain through
 * committing only. Every other arrow is IK_REJECT. */
enum duty_kind { DUTY_ACK, DUTY_DELIVER, DUTY_NOTICE };   /* a notice is sent like an acknowledgement and leaves the ticket's ack alone */
enum duty_state { DUTY_PENDING, DUTY_SENDING, DUTY_COMMITTING, DUTY_SENT, DUTY_FAILED, DUTY_UNCERTAIN, DUTY_WITHHELD };
extern const char *const duty_state_names[];

struct store_duty {
	int64_t id, ticket_id, message_id;
	enum duty_kind kind;
	char target[64];                /* queue: "ack:mail", "ack:CHANNEL", "sink:NAME" */
	char event[32];                 /* "received", "ticket.created", "ticket.updated" */
	enum duty_state state;
	int64_t attempts, next_at, created_at;
	char address[256];              /* of an acknowledgement: mail address or conversation */
	char key[64];                   /* the same at every attempt */
	char last_error[256], remote_id[128];
	char template[24];              /* the text that says it; "": the one of its event */
	char note[STORE_NOTE_MAX];      /* words of the staff for the customer, "" for none */
};

/* store_add_duty() - target, event, address, template, note, ticket_id, message_id, kind, next_at (0: now) and state (pending or withheld) are
 * read; id, key and, when 0, created_at are filled. A second DUTY_ACK or DUTY_NOTICE for the same ticket and event is IK_REJECT: at most one,
 * by a unique index. */
enum ik_rc store_add_duty(struct store_tx *tx, struct store_duty *duty, struct ik_error *err);
/* store_take_duties() - up to max due duties of a target, oldest first, pending -> sending, attempts + 1. */
enum ik_rc store_take_duties(struct store_tx *tx, const char *target, int64_t now_at, size_t max, struct store_duty *duties_r, size_t *count_r, struct ik_error *err);
/* store_is_meant_for() - whether a ticket was ever meant for a target; true also for a ticket that no target has. */
enum ik_rc store_is_meant_for(struct store_tx *tx, int64_t ticket_id, const char *target, bool *has_r, struct ik_error *err);
/* store_commit_duties() - sending -> committing. */
enum ik_rc store_commit_duties(struct store_tx *tx, const int64_t *ids, size_t count, struct ik_error *err);
/* store_ack_address() - where the last acknowledgement of a ticket goes or went; "" when there is none. */
enum ik_rc store_ack_address(struct store_tx *tx, int64_t ticket_id, char *address_r, size_t size, struct ik_error *err);
/* store_finish_duty() - state: PENDING (retry at next_at), SENT, FAILED or UNCERTAIN. For acknowledgements the ticket's ack state follows. */
enum ik_rc store_finish_duty(struct store_tx *tx, int64_t id, enum duty_state state, int64_t now_at, int64_t next_at,
                             const char *error, const char *remote_id, struct ik_error *err);
/* store_reroute_duty() - what a sender has taken goes another way: pending at once, under another target and address. */
enum ik_rc store_reroute_duty(struct store_tx *tx, int64_t id, const char *target, const char *address, int64_t now_at, const char *why, struct ik_error *err);
/* store_retry_duty() - an operator's word: failed or uncertain -> pending. IK_REJECT when it is in no such state. */
enum ik_rc store_retry_duty(struct store_tx *tx, int64_t id, int64_t now_at, struct ik_error *err);
/* store_drop_duties() - up to max pending duties of a target are withheld for good; the tickets' histories tell who gave them up. *count_r: how many,
 * 0: there is none left. */
enum ik_rc store_drop_duties(struct store_tx *tx, const char *target, const char *actor, int64_t now_at, size_t max, int64_t *count_r, struct ik_error *err);
/* store_recover_duties() - what nobody sends any more: sending -> pending, committing -> what its sender noted in its send_journal, or uncertain; whatever the target. The journals
 * (send_journal.h) are the caller's to remove after the commit. Only before anything is
 * taken: after a crash, and when senders were stopped whose verdicts the store could not take. */
enum ik_rc store_recover_duties(struct store_tx *tx, int64_t now_at, struct ik_error *err);
/* store_next_due() - when the next pending duty of a target is due, 0 for none. */
enum ik_rc store_next_due(struct store_tx *tx, const char *target, int64_t *at_r, struct ik_error *err);

/* store_duty_waits_for() - when the last earlier delivery of the same ticket and target is due that is still to be tried again; 0: none,
 * the order holds. */
enum ik_rc store_duty_waits_for(struct store_tx *tx, const struct store_duty *duty, int64_t now_at, int64_t *at_r, struct ik_error *err);

/* ---- likeness: repeats, persons, corrections, incidents --------------------------------------------------------------------- */

/* store_ticket_of() - the ticket a message stands in now; 0: there is no such message. */
enum ik_rc store_ticket_of(struct store_tx *tx, int64_t message_id, int64_t *ticket_id_r, struct ik_error *err);
/* store_is_added() - whether another message opened the ticket. */
enum ik_rc store_is_added(struct store_tx *tx, int64_t ticket_id, int64_t message_id, bool *is_r, struct ik_error *err);
/* store_current_ticket() - where a ticket was merged into; itself when it was not. */
enum ik_rc store_current_ticket(struct store_tx *tx, int64_t ticket_id, int64_t *current_r, struct ik_error *err);
/* store_count_repeat() - the same matter was told again. */
enum ik_rc store_count_repeat(struct store_tx *tx, int64_t ticket_id, int64_t *repeats_r, struct ik_error *err);
/* store_has_ack() - whether the ticket has an acknowledgement for this event already. */
enum ik_rc store_has_ack(struct store_tx *tx, int64_t ticket_id, const char *event, bool *has_r, struct ik_error *err);

/* store_join_persons() - the two customers are one person; evidence is told with it. Nothing happens when an operator has revoked it.
 * store_part_persons() - an operator's word: they are two, whatever evidence comes later. IK_REJECT: they were not joined. */
enum ik_rc store_each_handle(struct store_tx *tx, int64_t contact_id, void (*each)(void *arg, const char *type, const char *value), void *arg, struct ik_error *err);
enum ik_rc store_join_persons(struct store_tx *tx, int64_t contact_id, int64_t other_id, const char *evidence, int64_t ticket_id, int64_t at, struct ik_error *err);
enum ik_rc store_part_persons(struct store_tx *tx, int64_t contact_id, int64_t other_id, int64_t at, struct ik_error *err);
enum ik_rc store_is_person(struct store_tx *tx, int64_t contact_id, int64_t other_id, bool *is_r, struct ik_error *err);
/* store_is_parted() - whether an operator said so of these two. */
enum ik_rc store_is_parted(struct store_tx *tx, int64_t contact_id, int64_t other_id, bool *is_r, struct ik_error *err);
/* store_joined_contact() - who among those joined with the customer has this handle; 0: nobody. */
enum ik_rc store_joined_contact(struct store_tx *tx, int64_t contact_id, const char *handle, int64_t *other_id_r, struct ik_error *err);
/* store_customer_of() - the contact of a ticket; 0: unknown. */
enum ik_rc store_customer_of(struct store_tx *tx, int64_t ticket_id, int64_t *contact_id_r, struct ik_error *err);
/* store_is_alone() - whether all that customers wrote in the ticket is this one's. store_give_ticket() - it is another customer's from now on. */
enum ik_rc store_is_alone(struct store_tx *tx, int64_t ticket_id, int64_t contact_id, bool *is_r, struct ik_error *err);
enum ik_rc store_give_ticket(struct store_tx *tx, int64_t ticket_id, int64_t from_contact, int64_t to_contact, struct ik_error *err);

/* store_get_parting() - what is known of a message that is to get a ticket of its own; the caller decides about it and empties it with
 * store_parting_release(). Texts may be NULL. store_split() - puts that message into the new ticket t, whose row the caller filled, gives it to the sinks that
 * are named and links both. store_merge() - puts all messages of `from` into `into` and closes `from`, which points to `into`. Both write history,
 * remember it and tell those of move's sinks that have a ticket which changed. IK_REJECT with the reason when it cannot be done. */
struct store_move { int64_t ticket_id, other_id, message_id, month, at; const char *actor; const char *const *sinks; size_t sink_count; bool any_customer; };
struct store_parting {
	char *brand, *ticket_channel, *channel_type, *language, *ticket_subject;        /* of the ticket it stands in */
	char *channel, *subject, *text, *text_language, *handle;
	char *ack_reason;               /* how it was decided about its writer on its channel, in the ticket that was his; NULL: it was not */
	int64_t contact_id, received_at;
};
enum ik_rc store_get_parting(struct store_tx *tx, const struct store_move *move, struct store_parting *p_r, struct ik_error *err);
void store_parting_release(struct store_parting *p);
enum ik_rc store_split(struct store_tx *tx, const struct store_move *move, struct store_ticket *t, const char *const *sinks, size_t sink_count, struct ik_error *err);
/* store_refuse_merged() - IK_REJECT names the ticket that this one was merged into; nothing more happens in an empty one. */
enum ik_rc store_refuse_merged(struct store_tx *tx, int64_t ticket_id, struct ik_error *err);
/* store_split_more() - a further message of move's ticket goes to a ticket that was split off it. store_messages_of() - the messages in a ticket that a customer
 * wrote, oldest first, at most max. */
enum ik_rc store_split_more(struct store_tx *tx, const struct store_move *move, int64_t to_ticket, struct ik_error *err);
enum ik_rc store_messages_of(struct store_tx *tx, int64_t ticket_id, int64_t contact_id, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err);
enum ik_rc store_merge(struct store_tx *tx, const struct store_move *move, struct ik_error *err);

/* An incident begins as watched: a few customers tell of like things. It is open once their weight within the window reaches the threshold;
 * closed when nobody joined it for a window. Its tickets stay tickets, linked to the first one as "mass". */
enum incident_state { INCIDENT_WATCHED, INCIDENT_OPEN, INCIDENT_CLOSED };
extern const char *const incident_state_names[];
struct incident_member {
	int64_t ticket_id, contact_id, at;
	bool is_verified, is_machine;
	const int64_t *like;            /* tickets of other persons that tell of the same, best first */
	size_t like_count;
	int64_t window_s, threshold;    /* threshold: in weight */
	const char *category, *evidence;
};
struct incident_found { int64_t id; enum incident_state state; int64_t customers, tickets, first_ticket; bool has_opened; };
/* incident_join() - into the incident of the tickets it is like, or a new one; has_opened: with this ticket it became one. id 0: none. */
enum ik_rc incident_join(struct store_tx *tx, const struct incident_member *member, struct incident_found *found_r, struct ik_error *err);
/* incident_rise() - a category that rose: opens an incident of it unless one is open; refreshes an open one. The tickets (of read_rise_tickets())
 * become its own and are linked with its first, but for those that are in another incident. */
struct incident_rise { const char *category, *evidence; int64_t at, customers, tickets; const int64_t *ids; size_t id_count; };
enum ik_rc incident_rise(struct store_tx *tx, const struct incident_rise *rise, struct incident_found *found_r, struct ik_error *err);
/* incident_end() - closes open ones whose last ticket came before; an operator's word closes one by id (before: INT64_MAX). */
enum ik_rc incident_end(struct store_tx *tx, int64_t id, int64_t before_at, int64_t now_at, int64_t *closed_r, struct ik_error *err);

/* ---- readers ----------------------------------------------------------------------------------------------------------- */

/* store_reader_open() - from any thread; several may exist. store_reader_close() clears the pointer. */
enum ik_rc store_reader_open(struct store *store, struct store_reader **reader_r, struct ik_error *err);
void store_reader_close(struct store_reader **reader);

/* All values are new references. Unknown: IK_REJECT. */
/* read_ticket() - a ticket in the one ticket format. read_ticket_id() - id by number or code, 0 when unknown; takes the same time either way. */
enum ik_rc read_ticket_id(struct store_reader *r, const char *number_or_code, int64_t *ticket_id_r, struct ik_error *err);
enum ik_rc read_ticket(struct store_reader *r, int64_t ticket_id, json_t **ticket_r, struct ik_error *err);
struct read_filter { const char *channel, *state, *category, *severity, *search; int64_t since_at, before_id; size_t limit; bool with_messages; };
/* read_list() - array of tickets, without messages unless asked for, newest first, each with its "id" besides: the smallest is the next before_id. limit 0: the most (1000). */
/* read_filter_words() - array of the categories, or channels, that tickets have or had, in no order. */
enum ik_rc read_filter_words(struct store_reader *r, bool categories, json_t **array_r, struct ik_error *err);
enum ik_rc read_list(struct store_reader *r, const struct read_filter *filter, json_t **array_r, struct ik_error *err);
/* read_openings() - array of {id, message, number, channel, brand, received_at (s), answer_language, subject, text, reply_text, sender, recipient,
 * sender_name, language, decisions}: the message that opened each ticket and what was decided then, newest first; the limit must be set. next_id_r: the next
 * before_id, 0 at the end. Tickets without such a message are left out. read_opening() - of one ticket; IK_REJECT: it has none. */
enum ik_rc read_openings(struct store_reader *r, const struct read_filter *filter, int64_t *next_id_r, json_t **array_r, struct ik_error *err);
enum ik_rc read_opening(struct store_reader *r, int64_t ticket_id, json_t **row_r, struct ik_error *err);
/* read_decisions() - what store_ticket.decisions held, plus links, duties and history, and under messages of each later message from outside, newest
 * first, what threading and likeness said of it: {id, received_at, channel, thread, likeness}. */
enum ik_rc read_decisions(struct store_reader *r, int64_t ticket_id, json_t **object_r, struct ik_error *err);
/* read_ledger() - array of {channel, day, offered, accepted, repeated, refused, reasons{}}; read_outbox() - array of duties, optionally of one state;
 * read_quarantine() - array of {id, channel, reason, at, size, number}; read_counts() - totals for status and metrics. */
enum ik_rc read_ledger(struct store_reader *r, json_t **array_r, struct ik_error *err);
enum ik_rc read_outbox(struct store_reader *r, const char *state, size_t limit, json_t **array_r, struct ik_error *err);
enum ik_rc read_quarantine(struct store_reader *r, size_t limit, json_t **array_r, struct ik_error *err);
enum ik_rc read_counts(struct store_reader *r, json_t **object_r, struct ik_error *err);
/* read_budget() - what store_use_budget() has counted under this name in the window that now_at falls in. */
enum ik_rc read_budget(struct store_reader *r, const char *name, int64_t window_s, int64_t now_at, int64_t *used_r, struct ik_error *err);
/* read_verification() - as store_find_verification(). */
enum ik_rc read_verification(struct store_reader *r, const char *address, struct store_verification *v_r, struct ik_error *err);
/* read_waiting() - array of {target, waiting, oldest_at}: the duties that are not over yet, by target. */
enum ik_rc read_waiting(struct store_reader *r, json_t **array_r, struct ik_error *err);
/* read_known() - whether a natural key was ever stored, however long ago; read_known_all() - the same of many. read_cursor() - "" when there is none. */
enum ik_rc read_known(struct store_reader *r, const char *account, const char *key, int64_t now_at, bool *known_r, struct ik_error *err);
enum ik_rc read_known_all(struct store_reader *r, const char *account, const char *const *keys, size_t count, int64_t now_at, bool *known_r, struct ik_error *err);
enum ik_rc read_cursor(struct store_reader *r, const char *channel, const char *name, char *value_r, size_t size, struct ik_error *err);
/* read_original() - the raw original of a message; free with free(). IK_REJECT: there is none, it has more than max bytes, or its digest is wrong. */
enum ik_rc read_original(struct store_reader *r, int64_t message_id, size_t max, void **raw_r, size_t *size_r, struct ik_error *err);
/* read_export() - every ticket of the filter with its messages, oldest first, all of one moment. each() takes the ticket; false ends it, with IK_RETRY.
 * since_at, until_at: 0 for none, until_at itself is out. read_uploads() - the files that came with a message beside its text; each() borrows.
 * IK_REJECT: one is damaged or larger than max. */
struct export_filter { const char *channel, *state, *category; int64_t since_at, until_at; };
enum ik_rc read_export(struct store_reader *r, const struct export_filter *f, bool (*each)(void *arg, json_t *ticket), void *arg, struct ik_error *err);
enum ik_rc read_has_original(struct store_reader *r, int64_t message_id, bool *has_r, struct ik_error *err);
enum ik_rc read_uploads(struct store_reader *r, int64_t message_id, size_t max, bool (*each)(void *arg, int64_t place, const void *data, size_t size), void *arg, struct ik_error *err);
/* read_alarm() - {id, kind, key, text, text_zh, remedy, evidence{}, number, raised_at, last_at, count}; read_alarms() - newest first. */
enum ik_rc read_alarm(struct store_reader *r, int64_t id, json_t **alarm_r, struct ik_error *err);
enum ik_rc read_alarms(struct store_reader *r, size_t limit, json_t **array_r, struct ik_error *err);
/* read_incidents() - array of {id, kind, state, began_at, last_at, opened_at, closed_at, number, category, customers, tickets, evidence}, newest first;
 * watched ones only when asked for. read_incident_tickets() - numbers of an incident's tickets. */
enum ik_rc read_incidents(struct store_reader *r, bool with_watched, size_t limit, json_t **array_r, struct ik_error *err);
/* read_rise_tickets() - tickets of the category in the window that its open incident has not got yet, oldest first, at most max. */
enum ik_rc read_rise_tickets(struct store_reader *r, const char *category, int64_t now_at, int64_t window_s, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err);
/* read_open_incidents() - how many are open. */
enum ik_rc read_open_incidents(struct store_reader *r, int64_t *count_r, struct ik_error *err);
enum ik_rc read_incident_tickets(struct store_reader *r, int64_t id, size_t limit, json_t **array_r, struct ik_error *err);
/* read_messages_behind() - messages of customers in the order they were stored, for whoever keeps an index of them. each() borrows; false ends it.
 * last_r: the last message that was looked at, passed over or not. */
struct read_message {
	int64_t id, ticket_id, received_at;
	bool is_outbound, is_automatic, is_forged;
	const char *channel, *external_id, *sender_type, *sender, *conversation;
	const char *subject, *text, *reply_text;
};
enum ik_rc read_messages_behind(struct store_reader *r, int64_t after_id, size_t limit, bool (*each)(void *arg, const struct read_message *m), void *arg,
                                size_t *count_r, struct ik_error *err);
/* read_message_since() - the first message that came at or after a time, about: times grow with ids but for small disorder. */
enum ik_rc read_message_since(struct store_reader *r, int64_t since_at, int64_t *id_r, struct ik_error *err);
enum ik_rc read_last_message(struct store_reader *r, int64_t *id_r, struct ik_error *err);
/* read_moves_behind() - what operators put elsewhere since. read_message_ids() - the messages of a ticket, newest first, at most max. */
struct read_move { int64_t id, message_id, from_ticket, to_ticket; };
enum ik_rc read_moves_behind(struct store_reader *r, int64_t after_id, struct read_move *moves_r, size_t max, size_t *count_r, struct ik_error *err);
enum ik_rc read_message_ids(struct store_reader *r, int64_t ticket_id, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err);
/* read_current_ticket() - the ticket itself, or the one that it was merged into. */
enum ik_rc read_current_ticket(struct store_reader *r, int64_t ticket_id, int64_t *current_r, struct ik_error *err);
/* read_other_handles() - values of further handles of the person who has this one, over joined customers; each() borrows. */
enum ik_rc read_other_handles(struct store_reader *r, const char *type, const char *value, void (*each)(void *arg, const char *type, const char *value), void *arg, struct ik_error *err);
/* read_joined_handles() - every handle of every customer who is joined with another one. */
enum ik_rc read_joined_handles(struct store_reader *r, void (*each)(void *arg, const char *type, const char *value), void *arg, struct ik_error *err);
/* read_rises() - categories in the window before now_at against the one before it; each() borrows the name. */
struct read_rise { const char *category; int64_t tickets, customers, tickets_before; bool has_before; };      /* has_before: there were tickets before both windows */
enum ik_rc read_rises(struct store_reader *r, int64_t now_at, int64_t window_s, void (*each)(void *arg, const struct read_rise *rise), void *arg, struct ik_error *err);
/* read_answer() - the facts of an acknowledgement of one message, without the whole ticket. Release it. */
#define ANSWER_REFERENCES_MAX 10
struct read_answer {
	char code[STORE_CODE_SIZE], language[36], brand[64], severity[16];      /* "": not known */
	char incident_category[64];     /* of the incident the ticket belongs to; "": of none */
	int64_t received_at, first_response_due;
	int64_t due_at;                 /* the date the customer was told last */
	enum store_state state;
	char *message_id;               /* of the mail, without <>; NULL: none */
	char *references[ANSWER_REFERENCES_MAX];        /* of the mail, oldest first */
	size_t reference_count;
	int64_t reply_until;            /* 0: no window */
	char *source_id, *sender, *conversation;
};
enum ik_rc read_answer(struct store_reader *r, int64_t ticket_id, int64_t message_id, struct read_answer *answer_r, struct ik_error *err);
void read_answer_release(struct read_answer *answer);
/* read_search() - ids of tickets whose text matches, from the search file (may lag behind), newest first. */
enum ik_rc read_search(struct store_reader *r, const char *words, size_t limit, int64_t *ids_r, size_t *count_r, struct ik_error *err);

#endif
