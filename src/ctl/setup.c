#include "ctl/setup.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/mem.h"
#include "ctl/ctl.h"
#include "daemon/config_plugins.h"

const struct policy_conf *setup_policy(const struct setup *s)
{
	return s->config != NULL ? &s->config->policy : &s->defaults;
}

/* The file of --config; without one, that of the daemon when there is one, else the defaults. */
int setup_load(const struct ctl *ctl, struct setup *s)
{
	struct config_plugins known;
	struct ik_error err = { "" };
	char *dir;
	enum ik_rc rc;

	if (ctl->config == NULL && access(CONFIG_FILE, F_OK) != 0) return EX_OK;
	dir = config_find_plugin_dir(ctl_config_file(ctl));
	rc = plugins_new(dir, &s->plugins, &err);
	free(dir);
	if (rc != IK_OK) return ctl_complain(EX_CONFIG, "%s", err.text);
	known = config_plugins_of(s->plugins);
	return config_load(ctl_config_file(ctl), &known, stderr, &s->config) == 0 ? EX_OK : EX_CONFIG;
}

enum ik_rc setup_policy_new(const struct setup *s, struct policy **policy_r, struct ik_error *err)
{
	return s->config != NULL ? config_take_policy(s->config, policy_r, err) : policy_new(&s->defaults, policy_r, err);
}

const char *setup_brand(const struct setup *s, const char *channel)
{
	const struct config *config = s->config;

	if (config == NULL) return NULL;
	for (size_t i = 0; i < config->channel_count; i++)
		if (strcmp(config->channels[i].name, channel) == 0) return config->channels[i].common.brand != NULL ? config->channels[i].common.brand : config->core.brand;
	return NULL;
}

void setup_release(struct setup *s)
{
	config_free(&s->config);
	plugins_free(&s->plugins);
}
