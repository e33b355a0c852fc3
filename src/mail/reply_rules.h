/* reply_rules.h - the rows of conf/rules/reply.tsv ready for matching, and the form in which lines are compared. Thread: any, const after loading. */
#ifndef MAIL_REPLY_RULES_H
#define MAIL_REPLY_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

enum reply_kind {
	REPLY_ATTRIBUTION, REPLY_ORIGINAL, REPLY_FORWARD, REPLY_FROM, REPLY_DATE, REPLY_TO, REPLY_CC, REPLY_SUBJECT, REPLY_OTHER, REPLY_MOBILE,
	REPLY_NOTICE, REPLY_CLOSING, REPLY_GIVEN, REPLY_GIVEN_MAIL, REPLY_NAME, REPLY_FIRM, REPLY_CONTACT, REPLY_STREET, REPLY_KINDS,
};

struct reply_row { const char *name, *kind_name, *language, *pattern, *example; enum reply_kind kind; int language_index; };
/* One alternative of a row's pattern, folded. */
struct reply_pattern { const char *text; size_t len; const struct reply_row *row; bool starts_open; };
/* The first and last eight bytes of a line, NUL where it is shorter; and which of them a pattern gives, as far as no '*' stands before or behind. */
struct reply_ends { uint64_t head, tail; };
struct reply_fit { struct reply_ends bytes, mask; };
/* order[from[c]] to order[upto[c]] are the patterns that a line beginning with byte c may fit, as they stand in the file; fits: of the items. */
struct reply_patterns { struct reply_pattern *items; struct reply_fit *fits; uint32_t *order; size_t count; uint32_t from[256], upto[256]; };

struct reply_rules {
	char *text;                             /* the file, cut into fields; rows point into it */
	char *folded;                           /* all patterns, folded */
	struct reply_row *rows;
	size_t row_count;
	struct reply_patterns kinds[REPLY_KINDS];
};

/* reply_fold() - appends text as it is compared: lower case, plain spaces, colons, quotes and brackets, invisible marks out. */
void reply_fold(struct buf *out, const char *text, size_t len);
/* reply_ends_of() - of a line. reply_may_fit() - false: the line does not fit, for its first or last bytes are others. */
struct reply_ends reply_ends_of(const char *line, size_t len);
static inline bool reply_may_fit(const struct reply_fit *fit, const struct reply_ends *ends)
{
	return (((ends->head ^ fit->bytes.head) & fit->mask.head) | ((ends->tail ^ fit->bytes.tail) & fit->mask.tail)) == 0;
}
/* reply_glob() - '*' is any run; linear in line and pattern. */
bool reply_glob(const struct reply_pattern *pattern, const char *line, size_t len);
/* reply_match() - the row of this kind that the line fits, NULL when none. */
const struct reply_row *reply_match(const struct reply_rules *rules, enum reply_kind kind, const char *line, size_t len);

#define REPLY_LANGUAGES_MAX 48
/* reply_field() - which header fields a name may be: roles_r[language] gets the bits 1 << kind. False when none. */
bool reply_field(const struct reply_rules *rules, const char *name, size_t len, uint16_t roles_r[REPLY_LANGUAGES_MAX]);

#endif
