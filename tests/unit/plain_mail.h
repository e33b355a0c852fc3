/* plain_mail.h - a mail of one plain text without any telling header, read as the worker reads it; for the tests of automatic mail. */
#ifndef TEST_PLAIN_MAIL_H
#define TEST_PLAIN_MAIL_H

#include "test.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "mail/mail.h"

/* plain_mail_read() - false, and a check that failed, when it cannot be read; otherwise the draft is to be released. */
static inline bool plain_mail_read(const char *from, const char *subject, const char *text, struct draft *draft_r)
{
	char *mail = mem_format("From: %s\nTo: support@shop.example\nSubject: %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n", from, subject, text);
	const struct mail_source source = { .data = mail, .size = strlen(mail), .fd = -1 };
	struct ik_error err = { "" };
	const bool is_read = mail_read(&source, draft_r, &err) == IK_OK;

	free(mail);
	CHECK(is_read);
	return is_read;
}

#endif
