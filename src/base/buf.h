/* buf.h - a growing byte buffer with a maximum: whatever a sender sizes goes through it.
 *
 * data always has a NUL behind len bytes (and is "" when empty), so that it can be read as text. Once an append did not
 * fit, the buffer stays as it was and is_full stays set: callers may append freely and ask once at the end.
 * Thread: one at a time. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <intaked/error.h>

struct buf {
	char *data;
	size_t len, room, max;          /* bytes; room does not count the NUL */
	bool is_full;
};

#define BUF_INIT(maximum) { .data = NULL, .max = (maximum) }

void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);
/* buf_clear() - empty it, keep the memory. */
void buf_clear(struct buf *b);
/* buf_add(), buf_text(), buf_char(), buf_format() - false, and is_full set, when the maximum would be passed. */
bool buf_add(struct buf *b, const void *data, size_t len);
bool buf_text(struct buf *b, const char *text);
bool buf_char(struct buf *b, char c);
bool buf_format(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* buf_reserve() - room for len more bytes, to be written at data + len; NULL when the maximum would be passed. */
char *buf_reserve(struct buf *b, size_t len);
/* buf_drop() - forget the first len bytes. */
void buf_drop(struct buf *b, size_t len);
/* buf_str() - the text, "" when empty; lives until the next change. */
const char *buf_str(const struct buf *b);
/* buf_take() - hands the memory over (free with free()), never NULL; the buffer is empty afterwards. */
char *buf_take(struct buf *b);
/* buf_check() - IK_OK, or IK_REJECT naming what did not fit. */
enum ik_rc buf_check(const struct buf *b, const char *what, struct ik_error *err);

#endif
