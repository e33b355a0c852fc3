/* class.h - what a ticket is said to be about, after its intake: its class as it stands, and what people corrected in it.
 *
 * A correction is kept for good: it shows in the ticket, `intakectl learn` learns from it, and it can be taken back. What stood before is kept with it.
 * Functions with a transaction run on the store thread, as in store.h. Texts are "" when there is none. */
#ifndef STORE_CLASS_H
#define STORE_CLASS_H

#include "store/store.h"

#define CLASS_WORD 64                   /* bytes of a word of ours: category, severity, sentiment, department */
#define CLASS_PRODUCT 160               /* bytes of a product's name */

/* What a correction may change. */
struct store_class { char category[CLASS_WORD], severity[CLASS_WORD], sentiment[CLASS_WORD], department[CLASS_WORD], product[CLASS_PRODUCT]; };

struct store_classed {
	struct store_class is;
	enum store_state state;
	int64_t message_id;             /* that opened the ticket */
	int64_t received_at, first_response_due, handling_due, first_response_at, customers;    /* customers: of its incident, 1 without one */
	int64_t persons, followers;     /* the most that a message of it told */
	bool is_public;
	char number[STORE_NUMBER_SIZE], brand[64], channel[64], handle[320], language[16];
};
/* Dates of a new class, 0: as it was. Of the first of them: likely_due, when it is likely to be answered, 0: by then; promise_text, the later of
 * both in words; deadline, the JSON object of how it was worked out; "" without one. */
struct store_dates { int64_t first_response_due, handling_due, likely_due; const char *promise_text, *deadline; };
/* store_get_class() - IK_REJECT: there is no such ticket. store_set_class() - "" leaves what stands; a later date that the
 * customer was told gives way to an earlier one, and so do its words. */
enum ik_rc store_get_class(struct store_tx *tx, int64_t ticket_id, struct store_classed *class_r, struct ik_error *err);
/* store_set_priority() - its place in the queue and what led there, in what was decided about it. */
struct store_place { int place; int64_t reach, persons, followers; bool is_public; const char *why; };
enum ik_rc store_set_priority(struct store_tx *tx, int64_t ticket_id, const struct store_place *p, struct ik_error *err);
enum ik_rc store_set_class(struct store_tx *tx, int64_t ticket_id, const struct store_class *is, const struct store_dates *dates, struct ik_error *err);

/* store_name_wanted() - what the customer wants, where nothing is known of it. */
enum ik_rc store_name_wanted(struct store_tx *tx, int64_t ticket_id, const char *wanted, struct ik_error *err);

/* store_add_correction() - says: the words that a person gave, the others ""; was: what stood in their places. *is_new_r false: the newest correction of the
 * ticket that stands says the same. IK_REJECT: the ticket was corrected CORRECTIONS_MAX times.
 * store_corrected() - all corrections of the ticket that stand, the newer over the older; *count_r: how many.
 * store_revoke_correction() - takes the newest one back; was_r: what it was given as standing before. A product or department it named is
 * taken off the ticket. IK_REJECT: there is none. */
#define CORRECTIONS_MAX 50
struct store_correction { int64_t ticket_id, at; const char *actor; struct store_class says, was; };
enum ik_rc store_add_correction(struct store_tx *tx, const struct store_correction *correction, bool *is_new_r, struct ik_error *err);
enum ik_rc store_corrected(struct store_tx *tx, int64_t ticket_id, struct store_class *says_r, size_t *count_r, struct ik_error *err);
enum ik_rc store_revoke_correction(struct store_tx *tx, int64_t ticket_id, int64_t at, struct store_class *was_r, struct ik_error *err);

/* read_corrections() - array of {ticket, number, at, actor, category, severity, sentiment, product, department, subject, text}: one object for each
 * ticket with a correction that stands, by ascending ticket; text is what the customer wrote to open it. next_id_r: the next after_id, 0 at the end. */
enum ik_rc read_corrections(struct store_reader *r, int64_t after_id, size_t limit, int64_t *next_id_r, json_t **array_r, struct ik_error *err);

#endif
