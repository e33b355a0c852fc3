/* mail.h - reads one RFC 5322 message into a draft. Hostile bytes: runs in the sandboxed worker only (and in fuzz targets).
 *
 * Limits (before and while parsing): 25 MB message, 256 KB header block, 64 KB one header, 2,000 header lines, MIME depth 32,
 * 500 parts, 64 parameters a header, 500 addresses, group depth 3, 100 references, 100 attachments. Beyond: IK_REJECT with the
 * limit in words. Everything else is read as well as it can be and never fails.
 * Source: RFC 5322, 2045-2047, 2231, 3464, 3834, 3676. Thread: one at a time (GMime state). */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "mail/draft.h"

struct mail_source {
	const void *data;               /* or NULL and fd */
	size_t size;
	int fd;                         /* read from offset 0 when data is NULL */
	const char *fallback_charset;   /* of the channel, may be NULL */
};

/* mail_start() - library set-up, and everything that needs files (iconv modules, ICU data) loaded before the sandbox closes. */
void mail_start(void);
enum ik_rc mail_read(const struct mail_source *source, struct draft *draft_r, struct ik_error *err);
/* mail_extract() - the decoded bytes of the part at path, for attachments asked for later. */
enum ik_rc mail_extract(const struct mail_source *source, const char *path, struct buf *bytes_r, struct ik_error *err);

#endif
