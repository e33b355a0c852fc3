/* roff.h - manual pages out of the tables the programs run on: the few man(7) macros they need. Texts come from the program itself;
 * what roff would take for a request is escaped all the same. */
#ifndef BASE_ROFF_H
#define BASE_ROFF_H

#include <stdio.h>

struct argp_option;

/* roff_head() - title line and the NAME section. */
void roff_head(FILE *out, const char *name, int section, const char *summary);
void roff_section(FILE *out, const char *heading);
void roff_subsection(FILE *out, const char *heading);
/* roff_text() - running text: an empty line parts paragraphs, lines that begin with two blanks are examples and stay as they are. */
void roff_text(FILE *out, const char *text);
/* roff_item() - a tag in bold, what follows it plain, and an indented text below. plain and text may be NULL. */
void roff_item(FILE *out, const char *tag, const char *plain, const char *text);
/* roff_options() - the visible rows of an argp table, each an item. */
void roff_options(FILE *out, const struct argp_option *options);

#endif
