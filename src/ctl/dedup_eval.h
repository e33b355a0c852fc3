/* dedup_eval.h - the command `intakectl dedup-eval`. */
#ifndef CTL_DEDUP_EVAL_H
#define CTL_DEDUP_EVAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <jansson.h>
#include "pipeline/similar.h"

/* ctl_dedup_eval() - answers every line of the file ("-": standard input) on out; the exit status (sysexits). */
int ctl_dedup_eval(const char *file, bool explain, FILE *out);
/* ctl_dedup_read() - a line of such a file as the engine reads it, under this number; its time must be a time. Free with free(). */
struct similar_query *ctl_dedup_read(const struct similar *similar, const json_t *in, int64_t id);

#endif
