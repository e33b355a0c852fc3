/* pool.c - the parent's side of the parse workers.
 *
 *	EMPTY --spawn()--> STARTING --READY--> IDLE --take()--> BUSY --give()--> IDLE
 *	  ^                    |                 |                |
 *	  |                    | no READY        | hung up        | died, late, nonsense: bury() by the caller
 *	  +--------------------+-----------------+----------------+
 *	  +------- bury() ------ SPENT <--give()------------------+  served or lived long enough
 *
 * EMPTY has no process; every other state has one process and one socket. Only the keeper thread spawns, because a worker dies with
 * the thread that made it. A BUSY slot belongs to the thread that took it; all other fields are guarded by the pool's lock. */
#include "worker/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "worker/frame.h"

#define PROCESSES_MAX 64
#define START_MS 20000                          /* a worker that is not ready by then never will be */
#define BACKOFF_FIRST_MS 100
#define BACKOFF_MAX_MS 30000
#define PATIENCE_MS 30000                       /* how long a caller waits for a free worker, on top of one message's time */
#define KEEP_BYTES (1u << 20)
#define CPU_MAX_S 86400
#define ENVIRONMENT_MAX 3

#define OPT(kind, field, ...) IK_OPTION(kind, struct worker_conf, field, __VA_ARGS__)
const struct ik_option worker_options[] = {
	OPT(COUNT, processes, .def = "2", .min = 1, .max = PROCESSES_MAX, .help = "Sandboxed processes that read mail."),
	OPT(SIZE, memory, .def = "256M", .min = 128 << 20, .max = INT64_C(4) << 30, .help = "Address space of one such process."),
	OPT(DURATION, timeout, .def = "30s", .min = 1, .max = 600,
	    .help = "Time for one message; then the process is killed and the message tried once more."),
	OPT(COUNT, messages, .def = "5000", .min = 1, .max = 1000000, .help = "Messages after which a process is replaced by a fresh one."),
	OPT(DURATION, lifetime, .def = "1h", .min = 1, .max = 86400, .help = "Age at which a process is replaced after its next message."),
	IK_OPTION_END
};

enum slot_state { SLOT_EMPTY, SLOT_STARTING, SLOT_IDLE, SLOT_BUSY, SLOT_SPENT };

struct slot {
	enum slot_state state;
	pid_t pid;                      /* 0: none */
	int sock;                       /* -1: none */
	bool is_reserved;               /* the next IDLE belongs to a caller on its second attempt */
	bool has_hung_up;               /* seen by the keeper while BUSY */
	uint64_t generation;            /* counts processes, so that a late poll() result is not taken for the next one's */
	int64_t since_ms, served;
	struct buf bytes;               /* of the last reply; of the owner while BUSY */
};

struct worker_pool {
	const struct worker_conf *conf;
	size_t count;
	bool obeys_faults;
	char *environment[ENVIRONMENT_MAX + 1];
	int wake_fd;                    /* eventfd: the keeper has something to do */
	pthread_t keeper;

	pthread_mutex_t lock;
	pthread_cond_t changed;         /* a slot became IDLE or EMPTY by the keeper's work, or the pool ends */
	pthread_cond_t given;           /* a slot was given back: one of those who wait for any is woken */
	bool is_ending;
	int64_t failures, not_before_ms;/* starts that failed in a row; no spawn before */
	struct ik_error start_err;
	struct worker_stats stats;
	struct slot slots[PROCESSES_MAX];
};

/* ---- processes ---- */

/* What the sanitizers' run-time reads; nothing else of our environment is a worker's business. Copied, because environ is nobody's
 * to read while threads run. */
static void copy_environment(char *copies_r[ENVIRONMENT_MAX + 1])
{
	static const char *const wanted[ENVIRONMENT_MAX] = { "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS" };
	size_t n = 0;

	for (size_t i = 0; i < ENVIRONMENT_MAX; i++) {
		const char *value = getenv(wanted[i]);

		if (value != NULL) copies_r[n++] = mem_format("%s=%s", wanted[i], value);
	}
}

static int spawn_with(posix_spawn_file_actions_t *files, posix_spawnattr_t *attr, int sock, char *const *argv, char *const *environment, pid_t *pid_r)
{
	sigset_t none, all;
	int rc;

	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	(void)posix_spawnattr_setsigmask(attr, &none);
	(void)posix_spawnattr_setsigdefault(attr, &all);
	(void)posix_spawnattr_setpgroup(attr, 0);       /* a terminal's ^C is the daemon's alone */
	(void)posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	rc = posix_spawn_file_actions_adddup2(files, sock, WORKER_SOCKET);
	for (int fd = 0; rc == 0 && fd <= 1; fd++) rc = posix_spawn_file_actions_addopen(files, fd, "/dev/null", O_RDWR, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	if (rc == 0) rc = posix_spawn_file_actions_addopen(files, 2, "/dev/null", O_RDWR, 0);
#endif
	if (rc == 0) rc = posix_spawn(pid_r, "/proc/self/exe", files, attr, argv, environment);
	return rc;
}

static int spawn_process(const struct worker_pool *p, int sock, pid_t *pid_r)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	char memory[24], cpu[24], parent[24], name[] = "intaked", word[] = WORKER_ARGUMENT, faults[] = { p->obeys_faults ? '1' : '0', '\0' };
	char *const argv[] = { name, word, memory, cpu, parent, faults, NULL };
	const int64_t cpu_s = p->conf->messages * p->conf->timeout;
	int rc;

	(void)snprintf(memory, sizeof(memory), "%lld", (long long)p->conf->memory);
	(void)snprintf(cpu, sizeof(cpu), "%lld", (long long)(cpu_s < CPU_MAX_S ? cpu_s : CPU_MAX_S));
	(void)snprintf(parent, sizeof(parent), "%lld", (long long)getpid());
	if (posix_spawn_file_actions_init(&files) != 0) return ENOMEM;
	if (posix_spawnattr_init(&attr) != 0) {
		(void)posix_spawn_file_actions_destroy(&files);
		return ENOMEM;
	}
	rc = spawn_with(&files, &attr, sock, argv, p->environment, pid_r);
	(void)posix_spawnattr_destroy(&attr);
	(void)posix_spawn_file_actions_destroy(&files);
	return rc;
}

/* Kills, waits and closes; status_r as of waitpid(). Touches only the process, not the state. */
static void end_process(struct slot *s, int *status_r)
{
	*status_r = 0;
	if (s->pid > 0) {
		(void)kill(s->pid, SIGKILL);
		while (waitpid(s->pid, status_r, 0) < 0 && errno == EINTR) ;
	}
	s->pid = 0;
	fd_close(&s->sock);
	if (s->bytes.room > KEEP_BYTES) buf_release(&s->bytes);
}

static void wake_keeper(struct worker_pool *p)
{
	const uint64_t one = 1;

	(void)!write(p->wake_fd, &one, sizeof(one));
}

/* Under the lock. */
static void wake_all(struct worker_pool *p)
{
	(void)pthread_cond_broadcast(&p->changed);
	(void)pthread_cond_broadcast(&p->given);
}

/* Under the lock. */
static void bury(struct worker_pool *p, struct slot *s, int *status_r)
{
	end_process(s, status_r);
	s->state = SLOT_EMPTY;
	s->has_hung_up = false;
	s->served = 0;
	wake_all(p);
}

/* ---- the keeper ---- */

/* Under the lock. The next start waits longer and longer. */
static void start_failed(struct worker_pool *p, struct slot *s, const char *why)
{
	const int64_t shift = p->failures < 10 ? p->failures : 10, delay = (int64_t)BACKOFF_FIRST_MS << shift;
	int status;

	bury(p, s, &status);
	p->failures++;
	p->not_before_ms = clock_mono_ms() + (delay < BACKOFF_MAX_MS ? delay : BACKOFF_MAX_MS);
	(void)ik_fail(IK_RETRY, &p->start_err, "parse worker does not start: %s", why);
	log_line(IK_LOG_ERROR, "worker", "%s; next try in %lld ms", p->start_err.text, (long long)(p->not_before_ms - clock_mono_ms()));
}

/* Under the lock, which is let go during the spawn: an EMPTY slot is the keeper's alone. */
static void spawn(struct worker_pool *p, struct slot *s)
{
	int ends[2] = { -1, -1 }, rc = 0;
	pid_t pid = 0;

	s->state = SLOT_STARTING;
	s->generation++;
	(void)pthread_mutex_unlock(&p->lock);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) rc = errno;
	if (rc == 0) rc = spawn_process(p, ends[1], &pid);
	fd_close(&ends[1]);
	(void)pthread_mutex_lock(&p->lock);
	s->pid = rc == 0 ? pid : 0;
	s->sock = ends[0];
	s->since_ms = clock_mono_ms();
	if (rc != 0) start_failed(p, s, strerrordesc_np(rc));
}

/* Under the lock. READY tells that the sandbox is shut, or why it could not be. */
static void hear_ready(struct worker_pool *p, struct slot *s)
{
	struct frame f = { 0 };
	const enum frame_end end = frame_receive(s->sock, &f, 0, &s->bytes, NULL, clock_mono_ms() + 1000);

	if (end == FRAME_DONE && f.kind == FRAME_READY && f.rc == IK_OK) {
		s->state = SLOT_IDLE;
		s->since_ms = clock_mono_ms();
		p->failures = 0;
		wake_all(p);
	} else if (end == FRAME_DONE && f.kind == FRAME_READY) {
		start_failed(p, s, s->bytes.data + FRAME_SIZE + f.charset_len);
	} else {
		start_failed(p, s, "it ended before it was ready");
	}
}

/* Under the lock. What has to be done to one slot now; returns the time at which to look again, or -1. */
static int64_t tend(struct worker_pool *p, struct slot *s)
{
	const int64_t now_ms = clock_mono_ms();
	int status;

	if (s->state == SLOT_SPENT) {
		p->stats.replaced++;
		bury(p, s, &status);
	}
	if (s->state == SLOT_STARTING && now_ms >= s->since_ms + START_MS) start_failed(p, s, "it is not ready in time");
	if (s->state == SLOT_EMPTY) {
		if (now_ms < p->not_before_ms) return p->not_before_ms;
		spawn(p, s);
	}
	return s->state == SLOT_STARTING ? s->since_ms + START_MS : s->state == SLOT_EMPTY ? p->not_before_ms : -1;
}

static short wanted_events(const struct slot *s)
{
	return s->state == SLOT_STARTING ? POLLIN : 0;
}

/* Under the lock. */
static void heard(struct worker_pool *p, struct slot *s, short events)
{
	int status;

	if (s->state == SLOT_STARTING) {
		hear_ready(p, s);
	} else if (s->state == SLOT_IDLE && (events & (POLLHUP | POLLERR)) != 0) {
		p->stats.died++;
		bury(p, s, &status);
		log_line(IK_LOG_WARNING, "worker", "an idle parse worker ended (status %d)", status);
	} else if ((events & (POLLHUP | POLLERR)) != 0) {
		s->has_hung_up = true;          /* its caller sees it too */
	}
}

/* One round: sets every slot right, sleeps until something happens, deals with it. Under the lock, but for the sleep. */
static void keep(struct worker_pool *p)
{
	struct pollfd polls[PROCESSES_MAX + 1];
	uint64_t generations[PROCESSES_MAX], count;
	int64_t next_ms = -1, left = -1;

	for (size_t i = 0; i < p->count && !p->is_ending; i++) {
		const int64_t at_ms = tend(p, &p->slots[i]);

		if (at_ms >= 0 && (next_ms < 0 || at_ms < next_ms)) next_ms = at_ms;
	}
	for (size_t i = 0; i < p->count; i++) {
		const struct slot *s = &p->slots[i];

		polls[i] = (struct pollfd){ .fd = s->has_hung_up ? -1 : s->sock, .events = wanted_events(s) };
		generations[i] = s->generation;
	}
	polls[p->count] = (struct pollfd){ .fd = p->wake_fd, .events = POLLIN };
	if (p->is_ending) return;
	if (next_ms >= 0) left = next_ms > clock_mono_ms() ? next_ms - clock_mono_ms() : 0;
	(void)pthread_mutex_unlock(&p->lock);
	const int n = poll(polls, p->count + 1, (int)left);

	if (n > 0 && polls[p->count].revents != 0) (void)!read(p->wake_fd, &count, sizeof(count));
	(void)pthread_mutex_lock(&p->lock);
	for (size_t i = 0; n > 0 && i < p->count; i++)
		if (polls[i].revents != 0 && generations[i] == p->slots[i].generation && p->slots[i].sock >= 0) heard(p, &p->slots[i], polls[i].revents);
}

static void *keeper_main(void *arg)
{
	struct worker_pool *p = arg;
	int status;

	(void)pthread_mutex_lock(&p->lock);
	while (!p->is_ending) keep(p);
	while (p->stats.busy > 0) (void)pthread_cond_wait(&p->changed, &p->lock);
	for (size_t i = 0; i < p->count; i++) bury(p, &p->slots[i], &status);
	(void)pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* ---- taking and giving back ---- */

static struct timespec timespec_of(int64_t mono_ms)
{
	struct timespec now;
	const int64_t left = mono_ms - clock_mono_ms();

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	now.tv_sec += left / 1000;
	now.tv_nsec += (left % 1000) * 1000000;
	if (now.tv_nsec >= 1000000000) { now.tv_sec++; now.tv_nsec -= 1000000000; }
	return now;
}

/* Under the lock. mine: the slot that is reserved for the caller, or NULL for any. */
static struct slot *find_idle(struct worker_pool *p, struct slot *mine)
{
	if (mine != NULL) return mine->state == SLOT_IDLE ? mine : NULL;
	for (size_t i = 0; i < p->count; i++)
		if (p->slots[i].state == SLOT_IDLE && !p->slots[i].is_reserved) return &p->slots[i];
	return NULL;
}

/* Waits for a worker. NULL: the pool ends, or none came free in time. */
static struct slot *take(struct worker_pool *p, struct slot *mine, struct ik_error *err)
{
	const int64_t until_ms = clock_mono_ms() + PATIENCE_MS + p->conf->timeout * 1000;
	const struct timespec until = timespec_of(until_ms);
	struct slot *s;
	int rc = 0;

	(void)pthread_mutex_lock(&p->lock);
	while ((s = find_idle(p, mine)) == NULL && !p->is_ending && rc == 0)
		rc = pthread_cond_timedwait(mine != NULL ? &p->changed : &p->given, &p->lock, &until);
	if (mine != NULL) mine->is_reserved = false;
	if (s != NULL) {
		s->state = SLOT_BUSY;
		p->stats.busy++;
	} else if (p->is_ending) {
		(void)ik_fail(IK_RETRY, err, "the parse workers are being stopped");
	} else {
		(void)ik_fail(IK_RETRY, err, "no parse worker is free%s%s", p->failures > 0 ? "; " : "", p->failures > 0 ? p->start_err.text : "");
	}
	(void)pthread_mutex_unlock(&p->lock);
	return s;
}

/* After a complete exchange. */
static void give(struct worker_pool *p, struct slot *s)
{
	const int64_t age_ms = clock_mono_ms() - s->since_ms;
	bool needs_keeper;

	if (s->bytes.room > KEEP_BYTES) buf_release(&s->bytes);
	(void)pthread_mutex_lock(&p->lock);
	s->served++;
	p->stats.served++;
	p->stats.busy--;
	needs_keeper = s->has_hung_up || s->served >= p->conf->messages || age_ms >= p->conf->lifetime * 1000;
	s->state = needs_keeper ? SLOT_SPENT : SLOT_IDLE;
	if (p->is_ending) wake_all(p);
	else if (!needs_keeper) (void)pthread_cond_signal(&p->given);
	(void)pthread_mutex_unlock(&p->lock);
	if (needs_keeper) wake_keeper(p);
}

/* After a failed one: the process ends and, when the caller wants to try again, its successor is the caller's. */
static void discard(struct worker_pool *p, struct slot *s, bool is_late, bool reserve, int *status_r)
{
	(void)pthread_mutex_lock(&p->lock);
	bury(p, s, status_r);
	s->is_reserved = reserve;
	p->stats.busy--;
	if (is_late) p->stats.timed_out++;
	else p->stats.died++;
	(void)pthread_mutex_unlock(&p->lock);
	wake_keeper(p);
}

/* ---- one request ---- */

struct job {
	struct frame head;
	const char *charset, *text;
	const void *data;               /* inline bytes */
	int fd;                         /* or a read-only descriptor, ours */
	struct buf copy;                /* inline bytes read from the caller's descriptor */
	size_t reply_max;
	struct draft *draft_r;          /* of FRAME_READ */
	struct buf *bytes_r;            /* of the others */
};

/* A descriptor of sealed memory with these bytes, opened for reading only. */
static enum ik_rc memory_of(const struct mail_source *source, int *fd_r, struct ik_error *err)
{
	int fd = memfd_create("mail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	char piece[65536];
	enum ik_rc rc = fd >= 0 ? IK_OK : ik_fail_errno(err, "create memory for a mail");

	if (rc == IK_OK && source->data != NULL) rc = fd_write_all(fd, source->data, source->size, "mail to memory", err);
	for (size_t at = 0; rc == IK_OK && source->data == NULL && at < source->size;) {
		const size_t want = source->size - at < sizeof(piece) ? source->size - at : sizeof(piece);
		const ssize_t got = pread(source->fd, piece, want, (off_t)at);

		if (got <= 0) rc = got == 0 ? ik_fail(IK_RETRY, err, "mail file is shorter than %zu bytes", source->size) : ik_fail_errno(err, "read mail file");
		else rc = fd_write_all(fd, piece, (size_t)got, "mail to memory", err);
		if (got > 0) at += (size_t)got;
	}
	if (rc == IK_OK && fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0) rc = ik_fail_errno(err, "seal memory");
	if (rc != IK_OK) fd_close(&fd);
	*fd_r = fd;
	return rc;
}

/* The caller's descriptor once more, read-only and with a position of its own. -1 where that cannot be had. */
static int reopen_read_only(int fd)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

static enum ik_rc read_inline(struct job *j, const struct mail_source *source, struct ik_error *err)
{
	char *room = buf_reserve(&j->copy, source->size);
	const ssize_t got = room != NULL ? pread(source->fd, room, source->size, 0) : -1;

	if (got < 0) return ik_fail_errno(err, "read mail file");
	if ((size_t)got != source->size) return ik_fail(IK_RETRY, err, "mail file is shorter than %zu bytes", source->size);
	j->data = j->copy.data;
	return IK_OK;
}

/* Chooses how the mail travels. */
static enum ik_rc pack(struct job *j, const struct mail_source *source, struct ik_error *err)
{
	const size_t charset_len = source->fallback_charset != NULL ? strlen(source->fallback_charset) : 0;

	j->charset = source->fallback_charset;
	j->head.charset_len = charset_len <= UINT8_MAX ? (uint8_t)charset_len : 0;
	j->head.source_size = source->size;
	if (source->size <= FRAME_INLINE_MAX) {
		j->head.data_len = (uint32_t)source->size;
		j->data = source->data;
		return source->data != NULL || source->size == 0 ? IK_OK : read_inline(j, source, err);
	}
	if (source->data == NULL) j->fd = reopen_read_only(source->fd);
	return j->fd >= 0 ? IK_OK : memory_of(source, &j->fd, err);
}

static void job_release(struct job *j)
{
	fd_close(&j->fd);
	buf_release(&j->copy);
}

/* The worker's words, as far as they are words. */
static enum ik_rc worker_error(const struct frame *f, const struct slot *s, struct ik_error *err)
{
	struct buf clean = BUF_INIT(3 * FRAME_TEXT_MAX);        /* a bad byte becomes three */
	enum ik_rc rc;

	(void)utf8_clean(&clean, s->bytes.data + FRAME_SIZE + f->charset_len, f->text_len, true);
	rc = ik_fail(IK_REJECT, err, "%.*s", (int)utf8_cut(buf_str(&clean), clean.len, sizeof(err->text) - 1), buf_str(&clean));
	buf_release(&clean);
	return rc;
}

/* Takes the reply apart. FRAME_DONE: rc_r is the answer to the request; else the worker cannot be trusted any more. */
static enum frame_end unpack(const struct job *j, const struct frame *f, const struct slot *s, enum ik_rc *rc_r, struct ik_error *err)
{
	const char *data = s->bytes.data + FRAME_SIZE + f->charset_len + f->text_len;

	if (f->kind != FRAME_REPLY || (f->rc != IK_OK && f->rc != IK_REJECT)) return FRAME_GARBAGE;
	if (f->rc != IK_OK) {
		*rc_r = worker_error(f, s, err);
		return FRAME_DONE;
	}
	if (j->draft_r != NULL) {
		if (draft_decode(data, f->data_len, j->draft_r, err) != IK_OK) return FRAME_GARBAGE;
		*rc_r = IK_OK;
	} else {
		*rc_r = buf_add(j->bytes_r, data, f->data_len) ? IK_OK : buf_check(j->bytes_r, "the worker's answer", err);
	}
	return FRAME_DONE;
}

static enum frame_end exchange(const struct worker_pool *p, const struct job *j, struct slot *s, enum ik_rc *rc_r, struct ik_error *err)
{
	const int64_t deadline_ms = clock_mono_ms() + p->conf->timeout * 1000;
	struct frame f = { 0 };
	enum frame_end end = frame_send(s->sock, &j->head, j->charset, j->text, j->data, j->fd, deadline_ms);

	if (end == FRAME_DONE) end = frame_receive(s->sock, &f, j->reply_max, &s->bytes, NULL, deadline_ms);
	return end == FRAME_DONE ? unpack(j, &f, s, rc_r, err) : end;
}

/* How a worker failed, in words. */
static void describe(enum frame_end end, int status, int64_t timeout_s, char *why_r, size_t size)
{
	if (end == FRAME_LATE) (void)snprintf(why_r, size, "no answer within %lld s", (long long)timeout_s);
	else if (end == FRAME_GARBAGE) (void)snprintf(why_r, size, "nonsense for an answer");
	else if (WIFSIGNALED(status)) (void)snprintf(why_r, size, "signal %d", WTERMSIG(status));
	else (void)snprintf(why_r, size, "exit status %d", WEXITSTATUS(status));
}

/* A worker that broke off has usually ended by itself; its own status says more than our SIGKILL. */
static void let_it_end(const struct slot *s)
{
	siginfo_t info;

	for (int i = 0; i < 50; i++) {
		info.si_pid = 0;
		if (waitid(P_PID, (id_t)s->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0) return;
		(void)poll(NULL, 0, 2);
	}
}

/* Both attempts. */
static enum ik_rc run(struct worker_pool *p, struct job *j, struct ik_error *err)
{
	char why[2][64] = { "", "" };
	struct slot *mine = NULL;

	for (int attempt = 0; attempt < 2; attempt++) {
		struct slot *s = take(p, mine, err);
		enum frame_end end;
		enum ik_rc rc = IK_RETRY;
		int status;

		if (s == NULL) return IK_RETRY;
		j->head.attempt = (uint8_t)(attempt + 1);
		end = exchange(p, j, s, &rc, err);
		if (end == FRAME_DONE) {
			give(p, s);
			return rc;
		}
		if (end == FRAME_CLOSED) let_it_end(s);
		discard(p, s, end == FRAME_LATE, attempt == 0, &status);
		describe(end, status, p->conf->timeout, why[attempt], sizeof(why[attempt]));
		log_line(IK_LOG_WARNING, "worker", "a parse worker failed on a message of %llu bytes, attempt %d: %s",
		         (unsigned long long)j->head.source_size, attempt + 1, why[attempt]);
		mine = s;
	}
	if (strcmp(why[0], why[1]) == 0) return ik_fail(IK_REJECT, err, "could not be read: worker died twice (%s)", why[0]);
	return ik_fail(IK_REJECT, err, "could not be read: worker died twice (%s, then %s)", why[0], why[1]);
}

enum ik_rc worker_read_mail(struct worker_pool *p, const struct mail_source *source, struct draft *draft_r, struct ik_error *err)
{
	struct job j = { .head = { .kind = FRAME_READ }, .fd = -1, .copy = BUF_INIT(FRAME_INLINE_MAX), .reply_max = FRAME_DRAFT_MAX, .draft_r = draft_r };
	enum ik_rc rc = pack(&j, source, err);

	if (rc == IK_OK) rc = run(p, &j, err);
	job_release(&j);
	return rc;
}

enum ik_rc worker_extract(struct worker_pool *p, const struct mail_source *source, const char *path, struct buf *bytes_r, struct ik_error *err)
{
	struct job j = { .head = { .kind = FRAME_EXTRACT, .text_len = (uint32_t)strlen(path) }, .text = path, .fd = -1, .copy = BUF_INIT(FRAME_INLINE_MAX),
		.reply_max = FRAME_EXTRACT_MAX, .bytes_r = bytes_r };
	enum ik_rc rc = j.head.text_len <= FRAME_TEXT_MAX ? pack(&j, source, err) : ik_fail(IK_REJECT, err, "path of a part is too long");

	if (rc == IK_OK) rc = run(p, &j, err);
	job_release(&j);
	return rc;
}

enum ik_rc worker_probe(struct worker_pool *p, struct buf *line_r, struct ik_error *err)
{
	struct job j = { .head = { .kind = FRAME_PROBE }, .fd = -1, .reply_max = 1024, .bytes_r = line_r };

	return run(p, &j, err);
}

/* ---- the pool ---- */

/* Until one worker is ready, or it is clear that none will be. */
static enum ik_rc wait_for_first(struct worker_pool *p, struct ik_error *err)
{
	const struct timespec until = timespec_of(clock_mono_ms() + START_MS);
	enum ik_rc rc = IK_OK;
	int late = 0;

	(void)pthread_mutex_lock(&p->lock);
	while (find_idle(p, NULL) == NULL && p->failures < 3 && late == 0) late = pthread_cond_timedwait(&p->changed, &p->lock, &until);
	if (find_idle(p, NULL) == NULL) rc = ik_fail(IK_CONFIG, err, "%s", p->failures > 0 ? p->start_err.text : "parse worker is not ready in time");
	(void)pthread_mutex_unlock(&p->lock);
	return rc;
}

static void init_locks(struct worker_pool *p)
{
	pthread_condattr_t attr;

	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&p->changed, &attr);
	(void)pthread_cond_init(&p->given, &attr);
	(void)pthread_condattr_destroy(&attr);
}

static void release(struct worker_pool *p)
{
	for (size_t i = 0; i < p->count; i++) buf_release(&p->slots[i].bytes);
	for (size_t i = 0; i < ENVIRONMENT_MAX; i++) free(p->environment[i]);
	fd_close(&p->wake_fd);
	(void)pthread_cond_destroy(&p->given);
	(void)pthread_cond_destroy(&p->changed);
	(void)pthread_mutex_destroy(&p->lock);
	free(p);
}

enum ik_rc worker_pool_new(const struct worker_conf *conf, struct worker_pool **pool_r, struct ik_error *err)
{
	const char *faults = getenv("INTAKED_TEST_FAULTS");
	struct worker_pool *p = mem_new(sizeof(*p));
	enum ik_rc rc;

	p->conf = conf;
	p->count = conf->processes < 1 ? 1 : conf->processes > PROCESSES_MAX ? PROCESSES_MAX : (size_t)conf->processes;
	p->obeys_faults = faults != NULL && strcmp(faults, "1") == 0;
	for (size_t i = 0; i < p->count; i++) p->slots[i] = (struct slot){ .sock = -1, .bytes = BUF_INIT(FRAME_SIZE + 255 + FRAME_TEXT_MAX + FRAME_EXTRACT_MAX) };
	copy_environment(p->environment);
	init_locks(p);
	p->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (p->wake_fd < 0 || pthread_create(&p->keeper, NULL, keeper_main, p) != 0) {
		rc = ik_fail(IK_RETRY, err, "start the keeper of the parse workers");
		release(p);
		return rc;
	}
	rc = wait_for_first(p, err);
	if (rc == IK_OK) *pool_r = p;
	else worker_pool_free(&p);
	return rc;
}

void worker_pool_free(struct worker_pool **pool)
{
	struct worker_pool *p = *pool;

	if (p == NULL) return;
	(void)pthread_mutex_lock(&p->lock);
	p->is_ending = true;
	wake_all(p);
	(void)pthread_mutex_unlock(&p->lock);
	wake_keeper(p);
	(void)pthread_join(p->keeper, NULL);
	release(p);
	*pool = NULL;
}

void worker_pool_stats(struct worker_pool *p, struct worker_stats *stats_r)
{
	(void)pthread_mutex_lock(&p->lock);
	*stats_r = p->stats;
	(void)pthread_mutex_unlock(&p->lock);
}
