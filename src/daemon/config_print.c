/* config_print.c - the configuration as text: what is in force, and the option tables for people and programs. */
#include "daemon/config_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/mem.h"

#define SAMPLE_WIDTH 120

/* A text that reads as the same text again: quoted unless it is plainly harmless. */
static void print_text(FILE *out, const char *text)
{
	static const char *const words[] = { "", "~", "null" };
	bool is_plain = strpbrk(text, ":#{}[],&*!|>'\"%@`\\\n\t") == NULL && text[0] != '-' && text[0] != '?' && text[0] != ' ';

	if (text[0] != '\0' && text[strlen(text) - 1] == ' ') is_plain = false;
	for (size_t i = 0; i < COUNT_OF(words); i++) is_plain &= strcmp(text, words[i]) != 0;
	if (is_plain) {
		(void)fputs(text, out);
		return;
	}
	(void)fputc('"', out);
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\') (void)fprintf(out, "\\%c", *text);
		else if ((unsigned char)*text < 0x20) (void)fprintf(out, "\\x%02X", (unsigned)*text);
		else (void)fputc(*text, out);
	}
	(void)fputc('"', out);
}

static void print_list(FILE *out, const struct ik_list *list)
{
	(void)fputc('[', out);
	for (size_t i = 0; i < list->count; i++) {
		if (i > 0) (void)fputs(", ", out);
		print_text(out, list->item[i]);
	}
	(void)fputc(']', out);
}

static void print_map(FILE *out, const struct ik_map *map)
{
	(void)fputc('{', out);
	for (size_t i = 0; i < map->count; i++) {
		if (i > 0) (void)fputs(", ", out);
		print_text(out, map->pair[i].key);
		(void)fputs(": ", out);
		print_text(out, map->pair[i].value);
	}
	(void)fputc('}', out);
}

static void print_number(FILE *out, const struct ik_option *row, int64_t n)
{
	char text[CONFIG_NUMBER_SIZE];

	if (row->kind == IK_KIND_DURATION) (void)fputs(config_duration_text(n, text), out);
	else if (row->kind == IK_KIND_SIZE) (void)fputs(config_size_text(n, text), out);
	else (void)fprintf(out, "%" PRId64, n);
}

static bool is_text_kind(enum ik_option_kind kind)
{
	return kind == IK_KIND_STRING || kind == IK_KIND_URL || kind == IK_KIND_PATH || kind == IK_KIND_ADDRESS;
}

bool config_print_value(FILE *out, const struct ik_option *row, const void *base, const char *reference)
{
	const void *field = (const char *)base + row->offset;

	if (is_text_kind(row->kind)) {
		const char *text = *(char *const *)field;

		if (text == NULL) return false;
		print_text(out, text);
		return true;
	}
	switch (row->kind) {
	case IK_KIND_SECRET: case IK_KIND_SECRET_PATH:
		if (reference == NULL) return false;
		(void)fputs(reference, out);
		return true;
	case IK_KIND_COUNT: case IK_KIND_DURATION: case IK_KIND_SIZE: print_number(out, row, *(const int64_t *)field); return true;
	case IK_KIND_BOOL: (void)fputs(*(const bool *)field ? "yes" : "no", out); return true;
	case IK_KIND_ENUM: (void)fputs(row->choices[*(const int *)field], out); return true;
	case IK_KIND_LIST: print_list(out, field); return true;
	case IK_KIND_MAP: print_map(out, field); return true;
	case IK_KIND_STRING: case IK_KIND_URL: case IK_KIND_PATH: case IK_KIND_ADDRESS: case IK_KIND_SECTION: case IK_KIND_END: break;
	}
	return false;
}

static void print_rows(FILE *out, const struct config_memory *m, const char *top, const struct ik_option *rows, const void *base, int indent)
{
	for (; rows != NULL && rows->name != NULL; rows++) {
		char *path = mem_format("%s.%s", top, rows->name);
		const struct config_place *place = config_place(m, path);

		if (rows->kind == IK_KIND_SECTION) {
			(void)fprintf(out, "%*s%s:\n", indent, "", rows->name);
			print_rows(out, m, path, rows->section, (const char *)base + rows->offset, indent + 2);
		} else {
			char *value = NULL;
			size_t len = 0;
			FILE *text = open_memstream(&value, &len);
			const bool has_value = text != NULL && config_print_value(text, rows, base, place != NULL ? place->reference : NULL);

			if (text != NULL) (void)fclose(text);
			if (has_value) (void)fprintf(out, "%*s%s: %s%s\n", indent, "", rows->name, value, place == NULL ? "   # default" : "");
			else (void)fprintf(out, "%*s# %s: not set\n", indent, "", rows->name);
			free(value);
		}
		free(path);
	}
}

void config_print(const struct config *config, FILE *out)
{
	const struct config_memory *m = config->memory;

	(void)fprintf(out, "# in force, from %s; secrets are shown by where they are kept\n", config->path);
	for (const struct config_section *s = m->sections; s->name != NULL; s++) {
		(void)fprintf(out, "%s:\n", s->name);
		print_rows(out, m, s->name, s->options, (const char *)config + s->offset, 2);
	}
	(void)fputs("channels:\n", out);
	for (size_t i = 0; i < config->channel_count; i++) {
		const struct channel_conf *c = &config->channels[i];
		char *top = mem_format("channels.%s", c->name);

		(void)fprintf(out, "  %s:\n", c->name);
		print_rows(out, m, top, channel_common_options, &c->common, 4);
		print_rows(out, m, top, c->plugin->options, c->conf, 4);
		free(top);
	}
	(void)fputs("sinks:\n", out);
	for (size_t i = 0; i < config->sink_count; i++) {
		const struct sink_conf *c = &config->sinks[i];
		char *top = mem_format("sinks.%s", c->name);

		(void)fprintf(out, "  %s:\n", c->name);
		print_rows(out, m, top, sink_common_options, &c->common, 4);
		print_rows(out, m, top, c->plugin->options, c->conf, 4);
		free(top);
	}
}

/* ---- option tables ----------------------------------------------------------------------------------------------------------- */

static const char *kind_name(const struct ik_option *row)
{
	switch (row->kind) {
	case IK_KIND_STRING: return row->choices != NULL ? "word" : "text";
	case IK_KIND_URL: return "URL";
	case IK_KIND_PATH: return "path";
	case IK_KIND_ADDRESS: return "mail address";
	case IK_KIND_SECRET: case IK_KIND_SECRET_PATH: return "secret";
	case IK_KIND_COUNT: return "number";
	case IK_KIND_DURATION: return "duration";
	case IK_KIND_SIZE: return "size";
	case IK_KIND_BOOL: return "yes or no";
	case IK_KIND_ENUM: return "word";
	case IK_KIND_LIST: return "list";
	case IK_KIND_MAP: return "mapping";
	case IK_KIND_SECTION: return "section";
	case IK_KIND_END: break;
	}
	return "";
}

void config_constraint_text(struct buf *b, const struct ik_option *row)
{
	char low[CONFIG_NUMBER_SIZE], high[CONFIG_NUMBER_SIZE];
	const bool is_duration = row->kind == IK_KIND_DURATION, is_size = row->kind == IK_KIND_SIZE;

	buf_text(b, kind_name(row));
	if (row->kind == IK_KIND_COUNT || is_duration || is_size) {
		if (is_duration) (void)config_duration_text(row->min, low), (void)config_duration_text(row->max, high);
		else if (is_size) (void)config_size_text(row->min, low), (void)config_size_text(row->max, high);
		else (void)snprintf(low, sizeof(low), "%" PRId64, row->min), (void)snprintf(high, sizeof(high), "%" PRId64, row->max);
		if (row->max != 0) buf_format(b, ", %s to %s", low, high);
		else if (row->min != 0) buf_format(b, ", at least %s", low);
	}
	for (size_t i = 0; row->choices != NULL && row->choices[i] != NULL; i++) buf_format(b, "%s%s", i == 0 ? ": " : ", ", row->choices[i]);
}

void config_print_comment(FILE *out, int indent, const char *text)
{
	while (*text != '\0') {
		const size_t room = (size_t)(SAMPLE_WIDTH - indent - 2);
		size_t len = strlen(text);

		if (len > room) {
			len = room;
			while (len > 0 && text[len] != ' ') len--;
			if (len == 0) len = strcspn(text, " ");
		}
		(void)fprintf(out, "%*s# %.*s\n", indent, "", (int)len, text);
		text += len;
		text += strspn(text, " ");
	}
}

static const char *example_of(const struct ik_option *row)
{
	switch (row->kind) {
	case IK_KIND_SECRET: case IK_KIND_SECRET_PATH: return "{credential: NAME}";
	case IK_KIND_LIST: return "[]";
	case IK_KIND_MAP: return "{}";
	case IK_KIND_URL: return "https://...";
	case IK_KIND_ADDRESS: return "name@example.org";
	case IK_KIND_PATH: return "/path";
	case IK_KIND_STRING: case IK_KIND_COUNT: case IK_KIND_DURATION: case IK_KIND_SIZE: case IK_KIND_BOOL: case IK_KIND_ENUM:
	case IK_KIND_SECTION: case IK_KIND_END: break;
	}
	return "...";
}

static void print_default(FILE *out, const struct ik_option *row)
{
	if (row->kind == IK_KIND_LIST || row->kind == IK_KIND_MAP) (void)fputs(row->def[0] != '\0' ? row->def : example_of(row), out);
	else print_text(out, row->def);
}

static void print_row_yaml(FILE *out, const struct ik_option *row, int indent)
{
	struct buf words = BUF_INIT(2048);

	buf_format(&words, "%s (", row->help != NULL ? row->help : row->name);
	config_constraint_text(&words, row);
	buf_format(&words, "%s%s)", (row->flags & IK_REQUIRED) != 0 ? "; required" : "", (row->flags & IK_RESTART) != 0 ? "; changes with a restart" : "");
	config_print_comment(out, indent, buf_str(&words));
	if (row->def != NULL) {
		(void)fprintf(out, "%*s%s: ", indent, "", row->name);
		print_default(out, row);
		(void)fputc('\n', out);
	} else if (row->kind == IK_KIND_URL && row->choices != NULL) {
		(void)fprintf(out, "%*s# %s: %s://...\n", indent, "", row->name, row->choices[0]);
	} else {
		(void)fprintf(out, "%*s# %s: %s\n", indent, "", row->name, example_of(row));
	}
	buf_release(&words);
}

static void print_row_text(FILE *out, const struct ik_option *row, int indent)
{
	struct buf words = BUF_INIT(2048);

	config_constraint_text(&words, row);
	(void)fprintf(out, "%*s%-16s %s", indent, "", row->name, buf_str(&words));
	if (row->def != NULL) (void)fprintf(out, "; default %s", row->def[0] != '\0' ? row->def : "none");
	(void)fprintf(out, "%s%s\n", (row->flags & IK_REQUIRED) != 0 ? "; required" : "", (row->flags & IK_RESTART) != 0 ? "; changes with a restart" : "");
	if (row->help != NULL) (void)fprintf(out, "%*s%s\n", indent + 17, "", row->help);
	buf_release(&words);
}

void config_print_options(const struct ik_option *options, FILE *out, bool as_yaml, int indent)
{
	for (; options != NULL && options->name != NULL; options++) {
		if (options->kind == IK_KIND_SECTION) {
			if (as_yaml && options->help != NULL) config_print_comment(out, indent, options->help);
			(void)fprintf(out, "%*s%s:\n", indent, "", options->name);
			config_print_options(options->section, out, as_yaml, indent + 2);
		} else if (as_yaml) print_row_yaml(out, options, indent);
		else print_row_text(out, options, indent);
	}
}

json_t *config_options_json(const struct ik_option *options)
{
	json_t *rows = json_array();

	for (; options != NULL && options->name != NULL; options++) {
		json_t *row = json_object();

		json_set_text(row, "name", options->name);
		json_set_text(row, "kind", kind_name(options));
		json_set_text(row, "default", options->def);
		json_set_text(row, "help", options->help);
		(void)json_object_set_new(row, "required", json_boolean((options->flags & IK_REQUIRED) != 0));
		(void)json_object_set_new(row, "restart", json_boolean((options->flags & IK_RESTART) != 0));
		if (options->min != 0 || options->max != 0) {
			(void)json_object_set_new(row, "min", json_integer(options->min));
			if (options->max != 0) (void)json_object_set_new(row, "max", json_integer(options->max));
		}
		if (options->choices != NULL) {
			json_t *choices = json_array();

			for (size_t i = 0; options->choices[i] != NULL; i++) (void)json_array_append_new(choices, json_string(options->choices[i]));
			(void)json_object_set_new(row, "choices", choices);
		}
		if (options->kind == IK_KIND_SECTION) (void)json_object_set_new(row, "options", config_options_json(options->section));
		(void)json_array_append_new(rows, row);
	}
	return rows;
}
