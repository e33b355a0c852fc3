#include "daemon/loop.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sysexits.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-event.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "daemon/config_plugins.h"
#include "daemon/daemon.h"
#include "daemon/resident.h"

#define SETTLED_US UINT64_C(1500000)    /* after the start */
#define MINUTE_US UINT64_C(60000000)
#define DAY_US (24 * 60 * MINUTE_US)

struct loop {
	sd_event *event;
	struct daemon *daemon;
	struct plugins *plugins;
	int wake_fd;                            /* eventfd: another thread wants something */
	atomic_bool is_fatal, wants_reload;
	struct ik_error fatal;                  /* written before is_fatal is set */
	atomic_bool is_store_alive;             /* the store answered since the last watchdog ping */
	struct store_job probe;
	atomic_bool is_probing;
	pthread_mutex_t lock;                   /* of what follows: operators on other threads wait for the outcome of a reload */
	pthread_cond_t reloaded;
	uint64_t asked, answered;               /* reloads */
	bool is_over;
	enum ik_rc outcome;                     /* of the last one */
	struct ik_error outcome_error;
	char *problems;
};

static void wake(struct loop *loop)
{
	const uint64_t one = 1;

	if (write(loop->wake_fd, &one, sizeof(one)) < 0) log_line(IK_LOG_ERROR, "loop", "wake: %m");
}

static int fatal_status(const struct loop *loop)
{
	log_line(IK_LOG_ERROR, "store", "stopping at once, the store cannot be trusted: %s", loop->fatal.text);
	return EX_IOERR;
}

static void on_fatal(void *arg, const struct ik_error *err)
{
	struct loop *loop = arg;

	loop->fatal = *err;
	atomic_store(&loop->is_fatal, true);
	wake(loop);
}

/* On an operator's thread: a reload that began after this was asked for is waited for. */
static enum ik_rc ask_reload(void *arg, char **problems_r, struct ik_error *err)
{
	struct loop *loop = arg;
	enum ik_rc rc = IK_OK;
	uint64_t mine;

	(void)pthread_mutex_lock(&loop->lock);
	mine = ++loop->asked;
	atomic_store(&loop->wants_reload, true);
	wake(loop);
	while (!loop->is_over && loop->answered < mine) (void)pthread_cond_wait(&loop->reloaded, &loop->lock);
	if (loop->answered < mine) {
		rc = ik_fail(IK_RETRY, err, "the daemon is stopping");
	} else {
		rc = loop->outcome;
		if (rc != IK_OK) *err = loop->outcome_error;
		*problems_r = mem_text(loop->problems);
	}
	(void)pthread_mutex_unlock(&loop->lock);
	return rc;
}

/* takes problems */
static void answer_reload(struct loop *loop, uint64_t upto, enum ik_rc rc, const struct ik_error *err, char *problems)
{
	(void)pthread_mutex_lock(&loop->lock);
	free(loop->problems);
	loop->problems = problems;
	loop->outcome = rc;
	loop->outcome_error = *err;
	loop->answered = upto;
	(void)pthread_cond_broadcast(&loop->reloaded);
	(void)pthread_mutex_unlock(&loop->lock);
}

static uint64_t asked_so_far(struct loop *loop)
{
	uint64_t asked;

	(void)pthread_mutex_lock(&loop->lock);
	asked = loop->asked;
	(void)pthread_mutex_unlock(&loop->lock);
	return asked;
}

/* Nobody is answered any more. */
static void end_reloads(struct loop *loop)
{
	(void)pthread_mutex_lock(&loop->lock);
	loop->is_over = true;
	(void)pthread_cond_broadcast(&loop->reloaded);
	(void)pthread_mutex_unlock(&loop->lock);
}

/* TERM and INT are blocked and wait for the loop. */
static bool is_ending(void *arg)
{
	sigset_t waiting;

	(void)arg;
	return sigpending(&waiting) == 0 && (sigismember(&waiting, SIGTERM) == 1 || sigismember(&waiting, SIGINT) == 1);
}

/* Every problem of the file, to the log as it was and to whoever asked. */
static size_t load_new(struct loop *loop, struct config **config_r, char **problems_r)
{
	const struct config_plugins known = config_plugins_of(loop->plugins);
	const struct config *running = daemon_config(loop->daemon);
	size_t size = 0, problems;
	FILE *report = open_memstream(problems_r, &size);

	if (report == NULL) return 1;
	problems = config_load(running->path, &known, report, config_r);
	if (problems == 0) problems = config_check(*config_r, false, report);
	if (problems == 0) problems = config_needs_restart(running, *config_r, report);
	(void)fclose(report);
	(void)fputs(*problems_r, stderr);
	return problems;
}

static int on_settled(sd_event_source *source, uint64_t at_us, void *arg)
{
	(void)source; (void)at_us; (void)arg;
	resident_trim();
	return 0;
}

/* Now, and again when the channels have made their first connections, for which they touch the libraries of TLS. */
static void trim(struct loop *loop)
{
	resident_trim();
	(void)sd_event_add_time_relative(loop->event, NULL, CLOCK_MONOTONIC, SETTLED_US, SETTLED_US / 10, on_settled, NULL);
}

/* takes config */
static enum ik_rc put_into_force(struct loop *loop, struct config *config, struct ik_error *err)
{
	const enum ik_rc rc = daemon_reload(loop->daemon, config, err);

	if (rc == IK_OK) log_line(IK_LOG_NOTICE, "reload", "the new configuration is in force");
	else if (is_ending(NULL)) log_line(IK_LOG_NOTICE, "reload", "given up: %s", err->text);
	else log_line(IK_LOG_ERROR, "reload", "%s%s", rc != IK_FATAL ? "the old configuration stays in force: " : "", err->text);
	if (rc == IK_FATAL) (void)sd_event_exit(loop->event, EX_CONFIG);
	trim(loop);
	return rc;
}

static void reload(struct loop *loop)
{
	const uint64_t asked = asked_so_far(loop);
	struct config *config = NULL;
	struct ik_error err = { "" };
	char *report = NULL;
	size_t problems;
	enum ik_rc rc;

	if (is_ending(NULL)) return;            /* the stop comes next */
	(void)sd_notifyf(0, "RELOADING=1\nSTATUS=reading the configuration");
	problems = load_new(loop, &config, &report);
	if (problems > 0) {
		rc = ik_fail(IK_CONFIG, &err, "%zu problem(s) in the new configuration; the old one stays in force", problems);
		log_line(IK_LOG_ERROR, "reload", "%s", err.text);
		config_free(&config);
	} else {
		rc = put_into_force(loop, config, &err);
	}
	answer_reload(loop, asked, rc, &err, report);
	if (!is_ending(NULL)) (void)sd_notify(0, "READY=1\nSTATUS=serving");
}

static int on_wake(sd_event_source *source, int fd, uint32_t events, void *arg)
{
	struct loop *loop = arg;
	uint64_t count;

	(void)source;
	(void)events;
	if (read(fd, &count, sizeof(count)) < 0) return 0;
	if (atomic_load(&loop->is_fatal)) _exit(fatal_status(loop));
	if (atomic_exchange(&loop->wants_reload, false)) reload(loop);
	return 0;
}

static void print_status(struct loop *loop)
{
	struct buf text = BUF_INIT(64 * 1024);
	json_t *status = daemon_status(loop->daemon);

	(void)json_print(&text, status);
	log_line(IK_LOG_NOTICE, "status", "%s", buf_str(&text));
	json_decref(status);
	buf_release(&text);
}

static int on_signal(sd_event_source *source, const struct signalfd_siginfo *info, void *arg)
{
	struct loop *loop = arg;

	(void)source;
	switch (info->ssi_signo) {
	case SIGHUP:
		reload(loop);
		break;
	case SIGUSR1:
		print_status(loop);
		break;
	default:
		sd_event_exit(loop->event, EX_OK);
	}
	return 0;
}

/* ---- watchdog: systemd is told that we live only while the loop turns and the store thread commits ------------------------ */

static enum ik_rc run_probe(struct store_tx *tx, void *arg, struct ik_error *err)
{
	(void)tx; (void)arg; (void)err;
	return IK_OK;
}

static void probe_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	struct loop *loop = arg;

	(void)rc;
	(void)err;
	atomic_store(&loop->is_store_alive, true);
	atomic_store(&loop->is_probing, false);
}

static void probe_store(struct loop *loop)
{
	if (atomic_exchange(&loop->is_probing, true)) return;
	loop->probe = (struct store_job){ .run = run_probe, .done = probe_done, .arg = loop };
	store_submit(daemon_store(loop->daemon), &loop->probe);
}

static int on_watchdog(sd_event_source *source, uint64_t now_us, void *arg)
{
	struct loop *loop = arg;
	uint64_t period_us = 0;

	if (sd_watchdog_enabled(0, &period_us) <= 0) return 0;
	if (atomic_exchange(&loop->is_store_alive, false)) (void)sd_notify(0, "WATCHDOG=1");
	probe_store(loop);
	(void)sd_event_source_set_time(source, now_us + period_us / 3);
	return sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

static int on_new_day(sd_event_source *source, uint64_t now_us, void *arg)
{
	const struct loop *loop = arg;

	daemon_look_ahead(loop->daemon);
	(void)sd_event_source_set_time(source, now_us + DAY_US);
	return sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

static enum ik_rc watch(struct loop *loop, struct ik_error *err)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP, SIGUSR1 };
	uint64_t period_us = 0, now_us = 0;
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < sizeof(signals) / sizeof(signals[0]); i++)
		rc = sd_event_add_signal(loop->event, NULL, signals[i], on_signal, loop);
	if (rc >= 0) rc = sd_event_add_io(loop->event, NULL, loop->wake_fd, EPOLLIN, on_wake, loop);
	if (rc >= 0) rc = sd_event_now(loop->event, CLOCK_BOOTTIME, &now_us);
	if (rc >= 0 && sd_watchdog_enabled(0, &period_us) > 0)
		rc = sd_event_add_time(loop->event, NULL, CLOCK_BOOTTIME, now_us + period_us / 3, 0, on_watchdog, loop);
	if (rc >= 0) rc = sd_event_add_time(loop->event, NULL, CLOCK_BOOTTIME, now_us + DAY_US, MINUTE_US, on_new_day, loop);
	if (rc >= 0) return IK_OK;
	errno = -rc;
	return ik_fail_errno(err, "set up the event loop");
}

/* Before the first thread starts, so that every thread inherits it: signals come to the loop only. */
static void block_signals(void)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	(void)sigaddset(&set, SIGUSR1);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static void stop_at_once(int number)
{
	(void)number;
	_exit(EX_TEMPFAIL);                     /* the store survives it */
}

/* While the daemon finishes what is under way nobody reads signals any more: from here on one more TERM or INT ends it at once. */
static void heed_second_signal(void)
{
	const struct sigaction at_once = { .sa_handler = stop_at_once };
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaction(SIGTERM, &at_once, NULL);
	(void)sigaction(SIGINT, &at_once, NULL);
	(void)pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static int exit_status(enum ik_rc rc)
{
	switch (rc) {
	case IK_OK: return EX_OK;
	case IK_RETRY: return EX_TEMPFAIL;
	case IK_REJECT: return EX_DATAERR;
	case IK_CONFIG: return EX_CONFIG;
	case IK_FATAL: return EX_IOERR;
	}
	return EX_SOFTWARE;
}

int loop_run(struct config *config, struct plugins *plugins)
{
	struct loop loop = { .plugins = plugins, .wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), .is_store_alive = true,
	                     .lock = PTHREAD_MUTEX_INITIALIZER, .reloaded = PTHREAD_COND_INITIALIZER };
	const struct daemon_hooks hooks = { .on_fatal = on_fatal, .reload = ask_reload, .is_ending = is_ending, .arg = &loop };
	struct ik_error err = { "" };
	enum ik_rc rc = IK_OK;
	int status = EX_OK;

	block_signals();
	if (loop.wake_fd < 0 || sd_event_default(&loop.event) < 0) rc = ik_fail_errno(&err, "make the event loop");
	if (rc == IK_OK) rc = daemon_new(config, plugins, &hooks, &loop.daemon, &err);
	if (rc == IK_OK) rc = watch(&loop, &err);
	if (rc == IK_OK) {
		(void)sd_notify(0, "READY=1\nSTATUS=serving");
		log_line(IK_LOG_NOTICE, "intaked", "version %s is ready", INTAKED_VERSION);
		trim(&loop);
		status = sd_event_loop(loop.event);
		(void)sd_notify(0, "STOPPING=1\nSTATUS=finishing what is under way");
		heed_second_signal();
	} else {
		log_line(IK_LOG_ERROR, "intaked", "%s", err.text);
		status = exit_status(rc);
	}
	end_reloads(&loop);                     /* first: the daemon waits for its operators */
	daemon_free(&loop.daemon);
	free(loop.problems);
	if (atomic_load(&loop.is_fatal)) status = fatal_status(&loop);  /* nobody waited for wake-ups any more */
	sd_event_unref(loop.event);
	fd_close(&loop.wake_fd);
	return status;
}
