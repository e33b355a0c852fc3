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
/* setup_policy_new() - the policy as the daemon makes it: with the model that `intakectl learn` left in the state directory, if there is one. */
enum ik_rc setup_policy_new(const struct setup *s, struct policy **policy_r, struct ik_error *err);
/* setup_brand() - the brand of what comes by a channel; NULL: none, or there is no such channel. */
const char *setup_brand(const struct setup *s, const char *channel);
void setup_release(struct setup *s);

#endif
