/* fold.c - texts made equal for comparing: compatibility forms, case, Traditional to Simplified Chinese, no punctuation, no space.
 *
 * The table of Traditional characters is made once of the rules of ICU's transliterator: asked for every message it would cost more than all
 * the rest. The table is the one file-level value here, written once under the lock of pthread_once and const from then on. */
#include "text/fold.h"

#include <stdint.h>
#include <stdlib.h>
#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/uclean.h>
#include <unicode/unorm2.h>
#include <unicode/ures.h>
#include <unicode/utf16.h>
#include <unicode/utrans.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/text.h"

#define HAN_FIRST 0x3400
#define HAN_LAST 0x9FFF
#define RUN_MAX 8               /* combining marks kept in a row */

static uint16_t *simplified;    /* of HAN_FIRST.., NULL when ICU has no such transliterator */
static pthread_once_t is_loaded = PTHREAD_ONCE_INIT;     /* not call_once: ThreadSanitizer does not know that one */

/* One rule of the list: "S\u2194T" or "S\u2190T", one character each. Others give a direction or a context that a character alone does not have. */
static void take_rule(uint16_t *table, const UChar *rule, int32_t len)
{
	if (len != 3 || (rule[1] != 0x2194 && rule[1] != 0x2190) || rule[2] < HAN_FIRST || rule[2] > HAN_LAST) return;
	if (table[rule[2] - HAN_FIRST] == 0) table[rule[2] - HAN_FIRST] = rule[0];       /* the first one counts */
}

/* The rules of ICU's transliterator, taken from where it takes them: to have it made and to ask it for every character costs eighty times as
 * much. False when they are not there. */
static bool load_rules(uint16_t *table)
{
	UErrorCode status = U_ZERO_ERROR;
	UResourceBundle *root = ures_openDirect(U_ICUDATA_NAME "-translit", "root", &status);
	UResourceBundle *all = ures_getByKey(root, "RuleBasedTransliteratorIDs", NULL, &status);
	UResourceBundle *one = ures_getByKey(all, "Hant-Hans", NULL, &status), *file = ures_getByKey(one, "file", NULL, &status);
	int32_t len = 0;
	const UChar *rules = ures_getStringByKey(file, "resource", &len, &status);

	for (int32_t at = 0, end; U_SUCCESS(status) && at < len; at = end + 1) {
		for (end = at; end < len && rules[end] != ';'; end++) continue;
		take_rule(table, rules + at, end - at);
	}
	ures_close(file);
	ures_close(one);
	ures_close(all);
	ures_close(root);
	return U_SUCCESS(status);
}

static bool ask_transliterator(uint16_t *table)
{
	static const UChar id[] = { 'H', 'a', 'n', 't', '-', 'H', 'a', 'n', 's' };
	UErrorCode status = U_ZERO_ERROR;
	UTransliterator *trans = utrans_openU(id, (int32_t)COUNT_OF(id), UTRANS_FORWARD, NULL, 0, NULL, &status);

	if (U_FAILURE(status)) return false;
	for (int32_t c = HAN_FIRST; c <= HAN_LAST; c++) {
		UChar text[4] = { (UChar)c, 0 };
		int32_t len = 1, limit = 1;

		status = U_ZERO_ERROR;
		utrans_transUChars(trans, text, &len, (int32_t)COUNT_OF(text), 0, &limit, &status);
		if (U_SUCCESS(status) && len == 1) table[c - HAN_FIRST] = text[0];
	}
	utrans_close(trans);
	return true;
}

static void load(void)
{
	uint16_t *table = mem_new((HAN_LAST - HAN_FIRST + 1) * sizeof(*table));

	if (!load_rules(table) && !ask_transliterator(table)) {
		free(table);
		return;
	}
	for (int32_t c = HAN_FIRST; c <= HAN_LAST; c++)
		if (table[c - HAN_FIRST] == 0) table[c - HAN_FIRST] = (uint16_t)c;
	simplified = table;
}

void fold_prepare(void)
{
	UErrorCode status = U_ZERO_ERROR;

	(void)pthread_once(&is_loaded, load);
	(void)unorm2_getNFKCCasefoldInstance(&status);
}

void fold_prepare_early(void)
{
	(void)pthread_once(&is_loaded, load);
	u_cleanup();
}

uint32_t text_simplify(uint32_t c)
{
	(void)pthread_once(&is_loaded, load);
	return simplified != NULL && c >= HAN_FIRST && c <= HAN_LAST ? simplified[c - HAN_FIRST] : c;
}

static bool is_kept(int32_t c)
{
	return (U_MASK((uint32_t)u_charType((UChar32)c)) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

static void put_folded(struct buf *out, const UChar *text, int32_t len)
{
	int marks = 0;

	for (int32_t at = 0; at < len;) {
		uint32_t c = text[at++];

		if ((c & 0xFC00) == 0xD800 && at < len && (text[at] & 0xFC00) == 0xDC00) c = 0x10000 + ((c & 0x3FF) << 10) + (text[at++] & 0x3FFu);
		if (!is_kept((int32_t)c)) continue;
		marks = (U_MASK((uint32_t)u_charType((UChar32)c)) & U_GC_M_MASK) != 0 ? marks + 1 : 0;
		if (marks > RUN_MAX) continue;
		if (simplified != NULL && c >= HAN_FIRST && c <= HAN_LAST) c = simplified[c - HAN_FIRST];
		utf8_put(out, c);
	}
}

/* One piece of text, normalised at most 18-fold by U+FDFA: the room is bounded by the size of a piece. */
static bool fold_piece(struct buf *out, const char *text, size_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
	UChar wide[1024], normal[1024 * 18];
	int32_t wide_len = 0, normal_len;

	for (size_t at = 0; at < len && wide_len + 2 <= (int32_t)COUNT_OF(wide);) {
		const int32_t c = utf8_next(text, len, &at);

		if (c >= 0) U16_APPEND_UNSAFE(wide, wide_len, c);
	}
	normal_len = unorm2_normalize(normalizer, wide, wide_len, normal, (int32_t)COUNT_OF(normal), &status);
	if (U_FAILURE(status)) return false;
	put_folded(out, normal, normal_len);
	return !out->is_full;
}

bool text_fold(struct buf *out, const char *text, size_t len)
{
	fold_prepare();
	while (len > 0) {
		size_t piece = utf8_cut(text, len, 1000);

		if (piece == 0) piece = len < 1000 ? len : 1000;
		if (!fold_piece(out, text, piece)) return false;
		text += piece;
		len -= piece;
	}
	return !out->is_full;
}
