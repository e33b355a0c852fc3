/* learn.c - `intakectl learn`: trains the classifier anew from the shipped texts and from corrections, without a daemon.
 *
 * The new model is kept only when it judges held-out texts about as well as the one it replaces; that one stays beside it as NAME.old. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/place.h"
#include "ctl/ctl.h"
#include "ctl/setup.h"
#include "policy/model_train.h"

#define COPIES 3                        /* what a person corrected outweighs what was shipped */
#define MAY_FALL 0.01                   /* share of held-out texts, within what chance does */

struct learn_args { const char *training, *rules, *out; bool reload; json_t *files; };

static int read_texts(struct corpus *corpus, const struct learn_args *a, size_t *corrections_r)
{
	struct ik_error err = { "" };
	char *shipped = a->training != NULL ? mem_text(a->training) : place_data("models/training");
	enum ik_rc rc = corpus_read_folder(corpus, shipped, &err);
	json_t *file;
	size_t i;

	*corrections_r = 0;
	json_array_foreach(a->files, i, file) {
		size_t count = 0;

		if (rc != IK_OK) break;
		rc = corpus_read_lines(corpus, json_string_value(file), COPIES, &count, &err);
		*corrections_r += count;
	}
	free(shipped);
	return rc == IK_OK ? EX_OK : ctl_complain(EX_DATAERR, "%s", err.text);
}

/* Why the new model may not replace the old one; NULL when it may. */
static const char *falls_behind(const struct text_model *now, const char *path, double *was_r)
{
	struct text_model *was = NULL;
	struct ik_error ignored = { "" };
	const char *task = NULL;

	if (model_load(path, &was, &ignored) != IK_OK) return NULL;
	for (size_t t = 0; task == NULL && t < MODEL_TASKS; t++) {
		*was_r = was->held_out[t];
		if (now->held_out[t] + MAY_FALL < was->held_out[t]) task = model_task_names[t];
	}
	model_free(&was);
	return task;
}

static int swap(const struct text_model *model, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash != NULL ? mem_copy(path, (size_t)(slash - path)) : mem_text("."), *old = mem_format("%s.old", path);
	struct ik_error err = { "" };
	int status = EX_OK;

	(void)unlink(old);
	if (link(path, old) != 0 && errno != ENOENT) status = ctl_complain(EX_CANTCREAT, "keep the old model as %s: %m", old);
	else if (model_save(model, dir, slash != NULL ? slash + 1 : path, &err) != IK_OK) status = ctl_complain(EX_CANTCREAT, "%s", err.text);
	else if (chmod(path, 0644) != 0) status = ctl_complain(EX_CANTCREAT, "let the daemon read %s: %m", path);
	free(dir);
	free(old);
	return status;
}

static int learn(const struct policy *policy, const struct learn_args *a)
{
	struct corpus corpus = { .policy = policy };
	struct text_model *model = NULL;
	const char *task = NULL;
	size_t corrections = 0;
	double was = 0;
	char *shipped = place_data("models/classify.model");
	int status = read_texts(&corpus, a, &corrections);

	if (status == EX_OK && corpus.count < 50) status = ctl_complain(EX_DATAERR, "%zu texts are too few to learn from", corpus.count);
	if (status == EX_OK) {
		(void)printf("%zu texts, %zu corrections among them\n", corpus.count, corrections);
		model = model_train(&corpus, stdout);
		task = falls_behind(model, access(a->out, F_OK) == 0 ? a->out : shipped, &was);
	}
	if (task != NULL) status = ctl_complain(EX_DATAERR, "the new model judges %s worse on held-out texts (before: %.3f right); the old one stays", task, was);
	else if (status == EX_OK) status = swap(model, a->out);
	if (status == EX_OK) (void)printf("%s is in place\n", a->out);
	free(shipped);
	model_free(&model);
	corpus_release(&corpus);
	return status;
}

/* The rules the daemon has, without its model. */
static enum ik_rc make_rules(const struct learn_args *a, const struct setup *setup, struct policy **policy_r, struct ik_error *err)
{
	struct policy_conf conf = *setup_policy(setup);
	char *rules = mem_text(a->rules != NULL ? a->rules : conf.rules);
	enum ik_rc rc;

	conf.rules = rules;
	conf.rules_only = true;
	rc = policy_new(&conf, policy_r, err);
	free(rules);
	return rc;
}

static int run_learn(const struct ctl *ctl, json_t *args)
{
	struct learn_args a = { json_text(args, "training"), json_text(args, "rules"), json_text(args, "out"),
	                        json_is_true(json_object_get(args, "reload")), json_object_get(args, "files") };
	struct setup setup = { 0 };
	struct policy *policy = NULL;
	struct ik_error err = { "" };
	json_t *answer = NULL, *none = json_object();
	char *out = NULL;
	int status = a.out == NULL || ctl->config != NULL ? setup_load(ctl, &setup) : EX_OK;

	if (status == EX_OK && a.out == NULL && setup.config != NULL) a.out = out = mem_format("%s/classify.model", setup.config->store.dir);
	if (status == EX_OK && a.out == NULL) status = ctl_complain(EX_USAGE, "say with --out which model file to make, or with --config for which daemon");
	if (status == EX_OK && make_rules(&a, &setup, &policy, &err) != IK_OK) status = ctl_complain(EX_CONFIG, "%s", err.text);
	if (status == EX_OK) status = learn(policy, &a);
	if (status == EX_OK && a.reload) status = ctl_ask(ctl, "reload", none, NULL, NULL, &answer);
	json_decref(answer);
	json_decref(none);
	free(out);
	policy_free(&policy);
	setup_release(&setup);
	return status;
}

static const struct argp_option learn_options[] = {
	{ "out", 'o', "FILE", 0, "The model file to make or replace; default: the one of the daemon of --config", 0 },
	{ "reload", 'R', NULL, 0, "Then tell the daemon to read its configuration and the model again", 0 },
	{ "training", 't', "FOLDER", 0, "Training texts (*.txt) instead of the shipped ones", 0 },
	{ "rules", 'r', "FOLDER", 0, "Use the rule files of this folder", 0 },
	{ 0 }
};

const struct ctl_command ctl_learn_commands[] = {
	{ .name = "learn", .args = "[FILE.jsonl...]", .positional = "files", .least = 0, .most = 100, .options = learn_options, .run = run_learn,
	  .summary = "Train the classifier from the shipped texts and corrections",
	  .doc = "Each line of a file is an object with text and category, and perhaps subject, severity, sentiment. A model that judges texts\n"
	         "held out worse than the one in place is refused.\n\nExample:\n  intakectl --config /etc/intaked/intaked.yaml learn --reload corrections.jsonl" },
	{ .name = NULL },
};
