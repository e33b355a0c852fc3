/* schedule.c - by when: deadlines from severity, round the clock, and the month a number belongs to. Pure functions of their inputs. */
#include "policy/policy_parts.h"

void policy_schedule(const struct policy *policy, enum severity severity, int64_t received_at, struct schedule *s_r)
{
	const struct policy_deadline *d = &policy->deadlines[severity];

	*s_r = (struct schedule){ .first_response_due = received_at + d->first_response, .handling_due = received_at + d->start };
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
