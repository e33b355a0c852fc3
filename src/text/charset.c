/* charset.c - bytes of a labelled charset as clean UTF-8. It never fails: what cannot be read becomes U+FFFD.
 *
 * Order of belief: 7-bit escapes and plain ASCII, valid UTF-8, the label (widened to what senders really use), the fallback of the
 * channel, a guess by the frequency of common characters (guess.c), Windows-1252. Converters are ICU's: they live in the library's
 * data, so that a process without file access can open them. UTF-7 is never followed: it hides text from every filter. */
#include "text/charset.h"

#include <stdint.h>
#include <strings.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/udata.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/guess.h"
#include "text/jis.h"
#include "text/text.h"

/* Labels as they are seen in mail -> converter. "" means: says nothing. Source: WHATWG Encoding Standard, section 4.2, and mail seen. */
static const struct { const char *label, *converter; } widened[] = {
	{ "utf8", "utf-8" }, { "utf-8", "utf-8" }, { "unicode-1-1-utf-8", "utf-8" }, { "utf8mb4", "utf-8" },
	{ "gb2312", "gb18030" }, { "gbk", "gb18030" }, { "x-gbk", "gb18030" }, { "cp936", "gb18030" }, { "ms936", "gb18030" },
	{ "windows-936", "gb18030" }, { "gb_2312-80", "gb18030" }, { "gb2312-80", "gb18030" }, { "euc-cn", "gb18030" }, { "chinese", "gb18030" },
	{ "gb18030", "gb18030" }, { "gb-2312", "gb18030" }, { "gb_2312", "gb18030" }, { "zh_cn.gbk", "gb18030" },
	{ "hz-gb-2312", "HZ" }, { "hz", "HZ" },
	{ "big5", "Big5-HKSCS" }, { "big-5", "Big5-HKSCS" }, { "cn-big5", "Big5-HKSCS" }, { "x-x-big5", "Big5-HKSCS" }, { "big5-hkscs", "Big5-HKSCS" },
	{ "cp950", "Big5-HKSCS" }, { "windows-950", "Big5-HKSCS" }, { "big5-eten", "Big5-HKSCS" },
	{ "shift_jis", "ibm-943_P15A-2003" }, { "shift-jis", "ibm-943_P15A-2003" }, { "sjis", "ibm-943_P15A-2003" }, { "x-sjis", "ibm-943_P15A-2003" },
	{ "ms_kanji", "ibm-943_P15A-2003" }, { "cp932", "ibm-943_P15A-2003" }, { "ms932", "ibm-943_P15A-2003" }, { "windows-31j", "ibm-943_P15A-2003" },
	{ "iso-2022-jp", "iso-2022-jp" }, { "iso-2022-jp-1", "iso-2022-jp" }, { "iso-2022-jp-2", "iso-2022-jp" }, { "iso-2022-jp-3", "iso-2022-jp" },
	{ "iso-2022-jp-ms", "iso-2022-jp" }, { "cp50220", "iso-2022-jp" }, { "cp50221", "iso-2022-jp" }, { "csiso2022jp", "iso-2022-jp" }, { "jis", "iso-2022-jp" },
	{ "euc-jp", "euc-jp" }, { "x-euc-jp", "euc-jp" }, { "eucjp", "euc-jp" }, { "cp51932", "euc-jp" },
	{ "ks_c_5601-1987", "windows-949" }, { "ks_c_5601", "windows-949" }, { "ksc5601", "windows-949" }, { "ks_c_5601-1989", "windows-949" },
	{ "ksc_5601", "windows-949" }, { "euc-kr", "windows-949" }, { "euckr", "windows-949" }, { "korean", "windows-949" }, { "cp949", "windows-949" },
	{ "uhc", "windows-949" }, { "windows-949", "windows-949" }, { "iso-2022-kr", "ISO-2022-KR" },
	{ "iso-2022-cn", "ISO-2022-CN" }, { "iso-2022-cn-ext", "ISO-2022-CN" },
	{ "iso-8859-1", "windows-1252" }, { "iso8859-1", "windows-1252" }, { "iso_8859-1", "windows-1252" }, { "latin1", "windows-1252" },
	{ "latin-1", "windows-1252" }, { "l1", "windows-1252" }, { "windows-1252", "windows-1252" }, { "cp1252", "windows-1252" }, { "x-ansi", "windows-1252" },
	{ "iso-8859-9", "windows-1254" }, { "latin5", "windows-1254" }, { "windows-1254", "windows-1254" }, { "cp1254", "windows-1254" },
	{ "iso-8859-11", "windows-874" }, { "tis-620", "windows-874" }, { "windows-874", "windows-874" },
	{ "windows-1250", "windows-1250" }, { "windows-1251", "windows-1251" }, { "cp1251", "windows-1251" }, { "cp-1251", "windows-1251" },
	{ "windows-1253", "windows-1253" }, { "windows-1255", "windows-1255" }, { "windows-1256", "windows-1256" }, { "windows-1257", "windows-1257" },
	{ "windows-1258", "windows-1258" }, { "cp1258", "windows-1258" }, { "koi8-r", "KOI8-R" }, { "koi8-u", "KOI8-U" }, { "cp866", "ibm-866" },
	{ "iso-8859-2", "ISO-8859-2" }, { "iso-8859-3", "ISO-8859-3" }, { "iso-8859-4", "ISO-8859-4" }, { "iso-8859-5", "ISO-8859-5" },
	{ "iso-8859-6", "ISO-8859-6" }, { "iso-8859-7", "ISO-8859-7" }, { "iso-8859-8", "ISO-8859-8" }, { "iso-8859-8-i", "ISO-8859-8" },
	{ "iso-8859-10", "iso-8859_10-1998" }, { "iso-8859-13", "ISO-8859-13" }, { "iso-8859-14", "iso-8859_14-1998" }, { "iso-8859-15", "ISO-8859-15" },
	{ "macintosh", "macintosh" }, { "x-mac-roman", "macintosh" }, { "ibm850", "ibm-850" }, { "cp850", "ibm-850" }, { "cp437", "ibm-437" },
	{ "utf-16", "UTF-16" }, { "utf-16le", "UTF-16LE" }, { "utf-16be", "UTF-16BE" }, { "utf-32", "UTF-32" },
	{ "ucs-2", "UTF-16" }, { "iso-10646-ucs-2", "UTF-16" }, { "unicode", "UTF-16" },
	{ "us-ascii", "" }, { "ascii", "" }, { "ansi_x3.4-1968", "" }, { "iso-646-us", "" }, { "646", "" }, { "7bit", "" }, { "8bit", "" },
	{ "unknown", "" }, { "x-unknown", "" }, { "unknown-8bit", "" }, { "unknown8bit", "" }, { "binary", "" }, { "default", "" }, { "default_charset", "" },
	{ "none", "" }, { "null", "" }, { "utf-7", "" }, { "utf7", "" }, { "unicode-1-1-utf-7", "" }, { "x-user-defined", "" },
};

/* A label without quotes, spaces, language suffix ("*en") and case. */
static void label_clean(const char *label, char clean_r[64])
{
	size_t len = 0;

	for (; *label != '\0' && *label != '*' && len < 63; label++) {
		const char c = *label;

		if (c == '"' || c == '\'' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
		if (c == ';' || c == ',') break;
		clean_r[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	clean_r[len] = '\0';
}

const char *charset_name(const char *label, char name_r[64])
{
	if (label == NULL) return NULL;
	label_clean(label, name_r);
	if (name_r[0] == '\0') return NULL;
	for (size_t i = 0; i < COUNT_OF(widened); i++)
		if (name_r[0] == widened[i].label[0] && strcmp(name_r, widened[i].label) == 0) return widened[i].converter[0] != '\0' ? widened[i].converter : NULL;
	return strstr(name_r, "utf-7") == NULL && strstr(name_r, "utf7") == NULL ? name_r : NULL;
}

void charset_prepare(void)
{
	UErrorCode status = U_ZERO_ERROR;

	udata_setFileAccess(UDATA_NO_FILES, &status);
	for (size_t i = 0; i < COUNT_OF(widened); i++) {
		UConverter *converter;

		if (widened[i].converter[0] == '\0') continue;
		status = U_ZERO_ERROR;
		converter = ucnv_open(widened[i].converter, &status);
		if (U_SUCCESS(status)) ucnv_close(converter);
	}
}

#define CHUNK 2048                      /* half characters of UTF-16 */

/* Appends one chunk of a converter's output as UTF-8 and returns how many of it stand for bytes that could not be read. lead: half a
 * character that the chunk before ended with. */
static long put_chunk(struct buf *raw, const UChar *chunk, const UChar *end, UChar *lead)
{
	char *to = buf_reserve(raw, (size_t)(end - chunk) * 3 + 1);     /* the half that ends a character of the chunk before takes four bytes */
	long replaced = 0;
	size_t len = 0;

	if (to == NULL) return 0;
	for (const UChar *at = chunk; at < end; at++) {
		uint32_t c = *at;

		if (c < 0x80 && c != 0x1A) { to[len++] = (char)c; *lead = 0; continue; }
		if (U16_IS_LEAD(c)) { *lead = *at; continue; }
		if (U16_IS_TRAIL(c)) c = *lead != 0 ? (uint32_t)U16_GET_SUPPLEMENTARY(*lead, c) : 0xFFFD;
		else if (c == 0x1A || c == 0xFFFD) { replaced++; c = 0xFFFD; }
		*lead = 0;
		if (c != 0xFEFF) U8_APPEND_UNSAFE((uint8_t *)to, len, c);
	}
	raw->len += len;
	raw->data[raw->len] = '\0';
	return replaced;
}

/* Bytes by one converter into raw UTF-8; the number of characters replaced, or -1 when there is no such converter. */
static long convert(struct buf *raw, const char *name, const char *bytes, size_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *converter = ucnv_open(name, &status);
	const char *in = bytes, *const end = bytes + len;
	UChar lead = 0;
	long replaced = 0;

	if (U_FAILURE(status)) return -1;
	do {
		UChar chunk[CHUNK], *to = chunk;

		status = U_ZERO_ERROR;
		ucnv_toUnicode(converter, &to, chunk + COUNT_OF(chunk), &in, end, NULL, true, &status);
		replaced += put_chunk(raw, chunk, to, &lead);
	} while (status == U_BUFFER_OVERFLOW_ERROR && !raw->is_full);
	ucnv_close(converter);
	return replaced;
}

/* Converts and cleans; IK_OK is not needed: false when there is no such converter. */
static bool put(struct buf *out, const char *name, const char *bytes, size_t len, long *replaced_r)
{
	struct buf raw = BUF_INIT(len * 4 + 16 + CHUNK * 3);
	long replaced;

	if (strcmp(name, "iso-2022-jp") == 0) {
		struct buf shifted = BUF_INIT(len * 2 + 16);

		jis_to_shift_jis(&shifted, bytes, len);
		replaced = convert(&raw, "ibm-943_P15A-2003", buf_str(&shifted), shifted.len);
		buf_release(&shifted);
	} else {
		replaced = convert(&raw, name, bytes, len);
	}
	if (replaced >= 0) {
		utf8_clean(out, buf_str(&raw), raw.len, false);
		*replaced_r = replaced;
	}
	buf_release(&raw);
	return replaced >= 0;
}

/* What the bytes themselves tell. */
struct look { bool has_high, has_nul, is_utf8, has_long_utf8; const char *shifted; };

/* The charset of 7 bits that the first escape belongs to, NULL without one. Source: RFC 1468, 1557, 1922. */
static const char *shifted_charset(const char *bytes, size_t len)
{
	const char *const end = bytes + len;

	for (const char *at = bytes; len > 0 && (at = memchr(at, 0x1B, (size_t)(end - at))) != NULL; at++) {
		if (end - at > 3 && memcmp(at, "\x1B$)C", 4) == 0) return "ISO-2022-KR";
		if (end - at > 3 && at[1] == '$' && (at[2] == ')' || at[2] == '*') && at[3] != '\0' && strchr("AGH", at[3]) != NULL) return "ISO-2022-CN";
		if (end - at > 1 && (at[1] == '$' || at[1] == '(')) return "iso-2022-jp";
	}
	return NULL;
}

/* "~{" with two characters or more of the Chinese rows behind it and "~}" at their end, whatever the label. Source: RFC 1843. */
static bool is_hz(const char *bytes, size_t len)
{
	const char *at = len > 0 ? memmem(bytes, len, "~{", 2) : NULL, *const end = bytes + len;
	size_t count = 0;

	if (at == NULL) return false;
	for (at += 2; end - at >= 2 && at[0] >= 0x21 && at[0] <= 0x77 && at[1] >= 0x21 && at[1] < 0x7F; at += 2) count++;
	return count >= 2 && end - at >= 2 && memcmp(at, "~}", 2) == 0;
}

/* The mark that begins text of two-byte units: no other text begins so. */
static bool is_marked_wide(const char *bytes, size_t len)
{
	return len >= 4 && len % 2 == 0 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0) && memchr(bytes, 0, len) != NULL;
}

static struct look look_at(const char *bytes, size_t len)
{
	struct look look = { .is_utf8 = true, .has_nul = len > 0 && memchr(bytes, 0, len) != NULL, .shifted = shifted_charset(bytes, len) };

	for (size_t at = utf8_ascii(bytes, len); at < len; at += utf8_ascii(bytes + at, len - at)) {
		const size_t start = at, han = utf8_han(bytes + at, len - at);

		look.has_high = true;
		if (han > 0) {
			look.has_long_utf8 = true;
			at += han;
			continue;
		}
		if (utf8_next(bytes, len, &at) < 0) look.is_utf8 = false;
		else if (at - start > 2) look.has_long_utf8 = true;
		if (!look.is_utf8) break;
	}
	return look;
}

static bool is_double_byte(const char *name)
{
	return name != NULL && (strcmp(name, "gb18030") == 0 || strcmp(name, "Big5-HKSCS") == 0 || strcmp(name, "windows-949") == 0
	       || strcmp(name, "ibm-943_P15A-2003") == 0 || strcmp(name, "euc-jp") == 0);
}

/* Valid UTF-8 wins over the label. Only a short text of two-byte sequences under a double-byte label stays with the label:
 * every tenth pair of GBK characters is by chance valid UTF-8. */
static bool is_really_utf8(const struct look *look, const char *name)
{
	return look->is_utf8 && (look->has_long_utf8 || !is_double_byte(name));
}

/* The first of the names that reads the bytes without replacing more than a few of them. */
static bool put_labelled(struct buf *out, const char *name, const char *bytes, size_t len, long *replaced_r)
{
	const size_t before = out->len;

	if (name == NULL) return false;
	if (!put(out, name, bytes, len, replaced_r)) return false;
	if (*replaced_r == 0 || (size_t)*replaced_r <= len / 200 + 1) return true;
	out->len = before;                      /* most of it does not fit its label: let the guess judge */
	if (out->data != NULL) out->data[before] = '\0';
	return false;
}

static bool put_utf8(struct buf *out, const char *bytes, size_t len)
{
	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { bytes += 3; len -= 3; }
	return utf8_clean(out, bytes, len, false);
}

bool text_from_charset(struct buf *out, const void *data, size_t len, const char *label, const char *fallback)
{
	const char *bytes = data;
	const struct look look = look_at(bytes, len);
	char label_room[64], fallback_room[64];
	const char *name = charset_name(label, label_room), *second = charset_name(fallback, fallback_room);
	const bool is_wide = name != NULL && (strncmp(name, "UTF-16", 6) == 0 || strncmp(name, "UTF-32", 6) == 0);
	long replaced = 0;

	if (!is_wide && is_marked_wide(bytes, len) && put(out, "UTF-16", bytes, len, &replaced)) return replaced > 0;
	if (is_wide && look.has_nul && put(out, name, bytes, len, &replaced)) return replaced > 0;
	if (!look.has_high && look.shifted != NULL && (name == NULL || strncasecmp(name, "iso-2022-kr", 11) != 0))
		name = look.shifted;
	else if (!look.has_high && name == NULL && is_hz(bytes, len))
		name = "HZ";
	else if (!look.has_high && (name == NULL || (strcmp(name, "HZ") != 0 && strcmp(name, "ISO-2022-KR") != 0)))
		return put_utf8(out, bytes, len);
	if (look.has_high && is_really_utf8(&look, name)) return put_utf8(out, bytes, len);
	if (look.has_high && name != NULL && strcmp(name, "windows-1252") == 0) name = guess_over_latin(bytes, len);
	if (name != NULL && strcmp(name, "utf-8") == 0) name = NULL;
	if (look.has_high && name != NULL && strcmp(name, "gb18030") == 0 && guess_is_japanese(bytes, len)) name = "euc-jp";
	if (look.has_high && is_double_byte(name) && !guess_fits(bytes, len, name)) name = guess_charset_or(bytes, len, name);
	if (put_labelled(out, name, bytes, len, &replaced)) return replaced > 0;
	if (look.has_high && second != NULL && strcmp(second, "utf-8") != 0 && put_labelled(out, second, bytes, len, &replaced)) return replaced > 0;
	if (guess_is_damaged_utf8(bytes, len)) return put_utf8(out, bytes, len);
	if (put(out, name != NULL && is_double_byte(name) ? guess_charset_or(bytes, len, name) : guess_charset(bytes, len), bytes, len, &replaced))
		return replaced > 0;
	return put_utf8(out, bytes, len);
}
