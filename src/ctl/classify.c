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
#include "ctl/classify.h"
#include "policy/policy.h"

#define LINE_MAX_BYTES (16 << 20)

struct classify_args { const char *file, *rules; bool explain; };

static bool read_args(int argc, char **argv, struct classify_args *a)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--explain") == 0) a->explain = true;
		else if (strcmp(argv[i], "--json") == 0) continue;      /* it is the only form of this command */
		else if (strcmp(argv[i], "--rules") == 0 && i + 1 < argc) a->rules = argv[++i];
		else if (a->file == NULL && (argv[i][0] != '-' || argv[i][1] == '\0')) a->file = argv[i];
		else return false;
	}
	return a->file != NULL;
}

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
	}
	ok = json_print(&line, out) && puts(buf_str(&line)) >= 0;
	buf_release(&line);
	json_decref(out);
	return ok;
}

static int answer_line(const struct policy *policy, const char *line, size_t len, size_t number, const struct classify_args *a)
{
	struct classification c;
	struct ik_error err = { 0 };
	json_t *in = NULL;
	bool ok;

	if (json_parse(line, len, &in, &err) != IK_OK || !json_is_object(in)) {
		(void)fprintf(stderr, "intakectl: %s:%zu: %s\n", a->file, number, in == NULL ? err.text : "not a JSON object");
		json_decref(in);
		return EX_DATAERR;
	}
	policy_classify(policy, json_text(in, "subject"), json_text(in, "text"), NULL, &c);
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
		if (len > LINE_MAX_BYTES) status = EX_DATAERR;
		else if (len > 0) status = answer_line(policy, line, (size_t)len, number, a);
	}
	free(line);
	return status == 0 && ferror(in) ? EX_IOERR : status;
}

int ctl_classify(int argc, char **argv)
{
	struct classify_args a = { 0 };
	struct policy_conf conf = { .timezone = NULL };
	struct policy *policy = NULL;
	struct ik_error err = { 0 };
	FILE *in;
	int status;

	if (!read_args(argc, argv, &a)) {
		(void)fputs("usage: intakectl classify [--explain] [--rules FOLDER] FILE.jsonl | -\n", stderr);
		return EX_USAGE;
	}
	conf.rules = mem_text(a.rules);
	status = policy_new(&conf, &policy, &err) == IK_OK ? 0 : EX_CONFIG;
	free(conf.rules);
	if (status != 0) {
		(void)fprintf(stderr, "intakectl: %s\n", err.text);
		return status;
	}
	in = strcmp(a.file, "-") == 0 ? stdin : fopen(a.file, "re");
	if (in == NULL) {
		(void)fprintf(stderr, "intakectl: open %s: %m\n", a.file);
		status = EX_NOINPUT;
	} else {
		status = answer_all(policy, in, &a);
		if (in != stdin) (void)fclose(in);
	}
	if (fflush(stdout) != 0 && status == 0) status = EX_IOERR;
	policy_free(&policy);
	return status;
}
