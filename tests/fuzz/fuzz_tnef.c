/* fuzz_tnef.c - any bytes as a winmail.dat: clean texts, and files that lie within the bytes.
 * Seeds: the winmail.dat parts of tests/data/mail, taken out by seeds.py. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "mail/tnef.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tnef t;

	(void)tnef_read(&t, data, size);
	if (!utf8_valid(buf_str(&t.text), t.text.len) || !utf8_valid(buf_str(&t.html), t.html.len)) abort();
	if (t.rtf != NULL && (t.rtf < data || t.rtf + t.rtf_len > data + size)) abort();
	for (size_t i = 0; i < t.count; i++) {
		const struct tnef_file *file = &t.files[i];

		if (file->name != NULL && !utf8_valid(file->name, strlen(file->name))) abort();
		if (file->len > 0 && (file->data < data || file->data + file->len > data + size)) abort();
	}
	tnef_release(&t);
	return 0;
}
