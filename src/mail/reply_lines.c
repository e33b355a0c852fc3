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

bool reply_is_decoration(char c)
{
	return c == ' ' || c == '-' || c == '_' || c == '=' || c == '*' || c == '~' || c == '+' || c == '#';
}

void reply_strip_dashes(const struct reply_line *line, const char **inner_r, size_t *len_r, size_t *dashes_r)
{
	const char *in = line->fold;
	size_t len = line->fold_len, dashes = 0;

	while (len > 0 && reply_is_decoration(*in)) { dashes += *in != ' '; in++; len--; }
	while (len > 0 && (reply_is_decoration(in[len - 1]) || in[len - 1] == ':')) len--;
	*inner_r = in;
	*len_r = len;
	*dashes_r = dashes;
}

bool reply_is_rule_line(const struct reply_line *line)
{
	const char *inner;
	size_t len, dashes;

	reply_strip_dashes(line, &inner, &len, &dashes);
	return len == 0 && dashes >= 3;
}

void reply_drop(struct reply_text *t, size_t first, size_t end, const char *rule)
{
	bool is_any = false;

	for (size_t i = first; i < end; i++) {
		is_any |= t->lines[i].is_kept && t->lines[i].fold_len > 0;
		t->lines[i].is_kept = false;
	}
	if (is_any && t->rule == NULL) t->rule = rule;
}

bool reply_has_words(const struct reply_text *t, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (t->lines[i].is_kept && t->lines[i].fold_len > 0 && !t->lines[i].is_quote && !reply_is_rule_line(&t->lines[i])) return true;
	return false;
}
