/* url.c - see url.h. */
#include "net/url.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
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

static bool is_loopback(const char *host)
{
	struct in_addr address;

	if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0) return true;
	return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == IN_LOOPBACKNET;
}

bool url_is_private(const char *url)
{
	CURLU *parts = curl_url();
	char *scheme = NULL, *host = NULL;
	const bool is_url = parts != NULL && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
		curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK && curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK;
	const bool is_private = is_url && (strcasecmp(scheme, "https") == 0 || is_loopback(host));

	curl_free(scheme);
	curl_free(host);
	curl_url_cleanup(parts);
	return is_private;
}
