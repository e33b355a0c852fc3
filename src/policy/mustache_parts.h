/* mustache_parts.h - the compiled form of a template; for mustache.c (reads) and mustache_render.c (writes) only.
 *
 * A template is one row of nodes over its own copy of the text. The content of a section follows its node and ends before node `end`. */
#ifndef POLICY_MUSTACHE_PARTS_H
#define POLICY_MUSTACHE_PARTS_H

#include <stdint.h>
#include "policy/mustache.h"

enum node_kind { NODE_TEXT, NODE_VALUE, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_PARTIAL };

struct node {
	uint8_t kind;
	bool starts_line;               /* first of its line in the source: an indented partial puts its indentation here */
	bool is_alone;                  /* of a partial: stands on a line of its own, so its lines are indented as it was */
	uint32_t at, len;               /* text or name */
	uint32_t tag_at;                /* where the tag stands */
	uint32_t indent_at, indent_len; /* of a partial alone on its line */
	uint32_t end;                   /* of a section: the node behind its content */
};

struct mustache {
	struct node *nodes;
	uint32_t count, room;
	size_t first_line;
	size_t len;
	char text[];
};

#endif
