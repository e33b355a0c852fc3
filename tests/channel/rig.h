/* rig.h - starts one of the programs in tests/system/rig and talks to it: one line of JSON there, one back. Included by one test
 * file each, hence the bodies here. */
#ifndef TESTS_CHANNEL_RIG_H
#define TESTS_CHANNEL_RIG_H

#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../unit/test.h"

#define RIG __attribute__((unused)) static
#define RIG_ARGS 8

struct rig { pid_t pid; int in, out; json_t *ready; char line[1 << 20]; size_t len; };

/* The next line; fails the test when none comes. */
RIG json_t *rig_read(struct rig *rig)
{
	char *end;
	json_t *value;

	while ((end = memchr(rig->line, '\n', rig->len)) == NULL) {
		struct pollfd p = { .fd = rig->out, .events = POLLIN };
		ssize_t n;

		CHECK(poll(&p, 1, 2 * PATIENCE_MS) == 1);            /* a server may make its certificates first */
		n = read(rig->out, rig->line + rig->len, sizeof(rig->line) - rig->len);
		CHECK(n > 0);
		rig->len += (size_t)n;
	}
	value = json_loadb(rig->line, (size_t)(end - rig->line), 0, NULL);
	CHECK(value != NULL);
	rig->len -= (size_t)(end + 1 - rig->line);
	memmove(rig->line, end + 1, rig->len);
	return value;
}

/* rig_start() - script with its arguments (NULL ends them); returns when it says that it is ready. */
RIG struct rig *rig_start(const char *script, const char *const *args)
{
	struct rig *rig = mem_new(sizeof(*rig));
	char path[256];
	char *argv[RIG_ARGS + 3] = { mem_text("/usr/bin/python3"), path };
	int to[2], from[2];
	posix_spawn_file_actions_t files;

	(void)signal(SIGPIPE, SIG_IGN);
	(void)snprintf(path, sizeof(path), "tests/system/rig/%s", script);
	for (size_t i = 0; args != NULL && args[i] != NULL && i < RIG_ARGS; i++) argv[i + 2] = mem_text(args[i]);
	CHECK(pipe2(to, O_CLOEXEC) == 0 && pipe2(from, O_CLOEXEC) == 0);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, to[0], 0);
	posix_spawn_file_actions_adddup2(&files, from[1], 1);
	CHECK_INT(posix_spawn(&rig->pid, argv[0], &files, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&files);
	close(to[0]);
	close(from[1]);
	for (size_t i = 0; argv[i] != NULL; i++) if (i != 1) free(argv[i]);
	rig->in = to[1];
	rig->out = from[0];
	rig->ready = rig_read(rig);
	return rig;
}

/* rig_stop() - ends its input, on which it goes, and waits. */
RIG void rig_stop(struct rig **at)
{
	struct rig *rig = *at;

	close(rig->in);
	(void)waitpid(rig->pid, NULL, 0);
	close(rig->out);
	json_decref(rig->ready);
	free(rig);
	*at = NULL;
}

/* rig_do() - one command in the format of json_pack(); its result, to be released with json_decref(). */
RIG json_t *rig_do(struct rig *rig, const char *fmt, ...)
{
	va_list ap;
	json_t *command, *answer, *result;
	json_error_t why;
	char *text;

	va_start(ap, fmt);
	command = json_vpack_ex(&why, 0, fmt, ap);
	va_end(ap);
	CHECK(command != NULL);
	text = json_dumps(command, JSON_COMPACT);
	json_decref(command);
	CHECK(dprintf(rig->in, "%s\n", text) > 0);
	free(text);
	answer = rig_read(rig);
	CHECK_STR(json_string_value(json_object_get(answer, "error")), NULL);
	result = json_incref(json_object_get(answer, "result"));
	json_decref(answer);
	return result;
}

/* rig_tell() - the same where no result is wanted. */
#define rig_tell(...) json_decref(rig_do(__VA_ARGS__))

RIG const char *rig_text(const struct rig *rig, const char *key)
{
	return json_string_value(json_object_get(rig->ready, key));
}

RIG int rig_port(const struct rig *rig, const char *key)
{
	return (int)json_integer_value(json_object_get(rig->ready, key));
}

/* rig_logged() - how many lines of a scripted server's log hold this text. rig_place() - the first of them, -1 without one. */
RIG size_t rig_logged(struct rig *rig, const char *part)
{
	json_t *log = rig_do(rig, "{s:s}", "do", "log"), *line;
	size_t i, n = 0;

	json_array_foreach(log, i, line) n += strstr(json_string_value(line), part) != NULL;
	json_decref(log);
	return n;
}

#endif
