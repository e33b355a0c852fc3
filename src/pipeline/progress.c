/* progress.c - moves of a ticket's state with all that hangs on them: dates, history, timers, and the customer's notice. */
#include "pipeline/progress.h"

#include <string.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "pipeline/notify.h"
#include "policy/due_text.h"
#include "store/progress.h"

#define TIMERS_MAX 100                  /* of one transaction */

static enum severity severity_of(const char *name)
{
	for (size_t i = 0; severity_names[i] != NULL; i++)
		if (strcmp(severity_names[i], name) == 0) return (enum severity)i;
	return SEVERITY_NORMAL;
}

/* ---- moves ------------------------------------------------------------------------------------------------------------- */

/* A first answer is what staff says or asks, or that they are done; that somebody works on it is none. */
static bool is_answer(const struct progress_move *m)
{
	if ((m->who & (WHO_HELPDESK | WHO_OPERATOR)) == 0) return false;
	return m->tell != NULL || m->to == STATE_WAITING_CUSTOMER || m->to == STATE_RESOLVED || m->to == STATE_CLOSED;
}

static enum ik_rc set_dates(struct store_tx *tx, const struct store_progress *p, const struct progress_move *m, struct ik_error *err)
{
	const bool was_done = p->state == STATE_RESOLVED || p->state == STATE_CLOSED, is_done = m->to == STATE_RESOLVED || m->to == STATE_CLOSED;
	enum ik_rc rc = IK_OK;

	if (m->to == STATE_IN_PROGRESS) rc = store_set_date(tx, m->ticket_id, DATE_STARTED, m->at, err);
	if (rc == IK_OK && was_done && !is_done) rc = store_set_date(tx, m->ticket_id, DATE_RESOLVED, 0, err);
	if (rc == IK_OK && !was_done && is_done) rc = store_set_date(tx, m->ticket_id, DATE_RESOLVED, m->at, err);
	return rc;
}

/* The question comes within working time, never in the middle of a holiday. */
static enum ik_rc set_timers(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct progress_move *m, struct ik_error *err)
{
	const struct notice_conf *conf = setup->notices;
	enum ik_rc rc = IK_OK;

	if (conf == NULL || m->to != STATE_RESOLVED) return IK_OK;
	if (conf->enabled && conf->survey) {
		const int64_t at = policy_working_moment(setup->policy, p->brand, severity_of(p->severity), m->at + conf->survey_after);

		rc = store_add_timer(tx, &(struct store_timer){ at, m->ticket_id, TIMER_SURVEY }, err);
	}
	return rc == IK_OK ? store_add_timer(tx, &(struct store_timer){ m->at + conf->close_after, m->ticket_id, TIMER_CLOSE }, err) : rc;
}

/* What the staff said to the customer becomes a message of the ticket; whether it is passed on is the policy's. */
static enum ik_rc say(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct progress_move *m, struct ik_error *err)
{
	struct store_message message = { .ticket_id = m->ticket_id, .is_outbound = true, .channel = m->actor, .sender = m->actor, .received_at = m->at,
	                                 .sent_at = m->at, .text = m->tell };
	struct notify n = { .ticket_id = m->ticket_id, .event = EVENT_REPLY, .note = m->tell, .at = m->at };
	enum ik_rc rc = store_add_message(tx, &message, err);

	n.nth = message.id;
	if (rc != IK_OK || m->to == STATE_WAITING_CUSTOMER) return rc;
	if (strlen(m->tell) >= STORE_NOTE_MAX)
		return store_add_history(tx, m->ticket_id, m->at, "notice.withheld", "intaked", "reply: too long to be passed on", err);
	return notify(tx, setup, p, &n, err);
}

static enum ik_rc enter(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct progress_move *m, struct ik_error *err)
{
	const enum template_event event = ticket_state_event(m->to);
	const struct notify n = { .ticket_id = m->ticket_id, .event = event, .nth = p->moves + 1, .at = m->at,
	                          .note = m->to == STATE_WAITING_CUSTOMER && m->tell != NULL && strlen(m->tell) < STORE_NOTE_MAX ? m->tell : NULL };
	enum ik_rc rc = store_set_state(tx, m->ticket_id, m->to, m->at, m->actor, err);

	if (rc == IK_OK) rc = set_dates(tx, p, m, err);
	if (rc == IK_OK) rc = set_timers(tx, setup, p, m, err);
	return rc == IK_OK && event != EVENT_COUNT && m->who != WHO_CUSTOMER ? notify(tx, setup, p, &n, err) : rc;
}

enum ik_rc progress_move(struct store_tx *tx, const struct pipeline_setup *setup, const struct progress_move *m, struct ik_error *err)
{
	struct store_progress p;
	enum ik_rc rc = store_get_progress(tx, m->ticket_id, &p, err);

	if (rc == IK_OK && (m->who & (WHO_HELPDESK | WHO_OPERATOR)) != 0) rc = store_refuse_merged(tx, m->ticket_id, err);
	if (rc != IK_OK) return rc;
	if (p.state != m->to && !ticket_state_may(p.state, m->to, m->who))
		return ik_fail(IK_REJECT, err, "a ticket that is %s cannot become %s this way", store_state_names[p.state], store_state_names[m->to]);
	if (m->note != NULL) rc = store_add_history(tx, m->ticket_id, m->at, "note", m->actor, m->note, err);
	if (rc == IK_OK && is_answer(m)) rc = store_set_date(tx, m->ticket_id, DATE_FIRST_RESPONSE, m->at, err);
	if (rc == IK_OK && m->tell != NULL) rc = say(tx, setup, &p, m, err);
	return rc == IK_OK && p.state != m->to ? enter(tx, setup, &p, m, err) : rc;
}

/* ---- timers -------------------------------------------------------------------------------------------------------------- */

static bool tells_delays(const struct pipeline_setup *setup)
{
	const struct notice_conf *conf = setup->notices;

	if (conf == NULL || !conf->enabled) return false;
	return conf->delayed == DELAYED_YES || (conf->delayed == DELAYED_AUTO && setup->hears_states);
}

/* Whether the staff hears before a first answer is late. Where no state comes back, every ticket would look unanswered. */
static bool alarms_deadlines(const struct pipeline_setup *setup)
{
	return setup->alarms != NULL && setup->alarms->to.count > 0 && setup->alarms->deadline_before > 0 && setup->hears_states;
}

static enum ik_rc watch_deadline(struct store_tx *tx, const struct pipeline_setup *setup, int64_t ticket_id, int64_t now_at, int64_t due_at, struct ik_error *err)
{
	const int64_t at = alarms_deadlines(setup) ? due_at - setup->alarms->deadline_before : 0;

	if (at == 0) return IK_OK;
	return store_add_timer(tx, &(struct store_timer){ at > now_at ? at : now_at, ticket_id, TIMER_DEADLINE }, err);
}

enum ik_rc progress_begin(struct store_tx *tx, const struct pipeline_setup *setup, int64_t ticket_id, int64_t received_at, int64_t due_at, struct ik_error *err)
{
	enum ik_rc rc = watch_deadline(tx, setup, ticket_id, received_at, due_at, err);

	if (rc != IK_OK || !tells_delays(setup)) return rc;
	return store_add_timer(tx, &(struct store_timer){ due_at - notice_lead(setup->notices, received_at, due_at), ticket_id, TIMER_DELAYED }, err);
}

static bool waits_for_us(const struct store_progress *p)
{
	return p->first_response_at == 0 && (p->state == STATE_RECEIVED || p->state == STATE_FORWARDED || p->state == STATE_IN_PROGRESS);
}

/* The date the customer was told last. */
static int64_t promised(const struct store_progress *p)
{
	return p->promised_at != 0 ? p->promised_at : p->first_response_due;
}

/* new_at: the date the customer is given instead; 0: none. */
static enum ik_rc raise_deadline(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct store_timer *timer,
                                 int64_t now_at, int64_t new_at, struct ik_error *err)
{
	char due[CLOCK_RFC3339_SIZE], next[CLOCK_RFC3339_SIZE];
	json_t *evidence = json_pack("{s:s, s:s, s:s}", "due", clock_rfc3339(promised(p), due), "state", store_state_names[p->state], "severity", p->severity);
	enum ik_rc rc;

	if (new_at != 0) json_set_text(evidence, "customer_told", clock_rfc3339(new_at, next));
	rc = alarm_raise(tx, setup->alarms, ALARM_DEADLINE, p->number, timer->ticket_id, evidence, now_at, err);
	json_decref(evidence);
	return rc;
}

/* The promise is about to pass: as much time again, by the same calendar, counted from the old date or from now when that is over; or as much as answers
 * take of late, where customers are told that. */
static enum ik_rc put_off(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct store_timer *timer,
                          int64_t now_at, struct ik_error *err)
{
	const int64_t old = promised(p), from = old > now_at ? old : now_at;
	struct notify n = { .ticket_id = timer->ticket_id, .event = EVENT_DELAYED, .at = now_at };
	char text[CLOCK_RFC3339_SIZE], words[DUE_TEXT_MAX];
	struct schedule next;
	const char *brand = p->brand[0] != '\0' ? p->brand : NULL;
	int64_t due_at, likely_at;
	enum ik_rc rc;

	policy_schedule(setup->policy, brand, severity_of(p->severity), from, &next);
	likely_at = promise_due(setup->promise, brand, severity_of(p->severity), from, next.first_response_due);
	due_at = n.nth = likely_at != 0 ? likely_at : next.first_response_due;
	schedule_release(&next);
	log_line(IK_LOG_WARNING, "promise", "ticket %s has had no answer and its date passes; the customer is given a new one", p->number);
	due_text(p->language, policy_zone(setup->policy), due_at, words);
	rc = store_set_promise(tx, timer->ticket_id, due_at, words, err);
	if (rc == IK_OK) rc = store_add_history(tx, timer->ticket_id, now_at, "promise", "intaked", clock_rfc3339(due_at, text), err);
	if (rc == IK_OK) rc = notify(tx, setup, p, &n, err);
	if (rc == IK_OK && alarms_deadlines(setup)) rc = raise_deadline(tx, setup, p, timer, now_at, due_at, err);     /* the staff hears no later than the customer */
	if (rc != IK_OK) return rc;
	rc = watch_deadline(tx, setup, timer->ticket_id, now_at, due_at, err);
	if (rc != IK_OK) return rc;
	return store_add_timer(tx, &(struct store_timer){ due_at - notice_lead(setup->notices, from, due_at), timer->ticket_id, TIMER_DELAYED }, err);
}

static enum ik_rc on_deadline(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct store_timer *timer,
                              int64_t now_at, struct ik_error *err)
{
	const int64_t due_at = promised(p);

	if (!alarms_deadlines(setup) || !waits_for_us(p)) return IK_OK;
	if (due_at - setup->alarms->deadline_before > timer->due_at) return watch_deadline(tx, setup, timer->ticket_id, now_at, due_at, err);
	return raise_deadline(tx, setup, p, timer, now_at, 0, err);
}

static enum ik_rc on_delayed(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct store_timer *timer,
                             int64_t now_at, struct ik_error *err)
{
	const int64_t at = promised(p) - (setup->notices != NULL ? notice_lead(setup->notices, p->received_at, promised(p)) : 0);
	int64_t told = 0, said = 0;
	enum ik_rc rc;

	if (!tells_delays(setup) || !waits_for_us(p)) return IK_OK;
	if (at > timer->due_at) return store_add_timer(tx, &(struct store_timer){ at, timer->ticket_id, TIMER_DELAYED }, err);   /* the customer was told a later date */
	rc = store_count_history(tx, timer->ticket_id, "promise", &told, err);
	if (rc != IK_OK) return rc;
	if (told < setup->notices->delayed_most) return put_off(tx, setup, p, timer, now_at, err);
	rc = store_count_history(tx, timer->ticket_id, "overdue", &said, err);
	if (rc != IK_OK || said > 0) return rc;                         /* a date that came earlier left a second timer behind */
	log_line(IK_LOG_ERROR, "promise", "ticket %s has been put off %lld times and still has no answer", p->number, (long long)told);
	return store_add_history(tx, timer->ticket_id, now_at, "overdue", "intaked", "no answer, and the customer was put off as often as allowed", err);
}

/* Asked once a resolution: the round is the ticket's number of moves, so that a ticket opened again meanwhile is not asked about the first one. */
static enum ik_rc on_survey(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct store_timer *timer,
                            int64_t now_at, struct ik_error *err)
{
	const struct notify n = { .ticket_id = timer->ticket_id, .event = EVENT_SURVEY, .nth = p->moves, .at = now_at };

	const bool is_done = p->state == STATE_RESOLVED || p->state == STATE_CLOSED;

	if (setup->notices == NULL || !is_done || p->resolved_at + setup->notices->survey_after > timer->due_at) return IK_OK;
	return notify(tx, setup, p, &n, err);
}

static enum ik_rc on_close(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct store_timer *timer,
                           int64_t now_at, struct ik_error *err)
{
	const struct progress_move m = { .ticket_id = timer->ticket_id, .to = STATE_CLOSED, .who = WHO_INTAKED, .actor = "intaked", .at = now_at };

	if (setup->notices == NULL || p->state != STATE_RESOLVED || p->resolved_at + setup->notices->close_after > timer->due_at) return IK_OK;
	return progress_move(tx, setup, &m, err);
}

static enum ik_rc on_timer(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_timer *timer, int64_t now_at, struct ik_error *err)
{
	struct store_progress p;
	enum ik_rc rc = store_refuse_merged(tx, timer->ticket_id, err);

	if (rc == IK_OK) rc = store_get_progress(tx, timer->ticket_id, &p, err);
	if (rc == IK_REJECT) return IK_OK;      /* erased or merged meanwhile */
	if (rc != IK_OK) return rc;
	switch (timer->kind) {
	case TIMER_DELAYED: return on_delayed(tx, setup, &p, timer, now_at, err);
	case TIMER_DEADLINE: return on_deadline(tx, setup, &p, timer, now_at, err);
	case TIMER_SURVEY: return on_survey(tx, setup, &p, timer, now_at, err);
	case TIMER_CLOSE: return on_close(tx, setup, &p, timer, now_at, err);
	default: return IK_OK;
	}
}

enum ik_rc progress_due(struct store_tx *tx, const struct pipeline_setup *setup, int64_t now_at, bool *more_r, struct ik_error *err)
{
	struct store_timer timers[TIMERS_MAX];
	size_t count = 0;
	enum ik_rc rc = store_take_timers(tx, now_at, TIMERS_MAX, timers, &count, err);

	for (size_t i = 0; rc == IK_OK && i < count; i++) rc = on_timer(tx, setup, &timers[i], now_at, err);
	*more_r = count == TIMERS_MAX;
	return rc;
}
