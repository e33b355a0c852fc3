/* fuzz_rtf.c - any bytes as packed rich text, as rich text and as tagged text: clean UTF-8 within the caller's limit. The first byte chooses. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "base/utf8.h"
#include "text/enriched.h"
#include "text/rtf.h"

#define OUT_MAX (1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_rich(const char *rtf, size_t len)
{
	struct buf text = BUF_INIT(OUT_MAX);

	(void)rtf_read(&text, rtf, len);
	if (!utf8_valid(buf_str(&text), text.len)) abort();
	buf_release(&text);
}

static void check_tagged(const char *bytes, size_t len, bool is_richtext)
{
	struct buf text = BUF_INIT(4 * len + 16), plain = BUF_INIT(OUT_MAX);

	(void)utf8_clean(&text, bytes, len, false);
	enriched_to_text(&plain, buf_str(&text), text.len, is_richtext);
	if (!plain.is_full && !utf8_valid(buf_str(&plain), plain.len)) abort();
	buf_release(&text);
	buf_release(&plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf rtf = BUF_INIT(OUT_MAX);

	if (size == 0) return 0;
	if (data[0] == 'p') {
		if (rtf_unpack(&rtf, data + 1, size - 1)) check_rich(buf_str(&rtf), rtf.len);
	} else if (data[0] == 'e' || data[0] == 'r') {
		check_tagged((const char *)data + 1, size - 1, data[0] == 'r');
	} else {
		check_rich((const char *)data, size);
	}
	buf_release(&rtf);
	return 0;
}
