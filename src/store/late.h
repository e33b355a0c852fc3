/* late.h - tickets and messages that stand out of the order of their times, because they were entered or imported long after they came.
 *
 * Times grow with ids but for small disorder; whoever looks for a time halves. Rows that break this stand in runs of ids, each in one row of the
 * table late, which the halving passes over. Whoever imports in the order of time has no such rows. */
#ifndef STORE_LATE_H
#define STORE_LATE_H

#include "store/inside.h"

/* late_since() - everything at or after a time stands at this id or behind it. upto: one more than the last id. */
enum ik_rc late_since(struct sql *sql, enum store_late kind, int64_t since_at, int64_t upto, int64_t *id_r, struct ik_error *err);

#endif
