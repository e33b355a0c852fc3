/* same_words.c - see same_words.h. */
#include "pipeline/same_words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "text/hash.h"

#define LOOK_AT_MAX 4000                /* bytes of text */
#define WORDS_BYTES_MIN 40

static bool is_word_byte(unsigned char c)
{
	return isalnum(c) || c == '-' || c == '_';
}

/* Appends an ASCII word in lower case, unless a figure makes it a number or a code. */
static size_t add_word(char *words, size_t have, const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (isdigit((unsigned char)word[i])) return have;
	for (size_t i = 0; i < len; i++) words[have++] = (char)tolower((unsigned char)word[i]);
	return have;
}

uint32_t same_words_key(const char *text)
{
	const size_t len = text != NULL ? strnlen(text, LOOK_AT_MAX) : 0;
	char words[LOOK_AT_MAX];
	size_t have = 0;

	for (size_t at = 0, run; at < len; at += run) {
		run = 1;
		if ((unsigned char)text[at] >= 0x80) {
			words[have++] = text[at];
		} else if (is_word_byte((unsigned char)text[at])) {
			while (at + run < len && is_word_byte((unsigned char)text[at + run])) run++;
			have = add_word(words, have, text + at, run);
		}
	}
	return have >= WORDS_BYTES_MIN ? hash_text(words, have) : 0;
}

enum ik_rc same_words_ask(struct store_tx *tx, const char *who, uint32_t words, int64_t at, const char **withheld_r, struct ik_error *err)
{
	char key[400];
	bool ok = true;
	enum ik_rc rc = IK_OK;

	*withheld_r = NULL;
	if (words == 0) return IK_OK;
	(void)snprintf(key, sizeof(key), "ack-sw:%08x:%.350s", words, who);
	rc = store_use_budget(tx, key, 86400, SAME_WORDS_A_DAY, at, &ok, err);
	if (rc == IK_OK && !ok) *withheld_r = "limit-same-words";
	return rc;
}
