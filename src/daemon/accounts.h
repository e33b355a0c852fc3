/* accounts.h - what a configuration says of its channels as the pipeline knows them: their accounts, and which addresses are ours. */
#ifndef DAEMON_ACCOUNTS_H
#define DAEMON_ACCOUNTS_H

#include "daemon/config.h"
#include "pipeline/pipeline.h"

/* account_of_channel() - texts are borrowed from the configuration. */
struct pipeline_account account_of_channel(const struct channel_conf *conf, const char *default_brand);

/* own_addresses_collect() - folded: whoever writes from one of them is us. Starts as { 0 }. */
struct own_addresses { char **list; size_t count; };
void own_addresses_collect(const struct config *config, struct own_addresses *own);
void own_addresses_release(struct own_addresses *own);

#endif
