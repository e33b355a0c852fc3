/* control_entry.h - the commands add and import: a request becomes entries. */
#ifndef DAEMON_CONTROL_ENTRY_H
#define DAEMON_CONTROL_ENTRY_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

/* What people write of a message, checked; IK_REJECT with the reason. entry_read_handle() - "email:ann@example.net", or only the address or number.
 * entry_is_channel() - whether it can be the name of a channel. */
#define ENTRY_TYPE_MAX 15
enum ik_rc entry_read_handle(const char *from, char type_r[ENTRY_TYPE_MAX + 1], const char **handle_r, struct ik_error *err);
enum ik_rc entry_read_time(const char *text, int64_t now_at, int64_t *at_r, struct ik_error *err);
enum ik_rc entry_read_severity(const char *text, int *severity_r, struct ik_error *err);
bool entry_is_channel(const char *name);

/* control_add() - args as the options of `intakectl add`; attachments: [{"name", "content_type"}], one for each file of the request. */
enum ik_rc control_add(const struct control_setup *setup, struct control_call *call, struct ik_error *err);

#endif
