#include "policy/assign.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "policy/policy_parts.h"

#define FILE_MAX (16u << 20)
#define MANY_CUSTOMERS 5                /* from which a matter moves up by one place */
#define MOST_CUSTOMERS 50               /* ... and by another one */
#define MANY_FOLLOWERS 10000
#define MOST_FOLLOWERS 1000000
#define PLACES 4
#define HANDLE_MAX 512
#define PHONE_DIGITS 7                  /* from so many on, digits and their separators are a telephone number */

enum { COL_ID, COL_CATEGORY, COL_SEVERITY, COL_BRAND, COL_CHANNEL, COL_TIER, COL_DEPARTMENT, COL_TEAM, COL_OWNER, COL_SINKS, COLUMNS };

struct route {
	char *cells[COLUMNS];           /* "-" is NULL */
	char *sinks[ASSIGN_SINKS_MAX];
	size_t sink_count;
	size_t line;
};
struct routes { char *path; struct route *list; size_t count; };

struct tier { char *handle, *name; int steps; size_t line; };
struct tiers { struct tier *list; size_t count, room; };

/* ---- files by lines --------------------------------------------------------------------------------------------------------- */

typedef enum ik_rc (*line_fn)(void *arg, char *line, size_t number, struct ik_error *err);

/* Behind the mark that spreadsheets write in front of UTF-8. */
static char *past_mark(const struct buf *file)
{
	return file->len >= 3 && memcmp(file->data, "\xef\xbb\xbf", 3) == 0 ? file->data + 3 : file->data;
}

static enum ik_rc each_line(const char *path, line_fn take, void *arg, struct ik_error *err)
{
	struct buf file = BUF_INIT(FILE_MAX);
	struct ik_error why = { "" };
	enum ik_rc rc = file_read(path, &file, err);
	size_t number = 1;

	for (char *at = past_mark(&file), *line; rc == IK_OK && at != NULL && (line = strsep(&at, "\n")) != NULL; number++) {
		line[strcspn(line, "\r")] = '\0';
		if (line[0] == '\0' || line[0] == '#') continue;
		if (!utf8_valid(line, strlen(line))) rc = ik_fail(IK_CONFIG, &why, "the line is no valid UTF-8; save the file as UTF-8");
		else rc = take(arg, line, number, &why);
		if (rc != IK_OK) rc = ik_fail(IK_CONFIG, err, "%s:%zu: %s", path, number, why.text);
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

/* "safety, billing " as "safety,billing": nothing here has blanks around its words. */
static void trim_words(char *cell)
{
	char *to = cell;

	for (const char *from = cell; *from != '\0'; from++) {
		const size_t blanks = strspn(from, " ");

		if (blanks > 0 && (to == cell || to[-1] == ',' || from[blanks] == ',' || from[blanks] == '\0')) from += blanks - 1;
		else *to++ = *from;
	}
	*to = '\0';
}

static enum ik_rc check_id(const struct routes *routes, const struct route *r, struct ik_error *err)
{
	if (r->cells[COL_ID] == NULL || r->cells[COL_ID][0] == '\0') return ik_fail(IK_CONFIG, err, "a route needs an id");
	for (size_t i = 0; i + 1 < routes->count; i++)
		if (strcmp(routes->list[i].cells[COL_ID], r->cells[COL_ID]) == 0) return ik_fail(IK_CONFIG, err, "the id \"%.40s\" is that of line %zu already", r->cells[COL_ID], routes->list[i].line);
	return IK_OK;
}

static enum ik_rc add_route(void *arg, char *line, size_t number, struct ik_error *err)
{
	struct routes *routes = arg;
	struct route *r;
	size_t n = 0;
	enum ik_rc rc;

	routes->list = mem_grow(routes->list, routes->count + 1, sizeof(*routes->list));
	r = &routes->list[routes->count++];
	*r = (struct route){ .line = number };
	for (char *at = line; at != NULL; n++) {
		const char *cell = strsep(&at, "\t");

		if (n >= COLUMNS || strcmp(cell, "-") == 0) continue;
		r->cells[n] = mem_text(cell);
		trim_words(r->cells[n]);
	}
	if (n != COLUMNS) return ik_fail(IK_CONFIG, err, "%zu columns instead of %d, separated by one TAB each", n, COLUMNS);
	rc = check_id(routes, r, err);
	return rc == IK_OK ? split_sinks(r, err) : rc;
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

static const struct route *find_route(const struct routes *routes, const struct assign_input *in, const char *tier)
{
	for (size_t i = 0; i < routes->count; i++) {
		const struct route *r = &routes->list[i];

		if (vocabulary_lists(r->cells[COL_CATEGORY], in->category) && vocabulary_lists(r->cells[COL_SEVERITY], in->severity) && vocabulary_lists(r->cells[COL_BRAND], in->brand) &&
		    vocabulary_lists(r->cells[COL_CHANNEL], in->channel) && vocabulary_lists(r->cells[COL_TIER], tier))
			return r;
	}
	return NULL;
}

static bool has_word(const char *const *names, size_t count, const char *word, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == len && memcmp(names[i], word, len) == 0) return true;
	return false;
}

/* A word of a cell that no ticket can have: the route would never fit, and nobody would know. */
static enum ik_rc check_cell(const struct routes *routes, const struct route *r, int column, const char *what, const char *const *names, size_t count, struct ik_error *err)
{
	for (const char *at = r->cells[column] != NULL ? r->cells[column] : ""; *at != '\0'; at += *at == ',') {
		const size_t len = strcspn(at, ",");

		if (!has_word(names, count, at, len)) return ik_fail(IK_CONFIG, err, "%s:%zu: there is no %s \"%.*s\"", routes->path, r->line, what, (int)(len < 60 ? len : 60), at);
		at += len;
	}
	return IK_OK;
}

enum ik_rc routes_check(const struct policy *policy, struct ik_error *err)
{
	const struct routes *routes = policy->routes;
	const char *const *categories;
	const size_t count = policy_categories(policy, &categories);
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < routes->count; i++) {
		rc = check_cell(routes, &routes->list[i], COL_CATEGORY, "category", categories, count, err);
		if (rc == IK_OK) rc = check_cell(routes, &routes->list[i], COL_SEVERITY, "severity", severity_names, SEVERITY_COUNT, err);
	}
	return rc;
}

enum ik_rc policy_check_sinks(const struct policy *policy, const char *const *names, size_t count, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < policy->routes->count; i++) rc = check_cell(policy->routes, &policy->routes->list[i], COL_SINKS, "sink", names, count, err);
	return rc;
}

void policy_doubt_routes(const struct policy *policy, const char *const *channels, size_t count, void (*doubt)(void *arg, const char *text), void *arg)
{
	const struct tiers *tiers = policy->tiers;
	const char **names = mem_new((tiers->count + 1) * sizeof(*names));

	for (size_t i = 0; i < tiers->count; i++) names[i] = tiers->list[i].name;
	for (size_t i = 0; i < policy->routes->count; i++) {
		struct ik_error why = { "" };

		if (check_cell(policy->routes, &policy->routes->list[i], COL_CHANNEL, "channel", channels, count, &why) != IK_OK) doubt(arg, why.text);
		if (check_cell(policy->routes, &policy->routes->list[i], COL_TIER, "customer in policy.tiers with the tier", names, tiers->count, &why) != IK_OK) doubt(arg, why.text);
	}
	free(names);
}

/* ---- tiers ------------------------------------------------------------------------------------------------------------------------ */

/* A cell between quotation marks, in place; a mark inside is doubled. What stands behind the closing one makes the line end there. */
static char *quoted_cell(char *cell, char **rest_r)
{
	char *to = cell, *from = cell + 1;

	for (; *from != '\0' && (*from != '"' || from[1] == '"'); from++) {
		*to++ = *from;
		if (*from == '"') from++;
	}
	from += *from == '"';
	from += strspn(from, " ");
	*rest_r = *from == ',' ? from + 1 : NULL;
	*to = '\0';
	return cell;
}

/* The next cell of a line of CSV, without the blanks at its ends; NULL behind the last. */
static char *next_cell(char **rest)
{
	char *cell, *end;

	if (*rest == NULL) return NULL;
	cell = *rest + strspn(*rest, " ");
	if (*cell == '"') return quoted_cell(cell, rest);
	*rest = cell;
	(void)strsep(rest, ",");
	for (end = cell + strlen(cell); end > cell && end[-1] == ' '; ) *--end = '\0';
	return cell;
}

/* As it is compared: in small letters; a telephone number by its digits alone, a Chinese mobile without the code of its country. */
static void fold_handle(char *handle)
{
	const char *digits = handle;
	char *to = handle;
	size_t count = 0;

	for (const char *c = handle; *c != '\0'; c++) count += isdigit((unsigned char)*c) != 0;
	if (count < PHONE_DIGITS || handle[strspn(handle, "+0123456789 ()-./")] != '\0') {
		for (char *c = handle; *c != '\0'; c++) *c = (char)tolower((unsigned char)*c);
		return;
	}
	for (const char *c = handle; *c != '\0'; c++)
		if (isdigit((unsigned char)*c)) *to++ = *c;
	*to = '\0';
	if (strncmp(digits, "00", 2) == 0) digits += 2;
	if (strncmp(digits, "861", 3) == 0 && strlen(digits) == 13) digits += 2;
	memmove(handle, digits, strlen(digits) + 1);
}

static enum ik_rc add_tier(void *arg, char *line, size_t number, struct ik_error *err)
{
	struct tiers *tiers = arg;
	char *at = line, *handle = next_cell(&at), *name = next_cell(&at), *steps = next_cell(&at);

	if (steps == NULL || at != NULL || handle[0] == '\0' || name[0] == '\0') return ik_fail(IK_CONFIG, err, "a line is HANDLE,TIER,STEPS with commas between");
	if (tiers->count == 0 && strcasecmp(handle, "handle") == 0) return IK_OK;
	if (steps[0] < '0' || steps[0] > '3' || steps[1] != '\0') return ik_fail(IK_CONFIG, err, "steps \"%.20s\" are no number from 0 to 3", steps);
	fold_handle(handle);
	if (tiers->count == tiers->room) {
		tiers->room = tiers->room == 0 ? 256 : 2 * tiers->room;
		tiers->list = mem_grow(tiers->list, tiers->room, sizeof(*tiers->list));
	}
	tiers->list[tiers->count++] = (struct tier){ mem_text(handle), mem_text(name), steps[0] - '0', number };
	return IK_OK;
}

static int by_handle(const void *a, const void *b)
{
	return strcmp(((const struct tier *)a)->handle, ((const struct tier *)b)->handle);
}

/* One customer has one tier. */
static enum ik_rc check_handles(const struct tiers *tiers, const char *path, struct ik_error *err)
{
	for (size_t i = 1; i < tiers->count; i++) {
		const struct tier *a = &tiers->list[i - 1], *b = &tiers->list[i];
		const size_t first = a->line < b->line ? a->line : b->line, second = a->line < b->line ? b->line : a->line;

		if (strcmp(a->handle, b->handle) == 0 && (strcmp(a->name, b->name) != 0 || a->steps != b->steps))
			return ik_fail(IK_CONFIG, err, "%s:%zu: %.60s has another tier in line %zu already", path, second, a->handle, first);
	}
	return IK_OK;
}

enum ik_rc tiers_load(const char *path, struct tiers **tiers_r, struct ik_error *err)
{
	struct tiers *tiers = mem_new(sizeof(*tiers));
	enum ik_rc rc = IK_OK;

	if (path != NULL) rc = each_line(path, add_tier, tiers, err);
	if (tiers->count > 0) qsort(tiers->list, tiers->count, sizeof(*tiers->list), by_handle);
	if (rc == IK_OK) rc = check_handles(tiers, path, err);
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
	char folded[HANDLE_MAX];
	const struct tier key = { .handle = folded };

	if (tiers->count == 0 || handle == NULL || handle[0] == '\0' || strlen(handle) >= HANDLE_MAX) return NULL;
	memcpy(folded, handle, strlen(handle) + 1);
	fold_handle(folded);
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
