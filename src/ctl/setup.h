/* setup.h - the configuration that commands without a daemon work by: the file of --config, else that of the daemon when there is one, else the
 * defaults. */
#ifndef CTL_SETUP_H
#define CTL_SETUP_H

#include "daemon/config.h"

struct ctl;
struct plugins;
struct setup { struct plugins *plugins; struct config *config; struct policy_conf defaults; };    /* starts as { 0 } */

/* setup_load() - EX_OK, or the status to exit with after the reason was printed. Release it either way. */
int setup_load(const struct ctl *ctl, struct setup *s);
const struct policy_conf *setup_policy(const struct setup *s);
void setup_release(struct setup *s);

#endif
