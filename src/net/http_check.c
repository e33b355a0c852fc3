/* http_check.c - the rules, one small function each. */
#include "net/http_check.h"

#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "base/utf8.h"

void http_head_init(struct http_head *head)
{
	*head = (struct http_head){ .content_length = -1 };
}

/* tchar of RFC 9110 section 5.6.2. */
static bool is_token(const char *text, size_t len)
{
	if (len == 0) return false;
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)text[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) continue;
		if (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL) return false;
	}
	return true;
}

static bool has_control(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)text[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f) return true;
	}
	return false;
}

static bool is_name(const char *name, size_t len, const char *wanted)
{
	return strlen(wanted) == len && strncasecmp(name, wanted, len) == 0;
}

/* 1 to 18 digits and nothing else, so that it cannot overflow. */
static int64_t read_length(const char *value, size_t len)
{
	int64_t length = 0;

	if (len == 0 || len > 18) return -1;
	for (size_t i = 0; i < len; i++) {
		if (value[i] < '0' || value[i] > '9') return -1;
		length = length * 10 + (value[i] - '0');
	}
	return length;
}

static void set_fault(struct http_head *head, const char *fault)
{
	if (head->fault == NULL) head->fault = fault;
}

void http_check_field(struct http_head *head, const char *name, size_t name_len, const char *value, size_t value_len)
{
	if (!is_token(name, name_len)) set_fault(head, "bad character in a header name");
	if (has_control(value, value_len)) set_fault(head, "control byte in a header value");
	if (is_name(name, name_len, "host")) {
		head->hosts++;
		if (value_len == 0) set_fault(head, "empty Host");
	} else if (is_name(name, name_len, "content-length")) {
		head->lengths++;
		head->content_length = read_length(value, value_len);
		if (head->content_length < 0) set_fault(head, "Content-Length is no number");
	} else if (is_name(name, name_len, "transfer-encoding")) {
		head->codings++;
		head->is_chunked = is_name(value, value_len, "chunked");
		if (!head->is_chunked) set_fault(head, "Transfer-Encoding other than chunked");
	} else if (is_name(name, name_len, "content-encoding")) {
		if (!is_name(value, value_len, "identity")) head->is_encoded = true;
	}
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

const char *http_check_target(const char *target)
{
	if (target[0] != '/') return "request target is no path";
	for (const char *at = target; *at != '\0'; at++) {
		const unsigned char c = (unsigned char)*at;

		if (c <= 0x20 || c >= 0x7f) return "bad byte in the request target";
		if (c != '%') continue;
		if (!is_hex(at[1]) || !is_hex(at[2])) return "incomplete %XX in the request target";
		if (at[1] == '0' && at[2] == '0') return "NUL in the request target";
	}
	return NULL;
}

const char *http_check_path(const char *path)
{
	const size_t len = strlen(path);

	if (!utf8_valid(path, len)) return "path is no UTF-8";
	return has_control(path, len) || strchr(path, '\t') != NULL ? "control byte in the path" : NULL;
}

static bool is_known_method(const char *method)
{
	static const char *const known[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" };

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (strcmp(method, known[i]) == 0) return true;
	return false;
}

int http_check_head(const struct http_head *head, const char *method, const char *version, const char **reason_r)
{
	const char *why = head->fault;

	if (why == NULL && head->hosts != 1) why = head->hosts == 0 ? "no Host" : "more than one Host";
	if (why == NULL && head->lengths > 1) why = "more than one Content-Length";
	if (why == NULL && head->codings > 1) why = "more than one Transfer-Encoding";
	if (why == NULL && head->lengths > 0 && head->codings > 0) why = "Content-Length with Transfer-Encoding";
	if (why == NULL && !is_known_method(method)) why = "unknown method";
	if (why == NULL && strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0) why = "unknown HTTP version";
	if (why == NULL && head->codings > 0 && strcmp(version, "HTTP/1.0") == 0) why = "Transfer-Encoding in HTTP/1.0";
	*reason_r = why != NULL ? why : "Content-Encoding is not supported";
	if (why != NULL) return 400;
	return head->is_encoded ? 415 : 0;
}
