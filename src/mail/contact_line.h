/* contact_line.h - what a single line may be within a block of contacts: name or firm, office, postal address, telephone, mail, site.
 * The words stand in the reply rules (kinds name, firm, contact, street). Thread: any. */
#ifndef MAIL_CONTACT_LINE_H
#define MAIL_CONTACT_LINE_H

#include "mail/reply_lines.h"

#define LINE_BYTES_MAX 320              /* folded: longer lines are no part of a block */

/* A run of bytes within a text, borrowed. */
struct piece { const char *text; size_t len; };

struct piece piece_of(const struct reply_line *line);           /* the folded line */
struct piece piece_trim(struct piece p, const char *signs);
size_t piece_characters(struct piece p);
/* piece_is_particle() - "van", "de", "und": written small within names and firms. */
bool piece_is_particle(struct piece word);

/* What a line is: no part of a block; a name, an office, a firm; a street or town; a site; a telephone or an address of mail. */
enum line_kind { LINE_OTHER, LINE_PLAIN, LINE_STREET, LINE_SITE, LINE_CONTACT };

/* line_kind_of() - above: the kind of the line above it; a postcode may stand below a street. */
enum line_kind line_kind_of(const struct reply_text *t, const struct reply_line *line, enum line_kind above);
/* line_is_name() - the first line of a block of so many lines reads as the name of a person or a firm. */
bool line_is_name(const struct reply_text *t, const struct reply_line *line, size_t lines);
/* line_is_firm() - it, or one of its parts between bars and commas, names a firm, an office or a department. */
bool line_is_firm(const struct reply_rules *rules, struct piece line);
/* line_is_mail_address() - nothing but an address of mail; with a label in front unless is_bare. */
bool line_is_mail_address(const struct reply_rules *rules, struct piece line, bool is_bare);

#endif
