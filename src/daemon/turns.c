#include "daemon/turns.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/clock.h"
#include "base/mem.h"

#define LOOK_MS 500                     /* between two questions whether the wait is over */

/* One server at which somebody has a turn or waits for one; both counts 0: it goes. */
struct place { struct place *next; char *server; int64_t running, waiting; };

struct turns {
	pthread_mutex_t lock;           /* of the places */
	pthread_cond_t given;
	struct place *places;
	int64_t most;
};

struct turns *turns_new(int64_t most)
{
	struct turns *t = mem_new(sizeof(*t));
	pthread_condattr_t monotonic;

	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&t->given, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	(void)pthread_mutex_init(&t->lock, NULL);
	t->most = most;
	return t;
}

static struct place **place_of(struct turns *t, const char *server)
{
	struct place **at = &t->places;

	while (*at != NULL && strcmp((*at)->server, server) != 0) at = &(*at)->next;
	return at;
}

static struct place *place_enter(struct turns *t, const char *server)
{
	struct place **at = place_of(t, server);

	if (*at == NULL) {
		*at = mem_new(sizeof(**at));
		(*at)->server = mem_text(server);
	}
	(*at)->waiting++;
	return *at;
}

static void place_leave(struct turns *t, const char *server)
{
	struct place **at = place_of(t, server), *gone = *at;

	if (gone == NULL || gone->running > 0 || gone->waiting > 0) return;
	*at = gone->next;
	free(gone->server);
	free(gone);
}

void turns_free(struct turns **turns)
{
	struct turns *t = *turns;

	if (t == NULL) return;
	while (t->places != NULL) {
		t->places->running = t->places->waiting = 0;
		place_leave(t, t->places->server);
	}
	(void)pthread_cond_destroy(&t->given);
	(void)pthread_mutex_destroy(&t->lock);
	mem_free(turns);
}

static void wait_until(struct turns *t, int64_t at_ms)
{
	const struct timespec until = { .tv_sec = (time_t)(at_ms / 1000), .tv_nsec = (long)(at_ms % 1000) * 1000000 };

	(void)pthread_cond_timedwait(&t->given, &t->lock, &until);
}

bool turns_take(struct turns *t, const char *server, int64_t wait_ms, bool (*is_over)(const void *arg), const void *arg, int64_t *running_r)
{
	const int64_t until_ms = clock_mono_ms() + wait_ms;
	struct place *place;
	int64_t now_ms;
	bool has_turn;

	pthread_mutex_lock(&t->lock);
	place = place_enter(t, server);
	while (place->running >= t->most && (now_ms = clock_mono_ms()) < until_ms && (is_over == NULL || !is_over(arg)))
		wait_until(t, now_ms + LOOK_MS < until_ms ? now_ms + LOOK_MS : until_ms);
	place->waiting--;
	has_turn = place->running < t->most;
	*running_r = place->running;
	if (has_turn) place->running++;
	place_leave(t, server);
	pthread_mutex_unlock(&t->lock);
	return has_turn;
}

void turns_give(struct turns *t, const char *server)
{
	struct place *place;

	pthread_mutex_lock(&t->lock);
	place = *place_of(t, server);
	if (place != NULL && place->running > 0) place->running--;
	place_leave(t, server);
	(void)pthread_cond_broadcast(&t->given);
	pthread_mutex_unlock(&t->lock);
}
