/* test_promise.c - what is measured of first answers, and when a customer hears of it. */
#include "test.h"
#include "store_fixture.h"

#include "base/clock.h"

#include "pipeline/progress.h"
#include "pipeline/promise.h"
#include "policy/alarm.h"
#include "store/progress.h"

#define HOUR 3600

/* Tickets that came an hour apart, the last one an hour ago; the n-th was answered n hours after it came, the waiting ones never. */
struct stream { const char *severity; int answered, waiting; int64_t step_s; };

static enum ik_rc add_one(struct store_tx *tx, const char *severity, int64_t received_at, int64_t answered_at, struct ik_error *err)
{
	struct store_ticket t = { .month = 202511, .channel = "mail", .channel_type = "lmtp", .severity = severity, .received_at = received_at,
	                          .first_response_due = received_at + 5 * HOUR, .decisions = "{}" };
	enum ik_rc rc = store_add_ticket(tx, &t, err);

	if (rc != IK_OK || answered_at == 0) return rc;
	rc = store_set_state(tx, t.id, STATE_WAITING_CUSTOMER, answered_at, "test", err);
	return rc == IK_OK ? store_set_date(tx, t.id, DATE_FIRST_RESPONSE, answered_at, err) : rc;
}

static enum ik_rc add_stream(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct stream *s = arg;
	enum ik_rc rc = IK_OK;

	for (int n = 1; rc == IK_OK && n <= s->answered; n++) rc = add_one(tx, s->severity, NOW - 40 * HOUR, NOW - 40 * HOUR + n * s->step_s, err);
	for (int n = 0; rc == IK_OK && n < s->waiting; n++) rc = add_one(tx, s->severity, NOW - HOUR, 0, err);
	return rc;
}

static const struct {
	const char *row; struct stream stream; int tell; int64_t target_s; enum severity asked; int64_t due_s;     /* due_s: after NOW; 0: the target is told */
} rows[] = {
	{ "nine of ten took nine hours",              { "normal", 10, 0, HOUR },     PROMISE_MEASURED, 5 * HOUR,  SEVERITY_NORMAL, 9 * HOUR },
	{ "both names the same time",                 { "normal", 10, 0, HOUR },     PROMISE_BOTH,     5 * HOUR,  SEVERITY_NORMAL, 9 * HOUR },
	{ "the policy tells the target all the same", { "normal", 10, 0, HOUR },     PROMISE_TARGET,   5 * HOUR,  SEVERITY_NORMAL, 0 },
	{ "faster than the target",                   { "normal", 10, 0, HOUR },     PROMISE_MEASURED, 10 * HOUR, SEVERITY_NORMAL, 0 },
	{ "too few answers",                          { "normal", 4, 0, 9 * HOUR },  PROMISE_MEASURED, 5 * HOUR,  SEVERITY_NORMAL, 0 },
	{ "of another severity",                      { "normal", 10, 0, HOUR },     PROMISE_MEASURED, 5 * HOUR,  SEVERITY_HIGH,   0 },
	/* ten answers in forty hours: four hours each, and five wait */
	{ "five wait, four hours each",               { "normal", 10, 5, HOUR },     PROMISE_MEASURED, 5 * HOUR,  SEVERITY_NORMAL, 20 * HOUR },
	{ "the queue holds for other severities too", { "normal", 10, 5, HOUR },     PROMISE_MEASURED, 5 * HOUR,  SEVERITY_LOW,    20 * HOUR },
	{ "but urgent matters do not queue",          { "normal", 10, 5, HOUR },     PROMISE_MEASURED, HOUR,      SEVERITY_URGENT, 0 },
	{ "nobody ever answered",                     { "normal", 0, 50, HOUR },     PROMISE_MEASURED, HOUR,      SEVERITY_NORMAL, 0 },
};
TEST(a_customer_hears_how_long_it_takes_when_that_is_longer_than_the_target)
{
	struct policy *policy = NULL;
	struct policy_conf none = { .timezone = NULL };

	CHECK_INT(policy_new(&none, &policy, NULL), IK_OK);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct store_conf conf = small_store(test_dir());
		const struct promise_conf tell = { .tell = rows[i].tell, .window = 14 * 86400, .least = 5 };
		struct store *store = opened(&conf);
		struct store_reader *reader = reading(store);
		struct promise *promise = promise_new(&tell, policy);
		struct stream stream = rows[i].stream;

		test_row(rows[i].row);
		CHECK_INT(promise_due(promise, NULL, rows[i].asked, NOW, NOW + rows[i].target_s), 0);    /* nothing is measured yet */
		CHECK_INT(store_call(store, add_stream, &stream, NULL), IK_OK);
		CHECK_INT(promise_measure(promise, reader, NOW, NULL), IK_OK);
		CHECK_INT(promise_due(promise, NULL, rows[i].asked, NOW, NOW + rows[i].target_s), rows[i].due_s != 0 ? NOW + rows[i].due_s : 0);
		test_row("");
		promise_free(&promise);
		store_reader_close(&reader);
		store_close(&store);
	}
	policy_free(&policy);
}

static enum ik_rc add_message_of(struct store_tx *tx, int64_t ticket_id, const char *auto_reason, struct ik_error *err)
{
	struct store_message m = { .ticket_id = ticket_id, .received_at = NOW, .channel = "mail", .text = "x", .auto_reason = auto_reason };

	return store_add_message(tx, &m, err);
}

/* Ten answers in forty hours, and besides one that waits: forty of a year ago, forty old ones of a mailbox read for the first time, forty of machines. */
static enum ik_rc add_nobodys(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct store_ticket late = { .month = 202511, .channel = "mail", .channel_type = "lmtp", .severity = "normal", .received_at = NOW - HOUR, .decisions = "{}" }, machine;
	struct stream stream = { "normal", 10, 1, HOUR };
	enum ik_rc rc = add_stream(tx, &stream, err);

	(void)arg;
	late.first_response_due = NOW - 5000 * HOUR;
	for (int i = 0; rc == IK_OK && i < 40; i++) {
		struct store_ticket again = late;

		rc = add_one(tx, "normal", NOW - 9000 * HOUR, 0, err);
		if (rc == IK_OK) rc = store_add_ticket(tx, &again, err);
		machine = late;
		machine.first_response_due = NOW + HOUR;
		if (rc == IK_OK) rc = store_add_ticket(tx, &machine, err);
		if (rc == IK_OK) rc = add_message_of(tx, machine.id, "auto-submitted", err);
	}
	return rc == IK_OK ? add_message_of(tx, 11, NULL, err) : rc;
}

TEST(what_is_in_nobodys_queue_does_not_make_customers_wait)
{
	const struct store_conf conf = small_store(test_dir());
	const struct promise_conf tell = { .tell = PROMISE_MEASURED, .window = 14 * 86400, .least = 5 };
	struct policy_conf none = { .timezone = NULL };
	struct policy *policy = NULL;
	struct store *store = opened(&conf);
	struct store_reader *reader = reading(store);
	struct promise *promise;
	json_t *status;

	CHECK_INT(policy_new(&none, &policy, NULL), IK_OK);
	promise = promise_new(&tell, policy);
	CHECK_INT(store_call(store, add_nobodys, NULL, NULL), IK_OK);
	CHECK_INT(promise_measure(promise, reader, NOW, NULL), IK_OK);
	status = promise_status(promise);
	CHECK_INT(json_int(json_object_get(status, "normal"), "waiting_s", 0), 4 * HOUR);       /* of the one */
	json_decref(status);
	promise_free(&promise);
	policy_free(&policy);
	store_reader_close(&reader);
	store_close(&store);
}

/* ---- a date later than the target ------------------------------------------------------------------------------------------ */

#define DAY 86400
struct late_promise { const struct pipeline_setup *setup; int64_t ticket_id, at, told; bool begins; };

/* The target is a day, the customer was told four; then the timers run at some time. */
static enum ik_rc run_timers(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct late_promise *l = arg;
	enum ik_rc rc = IK_OK;
	bool more = true;

	if (l->begins) rc = store_set_promise(tx, l->ticket_id, NOW + 4 * DAY, "in four days", err);
	if (rc == IK_OK && l->begins) rc = progress_begin(tx, l->setup, l->ticket_id, NOW, NOW + DAY, err);
	while (rc == IK_OK && more) rc = progress_due(tx, l->setup, l->at, &more, err);
	return rc == IK_OK ? store_count_history(tx, l->ticket_id, "promise", &l->told, err) : rc;
}

/* silent: the customer hears of no delay, so that the date stays. */
static const struct { const char *row; int64_t at; int told, alarms, silent_alarms; } steps[] = {
	{ "the target passes", NOW + DAY, 0, 0, 0 }, { "long before the date", NOW + 3 * DAY, 0, 0, 0 }, { "half an hour before the date", NOW + 4 * DAY - 1800, 1, 1, 0 },
	{ "ten minutes before it", NOW + 4 * DAY - 600, 1, 1, 1 }, { "the new date is near", NOW + 5 * DAY - 600, 2, 2, 1 },
	{ "and near again", NOW + 6 * DAY - 7200, 2, 2, 1 }, { "put off often enough", NOW + 6 * DAY - 600, 2, 3, 1 },
};

static void check_late(bool tells)
{
	const struct notice_conf notices = { .enabled = tells, .delayed = DELAYED_YES, .delayed_lead = HOUR, .delayed_most = 2, .per_day = 100 };
	static const struct ack_conf ack = { .enabled = true, .per_address_hour = 100, .per_address_day = 100, .per_domain_hour = 100, .global_hour = 100 };
	static char pager[] = "pager", *to[] = { pager };
	const struct alarm_conf alarms = { .to = { .item = to, .count = 1 }, .repeat = HOUR, .deadline_before = 900 };
	const struct store_conf conf = small_store(test_dir());
	struct policy_conf none = { .timezone = NULL };
	struct policy *policy = NULL;
	struct store *store = opened(&conf);
	struct store_reader *reader = reading(store);
	struct taken t = a_message("one");
	struct late_promise l = { .begins = true };
	struct pipeline_setup setup;

	CHECK_INT(policy_new(&none, &policy, NULL), IK_OK);
	setup = (struct pipeline_setup){ .policy = policy, .ack = &ack, .notices = &notices, .alarms = &alarms, .hears_states = true };
	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	l.setup = &setup;
	l.ticket_id = t.ticket.id;
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		json_t *raised = NULL;

		test_row(steps[i].row);
		l.at = steps[i].at;
		CHECK_INT(store_call(store, run_timers, &l, NULL), IK_OK);
		l.begins = false;
		CHECK_INT(l.told, tells ? steps[i].told : 0);
		CHECK_INT(read_alarms(reader, 10, &raised, NULL), IK_OK);
		CHECK_INT(json_array_size(raised), tells ? steps[i].alarms : steps[i].silent_alarms);
		json_decref(raised);
	}
	policy_free(&policy);
	store_reader_close(&reader);
	store_close(&store);
}

TEST(a_ticket_is_late_by_the_date_that_was_told_and_not_by_the_target)
{
	check_late(true);
	check_late(false);
}

/* Answered after seven hours, the target was five: one was told eight from the start, the other was put off when five had passed. */
static enum ik_rc add_told_later(struct store_tx *tx, void *arg, struct ik_error *err)
{
	char decisions[128], likely[CLOCK_RFC3339_SIZE];
	enum ik_rc rc = IK_OK;

	(void)arg;
	(void)snprintf(decisions, sizeof(decisions), "{\"deadline\":{\"likely\":\"%s\"}}", clock_rfc3339(NOW - 32 * HOUR, likely));
	for (int i = 0; rc == IK_OK && i < 2; i++) {
		struct store_ticket t = { .month = 202511, .channel = "mail", .channel_type = "lmtp", .severity = "high", .received_at = NOW - 40 * HOUR,
		                          .first_response_due = NOW - 35 * HOUR, .decisions = i == 0 ? decisions : "{}" };

		rc = store_add_ticket(tx, &t, err);
		if (rc == IK_OK) rc = store_set_promise(tx, t.id, NOW - 32 * HOUR, "later", err);
		if (rc == IK_OK) rc = store_set_date(tx, t.id, DATE_FIRST_RESPONSE, NOW - 33 * HOUR, err);
	}
	return rc;
}

TEST(what_was_kept_is_counted_against_what_was_told_first)
{
	const struct store_conf conf = small_store(test_dir());
	const struct promise_conf tell = { .tell = PROMISE_TARGET, .window = 14 * 86400, .least = 5 };
	struct policy_conf none = { .timezone = NULL };
	struct policy *policy = NULL;
	struct store *store = opened(&conf);
	struct store_reader *reader = reading(store);
	struct stream stream = { "normal", 10, 0, HOUR };
	struct promise *promise;
	json_t *status;

	CHECK_INT(policy_new(&none, &policy, NULL), IK_OK);
	promise = promise_new(&tell, policy);
	CHECK_INT(store_call(store, add_stream, &stream, NULL), IK_OK);
	CHECK_INT(promise_measure(promise, reader, NOW, NULL), IK_OK);
	status = promise_status(promise);
	CHECK(json_real_value(json_path(status, "normal.kept")) == 0.5);        /* five of ten within five hours */
	CHECK_INT(json_int(json_object_get(status, "normal"), "answers", 0), 10);
	CHECK(json_is_null(json_path(status, "high.kept")));
	json_decref(status);
	CHECK_INT(store_call(store, add_told_later, NULL, NULL), IK_OK);
	CHECK_INT(promise_measure(promise, reader, NOW, NULL), IK_OK);
	status = promise_status(promise);
	CHECK(json_real_value(json_path(status, "high.kept")) == 0.5);
	json_decref(status);
	promise_free(&promise);
	policy_free(&policy);
	store_reader_close(&reader);
	store_close(&store);
}
