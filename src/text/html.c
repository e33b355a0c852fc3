/* html.c - HTML to readable text with libxml2's HTML parser as a stream of events: no tree is built, memory stays bounded.
 *
 * What a reader sees comes out: blocks as lines and paragraphs, lists with their marks, table rows as lines with TAB between cells,
 * the address of a link behind its text, "> " before quoted lines. What a reader does not see stays out: scripts, styles, hidden
 * elements, preheaders, conditional comments. */
#include "text/html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <libxml/HTMLparser.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/html_entities.h"
#include "text/html_marks.h"
#include "text/html_strip.h"
#include "text/invisible.h"
#include "text/text.h"

#define QUOTE_LEVELS_MAX 10
#define SHEET_MAX (256 * 1024)
#define LINK_MAX 500
#define WORDS_STEP 256                  /* bytes of words put at once: so much of a text may be missing at its limit */

enum { IS_HIDDEN = 1, IS_PRE = 2, IS_QUOTE = 4, IS_LIST = 8, IS_LINK = 16, IS_MARK = 32, IS_BLOCK = 64, IS_PARAGRAPH = 128, IS_CELL = 256, IS_ROW = 512, IS_ITEM = 1024, IS_KEPT = 2048,
       IS_LINE_END = 4096, IS_RULE = 8192, IS_PICTURE = 16384 };

struct open_element { unsigned flags; int number; size_t link_start; char *href; bool is_ordered; size_t cell_start; };

struct writer {
	struct buf *out;
	struct buf sheet;                       /* of the style element that is open */
	struct html_hidden hidden;
	struct html_marks *marks;               /* NULL when nobody asks */
	struct open_element open[HTML_DEPTH_MAX];
	int depth;                              /* of open elements, may pass HTML_DEPTH_MAX */
	int hidden_depth, pre_depth, quote_level, list_level, mark_depth;       /* mark_depth: depth of the open mark, 0 none, -1 to the end */
	int breaks;                             /* line ends owed before the next text */
	size_t item_end;                        /* where the sign of the list item at hand ends; blocks that begin right there stay beside it */
	bool is_space_owed, is_tab_owed, is_in_style;
	bool is_blank_line;                     /* the block at hand holds a no-break space and nothing else so far: an empty line */
};

/* ---- what comes out ---- */

static bool at_line_start(const struct writer *w)
{
	return w->out->len == 0 || w->out->data[w->out->len - 1] == '\n';
}

static void quote_prefix(struct writer *w)
{
	const int levels = w->quote_level < QUOTE_LEVELS_MAX ? w->quote_level : QUOTE_LEVELS_MAX;

	for (int i = 0; i < levels; i++) buf_char(w->out, '>');
	if (levels > 0) buf_char(w->out, ' ');
}

/* Pays the line ends, spaces and tabs that are owed; what is owed at the very start is forgotten. */
static void pay(struct writer *w)
{
	if (w->out->len == 0) w->breaks = 0;
	if (w->breaks > 0) {
		for (int i = 0; i < w->breaks && i < 2; i++) buf_char(w->out, '\n');
		quote_prefix(w);
	} else if (w->out->len == 0) {
		quote_prefix(w);
	} else if (w->is_tab_owed) {
		buf_char(w->out, '\t');
	} else if (w->is_space_owed) {
		buf_char(w->out, ' ');
	}
	w->breaks = 0;
	w->is_space_owed = w->is_tab_owed = w->is_blank_line = false;
}

static void owe_breaks(struct writer *w, int breaks)
{
	if (w->is_blank_line) w->breaks++;
	w->is_blank_line = false;
	if (w->breaks < breaks) w->breaks = breaks;
	w->is_space_owed = false;
}

static void put(struct writer *w, const char *text, size_t len)
{
	pay(w);
	buf_add(w->out, text, len);
}

/* "&#147;": numbers 128 to 159 mean windows-1252, as browsers read them. Source: HTML Living Standard, numeric character reference end state. */
static const char *c1_text(int32_t c)
{
	static const char *const texts[32] = {
		"€", NULL, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", NULL, "Ž", NULL, NULL, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", NULL, "ž", "Ÿ",
	};

	return c >= 0x80 && c < 0xA0 ? texts[c - 0x80] : NULL;
}

static bool is_in_word(char c)
{
	return (unsigned char)c < 0x80 && c != ' ' && (c < '\t' || c > '\r');
}

/* ASCII words with single spaces between them: they come out as they stand. */
static size_t words_len(const char *text, size_t len)
{
	size_t at = 0;

	if (len > WORDS_STEP) len = WORDS_STEP;
	while (at < len && (is_in_word(text[at]) || (text[at] == ' ' && at + 1 < len && is_in_word(text[at + 1])))) at++;
	return at;
}

static void text_flowing(struct writer *w, const char *text, size_t len)
{
	for (size_t at = 0; at < len && !w->out->is_full;) {
		const size_t start = at;
		const unsigned char c = (unsigned char)text[at];

		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
			if (w->breaks == 0 && !at_line_start(w)) w->is_space_owed = true;
			at++;
			continue;
		}
		if (c < 0x80) {
			at += words_len(text + at, len - at);
			put(w, text + start, at - start);
			continue;
		}
		const size_t han = utf8_han(text + at, len - at < WORDS_STEP ? len - at : WORDS_STEP);

		if (han > 0) {
			put(w, text + at, han);
			at += han;
			continue;
		}
		const int32_t point = utf8_next(text, len, &at);

		if (c1_text(point) != NULL) {
			put(w, c1_text(point), strlen(c1_text(point)));
		} else if (point == 0x2028 || point == 0x2029 || point == 0x2007) {
			if (w->breaks == 0 && !at_line_start(w)) w->is_space_owed = true;
		} else if (point == 0xA0) {
			if (w->breaks == 0 && !at_line_start(w)) w->is_space_owed = true;
			else w->is_blank_line = true;
		} else if (point == 0x200C && (w->breaks > 0 || w->is_space_owed || at_line_start(w))) {
			continue;                                               /* joins nothing: it fills a preheader */
		} else if (!text_is_invisible(point)) put(w, text + start, at - start);
	}
}

static void text_pre(struct writer *w, const char *text, size_t len)
{
	for (size_t at = 0; at < len && !w->out->is_full;) {
		const char *end = memchr(text + at, '\n', len - at);
		const size_t stop = end != NULL ? (size_t)(end - text) : len;

		if (stop > at) put(w, text + at, stop - at);
		if (end != NULL) w->breaks++;
		at = stop + 1;
	}
}

/* ---- elements ---- */

static const struct { const char *name; unsigned flags; int breaks; } elements[] = {
	{ "p", IS_BLOCK | IS_PARAGRAPH, 2 }, { "h1", IS_BLOCK, 2 }, { "h2", IS_BLOCK, 2 }, { "h3", IS_BLOCK, 2 }, { "h4", IS_BLOCK, 2 },
	{ "h5", IS_BLOCK, 2 }, { "h6", IS_BLOCK, 2 }, { "blockquote", IS_BLOCK | IS_QUOTE, 2 }, { "pre", IS_BLOCK | IS_PRE, 2 },
	{ "ul", IS_BLOCK | IS_LIST, 1 }, { "ol", IS_BLOCK | IS_LIST, 1 }, { "dl", IS_BLOCK, 2 }, { "div", IS_BLOCK, 1 }, { "li", IS_BLOCK | IS_ITEM, 1 },
	{ "dt", IS_BLOCK, 1 }, { "dd", IS_BLOCK, 1 }, { "tr", IS_BLOCK | IS_ROW, 1 }, { "table", IS_BLOCK, 1 }, { "thead", IS_BLOCK, 1 }, { "tbody", IS_BLOCK, 1 },
	{ "tfoot", IS_BLOCK, 1 }, { "caption", IS_BLOCK, 1 }, { "center", IS_BLOCK, 1 }, { "address", IS_BLOCK, 1 }, { "section", IS_BLOCK, 1 },
	{ "article", IS_BLOCK, 1 }, { "header", IS_BLOCK, 1 }, { "footer", IS_BLOCK, 1 }, { "main", IS_BLOCK, 1 }, { "nav", IS_BLOCK, 1 },
	{ "form", IS_BLOCK, 1 }, { "details", IS_BLOCK, 1 }, { "summary", IS_BLOCK, 1 }, { "fieldset", IS_BLOCK, 1 }, { "body", IS_BLOCK, 1 }, { "td", IS_CELL, 0 }, { "th", IS_CELL, 0 }, { "a", IS_LINK, 0 },
	{ "script", IS_HIDDEN, 0 }, { "style", IS_HIDDEN, 0 }, { "title", IS_HIDDEN, 0 }, { "template", IS_HIDDEN, 0 }, { "svg", IS_HIDDEN, 0 },
	{ "object", IS_HIDDEN, 0 }, { "iframe", IS_HIDDEN, 0 }, { "select", IS_HIDDEN, 0 }, { "xml", IS_HIDDEN, 0 },
	{ "br", IS_LINE_END, 0 }, { "hr", IS_RULE, 0 }, { "img", IS_PICTURE, 0 },
};

static unsigned flags_of(const char *name, int *breaks_r)
{
	*breaks_r = 0;
	for (size_t i = 0; i < COUNT_OF(elements); i++) {
		if (elements[i].name[0] != name[0] || strcmp(elements[i].name, name) != 0) continue;    /* the parser gives lower case */
		*breaks_r = elements[i].breaks;
		return elements[i].flags;
	}
	return 0;
}

/* Outlook writes each line as a paragraph without margin; its empty lines are paragraphs of their own. */
static bool is_tight(const char *const *attributes)
{
	const char *class = html_attribute(attributes, HTML_CLASS);

	if (class != NULL && (strncasecmp(class, "Mso", 3) == 0 || strncasecmp(class, "x_Mso", 5) == 0)) return true;
	return html_style_has(attributes, ";margin:0") || html_style_has(attributes, ";margin-bottom:0") || html_style_has(attributes, ";margin-top:0;margin-bottom:0");
}

static void open_mark(struct writer *w, const char *name, const char *const *attributes)
{
	const struct html_rule *rule;
	struct html_mark *mark;

	if (w->marks == NULL || w->mark_depth != 0 || w->marks->count >= HTML_MARKS_MAX) return;
	rule = html_rule_of(name, attributes);
	if (rule == NULL) return;
	mark = &w->marks->marks[w->marks->count++];
	*mark = (struct html_mark){ .start = w->out->len, .end = w->out->len, .kind = rule->kind, .rule = rule->name };
	w->mark_depth = rule->is_to_end ? -1 : w->depth;
}

static void close_mark(struct writer *w)
{
	if (w->mark_depth != w->depth) return;
	w->marks->marks[w->marks->count - 1].end = w->out->len;
	w->mark_depth = 0;
}

/* The number that start= of a list or value= of an item gives, or otherwise. */
static int number_in(const char *const *attributes, enum html_name name, int otherwise)
{
	const char *text = html_attribute(attributes, name);
	const size_t digits = text != NULL ? strspn(text, "0123456789") : 0;

	return digits > 0 && digits < 7 ? (int)strtol(text, NULL, 10) : otherwise;
}

static void open_item(struct writer *w, const char *const *attributes)
{
	struct open_element *list = NULL;
	const int top = w->depth < HTML_DEPTH_MAX ? w->depth : HTML_DEPTH_MAX - 1;

	for (int i = top; i > 0 && list == NULL; i--)
		if ((w->open[i].flags & IS_LIST) != 0) list = &w->open[i];
	pay(w);
	for (int i = 1; i < w->list_level && i < 8; i++) buf_text(w->out, "  ");
	if (list != NULL && list->is_ordered) buf_format(w->out, "%d.", list->number = number_in(attributes, HTML_VALUE, list->number + 1));
	else buf_char(w->out, '-');
	w->is_space_owed = true;
	w->item_end = w->out->len;
}

/* A paragraph within a list item is the item's line, and its first block stands beside the sign. */
static int breaks_in_item(const struct writer *w, struct open_element *e, int breaks)
{
	const unsigned parent = w->depth > 1 ? w->open[w->depth - 1].flags : 0;

	if ((parent & IS_ITEM) != 0 && (e->flags & IS_PARAGRAPH) != 0) {
		e->flags &= ~(unsigned)IS_PARAGRAPH;
		breaks = 1;
	}
	return w->item_end > 0 && w->item_end == w->out->len && (e->flags & (IS_ITEM | IS_LIST)) == 0 ? 0 : breaks;
}

/* Cells of one line each stand beside each other; a cell of several lines is followed by a new line. */
static void open_cell(struct writer *w)
{
	struct open_element *row = NULL;
	size_t at;

	for (int i = w->depth; i > 0 && row == NULL; i--)
		if ((w->open[i].flags & IS_ROW) != 0) row = &w->open[i];
	if (row == NULL) return;
	for (at = row->cell_start; at < w->out->len && strchr("\n\t> ", w->out->data[at]) != NULL; at++) continue;
	if (row->number++ > 0 && memchr(buf_str(w->out) + at, '\n', w->out->len - at) == NULL) {
		if (row->cell_start < w->out->len) w->breaks = 0;
		w->is_tab_owed = row->cell_start < w->out->len || w->is_tab_owed;
	} else if (row->number > 1) {
		owe_breaks(w, 1);
	}
	row->cell_start = w->out->len;
}

/* Web mailers that write what was typed as it stands: pre, pre-wrap, pre-line. */
static bool keeps_lines(const char *const *attributes)
{
	const char *style = html_attribute(attributes, HTML_STYLE);

	return style != NULL && strcasestr(style, "white-space") != NULL && html_style_has(attributes, ";white-space:pre");
}

static void open_special(struct writer *w, const char *name, const char *const *attributes, struct open_element *e)
{
	if ((e->flags & IS_QUOTE) != 0) w->quote_level++;
	if ((e->flags & IS_PRE) != 0) w->pre_depth++;
	if (keeps_lines(attributes)) {
		e->flags |= IS_KEPT;
		w->pre_depth++;
	}
	if ((e->flags & IS_LIST) != 0) {
		w->list_level++;
		e->is_ordered = strcasecmp(name, "ol") == 0;
		e->number = number_in(attributes, HTML_START, 1) - 1;
	}
	if ((e->flags & IS_ITEM) != 0) open_item(w, attributes);
	if ((e->flags & IS_ROW) != 0) e->cell_start = w->out->len;
	if ((e->flags & IS_CELL) != 0) open_cell(w);
	if ((e->flags & IS_LINK) != 0) {
		const char *href = html_attribute(attributes, HTML_HREF);

		e->link_start = w->out->len;
		e->href = href != NULL ? mem_text(href) : NULL;
	}
}

/* Mail programs write emoji as pictures; other descriptions are not what the reader sees. */
static void open_picture(struct writer *w, const char *const *attributes)
{
	const char *alt = html_attribute(attributes, HTML_ALT);

	if (alt != NULL && (unsigned char)alt[0] >= 0xE2 && strlen(alt) <= 16) put(w, alt, strlen(alt));
}

/* Elements without content. */
static bool open_void(struct writer *w, unsigned flags, const char *const *attributes)
{
	switch (flags) {
	case IS_LINE_END:
		w->breaks++;
		w->is_space_owed = false;
		return true;
	case IS_RULE:
		owe_breaks(w, 2);
		return true;
	case IS_PICTURE:
		open_picture(w, attributes);
		return true;
	default:
		return false;
	}
}

static void on_open(void *context, const xmlChar *element, const xmlChar **atts)
{
	struct writer *w = context;
	const char *name = (const char *)element;
	const char *const *attributes = (const char *const *)atts;
	struct open_element none = { 0 }, *e;
	int breaks;

	w->depth++;
	e = w->depth < HTML_DEPTH_MAX ? &w->open[w->depth] : &none;
	*e = none;
	if (w->depth >= HTML_DEPTH_MAX) return;
	if (w->hidden_depth > 0) return;
	e->flags = flags_of(name, &breaks);
	if ((e->flags & IS_HIDDEN) != 0 || html_is_hidden(name, attributes, &w->hidden)) {
		e->flags = IS_HIDDEN;
		w->hidden_depth = w->depth;
		w->is_in_style = strcasecmp(name, "style") == 0;
		return;
	}
	if ((e->flags & IS_PARAGRAPH) != 0 && is_tight(attributes)) { e->flags &= ~(unsigned)IS_PARAGRAPH; breaks = 1; }
	if ((e->flags & IS_LIST) != 0 && w->list_level == 0) breaks = 2;
	breaks = breaks_in_item(w, e, breaks);
	if (breaks > 0) owe_breaks(w, breaks);
	open_mark(w, name, attributes);
	if (w->mark_depth == w->depth) e->flags |= IS_MARK;
	if (!open_void(w, e->flags & ~(unsigned)IS_MARK, attributes)) open_special(w, name, attributes, e);
}

/* The address behind the text of a link, unless the text says it already. */
static void close_link(struct writer *w, struct open_element *e)
{
	const char *text = buf_str(w->out) + (e->link_start < w->out->len ? e->link_start : w->out->len);
	const size_t len = e->href != NULL ? strlen(e->href) : 0;

	if (len > 0 && len <= LINK_MAX && strncasecmp(e->href, "http", 4) == 0 && w->out->len > e->link_start) {
		const char *bare = strstr(e->href, "://");
		size_t bare_len = bare != NULL ? strlen(bare + 3) : 0;

		if (bare_len > 0 && bare[2 + bare_len] == '/') bare_len--;
		if (bare_len == 0 || memmem(text, strlen(text), bare + 3, bare_len) == NULL) {
			const bool space = w->is_space_owed;

			w->is_space_owed = true;
			put(w, "<", 1);
			buf_add(w->out, e->href, len);
			buf_char(w->out, '>');
			w->is_space_owed = space;
		}
	}
	mem_free(&e->href);
}

static void close_hidden(struct writer *w)
{
	w->hidden_depth = 0;
	if (!w->is_in_style) return;
	html_read_styles(&w->hidden, buf_str(&w->sheet), w->sheet.len);
	buf_clear(&w->sheet);
	w->is_in_style = false;
}

static void close_element(struct writer *w, struct open_element *e)
{
	if ((e->flags & IS_LINK) != 0) close_link(w, e);
	if ((e->flags & IS_MARK) != 0) close_mark(w);
	if ((e->flags & IS_BLOCK) != 0) owe_breaks(w, (e->flags & (IS_PARAGRAPH | IS_QUOTE | IS_PRE)) != 0 || ((e->flags & IS_LIST) != 0 && w->list_level == 1) ? 2 : 1);
	if ((e->flags & IS_QUOTE) != 0) w->quote_level--;
	if ((e->flags & IS_PRE) != 0) w->pre_depth--;
	if ((e->flags & IS_KEPT) != 0) w->pre_depth--;
	if ((e->flags & IS_LIST) != 0) w->list_level--;
}

static void on_close(void *context, const xmlChar *element)
{
	struct writer *w = context;

	(void)element;
	if (w->depth <= 0) return;
	if (w->depth < HTML_DEPTH_MAX) {
		struct open_element *e = &w->open[w->depth];

		if (w->hidden_depth == w->depth) close_hidden(w);
		else if (w->hidden_depth == 0) close_element(w, e);
		mem_free(&e->href);
	}
	w->depth--;
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct writer *w = context;

	if (w->hidden_depth > 0) {
		if (w->is_in_style) buf_add(&w->sheet, text, (size_t)len);
		return;
	}
	if (w->pre_depth > 0) text_pre(w, (const char *)text, (size_t)len);
	else text_flowing(w, (const char *)text, (size_t)len);
}

static void on_error(void *context, const char *message, ...)
{
	(void)context;
	(void)message;
}

/* ---- the whole ---- */

/* The next "<![": brackets are rare where "<" is not. */
static const char *find_condition(const char *html, size_t len)
{
	const char *const end = html + len;

	for (const char *at = html; (at = memchr(at, '[', (size_t)(end - at))) != NULL; at++)
		if (at - html >= 2 && at[-1] == '!' && at[-2] == '<') return at - 2;
	return NULL;
}

/* Takes out "<![if ...]>" and "<![endif]>", which HTML 4 parsers show as text. */
static void drop_conditions(struct buf *clean, const char *html, size_t len)
{
	for (size_t at = 0; at < len;) {
		const char *mark = find_condition(html + at, len - at);
		const size_t stop = mark != NULL ? (size_t)(mark - html) : len;
		const char *end;

		buf_add(clean, html + at, stop - at);
		if (mark == NULL) return;
		end = memchr(mark, '>', len - stop < 200 ? len - stop : 200);
		if (end != NULL && end[-1] == ']') {
			at = (size_t)(end - html) + 1;
		} else {
			buf_add(clean, mark, 3);        /* "<![endif]-->" ends a comment */
			at = stop + 3;
		}
	}
}

static void trim_end(struct buf *out)
{
	while (out->len > 0 && (out->data[out->len - 1] == ' ' || out->data[out->len - 1] == '\t')) out->data[--out->len] = '\0';
}

static enum ik_rc parse(struct writer *w, const char *html, size_t len, struct ik_error *err)
{
	htmlParserCtxtPtr parser = htmlNewParserCtxt();

	if (parser == NULL) return ik_fail(IK_RETRY, err, "no memory for the HTML parser");
	*parser->sax = (xmlSAXHandler){
		.startElement = on_open, .endElement = on_close, .characters = on_text, .ignorableWhitespace = on_text,
		.cdataBlock = on_text, .error = on_error, .warning = on_error,
	};
	parser->userData = w;
	(void)htmlCtxtReadMemory(parser, html, (int)len, NULL, "UTF-8",
	                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	if (parser->myDoc != NULL) xmlFreeDoc(parser->myDoc);
	htmlFreeParserCtxt(parser);
	return IK_OK;
}

enum ik_rc html_to_text(struct buf *out, const char *html, size_t len, struct html_marks *marks_r, struct ik_error *err)
{
	struct buf clean = BUF_INIT(len * 2 + 16), stripped = BUF_INIT(len * 4 + 64);
	struct writer *w = mem_new(sizeof(*w));
	enum ik_rc rc = IK_OK;

	if (marks_r != NULL) marks_r->count = 0;
	w->out = out;
	w->marks = marks_r;
	buf_init(&w->sheet, SHEET_MAX);
	drop_conditions(&clean, html, len);
	html_strip(&stripped, buf_str(&clean), clean.len);
	buf_release(&clean);
	if (stripped.len > 0) html_end_entities(&stripped);
	if (stripped.len > 0) rc = parse(w, stripped.data, stripped.len, err);
	for (int i = 0; i < HTML_DEPTH_MAX; i++) mem_free(&w->open[i].href);
	if (w->marks != NULL && w->mark_depth != 0) w->marks->marks[w->marks->count - 1].end = out->len;
	trim_end(out);
	for (size_t i = 0; marks_r != NULL && i < marks_r->count; i++) {
		if (marks_r->marks[i].end > out->len) marks_r->marks[i].end = out->len;
		if (marks_r->marks[i].start > out->len) marks_r->marks[i].start = out->len;
	}
	buf_release(&w->sheet);
	buf_release(&stripped);
	free(w);
	return rc;
}

enum ik_rc text_from_html(struct buf *out, const char *html, size_t len, struct ik_error *err)
{
	return html_to_text(out, html, len, NULL, err);
}

void html_prepare(void)
{
	xmlInitParser();
}
