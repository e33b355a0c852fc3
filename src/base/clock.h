/* clock.h - the two clocks. Timers, back-off and deadlines use the monotonic one; the wall clock is for people and
 * signed times. Code whose decisions depend on time takes now_at as a parameter, so that tests choose it. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>
#include <stddef.h>

/* clock_wall() - seconds since 1970, UTC. clock_wall_us() - microseconds since 1970. */
int64_t clock_wall(void);
int64_t clock_wall_us(void);
/* clock_mono_ms() - milliseconds on CLOCK_BOOTTIME, which goes on during suspend and never jumps. */
int64_t clock_mono_ms(void);

#define CLOCK_RFC3339_SIZE 32
/* clock_rfc3339() - "2026-11-22T16:21:38Z" into text_r (CLOCK_RFC3339_SIZE bytes); returns text_r. */
char *clock_rfc3339(int64_t at, char *text_r);
/* clock_parse_rfc3339() - seconds since 1970, or -1 when the text is no RFC 3339 time; fractions are cut off. */
int64_t clock_parse_rfc3339(const char *text);

/* clock_parse_since() - "2026-11-22", an RFC 3339 time, or an age such as 90m, 24h, 7d; 0 for NULL, -1 when it is none of these. */
int64_t clock_parse_since(const char *text, int64_t now_at);

#endif
