/* control_erase.h - the command erase: what is kept about a person or of a ticket, and its end. */
#ifndef DAEMON_CONTROL_ERASE_H
#define DAEMON_CONTROL_ERASE_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

/* control_erase() - args: ticket, or person (TYPE:VALUE); yes: it is done, else only told. The result is the plan's report with "done" and "clean". */
enum ik_rc control_erase(const struct control_setup *setup, struct control_call *call, struct ik_error *err);

#endif
