/* guess.h - which charset unlabelled 8-bit bytes are in, by how many common characters each reading gives. Thread: any. */
#ifndef TEXT_GUESS_H
#define TEXT_GUESS_H

#include <stdbool.h>
#include <stddef.h>

/* guess_charset() - the name of an ICU converter, never NULL. Looks at the first 4 KB. */
const char *guess_charset(const char *bytes, size_t len);
/* guess_charset_or() - name, unless another reading is clearly better. guess_fits() - the bytes make ordinary text in this charset. */
bool guess_fits(const char *bytes, size_t len, const char *name);
const char *guess_charset_or(const char *bytes, size_t len, const char *name);
/* guess_over_latin() - "windows-1252", unless the bytes are clearly double-byte text that a mailer labelled as Latin 1. */
const char *guess_over_latin(const char *bytes, size_t len);
/* guess_is_japanese() - what says it is Chinese (GB) holds kana, and its other characters are common in EUC-JP only. */
bool guess_is_japanese(const char *bytes, size_t len);
/* guess_is_damaged_utf8() - UTF-8 with few bad bytes: a cut or a mangled character. */
bool guess_is_damaged_utf8(const char *bytes, size_t len);

#endif
