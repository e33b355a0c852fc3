/* test_control.c - the control socket: who may talk, what a line may be, and that nobody holds up anybody. */
#include "test.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "daemon/control.h"

static char path[300];
static _Atomic int slow_runs;
static _Atomic bool may_end;                    /* what the slow command waits for */

static enum ik_rc run_echo(void *arg, struct control_call *call, struct ik_error *err)
{
	(void)arg; (void)err;
	call->result = json_deep_copy(call->args);
	return IK_OK;
}

static enum ik_rc run_walk(void *arg, struct control_call *call, struct ik_error *err)
{
	(void)arg; (void)err;
	for (int i = 1; i <= 3; i++)
		if (!call->progress(call, json_pack("{s:i}", "step", i))) return IK_RETRY;
	call->result = json_string("there");
	return IK_OK;
}

static enum ik_rc run_fail(void *arg, struct control_call *call, struct ik_error *err)
{
	(void)arg; (void)call;
	return ik_fail(IK_REJECT, err, "no ticket \"7\"");
}

static enum ik_rc run_slow(void *arg, struct control_call *call, struct ik_error *err)
{
	(void)arg; (void)call; (void)err;
	slow_runs++;
	while (!may_end) (void)poll(NULL, 0, 5);
	(void)poll(NULL, 0, 300);
	return IK_OK;
}

static const struct control_command commands[] = { { "echo", run_echo }, { "walk", run_walk }, { "fail", run_fail }, { "slow", run_slow }, { NULL, NULL } };

static struct control_server *start_with(int64_t request_ms)
{
	struct control_server_setup setup = { .socket = path, .fd = -1, .request_ms = request_ms, .commands = commands };
	struct control_server *server = NULL;
	struct ik_error err = { "" };

	(void)snprintf(path, sizeof(path), "%s/control.sock", test_dir());
	CHECK_INT(control_server_new(&setup, &server, &err), IK_OK);
	return server;
}

static struct control_server *start(void)
{
	return start_with(4 * PATIENCE_MS);
}

static int dial(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, path, strlen(path) + 1);
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0) return fd;
	(void)close(fd);
	return -1;
}

/* What comes back until the peer closes or `lines` lines are there. */
static const char *hear(int fd, struct buf *b, size_t lines)
{
	for (;;) {
		char piece[4096];
		size_t have = 0;
		ssize_t got;

		for (size_t i = 0; i < b->len; i++) have += b->data[i] == '\n';
		if (have >= lines) break;
		got = read(fd, piece, sizeof(piece));
		if (got <= 0) break;
		(void)buf_add(b, piece, (size_t)got);
	}
	return buf_str(b);
}

static const struct { const char *row, *line, *answer; size_t lines; } talks[] = {
	{ "a result", "{\"command\":\"echo\",\"args\":{\"a\":1}}\n", "{\"ok\":true,\"result\":{\"a\":1}}\n", 1 },
	{ "no args are an empty object", "{\"command\":\"echo\"}\n", "{\"ok\":true,\"result\":{}}\n", 1 },
	{ "args of another type", "{\"command\":\"echo\",\"args\":[1]}\n", "{\"ok\":true,\"result\":{}}\n", 1 },
	{ "progress comes first", "{\"command\":\"walk\"}\n",
	  "{\"progress\":{\"step\":1}}\n{\"progress\":{\"step\":2}}\n{\"progress\":{\"step\":3}}\n{\"ok\":true,\"result\":\"there\"}\n", 4 },
	{ "a failure has its code and text", "{\"command\":\"fail\"}\n", "{\"ok\":false,\"code\":65,\"error\":\"no ticket \\\"7\\\"\"}\n", 1 },
	{ "unknown command", "{\"command\":\"ecko\"}\n", "{\"ok\":false,\"code\":64,\"error\":\"unknown command 'ecko'; did you mean 'echo'?\"}\n", 1 },
	{ "no command", "{}\n", "{\"ok\":false,\"code\":64,\"error\":\"the request names no command\"}\n", 1 },
	{ "two requests in one packet", "{\"command\":\"fail\"}\n{\"command\":\"echo\"}\n",
	  "{\"ok\":false,\"code\":65,\"error\":\"no ticket \\\"7\\\"\"}\n{\"ok\":true,\"result\":{}}\n", 2 },
};
TEST(control_answers_line_by_line)
{
	struct control_server *server = start();

	for (size_t i = 0; i < COUNT_OF(talks); i++) {
		struct buf b = BUF_INIT(65536);
		int fd = dial();

		test_row(talks[i].row);
		CHECK(write(fd, talks[i].line, strlen(talks[i].line)) > 0);
		CHECK_STR(hear(fd, &b, talks[i].lines), talks[i].answer);
		buf_release(&b);
		fd_close(&fd);
	}
	control_server_free(&server);
	CHECK(server == NULL);
	CHECK(access(path, F_OK) != 0);
}

static const struct { const char *row, *line; } nonsense[] = {
	{ "no JSON", "hello\n" }, { "duplicate keys", "{\"command\":\"echo\",\"command\":\"walk\"}\n" }, { "a number", "7\n" }, { "empty line", "\n" },
	{ "deep", "{\"command\":\"echo\",\"args\":{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}\n" },
};
TEST(control_answers_nonsense_with_a_usage_error)
{
	struct control_server *server = start();

	for (size_t i = 0; i < COUNT_OF(nonsense); i++) {
		struct buf b = BUF_INIT(65536);
		int fd = dial();

		test_row(nonsense[i].row);
		CHECK(write(fd, nonsense[i].line, strlen(nonsense[i].line)) > 0);
		CHECK(strncmp(hear(fd, &b, 1), "{\"ok\":false,\"code\":64,", 22) == 0);
		buf_release(&b);
		fd_close(&fd);
	}
	control_server_free(&server);
}

TEST(control_cuts_a_line_without_end_and_a_client_without_words)
{
	struct control_server *server = start_with(400);
	struct buf b = BUF_INIT(65536);
	char *much = mem_new(CONTROL_LINE_MAX + 4096);
	int silent = dial(), loud;

	CHECK_STR(hear(silent, &b, 1), "");     /* closed after request_ms */
	control_server_free(&server);
	server = start();
	loud = dial();

	memset(much, 'x', CONTROL_LINE_MAX + 4096);
	(void)send(loud, much, CONTROL_LINE_MAX + 4096, MSG_NOSIGNAL);
	CHECK(strstr(hear(loud, &b, 1), "longer than 4 MiB") != NULL);
	buf_release(&b);
	free(much);
	fd_close(&loud);
	fd_close(&silent);
	control_server_free(&server);
}

TEST(control_runs_commands_of_several_clients_at_once_and_bounds_their_number)
{
	struct control_server *server = start();
	int fds[CONTROL_CLIENTS_MAX + 1];
	struct buf b = BUF_INIT(65536);

	slow_runs = 0;
	may_end = false;
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		fds[i] = dial();
		CHECK(write(fds[i], "{\"command\":\"slow\"}\n", 19) == 19);
	}
	fds[CONTROL_CLIENTS_MAX] = dial();
	CHECK(strstr(hear(fds[CONTROL_CLIENTS_MAX], &b, 1), "too many clients") != NULL);
	CHECK_SOON(slow_runs == CONTROL_CLIENTS_MAX);           /* all at once */
	may_end = true;
	for (size_t i = 0; i <= CONTROL_CLIENTS_MAX; i++) {
		buf_clear(&b);
		if (i < CONTROL_CLIENTS_MAX) CHECK_STR(hear(fds[i], &b, 1), "{\"ok\":true,\"result\":null}\n");
		fd_close(&fds[i]);
	}
	buf_release(&b);
	control_server_free(&server);
}

TEST(control_stops_while_clients_are_connected_and_answers_what_is_under_way)
{
	struct control_server *server = start();
	struct buf b = BUF_INIT(65536);
	int busy = dial(), idle = dial();

	slow_runs = 0;
	may_end = true;
	CHECK(write(busy, "{\"command\":\"slow\"}\n", 19) == 19);
	CHECK_SOON(slow_runs > 0);
	control_server_free(&server);
	CHECK_STR(hear(busy, &b, 1), "{\"ok\":true,\"result\":null}\n");
	buf_release(&b);
	fd_close(&busy);
	fd_close(&idle);
}

/* The exit status of a child that talks as another user: 0 refused in words, 1 answered, 2 could not connect. */
static int talk_as(uid_t uid, gid_t gid)
{
	const pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		struct buf b = BUF_INIT(65536);
		int fd;

		if (setgid(gid) != 0 || setuid(uid) != 0) _exit(3);
		fd = dial();
		if (fd < 0) _exit(2);
		(void)send(fd, "{\"command\":\"echo\"}\n", 19, MSG_NOSIGNAL);
		_exit(strstr(hear(fd, &b, 1), "not allowed") != NULL ? 0 : strstr(buf_str(&b), "\"ok\":true") != NULL ? 1 : 4);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	return WEXITSTATUS(status);
}

TEST(control_lets_in_root_the_own_user_and_the_group_only)
{
	struct control_server_setup setup = { .socket = path, .group = "nogroup", .fd = -1, .commands = commands };
	struct control_server *server;
	struct ik_error err = { "" };
	struct stat st;

	if (geteuid() != 0) return;     /* only root can become others */
	server = start();
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK_INT(chmod(path, 0666) + chmod(test_dir(), 0755), 0);
	control_server_free(&server);

	server = start();
	*strrchr(path, '/') = '\0';
	CHECK_INT(chmod(path, 0755), 0);
	path[strlen(path)] = '/';
	CHECK_INT(talk_as(12345, 12345), 2);            /* mode 0600 keeps them out already */
	CHECK_INT(chmod(path, 0666), 0);
	CHECK_INT(talk_as(12345, 12345), 0);            /* and the credentials do when the mode does not */
	CHECK_INT(talk_as(0, 0), 1);
	control_server_free(&server);

	CHECK_INT(control_server_new(&setup, &server, &err), IK_OK);
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0660);
	CHECK_INT(talk_as(12345, 65534), 1);
	CHECK_INT(talk_as(12345, 12345), 2);
	control_server_free(&server);
	setup.group = "no-such-group-here";
	CHECK_INT(control_server_new(&setup, &server, &err), IK_CONFIG);
}

TEST(control_replaces_a_dead_socket_and_nothing_else)
{
	struct control_server *server = start(), *second = NULL;
	struct control_server_setup setup = { .socket = path, .fd = -1, .commands = commands };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct ik_error err = { "" };
	char far[200];
	FILE *file;
	int fd;

	CHECK_INT(control_server_new(&setup, &second, &err), IK_CONFIG);
	CHECK(strstr(err.text, "another program listens") != NULL);
	control_server_free(&server);

	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	memcpy(address.sun_path, path, strlen(path) + 1);
	CHECK_INT(bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	fd_close(&fd);
	CHECK_INT(control_server_new(&setup, &second, &err), IK_OK);
	control_server_free(&second);

	file = fopen(path, "w");
	CHECK(file != NULL);
	(void)fclose(file);
	CHECK_INT(control_server_new(&setup, &second, &err), IK_CONFIG);
	CHECK(access(path, F_OK) == 0);

	memset(far, 'a', sizeof(far));
	far[0] = '/';
	far[sizeof(far) - 1] = '\0';
	setup.socket = far;
	CHECK_INT(control_server_new(&setup, &second, &err), IK_CONFIG);
}

TEST(control_takes_a_socket_that_is_bound_already)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct control_server_setup setup = { .fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), .commands = commands };
	struct control_server *server = NULL;
	struct ik_error err = { "" };
	struct buf b = BUF_INIT(65536);
	int fd;

	(void)snprintf(path, sizeof(path), "%s/given.sock", test_dir());
	memcpy(address.sun_path, path, strlen(path) + 1);
	CHECK_INT(bind(setup.fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	CHECK_INT(listen(setup.fd, 4), 0);
	CHECK_INT(control_server_new(&setup, &server, &err), IK_OK);
	fd = dial();
	CHECK(write(fd, "{\"command\":\"echo\"}\n", 19) == 19);
	CHECK_STR(hear(fd, &b, 1), "{\"ok\":true,\"result\":{}}\n");
	fd_close(&fd);
	buf_release(&b);
	control_server_free(&server);
	CHECK(access(path, F_OK) == 0);         /* systemd's file, not ours to remove */
}
