/* rtf.h - rich text as Outlook packs it into winmail.dat: unpacked, and read as text or as the HTML that is folded into it.
 *
 * Hostile bytes: linear in what goes in and bounded by the caller's buffers, groups deeper than RTF_DEPTH_MAX lose their own properties but not
 * their text. Source: MS-OXRTFCP 3.0 (packing), MS-OXRTFEX 3.0 (HTML in RTF), RTF 1.9.1. Thread: any. */
#ifndef TEXT_RTF_H
#define TEXT_RTF_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

#define RTF_DEPTH_MAX 128
#define RTF_FONTS_MAX 256

/* rtf_unpack() - appends the rich text; false when the bytes are not packed rich text. What is cut off or does not fit ends it early. */
bool rtf_unpack(struct buf *out, const void *bytes, size_t len);
/* rtf_read() - appends the words as UTF-8: plain text, or HTML where the rich text was made of it (true). */
bool rtf_read(struct buf *out, const char *rtf, size_t len);

#endif
