/* reply_lines.c - cuts a text into lines and folds each once. */
#include "mail/reply_lines.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"

static size_t count_lines(const char *text, size_t len)
{
	size_t count = 1;

	for (const char *at = text; count < REPLY_LINES_MAX && (at = memchr(at, '\n', len - (size_t)(at - text))) != NULL; at++) count++;
	return count;
}

/* ">", and "AL>" with the initials of who is quoted, as The Bat! and old news readers mark a quote. */
static bool is_quote(const char *line, size_t len)
{
	size_t at = 0, initials = 0;

	while (at < len && (line[at] == ' ' || line[at] == '\t' || line[at] == '\f' || line[at] == '\v')) at++;
	while (at + initials < len && initials < 4 && line[at + initials] >= 'A' && line[at + initials] <= 'Z') initials++;
	at += initials;
	if (initials == 0) return false;                /* plain ">" is seen in the folded line */
	return initials >= 2 && at < len && line[at] == '>' && (at + 1 == len || line[at + 1] == ' ' || line[at + 1] == '>');
}

/* ">:" below "On ... wrote Ann <ann@example.org": an address that was wrapped before its last character. */
static bool closes_address(const struct reply_text *t, size_t i)
{
	const struct reply_line *line = &t->lines[i], *above = i > 0 ? &t->lines[i - 1] : NULL;
	const char *open = above != NULL && above->fold_len > 0 && !above->is_quote ? memrchr(above->fold, '<', above->fold_len) : NULL;

	if (open == NULL || line->fold[line->fold_len - 1] != ':') return false;
	return memchr(open, '>', above->fold_len - (size_t)(open - above->fold)) == NULL && memchr(open, '@', above->fold_len - (size_t)(open - above->fold)) != NULL;
}

/* Offsets become pointers when the block of folds no longer moves. */
static void set_folds(struct reply_text *t)
{
	size_t at = 0;

	for (size_t i = 0; i < t->count; i++) {
		t->lines[i].fold = buf_str(&t->folds) + at;
		t->lines[i].is_quote |= t->lines[i].fold_len > 0 && t->lines[i].fold[0] == '>' && !closes_address(t, i);
		at += t->lines[i].fold_len;
	}
}

void reply_text_init(struct reply_text *t, const struct reply_rules *rules, const char *text, size_t len)
{
	const size_t count = count_lines(text, len);

	*t = (struct reply_text){ .rules = rules, .text = text, .folds = BUF_INIT(len * 2 + REPLY_FOLD_MAX * 2 + 64) };
	t->lines = mem_new(count * sizeof(*t->lines));
	for (size_t at = 0; t->count < count; t->count++) {
		struct reply_line *line = &t->lines[t->count];
		const char *end = at < len && t->count + 1 < count ? memchr(text + at, '\n', len - at) : NULL;

		line->start = at;
		line->end = end != NULL ? (size_t)(end - text) : len;
		line->is_kept = true;
		line->is_quote = is_quote(text + line->start, line->end - line->start);
		line->fold_len = t->folds.len;
		reply_fold(&t->folds, text + at, utf8_cut(text + at, line->end - at, REPLY_FOLD_MAX));
		line->fold_len = t->folds.len - line->fold_len;
		at = line->end + 1;
	}
	set_folds(t);
}

void reply_text_release(struct reply_text *t)
{
	free(t->lines);
	buf_release(&t->folds);
}
