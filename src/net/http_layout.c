/* http_layout.c - walks the head from text to text. */
#include "net/http_layout.h"

#include <stdint.h>
#include <string.h>
#include <microhttpd.h>

bool http_layout_is_known(void)
{
	return strcmp(MHD_get_version(), "0.9.75") == 0;
}

/* Whether len bytes from here on lie inside the head; by number, because a stray pointer may belong to another object. */
static bool is_inside(const struct http_layout *layout, const char *at, size_t len)
{
	const uintptr_t begin = (uintptr_t)layout->begin, end = (uintptr_t)layout->end, here = (uintptr_t)at;

	return here >= begin && here <= end && len <= end - here;
}

/* A line ended in CRLF: both bytes have become NUL. */
static bool is_line_end(const struct http_layout *layout, const char *at)
{
	return is_inside(layout, at, 2) && at[0] == '\0' && at[1] == '\0';
}

void http_layout_init(struct http_layout *layout, const char *method, const char *path, const char *version, size_t size)
{
	const size_t method_len = strlen(method), version_len = strlen(version);

	*layout = (struct http_layout){ .begin = method, .end = method + size };
	layout->is_proper = path == method + method_len + 1 && is_inside(layout, version, version_len) && is_line_end(layout, version + version_len);
	layout->at = version + version_len + 2;
}

void http_layout_add(struct http_layout *layout, const char *name, size_t name_len, const char *value, size_t value_len)
{
	const char *gap = name + name_len + 1;

	if (!layout->is_proper) return;
	layout->is_proper = name == layout->at && is_inside(layout, name, name_len + 1) && is_inside(layout, value, value_len)
	                    && (uintptr_t)value >= (uintptr_t)gap && strspn(gap, " \t") == (size_t)((uintptr_t)value - (uintptr_t)gap)
	                    && is_line_end(layout, value + value_len);
	layout->at = value + value_len + 2;
}

bool http_layout_end(const struct http_layout *layout)
{
	return layout->is_proper && is_line_end(layout, layout->at) && layout->at + 2 == layout->end;
}
