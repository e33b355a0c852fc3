/* schedule.c - by when: deadlines from severity and brand, round the clock or in working time, and the month a number belongs to. Pure functions
 * of their inputs. Round the clock is an addition; calendars are only loaded when the configuration names them. */
#include "policy/policy_parts.h"

#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/place.h"

#define ROUND_THE_CLOCK "round-the-clock"       /* as a calendar's name: none */

/* ---- which calendar ------------------------------------------------------------------------------------------------------- */

static enum ik_rc calendar_take(struct policy *p, const char *folder, const char *name, const struct calendar **cal_r, struct ik_error *err)
{
	enum ik_rc rc;

	*cal_r = NULL;
	if (strcmp(name, ROUND_THE_CLOCK) == 0) return IK_OK;
	for (size_t i = 0; i < p->calendar_count && *cal_r == NULL; i++)
		if (strcmp(p->calendars[i]->name, name) == 0) *cal_r = p->calendars[i];
	if (*cal_r != NULL) return IK_OK;
	p->calendars = mem_grow(p->calendars, p->calendar_count + 1, sizeof(*p->calendars));
	p->calendars[p->calendar_count] = NULL;
	rc = calendar_load(folder, name, &p->calendars[p->calendar_count], err);
	if (rc == IK_OK) *cal_r = p->calendars[p->calendar_count++];
	return rc;
}

static const char *map_find(const struct ik_map *map, const char *brand, const char *severity)
{
	const size_t len = strlen(brand);

	for (size_t i = 0; i < map->count; i++) {
		const char *key = map->pair[i].key;

		if (strncmp(key, brand, len) != 0) continue;
		if (severity == NULL ? key[len] == '\0' : key[len] == '.' && strcmp(key + len + 1, severity) == 0) return map->pair[i].value;
	}
	return NULL;
}

/* The most particular name wins: of brand and severity, of the brand, of the severity, of the policy. brand may be NULL. */
static const char *calendar_name_for(const struct policy_conf *conf, const struct policy_deadline *row, const char *brand, const char *severity)
{
	const char *name = brand != NULL ? map_find(&conf->brand_calendars, brand, severity) : NULL;

	if (name == NULL && brand != NULL) name = map_find(&conf->brand_calendars, brand, NULL);
	if (name == NULL) name = row->calendar;
	return name != NULL ? name : conf->calendar;
}

static enum ik_rc resolve(struct policy *p, const struct policy_conf *conf, const char *folder, const char *brand,
                          const struct calendar *calendars_r[SEVERITY_COUNT], struct ik_error *err)
{
	const struct policy_deadline *const rows[SEVERITY_COUNT] = { &conf->urgent, &conf->high, &conf->normal, &conf->low };
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < SEVERITY_COUNT; i++) {
		const char *name = calendar_name_for(conf, rows[i], brand, severity_names[i]);

		if (rows[i]->clock != POLICY_WORKING_TIME) continue;
		if (name == NULL)
			return ik_fail(IK_CONFIG, err, "policy.%s.clock is working-time, but there is no calendar; set policy.calendar", severity_names[i]);
		rc = calendar_take(p, folder, name, &calendars_r[i], err);
	}
	return rc;
}

/* "acme.high" or "acme": the brand, to be freed. A dot that no severity follows belongs to the brand's name. */
static char *brand_of(const char *key)
{
	const char *dot = strrchr(key, '.');

	for (size_t i = 0; dot != NULL && i < SEVERITY_COUNT; i++)
		if (strcmp(dot + 1, severity_names[i]) == 0) return mem_copy(key, (size_t)(dot - key));
	return mem_text(key);
}

static struct brand_calendar *brand_find(const struct policy *p, const char *brand)
{
	for (size_t i = 0; i < p->brand_count; i++)
		if (strcmp(p->brands[i].brand, brand) == 0) return &p->brands[i];
	return NULL;
}

static enum ik_rc add_brand(struct policy *p, const struct policy_conf *conf, const char *folder, const char *key, struct ik_error *err)
{
	char *brand = brand_of(key);

	if (brand_find(p, brand) != NULL) {
		free(brand);
		return IK_OK;
	}
	p->brands = mem_grow(p->brands, p->brand_count + 1, sizeof(*p->brands));
	p->brands[p->brand_count] = (struct brand_calendar){ .brand = brand };
	return resolve(p, conf, folder, brand, p->brands[p->brand_count++].calendars, err);
}

enum ik_rc policy_set_calendars(struct policy *p, const struct policy_conf *conf, struct ik_error *err)
{
	char *folder = conf->calendars != NULL ? mem_text(conf->calendars) : place_data("calendars");
	enum ik_rc rc = resolve(p, conf, folder, NULL, p->severity_calendars, err);

	for (size_t i = 0; rc == IK_OK && i < conf->brand_calendars.count; i++) rc = add_brand(p, conf, folder, conf->brand_calendars.pair[i].key, err);
	free(folder);
	return rc;
}

void policy_drop_calendars(struct policy *p)
{
	for (size_t i = 0; i < p->calendar_count; i++) calendar_free(&p->calendars[i]);
	for (size_t i = 0; i < p->brand_count; i++) free(p->brands[i].brand);
	mem_free(&p->calendars);
	mem_free(&p->brands);
	p->calendar_count = p->brand_count = 0;
}

size_t policy_calendars(const struct policy *policy, const struct calendar *const **list_r)
{
	*list_r = (const struct calendar *const *)policy->calendars;
	return policy->calendar_count;
}

/* ---- deadlines ------------------------------------------------------------------------------------------------------------ */

static const struct calendar *calendar_for(const struct policy *p, const char *brand, enum severity severity)
{
	const struct brand_calendar *own = brand != NULL && p->brand_count > 0 ? brand_find(p, brand) : NULL;

	return own != NULL ? own->calendars[severity] : p->severity_calendars[severity];
}

void policy_schedule(const struct policy *policy, const char *brand, enum severity severity, int64_t received_at, struct schedule *s_r)
{
	const struct policy_deadline *d = &policy->deadlines[severity];
	const struct calendar *cal = calendar_for(policy, brand, severity);

	*s_r = (struct schedule){ .received_at = received_at, .first_response_due = received_at + d->first_response,
	                          .handling_due = received_at + d->start, .calendar = cal };
	if (cal == NULL) return;
	s_r->walks = mem_new(2 * sizeof(*s_r->walks));
	s_r->first_response_due = calendar_add(cal, received_at, d->first_response, &s_r->walks[0]);
	s_r->handling_due = calendar_add(cal, received_at, d->start, &s_r->walks[1]);
}

int64_t policy_elapsed(const struct policy *policy, const char *brand, enum severity severity, int64_t from, int64_t until)
{
	const struct calendar *cal = calendar_for(policy, brand != NULL && brand[0] != '\0' ? brand : NULL, severity);

	if (until <= from) return 0;
	return cal != NULL ? calendar_between(cal, from, until) : until - from;
}

int64_t policy_after(const struct policy *policy, const char *brand, enum severity severity, int64_t at, int64_t seconds)
{
	const struct calendar *cal = calendar_for(policy, brand != NULL && brand[0] != '\0' ? brand : NULL, severity);

	return cal != NULL ? calendar_add(cal, at, seconds, NULL) : at + seconds;
}

/* The second from there on that counts is the first one worked. */
int64_t policy_working_moment(const struct policy *policy, const char *brand, enum severity severity, int64_t at)
{
	const struct calendar *cal = calendar_for(policy, brand != NULL && brand[0] != '\0' ? brand : NULL, severity);

	return cal != NULL ? calendar_add(cal, at, 1, NULL) - 1 : at;
}

void schedule_release(struct schedule *s)
{
	mem_free(&s->walks);
}

/* Round the clock, the walk is one step. */
static void write_always(const struct schedule *s, struct buf *b)
{
	const int64_t seconds = s->first_response_due - s->received_at;
	const struct calendar_row row = { s->received_at, s->first_response_due, seconds, CALENDAR_WHY_ALWAYS, NULL, true };

	buf_text(b, "\"calendar\":\"" ROUND_THE_CLOCK "\",\"walk\":");
	calendar_write_rows(NULL, &row, 1, b);
}

void schedule_write(const struct schedule *s, struct buf *b)
{
	if (s->calendar == NULL) {
		write_always(s, b);
		return;
	}
	buf_text(b, "\"calendar\":");
	json_quote(b, s->calendar->name);
	buf_text(b, ",\"walk\":");
	calendar_write_rows(s->calendar, s->walks[0].row, s->walks[0].count, b);
	buf_text(b, ",\"handling_walk\":");
	calendar_write_rows(s->calendar, s->walks[1].row, s->walks[1].count, b);
}

/* Index of the last month that has started; times outside the table count as its first or last month. */
static int month_at(const int64_t months[MONTHS_COUNT], int64_t at)
{
	int low = 0, high = MONTHS_COUNT - 1;

	while (low < high) {
		const int middle = (low + high + 1) / 2;

		if (months[middle] <= at) low = middle;
		else high = middle - 1;
	}
	return low;
}

int64_t policy_month(const struct policy *policy, int64_t at)
{
	const int i = month_at(policy->months, at);

	return (int64_t)(MONTHS_FIRST_YEAR + i / 12) * 100 + i % 12 + 1;
}
