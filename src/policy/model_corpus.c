/* model_corpus.c - labelled texts: the shipped training files and the corrections of people. */
#include "policy/model_train.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "policy/policy_parts.h"
#include "text/hash.h"

#define CORPUS_FILE_MAX (64u << 20)
#define EXAMPLES_MAX 400000

const char *const *corpus_labels(const struct corpus *corpus, enum model_task task, size_t *count_r)
{
	const struct rules *rules = corpus->policy->rules;

	switch (task) {
	case MODEL_SEVERITY: *count_r = SEVERITY_COUNT; return severity_names;
	case MODEL_SENTIMENT: *count_r = SENTIMENT_COUNT; return sentiment_names;
	case MODEL_CATEGORY: case MODEL_TASKS: default: *count_r = rules->category_count; return (const char *const *)rules->categories;
	}
}

static int label_index(const struct corpus *corpus, enum model_task task, const char *name)
{
	size_t count;
	const char *const *names = corpus_labels(corpus, task, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0) return (int)i;
	return -1;
}

enum ik_rc corpus_add(struct corpus *corpus, const char *subject, const char *text, const char *labels[MODEL_TASKS], struct ik_error *err)
{
	struct example e = { .subject = NULL };
	bool is_labelled = false;

	if (corpus->count == EXAMPLES_MAX) return ik_fail(IK_REJECT, err, "more than %d texts", EXAMPLES_MAX);
	for (int t = 0; t < MODEL_TASKS; t++) {
		e.label[t] = labels[t] != NULL ? label_index(corpus, (enum model_task)t, labels[t]) : -1;
		if (e.label[t] < 0 && labels[t] != NULL) return ik_fail(IK_REJECT, err, "%s \"%.40s\" is none of those in the rules", model_task_names[t], labels[t]);
		is_labelled |= labels[t] != NULL;
	}
	if (!is_labelled) return ik_fail(IK_REJECT, err, "a text without a label teaches nothing");
	if (corpus->count == corpus->room) {
		corpus->room = corpus->room * 2 + 256;
		corpus->examples = mem_grow(corpus->examples, corpus->room, sizeof(*corpus->examples));
	}
	e.subject = mem_text(subject != NULL ? subject : "");
	e.text = mem_text(text);
	e.origin = hash_text(text, strlen(text));
	corpus->examples[corpus->count++] = e;
	return IK_OK;
}

void corpus_release(struct corpus *corpus)
{
	for (size_t i = 0; i < corpus->count; i++) {
		free(corpus->examples[i].subject);
		free(corpus->examples[i].text);
	}
	free(corpus->examples);
	*corpus = (struct corpus){ .policy = corpus->policy };
}

/* ---- training files ------------------------------------------------------------------------------------------------------- */

/* "@ billing normal negative" */
static bool read_heading(char *line, const char *labels_r[MODEL_TASKS])
{
	char *at = line + 1;

	for (int t = 0; t < MODEL_TASKS; t++) {
		at += strspn(at, " ");
		labels_r[t] = at;
		at += strcspn(at, " ");
		if (*at == ' ') *at++ = '\0';
		if (labels_r[t][0] == '\0') return false;
	}
	return at[strspn(at, " ")] == '\0';
}

/* ---- choices: "The {zip|strap} {broke|tore|split}" ---- */

#define VARIANT_BYTES_MAX 4096

/* How many there are to choose from up to the closing brace. */
static size_t choice_size(const char *at, const char *end)
{
	size_t count = 1;

	for (; at < end; at++) count += *at == '|';
	return count;
}

static size_t longest_choice(const char *line)
{
	size_t most = 1;

	for (const char *at = strchr(line, '{'), *end; at != NULL && (end = strchr(at, '}')) != NULL; at = strchr(end, '{')) {
		const size_t size = choice_size(at + 1, end);

		if (size > most) most = size;
	}
	return most;
}

static void add_choice(struct buf *text, const char *at, const char *end, size_t which)
{
	const char *stop;

	for (; which > 0; which--) at = (const char *)memchr(at, '|', (size_t)(end - at)) + 1;
	stop = memchr(at, '|', (size_t)(end - at));
	(void)buf_add(text, at, (size_t)((stop != NULL ? stop : end) - at));
}

static void add_variant(struct buf *text, const char *line, size_t variant)
{
	for (const char *end; *line != '\0'; line = end) {
		end = line[0] == '{' ? strchr(line, '}') : NULL;
		if (end != NULL) {
			add_choice(text, line + 1, end, variant % choice_size(line + 1, end));
			end++;
		} else {
			end = line + 1 + strcspn(line + 1, "{");
			(void)buf_add(text, line, (size_t)(end - line));
		}
	}
}

static enum ik_rc add_variants(struct corpus *corpus, const char *line, const char *labels[MODEL_TASKS], struct ik_error *err)
{
	const size_t count = longest_choice(line), first = corpus->count;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < count; i++) {
		struct buf text = BUF_INIT(VARIANT_BYTES_MAX);

		add_variant(&text, line, i);
		rc = buf_check(&text, "a training text", err);
		if (rc == IK_OK) rc = corpus_add(corpus, NULL, buf_str(&text), labels, err);
		buf_release(&text);
	}
	for (size_t i = first; i < corpus->count; i++) corpus->examples[i].origin = hash_text(line, strlen(line));
	return rc;
}

static enum ik_rc read_training(struct corpus *corpus, const char *path, struct ik_error *err)
{
	struct buf file = BUF_INIT(CORPUS_FILE_MAX);
	struct ik_error why = { "a text stands before the first heading" };
	const char *labels[MODEL_TASKS] = { NULL };
	enum ik_rc rc = file_read(path, &file, err);
	size_t number = 1;

	for (char *at = file.data, *line; rc == IK_OK && (line = strsep(&at, "\n")) != NULL; number++) {
		if (line[0] == '\0' || line[0] == '#') continue;
		if (line[0] == '@') {
			if (!read_heading(line, labels)) rc = ik_fail(IK_CONFIG, err, "%s:%zu: a heading is \"@ CATEGORY SEVERITY SENTIMENT\"", path, number);
		} else if (labels[0] == NULL || add_variants(corpus, line, labels, &why) != IK_OK) {
			rc = ik_fail(IK_CONFIG, err, "%s:%zu: %s", path, number, why.text);
		}
	}
	buf_release(&file);
	return rc;
}

static int is_training_file(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && dot != NULL && strcmp(dot, ".txt") == 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

enum ik_rc corpus_read_folder(struct corpus *corpus, const char *folder, struct ik_error *err)
{
	struct dirent **entries = NULL;
	const int count = scandir(folder, &entries, is_training_file, by_bytes);
	enum ik_rc rc = IK_OK;

	if (count < 0) return ik_fail_errno(err, "open the folder %s of training texts", folder);
	for (int i = 0; i < count; i++) {
		char *path = mem_format("%s/%s", folder, entries[i]->d_name);

		if (rc == IK_OK) rc = read_training(corpus, path, err);
		free(path);
		free(entries[i]);
	}
	free(entries);
	return rc;
}

/* ---- contradictions ----------------------------------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct example *)a)->text, ((const struct example *)b)->text);
}

static bool is_contradicted(const struct example *examples, size_t count)
{
	for (int t = 0; t < MODEL_TASKS; t++) {
		int said = -1;

		for (size_t i = 0; i < count; i++) {
			if (examples[i].label[t] >= 0 && said >= 0 && examples[i].label[t] != said) return true;
			if (examples[i].label[t] >= 0) said = examples[i].label[t];
		}
	}
	return false;
}

size_t corpus_drop_contradictions(struct corpus *corpus)
{
	struct example *taught = corpus->examples + corpus->shipped;
	const size_t count = corpus->count - corpus->shipped;
	size_t dropped = 0, kept = 0;

	if (count == 0) return 0;
	qsort(taught, count, sizeof(*taught), by_text);
	for (size_t i = 0, same; i < count; i += same) {
		for (same = 1; i + same < count && strcmp(taught[i].text, taught[i + same].text) == 0; same++) continue;
		if (!is_contradicted(&taught[i], same)) {
			memmove(&taught[kept], &taught[i], same * sizeof(*taught));
			kept += same;
			continue;
		}
		for (size_t k = 0; k < same; k++) {
			free(taught[i + k].subject);
			free(taught[i + k].text);
		}
		dropped++;
	}
	corpus->count = corpus->shipped + kept;
	return dropped;
}

/* ---- JSON lines -------------------------------------------------------------------------------------------------------------- */

static enum ik_rc add_line(struct corpus *corpus, const char *line, size_t copies, struct ik_error *err)
{
	json_t *in = NULL;
	enum ik_rc rc = json_parse(line, strlen(line), &in, err);

	if (rc == IK_OK && (!json_is_object(in) || json_text(in, "text") == NULL))
		rc = ik_fail(IK_REJECT, err, "expected an object with text, and with category, severity or sentiment");
	for (size_t i = 0; rc == IK_OK && i < copies; i++) {
		const char *labels[MODEL_TASKS] = { json_text(in, "category"), json_text(in, "severity"), json_text(in, "sentiment") };

		rc = corpus_add(corpus, json_text(in, "subject"), json_text(in, "text"), labels, err);
	}
	json_decref(in);
	return rc;
}

enum ik_rc corpus_read_lines(struct corpus *corpus, const char *path, size_t copies, size_t *read_r, struct ik_error *err)
{
	struct buf file = BUF_INIT(CORPUS_FILE_MAX);
	struct ik_error why = { "" };
	enum ik_rc rc = file_read(path, &file, err);
	size_t number = 1;

	*read_r = 0;
	for (char *at = file.data, *line; rc == IK_OK && (line = strsep(&at, "\n")) != NULL; number++) {
		if (line[0] == '\0') continue;
		if (add_line(corpus, line, copies, &why) == IK_OK) (*read_r)++;
		else rc = ik_fail(IK_REJECT, err, "%s:%zu: %s", path, number, why.text);
	}
	buf_release(&file);
	return rc;
}
