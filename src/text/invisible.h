/* invisible.h - characters that a reader never sees and that only pad or break words for layout: zero-width space, U+FEFF, soft hyphen, word
 * joiner, grapheme joiner. Joiners of letters and marks of direction are none of them: scripts need them. Thread: any. */
#ifndef TEXT_INVISIBLE_H
#define TEXT_INVISIBLE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/buf.h"

static inline bool text_is_invisible(int32_t c)
{
	return c == 0x200B || c == 0xFEFF || c == 0x034F || c == 0x00AD || c == 0x2060;
}

/* text_drop_invisible() - takes them out of valid UTF-8. */
void text_drop_invisible(struct buf *text);

#endif
