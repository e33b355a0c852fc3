/* log.h - one event, one line, to stderr with the journal's <N> prefix. Never blocks intake: a line that cannot be written
 * at once is dropped and counted. Control bytes and terminal escapes come out as \xNN, lines are cut at 1 KiB.
 *
 * The level is the one mutable file-level value of src/base: an atomic set at start and reload. Thread: any. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdarg.h>
#include <stdint.h>
#include <intaked/host.h>

void log_set_level(enum ik_level level);
/* log_line() - who is the part that speaks: "store", "channel support-mail". */
void log_line(enum ik_level level, const char *who, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void log_vline(enum ik_level level, const char *who, const char *fmt, va_list ap) __attribute__((format(printf, 3, 0)));
/* log_dropped() - lines dropped since the start. */
uint64_t log_dropped(void);

#endif
