/* model_train.c - liblinear at work: one against the rest for every label of every task, five parts held out in turn for the figures and the
 * temperature, then everything together, with weights rounded to a byte.
 *
 * The solver (trust region Newton) uses no random numbers: the same texts give the same file. */
#include "policy/model_train.h"

#include <linear.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include "base/mem.h"
#include "policy/policy_parts.h"
#include "policy/reading.h"
#include "text/hash.h"

#define PARTS 5
#define THREADS_MAX 15                  /* beside the caller's */
#define RATIO_BASE 0.35
#define RATIO_SHARE 0.65
#define WORSE_BY 1.645                  /* standard deviations that chance passes once in twenty times */
#define LOUD_LEAST 12                   /* of 127, the loudest piece of a label */
#define NEVER (-100.0)                  /* margin of a label that no text was seen of: it is not told, rather than neither yes nor no */
#define SEEN_LEAST 2                    /* texts in which a piece must occur */

struct table {
	const struct corpus *corpus;
	struct feature_node **rows;     /* of each text; index: column + 1 */
	uint32_t *buckets;              /* of each column: liblinear is slow with columns that no text has */
	size_t columns;
	unsigned char *parts;           /* which part each text belongs to */
	size_t upto;                    /* examples that are trained on */
};

struct figures { double right, macro; };

/* ---- texts as rows --------------------------------------------------------------------------------------------------------- */

static int by_index(const void *a, const void *b)
{
	return ((const struct feature_node *)a)->index - ((const struct feature_node *)b)->index;
}

/* In order of indices, as liblinear wants them; index: bucket + 1 at first. counts: as so many texts. */
static struct feature_node *row_of(const struct corpus *corpus, const struct example *e, unsigned counts, unsigned *seen)
{
	struct model_feature *features = mem_new(sizeof(*features) * MODEL_FEATURES_MAX);
	struct reading *reading = reading_new(corpus->policy->rules, NULL, e->subject, e->text);
	const size_t count = model_features(reading, features);
	struct feature_node *row = mem_new(sizeof(*row) * (count + 1));

	for (size_t i = 0; i < count; i++) {
		row[i] = (struct feature_node){ .index = (int)features[i].bucket + 1, .value = (double)features[i].value };
		seen[features[i].bucket] += counts;
	}
	qsort(row, count, sizeof(*row), by_index);
	row[count].index = -1;
	reading_free(&reading);
	free(features);
	return row;
}

/* The columns are the buckets that enough texts have, in order. column_r: of each bucket, from 1; 0: none. */
static void choose_columns(struct table *t, const unsigned *seen, unsigned *column_r)
{
	t->buckets = mem_new(sizeof(*t->buckets) * MODEL_BUCKETS);
	for (uint32_t b = 0; b < MODEL_BUCKETS; b++) {
		column_r[b] = 0;
		if (seen[b] < (b < MODEL_RULE_BUCKETS ? 1 : SEEN_LEAST)) continue;
		t->buckets[t->columns++] = b;
		column_r[b] = (unsigned)t->columns;
	}
}

static void take_columns(struct feature_node *row, const unsigned *column)
{
	struct feature_node *to = row;

	for (const struct feature_node *from = row; from->index != -1; from++)
		if (column[from->index - 1] != 0) *to++ = (struct feature_node){ .index = (int)column[from->index - 1], .value = from->value };
	to->index = -1;
}

static void table_fill(struct table *t, const struct corpus *corpus)
{
	unsigned *seen = mem_new(sizeof(*seen) * MODEL_BUCKETS), *column = mem_new(sizeof(*column) * MODEL_BUCKETS);

	t->corpus = corpus;
	t->columns = 0;
	t->upto = corpus->count;
	t->rows = mem_new(sizeof(struct feature_node *) * (corpus->count + 1));
	t->parts = mem_new(corpus->count + 1);
	for (size_t i = 0; i < corpus->count; i++) {
		const struct example *e = &corpus->examples[i];

		/* What a person taught is looked at piece by piece, however rare. */
		t->rows[i] = row_of(corpus, e, corpus->shipped > 0 && i >= corpus->shipped ? SEEN_LEAST : 1, seen);
		t->parts[i] = (unsigned char)(e->origin % PARTS);          /* copies and variants of a text stay together */
	}
	choose_columns(t, seen, column);
	for (size_t i = 0; i < corpus->count; i++) take_columns(t->rows[i], column);
	free(column);
	free(seen);
}

static void table_release(struct table *t)
{
	for (size_t i = 0; i < t->corpus->count; i++) free(t->rows[i]);
	free(t->rows);
	free(t->buckets);
	free(t->parts);
}

/* ---- one task ------------------------------------------------------------------------------------------------------------------- */

static void be_quiet(const char *text)
{
	(void)text;
}

static bool is_taught_from(const struct table *t, enum model_task task, size_t i, int left_out)
{
	return t->corpus->examples[i].label[task] >= 0 && t->parts[i] != left_out;
}

/* How much a piece counts for a label, one a column, to be freed: more, the more often it stands in its texts than in others or the other way round
 * (the log-count ratio of Wang and Manning, ACL 2012, part 1), beside a share that every piece has. */
static double *ratios_of(const struct table *t, enum model_task task, int label, int left_out)
{
	double *in = mem_new(sizeof(*in) * (t->columns + 1)), *out = mem_new(sizeof(*out) * (t->columns + 1)), texts_in = 1, texts_out = 1;

	for (size_t i = 0; i < t->upto; i++) {
		const bool is_in = t->corpus->examples[i].label[task] == label;

		if (!is_taught_from(t, task, i, left_out)) continue;
		*(is_in ? &texts_in : &texts_out) += 1;
		for (const struct feature_node *n = t->rows[i]; n->index != -1; n++) (is_in ? in : out)[n->index - 1] += 1;
	}
	for (size_t i = 0; i < t->columns; i++) in[i] = RATIO_BASE + RATIO_SHARE * fabs(log((in[i] + 1) / texts_in * texts_out / (out[i] + 1)));
	free(out);
	return in;
}

/* To be freed. */
static struct feature_node *scaled(const struct feature_node *row, const double *ratios)
{
	struct feature_node *copy;
	size_t count = 0;

	while (row[count].index != -1) count++;
	copy = mem_new(sizeof(*copy) * (count + 1));
	for (size_t i = 0; i < count; i++) copy[i] = (struct feature_node){ .index = row[i].index, .value = row[i].value * ratios[row[i].index - 1] };
	copy[count].index = -1;
	return copy;
}

/* The texts of a label against all others. yes_r: how many are of it. */
static struct problem problem_of(const struct table *t, enum model_task task, int label, int left_out, const double *ratios, size_t *yes_r)
{
	struct problem problem = { .n = (int)t->columns, .bias = -1 };

	problem.y = mem_new(sizeof(*problem.y) * (t->corpus->count + 1));
	problem.x = mem_new(sizeof(*problem.x) * (t->corpus->count + 1));
	for (size_t i = 0; i < t->upto; i++) {
		const bool is_in = t->corpus->examples[i].label[task] == label;

		if (!is_taught_from(t, task, i, left_out)) continue;
		*yes_r += is_in;
		problem.y[problem.l] = is_in ? 1 : -1;
		problem.x[problem.l++] = scaled(t->rows[i], ratios);
	}
	return problem;
}

static void problem_release(struct problem *problem)
{
	for (int i = 0; i < problem->l; i++) free(problem->x[i]);
	free(problem->x);
	free(problem->y);
}

static void solve(const struct problem *problem, size_t yes, const double *ratios, double *weights)
{
	int classes[2] = { 1, -1 };
	double class_weights[2] = { fmin(3, sqrt((double)problem->l / (double)yes / 4)), 1 };   /* rare labels count too */
	const struct parameter how = { .solver_type = L2R_LR, .eps = 0.1, .C = 3, .p = 0.1, .nr_weight = 2, .weight_label = classes, .weight = class_weights };
	struct model *made = train(problem, &how);
	const double sign = made->label[0] == 1 ? 1 : -1;

	for (int i = 0; i < problem->n; i++) weights[i] = sign * made->w[i] * ratios[i];
	free_and_destroy_model(&made);
}

/* Weights of one label, one a column, to be freed, all 0 when nothing can be learned. left_out: a part, or -1. is_known_r: there were texts of it. */
static double *train_label(const struct table *t, enum model_task task, int label, int left_out, bool *is_known_r)
{
	double *weights = mem_new(sizeof(*weights) * (t->columns + 1)), *ratios = ratios_of(t, task, label, left_out);
	size_t yes = 0;
	struct problem problem = problem_of(t, task, label, left_out, ratios, &yes);

	*is_known_r = yes > 0;
	if (yes > 0 && yes < (size_t)problem.l) solve(&problem, yes, ratios, weights);
	problem_release(&problem);
	free(ratios);
	return weights;
}

static double dot(const double *weights, const struct feature_node *row)
{
	double sum = 0;

	for (; row->index != -1; row++) sum += weights[row->index - 1] * row->value;
	return sum;
}

/* One label against the rest, without one part of the texts (-1: with all). weights: what comes of it, one a column, to be freed. */
struct lesson { int label, left_out; double *weights; bool is_known; };
struct school { const struct table *table; enum model_task task; struct lesson *lessons; size_t count; atomic_size_t next; };

static bool teach_one(struct school *s)
{
	const size_t i = atomic_fetch_add(&s->next, 1);

	if (i >= s->count) return false;
	s->lessons[i].weights = train_label(s->table, s->task, s->lessons[i].label, s->lessons[i].left_out, &s->lessons[i].is_known);
	return true;
}

static void *teach(void *arg)
{
	while (teach_one(arg)) {}
	return NULL;
}

/* All lessons, on every processor; none depends on another, so that the outcome does not depend on their order. */
static void teach_all(const struct table *t, enum model_task task, struct lesson *lessons, size_t count)
{
	struct school school = { .table = t, .task = task, .lessons = lessons, .count = count };
	pthread_t threads[THREADS_MAX];
	size_t running = 0;
	const size_t wanted = (size_t)get_nprocs() - 1;

	while (running < wanted && running < THREADS_MAX && pthread_create(&threads[running], NULL, teach, &school) == 0) running++;
	while (teach_one(&school))
		if (t->corpus->tell != NULL && atomic_load(&school.next) < count) t->corpus->tell(task, atomic_load(&school.next), count);
	while (running > 0) (void)pthread_join(threads[--running], NULL);
	if (t->corpus->tell != NULL) t->corpus->tell(task, count, count);
}

/* Margins of texts held out, MODEL_LABELS_MAX a text. */
static double *held_out_margins(const struct table *t, enum model_task task, size_t labels)
{
	double *margins = mem_new(sizeof(*margins) * MODEL_LABELS_MAX * (t->corpus->count + 1));
	struct lesson *lessons = mem_new(sizeof(*lessons) * PARTS * labels);

	for (size_t i = 0; i < PARTS * labels; i++) lessons[i] = (struct lesson){ .label = (int)(i / PARTS), .left_out = (int)(i % PARTS) };
	teach_all(t, task, lessons, PARTS * labels);
	for (size_t n = 0; n < PARTS * labels; n++) {
		const struct lesson *l = &lessons[n];

		for (size_t i = 0; i < t->corpus->count; i++)
			if (t->parts[i] == l->left_out) margins[MODEL_LABELS_MAX * i + (size_t)l->label] = l->is_known ? dot(l->weights, t->rows[i]) : NEVER;
		free(l->weights);
	}
	free(lessons);
	return margins;
}

/* How surprised the certainties are by the truth, in the mean. */
static double surprise(const struct table *t, enum model_task task, size_t labels, const double *margins, double temperature)
{
	double sum = 0, certainty[MODEL_LABELS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < t->corpus->count; i++) {
		const int truth = t->corpus->examples[i].label[task];

		if (truth < 0) continue;
		memcpy(certainty, margins + MODEL_LABELS_MAX * i, sizeof(certainty));
		model_soften(certainty, labels, temperature);
		sum -= log(fmax(certainty[truth], 1e-9));
		count++;
	}
	return count > 0 ? sum / (double)count : 0;
}

static double fit_temperature(const struct table *t, enum model_task task, size_t labels, const double *margins)
{
	double best = 1, least = INFINITY;

	for (double temperature = 0.1; temperature < 3; temperature *= 1.05) {
		const double is = surprise(t, task, labels, margins, temperature);

		if (is < least) {
			least = is;
			best = temperature;
		}
	}
	return best;
}

static size_t best_of(const double *margins, size_t labels)
{
	size_t best = 0;

	for (size_t i = 1; i < labels; i++)
		if (margins[i] > margins[best]) best = i;
	return best;
}

static struct figures figures_of(const struct table *t, enum model_task task, size_t labels, const double *margins)
{
	size_t hit[MODEL_LABELS_MAX] = { 0 }, extra[MODEL_LABELS_MAX] = { 0 }, missed[MODEL_LABELS_MAX] = { 0 }, count = 0, right = 0, used = 0;
	double f1 = 0;

	for (size_t i = 0; i < t->corpus->count; i++) {
		const int truth = t->corpus->examples[i].label[task];
		const size_t got = best_of(margins + MODEL_LABELS_MAX * i, labels);

		if (truth < 0) continue;
		count++;
		if ((size_t)truth == got) {
			hit[got]++;
			right++;
		} else {
			extra[got]++;
			missed[truth]++;
		}
	}
	for (size_t i = 0; i < labels; i++) {
		if (hit[i] + missed[i] == 0) continue;
		used++;
		f1 += 2.0 * (double)hit[i] / (double)(2 * hit[i] + extra[i] + missed[i]);
	}
	return (struct figures){ count > 0 ? (double)right / (double)count : 0, used > 0 ? f1 / (double)used : 0 };
}

/* ---- with and without what people taught ----------------------------------------------------------------------------------------- */

/* Copies of a text stand one behind the other and count once. */
static bool is_copy(const struct corpus *corpus, size_t i)
{
	return i > corpus->shipped && strcmp(corpus->examples[i].text, corpus->examples[i - 1].text) == 0 &&
	       memcmp(corpus->examples[i].label, corpus->examples[i - 1].label, sizeof(corpus->examples[i].label)) == 0;
}

static bool is_taught(const struct corpus *corpus, enum model_task task)
{
	for (size_t i = corpus->shipped; i < corpus->count; i++)
		if (corpus->examples[i].label[task] >= 0) return corpus->shipped > 0;
	return false;
}

static void compare(const struct table *t, enum model_task task, size_t labels, const double *now, struct model_comparison *c)
{
	struct table without = *t;
	double *before;

	without.upto = t->corpus->shipped;
	before = held_out_margins(&without, task, labels);
	for (size_t i = 0; i < t->corpus->count; i++) {
		struct model_gain *g = i < t->corpus->shipped ? &c->shipped[task] : &c->taught[task];
		const int truth = t->corpus->examples[i].label[task];
		const bool was = (int)best_of(before + MODEL_LABELS_MAX * i, labels) == truth, is = (int)best_of(now + MODEL_LABELS_MAX * i, labels) == truth;

		if (truth < 0 || is_copy(t->corpus, i)) continue;
		g->texts++;
		g->right_before += was;
		g->right_now += is;
		g->gained += is && !was;
		g->lost += was && !is;
	}
	free(before);
}

/* Were it chance, each text that is judged otherwise would be as likely gained as lost: the sign test with its correction for small numbers, at
 * one in twenty. */
bool model_is_worse(const struct model_gain *gain)
{
	const double fell = (double)gain->lost - (double)gain->gained;

	/* The variants of one training line fall together, a handful of texts is one loss: less than one in a thousand is none. */
	return fell * 1000 > (double)gain->texts && fell > 1 && (fell - 1) * (fell - 1) > WORSE_BY * WORSE_BY * (double)(gain->lost + gain->gained);
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------------- */

/* into_r: MODEL_BUCKETS rows of outputs bytes. */
static void store_weights(const struct table *t, struct text_model *m, size_t output, const double *weights, signed char *into_r)
{
	double most = 1e-9;

	for (size_t i = 0; i < t->columns; i++) most = fmax(most, fabs(weights[i]));
	m->scales[output] = (float)(most / 127);
	for (size_t i = 0; i < t->columns; i++) into_r[t->buckets[i] * m->outputs + output] = (signed char)lround(weights[i] / most * 127);
}

/* Pieces that speak for nothing loudly are most of the file and change next to no decision. */
static void drop_faint(signed char *weights, size_t outputs)
{
	for (size_t b = MODEL_RULE_BUCKETS; b < MODEL_BUCKETS; b++) {
		signed char *row = weights + b * outputs;
		int loudest = 0;

		for (size_t i = 0; i < outputs; i++)
			if (abs(row[i]) > loudest) loudest = abs(row[i]);
		if (loudest < LOUD_LEAST) memset(row, 0, outputs);
	}
}

static void train_task(const struct table *t, enum model_task task, struct text_model *m, signed char *into_r, FILE *report, struct model_comparison *comparison)
{
	struct model_labels *labels = &m->tasks[task];
	struct lesson lessons[MODEL_LABELS_MAX];
	double *margins = held_out_margins(t, task, labels->count);
	const struct figures figures = figures_of(t, task, labels->count, margins);

	if (comparison != NULL && is_taught(t->corpus, task)) compare(t, task, labels->count, margins, comparison);
	labels->temperature = fit_temperature(t, task, labels->count, margins);
	m->held_out[task] = figures.right;
	if (report != NULL)
		(void)fprintf(report, "%s: held out %.3f right, macro-F1 %.3f, temperature %.2f\n", model_task_names[task], figures.right, figures.macro, labels->temperature);
	for (size_t i = 0; i < labels->count; i++) lessons[i] = (struct lesson){ .label = (int)i, .left_out = -1 };
	teach_all(t, task, lessons, labels->count);
	for (size_t i = 0; i < labels->count; i++) {
		store_weights(t, m, labels->first + i, lessons[i].weights, into_r);
		free(lessons[i].weights);
	}
	free(margins);
}

struct text_model *model_train(const struct corpus *corpus, FILE *report, struct model_comparison *comparison_r)
{
	struct model_comparison comparison = { 0 };
	const char *const *names[MODEL_TASKS];
	size_t counts[MODEL_TASKS];
	struct table table;
	struct text_model *m;
	signed char *weights;

	set_print_string_function(be_quiet);
	for (int t = 0; t < MODEL_TASKS; t++) names[t] = corpus_labels(corpus, (enum model_task)t, &counts[t]);
	table_fill(&table, corpus);
	m = model_new(names, counts);
	m->texts = corpus->count;
	weights = mem_new((size_t)MODEL_BUCKETS * m->outputs);
	for (int t = 0; t < MODEL_TASKS; t++) train_task(&table, (enum model_task)t, m, weights, report, comparison_r != NULL ? &comparison : NULL);
	drop_faint(weights, m->outputs);
	model_set_weights(m, weights);
	if (comparison_r != NULL) *comparison_r = comparison;
	free(weights);
	table_release(&table);
	return m;
}
