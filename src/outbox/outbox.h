/* outbox.h - repeats acknowledge() and deliver() until each duty is done or its deadline passes.
 *
 * One thread per queue: one for mail acknowledgements, one per channel that replies, one per sink. A thread sleeps until the store
 * reports new duties or the next one is due. States and their arrows: store.h. */
#ifndef OUTBOX_OUTBOX_H
#define OUTBOX_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>
#include <intaked/channel.h>
#include <intaked/sink.h>
#include "policy/ack_decision.h"
#include "policy/marks.h"
#include "policy/policy.h"
#include "store/store.h"

struct pipeline_setup;
struct smtp_conf {
	char *server;                   /* "smtp://host:port" or "smtps://host:port"; NULL: Maildir */
	char *maildir;                  /* used without a server; NULL: "maildir" below the state directory */
	char *user;
	char *password;                 /* SECRET_PATH: only the sender process reads it */
	char *bearer;                   /* SECRET_PATH: XOAUTH2 access token instead of a password; needs the libcurl back end */
	char *token_of;                 /* name of a channel: its account's access token instead of a password */
	bool starttls;                  /* required for smtp://; no: plain text, for a relay on this machine only */
	char *ca_file;                  /* NULL: the system's */
	char *helo;
	int64_t batch;                  /* mails per session */
	int64_t window;                 /* mails marked committing ahead of the final dot */
	int64_t timeout;                /* s per SMTP phase */
};
extern const struct ik_option smtp_options[];

/* A channel that can reply, and a sink, as the supervisor loaded them. is_closed: state is not known before outbox_open_...(); what is due waits. */
struct outbox_channel { const char *name; const struct ik_channel *plugin; void *state; bool is_closed; };
struct outbox_sink { const char *name; const struct ik_sink *plugin; void *state; const struct ik_sink_common *common; bool is_closed; };

/* The access token of the account behind smtp.token_of; refused: one the relay turned down a moment ago, or NULL. To be wiped and freed. */
typedef enum ik_rc (*outbox_token_fn)(void *arg, const char *refused, char **token_r, struct ik_error *err);

struct outbox_setup {
	struct store *store;
	const struct smtp_conf *smtp;
	const struct ack_conf *ack;
	const struct policy *policy;
	const struct marks *marks;
	const struct pipeline_setup *progress;  /* what moves tickets when a receiver has taken one; NULL: nothing moves */
	const char *public_url;         /* for status links; NULL: none */
	const char *state_dir;
	const struct outbox_channel *channels;
	size_t channel_count;
	const struct outbox_sink *sinks;
	size_t sink_count;
	outbox_token_fn token;          /* NULL: there is none */
	void *token_arg;
	void (*cut)(void *arg);         /* called once at a stop whose grace is over: end the calls of plugins; may be NULL */
	void *cut_arg;
};

struct outbox;
/* smtp_sender_main() - to be called early in main(): when argv asks for a sender process, serves one session and never returns. */
void smtp_sender_main(int argc, char **argv);
enum ik_rc outbox_new(const struct outbox_setup *setup, struct outbox **outbox_r, struct ik_error *err);
/* outbox_free() - stops taking, lets what is under way end within grace_ms, releases. */
void outbox_free(struct outbox **outbox, int64_t grace_ms);
/* outbox_open_channel(), outbox_open_sink() - the plugin of a closed one could be opened: its queue begins; any thread. */
void outbox_open_channel(struct outbox *outbox, const char *name, void *state);
void outbox_open_sink(struct outbox *outbox, const char *name, void *state);
/* outbox_serves() - whether there is a queue for a target, open or not. */
bool outbox_serves(const struct outbox *outbox, const char *target);
/* outbox_resting() - array of {target, state, since, last_error, next_try} of queues that rest after trouble with their peer, and of sinks that nothing gets
 * through to (next_try null: each delivery has its own); state is "paused", or "parked" when an operator has to act. Any thread; a new reference. */
json_t *outbox_resting(struct outbox *outbox);
/* outbox_wake() - new duties may be there; any thread. */
void outbox_wake(struct outbox *outbox);
/* outbox_send_mail() - ik_host.mail for sinks. */
enum ik_rc outbox_send_mail(struct outbox *outbox, const char *from, const char *to, const void *message, size_t size, const char *key,
                            bool *uncertain_r, struct ik_error *err);
/* outbox_test_relay() - for doctor: connects, TLS, login, quits; at most SMTP_TEST_S seconds for each silence of the relay. outbox_cut_tests() - ends the
 * tests under way and refuses further ones; any thread. */
enum ik_rc outbox_test_relay(struct outbox *outbox, struct ik_error *err);
void outbox_cut_tests(struct outbox *outbox);

struct outbox_stats { int64_t sent, failed, uncertain, retried; };
void outbox_stats(struct outbox *outbox, struct outbox_stats *stats_r);

#endif
