/* language_tag.h - what a language tag (BCP 47, or a locale with underscores) says of Chinese and its script. Thread: any. */
#ifndef BASE_LANGUAGE_TAG_H
#define BASE_LANGUAGE_TAG_H

#include <stdbool.h>
#include <stddef.h>

/* language_tag_is() - whether a tag of len bytes is of this language: "en" for en and en-GB, not for eng. */
bool language_tag_is(const char *tag, size_t len, const char *language);
/* language_tag_is_traditional() - written in Traditional characters: zh-Hant and whatever follows it, and zh where they are written (TW, HK, MO) unless
 * the tag names the other script. Asked of Chinese tags only. */
bool language_tag_is_traditional(const char *tag, size_t len);

#endif
