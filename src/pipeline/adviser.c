/* adviser.c - see adviser.h: the waiting list, the threads that ask, and the pause after failures. */
#include "pipeline/adviser.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "net/http_client.h"
#include "pipeline/reclassify.h"
#include "pipeline/ticket.h"
#include "policy/advice.h"
#include "text/mask.h"

#define TRIES 2                         /* of one ticket */
#define REST_FIRST_S 30
#define REST_MAX_S 1800
#define DAY_S 86400
#define BUDGET "adviser"
#define REQUEST_MAX (256 * 1024)
#define PARALLEL_MAX 8
#define STACK_BYTES (512 * 1024)
#define SUBJECT_MAX 512                 /* bytes that are sent */

static const char *const schemes[] = { "https", "http", NULL };
const char *const adviser_words[] = { "category", "severity", "sentiment", NULL };

#define OPT(kind, field, ...) IK_OPTION(kind, struct adviser_conf, field, __VA_ARGS__)
const struct ik_option adviser_options[] = {
	OPT(URL,      url,       .flags = IK_PRIVATE, .choices = schemes,
	    .help = "Chat endpoint in the manner of OpenAI, with its path: https://llm.example.com/v1/chat/completions; http only on this machine; none: nobody is asked."),
	OPT(SECRET,   token,     .help = "Access token of the endpoint, sent as Bearer."),
	OPT(STRING,   model,     .help = "Name of the model; needed with a url."),
	OPT(COUNT,    below,     .def = "60", .min = 1, .max = 100, .help = "Percent of certainty below which it is asked; 100: about every new ticket of a person."),
	OPT(LIST,     sets,      .help = "What it may say: category, severity, sentiment; none named: all three. Severity is only ever raised."),
	OPT(BOOL,     mask,      .def = "yes", .help = "Take mail addresses, numbers, links and the customer's names out of what is sent."),
	OPT(BOOL,     json_mode, .def = "yes", .help = "Ask the endpoint for a JSON answer by response_format; no for servers that do not know it."),
	OPT(DURATION, timeout,   .def = "20s", .min = 1, .max = 120, .help = "How long an answer is waited for."),
	OPT(COUNT,    parallel,  .def = "2", .min = 1, .max = PARALLEL_MAX, .help = "Questions under way at once."),
	OPT(COUNT,    per_day,   .def = "1000", .min = 1, .max = 10000000, .help = "Questions of one day; what comes after stands as it was decided."),
	IK_OPTION_END
};

struct advice_case { int64_t ticket_id; int tries; };

struct adviser {
	const struct adviser_conf *conf;
	const struct pipeline_setup *setup;
	struct advice_ask ask;
	pthread_t threads[PARALLEL_MAX];
	size_t thread_count;
	atomic_bool is_ending;
	pthread_mutex_t lock;           /* of everything below */
	pthread_cond_t changed;
	struct advice_case waiting[ADVISER_WAITING_MAX];        /* a ring */
	size_t first, count, under_way;
	int64_t failures;               /* in a row */
	int64_t rest_until_ms;          /* on the monotonic clock */
	int64_t asked, used, unused, failed, skipped;
};

/* ---- the waiting list --------------------------------------------------------------------------------------------------- */

static void put(struct adviser *a, const struct advice_case *c)
{
	(void)pthread_mutex_lock(&a->lock);
	if (a->count == ADVISER_WAITING_MAX) {
		a->skipped++;
	} else {
		a->waiting[(a->first + a->count++) % ADVISER_WAITING_MAX] = *c;
		(void)pthread_cond_signal(&a->changed);
	}
	(void)pthread_mutex_unlock(&a->lock);
}

static bool is_asked_about(const struct adviser *a, const struct ticket *t)
{
	if (t->ticket_id == 0 || t->known_ticket != 0 || t->verdict == VERDICT_REPEAT || t->verdict == VERDICT_SELF || t->verdict == VERDICT_QUERY) return false;
	if (t->unreadable != NULL || t->draft.is_automatic || t->is_automatic_author || t->is_history) return false;
	if (t->draft.reply_text == NULL && t->draft.subject == NULL) return false;
	return a->conf->below >= 100 || t->class.certainty * 100 < (double)a->conf->below;
}

void adviser_hear(struct adviser *a, const struct ticket *t)
{
	const struct advice_case c = { .ticket_id = t->ticket_id };

	if (a != NULL && is_asked_about(a, t)) put(a, &c);
}

static void wait_ms(struct adviser *a, int64_t ms)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	(void)pthread_cond_timedwait(&a->changed, &a->lock, &until);
}

/* The next one that may be asked about now; false: it ends. While failures are many, one alone is under way. */
static bool take(struct adviser *a, struct advice_case *c_r)
{
	(void)pthread_mutex_lock(&a->lock);
	while (!atomic_load(&a->is_ending)) {
		const int64_t rest_ms = a->rest_until_ms - clock_mono_ms();

		if (a->count == 0 || (a->failures >= ADVISER_FAILURES && a->under_way > 0)) (void)pthread_cond_wait(&a->changed, &a->lock);
		else if (rest_ms > 0) wait_ms(a, rest_ms);
		else break;
	}
	if (!atomic_load(&a->is_ending)) {
		*c_r = a->waiting[a->first];
		a->first = (a->first + 1) % ADVISER_WAITING_MAX;
		a->count--;
		a->under_way++;
	}
	(void)pthread_mutex_unlock(&a->lock);
	return !atomic_load(&a->is_ending);
}

/* ---- one question ----------------------------------------------------------------------------------------------------------- */

/* The first bytes of a text, masked or as they are; to be freed. */
static char *shown(const struct adviser *a, const json_t *row, const char *text, size_t max)
{
	const char *const names[] = { json_text(row, "sender_name"), json_text(row, "sender") };
	struct buf b = BUF_INIT(8 * ADVICE_TEXT_MAX);
	const size_t len = text != NULL ? utf8_cut(text, strlen(text), max) : 0;

	if (len == 0) return mem_text("");
	if (a->conf->mask) (void)text_mask(&b, text, len, names, COUNT_OF(names));
	else (void)buf_add(&b, text, len);
	return buf_take(&b);
}

/* false: there is nothing to ask about, such as a ticket that was erased meanwhile. */
static bool write_request(const struct adviser *a, const json_t *row, struct buf *request)
{
	const char *reply = json_text(row, "reply_text");
	char *subject = shown(a, row, json_text(row, "subject"), SUBJECT_MAX), *text = shown(a, row, reply != NULL ? reply : json_text(row, "text"), ADVICE_TEXT_MAX);
	const bool fits = (subject[0] != '\0' || text[0] != '\0') && advice_request(a->setup->policy, &a->ask, a->conf->model, a->conf->json_mode, subject, text, request);

	free(subject);
	free(text);
	return fits;
}

struct budget { int64_t per_day, at; bool ok; };

static enum ik_rc use_budget(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct budget *b = arg;

	return store_use_budget(tx, BUDGET, DAY_S, b->per_day, b->at, &b->ok, err);
}

/* IK_OK: an answer; IK_RETRY: the endpoint does not work, retry_s says for how long (-1: it did not say); IK_REJECT: what came is no answer. */
static enum ik_rc ask(const struct adviser *a, struct http_client *client, const struct buf *request, struct advice *advice_r, int64_t *retry_s, struct ik_error *err)
{
	const struct ik_http_call call = { .method = "POST", .url = a->conf->url, .bearer = a->conf->token, .body = request->data, .body_len = request->len,
	                                   .timeout_ms = a->conf->timeout * 1000, .reply_max = ADVICE_REPLY_MAX };
	struct ik_http_reply reply = { .status = 0 };
	enum ik_rc rc = http_client_call(client, &call, &reply, err);

	*retry_s = reply.retry_after_s;
	if (rc == IK_OK && reply.status != 200) rc = ik_fail(IK_RETRY, err, "the endpoint answered %d", reply.status);
	if (rc == IK_OK) rc = advice_read(a->setup->policy, &a->ask, reply.body, reply.body_len, advice_r, err);
	free(reply.body);
	return rc == IK_CONFIG ? IK_RETRY : rc;
}

/* ---- what becomes of it --------------------------------------------------------------------------------------------------------- */

struct finding { const struct adviser *adviser; int64_t ticket_id; const struct advice *advice; const char *why; bool is_used; };

static void set_word(char word_r[CLASS_WORD], const char *word)
{
	if (word != NULL) (void)snprintf(word_r, CLASS_WORD, "%s", word);
}

/* May run twice; what an earlier run found is set anew. */
static enum ik_rc note(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct finding *f = arg;
	const char *model = f->adviser->conf->model;
	struct reclass r = { .ticket_id = f->ticket_id, .at = clock_wall(), .actor = "adviser" };
	struct store_class used = { .category = "" };
	char said[RECLASS_TEXT], did[RECLASS_TEXT], detail[2 * RECLASS_TEXT + 160];
	enum ik_rc rc = IK_OK;

	f->is_used = false;
	if (f->advice == NULL) {
		(void)snprintf(detail, sizeof(detail), "%.80s gave no answer: %.200s", model, f->why);
		return store_add_history(tx, f->ticket_id, r.at, "advice", r.actor, detail, err);
	}
	set_word(r.says.category, f->advice->category);
	set_word(r.says.severity, f->advice->severity);
	set_word(r.says.sentiment, f->advice->sentiment);
	rc = reclassify_advise(tx, f->adviser->setup, &r, &used, err);
	if (rc != IK_OK) return rc;
	f->is_used = strcmp(reclassify_words(&used, did), "nothing") != 0;
	(void)snprintf(detail, sizeof(detail), "%.80s: %s; used: %s", model, reclassify_words(&r.says, said), did);
	return store_add_history(tx, f->ticket_id, r.at, "advice", r.actor, detail, err);
}

static void write_down(struct adviser *a, struct finding *f)
{
	struct ik_error err = { "" };
	const enum ik_rc rc = store_call(a->setup->store, note, f, &err);

	if (rc != IK_OK) log_line(IK_LOG_WARNING, "adviser", "%s", err.text);
	(void)pthread_mutex_lock(&a->lock);
	if (f->advice == NULL || rc != IK_OK) a->failed++;
	else if (f->is_used) a->used++;
	else a->unused++;
	(void)pthread_mutex_unlock(&a->lock);
}

/* A wrong answer counts as a failure too: an endpoint that gives nothing else is as good as none. */
static void end_question(struct adviser *a, enum ik_rc rc, int64_t retry_s, const struct ik_error *err)
{
	int64_t rest_s = 0;

	(void)pthread_mutex_lock(&a->lock);
	a->failures = rc == IK_OK ? 0 : a->failures + 1;
	if (a->failures >= ADVISER_FAILURES) {
		const int64_t steps = a->failures - ADVISER_FAILURES;

		rest_s = steps > 6 ? REST_MAX_S : REST_FIRST_S << steps;
	}
	if (rc == IK_RETRY && retry_s > rest_s) rest_s = retry_s;
	if (rest_s > REST_MAX_S) rest_s = REST_MAX_S;
	if (rest_s > 0) a->rest_until_ms = clock_mono_ms() + rest_s * 1000;
	(void)pthread_mutex_unlock(&a->lock);
	if (rc != IK_OK) log_line(IK_LOG_NOTICE, "adviser", "%s%s", err->text, rest_s > 0 ? "; nobody is asked for a while" : "");
}

static void settle(struct adviser *a, struct advice_case *c, enum ik_rc rc, const struct advice *advice, const struct ik_error *why)
{
	struct finding f = { .adviser = a, .ticket_id = c->ticket_id, .advice = rc == IK_OK ? advice : NULL, .why = why->text };

	if (atomic_load(&a->is_ending) && rc != IK_OK) return;
	if (rc != IK_OK && ++c->tries < TRIES) put(a, c);
	else write_down(a, &f);
}

static void skip(struct adviser *a)
{
	(void)pthread_mutex_lock(&a->lock);
	a->skipped++;
	(void)pthread_mutex_unlock(&a->lock);
}

static void ask_about(struct adviser *a, struct http_client *client, struct store_reader *reader, struct advice_case *c)
{
	struct budget budget = { .per_day = a->conf->per_day, .at = clock_wall() };
	struct buf request = BUF_INIT(REQUEST_MAX);
	struct advice advice = { .category = NULL };
	struct ik_error err = { "" };
	json_t *row = NULL;
	int64_t retry_s = -1;
	enum ik_rc rc = read_opening(reader, c->ticket_id, &row, &err);

	if (rc == IK_OK && !write_request(a, row, &request)) rc = IK_REJECT;
	if (rc == IK_OK) rc = store_call(a->setup->store, use_budget, &budget, &err);
	if (rc != IK_OK || !budget.ok) {
		skip(a);
	} else {
		(void)pthread_mutex_lock(&a->lock);
		a->asked++;
		(void)pthread_mutex_unlock(&a->lock);
		rc = ask(a, client, &request, &advice, &retry_s, &err);
		if (!atomic_load(&a->is_ending)) end_question(a, rc, retry_s, &err);
		settle(a, c, rc, &advice, &err);
	}
	json_decref(row);
	buf_release(&request);
}

/* ---- threads -------------------------------------------------------------------------------------------------------------------------- */

static bool is_ending(void *arg)
{
	const struct adviser *a = arg;

	return atomic_load(&a->is_ending);
}

static void *run(void *arg)
{
	struct adviser *a = arg;
	struct http_client *client = http_client_new(is_ending, a, NULL);
	struct store_reader *reader = NULL;
	struct ik_error err = { "" };
	struct advice_case c;

	(void)pthread_setname_np(pthread_self(), "adviser");
	if (store_reader_open(a->setup->store, &reader, &err) != IK_OK) log_line(IK_LOG_ERROR, "adviser", "%s", err.text);
	while (take(a, &c)) {
		if (reader != NULL) ask_about(a, client, reader, &c);
		else skip(a);
		(void)pthread_mutex_lock(&a->lock);
		a->under_way--;
		(void)pthread_cond_broadcast(&a->changed);
		(void)pthread_mutex_unlock(&a->lock);
	}
	store_reader_close(&reader);
	http_client_free(&client);
	return NULL;
}

static bool may_say(const struct adviser_conf *conf, const char *word)
{
	for (size_t i = 0; i < conf->sets.count; i++)
		if (strcmp(conf->sets.item[i], word) == 0) return true;
	return conf->sets.count == 0;
}

static enum ik_rc start(struct adviser *a, struct ik_error *err)
{
	pthread_attr_t attributes;

	(void)pthread_attr_init(&attributes);
	(void)pthread_attr_setstacksize(&attributes, STACK_BYTES);
	while (a->thread_count < (size_t)a->conf->parallel && (errno = pthread_create(&a->threads[a->thread_count], &attributes, run, a)) == 0) a->thread_count++;
	(void)pthread_attr_destroy(&attributes);
	return a->thread_count == (size_t)a->conf->parallel ? IK_OK : ik_fail_errno(err, "start the threads of the adviser");
}

enum ik_rc adviser_new(const struct adviser_conf *conf, const struct pipeline_setup *setup, struct adviser **adviser_r, struct ik_error *err)
{
	struct adviser *a = mem_new(sizeof(*a));
	pthread_condattr_t attributes;
	enum ik_rc rc;

	a->conf = conf;
	a->setup = setup;
	a->ask = (struct advice_ask){ may_say(conf, "category"), may_say(conf, "severity"), may_say(conf, "sentiment") };
	(void)pthread_mutex_init(&a->lock, NULL);
	(void)pthread_condattr_init(&attributes);
	(void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&a->changed, &attributes);
	(void)pthread_condattr_destroy(&attributes);
	rc = start(a, err);
	if (rc == IK_OK) *adviser_r = a;
	else adviser_free(&a);
	return rc;
}

void adviser_free(struct adviser **adviser)
{
	struct adviser *a = *adviser;

	if (a == NULL) return;
	atomic_store(&a->is_ending, true);
	(void)pthread_mutex_lock(&a->lock);
	(void)pthread_cond_broadcast(&a->changed);
	(void)pthread_mutex_unlock(&a->lock);
	for (size_t i = 0; i < a->thread_count; i++) (void)pthread_join(a->threads[i], NULL);
	(void)pthread_cond_destroy(&a->changed);
	(void)pthread_mutex_destroy(&a->lock);
	mem_free(adviser);
}

json_t *adviser_status(struct adviser *a)
{
	json_t *status = json_object();

	json_set_text(status, "model", a->conf->model);
	(void)pthread_mutex_lock(&a->lock);
	(void)json_object_update_new(status, json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:b}", "waiting", (json_int_t)(a->count + a->under_way), "asked", (json_int_t)a->asked,
		"used", (json_int_t)a->used, "unused", (json_int_t)a->unused, "failed", (json_int_t)a->failed, "skipped", (json_int_t)a->skipped,
		"resting", a->rest_until_ms > clock_mono_ms()));
	(void)pthread_mutex_unlock(&a->lock);
	return status;
}
