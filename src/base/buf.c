#include "base/buf.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf)BUF_INIT(max);
}

void buf_release(struct buf *b)
{
	free(b->data);
	b->data = NULL;
	b->len = b->room = 0;
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->is_full = false;
	if (b->data != NULL) b->data[0] = '\0';
}

char *buf_reserve(struct buf *b, size_t len)
{
	if (b->is_full || len > b->max || b->len > b->max - len) {
		b->is_full = true;
		return NULL;
	}
	if (b->data == NULL || b->room - b->len < len) {
		size_t room = b->room < 128 ? 128 : b->room * 2;

		if (room < b->len + len) room = b->len + len;
		if (room > b->max) room = b->max;
		b->data = mem_grow(b->data, room + 1, 1);
		b->room = room;
		b->data[b->len] = '\0';
	}
	return b->data + b->len;
}

bool buf_add(struct buf *b, const void *data, size_t len)
{
	char *at = buf_reserve(b, len);

	if (at == NULL) return false;
	if (len > 0) memcpy(at, data, len);
	b->len += len;
	b->data[b->len] = '\0';
	return true;
}

bool buf_text(struct buf *b, const char *text)
{
	return buf_add(b, text, strlen(text));
}

bool buf_char(struct buf *b, char c)
{
	if (b->len == b->room || b->is_full) return buf_add(b, &c, 1);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
	return true;
}

bool buf_format(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char small[512];
	int len;

	va_start(ap, fmt);
	len = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (len < 0) return false;
	if ((size_t)len < sizeof(small)) return buf_add(b, small, (size_t)len);
	if (buf_reserve(b, (size_t)len) == NULL) return false;
	va_start(ap, fmt);
	(void)vsnprintf(b->data + b->len, (size_t)len + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)len;
	return true;
}

void buf_drop(struct buf *b, size_t len)
{
	if (len >= b->len) {
		b->len = 0;
	} else {
		memmove(b->data, b->data + len, b->len - len);
		b->len -= len;
	}
	if (b->data != NULL) b->data[b->len] = '\0';
}

const char *buf_str(const struct buf *b)
{
	return b->data != NULL ? b->data : "";
}

char *buf_take(struct buf *b)
{
	char *data = b->data != NULL ? b->data : mem_copy("", 0);

	b->data = NULL;
	b->len = b->room = 0;
	return data;
}

enum ik_rc buf_check(const struct buf *b, const char *what, struct ik_error *err)
{
	if (!b->is_full) return IK_OK;
	return ik_fail(IK_REJECT, err, "%s is larger than the %zu bytes allowed", what, b->max);
}
