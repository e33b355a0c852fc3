/* control_replay.h - the stored messages that intakectl replay decides anew: a page at a time, newest first. Only reads. */
#ifndef DAEMON_CONTROL_REPLAY_H
#define DAEMON_CONTROL_REPLAY_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

/* control_openings() - args: since_at (s), channel, before_id, limit. Result: {"rows": read_openings(), "next_id": the next before_id, 0 at the
 * end}; a mail has its original besides as "original" (base64), null when it is gone or larger than REPLAY_ORIGINAL_MAX. Any thread. */
#define REPLAY_ORIGINAL_MAX (16 * 1024 * 1024)
enum ik_rc control_openings(const struct control_setup *setup, struct control_call *call, struct ik_error *err);

#endif
