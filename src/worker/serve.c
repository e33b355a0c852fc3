/* serve.c - the worker's side: start-up, sandbox, then one request after the other until the parent closes the socket.
 *
 * Order at start-up matters: libraries first load what they need from files, then the door is shut, then READY is sent. Nothing
 * hostile is touched before that. The socket is descriptor 3; 0 to 2 are /dev/null. */
#include "worker/worker.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/codec.h"
#include "base/file.h"
#include "base/mem.h"
#include "worker/fault.h"
#include "worker/frame.h"
#include "worker/sandbox.h"

#define KEEP_BYTES (1u << 20)                   /* a buffer larger than this is given back after the request */

struct server {
	int sock;
	long landlock;
	bool obeys_faults;
	struct buf in, out;
};

/* Whole decimal number, or fallback. */
static int64_t argument(int argc, char **argv, int i, int64_t fallback)
{
	char *end;
	int64_t value;

	if (i >= argc) return fallback;
	value = strtoll(argv[i], &end, 10);
	return end != argv[i] && *end == '\0' ? value : fallback;
}

static bool reply(struct server *s, enum frame_kind kind, enum ik_rc rc, const struct ik_error *err)
{
	const struct frame f = { .kind = kind, .rc = (uint8_t)rc, .text_len = (uint32_t)(rc == IK_OK ? 0 : strlen(err->text)),
		.data_len = (uint32_t)(rc == IK_OK ? s->out.len : 0) };

	return frame_send(s->sock, &f, NULL, err->text, s->out.data, -1, -1) == FRAME_DONE;
}

static enum ik_rc read_mail(struct server *s, const struct mail_source *source, struct ik_error *err)
{
	struct draft d;
	enum ik_rc rc;

	draft_init(&d);
	rc = mail_read(source, &d, err);
	if (rc != IK_OK) return rc;
	if (!draft_encode(&s->out, &d) || s->out.len > FRAME_DRAFT_MAX) rc = ik_fail(IK_REJECT, err, "what the mail says is larger than %u bytes", FRAME_DRAFT_MAX);
	draft_release(&d);
	return rc;
}

static enum ik_rc answer(struct server *s, const struct frame *f, const struct mail_source *source, const char *text, struct ik_error *err)
{
	switch (f->kind) {
	case FRAME_READ:
		return read_mail(s, source, err);
	case FRAME_EXTRACT:
		return mail_extract(source, text, &s->out, err);
	case FRAME_PROBE:
		buf_format(&s->out, "landlock %ld, ", s->landlock);
		sandbox_probe(&s->out);
		return IK_OK;
	case FRAME_READY: case FRAME_REPLY:
	default:
		return ik_fail(IK_REJECT, err, "unknown request");
	}
}

/* The charset and text of a frame as texts: the frame's bytes are not NUL-terminated between its pieces. */
static bool split(const struct frame *f, const struct buf *in, char charset_r[256], char text_r[FRAME_TEXT_MAX + 1])
{
	const char *at = in->data + FRAME_SIZE;

	memcpy(charset_r, at, f->charset_len);
	charset_r[f->charset_len] = '\0';
	memcpy(text_r, at + f->charset_len, f->text_len);
	text_r[f->text_len] = '\0';
	return strlen(charset_r) == f->charset_len && strlen(text_r) == f->text_len;
}

static bool serve_one(struct server *s)
{
	struct frame f;
	struct ik_error err = { "" };
	struct mail_source source = { .fd = -1 };
	char charset[256], text[FRAME_TEXT_MAX + 1];
	int fd = -1;
	enum ik_rc rc;
	bool ok;

	if (frame_receive(s->sock, &f, FRAME_INLINE_MAX, &s->in, &fd, -1) != FRAME_DONE || !split(&f, &s->in, charset, text)) return false;
	source.size = (size_t)f.source_size;
	source.fd = fd;
	source.data = fd < 0 ? s->in.data + FRAME_SIZE + f.charset_len + f.text_len : NULL;
	source.fallback_charset = f.charset_len > 0 ? charset : NULL;
	if (fd < 0) source.size = f.data_len;
	if (s->obeys_faults && fault_obey(&source, f.attempt, s->sock)) return true;
	buf_clear(&s->out);
	rc = answer(s, &f, &source, text, &err);
	if (s->out.is_full && rc == IK_OK) rc = buf_check(&s->out, "the answer", &err);
	if (rc != IK_OK) rc = IK_REJECT;        /* a worker's means are the same tomorrow: what it cannot read now it never will */
	fd_close(&fd);
	ok = reply(s, FRAME_REPLY, rc, &err);
	if (s->in.room > KEEP_BYTES) buf_release(&s->in);
	if (s->out.room > KEEP_BYTES) buf_release(&s->out);
	return ok;
}

/* The first use of a digest sets OpenSSL up, which looks for files. */
static void warm_up(void)
{
	unsigned char digest[SHA256_SIZE];

	sha256(NULL, 0, digest);
	mail_start();
}

void worker_main(int argc, char **argv)
{
	struct server s = { .sock = WORKER_SOCKET, .in = BUF_INIT(FRAME_SIZE + 255 + FRAME_TEXT_MAX + FRAME_INLINE_MAX + 65536), .out = BUF_INIT(FRAME_EXTRACT_MAX) };
	struct sandbox_limits limits;
	struct ik_error err = { "" };
	enum ik_rc rc;

	if (argc < 2 || strcmp(argv[1], WORKER_ARGUMENT) != 0) return;
	limits.memory = argument(argc, argv, 2, INT64_C(256) << 20);
	limits.cpu_s = argument(argc, argv, 3, 3600);
	s.obeys_faults = argument(argc, argv, 5, 0) == 1;
	closefrom(WORKER_SOCKET + 1);
	(void)clearenv();
	warm_up();
	rc = sandbox_enter(&limits, argument(argc, argv, 4, 0), &s.landlock, &err);
	if (!reply(&s, FRAME_READY, rc, &err) || rc != IK_OK) _exit(1);
	while (serve_one(&s)) ;
	_exit(0);
}
