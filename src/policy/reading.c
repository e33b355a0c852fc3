/* reading.c - one pass of the automaton collects matches; negation and "unless" take some back; the rest adds up to scores per target, in
 * which the second match of a rule counts half and the third a quarter. A function of rules and text alone; an expression that runs into its limits is
 * counted and told besides. */
#include "policy/reading.h"

#include <stdlib.h>
#include <string.h>
#include "base/ascii.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"

#define SUBJECT_MAX 1024
#define SUBJECT_FACTOR 1.25

/* ---- matching --------------------------------------------------------------------------------------------------------- */

static bool is_sentence_end(const char *at)
{
	switch (*at) {
	case '\n': case '!': case '?': case ';': return true;
	case '.': return at[1] == ' ' || at[1] == '\n' || at[1] == '\0';
	case '\xe3': return at[1] == '\x80' && at[2] == '\x82';         /* ideographic full stop */
	default: return false;
	}
}

static bool is_clause_end(const char *at)
{
	return *at == ',' || *at == ':' || is_sentence_end(at);
}

/* Bytes at which a clause or sentence may end; every other one is passed over. */
static const bool may_end[256] = { ['\n'] = true, ['!'] = true, ['?'] = true, [';'] = true, ['.'] = true, [','] = true, [':'] = true, [0xe3] = true };

/* Counts what ended up to here: matches come in the order of their ends. */
static void look_to(struct reading *s, size_t end)
{
	for (; s->looked < end; s->looked++) {
		if (!may_end[(unsigned char)s->text[s->looked]]) continue;
		s->sentence = (uint16_t)(s->sentence + is_sentence_end(s->text + s->looked));
		s->clause = (uint16_t)(s->clause + is_clause_end(s->text + s->looked));
	}
}

/* What expressions work in, which is made once: PCRE2 keeps its memory there from one match to the next. NULL without memory. */
static pcre2_match_data *match_data(struct reading *s)
{
	if (s->match == NULL) s->match = pcre2_match_data_create(2, NULL);
	return s->match;
}

/* Once for each text; the first text since the rules were loaded is told in the log as well. */
static void note_given_up(struct reading *s, const struct rule *rule, int why)
{
	const size_t index = (size_t)(rule - s->r->rules);
	unsigned char reason[128] = "";

	if (s->has_given_up == NULL) s->has_given_up = mem_new((s->r->count + 1) * sizeof(*s->has_given_up));
	if (s->has_given_up[index]) return;
	s->has_given_up[index] = true;
	if (atomic_fetch_add(&s->r->given_up[index], 1) > 0) return;
	(void)pcre2_get_error_message(why, reason, sizeof(reason));
	log_line(IK_LOG_WARNING, "rules", "%s:%u: rule %s: its regular expression was given up on a text (%s) and says nothing of such texts; make it simpler, above all no repetition within a repetition",
	         rule->file, rule->line, rule->id, (const char *)reason);
}

/* What is at at or behind it (an anchored expression: at it alone) into the match data; NULL: nothing, or the limits did not suffice to tell. */
static pcre2_match_data *match(struct reading *s, const struct rule *rule, const pcre2_code *code, size_t at)
{
	pcre2_match_data *data = match_data(s);
	const int rc = data != NULL ? pcre2_match(code, (const unsigned char *)s->text, s->len, at, PCRE2_NO_UTF_CHECK, data, s->r->limits) : PCRE2_ERROR_NOMEMORY;

	if (rc < 0 && rc != PCRE2_ERROR_NOMATCH) note_given_up(s, rule, rc);
	return rc >= 0 ? data : NULL;
}

/* The first number that a rule of that kind finds; written as the customer wrote it. */
static void take_order_number(struct reading *s, pcre2_match_data *data)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);

	if (s->order_number[0] != '\0' || pcre2_get_ovector_count(data) < 2 || at[2] >= at[3] || at[3] > s->len || at[3] - at[2] >= sizeof(s->order_number)) return;
	for (size_t i = at[2]; i < at[3]; i++) {
		const char written = s->source[s->origin[i]];

		s->order_number[i - at[2]] = (unsigned char)written < 0x80 ? written : s->text[i];
	}
	s->order_number[at[3] - at[2]] = '\0';
}

static bool after_matches(struct reading *s, const struct rule *rule, size_t end)
{
	pcre2_match_data *data = match(s, rule, rule->after, end);

	if (data != NULL && rule->kind == RULE_ORDER) take_order_number(s, data);
	return data != NULL;
}

static void add_negator(struct reading *s, const struct rule *rule, size_t start, size_t end)
{
	if (s->negator_count < NEGATORS_MAX)
		s->negators[s->negator_count++] = (struct negation){ (uint16_t)start, (uint16_t)end, (uint16_t)rule->weight, rule->target == NEGATOR_PLAIN };
}

static void add_degree(struct reading *s, const struct rule *rule, size_t start, size_t end)
{
	if (s->degree_count < DEGREES_MAX) s->degrees[s->degree_count++] = (struct degree_word){ (uint16_t)start, (uint16_t)end, rule->weight };
}

/* "not only" is no negation although "not" is. */
static bool is_really_negator(const struct reading *s, const struct negation *n)
{
	if (n->is_plain) return false;
	for (size_t i = 0; i < s->negator_count; i++) {
		const struct negation *p = &s->negators[i];

		if (p->is_plain && p->start <= n->start && p->end >= n->end) return false;
	}
	return true;
}

static bool has_clause_end(const struct reading *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (may_end[(unsigned char)s->text[i]] && is_clause_end(s->text + i)) return true;
	return false;
}

static bool is_negated(const struct reading *s, const struct hit *h)
{
	const size_t width = (unsigned char)s->text[h->start] >= 0x80 ? 3 : 1;

	for (size_t i = 0; i < s->negator_count; i++) {
		const struct negation *n = &s->negators[i];

		if (n->end > h->start || (size_t)(h->start - n->end) > width * n->reach) continue;
		if (is_really_negator(s, n) && !has_clause_end(s, n->end, h->start)) return true;
	}
	return false;
}

static bool is_from_there(const struct reading *s, const struct rule *rule)
{
	const struct policy_source *from = s->from;

	if (rule->channels != NULL && !vocabulary_lists(rule->channels, from != NULL ? from->channel : NULL)) return false;
	return rule->brands == NULL || vocabulary_lists(rule->brands, from != NULL ? from->brand : NULL);
}

/* A field is touched or not: once it is, its rule has nothing more to say. */
static void add_trait(struct reading *s, uint32_t index, size_t start, size_t end)
{
	const struct rule *rule = &s->r->rules[index];
	const struct hit h = { .rule = index, .start = (uint16_t)start, .end = (uint16_t)end };

	if (s->traits[rule->target] || rule->negation == NEGATION_KEEP || !is_negated(s, &h)) s->traits[rule->target] = s->is_done[index] = true;
}

static void add_hit(struct reading *s, uint32_t index, size_t start, size_t end)
{
	const struct rule *rule = &s->r->rules[index];
	const struct hit *last = s->hit_count > 0 ? &s->hits[s->hit_count - 1] : NULL;

	if (!is_from_there(s, rule)) return;
	if (rule->kind == RULE_TRAIT) {
		add_trait(s, index, start, end);
		return;
	}
	if (rule->kind == RULE_ORDER && s->order_number[0] != '\0') return;             /* the first one counts */
	if (rule->after != NULL && !after_matches(s, rule, end)) return;
	if (rule->kind == RULE_NEGATION) add_negator(s, rule, start, end);
	if (rule->kind == RULE_DEGREE) add_degree(s, rule, start, end);
	if (rule->kind == RULE_NEGATION || rule->kind == RULE_DEGREE || rule->kind == RULE_ORDER || s->hit_count == HITS_MAX) return;
	if (last != NULL && last->rule == index && last->end == end) return;    /* "not refund" and "refund" of one rule are one match */
	s->hits[s->hit_count++] = (struct hit){ .rule = index, .start = (uint16_t)start, .end = (uint16_t)end, .clause = s->clause };
}

static bool has_part(const struct reading *s, uint32_t at)
{
	return (s->has_part[at / 64] >> (at % 64) & 1) != 0;
}

static void keep_part(struct reading *s, uint32_t at, struct part part)
{
	s->has_part[at / 64] |= UINT64_C(1) << (at % 64);
	s->parts[at] = part;
}

/* One part of a pattern with gaps: counts when the part before stands shortly before it in the same sentence. */
static void add_part(struct reading *s, uint32_t chain, uint32_t part, size_t start, size_t end)
{
	const struct chain *c = &s->r->chain[chain];
	const uint32_t at = CHAIN_PARTS_MAX * chain + part;
	size_t from = start;

	if (part > 0) {
		const struct part *before = &s->parts[at - 1];

		if (before->sentence != s->sentence || before->end > start || start - before->end > c->reach[part - 1]) return;
		from = before->start;
	}
	if (part == c->last) add_hit(s, c->rule, from, end);
	else keep_part(s, at, (struct part){ (uint16_t)from, (uint16_t)end, s->sentence });
}

static void add_veto(struct reading *s, uint32_t rule)
{
	if (s->veto_count == VETOES_MAX) return;
	s->vetoes[s->veto_count++] = (struct veto){ rule, s->clause };
	s->is_doubted[rule] = true;
}

static void take_word(struct reading *s, uint32_t payload, size_t start, size_t end)
{
	const uint32_t index = WORD_INDEX_OF(payload);

	look_to(s, end - 1);
	switch (WORD_ROLE_OF(payload)) {
	case WORD_HIT: add_hit(s, index, start, end); break;
	case WORD_PART: add_part(s, index, WORD_PART_OF(payload), start, end); break;
	case WORD_VETO: add_veto(s, index); break;
	default: break;
	}
}

/* What most words of a text come to: a later part of a pattern whose part before was not seen, a field that is touched already. */
static bool is_idle(const struct reading *s, uint32_t payload)
{
	const uint32_t index = WORD_INDEX_OF(payload), part = WORD_PART_OF(payload);

	if (WORD_ROLE_OF(payload) == WORD_PART) return part > 0 && !has_part(s, CHAIN_PARTS_MAX * index + part - 1);
	return WORD_ROLE_OF(payload) == WORD_HIT && s->is_done[index];
}

static void found(void *arg, const uint32_t *payloads, size_t count, size_t start, size_t end)
{
	struct reading *s = arg;

	for (size_t i = 0; i < count; i++)
		if (!is_idle(s, payloads[i])) take_word(s, payloads[i], start, end);
}

/* The rules that are an expression alone. */
static void find_anywhere(struct reading *s)
{
	for (uint32_t i = 0; i < s->r->count; i++) {
		const struct rule *rule = &s->r->rules[i];
		pcre2_match_data *data = rule->anywhere != NULL ? match(s, rule, rule->anywhere, 0) : NULL;

		if (data != NULL) {
			const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);

			s->clause = UINT16_MAX;          /* of no clause: any "unless" takes it back */
			add_hit(s, i, at[0], at[1]);
		}
	}
}

/* ---- taking back -------------------------------------------------------------------------------------------------------- */

static bool is_vetoed(const struct reading *s, const struct hit *h)
{
	for (size_t i = 0; i < s->veto_count && s->is_doubted[h->rule]; i++)
		if (s->vetoes[i].rule == h->rule && (s->vetoes[i].clause == h->clause || h->clause == UINT16_MAX)) return true;
	return false;
}

/* ---- adding up ------------------------------------------------------------------------------------------------------------ */

static double diminish(unsigned char *count, double weight)
{
	static const double share[] = { 1, 0.5, 0.25 };

	return *count < COUNT_OF(share) ? weight * share[(*count)++] : 0;
}

static void add_up(struct sums *sums, const struct rule *rule, double score, bool negated)
{
	switch (rule->kind) {
	case RULE_CATEGORY:
		sums->problem[rule->target] += score;
		sums->problems += score;
		break;
	case RULE_TOPIC: sums->topic[rule->target] += score; break;
	case RULE_SEVERITY: sums->severity[rule->target] += score; break;
	case RULE_SENTIMENT:
		if (!negated) sums->sentiment[rule->target] += score;
		else sums->sentiment[rule->target == SENTIMENT_POSITIVE ? SENTIMENT_NEGATIVE : SENTIMENT_NEUTRAL] += score;
		break;
	case RULE_FORM: sums->form[rule->target] += score; break;
	case RULE_NEGATION: case RULE_DEGREE: case RULE_ORDER: case RULE_TRAIT: case RULE_WANTED: case RULE_PRODUCT: case RULE_DEPARTMENT: default: break;
	}
}

/* What a name was looked for in says nothing about the class: "I want no refund" is as much a complaint. */
static bool speaks_of_class(const struct rule *rule)
{
	return rule->kind != RULE_WANTED && rule->kind != RULE_PRODUCT && rule->kind != RULE_DEPARTMENT;
}

#define DEGREE_GAP 3                    /* bytes between the word of degree and what it goes with: a blank, or one Chinese character */

/* "extremely annoyed" counts more than "annoyed", "a little annoyed" less. */
static double degree_of(const struct reading *s, const struct hit *h)
{
	for (size_t i = s->degree_count; i-- > 0; ) {
		const struct degree_word *d = &s->degrees[i];

		if (d->end <= h->start && h->start - d->end <= DEGREE_GAP && !has_clause_end(s, d->end, h->start)) return d->factor;
	}
	return 1;
}

static void weigh(struct reading *s)
{
	for (size_t i = 0; i < s->hit_count; i++) {
		struct hit *h = &s->hits[i];
		const struct rule *rule = &s->r->rules[h->rule];
		const bool negated = rule->negation != NEGATION_KEEP && is_negated(s, h);

		h->is_denied = negated && speaks_of_class(rule);
		if (is_vetoed(s, h) || (negated && rule->negation == NEGATION_DROP)) continue;
		if (s->counts[h->rule] > 0 && h->start < s->covered[h->rule]) continue;  /* the same words again */
		s->covered[h->rule] = h->end;
		h->score = diminish(&s->counts[h->rule], rule->weight);
		if (rule->kind == RULE_SENTIMENT) h->score *= degree_of(s, h);
		if (s->origin[h->start] < s->subject_len) h->score *= SUBJECT_FACTOR;
		add_up(&s->sums, rule, h->score, negated);
	}
}

static size_t count_byte(const char *text, size_t len, char byte)
{
	size_t count = 0;

	for (const char *at = text; (at = memchr(at, byte, len - (size_t)(at - text))) != NULL; at++) count++;
	return count;
}

static bool is_capital(char c)
{
	return (unsigned)(c - 'A') < 26;
}

/* Runs of four capitals and more. Every such run has one at a place that four divides, so that the others are only looked at beside it. */
static size_t count_shouts(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t at = 0; at < len; at += 4) {
		size_t start = at, end = at;

		if (!is_capital(text[at])) continue;
		while (start > 0 && is_capital(text[start - 1])) start--;
		while (end < len && is_capital(text[end])) end++;
		count += end - start >= 4;
		at = end - end % 4;
	}
	return count;
}

/* Temper that is no word: exclamation marks, shouting in capitals. */
static double shouting(const struct reading *s)
{
	const size_t caps = count_shouts(s->source, s->source_len);
	size_t marks = count_byte(s->text, s->len, '!');

	for (const char *at = s->text; (at = strstr(at, "??")) != NULL; at++) marks++;
	return (marks >= 2 ? 2 : marks == 1 ? 1 : 0) + (caps >= 3 ? 2 : caps == 2 ? 1 : 0);
}

/* Whether Chinese characters make up at least a fifth of the writing. */
static bool is_mostly_han(const char *text, size_t len)
{
	size_t han = 0, letters = 0, at = 0;

	while (at + ASCII_STEP <= len) {
		ascii_bytes h = { 0 }, l = { 0 };

		for (int step = 0; step < UINT8_MAX && at + ASCII_STEP <= len; step++, at += ASCII_STEP) {
			const ascii_bytes v = ascii_load(text + at);

			h -= (ascii_bytes)(v - 0xe4 <= 5);              /* true is 255, which is -1 */
			l -= (ascii_bytes)(v - 'a' < 26);
		}
		for (int i = 0; i < ASCII_STEP; i++) {
			han += h[i];
			letters += l[i];
		}
	}
	for (; at < len; at++) {
		han += (unsigned char)text[at] >= 0xe4 && (unsigned char)text[at] <= 0xe9;
		letters += (unsigned)(text[at] - 'a') < 26;
	}
	return han * 4 >= letters && han > 0;
}

/* ---- the whole --------------------------------------------------------------------------------------------------------- */

static struct reading *start_reading(const struct rules *r, const struct policy_source *from, const char *subject, const char *text)
{
	struct reading *s = mem_grow(NULL, 1, sizeof(*s));
	const size_t subject_len = utf8_cut(subject, strlen(subject), SUBJECT_MAX);
	const size_t text_len = utf8_cut(text, strnlen(text, FOLD_SOURCE_MAX), FOLD_SOURCE_MAX - subject_len - 1), len = subject_len + 1 + text_len;

	memset(s, 0, offsetof(struct reading, hits));   /* the lists behind are as long as their counts */
	s->r = r;
	s->from = from;
	s->source = mem_new(len + 4);
	memcpy(s->source, subject, subject_len);
	s->source[subject_len] = '\n';
	memcpy(s->source + subject_len + 1, text, text_len);
	s->subject_len = subject_len;
	s->source_len = len;
	s->text = mem_new(FOLD_ROOM(len));
	s->origin = mem_new(sizeof(*s->origin) * FOLD_ROOM(len));
	s->parts = mem_grow(NULL, CHAIN_PARTS_MAX * (r->chains + 1), sizeof(*s->parts));
	s->has_part = mem_new(sizeof(*s->has_part) * (CHAIN_PARTS_MAX * (r->chains + 1) / 64 + 1));
	s->counts = mem_new(r->count + 1);
	s->is_doubted = mem_new(r->count + 1);
	s->is_done = mem_new(r->count + 1);
	s->covered = mem_new(sizeof(*s->covered) * (r->count + 1));
	s->len = fold_text(r->fold, s->source, len, s->text, s->origin);
	return s;
}

void reading_free(struct reading **reading)
{
	struct reading *s = *reading;

	if (s == NULL) return;
	free(s->source);
	free(s->text);
	free(s->origin);
	free(s->parts);
	free(s->has_part);
	free(s->counts);
	free(s->is_doubted);
	free(s->is_done);
	free(s->covered);
	free(s->has_given_up);
	pcre2_match_data_free(s->match);
	free(s);
	*reading = NULL;
}
struct reading *reading_new(const struct rules *r, const struct policy_source *from, const char *subject, const char *text)
{
	struct reading *s = start_reading(r, from, subject, text);

	automaton_scan(r->words, s->text, s->len, found, s);
	find_anywhere(s);
	weigh(s);
	s->sums.question_marks = count_byte(s->text, s->len, '?');
	s->is_han = is_mostly_han(s->text, s->len);
	s->sums.shout = shouting(s);
	return s;
}
