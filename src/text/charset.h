/* charset.h - what a charset label means in real mail, and how bytes of it become UTF-8. The public entry is text_from_charset() in
 * text.h; this header is for set-up and for tests. Thread: any. */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

/* charset_prepare() - opens every converter once, so that none is looked for in files later. */
void charset_prepare(void);
/* charset_name() - the converter a label stands for, after widening; NULL for labels that say nothing or must not be followed (UTF-7).
 * name_r: 64 bytes. */
const char *charset_name(const char *label, char name_r[64]);

#endif
