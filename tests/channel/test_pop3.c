/* test_pop3.c - pop3.so against a real Dovecot and against a scripted server that misbehaves. */
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
	struct fake *f = fake_new("pop3");

	fake_set(f, "server", url(scheme, port));
	fake_set(f, "user", "anna");
	fake_set(f, "password", "secret");
	return f;
}

static struct fake *scripted(struct rig **rig_r)
{
	struct fake *f;

	*rig_r = rig_start("pop3_script.py", NULL);
	f = account("pop3", rig_port(*rig_r, "port"));
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

static enum ik_rc polled(struct fake *f)
{
	const enum ik_rc rc = fake_poll(f);

	if (rc != IK_OK) print_message("poll: %s\n", fake_error(f));
	return rc;
}

static size_t left(struct rig *rig)
{
	json_t *list = rig_do(rig, "{s:s, s:s}", "do", "list", "user", "anna");
	const size_t n = json_array_size(list);

	json_decref(list);
	return n;
}

/* Whether a line with the text `later` comes behind the first with `sooner` in the log of a scripted server. */
static bool in_order(struct rig *rig, const char *sooner, const char *later)
{
	json_t *log = rig_do(rig, "{s:s}", "do", "log"), *line;
	bool was = false, is = false;
	size_t i;

	json_array_foreach(log, i, line) {
		is |= was && strstr(json_string_value(line), later) != NULL;
		was |= strstr(json_string_value(line), sooner) != NULL;
	}
	json_decref(log);
	return is;
}

static const struct { const char *row, *scheme, *port, *after; size_t left; } dovecots[] = {
	{ "TLS, keep",    "pop3s", "pop3s_port", "keep",   21 },
	{ "STLS, delete", "pop3",  "pop3_port",  "delete", 0 },
};
TEST(pop3_takes_each_mail_once)
{
	static const char dots[] = "Subject: dots\r\n\r\n.\r\n..\r\n+OK\r\n-ERR no\r\n.end\r\n";

	for (size_t i = 0; i < COUNT_OF(dovecots); i++) {
		struct rig *rig = rig_start("dovecot.py", NULL);
		struct fake *f = account(dovecots[i].scheme, rig_port(rig, dovecots[i].port));

		test_row(dovecots[i].row);
		rig_tell(rig, "{s:s, s:s, s:s}", "do", "append", "user", "anna", "raw", dots);
		rig_tell(rig, "{s:s, s:s, s:i}", "do", "fill", "user", "anna", "count", 20);
		fake_set(f, "ca_file", rig_text(rig, "ca_file"));
		fake_set(f, "after", dovecots[i].after);
		fake_set(f, "batch", "7");
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_test(f), IK_OK);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 21);
		CHECK_STR(fake_message(f, 0)->raw, dots);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 21);
		CHECK_INT(left(rig), dovecots[i].left);
		done(&f, &rig);
	}
}

TEST(pop3_deletes_only_after_the_commit_and_says_quit)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 3);
	fake_set(f, "after", "delete");
	fake_answer(f, IK_OK, NULL);
	fake_answer(f, IK_RETRY, "disk full");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_poll(f), IK_RETRY);
	CHECK_INT(rig_logged(rig, "DELE 2"), 0);
	CHECK_INT(rig_logged(rig, "DELE"), 2);
	CHECK(in_order(rig, "RETR 3", "DELE 1"));
	CHECK(in_order(rig, "DELE 3", "QUIT"));
	CHECK_INT(left(rig), 1);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(left(rig), 0);
	CHECK_INT(fake_count(f), 4);
	done(&f, &rig);
}

static const struct { const char *row, *key; } cuts[] = { { "before QUIT", "quit" }, { "before DELE", "dele" } };
TEST(pop3_finishes_deletions_that_a_cut_left_undone)
{
	for (size_t i = 0; i < COUNT_OF(cuts); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(cuts[i].row);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 3);
		rig_tell(rig, "{s:s, s:{s:s}}", "do", "switch", "set", cuts[i].key, "cut");
		fake_set(f, "after", "delete");
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_poll(f), IK_RETRY);
		CHECK_INT(left(rig), 3);
		rig_tell(rig, "{s:s, s:{s:s}}", "do", "switch", "set", cuts[i].key, "yes");
		rig_tell(rig, "{s:s, s:s}", "do", "add", "raw", "Subject: new\r\n\r\nnew\r\n");
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 4);            /* the three did not come again */
		CHECK_INT(left(rig), 0);
		done(&f, &rig);
	}
}

TEST(pop3_does_not_load_again_what_is_stored)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 2);
	fake_set_known(f, "u0001/56");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 1);
	CHECK_STR(fake_message(f, 0)->source_id, "u0002/56");
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(rig_logged(rig, "RETR"), 1);
	done(&f, &rig);
}

static const struct { const char *row, *uidl, *top, *after; enum ik_rc rc; size_t taken, again; } uidls[] = {
	{ "two mails of one UIDL and size",    "yes", "yes", "keep",   IK_OK,     3, 3 },
	{ "the same without TOP",              "yes", "no",  "keep",   IK_OK,     3, 5 },     /* the two come again; their digest tells */
	{ "no UIDL",                           "no",  "yes", "keep",   IK_OK,     3, 3 },
	{ "no UIDL, no TOP, kept",             "no",  "no",  "keep",   IK_CONFIG, 0, 0 },
	{ "no UIDL, no TOP, deleted",          "no",  "no",  "delete", IK_OK,     3, 3 },
};
TEST(pop3_tells_mails_apart_without_good_uidls)
{
	for (size_t i = 0; i < COUNT_OF(uidls); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(uidls[i].row);
		rig_tell(rig, "{s:s, s:s, s:s}", "do", "add", "uidl", "same", "raw", "Subject: a\r\n\r\nfirst\r\n");
		rig_tell(rig, "{s:s, s:s, s:s}", "do", "add", "uidl", "same", "raw", "Subject: b\r\n\r\nother\r\n");
		rig_tell(rig, "{s:s, s:s, s:s}", "do", "add", "uidl", "else", "raw", "Subject: c\r\n\r\nthird\r\n");
		rig_tell(rig, "{s:s, s:{s:s, s:s}}", "do", "switch", "set", "uidl", uidls[i].uidl, "top", uidls[i].top);
		fake_set(f, "after", uidls[i].after);
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_poll(f), uidls[i].rc);
		CHECK_INT(fake_count(f), uidls[i].taken);
		CHECK_INT(fake_poll(f), uidls[i].rc);
		CHECK_INT(fake_count(f), uidls[i].again);
		done(&f, &rig);
	}
}

TEST(pop3_takes_a_mail_whose_uidl_was_used_before)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	fake_set_known(f, "1/22");
	rig_tell(rig, "{s:s, s:s, s:s}", "do", "add", "uidl", "1", "raw", "Subject: another\r\n\r\nmail\r\n");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 1);
	done(&f, &rig);
}

static const struct { const char *row, *fault; } faults[] = { { "cut in the middle", "cut" }, { "refused", "err" } };
TEST(pop3_commits_nothing_that_did_not_come_whole_and_goes_on_with_the_rest)
{
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(faults[i].row);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 5);
		rig_tell(rig, "{s:s, s:i, s:s, s:i}", "do", "fault", "mail", 3, "kind", faults[i].fault, "times", 2);
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 4);
		CHECK_INT(fake_poll(f), IK_RETRY);
		CHECK_INT(fake_count(f), 4);
		CHECK_INT(polled(f), IK_OK);
		CHECK_INT(fake_count(f), 5);
		CHECK_STR(fake_message(f, 4)->source_id, "u0003/56");
		CHECK_STR(fake_message(f, 4)->raw, "Subject: mail 2\r\nMessage-ID: <2@example.net>\r\n\r\nText 2\r\n");
		done(&f, &rig);
	}
}

TEST(pop3_sets_aside_what_never_comes_or_is_too_large_and_leaves_it_on_the_server)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 3);
	rig_tell(rig, "{s:s, s:s, s:i}", "do", "add", "raw", "Subject: much\r\n\r\n0123456789", "times", 200);
	rig_tell(rig, "{s:s, s:i, s:s}", "do", "fault", "mail", 2, "kind", "cut");
	fake_set(f, "max_size", "1K");
	fake_set(f, "tries", "2");
	fake_set(f, "after", "delete");
	CHECK_INT(fake_open(f), IK_OK);
	for (int k = 0; k < 5; k++) (void)fake_poll(f);
	CHECK_INT(left(rig), 2);
	CHECK_INT(fake_count(f), 4);
	CHECK(strstr(fake_message(f, 2)->set_aside, "larger than max_size") != NULL);
	CHECK_STR(fake_message(f, 2)->raw, "Subject: much\r\n\r\n");
	CHECK(strstr(fake_message(f, 3)->set_aside, "in 2 tries") != NULL);
	CHECK_STR(fake_message(f, 3)->raw, "Subject: mail 1\r\nMessage-ID: <1@example.net>\r\n\r\n");
	CHECK_INT(rig_logged(rig, "RETR 4"), 0);
	done(&f, &rig);
}

TEST(pop3_bounds_a_mail_that_does_not_end)
{
	struct rig *rig;
	struct fake *f = scripted(&rig);

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);
	rig_tell(rig, "{s:s, s:i, s:s}", "do", "fault", "mail", 1, "kind", "endless");
	fake_set(f, "max_size", "1M");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(fake_poll(f), IK_RETRY);
	CHECK_INT(fake_count(f), 0);
	CHECK(strstr(fake_error(f), "max_size") != NULL);
	done(&f, &rig);
}

static const struct { const char *row, *login, *mode, *says; enum ik_rc rc; size_t secrets; } doors[] = {
	{ "wrong password",          "no",   NULL,     "login: ", IK_CONFIG, 1 },
	{ "in use, come back",       "busy", NULL,     "login: ", IK_RETRY,  1 },
	{ "no STLS, not insecure",   "yes",  "strict", "TLS: ",   IK_CONFIG, 0 },
};
TEST(pop3_names_the_step_that_fails_and_keeps_the_password_to_itself)
{
	for (size_t i = 0; i < COUNT_OF(doors); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);

		test_row(doors[i].row);
		if (doors[i].mode != NULL) fake_set(f, "insecure", "no");
		rig_tell(rig, "{s:s, s:{s:s}}", "do", "switch", "set", "login", doors[i].login);
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(fake_test(f), doors[i].rc);
		CHECK(strncmp(fake_error(f), doors[i].says, strlen(doors[i].says)) == 0);
		CHECK(strstr(fake_error(f), "secret") == NULL);
		CHECK_INT(rig_logged(rig, "AUTH") + rig_logged(rig, "PASS"), doors[i].secrets);
		done(&f, &rig);
	}
}

TEST(pop3_logs_in_with_a_bearer_token)
{
	struct rig *rig = rig_start("pop3_script.py", NULL);
	struct fake *f = fake_new("pop3");

	rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);
	fake_set(f, "server", url("pop3", rig_port(rig, "port")));
	fake_set(f, "user", "anna");
	fake_set(f, "bearer", "ya29.FAKE");
	fake_set(f, "insecure", "yes");
	CHECK_INT(fake_open(f), IK_OK);
	CHECK_INT(polled(f), IK_OK);
	CHECK_INT(fake_count(f), 1);
	done(&f, &rig);
}

struct look { struct fake *f; enum ik_rc rc; };

static void *look_main(void *arg)
{
	struct look *look = arg;

	look->rc = fake_poll(look->f);
	return NULL;
}

static const struct { const char *row, *fault, *at; } stops[] = { { "waiting for a mail", "slow", "RETR" }, { "waiting for a farewell", NULL, "QUIT" } };
TEST(pop3_stops_without_waiting_for_the_server)
{
	for (size_t i = 0; i < COUNT_OF(stops); i++) {
		struct rig *rig;
		struct fake *f = scripted(&rig);
		struct look look = { .f = f, .rc = IK_FATAL };
		int64_t from_ms;
		pthread_t thread;

		test_row(stops[i].row);
		rig_tell(rig, "{s:s, s:i}", "do", "fill", "count", 1);
		if (stops[i].fault != NULL) rig_tell(rig, "{s:s, s:i, s:s}", "do", "fault", "mail", 1, "kind", stops[i].fault);
		rig_tell(rig, "{s:s, s:{s:s}}", "do", "switch", "set", "quit", "slow");
		CHECK_INT(fake_open(f), IK_OK);
		CHECK_INT(pthread_create(&thread, NULL, look_main, &look), 0);
		CHECK_SOON(rig_logged(rig, stops[i].at) > 0);
		from_ms = clock_mono_ms();
		fake_ask_stop(f);
		(void)pthread_join(thread, NULL);
		CHECK_INT(look.rc, IK_OK);
		CHECK_INT(fake_count(f), stops[i].fault == NULL);
		fake_free(&f);
		CHECK(clock_mono_ms() - from_ms < PATIENCE_MS);         /* the server takes two minutes, and may take one */
		rig_stop(&rig);
	}
}
