/* imap_session.c - see imap_session.h. */
#include "net/imap_session.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"

#define RESPONSES_MAX 200000            /* of one command, besides what it asked for */
#define FLIGHT 2                        /* FETCH commands under way at a time */

/* ---- the line ---- */

static enum imap_trouble receive(void *arg, char *data, size_t size, size_t *len_r)
{
	struct imap_session *s = arg;

	if (s->until_ms > 0 && s->line.now_ms(s->line.arg) >= s->until_ms) return IMAP_SILENT;
	return s->line.recv(s->line.arg, data, size, s->wait_ms, len_r);
}

void imap_session_init(struct imap_session *s, const struct imap_line *line)
{
	*s = (struct imap_session){ .line = *line };
	imap_input_init(&s->in, receive, s);
}

void imap_session_release(struct imap_session *s)
{
	imap_input_release(&s->in);
}

enum imap_trouble imap_session_trouble(const struct imap_session *s)
{
	return s->in.trouble;
}

const char *imap_session_why(const struct imap_session *s)
{
	return s->in.why != NULL ? s->in.why : "";
}

static bool send_text(struct imap_session *s, const char *text, size_t len)
{
	if (s->in.trouble == IMAP_FINE) s->in.trouble = s->line.send(s->line.arg, text, len);
	return s->in.trouble == IMAP_FINE;
}

/* "i7 COMMAND" */
static bool send_command(struct imap_session *s, const char *command)
{
	struct buf b = BUF_INIT(IMAP_COMMAND_MAX + 32);
	bool ok = buf_format(&b, "i%" PRIu32 " %s\r\n", ++s->tag, command);

	if (!ok && s->in.trouble == IMAP_FINE) {
		s->in.trouble = IMAP_FOUL;
		s->in.why = "a command of ours is too long";
	}
	ok = ok && send_text(s, b.data, b.len);
	buf_release(&b);
	return ok;
}

static void begin(struct imap_session *s, int64_t time_max_ms, size_t expected)
{
	s->said[0] = '\0';
	s->left = RESPONSES_MAX + (int64_t)expected * 4;
	s->until_ms = time_max_ms > 0 ? s->line.now_ms(s->line.arg) + time_max_ms : 0;
}

/* ---- responses ---- */

static void note_said(struct imap_session *s, const struct imap_response *r)
{
	if (r->kind == IMAP_NO || r->kind == IMAP_BAD || r->kind == IMAP_BYE)
		(void)snprintf(s->said, sizeof(s->said), "%s%s%s%s%s", r->kind == IMAP_BYE ? "BYE " : "", r->code[0] != '\0' ? "[" : "", r->code,
		               r->code[0] != '\0' ? "] " : "", r->text);
}

static void note_view(struct imap_session *s, const struct imap_response *r)
{
	if (r->kind == IMAP_EXISTS) {
		s->view.exists = r->number;
		s->has_news = true;
	}
	if (r->kind == IMAP_EXPUNGE && s->view.exists > 0) s->view.exists--;
	if (r->kind != IMAP_OK || r->is_tagged) return;
	if (strcmp(r->code, "UIDVALIDITY") == 0) s->view.uidvalidity = r->code_number;
	if (strcmp(r->code, "UIDNEXT") == 0) s->view.uidnext = r->code_number;
}

/* The next response, noted; false in trouble, a farewell included. */
static bool hear(struct imap_session *s, const struct imap_taker *taker, struct imap_response *r)
{
	if (s->left-- <= 0 && s->in.trouble == IMAP_FINE) {
		s->in.trouble = IMAP_FOUL;
		s->in.why = "too many responses";
	}
	if (!imap_read(&s->in, taker, r)) return false;
	if (!r->is_tagged || r->kind != IMAP_OK) note_said(s, r);
	note_view(s, r);
	if (r->kind == IMAP_BYE) s->in.trouble = IMAP_END;
	return r->kind != IMAP_BYE;
}

static bool is_own_tag(struct imap_session *s, const struct imap_response *r, uint32_t first)
{
	if (r->tag >= first && r->tag <= s->tag) return true;
	s->in.trouble = IMAP_FOUL;
	s->in.why = "a tag that was not sent";
	return false;
}

static enum imap_kind answer(struct imap_session *s, const struct imap_taker *taker, void (*each)(void *, const struct imap_response *), void *arg)
{
	struct imap_response r;

	while (hear(s, taker, &r)) {
		if (!r.is_tagged) {
			if (each != NULL) each(arg, &r);
			continue;
		}
		return is_own_tag(s, &r, s->tag) ? r.kind : IMAP_BYE;
	}
	return IMAP_BYE;
}

enum imap_kind imap_session_run(struct imap_session *s, const char *command, const struct imap_taker *taker,
                                void (*each)(void *arg, const struct imap_response *r), void *arg, int64_t time_max_ms)
{
	begin(s, time_max_ms, 0);
	return send_command(s, command) ? answer(s, taker, each, arg) : IMAP_BYE;
}

/* ---- greeting and folder ---- */

static void on_capability(void *arg, const char *word)
{
	struct imap_session *s = arg;

	s->has_id |= strcmp(word, "ID") == 0;
	s->has_move |= strcmp(word, "MOVE") == 0;
	s->has_uidplus |= strcmp(word, "UIDPLUS") == 0;
	s->has_idle |= strcmp(word, "IDLE") == 0;
}

enum imap_kind imap_session_greet(struct imap_session *s, const char *id, int64_t time_max_ms)
{
	const struct imap_taker taker = { .arg = s, .capability = on_capability };
	enum imap_kind kind = imap_session_run(s, "CAPABILITY", &taker, NULL, NULL, time_max_ms);

	if (kind != IMAP_OK || !s->has_id) return kind;
	kind = imap_session_run(s, id, NULL, NULL, NULL, time_max_ms);
	return kind == IMAP_BYE ? IMAP_BYE : IMAP_OK;   /* not welcome: then it was not needed either */
}

enum imap_kind imap_session_open(struct imap_session *s, const char *command, struct imap_view *view_r, int64_t time_max_ms)
{
	enum imap_kind kind;

	s->view = (struct imap_view){ 0 };
	kind = imap_session_run(s, command, NULL, NULL, NULL, time_max_ms);
	s->has_news = false;
	*view_r = s->view;
	return kind;
}

/* ---- bodies ---- */

struct fetching {
	struct imap_session *s;
	const struct imap_catch *catch;
	struct imap_want *want;
	size_t count, next;             /* next: first that was not asked for yet */
	uint32_t first_tag;             /* of the commands under way */
	size_t in_flight;
	bool was_refused;
};

/* One command for the next window: runs of neighbours as FROM:TO. */
static bool send_window(struct fetching *f, const char *section)
{
	struct buf b = BUF_INIT(IMAP_COMMAND_MAX);
	int64_t bytes = 0;
	size_t n = 0;
	bool ok = buf_text(&b, "UID FETCH ");

	for (; f->next < f->count && n < IMAP_WINDOW_MAILS && (n == 0 || bytes + f->want[f->next].size <= IMAP_WINDOW_BYTES); n++) {
		size_t last = f->next;

		bytes += f->want[last].size;
		while (last + 1 < f->count && f->want[last + 1].uid == f->want[last].uid + 1 && n + 1 < IMAP_WINDOW_MAILS &&
		       bytes + f->want[last + 1].size <= IMAP_WINDOW_BYTES) {
			bytes += f->want[++last].size;
			n++;
		}
		ok = buf_format(&b, "%s%" PRIu32, b.data[b.len - 1] == ' ' ? "" : ",", f->want[f->next].uid) && ok;
		if (last > f->next) ok = buf_format(&b, ":%" PRIu32, f->want[last].uid) && ok;
		f->next = last + 1;
	}
	ok = buf_format(&b, " (UID BODY.PEEK[%s])", section) && ok && send_command(f->s, buf_str(&b));
	if (ok) f->in_flight++;
	buf_release(&b);
	return ok;
}

static int by_uid(const void *a, const void *b)
{
	const struct imap_want *x = a, *y = b;

	return (x->uid > y->uid) - (x->uid < y->uid);
}

/* A body has come: whose it is, and whether it was asked for. */
static bool take_body(struct fetching *f, const struct imap_response *r)
{
	const struct imap_want key = { .uid = r->uid };
	struct imap_want *want = r->uid > 0 ? bsearch(&key, f->want, f->next, sizeof(key), by_uid) : NULL;

	if (want == NULL || want->has_come) {
		f->s->in.trouble = IMAP_FOUL;
		f->s->in.why = want == NULL ? "a body that was not asked for" : "a body twice";
		return false;
	}
	if (!f->catch->whole(f->catch->arg, (size_t)(want - f->want))) {
		f->s->in.trouble = IMAP_DECLINED;
		return false;
	}
	want->has_come = true;
	return true;
}

static bool fetch_step(struct fetching *f, const struct imap_taker *taker)
{
	struct imap_response r;

	if (!hear(f->s, taker, &r)) return false;
	if (r.kind == IMAP_FETCH && r.has_body) return take_body(f, &r);
	if (!r.is_tagged) return true;
	if (!is_own_tag(f->s, &r, f->first_tag)) return false;
	f->was_refused |= r.kind != IMAP_OK;
	f->in_flight--;
	return true;
}

enum imap_kind imap_session_fetch(struct imap_session *s, struct imap_want *want, size_t count, const char *section, const struct imap_catch *catch,
                                  int64_t time_max_ms)
{
	const struct imap_taker taker = { .arg = catch->arg, .begin = catch->begin, .body = catch->body };
	struct fetching f = { .s = s, .catch = catch, .want = want, .count = count, .first_tag = s->tag + 1 };

	begin(s, time_max_ms, count);
	while (f.next < count || f.in_flight > 0) {
		if (f.next < count && f.in_flight < FLIGHT) {
			if (!send_window(&f, section)) return IMAP_BYE;
		} else if (!fetch_step(&f, &taker)) {
			return IMAP_BYE;
		}
	}
	return f.was_refused ? IMAP_NO : IMAP_OK;
}

/* ---- waiting for news ---- */

/* Up to the "+" that begins it. */
static bool idle_begin(struct imap_session *s, struct imap_response *r)
{
	if (!send_command(s, "IDLE")) return false;
	while (hear(s, NULL, r))
		if (r->kind == IMAP_CONTINUE || r->is_tagged) return true;
	return false;
}

enum imap_kind imap_session_idle(struct imap_session *s, int64_t wait_ms, int64_t time_max_ms)
{
	const int64_t end_ms = s->line.now_ms(s->line.arg) + wait_ms;
	struct imap_response r;

	begin(s, time_max_ms, 0);
	if (!idle_begin(s, &r)) return IMAP_BYE;
	if (r.is_tagged) return is_own_tag(s, &r, s->tag) && r.kind == IMAP_OK ? IMAP_BAD : r.kind;
	s->until_ms = 0;
	while (!s->has_news && (s->wait_ms = end_ms - s->line.now_ms(s->line.arg)) > 0) {
		imap_input_rest(&s->in);
		if (hear(s, NULL, &r)) {
			if (r.is_tagged) {
				s->wait_ms = 0;
				return IMAP_BAD;
			}
			continue;
		}
		if (s->in.trouble != IMAP_SILENT && s->in.trouble != IMAP_STOPPED) break;
		s->in.trouble = s->in.at == s->in.len && s->in.left == IMAP_RESPONSE_MAX ? IMAP_FINE : IMAP_FOUL;       /* between two responses, that is */
		break;
	}
	s->wait_ms = 0;
	s->until_ms = time_max_ms > 0 ? s->line.now_ms(s->line.arg) + time_max_ms : 0;
	return send_text(s, "DONE\r\n", 6) ? answer(s, NULL, NULL, NULL) : IMAP_BYE;
}
