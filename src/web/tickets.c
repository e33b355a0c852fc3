/* tickets.c - tickets for operators: list and ticket page, and the same as JSON. Whatever a sender wrote is shown as text only. */
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "web/list_filter.h"
#include "web/web_inside.h"

#define PAGE_ROWS 50
#define API_ROWS 50
#define API_ROWS_MAX 200

/* ---- reading ------------------------------------------------------------------------------------------------------------------- */

static const char *const filters[] = { "state", "category", "severity", "channel", "q" };

static const char *given(const struct ik_request *request, const char *name)
{
	const char *value = request->query(request, name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* More than one answer holds comes with the next page. */
static enum ik_rc rows_asked(const struct ik_request *request, size_t *rows_r, struct ik_error *err)
{
	const char *text = given(request, "limit");
	char *end = NULL;
	const long long rows = text != NULL ? strtoll(text, &end, 10) : API_ROWS;

	if (rows < 1 || (end != NULL && *end != '\0')) return ik_fail(IK_REJECT, err, "limit: expected a number from 1 to %d", API_ROWS_MAX);
	*rows_r = rows > API_ROWS_MAX ? API_ROWS_MAX : (size_t)rows;
	return IK_OK;
}

/* Where the list begins and what it holds: a word that says nothing is refused, not passed over, or all tickets would look like the answer. */
static enum ik_rc read_bounds(struct store_reader *reader, const struct ik_request *request, struct read_filter *filter, struct ik_error *err)
{
	const char *before = given(request, "before");
	enum ik_rc rc = before != NULL ? read_ticket_id(reader, before, &filter->before_id, err) : IK_OK;

	filter->since_at = clock_parse_since(given(request, "since"), clock_wall());
	if (rc != IK_OK) return rc;
	if (before != NULL && filter->before_id == 0) return ik_fail(IK_REJECT, err, "before: there is no ticket \"%.*s\"", (int)utf8_cut(before, strlen(before), 40), before);
	if (filter->since_at < 0) return ik_fail(IK_REJECT, err, "since: expected a day (2026-11-22), a time (2026-11-22T08:00:00Z) or an age (24h, 7d)");
	return IK_OK;
}

static struct list_names names_of(const struct web *web)
{
	return (struct list_names){ .categories = web->setup.categories, .channels = web->setup.channels, .arg = web->setup.arg };
}

/* The rows of a list; with *more_r, whether there are further ones behind the last. */
static enum ik_rc list(struct web *web, const struct ik_request *request, size_t rows, json_t **array_r, bool *more_r, struct ik_error *err)
{
	struct read_filter filter = { .state = given(request, "state"), .category = given(request, "category"), .severity = given(request, "severity"),
	                              .channel = given(request, "channel"), .search = given(request, "q"), .limit = rows + 1,
	                              .with_messages = given(request, "messages") != NULL };
	const struct list_names names = names_of(web);
	struct store_reader *reader;
	enum ik_rc rc = web_reader(web, &reader, err);

	if (rc != IK_OK) return rc;
	rc = read_bounds(reader, request, &filter, err);
	if (rc == IK_OK) rc = list_filter_check(reader, &filter, &names, err);
	if (rc == IK_OK) rc = read_list(reader, &filter, array_r, err);
	web_reader_return(web, reader);
	if (rc != IK_OK) return rc;
	*more_r = json_array_size(*array_r) > rows;
	if (*more_r) (void)json_array_remove(*array_r, rows);
	return IK_OK;
}

static const char *last_number(const json_t *array)
{
	return json_text(json_array_get(array, json_array_size(array) - 1), "number");
}

static enum ik_rc ticket_of(struct web *web, const char *number, json_t **ticket_r, struct ik_error *err)
{
	struct store_reader *reader;
	int64_t id = 0;
	enum ik_rc rc = web_reader(web, &reader, err);

	if (rc != IK_OK) return rc;
	rc = read_ticket_id(reader, number, &id, err);
	if (rc == IK_OK && id == 0) rc = ik_fail(IK_REJECT, err, "no such ticket");
	if (rc == IK_OK) rc = read_ticket(reader, id, ticket_r, err);
	web_reader_return(web, reader);
	return rc;
}

/* ---- JSON ------------------------------------------------------------------------------------------------------------------------- */

/* status: what IK_REJECT means here, 404 for a ticket and 400 for a filter. */
static void json_error_answer(struct http_exchange *x, enum ik_rc rc, int status, const struct ik_error *err)
{
	if (rc != IK_REJECT) web_sorry(x, err);
	else web_json(x, status, json_pack("{s:s}", "error", status == 404 ? "not found" : err->text));
}

void web_api_list(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct ik_error err = { .text = "" };
	json_t *array = NULL, *answer;
	size_t rows = API_ROWS;
	bool more = false;
	enum ik_rc rc;

	if (!web_may_enter(arg, x, request, false)) return;
	rc = rows_asked(request, &rows, &err);
	if (rc == IK_OK) rc = list(arg, request, rows, &array, &more, &err);
	if (rc != IK_OK) {
		json_error_answer(x, rc, 400, &err);
		return;
	}
	answer = json_object();
	json_set_text(answer, "next", more ? last_number(array) : NULL);
	(void)json_object_set_new(answer, "tickets", array);
	web_json(x, 200, answer);
}

void web_api_ticket(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct ik_error err = { .text = "" };
	json_t *ticket = NULL;
	enum ik_rc rc;

	if (!web_may_enter(arg, x, request, false)) return;
	rc = ticket_of(arg, http_path(x) + strlen("/api/v1/tickets/"), &ticket, &err);
	if (rc == IK_OK) web_json(x, 200, ticket);
	else json_error_answer(x, rc, 404, &err);
}

void web_api_ledger(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct ik_error err = { .text = "" };
	struct store_reader *reader;
	json_t *array = NULL;
	enum ik_rc rc;

	if (!web_may_enter(arg, x, request, false)) return;
	rc = web_reader(arg, &reader, &err);
	if (rc == IK_OK) {
		rc = read_ledger(reader, &array, &err);
		web_reader_return(arg, reader);
	}
	if (rc == IK_OK) web_json(x, 200, json_pack("{s:o}", "ledger", array));
	else json_error_answer(x, rc, 404, &err);
}

/* ---- what turns writing round -------------------------------------------------------------------------------------------------------- */

/* U+200B, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069 and U+FEFF: they make one name look like another. The two joiners between them
 * (U+200C, U+200D) stay: Persian and joined emoji are written with them. */
static bool is_trick(const unsigned char *at)
{
	if (at[0] == 0xef) return at[1] == 0xbb && at[2] == 0xbf;
	if (at[0] != 0xe2) return false;
	if (at[1] == 0x81) return at[2] >= 0xa6 && at[2] <= 0xa9;
	return at[1] == 0x80 && (at[2] == 0x8b || at[2] == 0x8e || at[2] == 0x8f || (at[2] >= 0xaa && at[2] <= 0xae));
}

/* The page without them; API and store keep what came. */
static void drop_tricks(struct buf *page)
{
	size_t to = 0;

	for (size_t from = 0; from < page->len;) {
		if (page->len - from >= 3 && is_trick((const unsigned char *)page->data + from)) from += 3;
		else page->data[to++] = page->data[from++];
	}
	if (page->data != NULL) page->data[to] = '\0';
	page->len = to;
}

/* ---- list page ----------------------------------------------------------------------------------------------------------------------- */

/* A value as it may stand in a query. */
static void add_query_value(struct buf *b, const char *value)
{
	for (; *value != '\0'; value++) {
		const unsigned char c = (unsigned char)*value;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.') (void)buf_char(b, (char)c);
		else (void)buf_format(b, "%%%02X", (unsigned)c);
	}
}

static void add_select(struct buf *b, const struct ik_request *request, const char *name, const char *label, const char *const *values)
{
	const char *chosen = given(request, name);

	page_format(b, "<label>%s <select name=\"%s\"><option value=\"\">all</option>", label, name);
	for (; *values != NULL; values++)
		page_format(b, chosen != NULL && strcmp(chosen, *values) == 0 ? "<option selected>%s</option>" : "<option>%s</option>", *values);
	(void)buf_text(b, "</select></label>\n");
}

/* Those of the rules in force, and those that tickets still have. */
static void add_categories(struct buf *b, struct web *web, const struct ik_request *request)
{
	const struct list_names names = names_of(web);
	struct ik_error err = { .text = "" };
	struct store_reader *reader;
	json_t *words = NULL, *one;
	const char **values;
	size_t i;

	if (web_reader(web, &reader, &err) != IK_OK) return;
	if (list_filter_words(reader, true, &names, &words, &err) != IK_OK) words = json_array();
	web_reader_return(web, reader);
	values = mem_new((json_array_size(words) + 1) * sizeof(*values));
	json_array_foreach(words, i, one) values[i] = json_string_value(one);
	add_select(b, request, "category", "Category", values);
	free(values);
	json_decref(words);
}

static void add_filters(struct buf *b, struct web *web, const struct ik_request *request)
{
	static const char *const states[] = { "received", "forwarded", "in_progress", "waiting_customer", "resolved", "closed", NULL };
	static const char *const severities[] = { "urgent", "high", "normal", "low", NULL };

	(void)buf_text(b, "<form method=\"get\" action=\"/\" class=\"filters\">\n");
	add_select(b, request, "state", "State", states);
	add_select(b, request, "severity", "Severity", severities);
	add_categories(b, web, request);
	page_format(b, "<label>Channel <input type=\"text\" name=\"channel\" value=\"%s\" size=\"12\"></label>\n", given(request, "channel"));
	page_format(b, "<label>Search <input type=\"search\" name=\"q\" value=\"%s\" size=\"18\"></label>\n<button type=\"submit\">Show</button>\n</form>\n", given(request, "q"));
}

static void add_row(struct buf *b, const struct web *web, const json_t *ticket)
{
	const char *number = json_text(ticket, "number"), *severity = json_text(ticket, "severity"), *subject = json_text(ticket, "subject");
	char when[WEB_WHEN_SIZE];

	page_format(b, "<tr><td><a href=\"/ticket/%s\">%s</a></td><td>%s</td><td><span class=\"mark %s\">%s</span></td><td>%s</td>"
	               "<td class=\"subject\"><bdi>%s</bdi></td>", number, number, web_when_short(web, json_text(ticket, "received_at"), when),
	            severity, severity, json_text(ticket, "category"), subject != NULL && subject[0] != '\0' ? subject : "(no subject)");
	page_format(b, "<td>%s</td><td>%s</td><td>%s</td></tr>\n", json_text(json_object_get(ticket, "channel"), "name"), json_text(ticket, "state"),
	            web_when_short(web, json_text(ticket, "first_response_due"), when));
}

static void add_next(struct buf *b, const struct ik_request *request, const char *number)
{
	(void)buf_text(b, "<p class=\"pages\"><a rel=\"next\" href=\"/?before=");
	add_query_value(b, number != NULL ? number : "");
	for (size_t i = 0; i < COUNT_OF(filters); i++) {
		if (given(request, filters[i]) == NULL) continue;
		page_format(b, "&amp;%s=", filters[i]);
		add_query_value(b, given(request, filters[i]));
	}
	(void)buf_text(b, "\">Older tickets</a></p>\n");
}

void web_admin_head(struct buf *b, const struct web *web, const char *title)
{
	page_begin(b, PAGE_EN, title, "wide", NULL);
	(void)buf_text(b, "<nav class=\"admin\"><a href=\"/\">Tickets</a> <a href=\"/incidents\">Incidents</a> <a href=\"/api/v1/ledger\">Ledger</a> <a href=\"/metrics\">Metrics</a>");
	if (web->setup.token != NULL && web->setup.token[0] != '\0')
		(void)buf_text(b, "<form method=\"post\" action=\"/logout\"><input type=\"hidden\" name=\"out\" value=\"1\"><button class=\"plain\" type=\"submit\">Sign out</button></form>");
	(void)buf_text(b, "</nav>\n");
}

void web_begin_table(struct buf *b, const char *title, const char *const *columns)
{
	page_format(b, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table>\n<thead><tr>", title);
	for (; *columns != NULL; columns++) page_format(b, "<th scope=\"col\">%s</th>", *columns);
	(void)buf_text(b, "</tr></thead>\n<tbody>\n");
}

static void add_list(struct buf *b, const struct web *web, const struct ik_request *request, const json_t *tickets, bool more)
{
	static const char *const columns[] = { "Number", "Received", "Severity", "Category", "Subject", "Channel", "State", "Answer by", NULL };
	const json_t *ticket;
	size_t i;

	web_begin_table(b, "Tickets", columns);
	json_array_foreach(tickets, i, ticket) add_row(b, web, ticket);
	(void)buf_text(b, "</tbody></table></div>\n");
	if (json_array_size(tickets) == 0) (void)buf_text(b, "<p class=\"intro\">No tickets here.</p>\n");
	if (more) add_next(b, request, last_number(tickets));
}

void web_list_page(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct web *web = arg;
	struct buf b = BUF_INIT(WEB_PAGE_MAX);
	struct ik_error err = { .text = "" };
	json_t *array = NULL;
	bool more = false;
	enum ik_rc rc;

	if (!web_may_enter(web, x, request, true)) return;
	rc = list(web, request, PAGE_ROWS, &array, &more, &err);
	if (rc != IK_OK && rc != IK_REJECT) {
		web_sorry(x, &err);
		return;
	}
	web_admin_head(&b, web, "Tickets");
	add_filters(&b, web, request);
	if (rc == IK_REJECT) page_format(&b, "<p class=\"intro\" role=\"alert\">Nothing is listed. %s</p>\n", err.text);
	else add_list(&b, web, request, array, more);
	page_end(&b);
	drop_tricks(&b);
	json_decref(array);
	web_send(x, rc == IK_OK ? 200 : 400, WEB_HTML, &b);
}

/* ---- ticket page ------------------------------------------------------------------------------------------------------------------------ */

static void add_fact(struct buf *b, const char *name, const char *value)
{
	if (value != NULL && value[0] != '\0') page_format(b, "<dt>%s</dt><dd><bdi>%s</bdi></dd>\n", name, value);
}

static void add_time(struct buf *b, const struct web *web, const char *name, const char *rfc3339)
{
	char when[WEB_WHEN_SIZE];

	add_fact(b, name, web_when_text(web, rfc3339, PAGE_EN, when));
}

static void add_facts(struct buf *b, const struct web *web, const json_t *ticket)
{
	static const char *const plain[][2] = { { "State", "state" }, { "Severity", "severity" }, { "Category", "category" }, { "Sentiment", "sentiment" },
		{ "Department", "department" }, { "Product", "product" }, { "Wanted", "wanted" }, { "Order number", "order_number" }, { "Brand", "brand" }, { "Tracking code", "code" } };
	const json_t *customer = json_object_get(ticket, "customer"), *ack = json_object_get(ticket, "ack");

	(void)buf_text(b, "<dl class=\"facts\">\n");
	for (size_t i = 0; i < COUNT_OF(plain); i++) add_fact(b, plain[i][0], json_text(ticket, plain[i][1]));
	add_fact(b, "Channel", json_text(json_object_get(ticket, "channel"), "name"));
	add_fact(b, "Customer", json_text(customer, "name"));
	for (size_t i = 0; i < json_array_size(json_object_get(customer, "handles")); i++) {
		const json_t *handle = json_array_get(json_object_get(customer, "handles"), i);

		add_fact(b, json_is_true(json_object_get(handle, "verified")) ? "Contact, verified" : "Contact", json_text(handle, "value"));
	}
	add_time(b, web, "Received", json_text(ticket, "received_at"));
	add_time(b, web, "First response due", json_text(ticket, "first_response_due"));
	add_time(b, web, "Handling due", json_text(ticket, "handling_due"));
	add_fact(b, "Acknowledgement", json_text(ack, "state"));
	add_fact(b, "Because", json_text(ack, "reason"));
	(void)buf_text(b, "</dl>\n");
}

static void add_message(struct buf *b, const struct web *web, const json_t *message)
{
	const json_t *attachments = json_object_get(message, "attachments"), *file;
	char when[WEB_WHEN_SIZE];
	size_t i;

	page_format(b, "<article class=\"message\">\n<header><bdi>%s</bdi> · %s · %s</header>\n<div class=\"text\" dir=\"auto\">", json_text(message, "sender"),
	            json_text(message, "direction"), web_when_text(web, json_text(message, "received_at"), PAGE_EN, when));
	page_lines(b, json_text(message, "text"));
	(void)buf_text(b, "</div>\n");
	if (json_array_size(attachments) > 0) (void)buf_text(b, "<ul class=\"files\">\n");
	json_array_foreach(attachments, i, file) {
		page_format(b, "<li><bdi>%s</bdi> <span class=\"hint\">%s, ", json_text(file, "name"), json_text(file, "content_type"));
		(void)buf_format(b, "%lld bytes</span></li>\n", (long long)json_int(file, "size", 0));
	}
	(void)buf_text(b, json_array_size(attachments) > 0 ? "</ul>\n</article>\n" : "</article>\n");
}

/* One table of the ticket: the named members of each row of a list. */
static void add_table(struct buf *b, const struct web *web, const json_t *rows, const char *title, const char *const *members, const char *const *columns)
{
	char when[WEB_WHEN_SIZE];
	const json_t *row;
	size_t i;

	if (json_array_size(rows) == 0) return;
	page_format(b, "<h2>%s</h2>\n", title);
	web_begin_table(b, title, columns);
	json_array_foreach(rows, i, row) {
		(void)buf_text(b, "<tr>");
		for (const char *const *m = members; *m != NULL; m++) {
			const bool is_time = strcmp(*m, "at") == 0;

			page_format(b, "<td><bdi>%s</bdi></td>", is_time ? web_when_short(web, json_text(row, *m), when) : json_text(row, *m));
		}
		(void)buf_text(b, "</tr>\n");
	}
	(void)buf_text(b, "</tbody></table></div>\n");
}

static void show_ticket(struct web *web, struct http_exchange *x, const json_t *ticket)
{
	static const char *const links[] = { "kind", "number", NULL }, *const deliveries[] = { "sink", "state", "remote_id", "last_error", NULL },
	                  *const history[] = { "at", "event", "actor", "detail", NULL };
	static const char *const link_columns[] = { "Kind", "Number", NULL }, *const delivery_columns[] = { "Sink", "State", "Its number", "Last error", NULL },
	                  *const history_columns[] = { "When", "Event", "Who", "Detail", NULL };
	struct buf b = BUF_INIT(WEB_PAGE_MAX);
	const char *subject = json_text(ticket, "subject");
	json_t *message;
	char title[64];
	size_t i;

	(void)snprintf(title, sizeof(title), "Ticket %s", json_text(ticket, "number") != NULL ? json_text(ticket, "number") : "");
	web_admin_head(&b, web, title);
	page_format(&b, "<p class=\"lead\"><bdi>%s</bdi></p>\n", subject != NULL && subject[0] != '\0' ? subject : "(no subject)");
	add_facts(&b, web, ticket);
	(void)buf_text(&b, "<h2>Messages</h2>\n");
	json_array_foreach(json_object_get(ticket, "messages"), i, message) add_message(&b, web, message);
	add_table(&b, web, json_object_get(ticket, "links"), "Linked tickets", links, link_columns);
	add_table(&b, web, json_object_get(ticket, "deliveries"), "Deliveries", deliveries, delivery_columns);
	add_table(&b, web, json_object_get(ticket, "history"), "History", history, history_columns);
	page_end(&b);
	drop_tricks(&b);
	if (b.is_full) web_plain(x, 500, "this ticket is too large for a page; see /api/v1/tickets/\n");
	else web_send(x, 200, WEB_HTML, &b);
	buf_release(&b);
}

void web_ticket_page(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct ik_error err = { .text = "" };
	json_t *ticket = NULL;
	enum ik_rc rc;

	if (!web_may_enter(arg, x, request, true)) return;
	rc = ticket_of(arg, http_path(x) + strlen("/ticket/"), &ticket, &err);
	if (rc == IK_OK) show_ticket(arg, x, ticket);
	else if (rc == IK_REJECT) web_plain(x, 404, "no such ticket\n");
	else web_sorry(x, &err);
	json_decref(ticket);
}
