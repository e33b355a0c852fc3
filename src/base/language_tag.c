#include "base/language_tag.h"

#include <string.h>
#include <strings.h>

static bool is_end(const char *tag, size_t len, size_t at)
{
	return at == len || tag[at] == '-' || tag[at] == '_';
}

bool language_tag_is(const char *tag, size_t len, const char *language)
{
	const size_t wanted = strlen(language);

	return len >= wanted && strncasecmp(tag, language, wanted) == 0 && is_end(tag, len, wanted);
}

static bool has_subtag(const char *tag, size_t len, const char *wanted)
{
	for (size_t at = 0; at < len; at++)
		if (is_end(tag, len, at) && language_tag_is(tag + at + 1, len - at - 1, wanted)) return true;
	return false;
}

bool language_tag_is_traditional(const char *tag, size_t len)
{
	if (has_subtag(tag, len, "Hant")) return true;
	if (has_subtag(tag, len, "Hans")) return false;
	return has_subtag(tag, len, "TW") || has_subtag(tag, len, "HK") || has_subtag(tag, len, "MO");
}
