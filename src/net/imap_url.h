/* imap_url.h - a mailbox read by libcurl's own IMAP, one mail a transfer: slow, and for servers that the session of imap_session.h does not
 * understand. Every function works on the kept connection; codes are libcurl's, as from mailbox_run().
 * Bodies come by the URL form only: custom commands do not deliver them, and take text of a mail for protocol. That form marks a mail as
 * read where the folder is open for writing, so it is opened read-only (EXAMINE) for reading. */
#ifndef NET_IMAP_URL_H
#define NET_IMAP_URL_H

#include "net/imap_session.h"
#include "net/mailbox_curl.h"

/* A folder in the shapes it is needed in. */
struct imap_folder {
	char *name;                     /* as in keys: UTF-8, INBOX in capitals */
	char *examine, *select;         /* commands */
	char *path;                     /* "/FOLDER", encoded */
};

/* How a fetch ended. LOST: the connection was gone before, the mail is not to blame. */
enum imap_got { IMAP_GOT_WHOLE, IMAP_GOT_NOTHING, IMAP_GOT_TOO_LARGE, IMAP_GOT_LOST, IMAP_GOT_STOPPED };

int imap_url_open(struct mailbox *m, const struct imap_folder *folder, const char *command, struct imap_view *view_r);
/* Told of each mail in a folder; size -1: not told, came_at 0: the server does not say when it took it in. */
typedef void imap_listed_fn(void *arg, uint32_t uid, int64_t size, int64_t came_at);
/* imap_url_list() - the UIDs from..to (to 0: to the end), which may be no more than IMAP_URL_SPAN in number: libcurl cuts long lines. */
#define IMAP_URL_SPAN 2500
int imap_url_list(struct mailbox *m, const struct imap_folder *folder, uint32_t uidvalidity, uint32_t from, uint32_t to,
                  imap_listed_fn *each, void *arg);
/* imap_url_fetch() - into the spool. section: "" or "HEADER". size_r: as announced, -1 before. */
enum imap_got imap_url_fetch(struct mailbox *m, const struct imap_folder *folder, uint32_t uidvalidity, uint32_t uid, const char *section, size_t max,
                             int64_t time_max_s, struct spool *spool, int64_t *size_r, struct ik_error *err);
int imap_url_command(struct mailbox *m, const struct imap_folder *folder, uint32_t uidvalidity, const char *command);

#endif
