/* manual.h - the manual page intakectl(1), from the tables of the commands themselves. */
#ifndef CTL_MANUAL_H
#define CTL_MANUAL_H

#include <stddef.h>
#include <stdio.h>
#include "ctl/ctl.h"

/* manual_print() - groups: count tables that end with name NULL; common: the options that every command understands. */
void manual_print(const struct ctl_command *const *groups, size_t count, const struct argp_option *common, FILE *out);

#endif
