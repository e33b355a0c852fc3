/* imap_parse.h - reads what an IMAP server says, one response at a time, from a stream that may say anything.
 *
 * A strict reader of RFC 3501 section 9 as far as a mailbox reader meets it: what does not fit ends the dialogue as IMAP_FOUL, and nothing
 * behind it is read as protocol. Text of a mail comes only inside a literal, whose length the server announces and which is counted, so nothing
 * in it can be taken for protocol. Everything is bounded: bytes of a response outside literals, numbers, depth of lists, and a literal is
 * announced to its taker before a byte of it is read. Nothing is allocated by what a server says.
 * Thread: one at a time. */
#ifndef NET_IMAP_PARSE_H
#define NET_IMAP_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMAP_INPUT_SIZE (16 * 1024)     /* bytes read at a time; one TLS record */
#define IMAP_RESPONSE_MAX (64 * 1024)   /* of one response, outside the literal of a mail */
#define IMAP_SEARCH_MAX (16 * 1024 * 1024)      /* of one SEARCH response: about 1.5 million numbers */

enum imap_trouble {
	IMAP_FINE,
	IMAP_END,       /* the connection is gone */
	IMAP_SILENT,    /* nothing came in time */
	IMAP_STOPPED,   /* told to stop */
	IMAP_FOUL,      /* not IMAP, or past a limit */
	IMAP_DECLINED,  /* the taker wanted no more */
};

/* Where bytes come from: at least one into data with IMAP_FINE. */
typedef enum imap_trouble (*imap_recv_fn)(void *arg, char *data, size_t size, size_t *len_r);

struct imap_input {
	imap_recv_fn recv;
	void *arg;
	char *data;                     /* IMAP_INPUT_SIZE bytes, made at first use */
	size_t at, len;
	int64_t left;                   /* bytes the response may still have */
	enum imap_trouble trouble;      /* not FINE: nothing more is read */
	const char *why;                /* with IMAP_FOUL: what was wrong, a constant text */
};

void imap_input_init(struct imap_input *in, imap_recv_fn recv, void *arg);
void imap_input_release(struct imap_input *in);
/* imap_input_rest() - gives the memory back while nothing is waiting in it. */
void imap_input_rest(struct imap_input *in);

enum imap_kind {
	IMAP_OK, IMAP_NO, IMAP_BAD,     /* tagged or not */
	IMAP_BYE, IMAP_CONTINUE, IMAP_EXISTS, IMAP_EXPUNGE, IMAP_FETCH, IMAP_SEARCH, IMAP_CAPABILITY,
	IMAP_OTHER,                     /* well formed, of no interest */
};

#define IMAP_CODE_MAX 32
#define IMAP_TEXT_MAX 200

struct imap_response {
	enum imap_kind kind;
	bool is_tagged;
	uint32_t tag;                   /* of "i123" */
	uint32_t number;                /* EXISTS, EXPUNGE: as said */
	char code[IMAP_CODE_MAX];       /* of "[CODE 123]" in capitals, "" when there is none */
	uint32_t code_number;           /* 0 when there is none */
	char text[IMAP_TEXT_MAX];       /* the rest of OK, NO, BAD, BYE: printable ASCII, cut */
	uint32_t uid;                   /* FETCH: 0 when not said */
	int64_t size;                   /* FETCH: RFC822.SIZE, -1 when not said */
	int64_t came_at;                /* FETCH: INTERNALDATE in seconds since 1970, 0 when not said or none */
	bool has_body;                  /* FETCH: a body came and was taken whole */
};

/* Who takes what is not kept in the response; each may be NULL. False ends the dialogue as IMAP_DECLINED. */
struct imap_taker {
	void *arg;
	bool (*begin)(void *arg, int64_t size);                         /* a body of so many bytes follows */
	bool (*body)(void *arg, const char *data, size_t len);
	bool (*number)(void *arg, uint32_t n);                          /* of SEARCH */
	void (*capability)(void *arg, const char *word);                /* in capitals */
};

/* imap_read() - the next response, whole; false: in->trouble tells why. A body without a taker for it is foul. */
bool imap_read(struct imap_input *in, const struct imap_taker *taker, struct imap_response *r);

#endif
