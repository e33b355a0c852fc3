/* fuzz_calendar.c - any bytes as a calendar file: refused, or a calendar in which every deadline comes and the walk adds up.
 * Seeds: the calendars of conf/calendars. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "policy/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const int64_t at = 1790000000, seconds = 100000;
	struct calendar *cal = NULL;
	struct calendar_walk walk;
	struct ik_error err = { 0 };
	int64_t counted = 0;

	if (calendar_parse("fuzz", (const char *)data, size, NULL, &cal, &err) != IK_OK) return 0;
	if (calendar_between(cal, at, calendar_add(cal, at, seconds, &walk)) != seconds) abort();
	for (size_t i = 0; i < walk.count; i++) counted += walk.row[i].counted;
	if (counted != seconds) abort();
	calendar_free(&cal);
	return 0;
}
