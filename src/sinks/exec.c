/* exec.c - hands each event to a program of the operator's: one JSON object on its stdin, {"type","key","timestamp","data"}, started anew for
 * every event. What it prints on stdout becomes the remote id; the last line of its stderr is the error.
 *
 * Exit status: 0 delivered · 75 (EX_TEMPFAIL), any signal or running too long: tried again · 78 (EX_CONFIG): the sink is parked · any other:
 * a dead letter. Delivery is at least once with a constant key, which the program also finds in INTAKED_KEY.
 * Thread: this instance's own outbox thread. */
#include <intaked/sink.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/program.h"
#include "base/utf8.h"

#define INPUT_MAX (32u * 1024 * 1024)
#define OUTPUT_MAX 4096                 /* what is kept of stdout and of stderr */
#define SHOWN_MAX 200                   /* bytes of stderr in an error */

struct exec_conf { struct ik_list command; struct ik_map environment; int64_t timeout; };
#define OPT(kind, field, ...) IK_OPTION(kind, struct exec_conf, field, __VA_ARGS__)
static const struct ik_option exec_options[] = {
	OPT(LIST, command, .flags = IK_REQUIRED, .help = "Program and arguments, one item each; absolute path, no shell."),
	OPT(MAP, environment, .help = "Variables of the program; it gets these, PATH and LANG, and nothing else."),
	OPT(DURATION, timeout, .def = "30s", .min = 1, .max = 600, .help = "A program that runs longer is ended and tried again later."),
	IK_OPTION_END
};

struct exec { const struct ik_host *host; const struct exec_conf *conf; };

/* One run of the program. */
struct run { struct program_pipes pipes; pid_t pid; struct buf out, err; const char *input; size_t left; int status; bool is_overdue; };

static enum ik_rc check(const struct exec_conf *conf, struct ik_error *err)
{
	return program_check(&(struct program_conf){ &conf->command, &conf->environment }, err);
}

static enum ik_rc exec_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct exec *e;
	const enum ik_rc rc = check(conf, err);

	if (rc != IK_OK) return rc;
	e = mem_new(sizeof(*e));
	*e = (struct exec){ .host = host, .conf = conf };
	*state_r = e;
	return IK_OK;
}

static enum ik_rc exec_test(void *state, struct ik_error *err)
{
	return check(((const struct exec *)state)->conf, err);
}

static void exec_close(void *state)
{
	free(state);
}

/* ---- one run ---- */

/* false at the end of the pipe. What does not fit is read and dropped, so that the program is not held up. */
static bool pull(int *fd, struct buf *b)
{
	char room[4096];
	const ssize_t n = read(*fd, room, sizeof(room));

	if (n < 0) return errno == EAGAIN || errno == EINTR;
	if (n == 0) {
		fd_close(fd);
		return false;
	}
	(void)buf_add(b, room, (size_t)n < b->max - b->len ? (size_t)n : b->max - b->len);
	return true;
}

static void push(struct run *r)
{
	const ssize_t n = write(r->pipes.in, r->input, r->left);

	if (n > 0) {
		r->input += n;
		r->left -= (size_t)n;
	}
	if (r->left == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) fd_close(&r->pipes.in);       /* it need not read all of it */
}

/* Until the program has closed its ends, its time is over, or we have to stop. */
static void talk(const struct exec *e, struct run *r)
{
	const int64_t until_ms = clock_mono_ms() + e->conf->timeout * 1000;

	while (r->pipes.out >= 0 || r->pipes.err >= 0) {
		const int64_t left_ms = until_ms - clock_mono_ms();
		struct pollfd f[] = {
			{ .fd = e->host->stop_fd(e->host), .events = POLLIN }, { .fd = r->pipes.in, .events = POLLOUT },
			{ .fd = r->pipes.out, .events = POLLIN }, { .fd = r->pipes.err, .events = POLLIN },
		};

		r->is_overdue = left_ms <= 0;
		if (r->is_overdue || poll(f, COUNT_OF(f), (int)left_ms) < 0) break;
		if (f[0].revents != 0) break;
		if (f[1].revents != 0) push(r);
		if (f[2].revents != 0) (void)pull(&r->pipes.out, &r->out);
		if (f[3].revents != 0) (void)pull(&r->pipes.err, &r->err);
	}
}

/* Its whole group ends with it: what it left behind in the background as well. */
static void finish(struct run *r)
{
	const struct timespec moment = { .tv_nsec = 10000000 };

	fd_close(&r->pipes.in);
	for (int i = 0; i < 20 && (r->pipes.out < 0 && r->pipes.err < 0); i++) {
		if (waitpid(r->pid, &r->status, WNOHANG) == r->pid) {
			r->pid = 0;
			break;
		}
		(void)nanosleep(&moment, NULL);
	}
	if (r->pid > 0) {
		(void)kill(-r->pid, SIGKILL);
		while (waitpid(r->pid, &r->status, 0) < 0 && errno == EINTR) continue;
	}
	fd_close(&r->pipes.out);
	fd_close(&r->pipes.err);
}

/* ---- what became of it ---- */

/* The last line, cleaned for a log and an error text. */
static void last_line(const struct buf *b, char *text_r, size_t size)
{
	size_t end = b->len, start;

	while (end > 0 && (unsigned char)b->data[end - 1] <= ' ') end--;
	for (start = end; start > 0 && b->data[start - 1] != '\n' && end - start < size - 1; ) start--;
	(void)snprintf(text_r, size, "%.*s", (int)(end - start), b->data != NULL ? b->data + start : "");
	for (char *c = text_r; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 127) *c = ' ';
	if (!utf8_valid(text_r, strlen(text_r))) text_r[0] = '\0';
}

static void judge(const struct run *r, struct ik_delivery *d)
{
	char said[SHOWN_MAX + 1], shown[SHOWN_MAX + 3];
	const int status = WIFEXITED(r->status) ? WEXITSTATUS(r->status) : -1;

	last_line(&r->err, said, sizeof(said));
	(void)snprintf(shown, sizeof(shown), "%s%s", said[0] != '\0' ? ": " : "", said);
	if (r->is_overdue) d->rc = ik_fail(IK_RETRY, &d->err, "the program did not end in time%s", shown);
	else if (status < 0) d->rc = ik_fail(IK_RETRY, &d->err, "the program was ended by signal %d%s", WTERMSIG(r->status), shown);
	else if (status == EX_OK) d->rc = IK_OK;
	else if (status == EX_TEMPFAIL) d->rc = ik_fail(IK_RETRY, &d->err, "the program asks for another try%s", shown);
	else d->rc = ik_fail(status == EX_CONFIG ? IK_CONFIG : IK_REJECT, &d->err, "the program ended with status %d%s", status, shown);
	d->uncertain = d->rc == IK_RETRY && status != EX_TEMPFAIL;
	if (d->rc == IK_OK) last_line(&r->out, d->new_remote_id, sizeof(d->new_remote_id));
}

static enum ik_rc print_input(const struct exec *e, const struct ik_delivery *d, struct buf *b, struct ik_error *err)
{
	char at[CLOCK_RFC3339_SIZE];
	json_t *input = json_pack("{s:s, s:s, s:s, s:O}", "type", d->event, "key", d->key, "timestamp", clock_rfc3339(e->host->now(e->host), at), "data", d->ticket);
	enum ik_rc rc = input != NULL && json_print(b, input) && buf_char(b, '\n') ? IK_OK : ik_fail(IK_REJECT, err, "the event is larger than %u bytes", INPUT_MAX);

	json_decref(input);
	return rc;
}

/* The variables of the configuration and the key. */
static enum ik_rc start(const struct exec *e, const struct ik_delivery *d, struct run *r, struct ik_error *err)
{
	const struct ik_map *given = &e->conf->environment;
	struct ik_map all = { .pair = mem_new((given->count + 1) * sizeof(*all.pair)), .count = given->count + 1 };
	enum ik_rc rc;

	for (size_t i = 0; i < given->count; i++) all.pair[i] = given->pair[i];
	all.pair[given->count].key = (char *)(uintptr_t)"INTAKED_KEY";
	all.pair[given->count].value = (char *)(uintptr_t)d->key;
	rc = program_start(&(struct program_conf){ &e->conf->command, &all }, &r->pipes, &r->pid, err);
	free(all.pair);
	return rc;
}

static void deliver_one(const struct exec *e, struct ik_delivery *d)
{
	struct buf input = BUF_INIT(INPUT_MAX);
	struct run r = { .pipes = { -1, -1, -1 }, .out = BUF_INIT(OUTPUT_MAX), .err = BUF_INIT(OUTPUT_MAX) };

	d->rc = print_input(e, d, &input, &d->err);
	if (d->rc == IK_OK) d->rc = start(e, d, &r, &d->err);
	if (d->rc == IK_OK) {
		r.input = input.data;
		r.left = input.len;
		talk(e, &r);
		finish(&r);
		judge(&r, d);
	}
	buf_release(&input);
	buf_release(&r.out);
	buf_release(&r.err);
}

static void exec_deliver(void *state, struct ik_delivery *deliveries, size_t count)
{
	for (size_t i = 0; i < count; i++) deliver_one(state, &deliveries[i]);
}

IK_EXPORT const struct ik_sink intaked_sink = {
	.abi = IK_SINK_ABI, .size = sizeof(intaked_sink), .name = "exec", .summary = "Starts a program for every event, with the event on its standard input",
	.options = exec_options, .conf_size = sizeof(struct exec_conf), .batch_max = 1,
	.open = exec_open, .deliver = exec_deliver, .test = exec_test, .close = exec_close,
};
