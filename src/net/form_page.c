/* form_page.c - the page of the contact form, which works without script, and the receipt with number, code, promise and QR code. */
#include "net/form_parts.h"

#include <stdio.h>
#include <string.h>
#include "net/qr.h"

#define PAGE_MAX 4194304
#define HTML "text/html; charset=utf-8"

/* The brand's heading in this language, else in the other script of it, else ours. */
static const char *title_of(const struct form *form, enum page_language language)
{
	const struct ik_map *title = &form->conf->title;
	const char *near = NULL;

	for (size_t i = 0; i < title->count; i++) {
		const char *key = title->pair[i].key;

		if (!page_speaks(key)) continue;
		if (page_language(key, NULL, NULL) == language) return title->pair[i].value;
		if (strncmp(page_tag(page_language(key, NULL, NULL)), page_tag(language), 2) == 0) near = title->pair[i].value;
	}
	return near != NULL ? near : form_words[W_TITLE][language];
}

static bool is_optional(const struct form *form, size_t f)
{
	return f == F_NAME || f == F_ORDER || f == F_FILES || (f == F_CONTACT && !form->conf->contact_required);
}

static void add_size(struct buf *b, int64_t bytes)
{
	const bool is_mega = bytes >= 1048576;

	(void)buf_format(b, "%lld %s", (long long)(bytes / (is_mega ? 1048576 : 1024)), is_mega ? "MiB" : "KiB");
}

static void add_label(struct buf *b, const struct form *form, const struct form_entry *e, size_t f)
{
	const char *const name = form_fields[f].name;

	page_format(b, "<div class=\"field%s\">\n<label for=\"%s\">%s", e->problems[f] != W_NONE ? " wrong" : "", name, form_words[form_fields[f].label][e->language]);
	if (is_optional(form, f)) page_format(b, " <span class=\"optional\">%s</span>", form_words[W_OPTIONAL][e->language]);
	(void)buf_text(b, "</label>\n");
	if (e->problems[f] == W_NONE) return;
	page_format(b, "<p class=\"problem\" id=\"%s-problem\">%s", name, form_words[e->problems[f]][e->language]);
	if (f == F_FILES && e->bad_file != NULL) page_format(b, " <bdi>%s</bdi>", e->bad_file);
	(void)buf_text(b, "</p>\n");
}

static bool is_first_problem(const struct form_entry *e, size_t f)
{
	for (size_t before = 0; before < f; before++)
		if (e->problems[before] != W_NONE) return false;
	return e->problems[f] != W_NONE;
}

/* The attributes every control has: what it is called, whether it is needed, where its problem and its hint are told. Writing of either
 * direction is shown in its own. There is no maxlength: it would cut off what is pasted without a word. */
static void add_attributes(struct buf *b, const struct form *form, const struct form_entry *e, size_t f)
{
	const char *const name = form_fields[f].name;
	const bool has_hint = f == F_CONTACT || f == F_FILES;

	page_format(b, " id=\"%s\" name=\"%s\"", name, name);
	if (!is_optional(form, f)) (void)buf_text(b, " required");
	if (e->problems[f] != W_NONE) page_format(b, " aria-invalid=\"true\" aria-describedby=\"%s-problem", name);
	if (has_hint) page_format(b, e->problems[f] != W_NONE ? " %s-hint" : " aria-describedby=\"%s-hint", name);
	if (has_hint || e->problems[f] != W_NONE) (void)buf_char(b, '"');
	if (is_first_problem(e, f)) (void)buf_text(b, " autofocus");
}

static void add_line_field(struct buf *b, const struct form *form, const struct form_entry *e, size_t f)
{
	add_label(b, form, e, f);
	(void)buf_text(b, "<input type=\"text\" dir=\"auto\"");
	add_attributes(b, form, e, f);
	page_format(b, " autocomplete=\"%s\" value=\"%s\">\n", form_fields[f].autocomplete, e->values[f]);
	if (f == F_CONTACT) page_format(b, "<p class=\"hint\" id=\"contact-hint\">%s</p>\n", form_words[W_CONTACT_HINT][e->language]);
	(void)buf_text(b, "</div>\n");
}

static void add_text_field(struct buf *b, const struct form *form, const struct form_entry *e)
{
	add_label(b, form, e, F_TEXT);
	(void)buf_text(b, "<textarea rows=\"9\" dir=\"auto\"");
	add_attributes(b, form, e, F_TEXT);
	page_format(b, ">\n%s</textarea>\n</div>\n", e->values[F_TEXT]);
}

static void add_file_hint(struct buf *b, const struct form *form, const struct form_entry *e)
{
	const struct ik_list *types = &form->conf->types;

	page_format(b, "<p class=\"hint\" id=\"files-hint\">%s", form_words[W_FILES_HINT][e->language]);
	(void)buf_format(b, "%lld", (long long)form->conf->files);
	page_format(b, "%s", form_words[W_SIZE_HINT][e->language]);
	add_size(b, form->conf->file_size);
	for (size_t i = 0; i < types->count; i++) page_format(b, i == 0 ? " · %s%s" : "%s %s", i == 0 ? form_words[W_TYPES_HINT][e->language] : ",", types->item[i]);
	(void)buf_text(b, "</p>\n");
}

static void add_file_field(struct buf *b, const struct form *form, const struct form_entry *e)
{
	const struct ik_list *types = &form->conf->types;

	if (form->conf->files == 0) return;
	add_label(b, form, e, F_FILES);
	(void)buf_text(b, "<input type=\"file\" multiple");
	add_attributes(b, form, e, F_FILES);
	for (size_t i = 0; i < types->count; i++) page_format(b, i == 0 ? " accept=\"%s" : ",%s", types->item[i]);
	(void)buf_text(b, types->count > 0 ? "\">\n" : ">\n");
	add_file_hint(b, form, e);
	if (e->file_count > 0) page_format(b, "<p class=\"problem\">%s</p>\n", form_words[W_FILES_AGAIN][e->language]);
	(void)buf_text(b, "</div>\n");
}

/* The trap shows itself only to somebody who fell into it, to get out again. */
static void add_hidden(struct buf *b, const struct form_entry *e, const char *token)
{
	page_format(b, "<input type=\"hidden\" name=\"token\" value=\"%s\">\n<input type=\"hidden\" name=\"lang\" value=\"%s\">\n", token, page_short(e->language));
	(void)buf_text(b, e->is_trapped ? "<div class=\"field wrong\">" : "<div class=\"away\" aria-hidden=\"true\">");
	page_format(b, "<label for=\"" FORM_TRAP "\">%s</label><input type=\"text\" id=\"" FORM_TRAP "\" name=\"" FORM_TRAP "\"", form_words[W_TRAP][e->language]);
	(void)buf_text(b, e->is_trapped ? " autocomplete=\"off\" value=\"\"></div>\n" : " tabindex=\"-1\" autocomplete=\"off\" value=\"\"></div>\n");
}

static enum ik_rc give(const struct form *form, struct ik_answer *answer, struct buf *b, int status)
{
	answer->status = status;
	answer->content_type = HTML;
	answer->headers = form->headers[0] != NULL ? form->headers : NULL;
	answer->body = form_keep(answer, buf_str(b), b->len);
	answer->body_len = b->len;
	buf_release(b);
	return IK_OK;
}

static struct page_look look_of(const struct form *form)
{
	return (struct page_look){ .style = form->style_path[0] != '\0' ? form->style_path : NULL, .logo = form->logo_path[0] != '\0' ? form->logo_path : NULL,
	                           .name = form->conf->name };
}

static void add_alert(struct buf *b, const struct form_entry *e)
{
	if (e->problem == W_NONE) return;
	page_format(b, "<p class=\"alert\" role=\"alert\">%s", form_words[e->problem][e->language]);
	if (e->detail != NULL) page_format(b, " <strong>%s</strong>", e->detail);
	(void)buf_text(b, "</p>\n");
}

static void add_work(struct buf *b, const struct form *form)
{
	if (form->conf->proof_of_work == 0) return;
	page_format(b, "<input type=\"hidden\" name=\"work\" value=\"\">\n<script src=\"/form/%s/work.js\" defer></script>\n", form->host->instance);
}

/* The token stays while it is good and unused, so that a second try is the same message. The next one of somebody who has just filled in a form
 * is as old as a person needs. */
static void choose_token(const struct form *form, const struct form_entry *e, char token_r[FORM_TOKEN_SIZE])
{
	const int64_t now_at = form->host->now(form->host);
	const enum form_word state = form_token_check(form, e->token);

	if (!e->is_sent && (state == W_NONE || state == W_TOO_FAST)) (void)snprintf(token_r, FORM_TOKEN_SIZE, "%s", e->token);
	else form_token_make(form, e->is_sent ? now_at - form->conf->min_fill : now_at, token_r);
}

/* The form with what was typed. */
enum ik_rc form_show(const struct form *form, const struct form_entry *e, struct ik_answer *answer, int status)
{
	const struct page_look look = look_of(form);
	struct buf b = BUF_INIT(PAGE_MAX);
	char token[FORM_TOKEN_SIZE];

	choose_token(form, e, token);
	page_begin_look(&b, e->language, title_of(form, e->language), "card", NULL, &look);
	page_format(&b, "<p class=\"intro\">%s</p>\n", form_words[W_INTRO][e->language]);
	add_alert(&b, e);
	page_format(&b, "<form id=\"form\" method=\"post\" action=\"/form/%s\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\"", form->host->instance);
	(void)buf_format(&b, " data-bits=\"%lld\">\n", (long long)form->conf->proof_of_work);
	add_line_field(&b, form, e, F_SUBJECT);
	add_text_field(&b, form, e);
	add_line_field(&b, form, e, F_CONTACT);
	add_line_field(&b, form, e, F_NAME);
	add_line_field(&b, form, e, F_ORDER);
	add_file_field(&b, form, e);
	add_hidden(&b, e, token);
	add_work(&b, form);
	page_format(&b, "<button type=\"submit\">%s</button>\n</form>\n", form_words[W_SEND][e->language]);
	page_end_form(&b, e->language);
	return give(form, answer, &b, status);
}

static void add_receipt(struct buf *b, const struct form *form, enum page_language language, const struct ik_receipt *receipt)
{
	if (receipt->code[0] == '\0') {                 /* added to a ticket whose code goes to its customer only */
		page_format(b, "<dl class=\"facts\">\n<dt>%s</dt><dd id=\"number\">%s</dd>\n</dl>\n<p id=\"added\">%s</p>\n", form_words[W_NUMBER][language], receipt->number,
		            form_words[W_ADDED][language]);
		return;
	}
	page_format(b, "<dl class=\"facts\">\n<dt>%s</dt><dd id=\"number\">%s</dd>\n<dt>%s</dt><dd class=\"code\" id=\"code\">%s</dd>\n</dl>\n",
	            form_words[W_NUMBER][language], receipt->number, form_words[W_CODE][language], receipt->code);
	page_format(b, "<p class=\"hint\">%s %s</p>\n", form_words[W_CODE_HINT][language], form_words[W_COPY_HINT][language]);
	if (receipt->text != NULL) {
		(void)buf_text(b, "<p class=\"promise\" id=\"promise\">");
		page_lines(b, receipt->text);
		(void)buf_text(b, "</p>\n");
	}
	if (receipt->asks_address) page_format(b, "<p>%s</p>\n", form_words[W_MAIL_HINT][language]);
	if (receipt->status_url != NULL) {
		(void)buf_text(b, "<div class=\"qr\">");
		(void)qr_svg(b, receipt->status_url, form_words[W_QR][language]);
		page_format(b, "<p class=\"hint address\">%s</p></div>\n", receipt->status_url);
	}
	page_format(b, "<p class=\"next\"><a class=\"button\" target=\"_top\" href=\"%s%s?lang=%s\">%s</a></p>\n", form->conf->status_path, receipt->code,
	            page_short(language), form_words[W_STATUS_LINK][language]);
}

enum ik_rc form_show_receipt(const struct form *form, enum page_language language, const struct ik_receipt *receipt, struct ik_answer *answer)
{
	const struct page_look look = look_of(form);
	struct buf b = BUF_INIT(PAGE_MAX);

	page_begin_look(&b, language, form_words[W_THANKS][language], "card receipt", NULL, &look);
	add_receipt(&b, form, language, receipt);
	page_format(&b, "<p class=\"next\"><a href=\"/form/%s?lang=%s\">%s</a></p>\n", form->host->instance, page_short(language), form_words[W_ANOTHER][language]);
	page_end(&b);
	return give(form, answer, &b, 200);
}
