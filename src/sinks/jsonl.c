/* jsonl.c - appends each event as one line of JSON to a file: {"key","event","at","ticket"}, or "alarm" in the place of "ticket". The same event has the same key, so that a
 * reader can drop the repeats that a crash may leave.
 *
 * A batch is one write and one fsync; only then is it delivered. The file is opened anew when it was moved away (logrotate). A line that a
 * crash tore off is ended before the next one is written. Thread: this instance's own outbox thread, but for test(), which may run beside it. */
#include <intaked/sink.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"

#define BATCH_MAX 256
#define LINE_MAX_BYTES (32u * 1024 * 1024)
#define WRITE_MAX (64u * 1024 * 1024)

struct jsonl_conf { char *path; };
static const struct ik_option jsonl_options[] = {
	IK_OPTION(PATH, struct jsonl_conf, path, .flags = IK_REQUIRED, .help = "File the lines are appended to; made when it is missing."),
	IK_OPTION_END
};

struct jsonl { const struct ik_host *host; const struct jsonl_conf *conf; int fd; };

static enum ik_rc jsonl_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct jsonl *j = mem_new(sizeof(*j));

	*j = (struct jsonl){ .host = host, .conf = conf, .fd = -1 };
	*state_r = j;
	(void)err;
	return IK_OK;
}

static void jsonl_close(void *state)
{
	struct jsonl *j = state;

	fd_close(&j->fd);
	free(j);
}

/* The folder of the file, so that its name survives a power cut. */
static enum ik_rc sync_folder(const char *path, struct ik_error *err)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash == NULL ? mem_text(".") : mem_format("%.*s", (int)(slash == path ? 1 : slash - path), path);
	enum ik_rc rc = dir_sync(folder, err);

	free(folder);
	return rc;
}

static bool is_moved(const struct jsonl *j)
{
	struct stat ours, named;

	return fstat(j->fd, &ours) != 0 || stat(j->conf->path, &named) != 0 || ours.st_ino != named.st_ino || ours.st_dev != named.st_dev;
}

static enum ik_rc ready(struct jsonl *j, struct ik_error *err)
{
	if (j->fd >= 0 && is_moved(j)) fd_close(&j->fd);
	if (j->fd >= 0) return IK_OK;
	j->fd = open(j->conf->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0640);
	if (j->fd < 0) return ik_fail_errno(err, "open %s", j->conf->path);
	return sync_folder(j->conf->path, err);
}

/* Whether the file ends in the middle of a line. Pipes and devices have no end to look at. */
static bool is_torn(int fd)
{
	struct stat st;
	char last = '\n';

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) return false;
	return pread(fd, &last, 1, st.st_size - 1) == 1 && last != '\n';
}

static enum ik_rc add_line(struct buf *b, const struct ik_delivery *d, int64_t now_at, struct ik_error *err)
{
	struct buf line = BUF_INIT(LINE_MAX_BYTES);
	char at[CLOCK_RFC3339_SIZE];
	json_t *event = json_pack("{s:s, s:s, s:s, s:O}", "key", d->key, "event", d->event, "at", clock_rfc3339(now_at, at),
	                          strcmp(d->event, "alarm.raised") == 0 ? "alarm" : "ticket", d->ticket);
	enum ik_rc rc = event != NULL && json_print(&line, event) && buf_char(&line, '\n') ? IK_OK : ik_fail(IK_REJECT, err, "the event is larger than %u bytes", LINE_MAX_BYTES);

	if (rc == IK_OK && !buf_add(b, line.data, line.len)) {
		b->is_full = false;
		rc = ik_fail(IK_RETRY, err, "the batch is full");
	}
	json_decref(event);
	buf_release(&line);
	return rc;
}

/* Appends and syncs. What a failed write left half is taken back, so that a retry makes whole lines. */
static enum ik_rc append(struct jsonl *j, const struct buf *b, struct ik_error *err)
{
	struct stat before;
	enum ik_rc rc = ready(j, err);

	if (rc != IK_OK) return rc;
	if (fstat(j->fd, &before) != 0) return ik_fail_errno(err, "look at %s", j->conf->path);
	if (is_torn(j->fd)) rc = fd_write_all(j->fd, "\n", 1, j->conf->path, err);
	if (rc == IK_OK) rc = fd_write_all(j->fd, b->data, b->len, j->conf->path, err);
	if (rc == IK_OK && fsync(j->fd) != 0 && errno != EINVAL && errno != EROFS) rc = ik_fail_errno(err, "fsync %s", j->conf->path);
	if (rc == IK_OK) return IK_OK;
	if (S_ISREG(before.st_mode) && ftruncate(j->fd, before.st_size) != 0)
		j->host->log(j->host, IK_LOG_WARNING, "%s keeps a torn line", j->conf->path);
	fd_close(&j->fd);
	return rc == IK_FATAL ? IK_RETRY : rc;          /* a sick disk under a sink is the sink's trouble, not the store's */
}

static void jsonl_deliver(void *state, struct ik_delivery *deliveries, size_t count)
{
	struct jsonl *j = state;
	struct buf lines = BUF_INIT(WRITE_MAX);
	struct ik_error err = { 0 };
	const int64_t now_at = j->host->now(j->host);
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < count; i++) deliveries[i].rc = add_line(&lines, &deliveries[i], now_at, &deliveries[i].err);
	if (lines.len > 0) rc = append(j, &lines, &err);
	for (size_t i = 0; i < count && rc != IK_OK; i++) {
		if (deliveries[i].rc != IK_OK) continue;
		deliveries[i].rc = rc;
		deliveries[i].err = err;
	}
	buf_release(&lines);
}

/* With a descriptor of its own: the outbox thread may be appending. */
static enum ik_rc jsonl_test(void *state, struct ik_error *err)
{
	const struct jsonl *j = state;
	struct jsonl probe = { .host = j->host, .conf = j->conf, .fd = -1 };
	const enum ik_rc rc = ready(&probe, err);

	fd_close(&probe.fd);
	return rc;
}

IK_EXPORT const struct ik_sink intaked_sink = {
	.abi = IK_SINK_ABI, .size = sizeof(intaked_sink), .name = "jsonl", .summary = "One line of JSON per event, appended to a file",
	.options = jsonl_options, .conf_size = sizeof(struct jsonl_conf), .batch_max = BATCH_MAX,
	.open = jsonl_open, .deliver = jsonl_deliver, .test = jsonl_test, .close = jsonl_close,
};
