/* http_conns.c - a table of buckets by client, one lock, one thread that cuts what is overdue. */
#include "net/http_conns.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include "base/clock.h"
#include "base/mem.h"

#define BUCKETS 512
#define LOOK_MS 500                     /* how exactly deadlines are kept while connections are open */
#define EVICT_MS 1000                   /* a connection younger than this is not idle yet */

struct http_conns {
	struct http_conns_setup setup;
	pthread_mutex_t lock;           /* buckets, count, is_ending */
	pthread_cond_t changed;
	pthread_t cutter;
	struct http_conn *buckets[BUCKETS];
	int64_t count;
	bool is_ending;
};

static size_t bucket_of(const unsigned char client[16])
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < 16; i++) h = (h ^ client[i]) * 16777619u;
	return h % BUCKETS;
}

static void cut(const struct http_conn *conn)
{
	(void)shutdown(conn->fd, SHUT_RDWR);
}

static void cut_overdue(struct http_conns *conns, int64_t now_ms)
{
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct http_conn *c = conns->buckets[i]; c != NULL; c = c->next) {
			const int64_t deadline_ms = atomic_load_explicit(&c->deadline_ms, memory_order_relaxed);

			if (deadline_ms != 0 && now_ms >= deadline_ms) cut(c);
		}
}

static void sleep_a_while(struct http_conns *conns)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += LOOK_MS * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_nsec -= 1000000000L;
		until.tv_sec++;
	}
	(void)pthread_cond_timedwait(&conns->changed, &conns->lock, &until);
}

/* The cutter: asleep without a timer while nobody is connected. */
static void *cut_main(void *arg)
{
	struct http_conns *conns = arg;

	pthread_mutex_lock(&conns->lock);
	while (!conns->is_ending) {
		if (conns->count == 0) {
			(void)pthread_cond_wait(&conns->changed, &conns->lock);
			continue;
		}
		cut_overdue(conns, clock_mono_ms());
		sleep_a_while(conns);
	}
	pthread_mutex_unlock(&conns->lock);
	return NULL;
}

struct http_conns *http_conns_new(const struct http_conns_setup *setup)
{
	struct http_conns *conns = mem_new(sizeof(*conns));
	pthread_condattr_t attr;

	conns->setup = *setup;
	pthread_mutex_init(&conns->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&conns->changed, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&conns->cutter, NULL, cut_main, conns) != 0) abort();
	return conns;
}

void http_conns_free(struct http_conns **conns)
{
	if (*conns == NULL) return;
	pthread_mutex_lock(&(*conns)->lock);
	(*conns)->is_ending = true;
	pthread_cond_signal(&(*conns)->changed);
	pthread_mutex_unlock(&(*conns)->lock);
	pthread_join((*conns)->cutter, NULL);
	pthread_cond_destroy(&(*conns)->changed);
	pthread_mutex_destroy(&(*conns)->lock);
	mem_free(conns);
}

/* The longest idle connection makes room; one that is being served never does. */
static bool cut_longest_idle(struct http_conns *conns, int64_t now_ms)
{
	struct http_conn *oldest = NULL;
	int64_t oldest_ms = now_ms - EVICT_MS;

	for (size_t i = 0; i < BUCKETS; i++)
		for (struct http_conn *c = conns->buckets[i]; c != NULL; c = c->next) {
			const int64_t since_ms = atomic_load_explicit(&c->idle_since_ms, memory_order_relaxed);

			if (since_ms == 0 || since_ms >= oldest_ms) continue;
			oldest = c;
			oldest_ms = since_ms;
		}
	if (oldest == NULL) return false;
	atomic_store(&oldest->idle_since_ms, now_ms);   /* not chosen again before it is gone */
	cut(oldest);
	return true;
}

static int64_t count_client(const struct http_conns *conns, const unsigned char client[16])
{
	int64_t n = 0;

	for (const struct http_conn *c = conns->buckets[bucket_of(client)]; c != NULL; c = c->next)
		if (memcmp(c->client, client, sizeof(c->client)) == 0) n++;
	return n;
}

static bool is_free_of_limit(const struct http_conns *conns, const struct http_address *address)
{
	return address->is_unix || http_net_has(conns->setup.trusted, conns->setup.trusted_count, address);
}

bool http_conns_admit(struct http_conns *conns, const struct sockaddr *from)
{
	struct http_address address;
	unsigned char client[16];
	bool ok = true;

	http_address_of(from, &address);
	http_address_client(&address, client);
	pthread_mutex_lock(&conns->lock);
	if (!is_free_of_limit(conns, &address)) ok = count_client(conns, client) < conns->setup.per_client;
	if (ok && conns->count >= conns->setup.connections) ok = cut_longest_idle(conns, clock_mono_ms());
	pthread_mutex_unlock(&conns->lock);
	return ok;
}

void http_conns_add(struct http_conns *conns, struct http_conn *conn)
{
	struct http_conn **bucket;

	http_address_client(&conn->address, conn->client);
	conn->is_trusted = http_net_has(conns->setup.trusted, conns->setup.trusted_count, &conn->address);
	pthread_mutex_lock(&conns->lock);
	bucket = &conns->buckets[bucket_of(conn->client)];
	conn->next = *bucket;
	conn->link = bucket;
	if (conn->next != NULL) conn->next->link = &conn->next;
	*bucket = conn;
	if (conns->count++ == 0) pthread_cond_signal(&conns->changed);
	pthread_mutex_unlock(&conns->lock);
}

void http_conns_remove(struct http_conns *conns, struct http_conn *conn)
{
	pthread_mutex_lock(&conns->lock);
	*conn->link = conn->next;
	if (conn->next != NULL) conn->next->link = conn->link;
	conns->count--;
	pthread_mutex_unlock(&conns->lock);
}

/* Whoever came a moment ago is about to ask: it is cut only when it does not. */
static void end_idle(struct http_conn *c, int64_t now_ms)
{
	const int64_t since_ms = atomic_load(&c->idle_since_ms);

	if (since_ms == 0) return;
	if (now_ms - since_ms >= HTTP_CONNS_FRESH_MS) cut(c);
	else atomic_store(&c->deadline_ms, now_ms + HTTP_CONNS_FRESH_MS);
}

void http_conns_end_idle(struct http_conns *conns)
{
	const int64_t now_ms = clock_mono_ms();

	pthread_mutex_lock(&conns->lock);
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct http_conn *c = conns->buckets[i]; c != NULL; c = c->next) end_idle(c, now_ms);
	pthread_mutex_unlock(&conns->lock);
}

int64_t http_conns_count(struct http_conns *conns)
{
	int64_t n;

	pthread_mutex_lock(&conns->lock);
	n = conns->count;
	pthread_mutex_unlock(&conns->lock);
	return n;
}
