/* queue_reply.c - acknowledgements and notices through the channel the message came by: marked committing before the call, since a platform that takes
 * the text cannot give it back. What comes too late for the platform goes to a verified mail address, if there is one. Thread: the queue's own. */
#include "outbox/outbox_parts.h"

#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "pipeline/notify.h"

static struct verdict judge(const struct queue *q, const struct store_duty *duty, enum ik_rc rc, const struct ik_reply_result *result, const struct ik_error *err)
{
	switch (rc) {
	case IK_OK: return verdict_of(duty, DUTY_SENT, NULL);
	case IK_REJECT: return verdict_of(duty, DUTY_FAILED, err->text);
	case IK_RETRY: case IK_CONFIG: case IK_FATAL: default: break;
	}
	if (result->uncertain) return verdict_of(duty, DUTY_UNCERTAIN, err->text);
	return verdict_retry(q, duty, result->retry_after_s, err->text);
}

static enum ik_rc call_plugin(struct queue *q, const struct store_duty *duty, const struct read_answer *answer, struct verdict *v, bool *is_closed_r, struct ik_error *err)
{
	struct ik_reply_result result = { .retry_after_s = -1 };
	struct notice_text words = { .subject = NULL };
	enum ik_rc rc = duty_chat_words(&q->outbox->setup, duty, answer, &q->channel->plugin->words, &words, err);

	if (rc != IK_OK) {
		*v = verdict_of(duty, DUTY_FAILED, err->text);
		return IK_REJECT;
	}
	rc = q->channel->plugin->reply(q->state, &(struct ik_reply){
		.ticket_id = duty->ticket_id, .conversation = duty->address[0] != '\0' ? duty->address : answer->conversation, .sender = answer->sender,
		.source_id = answer->source_id, .text = words.text, .key = duty->key }, &result, err);
	notice_release(&words);
	*is_closed_r = rc == IK_REJECT && result.is_closed;
	*v = judge(q, duty, rc, &result, err);
	return rc;
}

/* ---- the platform lets nothing through any more ------------------------------------------------------------------------- */

struct reroute { const struct pipeline_setup *setup; const struct store_duty *duty; bool is_done; };

static enum ik_rc run_reroute(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct reroute *r = arg;

	return notify_reroute(tx, r->setup, r->duty, clock_wall(), &r->is_done, err);
}

/* The other way, or the end of it. */
static void leave_chat(struct queue *q, const struct store_duty *duty, const char *why)
{
	struct reroute r = { .setup = q->outbox->setup.progress, .duty = duty };
	struct ik_error err = { "" };
	const enum ik_rc rc = r.setup != NULL ? store_call(q->outbox->setup.store, run_reroute, &r, &err) : IK_OK;
	const struct verdict v = rc == IK_OK ? verdict_of(duty, DUTY_FAILED, why) : verdict_retry(q, duty, -1, err.text);

	if (rc == IK_OK && r.is_done) return;
	(void)queue_finish(q, &v, 1);
	queue_log_verdict(q, duty, &v);
}

static bool is_too_late(const struct read_answer *answer)
{
	return answer->reply_until != 0 && answer->reply_until <= clock_wall();
}

static enum ik_rc send_one(struct queue *q, const struct store_duty *duty, const struct read_answer *answer, struct ik_error *err)
{
	bool is_closed = false;
	struct verdict v;
	enum ik_rc rc = queue_commit(q, &duty->id, 1, err);

	if (rc == IK_OK) rc = call_plugin(q, duty, answer, &v, &is_closed, err);
	else v = verdict_untouched(duty);
	if (is_closed) {
		leave_chat(q, duty, err->text);
		return rc;
	}
	(void)queue_finish(q, &v, 1);
	queue_log_verdict(q, duty, &v);
	return rc;
}

static enum ik_rc serve_one(struct queue *q, const struct store_duty *duty, struct ik_error *err)
{
	struct read_answer answer;
	struct verdict v;
	enum ik_rc rc = read_answer(q->reader, duty->ticket_id, duty->message_id, &answer, err);

	if (rc != IK_OK) {
		v = rc == IK_REJECT ? verdict_of(duty, DUTY_FAILED, err->text) : verdict_retry(q, duty, -1, err->text);
		(void)queue_finish(q, &v, 1);
		return rc == IK_REJECT ? IK_OK : rc;
	}
	if (is_too_late(&answer)) leave_chat(q, duty, "the time in which the platform lets us answer was over");
	else rc = send_one(q, duty, &answer, err);
	read_answer_release(&answer);
	return rc == IK_REJECT ? IK_OK : rc;
}

enum ik_rc queue_serve_reply(struct queue *q, struct store_duty *duties, size_t count, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < count; i++) {
		if (rc != IK_CONFIG && !outbox_is_stopping(q->outbox)) {
			rc = serve_one(q, &duties[i], err);
		} else {
			const struct verdict v = verdict_untouched(&duties[i]);

			(void)queue_finish(q, &v, 1);
		}
	}
	return rc == IK_CONFIG ? rc : IK_OK;
}
