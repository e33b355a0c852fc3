/* customer.c - what the pages of customers share: the choice of the language, and pages that say one thing. */
#include "web/web_inside.h"

#include <string.h>
#include "base/log.h"

#define MINUTE_S 60

const char *web_field(const struct ik_request *request, const char *name)
{
	for (size_t i = 0; i < request->field_count; i++)
		if (strcmp(request->fields[i].name, name) == 0) return request->fields[i].value;
	return NULL;
}

enum page_language web_language(const struct ik_request *request, const char *customers)
{
	const char *asked = request->query(request, "lang");

	return page_language(asked != NULL ? asked : web_field(request, "lang"), request->header(request, "accept-language"),
	                     page_speaks(customers) ? customers : request->language);
}

void web_say(struct http_exchange *x, enum page_language language, int status, const char *title, const char *text)
{
	struct buf b = BUF_INIT(WEB_PAGE_MAX);

	page_begin(&b, language, title, "card", NULL);
	page_format(&b, "<p>%s</p>\n", text);
	page_end(&b);
	http_answer(x, &(struct http_response){ .status = status, .content_type = WEB_HTML, .body = buf_str(&b), .body_len = b.len,
	                                        .retry_after_s = status == 503 || status == 429 ? MINUTE_S : 0 });
	buf_release(&b);
}

void web_sorry_customer(struct http_exchange *x, enum page_language language, const struct ik_error *err)
{
	static const char *const titles[PAGE_LANGUAGES] = PAGE_WORDS("Not available at the moment", "暂时无法使用", "暫時無法使用");
	static const char *const texts[PAGE_LANGUAGES] = PAGE_WORDS("Please try again in a minute.", "请一分钟后再试。", "請一分鐘後再試。");

	log_line(IK_LOG_WARNING, "web", "%s", err->text);
	web_say(x, language, 503, titles[language], texts[language]);
}
