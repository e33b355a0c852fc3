/* smtp_sender.h - inside the sender process: the rule that binds both back ends. A back end may give the last bytes of a mail to its
 * library only between sender_may_send() and the report of sender_dot(); what became of it goes to sender_result(). */
#ifndef OUTBOX_SMTP_SENDER_H
#define OUTBOX_SMTP_SENDER_H

#include "outbox/smtp_task.h"
#include "outbox/smtp_wire.h"
#include "store/send_journal.h"

enum smtp_outcome { SMTP_SENT, SMTP_RETRY, SMTP_FAILED, SMTP_UNCERTAIN };

struct sender_mail {
	char *from, *to;                /* from "": null sender */
	char *data;
	size_t size;
	bool has_dot, has_result;
	int rcpt_code;                  /* of the back end */
};

struct sender {
	struct wire wire;
	wire_mark *board;
	struct smtp_task task;
	bool has_token;                 /* secret is an access token */
	char *secret;                   /* password or token, NULL without login */
	struct sender_mail *mails;
	uint32_t count, granted, asked;
	bool is_stopped;
	struct send_journal journal;
	struct buf out;                 /* results that wait for the next frame */
	int64_t flushed_ms;
};

/* smtp_report.c, what back ends call: sender_may_send() - waits until mail number `index` is marked durably; false: it must not go out. */
bool sender_may_send(struct sender *s, uint32_t index);
/* sender_dot() - to be called before the last bytes are handed over; false: the parent is gone, drop the connection. */
bool sender_dot(struct sender *s, uint32_t index);
/* sender_result() - once per mail, later calls are ignored. code: SMTP reply code, 0 when none came. */
void sender_result(struct sender *s, uint32_t index, enum smtp_outcome outcome, int code, const char *text);
/* sender_leave() - nothing more may go out over a session that is under way: results, then the end of the process and with it of the
 * connection. err may be NULL with IK_OK. */
_Noreturn void sender_leave(struct sender *s, enum ik_rc rc, const struct ik_error *err);
/* sender_judge() - what a reply code (0: none came) means for a mail. A lost connection after the last bytes is uncertain. */
enum smtp_outcome sender_judge(const struct sender_mail *mail, int code);
/* sender_is_login_trouble() - replies that are about us and not about the mail (RFC 4954): the operator must act. */
bool sender_is_login_trouble(int code);

/* Of the process itself: sender_ask_ahead() - asks for the next window as soon as half of the last one is used, so that the disk works while the
 * relay does; false: the parent is gone. sender_give_up() - the result of every mail that has none: the session never came to it, or lost it on
 * the way; why: of the session, NULL when it ended well. sender_end() - how the session ended, after all results. */
bool sender_ask_ahead(struct sender *s, uint32_t index);
void sender_give_up(struct sender *s, const char *why);
void sender_end(struct sender *s, enum ik_rc rc, const struct ik_error *err);

/* The back ends: smtp_esmtp.c, smtp_curl.c. */
enum ik_rc smtp_esmtp_run(struct sender *s, struct ik_error *err);
enum ik_rc smtp_curl_run(struct sender *s, struct ik_error *err);

#endif
