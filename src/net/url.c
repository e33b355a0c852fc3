/* url.c - see url.h. */
#include "net/url.h"

#include <stdlib.h>
#include <string.h>
#include <curl/curl.h>
#include "base/mem.h"

char *url_with_query(const char *url, const char *name, const char *value)
{
	const size_t len = strcspn(url, "#");
	const char *query = memchr(url, '?', len);
	char *safe_name = curl_easy_escape(NULL, name, 0), *safe_value = curl_easy_escape(NULL, value, 0), *whole;

	if (safe_name == NULL || safe_value == NULL) abort();
	whole = mem_format("%.*s%c%s=%s%s", (int)len, url, query != NULL ? '&' : '?', safe_name, safe_value, url + len);
	curl_free(safe_name);
	curl_free(safe_value);
	return whole;
}
