/* learn.c - `intakectl learn`: trains the classifier anew from the shipped texts and from corrections, without a daemon.
 *
 * The new model is kept only when it judges texts held out no worse than one trained without the corrections judges the same texts; the one it
 * replaces stays beside it as NAME.old. */
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

struct learn_args { const struct ctl *ctl; const char *training, *rules, *out; bool reload, tickets; json_t *files; };

/* ---- texts --------------------------------------------------------------------------------------------------------------------- */

/* Department and product are nothing the classifier learns; a category that the rules have no longer is passed over. */
static enum ik_rc add_ticket(struct corpus *corpus, const json_t *row, size_t *count, struct ik_error *err)
{
	const char *labels[MODEL_TASKS] = { json_text(row, "category"), json_text(row, "severity"), json_text(row, "sentiment") };
	const char *text = json_text(row, "text");
	enum ik_rc rc = IK_OK;

	if (text == NULL || (labels[MODEL_CATEGORY] == NULL && labels[MODEL_SEVERITY] == NULL && labels[MODEL_SENTIMENT] == NULL)) return IK_OK;
	if (labels[MODEL_CATEGORY] != NULL && policy_category(corpus->policy, labels[MODEL_CATEGORY]) == NULL) return IK_OK;
	for (size_t i = 0; rc == IK_OK && i < COPIES; i++) rc = corpus_add(corpus, json_text(row, "subject"), text, labels, err);
	if (rc == IK_OK) (*count)++;
	return rc;
}

/* What people corrected in the tickets of the running daemon, page by page. */
static int read_tickets(struct corpus *corpus, const struct learn_args *a, size_t *count)
{
	struct ik_error err = { "" };
	int64_t after_id = 0;
	int status;

	do {
		json_t *args = json_pack("{s:I}", "after_id", (json_int_t)after_id), *page = NULL, *row;
		size_t i;

		status = ctl_ask(a->ctl, "corrections", args, NULL, NULL, &page);
		json_array_foreach(json_object_get(page, "rows"), i, row)
			if (status == EX_OK && add_ticket(corpus, row, count, &err) != IK_OK)
				status = ctl_complain(EX_DATAERR, "ticket %s: %s", json_text(row, "number"), err.text);
		after_id = json_int(page, "next_id", 0);
		json_decref(page);
		json_decref(args);
	} while (status == EX_OK && after_id != 0);
	return status;
}

static int read_texts(struct corpus *corpus, const struct learn_args *a, size_t *corrections_r)
{
	struct ik_error err = { "" };
	char *shipped = a->training != NULL ? mem_text(a->training) : place_data("models/training");
	enum ik_rc rc = corpus_read_folder(corpus, shipped, &err);
	json_t *file;
	size_t i;

	*corrections_r = 0;
	corpus->shipped = corpus->count;
	json_array_foreach(a->files, i, file) {
		size_t count = 0;

		if (rc != IK_OK) break;
		rc = corpus_read_lines(corpus, json_string_value(file), COPIES, &count, &err);
		*corrections_r += count;
	}
	free(shipped);
	if (rc != IK_OK) return ctl_complain(EX_DATAERR, "%s", err.text);
	return a->tickets ? read_tickets(corpus, a, corrections_r) : EX_OK;
}

/* ---- is it better ----------------------------------------------------------------------------------------------------------- */

static void print_gain(const char *task, const char *whose, const struct model_gain *g)
{
	if (g->texts == 0) return;
	(void)printf("%s, %zu %s texts held out: %zu right without what was taught, %zu with it (%zu gained, %zu lost)\n", task, g->texts, whose, g->right_before, g->right_now,
	             g->gained, g->lost);
}

/* Why the new model may not replace the old one: the task it judges worse; NULL when it may. */
static const char *falls_behind(const struct model_comparison *c)
{
	const char *task = NULL;

	for (size_t t = 0; t < MODEL_TASKS; t++) {
		print_gain(model_task_names[t], "shipped", &c->shipped[t]);
		print_gain(model_task_names[t], "corrected", &c->taught[t]);
		if (model_is_worse(&c->shipped[t]) || model_is_worse(&c->taught[t])) task = model_task_names[t];
	}
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

static void tell(enum model_task task, size_t done, size_t all)
{
	(void)fprintf(stderr, "\r%s: %zu of %zu lessons%s", model_task_names[task], done, all, done == all ? "\r\033[K" : "");
	(void)fflush(stderr);
}

static int learn(const struct policy *policy, const struct learn_args *a)
{
	struct corpus corpus = { .policy = policy, .tell = isatty(STDERR_FILENO) ? tell : NULL };
	struct text_model *model = NULL;
	struct model_comparison comparison;
	const char *task = NULL;
	size_t corrections = 0, contradicted = 0;
	int status = read_texts(&corpus, a, &corrections);

	if (status == EX_OK && corpus.count < 50) status = ctl_complain(EX_DATAERR, "%zu texts are too few to learn from", corpus.count);
	if (status == EX_OK) contradicted = corpus_drop_contradictions(&corpus);
	if (contradicted > 0) (void)printf("%zu texts were corrected in two ways and teach nothing\n", contradicted);
	if (status == EX_OK && corrections > 0 && corpus.count == corpus.shipped) status = ctl_complain(EX_DATAERR, "no correction is left to learn from; the old model stays");
	if (status == EX_OK) {
		(void)printf("%zu texts, %zu of them corrections by people that count %d times\n", corpus.count, (corpus.count - corpus.shipped) / COPIES, COPIES);
		model = model_train(&corpus, stdout, &comparison);
		task = falls_behind(&comparison);
	}
	if (task != NULL) status = ctl_complain(EX_DATAERR, "with the corrections the model judges %s worse on texts held out; the old one stays", task);
	else if (status == EX_OK) status = swap(model, a->out);
	if (status == EX_OK) (void)printf("%s is in place\n", a->out);
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
	struct learn_args a = { ctl, json_text(args, "training"), json_text(args, "rules"), json_text(args, "out"),
	                        json_is_true(json_object_get(args, "reload")),
	                        json_is_true(json_object_get(args, "tickets")), json_object_get(args, "files") };
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
	{ "tickets", 'T', NULL, 0, "Also from what was corrected in tickets, by helpdesks and with `intakectl correct`; asks the daemon", 0 },
	{ "training", 't', "FOLDER", 0, "Training texts (*.txt) instead of the shipped ones", 0 },
	{ "rules", 'r', "FOLDER", 0, "Use the rule files of this folder", 0 },
	{ 0 }
};

const struct ctl_command ctl_learn_commands[] = {
	{ .name = "learn", .args = "[FILE.jsonl...]", .positional = "files", .least = 0, .most = 100, .options = learn_options, .run = run_learn,
	  .summary = "Train the classifier from the shipped texts and corrections",
	  .doc = "Each line of a file is an object with text, one or more of category, severity and sentiment, and perhaps subject. The new\n"
	         "model is compared with one without the corrections, on texts that neither was trained on; when it is worse it is refused.\n\nExamples:\n"
	         "  intakectl --config /etc/intaked/intaked.yaml learn --tickets --reload\n"
	         "  intakectl --config /etc/intaked/intaked.yaml learn --reload corrections.jsonl" },
	{ .name = NULL },
};
