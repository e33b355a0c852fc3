/* html_strip.c - see html_strip.h. Tags are taken apart as libxml2 does it, bad ones too: names, values and what it passes over end where they end there;
 * what is in doubt stays as it is. Source: htmlParseStartTag(), htmlParseAttribute(), htmlParseComment() and htmlParseScript() of libxml2 2.9.14. */
#include "text/html_strip.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include "text/html_marks.h"

#define NAME_MAX_BYTES 90               /* libxml2 cuts longer names into several */

/* What is left of the HTML, and where the next byte goes. */
struct strip { const char *at, *end; char *to; };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool is_name_start(char c)
{
	return is_letter(c) || c == '_' || c == ':' || c == '.';
}

static bool is_name_char(char c)
{
	return is_name_start(c) || c == '-' || (c >= '0' && c <= '9');
}

static void keep(struct strip *s, const char *from, const char *end)
{
	memcpy(s->to, from, (size_t)(end - from));
	s->to += end - from;
}

/* Keeps all up to here. */
static void keep_up_to(struct strip *s, const char *end)
{
	keep(s, s->at, end);
	s->at = end;
}

static void keep_rest(struct strip *s)
{
	keep_up_to(s, s->end);
}

static const char *skip_blanks(const struct strip *s, const char *at)
{
	while (at < s->end && is_blank(*at)) at++;
	return at;
}

static const char *name_end(const struct strip *s, const char *at)
{
	while (at < s->end && is_name_char(*at)) at++;
	return at;
}

static bool is_name(const char *name, size_t len, const char *wanted)
{
	return strlen(wanted) == len && strncasecmp(name, wanted, len) == 0;
}

/* What somebody asks for. */
static bool is_read(const char *name, size_t len)
{
	for (size_t i = 0; i < HTML_ATTRIBUTES; i++)
		if ((name[0] | 0x20) == html_names[i][0] && is_name(name, len, html_names[i])) return true;
	return false;
}

/* ---- tags ---- */

static bool is_tag_end(const struct strip *s, const char *at)
{
	return at == s->end || *at == '>' || (*at == '/' && at + 1 < s->end && at[1] == '>');
}

/* Behind the value at at; NULL when its quotation mark is never closed. */
static const char *value_end(const struct strip *s, const char *at)
{
	if (at < s->end && (*at == '"' || *at == '\'')) {
		at = memchr(at + 1, *at, (size_t)(s->end - at) - 1);
		return at != NULL ? at + 1 : NULL;
	}
	while (at < s->end && !is_blank(*at) && *at != '>') at++;
	return at;
}

/* What begins no name goes to the next blank. */
static const char *bogus_end(const struct strip *s, const char *at)
{
	while (!is_tag_end(s, at) && !is_blank(*at)) at++;
	return at;
}

/* An attribute, or what stands where one should; false when where it ends is in doubt. */
static bool strip_attribute(struct strip *s)
{
	const char *const start = s->at, *const name = name_end(s, start), *at = name;
	bool is_kept = true;

	if (!is_name_start(*start)) {
		at = bogus_end(s, start);
	} else {
		if (name - start > NAME_MAX_BYTES) return false;
		is_kept = is_read(start, (size_t)(name - start));
		at = skip_blanks(s, name);
		if (at < s->end && *at == '=') at = value_end(s, skip_blanks(s, at + 1));
		else at = name;
		if (at == NULL) return false;
	}
	if (is_kept) {
		*s->to++ = ' ';
		keep(s, start, at);
	}
	s->at = at;
	return true;
}

/* Keeps what is no markup inside the element that was opened. */
static void keep_inside(struct strip *s, const char *closing)
{
	for (const char *at = s->at; (at = memmem(at, (size_t)(s->end - at), "</", 2)) != NULL; at++)
		if ((size_t)(s->end - at) >= strlen(closing) && strncasecmp(at, closing, strlen(closing)) == 0) {
			keep_up_to(s, at);
			return;
		}
	keep_rest(s);
}

static void strip_tag(struct strip *s)
{
	const char *const name = s->at + 1, *const behind = name_end(s, name);
	const size_t len = (size_t)(behind - name);

	if (len > NAME_MAX_BYTES) {
		keep_rest(s);
		return;
	}
	keep_up_to(s, behind);
	for (s->at = skip_blanks(s, s->at); !is_tag_end(s, s->at); s->at = skip_blanks(s, s->at)) {
		if (strip_attribute(s)) continue;
		*s->to++ = ' ';
		keep_rest(s);
		return;
	}
	if (s->to[-1] == '/' || (s->at < s->end && *s->at == '/')) *s->to++ = ' ';     /* what ends the tag goes on no value, and no slash that was alone ends it */
	if (is_name(name, len, "script")) keep_inside(s, "</script");
	if (is_name(name, len, "style")) keep_inside(s, "</style");
}

/* ---- all of it ---- */

/* Ends that only some parsers know, and comments that are over at once, stay. */
static void strip_comment(struct strip *s)
{
	const char *const inside = s->at + 4, *const end = memmem(inside, (size_t)(s->end - inside), "-->", 3);

	if (end == NULL) {
		keep_rest(s);
	} else if (*inside == '>' || *inside == '-' || memmem(inside, (size_t)(end - inside), "--", 2) != NULL) {
		keep_up_to(s, end + 3);
	} else {
		keep(s, "<!-- -->", "<!-- -->" + 8);
		s->at = end + 3;
	}
}

/* The end of an element; what names none is text. */
static void keep_end(struct strip *s)
{
	const char *const name = s->at + 2, *const end = name < s->end && is_name_start(*name) ? memchr(name, '>', (size_t)(s->end - name)) : name - 1;

	keep_up_to(s, end != NULL ? end + 1 : s->end);
}

/* A declaration with an odd mark of quotation goes on behind '>', and one that is none is text, in which tags may begin. */
static void keep_declaration(struct strip *s)
{
	const char *const end = memchr(s->at, '>', (size_t)(s->end - s->at));
	size_t quotes = 0, others = 0;

	for (const char *at = s->at + 1; end != NULL && at < end; at++) {
		quotes += *at == '"';
		others += *at == '\'' || *at == '<';
	}
	if (end == NULL || quotes % 2 != 0 || others > 0) keep_rest(s);
	else keep_up_to(s, end + 1);
}

static void strip_markup(struct strip *s)
{
	const size_t left = (size_t)(s->end - s->at);

	if (left >= 2 && is_letter(s->at[1])) strip_tag(s);
	else if (left > 4 && memcmp(s->at, "<!--", 4) == 0) strip_comment(s);
	else if (left >= 2 && s->at[1] == '/') keep_end(s);
	else if (left >= 2 && (s->at[1] == '!' || s->at[1] == '?')) keep_declaration(s);
	else keep_up_to(s, s->at + 1);
}

void html_strip(struct buf *out, const char *html, size_t len)
{
	struct strip s = { .at = html, .end = html + len, .to = buf_reserve(out, len * 2 + 8) };        /* a blank before each attribute, and before the end */

	if (s.to == NULL) return;
	if (len > 0 && memchr(html, '\0', len) != NULL) keep_rest(&s);
	while (s.at < s.end) {
		const char *markup = memchr(s.at, '<', (size_t)(s.end - s.at));

		keep_up_to(&s, markup != NULL ? markup : s.end);
		if (markup != NULL) strip_markup(&s);
	}
	*s.to = '\0';
	out->len = (size_t)(s.to - out->data);
}
