/* similar_opinion.c - see similar_opinion.h. The trees enter the program by the assembler, as they stand in their file. */
#include "pipeline/similar_opinion.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "pipeline/similar_figures.h"

#define NODES_MAX 60000
#define TREE_NODES 64
#define LINE_MAX_BYTES 256
#define LEAF UINT8_MAX

_Static_assert(SIMILAR_FIGURES_MAX <= LEAF && TREE_NODES <= UINT8_MAX, "a node takes eight bytes, so that a forest stays near the processor");

/* A leaf has what it adds in value; another node the figure to look at, and goes left below value. left, right: from the tree's first node. */
struct node { float value; uint8_t figure, left, right; };
struct forest { uint32_t *trees; size_t count; };       /* first nodes */
struct similar_opinion {
	struct node *nodes;
	size_t node_count, node_room;
	struct forest forests[SIMILAR_QUESTIONS];
	similar_watcher *watch;
	void *watch_arg;
};

const char *const similar_questions[SIMILAR_QUESTIONS] = { "matter", "repeat", "incident" };

__asm__(".section .rodata\n"
        "likeness_trees_file:\n"
        ".incbin \"" LIKENESS_TREES "\"\n"
        "likeness_trees_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char likeness_trees_file[] __attribute__((visibility("hidden"))), likeness_trees_end[] __attribute__((visibility("hidden")));

/* ---- reading -------------------------------------------------------------------------------------------------------------------------------- */

struct reader {
	struct similar_opinion *opinion;
	struct forest *forest;
	size_t tree;                    /* its first node */
	size_t number;                  /* of the line */
};

static int figure_named(const char *name)
{
	const char *known;

	for (int i = 0; (known = similar_figure_name((size_t)i)) != NULL; i++)
		if (strcmp(known, name) == 0) return i;
	return -1;
}

static bool begin_question(struct reader *r, const char *name)
{
	for (size_t i = 0; i < SIMILAR_QUESTIONS; i++) {
		if (strcmp(similar_questions[i], name) != 0) continue;
		r->forest = &r->opinion->forests[i];
		return true;
	}
	return false;
}

static void begin_tree(struct reader *r)
{
	r->tree = r->opinion->node_count;
	r->forest->trees = mem_grow(r->forest->trees, r->forest->count + 1, sizeof(r->forest->trees[0]));
	r->forest->trees[r->forest->count++] = (uint32_t)r->tree;
}

/* Nodes come in any order, each with its number in the tree. */
static bool put_node(struct reader *r, unsigned number, struct node node)
{
	struct similar_opinion *o = r->opinion;

	if (r->forest == NULL || r->forest->count == 0 || number >= TREE_NODES || r->tree + number >= NODES_MAX) return false;
	if (r->tree + number >= o->node_room) {
		o->node_room = o->node_room > 0 ? 2 * o->node_room : 1024;
		o->nodes = mem_grow(o->nodes, o->node_room, sizeof(o->nodes[0]));
	}
	while (o->node_count <= r->tree + number) o->nodes[o->node_count++] = (struct node){ .figure = LEAF };
	o->nodes[r->tree + number] = node;
	return true;
}

/* "3:leaf=0.12", or "0:[cover<0.4] yes=1,no=2,missing=1". */
static bool read_node(struct reader *r, const char *line)
{
	unsigned number = 0, yes = 0, no = 0;
	char name[64];
	float value = 0;
	int figure;

	if (sscanf(line, " %u:leaf=%f", &number, &value) == 2) return put_node(r, number, (struct node){ .value = value, .figure = LEAF });
	if (sscanf(line, " %u:[%63[a-z_]<%f] yes=%u,no=%u", &number, name, &value, &yes, &no) != 5) return false;
	figure = figure_named(name);
	if (figure < 0 || yes <= number || no <= number || yes >= TREE_NODES || no >= TREE_NODES) return false;
	return put_node(r, number, (struct node){ .value = value, .figure = (uint8_t)figure, .left = (uint8_t)yes, .right = (uint8_t)no });
}

static bool read_line(struct reader *r, const char *line)
{
	if (line[0] == '\0') return true;
	if (line[0] == '#') return begin_question(r, line + 1 + strspn(line + 1, " "));
	if (strncmp(line, "booster[", 8) != 0) return read_node(r, line);
	if (r->forest == NULL) return false;
	begin_tree(r);
	return true;
}

/* Whether every way through every tree stays in it: children stand behind their node, so that every way ends. */
static bool stays_inside(const struct similar_opinion *o)
{
	for (size_t f = 0; f < SIMILAR_QUESTIONS; f++)
		for (size_t t = 0; t < o->forests[f].count; t++) {
			const size_t first = o->forests[f].trees[t];
			size_t end = t + 1 < o->forests[f].count ? o->forests[f].trees[t + 1] : o->node_count;

			for (size_t next = 0; next < SIMILAR_QUESTIONS; next++)
				if (o->forests[next].count > 0 && o->forests[next].trees[0] > first && o->forests[next].trees[0] < end) end = o->forests[next].trees[0];
			if (first >= end) return false;
			for (size_t i = first; i < end; i++)
				if (o->nodes[i].figure != LEAF && (first + o->nodes[i].left >= end || first + o->nodes[i].right >= end)) return false;
		}
	return true;
}

enum ik_rc similar_opinion_read(const char *text, size_t len, struct similar_opinion **opinion_r, struct ik_error *err)
{
	struct reader r = { .opinion = mem_new(sizeof(*r.opinion)) };
	bool ok = true;

	for (size_t at = 0; at < len && ok;) {
		const char *end = memchr(text + at, '\n', len - at);
		const size_t n = end != NULL ? (size_t)(end - text) - at : len - at;
		char line[LINE_MAX_BYTES];

		r.number++;
		(void)snprintf(line, sizeof(line), "%.*s", (int)(n < sizeof(line) ? n : sizeof(line)), text + at);
		ok = n < sizeof(line) && read_line(&r, line);
		at += n + 1;
	}
	if (ok && stays_inside(r.opinion)) {
		*opinion_r = r.opinion;
		return IK_OK;
	}
	similar_opinion_free(&r.opinion);
	return ik_fail(IK_REJECT, err, ok ? "likeness trees: a node leads out of its tree; train them anew with `make model`" : "likeness trees, line %zu: not a tree of figures that are known; train them anew with `make model`", r.number);
}

enum ik_rc similar_opinion_new(struct similar_opinion **opinion_r, struct ik_error *err)
{
	return similar_opinion_read(likeness_trees_file, (size_t)(likeness_trees_end - likeness_trees_file), opinion_r, err);
}

void similar_opinion_free(struct similar_opinion **opinion)
{
	if (*opinion == NULL) return;
	for (size_t i = 0; i < SIMILAR_QUESTIONS; i++) free((*opinion)->forests[i].trees);
	free((*opinion)->nodes);
	mem_free(opinion);
}

/* ---- asking --------------------------------------------------------------------------------------------------------------------------------- */

static float walk(const struct node *tree, const float *figures)
{
	const struct node *n = tree;

	while (n->figure != LEAF) n = tree + (figures[n->figure] < n->value ? n->left : n->right);
	return n->value;
}

double similar_opinion_ask(const struct similar_opinion *o, enum similar_question question, const struct similar_pair *pair)
{
	const struct forest *forest = &o->forests[question];
	float figures[SIMILAR_FIGURES_MAX];
	const size_t count = similar_figures(pair, figures);
	double sum = 0;

	if (o->watch != NULL) o->watch(o->watch_arg, question, pair, figures, count);
	for (size_t i = 0; i < forest->count; i++) sum += (double)walk(o->nodes + forest->trees[i], figures);
	return 1 / (1 + exp(-sum));
}

void similar_opinion_watch(struct similar_opinion *o, similar_watcher *watch, void *arg)
{
	o->watch = watch;
	o->watch_arg = arg;
}
