/* model_train.h - makes a model from labelled texts. Slow (a minute for twenty thousand texts, shared by all processors) and outside the
 * daemon: `intakectl learn` is its only caller. */
#ifndef POLICY_MODEL_TRAIN_H
#define POLICY_MODEL_TRAIN_H

#include <stdio.h>
#include "policy/model.h"
#include "policy/policy.h"

/* Labels are places in the lists of label_names; -1: not known, the text does not teach that task. */
struct example { char *subject, *text; int label[MODEL_TASKS]; uint32_t origin; };     /* origin: the same for what comes from one line */
struct corpus {
	const struct policy *policy;
	struct example *examples;
	size_t count, room;
	size_t shipped;                 /* what stands behind so many examples was taught by people; 0: nothing was */
	void (*tell)(enum model_task task, size_t done, size_t all);    /* how far the training of a task is, on the caller's thread; NULL: nobody asks */
};

/* corpus_labels() - the names of a task's labels: categories of the rules, severities, tempers. Borrowed from the policy. */
const char *const *corpus_labels(const struct corpus *corpus, enum model_task task, size_t *count_r);
/* corpus_add() - copies. IK_REJECT names a label that is none; labels may be NULL, but not all of them. */
enum ik_rc corpus_add(struct corpus *corpus, const char *subject, const char *text, const char *labels[MODEL_TASKS], struct ik_error *err);
/* corpus_read_folder() - every *.txt of a folder in byte order: a line "@ CATEGORY SEVERITY SENTIMENT" says what the lines below it are, one text
 * each; "#" begins a comment. A line with choices, "The {zip|strap} {broke|tore|split}", is as many texts as its longest choice has words to
 * choose from, each of which occurs. IK_CONFIG with file and line. */
enum ik_rc corpus_read_folder(struct corpus *corpus, const char *folder, struct ik_error *err);
/* corpus_read_lines() - JSON lines with text, one or more of category, severity, sentiment, and perhaps subject; each is added `copies` times, so that a
 * correction by a person outweighs what was shipped. Labels of other lists and lines without a category are IK_REJECT with file and line. */
enum ik_rc corpus_read_lines(struct corpus *corpus, const char *path, size_t copies, size_t *read_r, struct ik_error *err);
/* corpus_drop_contradictions() - leaves out the taught texts that stand there twice with different labels of a task; how many different ones. */
size_t corpus_drop_contradictions(struct corpus *corpus);
void corpus_release(struct corpus *corpus);

/* How a model with what people taught judges texts that were held out, against one without it, on the same texts, each counted once. */
struct model_gain { size_t texts, right_before, right_now, gained, lost; };
struct model_comparison { struct model_gain shipped[MODEL_TASKS], taught[MODEL_TASKS]; };

/* model_train() - trains on everything; figures and temperatures come from five parts held out in turn. report and comparison_r may be NULL. */
struct text_model *model_train(const struct corpus *corpus, FILE *report, struct model_comparison *comparison_r);
/* model_is_worse() - more was lost than gained, by more than chance does and by more than one text in a thousand. */
bool model_is_worse(const struct model_gain *gain);

#endif
