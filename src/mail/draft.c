/* draft.c - a draft and its form on the wire: magic, then fields of one tag byte, four length bytes and the value, little-endian.
 *
 * Every field stands in one of the tables below, which encoder and decoder share. The decoder treats its input as hostile: a
 * field comes once at most, lengths and counts are bounded, texts are UTF-8 without NUL, lines hold no control characters. */
#include "mail/draft.h"

#include <stdlib.h>
#include <string.h>
#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"

#define MAGIC "IKD1"
#define LINE_MAX_BYTES (256u * 1024)            /* subjects, names, addresses: no longer than a header block */
#define PART_SIZE_MAX (INT64_C(1) << 32)        /* decoded bytes; far above what the message limit lets through */
#define SENT_AT_MIN INT64_C(-62135596800)       /* 0001-01-01 */
#define SENT_AT_MAX INT64_C(253402300799)       /* 9999-12-31 */

enum tag {
	TAG_SUBJECT = 1, TAG_TEXT, TAG_REPLY_TEXT, TAG_MESSAGE_ID, TAG_IN_REPLY_TO, TAG_LOOP_MARK, TAG_DELIVERED_TO, TAG_RETURN_PATH, TAG_LANGUAGE,
	TAG_BOUNCE_RECIPIENT, TAG_BOUNCE_STATUS, TAG_BOUNCE_MESSAGE_ID, TAG_AUTHENTICATION, TAG_CUT_RULE, TAG_ORIGINAL_TO,
	TAG_AUTO_REASON, TAG_NO_ACK_REASON,
	TAG_FROM, TAG_SENDER, TAG_REPLY_TO,
	TAG_NUMBERS, TAG_FLAGS, TAG_CONTENT_DIGEST, TAG_AUTO_EVIDENCE,
	TAG_LIST, TAG_WRITER, TAG_THROUGH_REASON, TAG_THROUGH_NO_ACK, TAG_THROUGH_EVIDENCE,
	TAG_REFERENCE, TAG_TO, TAG_CC, TAG_PART,        /* these may repeat */
	TAG_END,
};

enum { MULTI_LINE = 1, REQUIRED = 2 };

static const struct { enum tag tag; size_t offset, max; unsigned flags; const char *name; } texts[] = {
	{ TAG_SUBJECT,           offsetof(struct draft, subject),           LINE_MAX_BYTES, REQUIRED, "subject" },
	{ TAG_TEXT,              offsetof(struct draft, text),              DRAFT_TEXT_MAX, REQUIRED | MULTI_LINE, "text" },
	{ TAG_REPLY_TEXT,        offsetof(struct draft, reply_text),        DRAFT_TEXT_MAX, MULTI_LINE, "reply text" },       /* left out where it is the text, as mostly */
	{ TAG_MESSAGE_ID,        offsetof(struct draft, message_id),        LINE_MAX_BYTES, 0, "Message-ID" },
	{ TAG_IN_REPLY_TO,       offsetof(struct draft, in_reply_to),       LINE_MAX_BYTES, 0, "In-Reply-To" },
	{ TAG_LOOP_MARK,         offsetof(struct draft, loop_mark),         LINE_MAX_BYTES, 0, "loop mark" },
	{ TAG_DELIVERED_TO,      offsetof(struct draft, delivered_to),      LINE_MAX_BYTES, 0, "Delivered-To" },
	{ TAG_ORIGINAL_TO,       offsetof(struct draft, original_to),       LINE_MAX_BYTES, 0, "X-Original-To" },
	{ TAG_RETURN_PATH,       offsetof(struct draft, return_path),       LINE_MAX_BYTES, 0, "Return-Path" },
	{ TAG_LANGUAGE,          offsetof(struct draft, language),          16,             0, "language" },
	{ TAG_BOUNCE_RECIPIENT,  offsetof(struct draft, bounce_recipient),  LINE_MAX_BYTES, 0, "bounced recipient" },
	{ TAG_BOUNCE_STATUS,     offsetof(struct draft, bounce_status),     LINE_MAX_BYTES, 0, "bounce status" },
	{ TAG_BOUNCE_MESSAGE_ID, offsetof(struct draft, bounce_message_id), LINE_MAX_BYTES, 0, "bounced Message-ID" },
	{ TAG_AUTHENTICATION,    offsetof(struct draft, authentication),    LINE_MAX_BYTES * 3, MULTI_LINE, "Authentication-Results" },
	{ TAG_CUT_RULE,          offsetof(struct draft, cut_rule),          256,            0, "rule of the cut" },
	{ TAG_AUTO_EVIDENCE,     offsetof(struct draft, auto_evidence),     LINE_MAX_BYTES, 0, "evidence" },
	{ TAG_LIST,              offsetof(struct draft, list),              512,            0, "list" },
	{ TAG_THROUGH_EVIDENCE,  offsetof(struct draft, through_evidence),  LINE_MAX_BYTES, 0, "evidence behind a list" },
};

static const struct { enum tag tag; size_t offset; } codes[] = {
	{ TAG_AUTO_REASON,   offsetof(struct draft, auto_reason) },
	{ TAG_NO_ACK_REASON, offsetof(struct draft, no_ack_reason) },
	{ TAG_THROUGH_REASON, offsetof(struct draft, through_reason) },
	{ TAG_THROUGH_NO_ACK, offsetof(struct draft, through_no_ack) },
};
#define CODE_SIZE sizeof(((struct draft *)0)->auto_reason)
_Static_assert(CODE_SIZE == sizeof(((struct draft *)0)->no_ack_reason), "reason codes share one reader");

static const struct { enum tag tag; size_t offset; } addresses[] = {
	{ TAG_FROM,     offsetof(struct draft, from) },
	{ TAG_SENDER,   offsetof(struct draft, sender) },
	{ TAG_REPLY_TO, offsetof(struct draft, reply_to) },
	{ TAG_WRITER,   offsetof(struct draft, writer) },
};

static const size_t flags[] = {
	offsetof(struct draft, is_automatic), offsetof(struct draft, is_bounce), offsetof(struct draft, has_replaced_bytes), offsetof(struct draft, is_cut),
	offsetof(struct draft, is_writer_sure),
};

void draft_init(struct draft *d)
{
	memset(d, 0, offsetof(struct draft, references));
}

void draft_move(struct draft *to, struct draft *from)
{
	memcpy(to, from, offsetof(struct draft, references));
	memcpy(to->references, from->references, from->reference_count * sizeof(from->references[0]));
	memcpy(to->parts, from->parts, from->part_count * sizeof(from->parts[0]));
	draft_init(from);
}

struct draft_part *draft_add_part(struct draft *d)
{
	struct draft_part *part = &d->parts[d->part_count++];

	*part = (struct draft_part){ 0 };
	return part;
}

static void address_release(struct draft_address *a)
{
	mem_free(&a->name);
	mem_free(&a->address);
}

void draft_release(struct draft *d)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++) mem_free((char **)(void *)((char *)d + texts[i].offset));
	for (size_t i = 0; i < COUNT_OF(addresses); i++) address_release((struct draft_address *)(void *)((char *)d + addresses[i].offset));
	mem_free(&d->header_from);
	for (size_t i = 0; i < d->reference_count; i++) free(d->references[i]);
	for (size_t i = 0; i < d->to_count; i++) address_release(&d->to[i]);
	free(d->to);
	for (size_t i = 0; i < d->part_count; i++) {
		free(d->parts[i].name);
		free(d->parts[i].content_type);
	}
	draft_init(d);
}

/* ---- encoding ---- */

static void put_u32(struct buf *b, uint64_t value)
{
	const unsigned char bytes[4] = { (unsigned char)value, (unsigned char)(value >> 8), (unsigned char)(value >> 16), (unsigned char)(value >> 24) };

	(void)buf_add(b, bytes, sizeof(bytes));
}

static void put_u64(struct buf *b, int64_t value)
{
	put_u32(b, (uint64_t)value & 0xFFFFFFFFu);
	put_u32(b, (uint64_t)value >> 32);
}

static void put_head(struct buf *b, enum tag tag, size_t len)
{
	(void)buf_char(b, (char)tag);
	put_u32(b, len);
}

/* A text inside a compound field: present or not, length, bytes. */
static void put_text(struct buf *b, const char *text)
{
	const size_t len = text != NULL ? strlen(text) : 0;

	put_u32(b, text != NULL ? len + 1 : 0);
	(void)buf_add(b, text, len);
}

static size_t text_room(const char *text)
{
	return 4 + (text != NULL ? strlen(text) : 0);
}

static void put_address(struct buf *b, enum tag tag, const struct draft_address *a)
{
	put_head(b, tag, text_room(a->name) + text_room(a->address));
	put_text(b, a->name);
	put_text(b, a->address);
}

static void put_part(struct buf *b, const struct draft_part *p)
{
	put_head(b, TAG_PART, text_room(p->name) + text_room(p->content_type) + text_room(p->path) + 8 + sizeof(p->digest) + 1);
	put_text(b, p->name);
	put_text(b, p->content_type);
	put_text(b, p->path);
	put_u64(b, p->size);
	(void)buf_add(b, p->digest, sizeof(p->digest));
	(void)buf_char(b, p->is_inline ? 1 : 0);
}

static bool is_time(int64_t at)
{
	return at >= SENT_AT_MIN && at <= SENT_AT_MAX;
}

static void put_numbers(struct buf *b, const struct draft *d)
{
	const int64_t length = d->text != NULL ? (int64_t)strlen(d->text) : 0;
	const int64_t start = d->cut_rule != NULL ? d->cut_start : length;

	put_head(b, TAG_NUMBERS, 32);
	put_u64(b, is_time(d->sent_at) ? d->sent_at : 0);
	put_u64(b, is_time(d->hop_at) ? d->hop_at : 0);
	put_u64(b, start);
	put_u64(b, d->cut_rule != NULL ? d->cut_end : length);
}

static void put_flags(struct buf *b, const struct draft *d)
{
	unsigned bits = 0;

	for (size_t i = 0; i < COUNT_OF(flags); i++)
		if (*(const bool *)((const char *)d + flags[i])) bits |= 1u << i;
	put_head(b, TAG_FLAGS, 1);
	(void)buf_char(b, (char)bits);
}

bool draft_encode(struct buf *b, const struct draft *d)
{
	const char *base = (const char *)d;

	(void)buf_text(b, MAGIC);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		const char *text = *(char *const *)(const void *)(base + texts[i].offset);

		if (text == NULL || (texts[i].tag == TAG_REPLY_TEXT && d->text != NULL && strcmp(text, d->text) == 0)) continue;
		put_head(b, texts[i].tag, strlen(text));
		(void)buf_text(b, text);
	}
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		const char *code = base + codes[i].offset;

		put_head(b, codes[i].tag, strlen(code));
		(void)buf_text(b, code);
	}
	for (size_t i = 0; i < COUNT_OF(addresses); i++)
		put_address(b, addresses[i].tag, (const struct draft_address *)(const void *)(base + addresses[i].offset));
	put_numbers(b, d);
	put_flags(b, d);
	put_head(b, TAG_CONTENT_DIGEST, sizeof(d->content_digest));
	(void)buf_add(b, d->content_digest, sizeof(d->content_digest));
	for (size_t i = 0; i < d->reference_count; i++) {
		put_head(b, TAG_REFERENCE, strlen(d->references[i]));
		(void)buf_text(b, d->references[i]);
	}
	for (size_t i = 0; i < d->to_count; i++) put_address(b, d->to[i].is_cc ? TAG_CC : TAG_TO, &d->to[i]);
	for (size_t i = 0; i < d->part_count; i++) put_part(b, &d->parts[i]);
	put_head(b, TAG_END, 0);
	return !b->is_full;
}

/* ---- decoding ---- */

/* What is left of the input, or of one field. bad stays set after the first violation and names it. */
struct reader { const unsigned char *at; size_t left; const char *bad; };

static void fail(struct reader *r, const char *why)
{
	if (r->bad == NULL) r->bad = why;
	r->left = 0;
}

static const unsigned char *take(struct reader *r, size_t len)
{
	const unsigned char *at = r->at;

	if (r->bad != NULL || len > r->left) {
		fail(r, "ends in the middle of a field");
		return NULL;
	}
	r->at += len;
	r->left -= len;
	return at;
}

static uint32_t take_u32(struct reader *r)
{
	const unsigned char *p = take(r, 4);

	return p == NULL ? 0 : (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static int64_t take_i64(struct reader *r)
{
	const uint64_t low = take_u32(r), high = take_u32(r);

	return (int64_t)(high << 32 | low);
}

/* Printable; in a text of several lines also TAB and LF. */
static bool is_clean(const char *data, size_t len, bool is_multi_line)
{
	return !ascii_has_controls(data, len, is_multi_line) && utf8_valid(data, len);
}

/* len bytes as a text of its own; NULL and bad set when they are no clean text. */
static char *take_text(struct reader *r, size_t len, size_t max, bool is_multi_line, const char *name)
{
	const unsigned char *data;

	if (len > max) fail(r, name);
	data = take(r, len);
	if (data != NULL && !is_clean((const char *)data, len, is_multi_line)) fail(r, name);
	return r->bad == NULL ? mem_copy(data, len) : NULL;
}

static char *take_inner_text(struct reader *r, size_t max, const char *name)
{
	const uint32_t len = take_u32(r);

	return len > 0 ? take_text(r, len - 1, max, false, name) : NULL;
}

static void read_address(struct reader *r, struct draft_address *a)
{
	a->name = take_inner_text(r, LINE_MAX_BYTES, "name of an address");
	a->address = take_inner_text(r, LINE_MAX_BYTES, "address");
	if (a->address != NULL && strchr(a->address, '@') == NULL) fail(r, "address without @");
}

static void read_to(struct reader *r, struct draft *d, bool is_cc)
{
	struct draft_address *a;

	if (d->to_count >= DRAFT_ADDRESSES_MAX) { fail(r, "too many addresses"); return; }
	if ((d->to_count & (d->to_count - 1)) == 0)             /* full at every power of two */
		d->to = mem_grow(d->to, d->to_count > 0 ? d->to_count * 2 : 1, sizeof(*d->to));
	a = &d->to[d->to_count++];
	*a = (struct draft_address){ .is_cc = is_cc };
	read_address(r, a);
	if (a->address == NULL) fail(r, "recipient without an address");
}

static bool is_path(const char *path)
{
	const size_t tree = strspn(path, "0123456789."), number = path[tree] == '/' ? strspn(path + tree + 1, "0123456789") : 0;

	return path[tree] == '\0' || (tree > 0 && number > 0 && path[tree + 1 + number] == '\0');      /* "1.2/3": a file inside that part */
}

static void read_part(struct reader *r, struct draft *d)
{
	struct draft_part *p;
	const unsigned char *digest, *is_inline;
	char *path;

	if (d->part_count >= DRAFT_PARTS_MAX) { fail(r, "too many parts"); return; }
	p = draft_add_part(d);
	p->name = take_inner_text(r, LINE_MAX_BYTES, "name of a part");
	p->content_type = take_inner_text(r, LINE_MAX_BYTES, "type of a part");
	path = take_inner_text(r, sizeof(p->path) - 1, "path of a part");
	p->size = take_i64(r);
	digest = take(r, sizeof(p->digest));
	is_inline = take(r, 1);
	if (path == NULL || !is_path(path)) fail(r, "path of a part");
	if (p->content_type == NULL) fail(r, "part without a type");
	if (p->size < 0 || p->size > PART_SIZE_MAX) fail(r, "size of a part");
	if (r->bad == NULL) {
		(void)snprintf(p->path, sizeof(p->path), "%s", path);
		memcpy(p->digest, digest, sizeof(p->digest));
		if (*is_inline > 1) fail(r, "flag of a part");
		p->is_inline = *is_inline == 1;
	}
	free(path);
}

static void read_reference(struct reader *r, struct draft *d)
{
	if (d->reference_count >= DRAFT_REFERENCES_MAX) { fail(r, "too many references"); return; }
	d->references[d->reference_count] = take_text(r, r->left, LINE_MAX_BYTES, false, "reference");
	if (r->bad == NULL) d->reference_count++;
}

/* A reason code: printable ASCII, small enough for its field. */
static void read_code(struct reader *r, char *code_r)
{
	const size_t len = r->left;
	const unsigned char *data = take(r, len);

	if (len >= CODE_SIZE) { fail(r, "reason code"); return; }
	for (size_t i = 0; i < len; i++)
		if (data[i] < 0x20 || data[i] > 0x7E) { fail(r, "reason code"); return; }
	memcpy(code_r, data, len);
	code_r[len] = '\0';
}

static void read_numbers(struct reader *r, struct draft *d)
{
	d->sent_at = take_i64(r);
	d->hop_at = take_i64(r);
	d->cut_start = take_i64(r);
	d->cut_end = take_i64(r);
	if (!is_time(d->sent_at) || !is_time(d->hop_at)) fail(r, "time of sending");
}

static void read_flags(struct reader *r, struct draft *d)
{
	const unsigned char *bits = take(r, 1);

	if (bits == NULL) return;
	if (*bits >> COUNT_OF(flags) != 0) { fail(r, "flags"); return; }
	for (size_t i = 0; i < COUNT_OF(flags); i++) *(bool *)((char *)d + flags[i]) = (*bits >> i & 1) != 0;
}

static void read_digest(struct reader *r, unsigned char digest_r[32])
{
	const unsigned char *data = take(r, 32);

	if (data != NULL) memcpy(digest_r, data, 32);
}

static void read_field(struct reader *r, enum tag tag, struct draft *d)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (texts[i].tag != tag) continue;
		*(char **)(void *)((char *)d + texts[i].offset) = take_text(r, r->left, texts[i].max, (texts[i].flags & MULTI_LINE) != 0, texts[i].name);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		if (codes[i].tag == tag) { read_code(r, (char *)d + codes[i].offset); return; }
	for (size_t i = 0; i < COUNT_OF(addresses); i++)
		if (addresses[i].tag == tag) { read_address(r, (struct draft_address *)(void *)((char *)d + addresses[i].offset)); return; }
	if (tag == TAG_NUMBERS) read_numbers(r, d);
	else if (tag == TAG_FLAGS) read_flags(r, d);
	else if (tag == TAG_CONTENT_DIGEST) read_digest(r, d->content_digest);
	else if (tag == TAG_REFERENCE) read_reference(r, d);
	else if (tag == TAG_TO || tag == TAG_CC) read_to(r, d, tag == TAG_CC);
	else if (tag == TAG_PART) read_part(r, d);
	else fail(r, "unknown field");
}

/* What no single field can tell: nothing is missing, and the cut lies inside the text, between two characters. */
static const char *whole_draft_problem(const struct draft *d, uint64_t seen)
{
	const uint64_t needed = UINT64_C(1) << TAG_NUMBERS | UINT64_C(1) << TAG_FLAGS | UINT64_C(1) << TAG_CONTENT_DIGEST;
	int64_t length;

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if ((texts[i].flags & REQUIRED) != 0 && (seen >> texts[i].tag & 1) == 0) return "a required text is missing";
	if ((seen & needed) != needed) return "a required field is missing";
	length = (int64_t)strlen(d->text);
	if (d->cut_start < 0 || d->cut_start > d->cut_end || d->cut_end > length) return "the cut is outside the text";
	if (((unsigned char)d->text[d->cut_start] & 0xC0) == 0x80 || ((unsigned char)d->text[d->cut_end] & 0xC0) == 0x80) return "the cut splits a character";
	return NULL;
}

static const char *read_all(struct reader *r, struct draft *d)
{
	const unsigned char *magic = take(r, strlen(MAGIC));
	uint64_t seen = 0;

	if (magic == NULL || memcmp(magic, MAGIC, strlen(MAGIC)) != 0) return "no draft";
	for (;;) {
		const unsigned char *tag = take(r, 1);
		const uint32_t len = take_u32(r);
		struct reader field = { .left = len };

		if (r->bad != NULL) return r->bad;
		if (*tag == TAG_END) break;
		if (*tag > TAG_END) return "unknown field";
		if (*tag < TAG_REFERENCE && (seen >> *tag & 1) != 0) return "a field comes twice";
		seen |= UINT64_C(1) << *tag;
		field.at = take(r, len);
		if (field.at == NULL) return r->bad;
		read_field(&field, (enum tag)*tag, d);
		if (field.bad != NULL) return field.bad;
		if (field.left > 0) return "a field is longer than its content";
	}
	if (r->left > 0) return "something follows the end";
	return whole_draft_problem(d, seen);
}

enum ik_rc draft_decode(const void *data, size_t len, struct draft *draft_r, struct ik_error *err)
{
	struct reader r = { .at = data, .left = len };
	struct draft d;
	const char *bad;

	draft_init(&d);
	bad = read_all(&r, &d);
	if (bad != NULL) {
		draft_release(&d);
		return ik_fail(IK_REJECT, err, "the worker's answer is not a draft: %s", bad);
	}
	if (d.reply_text == NULL) d.reply_text = mem_text(d.text);
	draft_move(draft_r, &d);
	return IK_OK;
}
