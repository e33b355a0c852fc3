#include "base/handle.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

const char *handle_kind(const char *sender)
{
	size_t digits = 0;

	if (strchr(sender, '@') != NULL) return "email";
	for (const char *at = sender; *at != '\0'; at++) {
		if (isdigit((unsigned char)*at)) digits++;
		else if (strchr("+-() ", *at) == NULL) return "other";
	}
	return digits >= 5 ? "phone" : "other";
}
