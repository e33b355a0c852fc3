/* daemon.h - everything that runs, in the order it is started, and the one place that stops and reloads it.
 *
 * start:  store, policy, marks, workers, pipeline, channels and sinks, outbox, threads, HTTP, control socket
 * stop:   the same backwards: nothing new comes in, what is under way is finished, the store is closed last
 * reload: what hangs on the configuration is stopped and started anew with the new one; the store stays open and the listening sockets
 *         keep their queue, so that no client is refused and nothing is lost. A configuration with errors changes nothing.
 * Thread: main, but for the functions that say otherwise. */
#ifndef DAEMON_DAEMON_H
#define DAEMON_DAEMON_H

#include <stdbool.h>
#include <jansson.h>
#include "daemon/config.h"
#include "daemon/plugin.h"

struct daemon;

/* daemon_new() - starts everything. config is taken over. on_fatal: any thread, the store cannot be trusted. reload: any
 * thread but main, an operator asks: waits for the outcome; problems_r: one line each, to be freed, NULL: none. is_ending:
 * main, a stop was asked for: a reload ends nothing but itself then. */
struct daemon_hooks { void (*on_fatal)(void *arg, const struct ik_error *err); enum ik_rc (*reload)(void *arg, char **problems_r, struct ik_error *err); bool (*is_ending)(void *arg); void *arg; };
enum ik_rc daemon_new(struct config *config, struct plugins *plugins, const struct daemon_hooks *hooks, struct daemon **daemon_r, struct ik_error *err);
void daemon_free(struct daemon **daemon);
/* daemon_reload() - with a configuration that was loaded without errors; taken over. Not IK_OK: it could not be put into force and the old one
 * is again; IK_FATAL: nor could that, nothing is served. */
enum ik_rc daemon_reload(struct daemon *daemon, struct config *config, struct ik_error *err);
/* daemon_look_ahead() - once a day: tells in the log what will be a trouble soon. */
void daemon_look_ahead(struct daemon *daemon);
struct store *daemon_store(struct daemon *daemon);
const struct config *daemon_config(const struct daemon *daemon);
/* daemon_status() - for `intakectl status` and SIGUSR1; any thread; a new reference. */
json_t *daemon_status(struct daemon *daemon);

#endif
