/* outbox_parts.h - what the files of the outbox share: queues, and the few ways they talk to the store. */
#ifndef OUTBOX_OUTBOX_PARTS_H
#define OUTBOX_OUTBOX_PARTS_H

#include <pthread.h>
#include <stdatomic.h>
#include "outbox/backoff.h"
#include "outbox/outbox.h"
#include "outbox/relay.h"
#include "outbox/smtp_session.h"
#include "outbox/words.h"

#define OUTBOX_TAKE_MAX 1000            /* duties at a time, whatever a sink or the configuration says */

/* One duty that is over for now, to be written to the store. */
struct verdict {
	int64_t id;
	enum duty_state state;          /* PENDING, SENT, FAILED or UNCERTAIN */
	bool commits;                   /* go through committing in the same transaction: what is sent is durable already */
	int64_t next_at;
	char error[256], remote_id[128];
};

struct queue;
/* serve() - sends what was taken and writes a verdict for every duty. Not IK_OK: the queue rests before it takes more. */
typedef enum ik_rc (*queue_serve)(struct queue *q, struct store_duty *duties, size_t count, struct ik_error *err);

struct queue {
	struct outbox *outbox;
	queue_serve serve;
	const struct outbox_channel *channel;   /* of a reply queue */
	const struct outbox_sink *sink;         /* of a sink's queue */
	void *state;                    /* of the plugin of either; const once is_closed is false */
	char target[64];
	size_t take_max;
	size_t take_now;                /* of its thread: take_max, or as many as the relay takes over one connection */
	struct backoff backoff;
	pthread_t thread;
	bool has_thread;
	struct store_reader *reader;    /* of its thread */
	struct store_duty *duties;      /* take_max of them, of its thread; NULL while it waits */
	int64_t rest_s;                 /* last rest; 0: nothing is wrong. Of its thread */
	struct ik_error rest_reason;    /* this and the next three under the outbox's lock: what status shows of a rest */
	int64_t rest_since_at, rest_until_at;   /* rest_until_at 0: it works */
	bool is_parked;
	int64_t failing_since_at;       /* the first try of which nothing got through, since something last did; 0: it works. Under the lock, as is */
	struct ik_error failing_reason;
	bool is_woken, is_busy, is_closed;      /* under the outbox's lock */
};

/* A session under way, so that a stop reaches it. */
struct live_session { struct smtp_session *session; struct live_session *next; bool is_test; };

struct outbox {
	struct outbox_setup setup;
	pthread_mutex_t lock;
	pthread_cond_t changed;         /* woken, stopping, or a thread ended */
	bool is_stopping, cuts_tests;   /* under lock */
	enum { RECOVERY_DUE, RECOVERY_UNDER_WAY, RECOVERY_DONE } recovery;      /* under lock: of duties that an earlier outbox left in flight */
	size_t running;                 /* threads, under lock */
	struct live_session *live;      /* under lock */
	struct queue *queues;
	size_t queue_count;
	char *maildir;                  /* NULL: a relay is configured */
	struct relay relay;
	atomic_llong sent, failed, uncertain, retried;
};

bool outbox_is_stopping(struct outbox *o);
/* outbox_enter_session(), outbox_leave_session() - false: stopping, do not begin. */
bool outbox_enter_session(struct outbox *o, struct live_session *live);
void outbox_leave_session(struct outbox *o, struct live_session *live);

/* verdict_of() - an empty verdict for a duty. verdict_retry() - pending again after the back-off, or failed when it is too old. */
struct verdict verdict_of(const struct store_duty *duty, enum duty_state state, const char *error);
struct verdict verdict_retry(const struct queue *q, const struct store_duty *duty, int64_t wish_s, const char *error);
/* verdict_untouched() - pending at once: nothing was tried. */
struct verdict verdict_untouched(const struct store_duty *duty);
/* queue_finish() - writes verdicts and waits; insists while the store cannot, until a stop. queue_commit() - marks duties committing and waits. */
enum ik_rc queue_finish(struct queue *q, const struct verdict *verdicts, size_t count);
enum ik_rc queue_commit(struct queue *q, const int64_t *ids, size_t count, struct ik_error *err);
/* verdicts_write() - the body of both, for a job of one's own. */
enum ik_rc verdicts_write(struct store_tx *tx, const struct verdict *verdicts, size_t count, struct ik_error *err);
void verdicts_count(struct outbox *o, const struct verdict *verdicts, size_t count);
/* queue_note_tries() - of what was just tried nothing got through (why), or something did (NULL): what status and alarms know of a receiver whose deliveries are
 * tried again one by one, without a rest of the whole queue. */
void queue_note_tries(struct queue *q, const char *why);
/* queue_log_verdict() - failed and uncertain ones: the operator should know. */
void queue_log_verdict(const struct queue *q, const struct store_duty *duty, const struct verdict *v);


enum ik_rc queue_serve_mail(struct queue *q, struct store_duty *duties, size_t count, struct ik_error *err);
enum ik_rc queue_serve_reply(struct queue *q, struct store_duty *duties, size_t count, struct ik_error *err);
enum ik_rc queue_serve_sink(struct queue *q, struct store_duty *duties, size_t count, struct ik_error *err);

#endif
