/* control_export.h - the command export: tickets as progress lines, in one snapshot, with their files when they are asked for. */
#ifndef DAEMON_CONTROL_EXPORT_H
#define DAEMON_CONTROL_EXPORT_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

/* control_export() - {"ticket": ...} for each, before it {"file": {"name", "data"}} for each of its files (name: "NUMBER/MESSAGE-original",
 * "NUMBER/MESSAGE-PLACE"; data in base64); the result is {"tickets": N, "files": N, "left_out": [...]}: files that are damaged or too large. */
enum ik_rc control_export(const struct control_setup *setup, struct control_call *call, struct ik_error *err);

#endif
