/* automatic_train.h - makes the weights of automatic_model.h from labelled mails. Slow, and no part of the programs that run: `make model` and a test call it.
 *
 * A folder holds *.tsv files, one mail a line: "m" (a machine) or "p" (a person), the sender as "Name <address>", the subject, the text with "\n" for line
 * breaks, between tabs; and *.txt files, one text of a person a line, whose sender is not known. "#" begins a comment. Thread: one. */
#ifndef MAIL_AUTOMATIC_TRAIN_H
#define MAIL_AUTOMATIC_TRAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <intaked/error.h>
#include "mail/automatic_model.h"

/* A labelled mail, as it is looked at. */
struct automatic_example {
	char *subject, *text, *local, *domain, *name, *written;         /* folded but written */
	struct word_text *words;
	enum reply_prefix prefix;
	bool is_machine;                        /* local NULL: the sender is not known */
	unsigned part;                          /* by which it is held out */
	char source[24];                        /* the file it is from, without its ending: a language or a kind */
};
struct automatic_corpus { struct automatic_example *examples; size_t count, room; };

/* automatic_corpus_read() - the files of the folder in byte order, added to corpus. IK_CONFIG with file and line. */
enum ik_rc automatic_corpus_read(struct automatic_corpus *corpus, const char *folder, struct ik_error *err);
void automatic_corpus_release(struct automatic_corpus *corpus);

/* automatic_example_sum() - what weights say of a mail. */
double automatic_example_sum(const struct automatic_example *example, const signed char *weights);
/* automatic_example_told() - whether it is taken for a machine when its words say sum; above: added to the threshold. */
bool automatic_example_told(const struct automatic_example *example, double sum, double above);
/* automatic_train() - from all but the examples of one part; left_out -1: from all. weights_r: AUTOMATIC_BUCKETS. The same examples give the same weights. */
#define AUTOMATIC_PARTS 5
void automatic_train(const struct automatic_corpus *corpus, int left_out, signed char *weights_r);
/* automatic_held_out() - what weights that were trained without it say of each example. sums_r: corpus->count items. */
void automatic_held_out(const struct automatic_corpus *corpus, double *sums_r);

#endif
