/* metrics.c - counters in the text format of Prometheus (exposition format 0.0.4). */
#include <math.h>
#include "web/web_inside.h"

struct printer { struct buf *b; const char *last; };

/* HELP, TYPE and the value escape backslashes and line ends; label values quotes as well. */
static void add_escaped(struct buf *b, const char *text, bool is_label)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n') (void)buf_text(b, "\\n");
		else if (*text == '\\') (void)buf_text(b, "\\\\");
		else if (*text == '"' && is_label) (void)buf_text(b, "\\\"");
		else (void)buf_char(b, *text);
	}
}

void web_label(struct buf *labels, const char *name, const char *value)
{
	if (labels->len > 0) (void)buf_char(labels, ',');
	(void)buf_format(labels, "%s=\"", name);
	add_escaped(labels, value != NULL ? value : "", true);
	(void)buf_char(labels, '"');
}

static void add_row(void *sink, const struct web_metric *m)
{
	struct printer *p = sink;

	if (p->last == NULL || strcmp(p->last, m->name) != 0) {
		(void)buf_format(p->b, "# HELP %s ", m->name);
		add_escaped(p->b, m->help, false);
		(void)buf_format(p->b, "\n# TYPE %s %s\n", m->name, m->type);
		p->last = m->name;
	}
	(void)buf_text(p->b, m->name);
	if (m->labels != NULL && m->labels[0] != '\0') (void)buf_format(p->b, "{%s}", m->labels);
	(void)buf_format(p->b, floor(m->value) == m->value && fabs(m->value) < 1e15 ? " %.0f\n" : " %.17g\n", m->value);
}

void web_metrics_get(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct web *web = arg;
	struct buf b = BUF_INIT(WEB_PAGE_MAX);
	struct printer p = { .b = &b };

	if (!web_may_enter(web, x, request, false)) return;
	if (web->setup.metrics != NULL) web->setup.metrics(web->setup.arg, add_row, &p);
	web_send(x, 200, "text/plain; version=0.0.4; charset=utf-8", &b);
}
