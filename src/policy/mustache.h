/* mustache.h - Mustache templates over JSON values: compiled once, rendered often, both within limits.
 *
 * Understood are the modules interpolation, sections, inverted, comments, partials and delimiters of the public specification. Beyond it:
 * an empty text is false in a section, as are null, false and an empty list; a number, also 0, is true. Objects and lists print nothing.
 * A struct mustache is const once compiled; any number of threads may render it, each with JSON values of its own. */
#ifndef POLICY_MUSTACHE_H
#define POLICY_MUSTACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <jansson.h>
#include <intaked/error.h>
#include "base/buf.h"

#define MUSTACHE_SOURCE_MAX 65536       /* bytes of one template */
#define MUSTACHE_TAGS_MAX 4096
#define MUSTACHE_NESTING_MAX 32         /* sections inside sections */
#define MUSTACHE_PARTIALS_MAX 16        /* partials inside partials */
#define MUSTACHE_STEPS_MAX 200000       /* pieces written by one rendering: lists inside lists end here */
#define MUSTACHE_NAME_MAX 128           /* bytes */

struct mustache;

/* mustache_compile() - text is copied and must be valid UTF-8. IK_CONFIG with "NAME:LINE:COLUMN: why"; lines count from first_line,
 * columns are characters and count from 1. */
enum ik_rc mustache_compile(const char *text, size_t len, const char *name, size_t first_line, struct mustache **m_r, struct ik_error *err);
void mustache_free(struct mustache **m);

struct mustache_setup {
	/* What {{>name}} stands for; NULL (also as a result): nothing. The result is borrowed until the rendering ends. */
	const struct mustache *(*partial)(const void *arg, const char *name, size_t len);
	const void *partial_arg;
	void (*escape)(struct buf *b, const char *text, size_t len);    /* of {{name}}; NULL: mustache_escape_html */
};

/* mustache_render() - appends to out. IK_REJECT when out is full, partials go too deep or the steps are used up; what was appended by then
 * is worthless. data is only read. */
enum ik_rc mustache_render(const struct mustache *m, json_t *data, const struct mustache_setup *setup, struct buf *out, struct ik_error *err);
void mustache_escape_html(struct buf *b, const char *text, size_t len);

/* mustache_each_tag() - every name a template uses, in order, until see() returns something else than IK_OK, which is returned then. */
enum mustache_use { MUSTACHE_VALUE, MUSTACHE_RAW, MUSTACHE_SECTION, MUSTACHE_INVERTED, MUSTACHE_PARTIAL };
struct mustache_tag { enum mustache_use use; const char *name; size_t len, line, column; };     /* name without a NUL behind it */
enum ik_rc mustache_each_tag(const struct mustache *m, enum ik_rc (*see)(void *arg, const struct mustache_tag *tag), void *arg);

#endif
