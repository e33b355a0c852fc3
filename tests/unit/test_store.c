/* test_store.c - what intake writes is there, counted once, numbered without gaps, and read back in the one format. */
#include "test.h"
#include "store_fixture.h"

#include <fcntl.h>
#include <semaphore.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "base/clock.h"
#include "base/codec.h"
#include "store/search.h"
#include "store/code.h"
#include "store/inside.h"

TEST(a_message_becomes_one_ticket_and_its_repeat_none)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken first = a_message("k1"), again = a_message("k1"), other = a_message("k2");
	json_t *counts, *ledger = NULL;
	struct store_reader *r;

	CHECK_INT(store_call(store, take, &first, NULL), IK_OK);
	CHECK_INT(store_call(store, take, &again, NULL), IK_OK);
	CHECK_INT(store_call(store, take, &other, NULL), IK_OK);
	CHECK(!first.is_known && again.is_known && !other.is_known);
	CHECK_INT(again.ticket.id, first.ticket.id);
	CHECK_STR(first.ticket.number, "202511-001");
	CHECK_STR(other.ticket.number, "202511-002");
	CHECK_INT(other.ticket.contact_id, first.ticket.contact_id);
	counts = counts_json(store);
	CHECK_INT(at_path(counts, "tickets"), 2);
	CHECK_INT(at_path(counts, "messages"), 2);
	CHECK_INT(at_path(counts, "states.received"), 2);
	CHECK_INT(at_path(counts, "acknowledgements.pending"), 2);
	CHECK_INT(at_path(counts, "deliveries.pending"), 2);
	r = reading(store);
	CHECK_INT(read_ledger(r, &ledger, NULL), IK_OK);
	CHECK_INT(json_array_size(ledger), 1);
	CHECK_STR(text_at_path(ledger, "[0].day"), "2025-11-22");
	CHECK_INT(at_path(ledger, "[0].offered"), 3);
	CHECK_INT(at_path(ledger, "[0].accepted"), 2);
	CHECK_INT(at_path(ledger, "[0].repeated"), 1);
	store_reader_close(&r);
	json_decref(ledger);
	json_decref(counts);
	store_close(&store);
}

static const char *const ticket_keys[] = {
	"version", "number", "code", "state", "brand", "channel.name", "channel.type", "customer.id", "customer.name", "customer.language",
	"customer.tier", "customer.handles[0].type", "customer.handles[0].value", "customer.handles[0].verified", "subject", "category",
	"severity", "sentiment", "department", "product", "order_number", "wanted", "received_at", "first_response_due", "handling_due",
	"promise.due", "promise.text", "promise.walk", "links", "messages[0].id", "messages[0].direction", "messages[0].channel",
	"messages[0].external_id", "messages[0].received_at", "messages[0].sent_at", "messages[0].sender", "messages[0].text",
	"messages[0].reply_text", "messages[0].attachments", "messages[0].authenticated", "messages[0].auto_reason", "ack.state", "ack.reason",
	"ack.at", "deliveries[0].sink", "deliveries[0].state", "deliveries[0].remote_id", "deliveries[0].attempts", "deliveries[0].last_error",
	"history[0].at", "history[0].event", "history[0].actor", "history[0].detail",
};
TEST(a_ticket_has_every_key_of_the_format)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken t = a_message("k1");
	char shown[CODE_SHOWN_SIZE];
	json_t *ticket;

	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	ticket = ticket_json(store, t.ticket.id);
	for (size_t i = 0; i < COUNT_OF(ticket_keys); i++) {
		test_row(ticket_keys[i]);
		CHECK(json_path(ticket, ticket_keys[i]) != NULL);
	}
	CHECK_STR(text_at_path(ticket, "code"), code_shown(t.ticket.code, shown));
	CHECK_STR(text_at_path(ticket, "history[0].event"), "received");
	CHECK_STR(text_at_path(ticket, "deliveries[0].sink"), "desk");
	CHECK_STR(text_at_path(ticket, "received_at"), "2025-11-22T16:21:38Z");
	CHECK_STR(text_at_path(ticket, "ack.state"), "pending");
	json_decref(ticket);
	store_close(&store);
}

TEST(a_ticket_is_found_by_number_and_by_code)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken t = a_message("k1");
	char shown[CODE_SHOWN_SIZE], wrong[STORE_CODE_SIZE];
	struct store_reader *r;
	int64_t id = -1;

	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	r = reading(store);
	CHECK_INT(read_ticket_id(r, t.ticket.number, &id, NULL), IK_OK);
	CHECK_INT(id, t.ticket.id);
	id = -1;
	CHECK_INT(read_ticket_id(r, code_shown(t.ticket.code, shown), &id, NULL), IK_OK);
	CHECK_INT(id, t.ticket.id);
	code_make((const unsigned char *)"another ticket!", wrong);
	CHECK_INT(read_ticket_id(r, wrong, &id, NULL), IK_OK);
	CHECK_INT(id, 0);
	CHECK_INT(read_ticket_id(r, "202511-002", &id, NULL), IK_OK);
	CHECK_INT(id, 0);
	CHECK_INT(read_ticket_id(r, "rubbish", &id, NULL), IK_OK);
	CHECK_INT(id, 0);
	store_reader_close(&r);
	store_close(&store);
}

/* ---- numbers ---- */

static enum ik_rc take_and_fail(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const enum ik_rc rc = take(tx, arg, err);

	return rc == IK_OK ? ik_fail(IK_REJECT, err, "no") : rc;
}

TEST(numbers_run_on_over_failures_months_and_restarts)
{
	static const struct { const char *row, *key; int64_t month; bool fails; const char *number; } rows[] = {
		{ "first",           "a", 202511, false, "202511-001" },
		{ "a job that fails","b", 202511, true,  NULL },
		{ "no gap",          "b", 202511, false, "202511-002" },
		{ "the next month",  "c", 202512, false, "202512-001" },
		{ "back again",      "d", 202511, false, "202511-003" },
		{ "fails elsewhere", "e", 202512, true,  NULL },
		{ "and on",          "e", 202512, false, "202512-002" },
	};
	const struct store_conf conf = small_store(test_dir());

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct store *store = opened(&conf);
		struct taken t = a_message(rows[i].key);

		test_row(rows[i].row);
		t.month = rows[i].month;
		CHECK_INT(store_call(store, rows[i].fails ? take_and_fail : take, &t, NULL), rows[i].fails ? IK_REJECT : IK_OK);
		if (!rows[i].fails) CHECK_STR(t.ticket.number, rows[i].number);
		store_close(&store);
	}
}

/* ---- batches ---- */

struct batch_job { struct store_job job; struct taken t; char key[16]; int runs; bool fails; enum ik_rc rc; };
struct gate { pthread_mutex_t lock; pthread_cond_t wake; bool is_open; int done; };
struct gated { struct batch_job *b; struct gate *gate; };

static enum ik_rc wait_for_gate(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct gate *gate = arg;

	(void)tx; (void)err;
	(void)pthread_mutex_lock(&gate->lock);
	while (!gate->is_open) (void)pthread_cond_wait(&gate->wake, &gate->lock);
	(void)pthread_mutex_unlock(&gate->lock);
	return IK_OK;
}

static void open_gate(struct gate *gate)
{
	(void)pthread_mutex_lock(&gate->lock);
	gate->is_open = true;
	(void)pthread_cond_broadcast(&gate->wake);
	(void)pthread_mutex_unlock(&gate->lock);
}

static enum ik_rc run_batch_job(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct batch_job *b = arg;

	b->runs++;
	return b->fails ? take_and_fail(tx, &b->t, err) : take(tx, &b->t, err);
}

static void batch_job_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	struct batch_job *b = arg;

	(void)err;
	b->rc = rc;
}

static void ignore_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	(void)arg; (void)rc; (void)err;
}

TEST(one_bad_job_costs_only_itself)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct gate gate = { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };
	struct store_job stopper = { .run = wait_for_gate, .done = ignore_done, .arg = &gate };
	struct batch_job jobs[10] = { 0 };
	struct taken last = a_message("last");
	json_t *counts;

	store_submit(store, &stopper);                          /* the next batch gathers behind it */
	for (size_t i = 0; i < COUNT_OF(jobs); i++) {
		(void)snprintf(jobs[i].key, sizeof(jobs[i].key), "k%zu", i);
		jobs[i].t = a_message(jobs[i].key);
		jobs[i].fails = i == 4;
		jobs[i].job = (struct store_job){ .run = run_batch_job, .done = batch_job_done, .arg = &jobs[i] };
		store_submit(store, &jobs[i].job);
	}
	open_gate(&gate);
	CHECK_INT(store_call(store, take, &last, NULL), IK_OK);
	for (size_t i = 0; i < COUNT_OF(jobs); i++) {
		test_row(jobs[i].key);
		CHECK_INT(jobs[i].rc, i == 4 ? IK_REJECT : IK_OK);
		if (i < 4) CHECK_INT(jobs[i].runs, 2);          /* were rolled back with it and run again */
	}
	CHECK_STR(jobs[9].t.ticket.number, "202511-009");
	CHECK_STR(last.ticket.number, "202511-010");
	counts = counts_json(store);
	CHECK_INT(at_path(counts, "tickets"), 10);
	CHECK_INT(at_path(counts, "deliveries.pending"), 10);
	json_decref(counts);
	store_close(&store);
}

struct noted { struct store_job job; uint64_t batch; sem_t done; };

static enum ik_rc note_batch(struct store_tx *tx, void *arg, struct ik_error *err)
{
	(void)err;
	*(uint64_t *)arg = store_tx_batch(tx);
	return IK_OK;
}

static enum ik_rc run_noted(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct noted *n = arg;

	return note_batch(tx, &n->batch, err);
}

static void noted_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	struct noted *n = arg;

	(void)rc; (void)err;
	(void)sem_post(&n->done);
}

/* Three jobs a moment apart, of which the first two can wait; true: all in one transaction. */
static bool is_one_batch(struct store *store)
{
	struct noted n[2] = { 0 };
	uint64_t last = 0;

	for (size_t i = 0; i < COUNT_OF(n); i++) {
		(void)sem_init(&n[i].done, 0, 0);
		n[i].job = (struct store_job){ .run = run_noted, .done = noted_done, .arg = &n[i], .can_wait = true };
		store_submit(store, &n[i].job);
		(void)usleep(4000);
	}
	CHECK_INT(store_call(store, note_batch, &last, NULL), IK_OK);
	for (size_t i = 0; i < COUNT_OF(n); i++) {
		while (sem_wait(&n[i].done) != 0) continue;
		(void)sem_destroy(&n[i].done);
	}
	return n[0].batch == last && n[1].batch == last;
}

TEST(jobs_that_can_wait_share_the_commit_of_the_next_that_cannot)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct noted alone = { .job = { .run = run_noted, .done = noted_done, .arg = &alone, .can_wait = true } };
	int tries = 0;

	while (tries < 50 && !is_one_batch(store)) tries++;     /* a machine that is busy elsewhere takes longer than they wait */
	CHECK(tries < 50);
	(void)sem_init(&alone.done, 0, 0);
	store_submit(store, &alone.job);                        /* and none waits for ever */
	while (sem_wait(&alone.done) != 0) continue;
	(void)sem_destroy(&alone.done);
	store_close(&store);
}

enum { THREADS = 2, EACH = 5000 };
struct producer { pthread_t thread; struct store *store; struct batch_job *jobs; int number; };

static void *produce(void *arg)
{
	struct producer *p = arg;

	for (int i = 0; i < EACH; i++) {
		struct batch_job *b = &p->jobs[i];

		(void)snprintf(b->key, sizeof(b->key), "%d-%d", p->number, i);
		b->rc = IK_RETRY;
		b->t = a_message(b->key);
		b->job = (struct store_job){ .run = run_batch_job, .done = batch_job_done, .arg = b, .is_intake = true };
		store_submit(p->store, &b->job);
	}
	return NULL;
}

TEST(two_threads_and_ten_thousand_jobs_lose_and_double_nothing)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct producer producers[THREADS] = { 0 };
	bool *seen = mem_new(THREADS * EACH + 1);
	json_t *counts;

	for (int n = 0; n < THREADS; n++) {
		producers[n] = (struct producer){ .store = store, .number = n, .jobs = mem_new(EACH * sizeof(struct batch_job)) };
		CHECK_INT(pthread_create(&producers[n].thread, NULL, produce, &producers[n]), 0);
	}
	for (int n = 0; n < THREADS; n++) (void)pthread_join(producers[n].thread, NULL);
	store_close(&store);                                    /* runs what is queued */
	for (int n = 0; n < THREADS; n++)
		for (int i = 0; i < EACH; i++) {
			const struct batch_job *b = &producers[n].jobs[i];
			const int64_t number = number_parse(b->t.ticket.number) % NUMBER_FACTOR;

			CHECK_INT(b->rc, IK_OK);
			CHECK(number >= 1 && number <= THREADS * EACH && !seen[number]);
			seen[number] = true;
		}
	store = opened(&conf);
	counts = counts_json(store);
	CHECK_INT(at_path(counts, "tickets"), THREADS * EACH);
	json_decref(counts);
	for (int n = 0; n < THREADS; n++) free(producers[n].jobs);
	free(seen);
	store_close(&store);
}

/* ---- keys ---- */

struct key_probe { int64_t filed_at, asked_at; bool is_found; };
static enum ik_rc file_and_find(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct key_probe *p = arg;
	const unsigned char digest[STORE_DIGEST_SIZE] = { 1, 2, 3 };
	unsigned char found[STORE_DIGEST_SIZE];
	int64_t message_id = -1, ticket_id = -1;
	char key[40];
	enum ik_rc rc;

	(void)snprintf(key, sizeof(key), "%lld-%lld", (long long)p->filed_at, (long long)p->asked_at);
	rc = store_add_key(tx, "imap", key, p->filed_at, 11, 12, digest, err);
	if (rc == IK_OK) rc = store_add_message_id(tx, key, p->filed_at, 21, 22, digest, err);
	if (rc == IK_OK) rc = store_find_key(tx, "imap", key, p->asked_at, &message_id, &ticket_id, found, err);
	p->is_found = message_id == 11 && ticket_id == 12 && memcmp(found, digest, sizeof(digest)) == 0;
	if (rc == IK_OK) rc = store_find_message_id(tx, key, p->asked_at, &message_id, &ticket_id, found, err);
	if (p->is_found != (message_id == 21 && ticket_id == 22)) return ik_fail(IK_REJECT, err, "the two kinds of keys differ");
	return rc;
}

static const struct { const char *row; int64_t filed_at, asked_at; bool is_found; } windows[] = {
	{ "at once",                             NOW, NOW, true },
	{ "30 days later",                       NOW, NOW + 30 * 86400, true },
	{ "61 days later is another window",     NOW, NOW + 61 * 86400, false },
	{ "over the edge of a period",           30 * INT64_C(86400) * 680 - 1, 30 * INT64_C(86400) * 680, true },
	{ "clock set back over an edge",         30 * INT64_C(86400) * 680, 30 * INT64_C(86400) * 680 - 3600, true },
};
TEST(keys_are_known_for_one_to_two_periods)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);

	for (size_t i = 0; i < COUNT_OF(windows); i++) {
		struct key_probe p = { .filed_at = windows[i].filed_at, .asked_at = windows[i].asked_at };

		test_row(windows[i].row);
		CHECK_INT(store_call(store, file_and_find, &p, NULL), IK_OK);
		CHECK_INT(p.is_found, windows[i].is_found);
	}
	store_close(&store);
}

static enum ik_rc file_twice(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const unsigned char digest[STORE_DIGEST_SIZE] = { 1 };
	enum ik_rc rc = store_add_key(tx, "imap", "x", NOW, 1, 1, digest, err);

	(void)arg;
	return rc == IK_OK ? store_add_key(tx, "imap", "x", NOW, 2, 2, digest, err) : rc;
}

static enum ik_rc file_other_account(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const unsigned char digest[STORE_DIGEST_SIZE] = { 1 };
	enum ik_rc rc = store_add_key(tx, "a", "bx", NOW, 1, 1, digest, err);

	(void)arg;
	return rc == IK_OK ? store_add_key(tx, "ab", "x", NOW, 2, 2, digest, err) : rc;
}

TEST(a_natural_key_exists_once_per_account)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct store_reader *r = reading(store);
	bool known = true, all[3];

	CHECK_INT(store_call(store, file_twice, NULL, NULL), IK_REJECT);
	CHECK_INT(read_known(r, "imap", "x", NOW, &known, NULL), IK_OK);
	CHECK(!known);
	CHECK_INT(store_call(store, file_other_account, NULL, NULL), IK_OK);
	CHECK_INT(read_known(r, "ab", "x", NOW, &known, NULL), IK_OK);
	CHECK(known);
	CHECK_INT(read_known_all(r, "ab", (const char *const[]){ "w", "x", "y" }, 3, NOW, all, NULL), IK_OK);
	CHECK(!all[0] && all[1] && !all[2]);
	CHECK_INT(read_known_all(r, "imap", (const char *const[]){ "x" }, 1, NOW, all, NULL), IK_OK);
	CHECK(!all[0]);
	store_reader_close(&r);
	store_close(&store);
}

/* ---- contacts, links, state, limits ---- */

static enum ik_rc contacts(struct store_tx *tx, void *arg, struct ik_error *err)
{
	int64_t *ids = arg;
	bool is = true;
	enum ik_rc rc = store_contact(tx, "phone", "+8613800000000", NULL, NULL, false, NOW, &ids[0], err);

	if (rc == IK_OK) rc = store_contact(tx, "phone", "+8613800000000", "Wang", "zh-Hans", true, NOW, &ids[1], err);
	if (rc == IK_OK) rc = store_contact(tx, "telegram", "+8613800000000", "W", NULL, true, NOW, &ids[2], err);
	if (rc == IK_OK) rc = store_is_participant(tx, 1, ids[0], &is, err);
	return rc == IK_OK && is ? ik_fail(IK_REJECT, err, "not a participant yet") : rc;
}

/* The index gives the contact of somebody else, as if two hashes had met. */
static enum ik_rc collide(struct store_tx *tx, void *arg, struct ik_error *err)
{
	int64_t *ids = arg;
	enum ik_rc rc = store_contact(tx, "email", "a@example.org", NULL, NULL, false, NOW, &ids[0], err);

	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "INSERT INTO handle_key(hash, contact_id, mark) VALUES(?, ?, 0)",
		             SQL_ARGS(SQL_INT(hash_number(&tx->mac, "handle", "email", "b@example.org")), SQL_INT(ids[0])), err);
	if (rc == IK_OK) rc = store_contact(tx, "email", "b@example.org", NULL, NULL, false, NOW, &ids[1], err);
	return rc == IK_OK ? store_contact(tx, "email", "b@example.org", NULL, NULL, false, NOW, &ids[2], err) : rc;
}

static enum ik_rc verify_later(struct store_tx *tx, void *arg, struct ik_error *err)
{
	int64_t id = 0;

	(void)arg;
	return store_contact(tx, "email", "li@example.org", "Another Name", NULL, true, NOW, &id, err);
}

TEST(a_customer_becomes_known_better_and_keeps_the_first_name)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken t = a_message("k");
	json_t *ticket;

	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	CHECK_INT(store_call(store, verify_later, NULL, NULL), IK_OK);
	ticket = ticket_json(store, t.ticket.id);
	CHECK(json_is_true(json_path(ticket, "customer.handles[0].verified")));
	CHECK_STR(text_at_path(ticket, "customer.name"), "Li");
	json_decref(ticket);
	store_close(&store);
}

TEST(two_handles_with_one_hash_stay_two_customers)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	int64_t ids[3] = { 0 };

	CHECK_INT(store_call(store, collide, ids, NULL), IK_OK);
	CHECK(ids[0] > 0 && ids[1] > 0 && ids[1] != ids[0] && ids[2] == ids[1]);
	store_close(&store);
}

struct claim { int64_t ticket_id, contact_id; bool is; };
static enum ik_rc participant(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct claim *c = arg;

	return store_is_participant(tx, c->ticket_id, c->contact_id, &c->is, err);
}

TEST(a_handle_belongs_to_one_contact)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	int64_t ids[3] = { 0 };
	struct taken t = a_message("k");
	struct claim claims[] = { { 0, 0, false }, { 0, 0, true } };

	CHECK_INT(store_call(store, contacts, ids, NULL), IK_OK);
	CHECK(ids[0] > 0 && ids[0] == ids[1] && ids[2] != ids[0]);
	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	claims[0].ticket_id = claims[1].ticket_id = t.ticket.id;
	claims[0].contact_id = t.ticket.contact_id;
	claims[1].contact_id = ids[0];
	CHECK_INT(store_call(store, participant, &claims[0], NULL), IK_OK);
	CHECK_INT(store_call(store, participant, &claims[1], NULL), IK_OK);
	CHECK(claims[0].is && !claims[1].is);
	store_close(&store);
}

struct pair { int64_t one, two; };
static enum ik_rc link_and_move(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct pair *p = arg;
	enum ik_rc rc = store_link(tx, p->two, p->one, "duplicate_of", err);

	if (rc == IK_OK) rc = store_link(tx, p->two, p->one, "duplicate_of", err);
	if (rc == IK_OK) rc = store_set_state(tx, p->one, STATE_IN_PROGRESS, NOW + 60, "desk", err);
	if (rc == IK_OK) rc = store_add_history(tx, p->one, NOW + 61, "note", "operator", "called back", err);
	return rc;
}

static enum ik_rc move_nobody(struct store_tx *tx, void *arg, struct ik_error *err)
{
	(void)arg;
	return store_set_state(tx, 4711, STATE_CLOSED, NOW, "desk", err);
}

TEST(links_states_and_history_are_shown)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken one = a_message("1"), two = a_message("2");
	struct pair pair;
	struct store_reader *r;
	json_t *ticket, *why = NULL;

	CHECK_INT(store_call(store, take, &one, NULL), IK_OK);
	two.ticket.decisions = "{\"deadline\":{\"walk\":[{\"at\":1}]}}";
	CHECK_INT(store_call(store, take, &two, NULL), IK_OK);
	pair = (struct pair){ one.ticket.id, two.ticket.id };
	CHECK_INT(store_call(store, link_and_move, &pair, NULL), IK_OK);
	CHECK_INT(store_call(store, move_nobody, NULL, NULL), IK_REJECT);
	ticket = ticket_json(store, two.ticket.id);
	CHECK_INT(json_array_size(json_path(ticket, "links")), 1);
	CHECK_STR(text_at_path(ticket, "links[0].number"), "202511-001");
	CHECK_INT(at_path(ticket, "promise.walk[0].at"), 1);
	json_decref(ticket);
	ticket = ticket_json(store, one.ticket.id);
	CHECK_STR(text_at_path(ticket, "state"), "in_progress");
	CHECK_STR(text_at_path(ticket, "history[1].detail"), "in_progress");
	CHECK_STR(text_at_path(ticket, "history[2].event"), "note");
	json_decref(ticket);
	r = reading(store);
	CHECK_INT(read_decisions(r, two.ticket.id, &why, NULL), IK_OK);
	CHECK_INT(at_path(why, "decisions.deadline.walk[0].at"), 1);
	CHECK_INT(json_array_size(json_path(why, "duties")), 2);
	CHECK_INT(read_decisions(r, 4711, &ticket, NULL), IK_REJECT);
	CHECK_INT(read_ticket(r, 4711, &ticket, NULL), IK_REJECT);
	json_decref(why);
	store_reader_close(&r);
	store_close(&store);
}

struct use { int64_t at; bool ok; };
static enum ik_rc use_budget(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct use *u = arg;

	return store_use_budget(tx, "to:li@example.org", 3600, 2, u->at, &u->ok, err);
}

static const struct { const char *row; int64_t at; bool ok; } uses[] = {
	{ "first", 7200, true }, { "second", 7300, true }, { "third is too many", 10799, false }, { "the next window", 10800, true },
	{ "after a restart", 10801, true }, { "too many again", 10802, false },
};
TEST(limits_hold_over_a_restart)
{
	const struct store_conf conf = small_store(test_dir());

	for (size_t i = 0; i < COUNT_OF(uses); i++) {
		struct store *store = opened(&conf);
		struct use u = { .at = uses[i].at };

		test_row(uses[i].row);
		CHECK_INT(store_call(store, use_budget, &u, NULL), IK_OK);
		CHECK_INT(u.ok, uses[i].ok);
		store_close(&store);
	}
}

static enum ik_rc marks(struct store_tx *tx, void *arg, struct ik_error *err)
{
	char *got = arg;
	enum ik_rc rc = store_mark_address(tx, "robot@example.org", "machine", "seen", NOW + 10, err);

	if (rc == IK_OK) rc = store_mark_address(tx, "robot@example.org", "bounces", "550", NOW + 20, err);
	if (rc == IK_OK) rc = store_address_mark(tx, "robot@example.org", NOW + 15, got, 16, err);
	if (rc == IK_OK) rc = store_address_mark(tx, "robot@example.org", NOW + 20, got + 16, 16, err);
	return rc == IK_OK ? store_address_mark(tx, "li@example.org", NOW, got + 32, 16, err) : rc;
}

static enum ik_rc cursors(struct store_tx *tx, void *arg, struct ik_error *err)
{
	enum ik_rc rc = store_put_cursor(tx, "imap", "INBOX", "1", err);

	(void)arg;
	return rc == IK_OK ? store_put_cursor(tx, "imap", "INBOX", "22/33", err) : rc;
}

TEST(marks_and_cursors_are_kept)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct store_reader *r = reading(store);
	char got[48], value[8] = "x", tiny[4];

	CHECK_INT(store_call(store, marks, got, NULL), IK_OK);
	CHECK_STR(got, "bounces");
	CHECK_STR(got + 16, "");
	CHECK_STR(got + 32, "");
	CHECK_INT(store_call(store, cursors, NULL, NULL), IK_OK);
	CHECK_INT(read_cursor(r, "imap", "INBOX", value, sizeof(value), NULL), IK_OK);
	CHECK_STR(value, "22/33");
	CHECK_INT(read_cursor(r, "imap", "INBOX", tiny, sizeof(tiny), NULL), IK_REJECT);
	CHECK_INT(read_cursor(r, "imap", "Other", value, sizeof(value), NULL), IK_OK);
	CHECK_STR(value, "");
	store_reader_close(&r);
	store_close(&store);
}

static enum ik_rc receipt(struct store_tx *tx, void *arg, struct ik_error *err)
{
	return store_get_receipt(tx, 1, arg, err);
}

TEST(a_receipt_tells_number_code_and_promise)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct store_receipt got = { .first_response_due = 0 };
	struct taken t = a_message("1");

	CHECK_INT(store_call(store, receipt, &got, NULL), IK_REJECT);
	t.ticket.promise_text = "within a day";
	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	CHECK_INT(store_call(store, receipt, &got, NULL), IK_OK);
	CHECK_STR(got.number, "202511-001");
	CHECK_STR(got.code, t.ticket.code);
	CHECK_STR(got.language, "zh-Hans");
	CHECK_STR(got.promise_text, "within a day");
	CHECK_INT(got.first_response_due, NOW + 86400);
	free(got.promise_text);
	store_close(&store);
}

/* ---- blobs ---- */

struct blob_job { struct store_blob *blob; int64_t message_id; const char *attachments; };
static enum ik_rc keep_blob(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct blob_job *b = arg;
	struct store_message m = { .ticket_id = 1, .channel = "web", .received_at = NOW, .text = "", .original = b->blob, .files = b->blob, .file_count = 1,
	                           .attachments = b->attachments };
	enum ik_rc rc = store_add_message(tx, &m, err);

	b->message_id = m.id;
	return rc;
}

static enum ik_rc put_aside(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct blob_job *b = arg;

	return store_quarantine(tx, "web", "unreadable", b->blob, NOW, 1, err);
}

static const size_t blob_sizes[] = { 0, 1, STORE_INLINE_MAX, STORE_INLINE_MAX + 1, 3000000 };
TEST(originals_come_back_byte_for_byte)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct store_reader *r = reading(store);
	char *data = mem_new(3000000);

	for (size_t i = 0; i < 3000000; i++) data[i] = (char)(i * 31 + (i >> 8));
	for (size_t i = 0; i < COUNT_OF(blob_sizes); i++) {
		const size_t size = blob_sizes[i];
		struct store_blob blob, same;
		struct blob_job job = { .blob = &blob };
		void *raw = NULL, *owned = NULL;
		size_t got = 0;
		int fd = store_spool(store, NULL);

		CHECK(fd >= 0 && write(fd, data, size) == (ssize_t)size);
		CHECK_INT(store_blob_prepare(store, data, size, &blob, NULL), IK_OK);
		CHECK_INT(store_blob_prepare_fd(store, fd, (int64_t)size, &same, &owned, NULL), IK_OK);
		CHECK(memcmp(blob.digest, same.digest, sizeof(blob.digest)) == 0);
		CHECK((blob.data == NULL) == (size > STORE_INLINE_MAX) && (owned == NULL) == (size > STORE_INLINE_MAX));
		CHECK_INT(store_call(store, keep_blob, &job, NULL), IK_OK);
		CHECK_INT(store_call(store, put_aside, &job, NULL), IK_OK);
		CHECK_INT(read_original(r, job.message_id, size, &raw, &got, NULL), IK_OK);
		CHECK(got == size && memcmp(raw, data, size) == 0);
		if (size > 0) CHECK_INT(read_original(r, job.message_id, size - 1, &raw, &got, NULL), IK_REJECT);
		free(raw);
		free(owned);
		(void)close(fd);
	}
	CHECK_INT(read_original(r, 4711, 10, NULL, NULL, NULL), IK_REJECT);
	free(data);
	store_reader_close(&r);
	store_close(&store);
}

static char *blob_file(const char *dir, const struct store_blob *blob)
{
	char hex[SHA256_HEX_SIZE];

	hex_encode(blob->digest, sizeof(blob->digest), hex);
	return mem_format("%s/blobs/%.2s/%s", dir, hex, hex);
}

TEST(a_damaged_original_is_noticed)
{
	static const size_t sizes[] = { 100, STORE_INLINE_MAX + 1 };
	const char *dir = test_dir();
	const struct store_conf conf = small_store(dir);
	struct store *store = opened(&conf);
	struct store_reader *r = reading(store);
	char *data = mem_new(STORE_INLINE_MAX + 1), *path;
	void *raw = NULL;
	size_t got = 0;

	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		struct store_blob blob;
		struct blob_job job = { .blob = &blob };

		CHECK_INT(store_blob_prepare(store, data, sizes[i], &blob, NULL), IK_OK);
		if (blob.data != NULL) blob.digest[0] ^= 1;
		CHECK_INT(store_call(store, keep_blob, &job, NULL), IK_OK);
		if (blob.data == NULL) {
			int fd;

			path = blob_file(dir, &blob);
			fd = open(path, O_WRONLY);
			CHECK_INT(pwrite(fd, "x", 1, 50000), 1);
			(void)close(fd);
			free(path);
		}
		CHECK_INT(read_original(r, job.message_id, 2 * STORE_INLINE_MAX, &raw, &got, NULL), IK_REJECT);
	}
	free(data);
	store_reader_close(&r);
	store_close(&store);
}

/* A store of an earlier release kept smaller originals in files, too. */
TEST(a_small_original_in_a_file_is_read)
{
	const char *dir = test_dir();
	const struct store_conf conf = small_store(dir);
	struct store *store = opened(&conf);
	struct store_reader *r = reading(store);
	const size_t size = 100000;
	char *data = mem_new(size), *path;
	struct store_blob blob;
	struct blob_job job = { .blob = &blob };
	void *raw = NULL;
	size_t got = 0;
	int fd;

	memset(data, 'x', size);
	CHECK_INT(store_blob_prepare(store, data, size, &blob, NULL), IK_OK);
	CHECK(blob.data != NULL);
	blob.data = NULL;
	path = blob_file(dir, &blob);
	*strrchr(path, '/') = '\0';
	CHECK_INT(mkdir(path, 0700), 0);
	path[strlen(path)] = '/';
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	CHECK_INT(write(fd, data, size), size);
	(void)close(fd);
	CHECK_INT(store_call(store, keep_blob, &job, NULL), IK_OK);
	CHECK_INT(read_original(r, job.message_id, size, &raw, &got, NULL), IK_OK);
	CHECK(got == size && memcmp(raw, data, size) == 0);
	free(raw);
	free(path);
	free(data);
	store_reader_close(&r);
	store_close(&store);
}

TEST(a_short_upload_is_refused)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	static const int64_t claims[] = { 5, STORE_INLINE_MAX + 1, -1 };
	struct store_blob blob;
	void *owned = NULL;
	int fd = store_spool(store, NULL);

	CHECK_INT(write(fd, "1234", 4), 4);
	for (size_t i = 0; i < COUNT_OF(claims); i++) CHECK_INT(store_blob_prepare_fd(store, fd, claims[i], &blob, &owned, NULL), IK_REJECT);
	(void)close(fd);
	store_close(&store);
}

static bool is_gone(const char *path)
{
	return access(path, F_OK) != 0;
}

TEST(leftover_files_are_swept_and_wanted_ones_kept)
{
	const char *dir = test_dir();
	const struct store_conf conf = small_store(dir);
	struct store *store = opened(&conf);
	char *data = mem_new(STORE_INLINE_MAX + 2), *kept, *lost, *part = mem_format("%s/blobs/.0123", dir), *wanted_by_nobody = mem_format("%s/blobs/readme", dir);
	struct store_blob wanted, left;
	struct blob_job job = { .blob = &wanted };
	const struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };

	CHECK_INT(store_blob_prepare(store, data, STORE_INLINE_MAX + 2, &wanted, NULL), IK_OK);
	CHECK_INT(store_call(store, keep_blob, &job, NULL), IK_OK);
	CHECK_INT(store_blob_prepare(store, data, STORE_INLINE_MAX + 1, &left, NULL), IK_OK);
	store_close(&store);
	kept = blob_file(dir, &wanted);
	lost = blob_file(dir, &left);
	(void)close(open(part, O_CREAT | O_WRONLY, 0600));
	(void)close(open(wanted_by_nobody, O_CREAT | O_WRONLY, 0600));
	for (int i = 0; i < 4; i++) CHECK_INT(utimensat(AT_FDCWD, ((char *[]){ kept, lost, part, wanted_by_nobody })[i], old, 0), 0);
	store = opened(&conf);
	CHECK_SOON(is_gone(lost));
	CHECK_SOON(is_gone(part));
	CHECK(access(kept, F_OK) == 0);
	CHECK(access(wanted_by_nobody, F_OK) == 0);
	store_close(&store);
	free(data); free(kept); free(lost); free(part); free(wanted_by_nobody);
}

TEST(attachments_are_shown_without_their_places)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken t = a_message("1");
	struct store_blob blob;
	struct blob_job job = { .blob = &blob, .attachments = "[{\"name\":\"a.png\",\"size\":3,\"content_type\":\"image/png\",\"part\":\"2\"}]" };
	json_t *ticket;

	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	CHECK_INT(store_blob_prepare(store, "abc", 3, &blob, NULL), IK_OK);
	CHECK_INT(store_call(store, keep_blob, &job, NULL), IK_OK);
	ticket = ticket_json(store, 1);
	CHECK_STR(text_at_path(ticket, "messages[1].attachments[0].name"), "a.png");
	CHECK_INT(at_path(ticket, "messages[1].attachments[0].size"), 3);
	CHECK(json_is_null(json_path(ticket, "messages[1].attachments[0].sha256")));
	CHECK(json_path(ticket, "messages[1].attachments[0].id") != NULL);
	CHECK(json_path(ticket, "messages[1].attachments[0].part") == NULL);
	json_decref(ticket);
	store_close(&store);
}

/* ---- lists and search ---- */

static const struct { const char *row; struct read_filter filter; size_t count; const char *first; } lists[] = {
	{ "all, newest first",  { .limit = 10 },                                   4, "202511-004" },
	{ "limited",            { .limit = 2 },                                    2, "202511-004" },
	{ "next page",          { .limit = 2, .before_id = 3 },                    2, "202511-002" },
	{ "one channel",        { .channel = "mail" },                             1, "202511-003" },
	{ "a state",            { .state = "closed" },                             1, "202511-002" },
	{ "no such category",   { .category = "logistics" },                       0, NULL },
	{ "a severity",         { .severity = "normal", .limit = 1 },              1, "202511-004" },
	{ "since",              { .since_at = NOW + 2 },                           2, "202511-004" },
	{ "words",              { .search = "brown toaster" },                     1, "202511-003" },
	{ "short word",         { .search = "锅" },                                 1, "202511-004" },
	{ "words and channel",  { .search = "brown toaster", .channel = "web" },   0, NULL },
	{ "a phrase, not words",{ .search = "toaster brown" },                     0, NULL },
	{ "operators are words",{ .search = "brown OR kettle" },                   0, NULL },
	{ "quotes are words",   { .search = "\"brown" },                           0, NULL },
	{ "percent is a sign",  { .search = "%" },                                 0, NULL },
};

static enum ik_rc close_second(struct store_tx *tx, void *arg, struct ik_error *err)
{
	(void)arg;
	return store_set_state(tx, 2, STATE_CLOSED, NOW, "desk", err);
}

/* In the index itself: until there is one, a search looks through the rows. */
static bool is_indexed(struct store *store, const char *words)
{
	char *phrase = search_phrase(words);
	int64_t found = 0;
	struct sql index;

	if (search_file_open(store->conf->dir, &index, NULL) == IK_OK) {
		if (sql_number(&index, "SELECT count(*) FROM body WHERE body MATCH ?", SQL_ARGS(SQL_TEXT(phrase)), 0, &found, NULL) != IK_OK) found = 0;
		sql_close(&index);
	}
	free(phrase);
	return found > 0;
}

static void fill_lists(struct store *store)
{
	static const struct { const char *account, *text; } messages[] = {
		{ "web", "The kettle leaks." }, { "web", "The KETTLE is loud" }, { "mail", "My brown toaster burns" }, { "web", "我的锅坏了" },
	};

	for (size_t i = 0; i < COUNT_OF(messages); i++) {
		struct taken t = a_message(messages[i].text);

		t.account = messages[i].account;
		t.text = messages[i].text;
		t.at = NOW + (int64_t)i;
		CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	}
	CHECK_INT(store_call(store, close_second, NULL, NULL), IK_OK);
}

TEST(lists_are_filtered_and_searched)
{
	for (int with_index = 0; with_index < 2; with_index++) {
		struct store_conf conf = small_store(test_dir());
		struct store *store;
		struct store_reader *r;

		conf.search = with_index;
		store = opened(&conf);
		fill_lists(store);
		if (with_index) CHECK_SOON(is_indexed(store, "我的锅坏"));
		r = reading(store);
		for (size_t i = 0; i < COUNT_OF(lists); i++) {
			json_t *array = NULL;

			test_row(lists[i].row);
			CHECK_INT(read_list(r, &lists[i].filter, &array, NULL), IK_OK);
			CHECK_INT(json_array_size(array), lists[i].count);
			CHECK_STR(text_at_path(array, "[0].number"), lists[i].first);
			CHECK(json_path(array, "[0].messages") == NULL);
			json_decref(array);
		}
		store_reader_close(&r);
		store_close(&store);
	}
}

TEST(an_unknown_state_is_no_filter)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct store_reader *r = reading(store);
	json_t *array = NULL;

	CHECK_INT(read_list(r, &(struct read_filter){ .state = "gone" }, &array, NULL), IK_REJECT);
	CHECK_INT(read_outbox(r, "gone", 10, &array, NULL), IK_REJECT);
	store_reader_close(&r);
	store_close(&store);
}

static void spoil(const char *path, const char *text)
{
	struct sql sql;

	CHECK_INT(sql_open_writer(&sql, path, 1048576, NULL), IK_OK);
	CHECK_INT(sql_script(&sql, text, NULL), IK_OK);
	sql_close(&sql);
}

TEST(a_lost_damaged_or_foreign_index_is_made_anew)
{
	static const struct { const char *row, *content, *sql; } damages[] = {
		{ "lost", NULL, NULL },
		{ "damaged", "this is no database, and long enough to be seen as none", NULL },
		{ "ahead of the database", NULL, "INSERT INTO body(body) VALUES('delete-all'); UPDATE progress SET last = 4711" },
		{ "of another version", NULL, "PRAGMA user_version = 77" },
	};

	for (size_t i = 0; i < COUNT_OF(damages); i++) {
		const char *dir = test_dir();
		struct store_conf conf = small_store(dir);
		char *path = mem_format("%s/search.db", dir);
		struct store *store;

		test_row(damages[i].row);
		conf.search = true;
		store = opened(&conf);
		fill_lists(store);
		CHECK_SOON(is_indexed(store, "brown toaster"));
		store_close(&store);
		if (damages[i].sql == NULL) CHECK_INT(unlink(path), 0);
		else spoil(path, damages[i].sql);
		if (damages[i].content != NULL) {
			FILE *f = fopen(path, "w");

			for (int n = 0; n < 100; n++) (void)fputs(damages[i].content, f);
			(void)fclose(f);
		}
		store = opened(&conf);
		CHECK_SOON(is_indexed(store, "brown toaster"));
		store_close(&store);
		free(path);
	}
}

TEST(the_secret_is_made_once_and_missed_when_it_is_gone)
{
	const char *dir = test_dir();
	const struct store_conf conf = small_store(dir);
	struct store *store = opened(&conf);
	unsigned char secret[STORE_DIGEST_SIZE];
	char *path = mem_format("%s/secret.key", dir);
	struct ik_error err = { "" };
	struct stat st;

	memcpy(secret, store_secret(store), sizeof(secret));
	store_close(&store);
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	store = opened(&conf);
	CHECK(memcmp(secret, store_secret(store), sizeof(secret)) == 0);
	store_close(&store);
	CHECK_INT(unlink(path), 0);
	CHECK_INT(store_open(&conf, NULL, NULL, &store, &err), IK_CONFIG);
	CHECK(strstr(err.text, "secret.key") != NULL);
	free(path);
}

static void count_call(void *arg)
{
	(*(int *)arg)++;
}

static enum ik_rc add_nothing(struct store_tx *tx, void *arg, struct ik_error *err)
{
	(void)tx; (void)arg; (void)err;
	return IK_OK;
}

TEST(watchers_hear_of_new_duties_only)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken t = a_message("1");
	int calls = 0;

	store_watch(store, count_call, &calls);
	CHECK_INT(store_call(store, add_nothing, NULL, NULL), IK_OK);
	CHECK_INT(store_call(store, take_and_fail, &t, NULL), IK_REJECT);
	store_watch(store, NULL, NULL);
	CHECK_INT(calls, 0);
	store_watch(store, count_call, &calls);
	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	CHECK_INT(store_call(store, add_nothing, NULL, NULL), IK_OK);
	store_watch(store, NULL, NULL);
	CHECK_INT(calls, 1);
	CHECK_INT(store_queue_depth(store), 0);
	store_close(&store);
}
