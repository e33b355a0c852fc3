/* octets.c - what kind of bytes a mail is of shows in its first lines, the head, which are ASCII in any case. */
#include "mail/octets.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include "base/utf8.h"

#define WIDE_LOOK 64                    /* bytes that tell two bytes a character without a mark */

enum order { NARROW, LITTLE, BIG };

/* Two bytes a character: by the mark, or since of every pair one byte is NUL and the other ASCII, as a head is. */
static enum order order_of(const char *data, size_t size)
{
	const unsigned char *at = (const unsigned char *)data;
	const size_t look = (size < WIDE_LOOK ? size : WIDE_LOOK) & ~(size_t)1;
	size_t little = 0, big = 0;

	if (size >= 2 && at[0] == 0xFF && at[1] == 0xFE) return LITTLE;
	if (size >= 2 && at[0] == 0xFE && at[1] == 0xFF) return BIG;
	for (size_t i = 0; i < look; i += 2) {
		little += at[i] != 0 && at[i] < 0x80 && at[i + 1] == 0;
		big += at[i] == 0 && at[i + 1] != 0 && at[i + 1] < 0x80;
	}
	if (look < 16) return NARROW;
	if (little == look / 2) return LITTLE;
	return big == look / 2 ? BIG : NARROW;
}

static uint32_t unit_at(const unsigned char *at, enum order order)
{
	return order == LITTLE ? (uint32_t)at[0] | (uint32_t)at[1] << 8 : (uint32_t)at[1] | (uint32_t)at[0] << 8;
}

static void widen(struct buf *out, const char *data, size_t size, enum order order)
{
	const unsigned char *bytes = (const unsigned char *)data;

	for (size_t at = 0; at + 1 < size; at += 2) {
		uint32_t c = unit_at(bytes + at, order);
		const uint32_t low = at + 3 < size ? unit_at(bytes + at + 2, order) : 0;

		if (c == 0xFEFF && at == 0) continue;
		if (c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
			at += 2;
		} else if (c >= 0xD800 && c < 0xE000) {
			c = 0xFFFD;
		}
		utf8_put(out, c);
	}
}

/* ---- line ends ---- */

/* "Name:" or white space: what may stand at the start of a line of a head. */
static bool is_head_line(const char *at, const char *end)
{
	const char *start = at;

	if (at < end && (*at == ' ' || *at == '\t' || *at == '\r')) return true;
	while (at < end && (isalnum((unsigned char)*at) || *at == '-' || *at == '_')) at++;
	return at > start && at < end && *at == ':';
}

/* The first line of the head ends in a CR of its own, or in one too many before its LF. */
static bool has_odd_ends(const char *data, size_t size)
{
	const char *const end = data + size, *const cr = memchr(data, '\r', size), *const lf = cr != NULL ? memchr(data, '\n', (size_t)(cr - data)) : NULL;

	if (cr == NULL || lf != NULL || cr + 1 >= end || cr[1] == '\n') return false;
	if (cr + 2 < end && cr[1] == '\r' && cr[2] == '\n') return true;
	return is_head_line(cr + 1, end) || memchr(data, '\n', size) == NULL;
}

/* A run of CR and the LF behind it is one line end, when there is an LF; each other CR is one. */
static void end_lines(struct buf *out, const char *data, size_t size)
{
	const char *const end = data + size;

	while (data < end) {
		const char *cr = memchr(data, '\r', (size_t)(end - data)), *stop;

		if (cr == NULL) cr = end;
		buf_add(out, data, (size_t)(cr - data));
		for (stop = cr; stop < end && *stop == '\r'; stop++) continue;
		if (stop < end && *stop == '\n') { buf_char(out, '\n'); stop++; }
		else for (; cr < stop; cr++) buf_char(out, '\n');
		data = stop;
	}
}

size_t octets_room(const char *data, size_t size)
{
	if (order_of(data, size) != NARROW) return size / 2 * 3;
	return has_odd_ends(data, size) ? size : 0;
}

void octets_mend(struct buf *out, const char *data, size_t size)
{
	const enum order order = order_of(data, size);

	if (order != NARROW) widen(out, data, size, order);
	else end_lines(out, data, size);
}
