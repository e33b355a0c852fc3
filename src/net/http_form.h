/* http_form.h - form bodies (multipart/form-data, urlencoded) decoded as they come: texts in memory, uploads in unnamed files.
 * Thread: the one that serves the connection. */
#ifndef NET_HTTP_FORM_H
#define NET_HTTP_FORM_H

#include <stdbool.h>
#include <microhttpd.h>
#include <intaked/channel.h>

#define HTTP_FORM_FIELDS 100
#define HTTP_FORM_UPLOADS 16
#define HTTP_FORM_NAME_MAX 64           /* bytes */
#define HTTP_FORM_TEXT_MAX 524288       /* bytes per text field */
#define HTTP_FORM_FILENAME_MAX 512

struct http_form;

/* http_form_new() - NULL when the content type of the request is no form. spool as in struct http_setup. */
struct http_form *http_form_new(struct MHD_Connection *connection, int (*spool)(void *arg, struct ik_error *err), void *arg);
void http_form_free(struct http_form **form);
/* http_form_add() - the next piece of the body. http_form_end() - after the last; fields live as long as the form. Both return 0 or
 * the status to refuse with, and keep to it. */
int http_form_add(struct http_form *form, const char *data, size_t len);
int http_form_end(struct http_form *form, const struct ik_field **fields_r, size_t *count_r);
const char *http_form_why(const struct http_form *form);

#endif
