/* fuzz_uuencode.c - any text with files in it: each lies within the text and behind the one before, decodes to no more than its lines can say,
 * and none is left once they are cut out. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "mail/uuencode.h"

#define LINE_BYTES 63                   /* a line's first character says how many bytes it gives; what it lacks for them is zeros */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t check_file(const char *text, size_t size, size_t from, const struct uu_file *f)
{
	struct buf bytes = BUF_INIT(LINE_BYTES * size);
	size_t lines = 1;

	if (f->start < from || f->end <= f->start || f->end > size) abort();
	if (f->name < text || f->name + f->name_len > text + size || f->lines < f->name || f->lines + f->lines_len > text + f->end) abort();
	uu_decode(&bytes, f);
	for (size_t i = 0; i < f->lines_len; i++) lines += f->lines[i] == '\n';
	if (bytes.is_full || bytes.len > LINE_BYTES * lines) abort();
	buf_release(&bytes);
	return f->end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT(size + 64);
	struct uu_file f;
	size_t at = 0, found = 0;

	(void)buf_add(&text, data, size);
	for (; uu_find(buf_str(&text), text.len, at, &f); found++) at = check_file(text.data, text.len, at, &f);
	if (uu_cut(&text) != (found > 0)) abort();
	buf_release(&text);
	return 0;
}
