/* control_entry.h - the commands add and import: a request becomes entries. */
#ifndef DAEMON_CONTROL_ENTRY_H
#define DAEMON_CONTROL_ENTRY_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

/* control_add() - args as the options of `intakectl add`; attachments: [{"name", "content_type"}], one for each file of the request. */
enum ik_rc control_add(const struct control_setup *setup, struct control_call *call, struct ik_error *err);

#endif
