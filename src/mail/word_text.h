/* word_text.h - a text looked through once for every word of all lists of automatic_words.h that are sought in texts: no further than was asked for, and
 * not again. Thread: one for each text. */
#ifndef MAIL_WORD_TEXT_H
#define MAIL_WORD_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "mail/automatic_words.h"

/* What was found so far. text: borrowed. at: how far the look has come. ends[list] is where the earliest end of one of its words lies, 0 for none. */
struct word_text {
	const char *text;
	size_t len, at;
	uint32_t ends[WORD_LISTS_SOUGHT];
	bool is_in_first_person;
};

/* word_text_init() - text ends with a NUL at len, which is less than 4 GB. */
void word_text_init(struct word_text *t, const char *text, size_t len);

/* words_among() - one of the words is in the text. words_near_start() - one begins and ends within its first bytes. words_of_first_person() - one of
 * words_first_person stands in it as a word of its own. words_in() - of a text that is asked once. */
bool words_among(const struct words *words, struct word_text *t);
bool words_near_start(const struct words *words, struct word_text *t, size_t within);
bool words_of_first_person(struct word_text *t);
bool words_in(const struct words *words, const char *text);

#endif
