/* contact_line.c - see contact_line.h. A line is folded where words are compared, and as it was written where capitals tell names. */
#include "mail/contact_line.h"

#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>
#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"

#define CHARACTERS_MAX 80               /* of a line: LINE_BYTES_MAX at most */
#define NAME_MAX 30                     /* characters of a first line in a script without capitals */

/* ---- pieces of a line ---- */

struct piece piece_trim(struct piece p, const char *signs)
{
	while (p.len > 0 && strchr(signs, p.text[0]) != NULL) { p.text++; p.len--; }
	while (p.len > 0 && strchr(signs, p.text[p.len - 1]) != NULL) p.len--;
	return p;
}

static size_t count_digits(struct piece p)
{
	size_t digits = 0;

	for (size_t i = 0; i < p.len; i++) digits += isdigit((unsigned char)p.text[i]) != 0;
	return digits;
}

size_t piece_characters(struct piece p)
{
	size_t characters = 0;

	for (size_t i = 0; i < p.len; i++) characters += ((unsigned char)p.text[i] & 0xC0) != 0x80;
	return characters;
}

/* "Dana Lind | Head of Sales · Lind AB, Oslo": takes the next part off line; false when nothing is left. */
static bool next_part(struct piece *line, struct piece *part_r)
{
	static const char *const separators[] = { "|", ",", "·", "•", "∙", "・", "｜", "，", "、" };
	size_t at = 0, sign = 0;

	if (line->len == 0) return false;
	for (; at < line->len && sign == 0; at += sign == 0)
		for (size_t i = 0; i < COUNT_OF(separators) && sign == 0; i++) {
			const size_t len = strlen(separators[i]);

			if (line->len - at >= len && memcmp(line->text + at, separators[i], len) == 0) sign = len;
		}
	*part_r = piece_trim((struct piece){ line->text, at }, " ");
	line->text += at + sign;
	line->len -= at + sign;
	return true;
}

/* ---- contacts ---- */

static bool is_label(const struct reply_rules *rules, struct piece p)
{
	const char *slash;

	p = piece_trim(p, " .:/()");
	if (p.len == 0) return false;
	if (reply_match(rules, REPLY_CONTACT, p.text, p.len) != NULL) return true;
	slash = memchr(p.text, '/', p.len);             /* "phone/whatsapp" */
	if (slash == NULL) return false;
	return is_label(rules, (struct piece){ p.text, (size_t)(slash - p.text) }) && is_label(rules, (struct piece){ slash + 1, p.len - (size_t)(slash + 1 - p.text) });
}

/* "(206) 555-0147", "400-820-0000": three, three and four digits. */
static bool is_grouped_334(struct piece p)
{
	size_t groups[3] = { 0 }, group = 0;

	for (size_t i = 0; i < p.len; i++) {
		if (isdigit((unsigned char)p.text[i])) groups[group]++;
		else if (groups[group] > 0 && ++group > 2) return false;
	}
	return groups[0] == 3 && groups[1] == 3 && groups[2] == 4;
}

/* 8 digits with a year among them are a date. */
static bool is_date(struct piece p, size_t digits)
{
	if (digits != 8) return false;
	for (size_t i = 0; i + 4 <= p.len; i++) {
		const bool starts = i == 0 || !isdigit((unsigned char)p.text[i - 1]), ends = i + 4 == p.len || !isdigit((unsigned char)p.text[i + 4]);

		if (starts && ends && (memcmp(p.text + i, "19", 2) == 0 || memcmp(p.text + i, "20", 2) == 0)) return true;
	}
	return false;
}

/* A number that is a telephone's by its form alone: abroad, with a trunk zero, in brackets, a mobile one of China. */
static bool is_telephone(struct piece p)
{
	const size_t digits = count_digits(p);

	if (digits < 7 || digits > 15 || is_date(p, digits)) return false;
	if (p.text[0] == '+' || p.text[0] == '(' || is_grouped_334(p)) return true;
	if (p.text[0] == '0') return p.text[1] != '0' || digits >= 12;
	return digits == 11 && p.text[0] == '1' && p.text[1] >= '3';
}

/* Takes the number at the front of p off it. */
static struct piece take_number(struct piece *p)
{
	struct piece number = { p->text, 0 };

	while (number.len < p->len && (isdigit((unsigned char)p->text[number.len]) || (p->text[number.len] != '\0' && strchr(" +-./()", p->text[number.len]) != NULL))) number.len++;
	while (number.len > 0 && !isdigit((unsigned char)number.text[number.len - 1])) number.len--;
	p->text += number.len;
	p->len -= number.len;
	return number;
}

/* What stands before the next number, taken off p. */
static struct piece take_label(struct piece *p)
{
	struct piece label = { p->text, 0 };

	while (label.len < p->len && !isdigit((unsigned char)p->text[label.len]) && p->text[label.len] != '+' && !(p->text[label.len] == '(' && label.len + 1 < p->len && isdigit((unsigned char)p->text[label.len + 1]))) label.len++;
	p->text += label.len;
	p->len -= label.len;
	return piece_trim(label, " .:/-");
}

/* Numbers, each with or without a label in front: "Tel. 02-555-0110 / Mobile. 010-0000-0110", "+44 7700 900812 (mobile)". */
static bool are_numbers(const struct reply_rules *rules, struct piece p)
{
	size_t numbers = 0;

	while ((p = piece_trim(p, " ")).len > 0) {
		const struct piece label = take_label(&p);
		const bool is_labelled = label.len > 0 && is_label(rules, label);
		const struct piece number = take_number(&p);

		if (label.len > 0 && !is_labelled) return false;
		if (number.len == 0) return numbers > 0 && is_labelled && p.len == 0;
		if (numbers == 0 && !(is_labelled ? count_digits(number) >= 5 : is_telephone(number))) return false;
		numbers++;
	}
	return numbers > 0;
}

/* The word with the '@' makes all of p, with a label in front at most: "E: dana@lind.example". */
bool line_is_mail_address(const struct reply_rules *rules, struct piece p, bool is_bare)
{
	const char *at = memchr(p.text, '@', p.len), *link = at != NULL ? memchr(at, '<', p.len - (size_t)(at - p.text)) : NULL;
	size_t word;

	if (at == NULL) return false;
	if (link != NULL) p.len = (size_t)(link - p.text);             /* "dana@lind.example<mailto:dana@lind.example>" */
	p = piece_trim(p, " <>");
	word = (size_t)(at - p.text);
	while (word > 0 && p.text[word - 1] != ' ' && p.text[word - 1] != ':') word--;
	if (p.text + word == at || memchr(p.text + word, ' ', p.len - word) != NULL || memchr(at, '.', p.len - (size_t)(at - p.text)) == NULL) return false;
	return word == 0 || (!is_bare && is_label(rules, (struct piece){ p.text, word }));
}

/* A site, not a page of it: who links a page wants it read. */
static bool is_site(const struct reply_rules *rules, struct piece p)
{
	static const char *const starts[] = { "https://", "http://", "www." };
	const char *at = NULL;
	size_t head;

	p = piece_trim(p, " <>/");
	for (size_t i = 0; i < COUNT_OF(starts) && at == NULL; i++) at = ascii_find(p.text, p.len, starts[i], strlen(starts[i]));
	if (at == NULL) return false;
	head = (size_t)(at - p.text);
	if (head > 0 && !is_label(rules, (struct piece){ p.text, head })) return false;
	if (strncmp(at, "http", 4) == 0) at = strstr(at, "//") + 2;
	return memchr(at, ' ', p.len - (size_t)(at - p.text)) == NULL && memchr(at, '/', p.len - (size_t)(at - p.text)) == NULL;
}

/* ---- words of a line ---- */

/* Signs of sentences, prices, lists and tables. */
static bool has_signs_of_text(struct piece p)
{
	static const char *const signs[] = { "?", "!", ";", "=", "%", "$", "€", "£", "¥", "。", "？", "！", "；", "…", "\t" };

	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (ascii_find(p.text, p.len, signs[i], strlen(signs[i])) != NULL) return true;
	return p.len > 1 && p.text[1] == ' ' && strchr("-*+>#", p.text[0]) != NULL;
}

/* A full stop behind a word of more than four letters: shorter ones are "Ltd.", "Dr.", "Ltda."; a number behind it is a house's. */
static bool has_full_stop(struct piece p)
{
	size_t letters = 0;

	for (size_t i = 0; i < p.len; i++) {
		const unsigned char c = (unsigned char)p.text[i];

		if (c == '.' && letters > 4 && (i + 1 == p.len || (p.text[i + 1] == ' ' && i + 2 < p.len && !isdigit((unsigned char)p.text[i + 2])))) return true;
		if (c == '.' || c == ' ' || c == '-') letters = 0;
		else letters += (c & 0xC0) != 0x80;
	}
	return false;
}

/* Words of which no name is made and few sentences go without. */
static bool has_grammar(struct piece p)
{
	static const char *const words[] = { "的", "了", "吗", "嗎", "呢", "吧", "啊", "么", "麼", "没", "沒", "我", "你", "您", "他", "她", "它", "请", "請", "把", "被", "给", "給", "还", "還", "很", "太", "这", "這", "那",
	                                     "退", "赔", "賠", "钱", "錢", "急", "は", "を", "ます", "です", "요", "니다", "세요" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (ascii_find(p.text, p.len, words[i], strlen(words[i])) != NULL) return true;
	return false;
}

enum script { NO_CASE, CASED, OTHER_SCRIPT };

/* Of the first letter of the line as it was written; *is_upper_r: it is a capital. */
static enum script script_of(struct piece raw, bool *is_upper_r)
{
	*is_upper_r = false;
	for (size_t at = 0; at < raw.len;) {
		const int32_t c = utf8_next(raw.text, raw.len, &at);

		if (c < 0 || !u_isalpha(c)) continue;
		*is_upper_r = u_isupper(c) != 0;
		if (*is_upper_r || u_islower(c)) return CASED;
		return c >= 0x2E80 && c < 0xFB00 ? NO_CASE : OTHER_SCRIPT;
	}
	return OTHER_SCRIPT;
}

/* "van", "de", "und": written small within names and firms. */
bool piece_is_particle(struct piece word)
{
	static const char *const words[] = { "van", "von", "der", "den", "de", "da", "do", "dos", "das", "di", "del", "della", "dei", "la", "le", "les", "du", "des", "y", "e", "i", "und", "and", "et", "en", "of",
	                                     "for", "für", "zu", "zur", "zum", "am", "im", "ten", "ter", "op", "bij", "à", "a", "al", "el", "bin", "ibn", "och", "og", "ja", "w", "z", "и", "o.o.", "z.o.o.", "mbh" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (word.len == strlen(words[i]) && memcmp(word.text, words[i], word.len) == 0) return true;
	return false;
}

/* Every word of raw begins with a capital or is a particle, and not all letters are capitals. *words_r counts them. */
static bool are_capitalised(struct piece raw, size_t *words_r)
{
	bool has_small = false, begins = true;
	size_t word = 0;

	*words_r = 0;
	for (size_t at = 0; at <= raw.len;) {
		const size_t here = at;
		const int32_t c = at < raw.len ? utf8_next(raw.text, raw.len, &at) : ' ';

		if (here == raw.len) at++;
		if (c == ' ' || c == 0xA0) {
			const struct piece whole = { raw.text + word, here - word };

			if (begins && whole.len > 0 && u_islower(utf8_next(raw.text, raw.len, &(size_t){ word })) && (*words_r == 0 || !piece_is_particle(whole))) return false;
			*words_r += whole.len > 1;
			word = at;
			continue;
		}
		has_small |= u_islower(c) != 0;
	}
	return has_small;
}

/* Of "张国强", "佐藤健一", "박준호": a known family name and one or two signs behind it; two in Hangul, where one is a word. */
static bool is_name_without_case(const struct reply_rules *rules, struct piece word)
{
	const struct reply_patterns *names = &rules->kinds[REPLY_NAME];
	const size_t characters = piece_characters(word);

	for (size_t i = 0; i < names->count; i++) {
		const struct reply_pattern *name = &names->items[i];
		const struct piece family = { name->text, name->len - 1 };              /* without its '*' */
		const size_t given = characters - piece_characters(family), least = (unsigned char)name->text[0] >= 0xEA ? 2 : 1;

		if (characters > piece_characters(family) && given >= least && given <= 2 && reply_glob(name, word.text, word.len)) return true;
	}
	return false;
}

/* ---- lines of the block ---- */

struct piece piece_of(const struct reply_line *line)
{
	return (struct piece){ line->fold, line->fold_len };
}

static struct piece raw_of(const struct reply_text *t, const struct reply_line *line)
{
	return piece_trim((struct piece){ t->text + line->start, line->end - line->start }, " \t");
}

bool line_is_firm(const struct reply_rules *rules, struct piece p)
{
	struct piece part;

	if (reply_match(rules, REPLY_FIRM, p.text, p.len) != NULL) return true;
	while (next_part(&p, &part))
		if (part.len > 0 && reply_match(rules, REPLY_FIRM, part.text, part.len) != NULL) return true;
	return false;
}

/* The kind of a line without contacts. A postcode may stand below a street. */
static enum line_kind kind_of_words(const struct reply_text *t, const struct reply_line *line, struct piece words, enum line_kind above)
{
	const char *colon = memchr(words.text, ':', words.len);
	const size_t digits = count_digits(words);
	bool is_upper;

	if (has_signs_of_text(words) || has_full_stop(words) || has_grammar(words)) return LINE_OTHER;
	if (colon != NULL) return reply_match(t->rules, REPLY_STREET, words.text, (size_t)(colon - words.text)) != NULL ? LINE_STREET : LINE_OTHER;
	if (digits > 0 && digits <= 2 && line_is_firm(t->rules, words)) return LINE_PLAIN;           /* "Sales team 2" */
	if (digits > 0) return reply_match(t->rules, REPLY_STREET, words.text, words.len) != NULL || (above == LINE_STREET && digits <= 7) ? LINE_STREET : LINE_OTHER;
	return script_of(raw_of(t, line), &is_upper) == NO_CASE || is_upper ? LINE_PLAIN : LINE_OTHER;
}

enum line_kind line_kind_of(const struct reply_text *t, const struct reply_line *line, enum line_kind above)
{
	struct piece rest = piece_of(line), part;
	enum line_kind kind = LINE_OTHER;
	bool has_words = false;

	if (line->is_quote || line->fold_len > LINE_BYTES_MAX || piece_characters(rest) > CHARACTERS_MAX) return LINE_OTHER;
	if (memchr(t->text + line->start, '\t', line->end - line->start) != NULL || reply_is_rule_line(line)) return LINE_OTHER;
	while (next_part(&rest, &part)) {
		if (are_numbers(t->rules, part) || line_is_mail_address(t->rules, part, false)) kind = LINE_CONTACT;
		else if (is_site(t->rules, part)) kind = kind == LINE_CONTACT ? kind : LINE_SITE;
		else has_words |= part.len > 0;
	}
	if (kind == LINE_OTHER) return kind_of_words(t, line, piece_of(line), above);
	for (rest = piece_of(line); has_words && next_part(&rest, &part);)
		if (!are_numbers(t->rules, part) && !line_is_mail_address(t->rules, part, false) && !is_site(t->rules, part) && kind_of_words(t, line, part, above) == LINE_OTHER) return LINE_OTHER;
	return kind;
}

/* A name without case may be followed by office and firm: "许可 运维负责人". */
static bool begins_with_name(const struct reply_rules *rules, struct piece p)
{
	struct piece part;
	const char *space;

	if (!next_part(&p, &part) || part.len == 0) return false;
	space = memchr(part.text, ' ', part.len);
	if (space != NULL) part.len = (size_t)(space - part.text);
	return is_name_without_case(rules, part);
}

/* The first line of a block of so many lines reads as the name of a person or a firm. */
bool line_is_name(const struct reply_text *t, const struct reply_line *line, size_t lines)
{
	const struct piece whole = piece_of(line);
	struct piece raw = raw_of(t, line), first;
	const bool has_firm = line_is_firm(t->rules, whole);
	size_t words;
	bool is_upper;

	if (count_digits(whole) > 0 || whole.text[whole.len - 1] == ',') return false;
	if (script_of(raw, &is_upper) == NO_CASE) return piece_characters(whole) <= NAME_MAX && (has_firm || begins_with_name(t->rules, whole));
	if (!next_part(&raw, &first)) return false;
	return (are_capitalised(first, &words) || has_firm) && (words >= 2 || has_firm || raw.len > 0 || lines > 2);
}
