/* hash.h - the 32-bit hash under which pieces of texts are compared. Not secret: nothing is protected by it. */
#ifndef TEXT_HASH_H
#define TEXT_HASH_H

#include <stddef.h>
#include <stdint.h>

/* hash_text() - never 0. */
uint32_t hash_text(const void *data, size_t len);
/* hash_four() - hash_text() of four bytes, quicker. */
uint32_t hash_four(const char data[4]);
/* hash_mix() - a hash of two hashes, in order; never 0. */
uint32_t hash_mix(uint32_t a, uint32_t b);

#endif
