/* random.h - unpredictable bytes from the kernel. Tests replace struct random by a counter. Thread: any. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random { void (*fill)(struct random *, void *bytes_r, size_t len); };

/* random_system() - getrandom(2); never fails, never short. The object is const and shared. */
struct random *random_system(void);
void random_bytes(void *bytes_r, size_t len);
/* random_below() - uniform in 0 .. limit-1 (limit > 0), for jitter; not for secrets. */
uint64_t random_below(uint64_t limit);

#endif
