/* test_smtp.c - one batch through a real sender process to a scripted SMTP server: every stage, every class of answer. */
#include "test.h"

#include <pthread.h>
#include <sys/stat.h>
#include <time.h>
#include "base/clock.h"
#include "outbox/outbox.h"
#include "outbox/smtp_session.h"
#include "smtp_peer.h"

/* The test program is its own sender process, as intaked is. */
__attribute__((constructor)) static void be_sender(int argc, char **argv) { smtp_sender_main(argc, argv); }

#define MAILS 5

struct seen { size_t marked; bool is_refusing; struct smtp_result results[1000]; int told[1000]; size_t most_ahead, done; struct smtp_session *session; };

static void on_grant(void *arg, struct smtp_session *session, size_t from, size_t upto)
{
	struct seen *seen = arg;

	CHECK_INT(from, seen->marked);
	seen->marked = upto;
	if (upto - seen->done > seen->most_ahead) seen->most_ahead = upto - seen->done;
	if (seen->is_refusing) smtp_session_stop(session);
	else smtp_session_go(session, upto);
}

static void on_results(void *arg, const size_t *index, const struct smtp_result *result, size_t count)
{
	struct seen *seen = arg;

	for (size_t i = 0; i < count; i++) {
		seen->results[index[i]] = result[i];
		seen->told[index[i]]++;
		seen->done++;
	}
}

static const char good[] = "From: desk@example.org\r\nTo: a@example.net\r\nSubject: Hello\r\nMessage-ID: <m@example.org>\r\nDate: Sun, 22 Nov 2026 16:00:00 +0000\r\n"
                           "MIME-Version: 1.0\r\n\r\nOne\r\n.\r\n..two\r\n";

static enum ik_rc send_some(const struct smtp_conf *conf, size_t count, struct seen *seen, struct ik_error *err)
{
	struct smtp_mail *mails = mem_new((count + 1) * sizeof(*mails));
	struct smtp_watch watch = { seen, on_grant, on_results };
	enum ik_rc rc;

	for (size_t i = 0; i < count; i++) mails[i] = (struct smtp_mail){ "", "a@example.net", good, sizeof(good) - 1 };
	rc = smtp_session_open(conf, mails, count, NULL, &seen->session, err);
	if (rc == IK_OK) rc = smtp_session_run(seen->session, &watch, err);
	smtp_session_close(&seen->session);
	free(mails);
	return rc;
}

static char *make_secret(const char *dir, const char *text)
{
	char *path = mem_format("%s/secret", dir);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	return path;
}

/* ---- what each answer means ------------------------------------------------------------------------------------------------ */

enum { S = SMTP_SENT, R = SMTP_RETRY, F = SMTP_FAILED, U = SMTP_UNCERTAIN };
static const struct { const char *row, *rule; enum ik_rc rc; int want[3]; int taken; } stages[] = {
	{ "all well",                        NULL,          IK_OK,    { S, S, S }, 3 },
	{ "421 at the greeting",             "greet=421",   IK_RETRY, { R, R, R }, 0 },
	{ "554 at the greeting",             "greet=554",   IK_RETRY, { R, R, R }, 0 },
	{ "hangs up instead of a greeting",  "greet=close", IK_RETRY, { R, R, R }, 0 },
	{ "421 at EHLO",                     "ehlo=421",    IK_RETRY, { R, R, R }, 0 },
	{ "550 at EHLO",                     "ehlo=550",    IK_RETRY, { R, R, R }, 0 },
	{ "450 at the first MAIL",           "mail=450@1",  IK_OK,    { R, S, S }, 2 },
	{ "550 at the first MAIL",           "mail=550@1",  IK_OK,    { F, S, S }, 2 },
	{ "530 at MAIL: our login is asked", "mail=530",    IK_CONFIG,{ R, R, R }, 0 },
	{ "421 at the second MAIL",          "mail=421@2",  IK_OK,    { S, R, R }, 1 },
	{ "hangs up at the second MAIL",     "mail=close@2",IK_OK,    { S, R, R }, 1 },
	{ "451 at RCPT",                     "rcpt=451@1",  IK_OK,    { R, S, S }, 2 },
	{ "550 at RCPT",                     "rcpt=550@2",  IK_OK,    { S, F, S }, 2 },
	{ "421 at RCPT",                     "rcpt=421@1",  IK_OK,    { R, R, R }, 0 },
	{ "451 at DATA",                     "data=451@1",  IK_OK,    { R, S, S }, 2 },
	{ "554 at DATA",                     "data=554@3",  IK_OK,    { S, S, F }, 2 },
	{ "hangs up at DATA",                "data=close@1",IK_OK,    { R, R, R }, 0 },
	{ "452 after the dot",               "dot=452@1",   IK_OK,    { R, S, S }, 2 },
	{ "554 after the dot",               "dot=554@1",   IK_OK,    { F, S, S }, 2 },
	{ "421 after the dot",               "dot=421@2",   IK_OK,    { S, R, R }, 1 },
	{ "takes it, then hangs up",         "dot=late@2",  IK_OK,    { S, U, R }, 2 },
	{ "drops it, then hangs up",         "dot=close@1", IK_OK,    { U, R, R }, 0 },
	{ "QUIT answered with nothing",      "quit=close",  IK_OK,    { S, S, S }, 3 },
};
TEST(each_answer_of_the_relay_decides_about_its_own_mail)
{
	for (size_t i = 0; i < COUNT_OF(stages); i++) {
		const char *words[] = { stages[i].rule != NULL ? "--rule" : NULL, stages[i].rule, NULL };
		struct peer peer = peer_start(test_dir(), words);
		struct smtp_conf conf = { .server = peer.server, .timeout = 20, .window = 2 };
		struct seen seen = { 0 };
		struct ik_error err = { 0 };

		test_row(stages[i].row);
		CHECK_INT(send_some(&conf, 3, &seen, &err), stages[i].rc);
		for (int m = 0; m < 3; m++) {
			CHECK_INT(seen.told[m], 1);
			CHECK_INT(seen.results[m].outcome, stages[i].want[m]);
		}
		CHECK_INT(peer_count(&peer, "mail", NULL), stages[i].taken);
		if (stages[i].rc != IK_OK) CHECK(err.text[0] != '\0');
		peer_stop(&peer);
	}
}

static void check_bytes(const char *const *words)
{
	struct peer peer = peer_start(test_dir(), words);
	struct smtp_conf conf = { .server = peer.server, .timeout = 20, .window = 2 };
	struct seen seen = { 0 };
	struct ik_error err = { 0 };
	char *mail;

	CHECK_INT(send_some(&conf, 1, &seen, &err), IK_OK);
	mail = peer_mail(&peer, 0, NULL);
	CHECK_STR(mail, good);
	free(mail);
	CHECK_INT(peer_count(&peer, "command", "MAIL FROM:<>"), 1);
	peer_stop(&peer);
}

TEST(bytes_arrive_as_they_were_written)
{
	static const char *const offers[][2] = { { NULL, NULL }, { "--chunking", NULL } };

	for (size_t i = 0; i < COUNT_OF(offers); i++) check_bytes(offers[i]);
}

static const struct { const char *row, *rule; int want[3]; size_t taken; } chunks[] = {
	{ "all well",                      NULL,         { S, S, S }, 3 },
	{ "550 at RCPT",                   "rcpt=550@1", { F, S, S }, 2 },
	{ "451 at RCPT",                   "rcpt=451@1", { R, S, S }, 2 },
	{ "452 after the last chunk",      "dot=452@1",  { R, S, S }, 2 },
	{ "554 after the last chunk",      "dot=554@2",  { S, F, S }, 2 },
	{ "takes it, then hangs up",       "dot=late@2", { S, U, R }, 2 },
};
TEST(a_relay_with_chunking_is_judged_the_same)
{
	for (size_t i = 0; i < COUNT_OF(chunks); i++) {
		const char *words[] = { "--chunking", chunks[i].rule != NULL ? "--rule" : NULL, chunks[i].rule, NULL };
		struct peer peer = peer_start(test_dir(), words);
		struct smtp_conf conf = { .server = peer.server, .timeout = 20, .window = 2 };
		struct seen seen = { 0 };
		struct ik_error err = { 0 };

		test_row(chunks[i].row);
		(void)send_some(&conf, 3, &seen, &err);
		for (int m = 0; m < 3; m++) CHECK_INT(seen.results[m].outcome, chunks[i].want[m]);
		CHECK_INT(peer_count(&peer, "mail", NULL), chunks[i].taken);
		peer_stop(&peer);
	}
}

TEST(nothing_of_a_mail_goes_out_as_whole_without_the_mark_even_with_chunking)
{
	const char *words[] = { "--chunking", NULL };
	struct peer peer = peer_start(test_dir(), words);
	struct smtp_conf conf = { .server = peer.server, .timeout = 20, .window = 2 };
	struct seen seen = { .is_refusing = true };
	struct ik_error err = { 0 };

	(void)send_some(&conf, 3, &seen, &err);
	CHECK_INT(peer_count(&peer, "data", NULL), 0);
	peer_stop(&peer);
}

TEST(not_more_than_the_window_is_marked_ahead)
{
	struct peer peer = peer_start(test_dir(), NULL);
	struct smtp_conf conf = { .server = peer.server, .timeout = 20, .window = 16 };
	struct seen seen = { 0 };
	struct ik_error err = { 0 };

	CHECK_INT(send_some(&conf, 200, &seen, &err), IK_OK);
	CHECK_INT(seen.done, 200);
	CHECK_INT(seen.marked, 200);
	CHECK(seen.most_ahead <= 16);
	CHECK_INT(peer_count(&peer, "connection", "open"), 1);
	peer_stop(&peer);
}

TEST(nothing_goes_out_without_the_mark)
{
	struct peer peer = peer_start(test_dir(), NULL);
	struct smtp_conf conf = { .server = peer.server, .timeout = 20, .window = 2 };
	struct seen seen = { .is_refusing = true };
	struct ik_error err = { 0 };

	(void)send_some(&conf, 3, &seen, &err);
	for (int m = 0; m < 3; m++) CHECK_INT(seen.results[m].outcome, SMTP_RETRY);
	CHECK_INT(peer_count(&peer, "data", NULL), 0);
	peer_stop(&peer);
}

/* ---- time ------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *row, *rule; int want; } stalls[] = {
	{ "greeting", "greet=stall", SMTP_RETRY },
	{ "MAIL",     "mail=stall",  SMTP_RETRY },
	{ "RCPT",     "rcpt=stall",  SMTP_RETRY },
	{ "dot",      "dot=stall",   SMTP_UNCERTAIN },
};
/* What becomes of so many mails at a relay that is waited for a second. */
static struct seen seen_from(const char *const *words, size_t count)
{
	struct peer peer = peer_start(test_dir(), words);
	const struct smtp_conf conf = { .server = peer.server, .timeout = 1, .window = 16 };
	struct seen seen = { 0 };
	struct ik_error err = { 0 };

	(void)send_some(&conf, count, &seen, &err);
	peer_stop(&peer);
	return seen;
}

TEST(a_stalling_relay_ends_at_the_time_limit)
{
	for (size_t i = 0; i < COUNT_OF(stalls); i++) {
		const char *words[] = { "--rule", stalls[i].rule, NULL };
		struct seen seen;

		test_row(stalls[i].row);
		for (int tries = 5; tries > 0; tries--) {       /* a second is short: a busy machine may be late before the stall */
			const int64_t start = clock_mono_ms();

			seen = seen_from(words, 1);
			CHECK(clock_mono_ms() - start < PATIENCE_MS);
			if (seen.results[0].outcome != SMTP_RETRY) break;
			if (stalls[i].want == SMTP_RETRY) break;
		}
		CHECK_INT(seen.results[0].outcome, stalls[i].want);
	}
}

TEST(a_mail_without_an_answer_is_uncertain_and_the_rest_is_not)
{
	const char *words[] = { "--rule", "dot=stall@2", NULL };
	struct seen seen = seen_from(words, 4);

	for (int tries = 4; tries > 0 && seen.results[1].outcome == SMTP_RETRY; tries--) seen = seen_from(words, 4);    /* late before the stall */
	CHECK_INT(seen.results[0].outcome, SMTP_SENT);
	CHECK_INT(seen.results[1].outcome, SMTP_UNCERTAIN);
	CHECK_INT(seen.results[2].outcome, SMTP_RETRY);
	CHECK_INT(seen.results[3].outcome, SMTP_RETRY);
}

struct killer { struct seen *seen; const struct peer *peer; };

/* Waits until the relay has the second mail whole, and kills the sender process. */
static void *kill_sender(void *arg)
{
	const struct killer *k = arg;

	const int64_t until_ms = clock_mono_ms() + PATIENCE_MS;

	while (peer_count(k->peer, "data", NULL) < 2 && test_waits(until_ms)) ;
	smtp_session_kill(k->seen->session);
	return NULL;
}

TEST(a_killed_sender_leaves_uncertain_only_what_was_announced)
{
	const char *words[] = { "--rule", "dot=stall@2", NULL };
	struct peer peer = peer_start(test_dir(), words);
	const struct smtp_mail mail = { "", "a@example.net", good, sizeof(good) - 1 }, mails[] = { mail, mail, mail, mail };
	const struct smtp_conf conf = { .server = peer.server, .timeout = 300, .window = 16 };
	struct seen seen = { 0 };
	const struct smtp_watch watch = { &seen, on_grant, on_results };
	struct killer killer = { &seen, &peer };
	struct ik_error err = { 0 };
	pthread_t thread;

	CHECK_INT(smtp_session_open(&conf, mails, 4, NULL, &seen.session, &err), IK_OK);
	CHECK_INT(pthread_create(&thread, NULL, kill_sender, &killer), 0);
	CHECK_INT(smtp_session_run(seen.session, &watch, &err), IK_RETRY);
	pthread_join(thread, NULL);
	smtp_session_close(&seen.session);
	CHECK_INT(seen.results[0].outcome, SMTP_SENT);
	CHECK_INT(seen.results[1].outcome, SMTP_UNCERTAIN);
	CHECK_INT(seen.results[2].outcome, SMTP_RETRY);
	CHECK_INT(seen.results[3].outcome, SMTP_RETRY);
	peer_stop(&peer);
}

/* ---- TLS and login ------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *row, *name, *options[4];
	const char *scheme, *secret;
	bool starttls, trusts, bearer;
	enum ik_rc rc;
	int outcome; size_t logins;
} logins[] = {
	{ "STARTTLS, right name",       "localhost",   { NULL },           "smtp",  "hunter2", true,  true,  false, IK_OK,     SMTP_SENT,  1 },
	{ "STARTTLS, wrong name",       "other.test",  { NULL },           "smtp",  "hunter2", true,  true,  false, IK_CONFIG, SMTP_RETRY, 0 },
	{ "STARTTLS, unknown CA",       "localhost",   { NULL },           "smtp",  "hunter2", true,  false, false, IK_CONFIG, SMTP_RETRY, 0 },
	{ "STARTTLS not offered",       NULL,          { "--plain-auth" }, "smtp",  "hunter2", true,  false, false, IK_CONFIG, SMTP_RETRY, 0 },
	{ "no TLS, login configured",   NULL,          { "--plain-auth" }, "smtp",  "hunter2", false, false, false, IK_CONFIG, SMTP_RETRY, 0 },
	{ "wrong password",             "localhost",   { NULL },           "smtp",  "hunter3", true,  true,  false, IK_CONFIG, SMTP_RETRY, 2 },      /* PLAIN, then LOGIN */
	{ "454 at AUTH",                "localhost",   { "--rule", "auth=454" }, "smtp", "hunter2", true, true, false, IK_RETRY, SMTP_RETRY, 2 },
	{ "STARTTLS, TLS 1.3 only",     "localhost",   { "--tls13" },      "smtp",  "hunter2", true,  true,  false, IK_OK,     SMTP_SENT,  1 },
	{ "TLS 1.3 only, wrong name",   "other.test",  { "--tls13" },      "smtp",  "hunter2", true,  true,  false, IK_CONFIG, SMTP_RETRY, 0 },
	{ "no mechanism in common",     "localhost",   { "--mechanisms", "GSSAPI" }, "smtp", "hunter2", true, true, false, IK_CONFIG, SMTP_RETRY, 0 },
	{ "implicit TLS",               "localhost",   { "--implicit" },   "smtps", "hunter2", true,  true,  false, IK_OK,     SMTP_SENT,  1 },
	{ "implicit TLS, wrong name",   "other.test",  { "--implicit" },   "smtps", "hunter2", true,  true,  false, IK_CONFIG, SMTP_RETRY, 0 },
	{ "implicit TLS, wrong password","localhost",  { "--implicit" },   "smtps", "hunter3", true,  true,  false, IK_CONFIG, SMTP_RETRY, 1 },
	{ "XOAUTH2 over STARTTLS",      "localhost",   { NULL },           "smtp",  "hunter2", true,  true,  true,  IK_OK,     SMTP_SENT,  1 },
	{ "XOAUTH2, wrong token",       "localhost",   { NULL },           "smtp",  "hunter3", true,  true,  true,  IK_CONFIG, SMTP_RETRY, 1 },
	{ "XOAUTH2, wrong name",        "other.test",  { NULL },           "smtp",  "hunter2", true,  true,  true,  IK_CONFIG, SMTP_RETRY, 0 },
	{ "XOAUTH2, TLS not offered",   NULL,          { "--plain-auth" }, "smtp",  "hunter2", true,  false, true,  IK_CONFIG, SMTP_RETRY, 0 },
};
TEST(credentials_go_only_to_the_right_relay_over_tls)
{
	for (size_t i = 0; i < COUNT_OF(logins); i++) {
		const char *dir = test_dir();
		const char *words[12] = { "--user", "desk", "--secret", "hunter2" };
		char *secret = make_secret(dir, logins[i].secret), *server;
		struct seen seen = { 0 };
		struct ik_error err = { 0 };
		struct peer peer;
		int n = 4;

		test_row(logins[i].row);
		if (logins[i].name != NULL) { words[n++] = "--tls"; words[n++] = logins[i].name; }
		for (int o = 0; o < 4 && logins[i].options[o] != NULL; o++) words[n++] = logins[i].options[o];
		peer = peer_start(dir, words);
		server = mem_format("%s://localhost:%d", logins[i].scheme, peer.port);
		{
			struct smtp_conf conf = { .server = server, .timeout = 20, .window = 4, .user = mem_text("desk"), .starttls = logins[i].starttls,
			                          .ca_file = logins[i].trusts ? peer.ca : NULL };

			if (logins[i].bearer) conf.bearer = secret;
			else conf.password = secret;
			CHECK_INT(send_some(&conf, 1, &seen, &err), logins[i].rc);
			if (seen.told[0] > 0) CHECK_INT(seen.results[0].outcome, logins[i].outcome);
			CHECK_INT(peer_count(&peer, "auth", NULL), logins[i].logins);
			CHECK_INT(peer_count(&peer, "mail", NULL), logins[i].outcome == SMTP_SENT);
			CHECK(strstr(err.text, "hunter") == NULL);
			free(conf.user);
		}
		peer_stop(&peer);
		free(server);
		free(secret);
	}
}

static const struct { const char *row, *rule; enum ik_rc rc; int want[3]; } curl_stages[] = {
	{ "all well",                "auth=235",    IK_OK,    { S, S, S } },
	{ "550 at the first MAIL",   "mail=550@1",  IK_OK,    { F, S, S } },
	{ "451 at RCPT",             "rcpt=451@2",  IK_OK,    { S, R, S } },
	{ "550 at RCPT",             "rcpt=550@1",  IK_OK,    { F, S, S } },
	{ "451 at DATA",             "data=451@1",  IK_OK,    { R, S, S } },
	{ "452 after the dot",       "dot=452@1",   IK_OK,    { R, S, S } },
	{ "554 after the dot",       "dot=554@1",   IK_OK,    { F, S, S } },
	{ "takes it, then hangs up", "dot=late@2",  IK_OK,    { S, U, S } },
	{ "hangs up at DATA",        "data=close@1",IK_RETRY, { R, R, R } },
};
TEST(the_second_back_end_keeps_the_same_rules)
{
	for (size_t i = 0; i < COUNT_OF(curl_stages); i++) {
		const char *dir = test_dir();
		const char *words[] = { "--user", "desk", "--secret", "hunter2", "--tls", "localhost", "--implicit", "--rule", curl_stages[i].rule, NULL };
		char *secret = make_secret(dir, "hunter2\n"), user[] = "desk";
		struct peer peer = peer_start(dir, words);
		char *server = mem_format("smtps://localhost:%d", peer.port);
		struct smtp_conf conf = { .server = server, .timeout = 20, .window = 2, .user = user, .password = secret, .ca_file = peer.ca };
		struct seen seen = { 0 };
		struct ik_error err = { 0 };

		test_row(curl_stages[i].row);
		CHECK_INT(send_some(&conf, 3, &seen, &err), curl_stages[i].rc);
		for (int m = 0; m < 3; m++) {
			CHECK_INT(seen.told[m], 1);
			CHECK_INT(seen.results[m].outcome, curl_stages[i].want[m]);
		}
		peer_stop(&peer);
		free(server);
		free(secret);
	}
}

/* ---- what never reaches a library ------------------------------------------------------------------------------------------- */

static const struct { const char *row, *to; const char *body; size_t len; } gates[] = {
	{ "CR LF in the recipient",  "a@example.net>\r\nRCPT TO:<b@example.net", "x\r\n", 3 },
	{ "space in the recipient",  "a@example.net SIZE=1", "x\r\n", 3 },
	{ "bare LF in the body",     "a@example.net", "x\n.\n", 4 },
	{ "NUL in the body",         "a@example.net", "x\0\r\n", 4 },
};
TEST(a_bad_mail_never_reaches_the_sender)
{
	struct peer peer = peer_start(test_dir(), NULL);
	struct smtp_conf conf = { .server = peer.server, .timeout = 20, .window = 2 };

	for (size_t i = 0; i < COUNT_OF(gates); i++) {
		struct buf b = BUF_INIT(1000);
		struct smtp_session *session = NULL;
		struct ik_error err = { 0 };

		test_row(gates[i].row);
		buf_text(&b, "From: a@b.c\r\n\r\n");
		buf_add(&b, gates[i].body, gates[i].len);
		CHECK_INT(smtp_session_open(&conf, &(struct smtp_mail){ "", gates[i].to, b.data, b.len }, 1, NULL, &session, &err), IK_REJECT);
		CHECK(session == NULL);
		buf_release(&b);
	}
	CHECK_INT(peer_count(&peer, "connection", NULL), 0);
	peer_stop(&peer);
}
