/* tnef.c - reads the attribute stream of winmail.dat: one level of files, plain and HTML text; where the packed rich text lies. */
#include "mail/tnef.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/text.h"

#define TNEF_SIGNATURE 0x223E9F78u
#define TEXT_BYTES_MAX (4 * 1024 * 1024)
#define NAME_BYTES_MAX 2000
enum { ATT_BODY = 0x800C, ATT_ATTACH_DATA = 0x800F, ATT_ATTACH_TITLE = 0x8010, ATT_ATTACH_REND = 0x9002, ATT_MAPI_PROPS = 0x9003, ATT_ATTACHMENT = 0x9005, ATT_CODEPAGE = 0x9007 };
enum { PROP_BODY = 0x1000, PROP_RTF = 0x1009, PROP_BODY_HTML = 0x1013, PROP_ATTACH_DATA = 0x3701, PROP_ATTACH_LONG_NAME = 0x3707 };
enum { TYPE_STRING8 = 0x1E, TYPE_UNICODE = 0x1F, TYPE_BINARY = 0x102, TYPE_OBJECT = 0x0D, TYPE_MANY = 0x1000 };

/* A range that shrinks from the front; once is_bad, everything read is 0. */
struct range { const unsigned char *at; size_t left; bool is_bad; };

static const unsigned char *take(struct range *r, size_t len)
{
	const unsigned char *at = r->at;

	if (r->is_bad || len > r->left) { r->is_bad = true; return NULL; }
	r->at += len;
	r->left -= len;
	return at;
}

static uint32_t take_number(struct range *r, size_t size)
{
	const unsigned char *at = take(r, size);
	uint32_t number = 0;

	for (size_t i = 0; at != NULL && i < size; i++) number |= (uint32_t)at[i] << (8 * i);
	return number;
}

/* Text as it stands in the stream, which may hold millions: only what is left of them at the end is decoded. */
struct piece { const unsigned char *data; size_t len; char charset[20]; };

/* What is read of the stream. names: of its files. */
struct reader { struct tnef *t; struct piece text, html, names[TNEF_FILES_MAX]; char charset[20]; };

static struct piece piece_of(const unsigned char *data, size_t len, const char *charset)
{
	struct piece piece = { .data = data };

	while (len > 0 && data[len - 1] == 0 && strcmp(charset, "UTF-16LE") != 0) len--;
	piece.len = len;
	memcpy(piece.charset, charset, strlen(charset) + 1);
	return piece;
}

static void decode(struct buf *out, const struct piece *piece, size_t max)
{
	if (piece->len > 0) text_from_charset(out, piece->data, piece->len < max ? piece->len : max, piece->charset, NULL);
}

static char *decode_name(const struct piece *piece)
{
	struct buf text = BUF_INIT(8192), line = BUF_INIT(8192);

	if (piece->data == NULL) return NULL;
	decode(&text, piece, NAME_BYTES_MAX);
	utf8_clean(&line, buf_str(&text), text.len, true);
	buf_release(&text);
	return buf_take(&line);
}

/* The file that attributes are about now: opened by the rendering data of each attachment. */
static struct tnef_file *current(struct tnef *t)
{
	return t->count > 0 ? &t->files[t->count - 1] : NULL;
}

static void note_name(struct reader *r, const unsigned char *data, size_t len, const char *charset, bool is_long)
{
	struct piece *name = r->t->count > 0 ? &r->names[r->t->count - 1] : NULL;

	if (name != NULL && (name->data == NULL || is_long)) *name = piece_of(data, len, charset);
}

/* Bytes that a value of a fixed type takes, with padding; 0 for types of variable length. */
static size_t fixed_size(uint32_t type)
{
	switch (type) {
	case 0x02: case 0x03: case 0x04: case 0x0A: case 0x0B: return 4;
	case 0x05: case 0x06: case 0x07: case 0x14: case 0x40: return 8;
	case 0x48: return 16;
	default: return 0;
	}
}

static void take_property(struct reader *r, uint32_t id, uint32_t type, const unsigned char *data, size_t len, bool is_attachment)
{
	const char *label = type == TYPE_UNICODE ? "UTF-16LE" : r->charset;
	struct tnef *t = r->t;
	struct tnef_file *file = current(t);

	if (is_attachment && id == PROP_ATTACH_LONG_NAME && len > 0) note_name(r, data, len, label, true);
	if (is_attachment && id == PROP_ATTACH_DATA && file != NULL && file->data == NULL) {
		const size_t head = type == TYPE_OBJECT ? 16 : 0;               /* which interface the object has */

		if (len > head) *file = (struct tnef_file){ .data = data + head, .len = len - head };
	}
	if (!is_attachment && id == PROP_BODY && r->text.len == 0) r->text = piece_of(data, len, label);
	if (!is_attachment && id == PROP_RTF && t->rtf == NULL) { t->rtf = data; t->rtf_len = len; }
	if (!is_attachment && id == PROP_BODY_HTML && r->html.len == 0) r->html = piece_of(data, len, label);
}

/* A named property has its name before its value. */
static void skip_property_name(struct range *r)
{
	(void)take(r, 16);
	if (take_number(r, 4) == 0) {
		(void)take(r, 4);
	} else {
		const uint32_t len = take_number(r, 4);

		(void)take(r, len + (4 - len % 4) % 4);
	}
}

static void read_properties(struct reader *to, struct range r, bool is_attachment)
{
	const uint32_t count = take_number(&r, 4);

	for (uint32_t i = 0; i < count && !r.is_bad && r.left > 0; i++) {
		const uint32_t type = take_number(&r, 2), id = take_number(&r, 2), plain = type & ~(uint32_t)TYPE_MANY;
		const size_t fixed = fixed_size(plain);
		uint32_t values = 1;

		if (id >= 0x8000) skip_property_name(&r);
		if ((type & TYPE_MANY) != 0 || fixed == 0) values = take_number(&r, 4);
		for (uint32_t k = 0; k < values && !r.is_bad; k++) {
			const size_t len = fixed > 0 ? fixed : take_number(&r, 4);
			const unsigned char *data = take(&r, len);

			if (fixed == 0) (void)take(&r, (4 - len % 4) % 4);
			if (data != NULL && fixed == 0) take_property(to, id, plain, data, len, is_attachment);
		}
	}
}

static void take_attribute(struct reader *r, uint32_t id, const unsigned char *data, size_t len)
{
	struct tnef *t = r->t;
	struct tnef_file *file = current(t);

	switch (id) {
	case ATT_ATTACH_REND: if (t->count < TNEF_FILES_MAX) t->files[t->count++] = (struct tnef_file){ .name = NULL }; break;
	case ATT_ATTACH_TITLE: note_name(r, data, len, r->charset, false); break;
	case ATT_ATTACH_DATA: if (file != NULL) { file->data = data; file->len = len; } break;
	case ATT_ATTACHMENT: read_properties(r, (struct range){ .at = data, .left = len }, true); break;
	case ATT_MAPI_PROPS: read_properties(r, (struct range){ .at = data, .left = len }, false); break;
	case ATT_BODY: r->text = piece_of(data, len, r->charset); break;
	case ATT_CODEPAGE: if (len >= 4) (void)snprintf(r->charset, sizeof(r->charset), "windows-%u", (unsigned)(data[0] | data[1] << 8)); break;
	default: break;
	}
}

static void decode_all(const struct reader *r)
{
	decode(&r->t->text, &r->text, TEXT_BYTES_MAX);
	decode(&r->t->html, &r->html, TEXT_BYTES_MAX);
	for (size_t i = 0; i < r->t->count; i++) r->t->files[i].name = decode_name(&r->names[i]);
}

bool tnef_is(const void *bytes, size_t len)
{
	struct range r = { .at = bytes, .left = len };

	return take_number(&r, 4) == TNEF_SIGNATURE;
}

bool tnef_read(struct tnef *t, const void *bytes, size_t len)
{
	struct range r = { .at = bytes, .left = len };
	struct reader to = { .t = t, .charset = "windows-1252" };

	*t = (struct tnef){ .text = BUF_INIT(TEXT_BYTES_MAX), .html = BUF_INIT(TEXT_BYTES_MAX) };
	if (take_number(&r, 4) != TNEF_SIGNATURE) return false;
	(void)take(&r, 2);
	while (!r.is_bad && r.left > 0) {
		const uint32_t level = take_number(&r, 1), id = take_number(&r, 4), size = take_number(&r, 4);
		const unsigned char *data = take(&r, size);

		(void)take(&r, 2);                      /* checksum */
		if (data == NULL || level < 1 || level > 2) break;
		take_attribute(&to, id & 0xFFFF, data, size);
	}
	decode_all(&to);
	return true;
}

void tnef_release(struct tnef *t)
{
	for (size_t i = 0; i < t->count; i++) free(t->files[i].name);
	buf_release(&t->text);
	buf_release(&t->html);
}
