/* event.h - what an iCalendar file says, for a reader: of its first event or task the summary, the time, the place and the description, one below
 * the other. Source: RFC 5545. Thread: any. */
#ifndef TEXT_EVENT_H
#define TEXT_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

/* event_unfold() - joins folded lines of the bytes as they came: some programs fold within a character, which can be read only when it is whole. */
void event_unfold(struct buf *ics);
/* event_to_text() - appends to out. ics: clean UTF-8 with LF. False when it holds no event that says anything. */
bool event_to_text(struct buf *out, const char *ics, size_t len);

#endif
