/* fuzz_mail.c - any bytes as a mail: mail_read() answers with a clean draft or a refusal, and what it lists can be extracted.
 * Seeds: the mails of tests/data/mail. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "mail/mail.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	mail_start();
	return 0;
}

static void check_text(const char *text)
{
	if (text != NULL && !utf8_valid(text, strlen(text))) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct mail_source source = { .data = data, .size = size, .fd = -1 };
	struct ik_error err = { 0 };
	struct draft d;

	if (mail_read(&source, &d, &err) != IK_OK) return 0;
	check_text(d.subject);
	check_text(d.text);
	check_text(d.reply_text);
	check_text(d.message_id);
	check_text(d.authentication);
	check_text(d.bounce_recipient);
	if (d.text[0] != '\0' && d.reply_text[0] == '\0') abort();
	for (size_t i = 0; i < d.to_count; i++) check_text(d.to[i].address);
	for (size_t i = 0; i < d.part_count; i++) {
		struct buf bytes = BUF_INIT(64 * 1024 * 1024);

		check_text(d.parts[i].name);
		if (mail_extract(&source, d.parts[i].path, &bytes, &err) != IK_OK || (int64_t)bytes.len != d.parts[i].size) abort();
		buf_release(&bytes);
	}
	draft_release(&d);
	return 0;
}
