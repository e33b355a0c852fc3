/* config_plugins.h - the plugin loader as config_load() asks for it. */
#ifndef DAEMON_CONFIG_PLUGINS_H
#define DAEMON_CONFIG_PLUGINS_H

#include "daemon/config.h"
#include "daemon/plugin.h"

static inline const struct ik_channel *config_plugins_channel(void *arg, const char *name, struct ik_error *err)
{
	return plugins_channel(arg, name, err);
}

static inline const struct ik_sink *config_plugins_sink(void *arg, const char *name, struct ik_error *err)
{
	return plugins_sink(arg, name, err);
}

static inline const char *const *config_plugins_names(void *arg, bool sinks)
{
	return plugins_names(arg, sinks);
}

static inline struct config_plugins config_plugins_of(struct plugins *plugins)
{
	return (struct config_plugins){ .channel = config_plugins_channel, .sink = config_plugins_sink, .names = config_plugins_names, .arg = plugins };
}

#endif
