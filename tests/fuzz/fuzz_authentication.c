/* fuzz_authentication.c - any bytes as Authentication-Results and Received fields: clean lines, and never a pass for what stands below
 * the border alone. The first byte chooses the field of each line. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "mail/authentication.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_all(struct buf *lines, const char *at, const char *end)
{
	while (at < end) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		const size_t len = (size_t)((next != NULL ? next : end) - at);

		if (len > 0 && *at == 'R') authentication_add_received(lines, at + 1, len - 1);
		else authentication_add_results(lines, at, len);
		at += len + 1;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char border[] = "from x (y [192.0.2.1]) by mx.example with ESMTP; z";
	static const char *const ids[] = { "mx.example" };
	const struct authentication_trust trust = { ids, 1, NULL, 0, false };
	struct authentication_verdict v;
	struct buf lines = BUF_INIT(16384), forged = BUF_INIT(32768);

	add_all(&lines, (const char *)data, (const char *)data + size);
	for (const char *c = buf_str(&lines); *c != '\0'; c++)
		if (*c != '\n' && ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7E)) abort();
	authentication_judge(buf_str(&lines), "a@b.example", &trust, &v);
	if (v.is == AUTHENTICATION_PASS && strstr(buf_str(&lines), "Received: by ") == NULL) abort();
	authentication_add_received(&forged, border, sizeof(border) - 1);
	add_all(&forged, (const char *)data, (const char *)data + size);
	authentication_judge(buf_str(&forged), "a@b.example", &trust, &v);
	if (v.is != AUTHENTICATION_NONE) abort();
	(void)authentication_is_related(buf_str(&lines), buf_str(&forged));
	buf_release(&lines);
	buf_release(&forged);
	return 0;
}
