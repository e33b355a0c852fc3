/* config.c - loads the configuration: the main file, then its includes in byte order, key by key into the structs of the option tables.
 *
 * A key is set at most once over all files; a second time is an error that names both places. Everything a configuration points to
 * hangs on its memory. Problems are collected: one run shows them all. Thread: main. */
#include "daemon/config_parts.h"

#include <glob.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "daemon/config_suggest.h"

#define INSTANCES_MAX 1000
#define INCLUDES_MAX 500

void config_free(struct config **config)
{
	if (*config == NULL) return;
	policy_free(&(*config)->made);
	config_memory_free((*config)->memory);
	free((*config)->channels);
	free((*config)->sinks);
	mem_free(config);
}

/* ---- rows ------------------------------------------------------------------------------------------------------------- */

static const struct ik_option *row_find(const struct ik_option *rows, const char *name)
{
	for (; rows != NULL && rows->name != NULL; rows++)
		if (strcmp(rows->name, name) == 0) return rows;
	return NULL;
}

static void unknown_name(struct config_load *l, const struct yaml_node *node, const char *what, const struct suggestion *near)
{
	const char *best = suggest_best(near);

	problem_at(l->problems, l->file, node->key_line, node->key_column, "unknown %s '%.64s' in %s%s%s%s", what, node->key, l->top,
	           best != NULL ? "; did you mean '" : "", best != NULL ? best : "", best != NULL ? "'?" : "");
}

static void unknown_key(struct config_load *l, const struct yaml_node *node, const struct ik_option *rows, const struct ik_option *more)
{
	struct suggestion near = { .wanted = node->key };

	for (; rows != NULL && rows->name != NULL; rows++) suggest_name(&near, rows->name);
	for (; more != NULL && more->name != NULL; more++) suggest_name(&near, more->name);
	unknown_name(l, node, "key", &near);
}

/* Two places for one key: from two files, since one file's duplicates are refused by the reader. */
static bool is_set_already(struct config_load *l, const struct yaml_node *node, const char *path)
{
	const struct config_place *place = config_place(l->memory, path);

	if (place == NULL) return false;
	problem_at(l->problems, l->file, node->key_line, node->key_column, "%s is set twice; it is set already in %s:%d", path, place->file, place->line);
	return true;
}

static void fill_rows(struct config_load *l, const struct yaml_node *map, const struct ik_option *rows, void *base);

static void fill_row(struct config_load *l, const struct yaml_node *node, const struct ik_option *row, void *base)
{
	char *path = config_keep(l->memory, mem_format("%s.%s", l->top, row->name));
	const char *top = l->top;
	char *reference = NULL;

	if (row->kind == IK_KIND_SECTION) {
		l->top = path;
		fill_rows(l, node, row->section, (char *)base + row->offset);
		l->top = top;
		return;
	}
	if (is_set_already(l, node, path)) return;
	(void)config_value(l, row, node, base, &reference);
	config_place_add(l->memory, path, l->file, node, reference);
}

static bool is_mapping(struct config_load *l, const struct yaml_node *node)
{
	if (node->kind == YAML_MAP) return true;
	if (node->kind != YAML_NULL && node->kind != YAML_BAD)
		problem_at(l->problems, l->file, node->line, node->column, "%s: found %s, expected a mapping", l->top, yaml_kind_word(node));
	return false;
}

static void fill_rows(struct config_load *l, const struct yaml_node *map, const struct ik_option *rows, void *base)
{
	if (!is_mapping(l, map)) return;
	for (const struct yaml_node *n = map->first; n != NULL; n = n->next) {
		const struct ik_option *row = row_find(rows, n->key);

		if (n->is_passed) continue;
		if (row == NULL) unknown_key(l, n, rows, NULL);
		else fill_row(l, n, row, base);
	}
}

static void check_required(struct config_load *l, const struct ik_option *rows, const char *top, const char *file, int line, int column)
{
	for (; rows->name != NULL; rows++) {
		char *path = mem_format("%s.%s", top, rows->name);

		if (rows->kind == IK_KIND_SECTION) check_required(l, rows->section, path, file, line, column);
		else if ((rows->flags & IK_REQUIRED) != 0 && config_place(l->memory, path) == NULL)
			problem_at(l->problems, file, line, column, "%s is missing: %s", path, rows->help != NULL ? rows->help : "it has no default");
		free(path);
	}
}

/* ---- instances: entries of channels: and sinks: ------------------------------------------------------------------------- */

/* What a channel and a sink have in common for the reader. */
struct instance_kind {
	const char *word, *top;
	bool is_sink;
	const struct ik_option *common;
};
static const struct instance_kind channel_kind = { "channel", "channels", false, channel_common_options };
static const struct instance_kind sink_kind = { "sink", "sinks", true, sink_common_options };

struct plugin_rows { const void *plugin; const struct ik_option *options; size_t conf_size; };

static bool is_instance_name(const char *name)
{
	const size_t len = strlen(name);

	return len >= 1 && len <= 32 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

/* The plugin an entry names; NULL after a report. */
static bool plugin_find(struct config_load *l, const struct instance_kind *kind, const struct yaml_node *entry, struct plugin_rows *rows_r)
{
	const struct config_plugins *from = l->plugins;
	const struct yaml_node *node = yaml_child(entry, "plugin");
	struct suggestion near = { .wanted = node != NULL && node->kind == YAML_TEXT ? node->text : "" };
	const char *const *names = from->names(from->arg, kind->is_sink);
	bool is_known = false;
	struct ik_error err = { 0 };
	const char *best;

	if (node == NULL) {
		problem_at(l->problems, l->file, entry->key_line, entry->key_column, "%s.plugin is missing: which plugin this %s runs", l->top, kind->word);
		return false;
	}
	if (node->kind != YAML_TEXT) {
		if (node->kind != YAML_BAD) problem_at(l->problems, l->file, node->line, node->column, "%s.plugin: found %s, expected a name", l->top, yaml_kind_word(node));
		return false;
	}
	for (; names != NULL && *names != NULL; names++) {
		suggest_name(&near, *names);
		is_known |= strcmp(*names, node->text) == 0;
	}
	best = suggest_best(&near);
	if (!is_known) {
		problem_at(l->problems, l->file, node->line, node->column, "%s.plugin: there is no %s plugin '%.64s'%s%s%s", l->top, kind->word, node->text,
		           best != NULL ? "; did you mean '" : "", best != NULL ? best : "", best != NULL ? "'?" : "");
		return false;
	}
	if (kind->is_sink) {
		const struct ik_sink *sink = from->sink(from->arg, node->text, &err);

		if (sink != NULL) *rows_r = (struct plugin_rows){ sink, sink->options, sink->conf_size };
	} else {
		const struct ik_channel *channel = from->channel(from->arg, node->text, &err);

		if (channel != NULL) *rows_r = (struct plugin_rows){ channel, channel->options, channel->conf_size };
	}
	if (rows_r->plugin == NULL) problem_at(l->problems, l->file, node->line, node->column, "%s.plugin: %s", l->top, err.text);
	return rows_r->plugin != NULL;
}

static const struct ik_option no_options[] = { IK_OPTION_END };

/* Keys of an entry: the common ones first, then the plugin's. */
static void instance_fill(struct config_load *l, const struct instance_kind *kind, const struct yaml_node *entry, const struct plugin_rows *rows,
                          void *common, void *conf)
{
	const struct ik_option *own = rows->options != NULL ? rows->options : no_options;

	for (const struct yaml_node *n = entry->first; n != NULL; n = n->next) {
		const struct ik_option *row = row_find(kind->common, n->key);

		if (n->is_passed) continue;
		if (row != NULL) {
			fill_row(l, n, row, common);
			continue;
		}
		row = row_find(own, n->key);
		if (row != NULL) fill_row(l, n, row, conf);
		else unknown_key(l, n, kind->common, own);
	}
	if (!l->without_secrets) check_required(l, own, l->top, l->file, entry->key_line, entry->key_column);
}

static bool is_disabled(const struct yaml_node *entry)
{
	const struct yaml_node *enabled = yaml_child(entry, "enabled");

	return enabled != NULL && enabled->kind == YAML_TEXT && (strcmp(enabled->text, "no") == 0 || strcmp(enabled->text, "false") == 0);
}

static void channel_add(struct config *c, const struct channel_conf *channel)
{
	c->channels = mem_grow(c->channels, c->channel_count + 1, sizeof(*c->channels));
	c->channels[c->channel_count++] = *channel;
}

static void sink_add(struct config *c, const struct sink_conf *sink)
{
	c->sinks = mem_grow(c->sinks, c->sink_count + 1, sizeof(*c->sinks));
	c->sinks[c->sink_count++] = *sink;
}

static void instance_load(struct config_load *l, struct config *c, const struct instance_kind *kind, const struct yaml_node *entry)
{
	struct plugin_rows rows = { 0 };
	struct channel_conf channel = { .line = entry->key_line };
	struct sink_conf sink = { .line = entry->key_line };
	void *common = kind->is_sink ? (void *)&sink.common : (void *)&channel.common;
	void *conf;

	if (!is_instance_name(entry->key)) {
		problem_at(l->problems, l->file, entry->key_line, entry->key_column, "%s name '%.64s': expected 1 to 32 of a-z, 0-9 and '-'", kind->word, entry->key);
		return;
	}
	l->top = config_keep(l->memory, mem_format("%s.%s", kind->top, entry->key));
	if (is_set_already(l, entry, l->top)) return;
	config_place_add(l->memory, l->top, l->file, entry, NULL);
	if (entry->kind != YAML_MAP) {
		if (entry->kind != YAML_BAD)
			problem_at(l->problems, l->file, entry->line, entry->column, "%s: found %s, expected a mapping with plugin:", l->top, yaml_kind_word(entry));
		return;
	}
	if (!plugin_find(l, kind, entry, &rows)) return;
	conf = config_keep(l->memory, mem_new(rows.conf_size > 0 ? rows.conf_size : 1));
	config_defaults(l, kind->common, common);
	if (rows.options != NULL) config_defaults(l, rows.options, conf);
	l->without_secrets = is_disabled(entry);
	instance_fill(l, kind, entry, &rows, common, conf);
	l->without_secrets = false;
	channel.name = sink.name = config_keep(l->memory, mem_text(entry->key));
	channel.conf = sink.conf = conf;
	channel.plugin = kind->is_sink ? NULL : rows.plugin;
	sink.plugin = kind->is_sink ? rows.plugin : NULL;
	if (kind->is_sink) sink_add(c, &sink);
	else channel_add(c, &channel);
}

static void instances_load(struct config_load *l, struct config *c, const struct instance_kind *kind, const struct yaml_node *map)
{
	const size_t before = kind->is_sink ? c->sink_count : c->channel_count;
	size_t n = before;

	l->top = kind->top;
	if (!is_mapping(l, map)) return;
	for (const struct yaml_node *entry = map->first; entry != NULL; entry = entry->next) {
		if (entry->is_passed) continue;
		if (++n > INSTANCES_MAX) {
			problem_at(l->problems, l->file, entry->key_line, entry->key_column, "more than %d %s", INSTANCES_MAX, kind->top);
			return;
		}
		instance_load(l, c, kind, entry);
	}
}

/* ---- files --------------------------------------------------------------------------------------------------------------- */

static const struct config_section *section_find(const struct config_section *sections, const char *name)
{
	for (; sections->name != NULL; sections++)
		if (strcmp(sections->name, name) == 0) return sections;
	return NULL;
}

static void unknown_section(struct config_load *l, const struct yaml_node *node)
{
	struct suggestion near = { .wanted = node->key };

	for (const struct config_section *s = l->memory->sections; s->name != NULL; s++) suggest_name(&near, s->name);
	suggest_name(&near, "channels");
	suggest_name(&near, "sinks");
	suggest_name(&near, "include");
	l->top = "the file";
	unknown_name(l, node, "section", &near);
}

/* All of one file but its include:. */
static void file_fill(struct config_load *l, struct config *c, const struct yaml_node *root, bool is_main)
{
	l->top = "the file";
	if (!is_mapping(l, root)) return;
	for (const struct yaml_node *n = root->first; n != NULL; n = n->next) {
		const struct config_section *section = section_find(l->memory->sections, n->key);

		if (n->is_passed) continue;
		if (section != NULL) {
			l->top = section->name;
			fill_rows(l, n, section->options, (char *)c + section->offset);
		} else if (strcmp(n->key, "channels") == 0) {
			instances_load(l, c, &channel_kind, n);
		} else if (strcmp(n->key, "sinks") == 0) {
			instances_load(l, c, &sink_kind, n);
		} else if (strcmp(n->key, "include") == 0) {
			if (!is_main) problem_at(l->problems, l->file, n->key_line, n->key_column, "an included file cannot include others");
		} else {
			unknown_section(l, n);
		}
	}
}

static void included_load(struct config_load *l, struct config *c, const char *path)
{
	struct yaml_node *root;

	l->file = config_keep(l->memory, mem_text(path));
	root = yaml_read(l->file, l->problems);
	if (root != NULL) file_fill(l, c, root, false);
	yaml_free(&root);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One pattern: what it matches, in byte order. A name without wildcards has to exist. */
static void include_pattern(struct config_load *l, struct config *c, const struct yaml_node *node)
{
	const char *file = l->file;
	char *pattern;
	glob_t found = { 0 };
	int failed;

	if (node->kind != YAML_TEXT) {
		problem_at(l->problems, l->file, node->line, node->column, "include: found %s, expected a pattern such as conf.d/*.yaml", yaml_kind_word(node));
		return;
	}
	pattern = node->text[0] == '/' ? mem_text(node->text) : mem_format("%s/%s", l->folder, node->text);
	failed = glob(pattern, GLOB_NOSORT, NULL, &found);
	if (failed == GLOB_NOMATCH && strpbrk(node->text, "*?[") == NULL)
		problem_at(l->problems, l->file, node->line, node->column, "include: there is no file %s", pattern);
	else if (failed != 0 && failed != GLOB_NOMATCH)
		problem_at(l->problems, l->file, node->line, node->column, "include: %s cannot be searched", pattern);
	else if (found.gl_pathc > INCLUDES_MAX)
		problem_at(l->problems, l->file, node->line, node->column, "include: more than %d files", INCLUDES_MAX);
	else {
		if (found.gl_pathc > 1) qsort(found.gl_pathv, found.gl_pathc, sizeof(*found.gl_pathv), by_bytes);
		for (size_t i = 0; i < found.gl_pathc; i++) included_load(l, c, found.gl_pathv[i]);
	}
	globfree(&found);
	free(pattern);
	l->file = file;
}

static void includes_load(struct config_load *l, struct config *c, const struct yaml_node *node)
{
	if (node == NULL || node->kind == YAML_NULL) return;
	if (node->kind != YAML_LIST) {
		include_pattern(l, c, node);
		return;
	}
	for (const struct yaml_node *n = node->first; n != NULL; n = n->next) include_pattern(l, c, n);
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

static struct config *config_new(const struct config_section *sections, const char *path)
{
	struct config *c = mem_new(sizeof(*c));
	struct config_memory *m = mem_new(sizeof(*m));

	m->sections = sections;
	c->memory = m;
	c->path = config_keep(m, mem_text(path));
	return c;
}

/* The folder of the main file, without symbolic links and relative parts. */
char *config_folder(const char *path)
{
	char *copy = mem_text(path);
	char *real = realpath(dirname(copy), NULL);

	free(copy);
	return real != NULL ? real : mem_text("/");
}

static void sections_check(struct config_load *l, const struct config *c, const struct yaml_node *root)
{
	for (const struct config_section *s = l->memory->sections; s->name != NULL; s++) {
		const struct yaml_node *node = yaml_child(root, s->name);

		check_required(l, s->options, s->name, c->path, node != NULL ? node->key_line : 1, node != NULL ? node->key_column : 1);
	}
}

size_t config_load_tables(const struct config_section *sections, const char *path, const struct config_plugins *plugins, FILE *report,
                          struct config **config_r)
{
	struct problems problems = { .out = report };
	struct config *c = config_new(sections, path);
	struct config_load l = { .problems = &problems, .memory = c->memory, .plugins = plugins, .file = c->path, .top = "" };
	struct yaml_node *root;

	l.folder = config_keep(c->memory, config_folder(path));
	for (const struct config_section *s = sections; s->name != NULL; s++) {
		l.top = s->name;
		config_defaults(&l, s->options, (char *)c + s->offset);
	}
	root = yaml_read(c->path, &problems);
	if (root != NULL) file_fill(&l, c, root, true);
	if (root != NULL && root->kind == YAML_MAP) includes_load(&l, c, yaml_child(root, "include"));
	if (root != NULL || problems.count == 0) sections_check(&l, c, root);
	config_check_private(c, &problems);
	yaml_free(&root);
	if (problems.count > 0) config_free(&c);
	else *config_r = c;
	return problems.count;
}

/* One path out of a file, without looking at the rest; NULL when it is not set. Returns the number of problems. */
static size_t find_path(const char *path, const char *section, const char *key, char **path_r)
{
	struct problems problems = { .out = NULL };
	struct yaml_node *root = yaml_read(path, &problems);
	const struct yaml_node *node = yaml_child(yaml_child(root, section), key);
	char *folder = config_folder(path);

	*path_r = node != NULL && node->kind == YAML_TEXT ? config_path(folder, node->text) : NULL;
	free(folder);
	yaml_free(&root);
	return problems.count;
}

enum ik_rc config_find_socket(const char *path, char **path_r, struct ik_error *err)
{
	char *found = NULL;

	if (find_path(path, "control", "socket", &found) > 0) {
		free(found);
		return ik_fail(IK_CONFIG, err, "%s cannot be read as a configuration", path);
	}
	*path_r = found != NULL ? found : mem_text(CONFIG_CONTROL_SOCKET);
	return IK_OK;
}

char *config_find_plugin_dir(const char *path)
{
	char *found = NULL;

	(void)find_path(path, "core", "plugin_dir", &found);
	return found;
}

void config_fill_defaults(const struct ik_option *options, void *into)
{
	struct problems problems = { .out = NULL };
	struct config_memory *m = mem_new(sizeof(*m));
	struct config_load l = { .problems = &problems, .memory = m, .folder = "/", .file = "(default)", .top = "" };

	config_defaults(&l, options, into);
	config_memory_free(m);
}
