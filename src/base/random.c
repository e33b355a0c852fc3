#include "base/random.h"

#include <stdlib.h>
#include <sys/random.h>

void random_bytes(void *bytes_r, size_t len)
{
	unsigned char *at = bytes_r;

	while (len > 0) {
		const ssize_t got = getrandom(at, len, 0);

		if (got <= 0) continue;         /* EINTR only: the pool is ready long before any service starts */
		at += got;
		len -= (size_t)got;
	}
}

static void system_fill(struct random *r, void *bytes_r, size_t len)
{
	(void)r;
	random_bytes(bytes_r, len);
}

struct random *random_system(void)
{
	static struct random system_random = { .fill = system_fill };

	return &system_random;
}

uint64_t random_below(uint64_t limit)
{
	uint64_t value;

	random_bytes(&value, sizeof(value));
	return value % limit;
}
