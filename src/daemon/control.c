/* control.c - accepts clients of the control socket, checks who they are, and runs one command after the other for each. */
#include "daemon/control.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "daemon/config_suggest.h"
#include "net/unix_socket.h"

#define ANSWER_MAX (256 * 1024 * 1024)          /* a list of very many tickets; above it the command is refused */
#define REQUEST_MS 10000
#define ERROR_MAX 4096
#define GROUPS_MAX 256

struct client {
	struct control_server *server;
	int fd;                         /* closed by the client's thread under the lock; -1 when the place is free */
	pthread_t thread;
	bool is_ended;                  /* the thread is done and waits to be joined */
	/* its own thread only */
	int files[CONTROL_FILES_MAX];
	size_t file_count;
	uid_t uid;
};

struct control_server {
	struct control_server_setup setup;
	char *bound;                    /* path to remove at the end, NULL when the descriptor was given */
	int fd, stop_fd;                /* stop_fd becomes readable for all threads at once */
	gid_t group;
	bool has_group;
	pthread_t thread;
	pthread_mutex_t lock;           /* clients; held by the accepting and by the clients' threads */
	struct client clients[CONTROL_CLIENTS_MAX];
};

int control_code(enum ik_rc rc)
{
	switch (rc) {
	case IK_OK: return EX_OK;
	case IK_RETRY: return EX_TEMPFAIL;
	case IK_REJECT: return EX_DATAERR;
	case IK_CONFIG: return EX_CONFIG;
	case IK_FATAL: break;
	}
	return EX_IOERR;
}

/* ---- lines --------------------------------------------------------------------------------------------------------------- */

/* Waits for one direction of a client's socket; false when time is over, the peer is gone or the daemon stops (a stop does not cut an answer). */
static bool wait_for(const struct client *c, short what, int64_t until_ms)
{
	struct pollfd fds[2] = { { .fd = c->fd, .events = what }, { .fd = what == POLLIN ? c->server->stop_fd : -1, .events = POLLIN } };
	const int64_t left = until_ms - clock_mono_ms();
	const int ready = left > 0 ? poll(fds, 2, (int)left) : 0;

	if (ready < 0) return errno == EINTR;
	return ready > 0 && (fds[0].revents & (what | POLLHUP)) != 0 && fds[1].revents == 0;
}

static void close_files(struct client *c)
{
	for (size_t i = 0; i < c->file_count; i++) (void)close(c->files[i]);
	c->file_count = 0;
}

/* Keeps plain files: reading one never waits for somebody else. */
static void keep_file(struct client *c, int fd)
{
	struct stat st;

	if (c->file_count < CONTROL_FILES_MAX && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) c->files[c->file_count++] = fd;
	else (void)close(fd);
}

static ssize_t receive(struct client *c, void *data, size_t size)
{
	union { struct cmsghdr head; char room[CMSG_SPACE(CONTROL_FILES_MAX * sizeof(int))]; } control;
	struct iovec piece = { .iov_base = data, .iov_len = size };
	struct msghdr m = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control) };
	const ssize_t got = recvmsg(c->fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);

	for (struct cmsghdr *h = got > 0 ? CMSG_FIRSTHDR(&m) : NULL; h != NULL; h = CMSG_NXTHDR(&m, h)) {
		const size_t count = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS) continue;
		for (size_t i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(h) + i * sizeof(int), sizeof(fd));
			keep_file(c, fd);
		}
	}
	return got;
}

/* The next line into `line`, without its end; what came behind it stays in `held`. */
static bool read_line(struct client *c, struct buf *held, struct buf *line)
{
	const int64_t until_ms = clock_mono_ms() + c->server->setup.request_ms;
	size_t seen = 0;

	for (;;) {
		const char *end = held->len > seen ? memchr(held->data + seen, '\n', held->len - seen) : NULL;
		char piece[4096];
		ssize_t got;

		if (end != NULL) {
			const size_t len = (size_t)(end - held->data);

			(void)buf_add(line, held->data, len);
			buf_drop(held, len + 1);
			return true;
		}
		seen = held->len;
		if (!wait_for(c, POLLIN, until_ms)) return false;
		got = receive(c, piece, sizeof(piece));
		if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
		if (got <= 0 || !buf_add(held, piece, (size_t)got)) return false;
	}
}

/* The time starts anew whenever the client took something: a large answer may take long, a stalled reader may not. */
static bool send_all(const struct client *c, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t put;

		if (!wait_for(c, POLLOUT, clock_mono_ms() + c->server->setup.request_ms)) return false;
		put = send(c->fd, data, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (put < 0 && (errno == EAGAIN || errno == EINTR)) continue;
		if (put <= 0) return false;
		data += put;
		len -= (size_t)put;
	}
	return true;
}

/* takes value */
static bool send_line(const struct client *c, json_t *value)
{
	struct buf line = BUF_INIT(ANSWER_MAX);
	bool is_sent = json_print(&line, value) && buf_char(&line, '\n') && send_all(c, line.data, line.len);

	json_decref(value);
	buf_release(&line);
	return is_sent;
}

/* A reason repeats what the client sent, cut to so many bytes: it may end within a character. */
static bool send_error(const struct client *c, int code, const char *text)
{
	json_t *line = json_pack("{s:b, s:i}", "ok", 0, "code", code);
	struct buf clean = BUF_INIT(ERROR_MAX);

	(void)utf8_clean(&clean, text, strlen(text), false);
	json_set_text(line, "error", buf_str(&clean));
	buf_release(&clean);
	return send_line(c, line);
}

static bool is_stopping(const struct control_server *s)
{
	struct pollfd stop = { .fd = s->stop_fd, .events = POLLIN };

	return poll(&stop, 1, 0) > 0;
}

static bool send_progress(struct control_call *call, json_t *value)
{
	const struct client *c = call->core;

	return send_line(c, json_pack("{s:o}", "progress", value)) && !is_stopping(c->server);
}

/* ---- commands -------------------------------------------------------------------------------------------------------------- */

static const struct control_command *command_find(const struct control_command *commands, const char *name, struct ik_error *err)
{
	struct suggestion near = { .wanted = name };
	const char *best;

	for (; commands->name != NULL; commands++) {
		if (strcmp(commands->name, name) == 0) return commands;
		suggest_name(&near, commands->name);
	}
	best = suggest_best(&near);
	(void)ik_fail(IK_REJECT, err, "unknown command '%.64s'%s%s%s", name, best != NULL ? "; did you mean '" : "", best != NULL ? best : "",
	              best != NULL ? "'?" : "");
	return NULL;
}

static bool run_command(struct client *c, const struct control_command *command, const json_t *args)
{
	struct control_call call = { .args = args, .files = c->files, .file_count = c->file_count, .uid = c->uid, .progress = send_progress, .core = c };
	struct ik_error err = { "" };
	const enum ik_rc rc = command->run(c->server->setup.arg, &call, &err);

	close_files(c);
	if (rc == IK_OK) return send_line(c, json_pack("{s:b, s:o}", "ok", 1, "result", call.result != NULL ? call.result : json_null()));
	json_decref(call.result);
	return send_error(c, call.code != 0 ? call.code : control_code(rc), err.text);
}

static bool answer_line(struct client *c, const struct buf *line)
{
	json_t *request = NULL, *none = json_object();
	struct ik_error err = { "" };
	const struct control_command *command = NULL;
	const json_t *args;
	bool goes_on;

	if (json_parse(buf_str(line), line->len, &request, &err) == IK_OK) {
		if (json_text(request, "command") == NULL) (void)ik_fail(IK_REJECT, &err, "the request names no command");
		else command = command_find(c->server->setup.commands, json_text(request, "command"), &err);
	}
	args = json_object_get(request, "args");
	if (command == NULL) goes_on = send_error(c, EX_USAGE, err.text);
	else goes_on = run_command(c, command, json_is_object(args) ? args : none);
	json_decref(request);
	json_decref(none);
	return goes_on;
}

void control_operator(const struct control_call *call, char name_r[CONTROL_NAME_SIZE])
{
	struct passwd entry, *found = NULL;
	char *memory = mem_new(16384);

	if (getpwuid_r(call->uid, &entry, memory, 16384, &found) == 0 && found != NULL) (void)snprintf(name_r, CONTROL_NAME_SIZE, "operator:%.64s", found->pw_name);
	else (void)snprintf(name_r, CONTROL_NAME_SIZE, "operator:%u", call->uid);
	free(memory);
}

/* ---- who ---------------------------------------------------------------------------------------------------------------------- */

static bool is_in_group(int fd, gid_t primary, gid_t wanted)
{
	gid_t groups[GROUPS_MAX];
	socklen_t size = sizeof(groups);

	if (primary == wanted) return true;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) != 0) return false;
	for (size_t i = 0; i < size / sizeof(groups[0]); i++)
		if (groups[i] == wanted) return true;
	return false;
}

static bool may_talk(struct client *c)
{
	struct ucred peer = { .uid = (uid_t)-1 };
	socklen_t size = sizeof(peer);

	if (getsockopt(c->fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
	c->uid = peer.uid;
	if (peer.uid == 0 || peer.uid == geteuid()) return true;
	if (c->server->has_group && is_in_group(c->fd, peer.gid, c->server->group)) return true;
	log_line(IK_LOG_WARNING, "control", "refused process %d of user %u: neither root, nor the own user, nor in control.group", (int)peer.pid, peer.uid);
	return false;
}

/* ---- threads ------------------------------------------------------------------------------------------------------------------- */

static void *client_main(void *arg)
{
	struct client *c = arg;
	struct buf held = BUF_INIT(CONTROL_LINE_MAX), line = BUF_INIT(CONTROL_LINE_MAX);

	if (!may_talk(c)) {
		(void)send_error(c, EX_NOPERM, "not allowed: only root, the daemon's own user and members of control.group may talk to it");
	} else {
		while (read_line(c, &held, &line) && answer_line(c, &line)) buf_clear(&line);
		if (held.is_full) (void)send_error(c, EX_USAGE, "the request is longer than 4 MiB");
	}
	buf_release(&held);
	buf_release(&line);
	close_files(c);
	(void)pthread_mutex_lock(&c->server->lock);
	fd_close(&c->fd);
	c->is_ended = true;
	(void)pthread_mutex_unlock(&c->server->lock);
	return NULL;
}

/* Joins what has ended; a free place, or NULL. Lock held. */
static struct client *client_place(struct control_server *s)
{
	struct client *free_place = NULL;

	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		struct client *c = &s->clients[i];

		if (c->is_ended) {
			(void)pthread_join(c->thread, NULL);    /* has let go of the lock, or it would not be marked */
			c->is_ended = false;
		}
		if (c->fd < 0 && !c->is_ended) free_place = c;
	}
	return free_place;
}

static void client_take(struct control_server *s, int fd)
{
	struct client *c;

	(void)pthread_mutex_lock(&s->lock);
	c = client_place(s);
	if (c != NULL) {
		c->fd = fd;
		if (pthread_create(&c->thread, NULL, client_main, c) == 0) fd = -1;
		else c->fd = -1;
	}
	(void)pthread_mutex_unlock(&s->lock);
	if (fd >= 0) {
		const struct client refused = { .server = s, .fd = fd };

		(void)send_error(&refused, EX_TEMPFAIL, "too many clients at once; try again in a moment");
		(void)close(fd);
	}
}

static void *accept_main(void *arg)
{
	struct control_server *s = arg;

	for (;;) {
		struct pollfd fds[2] = { { .fd = s->fd, .events = POLLIN }, { .fd = s->stop_fd, .events = POLLIN } };
		int fd;

		if (poll(fds, 2, -1) < 0 && errno != EINTR) break;
		if (fds[1].revents != 0) break;
		if ((fds[0].revents & POLLIN) == 0) continue;
		fd = accept4(s->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd >= 0) client_take(s, fd);
		else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM) (void)poll(&fds[1], 1, 200);    /* no descriptors: do not spin */
	}
	return NULL;
}

/* ---- start and stop --------------------------------------------------------------------------------------------------------------- */

static enum ik_rc find_group(struct control_server *s, const char *name, struct ik_error *err)
{
	struct group entry, *found = NULL;
	char *memory;
	int failed;

	if (name == NULL) return IK_OK;
	memory = mem_new(65536);
	failed = getgrnam_r(name, &entry, memory, 65536, &found);
	if (found != NULL) {
		s->group = found->gr_gid;
		s->has_group = true;
	}
	free(memory);
	if (found == NULL) return ik_fail(IK_CONFIG, err, "control.group: there is no group '%.64s'%s", name, failed != 0 ? " that can be read" : "");
	return IK_OK;
}

static enum ik_rc open_to_group(const struct control_server *s, const char *path, struct ik_error *err)
{
	if (!s->has_group) return IK_OK;
	if (chown(path, (uid_t)-1, s->group) != 0) return ik_fail_errno(err, "give %s to the group of control.group (the daemon has to be in it)", path);
	return chmod(path, 0660) == 0 ? IK_OK : ik_fail_errno(err, "open %s to the group", path);
}

static enum ik_rc bind_path(struct control_server *s, const char *path, struct ik_error *err)
{
	struct ik_error why = { "" };
	const enum ik_rc rc = unix_socket_listen(path, 0600, CONTROL_CLIENTS_MAX, &s->fd, &why);

	if (rc != IK_OK) return ik_fail(rc, err, "control.socket: %s", why.text);
	s->bound = mem_text(path);
	return open_to_group(s, path, err);
}

enum ik_rc control_server_new(const struct control_server_setup *setup, struct control_server **server_r, struct ik_error *err)
{
	struct control_server *s = mem_new(sizeof(*s));
	enum ik_rc rc;

	*s = (struct control_server){ .setup = *setup, .fd = setup->fd, .stop_fd = -1, .lock = PTHREAD_MUTEX_INITIALIZER };
	if (s->setup.request_ms == 0) s->setup.request_ms = REQUEST_MS;
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) s->clients[i] = (struct client){ .server = s, .fd = -1 };
	rc = find_group(s, setup->group, err);
	if (rc == IK_OK && s->fd < 0) rc = bind_path(s, setup->socket, err);
	if (rc == IK_OK) s->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (rc == IK_OK && s->stop_fd < 0) rc = ik_fail_errno(err, "make the control socket's stop signal");
	if (rc == IK_OK && (errno = pthread_create(&s->thread, NULL, accept_main, s)) != 0) rc = ik_fail_errno(err, "start the control socket's thread");
	if (rc == IK_OK) {
		*server_r = s;
		return IK_OK;
	}
	if (s->bound != NULL) (void)unlink(s->bound);
	fd_close(&s->stop_fd);
	fd_close(&s->fd);
	free(s->bound);
	free(s);
	return rc;
}

void control_server_free(struct control_server **server)
{
	struct control_server *s = *server;
	const uint64_t one = 1;

	if (s == NULL) return;
	while (write(s->stop_fd, &one, sizeof(one)) < 0 && errno == EINTR) continue;
	(void)pthread_join(s->thread, NULL);
	if (s->bound != NULL) (void)unlink(s->bound);
	fd_close(&s->fd);
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		struct client *c = &s->clients[i];
		bool is_used;

		(void)pthread_mutex_lock(&s->lock);
		is_used = c->fd >= 0 || c->is_ended;
		(void)pthread_mutex_unlock(&s->lock);
		if (is_used) (void)pthread_join(c->thread, NULL);
	}
	fd_close(&s->stop_fd);
	(void)pthread_mutex_destroy(&s->lock);
	free(s->bound);
	mem_free(server);
}
