/* config_check.c - what a correct file can still get wrong: a relay whose account is missing, calendars that are missing, broken or over, and rules and templates that cannot be
 * loaded, addresses that nobody can listen on. Everything is looked at before a daemon starts or ends anything for it. */
#include "daemon/config_parts.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/place.h"
#include "policy/assign.h"
#include "daemon/config_suggest.h"
#include "daemon/listen.h"
#include "net/http_address.h"
#include "policy/calendar.h"

#define ROUND_THE_CLOCK "round-the-clock"       /* as a calendar's name: none */

struct checking { const struct config *config; struct problems problems; int64_t now_at; char *folder; const char *file; int line, column; };

/* Where a key stands, for the problems that follow. */
static void look_at(struct checking *c, const char *path)
{
	const struct config_place *place = config_place(c->config->memory, path);

	c->file = place != NULL ? place->file : c->config->path;
	c->line = place != NULL ? place->line : 0;
	c->column = place != NULL ? place->column : 1;
}

/* ---- calendars --------------------------------------------------------------------------------------------------------------- */

/* "known are china, germany", and the nearest of them. */
static void add_known(const char *folder, const char *wanted, struct buf *b)
{
	struct suggestion near = { .wanted = wanted };
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	char *names[64];
	size_t count = 0;

	while (dir != NULL && count < COUNT_OF(names) && (entry = readdir(dir)) != NULL) {
		const size_t len = strlen(entry->d_name);

		if (len > 4 && strcmp(entry->d_name + len - 4, ".cal") == 0) names[count++] = mem_copy(entry->d_name, len - 4);
	}
	if (dir != NULL) (void)closedir(dir);
	for (size_t i = 0; i < count; i++) {
		buf_format(b, "%s%s", i == 0 ? "; there are " : ", ", names[i]);
		suggest_name(&near, names[i]);
	}
	suggest_name(&near, ROUND_THE_CLOCK);
	if (suggest_best(&near) != NULL) buf_format(b, "; did you mean '%s'?", suggest_best(&near));
	for (size_t i = 0; i < count; i++) free(names[i]);
}

static void missing_calendar(struct checking *c, const char *path, const char *name)
{
	struct buf known = BUF_INIT(4096);

	add_known(c->folder, name, &known);
	problem_at(&c->problems, c->file, c->line, c->column, "%s: there is no calendar '%.60s' in %s%s", path, name, c->folder, buf_str(&known));
	buf_release(&known);
}

/* A calendar that ends stops no daemon: it is told, and counts as a problem once it is over. */
static void check_end(struct checking *c, const char *path, const struct calendar *cal)
{
	char text[CALENDAR_END_TEXT];

	if (!calendar_end_text(cal, c->now_at, text)) return;
	if (calendar_days_left(cal, c->now_at) < 0)
		problem_at(&c->problems, c->file, c->line, c->column, "%s: %s/%s.cal %s", path, c->folder, cal->name, text);
	else if (c->problems.out != NULL)
		(void)fprintf(c->problems.out, "%s:%d:%d: warning: %s: %s/%s.cal %s\n", c->file, c->line, c->column, path, c->folder, cal->name, text);
}

static bool is_there(const struct checking *c, const char *name)
{
	char *file = mem_format("%s/%s.cal", c->folder, name);
	const bool is = !calendar_name_check(name) || access(file, F_OK) == 0;

	free(file);
	return is;
}

static void check_calendar(struct checking *c, const char *key, const char *path, const char *name, bool with_end)
{
	struct calendar *cal = NULL;
	struct ik_error err = { "" };

	if (name == NULL || strcmp(name, ROUND_THE_CLOCK) == 0) return;
	look_at(c, key);
	if (!is_there(c, name)) missing_calendar(c, path, name);
	else if (calendar_load(c->folder, name, &cal, &err) != IK_OK) problem_at(&c->problems, c->file, c->line, c->column, "%s: %s (in %s)", path, err.text, c->folder);
	else if (with_end) check_end(c, path, cal);
	calendar_free(&cal);
}

/* A brand may have a dot in its name; what stands behind one and is nearly a severity would never be asked. */
static void check_brand(struct checking *c, const char *path, const char *brand)
{
	const char *dot = strrchr(brand, '.');
	struct suggestion near = { .wanted = dot != NULL ? dot + 1 : "" };

	for (size_t i = 0; dot != NULL && severity_names[i] != NULL; i++) {
		if (strcmp(dot + 1, severity_names[i]) == 0) return;
		suggest_name(&near, severity_names[i]);
	}
	if (dot == NULL || suggest_best(&near) == NULL) return;
	look_at(c, "policy.brand_calendars");
	problem_at(&c->problems, c->file, c->line, c->column, "%s: there is no severity '%.40s'; did you mean '%s'?", path, dot + 1, suggest_best(&near));
}

/* Every calendar that the file names, whether a severity is in working time or not. */
static void check_calendars(struct checking *c, bool with_end)
{
	const struct policy_conf *p = &c->config->policy;
	const struct policy_deadline *const rows[] = { &p->urgent, &p->high, &p->normal, &p->low };

	check_calendar(c, "policy.calendar", "policy.calendar", p->calendar, with_end);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *path = mem_format("policy.%s.calendar", severity_names[i]);

		check_calendar(c, path, path, rows[i]->calendar, with_end);
		free(path);
	}
	for (size_t i = 0; i < p->brand_calendars.count; i++) {
		char *path = mem_format("policy.brand_calendars.%s", p->brand_calendars.pair[i].key);

		check_brand(c, path, p->brand_calendars.pair[i].key);
		check_calendar(c, "policy.brand_calendars", path, p->brand_calendars.pair[i].value, with_end);
		free(path);
	}
}

/* ---- the rest of the policy --------------------------------------------------------------------------------------------------- */

static void check_routes(struct checking *c, const struct policy *policy)
{
	const char **names = mem_new((c->config->sink_count + 1) * sizeof(*names));
	struct ik_error err = { "" };

	for (size_t i = 0; i < c->config->sink_count; i++) names[i] = c->config->sinks[i].name;
	if (policy_check_sinks(policy, names, c->config->sink_count, &err) != IK_OK) problem_at(&c->problems, c->file, c->line, c->column, "policy.routes: %s", err.text);
	free(names);
}

static void print_doubt(void *arg, const char *text)
{
	const struct checking *c = arg;

	if (c->problems.out != NULL) (void)fprintf(c->problems.out, "%s:%d:%d: warning: policy.routes: %s\n", c->file, c->line, c->column, text);
}

static void doubt_routes(struct checking *c, const struct policy *policy)
{
	const char **names = mem_new((c->config->channel_count + 1) * sizeof(*names));

	for (size_t i = 0; i < c->config->channel_count; i++) names[i] = c->config->channels[i].name;
	policy_doubt_routes(policy, names, c->config->channel_count, print_doubt, c);
	free(names);
}

/* ---- addresses --------------------------------------------------------------------------------------------------------------- */

static void check_listen(struct checking *c, const char *path, const struct ik_list *addresses, bool is_inside)
{
	struct ik_error err = { "" };

	look_at(c, path);
	for (size_t i = 0; i < addresses->count; i++)
		if (listen_check(addresses->item[i], is_inside, &err) != IK_OK) problem_at(&c->problems, c->file, c->line, c->column, "%s: %s", path, err.text);
}

/* Paths are put behind it. */
static void check_public_url(struct checking *c)
{
	const char *url = c->config->http.public_url;

	if (url == NULL || strpbrk(url, "?#") == NULL) return;
	look_at(c, "http.public_url");
	problem_at(&c->problems, c->file, c->line, c->column, "http.public_url: \"%.200s\" cannot be the beginning of an address; leave out what begins with ? or #", url);
}

static void check_proxies(struct checking *c)
{
	const struct ik_list *nets = &c->config->http.trusted_proxies;
	struct ik_error err = { "" };
	struct http_net net;

	look_at(c, "http.trusted_proxies");
	for (size_t i = 0; i < nets->count; i++)
		if (http_net_parse(nets->item[i], &net, &err) != IK_OK) problem_at(&c->problems, c->file, c->line, c->column, "http.trusted_proxies: %s", err.text);
}

/* Whose account signs in at the relay. */
static void check_token_of(struct checking *c)
{
	const char *wanted = c->config->smtp.token_of;

	if (wanted == NULL) return;
	for (size_t i = 0; i < c->config->channel_count; i++)
		if (strcmp(c->config->channels[i].name, wanted) == 0) return;
	look_at(c, "smtp.token_of");
	problem_at(&c->problems, c->file, c->line, c->column, "smtp.token_of: there is no channel called '%.60s'", wanted);
}

/* The model that `intakectl learn` left in the state directory, if there is one, comes before the shipped one. */
static enum ik_rc make_policy(const struct config *config, struct policy **policy_r, const char **key_r, struct ik_error *err)
{
	struct policy_conf conf = config->policy;
	char *learned = mem_format("%s/classify.model", config->store.dir);
	enum ik_rc rc;

	conf.learned = learned;
	rc = policy_new_or_key(&conf, policy_r, key_r, err);
	free(learned);
	return rc;
}

enum ik_rc config_take_policy(struct config *config, struct policy **policy_r, struct ik_error *err)
{
	const char *key;

	if (config->made == NULL) return make_policy(config, policy_r, &key, err);
	*policy_r = config->made;
	config->made = NULL;
	return IK_OK;
}

/* What the file leaves to other files: zone, rules, templates, and calendars that are not named where they are needed. */
static void check_policy(struct checking *c, struct policy **policy_r, bool with_doubts)
{
	struct ik_error err = { "" };
	const char *key = NULL;
	char *path = NULL;

	if (make_policy(c->config, policy_r, &key, &err) == IK_OK) {
		look_at(c, "policy.routes");
		check_routes(c, *policy_r);
		if (with_doubts) doubt_routes(c, *policy_r);
	} else {
		path = key != NULL ? mem_format("policy.%s", key) : mem_text("policy");
		look_at(c, path);
		problem_at(&c->problems, c->file, c->line, c->column, "%s: %s", path, err.text);
	}
	free(path);
}

size_t config_check(struct config *config, bool with_end, FILE *report)
{
	struct checking c = { .config = config, .problems = { .out = report }, .now_at = clock_wall() };

	c.folder = config->policy.calendars != NULL ? mem_text(config->policy.calendars) : place_data("calendars");
	check_listen(&c, "http.listen", &config->http.listen, false);
	check_listen(&c, "admin.listen", &config->admin.listen, true);
	check_public_url(&c);
	check_proxies(&c);
	check_token_of(&c);
	check_calendars(&c, with_end);
	policy_free(&config->made);
	if (c.problems.count == 0) check_policy(&c, &config->made, with_end);
	free(c.folder);
	return c.problems.count;
}
