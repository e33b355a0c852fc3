/* fuzz_ics.c - any bytes as an .ics file: refused, or made into a calendar file that reads back. Seeds: tests/data/calendar/seed.ics. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "policy/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct calendar_import how = { .title = "fuzz", .zone = "UTC", .week = "Mon-Fri 09:00-17:00", .from = 20454, .until = 21183 };
	struct buf ics = BUF_INIT(1 << 20), out = BUF_INIT(1 << 20);
	struct calendar *cal = NULL;
	struct ik_error err = { 0 };
	size_t skipped = 0;

	if (buf_add(&ics, data, size) && calendar_import(buf_str(&ics), ics.len, &how, &out, &skipped, &err) == IK_OK &&
	    calendar_parse("fuzz", buf_str(&out), out.len, NULL, &cal, &err) != IK_OK)
		abort();
	calendar_free(&cal);
	buf_release(&ics);
	buf_release(&out);
	return 0;
}
