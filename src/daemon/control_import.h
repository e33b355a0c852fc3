/* control_import.h - the command import: tickets and messages from elsewhere, some at a time. */
#ifndef DAEMON_CONTROL_IMPORT_H
#define DAEMON_CONTROL_IMPORT_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

/* control_import() - args: items [{"line", "record"}], at most IMPORT_ITEMS_MAX; channel (of records that name none), acknowledge, deliver, dry_run;
 * or links [{"from", "kind", "number"}] of tickets that came in different requests. A record with number, code, history or several messages is a
 * ticket that is kept as it is (store/restore.h); any other one is a message that goes the way of every message. The result has for each item
 * {"line", "result": "added"|"known"|"differs"|"refused", "number", "error"}. */
#define IMPORT_ITEMS_MAX 500
enum ik_rc control_import(const struct control_setup *setup, struct control_call *call, struct ik_error *err);

#endif
