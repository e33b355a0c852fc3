/* control_correct.h - what people correct in the class of a ticket, and all of it for `intakectl learn`. Called on the control socket's threads. */
#ifndef DAEMON_CONTROL_CORRECT_H
#define DAEMON_CONTROL_CORRECT_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

/* control_correct_class() - {ticket, category, severity, sentiment, department, product} or {ticket, revoke}; result {changed}. */
enum ik_rc control_correct_class(const struct control_setup *setup, struct control_call *call, struct ik_error *err);
/* control_corrections() - {after_id}; result {rows, next_id}: pages of read_corrections(). */
enum ik_rc control_corrections(const struct control_setup *setup, struct control_call *call, struct ik_error *err);

#endif
