/* walk.h - how a promised time was worked out, in the customer's words. */
#ifndef WEB_WALK_H
#define WEB_WALK_H

#include <jansson.h>
#include "web/web_inside.h"

/* walk_write() - appends the stretches of promise.walk as a list that opens and closes without script; nothing when there are none. */
void walk_write(struct buf *b, const struct web *web, const json_t *walk, enum page_language language);

#endif
