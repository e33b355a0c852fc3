/* smtp_session.h - the outbox's side of a sender process: one batch, one connection to the relay.
 *
 * Order of use: open, run, (wait for the jobs the watch started), close. run() reports exactly one result per mail, whatever becomes of
 * the process: a mail whose last bytes were announced and never answered is uncertain, every other one can be sent again.
 * Thread: the one that opened it; smtp_session_go(), _stop() and _kill() from any while it is open. */
#ifndef OUTBOX_SMTP_SESSION_H
#define OUTBOX_SMTP_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>
#include "outbox/smtp_sender.h"

struct smtp_conf;
struct smtp_session;

struct smtp_mail { const char *from, *to; const void *data; size_t size; };     /* all borrowed until run() returns */

struct smtp_result {
	enum smtp_outcome outcome;
	bool is_tried;                  /* false: the session never came to it */
	int code;
	char text[201];                 /* the relay's words, printable ASCII */
};

struct smtp_watch {
	void *arg;
	/* grant() - mails from `from` to before `upto` wish to go out. When they are marked durably, somebody calls smtp_session_go(session, upto). */
	void (*grant)(void *arg, struct smtp_session *session, size_t from, size_t upto);
	/* results() - mails from the list whose result is known now. */
	void (*results)(void *arg, const size_t *index, const struct smtp_result *result, size_t count);
};

/* smtp_mail_check() - IK_REJECT for what must never reach a mail library: bad addresses, bare CR or LF, malformed headers. */
enum ik_rc smtp_mail_check(const struct smtp_mail *mail, struct ik_error *err);
/* smtp_session_open() - starts the sender process and feeds it. One bad mail refuses the batch: check them before. Without a mail it is a
 * test: a login and nothing else, within SMTP_TEST_S. journal: path of a send_journal, may be NULL. */
#define SMTP_TEST_S 20
enum ik_rc smtp_session_open(const struct smtp_conf *conf, const struct smtp_mail *mails, size_t count, const char *journal,
                             struct smtp_session **session_r, struct ik_error *err);
/* smtp_session_open_as() - the same with an access token for the login; NULL: without. */
enum ik_rc smtp_session_open_as(const struct smtp_conf *conf, const char *token, const struct smtp_mail *mails, size_t count, const char *journal,
                                struct smtp_session **session_r, struct ik_error *err);
/* smtp_session_run() - until the process ends. IK_OK: the session worked, whatever became of single mails; IK_CONFIG: the operator must act. */
enum ik_rc smtp_session_run(struct smtp_session *session, const struct smtp_watch *watch, struct ik_error *err);
void smtp_session_go(struct smtp_session *session, size_t upto);
/* smtp_session_stop() - nothing that was not granted goes out any more. smtp_session_kill() - at once. */
void smtp_session_stop(struct smtp_session *session);
void smtp_session_kill(struct smtp_session *session);
void smtp_session_close(struct smtp_session **session);

#endif
