/* mustache.c - reads a template: one pass over the text, from tag to tag. A tag that only steers (section, comment, partial, delimiters) and stands
 * alone on its line takes the whole line with it. */
#include "policy/mustache_parts.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"

#define DELIMITER_MAX 8

struct delimiter { char text[DELIMITER_MAX + 1]; size_t len; };

struct reading {
	struct mustache *m;
	const char *name;               /* for messages */
	struct delimiter open, close;
	size_t at;                      /* everything before is read */
	uint32_t sections[MUSTACHE_NESTING_MAX];        /* the open ones: their nodes */
	size_t depth;
	struct ik_error *err;
};

/* One tag as it stands in the text: {{ sigil content }} from `from` to `to`. */
struct tag { size_t from, to, at, len; char sigil; };

/* Line and column, both from 1. */
static void place_of(const struct mustache *m, size_t at, size_t *line_r, size_t *column_r)
{
	*line_r = m->first_line;
	*column_r = 1;
	for (size_t i = 0; i < at && i < m->len; i++) {
		if (m->text[i] == '\n') {
			(*line_r)++;
			*column_r = 1;
		} else if (((unsigned char)m->text[i] & 0xc0) != 0x80) {
			(*column_r)++;
		}
	}
}

__attribute__((format(printf, 3, 4)))
static enum ik_rc refuse(const struct reading *r, size_t at, const char *fmt, ...)
{
	struct ik_error why = { "" };
	size_t line, column;
	va_list ap;

	va_start(ap, fmt);
	(void)ik_vfail(IK_CONFIG, &why, fmt, ap);
	va_end(ap);
	place_of(r->m, at, &line, &column);
	return ik_fail(IK_CONFIG, r->err, "%s:%zu:%zu: %.400s", r->name, line, column, why.text);
}

static struct node *node_add(struct mustache *m, enum node_kind kind, size_t at, size_t len, size_t from)
{
	if (m->count == m->room) {
		m->room = m->room == 0 ? 8 : m->room * 2;
		m->nodes = mem_grow(m->nodes, m->room, sizeof(*m->nodes));
	}
	m->nodes[m->count] = (struct node){ .kind = (uint8_t)kind, .at = (uint32_t)at, .len = (uint32_t)len, .tag_at = (uint32_t)from,
	                                    .starts_line = from == 0 || m->text[from - 1] == '\n' };
	return &m->nodes[m->count++];
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

/* Cuts white space off both ends of a tag's content. */
static void trim(const struct mustache *m, struct tag *tag)
{
	while (tag->len > 0 && is_space(m->text[tag->at])) {
		tag->at++;
		tag->len--;
	}
	while (tag->len > 0 && is_space(m->text[tag->at + tag->len - 1])) tag->len--;
}

/* ---- a tag -------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc find_end(const struct reading *r, struct tag *tag)
{
	const struct mustache *m = r->m;
	const char twin = tag->sigil == '{' ? '}' : tag->sigil == '=' ? '=' : '\0';
	const char *end = m->text + tag->at;

	for (;;) {
		end = memmem(end, m->len - (size_t)(end - m->text), r->close.text, r->close.len);
		if (end == NULL) return refuse(r, tag->from, "this tag is not closed with \"%s%s\"", twin == '}' ? "}" : twin == '=' ? "=" : "", r->close.text);
		tag->len = (size_t)(end - (m->text + tag->at));
		tag->to = tag->at + tag->len + r->close.len;
		if (twin == '\0') return IK_OK;
		/* {{{a}}}: the first }} may begin one byte too early */
		if (twin == '}' && r->close.text[0] == '}' && tag->to < m->len && m->text[tag->to] == '}' && strcmp(r->close.text, "}}") == 0) {
			tag->to++;
			return IK_OK;
		}
		if (tag->len > 0 && end[-1] == twin) {
			tag->len--;
			return IK_OK;
		}
		end++;
	}
}

static enum ik_rc read_tag(const struct reading *r, size_t from, struct tag *tag_r)
{
	const struct mustache *m = r->m;
	const size_t at = from + r->open.len;
	struct tag tag = { .from = from, .at = at, .sigil = '\0' };
	enum ik_rc rc;

	if (at < m->len && memchr("#^/>!&{=", m->text[at], 8) != NULL) {
		tag.sigil = m->text[at];
		tag.at++;
	}
	rc = find_end(r, &tag);
	trim(m, &tag);
	*tag_r = tag;
	return rc;
}

static enum ik_rc check_name(const struct reading *r, const struct tag *tag, bool is_partial)
{
	const char *name = r->m->text + tag->at;

	if (tag->len == 0) return refuse(r, tag->from, "this tag holds no name");
	if (tag->len > MUSTACHE_NAME_MAX) return refuse(r, tag->from, "a name has at most %d bytes", MUSTACHE_NAME_MAX);
	for (size_t i = 0; i < tag->len; i++) {
		if ((unsigned char)name[i] <= ' ' || name[i] == 0x7f) return refuse(r, tag->from, "a name holds no blanks");
		if (strchr("{}", name[i]) != NULL) return refuse(r, tag->from, "a name holds no braces");
	}
	if (is_partial || (tag->len == 1 && name[0] == '.')) return IK_OK;
	if (name[0] == '.' || name[tag->len - 1] == '.' || memmem(name, tag->len, "..", 2) != NULL)
		return refuse(r, tag->from, "\"%.*s\" has a dot without a name beside it", (int)tag->len, name);
	return IK_OK;
}

/* ---- what tags do --------------------------------------------------------------------------------------------------------------- */

static enum ik_rc open_section(struct reading *r, const struct tag *tag)
{
	if (r->depth == MUSTACHE_NESTING_MAX) return refuse(r, tag->from, "more than %d sections inside each other", MUSTACHE_NESTING_MAX);
	r->sections[r->depth++] = r->m->count;
	(void)node_add(r->m, tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED, tag->at, tag->len, tag->from);
	return IK_OK;
}

static enum ik_rc close_section(struct reading *r, const struct tag *tag)
{
	const struct mustache *m = r->m;
	struct node *open;

	if (r->depth == 0) return refuse(r, tag->from, "{{/%.*s}} closes no section", (int)tag->len, m->text + tag->at);
	open = &m->nodes[r->sections[r->depth - 1]];
	if (open->len != tag->len || memcmp(m->text + open->at, m->text + tag->at, tag->len) != 0)
		return refuse(r, tag->from, "{{/%.*s}} stands where {{/%.*s}} is due", (int)tag->len, m->text + tag->at, (int)open->len, m->text + open->at);
	r->depth--;
	open->end = m->count;
	return IK_OK;
}

static bool take_delimiter(const struct mustache *m, size_t *at, size_t end, struct delimiter *d_r)
{
	const size_t from = *at;

	while (*at < end && !is_space(m->text[*at]) && m->text[*at] != '=') (*at)++;
	if (*at == from || *at - from > DELIMITER_MAX) return false;
	d_r->len = *at - from;
	memcpy(d_r->text, m->text + from, d_r->len);
	d_r->text[d_r->len] = '\0';
	while (*at < end && is_space(m->text[*at])) (*at)++;
	return true;
}

static enum ik_rc set_delimiters(struct reading *r, const struct tag *tag)
{
	const size_t end = tag->at + tag->len;
	size_t at = tag->at;

	if (!take_delimiter(r->m, &at, end, &r->open) || !take_delimiter(r->m, &at, end, &r->close) || at != end)
		return refuse(r, tag->from, "delimiters are two words of at most %d bytes without \"=\", as in {{=<%% %%>=}}", DELIMITER_MAX);
	return IK_OK;
}

static void add_partial(const struct reading *r, const struct tag *tag, bool is_alone, size_t line_at)
{
	struct node *node = node_add(r->m, NODE_PARTIAL, tag->at, tag->len, tag->from);

	if (!is_alone) return;
	node->is_alone = true;
	node->indent_at = (uint32_t)line_at;
	node->indent_len = (uint32_t)(tag->from - line_at);
}

static enum ik_rc act(struct reading *r, const struct tag *tag, bool is_alone, size_t line_at)
{
	struct mustache *m = r->m;
	enum ik_rc rc = tag->sigil == '!' || tag->sigil == '=' ? IK_OK : check_name(r, tag, tag->sigil == '>');

	if (rc != IK_OK) return rc;
	switch (tag->sigil) {
	case '#': case '^': return open_section(r, tag);
	case '/': return close_section(r, tag);
	case '=': rc = set_delimiters(r, tag); break;
	case '>': add_partial(r, tag, is_alone, line_at); return IK_OK;
	case '{': case '&': (void)node_add(m, NODE_RAW, tag->at, tag->len, tag->from); return IK_OK;
	case '!': break;
	default: (void)node_add(m, NODE_VALUE, tag->at, tag->len, tag->from); return IK_OK;
	}
	/* Nothing is left of a comment but that its line has begun. */
	if (rc == IK_OK && !is_alone && (tag->from == 0 || m->text[tag->from - 1] == '\n')) (void)node_add(m, NODE_TEXT, tag->from, 0, tag->from);
	return rc;
}

/* ---- from tag to tag -------------------------------------------------------------------------------------------------------------- */

/* Whether a steering tag has its line for itself: where that line begins and the next one does. */
static bool stands_alone(const struct mustache *m, const struct tag *tag, size_t *line_at_r, size_t *next_r)
{
	size_t line = tag->from, next = tag->to;

	if (tag->sigil == '\0' || tag->sigil == '{' || tag->sigil == '&') return false;
	while (line > 0 && is_blank(m->text[line - 1])) line--;
	if (line > 0 && m->text[line - 1] != '\n') return false;
	while (next < m->len && is_blank(m->text[next])) next++;
	if (next + 1 < m->len && m->text[next] == '\r' && m->text[next + 1] == '\n') next++;
	if (next < m->len && m->text[next] != '\n') return false;
	*line_at_r = line;
	*next_r = next < m->len ? next + 1 : next;
	return true;
}

static void add_text(const struct reading *r, size_t until)
{
	if (until > r->at) (void)node_add(r->m, NODE_TEXT, r->at, until - r->at, r->at);
}

/* One stretch of text and the tag behind it. */
static enum ik_rc read_on(struct reading *r, size_t tag_at)
{
	struct tag tag;
	size_t line_at = 0, next = 0;
	uint32_t count;
	bool is_alone;
	enum ik_rc rc = read_tag(r, tag_at, &tag);

	if (rc != IK_OK) return rc;
	is_alone = stands_alone(r->m, &tag, &line_at, &next);
	add_text(r, is_alone ? line_at : tag.from);
	count = r->m->count;
	rc = act(r, &tag, is_alone, line_at);
	if (is_alone && r->m->count > count) r->m->nodes[count].starts_line = false;    /* the line is gone, its indentation too */
	if (r->m->count > MUSTACHE_TAGS_MAX) rc = refuse(r, tag.from, "more than %d tags", MUSTACHE_TAGS_MAX);
	r->at = is_alone ? next : tag.to;
	return rc;
}

static enum ik_rc read_all(struct reading *r)
{
	const struct mustache *m = r->m;
	const char *open;
	enum ik_rc rc = IK_OK;

	while (rc == IK_OK && (open = memmem(m->text + r->at, m->len - r->at, r->open.text, r->open.len)) != NULL)
		rc = read_on(r, (size_t)(open - m->text));
	if (rc != IK_OK) return rc;
	add_text(r, m->len);
	if (r->depth > 0) {
		const struct node *node = &m->nodes[r->sections[r->depth - 1]];

		return refuse(r, node->tag_at, "the section \"%.*s\" is never closed", (int)node->len, m->text + node->at);
	}
	return IK_OK;
}

enum ik_rc mustache_compile(const char *text, size_t len, const char *name, size_t first_line, struct mustache **m_r, struct ik_error *err)
{
	struct reading r = { .name = name, .open = { "{{", 2 }, .close = { "}}", 2 }, .err = err };
	enum ik_rc rc;

	if (len > MUSTACHE_SOURCE_MAX) return ik_fail(IK_CONFIG, err, "%s:%zu:1: a template has at most %d bytes", name, first_line, MUSTACHE_SOURCE_MAX);
	r.m = mem_new(sizeof(*r.m) + len + 1);
	r.m->first_line = first_line;
	r.m->len = len;
	if (len > 0) memcpy(r.m->text, text, len);
	if (!utf8_valid(r.m->text, len)) rc = ik_fail(IK_CONFIG, err, "%s:%zu:1: not valid UTF-8", name, first_line);
	else rc = read_all(&r);
	if (rc == IK_OK) *m_r = r.m;
	else mustache_free(&r.m);
	return rc;
}

void mustache_free(struct mustache **m)
{
	if (*m == NULL) return;
	free((*m)->nodes);
	mem_free(m);
}

enum ik_rc mustache_each_tag(const struct mustache *m, enum ik_rc (*see)(void *arg, const struct mustache_tag *tag), void *arg)
{
	static const enum mustache_use uses[] = { [NODE_VALUE] = MUSTACHE_VALUE, [NODE_RAW] = MUSTACHE_RAW, [NODE_SECTION] = MUSTACHE_SECTION,
	                                          [NODE_INVERTED] = MUSTACHE_INVERTED, [NODE_PARTIAL] = MUSTACHE_PARTIAL };
	enum ik_rc rc = IK_OK;

	for (uint32_t i = 0; rc == IK_OK && i < m->count; i++) {
		const struct node *node = &m->nodes[i];
		struct mustache_tag tag = { .use = uses[node->kind], .name = m->text + node->at, .len = node->len };

		if (node->kind == NODE_TEXT) continue;
		place_of(m, node->tag_at, &tag.line, &tag.column);
		rc = see(arg, &tag);
	}
	return rc;
}
