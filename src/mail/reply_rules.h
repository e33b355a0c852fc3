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
/* One alternative of a row's pattern, folded. */
struct reply_pattern { const char *text; size_t len; const struct reply_row *row; bool starts_open; char first; };
/* begins[c]: some pattern begins with byte c; all are set when one begins with '*'. */
struct reply_patterns { struct reply_pattern *items; size_t count; bool begins[256]; };

struct reply_rules {
	char *text;                             /* the file, cut into fields; rows point into it */
	char *folded;                           /* all patterns, folded */
	struct reply_row *rows;
	size_t row_count;
	struct reply_patterns kinds[REPLY_KINDS];
};

/* reply_fold() - appends text as it is compared: lower case, plain spaces, colons, quotes and brackets, invisible marks out. */
void reply_fold(struct buf *out, const char *text, size_t len);
/* reply_glob() - '*' is any run; linear in line and pattern. */
bool reply_glob(const struct reply_pattern *pattern, const char *line, size_t len);
/* reply_match() - the row of this kind that the line fits, NULL when none. */
const struct reply_row *reply_match(const struct reply_rules *rules, enum reply_kind kind, const char *line, size_t len);

#define REPLY_LANGUAGES_MAX 48
/* reply_field() - which header fields a name may be: roles_r[language] gets the bits 1 << kind. False when none. */
bool reply_field(const struct reply_rules *rules, const char *name, size_t len, uint16_t roles_r[REPLY_LANGUAGES_MAX]);

#endif
