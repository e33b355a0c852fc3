/* fuzz_http.c - any bytes to the public listener. An input that begins with '=' is TARGET, CONTENT-TYPE and BODY on lines of their own and is put
 * into a well-formed request; every other goes out as it is. Checked: the listener answers or closes in time, and what a handler sees is clean. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <poll.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "net/http_server.h"
#include "net/page.h"

#define ANSWER_MS 30000                 /* far longer than any deadline of the listener, since the machine may be busy */
#define BODY_MAX 65536
#define INPUT_MAX 100000u               /* what a socket takes without a reader */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct listener { struct sockaddr_un where; struct http_server *server; };

static void check_text(const char *text)
{
	if (text != NULL && !utf8_valid(text, strlen(text))) abort();
}

static void check_field(const struct ik_field *f)
{
	if (f->name == NULL || f->name[0] == '\0' || strlen(f->name) > 64) abort();
	check_text(f->name);
	check_text(f->filename);
	if (f->value != NULL && f->value[f->value_len] != '\0') abort();
	if (f->filename != NULL && strpbrk(f->filename, "\r\n") != NULL) abort();
}

static void on_request(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct buf page = BUF_INIT(1 << 20);
	const char *code = request->query(request, "code");

	(void)arg;
	check_text(http_path(x));
	for (size_t i = 0; i < request->field_count; i++) check_field(&request->fields[i]);
	page_begin(&page, page_language(request->query(request, "lang"), request->header(request, "accept-language"), request->language), "x", "card", NULL);
	page_format(&page, "<p>%s</p>", code != NULL ? code : "");
	http_answer(x, &(struct http_response){ .status = 200, .content_type = "text/html", .body = buf_str(&page), .body_len = page.len });
	buf_release(&page);
}

static int spool(void *arg, struct ik_error *err)
{
	(void)arg; (void)err;
	return memfd_create("upload", MFD_CLOEXEC);
}

static const struct listener *listener_once(void)
{
	static const struct http_conf conf = { .max_body = BODY_MAX, .threads = 1, .connections = 100, .connections_per_ip = 100, .header_timeout = 1,
	                                       .body_timeout = 1, .write_timeout = 1, .idle_timeout = 1, .lookups = 1000 };
	static const struct http_route routes[] = {
		{ .method = "GET", .prefix = "/status", .handle = on_request, .is_page = true },
		{ .method = "POST", .prefix = "/form/", .wants_fields = true, .handle = on_request },
		{ .method = "POST", .prefix = "/in/", .handle = on_request },
	};
	static struct listener l = { .where = { .sun_family = AF_UNIX } };
	struct http_setup setup = { .conf = &conf, .name = "fuzz", .fd_count = 1, .routes = routes, .route_count = 3, .spool = spool };
	struct ik_error err = { 0 };
	int fd;

	if (l.server != NULL) return &l;
	(void)snprintf(l.where.sun_path + 1, sizeof(l.where.sun_path) - 1, "intaked-fuzz-%d", (int)getpid());
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&l.where, sizeof(l.where)) != 0 || listen(fd, 100) != 0) abort();
	setup.fds = &fd;
	if (http_server_new(&setup, &l.server, &err) != IK_OK) abort();
	return &l;
}

/* The next line, cut out of the input. */
static size_t line_of(const char *at, const char *end)
{
	const char *stop = memchr(at, '\n', (size_t)(end - at));

	return (size_t)((stop != NULL ? stop : end) - at);
}

static void make_request(struct buf *out, const char *at, const char *end)
{
	const size_t target = line_of(at, end);
	const char *type = at + target < end ? at + target + 1 : end;
	const size_t type_len = line_of(type, end);
	const char *body = type + type_len < end ? type + type_len + 1 : end;

	(void)buf_format(out, "%s %.*s HTTP/1.1\r\nHost: fuzz\r\nConnection: close\r\n", body < end ? "POST" : "GET", (int)target, at);
	if (type_len > 0) (void)buf_format(out, "Content-Type: %.*s\r\n", (int)type_len, type);
	if (body < end) (void)buf_format(out, "Content-Length: %zu\r\n", (size_t)(end - body));
	(void)buf_text(out, "\r\n");
	(void)buf_add(out, body, (size_t)(end - body));
}

/* Reads until the other side closes; what it says begins as an answer. */
static void read_answer(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	char answer[16384];
	ssize_t len;
	bool is_first = true;

	do {
		if (poll(&ready, 1, ANSWER_MS) != 1) abort();
		len = recv(fd, answer, sizeof(answer), 0);
		if (is_first && len >= 9 && memcmp(answer, "HTTP/1.", 7) != 0) abort();
		is_first = false;
	} while (len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct listener *l = listener_once();
	struct buf bytes = BUF_INIT(2 * INPUT_MAX);
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (size > 0 && size < INPUT_MAX && fd >= 0 && connect(fd, (const struct sockaddr *)&l->where, sizeof(l->where)) == 0) {
		if (data[0] == '=') make_request(&bytes, (const char *)data + 1, (const char *)data + size);
		else (void)buf_add(&bytes, data, size);
		(void)!send(fd, bytes.data, bytes.len, MSG_NOSIGNAL | MSG_DONTWAIT);
		(void)shutdown(fd, SHUT_WR);
		read_answer(fd);
	}
	if (fd >= 0) (void)close(fd);
	buf_release(&bytes);
	return 0;
}
