/* survey.c - one answer of a customer, and what follows from it. See survey.h. */
#include "pipeline/survey.h"

#include <stdio.h>
#include "base/json.h"
#include "pipeline/progress.h"
#include "store/progress.h"
#include "store/survey.h"

bool survey_read(const struct marks *marks, const char *token, int64_t now_at, int64_t *ticket_id_r, int64_t *sent_at_r)
{
	int64_t ticket_id, sent_at;

	if (!marks_read_survey(marks, token, &ticket_id, &sent_at) || sent_at + SURVEY_VALID_S < now_at) return false;
	*ticket_id_r = ticket_id;
	*sent_at_r = sent_at;
	return true;
}

static bool is_answer(const struct survey_answer *a)
{
	const int64_t dimensions[] = { a->speed, a->attitude, a->solution, a->thoroughness };

	for (size_t i = 0; i < 4; i++)
		if (dimensions[i] < 0 || dimensions[i] > 5) return false;
	return a->level >= 1 && a->level <= 5;
}

static enum ik_rc alarm(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, int64_t ticket_id,
                        const struct survey_answer *a, int64_t now_at, struct ik_error *err)
{
	json_t *evidence = json_pack("{s:I, s:I, s:I, s:I, s:I}", "level", (json_int_t)a->level, "speed", (json_int_t)a->speed, "attitude", (json_int_t)a->attitude,
	                             "solution", (json_int_t)a->solution, "thoroughness", (json_int_t)a->thoroughness);
	enum ik_rc rc = alarm_raise(tx, setup->alarms, ALARM_DISSATISFIED, p->number, ticket_id, evidence, now_at, err);

	json_decref(evidence);
	return rc;
}

/* Where the ticket stands decides whether there is anything to open or to close. */
static enum ik_rc follow(struct store_tx *tx, const struct pipeline_setup *setup, int64_t ticket_id, const struct survey_answer *a, int64_t now_at, struct ik_error *err)
{
	struct progress_move m = { .ticket_id = ticket_id, .who = WHO_CUSTOMER, .actor = "customer", .at = now_at };
	struct store_progress p;
	enum ik_rc rc = store_get_progress(tx, ticket_id, &p, err);

	if (rc != IK_OK || a->level == 3) return rc;
	m.to = a->level < 3 ? STATE_RECEIVED : STATE_CLOSED;
	if (a->level < 3) rc = alarm(tx, setup, &p, ticket_id, a, now_at, err);
	return rc == IK_OK && ticket_state_may(p.state, m.to, WHO_CUSTOMER) ? progress_move(tx, setup, &m, err) : rc;
}

enum ik_rc survey_take(struct store_tx *tx, const struct pipeline_setup *setup, int64_t ticket_id, int64_t sent_at, const struct survey_answer *a,
                       const char *way, int64_t now_at, bool *taken_r, struct ik_error *err)
{
	const struct store_survey row = { ticket_id, sent_at, now_at, a->level, a->speed, a->attitude, a->solution, a->thoroughness, way };
	char detail[128];
	enum ik_rc rc;

	if (!is_answer(a)) return ik_fail(IK_REJECT, err, "a survey is answered with 1 to 5");
	*taken_r = false;
	rc = store_add_survey(tx, &row, taken_r, err);
	if (rc != IK_OK || !*taken_r) return rc;
	(void)snprintf(detail, sizeof(detail), "%lld of 5; speed %lld, attitude %lld, solution %lld, thoroughness %lld; by %s", (long long)a->level,
	               (long long)a->speed, (long long)a->attitude, (long long)a->solution, (long long)a->thoroughness, way);
	rc = store_add_history(tx, ticket_id, now_at, "survey", "customer", detail, err);
	return rc == IK_OK ? follow(tx, setup, ticket_id, a, now_at, err) : rc;
}
