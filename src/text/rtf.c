/* rtf.c - unpacks LZFu and walks the rich text once: groups are a stack of states, characters come as bytes of the font's code page or as code
 * points, and everything that is no text (fonts, pictures, field codes, what a program does not know) is a destination that is passed over. */
#include "text/rtf.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/text.h"

/* ---- packing ---- */

#define WINDOW 4096u
#define PACKED_HEAD 16
#define PACKED 0x75465A4Cu              /* "LZFu" */
#define STORED 0x414C454Du              /* "MELA" */

/* What every window begins with. Source: MS-OXRTFCP 2.1.2.1. */
static const char window_start[] = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
	"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

static uint32_t number_at(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

struct window { char bytes[WINDOW]; size_t at; };

static bool put_byte(struct buf *out, struct window *w, char c)
{
	w->bytes[w->at] = c;
	w->at = (w->at + 1) % WINDOW;
	return buf_char(out, c);
}

/* A piece of the window once more; false at the mark that ends the text. */
static bool repeat(struct buf *out, struct window *w, unsigned token)
{
	size_t from = token >> 4;
	bool has_room = true;

	if (from == w->at) return false;
	for (unsigned i = (token & 15) + 2; i > 0 && has_room; i--) {
		has_room = put_byte(out, w, w->bytes[from]);
		from = (from + 1) % WINDOW;
	}
	return has_room;
}

static void unpack(struct buf *out, const unsigned char *at, const unsigned char *end)
{
	struct window w = { .at = sizeof(window_start) - 1 };

	memcpy(w.bytes, window_start, sizeof(window_start) - 1);
	while (at < end) {
		unsigned kinds = *at++;

		for (int bit = 0; bit < 8 && at < end; bit++, kinds >>= 1) {
			if ((kinds & 1) == 0) {
				if (!put_byte(out, &w, (char)*at++)) return;
			} else {
				if (end - at < 2 || !repeat(out, &w, (unsigned)at[0] << 8 | at[1])) return;
				at += 2;
			}
		}
	}
}

bool rtf_unpack(struct buf *out, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;
	uint32_t size, kind;

	if (len < PACKED_HEAD) return false;
	size = number_at(at);                   /* of what follows this number */
	kind = number_at(at + 8);
	if (size >= 12 && size < len - 4) len = size + 4;
	if (kind == STORED) return buf_add(out, at + PACKED_HEAD, len - PACKED_HEAD);
	if (kind == PACKED) unpack(out, at + PACKED_HEAD, at + len);
	return kind == PACKED;
}

/* ---- the words that matter ---- */

enum kind {
	KIND_TEXT,              /* stands for characters */
	KIND_ASIDE,             /* begins a group that is no text of the message */
	KIND_FONTS, KIND_FONT, KIND_CHARSET, KIND_FONT_PAGE, KIND_PAGE,
	KIND_CODE_POINT, KIND_SPARE, KIND_BYTES, KIND_PLAIN, KIND_HIDDEN,
	KIND_FROM_HTML, KIND_HTML, KIND_NOT_HTML,
};

static const struct { const char *word; enum kind kind; const char *text; } words[] = {
	{ "par", KIND_TEXT, "\n" }, { "line", KIND_TEXT, "\n" }, { "sect", KIND_TEXT, "\n" }, { "page", KIND_TEXT, "\n" }, { "row", KIND_TEXT, "\n" },
	{ "tab", KIND_TEXT, "\t" }, { "cell", KIND_TEXT, "\t" }, { "emdash", KIND_TEXT, "—" }, { "endash", KIND_TEXT, "–" }, { "bullet", KIND_TEXT, "•" },
	{ "lquote", KIND_TEXT, "‘" }, { "rquote", KIND_TEXT, "’" }, { "ldblquote", KIND_TEXT, "“" }, { "rdblquote", KIND_TEXT, "”" },
	{ "emspace", KIND_TEXT, " " }, { "enspace", KIND_TEXT, " " },
	{ "fonttbl", KIND_FONTS, NULL }, { "f", KIND_FONT, NULL }, { "fcharset", KIND_CHARSET, NULL }, { "cpg", KIND_FONT_PAGE, NULL }, { "ansicpg", KIND_PAGE, NULL },
	{ "u", KIND_CODE_POINT, NULL }, { "uc", KIND_SPARE, NULL }, { "bin", KIND_BYTES, NULL }, { "plain", KIND_PLAIN, NULL }, { "v", KIND_HIDDEN, NULL },
	{ "fromhtml", KIND_FROM_HTML, NULL }, { "htmltag", KIND_HTML, NULL }, { "htmlrtf", KIND_NOT_HTML, NULL },
	{ "colortbl", KIND_ASIDE, NULL }, { "stylesheet", KIND_ASIDE, NULL }, { "info", KIND_ASIDE, NULL }, { "pict", KIND_ASIDE, NULL },
	{ "object", KIND_ASIDE, NULL }, { "header", KIND_ASIDE, NULL }, { "headerl", KIND_ASIDE, NULL }, { "headerr", KIND_ASIDE, NULL },
	{ "headerf", KIND_ASIDE, NULL }, { "footer", KIND_ASIDE, NULL }, { "footerl", KIND_ASIDE, NULL }, { "footerr", KIND_ASIDE, NULL },
	{ "footerf", KIND_ASIDE, NULL }, { "fldinst", KIND_ASIDE, NULL }, { "xe", KIND_ASIDE, NULL }, { "tc", KIND_ASIDE, NULL }, { "mhtmltag", KIND_ASIDE, NULL },
};

/* \fcharset of the font table to a Windows code page. Source: RTF 1.9.1, font table. */
static const struct { int charset; unsigned page; } charsets[] = {
	{ 77, 10000 }, { 128, 932 }, { 129, 949 }, { 134, 936 }, { 136, 950 }, { 161, 1253 }, { 162, 1254 }, { 163, 1258 }, { 177, 1255 },
	{ 178, 1256 }, { 186, 1257 }, { 204, 1251 }, { 222, 874 }, { 238, 1250 }, { 254, 437 }, { 255, 850 },
};

/* ---- the walk ---- */

enum place { IN_TEXT, IN_HTML, IN_FONTS, ASIDE };

/* What a group inherits and gives back at its end. */
struct state { enum place place; bool is_hidden, is_not_html; unsigned spare; int font; };

struct rtf {
	struct buf *out, run;                   /* run: bytes of one code page that wait for their end */
	struct state now, outer[RTF_DEPTH_MAX];
	size_t depth;                           /* groups open; those beyond RTF_DEPTH_MAX share the state of that one */
	struct { int font; unsigned page; } fonts[RTF_FONTS_MAX];
	size_t font_count;
	unsigned page, to_skip;                 /* page: of the document; to_skip: what stands in for a code point, to be passed over */
	uint32_t lead;                          /* the first half of a surrogate pair */
	bool is_html, is_starred;               /* is_starred: "\*" came just before */
};

static unsigned page_of(const struct rtf *r)
{
	for (size_t i = 0; i < r->font_count; i++)
		if (r->fonts[i].font == r->now.font && r->fonts[i].page != 0) return r->fonts[i].page;
	return r->page;
}

static const char *label_of(unsigned page, char label_r[32])
{
	if (page == 65001) return "utf-8";
	if (page == 10000) return "macintosh";
	(void)snprintf(label_r, 32, page >= 1250 && page <= 1258 ? "windows-%u" : "cp%u", page);
	return label_r;
}

static bool is_shown(const struct rtf *r)
{
	if (r->now.place == IN_HTML) return r->is_html;
	return r->now.place == IN_TEXT && !r->now.is_hidden && !(r->is_html && r->now.is_not_html);
}

/* UTF-8 text into the result; words between the tags of folded HTML may hold no markup of their own. */
static void show(struct rtf *r, const char *text, size_t len)
{
	if (!is_shown(r)) return;
	if (!r->is_html || r->now.place == IN_HTML) {
		buf_add(r->out, text, len);
		return;
	}
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '<') buf_text(r->out, "&lt;");
		else if (text[i] == '&') buf_text(r->out, "&amp;");
		else buf_char(r->out, text[i]);
	}
}

static void end_run(struct rtf *r)
{
	struct buf text = BUF_INIT(r->run.len * 4 + 16);
	char label[32];

	r->lead = 0;
	if (r->run.len == 0) return;
	text_from_charset(&text, r->run.data, r->run.len, label_of(page_of(r), label), NULL);
	show(r, buf_str(&text), text.len);
	buf_release(&text);
	buf_clear(&r->run);
}

static void take_byte(struct rtf *r, char c)
{
	if (r->to_skip > 0) { r->to_skip--; return; }
	r->lead = 0;
	if (is_shown(r)) buf_char(&r->run, c);
}

static void take_code_point(struct rtf *r, long number)
{
	uint32_t c = (uint32_t)(number & 0xFFFF);
	const uint32_t lead = r->lead;
	struct buf text = BUF_INIT(8);

	end_run(r);
	r->to_skip = r->now.spare;
	if (c >= 0xD800 && c < 0xDC00) { r->lead = c; return; }
	if (c >= 0xDC00 && c < 0xE000) c = lead != 0 ? 0x10000 + ((lead - 0xD800) << 10) + (c - 0xDC00) : 0xFFFD;
	if (c >= 0x20 && utf8_put(&text, c)) show(r, text.data, text.len);
	buf_release(&text);
}

static void begin_group(struct rtf *r)
{
	end_run(r);
	if (r->depth < RTF_DEPTH_MAX) r->outer[r->depth] = r->now;
	r->depth++;
	r->to_skip = 0;
	r->is_starred = false;
}

static void end_group(struct rtf *r)
{
	end_run(r);
	r->to_skip = 0;
	r->is_starred = false;
	if (r->depth == 0) return;
	if (--r->depth < RTF_DEPTH_MAX) r->now = r->outer[r->depth];
}

/* Within the font table a font's number begins its row; elsewhere it chooses the font. */
static void take_font(struct rtf *r, int font)
{
	end_run(r);
	r->now.font = font;
	if (r->now.place == IN_FONTS && r->font_count < RTF_FONTS_MAX) {
		r->fonts[r->font_count].font = font;
		r->fonts[r->font_count++].page = 0;
	}
}

static void set_font_page(struct rtf *r, unsigned page)
{
	if (r->now.place == IN_FONTS && r->font_count > 0 && page != 0) r->fonts[r->font_count - 1].page = page;
}

static unsigned page_of_charset(long charset)
{
	for (size_t i = 0; i < COUNT_OF(charsets); i++)
		if (charsets[i].charset == charset) return charsets[i].page;
	return 0;
}

static void enter(struct rtf *r, enum place place)
{
	end_run(r);
	if (r->now.place != ASIDE) r->now.place = place;
}

/* What a word of the table does. A word without a number has number 1 and is_set. */
static void act(struct rtf *r, enum kind kind, const char *text, long number)
{
	switch (kind) {
	case KIND_TEXT: end_run(r); if (r->to_skip > 0) r->to_skip--; else show(r, text, strlen(text)); break;
	case KIND_ASIDE: enter(r, ASIDE); break;
	case KIND_FONTS: enter(r, IN_FONTS); break;
	case KIND_FONT: take_font(r, (int)(number & 0xFFFF)); break;
	case KIND_CHARSET: set_font_page(r, page_of_charset(number)); break;
	case KIND_FONT_PAGE: set_font_page(r, (unsigned)(number & 0xFFFF)); break;
	case KIND_PAGE: r->page = (unsigned)(number & 0xFFFF); break;
	case KIND_CODE_POINT: if (is_shown(r)) take_code_point(r, number); break;
	case KIND_SPARE: r->now.spare = (unsigned)(number & 0xF); break;
	case KIND_PLAIN: end_run(r); r->now.is_hidden = false; break;
	case KIND_HIDDEN: end_run(r); r->now.is_hidden = number != 0; break;
	case KIND_FROM_HTML: r->is_html = number != 0; break;
	case KIND_HTML: enter(r, IN_HTML); break;
	case KIND_NOT_HTML: end_run(r); r->now.is_not_html = number != 0; break;
	case KIND_BYTES: break;                 /* done where the bytes are */
	}
}

/* ---- reading ---- */

struct word { char name[32]; long number; };

/* The letters and the number at at; returns what stands behind them and their one space. */
static size_t read_word(const char *rtf, size_t len, size_t at, struct word *word_r)
{
	size_t n = 0;
	bool is_negative = false;

	*word_r = (struct word){ .number = 1 };
	for (; at < len && isalpha((unsigned char)rtf[at]); at++)
		if (n + 1 < sizeof(word_r->name)) word_r->name[n++] = rtf[at];
	if (at + 1 < len && rtf[at] == '-' && isdigit((unsigned char)rtf[at + 1])) { is_negative = true; at++; }
	if (at < len && isdigit((unsigned char)rtf[at])) word_r->number = 0;
	for (; at < len && isdigit((unsigned char)rtf[at]); at++)
		if (word_r->number < 100000000) word_r->number = word_r->number * 10 + (rtf[at] - '0');
	if (is_negative) word_r->number = -word_r->number;
	return at < len && rtf[at] == ' ' ? at + 1 : at;
}

static size_t take_word(struct rtf *r, const char *rtf, size_t len, size_t at)
{
	const bool is_starred = r->is_starred;
	struct word word;
	size_t i = 0;

	at = read_word(rtf, len, at, &word);
	r->is_starred = false;
	while (i < COUNT_OF(words) && strcmp(words[i].word, word.name) != 0) i++;
	if (i == COUNT_OF(words)) {
		if (is_starred) enter(r, ASIDE);        /* a group that may be left out by who does not know it */
		return at;
	}
	if (words[i].kind == KIND_BYTES) return word.number > 0 && (size_t)word.number < len - at ? at + (size_t)word.number : word.number > 0 ? len : at;
	act(r, words[i].kind, words[i].text, word.number);
	return at;
}

static int hex_at(const char *rtf, size_t len, size_t at)
{
	const char pair[3] = { at < len ? rtf[at] : 'x', at + 1 < len ? rtf[at + 1] : 'x', '\0' };
	char *end;
	const long value = strtol(pair, &end, 16);

	return isxdigit((unsigned char)pair[0]) && *end == '\0' ? (int)value : -1;
}

/* What stands behind a backslash at at - 1. */
static size_t take_control(struct rtf *r, const char *rtf, size_t len, size_t at)
{
	const char c = rtf[at];
	int byte;

	if (isalpha((unsigned char)c)) return take_word(r, rtf, len, at);
	switch (c) {
	case '\'':
		byte = hex_at(rtf, len, at + 1);
		if (byte < 0) return at + 1;
		take_byte(r, (char)byte);
		return at + 3;
	case '*': r->is_starred = true; break;
	case '~': take_byte(r, ' '); break;
	case '_': take_byte(r, '-'); break;
	case '\\': case '{': case '}': take_byte(r, c); break;
	case '\r': case '\n': act(r, KIND_TEXT, "\n", 1); break;
	default: break;
	}
	return at + 1;
}

bool rtf_read(struct buf *out, const char *rtf, size_t len)
{
	struct rtf *r = mem_new(sizeof(*r));
	bool is_html;

	*r = (struct rtf){ .out = out, .run = BUF_INIT(len + 16), .now = { .spare = 1, .font = -1 }, .page = 1252 };
	for (size_t at = 0; at < len && !out->is_full;) {
		const char c = rtf[at++];

		if (c == '{') begin_group(r);
		else if (c == '}') end_group(r);
		else if (c == '\\') at = at < len ? take_control(r, rtf, len, at) : len;
		else if (c == '\t') act(r, KIND_TEXT, "\t", 1);
		else if ((unsigned char)c >= 0x20) take_byte(r, c);
	}
	end_run(r);
	is_html = r->is_html;
	buf_release(&r->run);
	free(r);
	return is_html;
}
