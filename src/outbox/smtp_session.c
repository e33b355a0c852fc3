/* smtp_session.c - the outbox's side of a sender process. See smtp_session.h. */
#include "outbox/smtp_session.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "base/mime_write.h"
#include "outbox/outbox.h"

#define SOCKET_BUFFER (256 * 1024)
#define CHANNEL_FD 3                    /* of the sender */
#define BOARD_FD 4
#define RESULTS_MAX 64                  /* told at once */
#define EXTRA_WAIT_S 60                 /* beyond the sender's own limits, before it counts as hung */

struct smtp_session {
	struct wire wire;
	pid_t pid;
	size_t count;
	int patience_ms;                /* with a sender that says nothing */
	wire_mark *board;               /* what the sender says of each mail */
	bool *has_result;               /* by mail */
	size_t listed[RESULTS_MAX];     /* results that wait to be told */
	struct smtp_result results[RESULTS_MAX];
	size_t list_len, asked;
};

/* ---- the process ------------------------------------------------------------------------------------------------------------ */

/* The environment of the sender: where systemd puts credentials, and nothing else of ours. */
static char **make_environment(char *credentials, size_t size, char **list)
{
	static char lang[] = "LC_ALL=C.UTF-8", home[] = "HOME=/nonexistent", config[] = "XDG_CONFIG_HOME=/nonexistent";
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	size_t n = 0;

	list[n++] = lang;
	list[n++] = home;               /* libESMTP looks for client keys below it; there are none */
	list[n++] = config;
	if (folder != NULL && (size_t)snprintf(credentials, size, "CREDENTIALS_DIRECTORY=%s", folder) < size) list[n++] = credentials;
	list[n] = NULL;
	return list;
}

static int prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int fd, int board)
{
	sigset_t none, all;
	int rc = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDWR, 0);

	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	if (rc == 0) rc = posix_spawn_file_actions_adddup2(actions, 0, 1);
	if (rc == 0) rc = posix_spawn_file_actions_adddup2(actions, fd, CHANNEL_FD);
	if (rc == 0) rc = posix_spawn_file_actions_adddup2(actions, board, BOARD_FD);
	if (rc == 0) rc = posix_spawnattr_setsigmask(attributes, &none);
	if (rc == 0) rc = posix_spawnattr_setsigdefault(attributes, &all);
	if (rc == 0) rc = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	return rc;
}

static enum ik_rc spawn_sender(int fd, int board, pid_t *pid_r, struct ik_error *err)
{
	static char name[] = "intaked", option[] = "--smtp-sender";
	char *const argv[] = { name, option, NULL };
	char credentials[1024], *list[5];
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int rc;

	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawnattr_init(&attributes);
	rc = prepare(&actions, &attributes, fd, board);
	if (rc == 0) rc = posix_spawn(pid_r, "/proc/self/exe", &actions, &attributes, argv, make_environment(credentials, sizeof(credentials), list));
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)posix_spawnattr_destroy(&attributes);
	return rc == 0 ? IK_OK : ik_fail(IK_RETRY, err, "sender process does not start: errno %d", rc);
}

static enum ik_rc start(struct smtp_session *s, struct ik_error *err)
{
	int pair[2] = { -1, -1 }, board = -1;
	const int room = SOCKET_BUFFER;
	const struct timeval most = { .tv_sec = EXTRA_WAIT_S };
	enum ik_rc rc;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return ik_fail_errno(err, "socket pair for the sender process");
	(void)setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
	(void)setsockopt(pair[0], SOL_SOCKET, SO_SNDTIMEO, &most, sizeof(most));
	rc = wire_board_new(&board, &s->board, err);
	if (rc == IK_OK) rc = spawn_sender(pair[1], board, &s->pid, err);
	fd_close(&pair[1]);
	fd_close(&board);
	if (rc == IK_OK) wire_init(&s->wire, pair[0]);
	else fd_close(&pair[0]);
	return rc;
}

/* ---- feeding ------------------------------------------------------------------------------------------------------------------ */

static enum ik_rc feed_mail(int fd, const struct smtp_mail *mail, struct ik_error *err)
{
	const struct iovec pieces[] = {
		{ (void *)(uintptr_t)mail->from, strlen(mail->from) + 1 },
		{ (void *)(uintptr_t)mail->to, strlen(mail->to) + 1 },
		{ (void *)(uintptr_t)mail->data, mail->size },
	};

	return wire_send(fd, WIRE_MAIL, pieces, 3, err);
}

static enum ik_rc feed(struct smtp_session *s, const struct smtp_task *task, const struct smtp_mail *mails, struct ik_error *err)
{
	struct buf text = BUF_INIT(64 * 1024);
	enum ik_rc rc;

	smtp_task_print(task, &text);
	rc = wire_send(s->wire.fd, WIRE_TASK, &(struct iovec){ text.data, text.len }, 1, err);
	for (size_t i = 0; i < s->count && rc == IK_OK; i++) rc = feed_mail(s->wire.fd, &mails[i], err);
	if (rc == IK_OK) rc = wire_send(s->wire.fd, WIRE_BEGIN, NULL, 0, err);
	if (text.data != NULL) explicit_bzero(text.data, text.len);
	buf_release(&text);
	return rc;
}

/* Nothing reaches the library that could be read as a second command, header or mail: the last gate for every mail of every kind. */
enum ik_rc smtp_mail_check(const struct smtp_mail *mail, struct ik_error *err)
{
	if (mail->from[0] != '\0' && !mime_address_ok(mail->from)) return ik_fail(IK_REJECT, err, "envelope sender is no plain mail address");
	if (!mime_address_ok(mail->to)) return ik_fail(IK_REJECT, err, "recipient is no plain mail address");
	return mime_check(mail->data, mail->size, err);
}

/* A test is somebody waiting for an answer. */
static void make_test(struct smtp_task *task)
{
	task->is_test = true;
	if (task->timeout_s > SMTP_TEST_S) task->timeout_s = SMTP_TEST_S;
}

enum ik_rc smtp_session_open(const struct smtp_conf *conf, const struct smtp_mail *mails, size_t count, const char *journal,
                             struct smtp_session **session_r, struct ik_error *err)
{
	return smtp_session_open_as(conf, NULL, mails, count, journal, session_r, err);
}

enum ik_rc smtp_session_open_as(const struct smtp_conf *conf, const char *token, const struct smtp_mail *mails, size_t count, const char *journal,
                                struct smtp_session **session_r, struct ik_error *err)
{
	struct smtp_task task;
	struct smtp_session *s;
	enum ik_rc rc = smtp_task_of(conf, &task, err);

	if (rc == IK_OK && token != NULL && snprintf(task.token, sizeof(task.token), "%s", token) >= (int)sizeof(task.token))
		rc = ik_fail(IK_CONFIG, err, "smtp.token_of: the access token is too long");
	if (rc == IK_OK && count > WIRE_MAILS_MAX) rc = ik_fail(IK_REJECT, err, "%zu mails are too many for one session", count);
	for (size_t i = 0; i < count && rc == IK_OK; i++) rc = smtp_mail_check(&mails[i], err);
	if (rc != IK_OK) return rc;
	if (count == 0) make_test(&task);
	if (journal != NULL && strlen(journal) < sizeof(task.journal)) memcpy(task.journal, journal, strlen(journal) + 1);
	s = mem_new(sizeof(*s));
	*s = (struct smtp_session){ .wire = { .fd = -1 }, .pid = -1, .count = count };
	s->patience_ms = count == 0 ? (int)task.timeout_s * 1000 : (int)((3 * task.timeout_s + EXTRA_WAIT_S) * 1000);
	s->has_result = mem_new((count + 1) * sizeof(bool));
	rc = start(s, err);
	if (rc == IK_OK) rc = feed(s, &task, mails, err);
	explicit_bzero(task.token, sizeof(task.token));
	if (rc == IK_OK) *session_r = s;
	else smtp_session_close(&s);
	return rc;
}

/* ---- while it runs -------------------------------------------------------------------------------------------------------------- */

static void tell(struct smtp_session *s, const struct smtp_watch *watch)
{
	if (s->list_len > 0) watch->results(watch->arg, s->listed, s->results, s->list_len);
	s->list_len = 0;
}

static void add_result(struct smtp_session *s, const struct smtp_watch *watch, size_t index, const struct smtp_result *result)
{
	if (s->has_result[index]) return;
	s->has_result[index] = true;
	s->listed[s->list_len] = index;
	s->results[s->list_len++] = *result;
	if (s->list_len == RESULTS_MAX) tell(s, watch);
}

/* The relay's words are a stranger's: printable ASCII only. */
static void copy_words(char *into, size_t size, const char *words, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len && n + 1 < size; i++)
		into[n++] = words[i] >= 0x20 && words[i] < 0x7f ? words[i] : ' ';
	while (n > 0 && into[n - 1] == ' ') n--;
	into[n] = '\0';
}

static bool take_result(struct smtp_session *s, const struct smtp_watch *watch, const struct wire_frame *frame)
{
	struct smtp_result result = { .is_tried = true };
	uint32_t index, outcome;

	if (frame->len < 12) return false;
	index = wire_number(frame->data);
	outcome = wire_number(frame->data + 4);
	if (index >= s->count || outcome > SMTP_UNCERTAIN) return false;
	result.outcome = (enum smtp_outcome)outcome;
	result.code = (int)wire_number(frame->data + 8);
	result.is_tried = result.code != 0 || atomic_load(&s->board[index]) != SEND_UNTOUCHED || outcome != SMTP_RETRY;
	copy_words(result.text, sizeof(result.text), frame->data + 12, frame->len - 12);
	add_result(s, watch, index, &result);
	return true;
}

/* One frame. false: the process does not keep to the protocol. */
static bool take_frame(struct smtp_session *s, const struct smtp_watch *watch, const struct wire_frame *frame)
{
	const uint32_t number = frame->len >= 4 ? wire_number(frame->data) : UINT32_MAX;

	switch ((int)frame->type) {
	case WIRE_ASK:
		if (number > s->count || number <= s->asked || watch->grant == NULL) return false;
		tell(s, watch);                 /* what is over comes before what is next */
		watch->grant(watch->arg, s, s->asked, number);
		s->asked = number;
		return true;
	case WIRE_RESULT:
		return take_result(s, watch, frame);
	default:
		return false;
	}
}

static enum ik_rc take_end(const struct wire_frame *frame, struct ik_error *err)
{
	char words[sizeof(err->text)];
	const uint32_t rc = frame->len >= 4 ? wire_number(frame->data) : IK_RETRY;

	if (rc == IK_OK) return IK_OK;
	copy_words(words, sizeof(words), frame->data + 4, frame->len >= 4 ? frame->len - 4 : 0);
	return ik_fail(rc == IK_CONFIG ? IK_CONFIG : IK_RETRY, err, "%s", words);
}

/* Reads until END or until the process is gone. */
static enum ik_rc listen_to(struct smtp_session *s, const struct smtp_watch *watch, struct ik_error *err)
{
	for (;;) {
		struct wire_frame frame;
		bool is_gone = false;
		enum ik_rc rc;

		if (!wire_has_frame(&s->wire)) tell(s, watch);
		rc = wire_read(&s->wire, s->patience_ms, &frame, &is_gone, err);
		if (rc == IK_OK && frame.type == WIRE_END) return take_end(&frame, err);
		if (rc == IK_OK && take_frame(s, watch, &frame)) continue;
		smtp_session_kill(s);
		if (s->count == 0 && !is_gone) return ik_fail(IK_RETRY, err, "the relay said nothing for %d s", s->patience_ms / 1000);
		return ik_fail(IK_RETRY, err, is_gone ? "the sender process ended early" : "the sender process hung or misbehaved");
	}
}

static enum smtp_outcome outcome_of(unsigned char mark)
{
	switch (mark) {
	case SEND_UNTOUCHED: case SEND_AGAIN: return SMTP_RETRY;
	case SEND_TAKEN: return SMTP_SENT;
	case SEND_REFUSED: return SMTP_FAILED;
	case SEND_DOT: case SEND_UNKNOWN: default: return SMTP_UNCERTAIN;
	}
}

/* Mails whose result did not come: the board says what is known. What was announced and has no answer may have arrived. */
static void settle(struct smtp_session *s, const struct smtp_watch *watch)
{
	for (size_t i = 0; i < s->count; i++) {
		const unsigned char mark = atomic_load(&s->board[i]);
		struct smtp_result result = { .outcome = outcome_of(mark), .is_tried = mark != SEND_UNTOUCHED };

		(void)snprintf(result.text, sizeof(result.text), "%s", mark != SEND_UNTOUCHED ? "sender process ended after the end of the mail" : "not sent");
		add_result(s, watch, i, &result);
	}
	tell(s, watch);
}

enum ik_rc smtp_session_run(struct smtp_session *s, const struct smtp_watch *watch, struct ik_error *err)
{
	const enum ik_rc rc = listen_to(s, watch, err);

	settle(s, watch);
	return rc;
}

void smtp_session_go(struct smtp_session *s, size_t upto)
{
	(void)wire_send_number(s->wire.fd, WIRE_GO, (uint32_t)upto, NULL);
}

void smtp_session_stop(struct smtp_session *s)
{
	(void)wire_send(s->wire.fd, WIRE_STOP, NULL, 0, NULL);
}

void smtp_session_kill(struct smtp_session *s)
{
	if (s->pid > 0) (void)kill(s->pid, SIGKILL);
}

void smtp_session_close(struct smtp_session **session)
{
	struct smtp_session *s = *session;

	if (s == NULL) return;
	wire_release(&s->wire);         /* the process sees the end of the file and goes */
	if (s->pid > 0) {
		int status;

		(void)kill(s->pid, SIGKILL);
		while (waitpid(s->pid, &status, 0) < 0 && errno == EINTR) { }
	}
	wire_board_free(&s->board);
	free(s->has_result);
	free(s);
	*session = NULL;
}
