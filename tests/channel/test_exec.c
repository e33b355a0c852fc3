/* test_exec.c - a program behind channels/exec.c hears "taken" for what is stored; whatever else it does stays its own trouble. */
#include "fake_host.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../unit/test.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"

static char folder[128];

/* A shell script $folder/program with this body; it runs with OUT=$folder/out. */
static struct fake *prepare(const char *body)
{
	struct fake *f = fake_new("exec");
	char path[256];
	int fd;

	(void)snprintf(folder, sizeof(folder), "%s", test_dir());
	(void)snprintf(path, sizeof(path), "%s/program", folder);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
	CHECK(fd >= 0 && dprintf(fd, "#!/bin/sh\n%s\n", body) > 0);
	fd_close(&fd);
	fake_set(f, "command", path);
	fake_set(f, "command", "an argument");
	(void)snprintf(path, sizeof(path), "%s/out", folder);
	fake_set(f, "environment.OUT", path);
	return f;
}

static struct fake *start(const char *body)
{
	struct fake *f = prepare(body);

	test_check_int(fake_open(f), IK_OK, fake_error(f), __FILE__, __LINE__);
	fake_start(f);
	return f;
}

/* What the program wrote to $OUT, once it holds part; "" when it never does. */
static const char *out_with(const char *part)
{
	static char text[65536];
	const int64_t until_ms = clock_mono_ms() + PATIENCE_MS;
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/out", folder);
	do {
		struct buf b = BUF_INIT(sizeof(text) - 1);

		text[0] = '\0';
		if (file_read(path, &b, NULL) == IK_OK) (void)snprintf(text, sizeof(text), "%s", buf_str(&b));
		buf_release(&b);
		if (strstr(text, part) != NULL) return text;
	} while (test_waits(until_ms));
	return "";
}

static void finish(struct fake **f)
{
	CHECK_INT(fake_stop(*f), IK_OK);
	CHECK_STR(fake_problem(*f), "");
	fake_free(f);
}

#define KEEP_ANSWERS "\ncat >\"$OUT\""

TEST(a_message_comes_through_whole_and_is_answered_after_its_commit)
{
	struct fake *f = prepare("echo '{\"id\":\"7\",\"text\":\"坏了 broken\",\"subject\":\"s\",\"from\":\"a@b.example\",\"name\":\"王\",\"language\":\"zh\","
		"\"sent_at\":\"2026-11-22T08:00:00Z\",\"order_number\":\"o-1\",\"conversation\":\"c9\",\"attachments\":[{\"name\":\"a.txt\",\"content_type\":\"text/plain\",\"base64\":\"aGVsbG8=\"}]}'" KEEP_ANSWERS);
	const struct fake_message *m;

	CHECK_INT(fake_open(f), IK_OK);
	fake_hold(f, true);
	fake_start(f);
	CHECK(fake_wait_waiting(f, 1));
	(void)poll(NULL, 0, 100);
	CHECK_STR(out_with(""), "");
	fake_hold(f, false);
	CHECK_STR(out_with("\n"), "{\"taken\":\"7\",\"number\":\"202611-001\",\"code\":\"7Q4M-2XK9-0000-0001\",\"text\":\"We have received your message.\"}\n");
	m = fake_message(f, 0);
	CHECK_INT(m->form, IK_FORM_PLAIN);
	CHECK_STR(m->source_id, "7");
	CHECK_STR(m->text, "坏了 broken");
	CHECK_STR(m->subject, "s");
	CHECK_STR(m->sender, "a@b.example");
	CHECK_STR(m->sender_type, "email");
	CHECK_STR(m->sender_name, "王");
	CHECK_STR(m->language, "zh");
	CHECK_STR(m->order_number, "o-1");
	CHECK_STR(m->conversation, "c9");
	CHECK(!m->sender_verified);
	CHECK_INT(m->sent_at, 1795334400);
	CHECK_INT(m->part_count, 1);
	CHECK_STR(m->parts[0].name, "a.txt");
	CHECK_STR(m->parts[0].data, "hello");
	CHECK(strncmp(m->raw, "{\"id\":\"7\"", 9) == 0);
	finish(&f);
}

/* One line, and why it is set aside; id: the one its answer names, NULL for none. */
static const struct { const char *row, *line, *id, *why; } bad[] = {
	{ "no JSON",             "hello",                                            NULL, "" },
	{ "half an object",      "{\"id\":\"1\",\"text\":\"x\"",                     NULL, "" },
	{ "two values",          "{\"id\":\"1\",\"text\":\"x\"} {}",                 NULL, "" },
	{ "an array",            "[1]",                                              NULL, "a line is one JSON object" },
	{ "no id",               "{\"text\":\"x\"}",                                 NULL, "id: a text" },
	{ "id is a number",      "{\"id\":1,\"text\":\"x\"}",                        NULL, "id: a text" },
	{ "empty id",            "{\"id\":\"\",\"text\":\"x\"}",                     NULL, "id: a text" },
	{ "key twice",           "{\"id\":\"1\",\"id\":\"2\",\"text\":\"x\"}",       NULL, "" },
	{ "no text",             "{\"id\":\"1\"}",                                   "1",  "text is missing" },
	{ "text is a list",      "{\"id\":\"1\",\"text\":[]}",                       "1",  "text: a text is expected" },
	{ "text is null",        "{\"id\":\"1\",\"text\":null}",                     "1",  "text: a text is expected" },
	{ "unknown key",         "{\"id\":\"1\",\"text\":\"x\",\"txet\":\"y\"}",     "1",  "unknown key \"txet\"" },
	{ "type without sender", "{\"id\":\"1\",\"text\":\"x\",\"from_type\":\"p\"}", "1", "from_type says the kind of from" },
	{ "time that is none",   "{\"id\":\"1\",\"text\":\"x\",\"sent_at\":\"now\"}", "1", "sent_at: " },
	{ "time is a fraction",  "{\"id\":\"1\",\"text\":\"x\",\"sent_at\":1.5}",    "1",  "sent_at: " },
	{ "attachments no list", "{\"id\":\"1\",\"text\":\"x\",\"attachments\":{}}", "1",  "attachments: " },
	{ "attachment no object", "{\"id\":\"1\",\"text\":\"x\",\"attachments\":[3]}", "1", "attachment: " },
	{ "attachment unknown key", "{\"id\":\"1\",\"text\":\"x\",\"attachments\":[{\"base64\":\"\",\"path\":\"/etc/passwd\"}]}", "1", "attachment: " },
	{ "base64 broken",       "{\"id\":\"1\",\"text\":\"x\",\"attachments\":[{\"base64\":\"a*b\"}]}", "1", "attachment: base64" },
	{ "not UTF-8",           "{\"id\":\"1\",\"text\":\"\\377\"}",                NULL, "" },
};

TEST(a_line_that_cannot_be_read_is_set_aside_as_it_came)
{
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		char body[1024], want[64];
		struct fake *f;

		test_row(bad[i].row);
		(void)snprintf(body, sizeof(body), "printf '%s\\n'\necho '{\"id\":\"next\",\"text\":\"good\"}'%s", bad[i].line, KEEP_ANSWERS);
		f = start(body);
		CHECK(fake_wait(f, 2));
		CHECK(fake_message(f, 0)->set_aside != NULL && strstr(fake_message(f, 0)->set_aside, bad[i].why) != NULL);
		CHECK_STR(fake_message(f, 0)->source_id, bad[i].id);
		CHECK(fake_message(f, 0)->raw_size > 2);
		CHECK_STR(fake_message(f, 1)->source_id, "next");
		if (bad[i].id != NULL) (void)snprintf(want, sizeof(want), "{\"refused\":\"%s\",\"why\":\"", bad[i].id);
		else (void)snprintf(want, sizeof(want), "{\"refused\":null,\"why\":\"");
		CHECK(strncmp(out_with("\"taken\":\"next\""), want, strlen(want)) == 0);
		finish(&f);
	}
}

TEST(a_sender_without_a_kind_gets_the_one_it_looks_like)
{
	struct fake *f = start("echo '{\"id\":\"1\",\"text\":\"x\",\"from\":\"+86 138 0013 8000\"}'\necho '{\"id\":\"2\",\"text\":\"y\",\"from\":\"u1\"}'" KEEP_ANSWERS);

	CHECK(out_with("\"taken\":\"2\"")[0] != '\0');
	CHECK_STR(fake_message(f, 0)->sender_type, "phone");
	CHECK_STR(fake_message(f, 1)->sender_type, "other");
	finish(&f);
}

TEST(each_outcome_has_its_answer)
{
	struct fake *f = prepare("for i in 1 2 3; do echo \"{\\\"id\\\":\\\"$i\\\",\\\"text\\\":\\\"x\\\"}\"; done" KEEP_ANSWERS);
	const char *out;

	fake_answer(f, IK_OK, NULL);
	fake_answer(f, IK_REJECT, "too many \"quotes\"");
	fake_answer(f, IK_RETRY, "busy");
	CHECK_INT(fake_open(f), IK_OK);
	fake_start(f);
	out = out_with("\"retry\"");
	CHECK(strstr(out, "{\"taken\":\"1\",") != NULL);
	CHECK(strstr(out, "{\"refused\":\"2\",\"why\":\"too many \\\"quotes\\\"\"}") != NULL);
	CHECK(strstr(out, "{\"retry\":\"3\"}") != NULL);
	finish(&f);
}

TEST(what_is_sent_again_after_a_failure_is_taken)
{
	struct fake *f = prepare("m='{\"id\":\"1\",\"text\":\"x\"}'; echo \"$m\"; while read -r l; do echo \"$l\" >>\"$OUT\"; case $l in *retry*) echo \"$m\";; esac; done");

	fake_strict(f);
	fake_answer(f, IK_RETRY, "busy");
	CHECK_INT(fake_open(f), IK_OK);
	fake_start(f);
	CHECK(out_with("{\"taken\":\"1\",")[0] != '\0');
	finish(&f);
}

TEST(a_program_that_keeps_ending_is_restarted_later_and_later_then_given_back)
{
	struct fake *f = start("echo \"{\\\"id\\\":\\\"$$\\\",\\\"text\\\":\\\"x\\\"}\"\nexit 3");

	CHECK_SOON(!fake_is_running(f));
	CHECK_INT(fake_stop(f), IK_RETRY);
	CHECK(strstr(fake_error(f), "/program ended with status 3") != NULL);
	CHECK_INT(fake_count(f), 5);
	CHECK_INT(fake_slept_ms(f), 1000 + 2000 + 4000 + 8000);
	CHECK(fake_logged(f, "ended with status 3; started again in 8 s"));
	fake_free(&f);
}

TEST(a_line_left_unfinished_and_answers_left_unread_end_the_program)
{
	static const struct { const char *row, *body; } rows[] = {
		{ "half a line",    "printf '{\"id\":'; sleep 100" },
		{ "a dripping line", "while :; do printf x; sleep 0.1; done" },
		{ "unread answers", "i=0; while [ $i -lt 5000 ]; do echo \"{\\\"id\\\":\\\"$i\\\",\\\"text\\\":\\\"x\\\"}\"; i=$((i+1)); done; sleep 100" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct fake *f = prepare(rows[i].body);

		test_row(rows[i].row);
		fake_set(f, "timeout", "1s");
		CHECK_INT(fake_open(f), IK_OK);
		fake_start(f);
		CHECK_SOON(fake_logged(f, "was stuck for 1 s"));
		(void)fake_stop(f);             /* IK_RETRY when it was stuck five times meanwhile */
		CHECK_STR(fake_problem(f), "");
		fake_free(&f);
	}
}

TEST(a_line_beyond_one_mebibyte_is_refused_and_the_next_one_taken)
{
	struct fake *f = start("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo '{\"id\":\"n\",\"text\":\"x\"}'" KEEP_ANSWERS);

	CHECK(strstr(out_with("\"taken\":\"n\""), "{\"refused\":null,\"why\":\"line is longer than 1 MiB\"}\n") != NULL);
	CHECK_INT(fake_refused(f), 1);
	CHECK_INT(fake_count(f), 1);
	finish(&f);
}

TEST(no_more_than_the_backlog_is_under_way)
{
	struct fake *f = prepare("i=0; while [ $i -lt 50 ]; do echo \"{\\\"id\\\":\\\"$i\\\",\\\"text\\\":\\\"x\\\"}\"; i=$((i+1)); done" KEEP_ANSWERS);

	fake_set(f, "backlog", "5");
	CHECK_INT(fake_open(f), IK_OK);
	fake_hold(f, true);
	fake_start(f);
	CHECK(fake_wait_waiting(f, 5));
	(void)poll(NULL, 0, 200);
	CHECK_INT(fake_waiting(f), 5);
	fake_hold(f, false);
	CHECK(fake_wait(f, 50));
	CHECK(out_with("\"taken\":\"49\"")[0] != '\0');
	finish(&f);
}

/* A zombie that waits for somebody else's wait() is not alive. */
static bool is_alive(const char *pid_text)
{
	struct buf stat = BUF_INIT(4096);
	char path[64];
	bool alive;

	(void)snprintf(path, sizeof(path), "/proc/%ld/stat", strtol(pid_text, NULL, 10));
	alive = file_read(path, &stat, NULL) == IK_OK && strstr(buf_str(&stat), ") Z ") == NULL;
	buf_release(&stat);
	return alive;
}

TEST(stopping_ends_the_program_and_all_it_started)
{
	struct fake *f = start("trap '' TERM\n(trap '' TERM; sleep 1000) & echo $! >\"$OUT\"; echo $$ >>\"$OUT\"; echo end >>\"$OUT\"; sleep 1000");
	const int64_t start_ms = clock_mono_ms();
	char pids[128];

	(void)snprintf(pids, sizeof(pids), "%s", out_with("end"));
	CHECK(is_alive(pids) && is_alive(strchr(pids, '\n') + 1));
	finish(&f);
	CHECK(clock_mono_ms() - start_ms < PATIENCE_MS);
	CHECK_SOON(!is_alive(pids) && !is_alive(strchr(pids, '\n') + 1));
}

TEST(stopping_gives_the_program_its_last_answers)
{
	struct fake *f = prepare("trap '' TERM\necho '{\"id\":\"last\",\"text\":\"x\"}'" KEEP_ANSWERS);      /* it may take its time */

	CHECK_INT(fake_open(f), IK_OK);
	fake_hold(f, true);
	fake_start(f);
	CHECK(fake_wait_waiting(f, 1));
	fake_ask_stop(f);
	(void)poll(NULL, 0, 100);
	fake_hold(f, false);
	CHECK(out_with("\"taken\":\"last\"")[0] != '\0');
	fake_free(&f);
}

TEST(the_program_starts_in_a_clean_environment_without_a_shell)
{
	struct fake *f;
	const char *out;

	(void)setenv("SECRET_OF_THE_DAEMON", "1", 1);
	f = start("{ env; echo \"arg=$1\"; pwd; ls -l /proc/self/fd; echo end; } >\"$OUT\"; sleep 100");
	out = out_with("end");
	CHECK(strstr(out, "SECRET") == NULL);
	CHECK(strstr(out, "OUT=/") != NULL && strstr(out, "LANG=C.UTF-8") != NULL && strstr(out, "PATH=/usr") != NULL);
	CHECK(strstr(out, "arg=an argument\n/\n") != NULL);
	CHECK(strstr(out, " 4 ->") == NULL);                    /* 0-2, and ls's own */
	finish(&f);
}

TEST(stderr_goes_to_the_log_cleaned_and_in_measure)
{
	struct fake *f = start("i=0; while [ $i -lt 100 ]; do printf 'line %s \\033[31mred\\n' $i >&2; i=$((i+1)); done; echo '{\"id\":\"1\",\"text\":\"x\"}'" KEEP_ANSWERS);

	CHECK(fake_wait(f, 1));
	CHECK_SOON(fake_logged(f, "program: line 19"));
	CHECK(fake_logged(f, "program: line 0 [31mred"));
	CHECK(!fake_logged(f, "program: line 20"));
	CHECK(!fake_logged(f, "\033"));
	finish(&f);
}

static const struct { const char *row, *command; mode_t mode; const char *says; } commands[] = {
	{ "relative path",          "program", 0,   "not an absolute path" },
	{ "missing",                "/nonexistent/program", 0, "look at" },
	{ "a folder",               "/usr/bin", 0,  "no program" },
	{ "no program",             "", 0600,       "no program" },
	{ "group may write",        "", 0770,       "can be changed by group or others" },
	{ "others may write",       "", 0707,       "can be changed by group or others" },
};

TEST(a_command_that_others_could_change_is_not_started)
{
	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		struct fake *f = fake_new("exec");
		char path[256];

		test_row(commands[i].row);
		(void)snprintf(path, sizeof(path), "%s/program", test_dir());
		if (commands[i].command[0] == '\0') {
			int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);

			CHECK_INT(fchmod(fd, commands[i].mode), 0);
			fd_close(&fd);
		}
		fake_set(f, "command", commands[i].command[0] != '\0' ? commands[i].command : path);
		CHECK_INT(fake_open(f), IK_CONFIG);
		CHECK(strstr(fake_error(f), commands[i].says) != NULL);
		fake_free(&f);
	}
}

TEST(a_folder_that_others_could_change_counts_as_well)
{
	struct fake *f = prepare("exit 0");

	CHECK_INT(chmod(folder, 0777), 0);
	CHECK_INT(fake_open(f), IK_CONFIG);
	CHECK(strstr(fake_error(f), "can be changed by group or others") != NULL);
	fake_free(&f);
}
