/* due_text.h - times and spans as people of a language read them, in the words of templates. Thread: any. */
#ifndef POLICY_DUE_TEXT_H
#define POLICY_DUE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#define DUE_TEXT_MAX 160

/* due_text() - "Monday, 23 November 2026, 14:30 (Beijing time, UTC+8)", cut to the minute, so never later than at. zone must be one ICU knows; UTC
 * otherwise. Chinese in both scripts and English; other languages get figures: "2026-11-23 14:30 (UTC+8)". */
void due_text(const char *language, const char *zone, int64_t at, char text_r[DUE_TEXT_MAX]);
/* due_text_short() - the same for short messages: "23 Nov 14:30 (UTC+8)", "北京时间11月23日14:30". */
void due_text_short(const char *language, const char *zone, int64_t at, char text_r[DUE_TEXT_MAX]);
/* wait_text() - "about 3 hours", rounded up to ten minutes, hours or days. */
void wait_text(const char *language, int64_t seconds, char text_r[DUE_TEXT_MAX]);

#endif
