/* smtp_report.c - what the back ends of the sender process call: the parent's word before a mail may end, and what became of it. */
#include "outbox/smtp_sender.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"

#define RESULT_TEXT_MAX 200
#define FLUSH_AFTER_MS 10

static bool flush(struct sender *s)
{
	const bool ok = s->out.len == 0 || fd_write_all(s->wire.fd, s->out.data, s->out.len, "results", NULL) == IK_OK;

	s->flushed_ms = clock_mono_ms();
	buf_clear(&s->out);
	return ok;
}

bool sender_ask_ahead(struct sender *s, uint32_t index)
{
	uint32_t upto = s->task.window < s->count - index ? index + s->task.window : s->count;
	unsigned char bytes[4];

	if (s->asked >= upto || (s->asked > index && s->asked - index > s->task.window / 2)) return true;
	s->asked = upto;
	wire_put_number(bytes, upto);
	wire_append(&s->out, WIRE_ASK, bytes, sizeof(bytes));
	return flush(s);
}

static bool take_word(struct sender *s, const struct wire_frame *frame)
{
	if (frame->type == WIRE_STOP) s->is_stopped = true;
	else if (frame->type == WIRE_GO && frame->len == 4) s->granted = wire_number(frame->data);
	else return false;
	return true;
}

bool sender_may_send(struct sender *s, uint32_t index)
{
	if (!sender_ask_ahead(s, index)) return false;
	while (!s->is_stopped && s->granted <= index) {
		struct wire_frame frame;
		bool is_gone;

		if (wire_read(&s->wire, -1, &frame, &is_gone, NULL) != IK_OK || !take_word(s, &frame)) _exit(0);
	}
	return !s->is_stopped;
}

bool sender_dot(struct sender *s, uint32_t index)
{
	s->mails[index].has_dot = true;
	atomic_store(&s->board[index], SEND_DOT);
	send_journal_mark(&s->journal, index, SEND_DOT, 0);
	return clock_mono_ms() - s->flushed_ms <= FLUSH_AFTER_MS || flush(s);
}

static enum send_mark mark_of(enum smtp_outcome outcome)
{
	switch (outcome) {
	case SMTP_SENT: return SEND_TAKEN;
	case SMTP_RETRY: return SEND_AGAIN;
	case SMTP_FAILED: return SEND_REFUSED;
	case SMTP_UNCERTAIN: default: return SEND_UNKNOWN;
	}
}

void sender_result(struct sender *s, uint32_t index, enum smtp_outcome outcome, int code, const char *text)
{
	unsigned char payload[12 + RESULT_TEXT_MAX];
	const size_t len = text != NULL ? strnlen(text, RESULT_TEXT_MAX) : 0;

	if (s->mails[index].has_result) return;
	s->mails[index].has_result = true;
	if (s->mails[index].has_dot || code != 0) atomic_store(&s->board[index], (unsigned char)mark_of(outcome));
	send_journal_mark(&s->journal, index, mark_of(outcome), code);
	wire_put_number(payload, index);
	wire_put_number(payload + 4, (uint32_t)outcome);
	wire_put_number(payload + 8, (uint32_t)code);
	if (len > 0) memcpy(payload + 12, text, len);
	wire_append(&s->out, WIRE_RESULT, payload, 12 + len);
	/* A fast relay's results travel together, at the latest when the next window is asked for; a slow one's are told at once. */
	if (outcome != SMTP_SENT || index + 1 == s->count || clock_mono_ms() - s->flushed_ms > FLUSH_AFTER_MS) (void)flush(s);
}

void sender_give_up(struct sender *s, const char *why)
{
	for (uint32_t i = 0; i < s->count; i++)
		sender_result(s, i, sender_judge(&s->mails[i], 0), 0, s->mails[i].has_dot ? "connection lost after the end of the mail" : why != NULL ? why : "not sent");
}

void sender_end(struct sender *s, enum ik_rc rc, const struct ik_error *err)
{
	unsigned char payload[4 + sizeof(err->text)];
	const size_t len = rc == IK_OK ? 0 : strnlen(err->text, sizeof(err->text));

	wire_put_number(payload, (uint32_t)rc);
	if (len > 0) memcpy(payload + 4, err->text, len);
	wire_append(&s->out, WIRE_END, payload, 4 + len);
	(void)flush(s);
}

_Noreturn void sender_leave(struct sender *s, enum ik_rc rc, const struct ik_error *err)
{
	sender_give_up(s, rc != IK_OK ? err->text : NULL);
	sender_end(s, rc, err);
	_exit(0);
}

enum smtp_outcome sender_judge(const struct sender_mail *mail, int code)
{
	if (code >= 200 && code < 300) return SMTP_SENT;
	if (code >= 500 && code < 600 && !sender_is_login_trouble(code)) return SMTP_FAILED;
	if (code >= 400 && code < 600) return SMTP_RETRY;
	return mail->has_dot ? SMTP_UNCERTAIN : SMTP_RETRY;
}

bool sender_is_login_trouble(int code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}
