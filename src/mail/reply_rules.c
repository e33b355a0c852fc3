/* reply_rules.c - loads the rule file and matches lines against it. The built-in file is put into the program by the assembler, so
 * that the file under conf/rules is the only place where the words stand. */
#include "mail/reply_rules.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/reply.h"

#define FILE_MAX (1024 * 1024)
#define ROWS_MAX 2000

__asm__(".section .rodata\n"
        "reply_rules_file:\n"
        ".incbin \"conf/rules/reply.tsv\"\n"
        "reply_rules_file_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char reply_rules_file[] __attribute__((visibility("hidden")));
extern const char reply_rules_file_end[] __attribute__((visibility("hidden")));

static const char *const kind_names[REPLY_KINDS] = {
	"attribution", "original", "forward", "from", "date", "to", "cc", "subject", "other", "mobile", "notice", "closing",
	"given", "given-mail", "name", "firm", "contact", "street",
};

/* ---- the form in which lines are compared ---- */

static int32_t fold_char(int32_t c)
{
	if (c == 0xFF1A || c == 0xFE55) return ':';
	if (c == 0xA0 || c == 0x3000 || c == 0x202F || c == 0x205F || (c >= 0x2000 && c <= 0x200A) || c == '\t') return ' ';
	if ((c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF) return 0;
	if (c == 0x2018 || c == 0x2019 || c == 0x00B4) return '\'';
	if (c == 0x201C || c == 0x201D || c == 0xAB || c == 0xBB || c == 0x300C || c == 0x300D) return '"';
	if (c == 0xFF08) return '(';
	if (c == 0xFF09) return ')';
	if (c == 0xFF1C || c == 0x3008) return '<';
	if (c == 0xFF1E || c == 0x3009) return '>';
	if (c == 0xFF0C) return ',';
	if (c == 0x2014 || c == 0x2013 || c == 0x2500 || c == 0x2501) return '-';
	if (c >= 0xFF10 && c <= 0xFF19) return c - 0xFF10 + '0';
	return u_tolower(c);
}

/* The next character folded; 0 for none. Some mail programs leave "&nbsp;" in plain text. */
static int32_t next_folded(const char *text, size_t len, size_t *at)
{
	const unsigned char first = (unsigned char)text[*at];
	int32_t c;

	if (first == '&' && len - *at >= 6 && memcmp(text + *at, "&nbsp;", 6) == 0) { *at += 6; return ' '; }
	if (first < 0x80) {
		++*at;
		return first >= 'A' && first <= 'Z' ? first + 32 : first == '\t' ? ' ' : first;
	}
	c = utf8_next(text, len, at);
	return c < 0 ? 0 : fold_char(c);
}

static bool is_plain(unsigned char c)
{
	return (c >= '!' && c <= '~' && c != '&' && c != ':') || c == '\n';
}

/* Writes what stands at text[at] folded and says how many of it are plain: all sixteen, or those before the first that is not. */
static size_t fold_step(char *to, const char *text, size_t at)
{
	const ascii_bytes v = ascii_load(text + at), before = ascii_load(text + at - 1);
	const ascii_bytes is_odd = ((ascii_bytes)(v < ' ') & (ascii_bytes)(v != '\n')) | (ascii_bytes)(v > '~') | (ascii_bytes)(v == '&') | (ascii_bytes)(v == ':') | ((ascii_bytes)(v == ' ') & (ascii_bytes)(before == ' '));

	ascii_store(to + at, ascii_lower(v));
	return ascii_any(is_odd) ? ascii_first(is_odd) : ASCII_STEP;
}

/* Copies the run at the beginning of which most text is made: ASCII that stands for itself, with single spaces between; its length. What to holds behind it
 * may be changed up to len. */
static size_t fold_plain(char *to, const char *text, size_t len)
{
	size_t at = 1;

	if (len == 0 || !is_plain((unsigned char)text[0])) return 0;
	to[0] = (char)(text[0] >= 'A' && text[0] <= 'Z' ? text[0] | 32 : text[0]);
	for (; at + ASCII_STEP <= len; at += ASCII_STEP) {
		const size_t plain = fold_step(to, text, at);

		if (plain < ASCII_STEP) return at + plain;
	}
	if (len > ASCII_STEP) return len - ASCII_STEP + fold_step(to, text, len - ASCII_STEP);           /* what was plain before is plain again */
	for (; at < len; at++) {
		const unsigned char c = (unsigned char)text[at];

		if (c == ' ' ? text[at - 1] == ' ' : !is_plain(c)) break;
		to[at] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
	}
	return at;
}

void reply_fold(struct buf *out, const char *text, size_t len)
{
	char *to = buf_reserve(out, len * 2 + 8);       /* lower case takes at most half as much again */
	size_t used = 0;

	if (to == NULL) return;
	for (size_t at = 0; at < len;) {
		const size_t run = fold_plain(to + used, text + at, len - at);

		used += run;
		at += run;
		if (at == len) break;
		const size_t han = utf8_han(text + at, len - at);

		if (han > 0) {
			memcpy(to + used, text + at, han);
			used += han;
			at += han;
			continue;
		}
		const int32_t c = next_folded(text, len, &at);

		if (c == 0 || (c == ' ' && (used == 0 || to[used - 1] == ' '))) continue;
		if (c == ':' && used > 0 && to[used - 1] == ' ') used--;
		if (c < 0x80) to[used++] = (char)c;
		else U8_APPEND_UNSAFE((uint8_t *)to, used, (uint32_t)c);
	}
	while (used > 0 && to[used - 1] == ' ') used--;
	out->len += used;
	out->data[out->len] = '\0';
}

/* ---- matching ---- */

struct reply_ends reply_ends_of(const char *line, size_t len)
{
	const size_t some = len < sizeof(uint64_t) ? len : sizeof(uint64_t);
	struct reply_ends ends = { 0 };

	memcpy(&ends.head, line, some);
	memcpy((char *)&ends.tail + sizeof(ends.tail) - some, line + len - some, some);
	return ends;
}

bool reply_glob(const struct reply_pattern *pattern, const char *line, size_t len)
{
	const char *p = pattern->text, *const p_end = p + pattern->len;
	size_t at = 0;
	bool is_open = false;                   /* a '*' stands before the piece at p */

	while (p < p_end) {
		const char *star = memchr(p, '*', (size_t)(p_end - p)), *hit;
		const size_t piece = (size_t)((star != NULL ? star : p_end) - p);

		if (piece > len - at) return false;
		if (star == NULL && is_open) return memcmp(line + len - piece, p, piece) == 0;
		if (!is_open) {
			if (memcmp(line + at, p, piece) != 0) return false;
			at += piece;
		} else if (piece > 0) {
			hit = ascii_find(line + at, len - at, p, piece);
			if (hit == NULL) return false;
			at = (size_t)(hit - line) + piece;
		}
		if (star == NULL) return at == len;
		is_open = true;
		p = star + 1;
	}
	return is_open || at == len;
}

const struct reply_row *reply_match(const struct reply_rules *rules, enum reply_kind kind, const char *line, size_t len)
{
	const struct reply_patterns *patterns = &rules->kinds[kind];
	const unsigned char first = len > 0 ? (unsigned char)line[0] : 0;
	const struct reply_ends ends = reply_ends_of(line, len);

	for (size_t i = patterns->from[first]; len > 0 && i < patterns->upto[first]; i++) {
		const uint32_t item = patterns->order[i];

		if (reply_may_fit(&patterns->fits[item], &ends) && reply_glob(&patterns->items[item], line, len)) return patterns->items[item].row;
	}
	return NULL;
}

bool reply_field(const struct reply_rules *rules, const char *name, size_t len, uint16_t roles_r[REPLY_LANGUAGES_MAX])
{
	bool is_field = false;

	if (len > 40) return false;
	for (int kind = REPLY_FROM; kind <= REPLY_OTHER; kind++) {
		const struct reply_patterns *patterns = &rules->kinds[kind];

		for (size_t i = patterns->from[(unsigned char)name[0]]; i < patterns->upto[(unsigned char)name[0]]; i++) {
			const struct reply_pattern *pattern = &patterns->items[patterns->order[i]];

			if (pattern->len != len || memcmp(pattern->text, name, len) != 0) continue;
			roles_r[pattern->row->language_index] |= (uint16_t)(1u << kind);
			is_field = true;
		}
	}
	return is_field;
}

/* ---- loading ---- */

static int kind_of(const char *name)
{
	for (int i = 0; i < REPLY_KINDS; i++)
		if (strcmp(kind_names[i], name) == 0) return i;
	return -1;
}

static int language_of(struct reply_rules *rules, const char *language)
{
	int next = 0;

	for (size_t i = 0; i < rules->row_count; i++) {
		if (strcmp(rules->rows[i].language, language) == 0) return rules->rows[i].language_index;
		if (rules->rows[i].language_index >= next) next = rules->rows[i].language_index + 1;
	}
	return next;
}

/* Cuts one line into its five fields. */
static enum ik_rc read_row(struct reply_rules *rules, char *line, int number, struct ik_error *err)
{
	struct reply_row *row = &rules->rows[rules->row_count];
	const char **const fields[] = { &row->name, &row->kind_name, &row->language, &row->pattern, &row->example };
	int kind;

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		char *tab = strchr(line, '\t');

		if ((tab == NULL) != (i + 1 == COUNT_OF(fields))) return ik_fail(IK_CONFIG, err, "reply rules, line %d: five fields parted by TAB are expected", number);
		*fields[i] = line;
		if (tab == NULL) break;
		*tab = '\0';
		line = tab + 1;
	}
	kind = kind_of(row->kind_name);
	if (kind < 0) return ik_fail(IK_CONFIG, err, "reply rules, line %d: unknown kind \"%.40s\"", number, row->kind_name);
	row->kind = (enum reply_kind)kind;
	row->language_index = language_of(rules, row->language);
	if (row->language_index >= REPLY_LANGUAGES_MAX) return ik_fail(IK_CONFIG, err, "reply rules, line %d: more than %d languages", number, REPLY_LANGUAGES_MAX);
	rules->row_count++;
	return IK_OK;
}

static enum ik_rc read_rows(struct reply_rules *rules, struct ik_error *err)
{
	int number = 0;
	enum ik_rc rc = IK_OK;

	for (char *line = rules->text, *next; rc == IK_OK && line != NULL && *line != '\0'; line = next) {
		next = strchr(line, '\n');
		if (next != NULL) *next++ = '\0';
		number++;
		if (line[0] == '#' || line[0] == '\0') continue;
		if (rules->row_count >= ROWS_MAX) return ik_fail(IK_CONFIG, err, "reply rules: more than %d rows", ROWS_MAX);
		rc = read_row(rules, line, number, err);
	}
	return rc;
}

/* The bytes before the first and behind the last '*' of a pattern; all of them on both ends when it has none. */
static struct reply_fit fit_of(const char *text, size_t len)
{
	static const char given[sizeof(uint64_t)] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
	const char *first = memchr(text, '*', len), *last = memrchr(text, '*', len);
	const size_t head = first != NULL ? (size_t)(first - text) : len, tail = last != NULL ? (size_t)(text + len - last) - 1 : len;
	const struct reply_ends of_head = reply_ends_of(text, head), of_tail = reply_ends_of(text + len - tail, tail);
	const struct reply_ends head_mask = reply_ends_of(given, head < sizeof(given) ? head : sizeof(given)), tail_mask = reply_ends_of(given, tail < sizeof(given) ? tail : sizeof(given));

	return (struct reply_fit){ .bytes = { of_head.head, of_tail.tail }, .mask = { head_mask.head, tail_mask.tail } };
}

static void add_pattern(struct reply_patterns *to, const char *text, size_t len, const struct reply_row *row)
{
	to->items = mem_grow(to->items, to->count + 1, sizeof(*to->items));
	to->fits = mem_grow(to->fits, to->count + 1, sizeof(*to->fits));
	to->fits[to->count] = fit_of(text, len);
	to->items[to->count++] = (struct reply_pattern){ .text = text, .len = len, .row = row, .starts_open = text[0] == '*' };
}

/* The patterns a line that begins with this byte may fit, behind the count that stand in order; returns the new count. */
static size_t put_in_order(struct reply_patterns *to, size_t count, char first)
{
	for (size_t i = 0; i < to->count; i++)
		if (to->items[i].starts_open || (first != '*' && to->items[i].text[0] == first)) to->order[count++] = (uint32_t)i;
	return count;
}

static bool is_first_of_any(const struct reply_patterns *patterns, char first)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (patterns->items[i].text[0] == first) return true;
	return false;
}

/* Bytes that no pattern begins with share the patterns that begin with '*'. */
static void sort_by_first(struct reply_patterns *patterns)
{
	size_t open, bytes = 1, count;

	for (int c = 0; c < 256; c++) bytes += is_first_of_any(patterns, (char)c);
	for (open = 0, count = 0; count < patterns->count; count++) open += patterns->items[count].starts_open;
	patterns->order = mem_new((open * bytes + patterns->count + 1) * sizeof(*patterns->order));
	open = count = put_in_order(patterns, 0, '*');
	for (int c = 0; c < 256; c++) {
		if (is_first_of_any(patterns, (char)c)) {
			patterns->from[c] = (uint32_t)count;
			count = put_in_order(patterns, count, (char)c);
			patterns->upto[c] = (uint32_t)count;
		} else {
			patterns->upto[c] = (uint32_t)open;
		}
	}
}

/* Folds every alternative into one block of memory; two passes, since the block must not move under the patterns. */
static void fold_patterns(struct reply_rules *rules)
{
	struct buf all = BUF_INIT(FILE_MAX * 2);
	size_t at = 0;

	for (size_t i = 0; i < rules->row_count; i++) {
		struct buf one = BUF_INIT(FILE_MAX);

		reply_fold(&one, rules->rows[i].pattern, strlen(rules->rows[i].pattern));
		buf_add(&all, buf_str(&one), one.len + 1);
		buf_release(&one);
	}
	rules->folded = buf_take(&all);
	for (size_t i = 0; i < rules->row_count; i++) {
		const struct reply_row *row = &rules->rows[i];
		const char *text = rules->folded + at;

		at += strlen(text) + 1;
		while (*text != '\0') {
			const size_t len = strcspn(text, "|");

			if (len > 0) add_pattern(&rules->kinds[row->kind], text, len, row);
			text += len + (text[len] == '|');
		}
	}
	for (int k = 0; k < REPLY_KINDS; k++) sort_by_first(&rules->kinds[k]);
}

enum ik_rc reply_rules_new(const char *text, size_t len, struct reply_rules **rules_r, struct ik_error *err)
{
	struct reply_rules *rules = mem_new(sizeof(*rules));
	enum ik_rc rc;

	if (text == NULL) {
		text = reply_rules_file;
		len = (size_t)(reply_rules_file_end - reply_rules_file);
	}
	if (len > FILE_MAX) len = FILE_MAX;
	rules->text = mem_copy(text, len);
	rules->rows = mem_new(ROWS_MAX * sizeof(*rules->rows));
	rc = read_rows(rules, err);
	if (rc == IK_OK) {
		fold_patterns(rules);
		*rules_r = rules;
	} else {
		reply_rules_free(&rules);
	}
	return rc;
}

void reply_rules_free(struct reply_rules **rules)
{
	if (*rules == NULL) return;
	for (int i = 0; i < REPLY_KINDS; i++) {
		free((*rules)->kinds[i].items);
		free((*rules)->kinds[i].fits);
		free((*rules)->kinds[i].order);
	}
	free((*rules)->rows);
	free((*rules)->folded);
	free((*rules)->text);
	mem_free(rules);
}

void reply_rules_each(const struct reply_rules *rules, void (*seen)(void *arg, const char *name, const char *kind, const char *language, const char *pattern, const char *example), void *arg)
{
	for (size_t i = 0; i < rules->row_count; i++) {
		const struct reply_row *row = &rules->rows[i];

		seen(arg, row->name, row->kind_name, row->language, row->pattern, row->example);
	}
}
