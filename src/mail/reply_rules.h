/* reply_rules.h - the rows of conf/rules/reply.tsv ready for matching, and the form in which lines are compared. Thread: any, const after loading. */
#ifndef MAIL_REPLY_RULES_H
#define MAIL_REPLY_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

enum reply_kind {
	REPLY_ATTRIBUTION, REPLY_ORIGINAL, REPLY_FORWARD, REPLY_FROM, REPLY_DATE, REPLY_TO, REPLY_CC, REPLY_SUBJECT, REPLY_OTHER, REPLY_MOBILE,
	REPLY_NOTICE, REPLY_CLOSING, REPLY_KINDS,
};

struct reply_row { const char *name, *kind_name, *language, *pattern, *example; enum reply_kind kind; int language_index; };
/* One alternative of a row's pattern, folded. tail: how many bytes stand behind its last '*', all of them when it has none; end: the last two. second: '*' when the second byte may be any. */
struct reply_pattern { const char *text; size_t len, tail; const struct reply_row *row; bool starts_open; char first, second, end[2]; };
/* order[from[c]] to order[upto[c]] are the patterns that a line beginning with byte c may fit, as they stand in the file. */
struct reply_patterns { struct reply_pattern *items; uint32_t *order; size_t count; uint32_t from[256], upto[256]; };

struct reply_rules {
	char *text;                             /* the file, cut into fields; rows point into it */
	char *folded;                           /* all patterns, folded */
	struct reply_row *rows;
	size_t row_count;
	struct reply_patterns kinds[REPLY_KINDS];
};

/* reply_fold() - appends text as it is compared: lower case, plain spaces, colons, quotes and brackets, invisible marks out. */
void reply_fold(struct buf *out, const char *text, size_t len);
/* reply_may_fit() - false: certainly not. For patterns that are in order for the line's first byte; line is not empty. */
static inline bool reply_may_fit(const struct reply_pattern *pattern, const char *line, size_t len)
{
	if (pattern->second != '*' && (len < 2 || pattern->second != line[1])) return false;
	if (pattern->tail == 0) return true;
	return pattern->end[1] == line[len - 1] && (pattern->tail == 1 || (len >= 2 && pattern->end[0] == line[len - 2]));
}
/* reply_glob() - '*' is any run; linear in line and pattern. */
bool reply_glob(const struct reply_pattern *pattern, const char *line, size_t len);
/* reply_match() - the row of this kind that the line fits, NULL when none. */
const struct reply_row *reply_match(const struct reply_rules *rules, enum reply_kind kind, const char *line, size_t len);

#define REPLY_LANGUAGES_MAX 48
/* reply_field() - which header fields a name may be: roles_r[language] gets the bits 1 << kind. False when none. */
bool reply_field(const struct reply_rules *rules, const char *name, size_t len, uint16_t roles_r[REPLY_LANGUAGES_MAX]);

#endif
