/* replay.h - what two of the files of `intakectl replay` share: the differences between what was decided and what would be. */
#ifndef CTL_REPLAY_H
#define CTL_REPLAY_H

#include <jansson.h>
#include "pipeline/replay.h"

/* replay_compare() - array of {what, before, after, rule}, empty when nothing differs; a new reference. opening: of read_openings(). */
json_t *replay_compare(const json_t *opening, const struct ticket *t);

#endif
