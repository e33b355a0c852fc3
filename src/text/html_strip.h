/* html_strip.h - HTML without what is never read of it: the parser takes forty steps for each byte of it, looking takes four. Thread: any. */
#ifndef TEXT_HTML_STRIP_H
#define TEXT_HTML_STRIP_H

#include <stddef.h>
#include "base/buf.h"

/* html_strip() - appends html without the attributes that neither html.c nor html_marks.c asks for and without the inside of comments. libxml2 reads the
 * same elements, attributes and texts out of it as out of html. */
void html_strip(struct buf *out, const char *html, size_t len);

#endif
