/* features.h - what a text is made of, for comparing: words and pairs of characters as hashes with weights, by sentence.
 *
 * Weights are what the kind of word deserves; how rare it is among our customers' messages is the caller's knowledge. Thread: any. */
#ifndef TEXT_FEATURES_H
#define TEXT_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "text/identifiers.h"
#include "text/lexicon.h"

#define FEATURES_MAX 320                /* of one text; of longer ones those with the smallest hashes, so that equal texts keep equal ones */
#define FEATURE_PLACES_MAX 1600         /* occurrences, for the comparison by sentence */
#define FEATURE_SENTENCES_MAX 120
#define FEATURE_ONE 256                 /* weight 1 */

enum feature_flag {
	FEATURE_NOT = 1,        /* a state that is denied somewhere in the text */
	FEATURE_YES = 2,        /* ... or affirmed */
	FEATURE_THING = 4,
	FEATURE_PLACE = 8,
	FEATURE_COMMON = 16,    /* grammar or any complaint's words */
	FEATURE_WEEKDAY = 32,
	FEATURE_CODE = 1024,    /* letters and digits, a version, what a server answers: the same in every language */
	FEATURE_EVENT = 2048,   /* a word of the lexicon that says what happened */
	FEATURE_WHOLE = 512,    /* a whole Latin word, whose pieces stand beside it */
	FEATURE_SITE_NAME = 256,/* ... what sets it apart from other ones: "elm" of "elm street" */
	FEATURE_MODEL = 128,    /* stands before a thing and says which: "fjell" of "fjell tent" */
	FEATURE_SITE = 64,      /* the name of a street, an estate, a station: where it was, not what happened */
};

struct feature { uint32_t hash; uint16_t weight; uint16_t flags; };
struct feature_place { uint32_t hash; uint16_t weight; uint8_t sentence, word; };     /* word: the same for all features of one Latin word, and another than its neighbours' */

struct features {
	struct feature all[FEATURES_MAX];       /* by hash, each once */
	size_t count;
	struct feature_place places[FEATURE_PLACES_MAX];
	size_t place_count, sentence_count;
	bool denies;            /* some clause has a "not" */
	size_t length;          /* Han characters, and twice the Latin words */
	uint64_t own;           /* sum of the weights of what is not common, all occurrences counted once */
};

/* feature_negation() - the hash that stands for the nth word that denies, from 0 on; so that two texts can be asked for how many they have. */
#define FEATURE_NEGATIONS_MAX 6
uint32_t feature_negation(unsigned nth);
/* features_find() - text: canonical; what the identifiers cover gives no features. */
void features_find(const struct lexicon *lexicon, const char *text, size_t len, const struct ident *idents, size_t ident_count, struct features *f_r);

#endif
