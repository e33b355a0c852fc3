/* likeness.c - what the learned opinion on likeness is trained from: `likeness OUT-FOLDER STREAM...`. Every labelled stream goes through the engine with the
 * tickets that its labels say; each question that the engine asks on the way becomes a row, in OUT-FOLDER/QUESTION.libsvm, of whether a person would say
 * yes, and the figures of the pair. figures.names beside them says which figure is which, as `xgboost` wants it; see `make model`. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/json.h"
#include "base/mem.h"
#include "ctl/dedup_eval.h"
#include "ctl/lines.h"
#include "pipeline/similar_figures.h"

/* ticket: number of the message that opened it; incident: the same of the earliest ticket of the incident it belongs to, or its own. */
struct labelled { char *id; int64_t ticket, incident; bool joins, repeats; };

struct training {
	FILE *rows[SIMILAR_QUESTIONS];
	const char *stream;
	struct similar *similar;
	struct similar_index *index;
	struct labelled *messages;      /* of this stream, by number - 1 */
	size_t count;
};

static const struct labelled *numbered(const struct training *t, int64_t number)
{
	return &t->messages[number - 1];
}

static void write_row(FILE *out, bool says_yes, const float *figures, size_t count, const struct training *t, const struct similar_pair *pair)
{
	(void)fprintf(out, "%d", says_yes);
	for (size_t i = 0; i < count; i++) (void)fprintf(out, " %zu:%.9g", i, (double)figures[i]);      /* zeros too: what is left out would be unknown */
	(void)fprintf(out, " # %s %s %s\n", t->stream, numbered(t, pair->query->print.message_id)->id, numbered(t, pair->old->message_id)->id);
}

/* Who is asked about the matter is asked about the repeat as well, as far as it is one matter. */
static void note_question(void *arg, enum similar_question question, const struct similar_pair *pair, const float *figures, size_t count)
{
	const struct training *t = arg;
	const struct labelled *q = numbered(t, pair->query->print.message_id), *o = numbered(t, pair->old->message_id);
	const bool is_same = q->joins && q->ticket == o->ticket;

	if (question == SIMILAR_ASKS_INCIDENT) write_row(t->rows[question], q->incident == o->incident, figures, count, t, pair);
	if (question != SIMILAR_ASKS_MATTER) return;
	write_row(t->rows[question], is_same, figures, count, t, pair);
	if (is_same) write_row(t->rows[SIMILAR_ASKS_REPEAT], q->repeats, figures, count, t, pair);
}

static int64_t number_of(const struct training *t, const json_t *id)
{
	for (size_t i = 0; i < t->count; i++)
		if (json_is_string(id) && strcmp(t->messages[i].id, json_string_value(id)) == 0) return (int64_t)i + 1;
	return 0;
}

/* "of" names one message, or for an incident several: each of another ticket. */
static bool read_label(struct training *t, const json_t *in, struct labelled *l)
{
	const char *expect = json_text(in, "expect");
	json_t *of = json_object_get(in, "of");
	const size_t named = json_is_array(of) ? json_array_size(of) : 1;

	if (expect == NULL || json_text(in, "id") == NULL) return false;
	l->id = mem_text(json_text(in, "id"));
	l->repeats = strcmp(expect, "duplicate") == 0;
	l->joins = l->repeats || strcmp(expect, "followup") == 0;
	l->ticket = l->incident = (int64_t)t->count + 1;
	if (strcmp(expect, "new") == 0) return true;
	for (size_t i = 0; i < named; i++) {
		const int64_t n = number_of(t, json_is_array(of) ? json_array_get(of, i) : of);

		if (n == 0 && l->joins) return false;
		if (n == 0) continue;           /* of an incident some streams name those as well that come later */
		if (l->joins) l->ticket = numbered(t, n)->ticket;
		if (numbered(t, n)->incident < l->incident) l->incident = numbered(t, n)->incident;
	}
	return true;
}

static int learn_line(void *arg, const json_t *in, struct ik_error *err)
{
	struct training *t = arg;
	struct labelled label = { 0 };
	struct similar_query *query;
	struct similar_verdict verdict;
	enum ik_rc rc;

	if (!read_label(t, in, &label)) {
		free(label.id);
		(void)ik_fail(IK_REJECT, err, "expected id, expect, and of with the id of an earlier line");
		return EX_CONFIG;
	}
	t->messages = mem_grow(t->messages, t->count + 1, sizeof(t->messages[0]));
	t->messages[t->count++] = label;
	query = ctl_dedup_read(t->similar, in, (int64_t)t->count);
	rc = similar_decide(t->similar, t->index, query, &verdict, err);
	query->print.ticket_id = label.ticket;
	if (rc == IK_OK) rc = similar_remember(t->similar, t->index, &query->print, err);
	free(query);
	return rc == IK_OK ? EX_OK : EX_SOFTWARE;
}

static int learn_stream(struct training *t, const char *file)
{
	const char *slash = strrchr(file, '/');
	struct ik_error err = { "" };
	int status = EX_SOFTWARE;

	t->stream = slash != NULL ? slash + 1 : file;
	t->index = similar_memory_new();
	if (similar_new(NULL, &t->similar, &err) == IK_OK) {
		similar_opinion_watch(t->similar->opinion, note_question, t);
		status = lines_answer(file, learn_line, t);
	} else (void)fprintf(stderr, "%s\n", err.text);
	for (size_t i = 0; i < t->count; i++) free(t->messages[i].id);
	t->count = 0;
	similar_memory_free(&t->index);
	similar_free(&t->similar);
	return status;
}

static FILE *open_in(const char *folder, const char *name, const char *ending)
{
	char path[4096];
	FILE *out;

	(void)snprintf(path, sizeof(path), "%s/%s.%s", folder, name, ending);
	out = fopen(path, "w");
	if (out == NULL) perror(path);
	return out;
}

static bool write_names(const char *folder)
{
	FILE *out = open_in(folder, "figures", "names");

	for (size_t i = 0; out != NULL && similar_figure_name(i) != NULL; i++) (void)fprintf(out, "%zu\t%s\tq\n", i, similar_figure_name(i));
	return out != NULL && fclose(out) == 0;
}

int main(int argc, char **argv)
{
	struct training t = { .count = 0 };
	int status = argc < 3 || !write_names(argv[1]) ? EX_USAGE : EX_OK;

	if (status != EX_OK) (void)fprintf(stderr, "likeness OUT-FOLDER STREAM...\n");
	for (size_t i = 0; i < SIMILAR_QUESTIONS && status == EX_OK; i++)
		if ((t.rows[i] = open_in(argv[1], similar_questions[i], "libsvm")) == NULL) status = EX_CANTCREAT;
	for (int i = 2; i < argc && status == EX_OK; i++) status = learn_stream(&t, argv[i]);
	for (size_t i = 0; i < SIMILAR_QUESTIONS; i++)
		if (t.rows[i] != NULL && fclose(t.rows[i]) != 0 && status == EX_OK) status = EX_IOERR;
	free(t.messages);
	return status;
}
