/* mem.h - small allocations that never fail, and the end of a process that cannot go on.
 *
 * Whatever a sender sizes goes through buf.h instead. Thread: any. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* mem_new() - zeroed memory, never NULL: out of memory ends the process (nothing accepted is lost, systemd restarts it). */
void *mem_new(size_t size) __attribute__((malloc, returns_nonnull));
/* mem_grow() - realloc under the same rule; items of item_size bytes, overflow checked. */
void *mem_grow(void *old, size_t count, size_t item_size) __attribute__((returns_nonnull));
/* mem_text() - a copy of a text; NULL stays NULL. mem_copy() - a copy of len bytes with a NUL behind them. */
char *mem_text(const char *text);
char *mem_copy(const void *data, size_t len) __attribute__((malloc, returns_nonnull));
/* mem_format() - printf into fresh memory. */
char *mem_format(const char *fmt, ...) __attribute__((format(printf, 1, 2), returns_nonnull));
/* mem_free() - free and clear the pointer it is given the address of. */
#define mem_free(p) do { free(*(p)); *(p) = NULL; } while (0)
/* mem_wipe_text() - overwrite and free a secret, clear the pointer. */
void mem_wipe_text(char **text);

#endif
