/* similar_sketch.c - count-min: four cells a feature, of which the smallest is nearest the truth. */
#include "pipeline/similar_sketch.h"

#include <math.h>

#define FULL 200000u                    /* messages after which everything is halved: the present counts more than last year */
#define PRIOR 50.0                      /* messages that an empty sketch is taken to have seen, so that the first ones do not swing */

static uint32_t column(uint32_t hash, uint32_t row)
{
	uint64_t x = ((uint64_t)row << 32 | hash) * UINT64_C(0x9E3779B97F4A7C15);

	x ^= x >> 29;
	x *= UINT64_C(0xBF58476D1CE4E5B9);
	return (uint32_t)(x >> 40) % SKETCH_COLUMNS;
}

uint32_t sketch_count(const struct similar_sketch *sketch, uint32_t hash)
{
	uint32_t least = UINT32_MAX;

	for (uint32_t row = 0; row < SKETCH_ROWS; row++) {
		const uint32_t n = atomic_load_explicit(&sketch->counts[row][column(hash, row)], memory_order_relaxed);

		if (n < least) least = n;
	}
	return least;
}

void sketch_add(struct similar_sketch *sketch, uint32_t hash)
{
	for (uint32_t row = 0; row < SKETCH_ROWS; row++) {
		_Atomic uint16_t *cell = &sketch->counts[row][column(hash, row)];
		const uint16_t n = atomic_load_explicit(cell, memory_order_relaxed);

		if (n < UINT16_MAX) atomic_store_explicit(cell, (uint16_t)(n + 1), memory_order_relaxed);
	}
}

static void halve(struct similar_sketch *sketch)
{
	for (uint32_t row = 0; row < SKETCH_ROWS; row++)
		for (uint32_t i = 0; i < SKETCH_COLUMNS; i++)
			atomic_store_explicit(&sketch->counts[row][i], atomic_load_explicit(&sketch->counts[row][i], memory_order_relaxed) / 2, memory_order_relaxed);
	atomic_store_explicit(&sketch->messages, atomic_load_explicit(&sketch->messages, memory_order_relaxed) / 2, memory_order_relaxed);
}

void sketch_message(struct similar_sketch *sketch)
{
	if (atomic_fetch_add_explicit(&sketch->messages, 1, memory_order_relaxed) + 1 >= FULL) halve(sketch);
}

double sketch_rarity(const struct similar_sketch *sketch, uint32_t hash)
{
	const double all = PRIOR + atomic_load_explicit(&sketch->messages, memory_order_relaxed);
	const double rarity = log(all / (1.0 + sketch_count(sketch, hash))) / log(all);

	return rarity > SKETCH_RARITY_MIN ? rarity : SKETCH_RARITY_MIN;
}
