/* control.h - the Unix socket that intakectl talks to.
 *
 * Protocol: the client writes one JSON line {"command": "list", "args": {...}}; the answer is any number of lines {"progress": {...}}, then one
 * {"ok": true, "result": ...} or {"ok": false, "code": 75, "error": "..."} with a code of sysexits.h. Then the next request may follow.
 *
 * Files go with a request as descriptors (SCM_RIGHTS) beside its first byte: whoever asks opens them with rights of his own.
 *
 * Who may: root, the daemon's own user, members of one group. The kernel tells who the peer is (SO_PEERCRED, SO_PEERGROUPS); anybody else gets
 * one refusal and a log line.
 *
 * Threads: one that accepts, and one per client while it lasts (at most CONTROL_CLIENTS_MAX), so that a long command holds nobody up. Commands
 * therefore run on several threads at once. Lines, clients and times are bounded. */
#ifndef DAEMON_CONTROL_H
#define DAEMON_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <jansson.h>
#include <intaked/error.h>

#define CONTROL_CLIENTS_MAX 16
#define CONTROL_LINE_MAX (4 * 1024 * 1024)      /* bytes of a request; answers are bounded by what the commands read */
#define CONTROL_FILES_MAX 32                    /* that come with one request */
#define CONTROL_NAME_SIZE 80

/* One command under way. A command sets result (a new reference) and returns IK_OK, or returns another code with err filled. code: which
 * sysexits value to answer with; 0 chooses by the returned code. */
struct control_call {
	const json_t *args;             /* an object, maybe empty */
	const int *files;               /* plain files that came with the request, open for reading from wherever they stand; closed behind the command */
	size_t file_count;
	uid_t uid;                      /* who asks */
	json_t *result;
	int code;
	/* progress() - one {"progress": ...} line at once; takes value. false: the client has gone or the daemon
	 * stops: a long command should end. */
	bool (*progress)(struct control_call *call, json_t *value);
	void *core;
};

struct control_command { const char *name; enum ik_rc (*run)(void *arg, struct control_call *call, struct ik_error *err); };

struct control_server_setup {
	const char *socket;             /* path to bind; not used with fd */
	const char *group;              /* NULL: only root and the own user */
	int fd;                         /* already bound and listening (socket activation), -1 to bind; taken over and closed at the end */
	int64_t request_ms;             /* a request has to be complete, and an answer taken, within this time; 0: 10 s */
	const struct control_command *commands;         /* ends with name NULL; borrowed until free */
	void *arg;                      /* of every command */
};

struct control_server;
/* control_server_new() - binds (mode 0600, or 0660 for the group) and starts. A socket that nobody listens on any more is replaced; one that
 * answers is IK_CONFIG: another daemon has it. */
enum ik_rc control_server_new(const struct control_server_setup *setup, struct control_server **server_r, struct ik_error *err);
/* control_server_free() - lets no more in, waits for commands that are under way, removes the socket it bound. */
void control_server_free(struct control_server **server);

/* control_operator() - "operator:NAME" of who asks, for the history. */
void control_operator(const struct control_call *call, char name_r[CONTROL_NAME_SIZE]);
/* control_code() - the sysexits value a code is answered with. */
int control_code(enum ik_rc rc);

#endif
