/* classify.c - what a message is about, how urgent, in what temper: the matches of the rules, weighed, and what the learned model makes of
 * the text. A pure function of policy and text. */
#include "policy/reading.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "policy/model.h"
#include "text/persons.h"
#include "text/text.h"

#define DECISIVE 3.0                    /* a score that decides by itself */
#define ANGRY_FOR_SURE 2.6              /* more than one word or face of anger */
#define HIGH_ANGER 6.0                  /* insults, fury, shouting together: somebody experienced has to look soon */
#define MISSED_URGENT_COSTS 4.0                 /* as much as so many false alarms */

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

/* The least that words say which decide by themselves. */
static enum severity severity_of_words(const struct sums *sums)
{
	if (sums->severity[SEVERITY_URGENT] >= DECISIVE) return SEVERITY_URGENT;
	return sums->severity[SEVERITY_HIGH] >= DECISIVE ? SEVERITY_HIGH : SEVERITY_LOW;
}

static enum severity decide_severity(const struct sums *sums, size_t category)
{
	const double bad = sums->problems + sums->sentiment[SENTIMENT_NEGATIVE] + sums->sentiment[SENTIMENT_ANGRY];
	const bool is_gentle = sums->form[FORM_QUESTION] > 0 || sums->question_marks > 0 || sums->form[FORM_SUGGESTION] > 0 || sums->form[FORM_OFFER] > 0 || is_praise(sums);

	if (severity_of_words(sums) == SEVERITY_URGENT || category == SAFETY) return SEVERITY_URGENT;
	if (severity_of_words(sums) == SEVERITY_HIGH) return SEVERITY_HIGH;
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

static const struct hit *strongest(const struct reading *s, size_t category, enum severity severity, bool of_category, const struct hit *below)
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

static void add_evidence(const struct reading *s, const struct hit *h, struct classification *c)
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

static void explain(const struct reading *s, const struct sums *sums, size_t category, struct classification *c)
{
	const struct hit *topic = strongest(s, category, c->severity, true, NULL), *level = strongest(s, category, c->severity, false, NULL);
	const struct hit *h = topic;

	(void)snprintf(c->rule, sizeof(c->rule), "%s%.40s %.1f%s%.40s", c->is_learned ? "model, " : "", topic != NULL ? s->r->rules[topic->rule].id : "none", total(sums, category),
	               level != NULL ? ", " : "", level != NULL ? s->r->rules[level->rule].id : "");
	for (int i = 0; i < 3 && h != NULL; i++) {
		add_evidence(s, h, c);
		h = strongest(s, category, c->severity, true, h);
	}
	if (level != NULL) add_evidence(s, level, c);
}

static void tell_given_up(const struct reading *s, struct classification *c)
{
	for (size_t i = 0; s->has_given_up != NULL && i < s->r->count; i++) {
		const size_t have = strlen(c->given_up);

		if (s->has_given_up[i] && have + strlen(s->r->rules[i].id) + 3 < sizeof(c->given_up))
			(void)snprintf(c->given_up + have, sizeof(c->given_up) - have, "%s%s", have > 0 ? ", " : "", s->r->rules[i].id);
	}
}

static void tell_raised(struct classification *c)
{
	const size_t have = strlen(c->rule);

	(void)snprintf(c->rule + have, sizeof(c->rule) - have, ", high anger");
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

/* ---- the learned model beside the rules ---------------------------------------------------------------------------------------------- */

/* What was decided, as places in the lists of the rules. */
struct decision { size_t category; enum severity severity; enum sentiment sentiment; };

struct opinion {
	struct model_feature *features;         /* those that have weights */
	size_t count;
	bool has_pieces;
	double certainty[MODEL_TASKS][MODEL_LABELS_MAX];
	size_t best[MODEL_TASKS];
};

/* The certainties of a task in the order of our own list of names. */
static void take_certainties(struct opinion *o, const struct model_labels *labels, enum model_task task, const double *certainty, const char *const *names, size_t count)
{
	for (size_t i = 0; i < labels->count; i++)
		for (size_t k = 0; k < count; k++)
			if (strcmp(names[k], labels->name[i]) == 0) o->certainty[task][k] = certainty[i];
	for (size_t k = 1; k < count; k++)
		if (o->certainty[task][k] > o->certainty[task][o->best[task]]) o->best[task] = k;
}

/* Whether there is anything but the sums of the rules to judge by. */
static bool has_pieces(const struct model_feature *features, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (features[i].end > 0) return true;
	return false;
}

static struct opinion *opinion_new(const struct policy *p, const struct reading *s)
{
	struct opinion *o = mem_new(sizeof(*o));
	const char *const *const names[MODEL_TASKS] = { (const char *const *)p->rules->categories, severity_names, sentiment_names };
	const size_t counts[MODEL_TASKS] = { p->rules->category_count, SEVERITY_COUNT, SENTIMENT_COUNT };
	double certainty[MODEL_TASKS][MODEL_LABELS_MAX];

	o->features = mem_grow(NULL, MODEL_FEATURES_MAX, sizeof(*o->features));
	o->count = model_features(s, o->features);
	o->has_pieces = has_pieces(o->features, o->count);
	o->count = model_find(p->model, o->features, o->count);
	model_judge(p->model, o->features, o->count, certainty);
	for (size_t t = 0; t < MODEL_TASKS; t++) take_certainties(o, &p->model->tasks[t], (enum model_task)t, certainty[t], names[t], counts[t]);
	return o;
}

static void opinion_free(struct opinion **o)
{
	free((*o)->features);
	mem_free(o);
}

static double certainty_of_best(const struct opinion *o, enum model_task task)
{
	return o->certainty[task][o->best[task]];
}

/* What the rules leave open: a label that is shut is not chosen, however certain the model is. */
struct shut { bool is[MODEL_TASKS][MODEL_LABELS_MAX]; };

static void pin(struct shut *shut, enum model_task task, size_t count, size_t label)
{
	for (size_t i = 0; i < count; i++) shut->is[task][i] = i != label;
}

/* A category of the operator's own, of which the model has never heard. */
static bool is_own(const struct policy *p, const struct reading *s, size_t category)
{
	return total(&s->sums, category) >= DECISIVE && model_label(p->model, MODEL_CATEGORY, p->rules->categories[category]) == p->model->tasks[MODEL_CATEGORY].count;
}

/* Danger that the rules are sure of stays danger, anger in more than one word stays anger, and what they call urgent or high by a word that decides by itself never becomes less.
 * Where the model is not certain enough, the rules decide, if they saw anything. */
static void shut_by_rules(const struct policy *p, const struct reading *s, const struct opinion *o, const struct decision *d, struct shut *shut)
{
	const size_t categories = p->rules->category_count;
	double most = 0;

	for (size_t c = 0; c < categories; c++)
		if (total(&s->sums, c) > most) most = total(&s->sums, c);
	if (s->sums.problem[SAFETY] >= DECISIVE || is_own(p, s, d->category) || (certainty_of_best(o, MODEL_CATEGORY) < p->model_certainty && most > 0))
		pin(shut, MODEL_CATEGORY, categories, d->category);
	if (d->sentiment == SENTIMENT_ANGRY && s->sums.sentiment[SENTIMENT_ANGRY] >= ANGRY_FOR_SURE) pin(shut, MODEL_SENTIMENT, SENTIMENT_COUNT, SENTIMENT_ANGRY);
	for (size_t i = severity_of_words(&s->sums) + 1u; i < SEVERITY_COUNT; i++) shut->is[MODEL_SEVERITY][i] = true;
}

/* By the definitions: nothing is broken at "low", so that nobody is dissatisfied there; praise is low. */
static bool may_stand_together(size_t severity, size_t sentiment)
{
	const bool is_bad = sentiment == SENTIMENT_ANGRY || sentiment == SENTIMENT_NEGATIVE;

	return severity == SEVERITY_LOW ? !is_bad : sentiment != SENTIMENT_POSITIVE;
}

/* The least a matter can be: danger is at least high, and what the rules raise is as high as they say. */
static size_t least_severity(const struct shut *shut, size_t category)
{
	size_t least = SEVERITY_COUNT - 1;

	while (least > 0 && (shut->is[MODEL_SEVERITY][least] || (category == SAFETY && least > SEVERITY_HIGH))) least--;
	return least;
}

/* What was seen as less than the least it can be is the least: a word that raises a matter to high is no reason to call it urgent. */
static double certainty_of_severity(const struct opinion *o, size_t severity, size_t least)
{
	double sum = o->certainty[MODEL_SEVERITY][severity];

	for (size_t v = severity + 1; severity == least && v < SEVERITY_COUNT; v++) sum += o->certainty[MODEL_SEVERITY][v];
	return sum + 1e-9;
}

/* The likeliest of all decisions that the rules and the definitions allow, urgent ones counting more. Labels that the rules do not know count for nothing. */
static bool choose(const struct opinion *o, const struct shut *shut, size_t categories, struct decision *d)
{
	double most = -1;

	for (size_t c = 0; c < categories; c++)
		for (size_t v = 0, least = least_severity(shut, c); v <= least; v++)
			for (size_t t = 0; t < SENTIMENT_COUNT; t++) {
				const double likely = (v == SEVERITY_URGENT ? MISSED_URGENT_COSTS : 1.0) * (o->certainty[MODEL_CATEGORY][c] + 1e-9) *
				                      certainty_of_severity(o, v, least) * (o->certainty[MODEL_SENTIMENT][t] + 1e-9);

				if (shut->is[MODEL_CATEGORY][c] || shut->is[MODEL_SENTIMENT][t] || !may_stand_together(v, t) || likely <= most) continue;
				most = likely;
				*d = (struct decision){ c, (enum severity)v, (enum sentiment)t };
			}
	return most >= 0;
}

#define LOUDEST 5
struct voice { double says; const struct model_feature *feature; };

/* Among the loudest, the loudest first; of pieces that say the same only the one of the lowest bucket. */
static void place_voice(struct voice *loudest, size_t *count, struct voice v)
{
	size_t at = 0;

	while (at < *count && loudest[at].says > v.says) at++;
	if (at < *count && !(loudest[at].says < v.says)) {
		if (v.feature->bucket < loudest[at].feature->bucket) loudest[at] = v;
		return;
	}
	if (at == LOUDEST) return;
	if (*count < LOUDEST) (*count)++;
	memmove(&loudest[at + 1], &loudest[at], (*count - at - 1) * sizeof(v));
	loudest[at] = v;
}

/* The pieces that spoke loudest for the model's category: "快递 | 派送 | 没到". */
static void explain_model(const struct policy *p, const struct reading *s, const struct opinion *o, size_t category, struct classification *c)
{
	const size_t label = model_label(p->model, MODEL_CATEGORY, p->rules->categories[category]);
	struct voice loudest[LOUDEST];
	size_t have = 0, count = 0;

	c->certainty = o->certainty[MODEL_CATEGORY][category];
	if (label == p->model->tasks[MODEL_CATEGORY].count) return;
	for (size_t i = 0; i < o->count; i++) {
		const struct model_feature *f = &o->features[i];
		const struct voice v = { f->end > f->start ? model_speaks(p->model, MODEL_CATEGORY, label, f) : 0, f };

		if (v.says > 0) place_voice(loudest, &count, v);
	}
	for (size_t n = 0; n < count; n++) {
		const struct model_feature *f = loudest[n].feature;
		const int len = snprintf(c->pieces + have, sizeof(c->pieces) - have, "%s%.*s", have > 0 ? " | " : "", f->end - f->start, s->text + f->start);

		if (len < 0 || (size_t)len >= sizeof(c->pieces) - have) {
			c->pieces[have] = '\0';
			break;
		}
		have += (size_t)len;
	}
}

static void refine(const struct policy *p, const struct reading *s, struct decision *d, struct classification *c)
{
	struct opinion *o = opinion_new(p, s);
	struct shut shut = { .is = { { false } } };
	const struct decision rules = *d;

	shut_by_rules(p, s, o, d, &shut);
	if (o->has_pieces) (void)choose(o, &shut, p->rules->category_count, d);
	c->is_learned = d->category != rules.category || d->severity != rules.severity || d->sentiment != rules.sentiment;
	explain_model(p, s, o, d->category, c);
	opinion_free(&o);
}

/* ---- reach ----------------------------------------------------------------------------------------------------------------------------- */

/* A severity rule whose id ends so is about press and social media. */
static bool goes_public(const struct reading *s)
{
	static const char mark[] = ".press";

	for (size_t i = 0; i < s->hit_count; i++) {
		const char *id = s->r->rules[s->hits[i].rule].id;
		const size_t len = strlen(id);

		if (s->hits[i].score > 0 && len >= sizeof(mark) && strcmp(id + len - (sizeof(mark) - 1), mark) == 0) return true;
	}
	return false;
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------------- */

void policy_classify(const struct policy *policy, const char *subject, const char *text, const char *language_hint, struct classification *c_r)
{
	policy_classify_from(policy, NULL, subject, text, language_hint, c_r);
}

void policy_classify_from(const struct policy *policy, const struct policy_source *from, const char *subject, const char *text, const char *language_hint,
                          struct classification *c_r)
{
	const struct rules *r = policy->rules;
	struct reading *s = reading_new(r, from, subject != NULL ? subject : "", text != NULL ? text : "");
	struct decision d = { .category = decide_category(r, &s->sums) };

	*c_r = (struct classification){ .category = "" };
	d.severity = decide_severity(&s->sums, d.category);
	d.sentiment = decide_sentiment(&s->sums, s->sums.shout);
	if (policy->model != NULL) refine(policy, s, &d, c_r);
	c_r->category = r->categories[d.category];
	c_r->severity = d.severity;
	c_r->sentiment = sentiment_names[d.sentiment];
	if (d.sentiment == SENTIMENT_ANGRY) {
		c_r->is_raised = d.severity > SEVERITY_HIGH && s->sums.sentiment[SENTIMENT_ANGRY] + s->sums.shout >= HIGH_ANGER;
		if (c_r->is_raised) c_r->severity = SEVERITY_HIGH;
		named_anger(s, &c_r->mood);
	}
	if (!language_of_hint(language_hint, c_r->language)) language_of_text(s->source, s->source_len, c_r->language);
	memcpy(c_r->order_number, s->order_number, sizeof(c_r->order_number));
	c_r->persons = text_persons(s->source, s->source_len);
	c_r->is_public = goes_public(s);
	explain(s, &s->sums, d.category, c_r);
	if (c_r->is_raised) tell_raised(c_r);
	named_find(s, RULE_WANTED, &c_r->wanted);
	named_find(s, RULE_PRODUCT, &c_r->product);
	named_find(s, RULE_DEPARTMENT, &c_r->department);
	tell_given_up(s, c_r);
	reading_free(&s);
}

static void add_member(struct buf *b, const char *name, const char *value)
{
	buf_text(b, name);
	json_quote(b, value);
}

static void add_named(struct buf *b, const char *name, const struct named *n)
{
	if (n->name == NULL) return;
	add_member(b, name, n->name);
	add_member(b, ",\"rule\":", n->rule);
	add_member(b, ",\"evidence\":", n->evidence);
	buf_char(b, '}');
}

void classification_write(const struct classification *c, struct buf *b)
{
	add_member(b, "\"category\":", c->category);
	add_member(b, ",\"severity\":", severity_names[c->severity]);
	add_member(b, ",\"sentiment\":", c->sentiment);
	add_member(b, ",\"rule\":", c->rule);
	add_member(b, ",\"evidence\":", c->evidence);
	add_named(b, ",\"mood\":{\"is\":", &c->mood);
	add_named(b, ",\"wanted\":{\"is\":", &c->wanted);
	add_named(b, ",\"product\":{\"is\":", &c->product);
	add_named(b, ",\"department\":{\"is\":", &c->department);
	if (c->given_up[0] != '\0') add_member(b, ",\"given_up\":", c->given_up);
}
