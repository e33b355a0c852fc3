/* stop_words.h - the commonest words of languages that share a script, one row a language; words stand between single spaces. */
#ifndef TEXT_STOP_WORDS_H
#define TEXT_STOP_WORDS_H

#include <stdbool.h>

#define STOP_WORD_LANGUAGES 22

struct stop_word_list { const char *code; bool is_cyrillic; const char *words; };
extern const struct stop_word_list stop_words[STOP_WORD_LANGUAGES];

#endif
