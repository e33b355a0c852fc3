/* body.h - which parts of a message its reader sees as the text, and which are attachments. Thread: one at a time. */
#ifndef MAIL_BODY_H
#define MAIL_BODY_H

#include <stdbool.h>
#include "mail/draft.h"
#include "mail/mime.h"
#include "text/html.h"

struct body {
	struct buf text;                /* UTF-8, LF, trimmed; at most DRAFT_TEXT_MAX */
	struct html_marks marks;        /* containers of mail programs, when the text came from one HTML part */
	bool is_html, is_replaced, is_cut;
	bool is_used[MIME_PARTS_MAX];   /* parts that are text or a twin of it, and so no attachments */
	bool has_files[MIME_PARTS_MAX]; /* text parts that hold uuencoded files, which are attachments */
};

void body_init(struct body *b);
void body_release(struct body *b);
/* body_read() - the text of the message. fallback is the channel's charset or NULL. */
void body_read(struct body *b, const struct mime *m, const char *fallback);
/* body_part_text() - one text part as UTF-8 with LF: transfer encoding, charset, flowed lines. Returns whether U+FFFD was put in. */
bool body_part_text(struct buf *out, const struct mime *m, const struct mime_part *part, const char *fallback);
/* body_attachments() - lists what is not text into the draft, with size and digest; raw: the charset of names in raw bytes, may be NULL. IK_REJECT beyond DRAFT_PARTS_MAX. */
enum ik_rc body_attachments(const struct body *b, const struct mime *m, const char *raw, struct draft *d, struct ik_error *err);

/* body_extract() - the decoded bytes of a part, or with number > 0 of that file inside a winmail.dat or a text; false when there is none. */
bool body_extract(struct buf *out, const struct mime_part *part, size_t number);

#endif
