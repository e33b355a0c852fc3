/* pattern.c - from the patterns of rule files to words of the automaton. Operator text, still bounded: one pattern gives at most
 * WORDS_MAX words. */
#include "policy/rules.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"

#define WORDS_MAX 40000
#define GAP_WIDE 48                     /* bytes: 16 Chinese characters, about eight words */
#define GAP_NARROW 20
#define WORD_MAX 200

struct expansion { struct rules *rules; uint32_t payload; size_t made; struct ik_error *err; };

/* A word without choices: cut, folded, added. */
static enum ik_rc word_add_plain(struct expansion *e, const char *word, size_t len)
{
	char folded[FOLD_ROOM(WORD_MAX)];
	bool open_left = false, open_right = false;

	while (len > 0 && *word == ' ') word++, len--;
	while (len > 0 && word[len - 1] == ' ') len--;
	if (len > 0 && *word == '*') open_left = true, word++, len--;
	if (len > 0 && word[len - 1] == '*') open_right = true, len--;
	if (len == 0 || len > WORD_MAX) return ik_fail(IK_CONFIG, e->err, "a pattern holds a word that is empty or longer than %d bytes: %.*s", WORD_MAX, (int)(len < 60 ? len : 60), word);
	if (++e->made > WORDS_MAX) return ik_fail(IK_CONFIG, e->err, "a pattern stands for more than %d words", WORDS_MAX);
	len = fold_text(e->rules->fold, word, len, folded, NULL);
	if (len == 0) return ik_fail(IK_CONFIG, e->err, "a pattern holds a word of which nothing is left after folding");
	automaton_add(e->rules->words, folded, len, open_left, open_right, e->payload);
	return IK_OK;
}

/* A "*" inside several words stands for the usual English endings. */
static enum ik_rc word_add(struct expansion *e, const char *word, size_t len)
{
	static const char *const endings[] = { "", "s", "es", "d", "ed", "ing", "e" };
	const char *star = len > 2 ? memchr(word + 1, '*', len - 2) : NULL;
	char full[WORD_MAX + 8];
	enum ik_rc rc = IK_OK;

	if (star == NULL || star[1] != ' ' || len > WORD_MAX) return word_add_plain(e, word, len);
	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(endings); i++) {
		const int n = snprintf(full, sizeof(full), "%.*s%s%.*s", (int)(star - word), word, endings[i], (int)(word + len - star - 1), star + 1);

		rc = word_add(e, full, (size_t)n);
	}
	return rc;
}

/* The "}" that closes the "{" at open, or NULL. */
static const char *closing(const char *open, const char *end)
{
	int depth = 0;

	for (const char *c = open; c < end; c++) {
		if (*c == '{') depth++;
		else if (*c == '}' && --depth == 0) return c;
	}
	return NULL;
}

/* The end of the option at from: a "|" of this choice, or close. */
static const char *option_end(const char *from, const char *close)
{
	int depth = 0;

	for (; from < close; from++) {
		if (*from == '{') depth++;
		else if (*from == '}') depth--;
		else if (*from == '|' && depth == 0) break;
	}
	return from;
}

/* Replaces the first {choice} by each of its options in turn. */
static enum ik_rc expand(struct expansion *e, const char *text, size_t len)
{
	const char *open = memchr(text, '{', len), *close = open != NULL ? closing(open, text + len) : NULL;
	struct buf b = BUF_INIT(16384);
	enum ik_rc rc = IK_OK;

	if (open == NULL && memchr(text, '}', len) == NULL) return word_add(e, text, len);
	if (close == NULL) return ik_fail(IK_CONFIG, e->err, "braces in a pattern do not pair: %.*s", (int)(len < 60 ? len : 60), text);
	for (const char *from = open + 1, *to; rc == IK_OK && from <= close; from = to + 1) {
		to = option_end(from, close);
		buf_clear(&b);
		(void)buf_add(&b, text, (size_t)(open - text));
		(void)buf_add(&b, from, (size_t)(to - from));
		(void)buf_add(&b, close + 1, (size_t)(text + len - close - 1));
		rc = buf_check(&b, "an expanded pattern", e->err);
		if (rc == IK_OK) rc = expand(e, buf_str(&b), b.len);
	}
	buf_release(&b);
	return rc == IK_REJECT ? IK_CONFIG : rc;
}

static uint32_t chain_new(struct rules *r, uint32_t rule, uint32_t last)
{
	r->chain = mem_grow(r->chain, r->chains + 1, sizeof(*r->chain));
	r->chain[r->chains] = (struct chain){ .rule = rule, .last = last };
	return (uint32_t)r->chains++;
}

/* Where the next " .. " or " ... " begins, or NULL. Its length and how far the gap may reach. */
static const char *gap_in(const char *text, size_t len, size_t *size_r, unsigned *reach_r)
{
	const char *gap = memmem(text, len, " ..", 3);

	if (gap == NULL || (size_t)(text + len - gap) < 5) return NULL;
	*size_r = gap[3] == '.' ? 5 : 4;
	*reach_r = gap[3] == '.' ? GAP_WIDE : GAP_NARROW;
	return gap;
}

static enum ik_rc add_parts(struct expansion *e, const char *text, size_t len, uint32_t rule)
{
	const uint32_t chain = chain_new(e->rules, rule, 0);
	size_t gap_size = 0;
	unsigned reach = 0;
	enum ik_rc rc = IK_OK;

	for (uint32_t part = 0; rc == IK_OK; part++) {
		const char *gap = gap_in(text, len, &gap_size, &reach);
		const size_t size = gap != NULL ? (size_t)(gap - text) : len;

		if (part == CHAIN_PARTS_MAX) return ik_fail(IK_CONFIG, e->err, "a pattern has more than %d parts", CHAIN_PARTS_MAX);
		e->payload = (uint32_t)WORD_PART << 30 | part << 28 | chain;
		rc = expand(e, text, size);
		e->rules->chain[chain].last = part;
		if (gap == NULL) break;
		if (part + 1 < CHAIN_PARTS_MAX) e->rules->chain[chain].reach[part] = (unsigned char)reach;
		text += size + gap_size;
		len -= size + gap_size;
	}
	return rc;
}

enum ik_rc pattern_add(struct rules *r, const char *pattern, enum word_role role, uint32_t rule, struct ik_error *err)
{
	struct expansion e = { .rules = r, .err = err };
	size_t gap_size;
	unsigned reach;
	enum ik_rc rc = IK_OK;

	for (const char *at = pattern, *end = pattern + strlen(pattern); rc == IK_OK; ) {
		const size_t len = (size_t)(option_end(at, end) - at);

		e.payload = (uint32_t)role << 30 | rule;
		rc = role == WORD_HIT && gap_in(at, len, &gap_size, &reach) != NULL ? add_parts(&e, at, len, rule) : expand(&e, at, len);
		if (at[len] == '\0') break;
		at += len + 1;
	}
	return rc;
}
