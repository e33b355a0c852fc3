/* policy.c - making a policy from configuration and rule files; the decisions themselves are in classify.c, schedule.c and ack_text.c. */
#include "policy/policy_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unistd.h>
#include "base/log.h"
#include "base/mem.h"
#include "base/place.h"
#include "policy/model.h"

#define MODEL_CERTAINTY 25              /* percent, for a caller without configuration */

#define OPT(kind, field, ...) IK_OPTION(kind, struct policy_conf, field, __VA_ARGS__)
#define DUE(field, ...) IK_OPTION(DURATION, struct policy_deadline, field, .min = 60, .max = 90 * 86400, __VA_ARGS__)
#define FIRST_HELP "Time until the first answer by a person, counted from receipt; in working time a day is 24 working hours, so write hours."
#define START_HELP "Time until work on the matter starts."
#define CLOCK IK_OPTION(ENUM, struct policy_deadline, clock, .def = "round-the-clock", .choices = clock_words, \
                        .help = "Which time counts: all of it, or working time by a calendar."), \
              IK_OPTION(STRING, struct policy_deadline, calendar, .help = "Calendar of these deadlines in working time; without it the policy's.")

static const char *const clock_words[] = { "round-the-clock", "working-time", NULL };

static const struct ik_option urgent_options[] = {
	DUE(first_response, .def = "1h", .help = FIRST_HELP), DUE(start, .def = "1h", .help = START_HELP), CLOCK, IK_OPTION_END };
static const struct ik_option high_options[] = {
	DUE(first_response, .def = "24h", .help = FIRST_HELP), DUE(start, .def = "24h", .help = START_HELP), CLOCK, IK_OPTION_END };
static const struct ik_option normal_options[] = {
	DUE(first_response, .def = "24h", .help = FIRST_HELP), DUE(start, .def = "48h", .help = START_HELP), CLOCK, IK_OPTION_END };
static const struct ik_option low_options[] = {
	DUE(first_response, .def = "24h", .help = FIRST_HELP), DUE(start, .def = "72h", .help = START_HELP), CLOCK, IK_OPTION_END };

const struct ik_option policy_options[] = {
	OPT(STRING, timezone,         .help = "IANA time zone: month of the numbers, zone of times told to customers; default: the machine's."),
	OPT(PATH,   rules,            .help = "Folder of rule files (classify-*.tsv, and route.tsv for the routes); default: the shipped rules."),
	OPT(BOOL,   rules_only,       .def = "no", .help = "Classify by the rules alone, without the learned model."),
	OPT(PATH,   model,            .help = "Model file; default: what intakectl learn made, else the shipped one."),
	OPT(COUNT,  model_certainty,  .def = "25", .min = 1, .max = 100, .help = "Certainty in percent from which the model decides instead of the rules."),
	OPT(PATH,   routes,           .help = "File of routes to departments, owners and sinks; default: route.tsv of the folder of rules, else the shipped one."),
	OPT(PATH,   tiers,            .help = "CSV file of customers that matter most: HANDLE,TIER,STEPS."),
	OPT(PATH,   templates,        .help = "Folder of your own templates, laid over the shipped ones; see templates.md."),
	OPT(STRING, default_language, .def = "en", .help = "Language of acknowledgements when the customer's is not known: zh-Hans, zh-Hant or en."),
	OPT(PATH,   calendars,        .help = "Folder of calendar files (*.cal); default: the shipped ones."),
	OPT(STRING, calendar,         .help = "Calendar of working time, such as china or germany; needed once a deadline is in working time."),
	OPT(MAP,    brand_calendars,  .help = "Calendars of single brands in working time: {acme: germany}, or by severity {acme: {high: acme-hotline}}."),
	IK_SECTION(struct policy_conf, urgent, urgent_options, .help = "Deadlines of urgent matters: people in danger, major loss."),
	IK_SECTION(struct policy_conf, high,   high_options,   .help = "Deadlines of high severity: large damage, repeated failure, threat of law or press."),
	IK_SECTION(struct policy_conf, normal, normal_options, .help = "Deadlines of ordinary complaints."),
	IK_SECTION(struct policy_conf, low,    low_options,    .help = "Deadlines of questions, praise and suggestions."),
	IK_OPTION_END
};

/* Deadlines left at 0 by a caller without configuration. */
static const struct policy_deadline default_deadlines[SEVERITY_COUNT] = {
	[SEVERITY_URGENT] = { .first_response = 3600,  .start = 3600 },   [SEVERITY_HIGH] = { .first_response = 86400, .start = 86400 },
	[SEVERITY_NORMAL] = { .first_response = 86400, .start = 172800 }, [SEVERITY_LOW]  = { .first_response = 86400, .start = 259200 },
};

static struct policy_deadline deadline_or(const struct policy_deadline *conf, const struct policy_deadline *fallback)
{
	return (struct policy_deadline){
		.first_response = conf->first_response > 0 ? conf->first_response : fallback->first_response,
		.start = conf->start > 0 ? conf->start : fallback->start,
	};
}

static char *machine_zone(void)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar name[64];
	char text[64] = "";
	const int32_t len = ucal_getDefaultTimeZone(name, (int32_t)COUNT_OF(name), &status);

	if (U_FAILURE(status) || len <= 0 || len >= (int32_t)COUNT_OF(name)) return mem_text("UTC");
	for (int32_t i = 0; i < len; i++) text[i] = name[i] < 0x80 ? (char)name[i] : '?';
	return mem_text(zone_check(text) ? text : "UTC");
}

static enum ik_rc policy_set_zone(struct policy *p, const struct policy_conf *conf, struct ik_error *err)
{
	p->timezone = conf->timezone != NULL ? mem_text(conf->timezone) : machine_zone();
	return zone_months(p->timezone, p->months, err);
}

static enum ik_rc policy_set_language(struct policy *p, const struct policy_conf *conf, struct ik_error *err)
{
	const char *language = conf->default_language != NULL ? conf->default_language : "en";

	static const char *const shipped[] = { "en", "zh-Hans", "zh-Hant", NULL };

	for (size_t i = 0; shipped[i] != NULL; i++)
		if (strcmp(shipped[i], language) == 0) p->language = shipped[i];
	return p->language != NULL ? IK_OK : ik_fail(IK_CONFIG, err, "\"%s\" is not known; it must be zh-Hans, zh-Hant or en", language);
}

static enum ik_rc policy_set_rules(struct policy *p, const struct policy_conf *conf, struct ik_error *err)
{
	char *folder = conf->rules != NULL ? mem_text(conf->rules) : place_data("rules");
	const enum ik_rc rc = rules_load(folder, &p->rules, err);

	free(folder);
	return rc;
}

/* A learned model that cannot be read does not keep the daemon from starting: the shipped one stands in. */
static enum ik_rc load_learned(const struct policy_conf *conf, struct text_model **model_r)
{
	struct ik_error why = { "" };
	enum ik_rc rc;

	if (conf->model != NULL || conf->learned == NULL || access(conf->learned, F_OK) != 0) return IK_REJECT;
	rc = model_load(conf->learned, model_r, &why);
	if (rc != IK_OK) log_line(IK_LOG_WARNING, "policy", "the shipped model stands in: %s", why.text);
	return rc;
}

static enum ik_rc policy_set_model(struct policy *p, const struct policy_conf *conf, struct ik_error *err)
{
	char *path;
	enum ik_rc rc;

	if (conf->rules_only) return IK_OK;
	p->model_certainty = (double)(conf->model_certainty > 0 ? conf->model_certainty : MODEL_CERTAINTY) / 100;
	if (load_learned(conf, &p->model) == IK_OK) return IK_OK;
	path = conf->model != NULL ? mem_text(conf->model) : place_data("models/classify.model");
	rc = model_load(path, &p->model, err);
	free(path);
	return rc;
}

/* Whoever edits a copy of the shipped folder means its routes as well. To be freed. */
static char *routes_path(const struct policy_conf *conf)
{
	char *path = conf->routes != NULL ? mem_text(conf->routes) : conf->rules != NULL ? mem_format("%s/route.tsv", conf->rules) : NULL;

	if (path != NULL && (conf->routes != NULL || access(path, F_OK) == 0)) return path;
	free(path);
	return place_data("rules/route.tsv");
}

static enum ik_rc policy_set_routes(struct policy *p, const struct policy_conf *conf, struct ik_error *err)
{
	char *path = routes_path(conf);
	enum ik_rc rc = routes_load(path, &p->routes, err);

	if (rc == IK_OK) rc = routes_check(p, err);
	free(path);
	return rc;
}

static enum ik_rc policy_set_tiers(struct policy *p, const struct policy_conf *conf, struct ik_error *err)
{
	return tiers_load(conf->tiers, &p->tiers, err);
}

static enum ik_rc policy_set_templates(struct policy *p, const struct policy_conf *conf, struct ik_error *err)
{
	char *shipped = place_data("templates");
	const enum ik_rc rc = templates_load(shipped, conf->templates, NULL, &p->templates, err);

	free(shipped);
	return rc;
}

/* In this order: routes are checked against the rules' categories. */
static const struct { const char *key; enum ik_rc (*set)(struct policy *, const struct policy_conf *, struct ik_error *); } parts[] = {
	{ "timezone",  policy_set_zone },
	{ "default_language", policy_set_language },
	{ "rules",     policy_set_rules },
	{ "model",     policy_set_model },
	{ "routes",    policy_set_routes },
	{ "tiers",     policy_set_tiers },
	{ "templates", policy_set_templates },
	{ NULL,        policy_set_calendars },
};

enum ik_rc policy_new_or_key(const struct policy_conf *conf, struct policy **policy_r, const char **key_r, struct ik_error *err)
{
	struct policy *p = mem_new(sizeof(*p));
	const struct policy_deadline *const rows[SEVERITY_COUNT] = { &conf->urgent, &conf->high, &conf->normal, &conf->low };
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < SEVERITY_COUNT; i++) p->deadlines[i] = deadline_or(rows[i], &default_deadlines[i]);
	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(parts); i++) {
		rc = parts[i].set(p, conf, err);
		if (rc != IK_OK) *key_r = parts[i].key;
	}
	if (rc == IK_OK) *policy_r = p;
	else policy_free(&p);
	return rc;
}

enum ik_rc policy_new(const struct policy_conf *conf, struct policy **policy_r, struct ik_error *err)
{
	const char *key;

	return policy_new_or_key(conf, policy_r, &key, err);
}

void policy_free(struct policy **policy)
{
	struct policy *p = *policy;

	if (p == NULL) return;
	rules_free(&p->rules);
	model_free(&p->model);
	routes_free(&p->routes);
	tiers_free(&p->tiers);
	templates_free(&p->templates);
	policy_drop_calendars(p);
	free(p->timezone);
	free(p);
	*policy = NULL;
}

void policy_given_up(const struct policy *policy, void (*each)(void *arg, const struct policy_given_up *rule), void *arg)
{
	const struct rules *r = policy->rules;

	for (size_t i = 0; i < r->count; i++) {
		const uint64_t texts = atomic_load(&r->given_up[i]);

		if (texts > 0) each(arg, &(struct policy_given_up){ .rule = r->rules[i].id, .file = r->rules[i].file, .line = r->rules[i].line, .texts = texts });
	}
}

/* ---- words ---------------------------------------------------------------------------------------------------------------- */

static const char *word_among(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 0; word != NULL && i < count; i++)
		if (strcmp(words[i], word) == 0) return words[i];
	return NULL;
}

size_t policy_categories(const struct policy *policy, const char *const **list_r)
{
	*list_r = (const char *const *)policy->rules->categories;
	return policy->rules->category_count;
}

const char *policy_category(const struct policy *policy, const char *word)
{
	return word_among((const char *const *)policy->rules->categories, policy->rules->category_count, word);
}

const char *policy_severity(const char *word)
{
	return word_among(severity_names, SEVERITY_COUNT, word);
}

const char *policy_sentiment(const char *word)
{
	return word_among(sentiment_names, SENTIMENT_COUNT, word);
}
