/* automaton.c - a trie with failure links, laid out breadth first so that the children of a state lie side by side, sorted by byte:
 * 13 bytes a state instead of a table of 256 successors. The first DENSE_STATES, where a scan spends most of its time, have that table too.
 * Invariant after automaton_seal(): parents have smaller numbers than their children, and so have the targets of failure links; a state's
 * children end where those of the next state begin, a report's outputs where those of the next report begin. */
#include "policy/automaton.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

#define NONE UINT32_MAX
#define EDGE 0xff                       /* stands between a letter or digit of ASCII and what is none; no byte of UTF-8 */
#define DENSE_STATES 512                /* half a MiB, of which a text touches little */

/* While building: children as a sorted list. */
struct twig { uint32_t child, next, out; unsigned char byte; };
struct ending { uint32_t payload, len, next; };         /* all of a twig are of one length */
/* Sealed. */
struct state {
	uint32_t first;         /* child */
	uint32_t fail;          /* the longest proper suffix that is a prefix of a keyword */
	uint32_t report;        /* what ends here: of this state or of the nearest along the failure links; 0: nothing */
};
struct report { uint32_t first, next, len; };   /* output; report of the failure link; bytes of the keyword */

struct automaton {
	struct twig *twigs;
	size_t twig_count, twig_room;
	struct ending *endings;
	size_t ending_count, ending_room;
	struct state *states;   /* from here on: sealed. One more than there are, for its first */
	unsigned char *bytes;   /* of the edge that leads to a state */
	struct report *reports; /* from 1; one more than there are */
	size_t report_count;
	uint32_t *outputs;      /* payloads */
	uint32_t root[256];
	uint32_t (*dense)[256]; /* where each byte leads from the first dense_count states, failure links followed */
	uint32_t dense_count;
	bool has_whole_words;   /* no keyword begins inside a word */
	size_t state_count;
};

static inline bool is_wordy(unsigned char c)
{
	return (unsigned)((c | 0x20) - 'a') < 26 || (unsigned)(c - '0') < 10;
}

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
	free(a->endings);
	free(a->states);
	free(a->bytes);
	free(a->reports);
	free(a->outputs);
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
	for (uint32_t e = a->twigs[at].out; e != NONE; e = a->endings[e].next)
		if (a->endings[e].payload == payload) return true;
	return false;
}

/* Edges inside a keyword stand where the text has them too; those at its ends make it begin and end with a whole word. */
void automaton_add(struct automaton *a, const char *keyword, size_t len, bool is_open_left, bool is_open_right, uint32_t payload)
{
	bool before = len > 0 && is_open_left && is_wordy((unsigned char)keyword[0]);
	uint32_t at = 0;

	if (len == 0) return;
	for (size_t i = 0; i < len; i++) {
		const bool is_word = is_wordy((unsigned char)keyword[i]);

		if (is_word != before && (i > 0 || is_word)) at = twig_child(a, at, EDGE);
		at = twig_child(a, at, (unsigned char)keyword[i]);
		before = is_word;
	}
	if (before && !is_open_right) at = twig_child(a, at, EDGE);
	if (has_output(a, at, payload)) return;
	if (a->ending_count == a->ending_room) {
		a->ending_room = a->ending_room == 0 ? 1024 : 2 * a->ending_room;
		a->endings = mem_grow(a->endings, a->ending_room, sizeof(*a->endings));
	}
	a->endings[a->ending_count] = (struct ending){ payload, (uint32_t)len, a->twigs[at].out };
	a->twigs[at].out = (uint32_t)a->ending_count++;
	if (a->endings[a->twigs[at].out].next == NONE) a->report_count++;
}

/* The child of a state by a byte, or 0. */
static inline uint32_t state_child(const struct automaton *a, uint32_t s, unsigned char byte)
{
	const uint32_t first = a->states[s].first, count = a->states[s + 1].first - first;
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

/* The next report: of a twig's endings. Returns how many outputs there are now. */
static uint32_t lay_out_report(struct automaton *a, uint32_t report, uint32_t ending, uint32_t outputs)
{
	a->reports[report] = (struct report){ .first = outputs, .len = a->endings[ending].len };
	for (uint32_t e = ending; e != NONE; e = a->endings[e].next) a->outputs[outputs++] = a->endings[e].payload;
	a->reports[report + 1].first = outputs;
	return outputs;
}

/* Numbers the twigs breadth first: order[n] is the twig that becomes state n. */
static void lay_out(struct automaton *a, uint32_t *order)
{
	uint32_t outputs = 0, reports = 0;
	size_t count = 1;

	order[0] = 0;
	for (size_t n = 0; n < count; n++) {
		const struct twig *t = &a->twigs[order[n]];

		a->states[n].first = (uint32_t)count;
		if (t->out != NONE) {
			a->states[n].report = ++reports;
			outputs = lay_out_report(a, reports, t->out, outputs);
		}
		for (uint32_t c = t->child; c != NONE; c = a->twigs[c].next) {
			a->bytes[count] = a->twigs[c].byte;
			if (n == 0) a->root[a->twigs[c].byte] = (uint32_t)count;
			order[count++] = c;
		}
	}
	a->states[count].first = (uint32_t)count;
}

static void link_failures(struct automaton *a)
{
	for (uint32_t s = 0; s < a->state_count; s++) {
		struct state *state = &a->states[s];
		const uint32_t inherited = a->states[state->fail].report;

		for (uint32_t c = state->first; c < state[1].first; c++) a->states[c].fail = s == 0 ? 0 : state_next(a, state->fail, a->bytes[c]);
		if (state->report != 0 && s != 0) a->reports[state->report].next = inherited;
		else state->report = inherited;
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
	a->states = mem_new(sizeof(*a->states) * (a->state_count + 1));
	a->bytes = mem_new(a->state_count);
	a->reports = mem_new(sizeof(*a->reports) * (a->report_count + 2));
	a->outputs = mem_new(sizeof(*a->outputs) * (a->ending_count + 1));
	lay_out(a, order);
	link_failures(a);
	fill_dense(a);
	a->has_whole_words = true;
	for (unsigned c = 0; c < 256; c++) a->has_whole_words &= a->root[c] == 0 || !is_wordy((unsigned char)c);
	free(order);
	mem_free(&a->twigs);
	mem_free(&a->endings);
}

size_t automaton_states(const struct automaton *a)
{
	return a->state_count;
}

struct scan { const struct automaton *a; automaton_found_fn *found; void *arg; };

/* What ends here without an edge behind it and with one, the longest first. */
static void tell(const struct scan *scan, uint32_t open, uint32_t closed, size_t end)
{
	const struct report *reports = scan->a->reports;

	while (open != 0 || closed != 0) {
		uint32_t *longer = open == 0 || (closed != 0 && reports[closed].len > reports[open].len) ? &closed : &open;
		const struct report *r = &reports[*longer];

		*longer = r->next;
		scan->found(scan->arg, scan->a->outputs + r->first, r[1].first - r->first, end - r->len, end);
	}
}

void automaton_scan(const struct automaton *a, const char *text, size_t len, automaton_found_fn *found, void *arg)
{
	const struct scan scan = { a, found, arg };
	bool before = false;
	uint32_t s = 0;

	for (size_t i = 0; i <= len; i++) {
		const unsigned char c = i < len ? (unsigned char)text[i] : ' ';
		const bool is_word = is_wordy(c);
		const uint32_t open = a->states[s].report;
		uint32_t closed = 0;

		if (is_word != before) {
			s = state_next(a, s, EDGE);
			closed = a->states[s].report;
		}
		if ((open | closed) != 0) tell(&scan, open, closed, i);
		s = state_next(a, s, c);
		before = is_word;
		if (s != 0 || !is_word || !a->has_whole_words) continue;
		while (i + 1 < len && is_wordy((unsigned char)text[i + 1])) i++;        /* nothing begins in the rest of this word */
	}
}
