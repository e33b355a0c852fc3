/* fuzz_mime_write.c - any text of a stranger in a mail of ours: the header refuses it or the whole mail is fit to be sent. The first line is a
 * subject and a name, the second an address and a Message-ID, the rest the body. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/mime_write.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *take_line(const char **at, const char *end)
{
	const char *start = *at, *stop = memchr(start, '\n', (size_t)(end - start));

	*at = stop != NULL ? stop + 1 : end;
	return strndup(start, (size_t)((stop != NULL ? stop : end) - start));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf clean = BUF_INIT(4 * size + 64), line = BUF_INIT(4 * size + 64), mail = BUF_INIT(16 * size + 65536);
	struct ik_error err = { 0 };
	const char *at, *end;
	char *words, *address;

	(void)utf8_clean(&clean, (const char *)data, size, false);
	at = buf_str(&clean);
	end = at + clean.len;
	words = take_line(&at, end);
	address = take_line(&at, end);
	mime_clean_line(&line, words, 200);
	(void)mime_header_text(&mail, "Subject", words, &err);
	(void)mime_header_text(&mail, "Comments", buf_str(&line), &err);
	(void)mime_header(&mail, "X-Words", words, &err);
	(void)mime_header_mailbox(&mail, "From", words, address, &err);
	(void)mime_header_mailbox(&mail, "To", buf_str(&line), "ann@example.org", &err);
	(void)mime_header_ids(&mail, "References", (const char *const[]){ address, "m1@example.org" }, 2, &err);
	mime_plain_text(&mail, at);
	if (buf_check(&mail, "a mail", &err) == IK_OK && mime_check(mail.data, mail.len, &err) != IK_OK) abort();
	free(words);
	free(address);
	buf_release(&clean);
	buf_release(&line);
	buf_release(&mail);
	return 0;
}
