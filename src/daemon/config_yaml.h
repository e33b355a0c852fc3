/* config_yaml.h - the strict YAML subset as a small tree with positions, and where problems are reported.
 *
 * Refused: anchors, aliases, tags, merge keys, a second document, duplicate keys, keys that are no text, more than
 * YAML_DEPTH_MAX levels, files above YAML_FILE_MAX. Every scalar is text; what it means is the option table's business. */
#ifndef DAEMON_CONFIG_YAML_H
#define DAEMON_CONFIG_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <intaked/error.h>

#define YAML_FILE_MAX (1024 * 1024)
#define YAML_DEPTH_MAX 16
#define YAML_NODES_MAX 60000

/* Problems of one run: printed as FILE:LINE:COLUMN: error: ..., and counted. out may be NULL (only count). */
struct problems { FILE *out; size_t count; };
/* problem_at() - line and column count from 1; line 0 leaves the position out. */
void problem_at(struct problems *p, const char *file, int line, int column, const char *fmt, ...) __attribute__((format(printf, 5, 6)));

enum yaml_kind {
	YAML_NULL,      /* "key:" with nothing behind it, ~ or null */
	YAML_TEXT,
	YAML_LIST,
	YAML_MAP,
	YAML_BAD,       /* reported already; to be passed over in silence */
};

struct yaml_node {
	enum yaml_kind kind;
	int line, column;               /* of the value, from 1 */
	char *key;                      /* inside a mapping; NULL otherwise */
	int key_line, key_column;
	char *text;                     /* YAML_TEXT */
	bool is_passed;                 /* the key was reported (duplicate, merge key): the entry is to be passed over */
	struct yaml_node *first, *last; /* children, in file order */
	struct yaml_node *next;
};

/* yaml_read() - the tree of a file, NULL when it is empty or could not be read; problems say which. yaml_parse() - the same from memory. */
struct yaml_node *yaml_read(const char *path, struct problems *p);
struct yaml_node *yaml_parse(const char *name, const char *text, size_t len, struct problems *p);
void yaml_free(struct yaml_node **node);
/* yaml_child() - the entry of a mapping, NULL when absent or no mapping. */
const struct yaml_node *yaml_child(const struct yaml_node *node, const char *key);
/* yaml_kind_word() - "a list", for error messages. */
const char *yaml_kind_word(const struct yaml_node *node);

#endif
