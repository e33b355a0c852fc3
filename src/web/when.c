/* when.c - dates as people write them, through ICU: zone rules and month names are its business. */
#include "web/web_inside.h"

#include <string.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>
#include "base/clock.h"

#define UNITS 96

static char *write_when(const struct web *web, int64_t at, const char *written, enum page_language language, char when_r[WEB_WHEN_SIZE])
{
	static const char *const locales[PAGE_LANGUAGES] = PAGE_WORDS("en", "zh_CN", "zh_TW");
	UChar pattern[UNITS], zone[UNITS], text[UNITS];
	UErrorCode code = U_ZERO_ERROR;
	UDateFormat *format;

	(void)clock_rfc3339(at, when_r);
	(void)u_strFromUTF8(pattern, UNITS, NULL, written, -1, &code);
	(void)u_strFromUTF8(zone, UNITS, NULL, web->setup.timezone != NULL ? web->setup.timezone : "UTC", -1, &code);
	format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locales[language], zone, -1, pattern, -1, &code);
	if (U_FAILURE(code)) return when_r;
	(void)udat_format(format, (UDate)at * 1000, text, UNITS, NULL, &code);
	if (U_SUCCESS(code)) (void)u_strToUTF8(when_r, WEB_WHEN_SIZE, NULL, text, -1, &code);
	udat_close(format);
	if (U_FAILURE(code)) (void)clock_rfc3339(at, when_r);
	return when_r;
}

char *web_when(const struct web *web, int64_t at, enum page_language language, char when_r[WEB_WHEN_SIZE])
{
	static const char *const patterns[PAGE_LANGUAGES] = PAGE_WORDS("d MMMM yyyy, HH:mm (zzz)", "yyyy年M月d日 HH:mm (zzz)", "yyyy年M月d日 HH:mm (zzz)");

	return write_when(web, at, patterns[language], language, when_r);
}

char *web_when_short(const struct web *web, const char *rfc3339, char when_r[WEB_WHEN_SIZE])
{
	const int64_t at = rfc3339 != NULL ? clock_parse_rfc3339(rfc3339) : -1;

	when_r[0] = '\0';
	return at >= 0 ? write_when(web, at, "yyyy-MM-dd HH:mm", PAGE_EN, when_r) : when_r;
}

char *web_when_text(const struct web *web, const char *rfc3339, enum page_language language, char when_r[WEB_WHEN_SIZE])
{
	const int64_t at = rfc3339 != NULL ? clock_parse_rfc3339(rfc3339) : -1;

	when_r[0] = '\0';
	return at >= 0 ? web_when(web, at, language, when_r) : when_r;
}
