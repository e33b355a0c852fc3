/* config_yaml.c - reads the strict YAML subset from libfyaml's events into a tree; positions stay with every node. */
#include "daemon/config_yaml.h"

#include <libfyaml.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

struct reading {
	const char *name;
	struct problems *problems;
	struct yaml_node *root;
	struct yaml_node *open[YAML_DEPTH_MAX];         /* mappings and lists that are not closed yet */
	size_t depth, nodes;
	char *key;                                      /* read, its value is next */
	int key_line, key_column;
	bool is_key_passed;                             /* that key was reported */
	bool is_stopped;                                /* what follows cannot be made sense of */
};

void problem_at(struct problems *p, const char *file, int line, int column, const char *fmt, ...)
{
	va_list ap;

	p->count++;
	if (p->out == NULL) return;
	if (line > 0) (void)fprintf(p->out, "%s:%d:%d: error: ", file, line, column);
	else (void)fprintf(p->out, "%s: error: ", file);
	va_start(ap, fmt);
	(void)vfprintf(p->out, fmt, ap);
	va_end(ap);
	(void)fputc('\n', p->out);
}

static void node_free(struct yaml_node *node)
{
	while (node != NULL) {
		struct yaml_node *next = node->next;

		node_free(node->first);
		free(node->key);
		free(node->text);
		free(node);
		node = next;
	}
}

void yaml_free(struct yaml_node **node)
{
	node_free(*node);
	*node = NULL;
}

const struct yaml_node *yaml_child(const struct yaml_node *node, const char *key)
{
	if (node == NULL || node->kind != YAML_MAP) return NULL;
	for (const struct yaml_node *n = node->first; n != NULL; n = n->next)
		if (strcmp(n->key, key) == 0) return n;
	return NULL;
}

const char *yaml_kind_word(const struct yaml_node *node)
{
	switch (node->kind) {
	case YAML_NULL: return "nothing";
	case YAML_TEXT: return "a text";
	case YAML_LIST: return "a list";
	case YAML_MAP: return "a mapping";
	case YAML_BAD: break;
	}
	return "something unreadable";
}

static void at_event(struct reading *r, struct fy_event *event, const char *what, bool stop)
{
	const struct fy_mark *mark = fy_event_start_mark(event);

	problem_at(r->problems, r->name, mark != NULL ? mark->line + 1 : 1, mark != NULL ? mark->column + 1 : 1, "%s", what);
	r->is_stopped |= stop;
}

/* The node an event stands for, hung into the innermost open mapping or list. NULL: dropped as a duplicate's value or at the limit. */
static struct yaml_node *node_add(struct reading *r, enum yaml_kind kind, struct fy_event *event)
{
	const struct fy_mark *mark = fy_event_start_mark(event);
	struct yaml_node *node, *parent = r->depth > 0 ? r->open[r->depth - 1] : NULL;

	if (++r->nodes > YAML_NODES_MAX) at_event(r, event, "too many values in one file", true);
	node = mem_new(sizeof(*node));
	*node = (struct yaml_node){ .kind = kind, .line = mark != NULL ? mark->line + 1 : 1, .column = mark != NULL ? mark->column + 1 : 1 };
	if (parent == NULL) {
		r->root = node;
		return node;
	}
	node->key = r->key;
	node->key_line = r->key_line;
	node->key_column = r->key_column;
	node->is_passed = r->is_key_passed;
	r->key = NULL;
	r->is_key_passed = false;
	if (parent->last != NULL) parent->last->next = node;
	else parent->first = node;
	parent->last = node;
	return node;
}

static bool is_key_next(const struct reading *r)
{
	return r->depth > 0 && r->open[r->depth - 1]->kind == YAML_MAP && r->key == NULL;
}

static void note_key(struct reading *r, struct fy_event *event, const char *text, size_t len)
{
	const struct fy_mark *mark = fy_event_start_mark(event);
	const struct yaml_node *parent = r->open[r->depth - 1];
	const struct yaml_node *first;

	r->key = mem_copy(text, len);
	r->key_line = mark != NULL ? mark->line + 1 : 1;
	r->key_column = mark != NULL ? mark->column + 1 : 1;
	first = yaml_child(parent, r->key);
	r->is_key_passed = first != NULL || strcmp(r->key, "<<") == 0;
	if (strcmp(r->key, "<<") == 0) at_event(r, event, "merge keys (<<) are not supported; write the values out", false);
	if (first != NULL)
		problem_at(r->problems, r->name, r->key_line, r->key_column, "duplicate key '%s', first given in line %d", r->key, first->key_line);
}

static bool is_null_word(const char *text, size_t len)
{
	return len == 0 || (len == 1 && *text == '~') || (len == 4 && memcmp(text, "null", 4) == 0);
}

static void take_scalar(struct reading *r, struct fy_event *event)
{
	size_t len = 0;
	const char *text = event->scalar.value != NULL ? fy_token_get_text(event->scalar.value, &len) : "";
	const bool is_plain = event->scalar.value == NULL || fy_token_scalar_style(event->scalar.value) == FYSS_PLAIN;
	struct yaml_node *node;

	if (text == NULL) text = "";
	if (event->scalar.anchor != NULL) at_event(r, event, "anchors (&name) are not supported; write the value out", false);
	if (event->scalar.tag != NULL) at_event(r, event, "tags (!name) are not supported", false);
	if (!utf8_valid(text, len) || memchr(text, '\0', len) != NULL) {
		at_event(r, event, "the text is not valid UTF-8 or holds a NUL byte", true);
		return;
	}
	if (is_key_next(r)) {
		note_key(r, event, text, len);
		return;
	}
	node = node_add(r, is_plain && is_null_word(text, len) ? YAML_NULL : YAML_TEXT, event);
	if (node->kind == YAML_TEXT) node->text = mem_copy(text, len);
}

static void take_start(struct reading *r, struct fy_event *event, enum yaml_kind kind, bool has_anchor, bool has_tag)
{
	if (has_anchor) at_event(r, event, "anchors (&name) are not supported; write the value out", false);
	if (has_tag) at_event(r, event, "tags (!name) are not supported", false);
	if (is_key_next(r)) at_event(r, event, "a key has to be a plain text", true);
	else if (r->depth >= YAML_DEPTH_MAX) at_event(r, event, "nested deeper than 16 levels", true);
	else {
		struct yaml_node *node = node_add(r, kind, event);

		r->open[r->depth++] = node;
	}
}

static void take_alias(struct reading *r, struct fy_event *event)
{
	at_event(r, event, "aliases (*name) are not supported; write the value out", is_key_next(r));
	if (!r->is_stopped) (void)node_add(r, YAML_BAD, event);
}

static void take_event(struct reading *r, struct fy_event *event)
{
	switch (event->type) {
	case FYET_DOCUMENT_START:
		if (r->root != NULL) at_event(r, event, "a second document (---) in one file; use include: for more files", true);
		break;
	case FYET_SCALAR: take_scalar(r, event); break;
	case FYET_ALIAS: take_alias(r, event); break;
	case FYET_MAPPING_START: take_start(r, event, YAML_MAP, event->mapping_start.anchor != NULL, event->mapping_start.tag != NULL); break;
	case FYET_SEQUENCE_START: take_start(r, event, YAML_LIST, event->sequence_start.anchor != NULL, event->sequence_start.tag != NULL); break;
	case FYET_MAPPING_END: case FYET_SEQUENCE_END: r->depth--; break;
	case FYET_NONE: case FYET_STREAM_START: case FYET_STREAM_END: case FYET_DOCUMENT_END: break;
	}
}

/* libfyaml's own errors: collected by it, printed in our form. */
static void report_syntax(struct reading *r, struct fy_diag *diag)
{
	void *at = NULL;
	const struct fy_diag_error *e;
	bool has_any = false;

	while ((e = fy_diag_errors_iterate(diag, &at)) != NULL) {
		problem_at(r->problems, r->name, e->line > 0 ? e->line : 1, e->column > 0 ? e->column : 1, "%s", e->msg != NULL ? e->msg : "not YAML");
		has_any = true;
	}
	if (!has_any) problem_at(r->problems, r->name, 1, 1, "not YAML");
}

/* The reader takes a NUL for the end of the file: what stands behind it would be passed over in silence. */
static bool is_text(const char *name, const char *text, size_t len, struct problems *p)
{
	int line = 1;

	for (const char *at = text, *end; at < text + len; at = end + 1, line++) {
		end = memchr(at, '\n', len - (size_t)(at - text));
		if (end == NULL) end = text + len;
		if (utf8_valid(at, (size_t)(end - at)) && memchr(at, '\0', (size_t)(end - at)) == NULL) continue;
		problem_at(p, name, line, 1, "the line is no UTF-8 text; save the file as plain UTF-8");
		return false;
	}
	return true;
}

struct yaml_node *yaml_parse(const char *name, const char *text, size_t len, struct problems *p)
{
	struct reading r = { .name = name, .problems = p };
	struct fy_diag_cfg how;
	struct fy_parse_cfg conf = { .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 };
	struct fy_parser *parser;
	struct fy_event *event;

	if (!is_text(name, text, len, p)) return NULL;
	if (len == 0) return NULL;      /* libfyaml takes length 0 for "find the NUL yourself" */
	fy_diag_cfg_default(&how);
	how.fp = NULL;
	conf.diag = fy_diag_create(&how);
	if (conf.diag != NULL) fy_diag_set_collect_errors(conf.diag, true);
	parser = conf.diag != NULL ? fy_parser_create(&conf) : NULL;
	if (parser == NULL || fy_parser_set_string(parser, text, len) != 0) {
		problem_at(p, name, 0, 0, "the YAML reader could not be started");
	} else {
		while (!r.is_stopped && (event = fy_parser_parse(parser)) != NULL) {
			take_event(&r, event);
			fy_parser_event_free(parser, event);
		}
		if (!r.is_stopped && fy_parser_get_stream_error(parser)) {
			report_syntax(&r, conf.diag);
			r.is_stopped = true;
		}
	}
	if (parser != NULL) fy_parser_destroy(parser);
	if (conf.diag != NULL) fy_diag_destroy(conf.diag);
	free(r.key);
	if (r.is_stopped) yaml_free(&r.root);
	return r.root;
}

struct yaml_node *yaml_read(const char *path, struct problems *p)
{
	struct buf text = BUF_INIT(YAML_FILE_MAX);
	struct ik_error err = { 0 };
	struct yaml_node *root = NULL;
	const enum ik_rc rc = file_read(path, &text, &err);

	if (rc == IK_REJECT) problem_at(p, path, 0, 0, "larger than %d KiB", YAML_FILE_MAX / 1024);
	else if (rc != IK_OK) problem_at(p, path, 0, 0, "%s", err.text);
	else root = yaml_parse(path, buf_str(&text), text.len, p);
	buf_release(&text);
	return root;
}
