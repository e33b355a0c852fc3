/* html.h - HTML of a mail as readable text, with the ranges of the text that mail programs mark as quoted history or signature.
 *
 * Limits: the text stops at the maximum of the caller's buffer; elements nested deeper than HTML_DEPTH_MAX lose their own
 * properties but not their text. No network, no entities beyond HTML's own, nothing is run. Thread: any. */
#ifndef TEXT_HTML_H
#define TEXT_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <intaked/error.h>
#include "base/buf.h"

#define HTML_DEPTH_MAX 256
#define HTML_MARKS_MAX 64

enum html_mark_kind { HTML_HISTORY, HTML_ATTRIBUTION, HTML_SIGNATURE };
/* One container of a mail program: bytes start..end of the text. rule names the row that knew it. */
struct html_mark { size_t start, end; enum html_mark_kind kind; const char *rule; };
struct html_marks { struct html_mark marks[HTML_MARKS_MAX]; size_t count; };

/* html_prepare() - library set-up, once, before the first thread. */
void html_prepare(void);
/* html_to_text() - marks_r may be NULL. Marks come in order and do not overlap. */
enum ik_rc html_to_text(struct buf *out, const char *html, size_t len, struct html_marks *marks_r, struct ik_error *err);

#endif
