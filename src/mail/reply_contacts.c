/* reply_contacts.c - tells a block of contacts at the end from what the customer wants to say. It is one only when all of this holds:
 *   - it is the last paragraph, or what of it stands below a closing formula: two to eight short lines;
 *   - its first line reads as a name or a firm, each line below as an office, a postal address or a contact, contacts last;
 *   - one line holds a telephone number or an address of mail;
 *   - it is the writer's: its first line shares a word with the sender's name or address (who writes of somebody else gives that one's);
 *   - above stands text of the writer's own that ends as a sentence or a letter does;
 *   - no word there or in the block asks to use it (a call, a delivery, an account: rows "given" of the rules).
 * Only the last paragraph and what stands right above it are looked at. */
#include "mail/reply_contacts.h"

#include <ctype.h>
#include <string.h>
#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/contact_line.h"
#include "mail/reply.h"

#define LINES_MAX 8
#define PLAIN_MAX 4                     /* lines that are neither contact nor street */
#define OWN_TEXT_MIN 24                 /* bytes above the block: less is a greeting */
#define ASKED_TAIL 300                  /* bytes at the end of a line in which the writer asks for something */
#define ASKED_LINES 4
#define TOLD_MIN 24                     /* bytes of a sentence: less thanks, or cries */

/* ---- what stands above ---- */

/* The line above i that has words, or t->count. */
static size_t filled_above(const struct reply_text *t, size_t i)
{
	while (i > 0 && t->lines[i - 1].is_kept && t->lines[i - 1].fold_len == 0) i--;
	return i > 0 && t->lines[i - 1].is_kept ? i - 1 : t->count;
}

static bool is_closing(const struct reply_text *t, size_t i)
{
	const struct reply_line *line = &t->lines[i];

	return line->fold_len > 0 && line->fold_len <= 60 && reply_match(t->rules, REPLY_CLOSING, line->fold, line->fold_len) != NULL;
}

static bool is_sentence_end(const struct reply_line *line)
{
	static const char *const ends[] = { ".", "!", "?", "~", ")", "\"", "'", "。", "！", "？", "…", "～" };

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		const size_t len = strlen(ends[i]);

		if (line->fold_len >= len && memcmp(line->fold + line->fold_len - len, ends[i], len) == 0) return true;
	}
	return false;
}

/* The text ends as a sentence does, or as a letter: a closing formula and at most a name below it. */
static bool is_ended_above(const struct reply_text *t, size_t block)
{
	size_t i = filled_above(t, block);

	if (i == t->count) return false;
	if (is_sentence_end(&t->lines[i]) || is_closing(t, i)) return true;
	if (t->lines[i].fold_len > 40) return false;
	i = filled_above(t, i);
	return i < t->count && is_closing(t, i);
}

static bool has_own_text(const struct reply_text *t, size_t block)
{
	size_t bytes = 0;

	for (size_t i = 0; i < block && bytes < OWN_TEXT_MIN; i++) {
		const struct reply_line *line = &t->lines[i];
		const bool is_greeting = line->fold_len == 0 || line->fold[line->fold_len - 1] == ',' || line->fold[line->fold_len - 1] == ':';

		if (line->is_kept && !line->is_quote && !is_greeting) bytes += line->fold_len;
	}
	return bytes >= OWN_TEXT_MIN;
}

static bool asks(const struct reply_text *t, const struct reply_line *line, enum reply_kind kind)
{
	struct buf tail = BUF_INIT(ASKED_TAIL * 4 + 64);
	size_t from = line->end - line->start > ASKED_TAIL ? line->end - ASKED_TAIL : line->start;
	bool is;

	while (from < line->end && ((unsigned char)t->text[from] & 0xC0) == 0x80) from++;
	reply_fold(&tail, t->text + from, line->end - from);
	is = reply_match(t->rules, kind, buf_str(&tail), tail.len) != NULL;
	buf_release(&tail);
	return is;
}

/* A line that says something, as "Thanks!" does not. */
static bool is_told(const struct reply_text *t, size_t i)
{
	return t->lines[i].fold_len >= TOLD_MIN && is_sentence_end(&t->lines[i]) && !is_closing(t, i);
}

/* One of the last two sentences' lines above asks to use what stands below; the short lines between count as well. */
static bool is_asked_for(const struct reply_text *t, size_t block, enum reply_kind kind)
{
	size_t full = 0, lines = 0;

	for (size_t i = filled_above(t, block); i < t->count && full < 2 && lines < ASKED_LINES; i = filled_above(t, i), lines++) {
		if (asks(t, &t->lines[i], kind)) return true;
		full += is_told(t, i);
	}
	return false;
}

/* ---- whose it is ---- */

enum whose { NOBODY_KNOWS, ANOTHERS, THE_WRITERS };

/* Takes the next word off p: letters and digits up to a blank or a sign. */
static bool next_word(struct piece *p, struct piece *word_r)
{
	*p = piece_trim(*p, " ,.;:|/&()<>\"'-_@+0123456789");
	if (p->len == 0) return false;
	*word_r = (struct piece){ p->text, 0 };
	while (word_r->len < p->len && strchr(" ,.;:|/&()<>\"'-_@+0123456789", p->text[word_r->len]) == NULL) word_r->len++;
	p->text += word_r->len;
	p->len -= word_r->len;
	return true;
}

static bool has_word(struct piece p, struct piece word)
{
	struct piece one;

	while (next_word(&p, &one))
		if (one.len == word.len && memcmp(one.text, word.text, word.len) == 0) return true;
	return false;
}

/* Two signs in a row of a name without case stand in both. */
static bool share_signs(struct piece word, struct piece in)
{
	for (size_t at = 0; at < word.len;) {
		size_t next = at, end;

		(void)utf8_next(word.text, word.len, &next);
		end = next;
		if (next == word.len) return false;
		(void)utf8_next(word.text, word.len, &end);
		if (ascii_find(in.text, in.len, word.text + at, end - at) != NULL) return true;
		at = next;
	}
	return false;
}

#define SIGNS_OF_A_NAME 4               /* of a person's; a longer word is a firm's */

/* A person's name is the same or it is another's ("张国强", "张国伟"), with a title behind it or not; a firm may be shortened. */
static bool share_name_without_case(struct piece word, struct piece name)
{
	struct piece one;

	if (piece_characters(word) > SIGNS_OF_A_NAME) return share_signs(word, name);
	if (ascii_find(name.text, name.len, word.text, word.len) != NULL) return true;
	while (next_word(&name, &one))
		if (piece_characters(one) >= 2 && ascii_find(word.text, word.len, one.text, one.len) != NULL) return true;
	return false;
}

/* A word of the line stands in the name: whole where words are parted. */
static bool share_word(struct piece line, struct piece name)
{
	struct piece word;

	while (next_word(&line, &word)) {
		if ((unsigned char)word.text[0] >= 0xE3 && share_name_without_case(word, name)) return true;
		if (piece_characters(word) > 2 && !piece_is_particle(word) && has_word(name, word)) return true;
	}
	return false;
}

/* One of its words that the other has not. */
static bool has_word_of_its_own(struct piece p, struct piece other)
{
	struct piece word;

	while (next_word(&p, &word))
		if (piece_characters(word) > 2 && !piece_is_particle(word) && !has_word(other, word)) return true;
	return false;
}

/* "Maria Lind" is not "Dana Lind": each has a word that the other has not. What a firm is called, and what stands behind a bar or comma, is not compared. */
static bool names_somebody_else(const struct reply_rules *rules, struct piece line, struct piece name)
{
	const char *bar = memchr(line.text, '|', line.len), *comma = memchr(line.text, ',', line.len);

	if (line_is_firm(rules, line) || (unsigned char)line.text[0] >= 0xE3) return false;
	if (comma != NULL) line.len = (size_t)(comma - line.text);
	if (bar != NULL && bar < line.text + line.len) line.len = (size_t)(bar - line.text);
	return has_word_of_its_own(line, name) && has_word_of_its_own(name, line);
}

/* A word of the line, four letters of it or more, stands in the address: "arvind@", "@stadtwerke-nord.example". */
static bool is_in_address(struct piece line, struct piece address)
{
	struct piece word;

	while (next_word(&line, &word))
		if (word.len > 3 && (unsigned char)word.text[0] < 0x80 && ascii_find(address.text, address.len, word.text, word.len) != NULL) return true;
	return false;
}

static bool is_of_another_script(struct piece a, struct piece b)
{
	return ((unsigned char)a.text[0] >= 0xE3) != ((unsigned char)b.text[0] >= 0xE3);
}

/* Whose name or firm the line is. A name in other letters, and an address of digits, tell nothing. */
static enum whose whose_is(const struct reply_text *t, struct piece line)
{
	struct buf name = BUF_INIT(2048), address = BUF_INIT(2048);
	enum whose whose = ANOTHERS;

	if (t->writer->name != NULL) reply_fold(&name, t->writer->name, strnlen(t->writer->name, 256));
	if (t->writer->address != NULL) reply_fold(&address, t->writer->address, strnlen(t->writer->address, 256));
	if (name.len > 0 && !is_of_another_script(line, (struct piece){ buf_str(&name), name.len }) && names_somebody_else(t->rules, line, (struct piece){ buf_str(&name), name.len })) whose = ANOTHERS;
	else if (share_word(line, (struct piece){ buf_str(&name), name.len }) || is_in_address(line, (struct piece){ buf_str(&address), address.len })) whose = THE_WRITERS;
	else if (name.len > 0 ? is_of_another_script(line, (struct piece){ buf_str(&name), name.len }) : (unsigned char)line.text[0] >= 0xE3) whose = NOBODY_KNOWS;
	buf_release(&name);
	buf_release(&address);
	return whose;
}

/* The sender's address is all there is, or one of the things there are. */
static bool has_writers_address(const struct reply_text *t, struct piece p, bool is_all)
{
	struct buf address = BUF_INIT(2048);
	bool has;

	if (t->writer->address == NULL) return false;
	reply_fold(&address, t->writer->address, strnlen(t->writer->address, 256));
	p = piece_trim(p, " <>");
	has = address.len > 0 && ascii_find(p.text, p.len, buf_str(&address), address.len) != NULL && (!is_all || p.len == address.len);
	buf_release(&address);
	return has;
}

/* ---- the block ---- */

/* The writer's name in the first line, or the line above a firm; where that cannot be told, only a whole card: name, office or firm, contacts. */
static bool is_writers(const struct reply_text *t, size_t first, size_t end)
{
	const size_t above = filled_above(t, first);
	const enum whose whose = whose_is(t, piece_of(&t->lines[first]));

	if (whose == THE_WRITERS) return true;
	for (size_t i = first; i < end; i++)
		if (has_writers_address(t, piece_of(&t->lines[i]), false)) return true;
	if (line_is_firm(t->rules, piece_of(&t->lines[first]))) return above < t->count && t->lines[above].fold_len <= 60 && whose_is(t, piece_of(&t->lines[above])) == THE_WRITERS;
	return whose == NOBODY_KNOWS && end - first > 2;
}

/* Contacts come last; a street only with a firm or an office, for else it may be where to deliver to; several lines below the name only with a
 * firm, for else they may be names. */
static bool are_contacts(const struct reply_text *t, size_t first, size_t end)
{
	enum line_kind kind = LINE_OTHER;
	size_t plain = 0;
	bool has_contact = false, has_street = false, has_firm = false, is_tail = false;

	for (size_t i = first; i < end; i++) {
		const struct reply_line *line = &t->lines[i];

		kind = line_kind_of(t, line, kind);
		if (kind == LINE_OTHER || (kind == LINE_PLAIN && (is_tail || ++plain > PLAIN_MAX))) return false;
		has_contact |= kind == LINE_CONTACT;
		has_street |= kind == LINE_STREET;
		has_firm |= line_is_firm(t->rules, piece_of(line));
		is_tail |= kind == LINE_CONTACT || kind == LINE_SITE;
	}
	return has_contact && (has_firm || (plain < 3 && (!has_street || plain == 2)));
}

/* An '@' or five digits: no contact goes without. */
static bool may_be_contact(const struct reply_line *line)
{
	size_t digits = 0;

	for (size_t i = 0; line->fold_len <= LINE_BYTES_MAX && i < line->fold_len && digits < 5; i++) digits = line->fold[i] == '@' ? 5 : digits + (isdigit((unsigned char)line->fold[i]) != 0);
	return digits == 5;
}

static bool may_hold_contact(const struct reply_text *t, size_t first, size_t end)
{
	while (first < end && !may_be_contact(&t->lines[first])) first++;
	return first < end;
}

/* "New address", "Delivery to": a line of the block says what it is for. */
static bool is_for_something(const struct reply_text *t, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (!may_be_contact(&t->lines[i]) && asks(t, &t->lines[i], REPLY_GIVEN)) return true;
	return false;
}

static bool is_lone_address(const struct reply_text *t, size_t i)
{
	const struct piece line = piece_of(&t->lines[i]);

	return line_is_mail_address(t->rules, line, true) && has_writers_address(t, line, true) && is_ended_above(t, i) && has_own_text(t, i) && !is_asked_for(t, i, REPLY_GIVEN)
	       && !is_asked_for(t, i, REPLY_GIVEN_MAIL);
}

/* What costs most comes last. */
static bool is_block(const struct reply_text *t, size_t first, size_t end)
{
	const size_t lines = end - first;

	if (lines < 2 || lines > LINES_MAX || !is_ended_above(t, first) || !has_own_text(t, first)) return false;
	return are_contacts(t, first, end) && line_is_name(t, &t->lines[first], lines) && is_writers(t, first, end) && !is_for_something(t, first, end) && !is_asked_for(t, first, REPLY_GIVEN);
}

/* The last paragraph, or what of it stands below a closing formula; end when it holds no contact. */
static size_t last_part(const struct reply_text *t, size_t end)
{
	size_t first = end;

	while (first > 0 && t->lines[first - 1].is_kept && t->lines[first - 1].fold_len > 0) first--;
	if (!may_hold_contact(t, first, end)) return end;
	for (size_t i = end; i > first && end - i <= LINES_MAX; i--)
		if (is_closing(t, i - 1)) return i;
	return first;
}

size_t reply_contacts(const struct reply_text *t, size_t end, const char **rule_r)
{
	size_t stop = end, first;

	if (t->writer == NULL) return end;
	while (stop > 0 && (!t->lines[stop - 1].is_kept || t->lines[stop - 1].fold_len == 0)) stop--;
	first = last_part(t, stop);
	if (stop - first == 1 && is_lone_address(t, first)) *rule_r = "signature-mail";
	else if (is_block(t, first, stop)) *rule_r = "signature-contacts";
	else return end;
	return first;
}
