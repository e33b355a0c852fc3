/* same_words.h - a machine that marks nothing answers every acknowledgement of ours in the same words, with another number each time. Whoever
 * writes the same words again and again is acknowledged twice a day for them, and no more. Thread: the store thread. */
#ifndef PIPELINE_SAME_WORDS_H
#define PIPELINE_SAME_WORDS_H

#include <stdint.h>
#include "store/store.h"

#define SAME_WORDS_A_DAY 2

/* same_words_ask() - who: a folded address; words: the key of what the writer wrote now. withheld_r: "limit-same-words", or NULL: then this one is counted.
 * Texts of a few words are not looked at: people write "thank you" more than once. */
enum ik_rc same_words_ask(struct store_tx *tx, const char *who, uint32_t words, int64_t at, const char **withheld_r, struct ik_error *err);
/* same_words_key() - the words of text without figures, codes, spaces and signs, as a hash; 0 when they are too few. Any thread. text may be NULL. */
uint32_t same_words_key(const char *text);

#endif
