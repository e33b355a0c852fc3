/* fuzz_headers.c - any bytes as the value of a header field: clean lines, bounded lists, addresses that fit an envelope. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "mail/header.h"
#include "mail/reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_addresses(const char *value, size_t size)
{
	struct draft_address *list = NULL;
	size_t count = 0;
	struct ik_error err = { 0 };

	(void)header_addresses(value, size, "gb18030", &list, &count, NULL, &err);
	for (size_t i = 0; i < count; i++) {
		if (!header_address_ok(list[i].address) || strpbrk(list[i].address, "\r\n") != NULL) abort();
		free(list[i].address);
		free(list[i].name);
	}
	free(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *value = (const char *)data, *id, *rest;
	struct buf text = BUF_INIT(1024 * 1024);
	size_t at = 0, len;

	if (size > HEADER_TEXT_MAX) return 0;
	(void)header_text(&text, value, size, NULL);
	if (!utf8_valid(buf_str(&text), text.len) || strpbrk(buf_str(&text), "\r\n") != NULL) abort();
	(void)reply_prefix(buf_str(&text), &rest);
	buf_clear(&text);
	if (header_parameter(&text, value, size, "filename", NULL) && !utf8_valid(buf_str(&text), text.len)) abort();
	while (header_next_id(value, size, &at, &id, &len)) continue;
	free(header_message_id(value, size));
	(void)header_date(value, size);
	check_addresses(value, size);
	buf_release(&text);
	return 0;
}
