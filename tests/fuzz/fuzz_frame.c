/* fuzz_frame.c - any bytes from a worker that is in hostile hands: a frame is taken whole or refused, never beyond what the reader allows. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/clock.h"
#include "worker/frame.h"

#define DATA_MAX 65536u
#define INPUT_MAX 100000u               /* what a socket takes without a reader */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf bytes = BUF_INIT(FRAME_SIZE + 256 + FRAME_TEXT_MAX + DATA_MAX);
	struct frame f;
	int pair[2], fd = -1;
	size_t received = 0;

	if (size > INPUT_MAX || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 0;
	if (size > 0 && send(pair[0], data, size, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)size) goto out;
	(void)shutdown(pair[0], SHUT_WR);
	while (frame_receive(pair[1], &f, DATA_MAX, &bytes, &fd, clock_mono_ms() + 1000) == FRAME_DONE) {
		const size_t len = FRAME_SIZE + (size_t)f.charset_len + f.text_len + f.data_len;

		received += len;
		if (bytes.len != len || f.data_len > DATA_MAX || f.text_len > FRAME_TEXT_MAX || received > size || fd != -1) abort();
	}
out:
	(void)close(pair[0]);
	(void)close(pair[1]);
	buf_release(&bytes);
	return 0;
}
