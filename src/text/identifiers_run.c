/* identifiers_run.c - where a run of digits and Latin letters begins and ends, and what it is made of. */
#include "text/identifiers_parts.h"

#include <stdio.h>
#include "text/hash.h"

static bool is_inner(char c)
{
	return strchr("-/.:,*_@+", c) != NULL && c != '\0';
}

/* A comma inside a number stands before exactly three digits. */
static bool joins(const char *text, size_t len, size_t at)
{
	if (at + 1 >= len || !is_inner(text[at])) return false;
	if (text[at] == '*') return true;
	if (!is_word_byte(text[at + 1]) && text[at + 1] != '*') return false;
	if (text[at] == ',')
		return isdigit((unsigned char)text[at - 1]) && at + 3 < len && isdigit((unsigned char)text[at + 1]) && isdigit((unsigned char)text[at + 2])
		       && isdigit((unsigned char)text[at + 3]) && (at + 4 >= len || !isdigit((unsigned char)text[at + 4]));
	return true;
}

void run_measure(struct run *r)
{
	r->plain_len = r->digits = r->letters = 0;
	for (size_t i = r->start; i < r->end && r->plain_len + 1 < sizeof(r->plain); i++) {
		const char c = r->text[i];

		if (!is_word_byte(c)) continue;
		r->plain[r->plain_len++] = c;
		if (isdigit((unsigned char)c)) r->digits++;
		else r->letters++;
	}
	r->plain[r->plain_len] = '\0';
}

/* Inner punctuation holds a run together only where numbers, days and mail addresses have it: "order:12345" and "12345.Please" are two words. */
static bool splits(const struct run *r, size_t at, bool is_address)
{
	const bool digits = isdigit((unsigned char)r->text[at - 1]) && at + 1 < r->end && isdigit((unsigned char)r->text[at + 1]);

	switch (r->text[at]) {
	case '.': case '+': return !is_address && !digits;
	case ':': return !digits;
	case '-': {
		size_t letters = 0;

		while (r->start + letters < at && isalpha((unsigned char)r->text[r->start + letters])) letters++;
		return !is_address && r->start + letters == at && letters > 3;
	}
	default: return false;
	}
}

static void look_ahead(struct known *known, const char *text, size_t len, size_t start)
{
	size_t end = start;

	known->behind_address = 0;
	for (; end < len && (is_word_byte(text[end]) || joins(text, len, end)); end++)
		if (text[end] == '@') known->behind_address = end + 1;
	known->run_end = end;
}

struct run run_at(const char *text, size_t len, size_t start, struct known *known)
{
	struct run r = { .known = known, .text = text, .len = len, .start = start };
	bool is_address;

	if (start >= known->run_end) look_ahead(known, text, len, start);
	r.end = known->run_end;
	is_address = known->behind_address > start;
	for (size_t at = start + 1; at < r.end; at++)
		if (!is_word_byte(text[at]) && splits(&r, at, is_address)) r.end = at;
	run_measure(&r);
	return r;
}

bool run_has_many_groups(const struct run *whole, const struct run *first)
{
	size_t gaps = 0;

	for (size_t i = first->end; i < whole->end; i++) gaps += whole->text[i] == ' ';
	return gaps >= 2;
}

void run_join_groups(struct run *r)
{
	const struct run first = *r;

	while (r->end + 2 < r->len && r->digits < 20) {
		size_t next = r->end, group;

		while (next < r->len && next < r->end + 2 && strchr(" )-", r->text[next]) != NULL) next++;
		group = next;
		while (group < r->len && isdigit((unsigned char)r->text[group])) group++;
		if (next == r->end || group - next < 2 || group - next > 8 || (group < r->len && isalpha((unsigned char)r->text[group]))) break;
		r->end = group;
		run_measure(r);
	}
	if (r->end != first.end && r->digits < 10 && !(r->digits == 8 && first.digits == 4 && ident_label_before(r->text, first.start) != IDENT_KINDS)) *r = first;       /* "tel. 9312 4470" */
}

void ident_put(struct ident *id, const struct run *r, enum ident_kind kind, uint32_t value, const char *text)
{
	*id = (struct ident){ .kind = kind, .value = value, .start = (uint16_t)r->start, .end = (uint16_t)r->end };
	(void)snprintf(id->text, sizeof(id->text), "%.*s", (int)sizeof(id->text) - 1, text);
}

void ident_put_name(struct ident *id, const struct run *r, enum ident_kind kind)
{
	ident_put(id, r, kind, hash_text(r->plain, r->plain_len), r->plain);
	if (r->plain_len >= 4) id->tail = hash_text(r->plain + r->plain_len - 4, 4);
}
