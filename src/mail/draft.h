/* draft.h - what the sandboxed worker reads out of one mail: clean UTF-8 texts, bounded lists, no bytes of the sender unchecked.
 *
 * A draft owns its memory: draft_init(), fill, draft_release(). It crosses the process border with draft_encode() and
 * draft_decode(); the decoder trusts nothing (the worker may be in hostile hands): lengths, counts and UTF-8 are checked. */
#ifndef MAIL_DRAFT_H
#define MAIL_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>
#include "base/buf.h"

#define DRAFT_REFERENCES_MAX 100
#define DRAFT_ADDRESSES_MAX 500
#define DRAFT_PARTS_MAX 100
#define DRAFT_EVIDENCE_MAX 400
#define DRAFT_TEXT_MAX (1024 * 1024)            /* bytes of text; longer texts are cut and flagged */

struct draft_address { char *name, *address; bool is_cc; };     /* address "local@domain", domain lower case; name may be NULL */
struct draft_part {
	char *name, *content_type;              /* name may be NULL */
	int64_t size;                           /* decoded bytes */
	unsigned char digest[32];               /* SHA-256 of the decoded bytes */
	char path[64];                          /* where in the MIME tree: "1.2", for extraction on demand */
	bool is_inline;
};

struct draft {
	char *subject, *text, *reply_text;      /* never NULL after a parse */
	char *message_id, *in_reply_to;         /* without <>, NULL when absent or malformed */
	size_t reference_count;
	struct draft_address from;              /* address NULL unless there is exactly one valid mailbox */
	struct draft_address sender, reply_to;  /* address NULL when absent */
	struct draft_address *to;               /* To and Cc, as many as DRAFT_ADDRESSES_MAX */
	size_t to_count;
	char *list;                             /* the mailing list or group that the mail names, "support.shop.example"; NULL when none, or several */
	struct draft_address writer;            /* who wrote, where From is the list's own address; address NULL: From itself says it, or nothing does */
	bool is_writer_sure;                    /* every field that tells of the writer tells of the same */
	char *header_from;                      /* once own_list_take() put the writer into from: what From says; else NULL */
	bool is_through_own_list;               /* own_list_take() was called */
	char *loop_mark;                        /* X-Intaked-Loop, which our own mail carries; NULL when absent */
	char *delivered_to;                     /* topmost Delivered-To, X-Original-To, Envelope-To or X-Envelope-To; NULL when absent */
	char *original_to;                      /* the topmost one of another of these names: what an alias was before; NULL when absent */
	char *return_path;                      /* "" for <>, NULL when absent */
	int64_t sent_at;                        /* 0 when unknown */
	int64_t hop_at;                         /* when the last host on the way, which wrote the topmost Received, took it in; 0 when it does not tell */
	char *language;                         /* two letters, NULL when it cannot be told */
	size_t part_count;
	unsigned char content_digest[32];       /* of what the writer wrote: subject, decoded bodies and attachments, not of transport headers */

	bool is_automatic;                      /* no person wrote this to us */
	char auto_reason[48];                   /* reason code of the first rule that fired, "" for a person */
	char *auto_evidence;                    /* the pieces of the mail by which it was told, where the learned opinion told it; else NULL */
	bool is_bounce;
	char through_reason[48], through_no_ack[48];    /* auto_reason and no_ack_reason as they are if list is ours; only where list is set */
	char *through_evidence;
	char no_ack_reason[48];                 /* steps 1-7 and 14 of the decision list: why no acknowledgement may go out; "" when it may */
	char *bounce_recipient, *bounce_status; /* of a delivery report: whose, and "5.1.1"; NULL when unknown */
	char *bounce_message_id;                /* Message-ID of the mail that bounced, NULL when unknown */
	char *authentication;                   /* Authentication-Results and hops for authentication_judge(); NULL without results */
	bool has_replaced_bytes;                /* U+FFFD was put in somewhere */
	bool is_cut;                            /* text was cut at DRAFT_TEXT_MAX */
	char *cut_rule;                         /* name of the reply rule that cut, NULL when nothing was cut */
	int64_t cut_start, cut_end;             /* byte offsets in text of what reply_text left out at the end (cut_start = text length: nothing) */

	char *references[DRAFT_REFERENCES_MAX]; /* these two have values up to their counts and nothing sensible behind: clearing and copying them whole costs more than many a mail */
	struct draft_part parts[DRAFT_PARTS_MAX];
};

void draft_init(struct draft *d);
/* draft_move() - to, which is taken for empty, gets all that from has. draft_add_part() - the next part, cleared; there is room. */
void draft_move(struct draft *to, struct draft *from);
struct draft_part *draft_add_part(struct draft *d);
void draft_release(struct draft *d);
bool draft_encode(struct buf *b, const struct draft *d);
enum ik_rc draft_decode(const void *data, size_t len, struct draft *draft_r, struct ik_error *err);

#endif
