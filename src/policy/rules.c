/* rules.c - reads the rule files. Columns, separated by one TAB:
 *   id  language  kind  target  weight  match  pattern  unless  negation  example  where
 * match is keyword or regex; a keyword pattern may end in " => REGEX", which must then match right behind the words. unless lists words
 * that take a match back when they stand in the same clause. negation says what "not" in front does: drop, keep or flip. The example
 * is a text in which the rule must match; tests check that. where, which may be left out, says from where a text has to come:
 * "channel=shop,mail brand=acme". "-" is an empty cell; lines that start with "#" are comments. */
#include "policy/rules.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "policy/policy.h"
#include "text/text.h"

#define FILE_MAX (4 << 20)
#define RULES_MAX 20000
#define MATCH_LIMIT 20000               /* steps PCRE2 may take for one rule and text */
enum { COL_ID, COL_LANGUAGE, COL_KIND, COL_TARGET, COL_WEIGHT, COL_MATCH, COL_PATTERN, COL_UNLESS, COL_NEGATION, COL_EXAMPLE, COL_WHERE, COLUMNS };

const char *const sentiment_names[] = { "angry", "negative", "neutral", "positive", NULL };
static const char *const kind_names[] = { "category", "topic", "severity", "sentiment", "form", "negation", "degree", "order", "wanted", "product", "department", "trait", NULL };
static const char *const form_names[] = { "question", "suggestion", "staff", "offer", NULL };
static const char *const negator_names[] = { "not", "plain", NULL };
static const char *const negation_names[] = { "drop", "keep", "flip", NULL };
static const char *const degree_names[] = { "more", "less", NULL };
static const char *const order_names[] = { "number", NULL };
static const char *const default_categories[] = {       /* in the order of the definitions: the earlier one wins a tie */
	"safety", "product_quality", "service_attitude", "logistics", "after_sales", "billing", "information", "other" };

static int index_of(const char *const *names, const char *name)
{
	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0) return i;
	return -1;
}

/* One letter more, less or other: a slip of the pen rather than a category of one's own. */
static bool is_slip(const char *name, const char *known)
{
	const size_t len = strlen(name), known_len = strlen(known);
	size_t from = 0, till = 0;

	while (name[from] != '\0' && name[from] == known[from]) from++;
	while (till < len - from && till + from < known_len && name[len - 1 - till] == known[known_len - 1 - till]) till++;
	return len - from - till <= 1 && known_len - from - till <= 1;
}

static enum ik_rc check_slip(const char *name, struct ik_error *err)
{
	for (size_t i = 0; i < COUNT_OF(default_categories); i++)
		if (strcmp(name, default_categories[i]) != 0 && is_slip(name, default_categories[i]))
			return ik_fail(IK_CONFIG, err, "there is no category \"%s\"; did you mean %s?", name, default_categories[i]);
	return IK_OK;
}

static int category_index(struct rules *r, const char *name)
{
	for (size_t i = 0; i < r->category_count; i++)
		if (strcmp(r->categories[i], name) == 0) return (int)i;
	for (const char *c = name; *c != '\0'; c++)
		if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_') return -1;
	if (r->category_count == CATEGORIES_MAX || name[0] == '\0' || strlen(name) > 40) return -1;
	r->categories[r->category_count] = mem_text(name);
	return (int)r->category_count++;
}

static int name_index(struct rules *r, const char *name)
{
	for (size_t i = 0; i < r->name_count; i++)
		if (strcmp(r->names[i], name) == 0) return (int)i;
	if (r->name_count == NAMES_MAX || name[0] == '\0' || strlen(name) >= NAMED_MAX) return -1;
	r->names = mem_grow(r->names, r->name_count + 1, sizeof(*r->names));
	r->names[r->name_count] = mem_text(name);
	return (int)r->name_count++;
}

static int trait_index(struct rules *r, const char *name)
{
	for (size_t i = 0; i < r->trait_count; i++)
		if (strcmp(r->traits[i], name) == 0) return (int)i;
	if (r->trait_count == TRAITS_MAX || name[0] == '\0') return -1;
	r->traits[r->trait_count] = mem_text(name);
	return (int)r->trait_count++;
}

static int target_index(struct rules *r, enum rule_kind kind, const char *name)
{
	switch (kind) {
	case RULE_CATEGORY: case RULE_TOPIC: return category_index(r, name);
	case RULE_SEVERITY: return index_of(severity_names, name);
	case RULE_SENTIMENT: return index_of(sentiment_names, name);
	case RULE_FORM: return index_of(form_names, name);
	case RULE_NEGATION: return index_of(negator_names, name);
	case RULE_DEGREE: return index_of(degree_names, name);
	case RULE_ORDER: return index_of(order_names, name);
	case RULE_WANTED: case RULE_PRODUCT: case RULE_DEPARTMENT: return name_index(r, name);
	case RULE_TRAIT: return trait_index(r, name);
	default: return -1;
	}
}

/* Texts are compared in Simplified characters; an expression may be written in either. To be freed. */
static char *simplified(const char *pattern)
{
	const size_t len = strlen(pattern);
	struct buf b = BUF_INIT(FILE_MAX);

	for (size_t at = 0; at < len; ) {
		const int32_t c = utf8_next(pattern, len, &at);

		(void)utf8_put(&b, c < 0 ? 0xfffd : text_simplify((uint32_t)c));
	}
	return buf_take(&b);
}

static enum ik_rc compile(const char *written, uint32_t options, pcre2_code **code_r, struct ik_error *err)
{
	char *pattern = simplified(written);
	int number = 0;
	PCRE2_SIZE at = 0;
	unsigned char why[128] = "";

	*code_r = pcre2_compile((const unsigned char *)pattern, PCRE2_ZERO_TERMINATED, options | PCRE2_UTF | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C, &number, &at, NULL);
	free(pattern);
	if (*code_r != NULL) return IK_OK;
	(void)pcre2_get_error_message(number, why, sizeof(why));
	return ik_fail(IK_CONFIG, err, "regular expression, character %zu: %s", at + 1, (const char *)why);
}

static struct rule *rule_new(struct rules *r)
{
	if (r->count == r->room) {
		r->room = r->room == 0 ? 256 : 2 * r->room;
		r->rules = mem_grow(r->rules, r->room, sizeof(*r->rules));
	}
	r->rules[r->count] = (struct rule){ .id = NULL };
	return &r->rules[r->count++];
}

/* What is looked for: words, words with an expression behind them, or an expression alone. */
static enum ik_rc set_pattern(struct rules *r, struct rule *rule, char *const *cell, struct ik_error *err)
{
	char *arrow = strstr(cell[COL_PATTERN], " => ");
	const uint32_t index = (uint32_t)(r->count - 1);
	enum ik_rc rc = IK_OK;

	if (cell[COL_PATTERN][0] == '\0') return ik_fail(IK_CONFIG, err, "the pattern is empty");
	if (strcmp(cell[COL_MATCH], "regex") == 0) return compile(cell[COL_PATTERN], 0, &rule->anywhere, err);
	if (strcmp(cell[COL_MATCH], "keyword") != 0) return ik_fail(IK_CONFIG, err, "match is \"%s\"; it must be keyword or regex", cell[COL_MATCH]);
	if (arrow != NULL) {
		*arrow = '\0';
		rc = compile(arrow + 4, PCRE2_ANCHORED, &rule->after, err);
	}
	return rc == IK_OK ? pattern_add(r, cell[COL_PATTERN], WORD_HIT, index, err) : rc;
}

/* "channel=shop,mail brand=acme" */
static enum ik_rc set_where(struct rule *rule, char *where, struct ik_error *err)
{
	while (where != NULL && *where != '\0') {
		char *one = strsep(&where, " ");
		char **list = strncmp(one, "channel=", 8) == 0 ? &rule->channels : strncmp(one, "brand=", 6) == 0 ? &rule->brands : NULL;

		if (one[0] == '\0') continue;
		if (list == NULL || *list != NULL || strchr(one, '=')[1] == '\0')
			return ik_fail(IK_CONFIG, err, "where is \"%.60s\"; it must be like channel=shop,mail or brand=acme, each once", one);
		*list = mem_text(strchr(one, '=') + 1);
	}
	return IK_OK;
}

static enum ik_rc add_rule(struct rules *r, char *const *cell, struct ik_error *err)
{
	const int kind = index_of(kind_names, cell[COL_KIND]), negation = index_of(negation_names, cell[COL_NEGATION]);
	const int target = kind >= 0 ? target_index(r, (enum rule_kind)kind, cell[COL_TARGET]) : -1;
	char *end;
	struct rule *rule;
	enum ik_rc rc;

	if (kind < 0) return ik_fail(IK_CONFIG, err, "kind \"%s\" is not known", cell[COL_KIND]);
	if (target < 0) return ik_fail(IK_CONFIG, err, "\"%s\" is no %s", cell[COL_TARGET], cell[COL_KIND]);
	if (negation < 0) return ik_fail(IK_CONFIG, err, "negation is \"%s\"; it must be drop, keep or flip", cell[COL_NEGATION]);
	if ((kind == RULE_CATEGORY || kind == RULE_TOPIC) && check_slip(cell[COL_TARGET], err) != IK_OK) return IK_CONFIG;
	if (r->count >= RULES_MAX) return ik_fail(IK_CONFIG, err, "more than %d rules", RULES_MAX);
	rule = rule_new(r);
	rule->id = mem_text(cell[COL_ID]);
	rule->kind = (enum rule_kind)kind;
	rule->negation = (enum rule_negation)negation;
	rule->target = (unsigned)target;
	rule->weight = strtod(cell[COL_WEIGHT], &end);
	if (end == cell[COL_WEIGHT] || *end != '\0' || !(rule->weight >= -100 && rule->weight <= 100)) return ik_fail(IK_CONFIG, err, "weight \"%s\" is no number from -100 to 100", cell[COL_WEIGHT]);
	rc = set_pattern(r, rule, cell, err);
	if (rc == IK_OK && cell[COL_UNLESS][0] != '\0') rc = pattern_add(r, cell[COL_UNLESS], WORD_VETO, (uint32_t)(r->count - 1), err);
	return rc == IK_OK ? set_where(rule, cell[COL_WHERE], err) : rc;
}

static enum ik_rc add_line(struct rules *r, char *line, struct ik_error *err)
{
	char *cell[COLUMNS];
	size_t n = 0;

	if (!utf8_valid(line, strlen(line))) return ik_fail(IK_CONFIG, err, "the line is no valid UTF-8; save the file as UTF-8");
	line[strcspn(line, "\r")] = '\0';

	for (char *at = line; at != NULL && n < COLUMNS; n++) {
		cell[n] = strsep(&at, "\t");
		if (strcmp(cell[n], "-") == 0) cell[n] = cell[n] + 1;
		if (n == COLUMNS - 1 && at != NULL) return ik_fail(IK_CONFIG, err, "more than %d columns", COLUMNS);
	}
	if (n == COLUMNS - 1) cell[n++] = line + strlen(line);          /* where may be left out */
	if (n != COLUMNS) return ik_fail(IK_CONFIG, err, "%zu columns instead of %d or %d, separated by one TAB each; \"-\" is an empty cell", n, COLUMNS - 1, COLUMNS);
	if (cell[COL_ID][0] == '\0' || strlen(cell[COL_ID]) > 40) return ik_fail(IK_CONFIG, err, "an id has 1 to 40 bytes");
	return add_rule(r, cell, err);
}

static void set_place(struct rule *rule, const char *file, size_t line)
{
	rule->file = file;
	rule->line = (unsigned)line;
}

static enum ik_rc load_file(struct rules *r, const char *folder, const char *name, struct ik_error *err)
{
	char *path = mem_format("%s/%s", folder, name);
	struct buf text = BUF_INIT(FILE_MAX);
	struct ik_error why = { 0 };
	size_t number = 0;
	enum ik_rc rc = file_read(path, &text, err);

	r->files = mem_grow(r->files, r->file_count + 1, sizeof(*r->files));
	r->files[r->file_count++] = path;

	for (char *at = text.data, *line; rc == IK_OK && at != NULL && (line = strsep(&at, "\n")) != NULL; ) {
		number++;
		if (line[0] == '\0' || line[0] == '#') continue;
		rc = add_line(r, line, &why);
		if (rc == IK_OK) set_place(&r->rules[r->count - 1], path, number);
		if (rc != IK_OK) (void)ik_fail(rc, err, "%s:%zu: %s", path, number, why.text);
	}
	buf_release(&text);
	return rc;
}

static int is_rule_file(const struct dirent *entry)
{
	const size_t len = strlen(entry->d_name);

	return strncmp(entry->d_name, "classify-", 9) == 0 && len > 13 && strcmp(entry->d_name + len - 4, ".tsv") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static enum ik_rc load_folder(struct rules *r, const char *folder, struct ik_error *err)
{
	struct dirent **files = NULL;
	const int count = scandir(folder, &files, is_rule_file, by_name);
	enum ik_rc rc = IK_OK;

	if (count < 0) return ik_fail_errno(err, "open the folder of rules %s", folder);
	if (count == 0) rc = ik_fail(IK_CONFIG, err, "the folder of rules %s holds no classify-*.tsv", folder);
	for (int i = 0; i < count; i++) {
		if (rc == IK_OK) rc = load_file(r, folder, files[i]->d_name, err);
		free(files[i]);
	}
	free(files);
	return rc;
}

static int by_id(const void *a, const void *b)
{
	return strcmp((*(const struct rule *const *)a)->id, (*(const struct rule *const *)b)->id);
}

/* What is explained by an id has to be found by it. */
static enum ik_rc check_ids(const struct rules *r, const char *folder, struct ik_error *err)
{
	const struct rule **list = mem_new((r->count + 1) * sizeof(struct rule *));
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < r->count; i++) list[i] = &r->rules[i];
	qsort(list, r->count, sizeof(struct rule *), by_id);
	for (size_t i = 1; rc == IK_OK && i < r->count; i++)
		if (strcmp(list[i - 1]->id, list[i]->id) == 0) rc = ik_fail(IK_CONFIG, err, "%s: two rules have the id \"%s\"; each needs its own", folder, list[i]->id);
	free(list);
	return rc;
}

static enum ik_rc set_limits(struct rules *r, struct ik_error *err)
{
	r->limits = pcre2_match_context_create(NULL);
	if (r->limits == NULL) return ik_fail(IK_RETRY, err, "no memory for regular expressions");
	(void)pcre2_set_match_limit(r->limits, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(r->limits, 1000);
	(void)pcre2_set_heap_limit(r->limits, 1024);
	return IK_OK;
}

enum ik_rc rules_load(const char *folder, struct rules **rules_r, struct ik_error *err)
{
	struct rules *r = mem_new(sizeof(*r));
	enum ik_rc rc = fold_new(&r->fold, err);

	r->words = automaton_new();
	for (size_t i = 0; i < COUNT_OF(default_categories); i++) (void)category_index(r, default_categories[i]);
	if (rc == IK_OK) rc = set_limits(r, err);
	if (rc == IK_OK) rc = load_folder(r, folder, err);
	if (rc == IK_OK) rc = check_ids(r, folder, err);
	automaton_seal(r->words);
	r->given_up = mem_new((r->count + 1) * sizeof(*r->given_up));
	if (rc == IK_OK) *rules_r = r;
	else rules_free(&r);
	return rc;
}

void rules_free(struct rules **rules)
{
	struct rules *r = *rules;

	if (r == NULL) return;
	for (size_t i = 0; i < r->count; i++) {
		free(r->rules[i].id);
		free(r->rules[i].channels);
		free(r->rules[i].brands);
		pcre2_code_free(r->rules[i].after);
		pcre2_code_free(r->rules[i].anywhere);
	}
	for (size_t i = 0; i < r->category_count; i++) free(r->categories[i]);
	for (size_t i = 0; i < r->trait_count; i++) free(r->traits[i]);
	for (size_t i = 0; i < r->name_count; i++) free(r->names[i]);
	for (size_t i = 0; i < r->file_count; i++) free(r->files[i]);
	free(r->files);
	free(r->given_up);
	free(r->names);
	free(r->rules);
	free(r->chain);
	automaton_free(&r->words);
	fold_free(&r->fold);
	pcre2_match_context_free(r->limits);
	free(r);
	*rules = NULL;
}
