/* smtp_wire.h - between an outbox thread and its sender process: frames - one type byte, four bytes of length (big endian), payload - and
 * the board, memory that both share.
 *
 *   to the sender                              from the sender
 *   TASK    struct smtp_task as JSON           ASK     number: mails before this one wish to be marked committing
 *   MAIL    from NUL to NUL bytes              RESULT  number, outcome, code (4 bytes each), text
 *   BEGIN   all mails are there                END     outcome of the session (4 bytes: enum ik_rc), text
 *   GO      number: mails before it may go
 *   STOP    send nothing more
 *
 * The board has a byte for each mail, an enum send_mark: the sender sets SEND_DOT before the last bytes of a mail go out, and the result
 * when there is one. It outlives the sender, so that no frame has to be written, and nobody woken, for every mail; results travel together.
 * A mail that no GO covered has not gone out; one that is SEND_UNTOUCHED has not gone out either, whatever became of the process. */
#ifndef OUTBOX_SMTP_WIRE_H
#define OUTBOX_SMTP_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>
#include <intaked/error.h>
#include "base/buf.h"

#define WIRE_FRAME_MAX (64u * 1024 * 1024)      /* bytes of one payload */
#define WIRE_MAILS_MAX 10000u                   /* in one session */

enum wire_type {
	WIRE_TASK = 'T', WIRE_MAIL = 'M', WIRE_BEGIN = 'B', WIRE_GO = 'G', WIRE_STOP = 'S',
	WIRE_ASK = 'A', WIRE_RESULT = 'R', WIRE_END = 'E',
};

struct wire_frame { enum wire_type type; const char *data; size_t len; };      /* data lives until the next wire_read() */
struct wire { int fd; struct buf in; size_t used; };

void wire_init(struct wire *w, int fd);
void wire_release(struct wire *w);              /* closes fd */
/* wire_send() - one frame whose payload is the pieces one after another. Not for more than 8 pieces. IK_RETRY: the other side is gone. */
enum ik_rc wire_send(int fd, enum wire_type type, const struct iovec *pieces, int count, struct ik_error *err);
enum ik_rc wire_send_number(int fd, enum wire_type type, uint32_t number, struct ik_error *err);
/* wire_append() - the same into a buffer, to be sent later together with others. */
void wire_append(struct buf *b, enum wire_type type, const void *data, size_t len);
/* wire_read() - the next frame, waiting at most timeout_ms (-1: for ever). IK_RETRY: time is over or the other side is gone (*is_gone_r);
 * IK_REJECT: not a frame. */
enum ik_rc wire_read(struct wire *w, int timeout_ms, struct wire_frame *frame_r, bool *is_gone_r, struct ik_error *err);
/* wire_has_frame() - whether a whole frame has been read already. */
bool wire_has_frame(const struct wire *w);

/* wire_board_new() - WIRE_MAILS_MAX marks, all SEND_UNTOUCHED, and the descriptor to hand to the sender. wire_board_map() - the sender's side;
 * NULL: it is none. wire_board_free() - clears the pointer. */
typedef _Atomic unsigned char wire_mark;
enum ik_rc wire_board_new(int *fd_r, wire_mark **board_r, struct ik_error *err);
wire_mark *wire_board_map(int fd);
void wire_board_free(wire_mark **board);

void wire_put_number(unsigned char bytes_r[4], uint32_t number);
uint32_t wire_number(const char *bytes);

#endif
