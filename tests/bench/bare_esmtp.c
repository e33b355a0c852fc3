/* bare_esmtp.c - the yardstick of sending: libESMTP alone, 100 messages to a session, one session after the other.
 *
 * bare_esmtp HOST:PORT COUNT
 * Prints: messages per second that the server took. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libesmtp.h>
#include "base/clock.h"
#include "base/mem.h"

#define SESSION 100
#define BODY_SIZE 1500

struct text { char bytes[BODY_SIZE + 512]; int len; };

/* Hands the whole message over in one piece; the library begins with a call without len and frees *at in the end. */
static const char *next_bytes(void **at, int *len, void *arg)
{
	const struct text *text = arg;
	bool *is_handed_over;

	if (*at == NULL) *at = mem_new(sizeof(bool));
	is_handed_over = *at;
	if (len == NULL) {
		*is_handed_over = false;
		return NULL;
	}
	*len = *is_handed_over ? 0 : text->len;
	*is_handed_over = true;
	return text->bytes;
}

static void fill(struct text *text)
{
	text->len = snprintf(text->bytes, sizeof(text->bytes),
	                     "Subject: We have received your message\r\nFrom: Support <support@example.com>\r\nTo: customer@example.net\r\n"
	                     "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
	for (int i = 0; i < BODY_SIZE; i++) text->bytes[text->len++] = (char)(i % 72 == 70 ? '\r' : i % 72 == 71 ? '\n' : 'a' + i % 26);
}

static void count_taken(smtp_message_t message, void *arg)
{
	const smtp_status_t *status = smtp_message_transfer_status(message);

	if (status->code / 100 == 2) ++*(long *)arg;
}

static bool send_session(const char *server, long count, struct text *text, long *taken)
{
	smtp_session_t session = smtp_create_session();
	bool is_started;

	(void)smtp_set_server(session, server);
	for (long i = 0; i < count; i++) {
		smtp_message_t message = smtp_add_message(session);

		(void)smtp_set_reverse_path(message, "support@example.com");
		(void)smtp_set_messagecb(message, next_bytes, text);
		(void)smtp_add_recipient(message, "customer@example.net");
	}
	is_started = smtp_start_session(session) != 0;
	if (is_started) (void)smtp_enumerate_messages(session, count_taken, taken);
	(void)smtp_destroy_session(session);
	return is_started;
}

int main(int argc, char **argv)
{
	const long count = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
	struct text *text = mem_new(sizeof(*text));
	long taken = 0;
	int64_t from_us;

	if (count < 1) return 64;
	fill(text);
	from_us = clock_wall_us();
	for (long left = count; left > 0; left -= SESSION)
		if (!send_session(argv[1], left < SESSION ? left : SESSION, text, &taken)) break;
	if (taken != count) {
		(void)fprintf(stderr, "bare_esmtp: the server took %ld of %ld\n", taken, count);
		return 69;
	}
	(void)printf("%.0f messages/s\n", (double)count * 1e6 / (double)(clock_wall_us() - from_us));
	free(text);
	return 0;
}
