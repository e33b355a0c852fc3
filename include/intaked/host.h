/* host.h - what the core offers a plugin. A plugin holds no store handle, no configuration file and no log file;
 * everything it needs comes through this table. Fields are only ever appended; check size before using a late one.
 *
 * Threads: every function may be called from any thread of the plugin instance that the table was given to. */
#ifndef INTAKED_HOST_H
#define INTAKED_HOST_H

#include <jansson.h>
#include <intaked/error.h>
#include <intaked/message.h>

enum ik_level { IK_LOG_ERROR = 3, IK_LOG_WARNING = 4, IK_LOG_NOTICE = 5, IK_LOG_INFO = 6, IK_LOG_DEBUG = 7 };

/* Called once for every offered message, after the commit (IK_OK, receipt set) or when it will not be stored by this
 * call (IK_RETRY: still yours; IK_REJECT: set aside in quarantine, counts as taken). Runs on a thread of the core: be brief, do not block. */
typedef void (*ik_done_fn)(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err);

/* One HTTPS request of a plugin. Redirects are not followed, private addresses are allowed (the URL is the operator's). */
struct ik_http_call {
	const char *method;             /* "GET" when NULL */
	const char *url;
	const char *bearer;             /* NULL: no Authorization header */
	const char *content_type;       /* of body */
	const void *body;
	size_t body_len;
	const char *const *headers;     /* "Name: value", NULL-terminated; may be NULL */
	int64_t timeout_ms;             /* 0: 30 s */
	size_t reply_max;               /* bytes, 0: 4 MiB */
};

struct ik_http_reply {
	int status;                     /* 0: no answer at all; set as well, like retry_after_s, when the body was larger than reply_max */
	bool was_sent;                  /* the request may have reached the peer */
	int64_t retry_after_s;          /* from the header, -1 when absent */
	char *body;                     /* free with host->free; never NULL after IK_OK */
	size_t body_len;
};

/* An account at an OAuth 2 platform: with refresh_token the mailbox's owner signed in once, without it client_id and client_secret
 * stand for an application of its own. Texts are borrowed for the call; the same account at every call of an instance. */
struct ik_oauth2 {
	const char *token_url, *client_id;
	const char *client_secret, *refresh_token, *scope;      /* each may be NULL */
};

struct ik_get { const char *url, *bearer, *cursor_param; int64_t limit; const char *limit_param; int64_t timeout_ms; };

struct ik_host {
	size_t size;                    /* of this table as the core knows it */
	const char *instance;           /* the name under channels: or sinks: */
	void *core;                     /* the core's own */

	void *(*alloc)(size_t size);            /* zeroed, never NULL */
	void (*free)(void *memory);
	void (*log)(const struct ik_host *, enum ik_level level, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
	int64_t (*now)(const struct ik_host *);                         /* seconds since 1970 */
	bool (*stopping)(const struct ik_host *);
	int (*stop_fd)(const struct ik_host *);                         /* becomes readable when the instance has to stop, or to wake it: ask stopping(); never read it */
	bool (*sleep_ms)(const struct ik_host *, int64_t ms);           /* false: woken to stop */

	/* accept() - stores one message and waits for the commit. IK_OK and IK_REJECT (quarantined): the source may forget it. */
	enum ik_rc (*accept)(const struct ik_host *, const struct ik_message *, struct ik_error *err);
	/* offer() - queues one message; done (may be NULL) tells what became of it. Blocks while too much is under way.
	 * Messages of one instance are committed in the order they were offered. Not IK_OK: done will not be called. */
	enum ik_rc (*offer)(const struct ik_host *, const struct ik_message *, ik_done_fn done, void *arg, struct ik_error *err);
	/* settle() - waits until every offered message has had its answer; the first failure that was not IK_REJECT, or IK_OK. */
	enum ik_rc (*settle)(const struct ik_host *, struct ik_error *err);
	/* set_aside() - unreadable input: raw bytes go to quarantine with a minimal ticket; source_id may be NULL. Waits for the commit. */
	enum ik_rc (*set_aside)(const struct ik_host *, const char *source_id, const void *raw, size_t size, const char *why, struct ik_error *err);
	/* refuse() - counts one input that is refused outright (bad signature, too large): a ledger entry and one log line. */
	void (*refuse)(const struct ik_host *, const char *reason, const char *detail);
	/* knows() - whether source_id is stored already, so that it need not be fetched again. */
	enum ik_rc (*knows)(const struct ik_host *, const char *source_id, bool *known_r, struct ik_error *err);
	/* cursor_get() - value_r is "" when there is none. cursor_put() - a commit of its own, for moves without a message. */
	enum ik_rc (*cursor_get)(const struct ik_host *, const char *name, char *value_r, size_t size, struct ik_error *err);
	enum ik_rc (*cursor_put)(const struct ik_host *, const char *name, const char *value, struct ik_error *err);

	/* http() - IK_OK: an answer of any status came; IK_RETRY: none came, reply_r->was_sent tells how far it got. Ends early on stop.
	 * IK_REJECT: the body is larger than reply_max: the rest is not read, reply_r has status and Retry-After but no body. */
	enum ik_rc (*http)(const struct ik_host *, const struct ik_http_call *, struct ik_http_reply *reply_r, struct ik_error *err);
	/* get_json() - GET, status 200, one JSON value, duplicate keys refused; with the cursor of cursor_param as a query parameter. */
	enum ik_rc (*get_json)(const struct ik_host *, const struct ik_get *, json_t **json_r, struct ik_error *err);

	/* mail() - sinks only: sends one mail through the configured relay (or the local Maildir) and waits for its status.
	 * IK_OK accepted; IK_RETRY not accepted, or uncertain when *uncertain_r. message: complete RFC 5322 bytes with CRLF. */
	enum ik_rc (*mail)(const struct ik_host *, const char *from, const char *to, const void *message, size_t size,
	                   const char *key, bool *uncertain_r, struct ik_error *err);
	/* original() - sinks only: the raw original of a message id (as in the ticket's JSON), bounded by max bytes; free with free. */
	enum ik_rc (*original)(const struct ik_host *, int64_t message_id, size_t max, void **raw_r, size_t *size_r, struct ik_error *err);

	/* access_token() - a token of the account that is good for now, kept and renewed by the core; to be wiped and freed. refused: the token
	 * the peer turned down a moment ago, so that another one is fetched; NULL otherwise. IK_CONFIG: the platform refuses the account. */
	enum ik_rc (*access_token)(const struct ik_host *, const struct ik_oauth2 *, const char *refused, char **token_r, struct ik_error *err);

	/* recent() - how many messages with this ik_message.client the instance has stored in the present window of IK_CLIENT_WINDOW_S seconds;
	 * an IPv6 client is its /64. Survives restarts. */
	enum ik_rc (*recent)(const struct ik_host *, const char *client, int64_t *count_r, struct ik_error *err);

	/* login_begin() - waits until the instance may log in at a server (host[:port]), whose other mailboxes log in as well. IK_RETRY: the turn
	 * did not come within wait_ms, or the instance is to stop. login_end() - after each login_begin() that was IK_OK, once the login is through
	 * or has failed. */
	enum ik_rc (*login_begin)(const struct ik_host *, const char *server, int64_t wait_ms, struct ik_error *err);
	void (*login_end)(const struct ik_host *, const char *server);

	/* knows_all() - knows() of many at once, which costs a fraction; known_r: one for each. */
	enum ik_rc (*knows_all)(const struct ik_host *, const char *const *source_ids, size_t count, bool *known_r, struct ik_error *err);
};

#endif
