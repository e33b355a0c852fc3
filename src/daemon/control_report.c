#include "daemon/control_report.h"

#include <stdlib.h>
#include <sysexits.h>
#include "base/clock.h"
#include "base/json.h"
#include "policy/policy.h"
#include "store/report.h"

#define BACK_MAX 1000

/* Tickets come in the order of time: the zone is asked once an hour. */
struct hours { const struct control_setup *setup; int64_t hour; int value; };

static int hour_of(void *arg, int64_t at)
{
	struct hours *h = arg;

	if (at / 3600 == h->hour) return h->value;
	h->hour = at / 3600;
	h->value = h->setup->hour(h->setup->arg, h->hour * 3600);
	return h->value;
}

static enum ik_rc usage(struct control_call *call, struct ik_error *err, const char *text)
{
	call->code = EX_USAGE;
	return ik_fail(IK_REJECT, err, "%s", text);
}

struct span { const char *name; int64_t since_at, until_at, before_at; };

/* Whole periods of the calendar; the running one ends now. */
static enum ik_rc calendar_span(const struct control_setup *setup, struct control_call *call, const char *name, int64_t now_at, struct span *s, struct ik_error *err)
{
	const int64_t back = json_int(call->args, "back", 0);
	int64_t at = now_at, end = 0;

	if (back < 0 || back > BACK_MAX) return usage(call, err, "--back: expected 0 to 1000 periods");
	for (int64_t i = 0; i <= back; i++) {
		if (!setup->period(setup->arg, name, at, &s->since_at, &end)) return usage(call, err, "--period: expected day, week, month, quarter or year");
		at = s->since_at - 1;
	}
	s->until_at = end < now_at ? end : now_at + 1;
	(void)setup->period(setup->arg, name, at, &s->before_at, &end);
	return IK_OK;
}

static enum ik_rc free_span(const struct control_setup *setup, struct control_call *call, int64_t now_at, struct span *s, struct ik_error *err)
{
	const char *since = json_text(call->args, "since"), *until = json_text(call->args, "until");

	s->since_at = setup->moment(setup->arg, since, now_at);
	s->until_at = until != NULL ? setup->moment(setup->arg, until, now_at) : now_at + 1;
	if (since == NULL || s->since_at <= 0 || s->until_at <= 0)
		return usage(call, err, "--since, --until: expected a day (2026-11-22), a time (2026-11-22T08:00:00Z) or an age (24h, 7d)");
	if (s->until_at <= s->since_at) return usage(call, err, "--until is not after --since");
	s->before_at = s->since_at - (s->until_at - s->since_at);
	return IK_OK;
}

static enum ik_rc read_span(struct store_reader *r, struct hours *hours, int64_t since_at, int64_t until_at, int64_t now_at, json_t **report_r, struct ik_error *err)
{
	const struct report_ask ask = { .since_at = since_at, .until_at = until_at, .now_at = now_at, .hour = hour_of, .arg = hours };

	return read_report(r, &ask, report_r, err);
}

/* The period before goes as far as this one has come, so that a month under way is held against as many days. */
static enum ik_rc read_both(const struct control_setup *setup, const struct span *s, int64_t now_at, json_t **report_r, struct ik_error *err)
{
	const int64_t length = s->until_at - s->since_at, before_end = s->before_at + length < s->since_at ? s->before_at + length : s->since_at;
	struct hours hours = { .setup = setup, .hour = -1 };
	struct store_reader *r = NULL;
	json_t *before = NULL;
	enum ik_rc rc = store_reader_open(setup->store, &r, err);

	if (rc == IK_OK) rc = read_span(r, &hours, s->since_at, s->until_at, now_at, report_r, err);
	if (rc == IK_OK) rc = read_span(r, &hours, s->before_at, before_end, now_at, &before, err);
	if (rc == IK_OK) {
		json_set_time(before, "since", s->before_at);
		json_set_time(before, "until", before_end);
		(void)json_object_set_new(*report_r, "before", before);
	}
	store_reader_close(&r);
	return rc;
}

enum ik_rc control_report(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	const char *name = json_text(call->args, "period");
	const bool is_free = json_text(call->args, "since") != NULL || json_text(call->args, "until") != NULL;
	const int64_t now_at = clock_wall();
	struct span s = { .name = is_free ? "span" : name != NULL ? name : "month" };
	json_t *period;
	char *zone;
	enum ik_rc rc;

	if (is_free && name != NULL) return usage(call, err, "either --period or --since and --until");
	rc = is_free ? free_span(setup, call, now_at, &s, err) : calendar_span(setup, call, s.name, now_at, &s, err);
	if (rc == IK_OK) rc = read_both(setup, &s, now_at, &call->result, err);
	if (rc != IK_OK) return rc;
	period = json_pack("{s:s}", "name", s.name);
	json_set_time(period, "since", s.since_at);
	json_set_time(period, "until", s.until_at);
	zone = setup->zone(setup->arg);
	json_set_text(period, "zone", zone);
	free(zone);
	(void)json_object_set_new(call->result, "period", period);
	return IK_OK;
}
