/* loop.h - the event loop of the main thread: signals, the watchdog, and requests of other threads to reload or to end. */
#ifndef DAEMON_LOOP_H
#define DAEMON_LOOP_H

#include "daemon/config.h"
#include "daemon/plugin.h"

/* loop_run() - starts the daemon, serves until a signal ends it, stops it. Returns the exit status (sysexits). config is taken over. */
int loop_run(struct config *config, struct plugins *plugins);

#endif
