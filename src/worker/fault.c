/* fault.c - see fault.h. */
#include "worker/fault.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/mem.h"

#define HEADER "X-Test-Crash: "
#define LOOK_AT 4096

static void die_segv(int sock) { (void)sock; (void)signal(SIGSEGV, SIG_DFL); (void)raise(SIGSEGV); _exit(1); }
static void die_hang(int sock) { (void)sock; for (;;) (void)poll(NULL, 0, 1000); }
static void die_spin(int sock) { (void)sock; for (volatile unsigned n = 0; ; n++) ; }
static void die_exit(int sock) { (void)sock; _exit(3); }
static void die_exec(int sock) { char *const argv[] = { NULL }; (void)sock; (void)execve("/bin/true", argv, argv); _exit(4); }
static void say_garbage(int sock) { (void)!write(sock, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", 40); }

static void die_memory(int sock)
{
	(void)sock;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	abort();                                /* no limit on address space in these builds */
#endif
	for (;;) memset(mem_new(1 << 20), 1, 1 << 20);
}

static const struct { const char *kind; void (*act)(int sock); } faults[] = {
	{ "segv", die_segv }, { "hang", die_hang }, { "spin", die_spin }, { "memory", die_memory }, { "exit", die_exit }, { "exec", die_exec },
	{ "garbage", say_garbage },
};

/* The word behind the header line, "" when there is none. */
static void wanted_fault(const struct mail_source *source, char *word_r, size_t size)
{
	char start[LOOK_AT + 1];
	ssize_t len = (ssize_t)(source->size < LOOK_AT ? source->size : LOOK_AT);
	const char *at;

	word_r[0] = '\0';
	if (source->data != NULL) memcpy(start, source->data, (size_t)len);
	else len = pread(source->fd, start, LOOK_AT, 0);
	if (len <= 0) return;
	start[len] = '\0';
	at = strstr(start, HEADER);
	if (at == NULL) return;
	at += strlen(HEADER);
	(void)snprintf(word_r, size, "%.*s", (int)strcspn(at, "\r\n"), at);
}

bool fault_obey(const struct mail_source *source, int attempt, int sock)
{
	char word[32], *once;

	wanted_fault(source, word, sizeof(word));
	once = strstr(word, "-once");
	if (once != NULL && attempt > 1) return false;
	if (once != NULL) *once = '\0';
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		if (strcmp(word, faults[i].kind) != 0) continue;
		faults[i].act(sock);
		return true;
	}
	return false;
}
