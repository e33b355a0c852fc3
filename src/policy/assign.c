#include "policy/assign.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "policy/policy_parts.h"

#define FILE_MAX (16u << 20)
#define MANY_CUSTOMERS 5                /* from which a matter moves up by one place */
#define MOST_CUSTOMERS 50               /* ... and by another one */
#define MANY_FOLLOWERS 10000
#define MOST_FOLLOWERS 1000000
#define PLACES 4

enum { COL_ID, COL_CATEGORY, COL_SEVERITY, COL_BRAND, COL_CHANNEL, COL_TIER, COL_DEPARTMENT, COL_TEAM, COL_OWNER, COL_SINKS, COLUMNS };

struct route {
	char *cells[COLUMNS];           /* "-" is NULL */
	char *sinks[ASSIGN_SINKS_MAX];
	size_t sink_count;
	size_t line;
};
struct routes { char *path; struct route *list; size_t count; };

struct tier { char *handle, *name; int steps; };
struct tiers { struct tier *list; size_t count; };

/* ---- files by lines --------------------------------------------------------------------------------------------------------- */

typedef enum ik_rc (*line_fn)(void *arg, char *line, size_t number, struct ik_error *err);

static enum ik_rc each_line(const char *path, line_fn take, void *arg, struct ik_error *err)
{
	struct buf file = BUF_INIT(FILE_MAX);
	struct ik_error why = { "" };
	enum ik_rc rc = file_read(path, &file, err);
	size_t number = 1;

	for (char *at = file.data, *line; rc == IK_OK && at != NULL && (line = strsep(&at, "\n")) != NULL; number++) {
		line[strcspn(line, "\r")] = '\0';
		if (line[0] == '\0' || line[0] == '#') continue;
		if (take(arg, line, number, &why) != IK_OK) rc = ik_fail(IK_CONFIG, err, "%s:%zu: %s", path, number, why.text);
	}
	buf_release(&file);
	return rc == IK_OK ? IK_OK : IK_CONFIG;
}

/* ---- routes ------------------------------------------------------------------------------------------------------------------ */

static enum ik_rc split_sinks(struct route *r, struct ik_error *err)
{
	char *at = r->cells[COL_SINKS];

	while (at != NULL) {
		const char *name = strsep(&at, ",");

		if (name[0] == '\0') return ik_fail(IK_CONFIG, err, "an empty name among the sinks");
		if (r->sink_count == ASSIGN_SINKS_MAX) return ik_fail(IK_CONFIG, err, "more than %d sinks", ASSIGN_SINKS_MAX);
		r->sinks[r->sink_count++] = mem_text(name);
	}
	return IK_OK;
}

static enum ik_rc add_route(void *arg, char *line, size_t number, struct ik_error *err)
{
	struct routes *routes = arg;
	struct route *r;
	size_t n = 0;

	routes->list = mem_grow(routes->list, routes->count + 1, sizeof(*routes->list));
	r = &routes->list[routes->count++];
	*r = (struct route){ .line = number };
	for (char *at = line; at != NULL; n++) {
		const char *cell = strsep(&at, "\t");

		if (n < COLUMNS && strcmp(cell, "-") != 0) r->cells[n] = mem_text(cell);
	}
	if (n != COLUMNS) return ik_fail(IK_CONFIG, err, "%zu columns instead of %d, separated by one TAB each", n, COLUMNS);
	if (r->cells[COL_ID] == NULL || r->cells[COL_ID][0] == '\0') return ik_fail(IK_CONFIG, err, "a route needs an id");
	return split_sinks(r, err);
}

enum ik_rc routes_load(const char *path, struct routes **routes_r, struct ik_error *err)
{
	struct routes *routes = mem_new(sizeof(*routes));
	enum ik_rc rc = IK_OK;

	routes->path = mem_text(path != NULL ? path : "");
	if (path != NULL) rc = each_line(path, add_route, routes, err);
	if (rc == IK_OK) *routes_r = routes;
	else routes_free(&routes);
	return rc;
}

void routes_free(struct routes **routes)
{
	if (*routes == NULL) return;
	for (size_t i = 0; i < (*routes)->count; i++) {
		struct route *r = &(*routes)->list[i];

		for (size_t c = 0; c < COLUMNS; c++) free(r->cells[c]);
		for (size_t s = 0; s < r->sink_count; s++) free(r->sinks[s]);
	}
	free((*routes)->list);
	free((*routes)->path);
	mem_free(routes);
}

/* Whether a cell "a,b,c" names the value; an empty cell fits everything. */
static bool fits(const char *cell, const char *value)
{
	const size_t len = value != NULL ? strlen(value) : 0;

	if (cell == NULL) return true;
	while (len > 0 && *cell != '\0') {
		const size_t word = strcspn(cell, ",");

		if (word == len && memcmp(cell, value, len) == 0) return true;
		cell += word + (cell[word] == ',');
	}
	return false;
}

static const struct route *find_route(const struct routes *routes, const struct assign_input *in, const char *tier)
{
	for (size_t i = 0; i < routes->count; i++) {
		const struct route *r = &routes->list[i];

		if (fits(r->cells[COL_CATEGORY], in->category) && fits(r->cells[COL_SEVERITY], in->severity) && fits(r->cells[COL_BRAND], in->brand) &&
		    fits(r->cells[COL_CHANNEL], in->channel) && fits(r->cells[COL_TIER], tier))
			return r;
	}
	return NULL;
}

enum ik_rc policy_check_sinks(const struct policy *policy, const char *const *names, size_t count, struct ik_error *err)
{
	for (size_t i = 0; i < policy->routes->count; i++) {
		const struct route *r = &policy->routes->list[i];

		for (size_t s = 0; s < r->sink_count; s++) {
			bool is_there = false;

			for (size_t n = 0; n < count && !is_there; n++) is_there = strcmp(names[n], r->sinks[s]) == 0;
			if (!is_there) return ik_fail(IK_CONFIG, err, "%s:%zu: there is no sink \"%s\"", policy->routes->path, r->line, r->sinks[s]);
		}
	}
	return IK_OK;
}

/* ---- tiers ------------------------------------------------------------------------------------------------------------------------ */

static enum ik_rc add_tier(void *arg, char *line, size_t number, struct ik_error *err)
{
	struct tiers *tiers = arg;
	char *at = line, *handle = strsep(&at, ","), *name = strsep(&at, ","), *steps = strsep(&at, ",");

	(void)number;
	if (steps == NULL || at != NULL || handle[0] == '\0' || name[0] == '\0') return ik_fail(IK_CONFIG, err, "a line is HANDLE,TIER,STEPS");
	if (steps[0] < '0' || steps[0] > '3' || steps[1] != '\0') return ik_fail(IK_CONFIG, err, "steps \"%.20s\" are no number from 0 to 3", steps);
	for (char *c = handle; *c != '\0'; c++) *c = (char)tolower((unsigned char)*c);
	tiers->list = mem_grow(tiers->list, tiers->count + 1, sizeof(*tiers->list));
	tiers->list[tiers->count++] = (struct tier){ mem_text(handle), mem_text(name), steps[0] - '0' };
	return IK_OK;
}

static int by_handle(const void *a, const void *b)
{
	return strcmp(((const struct tier *)a)->handle, ((const struct tier *)b)->handle);
}

enum ik_rc tiers_load(const char *path, struct tiers **tiers_r, struct ik_error *err)
{
	struct tiers *tiers = mem_new(sizeof(*tiers));
	enum ik_rc rc = IK_OK;

	if (path != NULL) rc = each_line(path, add_tier, tiers, err);
	if (tiers->count > 0) qsort(tiers->list, tiers->count, sizeof(*tiers->list), by_handle);
	if (rc == IK_OK) *tiers_r = tiers;
	else tiers_free(&tiers);
	return rc;
}

void tiers_free(struct tiers **tiers)
{
	if (*tiers == NULL) return;
	for (size_t i = 0; i < (*tiers)->count; i++) {
		free((*tiers)->list[i].handle);
		free((*tiers)->list[i].name);
	}
	free((*tiers)->list);
	mem_free(tiers);
}

static const struct tier *find_tier(const struct tiers *tiers, const char *handle)
{
	const struct tier key = { .handle = (char *)(uintptr_t)handle };

	if (tiers->count == 0 || handle == NULL || handle[0] == '\0') return NULL;
	return bsearch(&key, tiers->list, tiers->count, sizeof(*tiers->list), by_handle);
}

/* ---- the assignment ------------------------------------------------------------------------------------------------------------------ */

/* One place from `many` on, two from `more` on. */
static int steps_of(int64_t count, int64_t many, int64_t more)
{
	return (count >= many) + (count >= more);
}

static void add_why(char why_r[ASSIGN_WHY_MAX], const char *text)
{
	const size_t have = strlen(why_r);

	(void)snprintf(why_r + have, ASSIGN_WHY_MAX - have, "%s%s", have > 0 ? "; " : "", text);
}

/* The larger of two numbers of places; what it is for is told. count 0: nothing to count. */
static int more_of(int steps, int most, char why_r[ASSIGN_WHY_MAX], int64_t count, const char *what)
{
	char text[64];

	if (steps == 0) return most;
	if (count > 0) (void)snprintf(text, sizeof(text), "%lld %s", (long long)count, what);
	add_why(why_r, count > 0 ? text : what);
	return steps > most ? steps : most;
}

static int reach_of(const struct assign_input *in, bool is_low, char why_r[ASSIGN_WHY_MAX])
{
	int most = more_of(steps_of(in->reach, MANY_CUSTOMERS, MOST_CUSTOMERS), 0, why_r, in->reach, "customers tell of it");

	if (is_low) return most;
	most = more_of(steps_of(in->persons, MANY_CUSTOMERS, MOST_CUSTOMERS), most, why_r, in->persons, "persons concerned");
	most = more_of(steps_of(in->followers, MANY_FOLLOWERS, MOST_FOLLOWERS), most, why_r, in->followers, "followers");
	return more_of(in->is_public, most, why_r, 0, "press or social media");
}

static int place_of(const struct assign_input *in, const struct tier *tier, char why_r[ASSIGN_WHY_MAX])
{
	int place = PLACES;

	add_why(why_r, in->severity);
	for (int i = 0; i < PLACES; i++)
		if (strcmp(severity_names[i], in->severity) == 0) place = i + 1;
	if (place == 1) return 1;
	place -= reach_of(in, place == PLACES, why_r);
	if (tier != NULL && tier->steps > 0) {
		add_why(why_r, tier->name);
		place -= tier->steps;
	}
	return place < 2 ? 2 : place;           /* the first place is for people in danger */
}

void policy_assign(const struct policy *policy, const struct assign_input *in, struct assignment *a_r)
{
	const struct tier *tier = find_tier(policy->tiers, in->handle);
	const struct route *r = find_route(policy->routes, in, tier != NULL ? tier->name : NULL);

	*a_r = (struct assignment){ .tier = tier != NULL ? tier->name : NULL, .reach = in->reach, .persons = in->persons, .followers = in->followers,
	                              .is_public = in->is_public };
	a_r->priority = place_of(in, tier, a_r->why);
	if (r == NULL) return;
	a_r->rule = r->cells[COL_ID];
	a_r->department = r->cells[COL_DEPARTMENT];
	a_r->team = r->cells[COL_TEAM];
	a_r->owner = r->cells[COL_OWNER];
	a_r->sinks = (const char *const *)r->sinks;
	a_r->sink_count = r->sink_count;
}

bool assignment_allows(const struct assignment *a, const char *sink)
{
	for (size_t i = 0; i < a->sink_count; i++)
		if (strcmp(a->sinks[i], sink) == 0) return true;
	return a->sink_count == 0;
}

static void add_member(struct buf *b, const char *name, const char *value)
{
	buf_text(b, name);
	json_quote(b, value);
}

void assignment_write(const struct assignment *a, struct buf *b)
{
	add_member(b, "\"rule\":", a->rule);
	add_member(b, ",\"department\":", a->department);
	add_member(b, ",\"team\":", a->team);
	add_member(b, ",\"owner\":", a->owner);
	add_member(b, ",\"tier\":", a->tier);
	buf_format(b, ",\"priority\":%d", a->priority);
	add_member(b, ",\"why\":", a->why);
	buf_format(b, ",\"reach\":%lld,\"persons\":%lld,\"followers\":%lld,\"public\":%s,\"sinks\":[", (long long)a->reach, (long long)a->persons, (long long)a->followers,
	           a->is_public ? "true" : "false");
	for (size_t i = 0; i < a->sink_count; i++) add_member(b, i > 0 ? "," : "", a->sinks[i]);
	buf_char(b, ']');
}
