/* stranded.h - what waits in the outbox for a channel or sink that nobody runs any more: taken out of the configuration, or switched off.
 * It is kept for as long as it takes, so somebody has to be told. Thread: any. */
#ifndef DAEMON_STRANDED_H
#define DAEMON_STRANDED_H

#include <jansson.h>
#include "outbox/outbox.h"

/* stranded_find() - array of {target, waiting, oldest_at}; a new reference. */
enum ik_rc stranded_find(struct store *store, const struct outbox *outbox, json_t **rows_r, struct ik_error *err);
/* stranded_text() - one row in words, with the remedy. */
void stranded_text(const json_t *row, struct ik_error *text_r);
/* stranded_warn() - a line of the log for each. */
void stranded_warn(struct store *store, const struct outbox *outbox);

#endif
