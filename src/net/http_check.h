/* http_check.h - the strict look at a request's head, before anything is done with it: what two servers in a row could read
 * differently is refused. Source: RFC 9110, RFC 9112 sections 3, 5 and 6. Pure functions. Thread: any. */
#ifndef NET_HTTP_CHECK_H
#define NET_HTTP_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_head {
	unsigned hosts, lengths, codings;       /* Host, Content-Length, Transfer-Encoding seen */
	bool is_chunked, is_encoded;            /* is_encoded: Content-Encoding other than identity */
	int64_t content_length;                 /* -1: none */
	const char *fault;                      /* the first thing wrong, NULL so far */
};

void http_head_init(struct http_head *head);
/* http_check_field() - one header field; name and value as received, value without the white space around it. */
void http_check_field(struct http_head *head, const char *name, size_t name_len, const char *value, size_t value_len);
/* http_check_target() - the request target as received: origin form, printable ASCII, complete %XX, no %00. */
const char *http_check_target(const char *target);
/* http_check_path() - the decoded path: UTF-8 without control characters. */
const char *http_check_path(const char *path);
/* http_check_head() - 0, or the status to refuse with; reason_r says why. */
int http_check_head(const struct http_head *head, const char *method, const char *version, const char **reason_r);

#endif
