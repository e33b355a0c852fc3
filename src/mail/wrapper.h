/* wrapper.h - what stands inside the wrapper of a signature. Nothing is verified: words are read wherever they come from. Thread: any. */
#ifndef MAIL_WRAPPER_H
#define MAIL_WRAPPER_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

/* wrapper_open_signed() - leaves of an opaque S/MIME signature (CMS SignedData, DER or BER) the MIME entity within; false and nothing when there is none. */
bool wrapper_open_signed(struct buf *der);
/* wrapper_open_clear_signed() - takes the frame of PGP clear-signed text away: its head, the dashes put before dashes, the signature. What stands
 * before and behind stays. */
void wrapper_open_clear_signed(struct buf *text);

#endif
