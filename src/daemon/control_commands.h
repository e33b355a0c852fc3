/* control_commands.h - the commands of intakectl inside the daemon: what the store can answer itself, and what the supervisor supplies. */
#ifndef DAEMON_CONTROL_COMMANDS_H
#define DAEMON_CONTROL_COMMANDS_H

#include <stdbool.h>
#include <jansson.h>
#include <intaked/error.h>
#include "pipeline/progress.h"
#include "pipeline/reclassify.h"
#include "store/store.h"

/* Everything here is called on the control socket's threads, several at once. A function that is NULL makes its command answer
 * "not available". All pointers are borrowed until control_free(). */
struct entry;
struct control_setup {
	const char *socket, *group;     /* as control_server_setup; group may be NULL */
	int fd;                         /* bound already, taken over; -1: bind socket */
	struct store *store;
	void *arg;                      /* of the functions below */
	/* status() - an object for `status`: state of the daemon and "channels": [{name, plugin, state, ...}]; a new reference.
	 * The store's counts are added to it as "counts". */
	json_t *(*status)(void *arg);
	/* doctor() - dry runs of one channel or sink, or of everything (name NULL). Each finding {"check", "ok": bool, "detail", "remedy", "warning"} goes to
	 * report(), which takes it and answers false when the operator has gone. IK_REJECT: there is no instance of that name. */
	enum ik_rc (*doctor)(void *arg, const char *name, bool (*report)(void *report_arg, json_t *finding), void *report_arg, struct ik_error *err);
	/* backfill() - asks a channel for older mail, and how far that is; want NULL: whoever asked has gone. Returns at once. */
	enum ik_rc (*backfill)(void *arg, const char *name, const struct ik_backfill *want, struct ik_backfill_progress *progress_r, bool *is_over_r,
	                       struct ik_error *err);
	/* reload() - has the configuration read again and waits for the outcome; IK_CONFIG when the old one stays. problems_r: one line each, to be freed. */
	enum ik_rc (*reload)(void *arg, char **problems_r, struct ik_error *err);
	/* serves() - whether a queue of the outbox ("sink:NAME") has somebody who works it off. */
	bool (*serves)(void *arg, const char *target);
	/* move() - moves a ticket by the rules in force; on the store thread, in its transaction. */
	enum ik_rc (*move)(void *arg, struct store_tx *tx, const struct progress_move *move, struct ik_error *err);
	/* override_ack() - likewise: the acknowledgement that was withheld, on an operator's word. */
	enum ik_rc (*override_ack)(void *arg, struct store_tx *tx, int64_t ticket_id, int64_t at, struct ik_error *err);
	/* correct() - as reclassify_move(), with the sinks and the month of the configuration in force; on the store thread, in
	 * its transaction. */
	enum ik_rc (*correct)(void *arg, struct store_tx *tx, struct store_move *move, int64_t *ticket_id_r, struct ik_error *err);
	/* enter() - messages that an operator enters, into a channel that is configured or one of that name; by_mail: acknowledged by mail. See entry.h. */
	enum ik_rc (*enter)(void *arg, const char *channel, bool by_mail, struct entry *entries, size_t count, struct ik_error *err);
	/* reclassify() - a correction of the ticket's class, or the newest one taken back; likewise. */
	enum ik_rc (*reclassify)(void *arg, struct store_tx *tx, const struct reclass *r, bool revoke, bool *changed_r, struct ik_error *err);
	/* check_words() - whether the policy knows what the entry says. month() - the month a time falls in, for numbers. */
	enum ik_rc (*check_words)(void *arg, struct pipeline_entry *says, struct ik_error *err);
	int64_t (*month)(void *arg, int64_t at);
	/* The calendar of the configured zone, as policy_period() and its neighbours; zone() - its name, to be freed. */
	bool (*period)(void *arg, const char *name, int64_t at, int64_t *since_r, int64_t *until_r);
	int64_t (*moment)(void *arg, const char *text, int64_t now_at);
	int (*hour)(void *arg, int64_t at);
	char *(*zone)(void *arg);
	/* categories(), channels() - what can be asked for in lists, as struct list_names has it. */
	json_t *(*categories)(void *arg);
	json_t *(*channels)(void *arg);
	/* configuration() - the text of config_print() for what is in force; to be freed. */
	char *(*configuration)(void *arg);
};

struct control;
enum ik_rc control_new(const struct control_setup *setup, struct control **control_r, struct ik_error *err);
void control_free(struct control **control);

#endif
