/* test_url.c - a value put into a URL stays one value, whatever it holds. */
#include "test.h"

#include <stdlib.h>
#include "net/url.h"

static const struct { const char *row, *url, *name, *value, *whole; } queries[] = {
	{ "plain",               "https://a.example/x",       "since", "17",          "https://a.example/x?since=17" },
	{ "a query is there",    "https://a.example/x?q=1",   "since", "17",          "https://a.example/x?q=1&since=17" },
	{ "a fragment is there", "https://a.example/x?q=1#f", "since", "17",          "https://a.example/x?q=1&since=17#f" },
	{ "a query mark in the fragment", "https://a.example/x#?", "since", "17",     "https://a.example/x?since=17#?" },
	{ "no path",             "https://a.example",         "since", "17",          "https://a.example?since=17" },
	{ "base64",              "https://a.example/x",       "since", "a+b/c==",     "https://a.example/x?since=a%2Bb%2Fc%3D%3D" },
	{ "a second parameter",  "https://a.example/x",       "since", "1&admin=yes", "https://a.example/x?since=1%26admin%3Dyes" },
	{ "a fragment",          "https://a.example/x",       "since", "1#top",       "https://a.example/x?since=1%23top" },
	{ "a line break",        "https://a.example/x",       "since", "1\r\nX: y",   "https://a.example/x?since=1%0D%0AX%3A%20y" },
	{ "a blank",             "https://a.example/x",       "since", "1 2",         "https://a.example/x?since=1%202" },
	{ "a percent sign",      "https://a.example/x%20y",   "since", "%31",         "https://a.example/x%20y?since=%2531" },
	{ "Chinese",             "https://a.example/x",       "since", "\xe6\xb5\x8b", "https://a.example/x?since=%E6%B5%8B" },
	{ "a strange name",      "https://a.example/x",       "a=b&c", "1",           "https://a.example/x?a%3Db%26c=1" },
};

TEST(a_value_in_a_url_stays_one_value)
{
	for (size_t i = 0; i < COUNT_OF(queries); i++) {
		char *whole = url_with_query(queries[i].url, queries[i].name, queries[i].value);

		test_row(queries[i].row);
		CHECK_STR(whole, queries[i].whole);
		free(whole);
	}
}
