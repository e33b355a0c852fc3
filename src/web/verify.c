/* verify.c - behind the link of a verification mail: a page with a button. Opening the link changes nothing, since mail programs and scanners open
 * links by themselves; only the button does. The pages say nothing about the address or its tickets. */
#include "base/clock.h"
#include "web/web_inside.h"

#define TOKEN_LONGEST 160

enum word { W_TITLE, W_ASK, W_BUTTON, W_DONE, W_DONE_TEXT, W_BAD, W_BAD_TEXT, W_MANY, WORDS };
static const char *const words[WORDS][PAGE_LANGUAGES] = {
	[W_TITLE] = PAGE_WORDS("Confirm your mail address", "确认邮箱地址", "確認電子郵件地址"),
	[W_ASK] = PAGE_WORDS("Was it you who gave this mail address in our form? Then we send the receipt and news about your message there. If not, simply close this page.",
	                     "是您本人在我们的表单里填写了这个邮箱地址吗？如果是，我们会把回执和处理进展发到这个地址；如果不是，关闭本页即可。",
	                     "是您本人在我們的表單填寫了這個電子郵件地址嗎？如果是，我們會把收件通知和處理進度寄到這個地址；如果不是，關閉本頁即可。"),
	[W_BUTTON] = PAGE_WORDS("Yes, it is my address", "是的，这是我的邮箱", "是的，這是我的電子郵件地址"),
	[W_DONE] = PAGE_WORDS("Thank you, your address is confirmed", "谢谢，邮箱地址已确认", "謝謝，電子郵件地址已確認"),
	[W_DONE_TEXT] = PAGE_WORDS("The receipt is on its way to you by mail. You can close this page.",
	                           "回执将以邮件发送给您，可以关闭本页。",
	                           "收件通知將以電子郵件寄給您，可以關閉本頁。"),
	[W_BAD] = PAGE_WORDS("This link does not work", "链接无效", "連結無效"),
	[W_BAD_TEXT] = PAGE_WORDS("It is older than three days or was not copied as a whole. You need not do anything: your message has been received all the same.",
	                          "链接已超过三天，或没有完整复制。您无需做任何事，您的来信我们已经收到。",
	                          "連結已超過三天，或沒有完整複製。您什麼都不必做，您的來信我們已經收到。"),
	[W_MANY] = PAGE_WORDS("Too many requests. Please wait a minute.", "请求过于频繁，请一分钟后再试。", "請求過於頻繁，請一分鐘後再試。"),
};

static void show_words(struct http_exchange *x, enum page_language language, int status, enum word title, enum word text)
{
	web_say(x, language, status, words[title][language], words[text][language]);
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
	const enum page_language language = web_language(request, NULL);
	struct ik_error err = { .text = "" };
	bool good = false;

	if (!limiter_allows(web->lookups, request->peer, clock_wall()))
		show_words(x, language, 429, W_TITLE, W_MANY);
	else if (web->setup.verify == NULL || strlen(token) > TOKEN_LONGEST)
		show_words(x, language, 404, W_BAD, W_BAD_TEXT);
	else if (web->setup.verify(web->setup.arg, token, confirm, &good, &err) != IK_OK)
		web_sorry_customer(x, language, &err);
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
	const char *token = web_field(request, "token");

	answer(arg, x, request, token != NULL ? token : "", true);
}
