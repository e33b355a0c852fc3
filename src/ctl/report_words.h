/* report_words.h - the words of a report in the language it is read in. */
#ifndef CTL_REPORT_WORDS_H
#define CTL_REPORT_WORDS_H

#include <stdbool.h>
#include <jansson.h>

/* report_is_chinese() - a language tag: "zh", "zh-Hans-CN"; NULL: no. */
bool report_is_chinese(const char *tag);
/* report_word() - in Chinese; what is no word of a report (a brand, a channel) stays as it is. Borrowed from the table or the caller. */
const char *report_word(const char *english);
/* report_translate() - tables {title, head[], rows[{heading: cell}]} in Chinese: titles, headings, and the names in the first column. New. */
json_t *report_translate(const json_t *tables);

#endif
