/* sounds.h - how a Han character sounds, as far as slips of those who type by sound go. Const after sounds_read(), shared by all threads. */
#ifndef TEXT_SOUNDS_H
#define TEXT_SOUNDS_H

#include <stdint.h>

#define SOUNDS_FIRST 0x4e00
#define SOUNDS_LAST 0x9fff

struct sounds { uint16_t syllables[SOUNDS_LAST - SOUNDS_FIRST + 1]; };  /* 0: like no other */

void sounds_read(struct sounds *sounds_r);
/* sounds_of() - of a character of three bytes of UTF-8: the number of its syllable, else the character itself; 0 for one of other length. */
uint32_t sounds_of(const struct sounds *sounds, const char *character);

#endif
