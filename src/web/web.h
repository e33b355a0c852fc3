/* web.h - the pages and interfaces over the store: status page, tickets for operators, JSON, metrics, health.
 *
 * The status page shows state, dates and the promise, never message text, and answers alike for every code it does not know.
 * Admin pages want the token: "Authorization: Bearer TOKEN", or a session cookie from the login form; only known names are
 * accepted as Host, so that no foreign site can reach a loopback listener under its own name. Threads: any. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"
#include "net/http_server.h"

struct store;
struct web;

struct web_metric {
	const char *name, *help;        /* "intaked_tickets_total"; rows of one name come one after another; lives until all rows are given */
	const char *type;               /* "counter" or "gauge" */
	const char *labels;             /* made with web_label(), "" for none */
	double value;
};

struct survey_answer;
struct web_setup {
	struct store *store;            /* borrowed until free, like all texts */
	const char *timezone;           /* IANA name, for the dates on pages */
	const char *style_path;         /* conf/www/style.css */
	const char *token;              /* of the admin listener; NULL or "": its pages answer 403 unless is_open */
	bool is_open;                   /* admin pages without a token: only for a Unix socket or a demo on loopback */
	const char *const *hosts;       /* names accepted as Host on the admin listener besides localhost and loopback addresses */
	size_t host_count;
	int64_t lookups_per_minute;     /* of tracking codes, per client; 0: 30 */
	/* survey() - the ticket that a survey's link is about, 0: the link is not good; with an answer, takes it once. Waits for the commit; NULL: no such pages. */
	enum ik_rc (*survey)(void *arg, const char *token, const struct survey_answer *answer, int64_t *ticket_r, struct ik_error *err);
	/* verify() - whether a verification link is good, and with confirm, makes its address verified. Waits for the commit; NULL: no such pages. */
	enum ik_rc (*verify)(void *arg, const char *token, bool confirm, bool *good_r, struct ik_error *err);
	/* healthy() - whether messages can be taken; else why, in words. metrics() - hands every row to row(). Both may be NULL. */
	bool (*healthy)(void *arg, char *reason_r, size_t size);
	/* categories(), channels() - as struct list_names has them; may be NULL. */
	json_t *(*categories)(void *arg);
	json_t *(*channels)(void *arg);
	void (*metrics)(void *arg, void (*row)(void *sink, const struct web_metric *metric), void *sink);
	void *arg;
};

/* web_new() - reads the stylesheet; IK_CONFIG when it is missing. */
enum ik_rc web_new(const struct web_setup *setup, struct web **web_r, struct ik_error *err);
void web_free(struct web **web);

/* web_public_routes(), web_admin_routes() - fill routes_r and return how many. */
#define WEB_ROUTES_MAX 16
size_t web_public_routes(struct web *web, struct http_route routes_r[WEB_ROUTES_MAX]);
size_t web_admin_routes(struct web *web, struct http_route routes_r[WEB_ROUTES_MAX]);

/* web_label() - appends name="value" with what Prometheus wants escaped; call again for further labels. */
void web_label(struct buf *labels, const char *name, const char *value);

#endif
