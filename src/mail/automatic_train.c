/* automatic_train.c - see automatic_train.h: L2-regularised logistic regression by liblinear, whose solver uses no random numbers. */
#include "mail/automatic_train.h"

#include <dirent.h>
#include <linear.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/mem.h"
#include "mail/automatic_text.h"
#include "text/hash.h"

#define FILE_MAX (16u << 20)
#define SEEN_LEAST 3                    /* rows in which a piece must occur; a mail is two rows */
#define COLUMNS 4                       /* of a row */

/* ---- reading ---- */

/* "\n" in a row is a line break. */
static void break_lines(char *text)
{
	char *to = text;

	for (const char *at = text; *at != '\0'; at++) {
		if (at[0] == '\\' && at[1] == 'n') {
			*to++ = '\n';
			at++;
		} else *to++ = *at;
	}
	*to = '\0';
}

/* The columns of a line, which is cut into pieces; false when there are not four. */
static bool split(char *line, char *columns_r[COLUMNS])
{
	for (size_t i = 0; i < COLUMNS; i++) {
		columns_r[i] = line;
		line += strcspn(line, "\t");
		if ((*line == '\0') != (i == COLUMNS - 1)) return false;
		*line++ = '\0';
	}
	return true;
}

/* What is the same for all: the text's forms, its part, its place in the corpus. */
static void add_example(struct automatic_corpus *corpus, struct automatic_example e, const char *subject, const char *text)
{
	const char *rest;

	e.prefix = reply_prefix(subject, &rest);
	e.subject = automatic_fold(subject, 500);
	e.written = mem_text(text);
	e.text = automatic_fold(text, AUTOMATIC_LOOK_MAX);
	text_blank_quotes(e.text);
	e.words = mem_new(sizeof(*e.words));
	word_text_init(e.words, e.text, strlen(e.text));
	e.part = hash_text(text, strlen(text)) % AUTOMATIC_PARTS;
	if (corpus->count == corpus->room) {
		corpus->room = corpus->room * 2 + 256;
		corpus->examples = mem_grow(corpus->examples, corpus->room, sizeof(*corpus->examples));
	}
	corpus->examples[corpus->count++] = e;
}

/* A row of a mail. */
static bool add_mail(struct automatic_corpus *corpus, char *line)
{
	char *columns[COLUMNS], *open, *at;

	if (!split(line, columns) || (strcmp(columns[0], "m") != 0 && strcmp(columns[0], "p") != 0)) return false;
	open = strrchr(columns[1], '<');
	at = open != NULL ? strchr(open, '@') : NULL;
	if (at == NULL) return false;
	*open = *at = '\0';
	at[1 + strcspn(at + 1, ">")] = '\0';
	break_lines(columns[3]);
	add_example(corpus, (struct automatic_example){ .is_machine = columns[0][0] == 'm', .name = automatic_fold(columns[1], 160), .local = automatic_fold(open + 1, 160), .domain = automatic_fold(at + 1, 160) },
	            columns[2], columns[3]);
	return true;
}

/* A line of a customer, of whom only the words are known. */
static bool add_customer(struct automatic_corpus *corpus, char *line)
{
	add_example(corpus, (struct automatic_example){ .is_machine = false }, "", line);
	return true;
}

typedef bool add_line(struct automatic_corpus *corpus, char *line);

static void name_source(struct automatic_example *e, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;

	(void)snprintf(e->source, sizeof(e->source), "%.*s", (int)strcspn(name, "."), name);
}

static enum ik_rc read_file(struct automatic_corpus *corpus, const char *path, add_line *add, struct ik_error *err)
{
	struct buf file = BUF_INIT(FILE_MAX);
	const size_t before = corpus->count;
	enum ik_rc rc = file_read(path, &file, err);
	size_t number = 0;

	for (char *line = rc == IK_OK && file.len > 0 ? file.data : NULL, *next; rc == IK_OK && line != NULL && *line != '\0'; line = next) {
		next = strchr(line, '\n');
		if (next != NULL) *next++ = '\0';
		number++;
		if (line[0] != '\0' && line[0] != '#' && !add(corpus, line)) rc = ik_fail(IK_CONFIG, err, "%s:%zu is no row of m or p, sender, subject and text", path, number);
	}
	for (size_t i = before; i < corpus->count; i++) name_source(&corpus->examples[i], path);
	buf_release(&file);
	return rc;
}

static bool ends_with(const char *text, const char *tail)
{
	const size_t len = strlen(text), want = strlen(tail);

	return len > want && strcmp(text + len - want, tail) == 0;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Every file of the folder with this ending, in byte order. */
static enum ik_rc read_folder(struct automatic_corpus *corpus, const char *path, const char *ending, add_line *add, struct ik_error *err)
{
	struct dirent **names = NULL;
	const int count = scandir(path, &names, is_visible, by_bytes);
	enum ik_rc rc = IK_OK;

	if (count < 0) return ik_fail_errno(err, "read the folder %s", path);
	for (int i = 0; i < count; i++) {
		char *file = mem_format("%s/%s", path, names[i]->d_name);

		if (rc == IK_OK && ends_with(file, ending)) rc = read_file(corpus, file, add, err);
		free(file);
		free(names[i]);
	}
	free(names);
	return rc;
}

enum ik_rc automatic_corpus_read(struct automatic_corpus *corpus, const char *folder, struct ik_error *err)
{
	enum ik_rc rc = read_folder(corpus, folder, ".tsv", add_mail, err);

	return rc == IK_OK ? read_folder(corpus, folder, ".txt", add_customer, err) : rc;
}

void automatic_corpus_release(struct automatic_corpus *corpus)
{
	for (size_t i = 0; i < corpus->count; i++) {
		struct automatic_example *e = &corpus->examples[i];
		char *const owned[] = { e->subject, e->text, e->local, e->domain, e->name, e->written };

		for (size_t k = 0; k < COUNT_OF(owned); k++) free(owned[k]);
		free(e->words);
	}
	free(corpus->examples);
	*corpus = (struct automatic_corpus){ 0 };
}

/* ---- training ---- */

static struct automatic_look look_at(const struct automatic_example *e, bool with_sender)
{
	return (struct automatic_look){ .subject = e->subject, .text = e->text, .local = with_sender ? e->local : NULL, .domain = e->domain, .name = e->name, .written = e->written, .words = e->words,
	                                .prefix = e->prefix };
}

double automatic_example_sum(const struct automatic_example *example, const signed char *weights)
{
	const struct automatic_look look = look_at(example, true);

	return automatic_sum(&look, weights);
}

bool automatic_example_told(const struct automatic_example *example, double sum, double above)
{
	const struct automatic_look look = look_at(example, true);

	return automatic_may_be_machine(&look) && sum > automatic_threshold(example->prefix) + above;
}

static int by_index(const void *a, const void *b)
{
	return ((const struct feature_node *)a)->index - ((const struct feature_node *)b)->index;
}

/* In order of indices, bucket + 1, as liblinear wants them. */
static struct feature_node *row_of(const struct automatic_example *e, bool with_sender, struct automatic_piece *pieces, unsigned *seen)
{
	const struct automatic_look look = look_at(e, with_sender);
	const size_t count = automatic_pieces(&look, pieces);
	struct feature_node *row = mem_new(sizeof(*row) * (count + 1));

	for (size_t i = 0; i < count; i++) {
		row[i] = (struct feature_node){ .index = (int)pieces[i].bucket + 1, .value = (double)pieces[i].value };
		seen[pieces[i].bucket]++;
	}
	qsort(row, count, sizeof(*row), by_index);
	row[count].index = -1;
	return row;
}

static void drop_rare(struct feature_node *row, const unsigned *seen)
{
	struct feature_node *to = row;

	for (const struct feature_node *from = row; from->index != -1; from++)
		if (seen[from->index - 1] >= SEEN_LEAST) *to++ = *from;
	to->index = -1;
}

static void be_quiet(const char *text)
{
	(void)text;
}

static void take_weights(const struct model *made, signed char *weights_r)
{
	const double sign = made->label[0] == 1 ? 1 : -1;

	for (size_t i = 0; i < AUTOMATIC_BUCKETS; i++) weights_r[i] = (signed char)lround(fmax(-127, fmin(127, sign * made->w[i] / AUTOMATIC_SCALE)));
}

/* Each mail once with its sender and once without, so that the words learn to speak for themselves. */
static void add_rows(struct problem *problem, const struct automatic_example *e, struct automatic_piece *pieces, unsigned *seen)
{
	for (int with_sender = e->local != NULL; with_sender >= 0; with_sender--) {
		problem->y[problem->l] = e->is_machine ? 1 : -1;
		problem->x[problem->l++] = row_of(e, with_sender != 0, pieces, seen);
	}
}

void automatic_train(const struct automatic_corpus *corpus, int left_out, signed char *weights_r)
{
	struct parameter how = { .solver_type = L2R_LR, .eps = 0.01, .C = 4, .p = 0.1 };
	struct problem problem = { .n = (int)AUTOMATIC_BUCKETS, .bias = -1 };
	struct automatic_piece *pieces = mem_new(sizeof(*pieces) * AUTOMATIC_PIECES_MAX);
	unsigned *seen = mem_new(sizeof(*seen) * AUTOMATIC_BUCKETS);
	struct model *made;

	problem.y = mem_new(sizeof(*problem.y) * (2 * corpus->count + 1));
	problem.x = mem_new(sizeof(*problem.x) * (2 * corpus->count + 1));
	for (size_t i = 0; i < corpus->count; i++)
		if ((int)corpus->examples[i].part != left_out) add_rows(&problem, &corpus->examples[i], pieces, seen);
	for (int i = 0; i < problem.l; i++) drop_rare(problem.x[i], seen);
	set_print_string_function(be_quiet);
	made = train(&problem, &how);
	take_weights(made, weights_r);
	free_and_destroy_model(&made);
	for (int i = 0; i < problem.l; i++) free(problem.x[i]);
	free(problem.x);
	free(problem.y);
	free(pieces);
	free(seen);
}

void automatic_held_out(const struct automatic_corpus *corpus, double *sums_r)
{
	signed char *weights = mem_new(AUTOMATIC_BUCKETS);

	for (int part = 0; part < AUTOMATIC_PARTS; part++) {
		automatic_train(corpus, part, weights);
		for (size_t i = 0; i < corpus->count; i++)
			if ((int)corpus->examples[i].part == part) sums_r[i] = automatic_example_sum(&corpus->examples[i], weights);
	}
	free(weights);
}
