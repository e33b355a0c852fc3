/* reply_lines.h - a text as lines, each with the form in which it is compared. Thread: one at a time. */
#ifndef MAIL_REPLY_LINES_H
#define MAIL_REPLY_LINES_H

#include "base/buf.h"
#include "mail/reply_rules.h"

#define REPLY_LINES_MAX 20000           /* what stands behind is kept as one line */
#define REPLY_FOLD_MAX 600              /* longer lines are ordinary text: only their beginning is compared */

struct reply_line { size_t start, end; const char *fold; size_t fold_len; bool is_kept, is_quote; };

struct reply_text {
	const struct reply_rules *rules;
	const char *text;
	struct reply_line *lines;
	size_t count;
	struct buf folds;
	const char *rule;                       /* the first that dropped something */
};

void reply_text_init(struct reply_text *t, const struct reply_rules *rules, const char *text, size_t len);
void reply_text_release(struct reply_text *t);

#endif
