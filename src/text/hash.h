/* hash.h - the 32-bit hash under which pieces of texts are compared. Not secret: nothing is protected by it. */
#ifndef TEXT_HASH_H
#define TEXT_HASH_H

#include <stddef.h>
#include <stdint.h>

/* hash_text() - XXH3, folded to 32 bits; never 0. */
uint32_t hash_text(const void *data, size_t len);

/* XXH3 of four or eight bytes, which are one number here, for seed 0. Source: XXH3_len_4to8_64b() of xxhash 0.8; a test holds it against the library. */
static inline uint32_t hash_number(uint64_t number, uint64_t len)
{
	uint64_t h = number ^ UINT64_C(0xC73AB174C5ECD5A2);     /* of the library's secret */
	uint32_t narrow;

	h ^= (h << 49 | h >> 15) ^ (h << 24 | h >> 40);
	h *= UINT64_C(0x9FB21C651E98DF25);
	h ^= (h >> 35) + len;
	h *= UINT64_C(0x9FB21C651E98DF25);
	h ^= h >> 28;
	narrow = (uint32_t)(h ^ h >> 32);
	return narrow != 0 ? narrow : 1;
}

/* hash_mix() - a hash of two hashes, in order; never 0. */
static inline uint32_t hash_mix(uint32_t a, uint32_t b)
{
	return hash_number((uint64_t)a << 32 | b, 8);
}

/* hash_four() - hash_text() of four bytes, quicker. */
static inline uint32_t hash_four(const char data[4])
{
	const uint32_t four = (uint32_t)(unsigned char)data[0] | (uint32_t)(unsigned char)data[1] << 8 | (uint32_t)(unsigned char)data[2] << 16 | (uint32_t)(unsigned char)data[3] << 24;

	return hash_number((uint64_t)four << 32 | four, 4);
}

#endif
