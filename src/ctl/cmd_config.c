/* cmd_config.c - config check, show and schema: the configuration file without a daemon. */
#include "ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/json.h"
#include "base/mem.h"
#include "daemon/config.h"
#include "daemon/config_plugins.h"
#include "daemon/config_suggest.h"
#include "daemon/config_yaml.h"
#include "daemon/plugin.h"

static int with_plugins(const struct ctl *ctl, struct plugins **plugins_r)
{
	struct ik_error err = { "" };
	char *dir = config_find_plugin_dir(ctl_config_file(ctl));
	const enum ik_rc rc = plugins_new(dir, plugins_r, &err);

	free(dir);
	return rc == IK_OK ? EX_OK : ctl_complain(EX_CONFIG, "%s", err.text);
}

/* ---- check ------------------------------------------------------------------------------------------------------------------- */

static void print_problems(const struct ctl *ctl, char *report, size_t count)
{
	json_t *result, *list = json_array();
	char *rest = report, *line;

	if (!ctl->as_json) {
		(void)fputs(report, stderr);
		if (count == 0) (void)printf("%s: no problems\n", ctl_config_file(ctl));
		else (void)fprintf(stderr, "intakectl: %zu problem%s\n", count, count == 1 ? "" : "s");
	} else {
		while ((line = strsep(&rest, "\n")) != NULL)
			if (line[0] != '\0') (void)json_array_append_new(list, json_string(line));
		result = json_pack("{s:b, s:O}", "ok", count == 0, "problems", list);
		ctl_print_json(result);
		json_decref(result);
	}
	json_decref(list);
}

static int run_check(const struct ctl *ctl, struct plugins *plugins)
{
	const struct config_plugins known = config_plugins_of(plugins);
	struct config *config = NULL;
	char *text = NULL;
	size_t len = 0, count;
	FILE *report = open_memstream(&text, &len);

	if (report == NULL) return ctl_complain(EX_OSERR, "out of memory");
	count = config_load(ctl_config_file(ctl), &known, report, &config);
	if (count == 0) count = config_check(config, true, report);
	(void)fclose(report);
	print_problems(ctl, text, count);
	free(text);
	config_free(&config);
	return count == 0 ? EX_OK : EX_CONFIG;
}

/* ---- show --------------------------------------------------------------------------------------------------------------------- */

/* The printed configuration is YAML again: what it says as JSON, every value a text as it stands in the file. */
static json_t *tree_json(const struct yaml_node *node)
{
	json_t *value;

	if (node->kind == YAML_TEXT) return json_string(node->text);
	if (node->kind != YAML_MAP && node->kind != YAML_LIST) return json_null();
	value = node->kind == YAML_MAP ? json_object() : json_array();
	for (const struct yaml_node *n = node->first; n != NULL; n = n->next) {
		if (node->kind == YAML_MAP) (void)json_object_set_new(value, n->key, tree_json(n));
		else (void)json_array_append_new(value, tree_json(n));
	}
	return value;
}

static void show_json(const char *text, size_t len)
{
	struct problems problems = { .out = stderr };
	struct yaml_node *tree = yaml_parse("(configuration)", text, len, &problems);
	json_t *value = tree != NULL ? tree_json(tree) : json_object();

	ctl_print_json(value);
	json_decref(value);
	yaml_free(&tree);
}

static int config_show(const struct ctl *ctl, struct plugins *plugins)
{
	const struct config_plugins known = config_plugins_of(plugins);
	struct config *config = NULL;
	char *text = NULL;
	size_t len = 0;
	FILE *out;

	if (config_load(ctl_config_file(ctl), &known, stderr, &config) > 0) return EX_CONFIG;
	out = open_memstream(&text, &len);
	if (out != NULL) {
		config_print(config, out);
		(void)fclose(out);
		if (ctl->as_json) show_json(text, len);
		else (void)fputs(text, stdout);
	}
	free(text);
	config_free(&config);
	return EX_OK;
}

/* ---- schema ---------------------------------------------------------------------------------------------------------------------- */

/* One set of rows: printed, or added to the JSON object. */
static void schema_part(const struct ctl *ctl, json_t *into, const char *name, const char *help, const struct ik_option *rows)
{
	if (ctl->as_json) {
		json_t *part = json_pack("{s:o}", "options", config_options_json(rows));

		json_set_text(part, "help", help);
		(void)json_object_set_new(into, name, part);
		return;
	}
	(void)printf("%s: %s\n", name, help != NULL ? help : "");
	config_print_options(rows, stdout, false, 2);
	(void)putchar('\n');
}

static void schema_plugins(const struct ctl *ctl, json_t *into, struct plugins *plugins, const char *wanted, bool sinks, size_t *count)
{
	for (const char *const *name = plugins_names(plugins, sinks); *name != NULL; name++) {
		struct ik_error err = { "" };
		const struct ik_option *rows = NULL;
		const char *summary = NULL;
		char key[80];

		if (wanted != NULL && strcmp(*name, wanted) != 0) continue;
		(void)snprintf(key, sizeof(key), "%s %s", sinks ? "sink" : "channel", *name);
		if (sinks) {
			const struct ik_sink *sink = plugins_sink(plugins, *name, &err);

			if (sink != NULL) rows = sink->options, summary = sink->summary;
		} else {
			const struct ik_channel *channel = plugins_channel(plugins, *name, &err);

			if (channel != NULL) rows = channel->options, summary = channel->summary;
		}
		if (err.text[0] != '\0') (void)ctl_complain(EX_CONFIG, "%s", err.text);
		else schema_part(ctl, into, key, summary, rows);
		(*count)++;
	}
}

static int config_schema(const struct ctl *ctl, struct plugins *plugins, const char *wanted)
{
	json_t *all = json_object();
	size_t count = 0;

	for (const struct config_section *s = config_sections; s->name != NULL; s++) {
		if (wanted != NULL && strcmp(wanted, s->name) != 0) continue;
		schema_part(ctl, all, s->name, s->help, s->options);
		count++;
	}
	if (wanted == NULL || strcmp(wanted, "channels") == 0) schema_part(ctl, all, "channels", "What every channel entry understands.", channel_common_options), count++;
	if (wanted == NULL || strcmp(wanted, "sinks") == 0) schema_part(ctl, all, "sinks", "What every sink entry understands.", sink_common_options), count++;
	schema_plugins(ctl, all, plugins, wanted, false, &count);
	schema_plugins(ctl, all, plugins, wanted, true, &count);
	if (ctl->as_json) ctl_print_json(all);
	json_decref(all);
	return count > 0 ? EX_OK : ctl_complain(EX_USAGE, "there is no section or plugin '%s'", wanted);
}

/* ---- which --------------------------------------------------------------------------------------------------------------------------- */

static int run_config(const struct ctl *ctl, json_t *args)
{
	static const char *const words[] = { "check", "show", "schema" };
	const json_t *given = json_object_get(args, "what");
	const char *what = json_string_value(json_array_get(given, 0)), *more = json_string_value(json_array_get(given, 1));
	struct suggestion near = { .wanted = what };
	struct plugins *plugins = NULL;
	int status;

	for (size_t i = 0; i < COUNT_OF(words); i++) suggest_name(&near, words[i]);
	if (near.distance > 0)
		return ctl_complain(EX_USAGE, "config %s: expected check, show or schema%s%s%s", what, suggest_best(&near) != NULL ? "; did you mean '" : "",
		                    suggest_best(&near) != NULL ? suggest_best(&near) : "", suggest_best(&near) != NULL ? "'?" : "");
	if (more != NULL && strcmp(what, "schema") != 0) return ctl_complain(EX_USAGE, "config %s: unexpected argument \"%s\"", what, more);
	status = with_plugins(ctl, &plugins);
	if (status != EX_OK) return status;
	if (strcmp(near.best, "check") == 0) status = run_check(ctl, plugins);
	else if (strcmp(near.best, "show") == 0) status = config_show(ctl, plugins);
	else status = config_schema(ctl, plugins, more);
	plugins_free(&plugins);
	return status;
}

const struct ctl_command ctl_config_commands[] = {
	{ .name = "config", .args = "check|show|schema [NAME]", .positional = "what", .least = 1, .most = 2,
	  .summary = "Check or show the configuration file, or list what it may hold", .run = run_config,
	  .doc = "Works without a daemon, on the file of --config. check prints every problem and exits with 78 when there is one; show prints what is in force, "
	         "defaults marked and secrets shown by where they are kept; schema lists all options, or those of one section or plugin.\n\n"
	         "Examples:\n  intakectl --config /etc/intaked/intaked.yaml config check\n  intakectl config schema imap\n  intakectl config schema --json http" },
	{ .name = NULL },
};
