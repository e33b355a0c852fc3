/* model.c - the model file, and judging by it.
 *
 * File: a line "intaked-model 2", a line of JSON (labels, scales, temperatures, figures), then one row for each bucket that has weights:
 * the bucket in three bytes, low byte first, and a signed byte for each output; at the end the XXH64 of everything before, low byte first. */
#include "policy/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"

#define FIRST_LINE "intaked-model 2\n"
#define DIGEST_BYTES 8
#define BUCKET_BYTES 3
#define ROW_STEP 16                     /* weights added at a time; as many lie behind the last row */

const char *const model_task_names[] = { "category", "severity", "sentiment", NULL };

struct text_model *model_new(const char *const *names[MODEL_TASKS], const size_t counts[MODEL_TASKS])
{
	struct text_model *m = mem_new(sizeof(*m));

	for (size_t t = 0; t < MODEL_TASKS; t++) {
		m->tasks[t] = (struct model_labels){ .count = counts[t], .first = m->outputs, .temperature = 1 };
		for (size_t i = 0; i < counts[t]; i++) m->tasks[t].name[i] = mem_text(names[t][i]);
		m->outputs += counts[t];
	}
	m->scales = mem_new(sizeof(*m->scales) * (m->outputs + 1));
	return m;
}

void model_free(struct text_model **model)
{
	struct text_model *m = *model;

	if (m == NULL) return;
	for (size_t t = 0; t < MODEL_TASKS; t++)
		for (size_t i = 0; i < m->tasks[t].count; i++) free(m->tasks[t].name[i]);
	free(m->scales);
	free(m->rows);
	free(m);
	*model = NULL;
}

/* ---- weights ------------------------------------------------------------------------------------------------------------ */

/* Without a call, whatever processor is compiled for. */
static uint32_t bits_in(uint32_t x)
{
	x -= x >> 1 & 0x55555555u;
	x = (x & 0x33333333u) + (x >> 2 & 0x33333333u);
	return ((x + (x >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24;
}

static bool has_row(const struct text_model *m, size_t bucket)
{
	return (m->index[bucket / 32].has >> (bucket % 32) & 1) != 0;
}

/* Which row has the weights of a bucket that has any. */
static uint32_t row_number(const struct text_model *m, size_t bucket)
{
	const struct model_rows *at = &m->index[bucket / 32];

	return at->before + bits_in(at->has & ((1u << (bucket % 32)) - 1));
}

static const signed char *row_at(const struct text_model *m, uint32_t number)
{
	return m->rows + (size_t)number * m->outputs;
}

/* In order of buckets. */
static void add_row(struct text_model *m, size_t bucket, const void *row)
{
	m->index[bucket / 32].has |= 1u << (bucket % 32);
	memcpy(m->rows + m->row_count * m->outputs, row, m->outputs);
	m->row_count++;
}

static void count_rows(struct text_model *m)
{
	uint32_t count = 0;

	for (size_t i = 0; i < COUNT_OF(m->index); i++) {
		m->index[i].before = count;
		count += bits_in(m->index[i].has);
	}
}

static bool is_empty(const signed char *row, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (row[i] != 0) return false;
	return true;
}

void model_set_weights(struct text_model *model, const signed char *weights)
{
	size_t count = 0;

	for (size_t b = 0; b < MODEL_BUCKETS; b++) count += is_empty(weights + b * model->outputs, model->outputs) ? 0 : 1;
	model->rows = mem_new(count * model->outputs + ROW_STEP);
	for (size_t b = 0; b < MODEL_BUCKETS; b++)
		if (!is_empty(weights + b * model->outputs, model->outputs)) add_row(model, b, weights + b * model->outputs);
	count_rows(model);
}

/* ---- judging ------------------------------------------------------------------------------------------------------------ */

void model_soften(double *margins, size_t count, double temperature)
{
	double most = -INFINITY, sum = 0;

	for (size_t i = 0; i < count; i++) most = fmax(most, margins[i]);
	for (size_t i = 0; i < count; i++) {
		margins[i] = exp((margins[i] - most) / temperature);
		sum += margins[i];
	}
	for (size_t i = 0; i < count; i++) margins[i] /= sum;
}

/* Sums of weights, exact whatever the order: bytes of features that weigh the same. */
struct sum { float value; int32_t of[MODEL_OUTPUTS_MAX]; };

static void take_sum(struct sum *sum, size_t outputs, float value, double *margins)
{
	for (size_t i = 0; i < outputs; i++) {
		margins[i] += (double)sum->value * sum->of[i];
		sum->of[i] = 0;
	}
	sum->value = value;
}

static void add_to_sum(struct sum *sum, const signed char *row, size_t outputs)
{
	for (size_t at = 0; at < outputs; at += ROW_STEP)
		for (size_t i = 0; i < ROW_STEP; i++) sum->of[at + i] += row[at + i];
}

size_t model_find(const struct text_model *model, struct model_feature *features, size_t count)
{
	size_t found = 0;

	for (size_t f = 0; f < count; f++) {
		const uint32_t bucket = features[f].bucket;

		if (!has_row(model, bucket)) continue;
		features[found] = features[f];
		features[found].row = row_number(model, bucket);
		__builtin_prefetch(row_at(model, features[found].row));
		found++;
	}
	return found;
}

void model_judge(const struct text_model *model, const struct model_feature *features, size_t count, double certainty_r[MODEL_TASKS][MODEL_LABELS_MAX])
{
	double margins[MODEL_OUTPUTS_MAX] = { 0 };
	struct sum sum = { .value = 0 };

	for (size_t f = 0; f < count; f++) {
		if (features[f].value != sum.value) take_sum(&sum, model->outputs, features[f].value, margins);
		add_to_sum(&sum, row_at(model, features[f].row), model->outputs);
	}
	take_sum(&sum, model->outputs, 0, margins);
	for (size_t t = 0; t < MODEL_TASKS; t++) {
		const struct model_labels *labels = &model->tasks[t];

		for (size_t i = 0; i < labels->count; i++) certainty_r[t][i] = margins[labels->first + i] * (double)model->scales[labels->first + i];
		model_soften(certainty_r[t], labels->count, labels->temperature);
	}
}

size_t model_label(const struct text_model *model, enum model_task task, const char *name)
{
	const struct model_labels *labels = &model->tasks[task];
	size_t i = 0;

	while (i < labels->count && strcmp(labels->name[i], name) != 0) i++;
	return i;
}

double model_speaks(const struct text_model *model, enum model_task task, size_t label, const struct model_feature *feature)
{
	const struct model_labels *labels = &model->tasks[task];
	const signed char *row = row_at(model, feature->row) + labels->first;
	double mean = 0;

	for (size_t i = 0; i < labels->count; i++) mean += row[i] * (double)model->scales[labels->first + i];
	return (double)feature->value * (row[label] * (double)model->scales[labels->first + label] - mean / (double)labels->count);
}

/* ---- writing ------------------------------------------------------------------------------------------------------------ */

static json_t *describe(const struct text_model *m)
{
	json_t *top = json_pack("{s:I}", "texts", (json_int_t)m->texts), *scales = json_array();

	for (size_t t = 0; t < MODEL_TASKS; t++) {
		json_t *names = json_array();

		for (size_t i = 0; i < m->tasks[t].count; i++) (void)json_array_append_new(names, json_string(m->tasks[t].name[i]));
		(void)json_object_set_new(top, model_task_names[t], json_pack("{s:o, s:f, s:f}", "labels", names, "temperature", m->tasks[t].temperature,
		                                                              "held_out", m->held_out[t]));
	}
	for (size_t i = 0; i < m->outputs; i++) (void)json_array_append_new(scales, json_real((double)m->scales[i]));
	(void)json_object_set_new(top, "scales", scales);
	return top;
}

static void add_rows(struct buf *b, const struct text_model *m)
{
	for (size_t bucket = 0; bucket < MODEL_BUCKETS; bucket++) {
		const unsigned char low_first[BUCKET_BYTES] = { (unsigned char)(bucket & 0xff), (unsigned char)(bucket >> 8 & 0xff), (unsigned char)(bucket >> 16) };

		if (!has_row(m, bucket)) continue;
		(void)buf_add(b, low_first, sizeof(low_first));
		(void)buf_add(b, row_at(m, row_number(m, bucket)), m->outputs);
	}
}

static void digest_of(const char *data, size_t len, unsigned char digest_r[DIGEST_BYTES])
{
	const XXH64_hash_t hash = XXH64(data, len, 0);

	for (size_t i = 0; i < DIGEST_BYTES; i++) digest_r[i] = (unsigned char)(hash >> (8 * i) & 0xff);
}

enum ik_rc model_save(const struct text_model *model, const char *dir, const char *name, struct ik_error *err)
{
	struct buf b = BUF_INIT(MODEL_FILE_MAX);
	json_t *top = describe(model);
	unsigned char digest[DIGEST_BYTES];
	enum ik_rc rc;

	(void)buf_text(&b, FIRST_LINE);
	(void)json_print(&b, top);
	(void)buf_char(&b, '\n');
	add_rows(&b, model);
	digest_of(buf_str(&b), b.len, digest);
	(void)buf_add(&b, digest, sizeof(digest));
	rc = buf_check(&b, "the model", err);
	if (rc == IK_OK) rc = file_write_durable(dir, name, b.data, b.len, err);
	json_decref(top);
	buf_release(&b);
	return rc;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------ */

static bool read_labels(const json_t *task, const char *names_r[MODEL_LABELS_MAX], size_t *count_r)
{
	const json_t *labels = json_object_get(task, "labels");

	*count_r = json_array_size(labels);
	if (*count_r < 2 || *count_r > MODEL_LABELS_MAX) return false;
	for (size_t i = 0; i < *count_r; i++) {
		names_r[i] = json_string_value(json_array_get(labels, i));
		if (names_r[i] == NULL) return false;
	}
	return true;
}

static bool read_figures(struct text_model *m, const json_t *top)
{
	const json_t *scales = json_object_get(top, "scales");

	if (json_array_size(scales) != m->outputs) return false;
	for (size_t i = 0; i < m->outputs; i++) m->scales[i] = (float)json_number_value(json_array_get(scales, i));
	m->texts = (size_t)json_int(top, "texts", 0);
	for (size_t t = 0; t < MODEL_TASKS; t++) {
		const json_t *task = json_object_get(top, model_task_names[t]);

		m->tasks[t].temperature = json_number_value(json_object_get(task, "temperature"));
		m->held_out[t] = json_number_value(json_object_get(task, "held_out"));
		if (!(m->tasks[t].temperature > 0.01 && m->tasks[t].temperature < 100)) return false;
	}
	return true;
}

static struct text_model *read_head(const json_t *top)
{
	const char *names[MODEL_TASKS][MODEL_LABELS_MAX];
	const char *const *lists[MODEL_TASKS];
	size_t counts[MODEL_TASKS], all = 0;
	struct text_model *m;

	for (size_t t = 0; t < MODEL_TASKS; t++) {
		if (!read_labels(json_object_get(top, model_task_names[t]), names[t], &counts[t])) return NULL;
		lists[t] = names[t];
		all += counts[t];
	}
	if (all > MODEL_OUTPUTS_MAX) return NULL;
	m = model_new(lists, counts);
	if (!read_figures(m, top)) model_free(&m);
	return m;
}

static bool read_rows(struct text_model *m, const unsigned char *at, size_t len)
{
	const size_t row = BUCKET_BYTES + m->outputs;
	size_t next = 0;

	if (len % row != 0) return false;
	m->rows = mem_new(len / row * m->outputs + ROW_STEP);
	for (const unsigned char *end = at + len; at < end; at += row) {
		const size_t bucket = (size_t)at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16;

		if (bucket < next || bucket >= MODEL_BUCKETS) return false;     /* twice, out of order, or none */
		add_row(m, bucket, at + BUCKET_BYTES);
		next = bucket + 1;
	}
	count_rows(m);
	return true;
}

static struct text_model *parse(const struct buf *file)
{
	const size_t head = strlen(FIRST_LINE);
	unsigned char digest[DIGEST_BYTES];
	struct ik_error ignored = { "" };
	struct text_model *m = NULL;
	const char *rows;
	json_t *top = NULL;
	size_t body;

	if (file->len < head + DIGEST_BYTES || memcmp(file->data, FIRST_LINE, head) != 0) return NULL;
	body = file->len - DIGEST_BYTES;
	digest_of(file->data, body, digest);
	if (memcmp(digest, file->data + body, DIGEST_BYTES) != 0) return NULL;
	rows = memchr(file->data + head, '\n', body - head);
	if (rows == NULL || json_parse(file->data + head, (size_t)(rows - file->data) - head, &top, &ignored) != IK_OK) return NULL;
	m = read_head(top);
	rows++;
	if (m != NULL && !read_rows(m, (const unsigned char *)rows, body - (size_t)(rows - file->data))) model_free(&m);
	json_decref(top);
	return m;
}

enum ik_rc model_load(const char *path, struct text_model **model_r, struct ik_error *err)
{
	struct buf file = BUF_INIT(MODEL_FILE_MAX);
	enum ik_rc rc = file_read(path, &file, err);
	struct text_model *m = NULL;

	if (rc == IK_OK) m = parse(&file);
	if (rc == IK_OK && m == NULL) rc = ik_fail(IK_CONFIG, err, "%s is no model of this version, or damaged; make a new one with intakectl learn", path);
	if (rc == IK_OK) *model_r = m;
	buf_release(&file);
	return rc == IK_OK ? IK_OK : IK_CONFIG;
}
