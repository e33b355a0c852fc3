/* bare_gmime.c - the yardstick of reading mail: GMime alone, one thread, from memory. Of every mail: subject, sender, Message-ID, date, and each
 * text part decoded and converted to UTF-8; nothing is kept.
 *
 * bare_gmime ROUNDS FILE
 * FILE holds the mails one after the other, each behind a line that gives its length in bytes. Prints: microseconds of CPU per mail. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <gmime/gmime.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

#define FILE_MAX (1u << 30)

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

static struct buf slice(char *data, size_t len)
{
	return (struct buf){ .data = data, .len = len };
}

/* Cuts the file into mails; returns their count. */
static size_t cut(struct buf *file, struct buf **mails_r)
{
	size_t count = 0, at = 0;

	while (at < file->len) {
		char *end;
		const size_t len = strtoul(file->data + at, &end, 10), start = (size_t)(end - file->data) + 1;

		if (*end != '\n' || start + len > file->len) break;
		*mails_r = mem_grow(*mails_r, count + 1, sizeof(**mails_r));
		(*mails_r)[count++] = slice(file->data + start, len);
		at = start + len;
	}
	return count;
}

int main(int argc, char **argv)
{
	const long rounds = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
	struct buf file = BUF_INIT(FILE_MAX), *mails = NULL;
	struct ik_error err = { "" };
	size_t bytes = 0, count;
	double from;

	if (rounds < 1) return 64;
	if (file_read(argv[2], &file, &err) != IK_OK) {
		(void)fprintf(stderr, "bare_gmime: %s\n", err.text);
		return 66;
	}
	count = cut(&file, &mails);
	g_mime_init();
	from = cpu_us();
	for (long r = 0; r < rounds; r++)
		for (size_t i = 0; i < count; i++) bytes += read_mail(&mails[i]);
	(void)printf("%.1f us CPU/mail  %zu mails  %zu bytes of text\n", (cpu_us() - from) / (double)rounds / (double)count, count, bytes);
	free(mails);
	buf_release(&file);
	return 0;
}
