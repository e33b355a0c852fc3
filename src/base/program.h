/* program.h - programs of the operator's that a plugin starts: which may be started, and how. Thread: any. */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include <sys/types.h>
#include <intaked/error.h>
#include <intaked/option.h>

#define PROGRAM_ARGUMENTS_MAX 64
#define PROGRAM_VARIABLES_MAX 64

/* What to start: program and arguments, one item each, and its variables; it gets these, PATH and LANG, and nothing else. */
struct program_conf { const struct ik_list *command; const struct ik_map *environment; };
/* Our ends of its stdin, stdout and stderr; they do not block. */
struct program_pipes { int in, out, err; };

/* program_check() - an absolute path to a program that nobody but root and we can change, in folders of which the same holds. IK_CONFIG with
 * the remedy otherwise. */
enum ik_rc program_check(const struct program_conf *conf, struct ik_error *err);
/* program_start() - without a shell, in "/", in a process group of its own, signals as at the start of any program. The caller closes the
 * pipes and waits for the process. IK_CONFIG or IK_RETRY: nothing is left open. */
enum ik_rc program_start(const struct program_conf *conf, struct program_pipes *pipes_r, pid_t *pid_r, struct ik_error *err);

#endif
