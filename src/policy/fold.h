/* fold.h - text as rules see it: one code point to one code point, so that every place leads back to the original.
 * NFKC and case folding, Traditional to Simplified, white space to one blank, invisible characters out. Const after fold_new(). */
#ifndef POLICY_FOLD_H
#define POLICY_FOLD_H

#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>

struct fold;
enum ik_rc fold_new(struct fold **fold_r, struct ik_error *err);
void fold_free(struct fold **fold);

#define FOLD_SOURCE_MAX 16384
/* FOLD_ROOM() - bytes that the folded form of len bytes needs at most, NUL included. */
#define FOLD_ROOM(len) ((len) + (len) / 2 + 16)
/* fold_text() - text: len <= FOLD_SOURCE_MAX bytes of UTF-8. out_r and origin_r: FOLD_ROOM(len) items; origin_r[i] is the place in text of
 * the character that byte i belongs to, origin_r[length] is len. origin_r may be NULL. Line ends stay, as one "\n" each run.
 * Returns the length. */
size_t fold_text(const struct fold *fold, const char *text, size_t len, char *out_r, uint16_t *origin_r);

#endif
