/* pop3.c - takes mail out of a POP3 mailbox.
 *
 * A message is known by UIDL/SIZE; there is no cursor, since POP3 has no order to rely on. Where two messages of a mailbox have the same UIDL,
 * or the server gives none, a digest of the header (TOP) stands in for it. Message numbers belong to a session, so all of a poll runs
 * on one connection, which libcurl cannot replace behind our back. DELE comes only after the commit, and counts only with the QUIT
 * at the end; what a cut left undone is known at the next poll and deleted then.
 *
 * Source: RFC 1939, 2449 (CAPA), 2595 (STLS), 3206 (codes). libcurl ends a download without an error when the peer closes in the middle;
 * therefore an answer counts as whole only when it has the size of LIST, or when the same connection still answers afterwards.
 * After any -ERR libcurl says QUIT: the session is over then.
 * Thread: open, poll and close run on this instance's own worker; test() may run beside them and only reads what open() was given; done() of
 * an entry is called from the core's threads. */
#include <intaked/channel.h>

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "base/codec.h"
#include "base/mem.h"
#include "net/mailbox_options.h"

enum { AFTER_KEEP, AFTER_DELETE };

struct pop3_conf {
	MAILBOX_FIELDS;
	int after, auth;
};

static const char *const schemes[] = { "pop3s", "pop3", NULL };
static const char *const afters[] = { "keep", "delete", NULL };
static const char *const auths[] = { "auto", "plain", NULL };
static const char *const mechanisms[] = { NULL, "AUTH=PLAIN" };

#define OPT(kind, field, ...) IK_OPTION(kind, struct pop3_conf, field, __VA_ARGS__)
static const struct ik_option pop3_options[] = {
	MAILBOX_ROWS(struct pop3_conf, "pop3", "STLS", schemes),
	OPT(ENUM,     auth,     .def = "auto", .choices = auths, .help = "How the password is sent: what the server offers, or SASL PLAIN."),
	OPT(ENUM,     after,    .def = "keep", .choices = afters, .help = "What happens to a mail on the server once it is stored here."),
	IK_OPTION_END
};

#define LIST_MAX 100000         /* messages of one mailbox that are looked at; the others when these are gone */
#define UIDL_MAX 70             /* RFC 1939 */
#define KEY_MAX 128
#define HEADER_MAX (256 * 1024)
#define FAILING_MANY 3          /* things that fail at once: the server is sick rather than they */
#define SESSIONS_MAX 4          /* of one poll: a mail that ends the session does not hold up those behind it */

struct id { unsigned char bytes[16]; };         /* digest of a key */

enum entry_state { ENTRY_NEW, ENTRY_OFFERED, ENTRY_TAKEN, ENTRY_KEPT, ENTRY_FAILED };
/* TAKEN: stored, may be deleted. KEPT: dealt with, but not to be touched. */
struct entry {
	int64_t number, size;
	char uidl[UIDL_MAX + 1];        /* "" when there is none or it is not unique */
	char key[KEY_MAX];              /* "" when nothing but the content tells it */
	struct id id;
	enum entry_state state;
	bool is_deleted;
	atomic_int answer;              /* enum ik_rc by done(), -1 before */
};

struct known { struct id id; enum entry_state state; };

struct pop3 {
	const struct ik_host *host;
	const struct pop3_conf *conf;
	struct mailbox *box;
	struct spool spool;
	struct tries tries;
	struct known *known;            /* of the last poll, sorted: these need not be asked of the store again */
	size_t known_count;
	int64_t started_at;             /* of the first look; 0: not asked yet */
};

struct session {
	struct pop3 *po;
	struct entry *entry;
	size_t count;
	bool has_uidl, has_top;
	bool is_over;                   /* the connection is gone: the numbers mean nothing any more */
	bool is_second;                 /* what failed in earlier polls comes after the rest */
	bool was_refused;               /* it ended because a mail did not come: another one may go on behind it */
	size_t taken, deleted;
	struct ik_error why;            /* of the last failure */
};

/* ---- listing ---- */

struct lines { struct session *s; void (*each)(struct session *s, char *line); char line[600]; size_t len; bool is_long; };

static bool on_lines(void *arg, const char *data, size_t len)
{
	struct lines *l = arg;

	for (size_t i = 0; i < len; i++) {
		if (data[i] != '\n') {
			if (l->len + 1 < sizeof(l->line)) l->line[l->len++] = data[i];
			else l->is_long = true;
			continue;
		}
		if (l->len > 0 && l->line[l->len - 1] == '\r') l->len--;
		l->line[l->len] = '\0';
		if (!l->is_long) l->each(l->s, l->line);
		l->len = 0;
		l->is_long = false;
	}
	return true;
}

/* "NUMBER rest"; *rest_r behind the space. 0 when the line is none of these. */
static int64_t read_number(const char *line, const char **rest_r)
{
	char *end = NULL;
	int64_t n;

	if (line[0] < '1' || line[0] > '9') return 0;
	errno = 0;
	n = strtoll(line, &end, 10);
	if (errno != 0 || n > INT32_MAX || *end != ' ') return 0;
	while (*end == ' ') end++;
	*rest_r = end;
	return n;
}

static void on_size(struct session *s, char *line)
{
	const char *rest;
	char *end = NULL;
	const int64_t n = read_number(line, &rest);
	int64_t size;

	if (n == 0 || s->count == LIST_MAX || rest[0] < '0' || rest[0] > '9') return;
	if (s->count > 0 && s->entry[s->count - 1].number >= n) return;
	errno = 0;
	size = strtoll(rest, &end, 10);
	if (errno == 0 && size >= 0) s->entry[s->count++] = (struct entry){ .number = n, .size = size, .answer = -1 };
}

static int by_number(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

static void on_uidl(struct session *s, char *line)
{
	const char *rest;
	const struct entry wanted = { .number = read_number(line, &rest) };
	struct entry *e = wanted.number > 0 ? bsearch(&wanted, s->entry, s->count, sizeof(wanted), by_number) : NULL;
	size_t len = 0;

	if (e == NULL) return;
	while (rest[len] > 0x20 && rest[len] < 0x7f) len++;
	if (len > 0 && len <= UIDL_MAX && rest[len] == '\0') memcpy(e->uidl, rest, len + 1);
}

/* One line said and one line heard. */
static int run_line(struct session *s, const char *command, bool is_last)
{
	const struct mailbox_call call = { .command = command, .has_no_body = true, .is_last = is_last };
	const int code = mailbox_run(s->po->box, &call);

	s->is_over |= code != 0;
	return code;
}

/* A command with an answer of many lines, which came whole if the connection goes on. */
static int run_lines(struct session *s, const char *command, void (*each)(struct session *, char *))
{
	struct lines lines = { .s = s, .each = each };
	const struct mailbox_call call = { .command = command, .take = on_lines, .arg = &lines, .time_max_s = 5 * s->po->conf->timeout };
	const int code = mailbox_run(s->po->box, &call);

	s->is_over |= code != 0;
	return code == 0 ? run_line(s, "NOOP", false) : code;
}

/* libcurl asks for CAPA itself. */
static bool on_capability(void *arg, const char *line, size_t len)
{
	struct session *s = arg;

	if (len == 3 && strncasecmp(line, "TOP", 3) == 0) s->has_top = true;
	return true;
}

static enum ik_rc session_begin(struct session *s, struct ik_error *err)
{
	const struct mailbox_call hello = { .command = "NOOP", .has_no_body = true, .may_connect = true, .line = on_capability, .arg = s };
	const int code = mailbox_run(s->po->box, &hello);

	s->is_over = code != 0;
	return code == 0 ? IK_OK : mailbox_fail(s->po->box, code, "login", err);
}

static enum ik_rc list_sizes(struct session *s, struct ik_error *err)
{
	int code;

	s->count = 0;
	code = run_lines(s, "LIST", on_size);
	return code == 0 ? IK_OK : mailbox_fail(s->po->box, code, "LIST", err);
}

/* The sizes, then the UIDLs. A server that refuses UIDL ends the session, and the numbers are read again. */
static enum ik_rc list_all(struct session *s, struct ik_error *err)
{
	enum ik_rc rc = list_sizes(s, err);
	int code;

	if (rc != IK_OK) return rc;
	code = run_lines(s, "UIDL", on_uidl);
	s->has_uidl = code == 0;
	if (code == 0) return IK_OK;
	if (mailbox_said(s->po->box)[0] != '-') return mailbox_fail(s->po->box, code, "UIDL", err);
	rc = session_begin(s, err);
	return rc == IK_OK ? list_sizes(s, err) : rc;
}

/* ---- keys ---- */

static struct id id_of(const char *key)
{
	unsigned char digest[SHA256_SIZE];
	const struct bytes piece = { key, strlen(key) };
	struct id id;

	sha256(&piece, 1, digest);
	memcpy(id.bytes, digest, sizeof(id.bytes));
	return id;
}

static uint64_t tries_id(const struct entry *e)
{
	uint64_t n;

	memcpy(&n, e->id.bytes, sizeof(n));
	return n;
}

static int by_key(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;

	return strcmp((*x)->key, (*y)->key);
}

/* Keys from UIDLs; what is there twice loses its key, since it names nothing. */
static void make_keys(struct session *s)
{
	struct entry **sorted = mem_new((s->count + 1) * sizeof(struct entry *));
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++) {
		struct entry *e = &s->entry[i];

		if (e->uidl[0] == '\0') continue;
		(void)snprintf(e->key, sizeof(e->key), "%s/%" PRId64, e->uidl, e->size);
		sorted[n++] = e;
	}
	qsort(sorted, n, sizeof(struct entry *), by_key);
	for (size_t i = 0; i < n; ) {
		size_t end = i + 1;

		while (end < n && strcmp(sorted[i]->key, sorted[end]->key) == 0) end++;
		for (size_t k = i; end - i > 1 && k < end; k++) sorted[k]->uidl[0] = '\0';
		i = end;
	}
	free(sorted);
	for (size_t i = 0; i < s->count; i++) {
		if (s->entry[i].uidl[0] == '\0') s->entry[i].key[0] = '\0';
		else s->entry[i].id = id_of(s->entry[i].key);
	}
}

/* ---- content ---- */

static bool on_content(void *arg, const char *data, size_t len)
{
	return spool_add(arg, data, len);
}

/* 0 when the whole of it is in the spool. size: as LIST told, -1 when it is another thing than a mail. */
static int download(struct session *s, const char *path, const char *command, int64_t size)
{
	struct pop3 *po = s->po;
	const struct mailbox_call call = { .path = path, .command = command, .take = on_content, .arg = &po->spool,
	                                   .time_max_s = 2 * po->conf->timeout + po->conf->max_size / 4096 };
	int code;

	spool_clear(&po->spool);
	code = mailbox_run(po->box, &call);
	s->is_over |= code != 0;
	return code == 0 && (int64_t)po->spool.size != size ? run_line(s, "NOOP", false) : code;
}

static bool fetch_header(struct session *s, const struct entry *e)
{
	char command[40];

	if (!s->has_top || s->is_over) return false;
	(void)snprintf(command, sizeof(command), "TOP %" PRId64 " 0", e->number);
	if (download(s, NULL, command, -1) == 0 && s->po->spool.size > 0 && s->po->spool.fd < 0) return true;
	s->has_top = false;
	return false;
}

/* A key for what has no UIDL of its own. */
static enum ik_rc key_by_header(struct session *s, struct entry *e, struct ik_error *err)
{
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	struct bytes piece;

	if (fetch_header(s, e)) {
		piece = (struct bytes){ s->po->spool.memory.data, s->po->spool.memory.len };
		sha256(&piece, 1, digest);
		(void)snprintf(e->key, sizeof(e->key), "top/%" PRId64 "/%s", e->size, hex_encode(digest, sizeof(digest), hex));
		e->id = id_of(e->key);
		return IK_OK;
	}
	if (s->is_over) return ik_fail(IK_RETRY, err, "TOP: the connection broke: %s", mailbox_said(s->po->box));
	if (!s->has_uidl && s->po->conf->after == AFTER_KEEP)
		return ik_fail(IK_CONFIG, err, "the server has neither UIDL nor TOP: mails that stay there cannot be told from new ones, set after: delete");
	(void)snprintf(hex, sizeof(hex), "%" PRId64 " %" PRId64, e->number, e->size);  /* good enough to count tries by */
	e->id = id_of(hex);
	return IK_OK;
}

/* ---- what is known ---- */

static int by_id(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct id));
}

static enum ik_rc ask_key(struct session *s, struct entry *e, struct ik_error *err)
{
	const struct ik_host *host = s->po->host;
	const struct known *hit = s->po->known_count > 0 ? bsearch(&e->id, s->po->known, s->po->known_count, sizeof(*hit), by_id) : NULL;
	char key[KEY_MAX + 16];
	bool is_known = false;
	enum ik_rc rc;

	if (e->key[0] == '\0') return IK_OK;
	if (hit != NULL) {
		e->state = hit->state;
		return IK_OK;
	}
	rc = host->knows(host, e->key, &is_known, err);
	if (rc == IK_OK && is_known) e->state = ENTRY_TAKEN;
	if (rc != IK_OK || is_known) return rc;
	(void)snprintf(key, sizeof(key), "%s/incomplete", e->key);
	rc = host->knows(host, key, &is_known, err);
	if (rc == IK_OK && is_known) e->state = ENTRY_KEPT;
	return rc;
}

static void remember(struct session *s)
{
	struct pop3 *po = s->po;

	free(po->known);
	po->known = mem_new((s->count + 1) * sizeof(*po->known));
	po->known_count = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct entry *e = &s->entry[i];

		if (e->key[0] != '\0' && (e->state == ENTRY_TAKEN || e->state == ENTRY_KEPT))
			po->known[po->known_count++] = (struct known){ .id = e->id, .state = e->state };
	}
	qsort(po->known, po->known_count, sizeof(*po->known), by_id);
}

/* ---- one message ---- */

static void on_done(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err)
{
	struct entry *e = arg;

	(void)receipt; (void)err;
	atomic_store(&e->answer, (int)rc);
}

static enum ik_rc offer(struct session *s, struct entry *e, struct ik_error *err)
{
	const struct pop3_conf *c = s->po->conf;
	struct ik_message m = { .form = IK_FORM_MAIL, .source_id = e->key[0] != '\0' ? e->key : NULL, .recipient = MAILBOX_RECIPIENT(c) };
	enum ik_rc rc;

	if (c->old_after > 0) m.history_before = s->po->started_at - c->old_after;
	spool_raw(&s->po->spool, &m);
	e->state = ENTRY_OFFERED;
	rc = s->po->host->offer(s->po->host, &m, on_done, e, err);
	if (rc == IK_REJECT) e->state = ENTRY_TAKEN;
	else if (rc != IK_OK) e->state = ENTRY_NEW;
	return rc == IK_REJECT ? IK_OK : rc;
}

/* A mail that cannot be had whole: its header, or failing that a note, goes to quarantine with a ticket. The mail stays where it is. */
static enum ik_rc give_up(struct session *s, struct entry *e, const char *why, struct ik_error *err)
{
	struct pop3 *po = s->po;
	char key[KEY_MAX + 16], note[600];
	const void *raw = note;
	size_t size = (size_t)snprintf(note, sizeof(note), "Mail in the mailbox of %.300s, UIDL %s, was not taken.\r\n", po->conf->user,
	                               e->uidl[0] != '\0' ? e->uidl : "unknown");
	enum ik_rc rc;

	if (fetch_header(s, e)) {
		raw = po->spool.memory.data;
		size = po->spool.memory.len;
	}
	(void)snprintf(key, sizeof(key), "%s/incomplete", e->key);
	rc = po->host->set_aside(po->host, e->key[0] != '\0' ? key : NULL, raw, size, why, err);
	if (rc != IK_OK && rc != IK_REJECT) return rc;
	e->state = ENTRY_KEPT;
	tries_forget(&po->tries, tries_id(e));
	return IK_OK;
}

/* Whether to stop trying. A server that gave nothing else is more likely sick than the mails; then it takes longer. */
static bool is_hopeless(const struct session *s, int64_t count)
{
	const int64_t tries = s->po->conf->tries;

	return count >= tries && (s->taken > 0 || s->po->tries.count < FAILING_MANY || count >= 4 * tries);
}

static enum ik_rc note_failure(struct session *s, struct entry *e, int code, struct ik_error *err)
{
	struct pop3 *po = s->po;
	const int64_t count = tries_add(&po->tries, tries_id(e));

	if (po->spool.is_full) (void)ik_fail(IK_RETRY, &s->why, "larger than max_size (%" PRId64 "), though the server said %" PRId64 " bytes", po->conf->max_size, e->size);
	else (void)mailbox_fail(po->box, code, "RETR", &s->why);
	po->host->log(po->host, IK_LOG_WARNING, "message %" PRId64 " (UIDL %s) did not come (try %" PRId64 "): %s", e->number, e->uidl, count, s->why.text);
	e->state = ENTRY_FAILED;
	s->was_refused = true;
	return s->is_over || count < 0 ? ik_fail(IK_RETRY, err, "%s", s->why.text) : IK_OK;
}

static enum ik_rc take(struct session *s, struct entry *e, struct ik_error *err)
{
	const struct pop3_conf *c = s->po->conf;
	const int64_t tried = tries_of(&s->po->tries, tries_id(e));
	char path[32], why[128];
	int code;
	enum ik_rc rc;

	if (e->size > c->max_size) {
		(void)snprintf(why, sizeof(why), "mail of %" PRId64 " bytes is larger than max_size (%" PRId64 ")", e->size, c->max_size);
		return give_up(s, e, why, err);
	}
	if (is_hopeless(s, tried)) {
		(void)snprintf(why, sizeof(why), "could not be fetched in %" PRId64 " tries", tried);
		return give_up(s, e, why, err);
	}
	(void)snprintf(path, sizeof(path), "/%" PRId64, e->number);
	code = download(s, path, NULL, e->size);
	if (mailbox_is_stopped(code)) return ik_fail(IK_RETRY, err, "stopped");
	if (code != 0) return note_failure(s, e, code, err);
	rc = offer(s, e, err);
	if (rc != IK_OK) return rc;
	tries_forget(&s->po->tries, tries_id(e));
	s->taken++;
	return IK_OK;
}

/* ---- batches ---- */

static enum ik_rc delete_one(struct session *s, struct entry *e, struct ik_error *err)
{
	char command[32];
	int code;

	(void)snprintf(command, sizeof(command), "DELE %" PRId64, e->number);
	code = run_line(s, command, false);
	if (code != 0) return mailbox_fail(s->po->box, code, "DELE", err);
	e->is_deleted = true;
	s->deleted++;
	return IK_OK;
}

/* Waits for the commits, then marks what is stored as deleted. */
static enum ik_rc batch_end(struct session *s, struct entry *from, struct entry *end, struct ik_error *err)
{
	const enum ik_rc settled = s->po->host->settle(s->po->host, err);
	struct ik_error later = { 0 };
	enum ik_rc rc = IK_OK;

	for (struct entry *e = from; e < end; e++) {
		const int answer = atomic_load(&e->answer);

		if (e->state == ENTRY_OFFERED) e->state = answer == IK_OK || answer == IK_REJECT ? ENTRY_TAKEN : ENTRY_FAILED;
		if (s->po->conf->after != AFTER_DELETE || e->state != ENTRY_TAKEN || e->is_deleted || s->is_over || rc != IK_OK) continue;
		rc = delete_one(s, e, &later);
	}
	if (settled != IK_OK) return settled;
	return rc == IK_OK ? IK_OK : ik_fail(rc, err, "%s", later.text);
}

/* One round over the mailbox: first what is new, in the second what failed in earlier polls. */
static enum ik_rc consider(struct session *s, struct entry *e, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	if (s->po->host->stopping(s->po->host)) return ik_fail(IK_RETRY, err, "stopped");
	if (!s->is_second && e->key[0] == '\0') rc = key_by_header(s, e, err);
	if (rc == IK_OK && !s->is_second) rc = ask_key(s, e, err);
	if (rc != IK_OK || e->state != ENTRY_NEW) return rc;
	if (!s->is_second && tries_of(&s->po->tries, tries_id(e)) > 0) return IK_OK;
	return take(s, e, err);
}

static enum ik_rc round_all(struct session *s, struct ik_error *err)
{
	const size_t batch = (size_t)s->po->conf->batch;
	enum ik_rc rc = IK_OK;

	for (size_t from = 0; rc == IK_OK && from < s->count; ) {
		const size_t taken = s->taken;
		struct ik_error later = { 0 };
		enum ik_rc ended;
		size_t end = from;

		while (rc == IK_OK && end < s->count && s->taken - taken < batch) rc = consider(s, &s->entry[end++], err);
		ended = batch_end(s, s->entry + from, s->entry + end, rc == IK_OK ? err : &later);      /* also after a failure */
		if (rc == IK_OK) rc = ended;
		from = end;
	}
	return rc;
}

static enum ik_rc rounds(struct session *s, bool is_first, struct ik_error *err)
{
	enum ik_rc rc = round_all(s, err);

	if (rc != IK_OK || s->po->tries.count == 0 || !is_first) return rc;     /* one try a poll */
	s->is_second = true;
	return round_all(s, err);
}

/* QUIT makes the deletions real; without its OK they come again at the next poll. */
static enum ik_rc say_quit(struct session *s, struct ik_error *err)
{
	int code;

	if (s->is_over) return s->deleted == 0 ? IK_OK : ik_fail(IK_RETRY, err, "QUIT: the session ended before, %zu deletions may be undone", s->deleted);
	code = run_line(s, "QUIT", true);
	return code == 0 || s->deleted == 0 ? IK_OK : mailbox_fail(s->po->box, code, "QUIT", err);
}

/* ---- the channel ---- */

/* From login to QUIT. *goes_on_r: a mail ended it, and there may be others behind. IK_OK as well when something was taken. */
static enum ik_rc session_run(struct pop3 *po, struct entry *entry, bool is_first, size_t *taken, bool *goes_on_r, struct ik_error *err)
{
	struct session s = { .po = po, .entry = entry, .taken = *taken };
	struct ik_error later = { 0 };
	enum ik_rc rc = session_begin(&s, err), quit;

	if (rc == IK_OK) rc = list_all(&s, err);
	if (rc == IK_OK) {
		make_keys(&s);
		rc = rounds(&s, is_first, err);
		remember(&s);
	}
	quit = say_quit(&s, &later);
	*goes_on_r = rc == IK_RETRY && s.was_refused && s.is_over && !s.is_second;
	*taken = s.taken;
	if (rc == IK_RETRY && s.was_refused && s.taken > 0) rc = IK_OK;
	return rc != IK_OK || quit == IK_OK ? rc : ik_fail(quit, err, "%s", later.text);
}

/* The day of the first look is noted then: what had come long before is older mail, however often the first look is cut off. */
static enum ik_rc note_start(struct pop3 *po, struct ik_error *err)
{
	char day[32] = "";
	enum ik_rc rc;

	if (po->started_at > 0) return IK_OK;
	rc = po->host->cursor_get(po->host, "start", day, sizeof(day), err);
	po->started_at = strtoll(day, NULL, 10);
	if (rc != IK_OK || po->started_at > 0) return rc;
	po->started_at = po->host->now(po->host);
	(void)snprintf(day, sizeof(day), "%" PRId64, po->started_at);
	return po->host->cursor_put(po->host, "start", day, err);
}

static enum ik_rc pop3_poll(void *state, struct ik_error *err)
{
	struct pop3 *po = state;
	struct entry *entry = mem_new(LIST_MAX * sizeof(*entry));
	bool goes_on = true, has_failed = false;
	size_t taken = 0;
	enum ik_rc rc = note_start(po, err);

	goes_on = rc == IK_OK;
	for (int i = 0; goes_on && i < SESSIONS_MAX && !po->host->stopping(po->host); i++) {
		rc = session_run(po, entry, i == 0, &taken, &goes_on, err);
		has_failed |= goes_on;
	}
	free(entry);
	if (rc == IK_OK && has_failed && taken == 0) rc = IK_RETRY;     /* err still says why */
	return po->host->stopping(po->host) ? IK_OK : rc;
}

static void pop3_close(void *state)
{
	struct pop3 *po = state;

	mailbox_free(&po->box);
	spool_release(&po->spool);
	free(po->known);
	po->host->free(po);
}

static enum ik_rc pop3_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	const struct pop3_conf *c = conf;
	const struct mailbox_conf box = MAILBOX_CONF(c, "pop3,pop3s", mechanisms[c->auth]);
	struct pop3 *po = host->alloc(sizeof(*po));
	enum ik_rc rc;

	*po = (struct pop3){ .host = host, .conf = c };
	spool_init(&po->spool, (size_t)c->max_size);
	rc = mailbox_new(host, &box, &po->box, err);
	if (rc == IK_OK) *state_r = po;
	else pop3_close(po);
	return rc;
}

static enum ik_rc probe_run(struct pop3 *po, struct ik_error *err)
{
	struct session s = { .po = po };
	enum ik_rc rc = session_begin(&s, err);
	int code;

	if (rc != IK_OK) return rc;
	code = run_line(&s, "STAT", false);
	return code == 0 ? say_quit(&s, err) : mailbox_fail(po->box, code, "STAT", err);
}

/* A session of its own, since the poll may be using the other one at this moment. */
static enum ik_rc pop3_test(void *state, struct ik_error *err)
{
	const struct pop3 *po = state;
	void *probe = NULL;
	enum ik_rc rc = pop3_open(po->host, po->conf, &probe, err);

	if (rc != IK_OK) return rc;
	rc = probe_run(probe, err);
	pop3_close(probe);
	return rc;
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "pop3", .summary = "Mail from a POP3 mailbox",
	.options = pop3_options, .conf_size = sizeof(struct pop3_conf), .ack = IK_ACK_MAIL,
	.open = pop3_open, .poll = pop3_poll, .test = pop3_test, .close = pop3_close,
};
