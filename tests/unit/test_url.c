/* test_url.c - a value put into a URL stays one value, whatever it holds; what a network could read is told from what it cannot. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
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

static const struct { const char *row, *url; bool is_private; } addresses[] = {
	{ "TLS",                          "https://a.example/x",          true },
	{ "clear",                        "http://a.example/x",           false },
	{ "this machine",                 "http://127.0.0.1:8000/v1",     true },
	{ "all of it",                    "http://127.9.8.7/",            true },
	{ "by name",                      "http://localhost:8000",        true },
	{ "by name, shouted",             "http://LOCALHOST/",            true },
	{ "IPv6",                         "http://[::1]:8000/",           true },
	{ "another in brackets",          "http://[fe80::1]/",            false },
	{ "looks local",                  "http://localhost.a.example/",  false },
	{ "an address as a name",         "http://127.0.0.1.a.example/",  false },
	{ "the user is local",            "http://127.0.0.1@a.example/",  false },
	{ "the path is local",            "http://a.example/127.0.0.1",   false },
	{ "a private network",            "http://10.0.0.5/",             false },
	{ "every address of this machine", "http://0.0.0.0/",             false },
	{ "no URL",                       "a.example:x y",                false },
	{ "nothing",                      "",                             false },
};

TEST(an_address_is_private_when_nobody_on_the_network_reads_what_goes_there)
{
	for (size_t i = 0; i < COUNT_OF(addresses); i++) {
		test_row(addresses[i].row);
		CHECK_INT(url_is_private(addresses[i].url), addresses[i].is_private);
		CHECK_INT(url_is_local(addresses[i].url), addresses[i].is_private && strncmp(addresses[i].url, "https:", 6) != 0);
	}
}
