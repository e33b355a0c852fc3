/* imap_box.c - see imap_box.h. */
#include "net/imap_box.h"

#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>
#include "base/clock.h"
#include "base/mem.h"
#include "net/imap_text.h"

#define FOULS_MAX 2                     /* dialogues not understood, without a mail in between */
#define NAME_ROOM 16384

struct imap_box {
	const struct ik_host *host;
	struct imap_box_conf conf;
	struct mailbox *mailbox;
	struct spool spool;
	struct imap_session session;
	bool has_session;
	bool uses_url;
	int fouls;
	size_t max;                     /* of the fetch under way */
	bool has_move, has_uidplus;     /* by url */
	bool has_id;
	const struct imap_folder *folder;       /* open */
	struct imap_view view;
};

static const char say_id[] = "ID (\"name\" \"intaked\" \"version\" \"" INTAKED_VERSION "\")";

/* ---- folders ---- */

static char *wire_name(const char *folder, void (*encode)(struct buf *, const char *))
{
	struct buf name = BUF_INIT(NAME_ROOM), text = BUF_INIT(NAME_ROOM);

	imap_name_encode(&name, folder);
	encode(&text, buf_str(&name));
	buf_release(&name);
	return buf_take(&text);
}

char *imap_quoted_name(const char *name)
{
	return wire_name(name, imap_quote);
}

void imap_folder_init(struct imap_folder *folder, const char *name)
{
	const char *real = strcasecmp(name, "INBOX") == 0 ? "INBOX" : name;
	char *quoted = wire_name(real, imap_quote), *encoded = wire_name(real, imap_url_encode);

	folder->name = mem_text(real);
	folder->examine = mem_format("EXAMINE %s", quoted);
	folder->select = mem_format("SELECT %s", quoted);
	folder->path = mem_format("/%s", encoded);
	free(quoted);
	free(encoded);
}

void imap_folder_release(struct imap_folder *folder)
{
	mem_free(&folder->name);
	mem_free(&folder->examine);
	mem_free(&folder->select);
	mem_free(&folder->path);
}

/* ---- life ---- */

enum ik_rc imap_box_new(const struct ik_host *host, const struct imap_box_conf *conf, struct imap_box **box_r, struct ik_error *err)
{
	struct imap_box *box = mem_new(sizeof(*box));
	enum ik_rc rc;

	*box = (struct imap_box){ .host = host, .conf = *conf, .uses_url = conf->client == IMAP_CLIENT_URL };
	spool_init(&box->spool, (size_t)conf->max_size);
	rc = mailbox_new(host, &conf->mailbox, &box->mailbox, err);
	if (rc == IK_OK) *box_r = box;
	else imap_box_free(&box);
	return rc;
}

static void end_session(struct imap_box *box)
{
	if (box->has_session) imap_session_release(&box->session);
	box->has_session = false;
	if (!box->uses_url) mailbox_drop(box->mailbox);
}

void imap_box_free(struct imap_box **box)
{
	if (*box == NULL) return;
	if ((*box)->has_session) imap_session_release(&(*box)->session);
	mailbox_free(&(*box)->mailbox);
	spool_release(&(*box)->spool);
	mem_free(box);
}

struct spool *imap_box_spool(struct imap_box *box)
{
	return &box->spool;
}

void imap_box_rest(struct imap_box *box)
{
	spool_rest(&box->spool);
	if (box->has_session) imap_input_rest(&box->session.in);
}

bool imap_box_is_open(struct imap_box *box)
{
	return box->uses_url ? mailbox_is_open(box->mailbox) : box->has_session;
}

uint32_t imap_box_span(const struct imap_box *box)
{
	return box->uses_url ? IMAP_URL_SPAN : 0;
}

bool imap_box_has_move(const struct imap_box *box)
{
	return box->uses_url ? box->has_move : box->session.has_move;
}

bool imap_box_has_uidplus(const struct imap_box *box)
{
	return box->uses_url ? box->has_uidplus : box->session.has_uidplus;
}

/* ---- the line of a session ---- */

static enum imap_trouble trouble_of(enum mailbox_io io)
{
	static const enum imap_trouble troubles[] = { [MAILBOX_CAME] = IMAP_FINE, [MAILBOX_SILENT] = IMAP_SILENT, [MAILBOX_STOPPED] = IMAP_STOPPED,
	                                              [MAILBOX_ENDED] = IMAP_END };

	return troubles[io];
}

static enum imap_trouble line_send(void *arg, const char *data, size_t len)
{
	const struct imap_box *box = arg;

	return trouble_of(mailbox_send(box->mailbox, data, len));
}

static enum imap_trouble line_recv(void *arg, char *data, size_t size, int64_t wait_ms, size_t *len_r)
{
	const struct imap_box *box = arg;

	return trouble_of(mailbox_recv(box->mailbox, data, size, wait_ms, len_r));
}

static int64_t line_now_ms(void *arg)
{
	(void)arg;
	return clock_mono_ms();
}

static int64_t time_max_ms(const struct imap_box *box, int64_t bytes)
{
	return 1000 * (2 * box->conf.mailbox.timeout_s + bytes / 4096);
}

/* ---- what went wrong ---- */

static const char *trouble_text(const struct imap_session *s)
{
	static const char *const texts[] = { [IMAP_FINE] = "the server refused", [IMAP_END] = "the connection broke", [IMAP_SILENT] = "the server is silent",
	                                     [IMAP_STOPPED] = "stopped", [IMAP_FOUL] = "the answer is not well formed", [IMAP_DECLINED] = "not wanted" };

	return texts[imap_session_trouble(s)];
}

static void note_foul(struct imap_box *box)
{
	if (imap_session_trouble(&box->session) != IMAP_FOUL || ++box->fouls < FOULS_MAX || box->conf.client != IMAP_CLIENT_AUTO) return;
	end_session(box);
	box->uses_url = true;
	box->host->log(box->host, IK_LOG_NOTICE, "this server was not understood %d times in a row, mails are now fetched one by one", FOULS_MAX);
}

/* Says what a command of the session came to, and ends the session where it is of no use any more. */
static enum ik_rc tell(struct imap_box *box, const char *step, struct ik_error *err)
{
	struct imap_session *s = &box->session;
	const char *why = imap_session_why(s);
	char text[160];
	enum ik_rc rc;

	(void)snprintf(text, sizeof(text), "%s%s%s%s", trouble_text(s), why[0] != '\0' ? " (" : "", why, why[0] != '\0' ? ")" : "");
	rc = mailbox_tell(box->mailbox, IK_RETRY, step, text, s->said, err);
	if (imap_session_trouble(s) == IMAP_FINE) return rc;
	note_foul(box);
	if (box->has_session) end_session(box);
	return rc;
}

/* ---- opening ---- */

static bool on_capability(void *arg, const char *line, size_t len)
{
	struct imap_box *box = arg;

	if (!imap_has_word(line, len, "CAPABILITY")) return true;
	box->has_id |= imap_has_word(line, len, "ID");
	box->has_move |= imap_has_word(line, len, "MOVE");
	box->has_uidplus |= imap_has_word(line, len, "UIDPLUS");
	return true;
}

static enum ik_rc url_begin(struct imap_box *box, struct ik_error *err)
{
	const struct mailbox_call hello = { .command = "CAPABILITY", .may_connect = true, .line = on_capability, .arg = box };
	const struct mailbox_call id = { .command = say_id };
	int code;

	box->has_id = box->has_move = box->has_uidplus = false;
	code = mailbox_run(box->mailbox, &hello);
	if (code == 0 && box->has_id && mailbox_run(box->mailbox, &id) != 0)
		box->host->log(box->host, IK_LOG_INFO, "ID was not welcome: %s", mailbox_said(box->mailbox));
	return code == 0 ? IK_OK : mailbox_fail(box->mailbox, code, "login", err);
}

static enum ik_rc session_begin(struct imap_box *box, struct ik_error *err)
{
	const struct mailbox_call login = { .is_stream = true, .may_connect = true };
	const struct imap_line line = { .send = line_send, .recv = line_recv, .now_ms = line_now_ms, .arg = box };
	int code;

	end_session(box);
	code = mailbox_run(box->mailbox, &login);
	if (code != 0) return mailbox_fail(box->mailbox, code, "login", err);
	imap_session_init(&box->session, &line);
	box->has_session = true;
	return imap_session_greet(&box->session, say_id, time_max_ms(box, 0)) == IMAP_OK ? IK_OK : tell(box, "greeting", err);
}

/* The server's NO to a folder: one that does not exist will not do so by itself. */
static enum ik_rc refused_folder(enum ik_rc rc, const char *said)
{
	return rc == IK_RETRY && strstr(said, "[NONEXISTENT]") != NULL ? IK_CONFIG : rc;
}

static enum ik_rc open_session(struct imap_box *box, const struct imap_folder *folder, struct ik_error *err)
{
	const char *command = box->conf.writes ? folder->select : folder->examine;
	const bool had_session = box->has_session;
	enum imap_kind kind = IMAP_BYE;
	char said[sizeof(box->session.said)], step[256];
	enum ik_rc rc;

	if (had_session) {
		mailbox_freshen(box->mailbox);
		kind = imap_session_open(&box->session, command, &box->view, time_max_ms(box, 0));
	}
	if (kind == IMAP_BYE) {
		rc = session_begin(box, err);
		if (rc != IK_OK) return rc;
		kind = imap_session_open(&box->session, command, &box->view, time_max_ms(box, 0));
	}
	if (kind == IMAP_OK) return IK_OK;
	(void)snprintf(said, sizeof(said), "%s", box->session.said);
	(void)snprintf(step, sizeof(step), "folder %.200s", folder->name);
	rc = tell(box, step, err);
	if (kind != IMAP_BYE) end_session(box);         /* no folder is open now */
	return refused_folder(rc, said);
}

static enum ik_rc open_url(struct imap_box *box, const struct imap_folder *folder, struct ik_error *err)
{
	const bool was_open = mailbox_is_open(box->mailbox);
	int code = was_open ? imap_url_open(box->mailbox, folder, folder->examine, &box->view) : -1;
	enum ik_rc rc;

	if (was_open) mailbox_freshen(box->mailbox);
	if (code != 0) {
		rc = url_begin(box, err);
		if (rc != IK_OK) return rc;
		code = imap_url_open(box->mailbox, folder, folder->examine, &box->view);
	}
	if (code == 0) return IK_OK;
	rc = mailbox_fail(box->mailbox, code, "folder", err);
	return mailbox_is_open(box->mailbox) ? refused_folder(rc, mailbox_said(box->mailbox)) : rc;
}

enum ik_rc imap_box_open(struct imap_box *box, const struct imap_folder *folder, struct imap_view *view_r, struct ik_error *err)
{
	const enum ik_rc rc = box->uses_url ? open_url(box, folder, err) : open_session(box, folder, err);

	box->folder = folder;
	if (rc != IK_OK) return rc;
	if (box->view.uidvalidity == 0) return ik_fail(IK_CONFIG, err, "folder: %s has no UIDVALIDITY, mails cannot be told apart", folder->name);
	*view_r = box->view;
	return IK_OK;
}

/* ---- listing ---- */

struct listing { imap_listed_fn *each; void *arg; };

static void on_listed(void *arg, const struct imap_response *r)
{
	const struct listing *l = arg;

	if (r->kind == IMAP_FETCH && r->uid > 0 && r->size >= 0) l->each(l->arg, r->uid, r->size, r->came_at);
}

enum ik_rc imap_box_list(struct imap_box *box, uint32_t from, uint32_t to, imap_listed_fn *each, void *arg, struct ik_error *err)
{
	struct listing l = { .each = each, .arg = arg };
	char command[80];

	if (box->uses_url) {
		const int code = imap_url_list(box->mailbox, box->folder, box->view.uidvalidity, from, to, each, arg);

		return code == 0 ? IK_OK : mailbox_fail(box->mailbox, code, "list", err);
	}
	if (to == 0) (void)snprintf(command, sizeof(command), "UID FETCH %" PRIu32 ":* (UID RFC822.SIZE INTERNALDATE)", from);
	else (void)snprintf(command, sizeof(command), "UID FETCH %" PRIu32 ":%" PRIu32 " (UID RFC822.SIZE INTERNALDATE)", from, to);
	if (!box->has_session) return ik_fail(IK_RETRY, err, "list: the connection is gone");
	return imap_session_run(&box->session, command, NULL, on_listed, &l, time_max_ms(box, 0)) == IMAP_OK ? IK_OK : tell(box, "list", err);
}

struct since { void (*each)(void *arg, uint32_t uid); void *arg; };

static bool on_number(void *arg, uint32_t uid)
{
	const struct since *s = arg;

	s->each(s->arg, uid);
	return true;
}

enum ik_rc imap_box_since(struct imap_box *box, int64_t since_at, void (*each)(void *arg, uint32_t uid), void *arg, struct ik_error *err)
{
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct since s = { .each = each, .arg = arg };
	const struct imap_taker taker = { .arg = &s, .number = on_number };
	const time_t at = (time_t)since_at;
	struct tm day;
	char command[64];

	if (box->uses_url || !box->has_session) return ik_fail(IK_CONFIG, err, "backfill needs a server whose dialogue is understood (client: auto or stream)");
	if (gmtime_r(&at, &day) == NULL) return ik_fail(IK_CONFIG, err, "backfill: no such day");
	(void)snprintf(command, sizeof(command), "UID SEARCH SINCE %d-%s-%d", day.tm_mday, months[day.tm_mon], day.tm_year + 1900);
	return imap_session_run(&box->session, command, &taker, NULL, NULL, time_max_ms(box, 0)) == IMAP_OK ? IK_OK : tell(box, "list", err);
}

/* ---- bodies ---- */

static bool on_begin(void *arg, int64_t size)
{
	struct imap_box *box = arg;

	spool_clear(&box->spool);
	if (size <= (int64_t)box->max) return true;
	box->spool.is_full = true;      /* told before a byte of it is taken */
	return false;
}

static bool on_body(void *arg, const char *data, size_t len)
{
	struct imap_box *box = arg;

	return spool_add(&box->spool, data, len);
}

struct many { struct imap_box *box; bool (*whole)(void *arg, size_t i); void *arg; };

static bool many_begin(void *arg, int64_t size)
{
	return on_begin(((struct many *)arg)->box, size);
}

static bool many_body(void *arg, const char *data, size_t len)
{
	return on_body(((struct many *)arg)->box, data, len);
}

static bool many_whole(void *arg, size_t i)
{
	struct many *m = arg;

	m->box->fouls = 0;
	return m->whole(m->arg, i);
}

void imap_box_fetch_many(struct imap_box *box, struct imap_want *want, size_t count, bool (*whole)(void *arg, size_t i), void *arg)
{
	struct many m = { .box = box, .whole = whole, .arg = arg };
	const struct imap_catch catch = { .arg = &m, .begin = many_begin, .body = many_body, .whole = many_whole };
	int64_t bytes = 0;

	if (box->uses_url || !box->has_session) return;
	for (size_t i = 0; i < count; i++) bytes += want[i].size;
	box->max = (size_t)box->conf.max_size;
	if (imap_session_fetch(&box->session, want, count, "", &catch, time_max_ms(box, bytes)) == IMAP_BYE) (void)tell(box, "fetch", NULL);
}

struct one { struct imap_box *box; bool is_whole; };

static bool one_begin(void *arg, int64_t size)
{
	return on_begin(((struct one *)arg)->box, size);
}

static bool one_body(void *arg, const char *data, size_t len)
{
	return on_body(((struct one *)arg)->box, data, len);
}

static bool one_whole(void *arg, size_t i)
{
	(void)i;
	((struct one *)arg)->is_whole = true;
	return true;
}

static enum imap_got fetch_one(struct imap_box *box, uint32_t uid, const char *section, struct ik_error *err)
{
	struct one one = { .box = box };
	const struct imap_catch catch = { .arg = &one, .begin = one_begin, .body = one_body, .whole = one_whole };
	struct imap_want want = { .uid = uid };
	enum imap_kind kind;
	enum imap_trouble trouble;

	if (!box->has_session) return IMAP_GOT_LOST;
	spool_clear(&box->spool);
	kind = imap_session_fetch(&box->session, &want, 1, section, &catch, time_max_ms(box, (int64_t)box->max));
	trouble = imap_session_trouble(&box->session);
	if (kind == IMAP_OK && one.is_whole) {
		box->fouls = 0;
		return IMAP_GOT_WHOLE;
	}
	if (kind == IMAP_OK) (void)ik_fail(IK_RETRY, err, "fetch of UID %" PRIu32 ": the answer holds no mail", uid);
	else (void)tell(box, "fetch", err);
	if (trouble == IMAP_STOPPED) return IMAP_GOT_STOPPED;
	return box->spool.is_full ? IMAP_GOT_TOO_LARGE : IMAP_GOT_NOTHING;
}

enum imap_got imap_box_fetch(struct imap_box *box, uint32_t uid, bool is_header, size_t max, int64_t *size_r, struct ik_error *err)
{
	const char *section = is_header ? "HEADER" : "";
	enum imap_got got;

	box->max = max;
	if (box->uses_url)
		return imap_url_fetch(box->mailbox, box->folder, box->view.uidvalidity, uid, section, max, 2 * box->conf.mailbox.timeout_s + (int64_t)(max / 4096),
		                      &box->spool, size_r, err);
	got = fetch_one(box, uid, section, err);
	*size_r = got == IMAP_GOT_WHOLE ? (int64_t)box->spool.size : -1;
	return got;
}

/* ---- what comes after ---- */

static enum ik_rc reopen_url(struct imap_box *box, const char *command, const char *what, struct ik_error *err)
{
	struct imap_view view;

	if (imap_url_open(box->mailbox, box->folder, command, &view) != 0) return ik_fail(IK_RETRY, err, "%s: %s", what, mailbox_said(box->mailbox));
	return view.uidvalidity == box->view.uidvalidity ? IK_OK : ik_fail(IK_RETRY, err, "after: UIDVALIDITY changed on the way");
}

enum ik_rc imap_box_act_begin(struct imap_box *box, struct ik_error *err)
{
	return box->uses_url ? reopen_url(box, box->folder->select, "after: folder cannot be opened for writing", err) : IK_OK;
}

enum ik_rc imap_box_act(struct imap_box *box, const char *command, struct ik_error *err)
{
	int code;

	if (!box->uses_url) {
		if (!box->has_session) return ik_fail(IK_RETRY, err, "after: the connection is gone");
		return imap_session_run(&box->session, command, NULL, NULL, NULL, time_max_ms(box, 0)) == IMAP_OK ? IK_OK : tell(box, "after", err);
	}
	code = imap_url_command(box->mailbox, box->folder, box->view.uidvalidity, command);
	return code == 0 ? IK_OK : mailbox_fail(box->mailbox, code, "after", err);
}

enum ik_rc imap_box_act_end(struct imap_box *box, struct ik_error *err)
{
	return box->uses_url ? reopen_url(box, box->folder->examine, "folder cannot be opened again", err) : IK_OK;
}

/* ---- waiting ---- */

bool imap_box_wait(struct imap_box *box, int64_t wait_ms)
{
	if (box->uses_url || !box->has_session || !box->session.has_idle) return false;
	imap_box_rest(box);
	if (imap_session_idle(&box->session, wait_ms, time_max_ms(box, 0)) == IMAP_OK) return true;
	if (imap_session_trouble(&box->session) == IMAP_FINE) box->session.has_idle = false;    /* it was only said */
	(void)tell(box, "wait", NULL);
	return false;
}
