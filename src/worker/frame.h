/* frame.h - the protocol between the pool and a worker: one frame there, one frame back, over a stream socketpair.
 *
 * A frame is 24 bytes of head (little-endian: magic, kind, rc, attempt, length of charset, length of text, length of data, size of
 * the source) and then charset, text and data. Small mails travel as data; larger ones as a read-only descriptor beside the head.
 * Neither end trusts a length: what is longer than the reader allows, or does not end where the head says, is garbage. */
#ifndef WORKER_FRAME_H
#define WORKER_FRAME_H

#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>
#include "base/buf.h"

#define WORKER_ARGUMENT "--parse-worker"        /* argv[1]; then memory, cpu seconds, parent's pid, 1 to obey test faults */
#define WORKER_SOCKET 3                         /* the worker's end of the socketpair */

#define FRAME_SIZE 24
#define FRAME_INLINE_MAX (256u * 1024)          /* larger mails travel as a descriptor */
#define FRAME_TEXT_MAX 1024u                    /* path of a part, or error text */
#define FRAME_DRAFT_MAX (8u << 20)              /* an encoded draft */
#define FRAME_EXTRACT_MAX (32u << 20)           /* decoded bytes of one part */

enum frame_kind { FRAME_READ = 1, FRAME_EXTRACT, FRAME_PROBE, FRAME_READY, FRAME_REPLY };

struct frame {
	enum frame_kind kind;
	uint8_t rc;                     /* of a reply: enum ik_rc */
	uint8_t attempt;                /* of a request: 1 or 2 */
	uint8_t charset_len;
	uint32_t text_len, data_len;
	uint64_t source_size;           /* of a request: bytes of the mail, inline or behind the descriptor */
};

/* How an exchange ended; the pool decides what follows. */
enum frame_end { FRAME_DONE, FRAME_CLOSED, FRAME_LATE, FRAME_GARBAGE };

/* frame_send() - charset, text and data have the lengths of f and may be NULL when those are 0. fd goes along unless it is -1.
 * deadline_ms: on clock_mono_ms(), -1 for none. Never raises SIGPIPE. */
enum frame_end frame_send(int sock, const struct frame *f, const void *charset, const void *text, const void *data, int fd, int64_t deadline_ms);

/* frame_receive() - the frame's variable bytes are in bytes from FRAME_SIZE on. data_max bounds data_len. fd_r: NULL when no
 * descriptor is wanted (the kernel then drops any), else -1 or a descriptor that is the caller's. */
enum frame_end frame_receive(int sock, struct frame *f_r, size_t data_max, struct buf *bytes, int *fd_r, int64_t deadline_ms);

#endif
