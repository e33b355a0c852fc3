/* control_filter.h - the words by which a command chooses tickets: one that says nothing is a slip on the command line, not an empty answer. */
#ifndef DAEMON_CONTROL_FILTER_H
#define DAEMON_CONTROL_FILTER_H

#include "daemon/control.h"
#include "daemon/control_commands.h"

/* control_filter_check() - list_filter_check(); what it refuses is wrong usage and named by its option. */
enum ik_rc control_filter_check(const struct control_setup *setup, struct store_reader *r, const struct read_filter *filter, struct control_call *call, struct ik_error *err);

#endif
