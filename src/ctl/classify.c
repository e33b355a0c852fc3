/* classify.c - `intakectl classify FILE.jsonl`: category, severity, sentiment and language of texts, without a daemon.
 * One JSON object a line in ({"id","subject","text",...}), one a line out. With --explain also the rule and the words it saw.
 * A line that is no object ends the command with status 65 and its number; the lines before it are answered. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "ctl/ctl.h"
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
	}
	ok = json_print(&line, out) && puts(buf_str(&line)) >= 0;
	buf_release(&line);
	json_decref(out);
	return ok;
}

static int answer_line(const struct policy *policy, const char *line, size_t len, size_t number, const struct classify_args *a)
{
	struct policy_source from;
	struct classification c;
	struct ik_error err = { 0 };
	json_t *in = NULL;
	bool ok;

	if (json_parse(line, len, &in, &err) != IK_OK || !json_is_object(in)) {
		(void)ctl_complain(EX_DATAERR, "%s:%zu: %s", a->file, number, in == NULL ? err.text : "not a JSON object");
		json_decref(in);
		return EX_DATAERR;
	}
	from = (struct policy_source){ .channel = json_text(in, "channel"), .brand = json_text(in, "brand") };
	policy_classify_from(policy, &from, json_text(in, "subject"), json_text(in, "text"), NULL, &c);
	ok = print_answer(in, &c, a->explain);
	json_decref(in);
	return ok ? 0 : EX_IOERR;
}

static int answer_all(const struct policy *policy, FILE *in, const struct classify_args *a)
{
	char *line = NULL;
	size_t room = 0, number = 0;
	ssize_t len;
	int status = 0;

	while (status == 0 && (len = getline(&line, &room, in)) >= 0) {
		number++;
		while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r')) line[--len] = '\0';
		if (len > LINE_MAX_BYTES) status = ctl_complain(EX_DATAERR, "%s:%zu: the line is longer than %d bytes", a->file, number, LINE_MAX_BYTES);
		else if (len > 0) status = answer_line(policy, line, (size_t)len, number, a);
	}
	free(line);
	return status == 0 && ferror(in) ? EX_IOERR : status;
}

static int answer_file(const struct policy *policy, const struct classify_args *a)
{
	FILE *in = strcmp(a->file, "-") == 0 ? stdin : fopen(a->file, "re");
	int status;

	if (in == NULL) return ctl_complain(EX_NOINPUT, "open %s: %m", a->file);
	status = answer_all(policy, in, a);
	if (in != stdin) (void)fclose(in);
	return fflush(stdout) != 0 && status == 0 ? EX_IOERR : status;
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
	if (policy_new(&conf, &policy, &err) == IK_OK) status = answer_file(policy, &a);
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
	{ .name = "classify", .args = "FILE.jsonl", .positional = "file", .least = 1, .most = 1, .options = classify_options, .run = run_classify,
	  .summary = "Print category, severity, sentiment, language of texts",
	  .doc = "Works without a daemon; - is standard input. Each line in is an object with id, subject and text, and with channel and brand where rules ask for them.\n\n"
	         "Examples:\n  intakectl classify complaints.jsonl\n  intakectl classify --explain - < complaints.jsonl | jq .evidence" },
	{ .name = NULL },
};
