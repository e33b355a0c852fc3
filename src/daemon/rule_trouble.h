/* rule_trouble.h - rules whose expression runs into its limits do nothing, which nobody would see: told in status, metrics and by doctor. Thread: any. */
#ifndef DAEMON_RULE_TROUBLE_H
#define DAEMON_RULE_TROUBLE_H

#include <jansson.h>
#include "policy/policy.h"

/* rule_trouble_status() - array of {rule, place, texts}: place is FILE:LINE, texts are counted since the rules were loaded; a new reference. */
json_t *rule_trouble_status(const struct policy *policy);

#endif
