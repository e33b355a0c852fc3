/* config_suggest.h - "did you mean": the nearest of some known names. Thread: any. */
#ifndef DAEMON_CONFIG_SUGGEST_H
#define DAEMON_CONFIG_SUGGEST_H

#include <stddef.h>

/* suggest_distance() - edits (insert, remove, change, swap of neighbours) from one word to the other; case and - _ count as equal.
 * Words above 64 bytes are far from everything. */
size_t suggest_distance(const char *a, const char *b);

/* A search: start empty, add every known name, ask. */
struct suggestion { const char *wanted, *best; size_t distance; };
void suggest_name(struct suggestion *s, const char *known);
/* suggest_best() - the nearest name, NULL when nothing is near enough to be meant. */
const char *suggest_best(const struct suggestion *s);

#endif
