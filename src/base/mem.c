#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void out_of_memory(size_t size)
{
	(void)fprintf(stderr, "<2>out of memory (%zu bytes asked for); stopping\n", size);
	abort();
}

void *mem_new(size_t size)
{
	void *memory = calloc(1, size > 0 ? size : 1);

	if (memory == NULL) out_of_memory(size);
	return memory;
}

void *mem_grow(void *old, size_t count, size_t item_size)
{
	void *memory = reallocarray(old, count > 0 ? count : 1, item_size);

	if (memory == NULL) out_of_memory(count);
	return memory;
}

char *mem_copy(const void *data, size_t len)
{
	char *copy = mem_grow(NULL, len + 1, 1);

	if (len > 0) memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}

char *mem_text(const char *text)
{
	return text != NULL ? mem_copy(text, strlen(text)) : NULL;
}

char *mem_format(const char *fmt, ...)
{
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0) out_of_memory(0);
	va_end(ap);
	return text;
}

void mem_wipe_text(char **text)
{
	if (*text == NULL) return;
	explicit_bzero(*text, strlen(*text));
	free(*text);
	*text = NULL;
}
