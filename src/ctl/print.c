/* print.c - JSON, tables and plain words on a terminal that must survive whatever a customer wrote. */
#include "ctl/ctl.h"

#include <libsmartcols/libsmartcols.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"

#define CELL_MAX 2048           /* bytes of one cell */
#define KEYS_MAX 24             /* columns of a table whose columns nobody named */

int ctl_complain(int status, const char *fmt, ...)
{
	va_list ap;

	(void)fputs("intakectl: ", stderr);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
	return status;
}

/* Characters that move the cursor, turn the direction or cannot be seen: shown by number. Source: Unicode 15, general category Cc and Cf
 * (bidirectional controls, zero width, line and paragraph separators, tags). */
static bool is_dangerous(int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

char *ctl_clean(const char *text, bool keep_lines)
{
	struct buf out = BUF_INIT(16 * 1024 * 1024);
	const size_t len = strlen(text);
	size_t at = 0;

	while (at < len) {
		const size_t start = at;
		const int32_t c = utf8_next(text, len, &at);

		if (c < 0) (void)buf_format(&out, "\\x%02x", (unsigned char)text[start]);
		else if (c == '\n' && keep_lines) (void)buf_char(&out, '\n');
		else if (is_dangerous(c)) (void)buf_format(&out, "\\u{%x}", (unsigned)c);
		else (void)buf_add(&out, text + start, at - start);
	}
	return buf_take(&out);
}

void ctl_print_json(const json_t *value)
{
	(void)json_dumpf(value, stdout, JSON_INDENT(2) | JSON_ENCODE_ANY);
	(void)fputc('\n', stdout);
}

/* The text of a plain value, cleaned; lists of plain values joined by commas. To be freed. */
static char *plain_text(const json_t *value)
{
	struct buf out = BUF_INIT(CELL_MAX * 4);
	json_t *item;
	size_t i;

	if (json_is_string(value)) return ctl_clean(json_string_value(value), false);
	if (json_is_integer(value)) return mem_format("%lld", (long long)json_integer_value(value));
	if (json_is_real(value)) return mem_format("%g", json_real_value(value));
	if (json_is_boolean(value)) return mem_text(json_is_true(value) ? "yes" : "no");
	if (!json_is_array(value) && !json_is_object(value)) return mem_text("-");
	if (json_is_object(value)) {
		const char *key;

		json_object_foreach((json_t *)(uintptr_t)value, key, item) {
			char *text = plain_text(item), *name = ctl_clean(key, false);

			(void)buf_format(&out, "%s%s %s", out.len > 0 ? ", " : "", name, text);
			free(name);
			free(text);
		}
		return buf_take(&out);
	}
	json_array_foreach(value, i, item) {
		char *text = plain_text(item);

		(void)buf_format(&out, "%s%s", i > 0 ? ", " : "", text);
		free(text);
	}
	return buf_take(&out);
}

/* ---- tables ----------------------------------------------------------------------------------------------------------------- */

static const struct { const char *word, *colour; } word_colours[] = {
	{ "urgent", "red" }, { "high", "yellow" }, { "failed", "red" }, { "uncertain", "yellow" }, { "parked", "yellow" }, { "no", NULL },
};

static const char *colour_of(const char *text)
{
	for (size_t i = 0; i < COUNT_OF(word_colours); i++)
		if (strcmp(word_colours[i].word, text) == 0) return word_colours[i].colour;
	return NULL;
}

/* "a.b|c": the first path that leads somewhere. */
static json_t *value_at(const json_t *row, const char *paths)
{
	char one[96];

	while (*paths != '\0') {
		const size_t len = strcspn(paths, "|");
		json_t *value;

		(void)snprintf(one, sizeof(one), "%.*s", (int)len, paths);
		value = json_path((json_t *)(uintptr_t)row, one);
		if (value != NULL && !json_is_null(value)) return value;
		paths += len + (paths[len] == '|');
	}
	return NULL;
}

static void add_row(const struct ctl *ctl, struct libscols_table *table, const struct ctl_column *columns, const json_t *row)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);

	for (size_t i = 0; line != NULL && columns[i].heading != NULL; i++) {
		char *text = plain_text(value_at(row, columns[i].path));

		text[utf8_cut(text, strlen(text), CELL_MAX)] = '\0';
		if (ctl->has_colours && colour_of(text) != NULL) (void)scols_cell_set_color(scols_line_get_cell(line, i), colour_of(text));
		(void)scols_line_refer_data(line, i, text);     /* takes text */
	}
}

void ctl_print_table(const struct ctl *ctl, const struct ctl_column *columns, const json_t *rows, const char *none)
{
	struct libscols_table *table;
	json_t *row;
	size_t i;

	if (json_array_size(rows) == 0) {
		if (none != NULL) (void)puts(none);
		return;
	}
	scols_init_debug(0);
	table = scols_new_table();
	if (table == NULL) return;
	(void)scols_table_enable_colors(table, ctl->has_colours);
	for (i = 0; columns[i].heading != NULL; i++)
		(void)scols_table_new_column(table, columns[i].heading, columns[i].is_long ? 0.5 : 0.0,
		                             (columns[i].is_number ? SCOLS_FL_RIGHT : 0) | (columns[i].is_long ? SCOLS_FL_TRUNC : 0));
	json_array_foreach(rows, i, row) add_row(ctl, table, columns, row);
	(void)fflush(stdout);
	(void)scols_print_table(table);
	scols_unref_table(table);
}

/* A table of objects whose keys are its columns, in the order they come. */
static void print_objects(const struct ctl *ctl, const json_t *rows)
{
	struct ctl_column columns[KEYS_MAX + 1] = { { .heading = NULL } };
	const char *key;
	json_t *row, *value;
	size_t i, n = 0;

	json_array_foreach(rows, i, row) {
		json_object_foreach(row, key, value) {
			size_t known = 0;

			while (known < n && strcmp(columns[known].heading, key) != 0) known++;
			if (known == n && n < KEYS_MAX) columns[n++] = (struct ctl_column){ .heading = key, .path = key };
			if (known < n && json_is_integer(value)) columns[known].is_number = true;
		}
	}
	ctl_print_table(ctl, columns, rows, NULL);
}

/* ---- words -------------------------------------------------------------------------------------------------------------------- */

static bool is_simple(const json_t *value)
{
	json_t *item;
	size_t i;

	if (json_is_object(value)) return json_object_size(value) == 0;
	json_array_foreach(value, i, item)
		if (json_is_object(item) || json_is_array(item)) return false;
	return true;
}

/* A text of several lines with a bar before each, so that it cannot pass for fields of its own. */
static void print_block(const char *text, int indent)
{
	char *clean = ctl_clean(text, true), *rest = clean, *line;

	while ((line = strsep(&rest, "\n")) != NULL) (void)printf("%*s| %s\n", indent, "", line);
	free(clean);
}

static void print_member(const struct ctl *ctl, const char *key, const json_t *value, int indent)
{
	char *name = ctl_clean(key, false);

	if (json_is_string(value) && strchr(json_string_value(value), '\n') != NULL) {
		(void)printf("%*s%s:\n", indent, "", name);
		print_block(json_string_value(value), indent + 2);
	} else if (is_simple(value)) {
		char *text = plain_text(value);

		(void)printf("%*s%s: %s\n", indent, "", name, text[0] != '\0' ? text : "-");
		free(text);
	} else {
		(void)printf("%*s%s:\n", indent, "", name);
		ctl_print_value(ctl, value, indent + 2);
	}
	free(name);
}

void ctl_print_value(const struct ctl *ctl, const json_t *value, int indent)
{
	const char *key;
	json_t *item;
	size_t i;

	if (json_is_object(value)) {
		json_object_foreach((json_t *)(uintptr_t)value, key, item) print_member(ctl, key, item, indent);
	} else if (json_is_array(value) && indent == 0) {
		print_objects(ctl, value);
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, item) {
			char *text = plain_text(item);

			(void)printf("%*s- %s\n", indent, "", text);
			free(text);
		}
	} else {
		char *text = plain_text(value);

		(void)printf("%*s%s\n", indent, "", text);
		free(text);
	}
}
