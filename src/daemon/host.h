/* host.h - the functions behind struct ik_host for one instance: plugins reach the pipeline, the store's cursors and HTTP through it. */
#ifndef DAEMON_HOST_H
#define DAEMON_HOST_H

#include <pthread.h>
#include <stdatomic.h>
#include <intaked/host.h>
#include "outbox/outbox.h"
#include "pipeline/pipeline.h"
#include "store/store.h"

#define HOST_CLIENTS_MAX 8

struct http_client;
struct oauth2;
struct turns;

/* What the functions need; ik_host.core points to it. */
struct host_core {
	struct ik_host table;
	struct store *store;
	struct pipeline_lane *lane;             /* NULL for sinks */
	struct outbox *outbox;                  /* sinks only, set before the outbox starts */
	struct oauth2 *oauth2;                  /* the instance's access tokens; set by its maker, NULL where no instance is */
	struct turns *logins;                   /* of all instances, by server; set by its maker, NULL: no limit */
	int stop_fd;                            /* eventfd */
	atomic_bool is_stopping;
	pthread_mutex_t lock;                   /* of the two below */
	struct store_reader *reader;            /* opened at first use */
	struct http_client *clients[HOST_CLIENTS_MAX];  /* idle ones */
};

enum ik_rc host_init(struct host_core *core, const char *instance, struct store *store, struct pipeline_lane *lane, struct ik_error *err);
void host_stop(struct host_core *core);
/* host_wake() - makes stop_fd readable without stopping, so that a pause ends; host_awake() - takes that back, on the instance's own thread. */
void host_wake(struct host_core *core);
void host_awake(struct host_core *core);
/* host_rest() - before a pause of the instance: what it opened in the store is closed, and opened again at the next use. */
void host_rest(struct host_core *core);
void host_release(struct host_core *core);

#endif
