/* flowed.c - joins soft-broken lines of one quote depth; "-- " never flows. */
#include "mail/flowed.h"

#include <string.h>

static size_t quote_depth(const char *line, size_t len)
{
	size_t depth = 0;

	while (depth < len && line[depth] == '>') depth++;
	return depth;
}

static void put_start(struct buf *out, size_t depth)
{
	for (size_t i = 0; i < depth; i++) buf_char(out, '>');
	if (depth > 0) buf_char(out, ' ');
}

void flowed_join(struct buf *out, const char *text, size_t len, bool is_delsp)
{
	size_t open_depth = 0;
	bool is_open = false;                   /* the line before ended soft */

	for (size_t at = 0; at < len;) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t stop = end != NULL ? (size_t)(end - text) : len;
		const size_t next = end != NULL ? stop + 1 : len, depth = quote_depth(text + at, stop - at);
		const bool is_signature = stop - at - depth >= 3 && strncmp(text + stop - 3, "-- ", 3) == 0 && stop - at - depth <= 4;
		bool is_soft;

		at += depth;
		if (at < stop && text[at] == ' ' && !(depth == 0 && is_signature && stop - at == 3)) at++;      /* space stuffing */
		is_soft = stop > at && text[stop - 1] == ' ' && !is_signature;
		if (is_open && (depth != open_depth || is_signature)) { buf_char(out, '\n'); is_open = false; }
		if (!is_open) put_start(out, depth);
		if (is_soft && is_delsp) stop--;
		buf_add(out, text + at, stop - at);
		if (!is_soft && end != NULL) buf_char(out, '\n');
		is_open = is_soft;
		open_depth = depth;
		at = next;
	}
}
