/* automaton.c - a trie with failure links, laid out breadth first so that the children of a state lie side by side, sorted by byte:
 * 16 bytes a state instead of a table of 256 successors. The first DENSE_STATES, where a scan spends most of its time, have that table too.
 * Invariant after automaton_seal(): parents have smaller numbers than their children, and so have the targets of failure links. */
#include "policy/automaton.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

#define NONE UINT32_MAX
#define DENSE_STATES 512                /* half a MiB, of which a text touches little */

/* While building: children as a sorted list. */
struct twig { uint32_t child, next, out; unsigned char byte; };
struct output { uint32_t payload, len, next; };
struct state {
	uint32_t first;         /* child */
	uint32_t fail;          /* the longest proper suffix that is a prefix of a keyword */
	uint32_t out;           /* first output of this very state */
	uint32_t report;        /* this state or the nearest along the failure links with outputs; 0: none */
};

struct automaton {
	struct twig *twigs;
	size_t twig_count, twig_room;
	struct output *outputs;
	size_t output_count, output_room;
	struct state *states;   /* from here on: sealed */
	unsigned char *bytes;   /* of the edge that leads to a state */
	uint16_t *counts;       /* of children */
	uint32_t root[256];
	uint32_t (*dense)[256]; /* where each byte leads from the first dense_count states, failure links followed */
	uint32_t dense_count;
	size_t state_count;
};

static uint32_t twig_new(struct automaton *a, unsigned char byte)
{
	if (a->twig_count == a->twig_room) {
		a->twig_room = a->twig_room == 0 ? 1024 : 2 * a->twig_room;
		a->twigs = mem_grow(a->twigs, a->twig_room, sizeof(*a->twigs));
	}
	a->twigs[a->twig_count] = (struct twig){ NONE, NONE, NONE, byte };
	return (uint32_t)a->twig_count++;
}

struct automaton *automaton_new(void)
{
	struct automaton *a = mem_new(sizeof(*a));

	(void)twig_new(a, 0);
	return a;
}

void automaton_free(struct automaton **automaton)
{
	struct automaton *a = *automaton;

	if (a == NULL) return;
	free(a->twigs);
	free(a->outputs);
	free(a->states);
	free(a->bytes);
	free(a->counts);
	free(a->dense);
	free(a);
	*automaton = NULL;
}

static uint32_t twig_child(struct automaton *a, uint32_t at, unsigned char byte)
{
	uint32_t before = NONE, c = a->twigs[at].child, fresh;

	while (c != NONE && a->twigs[c].byte < byte) {
		before = c;
		c = a->twigs[c].next;
	}
	if (c != NONE && a->twigs[c].byte == byte) return c;
	fresh = twig_new(a, byte);
	a->twigs[fresh].next = c;
	if (before == NONE) a->twigs[at].child = fresh;
	else a->twigs[before].next = fresh;
	return fresh;
}

static bool has_output(const struct automaton *a, uint32_t at, uint32_t payload)
{
	for (uint32_t o = a->twigs[at].out; o != NONE; o = a->outputs[o].next)
		if (a->outputs[o].payload == payload) return true;
	return false;
}

void automaton_add(struct automaton *a, const char *keyword, size_t len, uint32_t payload)
{
	uint32_t at = 0;

	if (len == 0) return;
	for (size_t i = 0; i < len; i++) at = twig_child(a, at, (unsigned char)keyword[i]);
	if (has_output(a, at, payload)) return;
	if (a->output_count == a->output_room) {
		a->output_room = a->output_room == 0 ? 1024 : 2 * a->output_room;
		a->outputs = mem_grow(a->outputs, a->output_room, sizeof(*a->outputs));
	}
	a->outputs[a->output_count] = (struct output){ payload, (uint32_t)len, a->twigs[at].out };
	a->twigs[at].out = (uint32_t)a->output_count++;
}

/* The child of a state by a byte, or 0. */
static inline uint32_t state_child(const struct automaton *a, uint32_t s, unsigned char byte)
{
	const uint32_t first = a->states[s].first, count = a->counts[s];
	uint32_t low = 0, high = count;

	if (s == 0) return a->root[byte];
	if (count <= 4) {
		for (uint32_t i = 0; i < count; i++)
			if (a->bytes[first + i] == byte) return first + i;
		return 0;
	}
	while (low < high) {
		const uint32_t middle = (low + high) / 2;

		if (a->bytes[first + middle] < byte) low = middle + 1;
		else high = middle;
	}
	return low < count && a->bytes[first + low] == byte ? first + low : 0;
}

static inline uint32_t state_next(const struct automaton *a, uint32_t s, unsigned char byte)
{
	uint32_t next;

	while (s >= a->dense_count) {
		if ((next = state_child(a, s, byte)) != 0 || s == 0) return next;
		s = a->states[s].fail;
	}
	return a->dense[s][byte];
}

/* Numbers the twigs breadth first: order[n] is the twig that becomes state n. */
static void lay_out(struct automaton *a, uint32_t *order)
{
	size_t count = 1;

	order[0] = 0;
	for (size_t n = 0; n < count; n++) {
		const struct twig *t = &a->twigs[order[n]];

		a->states[n] = (struct state){ .first = (uint32_t)count, .out = t->out };
		for (uint32_t c = t->child; c != NONE; c = a->twigs[c].next) {
			a->bytes[count] = a->twigs[c].byte;
			if (n == 0) a->root[a->twigs[c].byte] = (uint32_t)count;
			order[count++] = c;
			a->counts[n]++;
		}
	}
}

static void link_failures(struct automaton *a)
{
	for (uint32_t s = 0; s < a->state_count; s++) {
		for (uint32_t i = 0; i < a->counts[s]; i++) {
			const uint32_t c = a->states[s].first + i;

			a->states[c].fail = s == 0 ? 0 : state_next(a, a->states[s].fail, a->bytes[c]);
		}
		a->states[s].report = a->states[s].out != NONE ? s : a->states[a->states[s].fail].report;
	}
}

/* In the order of numbers, so that the row of a failure link's target is there already. */
static void fill_dense(struct automaton *a)
{
	const uint32_t count = a->state_count < DENSE_STATES ? (uint32_t)a->state_count : DENSE_STATES;

	a->dense = mem_grow(NULL, count, sizeof(*a->dense));
	for (uint32_t s = 0; s < count; s++) {
		for (unsigned byte = 0; byte < 256; byte++) {
			const uint32_t child = state_child(a, s, (unsigned char)byte);

			a->dense[s][byte] = child != 0 || s == 0 ? child : a->dense[a->states[s].fail][byte];
		}
	}
	a->dense_count = count;
}

void automaton_seal(struct automaton *a)
{
	uint32_t *order = mem_new(sizeof(*order) * a->twig_count);

	a->state_count = a->twig_count;
	a->states = mem_new(sizeof(*a->states) * a->state_count);
	a->bytes = mem_new(a->state_count);
	a->counts = mem_new(sizeof(*a->counts) * a->state_count);
	lay_out(a, order);
	link_failures(a);
	fill_dense(a);
	free(order);
	mem_free(&a->twigs);
}

size_t automaton_states(const struct automaton *a)
{
	return a->state_count;
}

void automaton_scan(const struct automaton *a, const char *text, size_t len, automaton_found_fn found, void *arg)
{
	uint32_t s = 0;

	for (size_t i = 0; i < len; i++) {
		s = state_next(a, s, (unsigned char)text[i]);
		for (uint32_t r = a->states[s].report; r != 0; r = a->states[a->states[r].fail].report)
			for (uint32_t o = a->states[r].out; o != NONE; o = a->outputs[o].next)
				found(arg, a->outputs[o].payload, i + 1 - a->outputs[o].len, i + 1);
	}
}
