/* mask.h - a text without what names or reaches a person: mail addresses, links, user names, long numbers and the names that are given.
 *
 * What is left says what the matter is; amounts of money stay, because the size of a loss does. A rule of thumb and no anonymisation: a name
 * nobody gave, an address in words, a story that only one person can tell are still there. Thread: any. */
#ifndef TEXT_MASK_H
#define TEXT_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

/* text_mask() - appends text with <mail>, <link>, <user>, <number> and <name> in the places of such. names: as people write them, each also by its
 * parts; entries may be NULL or "". text: valid UTF-8. False when out is full. */
bool text_mask(struct buf *out, const char *text, size_t len, const char *const *names, size_t name_count);

#endif
