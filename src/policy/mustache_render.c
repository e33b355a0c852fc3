/* mustache_render.c - writes a compiled template: looks names up in the stack of contexts, innermost first.
 *
 * Bounded by the buffer's maximum, the depth of partials and a number of steps; sections are bounded when they are read. */
#include "policy/mustache_parts.h"

#include <string.h>

/* The stack of contexts lies on the C stack: as deep as sections and partials together. */
struct context { json_t *value; const struct context *up; };

/* One template being written, inside another one when it is a partial. */
struct frame {
	const struct mustache *m;
	const struct frame *up;
	const char *indent;             /* own indentation, behind those of the frames above */
	size_t indent_len, depth;
	bool keeps_indent;              /* the frames above indent as well */
};

struct rendering {
	const struct mustache_setup *setup;
	struct buf *out;
	size_t steps;
	struct ik_error *err;
};

static enum ik_rc write_nodes(struct rendering *r, const struct frame *f, uint32_t from, uint32_t to, const struct context *context);

/* ---- names --------------------------------------------------------------------------------------------------------------------- */

static json_t *member(json_t *value, const char *name, size_t len)
{
	return json_is_object(value) ? json_object_getn(value, name, len) : NULL;
}

/* The first part of a dotted name is looked for in all contexts, the rest only inside what was found. */
static json_t *find(const struct context *context, const char *name, size_t len)
{
	const char *end = name + len, *dot = memchr(name, '.', len);
	json_t *value = NULL;

	if (len == 1 && name[0] == '.') return context->value;
	if (dot == NULL) dot = end;
	for (const struct context *c = context; c != NULL && value == NULL; c = c->up) value = member(c->value, name, (size_t)(dot - name));
	while (value != NULL && dot < end) {
		name = dot + 1;
		dot = memchr(name, '.', (size_t)(end - name));
		if (dot == NULL) dot = end;
		value = member(value, name, (size_t)(dot - name));
	}
	return value;
}

static bool is_true(const json_t *value)
{
	if (value == NULL || json_is_null(value) || json_is_false(value)) return false;
	if (json_is_array(value)) return json_array_size(value) > 0;
	if (json_is_string(value)) return json_string_length(value) > 0;
	return true;
}

/* ---- pieces --------------------------------------------------------------------------------------------------------------------- */

static void write_indent(const struct rendering *r, const struct frame *f)
{
	if (f->keeps_indent) write_indent(r, f->up);
	(void)buf_add(r->out, f->indent, f->indent_len);
}

static bool has_indent(const struct frame *f)
{
	for (; f->indent_len == 0; f = f->up)
		if (!f->keeps_indent) return false;
	return true;
}

static void write_text(const struct rendering *r, const struct frame *f, const struct node *node)
{
	const char *at = f->m->text + node->at, *end = at + node->len;

	if (!has_indent(f)) {
		(void)buf_add(r->out, at, node->len);
		return;
	}
	while (at < end && !r->out->is_full) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		const char *next = line_end != NULL ? line_end + 1 : end;

		(void)buf_add(r->out, at, (size_t)(next - at));
		at = next;
		if (at < end) write_indent(r, f);
	}
}

static void write_value(const struct rendering *r, const json_t *value, bool is_raw)
{
	char number[64];

	if (json_is_string(value)) {
		if (is_raw) (void)buf_add(r->out, json_string_value(value), json_string_length(value));
		else (r->setup->escape != NULL ? r->setup->escape : mustache_escape_html)(r->out, json_string_value(value), json_string_length(value));
	} else if (json_is_number(value) || json_is_boolean(value)) {
		const size_t len = json_dumpb(value, number, sizeof(number), JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

		if (len <= sizeof(number)) (void)buf_add(r->out, number, len);
	}
}

static enum ik_rc write_section(struct rendering *r, const struct frame *f, uint32_t index, const struct context *context)
{
	const struct node *node = &f->m->nodes[index];
	json_t *value = find(context, f->m->text + node->at, node->len);
	enum ik_rc rc = IK_OK;

	if (is_true(value) == (node->kind == NODE_INVERTED)) return IK_OK;
	if (node->kind == NODE_INVERTED) return write_nodes(r, f, index + 1, node->end, context);
	if (!json_is_array(value)) {
		const struct context inner = { value, context };

		return write_nodes(r, f, index + 1, node->end, &inner);
	}
	for (size_t i = 0; rc == IK_OK && i < json_array_size(value); i++) {
		const struct context inner = { json_array_get(value, i), context };

		if (++r->steps > MUSTACHE_STEPS_MAX) return ik_fail(IK_REJECT, r->err, "a template ran for more than %d steps", MUSTACHE_STEPS_MAX);
		rc = write_nodes(r, f, index + 1, node->end, &inner);
	}
	return rc;
}

static enum ik_rc write_partial(struct rendering *r, const struct frame *f, const struct node *node, const struct context *context)
{
	const char *name = f->m->text + node->at;
	const struct mustache *m = r->setup->partial != NULL ? r->setup->partial(r->setup->partial_arg, name, node->len) : NULL;
	const struct frame inner = { .m = m, .up = f, .depth = f->depth + 1, .indent = f->m->text + node->indent_at, .indent_len = node->indent_len,
	                             .keeps_indent = node->is_alone };

	if (m == NULL) return IK_OK;
	if (inner.depth > MUSTACHE_PARTIALS_MAX)
		return ik_fail(IK_REJECT, r->err, "more than %d partials inside each other, the last one \"%.*s\"", MUSTACHE_PARTIALS_MAX, (int)node->len, name);
	return write_nodes(r, &inner, 0, m->count, context);
}

static enum ik_rc write_nodes(struct rendering *r, const struct frame *f, uint32_t from, uint32_t to, const struct context *context)
{
	enum ik_rc rc = IK_OK;

	for (uint32_t i = from; rc == IK_OK && i < to; ) {
		const struct node *node = &f->m->nodes[i];
		const bool is_section = node->kind == NODE_SECTION || node->kind == NODE_INVERTED;

		if (++r->steps > MUSTACHE_STEPS_MAX) return ik_fail(IK_REJECT, r->err, "a template ran for more than %d steps", MUSTACHE_STEPS_MAX);
		if (node->starts_line) write_indent(r, f);
		if (node->kind == NODE_TEXT) write_text(r, f, node);
		else if (is_section) rc = write_section(r, f, i, context);
		else if (node->kind == NODE_PARTIAL) rc = write_partial(r, f, node, context);
		else write_value(r, find(context, f->m->text + node->at, node->len), node->kind == NODE_RAW);
		if (rc == IK_OK && r->out->is_full) rc = ik_fail(IK_REJECT, r->err, "a template gave more than %zu bytes", r->out->max);
		i = is_section ? node->end : i + 1;
	}
	return rc;
}

enum ik_rc mustache_render(const struct mustache *m, json_t *data, const struct mustache_setup *setup, struct buf *out, struct ik_error *err)
{
	static const struct mustache_setup plain = { .partial = NULL };
	const struct context top = { data, NULL };
	const struct frame frame = { .m = m };
	struct rendering r = { .setup = setup != NULL ? setup : &plain, .out = out, .err = err };

	return write_nodes(&r, &frame, 0, m->count, &top);
}

void mustache_escape_html(struct buf *b, const char *text, size_t len)
{
	for (size_t i = 0; i < len; ) {
		const size_t from = i;

		while (i < len && memchr("&<>\"'", text[i], 5) == NULL) i++;
		(void)buf_add(b, text + from, i - from);
		if (i == len) return;
		switch (text[i++]) {
		case '&': (void)buf_text(b, "&amp;"); break;
		case '<': (void)buf_text(b, "&lt;"); break;
		case '>': (void)buf_text(b, "&gt;"); break;
		case '"': (void)buf_text(b, "&quot;"); break;
		default:  (void)buf_text(b, "&#39;"); break;
		}
	}
}
