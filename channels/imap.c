/* imap.c - takes mail out of one folder of an IMAP account.
 *
 * A message is known by FOLDER/UIDVALIDITY/UID; flags are never asked whether it was taken, and the folder is opened read-only
 * (EXAMINE) for reading, so that nothing is marked as read. The cursor UIDVALIDITY/UID is stored with the message
 * it covers and never passes one that is not safely stored: behind a message that cannot be fetched it stands still, and those
 * further on are told apart by their keys. Bodies come by libcurl's URL form only, one UID a transfer: its custom
 * commands do not deliver them, and take text of a mail for protocol. What is to be moved, deleted or flagged is so only after
 * the commit, and only by UID; a second cursor remembers how far that has come.
 *
 * Source: RFC 3501, 4315 (UIDPLUS), 6851 (MOVE), 5092 (URL), 2971 (ID). libcurl cuts long lines (MAILBOX_LINE_MAX), therefore UIDs are searched
 * for in spans whose answer is shorter in any case. A mail's size is the one its literal announces, known before a byte of it is taken.
 * Thread: open, poll and close run on this instance's own worker; test() may run beside them and only reads what open() was given; done() of
 * an entry is called from the core's threads. */
#include <intaked/channel.h>

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <strings.h>
#include "base/mem.h"
#include "net/imap_text.h"
#include "net/mailbox_options.h"

enum { AFTER_KEEP, AFTER_MOVE, AFTER_DELETE, AFTER_FLAG };

struct imap_conf {
	MAILBOX_FIELDS;
	char *folder, *move_to, *flag;
	int after, auth;
};

static const char *const schemes[] = { "imaps", "imap", NULL };
static const char *const afters[] = { "keep", "move", "delete", "flag", NULL };
static const char *const auths[] = { "auto", "plain", "login", NULL };
static const char *const mechanisms[] = { NULL, "AUTH=PLAIN", "AUTH=+LOGIN" };

#define OPT(kind, field, ...) IK_OPTION(kind, struct imap_conf, field, __VA_ARGS__)
static const struct ik_option imap_options[] = {
	MAILBOX_ROWS(struct imap_conf, "imap", "STARTTLS", schemes),
	OPT(ENUM,     auth,     .def = "auto", .choices = auths, .help = "How the password is sent: what the server offers, SASL PLAIN, or the LOGIN command."),
	OPT(STRING,   folder,   .def = "INBOX", .help = "Folder that is read, in UTF-8 with the server's own separator."),
	OPT(ENUM,     after,    .def = "keep", .choices = afters, .help = "What happens to a mail on the server once it is stored here."),
	OPT(STRING,   move_to,  .help = "Folder for after: move."),
	OPT(STRING,   flag,     .def = "\\Flagged", .help = "Flag or keyword for after: flag."),
	IK_OPTION_END
};

#define PAGE_MAX 2500           /* UIDs searched for at a time: 11 bytes each in one line */
#define HEADER_MAX (256 * 1024)
#define KEY_MAX 1400
#define CURSOR_MAX 32
#define SET_MAX 80              /* UIDs in one STORE or MOVE */
#define FAILS_IN_A_ROW 3        /* of a server that answers nothing else: it is sick, not the mails */

struct imap {
	const struct ik_host *host;
	const struct imap_conf *conf;
	struct mailbox *box;
	struct spool spool;
	struct tries tries;
	char *folder;                   /* as in keys: INBOX in capitals */
	char *examine, *select;         /* commands */
	char *path;                     /* "/FOLDER", encoded */
	char *move_to;                  /* quoted */
	char *cursor_name, *acted_name;
	bool has_id, has_move, has_uidplus;
	bool was_polled;                /* the first poll asks for keys, since a stop may have left the cursor behind them */
};

/* The folder as it was opened. */
struct view { struct imap *im; uint32_t uidvalidity, uidnext, exists; };

/* ---- session ---- */

static bool on_capability(void *arg, const char *line, size_t len)
{
	struct imap *im = arg;

	if (!imap_has_word(line, len, "CAPABILITY")) return true;
	im->has_id |= imap_has_word(line, len, "ID");
	im->has_move |= imap_has_word(line, len, "MOVE");
	im->has_uidplus |= imap_has_word(line, len, "UIDPLUS");
	return true;
}

/* A new connection, logged in. Some servers (163.com) refuse to open a folder for a client that did not say ID. */
static enum ik_rc session_begin(struct imap *im, struct ik_error *err)
{
	const struct mailbox_call hello = { .command = "CAPABILITY", .may_connect = true, .line = on_capability, .arg = im };
	const struct mailbox_call id = { .command = "ID (\"name\" \"intaked\" \"version\" \"" INTAKED_VERSION "\")" };
	int code;

	im->has_id = im->has_move = im->has_uidplus = false;
	code = mailbox_run(im->box, &hello);
	if (code == 0 && im->has_id && mailbox_run(im->box, &id) != 0)
		im->host->log(im->host, IK_LOG_INFO, "ID was not welcome: %s", mailbox_said(im->box));
	return code == 0 ? IK_OK : mailbox_fail(im->box, code, "login", err);
}

static bool on_opened(void *arg, const char *line, size_t len)
{
	struct view *v = arg;

	(void)imap_read_code(line, len, "UIDVALIDITY", &v->uidvalidity);
	(void)imap_read_code(line, len, "UIDNEXT", &v->uidnext);
	(void)imap_read_exists(line, len, &v->exists);
	return true;
}

static int view_open(struct imap *im, const char *command, struct view *v_r)
{
	const struct mailbox_call open = { .path = im->path, .command = command, .line = on_opened, .arg = v_r };

	*v_r = (struct view){ .im = im };
	return mailbox_run(im->box, &open);
}

/* Opens the folder on the kept connection, or on a new one when there is none. */
static enum ik_rc view_begin(struct imap *im, struct view *v_r, struct ik_error *err)
{
	const bool was_open = mailbox_is_open(im->box);
	int code = was_open ? view_open(im, im->examine, v_r) : -1;
	enum ik_rc rc;

	if (was_open) mailbox_freshen(im->box);
	if (code != 0) {
		rc = session_begin(im, err);
		if (rc != IK_OK) return rc;
		code = view_open(im, im->examine, v_r);
	}
	if (code != 0) {
		rc = mailbox_fail(im->box, code, "folder", err);
		return mailbox_is_open(im->box) && rc == IK_RETRY && strstr(mailbox_said(im->box), "[NONEXISTENT]") != NULL ? IK_CONFIG : rc;
	}
	if (v_r->uidvalidity == 0) return ik_fail(IK_CONFIG, err, "folder: %s has no UIDVALIDITY, mails cannot be told apart", im->folder);
	return IK_OK;
}

/* ---- listing ---- */

enum entry_state { ENTRY_NEW, ENTRY_OFFERED, ENTRY_TAKEN, ENTRY_KEPT, ENTRY_FAILED };
/* One message of the folder on its way. TAKEN: stored, what comes after may be done to it. KEPT: dealt with, but not to be touched. */
struct entry {
	uint32_t uid;
	int64_t size;                   /* announced; -1 before */
	enum entry_state state;
	atomic_int answer;              /* enum ik_rc by done(), -1 before */
	bool has_cursor;                /* its own UID was stored as the cursor with it */
};

struct page {
	struct imap *im;
	struct entry *entry;
	size_t count;
	uint32_t from;
	uint32_t cut;                   /* more was found: UIDs from here on are not in the page; 0: none */
	struct buf line;
};

static int by_uid(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return (x->uid > y->uid) - (x->uid < y->uid);
}

/* Sorts, drops doubles, and cuts at PAGE_MAX; what was cut comes with the next page. */
static void page_sort(struct page *p)
{
	size_t n = 0;

	qsort(p->entry, p->count, sizeof(*p->entry), by_uid);
	for (size_t i = 0; i < p->count; i++)
		if (n == 0 || p->entry[n - 1].uid != p->entry[i].uid) p->entry[n++] = p->entry[i];
	if (n > PAGE_MAX) {
		p->cut = p->entry[PAGE_MAX].uid;
		n = PAGE_MAX;
	}
	p->count = n;
}

static void page_add(struct page *p, uint32_t uid)
{
	if (p->count == 2 * PAGE_MAX) page_sort(p);
	if (p->cut == 0 || uid < p->cut) p->entry[p->count++] = (struct entry){ .uid = uid, .size = -1, .answer = -1 };
}

static void page_line(struct page *p)
{
	const char *end = p->line.data + p->line.len, *at;
	uint32_t uid;

	if (end > p->line.data && end[-1] == '\r') end--;
	if (!imap_is_search(p->line.data, (size_t)(end - p->line.data), &at)) return;
	while (imap_next_number(&at, end, &uid))
		if (uid >= p->from) page_add(p, uid);   /* N:* also names the last message when its UID is below N */
}

static bool on_found(void *arg, const char *data, size_t len)
{
	struct page *p = arg;

	for (const char *end = data + len; data < end; ) {
		const char *lf = memchr(data, '\n', (size_t)(end - data));
		const size_t n = (size_t)((lf != NULL ? lf : end) - data);

		if (!buf_add(&p->line, data, n)) return false;
		data += n;
		if (lf == NULL) break;
		data++;
		if (p->line.len > 0) page_line(p);
		buf_clear(&p->line);
	}
	return true;
}

static char *guarded_path(const struct view *v)
{
	return mem_format("%s;UIDVALIDITY=%" PRIu32, v->im->path, v->uidvalidity);
}

/* The messages of a UID set that are not below `from`. */
static enum ik_rc page_search(const struct view *v, const char *set, uint32_t from, struct page *p, struct ik_error *err)
{
	char command[64];
	char *path = guarded_path(v);
	const struct mailbox_call search = { .path = path, .command = command, .take = on_found, .arg = p };
	int code;

	p->count = 0;
	p->cut = 0;
	p->from = from;
	buf_clear(&p->line);
	p->line.is_full = false;
	(void)snprintf(command, sizeof(command), "UID SEARCH UID %s", set);
	code = mailbox_run(v->im->box, &search);
	free(path);
	if (code != 0) return mailbox_fail(v->im->box, code, "list", err);
	page_sort(p);
	return IK_OK;
}

/* Those with UIDs from..to (0: to the end). */
static enum ik_rc page_list(const struct view *v, uint32_t from, uint32_t to, struct page *p, struct ik_error *err)
{
	char set[32];

	if (to == 0) (void)snprintf(set, sizeof(set), "%" PRIu32 ":*", from);
	else (void)snprintf(set, sizeof(set), "%" PRIu32 ":%" PRIu32, from, to);
	return page_search(v, set, from, p, err);
}

/* UIDNEXT of a server that did not tell it. */
static enum ik_rc find_uidnext(struct view *v, struct page *p, struct ik_error *err)
{
	const enum ik_rc rc = page_search(v, "*", 1, p, err);

	if (rc == IK_OK && p->count > 0 && p->entry[p->count - 1].uid < UINT32_MAX) v->uidnext = p->entry[p->count - 1].uid + 1;
	return rc;
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

/* What became of it; also its size, when that was announced. */
enum got { GOT_WHOLE, GOT_NOTHING, GOT_TOO_LARGE, GOT_LOST, GOT_STOPPED };

/* Fetches one UID, or one section of it, into the spool. GOT_LOST: the connection was gone before, the mail is not to blame. */
static enum got fetch(const struct view *v, uint32_t uid, const char *section, size_t max, int64_t *size_r, struct ik_error *err)
{
	struct imap *im = v->im;
	struct fetch f = { .spool = &im->spool, .max = max };
	char *guarded = guarded_path(v), *path = mem_format("%s/;UID=%" PRIu32 "%s%s", guarded, uid, section != NULL ? "/;SECTION=" : "", section != NULL ? section : "");
	const struct mailbox_call call = { .path = path, .take = on_body, .line = on_body_line, .arg = &f,
	                                   .time_max_s = 2 * im->conf->timeout + (int64_t)(max / 4096) };
	int code;

	imap_frame_init(&f.frame, uid);
	spool_clear(&im->spool);
	code = mailbox_run(im->box, &call);
	free(path);
	free(guarded);
	*size_r = f.frame.declared;
	if (code == 0 && imap_frame_is_whole(&f.frame)) return GOT_WHOLE;
	if (mailbox_is_stopped(code)) return GOT_STOPPED;
	if (mailbox_is_lost(im->box, code)) return GOT_LOST;
	if (im->spool.is_full) return GOT_TOO_LARGE;
	if (code == 0) (void)ik_fail(IK_RETRY, err, "fetch of UID %" PRIu32 ": the answer is not well formed (%" PRId64 " bytes came, %" PRId64 " were announced)",
	                             uid, f.frame.received, f.frame.declared);
	else (void)mailbox_fail(im->box, code, "fetch", err);
	return GOT_NOTHING;
}

/* ---- one pass over the folder ---- */

struct pass {
	struct imap *im;
	struct view view;
	struct page page;
	uint32_t low;                   /* everything up to here is dealt with */
	uint32_t stored;                /* the cursor in the store */
	uint32_t acted;                 /* up to here what comes after was done */
	size_t next;                    /* first entry of the page that is not dealt with */
	bool is_held;                   /* something is left behind: low does not rise any more */
	bool was_held;                  /* it was so before this page */
	bool asks_keys;                 /* entries may be stored already */
	bool is_second;                 /* only what failed in earlier polls; the first round leaves it out, so that it delays nothing */
	size_t taken, in_a_row;
	struct ik_error why;            /* of the last failure */
};

static void key_of(const struct pass *p, uint32_t uid, const char *suffix, char key_r[KEY_MAX])
{
	(void)snprintf(key_r, KEY_MAX, "%s/%" PRIu32 "/%" PRIu32 "%s", p->im->folder, p->view.uidvalidity, uid, suffix);
}

static void cursor_text(const struct pass *p, uint32_t uid, char text_r[CURSOR_MAX])
{
	(void)snprintf(text_r, CURSOR_MAX, "%" PRIu32 "/%" PRIu32, p->view.uidvalidity, uid);
}

static void on_done(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err)
{
	struct entry *e = arg;

	(void)err;
	if (rc != IK_OK || receipt == NULL || receipt->is_repeat) e->has_cursor = false;
	atomic_store(&e->answer, (int)rc);
}

static bool is_dealt_with(struct entry *e)
{
	const int answer = atomic_load(&e->answer);

	if (e->state == ENTRY_OFFERED && answer >= 0) e->state = answer == IK_OK || answer == IK_REJECT ? ENTRY_TAKEN : ENTRY_FAILED;
	return e->state == ENTRY_TAKEN || e->state == ENTRY_KEPT;
}

/* Raises low over what is dealt with, in order, up to `end`. */
static void raise_low(struct pass *p, size_t end)
{
	for (; p->next < end && is_dealt_with(&p->page.entry[p->next]); p->next++) {
		const struct entry *e = &p->page.entry[p->next];

		if (p->was_held) continue;
		p->low = e->uid;
		if (e->has_cursor) p->stored = e->uid;
	}
}

/* The cursor goes with a message when everything before it is safe; else it follows at the end of the batch. */
static enum ik_rc offer(struct pass *p, size_t i, struct ik_error *err)
{
	struct imap *im = p->im;
	struct entry *e = &p->page.entry[i];
	char key[KEY_MAX], cursor[CURSOR_MAX];
	struct ik_message m = { .form = IK_FORM_MAIL, .source_id = key, .recipient = MAILBOX_RECIPIENT(im->conf),
	                        .cursor_value = cursor };
	enum ik_rc rc;

	raise_low(p, i);
	e->has_cursor = !p->was_held && p->next == i;
	if (e->has_cursor) m.cursor_name = im->cursor_name;
	key_of(p, e->uid, "", key);
	cursor_text(p, e->uid, cursor);
	spool_raw(&im->spool, &m);
	e->state = ENTRY_OFFERED;
	rc = im->host->offer(im->host, &m, on_done, e, err);
	if (rc == IK_REJECT) {
		e->state = ENTRY_TAKEN;
		e->has_cursor = false;
		return IK_OK;
	}
	if (rc != IK_OK) e->state = ENTRY_NEW;
	return rc;
}

/* After a broken transfer: a new connection to the same folder. */
static enum ik_rc reopen(struct pass *p, struct ik_error *err)
{
	struct view again = { 0 };
	enum ik_rc rc;

	if (mailbox_is_open(p->im->box)) return IK_OK;
	rc = view_begin(p->im, &again, err);
	if (rc == IK_OK && again.uidvalidity != p->view.uidvalidity) return ik_fail(IK_RETRY, err, "folder: UIDVALIDITY changed on the way");
	return rc;
}

/* A mail that cannot be had whole: its header, or failing that a note, goes to quarantine with a ticket. The mail stays where it is. */
static enum ik_rc give_up(struct pass *p, struct entry *e, const char *why, struct ik_error *err)
{
	struct imap *im = p->im;
	struct buf raw = BUF_INIT(HEADER_MAX + 1024);
	struct ik_error ignored = { 0 };
	char key[KEY_MAX];
	int64_t size;
	enum ik_rc rc = reopen(p, err);
	enum got got;

	if (rc != IK_OK) return rc;
	got = fetch(&p->view, e->uid, "HEADER", HEADER_MAX, &size, &ignored);
	if (got == GOT_STOPPED) return ik_fail(IK_RETRY, err, "stopped");
	if (got == GOT_WHOLE && im->spool.fd < 0) buf_add(&raw, im->spool.memory.data, im->spool.memory.len);
	else buf_format(&raw, "Mail in folder %s of %s, UID %" PRIu32 ", was not taken.\r\n", im->folder, im->conf->user, e->uid);
	key_of(p, e->uid, "/incomplete", key);
	rc = im->host->set_aside(im->host, key, buf_str(&raw), raw.len, why, err);
	buf_release(&raw);
	if (rc != IK_OK && rc != IK_REJECT) return rc;
	e->state = ENTRY_KEPT;
	tries_forget(&im->tries, e->uid);
	return IK_OK;
}

static enum ik_rc too_large(struct pass *p, struct entry *e, struct ik_error *err)
{
	char why[128];

	(void)snprintf(why, sizeof(why), "mail of %" PRId64 " bytes is larger than max_size (%" PRId64 ")", e->size, p->im->conf->max_size);
	return give_up(p, e, why, err);
}

/* Whether to stop trying. A server that gave nothing else in this poll is more likely sick than the mails; then it takes longer. */
static bool is_hopeless(const struct pass *p, int64_t count)
{
	const int64_t tries = p->im->conf->tries;

	return count >= tries && (p->taken > 0 || p->im->tries.count < FAILS_IN_A_ROW || count >= 4 * tries);
}

/* Notes a failure; what has failed in too many polls is given up, so that the cursor can go on. */
static enum ik_rc note_failure(struct pass *p, struct entry *e, struct ik_error *err)
{
	struct imap *im = p->im;
	const struct ik_error why = p->why;
	const int64_t count = tries_add(&im->tries, e->uid);

	im->host->log(im->host, IK_LOG_WARNING, "UID %" PRIu32 " did not come (try %" PRId64 "): %s", e->uid, count, why.text);
	p->in_a_row++;
	if (is_hopeless(p, count)) {
		char text[600];

		(void)snprintf(text, sizeof(text), "could not be fetched in %" PRId64 " tries: %s", count, why.text);
		return give_up(p, e, text, err);
	}
	e->state = ENTRY_FAILED;
	p->is_held = true;
	return count < 0 || (p->taken == 0 && p->in_a_row >= FAILS_IN_A_ROW) ? ik_fail(IK_RETRY, err, "%s", why.text) : IK_OK;
}

static enum ik_rc take(struct pass *p, size_t i, struct ik_error *err)
{
	struct entry *e = &p->page.entry[i];
	const size_t max = (size_t)p->im->conf->max_size;
	enum ik_rc rc = reopen(p, err);
	enum got got;

	if (rc != IK_OK) return rc;
	got = fetch(&p->view, e->uid, NULL, max, &e->size, &p->why);
	if (got == GOT_LOST) {
		rc = reopen(p, err);
		if (rc != IK_OK) return rc;
		got = fetch(&p->view, e->uid, NULL, max, &e->size, &p->why);
	}
	switch (got) {
	case GOT_WHOLE:
		rc = offer(p, i, err);
		if (rc != IK_OK) return rc;
		tries_forget(&p->im->tries, e->uid);
		p->taken++;
		p->in_a_row = 0;
		return IK_OK;
	case GOT_TOO_LARGE:
		return too_large(p, e, err);
	case GOT_STOPPED:
		return ik_fail(IK_RETRY, err, "stopped");
	case GOT_NOTHING: case GOT_LOST:
		break;
	}
	rc = reopen(p, err);
	return rc == IK_OK ? note_failure(p, e, err) : rc;
}

/* ---- what comes after ---- */

static enum ik_rc run_command(struct pass *p, const char *command, struct ik_error *err)
{
	char *path = guarded_path(&p->view);
	const struct mailbox_call call = { .path = path, .command = command };
	const int code = mailbox_run(p->im->box, &call);

	free(path);
	return code == 0 ? IK_OK : mailbox_fail(p->im->box, code, "after", err);
}

static enum ik_rc run_on(struct pass *p, const char *verb, const char *set, const char *rest, struct ik_error *err)
{
	char *command = mem_format("UID %s %s%s", verb, set, rest);
	const enum ik_rc rc = run_command(p, command, err);

	free(command);
	return rc;
}

/* \Deleted, and gone at once where the server can expunge single UIDs; never a plain EXPUNGE, which takes what others have marked. */
static enum ik_rc delete_set(struct pass *p, const char *set, struct ik_error *err)
{
	enum ik_rc rc = run_on(p, "STORE", set, " +FLAGS.SILENT (\\Deleted)", err);

	return rc == IK_OK && p->im->has_uidplus ? run_on(p, "EXPUNGE", set, "", err) : rc;
}

static enum ik_rc act_on_set(struct pass *p, const char *set, struct ik_error *err)
{
	const struct imap *im = p->im;
	char rest[1400];
	enum ik_rc rc;

	switch (im->conf->after) {
	case AFTER_DELETE:
		return delete_set(p, set, err);
	case AFTER_FLAG:
		(void)snprintf(rest, sizeof(rest), " +FLAGS.SILENT (%s)", im->conf->flag);
		return run_on(p, "STORE", set, rest, err);
	case AFTER_MOVE:
		(void)snprintf(rest, sizeof(rest), " %s", im->move_to);
		if (im->has_move) return run_on(p, "MOVE", set, rest, err);
		rc = run_on(p, "COPY", set, rest, err);
		return rc == IK_OK ? delete_set(p, set, err) : rc;
	default:
		return IK_OK;
	}
}

/* Moves, deletes or flags the entries of the page from..end that are TAKEN. Opens the folder for writing and read-only again. */
static enum ik_rc act(struct pass *p, size_t from, size_t end, struct ik_error *err)
{
	struct buf set = BUF_INIT(SET_MAX * 12);
	struct view v = { 0 };
	size_t in_set = 0;
	enum ik_rc rc = reopen(p, err);

	if (rc == IK_OK && view_open(p->im, p->im->select, &v) != 0) rc = ik_fail(IK_RETRY, err, "after: folder cannot be opened for writing: %s", mailbox_said(p->im->box));
	if (rc == IK_OK && v.uidvalidity != p->view.uidvalidity) rc = ik_fail(IK_RETRY, err, "after: UIDVALIDITY changed on the way");
	for (size_t i = from; rc == IK_OK && i < end; i++) {
		if (p->page.entry[i].state == ENTRY_TAKEN) {
			buf_format(&set, "%s%" PRIu32, in_set++ > 0 ? "," : "", p->page.entry[i].uid);
		}
		if (in_set == SET_MAX || (i + 1 == end && in_set > 0)) {
			rc = act_on_set(p, buf_str(&set), err);
			buf_clear(&set);
			in_set = 0;
		}
	}
	buf_release(&set);
	if (rc == IK_OK && view_open(p->im, p->im->examine, &v) != 0) rc = ik_fail(IK_RETRY, err, "folder cannot be opened again: %s", mailbox_said(p->im->box));
	return rc;
}

static bool has_taken(const struct pass *p, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (p->page.entry[i].state == ENTRY_TAKEN) return true;
	return false;
}

static enum ik_rc put(struct pass *p, const char *name, uint32_t uid, struct ik_error *err)
{
	char text[CURSOR_MAX];

	cursor_text(p, uid, text);
	return p->im->host->cursor_put(p->im->host, name, text, err);
}

/* ---- batches ---- */

/* Waits for the commits, stores the cursor where no message carried it, then does what comes after. */
static enum ik_rc batch_end(struct pass *p, size_t from, size_t end, struct ik_error *err)
{
	const enum ik_rc settled = p->im->host->settle(p->im->host, err);
	struct ik_error later = { 0 };
	enum ik_rc rc = IK_OK;

	raise_low(p, end);
	for (size_t i = from; i < end; i++) (void)is_dealt_with(&p->page.entry[i]);
	if (p->low > p->stored) {
		rc = put(p, p->im->cursor_name, p->low, &later);
		if (rc == IK_OK) p->stored = p->low;
	}
	if (rc == IK_OK && p->im->conf->after != AFTER_KEEP && has_taken(p, from, end)) rc = act(p, from, end, &later);
	if (rc == IK_OK && p->im->conf->after != AFTER_KEEP && p->stored > p->acted) {
		rc = put(p, p->im->acted_name, p->stored, &later);
		if (rc == IK_OK) p->acted = p->stored;
	}
	if (settled != IK_OK) return settled;
	return rc == IK_OK ? IK_OK : ik_fail(rc, err, "%s", later.text);
}

/* What is stored already need not come again. */
static enum ik_rc ask_key(struct pass *p, struct entry *e, struct ik_error *err)
{
	char key[KEY_MAX];
	bool is_known = false;
	enum ik_rc rc;

	key_of(p, e->uid, "", key);
	rc = p->im->host->knows(p->im->host, key, &is_known, err);
	if (rc == IK_OK && is_known) e->state = ENTRY_TAKEN;
	if (rc != IK_OK || is_known) return rc;
	key_of(p, e->uid, "/incomplete", key);
	rc = p->im->host->knows(p->im->host, key, &is_known, err);
	if (rc == IK_OK && is_known) e->state = ENTRY_KEPT;
	return rc;
}

/* What failed before waits for the second round. */
static bool leave_out(struct pass *p, struct entry *e)
{
	if (p->is_second || tries_of(&p->im->tries, e->uid) == 0) return false;
	e->state = ENTRY_FAILED;
	p->is_held = true;
	return true;
}

static enum ik_rc pass_page(struct pass *p, struct ik_error *err)
{
	const size_t batch = (size_t)p->im->conf->batch;
	enum ik_rc rc = IK_OK;

	p->next = 0;
	p->was_held = p->is_held;
	for (size_t from = 0; rc == IK_OK && from < p->page.count; from += batch) {
		const size_t end = from + batch < p->page.count ? from + batch : p->page.count;
		struct ik_error later = { 0 };
		enum ik_rc ended;

		for (size_t i = from; rc == IK_OK && i < end; i++) {
			if (p->im->host->stopping(p->im->host)) rc = ik_fail(IK_RETRY, err, "stopped");
			if (rc == IK_OK && p->asks_keys) rc = ask_key(p, &p->page.entry[i], err);
			if (rc == IK_OK && p->page.entry[i].state == ENTRY_NEW && !leave_out(p, &p->page.entry[i])) rc = take(p, i, err);
		}
		ended = batch_end(p, from, end, rc == IK_OK ? err : &later);    /* also after a failure: what was offered may be stored */
		if (rc == IK_OK) rc = ended;
	}
	return rc;
}

/* Everything behind the cursor, page by page. Where the folder holds few mails one search covers all UIDs. */
static enum ik_rc pass_all(struct pass *p, struct ik_error *err)
{
	uint64_t from = (uint64_t)p->low + 1;
	enum ik_rc rc = p->view.uidnext == 0 && p->view.exists > PAGE_MAX ? find_uidnext(&p->view, &p->page, err) : IK_OK;

	while (rc == IK_OK && from <= UINT32_MAX) {
		const bool is_end = p->view.exists <= PAGE_MAX || from + PAGE_MAX >= p->view.uidnext;
		const uint64_t to = from + PAGE_MAX - 1;

		rc = page_list(&p->view, (uint32_t)from, is_end ? 0 : (uint32_t)to, &p->page, err);
		if (rc == IK_OK) rc = pass_page(p, err);
		if (p->page.cut == 0 && is_end) break;
		from = p->page.cut != 0 ? p->page.cut : to + 1;
	}
	return rc;
}

/* ---- cursors ---- */

static bool cursor_parse(const char *text, uint32_t *uidvalidity_r, uint32_t *uid_r)
{
	char *end = NULL;
	uint64_t a, b;

	if (text[0] < '0' || text[0] > '9') return false;
	errno = 0;
	a = strtoull(text, &end, 10);
	if (errno != 0 || *end != '/' || end[1] < '0' || end[1] > '9') return false;
	b = strtoull(end + 1, &end, 10);
	if (errno != 0 || *end != '\0' || a == 0 || a > UINT32_MAX || b > UINT32_MAX) return false;
	*uidvalidity_r = (uint32_t)a;
	*uid_r = (uint32_t)b;
	return true;
}

/* The cursor is a hint: where it cannot be right the whole folder is listed again and the keys decide. */
static enum ik_rc cursor_load(struct pass *p, struct ik_error *err)
{
	const struct ik_host *host = p->im->host;
	char text[CURSOR_MAX * 2] = "";
	uint32_t uidvalidity = 0, uid = 0;
	enum ik_rc rc = host->cursor_get(host, p->im->cursor_name, text, sizeof(text), err);

	if (rc != IK_OK) return rc;
	if (text[0] == '\0') p->asks_keys = true;
	else if (!cursor_parse(text, &uidvalidity, &uid))
		host->log(host, IK_LOG_WARNING, "the cursor of folder %s is unreadable, listing the whole folder again", p->im->folder);
	else if (uidvalidity != p->view.uidvalidity)
		host->log(host, IK_LOG_WARNING, "UIDVALIDITY of folder %s changed from %" PRIu32 " to %" PRIu32 ", reading the whole folder again",
		          p->im->folder, uidvalidity, p->view.uidvalidity);
	else if (p->view.uidnext != 0 && uid >= p->view.uidnext)
		host->log(host, IK_LOG_WARNING, "the cursor of folder %s lies in the future (UID %" PRIu32 ", next is %" PRIu32 "), listing the whole folder again",
		          p->im->folder, uid, p->view.uidnext);
	else
		p->low = p->stored = uid;
	if (p->low == 0) p->asks_keys = true;
	return IK_OK;
}

/* What was stored before a stop but not moved, deleted or flagged yet. The mark is set the first time, so that mails taken
 * while the policy was another one stay as they are. */
static enum ik_rc act_leftovers(struct pass *p, struct ik_error *err)
{
	const struct ik_host *host = p->im->host;
	char text[CURSOR_MAX * 2] = "";
	uint32_t uidvalidity = 0, uid = 0;
	enum ik_rc rc;

	if (p->im->conf->after == AFTER_KEEP) return IK_OK;
	rc = host->cursor_get(host, p->im->acted_name, text, sizeof(text), err);
	if (rc != IK_OK) return rc;
	if (!cursor_parse(text, &uidvalidity, &uid) || uidvalidity != p->view.uidvalidity || uid > p->stored) {
		p->acted = p->stored;
		return put(p, p->im->acted_name, p->acted, err);
	}
	p->acted = uid;
	for (uint64_t from = (uint64_t)uid + 1; rc == IK_OK && from <= p->stored; from += PAGE_MAX) {
		const uint64_t to = from + PAGE_MAX - 1;

		rc = page_list(&p->view, (uint32_t)from, to < p->stored ? (uint32_t)to : p->stored, &p->page, err);
		for (size_t i = 0; rc == IK_OK && i < p->page.count; i++) rc = ask_key(p, &p->page.entry[i], err);
		if (rc == IK_OK && has_taken(p, 0, p->page.count)) rc = act(p, 0, p->page.count, err);
	}
	if (rc != IK_OK || p->acted == p->stored) return rc;
	p->acted = p->stored;
	return put(p, p->im->acted_name, p->acted, err);
}

/* ---- the channel ---- */

/* First what is new, then what failed in earlier polls. */
static enum ik_rc pass_rounds(struct pass *p, struct ik_error *err)
{
	const bool has_failed_before = p->im->tries.count > 0;
	enum ik_rc rc = pass_all(p, err);

	if (rc != IK_OK || !has_failed_before) return rc;
	p->is_second = p->asks_keys = true;
	p->is_held = false;
	p->in_a_row = 0;
	rc = pass_all(p, err);
	if (rc == IK_OK && !p->is_held) p->im->tries.count = 0;         /* what is no longer listed is forgotten */
	return rc;
}

static enum ik_rc imap_poll(void *state, struct ik_error *err)
{
	struct imap *im = state;
	struct pass p = { .im = im, .asks_keys = !im->was_polled || im->tries.count > 0 };
	enum ik_rc rc = view_begin(im, &p.view, err);

	p.page = (struct page){ .im = im, .entry = mem_new(2 * PAGE_MAX * sizeof(*p.page.entry)), .line = BUF_INIT(2 * MAILBOX_LINE_MAX) };
	if (rc == IK_OK) rc = cursor_load(&p, err);
	if (rc == IK_OK) rc = act_leftovers(&p, err);
	if (rc == IK_OK) rc = pass_rounds(&p, err);
	free(p.page.entry);
	buf_release(&p.page.line);
	if (im->host->stopping(im->host)) return IK_OK;
	im->was_polled = rc == IK_OK;
	if (rc == IK_OK && p.is_held && p.taken == 0) return ik_fail(IK_RETRY, err, "%s", p.why.text);
	return rc;
}

static void imap_close(void *state)
{
	struct imap *im = state;

	mailbox_free(&im->box);
	spool_release(&im->spool);
	mem_free(&im->folder);
	mem_free(&im->examine);
	mem_free(&im->select);
	mem_free(&im->path);
	mem_free(&im->move_to);
	mem_free(&im->cursor_name);
	mem_free(&im->acted_name);
	im->host->free(im);
}

static char *wire_name(const char *folder, void (*encode)(struct buf *, const char *))
{
	struct buf name = BUF_INIT(4096), text = BUF_INIT(16384);

	imap_name_encode(&name, folder);
	encode(&text, buf_str(&name));
	buf_release(&name);
	return buf_take(&text);
}

static void prepare_folder(struct imap *im)
{
	const char *folder = strcasecmp(im->conf->folder, "INBOX") == 0 ? "INBOX" : im->conf->folder;
	char *quoted = wire_name(folder, imap_quote), *encoded = wire_name(folder, imap_url_encode);

	im->folder = mem_text(folder);
	im->examine = mem_format("EXAMINE %s", quoted);
	im->select = mem_format("SELECT %s", quoted);
	im->path = mem_format("/%s", encoded);
	im->cursor_name = mem_format("uid %s", folder);
	im->acted_name = mem_format("after %s", folder);
	if (im->conf->move_to != NULL) im->move_to = wire_name(im->conf->move_to, imap_quote);
	free(quoted);
	free(encoded);
}

/* A system flag or a keyword: atom characters only, since it goes into a command as it is. */
static bool is_flag(const char *flag)
{
	static const char atom[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$-_.";
	const char *name = flag[0] == '\\' ? flag + 1 : flag;

	return name[0] != '\0' && strspn(name, atom) == strlen(name) && strlen(name) < 64;
}

static enum ik_rc check_conf(const struct imap_conf *c, struct ik_error *err)
{
	enum ik_rc rc = mailbox_check_text("folder", c->folder, 255, err);

	if (rc == IK_OK && c->after == AFTER_MOVE && c->move_to == NULL) rc = ik_fail(IK_CONFIG, err, "after: move needs move_to");
	if (rc == IK_OK && c->move_to != NULL) rc = mailbox_check_text("move_to", c->move_to, 255, err);
	if (rc == IK_OK && c->move_to != NULL && strcasecmp(c->move_to, c->folder) == 0) rc = ik_fail(IK_CONFIG, err, "move_to is the folder itself");
	if (rc == IK_OK && !is_flag(c->flag)) rc = ik_fail(IK_CONFIG, err, "flag: expected a flag such as \\Flagged or a keyword such as $Taken");
	return rc;
}

static enum ik_rc imap_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	const struct imap_conf *c = conf;
	const struct mailbox_conf box = MAILBOX_CONF(c, "imap,imaps", mechanisms[c->auth]);
	struct imap *im;
	enum ik_rc rc = check_conf(c, err);

	if (rc != IK_OK) return rc;
	im = host->alloc(sizeof(*im));
	*im = (struct imap){ .host = host, .conf = c };
	spool_init(&im->spool, (size_t)c->max_size);
	prepare_folder(im);
	rc = mailbox_new(host, &box, &im->box, err);
	if (rc == IK_OK) *state_r = im;
	else imap_close(im);
	return rc;
}

/* A connection of its own, since the poll may be using the other one at this moment. */
static enum ik_rc imap_test(void *state, struct ik_error *err)
{
	const struct imap *im = state;
	struct view v = { 0 };
	void *probe = NULL;
	enum ik_rc rc = imap_open(im->host, im->conf, &probe, err);

	if (rc != IK_OK) return rc;
	rc = view_begin(probe, &v, err);
	imap_close(probe);
	return rc;
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "imap", .summary = "Mail from a folder of an IMAP account",
	.options = imap_options, .conf_size = sizeof(struct imap_conf), .ack = IK_ACK_MAIL,
	.open = imap_open, .poll = imap_poll, .test = imap_test, .close = imap_close,
};
