/* similar_clauses.h - reading a canonical text by its pieces: what they say of the message as a whole, and which of them say nothing about the matter.
 *
 * A sentence ends at a full stop or a line; a piece at a comma as well. Thread: any; no state. */
#ifndef PIPELINE_SIMILAR_CLAUSES_H
#define PIPELINE_SIMILAR_CLAUSES_H

#include "pipeline/similar_parts.h"

size_t clause_piece_end(const char *text, size_t end, size_t at);
/* clause_starts_with() - length of the longest phrase of this mark at the start; 0: none. */
size_t clause_starts_with(const char *text, size_t len, unsigned mark);
size_t clause_skip_space(const char *text, size_t at, size_t end);
size_t clause_sentence_len(const char *text, size_t len);
/* clause_first_len() - of a sentence what stands before its first comma or colon. */
size_t clause_first_len(const char *text, size_t len);

/* similar_turns() - whether a clause begins by going over to something else: "by the way, ..."; behind a clause it only says that this comes late. */
bool similar_turns(const char *text, size_t len);
/* similar_only_asks() - whether it asks for something that everybody may ask for, and tells of nothing. has_mark: MARK_ASKS stands somewhere in it. */
bool similar_only_asks(const char *text, size_t len, bool has_mark);
/* similar_encloses() - whether it starts by handing something in: "attached is the receipt". */
bool similar_encloses(const char *text, size_t len);
/* similar_begins() - whether a clause tells of a purchase and when or where it was: "ordered last wednesday" in Chinese, where day and place stand
 * somewhere before the verb. */
bool similar_begins(const char *text, size_t len);
/* similar_tells_the_next() - whether one clause says that the earlier one is settled ("the february one you have refunded") and another tells of now. */
bool similar_tells_the_next(const char *text, size_t len);
/* clause_stands_apart() - whether a piece says that this is another matter than what was told before: APART_SAID by itself ("a separate question"), APART_FROM
 * only if what it names was told before ("nothing to do with the deposit", where the weather may stand as well): named_r, len_r: that name in the text. */
enum clause_apart { APART_NOT, APART_SAID, APART_FROM };
enum clause_apart clause_stands_apart(const char *text, size_t len, const char **named_r, size_t *len_r);
/* clause_may_stand_apart() - whether some piece of a text may: one look instead of one for each piece. */
bool clause_may_stand_apart(const char *text, size_t len);
bool clause_has_one_of(const char *text, size_t len, const char *const *words, size_t count);

/* similar_blank.c: blanks over what is no word of the matter; lengths stay. */
/* similar_blank_forms() - whether it is a form; over its labels and over lines that only name the person. */
bool similar_blank_forms(char *text, size_t len);
/* similar_blank_called() - over "name" with a person's name behind it, wherever it stands. */
void similar_blank_called(char *text, size_t len);
/* similar_blank_mentions() - over "@firm": whom a post calls, not what it tells. */
void similar_blank_mentions(char *text, size_t len);
/* similar_blank_cover() - over sentences that only say that it is told once more. */
void similar_blank_cover(char *text, size_t len);
/* similar_blank_apart() - over what says that this is another matter, with the name of the earlier one in it; whether anything does by itself. named: gets the
 * names of what it says to have nothing to do with, a line each, as far as there is room. */
bool similar_blank_apart(char *text, size_t len, struct buf *named);

/* similar_is_han_name() - a common family name and one or two characters; before folding or behind it. */
bool similar_is_han_name(const char *text, size_t len);

#endif
