/* sandbox.h - shuts the calling process in: after sandbox_enter() it can compute, use the descriptors it has, and nothing else.
 *
 * In order: capabilities and root dropped, no new privileges, resource limits, Landlock with no right at all (where the kernel
 * has it), seccomp allow-list. Without seccomp it fails: a parser that is not shut in must not run. Thread: the only one. */
#ifndef WORKER_SANDBOX_H
#define WORKER_SANDBOX_H

#include <stdint.h>
#include "base/buf.h"

struct sandbox_limits {
	int64_t memory;                 /* bytes of address space; not applied in sanitizer builds, which reserve terabytes */
	int64_t cpu_s;                  /* of the process's whole life; the second line behind the parent's deadline */
};

/* sandbox_enter() - landlock_r: the kernel's Landlock ABI, 0 when it has none. The process ends with the thread that made it;
 * parent_pid is that thread's process (0 when a pid namespace hides it): if it has gone already, this is an error. */
enum ik_rc sandbox_enter(const struct sandbox_limits *limits, int64_t parent_pid, long *landlock_r, struct ik_error *err);

/* sandbox_probe() - tries what must not work and writes one line: "open EACCES, socket EPERM, fork EPERM, seccomp 2". */
void sandbox_probe(struct buf *line);

#endif
