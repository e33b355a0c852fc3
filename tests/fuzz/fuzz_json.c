/* fuzz_json.c - the input's first line is a mapping path, the rest JSON of a stranger: refused, or a value that prints and reads back as it was. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_again(const json_t *value)
{
	struct buf text = BUF_INIT(1 << 22);
	struct ik_error err = { 0 };
	json_t *again = NULL;

	if (!json_print(&text, value) || json_parse(buf_str(&text), text.len, &again, &err) != IK_OK || !json_equal(value, again)) abort();
	json_decref(again);
	buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
	struct ik_error err = { 0 };
	json_t *value = NULL, *found;
	char *path;

	if (end == NULL) return 0;
	path = strndup((const char *)data, (size_t)(end - data));
	if (json_parse((const char *)end + 1, size - (size_t)(end - data) - 1, &value, &err) == IK_OK) {
		check_again(value);
		found = json_path(value, path);
		if (path[0] == '\0' && found != value) abort();
		if (json_is_object(found)) (void)json_int(found, "id", 0);
		json_decref(value);
	} else if (err.text[0] == '\0') {
		abort();
	}
	free(path);
	return 0;
}
