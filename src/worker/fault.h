/* fault.h - makes a worker fail on demand, so that tests can show what its failures cost. Obeyed only when the daemon was started
 * with INTAKED_TEST_FAULTS=1: a mail with "X-Test-Crash: KIND" in its first bytes; "KIND-once" spares the second attempt.
 * Kinds: segv, hang, spin, memory, exit, exec, garbage. */
#ifndef WORKER_FAULT_H
#define WORKER_FAULT_H

#include "mail/mail.h"

/* fault_obey() - does not return when the mail asks for a failure, but for "garbage": writes nonsense to sock and returns true. */
bool fault_obey(const struct mail_source *source, int attempt, int sock);

#endif
