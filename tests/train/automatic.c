/* automatic.c - trains the learned opinion on automatic mail: `automatic [--wrong] FOLDER OUT`. Prints what it says of mails it was not trained on, for
 * several thresholds, so that the one in src/mail/automatic_model.c can be chosen, and for each file; --wrong adds each mail that it tells wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "mail/automatic_train.h"

struct tally { size_t machines, found, persons, wronged; };

static void count(struct tally *t, const struct automatic_example *e, double sum, double above)
{
	const bool is_told = automatic_example_told(e, sum, above);

	t->machines += e->is_machine;
	t->persons += !e->is_machine;
	t->found += e->is_machine && is_told;
	t->wronged += !e->is_machine && is_told;
}

static void print_tally(const struct tally *t)
{
	(void)printf("%zu of %zu machines found, %zu of %zu persons taken for one\n", t->found, t->machines, t->wronged, t->persons);
}

/* Of the mails of one kind, those with a sender or those without. */
static void print_row(const struct automatic_corpus *corpus, const double *sums, bool has_sender, double above)
{
	struct tally t = { 0 };

	for (size_t i = 0; i < corpus->count; i++)
		if ((corpus->examples[i].local != NULL) == has_sender) count(&t, &corpus->examples[i], sums[i], above);
	(void)printf("%s, %+.2f from the threshold: ", has_sender ? "mails" : "customers", above);
	print_tally(&t);
}

/* Files stand one after the other, most of them of one language. */
static void print_sources(const struct automatic_corpus *corpus, const double *sums)
{
	for (size_t i = 0; i < corpus->count;) {
		const char *source = corpus->examples[i].source;
		struct tally t = { 0 };

		for (; i < corpus->count && strcmp(corpus->examples[i].source, source) == 0; i++) count(&t, &corpus->examples[i], sums[i], 0);
		(void)printf("%-16s ", source);
		print_tally(&t);
	}
}

static void print_figures(const struct automatic_corpus *corpus, const double *sums)
{
	static const double steps[] = { -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 1.5 };

	for (int has_sender = 1; has_sender >= 0; has_sender--)
		for (size_t i = 0; i < COUNT_OF(steps); i++) print_row(corpus, sums, has_sender != 0, steps[i]);
}

/* Those that are told wrong, for whoever writes more. */
static void print_wrong(const struct automatic_corpus *corpus, const double *sums)
{
	for (size_t i = 0; i < corpus->count; i++) {
		const struct automatic_example *e = &corpus->examples[i];

		if (e->is_machine != automatic_example_told(e, sums[i], 0)) (void)printf("%5.2f %s %s: %s\n", sums[i], e->is_machine ? "machine" : "person ", e->local != NULL ? e->local : "-", e->subject[0] != '\0' ? e->subject : e->text);
	}
}

static int write_weights(const char *path, const signed char *weights)
{
	FILE *out = fopen(path, "wb");
	const bool is_written = out != NULL && fwrite(weights, 1, AUTOMATIC_BUCKETS, out) == AUTOMATIC_BUCKETS;

	if (out == NULL || fclose(out) != 0 || !is_written) {
		perror(path);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	struct automatic_corpus corpus = { 0 };
	struct ik_error err = { "" };
	signed char *weights = mem_new(AUTOMATIC_BUCKETS);
	const bool shows_wrong = argc > 1 && strcmp(argv[1], "--wrong") == 0;
	char **const paths = argv + 1 + shows_wrong;
	const bool is_usage = argc != 3 + shows_wrong;
	double *sums;
	int status;

	if (is_usage || automatic_corpus_read(&corpus, paths[0], &err) != IK_OK) {
		(void)fprintf(stderr, "%s\n", is_usage ? "automatic [--wrong] FOLDER OUT" : err.text);
		return EXIT_FAILURE;
	}
	sums = mem_new(sizeof(*sums) * (corpus.count + 1));
	automatic_held_out(&corpus, sums);
	print_figures(&corpus, sums);
	print_sources(&corpus, sums);
	if (shows_wrong) print_wrong(&corpus, sums);
	automatic_train(&corpus, -1, weights);
	status = write_weights(paths[1], weights);
	automatic_corpus_release(&corpus);
	free(weights);
	free(sums);
	return status;
}
