/* sink.h - the sink plugin ABI: where finished tickets go. One shared object, one const descriptor named intaked_sink.
 *
 * Every sink instance has an outbox thread of its own, so a slow one delays nobody else. Delivery is at least once with a
 * constant key, so that a receiver that remembers keys sees each event once. */
#ifndef INTAKED_SINK_H
#define INTAKED_SINK_H

#include <intaked/channel.h>

#define IK_SINK_ABI 1u

/* One event to deliver, and its outcome, which deliver() fills in. */
struct ik_delivery {
	const char *key;                /* idempotency key: the same at every attempt, no '.' in it */
	const char *event;              /* "ticket.created", "ticket.updated"; "alarm.raised" for sinks that alarms.to names */
	const json_t *ticket;           /* in the one ticket format; of an alarm {id, kind, key, text, text_zh, remedy, evidence{}, number, raised_at, last_at, count} */
	const char *remote_id;          /* what an earlier delivery of this ticket returned, or NULL */
	int64_t attempt;                /* 1, 2, ... */

	enum ik_rc rc;                  /* IK_OK, IK_RETRY, IK_REJECT (dead letter), IK_CONFIG (park the sink, keep the queue) */
	int64_t retry_after_s;          /* with IK_RETRY: the peer's wish, -1 when it has none */
	bool uncertain;                 /* with IK_RETRY: it may have arrived */
	char new_remote_id[128];        /* "" when the peer gives none */
	struct ik_error err;

	int64_t message_id;             /* the message the event is about (id as in the ticket), 0: none */
};

struct ik_sink {
	uint32_t abi;                   /* IK_SINK_ABI */
	size_t size;
	const char *name, *summary;
	const struct ik_option *options;
	size_t conf_size;
	size_t batch_max;               /* deliveries per call, 1 or more */
	enum ik_rc (*open)(const struct ik_host *, const void *conf, void **state_r, struct ik_error *err);
	/* deliver() - tries all of them in order and sets each outcome; later ones may be left IK_RETRY after a failure. */
	void (*deliver)(void *state, struct ik_delivery *deliveries, size_t count);
	enum ik_rc (*test)(void *state, struct ik_error *err);
	void (*close)(void *state);
};

/* Every sink understands these besides its own options. */
struct ik_sink_common {
	char *plugin;
	bool enabled;
	bool tickets;                   /* no: it gets alarms only */
	int64_t retry_first, retry_max, give_up;        /* s */
	char *callback_secret;                          /* of states that come back to /back/NAME; NULL: none are taken */
	int callback_scheme;
	struct ik_map callback_fields, callback_states, callback_classes;
};

#endif
