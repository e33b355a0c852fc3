/* test_http_client.c - outgoing calls against a peer that says exactly what the row says. */
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
#include "net/http_client.h"

/* A peer that answers every request with the same bytes, or never. */
struct peer { int fd, port; const char *reply; pthread_t thread; _Atomic int connections, requests; char seen[4096]; };

static void serve(struct peer *peer, int fd)
{
	size_t len = 0;
	ssize_t got;

	while ((got = recv(fd, peer->seen + len, sizeof(peer->seen) - 1 - len, 0)) > 0) {
		len += (size_t)got;
		peer->seen[len] = '\0';
		if (strstr(peer->seen, "\r\n\r\n") == NULL) continue;
		peer->requests++;
		if (peer->reply == NULL) continue;
		if (send(fd, peer->reply, strlen(peer->reply), MSG_NOSIGNAL) < 0 || strstr(peer->reply, "Connection: close") != NULL) break;
		len = 0;
	}
}

static void *peer_main(void *arg)
{
	struct peer *peer = arg;
	int fd;

	while ((fd = accept(peer->fd, NULL, NULL)) >= 0) {
		peer->connections++;
		serve(peer, fd);
		(void)close(fd);
	}
	return NULL;
}

static void peer_start(struct peer *peer, const char *reply)
{
	struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(here);

	*peer = (struct peer){ .reply = reply };
	peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(bind(peer->fd, (struct sockaddr *)&here, sizeof(here)) == 0 && listen(peer->fd, 8) == 0);
	CHECK(getsockname(peer->fd, (struct sockaddr *)&here, &len) == 0);
	peer->port = ntohs(here.sin_port);
	CHECK(pthread_create(&peer->thread, NULL, peer_main, peer) == 0);
}

static void peer_stop(struct peer *peer)
{
	(void)shutdown(peer->fd, SHUT_RDWR);
	pthread_join(peer->thread, NULL);
	(void)close(peer->fd);
}

#define CLOSE "Connection: close\r\n"
static const struct { const char *row, *reply; size_t max; enum ik_rc rc; int status; int64_t retry_after_s; const char *body; } replies[] = {
	{ "plain",               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" CLOSE "\r\nhi", 0, IK_OK, 200, -1, "hi" },
	{ "no body",             "HTTP/1.1 204 No\r\n" CLOSE "\r\n", 0, IK_OK, 204, -1, "" },
	{ "redirect is not followed", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n" CLOSE "\r\n", 0, IK_OK, 302, -1, "" },
	{ "slow down",           "HTTP/1.1 429 No\r\nRetry-After: 7\r\nContent-Length: 0\r\n" CLOSE "\r\n", 0, IK_OK, 429, 7, "" },
	{ "absurd wait",         "HTTP/1.1 503 No\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n" CLOSE "\r\n", 0, IK_OK, 503, 3600, "" },
	{ "just fits",           "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n" CLOSE "\r\nfour", 4, IK_OK, 200, -1, "four" },
	{ "too large",           "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" CLOSE "\r\nfive!", 4, IK_REJECT, 200, -1, NULL },
	{ "too large, later",    "HTTP/1.1 503 No\r\nRetry-After: 9\r\nContent-Length: 5\r\n" CLOSE "\r\nfive!", 4, IK_REJECT, 503, 9, NULL },
	{ "too large, no length", "HTTP/1.1 200 OK\r\n" CLOSE "\r\nfive!", 4, IK_REJECT, 200, -1, NULL },
	{ "too large, in pieces", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" CLOSE "\r\n3\r\nfiv\r\n2\r\ne!\r\n0\r\n\r\n", 4, IK_REJECT, 200, -1, NULL },
	{ "cut short",           "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n" CLOSE "\r\nhi", 0, IK_RETRY, 0, -1, NULL },
	{ "no HTTP",             "SSH-2.0-x\r\n" CLOSE, 0, IK_RETRY, 0, -1, NULL },
	{ "nothing",             CLOSE, 0, IK_RETRY, 0, -1, NULL },
};

TEST(replies_are_bounded_and_told_as_they_are)
{
	for (size_t i = 0; i < COUNT_OF(replies); i++) {
		struct http_client *client = http_client_new(NULL, NULL, NULL);
		struct peer peer;
		struct ik_http_reply reply;
		struct ik_error err = { .text = "" };
		char url[128];
		struct ik_http_call call = { .url = url, .reply_max = replies[i].max, .bearer = "tok" };

		test_row(replies[i].row);
		peer_start(&peer, replies[i].reply);
		(void)snprintf(url, sizeof(url), "http://127.0.0.1:%d/secret-token/x?key=hush", peer.port);
		CHECK_INT(http_client_call(client, &call, &reply, &err), replies[i].rc);
		CHECK_INT(reply.status, replies[i].status);
		CHECK_INT(reply.retry_after_s, replies[i].retry_after_s);
		CHECK_STR(reply.body, replies[i].body);
		CHECK(reply.was_sent);
		CHECK(strstr(peer.seen, "Authorization: Bearer tok\r\n") != NULL);
		CHECK(strstr(err.text, "secret") == NULL && strstr(err.text, "hush") == NULL);
		if (replies[i].rc != IK_OK) CHECK(strstr(err.text, "http://127.0.0.1:") != NULL);
		free(reply.body);
		http_client_free(&client);
		peer_stop(&peer);
	}
}

static const struct { const char *row, *url, *header; enum ik_rc rc; } bad[] = {
	{ "nobody listens",   "http://127.0.0.1:1/secret", NULL, IK_RETRY },
	{ "no such name",     "http://no-such-host.invalid/secret", NULL, IK_RETRY },
	{ "a file",           "file:///etc/passwd", NULL, IK_CONFIG },
	{ "another protocol", "gopher://127.0.0.1/secret", NULL, IK_CONFIG },
	{ "no URL",           "http://", NULL, IK_CONFIG },
	{ "header with line break", "http://127.0.0.1:1/", "X: a\r\nY: b", IK_REJECT },
};

TEST(what_cannot_be_reached_was_not_sent)
{
	struct http_client *client = http_client_new(NULL, NULL, NULL);

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		const char *const headers[] = { bad[i].header, NULL };
		const struct ik_http_call call = { .url = bad[i].url, .headers = headers };
		struct ik_http_reply reply;
		struct ik_error err = { .text = "" };

		test_row(bad[i].row);
		CHECK_INT(http_client_call(client, &call, &reply, &err), bad[i].rc);
		CHECK(!reply.was_sent);
		CHECK_INT(reply.status, 0);
		CHECK(err.text[0] != '\0' && strstr(err.text, "secret") == NULL && strstr(err.text, "passwd") == NULL);
	}
	http_client_free(&client);
}

static bool stop_once_asked(void *arg)
{
	return ((struct peer *)arg)->requests > 0;
}

TEST(a_call_ends_when_it_is_told_to_stop)
{
	const int64_t from_ms = clock_mono_ms();
	struct peer peer;
	struct http_client *client = http_client_new(stop_once_asked, &peer, NULL);
	struct ik_http_reply reply;
	struct ik_error err = { .text = "" };
	char url[64];
	const struct ik_http_call call = { .url = url, .timeout_ms = 4 * PATIENCE_MS };

	peer_start(&peer, NULL);
	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%d/", peer.port);
	CHECK_INT(http_client_call(client, &call, &reply, &err), IK_RETRY);
	CHECK(reply.was_sent);
	CHECK(clock_mono_ms() - from_ms < PATIENCE_MS);
	http_client_free(&client);
	peer_stop(&peer);
}

TEST(a_silent_peer_is_left_after_the_timeout)
{
	const int64_t from_ms = clock_mono_ms();
	struct http_client *client = http_client_new(NULL, NULL, NULL);
	struct peer peer;
	struct ik_http_reply reply;
	struct ik_error err = { .text = "" };
	char url[64];
	const struct ik_http_call call = { .url = url, .timeout_ms = 500 };

	peer_start(&peer, NULL);
	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%d/", peer.port);
	CHECK_INT(http_client_call(client, &call, &reply, &err), IK_RETRY);
	CHECK(clock_mono_ms() - from_ms < PATIENCE_MS / 2);     /* a call that says nothing of it may take 30 s */
	http_client_free(&client);
	peer_stop(&peer);
}

TEST(one_connection_serves_many_calls)
{
	struct http_client *client = http_client_new(NULL, NULL, NULL);
	struct peer peer;
	char url[64];
	const struct ik_http_call call = { .url = url, .method = "POST", .body = "{}", .body_len = 2 };

	peer_start(&peer, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%d/", peer.port);
	for (int i = 0; i < 5; i++) {
		struct ik_http_reply reply;
		struct ik_error err = { .text = "" };

		CHECK_INT(http_client_call(client, &call, &reply, &err), IK_OK);
		free(reply.body);
	}
	CHECK_INT(peer.connections, 1);
	CHECK(strncmp(peer.seen, "POST / HTTP/1.1\r\n", 17) == 0);
	CHECK(strstr(peer.seen, "Content-Type: application/json\r\n") != NULL);
	http_client_free(&client);
	peer_stop(&peer);
}

#define NOW 1800000000
static const struct { const char *row, *value; int64_t seconds; } waits[] = {
	{ "absent",      NULL, -1 },
	{ "seconds",     "120", 120 },
	{ "zero",        "0", 0 },
	{ "too long",    "86400", 3600 },
	{ "overflow",    "99999999999999999999999", 3600 },
	{ "date",        "Fri, 15 Jan 2027 08:01:00 GMT", 60 },
	{ "past date",   "Thu, 01 Jan 1970 00:00:10 GMT", 0 },
	{ "far date",    "Fri, 01 Jan 2100 00:00:00 GMT", 3600 },
	{ "negative",    "-5", -1 },
	{ "fraction",    "1.5", -1 },
	{ "words",       "soon", -1 },
	{ "empty",       "", -1 },
	{ "mixed",       "5 minutes", -1 },
	{ "only commas", ",,,", -1 },
};

TEST(retry_after_is_read_with_care)
{
	for (size_t i = 0; i < COUNT_OF(waits); i++) {
		test_row(waits[i].row);
		CHECK_INT(http_retry_after(waits[i].value, NOW), waits[i].seconds);
	}
}

/* http to this machine is let through since nobody else reads it; a proxy of the environment would. */
TEST(what_goes_to_this_machine_passes_by_no_proxy)
{
	struct http_client *client = http_client_new(NULL, NULL, NULL);
	struct peer peer, proxy;
	struct ik_http_reply reply;
	char url[64], at[64];
	struct ik_http_call call = { .url = url };

	peer_start(&peer, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n" CLOSE "\r\npeer");
	peer_start(&proxy, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" CLOSE "\r\nproxy");
	(void)snprintf(at, sizeof(at), "http://127.0.0.1:%d", proxy.port);
	CHECK_INT(setenv("http_proxy", at, 1), 0);
	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%d/", peer.port);
	CHECK_INT(http_client_call(client, &call, &reply, NULL), IK_OK);
	CHECK_STR(reply.body, "peer");
	free(reply.body);
	(void)snprintf(url, sizeof(url), "http://desk.example.net/");
	CHECK_INT(http_client_call(client, &call, &reply, NULL), IK_OK);
	CHECK_STR(reply.body, "proxy");         /* which others go through as ever */
	free(reply.body);
	(void)unsetenv("http_proxy");
	http_client_free(&client);
	peer_stop(&peer);
	peer_stop(&proxy);
}
