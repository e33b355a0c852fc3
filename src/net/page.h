/* page.h - what all pages share: escaping, the choice between the three languages, the frame around the content.
 * Pages need no script and load nothing but /style.css. Thread: any. */
#ifndef NET_PAGE_H
#define NET_PAGE_H

#include <stdbool.h>
#include "base/buf.h"

enum page_language { PAGE_EN, PAGE_HANS, PAGE_HANT, PAGE_LANGUAGES };
/* What a page says, in each of them: a text that misses one does not compile. */
#define PAGE_WORDS(en, hans, hant) { [PAGE_EN] = en, [PAGE_HANS] = hans, [PAGE_HANT] = hant }

/* page_language() - from ?lang= (or a form field), else the best of Accept-Language, else otherwise, else English. Each may be NULL. */
enum page_language page_language(const char *asked, const char *accept, const char *otherwise);
/* page_speaks() - whether pages are written in the language of a tag; NULL: no. */
bool page_speaks(const char *tag);
/* page_tag() - "en", "zh-Hans" or "zh-Hant"; page_short() - "en", "zh" or "zh-Hant", as written in ?lang=. */
const char *page_tag(enum page_language language);
const char *page_short(enum page_language language);

/* page_text() - text with & < > " ' escaped, for content and quoted attributes. page_lines() - the same, line ends as <br>. */
void page_text(struct buf *b, const char *text);
void page_lines(struct buf *b, const char *text);
/* page_format() - as buf_format(), but what %s stands for is escaped. Only %s and %%. */
void page_format(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* How a brand looks: a stylesheet over ours, a picture, a name. Each may be NULL; a picture without a name is decoration. */
struct page_look { const char *style, *logo, *name; };

/* page_begin() - up to and with <main class="KIND">; page_end() closes. switch_to: address of the same page in another language without
 * its lang value ("?lang=", "/status?lang="); NULL: no link. */
void page_begin(struct buf *b, enum page_language language, const char *title, const char *kind, const char *switch_to);
/* page_begin_look() - page_begin() in a brand's look. */
void page_begin_look(struct buf *b, enum page_language language, const char *title, const char *kind, const char *switch_to, const struct page_look *look);
void page_end(struct buf *b);
/* page_end_form() - instead of page_end() on a page with <form id="form"> and no other way to the other languages: buttons of that form (its
 * field "switch"), so that what was typed comes along. They stand last, since the first button of a form is what the Enter key presses. */
void page_end_form(struct buf *b, enum page_language language);

#endif
