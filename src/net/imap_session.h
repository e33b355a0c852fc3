/* imap_session.h - one logged-in IMAP connection with one open folder: commands out, responses in.
 *
 * Bodies are asked for in windows bounded by their summed size, the next command already sent while the last one is answered, and every
 * answer is told by its UID. After trouble (a lost or foul connection) nothing more can be done with it; what came before stays valid.
 * A mail counts as whole once its counted literal and the response around it are read; so what a later response does to the connection
 * takes nothing back.
 * Source: RFC 3501, 2177 (IDLE), 2971 (ID), 4315 (UIDPLUS), 6851 (MOVE). Thread: one at a time. */
#ifndef NET_IMAP_SESSION_H
#define NET_IMAP_SESSION_H

#include "net/imap_parse.h"

#define IMAP_WINDOW_BYTES (1024 * 1024) /* announced sizes of the bodies one command asks for */
#define IMAP_WINDOW_MAILS 100
#define IMAP_COMMAND_MAX 4096

/* The connection. send: all of it, or trouble. recv waits at most wait_ms, or as long as the server may be silent when that is 0;
 * IMAP_SILENT where nothing came. */
struct imap_line {
	enum imap_trouble (*send)(void *arg, const char *data, size_t len);
	enum imap_trouble (*recv)(void *arg, char *data, size_t size, int64_t wait_ms, size_t *len_r);
	int64_t (*now_ms)(void *arg);
	void *arg;
};

struct imap_view { uint32_t uidvalidity, uidnext, exists; };

struct imap_session {
	struct imap_line line;
	struct imap_input in;
	uint32_t tag;                   /* of the last command */
	int64_t wait_ms;                /* 0: as long as the server may be silent */
	int64_t until_ms;               /* end of the command under way; 0: none */
	int64_t left;                   /* responses it may still have */
	bool has_id, has_move, has_uidplus, has_idle;
	bool has_news;                  /* EXISTS was said since the folder was looked at */
	struct imap_view view;          /* of the open folder, as said so far */
	char said[IMAP_TEXT_MAX + IMAP_CODE_MAX + 8];       /* the last NO, BAD or BYE; "" when there was none in the last command */
};

/* imap_session_init() - after the login. imap_session_release() - says nothing. */
void imap_session_init(struct imap_session *s, const struct imap_line *line);
void imap_session_release(struct imap_session *s);
enum imap_trouble imap_session_trouble(const struct imap_session *s);
/* imap_session_why() - what was foul, or "". */
const char *imap_session_why(const struct imap_session *s);

/* imap_session_run() - one command without its tag; its answer: IMAP_OK, IMAP_NO or IMAP_BAD; IMAP_BYE when there is trouble. each (may be
 * NULL): every untagged response. time_max_ms: of all of it. */
enum imap_kind imap_session_run(struct imap_session *s, const char *command, const struct imap_taker *taker,
                                void (*each)(void *arg, const struct imap_response *r), void *arg, int64_t time_max_ms);
/* imap_session_greet() - CAPABILITY, and ID where it is known: some servers (163.com) open no folder for who did not say it. */
enum imap_kind imap_session_greet(struct imap_session *s, const char *id, int64_t time_max_ms);
/* imap_session_open() - SELECT or EXAMINE; view_r as the server told it. */
enum imap_kind imap_session_open(struct imap_session *s, const char *command, struct imap_view *view_r, int64_t time_max_ms);

/* One mail that is asked for. */
struct imap_want { uint32_t uid; int64_t size; bool has_come; };
/* Bodies go to begin and body; whole: the one that came last is complete, at want[i]. False ends the dialogue. */
struct imap_catch {
	void *arg;
	bool (*begin)(void *arg, int64_t size);
	bool (*body)(void *arg, const char *data, size_t len);
	bool (*whole)(void *arg, size_t i);
};
/* imap_session_fetch() - the bodies of want (ascending UIDs), each at most once, none marked as read. section: "" or "HEADER". IMAP_OK as well
 * when some did not come: has_come tells; IMAP_NO when the server refused one of the commands; IMAP_BYE when there is trouble. */
enum imap_kind imap_session_fetch(struct imap_session *s, struct imap_want *want, size_t count, const char *section, const struct imap_catch *catch,
                                  int64_t time_max_ms);

/* imap_session_idle() - waits until the server has news, wait_ms are over, or it is told to stop; needs has_idle. IMAP_OK also when there
 * are no news: has_news tells. */
enum imap_kind imap_session_idle(struct imap_session *s, int64_t wait_ms, int64_t time_max_ms);

#endif
