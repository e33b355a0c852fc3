/* body.c - chooses the text like a mail client does: of alternatives the plain one unless it says nothing, else the HTML; of a
 * related group its root; of a report its first part; of everything else all texts in order. Recursion is bounded by MIME_DEPTH_MAX.
 * Source: RFC 2046 5.1, RFC 2387, RFC 3676 (flowed). */
#include "mail/body.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/codec.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/flowed.h"
#include "mail/header.h"
#include "mail/name_type.h"
#include "mail/text_file.h"
#include "mail/tnef.h"
#include "mail/wrapper.h"
#include "text/enriched.h"
#include "text/event.h"
#include "text/invisible.h"
#include "text/rtf.h"
#include "text/text.h"

#define TNEF_DEEP 4                             /* messages packed within one another whose words are looked for */
#define HEAD_LOOK 80                            /* bytes of a file that tell what it is */
#define PART_TEXT_MAX (4 * 1024 * 1024)         /* bytes of one part that are looked at for text */
#define ENCODED_TEXT_MAX (2 * PART_TEXT_MAX)    /* the same with its transfer encoding */

void body_init(struct body *b)
{
	*b = (struct body){ .text = BUF_INIT(DRAFT_TEXT_MAX) };
}

void body_release(struct body *b)
{
	buf_release(&b->text);
}

static bool is_type(const struct mime_part *part, const char *type)
{
	return strcmp(part->type, type) == 0;
}

static bool content_parameter(struct buf *out, const struct mime *m, const struct mime_part *part, const char *field, const char *name)
{
	const struct mime_field *f = mime_field(m, part, field, 0);

	return f != NULL && header_parameter(out, f->value, f->value_len, name, NULL);
}

static bool has_name(const struct mime *m, const struct mime_part *part)
{
	struct buf name = BUF_INIT(HEADER_TEXT_MAX);
	const bool is_named = content_parameter(&name, m, part, "Content-Disposition", "filename") || content_parameter(&name, m, part, "Content-Type", "name");

	buf_release(&name);
	return is_named;
}

static int next_child(const struct mime *m, int parent, int after)
{
	for (size_t i = (size_t)(after < parent ? parent : after) + 1; i < m->part_count; i++)
		if (m->parts[i].parent == parent) return (int)i;
	return -1;
}

/* ---- text of one part ---- */

/* The charset that an HTML document names in its own head: used when the header names none. */
static const char *charset_of_html(const char *html, size_t len, char charset_r[64])
{
	const size_t look = len < 2048 ? len : 2048;

	for (size_t at = 0; at + 8 < look; at++) {
		size_t out = 0;

		if ((html[at] | 32) != 'c' || strncasecmp(html + at, "charset=", 8) != 0) continue;
		for (at += 8; at < look && out < 63 && (isalnum((unsigned char)html[at]) || strchr("-_\"':", html[at]) != NULL); at++)
			if (strchr("\"'", html[at]) == NULL) charset_r[out++] = html[at];
		charset_r[out] = '\0';
		return out > 0 ? charset_r : NULL;
	}
	return NULL;
}

static bool is_event(const struct mime_part *part)
{
	return is_type(part, "text/calendar") || is_type(part, "application/ics");
}

/* has_files_r: files within the text are taken out, and whether there were any; NULL: they stay. */
static bool read_part_text(struct buf *out, const struct mime *m, const struct mime_part *part, const char *fallback, bool *has_files_r)
{
	struct mime_part head = *part;          /* no more of a huge text is decoded than can be looked at */
	struct buf charset = BUF_INIT(256), bytes = BUF_INIT(part->body_len + 64), format = BUF_INIT(64), delsp = BUF_INIT(64);
	const bool is_labelled = content_parameter(&charset, m, part, "Content-Type", "charset");
	const char *label = is_labelled ? buf_str(&charset) : NULL;
	char from_html[64];
	bool is_replaced;
	size_t len;

	if (head.body_len > ENCODED_TEXT_MAX) head.body_len = ENCODED_TEXT_MAX;
	mime_decode(&bytes, &head);
	if (is_event(part)) event_unfold(&bytes);
	if (has_files_r != NULL) *has_files_r = text_files_cut(&bytes);          /* before the charset: their lines are octets */
	len = bytes.len < PART_TEXT_MAX ? bytes.len : PART_TEXT_MAX;
	if (label == NULL && is_type(part, "text/html")) label = charset_of_html(buf_str(&bytes), len, from_html);
	if (is_type(part, "text/plain") && content_parameter(&format, m, part, "Content-Type", "format") && strcasecmp(buf_str(&format), "flowed") == 0) {
		struct buf text = BUF_INIT(len * 4 + 64);

		(void)content_parameter(&delsp, m, part, "Content-Type", "delsp");
		is_replaced = text_from_charset(&text, buf_str(&bytes), len, label, fallback);
		flowed_join(out, buf_str(&text), text.len, strcasecmp(buf_str(&delsp), "yes") == 0);
		buf_release(&text);
	} else {
		is_replaced = text_from_charset(out, buf_str(&bytes), len, label, fallback);
	}
	buf_release(&charset);
	buf_release(&bytes);
	buf_release(&format);
	buf_release(&delsp);
	return is_replaced;
}

bool body_part_text(struct buf *out, const struct mime *m, const struct mime_part *part, const char *fallback)
{
	return read_part_text(out, m, part, fallback, NULL);
}

/* A fragment of HTML: an element of text begins it and a tag ends it. */
static bool is_html_fragment(const char *text, size_t len)
{
	static const char *const elements[] = { "p", "div", "span", "br", "table", "body", "font", "b", "strong", "h1", "h2", "h3", "ul", "ol", "center" };

	while (len > 0 && isspace((unsigned char)text[len - 1])) len--;
	if (len < 8 || text[0] != '<' || text[len - 1] != '>') return false;
	for (size_t i = 0; i < COUNT_OF(elements); i++) {
		const size_t name = strlen(elements[i]);

		if (strncasecmp(text + 1, elements[i], name) == 0 && strchr(" >/\t\n", text[name + 1]) != NULL) return true;
	}
	return false;
}

static bool looks_like_html(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && isspace((unsigned char)text[at])) at++;
	if (is_html_fragment(text + at, len - at)) return true;
	return (len - at > 14 && strncasecmp(text + at, "<!doctype html", 14) == 0) || (len - at > 5 && strncasecmp(text + at, "<html", 5) == 0)
	       || (len - at > 6 && strncasecmp(text + at, "<head>", 6) == 0);
}

/* Plain text that only says that there is HTML. */
static bool is_placeholder(const char *text, size_t len)
{
	static const char *const says[] = {
		"support HTML", "HTML format", "HTML-capable", "view this email in", "view this message", "HTML message", "html compatible", "in your browser",
		"不支持HTML", "不支持 HTML", "HTML格式", "HTML-Format", "HTMLメール", "au format HTML", "formato HTML", "请使用支持",
	};

	if (len > 400) return false;
	for (size_t i = 0; i < COUNT_OF(says); i++)
		if (strcasestr(text, says[i]) != NULL) return true;
	return false;
}

static bool is_blank(const struct buf *text)
{
	for (size_t at = 0; at < text->len;) {
		const int32_t c = utf8_next(text->data, text->len, &at);

		if (c != ' ' && c != '\n' && c != '\t' && c != 0xA0 && c != 0x200B && c != 0xFEFF && c != 0x3000 && c != 0x200C) return false;
	}
	return true;
}

/* Removes blank lines and trailing space at both ends; marks move along. */
static void trim(struct buf *text, struct html_marks *marks)
{
	size_t start = 0, line = 0;

	while (text->len > 0 && strchr(" \t\n", text->data[text->len - 1]) != NULL) text->data[--text->len] = '\0';
	for (; start < text->len && strchr(" \t\n", text->data[start]) != NULL; start++)
		if (text->data[start] == '\n') line = start + 1;
	buf_drop(text, line);
	for (size_t i = 0; marks != NULL && i < marks->count; i++) {
		struct html_mark *mark = &marks->marks[i];

		mark->start = mark->start > line ? mark->start - line : 0;
		mark->end = mark->end > line ? mark->end - line : 0;
		if (mark->end > text->len) mark->end = text->len;
		if (mark->start > mark->end) mark->start = mark->end;
	}
}

/* ---- the choice ---- */

struct reader { struct body *body; const struct mime *m; const char *fallback; };

static void append(struct body *b, const char *text, size_t len)
{
	const size_t room = b->text.max - b->text.len, separator = b->text.len > 0 ? 2 : 0;

	if (len == 0) return;
	b->marks.count = separator > 0 ? 0 : b->marks.count;    /* marks hold for one HTML part only */
	if (separator > 0 && room > 2) buf_text(&b->text, "\n\n");
	if (len + separator > room) {
		b->is_cut = true;
		len = room > separator ? utf8_cut(text, len, room - separator) : 0;
	}
	buf_add(&b->text, text, len);
}

static void append_plain(struct body *b, struct buf *text)
{
	text_drop_invisible(text);
	trim(text, NULL);
	append(b, buf_str(text), text->len);
}

static void append_html(struct reader *r, const char *html, size_t len)
{
	struct buf text = BUF_INIT(DRAFT_TEXT_MAX);
	struct html_marks *marks = mem_new(sizeof(*marks));

	if (html_to_text(&text, html, len, marks, NULL) == IK_OK && text.len > 0) {
		const bool is_first = r->body->text.len == 0;

		trim(&text, marks);
		if (text.is_full) r->body->is_cut = true;
		append(r->body, text.data, text.len);
		if (is_first) {
			r->body->marks = *marks;
			r->body->is_html = true;
		}
	}
	free(marks);
	buf_release(&text);
}

/* Rich text: HTML where it was made of it, else its words. */
static void append_rtf(struct reader *r, const char *rtf, size_t len)
{
	struct buf text = BUF_INIT(PART_TEXT_MAX);

	if (rtf_read(&text, rtf, len)) {
		append_html(r, buf_str(&text), text.len);
	} else if (!is_blank(&text)) {
		append_plain(r->body, &text);
	}
	if (text.is_full) r->body->is_cut = true;
	buf_release(&text);
}

/* Text with tags of its own as plain text. */
static void unwrap(struct buf *text, const struct mime_part *part)
{
	struct buf plain = BUF_INIT(text->max);

	enriched_to_text(&plain, buf_str(text), text->len, is_type(part, "text/richtext"));
	buf_release(text);
	*text = plain;
}

/* Reads one text leaf into the body; false when it holds nothing to read. */
static bool read_leaf(struct reader *r, int index, bool no_placeholder)
{
	const struct mime_part *part = &r->m->parts[index];
	struct buf text = BUF_INIT(PART_TEXT_MAX * 4);
	const size_t before = r->body->text.len;
	bool is_read = false;

	r->body->is_used[index] = true;
	if (part->body_len > ENCODED_TEXT_MAX) r->body->is_cut = true;
	r->body->is_replaced |= read_part_text(&text, r->m, part, r->fallback, is_type(part, "text/plain") ? &r->body->has_files[index] : NULL);
	if (is_type(part, "text/plain")) wrapper_open_clear_signed(&text);
	if (is_type(part, "text/enriched") || is_type(part, "text/richtext")) unwrap(&text, part);
	if (is_type(part, "text/html") || looks_like_html(buf_str(&text), text.len)) {
		append_html(r, buf_str(&text), text.len);
	} else if (is_type(part, "text/rtf")) {
		append_rtf(r, buf_str(&text), text.len);
	} else if (!is_blank(&text) && !(no_placeholder && is_placeholder(text.data, text.len))) {
		append_plain(r->body, &text);
	}
	is_read = r->body->text.len > before || r->body->has_files[index];
	buf_release(&text);
	return is_read;
}

static bool read_tree(struct reader *r, int index);

/* A leaf below index of this type that is no attachment. */
static int find_leaf(const struct mime *m, int index, const char *type)
{
	const struct mime_part *top = &m->parts[index];

	for (size_t i = (size_t)index; i < m->part_count; i++) {
		const struct mime_part *part = &m->parts[i];

		if (part != top && !mime_is_below(m, part, top)) break;
		if (part->is_message) return -1;
		if (!part->is_multipart && part->disposition != MIME_ATTACHMENT && is_type(part, type)) return (int)i;
	}
	return -1;
}

/* What belongs to the text but is its twin must not be listed. */
static void use_texts_below(struct reader *r, int index)
{
	const struct mime_part *top = &r->m->parts[index];

	for (size_t i = (size_t)index; i < r->m->part_count; i++) {
		const struct mime_part *part = &r->m->parts[i];

		if (part != top && !mime_is_below(r->m, part, top)) break;
		if (strncmp(part->type, "text/", 5) == 0 && part->disposition != MIME_ATTACHMENT && !is_type(part, "text/calendar")) r->body->is_used[i] = true;
	}
}

static bool read_alternative(struct reader *r, int index)
{
	static const char *const order[] = { "text/plain", "text/html", "text/enriched", "text/richtext", "text/rtf" };
	bool is_read = false;

	for (size_t k = 0; k < COUNT_OF(order) && !is_read; k++)
		for (int child = next_child(r->m, index, index); child >= 0 && !is_read; child = next_child(r->m, index, child)) {
			if (find_leaf(r->m, child, order[k]) < 0) continue;
			if (k == 0 && !r->m->parts[child].is_multipart) is_read = read_leaf(r, child, find_leaf(r->m, index, "text/html") >= 0);
			else is_read = read_tree(r, child);
		}
	for (int child = next_child(r->m, index, index); child >= 0; child = next_child(r->m, index, child)) {
		if (!is_read) is_read = read_tree(r, child);
		use_texts_below(r, child);
	}
	return is_read;
}

static bool has_text(const struct mime *m, int index)
{
	return find_leaf(m, index, "text/html") >= 0 || find_leaf(m, index, "text/plain") >= 0;
}

/* The child that the "start" parameter names by its Content-ID; -1 without one. */
static int named_root(const struct mime *m, int index)
{
	struct buf start = BUF_INIT(1000);
	int child = -1;

	if (content_parameter(&start, m, &m->parts[index], "Content-Type", "start"))
		for (child = next_child(m, index, index); child >= 0; child = next_child(m, index, child)) {
			const struct mime_field *id = mime_field(m, &m->parts[child], "Content-ID", 0);

			if (id != NULL && id->value_len == start.len && memcmp(id->value, buf_str(&start), start.len) == 0) break;
		}
	buf_release(&start);
	return child;
}

static bool read_related(struct reader *r, int index)
{
	const int root = named_root(r->m, index);

	if (root >= 0 && has_text(r->m, root)) return read_tree(r, root);
	for (int child = next_child(r->m, index, index); child >= 0; child = next_child(r->m, index, child))
		if (has_text(r->m, child)) return read_tree(r, child);
	return false;
}

static bool read_children(struct reader *r, int index)
{
	bool is_read = false;

	for (int child = next_child(r->m, index, index); child >= 0; child = next_child(r->m, index, child)) {
		const struct mime_part *part = &r->m->parts[child];

		if (is_read && !part->is_multipart && strncmp(part->type, "text/", 5) == 0 && has_name(r->m, part)) continue;   /* a second text with a name is a file */
		if (is_read && part->is_message && part->disposition == MIME_ATTACHMENT) continue;
		is_read |= read_tree(r, child);
	}
	return is_read;
}

/* A forwarded message as part: its head in a few lines, as a mail client shows it, then its text. */
static bool read_message(struct reader *r, int index)
{
	static const char *const shown[] = { "From", "Date", "Subject", "To" };
	const int child = next_child(r->m, index, index);
	struct buf head = BUF_INIT(DRAFT_TEXT_MAX);
	const size_t before = r->body->text.len;

	if (child < 0) return false;
	buf_text(&head, "---------- Forwarded message ----------\n");
	for (size_t i = 0; i < COUNT_OF(shown); i++) {
		const struct mime_field *f = mime_field(r->m, &r->m->parts[child], shown[i], 0);

		if (f == NULL) continue;
		buf_format(&head, "%s: ", shown[i]);
		header_text(&head, f->value, f->value_len, r->fallback);
		buf_char(&head, '\n');
	}
	append(r->body, buf_str(&head), head.len);
	buf_release(&head);
	(void)read_tree(r, child);
	return r->body->text.len > before;
}

/* A part whose words can be shown as text. */
static bool is_text(const struct mime_part *part)
{
	static const char *const types[] = { "text/plain", "text/html", "text/enriched", "text/richtext", "text/rtf", "text/markdown", "text/x-markdown" };

	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (is_type(part, types[i])) return true;
	return false;
}

static bool read_tree(struct reader *r, int index)
{
	const struct mime_part *part = &r->m->parts[index];

	if (part->is_message) return read_message(r, index);
	if (is_type(part, "multipart/alternative")) return read_alternative(r, index);
	if (is_type(part, "multipart/related")) return read_related(r, index);
	if (is_type(part, "multipart/appledouble")) return false;
	if (is_type(part, "multipart/report") || is_type(part, "multipart/signed")) {
		const int first = next_child(r->m, index, index);

		return first >= 0 && read_tree(r, first);
	}
	if (part->is_multipart || next_child(r->m, index, index) >= 0) return read_children(r, index);
	if (part->disposition == MIME_ATTACHMENT) return false;
	if (is_type(part, "text/rtf") && has_name(r->m, part)) return false;
	return is_text(part) && read_leaf(r, index, false);
}

static bool is_tnef(const struct mime_part *part)
{
	struct mime_part head = *part;
	struct buf bytes = BUF_INIT(HEAD_LOOK + 64);
	bool is;

	if (is_type(part, "application/ms-tnef") || is_type(part, "application/vnd.ms-tnef")) return true;
	if (!is_type(part, "application/octet-stream")) return false;           /* as relays name what they do not know */
	if (head.body_len > HEAD_LOOK) head.body_len = HEAD_LOOK;
	mime_decode(&bytes, &head);
	is = tnef_is(buf_str(&bytes), bytes.len);
	buf_release(&bytes);
	return is;
}

static void read_packed_rtf(struct reader *r, const unsigned char *packed, size_t len)
{
	struct buf rtf = BUF_INIT(PART_TEXT_MAX);

	if (rtf_unpack(&rtf, packed, len)) append_rtf(r, buf_str(&rtf), rtf.len);
	buf_release(&rtf);
}

/* The words of one, or of the first message packed within it that has any. */
static void read_tnef(struct reader *r, const void *bytes, size_t len, int depth)
{
	struct tnef *tnef = mem_new(sizeof(*tnef));

	if (tnef_read(tnef, bytes, len)) {
		append_plain(r->body, &tnef->text);
		if (r->body->text.len == 0 && tnef->html.len > 0) append_html(r, tnef->html.data, tnef->html.len);
		if (r->body->text.len == 0 && tnef->rtf != NULL) read_packed_rtf(r, tnef->rtf, tnef->rtf_len);
		for (size_t i = 0; i < tnef->count && r->body->text.len == 0 && depth < TNEF_DEEP; i++)
			if (tnef_is(tnef->files[i].data, tnef->files[i].len)) read_tnef(r, tnef->files[i].data, tnef->files[i].len, depth + 1);
	}
	tnef_release(tnef);
	free(tnef);
}

/* A mail whose only words are packed into winmail.dat. */
static void read_tnef_text(struct reader *r)
{
	for (size_t i = 0; i < r->m->part_count && r->body->text.len == 0; i++) {
		struct buf bytes = BUF_INIT(r->m->parts[i].body_len + 64);

		if (!is_tnef(&r->m->parts[i])) continue;
		mime_decode(&bytes, &r->m->parts[i]);
		read_tnef(r, buf_str(&bytes), bytes.len, 0);
		buf_release(&bytes);
	}
}

/* A mail that is nothing but an invitation: what it says, its file stays an attachment. */
static void read_event_text(struct reader *r)
{
	for (size_t i = 0; i < r->m->part_count && r->body->text.len == 0; i++) {
		const struct mime_part *part = &r->m->parts[i];
		struct buf ics = BUF_INIT(PART_TEXT_MAX * 4), text = BUF_INIT(DRAFT_TEXT_MAX);

		if (!is_event(part)) continue;
		r->body->is_replaced |= body_part_text(&ics, r->m, part, r->fallback);
		if (event_to_text(&text, buf_str(&ics), ics.len)) append_plain(r->body, &text);
		buf_release(&text);
		buf_release(&ics);
	}
}

/* A mail whose only words are of a kind of text that is not known here (RFC 2046 4.1.4: shown as it is), save data of programs. */
static void read_other_text(struct reader *r)
{
	static const char *const data[] = { "text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/css", "text/javascript", "text/rfc822-headers" };

	for (size_t i = 0; i < r->m->part_count && r->body->text.len == 0; i++) {
		const struct mime_part *part = &r->m->parts[i];
		bool is_data = strncmp(part->type, "text/", 5) != 0 || part->disposition == MIME_ATTACHMENT || has_name(r->m, part);

		for (size_t k = 0; k < COUNT_OF(data); k++) is_data |= is_type(part, data[k]);
		if (!is_data) (void)read_leaf(r, (int)i, false);
	}
}

void body_read(struct body *b, const struct mime *m, const char *fallback)
{
	struct reader r = { .body = b, .m = m, .fallback = fallback };

	(void)read_tree(&r, 0);
	if (b->text.len == 0) read_tnef_text(&r);
	if (b->text.len == 0) read_event_text(&r);
	if (b->text.len == 0) read_other_text(&r);
	trim(&b->text, &b->marks);
}

/* ---- attachments ---- */

/* One of the parameters that name a part; raw bytes are read in the charset raw. */
static bool named_by(struct buf *name, const struct mime *m, const struct mime_part *part, const char *raw)
{
	static const char *const places[][2] = { { "Content-Disposition", "filename" }, { "Content-Type", "name" } };

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		const struct mime_field *f = mime_field(m, part, places[i][0], 0);

		buf_clear(name);
		if (f != NULL && header_parameter(name, f->value, f->value_len, places[i][1], raw) && name->len > 0) return true;
	}
	return false;
}

static char *part_name(const struct mime *m, const struct mime_part *part, const char *raw)
{
	struct buf name = BUF_INIT(HEADER_TEXT_MAX);

	if (named_by(&name, m, part, raw)) return buf_take(&name);
	if (part->is_message && (size_t)(part - m->parts) + 1 < m->part_count) {
		const struct mime_field *f = mime_field(m, part + 1, "Subject", 0);

		buf_clear(&name);
		if (f != NULL) header_text(&name, f->value, f->value_len, NULL);
		if (name.len > 0) {
			buf_text(&name, ".eml");
			return buf_take(&name);
		}
	}
	buf_release(&name);
	return NULL;
}

static void list_part(struct draft *d, const struct mime *m, const struct mime_part *part, const char *raw)
{
	struct draft_part *to = draft_add_part(d);
	struct buf bytes = BUF_INIT(part->body_len + 64);
	const char *data = part->body;
	size_t len = part->body_len;

	if (part->encoding != MIME_PLAIN) {
		mime_decode(&bytes, part);
		data = buf_str(&bytes);
		len = bytes.len;
	}
	to->name = part_name(m, part, raw);
	to->content_type = mem_text(part->type);
	to->size = (int64_t)len;
	sha256(&(struct bytes){ data, len }, 1, to->digest);
	memcpy(to->path, part->path[0] != '\0' ? part->path : "0", strlen(part->path[0] != '\0' ? part->path : "0") + 1);
	to->is_inline = part->disposition == MIME_INLINE || (part->disposition == MIME_NO_DISPOSITION && mime_field(m, part, "Content-ID", 0) != NULL);
	buf_release(&bytes);
}

/* The files inside a winmail.dat, numbered "PATH/1", "PATH/2". 0 when there are none: then the winmail.dat itself is listed. */
static size_t list_tnef(struct draft *d, const struct mime_part *part)
{
	struct buf bytes = BUF_INIT(part->body_len + 64);
	struct tnef tnef;
	size_t listed = 0;

	mime_decode(&bytes, part);
	(void)tnef_read(&tnef, buf_str(&bytes), bytes.len);
	for (size_t i = 0; i < tnef.count && d->part_count < DRAFT_PARTS_MAX; i++) {
		struct draft_part *to = draft_add_part(d);

		to->name = mem_text(tnef.files[i].name);
		to->content_type = mem_text(tnef_is(tnef.files[i].data, tnef.files[i].len) ? "application/ms-tnef" : name_type(tnef.files[i].name));
		to->size = (int64_t)tnef.files[i].len;
		sha256(&(struct bytes){ tnef.files[i].data, tnef.files[i].len }, 1, to->digest);
		(void)snprintf(to->path, sizeof(to->path), "%.48s/%zu", part->path[0] != '\0' ? part->path : "0", i + 1);
		listed++;
	}
	tnef_release(&tnef);
	buf_release(&bytes);
	return listed;
}

/* The nth file within a text, from 1. */
static bool nth_file(const struct buf *text, size_t number, struct text_file *file_r)
{
	struct text_files files = { .text = buf_str(text), .len = text->len };

	while (number > 0 && text_files_next(&files, file_r)) number--;
	return number == 0;
}

static void list_file(struct draft *d, const struct mime_part *part, const struct text_file *file, size_t number)
{
	struct draft_part *to = draft_add_part(d);
	struct buf bytes = BUF_INIT(text_file_room(file)), name = BUF_INIT(HEADER_TEXT_MAX);
	size_t name_len;
	const char *raw = text_file_name(file, &name_len);

	text_file_decode(&bytes, file);
	(void)header_text(&name, raw, name_len, NULL);
	to->name = buf_take(&name);
	to->content_type = mem_text(name_type(to->name));
	to->size = (int64_t)bytes.len;
	sha256(&(struct bytes){ buf_str(&bytes), bytes.len }, 1, to->digest);
	(void)snprintf(to->path, sizeof(to->path), "%.48s/%zu", part->path[0] != '\0' ? part->path : "0", number);
	buf_release(&bytes);
}

/* The files within a text part, numbered like those of a winmail.dat. */
static void list_files(struct draft *d, const struct mime_part *part)
{
	struct buf text = BUF_INIT(part->body_len + 64);
	struct text_files files = { 0 };
	struct text_file file;

	mime_decode(&text, part);
	files = (struct text_files){ .text = buf_str(&text), .len = text.len };
	for (size_t n = 1; d->part_count < DRAFT_PARTS_MAX && text_files_next(&files, &file); n++) list_file(d, part, &file, n);
	buf_release(&text);
}

bool body_extract(struct buf *out, const struct mime_part *part, size_t number)
{
	struct buf bytes = BUF_INIT(part->body_len + 64);
	struct text_file file;
	struct tnef tnef;
	bool is_found = false;

	if (number == 0) return mime_decode(out, part);
	mime_decode(&bytes, part);
	if (is_tnef(part) && tnef_read(&tnef, buf_str(&bytes), bytes.len)) {
		is_found = number <= tnef.count && buf_add(out, tnef.files[number - 1].data, tnef.files[number - 1].len);
		tnef_release(&tnef);
	} else if (is_type(part, "text/plain") && nth_file(&bytes, number, &file)) {
		text_file_decode(out, &file);
		is_found = true;
	}
	buf_release(&bytes);
	return is_found;
}

/* Inside an attached message nothing is listed on its own: the message is one attachment. */
static bool is_inside_message(const struct mime *m, const struct mime_part *part)
{
	while (part->parent >= 0) {
		part = &m->parts[part->parent];
		if (part->is_message) return true;
	}
	return false;
}

static bool is_listed(const struct body *b, const struct mime *m, size_t index)
{
	const struct mime_part *part = &m->parts[index];

	if (part->is_multipart || b->is_used[index] || is_inside_message(m, part)) return false;
	if (part->parent >= 0 && is_type(&m->parts[part->parent], "multipart/appledouble") && is_type(part, "application/applefile")) return false;
	if (part->body_len == 0 && part->disposition != MIME_ATTACHMENT && !has_name(m, part)) return false;
	return true;
}

enum ik_rc body_attachments(const struct body *b, const struct mime *m, const char *raw, struct draft *d, struct ik_error *err)
{
	for (size_t i = 0; i < m->part_count; i++) {
		if (b->has_files[i] && !is_inside_message(m, &m->parts[i])) list_files(d, &m->parts[i]);
		if (!is_listed(b, m, i)) continue;
		if (d->part_count >= DRAFT_PARTS_MAX) return ik_fail(IK_REJECT, err, "more than %d attachments", DRAFT_PARTS_MAX);
		if (!is_tnef(&m->parts[i]) || list_tnef(d, &m->parts[i]) == 0) list_part(d, m, &m->parts[i], raw);
	}
	return IK_OK;
}
