/* turns.h - how many may log in at one server at the same time. All mailboxes of a server share its patience: without this, a start or the end
 * of an outage would bring hundreds of logins at once, which servers answer by refusing them. Threads: any. */
#ifndef DAEMON_TURNS_H
#define DAEMON_TURNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct turns;

/* turns_new() - most at a time and server. turns_free() - nobody may wait any more; NULL is allowed. */
struct turns *turns_new(int64_t most);
void turns_free(struct turns **turns);
/* turns_take() - waits for a turn at the server: false when none came within wait_ms, or is_over said so (asked twice a second; NULL: never).
 * *running_r: how many had one at the end. turns_give() - ends it; once for each that was taken. */
bool turns_take(struct turns *turns, const char *server, int64_t wait_ms, bool (*is_over)(const void *arg), const void *arg, int64_t *running_r);
void turns_give(struct turns *turns, const char *server);

#endif
