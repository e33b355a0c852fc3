/* report.h - a period in figures, out of the store alone. Counts are of tickets received in the period, unless a key says otherwise. */
#ifndef STORE_REPORT_H
#define STORE_REPORT_H

#include "store/store.h"

struct report_ask {
	int64_t since_at, until_at, now_at;     /* until_at itself is out */
	int (*hour)(void *arg, int64_t at);     /* 0 ... 23 where the people are */
	void *arg;
};
/* read_report() - {tickets, first_response, resolution, acknowledgements, duplicates, incidents, satisfaction, alarms, ledger}, of one moment. A rate
 * is null where there is nothing to divide by; times are seconds. */
enum ik_rc read_report(struct store_reader *r, const struct report_ask *ask, json_t **report_r, struct ik_error *err);

#endif
