/* classify.c - `intakectl classify FILE.jsonl`: category, severity, sentiment and language of texts, without a daemon.
 * One JSON object a line in ({"id","subject","text",...}), one a line out. With --explain also the rule and the words it saw. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "ctl/ctl.h"
#include "ctl/lines.h"
#include "policy/policy.h"

#define LINE_MAX_BYTES (16 << 20)

/* A member of what was named, only where something was. */
static void set_named(json_t *out, const char *key, const struct named *n)
{
	if (n->name != NULL) (void)json_object_set_new(out, key, json_pack("{s:s, s:s, s:s}", "is", n->name, "rule", n->rule, "evidence", n->evidence));
}

struct classify_args { const char *file, *rules, *model; bool explain, rules_only; };

static bool print_answer(const json_t *in, const struct classification *c, bool explain)
{
	json_t *out = json_object(), *id = json_object_get(in, "id");
	struct buf line = BUF_INIT(LINE_MAX_BYTES);
	bool ok;

	(void)json_object_set(out, "id", id != NULL ? id : json_null());
	json_set_text(out, "category", c->category);
	json_set_text(out, "severity", severity_names[c->severity]);
	json_set_text(out, "sentiment", c->sentiment);
	json_set_text(out, "language", c->language);
	if (explain) {
		json_set_text(out, "order_number", c->order_number[0] != '\0' ? c->order_number : NULL);
		json_set_text(out, "rule", c->rule);
		json_set_text(out, "evidence", c->evidence);
		(void)json_object_set_new(out, "certainty", json_real(c->certainty));
		json_set_text(out, "pieces", c->pieces);
		set_named(out, "mood", &c->mood);
		set_named(out, "wanted", &c->wanted);
		set_named(out, "product", &c->product);
		set_named(out, "department", &c->department);
		if (c->given_up[0] != '\0') json_set_text(out, "given_up", c->given_up);
	}
	ok = json_print(&line, out) && puts(buf_str(&line)) >= 0;
	buf_release(&line);
	json_decref(out);
	return ok;
}

struct classify_run { const struct policy *policy; bool explain; };

static int answer_line(void *arg, const json_t *in, struct ik_error *err)
{
	const struct classify_run *run = arg;
	const struct policy_source from = { .channel = json_text(in, "channel"), .brand = json_text(in, "brand") };
	struct classification c;

	(void)err;
	policy_classify_from(run->policy, &from, json_text(in, "subject"), json_text(in, "text"), NULL, &c);
	return print_answer(in, &c, run->explain) ? EX_OK : EX_IOERR;
}

static int run_classify(const struct ctl *ctl, json_t *args)
{
	const struct classify_args a = { json_text(args, "file"), json_text(args, "rules"), json_text(args, "model"),
	                                 json_is_true(json_object_get(args, "explain")), json_is_true(json_object_get(args, "rules-only")) };
	struct policy_conf conf = { .rules = mem_text(a.rules), .model = mem_text(a.model), .rules_only = a.rules_only,
	                            .model_certainty = json_int(args, "certainty", 0) };
	struct policy *policy = NULL;
	struct ik_error err = { 0 };
	int status;

	(void)ctl;      /* one JSON object a line is the only form of this command */
	if (policy_new(&conf, &policy, &err) == IK_OK) status = lines_answer(a.file, answer_line, &(struct classify_run){ policy, a.explain });
	else status = ctl_complain(EX_CONFIG, "%s", err.text);
	free(conf.rules);
	free(conf.model);
	policy_free(&policy);
	return status;
}

static const struct argp_option classify_options[] = {
	{ "explain", 'x', NULL, 0, "Add the rule that decided, the words it saw, the order number, what is wanted and which product", 0 },
	{ "rules", 'r', "FOLDER", 0, "Use the rule files (classify-*.tsv) of this folder", 0 },
	{ "model", 'm', "FILE", 0, "Use this model file", 0 },
	{ "certainty", 'C', "N", 0, "Percent from which the model decides instead of the rules", 0 },
	{ "rules-only", 'R', NULL, 0, "Leave the learned model out", 0 },
	{ 0 }
};

const struct ctl_command ctl_classify_commands[] = {
	{ .name = "classify", .args = "FILE.jsonl|-", .positional = "file", .least = 1, .most = 1, .options = classify_options, .run = run_classify,
	  .summary = "Print category, severity, sentiment, language of texts",
	  .doc = "Works without a daemon; - is standard input. Each line in is an object with id, subject and text, and with channel and brand where rules ask for them.\n"
	         "A line that cannot be read is told with its number; the others are answered and the exit status is 65.\n\n"
	         "Examples:\n  intakectl classify complaints.jsonl\n  intakectl classify --explain - < complaints.jsonl | jq .evidence" },
	{ .name = NULL },
};
