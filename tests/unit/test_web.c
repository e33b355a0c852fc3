/* test_web.c - the pages over a store of three invented tickets: what they show, to whom, and what they never show; and the way of
 * a request through a channel and back. The readers of the store are fakes. */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/json.h"
#include "net/limiter.h"
#include "store/store.h"
#include "web/channel_http.h"
#include "web/web.h"

/* ---- a store of three tickets ------------------------------------------------------------------------------------------------ */

#define CODE "7Q4M2XK9ABCDEFGH"
#define EVIL "</bdi><script>alert(1)</script>\\u202e"
static const char *const tickets[] = {
	"{\"version\":1,\"number\":\"202611-001\",\"code\":\"" CODE "\",\"state\":\"in_progress\",\"subject\":\"" EVIL "\",\"category\":\"billing\","
	"\"severity\":\"urgent\",\"channel\":{\"name\":\"web\",\"type\":\"form\"},\"received_at\":\"2026-11-22T02:00:00Z\",\"first_response_due\":\"2026-11-23T02:00:00Z\","
	"\"handling_due\":null,\"promise\":{\"due\":\"2026-11-23T02:00:00Z\",\"text\":\"We answer by <Monday>.\",\"walk\":["
	"{\"from\":\"2026-11-22T02:00:00Z\",\"until\":\"2026-11-22T10:00:00Z\",\"counted\":28800,\"why\":\"working hours\"},"
	"{\"from\":\"2026-11-22T10:00:00Z\",\"until\":\"2026-11-23T01:00:00Z\",\"counted\":0,\"why\":\"holiday: <National Day>; weekdays only: the calendar\"},"
	"{\"from\":\"2026-11-23T01:00:00Z\",\"until\":\"2026-11-23T02:30:00Z\",\"counted\":5400,\"why\":\"moved working day\"}]},\"customer\":{\"name\":\"<i>Ann\",\"handles\":"
	"[{\"type\":\"email\",\"value\":\"ann@example.org\",\"verified\":false}]},\"ack\":{\"state\":\"sent\",\"reason\":null},"
	"\"messages\":[{\"direction\":\"in\",\"sender\":\"ann@example.org\",\"received_at\":\"2026-11-22T02:00:00Z\",\"text\":\"secret words<img src=x>\\nline two\","
	"\"attachments\":[{\"name\":\"<a>.pdf\",\"content_type\":\"application/pdf\",\"size\":12}]}],\"links\":[],\"deliveries\":[{\"sink\":\"out\",\"state\":\"sent\"}],"
	"\"history\":[{\"at\":\"2026-11-22T03:00:00Z\",\"event\":\"state\",\"actor\":\"x\",\"detail\":\"internal note\"},"
	"{\"at\":\"2026-11-22T04:00:00Z\",\"event\":\"state\",\"actor\":\"x\",\"detail\":\"in_progress\"}]}",
	"{\"number\":\"202611-002\",\"code\":\"0000000000000002\",\"state\":\"received\",\"subject\":\"second\",\"severity\":\"low\",\"received_at\":\"2026-11-22T02:00:00Z\","
	"\"first_response_due\":\"2026-11-23T02:00:00Z\",\"handling_due\":\"2026-11-24T02:00:00Z\",\"promise\":{\"due\":\"2026-11-25T02:00:00Z\",\"text\":null,\"walk\":[{}]},\"customer\":{\"language\":\"zh-Hant\"}}",
	"{\"number\":\"202611-003\",\"code\":\"0000000000000003\",\"state\":\"resolved\",\"subject\":\"third\",\"severity\":\"low\",\"received_at\":\"2026-11-22T02:00:00Z\"}",
};

struct store { int readers; };
struct store_reader { int unused; };
static struct store the_store;

const unsigned char *store_secret(const struct store *store)
{
	static const unsigned char secret[32] = { 1, 2, 3 };

	(void)store;
	return secret;
}

enum ik_rc store_reader_open(struct store *store, struct store_reader **reader_r, struct ik_error *err)
{
	(void)err;
	store->readers++;
	*reader_r = mem_new(sizeof(**reader_r));
	return IK_OK;
}

void store_reader_close(struct store_reader **reader)
{
	the_store.readers--;
	mem_free(reader);
}

enum ik_rc read_ticket_id(struct store_reader *r, const char *wanted, int64_t *id_r, struct ik_error *err)
{
	(void)r; (void)err;
	*id_r = 0;
	for (size_t i = 0; i < COUNT_OF(tickets); i++) {
		json_t *ticket = json_loads(tickets[i], 0, NULL);

		if (strcmp(wanted, json_text(ticket, "number")) == 0 || strcmp(wanted, json_text(ticket, "code")) == 0) *id_r = (int64_t)i + 1;
		json_decref(ticket);
	}
	if (strcmp(wanted, "YYYYYYYYYYYYYYYY") == 0) *id_r = 1;         /* a store that answers with another's ticket */
	return IK_OK;
}

enum ik_rc read_current_ticket(struct store_reader *r, int64_t id, int64_t *current_r, struct ik_error *err)
{
	(void)r;
	(void)err;
	*current_r = id;
	return IK_OK;
}

enum ik_rc read_ticket(struct store_reader *r, int64_t id, json_t **ticket_r, struct ik_error *err)
{
	(void)r; (void)err;
	*ticket_r = json_loads(tickets[id - 1], 0, NULL);
	return *ticket_r != NULL ? IK_OK : IK_RETRY;
}

enum ik_rc read_filter_words(struct store_reader *r, bool categories, json_t **array_r, struct ik_error *err)
{
	(void)r;
	(void)err;
	*array_r = categories ? json_pack("[s, s]", "billing", "garden") : json_pack("[s]", "web");
	return IK_OK;
}

enum ik_rc read_list(struct store_reader *r, const struct read_filter *filter, json_t **array_r, struct ik_error *err)
{
	(void)r;
	(void)err;
	*array_r = json_array();
	for (size_t i = COUNT_OF(tickets); i > 0 && json_array_size(*array_r) < filter->limit; i--) {
		json_t *ticket = json_loads(tickets[i - 1], 0, NULL);
		const bool fits = (filter->before_id == 0 || (int64_t)i < filter->before_id)
		                  && (filter->state == NULL || strcmp(filter->state, json_text(ticket, "state")) == 0);

		if (fits) (void)json_array_append(*array_r, ticket);
		json_decref(ticket);
	}
	return IK_OK;
}

enum ik_rc read_ledger(struct store_reader *r, json_t **array_r, struct ik_error *err)
{
	(void)r; (void)err;
	*array_r = json_pack("[{s:s,s:i}]", "channel", "web", "offered", 3);
	return IK_OK;
}

/* ---- a push channel that does what its body says ---------------------------------------------------------------------------------- */

struct probe { bool quarantine, busy, no_receipt; int offered; _Atomic bool has_room; };

static enum ik_rc probe_request(void *state, const struct ik_request *request, struct ik_answer *answer, struct ik_error *err)
{
	struct ik_message *messages;

	(void)state;
	if (request->body_len > 3 && memcmp(request->body, "bad", 3) == 0) return ik_fail(IK_REJECT, err, "bad");
	if (strcmp(request->method, "GET") == 0) {
		answer->status = 405;
		answer->body = request->rest;
		answer->body_len = strlen(request->rest);
		return IK_OK;
	}
	messages = answer->alloc(answer, 2 * sizeof(*messages));
	messages[0].text = messages[1].text = "x";
	answer->messages = messages;
	answer->message_count = request->body_len == 2 ? 2 : 1;
	answer->keep = json_object();
	return IK_OK;
}

static void probe_answered(void *state, const struct ik_request *request, enum ik_rc rc, const struct ik_receipt *receipts, size_t count, struct ik_answer *answer)
{
	char *body = answer->alloc(answer, 128);

	(void)state; (void)request;
	(void)snprintf(body, 128, "rc=%d %zu %s %s", (int)rc, count, receipts != NULL ? receipts[0].number : "-", receipts != NULL ? receipts[0].text : "-");
	answer->status = rc == IK_OK ? 200 : 503;
	answer->content_type = "text/plain";
	answer->body = body;
	answer->body_len = strlen(body);
}

struct late { ik_done_fn done; void *arg; bool quarantine, no_receipt; };

static void *done_later(void *arg)
{
	struct late *late = arg;
	const struct ik_receipt receipt = { .ticket_id = 1, .number = "202611-009", .code = "AAAA-BBBB-CCCC-DDDD", .language = "en", .text = "promised" };

	late->done(late->arg, late->quarantine ? IK_REJECT : IK_OK, late->no_receipt ? NULL : &receipt, NULL);
	free(late);
	return NULL;
}

static enum ik_rc probe_offer(void *arg, const struct ik_message *message, ik_done_fn done, void *done_arg, struct ik_error *err)
{
	struct probe *probe = arg;
	struct late *late;
	pthread_t thread;

	CHECK_STR(message->text, "x");
	if (probe->busy && probe->offered > 0) return ik_fail(IK_RETRY, err, "busy");
	probe->offered++;
	late = mem_new(sizeof(*late));
	*late = (struct late){ done, done_arg, probe->quarantine, probe->no_receipt };
	if (pthread_create(&thread, NULL, done_later, late) != 0) abort();
	pthread_detach(thread);
	return IK_OK;
}

static bool probe_room(void *arg)
{
	return ((struct probe *)arg)->has_room;
}

static const struct ik_channel plain_plugin = { .mount = "in", .request = probe_request };
static const struct ik_channel page_plugin = { .mount = "form", .request = probe_request, .answered = probe_answered };

/* ---- the rig: both listeners in one --------------------------------------------------------------------------------------------------- */

struct rig { struct web *web; struct channel_http *channels; struct http_server *server; struct probe probe; int fd, port; struct http_route routes[2 * WEB_ROUTES_MAX]; bool is_sick; int confirmed; };

static bool healthy(void *arg, char *reason_r, size_t size)
{
	const struct rig *rig = arg;

	(void)snprintf(reason_r, size, "no space");
	return !rig->is_sick;
}

/* "good" is a good token; "busy" finds the store busy. Only confirm counts. */
static enum ik_rc verify(void *arg, const char *token, bool confirm, bool *good_r, struct ik_error *err)
{
	if (strcmp(token, "busy") == 0) return ik_fail(IK_RETRY, err, "busy");
	*good_r = strcmp(token, "good") == 0;
	((struct rig *)arg)->confirmed += *good_r && confirm;
	return IK_OK;
}

static void metrics(void *arg, void (*row)(void *sink, const struct web_metric *), void *sink)
{
	struct buf labels = BUF_INIT(200);

	(void)arg;
	web_label(&labels, "channel", "a\"b\\c\n");
	web_label(&labels, "reason", "x");
	row(sink, &(struct web_metric){ "intaked_offered_total", "Messages offered.", "counter", buf_str(&labels), 3 });
	row(sink, &(struct web_metric){ "intaked_offered_total", "Messages offered.", "counter", "", 4.5 });
	row(sink, &(struct web_metric){ "intaked_queue", "Jobs waiting.", "gauge", "", 0 });
	buf_release(&labels);
}

static const char *style_path(void)
{
	static char path[128];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/style.css", test_dir());
	f = fopen(path, "w");
	CHECK(f != NULL);
	(void)fputs("body{}", f);
	(void)fclose(f);
	return path;
}

static void listen_here(struct rig *rig, size_t routes)
{
	static const struct http_conf conf = { .max_body = 100000, .threads = 2, .connections = 64, .connections_per_ip = 64,
	                                       .header_timeout = 60, .body_timeout = 60, .write_timeout = 60, .idle_timeout = 60 };
	struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(here);
	const struct http_setup setup = { .conf = &conf, .name = "test", .fds = &rig->fd, .fd_count = 1, .routes = rig->routes, .route_count = routes };
	struct ik_error err = { .text = "" };

	rig->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	CHECK(bind(rig->fd, (struct sockaddr *)&here, sizeof(here)) == 0 && listen(rig->fd, 64) == 0);
	CHECK(getsockname(rig->fd, (struct sockaddr *)&here, &len) == 0);
	rig->port = ntohs(here.sin_port);
	CHECK_INT(http_server_new(&setup, &rig->server, &err), IK_OK);
}

static void rig_start(struct rig *rig, bool is_admin, const char *token, bool is_open)
{
	struct web_setup setup = { .store = &the_store, .timezone = "Asia/Shanghai", .style_path = style_path(), .token = token, .is_open = is_open,
	                           .lookups_per_minute = 35, .verify = verify, .healthy = healthy, .metrics = metrics, .arg = rig };
	struct ik_error err = { .text = "" };
	size_t routes;

	*rig = (struct rig){ .probe.has_room = true };
	CHECK_INT(web_new(&setup, &rig->web, &err), IK_OK);
	rig->channels = channel_http_new(probe_room, &rig->probe);
	channel_http_add(rig->channels, &(struct channel_mount){ "shop", &plain_plugin, &rig->probe, probe_offer, &rig->probe, false });
	channel_http_add(rig->channels, &(struct channel_mount){ "contact", &page_plugin, &rig->probe, probe_offer, &rig->probe, false });
	channel_http_add(rig->channels, &(struct channel_mount){ "late", &plain_plugin, NULL, probe_offer, &rig->probe, true });
	channel_http_add(rig->channels, &(struct channel_mount){ "late-form", &page_plugin, NULL, probe_offer, &rig->probe, true });
	routes = is_admin ? web_admin_routes(rig->web, rig->routes) : web_public_routes(rig->web, rig->routes);
	if (!is_admin) {
		channel_http_routes(rig->channels, rig->routes + routes);
		routes += CHANNEL_HTTP_ROUTES;
	}
	listen_here(rig, routes);
}

static void rig_stop(struct rig *rig)
{
	channel_http_free(&rig->channels);
	http_server_free(&rig->server);
	web_free(&rig->web);
	CHECK_INT(the_store.readers, 0);
}

#define REPLY_MAX 65536
static int ask(const struct rig *rig, const char *method, const char *target, const char *headers, const char *body, char *reply)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)rig->port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char request[4096];
	const int n = snprintf(request, sizeof(request), "%s %s HTTP/1.1\r\n%s%sContent-Length: %zu\r\nConnection: close\r\n\r\n%s", method, target,
	                       headers != NULL && strstr(headers, "Host:") != NULL ? "" : "Host: localhost\r\n", headers != NULL ? headers : "", strlen(body), body);
	size_t len = 0;
	ssize_t got;

	CHECK(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
	CHECK(send(fd, request, (size_t)n, MSG_NOSIGNAL) == n);
	while (len < REPLY_MAX - 1 && (got = recv(fd, reply + len, REPLY_MAX - 1 - len, 0)) > 0) len += (size_t)got;
	reply[len] = '\0';
	(void)close(fd);
	return strncmp(reply, "HTTP/1.1 ", 9) == 0 ? (int)strtol(reply + 9, NULL, 10) : 0;
}

/* The answer without its Date, for comparing. */
static void drop_date(char *reply)
{
	char *date = strstr(reply, "\r\nDate: "), *end = date != NULL ? strstr(date + 2, "\r\n") : NULL;

	if (end != NULL) memmove(date, end, strlen(end) + 1);
}

/* ---- the status page ----------------------------------------------------------------------------------------------------------------------- */

#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
static const struct { const char *row, *method, *target, *headers, *body; int status; const char *part; } statuses[] = {
	{ "asks for a code",    "GET",  "/status", NULL, "", 200, "name=\"code\"" },
	{ "by path",            "GET",  "/s/" CODE, NULL, "", 200, "In progress" },
	{ "grouped, small",     "GET",  "/s/7q4m-2xk9-abcd-efgh", NULL, "", 200, "In progress" },
	{ "Chinese",            "GET",  "/s/" CODE "?lang=zh", NULL, "", 200, "\xe5\xa4\x84\xe7\x90\x86\xe4\xb8\xad" },
	{ "Chinese browser",    "GET",  "/s/" CODE, "Accept-Language: zh-CN\r\n", "", 200, "<html lang=\"zh-Hans\">" },
	{ "by form",            "POST", "/status", FORM, "code=7Q4M-2XK9-ABCD-EFGH&lang=en", 200, "In progress" },
	{ "dates in the zone",  "GET",  "/s/" CODE, NULL, "", 200, "22 November 2026, 10:00 (GMT+8)" },
	{ "the promise",        "GET",  "/s/" CODE, NULL, "", 200, "You will have an answer from us by this time: <strong>23 November 2026, 10:00 (GMT+8)</strong>" },
	{ "the step it is at",  "GET",  "/s/" CODE, NULL, "", 200, "<li class=\"now\" aria-current=\"step\">In progress <span class=\"hint\">(now)</span> <span class=\"when\">2026-11-22 12:00</span>" },
	{ "the steps before",   "GET",  "/s/" CODE, NULL, "", 200, "<li class=\"done\">Received <span class=\"when\">2026-11-22 10:00</span>" },
	{ "the steps to come",  "GET",  "/s/" CODE, NULL, "", 200, "<li>Resolved</li>" },
	{ "the walk",           "GET",  "/s/" CODE, NULL, "", 200, "<li>2026-11-22 10:00 \xe2\x80\x93 18:00: working hours, counts 8 h</li>" },
	{ "a holiday in it",    "GET",  "/s/" CODE, NULL, "", 200, "holiday (<bdi>&lt;National Day&gt;</bdi>), does not count</li>" },
	{ "the walk, Chinese",  "GET",  "/s/" CODE "?lang=zh", NULL, "", 200, "\xe8\xb0\x83\xe4\xbc\x91\xe4\xb8\x8a\xe7\x8f\xad\xe6\x97\xa5\xef\xbc\x8c\xe8\xae\xa1 1 \xe5\xb0\x8f\xe6\x97\xb6 30 \xe5\x88\x86\xe9\x92\x9f" },
	{ "a promise that moved", "GET","/s/0000000000000002?lang=en", NULL, "", 200, "This is a new date; the first one was: 23 November 2026, 10:00" },
	{ "the way back to it", "GET",  "/s/" CODE, NULL, "", 200, "href=\"/s/" CODE "?lang=zh\"" },
	{ "Hong Kong",          "GET",  "/s/" CODE, "Accept-Language: zh-HK, en;q=0.5\r\n", "", 200, "<html lang=\"zh-Hant\">" },
	{ "the walk, Traditional", "GET", "/s/" CODE "?lang=zh-Hant", NULL, "", 200, "補行上班日，計 1 小時 30 分鐘" },
	{ "the third way",      "GET",  "/s/" CODE, NULL, "", 200, "href=\"/s/" CODE "?lang=zh-Hant\" lang=\"zh-Hant\" hreflang=\"zh-Hant\">繁體中文</a>" },
	{ "the customer's language", "GET", "/s/0000000000000002", NULL, "", 200, "<html lang=\"zh-Hant\">" },
	{ "for a browser of neither", "GET", "/s/0000000000000002", "Accept-Language: fr\r\n", "", 200, "<html lang=\"zh-Hant\">" },
	{ "the browser goes before", "GET", "/s/0000000000000002", "Accept-Language: fr, en;q=0.1\r\n", "", 200, "<html lang=\"en\">" },
	{ "look-alikes",        "GET",  "/s/oooo-OOOO-oooo-ooo2?lang=en", NULL, "", 200, "Received" },
	{ "resolved",           "GET",  "/s/0000000000000003", NULL, "", 200, "<li class=\"now\" aria-current=\"step\">Resolved" },
	{ "unknown code",       "GET",  "/s/0000000000000009", NULL, "", 404, "nothing under this code" },
	{ "the number",         "GET",  "/s/202611-001", NULL, "", 404, "nothing under this code" },
	{ "another's ticket",   "GET",  "/s/YYYYYYYYYYYYYYYY", NULL, "", 404, "nothing under this code" },
	{ "nonsense",           "GET",  "/s/%3Cscript%3E", NULL, "", 404, "nothing under this code" },
	{ "no code",            "POST", "/status", FORM, "code=", 404, "nothing under this code" },
	{ "style",              "GET",  "/style.css", NULL, "", 200, "body{}" },
	{ "health",             "GET",  "/healthz", NULL, "", 200, "ok\n" },
};

TEST(the_status_page_opens_by_code_and_shows_no_words)
{
	static char reply[REPLY_MAX];
	struct rig rig;

	rig_start(&rig, false, NULL, false);
	for (size_t i = 0; i < COUNT_OF(statuses); i++) {
		test_row(statuses[i].row);
		CHECK_INT(ask(&rig, statuses[i].method, statuses[i].target, statuses[i].headers, statuses[i].body, reply), statuses[i].status);
		CHECK(strstr(reply, statuses[i].part) != NULL);
		CHECK(strstr(reply, "secret words") == NULL);
		CHECK(strstr(reply, "ann@") == NULL);
		CHECK(strstr(reply, "alert(1)") == NULL);
		CHECK(strstr(reply, "internal note") == NULL);
		CHECK(strstr(reply, "We answer by") == NULL);  /* words in the language of the ticket's mails */
		CHECK(strstr(reply, "202611-001") == NULL);
	}
	rig_stop(&rig);
}

TEST(every_unknown_code_gets_the_same_bytes)
{
	static const char *const codes[] = { "/s/0000000000000009", "/s/ZZZZZZZZZZZZZZZZ", "/s/x", "/s/202611-001", "/s/", "/s/" CODE CODE, "/s/%E4%BD%A0" };
	static char first[REPLY_MAX], reply[REPLY_MAX];
	struct rig rig;

	rig_start(&rig, false, NULL, false);
	CHECK_INT(ask(&rig, "GET", codes[0], NULL, "", first), 404);
	drop_date(first);
	for (size_t i = 1; i < COUNT_OF(codes); i++) {
		test_row(codes[i]);
		CHECK_INT(ask(&rig, "GET", codes[i], NULL, "", reply), 404);
		drop_date(reply);
		CHECK_STR(reply, first);
	}
	rig_stop(&rig);
}

TEST(codes_cannot_be_tried_without_end)
{
	static char reply[REPLY_MAX];
	struct rig rig;
	int refused = 0;

	rig_start(&rig, false, NULL, false);
	for (int i = 0; i < 90; i++) {
		if (ask(&rig, "GET", "/s/0000000000000009", NULL, "", reply) != 429) continue;
		refused++;
		CHECK(strstr(reply, "Retry-After: ") != NULL);
	}
	CHECK(refused >= 90 - 2 * 35 && refused <= 90 - 35);            /* a new minute may begin meanwhile */
	rig_stop(&rig);
}

TEST(a_sick_daemon_says_why)
{
	static char reply[REPLY_MAX];
	struct rig rig;

	rig_start(&rig, false, NULL, false);
	rig.is_sick = true;
	CHECK_INT(ask(&rig, "GET", "/healthz", NULL, "", reply), 503);
	CHECK(strstr(reply, "no space") != NULL);
	rig_stop(&rig);
}

TEST(the_stylesheet_is_fetched_once)
{
	static char reply[REPLY_MAX], headers[200];
	struct rig rig;
	const char *tag;

	rig_start(&rig, false, NULL, false);
	CHECK_INT(ask(&rig, "GET", "/style.css", NULL, "", reply), 200);
	CHECK(strstr(reply, "Cache-Control: public") != NULL && strstr(reply, "no-store") == NULL);
	tag = strstr(reply, "ETag: ");
	CHECK(tag != NULL);
	(void)snprintf(headers, sizeof(headers), "If-None-Match: %.34s\r\n", tag + 6);
	CHECK_INT(ask(&rig, "GET", "/style.css", headers, "", reply), 304);
	rig_stop(&rig);
}

TEST(the_limit_counts_clients_apart)
{
	struct limiter *l = limiter_new(3, 60);

	for (int i = 0; i < 3; i++) CHECK(limiter_allows(l, "192.0.2.1", 60));
	CHECK(!limiter_allows(l, "192.0.2.1", 61));
	CHECK(limiter_allows(l, "192.0.2.2", 61));
	for (int i = 0; i < 3; i++) CHECK(limiter_allows(l, "2001:db8:1:2::1", 61));
	CHECK(!limiter_allows(l, "2001:db8:1:2:9::7", 61));             /* the same /64 */
	CHECK(limiter_allows(l, "192.0.2.1", 120));                     /* the next minute */
	limiter_free(&l);
}

#define LONG40 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
static const struct { const char *row, *method, *target, *headers, *body; int status; const char *part; int confirmed; } verifications[] = {
	{ "the link",            "GET",  "/verify/good", NULL, "", 200, "<button type=\"submit\">Yes", 0 },
	{ "in Chinese",          "GET",  "/verify/good?lang=zh", NULL, "", 200, "<html lang=\"zh-Hans\">", 0 },
	{ "the link, HEAD",      "HEAD", "/verify/good", NULL, "", 200, "", 0 },
	{ "the button",          "POST", "/verify", FORM, "token=good&lang=en", 200, "your address is confirmed", 1 },
	{ "a wrong link",        "GET",  "/verify/bad", NULL, "", 404, "This link does not work", 0 },
	{ "a wrong button",      "POST", "/verify", FORM, "token=bad", 404, "This link does not work", 0 },
	{ "no token",            "POST", "/verify", FORM, "lang=en", 404, "This link does not work", 0 },
	{ "a token too long",    "GET",  "/verify/" LONG40 LONG40 LONG40 LONG40 LONG40, NULL, "", 404, "This link does not work", 0 },
	{ "a token with marks",  "GET",  "/verify/%3Cb%3E", NULL, "", 404, "This link does not work", 0 },
	{ "a busy store",        "POST", "/verify", FORM, "token=busy", 503, "<h1>Not available at the moment</h1>", 0 },
	{ "a busy store, told in Traditional", "POST", "/verify", FORM "Accept-Language: zh-TW\r\n", "token=busy", 503, "請一分鐘後再試", 0 },
};

TEST(a_verification_link_asks_and_only_its_button_answers)
{
	static char reply[REPLY_MAX];

	for (size_t i = 0; i < COUNT_OF(verifications); i++) {
		struct rig rig;

		test_row(verifications[i].row);
		rig_start(&rig, false, NULL, false);
		CHECK_INT(ask(&rig, verifications[i].method, verifications[i].target, verifications[i].headers, verifications[i].body, reply), verifications[i].status);
		CHECK(strstr(reply, verifications[i].part) != NULL);
		CHECK_INT(rig.confirmed, verifications[i].confirmed);
		rig_stop(&rig);
	}
}

/* ---- the admin pages -------------------------------------------------------------------------------------------------------------------------- */

#define BEARER "Authorization: Bearer s3cret\r\n"
static const struct { const char *row, *method, *target, *headers, *body; int status; const char *part; } admins[] = {
	{ "list",                  "GET", "/", BEARER, "", 200, "<a href=\"/ticket/202611-003\">" },
	{ "filtered list",         "GET", "/?state=in_progress", BEARER, "", 200, "202611-001" },
	{ "dates in the list",     "GET", "/", BEARER, "", 200, "<td>2026-11-22 10:00</td>" },
	{ "unknown state",         "GET", "/?state=nonsense", BEARER, "", 400, "Nothing is listed. state: there is no &quot;nonsense&quot;; there are received, forwarded" },
	{ "unknown state, JSON",   "GET", "/api/v1/tickets?state=nonsense", BEARER, "", 400, "state: there is no \\\"nonsense\\\"; there are received, forwarded" },
	{ "unknown category",      "GET", "/api/v1/tickets?category=biling", BEARER, "", 400, "there are billing, garden" },
	{ "hostile channel",       "GET", "/?channel=%3Cscript%3E", BEARER, "", 400, "&lt;script&gt;&quot;; there are web" },
	{ "own category to choose", "GET", "/?category=garden", BEARER, "", 200, "<option selected>garden</option>" },
	{ "limit that is none",    "GET", "/api/v1/tickets?limit=many", BEARER, "", 400, "limit: expected a number" },
	{ "filter is escaped",     "GET", "/?q=%22%3E%3Cscript%3E", BEARER, "", 200, "value=\"&quot;&gt;&lt;script&gt;\"" },
	{ "ticket",                "GET", "/ticket/202611-001", BEARER, "", 200, "secret words&lt;img src=x&gt;<br>" },
	{ "ticket by code",        "GET", "/ticket/" CODE, BEARER, "", 200, "&lt;/bdi&gt;&lt;script&gt;" },
	{ "attachment name",       "GET", "/ticket/202611-001", BEARER, "", 200, "&lt;a&gt;.pdf" },
	{ "unknown ticket",        "GET", "/ticket/202611-999", BEARER, "", 404, "no such ticket" },
	{ "list as JSON",          "GET", "/api/v1/tickets?limit=2", BEARER, "", 200, "\"next\":\"202611-002\"" },
	{ "next page",             "GET", "/api/v1/tickets?limit=2&before=202611-002", BEARER, "", 200, "{\"next\":null,\"tickets\":[{" },
	{ "ticket as JSON",        "GET", "/api/v1/tickets/202611-002", BEARER, "", 200, "\"subject\":\"second\"" },
	{ "unknown as JSON",       "GET", "/api/v1/tickets/9", BEARER, "", 404, "{\"error\":\"not found\"}" },
	{ "ledger",                "GET", "/api/v1/ledger", BEARER, "", 200, "{\"ledger\":[{\"channel\":\"web\"" },
	{ "metrics",               "GET", "/metrics", BEARER, "", 200, "intaked_offered_total{channel=\"a\\\"b\\\\c\\n\",reason=\"x\"} 3\nintaked_offered_total 4.5\n# HELP intaked_queue" },
	{ "page without token",    "GET", "/", "", "", 303, "Location: /login" },
	{ "JSON without token",    "GET", "/api/v1/tickets", "", "", 401, "WWW-Authenticate: Bearer" },
	{ "metrics without token", "GET", "/metrics", "", "", 401, "token" },
	{ "wrong token",           "GET", "/api/v1/tickets", "Authorization: Bearer s3cres\r\n", "", 401, "token" },
	{ "token cut",             "GET", "/api/v1/tickets", "Authorization: Bearer s3cre\r\n", "", 401, "token" },
	{ "empty token",           "GET", "/api/v1/tickets", "Authorization: Bearer \r\n", "", 401, "token" },
	{ "forged session",        "GET", "/api/v1/tickets", "Cookie: intaked_admin=00000000ffffffff-0000000000000000000000000000000000000000000000000000000000000000\r\n", "", 401, "token" },
	{ "rebound name",          "GET", "/", "Host: evil.example\r\n" BEARER, "", 403, "unknown host" },
	{ "rebound prefix",        "GET", "/", "Host: localhost.evil.example\r\n" BEARER, "", 403, "unknown host" },
	{ "with a port",           "GET", "/", "Host: 127.0.0.1:8081\r\n" BEARER, "", 200, "Tickets" },
	{ "IPv6",                  "GET", "/", "Host: [::1]:8081\r\n" BEARER, "", 200, "Tickets" },
	{ "bad port",              "GET", "/", "Host: localhost:80x\r\n" BEARER, "", 403, "unknown host" },
	{ "wrong login",           "POST", "/login", FORM, "token=nope", 403, "not the token" },
	{ "login from elsewhere",  "POST", "/login", FORM "Origin: https://evil.example\r\n", "token=s3cret", 403, "foreign" },
	{ "cross-site login",      "POST", "/login", FORM "Sec-Fetch-Site: cross-site\r\n", "token=s3cret", 403, "foreign" },
	{ "login as browsers do",  "POST", "/login", FORM "Origin: null\r\nSec-Fetch-Site: same-origin\r\n", "token=s3cret", 303, "HttpOnly; SameSite=Strict" },
	{ "hidden and foreign",    "POST", "/login", FORM "Origin: null\r\nSec-Fetch-Site: cross-site\r\n", "token=s3cret", 403, "foreign" },
	{ "hidden, who knows",     "POST", "/login", FORM "Origin: null\r\n", "token=s3cret", 403, "foreign" },
	{ "login from here",       "POST", "/login", FORM "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n", "token=s3cret", 303, "HttpOnly; SameSite=Strict" },
	{ "login form",            "GET", "/login", "", "", 200, "type=\"password\"" },
};

TEST(only_who_has_the_token_sees_tickets_and_only_as_text)
{
	static char reply[REPLY_MAX];
	struct rig rig;

	rig_start(&rig, true, "s3cret", false);
	for (size_t i = 0; i < COUNT_OF(admins); i++) {
		test_row(admins[i].row);
		CHECK_INT(ask(&rig, admins[i].method, admins[i].target, admins[i].headers, admins[i].body, reply), admins[i].status);
		CHECK(strstr(reply, admins[i].part) != NULL);
		if (strstr(reply, "text/html") != NULL) CHECK(strstr(reply, "<script") == NULL && strstr(reply, "<img") == NULL && strstr(reply, "<i>") == NULL);
	}
	rig_stop(&rig);
}

TEST(a_session_opens_the_pages_until_the_token_changes)
{
	static char reply[REPLY_MAX], headers[300];
	struct rig rig;
	const char *cookie;

	rig_start(&rig, true, "s3cret", false);
	CHECK_INT(ask(&rig, "POST", "/login", FORM, "token=s3cret", reply), 303);
	cookie = strstr(reply, "intaked_admin=");
	CHECK(cookie != NULL);
	(void)snprintf(headers, sizeof(headers), "Cookie: other=1; %.*s\r\n", (int)strcspn(cookie, ";"), cookie);
	CHECK_INT(ask(&rig, "GET", "/", headers, "", reply), 200);
	rig_stop(&rig);
	rig_start(&rig, true, "another", false);
	CHECK_INT(ask(&rig, "GET", "/", headers, "", reply), 303);
	rig_stop(&rig);
}

/* A session as the daemon makes it, from any moment. */
static void session_of(int64_t at, const char *token, char *header_r, size_t size)
{
	const struct bytes words[] = { { "admin session", 13 }, { token, strlen(token) } };
	unsigned char key[SHA256_SIZE], mac[SHA256_SIZE];
	char head[17], hex[SHA256_HEX_SIZE];
	const struct bytes piece = { head, 16 };

	(void)snprintf(head, sizeof(head), "%016llx", (unsigned long long)at);
	mac_once(store_secret(NULL), 32, words, 2, key);
	mac_once(key, sizeof(key), &piece, 1, mac);
	(void)snprintf(header_r, size, "Cookie: intaked_admin=%s-%s\r\n", head, hex_encode(mac, sizeof(mac), hex));
}

static const struct { const char *row; int64_t age_s; int status; } ages[] = {
	{ "fresh", 0, 200 }, { "eleven hours", 39600, 200 }, { "thirteen hours", 46800, 303 }, { "from the future", -600, 303 },
};

TEST(a_session_ends_after_twelve_hours)
{
	static char reply[REPLY_MAX], headers[300];
	struct rig rig;

	rig_start(&rig, true, "s3cret", false);
	for (size_t i = 0; i < COUNT_OF(ages); i++) {
		test_row(ages[i].row);
		session_of(clock_wall() - ages[i].age_s, "s3cret", headers, sizeof(headers));
		CHECK_INT(ask(&rig, "GET", "/", headers, "", reply), ages[i].status);
	}
	rig_stop(&rig);
}

TEST(without_a_configured_token_nobody_enters)
{
	static char reply[REPLY_MAX];
	struct rig rig;

	rig_start(&rig, true, NULL, false);
	CHECK_INT(ask(&rig, "GET", "/", "", "", reply), 403);
	CHECK_INT(ask(&rig, "GET", "/", "Authorization: Bearer \r\n", "", reply), 403);
	CHECK_INT(ask(&rig, "POST", "/login", FORM, "token=", reply), 403);
	rig_stop(&rig);
	rig_start(&rig, true, NULL, true);
	CHECK_INT(ask(&rig, "GET", "/", "", "", reply), 200);
	CHECK_INT(ask(&rig, "GET", "/", "Host: evil.example\r\n", "", reply), 403);
	rig_stop(&rig);
}

/* ---- channels ---------------------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *row, *method, *target, *headers, *body; bool quarantine, busy, full; int status; const char *part; } pushes[] = {
	{ "taken",                  "POST", "/in/shop", NULL, "1", false, false, false, 202, "{\"number\":\"202611-009\",\"code\":\"AAAA-BBBB-CCCC-DDDD\"}" },
	{ "two messages",           "POST", "/in/shop", NULL, "22", false, false, false, 202, "202611-009" },
	{ "the second finds no room", "POST", "/in/shop", NULL, "22", false, true, false, 503, "Retry-After: 5" },
	{ "quarantined",            "POST", "/in/shop", NULL, "1", true, false, false, 202, "202611-009" },
	{ "unreadable",             "POST", "/in/shop", NULL, "bad!", false, false, false, 400, "could not be read" },
	{ "plugin refuses method",  "GET",  "/in/shop/rest", NULL, "", false, false, false, 405, "Allow: POST" },
	{ "rest of the path",       "GET",  "/in/shop/rest", NULL, "", false, false, false, 405, "\r\n\r\n/rest" },
	{ "no such instance",       "POST", "/in/none", NULL, "1", false, false, false, 404, "not found" },
	{ "no instance",            "POST", "/in/", NULL, "1", false, false, false, 404, "not found" },
	{ "a form is not at in",    "POST", "/in/contact", NULL, "1", false, false, false, 404, "not found" },
	{ "not open yet",           "POST", "/in/late", NULL, "1", false, false, false, 503, "Retry-After: 5" },
	{ "form not open yet",      "GET",  "/form/late-form", NULL, "", false, false, false, 503, "Retry-After: 5" },
	{ "form not open yet, told to people", "GET", "/form/late-form", NULL, "", false, false, false, 503, "\xe8\xaf\xb7\xe7\xa8\x8d\xe5\x90\x8e" },
	{ "store is full",          "POST", "/in/shop", NULL, "1", false, false, true, 503, "Retry-After: 5" },
	{ "form",                   "POST", "/form/contact", FORM, "a=1", false, false, false, 200, "rc=0 1 202611-009 promised" },
	{ "form in quarantine",     "POST", "/form/contact", FORM, "a=1", true, false, false, 200, "rc=0 1 202611-009 promised" },
	{ "form at the root",       "GET",  "/", NULL, "", false, false, false, 405, "Allow: POST" },
	{ "form, store is full: the form tells it", "POST", "/form/contact", FORM, "a=1", false, false, true, 200, "rc=0 1 202611-009 promised" },
};

TEST(messages_are_answered_after_the_commit)
{
	static char reply[REPLY_MAX];
	struct rig rig;

	rig_start(&rig, false, NULL, false);
	for (size_t i = 0; i < COUNT_OF(pushes); i++) {
		test_row(pushes[i].row);
		rig.probe = (struct probe){ .quarantine = pushes[i].quarantine, .busy = pushes[i].busy, .has_room = !pushes[i].full };
		CHECK_INT(ask(&rig, pushes[i].method, pushes[i].target, pushes[i].headers, pushes[i].body, reply), pushes[i].status);
		CHECK(strstr(reply, pushes[i].part) != NULL);
		if (pushes[i].full && pushes[i].status == 503) CHECK_INT(rig.probe.offered, 0);
	}
	rig_stop(&rig);
}

TEST(what_was_set_aside_without_a_ticket_is_no_success)
{
	static char reply[REPLY_MAX];
	struct rig rig;

	rig_start(&rig, false, NULL, false);
	rig.probe = (struct probe){ .quarantine = true, .no_receipt = true, .has_room = true };
	CHECK_INT(ask(&rig, "POST", "/in/shop", NULL, "1", reply), 400);
	CHECK_INT(ask(&rig, "POST", "/form/contact", FORM, "a=1", reply), 503);
	CHECK(strstr(reply, "rc=2 1 - -") != NULL);
	rig_stop(&rig);
}

TEST(an_instance_that_opens_late_is_served_from_then_on)
{
	static char reply[REPLY_MAX];
	struct rig rig;

	rig_start(&rig, false, NULL, false);
	CHECK_INT(ask(&rig, "POST", "/in/late", NULL, "1", reply), 503);
	channel_http_open(rig.channels, "late", &rig.probe);
	CHECK_INT(ask(&rig, "POST", "/in/late", NULL, "1", reply), 202);
	channel_http_open(rig.channels, "none", &rig.probe);
	rig_stop(&rig);
}

TEST(whoever_comes_while_instances_leave_is_to_come_again)
{
	static char reply[REPLY_MAX];
	struct rig rig;

	rig_start(&rig, false, NULL, false);
	channel_http_remove(rig.channels, "shop");
	CHECK_INT(ask(&rig, "POST", "/in/shop", NULL, "1", reply), 503);
	channel_http_remove(rig.channels, "shop");
	rig_stop(&rig);
}
