/* reply_signature.h - signatures, lines of phones and programs, blocks of contacts and confidentiality notices at the end of what was written.
 * Thread: one at a time for one text. */
#ifndef MAIL_REPLY_SIGNATURE_H
#define MAIL_REPLY_SIGNATURE_H

#include "mail/reply_lines.h"

/* reply_drop_signatures() - of lines 0..end, each run of kept lines loses the signature at its end, as long as other words stay. */
void reply_drop_signatures(struct reply_text *t, size_t end);
/* reply_is_delimiter() - line i is "-- " or one of its kin, above what looks like a signature. */
bool reply_is_delimiter(const struct reply_text *t, size_t i);

#endif
