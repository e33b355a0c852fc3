/* limiter.c - a count-min sketch over one window. */
#include "net/limiter.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/random.h"
#include "net/http_address.h"

#define ROWS 2
#define COUNTERS 4096

struct limiter {
	int64_t limit, window_s;
	pthread_mutex_t lock;           /* everything below */
	int64_t window;
	uint64_t seeds[ROWS];
	uint32_t counts[ROWS][COUNTERS];
};

struct limiter *limiter_new(int64_t limit, int64_t window_s)
{
	struct limiter *l = mem_new(sizeof(*l));

	l->limit = limit;
	l->window_s = window_s;
	pthread_mutex_init(&l->lock, NULL);
	random_bytes(l->seeds, sizeof(l->seeds));
	return l;
}

void limiter_free(struct limiter **limiter)
{
	if (*limiter == NULL) return;
	pthread_mutex_destroy(&(*limiter)->lock);
	mem_free(limiter);
}

/* FNV-1a from a secret start, stirred at the end so that high bits reach the index. */
static size_t place(uint64_t seed, const unsigned char key[16])
{
	uint64_t h = seed;

	for (size_t i = 0; i < 16; i++) h = (h ^ key[i]) * 1099511628211u;
	h ^= h >> 29;
	h *= 0xbf58476d1ce4e5b9u;
	return (h >> 32) % COUNTERS;
}

bool limiter_allows(struct limiter *l, const char *peer, int64_t now_at)
{
	struct http_address address = { .is_unix = true };
	unsigned char key[16] = { 0 };
	uint32_t least = UINT32_MAX;

	if (http_address_parse(peer, strlen(peer), &address)) http_address_client(&address, key);
	pthread_mutex_lock(&l->lock);
	if (now_at / l->window_s != l->window) {
		memset(l->counts, 0, sizeof(l->counts));
		l->window = now_at / l->window_s;
	}
	for (size_t row = 0; row < ROWS; row++) {
		uint32_t *count = &l->counts[row][place(l->seeds[row], key)];

		if (*count < UINT32_MAX) (*count)++;
		if (*count < least) least = *count;
	}
	pthread_mutex_unlock(&l->lock);
	return least <= l->limit;
}
