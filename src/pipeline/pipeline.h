/* pipeline.h - the journey of one message, from a channel to the commit. pipeline.c is the page to read first. */
#ifndef PIPELINE_PIPELINE_H
#define PIPELINE_PIPELINE_H

#include <intaked/channel.h>
#include "mail/authentication.h"
#include "policy/ack_decision.h"
#include "policy/alarm.h"
#include "policy/marks.h"
#include "policy/notice_rules.h"
#include "pipeline/promise.h"
#include "pipeline/thread.h"
#include "policy/policy.h"
#include "store/store.h"
#include "worker/worker.h"

/* One channel account as the pipeline knows it. Made by the supervisor, const but for lane. */
struct pipeline_account {
	const char *name;               /* configuration name: the account of natural keys, cursors and the ledger */
	const char *type;               /* plugin name */
	const char *brand;
	enum ik_ack ack;
	bool acknowledge;
	bool can_reply;                 /* its messages can be answered later, through its plugin's reply() */
	int64_t reply_window_s, reply_most;     /* of messages that do not say so; 0: no limit */
	bool catch_all;                 /* mail is acknowledged also when no mailbox of ours stands in To or Cc */
	struct authentication_trust trust;
};

struct likeness;
struct adviser;
struct pipeline_setup {
	struct store *store;
	struct worker_pool *workers;
	const struct policy *policy;
	const struct ack_conf *ack;
	const struct marks *marks;
	const char *public_url;
	const char *const *own_addresses;       /* folded */
	size_t own_count;
	const struct ik_map *brands;            /* address or "@domain" -> brand; NULL: none */
	const struct alarm_conf *alarms;        /* NULL: alarms are kept, told to nobody */
	const struct thread_conf *thread;       /* NULL: the defaults */
	struct promise *promise;                /* NULL: the target is told */
	struct likeness *likeness;              /* NULL: messages are not compared */
	struct adviser *adviser;                /* NULL: nobody is asked for a second opinion */
	const char *const *sinks;               /* names of the sinks every ticket goes to */
	size_t sink_count;
	const struct notice_conf *notices;      /* what customers are told later; NULL: nothing */
	bool hears_states;                      /* a sink sends states back, so that silence means that nobody answered */
	/* account() - the channel of a name as it is configured now, NULL: there is none. May be NULL: then no channel can be answered later. */
	const struct pipeline_account *(*account)(void *arg, const char *name);
	void *account_arg;
	int64_t threads;                        /* that normalise offered messages */
};

struct pipeline;
enum ik_rc pipeline_new(const struct pipeline_setup *setup, struct pipeline **pipeline_r, struct ik_error *err);
/* pipeline_free() - finishes what was offered, then releases. */
void pipeline_free(struct pipeline **pipeline);

/* A lane keeps the order of one source: its messages are committed in the order they were offered. */
struct pipeline_lane;
struct pipeline_lane *pipeline_lane_new(struct pipeline *pipeline, const struct pipeline_account *account);
void pipeline_lane_free(struct pipeline_lane **lane);

/* pipeline_offer() - copies the message and queues it. lane may be shared by threads; is_ordered false: no order is kept (push channels).
 * Blocks while the lane has too much under way, unless may_block is false: then IK_RETRY. done is called exactly once after IK_OK. */
enum ik_rc pipeline_offer(struct pipeline_lane *lane, const struct ik_message *m, bool is_ordered, bool may_block,
                          ik_done_fn done, void *arg, struct ik_error *err);
/* What an operator says of a message that was taken by hand or comes from elsewhere. NULL texts and severity -1: as the policy decides. Texts are
 * borrowed until done was called; category and sentiment have to be words that the policy knows. */
struct pipeline_entry {
	const char *actor;                      /* for the history */
	const char *category, *sentiment, *department, *product, *wanted;
	int severity;
	int64_t received_at;                    /* when it came, which may be long ago; 0: now */
	bool acknowledge;
	bool is_import;                         /* taken as it is: not compared with others, no alarm, no timer */
	bool deliver;                           /* to the sinks as well */
	enum store_state state;                 /* of an import */
};
/* pipeline_enter() - pipeline_offer() in the lane's order, with what the operator says. */
enum ik_rc pipeline_enter(struct pipeline_lane *lane, const struct ik_message *m, const struct pipeline_entry *entry, ik_done_fn done, void *arg,
                          struct ik_error *err);
/* pipeline_key() - the natural key of a source's id: the id itself, or its digest when it is long or not clean. */
#define PIPELINE_KEY_SIZE 448
void pipeline_key(const char *source_id, char key_r[PIPELINE_KEY_SIZE]);
/* pipeline_client_key() - the persisted limit that counts the messages of a client of this account: an address (IPv6: its /64) under a
 * secret hash, so that the store holds none. "" for what is no address. */
#define PIPELINE_CLIENT_KEY_SIZE 128
void pipeline_client_key(const struct store *store, const char *account, const char *client, char key_r[PIPELINE_CLIENT_KEY_SIZE]);
/* pipeline_settle() - waits until the lane is empty; first failure since the last settle that was not IK_REJECT. */
enum ik_rc pipeline_settle(struct pipeline_lane *lane, struct ik_error *err);
enum ik_rc pipeline_set_aside(struct pipeline_lane *lane, const char *source_id, const void *raw, size_t size, const char *why, struct ik_error *err);
/* pipeline_refuse() - ledger: offered and refused at once; never waits. */
void pipeline_refuse(struct pipeline_lane *lane, const char *reason, const char *detail);

/* pipeline_lane_decisions() - acknowledgement decisions since the start, by reason code: {"allowed": 12, "list": 3}; a new reference. */
json_t *pipeline_lane_decisions(struct pipeline_lane *lane);
struct pipeline_stats { int64_t offered, accepted, repeated, refused, quarantined, pending; };
void pipeline_lane_stats(struct pipeline_lane *lane, struct pipeline_stats *stats_r);

#endif
