#include "daemon/known_names.h"

json_t *known_categories(const struct policy *policy)
{
	const char *const *list;
	const size_t count = policy_categories(policy, &list);
	json_t *names = json_array();

	for (size_t i = 0; i < count; i++) (void)json_array_append_new(names, json_string(list[i]));
	return names;
}

json_t *known_channels(const struct config *config)
{
	json_t *names = json_array();

	for (size_t i = 0; i < config->channel_count; i++) (void)json_array_append_new(names, json_string(config->channels[i].name));
	return names;
}
