/* likeness.h - the engine of similar.h at work in a running gateway: looks beside the store thread, checks on it, fills its file behind it.
 *
 *   pipeline thread   likeness_look()     reads the message; a verdict on a snapshot of similar.db and the tail in memory
 *   store thread      likeness_check()    the same on what was stored since; likeness_add() puts the message into the tail
 *   its own thread    fills similar.db from the tail, or from the store's rows when it was behind (a crash, a lost file, a restored backup)
 *
 * The tail bridges the time between commit and file, so that two messages of one batch see each other. Nothing depends on the file: without
 * it, or while it is filled anew, repeats become tickets of their own and nothing else happens. One per service; a reload makes a new one. */
#ifndef PIPELINE_LIKENESS_H
#define PIPELINE_LIKENESS_H

#include <intaked/option.h>
#include "pipeline/similar.h"
#include "store/store.h"

struct likeness_conf {
	bool enabled;
	int64_t duplicate_window, followup_window, related_window, chat_window;         /* s */
	int64_t incident_customers, incident_window;
	int64_t rise_percent, rise_least, rise_window;
};
extern const struct ik_option likeness_options[];

struct likeness;
struct alarm_conf;
/* likeness_new() - opens or makes dir/similar.db, brings it up to date as far as that goes in a moment, starts the thread. conf, alarms
 * (NULL: told to nobody) and store are borrowed. likeness_free() - fills in what the tail still has, within a moment. */
enum ik_rc likeness_new(const struct likeness_conf *conf, const struct alarm_conf *alarms, struct store *store, const char *dir, struct likeness **likeness_r,
                        struct ik_error *err);
void likeness_free(struct likeness **likeness);
const struct likeness_conf *likeness_conf(const struct likeness *likeness);
struct likeness_stats { int64_t incidents_open, filled_upto, behind, tail, looked, failed; };
void likeness_stats(struct likeness *likeness, struct likeness_stats *stats_r);

/* likeness_message() - what the engine compares of a message as a row of the store knows it: who may count as a person, what is a chat.
 * False: it is not compared (our own, a machine's). The message borrows from the row. Used alike at intake and when the file is filled anew. */
#define LIKENESS_KEY_MAX 352
struct likeness_row {
	int64_t id, received_at;
	const char *channel, *external_id, *sender_type, *sender, *conversation, *subject, *text, *reply_text;
	char key[LIKENESS_KEY_MAX];     /* filled: under which the sender is known */
	bool is_outbound, is_automatic, is_forged;
};
bool likeness_message(struct likeness_row *row, struct similar_message *message_r);

/* One message under way. */
struct likeness_case {
	struct similar_query *query;
	struct similar_verdict early, late;     /* of the snapshot; of the tail since */
	struct similar_ticket seed;             /* what is known of the ticket that `early` names */
	struct similar_pin *pin;
	char *early_text;                       /* `early` for explain, made beside the store thread */
	int64_t behind;                         /* messages that were in neither file nor tail */
	bool is_added;
};
/* likeness_look() - any thread. type and handle: of the sender, for joined customers; may be "". Never fails: trouble is logged and makes "new". */
struct likeness_case *likeness_look(struct likeness *likeness, const struct similar_message *m, const char *type, const char *handle);
/* likeness_is_handle() - any thread: whether two handles count as one person's. */
bool likeness_is_handle(const char *type, const char *value, const char *other_type, const char *other);
/* likeness_note_joined() - any thread: this handle's customer is joined with another one from now on. */
void likeness_note_joined(struct likeness *likeness, const char *type, const char *handle);
/* likeness_check() - store thread, in the batch: the verdict that holds. Lives in the case. */
const struct similar_verdict *likeness_check(struct likeness *likeness, struct likeness_case *c, uint64_t batch);
/* likeness_add() - store thread: the message was written with this id into this ticket. */
void likeness_add(struct likeness *likeness, struct likeness_case *c, int64_t message_id, int64_t ticket_id, uint64_t batch);
/* likeness_done() - store thread, after the commit or its failure; frees the case. */
void likeness_done(struct likeness *likeness, struct likeness_case **c, bool is_stored);

#endif
