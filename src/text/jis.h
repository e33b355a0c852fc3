/* jis.h - ISO-2022-JP as mail really has it (half-width katakana, vendor rows, eight-bit lines) turned into Shift_JIS, which ICU reads
 * with the vendor characters that its own ISO-2022-JP lacks. Thread: any. */
#ifndef TEXT_JIS_H
#define TEXT_JIS_H

#include <stddef.h>
#include "base/buf.h"

void jis_to_shift_jis(struct buf *out, const char *bytes, size_t len);

#endif
