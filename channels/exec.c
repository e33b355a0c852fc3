/* exec.c - runs a program of the operator's that writes one JSON object a line for each message and reads back what became of it.
 *
 *	program -> us   {"id":"7","text":"...","from":"a@b.example","subject":"...","sent_at":"2026-11-22T08:00:00Z", ...}
 *	us -> program   {"taken":"7","number":"202611-001","code":"...","text":"..."}   after the commit: it may forget the message
 *	                {"refused":"7","why":"..."}    kept in quarantine as far as it could be read: it may forget it too
 *	                {"retry":"7"}                  nothing was stored: it has to send it again
 *	                {"reply":KEY,"to":"7","conversation":"...","sender":"...","text":"..."}        with replies: yes, something to be sent
 *	program -> us   {"sent":KEY}   {"failed":KEY,"why":"...","closed":true}   {"later":KEY,"after":30}   what became of that
 *
 * The program is started without a shell in a clean environment and a process group of its own. It is not trusted to behave: lines,
 * backlog and waiting are bounded; when it ends or gets stuck it is started again, later and later.
 * Threads: run() owns the program; answered() comes on threads of the core and reply() on one of the outbox, and touch only what is under lock. */
#include <intaked/channel.h>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/codec.h"
#include "base/file.h"
#include "base/handle.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/program.h"
#include "base/utf8.h"

#define LINE_BYTES (1u << 20)
#define ANSWERS_BYTES (32u << 20)               /* a full backlog of answers fits */
#define ANSWERS_ENOUGH (256u * 1024)            /* unread answers above this: no more messages are read */
#define ID_BYTES 256
#define PARTS_MAX 20
#define LOG_BYTES 500                           /* of one stderr line */
#define LOG_LINES 20                            /* in LOG_WINDOW_MS */
#define LOG_WINDOW_MS 10000
#define BACKOFF_FIRST_MS 1000
#define BACKOFF_MAX_MS 300000
#define QUICK_MS 60000                          /* a program that lived longer starts afresh in the back-off */
#define FAILURES_MAX 5                          /* quick ends in a row; then the core pauses the channel */
#define LEAVE_MS 1000                           /* to read its last answers, then SIGTERM */
#define TERM_MS 2000                            /* then SIGKILL */

struct exec_conf { struct ik_list command; struct ik_map environment; int64_t timeout, backlog; bool replies; };
#define OPT(kind, field, ...) IK_OPTION(kind, struct exec_conf, field, __VA_ARGS__)
static const struct ik_option exec_options[] = {
	OPT(LIST, command, .flags = IK_REQUIRED, .help = "Program and arguments, one item each; absolute path, no shell."),
	OPT(MAP, environment, .help = "Variables of the program; it gets these, PATH and LANG, and nothing else."),
	OPT(DURATION, timeout, .def = "30s", .min = 1, .max = 3600,
	    .help = "A program that leaves a line unfinished or its answers unread for this long is started again."),
	OPT(BOOL, replies, .def = "no", .help = "The program passes texts on to customers: notices and answers in a chat; see docs/channels.md."),
	OPT(COUNT, backlog, .def = "64", .min = 1, .max = 10000, .help = "Messages under way at the same time; then the program's output waits."),
	IK_OPTION_END
};

/* One text the program is asked to pass on; the outbox has one at a time. */
struct saying { const char *key; bool is_over; enum ik_rc rc; int64_t after_s; bool is_closed; char why[200]; };

struct exec {
	const struct ik_host *host;
	const struct exec_conf *conf;
	int wake_fd;                    /* an answer is waiting */
	pthread_mutex_t lock;           /* of all below */
	pthread_cond_t less_pending;
	struct buf answers;
	int64_t pending;
	bool must_settle;               /* something was not stored: the core takes no more until we settle */
	struct saying saying;           /* as all below */
	pthread_cond_t said;
	bool is_running;                /* a program is there to hear it */
};

/* The program that runs now; run()'s alone. */
struct program {
	pid_t pid;
	int in, out, err;               /* its stdin, stdout, stderr; -1 when closed */
	struct buf line, log;
	bool is_discarding;             /* the rest of a line that is too long */
	int64_t started_ms, line_since_ms, write_since_ms;      /* 0: nothing unfinished */
	int64_t log_window_ms, log_lines, log_suppressed;
};

static enum ik_rc check(const struct exec_conf *conf, struct ik_error *err)
{
	return program_check(&(struct program_conf){ &conf->command, &conf->environment }, err);
}

static void exec_close(void *state)
{
	struct exec *e = state;

	fd_close(&e->wake_fd);
	buf_release(&e->answers);
	(void)pthread_cond_destroy(&e->less_pending);
	(void)pthread_cond_destroy(&e->said);
	(void)pthread_mutex_destroy(&e->lock);
	e->host->free(e);
}

static void cond_init(pthread_cond_t *cond)
{
	pthread_condattr_t attr;

	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(cond, &attr);
	(void)pthread_condattr_destroy(&attr);
}

static enum ik_rc exec_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct exec *e;
	const enum ik_rc rc = check(conf, err);

	if (rc != IK_OK) return rc;
	e = host->alloc(sizeof(*e));
	e->host = host;
	e->conf = conf;
	buf_init(&e->answers, ANSWERS_BYTES);
	(void)pthread_mutex_init(&e->lock, NULL);
	(void)pthread_cond_init(&e->less_pending, NULL);
	cond_init(&e->said);
	e->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (e->wake_fd < 0) {
		(void)ik_fail_errno(err, "create eventfd");
		exec_close(e);
		return IK_RETRY;
	}
	*state_r = e;
	return IK_OK;
}

static enum ik_rc exec_test(void *state, struct ik_error *err)
{
	const struct exec *e = state;

	return check(e->conf, err);
}

/* ---- answers ---- */

/* Takes the reference. A program that does not read its answers is started again before they fill the buffer. */
static void answer(struct exec *e, json_t *object)
{
	struct buf line = BUF_INIT(65536);
	const uint64_t one = 1;

	(void)json_print(&line, object);
	(void)buf_char(&line, '\n');
	(void)pthread_mutex_lock(&e->lock);
	if (!line.is_full) (void)buf_add(&e->answers, line.data, line.len);
	(void)pthread_mutex_unlock(&e->lock);
	buf_release(&line);
	json_decref(object);
	(void)!write(e->wake_fd, &one, sizeof(one));
}

static void answer_refused(struct exec *e, const char *id, const char *why)
{
	answer(e, json_pack("{s:s?, s:s}", "refused", id, "why", why));
}

struct waiting { struct exec *e; char *id; };

static void answered(void *arg, enum ik_rc rc, const struct ik_receipt *r, const struct ik_error *err)
{
	struct waiting *w = arg;
	struct exec *e = w->e;

	(void)pthread_mutex_lock(&e->lock);
	e->pending--;                   /* before the wake-up that comes with the answer */
	if (rc != IK_OK && rc != IK_REJECT) e->must_settle = true;
	(void)pthread_cond_signal(&e->less_pending);
	(void)pthread_mutex_unlock(&e->lock);
	if (rc == IK_OK) answer(e, json_pack("{s:s, s:s?, s:s?, s:s?}", "taken", w->id, "number", r->number, "code", r->code, "text", r->text));
	else if (rc == IK_REJECT) answer_refused(e, w->id, err->text);
	else answer(e, json_pack("{s:s}", "retry", w->id));
	free(w->id);
	free(w);
}

/* ---- one line ---- */

static const struct { const char *key; size_t offset, max; } texts[] = {
	{ "id",           offsetof(struct ik_message, source_id),    ID_BYTES },
	{ "text",         offsetof(struct ik_message, text),         LINE_BYTES },
	{ "subject",      offsetof(struct ik_message, subject),      4096 },
	{ "from",         offsetof(struct ik_message, sender),       1024 },
	{ "from_type",    offsetof(struct ik_message, sender_type),  64 },
	{ "name",         offsetof(struct ik_message, sender_name),  1024 },
	{ "language",     offsetof(struct ik_message, language),     64 },
	{ "order_number", offsetof(struct ik_message, order_number), 256 },
	{ "conversation", offsetof(struct ik_message, conversation), 1024 },
	{ "mail",         offsetof(struct ik_message, mail),         320 },
};

/* One attachment; its bytes are put into *bytes_r, to be freed. */
static enum ik_rc read_part(const json_t *object, struct ik_part *part_r, void **bytes_r, struct ik_error *err)
{
	const char *name = NULL, *type = NULL, *base64 = NULL;
	json_error_t why;
	size_t len;
	long size;

	if (json_unpack_ex((json_t *)(uintptr_t)object, &why, JSON_STRICT, "{s?s, s?s, s:s%}", "name", &name, "content_type", &type, "base64", &base64, &len) != 0)
		return ik_fail(IK_REJECT, err, "attachment: %s", why.text);
	*bytes_r = mem_new(len + 1);
	size = base64_decode(base64, len, *bytes_r, len);
	if (size < 0) return ik_fail(IK_REJECT, err, "attachment: base64 cannot be read");
	*part_r = (struct ik_part){ .name = name, .content_type = type, .data = *bytes_r, .fd = -1, .size = size };
	return IK_OK;
}

static enum ik_rc read_parts(const json_t *array, struct ik_part *parts, void **bytes, size_t *count_r, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	if (!json_is_array(array) || json_array_size(array) > PARTS_MAX) return ik_fail(IK_REJECT, err, "attachments: a list of at most %d is expected", PARTS_MAX);
	for (size_t i = 0; rc == IK_OK && i < json_array_size(array); i++) rc = read_part(json_array_get(array, i), &parts[i], &bytes[i], err);
	if (rc == IK_OK) *count_r = json_array_size(array);
	return rc;
}

static enum ik_rc read_time(const char *key, const json_t *value, int64_t *at_r, struct ik_error *err)
{
	const int64_t at = json_is_integer(value) ? json_integer_value(value) : json_is_string(value) ? clock_parse_rfc3339(json_string_value(value)) : -1;

	if (at < 0) return ik_fail(IK_REJECT, err, "%s: an RFC 3339 time or seconds since 1970 are expected", key);
	*at_r = at;
	return IK_OK;
}

static enum ik_rc read_member(const char *key, const json_t *value, struct ik_message *m, struct ik_part *parts, void **bytes, struct ik_error *err)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (strcmp(texts[i].key, key) != 0) continue;
		if (!json_is_string(value)) return ik_fail(IK_REJECT, err, "%s: a text is expected", key);
		if (json_string_length(value) > texts[i].max) return ik_fail(IK_REJECT, err, "%s: longer than %zu bytes", key, texts[i].max);
		*(const char **)(void *)((char *)m + texts[i].offset) = json_string_value(value);
		return IK_OK;
	}
	if (strcmp(key, "sent_at") == 0) return read_time(key, value, &m->sent_at, err);
	if (strcmp(key, "reply_until") == 0) return read_time(key, value, &m->reply_until, err);
	if (strcmp(key, "replies") == 0) {
		if (!json_is_integer(value) || json_integer_value(value) < 1) return ik_fail(IK_REJECT, err, "replies: a number of 1 or more is expected");
		m->replies = json_integer_value(value);
		return IK_OK;
	}
	if (strcmp(key, "followers") == 0) {
		if (!json_is_integer(value) || json_integer_value(value) < 0) return ik_fail(IK_REJECT, err, "followers: a whole number is expected");
		m->followers = json_integer_value(value);
		return IK_OK;
	}
	if (strcmp(key, "verified") == 0) {
		if (!json_is_boolean(value)) return ik_fail(IK_REJECT, err, "verified: true or false is expected");
		m->sender_verified = json_is_true(value);
		return IK_OK;
	}
	if (strcmp(key, "attachments") == 0) return read_parts(value, parts, bytes, &m->part_count, err);
	return ik_fail(IK_REJECT, err, "unknown key \"%.64s\"", key);
}

/* Fills m, which points into object, parts and bytes afterwards. m->source_id is set as soon as it is known. */
static enum ik_rc read_message(json_t *object, struct ik_message *m, struct ik_part *parts, void **bytes, struct ik_error *err)
{
	const char *key;
	json_t *value;
	enum ik_rc rc = IK_OK;

	if (!json_is_object(object)) return ik_fail(IK_REJECT, err, "a line is one JSON object");
	value = json_object_get(object, "id");
	if (!json_is_string(value) || json_string_length(value) == 0 || json_string_length(value) > ID_BYTES)
		return ik_fail(IK_REJECT, err, "id: a text of 1 to %d bytes is expected", ID_BYTES);
	m->source_id = json_string_value(value);
	json_object_foreach(object, key, value) {
		rc = read_member(key, value, m, parts, bytes, err);
		if (rc != IK_OK) return rc;
	}
	m->parts = parts;
	if (m->text == NULL && m->part_count == 0) return ik_fail(IK_REJECT, err, "text is missing");
	if (m->text == NULL) m->text = "";
	if (m->sender == NULL && m->sender_type != NULL) return ik_fail(IK_REJECT, err, "from_type says the kind of from, which is missing");
	if (m->sender != NULL && m->sender_type == NULL) m->sender_type = handle_kind(m->sender);
	return IK_OK;
}

static void offer(struct exec *e, const struct ik_message *m)
{
	struct waiting *w = mem_new(sizeof(*w));
	struct ik_error err = { "" };

	*w = (struct waiting){ .e = e, .id = mem_text(m->source_id) };
	(void)pthread_mutex_lock(&e->lock);
	while (e->pending >= e->conf->backlog) (void)pthread_cond_wait(&e->less_pending, &e->lock);
	e->pending++;
	(void)pthread_mutex_unlock(&e->lock);
	if (e->host->offer(e->host, m, answered, w, &err) != IK_OK) answered(w, IK_RETRY, NULL, &err);
}

/* What cannot be read is kept as it came. */
static void set_aside(struct exec *e, const char *id, const char *line, size_t len, const char *why)
{
	struct ik_error err = { "" };
	const enum ik_rc rc = e->host->set_aside(e->host, id, line, len, why, &err);

	if (rc == IK_OK || rc == IK_REJECT) answer_refused(e, id, why);
	else answer(e, json_pack("{s:s?}", "retry", id));
}

/* What the program says of the text it was given; what belongs to none, or to one that was given up, says nothing any more. */
static bool take_verdict(struct exec *e, const json_t *object)
{
	const char *sent = json_text(object, "sent"), *failed = json_text(object, "failed"), *later = json_text(object, "later");
	const char *key = sent != NULL ? sent : failed != NULL ? failed : later, *why = json_text(object, "why");

	if (!e->conf->replies || key == NULL || json_object_get(object, "id") != NULL) return false;
	(void)pthread_mutex_lock(&e->lock);
	if (e->saying.key != NULL && strcmp(e->saying.key, key) == 0) {
		e->saying.is_over = true;
		e->saying.rc = sent != NULL ? IK_OK : failed != NULL ? IK_REJECT : IK_RETRY;
		e->saying.after_s = json_int(object, "after", -1);
		e->saying.is_closed = json_is_true(json_object_get(object, "closed"));
		(void)snprintf(e->saying.why, sizeof(e->saying.why), "%.*s", why != NULL ? (int)utf8_cut(why, strlen(why), sizeof(e->saying.why) - 1) : 0, why != NULL ? why : "");
		(void)pthread_cond_broadcast(&e->said);
	}
	(void)pthread_mutex_unlock(&e->lock);
	return true;
}

static void take_line(struct exec *e, const char *line, size_t len)
{
	struct ik_message m = { .raw = line, .raw_fd = -1, .raw_size = (int64_t)len };
	struct ik_part parts[PARTS_MAX];
	void *bytes[PARTS_MAX] = { NULL };
	struct ik_error err = { "" };
	json_t *object = NULL;
	enum ik_rc rc;

	if (len == 0) return;
	rc = json_parse(line, len, &object, &err);
	if (rc == IK_OK && take_verdict(e, object)) {
		json_decref(object);
		return;
	}
	if (rc == IK_OK) rc = read_message(object, &m, parts, bytes, &err);
	if (rc == IK_OK) offer(e, &m);
	else set_aside(e, m.source_id, line, len, err.text);
	for (size_t i = 0; i < PARTS_MAX; i++) free(bytes[i]);
	json_decref(object);
}

/* ---- the program's pipes ---- */

/* Splits what came on stdout. A line that does not fit is refused as a whole. */
static void take_output(struct exec *e, struct program *p, const char *data, size_t len)
{
	while (len > 0) {
		const char *lf = memchr(data, '\n', len);
		const size_t used = lf != NULL ? (size_t)(lf - data) : len;

		if (!p->is_discarding && !buf_add(&p->line, data, used)) {
			p->is_discarding = true;
			e->host->refuse(e->host, "too large", "a line of more than 1 MiB");
			answer_refused(e, NULL, "line is longer than 1 MiB");
		}
		if (p->line_since_ms == 0) p->line_since_ms = clock_mono_ms();
		if (lf == NULL) return;
		if (!p->is_discarding) take_line(e, buf_str(&p->line), p->line.len);
		p->is_discarding = false;
		p->line_since_ms = 0;
		if (p->line.room > 65536) { buf_release(&p->line); buf_init(&p->line, LINE_BYTES); }
		buf_clear(&p->line);
		data += used + 1;
		len -= used + 1;
	}
}

static void log_one(struct exec *e, struct program *p)
{
	const int64_t now_ms = clock_mono_ms();
	struct buf clean = BUF_INIT(3 * LOG_BYTES + 16);

	if (now_ms - p->log_window_ms > LOG_WINDOW_MS) {
		if (p->log_suppressed > 0) e->host->log(e->host, IK_LOG_WARNING, "program: %lld lines left out", (long long)p->log_suppressed);
		p->log_window_ms = now_ms;
		p->log_lines = p->log_suppressed = 0;
	}
	if (p->log_lines++ >= LOG_LINES) {
		p->log_suppressed++;
	} else if (p->log.len > 0) {
		(void)utf8_clean(&clean, p->log.data, p->log.len, true);
		e->host->log(e->host, IK_LOG_NOTICE, "program: %s", buf_str(&clean));
	}
	buf_release(&clean);
	buf_clear(&p->log);
}

static void take_log(struct exec *e, struct program *p, const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\n') log_one(e, p);
		else (void)buf_char(&p->log, data[i]);          /* what is too long is cut */
	}
}

/* One read. False: the pipe is at its end. */
static bool pull(int *fd, char *room, size_t size, size_t *len_r)
{
	const ssize_t got = read(*fd, room, size);

	*len_r = got > 0 ? (size_t)got : 0;
	if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR))) return true;
	fd_close(fd);
	return false;
}

/* Writes answers as far as the program reads. */
static void push_answers(struct exec *e, struct program *p)
{
	ssize_t put;

	(void)pthread_mutex_lock(&e->lock);
	put = p->in >= 0 && e->answers.len > 0 ? write(p->in, e->answers.data, e->answers.len) : 0;
	if (put > 0) {
		buf_drop(&e->answers, (size_t)put);
		e->answers.is_full = false;
	}
	if (put < 0 && errno == EPIPE) fd_close(&p->in);
	if (p->in < 0) buf_clear(&e->answers);          /* nobody will ever read them */
	p->write_since_ms = e->answers.len == 0 ? 0 : put > 0 || p->write_since_ms == 0 ? clock_mono_ms() : p->write_since_ms;
	(void)pthread_mutex_unlock(&e->lock);
}

static bool is_busy(struct exec *e)
{
	bool busy;

	(void)pthread_mutex_lock(&e->lock);
	busy = e->pending >= e->conf->backlog || e->answers.len > ANSWERS_ENOUGH || e->must_settle;
	(void)pthread_mutex_unlock(&e->lock);
	return busy;
}

/* Milliseconds until something unfinished is overdue: -1 nothing is, 0 it is now. */
static int64_t time_left(const struct exec *e, const struct program *p)
{
	const int64_t line = p->line_since_ms, unread = p->write_since_ms;
	const int64_t since = line == 0 ? unread : unread == 0 || line < unread ? line : unread;
	const int64_t left = since + e->conf->timeout * 1000 - clock_mono_ms();

	return since == 0 ? -1 : left > 0 ? left : 0;
}

enum ending { GOES_ON, HAS_ENDED, IS_STUCK, MUST_STOP };

/* After a failure, once all is answered: from then on messages are taken again. */
static void settle_failure(struct exec *e)
{
	struct ik_error err = { "" };
	bool is_due;

	(void)pthread_mutex_lock(&e->lock);
	is_due = e->must_settle && e->pending == 0;
	if (is_due) e->must_settle = false;
	(void)pthread_mutex_unlock(&e->lock);
	if (is_due) (void)e->host->settle(e->host, &err);
}

static enum ending serve_once(struct exec *e, struct program *p, char *room, size_t size)
{
	bool reads;
	uint64_t count;
	int64_t left;
	size_t len;

	settle_failure(e);
	reads = !is_busy(e);

	struct pollfd f[] = {
		{ .fd = e->host->stop_fd(e->host), .events = POLLIN }, { .fd = e->wake_fd, .events = POLLIN },
		{ .fd = reads ? p->out : -1, .events = POLLIN }, { .fd = p->err, .events = POLLIN },
		{ .fd = p->write_since_ms > 0 ? p->in : -1, .events = POLLOUT },
	};

	if (!reads && p->line_since_ms > 0) p->line_since_ms = clock_mono_ms();         /* it waits for us, not we for it */
	left = time_left(e, p);
	if (left == 0) return IS_STUCK;
	if (poll(f, COUNT_OF(f), (int)left) < 0) return GOES_ON;
	if (f[0].revents != 0) return MUST_STOP;
	if (f[1].revents != 0) (void)!read(e->wake_fd, &count, sizeof(count));
	if (f[1].revents != 0 || f[4].revents != 0) push_answers(e, p);
	if (f[3].revents != 0 && pull(&p->err, room, size, &len)) take_log(e, p, room, len);
	if (f[2].revents == 0) return GOES_ON;
	if (!pull(&p->out, room, size, &len)) return HAS_ENDED;
	take_output(e, p, room, len);
	return GOES_ON;
}

/* ---- start and end of the program ---- */

static enum ik_rc start_program(struct exec *e, struct program *p, struct ik_error *err)
{
	struct program_pipes pipes = { -1, -1, -1 };
	pid_t pid = 0;
	const enum ik_rc rc = program_start(&(struct program_conf){ &e->conf->command, &e->conf->environment }, &pipes, &pid, err);

	*p = (struct program){ .pid = pid, .in = pipes.in, .out = pipes.out, .err = pipes.err, .line = BUF_INIT(LINE_BYTES), .log = BUF_INIT(LOG_BYTES),
	                       .started_ms = clock_mono_ms() };
	return rc;
}

/* Waits up to ms for the end, and leaves the dead process there: it keeps the name of the group. True: it has ended. */
static bool has_ended_within(pid_t pid, int64_t ms)
{
	const int64_t until_ms = clock_mono_ms() + ms;
	siginfo_t info = { .si_pid = 0 };

	for (int64_t step = 1;; step = step < 50 ? step * 2 : 50) {
		if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0) return true;
		if (clock_mono_ms() >= until_ms) return false;
		(void)poll(NULL, 0, (int)step);
	}
}

/* Ends the program and whatever it started: it may leave by itself, then SIGTERM, then SIGKILL for the group in any case. */
static int end_program(struct program *p, int64_t leave_ms)
{
	int status = 0;

	fd_close(&p->in);
	if (p->pid > 0) {
		if (!has_ended_within(p->pid, leave_ms)) {
			(void)kill(-p->pid, SIGTERM);
			(void)has_ended_within(p->pid, TERM_MS);
		}
		(void)kill(-p->pid, SIGKILL);
		while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR) ;
	}
	p->pid = 0;
	fd_close(&p->out);
	fd_close(&p->err);
	buf_release(&p->line);
	buf_release(&p->log);
	return status;
}

/* Lets the program hear what became of its last messages. */
static void say_last_answers(struct exec *e, struct program *p)
{
	const int64_t until_ms = clock_mono_ms() + LEAVE_MS;
	struct ik_error err = { "" };

	(void)e->host->settle(e->host, &err);
	do {
		struct pollfd f = { .fd = p->in, .events = POLLOUT };

		push_answers(e, p);
		if (p->write_since_ms > 0) (void)poll(&f, 1, 50);
	} while (p->write_since_ms > 0 && clock_mono_ms() < until_ms);
	(void)pthread_mutex_lock(&e->lock);
	buf_clear(&e->answers);         /* the next program starts with nothing said */
	(void)pthread_mutex_unlock(&e->lock);
}

static void describe_end(enum ending ending, int status, int64_t timeout_s, char *why_r, size_t size)
{
	if (ending == IS_STUCK) (void)snprintf(why_r, size, "was stuck for %lld s", (long long)timeout_s);
	else if (WIFSIGNALED(status)) (void)snprintf(why_r, size, "ended by signal %d", WTERMSIG(status));
	else (void)snprintf(why_r, size, "ended with status %d", WEXITSTATUS(status));
}

/* ---- texts for customers ---- */

/* Whoever waits for a program that has ended waits no longer. */
static void set_running(struct exec *e, bool is_running)
{
	(void)pthread_mutex_lock(&e->lock);
	e->is_running = is_running;
	(void)pthread_cond_broadcast(&e->said);
	(void)pthread_mutex_unlock(&e->lock);
}

static bool exec_replies(const void *conf)
{
	return ((const struct exec_conf *)conf)->replies;
}

/* False: no program runs, and nothing was said. */
static bool begin_saying(struct exec *e, const struct ik_reply *reply)
{
	bool can;

	(void)pthread_mutex_lock(&e->lock);
	can = e->is_running;
	if (can) e->saying = (struct saying){ .key = reply->key, .after_s = -1 };
	(void)pthread_mutex_unlock(&e->lock);
	return can;
}

/* Until the program has said what became of it, has ended, or the time is over. */
static struct saying end_saying(struct exec *e)
{
	struct timespec until;
	struct saying s;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += (time_t)e->conf->timeout;
	(void)pthread_mutex_lock(&e->lock);
	while (!e->saying.is_over && e->is_running && pthread_cond_timedwait(&e->said, &e->lock, &until) == 0) ;
	s = e->saying;
	e->saying.key = NULL;
	(void)pthread_mutex_unlock(&e->lock);
	return s;
}

static enum ik_rc exec_reply(void *state, const struct ik_reply *reply, struct ik_reply_result *result_r, struct ik_error *err)
{
	struct exec *e = state;
	struct saying s;

	if (!begin_saying(e, reply)) return ik_fail(IK_RETRY, err, "%s does not run", e->conf->command.item[0]);
	answer(e, json_pack("{s:s, s:s?, s:s?, s:s?, s:s}", "reply", reply->key, "to", reply->source_id, "conversation", reply->conversation, "sender", reply->sender, "text", reply->text));
	s = end_saying(e);
	result_r->uncertain = !s.is_over;
	result_r->retry_after_s = s.after_s;
	result_r->is_closed = s.is_closed;
	if (!s.is_over) return ik_fail(IK_RETRY, err, "%s did not say whether the text was sent", e->conf->command.item[0]);
	if (s.rc != IK_OK) return ik_fail(s.rc, err, "%s: %s", e->conf->command.item[0], s.why[0] != '\0' ? s.why : s.rc == IK_REJECT ? "not sent" : "later");
	return IK_OK;
}

/* One life of the program. IK_OK: asked to stop. */
static enum ik_rc run_once(struct exec *e, int64_t *lived_ms_r, struct ik_error *err)
{
	struct program p;
	char room[16384], why[64];
	enum ending ending = GOES_ON;
	enum ik_rc rc = start_program(e, &p, err);
	int status;

	if (rc == IK_OK) {
		set_running(e, true);
		while (ending == GOES_ON) ending = serve_once(e, &p, room, sizeof(room));
		set_running(e, false);
		say_last_answers(e, &p);
	}
	status = end_program(&p, ending == IS_STUCK || rc != IK_OK ? 0 : LEAVE_MS);
	*lived_ms_r = clock_mono_ms() - p.started_ms;
	if (rc != IK_OK || ending == MUST_STOP) return rc;
	describe_end(ending, status, e->conf->timeout, why, sizeof(why));
	return ik_fail(IK_RETRY, err, "%s %s", e->conf->command.item[0], why);
}

static enum ik_rc exec_run(void *state, struct ik_error *err)
{
	struct exec *e = state;
	int64_t backoff_ms = BACKOFF_FIRST_MS, lived_ms = 0;
	sigset_t pipe_only;

	(void)sigemptyset(&pipe_only);
	(void)sigaddset(&pipe_only, SIGPIPE);           /* a program that closes its stdin is no reason to die */
	(void)pthread_sigmask(SIG_BLOCK, &pipe_only, NULL);
	for (int failures = 0; !e->host->stopping(e->host);) {
		const enum ik_rc rc = run_once(e, &lived_ms, err);

		if (rc != IK_RETRY) return rc;
		if (lived_ms >= QUICK_MS) { failures = 0; backoff_ms = BACKOFF_FIRST_MS; }
		if (++failures >= FAILURES_MAX) return rc;
		e->host->log(e->host, IK_LOG_WARNING, "%s; started again in %lld s", err->text, (long long)backoff_ms / 1000);
		if (!e->host->sleep_ms(e->host, backoff_ms)) break;
		backoff_ms = backoff_ms * 2 < BACKOFF_MAX_MS ? backoff_ms * 2 : BACKOFF_MAX_MS;
	}
	return IK_OK;
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "exec", .summary = "Messages from a program that writes JSON lines",
	.options = exec_options, .conf_size = sizeof(struct exec_conf), .ack = IK_ACK_RESPONSE,
	.open = exec_open, .run = exec_run, .reply = exec_reply, .replies = exec_replies, .test = exec_test, .close = exec_close,
};
