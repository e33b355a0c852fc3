/* queue_sink.c - deliveries to one sink: at least once with a constant key, in order per ticket. Thread: the queue's own. */
#include "outbox/outbox_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/mem.h"
#include "policy/alarm.h"

/* What this sink returned for the ticket before; lives as long as the ticket. */
static const char *remote_id_of(const struct queue *q, const json_t *ticket)
{
	const char *found = NULL;
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(ticket, "deliveries"), i, one) {
		const char *sink = json_text(one, "sink"), *id = json_text(one, "remote_id");

		if (sink != NULL && id != NULL && *id != '\0' && strcmp(sink, q->sink->name) == 0) found = id;
	}
	return found;
}

static struct verdict judge(const struct queue *q, const struct store_duty *duty, const struct ik_delivery *d)
{
	struct verdict v;

	switch (d->rc) {
	case IK_OK: v = verdict_of(duty, DUTY_SENT, NULL); break;
	case IK_REJECT: v = verdict_of(duty, DUTY_FAILED, d->err.text); break;
	case IK_CONFIG: v = verdict_untouched(duty); break;
	case IK_RETRY: case IK_FATAL: default: v = verdict_retry(q, duty, d->retry_after_s, d->err.text[0] != '\0' ? d->err.text : "not delivered"); break;
	}
	(void)snprintf(v.remote_id, sizeof(v.remote_id), "%s", d->new_remote_id);
	return v;
}

/* A batch in rounds: no round holds two deliveries of one ticket, and a ticket whose delivery has to be tried again is left for later. */
struct round {
	struct ik_delivery *deliveries;
	size_t *place;                  /* index of the duty */
	size_t count;
};

/* Whether the receiver is there: it took or refused something, or every try has to be made again. */
static void note_tries(struct queue *q, const struct round *r)
{
	const char *why = NULL;

	for (size_t i = 0; i < r->count; i++) {
		const struct ik_delivery *d = &r->deliveries[i];

		if (d->rc == IK_CONFIG) return;                 /* the queue rests, and says so itself */
		if (d->rc == IK_OK || d->rc == IK_REJECT) {
			queue_note_tries(q, NULL);
			return;
		}
		why = d->err.text[0] != '\0' ? d->err.text : "not delivered";
	}
	if (why != NULL) queue_note_tries(q, why);
}

static bool is_in(const struct store_duty *duties, const size_t *place, size_t count, int64_t ticket_id)
{
	for (size_t i = 0; i < count; i++)
		if (ticket_id != 0 && duties[place[i]].ticket_id == ticket_id) return true;
	return false;
}

static enum ik_rc add_delivery(struct queue *q, const struct store_duty *duty, size_t place, struct round *r, struct verdict *v, struct ik_error *err)
{
	json_t *ticket = NULL;
	const bool is_alarm = strcmp(duty->event, ALARM_EVENT) == 0;
	enum ik_rc rc = is_alarm ? read_alarm(q->reader, duty->message_id, &ticket, err) : read_ticket(q->reader, duty->ticket_id, &ticket, err);

	if (rc == IK_REJECT) *v = verdict_of(duty, DUTY_FAILED, err->text);
	if (rc != IK_OK) return rc;
	r->place[r->count] = place;
	r->deliveries[r->count++] = (struct ik_delivery){
		.key = duty->key, .event = duty->event, .ticket = ticket, .remote_id = remote_id_of(q, ticket), .attempt = duty->attempts,
		.rc = IK_RETRY, .retry_after_s = -1, .message_id = is_alarm ? 0 : duty->message_id,
	};
	return IK_OK;
}

/* Calls the plugin and settles what it was given. Returns IK_CONFIG when the sink has to be parked. */
static enum ik_rc run_round(struct queue *q, const struct store_duty *duties, struct round *r, struct verdict *verdicts, bool *is_settled, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	q->sink->plugin->deliver(q->state, r->deliveries, r->count);
	note_tries(q, r);
	for (size_t i = 0; i < r->count; i++) {
		const struct ik_delivery *d = &r->deliveries[i];
		const size_t place = r->place[i];

		verdicts[place] = judge(q, &duties[place], d);
		is_settled[place] = true;
		queue_log_verdict(q, &duties[place], &verdicts[place]);
		if (d->rc == IK_CONFIG) rc = ik_fail(IK_CONFIG, err, "%s", d->err.text);
		json_decref((json_t *)(uintptr_t)d->ticket);
	}
	r->count = 0;
	return rc;
}

/* What waits behind a delivery of its ticket that failed for now is due with it; the store hands out equal times by age. */
static void hold_back(const struct store_duty *duties, struct verdict *verdicts, bool *is_settled, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = i + 1; k < count && is_settled[i] && verdicts[i].state == DUTY_PENDING; k++) {
			if (is_settled[k] || duties[i].ticket_id == 0 || duties[k].ticket_id != duties[i].ticket_id) continue;
			verdicts[k] = verdict_untouched(&duties[k]);
			verdicts[k].next_at = verdicts[i].next_at;
			is_settled[k] = true;
		}
	}
}

static size_t fill_round(struct queue *q, const struct store_duty *duties, size_t count, struct round *r, struct verdict *verdicts, bool *is_settled,
                         struct ik_error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (is_settled[i] || is_in(duties, r->place, r->count, duties[i].ticket_id)) continue;
		switch (add_delivery(q, &duties[i], i, r, &verdicts[i], err)) {
		case IK_OK: break;
		case IK_REJECT: is_settled[i] = true; break;
		case IK_RETRY: case IK_CONFIG: case IK_FATAL: default:
			verdicts[i] = verdict_retry(q, &duties[i], -1, err->text);
			is_settled[i] = true;
			break;
		}
	}
	return r->count;
}

/* Writes what is new, so that the next round reads a ticket that knows what became of the last one. */
static void write_settled(struct queue *q, struct verdict *verdicts, const bool *is_settled, bool *is_written, size_t count)
{
	struct verdict *fresh = mem_new(count * sizeof(*fresh));
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		if (!is_settled[i] || is_written[i]) continue;
		fresh[n++] = verdicts[i];
		is_written[i] = true;
	}
	(void)queue_finish(q, fresh, n);
	free(fresh);
}

enum ik_rc queue_serve_sink(struct queue *q, struct store_duty *duties, size_t count, struct ik_error *err)
{
	struct round r = { mem_new(count * sizeof(struct ik_delivery)), mem_new(count * sizeof(size_t)), 0 };
	struct verdict *verdicts = mem_new(count * sizeof(*verdicts));
	bool *is_settled = mem_new(count * sizeof(bool)), *is_written = mem_new(count * sizeof(bool));
	enum ik_rc rc = IK_OK;

	while (rc == IK_OK && !outbox_is_stopping(q->outbox) && fill_round(q, duties, count, &r, verdicts, is_settled, err) > 0) {
		rc = run_round(q, duties, &r, verdicts, is_settled, err);
		hold_back(duties, verdicts, is_settled, count);
		write_settled(q, verdicts, is_settled, is_written, count);
	}
	for (size_t i = 0; i < count; i++) {
		if (!is_settled[i]) verdicts[i] = verdict_untouched(&duties[i]);
		is_settled[i] = true;
	}
	write_settled(q, verdicts, is_settled, is_written, count);
	free(r.deliveries);
	free(r.place);
	free(verdicts);
	free(is_settled);
	free(is_written);
	return rc;
}
