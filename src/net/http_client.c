/* http_client.c - one libcurl handle, reused. What a peer says never decides more than status, body and Retry-After. */
#include "net/http_client.h"

#include <stdlib.h>
#include <strings.h>
#include <curl/curl.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "net/url.h"

#define TIMEOUT_MS 30000
#define CONNECT_MS 10000
#define REPLY_MAX (4u << 20)
#define RETRY_AFTER_MAX 3600
#define IDLE_S 30L                      /* an older connection may be half closed: not reused */

struct http_client {
	CURL *curl;
	bool (*is_stopping)(void *arg);
	void *arg;
	char *ca_file;
};

/* One call: what its callbacks need. */
struct transfer { struct http_client *client; struct buf body; };

struct http_client *http_client_new(bool (*is_stopping)(void *arg), void *arg, const char *ca_file)
{
	struct http_client *client = mem_new(sizeof(*client));

	client->curl = curl_easy_init();
	if (client->curl == NULL) abort();
	client->is_stopping = is_stopping;
	client->arg = arg;
	client->ca_file = mem_text(ca_file);
	return client;
}

void http_client_free(struct http_client **client)
{
	if (*client == NULL) return;
	curl_easy_cleanup((*client)->curl);
	free((*client)->ca_file);
	mem_free(client);
}

static size_t on_body(char *data, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;

	return buf_add(&t->body, data, size * count) ? size * count : 0;
}

static int on_progress(void *arg, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
	const struct transfer *t = arg;

	(void)down_total; (void)down; (void)up_total; (void)up;
	return t->client->is_stopping != NULL && t->client->is_stopping(t->client->arg) ? 1 : 0;
}

/* A line break in a header would become a header of its own. */
static bool is_line(const char *text)
{
	return text == NULL || strpbrk(text, "\r\n") == NULL;
}

static enum ik_rc add_header(struct curl_slist **list, const char *name, const char *value, struct ik_error *err)
{
	char *line = mem_format("%s%s", name, value);
	struct curl_slist *longer = is_line(line) ? curl_slist_append(*list, line) : NULL;
	const bool ok = is_line(line);

	free(line);
	if (!ok) return ik_fail(IK_REJECT, err, "a request header holds a line break");
	if (longer == NULL) abort();
	*list = longer;
	return IK_OK;
}

static enum ik_rc make_headers(const struct ik_http_call *call, struct curl_slist **list_r, struct ik_error *err)
{
	enum ik_rc rc = add_header(list_r, "Expect:", "", err);

	if (rc == IK_OK && call->bearer != NULL) rc = add_header(list_r, "Authorization: Bearer ", call->bearer, err);
	if (rc == IK_OK && call->body != NULL)
		rc = add_header(list_r, "Content-Type: ", call->content_type != NULL ? call->content_type : "application/json", err);
	for (size_t i = 0; rc == IK_OK && call->headers != NULL && call->headers[i] != NULL; i++) rc = add_header(list_r, "", call->headers[i], err);
	return rc;
}

static void set_method(CURL *curl, const struct ik_http_call *call)
{
	const char *method = call->method != NULL ? call->method : "GET";

	if (call->body != NULL || strcmp(method, "POST") == 0) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body_len);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call->body != NULL ? call->body : "");
	}
	if (strcmp(method, "HEAD") == 0) curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
	else if (strcmp(method, "GET") != 0 || call->body != NULL) curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
}

static void set_options(struct transfer *t, const struct ik_http_call *call, struct curl_slist *headers)
{
	CURL *curl = t->client->curl;

	curl_easy_reset(curl);                  /* options only: connections and TLS sessions stay */
	curl_easy_setopt(curl, CURLOPT_URL, call->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "intaked/" INTAKED_VERSION);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)(call->timeout_ms > 0 ? call->timeout_ms : TIMEOUT_MS));
	curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, IDLE_S);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
	if (url_is_local(call->url)) curl_easy_setopt(curl, CURLOPT_PROXY, "");         /* whatever the environment says: it stays on this machine */
	if (t->client->ca_file != NULL) curl_easy_setopt(curl, CURLOPT_CAINFO, t->client->ca_file);
	set_method(curl, call);
}

/* "https://host:port" of a URL: all of it that may stand in a log. */
static void shown_url(const char *url, char *shown_r, size_t size)
{
	CURLU *parts = curl_url();
	char *scheme = NULL, *host = NULL, *port = NULL;

	(void)snprintf(shown_r, size, "an unreadable URL");
	if (parts != NULL && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK
	    && curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK && curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK) {
		const bool has_port = curl_url_get(parts, CURLUPART_PORT, &port, 0) == CURLUE_OK;

		(void)snprintf(shown_r, size, "%s://%s%s%s", scheme, host, has_port ? ":" : "", has_port ? port : "");
	}
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(parts);
}

static int64_t reply_retry_after(CURL *curl)
{
	struct curl_header *header;

	if (curl_easy_header(curl, "Retry-After", 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return -1;
	return http_retry_after(header->value, clock_wall());
}

/* A transfer that ended badly: what the caller does next. */
static enum ik_rc failed(const struct transfer *t, const struct ik_http_call *call, CURLcode code, bool was_sent, struct ik_error *err)
{
	char shown[256];

	shown_url(call->url, shown, sizeof(shown));
	if (t->body.is_full) return ik_fail(IK_REJECT, err, "%s: the reply is larger than the %zu bytes allowed", shown, t->body.max);
	if (code == CURLE_ABORTED_BY_CALLBACK) return ik_fail(IK_RETRY, err, "%s: interrupted to stop", shown);
	if (code == CURLE_URL_MALFORMAT || (code == CURLE_UNSUPPORTED_PROTOCOL && !was_sent)) return ik_fail(IK_CONFIG, err, "%s: only http and https URLs work here", shown);
	return ik_fail(IK_RETRY, err, "%s: %s", shown, curl_easy_strerror(code));
}

static enum ik_rc perform(struct transfer *t, const struct ik_http_call *call, struct ik_http_reply *reply_r, struct ik_error *err)
{
	CURL *curl = t->client->curl;
	const CURLcode code = curl_easy_perform(curl);
	long status = 0, sent = 0;

	(void)curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent);
	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	reply_r->was_sent = sent > 0;
	if (code == CURLE_OK || t->body.is_full) {              /* what was said before the bound still counts */
		reply_r->status = (int)status;
		reply_r->retry_after_s = reply_retry_after(curl);
	}
	if (code != CURLE_OK) return failed(t, call, code, reply_r->was_sent, err);
	reply_r->body_len = t->body.len;
	reply_r->body = buf_take(&t->body);
	return IK_OK;
}

enum ik_rc http_client_call(struct http_client *client, const struct ik_http_call *call, struct ik_http_reply *reply_r, struct ik_error *err)
{
	struct transfer t = { .client = client, .body = BUF_INIT(call->reply_max > 0 ? call->reply_max : REPLY_MAX) };
	struct curl_slist *headers = NULL;
	enum ik_rc rc;

	*reply_r = (struct ik_http_reply){ .retry_after_s = -1 };
	rc = make_headers(call, &headers, err);
	if (rc == IK_OK) {
		set_options(&t, call, headers);
		rc = perform(&t, call, reply_r, err);
		curl_easy_setopt(client->curl, CURLOPT_HTTPHEADER, NULL);
	}
	curl_slist_free_all(headers);
	buf_release(&t.body);
	return rc;
}

int64_t http_retry_after(const char *value, int64_t now_at)
{
	int64_t seconds = 0;
	size_t digits;

	if (value == NULL) return -1;
	digits = strspn(value, "0123456789");
	if (digits > 0 && value[digits] == '\0') {
		for (size_t i = 0; i < digits && seconds <= RETRY_AFTER_MAX; i++) seconds = seconds * 10 + (value[i] - '0');
	} else {
		const time_t at = strchr(value, ',') != NULL ? curl_getdate(value, NULL) : (time_t)-1;

		if (at == (time_t)-1) return -1;
		seconds = (int64_t)at > now_at ? (int64_t)at - now_at : 0;
	}
	return seconds > RETRY_AFTER_MAX ? RETRY_AFTER_MAX : seconds;
}
