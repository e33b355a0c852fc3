/* web_inside.h - what the files of src/web share. */
#ifndef WEB_WEB_INSIDE_H
#define WEB_WEB_INSIDE_H

#include <pthread.h>
#include <jansson.h>
#include "net/limiter.h"
#include "net/page.h"
#include "store/store.h"
#include "web/web.h"

#define WEB_PAGE_MAX 4194304
#define WEB_READERS 4
#define WEB_HTML "text/html; charset=utf-8"
#define WEB_JSON "application/json"
#define WEB_TEXT "text/plain; charset=utf-8"

struct web {
	struct web_setup setup;
	pthread_mutex_t lock;                   /* free_readers */
	pthread_cond_t returned;
	struct store_reader *free_readers[WEB_READERS];
	size_t free_count, open_count;
	struct limiter *lookups, *logins;
	struct buf style;
	char style_tag[80];                     /* "ETag: \"...\"" */
	unsigned char session_key[32];
};

/* web_reader() - a reader of the pool, waiting for one if need be; IK_RETRY when none can be opened. Give it back with web_reader_return(). */
enum ik_rc web_reader(struct web *web, struct store_reader **reader_r, struct ik_error *err);
void web_reader_return(struct web *web, struct store_reader *reader);

/* Answers. web_send() takes what the buffer holds; web_json() takes the reference. web_sorry() - the store could not be read: 503. */
void web_send(struct http_exchange *x, int status, const char *type, struct buf *body);
void web_plain(struct http_exchange *x, int status, const char *text);
void web_json(struct http_exchange *x, int status, json_t *value);
void web_sorry(struct http_exchange *x, const struct ik_error *err);

/* web_language() - of a customer's page: what was asked for (?lang=, a field), the browser's wish, the customer's language as far as it is known (may be
 * NULL), the configured one. */
enum page_language web_language(const struct ik_request *request, const char *customers);
/* web_field() - of a form that was sent; NULL: it has none such. web_say() - a page of a title and a sentence, both plain text. web_sorry_customer() - web_sorry()
 * in words. */
const char *web_field(const struct ik_request *request, const char *name);
void web_say(struct http_exchange *x, enum page_language language, int status, const char *title, const char *text);
void web_sorry_customer(struct http_exchange *x, enum page_language language, const struct ik_error *err);

/* web_when() - a moment as people write it, in the configured zone. web_when_text() - of an RFC 3339 text; "" for NULL.
 * web_when_short() - the same for tables: 2026-11-22 10:00. */
#define WEB_WHEN_SIZE 96
char *web_when(const struct web *web, int64_t at, enum page_language language, char when_r[WEB_WHEN_SIZE]);
char *web_when_text(const struct web *web, const char *rfc3339, enum page_language language, char when_r[WEB_WHEN_SIZE]);
char *web_when_short(const struct web *web, const char *rfc3339, char when_r[WEB_WHEN_SIZE]);

/* web_may_enter() - whether an admin request has the right Host and the token or a session; else it has been answered already. */
bool web_may_enter(struct web *web, struct http_exchange *x, const struct ik_request *request, bool is_page);

/* web_begin_table() - up to and with <tbody>; columns end with NULL. On a narrow window a table is moved by itself, with the keyboard as well. */
void web_begin_table(struct buf *b, const char *title, const char *const *columns);

/* The pages, by file. */
void web_status_get(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_status_post(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_status_code(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_survey_get(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_survey_post(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_verify_get(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_verify_post(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_login_get(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_login_post(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_logout(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_list_page(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_ticket_page(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_api_list(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_api_ticket(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_incidents_page(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_api_incidents(void *arg, struct http_exchange *x, const struct ik_request *request);
struct web;
/* web_admin_head() - the beginning of an admin page with its links. */
void web_admin_head(struct buf *b, const struct web *web, const char *title);
void web_api_ledger(void *arg, struct http_exchange *x, const struct ik_request *request);
void web_metrics_get(void *arg, struct http_exchange *x, const struct ik_request *request);

#endif
