/* watch.h - looks every few seconds at what no message tells of - channels and sinks that do not work, tokens that end, room on the disk, the
 * balance of the ledger - and raises alarms. Thread: one of its own. */
#ifndef DAEMON_WATCH_H
#define DAEMON_WATCH_H

#include <jansson.h>
#include "policy/alarm.h"
#include "store/store.h"

struct watch;
struct watch_setup {
	struct store *store;
	const struct store_conf *store_conf;
	const struct alarm_conf *alarms;
	json_t *(*status)(void *arg);   /* as daemon_status(): any thread, a new reference */
	void (*release)(void *arg);     /* what waits for something that has happened meanwhile; may be NULL */
	void *arg, *release_arg;
};

enum ik_rc watch_new(const struct watch_setup *setup, struct watch **watch_r, struct ik_error *err);
void watch_free(struct watch **watch);          /* stops the thread; accepts an empty one */

#endif
