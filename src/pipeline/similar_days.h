/* similar_days.h - days of the year that messages name: how far apart, and whether one is over.
 *
 * A day is the number of its months and days, with months of 31 days: near enough for "days apart". Thread: any; no state. */
#ifndef PIPELINE_SIMILAR_DAYS_H
#define PIPELINE_SIMILAR_DAYS_H

#include "pipeline/similar.h"

#define SIMILAR_DAYS_APART 3            /* zones, "yesterday", and the months of 31 days */

int similar_day_of_year(uint32_t date);
int similar_day_told(int64_t at);
int similar_days_between(int a, int b);
/* similar_is_day_within() - an IDENT_DATE's value is the day of some moment from, or half a day and so on later, up to to. */
bool similar_is_day_within(uint32_t date, int64_t from, int64_t to);
/* similar_is_to_come() - a deadline, a day of travel: what happened has another day. */
bool similar_is_to_come(int day, int64_t told_at);
/* similar_name_days_far_apart() - each names days that are over, and none is within a week of one of the other's. without_today: the day on which a message came
 * is no such day: "nothing has come as of 2 March", or the head of a letter. */
bool similar_name_days_far_apart(const struct similar_print *a, const struct similar_print *b, bool without_today);

#endif
