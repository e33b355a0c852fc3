/* bounce.c - recognises delivery reports and takes out address, status and Message-ID. Source: RFC 3464, RFC 6522, RFC 3463; bounces seen. */
#include "mail/bounce.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/automatic_text.h"
#include "mail/automatic_words.h"
#include "mail/header.h"

#define REPORT_MAX (1024 * 1024)        /* bytes of a report, which has some hundred for a recipient */
#define ABOUT_WITHIN 600                /* bytes at the start of a bounce */

bool bounce_is_attached(const struct mime *m, const struct mime_part *part)
{
	while (part->parent >= 0) {
		part = &m->parts[part->parent];
		if (part->is_message) return true;
	}
	return false;
}

/* "5.1.1" or "4.4.7" as a word; its length or 0. */
static size_t status_len(const char *text)
{
	size_t len = 2, digits;

	if ((text[0] != '5' && text[0] != '4') || text[1] != '.') return 0;
	digits = strspn(text + len, "0123456789");
	if (digits == 0 || digits > 3 || text[len + digits] != '.') return 0;
	len += digits + 1;
	digits = strspn(text + len, "0123456789");
	if (digits == 0 || digits > 3 || text[len + digits] == '.') return 0;
	return len + digits;
}

static const char *find_status(const char *text, size_t *len_r)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '.')) continue;
		*len_r = status_len(at);
		if (*len_r > 0) return at;
	}
	return NULL;
}

/* "550 ", "554-": a reply of SMTP. */
static bool has_smtp_code(const char *text)
{
	for (const char *at = text; (at = strchr(at, '5')) != NULL; at++) {
		if (at > text && isalnum((unsigned char)at[-1])) continue;
		if (at[1] == '5' && isdigit((unsigned char)at[2]) && (at[3] == ' ' || at[3] == '-') && strstr(text, "smtp") != NULL) return true;
	}
	return false;
}

bool bounce_names_another(const char *text, const char *sender)
{
	const size_t local = sender != NULL ? strcspn(sender, "@") : 0;

	for (const char *at = text; (at = strchr(at, '@')) != NULL; at++)
		if (sender == NULL || (size_t)(at - text) < local || strncasecmp(at - local, sender, strlen(sender)) != 0) return true;
	return false;
}

/* ---- reports ---- */

/* Its start, when it is longer than any. */
static void decode_report(struct buf *out, const struct mime_part *part)
{
	struct mime_part start = *part;

	if (start.body_len > REPORT_MAX) start.body_len = REPORT_MAX;
	mime_decode(out, &start);
}

/* Every Action of the report tells of success: delivered, relayed, expanded. */
static bool is_success(const struct mime_part *part)
{
	struct buf body = BUF_INIT(REPORT_MAX + 64);
	bool is_any = false, is_all = true;
	const char *at;

	decode_report(&body, part);
	at = buf_str(&body);
	while ((at = strcasestr(at, "Action:")) != NULL) {
		at += 7;
		while (*at == ' ' || *at == '\t') at++;
		is_any = true;
		if (strncasecmp(at, "delivered", 9) != 0 && strncasecmp(at, "relayed", 7) != 0 && strncasecmp(at, "expanded", 8) != 0) is_all = false;
	}
	buf_release(&body);
	return is_any && is_all;
}

static bool has_words_of_bounce(struct word_text *t)
{
	size_t len;

	return words_among(&words_bounce_body, t) || find_status(t->text, &len) != NULL || has_smtp_code(t->text);
}

/* Who answers is a person, unless the sender is a mail system. */
static bool is_persons_answer(const struct bounce *b)
{
	return b->is_answer && !b->by_sender && !b->is_null_sender;
}

/* Bounces say at once what they are about; further down a newsletter may tell what happens to addresses that bounce. Who speaks is asked of
 * texts only that may be one. */
static void look_at_start(struct bounce *b, struct word_text *t)
{
	const bool may_be_about = words_near_start(&words_your_mail, t, ABOUT_WITHIN) && words_near_start(&words_bounce_body, t, ABOUT_WITHIN);
	struct word_text beginning;
	char *start;

	if (!may_be_about && !b->by_subject) return;
	start = mem_copy(t->text, strnlen(t->text, ABOUT_WITHIN));
	word_text_init(&beginning, start, strlen(start));
	b->is_about_yours = text_returns_your_mail(&beginning) && !words_among(&words_newsletter, t);
	b->in_first_person = text_is_in_first_person(&beginning);
	free(start);
}

static void look_at_part(struct bounce *b, const struct mime *m, const struct mime_part *part)
{
	if (bounce_is_attached(m, part)) return;
	if (strcmp(part->type, "message/delivery-status") == 0 || strcmp(part->type, "message/global-delivery-status") == 0) {
		b->has_report = b->has_status = true;
		if (!is_success(part)) b->is_failure = true;
	}
	if (strcmp(part->type, "message/disposition-notification") == 0 || strcmp(part->type, "message/global-disposition-notification") == 0
	    || strcmp(part->type, "message/feedback-report") == 0) b->has_report = true;
}

void bounce_look(struct bounce *b, const struct mime *m, const struct bounce_marks *marks)
{
	const struct mime_field *type = mime_field(m, &m->parts[0], "Content-Type", 0);
	struct buf report = BUF_INIT(256);

	*b = (struct bounce){ .is_null_sender = marks->is_null_sender, .is_answer = marks->is_answer };
	if (type != NULL && strcmp(m->parts[0].type, "multipart/report") == 0) {
		b->has_report = true;
		(void)header_parameter(&report, type->value, type->value_len, "report-type", NULL);
	}
	for (size_t i = 0; i < m->part_count; i++) look_at_part(b, m, &m->parts[i]);
	b->by_subject = words_start(&words_bounce_subject, marks->subject);
	b->by_sender = words_equal(&words_daemon_local, marks->local) || words_in(&words_daemon_name, marks->name);
	b->is_daemon = b->by_sender && (strstr(marks->local, "daemon") != NULL || strstr(marks->name, "mail delivery") != NULL || strstr(marks->name, "delivery subsystem") != NULL);
	if (b->by_sender) b->by_subject |= words_in(&words_bounce_subject, marks->subject);             /* a mail system need not begin with the word */
	b->by_text = (b->by_subject || b->by_sender || b->is_null_sender || b->has_report) && has_words_of_bounce(folded_words(marks->text));
	if (!is_persons_answer(b)) look_at_start(b, folded_words(marks->text));
	b->is_daemon_naming = b->is_daemon && bounce_names_another(folded_words(marks->text)->text, marks->sender);
	b->is_technical = (b->by_text || b->is_about_yours) && (bounce_names_another(folded_words(marks->text)->text, marks->sender) || has_smtp_code(folded_words(marks->text)->text));
	if (strcasecmp(buf_str(&report), "delivery-status") == 0 && !b->has_status && (b->by_subject || b->by_text)) b->is_failure = true;
	buf_release(&report);
}

bool bounce_by_text(const struct bounce *b)
{
	if (is_persons_answer(b)) return false;
	if (b->is_null_sender && b->is_technical) return true;
	if (b->in_first_person && !b->by_sender && !b->is_null_sender) return false;
	if (b->by_sender) return b->by_subject || b->by_text || (b->is_daemon && b->is_null_sender) || b->is_daemon_naming;
	return (b->by_subject || b->is_about_yours) && (b->is_null_sender || b->is_technical);
}

bool bounce_is(const struct bounce *b)
{
	return b->has_report ? b->is_failure : bounce_by_text(b);
}

/* ---- details ---- */

/* The value of "Name: type; value" in the fields of a delivery report. */
static char *report_value(const char *body, const char *name)
{
	const char *at = body;
	const size_t len = strlen(name);

	while ((at = strcasestr(at, name)) != NULL) {
		const char *end, *semicolon;

		if ((at > body && at[-1] != '\n') || at[len] != ':') { at += len; continue; }
		at += len + 1;
		end = at + strcspn(at, "\r\n");
		semicolon = memchr(at, ';', (size_t)(end - at));
		if (semicolon != NULL) at = semicolon + 1;
		while (at < end && isspace((unsigned char)*at)) at++;
		while (end > at && isspace((unsigned char)end[-1])) end--;
		return end > at ? mem_copy(at, (size_t)(end - at)) : NULL;
	}
	return NULL;
}

static char *address_or_null(char *text)
{
	char *address = NULL;
	struct draft_address *list = NULL;
	size_t count = 0;

	if (text == NULL) return NULL;
	(void)header_addresses(text, strlen(text), NULL, &list, &count, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		if (address == NULL) address = list[i].address;
		else free(list[i].address);
		free(list[i].name);
	}
	free(list);
	free(text);
	return address;
}

/* How much a recipient of a report matters: what failed goes before what waits, and that before what arrived. */
static int weight_of(const char *block)
{
	char *action = report_value(block, "Action");
	const int weight = action == NULL || strncasecmp(action, "delayed", 7) == 0 ? 2 : strncasecmp(action, "failed", 6) == 0 ? 3 : 1;

	free(action);
	return weight;
}

static void read_recipient(struct draft *d, const char *block)
{
	char *status = report_value(block, "Status");
	const char *at;
	size_t len = 0;

	free(d->bounce_recipient);
	free(d->bounce_status);
	d->bounce_recipient = address_or_null(report_value(block, "Original-Recipient"));
	if (d->bounce_recipient == NULL) d->bounce_recipient = address_or_null(report_value(block, "Final-Recipient"));
	at = status != NULL ? find_status(status, &len) : NULL;
	d->bounce_status = at != NULL ? mem_copy(at, len) : NULL;
	free(status);
}

/* Folded lines become one. */
static void unfold(struct buf *text)
{
	for (size_t i = 0; i + 1 < text->len; i++)
		if (text->data[i] == '\n' && (text->data[i + 1] == ' ' || text->data[i + 1] == '\t')) text->data[i] = ' ';
}

/* A report has one block of fields for each recipient. */
static void read_report(struct draft *d, const struct mime_part *part)
{
	struct buf body = BUF_INIT(REPORT_MAX + 64), text = BUF_INIT(REPORT_MAX * 4 + 64);
	int best = 0;

	decode_report(&body, part);
	utf8_clean(&text, buf_str(&body), body.len, false);
	unfold(&text);
	for (const char *at = buf_str(&text), *end; *at != '\0'; at = end + strspn(end, "\n")) {
		end = strstr(at, "\n\n");
		if (end == NULL) end = at + strlen(at);
		char *block = mem_copy(at, (size_t)(end - at));

		if (strcasestr(block, "-Recipient:") != NULL && weight_of(block) > best) {
			best = weight_of(block);
			read_recipient(d, block);
		}
		free(block);
	}
	buf_release(&body);
	buf_release(&text);
}

/* Reads "Message-ID:" out of returned headers given as text. */
static char *id_in_text(const char *text)
{
	const char *at = text;

	while ((at = strcasestr(at, "Message-ID:")) != NULL) {
		const char *end = at + 11 + strcspn(at + 11, "\n");

		if (at == text || at[-1] == '\n' || at[-1] == ' ' || at[-1] == '>') {
			char *id = header_message_id(at + 11, (size_t)(end - at) - 11);

			if (id != NULL) return id;
			if (*end == '\n') id = header_message_id(end + 1, strcspn(end + 1, "\n"));      /* folded */
			if (id != NULL) return id;
		}
		at += 11;
	}
	return NULL;
}

static void read_returned(struct draft *d, const struct mime *m, size_t index)
{
	const struct mime_part *part = &m->parts[index];

	if (d->bounce_message_id != NULL) return;
	if (part->is_message && index + 1 < m->part_count) {
		const struct mime_field *f = mime_field(m, &m->parts[index + 1], "Message-ID", 0);

		if (f != NULL) d->bounce_message_id = header_message_id(f->value, f->value_len);
	} else if (strcmp(part->type, "text/rfc822-headers") == 0 || strcmp(part->type, "message/rfc822-headers") == 0 || strcmp(part->type, "message/global-headers") == 0) {
		struct buf body = BUF_INIT(REPORT_MAX + 64), text = BUF_INIT(REPORT_MAX * 4 + 64);

		decode_report(&body, part);
		utf8_clean(&text, buf_str(&body), body.len, false);
		d->bounce_message_id = id_in_text(buf_str(&text));
		buf_release(&body);
		buf_release(&text);
	}
}

static bool is_own(const struct draft *d, const char *address, size_t len)
{
	if (d->from.address != NULL && strlen(d->from.address) == len && strncasecmp(d->from.address, address, len) == 0) return true;
	for (size_t i = 0; i < d->to_count; i++)
		if (strlen(d->to[i].address) == len && strncasecmp(d->to[i].address, address, len) == 0) return true;
	return false;
}

/* A number stands behind words of its sentence; the code of a server behind a sign, or a word for an answer. */
static bool is_introduced(const char *text, const char *at)
{
	static const char *const words[] = { "said", "error", "code", "response", "status" };

	if (at == text || isalnum((unsigned char)at[-1])) return at == text;
	while (at > text && at[-1] == ' ') at--;
	if (at == text || !isalpha((unsigned char)at[-1])) return true;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		const size_t len = strlen(words[i]);

		if ((size_t)(at - text) >= len && strncasecmp(at - len, words[i], len) == 0) return true;
	}
	return false;
}

/* "550 No such user", "451-try later" */
static bool is_code(const char *text, const char *at)
{
	return (*at == '5' || *at == '4') && at[1] >= '0' && at[1] <= '5' && isdigit((unsigned char)at[2]) && (at[3] == ' ' || at[3] == '-')
	       && isalpha((unsigned char)at[4]) && is_introduced(text, at);
}

/* Bounces without a report: the code that a server answered with, or words that say that nobody lives there. */
static char *status_in_text(const char *text)
{
	static const char *const nobody[] = {
		"user unknown", "unknown user", "no such user", "no such recipient", "mailbox not found", "mailbox unavailable", "mailbox does not exist", "address not found",
		"couldn't be found", "could not be found", "does not exist", "doesn't exist", "no mailbox here by that name", "recipient rejected", "邮箱不存在", "地址不存在", "用户不存在",
		"帐号不存在", "账号不存在", "收件人不存在", "不存在，邮件无法", "不存在,邮件无法", "信箱不存在", "無此使用者", "查無此人", "存在しません", "見つかりませんでした", "존재하지 않",
		"nicht gefunden", "existiert nicht", "n'existe pas", "no existe", "non esiste", "não existe", "не существует",
	};
	size_t len;
	const char *at = find_status(text, &len);

	if (at != NULL) return mem_copy(at, len);
	for (at = text; *at != '\0'; at++)
		if (is_code(text, at)) return mem_text(*at == '5' ? "5.0.0" : "4.0.0");
	for (size_t i = 0; i < COUNT_OF(nobody); i++)
		if (strcasestr(text, nobody[i]) != NULL) return mem_text("5.1.1");
	return NULL;
}

/* The first address in the text that is neither the mail system nor us. */
static char *address_in_text(const struct draft *d)
{
	static const char edges[] = " \t\n<>()[]\"',;:|";
	const char *at = d->text;
	int looked = 0;

	while ((at = strchr(at, '@')) != NULL && looked++ < 20) {
		const char *start = at, *end = at;

		while (start > d->text && strchr(edges, start[-1]) == NULL && (unsigned char)start[-1] < 0x80) start--;
		while (end[1] != '\0' && strchr(edges, end[1]) == NULL && (unsigned char)end[1] < 0x80) end++;
		while (end > at && (*end == '.' || *end == '>')) end--;
		char *copy = mem_copy(start, (size_t)(end + 1 - start));

		at = end + 1;
		if (header_address_ok(copy) && !is_own(d, copy, strlen(copy))) return copy;
		free(copy);
		if (*at == '\0') break;
	}
	return NULL;
}

void bounce_details(struct draft *d, const struct mime *m)
{
	const struct mime_field *failed = mime_field(m, &m->parts[0], "X-Failed-Recipients", 0);

	for (size_t i = 0; i < m->part_count; i++) {
		if (bounce_is_attached(m, &m->parts[i])) continue;
		if (strcmp(m->parts[i].type, "message/delivery-status") == 0 || strcmp(m->parts[i].type, "message/global-delivery-status") == 0) read_report(d, &m->parts[i]);
		read_returned(d, m, i);
	}
	if (d->bounce_recipient == NULL && failed != NULL) d->bounce_recipient = address_or_null(mem_copy(failed->value, failed->value_len));
	if (d->bounce_recipient == NULL) d->bounce_recipient = address_in_text(d);
	if (d->bounce_status == NULL) d->bounce_status = status_in_text(d->text);
	if (d->bounce_message_id == NULL) d->bounce_message_id = id_in_text(d->text);
	if (d->bounce_message_id == NULL && d->in_reply_to != NULL) d->bounce_message_id = mem_text(d->in_reply_to);
}
