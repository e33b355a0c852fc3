/* page.c - the frame of every page, written once. */
#include "net/page.h"

#include <stdlib.h>
#include <string.h>
#include "base/language_tag.h"

#define PREFERENCES_MAX 32              /* entries of Accept-Language that are looked at */

/* tag in <html lang="">, short_tag in ?lang= (where Simplified Chinese always was "zh"), name as its readers call it. */
static const struct { const char *tag, *short_tag, *name; } languages[PAGE_LANGUAGES] = {
	[PAGE_EN] = { "en", "en", "English" }, [PAGE_HANS] = { "zh-Hans", "zh", "简体中文" }, [PAGE_HANT] = { "zh-Hant", "zh-Hant", "繁體中文" },
};

/* The page's language for a tag; -1: none of them. */
static int language_of(const char *tag, size_t len)
{
	if (language_tag_is(tag, len, "zh")) return language_tag_is_traditional(tag, len) ? PAGE_HANT : PAGE_HANS;
	return language_tag_is(tag, len, "en") ? PAGE_EN : -1;
}

bool page_speaks(const char *tag)
{
	return tag != NULL && language_of(tag, strlen(tag)) >= 0;
}

/* The weight behind ";q=", in thousandths. */
static long weight_of(const char *entry, size_t len)
{
	const char *semicolon = memchr(entry, ';', len);
	const char *q = semicolon != NULL ? strstr(semicolon, "q=") : NULL;
	double value;

	if (q == NULL || q >= entry + len) return 1000;
	value = strtod(q + 2, NULL);
	return value > 0 && value <= 1 ? (long)(value * 1000) : 0;
}

enum page_language page_language(const char *asked, const char *accept, const char *otherwise)
{
	int best = asked != NULL ? language_of(asked, strlen(asked)) : -1;
	long best_weight = 0;

	if (best >= 0) return (enum page_language)best;
	for (size_t n = 0; accept != NULL && *accept != '\0' && n < PREFERENCES_MAX; n++) {
		const size_t skip = strspn(accept, " \t,"), len = strcspn(accept + skip, ",");
		const char *entry = accept + skip;
		const int language = language_of(entry, strcspn(entry, ",; \t"));

		if (language >= 0 && weight_of(entry, len) > best_weight) {
			best = language;
			best_weight = weight_of(entry, len);
		}
		accept = entry + len;
	}
	if (best < 0 && otherwise != NULL) best = language_of(otherwise, strlen(otherwise));
	return best >= 0 ? (enum page_language)best : PAGE_EN;
}

const char *page_tag(enum page_language language)
{
	return languages[language].tag;
}

const char *page_short(enum page_language language)
{
	return languages[language].short_tag;
}

static const char *escape_of(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

static void add_escaped(struct buf *b, const char *text, bool lines)
{
	while (*text != '\0') {
		const size_t plain = strcspn(text, lines ? "&<>\"'\n" : "&<>\"'");

		(void)buf_add(b, text, plain);
		text += plain;
		if (*text == '\0') break;
		(void)buf_text(b, *text == '\n' ? "<br>\n" : escape_of(*text));
		text++;
	}
}

void page_text(struct buf *b, const char *text)
{
	if (text != NULL) add_escaped(b, text, false);
}

void page_lines(struct buf *b, const char *text)
{
	if (text != NULL) add_escaped(b, text, true);
}

void page_format(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	for (const char *at = fmt; *at != '\0'; at++) {
		const size_t plain = strcspn(at, "%");

		(void)buf_add(b, at, plain);
		at += plain;
		if (*at == '\0') break;
		at++;
		if (*at == 's') page_text(b, va_arg(ap, const char *));
		else if (*at == '%') (void)buf_char(b, '%');
		else abort();
	}
	va_end(ap);
}

static void add_head(struct buf *b, enum page_language language, const char *title, const struct page_look *look)
{
	page_format(b, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	               "<meta name=\"robots\" content=\"noindex\">\n<title>%s</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n",
	            page_tag(language), title);
	if (look != NULL && look->style != NULL) page_format(b, "<link rel=\"stylesheet\" href=\"%s\">\n", look->style);
	(void)buf_text(b, "</head>\n<body>\n");
}

static void add_brand(struct buf *b, const struct page_look *look)
{
	if (look == NULL || (look->logo == NULL && look->name == NULL)) return;
	(void)buf_text(b, "<p class=\"brand\">");
	if (look->logo != NULL) page_format(b, "<img src=\"%s\" alt=\"\">", look->logo);
	if (look->name != NULL) page_format(b, "<span>%s</span>", look->name);
	(void)buf_text(b, "</p>\n");
}

static void add_main(struct buf *b, const char *title, const char *kind, const struct page_look *look)
{
	page_format(b, "<main class=\"%s\">\n", kind);
	add_brand(b, look);
	page_format(b, "<h1>%s</h1>\n", title);
}

static void add_links(struct buf *b, enum page_language language, const char *switch_to)
{
	(void)buf_text(b, "<nav class=\"languages\">");
	for (size_t i = 0; i < PAGE_LANGUAGES; i++)
		if (i != (size_t)language)
			page_format(b, "<a href=\"%s%s\" lang=\"%s\" hreflang=\"%s\">%s</a>\n", switch_to, languages[i].short_tag, languages[i].tag, languages[i].tag, languages[i].name);
	(void)buf_text(b, "</nav>\n");
}

void page_begin_look(struct buf *b, enum page_language language, const char *title, const char *kind, const char *switch_to, const struct page_look *look)
{
	add_head(b, language, title, look);
	if (switch_to != NULL) add_links(b, language, switch_to);
	add_main(b, title, kind, look);
}

void page_begin(struct buf *b, enum page_language language, const char *title, const char *kind, const char *switch_to)
{
	page_begin_look(b, language, title, kind, switch_to, NULL);
}

void page_end(struct buf *b)
{
	(void)buf_text(b, "</main>\n</body>\n</html>\n");
}

void page_end_form(struct buf *b, enum page_language language)
{
	(void)buf_text(b, "</main>\n<nav class=\"languages late\">");
	for (size_t i = 0; i < PAGE_LANGUAGES; i++)
		if (i != (size_t)language)
			page_format(b, "<button class=\"plain\" type=\"submit\" form=\"form\" formnovalidate name=\"switch\" value=\"%s\" lang=\"%s\">%s</button>\n",
			            languages[i].short_tag, languages[i].tag, languages[i].name);
	(void)buf_text(b, "</nav>\n</body>\n</html>\n");
}
