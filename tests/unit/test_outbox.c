/* test_outbox.c - duties from the store to their verdicts: mail through a scripted relay and into a Maildir, replies, deliveries; stop and
 * crash in between. Everything is real but the peers. */
#include "test.h"
#include "store_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include "base/clock.h"
#include "base/file.h"
#include "base/mime_write.h"
#include "outbox/backoff.h"
#include "outbox/maildir.h"
#include "outbox/outbox.h"
#include "outbox/outbox_parts.h"
#include "smtp_peer.h"

__attribute__((constructor)) static void be_sender(int argc, char **argv) { smtp_sender_main(argc, argv); }

/* ---- the world around an outbox ---------------------------------------------------------------------------------------------- */

struct world {
	const char *dir;
	struct store *store;
	struct store_conf store_conf;
	struct smtp_conf smtp;
	struct ack_conf ack;
	struct policy *policy;
	struct marks marks;
	struct outbox_channel channel;
	struct outbox_sink sink;
	struct ik_sink_common common;
	struct outbox *outbox;
};

static void on_duties(void *arg)
{
	struct world *w = arg;

	if (w->outbox != NULL) outbox_wake(w->outbox);
}

static char from[] = "desk@example.org", name[] = "Help Desk", zone[] = "Asia/Shanghai", english[] = "en", rules[] = "conf/rules";

static void world_open(struct world *w)
{
	const struct policy_conf conf = { .timezone = zone, .default_language = english, .rules = rules };
	struct ik_error err = { 0 };

	w->dir = w->dir != NULL ? w->dir : test_dir();
	w->store_conf = small_store(w->dir);
	w->store = opened(&w->store_conf);
	w->ack.from = w->ack.from != NULL ? w->ack.from : from;
	w->ack.from_name = name;
	w->ack.null_sender = true;
	w->smtp.timeout = 20;
	w->smtp.batch = 100;
	w->smtp.window = 16;
	CHECK_INT(policy_new(&conf, &w->policy, &err), IK_OK);
	marks_init(&w->marks, store_secret(w->store), "example.org");
	if (w->common.retry_first == 0) w->common = (struct ik_sink_common){ .retry_first = 1, .retry_max = 2, .give_up = 600 };
	w->sink.common = &w->common;
}

static void world_start(struct world *w)
{
	struct ik_error err = { 0 };
	const struct outbox_setup setup = {
		.store = w->store, .smtp = &w->smtp, .ack = &w->ack, .policy = w->policy, .marks = &w->marks, .public_url = "https://desk.example.org/",
		.state_dir = w->dir, .channels = &w->channel, .channel_count = w->channel.plugin != NULL, .sinks = &w->sink, .sink_count = w->sink.plugin != NULL,
	};

	CHECK_INT(outbox_new(&setup, &w->outbox, &err), IK_OK);
	CHECK_STR(err.text, "");
	store_watch(w->store, on_duties, w);
}

static void world_stop(struct world *w)
{
	store_watch(w->store, NULL, NULL);
	outbox_free(&w->outbox, PATIENCE_MS);
}

static void world_close(struct world *w)
{
	if (w->outbox != NULL) world_stop(w);
	store_close(&w->store);
	policy_free(&w->policy);
}

/* A ticket with one acknowledgement and one delivery, as intake leaves them. */
struct wish { int64_t ticket_id, message_id, ack_id, deliver_id; const char *target, *address, *event; int64_t known; int number; };

static enum ik_rc add_wish(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct wish *w = arg;
	const int64_t now_at = clock_wall();
	struct store_ticket t = { .month = 202611, .channel = "support", .channel_type = "lmtp", .subject = "CANARY subject", .severity = "normal", .category = "other",
	                          .language = w->number % 2 ? "en" : "zh-Hans", .received_at = now_at, .first_response_due = now_at + 86400, .ack = ACK_PENDING };
	struct store_message m = { .channel = "support", .external_id = "src-1", .sender = "CANARY <x@example.net>", .sender_name = "CANARY", .received_at = now_at,
	                           .text = "CANARY text", .subject = "CANARY subject", .message_id = "theirs@example.net", .conversation = "chat-7",
	                           .marks = "{\"references\":[\"first@example.net\",\"bad\\r\\nBcc: y@z\"]}" };
	struct store_duty ack = { .kind = DUTY_ACK, .event = "received", .created_at = now_at }, deliver = { .kind = DUTY_DELIVER, .event = "ticket.created", .created_at = now_at };
	enum ik_rc rc = IK_OK;

	(void)snprintf(ack.target, sizeof(ack.target), "%s", w->target != NULL ? w->target : "ack:mail");
	(void)snprintf(ack.address, sizeof(ack.address), "%s", w->address != NULL ? w->address : "li@example.net");
	(void)snprintf(deliver.target, sizeof(deliver.target), "sink:desk");
	if (w->event != NULL) (void)snprintf(deliver.event, sizeof(deliver.event), "%s", w->event);
	t.id = w->known;
	if (w->known == 0) rc = store_add_ticket(tx, &t, err);
	m.ticket_id = ack.ticket_id = deliver.ticket_id = w->ticket_id = t.id;
	if (rc == IK_OK) rc = store_add_message(tx, &m, err);
	w->message_id = ack.message_id = deliver.message_id = m.id;
	if (rc == IK_OK && w->known == 0 && strcmp(ack.target, "none") != 0) rc = store_add_duty(tx, &ack, err);
	if (rc == IK_OK) rc = store_add_duty(tx, &deliver, err);
	w->ack_id = ack.id;
	w->deliver_id = deliver.id;
	return rc;
}

static void add(struct world *w, struct wish *wish)
{
	CHECK_INT(store_call(w->store, add_wish, wish, NULL), IK_OK);
}

/* The state of a duty, as an operator sees it. */
static json_t *duty(struct world *w, int64_t id)
{
	struct store_reader *r = reading(w->store);
	json_t *all = NULL, *one, *found = NULL;
	size_t i;

	CHECK_INT(read_outbox(r, NULL, 10000, &all, NULL), IK_OK);
	store_reader_close(&r);
	json_array_foreach(all, i, one)
		if (json_int(one, "id", 0) == id) found = json_incref(one);
	json_decref(all);
	return found;
}

static bool is_in_state(struct world *w, int64_t id, const char *state)
{
	json_t *d = duty(w, id);
	const char *is = json_text(d, "state");
	const bool same = is != NULL && strcmp(is, state) == 0;

	json_decref(d);
	return same;
}

/* ---- acknowledgements by mail ---------------------------------------------------------------------------------------------------- */

TEST(an_acknowledgement_holds_nothing_its_sender_wrote)
{
	struct world w = { .dir = test_dir() };
	struct peer peer = peer_start(w.dir, NULL);
	struct wish wish = { .number = 1 };
	const char *to;
	char *mail;

	world_open(&w);
	w.smtp.server = peer.server;
	world_start(&w);
	add(&w, &wish);
	CHECK_SOON(is_in_state(&w, wish.ack_id, "sent"));
	mail = peer_mail(&peer, 0, &to);
	CHECK_STR(to, "li@example.net");
	CHECK(strstr(mail, "CANARY") == NULL);
	CHECK(strstr(mail, "\r\nTo: li@example.net\r\n") != NULL);
	CHECK(strstr(mail, "\r\nFrom: \"Help Desk\" <desk@example.org>\r\n") != NULL);
	CHECK(strstr(mail, "\r\nAuto-Submitted: auto-replied\r\n") != NULL);
	CHECK(strstr(mail, "\r\nX-Auto-Response-Suppress: All\r\n") != NULL);
	CHECK(strstr(mail, "\r\nPrecedence: auto_reply\r\n") != NULL);
	CHECK(strstr(mail, "\r\nIn-Reply-To: <theirs@example.net>\r\n") != NULL);
	CHECK(strstr(mail, "\r\nReferences: <first@example.net> <theirs@example.net>\r\n") != NULL);
	CHECK(strstr(mail, "Bcc") == NULL);
	CHECK(strlen(mail) <= 4096);
	CHECK_INT(peer_count(&peer, "command", "MAIL FROM:<>"), 1);
	free(mail);
	world_close(&w);
	peer_stop(&peer);
}

TEST(the_message_id_is_ours_and_names_the_ticket)
{
	struct world w = { .dir = test_dir() };
	struct peer peer = peer_start(w.dir, NULL);
	struct wish wish = { .number = 2 };
	enum mark_kind kind;
	int64_t id = 0;
	char *mail, *start;

	world_open(&w);
	w.smtp.server = peer.server;
	world_start(&w);
	add(&w, &wish);
	CHECK_SOON(is_in_state(&w, wish.ack_id, "sent"));
	mail = peer_mail(&peer, 0, NULL);
	start = strstr(mail, "\r\nMessage-ID: <");
	CHECK(start != NULL);
	start += strlen("\r\nMessage-ID: <");
	start[strcspn(start, ">")] = '\0';
	CHECK(marks_read_message_id(&w.marks, start, &kind, &id));
	CHECK_INT(kind, MARK_ACK);
	CHECK_INT(id, wish.ticket_id);
	free(mail);
	world_close(&w);
	peer_stop(&peer);
}

static const struct { const char *row; bool has_tags; } reply_tos[] = { { "not wanted", false }, { "wanted", true } };
TEST(an_answer_finds_its_ticket_by_the_tag_of_its_address)
{
	for (size_t i = 0; i < COUNT_OF(reply_tos); i++) {
		struct world w = { .dir = test_dir() };
		struct peer peer = peer_start(w.dir, NULL);
		struct wish wish = { .number = 3 };
		char *mail, *start;
		int64_t id = 0;

		test_row(reply_tos[i].row);
		world_open(&w);
		w.smtp.server = peer.server;
		w.ack.plus_addressing = reply_tos[i].has_tags;
		world_start(&w);
		add(&w, &wish);
		CHECK_SOON(is_in_state(&w, wish.ack_id, "sent"));
		mail = peer_mail(&peer, 0, NULL);
		start = strstr(mail, "\r\nReply-To: ");
		CHECK((start != NULL) == reply_tos[i].has_tags);
		if (start != NULL) {
			start += strlen("\r\nReply-To: ");
			start[strcspn(start, "\r")] = '\0';
			CHECK(marks_read_address(&w.marks, start, &id));
			CHECK_INT(id, wish.ticket_id);
		}
		free(mail);
		world_close(&w);
		peer_stop(&peer);
	}
}

static const struct { const char *row, *rule, *address, *state; int64_t retried; size_t taken; } relays[] = {
	{ "accepted",                 NULL,         NULL,                         "sent",      0, 1 },
	{ "refused for good",         "rcpt=550",   NULL,                         "failed",    0, 0 },
	{ "refused for now",          "rcpt=451@1", NULL,                         "sent",      1, 1 },
	{ "hangs up after the dot",   "dot=late",   NULL,                         "uncertain", 0, 1 },
	{ "hangs up before the dot",  "data=close@1", NULL,                       "sent",      1, 1 },
	{ "address with a line end",  NULL,         "li@example.net>\r\nDATA",    "failed",    0, 0 },
	{ "address with UTF-8",       NULL,         "\xc3\xa9@example.net",       "failed",    0, 0 },
};
TEST(a_relays_answer_decides_the_duty_and_uncertain_is_never_sent_again)
{
	for (size_t i = 0; i < COUNT_OF(relays); i++) {
		struct world w = { .dir = test_dir() };
		const char *words[] = { relays[i].rule != NULL ? "--rule" : NULL, relays[i].rule, NULL };
		struct peer peer = peer_start(w.dir, words);
		struct wish wish = { .address = relays[i].address };
		struct outbox_stats stats;

		test_row(relays[i].row);
		world_open(&w);
		w.smtp.server = peer.server;
		world_start(&w);
		add(&w, &wish);
		CHECK_SOON(is_in_state(&w, wish.ack_id, relays[i].state));
		if (strcmp(relays[i].state, "uncertain") == 0) {        /* not now, not after a restart */
			usleep(300000);
			world_close(&w);
			world_open(&w);
			world_start(&w);
			usleep(500000);
			CHECK(is_in_state(&w, wish.ack_id, "uncertain"));
		}
		CHECK_INT(peer_count(&peer, "mail", NULL), relays[i].taken);
		outbox_stats(w.outbox, &stats);
		CHECK_INT(stats.retried, relays[i].retried);
		world_close(&w);
		peer_stop(&peer);
	}
}

TEST(a_batch_goes_over_one_connection_and_each_mail_once)
{
	struct world w = { .dir = test_dir() };
	struct peer peer = peer_start(w.dir, NULL);
	struct wish wish[60];

	world_open(&w);
	w.smtp.server = peer.server;
	for (int i = 0; i < 60; i++) {
		wish[i] = (struct wish){ .number = i };
		add(&w, &wish[i]);
	}
	world_start(&w);
	outbox_wake(w.outbox);
	for (int i = 0; i < 60; i++) CHECK_SOON(is_in_state(&w, wish[i].ack_id, "sent"));
	CHECK_INT(peer_count(&peer, "mail", NULL), 60);
	CHECK_INT(peer_count(&peer, "connection", "open"), 1);
	world_close(&w);
	peer_stop(&peer);
}

static int64_t sent(struct world *w, struct outbox_stats *stats_r)
{
	outbox_stats(w->outbox, stats_r);
	return stats_r->sent;
}

TEST(a_relay_that_ends_a_connection_early_gets_the_rest_over_the_next_one)
{
	struct world w = { .dir = test_dir() };
	const char *words[] = { "--rule", "mail=421@11", NULL };
	struct peer peer = peer_start(w.dir, words);
	struct wish wish[30];
	struct outbox_stats stats = { 0 };

	world_open(&w);
	w.smtp.server = peer.server;
	for (int i = 0; i < 30; i++) {
		wish[i] = (struct wish){ .number = i };
		add(&w, &wish[i]);
	}
	world_start(&w);
	CHECK_SOON(sent(&w, &stats) >= 29);                     /* all but the one that was told to wait */
	CHECK_INT(stats.retried, 1);
	world_close(&w);
	peer_stop(&peer);
}

TEST(a_stop_in_the_middle_loses_and_doubles_nothing)
{
	struct world w = { .dir = test_dir() };
	const char *words[] = { "--delay-ms", "20", NULL };
	struct peer peer = peer_start(w.dir, words);
	struct wish wish[200];
	size_t n = 0;

	world_open(&w);
	w.smtp.server = peer.server;
	do {                                                    /* once more when all were through before the stop */
		const size_t before = n;

		CHECK(n < COUNT_OF(wish));
		for (; n < before + 40; n++) {
			wish[n] = (struct wish){ .number = (int)n };
			add(&w, &wish[n]);
		}
		world_start(&w);
		CHECK_SOON(peer_count(&peer, "mail", NULL) > before);
		world_stop(&w);
	} while (peer_count(&peer, "mail", NULL) == n);
	world_start(&w);
	for (size_t i = 0; i < n; i++) CHECK_SOON(is_in_state(&w, wish[i].ack_id, "sent"));
	CHECK_INT(peer_count(&peer, "mail", NULL), n);
	world_close(&w);
	peer_stop(&peer);
}

TEST(without_an_address_of_our_own_the_queue_waits_for_the_operator)
{
	struct world w = { .ack = { .from = english } };
	struct wish wish = { 0 };

	world_open(&w);
	world_start(&w);
	add(&w, &wish);
	usleep(300000);
	CHECK(is_in_state(&w, wish.ack_id, "pending"));
	world_close(&w);
}

/* ---- Maildir ------------------------------------------------------------------------------------------------------------------------ */

static size_t files_in(const char *dir, const char *part, char *first_r, size_t size)
{
	char *path = mem_format("%s/maildir/%s", dir, part);
	DIR *d = opendir(path);
	const struct dirent *e;
	size_t n = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.') continue;
		if (n++ == 0 && first_r != NULL) (void)snprintf(first_r, size, "%s/%s", path, e->d_name);
	}
	if (d != NULL) closedir(d);
	free(path);
	return n;
}

TEST(without_a_relay_acknowledgements_are_files_in_the_maildir)
{
	struct world w = { 0 };
	struct wish wish[3];
	struct buf mail = BUF_INIT(10000);
	char path[512] = "";

	world_open(&w);
	world_start(&w);
	for (int i = 0; i < 3; i++) {
		wish[i] = (struct wish){ .number = 1 };
		add(&w, &wish[i]);
	}
	for (int i = 0; i < 3; i++) CHECK_SOON(is_in_state(&w, wish[i].ack_id, "sent"));
	CHECK_INT(files_in(w.dir, "new", path, sizeof(path)), 3);
	CHECK_INT(files_in(w.dir, "tmp", NULL, 0), 0);
	CHECK_INT(file_read(path, &mail, NULL), IK_OK);
	CHECK(strstr(buf_str(&mail), "\nTo: li@example.net\n") != NULL && strchr(buf_str(&mail), '\r') == NULL);
	buf_release(&mail);
	world_close(&w);
}

TEST(the_same_key_is_the_same_file)
{
	static const char mail[] = "From: a@b.c\r\n\r\nx\r\n";
	const char *dir = test_dir();
	char *path = mem_format("%s/maildir", dir), *read = mem_format("%s/cur/k1.intaked:2,S", path);
	char first[512];

	CHECK_INT(maildir_make(path, NULL), IK_OK);
	for (int i = 0; i < 3; i++) CHECK_INT(maildir_write(path, "k1", mail, sizeof(mail) - 1, i > 0, NULL), IK_OK);
	CHECK_INT(files_in(dir, "new", first, sizeof(first)), 1);
	CHECK(rename(first, read) == 0);                        /* somebody read it */
	CHECK_INT(maildir_write(path, "k1", mail, sizeof(mail) - 1, true, NULL), IK_OK);
	CHECK_INT(files_in(dir, "new", NULL, 0), 0);
	CHECK_INT(maildir_write(path, "../k1", mail, sizeof(mail) - 1, true, NULL), IK_REJECT);
	free(path);
	free(read);
}

/* ---- replies ------------------------------------------------------------------------------------------------------------------------- */

struct script { enum ik_rc rc[4]; bool uncertain; int64_t retry_after_s; int calls; bool was_committing; struct world *w; int64_t ack_id; char text[2000], key[2][80], conversation[32]; };

static enum ik_rc scripted_reply(void *state, const struct ik_reply *reply, struct ik_reply_result *result_r, struct ik_error *err)
{
	struct script *s = state;
	const enum ik_rc rc = s->rc[s->calls < 4 ? s->calls : 3];

	s->was_committing = is_in_state(s->w, s->ack_id, "committing");
	(void)snprintf(s->text, sizeof(s->text), "%s", reply->text);
	(void)snprintf(s->key[s->calls > 0], sizeof(s->key[0]), "%s", reply->key);
	(void)snprintf(s->conversation, sizeof(s->conversation), "%s", reply->conversation);
	s->calls++;
	result_r->uncertain = s->uncertain;
	result_r->retry_after_s = s->retry_after_s;
	return rc == IK_OK ? IK_OK : ik_fail(rc, err, "scripted");
}

static const struct { const char *row; enum ik_rc rc[4]; bool uncertain; const char *state; int calls; } replies[] = {
	{ "taken",           { IK_OK },                      false, "sent",      1 },
	{ "refused",         { IK_REJECT },                  false, "failed",    1 },
	{ "uncertain",       { IK_RETRY },                   true,  "uncertain", 1 },
	{ "later",           { IK_RETRY, IK_OK },            false, "sent",      2 },
	{ "operator needed", { IK_CONFIG },                  false, "pending",   1 },
};
TEST(a_reply_is_marked_before_it_is_sent_and_judged_by_its_answer)
{
	static const struct ik_channel plugin = { .abi = IK_CHANNEL_ABI, .size = sizeof(plugin), .name = "chat", .reply = scripted_reply };

	for (size_t i = 0; i < COUNT_OF(replies); i++) {
		struct world w = { .channel = { .name = "chat", .plugin = &plugin } };
		struct script s = { .uncertain = replies[i].uncertain, .retry_after_s = 1, .w = &w };
		struct wish wish = { .target = "ack:chat", .address = "chat-7", .number = 1 };

		test_row(replies[i].row);
		memcpy(s.rc, replies[i].rc, sizeof(s.rc));
		w.channel.state = &s;
		world_open(&w);
		add(&w, &wish);
		s.ack_id = wish.ack_id;
		world_start(&w);
		CHECK_SOON(s.calls >= replies[i].calls && is_in_state(&w, wish.ack_id, replies[i].state));
		usleep(300000);                                         /* and not once more */
		CHECK_INT(s.calls, replies[i].calls);
		CHECK(s.was_committing);
		CHECK_STR(s.conversation, "chat-7");
		CHECK(strstr(s.text, "CANARY") == NULL && strstr(s.text, "https://desk.example.org/s/") != NULL);
		if (s.calls > 1) CHECK_STR(s.key[0], s.key[1]);
		world_close(&w);
	}
}

/* ---- deliveries ----------------------------------------------------------------------------------------------------------------------- */

struct desk { enum ik_rc rc[8]; int64_t retry_after_s; size_t calls, count; int64_t message[32], ticket[32]; char key[32][80]; char remote[32][40]; bool parks; };

static void scripted_deliver(void *state, struct ik_delivery *d, size_t count)
{
	struct desk *desk = state;

	desk->calls++;
	for (size_t i = 0; i < count && desk->count < 32; i++) {
		const size_t n = desk->count++;

		d[i].rc = desk->rc[n < 8 ? n : 7];
		d[i].retry_after_s = desk->retry_after_s;
		if (d[i].rc != IK_OK) (void)ik_fail(d[i].rc, &d[i].err, "scripted");
		else (void)snprintf(d[i].new_remote_id, sizeof(d[i].new_remote_id), "R-%zu", n);
		desk->message[n] = d[i].message_id;
		desk->ticket[n] = json_text(d[i].ticket, "number") != NULL;
		(void)snprintf(desk->key[n], sizeof(desk->key[n]), "%s", d[i].key);
		(void)snprintf(desk->remote[n], sizeof(desk->remote[n]), "%s", d[i].remote_id != NULL ? d[i].remote_id : "");
	}
}
static const struct ik_sink desk_sink = { .abi = IK_SINK_ABI, .size = sizeof(desk_sink), .name = "desk", .batch_max = 10, .deliver = scripted_deliver };

static const struct { const char *row; enum ik_rc rc[8]; int64_t wish_s; const char *state; size_t calls; } deliveries[] = {
	{ "taken",           { IK_OK },                   -1,        "sent",    1 },
	{ "refused",         { IK_REJECT },               -1,        "failed",  1 },
	{ "later",           { IK_RETRY, IK_RETRY, IK_OK }, -1,      "sent",    3 },
	{ "Retry-After 0",   { IK_RETRY, IK_OK },         0,         "sent",    2 },
	{ "absurd wish",     { IK_RETRY, IK_OK },         999999999, "pending", 1 },
	{ "operator needed", { IK_CONFIG },               -1,        "pending", 1 },
};
TEST(a_delivery_is_repeated_with_its_key_until_it_is_over)
{
	for (size_t i = 0; i < COUNT_OF(deliveries); i++) {
		struct world w = { .sink = { .name = "desk", .plugin = &desk_sink } };
		struct desk desk = { .retry_after_s = deliveries[i].wish_s };
		struct wish wish = { .target = "none" };

		test_row(deliveries[i].row);
		memcpy(desk.rc, deliveries[i].rc, sizeof(desk.rc));
		w.sink.state = &desk;
		if (strcmp(deliveries[i].state, "pending") == 0) w.common = (struct ik_sink_common){ .retry_first = 600, .retry_max = 600, .give_up = 6000 };
		world_open(&w);
		world_start(&w);
		add(&w, &wish);
		CHECK_SOON(desk.count >= deliveries[i].calls && is_in_state(&w, wish.deliver_id, deliveries[i].state));
		usleep(200000);                                         /* and not once more */
		CHECK_INT(desk.count, deliveries[i].calls);
		for (size_t k = 1; k < desk.count; k++) CHECK_STR(desk.key[k], desk.key[0]);
		CHECK_INT(desk.message[0], wish.message_id);
		world_close(&w);
	}
}

/* What senders hold when they are stopped and the store takes no verdict of theirs: everything is taken, one acknowledgement is on its way. */
static enum ik_rc leave_in_flight(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct wish *on_its_way = arg;
	struct store_duty duties[8];
	size_t count = 0;
	enum ik_rc rc = store_take_duties(tx, "ack:mail", clock_wall(), 8, duties, &count, err);

	if (rc == IK_OK) rc = store_take_duties(tx, "sink:desk", clock_wall(), 8, duties, &count, err);
	return rc == IK_OK ? store_commit_duties(tx, &on_its_way->ack_id, 1, err) : rc;
}

TEST(duties_that_nobody_holds_any_more_are_taken_up_again_when_the_outbox_starts)
{
	struct world w = { .sink = { .name = "desk", .plugin = &desk_sink } };
	struct desk desk = { .rc = { IK_OK }, .retry_after_s = -1 };
	struct wish taken = { .number = 1 }, on_its_way = { .number = 2 };

	w.sink.state = &desk;
	world_open(&w);
	for (int round = 0; round < 2; round++) {               /* the second outbox has nothing to recover and sends nothing again */
		if (round == 0) {
			add(&w, &taken);
			add(&w, &on_its_way);
			CHECK_INT(store_call(w.store, leave_in_flight, &on_its_way, NULL), IK_OK);
		}
		world_start(&w);
		CHECK_SOON(is_in_state(&w, taken.ack_id, "sent"));
		CHECK_SOON(is_in_state(&w, on_its_way.ack_id, "uncertain"));
		CHECK_SOON(is_in_state(&w, taken.deliver_id, "sent"));
		CHECK_SOON(is_in_state(&w, on_its_way.deliver_id, "sent"));
		CHECK_INT(desk.count, 2);
		usleep(100000);
		world_stop(&w);
	}
	CHECK_INT(desk.count, 2);
	world_close(&w);
}

TEST(the_order_of_a_ticket_is_kept_and_others_are_not_held_up)
{
	struct world w = { .sink = { .name = "desk", .plugin = &desk_sink } };
	struct desk desk = { .rc = { IK_RETRY, IK_OK }, .retry_after_s = -1 };
	struct wish first = { .target = "none" }, second = { .event = "ticket.updated" }, other = { .target = "none" };

	w.sink.state = &desk;
	w.common = (struct ik_sink_common){ .retry_first = 8, .retry_max = 8, .give_up = 600 };
	world_open(&w);
	world_start(&w);
	add(&w, &first);
	CHECK_SOON(desk.calls > 0);
	usleep(200000);                                                 /* tried and put off */
	second.known = first.ticket_id;
	add(&w, &second);
	add(&w, &other);
	CHECK_SOON(is_in_state(&w, other.deliver_id, "sent"));
	CHECK(is_in_state(&w, second.deliver_id, "pending"));
	CHECK_SOON(is_in_state(&w, second.deliver_id, "sent"));
	CHECK_INT(desk.message[0], first.message_id);
	CHECK_INT(desk.message[1], other.message_id);
	CHECK_INT(desk.message[2], first.message_id);
	CHECK_INT(desk.message[3], second.message_id);
	CHECK_STR(desk.remote[3], "R-2");
	world_close(&w);
}

TEST(a_delivery_given_up_is_a_dead_letter_and_can_be_retried)
{
	struct world w = { .sink = { .name = "desk", .plugin = &desk_sink } };
	struct desk desk = { .rc = { IK_RETRY, IK_RETRY, IK_RETRY, IK_RETRY, IK_RETRY, IK_RETRY, IK_RETRY, IK_RETRY }, .retry_after_s = -1 };
	struct wish wish = { .target = "none" };

	w.sink.state = &desk;
	w.common = (struct ik_sink_common){ .retry_first = 1, .retry_max = 1, .give_up = 2 };
	world_open(&w);
	world_start(&w);
	add(&w, &wish);
	CHECK_SOON(is_in_state(&w, wish.deliver_id, "failed"));
	world_close(&w);
}

/* ---- when --------------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *row; struct backoff b; int64_t attempts, wish_s; uint64_t chance; int64_t want; } delays[] = {
	{ "first, no luck",          { 5, 3600, 0 }, 1,   -1,        999999, 5 },
	{ "first, luck",             { 5, 3600, 0 }, 1,   -1,        0,      2 },
	{ "doubles",                 { 5, 3600, 0 }, 4,   -1,        999999, 40 },
	{ "stays at the most",       { 5, 3600, 0 }, 60,  -1,        999999, 3600 },
	{ "half of it at least",     { 5, 3600, 0 }, 60,  -1,        0,      1800 },
	{ "peer wishes longer",      { 5, 3600, 0 }, 1,   120,       999999, 120 },
	{ "peer wishes shorter",     { 5, 3600, 0 }, 4,   1,         999999, 40 },
	{ "absurd wish",             { 5, 3600, 0 }, 1,   999999999, 999999, 3600 },
	{ "never at once",           { 1, 1, 0 },    1,   0,         0,      1 },
	{ "defaults",                { 0, 0, 0 },    1,   -1,        999999, 5 },
};
TEST(the_wait_between_two_tries_grows_and_keeps_its_limits)
{
	for (size_t i = 0; i < COUNT_OF(delays); i++) {
		test_row(delays[i].row);
		CHECK_INT(backoff_delay_s(&delays[i].b, delays[i].attempts, delays[i].wish_s, delays[i].chance), delays[i].want);
	}
}

TEST(an_idle_outbox_sleeps)
{
	struct world w = { .sink = { .name = "desk", .plugin = &desk_sink } };
	struct desk desk = { 0 };
	struct timespec before, after;

	w.sink.state = &desk;
	world_open(&w);
	world_start(&w);
	usleep(300000);
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
	usleep(1500000);
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
	CHECK((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec < 30000000);
	world_close(&w);
}

/* ---- one mail for a sink, and none --------------------------------------------------------------------------------------------------- */

TEST(a_sinks_mail_goes_through_the_same_gate)
{
	static const char mail[] = "From: desk@example.org\r\nTo: a@b.c\r\nDate: Sun, 22 Nov 2026 16:00:00 +0000\r\nMessage-ID: <k@example.org>\r\n\r\nx\r\n", smuggled[] = "From: desk@example.org\r\n\r\nx\n.\n";
	struct world w = { .dir = test_dir() };
	struct peer peer = peer_start(w.dir, NULL);
	struct ik_error err = { 0 };
	bool uncertain = true;
	enum mark_kind kind;
	int64_t id;
	char *taken;

	world_open(&w);
	w.smtp.server = peer.server;
	world_start(&w);
	CHECK_INT(outbox_send_mail(w.outbox, "desk@example.org", "a@b.c", mail, sizeof(mail) - 1, "k", &uncertain, &err), IK_OK);
	CHECK(!uncertain);
	CHECK_INT(outbox_send_mail(w.outbox, "desk@example.org", "a@b.c", smuggled, sizeof(smuggled) - 1, "k", &uncertain, &err), IK_REJECT);
	CHECK_INT(outbox_send_mail(w.outbox, "desk@example.org", "a@b.c>\r\nDATA", mail, sizeof(mail) - 1, "k", &uncertain, &err), IK_REJECT);
	CHECK_INT(outbox_test_relay(w.outbox, &err), IK_OK);
	CHECK_INT(peer_count(&peer, "mail", NULL), 1);
	CHECK_INT(peer_count(&peer, "command", "NOOP"), 1);
	taken = peer_mail(&peer, 0, NULL);
	CHECK(strncmp(taken, "X-Intaked-Loop: <", 17) == 0);
	CHECK(strstr(taken, mail) != NULL);
	taken[17 + strcspn(taken + 17, ">")] = '\0';
	CHECK(marks_read_message_id(&w.marks, taken + 17, &kind, &id));
	CHECK_INT(kind, MARK_DELIVERY);
	free(taken);
	world_close(&w);
	peer_stop(&peer);
}
