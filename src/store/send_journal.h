/* send_journal.h - what a sender process notes about each mail while it sends, for the store's next start after a kill.
 *
 * A whole batch is marked committing ahead of its last bytes; after a kill the database alone cannot tell which of them went out. The
 * sender notes it mail by mail in a file below sending/, mapped into its memory: a note costs a store to memory and outlives every process.
 * It does not outlive the machine: nothing is synced, so that a journal counts only while the kernel that took the notes still runs
 * (its boot id stands in the file), and only in the file they were written to (its inode does too: a copy is no evidence). Whatever
 * is not known for sure leaves the duty uncertain, as it would be without a journal.
 *
 *   UNTOUCHED   its last bytes were never given to the relay          -> pending again
 *   DOT         they were about to go: nobody knows                   -> uncertain
 *   the others  the relay's answer, which the database did not get    -> sent, failed, pending, uncertain
 *
 * Threads: a journal belongs to one outbox thread and one sender process; the notes are read before either exists. */
#ifndef STORE_SEND_JOURNAL_H
#define STORE_SEND_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store_duty;

enum send_mark { SEND_UNTOUCHED, SEND_DOT, SEND_TAKEN, SEND_REFUSED, SEND_AGAIN, SEND_UNKNOWN };

/* send_journal_new() - outbox: a journal for these duties, in their order; its path to be freed, or NULL when there is none (then a kill makes
 * all that is marked uncertain). dir: the state directory. */
char *send_journal_new(const char *dir, const struct store_duty *const *duties, size_t count);
/* send_journal_drop() - outbox: every verdict is in the database. Frees the path and sets it to NULL. */
void send_journal_drop(char **path);

/* The sender's side. */
struct send_journal { int fd; void *memory; size_t size; uint32_t count; };
/* send_journal_open() - from now on the journal counts: every mail has to be noted. Locked until the process ends. false: no journal. */
bool send_journal_open(struct send_journal *j, const char *path, uint32_t count);
/* send_journal_mark() - nothing happens without a journal. code: of the relay, 0 for none. */
void send_journal_mark(const struct send_journal *j, uint32_t index, enum send_mark mark, int code);

/* The side of who recovers what was left in flight. */
struct send_note { int64_t duty_id; int32_t attempts; uint16_t code; uint8_t mark, unused; };
struct send_notes { struct send_note *note; size_t count; };
/* send_notes_read() - of all journals that count; waits a moment for a sender that is still dying. */
void send_notes_read(const char *dir, struct send_notes *notes_r);
/* send_notes_find() - NULL: nothing is known of this attempt. */
const struct send_note *send_notes_find(const struct send_notes *notes, int64_t duty_id, int64_t attempts);
void send_notes_release(struct send_notes *notes);
/* send_journals_void() - none of them counts any more: the disk failed, and what it has of a note nobody knows. */
void send_journals_void(const char *dir);
/* send_journals_remove() - all of them: what they said is durable, and nobody sends. */
void send_journals_remove(const char *dir);

#endif
