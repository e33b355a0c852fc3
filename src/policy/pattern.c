/* pattern.c - from the patterns of rule files to words of the automaton. Operator text, still bounded: one pattern gives at most
 * WORDS_MAX words. */
#include "policy/rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"

#define WORDS_MAX 4000
#define PARTS_MAX 3
#define WORD_MAX 200

struct expansion { struct rules *rules; uint32_t payload; size_t made; struct ik_error *err; };

static bool is_wordy(char c)
{
	return isalnum((unsigned char)c) && (unsigned char)c < 0x80;
}

/* A word without choices: cut, folded, its ends looked at, added. */
static enum ik_rc word_add(struct expansion *e, const char *word, size_t len)
{
	char folded[FOLD_ROOM(WORD_MAX)];
	uint32_t payload = e->payload;
	bool open_left = false, open_right = false;

	while (len > 0 && *word == ' ') word++, len--;
	while (len > 0 && word[len - 1] == ' ') len--;
	if (len > 0 && *word == '*') open_left = true, word++, len--;
	if (len > 0 && word[len - 1] == '*') open_right = true, len--;
	if (len == 0 || len > WORD_MAX) return ik_fail(IK_CONFIG, e->err, "a pattern holds a word that is empty or longer than %d bytes", WORD_MAX);
	if (++e->made > WORDS_MAX) return ik_fail(IK_CONFIG, e->err, "a pattern stands for more than %d words", WORDS_MAX);
	len = fold_text(e->rules->fold, word, len, folded, NULL);
	if (len == 0) return ik_fail(IK_CONFIG, e->err, "a pattern holds a word of which nothing is left after folding");
	if (!open_left && is_wordy(folded[0])) payload |= WORD_LEFT;
	if (!open_right && is_wordy(folded[len - 1])) payload |= WORD_RIGHT;
	automaton_add(e->rules->words, folded, len, payload);
	return IK_OK;
}

/* Replaces the first {choice} by each of its options in turn. */
static enum ik_rc expand(struct expansion *e, const char *text, size_t len)
{
	const char *open = memchr(text, '{', len), *close = open != NULL ? memchr(open, '}', len - (size_t)(open - text)) : NULL;
	struct buf b = BUF_INIT(4096);
	enum ik_rc rc = IK_OK;

	if (open == NULL) return memchr(text, '}', len) == NULL ? word_add(e, text, len) : ik_fail(IK_CONFIG, e->err, "\"}\" without \"{\" in a pattern");
	if (close == NULL || memchr(open + 1, '{', (size_t)(close - open - 1)) != NULL) return ik_fail(IK_CONFIG, e->err, "\"{\" without \"}\", or one inside another, in a pattern");
	for (const char *from = open + 1, *to; rc == IK_OK && from <= close; from = to + 1) {
		to = memchr(from, '|', (size_t)(close - from));
		if (to == NULL) to = close;
		buf_clear(&b);
		(void)buf_add(&b, text, (size_t)(open - text));
		(void)buf_add(&b, from, (size_t)(to - from));
		(void)buf_add(&b, close + 1, (size_t)(text + len - close - 1));
		rc = buf_check(&b, "an expanded pattern", e->err);
		if (rc == IK_OK) rc = expand(e, b.data, b.len);
	}
	buf_release(&b);
	return rc == IK_REJECT ? IK_CONFIG : rc;
}

static uint32_t chain_new(struct rules *r, uint32_t rule, uint32_t last)
{
	r->chain_rules = mem_grow(r->chain_rules, r->chains + 1, sizeof(*r->chain_rules));
	r->chain_lasts = mem_grow(r->chain_lasts, r->chains + 1, sizeof(*r->chain_lasts));
	r->chain_rules[r->chains] = rule;
	r->chain_lasts[r->chains] = last;
	return (uint32_t)r->chains++;
}

/* Where the next " ... " begins, or NULL. */
static const char *gap_in(const char *text, size_t len)
{
	return memmem(text, len, " ... ", 5);
}

static enum ik_rc add_parts(struct expansion *e, const char *text, size_t len, uint32_t rule)
{
	uint32_t parts = 1, chain;
	enum ik_rc rc = IK_OK;

	for (const char *gap = gap_in(text, len); gap != NULL; gap = gap_in(gap + 5, len - (size_t)(gap + 5 - text))) parts++;
	if (parts > PARTS_MAX) return ik_fail(IK_CONFIG, e->err, "a pattern has more than %d parts", PARTS_MAX);
	chain = chain_new(e->rules, rule, parts - 1);
	for (uint32_t part = 0; rc == IK_OK && part < parts; part++) {
		const char *gap = gap_in(text, len);
		const size_t size = gap != NULL ? (size_t)(gap - text) : len;

		e->payload = (uint32_t)WORD_PART << 30 | part << 28 | chain;
		rc = expand(e, text, size);
		if (gap != NULL) {
			text += size + 5;
			len -= size + 5;
		}
	}
	return rc;
}

/* The length of the alternative at text: up to a "|" outside braces. */
static size_t alternative_len(const char *text)
{
	size_t len = 0;
	bool inside = false;

	for (; text[len] != '\0' && (inside || text[len] != '|'); len++) {
		if (text[len] == '{') inside = true;
		else if (text[len] == '}') inside = false;
	}
	return len;
}

enum ik_rc pattern_add(struct rules *r, const char *pattern, enum word_role role, uint32_t rule, struct ik_error *err)
{
	struct expansion e = { .rules = r, .err = err };
	enum ik_rc rc = IK_OK;

	for (const char *at = pattern; rc == IK_OK; ) {
		const size_t len = alternative_len(at);

		e.payload = (uint32_t)role << 30 | rule;
		rc = gap_in(at, len) != NULL && role == WORD_HIT ? add_parts(&e, at, len, rule) : expand(&e, at, len);
		if (at[len] == '\0') break;
		at += len + 1;
	}
	return rc;
}
