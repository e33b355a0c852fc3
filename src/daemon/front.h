/* front.h - the two HTTP listeners put together: which page, webhook and form hangs on which path. */
#ifndef DAEMON_FRONT_H
#define DAEMON_FRONT_H

#include <jansson.h>
#include "daemon/config.h"
#include "daemon/instance.h"
#include "daemon/listen.h"

struct front_setup {
	const struct config *config;            /* everything is borrowed until front_free() */
	struct store *store;
	const struct policy *policy;
	const struct pipeline_setup *progress;  /* what callbacks move tickets by */
	struct instance *const *instances;
	size_t instance_count;
	const struct listen_set *http, *admin;
	json_t *(*status)(void *arg);           /* for /metrics; any thread */
	void *arg;
};

struct front;
enum ik_rc front_new(const struct front_setup *setup, struct front **front_r, struct ik_error *err);
/* front_open() - an instance that could not be opened before is open now; any thread. */
void front_open(struct front *front, struct instance *instance);
/* front_drain() - takes no new connections and answers those that had come, a second for each server at most; accepts NULL. front_free() - waits for what is under way. */
void front_drain(struct front *front);
void front_free(struct front **front);
/* front_release() - see back_release(). */
void front_release(struct front *front);
json_t *front_status(struct front *front);

#endif
