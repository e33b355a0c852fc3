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

struct parts { char *scheme, *host; };

static bool parts_of(const char *url, struct parts *parts_r)
{
	CURLU *parsed = curl_url();
	const bool is_url = parsed != NULL && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
		curl_url_get(parsed, CURLUPART_SCHEME, &parts_r->scheme, 0) == CURLUE_OK && curl_url_get(parsed, CURLUPART_HOST, &parts_r->host, 0) == CURLUE_OK;

	curl_url_cleanup(parsed);
	return is_url;
}

static void parts_release(struct parts *p)
{
	curl_free(p->scheme);
	curl_free(p->host);
}

bool url_is_local(const char *url)
{
	struct parts p = { .scheme = NULL };
	const bool is_local = parts_of(url, &p) && is_loopback(p.host);

	parts_release(&p);
	return is_local;
}

bool url_is_private(const char *url)
{
	struct parts p = { .scheme = NULL };
	const bool is_private = parts_of(url, &p) && (strcasecmp(p.scheme, "https") == 0 || is_loopback(p.host));

	parts_release(&p);
	return is_private;
}
