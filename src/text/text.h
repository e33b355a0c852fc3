/* text.h - characters with properties: HTML to text, charsets, folding, language. ICU and libxml2 behind it.
 * Runs in the worker for hostile bytes; folding and language also in the core on clean UTF-8. Thread: any. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

/* text_from_charset() - bytes of a labelled charset as clean UTF-8; never fails. Label widened (gb2312 -> gb18030, ...), valid UTF-8 wins
 * over a wrong label, unlabelled 8-bit is guessed. label and fallback may be NULL. Returns whether U+FFFD was put in. */
bool text_from_charset(struct buf *out, const void *bytes, size_t len, const char *label, const char *fallback);
/* text_from_html() - readable text: blocks, lists, tables, links; hidden text and comments out. html is UTF-8. */
enum ik_rc text_from_html(struct buf *out, const char *html, size_t len, struct ik_error *err);
/* text_language() - two letters ("zh" for both scripts) or "" when it cannot be told. language_r: 8 bytes. */
void text_language(const char *text, size_t len, char language_r[8]);
/* text_fold() - for comparing: NFKC, case, Traditional to Simplified, no punctuation or space, digits kept. */
bool text_fold(struct buf *out, const char *text, size_t len);

/* text_simplify() - the Simplified form of one Chinese character, where it is one character too; any other stays as it is. */
uint32_t text_simplify(uint32_t c);

#endif
