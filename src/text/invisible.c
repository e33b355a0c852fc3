/* invisible.c - see invisible.h. */
#include "text/invisible.h"

#include <string.h>
#include "base/utf8.h"

/* One of the bytes with which the characters begin. */
static bool may_begin(char c)
{
	return c == '\xC2' || c == '\xCD' || c == '\xE2' || c == '\xEF';
}

/* The length of the invisible character at text[at], 0 when none stands there. */
static size_t invisible_at(const struct buf *text, size_t at)
{
	size_t next = at;

	return may_begin(text->data[at]) && text_is_invisible(utf8_next(text->data, text->len, &next)) ? next - at : 0;
}

void text_drop_invisible(struct buf *text)
{
	size_t at = utf8_ascii(buf_str(text), text->len), kept = at;

	while (at < text->len) {
		const size_t gone = invisible_at(text, at);

		if (gone > 0) at += gone;
		else text->data[kept++] = text->data[at++];
	}
	if (kept == text->len) return;
	text->len = kept;
	text->data[kept] = '\0';
}
