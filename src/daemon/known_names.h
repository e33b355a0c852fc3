/* known_names.h - the categories and channels of the configuration in force, as arrays of texts; new references. Thread: any. */
#ifndef DAEMON_KNOWN_NAMES_H
#define DAEMON_KNOWN_NAMES_H

#include "daemon/config.h"
#include "policy/policy.h"

json_t *known_categories(const struct policy *policy);
json_t *known_channels(const struct config *config);

#endif
