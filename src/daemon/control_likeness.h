/* control_likeness.h - split, merge, part and incidents: what operators see and put right of likeness. Called on the control socket's threads. */
#ifndef DAEMON_CONTROL_LIKENESS_H
#define DAEMON_CONTROL_LIKENESS_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

enum ik_rc control_split(const struct control_setup *setup, struct control_call *call, struct ik_error *err);
enum ik_rc control_merge(const struct control_setup *setup, struct control_call *call, struct ik_error *err);
enum ik_rc control_part(const struct control_setup *setup, struct control_call *call, struct ik_error *err);
enum ik_rc control_incidents(const struct control_setup *setup, struct control_call *call, struct ik_error *err);

#endif
