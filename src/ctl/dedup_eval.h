/* dedup_eval.h - the command `intakectl dedup-eval`. */
#ifndef CTL_DEDUP_EVAL_H
#define CTL_DEDUP_EVAL_H

#include <stdbool.h>
#include <stdio.h>

/* ctl_dedup_eval() - answers every line of the file ("-": standard input) on out; the exit status (sysexits). */
int ctl_dedup_eval(const char *file, bool explain, FILE *out);

#endif
