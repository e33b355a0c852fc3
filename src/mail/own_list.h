/* own_list.h - a mail that came through a mailing list or group: which list it names, and who wrote where the list put itself into From.
 *
 * A mailbox may get its mail through a group of the company's own (support@). Such a group marks all it passes on as a list's, which then says nothing
 * about who wrote. Whether the list is ours only the caller knows; here stands what the mail would be if it is.
 * Source: RFC 2919, 2369; what Google Groups and Mailman write. Thread: any. */
#ifndef MAIL_OWN_LIST_H
#define MAIL_OWN_LIST_H

#include <stdbool.h>
#include "mail/draft.h"
#include "mail/mime.h"

/* own_list_read() - fills list, writer and is_writer_sure of d, whose from and to are read. Nothing where the list's own fields contradict each other. */
void own_list_read(struct draft *d, const struct mime *m, const char *fallback);
/* own_list_explains() - the field is one that the list d->list adds to everything: it tells nothing about who wrote. */
bool own_list_explains(const struct draft *d, const struct mime *m, const struct mime_field *f);
/* own_list_is() - the list a mail names is the one with this address. */
bool own_list_is(const char *list, const char *address);
/* own_list_take() - the list is ours: writer and judgement become those that hold then. header_from keeps what From says. */
void own_list_take(struct draft *d);

#endif
