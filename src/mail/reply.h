/* reply.h - what the writer wrote now: the text without quoted history, attribution lines, header blocks and signatures.
 *
 * The words by which mail programs mark history stand in conf/rules/reply.tsv, one row a rule with language and example; the file is
 * part of the program, and an operator's own copy can take its place at start. Matching is by linear scans only.
 * Thread: one struct reply_rules is const after loading and shared by all. */
#ifndef MAIL_REPLY_H
#define MAIL_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <intaked/error.h>
#include "base/buf.h"
#include "text/html.h"

struct reply_rules;

/* reply_rules_new() - from the text of a rule file, or the built-in one when text is NULL. IK_CONFIG with the line that is wrong. */
enum ik_rc reply_rules_new(const char *text, size_t len, struct reply_rules **rules_r, struct ik_error *err);
void reply_rules_free(struct reply_rules **rules);
/* reply_rules_each() - the rows in file order, for documents and tests. */
void reply_rules_each(const struct reply_rules *rules, void (*seen)(void *arg, const char *name, const char *kind, const char *language, const char *pattern, const char *example), void *arg);

struct reply_cut {
	const char *rule;               /* the first rule that cut, NULL when nothing was cut; lives as long as rules or static */
	size_t start, end;              /* what was left out at the end of text; start = length of text: nothing */
	bool is_forward;                /* a forward, kept whole */
	size_t forwarded;               /* where in text the forwarded part begins; length of text: nowhere to be seen */
};

/* Who wrote the text, as far as is known: display name and address, each may be NULL; and whether his mail names one that it answers. */
struct reply_writer { const char *name, *address; bool is_answer; };

/* reply_cut() - appends the reply to out. marks may be NULL. Never empty when text is not. writer may be NULL; only a known writer's block of
 * contacts is told from that of somebody he writes of, and what he cites from what his mail answers. */
void reply_cut_of(struct buf *out, const struct reply_rules *rules, const char *text, size_t len, const struct html_marks *marks, const char *subject, const struct reply_writer *writer, struct reply_cut *cut_r);
void reply_cut(struct buf *out, const struct reply_rules *rules, const char *text, size_t len, const struct html_marks *marks, const char *subject, struct reply_cut *cut_r);

/* reply_begins_forward() - the first filled line is the one that mail programs put above a forwarded message. */
bool reply_begins_forward(const struct reply_rules *rules, const char *text, size_t len);
/* reply_unmark_forward() - a quoting container that is a forward loses one level of its quote marks in the text. */
void reply_unmark_forward(struct buf *text, const struct reply_rules *rules, struct html_marks *marks);

enum reply_prefix { REPLY_NO_PREFIX, REPLY_IS_REPLY, REPLY_IS_FORWARD };
/* reply_prefix() - what the outermost "Re:", "回复：", "Fwd:", "WG:" ... of a subject says; *rest_r is what stands behind it. */
enum reply_prefix reply_prefix(const char *subject, const char **rest_r);

#endif
