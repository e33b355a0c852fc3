/* test_store_duty.c - the outbox's arrows: exactly those of the drawing in store.h, each told to the ticket, none lost by a crash. */
#include "test.h"
#include "store_fixture.h"

#include <signal.h>
#include <sys/wait.h>

struct step { int64_t id; enum duty_state to; int64_t next_at; };

static enum ik_rc take_one(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct store_duty duty;
	size_t n = 0;
	enum ik_rc rc = store_take_duties(tx, arg, NOW + 1000, 1, &duty, &n, err);

	return rc == IK_OK && n != 1 ? ik_fail(IK_REJECT, err, "nothing to take") : rc;
}

static enum ik_rc commit_one(struct store_tx *tx, void *arg, struct ik_error *err)
{
	return store_commit_duties(tx, &((struct step *)arg)->id, 1, err);
}

static enum ik_rc finish_one(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct step *s = arg;

	return store_finish_duty(tx, s->id, s->to, NOW + 50, s->next_at, s->to == DUTY_SENT ? NULL : "550 no", "r-1", err);
}

static enum ik_rc retry_one(struct store_tx *tx, void *arg, struct ik_error *err)
{
	return store_retry_duty(tx, ((struct step *)arg)->id, NOW + 60, err);
}

static char ack_target[] = "ack:mail", sink_target[] = "sink:desk";

/* Brings the duty into a state by drawn arrows. */
static void bring(struct store *store, const struct taken *t, enum duty_kind kind, enum duty_state from)
{
	struct step s = { .id = kind == DUTY_ACK ? t->ack_id : t->deliver_id };

	if (from == DUTY_PENDING) return;
	CHECK_INT(store_call(store, take_one, kind == DUTY_ACK ? ack_target : sink_target, NULL), IK_OK);
	if (from == DUTY_SENDING) return;
	CHECK_INT(store_call(store, commit_one, &s, NULL), IK_OK);
	if (from == DUTY_COMMITTING) return;
	s.to = from;
	CHECK_INT(store_call(store, finish_one, &s, NULL), IK_OK);
}

static bool may(enum duty_kind kind, enum duty_state from, enum duty_state to)
{
	const bool is_end = to == DUTY_PENDING || to == DUTY_SENT || to == DUTY_FAILED || to == DUTY_UNCERTAIN;

	if (from == DUTY_COMMITTING) return is_end;
	if (from != DUTY_SENDING) return false;
	return kind == DUTY_DELIVER ? is_end : to == DUTY_PENDING || to == DUTY_FAILED;
}

static void check_arrow(enum duty_kind kind, enum duty_state from, enum duty_state to)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken t = a_message("k");
	struct step s = { .to = to, .next_at = NOW + 9 };
	char row[64];

	(void)snprintf(row, sizeof(row), "%s: %s to %s", kind == DUTY_ACK ? "ack" : "deliver", duty_state_names[from], duty_state_names[to]);
	test_row(row);
	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	bring(store, &t, kind, from);
	s.id = kind == DUTY_ACK ? t.ack_id : t.deliver_id;
	CHECK_INT(store_call(store, finish_one, &s, NULL), may(kind, from, to) ? IK_OK : IK_REJECT);
	test_row("");
	store_close(&store);
}

TEST(every_arrow_that_is_not_drawn_is_refused)
{
	for (int kind = DUTY_ACK; kind <= DUTY_DELIVER; kind++)
		for (int from = DUTY_PENDING; from < DUTY_WITHHELD; from++)
			for (int to = DUTY_PENDING; to <= DUTY_WITHHELD; to++) check_arrow((enum duty_kind)kind, (enum duty_state)from, (enum duty_state)to);
}

static const struct { const char *row; enum duty_state from; enum ik_rc commit, retry; } others[] = {
	{ "pending",    DUTY_PENDING,    IK_REJECT, IK_REJECT },
	{ "sending",    DUTY_SENDING,    IK_OK,     IK_REJECT },
	{ "committing", DUTY_COMMITTING, IK_REJECT, IK_REJECT },
	{ "sent",       DUTY_SENT,       IK_REJECT, IK_REJECT },
	{ "failed",     DUTY_FAILED,     IK_REJECT, IK_OK },
	{ "uncertain",  DUTY_UNCERTAIN,  IK_REJECT, IK_OK },
};
TEST(commit_and_retry_have_one_arrow_each)
{
	for (size_t i = 0; i < COUNT_OF(others); i++)
		for (int what = 0; what < 2; what++) {
			const struct store_conf conf = small_store(test_dir());
			struct store *store = opened(&conf);
			struct taken t = a_message("k");
			struct step s;

			test_row(others[i].row);
			CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
			bring(store, &t, DUTY_ACK, others[i].from);
			s.id = t.ack_id;
			CHECK_INT(store_call(store, what == 0 ? commit_one : retry_one, &s, NULL), what == 0 ? others[i].commit : others[i].retry);
			store_close(&store);
		}
}

static const struct { const char *row; enum duty_state to; const char *ack, *event; } told[] = {
	{ "sent", DUTY_SENT, "sent", "ack.sent" }, { "failed", DUTY_FAILED, "failed", "ack.failed" },
	{ "uncertain", DUTY_UNCERTAIN, "uncertain", "ack.uncertain" }, { "retry", DUTY_PENDING, "pending", NULL },
};
TEST(the_ticket_tells_what_became_of_its_acknowledgement)
{
	for (size_t i = 0; i < COUNT_OF(told); i++) {
		const struct store_conf conf = small_store(test_dir());
		struct store *store = opened(&conf);
		struct taken t = a_message("k");
		struct step s;
		json_t *ticket, *counts;

		test_row(told[i].row);
		CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
		bring(store, &t, DUTY_ACK, DUTY_COMMITTING);
		s = (struct step){ t.ack_id, told[i].to, NOW + 500 };
		CHECK_INT(store_call(store, finish_one, &s, NULL), IK_OK);
		ticket = ticket_json(store, t.ticket.id);
		CHECK_STR(text_at_path(ticket, "ack.state"), told[i].ack);
		CHECK_STR(text_at_path(ticket, "history[1].event"), told[i].event);
		json_decref(ticket);
		counts = counts_json(store);
		CHECK_INT(at_path(json_object_get(counts, "acknowledgements"), duty_state_names[told[i].to]), 1);
		json_decref(counts);
		store_close(&store);
	}
}

static enum ik_rc second_ack(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct store_duty duty = { .ticket_id = *(int64_t *)arg, .kind = DUTY_ACK, .target = "ack:telegram", .event = "received" };

	return store_add_duty(tx, &duty, err);
}

static enum ik_rc other_duties(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const int64_t id = *(int64_t *)arg;
	struct store_duty duties[] = {
		{ .ticket_id = id, .kind = DUTY_ACK, .target = "ack:mail", .event = "resolved", .state = DUTY_WITHHELD },
		{ .ticket_id = id, .kind = DUTY_DELIVER, .target = "sink:desk", .event = "ticket.updated" },
		{ .ticket_id = id, .kind = DUTY_DELIVER, .target = "sink:desk", .event = "ticket.updated" },
	};
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(duties); i++) rc = store_add_duty(tx, &duties[i], err);
	return rc;
}

static enum ik_rc begun_as_sent(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct store_duty duty = { .ticket_id = *(int64_t *)arg, .kind = DUTY_DELIVER, .target = "sink:x", .event = "e", .state = DUTY_SENT };

	return store_add_duty(tx, &duty, err);
}

TEST(a_ticket_has_one_acknowledgement_per_event)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken t = a_message("k");

	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	CHECK_INT(store_call(store, second_ack, &t.ticket.id, NULL), IK_REJECT);
	CHECK_INT(store_call(store, other_duties, &t.ticket.id, NULL), IK_OK);
	CHECK_INT(store_call(store, begun_as_sent, &t.ticket.id, NULL), IK_REJECT);
	store_close(&store);
}

/* ---- the queue ---- */

struct queue { char *target; int64_t now_at; size_t max; struct store_duty got[8]; size_t count; int64_t next; };

static enum ik_rc look(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct queue *q = arg;
	enum ik_rc rc = store_take_duties(tx, q->target, q->now_at, q->max, q->got, &q->count, err);

	return rc == IK_OK ? store_next_due(tx, q->target, &q->next, err) : rc;
}

TEST(due_duties_come_oldest_first_and_once)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct queue q = { .target = sink_target, .now_at = NOW, .max = 2 };
	struct taken t[3];
	static const char *const keys[] = { "a", "b", "c" };
	char key[64];
	struct step later;

	for (size_t i = 0; i < COUNT_OF(t); i++) {
		t[i] = a_message(keys[i]);
		CHECK_INT(store_call(store, take, &t[i], NULL), IK_OK);
	}
	CHECK_INT(store_call(store, look, &q, NULL), IK_OK);
	CHECK_INT(q.count, 2);
	CHECK_INT(q.got[0].id, t[0].deliver_id);
	CHECK_INT(q.got[0].attempts, 1);
	CHECK_INT(q.got[0].ticket_id, t[0].ticket.id);
	CHECK_INT(q.got[0].message_id, t[0].message_id);
	CHECK(strlen(q.got[0].key) == 32 && strchr(q.got[0].key, '.') == NULL);
	CHECK_INT(q.next, 1);                                   /* the third is due now */
	memcpy(key, q.got[0].key, sizeof(key));
	later = (struct step){ t[0].deliver_id, DUTY_PENDING, NOW + 100 };
	CHECK_INT(store_call(store, finish_one, &later, NULL), IK_OK);
	q.max = 8;
	CHECK_INT(store_call(store, look, &q, NULL), IK_OK);
	CHECK_INT(q.count, 1);
	CHECK_INT(q.got[0].id, t[2].deliver_id);
	CHECK_INT(q.next, NOW + 100);
	q.now_at = NOW + 100;
	CHECK_INT(store_call(store, look, &q, NULL), IK_OK);
	CHECK_INT(q.count, 1);
	CHECK_INT(q.got[0].attempts, 2);
	CHECK_STR(q.got[0].key, key);
	CHECK_STR(q.got[0].last_error, "550 no");
	CHECK_STR(q.got[0].remote_id, "r-1");
	CHECK_INT(q.next, 0);
	store_close(&store);
}

TEST(the_outbox_is_listed_by_state)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken t = a_message("k");
	struct store_reader *r = reading(store);
	static const struct { const char *state; size_t count; } rows[] = { { NULL, 2 }, { "pending", 1 }, { "uncertain", 1 }, { "sent", 0 } };

	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	bring(store, &t, DUTY_ACK, DUTY_UNCERTAIN);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		json_t *array = NULL;

		test_row(rows[i].state != NULL ? rows[i].state : "all");
		CHECK_INT(read_outbox(r, rows[i].state, 10, &array, NULL), IK_OK);
		CHECK_INT(json_array_size(array), rows[i].count);
		if (rows[i].count > 0) CHECK_STR(text_at_path(array, "[0].number"), "202511-001");
		json_decref(array);
	}
	store_reader_close(&r);
	store_close(&store);
}

/* ---- crash ---- */

static _Noreturn void die_in_flight(const struct store_conf *conf)
{
	struct store *store = opened(conf);
	struct taken a = a_message("a"), b = a_message("b");

	if (store_call(store, take, &a, NULL) != IK_OK || store_call(store, take, &b, NULL) != IK_OK) _exit(1);
	bring(store, &a, DUTY_ACK, DUTY_COMMITTING);
	bring(store, &a, DUTY_DELIVER, DUTY_SENDING);
	bring(store, &b, DUTY_ACK, DUTY_SENDING);
	(void)kill(getpid(), SIGKILL);
	_exit(1);
}

TEST(a_crash_leaves_no_duty_in_flight)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store;
	json_t *ticket, *counts;
	int status = 0;
	const pid_t child = fork();

	if (child == 0) die_in_flight(&conf);
	CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
	store = opened(&conf);
	ticket = ticket_json(store, 1);
	CHECK_STR(text_at_path(ticket, "ack.state"), "uncertain");
	CHECK_STR(text_at_path(ticket, "deliveries[0].state"), "pending");
	CHECK_INT(json_array_size(json_path(ticket, "history")), 3);
	CHECK_STR(text_at_path(ticket, "history[1].actor"), "recovery");
	json_decref(ticket);
	ticket = ticket_json(store, 2);
	CHECK_STR(text_at_path(ticket, "ack.state"), "pending");
	CHECK_STR(text_at_path(ticket, "history[1].event"), "ack.pending");
	json_decref(ticket);
	counts = counts_json(store);
	CHECK_INT(at_path(counts, "acknowledgements.uncertain"), 1);
	CHECK_INT(at_path(counts, "acknowledgements.pending"), 1);
	CHECK_INT(at_path(counts, "acknowledgements.committing"), 0);
	CHECK_INT(at_path(counts, "deliveries.pending"), 2);
	json_decref(counts);
	store_close(&store);
}
