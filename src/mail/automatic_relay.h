/* automatic_relay.h - a form, a shop or a chat passes on what a person wrote: the mail is a program's, the words are a customer's. Thread: any. */
#ifndef MAIL_AUTOMATIC_RELAY_H
#define MAIL_AUTOMATIC_RELAY_H

#include <stdbool.h>
#include "mail/draft.h"

/* automatic_passes_on() - a line of the text is labelled as a person's message and has something to say, and there is a way to reach who wrote it: behind a
 * label an address of another house or, before the message, a telephone number; or a Reply-To that leads elsewhere. A site that writes to its own house with
 * such a Reply-To needs no label. */
bool automatic_passes_on(const struct draft *d);
/* automatic_relays() - a marketplace announces the words of a buyer in the subject or in a line, what stands behind asks or speaks of the writer, and an
 * answer goes back to him alone: the name says through whom he writes, or the address is made for him. */
bool automatic_relays(const struct draft *d);

#endif
