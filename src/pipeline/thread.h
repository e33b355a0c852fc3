/* thread.h - to which ticket a mail belongs, as a decision with a score, a rule and its evidence.
 *
 *   score  rule              evidence
 *     100  plus-address      an address of ours with a tag whose MAC holds
 *      90  own-message-id    it answers a mail of ours: a Message-ID whose MAC holds; own-bounce: the mail that bounced is ours
 *      80  reference         it answers a mail of this ticket
 *      70  ancestor          an older reference is of this ticket, or is named by an earlier mail of the same sender
 *      60  code              the tracking code in the subject
 *      50  number            the ticket number in the subject
 *
 * Evidence says which ticket is meant, never who may write in it: that is whoever wrote in it before, unless the border server says that
 * the sender is forged. Everybody else gets a ticket of his own, linked as "claimed". Only a bounce of our own acknowledgement needs no
 * writer. The strongest evidence that may write decides; strongest means the highest score, newest reference first. */
#ifndef PIPELINE_THREAD_H
#define PIPELINE_THREAD_H

#include <stdbool.h>
#include <stdint.h>
#include <intaked/option.h>

enum thread_subject { SUBJECT_KEEP, SUBJECT_SPLIT };
enum thread_closed { CLOSED_REOPEN, CLOSED_LINK };
enum thread_copies { COPIES_ONE_TICKET, COPIES_LINKED, COPIES_SEPARATE };
struct thread_conf {
	int new_subject;                        /* enum thread_subject: a reply whose subject is a new one */
	int closed;                             /* enum thread_closed: an answer to a closed ticket */
	int64_t closed_window;                  /* s after which a closed ticket is not opened again; 0: always */
	int two_mailboxes;                      /* enum thread_copies: the same mail in two mailboxes */
};
extern const struct ik_option thread_options[];

#define THREAD_EVIDENCE_MAX 160
struct thread {
	const char *is;                         /* static: "none", "append", "reopen", "related", "claimed" */
	const char *rule;                       /* static: of the table above; NULL without a claim */
	const char *why;                        /* static: why it is related or claimed and not appended; NULL: appended */
	int score;
	int64_t ticket;                         /* that is meant; 0: none */
	char evidence[THREAD_EVIDENCE_MAX];
};

struct buf;
/* thread_write() - the decision as a JSON object. */
void thread_write(const struct thread *thread, struct buf *b);
struct store_standing;
/* thread_is_past_reopening() - whether a message for this ticket opens a linked one instead. conf NULL: the defaults. */
bool thread_is_past_reopening(const struct thread_conf *conf, const struct store_standing *standing, int64_t now_at);
/* thread_is_new_subject() - no word of one is in the other once the prefixes of replies are off. */
bool thread_is_new_subject(const char *subject, const char *earlier);

#endif
