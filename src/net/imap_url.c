/* imap_url.c - see imap_url.h. */
#include "net/imap_url.h"

#include <inttypes.h>
#include <stdlib.h>
#include "base/mem.h"
#include "net/imap_text.h"

static bool on_opened(void *arg, const char *line, size_t len)
{
	struct imap_view *v = arg;

	(void)imap_read_code(line, len, "UIDVALIDITY", &v->uidvalidity);
	(void)imap_read_code(line, len, "UIDNEXT", &v->uidnext);
	(void)imap_read_exists(line, len, &v->exists);
	return true;
}

int imap_url_open(struct mailbox *m, const struct imap_folder *folder, const char *command, struct imap_view *view_r)
{
	const struct mailbox_call open = { .path = folder->path, .command = command, .line = on_opened, .arg = view_r };

	*view_r = (struct imap_view){ 0 };
	return mailbox_run(m, &open);
}

static char *guarded_path(const struct imap_folder *folder, uint32_t uidvalidity)
{
	return mem_format("%s;UIDVALIDITY=%" PRIu32, folder->path, uidvalidity);
}

/* ---- listing ---- */

struct listing { struct buf line; imap_listed_fn *each; void *arg; };

static void list_line(struct listing *l)
{
	const char *end = l->line.data + l->line.len, *at;
	uint32_t uid;

	if (end > l->line.data && end[-1] == '\r') end--;
	if (!imap_is_search(l->line.data, (size_t)(end - l->line.data), &at)) return;
	while (imap_next_number(&at, end, &uid)) l->each(l->arg, uid, -1, 0);
}

static bool on_found(void *arg, const char *data, size_t len)
{
	struct listing *l = arg;

	for (const char *end = data + len; data < end; ) {
		const char *lf = memchr(data, '\n', (size_t)(end - data));
		const size_t n = (size_t)((lf != NULL ? lf : end) - data);

		if (!buf_add(&l->line, data, n)) return false;
		data += n;
		if (lf == NULL) break;
		data++;
		if (l->line.len > 0) list_line(l);
		buf_clear(&l->line);
	}
	return true;
}

int imap_url_list(struct mailbox *m, const struct imap_folder *folder, uint32_t uidvalidity, uint32_t from, uint32_t to,
                  imap_listed_fn *each, void *arg)
{
	struct listing l = { .line = BUF_INIT(2 * MAILBOX_LINE_MAX), .each = each, .arg = arg };
	char command[64];
	char *path = guarded_path(folder, uidvalidity);
	const struct mailbox_call search = { .path = path, .command = command, .take = on_found, .arg = &l };
	int code;

	if (to == 0) (void)snprintf(command, sizeof(command), "UID SEARCH UID %" PRIu32 ":*", from);
	else (void)snprintf(command, sizeof(command), "UID SEARCH UID %" PRIu32 ":%" PRIu32, from, to);
	code = mailbox_run(m, &search);
	free(path);
	buf_release(&l.line);
	return code;
}

/* ---- one body ---- */

struct fetch { struct imap_frame frame; struct spool *spool; size_t max; };

static bool on_body(void *arg, const char *data, size_t len)
{
	struct fetch *f = arg;

	f->frame.received += (int64_t)len;
	return spool_add(f->spool, data, len);
}

static bool on_body_line(void *arg, const char *line, size_t len)
{
	struct fetch *f = arg;

	imap_frame_line(&f->frame, line, len);
	if (f->frame.declared <= (int64_t)f->max) return true;
	f->spool->is_full = true;       /* told before a byte of it is taken */
	return false;
}

enum imap_got imap_url_fetch(struct mailbox *m, const struct imap_folder *folder, uint32_t uidvalidity, uint32_t uid, const char *section, size_t max,
                             int64_t time_max_s, struct spool *spool, int64_t *size_r, struct ik_error *err)
{
	struct fetch f = { .spool = spool, .max = max };
	char *guarded = guarded_path(folder, uidvalidity);
	char *path = mem_format("%s/;UID=%" PRIu32 "%s%s", guarded, uid, section[0] != '\0' ? "/;SECTION=" : "", section);
	const struct mailbox_call call = { .path = path, .take = on_body, .line = on_body_line, .arg = &f, .time_max_s = time_max_s };
	int code;

	imap_frame_init(&f.frame, uid);
	spool_clear(spool);
	code = mailbox_run(m, &call);
	free(path);
	free(guarded);
	*size_r = f.frame.declared;
	if (code == 0 && imap_frame_is_whole(&f.frame)) return IMAP_GOT_WHOLE;
	if (mailbox_is_stopped(code)) return IMAP_GOT_STOPPED;
	if (mailbox_is_lost(m, code)) return IMAP_GOT_LOST;
	if (spool->is_full) return IMAP_GOT_TOO_LARGE;
	if (code == 0) (void)ik_fail(IK_RETRY, err, "fetch of UID %" PRIu32 ": the answer is not well formed (%" PRId64 " bytes came, %" PRId64 " were announced)",
	                             uid, f.frame.received, f.frame.declared);
	else (void)mailbox_fail(m, code, "fetch", err);
	return IMAP_GOT_NOTHING;
}

int imap_url_command(struct mailbox *m, const struct imap_folder *folder, uint32_t uidvalidity, const char *command)
{
	char *path = guarded_path(folder, uidvalidity);
	const struct mailbox_call call = { .path = path, .command = command };
	const int code = mailbox_run(m, &call);

	free(path);
	return code;
}
