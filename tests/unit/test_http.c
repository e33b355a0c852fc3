/* test_http.c - the listener, spoken to over raw sockets: what is refused, what is answered when, what is cut. */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/clock.h"
#include "net/http_address.h"
#include "net/http_check.h"
#include "net/http_exchange.h"
#include "net/http_server.h"

#define REPLY_MAX 65536
#define LATER_MAX 64

/* ---- a server with handlers that show what they got ----------------------------------------------------------------------- */

struct later { struct http_exchange *exchange; };
struct narrow;
struct rig {
	struct http_server *server;
	int fd, port, admit;
	_Atomic int refused, waiting;
	char refused_path[128];
	int refused_status;
	pthread_mutex_t lock;
	struct later later[LATER_MAX];
	size_t later_count;
	struct narrow *narrow;
};

static void answer_text(struct http_exchange *x, int status, const char *text)
{
	http_answer(x, &(struct http_response){ .status = status, .content_type = "text/plain; charset=utf-8", .body = text, .body_len = strlen(text) });
}

static void on_echo(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	const char *q = request->query(request, "q"), *h = request->header(request, "x-test");
	char text[1024];

	(void)arg;
	(void)snprintf(text, sizeof(text), "%s %s peer=%s q=%s h=%s body=%zu:%.40s", request->method, http_path(x), request->peer, q != NULL ? q : "-",
	               h != NULL ? h : "-", request->body_len, request->body != NULL ? (const char *)request->body : "");
	answer_text(x, 200, text);
}

static void on_form(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	char text[2048] = "";
	size_t len = 0;

	(void)arg;
	for (size_t i = 0; i < request->field_count && len < sizeof(text) - 200; i++) {
		const struct ik_field *f = &request->fields[i];
		char data[64] = "";

		if (f->fd >= 0) data[pread(f->fd, data, sizeof(data) - 1, 0)] = '\0';
		len += (size_t)snprintf(text + len, sizeof(text) - len, "[%s|%s|%s|%lld|%.40s]", f->name, f->value, f->filename != NULL ? f->filename : "-",
		                        (long long)f->size, data);
	}
	answer_text(x, 200, text);
}

/* Answered by another thread as soon as it can: before, while or after the connection is put to sleep. */
static void *answer_now(void *arg)
{
	answer_text(arg, 202, "later");
	return NULL;
}

static void on_race(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	pthread_t thread;

	(void)arg; (void)request;
	if (pthread_create(&thread, NULL, answer_now, x) != 0) abort();
	pthread_detach(thread);
}

/* Hands the exchange to a thread that answers in the very moment in which the connection is put to sleep. */
struct narrow { struct http_exchange *_Atomic exchange; _Atomic bool is_ending; struct rig *rig; };

static void then_just_so(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	(void)arg; (void)request;
	answer_text(x, 202, "just so");
}

static void *narrow_main(void *arg)
{
	struct narrow *narrow = arg;
	int turn = 0;

	while (!narrow->is_ending) {
		struct http_exchange *x = atomic_exchange(&narrow->exchange, NULL);

		if (x == NULL) continue;
		while (atomic_load(&narrow->rig->server->kept) == 0) continue;
		for (int spin = turn++ % 64; spin > 0; spin--) (void)atomic_load(&narrow->rig->server->kept);
		http_continue(x, then_just_so, NULL);
	}
	return NULL;
}

static void on_narrow(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct rig *rig = arg;

	(void)request;
	atomic_store(&rig->narrow->exchange, x);
}

static void on_hold(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct rig *rig = arg;

	(void)request;
	pthread_mutex_lock(&rig->lock);
	rig->later[rig->later_count++].exchange = x;
	pthread_mutex_unlock(&rig->lock);
	rig->waiting++;
}

static void then_answer(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	(void)arg;
	answer_text(x, 201, request->query(request, "q"));
}

static void on_then(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	(void)request;
	http_continue(x, then_answer, arg);
}

static int on_admit(void *arg)
{
	return ((struct rig *)arg)->admit;
}

static int spool(void *arg, struct ik_error *err)
{
	(void)arg; (void)err;
	return memfd_create("upload", MFD_CLOEXEC);
}

static void on_refused(void *arg, const char *path, int status, const char *reason)
{
	struct rig *rig = arg;

	(void)reason;
	(void)snprintf(rig->refused_path, sizeof(rig->refused_path), "%s", path);
	rig->refused_status = status;
	rig->refused++;
}

static struct http_conf conf(void)
{
	return (struct http_conf){ .max_body = 100000, .threads = 2, .connections = 64, .connections_per_ip = 40,
	                           .header_timeout = 60, .body_timeout = 60, .write_timeout = 60, .idle_timeout = 60 };
}

/* For tests of the deadlines themselves; in all others a machine that is busy for a second must not cut anybody. */
static struct http_conf hasty_conf(void)
{
	struct http_conf c = conf();

	c.header_timeout = c.write_timeout = c.idle_timeout = 1;
	c.body_timeout = 2;
	return c;
}

static void rig_start(struct rig *rig, const struct http_conf *c)
{
	static struct http_route routes[10];
	struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(here);
	struct ik_error err = { .text = "" };
	struct http_setup setup = { .conf = c, .name = "test", .fds = &rig->fd, .fd_count = 1, .routes = routes, .route_count = COUNT_OF(routes),
	                            .spool = spool, .refused = on_refused, .refused_arg = rig };

	*rig = (struct rig){ .lock = PTHREAD_MUTEX_INITIALIZER };
	routes[0] = (struct http_route){ "GET", "/echo", false, 0, on_echo, rig, NULL, false, false };
	routes[1] = (struct http_route){ "POST", "/echo", false, 1000, on_echo, rig, NULL, false, false };
	routes[2] = (struct http_route){ "POST", "/form/", true, 0, on_form, rig, NULL, false, false };
	routes[3] = (struct http_route){ "GET", "/race", false, 0, on_race, rig, NULL, false, false };
	routes[4] = (struct http_route){ "GET", "/hold", false, 0, on_hold, rig, NULL, false, false };
	routes[5] = (struct http_route){ "GET", "/then", false, 0, on_then, rig, NULL, false, false };
	routes[6] = (struct http_route){ "POST", "/full", false, 0, on_echo, rig, on_admit, false, false };
	routes[7] = (struct http_route){ "POST", "/s/", false, 10, on_echo, rig, NULL, false, true };
	routes[8] = (struct http_route){ "GET", "/", false, 0, on_echo, rig, NULL, false, false };
	routes[9] = (struct http_route){ "GET", "/narrow", false, 0, on_narrow, rig, NULL, false, false };
	rig->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	CHECK(bind(rig->fd, (struct sockaddr *)&here, sizeof(here)) == 0 && listen(rig->fd, 128) == 0);
	CHECK(getsockname(rig->fd, (struct sockaddr *)&here, &len) == 0);
	rig->port = ntohs(here.sin_port);
	CHECK_INT(http_server_new(&setup, &rig->server, &err), IK_OK);
}

static void rig_stop(struct rig *rig)
{
	http_server_free(&rig->server);
}

/* ---- a client that says exactly what it is told ----------------------------------------------------------------------------- */

static int dial(const struct rig *rig)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)rig->port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
	return fd;
}

static void say(int fd, const char *data, size_t len)
{
	while (len > 0) {
		const ssize_t put = send(fd, data, len, MSG_NOSIGNAL);

		if (put <= 0) return;
		data += put;
		len -= (size_t)put;
	}
}

static void say_text(int fd, const char *text)
{
	say(fd, text, strlen(text));
}

/* All that comes until the peer closes or timeout_ms is over; returns the length, *closed_r whether it closed. */
static size_t hear(int fd, char *reply, int timeout_ms, bool *closed_r)
{
	const int64_t until = clock_mono_ms() + timeout_ms;
	size_t len = 0;

	*closed_r = false;
	while (len < REPLY_MAX - 1) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		const int64_t left = until - clock_mono_ms();
		ssize_t got;

		if (left <= 0 || poll(&p, 1, (int)left) <= 0) break;
		got = recv(fd, reply + len, REPLY_MAX - 1 - len, 0);
		if (got <= 0) {
			*closed_r = true;
			break;
		}
		len += (size_t)got;
	}
	reply[len] = '\0';
	return len;
}

static int status_of(const char *reply)
{
	return strncmp(reply, "HTTP/1.1 ", 9) == 0 ? (int)strtol(reply + 9, NULL, 10) : 0;
}

static int ask_bytes(const struct rig *rig, const char *request, size_t len, char *reply, bool *closed_r)
{
	int fd = dial(rig);

	say(fd, request, len);
	(void)hear(fd, reply, PATIENCE_MS, closed_r);
	(void)close(fd);
	return status_of(reply);
}

static int ask(const struct rig *rig, const char *request, char *reply)
{
	bool closed;

	return ask_bytes(rig, request, strlen(request), reply, &closed);
}

static const char *body_of(const char *reply)
{
	const char *at = strstr(reply, "\r\n\r\n");

	return at != NULL ? at + 4 : "";
}

/* ---- the strict check ----------------------------------------------------------------------------------------------------------- */

#define H "Host: a\r\n"
#define END "Connection: close\r\n\r\n"
#define B(text) text, sizeof(text) - 1
static const struct { const char *row, *request; size_t len; int status; } strict[] = {
	{ "plain GET",                 "GET /echo HTTP/1.1\r\n" H END, 0, 200 },
	{ "HTTP/1.0 with Host",        "GET /echo HTTP/1.0\r\n" H END, 0, 200 },
	{ "no Host",                   "GET /echo HTTP/1.1\r\n" END, 0, 400 },
	{ "no Host in 1.0",            "GET /echo HTTP/1.0\r\n" END, 0, 400 },
	{ "two Hosts",                 "GET /echo HTTP/1.1\r\n" H "Host: b\r\n" END, 0, 400 },
	{ "empty Host",                "GET /echo HTTP/1.1\r\nHost:\r\n" END, 0, 400 },
	{ "two equal lengths",         "POST /echo HTTP/1.1\r\n" H "Content-Length: 2\r\nContent-Length: 2\r\n" END "ab", 0, 400 },
	{ "two different lengths",     "POST /echo HTTP/1.1\r\n" H "Content-Length: 2\r\nContent-Length: 3\r\n" END "abc", 0, 400 },
	{ "length list",               "POST /echo HTTP/1.1\r\n" H "Content-Length: 2, 2\r\n" END "ab", 0, 400 },
	{ "length with sign",          "POST /echo HTTP/1.1\r\n" H "Content-Length: +2\r\n" END "ab", 0, 400 },
	{ "length negative",           "POST /echo HTTP/1.1\r\n" H "Content-Length: -2\r\n" END "ab", 0, 400 },
	{ "length in hex",             "POST /echo HTTP/1.1\r\n" H "Content-Length: 0x2\r\n" END "ab", 0, 400 },
	{ "length and chunked",        "POST /echo HTTP/1.1\r\n" H "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" END "0\r\n\r\n", 0, 400 },
	{ "chunked and length",        "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n" END "0\r\n\r\n", 0, 400 },
	{ "chunked twice",             "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" END "0\r\n\r\n", 0, 400 },
	{ "gzip, chunked",             "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n" END "0\r\n\r\n", 0, 400 },
	{ "identity coding",           "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: identity\r\n" END, 0, 400 },
	{ "chunked in 1.0",            "POST /echo HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n" END "0\r\n\r\n", 0, 400 },
	{ "xchunked",                  "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: xchunked\r\n" END "0\r\n\r\n", 0, 400 },
	{ "space before the colon",    "GET /echo HTTP/1.1\r\n" H "X-Test : 1\r\n" END, 0, 400 },
	{ "space before TE colon",     "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n" END "0\r\n\r\n", 0, 400 },
	{ "bad byte in a name",        "GET /echo HTTP/1.1\r\n" H "X(Test: 1\r\n" END, 0, 400 },
	{ "empty name ends no head",   "GET /echo HTTP/1.1\r\n" H ": 1\r\n" END, 0, 400 },
	{ "empty name hides a length", "POST /echo HTTP/1.1\r\n" H ": x\r\nContent-Length: 2\r\n" END "ab", 0, 400 },
	{ "bare LF after the target",  "GET /echo HTTP/1.1\n" H END, 0, 400 },
	{ "bare LF after a field",     "GET /echo HTTP/1.1\r\nHost: a\nX-Test: b\r\n" END, 0, 400 },
	{ "bare LF after a space",     "GET /echo HTTP/1.1\r\nHost: a \nX-Test: b\r\n" END, 0, 400 },
	{ "bare LF at the end",        "GET /echo HTTP/1.1\r\n" H "Connection: close\r\n\n", 0, 400 },
	{ "only bare LF",              "GET /echo HTTP/1.1\nHost: a\nConnection: close\n\n", 0, 400 },
	{ "folded field",              "GET /echo HTTP/1.1\r\n" H "X-Test: b\r\n c\r\n" END, 0, 400 },
	{ "folded length",             "POST /echo HTTP/1.1\r\n" H "Content-Length:\r\n 2\r\n" END "ab", 0, 400 },
	{ "folded empty line",         "POST /echo HTTP/1.1\r\n" H "Content-Length: 2\r\n \r\n" END "ab", 0, 400 },
	{ "folded with tab",           "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding:\r\n\tchunked\r\n" END "0\r\n\r\n", 0, 400 },
	{ "fold behind the target",    "GET /echo HTTP/1.1\r\n " H H END, 0, 400 },
	{ "NUL in a value",            B("GET /echo HTTP/1.1\r\n" H "X-Test: b\0c\r\n" END), 400 },
	{ "NUL behind a length",       B("POST /echo HTTP/1.1\r\n" H "Content-Length: 2\0 5\r\n" END "ab"), 400 },
	{ "NUL at the end of a value", B("GET /echo HTTP/1.1\r\n" H "X-Test: b\0\r\n" END), 400 },
	{ "NUL in a name",             B("POST /echo HTTP/1.1\r\n" H "X\0Transfer-Encoding: chunked\r\nContent-Length: 5\r\n" END "0\r\n\r\n"), 400 },
	{ "two spaces before target",  "GET  /echo HTTP/1.1\r\n" H END, 0, 400 },
	{ "empty value is fine",       "GET /echo HTTP/1.1\r\n" H "X-Test:\r\nX-Test: \r\n" END, 0, 200 },
	{ "space around a value",      "GET /echo HTTP/1.1\r\n" H "X-Test:\t b \t\r\n" END, 0, 200 },
	{ "a field without a space",   "GET /echo HTTP/1.1\r\nHost:a\r\n" END, 0, 200 },
	{ "query and escapes",         "GET /%65cho?a=%20b&c&d=1+2 HTTP/1.1\r\n" H END, 0, 200 },
	{ "no colon",                  "GET /echo HTTP/1.1\r\n" H "nonsense\r\n" END, 0, 400 },
	{ "control byte in a value",   "GET /echo HTTP/1.1\r\n" H "X-Test: a\x01" "b\r\n" END, 0, 400 },
	{ "bare CR in a value",        "GET /echo HTTP/1.1\r\n" H "X-Test: a\rb\r\n" END, 0, 400 },
	{ "DEL in a value",            "GET /echo HTTP/1.1\r\n" H "X-Test: a\x7f\r\n" END, 0, 400 },
	{ "unknown method",            "BREW /echo HTTP/1.1\r\n" H END, 0, 400 },
	{ "TRACE",                     "TRACE /echo HTTP/1.1\r\n" H END, 0, 400 },
	{ "CONNECT",                   "CONNECT a:80 HTTP/1.1\r\n" H END, 0, 400 },
	{ "absolute target",           "GET http://a/echo HTTP/1.1\r\n" H END, 0, 400 },
	{ "target *",                  "OPTIONS * HTTP/1.1\r\n" H END, 0, 400 },
	{ "NUL in the target",         "GET /echo%00 HTTP/1.1\r\n" H END, 0, 400 },
	{ "broken escape",             "GET /echo%2 HTTP/1.1\r\n" H END, 0, 400 },
	{ "broken UTF-8",              "GET /echo%ff HTTP/1.1\r\n" H END, 0, 400 },
	{ "raw 8-bit target",          "GET /echo\xc3\xa4 HTTP/1.1\r\n" H END, 0, 400 },
	{ "escaped line break",        "GET /echo%0a HTTP/1.1\r\n" H END, 0, 400 },
	{ "compressed body",           "POST /echo HTTP/1.1\r\n" H "Content-Encoding: gzip\r\nContent-Length: 2\r\n" END "ab", 0, 415 },
	{ "identity body",             "POST /echo HTTP/1.1\r\n" H "Content-Encoding: identity\r\nContent-Length: 2\r\n" END "ab", 0, 200 },
	{ "body with GET",             "GET /echo HTTP/1.1\r\n" H "Content-Length: 2\r\n" END "ab", 0, 413 },
	{ "declared too large",        "POST /echo HTTP/1.1\r\n" H "Content-Length: 1001\r\n" END, 0, 413 },
	{ "declared absurdly large",   "POST /echo HTTP/1.1\r\n" H "Content-Length: 10000000000\r\n" END, 0, 413 },
	{ "length beyond 63 bits",     "POST /echo HTTP/1.1\r\n" H "Content-Length: 99999999999999999999\r\n" END, 0, 413 },
	{ "bad chunk",                 "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n" END "zz\r\n", 0, 400 },
};

TEST(ambiguous_requests_are_refused_and_the_connection_ends)
{
	static char reply[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;

	rig_start(&rig, &c);
	for (size_t i = 0; i < COUNT_OF(strict); i++) {
		bool closed = false;

		test_row(strict[i].row);
		CHECK_INT(ask_bytes(&rig, strict[i].request, strict[i].len > 0 ? strict[i].len : strlen(strict[i].request), reply, &closed), strict[i].status);
		CHECK(closed);
	}
	rig_stop(&rig);
}

/* Heads that fill the buffer, come in pieces, or follow one another at once are still seen as they are. */
TEST(proper_heads_are_taken_whatever_their_size_and_pieces)
{
	static char reply[REPLY_MAX], request[REPLY_MAX];
	static const size_t sizes[] = { 10, 1000, 4000, 8000, 9500 }, pieces[] = { 1, 7, 1000, 100000 };
	struct http_conf c = conf();
	struct rig rig;
	bool closed;

	rig_start(&rig, &c);
	for (size_t i = 0; i < COUNT_OF(sizes); i++)
		for (size_t j = sizes[i] > 1000 ? 1 : 0; j < COUNT_OF(pieces); j++) {
			const int len = snprintf(request, sizeof(request), "POST /echo?q=%%41&r HTTP/1.1\r\n" H "X-Pad: %0*d\r\nX-Test: t\r\nContent-Length: 2\r\n" END "ab", (int)sizes[i], 0);
			int fd = dial(&rig);

			for (size_t at = 0; at < (size_t)len; at += pieces[j]) say(fd, request + at, (size_t)len - at < pieces[j] ? (size_t)len - at : pieces[j]);
			(void)hear(fd, reply, PATIENCE_MS, &closed);
			CHECK(strstr(reply, "q=A h=t body=2:ab") != NULL);
			(void)close(fd);
		}
	rig_stop(&rig);
}

TEST(requests_in_a_row_are_answered_in_a_row)
{
	static char reply[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;

	rig_start(&rig, &c);
	CHECK_INT(ask(&rig, "POST /echo?q=1 HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\naGET /race HTTP/1.1\r\n" H "\r\n"
	                    "POST /echo?q=4 HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n" END "1\r\nd\r\n0\r\n\r\n", reply), 200);
	CHECK(strstr(reply, "q=1 h=- body=1:a") != NULL);
	CHECK(strstr(reply, "later") != NULL);
	CHECK(strstr(reply, "q=4 h=- body=1:d") != NULL);
	rig_stop(&rig);
}

/* ---- routes, headers, methods ------------------------------------------------------------------------------------------------------ */

static const struct { const char *row, *request; int status; const char *part; } routed[] = {
	{ "root is exact",       "GET / HTTP/1.1\r\n" H END, 200, "GET / peer=127.0.0.1" },
	{ "decoded path, query", "GET /echo?q=%E4%BD%A0+b&x HTTP/1.1\r\n" H "X-Test: v\r\n" END, 200, "q=\xe4\xbd\xa0 b h=v" },
	{ "broken query",        "GET /echo?q=%ff HTTP/1.1\r\n" H END, 200, "q=-" },
	{ "HEAD has no body",    "HEAD /echo HTTP/1.1\r\n" H END, 200, "Content-Length: " },
	{ "unknown path",        "GET /none HTTP/1.1\r\n" H END, 404, "not found" },
	{ "below an exact path", "GET /echo/x HTTP/1.1\r\n" H END, 404, "not found" },
	{ "wrong method",        "PUT /echo HTTP/1.1\r\n" H END, 405, "Allow: GET, HEAD, POST" },
	{ "only POST",           "GET /form/a HTTP/1.1\r\n" H END, 405, "Allow: POST\r\n" },
	{ "POST to a page",      "POST /hold HTTP/1.1\r\n" H "Content-Length: 0\r\n" END, 405, "Allow: GET, HEAD\r\n" },
	{ "body",                "POST /echo HTTP/1.1\r\n" H "Content-Length: 3\r\n" END "abc", 200, "body=3:abc" },
	{ "chunked body",        "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: Chunked\r\n" END "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 200, "body=5:abcde" },
	{ "forwarded, untrusted","GET /echo HTTP/1.1\r\n" H "X-Forwarded-For: 203.0.113.9\r\n" END, 200, "peer=127.0.0.1 " },
	{ "then",                "GET /then?q=hi HTTP/1.1\r\n" H END, 201, "hi" },
	{ "answered elsewhere",  "GET /race HTTP/1.1\r\n" H END, 202, "later" },
};

TEST(requests_reach_their_handler)
{
	static char reply[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;

	rig_start(&rig, &c);
	for (size_t i = 0; i < COUNT_OF(routed); i++) {
		test_row(routed[i].row);
		CHECK_INT(ask(&rig, routed[i].request, reply), routed[i].status);
		CHECK(strstr(reply, routed[i].part) != NULL);
	}
	CHECK_INT(ask(&rig, "HEAD /echo HTTP/1.1\r\n" H END, reply), 200);
	CHECK_STR(body_of(reply), "");
	rig_stop(&rig);
}

TEST(every_answer_has_the_secure_headers)
{
	static const char *const asked[] = { "GET /echo HTTP/1.1\r\n" H END, "GET /none HTTP/1.1\r\n" H END, "GET /echo HTTP/1.1\r\n" H H END };
	static const char *const wanted[] = { "Cache-Control: no-store\r\n", "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n",
		"X-Robots-Tag: noindex\r\n", "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
		"frame-ancestors 'none'; base-uri 'none'\r\n" };
	static char reply[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;

	rig_start(&rig, &c);
	for (size_t i = 0; i < COUNT_OF(asked); i++) {
		test_row(asked[i]);
		CHECK(ask(&rig, asked[i], reply) != 0);
		for (size_t j = 0; j < COUNT_OF(wanted); j++) CHECK(strstr(reply, wanted[j]) != NULL);
	}
	rig_stop(&rig);
}

/* ---- bodies ------------------------------------------------------------------------------------------------------------------------- */

TEST(a_chunked_body_is_counted)
{
	static char reply[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;
	struct rig *r = &rig;
	int fd;
	bool closed;

	rig_start(r, &c);
	fd = dial(r);
	say_text(fd, "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 30; i++) say_text(fd, "30\r\n000000000000000000000000000000000000000000000000\r\n");
	say_text(fd, "0\r\n\r\n");
	(void)hear(fd, reply, PATIENCE_MS, &closed);
	CHECK_INT(status_of(reply), 413);
	CHECK(closed);
	CHECK_INT(r->refused_status, 413);
	CHECK_STR(r->refused_path, "/echo");
	(void)close(fd);
	rig_stop(r);
}

TEST(a_secret_path_is_not_told_to_the_log)
{
	static char reply[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;

	rig_start(&rig, &c);
	CHECK_INT(ask(&rig, "POST /s/7Q4M2XK9 HTTP/1.1\r\n" H "Content-Length: 11\r\n" END, reply), 413);
	CHECK_STR(rig.refused_path, "/s/");
	rig_stop(&rig);
}

TEST(a_full_store_is_said_before_the_body)
{
	static char reply[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;
	int fd;
	bool closed;

	rig_start(&rig, &c);
	rig.admit = 503;
	fd = dial(&rig);
	say_text(fd, "POST /full HTTP/1.1\r\n" H "Content-Length: 5000\r\n\r\n");
	(void)hear(fd, reply, PATIENCE_MS, &closed);
	CHECK_INT(status_of(reply), 503);
	CHECK(strstr(reply, "Retry-After: 5\r\n") != NULL);
	CHECK(closed);
	(void)close(fd);
	rig_stop(&rig);
}

#define MULTI "Content-Type: multipart/form-data; boundary=XX\r\n"
static const struct { const char *row, *type, *body; int status; const char *part; } forms[] = {
	{ "urlencoded", "Content-Type: application/x-www-form-urlencoded\r\n", "a=1&b=%E4%BD%A0+x&c=", 200, "[a|1|-|0|][b|\xe4\xbd\xa0 x|-|0|][c||-|0|]" },
	{ "multipart with upload", MULTI,
	  "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello\r\n--XX\r\n"
	  "Content-Disposition: form-data; name=\"f\"; filename=\"\xe5\x9b\xbe.png\"\r\nContent-Type: image/png\r\n\r\n12345\r\n--XX--\r\n",
	  200, "[a|hello|-|0|][f||\xe5\x9b\xbe.png|5|12345]" },
	{ "two uploads of one name", MULTI,
	  "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"1\"\r\n\r\nAA\r\n--XX\r\n"
	  "Content-Disposition: form-data; name=\"f\"; filename=\"2\"\r\n\r\nBB\r\n--XX--\r\n", 200, "[f||1|2|AA][f||2|2|BB]" },
	{ "no form", "Content-Type: application/json\r\n", "{}", 415, "" },
	{ "no type", "", "a=1", 415, "" },
	{ "cut multipart", MULTI, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhel", 400, "" },
};

TEST(forms_are_decoded)
{
	static char reply[REPLY_MAX], request[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;

	rig_start(&rig, &c);
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		test_row(forms[i].row);
		(void)snprintf(request, sizeof(request), "POST /form/x HTTP/1.1\r\n" H "%sContent-Length: %zu\r\n" END "%s", forms[i].type, strlen(forms[i].body), forms[i].body);
		CHECK_INT(ask(&rig, request, reply), forms[i].status);
		if (forms[i].status == 200) CHECK_STR(body_of(reply), forms[i].part);
	}
	rig_stop(&rig);
}

static int post_fields(const struct rig *rig, size_t count, size_t size)
{
	static char reply[REPLY_MAX], body[HTTP_FORM_TEXT_MAX + 10000], request[HTTP_FORM_TEXT_MAX + 20000];
	size_t len = 0;
	bool closed;

	for (size_t i = 0; i < count; i++) {
		len += (size_t)snprintf(body + len, sizeof(body) - len, "%sf%zu=", i > 0 ? "&" : "", i);
		memset(body + len, 'x', size);
		len += size;
	}
	body[len] = '\0';
	len = (size_t)snprintf(request, sizeof(request), "POST /form/x HTTP/1.1\r\n" H "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n" END "%s", len, body);
	return ask_bytes(rig, request, len, reply, &closed);
}

TEST(forms_are_bounded)
{
	struct http_conf c = conf();
	struct rig rig;

	c.max_body = 2 * HTTP_FORM_TEXT_MAX;
	rig_start(&rig, &c);
	CHECK_INT(post_fields(&rig, 100, 2), 200);
	CHECK_INT(post_fields(&rig, 101, 2), 413);
	CHECK_INT(post_fields(&rig, 1, HTTP_FORM_TEXT_MAX), 200);
	CHECK_INT(post_fields(&rig, 1, HTTP_FORM_TEXT_MAX + 1), 413);
	rig_stop(&rig);
}

/* ---- kept exchanges --------------------------------------------------------------------------------------------------------------------- */

/* How many of count requests on one connection get a 202. */
static int answered(const struct rig *rig, const char *request, int count)
{
	static char reply[REPLY_MAX];
	int fd = dial(rig), good = 0;

	for (int i = 0; i < count; i++) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		ssize_t got;

		say_text(fd, request);
		if (poll(&p, 1, PATIENCE_MS) != 1) break;
		got = recv(fd, reply, sizeof(reply) - 1, 0);
		if (got <= 0) break;
		reply[got] = '\0';
		if (status_of(reply) == 202) good++;
	}
	(void)close(fd);
	return good;
}

TEST(no_answer_is_lost_however_early_it_comes)
{
	struct http_conf c = conf();
	struct rig rig;

	rig_start(&rig, &c);
	CHECK_INT(answered(&rig, "GET /race HTTP/1.1\r\n" H "\r\n", 500), 500);
	rig_stop(&rig);
}

TEST(no_answer_is_lost_while_its_connection_falls_asleep)
{
	struct http_conf c = conf();
	struct rig rig;
	struct narrow narrow = { .rig = &rig };
	pthread_t thread;

	rig_start(&rig, &c);
	rig.narrow = &narrow;
	CHECK(pthread_create(&thread, NULL, narrow_main, &narrow) == 0);
	CHECK_INT(answered(&rig, "GET /narrow HTTP/1.1\r\n" H "\r\n", 3000), 3000);
	narrow.is_ending = true;
	pthread_join(thread, NULL);
	rig_stop(&rig);
}

/* A connection whose request waits for its answer. One that is cut because the request took its time is made anew. */
static int dial_and_hold(struct rig *rig)
{
	const int64_t until_ms = clock_mono_ms() + PATIENCE_MS;
	const int before = rig->waiting;

	for (;;) {
		struct pollfd p = { .fd = dial(rig), .events = POLLIN };

		say_text(p.fd, "GET /hold HTTP/1.1\r\n" H "\r\n");
		while (rig->waiting == before && poll(&p, 1, 0) == 0) CHECK(test_waits(until_ms));
		if (rig->waiting > before) return p.fd;
		(void)close(p.fd);
	}
}

static int64_t connections(struct rig *rig)
{
	struct http_stats stats;

	http_server_stats(rig->server, &stats);
	return stats.connections;
}

TEST(a_kept_exchange_outlives_deadlines_and_others_go_on)
{
	static char reply[REPLY_MAX];
	struct http_conf c = hasty_conf();
	struct rig rig;
	int fds[8];
	bool closed;

	rig_start(&rig, &c);
	for (size_t i = 0; i < COUNT_OF(fds); i++) fds[i] = dial_and_hold(&rig);
	CHECK_INT(ask(&rig, "GET /echo HTTP/1.1\r\n" H END, reply), 200);
	(void)usleep(2200000);                                          /* beyond the header and idle time */
	(void)close(fds[0]);                                            /* one client has gone meanwhile */
	for (size_t i = 0; i < rig.later_count; i++) answer_text(rig.later[i].exchange, 200, "at last");
	for (size_t i = 1; i < COUNT_OF(fds); i++) {
		(void)hear(fds[i], reply, PATIENCE_MS, &closed);        /* closed a second later */
		CHECK_INT(status_of(reply), 200);
		CHECK_STR(body_of(reply), "at last");
		(void)close(fds[i]);
	}
	rig_stop(&rig);
}

TEST(draining_finishes_what_runs_and_takes_nothing_new)
{
	static char reply[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;
	bool closed;
	int held, idle, late;

	rig_start(&rig, &c);
	held = dial_and_hold(&rig);
	idle = dial(&rig);
	CHECK_SOON(connections(&rig) == 2);
	http_server_drain(rig.server);
	(void)hear(idle, reply, PATIENCE_MS, &closed);
	CHECK(closed);
	late = dial(&rig);
	say_text(late, "GET /echo HTTP/1.1\r\n" H "\r\n");
	CHECK_INT(hear(late, reply, 200, &closed), 0);
	answer_text(rig.later[0].exchange, 200, "done");
	(void)hear(held, reply, PATIENCE_MS, &closed);
	CHECK_STR(body_of(reply), "done");
	CHECK(strstr(reply, "Connection: close") != NULL);
	CHECK(closed);
	(void)close(held);
	(void)close(idle);
	(void)close(late);
	rig_stop(&rig);
}

/* Whether a connection that has just come is still answered when the server begins to drain. */
static bool is_fresh_one_answered(void)
{
	static char reply[REPLY_MAX];
	struct http_conf c = conf();
	struct rig rig;
	bool closed;
	int fd;

	rig_start(&rig, &c);
	fd = dial(&rig);
	CHECK_SOON(connections(&rig) == 1);
	http_server_drain(rig.server);
	say_text(fd, "GET /echo HTTP/1.1\r\n" H "\r\n");
	(void)hear(fd, reply, PATIENCE_MS, &closed);
	CHECK(closed);
	(void)close(fd);
	rig_stop(&rig);
	return strstr(reply, "HTTP/1.1 200") != NULL;
}

TEST(who_has_just_come_may_ask_while_the_server_drains)
{
	int tries = 5;                                  /* it has half a second for that, which a busy machine may take from it */

	while (tries > 0 && !is_fresh_one_answered()) tries--;
	CHECK(tries > 0);
}

/* ---- deadlines and limits --------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *row, *first, *drip; int least_ms; } drips[] = {
	{ "nothing said",          "", "", 900 },
	{ "headers byte by byte",  "GET /echo HTTP/1.1\r\n" H "X: ", "a", 900 },
	{ "body byte by byte",     "POST /echo HTTP/1.1\r\n" H "Content-Length: 500\r\n\r\n", "a", 1900 },
	{ "idle after an answer",  "GET /echo HTTP/1.1\r\n" H "\r\n", "", 900 },
	{ "slow second headers",   "GET /echo HTTP/1.1\r\n" H "\r\nGET /echo HTTP/1.1\r\n" H "X: ", "a", 900 },
};

/* How long a client that goes on dripping is suffered; PATIENCE_MS or more: it is not cut. */
static int64_t dripped_ms(const struct rig *rig, const char *first, const char *drip)
{
	const int64_t from_ms = clock_mono_ms();
	char reply[512];
	int fd = dial(rig);

	say(fd, first, strlen(first));
	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		ssize_t got;

		if (clock_mono_ms() - from_ms >= PATIENCE_MS) break;
		if (poll(&p, 1, 100) == 1 && ((got = recv(fd, reply, sizeof(reply), 0)) <= 0)) break;
		say(fd, drip, strlen(drip));
	}
	(void)close(fd);
	return clock_mono_ms() - from_ms;
}

TEST(slow_clients_are_cut_by_absolute_deadlines)
{
	struct http_conf c = hasty_conf();
	struct rig rig;

	rig_start(&rig, &c);
	for (size_t i = 0; i < COUNT_OF(drips); i++) {
		int64_t ms;

		test_row(drips[i].row);
		ms = dripped_ms(&rig, drips[i].first, drips[i].drip);
		CHECK(ms >= drips[i].least_ms);
		CHECK(ms < PATIENCE_MS);
	}
	rig_stop(&rig);
}

/* Whether a request is answered; one that is not finds the connection closed. */
static bool is_open(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char reply[4096];

	say_text(fd, "GET /echo HTTP/1.1\r\n" H "\r\n");
	CHECK(poll(&p, 1, PATIENCE_MS) == 1);
	return recv(fd, reply, sizeof(reply), 0) > 0;
}

TEST(one_address_gets_its_share_of_connections)
{
	struct http_conf c = conf();
	struct rig rig;
	int fds[5];

	c.connections_per_ip = 4;
	rig_start(&rig, &c);
	for (size_t i = 0; i < COUNT_OF(fds); i++) {
		fds[i] = dial(&rig);
		CHECK_INT(is_open(fds[i]), i < 4);
	}
	for (size_t i = 0; i < 4; i++) CHECK(is_open(fds[i]));
	for (size_t i = 0; i < COUNT_OF(fds); i++) (void)close(fds[i]);
	rig_stop(&rig);
}

TEST(the_longest_idle_connection_makes_room)
{
	struct http_conf c = conf();
	struct rig rig;
	int fds[5];

	c.connections = 4;
	rig_start(&rig, &c);
	for (int i = 0; i < 4; i++) {
		fds[i] = dial(&rig);
		CHECK_SOON(connections(&rig) == i + 1);
		(void)usleep(30000);
	}
	(void)usleep(1200000);
	fds[4] = dial(&rig);
	CHECK(is_open(fds[4]));
	CHECK(!is_open(fds[0]));
	CHECK(is_open(fds[3]));
	for (size_t i = 0; i < COUNT_OF(fds); i++) (void)close(fds[i]);
	rig_stop(&rig);
}

/* ---- addresses ------------------------------------------------------------------------------------------------------------------------------------ */

static const struct { const char *row, *peer, *list, *client; } hops[] = {
	{ "not trusted",            "198.51.100.1", "203.0.113.9", "198.51.100.1" },
	{ "one hop",                "10.0.0.1", "203.0.113.9", "203.0.113.9" },
	{ "the client lies",        "10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9" },
	{ "two proxies",            "10.0.0.1", "1.2.3.4, 203.0.113.9, 10.9.9.9", "203.0.113.9" },
	{ "all trusted",            "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3" },
	{ "empty",                  "10.0.0.1", "", "10.0.0.1" },
	{ "no address",             "10.0.0.1", "203.0.113.9, unknown", "10.0.0.1" },
	{ "injected",               "10.0.0.1", "203.0.113.9, <script>", "10.0.0.1" },
	{ "with port",              "10.0.0.1", "203.0.113.9:4711", "203.0.113.9" },
	{ "IPv6 with port",         "2001:db8::1", "[2001:db9::2]:443", "2001:db9::2" },
	{ "behind a Unix socket",   "unix", "203.0.113.9", "203.0.113.9" },
	{ "v4 in v6",               "10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9" },
};

TEST(only_trusted_proxies_tell_who_the_client_is)
{
	static const char *const trusted[] = { "10.0.0.0/8", "2001:db8::/32", "unix" };
	struct http_net nets[3];

	for (size_t i = 0; i < 3; i++) CHECK_INT(http_net_parse(trusted[i], &nets[i], NULL), IK_OK);
	for (size_t i = 0; i < COUNT_OF(hops); i++) {
		struct http_address peer = { .is_unix = true }, client;
		char text[HTTP_ADDRESS_TEXT];

		test_row(hops[i].row);
		if (strcmp(hops[i].peer, "unix") != 0) CHECK(http_address_parse(hops[i].peer, strlen(hops[i].peer), &peer));
		http_forwarded(hops[i].list, nets, 3, &peer, &client);
		CHECK_STR(http_address_text(&client, text), hops[i].client);
	}
}

static const struct { const char *row, *text; enum ik_rc rc; } nets[] = {
	{ "address", "192.0.2.1", IK_OK }, { "network", "192.0.2.0/24", IK_OK }, { "IPv6", "2001:db8::/64", IK_OK }, { "all", "0.0.0.0/0", IK_OK },
	{ "too long", "192.0.2.0/33", IK_CONFIG }, { "IPv6 too long", "::/129", IK_CONFIG }, { "name", "localhost", IK_CONFIG }, { "empty", "", IK_CONFIG },
	{ "no length", "10.0.0.0/", IK_CONFIG }, { "bad length", "10.0.0.0/8x", IK_CONFIG },
};

TEST(networks_are_read_strictly)
{
	for (size_t i = 0; i < COUNT_OF(nets); i++) {
		struct http_net net;

		test_row(nets[i].row);
		CHECK_INT(http_net_parse(nets[i].text, &net, NULL), nets[i].rc);
	}
}

TEST(an_ipv6_client_is_its_64_network)
{
	struct http_address a, b, c;
	unsigned char ka[16], kb[16], kc[16];

	CHECK(http_address_parse("2001:db8:1:2::1", 15, &a) && http_address_parse("2001:db8:1:2:ffff::9", 20, &b) && http_address_parse("2001:db8:1:3::1", 15, &c));
	http_address_client(&a, ka);
	http_address_client(&b, kb);
	http_address_client(&c, kc);
	CHECK(memcmp(ka, kb, 16) == 0);
	CHECK(memcmp(ka, kc, 16) != 0);
}

/* ---- sockets of its own --------------------------------------------------------------------------------------------------------------------------- */

TEST(a_unix_socket_is_served_and_a_stale_one_replaced)
{
	static char reply[REPLY_MAX];
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	char where[100];
	char *items[] = { where };
	struct http_conf c = conf();
	const struct http_route route = { "GET", "/echo", false, 0, on_echo, NULL, NULL, false, false };
	struct http_setup setup = { .conf = &c, .name = "test", .routes = &route, .route_count = 1 };

	(void)snprintf(where, sizeof(where), "unix:%s/http", test_dir());
	(void)snprintf(to.sun_path, sizeof(to.sun_path), "%s", where + 5);
	c.listen = (struct ik_list){ items, 1 };
	for (int round = 0; round < 2; round++) {
		struct http_server *server = NULL, *second = NULL;
		struct ik_error err = { .text = "" };
		int fd = socket(AF_UNIX, SOCK_STREAM, 0);
		bool closed;

		if (round == 1) {                                       /* a file that a dead process left */
			CHECK(bind(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
			(void)close(fd);
			fd = socket(AF_UNIX, SOCK_STREAM, 0);
		}
		CHECK_INT(http_server_new(&setup, &server, &err), IK_OK);
		CHECK_INT(http_server_new(&setup, &second, &err), IK_RETRY);
		CHECK(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
		say_text(fd, "GET /echo HTTP/1.1\r\n" H END);
		(void)hear(fd, reply, PATIENCE_MS, &closed);
		CHECK(strstr(reply, "peer=unix") != NULL);
		(void)close(fd);
		http_server_free(&server);
		CHECK(access(to.sun_path, F_OK) != 0);
	}
}
