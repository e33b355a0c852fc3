/* fuzz_html.c - any HTML: clean UTF-8 comes out and marks lie within it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "base/utf8.h"
#include "text/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf html = BUF_INIT(size * 4 + 64), out = BUF_INIT(1024 * 1024);
	static struct html_marks marks;
	struct ik_error err = { 0 };

	(void)utf8_clean(&html, (const char *)data, size, false);
	if (html_to_text(&out, buf_str(&html), html.len, &marks, &err) != IK_OK) abort();
	if (!utf8_valid(buf_str(&out), out.len)) abort();
	for (size_t i = 0; i < marks.count; i++)
		if (marks.marks[i].start > marks.marks[i].end || marks.marks[i].end > out.len) abort();
	buf_release(&html);
	buf_release(&out);
	return 0;
}
