/* html_marks.c - the containers of mail programs, one row each, and the ways to hide text. */
#include "text/html_marks.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"

/* where: '.' class word, '#' id, '=' "attribute=value", '~' class word that starts so. element "" is any. */
struct container { const char *element; char where; const char *value; struct html_rule rule; };

static const struct container containers[] = {
	{ "blockquote", '.', "gmail_quote", { "html-gmail-quote", HTML_HISTORY, false } },
	{ "", '.', "gmail_attr", { "html-gmail-attribution", HTML_ATTRIBUTION, false } },
	{ "", '.', "gmail_extra", { "html-gmail-extra", HTML_HISTORY, false } },
	{ "", '.', "gmail_signature", { "html-gmail-signature", HTML_SIGNATURE, false } },
	{ "", '=', "data-smartmail=gmail_signature", { "html-gmail-signature", HTML_SIGNATURE, false } },
	{ "", '#', "divRplyFwdMsg", { "html-outlook-header", HTML_HISTORY, true } },
	{ "", '#', "mail-editor-reference-message-container", { "html-outlook-reference", HTML_HISTORY, true } },
	{ "", '#', "OLK_SRC_BODY_SECTION", { "html-outlook-mac", HTML_HISTORY, true } },
	{ "", '#', "Signature", { "html-outlook-signature", HTML_SIGNATURE, false } },
	{ "", '#', "ms-outlook-mobile-signature", { "html-outlook-mobile-signature", HTML_SIGNATURE, false } },
	{ "", '.', "ms-outlook-mobile-signature", { "html-outlook-mobile-signature", HTML_SIGNATURE, false } },
	{ "", '#', "ms-outlook-mobile-body-separator-line", { "html-outlook-mobile-signature", HTML_SIGNATURE, false } },
	{ "blockquote", '=', "type=cite", { "html-cite", HTML_HISTORY, false } },
	{ "", '.', "moz-cite-prefix", { "html-thunderbird-attribution", HTML_ATTRIBUTION, false } },
	{ "", '.', "moz-signature", { "html-thunderbird-signature", HTML_SIGNATURE, false } },
	{ "", '#', "AppleMailSignature", { "html-apple-signature", HTML_SIGNATURE, false } },
	{ "", '.', "yahoo_quoted", { "html-yahoo-quote", HTML_HISTORY, false } },
	{ "", '~', "yahoo-quoted", { "html-yahoo-quote", HTML_HISTORY, false } },
	{ "", '~', "ydp-yahoo-quoted", { "html-yahoo-quote", HTML_HISTORY, false } },
	{ "", '#', "isReplyContent", { "html-netease-quote", HTML_HISTORY, false } },
	{ "", '#', "isForwardContent", { "html-netease-forward", HTML_HISTORY, false } },
	{ "", '.', "ntes-mailmaster-quote", { "html-netease-quote", HTML_HISTORY, false } },
	{ "", '#', "ntes-pcmail-quote", { "html-netease-quote", HTML_HISTORY, false } },
	{ "", '#', "ntes-pcmac-quote", { "html-netease-quote", HTML_HISTORY, false } },
	{ "", '#', "ntes-pcmail-signature", { "html-netease-signature", HTML_SIGNATURE, false } },
	{ "", '=', "name=replyContent", { "html-qq-quote", HTML_HISTORY, false } },
	{ "", '.', "xm_mail_quote", { "html-qq-quote", HTML_HISTORY, false } },
	{ "", '.', "xmail_quote", { "html-qq-quote", HTML_HISTORY, false } },
	{ "", '.', "xm_write_sign", { "html-qq-signature", HTML_SIGNATURE, false } },
	{ "", '.', "foxmail_reply", { "html-foxmail-quote", HTML_HISTORY, false } },
	{ "", '.', "history-quote-wrapper", { "html-lark-quote", HTML_HISTORY, false } },
	{ "", '.', "lark-mail-quote", { "html-lark-quote", HTML_HISTORY, false } },
	{ "", '#', "lark-mail-quote", { "html-lark-quote", HTML_HISTORY, false } },
	{ "", '~', "lark-mail-quote-", { "html-lark-quote", HTML_HISTORY, false } },
	{ "", '.', "lark-mail-signature", { "html-lark-signature", HTML_SIGNATURE, false } },
	{ "", '.', "__aliyun_previous_body_wrap", { "html-dingtalk-quote", HTML_HISTORY, false } },
	{ "", '.', "alimail-quote", { "html-dingtalk-quote", HTML_HISTORY, false } },
	{ "", '.', "__aliyun_signature_wrap", { "html-dingtalk-signature", HTML_SIGNATURE, false } },
	{ "", '.', "protonmail_quote", { "html-proton-quote", HTML_HISTORY, false } },
	{ "", '.', "protonmail_signature_block", { "html-proton-signature", HTML_SIGNATURE, false } },
	{ "", '.', "zmail_extra", { "html-zoho-quote", HTML_HISTORY, false } },
	{ "", '=', "data-marker=__QUOTED_TEXT__", { "html-zimbra-quote", HTML_HISTORY, false } },
	{ "", '=', "name=quote", { "html-gmx-quote", HTML_HISTORY, false } },
	{ "", '=', "name=messageReplySection", { "html-spark-quote", HTML_HISTORY, false } },
	{ "", '=', "name=messageSignatureSection", { "html-spark-signature", HTML_SIGNATURE, false } },
	{ "", '#', "reply-intro", { "html-roundcube-attribution", HTML_ATTRIBUTION, false } },
	{ "", '.', "tutanota_quote", { "html-tuta-quote", HTML_HISTORY, false } },
	{ "", '.', "front-blockquote", { "html-front-quote", HTML_HISTORY, false } },
	{ "", '.', "quotedReply", { "html-zendesk-quote", HTML_HISTORY, false } },
	{ "", '.', "freshdesk_quote", { "html-freshdesk-quote", HTML_HISTORY, false } },
	{ "", '.', "hwQuote", { "html-huawei-quote", HTML_HISTORY, false } },
	{ "", '#', "composer_signature", { "html-samsung-signature", HTML_SIGNATURE, false } },
	{ "", '#', "mail_android_quote", { "html-android-quote", HTML_HISTORY, false } },
	{ "", '.', "quoted-text", { "html-quoted-text", HTML_HISTORY, false } },
};

const char *const html_names[HTML_ATTRIBUTES] = {
	[HTML_CLASS] = "class", [HTML_ID] = "id", [HTML_NAME] = "name", [HTML_TYPE] = "type", [HTML_SMARTMAIL] = "data-smartmail", [HTML_MARKER] = "data-marker",
	[HTML_STYLE] = "style", [HTML_HIDDEN] = "hidden", [HTML_HREF] = "href", [HTML_ALT] = "alt", [HTML_START] = "start", [HTML_VALUE] = "value",
};

const char *html_attribute(const char *const *attributes, enum html_name which)
{
	const char *name = html_names[which];

	if (attributes == NULL) return NULL;
	for (; attributes[0] != NULL; attributes += 2)
		if ((attributes[0][0] | 0x20) == name[0] && strcasecmp(attributes[0], name) == 0) return attributes[1] != NULL ? attributes[1] : "";
	return NULL;
}

/* Web Outlook puts "x_" before the names of what it quotes. */
static const char *skip_x(const char *word)
{
	while (word[0] == 'x' && word[1] == '_') word += 2;
	return word;
}

static bool has_class(const char *classes, const char *want, bool is_prefix)
{
	const size_t want_len = strlen(want);

	while (classes != NULL && *classes != '\0') {
		size_t len;

		classes += strspn(classes, " \t\r\n");
		len = strcspn(classes, " \t\r\n");
		const char *word = skip_x(classes);
		const size_t word_len = len - (size_t)(word - classes);

		if (word_len >= want_len && strncasecmp(word, want, want_len) == 0 && (is_prefix || word_len == want_len)) return true;
		classes += len;
	}
	return false;
}

static bool has_pair(const char *const *attributes, const char *pair)
{
	const char *equals = strchr(pair, '='), *value;
	enum html_name which = HTML_CLASS;

	while (which < HTML_NAMING_ATTRIBUTES && !(strncmp(html_names[which], pair, (size_t)(equals - pair)) == 0 && html_names[which][equals - pair] == '\0')) which++;
	assert(which < HTML_NAMING_ATTRIBUTES);
	value = html_attribute(attributes, which);
	return value != NULL && strcasecmp(skip_x(value), equals + 1) == 0;
}

static bool matches(const struct container *c, const char *element, const char *const *attributes)
{
	const char *id;

	if (c->element[0] != '\0' && strcasecmp(c->element, element) != 0) return false;
	switch (c->where) {
	case '.': return has_class(html_attribute(attributes, HTML_CLASS), c->value, false);
	case '~': return has_class(html_attribute(attributes, HTML_CLASS), c->value, true) || has_class(html_attribute(attributes, HTML_ID), c->value, true);
	case '#': id = html_attribute(attributes, HTML_ID); return id != NULL && strcasecmp(skip_x(id), c->value) == 0;
	default: return has_pair(attributes, c->value);
	}
}

/* Most elements have no attribute that a rule looks at. */
static bool has_naming_attribute(const char *const *attributes)
{
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
		for (size_t i = 0; i < HTML_NAMING_ATTRIBUTES; i++)
			if (attributes[0][0] == html_names[i][0] && strcmp(attributes[0], html_names[i]) == 0) return true;
	return false;
}

const struct html_rule *html_rule_of(const char *element, const char *const *attributes)
{
	if (!has_naming_attribute(attributes)) return NULL;
	for (size_t i = 0; i < COUNT_OF(containers); i++)
		if (matches(&containers[i], element, attributes)) return &containers[i].rule;
	return NULL;
}

/* Without spaces and in lower case, with ';' at both ends; cut at the room there is. */
static void squeeze(const char *text, size_t len, char *squeezed_r, size_t room)
{
	size_t out = 0;

	squeezed_r[out++] = ';';
	for (size_t i = 0; i < len && out + 2 < room; i++)
		if (!isspace((unsigned char)text[i])) squeezed_r[out++] = (char)tolower((unsigned char)text[i]);
	squeezed_r[out++] = ';';
	squeezed_r[out] = '\0';
}

/* "name:0" with any unit, but not 0.9 or 0px5. */
static bool is_zero(const char *style, const char *name)
{
	const char *at = strstr(style, name);

	if (at == NULL) return false;
	at += strlen(name);
	if (*at++ != '0') return false;
	if (at[0] == '.' && strspn(at + 1, "0") == strcspn(at + 1, ";p!e%")) at += 1 + strspn(at + 1, "0");
	at += strspn(at, "ptxemr%");
	return *at == ';' || *at == '!';
}

/* A letter of one pixel or point is read by nobody. */
static bool is_tiny(const char *style)
{
	const char *at = strstr(style, ";font-size:1");

	return at != NULL && (strncmp(at + 12, "px", 2) == 0 || strncmp(at + 12, "pt", 2) == 0) && strchr(";!", at[14]) != NULL;
}

/* "name:-999px" and further: beside the window. */
static bool is_outside(const char *style, const char *name)
{
	const char *at = strstr(style, name);

	return at != NULL && at[strlen(name)] == '-' && strspn(at + strlen(name) + 1, "0123456789") >= 3;
}

/* "clip:rect(0,0,0,0)", "clip-path:inset(50%)": nothing is left of it. */
static bool is_clipped(const char *style)
{
	const char *rect = strstr(style, ";clip:rect("), *inset = strstr(style, ";clip-path:inset(");

	if (inset != NULL && (strncmp(inset + 17, "50%", 3) == 0 || strncmp(inset + 17, "100%", 4) == 0)) return true;
	if (rect == NULL || strstr(style, ";position:absolute") == NULL) return false;
	return strspn(rect + 11, "01px,") == strcspn(rect + 11, ")");
}

static bool hides_otherwise(const char *style)
{
	return strstr(style, ";visibility:hidden") != NULL || strstr(style, ";visibility:collapse") != NULL || strstr(style, ";mso-hide:all") != NULL
	       || (strstr(style, ";color:transparent") != NULL && strstr(style, "background-clip:text") == NULL) || is_clipped(style)
	       || is_zero(style, ";font-size:") || is_zero(style, ";opacity:") || is_zero(style, ";max-height:")
	       || (is_zero(style, ";height:") && strstr(style, ";overflow:hidden") != NULL) || is_tiny(style) || is_outside(style, ";text-indent:")
	       || (strstr(style, ";position:absolute") != NULL && (is_outside(style, ";left:") || is_outside(style, ";top:")));
}

static bool hides(const char *style)
{
	return strstr(style, ";display:none") != NULL || hides_otherwise(style);
}

bool html_style_has(const char *const *attributes, const char *declaration)
{
	const char *style = html_attribute(attributes, HTML_STYLE);
	char squeezed[512];

	if (style == NULL) return false;
	squeeze(style, strlen(style), squeezed, sizeof(squeezed));
	return strstr(squeezed, declaration) != NULL;
}

static bool is_selected(const struct html_selector *selector, const char *element, const char *classes, const char *id)
{
	if (selector->element[0] != '\0' && strcasecmp(selector->element, element) != 0) return false;
	return has_class(selector->is_id ? id : classes, selector->name, false);
}

bool html_is_hidden(const char *element, const char *const *attributes, const struct html_hidden *hidden)
{
	const char *style, *classes, *id;
	char squeezed[1024] = "";
	bool is_shown;

	if (attributes == NULL || attributes[0] == NULL) return false;
	if (html_attribute(attributes, HTML_HIDDEN) != NULL) return true;
	style = html_attribute(attributes, HTML_STYLE);
	if (style != NULL) {
		squeeze(style, strlen(style), squeezed, sizeof(squeezed));
		if (hides(squeezed)) return true;
	}
	is_shown = strstr(squeezed, ";display:") != NULL;
	classes = html_attribute(attributes, HTML_CLASS);
	id = html_attribute(attributes, HTML_ID);
	if (classes == NULL && id == NULL) return false;
	if (classes != NULL && (has_class(classes, "preheader", false) || has_class(classes, "mcnPreviewText", false))) return true;
	for (size_t i = 0; i < hidden->count; i++)
		if (is_selected(&hidden->selectors[i], element, classes, id) && !(is_shown && hidden->selectors[i].is_undone)) return true;
	return false;
}

static bool is_name_byte(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_';
}

/* One of "p.name", ".name", "p#name", "#name", and nothing behind it: what depends on where an element stands is left alone. */
static void add_selector(struct html_hidden *hidden, const char *text, size_t len, bool is_undone)
{
	struct html_selector one = { .is_undone = is_undone };
	size_t mark = 0, name_len;

	while (len > 0 && isspace((unsigned char)text[0])) { text++; len--; }
	while (len > 0 && isspace((unsigned char)text[len - 1])) len--;
	while (mark < len && isalnum((unsigned char)text[mark])) mark++;
	if (mark >= sizeof(one.element) || mark + 1 >= len || (text[mark] != '.' && text[mark] != '#') || hidden->count >= HTML_HIDDEN_MAX) return;
	name_len = len - mark - 1;
	if (name_len >= sizeof(one.name)) return;
	for (size_t i = mark + 1; i < len; i++)
		if (!is_name_byte(text[i])) return;
	memcpy(one.element, text, mark);
	memcpy(one.name, text + mark + 1, name_len);
	one.is_id = text[mark] == '#';
	hidden->selectors[hidden->count++] = one;
}

/* Behind the last comment, or mark of one around the whole sheet, in front of the selectors. */
static size_t behind_comments(const char *text, size_t len)
{
	size_t at = 0;

	for (size_t i = 0; i + 1 < len; i++)
		if (memcmp(text + i, "*/", 2) == 0 || (i + 3 < len && memcmp(text + i, "<!--", 4) == 0)) at = i + (text[i] == '*' ? 2 : 4);
	return at;
}

static void add_selectors(struct html_hidden *hidden, const char *selectors, size_t len, bool is_undone)
{
	for (size_t at = behind_comments(selectors, len); at < len;) {
		const char *comma = memchr(selectors + at, ',', len - at);
		const size_t end = comma != NULL ? (size_t)(comma - selectors) : len;

		add_selector(hidden, selectors + at, end - at, is_undone);
		at = end + 1;
	}
}

/* The end of the block whose '{' is at open: behind its '}' or len. */
static size_t block_end(const char *sheet, size_t len, size_t open)
{
	int depth = 0;

	for (size_t at = open; at < len; at++) {
		if (sheet[at] == '{') depth++;
		if (sheet[at] == '}' && --depth == 0) return at + 1;
	}
	return len;
}

void html_read_styles(struct html_hidden *hidden, const char *sheet, size_t len)
{
	for (size_t at = 0; at < len;) {
		const char *open = memchr(sheet + at, '{', len - at);
		char squeezed[512];

		if (open == NULL) return;
		const size_t body = (size_t)(open - sheet), end = block_end(sheet, len, body);
		const bool is_group = memchr(sheet + at, '@', body - at) != NULL;

		squeeze(open + 1, end - body > 2 ? end - body - 2 : 0, squeezed, sizeof(squeezed));
		if (!is_group && hides(squeezed)) add_selectors(hidden, sheet + at, body - at, !hides_otherwise(squeezed) && strstr(squeezed, "none!important") == NULL);
		at = end;
	}
}
