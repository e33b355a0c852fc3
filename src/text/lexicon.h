/* lexicon.h - what is known of single words: which of them every complaint uses, which mean the same, which name a thing or a place,
 * which turn a statement round. Words in canonical form. Const after lexicon_new(), shared by all threads. */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum word_class {
	WORD_UNKNOWN,           /* not in the lexicon: what a text is about */
	WORD_STOP,              /* grammar */
	WORD_GENERIC,           /* what any complaint says */
	WORD_KNOWN,             /* has other words for it, otherwise as unknown */
	WORD_THING,             /* a kind of product: two texts about two of them are about two matters */
	WORD_PLACE,
	WORD_STATE,             /* happened or not: received, refunded, repaired */
	WORD_NOT,               /* turns the clause round */
	WORD_WISH,              /* what follows is asked for, not told */
	WORD_WEEKDAY,
	WORD_CLASSES
};

/* What a whole phrase says about the message. */
enum word_mark {
	MARK_CHASE = 1,         /* asks after something told before: "any news", "still waiting" */
	MARK_ADDS = 2,          /* adds to it: "forgot to mention" */
	MARK_OTHER = 4,         /* says that it is another matter: "a different order" */
	MARK_SOLVED = 8,        /* "it works now" */
	MARK_GREETING = 16,
	MARK_CLOSING = 32,
	MARK_DENIES = 64,       /* not a phrase: some clause has a "not" */
	MARK_HAN = 128,         /* not a phrase: more Han characters than Latin words */
	MARK_AGAIN = 256,       /* says that it is told once more: "in case my first mail did not reach you" */
	MARK_REFERS = 512,      /* points back: "the same oven" */
	MARK_MANY = 1024,       /* tells of what befalls many at once: a cancellation, an outage */
	MARK_STEP = 2048,       /* tells of a step that follows a complaint: "your engineer came", "the doctor says" */
	MARK_BEGINS = 4096,     /* tells how a matter began: "I bought" */
	MARK_TODAY = 32768,     /* tells what happened on the day it is told, or on the day before */
	MARK_WAITS = 16384,     /* speaks as of something going on: "still", "nobody came", "that thing yesterday" */
	MARK_ASKS = 8192,       /* of a clause: asks for something; of a message: does nothing else */
	MARK_CORRECTS = 65536,  /* takes back what was told: "the number was mistyped" */
	MARK_TURNS = 131072,    /* goes over to something else: "by the way" */
	MARK_PRAISE = 262144,   /* praises, and waits for nothing */
	MARK_CANCELS = 1048576, /* has cancelled something himself */
	MARK_ENCLOSES = 524288, /* at its start: hands something in */
	MARK_SELF = 1 << 22,    /* of himself, beside what was told for another: "my own card" */
	MARK_CONTENT = 1 << 21, /* is content with what came */
	MARK_GERMAN = 1 << 23, MARK_FRENCH = 1 << 24, MARK_JAPANESE = 1 << 25,  /* has words that only this language has */
	/* At its start: whose matter it is, when it is not the writer's own. */
	MARK_MOTHER = 1 << 26, MARK_FATHER = 1 << 27, MARK_SON = 1 << 28, MARK_DAUGHTER = 1 << 29, MARK_SPOUSE = 1 << 30,
};
#define MARKS_LANGUAGE (MARK_HAN | MARK_GERMAN | MARK_FRENCH | MARK_JAPANESE)
#define MARKS_RELATIVE (MARK_MOTHER | MARK_FATHER | MARK_SON | MARK_DAUGHTER | MARK_SPOUSE)

/* How a message stands to what was told before; unlike marks they decide nothing by themselves, see lexicon_tones.c. */
enum word_tone {
	TONE_THAT = 1,          /* points back at something: "that one", "about my" */
	TONE_OUTCOME = 2,       /* what came of it: "in the end", "it turned out" */
	TONE_YOU_DID = 4,       /* what we said, sent or promised */
	TONE_EXPERT = 8,        /* somebody who looked at it: a doctor, a garage, the police */
	TONE_PAID = 16,         /* a sum paid, offered or given back */
	TONE_SENT = 32,         /* what the customer sent or did as he was asked */
	TONE_THANKS = 64,       /* for something of its own: "thank you for" */
	TONE_PASSED = 128,      /* how long it has been */
	TONE_WANTS = 256,       /* a wish or question, as one begins */
	TONE_ENTRY = 512,       /* who writes, and what he bought: how one begins too */
};

struct word { uint32_t id; enum word_class class; unsigned marks; };    /* id: equal for words that mean the same */

struct lexicon;
struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon **lexicon);
/* lexicon_find() - the word, of at most LEXICON_WORD_MAX bytes; false when it is not known. */
#define LEXICON_WORD_MAX 30
bool lexicon_find(const struct lexicon *lexicon, const char *word, size_t len, struct word *word_r);
/* lexicon_find_near() - a Latin word of five letters or more that differs from a known one by one slip: two letters swapped, one too few,
 * too many or wrong; a shorter one only from a word of grammar, by two letters swapped. */
bool lexicon_find_near(const struct lexicon *lexicon, const char *word, size_t len, struct word *word_r);
/* lexicon_find_sounding() - a Han word of two characters or more that is typed by the syllables of a known one and has a character of it. */
bool lexicon_find_sounding(const struct lexicon *lexicon, const char *word, size_t len, struct word *word_r);
/* lexicon_sound() - a Han character as it is typed: equal for those of one syllable; 0 for what is not three bytes long. */
uint32_t lexicon_sound(const struct lexicon *lexicon, const char *character);
/* lexicon_skeleton() - hash of first letter and consonants, whatever their order and number: what most slips leave as it was. */
uint32_t lexicon_skeleton(const char *word, size_t len);
/* lexicon_marks() - the marks of all phrases in a canonical text. */
unsigned lexicon_marks(const struct lexicon *lexicon, const char *text, size_t len);
/* lexicon_tones_of() - the same for tones. */
unsigned lexicon_tones_of(const struct lexicon *lexicon, const char *text, size_t len);
/* lexicon_has_mark() - whether a phrase of this one mark stands in it. */
bool lexicon_has_mark(unsigned mark, const char *text, size_t len);
/* lexicon_stem() - the stem of a Latin word in place; returns its length. */
size_t lexicon_stem(char *word, size_t len);

/* lexicon_words.c: rows of words parted by blanks; in a row marked is_same all mean the first. */
struct lexicon_row { enum word_class class; bool is_same; const char *words; };
extern const struct lexicon_row lexicon_rows[], lexicon_foreign[];     /* foreign: the first of a row is English, and only its slips are looked for */
struct lexicon_phrase { unsigned mark; const char *phrases; };  /* parted by | */
extern const struct lexicon_phrase lexicon_phrases[]; /* lexicon_words.c */
extern const struct lexicon_phrase lexicon_tones[];        /* lexicon_tones.c; mark: enum word_tone */

#endif
