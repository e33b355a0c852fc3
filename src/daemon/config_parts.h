/* config_parts.h - what the files config*.c share: one load under way, its memory, and the parsers of single values.
 * Nobody else includes this, except tests that bring option tables of their own. */
#ifndef DAEMON_CONFIG_PARTS_H
#define DAEMON_CONFIG_PARTS_H

#include "base/buf.h"
#include "daemon/config.h"
#include "daemon/config_yaml.h"

/* Where a key was set, and for a secret what stands in the file instead of it. */
struct config_place { char *path; const char *file; int line, column; char *reference; };

/* Everything a struct config points to. */
struct config_memory {
	const struct config_section *sections;
	void **block;
	size_t block_count;
	char **secret;                  /* wiped before they are freed */
	size_t secret_count;
	struct config_place *place;     /* keys that stand in the files; the others have their defaults */
	size_t place_count;
};

/* config_keep() - takes memory from malloc, freed with the configuration. config_keep_secret() - wiped as well. */
void *config_keep(struct config_memory *m, void *block);
char *config_keep_secret(struct config_memory *m, char *secret);
/* config_place() - where a dotted path ("http.listen") was set, NULL when it has its default. */
const struct config_place *config_place(const struct config_memory *m, const char *path);
/* config_place_add() - of the key of node; takes reference, which may be NULL. */
void config_place_add(struct config_memory *m, const char *path, const char *file, const struct yaml_node *node, char *reference);
void config_memory_free(struct config_memory *m);

/* One file being read into a configuration. */
struct config_load {
	struct problems *problems;
	struct config_memory *memory;
	const struct config_plugins *plugins;
	const char *folder;             /* absolute, of the main file: relative paths start there */
	const char *file;               /* being read now */
	const char *top;                /* dotted path of the section or instance being filled */
	bool without_secrets;           /* a disabled instance: its secrets are looked at, not read */
};

/* config_value() - the value of one row into its field; problems are reported at the node. reference_r gets what stands for a secret (or NULL).
 * SECTION is not for here. */
bool config_value(struct config_load *load, const struct ik_option *row, const struct yaml_node *node, void *base, char **reference_r);
/* config_defaults() - every row's default; the rest of the struct stays as it is. */
void config_defaults(struct config_load *load, const struct ik_option *rows, void *base);

/* The text forms of numbers, for messages and for printing. text_r: CONFIG_NUMBER_SIZE bytes. */
#define CONFIG_NUMBER_SIZE 32
const char *config_duration_text(int64_t seconds, char *text_r);
const char *config_size_text(int64_t bytes, char *text_r);

/* config_print_comment() - "# ..." of whole words, broken into lines. */
void config_print_comment(FILE *out, int indent, const char *text);

/* config_print_value() - the value of one row, as it would stand in the file. false: there is none. reference: what stands for a secret. */
bool config_print_value(FILE *out, const struct ik_option *row, const void *base, const char *reference);

/* config_constraint_text() - "number, 1 to 100": kind, range and choices in words. */
void config_constraint_text(struct buf *b, const struct ik_option *row);

/* config_load_tables() - config_load() with other sections than config_sections. */
size_t config_load_tables(const struct config_section *sections, const char *path, const struct config_plugins *plugins, FILE *report,
                          struct config **config_r);
/* config_check_private() - addresses of IK_PRIVATE rows that would be reached in clear text over a network, each at its place. */
void config_check_private(const struct config *c, struct problems *problems);
/* config_folder() - the folder of a file, without symbolic links; to be freed. */
char *config_folder(const char *path);
/* config_path() - a path of the file, relative ones from the folder of the main file; to be freed. */
char *config_path(const char *folder, const char *path);

#endif
