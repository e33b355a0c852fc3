/* reply_lines.h - a text as lines, each with the form in which it is compared. Thread: one at a time. */
#ifndef MAIL_REPLY_LINES_H
#define MAIL_REPLY_LINES_H

#include "base/buf.h"
#include "mail/reply_rules.h"

#define REPLY_LINES_MAX 20000           /* what stands behind is kept as one line */
#define REPLY_FOLD_MAX 600              /* longer lines are ordinary text: only their beginning is compared */

struct reply_line { size_t start, end; const char *fold; size_t fold_len; bool is_kept, is_quote; };

struct reply_writer;

struct reply_text {
	const struct reply_rules *rules;
	const struct reply_writer *writer;      /* NULL: not known */
	const char *text;
	struct reply_line *lines;
	size_t count;
	struct buf folds;
	const char *rule;                       /* the first that dropped something */
	bool is_signed;                         /* a signature was dropped whose beginning the writer or his program marked */
};

void reply_text_init(struct reply_text *t, const struct reply_rules *rules, const char *text, size_t len);
void reply_text_release(struct reply_text *t);

/* reply_is_decoration() - one of "-_=*~+#" or a blank. */
bool reply_is_decoration(char c);
/* reply_strip_dashes() - a decorated line without its decoration; *dashes_r counts what was taken off at the front. */
void reply_strip_dashes(const struct reply_line *line, const char **inner_r, size_t *len_r, size_t *dashes_r);
/* reply_is_rule_line() - nothing but decoration, three signs of it or more. */
bool reply_is_rule_line(const struct reply_line *line);
/* reply_drop() - drops lines first..end and remembers the first rule. */
void reply_drop(struct reply_text *t, size_t first, size_t end, const char *rule);
/* reply_has_words() - a kept line of first..end is neither empty nor quoted nor a row of signs. */
bool reply_has_words(const struct reply_text *t, size_t first, size_t end);

#endif
