/* similar_text.c - from the message as written to the words that are its own: markup, quoted history, forward wrappers, greetings and
 * signatures away, the rest in canonical form. */
#include "pipeline/similar_parts.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/canonical.h"
#include "text/text.h"

#define PLAIN_MAX (4 * CANONICAL_SOURCE_MAX)

/* ---- before folding: markup, history, wrappers ------------------------------------------------------------------------------------------ */

static void plain_text(struct buf *out, const char *text)
{
	const size_t len = strlen(text), look = utf8_cut(text, len, PLAIN_MAX);
	struct ik_error err;

	if (canonical_is_html(text, look) && text_from_html(out, text, look, &err) == IK_OK && out->len > 0) return;
	buf_clear(out);
	(void)buf_add(out, text, look);
}

static bool has_lines(const char *text)
{
	return strchr(text, '\n') != NULL;
}

static size_t line_len(const char *text)
{
	return strcspn(text, "\n");
}

/* Lines that a mail program writes around what it forwards. */
static bool is_wrapper_line(const char *line, size_t len)
{
	static const char *const fields[] = { "from:", "sent:", "date:", "to:", "cc:", "subject:", "reply-to:", "发件人:", "发件人：", "寄件者:", "寄件者：", "寄件人:", "寄件人：", "发送时间:", "发送时间：",
	                                      "发送日期:", "发送日期：", "寄件日期:", "寄件日期：", "日期:", "日期：", "时间:", "时间：", "收件人:", "收件人：", "收件者:", "收件者：", "主题:", "主题：", "主旨:",
	                                      "主旨：", "抄送:", "抄送：", "副本:", "副本：", "發件人:", "發件人：", "發送時間:", "發送時間：", "主題:", "主題：" };
	static const char *const marks[] = { "forwarded message", "original message", "begin forwarded", "转发的邮件", "转发邮件", "原始邮件", "转发消息", "轉寄郵件", "轉寄的郵件", "轉發郵件", "原始郵件",
	                                     "轉發的郵件", "轉寄的訊息", "已转发", "已轉寄" };
	char low[96];
	size_t n = 0;

	while (len > 0 && strchr("> *_\t", *line) != NULL) { line++; len--; }
	for (; n < len && n + 1 < sizeof(low); n++) low[n] = (char)(line[n] >= 'A' && line[n] <= 'Z' ? line[n] + 'a' - 'A' : line[n]);
	low[n] = '\0';
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (strncmp(low, fields[i], strlen(fields[i])) == 0) return true;
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (strstr(low, marks[i]) != NULL) return true;
	return false;
}

static bool is_mark_line(const char *line, size_t len)
{
	return is_wrapper_line(line, len) && memchr(line, ':', len < 24 ? len : 24) == NULL && memmem(line, len, "：", 3) == NULL;
}

/* The wrapper is known by its mark, or by three header lines together: a form with one line "日期：" is none. */
static bool has_wrapper(const char *text)
{
	size_t together = 0;

	for (const char *at = text; *at != '\0';) {
		const size_t len = line_len(at);

		if (is_mark_line(at, len)) return true;
		if (is_wrapper_line(at, len)) { if (++together >= 3) return true; }
		else if (len > 0) together = 0;
		at += len + (at[len] == '\n');
	}
	return false;
}

static const char *without_quote_marks(const char *line, size_t *len)
{
	while (*len > 0 && (*line == '>' || (*line == ' ' && *len > 1 && line[1] == '>'))) { line++; (*len)--; }
	if (*len > 0 && *line == ' ') { line++; (*len)--; }
	return line;
}

static void unwrap(struct buf *out, const char *text, bool drops_wrapper)
{
	for (const char *at = text; *at != '\0';) {
		const size_t len = line_len(at);
		size_t own = len;
		const char *line = without_quote_marks(at, &own);

		if (!drops_wrapper || !is_wrapper_line(line, own)) {
			(void)buf_add(out, line, own);
			(void)buf_char(out, '\n');
		}
		at += len + (at[len] == '\n');
	}
}

static void own_words(const struct similar *similar, const struct similar_message *m, struct buf *out, bool *is_forward_r)
{
	struct buf plain = BUF_INIT(PLAIN_MAX), reply = BUF_INIT(PLAIN_MAX);
	struct reply_cut cut = { 0 };
	const char *rest;
	const char *text;

	plain_text(&plain, m->text);
	text = buf_str(&plain);
	if (m->reply_text != NULL) {
		text = m->reply_text;
	} else if (has_lines(text)) {
		reply_cut(&reply, similar->reply_rules, text, plain.len, NULL, m->subject, &cut);
		if (reply.len > 0) text = buf_str(&reply);
	}
	*is_forward_r = cut.is_forward || has_wrapper(text) || (m->subject != NULL && reply_prefix(m->subject, &rest) == REPLY_IS_FORWARD);
	unwrap(out, text, has_wrapper(text));
	buf_release(&plain);
	buf_release(&reply);
}

/* ---- after folding: greeting and signature ----------------------------------------------------------------------------------------------- */

#define GREETING_MAX 48                 /* bytes of a piece that greets */
#define CLOSING_MAX 60
#define SIGNATURE_MAX 220               /* bytes behind a closing formula */

static size_t piece_end(const char *text, size_t end, size_t at)
{
	while (at < end && strchr("\n|,", text[at]) == NULL && !(text[at] == '.' && (at + 1 >= end || strchr(" \n", text[at + 1]) != NULL))) at++;
	return at;
}

static bool starts_with_word(const char *text, size_t len, unsigned mark)
{
	for (const struct lexicon_phrase *row = lexicon_phrases; row->phrases != NULL; row++)
		for (const char *at = row->phrases; row->mark == mark && *at != '\0';) {
			const size_t n = strcspn(at, "|");

			if (n > 0 && n <= len && memcmp(text, at, n) == 0 && ((unsigned char)at[0] >= 0x80 || n == len || text[n] < 'a' || text[n] > 'z')) return true;
			at += n + (at[n] == '|');
		}
	return false;
}

static size_t skip_space(const char *text, size_t at, size_t end)
{
	while (at < end && strchr(" \n|,.-:", text[at]) != NULL) at++;
	return at;
}

static size_t after_greeting(const char *text, size_t end)
{
	size_t at = skip_space(text, 0, end);

	for (int pieces = 0; pieces < 3; pieces++) {
		const size_t stop = piece_end(text, end, at);

		if (stop - at > GREETING_MAX || !starts_with_word(text + at, stop - at, MARK_GREETING)) break;
		if (stop >= end) break;                 /* nothing but a greeting: then that is the text */
		at = skip_space(text, stop, end);
	}
	return at;
}

/* Where the signature begins: at a closing formula near the end with only short pieces behind it. */
static size_t before_signature(const char *text, size_t start, size_t end)
{
	size_t cut = end;

	for (size_t at = skip_space(text, start, end); at < end;) {
		const size_t stop = piece_end(text, end, at);

		if (stop - at <= CLOSING_MAX && starts_with_word(text + at, stop - at, MARK_CLOSING)) { if (cut == end) cut = at; }
		else if (stop - at > CLOSING_MAX || end - at > SIGNATURE_MAX) cut = end;
		at = skip_space(text, stop, end);
	}
	if (cut < end && end - cut > SIGNATURE_MAX) cut = end;
	return skip_space(text, start, end) < cut ? cut : end;
}

/* ---- forms -------------------------------------------------------------------------------------------------------------------------------- */

#define LABEL_MAX 36                    /* bytes of a label */

static size_t label_len(const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len < LABEL_MAX ? len : LABEL_MAX);

	return colon != NULL && colon > line && memchr(line, '/', (size_t)(colon - line)) == NULL ? (size_t)(colon - line) + 1 : 0;
}

static bool names_person(const char *label, size_t len)
{
	static const char *const words[] = { "姓名", "名字", "联系人", "称呼", "地址", "电话", "手机", "邮箱", "email", "e-mail", "name", "address", "phone", "mobile", "tel", "contact", "联系方式" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (memmem(label, len, words[i], strlen(words[i])) != NULL) return true;
	return false;
}

static size_t count_labels(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t at = 0; at < len;) {
		const size_t n = strcspn(text + at, "\n");

		count += label_len(text + at, n) > 0;
		at += n + 1;
	}
	return count;
}

bool similar_blank_forms(char *text, size_t len)
{
	const bool is_form = count_labels(text, len) >= 2;

	for (size_t at = 0; at < len;) {
		const size_t n = strcspn(text + at, "\n"), label = label_len(text + at, n);

		if (label > 0 && names_person(text + at, label) && n < 120) memset(text + at, ' ', n);
		else if (label > 0 && is_form) memset(text + at, ' ', label - 1);
		at += n + 1;
	}
	return is_form;
}

/* ---- both ------------------------------------------------------------------------------------------------------------------------------------ */

void similar_body(const struct similar *similar, const struct similar_message *m, struct similar_body *body)
{
	struct buf own = BUF_INIT(PLAIN_MAX);

	buf_init(&body->text, CANONICAL_MAX);
	own_words(similar, m, &own, &body->is_forward);
	(void)canonical_text(&body->text, buf_str(&own), own.len);
	while (body->text.len > 0 && strchr(" \n|", body->text.data[body->text.len - 1]) != NULL) body->text.data[--body->text.len] = '\0';
	body->start = after_greeting(buf_str(&body->text), body->text.len);
	body->end = before_signature(buf_str(&body->text), body->start, body->text.len);
	buf_release(&own);
}
