/* maildir.h - outgoing mail into a local Maildir when no relay is configured. The file's name comes from the key, so that a mail that is
 * written again after a crash is the same mail. Source: https://cr.yp.to/proto/maildir.html (tmp, new, cur). Thread: any. */
#ifndef OUTBOX_MAILDIR_H
#define OUTBOX_MAILDIR_H

#include <stdbool.h>
#include <stddef.h>
#include <intaked/error.h>

/* maildir_make() - creates the folder with tmp, new and cur unless they are there. */
enum ik_rc maildir_make(const char *path, struct ik_error *err);
/* maildir_write() - one file, on disk but for its name: call maildir_sync() once behind the last one. Was it there before: IK_OK as well.
 * may_be_there: an earlier attempt may have written it, so the reader's folder is looked through too. CRLF is written as LF. */
enum ik_rc maildir_write(const char *path, const char *key, const void *message, size_t size, bool may_be_there, struct ik_error *err);
enum ik_rc maildir_sync(const char *path, struct ik_error *err);

#endif
