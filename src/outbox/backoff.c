/* backoff.c - when a duty that failed for now is tried again. See backoff.h. */
#include "outbox/backoff.h"

#define CHANCES 1000000

static int64_t or_default(int64_t value, int64_t fallback)
{
	return value > 0 ? value : fallback;
}

int64_t backoff_delay_s(const struct backoff *b, int64_t attempts, int64_t wish_s, uint64_t chance)
{
	const int64_t max = or_default(b->max_s, BACKOFF_MAX_S);
	int64_t delay = or_default(b->first_s, BACKOFF_FIRST_S);

	for (int64_t i = 1; i < attempts && delay < max; i++) delay *= 2;
	if (delay > max) delay = max;
	delay = delay / 2 + (int64_t)((uint64_t)(delay - delay / 2) * (chance % CHANCES) / (CHANCES - 1));
	if (wish_s > BACKOFF_WISH_MAX_S) wish_s = BACKOFF_WISH_MAX_S;
	if (delay < wish_s) delay = wish_s;
	return delay > 0 ? delay : 1;
}

bool backoff_is_over(const struct backoff *b, int64_t created_at, int64_t now_at)
{
	return now_at - created_at > or_default(b->give_up_s, BACKOFF_GIVE_UP_S);
}
