/* fuzz_charset.c - the input's first line is a charset's label, the rest bytes in it: clean UTF-8 of bounded length whatever both are, and in
 * every form that texts are compared in. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "text/canonical.h"
#include "text/features.h"
#include "text/identifiers.h"
#include "text/text.h"

#define IDENTS 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_compared(const struct buf *text)
{
	static struct features f;
	static struct lexicon *lexicon;
	struct buf canonical = BUF_INIT(CANONICAL_MAX), folded = BUF_INIT(16 * text->len + 64);
	struct ident idents[IDENTS];
	char language[8];
	size_t count;

	if (lexicon == NULL) lexicon = lexicon_new();
	text_language(text->data, text->len, language);
	(void)text_fold(&folded, text->data, text->len);
	if (!utf8_valid(buf_str(&folded), folded.len)) abort();
	if (canonical_text(&canonical, text->data, text->len) && canonical.len <= UINT16_MAX) {
		count = identifiers_find(buf_str(&canonical), canonical.len, idents, IDENTS);
		for (size_t i = 0; i < count; i++)
			if (idents[i].start >= idents[i].end || idents[i].end > canonical.len || (i > 0 && idents[i].start < idents[i - 1].start)) abort();
		features_find(lexicon, buf_str(&canonical), canonical.len, idents, count, &f);
		if (f.count > FEATURES_MAX || f.place_count > FEATURE_PLACES_MAX) abort();
	}
	buf_release(&canonical);
	buf_release(&folded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
	struct buf text = BUF_INIT(8 * size + 64);
	char *label;

	if (end == NULL) return 0;
	label = strndup((const char *)data, (size_t)(end - data));
	(void)text_from_charset(&text, end + 1, size - (size_t)(end - data) - 1, label, NULL);
	if (!utf8_valid(buf_str(&text), text.len)) abort();
	check_compared(&text);
	free(label);
	buf_release(&text);
	return 0;
}
