/* manual.h - the manual pages intaked(8) and intaked.yaml(5), from the tables that the program itself goes by, so that they cannot disagree. */
#ifndef DAEMON_MANUAL_H
#define DAEMON_MANUAL_H

#include <stdio.h>
#include "daemon/plugin.h"

struct argp;

/* manual_program() - intaked.8 from the command line's own table. */
void manual_program(const struct argp *argp, FILE *out);
/* manual_file() - intaked.yaml.5: every section, and every plugin that is there. IK_CONFIG: one of them cannot be loaded. */
enum ik_rc manual_file(struct plugins *plugins, FILE *out, struct ik_error *err);

#endif
