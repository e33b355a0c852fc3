/* bare_gmime.c - the yardstick of reading mail: GMime alone, one thread, from memory. Of every mail: subject, sender, Message-ID, date, and each
 * text part decoded and converted to UTF-8; nothing is kept.
 *
 * bare_gmime ROUNDS FILE...
 * Prints: microseconds of CPU per mail. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <gmime/gmime.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

#define MAIL_MAX (64 << 20)

static void read_text(GMimeObject *parent, GMimeObject *part, gpointer arg)
{
	size_t *bytes = arg;
	char *text;

	(void)parent;
	if (!GMIME_IS_TEXT_PART(part)) return;
	text = g_mime_text_part_get_text((GMimeTextPart *)part);
	if (text != NULL) *bytes += strlen(text);
	g_free(text);
}

static size_t read_mail(const struct buf *raw)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(raw->data, raw->len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	InternetAddressList *from;
	size_t bytes = 0;

	if (message != NULL) {
		from = g_mime_message_get_from(message);
		bytes = g_mime_message_get_subject(message) != NULL;
		bytes += g_mime_message_get_message_id(message) != NULL;
		bytes += g_mime_message_get_date(message) != NULL;
		bytes += from != NULL && internet_address_list_length(from) > 0;
		g_mime_message_foreach(message, read_text, &bytes);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	return bytes;
}

static double cpu_us(void)
{
	struct rusage used;

	(void)getrusage(RUSAGE_SELF, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

int main(int argc, char **argv)
{
	const int rounds = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0, count = argc - 2;
	struct buf *mails = mem_new(sizeof(*mails) * (size_t)(count > 0 ? count : 1));
	struct ik_error err = { "" };
	size_t bytes = 0;
	double from;

	if (rounds < 1) return 64;
	for (int i = 0; i < count; i++) {
		buf_init(&mails[i], MAIL_MAX);
		if (file_read(argv[i + 2], &mails[i], &err) == IK_OK) continue;
		(void)fprintf(stderr, "bare_gmime: %s\n", err.text);
		return 66;
	}
	g_mime_init();
	from = cpu_us();
	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < count; i++) bytes += read_mail(&mails[i]);
	(void)printf("%.1f us CPU/mail  %zu bytes of text\n", (cpu_us() - from) / rounds / count, bytes);
	return 0;
}
