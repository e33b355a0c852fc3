/* imap.c - takes mail out of folders of an IMAP account.
 *
 * Here: the options, which folders are read when, and how long to wait. How a folder is read and the cursor kept is decided in
 * src/net/imap_pass.c, how one talks to the server in imap_box.c.
 * Thread: open, poll and close run on this instance's own worker; test() may run beside them and only reads what open() was given. */
#include <intaked/channel.h>

#include <stdlib.h>
#include <strings.h>
#include "base/clock.h"
#include "base/mem.h"
#include "net/imap_pass.h"
#include "net/mailbox_options.h"

enum { START_ALL, START_NEW };

struct imap_conf {
	MAILBOX_FIELDS;
	struct ik_list folder;
	char *move_to, *flag;
	int64_t quiet_interval;
	int after, auth, client, start;
	bool idle;
};

static const char *const schemes[] = { "imaps", "imap", NULL };
static const char *const afters[] = { "keep", "move", "delete", "flag", NULL };
static const char *const auths[] = { "auto", "plain", "login", NULL };
static const char *const clients[] = { "auto", "stream", "url", NULL };
static const char *const starts[] = { "all", "new", NULL };
static const char *const mechanisms[] = { NULL, "AUTH=PLAIN", "AUTH=+LOGIN" };

#define OPT(kind, field, ...) IK_OPTION(kind, struct imap_conf, field, __VA_ARGS__)
static const struct ik_option imap_options[] = {
	MAILBOX_ROWS(struct imap_conf, "imap", "STARTTLS", schemes),
	OPT(ENUM,     auth,     .def = "auto", .choices = auths, .help = "How the password is sent: what the server offers, SASL PLAIN, or the LOGIN command."),
	OPT(LIST,     folder,   .def = "INBOX", .help = "Folders that are read, in UTF-8 with the server's own separator; news of the first one are heard at once."),
	OPT(ENUM,     after,    .def = "keep", .choices = afters, .help = "What happens to a mail on the server once it is stored here."),
	OPT(STRING,   move_to,  .help = "Folder for after: move."),
	OPT(STRING,   flag,     .def = "\\Flagged", .help = "Flag or keyword for after: flag."),
	OPT(ENUM,     start,    .def = "all", .choices = starts, .help = "What the very first look takes: all mail of the folder, or only what comes from then on (older mail by intakectl backfill)."),
	OPT(BOOL,     idle,     .def = "yes", .help = "Have the server tell of new mail at once, where it can (IDLE)."),
	OPT(DURATION, quiet_interval, .def = "5m", .min = 1, .max = 86400, .help = "Without IDLE the pause between two looks grows from interval to this while no mail comes."),
	OPT(ENUM,     client,   .def = "auto", .choices = clients, .help = "How mails are fetched: many at a time (stream), one by one through libcurl (url), or the latter only from servers that are not understood."),
	IK_OPTION_END
};

#define IDLE_MS (28 * 60 * 1000)
#define HURRY_MS 1000
#define HURRIES_MAX 3

struct imap {
	const struct ik_host *host;
	const struct imap_conf *conf;
	struct imap_pass_conf pass;
	struct imap_box *box;
	struct imap_source *source;     /* one a folder */
	size_t count;
	bool took;                      /* the last poll handed something over */
	int hurries;                    /* waits in a row that ended at once and for nothing */
	int64_t pace_ms;                /* without IDLE: the pause before this one */
	bool lacks_token;               /* the last time it was asked for */
};

/* A system flag or a keyword: atom characters only, since it goes into a command as it is. */
static bool is_flag(const char *flag)
{
	static const char atom[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$-_.";
	const char *name = flag[0] == '\\' ? flag + 1 : flag;

	return name[0] != '\0' && strspn(name, atom) == strlen(name) && strlen(name) < 64;
}

static enum ik_rc check_folders(const struct ik_list *folders, struct ik_error *err)
{
	enum ik_rc rc = folders->count > 0 ? IK_OK : ik_fail(IK_CONFIG, err, "folder: none is named");

	for (size_t i = 0; rc == IK_OK && i < folders->count; i++) {
		rc = mailbox_check_text("folder", folders->item[i], 255, err);
		for (size_t k = 0; rc == IK_OK && k < i; k++)
			if (strcasecmp(folders->item[i], folders->item[k]) == 0) rc = ik_fail(IK_CONFIG, err, "folder: %s is named twice", folders->item[i]);
	}
	return rc;
}

static enum ik_rc check_move(const struct imap_conf *c, struct ik_error *err)
{
	enum ik_rc rc = c->move_to != NULL ? mailbox_check_text("move_to", c->move_to, 255, err) : IK_OK;

	if (rc == IK_OK && c->after == IMAP_AFTER_MOVE && c->move_to == NULL) return ik_fail(IK_CONFIG, err, "after: move needs move_to");
	for (size_t i = 0; rc == IK_OK && c->move_to != NULL && i < c->folder.count; i++)
		if (strcasecmp(c->move_to, c->folder.item[i]) == 0) rc = ik_fail(IK_CONFIG, err, "move_to is a folder that is read");
	return rc;
}

static enum ik_rc check_conf(const struct imap_conf *c, struct ik_error *err)
{
	enum ik_rc rc = check_folders(&c->folder, err);

	if (rc == IK_OK) rc = check_move(c, err);
	if (rc == IK_OK && !is_flag(c->flag)) rc = ik_fail(IK_CONFIG, err, "flag: expected a flag such as \\Flagged or a keyword such as $Taken");
	return rc;
}

static void imap_close(void *state)
{
	struct imap *im = state;

	for (size_t i = 0; i < im->count; i++) imap_source_release(&im->source[i]);
	free(im->source);
	imap_box_free(&im->box);
	free(im->pass.move_to);
	im->host->free(im);
}

static void make_sources(struct imap *im)
{
	const struct ik_list *folders = &im->conf->folder;

	im->source = mem_new(folders->count * sizeof(*im->source));
	for (; im->count < folders->count; im->count++)
		imap_source_init(&im->source[im->count], im->host, &im->pass, im->box, folders->item[im->count]);
}

static enum ik_rc imap_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	const struct imap_conf *c = conf;
	const struct imap_box_conf box = { .mailbox = MAILBOX_CONF(c, "imap,imaps", mechanisms[c->auth]), .client = (enum imap_client)c->client,
	                                   .max_size = c->max_size, .writes = c->after != IMAP_AFTER_KEEP };
	struct imap *im;
	enum ik_rc rc = check_conf(c, err);

	if (rc != IK_OK) return rc;
	im = host->alloc(sizeof(*im));
	*im = (struct imap){ .host = host, .conf = c, .pass = { .recipient = MAILBOX_RECIPIENT(c), .user = c->user, .flag = c->flag,
	                     .move_to = c->move_to != NULL ? imap_quoted_name(c->move_to) : NULL, .after = (enum imap_after)c->after, .starts_new = c->start == START_NEW,
	                     .batch = c->batch, .max_size = c->max_size, .tries = c->tries, .old_after = c->old_after } };
	rc = imap_box_new(host, &box, &im->box, err);
	if (rc == IK_OK) {
		make_sources(im);
		*state_r = im;
	} else {
		imap_close(im);
	}
	return rc;
}

/* Every folder once; one that fails does not keep the others from being read. */
static enum ik_rc imap_poll(void *state, struct ik_error *err)
{
	struct imap *im = state;
	enum ik_rc rc = IK_OK;

	im->took = false;
	for (size_t i = im->count; i-- > 0 && !im->host->stopping(im->host); ) {        /* the first one last: it stays open for waiting */
		struct ik_error why = { "" };
		size_t taken = 0;
		const enum ik_rc one = imap_source_poll(&im->source[i], &taken, &why);

		im->took |= taken > 0;
		if (one == IK_OK || rc != IK_OK) continue;
		rc = one;
		(void)ik_fail(one, err, "%s", why.text);
	}
	imap_box_rest(im->box);
	return rc;
}

/* The pause grows by half while nothing comes. */
static int64_t next_pace_ms(const struct imap *im, int64_t interval_ms)
{
	const int64_t most_ms = im->conf->quiet_interval * 1000;

	if (im->took || im->pace_ms < interval_ms) return interval_ms;
	if (most_ms < interval_ms) return interval_ms;
	return im->pace_ms + im->pace_ms / 2 < most_ms ? im->pace_ms + im->pace_ms / 2 : most_ms;
}

static bool has_token(const struct imap *im)
{
	return im->conf->token_url != NULL;
}

/* A connection outlives its token. It is renewed all the same: that it cannot be has to be known before the next login, which fails then. */
static void keep_token(struct imap *im)
{
	const struct ik_oauth2 account = {
		.token_url = im->conf->token_url, .client_id = im->conf->client_id, .client_secret = im->conf->client_secret,
		.refresh_token = im->conf->refresh_token, .scope = im->conf->scope,
	};
	struct ik_error err = { "" };
	char *token = NULL;
	enum ik_rc rc;

	if (!has_token(im) || im->host->stopping(im->host)) return;
	rc = im->host->access_token(im->host, &account, NULL, &token, &err);
	if (rc != IK_OK && !im->lacks_token)
		im->host->log(im->host, IK_LOG_WARNING, "the access token has ended and cannot be renewed; the connection goes on until it ends: %s", err.text);
	im->lacks_token = rc != IK_OK;
	mem_wipe_text(&token);
}

/* Servers end a connection that was silent for half an hour (RFC 2177), and a connection may have died unnoticed. Only the first folder is
 * listened to, the others are looked at every interval. A server that cries wolf is heard once a second after a while. */
static void imap_wait(void *state, int64_t ms)
{
	struct imap *im = state;
	const int64_t from_ms = clock_mono_ms();
	bool has_waited = false;

	if (im->conf->idle) has_waited = imap_box_wait(im->box, im->count > 1 || has_token(im) ? ms : IDLE_MS);
	if (!has_waited) {
		im->pace_ms = next_pace_ms(im, ms);
		(void)im->host->sleep_ms(im->host, im->pace_ms);
	}
	im->hurries = !im->took && clock_mono_ms() - from_ms < HURRY_MS ? im->hurries + 1 : 0;
	if (im->hurries > HURRIES_MAX) (void)im->host->sleep_ms(im->host, HURRY_MS);
	keep_token(im);
}

/* One part of one folder; the folders after it once it is done. */
static enum ik_rc imap_backfill(void *state, const struct ik_backfill *want, struct ik_backfill_progress *progress_r, struct ik_error *err)
{
	struct imap *im = state;
	struct ik_backfill_progress all = { .is_done = true };
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && all.is_done && i < im->count; i++) {
		struct ik_backfill_progress one = { 0 };

		rc = imap_source_backfill(&im->source[i], want, &one, err);
		all.found += one.found;
		all.seen += one.seen;
		all.taken += one.taken;
		all.is_done = one.is_done;
	}
	imap_box_rest(im->box);
	for (size_t i = 0; (rc != IK_OK || all.is_done) && i < im->count; i++) imap_source_backfill_end(&im->source[i]);
	*progress_r = all;
	return rc;
}

/* The folder that mails are moved to is one that can be opened. */
static enum ik_rc test_move(struct imap *probe, struct ik_error *err)
{
	struct imap_folder folder;
	struct imap_view view;
	struct ik_error why = { "" };
	enum ik_rc rc;

	imap_folder_init(&folder, probe->conf->move_to);
	rc = imap_box_open(probe->box, &folder, &view, &why);
	imap_folder_release(&folder);
	return rc == IK_OK ? IK_OK : ik_fail(rc, err, "move_to: %s", why.text);
}

/* A connection of its own, since the poll may be using the other one at this moment. */
static enum ik_rc imap_test(void *state, struct ik_error *err)
{
	const struct imap *im = state;
	struct imap_view view;
	struct imap *probe;
	void *opened = NULL;
	enum ik_rc rc = imap_open(im->host, im->conf, &opened, err);

	probe = opened;
	for (size_t i = 0; rc == IK_OK && i < probe->count; i++) rc = imap_box_open(probe->box, &probe->source[i].folder, &view, err);
	if (rc == IK_OK && im->conf->after == IMAP_AFTER_MOVE) rc = test_move(probe, err);
	if (probe != NULL) imap_close(probe);
	return rc;
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "imap", .summary = "Mail from folders of an IMAP account",
	.options = imap_options, .conf_size = sizeof(struct imap_conf), .ack = IK_ACK_MAIL,
	.open = imap_open, .poll = imap_poll, .test = imap_test, .close = imap_close,
	.wait = imap_wait, .backfill = imap_backfill,
};
