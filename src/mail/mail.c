/* mail.c - the reading of one mail on one page: shape, headers, text, attachments, reply, judgement.
 *
 * The reply rules are the one file-level value: set by mail_start() and const from then on. */
#include "mail/mail.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <gmime/gmime.h>
#include "base/codec.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/authentication.h"
#include "mail/automatic.h"
#include "mail/body.h"
#include "mail/header.h"
#include "mail/mime.h"
#include "mail/own_list.h"
#include "mail/reply.h"
#include "text/charset.h"
#include "text/html.h"
#include "text/text.h"

#define AUTHENTICATION_LINES_MAX 40
#define AUTHENTICATION_MAX 16384

static struct reply_rules *rules;

/* ---- the bytes ---- */

/* The message as one range of memory: as given, or the file mapped, so that a large one is never copied. */
struct view { const char *data; size_t size; void *map; };

static enum ik_rc view_open(struct view *v, const struct mail_source *source, struct ik_error *err)
{
	*v = (struct view){ .data = source->data, .size = source->size };
	if (v->data != NULL || v->size == 0) {
		if (v->data == NULL) v->data = "";
		return IK_OK;
	}
	if (v->size > MIME_MESSAGE_MAX) return ik_fail(IK_REJECT, err, "the message is larger than %d bytes", MIME_MESSAGE_MAX);
	v->map = mmap(NULL, v->size, PROT_READ, MAP_PRIVATE, source->fd, 0);
	if (v->map == MAP_FAILED) {
		v->map = NULL;
		return ik_fail_errno(err, "map the message");
	}
	v->data = v->map;
	return IK_OK;
}

static void view_close(struct view *v)
{
	if (v->map != NULL) (void)munmap(v->map, v->size);
}

/* ---- headers ---- */

static char *field_line(const struct mime *m, const char *name, const char *fallback, bool *is_replaced)
{
	const struct mime_field *f = mime_field(m, &m->parts[0], name, 0);
	struct buf line = BUF_INIT(HEADER_TEXT_MAX * 4);

	if (f != NULL) *is_replaced |= header_text(&line, f->value, f->value_len, fallback);
	return buf_take(&line);
}

static char *field_id(const struct mime *m, const char *name)
{
	const struct mime_field *f = mime_field(m, &m->parts[0], name, 0);

	return f != NULL ? header_message_id(f->value, f->value_len) : NULL;
}

static enum ik_rc read_references(struct draft *d, const struct mime *m, struct ik_error *err)
{
	const struct mime_field *f = mime_field(m, &m->parts[0], "References", 0);
	const char *id;
	size_t at = 0, len;

	while (f != NULL && header_next_id(f->value, f->value_len, &at, &id, &len)) {
		char *clean;

		if (d->reference_count >= DRAFT_REFERENCES_MAX) return ik_fail(IK_REJECT, err, "more than %d references", DRAFT_REFERENCES_MAX);
		clean = header_message_id(id - 1, len + 2);
		if (clean != NULL) d->references[d->reference_count++] = clean;
	}
	return IK_OK;
}

/* The mailbox of a field that must hold exactly one. */
static enum ik_rc read_single(struct draft_address *to, const struct mime *m, const char *name, const char *fallback, struct ik_error *err)
{
	struct draft_address *list = NULL;
	size_t count = 0, broken = 0;
	const struct mime_field *f = mime_field(m, &m->parts[0], name, 0);
	enum ik_rc rc = IK_OK;

	if (f != NULL) rc = header_addresses(f->value, f->value_len, fallback, &list, &count, &broken, err);
	if (rc == IK_OK && count == 1 && broken == 0 && mime_field(m, &m->parts[0], name, 1) == NULL) {
		*to = list[0];
		count = 0;
	}
	for (size_t i = 0; i < count; i++) {
		free(list[i].name);
		free(list[i].address);
	}
	free(list);
	return rc;
}

static enum ik_rc read_recipients(struct draft *d, const struct mime *m, const char *fallback, struct ik_error *err)
{
	static const char *const names[] = { "To", "Cc" };
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct mime_field *f;
		const size_t before = d->to_count;

		for (size_t nth = 0; rc == IK_OK && (f = mime_field(m, &m->parts[0], names[i], nth)) != NULL; nth++)
			rc = header_addresses(f->value, f->value_len, fallback, &d->to, &d->to_count, NULL, err);
		for (size_t k = before; k < d->to_count; k++) d->to[k].is_cc = i == 1;
	}
	return rc;
}

/* The bare address of an envelope field; "" for <>. */
static char *envelope_address(const struct mime_field *f)
{
	struct draft_address *list = NULL;
	size_t count = 0;
	char *address = NULL;

	if (f == NULL) return NULL;
	if (f->value_len >= 2 && memmem(f->value, f->value_len, "<>", 2) != NULL) return mem_text("");
	(void)header_addresses(f->value, f->value_len, NULL, &list, &count, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		if (i == 0) address = list[i].address;
		else free(list[i].address);
		free(list[i].name);
	}
	free(list);
	return address;
}

/* The topmost of the fields in which delivering hosts name the envelope recipient, and the topmost one of another name: where a store behind an
 * alias adds its own on top, the address that was written to stands in the second. */
static void read_delivered(struct draft *d, const struct mime *m)
{
	static const char *const names[] = { "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To" };
	const struct mime_field *top = NULL, *next = NULL;

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct mime_field *f = mime_field(m, &m->parts[0], names[i], 0);

		if (f == NULL) continue;
		if (top == NULL || f < top) { next = top; top = f; }
		else if (next == NULL || f < next) next = f;
	}
	d->delivered_to = envelope_address(top);
	d->original_to = envelope_address(next);
}

/* Authentication-Results and the hops between them, topmost first, in the form that authentication_judge() reads. */
static char *read_authentication(const struct mime *m)
{
	struct buf lines = BUF_INIT(AUTHENTICATION_MAX);
	bool has_result = false;

	if (mime_field(m, &m->parts[0], "Authentication-Results", 0) == NULL) return NULL;
	for (size_t i = 0, count = 0; i < m->parts[0].field_count && count < AUTHENTICATION_LINES_MAX && !lines.is_full; i++) {
		const struct mime_field *f = &m->fields[m->parts[0].first_field + i];
		const bool is_result = f->name_len == 22 && strncasecmp(f->name, "Authentication-Results", 22) == 0;

		if (is_result) authentication_add_results(&lines, f->value, f->value_len);
		else if (f->name_len == 8 && strncasecmp(f->name, "Received", 8) == 0) authentication_add_received(&lines, f->value, f->value_len);
		else continue;
		has_result |= is_result;
		count++;
	}
	if (has_result && lines.len > 0) return buf_take(&lines);
	buf_release(&lines);
	return NULL;
}

/* Behind the last semicolon of the topmost Received. */
static int64_t last_hop_at(const struct mime *m)
{
	const struct mime_field *f = mime_field(m, &m->parts[0], "Received", 0);
	const char *at = f != NULL ? memrchr(f->value, ';', f->value_len) : NULL;

	return at != NULL ? header_date(at + 1, f->value_len - (size_t)(at + 1 - f->value)) : 0;
}

static enum ik_rc read_headers(struct draft *d, const struct mime *m, const char *fallback, struct ik_error *err)
{
	const struct mime_field *date = mime_field(m, &m->parts[0], "Date", 0);
	enum ik_rc rc;

	free(d->subject);
	d->subject = field_line(m, "Subject", fallback, &d->has_replaced_bytes);
	d->message_id = field_id(m, "Message-ID");
	d->in_reply_to = field_id(m, "In-Reply-To");
	d->loop_mark = field_id(m, "X-Intaked-Loop");
	d->sent_at = date != NULL ? header_date(date->value, date->value_len) : 0;
	d->hop_at = last_hop_at(m);
	read_delivered(d, m);
	d->return_path = envelope_address(mime_field(m, &m->parts[0], "Return-Path", 0));
	d->authentication = read_authentication(m);
	rc = read_references(d, m, err);
	if (rc == IK_OK) rc = read_single(&d->from, m, "From", fallback, err);
	if (rc == IK_OK) rc = read_single(&d->sender, m, "Sender", fallback, err);
	if (rc == IK_OK) rc = read_single(&d->reply_to, m, "Reply-To", fallback, err);
	if (rc == IK_OK) rc = read_recipients(d, m, fallback, err);
	if (rc == IK_OK) own_list_read(d, m, fallback);
	return rc;
}

/* ---- the text ---- */

/* The subject helps when the text does not tell, and when Japanese is written without kana. */
static void read_subject_language(const char *subject, char language[8])
{
	char other[8] = "";

	if (language[0] != '\0' && strcmp(language, "zh") != 0) return;
	text_language(subject, strlen(subject), other);
	if (language[0] == '\0' || strcmp(other, "ja") == 0) memcpy(language, other, sizeof(other));
}

#define COMMENT_LEAST 24                /* bytes above a forwarded part that count as a comment: more than "FYI" and a name */

static bool has_comment(const struct reply_cut *cut)
{
	return cut->is_forward && cut->forwarded >= COMMENT_LEAST;
}

/* Of what the writer wrote: above what was forwarded, if that is enough to tell. */
static void read_language(struct draft *d, const struct reply_cut *cut)
{
	char language[8] = "";

	if (has_comment(cut)) text_language(d->text, cut->forwarded, language);
	if (language[0] == '\0') text_language(d->reply_text, strlen(d->reply_text), language);
	read_subject_language(d->subject, language);
	if (language[0] != '\0') d->language = mem_text(language);
}

/* Whether a forwarded message stands below what the writer wrote. */
static bool read_text(struct draft *d, struct body *body)
{
	struct buf reply = BUF_INIT(DRAFT_TEXT_MAX);
	const struct reply_writer writer = { d->from.name, d->from.address, d->in_reply_to != NULL || d->reference_count > 0 };
	struct reply_cut cut = { 0 };

	if (body->is_html) reply_unmark_forward(&body->text, rules, &body->marks);
	reply_cut_of(&reply, rules, buf_str(&body->text), body->text.len, body->is_html ? &body->marks : NULL, d->subject, &writer, &cut);
	d->cut_rule = mem_text(cut.rule);
	d->cut_start = (int64_t)cut.start;
	d->cut_end = (int64_t)cut.end;
	d->is_cut = body->is_cut;
	d->has_replaced_bytes |= body->is_replaced;
	free(d->text);
	free(d->reply_text);
	d->reply_text = buf_take(&reply);
	d->text = buf_take(&body->text);
	read_language(d, &cut);
	return has_comment(&cut);
}

/* Of what the writer wrote: the same mail through two mailboxes has the same digest. */
static void read_digest(struct draft *d)
{
	struct sha256 s;

	sha256_init(&s);
	sha256_add(&s, d->subject, strlen(d->subject) + 1);
	sha256_add(&s, d->text, strlen(d->text) + 1);
	for (size_t i = 0; i < d->part_count; i++) {
		if (d->parts[i].name != NULL) sha256_add(&s, d->parts[i].name, strlen(d->parts[i].name));
		sha256_add(&s, d->parts[i].digest, sizeof(d->parts[i].digest));
	}
	sha256_end(&s, d->content_digest);
}

/* Raw bytes in a header are most likely in the charset that the text is labelled with; a label that fits any bytes tells nothing. NULL: none. */
static const char *charset_of_text(const struct mime *m, char label_r[64])
{
	struct buf label = BUF_INIT(63);
	const char *name = NULL;
	char room[64];

	for (size_t i = 0; i < m->part_count && name == NULL; i++) {
		const struct mime_field *f = mime_field(m, &m->parts[i], "Content-Type", 0);

		buf_clear(&label);
		if (f == NULL || strncmp(m->parts[i].type, "text/", 5) != 0 || !header_parameter(&label, f->value, f->value_len, "charset", NULL)) continue;
		name = charset_name(buf_str(&label), room);
		if (name != NULL && (strcasecmp(name, "utf-8") == 0 || strcmp(name, "windows-1252") == 0)) name = NULL;
	}
	if (name != NULL) (void)snprintf(label_r, 64, "%s", buf_str(&label));
	buf_release(&label);
	return name != NULL ? label_r : NULL;
}

static enum ik_rc read_all(struct draft *d, const struct mime *m, const char *fallback, struct ik_error *err)
{
	struct body *body = mem_new(sizeof(*body));
	char label[64];
	const char *in_text = charset_of_text(m, label);
	enum ik_rc rc = read_headers(d, m, in_text != NULL ? in_text : fallback, err);

	body_init(body);
	if (rc == IK_OK) {
		body_read(body, m, fallback);
		rc = body_attachments(body, m, in_text != NULL ? in_text : fallback, d, err);
	}
	if (rc == IK_OK) {
		const bool has_forwarded = read_text(d, body);

		read_digest(d);
		automatic_judge(d, m, has_forwarded);
	}
	body_release(body);
	free(body);
	return rc;
}

/* Reads a mail that touches every library once: what they look for in files (time zone, settings, random source) is loaded by it. */
static void warm_up(void)
{
	static const char sample[] =
		"From: =?gb2312?B?zfW3vA==?= <w@example.cn>\nDate: Mon, 4 May 2026 10:20:30 +0800\nSubject: =?iso-2022-jp?B?GyRCSlY2YhsoQg==?=\n"
		"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=gbk\nContent-Transfer-Encoding: quoted-printable\n\n"
		"<p class=3Dx>=CD=CB=BF=EE</p>\n--b\nContent-Type: image/png; name*=utf-8''a.png\nContent-Transfer-Encoding: base64\n\niVBORw==\n--b--\n";
	const struct mail_source source = { .data = sample, .size = sizeof(sample) - 1, .fd = -1 };
	struct ik_error err = { 0 };
	struct draft d;

	if (mail_read(&source, &d, &err) == IK_OK) draft_release(&d);
}

void mail_start(void)
{
	struct ik_error err = { 0 };

	if (rules != NULL) return;
	g_mime_init();
	html_prepare();
	charset_prepare();
	if (reply_rules_new(NULL, 0, &rules, &err) != IK_OK) {
		(void)fprintf(stderr, "<2>built-in reply rules: %s\n", err.text);
		abort();                                /* the program was built from a broken rule file */
	}
	warm_up();
}

enum ik_rc mail_read(const struct mail_source *source, struct draft *draft_r, struct ik_error *err)
{
	struct view view;
	struct mime m = { 0 };
	struct draft d;
	enum ik_rc rc = view_open(&view, source, err);

	if (rc != IK_OK) return rc;
	draft_init(&d);
	rc = mime_read(&m, view.data, view.size, err);
	if (rc == IK_OK) rc = read_all(&d, &m, source->fallback_charset, err);
	mime_release(&m);
	view_close(&view);
	if (rc == IK_OK) draft_move(draft_r, &d);
	else draft_release(&d);
	return rc;
}

/* The part at a path, "0" being the root; behind '/' stands the number of a file inside a winmail.dat or a text. */
static const struct mime_part *find_part(const struct mime *m, const char *path, size_t *number_r)
{
	const size_t len = strcspn(path, "/");
	const bool is_root = len == 1 && path[0] == '0';

	*number_r = path[len] == '/' ? (size_t)strtoul(path + len + 1, NULL, 10) : 0;
	for (size_t i = 0; i < m->part_count; i++)
		if (is_root ? m->parts[i].path[0] == '\0' : strlen(m->parts[i].path) == len && memcmp(m->parts[i].path, path, len) == 0) return &m->parts[i];
	return NULL;
}

enum ik_rc mail_extract(const struct mail_source *source, const char *path, struct buf *bytes_r, struct ik_error *err)
{
	struct view view;
	struct mime m = { 0 };
	const struct mime_part *part;
	size_t number = 0;
	enum ik_rc rc = view_open(&view, source, err);

	if (rc != IK_OK) return rc;
	rc = mime_read(&m, view.data, view.size, err);
	part = rc == IK_OK ? find_part(&m, path, &number) : NULL;
	if (rc == IK_OK && (part == NULL || !body_extract(bytes_r, part, number))) rc = ik_fail(IK_REJECT, err, "the message has no part %.60s", path);
	if (bytes_r->is_full) rc = buf_check(bytes_r, "the attachment", err);
	mime_release(&m);
	view_close(&view);
	return rc;
}
