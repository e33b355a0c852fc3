/* hash.c - see hash.h. */
#include "text/hash.h"

#define XXH_INLINE_ALL                  /* words are short: the call would cost as much as the hash */
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
