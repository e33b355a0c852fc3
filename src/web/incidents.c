/* incidents.c - the page and the list of incidents: what many customers tell at once. Behind the admin token. */
#include "base/json.h"
#include "web/web_inside.h"

#define ROWS 200

static enum ik_rc incidents_of(struct web *web, json_t **array_r, struct ik_error *err)
{
	struct store_reader *reader;
	enum ik_rc rc = web_reader(web, &reader, err);

	if (rc != IK_OK) return rc;
	rc = read_incidents(reader, false, ROWS, array_r, err);
	web_reader_return(web, reader);
	return rc;
}

void web_api_incidents(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct ik_error err = { .text = "" };
	json_t *array = NULL;

	if (!web_may_enter(arg, x, request, false)) return;
	if (incidents_of(arg, &array, &err) == IK_OK) web_json(x, 200, json_pack("{s:o}", "incidents", array));
	else web_sorry(x, &err);
}

static void add_row(struct buf *b, const struct web *web, const json_t *one)
{
	const char *number = json_text(one, "number");
	char when[WEB_WHEN_SIZE];

	page_format(b, "<tr><td>%s</td><td>%s</td><td>%s</td>", json_text(one, "state"), json_text(one, "kind"), web_when_short(web, json_text(one, "began_at"), when));
	page_format(b, "<td>%s</td>", web_when_short(web, json_text(one, "last_at"), when));
	if (number != NULL) page_format(b, "<td><a href=\"/ticket/%s\">%s</a></td>", number, number);
	else (void)buf_text(b, "<td></td>");
	(void)page_format(b, "<td>%s</td>", json_text(one, "category"));
	(void)buf_format(b, "<td>%lld</td><td>%lld</td>", (long long)json_int(one, "customers", 0), (long long)json_int(one, "tickets", 0));
	page_format(b, "<td class=\"subject\"><bdi>%s</bdi></td></tr>\n", json_text(one, "evidence"));
}

void web_incidents_page(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct web *web = arg;
	static const char *const columns[] = { "State", "Kind", "Began", "Last", "First ticket", "Category", "Customers", "Tickets", "Evidence", NULL };
	struct buf b = BUF_INIT(WEB_PAGE_MAX);
	struct ik_error err = { .text = "" };
	json_t *array = NULL, *one;
	size_t i;

	if (!web_may_enter(web, x, request, true)) return;
	if (incidents_of(web, &array, &err) != IK_OK) {
		web_sorry(x, &err);
		return;
	}
	web_admin_head(&b, web, "Incidents");
	web_begin_table(&b, "Incidents", columns);
	json_array_foreach(array, i, one) add_row(&b, web, one);
	(void)buf_text(&b, "</tbody></table></div>\n");
	if (json_array_size(array) == 0) (void)buf_text(&b, "<p class=\"intro\">No incidents.</p>\n");
	page_end(&b);
	json_decref(array);
	web_send(x, 200, WEB_HTML, &b);
}
