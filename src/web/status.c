/* status.c - the customer's page: opened by the tracking code alone, never by the guessable number. It shows where the matter stands, since
 * when, and what was promised; no message text and nobody's name. Whatever is no code of a ticket gets one and the same answer after one and the
 * same look-up. */
#include <ctype.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "web/walk.h"
#include "web/web_inside.h"

#define SYMBOLS 16
#define NOBODY "0000000000000000"       /* looked up for what cannot be a code; no ticket ever gets it by chance */
#define MINUTE_S 60

enum word { W_TITLE, W_INTRO, W_LABEL, W_BUTTON, W_UNKNOWN, W_UNKNOWN_TEXT, W_RECEIVED, W_WORK_BY, W_CHANGED, W_NEXT,
            W_PROMISE, W_PROMISED, W_NEW_DATE, W_PRESENT, W_MANY, WORDS };
static const char *const words[WORDS][PAGE_LANGUAGES] = {
	[W_TITLE] = PAGE_WORDS("Status of your message", "查询处理进度", "查詢處理進度"),
	[W_INTRO] = PAGE_WORDS("Enter the tracking code from your receipt.", "请输入回执中的追踪码。", "請輸入收件通知中的查詢代碼。"),
	[W_LABEL] = PAGE_WORDS("Tracking code", "追踪码", "查詢代碼"),
	[W_BUTTON] = PAGE_WORDS("Show", "查询", "查詢"),
	[W_UNKNOWN] = PAGE_WORDS("There is nothing under this code", "没有找到对应的记录", "查無對應的紀錄"),
	[W_UNKNOWN_TEXT] = PAGE_WORDS("Please compare it with your receipt: four groups of four letters and digits.",
	                              "请与回执核对：追踪码为四组，每组四位字母或数字。",
	                              "請與收件通知核對：查詢代碼為四組，每組四個字母或數字。"),
	[W_RECEIVED] = PAGE_WORDS("Received", "收到时间", "收到時間"),
	[W_WORK_BY] = PAGE_WORDS("Work starts by", "开始处理期限", "開始處理期限"),
	[W_CHANGED] = PAGE_WORDS("Last change", "最近更新", "最近更新"),
	[W_NEXT] = PAGE_WORDS("What comes next", "下一步", "下一步"),
	[W_PROMISE] = PAGE_WORDS("Our promise", "我们的承诺", "我們的承諾"),
	[W_PROMISED] = PAGE_WORDS("You will have an answer from us by this time:", "我们会在此时间之前答复您：", "我們會在此時間之前回覆您："),
	[W_NEW_DATE] = PAGE_WORDS("This is a new date; the first one was:", "这是新的时间，原定时间为：", "這是新的時間，原定時間為："),
	[W_PRESENT] = PAGE_WORDS("now", "当前", "目前"),
	[W_MANY] = PAGE_WORDS("Too many lookups. Please wait a minute.", "查询过于频繁，请一分钟后再试。", "查詢過於頻繁，請一分鐘後再試。"),
};

/* stage: which of the stages below a ticket in this state has reached; open: an answer is still owed. */
static const struct { const char *name; size_t stage; bool open; const char *shown[PAGE_LANGUAGES], *next[PAGE_LANGUAGES]; } states[] = {
	{ "received", 0, true, PAGE_WORDS("Received", "已收到", "已收到"),
	  PAGE_WORDS("We will read your message and answer it.",
	             "我们会阅读您的来信并答复。", "我們會閱讀您的來信並回覆。") },
	{ "forwarded", 1, true, PAGE_WORDS("With the responsible team", "已转交负责部门", "已轉交負責部門"),
	  PAGE_WORDS("The responsible team will answer you.",
	             "负责部门会答复您。", "負責部門會回覆您。") },
	{ "in_progress", 2, true, PAGE_WORDS("In progress", "处理中", "處理中"),
	  PAGE_WORDS("We are working on it and will get back to you.",
	             "我们正在处理，完成后会通知您。", "我們正在處理，完成後會通知您。") },
	{ "waiting_customer", 2, false, PAGE_WORDS("Waiting for you", "等待您的回复", "等待您的回覆"),
	  PAGE_WORDS("We have asked you something: please answer our last message.",
	             "我们有问题需要您确认，请回复我们最近的消息。", "我們有問題需要您確認，請回覆我們最近的訊息。") },
	{ "resolved", 3, false, PAGE_WORDS("Resolved", "已解决", "已處理完畢"),
	  PAGE_WORDS("Nothing. If it is not solved for you, simply answer our last message.",
	             "无需操作。如果问题没有解决，请直接回复我们。", "您什麼都不必做。如果問題沒有解決，請直接回覆我們。") },
	{ "closed", 3, false, PAGE_WORDS("Closed", "已关闭", "已結束"),
	  PAGE_WORDS("Nothing. If something is open, please write to us again.",
	             "无需操作。如有其他问题，请再次联系我们。", "您什麼都不必做。如有其他問題，請再次與我們聯絡。") },
};
static const size_t stages[] = { 0, 1, 2, 4 };         /* of states, in their order */

/* The 16 symbols of a code as typed: dashes and spaces are left out, small letters and look-alikes are read as meant. */
static bool read_code(const char *typed, char code_r[STORE_CODE_SIZE])
{
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		int c = toupper((unsigned char)*typed);

		if (c == '-' || c == ' ') continue;
		if (c == 'O') c = '0';
		if (c == 'I' || c == 'L') c = '1';
		if (n == SYMBOLS || strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", c) == NULL) return false;
		code_r[n++] = (char)c;
	}
	code_r[n] = '\0';
	return n == SYMBOLS;
}

static void add_lookup(struct buf *b, enum page_language language)
{
	page_format(b, "<form method=\"post\" action=\"/status\">\n<input type=\"hidden\" name=\"lang\" value=\"%s\">\n"
	               "<div class=\"field\"><label for=\"code\">%s</label>\n"
	               "<input type=\"text\" id=\"code\" name=\"code\" class=\"code\" maxlength=\"40\" autocomplete=\"off\" autocapitalize=\"characters\" "
	               "spellcheck=\"false\" required placeholder=\"XXXX-XXXX-XXXX-XXXX\"></div>\n<button type=\"submit\">%s</button>\n</form>\n",
	            page_short(language), words[W_LABEL][language], words[W_BUTTON][language]);
}

/* The page without a ticket: to ask for a code, and the one answer for every code that opens nothing. */
static void show_lookup(struct http_exchange *x, enum page_language language, int status, enum word title, enum word text)
{
	struct buf b = BUF_INIT(WEB_PAGE_MAX);

	page_begin(&b, language, words[title][language], "card", "/status?lang=");
	page_format(&b, status == 200 ? "<p class=\"intro\">%s</p>\n" : "<p class=\"alert\" role=\"alert\">%s</p>\n", words[text][language]);
	add_lookup(&b, language);
	page_end(&b);
	http_answer(x, &(struct http_response){ .status = status, .content_type = WEB_HTML, .body = buf_str(&b), .body_len = b.len,
	                                        .retry_after_s = status == 429 ? MINUTE_S - clock_wall() % MINUTE_S : 0 });
	buf_release(&b);
}

static void add_fact(struct buf *b, const char *name, const char *value)
{
	if (value != NULL && value[0] != '\0') page_format(b, "<dt>%s</dt><dd>%s</dd>\n", name, value);
}

/* The last time of an event in the history, of one detail or (NULL) of any; NULL: there is none. */
static const char *last_event(const json_t *ticket, const char *event, const char *detail)
{
	const json_t *row;
	const char *last = NULL;
	size_t i;

	json_array_foreach(json_object_get(ticket, "history"), i, row) {
		const char *at = json_text(row, "at"), *name = json_text(row, "event"), *said = json_text(row, "detail");

		if (at == NULL || name == NULL || strcmp(name, event) != 0) continue;
		if (detail != NULL && (said == NULL || strcmp(said, detail) != 0)) continue;
		if (last == NULL || strcmp(at, last) > 0) last = at;
	}
	return last;
}

static const char *reached_at(const json_t *ticket, size_t stage)
{
	return stage == 0 ? json_text(ticket, "received_at") : last_event(ticket, "state", states[stages[stage]].name);
}

/* The way a matter goes, as far as this one has come, each step with its date. A team that was never handed the matter is left out. */
static void add_stages(struct buf *b, const struct web *web, const json_t *ticket, size_t s, enum page_language language)
{
	char when[WEB_WHEN_SIZE];

	(void)buf_text(b, "<ol class=\"stages\">\n");
	for (size_t stage = 0; stage < COUNT_OF(stages); stage++) {
		const bool is_now = stage == states[s].stage, is_done = stage < states[s].stage;
		const char *at = is_now || is_done ? reached_at(ticket, stage) : NULL;

		if (stage == 1 && !is_now && at == NULL) continue;
		page_format(b, is_now ? "<li class=\"now\" aria-current=\"step\">%s" : is_done ? "<li class=\"done\">%s" : "<li>%s",
		            states[is_now ? s : stages[stage]].shown[language]);
		if (is_now) page_format(b, " <span class=\"hint\">(%s)</span>", words[W_PRESENT][language]);
		if (at != NULL) page_format(b, " <span class=\"when\">%s</span>", web_when_short(web, at, when));
		(void)buf_text(b, "</li>\n");
	}
	(void)buf_text(b, "</ol>\n");
}

/* The detail of the first entry of an event; NULL: there is none. */
static const char *first_detail(const json_t *ticket, const char *event)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(ticket, "history"), i, row) {
		const char *is = json_text(row, "event");

		if (is != NULL && strcmp(is, event) == 0) return json_text(row, "detail");
	}
	return NULL;
}

/* Not the words kept with the ticket: they are in the language of its mails, the page in its reader's. */
static void add_promise(struct buf *b, const struct web *web, const json_t *ticket, size_t s, enum page_language language)
{
	const json_t *promise = json_object_get(ticket, "promise");
	const char *due = json_text(promise, "due"), *measured = first_detail(ticket, "promise.measured");
	const char *first = measured != NULL ? measured : json_text(ticket, "first_response_due");       /* what the customer was told at first */
	char when[WEB_WHEN_SIZE];

	if (due == NULL || !states[s].open) return;
	page_format(b, "<h2>%s</h2>\n<div class=\"promise\">", words[W_PROMISE][language]);
	page_format(b, "<p>%s <strong>%s</strong></p>\n", words[W_PROMISED][language], web_when_text(web, due, language, when));
	if (first != NULL && strcmp(first, due) != 0)
		page_format(b, "<p>%s %s</p>\n", words[W_NEW_DATE][language], web_when_text(web, first, language, when));
	else if (measured == NULL)                                      /* the walk leads to the target, not to what was measured */
		walk_write(b, web, json_object_get(promise, "walk"), language);
	(void)buf_text(b, "</div>\n");
}

static size_t state_of(const json_t *ticket)
{
	const char *state = json_text(ticket, "state");

	for (size_t s = 0; s < COUNT_OF(states); s++)
		if (state != NULL && strcmp(states[s].name, state) == 0) return s;
	return 0;
}

static void show_ticket(struct web *web, struct http_exchange *x, enum page_language language, const json_t *ticket)
{
	const size_t s = state_of(ticket);
	struct buf b = BUF_INIT(WEB_PAGE_MAX);
	char when[WEB_WHEN_SIZE], other[64];

	(void)snprintf(other, sizeof(other), "/s/%s?lang=", json_text(ticket, "code"));
	page_begin(&b, language, words[W_TITLE][language], "card", other);
	page_format(&b, "<p class=\"state state-%s\" id=\"state\">%s</p>\n", states[s].name, states[s].shown[language]);
	add_stages(&b, web, ticket, s, language);
	(void)buf_text(&b, "<dl class=\"facts\">\n");
	add_fact(&b, words[W_RECEIVED][language], web_when_text(web, json_text(ticket, "received_at"), language, when));
	if (s <= 1) add_fact(&b, words[W_WORK_BY][language], web_when_text(web, json_text(ticket, "handling_due"), language, when));
	add_fact(&b, words[W_CHANGED][language], web_when_text(web, last_event(ticket, "state", NULL), language, when));
	add_fact(&b, words[W_NEXT][language], states[s].next[language]);
	(void)buf_text(&b, "</dl>\n");
	add_promise(&b, web, ticket, s, language);
	page_end(&b);
	web_send(x, 200, WEB_HTML, &b);
}

/* A ticket that was merged into another shows how that one stands; under its own code, since the other's may be somebody else's secret. */
static enum ik_rc follow_merge(struct store_reader *reader, int64_t id, json_t **ticket_io, struct ik_error *err)
{
	int64_t current = id;
	json_t *now = NULL;
	enum ik_rc rc = read_current_ticket(reader, id, &current, err);

	if (rc != IK_OK || current == id) return rc;
	rc = read_ticket(reader, current, &now, err);
	if (rc != IK_OK) return rc;
	json_set_text(now, "code", json_text(*ticket_io, "code"));
	json_decref(*ticket_io);
	*ticket_io = now;
	return IK_OK;
}

/* The ticket under a code; NULL with IK_OK when there is none. The code of what was found is compared again: no other text opens it. */
static enum ik_rc find_ticket(struct web *web, const char *typed, json_t **ticket_r, struct ik_error *err)
{
	char code[STORE_CODE_SIZE], found[STORE_CODE_SIZE];
	struct store_reader *reader;
	const char *own;
	int64_t id = 0;
	enum ik_rc rc;

	*ticket_r = NULL;
	if (!read_code(typed, code)) (void)snprintf(code, sizeof(code), "%s", NOBODY);
	rc = web_reader(web, &reader, err);
	if (rc != IK_OK) return rc;
	rc = read_ticket_id(reader, code, &id, err);
	if (rc == IK_OK && id != 0) rc = read_ticket(reader, id, ticket_r, err);
	own = json_text(*ticket_r, "code");
	if (rc == IK_OK && (own == NULL || !read_code(own, found) || strcmp(found, code) != 0)) {
		json_decref(*ticket_r);
		*ticket_r = NULL;
	} else if (rc == IK_OK) {
		rc = follow_merge(reader, id, ticket_r, err);
	}
	web_reader_return(web, reader);
	return rc == IK_REJECT ? IK_OK : rc;
}

/* In the language of whose matter it is, where the browser names none of ours: only who has the code gets that far. */
static void show(struct web *web, struct http_exchange *x, const struct ik_request *request, const char *typed)
{
	const enum page_language language = web_language(request, NULL);
	struct ik_error err = { .text = "" };
	json_t *ticket;

	if (!limiter_allows(web->lookups, request->peer, clock_wall())) {
		show_lookup(x, language, 429, W_TITLE, W_MANY);
	} else if (find_ticket(web, typed, &ticket, &err) != IK_OK) {
		web_sorry_customer(x, language, &err);
	} else if (ticket == NULL) {
		show_lookup(x, language, 404, W_UNKNOWN, W_UNKNOWN_TEXT);
	} else {
		show_ticket(web, x, web_language(request, json_text(json_object_get(ticket, "customer"), "language")), ticket);
		json_decref(ticket);
	}
}

void web_status_get(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	(void)arg;
	show_lookup(x, web_language(request, NULL), 200, W_TITLE, W_INTRO);
}

void web_status_post(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	const char *typed = "";

	for (size_t i = 0; i < request->field_count; i++)
		if (strcmp(request->fields[i].name, "code") == 0) typed = request->fields[i].value;
	show(arg, x, request, typed);
}

void web_status_code(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	show(arg, x, request, http_path(x) + strlen("/s/"));
}
