/* templates_parts.h - what struct templates is made of; for templates.c, template_load.c, template_files.c and
 * template_check.c only. Loading stands on reading and checking, and all of them on templates.c, which knows none of them. */
#ifndef POLICY_TEMPLATES_PARTS_H
#define POLICY_TEMPLATES_PARTS_H

#include <stdint.h>
#include <stdio.h>
#include "policy/mustache.h"
#include "policy/templates.h"

#define TEMPLATE_LANGUAGES_MAX 32
#define TEMPLATE_BRANDS_MAX 64
#define TEMPLATE_BLOCKS_MAX 4096
#define TEMPLATE_OUT_MAX 8192           /* bytes one rendering may give before the kind's limit is asked */
#define NO_BRAND 0xff

/* A block of a file: the template of an event for one kind, or a part that templates share. */
struct block {
	uint8_t is_own, language, brand;        /* brand: index or NO_BRAND */
	uint8_t event, kind;                    /* event EVENT_COUNT: a part */
	uint32_t line;                          /* of its heading */
	char *name;                             /* of a part */
	char *file;                             /* relative to the folder, for messages */
	struct mustache *subject, *body;        /* subject: mail only */
};

struct templates {
	char *folders[2];                       /* shipped, own (may be NULL) */
	struct block *blocks;
	size_t count, room;
	char *languages[TEMPLATE_LANGUAGES_MAX + 1], *brands[TEMPLATE_BRANDS_MAX + 1];
	size_t language_count, brand_count;
};

/* A list of problems that ends where the first one is kept. */
struct template_problems { FILE *report; size_t count; struct ik_error *first; };
void template_problem(struct template_problems *problems, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- template_files.c */
/* templates_read() - every file of a folder; problems are noted, the rest is read on. */
void templates_read(struct templates *t, bool is_own, struct template_problems *problems);

/* ---- template_check.c */
void templates_check(const struct templates *t, struct template_problems *problems);

/* ---- templates.c */
/* What a rendering looks up in: a brand or NO_BRAND, and a language from which the chain starts. */
struct template_view { const struct templates *t; uint8_t brand; size_t chain_count; uint8_t chain[8]; };
struct template_view template_view(const struct templates *t, const char *language, uint8_t brand);
const struct block *template_find(const struct template_view *view, uint8_t event, uint8_t kind, const char *part, size_t part_len);
enum ik_rc template_render_block(const struct template_view *view, const struct block *block, json_t *facts, const struct text_limit *limit,
                                 char **subject_r, char **text_r, struct ik_error *err);

#endif
