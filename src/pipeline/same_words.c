/* same_words.c - see same_words.h. */
#include "pipeline/same_words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "text/hash.h"

#define LOOK_AT_MAX 4000                /* bytes of text */
#define WORDS_BYTES_MIN 40

static bool is_word_byte(unsigned char c)
{
	return isalnum(c) || c == '-' || c == '_';
}

/* Appends an ASCII word in lower case, unless a figure makes it a number or a code. */
static void add_word(struct buf *words, const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (isdigit((unsigned char)word[i])) return;
	for (size_t i = 0; i < len; i++) buf_char(words, (char)tolower((unsigned char)word[i]));
}

uint32_t same_words_key(const char *text)
{
	const size_t len = strnlen(text, LOOK_AT_MAX);
	struct buf words = BUF_INIT(LOOK_AT_MAX + 64);
	uint32_t key = 0;

	for (size_t at = 0, run; at < len; at += run) {
		run = 1;
		if ((unsigned char)text[at] >= 0x80) {
			buf_char(&words, text[at]);
		} else if (is_word_byte((unsigned char)text[at])) {
			while (at + run < len && is_word_byte((unsigned char)text[at + run])) run++;
			add_word(&words, text + at, run);
		}
	}
	if (words.len >= WORDS_BYTES_MIN) key = hash_text(words.data, words.len);
	buf_release(&words);
	return key;
}

enum ik_rc same_words_ask(struct store_tx *tx, const char *who, const char *text, int64_t at, const char **withheld_r, struct ik_error *err)
{
	const uint32_t words = same_words_key(text != NULL ? text : "");
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
