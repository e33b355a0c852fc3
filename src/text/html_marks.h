/* html_marks.h - which elements mail programs put around quoted history and signatures, and which elements a reader never sees.
 * Thread: any. */
#ifndef TEXT_HTML_MARKS_H
#define TEXT_HTML_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include "text/html.h"

#define HTML_HIDDEN_MAX 32

/* What the style sheet of the mail hides: "element.class" or "element#id", of any element where that is "". is_undone: by a display of the element's own. */
struct html_selector { char element[16], name[40]; bool is_id, is_undone; };
struct html_hidden { struct html_selector selectors[HTML_HIDDEN_MAX]; size_t count; };

struct html_rule { const char *name; enum html_mark_kind kind; bool is_to_end; };

/* html_rule_of() - the rule an element falls under, NULL for ordinary ones. Attributes are name, value, ..., NULL as libxml2 gives them. */
const struct html_rule *html_rule_of(const char *element, const char *const *attributes);
/* html_is_hidden() - the reader does not see this element. */
bool html_is_hidden(const char *element, const char *const *attributes, const struct html_hidden *hidden);
/* html_read_styles() - collects the classes and ids that a style sheet hides outside of media queries. */
void html_read_styles(struct html_hidden *hidden, const char *sheet, size_t len);
/* The attributes that anybody asks for: html_strip.h leaves out all others. Those up to HTML_NAMING_ATTRIBUTES may name what mail programs put around text. */
enum html_name {
	HTML_CLASS, HTML_ID, HTML_NAME, HTML_TYPE, HTML_SMARTMAIL, HTML_MARKER, HTML_NAMING_ATTRIBUTES,
	HTML_STYLE = HTML_NAMING_ATTRIBUTES, HTML_HIDDEN, HTML_HREF, HTML_ALT, HTML_START, HTML_VALUE, HTML_ATTRIBUTES,
};
extern const char *const html_names[HTML_ATTRIBUTES];
/* html_attribute() - value of an attribute, NULL when absent. */
const char *html_attribute(const char *const *attributes, enum html_name name);
/* html_style_has() - "name:value" is in the style attribute, spaces and case aside. */
bool html_style_has(const char *const *attributes, const char *declaration);

#endif
