/* message.h - what a channel hands over: one message as it came, and what it gets back.
 *
 * Every pointer is borrowed for the call only; the core copies what it keeps. Texts are UTF-8 and NUL-terminated;
 * the core bounds and cleans them, a channel need not. NULL means "not known". Times are seconds since 1970, UTC. */
#ifndef INTAKED_MESSAGE_H
#define INTAKED_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ik_form {
	IK_FORM_PLAIN = 0,      /* the fields below are filled; raw is the original as evidence only */
	IK_FORM_MAIL,           /* raw is an RFC 5322 message; the sandboxed worker reads the fields out of it */
};

/* One attachment: either in memory (data, size) or in an open file (fd >= 0, read from offset 0, size bytes). */
struct ik_part {
	const char *name;               /* as the sender wrote it; never used as a path */
	const char *content_type;
	const void *data;
	int fd;                         /* -1 when data is used */
	int64_t size;                   /* bytes */
};

struct ik_message {
	enum ik_form form;
	const char *source_id;          /* natural key inside this account, the same at every redelivery:
	                                 * IMAP "FOLDER/UIDVALIDITY/UID", POP3 UIDL, provider event id, form token.
	                                 * NULL: the digest of raw (and recipient) is the key. */
	const char *recipient;          /* address or account it was written to: mail envelope recipient */
	const char *envelope_from;      /* mail: envelope sender, "" for the null sender, NULL if the transport does not tell */
	const char *conversation;       /* platform's conversation id (chat id), handed back to reply() */
	const char *sender_type;        /* kind of handle: "email", "phone", "telegram", ...; NULL: "other" */
	const char *sender;             /* the handle itself: address, user id */
	const char *sender_name;
	bool sender_verified;           /* the platform vouches for the handle (chat account); never for typed addresses */
	bool is_automatic;              /* the platform marks the author as a robot */
	const char *language;           /* BCP 47 hint from the platform */
	const char *brand;
	const char *subject, *text;
	const char *order_number;
	int64_t sent_at;                /* 0 when unknown; of IK_FORM_MAIL when its mailbox took it in, which stands in where the mail has no sane date */
	const void *raw;                /* the original bytes; or raw_fd when it is large */
	int raw_fd;                     /* >= 0: read from offset 0 instead of raw; 0 counts as unset when raw is given */
	int64_t raw_size;               /* bytes, for raw and raw_fd alike */
	const struct ik_part *parts;
	size_t part_count;
	const char *cursor_name;        /* stored in the same transaction; NULL: no cursor moves */
	const char *cursor_value;
	const char *client;             /* textual address of a client that nobody vouches for (a web form's visitor): counted, see ik_host.recent */
	bool is_history;                /* taken in long after it came, on an operator's word: never acknowledged */
	bool is_single_use;             /* source_id is good for one content: with another one nothing is stored, see ik_receipt.is_other_content */
	int64_t reply_until;            /* until when the platform lets us answer this message; 0: no such limit is known */
	int64_t replies;                /* how many answers it allows until then; 0: no such limit is known */
	int64_t followers;              /* of whoever wrote, on a network that counts them; 0: not known */
	const char *mail;               /* a mail address of the sender that the platform vouches for, besides the handle; NULL: none */
	int64_t history_before;         /* of IK_FORM_MAIL: when its mailbox took it in before this, it is taken as is_history says; 0: never */
	bool is_late;                   /* taken in on an operator's word, and acknowledged as if it came now: when it came long ago, it raises no alarm and is of no incident */
};

#define IK_CLIENT_WINDOW_S 600          /* messages of one client are counted in windows of this length, in seconds */

/* What became of a message, given after the commit. Texts live until the callback returns. */
struct ik_receipt {
	int64_t ticket_id;
	const char *number;             /* "202611-001" */
	const char *code;               /* "7Q4M-2XK9-..." as shown to the customer */
	const char *language;           /* "zh-Hans", "zh-Hant" or "en": language of text */
	const char *text;               /* acknowledgement in the customer's language, plain text; NULL unless the channel's ack is
	                                 * IK_ACK_RESPONSE */
	int64_t first_response_due;     /* seconds since 1970 */
	bool is_repeat;                 /* the source had handed it over before; number and code are the earlier ones */
	bool is_other_content;          /* so it is, but with other content, of a source_id for single use: this content is stored nowhere */
	bool asks_address;              /* the sender's mail address is told, or first asked, by mail; says nothing about whether it was before */
	const char *status_url;         /* where the customer sees the state; NULL without a public URL, and unless the channel's ack is IK_ACK_RESPONSE */
};

#endif
