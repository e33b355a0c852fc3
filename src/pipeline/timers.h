/* timers.h - the thread that looks when the next timer of the store is due. What a timer does stands in progress.c. */
#ifndef PIPELINE_TIMERS_H
#define PIPELINE_TIMERS_H

#include "pipeline/pipeline.h"

struct timers;
/* timers_new() - setup is borrowed until timers_free(), which waits for the job under way. */
enum ik_rc timers_new(const struct pipeline_setup *setup, struct timers **timers_r, struct ik_error *err);
void timers_free(struct timers **timers);

#endif
