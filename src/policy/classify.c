/* classify.c - what a message is about, how urgent, in what temper: matches of the rules, weighed.
 *
 * One pass of the automaton collects matches; negation and "unless" take some back; the rest adds up to scores per target, in which the
 * second match of a rule counts half and the third a quarter. The first FOLD_SOURCE_MAX bytes are looked at: a complaint says early what it
 * is about, and the time of one decision stays bounded. Everything here is a pure function of rules and text. */
#include "policy/policy_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/text.h"

#define HITS_MAX 1024
#define NEGATORS_MAX 256
#define VETOES_MAX 128
#define SUBJECT_MAX 1024
#define SUBJECT_FACTOR 1.25
#define DECISIVE 3.0                    /* a score that decides by itself */

struct hit { uint32_t rule; uint16_t start, end, clause; double score; };
struct part { uint16_t start, end, sentence; bool is_set; };
struct negation { uint16_t start, end, reach; bool is_plain; };    /* reach: characters it works ahead */
struct veto { uint32_t rule; uint16_t clause; };

struct scan {
	const struct rules *r;
	char *source, *text;            /* as written; folded */
	uint16_t *origin;               /* from text to source */
	size_t source_len, subject_len, len;
	size_t looked;                  /* bytes of text whose sentence and clause ends are counted */
	uint16_t sentence, clause;
	struct part *parts;             /* CHAIN_PARTS_MAX for each chain: what was seen of it so far */
	unsigned char *counts;          /* per rule, for diminishing returns */
	uint16_t *covered;              /* per rule: up to where its last match that counted reached */
	struct hit hits[HITS_MAX];
	struct negation negators[NEGATORS_MAX];
	struct veto vetoes[VETOES_MAX];
	size_t hit_count, negator_count, veto_count;
	char order_number[64];
};

/* The sums, and for the explanation the strongest rule behind each. */
struct sums {
	double problem[CATEGORIES_MAX], topic[CATEGORIES_MAX], severity[SEVERITY_COUNT], sentiment[SENTIMENT_COUNT], form[FORM_COUNT];
	double problems;                /* of all categories */
	size_t question_marks;
};

/* ---- matching --------------------------------------------------------------------------------------------------------- */

static bool is_wordy(const struct scan *s, size_t at)
{
	const unsigned char c = (unsigned char)s->text[at];

	return c < 0x80 && isalnum(c);
}

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

/* Counts what ended up to here: matches come in the order of their ends. */
static void look_to(struct scan *s, size_t end)
{
	for (; s->looked < end; s->looked++) {
		s->sentence = (uint16_t)(s->sentence + is_sentence_end(s->text + s->looked));
		s->clause = (uint16_t)(s->clause + is_clause_end(s->text + s->looked));
	}
}

static bool after_matches(struct scan *s, const struct rule *rule, size_t end)
{
	pcre2_match_data *data = pcre2_match_data_create(2, NULL);
	bool is_match = false;

	if (data == NULL) return false;
	if (pcre2_match(rule->after, (const unsigned char *)s->text, s->len, end, PCRE2_NO_UTF_CHECK, data, s->r->limits) > 0) {
		const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);

		is_match = true;
		if (rule->kind == RULE_ORDER && s->order_number[0] == '\0' && pcre2_get_ovector_count(data) > 1 && at[2] < at[3] && at[3] <= s->len &&
		    at[3] - at[2] < sizeof(s->order_number)) {
			for (size_t i = at[2]; i < at[3]; i++) {
				const char written = s->source[s->origin[i]];

				s->order_number[i - at[2]] = (unsigned char)written < 0x80 ? written : s->text[i];
			}
			s->order_number[at[3] - at[2]] = '\0';
		}
	}
	pcre2_match_data_free(data);
	return is_match;
}

static void add_negator(struct scan *s, const struct rule *rule, size_t start, size_t end)
{
	if (s->negator_count < NEGATORS_MAX)
		s->negators[s->negator_count++] = (struct negation){ (uint16_t)start, (uint16_t)end, (uint16_t)rule->weight, rule->target == NEGATOR_PLAIN };
}

static void add_hit(struct scan *s, uint32_t index, size_t start, size_t end)
{
	const struct rule *rule = &s->r->rules[index];
	const struct hit *last = s->hit_count > 0 ? &s->hits[s->hit_count - 1] : NULL;

	if (rule->kind == RULE_ORDER && s->order_number[0] != '\0') return;             /* the first one counts */
	if (rule->after != NULL && !after_matches(s, rule, end)) return;
	if (rule->kind == RULE_NEGATION) add_negator(s, rule, start, end);
	if (rule->kind == RULE_NEGATION || rule->kind == RULE_ORDER || s->hit_count == HITS_MAX) return;
	if (last != NULL && last->rule == index && last->end == end) return;    /* "not refund" and "refund" of one rule are one match */
	s->hits[s->hit_count++] = (struct hit){ index, (uint16_t)start, (uint16_t)end, s->clause, 0 };
}

/* One part of a pattern with gaps: counts when the part before stands shortly before it in the same sentence. */
static void add_part(struct scan *s, uint32_t chain, uint32_t part, size_t start, size_t end)
{
	const struct chain *c = &s->r->chain[chain];
	struct part *seen = &s->parts[CHAIN_PARTS_MAX * chain];
	const struct part *before = part > 0 ? &seen[part - 1] : NULL;
	size_t from = start;

	if (before != NULL) {
		if (!before->is_set || before->sentence != s->sentence || before->end > start || start - before->end > c->reach[part - 1]) return;
		from = before->start;
	}
	if (part == c->last) add_hit(s, c->rule, from, end);
	else seen[part] = (struct part){ (uint16_t)from, (uint16_t)end, s->sentence, true };
}

static void found(void *arg, uint32_t payload, size_t start, size_t end)
{
	struct scan *s = arg;
	const uint32_t index = WORD_INDEX_OF(payload);

	if ((payload & WORD_LEFT) != 0 && start > 0 && is_wordy(s, start - 1)) return;
	if ((payload & WORD_RIGHT) != 0 && is_wordy(s, end)) return;
	look_to(s, end - 1);
	switch (WORD_ROLE_OF(payload)) {
	case WORD_HIT: add_hit(s, index, start, end); break;
	case WORD_PART: add_part(s, index, WORD_PART_OF(payload), start, end); break;
	case WORD_VETO: if (s->veto_count < VETOES_MAX) s->vetoes[s->veto_count++] = (struct veto){ index, s->clause }; break;
	default: break;
	}
}

/* The rules that are an expression alone. */
static void find_anywhere(struct scan *s)
{
	for (uint32_t i = 0; i < s->r->count; i++) {
		pcre2_match_data *data;

		if (s->r->rules[i].anywhere == NULL) continue;
		data = pcre2_match_data_create(1, NULL);
		if (data == NULL) return;
		if (pcre2_match(s->r->rules[i].anywhere, (const unsigned char *)s->text, s->len, 0, PCRE2_NO_UTF_CHECK, data, s->r->limits) >= 0) {
			const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);

			s->clause = UINT16_MAX;          /* of no clause: any "unless" takes it back */
			add_hit(s, i, at[0], at[1]);
		}
		pcre2_match_data_free(data);
	}
}

/* ---- taking back -------------------------------------------------------------------------------------------------------- */

/* "not only" is no negation although "not" is. */
static bool is_really_negator(const struct scan *s, const struct negation *n)
{
	if (n->is_plain) return false;
	for (size_t i = 0; i < s->negator_count; i++) {
		const struct negation *p = &s->negators[i];

		if (p->is_plain && p->start <= n->start && p->end >= n->end) return false;
	}
	return true;
}

static bool has_clause_end(const struct scan *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (is_clause_end(s->text + i)) return true;
	return false;
}

static bool is_negated(const struct scan *s, const struct hit *h)
{
	const size_t width = (unsigned char)s->text[h->start] >= 0x80 ? 3 : 1;

	for (size_t i = 0; i < s->negator_count; i++) {
		const struct negation *n = &s->negators[i];

		if (n->end > h->start || (size_t)(h->start - n->end) > width * n->reach) continue;
		if (is_really_negator(s, n) && !has_clause_end(s, n->end, h->start)) return true;
	}
	return false;
}

static bool is_vetoed(const struct scan *s, const struct hit *h)
{
	for (size_t i = 0; i < s->veto_count; i++)
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
	case RULE_NEGATION: case RULE_ORDER: default: break;
	}
}

static void weigh(struct scan *s, struct sums *sums)
{
	for (size_t i = 0; i < s->hit_count; i++) {
		struct hit *h = &s->hits[i];
		const struct rule *rule = &s->r->rules[h->rule];
		const bool negated = rule->negation != NEGATION_KEEP && is_negated(s, h);

		if (is_vetoed(s, h) || (negated && rule->negation == NEGATION_DROP)) continue;
		if (s->counts[h->rule] > 0 && h->start < s->covered[h->rule]) continue;  /* the same words again */
		s->covered[h->rule] = h->end;
		h->score = diminish(&s->counts[h->rule], rule->weight);
		if (s->origin[h->start] < s->subject_len) h->score *= SUBJECT_FACTOR;
		add_up(sums, rule, h->score, negated);
	}
}

/* Temper that is no word: exclamation marks, shouting in capitals. */
static double shouting(const struct scan *s)
{
	size_t marks = 0, caps = 0, run = 0;

	for (size_t i = 0; i < s->len; i++) marks += s->text[i] == '!';
	for (size_t i = 0; i < s->source_len; i++) {
		run = isupper((unsigned char)s->source[i]) ? run + 1 : 0;
		caps += run == 4;
	}
	for (size_t i = 1; i < s->len; i++) marks += s->text[i] == '?' && s->text[i - 1] == '?';
	return (marks >= 2 ? 2 : marks == 1 ? 1 : 0) + (caps >= 3 ? 2 : caps == 2 ? 1 : 0);
}

/* ---- deciding --------------------------------------------------------------------------------------------------------------- */

enum { SAFETY, PRODUCT_QUALITY, SERVICE_ATTITUDE, LOGISTICS, AFTER_SALES, BILLING, INFORMATION, OTHER };

static double total(const struct sums *sums, size_t category)
{
	return sums->problem[category] + sums->topic[category];
}

static bool is_praise(const struct sums *sums)
{
	return sums->problems < 2 && sums->sentiment[SENTIMENT_POSITIVE] >= 1.5 &&
	       sums->sentiment[SENTIMENT_POSITIVE] > 1.5 * (sums->sentiment[SENTIMENT_NEGATIVE] + sums->sentiment[SENTIMENT_ANGRY]);
}

/* The order of these questions is the order of the published definitions: safety before everything else. */
static size_t decide_category(const struct rules *r, const struct sums *sums)
{
	const bool is_calm = sums->problems < 2, asks = sums->form[FORM_QUESTION] > 0;
	size_t best = OTHER;
	double most = 0.75;

	if (sums->problem[SAFETY] >= DECISIVE) return SAFETY;
	if (is_praise(sums) && !asks) return sums->form[FORM_STAFF] > 0 || total(sums, SERVICE_ATTITUDE) > 0 ? SERVICE_ATTITUDE : OTHER;
	if (is_calm && (sums->form[FORM_SUGGESTION] > sums->problems || sums->form[FORM_OFFER] >= 2)) return OTHER;
	for (size_t c = 0; c < r->category_count; c++) {
		const double score = total(sums, c) + (c == INFORMATION && asks && is_calm ? (sums->problems > 0 ? 1.2 : 2) : 0);

		if (score > most) {
			best = c;
			most = score;
		}
	}
	return best;
}

static enum severity decide_severity(const struct sums *sums, size_t category)
{
	const double bad = sums->problems + sums->sentiment[SENTIMENT_NEGATIVE] + sums->sentiment[SENTIMENT_ANGRY];
	const bool is_gentle = sums->form[FORM_QUESTION] > 0 || sums->question_marks > 0 || sums->form[FORM_SUGGESTION] > 0 || sums->form[FORM_OFFER] > 0 || is_praise(sums);

	if (sums->severity[SEVERITY_URGENT] >= DECISIVE || category == SAFETY) return SEVERITY_URGENT;
	if (sums->severity[SEVERITY_HIGH] >= DECISIVE) return SEVERITY_HIGH;
	if (bad < 1 && (is_gentle || category == OTHER)) return SEVERITY_LOW;
	return is_praise(sums) || sums->severity[SEVERITY_LOW] > bad ? SEVERITY_LOW : SEVERITY_NORMAL;
}

static enum sentiment decide_sentiment(const struct sums *sums, double shout)
{
	const double positive = sums->sentiment[SENTIMENT_POSITIVE], negative = sums->sentiment[SENTIMENT_NEGATIVE], angry = sums->sentiment[SENTIMENT_ANGRY];
	const double bad = negative + sums->problems / 2.2;

	if (angry + (bad + angry >= 1 && positive < bad + angry ? shout : 0) >= 2) return SENTIMENT_ANGRY;
	if (positive >= 1 && positive > bad + angry) return SENTIMENT_POSITIVE;
	return bad + angry >= 1 ? SENTIMENT_NEGATIVE : SENTIMENT_NEUTRAL;
}

/* ---- explaining -------------------------------------------------------------------------------------------------------------- */

static bool speaks_for(const struct rule *rule, size_t category, enum severity severity, bool of_category)
{
	if (of_category) return (rule->kind == RULE_CATEGORY || rule->kind == RULE_TOPIC) && rule->target == category;
	return rule->kind == RULE_SEVERITY && rule->target == (unsigned)severity;
}

static const struct hit *strongest(const struct scan *s, size_t category, enum severity severity, bool of_category, const struct hit *below)
{
	const struct hit *best = NULL;

	for (size_t i = 0; i < s->hit_count; i++) {
		const struct hit *h = &s->hits[i];

		if (h->score <= 0 || !speaks_for(&s->r->rules[h->rule], category, severity, of_category)) continue;
		if (below != NULL && (h->score > below->score || (h->score >= below->score && h <= below))) continue;
		if (best == NULL || h->score > best->score) best = h;
	}
	return best;
}

static void add_evidence(const struct scan *s, const struct hit *h, struct classification *c)
{
	const size_t have = strlen(c->evidence), from = s->origin[h->start];
	const size_t to = s->origin[h->end] > from ? s->origin[h->end] : from;
	size_t len = utf8_cut(s->source + from, to - from, sizeof(c->evidence) - 1 - have > 3 ? sizeof(c->evidence) - 4 - have : 0);

	while (len > 0 && s->source[from + len - 1] == ' ') len--;
	if (len == 0) return;
	(void)snprintf(c->evidence + have, sizeof(c->evidence) - have, "%s%.*s", have > 0 ? "; " : "", (int)len, s->source + from);
	for (char *at = c->evidence + have; *at != '\0'; at++)
		if (*at == '\n' || *at == '\r' || *at == '\t') *at = ' ';
}

static void explain(const struct scan *s, const struct sums *sums, size_t category, struct classification *c)
{
	const struct hit *topic = strongest(s, category, c->severity, true, NULL), *level = strongest(s, category, c->severity, false, NULL);
	const struct hit *h = topic;

	(void)snprintf(c->rule, sizeof(c->rule), "%.40s %.1f%s%.40s", topic != NULL ? s->r->rules[topic->rule].id : "none", total(sums, category),
	               level != NULL ? ", " : "", level != NULL ? s->r->rules[level->rule].id : "");
	for (int i = 0; i < 3 && h != NULL; i++) {
		add_evidence(s, h, c);
		h = strongest(s, category, c->severity, true, h);
	}
	if (level != NULL) add_evidence(s, level, c);
}

/* ---- language ------------------------------------------------------------------------------------------------------------------ */

static bool language_of_hint(const char *hint, char language_r[8])
{
	size_t n = 0;

	while (hint != NULL && n < 3 && isalpha((unsigned char)hint[n]) && (unsigned char)hint[n] < 0x80) n++;
	if (n < 2 || (hint[n] != '\0' && hint[n] != '-' && hint[n] != '_') || strncasecmp(hint, "und", 3) == 0) return false;
	for (size_t i = 0; i < n; i++) language_r[i] = (char)tolower((unsigned char)hint[i]);
	language_r[n] = '\0';
	return true;
}

/* Chinese is told by its script alone; what is not clear goes to the full vote. */
static void language_of_text(const char *text, size_t len, char language_r[8])
{
	size_t han = 0, kana = 0, latin = 0;

	if (len > 4096) len = utf8_cut(text, len, 4096);
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)text[i];

		if (c >= 0xe4 && c <= 0xe9) han++;
		else if (c == 0xe3 && ((unsigned char)text[i + 1] == 0x81 || (unsigned char)text[i + 1] == 0x82 || (unsigned char)text[i + 1] == 0x83)) kana++;
		else latin += (unsigned)((c | 0x20) - 'a') < 26;
	}
	if (han > 0 && kana * 10 < han && han * 4 >= latin) memcpy(language_r, "zh", 3);
	else text_language(text, len, language_r);
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------------- */

static struct scan *scan_new(const struct rules *r, const char *subject, const char *text)
{
	struct scan *s = mem_new(sizeof(*s));
	const size_t subject_len = utf8_cut(subject, strlen(subject), SUBJECT_MAX);
	const size_t text_len = utf8_cut(text, strnlen(text, FOLD_SOURCE_MAX), FOLD_SOURCE_MAX - subject_len - 1), len = subject_len + 1 + text_len;

	s->r = r;
	s->source = mem_new(len + 4);
	memcpy(s->source, subject, subject_len);
	s->source[subject_len] = '\n';
	memcpy(s->source + subject_len + 1, text, text_len);
	s->subject_len = subject_len;
	s->source_len = len;
	s->text = mem_new(FOLD_ROOM(len));
	s->origin = mem_new(sizeof(*s->origin) * FOLD_ROOM(len));
	s->parts = mem_new(sizeof(*s->parts) * CHAIN_PARTS_MAX * (r->chains + 1));
	s->counts = mem_new(r->count + 1);
	s->covered = mem_new(sizeof(*s->covered) * (r->count + 1));
	s->len = fold_text(r->fold, s->source, len, s->text, s->origin);
	return s;
}

static void scan_free(struct scan *s)
{
	free(s->source);
	free(s->text);
	free(s->origin);
	free(s->parts);
	free(s->counts);
	free(s->covered);
	free(s);
}

void policy_classify(const struct policy *policy, const char *subject, const char *text, const char *language_hint, struct classification *c_r)
{
	const struct rules *r = policy->rules;
	struct scan *s = scan_new(r, subject != NULL ? subject : "", text != NULL ? text : "");
	struct sums sums = { .problems = 0 };
	size_t category;

	*c_r = (struct classification){ .category = "" };
	automaton_scan(r->words, s->text, s->len, found, s);
	find_anywhere(s);
	weigh(s, &sums);
	for (size_t i = 0; i < s->len; i++) sums.question_marks += s->text[i] == '?';
	category = decide_category(r, &sums);
	c_r->category = r->categories[category];
	c_r->severity = decide_severity(&sums, category);
	c_r->sentiment = sentiment_names[decide_sentiment(&sums, shouting(s))];
	if (!language_of_hint(language_hint, c_r->language)) language_of_text(s->source, s->source_len, c_r->language);
	memcpy(c_r->order_number, s->order_number, sizeof(c_r->order_number));
	explain(s, &sums, category, c_r);
	scan_free(s);
}
