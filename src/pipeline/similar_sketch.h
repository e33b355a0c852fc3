/* similar_sketch.h - how often a feature was seen: counts in a table of fixed size (count-min), halved when it has grown full.
 *
 * Threads: one counts, others may read meanwhile: entries are atomic, and a count that is off by a few changes nothing. */
#ifndef PIPELINE_SIMILAR_SKETCH_H
#define PIPELINE_SIMILAR_SKETCH_H

#include <stdatomic.h>
#include <stdint.h>

#define SKETCH_ROWS 4
#define SKETCH_COLUMNS 65536u

struct similar_sketch {
	_Atomic uint32_t messages;      /* counted since the halvings, halved with the rest */
	_Atomic uint16_t counts[SKETCH_ROWS][SKETCH_COLUMNS];
};

uint32_t sketch_count(const struct similar_sketch *sketch, uint32_t hash);
void sketch_add(struct similar_sketch *sketch, uint32_t hash);
/* sketch_message() - one more message; halves all when they have become too many. */
void sketch_message(struct similar_sketch *sketch);
/* sketch_rarity() - 1 for what nobody wrote yet down to SKETCH_RARITY_MIN for what everybody writes. */
#define SKETCH_RARITY_MIN 0.3
double sketch_rarity(const struct similar_sketch *sketch, uint32_t hash);

#endif
