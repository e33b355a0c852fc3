/* channel.h - the channel plugin ABI: one shared object, one const descriptor named intaked_channel.
 *
 * A channel is one of three shapes, told by which functions it has:
 *   poll     called again and again on the instance's own thread, `interval` seconds apart (pull sources)
 *   run      called once on that thread, returns when host->stopping() (servers, long-running programs)
 *   request  called by the HTTP server, on several threads at once, for /in/INSTANCE or /form/INSTANCE
 * A channel that fails is paused and called again with a growing delay; it never takes the daemon with it. */
#ifndef INTAKED_CHANNEL_H
#define INTAKED_CHANNEL_H

#include <intaked/host.h>
#include <intaked/option.h>

#define IK_CHANNEL_ABI 1u
#define IK_EXPORT __attribute__((visibility("default")))

enum ik_ack {
	IK_ACK_NONE = 0,
	IK_ACK_MAIL,            /* acknowledged by mail to the sender */
	IK_ACK_REPLY,           /* acknowledged through reply() */
	IK_ACK_RESPONSE,        /* the answer to the request (page, "taken" line) is the acknowledgement */
	IK_ACK_RECEIPT,         /* so it is, but with number and code alone: receipts come without text */
};

/* One field of a form: value for ordinary fields, an open file for uploads (filename != NULL). */
struct ik_field { const char *name, *value; size_t value_len; const char *filename, *content_type; int fd; int64_t size; };

struct ik_request {
	const char *method;                     /* "GET", "POST" */
	const char *rest;                       /* path behind the mount point and instance, "" or "/..." */
	const char *peer;                       /* textual address of the client, after trusted proxies */
	const void *body;                       /* exact bytes; NULL when fields are delivered instead */
	size_t body_len;
	const struct ik_field *fields;          /* of a form body, when the descriptor has wants_fields */
	size_t field_count;
	const char *(*header)(const struct ik_request *, const char *name);     /* NULL when absent; case-insensitive */
	const char *(*query)(const struct ik_request *, const char *name);      /* decoded query parameter, NULL when absent */
	void *core;
	const char *language;                   /* of pages when the visitor's browser names none of ours: "zh-Hans", "zh-Hant", "en"; NULL: "en" */
};

/* The answer to a request. With messages set, they are stored first and answered() (or the default
 * 202 {"number","code"}) makes the response; without, the response is sent as it stands. */
struct ik_answer {
	int status;
	const char *content_type;               /* NULL: application/json */
	const char *body;                       /* from alloc() or constant */
	size_t body_len;
	int64_t retry_after_s;                  /* > 0: header */
	const char *location;                   /* header, for 303 */
	const struct ik_message *messages;      /* from alloc() */
	size_t message_count;
	void *(*alloc)(struct ik_answer *, size_t size);        /* zeroed; lives until the response is sent */
	json_t *keep;                           /* released by the core then: what messages point into */
	void *core;
	const char *const *headers;             /* further "Name: value" lines, NULL-terminated; one of a standing header replaces it. May be NULL */
};

struct ik_reply {
	int64_t ticket_id;
	const char *conversation, *sender;      /* as the message gave them */
	const char *source_id;                  /* of the message that is answered */
	const char *text;                       /* plain text in the customer's language */
	const char *key;                        /* the same at every attempt */
};

struct ik_reply_result {
	bool uncertain;                         /* with IK_RETRY: it may have been sent */
	int64_t retry_after_s;                  /* with IK_RETRY: -1 when the platform does not say */
	bool is_closed;                         /* with IK_REJECT: the platform lets nothing through any more; the customer is told another way if there is one */
};

/* Older mail to be taken in: what came to the source since then and lies behind what it took by itself. */
struct ik_backfill { int64_t since_at; bool acknowledge; };
struct ik_backfill_progress { int64_t found, seen, taken; bool is_done; };      /* seen: of found, those looked at; taken: of them, new ones */
/* What a network does to the texts it is given, so that the core writes what arrives as it was meant. */
enum ik_markup {
	IK_MARKUP_NONE = 0,     /* plain text */
	IK_MARKUP_HTML,         /* & < > " ' have a meaning */
	IK_MARKUP_TELEGRAM,     /* MarkdownV2 */
	IK_MARKUP_SLACK,        /* & < > */
	IK_MARKUP_MENTIONS,     /* an @ calls somebody: Mastodon, Bluesky, X, Weibo */
};
/* Limits of one text, 0: none besides those of chats (500 characters). segments > 0: short messages, written in the words for them. */
struct ik_words { enum ik_markup markup; int64_t bytes, characters, utf16, segments; };

struct ik_channel {
	uint32_t abi;                           /* IK_CHANNEL_ABI */
	size_t size;                            /* sizeof(struct ik_channel) as the plugin was built */
	const char *name, *summary;
	const struct ik_option *options;
	size_t conf_size;
	enum ik_ack ack;
	const char *mount;                      /* "in" or "form" with request, else NULL */
	bool wants_fields;                      /* form bodies are decoded, uploads spooled to files */

	/* open() - conf is borrowed until close. IK_CONFIG: the instance is parked and the reason logged. */
	enum ik_rc (*open)(const struct ik_host *, const void *conf, void **state_r, struct ik_error *err);
	enum ik_rc (*poll)(void *state, struct ik_error *err);
	enum ik_rc (*run)(void *state, struct ik_error *err);
	enum ik_rc (*request)(void *state, const struct ik_request *, struct ik_answer *, struct ik_error *err);
	/* answered() - may be NULL. rc as for ik_done_fn; receipts has message_count entries after IK_OK. */
	void (*answered)(void *state, const struct ik_request *, enum ik_rc rc, const struct ik_receipt *receipts, size_t count, struct ik_answer *);
	/* reply() - sends one acknowledgement or notice. A channel whose request is answered with the acknowledgement may have it for what comes later. Called on an outbox thread while poll or run goes on: touch only what is const or locked. */
	enum ik_rc (*reply)(void *state, const struct ik_reply *, struct ik_reply_result *result_r, struct ik_error *err);
	/* test() - may be NULL. Dry run for `intakectl doctor`: reaches the peer, takes nothing; err tells the failing step in words. */
	enum ik_rc (*test)(void *state, struct ik_error *err);
	void (*close)(void *state);

	/* wait() - may be NULL; with poll. Called instead of the pause after a poll that was IK_OK: returns when there may be something new, after ms
	 * (or what the channel knows better), or when stop_fd becomes readable, which also happens to wake it. */
	void (*wait)(void *state, int64_t ms);
	/* backfill() - may be NULL; with poll, on the same thread between two polls. Takes in the next part of older mail and tells how far it is;
	 * called again until is_done. What is stored already is passed over, so it may begin anew at any time. */
	enum ik_rc (*backfill)(void *state, const struct ik_backfill *want, struct ik_backfill_progress *progress_r, struct ik_error *err);
	struct ik_words words;                  /* of the text that reply() gets; plugins older than it have plain chat texts */
	/* map() - may be NULL; with request, on any thread. Dry run for `intakectl map test`: what request() would make of this body, the signature
	 * aside. Answers as request() does; fields_r gets an array of {"field", "path", "value", "needed"}, the value null where the body has none, and
	 * stays NULL when the body cannot be read. */
	enum ik_rc (*map)(void *state, const struct ik_request *, struct ik_answer *, json_t **fields_r, struct ik_error *err);
	/* replies() - may be NULL: reply() can always be called. Whether it can with these options. */
	bool (*replies)(const void *conf);
};

/* Every channel understands these besides its own options. */
struct ik_channel_common {
	char *plugin;
	int64_t interval;                       /* s between two polls */
	bool enabled;
	char *brand;
	bool acknowledge;
	bool catch_all;
	struct ik_list trust_authentication_results, border_hosts;
	bool results_below_received;
	int64_t reply_window, reply_most;       /* s and answers that the platform allows after a message that does not say so itself; 0: no such limit */
};

#endif
