/* code.h - tracking codes and ticket numbers as text. Pure functions; thread: any. */
#ifndef STORE_CODE_H
#define STORE_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "store/store.h"

#define CODE_LEN 16
#define CODE_RANDOM 15                  /* symbols of 5 bits; the last one checks */
#define NUMBER_FACTOR 1000000000

/* code_make() - from CODE_RANDOM random bytes, of which five bits each are used. */
void code_make(const unsigned char random[CODE_RANDOM], char code_r[STORE_CODE_SIZE]);
/* number_text() - "202611-001" of month * NUMBER_FACTOR + sequence. number_parse() - the reverse, or 0. */
char *number_text(int64_t number, char text_r[STORE_NUMBER_SIZE]);
int64_t number_parse(const char *text);

#endif
