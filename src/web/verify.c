/* verify.c - behind the link of a verification mail: a page with a button. Opening the link changes nothing, since mail programs and scanners open
 * links by themselves; only the button does. The pages say nothing about the address or its tickets. */
#include "base/clock.h"
#include "web/web_inside.h"

#define TOKEN_LONGEST 160

enum word { W_TITLE, W_ASK, W_BUTTON, W_DONE, W_DONE_TEXT, W_BAD, W_BAD_TEXT, W_MANY, WORDS };
static const char *const words[WORDS][2] = {
	[W_TITLE] = { "Confirm your mail address", "确认邮箱地址" },
	[W_ASK] = { "Was it you who gave this mail address in our form? Then we send the receipt and news about your message there. If not, simply close this page.",
	            "是您本人在我们的表单里填写了这个邮箱地址吗？如果是，我们会把回执和处理进展发到这个地址；如果不是，关闭本页即可。" },
	[W_BUTTON] = { "Yes, it is my address", "是的，这是我的邮箱" },
	[W_DONE] = { "Thank you, your address is confirmed", "谢谢，邮箱地址已确认" },
	[W_DONE_TEXT] = { "The receipt is on its way to you by mail. You can close this page.", "回执将以邮件发送给您，可以关闭本页。" },
	[W_BAD] = { "This link does not work", "链接无效" },
	[W_BAD_TEXT] = { "It is older than three days or was not copied as a whole. You need not do anything: your message has been received all the same.",
	                 "链接已超过三天，或没有完整复制。您无需做任何事，您的来信我们已经收到。" },
	[W_MANY] = { "Too many requests. Please wait a minute.", "请求过于频繁，请一分钟后再试。" },
};

static const char *field_of(const struct ik_request *request, const char *name)
{
	for (size_t i = 0; i < request->field_count; i++)
		if (strcmp(request->fields[i].name, name) == 0) return request->fields[i].value;
	return NULL;
}

static enum page_language language_of(const struct ik_request *request)
{
	const char *asked = request->query(request, "lang");

	return page_language(asked != NULL ? asked : field_of(request, "lang"), request->header(request, "accept-language"), request->language);
}

static void show_words(struct http_exchange *x, enum page_language language, int status, enum word title, enum word text)
{
	struct buf b = BUF_INIT(WEB_PAGE_MAX);

	page_begin(&b, language, words[title][language], "card", NULL);
	page_format(&b, "<p>%s</p>\n", words[text][language]);
	page_end(&b);
	web_send(x, status, WEB_HTML, &b);
}

static void show_question(struct http_exchange *x, enum page_language language, const char *token)
{
	struct buf b = BUF_INIT(WEB_PAGE_MAX);

	page_begin(&b, language, words[W_TITLE][language], "card", "?lang=");
	page_format(&b, "<p>%s</p>\n<form method=\"post\" action=\"/verify\">\n<input type=\"hidden\" name=\"token\" value=\"%s\">\n"
	                "<input type=\"hidden\" name=\"lang\" value=\"%s\">\n<button type=\"submit\">%s</button>\n</form>\n",
	            words[W_ASK][language], token, page_short(language), words[W_BUTTON][language]);
	page_end(&b);
	web_send(x, 200, WEB_HTML, &b);
}

static void answer(struct web *web, struct http_exchange *x, const struct ik_request *request, const char *token, bool confirm)
{
	const enum page_language language = language_of(request);
	struct ik_error err = { .text = "" };
	bool good = false;

	if (!limiter_allows(web->lookups, request->peer, clock_wall()))
		show_words(x, language, 429, W_TITLE, W_MANY);
	else if (web->setup.verify == NULL || strlen(token) > TOKEN_LONGEST)
		show_words(x, language, 404, W_BAD, W_BAD_TEXT);
	else if (web->setup.verify(web->setup.arg, token, confirm, &good, &err) != IK_OK)
		web_sorry(x, &err);
	else if (!good)
		show_words(x, language, 404, W_BAD, W_BAD_TEXT);
	else if (confirm)
		show_words(x, language, 200, W_DONE, W_DONE_TEXT);
	else
		show_question(x, language, token);
}

void web_verify_get(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	answer(arg, x, request, http_path(x) + strlen("/verify/"), false);
}

void web_verify_post(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	const char *token = field_of(request, "token");

	answer(arg, x, request, token != NULL ? token : "", true);
}
