/* fuzz_event.c - any bytes as an iCalendar file: clean UTF-8 within the caller's limit. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "base/utf8.h"
#include "text/event.h"

#define OUT_MAX 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf bytes = BUF_INIT(size + 1), ics = BUF_INIT(4 * size + 16), text = BUF_INIT(OUT_MAX);

	(void)buf_add(&bytes, data, size);
	event_unfold(&bytes);
	if (bytes.len > size) abort();
	(void)utf8_clean(&ics, buf_str(&bytes), bytes.len, false);
	(void)event_to_text(&text, buf_str(&ics), ics.len);
	if (text.len > OUT_MAX || !utf8_valid(buf_str(&text), text.len)) abort();
	buf_release(&bytes);
	buf_release(&ics);
	buf_release(&text);
	return 0;
}
