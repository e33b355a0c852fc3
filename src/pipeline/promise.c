#include "pipeline/promise.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/mem.h"
#include "store/progress.h"

#define SEVERITIES (SEVERITY_LOW + 1)
#define ANSWERS_MAX 20000               /* the newest of the window */

static const char *const tell_words[] = { "target", "measured", "both", NULL };

#define OPT(kind, field, ...) IK_OPTION(kind, struct promise_conf, field, __VA_ARGS__)
const struct ik_option promise_options[] = {
	OPT(ENUM,     tell,   .def = "measured", .choices = tell_words,
	    .help = "What customers are told when first answers take longer than the target: the target all the same, the measured time, or both."),
	OPT(DURATION, window, .def = "14d", .min = 3600, .max = 90 * 86400, .help = "Answers of how long ago are measured."),
	OPT(COUNT,    least,  .def = "20", .min = 5, .max = 10000, .help = "With fewer answers of a severity than this its target is told."),
	IK_OPTION_END
};

struct measured { int64_t answers, kept, nine_of_ten_s, waiting_s; };    /* waiting_s: for what waits now at the rate of the window; 0: not known */

struct promise {
	const struct promise_conf *conf;
	const struct policy *policy;
	pthread_mutex_t lock;           /* of measured */
	struct measured measured[SEVERITIES];
};

struct promise *promise_new(const struct promise_conf *conf, const struct policy *policy)
{
	struct promise *p = mem_new(sizeof(*p));

	p->conf = conf;
	p->policy = policy;
	(void)pthread_mutex_init(&p->lock, NULL);
	return p;
}

void promise_free(struct promise **promise)
{
	if (*promise == NULL) return;
	(void)pthread_mutex_destroy(&(*promise)->lock);
	mem_free(promise);
}

/* ---- measuring -------------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The smallest time within which nine of ten came. */
static int64_t nine_of_ten(int64_t *seconds, size_t count)
{
	if (count == 0) return 0;
	qsort(seconds, count, sizeof(*seconds), by_size);
	return seconds[(count * 9 + 9) / 10 - 1];
}

static void measure_severity(const struct promise *p, enum severity severity, const struct read_answered *answers, size_t count, int64_t *seconds,
                             struct measured *m_r)
{
	size_t n = 0;

	*m_r = (struct measured){ 0 };
	for (size_t i = 0; i < count; i++) {
		const struct read_answered *a = &answers[i];

		if (strcmp(a->severity, severity_names[severity]) != 0) continue;
		m_r->kept += a->answered_at <= a->due_at;
		seconds[n++] = policy_elapsed(p->policy, a->brand, severity, a->received_at, a->answered_at);
	}
	m_r->answers = (int64_t)n;
	m_r->nine_of_ten_s = nine_of_ten(seconds, n);
}

/* What waits now, at the rate at which answers came since the first of them was asked for. Urgent matters go first, so the queue says nothing
 * about them. */
static void measure_queue(const struct promise *p, struct measured *all, const struct read_answered *answers, size_t count, int64_t waiting, int64_t now_at)
{
	int64_t since_at = now_at;

	if (count < (size_t)p->conf->least) return;
	for (size_t i = 0; i < count; i++)
		if (answers[i].received_at < since_at) since_at = answers[i].received_at;
	if (since_at < now_at - p->conf->window) since_at = now_at - p->conf->window;
	for (int s = SEVERITY_HIGH; s < SEVERITIES; s++)
		all[s].waiting_s = (int64_t)((double)waiting * (double)policy_elapsed(p->policy, NULL, (enum severity)s, since_at, now_at) / (double)count);
}

enum ik_rc promise_measure(struct promise *p, struct store_reader *reader, int64_t now_at, struct ik_error *err)
{
	struct read_answered *answers = mem_new(ANSWERS_MAX * sizeof(*answers));
	int64_t *seconds = mem_new(ANSWERS_MAX * sizeof(*seconds)), waiting = 0;
	struct measured all[SEVERITIES];
	size_t count = 0;
	enum ik_rc rc = read_answered(reader, now_at - p->conf->window, ANSWERS_MAX, answers, &count, err);

	if (rc == IK_OK && count >= (size_t)p->conf->least) rc = read_unanswered(reader, now_at - p->conf->window, &waiting, err);
	if (rc == IK_OK) {
		for (int s = 0; s < SEVERITIES; s++) measure_severity(p, (enum severity)s, answers, count, seconds, &all[s]);
		measure_queue(p, all, answers, count, waiting, now_at);
		(void)pthread_mutex_lock(&p->lock);
		memcpy(p->measured, all, sizeof(all));
		(void)pthread_mutex_unlock(&p->lock);
	}
	free(answers);
	free(seconds);
	return rc;
}

/* ---- telling ----------------------------------------------------------------------------------------------------------- */

int64_t promise_due(struct promise *p, const char *brand, enum severity severity, int64_t received_at, int64_t target_at)
{
	struct measured m;
	int64_t seconds, due_at;

	if (p == NULL || p->conf->tell == PROMISE_TARGET) return 0;
	(void)pthread_mutex_lock(&p->lock);
	m = p->measured[severity];
	(void)pthread_mutex_unlock(&p->lock);
	seconds = m.answers >= p->conf->least ? m.nine_of_ten_s : 0;
	if (m.waiting_s > seconds) seconds = m.waiting_s;
	if (seconds == 0) return 0;
	due_at = policy_after(p->policy, brand, severity, received_at, seconds);
	return due_at > target_at ? due_at : 0;
}

bool promise_tells_target(const struct promise *p)
{
	return p == NULL || p->conf->tell != PROMISE_MEASURED;
}

static json_t *severity_status(const struct measured *m)
{
	json_t *one = json_pack("{s:I, s:I, s:I}", "answers", (json_int_t)m->answers, "nine_of_ten_s", (json_int_t)m->nine_of_ten_s,
	                        "waiting_s", (json_int_t)m->waiting_s);

	(void)json_object_set_new(one, "kept", m->answers > 0 ? json_real((double)m->kept / (double)m->answers) : json_null());
	return one;
}

json_t *promise_status(struct promise *p)
{
	json_t *status = json_pack("{s:s}", "tell", tell_words[p->conf->tell]);

	(void)pthread_mutex_lock(&p->lock);
	for (int s = 0; s < SEVERITIES; s++) (void)json_object_set_new(status, severity_names[s], severity_status(&p->measured[s]));
	(void)pthread_mutex_unlock(&p->lock);
	return status;
}
