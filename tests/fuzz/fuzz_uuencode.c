/* fuzz_uuencode.c - any text with files in it, of uuencode and of yEnc: each lies within the text and behind the one before, decodes to no more than its
 * lines can say, and none is left once they are cut out. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "mail/text_file.h"

#define LINE_BYTES 63                   /* a line's first character says how many bytes it gives; what it lacks for them is zeros */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_uu(const char *text, size_t size, size_t from, const struct uu_file *f)
{
	struct buf bytes = BUF_INIT(LINE_BYTES * size);
	size_t lines = 1;

	if (f->start < from || f->end <= f->start || f->end > size) abort();
	if (f->name < text || f->name + f->name_len > text + size || f->lines < f->name || f->lines + f->lines_len > text + f->end) abort();
	uu_decode(&bytes, f);
	for (size_t i = 0; i < f->lines_len; i++) lines += f->lines[i] == '\n';
	if (bytes.is_full || bytes.len > LINE_BYTES * lines) abort();
	buf_release(&bytes);
}

static void check_yenc(const char *text, size_t size, size_t from, const struct yenc_file *f)
{
	struct buf bytes = BUF_INIT(f->lines_len + 64);

	if (f->start < from || f->end <= f->start || f->end > size) abort();
	if (f->name < text || f->name + f->name_len > text + size || f->lines < f->name || f->lines + f->lines_len > text + f->end) abort();
	yenc_decode(&bytes, f);
	if (bytes.is_full || bytes.len > f->lines_len) abort();
	buf_release(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT(size + 64);
	struct text_files files;
	struct text_file f;
	size_t found = 0, at = 0;

	(void)buf_add(&text, data, size);
	files = (struct text_files){ .text = buf_str(&text), .len = text.len };
	for (; text_files_next(&files, &f); found++, at = files.at) {
		if (f.is_yenc) check_yenc(files.text, text.len, at, &f.yenc);
		else check_uu(files.text, text.len, at, &f.uu);
	}
	if (text_files_cut(&text) != (found > 0)) abort();
	buf_release(&text);
	return 0;
}
