/* tally.h - what a transaction adds up in memory and writes once before its commit: ledger counts, totals, the last number of a month.
 *
 * tally_flush() before every commit and savepoint release; tally_forget() after every rollback, so that memory never knows more
 * than the database. Thread: the store thread. */
#ifndef STORE_TALLY_H
#define STORE_TALLY_H

#include <stdbool.h>
#include <stdint.h>
#include "store/sql.h"
#include "store/store.h"

#define TALLY_STATES 6                  /* of a ticket */
#define TALLY_DUTY_STATES 7
#define TALLY_ENTRIES 64                /* different ledger lines held before they are written early */

/* Numbers of the rows in table total. */
enum total {
	TOTAL_TICKETS = 1,
	TOTAL_MESSAGES = 2,
	TOTAL_QUARANTINED = 3,
	TOTAL_STATE = 10,                               /* + enum store_state */
	TOTAL_DUTY = 20,                                /* + kind * TALLY_DUTY_STATES + enum duty_state */
	TOTAL_ERASURES = 1000,                          /* how often something was erased: indexes of texts that are older are made anew; no tally */
	TOTAL_COUNT = TOTAL_DUTY + 3 * TALLY_DUTY_STATES,
};

struct tally_entry { char *channel, *reason; int64_t day, count; enum store_count what; };

#define PART_SHIFT 10                   /* of ticket ids: 1,024 tickets to a row of ticket_part */
#define PART_KINDS 64                   /* different ones remembered of a part */

/* Kinds of tickets whose row of the part is written already. */
struct tally_part { int64_t part; size_t count; char kind[PART_KINDS][96]; };

struct tally {
	struct tally_part part;
	struct tally_entry entry[TALLY_ENTRIES];
	size_t entry_count;
	int64_t total[TOTAL_COUNT];
	bool has_totals;
	int64_t month, last;                            /* 0: not loaded */
	bool is_last_new;
	uint64_t changes;                               /* grows with every call that adds */
};

enum ik_rc tally_ledger(struct tally *tally, struct sql *sql, const char *channel, int64_t day, enum store_count what, const char *reason,
                        struct ik_error *err);
void tally_total(struct tally *tally, int total, int64_t add);
/* tally_sequence() - the next number of a month. */
enum ik_rc tally_sequence(struct tally *tally, struct sql *sql, int64_t month, int64_t *sequence_r, struct ik_error *err);
/* tally_raise_sequence() - a number that came from elsewhere is in use: the next one is larger. */
enum ik_rc tally_raise_sequence(struct tally *tally, struct sql *sql, int64_t month, int64_t used, struct ik_error *err);
/* tally_part() - notes that a part has a ticket of this channel and category. */
enum ik_rc tally_part(struct tally *tally, struct sql *sql, int64_t ticket_id, const char *channel, const char *category, struct ik_error *err);
enum ik_rc tally_flush(struct tally *tally, struct sql *sql, struct ik_error *err);
void tally_forget(struct tally *tally);

#endif
