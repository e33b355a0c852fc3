/* smtp_sender.c - the sender process: takes one batch over descriptor 3, speaks one SMTP session, reports as it goes.
 *
 * It holds the only copy of the relay's password, keeps no other descriptor of its parent, dies with it, and cannot send past what
 * the parent has marked committing. Single-threaded; the parent's side is smtp_session.c. */
#include "outbox/smtp_sender.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <seccomp.h>
#include "base/file.h"
#include "base/mem.h"
#include "outbox/outbox.h"

#define CHANNEL_FD 3
#define BOARD_FD 4
#define FEED_TIMEOUT_MS 60000           /* the parent writes the whole batch at once */

static void limit(int what, rlim_t most)
{
	const struct rlimit r = { most, most };

	(void)setrlimit((__rlimit_resource_t)what, &r);
}

/* No new programs, no tracing, no kernel interfaces: what a sender never needs. Failing to load it is no reason not to send. */
static void refuse_syscalls(void)
{
	static const int never[] = {
		SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(bpf),
		SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(unlink),
		SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(io_uring_setup),
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	if (filter == NULL) return;
	for (size_t i = 0; i < COUNT_OF(never); i++) (void)seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), never[i], 0);
	(void)seccomp_load(filter);
	seccomp_release(filter);
}

static void drop_privileges(void)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	(void)prctl(PR_SET_DUMPABLE, 0);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)close_range(BOARD_FD, ~0U, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NOFILE, 64);
	refuse_syscalls();
}

static enum ik_rc take_mail(struct sender *s, const struct wire_frame *frame, struct ik_error *err)
{
	const char *to = memchr(frame->data, '\0', frame->len);
	const char *data = to != NULL ? memchr(to + 1, '\0', frame->len - (size_t)(to + 1 - frame->data)) : NULL;
	struct sender_mail *m;

	if (data == NULL || s->count >= WIRE_MAILS_MAX) return ik_fail(IK_REJECT, err, "sender: malformed mail frame");
	if ((s->count & (s->count - 1)) == 0) s->mails = mem_grow(s->mails, s->count == 0 ? 1 : (size_t)s->count * 2, sizeof(*s->mails));
	m = &s->mails[s->count++];
	*m = (struct sender_mail){ .from = mem_text(frame->data), .to = mem_text(to + 1) };
	m->size = frame->len - (size_t)(data + 1 - frame->data);
	m->data = mem_copy(data + 1, m->size);
	return IK_OK;
}

static enum ik_rc take_batch(struct sender *s, struct ik_error *err)
{
	for (;;) {
		struct wire_frame frame;
		bool is_gone;
		enum ik_rc rc = wire_read(&s->wire, FEED_TIMEOUT_MS, &frame, &is_gone, err);

		if (rc == IK_OK && frame.type == WIRE_BEGIN) return IK_OK;
		if (rc == IK_OK && frame.type == WIRE_TASK) rc = smtp_task_parse(frame.data, frame.len, &s->task, err);
		else if (rc == IK_OK && frame.type == WIRE_MAIL) rc = take_mail(s, &frame, err);
		else if (rc == IK_OK) rc = ik_fail(IK_REJECT, err, "sender: unexpected frame %d", (int)frame.type);
		if (rc != IK_OK) return rc;
	}
}

static enum ik_rc read_secret(struct sender *s, struct ik_error *err)
{
	const char *path = s->task.bearer_path[0] != '\0' ? s->task.bearer_path : s->task.password_path;
	struct buf secret = BUF_INIT(16 * 1024);
	enum ik_rc rc = IK_OK;

	if (path[0] == '\0' && s->task.token[0] == '\0') return IK_OK;
	if (s->task.tls == SMTP_TLS_NONE) return ik_fail(IK_CONFIG, err, "credentials are never sent without TLS");
	if (s->task.token[0] != '\0') {
		s->secret = mem_text(s->task.token);
		explicit_bzero(s->task.token, sizeof(s->task.token));
		return IK_OK;
	}
	rc = file_read_secret(path, &secret, err);
	if (rc == IK_OK) s->secret = mem_text(buf_str(&secret));
	if (secret.data != NULL) explicit_bzero(secret.data, secret.len);
	buf_release(&secret);
	return rc;
}

static enum ik_rc serve(struct sender *s, struct ik_error *err)
{
	const bool needs_curl = s->task.is_test || s->task.tls == SMTP_TLS_IMPLICIT || s->has_token || strchr(s->task.host, ':') != NULL;
	enum ik_rc rc = read_secret(s, err);

	if (rc != IK_OK) return rc;
	if (s->task.journal[0] != '\0') (void)send_journal_open(&s->journal, s->task.journal, s->count);
	if (s->count > 0 && !sender_ask_ahead(s, 0)) return IK_RETRY;          /* the disk works while we connect */
	rc = needs_curl ? smtp_curl_run(s, err) : smtp_esmtp_run(s, err);
	mem_wipe_text(&s->secret);
	return rc;
}

void smtp_sender_main(int argc, char **argv)
{
	struct sender s = { .out = BUF_INIT(1024 * 1024) };
	struct ik_error err = { 0 };
	enum ik_rc rc;

	if (argc < 2 || strcmp(argv[1], "--smtp-sender") != 0) return;
	s.board = wire_board_map(BOARD_FD);
	if (s.board == NULL) _exit(1);
	drop_privileges();
	wire_init(&s.wire, CHANNEL_FD);
	rc = take_batch(&s, &err);
	if (rc == IK_OK) {
		s.has_token = s.task.token[0] != '\0' || s.task.bearer_path[0] != '\0';
		rc = serve(&s, &err);
		sender_give_up(&s, rc != IK_OK ? err.text : NULL);
	}
	sender_end(&s, rc, &err);
	_exit(rc == IK_OK ? 0 : 1);
}
