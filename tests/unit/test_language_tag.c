/* test_language_tag.c - which language a tag is of, and where Chinese is written in Traditional characters. */
#include "test.h"

#include <string.h>
#include "base/language_tag.h"

static const struct { const char *row, *tag; bool is_chinese, is_traditional; } tags[] = {
	{ "bare",                   "zh",            true,  false },
	{ "Taiwan",                 "zh-TW",         true,  true },
	{ "Hong Kong, small",       "zh-hk",         true,  true },
	{ "Macao, as a locale",     "zh_MO",         true,  true },
	{ "by script",              "zh-Hant",       true,  true },
	{ "script and place",       "zh-Hant-CN",    true,  true },
	{ "script against place",   "zh-Hans-HK",    true,  false },
	{ "mainland",               "zh-CN",         true,  false },
	{ "begins like the script", "zh-Hantx",      true,  false },
	{ "an extension",           "zh-CN-x-HKU",   true,  false },
	{ "English of Hong Kong",   "en-HK",         false, true },
	{ "another language",       "zhx-TW",        false, true },
	{ "cut",                    "z",             false, false },
	{ "empty",                  "",              false, false },
};
TEST(a_tag_tells_language_and_script)
{
	for (size_t i = 0; i < COUNT_OF(tags); i++) {
		test_row(tags[i].row);
		CHECK_INT(language_tag_is(tags[i].tag, strlen(tags[i].tag), "zh"), tags[i].is_chinese);
		CHECK_INT(language_tag_is_traditional(tags[i].tag, strlen(tags[i].tag)), tags[i].is_traditional);
	}
	CHECK(language_tag_is("zh;q=1", 2, "zh"));      /* no byte behind its end */
	CHECK(!language_tag_is_traditional("zh-TW", 4));
}
