/* policy_parts.h - what struct policy is made of; for the files of this folder only. All parts are const once policy_new() returned. */
#ifndef POLICY_POLICY_PARTS_H
#define POLICY_POLICY_PARTS_H

#include "policy/calendar.h"
#include "policy/assign.h"
#include "policy/policy.h"
#include "policy/rules.h"
#include "policy/templates.h"

#define SEVERITY_COUNT 4
#define MONTHS_FIRST_YEAR 2000
#define MONTHS_COUNT (12 * 150)

/* What one brand has instead, for the severities in working time. */
struct brand_calendar { char *brand; const struct calendar *calendars[SEVERITY_COUNT]; };

struct policy {
	char *timezone;
	const char *language;           /* "zh-Hans", "zh-Hant" or "en": when nothing is known of the customer */
	struct policy_deadline deadlines[SEVERITY_COUNT];
	int64_t months[MONTHS_COUNT];   /* seconds since 1970 at which each month from January 2000 on starts in the zone */
	struct rules *rules;
	struct text_model *model;       /* NULL: rules alone */
	double model_certainty;         /* 0..1 */
	struct routes *routes;
	struct tiers *tiers;
	struct templates *templates;
	struct calendar **calendars;    /* each named one once; none while everything is round the clock */
	size_t calendar_count;
	const struct calendar *severity_calendars[SEVERITY_COUNT];      /* NULL: round the clock */
	struct brand_calendar *brands;
	size_t brand_count;
};

/* policy_set_calendars() - loads what the configuration names and resolves it for every severity and brand. policy_drop_calendars() frees it. */
enum ik_rc policy_set_calendars(struct policy *policy, const struct policy_conf *conf, struct ik_error *err);
void policy_drop_calendars(struct policy *policy);

/* zone_check() - whether ICU knows the IANA name. */
bool zone_check(const char *zone);
/* zone_months() - fills the table of month starts. */
enum ik_rc zone_months(const char *zone, int64_t months_r[MONTHS_COUNT], struct ik_error *err);

/* zone_shifts() - when the clock of a zone was and will be changed; to be freed, also after a failure. */
enum ik_rc zone_shifts(const char *zone, struct calendar_shift **shifts_r, size_t *count_r, struct ik_error *err);

/* A moment as a clock on the wall of a zone shows it. */
struct zone_time { int year, month, day, weekday, hour, minute, offset_min; };      /* month 1..12, weekday 0 = Sunday, offset east of UTC */
bool zone_time(const char *zone, int64_t at, struct zone_time *time_r);
/* zone_period() - the day, week (from Monday), month, quarter or year that a time falls in: its first second, and the one behind its last. zone_day() -
 * the first second of a day; -1: there is none such. */
bool zone_period(const char *zone, const char *name, int64_t at, int64_t *since_r, int64_t *until_r);
int64_t zone_day(const char *zone, int year, int month, int day);

#endif
