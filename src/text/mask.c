/* mask.c - see mask.h. One walk over the text: at each place the longest of the patterns that begins there. */
#include "text/mask.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "base/utf8.h"

#define DIGITS_LEAST 5                  /* of a number that may name somebody or something of theirs */
#define MONEY_DIGITS_MAX 9
#define CODE_DIGITS_LEAST 3             /* of a code of letters and digits */
#define PARTS_MAX 16                    /* of one name */
#define LATIN_LEAST 3                   /* letters of a name's part: "de" and "Li" stand in other words */

struct walk { const char *text; size_t len; };

static int32_t at(const struct walk *w, size_t place, size_t *next_r)
{
	*next_r = place;
	return place < w->len ? utf8_next(w->text, w->len, next_r) : -1;
}

/* Of either width; -1: none. */
static int digit_of(int32_t c)
{
	if (c >= '0' && c <= '9') return c - '0';
	return c >= 0xff10 && c <= 0xff19 ? c - 0xff10 : -1;
}

static bool is_letter(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xff21 && c <= 0xff3a) || (c >= 0xff41 && c <= 0xff5a);
}

static bool is_han(int32_t c)
{
	return c >= 0x3400 && c <= 0x9fff;
}

static bool is_word(int32_t c)
{
	return digit_of(c) >= 0 || is_letter(c) || c == '_' || (c >= 0xc0 && c < 0x3000);
}

static bool is_mail_part(int32_t c)
{
	return is_word(c) || (c > 0 && c < 0x80 && strchr(".%+-'", c) != NULL);
}

/* Ends after everything that `part` lets pass. */
static size_t run_of(const struct walk *w, size_t from, bool (*part)(int32_t))
{
	size_t next;

	while (from < w->len && part(at(w, from, &next))) from = next;
	return from;
}

/* ---- the patterns: each returns where it ends, or from itself --------------------------------------------------------------- */

static size_t mail_at(const struct walk *w, size_t from)
{
	size_t end = run_of(w, from, is_mail_part), next;
	const int32_t c = at(w, end, &next);

	if (end == from || (c != '@' && c != 0xff20)) return from;
	end = run_of(w, next, is_mail_part);
	while (end > next && strchr(".'-", w->text[end - 1]) != NULL) end--;
	return end > next ? end : from;
}

static bool is_link_part(int32_t c)
{
	return c > ' ' && c < 0x7f && strchr("<>\"", c) == NULL;
}

static size_t link_at(const struct walk *w, size_t from)
{
	static const char *const starts[] = { "http://", "https://", "www.", NULL };

	for (const char *const *s = starts; *s != NULL; s++)
		if (w->len - from > strlen(*s) && strncasecmp(w->text + from, *s, strlen(*s)) == 0) return run_of(w, from, is_link_part);
	return from;
}

static size_t user_at(const struct walk *w, size_t from)
{
	size_t next, end;
	const int32_t c = at(w, from, &next);

	if (c != '@' && c != 0xff20) return from;
	for (end = next; end < w->len && (is_word(at(w, end, &next)) || is_han(at(w, end, &next))); end = next) continue;
	return end > from + 1 ? end : from;
}

static bool is_between_digits(int32_t c)
{
	return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || c == ',' || c == 0xa0 || c == 0x2010 || c == 0x2013;
}

/* Digits with at most two characters between two of them. */
static size_t digits_at(const struct walk *w, size_t from, size_t *count_r)
{
	size_t end = from, next, ahead = from, gap = 0;

	*count_r = 0;
	while (ahead < w->len && gap <= 2) {
		const int32_t c = at(w, ahead, &next);

		if (digit_of(c) >= 0) {
			(*count_r)++;
			end = next;
			gap = 0;
		} else if (is_between_digits(c)) {
			gap++;
		} else {
			break;
		}
		ahead = next;
	}
	return end;
}

static bool begins_with_any(const struct walk *w, size_t from, const char *const *words)
{
	for (; *words != NULL; words++)
		if (w->len - from >= strlen(*words) && strncasecmp(w->text + from, *words, strlen(*words)) == 0) return true;
	return false;
}

static bool is_money(const struct walk *w, size_t from, size_t end)
{
	static const char *const units[] = { "元", "块", "塊", "圆", "圓", "万", "萬", "rmb", "cny", "usd", "eur", "gbp", "hkd", "yuan", "dollar", "euro", "pound", "€", "£", "$", "¥", "￥", NULL };
	static const char *const signs[] = { "$", "€", "£", "¥", "￥", NULL };

	while (end < w->len && w->text[end] == ' ') end++;
	if (begins_with_any(w, end, units)) return true;
	while (from > 0 && w->text[from - 1] == ' ') from--;
	for (const char *const *s = signs; *s != NULL; s++)
		if (from >= strlen(*s) && memcmp(w->text + from - strlen(*s), *s, strlen(*s)) == 0) return true;
	return false;
}

/* Phones, orders, cards, accounts; and codes such as TB20-24X. */
static size_t number_at(const struct walk *w, size_t from)
{
	size_t digits = 0, end, next;
	bool has_letters = false;

	if (digit_of(at(w, from, &next)) >= 0) {
		end = digits_at(w, from, &digits);
		if (digits >= DIGITS_LEAST) return digits <= MONEY_DIGITS_MAX && is_money(w, from, end) ? from : run_of(w, end, is_word);
	}
	digits = 0;
	for (end = from; end < w->len; end = next) {
		const int32_t c = at(w, end, &next);

		if (digit_of(c) >= 0) digits++;
		else if (is_letter(c)) has_letters = true;
		else if (c != '-' && c != '_') break;
	}
	return has_letters && digits >= CODE_DIGITS_LEAST && !is_money(w, from, end) ? end : from;
}

/* ---- names ----------------------------------------------------------------------------------------------------------------------- */

/* A whole word of letters, or characters anywhere: Chinese has no blanks. */
static size_t piece_at(const struct walk *w, size_t from, const char *piece, size_t len)
{
	size_t next, place = 0;
	const int32_t first = utf8_next(piece, len, &place);

	if (w->len - from < len || strncasecmp(w->text + from, piece, len) != 0) return from;
	return is_han(first) || !is_word(at(w, from + len, &next)) ? from + len : from;
}

static bool may_be_masked(const char *part, size_t len)
{
	size_t place = 0, chars = 0;
	int32_t first = -1;

	while (place < len) {
		const int32_t c = utf8_next(part, len, &place);

		if (chars++ == 0) first = c;
	}
	return is_han(first) ? chars >= 2 : chars >= LATIN_LEAST;
}

static size_t name_at(const struct walk *w, size_t from, const char *name)
{
	const size_t len = strlen(name);
	size_t end;

	if (may_be_masked(name, len) && (end = piece_at(w, from, name, len)) > from) return end;
	for (size_t start = 0, parts = 0; start < len && parts < PARTS_MAX; parts++) {
		const size_t part = strcspn(name + start, " .,_-@\"'()");

		if (may_be_masked(name + start, part) && (end = piece_at(w, from, name + start, part)) > from) return end;
		start += part + 1;
	}
	return from;
}

static size_t any_name_at(const struct walk *w, size_t from, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t end = names[i] != NULL && names[i][0] != '\0' ? name_at(w, from, names[i]) : from;

		if (end > from) return end;
	}
	return from;
}

/* ---- the walk ---------------------------------------------------------------------------------------------------------------------- */

static size_t match_at(const struct walk *w, size_t from, const char *const *names, size_t count, const char **mark_r)
{
	static const struct { size_t (*find)(const struct walk *, size_t); const char *mark; } patterns[] = {
		{ link_at, "<link>" }, { mail_at, "<mail>" }, { user_at, "<user>" }, { number_at, "<number>" },
	};
	size_t end = any_name_at(w, from, names, count);

	*mark_r = "<name>";
	for (size_t i = 0; i < COUNT_OF(patterns); i++) {
		const size_t longer = patterns[i].find(w, from);

		if (longer > end) {
			end = longer;
			*mark_r = patterns[i].mark;
		}
	}
	return end;
}

bool text_mask(struct buf *out, const char *text, size_t len, const char *const *names, size_t name_count)
{
	const struct walk w = { text, len };
	bool was_word = false, was_digit = false;

	for (size_t from = 0, next; from < len; from = next) {
		const int32_t c = at(&w, from, &next);
		const char *mark = NULL;
		const bool is_digit = digit_of(c) >= 0, is_inside = was_word && is_word(c) && (was_digit || !is_digit);
		const size_t end = is_inside ? from : match_at(&w, from, names, name_count, &mark);

		if (end > from) {
			next = end;
			(void)buf_text(out, mark);
		} else {
			(void)buf_add(out, text + from, next - from);
		}
		was_word = end <= from && is_word(c);
		was_digit = end <= from && is_digit;
	}
	return !out->is_full;
}
