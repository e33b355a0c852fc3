/* html_entities.c - see html_entities.h. Source: HTML Living Standard, named character reference state and its table of names. */
#include "text/html_entities.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

/* The names that stand for a character without ";" as well, by byte order; none is the beginning of another. */
static const char *const short_names[] = {
	"AElig", "AMP", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "COPY", "Ccedil", "ETH", "Eacute", "Ecirc", "Egrave", "Euml", "GT",
	"Iacute", "Icirc", "Igrave", "Iuml", "LT", "Ntilde", "Oacute", "Ocirc", "Ograve", "Oslash", "Otilde", "Ouml", "QUOT", "REG", "THORN", "Uacute",
	"Ucirc", "Ugrave", "Uuml", "Yacute", "aacute", "acirc", "acute", "aelig", "agrave", "amp", "aring", "atilde", "auml", "brvbar", "ccedil", "cedil",
	"cent", "copy", "curren", "deg", "divide", "eacute", "ecirc", "egrave", "eth", "euml", "frac12", "frac14", "frac34", "gt", "iacute", "icirc",
	"iexcl", "igrave", "iquest", "iuml", "laquo", "lt", "macr", "micro", "middot", "nbsp", "not", "ntilde", "oacute", "ocirc", "ograve", "ordf", "ordm",
	"oslash", "otilde", "ouml", "para", "plusmn", "pound", "quot", "raquo", "reg", "sect", "shy", "sup1", "sup2", "sup3", "szlig", "thorn", "times",
	"uacute", "ucirc", "ugrave", "uml", "uuml", "yacute", "yen", "yuml",
};

static bool is_letter_or_digit(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

static int compare_beginning(const void *text, const void *name)
{
	return strncmp(text, *(const char *const *)name, strlen(*(const char *const *)name));
}

static const char *short_name(const char *text)
{
	const char *const *found = bsearch(text, short_names, COUNT_OF(short_names), sizeof(short_names[0]), compare_beginning);

	return found != NULL ? *found : NULL;
}

/* How long the name is that stands behind "&" and lacks its semicolon, 0 for none. In a tag it is all of the word; "&copy=" is never a sign, for
 * addresses stand in texts unmasked; and what ends in ";" may be one of the two thousand longer names. */
static size_t open_name_len(const char *text, const char *end, bool is_in_tag)
{
	const char *name = short_name(text), *word = text;

	if (name == NULL) return 0;
	while (word < end && is_letter_or_digit(*word)) word++;
	if (*word == ';' || *word == '=') return 0;
	return is_in_tag && (size_t)(word - text) != strlen(name) ? 0 : strlen(name);
}

/* Behind a tag; what stands between quotation marks behind "=" ends none. */
static const char *tag_end(const char *tag, const char *end)
{
	for (const char *at = tag; at < end; at++) {
		if (*at == '>') return at + 1;
		if (*at != '=') continue;
		while (at + 1 < end && strchr(" \t\r\n", at[1]) != NULL) at++;
		if (at + 1 < end && (at[1] == '"' || at[1] == '\'')) at = memchr(at + 2, at[1], (size_t)(end - at) - 2);
		if (at == NULL) return end;
	}
	return end;
}

/* What of html is known to be text or tags: outside is where the first byte stands that is not. */
static bool is_in_tag(const char **outside, const char *at, const char *end)
{
	while (*outside < at) {
		const char *tag = memchr(*outside, '<', (size_t)(at - *outside));

		if (tag == NULL) *outside = at;
		else *outside = is_letter_or_digit(tag[1]) ? tag_end(tag, end) : tag + 1;
	}
	return *outside > at;
}

/* The parser knows six of the names in small letters only. */
static void put_name(struct buf *out, const char *name, size_t len)
{
	static const char *const capitals[] = { "AMP", "COPY", "GT", "LT", "QUOT", "REG" };
	bool is_capital = false;

	for (size_t i = 0; i < COUNT_OF(capitals); i++) is_capital |= strlen(capitals[i]) == len && memcmp(capitals[i], name, len) == 0;
	for (size_t i = 0; i < len; i++) buf_char(out, is_capital ? (char)(name[i] | 0x20) : name[i]);
	buf_char(out, ';');
}

void html_end_entities(struct buf *html)
{
	struct buf ended = BUF_INIT(html->len + html->len / 2 + 16);
	const char *const end = buf_str(html) + html->len;
	const char *from = buf_str(html), *outside = from;

	for (const char *at = from; at < end && (at = memchr(at, '&', (size_t)(end - at))) != NULL; at++) {
		const size_t len = open_name_len(at + 1, end, is_in_tag(&outside, at, end));

		if (len == 0) continue;
		buf_add(&ended, from, (size_t)(at + 1 - from));
		put_name(&ended, at + 1, len);
		from = at + 1 + len;
	}
	if (from > html->data) {
		buf_add(&ended, from, (size_t)(end - from));
		buf_release(html);
		*html = ended;
	} else {
		buf_release(&ended);
	}
}
