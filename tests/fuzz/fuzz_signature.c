/* fuzz_signature.c - any bytes as the headers that sign a webhook: without the secret nothing passes, and the one right signature does, whatever
 * stands before it in the list. The input's lines are id, time stamp, list of signatures; the rest is the body. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "net/signature.h"

#define NOW 1790000000
#define ID_TRIED_MAX 100

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The next line as text of its own; NUL bytes end it, as they end a header. */
static char *take_line(const char **at, const char *end)
{
	const char *start = *at, *stop = memchr(start, '\n', (size_t)(end - start));

	*at = stop != NULL ? stop + 1 : end;
	return strndup(start, (size_t)((stop != NULL ? stop : end) - start));
}

static void check_right(const unsigned char *key, const char *id, const char *listed, const char *body, size_t len)
{
	struct buf list = BUF_INIT(1 << 20);
	struct ik_error err = { 0 };
	char own[SIGNATURE_TEXT_MAX];
	size_t before = 0;

	for (const char *c = listed; *c != '\0'; c++) before += *c == ' ' || *c == '\t';
	signature_standard_make(key, 32, id, NOW, body, len, own);
	(void)buf_format(&list, "%s %s", listed, own);
	if (id[0] != '\0' && strlen(id) <= ID_TRIED_MAX && before + 1 < SIGNATURE_LISTED_MAX && signature_standard_check(key, 32, id, "1790000000", buf_str(&list), body, len, NOW, &err) != IK_OK) abort();
	if (signature_standard_check(key, 32, id, "1789990000", buf_str(&list), body, len, NOW, &err) == IK_OK) abort();        /* stale */
	buf_release(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char key[32] = "a key that no input can know 123";
	const char *at = (const char *)data, *end = at + size;
	char *id = take_line(&at, end), *stamp = take_line(&at, end), *listed = take_line(&at, end);
	unsigned char read[64];
	size_t read_len = 0;
	struct ik_error err = { 0 };

	if (signature_standard_check(key, 32, id, stamp, listed, at, (size_t)(end - at), NOW, &err) == IK_OK) abort();
	if (signature_hex_check("another secret", "sha256=", listed, at, (size_t)(end - at), &err) == IK_OK) abort();
	if (signature_standard_key(listed, read, &read_len, &err) == IK_OK && (read_len < 24 || read_len > 64)) abort();
	check_right(key, id, listed, at, (size_t)(end - at));
	free(id);
	free(stamp);
	free(listed);
	return 0;
}
