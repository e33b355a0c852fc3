/* survey.c - behind the link of a survey: five levels, and four dimensions for who likes. Opening the link answers nothing; only the button does. The
 * page shows nothing of the ticket. */
#include "base/clock.h"
#include "base/json.h"
#include "pipeline/survey.h"
#include "web/web_inside.h"

#define TOKEN_LONGEST 160

enum word { W_TITLE, W_ASK, W_MORE, W_SPEED, W_ATTITUDE, W_SOLUTION, W_THOROUGH, W_NONE, W_BUTTON, W_DONE, W_DONE_TEXT, W_BAD, W_BAD_TEXT, W_CHOOSE, W_MANY, WORDS };
static const char *const words[WORDS][PAGE_LANGUAGES] = {
	[W_TITLE] = PAGE_WORDS("How did we do?", "我们做得怎么样？", "我們做得如何？"),
	[W_ASK] = PAGE_WORDS("How satisfied are you with the way we dealt with your matter?", "您对这件事的处理满意吗？", "您對這件事的處理滿意嗎？"),
	[W_MORE] = PAGE_WORDS("If you like, tell us more", "如果您愿意，可以说得更细一些", "如果您願意，可以說得更仔細一些"),
	[W_SPEED] = PAGE_WORDS("Speed", "速度", "速度"), [W_ATTITUDE] = PAGE_WORDS("Friendliness", "态度", "態度"), [W_SOLUTION] = PAGE_WORDS("Solution", "解决方案", "解決方式"),
	[W_THOROUGH] = PAGE_WORDS("Thoroughness", "处理是否周全", "處理是否周全"),
	[W_NONE] = PAGE_WORDS("no answer", "不作答", "不作答"),
	[W_BUTTON] = PAGE_WORDS("Send", "提交", "送出"),
	[W_DONE] = PAGE_WORDS("Thank you", "谢谢", "謝謝"),
	[W_DONE_TEXT] = PAGE_WORDS("Your answer has been stored. If something is still not right, we look at it again. You can close this page.",
	                           "您的回答已收到。如果还有不妥之处，我们会再看一次。可以关闭本页。",
	                           "您的回答已收到。若還有哪裡不妥，我們會再看一次。可以關閉本頁。"),
	[W_BAD] = PAGE_WORDS("This link does not work", "链接无效", "連結無效"),
	[W_BAD_TEXT] = PAGE_WORDS("It is older than thirty days, was used already, or was not copied as a whole. If something is still not right, please write to us.",
	                          "链接已超过三十天、已经使用过，或没有完整复制。如果还有不妥之处，请写信告诉我们。",
	                          "連結已超過三十天、已經使用過，或沒有完整複製。若還有哪裡不妥，請來信告訴我們。"),
	[W_CHOOSE] = PAGE_WORDS("Please choose one of the five levels.", "请选择五个等级之一。", "請選擇五個等級之一。"),
	[W_MANY] = PAGE_WORDS("Too many requests. Please wait a minute.", "请求过于频繁，请一分钟后再试。", "請求過於頻繁，請一分鐘後再試。"),
};
static const char *const levels[5][PAGE_LANGUAGES] = {
	PAGE_WORDS("1 - very dissatisfied", "1 - 非常不满意", "1 - 非常不滿意"),
	PAGE_WORDS("2 - dissatisfied", "2 - 不满意", "2 - 不滿意"),
	PAGE_WORDS("3 - neither", "3 - 一般", "3 - 普通"),
	PAGE_WORDS("4 - satisfied", "4 - 满意", "4 - 滿意"),
	PAGE_WORDS("5 - very satisfied", "5 - 非常满意", "5 - 非常滿意"),
};
static const struct { const char *name; enum word word; } dimensions[] = {
	{ "speed", W_SPEED }, { "attitude", W_ATTITUDE }, { "solution", W_SOLUTION }, { "thoroughness", W_THOROUGH },
};

static const char *field_of(const struct ik_request *request, const char *name)
{
	const char *value = web_field(request, name);

	return value != NULL ? value : "";
}

/* 1 to 5; 0 for everything else, which means "not answered". */
static int64_t level_of(const struct ik_request *request, const char *name)
{
	const char *value = field_of(request, name);

	return value[0] >= '1' && value[0] <= '5' && value[1] == '\0' ? value[0] - '0' : 0;
}

static void show_words(struct http_exchange *x, enum page_language language, int status, enum word title, enum word text)
{
	web_say(x, language, status, words[title][language], words[text][language]);
}

static void add_levels(struct buf *b, enum page_language language)
{
	page_format(b, "<fieldset class=\"field\"><legend>%s</legend>\n", words[W_ASK][language]);
	for (int i = 5; i >= 1; i--) {
		const char digit[2] = { (char)('0' + i), '\0' };

		page_format(b, "<label><input type=\"radio\" name=\"level\" value=\"%s\" required> %s</label>\n", digit, levels[i - 1][language]);
	}
	(void)buf_text(b, "</fieldset>\n");
}

static void add_dimension(struct buf *b, enum page_language language, size_t at)
{
	page_format(b, "<div class=\"field\"><label for=\"%s\">%s</label>\n<select id=\"%s\" name=\"%s\"><option value=\"\">%s</option>\n", dimensions[at].name,
	            words[dimensions[at].word][language], dimensions[at].name, dimensions[at].name, words[W_NONE][language]);
	for (int i = 5; i >= 1; i--) {
		const char digit[2] = { (char)('0' + i), '\0' };

		page_format(b, "<option value=\"%s\">%s</option>\n", digit, levels[i - 1][language]);
	}
	(void)buf_text(b, "</select></div>\n");
}

static void show_survey(struct http_exchange *x, enum page_language language, int status, const char *token, bool asks_again)
{
	struct buf b = BUF_INIT(WEB_PAGE_MAX);

	page_begin(&b, language, words[W_TITLE][language], "card", status == 200 ? "?lang=" : NULL);
	if (asks_again) page_format(&b, "<p class=\"error\" role=\"alert\">%s</p>\n", words[W_CHOOSE][language]);
	page_format(&b, "<form method=\"post\" action=\"/survey\">\n<input type=\"hidden\" name=\"token\" value=\"%s\">\n<input type=\"hidden\" name=\"lang\" value=\"%s\">\n",
	            token, page_short(language));
	add_levels(&b, language);
	page_format(&b, "<h2>%s</h2>\n", words[W_MORE][language]);
	for (size_t i = 0; i < sizeof(dimensions) / sizeof(dimensions[0]); i++) add_dimension(&b, language, i);
	page_format(&b, "<button type=\"submit\">%s</button>\n</form>\n", words[W_BUTTON][language]);
	page_end(&b);
	web_send(x, status, WEB_HTML, &b);
}

/* For the language in which its customer is written to. NULL: it cannot be read, which is no reason to refuse an answer. */
static json_t *ticket_of(struct web *web, int64_t ticket_id)
{
	struct store_reader *reader;
	struct ik_error err = { .text = "" };
	json_t *ticket = NULL;

	if (ticket_id == 0 || web_reader(web, &reader, &err) != IK_OK) return NULL;
	(void)read_ticket(reader, ticket_id, &ticket, &err);
	web_reader_return(web, reader);
	return ticket;
}

/* answer NULL: only looks. */
static void serve(struct web *web, struct http_exchange *x, const struct ik_request *request, const char *token, const struct survey_answer *answer)
{
	struct ik_error err = { .text = "" };
	const bool is_let = limiter_allows(web->lookups, request->peer, clock_wall()), may_be_ours = web->setup.survey != NULL && strlen(token) <= TOKEN_LONGEST;
	const bool is_answer = answer != NULL && answer->level > 0;
	int64_t ticket_id = 0;
	const enum ik_rc rc = is_let && may_be_ours ? web->setup.survey(web->setup.arg, token, is_answer ? answer : NULL, &ticket_id, &err) : IK_OK;
	json_t *ticket = ticket_of(web, ticket_id);
	const enum page_language language = web_language(request, json_text(json_object_get(ticket, "customer"), "language"));

	if (!is_let) show_words(x, language, 429, W_TITLE, W_MANY);
	else if (rc != IK_OK) web_sorry_customer(x, language, &err);
	else if (ticket_id == 0) show_words(x, language, 404, W_BAD, W_BAD_TEXT);
	else if (!is_answer) show_survey(x, language, answer != NULL ? 400 : 200, token, answer != NULL);
	else show_words(x, language, 200, W_DONE, W_DONE_TEXT);
	json_decref(ticket);
}

void web_survey_get(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	serve(arg, x, request, http_path(x) + strlen("/survey/"), NULL);
}

void web_survey_post(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	const struct survey_answer answer = { .level = level_of(request, "level"), .speed = level_of(request, "speed"), .attitude = level_of(request, "attitude"),
	                                      .solution = level_of(request, "solution"), .thoroughness = level_of(request, "thoroughness") };

	serve(arg, x, request, field_of(request, "token"), &answer);
}
