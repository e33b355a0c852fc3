/* reply.c - cuts a text down to what its writer wrote now.
 *
 * The text is taken apart into lines, each line gets a kind, and then one walk decides which lines stay:
 *   - a forward (by its marker, or by its subject and a header block) stays whole: the forwarded part may be the complaint;
 *   - quoted lines go, what stands between them stays;
 *   - from the first header block, "original message" line or attribution without quote marks on, everything goes;
 *   - signatures, phone lines and confidentiality notices go up to the next quoted part or the end.
 * Losing the writer's own words is the worst error: whenever nothing would be left, more is kept. All scans are linear. */
#include "mail/reply.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/reply_lines.h"
#include "mail/reply_signature.h"

/* ---- kinds of lines ---- */

static size_t next_filled(const struct reply_text *t, size_t i)
{
	for (i++; i < t->count && t->lines[i].fold_len == 0; i++) continue;
	return i;
}

static bool is_emphasis(char c)
{
	return c == '*' || c == '_' || c == ' ';
}

/* Splits "name: value", or "| name | value |" of a table, of a folded line. */
static bool split_field(const struct reply_line *line, const char **name_r, size_t *name_len_r)
{
	const size_t look = line->fold_len < 48 ? line->fold_len : 48;
	const bool is_cell = look > 2 && line->fold[0] == '|' && line->fold[line->fold_len - 1] == '|';
	const char *name = is_cell ? line->fold + 1 : line->fold, *colon = look > 0 ? memchr(name, is_cell ? '|' : ':', look - is_cell) : NULL;
	size_t len;

	if (colon == NULL || colon == name) return false;
	len = (size_t)(colon - name);
	while (len > 0 && is_emphasis(*name)) { name++; len--; }
	while (len > 0 && is_emphasis(name[len - 1])) len--;
	*name_r = name;
	*name_len_r = len;
	return len > 0;
}

static bool field_roles(const struct reply_text *t, const struct reply_line *line, uint16_t roles[REPLY_LANGUAGES_MAX])
{
	const char *name;
	char tight[48];
	size_t len, out = 0;

	if (!split_field(line, &name, &len)) return false;
	if (reply_field(t->rules, name, len, roles)) return true;
	if ((unsigned char)name[0] < 0x80) return false;
	for (size_t i = 0; i < len; i++)
		if (name[i] != ' ') tight[out++] = name[i];             /* "主  题" */
	return out < len && reply_field(t->rules, tight, out, roles);
}

/* The header block that starts at line i: its end, or i when there is none. Needs a sender and an address, or sender, subject and date. */
static size_t header_block(const struct reply_text *t, size_t i, const char **rule_r)
{
	uint16_t roles[REPLY_LANGUAGES_MAX] = { 0 };
	bool has_at = false;
	size_t end = i, strays = 0, len;
	const char *name;

	if (!split_field(&t->lines[i], &name, &len)) return i;
	for (size_t at = i; at < t->count && at < i + 24; at++) {
		uint16_t more[REPLY_LANGUAGES_MAX] = { 0 };
		const struct reply_line *line = &t->lines[at];

		if (line->fold_len == 0) {
			if (at + 1 < t->count && t->lines[at + 1].fold_len == 0 && end > i + 1) break;
			continue;
		}
		if (!field_roles(t, line, more)) {
			if (end == i || end < at || ++strays > 3) break;        /* only a wrapped value directly below its field */
			has_at |= memchr(line->fold, '@', line->fold_len) != NULL;
			end = at + 1;
			continue;
		}
		for (int k = 0; k < REPLY_LANGUAGES_MAX; k++) roles[k] |= more[k];
		has_at |= memchr(line->fold, '@', line->fold_len) != NULL;
		end = at + 1;
	}
	for (int k = 0; end > i && k < REPLY_LANGUAGES_MAX; k++) {
		const bool from = (roles[k] & 1u << REPLY_FROM) != 0, date = (roles[k] & 1u << REPLY_DATE) != 0, to = (roles[k] & 1u << REPLY_TO) != 0,
		           subject = (roles[k] & 1u << REPLY_SUBJECT) != 0;

		if (!((has_at && ((from && (date || to || subject)) || (date && to))) || (from && subject && date))) continue;
		for (size_t r = 0; r < t->rules->row_count; r++)
			if (t->rules->rows[r].kind == REPLY_FROM && t->rules->rows[r].language_index == k) *rule_r = t->rules->rows[r].name;
		return end;
	}
	return i;
}

/* The header block that was asked for last: that of a line is asked for by the line above and by the line itself. */
struct seen_block { bool is_any; size_t line, end; const char *rule; };

static bool is_header_block(const struct reply_text *t, size_t i, struct seen_block *seen)
{
	if (!seen->is_any || seen->line != i) {
		*seen = (struct seen_block){ .is_any = true, .line = i };
		seen->end = header_block(t, i, &seen->rule);
	}
	return seen->end > i;
}

static bool is_before_header(const struct reply_text *t, size_t i, struct seen_block *seen)
{
	const size_t next = next_filled(t, i);

	return next < t->count && is_header_block(t, next, seen);
}

/* A line of nothing but dashes of any length and other decoration. */
static bool is_row_of_dashes(const struct reply_line *line)
{
	static const char *const dashes[] = { "–", "—", "―", "─" };
	size_t at = 0;

	while (at < line->fold_len) {
		size_t i = 0;

		if (reply_is_decoration(line->fold[at])) { at++; continue; }
		while (i < COUNT_OF(dashes) && (line->fold_len - at < 3 || memcmp(line->fold + at, dashes[i], 3) != 0)) i++;
		if (i == COUNT_OF(dashes)) return false;
		at += 3;
	}
	return at >= 3;
}

/* "----- Original Message -----" and "---------- Forwarded message ----------". Without dashes only right above a header block or, for a
 * forward, with a colon behind. What helpdesks put there, in no one language ("Reply above this line"), may have its dashes in the line above. */
static const struct reply_row *divider(const struct reply_text *t, size_t i, enum reply_kind kind, struct seen_block *seen)
{
	const struct reply_line *line = &t->lines[i];
	const char *inner;
	size_t len, dashes;
	bool has_colon;

	if (line->fold_len == 0 || line->fold_len > 160) return NULL;
	reply_strip_dashes(line, &inner, &len, &dashes);
	if (len == 0) return NULL;
	has_colon = line->fold[line->fold_len - 1] == ':';
	if (!(dashes >= 2 || (has_colon && kind == REPLY_FORWARD) || is_before_header(t, i, seen))) {
		const struct reply_row *row = kind == REPLY_ORIGINAL && i > 0 && is_row_of_dashes(&t->lines[i - 1]) ? reply_match(t->rules, kind, inner, len) : NULL;

		return row != NULL && row->language[0] == '*' ? row : NULL;
	}
	return reply_match(t->rules, kind, inner, len);
}

/* ---- attributions ---- */

static bool has_time(const char *text, size_t len)
{
	for (size_t i = 1; i + 2 < len; i++)
		if ((text[i] == ':' || text[i] == '.') && isdigit((unsigned char)text[i - 1]) && isdigit((unsigned char)text[i + 1]) && isdigit((unsigned char)text[i + 2])) return true;
	return false;
}

static bool has_year(const char *text, size_t len)
{
	for (size_t i = 0; i + 3 < len; i++)
		if ((memcmp(text + i, "20", 2) == 0 || memcmp(text + i, "19", 2) == 0) && isdigit((unsigned char)text[i + 2]) && isdigit((unsigned char)text[i + 3])
		    && (i == 0 || !isdigit((unsigned char)text[i - 1])) && (i + 4 >= len || !isdigit((unsigned char)text[i + 4]))) return true;
	return false;
}

static bool has_evidence(const char *text, size_t len)
{
	return memchr(text, '@', len) != NULL || has_time(text, len) || has_year(text, len);
}

/* Patterns that do not say how the line begins ask for more than a year: people write "in 2026 your agent wrote:". Those without any
 * word of a language need a time. */
static bool has_strong_evidence(const char *text, size_t len, const struct reply_row *row)
{
	return has_time(text, len) || (row->language[0] != '*' && memchr(text, '@', len) != NULL);
}

/* What a program puts into a line of its own: a writer seldom names the year with the time, and an address. */
static bool names_moment(const char *text, size_t len)
{
	return memchr(text, '@', len) != NULL || (has_time(text, len) && has_year(text, len));
}

/* A line that is only a date and perhaps a name: the first half of an attribution that was wrapped. */
static bool is_date_line(const struct reply_line *line)
{
	int digits = 0;

	if (line->fold_len == 0 || line->fold_len > 90 || !has_year(line->fold, line->fold_len)) return false;
	for (size_t i = 0; i < line->fold_len; i++) digits += isdigit((unsigned char)line->fold[i]) != 0;
	return digits >= 5 && has_time(line->fold, line->fold_len);
}

/* Only name and address: the first half of an attribution whose rest, without an address, stands in the line below. */
static bool is_address_line(const struct reply_line *line, const struct reply_line *below)
{
	return line->fold_len > 5 && line->fold_len <= 160 && !line->is_quote && line->fold[line->fold_len - 1] == '>' && memchr(line->fold, '<', line->fold_len) != NULL
	       && memchr(line->fold, '@', line->fold_len) != NULL && memchr(below->fold, '@', below->fold_len) == NULL;
}

/* Patterns that do not end in a colon or dashes are weak: quoted lines must follow. */
static const struct reply_row *match_joined(const struct reply_text *t, const char *text, size_t len, bool starts_open, bool is_quoted)
{
	const struct reply_patterns *patterns = &t->rules->kinds[REPLY_ATTRIBUTION];
	const unsigned char first = (unsigned char)text[0];
	const struct reply_ends ends = reply_ends_of(text, len);

	for (size_t i = patterns->from[first]; i < patterns->upto[first]; i++) {
		const struct reply_pattern *pattern = &patterns->items[patterns->order[i]];
		const char last = pattern->text[pattern->len - 1];

		if (!reply_may_fit(&patterns->fits[patterns->order[i]], &ends) || pattern->starts_open != starts_open || !reply_glob(pattern, text, len)) continue;
		if (last == ':' || last == '-' || last == '*' || is_quoted) return pattern->row;
	}
	return NULL;
}

/* "------ On ... wrote ------" becomes "on ... wrote:". */
static void unwrap_dashes(struct buf *joined)
{
	size_t front = 0, len = joined->len;

	while (front < len && strchr("- ", joined->data[front]) != NULL) front++;
	while (len > front && strchr("- :", joined->data[len - 1]) != NULL) len--;
	if (front < 2 || joined->len - len < 2 || len == front) return;
	joined->len = len;
	joined->data[len] = '\0';
	buf_char(joined, ':');
	buf_drop(joined, front);
}

/* Joins lines first..last into joined; false when one of them cannot be part of an attribution. */
static bool join_lines(const struct reply_text *t, size_t first, size_t last, struct buf *joined)
{
	buf_clear(joined);
	for (size_t i = first; i <= last; i++) {
		const struct reply_line *line = &t->lines[i];

		if (line->fold_len == 0 || line->fold_len > 400 || line->is_quote) return false;
		if (joined->len > 0) buf_char(joined, ' ');
		buf_add(joined, line->fold, line->fold_len);
	}
	unwrap_dashes(joined);
	return true;
}

static bool is_followed_by_quote(const struct reply_text *t, size_t i)
{
	const size_t next = next_filled(t, i);

	return next < t->count && t->lines[next].is_quote;
}

/* A year and a time of day in a paragraph that ends in a colon, with an address or above quote marks, name writer and moment in any language. */
static bool is_like_attribution(const struct reply_text *t, size_t first, const struct buf *joined, bool is_quoted)
{
	const bool has_address = memchr(joined->data, '<', joined->len) != NULL && memchr(joined->data, '@', joined->len) != NULL;

	if (first > 0 && t->lines[first - 1].fold_len > 0) return false;
	if (joined->len > 200 || joined->data[joined->len - 1] != ':' || !(has_address || is_quoted)) return false;
	return has_year(joined->data, joined->len) && has_time(joined->data, joined->len);
}

static const struct reply_row *attribution_of_any_language(const struct reply_text *t)
{
	for (size_t i = 0; i < t->rules->row_count; i++)
		if (t->rules->rows[i].kind == REPLY_ATTRIBUTION && t->rules->rows[i].language[0] == '*') return &t->rules->rows[i];
	return NULL;
}

/* Only "wrote:" stands in the line and what names writer and time was wrapped into the line above. */
static bool is_rest_of_attribution(const struct reply_text *t, size_t last, size_t n)
{
	const struct reply_line *above = last > n ? &t->lines[last - n - 1] : NULL;

	return n < 3 && above != NULL && above->fold_len > 0 && !above->is_quote && t->lines[last].fold_len < 24 && has_evidence(above->fold, above->fold_len);
}

static bool ends_sentence(const char *text, size_t len);

/* "<name@domain>" or "(name@domain)". */
static bool holds_address(const struct reply_line *line)
{
	const char *const at = memchr(line->fold, '@', line->fold_len), *const end = line->fold + line->fold_len;

	if (at == NULL) return false;
	return (memchr(line->fold, '<', (size_t)(at - line->fold)) != NULL && memchr(at, '>', (size_t)(end - at)) != NULL)
	       || (memchr(line->fold, '(', (size_t)(at - line->fold)) != NULL && memchr(at, ')', (size_t)(end - at)) != NULL);
}

/* The line above lacks nothing of its own but goes on below: an address without its name, a name without its date. */
static bool is_begun_above(const struct reply_line *above, const struct buf *joined)
{
	const char *text = joined->data;
	const bool has_address = memchr(text, '@', joined->len) != NULL;

	if (above->fold_len == 0 || above->fold_len > 90 || above->is_quote || ends_sentence(above->fold, above->fold_len)) return false;
	if ((text[0] == '<' || text[0] == '(') && has_address) return true;
	if (!has_address && holds_address(above)) return true;
	return !has_year(text, joined->len) && is_date_line(above);
}

/* The first line of an attribution whose last lines were found: mail programs wrap it where it is too long, before its name as well. */
static size_t with_wrapped(const struct reply_text *t, size_t found, size_t last, struct buf *joined)
{
	while (found > 0 && last - found < 3 && join_lines(t, found, last, joined) && is_begun_above(&t->lines[found - 1], joined)) found--;
	return found;
}

/* Whoever puts what somebody wrote between quotation marks tells of it and goes on. */
static bool opens_quotation(const char *text, size_t len)
{
	static const char *const marks[] = { "\"", "'", "„", "“", "‘", "‚", "«", "»", "‹", "「", "『" };

	for (; len > 0 && *text == ' '; len--) text++;
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (len >= strlen(marks[i]) && memcmp(text, marks[i], strlen(marks[i])) == 0) return true;
	return false;
}

/* Letters that end before at, without those that may be an abbreviation: "sept.", "Inc.". */
static bool is_long_word(const char *text, size_t at)
{
	size_t letters = 0;

	while (at > 0 && letters < 6 && !strchr(" .,;:!?\"'()0123456789", text[at - 1])) {
		at--;
		letters += ((unsigned char)text[at] & 0xC0) != 0x80;
	}
	return letters >= 6;
}

/* Two sentences or more, of which a mail program's line is none. A dot before a figure may stand behind the name of a month. */
static bool holds_sentence_end(const char *text, size_t len)
{
	for (size_t i = 1; i + 1 < len; i++) {
		const char next = text[i + 1];

		if (len - i > 3 && (memcmp(text + i, "。", 3) == 0 || memcmp(text + i, "！", 3) == 0 || memcmp(text + i, "？", 3) == 0)) return true;
		if (next != ' ' && next != '"') continue;
		if (text[i] == '!' || text[i] == '?' || (text[i] == '.' && next == '"')) return true;
		if (text[i] == '.' && i + 2 < len && !isdigit((unsigned char)text[i + 2]) && is_long_word(text, i)) return true;
	}
	return false;
}

/* The writer tells what somebody wrote: no address in brackets, and two sentences or his words between quotation marks. */
static bool is_told(const struct reply_text *t, size_t first, size_t last, const struct buf *joined)
{
	const size_t next = next_filled(t, last);

	for (size_t i = first; i <= last; i++)
		if (holds_address(&t->lines[i])) return false;
	return holds_sentence_end(joined->data, joined->len) || (next < t->count && opens_quotation(t->lines[next].fold, t->lines[next].fold_len));
}

/* "On Monday he wrote:": what a program would have named does not stand in the line above either, unless that is its half of the line. */
static bool is_whole_without_evidence(const struct reply_text *t, size_t last)
{
	const struct reply_line *line = &t->lines[last], *above = last > 0 ? line - 1 : NULL;

	if (has_evidence(line->fold, line->fold_len) || match_joined(t, line->fold, line->fold_len, false, false) == NULL) return false;
	return above == NULL || !(is_date_line(above) || is_address_line(above, line));
}

/* An attribution that ends at line last: its first line, or SIZE_MAX. Patterns that say how it begins are tried over up to four lines
 * first, so that none of its lines stays behind. */
static size_t attribution(const struct reply_text *t, size_t last, const struct reply_row **row_r)
{
	const struct reply_line *line = &t->lines[last];
	struct buf joined = BUF_INIT(2048);
	const bool is_quoted = is_followed_by_quote(t, last);
	size_t found = SIZE_MAX;

	if (line->fold_len == 0 || (strchr(":-", line->fold[line->fold_len - 1]) == NULL && !is_quoted)) return SIZE_MAX;
	if (!is_quoted && is_whole_without_evidence(t, last)) return SIZE_MAX;
	for (int pass = 0; pass < 2 && found == SIZE_MAX; pass++)
		for (size_t n = 0; n < 4 && n <= last && found == SIZE_MAX; n++) {
			if (!join_lines(t, last - n, last, &joined)) break;
			if (!is_quoted && (!has_evidence(joined.data, joined.len) || is_told(t, last - n, last, &joined))) continue;
			*row_r = match_joined(t, joined.data, joined.len, pass == 1, is_quoted);
			if (*row_r == NULL && pass == 1 && is_like_attribution(t, last - n, &joined, is_quoted)) *row_r = attribution_of_any_language(t);
			if (*row_r == NULL || !(is_quoted || pass == 0 || has_strong_evidence(joined.data, joined.len, *row_r))) continue;
			if (pass == 1 && n > 0 && !(has_evidence(t->lines[last - n].fold, t->lines[last - n].fold_len) && (is_quoted || names_moment(joined.data, joined.len)))) continue;
			if (pass == 1 && !has_evidence(joined.data, joined.len) && is_rest_of_attribution(t, last, n)) continue;
			found = last - n;
		}
	if (found != SIZE_MAX && found > 0 && found == last && (is_date_line(&t->lines[found - 1]) || is_address_line(&t->lines[found - 1], line))) found--;
	if (found != SIZE_MAX) found = with_wrapped(t, found, last, &joined);
	buf_release(&joined);
	return found;
}

/* What stands before an attribution within a line: the end of a sentence or dashes. */
static bool ends_sentence(const char *text, size_t len)
{
	static const char *const ends[] = { ".", "!", "?", "-", ")", "~", "。", "！", "？", "…" };

	while (len > 0 && text[len - 1] == ' ') len--;
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		const size_t end = strlen(ends[i]);

		if (len >= end && memcmp(text + len - end, ends[i], end) == 0) return true;
	}
	return false;
}

/* An attribution that begins within line i, behind words of the writer: where in the folded line it begins, or 0. Asks for more than
 * an attribution of its own line does: an address or quoted lines, and a time or a year. */
static size_t attribution_within(const struct reply_text *t, size_t i, const struct reply_row **row_r)
{
	const struct reply_patterns *patterns = &t->rules->kinds[REPLY_ATTRIBUTION];
	const struct reply_line *line = &t->lines[i];

	if (line->fold_len < 20 || line->fold[line->fold_len - 1] != ':' || match_joined(t, line->fold, line->fold_len, false, false) != NULL) return 0;
	if (memchr(line->fold, '@', line->fold_len) == NULL && !is_followed_by_quote(t, i)) return 0;
	for (size_t k = 0; k < patterns->count; k++) {
		const struct reply_pattern *pattern = &patterns->items[k];
		const char *star = memchr(pattern->text, '*', pattern->len), *at = line->fold + 1;
		const size_t head = star != NULL ? (size_t)(star - pattern->text) : 0, end = line->fold_len;

		if (head < 3) continue;
		while ((at = ascii_find(at, end - (size_t)(at - line->fold), pattern->text, head)) != NULL) {
			const size_t from = (size_t)(at - line->fold);

			if (ends_sentence(line->fold, from) && (has_time(at, end - from) || has_year(at, end - from)) && reply_glob(pattern, at, end - from)) { *row_r = pattern->row; return from; }
			at++;
		}
	}
	return 0;
}

/* An attribution at the beginning of line i with what is quoted behind it, as a phone writes HTML out without its line ends. Asks for an
 * address and a time. */
static const struct reply_row *attribution_before_quote(const struct reply_text *t, size_t i)
{
	const struct reply_line *line = &t->lines[i];
	const char *closed = line->fold_len > 0 ? memchr(line->fold, '>', line->fold_len) : NULL;
	const char *colon = closed != NULL ? memchr(closed, ':', line->fold_len - (size_t)(closed - line->fold)) : NULL;
	const size_t len = colon != NULL ? (size_t)(colon + 1 - line->fold) : 0;

	if (len == 0 || len == line->fold_len || colon - closed > 40 || memchr(line->fold, '@', len) == NULL || !has_time(line->fold, len) || opens_quotation(line->fold + len, line->fold_len - len)) return NULL;
	return match_joined(t, line->fold, len, false, false);
}

/* The byte of the raw line at which its folded form has grown to folded bytes. */
static size_t raw_offset(const struct reply_text *t, const struct reply_line *line, size_t folded)
{
	struct buf b = BUF_INIT(REPLY_FOLD_MAX * 16);
	size_t len = 0;

	while (line->start + len < line->end && b.len <= folded) {
		len++;
		while (line->start + len < line->end && ((unsigned char)t->text[line->start + len] & 0xC0) == 0x80) len++;
		buf_clear(&b);
		reply_fold(&b, t->text + line->start, len);
	}
	buf_release(&b);
	while (len > 0 && ((unsigned char)t->text[line->start + len - 1] & 0xC0) == 0x80) len--;
	return len > 0 ? len - 1 : 0;
}

/* Ends the line before the attribution within it. */
static void cut_line(struct reply_text *t, size_t i, size_t folded)
{
	struct reply_line *line = &t->lines[i];

	line->end = line->start + raw_offset(t, line, folded);
	line->fold_len = folded;
	while (line->end > line->start && strchr(" -\t", t->text[line->end - 1]) != NULL) line->end--;
}

/* ---- the walk ---- */

/* A wrapped remainder of a long quoted line: directly between two quoted lines, short, going on in lower case. */
static bool is_wrapped_quote(const struct reply_text *t, size_t i)
{
	const struct reply_line *line = &t->lines[i];
	const char *raw = t->text + line->start;

	return i > 0 && i + 1 < t->count && t->lines[i - 1].is_quote && t->lines[i + 1].is_quote && line->fold_len > 0 && line->fold_len < 28
	       && t->lines[i - 1].fold_len >= 60 && islower((unsigned char)raw[0]);
}

/* Words between dashes right above a header block belong to it in whatever language they are. */
static size_t with_title(const struct reply_text *t, size_t block)
{
	const char *inner;
	size_t len, dashes, i = block;

	while (i > 0 && t->lines[i - 1].fold_len == 0) i--;
	if (i == 0) return block;
	reply_strip_dashes(&t->lines[i - 1], &inner, &len, &dashes);
	return dashes >= 3 && len > 0 && len <= 60 && inner + len < t->lines[i - 1].fold + t->lines[i - 1].fold_len ? i - 1 : block;
}

/* "To:" and "Subject:" right above an attribution belong to it. */
static size_t with_fields(const struct reply_text *t, size_t first)
{
	uint16_t roles[REPLY_LANGUAGES_MAX] = { 0 };

	while (first > 0 && first < t->count && t->lines[first - 1].fold_len > 0 && field_roles(t, &t->lines[first - 1], roles)) first--;
	return first;
}

/* GroupWise: ">>> Name <address> date and time >>>" above what it quotes without marks. */
static bool is_marked_attribution(const struct reply_text *t, size_t i)
{
	const struct reply_line *line = &t->lines[i];
	const size_t next = next_filled(t, i);

	if (line->end - line->start < 5 || memcmp(t->text + line->start, ">>> ", 4) != 0 || (i > 0 && t->lines[i - 1].is_quote) || next >= t->count || t->lines[next].is_quote) return false;
	return memchr(line->fold, '@', line->fold_len) != NULL && has_year(line->fold, line->fold_len) && has_time(line->fold, line->fold_len);
}

/* More lines are the writer's than marked, the first and, above the signature, the last among them. */
static bool are_marks_few(const struct reply_text *t)
{
	size_t marked = 0, written = 0;
	bool is_last_marked = false;

	for (size_t i = 0; i < t->count && !reply_is_delimiter(t, i); i++) {
		if (t->lines[i].fold_len == 0) continue;
		is_last_marked = t->lines[i].is_quote;
		if (is_last_marked) marked++;
		else written += t->lines[i].is_kept;
	}
	return marked < written && !is_last_marked && t->count > 0 && !t->lines[0].is_quote;
}

/* Of a mail whose headers say that it answers nothing, and whose marks are few: it quotes no mail. */
static bool is_first_word(const struct reply_text *t, const char *subject)
{
	const char *rest;

	return t->writer != NULL && !t->writer->is_answer && subject != NULL && subject[0] != '\0' && reply_prefix(subject, &rest) == REPLY_NO_PREFIX && are_marks_few(t);
}

/* The writer says himself whom he cites: lines first..last name no moment and no address, and no container holds what is marked below. */
static bool is_citing(const struct reply_text *t, size_t first, size_t last)
{
	for (size_t i = first; i <= last; i++)
		if (has_evidence(t->lines[i].fold, t->lines[i].fold_len)) return false;
	return t->lines[next_filled(t, last)].is_kept;
}

/* Finds where the history begins that reaches to the end; drops attributions above quote marks on the way. */
static size_t find_history(struct reply_text *t, const char *subject, const char **rule_r, bool *is_forward_r)
{
	const bool is_first = is_first_word(t, subject);
	struct seen_block seen = { 0 };

	for (size_t i = 0; i < t->count; i++) {
		const struct reply_row *row = NULL;
		size_t first, within;

		if (!t->lines[i].is_kept || t->lines[i].fold_len == 0) continue;
		if (t->lines[i].is_quote && is_marked_attribution(t, i)) { *rule_r = "attribution-marked"; return i; }
		if (t->lines[i].is_quote) continue;
		if (divider(t, i, REPLY_FORWARD, &seen) != NULL) { *is_forward_r = true; return i; }
		if ((row = divider(t, i, REPLY_ORIGINAL, &seen)) != NULL) { *rule_r = row->name; return i; }
		if (is_header_block(t, i, &seen)) {
			if (seen.rule != NULL) *rule_r = seen.rule;
			return with_title(t, i);
		}
		within = attribution_within(t, i, &row);
		first = within == 0 ? attribution(t, i, &row) : i + 1;
		if (first == SIZE_MAX && (row = attribution_before_quote(t, i)) != NULL) { *rule_r = row->name; return i; }
		if (first == SIZE_MAX) continue;
		if (within > 0) {
			cut_line(t, i, within);
			t->rule = row->name;
			if (is_followed_by_quote(t, i)) continue;
		}
		first = with_fields(t, first);
		if (!is_followed_by_quote(t, i)) {
			*rule_r = row->name;
			return first;
		}
		if (!is_first || !is_citing(t, first, i)) reply_drop(t, first, i + 1, row->name);
	}
	return t->count;
}

/* The writer's own line above ends in a colon: it introduces what follows. */
static bool is_introduced(const struct reply_text *t, size_t i)
{
	if (i > 0 && strchr("$#<", t->text[t->lines[i - 1].start]) != NULL && t->lines[i - 1].fold_len > 0) return true;         /* a command and what it printed */
	while (i > 0 && t->lines[i - 1].fold_len == 0) i--;
	return i > 0 && t->lines[i - 1].is_kept && !t->lines[i - 1].is_quote && t->lines[i - 1].fold[t->lines[i - 1].fold_len - 1] == ':';
}

/* Marked lines of a mail that answers nothing, few or each run introduced by the writer: a list or figures ("> 40 dB"), not history. */
static bool are_marks_written(const struct reply_text *t, const char *subject)
{
	const char *rest;

	if (t->rule != NULL || (subject != NULL && reply_prefix(subject, &rest) != REPLY_NO_PREFIX)) return false;
	if (subject != NULL && subject[0] != '\0' && are_marks_few(t)) return true;
	for (size_t i = 0; i < t->count; i++)
		if (t->lines[i].is_quote && (i == 0 || !t->lines[i - 1].is_quote) && !is_introduced(t, i)) return false;
	return true;
}

static void drop_quotes(struct reply_text *t, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (t->lines[i].is_kept && (t->lines[i].is_quote || is_wrapped_quote(t, i))) reply_drop(t, i, i + 1, "quote-marks");
}

/* The line of dashes that stands above a dropped part goes with it. */
static void drop_rules(struct reply_text *t)
{
	size_t i = t->count;

	while (i > 0 && (!t->lines[i - 1].is_kept || t->lines[i - 1].fold_len == 0 || reply_is_rule_line(&t->lines[i - 1]))) i--;
	if (i < t->count && t->rule != NULL)
		for (; i < t->count; i++)
			if (t->lines[i].fold_len > 0) t->lines[i].is_kept = false;
}

/* Containers that the mail program marked; true when one of them is a forward. */
static bool drop_marks(struct reply_text *t, const struct html_marks *marks)
{
	for (size_t k = 0; marks != NULL && k < marks->count; k++) {
		const struct html_mark *mark = &marks->marks[k];
		struct seen_block seen = { 0 };
		bool is_first = true;
		size_t dropped = 0;

		for (size_t i = 0; i < t->count; i++) {
			struct reply_line *line = &t->lines[i];

			if (line->start < mark->start || line->start >= mark->end || line->fold_len == 0) continue;
			if (is_first && divider(t, i, REPLY_FORWARD, &seen) != NULL) return true;
			is_first = false;
			reply_drop(t, i, i + 1, mark->rule);
			dropped++;
		}
		t->is_signed |= mark->kind == HTML_SIGNATURE && dropped > 2;            /* fewer are the line of a phone */
	}
	return false;
}

static void write_kept(const struct reply_text *t, struct buf *out)
{
	size_t blanks = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct reply_line *line = &t->lines[i];
		size_t len = line->end - line->start;

		while (len > 0 && (t->text[line->start + len - 1] == ' ' || t->text[line->start + len - 1] == '\t')) len--;
		if (!line->is_kept || len == 0) { blanks++; continue; }
		if (out->len > 0) buf_text(out, blanks > 0 ? "\n\n" : "\n");
		buf_add(out, t->text + line->start, len);
		blanks = 0;
	}
}

static void trim_start(struct buf *out)
{
	size_t blank = 0;

	while (blank < out->len && (out->data[blank] == ' ' || out->data[blank] == '\t')) blank++;
	if (blank < out->len) buf_drop(out, blank);
}

static void keep_all(struct reply_text *t)
{
	for (size_t i = 0; i < t->count; i++) t->lines[i].is_kept = true;
	t->rule = NULL;
	t->is_signed = false;
}

/* What the subject says: "Fwd:" and a header block below make a forward. */
static bool is_forward_subject(const char *subject)
{
	const char *rest;

	return subject != NULL && reply_prefix(subject, &rest) == REPLY_IS_FORWARD;
}

/* "VS:" is a reply in Finnish and a forward in Danish and Norwegian: the words of the header block tell. */
static bool is_nordic_forward(const char *subject, const char *rule)
{
	return subject != NULL && (strncmp(subject, "VS:", 3) == 0 || strncmp(subject, "Vs:", 3) == 0) && (strcmp(rule, "header-da") == 0 || strcmp(rule, "header-no") == 0);
}

static void cut_text(struct reply_text *t, const struct html_marks *marks, const char *subject, struct reply_cut *cut)
{
	const char *rule = NULL;
	size_t history;

	if (is_forward_subject(subject) || drop_marks(t, marks)) cut->is_forward = true;
	if (cut->is_forward || !reply_has_words(t, 0, t->count)) keep_all(t);         /* or all of it was in containers */
	history = find_history(t, subject, &rule, &cut->is_forward);
	if (rule != NULL && is_nordic_forward(subject, rule)) cut->is_forward = true;
	if (cut->is_forward) {
		if (history < t->count) cut->forwarded = t->lines[history].start;
		keep_all(t);
		return;
	}
	if (history < t->count || !are_marks_written(t, subject)) drop_quotes(t, history);
	if (history < t->count && reply_has_words(t, 0, history)) reply_drop(t, history, t->count, rule);
	else history = t->count;
	reply_drop_signatures(t, history);
	drop_rules(t);
	if (!reply_has_words(t, 0, t->count)) keep_all(t);
}

void reply_cut_of(struct buf *out, const struct reply_rules *rules, const char *text, size_t len, const struct html_marks *marks, const char *subject, const struct reply_writer *writer, struct reply_cut *cut_r)
{
	struct reply_text t;
	size_t last;

	*cut_r = (struct reply_cut){ .start = len, .end = len, .forwarded = len };
	reply_text_init(&t, rules, text, len);
	t.writer = writer;
	cut_text(&t, marks, subject, cut_r);
	write_kept(&t, out);
	if (out->len == 0) buf_add(out, text, len);
	trim_start(out);
	for (last = t.count; last > 0 && (!t.lines[last - 1].is_kept || t.lines[last - 1].fold_len == 0); last--) continue;
	if (t.rule != NULL && last > 0 && last < t.count) cut_r->start = t.lines[last - 1].end;
	cut_r->rule = t.rule;
	reply_text_release(&t);
}

void reply_cut(struct buf *out, const struct reply_rules *rules, const char *text, size_t len, const struct html_marks *marks, const char *subject, struct reply_cut *cut_r)
{
	reply_cut_of(out, rules, text, len, marks, subject, NULL, cut_r);
}

bool reply_begins_forward(const struct reply_rules *rules, const char *text, size_t len)
{
	struct seen_block seen = { 0 };
	struct reply_text t;
	bool is_forward;
	size_t i = 0;

	reply_text_init(&t, rules, text, len);
	while (i < t.count && t.lines[i].fold_len == 0) i++;
	is_forward = i < t.count && divider(&t, i, REPLY_FORWARD, &seen) != NULL;
	reply_text_release(&t);
	return is_forward;
}
