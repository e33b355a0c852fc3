/* fuzz_imap.c - a server that says anything: a whole visit (greeting, folder, sizes, bodies, IDLE) to a scripted one.
 *
 * The input is what it says, cut at every 0xff byte into the pieces that one read gives. Checked: nothing is taken twice or unasked, no body
 * without its end, memory and steps stay bounded, and the visit ends. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "net/imap_session.h"

#define WANTED 5
#define BODY_MAX 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct visit {
	const uint8_t *data;
	size_t size, at, held;
	int64_t now_ms;
	bool is_whole[WANTED];
};

static enum imap_trouble visit_send(void *arg, const char *data, size_t len)
{
	(void)arg;
	if (len < 2 || memcmp(data + len - 2, "\r\n", 2) != 0 || memchr(data, '\r', len) != data + len - 2) abort();  /* one command, one line */
	return IMAP_FINE;
}

static enum imap_trouble visit_recv(void *arg, char *data, size_t size, int64_t wait_ms, size_t *len_r)
{
	struct visit *v = arg;
	size_t n = 0;

	while (v->at < v->size && v->data[v->at] == 0xff) v->at++;
	while (n < size && v->at < v->size && v->data[v->at] != 0xff) data[n++] = (char)v->data[v->at++];
	v->now_ms += n > 0 ? 1 : wait_ms;
	*len_r = n;
	return n > 0 ? IMAP_FINE : wait_ms > 0 ? IMAP_SILENT : IMAP_END;
}

static int64_t visit_now_ms(void *arg)
{
	return ((struct visit *)arg)->now_ms;
}

static bool on_begin(void *arg, int64_t size)
{
	((struct visit *)arg)->held = 0;
	return size >= 0 && size <= BODY_MAX;
}

static bool on_body(void *arg, const char *data, size_t len)
{
	struct visit *v = arg;

	(void)data;
	v->held += len;
	return v->held <= 2 * BODY_MAX;
}

static bool on_whole(void *arg, size_t i)
{
	struct visit *v = arg;

	if (i >= WANTED || v->is_whole[i]) abort();
	v->is_whole[i] = true;
	return true;
}

static void on_listed(void *arg, const struct imap_response *r)
{
	(void)arg;
	if (strlen(r->text) >= IMAP_TEXT_MAX || strlen(r->code) >= IMAP_CODE_MAX || r->size < -1) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct visit v = { .data = data, .size = size, .now_ms = 1 };
	const struct imap_line line = { .send = visit_send, .recv = visit_recv, .now_ms = visit_now_ms, .arg = &v };
	const struct imap_catch catch = { .arg = &v, .begin = on_begin, .body = on_body, .whole = on_whole };
	struct imap_want want[WANTED] = { { 1, 10, false }, { 2, 10, false }, { 5, 2000000, false }, { 7, 10, false }, { UINT32_MAX, 10, false } };
	struct imap_view view;
	struct imap_session s;

	imap_session_init(&s, &line);
	(void)imap_session_greet(&s, "ID NIL", 1000);
	(void)imap_session_open(&s, "EXAMINE INBOX", &view, 1000);
	(void)imap_session_run(&s, "UID FETCH 1:* (UID RFC822.SIZE)", NULL, on_listed, &v, 1000);
	(void)imap_session_fetch(&s, want, WANTED, "", &catch, 1000);
	for (size_t i = 0; i < WANTED; i++)
		if (want[i].has_come != v.is_whole[i]) abort();
	(void)imap_session_idle(&s, 60000, 1000);
	imap_session_release(&s);
	return 0;
}
