/* mailbox_curl.h - one IMAP or POP3 account over libcurl: TLS and login rules, time-outs, stop, and words for what failed.
 *
 * One mailbox holds one easy handle and one connection, shared with nobody. A new connection is made only by a call that
 * has may_connect: libcurl cannot reconnect behind our back, which matters where message numbers belong to a session.
 * No credentials without TLS unless allows_plain. Thread: one at a time. */
#ifndef NET_MAILBOX_CURL_H
#define NET_MAILBOX_CURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/host.h>
#include "base/buf.h"

/* Longest protocol line that reaches us whole, in bytes: libcurl cuts what is longer than half of its buffer down to 40 bytes. */
#define MAILBOX_LINE_MAX (32 * 1024)

struct mailbox;

/* All borrowed until mailbox_free(). */
struct mailbox_conf {
	const char *server;             /* scheme://host[:port], nothing else */
	const char *protocols;          /* "imap,imaps" */
	const char *user, *password;    /* one of password, bearer and oauth2.token_url */
	const char *bearer;             /* OAuth 2 access token, sent by XOAUTH2 */
	struct ik_oauth2 oauth2;        /* where such tokens come from; one that is refused is replaced once */
	const char *secret_expires;     /* a day, only checked here; NULL: not known */
	const char *mechanism;          /* libcurl login options, e.g. "AUTH=PLAIN"; NULL: what the server offers */
	const char *ca_file;            /* NULL: the system's */
	bool allows_plain;
	int64_t timeout_s;              /* longest silence of the server */
};

struct mailbox_call {
	const char *path;               /* encoded, with the leading slash; NULL: "/" */
	const char *command;            /* NULL: what the URL alone means */
	bool is_stream;                 /* IMAP, with may_connect: only logs in; the connection is then for mailbox_send() and mailbox_recv() */
	bool may_connect;               /* drops the old connection and makes a new one */
	bool has_no_body;               /* POP3: the answer is one line */
	bool is_last;                   /* nothing is said on this connection afterwards */
	int64_t time_max_s;             /* of the whole call; 0: twice timeout_s */
	bool (*take)(void *arg, const char *data, size_t len);  /* answer or content; false ends the call */
	bool (*line)(void *arg, const char *line, size_t len);  /* every protocol line of the server, without CRLF; false ends the call */
	void *arg;
};

/* mailbox_new() - IK_CONFIG for a server, user or folder text that cannot be right. No network yet. */
enum ik_rc mailbox_new(const struct ik_host *host, const struct mailbox_conf *conf, struct mailbox **mailbox_r, struct ik_error *err);
void mailbox_free(struct mailbox **mailbox);
/* mailbox_run() - one command or transfer; a CURLcode, 0 for success. */
int mailbox_run(struct mailbox *m, const struct mailbox_call *call);
/* mailbox_drop() - closes the connection, if there is one. */
void mailbox_drop(struct mailbox *m);

/* The connection of a call with is_stream. SILENT: nothing came in time; STOPPED: the instance is to stop, or was woken. */
enum mailbox_io { MAILBOX_CAME, MAILBOX_SILENT, MAILBOX_STOPPED, MAILBOX_ENDED };
/* mailbox_recv() - at least one byte with MAILBOX_CAME. wait_ms 0: timeout_s, and only a stop ends it early; else being woken does as well. */
enum mailbox_io mailbox_recv(struct mailbox *m, char *data, size_t size, int64_t wait_ms, size_t *len_r);
enum mailbox_io mailbox_send(struct mailbox *m, const char *data, size_t len);
/* mailbox_freshen() - has an access token that is due renewed although a connection goes on, so that a platform that refuses is noticed before
 * the next login. What fails is logged and shown by the core. */
void mailbox_freshen(struct mailbox *m);
/* mailbox_is_open() - whether libcurl has kept the connection; the peer may have closed it. mailbox_is_lost() - whether a call that ended with
 * code had no connection to go on with, or was overrun by news of the server, so that what it asked for is not to blame. libcurl counts
 * all lines behind a line again and again, and gives up at 300 KB: a few hundred untagged lines at once are too many. */
bool mailbox_is_open(struct mailbox *m);
bool mailbox_is_lost(const struct mailbox *m, int code);
bool mailbox_is_stopped(int code);
/* mailbox_said() - the server's first refusal in the last call (NO, BAD, BYE, -ERR), escaped and cut; "" when there was none. */
const char *mailbox_said(const struct mailbox *m);
/* mailbox_fail() - what the caller does next after code, with the step in words: token, DNS, connect, TLS, login, or `step`. */
enum ik_rc mailbox_fail(const struct mailbox *m, int code, const char *step, struct ik_error *err);
/* mailbox_tell() - the same words for what is found elsewhere: step, why, and what the server said ("": nothing). */
enum ik_rc mailbox_tell(const struct mailbox *m, enum ik_rc rc, const char *step, const char *why, const char *said, struct ik_error *err);
/* mailbox_check_text() - IK_CONFIG when a configured text has control characters or more than max bytes. */
enum ik_rc mailbox_check_text(const char *what, const char *text, size_t max, struct ik_error *err);

/* What is downloaded: in memory up to SPOOL_MEMORY bytes, beyond that in an unnamed file. One spool serves many messages. */
#define SPOOL_MEMORY (256 * 1024)
struct spool { struct buf memory; int fd; size_t size, max; bool is_full; bool is_broken; };
void spool_init(struct spool *s, size_t max);
void spool_release(struct spool *s);
void spool_clear(struct spool *s);
/* spool_rest() - gives the memory back as well; it can be used again. */
void spool_rest(struct spool *s);
/* spool_add() - false: more than max (is_full) or no room for the file (is_broken). */
bool spool_add(struct spool *s, const void *data, size_t len);
/* spool_raw() - sets raw, raw_fd and raw_size of a message; borrowed until the next change. */
struct ik_message;
void spool_raw(const struct spool *s, struct ik_message *m);

/* How often something could not be fetched; what keeps failing is given up after some tries. */
#define TRIES_MAX 64
struct tries { struct { uint64_t id; int64_t count; } item[TRIES_MAX]; size_t count; };
/* tries_add() - the number of failures of id, this one included; -1 when too many things fail at once. */
int64_t tries_add(struct tries *t, uint64_t id);
int64_t tries_of(const struct tries *t, uint64_t id);
void tries_forget(struct tries *t, uint64_t id);

#endif
