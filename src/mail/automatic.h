/* automatic.h - two separate answers about a mail: did a person write it to us, and may it be acknowledged.
 *
 * Every rule is a row of one table, from which the manual's page is made. Source: RFC 3834, 5230, 3464, 8098, 5965, 2369, 2919, and what mail programs
 * and helpdesks really send. Thread: any. */
#ifndef MAIL_AUTOMATIC_H
#define MAIL_AUTOMATIC_H

#include <stdbool.h>
#include <stddef.h>
#include "mail/draft.h"
#include "mail/mime.h"

enum automatic_effect { AUTOMATIC_MACHINE = 1, AUTOMATIC_NO_ACK = 2, AUTOMATIC_BOUNCE = 4 };

/* One published rule: what fires, in words, and what follows. */
struct automatic_rule { const char *reason, *name, *condition; unsigned effect; };
const struct automatic_rule *automatic_rules(size_t *count_r);

/* automatic_judge() - fills is_automatic .. bounce_message_id of d, whose subject, text and from are already read. has_forwarded: below the
 * writer's own words stands a forwarded message; then a prefix that means a reply in one language and a forward in another ("VS:") means a forward. */
void automatic_judge(struct draft *d, const struct mime *m, bool has_forwarded);

#endif
