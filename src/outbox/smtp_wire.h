/* smtp_wire.h - frames between an outbox thread and its sender process: one type byte, four bytes of length (big endian), payload.
 *
 *   to the sender                              from the sender
 *   TASK    struct smtp_task as JSON           ASK     number: mails before this one wish to be marked committing
 *   MAIL    from NUL to NUL bytes              DOT     number: the last bytes of this mail go out now
 *   BEGIN   all mails are there                RESULT  number, outcome, code (4 bytes each), text
 *   GO      number: mails before it may go     END     outcome of the session (4 bytes: enum ik_rc), text
 *   STOP    send nothing more
 *
 * A mail that no GO covered has not gone out; one without DOT has not gone out either, whatever became of the process. */
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
	WIRE_ASK = 'A', WIRE_DOT = 'D', WIRE_RESULT = 'R', WIRE_END = 'E',
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

void wire_put_number(unsigned char bytes_r[4], uint32_t number);
uint32_t wire_number(const char *bytes);

#endif
