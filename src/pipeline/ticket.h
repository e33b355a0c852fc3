/* ticket.h - one message on its way through the pipeline: what came, what was read out of it, what was decided.
 *
 * Its memory hangs on it and goes in ticket_release(). Until `decide` only the thread that prepares it touches it; from then on
 * only the store thread; after the commit the thread that gives the answer. */
#ifndef PIPELINE_TICKET_H
#define PIPELINE_TICKET_H

#include <stdbool.h>
#include <stdint.h>
#include <intaked/message.h>
#include "mail/draft.h"
#include "pipeline/pipeline.h"
#include "policy/assign.h"
#include "policy/due_text.h"
#include "policy/policy.h"
#include "policy/rating.h"
#include "policy/templates.h"
#include "store/store.h"

#define TICKET_KEY_MAX (PIPELINE_KEY_SIZE + 64)
#define TICKET_HANDLE_MAX 320

enum verdict { VERDICT_NEW, VERDICT_DUPLICATE, VERDICT_FOLLOWUP, VERDICT_RELATED, VERDICT_REPEAT, VERDICT_SELF, VERDICT_QUERY, VERDICT_RATING };
extern const char *const verdict_names[];

struct likeness_case;
struct similar_verdict;
struct ticket {
	const struct pipeline_account *account;
	const struct pipeline_entry *entry;     /* what an operator said of it; NULL: a channel handed it over */
	int64_t received_at;

	/* receive: a copy of what the channel handed over, bounded and clean */
	enum ik_form form;
	char *source_id, *recipient, *envelope_from, *conversation, *sender_type, *sender, *sender_name, *language_hint, *brand,
	     *order_number, *cursor_name, *cursor_value, *client, *mail;
	bool sender_verified, is_automatic_author, is_single_use, is_history, is_late;
	int64_t followers;                      /* 0: not known */
	int64_t reply_until, replies;           /* 0: no limit known */
	void *raw;                              /* small originals; large ones are in the blob's file already */
	int raw_fd;                             /* large mail, for the worker; -1 */
	int64_t raw_size;
	struct store_blob original;
	struct store_blob *files;               /* uploads */
	void **file_data;                       /* memory of the small ones */
	size_t file_count;
	char *attachments;                      /* JSON array, NULL when there are none */
	char key[TICKET_KEY_MAX];               /* natural key; behind key_len a mark when its content changed */
	size_t key_len;

	/* normalise */
	struct draft draft;
	char *unreadable;                       /* why it goes to quarantine; NULL when it could be read */
	struct authentication_verdict authentication;
	bool is_list_proved;                    /* a list of ours put itself into From, and the border server shows that the mail came through it */
	char mailbox[TICKET_HANDLE_MAX];        /* address of ours it was written to, folded; "" when that is not known */
	char handle_type[16], handle[TICKET_HANDLE_MAX];        /* folded; "" without a sender */
	unsigned char content_digest[STORE_DIGEST_SIZE];
	uint32_t words;                         /* same_words_key() of what the writer wrote now */
	char mail_id[256];                      /* Message-ID, or one made of sender, date and content; "" for other channels */
	int64_t history_before;                 /* mail that came before this is older mail */
	int64_t came_at;                        /* when its mailbox took the mail in; 0: not told */
	int64_t mail_at;                        /* the time the Message-ID is filed under */
	int64_t counts_from;                    /* since when deadlines count: received_at, but for older mail taken in later its own date */

	/* classify, schedule */
	struct classification class;
	struct schedule schedule;
	int64_t likely_due;                     /* when an answer is likely, if later than its target and the customer hears of it; or 0 */
	char promise_words[DUE_TEXT_MAX];       /* the date the customer is told, in his words */
	struct assignment assignment;
	const char *ack_language;

	/* resemble */
	struct likeness_case *likeness;         /* NULL: not compared */

	/* decided on the store thread; set anew at every run */
	enum verdict verdict;
	const char *verdict_rule;
	int64_t known_ticket, known_message;    /* of the ticket it belongs to or repeats; 0 for new */
	int64_t claimed_ticket;                 /* it names a ticket it has no right to: linked only */
	int64_t related_ticket;                 /* linked as related_kind; its own ticket is a new one */
	const char *related_kind;
	struct thread thread;
	bool is_key_reused;                     /* same key, other content */
	bool is_other_content;                  /* so it is, and the key was for single use: nothing of this is stored */
	bool is_copy;                           /* the same mail stands in another mailbox of ours */
	bool reopens;                           /* the ticket it is added to was resolved or closed */
	bool answers;                           /* it was waiting for the customer */
	struct survey_answer rating;            /* of VERDICT_RATING, to the question of asked_at */
	int64_t asked_at;
	int64_t contact_id;
	bool is_reply_to_ack;
	const struct similar_verdict *likeness_says;    /* what decided, when likeness did; in the case */
	int64_t joined_contact;                 /* the customer of the ticket that likeness joined it to */
	bool has_duplicate_ack;                 /* the ticket's customer was told of a repeat before */
	struct incident_found incident;
	bool is_added;                          /* now or before, to a ticket that another message had opened */
	enum template_event ack_event;          /* which words the acknowledgement has */
	char rerouted_to[256];                  /* the mail address an acknowledgement goes to because the chat is closed; "": it goes back the way it came */
	const char *ack_reason;                 /* why no acknowledgement goes out, or how it does */
	enum store_ack ack;
	int64_t opens_at;                       /* when somebody is at work again, for a message out of hours; else 0 */
	struct store_receipt receipt;
	int64_t ticket_id;
};

struct ticket *ticket_new(const struct pipeline_account *account, int64_t received_at);
void ticket_release(struct ticket **t);

/* ---- the steps, one file each --------------------------------------------------------------------------------------- */

/* receive() - copies and bounds the message; large originals and uploads are on disk and synced afterwards. */
enum ik_rc receive(struct store *store, const struct ik_message *m, struct ticket *t, struct ik_error *err);
/* receive_original() - makes the original durable; apart from receive(), so that it runs on a pipeline thread. */
enum ik_rc receive_original(struct store *store, struct ticket *t, struct ik_error *err);
/* normalise() - fills the draft: hostile bytes in the sandboxed worker only. What cannot be read becomes t->unreadable, not a failure. */
enum ik_rc normalise(const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err);
/* make_unreadable() - from now on it is one that could not be read, for this reason. */
void make_unreadable(struct ticket *t, const char *why);
/* route() - the mailbox it was written to, and by it the brand. */
void route(const struct pipeline_setup *setup, struct ticket *t);
void classify(const struct policy *policy, struct ticket *t);
/* is_of_old() - older mail that was taken in later, and that came before alarms.old_after: it wakes nobody. */
bool is_of_old(const struct pipeline_setup *setup, const struct ticket *t);
void schedule(const struct pipeline_setup *setup, struct ticket *t);
/* assign() - department, owner, priority and the sinks it goes to. */
void assign(const struct policy *policy, struct ticket *t);
/* deduplicate() - repeats of the source and copies of a mail; sets verdict and known_ticket. */
enum ik_rc deduplicate(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err);
/* mailbox_mail_id() - under which a copy in a second mailbox is filed. */
#define TICKET_MAILBOX_ID_MAX (256 + 2 * TICKET_HANDLE_MAX)
void mailbox_mail_id(const struct ticket *t, char mail_id_r[TICKET_MAILBOX_ID_MAX]);
/* identify() - who wrote: a customer, or we ourselves. */
enum ik_rc identify(struct store_tx *tx, const struct marks *marks, struct ticket *t, struct ik_error *err);
/* find_thread() - whether it belongs to a ticket of theirs; sets thread, verdict, known_ticket, claimed_ticket, related_ticket. */
enum ik_rc find_thread(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err);
/* keep_references() - what later mails of the same sender are found by, besides the Message-ID. */
enum ik_rc keep_references(struct store_tx *tx, const struct marks *marks, const struct ticket *t, int64_t message_id, struct ik_error *err);
/* resemble() - looks for messages that are like it. heed_likeness() - what follows for its ticket; join_customers(), join_incident() - for its
 * customer and for what many tell, once its rows are there. resemble_write() - all of it as a JSON value. */
void resemble(const struct pipeline_setup *setup, struct ticket *t);
enum ik_rc heed_likeness(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err);
enum ik_rc join_customers(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, struct ik_error *err);
enum ik_rc join_incident(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err);
void resemble_write(const struct ticket *t, struct buf *b);
/* find_query() - a question how a ticket goes, by chat or mail; after find_thread(); sets verdict and known_ticket. commit_query() - its answer instead of a ticket. */
enum ik_rc find_query(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err);
enum ik_rc commit_query(struct store_tx *tx, struct ticket *t, struct ik_error *err);
/* find_rating() - the owner's answer to a survey in the chat where it was asked; sets verdict, known_ticket, rating. commit_rating() - what follows. */
enum ik_rc find_rating(struct store_tx *tx, struct ticket *t, struct ik_error *err);
enum ik_rc commit_rating(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err);
/* allow_ack() - the decision list and the persisted limits; sets ack and ack_reason. */
enum ik_rc allow_ack(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err);
/* ack_withheld() - the part of it that needs no store: why not, NULL when nothing speaks against. */
const char *ack_withheld(const struct pipeline_setup *setup, const struct ticket *t);
/* count_client() - one message more of this client in its window; see client.c. */
enum ik_rc count_client(struct store_tx *tx, const struct store *store, const struct ticket *t, struct ik_error *err);
/* ask_verification() - the mail that asks whether a typed address is the writer's; see verification.h. */
enum ik_rc ask_verification(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, int64_t message_id, struct ik_error *err);
/* commit() - writes the rows; they are durable when the store's transaction is. */
enum ik_rc commit(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err);

#endif
