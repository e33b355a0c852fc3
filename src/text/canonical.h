/* canonical.h - one written form for texts that say the same in other characters, with the punctuation that structure needs.
 *
 * Width, case, Traditional and Simplified, romanised sounds in brackets behind a character, invisible characters and ornaments
 * are made equal. What is left: letters and digits as text_fold() gives them, and of punctuation only
 *   LF line end   | sentence end   space any other gap   and . , : - / # @ + * % ' _ ( ) $ and the signs of yuan, euro and pound.
 * Thread: any. */
#ifndef TEXT_CANONICAL_H
#define TEXT_CANONICAL_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

#define CANONICAL_SOURCE_MAX 16384      /* bytes of a text that are looked at; a complaint says its matter before */
#define CANONICAL_MAX (4 * CANONICAL_SOURCE_MAX)

/* canonical_text() - appends the form of the first CANONICAL_SOURCE_MAX bytes; out's maximum should be CANONICAL_MAX. False when out is full. */
bool canonical_text(struct buf *out, const char *text, size_t len);
/* canonical_is_html() - whether a plain field holds markup: a known tag, or an entity. */
bool canonical_is_html(const char *text, size_t len);

#endif
