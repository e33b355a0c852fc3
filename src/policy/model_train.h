/* model_train.h - makes a model from labelled texts. Slow (seconds) and outside the daemon: `intakectl learn` is its only caller. */
#ifndef POLICY_MODEL_TRAIN_H
#define POLICY_MODEL_TRAIN_H

#include <stdio.h>
#include "policy/model.h"
#include "policy/policy.h"

/* Labels are places in the lists of label_names; -1: not known, the text does not teach that task. */
struct example { char *subject, *text; int label[MODEL_TASKS]; };
struct corpus { const struct policy *policy; struct example *examples; size_t count, room; };

/* corpus_labels() - the names of a task's labels: categories of the rules, severities, tempers. Borrowed from the policy. */
const char *const *corpus_labels(const struct corpus *corpus, enum model_task task, size_t *count_r);
/* corpus_add() - copies. IK_REJECT names a label that is none; severity and sentiment may be NULL. */
enum ik_rc corpus_add(struct corpus *corpus, const char *subject, const char *text, const char *labels[MODEL_TASKS], struct ik_error *err);
/* corpus_read_folder() - every *.txt of a folder in byte order: a line "@ CATEGORY SEVERITY SENTIMENT" says what the lines below it are, one text
 * each; "#" begins a comment. IK_CONFIG with file and line. */
enum ik_rc corpus_read_folder(struct corpus *corpus, const char *folder, struct ik_error *err);
/* corpus_read_lines() - JSON lines with text, category and perhaps subject, severity, sentiment; each is added `copies` times, so that a
 * correction by a person outweighs what was shipped. Labels of other lists and lines without a category are IK_REJECT with file and line. */
enum ik_rc corpus_read_lines(struct corpus *corpus, const char *path, size_t copies, size_t *read_r, struct ik_error *err);
void corpus_release(struct corpus *corpus);

/* model_train() - trains on everything; figures and temperatures come from five parts held out in turn. report may be NULL. */
struct text_model *model_train(const struct corpus *corpus, FILE *report);

#endif
