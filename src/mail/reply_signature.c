/* reply_signature.c - finds the signatures at the end of what was written and drops them.
 *
 * A signature begins, in this order of trust, at a delimiter ("-- "), where a confidentiality notice begins, at a closing formula or row of
 * signs above contacts, at a block of contacts that nothing announces (reply_contacts.c); and the line of a phone or program is one wherever
 * it is the last. All scans are linear. */
#include "mail/reply_signature.h"

#include <ctype.h>
#include <string.h>
#include "base/ascii.h"
#include "base/mem.h"
#include "mail/reply_contacts.h"

/* A few short lines up to the history or the end, none of them a question: dashes alone also part paragraphs. */
static bool looks_like_signature(const struct reply_text *t, size_t from)
{
	size_t filled = 0;

	for (size_t i = from; i < t->count && t->lines[i].is_kept && !t->lines[i].is_quote; i++) {
		const struct reply_line *line = &t->lines[i];

		if (line->fold_len == 0) continue;
		if (++filled > 8 || line->fold_len > 90 || memchr(line->fold, '?', line->fold_len) != NULL) return false;
	}
	return true;
}

bool reply_is_delimiter(const struct reply_text *t, size_t i)
{
	const struct reply_line *line = &t->lines[i];
	const char *raw = t->text + line->start;
	const size_t len = line->end - line->start;

	if (len == 3 && memcmp(raw, "-- ", 3) == 0) return true;
	if (len == 3 && memcmp(raw, "| |", 3) == 0) return looks_like_signature(t, i + 1);     /* NetEase Mail Master: a card as a table */
	return ((len == 2 && memcmp(raw, "--", 2) == 0) || (len == 3 && memcmp(raw, "—", 3) == 0)) && looks_like_signature(t, i + 1);
}

#define SECOND_SENTENCE 12              /* bytes: shorter ends are no sentence of the writer's */

/* "Sent from my old address, sorry. The lamp is broken.": a program's line goes on with an excuse for its brevity at most. */
static bool goes_on(const char *line, size_t len)
{
	static const char *const excuses[] = { "excus", "typo", "brev", "short", "pardon", "forgiv", "autocorrect", "entschuld", "tippfehler", "verzeih", "faute", "brièv", "disculp", "perdon", "scus", "error", "desculp", "fout", "fejl", "stavfel", "skriv", "ortograf" };
	const char *stop = ascii_find(line, len, ". ", 2);
	const size_t rest = stop != NULL ? len - (size_t)(stop + 2 - line) : 0;

	if (rest < SECOND_SENTENCE) return false;
	for (size_t i = 0; i < COUNT_OF(excuses); i++)
		if (ascii_find(stop, rest + 2, excuses[i], strlen(excuses[i])) != NULL) return false;
	return true;
}

/* How long a line is without the brackets, dashes and stops at its end. */
static size_t without_stop(const char *line, size_t len)
{
	static const char stop[] = "。";
	const size_t wide = sizeof(stop) - 1;

	for (;;) {
		if (len > 0 && strchr("-_*]) .!", line[len - 1]) != NULL) len--;
		else if (len >= wide && memcmp(line + len - wide, stop, wide) == 0) len -= wide;
		else return len;
	}
}

static bool is_mobile(const struct reply_text *t, size_t i, const struct reply_row **row_r)
{
	const struct reply_line *line = &t->lines[i];
	const char *in = line->fold;
	size_t len = line->fold_len;

	if (len == 0 || len > 120) return false;
	while (len > 0 && strchr("-_*[( ", *in) != NULL) { in++; len--; }
	len = without_stop(in, len);
	*row_r = len > 0 && !goes_on(in, len) ? reply_match(t->rules, REPLY_MOBILE, in, len) : NULL;
	return *row_r != NULL;
}

/* How much a line looks like part of an address block: labels of telephones, addresses of mail and web, rows of digits. */
static bool is_contact(const struct reply_line *line)
{
	static const char *const labels[] = {
		"tel", "phone", "mobile", "mob:", "fax", "www.", "http", "e-mail:", "email:", "mail:", "电话", "手机", "传真", "地址", "邮箱", "邮编", "網址", "网址", "電話", "手機", "傳真",
		"住所", "携帯", "〒", "전화", "휴대폰", "팩스", "주소", "тел", "моб", "telefon", "móvil", "téléphone", "port.", "handy", "puh", "gsm", "địa chỉ", "điện thoại", "qq:", "微信", "公司", "株式会社",
	};
	size_t digits = 0;

	if (line->fold_len == 0 || line->fold_len > 120) return false;
	for (size_t i = 0; i < line->fold_len; i++) digits += isdigit((unsigned char)line->fold[i]) != 0;
	if (memchr(line->fold, '@', line->fold_len) != NULL || (digits >= 7 && digits * 2 > line->fold_len)) return true;
	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (ascii_find(line->fold, line->fold_len < 40 ? line->fold_len : 40, labels[i], strlen(labels[i])) != NULL) return true;
	return false;
}

/* A delimiter or the beginning of a notice within first..end, or end. */
static size_t find_delimiter(const struct reply_text *t, size_t first, size_t end, const char **rule_r)
{
	for (size_t i = first; i < end; i++) {
		const struct reply_line *line = &t->lines[i];
		const struct reply_row *row;

		if (!line->is_kept || line->fold_len == 0) continue;
		if (reply_is_delimiter(t, i)) { *rule_r = "signature-delimiter"; return i; }
		if (line->fold_len <= 18 || i == first) continue;
		row = reply_match(t->rules, REPLY_NOTICE, line->fold, line->fold_len);
		if (row != NULL) { *rule_r = row->name; return i; }
	}
	return end;
}

static bool has_two_contacts(const struct reply_text *t, size_t first, size_t end)
{
	size_t contacts = 0;

	for (size_t i = first; i < end && contacts < 2; i++) contacts += is_contact(&t->lines[i]);
	return contacts >= 2;
}

/* The rule by which a line may stand above a block of contacts: a row of signs, a closing formula; or NULL. */
static const char *opens_block(const struct reply_text *t, const struct reply_line *line)
{
	const struct reply_row *row;

	if (line->fold_len > 80) return NULL;
	if (reply_is_rule_line(line)) return "signature-block";
	row = reply_match(t->rules, REPLY_CLOSING, line->fold, line->fold_len);
	return row != NULL ? row->name : NULL;
}

/* A closing formula or a row of signs above nothing but at most ten short lines, two of them contacts; or end. */
static size_t find_contact_block(const struct reply_text *t, size_t first, size_t end, const char **rule_r)
{
	size_t filled = 0;

	for (size_t i = end; i > first + 1 && filled <= 10; i--) {
		const struct reply_line *line = &t->lines[i - 1];
		const char *rule;

		if (line->fold_len == 0) continue;
		rule = filled >= 2 ? opens_block(t, line) : NULL;
		if (rule != NULL && has_two_contacts(t, i, end)) {
			*rule_r = rule;
			while (i > first + 2 && t->lines[i - 2].fold_len > 0 && opens_block(t, &t->lines[i - 2]) != NULL) i--;        /* 此致, then 敬礼 */
			return i - 1;
		}
		if (line->fold_len > 160) break;
		filled++;
	}
	return end;
}

/* Where the signature of the lines first..end begins, or end. */
static size_t signature(const struct reply_text *t, size_t first, size_t end, const char **rule_r)
{
	const char *block = NULL;
	const size_t delimiter = find_delimiter(t, first, end, rule_r), from = find_contact_block(t, first, delimiter, &block);

	if (block != NULL) *rule_r = block;
	return from;
}

static bool is_notice(const struct reply_rules *rules, const char *rule)
{
	for (size_t i = 0; i < rules->row_count; i++)
		if (rules->rows[i].name == rule) return rules->rows[i].kind == REPLY_NOTICE;
	return false;
}

/* The last written line is nothing but a link, and the line of a phone or program stands right above it. */
static void drop_link_of_program(struct reply_text *t, size_t end)
{
	const struct reply_row *row = NULL;

	while (end > 0 && (!t->lines[end - 1].is_kept || t->lines[end - 1].fold_len == 0)) end--;
	if (end < 2 || t->lines[end - 1].fold_len < 8 || memcmp(t->lines[end - 1].fold, "http", 4) != 0 || memchr(t->lines[end - 1].fold, ' ', t->lines[end - 1].fold_len) != NULL) return;
	if (is_mobile(t, end - 2, &row) && reply_has_words(t, 0, end - 2)) reply_drop(t, end - 1, end, row->name);
}

/* Upwards over the last written lines, as long as they are phone lines. */
static void drop_phone_lines(struct reply_text *t, size_t end)
{
	for (size_t i = end; i > 0; i--) {
		const struct reply_line *line = &t->lines[i - 1];
		const struct reply_row *row = NULL;

		if (!line->is_kept || line->fold_len == 0 || line->is_quote || reply_is_rule_line(line)) continue;
		if (!is_mobile(t, i - 1, &row) || !reply_has_words(t, 0, i - 1)) break;
		reply_drop(t, i - 1, i, row->name);
	}}

/* What stands above a signature that has a beginning is the writer's text, contacts or not. */
static void drop_contacts(struct reply_text *t, size_t end)
{
	const char *rule = NULL;
	const size_t from = t->is_signed ? end : reply_contacts(t, end, &rule);

	if (rule != NULL) reply_drop(t, from, end, rule);
}

/* Each run of written lines ends at a dropped part; a signature lies at the end of a run. */
void reply_drop_signatures(struct reply_text *t, size_t end)
{
	for (size_t first = 0; first < end;) {
		const char *rule = NULL;
		size_t stop, from;

		while (first < end && !t->lines[first].is_kept) first++;
		for (stop = first; stop < end && t->lines[stop].is_kept; stop++) continue;
		from = signature(t, first, stop, &rule);
		if (from < stop && (reply_has_words(t, 0, from) || reply_has_words(t, stop, end))) {
			reply_drop(t, from, stop, rule);
			t->is_signed |= !is_notice(t->rules, rule);
		}
		first = stop;
	}
	drop_link_of_program(t, end);
	drop_phone_lines(t, end);
	drop_contacts(t, end);
}
