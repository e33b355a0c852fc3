/* persons.h - how many people a text says are concerned: "all 40 pupils", "我们班 12 个孩子", "a dozen guests". Thread: any. */
#ifndef TEXT_PERSONS_H
#define TEXT_PERSONS_H

#include <stddef.h>
#include <stdint.h>

#define PERSONS_MAX 1000000             /* more is not believed */

/* text_persons() - the largest number of people named, 0 when none is. Seats, portions, rooms and ages of people are none. text: valid UTF-8; the
 * first 16 KB are looked at. */
int64_t text_persons(const char *text, size_t len);

#endif
