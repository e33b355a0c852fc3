/* worker.h - the pool of sandboxed processes that touch hostile bytes.
 *
 * Each worker is this same binary started again (posix_spawn of /proc/self/exe) with one end of a socketpair as descriptor 3;
 * it closes everything else, sets rlimits, enters Landlock and seccomp, and answers one request after the other. After
 * conf.messages requests or conf.lifetime seconds it is replaced. A worker that dies, overruns its time or answers nonsense
 * is killed and its request tried once more in a fresh one; then the request is IK_REJECT: the caller quarantines. */
#ifndef WORKER_WORKER_H
#define WORKER_WORKER_H

#include <stdbool.h>
#include <stdint.h>
#include <intaked/error.h>
#include <intaked/option.h>
#include "mail/draft.h"
#include "mail/mail.h"

struct worker_conf {
	int64_t processes;              /* size of the pool */
	int64_t memory;                 /* bytes of address space per worker (RLIMIT_AS) */
	int64_t timeout;                /* seconds per message */
	int64_t messages, lifetime;     /* requests and seconds after which a worker is replaced */
};
extern const struct ik_option worker_options[];

struct worker_pool;

/* worker_main() - to be called first in main(): when argv asks for a worker, serves until the parent closes and never returns. */
void worker_main(int argc, char **argv);

/* worker_pool_new() - pre-spawns and waits until the first worker is ready; IK_CONFIG when none can be started. conf is borrowed.
 * A thread of the pool's own makes and buries workers (they die with it); it sleeps while nothing happens. Nobody else may
 * wait for unknown children with waitpid(-1). worker_pool_free() waits for calls under way. */
enum ik_rc worker_pool_new(const struct worker_conf *conf, struct worker_pool **pool_r, struct ik_error *err);
void worker_pool_free(struct worker_pool **pool);

/* worker_read_mail() - mail_read() in a worker; waits for a free one. Any thread. IK_REJECT: could not be read (err says why;
 * died or timed out twice, or beyond the limits), IK_RETRY: no worker can be had now. draft_r is to be released after IK_OK. */
enum ik_rc worker_read_mail(struct worker_pool *pool, const struct mail_source *source, struct draft *draft_r, struct ik_error *err);
enum ik_rc worker_extract(struct worker_pool *pool, const struct mail_source *source, const char *path, struct buf *bytes_r, struct ik_error *err);

/* worker_probe() - one worker's report on its sandbox: "landlock 3, open EACCES, socket EPERM, fork EPERM, seccomp 2". */
enum ik_rc worker_probe(struct worker_pool *pool, struct buf *line_r, struct ik_error *err);

struct worker_stats { int64_t busy, served, died, timed_out, replaced; };
void worker_pool_stats(struct worker_pool *pool, struct worker_stats *stats_r);

#endif
