/* control_report.h - the command report: a period in the configured zone, beside the one before it. */
#ifndef DAEMON_CONTROL_REPORT_H
#define DAEMON_CONTROL_REPORT_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

/* control_report() - args: period (day, week, month, quarter, year), back (how many periods ago), or since and until. The result is read_report()'s with
 * "period" {name, since, until, zone} and "before": the same of the period before it. */
enum ik_rc control_report(const struct control_setup *setup, struct control_call *call, struct ik_error *err);

#endif
