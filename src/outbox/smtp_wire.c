/* smtp_wire.c - frames between an outbox thread and its sender process. See smtp_wire.h. */
#include "outbox/smtp_wire.h"

#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/file.h"

#define HEAD 5                          /* type and length */
#define CHUNK 65536                     /* bytes asked of the kernel at a time */

enum ik_rc wire_board_new(int *fd_r, wire_mark **board_r, struct ik_error *err)
{
	int fd = memfd_create("board", MFD_CLOEXEC);
	wire_mark *board = NULL;

	if (fd >= 0 && ftruncate(fd, WIRE_MAILS_MAX) == 0) board = wire_board_map(fd);
	if (board == NULL) {
		const enum ik_rc rc = ik_fail_errno(err, "memory shared with the sender process");

		fd_close(&fd);
		return rc == IK_OK ? IK_RETRY : rc;
	}
	*fd_r = fd;
	*board_r = board;
	return IK_OK;
}

wire_mark *wire_board_map(int fd)
{
	void *memory = mmap(NULL, WIRE_MAILS_MAX, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

void wire_board_free(wire_mark **board)
{
	if (*board != NULL) (void)munmap((void *)(uintptr_t)*board, WIRE_MAILS_MAX);
	*board = NULL;
}

void wire_put_number(unsigned char bytes_r[4], uint32_t number)
{
	for (int i = 0; i < 4; i++) bytes_r[i] = (unsigned char)(number >> (24 - 8 * i));
}

uint32_t wire_number(const char *bytes)
{
	uint32_t number = 0;

	for (int i = 0; i < 4; i++) number = number << 8 | (unsigned char)bytes[i];
	return number;
}

void wire_init(struct wire *w, int fd)
{
	*w = (struct wire){ .fd = fd, .in = BUF_INIT(WIRE_FRAME_MAX + 2 * CHUNK), .used = 0 };
}

void wire_release(struct wire *w)
{
	buf_release(&w->in);
	fd_close(&w->fd);
}

/* Sends all pieces; MSG_NOSIGNAL, since a dead peer is an answer and no reason to die. */
static enum ik_rc send_all(int fd, struct iovec *pieces, int count, struct ik_error *err)
{
	struct msghdr msg = { .msg_iov = pieces, .msg_iovlen = (size_t)count };

	while (msg.msg_iovlen > 0) {
		ssize_t sent = sendmsg(fd, &msg, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR) continue;
		if (sent < 0) return ik_fail(IK_RETRY, err, "sender process does not listen: errno %d", errno);
		while (msg.msg_iovlen > 0 && (size_t)sent >= msg.msg_iov->iov_len) {
			sent -= (ssize_t)msg.msg_iov->iov_len;
			msg.msg_iov++;
			msg.msg_iovlen--;
		}
		if (msg.msg_iovlen > 0) {
			msg.msg_iov->iov_base = (char *)msg.msg_iov->iov_base + sent;
			msg.msg_iov->iov_len -= (size_t)sent;
		}
	}
	return IK_OK;
}

enum ik_rc wire_send(int fd, enum wire_type type, const struct iovec *pieces, int count, struct ik_error *err)
{
	unsigned char head[HEAD] = { (unsigned char)type };
	struct iovec all[9] = { { head, HEAD } };
	size_t len = 0;

	for (int i = 0; i < count && i < 8; i++) {
		all[i + 1] = pieces[i];
		len += pieces[i].iov_len;
	}
	if (len > WIRE_FRAME_MAX) return ik_fail(IK_REJECT, err, "mail of %zu bytes is too large to be sent", len);
	wire_put_number(head + 1, (uint32_t)len);
	return send_all(fd, all, count + 1, err);
}

enum ik_rc wire_send_number(int fd, enum wire_type type, uint32_t number, struct ik_error *err)
{
	unsigned char bytes[4];
	const struct iovec piece = { bytes, sizeof(bytes) };

	wire_put_number(bytes, number);
	return wire_send(fd, type, &piece, 1, err);
}

void wire_append(struct buf *b, enum wire_type type, const void *data, size_t len)
{
	unsigned char head[HEAD] = { (unsigned char)type };

	wire_put_number(head + 1, (uint32_t)len);
	buf_add(b, head, HEAD);
	buf_add(b, data, len);
}

static size_t frame_len(const struct wire *w)
{
	return w->in.len - w->used < HEAD ? 0 : HEAD + (size_t)wire_number(w->in.data + w->used + 1);
}

bool wire_has_frame(const struct wire *w)
{
	const size_t len = frame_len(w);

	return len > 0 && w->in.len - w->used >= len;
}

/* Reads what is there. IK_RETRY when the other side has closed. */
static enum ik_rc read_more(struct wire *w, bool *is_gone_r, struct ik_error *err)
{
	char *room;
	ssize_t got;

	buf_drop(&w->in, w->used);
	w->used = 0;
	room = buf_reserve(&w->in, CHUNK);
	if (room == NULL) return ik_fail(IK_REJECT, err, "frame of the sender protocol is too large");
	do got = recv(w->fd, room, CHUNK, 0); while (got < 0 && errno == EINTR);
	if (got <= 0) {
		*is_gone_r = true;
		return ik_fail(IK_RETRY, err, "the other side of the sender protocol is gone");
	}
	w->in.len += (size_t)got;
	return IK_OK;
}

enum ik_rc wire_read(struct wire *w, int timeout_ms, struct wire_frame *frame_r, bool *is_gone_r, struct ik_error *err)
{
	*is_gone_r = false;
	while (!wire_has_frame(w)) {
		struct pollfd ready = { .fd = w->fd, .events = POLLIN };
		const int n = poll(&ready, 1, timeout_ms);
		enum ik_rc rc;

		if (n < 0 && errno == EINTR) continue;
		if (n <= 0) return ik_fail(IK_RETRY, err, "nothing came in %d ms", timeout_ms);
		rc = read_more(w, is_gone_r, err);
		if (rc != IK_OK) return rc;
		if (frame_len(w) > WIRE_FRAME_MAX) return ik_fail(IK_REJECT, err, "frame of the sender protocol is too large");
	}
	*frame_r = (struct wire_frame){ .type = (enum wire_type)w->in.data[w->used], .data = w->in.data + w->used + HEAD, .len = frame_len(w) - HEAD };
	w->used += frame_len(w);
	return IK_OK;
}
