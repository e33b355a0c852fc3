/* test_imap.c - imap.so against a real Dovecot and against a scripted server that misbehaves. */
#include "fake_host.h"
#include "rig.h"

#include <pthread.h>
#include "base/clock.h"

static const char *url(const char *scheme, int port)
{
	static char text[64];

	(void)snprintf(text, sizeof(text), "%s://localhost:%d", scheme, port);
	return text;
}

static struct fake *account(const char *scheme, int port)
{
	struct fake *f = fake_new("imap");

	fake_set(f, "server", url(scheme, port));
	fake_set(f, "user", "anna");
	fake_set(f, "password", "secret");
	return f;
}

/* A scripted server in clear text and an account for it. */
static struct fake *scripted(struct rig **rig_r)
{
	struct fake *f;

	*rig_r = rig_start("imap_script.py", NULL);
	f = account("imap", rig_port(*rig_r, "port"));
	fake_set(f, "insecure", "yes");
	fake_set(f, "timeout", "60s");
	return f;
}

static void done(struct fake **f, struct rig **rig)
{
	CHECK_STR(fake_problem(*f), "");
	fake_free(f);
	rig_stop(rig);
}

/* poll(), and its error text in the output when it fails without need. */
static enum ik_rc polled(struct fake *f)
{
	const enum ik_rc rc = fake_poll(f);

	if (rc != IK_OK) print_message("poll: %s\n", fake_error(f));
	return rc;
}

static size_t stored(struct fake *f)
{
	size_t n = 0;

	for (size_t i = 0; i < fake_count(f); i++) n += fake_message(f, i)->rc == IK_OK && fake_message(f, i)->set_aside == NULL;
	return n;
}

/* ---- Dovecot ---- */

static struct fake *dovecot(struct rig **rig_r, const char *scheme, const char *port_key)
{
	struct fake *f;

	*rig_r = rig_start("dovecot.py", NULL);
	f = account(scheme, rig_port(*rig_r, port_key));
	fake_set(f, "ca_file", rig_text(*rig_r, "ca_file"));
	return f;
}

TEST(imap_takes_each_mail_once_and_touches_no_flag)
{
	struct rig *rig;
	struct fake *f = dovecot(&rig, "imaps", "imaps_port");
	json_t *list;

	rig_tell(rig, "{s:s, s:s, s:s}", "do", "append", "user", "anna", "raw", "Subject: one\r\n\r\nA004 OK FETCH completed\r\n)\r\n* 9 FETCH (UID 9 BODY[] {3}\r\nabc\r\n");
	rig_tell(rig, "{s:s, s:s, s:s}", "do", "append", "user", "anna", "raw", "Subject: two\r\n\r\ntwo\r\n");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 2);
	CHECK_STR(fake_message(f, 0)->raw, "Subject: one\r\n\r\nA004 OK FETCH completed\r\n)\r\n* 9 FETCH (UID 9 BODY[] {3}\r\nabc\r\n");
	CHECK_STR(fake_message(f, 1)->raw, "Subject: two\r\n\r\ntwo\r\n");
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 2);
	rig_tell(rig, "{s:s, s:s, s:s}", "do", "append", "user", "anna", "raw", "Subject: three\r\n\r\n3\r\n");
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 3);
	CHECK_STR(strrchr(fake_message(f, 2)->source_id, '/'), "/3");
	list = rig_do(rig, "{s:s, s:s}", "do", "list", "user", "anna");
	for (size_t i = 0; i < 3; i++) CHECK_INT(json_array_size(json_array_get(json_array_get(list, i), 1)), 0);
	json_decref(list);
	done(&f, &rig);
}

TEST(imap_logs_in_by_starttls)
{
	struct rig *rig;
	struct fake *f = dovecot(&rig, "imap", "imap_port");

	rig_tell(rig, "{s:s, s:s, s:i}", "do", "fill", "user", "anna", "count", 300);
	fake_set(f, "batch", "40");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_test(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 300);
	CHECK(strstr(fake_cursor(f, "uid INBOX"), "/300") != NULL);
	done(&f, &rig);
}

static const struct { const char *row, *after; size_t left, flagged, in_done; } afters[] = {
	{ "keep",   "keep",   4, 0, 0 },
	{ "flag",   "flag",   4, 4, 0 },
	{ "delete", "delete", 0, 0, 0 },
	{ "move",   "move",   0, 0, 4 },
};
TEST(imap_does_what_comes_after)
{
	for (size_t i = 0; i < COUNT_OF(afters); i++) {
		struct rig *rig;
		struct fake *f = dovecot(&rig, "imaps", "imaps_port");
		json_t *list, *in_done, *mail;
		size_t n, flagged = 0;

		test_row(afters[i].row);
		rig_tell(rig, "{s:s, s:s, s:i}", "do", "fill", "user", "anna", "count", 4);
		rig_tell(rig, "{s:s, s:s, s:s}", "do", "make", "user", "anna", "folder", "&XfJT1w-");
		fake_set(f, "after", afters[i].after);
		if (afters[i].in_done > 0) fake_set(f, "move_to", "已受");
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 4);
		list = rig_do(rig, "{s:s, s:s}", "do", "list", "user", "anna");
		in_done = rig_do(rig, "{s:s, s:s, s:s}", "do", "list", "user", "anna", "folder", "&XfJT1w-");
		json_array_foreach(list, n, mail) flagged += json_array_size(json_array_get(mail, 1));
		CHECK_INT(json_array_size(list), afters[i].left);
		CHECK_INT(flagged, afters[i].flagged);
		CHECK_INT(json_array_size(in_done), afters[i].in_done);
		json_decref(list);
		json_decref(in_done);
		done(&f, &rig);
	}
}

TEST(imap_spools_large_mail_and_reads_a_folder_with_a_chinese_name)
{
	struct rig *rig = rig_start("dovecot.py", NULL);
	struct fake *f = account("imaps", rig_port(rig, "imaps_port"));
	char *big = mem_new(700001);

	for (size_t i = 0; i < 700000; i++) big[i] = i % 70 == 68 ? '\r' : i % 70 == 69 ? '\n' : (char)('a' + i % 26);
	memcpy(big, "Subject: big\r\n\r\n", 16);
	rig_tell(rig, "{s:s, s:s, s:s, s:s}", "do", "append", "user", "anna", "folder", "R&-D &YpWLyQ-", "raw", big);
	fake_set(f, "ca_file", rig_text(rig, "ca_file"));
	fake_set(f, "folder", "R&D 投诉");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 1);
	CHECK(fake_message(f, 0)->was_fd);
	CHECK_INT(fake_message(f, 0)->raw_size, 700000);
	CHECK(memcmp(fake_message(f, 0)->raw, big, 700000) == 0);
	free(big);
	done(&f, &rig);
}

/* ---- what a server may do wrong ---- */

/* is_hasty: only the end of the time for an answer tells it, so that time is short and a look may fail for nothing but a busy machine. */
static const struct { const char *row, *fault, *client; bool is_hasty; } faults[] = {
	{ "cut in mid-literal",                       "cut",      "url",    false },
	{ "literal longer than said",                 "under",    "url",    false },
	{ "literal shorter than said",                "over",     "url",    true },
	{ "NO for one UID",                           "no",       "url",    false },
	{ "OK without the mail",                      "gone",     "url",    false },
	{ "BYE before the answer",                    "bye",      "url",    false },
	{ "the answer is about another UID",          "other",    "url",    false },
	{ "stream: cut in mid-literal",               "cut",      "stream", false },
	{ "stream: literal longer than said",         "under",    "stream", false },
	{ "stream: literal shorter than said",        "over",     "stream", true },
	{ "stream: NO for one UID",                   "no",       "stream", false },
	{ "stream: OK without the mail",              "gone",     "stream", false },
	{ "stream: NIL in place of the mail",         "nil",      "stream", false },
	{ "stream: BYE before the answer",            "bye",      "stream", false },
	{ "stream: the answer is about another UID",  "other",    "stream", false },
	{ "stream: a line without end",               "endless",  "stream", false },
	{ "stream: untagged lines without end",       "chatter",  "stream", false },
};
/* Looks until n mails are stored, which the first look does unless it is a hasty one. */
static void look_until_stored(struct fake *f, size_t n, bool is_hasty)
{
	for (int looks = 20; is_hasty && looks > 0 && stored(f) < n; looks--) (void)fake_poll(f);
	if (!is_hasty) CHECK_INT(polled(f), IK_OK);
	CHECK_INT(stored(f), n);
}

TEST(imap_commits_nothing_that_did_not_come_whole_and_goes_on_with_the_rest)
{
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(faults[i].row);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 5);
		rig_tell(rig, "{s:s, s:i, s:s}", "do", "fault", "uid", 3, "kind", faults[i].fault);
		if (faults[i].is_hasty) fake_set(f, "timeout", "1s");
		fake_set(f, "client", faults[i].client);
		fake_set(f, "tries", "100");
		CHECK_INT(fake_open(f), IK_OK);
		look_until_stored(f, 4, faults[i].is_hasty);
		for (size_t k = 0; k < 4; k++) CHECK(strcmp(fake_message(f, k)->source_id, "INBOX/7/3") != 0);
		CHECK_STR(fake_cursor(f, "uid INBOX"), "7/2");          /* does not pass what is missing */
		CHECK_INT(fake_poll(f), IK_RETRY);
		CHECK_INT(stored(f), 4);
		rig_tell(rig, "{s:s, s:i}", "do", "fault", "uid", 3);
		look_until_stored(f, 5, faults[i].is_hasty);
		CHECK_STR(fake_message(f, 4)->source_id, "INBOX/7/3");
		CHECK_STR(fake_message(f, 4)->raw, "Subject: mail 2\r\nMessage-ID: <2@example.net>\r\n\r\nText 2\r\n");
		CHECK_STR(fake_cursor(f, "uid INBOX"), "7/5");
		CHECK_INT(fake_count(f), 5);                            /* the others did not come again */
		done(&f, &rig);
	}
}

static const struct { const char *row, *fault, *raw; } shapes[] = {
	{ "the UID behind the mail, other items between", "tail",   "Subject: mail 2\r\nMessage-ID: <2@example.net>\r\n\r\nText 2\r\n" },
	{ "a body in quotes",                             "quoted", "Subject: quoted" },
};
TEST(imap_reads_every_shape_a_server_may_give_a_mail)
{
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(shapes[i].row);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 5);
		rig_tell(rig, "{s:s, s:i, s:s}", "do", "fault", "uid", 3, "kind", shapes[i].fault);
		fake_set(f, "client", "stream");
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(stored(f), 5);
		CHECK_STR(fake_message(f, 2)->raw, shapes[i].raw);
		CHECK_STR(fake_cursor(f, "uid INBOX"), "7/5");
		done(&f, &rig);
	}
}

TEST(imap_takes_no_mail_twice_and_none_that_was_deleted_meanwhile)
{
	static const struct { const char *row, *fault; size_t count; } rows[] = {
		{ "deleted while it was fetched", "expunged", 4 },
		{ "sent two times",               "twice",    5 },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(rows[i].row);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 5);
		rig_tell(rig, "{s:s, s:i, s:s, s:i}", "do", "fault", "uid", 3, "kind", rows[i].fault, "times", 1);
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), rows[i].count);
		CHECK_STR(fake_cursor(f, "uid INBOX"), "7/5");
		done(&f, &rig);
	}
}

TEST(imap_asks_for_many_mails_at_once_and_leaves_them_unread)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);
	json_t *list;

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1000);
	fake_set(f, "batch", "500");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(stored(f), 1000);
	for (size_t i = 0; i < 1000; i++) CHECK_INT(atoi(fake_message(f, i)->source_id + 8), (int)i + 1);
	CHECK_INT(rig_logged(rig, "BODY.PEEK"), 10);
	list = rig_do(rig, "{s:s}", "do", "list");
	for (size_t i = 0; i < 1000; i++) CHECK_INT(json_array_size(json_array_get(json_array_get(list, i), 1)), 0);
	json_decref(list);
	done(&f, &rig);
}

TEST(imap_goes_back_to_one_by_one_with_a_server_it_does_not_understand)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 3);
	rig_tell(rig, "{s:s, s:{s:b}}", "do", "switch", "set", "foreign", 1);
	CHECK_INT(fake_open(f), IK_OK);
	for (int i = 0; i < 3 && stored(f) < 3; i++) (void)fake_poll(f);
	CHECK_INT(stored(f), 3);
	CHECK(fake_logged(f, "one by one"));
	done(&f, &rig);
	f = scripted(&rig);
	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 3);
	rig_tell(rig, "{s:s, s:{s:b}}", "do", "switch", "set", "foreign", 1);
	fake_set(f, "client", "stream");
	CHECK_INT(fake_open(f), IK_OK);
	for (int i = 0; i < 3; i++) CHECK_INT(fake_poll(f), IK_RETRY);
	CHECK(strstr(fake_error(f), "not well formed") != NULL);
	done(&f, &rig);
}

TEST(imap_reads_several_folders_each_with_its_own_cursor)
{
	struct rig *rig;
	struct fake *f = dovecot(&rig, "imaps", "imaps_port");

	rig_tell(rig, "{s:s, s:s, s:s}", "do", "append", "user", "anna", "raw", "Subject: one\r\n\r\n1\r\n");
	rig_tell(rig, "{s:s, s:s, s:s, s:s}", "do", "append", "user", "anna", "folder", "Claims", "raw", "Subject: two\r\n\r\n2\r\n");
	fake_set(f, "folder", "INBOX");
	fake_set(f, "folder", "Claims");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_test(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(stored(f), 2);
	CHECK(strstr(fake_cursor(f, "uid INBOX"), "/1") != NULL);
	CHECK(strstr(fake_cursor(f, "uid Claims"), "/1") != NULL);
	CHECK(strncmp(fake_message(f, 0)->source_id, "Claims/", 7) == 0);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 2);
	done(&f, &rig);
}

TEST(imap_reads_the_other_folders_when_one_is_missing_and_says_which)
{
	struct rig *rig;
	struct fake *f = dovecot(&rig, "imaps", "imaps_port");

	rig_tell(rig, "{s:s, s:s, s:s}", "do", "append", "user", "anna", "raw", "Subject: one\r\n\r\n1\r\n");
	fake_set(f, "folder", "INBOX");
	fake_set(f, "folder", "Nowhere");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK(fake_poll(f) != IK_OK);
	CHECK(strncmp(fake_error(f), "folder", 6) == 0);
	CHECK(strstr(fake_error(f), "Nowhere") != NULL);
	CHECK_INT(stored(f), 1);
	done(&f, &rig);
}

struct waiter { struct fake *f; pthread_t thread; _Atomic bool is_over; };

static void *wait_main(void *arg)
{
	struct waiter *w = arg;

	fake_channel(w->f)->wait(fake_state(w->f), 60000);
	w->is_over = true;
	return NULL;
}

/* An account that waits for news, on a thread of its own, until what the caller does makes it end. */
static struct fake *idling(struct rig **rig_r, struct waiter *waiter)
{
	struct fake *f = scripted(rig_r);

	rig_tell(*rig_r, "{s:s, s:{s:s}}", "do", "switch", "set", "caps", "AUTH=PLAIN SASL-IR IDLE");
	rig_tell(*rig_r, "{s:s, s:i}", "do", "fill", "count", 1);
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	*waiter = (struct waiter){ .f = f };
	CHECK_INT(pthread_create(&waiter->thread, NULL, wait_main, waiter), 0);
	CHECK_SOON(rig_logged(*rig_r, "(idles)") == 1);
	return f;
}

TEST(imap_hears_of_new_mail_at_once_where_the_server_tells)
{
	struct rig *rig;
	struct waiter waiter;
	struct fake *f = idling(&rig, &waiter);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);
	CHECK_SOON(waiter.is_over);
	(void)pthread_join(waiter.thread, NULL);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(stored(f), 2);
	CHECK_INT(rig_logged(rig, "AUTHENTICATE"), 1);
	CHECK_INT(rig_logged(rig, "DONE"), 1);
	CHECK_INT(fake_slept_ms(f), 0);
	done(&f, &rig);
}

TEST(imap_stops_at_once_while_it_waits)
{
	struct rig *rig;
	struct waiter waiter;
	struct fake *f = idling(&rig, &waiter);

	fake_ask_stop(f);
	CHECK_SOON(waiter.is_over);
	(void)pthread_join(waiter.thread, NULL);
	done(&f, &rig);
}

static const struct { const char *row, *caps, *idle, *option; } deaf[] = {
	{ "no IDLE",                  "AUTH=PLAIN SASL-IR",      "yes", "yes" },
	{ "IDLE is refused",          "AUTH=PLAIN SASL-IR IDLE", "no",  "yes" },
	{ "the server hangs up",      "AUTH=PLAIN SASL-IR IDLE", "bye", "yes" },
	{ "IDLE is not wanted",       "AUTH=PLAIN SASL-IR IDLE", "yes", "no" },
};
TEST(imap_looks_less_often_while_nothing_comes_where_the_server_does_not_tell)
{
	for (size_t i = 0; i < COUNT_OF(deaf); i++) {
		static const int64_t slept_ms[] = { 60000, 150000, 285000, 487500, 787500, 1087500 };   /* 60, 90, 135, 202, 300, 300 s */
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(deaf[i].row);
		rig_tell(rig, "{s:s, s:{s:s, s:s}}", "do", "switch", "set", "caps", deaf[i].caps, "idle", deaf[i].idle);
		fake_set(f, "idle", deaf[i].option);
		CHECK_INT(fake_open(f), IK_OK);
		for (size_t k = 0; k < COUNT_OF(slept_ms); k++) {
			CHECK_INT(polled(f), IK_OK);
			fake_channel(f)->wait(fake_state(f), 60000);
			CHECK(fake_slept_ms(f) >= slept_ms[k] && fake_slept_ms(f) < slept_ms[k] + 10000);
		}
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);
		CHECK_INT(polled(f), IK_OK);
		fake_channel(f)->wait(fake_state(f), 60000);
		CHECK(fake_slept_ms(f) < 1087500 + 70000);
		done(&f, &rig);
	}
}

TEST(imap_may_begin_with_what_is_new_and_take_in_older_mail_when_asked)
{
	struct ik_backfill want = { .since_at = 1700000000 };
	struct ik_backfill_progress progress = { 0 };
	struct ik_error err = { "" };
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 10);
	rig_tell(rig, "{s:s, s:{s:i}}", "do", "switch", "set", "since_uid", 4);
	fake_set(f, "start", "new");
	fake_set(f, "batch", "3");
	fake_set_known(f, "INBOX/7/6");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 0);
	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 2);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(stored(f), 2);
	CHECK_STR(fake_message(f, 0)->source_id, "INBOX/7/11");
	CHECK_STR(fake_cursor(f, "uid INBOX"), "7/12");
	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);  /* 13 has just come: new mail, no history */
	for (int i = 0; !progress.is_done; i++) {
		CHECK(i < 10);
		CHECK_INT(fake_channel(f)->backfill(fake_state(f), &want, &progress, &err), IK_OK);
	}
	CHECK_INT(progress.found, 9);                           /* 4 to 12, two of them taken already, one known */
	CHECK_INT(progress.seen, 9);
	CHECK_INT(progress.taken, 6);
	CHECK_INT(stored(f), 8);
	CHECK_STR(fake_message(f, 2)->source_id, "INBOX/7/4");
	CHECK_STR(fake_cursor(f, "uid INBOX"), "7/12");
	progress.is_done = false;
	for (int i = 0; !progress.is_done && i < 10; i++) CHECK_INT(fake_channel(f)->backfill(fake_state(f), &want, &progress, &err), IK_OK);
	CHECK_INT(progress.taken, 0);                           /* once more finds everything known */
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(stored(f), 9);
	CHECK_STR(fake_message(f, 8)->source_id, "INBOX/7/13");
	rig_tell(rig, "{s:s, s:{s:i}}", "do", "switch", "set", "since_uid", 111);
	rig_tell(rig, "{s:s, s:i, s:i}", "do", "renumber", "uidvalidity", 8, "first", 101);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(stored(f), 12);                               /* what came since the start, under new numbers; nothing older */
	CHECK_STR(fake_message(f, 9)->source_id, "INBOX/8/111");
	CHECK_STR(fake_cursor(f, "uid INBOX"), "8/113");
	done(&f, &rig);
}

struct look { struct fake *f; enum ik_rc rc; };

static void *look_main(void *arg)
{
	struct look *look = arg;

	look->rc = fake_poll(look->f);
	return NULL;
}

static size_t left_on_server(struct rig *rig)
{
	json_t *list = rig_do(rig, "{s:s}", "do", "list");
	const size_t count = json_array_size(list);

	json_decref(list);
	return count;
}

/* The mails of the next batches come while those of the first are being stored; none is touched before it is. */
TEST(imap_fetches_on_while_mails_are_stored_and_touches_none_before)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);
	struct look look = { .f = f, .rc = IK_FATAL };
	pthread_t thread;

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 10);
	fake_set(f, "batch", "3");
	fake_set(f, "after", "delete");
	CHECK_INT(fake_open(f), IK_OK);
	fake_hold(f, true);
	CHECK_INT(pthread_create(&thread, NULL, look_main, &look), 0);
	CHECK(fake_wait_waiting(f, 10));
	CHECK_INT(left_on_server(rig), 10);
	CHECK_STR(fake_cursor(f, "uid INBOX"), "");
	fake_hold(f, false);
	CHECK_INT(pthread_join(thread, NULL), 0);
	CHECK_INT(look.rc, IK_OK);
	CHECK_INT(stored(f), 10);
	CHECK_INT(left_on_server(rig), 0);
	CHECK_STR(fake_cursor(f, "uid INBOX"), "7/10");
	done(&f, &rig);
}

/* The third of nine is not stored: it and what came behind it stays on the server and comes with the next look. */
TEST(imap_stops_at_a_batch_of_which_a_mail_was_not_stored)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 9);
	fake_set(f, "batch", "3");
	fake_set(f, "after", "delete");
	fake_strict(f);
	fake_answer(f, IK_OK, "");
	fake_answer(f, IK_OK, "");
	fake_answer(f, IK_RETRY, "the disk is full");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_poll(f), IK_RETRY);
	CHECK_INT(left_on_server(rig), 7);
	CHECK_STR(fake_cursor(f, "uid INBOX"), "7/2");
	CHECK_INT(fake_poll(f), IK_OK);
	CHECK_INT(left_on_server(rig), 0);
	CHECK_STR(fake_cursor(f, "uid INBOX"), "7/9");
	done(&f, &rig);
}

/* Of an earlier run: one mail that is stored, which is touched as it should have been then, and one that was set aside, which is left alone. */
TEST(imap_asks_for_nothing_that_is_stored_or_was_set_aside)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 4);
	fake_set(f, "after", "delete");
	fake_set_known(f, "INBOX/7/1");
	fake_set_known(f, "INBOX/7/3/incomplete");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 2);
	CHECK_STR(fake_message(f, 0)->source_id, "INBOX/7/2");
	CHECK_STR(fake_message(f, 1)->source_id, "INBOX/7/4");
	CHECK_INT(left_on_server(rig), 1);
	done(&f, &rig);
}

TEST(imap_sets_aside_what_never_comes_and_leaves_it_on_the_server)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);
	json_t *list;

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 3);
	rig_tell(rig, "{s:s, s:i, s:s}", "do", "fault", "uid", 2, "kind", "cut");
	fake_set(f, "tries", "2");
	fake_set(f, "after", "delete");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 2);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 3);
	CHECK(strstr(fake_message(f, 2)->set_aside, "could not be fetched in 2 tries") != NULL);
	CHECK_STR(fake_message(f, 2)->source_id, "INBOX/7/2/incomplete");
	CHECK_STR(fake_message(f, 2)->raw, "Subject: mail 1\r\nMessage-ID: <1@example.net>\r\n\r\n");
	CHECK_STR(fake_cursor(f, "uid INBOX"), "7/2");          /* 3 is gone already */
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 3);
	list = rig_do(rig, "{s:s}", "do", "list");
	CHECK_INT(json_array_size(list), 1);
	CHECK_INT(json_integer_value(json_array_get(json_array_get(list, 0), 0)), 2);
	json_decref(list);
	done(&f, &rig);
}

TEST(imap_does_not_send_a_folder_to_quarantine_because_the_server_is_ill)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 4);
	for (int uid = 1; uid <= 4; uid++) rig_tell(rig, "{s:s, s:i, s:s, s:i}", "do", "fault", "uid", uid, "kind", "no", "times", 6);
	fake_set(f, "tries", "2");
	fake_set(f, "client", "url");
	CHECK_INT(fake_open(f), IK_OK);
	for (int i = 0; i < 6; i++) {
		CHECK_INT(fake_poll(f), IK_RETRY);
		CHECK_INT(fake_count(f), 0);
	}
	rig_tell(rig, "{s:s, s:i}", "do", "fault", "uid", 4);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(stored(f), 4);
	CHECK_STR(fake_cursor(f, "uid INBOX"), "7/4");
	done(&f, &rig);
}

static const struct { const char *row, *fault; int times; } large[] = {
	{ "a little",                          "",     80 },
	{ "much",                              "",     20000 },
	{ "a literal of 100 TB",               "huge", 1 },
};
TEST(imap_makes_a_ticket_of_the_header_of_a_mail_that_is_too_large)
{
	for (size_t i = 0; i < COUNT_OF(large); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(large[i].row);
		rig_tell(rig, "{s:s, s:s, s:i}", "do", "add", "raw", "Subject: much\r\n\r\n0123456789", "times", large[i].times);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);
		if (large[i].fault[0] != '\0') rig_tell(rig, "{s:s, s:i, s:s}", "do", "fault", "uid", 1, "kind", large[i].fault);
		fake_set(f, "max_size", "1K");
		fake_set(f, "after", "delete");
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 2);
		CHECK(strstr(fake_message(f, 0)->set_aside, "larger than max_size") != NULL);
		CHECK_STR(fake_message(f, 0)->raw, "Subject: much\r\n\r\n");
		CHECK_INT(stored(f), 1);
		CHECK_STR(fake_cursor(f, "uid INBOX"), "7/2");
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 2);
		done(&f, &rig);
	}
}

static const struct { const char *row; int64_t from; int step, count; bool has_uidnext; } sparse[] = {
	{ "few and far between",               1,          1000000, 40, true },
	{ "as many as one search may find",    4294960000, 2,       2500, true },
	{ "more than that, with gaps",         1000,       3,       3000, true },
	{ "the same, and UIDNEXT is not told", 1000,      3,       3000, false },
};
TEST(imap_finds_every_uid_however_they_lie)
{
	for (size_t i = 0; i < COUNT_OF(sparse); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(sparse[i].row);
		rig_tell(rig, "{s:s, s:I, s:i, s:i}", "do", "fill", "from", (json_int_t)sparse[i].from, "step", sparse[i].step, "count", sparse[i].count);
		rig_tell(rig, "{s:s, s:{s:b}}", "do", "switch", "set", "uidnext", sparse[i].has_uidnext);
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), sparse[i].count);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), sparse[i].count);
		done(&f, &rig);
	}
}

static const struct { const char *row, *client; int first; } floods[] = {
	{ "stream",                               "stream", IK_OK },
	{ "url: libcurl gives up, none is lost",  "url",    IK_RETRY },
};
TEST(imap_survives_a_flood_of_news)
{
	for (size_t i = 0; i < COUNT_OF(floods); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(floods[i].row);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 2);
		rig_tell(rig, "{s:s, s:{s:i}}", "do", "switch", "set", "news", 5000);
		fake_set(f, "client", floods[i].client);
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_poll(f), floods[i].first);
		rig_tell(rig, "{s:s, s:{s:i}}", "do", "switch", "set", "news", 5);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 2);
		done(&f, &rig);
	}
}

TEST(imap_reads_a_renumbered_folder_again_under_new_keys)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 50);
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 3);
	rig_tell(rig, "{s:s, s:i, s:i}", "do", "renumber", "uidvalidity", 8, "first", 20);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 103);
	CHECK_STR(fake_message(f, 50)->source_id, "INBOX/8/20");
	CHECK_STR(fake_message(f, 102)->source_id, "INBOX/8/72");
	CHECK_STR(fake_cursor(f, "uid INBOX"), "8/72");
	CHECK(fake_logged(f, "UIDVALIDITY"));
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 103);
	done(&f, &rig);
}

static const struct { const char *row, *cursor, *logged; } cursors[] = {
	{ "missing",        "",              NULL },
	{ "no number",      "banana",        "unreadable" },
	{ "one number",     "7",             "unreadable" },
	{ "too large",      "7/99999999999", "unreadable" },
	{ "trailing bytes", "7/3x",          "unreadable" },
	{ "in the future",  "7/4000000000",  "future" },
};
TEST(imap_falls_back_to_keys_when_the_cursor_cannot_be_right)
{
	for (size_t i = 0; i < COUNT_OF(cursors); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(cursors[i].row);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 4);
		if (cursors[i].cursor[0] != '\0') fake_set_cursor(f, "uid INBOX", cursors[i].cursor);
		fake_set_known(f, "INBOX/7/1");
		fake_set_known(f, "INBOX/7/3");
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 2);
		CHECK_STR(fake_message(f, 0)->source_id, "INBOX/7/2");
		CHECK_STR(fake_message(f, 1)->source_id, "INBOX/7/4");
		CHECK_STR(fake_cursor(f, "uid INBOX"), "7/4");
		CHECK_INT(rig_logged(rig, "UID FETCH 3 BODY"), 0);
		if (cursors[i].logged != NULL) CHECK(fake_logged(f, cursors[i].logged));
		done(&f, &rig);
	}
}

TEST(imap_cursor_does_not_pass_a_message_the_store_did_not_take)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 4);
	fake_set(f, "after", "delete");
	fake_answer(f, IK_OK, NULL);
	fake_answer(f, IK_RETRY, "disk full");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_poll(f), IK_RETRY);
	CHECK_STR(fake_cursor(f, "uid INBOX"), "7/1");
	for (size_t i = 0; i < fake_count(f); i++)
		if (fake_message(f, i)->cursor_name != NULL && fake_message(f, i)->rc == IK_OK) CHECK_STR(fake_message(f, i)->cursor_value, "7/1");
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(stored(f), 4);
	CHECK_STR(fake_cursor(f, "uid INBOX"), "7/2");  /* 3 and 4 are gone already */
	CHECK_INT(rig_logged(rig, "UID STORE 2 "), 1);  /* not before it was stored */
	done(&f, &rig);
}

TEST(imap_acts_only_after_the_commit_and_catches_up_after_a_stop)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);
	json_t *moved;

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 4);
	fake_set(f, "after", "move");
	fake_set(f, "move_to", "Done");
	fake_set_cursor(f, "uid INBOX", "7/3");                 /* stored up to 3, moved up to 1, then the power went */
	fake_set_cursor(f, "after INBOX", "7/1");
	fake_set_known(f, "INBOX/7/1");
	fake_set_known(f, "INBOX/7/2");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 1);                            /* 4; 3 is not known and stays where it is */
	moved = rig_do(rig, "{s:s}", "do", "moved");
	CHECK_INT(json_array_size(moved), 2);
	CHECK_INT(json_integer_value(json_array_get(moved, 0)), 2);
	CHECK_INT(json_integer_value(json_array_get(moved, 1)), 4);
	json_decref(moved);
	CHECK_STR(fake_cursor(f, "after INBOX"), "7/4");
	done(&f, &rig);
}

TEST(imap_makes_a_new_connection_when_the_old_one_went_between_two_polls)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(rig_logged(rig, "AUTHENTICATE"), 1);
	rig_tell(rig, "{s:s}", "do", "drop");
	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 2);
	CHECK_INT(rig_logged(rig, "AUTHENTICATE"), 2);
	done(&f, &rig);
}

static const struct { const char *row, *set, *mode, *says; enum ik_rc rc; size_t secrets; } doors[] = {
	{ "wrong password",            "{\"login\":\"no\"}",            NULL,         "login: ",  IK_CONFIG, 1 },
	{ "busy, come back",           "{\"login\":\"busy\"}",          NULL,         "login: ",  IK_RETRY,  1 },
	{ "no STARTTLS, not insecure", "{}",                            "strict",     "TLS: ",    IK_CONFIG, 0 },
	{ "PREAUTH hides STARTTLS",    "{\"greeting\":\"PREAUTH\"}",    "strict",     "TLS: ",    IK_CONFIG, 0 },
};
TEST(imap_names_the_step_that_fails_and_keeps_the_password_to_itself)
{
	for (size_t i = 0; i < COUNT_OF(doors); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(doors[i].row);
		if (doors[i].mode != NULL) fake_set(f, "insecure", "no");
		rig_tell(rig, "{s:s, s:o}", "do", "switch", "set", json_loads(doors[i].set, 0, NULL));
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_test(f), doors[i].rc);
		CHECK(strncmp(fake_error(f), doors[i].says, strlen(doors[i].says)) == 0);
		CHECK(strstr(fake_error(f), "secret") == NULL);
		CHECK(strchr(fake_error(f), '\x1b') == NULL);
		CHECK_INT(rig_logged(rig, "AUTHENTICATE") + rig_logged(rig, "LOGIN"), doors[i].secrets);
		done(&f, &rig);
	}
}

TEST(imap_sends_no_password_to_a_server_it_cannot_verify)
{
	static const struct { const char *row, *tls, *name, *scheme; } servers[] = {
		{ "unknown authority",           "implicit", "localhost",     "imaps" },
		{ "wrong name",                  "implicit", "mail.example",  "imaps" },
		{ "wrong name behind STARTTLS",  "starttls", "mail.example",  "imap" },
	};
	for (size_t i = 0; i < COUNT_OF(servers); i++) {
		const char *const args[] = { "--tls", servers[i].tls, "--name", servers[i].name, NULL };
		struct rig *rig = rig_start("imap_script.py", args);
		struct fake *f = account(servers[i].scheme, rig_port(rig, "port"));

		test_row(servers[i].row);
		if (i > 0) fake_set(f, "ca_file", rig_text(rig, "ca_file"));
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_test(f), IK_CONFIG);
		CHECK(strncmp(fake_error(f), "TLS: ", 5) == 0);
		CHECK_INT(rig_logged(rig, "AUTHENTICATE") + rig_logged(rig, "LOGIN"), 0);
		done(&f, &rig);
	}
}

TEST(imap_ignores_what_is_injected_before_tls)
{
	static const char *const args[] = { "--tls", "starttls", NULL };
	struct rig *rig = rig_start("imap_script.py", args);
	struct fake *f = account("imap", rig_port(rig, "port"));

	rig_tell(rig, "{s:s, s:{s:s}}", "do", "switch", "set", "starttls", "inject");
	fake_set(f, "ca_file", rig_text(rig, "ca_file"));
	CHECK_INT(fake_open(f), IK_OK);
	CHECK(fake_test(f) != IK_OK);
	CHECK_INT(rig_logged(rig, "AUTHENTICATE") + rig_logged(rig, "LOGIN"), 0);
	done(&f, &rig);
}

TEST(imap_logs_in_with_a_bearer_token_and_says_who_it_is)
{
	struct rig *rig = rig_start("imap_script.py", NULL);
	struct fake *f = fake_new("imap");

	rig_tell(rig, "{s:s, s:{s:s, s:b, s:s}}", "do", "switch", "set", "caps", "AUTH=XOAUTH2 SASL-IR ID UIDPLUS", "needs_id", 1, "bearer", "ya29.FAKE");
	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 2);
	fake_set(f, "server", url("imap", rig_port(rig, "port")));
	fake_set(f, "user", "anna");
	fake_set(f, "bearer", "ya29.FAKE");
	fake_set(f, "insecure", "yes");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 2);
	done(&f, &rig);
}

/* The connection goes on, and whoever runs the gateway hears of it before the next login fails: once. */
TEST(imap_tells_that_its_token_cannot_be_renewed_while_the_connection_goes_on)
{
	struct rig *rig = rig_start("imap_script.py", NULL);
	struct fake *f = fake_new("imap");

	rig_tell(rig, "{s:s, s:{s:s, s:s}}", "do", "switch", "set", "caps", "AUTH=XOAUTH2 SASL-IR UIDPLUS", "bearer", "token-1");
	fake_set(f, "server", url("imap", rig_port(rig, "port")));
	fake_set(f, "user", "anna");
	fake_set(f, "token_url", "https://login.example/token");
	fake_set(f, "client_id", "id");
	fake_set(f, "client_secret", "secret");
	fake_set(f, "insecure", "yes");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	fake_channel(f)->wait(fake_state(f), 1000);
	CHECK(!fake_logged(f, "cannot be renewed"));
	fake_no_token(f);
	for (size_t i = 0; i < 2; i++) {
		fake_channel(f)->wait(fake_state(f), 1000);
		CHECK(fake_logged(f, "cannot be renewed; the connection goes on until it ends: scripted: no token"));
		CHECK_INT(fake_log_lines(f), 1);
		CHECK_INT(polled(f), IK_OK);
	}
	CHECK_INT(rig_logged(rig, "AUTHENTICATE"), 1);
	done(&f, &rig);
}

static const struct { const char *row, *fault, *at; } stops[] = { { "waiting for a mail", "slow", "BODY" }, { "waiting for a farewell", NULL, NULL } };
TEST(imap_stops_without_waiting_for_the_server)
{
	for (size_t i = 0; i < COUNT_OF(stops); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);
		struct look look = { .f = f, .rc = IK_FATAL };
		int64_t from_ms;
		pthread_t thread;

		test_row(stops[i].row);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);
		if (stops[i].fault != NULL) rig_tell(rig, "{s:s, s:i, s:s}", "do", "fault", "uid", 1, "kind", stops[i].fault);
		rig_tell(rig, "{s:s, s:{s:s}}", "do", "switch", "set", "logout", "slow");
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(pthread_create(&thread, NULL, look_main, &look), 0);
		if (stops[i].at != NULL) CHECK_SOON(rig_logged(rig, stops[i].at) > 0);
		else (void)pthread_join(thread, NULL);          /* the farewell is said when the account is closed */
		from_ms = clock_mono_ms();
		fake_ask_stop(f);
		if (stops[i].at != NULL) (void)pthread_join(thread, NULL);
		CHECK_INT(look.rc, IK_OK);
		CHECK_INT(fake_count(f), stops[i].fault == NULL);
		fake_free(&f);
		CHECK(clock_mono_ms() - from_ms < PATIENCE_MS);         /* the server takes two minutes, and may take one */
		rig_stop(&rig);
	}
}

static const struct { const char *row, *key, *value; } refused[] = {
	{ "line end in the folder",   "folder",  "INBOX\r\nA1 DELETE x" },
	{ "line end in the user",     "user",    "anna\r\n" },
	{ "path in the server",       "server",  "imaps://localhost/INBOX" },
	{ "user in the server",       "server",  "imaps://anna@localhost" },
	{ "web server",               "server",  "https://localhost" },
	{ "move without a folder",    "after",   "move" },
	{ "flag with a space",        "flag",    "\\Seen \\Deleted" },
	{ "empty flag",               "flag",    "\\" },
};
TEST(imap_refuses_configuration_that_cannot_be_right)
{
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct fake *f = account("imaps", 1);

		test_row(refused[i].row);
		fake_set(f, refused[i].key, refused[i].value);
		CHECK_INT(fake_open(f), IK_CONFIG);
		fake_free(&f);
	}
}

TEST(imap_tells_dns_from_connect)
{
	struct fake *f = fake_new("imap");

	fake_set(f, "server", "imaps://no-such-host.invalid");
	fake_set(f, "user", "anna");
	fake_set(f, "password", "secret");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_test(f), IK_RETRY);
	CHECK(strncmp(fake_error(f), "DNS: ", 5) == 0);
	fake_free(&f);
	f = account("imaps", 1);
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_test(f), IK_RETRY);
	CHECK(strncmp(fake_error(f), "connect: ", 9) == 0);
	fake_free(&f);
}
