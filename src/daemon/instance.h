/* instance.h - one configured channel or sink: its plugin's state, its host table, and for pull channels its thread.
 *
 *   starting --open ok--> running <--> waiting (between two polls)
 *      |                    |  ^
 *      | open fails         v  |          paused   an error, tried again with growing delay
 *      +------------> paused, parked      parked   an operator must act (IK_CONFIG); tried again rarely
 *                                         stopped  told to
 *
 * One that cannot be opened at start is opened later by its own thread, whatever its shape, and opened() is told. */
#ifndef DAEMON_INSTANCE_H
#define DAEMON_INSTANCE_H

#include <stdbool.h>
#include <jansson.h>
#include <intaked/channel.h>
#include <intaked/sink.h>
#include "daemon/config.h"
#include "outbox/outbox.h"
#include "pipeline/pipeline.h"

struct instance;

struct instance_setup {
	struct store *store;
	struct pipeline *pipeline;
	const char *default_brand;
	const char *token_dir;          /* where renewed refresh tokens are kept */
	struct turns *logins;           /* of all instances; outlives them */
	void (*opened)(void *arg, struct instance *instance);   /* on the instance's thread, after a late open; not before instance_start() */
	void *arg;
};

/* instance_new_channel(), instance_new_sink() - opens the plugin. A plugin that cannot be opened is paused or parked (and logged), not an
 * error: the others go on. conf is borrowed until instance_free(). */
struct instance *instance_new_channel(const struct instance_setup *setup, const struct channel_conf *conf);
struct instance *instance_new_sink(const struct instance_setup *setup, const struct sink_conf *conf);
/* instance_set_outbox() - before sinks are used: where host->mail() goes. */
void instance_set_outbox(struct instance *instance, struct outbox *outbox);
/* instance_start() - the thread of a pull channel, and of whatever is not open yet; nothing for others. */
enum ik_rc instance_start(struct instance *instance, struct ik_error *err);
/* instance_stop() - tells it to stop; instance_join() waits for its thread; instance_free() closes the plugin. In this order. */
void instance_stop(struct instance *instance);
void instance_join(struct instance *instance);
void instance_free(struct instance **instance);

const char *instance_name(const struct instance *instance);
bool instance_is_open(const struct instance *instance);
void *instance_state(const struct instance *instance);
struct pipeline_lane *instance_lane(const struct instance *instance);
/* instance_account() - the channel as the pipeline knows it; NULL for a sink. */
const struct pipeline_account *instance_account(const struct instance *instance);
const struct channel_conf *instance_channel(const struct instance *instance);
const struct sink_conf *instance_sink(const struct instance *instance);
/* instance_status() - {name, plugin, kind, state, since, last_error, next_try, offered, accepted, ...}; a new reference. next_try: while paused
 * or parked. */
json_t *instance_status(struct instance *instance);
/* instance_token() - an access token of the account that the channel signs in with (its option token_url), for somebody else who signs in there.
 * IK_CONFIG: it is no such channel. refused: as in ik_host.access_token. Thread: any. */
enum ik_rc instance_token(struct instance *instance, const char *refused, char **token_r, struct ik_error *err);
/* instance_backfill() - asks for older mail, or how far that is; call it again until *is_over_r. Its own thread does it between two polls.
 * instance_backfill_end() - whoever asked has gone; the part under way is finished. */
enum ik_rc instance_backfill(struct instance *instance, const struct ik_backfill *want, struct ik_backfill_progress *progress_r, bool *is_over_r, struct ik_error *err);
void instance_backfill_end(struct instance *instance);
/* instance_test() - the plugin's dry run, for doctor; IK_OK when it has none. */
enum ik_rc instance_test(struct instance *instance, struct ik_error *err);

#endif
