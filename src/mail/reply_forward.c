/* reply_forward.c - a forward that its mail program put into a quoting container (Apple Mail): the container is no quote, so its lines lose the mark. */
#include "mail/reply.h"

#include <string.h>
#include "base/mem.h"

/* Appends the lines without one level of marks; false when a filled line has none. */
static bool unmark(struct buf *out, const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		const char *end = memchr(text + at, '\n', len - at);
		const size_t stop = end != NULL ? (size_t)(end - text) + 1 : len;

		if (text[at] == '>') {
			at++;
			if (at < stop && text[at] == ' ') at++;
		} else if (text[at] != '\n') {
			return false;
		}
		buf_add(out, text + at, stop - at);
		at = stop;
	}
	return true;
}

/* Puts plain in the place of a mark; those behind it move. */
static void replace(struct buf *text, struct html_marks *marks, size_t which, const struct buf *plain)
{
	struct html_mark *mark = &marks->marks[which];
	const size_t lost = mark->end - mark->start - plain->len;

	memcpy(text->data + mark->start, buf_str(plain), plain->len);
	memmove(text->data + mark->start + plain->len, text->data + mark->end, text->len - mark->end + 1);
	text->len -= lost;
	mark->end -= lost;
	for (size_t i = which + 1; i < marks->count; i++) {
		marks->marks[i].start -= lost;
		marks->marks[i].end -= lost;
	}
}

void reply_unmark_forward(struct buf *text, const struct reply_rules *rules, struct html_marks *marks)
{
	for (size_t i = 0; i < marks->count; i++) {
		const struct html_mark *mark = &marks->marks[i];
		struct buf plain = BUF_INIT(mark->end - mark->start + 1);

		if (mark->kind == HTML_HISTORY && mark->start < mark->end && mark->end <= text->len && unmark(&plain, text->data + mark->start, mark->end - mark->start) && reply_begins_forward(rules, buf_str(&plain), plain.len))
			replace(text, marks, i, &plain);
		buf_release(&plain);
	}
}
