/* imap_pass.c - see imap_pass.h. A folder is listed page by page; a page goes to the core in batches; a batch is fetched in one go where the
 * server allows it, and what did not come that way is asked for mail by mail, so that what fails is known by name. */
#include "net/imap_pass.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "base/mem.h"

#define PAGE_MAX 2500           /* mails looked at at a time */
#define HEADER_MAX (256 * 1024)
#define KEY_MAX 1400
#define CURSOR_MAX 32
#define SET_MAX 80              /* UIDs in one STORE or MOVE */
#define BACK_MAX 2000000        /* mails of one backfill */
#define DAY_S 86400
#define FAILS_IN_A_ROW 3        /* of a server that answers nothing else: it is sick, not the mails */

/* ---- listing ---- */

enum entry_state { ENTRY_NEW, ENTRY_OFFERED, ENTRY_TAKEN, ENTRY_KEPT, ENTRY_FAILED };
/* One message of the folder on its way. TAKEN: stored, what comes after may be done to it. KEPT: dealt with, but not to be touched. */
struct entry {
	uint32_t uid;
	int64_t size;                   /* as listed or announced; -1 before */
	int64_t came_at;                /* when the server took it in; 0: not said */
	enum entry_state state;
	atomic_int answer;              /* enum ik_rc by done(), -1 before */
	bool has_cursor;                /* its own UID was stored as the cursor with it */
};

struct page {
	struct entry *entry;
	size_t count;
	size_t room;                    /* of entry; more than PAGE_MAX */
	uint32_t from;
	uint32_t last;                  /* highest UID that was listed, also below from */
	uint32_t cut;                   /* more was found: UIDs from here on are not in the page; 0: none */
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

static void page_add(void *arg, uint32_t uid, int64_t size, int64_t came_at)
{
	struct page *p = arg;

	if (uid > p->last) p->last = uid;
	if (uid < p->from) return;      /* N:* also names the last message when its UID is below N */
	if (p->count == p->room) page_sort(p);
	if (p->cut == 0 || uid < p->cut) p->entry[p->count++] = (struct entry){ .uid = uid, .size = size, .came_at = came_at, .answer = -1 };
}

/* Those with UIDs from..to (0: to the end). */
static enum ik_rc page_list(struct imap_box *box, uint32_t from, uint32_t to, struct page *p, struct ik_error *err)
{
	enum ik_rc rc;

	p->count = 0;
	p->cut = p->last = 0;
	p->from = from;
	rc = imap_box_list(box, from, to, page_add, p, err);
	if (rc == IK_OK) page_sort(p);
	return rc;
}

/* ---- one pass over the folder ---- */

struct pass {
	struct imap_source *so;
	struct imap_view view;
	struct page page;
	uint32_t low;                   /* everything up to here is dealt with */
	uint32_t stored;                /* the cursor in the store */
	uint32_t acted;                 /* up to here what comes after was done */
	size_t next;                    /* first entry of the page that is not dealt with */
	size_t act_from;                /* first entry of the page to which what comes after was not done */
	bool is_held;                   /* something is left behind: low does not rise any more */
	bool was_held;                  /* it was so before this page */
	bool asks_keys;                 /* entries may be stored already */
	bool is_history;                /* a backfill: no cursor moves, nobody is answered */
	bool is_late;                   /* a backfill in which everybody is answered */
	bool is_second;                 /* only what failed in earlier polls; the first round leaves it out, so that it delays nothing */
	size_t taken, in_a_row;
	int64_t early;                  /* of this part of a backfill: before the time it is for */
	struct ik_error why;            /* of the last failure */
	enum ik_rc after_rc;            /* what comes after failed: nothing more of it is tried in this look, and mails come in all the same */
	struct ik_error after_why;
};

static void key_of(const struct pass *p, uint32_t uid, const char *suffix, char key_r[KEY_MAX])
{
	(void)snprintf(key_r, KEY_MAX, "%s/%" PRIu32 "/%" PRIu32 "%s", p->so->folder.name, p->view.uidvalidity, uid, suffix);
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
	struct imap_source *so = p->so;
	struct entry *e = &p->page.entry[i];
	char key[KEY_MAX], cursor[CURSOR_MAX];
	struct ik_message m = { .form = IK_FORM_MAIL, .source_id = key, .recipient = so->conf->recipient, .cursor_value = cursor };
	enum ik_rc rc;

	raise_low(p, i);
	m.is_history = p->is_history;
	m.is_late = p->is_late;
	m.sent_at = e->came_at;
	if (!p->is_late && so->started_at > 0 && so->conf->old_after > 0) m.history_before = so->started_at - so->conf->old_after;
	e->has_cursor = !p->was_held && p->next == i;
	if (e->has_cursor) m.cursor_name = so->cursor_name;
	key_of(p, e->uid, "", key);
	cursor_text(p, e->uid, cursor);
	spool_raw(imap_box_spool(so->box), &m);
	e->state = ENTRY_OFFERED;
	rc = so->host->offer(so->host, &m, on_done, e, err);
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
	struct imap_view again = { 0 };
	enum ik_rc rc;

	if (imap_box_is_open(p->so->box)) return IK_OK;
	rc = imap_box_open(p->so->box, &p->so->folder, &again, err);
	if (rc == IK_OK && again.uidvalidity != p->view.uidvalidity) return ik_fail(IK_RETRY, err, "folder: UIDVALIDITY changed on the way");
	return rc;
}

/* A mail that cannot be had whole: its header, or failing that a note, goes to quarantine with a ticket. The mail stays where it is. */
static enum ik_rc give_up(struct pass *p, struct entry *e, const char *why, struct ik_error *err)
{
	struct imap_source *so = p->so;
	const struct spool *spool = imap_box_spool(so->box);
	struct buf raw = BUF_INIT(HEADER_MAX + 1024);
	struct ik_error ignored = { 0 };
	char key[KEY_MAX];
	int64_t size;
	enum ik_rc rc = reopen(p, err);
	enum imap_got got;

	if (rc != IK_OK) return rc;
	got = imap_box_fetch(so->box, e->uid, true, HEADER_MAX, &size, &ignored);
	if (got == IMAP_GOT_STOPPED) return ik_fail(IK_RETRY, err, "stopped");
	if (got == IMAP_GOT_WHOLE && spool->fd < 0) buf_add(&raw, spool->memory.data, spool->memory.len);
	else buf_format(&raw, "Mail in folder %s of %s, UID %" PRIu32 ", was not taken.\r\n", so->folder.name, so->conf->user, e->uid);
	key_of(p, e->uid, "/incomplete", key);
	rc = so->host->set_aside(so->host, key, buf_str(&raw), raw.len, why, err);
	buf_release(&raw);
	if (rc != IK_OK && rc != IK_REJECT) return rc;
	e->state = ENTRY_KEPT;
	tries_forget(&so->tries, e->uid);
	return IK_OK;
}

static enum ik_rc too_large(struct pass *p, struct entry *e, struct ik_error *err)
{
	char why[128];

	if (e->size > p->so->conf->max_size)
		(void)snprintf(why, sizeof(why), "mail of %" PRId64 " bytes is larger than max_size (%" PRId64 ")", e->size, p->so->conf->max_size);
	else (void)snprintf(why, sizeof(why), "mail is larger than max_size (%" PRId64 "), and than the server listed it", p->so->conf->max_size);
	return give_up(p, e, why, err);
}

/* Whether to stop trying. A server that gave nothing else in this poll is more likely sick than the mails; then it takes longer. */
static bool is_hopeless(const struct pass *p, int64_t count)
{
	const int64_t tries = p->so->conf->tries;

	return count >= tries && (p->taken > 0 || p->so->tries.count < FAILS_IN_A_ROW || count >= 4 * tries);
}

/* Notes a failure; what has failed in too many polls is given up, so that the cursor can go on. */
static enum ik_rc note_failure(struct pass *p, struct entry *e, struct ik_error *err)
{
	struct imap_source *so = p->so;
	const struct ik_error why = p->why;
	const int64_t count = tries_add(&so->tries, e->uid);

	so->host->log(so->host, IK_LOG_WARNING, "UID %" PRIu32 " did not come (try %" PRId64 "): %s", e->uid, count, why.text);
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

/* Whether the server still lists it; what somebody else deleted meanwhile need not come. */
static bool is_gone(struct pass *p, struct entry *e)
{
	struct entry room[4];
	struct page page = { .entry = room, .room = COUNT_OF(room) };

	return imap_box_is_open(p->so->box) && page_list(p->so->box, e->uid, e->uid, &page, NULL) == IK_OK && page.count == 0;
}

static enum ik_rc take_whole(struct pass *p, size_t i, struct ik_error *err)
{
	const enum ik_rc rc = offer(p, i, err);

	if (rc != IK_OK) return rc;
	tries_forget(&p->so->tries, p->page.entry[i].uid);
	p->taken++;
	p->in_a_row = 0;
	return IK_OK;
}

/* One mail by itself. */
static enum ik_rc take(struct pass *p, size_t i, struct ik_error *err)
{
	struct imap_box *box = p->so->box;
	struct entry *e = &p->page.entry[i];
	const size_t max = (size_t)p->so->conf->max_size;
	enum ik_rc rc = reopen(p, err);
	enum imap_got got;

	if (rc != IK_OK) return rc;
	if (e->size / 2 > p->so->conf->max_size) return too_large(p, e, err);   /* what is listed is not always exact */
	got = imap_box_fetch(box, e->uid, false, max, &e->size, &p->why);
	if (got == IMAP_GOT_LOST) {
		rc = reopen(p, err);
		if (rc != IK_OK) return rc;
		got = imap_box_fetch(box, e->uid, false, max, &e->size, &p->why);
	}
	if (got == IMAP_GOT_WHOLE) return take_whole(p, i, err);
	if (got == IMAP_GOT_TOO_LARGE) return too_large(p, e, err);
	if (got == IMAP_GOT_STOPPED) return ik_fail(IK_RETRY, err, "stopped");
	if (is_gone(p, e)) {
		e->state = ENTRY_KEPT;
		return IK_OK;
	}
	rc = reopen(p, err);
	return rc == IK_OK ? note_failure(p, e, err) : rc;
}

/* ---- many mails at once ---- */

struct many { struct pass *p; size_t *at; enum ik_rc rc; struct ik_error *err; };

static bool on_whole(void *arg, size_t i)
{
	struct many *m = arg;

	m->rc = m->p->so->host->stopping(m->p->so->host) ? ik_fail(IK_RETRY, m->err, "stopped") : take_whole(m->p, m->at[i], m->err);
	return m->rc == IK_OK;
}

/* What is new of from..end, as far as it comes; what does not is left for take(). */
static enum ik_rc take_many(struct pass *p, size_t from, size_t end, struct ik_error *err)
{
	struct imap_want *want = mem_new((end - from + 1) * sizeof(*want));
	struct many m = { .p = p, .at = mem_new((end - from + 1) * sizeof(*m.at)), .err = err };
	size_t n = 0;

	for (size_t i = from; i < end; i++) {
		const struct entry *e = &p->page.entry[i];

		if (e->state != ENTRY_NEW || e->size < 0 || e->size > p->so->conf->max_size) continue;
		want[n] = (struct imap_want){ .uid = e->uid, .size = e->size };
		m.at[n++] = i;
	}
	if (n > 1) imap_box_fetch_many(p->so->box, want, n, on_whole, &m);
	free(want);
	free(m.at);
	return m.rc;
}

static size_t first_new(const struct pass *p, size_t from, size_t end)
{
	while (from < end && p->page.entry[from].state != ENTRY_NEW) from++;
	return from;
}

/* Everything new of from..end: many at once, and where that stops, the one it stopped at by itself. */
static enum ik_rc take_all(struct pass *p, size_t from, size_t end, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	while (rc == IK_OK && (from = first_new(p, from, end)) < end) {
		if (p->so->host->stopping(p->so->host)) return ik_fail(IK_RETRY, err, "stopped");
		if (!p->is_second) rc = take_many(p, from, end, err);
		from = first_new(p, from, end);
		if (rc == IK_OK && from < end) rc = take(p, from, err);
	}
	return rc;
}

/* ---- what comes after ---- */

static enum ik_rc run_on(struct pass *p, const char *verb, const char *set, const char *rest, struct ik_error *err)
{
	char *command = mem_format("UID %s %s%s", verb, set, rest);
	const enum ik_rc rc = imap_box_act(p->so->box, command, err);

	free(command);
	return rc;
}

/* \Deleted, and gone at once where the server can expunge single UIDs; never a plain EXPUNGE, which takes what others have marked. */
static enum ik_rc delete_set(struct pass *p, const char *set, struct ik_error *err)
{
	enum ik_rc rc = run_on(p, "STORE", set, " +FLAGS.SILENT (\\Deleted)", err);

	return rc == IK_OK && imap_box_has_uidplus(p->so->box) ? run_on(p, "EXPUNGE", set, "", err) : rc;
}

static enum ik_rc act_on_set(struct pass *p, const char *set, struct ik_error *err)
{
	const struct imap_source *so = p->so;
	char rest[1400];
	enum ik_rc rc;

	switch (so->conf->after) {
	case IMAP_AFTER_DELETE:
		return delete_set(p, set, err);
	case IMAP_AFTER_FLAG:
		(void)snprintf(rest, sizeof(rest), " +FLAGS.SILENT (%s)", so->conf->flag);
		return run_on(p, "STORE", set, rest, err);
	case IMAP_AFTER_MOVE:
		(void)snprintf(rest, sizeof(rest), " %s", so->conf->move_to);
		if (imap_box_has_move(so->box)) return run_on(p, "MOVE", set, rest, err);
		rc = run_on(p, "COPY", set, rest, err);
		return rc == IK_OK ? delete_set(p, set, err) : rc;
	case IMAP_AFTER_KEEP:
		break;
	}
	return IK_OK;
}

/* Moves, deletes or flags the entries of the page from..end that are TAKEN. */
static enum ik_rc act(struct pass *p, size_t from, size_t end, struct ik_error *err)
{
	struct buf set = BUF_INIT(SET_MAX * 12);
	size_t in_set = 0;
	enum ik_rc rc = reopen(p, err);

	if (rc == IK_OK) rc = imap_box_act_begin(p->so->box, err);
	for (size_t i = from; rc == IK_OK && i < end; i++) {
		if (p->page.entry[i].state == ENTRY_TAKEN) buf_format(&set, "%s%" PRIu32, in_set++ > 0 ? "," : "", p->page.entry[i].uid);
		if (in_set == SET_MAX || (i + 1 == end && in_set > 0)) {
			rc = act_on_set(p, buf_str(&set), err);
			buf_clear(&set);
			in_set = 0;
		}
	}
	buf_release(&set);
	return rc == IK_OK ? imap_box_act_end(p->so->box, err) : rc;
}

static bool has_taken(const struct pass *p, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (p->page.entry[i].state == ENTRY_TAKEN) return true;
	return false;
}

/* act() where it is asked for, and its failure noted: customers' mail does not wait for a folder that is missing. Fails only when the look
 * cannot go on; the URL form loses its connection over every refusal. */
static enum ik_rc act_or_note(struct pass *p, size_t from, size_t end, struct ik_error *err)
{
	if (p->so->conf->after == IMAP_AFTER_KEEP || p->after_rc != IK_OK || !has_taken(p, from, end)) return IK_OK;
	p->after_rc = act(p, from, end, &p->after_why);
	return p->after_rc == IK_OK ? IK_OK : reopen(p, err);
}

static enum ik_rc put(struct pass *p, const char *name, uint32_t uid, struct ik_error *err)
{
	char text[CURSOR_MAX];

	cursor_text(p, uid, text);
	return p->so->host->cursor_put(p->so->host, name, text, err);
}

/* ---- batches ---- */

/* A commit that failed lets every later one fail until all is settled. */
static bool has_failed(const struct pass *p, size_t end)
{
	for (size_t i = p->next; i < end; i++) {
		const int answer = atomic_load(&p->page.entry[i].answer);

		if (answer > IK_OK && answer != IK_REJECT) return true;
	}
	return false;
}

/* Waits for the commits when the page is at its end or one has failed; else the mails of the next batch come while the last of this one are
 * stored. Then the cursor goes up to what is stored, where no message carried it, and what comes after is done to that. */
static enum ik_rc batch_end(struct pass *p, size_t end, bool is_last, struct ik_error *err)
{
	const bool waits = is_last || has_failed(p, end);
	const enum ik_rc settled = waits ? p->so->host->settle(p->so->host, err) : IK_OK;
	struct ik_error later = { 0 };
	size_t upto;
	enum ik_rc rc = IK_OK;

	raise_low(p, end);
	for (size_t i = p->next; i < end; i++) (void)is_dealt_with(&p->page.entry[i]);
	upto = waits ? end : p->next > p->act_from ? p->next : p->act_from;
	if (p->low > p->stored) {
		rc = put(p, p->so->cursor_name, p->low, &later);
		if (rc == IK_OK) p->stored = p->low;
	}
	if (rc == IK_OK) rc = act_or_note(p, p->act_from, upto, &later);
	p->act_from = upto;
	if (rc == IK_OK && p->after_rc == IK_OK && p->so->conf->after != IMAP_AFTER_KEEP && p->stored > p->acted) {
		rc = put(p, p->so->acted_name, p->stored, &later);
		if (rc == IK_OK) p->acted = p->stored;
	}
	if (settled != IK_OK) return settled;
	return rc == IK_OK ? IK_OK : ik_fail(rc, err, "%s", later.text);
}

/* What is stored already need not come again. */
static enum ik_rc ask_keys(struct pass *p, size_t from, size_t end, struct ik_error *err)
{
	static const char *const suffixes[] = { "", "/incomplete" };
	const size_t count = end - from;
	char (*keys)[KEY_MAX] = mem_grow(NULL, 2 * count + 1, sizeof(*keys));
	const char **ids = mem_new((2 * count + 1) * sizeof(*ids));
	bool *known = mem_new(2 * count + 1);
	enum ik_rc rc;

	for (size_t i = 0; i < 2 * count; i++) {
		key_of(p, p->page.entry[from + i / 2].uid, suffixes[i % 2], keys[i]);
		ids[i] = keys[i];
	}
	rc = p->so->host->knows_all(p->so->host, ids, 2 * count, known, err);
	for (size_t i = 0; rc == IK_OK && i < count; i++) {
		if (known[2 * i]) p->page.entry[from + i].state = ENTRY_TAKEN;
		else if (known[2 * i + 1]) p->page.entry[from + i].state = ENTRY_KEPT;
	}
	free(known);
	free(ids);
	free(keys);
	return rc;
}

/* What failed before waits for the second round. */
static bool leave_out(struct pass *p, struct entry *e)
{
	if (p->is_second || tries_of(&p->so->tries, e->uid) == 0) return false;
	e->state = ENTRY_FAILED;
	p->is_held = true;
	return true;
}

static enum ik_rc take_batch(struct pass *p, size_t from, size_t end, struct ik_error *err)
{
	enum ik_rc rc = p->asks_keys ? ask_keys(p, from, end, err) : IK_OK;

	for (size_t i = from; rc == IK_OK && i < end; i++)
		if (p->page.entry[i].state == ENTRY_NEW) (void)leave_out(p, &p->page.entry[i]);
	return rc == IK_OK ? take_all(p, from, end, err) : rc;
}

static enum ik_rc pass_page(struct pass *p, struct ik_error *err)
{
	const size_t batch = (size_t)p->so->conf->batch;
	enum ik_rc rc = IK_OK;

	p->next = p->act_from = 0;
	p->was_held = p->is_held;
	for (size_t from = 0; rc == IK_OK && from < p->page.count; from += batch) {
		const size_t end = from + batch < p->page.count ? from + batch : p->page.count;
		struct ik_error later = { 0 };
		enum ik_rc ended;

		rc = take_batch(p, from, end, err);
		ended = batch_end(p, end, rc != IK_OK || end == p->page.count, rc == IK_OK ? err : &later);     /* also after a failure: what was offered may be stored */
		if (rc == IK_OK) rc = ended;
	}
	if (rc != IK_OK) (void)p->so->host->settle(p->so->host, NULL);
	return rc;
}

/* UIDNEXT of a server that did not tell it. */
static enum ik_rc find_uidnext(struct pass *p, struct ik_error *err)
{
	const enum ik_rc rc = page_list(p->so->box, UINT32_MAX, 0, &p->page, err);

	if (rc == IK_OK && p->page.last > 0 && p->page.last < UINT32_MAX) p->view.uidnext = p->page.last + 1;
	return rc;
}

/* Everything behind the cursor, page by page. Where the folder holds few mails one listing covers all UIDs; in a large one with few mails
 * behind the cursor the spans grow while nothing is found, where the server allows it. */
static enum ik_rc pass_all(struct pass *p, struct ik_error *err)
{
	const uint64_t most = imap_box_span(p->so->box) > 0 ? imap_box_span(p->so->box) : UINT32_MAX;
	uint64_t from = (uint64_t)p->low + 1, span = PAGE_MAX;
	enum ik_rc rc = p->view.uidnext == 0 && p->view.exists > PAGE_MAX ? find_uidnext(p, err) : IK_OK;

	while (rc == IK_OK && from <= UINT32_MAX) {
		const bool is_end = p->view.exists <= PAGE_MAX || from + span >= p->view.uidnext;
		const uint64_t to = from + span - 1;

		rc = page_list(p->so->box, (uint32_t)from, is_end ? 0 : (uint32_t)to, &p->page, err);
		if (rc == IK_OK) rc = pass_page(p, err);
		if (p->page.cut == 0 && is_end) break;
		from = p->page.cut != 0 ? p->page.cut : to + 1;
		span = p->page.count >= PAGE_MAX / 4 ? PAGE_MAX : span * 2 > most ? most : span * 2;
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

/* ---- beginning with what is new ---- */

struct lowest { uint32_t uid; };

static void note_lowest(void *arg, uint32_t uid)
{
	struct lowest *l = arg;

	if (l->uid == 0 || uid < l->uid) l->uid = uid;
}

static enum ik_rc start_here(struct pass *p, struct ik_error *err)
{
	char day[CURSOR_MAX];
	enum ik_rc rc = p->view.uidnext == 0 && p->view.exists > 0 ? find_uidnext(p, err) : IK_OK;

	if (rc != IK_OK) return rc;
	(void)snprintf(day, sizeof(day), "%" PRId64, p->so->host->now(p->so->host));
	rc = p->so->host->cursor_put(p->so->host, p->so->start_name, day, err);
	p->low = p->stored = p->view.uidnext > 0 ? p->view.uidnext - 1 : 0;
	p->so->host->log(p->so->host, IK_LOG_NOTICE, "folder %s is read from UID %" PRIu32 " on", p->so->folder.name, p->low + 1);
	return rc == IK_OK ? put(p, p->so->cursor_name, p->low, err) : rc;
}

/* Other numbers in a folder whose beginning was left out: what came since that day is read again, and its content tells what is known. */
static enum ik_rc start_over(struct pass *p, struct ik_error *err)
{
	struct lowest lowest = { 0 };
	char day[CURSOR_MAX * 2] = "";
	enum ik_rc rc = p->so->host->cursor_get(p->so->host, p->so->start_name, day, sizeof(day), err);
	const int64_t started_at = strtoll(day, NULL, 10);

	if (rc != IK_OK || started_at <= 0) return rc;
	rc = imap_box_since(p->so->box, started_at - DAY_S, note_lowest, &lowest, err); /* the server's day may not be ours */
	if (rc == IK_OK && lowest.uid > 0) p->low = lowest.uid - 1;
	else if (rc == IK_OK && p->view.uidnext > 0) p->low = p->view.uidnext - 1;
	return rc;
}

/* When the folder was first looked at, which is noted then: what had come long before is older mail, however often the first look is cut off. Folders that
 * were read before this was noted have no such day. */
static enum ik_rc note_start(struct imap_source *so, bool is_first, struct ik_error *err)
{
	char day[CURSOR_MAX * 2] = "";
	enum ik_rc rc;

	if (so->started_at != 0) return IK_OK;
	rc = so->host->cursor_get(so->host, so->start_name, day, sizeof(day), err);
	so->started_at = strtoll(day, NULL, 10);
	if (rc != IK_OK || so->started_at > 0) return rc;
	so->started_at = is_first ? so->host->now(so->host) : -1;
	if (!is_first) return IK_OK;
	(void)snprintf(day, sizeof(day), "%" PRId64, so->started_at);
	return so->host->cursor_put(so->host, so->start_name, day, err);
}

/* The cursor is a hint: where it cannot be right the whole folder is listed again and the keys decide. */
static enum ik_rc cursor_load(struct pass *p, struct ik_error *err)
{
	const struct ik_host *host = p->so->host;
	char text[CURSOR_MAX * 2] = "";
	uint32_t uidvalidity = 0, uid = 0;
	enum ik_rc rc = host->cursor_get(host, p->so->cursor_name, text, sizeof(text), err);

	if (rc != IK_OK) return rc;
	if (text[0] == '\0' && p->so->conf->starts_new) return start_here(p, err);
	rc = note_start(p->so, text[0] == '\0', err);
	if (rc != IK_OK) return rc;
	if (text[0] == '\0') p->asks_keys = true;
	else if (!cursor_parse(text, &uidvalidity, &uid))
		host->log(host, IK_LOG_WARNING, "the cursor of folder %s is unreadable, listing the whole folder again", p->so->folder.name);
	else if (uidvalidity != p->view.uidvalidity)
		host->log(host, IK_LOG_WARNING, "UIDVALIDITY of folder %s changed from %" PRIu32 " to %" PRIu32 ", reading the whole folder again",
		          p->so->folder.name, uidvalidity, p->view.uidvalidity);
	else if (p->view.uidnext != 0 && uid >= p->view.uidnext)
		host->log(host, IK_LOG_WARNING, "the cursor of folder %s lies in the future (UID %" PRIu32 ", next is %" PRIu32 "), listing the whole folder again",
		          p->so->folder.name, uid, p->view.uidnext);
	else
		p->low = p->stored = uid;
	if (p->low > 0) return IK_OK;
	p->asks_keys = true;
	return p->so->conf->starts_new ? start_over(p, err) : IK_OK;
}

/* What was stored before a stop but not moved, deleted or flagged yet. The mark is set the first time, so that mails taken
 * while the policy was another one stay as they are. */
static enum ik_rc act_leftovers(struct pass *p, struct ik_error *err)
{
	const struct ik_host *host = p->so->host;
	char text[CURSOR_MAX * 2] = "";
	uint32_t uidvalidity = 0, uid = 0;
	enum ik_rc rc;

	if (p->so->conf->after == IMAP_AFTER_KEEP) return IK_OK;
	rc = host->cursor_get(host, p->so->acted_name, text, sizeof(text), err);
	if (rc != IK_OK) return rc;
	if (!cursor_parse(text, &uidvalidity, &uid) || uidvalidity != p->view.uidvalidity || uid > p->stored) {
		p->acted = p->stored;
		return put(p, p->so->acted_name, p->acted, err);
	}
	p->acted = uid;
	for (uint64_t from = (uint64_t)uid + 1; rc == IK_OK && p->after_rc == IK_OK && from <= p->stored; from += PAGE_MAX) {
		const uint64_t to = from + PAGE_MAX - 1;

		rc = page_list(p->so->box, (uint32_t)from, to < p->stored ? (uint32_t)to : p->stored, &p->page, err);
		if (rc == IK_OK) rc = ask_keys(p, 0, p->page.count, err);
		if (rc == IK_OK) rc = act_or_note(p, 0, p->page.count, err);
	}
	if (rc != IK_OK || p->after_rc != IK_OK || p->acted == p->stored) return rc;
	p->acted = p->stored;
	return put(p, p->so->acted_name, p->acted, err);
}

/* ---- older mail ---- */

static void note_back(void *arg, uint32_t uid)
{
	struct imap_back *b = arg;

	if (b->count >= BACK_MAX) return;
	if (b->count == b->room) {
		b->room = b->room > 0 ? 2 * b->room : 256;
		b->uid = mem_grow(b->uid, b->room, sizeof(*b->uid));
	}
	b->uid[b->count++] = uid;
}

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* What the server names of that time, up to where the cursor stands. It goes by days, and its day may not be ours. */
static enum ik_rc back_begin(struct pass *p, const struct ik_backfill *want, struct ik_error *err)
{
	struct imap_back *b = &p->so->back;
	size_t n = 0;
	enum ik_rc rc;

	imap_source_backfill_end(p->so);
	rc = imap_box_since(p->so->box, want->since_at > DAY_S ? want->since_at - DAY_S : 0, note_back, b, err);
	if (rc != IK_OK) return rc;
	if (b->count > 0) qsort(b->uid, b->count, sizeof(*b->uid), by_number);
	while (n < b->count && b->uid[n] <= p->stored) n++;
	b->count = n;
	b->uidvalidity = p->view.uidvalidity;
	b->since_at = want->since_at;
	return IK_OK;
}

static bool is_early(const struct imap_back *b, const struct entry *e)
{
	return e->came_at > 0 && e->came_at < b->since_at;
}

/* Those of the next batch that are still there and came in that time, with their sizes. */
static enum ik_rc back_page(struct pass *p, size_t end, struct ik_error *err)
{
	struct imap_back *b = &p->so->back;
	size_t n = 0, early = 0;
	enum ik_rc rc = page_list(p->so->box, b->uid[b->next], b->uid[end - 1], &p->page, err);

	for (size_t i = 0; rc == IK_OK && i < p->page.count; i++) {
		if (bsearch(&p->page.entry[i].uid, b->uid + b->next, end - b->next, sizeof(*b->uid), by_number) == NULL) continue;
		if (is_early(b, &p->page.entry[i])) early++;
		else p->page.entry[n++] = p->page.entry[i];
	}
	p->page.count = n;
	p->early = (int64_t)early;
	return rc;
}

/* No cursor moves; what is known stays as it is on the server, what is new is treated as new mail. */
static enum ik_rc back_batch(struct pass *p, struct ik_error *err)
{
	struct ik_error later = { 0 };
	enum ik_rc rc = ask_keys(p, 0, p->page.count, err), settled;

	for (size_t i = 0; rc == IK_OK && i < p->page.count; i++)
		if (p->page.entry[i].state == ENTRY_TAKEN) p->page.entry[i].state = ENTRY_KEPT;
	if (rc == IK_OK) rc = take_all(p, 0, p->page.count, err);
	settled = p->so->host->settle(p->so->host, rc == IK_OK ? err : &later);
	for (size_t i = 0; i < p->page.count; i++) (void)is_dealt_with(&p->page.entry[i]);
	if (rc == IK_OK) rc = settled;
	if (rc == IK_OK && p->so->conf->after != IMAP_AFTER_KEEP && has_taken(p, 0, p->page.count)) rc = act(p, 0, p->page.count, err);
	return rc;
}

static enum ik_rc back_part(struct pass *p, const struct ik_backfill *want, struct ik_error *err)
{
	struct imap_back *b = &p->so->back;
	enum ik_rc rc = imap_box_open(p->so->box, &p->so->folder, &p->view, err);
	size_t end;

	if (rc == IK_OK) rc = cursor_load(p, err);
	if (rc == IK_OK && (b->uidvalidity != p->view.uidvalidity || b->since_at != want->since_at)) rc = back_begin(p, want, err);
	if (rc != IK_OK || b->next == b->count) return rc;
	for (end = b->next; end < b->count && end - b->next < (size_t)p->so->conf->batch && b->uid[end] - b->uid[b->next] < PAGE_MAX; end++) continue;
	rc = back_page(p, end, err);
	if (rc == IK_OK) rc = back_batch(p, err);
	b->taken += (int64_t)p->taken;
	if (rc != IK_OK) return rc;
	b->next = end;
	b->early += p->early;
	return IK_OK;
}

enum ik_rc imap_source_backfill(struct imap_source *s, const struct ik_backfill *want, struct ik_backfill_progress *progress_r, struct ik_error *err)
{
	struct pass p = { .so = s, .asks_keys = true, .is_history = !want->acknowledge, .is_late = want->acknowledge, .is_held = true, .was_held = true };
	enum ik_rc rc;

	p.page = (struct page){ .entry = mem_new(2 * PAGE_MAX * sizeof(*p.page.entry)), .room = 2 * PAGE_MAX };
	rc = back_part(&p, want, err);
	free(p.page.entry);
	*progress_r = (struct ik_backfill_progress){ .found = (int64_t)s->back.count - s->back.early, .seen = (int64_t)s->back.next - s->back.early, .taken = s->back.taken,
	                                             .is_done = rc == IK_OK && s->back.next == s->back.count };
	return rc;
}

void imap_source_backfill_end(struct imap_source *s)
{
	free(s->back.uid);
	s->back = (struct imap_back){ .uid = NULL };
}

/* ---- the look ---- */

/* First what is new, then what failed in earlier polls. */
static enum ik_rc pass_rounds(struct pass *p, struct ik_error *err)
{
	const bool has_failed_before = p->so->tries.count > 0;
	enum ik_rc rc = pass_all(p, err);

	if (rc != IK_OK || !has_failed_before) return rc;
	p->is_second = p->asks_keys = true;
	p->is_held = false;
	p->in_a_row = 0;
	rc = pass_all(p, err);
	if (rc == IK_OK && !p->is_held) p->so->tries.count = 0;         /* what is no longer listed is forgotten */
	return rc;
}

static enum ik_rc look(struct pass *p, struct ik_error *err)
{
	enum ik_rc rc = imap_box_open(p->so->box, &p->so->folder, &p->view, err);

	if (rc == IK_OK) rc = cursor_load(p, err);
	if (rc == IK_OK) rc = act_leftovers(p, err);
	if (rc == IK_OK) rc = pass_rounds(p, err);
	return rc == IK_OK && p->after_rc != IK_OK ? ik_fail(p->after_rc, err, "%s", p->after_why.text) : rc;
}

enum ik_rc imap_source_poll(struct imap_source *s, size_t *taken_r, struct ik_error *err)
{
	struct pass p = { .so = s, .asks_keys = !s->was_polled || s->tries.count > 0 };
	enum ik_rc rc;

	p.page = (struct page){ .entry = mem_new(2 * PAGE_MAX * sizeof(*p.page.entry)), .room = 2 * PAGE_MAX };
	rc = look(&p, err);
	free(p.page.entry);
	*taken_r = p.taken;
	if (s->host->stopping(s->host)) return IK_OK;
	s->was_polled = rc == IK_OK;
	if (rc == IK_OK && p.is_held && p.taken == 0) return ik_fail(IK_RETRY, err, "%s", p.why.text);
	return rc;
}

void imap_source_init(struct imap_source *s, const struct ik_host *host, const struct imap_pass_conf *conf, struct imap_box *box, const char *name)
{
	*s = (struct imap_source){ .host = host, .conf = conf, .box = box };
	imap_folder_init(&s->folder, name);
	s->cursor_name = mem_format("uid %s", s->folder.name);
	s->acted_name = mem_format("after %s", s->folder.name);
	s->start_name = mem_format("start %s", s->folder.name);
}

void imap_source_release(struct imap_source *s)
{
	imap_folder_release(&s->folder);
	mem_free(&s->cursor_name);
	mem_free(&s->acted_name);
	mem_free(&s->start_name);
	imap_source_backfill_end(s);
}
