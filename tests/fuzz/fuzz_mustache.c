/* fuzz_mustache.c - any text as a template and as its own partial: read or refused with a place, written within its limits. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "policy/mustache.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct mustache *itself(const void *arg, const char *name, size_t len)
{
	(void)name; (void)len;
	return arg;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *facts = json_pack("{s:s, s:[i,s,{s:s}], s:{s:{s:b}}}", "a", "<x>&\n", "l", 1, "two", "a", "in", "d", "e", "f", 1);
	struct buf out = BUF_INIT(4096);
	struct mustache *m = NULL;
	struct ik_error err = { "" };

	if (mustache_compile((const char *)data, size, "fuzz", 1, &m, &err) == IK_OK) {
		const struct mustache_setup setup = { .partial = itself, .partial_arg = m };

		if (mustache_render(m, facts, &setup, &out, &err) != IK_OK && err.text[0] == '\0') abort();
		if (out.len > 4096) abort();
	} else if (strncmp(err.text, "fuzz:", 5) != 0) {
		abort();
	}
	mustache_free(&m);
	buf_release(&out);
	json_decref(facts);
	return 0;
}
