/* test_pipeline.c - the journey of a message with a real store and real parse workers: nothing is told "taken" that is not stored, and no
 * cursor passes a message that is still at its source. The workers are this same test program, started again by the pool. */
#include "pipeline/pipeline.h"

#include <poll.h>
#include <stdatomic.h>
#include "base/clock.h"
#include "pipeline/verification.h"
#include "store_fixture.h"
#include "test.h"

__attribute__((constructor)) static void other_life(int argc, char **argv)
{
	worker_main(argc, argv);
}

/* ---- a pipeline with one mail account ---------------------------------------------------------------------------------- */

struct rig {
	struct store_conf conf;
	struct policy_conf policy_conf;
	struct worker_conf worker_conf;
	struct ack_conf ack;
	struct marks marks;
	struct store *store;
	struct policy *policy;
	struct worker_pool *workers;
	struct pipeline *pipeline;
	struct pipeline_account account;
	struct pipeline_lane *lane;
};

static void rig_up(struct rig *g)
{
	static char zone[] = "Asia/Shanghai", language[] = "en", from[] = "help@shop.example";
	struct ik_error err = { "" };

	*g = (struct rig){
		.conf = small_store(test_dir()),
		.policy_conf = { .timezone = zone, .default_language = language, .urgent = { 3600, 3600 }, .high = { 86400, 86400 },
		                 .normal = { 86400, 172800 }, .low = { 86400, 259200 } },
		.worker_conf = { .processes = 1, .memory = 256 << 20, .timeout = 60, .messages = 1000, .lifetime = 3600 },
		.ack = { .enabled = true, .from = from, .per_address_hour = 100, .per_address_day = 100, .per_domain_hour = 100, .global_hour = 100 },
		.account = { .name = "mail", .type = "lmtp", .ack = IK_ACK_MAIL, .acknowledge = true },
	};
	g->conf.batch = 1;
	g->store = opened(&g->conf);
	marks_init(&g->marks, store_secret(g->store), "gate.example");
	test_check_int(policy_new(&g->policy_conf, &g->policy, &err), IK_OK, err.text, __FILE__, __LINE__);
	test_check_int(worker_pool_new(&g->worker_conf, &g->workers, &err), IK_OK, err.text, __FILE__, __LINE__);
	test_check_int(pipeline_new(&(struct pipeline_setup){ .store = g->store, .workers = g->workers, .policy = g->policy, .ack = &g->ack, .marks = &g->marks,
	                                                      .threads = 2 }, &g->pipeline, &err), IK_OK, err.text, __FILE__, __LINE__);
	g->lane = pipeline_lane_new(g->pipeline, &g->account);
}

static void rig_down(struct rig *g)
{
	pipeline_lane_free(&g->lane);
	pipeline_free(&g->pipeline);
	worker_pool_free(&g->workers);
	policy_free(&g->policy);
	store_close(&g->store);
}

struct outcome { atomic_int rc; char number[24]; bool is_repeat, is_other_content; };

static void note(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err)
{
	struct outcome *o = arg;

	(void)err;
	(void)snprintf(o->number, sizeof(o->number), "%s", receipt != NULL ? receipt->number : "");
	o->is_repeat = receipt != NULL && receipt->is_repeat;
	o->is_other_content = receipt != NULL && receipt->is_other_content;
	atomic_store(&o->rc, (int)rc);
}

static struct outcome take_mail(struct rig *g, const char *mail, const char *source_id)
{
	const struct ik_message m = { .form = IK_FORM_MAIL, .source_id = source_id, .recipient = "help@shop.example", .envelope_from = "li@home.example",
	                              .raw = mail, .raw_fd = -1, .raw_size = (int64_t)strlen(mail) };
	struct outcome o = { .rc = -1 };
	struct ik_error err = { "" };

	CHECK_INT(pipeline_offer(g->lane, &m, true, true, note, &o, &err), IK_OK);
	(void)pipeline_settle(g->lane, &err);
	return o;
}

static int64_t count_of(struct rig *g, const char *path)
{
	json_t *counts = counts_json(g->store);
	const int64_t n = at_path(counts, path);

	json_decref(counts);
	return n;
}

static int64_t tickets(struct rig *g) { return count_of(g, "tickets"); }
static int64_t quarantined(struct rig *g) { return count_of(g, "quarantined"); }

/* What the ledger calls pending: offered and neither taken nor refused. */
static int64_t unbalanced(struct rig *g)
{
	struct store_reader *r = reading(g->store);
	json_t *rows = NULL, *row;
	int64_t left = 0;
	size_t i;

	(void)read_ledger(r, &rows, NULL);
	json_array_foreach(rows, i, row) left += at_path(row, "offered") - at_path(row, "accepted") - at_path(row, "repeated") - at_path(row, "refused");
	json_decref(rows);
	store_reader_close(&r);
	return left;
}

/* ---- the lane ------------------------------------------------------------------------------------------------------------ */

struct gate { atomic_bool is_shut, is_reached; };

static enum ik_rc wait_at_gate(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct gate *gate = arg;

	(void)tx; (void)err;
	atomic_store(&gate->is_reached, true);
	while (atomic_load(&gate->is_shut)) (void)poll(NULL, 0, 5);
	return IK_OK;
}

static void gate_done(void *arg, enum ik_rc rc, const struct ik_error *err) { (void)arg; (void)rc; (void)err; }

struct first { struct rig *rig; struct outcome outcome; };

/* There is room again as soon as the first message was turned away. */
static void make_room(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err)
{
	struct first *f = arg;

	note(&f->outcome, rc, receipt, err);
	f->rig->conf.free_space = 0;
	(void)poll(NULL, 0, 1100);
}

static struct ik_message plain(const char *id, const char *cursor)
{
	return (struct ik_message){ .source_id = id, .text = "The kettle leaks.", .raw = id, .raw_fd = -1, .raw_size = (int64_t)strlen(id),
	                            .cursor_name = "at", .cursor_value = cursor };
}

TEST(no_cursor_passes_a_message_that_found_no_room)
{
	struct rig g;
	struct gate gate = { .is_shut = true };
	struct store_job job = { .run = wait_at_gate, .done = gate_done, .arg = &gate };
	struct first one = { .rig = &g, .outcome = { .rc = -1 } };
	struct outcome two = { .rc = -1 };
	struct ik_message m1 = plain("1", "1"), m2 = plain("2", "2");
	struct ik_error err = { "" };
	struct store_reader *r;
	char cursor[16] = "";

	rig_up(&g);
	store_submit(g.store, &job);
	while (!atomic_load(&gate.is_reached)) (void)poll(NULL, 0, 5);
	CHECK_INT(pipeline_offer(g.lane, &m1, true, true, make_room, &one, &err), IK_OK);
	CHECK_INT(pipeline_offer(g.lane, &m2, true, true, note, &two, &err), IK_OK);
	g.conf.free_space = INT64_MAX;
	(void)poll(NULL, 0, 1100);
	CHECK(!store_has_room(g.store));
	atomic_store(&gate.is_shut, false);
	CHECK_INT(pipeline_settle(g.lane, &err), IK_RETRY);
	CHECK_INT(atomic_load(&one.outcome.rc), IK_RETRY);
	CHECK_INT(atomic_load(&two.rc), IK_RETRY);
	r = reading(g.store);
	CHECK_INT(read_cursor(r, "mail", "at", cursor, sizeof(cursor), &err), IK_OK);
	CHECK_STR(cursor, "");
	store_reader_close(&r);
	CHECK_INT(pipeline_offer(g.lane, &m1, true, true, note, &one.outcome, &err), IK_OK);     /* settled: whole again */
	CHECK_INT(pipeline_settle(g.lane, &err), IK_OK);
	CHECK_INT(atomic_load(&one.outcome.rc), IK_OK);
	rig_down(&g);
}

/* ---- what is a repeat and what is not --------------------------------------------------------------------------------------- */

#define LONG_ID "x123456789x123456789x123456789x123456789x123456789x123456789x123456789x123456789x123456789x123456789"
#define MAIL(from, id, rest) "From: " from "\r\nTo: help@shop.example\r\nSubject: Kettle\r\nMessage-ID: <" id ">\r\n" rest "\r\nThe kettle leaks.\r\n"

static const struct { const char *row, *mail[2], *id[2]; int64_t tickets; } repeats[] = {
	{ "the same mail under another key", { MAIL("li@home.example", "a@home.example", ""), MAIL("li@home.example", "a@home.example", "") }, { "1", "2" }, 1 },
	{ "another writer with the same Message-ID and text", { MAIL("li@home.example", "a@home.example", ""), MAIL("wu@home.example", "a@home.example", "") }, { "1", "2" }, 2 },
	{ "keys that differ behind many equal bytes", { MAIL("li@home.example", "a@home.example", ""), MAIL("li@home.example", "b@home.example", "") },
	  { LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID "1", LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID "2" }, 2 },
	{ "a long key that comes again", { MAIL("li@home.example", "a@home.example", ""), MAIL("li@home.example", "a@home.example", "") },
	  { LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID "1", LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID "1" }, 1 },
};

TEST(nobody_is_taken_for_a_repeat_of_somebody_else)
{
	for (size_t i = 0; i < COUNT_OF(repeats); i++) {
		struct rig g;

		test_row(repeats[i].row);
		rig_up(&g);
		for (size_t n = 0; n < 2; n++) CHECK_INT(atomic_load(&(struct outcome){ .rc = take_mail(&g, repeats[i].mail[n], repeats[i].id[n]).rc }.rc), IK_OK);
		CHECK_INT(tickets(&g), repeats[i].tickets);
		CHECK_INT(unbalanced(&g), 0);
		rig_down(&g);
	}
}

TEST(mail_of_our_own_is_kept_once_and_holds_nothing_up)
{
	struct rig g;
	struct outcome o;
	char id[MARKS_TEXT_MAX], mail[1024];

	rig_up(&g);
	marks_message_id(&g.marks, MARK_ACK, 7, 1, id);
	(void)snprintf(mail, sizeof(mail), "From: help@shop.example\r\nTo: li@home.example\r\nSubject: We have it\r\nMessage-ID: <%s>\r\n\r\nText\r\n", id);
	for (int n = 0; n < 2; n++) {
		o = take_mail(&g, mail, "1");
		CHECK_INT(atomic_load(&o.rc), IK_REJECT);
	}
	CHECK_INT(quarantined(&g), 1);
	o = take_mail(&g, MAIL("li@home.example", "a@home.example", ""), "1");         /* the key again, with another content */
	CHECK_INT(atomic_load(&o.rc), IK_OK);
	CHECK_INT(tickets(&g), 1);
	CHECK_INT(unbalanced(&g), 0);
	rig_down(&g);
}

/* ---- forms ------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *row, *raw; bool is_single_use; int64_t tickets; bool is_other_content; } sendings[] = {
	{ "a form with the same words",  "{\"text\":\"one\"}", true, 1, false },
	{ "a form with other words",     "{\"text\":\"two\"}", true, 1, true },
	{ "an event with other words",   "{\"text\":\"two\"}", false, 2, false },
};

static struct outcome take_form(struct rig *g, const char *raw, bool is_single_use, const char *client)
{
	const struct ik_message m = { .source_id = "token", .subject = "s", .text = "t", .raw = raw, .raw_fd = -1, .raw_size = (int64_t)strlen(raw),
	                              .is_single_use = is_single_use, .client = client };
	struct outcome o = { .rc = -1 };
	struct ik_error err = { "" };

	CHECK_INT(pipeline_offer(g->lane, &m, false, true, note, &o, &err), IK_OK);
	(void)pipeline_settle(g->lane, &err);
	return o;
}

TEST(a_form_is_good_for_one_content)
{
	for (size_t i = 0; i < COUNT_OF(sendings); i++) {
		struct rig g;
		struct outcome o;

		test_row(sendings[i].row);
		rig_up(&g);
		(void)take_form(&g, "{\"text\":\"one\"}", sendings[i].is_single_use, NULL);
		o = take_form(&g, sendings[i].raw, sendings[i].is_single_use, NULL);
		CHECK_INT(atomic_load(&o.rc), IK_OK);
		CHECK_INT(o.is_other_content, sendings[i].is_other_content);
		CHECK_INT(tickets(&g), sendings[i].tickets);
		CHECK_INT(unbalanced(&g), 0);
		rig_down(&g);
	}
}

static int64_t recent(struct rig *g, const char *client)
{
	struct store_reader *r = reading(g->store);
	char key[PIPELINE_CLIENT_KEY_SIZE];
	int64_t used = 0;

	pipeline_client_key(g->store, g->account.name, client, key);
	CHECK(strstr(key, client) == NULL);
	CHECK_INT(read_budget(r, key, IK_CLIENT_WINDOW_S, clock_wall(), &used, NULL), IK_OK);
	store_reader_close(&r);
	return used;
}

TEST(what_a_client_sent_is_counted_where_a_restart_cannot_lose_it)
{
	struct rig g;
	const int64_t window = clock_wall() / IK_CLIENT_WINDOW_S;

	rig_up(&g);
	(void)take_form(&g, "1", false, "2001:db8:1:2::1");
	(void)take_form(&g, "2", false, "2001:db8:1:2::2");
	(void)take_form(&g, "2", false, "2001:db8:1:2::2");             /* a repeat */
	(void)take_form(&g, "3", false, "192.0.2.1");
	(void)take_form(&g, "4", false, "unix");
	if (clock_wall() / IK_CLIENT_WINDOW_S == window) {
		CHECK_INT(recent(&g, "2001:db8:1:2:ffff::9"), 2);
		CHECK_INT(recent(&g, "192.0.2.1"), 1);
		CHECK_INT(recent(&g, "192.0.2.2"), 0);
	}
	rig_down(&g);
}

/* ---- verification links -------------------------------------------------------------------------------------------------------- */

static const struct { const char *row; int64_t age_s; bool is_good; } links[] = {
	{ "at once", 0, true }, { "after three days", 3 * 86400, true }, { "a second later", 3 * 86400 + 1, false }, { "the clock was set back", -1, false },
};

TEST(a_verification_link_works_for_three_days)
{
	struct marks m, other;
	char token[MARKS_TEXT_MAX];
	int64_t id;

	marks_init(&m, (const unsigned char[32]){ 1 }, "gate.example");
	marks_init(&other, (const unsigned char[32]){ 2 }, "gate.example");
	marks_verification(&m, 7, 1795000000, token);
	for (size_t i = 0; i < COUNT_OF(links); i++) {
		test_row(links[i].row);
		id = 0;
		CHECK_INT(verification_read(&m, token, 1795000000 + links[i].age_s, &id), links[i].is_good);
		if (links[i].is_good) CHECK_INT(id, 7);
		CHECK(!verification_read(&other, token, 1795000000 + links[i].age_s, &id));
	}
	marks_token(&m, MARK_FORM, 7, 1795000000, token);
	CHECK(!verification_read(&m, token, 1795000000, &id));
}

/* ---- nothing is told taken that is not stored ---------------------------------------------------------------------------------- */

#define BOUNCE "From: MAILER-DAEMON@relay.example\r\nTo: help@shop.example\r\nSubject: Undelivered\r\nMessage-ID: <b@relay.example>\r\nMIME-Version: 1.0\r\n" \
	"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n" \
	"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n" \
	"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <%s>\r\nSubject: We have it\r\n\r\n--b--\r\n"

/* A store restored from a backup does not know every ticket that it gave proofs for. */
TEST(what_the_store_cannot_file_becomes_a_ticket_all_the_same)
{
	struct rig g;
	struct outcome o;
	char id[MARKS_TEXT_MAX], mail[2048];

	rig_up(&g);
	marks_message_id(&g.marks, MARK_ACK, 999, 1, id);
	(void)snprintf(mail, sizeof(mail), BOUNCE, "li@home.example", id);
	o = take_mail(&g, mail, "1");
	CHECK(atomic_load(&o.rc) == IK_OK || atomic_load(&o.rc) == IK_REJECT);
	CHECK_INT(tickets(&g), 1);
	CHECK_INT(unbalanced(&g), 0);
	o = take_mail(&g, mail, "1");
	CHECK_INT(tickets(&g), 1);
	rig_down(&g);
}

TEST(a_follow_up_is_stored_also_when_it_is_acknowledged)
{
	struct rig g;
	struct outcome o;

	rig_up(&g);
	g.ack.reply_to_replies = true;
	o = take_mail(&g, MAIL("li@home.example", "a@home.example", ""), "1");
	CHECK_INT(atomic_load(&o.rc), IK_OK);
	o = take_mail(&g, MAIL("li@home.example", "b@home.example", "In-Reply-To: <a@home.example>\r\n"), "2");
	CHECK_INT(atomic_load(&o.rc), IK_OK);
	CHECK_INT(count_of(&g, "messages"), 2);
	CHECK_INT(tickets(&g), 1);
	CHECK_INT(unbalanced(&g), 0);
	rig_down(&g);
}

struct asked { const char *address; char mark[32]; };

static enum ik_rc ask_mark(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct asked *a = arg;

	return store_address_mark(tx, a->address, 0, a->mark, sizeof(a->mark), err);
}

/* Whoever got an acknowledgement could write a bounce of it; it speaks for his own address alone. */
TEST(a_bounce_silences_only_the_address_that_was_written_to)
{
	static const char *const rows[][2] = { { "li@home.example", "bounced" }, { "victim@elsewhere.example", "" } };

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct rig g;
		struct asked asked = { .address = rows[i][0] };
		char id[MARKS_TEXT_MAX], mail[2048];

		test_row(rows[i][0]);
		rig_up(&g);
		(void)take_mail(&g, MAIL("li@home.example", "a@home.example", ""), "1");
		marks_message_id(&g.marks, MARK_ACK, 1, 1, id);
		(void)snprintf(mail, sizeof(mail), BOUNCE, rows[i][0], id);
		(void)take_mail(&g, mail, "2");
		CHECK_INT(store_call(g.store, ask_mark, &asked, NULL), IK_OK);
		CHECK_STR(asked.mark, rows[i][1]);
		rig_down(&g);
	}
}
