/* reply_contacts.h - the block of contacts with which a text ends though no delimiter and no closing formula says so: a name or firm, what the
 * writer does, numbers and addresses. What the customer gives on purpose looks much the same and must stay: in doubt it does.
 * Thread: one at a time for one text. */
#ifndef MAIL_REPLY_CONTACTS_H
#define MAIL_REPLY_CONTACTS_H

#include "mail/reply_lines.h"

/* reply_contacts() - where the block begins with which the kept lines of 0..end end, or end; *rule_r names the rule when there is one. */
size_t reply_contacts(const struct reply_text *t, size_t end, const char **rule_r);

#endif
