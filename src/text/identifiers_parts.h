/* identifiers_parts.h - what the files identifiers*.c share, and only they: the run of digits and letters that is looked at, and what each file reads from it.
 *
 * ident_take_X() - whether the run is an X. When it is, id is filled and the end of r stands behind all that belongs to it. */
#ifndef TEXT_IDENTIFIERS_PARTS_H
#define TEXT_IDENTIFIERS_PARTS_H

#include <ctype.h>
#include <string.h>
#include "text/identifiers.h"

/* What is found out once for many runs: whether the whole text speaks of travelling, when somebody asked; and up to where the run that was looked at
 * last goes on over inner punctuation, with the place behind its last '@' (0: none), so that its parts are not each looked through to its end. */
struct known { enum { TRAVEL_UNKNOWN, TRAVEL_YES, TRAVEL_NO } travel; size_t run_end, behind_address; };

struct run {
	struct known *known;
	const char *text;               /* the whole canonical text */
	size_t len, start, end;
	char plain[IDENT_TEXT_MAX * 2]; /* letters and digits of the run only */
	size_t plain_len, digits, letters;
};

static inline bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) != 0;
}

static inline bool ends_with(const char *text, size_t len, const char *word)
{
	const size_t n = strlen(word);

	return n <= len && memcmp(text + len - n, word, n) == 0;
}

static inline bool starts_with(const char *text, size_t len, const char *word)
{
	const size_t n = strlen(word);

	return n <= len && memcmp(text, word, n) == 0;
}

/* A Latin word must begin where a word begins. */
static inline bool is_whole(const char *text, size_t len, const char *word)
{
	const size_t n = strlen(word);

	return (unsigned char)word[0] >= 0x80 || !isalpha((unsigned char)word[0]) || n == len || !isalnum((unsigned char)text[len - n - 1]);
}

/* identifiers_labels.c */
/* ident_label_before() - the kind that the word in front of text[start] gives; IDENT_KINDS when none does. */
enum ident_kind ident_label_before(const char *text, size_t start);
/* ident_label_after() - the same for the word at the beginning of text, which stands behind the number. */
enum ident_kind ident_label_after(const char *text, size_t len);
/* ident_is_tail_only() - whether it says in front of text[start] that only the last characters follow. */
bool ident_is_tail_only(const char *text, size_t start);

/* identifiers_run.c */
struct run run_at(const char *text, size_t len, size_t start, struct known *known);
/* run_measure() - counts letters and digits anew, after start or end was moved. */
void run_measure(struct run *r);
/* run_join_groups() - a pure number may go on behind a space or a bracket, as telephone and card numbers are written in groups. */
void run_join_groups(struct run *r);
/* run_has_many_groups() - as groups of one number are: more than one behind the first. */
bool run_has_many_groups(const struct run *whole, const struct run *first);
/* ident_put(), ident_put_name() - fill id with the place of the run; the second with its letters and digits as value. */
void ident_put(struct ident *id, const struct run *r, enum ident_kind kind, uint32_t value, const char *text);
void ident_put_name(struct ident *id, const struct run *r, enum ident_kind kind);

/* identifiers_money.c */
bool ident_take_amount(struct run *r, struct ident *id);
/* ident_money_after() - length of the currency at the beginning of text, with the blanks before it; 0: none. */
size_t ident_money_after(const char *text, size_t len);

/* identifiers_days.c */
/* ident_take_date() - the run begins with a digit. label: what is said in front of it. */
bool ident_take_date(struct run *r, struct ident *id, enum ident_kind label);
/* ident_take_month_first() - "May 4th, 2026": the run is the month. */
bool ident_take_month_first(struct run *r, struct ident *id);
bool ident_take_time(struct run *r, struct ident *id);
/* ident_put_date() - false: there is no such day. */
bool ident_put_date(struct ident *id, const struct run *r, long month, long day);

/* identifiers_counts.c */
bool ident_take_quantity(struct run *r, struct ident *id);
/* ident_take_han_number() - at text[start], a sum, day, time or count in Han characters: "三百元", "五月三号", "三天". */
bool ident_take_han_number(const char *text, size_t len, size_t start, struct ident *id);
/* ident_take_word_number() - "three weeks" */
bool ident_take_word_number(const struct run *word, struct ident *id);

/* identifiers_people.c */
bool ident_take_phone(struct run *r, struct ident *id, enum ident_kind label);
bool ident_take_mail(const struct run *r, struct ident *id);
/* ident_take_plate() - of a run with digits; ident_take_dotted_plate() - of the letter in front of them: "京a 88888", with a dot behind the letter, which is a
 * blank by now. */
bool ident_take_plate(struct run *r, struct ident *id, enum ident_kind label);
bool ident_take_dotted_plate(struct run *r, struct ident *id);

#endif
