/* test_turns.c - no more than so many at one server at a time, and nobody waits for another server. */
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include "base/clock.h"
#include "daemon/turns.h"

#define THREADS 16
#define MOST 3

struct crowd { struct turns *turns; _Atomic int running, most, done; };

static void *enter_and_leave(void *arg)
{
	struct crowd *c = arg;
	const struct timespec moment = { .tv_nsec = 3000000 };
	int64_t others = -1;

	for (int i = 0; i < 3; i++) {
		if (!turns_take(c->turns, "imap.example:993", 10000, NULL, NULL, &others)) continue;
		const int now = atomic_fetch_add(&c->running, 1) + 1;

		if (now > atomic_load(&c->most)) atomic_store(&c->most, now);
		(void)nanosleep(&moment, NULL);
		(void)atomic_fetch_sub(&c->running, 1);
		(void)atomic_fetch_add(&c->done, 1);
		turns_give(c->turns, "imap.example:993");
	}
	return NULL;
}

TEST(no_more_than_so_many_are_at_one_server_and_all_get_there)
{
	struct crowd c = { .turns = turns_new(MOST) };
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++) CHECK_INT(pthread_create(&threads[i], NULL, enter_and_leave, &c), 0);
	for (int i = 0; i < THREADS; i++) (void)pthread_join(threads[i], NULL);
	CHECK_INT(atomic_load(&c.most), MOST);
	CHECK_INT(atomic_load(&c.done), 3 * THREADS);
	turns_free(&c.turns);
}

static bool is_over(const void *arg)
{
	return *(const bool *)arg;
}

TEST(a_wait_ends_in_time_or_when_it_is_over_and_another_server_is_free)
{
	struct turns *t = turns_new(1);
	const bool yes = true;
	int64_t running = -1;
	int64_t began_ms = clock_mono_ms();

	CHECK(turns_take(t, "a", 0, NULL, NULL, &running));
	CHECK_INT(running, 0);
	CHECK(!turns_take(t, "a", 50, NULL, NULL, &running));
	CHECK_INT(running, 1);
	CHECK(clock_mono_ms() - began_ms >= 50);
	began_ms = clock_mono_ms();
	CHECK(!turns_take(t, "a", 60000, is_over, &yes, &running));
	CHECK(clock_mono_ms() - began_ms < PATIENCE_MS);
	CHECK(turns_take(t, "b", 0, NULL, NULL, &running));
	turns_give(t, "a");
	CHECK(turns_take(t, "a", 0, NULL, NULL, &running));
	turns_give(t, "a");
	turns_give(t, "a");             /* one too many changes nothing */
	CHECK(turns_take(t, "a", 0, NULL, NULL, &running));
	CHECK(!turns_take(t, "a", 0, NULL, NULL, &running));
	turns_free(&t);
	CHECK(t == NULL);
}
