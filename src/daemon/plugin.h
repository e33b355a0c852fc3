/* plugin.h - loads channel and sink plugins: absolute folder not writable by others, dlopen, descriptor checked for ABI and size.
 * A plugin built with a smaller descriptor gets NULL in the fields it does not know. Plugins stay loaded until the end. Thread: main. */
#ifndef DAEMON_PLUGIN_H
#define DAEMON_PLUGIN_H

#include <intaked/channel.h>
#include <intaked/sink.h>

struct plugins;
/* plugins_new() - dir holds channels/NAME.so and sinks/NAME.so; NULL: next to the binary ("build/"), else the installed place. */
enum ik_rc plugins_new(const char *dir, struct plugins **plugins_r, struct ik_error *err);
void plugins_free(struct plugins **plugins);
const struct ik_channel *plugins_channel(struct plugins *plugins, const char *name, struct ik_error *err);
const struct ik_sink *plugins_sink(struct plugins *plugins, const char *name, struct ik_error *err);
/* plugins_names() - sorted, NULL-terminated, lives as long as plugins. */
const char *const *plugins_names(struct plugins *plugins, bool sinks);

#endif
