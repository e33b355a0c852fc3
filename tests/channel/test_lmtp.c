/* test_lmtp.c - a mail server that talks to channels/lmtp.c hears 250 for what is stored and for nothing else. */
#include "fake_host.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "../unit/test.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"

static char socket_path[128];

static struct fake *start(const char *const *settings)
{
	struct fake *f = fake_new("lmtp");
	char where[160];

	(void)snprintf(socket_path, sizeof(socket_path), "%s/lmtp", test_dir());
	(void)snprintf(where, sizeof(where), "unix:%s", socket_path);
	fake_set(f, "listen", where);
	for (; settings != NULL && settings[0] != NULL; settings += 2) fake_set(f, settings[0], settings[1]);
	test_check_int(fake_open(f), IK_OK, fake_error(f), __FILE__, __LINE__);
	fake_start(f);
	return f;
}

static void finish(struct fake **f)
{
	CHECK_INT(fake_stop(*f), IK_OK);
	CHECK_STR(fake_problem(*f), "");
	fake_free(f);
}

static int dial(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(a.sun_path, socket_path, strlen(socket_path));
	CHECK_INT(connect(fd, (const struct sockaddr *)&a, sizeof(a)), 0);
	return fd;
}

static void say_bytes(int fd, const void *data, size_t len)
{
	CHECK_INT(send(fd, data, len, MSG_NOSIGNAL), (ssize_t)len);
}

static void say(int fd, const char *line)
{
	say_bytes(fd, line, strlen(line));
	say_bytes(fd, "\r\n", 2);
}

/* One whole reply, its last line without CRLF in line_r; "" at the end of the connection, "(silence)" after timeout_ms. */
static void hear_within(int fd, char line_r[1024], int timeout_ms)
{
	size_t len = 0;

	line_r[0] = '\0';
	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };

		if (poll(&p, 1, timeout_ms) == 0) { (void)snprintf(line_r, 1024, "(silence)"); return; }
		if (len >= 1023 || recv(fd, line_r + len, 1, 0) != 1) { line_r[0] = '\0'; return; }
		line_r[++len] = '\0';
		if (line_r[len - 1] != '\n') continue;
		line_r[len >= 2 ? len - 2 : 0] = '\0';
		if (len > 4 && line_r[3] == '-') { len = 0; continue; }
		return;
	}
}

static void check_heard(int fd, const char *want, const char *file, int line)
{
	char got[1024];

	hear_within(fd, got, PATIENCE_MS);
	if (strncmp(got, want, strlen(want)) != 0 || (want[0] == '\0' && got[0] != '\0')) test_check_str(got, want, "reply", file, line);
}
#define HEAR(fd, want) check_heard((fd), (want), __FILE__, __LINE__)

static int dial_and_greet(void)
{
	const int fd = dial();

	HEAR(fd, "220 ");
	say(fd, "LHLO client.example");
	HEAR(fd, "250 ENHANCEDSTATUSCODES");
	return fd;
}

/* For a place that has only just become free: the server says so as soon as it has noticed. */
static int dial_until_greeted(void)
{
	const int64_t until_ms = clock_mono_ms() + PATIENCE_MS;
	char line[1024];

	for (;;) {
		int fd = dial();

		hear_within(fd, line, PATIENCE_MS);
		if (strncmp(line, "220 ", 4) == 0) return fd;
		fd_close(&fd);
		if (!test_waits(until_ms)) test_check_str(line, "220 ", "greeting", __FILE__, __LINE__);
	}
}

static void envelope(int fd, const char *const *recipients)
{
	say(fd, "MAIL FROM:<sender@mail.example>");
	HEAR(fd, "250 2.1.0");
	for (; *recipients != NULL; recipients++) {
		char line[256];

		(void)snprintf(line, sizeof(line), "RCPT TO:<%s>", *recipients);
		say(fd, line);
		HEAR(fd, "250 2.1.5");
	}
	say(fd, "DATA");
	HEAR(fd, "354 ");
}

static const char *const one[] = { "care@shop.example", NULL };

/* Lines after LHLO: what is said, and how the answer begins. */
static const struct { const char *row, *said[8], *heard[8]; } talks[] = {
	{ "a plain envelope", { "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "RSET", "NOOP", "QUIT" }, { "250 2.1.0", "250 2.1.5", "250 2.0.0", "250 2.0.0", "221 2.0.0" } },
	{ "lower case, spaces", { "mail from: <a@b.example>  ", "rcpt to: <c@d.example>" }, { "250", "250" } },
	{ "null sender", { "MAIL FROM:<>", "RCPT TO:<>" }, { "250", "501 5.1.3" } },
	{ "source route", { "MAIL FROM:<@x.example,@y.example:a@b.example>" }, { "250" } },
	{ "quoted local part", { "MAIL FROM:<\"a > b\"@b.example>" }, { "250" } },
	{ "known parameters", { "MAIL FROM:<a@b.example> SIZE=1000 BODY=8BITMIME SMTPUTF8" }, { "250" } },
	{ "SIZE beyond the limit", { "MAIL FROM:<a@b.example> SIZE=26214401" }, { "552 5.3.4" } },
	{ "SIZE at the limit", { "MAIL FROM:<a@b.example> SIZE=26214400" }, { "250" } },
	{ "SIZE of 30 digits", { "MAIL FROM:<a@b.example> SIZE=111111111111111111111111111111" }, { "501 5.5.4" } },
	{ "SIZE that overflows", { "MAIL FROM:<a@b.example> SIZE=99999999999999999999" }, { "552 5.3.4" } },
	{ "SIZE is no number", { "MAIL FROM:<a@b.example> SIZE=-1" }, { "501 5.5.4" } },
	{ "binary body", { "MAIL FROM:<a@b.example> BODY=BINARYMIME" }, { "501 5.5.4" } },
	{ "unknown parameter", { "MAIL FROM:<a@b.example> RET=FULL", "MAIL FROM:<a@b.example>" }, { "555 5.5.4", "250" } },
	{ "unknown RCPT parameter", { "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example> NOTIFY=NEVER" }, { "250", "555 5.5.4" } },
	{ "UTF-8 without SMTPUTF8", { "MAIL FROM:<用户@例子.example>", "MAIL FROM:<用户@例子.example> SMTPUTF8", "RCPT TO:<客服@例子.example>" }, { "553 5.6.7", "250", "250" } },
	{ "UTF-8 recipient alone", { "MAIL FROM:<a@b.example>", "RCPT TO:<客服@例子.example>" }, { "250", "553 5.6.7" } },
	{ "not UTF-8", { "MAIL FROM:<\xff@b.example> SMTPUTF8" }, { "500 5.5.2" } },
	{ "no brackets", { "MAIL FROM:a@b.example", "MAIL FROM a@b.example", "MAIL" }, { "501 5.5.4", "501 5.5.4", "501 5.5.4" } },
	{ "bracket inside", { "MAIL FROM:<a@b.example>x", "MAIL FROM:<a<b@c.example>", "MAIL FROM:<a b@c.example>" }, { "501", "501", "501" } },
	{ "no domain", { "MAIL FROM:<a>", "MAIL FROM:<@b>", "MAIL FROM:<a@>" }, { "501 5.1.7", "501 5.1.7", "501 5.1.7" } },
	{ "order", { "RCPT TO:<c@d.example>", "DATA", "MAIL FROM:<a@b.example>", "MAIL FROM:<a@b.example>", "DATA" }, { "503", "503", "250", "503", "503" } },
	{ "DATA with words", { "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA now" }, { "250", "250", "501" } },
	{ "not LMTP", { "HELO x", "EHLO x", "STARTTLS", "BDAT 3 LAST", "", "\x01" }, { "500 5.5.1", "500 5.5.1", "500 5.5.1", "500 5.5.1", "500", "500 5.5.2" } },
	{ "VRFY tells nothing", { "VRFY root" }, { "252" } },
	{ "LHLO without name", { "LHLO" }, { "501" } },
};

TEST(commands_are_answered_by_the_book)
{
	struct fake *f = start(NULL);

	for (size_t i = 0; i < COUNT_OF(talks); i++) {
		int fd = dial_and_greet();

		test_row(talks[i].row);
		for (size_t k = 0; k < COUNT_OF(talks[i].said) && talks[i].said[k] != NULL; k++) {
			say(fd, talks[i].said[k]);
			HEAR(fd, talks[i].heard[k]);
		}
		fd_close(&fd);
	}
	CHECK_INT(fake_count(f), 0);
	finish(&f);
}

TEST(mail_before_lhlo_is_refused)
{
	struct fake *f = start(NULL);
	int fd = dial();

	HEAR(fd, "220 ");
	say(fd, "MAIL FROM:<a@b.example>");
	HEAR(fd, "503 5.5.1");
	fd_close(&fd);
	finish(&f);
}

/* What is sent after 354, and the message that comes out; the end is always a proper one and one command follows. */
static const struct { const char *row, *wire, *message; } contents[] = {
	{ "plain lines",               "A: b\r\n\r\nhello\r\n.\r\n",            "A: b\r\n\r\nhello\r\n" },
	{ "stuffed dots",              "..\r\n...x\r\n..y\r\n.\r\n",            ".\r\n..x\r\n.y\r\n" },
	{ "dot with text unstuffed",   ".x\r\n.\r\n",                           "x\r\n" },
	{ "LF dot LF is content",      "a\n.\nMAIL FROM:<x@y>\r\n.\r\n",        "a\n.\nMAIL FROM:<x@y>\r\n" },
	{ "LF dot CRLF is content",    "a\n.\r\nb\r\n.\r\n",                    "a\n.\r\nb\r\n" },
	{ "CRLF dot LF is content",    "a\r\n.\nb\r\n.\r\n",                    "a\r\n\nb\r\n" },
	{ "CRLF dot LF dot CRLF",      "a\r\n.\n.\r\nb\r\n.\r\n",              "a\r\n\n.\r\nb\r\n" },
	{ "CRLF dot CR is content",    "a\r\n.\rb\r\n.\r\n",                    "a\r\n\rb\r\n" },
	{ "CR dot CR is content",      "a\r.\rb\r\n.\r\n",                      "a\r.\rb\r\n" },
	{ "CRLF dot CR CR LF",         "a\r\n.\r\r\nb\r\n.\r\n",                "a\r\n\r\r\nb\r\n" },
	{ "CR CR LF dot CRLF",         "a\r\r\n.\r\n",                          "a\r\r\n" },
	{ "bare CR at the end",        "a\rb\r\n.\r\n",                         "a\rb\r\n" },
	{ "eight bits",                "\xc3\xa9\xff\x80\r\n.\r\n",             "\xc3\xa9\xff\x80\r\n" },
	{ "only a line end",           "\r\n.\r\n",                             "\r\n" },
};

TEST(content_ends_only_at_crlf_dot_crlf_and_arrives_unchanged)
{
	for (size_t chunk = 0; chunk < 2; chunk++) {
		struct fake *f = start(NULL);

		for (size_t i = 0; i < COUNT_OF(contents); i++) {
			int fd = dial_and_greet();

			test_row(contents[i].row);
			envelope(fd, one);
			if (chunk == 0) say_bytes(fd, contents[i].wire, strlen(contents[i].wire));
			else for (const char *c = contents[i].wire; *c != '\0'; c++) { say_bytes(fd, c, 1); (void)poll(NULL, 0, 1); }
			HEAR(fd, "250 2.6.0 <care@shop.example>");
			say(fd, "NOOP");
			HEAR(fd, "250 2.0.0");
			CHECK_INT(fake_count(f), i + 1);
			CHECK_STR(fake_message(f, i)->raw, contents[i].message);
			CHECK_INT(fake_message(f, i)->raw_size, strlen(contents[i].message));
			fd_close(&fd);
		}
		finish(&f);
	}
}

TEST(a_message_carries_its_envelope_and_no_invented_key)
{
	struct fake *f = start(NULL);
	int fd = dial_and_greet();

	envelope(fd, one);
	say(fd, "Subject: x\r\n\r\ny\r\n.");
	HEAR(fd, "250");
	CHECK_INT(fake_message(f, 0)->form, IK_FORM_MAIL);
	CHECK_STR(fake_message(f, 0)->recipient, "care@shop.example");
	CHECK_STR(fake_message(f, 0)->envelope_from, "sender@mail.example");
	CHECK_STR(fake_message(f, 0)->source_id, NULL);
	CHECK(!fake_message(f, 0)->was_fd);
	say(fd, "MAIL FROM:<>");
	HEAR(fd, "250");
	say(fd, "RCPT TO:<care@shop.example>");
	HEAR(fd, "250");
	say(fd, "DATA");
	HEAR(fd, "354");
	say(fd, "Subject: bounce\r\n\r\ny\r\n.");
	HEAR(fd, "250");
	CHECK_STR(fake_message(f, 1)->envelope_from, "");
	fd_close(&fd);
	finish(&f);
}

TEST(no_recipient_hears_250_before_its_commit)
{
	struct fake *f = start(NULL);
	int fd = dial_and_greet();
	char line[1024];

	fake_hold(f, true);
	envelope(fd, one);
	say(fd, "Subject: x\r\n\r\ny\r\n.");
	CHECK(fake_wait_waiting(f, 1));
	hear_within(fd, line, 200);
	CHECK_STR(line, "(silence)");
	fake_hold(f, false);
	HEAR(fd, "250 2.6.0");
	fd_close(&fd);
	finish(&f);
}

TEST(each_recipient_hears_its_own_outcome)
{
	static const char *const four[] = { "a@shop.example", "b@shop.example", "c@shop.example", "d@shop.example", NULL };
	struct fake *f = start(NULL);
	int fd = dial_and_greet();

	fake_answer(f, IK_OK, NULL);
	fake_answer(f, IK_RETRY, "store is busy");
	fake_answer(f, IK_REJECT, "could not be read");
	fake_answer(f, IK_FATAL, "disk is broken");
	envelope(fd, four);
	say(fd, "Subject: x\r\n\r\ny\r\n.");
	HEAR(fd, "250 2.6.0 <a@shop.example>");
	HEAR(fd, "451 4.3.0 <b@shop.example>");
	HEAR(fd, "250 2.6.0 <c@shop.example>");
	HEAR(fd, "451 4.3.0 <d@shop.example>");
	CHECK_INT(fake_count(f), 4);
	CHECK(fake_logged(f, "store is busy"));
	fd_close(&fd);
	finish(&f);
}

static void send_large(int fd, size_t size)
{
	char line[64];

	memset(line, 'x', sizeof(line));
	memcpy(line + 62, "\r\n", 2);
	say_bytes(fd, "Subject: large\r\n\r\n", 18);
	for (size_t at = 0; at < size; at += sizeof(line)) say_bytes(fd, line, sizeof(line));
	say_bytes(fd, ".\r\n", 3);
}

TEST(a_large_message_goes_by_way_of_a_file_and_a_too_large_one_is_refused)
{
	static const char *const set[] = { "max_size", "1M", NULL };
	struct fake *f = start(set);
	int fd = dial_and_greet();

	envelope(fd, one);
	send_large(fd, 600 * 1024);
	HEAR(fd, "250 2.6.0");
	CHECK(fake_message(f, 0)->was_fd);
	CHECK_INT(fake_message(f, 0)->raw_size, 18 + 600 * 1024);
	CHECK_STR(fake_message(f, 0)->raw + 18 + 600 * 1024 - 4, "xx\r\n");
	envelope(fd, one);
	send_large(fd, 1200 * 1024);
	HEAR(fd, "552 5.3.4");
	CHECK_INT(fake_refused(f), 1);
	CHECK_STR(fake_refusal(f, 0), "too large: care@shop.example");
	CHECK_INT(fake_count(f), 1);
	say(fd, "NOOP");
	HEAR(fd, "250");
	fd_close(&fd);
	finish(&f);
}

TEST(only_wanted_recipients_are_taken)
{
	static const char *const set[] = { "recipients", "care@shop.example", "recipients", "@help.example", NULL };
	static const struct { const char *line, *reply; } rows[] = {
		{ "RCPT TO:<care@shop.example>", "250" }, { "RCPT TO:<CARE@Shop.Example>", "250" }, { "RCPT TO:<any@help.example>", "250" },
		{ "RCPT TO:<root@shop.example>", "550 5.1.1" }, { "RCPT TO:<x@sub.help.example>", "550 5.1.1" },
	};
	struct fake *f = start(set);
	int fd = dial_and_greet();

	say(fd, "MAIL FROM:<a@b.example>");
	HEAR(fd, "250");
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		test_row(rows[i].line);
		say(fd, rows[i].line);
		HEAR(fd, rows[i].reply);
	}
	CHECK_INT(fake_refused(f), 2);
	fd_close(&fd);
	finish(&f);
}

TEST(more_than_a_hundred_recipients_wait_for_the_next_message)
{
	struct fake *f = start(NULL);
	int fd = dial_and_greet();

	say(fd, "MAIL FROM:<a@b.example>");
	HEAR(fd, "250");
	for (int i = 0; i < 102; i++) {
		char line[64];

		(void)snprintf(line, sizeof(line), "RCPT TO:<r%d@shop.example>", i);
		say(fd, line);
		HEAR(fd, i < 100 ? "250" : "452 4.5.3");
	}
	say(fd, "DATA");
	HEAR(fd, "354");
	say(fd, "Subject: x\r\n\r\ny\r\n.");
	for (int i = 0; i < 100; i++) HEAR(fd, "250 2.6.0");
	CHECK_INT(fake_count(f), 100);
	fd_close(&fd);
	finish(&f);
}

TEST(a_pipelined_session_is_answered_in_order)
{
	static const char all[] = "LHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<bad\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: 1\r\n\r\n1\r\n.\r\n"
		"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: 2\r\n\r\n2\r\n.\r\nQUIT\r\n";
	static const char *const replies[] = { "220", "250", "250 2.1.0", "501", "250 2.1.5", "354", "250 2.6.0", "250 2.1.0", "250 2.1.5", "354", "250 2.6.0", "221", "" };
	struct fake *f = start(NULL);
	int fd = dial();

	say_bytes(fd, all, sizeof(all) - 1);
	for (size_t i = 0; i < COUNT_OF(replies); i++) HEAR(fd, replies[i]);
	CHECK_INT(fake_count(f), 2);
	CHECK_STR(fake_message(f, 1)->raw, "Subject: 2\r\n\r\n2\r\n");
	fd_close(&fd);
	finish(&f);
}

TEST(a_connection_cut_in_the_middle_stores_nothing)
{
	static const char *const set[] = { "connections", "1", NULL };
	struct fake *f = start(set);
	int fd = dial_and_greet();

	envelope(fd, one);
	say(fd, "Subject: half\r\n\r\nsome text");
	fd_close(&fd);
	fd = dial_until_greeted();                              /* the first one is over */
	fd_close(&fd);
	CHECK_INT(fake_count(f) + fake_waiting(f), 0);
	finish(&f);
}

TEST(long_lines_bare_line_ends_and_floods_are_answered_not_obeyed)
{
	struct fake *f = start(NULL);
	int fd = dial_and_greet();
	char flood[9000];

	memset(flood, 'a', sizeof(flood));
	say_bytes(fd, flood, sizeof(flood));
	say(fd, "");
	HEAR(fd, "500 5.5.2 line too long");
	say_bytes(fd, "NOOP\n", 5);
	HEAR(fd, "500 5.5.2");
	say_bytes(fd, "NOOP\rNOOP\r\n", 11);
	HEAR(fd, "500 5.5.2");
	for (int i = 0; i < 17; i++) {
		say(fd, "WHAT");
		HEAR(fd, "500 5.5.1");
	}
	say(fd, "WHAT");
	HEAR(fd, "500");
	HEAR(fd, "421 4.7.0");
	HEAR(fd, "");
	fd_close(&fd);
	fd = dial_and_greet();
	for (int i = 0; i < 199; i++) {
		say(fd, "NOOP");
		HEAR(fd, "250");
	}
	say(fd, "NOOP");
	HEAR(fd, "250");
	HEAR(fd, "421 4.7.0");
	fd_close(&fd);
	finish(&f);
}

TEST(a_dripping_client_is_cut_at_an_absolute_deadline)
{
	static const char *const set[] = { "timeout", "1s", NULL };
	struct fake *f = start(set);
	int fd = dial();
	const int64_t until_ms = clock_mono_ms() + PATIENCE_MS;
	char line[1024];

	HEAR(fd, "220 ");
	do {
		(void)send(fd, "N", 1, MSG_NOSIGNAL);
		hear_within(fd, line, 50);
	} while (strcmp(line, "(silence)") == 0 && test_waits(until_ms));
	CHECK(strncmp(line, "421 4.4.2", 9) == 0);
	fd_close(&fd);
	finish(&f);
}

TEST(too_many_connections_are_told_to_come_again)
{
	static const char *const set[] = { "connections", "2", NULL };
	struct fake *f = start(set);
	int a = dial_and_greet(), b = dial_and_greet(), c = dial();

	HEAR(c, "421 4.3.2");
	HEAR(c, "");
	fd_close(&a);
	fd_close(&c);
	c = dial_until_greeted();
	fd_close(&b);
	fd_close(&c);
	finish(&f);
}

TEST(stopping_says_421_but_answers_for_what_was_committed)
{
	struct fake *f = start(NULL);
	int idle = dial_and_greet(), busy = dial_and_greet(), half = dial_and_greet();

	fake_hold(f, true);
	envelope(busy, one);
	say(busy, "Subject: x\r\n\r\ny\r\n.");
	envelope(half, one);
	say(half, "Subject: half");
	CHECK(fake_wait_waiting(f, 1));
	fake_ask_stop(f);
	HEAR(idle, "421 4.3.2");
	HEAR(half, "421 4.3.2");
	CHECK(fake_is_running(f));
	fake_hold(f, false);
	HEAR(busy, "250 2.6.0");
	HEAR(busy, "421 4.3.2");
	CHECK_SOON(!fake_is_running(f));
	CHECK_INT(fake_count(f), 1);
	fd_close(&idle);
	fd_close(&busy);
	fd_close(&half);
	fake_free(&f);
}

static const struct { const char *row, *where; enum ik_rc rc; } places[] = {
	{ "any address",        "0.0.0.0:8024",      IK_CONFIG },
	{ "any v6 address",     "[::]:8024",         IK_CONFIG },
	{ "public address",     "192.0.2.1:8024",    IK_CONFIG },
	{ "mapped v6",          "[::ffff:192.0.2.1]:8024", IK_CONFIG },
	{ "a name",             "localhost:8024",    IK_CONFIG },
	{ "no port",            "127.0.0.1",         IK_CONFIG },
	{ "port 0",             "127.0.0.1:0",       IK_CONFIG },
	{ "port too large",     "127.0.0.1:70000",   IK_CONFIG },
	{ "port with a tail",   "127.0.0.1:8024x",   IK_CONFIG },
	{ "relative path",      "unix:lmtp",         IK_CONFIG },
	{ "folder is missing",  "unix:/nonexistent/lmtp", IK_CONFIG },
	{ "empty",              "",                  IK_CONFIG },
};

TEST(nothing_but_loopback_and_unix_sockets_is_listened_on)
{
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		struct fake *f = fake_new("lmtp");

		test_row(places[i].row);
		fake_set(f, "listen", places[i].where);
		CHECK_INT(fake_open(f), places[i].rc);
		CHECK(fake_error(f)[0] != '\0');
		fake_free(&f);
	}
}

static int free_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK_INT(bind(fd, (const struct sockaddr *)&a, sizeof(a)), 0);
	CHECK_INT(getsockname(fd, (struct sockaddr *)&a, &size), 0);
	fd_close(&fd);
	return ntohs(a.sin_port);
}

/* Somebody else may take a port that was free a moment ago; then the next one does. */
static struct fake *open_at_free_port(int *port_r)
{
	for (int tries = 20;; tries--) {
		struct fake *f = fake_new("lmtp");
		char where[64];

		*port_r = free_port();
		(void)snprintf(where, sizeof(where), "127.0.0.1:%d", *port_r);
		fake_set(f, "listen", where);
		if (fake_open(f) == IK_OK) return f;
		CHECK(tries > 0);
		fake_free(&f);
	}
}

TEST(a_loopback_port_serves_as_well)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int port, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct fake *f = open_at_free_port(&port);

	fake_start(f);
	a.sin_port = htons((uint16_t)port);
	CHECK_INT(connect(fd, (const struct sockaddr *)&a, sizeof(a)), 0);
	HEAR(fd, "220 ");
	fd_close(&fd);
	finish(&f);
}

TEST(the_socket_file_is_for_owner_and_group_and_an_old_one_is_replaced)
{
	struct fake *f = start(NULL), *second = fake_new("lmtp");
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct stat st;
	char where[160];
	int fd;

	CHECK_INT(stat(socket_path, &st), 0);
	CHECK_INT(st.st_mode & 07777, 0660);
	(void)snprintf(where, sizeof(where), "unix:%s", socket_path);
	fake_set(second, "listen", where);
	CHECK_INT(fake_open(second), IK_CONFIG);                /* served by the first */
	finish(&f);
	CHECK(stat(socket_path, &st) != 0);
	memcpy(a.sun_path, socket_path, strlen(socket_path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);    /* left behind by a crash */
	CHECK_INT(bind(fd, (const struct sockaddr *)&a, sizeof(a)), 0);
	fd_close(&fd);
	CHECK_INT(fake_open(second), IK_OK);
	fake_free(&second);
	fd = open(socket_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	fd_close(&fd);
	second = fake_new("lmtp");
	fake_set(second, "listen", where);
	CHECK_INT(fake_open(second), IK_CONFIG);                /* a plain file is not ours to remove */
	CHECK_INT(stat(socket_path, &st), 0);
	fake_free(&second);
}
