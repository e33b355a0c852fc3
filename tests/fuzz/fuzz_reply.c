/* fuzz_reply.c - any text, subject and sender: the reply is made of the text's own lines and never empty when the text is not. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "mail/reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct reply_rules *rules;
	struct buf text = BUF_INIT(size * 4 + 64), out = BUF_INIT(size * 4 + 64);
	struct ik_error err = { 0 };
	struct reply_cut cut;
	const char *end;

	if (rules == NULL && reply_rules_new(NULL, 0, &rules, &err) != IK_OK) abort();
	(void)utf8_clean(&text, (const char *)data, size, false);
	end = strchr(buf_str(&text), '\n');             /* the first line is the subject and the sender as well */
	char *subject = strndup(buf_str(&text), end != NULL ? (size_t)(end - text.data) : text.len);

	const struct reply_writer writer = { subject, strchr(subject, '@') != NULL ? subject : NULL, strchr(subject, '<') != NULL };

	reply_cut_of(&out, rules, buf_str(&text), text.len, NULL, subject, &writer, &cut);
	if (!utf8_valid(buf_str(&out), out.len) || (text.len > 0 && out.len == 0) || cut.start > cut.end || cut.end > text.len) abort();
	free(subject);
	buf_release(&text);
	buf_release(&out);
	return 0;
}
