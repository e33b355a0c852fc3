/* smtp_peer.h - runs tests/system/smtp_peer.py for a unit test and reads its log. */
#ifndef TESTS_UNIT_SMTP_PEER_H
#define TESTS_UNIT_SMTP_PEER_H

#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/codec.h"
#include "test.h"

struct peer { pid_t pid; int port; char log[128], ca[128], server[64]; };

/* peer_start() - words: further arguments, NULL-terminated. dir: where its log and certificate go. */
static inline struct peer peer_start(const char *dir, const char *const *words)
{
	struct peer p = { .pid = -1 };
	const char *argv[40] = { "/usr/bin/python3", "tests/system/smtp_peer.py", "--dir", dir, "--log", p.log };
	posix_spawn_file_actions_t actions;
	int out[2], n = 6;
	char line[64] = "";
	FILE *in;

	(void)snprintf(p.log, sizeof(p.log), "%s/peer.log", dir);
	(void)snprintf(p.ca, sizeof(p.ca), "%s/ca.pem", dir);
	(void)unlink(p.log);
	for (; words != NULL && *words != NULL && n < 39; words++) argv[n++] = *words;
	if (pipe2(out, O_CLOEXEC) != 0) abort();
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, out[1], 1);
	if (posix_spawn(&p.pid, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environ) != 0) abort();
	posix_spawn_file_actions_destroy(&actions);
	close(out[1]);
	in = fdopen(out[0], "r");
	if (in == NULL || fgets(line, sizeof(line), in) == NULL || sscanf(line, "PORT %d", &p.port) != 1) abort();
	fclose(in);
	(void)snprintf(p.server, sizeof(p.server), "smtp://localhost:%d", p.port);
	return p;
}

static inline void peer_stop(struct peer *p)
{
	if (p->pid > 0) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
	}
	p->pid = -1;
}

/* peer_log() - all entries so far. */
static inline json_t *peer_log(const struct peer *p)
{
	json_t *entries = json_array();
	FILE *in = fopen(p->log, "r");
	char *line = NULL;
	size_t size = 0;

	while (in != NULL && getline(&line, &size, in) > 0) json_array_append_new(entries, json_loads(line, JSON_ALLOW_NUL, NULL));
	free(line);
	if (in != NULL) fclose(in);
	return entries;
}

/* peer_count() - entries that have the key (and, unless NULL, start with the text). */
static inline size_t peer_count(const struct peer *p, const char *key, const char *start)
{
	json_t *entries = peer_log(p), *e;
	size_t i, n = 0;

	json_array_foreach(entries, i, e) {
		const json_t *value = json_object_get(e, key);

		if (value == NULL || json_is_false(value)) continue;
		if (start == NULL || (json_is_string(value) && strncmp(json_string_value(value), start, strlen(start)) == 0)) n++;
	}
	json_decref(entries);
	return n;
}

/* peer_mail() - the bytes of the n-th mail that was taken; free() them; NULL when there is none. */
static inline char *peer_mail(const struct peer *p, size_t n, const char **to_r)
{
	static char to[256];
	json_t *entries = peer_log(p), *e;
	char *bytes = NULL;
	size_t i;

	json_array_foreach(entries, i, e) {
		const char *text = json_string_value(json_object_get(e, "data"));
		long len;

		if (text == NULL || !json_is_true(json_object_get(e, "mail")) || n-- > 0) continue;
		bytes = mem_new(strlen(text) + 1);
		len = base64_decode(text, strlen(text), (unsigned char *)bytes, strlen(text));
		bytes[len > 0 ? len : 0] = '\0';
		(void)snprintf(to, sizeof(to), "%s", json_string_value(json_object_get(e, "to")));
		if (to_r != NULL) *to_r = to;
		break;
	}
	json_decref(entries);
	return bytes;
}

#endif
