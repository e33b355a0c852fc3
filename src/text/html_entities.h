/* html_entities.h - named characters that lack their semicolon, which browsers know and libxml2 does not. Thread: any. */
#ifndef TEXT_HTML_ENTITIES_H
#define TEXT_HTML_ENTITIES_H

#include "base/buf.h"

/* html_end_entities() - puts the semicolon where it lacks: in a text behind the name ("&nbspto"), in a tag only where the word ends with it ("&copy2" is
 * part of an address). html holds at least a byte. */
void html_end_entities(struct buf *html);

#endif
