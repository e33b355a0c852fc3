/* http_layout.h - finds in a request's head what the library under the server reads away: bare line feeds, folded lines, NUL bytes,
 * lines without a name, doubled spaces.
 *
 * libmicrohttpd 0.9.75 parses a head in place: the texts it hands out lie in the received bytes, with separators overwritten by NUL. So
 * in a proper head each text begins exactly where the one before and its separator end, and any other gap is something that a second
 * server might read differently (a line ": x" even ends the head for this version). Other versions are not looked at: from 1.0 on the
 * library refuses these itself. Pure functions. Thread: any. */
#ifndef NET_HTTP_LAYOUT_H
#define NET_HTTP_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

struct http_layout { const char *begin, *end, *at; bool is_proper; };

/* http_layout_is_known() - whether the library that is loaded is the version whose layout is known. */
bool http_layout_is_known(void);
/* http_layout_init() - with the request line as the library shows it; size: of the whole head. */
void http_layout_init(struct http_layout *layout, const char *method, const char *path, const char *version, size_t size);
/* http_layout_add() - the next header field, in the order received. http_layout_end() - whether all of the head was accounted for. */
void http_layout_add(struct http_layout *layout, const char *name, size_t name_len, const char *value, size_t value_len);
bool http_layout_end(const struct http_layout *layout);

#endif
