/* enriched.c - one walk over the text. In enriched text a single line end is a space and each further one an end of line; in rich text all of
 * them are spaces and <nl> ends a line. */
#include "text/enriched.h"

#include <ctype.h>
#include <string.h>
#include "base/mem.h"

#define TAG_MAX 60                      /* characters of a tag's name (RFC 1896 section 2) */
#define QUOTES_MAX 10

struct enriched {
	struct buf *out;
	bool is_richtext, is_line_start;
	int aside, as_it_is, quotes;            /* open tags: whose text is left out, whose line ends stand, that quote */
};

static void put(struct enriched *e, char c)
{
	if (e->aside > 0) return;
	if (e->is_line_start && c != '\n')
		for (int i = 0; i < e->quotes && i < QUOTES_MAX; i++) buf_text(e->out, "> ");
	buf_char(e->out, c);
	e->is_line_start = c == '\n';
}

static void end_line(struct enriched *e)
{
	if (!e->is_line_start) put(e, '\n');
}

/* Opens (by 1) or closes (by -1) a tag. */
static void count(int *open, int by)
{
	if (*open + by >= 0) *open += by;
}

static void take_tag(struct enriched *e, const char *name, int by)
{
	static const char *const blocks[] = { "center", "flushleft", "flushright", "flushboth", "paragraph", "np", "paraindent", "indent" };
	static const struct { const char *name; char c; } signs[] = { { "nl", '\n' }, { "lt", '<' }, { "gt", '>' }, { "sp", ' ' } };

	if (strcmp(name, "param") == 0 || strcmp(name, "comment") == 0) count(&e->aside, by);
	if (strcmp(name, "nofill") == 0 || strcmp(name, "verbatim") == 0) count(&e->as_it_is, by);
	if (strcmp(name, "excerpt") == 0) {
		end_line(e);
		count(&e->quotes, by);
	}
	for (size_t i = 0; i < COUNT_OF(blocks); i++)
		if (strcmp(name, blocks[i]) == 0) end_line(e);
	for (size_t i = 0; e->is_richtext && by > 0 && i < COUNT_OF(signs); i++)
		if (strcmp(name, signs[i].name) == 0) put(e, signs[i].c);
}

/* The length of the tag that begins at text, 0 when it is none. */
static size_t tag_at(const char *text, size_t len, char name_r[TAG_MAX + 1], int *by_r)
{
	size_t at = 1, n = 0;

	*by_r = at < len && text[at] == '/' ? -1 : 1;
	if (*by_r < 0) at++;
	for (; at < len && n < TAG_MAX && (isalnum((unsigned char)text[at]) || text[at] == '-'); at++) name_r[n++] = (char)tolower((unsigned char)text[at]);
	name_r[n] = '\0';
	return n > 0 && at < len && text[at] == '>' ? at + 1 : 0;
}

/* A row of line ends; returns its length. */
static size_t take_lines(struct enriched *e, const char *text, size_t len)
{
	size_t rows = 0;

	while (rows < len && text[rows] == '\n') rows++;
	if (e->as_it_is > 0) for (size_t i = 0; i < rows; i++) put(e, '\n');
	else if (rows == 1 || e->is_richtext) put(e, ' ');
	else for (size_t i = 1; i < rows; i++) put(e, '\n');
	return rows;
}

void enriched_to_text(struct buf *out, const char *text, size_t len, bool is_richtext)
{
	struct enriched e = { .out = out, .is_richtext = is_richtext, .is_line_start = true };

	for (size_t at = 0; at < len && !out->is_full;) {
		char name[TAG_MAX + 1];
		int by = 0;
		size_t tag = 0;

		if (text[at] == '<') tag = tag_at(text + at, len - at, name, &by);
		if (tag > 0) {
			take_tag(&e, name, by);
			at += tag;
		} else if (text[at] == '\n') {
			at += take_lines(&e, text + at, len - at);
		} else {
			if (text[at] == '<' && !is_richtext && at + 1 < len && text[at + 1] == '<') at++;       /* "<<" stands for "<" */
			put(&e, text[at++]);
		}
	}
}
