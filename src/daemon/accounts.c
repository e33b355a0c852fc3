#include "daemon/accounts.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

struct pipeline_account account_of_channel(const struct channel_conf *conf, const char *default_brand)
{
	return (struct pipeline_account){
		.name = conf->name, .type = conf->plugin->name, .ack = conf->plugin->ack, .acknowledge = conf->common.acknowledge,
		.brand = conf->common.brand != NULL ? conf->common.brand : default_brand,
		.can_reply = conf->plugin->reply != NULL && (conf->plugin->replies == NULL || conf->plugin->replies(conf->conf)),
		.reply_window_s = conf->common.reply_window, .reply_most = conf->common.reply_most,
		.catch_all = conf->common.catch_all,
		.trust = {
			.ids = (const char *const *)conf->common.trust_authentication_results.item, .id_count = conf->common.trust_authentication_results.count,
			.hosts = (const char *const *)conf->common.border_hosts.item, .host_count = conf->common.border_hosts.count,
			.below_received = conf->common.results_below_received,
		},
	};
}

static void add_own(struct own_addresses *own, const char *address)
{
	char folded[ACK_ADDRESS_MAX];

	if (address == NULL || !ack_fold_address(address, folded, sizeof(folded))) return;
	own->list = mem_grow(own->list, own->count + 1, sizeof(*own->list));
	own->list[own->count++] = mem_text(folded);
}

/* Mail channels name their mailbox in an option called address, or in the account they log in with. */
static void add_own_of_channel(struct own_addresses *own, const struct channel_conf *channel)
{
	for (const struct ik_option *o = channel->plugin->options; o != NULL && o->name != NULL; o++) {
		char *const *field = (char *const *)(const void *)((const char *)channel->conf + o->offset);

		if (strcmp(o->name, "address") == 0 && o->kind == IK_KIND_ADDRESS) add_own(own, *field);
		if (strcmp(o->name, "user") == 0 && o->kind == IK_KIND_STRING && channel->plugin->ack == IK_ACK_MAIL) add_own(own, *field);
	}
}

void own_addresses_collect(const struct config *config, struct own_addresses *own)
{
	add_own(own, config->ack.from);
	for (size_t i = 0; i < config->ack.own_addresses.count; i++) add_own(own, config->ack.own_addresses.item[i]);
	for (size_t i = 0; i < config->channel_count; i++) add_own_of_channel(own, &config->channels[i]);
}

void own_addresses_release(struct own_addresses *own)
{
	for (size_t i = 0; i < own->count; i++) free(own->list[i]);
	mem_free(&own->list);
	own->count = 0;
}
