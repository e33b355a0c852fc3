/* frame.c - see frame.h. */
#include "worker/frame.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"

#define MAGIC 0x46574B49u                       /* "IKWF" */
#define FIRST_READ 65536u                       /* most frames come with one call */

static void put(unsigned char *at, uint64_t value, size_t len)
{
	for (size_t i = 0; i < len; i++) at[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t get(const unsigned char *at, size_t len)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len; i++) value |= (uint64_t)at[i] << (8 * i);
	return value;
}

static void encode_head(const struct frame *f, unsigned char head[FRAME_SIZE])
{
	put(head, MAGIC, 4);
	head[4] = (unsigned char)f->kind;
	head[5] = f->rc;
	head[6] = f->attempt;
	head[7] = f->charset_len;
	put(head + 8, f->text_len, 4);
	put(head + 12, f->data_len, 4);
	put(head + 16, f->source_size, 8);
}

static bool decode_head(const unsigned char *head, size_t data_max, struct frame *f_r)
{
	if (get(head, 4) != MAGIC || head[4] < FRAME_READ || head[4] > FRAME_REPLY) return false;
	*f_r = (struct frame){ .kind = (enum frame_kind)head[4], .rc = head[5], .attempt = head[6], .charset_len = head[7],
		.text_len = (uint32_t)get(head + 8, 4), .data_len = (uint32_t)get(head + 12, 4), .source_size = get(head + 16, 8) };
	return f_r->text_len <= FRAME_TEXT_MAX && f_r->data_len <= data_max;
}

/* Waits until the socket allows events. */
static enum frame_end wait_for(int sock, short events, int64_t deadline_ms)
{
	struct pollfd p = { .fd = sock, .events = events };

	for (;;) {
		const int64_t left = deadline_ms < 0 ? -1 : deadline_ms - clock_mono_ms();
		int n;

		if (deadline_ms >= 0 && left <= 0) return FRAME_LATE;
		n = poll(&p, 1, left > 60000 ? 60000 : (int)left);
		if (n > 0) return FRAME_DONE;
		if (n < 0 && errno != EINTR) return FRAME_CLOSED;
	}
}

static void attach_fd(struct msghdr *m, char *room, size_t size, int fd)
{
	struct cmsghdr *c;

	memset(room, 0, size);
	m->msg_control = room;
	m->msg_controllen = size;
	c = CMSG_FIRSTHDR(m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
}

/* Moves the vector past what was sent. */
static void advance(struct msghdr *m, size_t sent)
{
	while (m->msg_iovlen > 0 && sent >= m->msg_iov->iov_len) {
		sent -= m->msg_iov->iov_len;
		m->msg_iov++;
		m->msg_iovlen--;
	}
	if (m->msg_iovlen == 0) return;
	m->msg_iov->iov_base = (char *)m->msg_iov->iov_base + sent;
	m->msg_iov->iov_len -= sent;
}

static enum frame_end send_all(int sock, struct msghdr *m, int64_t deadline_ms)
{
	while (m->msg_iovlen > 0) {
		const ssize_t sent = sendmsg(sock, m, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (sent >= 0) {
			m->msg_control = NULL;          /* the descriptor went with the first bytes */
			m->msg_controllen = 0;
			advance(m, (size_t)sent);
		} else if (errno == EAGAIN) {
			const enum frame_end end = wait_for(sock, POLLOUT, deadline_ms);

			if (end != FRAME_DONE) return end;
		} else if (errno != EINTR) {
			return FRAME_CLOSED;
		}
	}
	return FRAME_DONE;
}

enum frame_end frame_send(int sock, const struct frame *f, const void *charset, const void *text, const void *data, int fd, int64_t deadline_ms)
{
	unsigned char head[FRAME_SIZE];
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))];
	/* iovec has no const form; sendmsg() does not write. */
	struct iovec pieces[] = { { head, sizeof(head) }, { (void *)(uintptr_t)charset, f->charset_len },
		{ (void *)(uintptr_t)text, f->text_len }, { (void *)(uintptr_t)data, f->data_len } };
	struct msghdr m = { .msg_iov = pieces, .msg_iovlen = sizeof(pieces) / sizeof(pieces[0]) };

	encode_head(f, head);
	if (fd >= 0) attach_fd(&m, room, sizeof(room), fd);
	return send_all(sock, &m, deadline_ms);
}

/* Keeps the one descriptor that came, if any. */
static void take_fd(struct msghdr *m, int *fd_r)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(sizeof(int))) continue;
		fd_close(fd_r);
		memcpy(fd_r, CMSG_DATA(c), sizeof(*fd_r));
	}
}

/* Appends what the socket has, at most len bytes. */
static enum frame_end receive_some(int sock, struct buf *bytes, size_t len, int *fd_r, int64_t deadline_ms)
{
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))];
	struct iovec piece = { .iov_base = buf_reserve(bytes, len), .iov_len = len };
	struct msghdr m = { .msg_iov = &piece, .msg_iovlen = 1 };
	const enum frame_end end = deadline_ms < 0 ? FRAME_DONE : wait_for(sock, POLLIN, deadline_ms);
	ssize_t got;

	if (piece.iov_base == NULL) return FRAME_GARBAGE;
	if (end != FRAME_DONE) return end;
	if (fd_r != NULL) {
		m.msg_control = room;
		m.msg_controllen = sizeof(room);
	}
	got = recvmsg(sock, &m, MSG_CMSG_CLOEXEC);
	if (got < 0) return errno == EINTR || errno == EAGAIN ? FRAME_DONE : FRAME_CLOSED;
	if (fd_r != NULL) take_fd(&m, fd_r);
	if (got == 0) return FRAME_CLOSED;
	bytes->len += (size_t)got;
	bytes->data[bytes->len] = '\0';
	return FRAME_DONE;
}

enum frame_end frame_receive(int sock, struct frame *f_r, size_t data_max, struct buf *bytes, int *fd_r, int64_t deadline_ms)
{
	size_t total = FIRST_READ;
	bool has_head = false;

	buf_clear(bytes);
	if (fd_r != NULL) *fd_r = -1;
	while (!has_head || bytes->len < total) {
		const enum frame_end end = receive_some(sock, bytes, total - bytes->len, fd_r, deadline_ms);

		if (end != FRAME_DONE) return end;
		if (has_head || bytes->len < FRAME_SIZE) continue;
		if (!decode_head((const unsigned char *)bytes->data, data_max, f_r)) return FRAME_GARBAGE;
		total = FRAME_SIZE + (size_t)f_r->charset_len + f_r->text_len + f_r->data_len;
		has_head = true;
	}
	return bytes->len == total ? FRAME_DONE : FRAME_GARBAGE;
}
