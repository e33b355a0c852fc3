/* imap_box.h - one IMAP account: connects when needed, opens folders, lists, fetches, and does to mails what comes after.
 *
 * It speaks the dialogue of imap_session.h over libcurl's connection (TLS, login and tokens stay libcurl's). Where a server is not understood
 * twice in a row it goes on with libcurl's own IMAP (imap_url.h), one mail a transfer, until the program ends; `client` asks for
 * one of them. Nothing here stores anything; nothing is marked as read.
 * Thread: one at a time. */
#ifndef NET_IMAP_BOX_H
#define NET_IMAP_BOX_H

#include <intaked/host.h>
#include "net/imap_url.h"

enum imap_client { IMAP_CLIENT_AUTO, IMAP_CLIENT_STREAM, IMAP_CLIENT_URL };

struct imap_box_conf {
	struct mailbox_conf mailbox;
	enum imap_client client;
	int64_t max_size;               /* bytes of one mail */
	bool writes;                    /* folders are opened for writing */
};

struct imap_box;

/* imap_folder_init() - name: UTF-8. */
void imap_folder_init(struct imap_folder *folder, const char *name);
void imap_folder_release(struct imap_folder *folder);
/* imap_quoted_name() - a folder's name as commands want it, to be freed. */
char *imap_quoted_name(const char *name);

/* imap_box_new() - IK_CONFIG for what cannot be right; no network yet. conf is copied, its texts are borrowed. */
enum ik_rc imap_box_new(const struct ik_host *host, const struct imap_box_conf *conf, struct imap_box **box_r, struct ik_error *err);
void imap_box_free(struct imap_box **box);

/* imap_box_open() - the folder as it is now, on the kept connection or, where there is none any more, on a new one. err names the step. */
enum ik_rc imap_box_open(struct imap_box *box, const struct imap_folder *folder, struct imap_view *view_r, struct ik_error *err);
bool imap_box_is_open(struct imap_box *box);
/* imap_box_span() - how many UIDs one listing may cover; 0: any number. */
uint32_t imap_box_span(const struct imap_box *box);
/* imap_box_list() - the UIDs from..to (to 0: to the end; then also the last one below from may come), sizes -1 where they are not told. */
enum ik_rc imap_box_list(struct imap_box *box, uint32_t from, uint32_t to, imap_listed_fn *each, void *arg, struct ik_error *err);
/* imap_box_since() - the UIDs of mails that came to the folder on that day (UTC) or later, in any order. */
enum ik_rc imap_box_since(struct imap_box *box, int64_t since_at, void (*each)(void *arg, uint32_t uid), void *arg, struct ik_error *err);

/* The mail that came last. One spool serves all. */
struct spool *imap_box_spool(struct imap_box *box);
/* imap_box_fetch_many() - want (ascending UIDs), as many as come; whole() is called for each, with the mail in the spool; false ends it. What did
 * not come (has_come) has to be asked for one by one. Does nothing where mails come one a transfer anyway. */
void imap_box_fetch_many(struct imap_box *box, struct imap_want *want, size_t count, bool (*whole)(void *arg, size_t i), void *arg);
/* imap_box_fetch() - one mail, or its header alone, of at most max bytes; size_r: as announced, -1 before. */
enum imap_got imap_box_fetch(struct imap_box *box, uint32_t uid, bool is_header, size_t max, int64_t *size_r, struct ik_error *err);

/* imap_box_act() - one command (without tag) that changes mails of the folder; needs writes. Between imap_box_act_begin() and _end(). */
enum ik_rc imap_box_act_begin(struct imap_box *box, struct ik_error *err);
enum ik_rc imap_box_act(struct imap_box *box, const char *command, struct ik_error *err);
enum ik_rc imap_box_act_end(struct imap_box *box, struct ik_error *err);
bool imap_box_has_move(const struct imap_box *box);
bool imap_box_has_uidplus(const struct imap_box *box);

/* imap_box_wait() - until the server tells of news in the open folder, at most wait_ms; false at once, or as soon as the server will not do
 * it any longer. Ends early on stop, and when the instance is woken. */
bool imap_box_wait(struct imap_box *box, int64_t wait_ms);
/* imap_box_rest() - gives memory back before a pause. */
void imap_box_rest(struct imap_box *box);

#endif
