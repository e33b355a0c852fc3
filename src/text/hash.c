/* hash.c - XXH3, folded to 32 bits. */
#include "text/hash.h"

#define XXH_INLINE_ALL                  /* pieces of a few bytes: the call would cost as much as the hash */
#include <xxhash.h>

static uint32_t fold(uint64_t wide)
{
	const uint32_t narrow = (uint32_t)(wide ^ wide >> 32);

	return narrow != 0 ? narrow : 1;
}

uint32_t hash_text(const void *data, size_t len)
{
	return fold(XXH3_64bits(data, len));
}

/* Of a length that the compiler knows, so that little of the hash is left. */
__attribute__((flatten)) uint32_t hash_four(const char data[4])
{
	return fold(XXH3_64bits(data, 4));
}

__attribute__((flatten)) uint32_t hash_mix(uint32_t a, uint32_t b)
{
	const uint32_t pair[2] = { a, b };

	return fold(XXH3_64bits(pair, sizeof(pair)));
}
