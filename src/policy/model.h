/* model.h - the learned classifier: what a text is like the texts it was trained on. Linear weights over pieces of words and over what the
 * rules saw, so that every judgement can be taken apart into the pieces that made it. Const after model_load(), shared by threads.
 *
 * Pieces (characters one to three at a time where words are not spaced, words and pairs of words elsewhere) are hashed into buckets; the
 * first MODEL_RULE_BUCKETS buckets are the rules' sums. Words that a negation took back are no pieces.
 * The method: L2-regularised logistic regression, one against the rest (Fan et al., JMLR 9, 2008), over pieces that count by how unlike they stand
 * in and outside of a label's texts (Wang and Manning, ACL 2012); certainty is the softmax of the margins,
 * its temperature fitted on texts held out (Guo et al., ICML 2017). */
#ifndef POLICY_MODEL_H
#define POLICY_MODEL_H

#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>

#define MODEL_BUCKETS 524288u           /* a row of the file names its bucket in three bytes */
#define MODEL_RULE_BUCKETS 128u
#define MODEL_LABELS_MAX 32             /* of one task */
#define MODEL_OUTPUTS_MAX 64            /* of all tasks */
#define MODEL_FEATURES_MAX 4096         /* of one text */
#define MODEL_FILE_MAX (4u << 20)

enum model_task { MODEL_CATEGORY, MODEL_SEVERITY, MODEL_SENTIMENT, MODEL_TASKS };
extern const char *const model_task_names[];

struct reading;
/* One piece of a text: where it stands in the folded text (start == end: a sum of the rules), and how much it counts. */
struct model_feature { uint32_t bucket; uint16_t start, end; float value; uint32_t row; };     /* row: see model_find() */
/* model_features() - the pieces of a text, each bucket once, in no order; those of one value lie together. features_r: MODEL_FEATURES_MAX items. */
size_t model_features(const struct reading *reading, struct model_feature *features_r);

struct model_labels { char *name[MODEL_LABELS_MAX]; size_t count, first; double temperature; };    /* first: its place among the outputs */
struct text_model {
	struct model_labels tasks[MODEL_TASKS];
	size_t outputs;
	float *scales;                  /* per output: a weight is scale times its byte */
	struct model_rows { uint32_t has, before; } index[MODEL_BUCKETS / 32];  /* a bit for each bucket that has weights; rows of the buckets before these 32 */
	signed char *rows;              /* outputs bytes each, in order of buckets */
	size_t row_count;
	size_t texts;                   /* it was trained on */
	double held_out[MODEL_TASKS];   /* share of held-out texts it judged right, when it was made */
};

/* model_load() - IK_CONFIG when the file is none, damaged or of another version. */
enum ik_rc model_load(const char *path, struct text_model **model_r, struct ik_error *err);
/* model_save() - dir/name, durably, an old one replaced as a whole. */
enum ik_rc model_save(const struct text_model *model, const char *dir, const char *name, struct ik_error *err);
/* model_new() - for these labels, without weights; the names are copied. */
struct text_model *model_new(const char *const *names[MODEL_TASKS], const size_t counts[MODEL_TASKS]);
void model_free(struct text_model **model);
/* model_set_weights() - once. weights: MODEL_BUCKETS rows of outputs bytes; what is not 0 throughout is kept. */
void model_set_weights(struct text_model *model, const signed char *weights);

/* model_find() - where the weights of each piece are, for model_judge() and model_speaks(): found once, and all at a time, since the memory is
 * slower than the sums. Pieces without weights, which is most, are dropped; those of one value still lie together. Returns how many are left. */
size_t model_find(const struct text_model *model, struct model_feature *features, size_t count);
/* model_judge() - the certainty of each label of each task, adding up to 1 in a task. */
void model_judge(const struct text_model *model, const struct model_feature *features, size_t count, double certainty_r[MODEL_TASKS][MODEL_LABELS_MAX]);
/* model_label() - the place of a label in a task, its count when it has none of that name. */
size_t model_label(const struct text_model *model, enum model_task task, const char *name);
/* model_speaks() - how much one piece speaks for a label, against the mean of the task's labels. */
double model_speaks(const struct text_model *model, enum model_task task, size_t label, const struct model_feature *feature);
/* model_soften() - margins to certainties, in place. */
void model_soften(double *margins, size_t count, double temperature);

#endif
